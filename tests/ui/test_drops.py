"""Every target of a drag says what would happen, gives it up on Esc, and scrolls at its edges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.ui import drag
from tests.test_drag_data import files
from tests.window import drop

COPY, BUTTON = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def opened(garments: App) -> App:
    """The demo, folders shown."""
    garments.window.classes.folders.unfold(True)
    return garments


def hover(target: QWidget, point: QPoint, data: QMimeData) -> bool:
    """Enter and move, without a drop."""
    enter = QDragEnterEvent(point, COPY, data, BUTTON, PLAIN)
    QApplication.sendEvent(target, enter)
    move = QDragMoveEvent(point, COPY, data, BUTTON, PLAIN)
    QApplication.sendEvent(target, move)
    return enter.isAccepted() and move.isAccepted()


def leave(target: QWidget) -> None:
    """What Esc does, and the mouse going elsewhere."""
    QApplication.sendEvent(target, QDragLeaveEvent())


Case = tuple[Callable[[App], tuple[QWidget, QPoint]], str, str]


def on_class(app: App) -> tuple[QWidget, QPoint]:
    tree, row = app.window.classes.tree, app.document.model.classes_of(1)[0]
    tree.scrollTo(tree._index_of("class", row.id))
    return tree.viewport(), tree.class_rect(row.id)


def on_new_class(app: App) -> tuple[QWidget, QPoint]:
    tree = app.window.classes.tree
    tree.scrollTo(tree._index_of("drop", 2))
    return tree.viewport(), tree.drop_rect(2)


def on_folder(app: App) -> tuple[QWidget, QPoint]:
    tree = app.window.classes.folders.tree
    return tree.viewport(), tree.visualRect(tree.model().index(0, 0)).center()


def on_similar(app: App) -> tuple[QWidget, QPoint]:
    return app.window.panel.similar, app.window.panel.similar.rect().center()


def on_window(app: App) -> tuple[QWidget, QPoint]:
    return app.window, app.window.rect().center()


CASES: tuple[Case, ...] = (
    (on_class, "images", "Add 3 images to black as exemplars"),
    (on_class, "file", "Add 1 dropped item to black as exemplars"),
    (on_new_class, "images", "Make a new Texture class of 3 images"),
    (on_folder, "images", "Copy 3 files to the folder spring"),
    (on_similar, "images", "Find images like these 3"),
    (on_similar, "file", "Find images like this one"),
    (on_window, "file", "Add black_argyle_000.jpg to the catalog and classify"),
)


@pytest.mark.parametrize(("place", "what", "words"), CASES)
def test_a_target_says_what_would_happen_and_esc_gives_it_up(
    opened: App, spring: list[Path], place: Callable[[App], tuple[QWidget, QPoint]], what: str, words: str
) -> None:
    window, before = opened.window, opened.document.undo_names()
    target, point = place(opened)
    data = drag.of_images(opened.document, [0, 1, 2]) if what == "images" else files(spring[0])
    assert hover(target, point, data)
    assert window._hint.isVisible() and window._hint.text() == words
    assert window.rect().contains(window._hint.geometry()), "the words are in the window"
    leave(target)
    assert not window._hint.isVisible()
    assert opened.document.undo_names() == before and not opened.window.panel.similar.property("target")


def test_images_of_another_catalog_and_nonsense_are_not_taken(opened: App) -> None:
    tree, similar = opened.window.classes.tree, opened.window.panel.similar
    foreign = drag.encode("/other.attrlens", [0], [])
    nothing = QMimeData()
    nothing.setText("hello")
    for data in (foreign, nothing):
        assert not drop(tree.viewport(), tree.class_rect(opened.document.model.classes_of(1)[0].id), data)
        assert not drop(similar, similar.rect().center(), data)
        assert not drop(opened.window, opened.window.rect().center(), data)


def test_a_drag_at_the_edge_of_the_classes_scrolls_them(opened: App, qtbot: QtBot) -> None:
    tree = opened.window.classes.tree
    bar = tree.verticalScrollBar()
    bar.setValue(0)
    assert bar.maximum() > 0
    data = drag.of_images(opened.document, [0])
    edge = QPoint(40, tree.viewport().height() - 3)
    hover(tree.viewport(), edge, data)
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=5000)
    leave(tree.viewport())
