"""The Network tab: real window, real weights, the demo's garments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.inside import class_maps, imagenet
from attrlens.core.inside.explain import most_telling
from attrlens.ui.network.overlay import Pane
from attrlens.ui.network.panel import NetworkPanel
from tests.window import wait_settled


def look_inside(app: App, qtbot: QtBot, slots: list[int]) -> NetworkPanel:
    """Select images and press N."""
    app.selection.set(slots, slots[0])
    app.window.panel.images.setFocus()
    app.window.action("look_inside").trigger()
    wait_shown(app, qtbot)
    return app.window.center.network


def wait_shown(app: App, qtbot: QtBot) -> None:
    wait_settled(qtbot, app)
    qtbot.wait(30)
    wait_settled(qtbot, app)


def choose(box: object, data: object) -> None:
    """Choose from a list as a person does: its signal is emitted."""
    place = box.findData(data)  # type: ignore[attr-defined]
    assert place >= 0
    box.setCurrentIndex(place)  # type: ignore[attr-defined]
    box.activated.emit(place)  # type: ignore[attr-defined]


def caption(pane: Pane) -> str:
    return pane.photo.accessibleName()


def with_survey(app: App, qtbot: QtBot) -> NetworkPanel:
    network = look_inside(app, qtbot, [0])
    network.show_page(network.neurons)
    qtbot.mouseClick(network.neurons._empty.button, Qt.MouseButton.LeftButton)
    wait_shown(app, qtbot)
    return network


# Photos


def test_every_channel_of_the_current_image_is_shown_and_laid_over_it(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = look_inside(app, qtbot, [3])
    page = network.images
    assert app.window.center.shown == "network" and app.inside.width == 144
    assert sorted(page.channels.sheet.order) == list(range(144))
    found = app.inside.activations(3)
    assert found is not None
    means = [float(found.map(n).mean()) for n in page.channels.sheet.order]
    assert means == sorted(means, reverse=True)
    for key, values in (("peak", [-found.map(n).max() for n in range(144)]), ("index", list(range(144)))):
        choose(page.channels._sort, key)
        wait_shown(app, qtbot)
        assert np.allclose([values[n] for n in page.channels.sheet.order], sorted(values), atol=0.01)
    [pane] = page.panes
    assert pane.photo.has_overlay and pane.photo.has_picture
    assert caption(pane).startswith(f"{pane.channel} · mean ")
    page.channels.sheet.pick([7])
    wait_shown(app, qtbot)
    assert page.panes[0].channel == 7 and caption(pane).startswith("7 · mean")


def test_the_value_under_the_cursor_is_the_activation(garments: App, qtbot: QtBot) -> None:
    app = garments
    page = look_inside(app, qtbot, [3]).images
    page.show_channel(12)
    wait_shown(app, qtbot)
    [pane] = page.panes
    found = app.inside.activations(3)
    assert found is not None
    part = found.map(12)
    area = pane.photo.area()
    x, y = area.left() + 0.3 * area.width(), area.top() + 0.6 * area.height()
    QTest.mouseMove(pane.photo, QPoint(int(x), int(y)))
    left, top, wide, high = found.extent(found.field.units)
    row = int(((int(y) - area.top()) / area.height() - top) / high * len(part))
    column = int(((int(x) - area.left()) / area.width() - left) / wide * part.shape[1])
    qtbot.waitUntil(lambda: f"row {row}, column {column}: {part[row, column]:.4g}" in page._says.text())
    QTest.mouseMove(pane.photo, QPoint(1, 1))
    qtbot.waitUntil(lambda: page._says.text() == "")


def test_channels_are_compared_across_the_selected_images(garments: App, qtbot: QtBot) -> None:
    app = garments
    page = look_inside(app, qtbot, list(range(24))).images
    page.channels.sheet.pick([11])
    wait_shown(app, qtbot)
    assert [pane.slot for pane in page.panes] == list(range(24)) and {pane.channel for pane in page.panes} == {11}
    assert all(pane.photo.has_overlay for pane in page.panes)
    app.selection.set([4, 2, 9], 4)
    page.channels.sheet.pick([11, 5])
    wait_shown(app, qtbot)
    assert [(p.slot, p.channel) for p in page.panes] == [(4, 11), (4, 5), (2, 11), (2, 5), (9, 11), (9, 5)]
    first = page.panes[0].photo
    first.zoom_at(first.rect().center().toPointF(), 3.0)
    assert all(pane.photo.area().width() > pane.photo.width() * 0.9 for pane in page.panes), "the zoom is linked"
    assert page._whole.isVisible()
    qtbot.mouseClick(page._whole, Qt.MouseButton.LeftButton)
    assert not page._whole.isVisible()
    choose(page.controls._scale, True)
    wait_shown(app, qtbot)
    low, high = page._scale()
    found = [app.inside.activations(slot) for slot in (4, 2, 9)]
    maps = [one.map(c)[2:-2, 2:-2] for one in found if one is not None for c in (11, 5)]
    assert low == min(m.min() for m in maps) and high == max(m.max() for m in maps)


def test_the_mask_follows_the_slider(garments: App, qtbot: QtBot) -> None:
    app = garments
    page = look_inside(app, qtbot, [3]).images
    page.show_channel(12)
    choose(page.controls._kind, "mask")
    shares = []
    for value in (0, 500, 950):
        page.controls._amount.setValue(value)
        wait_shown(app, qtbot)
        shares.append(caption(page.panes[0]))
    uncovered = [int(text.split("% of the photo")[0].split()[-1]) for text in shares]
    assert uncovered[0] > uncovered[1] > uncovered[2] > 0
    choose(page.controls._rule, "value")
    page.controls._amount.setValue(1000)
    wait_shown(app, qtbot)
    assert "0% of the cells, 0% of the photo" in caption(page.panes[0]), "nothing is above the peak"


def test_what_looks_like_a_class_is_shown_for_any_class(garments: App, qtbot: QtBot) -> None:
    app = garments
    page = look_inside(app, qtbot, [3, 8]).images
    choose(page.controls._kind, "own")
    wait_shown(app, qtbot)
    for pane in page.panes:
        suggestion = app.document.suggestion(app.view.attribute, pane.slot)
        assert suggestion is not None
        name = app.document.model.classes[suggestion.class_id].name
        assert caption(pane).startswith(f"{name} rather than ") and pane.photo.has_overlay
    other = app.document.model.classes_of(app.view.attribute)[4]
    choose(page.controls._class, other.id)
    wait_shown(app, qtbot)
    assert all(caption(pane).startswith(f"{other.name} rather than ") for pane in page.panes)
    own = app.inside.own_map(3, app.view.attribute, other.id)
    assert own is not None and own.map.values.sum() == pytest.approx(own.map.total)
    app.document.add_exemplars(other.id, [20])
    wait_shown(app, qtbot)
    assert app.inside.own_map(3, app.view.attribute, other.id) is not own, "another exemplar makes another map"


def test_a_class_of_imagenet_is_searched_and_shown(garments: App, qtbot: QtBot) -> None:
    app = garments
    page = look_inside(app, qtbot, [3]).images
    choose(page.controls._kind, "imagenet")
    wait_shown(app, qtbot)
    buttons = [button for button in page.controls._top if button.isVisible()]
    assert len(buttons) == 5 and all("%" in button.text() for button in buttons)
    best = caption(page.panes[0])
    qtbot.keyClicks(page.controls._search, "cardigan")
    qtbot.keyClick(page.controls._search, Qt.Key.Key_Return)
    wait_shown(app, qtbot)
    assert caption(page.panes[0]).startswith("cardigan: ") and page.panes[0].photo.has_overlay
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    wait_shown(app, qtbot)
    assert caption(page.panes[0]) == best and page.controls.imagenet_class in imagenet.find(best.split(":")[0])


def test_masks_of_the_selection_are_exported(garments: App, qtbot: QtBot, tmp_path: Path) -> None:
    app = garments
    page = look_inside(app, qtbot, [3, 8, 11]).images
    page.channels.sheet.pick([12, 4])
    choose(page.controls._kind, "mask")
    page.export(tmp_path / "masks")
    wait_shown(app, qtbot)
    written = sorted((tmp_path / "masks").iterdir())
    assert len(written) == 6 and all("b3_expand" in path.name for path in written)
    with Image.open(written[0]) as image:
        assert image.mode == "RGBA"
    notice = app.notices.current
    assert notice is not None and "6 pictures" in notice.text


def test_another_layer_asks_the_network_once_and_going_back_not_at_all(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = look_inside(app, qtbot, [3])
    first = app.inside.activations(3)
    made: list[str] = []
    app.inside.activations_ready.connect(lambda slot, layer: made.append(layer))
    choose(network._layer, "b9_out")
    wait_shown(app, qtbot)
    assert app.inside.layer == "b9_out" and len(network.images.channels.sheet.order) == app.inside.width == 112
    deep = app.inside.activations(3)
    assert deep is not None and network.images.picks == [most_telling(deep)], "a channel of that layer is picked"
    choose(network._layer, "b3_expand")
    wait_shown(app, qtbot)
    assert made == ["b9_out"] and app.inside.activations(3) is first
    app.selection.set([5], 5)
    wait_shown(app, qtbot)
    assert made == ["b9_out", "b3_expand"]


@pytest.mark.expects_log
def test_an_image_that_cannot_be_read_says_so_in_its_place(garments: App, qtbot: QtBot, tmp_path: Path) -> None:
    app = garments
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"no picture")
    app.workbench.import_paths([bad])
    wait_settled(qtbot, app)
    slot = len(app.document.images) - 1
    page = look_inside(app, qtbot, [slot, 3]).images
    qtbot.waitUntil(lambda: bool(page._failed.get(slot)) and page.panes[1].photo.has_overlay, timeout=30_000)
    app.selection.clear()
    wait_shown(app, qtbot)
    assert page._empty.isVisible() and not page._photos.isVisible()


# Channels


def test_a_survey_is_made_sorted_and_kept(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = with_survey(app, qtbot)
    page, survey = network.neurons, app.channels.survey
    assert survey is not None and len(survey.slots) == 160
    model = page.table.model()
    assert model.rowCount() == 144
    for column in range(1, 5):
        page.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        shown = [float(model.index(row, column).data().replace(",", "")) for row in range(144)]
        assert shown == sorted(shown, reverse=True), column
    page.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    names = [model.index(row, 6).data() for row in range(144)]
    assert len(dict.fromkeys(names)) == len([1 for a, b in zip(names, [None, *names], strict=False) if a != b])
    page.table.selectRow(5)
    chosen = page.detail.channel
    page.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert page.table.currentIndex().siblingAtColumn(0).data() == str(chosen) and page.atlas.picks == [chosen]
    assert page.atlas.order == [int(model.index(row, 0).data()) for row in range(144)]
    page.atlas.pick([77])
    assert page.table.currentIndex().siblingAtColumn(0).data() == "77" == str(page.detail.channel)
    page.table.selectRow(0)
    wait_shown(app, qtbot)
    channel = page.detail.channel
    assert str(channel) == model.index(0, 0).data() and len(page.detail._sheet.order) == 12
    rows = survey.exciting(channel, 12)
    assert page.detail._sheet.order == survey.slots[rows].tolist(), "most exciting first"
    network.show_page(network.images)
    page.detail.images_wanted.emit(channel)
    wait_shown(app, qtbot)
    assert network.images.picks == [channel] and network.images.panes[0].channel == channel
    path = app.document.catalog.path / "caches" / "inside"
    assert [one.suffix for one in path.iterdir()] == [".npz"]
    app.workbench.close_catalog()
    app.workbench.open(path.parent.parent)
    qtbot.waitUntil(lambda: app.document.is_open)
    wait_shown(app, qtbot)
    assert app.channels.survey is not None, "kept with the catalog"


def test_new_labels_change_what_is_said_without_the_network(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = with_survey(app, qtbot)
    before = app.channels.facts(app.view.attribute)
    row = app.document.model.classes_of(app.view.attribute)[0]
    unlabeled = [s for s in range(160) if s not in app.document.model.labels_of(app.view.attribute)]
    app.document.set_labels(row.id, unlabeled[:20])
    wait_shown(app, qtbot)
    after = app.channels.facts(app.view.attribute)
    assert before is not None and after is not None and after is network.neurons._rests_on is not before
    assert not np.array_equal(before.neurons.share, after.neurons.share)
    assert np.array_equal(before.neurons.color, after.neurons.color)


def test_a_survey_can_be_stopped(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = look_inside(app, qtbot, [0])
    network.show_page(network.neurons)
    app.channels.make_survey()
    qtbot.waitUntil(lambda: app.channels.surveying)
    app.channels.stop_survey()
    wait_shown(app, qtbot)
    assert app.channels.survey is None and network.neurons._empty.button.text() == "Make a survey"


# Classes


def test_signatures_show_classes_and_lead_to_channels(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = with_survey(app, qtbot)
    page = network.classes
    network.show_page(page)
    wait_shown(app, qtbot)
    found = page._found
    assert found is not None and len(found.classes) == 10
    curves = page._plot.listDataItems()
    assert len(curves) == 10 and np.allclose(curves[0].getData()[1], found.means[0])
    box = page._toggles[found.classes[0]]
    box.click()
    assert len(page._plot.listDataItems()) == 9
    qtbot.mouseDClick(box, Qt.MouseButton.LeftButton)
    assert len(page._plot.listDataItems()) == 1
    qtbot.mouseDClick(box, Qt.MouseButton.LeftButton)
    assert len(page._plot.listDataItems()) == 10
    box.click()
    choose(page._measure, "effect")
    assert np.allclose(page._plot.listDataItems()[0].getData()[1], found.effect[1])
    page._show(found.best(2, 1)[0], found.classes[2])
    wait_shown(app, qtbot)
    labels = app.channels.labels(app.view.attribute)
    assert {labels[slot] for slot in page.detail._sheet.order} == {found.classes[2]}, "crops of that class alone"


# Patterns


def test_patterns_give_a_verdict_and_a_tuning(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = look_inside(app, qtbot, [0])
    page = network.patterns
    network.show_page(page)
    wait_shown(app, qtbot)
    qtbot.mouseClick(page._empty.button, Qt.MouseButton.LeftButton)
    wait_shown(app, qtbot)
    model = page._verdicts.model()
    cells = [[model.index(row, column).data() for column in (0, 1, 3)] for row in range(5)]
    assert [cell[1] for cell in cells][:2] == ["yes", "yes"] and cells[4][1] == "no" and cells[4][2] == "yes"
    answers = app.channels.answers
    assert answers is not None
    choose(page._kind, "stripes")
    choose(page._period, 24)
    channel = page._sheet.picks[0]
    assert page._channel.value() == channel and len(page._plots) == 5
    assert f"Channel {channel} of b3_expand" in page._says.text()
    choose(page._kind, "color")
    assert page._hue.isVisible() and not page._period.isVisible()
    choose(network._layer, "stem")
    wait_shown(app, qtbot)
    assert page._stack.currentIndex() == 0, "another layer is asked for"
    choose(network._layer, "b3_expand")
    wait_shown(app, qtbot)
    assert page._stack.currentIndex() == 1, "known already"


# Drawings


def test_a_drawing_builds_up_is_kept_and_can_be_stopped(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = look_inside(app, qtbot, [0])
    page = network.drawings
    page._steps.setCurrentIndex(0)
    seen: list[tuple[int, bool]] = []
    app.channels.drawn.connect(lambda wish, drawn, done: seen.append((drawn.step, done)))
    network.draw(18)
    assert page._draw.text() == "Stop"
    wait_shown(app, qtbot)
    assert seen[-1] == (64, True) and len(seen) > 1 and page._photo.has_picture and page._draw.text() == "Draw"
    assert "channel 18: mean activation" in page._says.text()
    seen.clear()
    network.draw(18)
    wait_shown(app, qtbot)
    assert seen == [(64, True)], "from the disk"
    page._steps.setCurrentIndex(2)
    network.draw(19)
    qtbot.waitUntil(lambda: any(not done for _, done in seen), timeout=30_000)
    qtbot.mouseClick(page._draw, Qt.MouseButton.LeftButton)
    wait_shown(app, qtbot)
    assert not any(step == 512 for step, _ in seen) and page._draw.text() == "Draw"
    page._channel.setText("12, 9999")
    page._on_draw()
    assert "numbers from 0 to 143" in page._says.text() and not app.channels.is_drawing
    page._steps.setCurrentIndex(0)
    network._draw_sheet([4, 5], "red")
    wait_shown(app, qtbot)
    assert len(page._sheet.order) == 3


def test_closing_the_catalog_ends_what_looks_inside(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = look_inside(app, qtbot, list(range(12)))
    network.draw(3)
    app.channels.make_survey()
    app.workbench.close_catalog()
    wait_shown(app, qtbot)
    assert app.channels.survey is None and not app.channels.is_drawing and not app.document.is_open


def test_a_map_that_comes_late_is_not_of_earlier_exemplars(garments: App, qtbot: QtBot) -> None:
    app = garments
    page = look_inside(app, qtbot, list(range(24))).images
    choose(page.controls._kind, "own")
    qtbot.waitUntil(lambda: len(app.inside._own) > 1)
    row = app.document.model.classes_of(app.view.attribute)[0]
    app.document.add_exemplars(row.id, list(range(100, 120)))
    wait_shown(app, qtbot)
    catalog, fits = app.document.catalog, Fits()
    request = ClassifyRequest.of(catalog, app.view.attribute)
    for slot in range(24):
        own = app.inside.own_map(slot, app.view.attribute, 0)
        now = class_maps.class_direction(catalog, request, slot, 0, fits)
        assert own is not None and now is not None
        assert np.allclose(own.toward.direction, now.direction, atol=1e-4 * np.abs(now.direction).max()), slot


def test_a_backbone_without_weights_is_not_chosen(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = look_inside(app, qtbot, [3])
    assert app.inside.backbones() == ["efficientnet_lite0"]
    app.inside.choose("resnet50", "conv1_relu")
    assert (app.inside.backbone, app.inside.layer) == ("efficientnet_lite0", "b3_expand")
    assert network._layer.currentData() == "b3_expand"


def test_nothing_breaks_without_an_attribute(garments: App, qtbot: QtBot) -> None:
    app = garments
    network = with_survey(app, qtbot)
    network.show_page(network.images)
    choose(network.images.controls._kind, "own")
    wait_shown(app, qtbot)
    for attribute in list(app.document.model.attributes):
        app.document.delete_attribute(attribute)
        wait_shown(app, qtbot)
    for page in (network.neurons, network.classes, network.images):
        network.show_page(page)
        wait_shown(app, qtbot)
    assert not app.document.model.attributes


def test_the_inspector_gives_way_to_the_network_until_it_is_asked_for(garments: App, qtbot: QtBot) -> None:
    app = garments
    app.window.resize(1280, 800)
    inspector = app.window._inspector
    look_inside(app, qtbot, [3])
    assert inspector.isHidden()
    app.window.action("toggle_inspector").trigger()
    assert not inspector.isHidden()
    app.window.action("toggle_inspector").trigger()
    assert inspector.isHidden()
    app.window.action("toggle_inspector").trigger()
    app.window.action("show_gallery").trigger()
    assert not inspector.isHidden(), "in the gallery it is where it was"


def test_activations_are_told_apart_by_identity(garments: App, qtbot: QtBot) -> None:
    """They hold arrays, which have no one answer to ==: comparing what a pane shows must not ask them."""
    app = garments
    look_inside(app, qtbot, [3])
    found = app.inside.activations(3)
    assert found is not None and found != replace(found)
