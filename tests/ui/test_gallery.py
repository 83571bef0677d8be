"""The gallery under the mouse and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.ui.gallery.view import Gallery
from tests.window import open_catalog, wait_settled

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(app: App, qtbot: QtBot, spring: list[Path], tmp_path: Path) -> Iterator[App]:
    """A catalog with 40 images."""
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.files.import_paths(spring[:40])
    wait_settled(qtbot, app)
    app.window.activateWindow()
    app.window.panel.gallery.setFocus()
    yield app
    wait_settled(qtbot, app)


def click(qtbot: QtBot, gallery: Gallery, slot: int, modifier: Qt.KeyboardModifier | None = None) -> None:
    point = gallery.rect_of(slot).center()
    qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, modifier or Qt.KeyboardModifier.NoModifier, point)


def test_clicks_select(opened: App, qtbot: QtBot) -> None:
    gallery, selection = opened.window.panel.gallery, opened.selection
    click(qtbot, gallery, 2)
    assert selection.slots == {2} and selection.current == 2
    click(qtbot, gallery, 6, SHIFT)
    assert selection.slots == {2, 3, 4, 5, 6}
    click(qtbot, gallery, 4, CONTROL)
    assert selection.slots == {2, 3, 5, 6}
    click(qtbot, gallery, 3)
    assert selection.slots == {3}


def test_a_click_while_another_order_is_on_its_way_meets_nothing(opened: App, qtbot: QtBot) -> None:
    gallery = opened.window.panel.gallery
    middle = gallery.rect_of(1).center()
    order, opened.view.order = opened.view.order, opened.view.order[:0]
    assert gallery.index_at(middle) == -1
    qtbot.mouseMove(gallery.viewport(), middle)
    qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    opened.view.order = order
    assert opened.selection.slots == set() and not opened.window.panel.is_large


def test_keys_move_and_extend(opened: App, qtbot: QtBot) -> None:
    gallery, selection = opened.window.panel.gallery, opened.selection
    click(qtbot, gallery, 0)
    columns = next(i for i in range(1, 40) if gallery.rect_of(i).top() > gallery.rect_of(0).top())
    for key, expected in (
        (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1 + columns), (Qt.Key.Key_Left, columns), (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 39), (Qt.Key.Key_Home, 0),
    ):  # fmt: skip
        qtbot.keyClick(gallery, key)
        assert selection.current == expected
    qtbot.keyClick(gallery, Qt.Key.Key_Down, SHIFT)
    assert selection.slots == set(range(columns + 1))
    for name, count in (("select_all", 40), ("select_none", 0), ("select_inverse", 40)):
        opened.window.action(name).trigger()
        assert len(selection) == count


def test_the_rubber_band(opened: App, qtbot: QtBot) -> None:
    gallery = opened.window.panel.gallery
    corner = QPoint(2, 2)
    assert gallery.index_at(corner) == -1
    qtbot.mousePress(gallery.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    qtbot.mouseMove(gallery.viewport(), gallery.rect_of(1).center())
    assert opened.selection.slots == {0, 1}
    qtbot.mouseRelease(gallery.viewport(), Qt.MouseButton.LeftButton, pos=gallery.rect_of(1).center())


def test_the_large_view_opens_steps_and_closes(opened: App, qtbot: QtBot) -> None:
    panel = opened.window.panel
    point = panel.gallery.rect_of(5).center()
    qtbot.mouseDClick(panel.gallery.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert panel.is_large and opened.selection.current == 5
    qtbot.keyClick(panel.large, Qt.Key.Key_Right)
    assert opened.selection.current == 6 and panel.is_large
    qtbot.keyClick(panel.large, Qt.Key.Key_Escape)
    assert not panel.is_large


def test_digits_label_and_zero_clears(opened: App, qtbot: QtBot) -> None:
    gallery, document = opened.window.panel.gallery, opened.document
    first, second = document.create_class(1, "one"), document.create_class(1, "two")
    click(qtbot, gallery, 0)
    click(qtbot, gallery, 2, SHIFT)
    qtbot.keyClick(gallery, Qt.Key.Key_2)
    assert [document.label(1, s).class_id for s in (0, 1, 2)] == [second] * 3  # type: ignore[union-attr]
    assert opened.selection.slots == {3}, "on to the next image"
    qtbot.keyClick(gallery, Qt.Key.Key_1, CONTROL)
    assert document.model.exemplars_of(1) == {3: first}
    qtbot.keyClick(gallery, Qt.Key.Key_0)
    assert document.label(1, 3) is None and document.model.exemplars_of(1) == {}
    qtbot.keyClick(gallery, Qt.Key.Key_Z, CONTROL)
    assert document.model.exemplars_of(1) == {3: first}


def test_keys_do_nothing_while_typing(opened: App, qtbot: QtBot) -> None:
    document = opened.document
    click(qtbot, opened.window.panel.gallery, 0)
    opened.commands.create_class([], 1)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "1 f 0")
    assert document.model.labels_of(1) == {}
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [c.name for c in document.model.classes_of(1)] == ["1 f 0"])


def test_next_unlabeled_and_least_sure(opened: App, qtbot: QtBot) -> None:
    document = opened.document
    document.create_class(1, "a", [0, 1, 2])
    document.create_class(1, "b", [20, 21, 22])
    wait_settled(qtbot, opened)
    opened.selection.set({0}, 0)
    opened.window.action("next_unlabeled").trigger()
    assert opened.selection.current == 3
    opened.window.action("next_uncertain").trigger()
    confidence = document.by_slot(1).confidence[:40].copy()
    confidence[[0, 1, 2, 20, 21, 22, 3]] = 2
    assert opened.selection.current == int(confidence.argmin())


def test_every_drag_has_a_menu_path(opened: App) -> None:
    document = opened.document
    document.create_class(1, "a")
    opened.selection.set({4, 5}, 4)
    menu = opened.menus.fill_image_menu(QMenu(opened.window))
    parts = {part.title(): part for part in menu.findChildren(QMenu)}
    next(action for action in parts["Add to Color as exemplar"].actions() if action.text() == "a").trigger()
    assert set(document.model.exemplars_of(1)) == {4, 5}
    next(action for action in parts["Label Color"].actions() if action.text() == "Clear").trigger()
    assert document.model.exemplars_of(1) == {}


def test_size_and_window_minimum(opened: App, qtbot: QtBot) -> None:
    gallery = opened.window.panel.gallery
    gallery.set_side(1000)
    assert gallery.side == 512 == opened.settings.get("thumbnail_size")
    gallery.set_side(96)
    opened.window.resize(900, 560)
    assert opened.window.size().width() == 900, "everything fits into the smallest window"
    with qtbot.waitSignal(opened.thumbnails.ready, timeout=5000, raising=False):
        gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    assert gallery.visible_slots()[-1] == 39


def test_unreadable_images_are_no_exemplars_of_a_crash(opened: App, qtbot: QtBot, tmp_path: Path) -> None:
    """An image that cannot be read can be selected, shown, labeled and taken as exemplar like any other."""
    (tmp_path / "bad.jpg").write_bytes(b"")
    opened.files.import_paths([tmp_path / "bad.jpg"])
    wait_settled(qtbot, opened)
    opened.document.create_class(1, "a", [40, 0])
    opened.selection.set({40}, 40)
    opened.window.panel.open_large(40)
    wait_settled(qtbot, opened)
    assert "No picture" not in opened.window.inspector_text()
    assert "empty (0 bytes)" in opened.window.inspector_text()
    assert opened.document.suggestion(1, 40) is None


def test_the_panel_s_right_click_does_not_change_what_is_shown(opened: App, qtbot: QtBot) -> None:
    class_id = opened.document.create_class(1, "a", [1, 2])
    tree = opened.window.classes.tree
    opened.selection.set({5}, 5)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.RightButton, pos=tree.class_rect(class_id))
    assert opened.view.filter.kind == "all" and opened.selection.slots == {5}


def test_what_a_filter_hides_is_not_selected_and_keys_go_back_to_the_gallery(opened: App, qtbot: QtBot) -> None:
    document, tree = opened.document, opened.window.classes.tree
    first = document.create_class(1, "a", [1, 2])
    document.create_class(1, "b", [20, 21])
    wait_settled(qtbot, opened)
    opened.selection.set({1, 20}, 20)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.class_rect(first))
    assert opened.view.filter.class_id == first
    assert opened.selection.slots == {1} and opened.selection.current in (-1, *opened.view.order)
    assert QApplication.focusWidget() is opened.window.panel.gallery
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_2)
    label = document.label(1, 1)
    assert label is not None and document.model.classes[label.class_id].name == "b", "digits work in the whole window"
    assert document.undo_names()[0] == "Label 1 image b (1 no longer exemplar)"


def test_a_color_class_shows_the_color_it_is_named_for(opened: App) -> None:
    document = opened.document
    row = document.model.classes[document.create_class(1)]
    document.rename(row, "Black")
    assert document.model.classes[row.id].color == "#1c1c1c"
    document.recolor(row.id, "#333333")
    document.rename(document.model.classes[row.id], "red")
    assert document.model.classes[row.id].color == "#333333", "a color a person chose stays"


def test_what_was_done_is_said(opened: App, qtbot: QtBot) -> None:
    opened.document.create_class(1, "a")
    qtbot.waitUntil(lambda: "New class a" in opened.window.status_text())
    opened.window.action("undo").trigger()
    qtbot.waitUntil(lambda: "Undone: New class a" in opened.window.status_text())


def test_the_catalog_left_open_is_opened_again(opened: App, qtbot: QtBot) -> None:
    path = opened.document.catalog.path
    opened.settings.set("open_catalog", str(path))
    opened.workbench.close_catalog()
    opened.open_last()
    qtbot.waitUntil(lambda: opened.document.is_open, timeout=10_000)
    assert opened.document.catalog.path == path and len(opened.document.images) == 40
