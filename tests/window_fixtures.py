"""The whole program as a fixture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core import tasks


@pytest.fixture
def app(qtbot: QtBot, qapp: QApplication, home: Path, engines: tasks.Engines) -> Iterator[App]:
    """Everything, wired, with its window shown; the network is the one the session built."""
    app = App(qapp, home / "settings.json")
    app.settings.set("theme", "light")
    app.workbench.use_engines(engines)
    app.window.show()
    qtbot.waitUntil(lambda: app.window.has_painted)
    yield app
    app.window.close()
    assert app.close()
    app.window.deleteLater()
