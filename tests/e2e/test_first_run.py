"""The first-run offer: the demo, from the first page to a second folder classified."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.demo.garments import FOLDERS, read_truth
from tests.window import drop, wait_settled


@pytest.mark.slow
def test_the_demo_from_the_first_page(app: App, qtbot: QtBot, home: Path) -> None:
    door = next(b for b in app.window.findChildren(QPushButton) if b.text().startswith("Try the demo"))
    door.click()
    qtbot.waitUntil(lambda: app.document.is_open, timeout=120_000)
    wait_settled(qtbot, app)
    assert app.document.described == 800
    notice = app.notices.current
    assert notice is not None and "Synthetic" in notice.text
    next(b for b in app.window.findChildren(QPushButton) if b.text() == "Make the classes for me").click()
    wait_settled(qtbot, app)
    folder = app.document.catalog.path.parent
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / FOLDERS[1]))])
    assert drop(app.window, QPoint(640, 400), data)
    wait_settled(qtbot, app)
    truth = read_truth(folder)
    later = [image for image in app.document.images if image.root.endswith(FOLDERS[1])]
    assert len(later) == 200
    for attribute in app.document.model.sorted_attributes():
        said = [app.document.suggestion(attribute.id, image.slot) for image in later]
        right = sum(
            s is not None
            and s.sure
            and app.document.model.classes[s.class_id].name == truth[Path(i.path).name][attribute.name]
            for s, i in zip(said, later, strict=True)
        )
        assert right >= 190, (attribute.name, right)
