"""What several tests of the window begin with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from tests.window import open_catalog, wait_settled


@pytest.fixture
def garments(app: App, qtbot: QtBot, described: Path, tmp_path: Path) -> Iterator[App]:
    """The window on the demo's 160 garments, half of them exemplars of ten colors and ten textures."""
    shutil.copytree(described, tmp_path / "c.attrlens")
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    wait_settled(qtbot, app)
    app.window.activateWindow()
    yield app
    wait_settled(qtbot, app)
