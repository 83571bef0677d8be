"""How the program is started: what it says of itself, a window as at the first start, a safe one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from attrlens import paths, version
from attrlens.app.main import App, check_path
from attrlens.core import tasks
from attrlens.errors import AttrLensError
from attrlens.ui.about import About
from tests.window import wait_settled


def test_versions_and_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert version.build() == "from source"
    file = tmp_path / "build.json"
    monkeypatch.setattr(paths, "build_file", lambda: file)
    file.write_text('{"date": "2026-11-28", "commit": "abc1234"}')
    assert version.build() == "2026-11-28, abc1234"
    for damaged in ("", "{}", "[1]"):
        file.write_text(damaged)
        assert version.build() == "from source"
    assert {"attrlens", "build", "python", "tensorflow", "sqlite"} <= set(version.versions())


def test_about_shows_build_folders_and_licenses(app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(app.filework, "reveal", lambda some: shown.extend(some))
    for folder in paths.user_folders().values():
        folder.mkdir(parents=True, exist_ok=True)
    app.files.about()
    dialog = app.window.findChild(About)
    assert dialog is not None and dialog.isVisible()
    for button in dialog.findChildren(QPushButton):
        if button.text() == "Show":
            button.click()
    assert shown == list(paths.user_folders().values())
    dialog.licenses.click()
    text = dialog.findChild(QPlainTextEdit)
    assert text is not None and "TensorFlow" in text.toPlainText()
    dialog.close()


def start(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real program, until its window has painted."""
    command = [sys.executable, "-m", "attrlens", *arguments, "--time-to-paint"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_layout_starts_over(qapp: QApplication, qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    settings = home / "settings.json"
    catalog = tasks.open_catalog(tmp_path / "one.attrlens", create=True)
    catalog.set_setting("window", {"panels": {"classes": False, "inspector": False}, "page": "health"})
    catalog.close()

    def opened(**how: bool) -> tuple[App, tuple[object, ...]]:
        app = App(qapp, settings, **how)
        app.window.show()
        app.workbench.open(tmp_path / "one.attrlens")
        qtbot.waitUntil(lambda: app.document.is_open)
        wait_settled(qtbot, app)
        layout = app.window.layout_
        found = layout.is_shown("classes"), app.window.center.shown, app.settings.get("thumbnail_size")
        return app, found

    app, found = opened()
    app.settings.set("thumbnail_size", 300)
    app.window.close()
    app.close()
    assert found[:2] == (False, "health")
    app, found = opened(reset_layout=True)
    app.window.close()
    app.close()
    assert found[:2] == (True, "gallery") and found[2] != 300
    app, found = opened()
    app.window.close()
    app.close()
    assert found[0] is True, "and it stays so"


def test_safe_mode_keeps_its_hands_off_the_settings(home: Path) -> None:
    settings = paths.settings_file()
    settings.parent.mkdir(parents=True, exist_ok=True)
    kept = json.dumps({"version": 2, "theme": "dark", "text_size": 150, "open_catalog": "/nowhere"})
    settings.write_text(kept)
    done = start(home, "--safe-mode")
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert json.loads(done.stdout)["tensorflow"] is False
    assert settings.read_text() == kept
    done = start(home, "--reset-layout")
    assert done.returncode == 0, done.stderr
    after = json.loads(settings.read_text())
    assert after["theme"] == "dark" and "text_size" not in after


def test_a_file_manager_may_hand_over_what_is_in_a_catalog(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "two.attrlens"
    tasks.open_catalog(path, create=True).close()
    app.open_path(path / "catalog.sqlite")
    qtbot.waitUntil(lambda: app.document.is_open)
    assert app.document.catalog.path == path
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(AttrLensError, match="neither a catalog nor a folder"):
        check_path(tmp_path / "photo.jpg")
    app.workbench.close_catalog()
    QApplication.instance().installEventFilter(app)  # type: ignore[union-attr]
    QCoreApplication.sendEvent(app, QFileOpenEvent(str(path)))
    QApplication.instance().removeEventFilter(app)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: app.document.is_open)
