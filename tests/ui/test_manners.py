"""What keys mean where, what stays selected, what closes with a catalog: the small things that earn trust."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QColorDialog, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.completion import quoted
from attrlens.core.query import folded
from attrlens.state.view import Filter
from attrlens.ui import drag
from attrlens.ui.preferences import Preferences
from tests.window import open_catalog, wait_settled

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def opened(garments: App) -> App:
    """The demo's 160 garments."""
    garments.window.panel.gallery.setFocus()
    return garments


def is_large(app: App) -> bool:
    return app.window.panel.is_large


def visible(kind: type) -> list[object]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]


def test_questions_and_menus_close_with_their_catalog(opened: App, qtbot: QtBot, tmp_path: Path) -> None:
    red = opened.document.model.class_named(1, "red")
    assert red is not None
    opened.commands.choose_swatch(red.id)
    opened.window.action("settings").trigger()
    opened.menus.image_menu(QPoint(10, 10))
    assert visible(QColorDialog) and visible(QMenu)
    open_catalog(qtbot, opened, tmp_path / "other.attrlens")
    assert not visible(QColorDialog) and not visible(QMenu)
    (settings,) = visible(Preferences)
    settings.close()  # type: ignore[attr-defined]


def test_typing_a_filter_over_the_large_view_goes_on(opened: App, qtbot: QtBot) -> None:
    panel = opened.window.panel
    panel.open_large(5)
    qtbot.keyClick(panel.large, KEY.Key_F, CONTROL)
    line = panel.filter_bar.line
    qtbot.keyClicks(line, "color:red")
    assert QApplication.focusWidget() is line and line.text() == "color:red" and not panel.is_large
    line.clear()
    panel.open_large(5)
    line.setFocus()
    qtbot.keyClick(line, KEY.Key_Escape)
    assert QApplication.focusWidget() is panel.large, "back to the photo"


def test_keys_of_images_are_not_taken_from_buttons_and_lists_of_choices(opened: App, qtbot: QtBot) -> None:
    panel = opened.window.panel
    opened.selection.set({3}, 3)
    panel._mode_buttons["list"].setFocus()
    qtbot.keyClick(panel._mode_buttons["list"], KEY.Key_Space)
    assert panel.mode == "list" and not is_large(opened)
    panel._group.setFocus()
    qtbot.keyClick(panel._group, KEY.Key_A)
    assert opened.document.label(1, 3) is None or opened.document.label(1, 3).made_by != "accepted"  # type: ignore[union-attr]
    panel.filter_bar.line.setFocus()
    qtbot.keyClick(panel.filter_bar.line, KEY.Key_I, CONTROL)
    assert opened.selection.slots == {3}
    panel.set_mode("grid")
    panel.open_large(3)
    larger = next(b for b in panel.large.findChildren(QToolButton) if "+" in b.toolTip())
    larger.setFocus()
    qtbot.keyClick(larger, KEY.Key_Space)
    assert is_large(opened) and panel.large.zoom.scale > 1
    qtbot.keyClick(panel.large, KEY.Key_Space)
    assert not is_large(opened)


def test_digits_label_only_what_is_seen(opened: App, qtbot: QtBot) -> None:
    free = next(slot for slot in range(160) if opened.document.label(1, slot) is None)
    opened.selection.set({free}, free)
    opened.window.action("show_evaluate").trigger()
    qtbot.keyClick(opened.window, KEY.Key_1)
    assert opened.document.label(1, free) is None
    opened.window.action("show_gallery").trigger()
    qtbot.keyClick(opened.window.panel.gallery, KEY.Key_1)
    assert opened.document.label(1, free) is not None


def test_what_leaves_the_view_is_not_selected_any_more(opened: App, qtbot: QtBot) -> None:
    document, view, selection, panel = opened.document, opened.view, opened.selection, opened.window.panel
    order = view.order.tolist()
    selection.set(order[4:7], order[4])
    opened.window.action("remove_images").trigger()
    view.rebuild()
    assert selection.slots == {order[7]} and selection.current == order[7], "the next takes their place"
    panel.open_large(order[7])
    opened.window.action("remove_images").trigger()
    view.rebuild()
    assert panel.is_large and panel.large.slots == [order[8]]
    panel.show_large([order[8], order[9]])
    document.remove_images([order[9]])
    view.rebuild()
    assert panel.large.slots == [order[8]]
    panel.close_large()

    red = document.model.class_named(1, "red")
    assert red is not None
    view.set_filter(Filter("class", red.id))
    shown = view.order.tolist()
    selection.set(shown, shown[0])
    document.set_labels(document.model.classes_of(1)[0].id, shown[:2])
    view.rebuild()
    assert selection.slots <= set(view.order.tolist())
    view.set_query("name:nothing-is-called-so")
    assert not selection.slots and selection.current == -1
    assert not opened.window.action("take_out").isEnabled() and not opened.window.action("find_similar").isEnabled()


def test_the_photo_of_another_catalog_or_content_does_not_stay(opened: App, qtbot: QtBot, tmp_path: Path) -> None:
    large = opened.window.panel.large
    opened.window.panel.open_large(0)
    qtbot.waitUntil(lambda: large._panes[0].photo.has_picture)
    opened.document.pictures_changed.emit([0])
    assert large._panes[0].slot == 0, "asked for again"
    open_catalog(qtbot, opened, tmp_path / "other.attrlens")
    assert large._panes[0].slot == -1 and not large._panes[0].photo.has_picture and large.slots == []


def test_names_with_an_ampersand_are_shown_whole(opened: App) -> None:
    document = opened.document
    row = document.model.classes_of(1)[0]
    document.rename(row, "black & white")
    document.save_filter("R&D", "color:red")
    menu = opened.menus.fill_image_menu(QMenu())
    texts = [action.text() for part in menu.findChildren(QMenu) for action in part.actions()]
    assert "black && white" in texts and "R&&D" in [
        a.text() for a in opened.window.panel.filter_bar.fill_menu().actions()
    ]
    assert "R&&D" in opened.window.action("undo").text()


def test_shift_goes_on_from_what_is_current(opened: App, qtbot: QtBot) -> None:
    gallery, selection, order = opened.window.panel.gallery, opened.selection, opened.view.order.tolist()
    qtbot.mouseClick(gallery.viewport(), LEFT, pos=gallery.rect_of(order[1]).center())
    opened.commands.show_image(order[6])
    opened.window.panel.close_large()
    qtbot.keyClick(gallery, KEY.Key_Right, SHIFT)
    assert selection.slots == set(order[6:8])
    selection.clear()
    qtbot.keyClick(gallery, KEY.Key_End)
    assert selection.current == order[-1]
    selection.clear()
    qtbot.keyClick(gallery, KEY.Key_Home)
    assert selection.current == order[0]


def test_esc_gives_a_rubber_band_up(opened: App, qtbot: QtBot) -> None:
    gallery, selection = opened.window.panel.gallery, opened.selection
    selection.set({9}, 9)
    viewport, first = gallery.viewport(), gallery.rect_of(0)
    start = QPoint(viewport.width() - 3, first.bottom())
    assert gallery.index_at(start) < 0
    qtbot.mousePress(viewport, LEFT, CONTROL, start)
    qtbot.mouseMove(viewport, QPoint(first.left() + 4, first.top() + 4))
    drawn = lambda: gallery._band.is_drawn  # noqa: E731
    assert len(selection) > 1 and drawn()
    qtbot.keyClick(gallery, KEY.Key_Escape)
    assert selection.slots == {9} and not drawn()
    qtbot.mouseMove(viewport, QPoint(first.left() + 40, first.top() + 40))
    assert selection.slots == {9}
    qtbot.mouseRelease(viewport, LEFT, pos=first.center())
    assert selection.slots == {9}
    qtbot.mousePress(viewport, LEFT, pos=start)
    qtbot.mouseMove(viewport, QPoint(first.left() + 4, first.top() + 4))
    qtbot.keyClick(gallery, KEY.Key_Escape)
    assert selection.slots == {9}, "without Ctrl too"
    qtbot.mouseRelease(viewport, LEFT, pos=start)


def test_a_touch_pad_changes_the_size_by_whole_notches(opened: App) -> None:
    gallery = opened.window.panel.gallery
    side = gallery.side

    def turn(dx: int, dy: int) -> None:
        where = QPointF(50, 50)
        QApplication.sendEvent(gallery.viewport(), QWheelEvent(
            where, gallery.viewport().mapToGlobal(where), QPoint(), QPoint(dx, dy), Qt.MouseButton.NoButton, CONTROL,
            Qt.ScrollPhase.NoScrollPhase, False,
        ))  # fmt: skip

    for _ in range(5):
        turn(0, 20)
    turn(120, 0)
    assert gallery.side == side
    turn(0, 20)
    assert gallery.side == side + 16
    gallery.set_side(side)


def test_a_drop_never_asks_the_source_to_move(opened: App, tmp_path: Path) -> None:
    Image.new("RGB", (40, 40), "red").save(tmp_path / "new.png")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "new.png"))])
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(5, 5), both, data, LEFT, SHIFT, QEvent.Type.Drop)
    event.setDropAction(Qt.DropAction.MoveAction)
    opened.window._carried = drag.files(data)
    opened.window.dropEvent(event)
    assert event.isAccepted() and event.dropAction() == Qt.DropAction.CopyAction


def test_images_of_another_window_are_files_to_add(opened: App) -> None:
    class Drag:
        def __init__(self, data: QMimeData) -> None:
            self.mimeData = lambda: data

    own = drag.of_images(opened.document, [0])
    other = drag.encode("/elsewhere/b.attrlens", [0], [opened.document.images[0].path])
    assert opened.window._is_own(Drag(own)) and not opened.window._is_own(Drag(other))  # type: ignore[arg-type]


def test_orders_can_be_turned_around_by_button_and_menu(opened: App, qtbot: QtBot) -> None:
    panel, view = opened.window.panel, opened.view
    panel._sort.setCurrentIndex(panel._sort.findData("size"))
    panel._sort.activated.emit(panel._sort.currentIndex())
    sizes = [opened.document.images[slot].size for slot in view.order.tolist()]
    assert sizes == sorted(sizes)
    panel._turn.click()
    assert [opened.document.images[slot].size for slot in view.order.tolist()] == sorted(sizes, reverse=True)
    assert panel._turn.isChecked() and opened.window.action("reverse_order").isChecked()
    opened.window.action("reverse_order").trigger()
    assert not panel._turn.isChecked() and not view.descending
    opened.window.action("review_least_sure").trigger()
    assert not opened.window.action("reverse_order").isEnabled() and not panel._turn.isEnabled()


def test_a_class_chosen_beside_an_evaluation_is_shown_by_the_gallery(opened: App, qtbot: QtBot) -> None:
    tree = opened.window.classes.tree
    opened.window.action("show_evaluate").trigger()
    red = opened.document.model.class_named(1, "red")
    assert red is not None
    qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.class_rect(red.id))
    assert opened.window.center.shown == "gallery" and opened.view.filter == Filter("class", red.id)


def test_a_small_file_says_how_much_it_is_enlarged(opened: App, qtbot: QtBot, tmp_path: Path) -> None:
    Image.new("RGB", (30, 20), "blue").save(tmp_path / "tiny.png")
    count = len(opened.document.images)
    opened.files.import_paths([tmp_path / "tiny.png"])
    qtbot.waitUntil(lambda: len(opened.document.images) == count + 1 and opened.document.images[count].width == 30)
    wait_settled(qtbot, opened)
    large = opened.window.panel.large
    opened.window.panel.open_large(count)
    qtbot.waitUntil(lambda: large._panes[0].photo.has_picture)
    shown = large._panes[0].photo.fitted().width()
    expected = 100 * shown * large.devicePixelRatioF() / 30
    assert abs(float(large._percent.text().rstrip("%")) - expected) < 1 and expected > 200
    opened.window.resize(opened.window.width(), opened.window.height() - 120)
    qtbot.waitUntil(lambda: large._panes[0].photo.fitted().width() < shown)
    smaller = 100 * large._panes[0].photo.fitted().width() * large.devicePixelRatioF() / 30
    assert abs(float(large._percent.text().rstrip("%")) - smaller) < 1
    opened.window.panel.close_large()


def test_a_zoomed_photo_moves_at_once_from_its_edge(opened: App, qtbot: QtBot) -> None:
    large = opened.window.panel.large
    opened.window.panel.open_large(2)
    wait_settled(qtbot, opened)
    photo = large._panes[0].photo
    photo.zoom_at(QPointF(0, 0), 3.0)  # into a corner, where the zoom's own middle lies beyond the photo
    before = photo.area()
    photo.pan(-30, -30)
    after = photo.area()
    assert before.left() - after.left() == pytest.approx(30, abs=1) or photo.width() >= before.width()
    assert before.top() - after.top() == pytest.approx(30, abs=1) or photo.height() >= before.height()
    opened.window.panel.close_large()


def test_after_a_removal_the_next_image_is_current(opened: App, qtbot: QtBot) -> None:
    gallery, selection, order = opened.window.panel.gallery, opened.selection, opened.view.order.tolist()
    qtbot.mouseClick(gallery.viewport(), LEFT, pos=gallery.rect_of(order[1]).center())
    for _ in range(4):
        qtbot.keyClick(gallery, KEY.Key_Right, SHIFT)
    assert selection.slots == set(order[1:6]) and selection.current == order[5]
    opened.window.action("remove_images").trigger()
    opened.view.rebuild()
    assert selection.current == order[6] and selection.slots == {order[6]}
    selection.set({order[-1]}, order[-1])
    opened.window.action("remove_images").trigger()
    opened.view.rebuild()
    assert selection.current == order[-2], "after the last one comes the one before it"


def test_a_queue_keeps_its_order_though_the_gallery_is_turned_around(opened: App) -> None:
    opened.window.action("reverse_order").trigger()
    opened.window.action("review_least_sure").trigger()
    confidence = opened.document.by_slot(1).confidence[opened.view.order]
    assert len(confidence) > 10 and (confidence[:-1] <= confidence[1:]).all()


def test_what_is_not_known_comes_last_both_ways(opened: App) -> None:
    document, view = opened.document, opened.view
    found = document.by_slot(1)
    found.confidence[:5] = -1
    for sorting in ("confidence", "least confidence"):
        for descending in (False, True):
            view.set_sorting(sorting, descending)
            assert set(view.order[-5:].tolist()) == set(range(5)), (sorting, descending)


def test_compare_can_be_chosen_again_after_coming_back(opened: App, qtbot: QtBot) -> None:
    opened.selection.set({1, 4}, 1)
    qtbot.keyClick(opened.window.panel.gallery, KEY.Key_C)
    assert is_large(opened) and not opened.window.action("compare").isEnabled()
    qtbot.keyClick(opened.window.panel.large, KEY.Key_Right)
    qtbot.keyClick(opened.window.panel.large, KEY.Key_Escape)
    assert not is_large(opened) and opened.selection.slots == {1, 4}
    assert opened.window.action("compare").isEnabled()


def test_a_folder_with_any_name_is_shown_by_a_click(opened: App, tmp_path: Path) -> None:
    folder = tmp_path / 'so "called" [new], (a) b'
    folder.mkdir()
    Image.new("RGB", (40, 40), "red").save(folder / "x.png")
    opened.view.set_query(f"path:{quoted(str(folder))}/*")
    assert opened.view.query_error is None
    texts = [str(folder / "x.png"), str(tmp_path / "else" / "x.png")]

    class One:
        count = staticmethod(lambda: 2)
        attribute = staticmethod(lambda name: 0)
        texts = staticmethod(lambda key: [folded(text) for text in texts])

    assert opened.view.query.mask(One()).tolist() == [True, False]  # type: ignore[arg-type]
