"""Every action of the table is carried out with no catalog, an empty one, and a full one; nothing breaks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.state.notices import Choice, Notice
from attrlens.ui.actions import ACTIONS
from tests.ui.test_files import FakeDesktop
from tests.window import open_catalog, wait_settled

CANCELLED: dict[str, object] = {
    "getExistingDirectory": "", "getOpenFileName": ("", ""), "getSaveFileName": ("", ""), "getOpenFileNames": ([], ""),
}  # fmt: skip


@pytest.fixture
def quiet(app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[App]:
    """No other program is started, and file dialogs are cancelled."""
    app.filework.desktop = FakeDesktop()
    for name in CANCELLED:
        monkeypatch.setattr(QFileDialog, name, lambda *_, answer=CANCELLED[name]: answer)
    monkeypatch.setattr(app.workbench, "open_demo", lambda: None)  # draws 1,000 garments: the first-run test does it
    app.window.activateWindow()
    yield app
    wait_settled(qtbot, app)


def close_what_opened(app: App) -> None:
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and isinstance(widget, QDialog | QMenu):
            widget.close()


def run_all(app: App, qtbot: QtBot, before: Callable[[str], None]) -> int:
    """Trigger every enabled action but those that leave; the number of them."""
    count = 0
    for spec in ACTIONS:
        if spec.id in ("quit", "close_catalog"):
            continue
        before(spec.id)
        action = app.window.action(spec.id)
        if not action.isEnabled():
            continue
        count += 1
        action.trigger()
        wait_settled(qtbot, app)
        close_what_opened(app)
        said = [one.notice for one in app.notices.history]
        defects = [notice for notice in said if "defect" in notice.hint or "went wrong" in notice.text]
        assert not defects, (spec.id, defects)
    return count


def test_with_no_catalog(quiet: App, qtbot: QtBot) -> None:
    app = quiet
    count = run_all(app, qtbot, lambda _: None)
    assert count == sum(spec.needs == "" for spec in ACTIONS) - 1
    assert not app.window.action("undo").isEnabled() and not app.window.action("select_all").isEnabled()
    app.window.setWindowState(Qt.WindowState.WindowNoState)


def test_with_an_empty_catalog(quiet: App, qtbot: QtBot, tmp_path: Path) -> None:
    app = quiet
    open_catalog(qtbot, app, tmp_path / "empty.attrlens")
    wait_settled(qtbot, app)
    assert run_all(app, qtbot, lambda _: None) >= sum(spec.needs in ("", "catalog") for spec in ACTIONS) - 2
    app.window.setWindowState(Qt.WindowState.WindowNoState)


@pytest.mark.expects_log  # an evaluation of too few labels says so
@pytest.mark.parametrize(
    "selected", [0, pytest.param(1, marks=pytest.mark.slow), 3, pytest.param(160, marks=pytest.mark.slow)]
)
def test_with_a_full_catalog(quiet: App, qtbot: QtBot, described: Path, tmp_path: Path, selected: int) -> None:
    app = quiet
    shutil.copytree(described, tmp_path / "c.attrlens")
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    wait_settled(qtbot, app)
    color = app.document.model.sorted_attributes()[0].id

    def before(name: str) -> None:
        if app.window.panel.is_large:
            app.window.panel.close_large()
        if not app.document.total:
            app.document.undo()  # the one before took everything out
        app.commands.show_gallery()  # elsewhere what is selected here may not be seen
        app.view.set_attribute(color if color in app.document.model.attributes else 0)
        app.view.clear()
        if name == "save_filter":
            app.view.set_query("conf<0.5")
        shown = app.view.order.tolist()[:selected]
        app.selection.set(shown, shown[0] if shown else -1)

    count = run_all(app, qtbot, before)
    wanted = {"", "catalog", "images", "class", "undo", "redo", "query"} | ({"selection"} if selected else set())
    assert count >= sum(spec.needs in wanted for spec in ACTIONS) - 4
    # All of it can be taken back.
    while app.window.action("undo").isEnabled():
        app.window.action("undo").trigger()
        wait_settled(qtbot, app)
    assert app.document.total == 160 and app.document.model.labels_of(color) == {}
    assert app.document.model.classes == {}, "down to before the demo's classes"
    app.window.setWindowState(Qt.WindowState.WindowNoState)


def test_dialogs_answered_and_not_cancelled(
    app: App, qtbot: QtBot, described: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spring: list[Path]
) -> None:
    shutil.copytree(described, tmp_path / "c.attrlens")
    app.filework.desktop = FakeDesktop()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(spring[0])], ""))
    saved = iter([tmp_path / "new", tmp_path / "labels.csv", tmp_path / "record.jsonl"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(saved)), ""))
    (tmp_path / "out").mkdir()
    app.window.action("new_catalog").trigger()
    qtbot.waitUntil(lambda: app.document.is_open)
    assert app.document.catalog.path == tmp_path / "new.attrlens"
    app.window.action("add_images").trigger()
    wait_settled(qtbot, app)
    assert [image.path for image in app.document.images] == [str(spring[0])]
    app.window.action("export_csv").trigger()
    app.window.action("export_record").trigger()
    wait_settled(qtbot, app)
    assert (tmp_path / "labels.csv").is_file() and (tmp_path / "record.jsonl").is_file()
    app.selection.set({0}, 0)
    app.window.action("copy_to_folder").trigger()
    wait_settled(qtbot, app)
    assert (tmp_path / "out" / spring[0].name).is_file()
    notice = app.notices.current
    assert notice is not None and notice.details
    app.files.show_details(notice)
    close_what_opened(app)
    app.window.action("close_catalog").trigger()
    assert not app.document.is_open


def test_the_report_dialog_hides_what_is_private_until_it_is_asked_for(
    app: App, qtbot: QtBot, described: Path, tmp_path: Path
) -> None:
    from attrlens import log
    from attrlens.ui.dialogs import ReportDialog

    log.set_up(tmp_path / "a.log")
    try:
        shutil.copytree(described, tmp_path / "secret-shop.attrlens")
        open_catalog(qtbot, app, tmp_path / "secret-shop.attrlens")
        wait_settled(qtbot, app)
        log.get("attrlens.test").info("reading /home/ana/secret-shop/Zebra.jpg for class argyle")
        app.window.action("copy_report").trigger()
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ReportDialog))
        text = dialog.text.toPlainText()
        assert "Images: 160" in text and "PySide6-Essentials" in text and "reading <path> for class <name>" in text
        assert "secret-shop" not in text and str(tmp_path) not in text
        dialog.private.setChecked(True)
        assert "/home/ana/secret-shop/Zebra.jpg" in dialog.text.toPlainText()
        dialog.copy.click()
        assert QApplication.clipboard().text() == dialog.text.toPlainText()
        dialog.close()
    finally:
        log.set_up(None)


def test_notices_do_not_block_and_are_remembered(app: App, qtbot: QtBot) -> None:
    done: list[str] = []
    app.notices.show(Notice("Twelve files were copied.", choices=(Choice("Show", lambda: done.append("shown")),),
                            details="a\nb"))  # fmt: skip
    banner = app.window.centralWidget().layout().itemAt(0).widget()  # type: ignore[union-attr]
    assert banner is not None and banner.isVisible() and QApplication.activeModalWidget() is None
    qtbot.waitUntil(lambda: any(button.isVisible() for button in banner.findChildren(QPushButton)))
    buttons = [button for button in banner.findChildren(QPushButton) if button.isVisible()]
    assert [b.text() for b in buttons] == ["Show", "Details…", "Dismiss"]
    buttons[0].click()
    assert done == ["shown"] and not banner.isVisible()
    app.window.action("messages").trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    (shown,) = dialog.findChildren(QPlainTextEdit)
    assert "Twelve files were copied." in shown.toPlainText()
    close_what_opened(app)
