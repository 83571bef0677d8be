"""The Map and Grid tabs: real window, real descriptors, the demo's garments."""

from __future__ import annotations

import csv
import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.catalog import layouts
from attrlens.core.layout import arrange
from attrlens.core.layout.clusters import ClusterParameters
from attrlens.core.layout.projection import Parameters
from attrlens.state.view import Filter
from attrlens.ui.canvas.panel import CanvasPanel
from tests.window import open_catalog, wait_settled


def show(app: App, qtbot: QtBot, mode: str = "map") -> CanvasPanel:
    """Open the tab and wait until everything lies still."""
    app.window.action(f"show_{mode}").trigger()
    canvas = app.window.center.canvas
    qtbot.waitUntil(lambda: app.canvas.layout is not None and app.canvas.layout.method == "umap", timeout=60_000)
    still(app, qtbot)
    return canvas


def still(app: App, qtbot: QtBot) -> None:
    for _ in range(3):
        wait_settled(qtbot, app)
        qtbot.wait(40)
    qtbot.waitUntil(lambda: not app.window.center.canvas.view.is_flying, timeout=5000)


def point_of(canvas: CanvasPanel, slot: int) -> QPoint:
    """Where an image is on the view."""
    xy = canvas.view.scene.screen(canvas.view.size_)
    assert xy is not None
    x, y = xy[canvas.view.scene.index_of(slot)]
    return QPoint(int(x), int(y))


def around(canvas: CanvasPanel, slots: list[int], qtbot: QtBot, modifier: Qt.KeyboardModifier) -> None:
    """Draw a line around images with the mouse."""
    view = canvas.view
    points = np.array([[point_of(canvas, slot).x(), point_of(canvas, slot).y()] for slot in slots])
    low, high = points.min(0) - 5, points.max(0) + 5
    corners = [QPoint(*map(int, at)) for at in ((low[0], low[1]), (high[0], low[1]), high, (low[0], high[1]))]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, modifier, corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(view, corner)
        qtbot.wait(5)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, modifier, corners[-1])


def test_a_map_comes_at_once_moves_and_is_kept(garments: App, qtbot: QtBot, tmp_path: Path) -> None:
    app = garments
    seen: list[tuple[str, bool]] = []
    app.canvas.layout_changed.connect(
        lambda moving: seen.append((app.canvas.layout.method if app.canvas.layout else "", moving))
    )
    canvas = show(app, qtbot)
    assert ("pca", False) in seen
    assert seen[-1] == ("umap", False)
    layout = app.canvas.layout
    assert layout is not None and len(layout.slots) == 160 and layout.cluster_count > 1
    assert app.window.center.shown == "map" and "160 images" in canvas._status.text()
    kept = layouts.load(app.document.catalog, layout.attribute)
    assert kept is not None and np.array_equal(kept.places, layout.places)
    # Another look, and another start of the program, show the same map without a new one.
    app.workbench.close_catalog()
    wait_settled(qtbot, app)
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    canvas = show(app, qtbot)
    assert app.canvas.layout is not None and app.canvas.layout.time == kept.time


def test_places_follow_the_gallery_and_the_gallery_them(garments: App, qtbot: QtBot) -> None:
    """One selection: clicked on the map, seen in the gallery, kept on the grid."""
    app = garments
    canvas = show(app, qtbot)
    app.canvas.set_pictures(False)
    still(app, qtbot)
    view = canvas.view
    slot = int(view.scene.slots[7])
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point_of(canvas, slot))
    [clicked] = app.selection.slots  # another may lie over it
    assert app.selection.current == clicked
    app.selection.set({3, 5}, 3)
    qtbot.keyClick(view, Qt.Key.Key_S)
    assert view.tool == "lasso"
    around(canvas, [11], qtbot, Qt.KeyboardModifier.ShiftModifier)
    assert {3, 5, 11} <= app.selection.slots
    around(canvas, [11], qtbot, Qt.KeyboardModifier.AltModifier)
    assert 11 not in app.selection.slots
    around(canvas, list(range(160)), qtbot, Qt.KeyboardModifier.NoModifier)
    assert app.selection.slots == frozenset(range(160))
    app.window.action("show_grid").trigger()
    still(app, qtbot)
    assert app.window.center.shown == "grid" and app.selection.slots == frozenset(range(160))
    qtbot.keyClick(view, Qt.Key.Key_G)
    cell = view.scene.grid.cells[view.scene.index_of(20)] if view.scene.grid else None
    assert cell is not None
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=point_of(canvas, 20))
    assert app.selection.slots == {20} and app.selection.current == 20
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, point_of(canvas, 21))
    assert app.selection.slots == {20, 21}
    qtbot.keyClick(view, Qt.Key.Key_Right)
    beside = view.scene.grid.cells[view.scene.index_of(app.selection.current)] if view.scene.grid else None
    before = view.scene.grid.cells[view.scene.index_of(21)] if view.scene.grid else None
    assert beside is not None and before is not None
    assert beside[0] == before[0] and beside[1] == before[1] + 1
    app.window.center.show_named("gallery")
    assert app.selection.slots == {app.selection.current}
    app.commands.select_all()
    app.window.center.show_named("map")
    assert view._marks().selected.all()


def test_colors_mean_what_the_legend_says(garments: App, qtbot: QtBot) -> None:
    app = garments
    canvas = show(app, qtbot)
    legend = canvas.legend
    names = {c.name for c in app.document.model.classes_of(app.view.attribute)}
    shown = {legend.topLevelItem(i).text(0) for i in range(legend.topLevelItemCount())}  # type: ignore[union-attr]
    assert shown - {"Unknown", "Not classified"} <= names
    first = legend.topLevelItem(0)
    assert first is not None
    key = legend.key_of(first)
    assert key is not None
    slots = app.canvas.slots_of(key)
    assert slots and all(app.document.decided(app.view.attribute)[slot] == key for slot in slots)
    # The gallery's filter fades what it leaves out: "some / all" in the legend.
    app.view.set_filter(Filter("exemplars"))
    text = legend.topLevelItem(0).text(1)  # type: ignore[union-attr]
    some, total = (int(part) for part in text.split(" / "))
    assert some < total == len(slots)
    assert view_shown(canvas) == len(app.view.order)
    app.view.set_filter(Filter())
    # A click switches off and on, a double click shows one alone, and all again.
    legend.setCurrentItem(first)
    qtbot.keyClick(legend, Qt.Key.Key_Space)
    assert view_shown(canvas) == 160 - len(slots) and app.canvas.hidden == {key}
    qtbot.keyClick(legend, Qt.Key.Key_Space)
    assert view_shown(canvas) == 160
    at = legend.visualItemRect(first).center()
    qtbot.mouseClick(legend.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(legend.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view_shown(canvas) == len(slots)
    qtbot.keyClick(legend, Qt.Key.Key_Return)
    assert view_shown(canvas) == 160
    for kind in ("suggestion", "state", "confidence", "cluster", "unlike", "folder"):
        place = canvas._kind.findData(kind)
        canvas._kind.setCurrentIndex(place)
        canvas._kind.activated.emit(place)
        found = app.canvas.coloring()
        assert found is not None and found.kind == kind and found.counts().sum() == 160
        assert legend.topLevelItemCount() == (found.counts() > 0).sum()


def view_shown(canvas: CanvasPanel) -> int:
    return int(canvas.view.scene.shown.sum())


def test_a_cluster_becomes_a_class_and_a_lasso_exemplars(garments: App, qtbot: QtBot) -> None:
    app = garments
    canvas = show(app, qtbot)
    app.canvas.set_kind("cluster")
    before = len(app.document.model.classes)
    slots = app.canvas.slots_of(0)
    menu = canvas.fill_menu(QMenu(), 0)
    titles = {action.text(): action for action in menu.actions()}
    titles["New class of these"].trigger()
    qtbot.keyClick(app.window.focusWidget() or app.window, Qt.Key.Key_Escape)
    assert len(app.document.model.classes) == before + 1
    made = max(app.document.model.classes)
    exemplars = app.document.model.exemplars_of(app.view.attribute)
    assert {slot for slot, c in exemplars.items() if c == made} == set(slots)
    assert app.document.undo_names()[0]
    app.document.undo()
    assert len(app.document.model.classes) == before
    titles["Select these"].trigger()
    assert app.selection.slots == set(slots)
    # What is selected on the map is dragged, labeled and made exemplars as anywhere else.
    app.window.activateWindow()
    app.window.center.show_named("map")
    target = app.document.model.classes_of(app.view.attribute)[1]
    app.commands.exemplars(2)
    now = app.document.model.exemplars_of(app.view.attribute)
    assert all(now[slot] == target.id for slot in slots)
    titles["Show in the gallery"].trigger()
    assert app.window.center.shown == "gallery" and set(app.view.order.tolist()) == set(slots)


def test_other_parameters_move_what_is_there(garments: App, qtbot: QtBot) -> None:
    app = garments
    canvas = show(app, qtbot)
    before = app.canvas.places.copy()
    canvas.arranging._neighbors.setValue(40)
    qtbot.waitUntil(lambda: app.canvas.parameters.neighbors == 40, timeout=30_000)
    still(app, qtbot)
    after = app.canvas.places
    assert not np.array_equal(before, after)
    turned = [abs(float(np.corrcoef(before[:, i], after[:, i])[0, 1])) for i in (0, 1)]
    assert min(turned) > 0.6  # from where it lay, not from nothing
    canvas.arranging._size.setValue(30)
    qtbot.waitUntil(lambda: app.canvas.cluster_parameters.min_size == 30, timeout=30_000)
    still(app, qtbot)
    assert np.array_equal(after, app.canvas.places)  # clusters alone move nothing
    counts = np.bincount(app.canvas.layout.clusters + 1)[1:] if app.canvas.layout else np.zeros(0)
    assert (counts >= 30).all()
    app.window.action("show_grid").trigger()
    still(app, qtbot)
    whole = app.canvas.grid
    canvas.arranging._gutters.setChecked(True)
    still(app, qtbot)
    assert whole is not None and app.canvas.grid is not None
    assert app.canvas.grid.rows * app.canvas.grid.columns > whole.rows * whole.columns


def test_a_map_on_its_way_can_be_cancelled(garments: App, qtbot: QtBot) -> None:
    app = garments
    show(app, qtbot)
    before = app.canvas.places.copy()
    app.canvas.arrange(Parameters(30, 0.5), ClusterParameters())
    qtbot.waitUntil(lambda: app.canvas.moving is not None, timeout=20_000)
    assert app.canvas.parameters == Parameters(30, 0.5)
    app.canvas.arrange(Parameters(), ClusterParameters())  # back to what there is
    still(app, qtbot)
    assert np.array_equal(before, app.canvas.places) and app.canvas.parameters == Parameters()
    app.canvas.arrange(Parameters(30, 0.5), ClusterParameters())
    app.canvas._jobs["map"].cancel()
    still(app, qtbot)
    assert np.array_equal(before, app.canvas.places) and app.canvas.parameters == Parameters()


def test_another_attribute_has_a_map_of_its_own(garments: App, qtbot: QtBot) -> None:
    app = garments
    show(app, qtbot)
    color, texture = (row.id for row in app.document.model.sorted_attributes())
    first = app.canvas.layout
    app.view.set_attribute(texture)
    qtbot.waitUntil(lambda: app.canvas.layout is not None and app.canvas.layout.method == "umap", timeout=60_000)
    still(app, qtbot)
    assert app.canvas.layout is not None and app.canvas.layout.attribute == texture
    app.view.set_attribute(color)
    assert app.canvas.layout is first


def test_images_that_come_later_get_a_place_without_a_new_map(garments: App, qtbot: QtBot, demo: Path) -> None:
    app = garments
    show(app, qtbot)
    before = app.canvas.layout
    assert before is not None
    more = sorted((demo / "new-arrivals").iterdir())[:6]
    app.workbench.import_paths(more)
    qtbot.waitUntil(lambda: app.canvas.layout is not None and len(app.canvas.layout.slots) == 166, timeout=120_000)
    still(app, qtbot)
    now = app.canvas.layout
    assert now is not None and now.placed == 6
    assert np.array_equal(now.places[:160], before.places)
    low, high = before.places.min(0), before.places.max(0)
    assert (now.places[160:] >= low).all() and (now.places[160:] <= high).all()
    app.document.remove_images([0, 1])
    qtbot.waitUntil(lambda: app.canvas.layout is not None and len(app.canvas.layout.slots) == 164, timeout=30_000)
    app.document.undo()  # what comes back finds its place and its cluster again
    qtbot.waitUntil(lambda: app.canvas.layout is not None and len(app.canvas.layout.slots) == 166, timeout=30_000)
    back = app.canvas.layout
    assert back is not None and np.array_equal(back.places[:160], before.places)
    assert np.array_equal(back.clusters[:160], before.clusters)
    app.document.remove_images(list(range(166)))
    qtbot.waitUntil(lambda: app.canvas.layout is None, timeout=30_000)
    assert app.window.center.canvas._empty.isVisible()


def test_what_changes_while_the_map_is_read_is_read_again(
    garments: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, has_read, go_on = garments, threading.Event(), threading.Event()
    show(app, qtbot)
    read = arrange.current_layout

    def slowly(*given: Any) -> Any:
        found = read(*given)
        has_read.set()
        go_on.wait(10)
        return found

    monkeypatch.setattr(arrange, "current_layout", slowly)
    app.canvas.ask()
    qtbot.waitUntil(has_read.is_set)
    app.document.remove_images([0, 1])
    app.canvas.ask()
    go_on.set()
    qtbot.waitUntil(lambda: app.canvas.layout is not None and len(app.canvas.layout.slots) == 158, timeout=1400)


def test_zoom_pan_and_hover(garments: App, qtbot: QtBot) -> None:
    app = garments
    canvas = show(app, qtbot)
    view = canvas.view
    camera = view.scene.camera
    scale, center = camera.scale, camera.center.copy()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert camera.scale > scale and not camera.is_fitted
    QTest.mousePress(view, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 100))
    QTest.mouseMove(view, QPoint(140, 130))
    QTest.mouseRelease(view, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, QPoint(140, 130))
    assert camera.center[0] < center[0] and camera.center[1] < center[1]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.scene.camera.is_fitted and camera.scale == pytest.approx(scale)
    # The point under the mouse stays where it is.
    at = QPointF(200, 150)
    before = camera.to_world(np.array([at.x(), at.y()]), view.size_)
    view._zoom_at(2.0, (at.x(), at.y()))
    assert np.allclose(camera.to_world(np.array([at.x(), at.y()]), view.size_), before)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    still(app, qtbot)
    index = view.map.landmarks[0]
    said: list[int] = []
    view.hovered.connect(lambda slot, point: said.append(slot))
    slot = int(view.scene.slots[index])
    QTest.mouseMove(view, point_of(canvas, slot))
    assert said[-1] == slot
    opened: list[int] = []
    view.opened.connect(opened.append)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=point_of(canvas, slot))
    assert opened == [slot] and app.window.panel.is_large


def test_the_grid_shows_pictures_at_every_size(garments: App, qtbot: QtBot) -> None:
    """Very small cells by tiles, larger ones by single pictures, near by the whole image."""
    app = garments
    canvas = show(app, qtbot, "grid")
    view = canvas.view
    colors = []
    for scale in (6.0, 20.0, 60.0, 300.0):
        view.scene.camera.scale = scale
        view.scene.camera.is_fitted = False
        view.repaint()
        still(app, qtbot)
        image = view.grab().toImage()
        middle = [
            image.pixel(view.width() // 2 + dx, view.height() // 2 + dy) for dx in (-9, 0, 9) for dy in (-9, 0, 9)
        ]
        colors.append(len(set(middle)))
    assert min(colors) > 1
    assert (app.document.catalog.path / "caches" / "small.bgra").stat().st_size >= 160 * 32 * 32 * 4


def test_measures_and_exports(garments: App, qtbot: QtBot, tmp_path: Path) -> None:
    app = garments
    canvas = show(app, qtbot)
    qtbot.mouseClick(canvas._measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.canvas.measures is not None, timeout=60_000)
    still(app, qtbot)
    table = canvas.measures._table
    rows = {table.item(i, 0).text(): table.item(i, 1).text() for i in range(table.rowCount())}  # type: ignore[union-attr]
    assert 0.5 < float(rows["Trustworthiness"]) <= 1
    assert float(rows["Class purity"]) > 0.5
    for what, name in (
        ("map png", "map.png"), ("grid png", "grid.png"), ("map svg", "map.svg"), ("grid svg", "grid.svg"),
        ("layout", "layout.csv"), ("layout", "layout.parquet"), ("measures", "metrics.json"),
        ("measures", "metrics.csv"),
    ):  # fmt: skip
        assert app.canvas_export.write(what, tmp_path / "out" / name, 800) is not None  # type: ignore[arg-type]
        still(app, qtbot)
    with Image.open(tmp_path / "out" / "map.png") as picture:
        assert picture.width == 800 and len(picture.getcolors(1 << 24) or ()) > 100
    with Image.open(tmp_path / "out" / "grid.png") as picture:
        assert picture.width == 800
    with (tmp_path / "out" / "layout.csv").open(newline="") as stream:
        found = list(csv.DictReader(stream))
    assert len(found) == 160 and len({(row["row"], row["column"]) for row in found}) == 160
    assert all(Path(row["path"]).exists() for row in found)
    import pyarrow.parquet

    assert pyarrow.parquet.read_table(tmp_path / "out" / "layout.parquet").num_rows == 160
    report = json.loads((tmp_path / "out" / "metrics.json").read_text())
    assert report["map"]["trustworthiness"] == pytest.approx(float(rows["Trustworthiness"]), abs=1e-3)
    assert "<circle" in (tmp_path / "out" / "map.svg").read_text()
    assert (tmp_path / "out" / "grid.svg").read_text().count("<image") == 160


def test_an_empty_catalog_says_what_to_do(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    open_catalog(qtbot, app, tmp_path / "empty.attrlens")
    app.window.action("show_map").trigger()
    still(app, qtbot)
    canvas = app.window.center.canvas
    assert canvas._empty.isVisible() and canvas._empty.button.text() == "Add folder…"
    app.window.action("show_grid").trigger()
    assert canvas._empty.isVisible()


@pytest.mark.expects_log
def test_a_map_that_cannot_be_kept_is_said(garments: App, qtbot: QtBot) -> None:
    """A full disk: the message comes, the window goes on."""
    app = garments
    with app.document.catalog.reading() as db:
        db.execute("PRAGMA query_only = 1")
    app.window.action("show_map").trigger()
    qtbot.waitUntil(lambda: app.notices.current is not None, timeout=60_000)
    still(app, qtbot)
    assert app.canvas.layout is not None and app.canvas.layout.method == "pca"
    with app.document.catalog.reading() as db:
        db.execute("PRAGMA query_only = 0")
    app.canvas.start_anew()
    still(app, qtbot)
    assert app.canvas.layout.method == "umap"


def test_the_measures_are_saved_as_they_are_seen(
    garments: App, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = garments
    canvas = show(app, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "m"), "PNG (*.png)"))
    canvas._measure.setChecked(True)
    qtbot.waitUntil(lambda: app.canvas.measures is not None, timeout=60_000)
    still(app, qtbot)
    shown = canvas.measures.picture()
    canvas._ask_picture()
    still(app, qtbot)
    with Image.open(tmp_path / "m.png") as picture:
        assert picture.size == (shown.width(), shown.height())
        color = shown.pixelColor(30, 60)
        assert picture.getpixel((30, 60)) == (color.red(), color.green(), color.blue())


def test_an_attribute_chosen_while_another_is_read_gets_its_map_too(garments: App, qtbot: QtBot) -> None:
    app = garments
    color, texture = (row.id for row in app.document.model.sorted_attributes())
    app.window.action("show_map").trigger()
    app.view.set_attribute(texture)  # at once: the other one is still being read
    qtbot.waitUntil(lambda: app.canvas.layout is not None and app.canvas.layout.method == "umap", timeout=60_000)
    assert app.canvas.layout is not None and app.canvas.layout.attribute == texture
    app.view.set_attribute(color)
    qtbot.waitUntil(lambda: app.canvas.layout is not None and app.canvas.layout.method == "umap", timeout=60_000)
    assert app.canvas.layout is not None and app.canvas.layout.attribute == color
    still(app, qtbot)


def test_a_catalog_that_fills_while_the_map_is_open_gets_one(
    app: App, qtbot: QtBot, tmp_path: Path, demo: Path
) -> None:
    """The first thing a person may do: an empty catalog, the Map tab, then a folder."""
    open_catalog(qtbot, app, tmp_path / "new.attrlens")
    app.window.action("show_map").trigger()
    still(app, qtbot)
    canvas = app.window.center.canvas
    assert canvas._empty.isVisible()
    app.workbench.import_paths(sorted((demo / "spring").iterdir())[:40])
    qtbot.waitUntil(
        lambda: app.canvas.layout is not None and len(app.canvas.layout.slots) == 40 and not app.canvas.is_busy,
        timeout=120_000,
    )
    still(app, qtbot)
    assert canvas.view.isVisible() and app.canvas.layout is not None and app.canvas.layout.method == "umap"
    assert app.canvas.kind == "cluster" and not canvas._kind.model().item(0).isEnabled()  # type: ignore[attr-defined]
    # A class made of a cluster leaves the others their colors.
    app.document.create_class(app.canvas.attribute, slots=[0, 1, 2])
    still(app, qtbot)
    assert app.canvas.kind == "cluster" and canvas._kind.model().item(0).isEnabled()  # type: ignore[attr-defined]


def test_measures_follow_the_attribute(garments: App, qtbot: QtBot) -> None:
    app = garments
    canvas = show(app, qtbot)
    canvas._measure.setChecked(True)
    qtbot.waitUntil(lambda: app.canvas.measures is not None, timeout=60_000)
    first = app.canvas.measures
    app.view.set_attribute(app.document.model.sorted_attributes()[1].id)
    qtbot.waitUntil(lambda: app.canvas.measures not in (None, first), timeout=60_000)
    still(app, qtbot)


def test_what_is_switched_off_is_neither_selected_nor_labeled(garments: App, qtbot: QtBot) -> None:
    app = garments
    canvas = show(app, qtbot)
    key = canvas.legend.key_of(canvas.legend.topLevelItem(0))
    assert key is not None
    off = set(app.canvas.slots_of(key))
    app.selection.set(off | {next(slot for slot in range(160) if slot not in off)})
    app.canvas.toggle(key)
    assert not off & set(app.commands.chosen()) and len(app.commands.chosen()) == 1
    app.commands.select_all()
    assert app.selection.slots == set(range(160)) - off
    assert canvas._all.isVisible()
    qtbot.mouseClick(canvas._all, Qt.MouseButton.LeftButton)
    app.commands.select_all()
    assert len(app.selection) == 160
    # A large view left open in the gallery means nothing here.
    app.window.center.show_named("gallery")
    app.selection.set({4}, 4)
    app.window.panel.open_large(4)
    app.window.action("show_map").trigger()
    still(app, qtbot)
    app.selection.set({4, 5, 6}, 4)
    assert sorted(app.commands.chosen()) == [4, 5, 6]
    app.window.action("preview").trigger()
    assert app.window.center.shown == "gallery" and app.window.panel.is_large
