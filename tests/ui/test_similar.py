"""The Similar tab: what is looked for and how, what is found, groups; with mouse, keys and drops."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.retrieve import axes
from attrlens.core.retrieve.outside import WHOLE
from attrlens.state.examples import USUAL
from attrlens.ui import drag
from attrlens.ui.similar.examples import carries, examples_in
from attrlens.ui.similar.groups import to_limit, to_step
from attrlens.ui.similar.search import SearchPage
from tests.window import drop, settled

KEY, NONE, LEFT = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


def settle(qtbot: QtBot, app: App) -> None:
    """Wait until what is asked for is found."""
    qtbot.waitUntil(lambda: settled(app) and not app.similar.is_busy and not app.copies.is_busy, timeout=60_000)


def kinds(app: App, slots: list[int], part: int = 0) -> list[str]:
    """Colors (part 0) of images, as their file names tell."""
    return [Path(app.document.images[slot].path).stem.split("_")[part] for slot in slots]


@pytest.fixture
def found(garments: App, qtbot: QtBot) -> App:
    """Image 8 looked for."""
    garments.selection.set({8}, 8)
    garments.window.action("find_similar").trigger()
    settle(qtbot, garments)
    return garments


def page(app: App) -> SearchPage:
    return app.window.center.similar.search


def orders(app: App) -> list[list[int]]:
    return [column.order.tolist() for column in app.similar.columns]


# The search


def test_two_columns_by_color_and_by_texture(found: App) -> None:
    color, texture = orders(found)
    assert found.window.center.shown == "similar" and found.similar.attributes == [1, 2]
    assert len(color) == len(texture) == USUAL and color != texture and 8 not in color + texture
    assert kinds(found, color[:8]).count(kinds(found, [8])[0]) >= 6
    one, two = (column.gallery for column in page(found).columns)
    assert one.isVisible() and two.isVisible() and one.slots() == color and two.slots() == texture
    assert [tile.example.slot for tile in page(found).like.tiles] == [8] and not page(found).unlike.tiles


def test_a_blend_is_one_column(found: App, qtbot: QtBot) -> None:
    color, texture = orders(found)
    page(found)._blended.click()
    settle(qtbot, found)
    blended, rest = orders(found)
    assert not rest and blended not in (color, texture) and len(blended) == USUAL
    assert not page(found).columns[1].isVisible() and page(found)._slider.isVisible()
    page(found)._slider.setValue(0)
    settle(qtbot, found)
    assert orders(found)[0] == color
    page(found)._slider.setValue(100)
    settle(qtbot, found)
    assert orders(found)[0] == texture
    assert found.document.catalog.setting("similar")["blended"] is True


def test_at_the_end_of_the_list_come_more(found: App, qtbot: QtBot) -> None:
    first = orders(found)[0]
    bar = page(found).columns[0].gallery.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    settle(qtbot, found)
    more = orders(found)[0]
    assert len(more) == 2 * USUAL and more[:USUAL] == first and bar.value() > 0, "what was read stays where it is"
    for _ in range(10):
        bar.setValue(bar.maximum())
        settle(qtbot, found)
    assert sorted(orders(found)[0]) == [slot for slot in range(160) if slot != 8]
    page(found)._counts[12].trigger()
    settle(qtbot, found)
    assert len(orders(found)[0]) >= 12 and orders(found)[0][:12] == first[:12] and found.similar.options.k == 12
    assert "of 159" in page(found)._status.text()


def test_more_like_these_and_less_like_those(found: App, qtbot: QtBot) -> None:
    color = orders(found)[0]
    found.selection.set(set(color[:2]), color[0])
    assert page(found)._more.isEnabled()
    page(found)._more.click()
    settle(qtbot, found)
    assert [one.slot for one in found.similar.examples] == [8, *color[:2]]
    assert not set(color[:2]) & set(orders(found)[0])
    away = orders(found)[0][30]
    found.selection.set({away}, away)
    found.window.action("unlike").trigger()
    settle(qtbot, found)
    assert [one.slot for one in found.similar.examples if not one.liked] == [away]
    assert [tile.example.slot for tile in page(found).unlike.tiles] == [away]
    before = orders(found)[0]
    tile = page(found).unlike.tiles[0]
    menu = tile.fill_menu(QMenu(tile))
    menu.actions()[0].trigger()
    settle(qtbot, found)
    assert all(one.liked for one in found.similar.examples) and orders(found)[0] != before
    tile = page(found).like.tiles[-1]
    tile.setFocus()
    qtbot.keyClick(tile, KEY.Key_Delete)
    settle(qtbot, found)
    assert [one.slot for one in found.similar.examples] == [8, *color[:2]]


def test_only_unlike_examples_ask_what_is_to_be_found(garments: App, qtbot: QtBot) -> None:
    garments.finding.show_similar()
    garments.similar.add(garments.similar.of_slots([4], liked=False))
    settle(qtbot, garments)
    assert orders(garments) == [[], []] and page(garments)._empty.isVisible()
    assert "what is to be found" in page(garments)._empty._text.text()


def test_a_region_is_drawn_and_taken_back(found: App, qtbot: QtBot) -> None:
    photo, before = page(found).photo, orders(found)
    qtbot.waitUntil(lambda: photo.has_picture)
    area = photo.area()
    a = QPoint(int(area.left() + 0.3 * area.width()), int(area.top() + 0.3 * area.height()))
    b = QPoint(int(area.left() + 0.7 * area.width()), int(area.top() + 0.6 * area.height()))
    qtbot.mousePress(photo, LEFT, pos=a)
    qtbot.mouseMove(photo, b)
    qtbot.mouseRelease(photo, LEFT, pos=b)
    settle(qtbot, found)
    box = found.similar.examples[0].box
    np.testing.assert_allclose(box, (0.3, 0.3, 0.7, 0.6), atol=0.03)
    assert orders(found) != before and 8 not in orders(found)[0] and page(found)._part.currentText() == "As drawn"
    qtbot.mouseClick(photo, LEFT, pos=a)
    settle(qtbot, found)
    assert found.similar.examples[0].box == WHOLE and orders(found) == before
    page(found)._part.setCurrentIndex(1)  # without a mouse
    page(found)._part.activated.emit(1)
    settle(qtbot, found)
    assert found.similar.examples[0].box == (0.3, 0.3, 0.7, 0.7) and orders(found) != before
    photo.setFocus()
    qtbot.keyClick(photo, KEY.Key_Delete)
    settle(qtbot, found)
    assert orders(found) == before


def test_what_is_dropped_is_looked_for(garments: App, qtbot: QtBot, demo: Path) -> None:
    app = garments
    hints: list[str] = []
    box = app.window.panel.similar
    box.hint_changed.connect(hints.append)
    assert drop(box, box.rect().center(), drag.of_images(app.document, [3, 4]))
    settle(qtbot, app)
    assert hints == ["Find images like these 2", ""] and app.window.center.shown == "similar"
    assert [one.slot for one in app.similar.examples] == [3, 4]

    outside = sorted((demo / "new-arrivals").glob("*.jpg"))[0]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(outside))])
    assert drop(page(app), QPoint(200, 400), data)
    settle(qtbot, app)
    assert [(one.slot, one.path) for one in app.similar.examples] == [(-1, outside)]
    assert outside.name.split("_")[0] in kinds(app, orders(app)[0][:5]) and len(app.document.images) == 160
    assert page(app).photo.has_picture, "a picture from outside is shown too"

    zone = page(app).unlike
    assert drop(zone, zone.rect().center(), drag.of_images(app.document, [90]))
    settle(qtbot, app)
    assert [(one.slot, one.liked) for one in app.similar.examples] == [(-1, True), (90, False)]
    inside = QMimeData()
    inside.setUrls([QUrl.fromLocalFile(app.document.images[12].path)])
    assert drop(page(app).like, page(app).like.rect().center(), inside)
    settle(qtbot, app)
    assert app.similar.examples[-1].slot == 12, "a file of the catalog is its image"


def test_a_picture_from_a_browser_and_the_clipboard(garments: App, qtbot: QtBot) -> None:
    app = garments
    picture = QImage(app.document.images[30].path)
    data = QMimeData()
    data.setImageData(picture)
    app.finding.show_similar()
    assert drop(page(app).like, QPoint(60, 20), data)
    settle(qtbot, app)
    assert orders(app)[1][0] == 30 and app.similar.examples[0].slot == -1
    QGuiApplication.clipboard().setImage(picture.scaled(picture.size() / 2))
    app.window.action("paste_files").trigger()
    settle(qtbot, app)
    assert len(app.similar.examples) == 1 and orders(app)[1][0] == 30
    glass = QImage(60, 60, QImage.Format.Format_ARGB32)
    glass.fill(QColor(0, 0, 0, 0))
    QGuiApplication.clipboard().setImage(glass)
    page(app).paste()
    settle(qtbot, app)
    assert len(orders(app)[0]) == USUAL, "glass is white paper"
    QGuiApplication.clipboard().setText("words")
    said: list[str] = []
    app.document.stepped.connect(said.append)
    page(app).paste()
    assert said and "no picture" in said[0] and len(app.similar.examples) == 1


@pytest.mark.expects_log
def test_a_file_that_is_no_image_says_so(found: App, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    found.similar.add(found.similar.of_files([tmp_path / "broken.jpg"]))
    settle(qtbot, found)
    assert found.notices.current is not None and "broken.jpg" in found.notices.current.text
    assert len(orders(found)[0]) == USUAL, "the others are looked for all the same"
    bad = page(found).like.tiles[-1]
    assert "broken.jpg" in bad.toolTip() and found.similar.trouble(bad.example) is not None
    found.similar.look_for(found.similar.of_files([tmp_path / "broken.jpg"]))
    settle(qtbot, found)
    assert page(found)._empty.isVisible() and "broken.jpg" in page(found)._empty._title.text()
    assert not found.similar.is_busy


def test_an_edited_file_is_looked_for_as_it_is_now(garments: App, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "query.jpg"
    for slot in (30, 100):
        shutil.copy(garments.document.images[slot].path, target)
        os.utime(target, (slot, slot))
        garments.finding.find_like(garments.similar.of_files([target]))
        settle(qtbot, garments)
        assert orders(garments)[1][0] == slot and page(garments).photo.has_picture


def test_folders_are_nothing_to_look_for(garments: App, demo: Path) -> None:
    garments.finding.show_similar()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(demo))])
    assert not carries(data, garments.document), "the window takes it, to add it"
    assert examples_in(data, garments.document, garments.similar) == []


def test_an_example_is_dragged_to_the_other_side(found: App, qtbot: QtBot) -> None:
    found.similar.add(found.similar.of_slots([30]))
    settle(qtbot, found)
    tile = page(found).like.tiles[1]
    assert drop(page(found).unlike, QPoint(20, 20), tile.carried())
    settle(qtbot, found)
    assert [one.liked for one in found.similar.examples] == [True, False]
    assert page(found).unlike.tiles[0].example.slot == 30


def test_the_gallery_keeps_to_what_it_was_sorted_by(found: App, qtbot: QtBot) -> None:
    page(found).gallery_wanted.emit(2)
    qtbot.waitUntil(lambda: found.view.like is not None, timeout=10_000)
    assert found.window.center.shown == "gallery" and int(found.view.order[0]) == 8
    found.similar.clear()
    settle(qtbot, found)
    found.window.panel.like.buttons()[0].click()
    qtbot.waitUntil(lambda: found.view.like is not None and found.view.like.attribute == 1, timeout=10_000)
    assert int(found.view.order[0]) == 8


def test_who_may_be_found(found: App, qtbot: QtBot) -> None:
    wanted = orders(found)[0][:4]
    found.document.keep_together([[8, wanted[0], wanted[2]]])
    page(found)._products.trigger()
    settle(qtbot, found)
    assert not {wanted[0], wanted[2]} & set(orders(found)[0]) and wanted[1] in orders(found)[0]
    page(found)._products.trigger()
    found.view.set_query("name:*1*")
    page(found)._shown.trigger()
    settle(qtbot, found)
    assert set(orders(found)[0]) <= set(found.view.order.tolist()) and len(orders(found)[0]) > 3
    found.view.set_query("name:nothing_is_called_so")
    qtbot.waitUntil(lambda: not orders(found)[0], timeout=10_000)
    assert page(found)._empty.isVisible()
    found.view.set_query("")
    qtbot.waitUntil(lambda: len(orders(found)[0]) == USUAL, timeout=10_000)


def test_by_classes_and_where_there_are_none(found: App, qtbot: QtBot) -> None:
    before = orders(found)
    found.similar.set_options(metric="classes")
    settle(qtbot, found)
    assert found.similar.used == ["classes", "classes"] and orders(found) != before
    assert kinds(found, orders(found)[0][:10]).count(kinds(found, [8])[0]) >= 8
    found.document.remove_exemplars(1, list(found.document.model.exemplars_of(1)))
    qtbot.waitUntil(lambda: found.similar.used == ["euclidean", "classes"], timeout=20_000)
    assert "too few classes" in page(found).columns[0]._note.text()


def test_results_are_labeled_opened_and_left_as_in_the_gallery(found: App, qtbot: QtBot) -> None:
    gallery = page(found).columns[0].gallery
    first = orders(found)[0][0]
    qtbot.mouseClick(gallery.viewport(), LEFT, pos=gallery.rect_of(first).center())
    assert found.selection.slots == {first} and found.commands.chosen() == [first]
    gallery.setFocus()
    qtbot.keyClick(gallery, KEY.Key_3)
    label = found.document.label(1, first)
    assert label is not None and label.class_id == found.document.model.classes_of(1)[2].id
    settle(qtbot, found)
    second, third = orders(found)[0][1:3]
    assert found.window.center.shown == "similar" and found.selection.slots == {second}, "on to the next"
    qtbot.keyClick(gallery, KEY.Key_Space)
    assert found.window.center.shown == "gallery" and found.window.panel.is_large
    qtbot.keyClick(found.window.panel.large, KEY.Key_Right)
    assert found.selection.slots == {third}, "through what was found"
    qtbot.keyClick(found.window.panel.large, KEY.Key_Escape)
    assert found.window.center.shown == "similar", "back to where a person came from"
    assert found.selection.slots == {third}
    texture = page(found).columns[1].gallery
    last = orders(found)[1][0]
    qtbot.mouseClick(texture.viewport(), LEFT, pos=texture.rect_of(last).center())
    texture.setFocus()
    assert found.view.attribute == 2, "keys mean the classes of the column"
    qtbot.keyClick(texture, KEY.Key_4)
    label = found.document.label(2, last)
    assert label is not None and label.class_id == found.document.model.classes_of(2)[3].id
    found.commands.select_all()
    assert found.selection.slots == set(orders(found)[0]) | set(orders(found)[1])
    data = drag.of_images(found.document, gallery.drag_slots()[:3])
    assert drag.slots(data, str(found.document.catalog.path)) == gallery.drag_slots()[:3]


def test_what_is_selected_elsewhere_survives_the_gallerys_filter(found: App, qtbot: QtBot) -> None:
    slot = orders(found)[0][0]
    found.view.set_query("name:nothing_is_called_so")
    found.selection.set({slot}, slot)
    found.document.set_labels(found.document.model.classes_of(1)[0].id, [slot])
    settle(qtbot, found)
    assert found.selection.slots == {slot}
    found.commands.show_gallery()
    assert not found.selection.slots, "in the gallery it is not seen"


def test_removed_images_and_deleted_attributes(found: App, qtbot: QtBot) -> None:
    gone = orders(found)[0][:3]
    found.document.remove_images(gone)
    assert not set(gone) & set(orders(found)[0]), "at once"
    qtbot.waitUntil(lambda: not set(gone) & set(orders(found)[0]) and not found.similar.is_busy, timeout=10_000)
    found.document.undo()
    qtbot.waitUntil(lambda: orders(found)[0][:3] == gone and not found.similar.is_busy, timeout=10_000)
    found.document.delete_attribute(2)
    settle(qtbot, found)
    assert found.similar.attributes == [1, 0] and not page(found).columns[1].isVisible() and orders(found)[0]
    found.document.delete_attribute(1)
    settle(qtbot, found)
    assert orders(found) == [[], []] and not found.similar.is_busy


def test_a_catalog_that_is_closed_takes_the_search_with_it(found: App, qtbot: QtBot, tmp_path: Path) -> None:
    found.similar.set_options(metric="classes", k=12)
    found.window.action("close_catalog").trigger()
    settle(qtbot, found)
    assert not found.similar.examples and orders(found) == [[], []] and not found.similar.is_busy
    found.workbench.open(tmp_path / "c.attrlens")
    qtbot.waitUntil(lambda: found.document.is_open)
    settle(qtbot, found)
    assert found.similar.options.metric == "classes" and found.similar.options.k == 12, "how was searched is kept"


def test_in_a_large_catalog_the_next_search_is_prepared(
    garments: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(axes, "WORTH", 100)
    monkeypatch.setattr("attrlens.state.similar.WORTH", 100)
    garments.finding.find_like(garments.similar.of_slots([8]))
    settle(qtbot, garments)
    before = orders(garments)
    folder = garments.document.catalog.path / "caches" / "search"
    qtbot.waitUntil(lambda: len(list(folder.glob("*.npz"))) == 2, timeout=20_000)
    settle(qtbot, garments)
    garments.similar.ask()
    settle(qtbot, garments)
    assert orders(garments) == before


# Groups


@pytest.fixture
def doubled(garments: App, qtbot: QtBot, tmp_path: Path) -> App:
    """The garments with four copies half as large."""
    folder = tmp_path / "copies"
    folder.mkdir()
    for i in (2, 5, 40, 77):
        source = Path(garments.document.images[i].path)
        with Image.open(source) as picture:
            picture.convert("RGB").resize((picture.width // 2, picture.height // 2)).save(folder / f"half_{i}.png")
    shutil.copy(garments.document.images[2].path, folder / "again.jpg")
    garments.files.import_paths([folder])
    settle(qtbot, garments)
    garments.window.action("find_copies").trigger()
    settle(qtbot, garments)
    return garments


def test_copies_are_found_and_the_others_removed(doubled: App, qtbot: QtBot) -> None:
    page_ = doubled.window.center.similar.groups
    originals = {2, 5, 40, 77}
    assert {group[0] for group in doubled.copies.groups} >= originals and doubled.window.center.shown == "similar"
    assert len(next(group for group in doubled.copies.groups if group[0] == 2)) == 3
    assert page_.gallery.isVisible() and page_.gallery.slots() == [s for g in doubled.copies.groups for s in g]
    page_._select.click()
    assert doubled.selection.slots == set(doubled.copies.others())
    doubled.selection.set({5}, 5)
    page_._remove.click()
    settle(qtbot, doubled)
    assert 5 not in {group[0] for group in doubled.copies.groups} and len(doubled.document.model.removals) == 1
    doubled.selection.set(())
    assert page_._remove.text() == f"Remove {len(doubled.copies.others())} others"
    page_._remove.click()
    settle(qtbot, doubled)
    assert not doubled.copies.groups and page_._empty.isVisible() and doubled.document.total <= 160
    doubled.document.undo()
    doubled.document.undo()
    settle(qtbot, doubled)
    assert {group[0] for group in doubled.copies.groups} >= originals


def test_the_slider_and_the_rule(doubled: App, qtbot: QtBot) -> None:
    page_ = doubled.window.center.similar.groups
    few = len(doubled.copies.groups)
    page_._limit.setValue(100)
    settle(qtbot, doubled)
    assert doubled.copies.limit == pytest.approx(0.05) and len(doubled.copies.others()) > few
    for limit in (0.0005, 0.003, 0.01, 0.05):
        assert to_limit(to_step(limit)) == pytest.approx(limit, rel=0.04)
    page_._limit.setValue(to_step(0.003))
    doubled.copies.set_rule("newest")
    settle(qtbot, doubled)
    assert next(group for group in doubled.copies.groups if 40 in group)[0] != 40
    assert doubled.document.catalog.setting("copies")["rule"] == "newest"
    doubled.copies.set_rule("labeled")
    settle(qtbot, doubled)
    assert all(group[0] < 160 for group in doubled.copies.groups)


def test_products_by_names_and_by_word(doubled: App, qtbot: QtBot) -> None:
    page_ = doubled.window.center.similar.groups
    page_._together.click()
    numbers = doubled.document.model.products
    assert len({number for number, _ in numbers.values()}) == len(doubled.copies.groups)
    said = {frozenset(group) for group in doubled.copies.groups}
    doubled.copies.set_kind("product")
    settle(qtbot, doubled)
    assert said <= {frozenset(group) for group in doubled.copies.groups} and not page_._limit.isVisible()
    doubled.selection.set({5}, 5)
    assert page_._apart.isEnabled()
    page_._apart.click()
    assert 5 not in doubled.document.model.products
    doubled.document.undo()
    assert 5 in doubled.document.model.products
    doubled.copies.set_kind("recolored")
    settle(qtbot, doubled)
    assert page_._kind.currentData() == "recolored"
    doubled.window.action("find_copies").trigger()
    settle(qtbot, doubled)
    assert doubled.copies.kind == "copies", "what the menu says"


def test_many_are_not_removed_without_a_question(doubled: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attrlens.ui.similar.groups.UNASKED", 3)
    page_ = doubled.window.center.similar.groups
    page_._limit.setValue(100)
    settle(qtbot, doubled)
    count = len(doubled.copies.others())
    assert count > 3
    page_._remove.click()
    assert not doubled.document.model.removals
    box = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox))
    assert f"{count} images" in box.text()
    next(button for button in box.buttons() if "Remove" in button.text()).click()
    settle(qtbot, doubled)
    assert len(doubled.document.model.removals) == count


def test_a_comparison_that_was_cancelled_can_be_made(garments: App, qtbot: QtBot) -> None:
    garments.finding.find_copies()
    garments.lanes.pictures.cancel_all()
    settle(qtbot, garments)
    page_ = garments.window.center.similar.groups
    assert page_._empty.isVisible() and page_._empty.button.text() == "Compare"
    page_._empty.button.click()
    settle(qtbot, garments)
    assert garments.copies.pairs is not None
