"""Filter, saved filters, list, compare, similar images: in the real window, by mouse and by keys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.state.view import GalleryView
from attrlens.ui.viewer.large import LargeView
from tests.window import open_catalog, wait_settled

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def opened(garments: App) -> App:
    """The demo's 160 garments, half of them exemplars of ten colors and ten textures."""
    garments.window.panel.gallery.setFocus()
    return garments


def names(app: App) -> set[str]:
    return {Path(app.document.images[slot].path).name.split("_")[0] for slot in app.view.order.tolist()}


def test_typing_a_filter_shows_its_images_at_once(opened: App, qtbot: QtBot) -> None:
    line = opened.window.panel.filter_bar.line
    qtbot.keyClick(opened.window, KEY.Key_F, CONTROL)
    assert QApplication.focusWidget() is line
    qtbot.keyClicks(line, "color:red")
    color = opened.document.model.class_named(1, "red")
    assert color is not None and (opened.document.decided(1)[opened.view.order] == color.id).all()
    assert 0 < len(opened.view.order) < 160
    count = opened.window.panel._count.text()
    assert count.startswith(f"{len(opened.view.order)} of 160")
    qtbot.keyClicks(line, " label:none")
    assert len(opened.view.order) and not opened.document.labeled(1)[opened.view.order].any()
    qtbot.keyClick(line, KEY.Key_Return)
    assert QApplication.focusWidget() is opened.window.panel.gallery, "Enter goes to the images"
    opened.window.action("clear_filter").trigger()
    assert len(opened.view.order) == 160 and line.text() == ""


def test_what_cannot_be_read_is_said_below_the_line(opened: App, qtbot: QtBot) -> None:
    bar = opened.window.panel.filter_bar
    bar.line.setFocus()
    qtbot.keyClicks(bar.line, "color:red")
    shown = opened.view.order.tolist()
    qtbot.keyClicks(bar.line, " conf<much")
    assert bar.problem.isVisible() and "is no number" in bar.problem.text() and "conf<0.6" in bar.problem.text()
    assert opened.view.order.tolist() == shown
    for _ in range(10):
        qtbot.keyClick(bar.line, KEY.Key_Backspace)
    assert not bar.problem.isVisible()
    bar.line.setText("zzz")
    assert opened.window.panel._stack.currentWidget() is opened.window.panel._empty
    assert "No image fits" in opened.window.panel._empty._title.text()
    assert QApplication.focusWidget() is bar.line, "typing goes on"
    bar.line.setText("zz")
    bar.line.setText("")
    assert opened.window.panel._stack.currentWidget() is opened.window.panel.gallery


def test_completion_by_keys(opened: App, qtbot: QtBot) -> None:
    line = opened.window.panel.filter_bar.line
    line.setFocus()
    qtbot.keyClicks(line, "co")
    assert line.offered()[:2] == ["Color:", "conf<"]
    qtbot.keyClick(line, KEY.Key_Tab)
    assert line.text() == "Color:" and "Color:blue" in line.offered()
    qtbot.keyClicks(line, "bl")
    assert line.offered() == ["Color:black", "Color:blue"]
    qtbot.keyClick(line, KEY.Key_Tab)
    assert line.text() == "Color:black " and names(opened) >= {"black"}
    qtbot.keyClick(line, KEY.Key_Escape)
    assert line.text() == ""
    qtbot.keyClick(line, KEY.Key_Escape)
    assert QApplication.focusWidget() is opened.window.panel.gallery


def test_a_filter_is_saved_used_deleted_and_undone(opened: App, qtbot: QtBot) -> None:
    bar, document = opened.window.panel.filter_bar, opened.document
    bar.line.setText("color:red conf<0.99")
    opened.window.action("save_filter").trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QInputDialog) and w.isVisible())
    dialog.setTextValue(" Red, doubtful ")
    dialog.accept()
    assert [f.name for f in document.model.filters.values()] == ["Red, doubtful"]
    shown = opened.view.order.tolist()
    bar.line.clear()
    menu = bar.fill_menu()
    next(a for a in menu.actions() if a.text() == "Red, doubtful").trigger()
    assert bar.line.text() == "color:red conf<0.99" and opened.view.order.tolist() == shown
    document.delete_filter(next(iter(document.model.filters)))
    assert document.model.filters == {}
    opened.window.action("undo").trigger()
    assert len(document.model.filters) == 1
    path = document.catalog.path
    opened.workbench.close_catalog()
    open_catalog(qtbot, opened, path)
    assert len(document.model.filters) == 1 and bar.line.text() == "color:red conf<0.99", "left and found again"


def test_choices_say_how_many_they_show(opened: App) -> None:
    box = opened.window.panel._show
    box.showPopup()
    texts = [box.itemText(i) for i in range(box.count())]
    assert texts[0] == "All images   160" and texts[2] == f"Exemplars   {len(opened.document.model.exemplars_of(1))}"
    box.hidePopup()
    assert box.itemText(0) == "All images"


def test_headings_and_orders_are_chosen_in_the_window(opened: App, qtbot: QtBot) -> None:
    panel, view = opened.window.panel, opened.view
    for box, value in ((panel._group, "state"), (panel._group, "sku"), (panel._group, "folder"), (panel._sort, "date"),
                       (panel._sort, "color"), (panel._sort, "name")):  # fmt: skip
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
        assert value in (view.grouping, view.sorting)
    assert sum(group.count for group in view.groups) == 160


def test_the_list_shares_selection_order_and_keys(opened: App, qtbot: QtBot) -> None:
    panel, selection = opened.window.panel, opened.selection
    selection.set({int(opened.view.order[3])}, int(opened.view.order[3]))
    opened.window.action("as_list").trigger()
    images = panel.list
    assert panel.mode == "list" and images.isVisible() and images.currentIndex().row() == 3
    viewport = images.viewport()
    qtbot.mouseClick(viewport, LEFT, pos=images.rect_of(int(opened.view.order[1])).center())
    assert selection.slots == {int(opened.view.order[1])}
    qtbot.mouseClick(viewport, LEFT, SHIFT, images.rect_of(int(opened.view.order[4])).center())
    assert selection.slots == set(opened.view.order[1:5].tolist())
    qtbot.mouseClick(viewport, LEFT, CONTROL, images.rect_of(int(opened.view.order[2])).center())
    assert selection.slots == set(opened.view.order[[1, 3, 4]].tolist())
    qtbot.keyClick(images, KEY.Key_Home)
    qtbot.keyClick(images, KEY.Key_Down, SHIFT)
    assert selection.slots == set(opened.view.order[:2].tolist())
    qtbot.keyClick(images, KEY.Key_End)
    assert selection.current == int(opened.view.order[-1])
    header = images.horizontalHeader()
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(header.sectionViewportPosition(0) + 10, 5))
    assert (opened.view.sorting, opened.view.descending) == ("name", True)
    assert opened.view.facts.names.names[int(opened.view.order[0])] == max(opened.view.facts.names.names)
    table = images.model()
    titles = [table.headerData(i, Qt.Orientation.Horizontal) for i in range(table.columnCount())]
    assert titles == ["Name", "Color", "Texture", "Folder", "Date", "File size", "Pixels", "SKU", "State"]
    slot = int(opened.view.order[0])
    selection.set({slot}, slot)
    spoken = table.data(table.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert opened.view.facts.names.names[slot] in spoken and "selected" in spoken and "Color: " in spoken
    qtbot.keyClick(images, KEY.Key_2)
    label = opened.document.label(1, slot)
    assert label is not None and label.class_id == opened.document.model.classes_of(1)[1].id, "digits label here too"
    qtbot.keyClick(images, KEY.Key_Return)
    assert panel.is_large
    qtbot.keyClick(panel.large, KEY.Key_Escape)
    assert panel._stack.currentWidget() is images, "back to the list, not to the thumbnails"
    path = opened.document.catalog.path
    opened.workbench.close_catalog()
    open_catalog(qtbot, opened, path)
    assert panel.mode == "list"


def test_control_moves_without_selecting(opened: App, qtbot: QtBot) -> None:
    gallery, selection = opened.window.panel.gallery, opened.selection
    qtbot.keyClick(gallery, KEY.Key_Home)
    qtbot.keyClick(gallery, KEY.Key_Right, CONTROL)
    qtbot.keyClick(gallery, KEY.Key_Right, CONTROL)
    assert selection.current == 2 and selection.slots == {0}
    qtbot.keyClick(gallery, KEY.Key_Space, CONTROL)
    assert selection.slots == {0, 2}
    assert "3 of 160, selected" in gallery.accessibleDescription()


def wheel(view: LargeView, steps: int, where: QPointF) -> None:
    photo = view._panes[0].photo
    event = QWheelEvent(
        where, photo.mapToGlobal(where), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(photo, event)


def test_the_large_view_zooms_pans_and_steps(opened: App, qtbot: QtBot) -> None:
    large = opened.window.panel.large
    opened.selection.set({5}, 5)
    qtbot.keyClick(opened.window.panel.gallery, KEY.Key_Space)
    wait_settled(qtbot, opened)
    assert large.isVisible() and large.slots == [5] and large.zoom.scale == 1
    assert "6 of 160" in large._name.text()
    photo = large._panes[0].photo
    before = photo.area()
    point = before.topLeft() + QPointF(0.4 * before.width(), 0.45 * before.height())
    wheel(large, 6, point)
    after = photo.area()
    assert large.zoom.scale > 3 and abs((point.x() - after.left()) / after.width() - 0.4) < 0.01, "around the mouse"
    left = photo.area().left()
    qtbot.keyClick(large, KEY.Key_Right, SHIFT)
    assert photo.area().left() <= left and opened.selection.current == 5
    qtbot.mousePress(photo, LEFT, pos=photo.rect().center())
    qtbot.mouseMove(photo, photo.rect().center() + QPoint(40, 0))
    moved = photo.area().left()
    qtbot.mouseRelease(photo, LEFT, pos=photo.rect().center() + QPoint(40, 0))
    assert moved > left - 61
    qtbot.keyClick(large, KEY.Key_Z)
    assert large.zoom.scale == 1
    qtbot.keyClick(large, KEY.Key_Plus)
    assert large.zoom.scale > 1 and large._percent.text().endswith("%")
    qtbot.keyClick(large, KEY.Key_Right)
    assert opened.selection.current == 6 and large.slots == [6] and large.zoom.scale == 1
    wait_settled(qtbot, opened)
    qtbot.keyClick(large, KEY.Key_Space)
    assert not opened.window.panel.is_large


def test_two_to_four_images_side_by_side_with_one_zoom(opened: App, qtbot: QtBot) -> None:
    large, action = opened.window.panel.large, opened.window.action("compare")
    opened.selection.set({1}, 1)
    assert not action.isEnabled()
    opened.selection.set({1, 4, 7}, 4)
    assert action.isEnabled()
    qtbot.keyClick(opened.window.panel.gallery, KEY.Key_C)
    wait_settled(qtbot, opened)
    assert large.slots == [1, 4, 7] and large.comparing
    panes = [pane for pane in large._panes if pane.isVisible()]
    assert [pane.is_current for pane in panes] == [False, True, False]
    qtbot.keyClick(large, KEY.Key_Plus)
    scales = {round(pane.photo.area().width() / pane.photo.fitted().width(), 6) for pane in panes}
    assert len(scales) == 1 and scales.pop() > 1
    qtbot.mouseClick(panes[2].photo, LEFT, pos=panes[2].photo.rect().center())
    assert opened.selection.current == 7
    qtbot.keyClick(large, KEY.Key_Left)
    assert opened.selection.current == 4
    qtbot.keyClick(large, KEY.Key_3)
    label = opened.document.label(1, 4)
    assert label is not None and label.class_id == opened.document.model.classes_of(1)[2].id
    opened.selection.set({1, 2, 3, 4, 5}, 1)
    assert not action.isEnabled()
    opened.window.panel.close_large()


def likeness(view: GalleryView) -> list[float]:
    assert view.like is not None
    return [float(view.like.distances[slot]) for slot in view.order.tolist()]


def test_most_similar_first_in_the_gallery(opened: App, qtbot: QtBot) -> None:
    panel, view = opened.window.panel, opened.view
    opened.selection.set({8}, 8)
    opened.window.action("find_similar").trigger()
    qtbot.waitUntil(lambda: not opened.similar.is_busy, timeout=20_000)
    with qtbot.waitSignal(view.options_changed):
        opened.finding.sort_gallery(1)
    assert opened.window.center.shown == "gallery"
    assert view.sorting == "similarity" and int(view.order[0]) == 8
    assert likeness(view) == sorted(likeness(view))
    color = Path(opened.document.images[8].path).name.split("_")[0]
    near = [Path(opened.document.images[int(s)].path).name.split("_")[0] for s in view.order[1:8]]
    assert near.count(color) >= 5
    assert panel.like.isVisible() and "by Color" in panel.like._words.text()
    with qtbot.waitSignal(view.options_changed):
        panel.like.buttons()[1].click()
    assert view.like is not None and view.like.attribute == 2
    panel.like.close_button.click()
    assert not panel.like.isVisible() and view.order.tolist() == list(range(160))


def test_text_size_names_and_gray_are_settings_that_work_at_once(opened: App, qtbot: QtBot) -> None:
    gallery = opened.window.panel.gallery
    height = gallery.rect_of(0).height()
    opened.window.action("show_names").trigger()
    assert gallery.rect_of(0).height() > height and opened.window.action("show_names").isChecked()
    opened.settings.set("text_size", 150)
    assert gallery.rect_of(0).height() > height + 20 and opened.theme.px(20) == 30
    opened.settings.set("text_size", 100)
    opened.window.action("gray_mat").trigger()
    assert opened.theme.tokens.mat == "#767676"
    opened.window.action("gray_mat").trigger()


def test_thumbnails_come_in_two_sizes(opened: App, qtbot: QtBot) -> None:
    gallery = opened.window.panel.gallery

    def longest() -> int:
        pixmap = opened.thumbnails.get(gallery.visible_slots()[0])
        return 0 if pixmap is None else max(pixmap.width(), pixmap.height())

    qtbot.waitUntil(lambda: longest() == 256)
    gallery.set_side(400)
    qtbot.waitUntil(lambda: longest() > 400)
    gallery.set_side(160)


def test_panels_pages_and_place_are_kept_with_the_catalog(opened: App, qtbot: QtBot) -> None:
    window, path = opened.window, opened.document.catalog.path
    window.resize(1400, 800)
    window.action("toggle_inspector").trigger()
    window.action("toggle_folders").trigger()
    window._splitter.setSizes([300, 1100, 0])
    opened.selection.set({140}, 140)
    window.action("show_health").trigger()
    wait_settled(qtbot, opened)
    opened.workbench.close_catalog()
    window.layout_.toggle("inspector")
    open_catalog(qtbot, opened, path)
    qtbot.waitUntil(lambda: opened.selection.current == 140)
    assert not window._inspector.isVisible() and window.classes.folders.tree.isVisible()
    assert window.center.shown == "health" and window._splitter.sizes()[0] == 300
    window.action("toggle_inspector").trigger()
    assert window._inspector.isVisible()


def test_recent_catalogs_in_the_menu(opened: App, qtbot: QtBot, tmp_path: Path) -> None:
    first = opened.document.catalog.path
    open_catalog(qtbot, opened, tmp_path / "other.attrlens")
    texts = [action.text() for action in opened.window.fill_recent().actions()]
    assert texts == ["c"], "the one that is open is not offered"
    opened.window.fill_recent().actions()[0].trigger()
    qtbot.waitUntil(lambda: opened.document.is_open and opened.document.catalog.path == first)
    shutil.rmtree(tmp_path / "other.attrlens")
    opened.window.fill_recent().actions()[0].trigger()
    assert opened.notices.current is not None and "not there any more" in opened.notices.current.text
    assert str(tmp_path / "other.attrlens") not in opened.settings.get("recent")
    wait_settled(qtbot, opened)
