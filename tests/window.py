"""Helpers for tests with the whole window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from attrlens.app.main import App


def settled(app: App) -> bool:
    """Nothing runs, nothing waits to run."""
    return app.lanes.idle and not app.workbench.describing and not app.workbench.waiting


def wait_settled(qtbot: QtBot, app: App, timeout: int = 120_000) -> None:
    """Wait until all background work is done."""
    qtbot.waitUntil(lambda: settled(app), timeout=timeout)


def open_catalog(qtbot: QtBot, app: App, path: Path) -> None:
    """Open or make a catalog and wait for it."""
    with qtbot.waitSignal(app.document.opened, timeout=20_000):
        app.workbench.open(path, create=True)


def drop(target: QWidget, point: QPoint, data: QMimeData, look: Callable[[], None] = lambda: None) -> bool:
    """Enter, move and drop on a widget as the window system would; `look` is called while hovering.

    Returns
    -------
    bool
        Whether the drop was taken.
    """
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    nothing = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, actions, data, buttons, nothing)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(point, actions, data, buttons, nothing)
    QApplication.sendEvent(target, move)
    look()
    if not move.isAccepted():
        return False
    event = QDropEvent(QPointF(point), actions, data, buttons, nothing)
    QApplication.sendEvent(target, event)
    return event.isAccepted()
