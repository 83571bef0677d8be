"""Deciding in the window, with the mouse and the keyboard on real descriptors: thresholds, queues, why, health."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.auto import Found, Tried
from attrlens.core.classify.methods import Method
from attrlens.core.recipes import COLOR
from attrlens.state.view import UNKNOWN, Filter
from attrlens.ui.classes.histogram import Histogram
from attrlens.ui.records import ChoiceDialog, HistoryDialog
from tests.window import open_catalog, wait_settled

LEFT = Qt.MouseButton.LeftButton
TEXTURE = 2


@pytest.fixture
def opened(app: App, qtbot: QtBot, described: Path, tmp_path: Path) -> Iterator[App]:
    """The demo with half of its images exemplars and the rest suggested, texture chosen."""
    shutil.copytree(described, tmp_path / "c.attrlens")
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    wait_settled(qtbot, app)
    app.view.set_attribute(TEXTURE)
    app.window.activateWindow()
    app.window.panel.gallery.setFocus()
    qtbot.waitUntil(lambda: app.insight.health(TEXTURE) is not None)
    yield app
    wait_settled(qtbot, app)


def settle(qtbot: QtBot, app: App) -> None:
    wait_settled(qtbot, app)
    app.view.rebuild()


def at(histogram: Histogram, value: float) -> QPoint:
    return QPoint(round(histogram._x(value)), 40)


def labels(app: App) -> dict[int, int]:
    return {slot: label.class_id for slot, label in app.document.model.labels_of(TEXTURE).items()}


def test_dragging_a_threshold_shows_what_falls_out_and_one_step_undoes_it(opened: App, qtbot: QtBot) -> None:
    document, view = opened.document, opened.view
    chosen = document.model.classes_of(TEXTURE)[1]
    view.set_filter(Filter("class", chosen.id))
    histogram = opened.window.classes.card.histogram
    suggested = [
        slot for slot in range(160)
        if slot not in labels(opened) and document.by_slot(TEXTURE).best[slot] == chosen.id
    ]  # fmt: skip
    before, undo = document.model, document.undo_names()
    qtbot.mousePress(histogram, LEFT, pos=at(histogram, 0.5))
    qtbot.mouseMove(histogram, at(histogram, 0.99))
    assert view.filter == Filter("edge", chosen.id) and sorted(view.order.tolist()) == suggested
    fallen = {group.key: group.count for group in view.groups}
    confidence = document.by_slot(TEXTURE).confidence[suggested]
    assert fallen[UNKNOWN] == int((confidence < 0.99).sum()) > 0
    assert f"Unknown below 99%: {fallen[UNKNOWN]} of {len(suggested)}" in opened.window.classes.card.text()
    assert document.undo_names() == undo and before.classes[chosen.id].threshold is None, "nothing is kept yet"
    qtbot.mouseMove(histogram, at(histogram, 0.02))
    assert UNKNOWN not in {group.key for group in view.groups}
    qtbot.mouseMove(histogram, at(histogram, 0.97))
    qtbot.mouseRelease(histogram, LEFT, pos=at(histogram, 0.97))
    assert document.model.classes[chosen.id].threshold == pytest.approx(0.97)
    assert document.undo_names()[0] == f"{chosen.name} is unknown below 97%"
    assert document.threshold(TEXTURE, document.model.classes_of(TEXTURE)[0].id) == 0.5, "the others keep theirs"
    document.undo()
    assert document.model.classes[chosen.id].threshold is None
    settle(qtbot, opened)
    histogram.setFocus()
    steps = document.undo_names()
    for _ in range(3):
        qtbot.keyClick(histogram, Qt.Key.Key_Right)
    assert document.undo_names() == steps and document.threshold(TEXTURE, chosen.id) == pytest.approx(0.53)
    qtbot.waitUntil(lambda: document.model.classes[chosen.id].threshold == pytest.approx(0.53))
    assert document.undo_names()[0] == f"{chosen.name} is unknown below 53%", "keys in a row are one step"
    document.set_threshold(TEXTURE, chosen.id, None)
    assert document.threshold(TEXTURE, chosen.id) == 0.5


def test_a_drag_that_is_given_up_changes_nothing(opened: App, qtbot: QtBot) -> None:
    histogram, undo = opened.window.classes.card.histogram, opened.document.undo_names()
    qtbot.mousePress(histogram, LEFT, pos=at(histogram, 0.5))
    qtbot.mouseMove(histogram, at(histogram, 0.9))
    assert opened.document.threshold(TEXTURE) == pytest.approx(0.9)
    qtbot.keyClick(histogram, Qt.Key.Key_Escape)
    assert opened.document.threshold(TEXTURE) == 0.5 and opened.document.undo_names() == undo
    qtbot.mouseRelease(histogram, LEFT, pos=at(histogram, 0.9))
    assert opened.document.undo_names() == undo and histogram.threshold == 0.5


def test_the_least_sure_are_labeled_by_key_one_after_the_other(opened: App, qtbot: QtBot) -> None:
    document, view, gallery = opened.document, opened.view, opened.window.panel.gallery
    opened.window.action("review_least_sure").trigger()
    confidence = document.by_slot(TEXTURE).confidence
    order = view.order.tolist()
    assert set(order) == set(range(160)) - set(labels(opened))
    assert (np.diff(confidence[order]) >= 0).all() and opened.selection.slots == {order[0]}
    qtbot.keyClick(gallery, Qt.Key.Key_3)
    third = document.model.classes_of(TEXTURE)[2].id
    assert labels(opened)[order[0]] == third and opened.selection.current == order[1]
    settle(qtbot, opened)
    assert view.order.tolist()[:2] == order[1:3], "what is labeled leaves the queue, the machine has not run again"
    qtbot.keyClick(gallery, Qt.Key.Key_0)
    qtbot.keyClick(gallery, Qt.Key.Key_F)
    assert opened.selection.current in view.order


def test_suggestions_are_accepted_and_made_exemplars_by_key_and_undone(opened: App, qtbot: QtBot) -> None:
    document, gallery = opened.document, opened.window.panel.gallery
    opened.window.action("review_suggested").trigger()
    order = opened.view.order.tolist()
    found = document.by_slot(TEXTURE)
    assert len(opened.view.groups) > 3 and found.decision is not None
    opened.selection.set(order[:3], order[0])
    before = labels(opened)
    qtbot.keyClick(gallery, Qt.Key.Key_A)
    for slot in order[:3]:
        label = document.label(TEXTURE, slot)
        assert label is not None and label.made_by == "accepted" and label.decision == found.decision.id
        assert label.class_id == found.best[slot]
    assert document.undo_names()[0] in ("Accept 3 suggestions of argyle", "Accept 3 suggestions")
    document.undo()
    assert labels(opened) == before
    settle(qtbot, opened)
    opened.selection.set(order[:4], order[0])
    qtbot.keyClick(gallery, Qt.Key.Key_E)
    exemplars = document.model.exemplars_of(TEXTURE)
    assert all(exemplars[slot] == found.best[slot] for slot in order[:4])
    wait_settled(qtbot, opened)
    again = document.by_slot(TEXTURE).decision
    assert again is not None and again.id > found.decision.id, "several exemplars in one key, and it decides anew"
    document.undo()
    assert labels(opened) == before


def test_accept_all_above_a_confidence_is_counted_and_one_step(opened: App, qtbot: QtBot) -> None:
    document, strip = opened.document, opened.window.panel.strip
    opened.window.action("review_suggested").trigger()
    strip.least.setValue(80)
    found, before = document.by_slot(TEXTURE), labels(opened)
    expected = {s for s in range(160) if s not in before and found.confidence[s] >= 0.8}
    assert expected and strip.button.text() == f"Accept {len(expected):,} suggestions"
    qtbot.mouseClick(strip.button, LEFT)
    assert set(labels(opened)) - set(before) == expected
    assert {s: c for s, c in labels(opened).items() if s in before} == before, "no label was overwritten"
    assert document.undo_names()[0] == f"Accept {len(expected):,} suggestions"
    document.undo()
    assert labels(opened) == before
    strip.least.setValue(99)
    settle(qtbot, opened)
    assert strip.button.text() != f"Accept {len(expected):,} suggestions"


def test_nothing_is_accepted_that_is_not_shown(opened: App, qtbot: QtBot) -> None:
    opened.window.action("review_suggested").trigger()
    before = labels(opened)
    assert opened.window.panel.strip.button.isEnabled()
    opened.view.set_filter(Filter("exemplars"))
    opened.window.action("accept_all").trigger()
    opened.window.action("review_suggested").trigger()
    opened.window.action("show_health").trigger()
    opened.window.action("accept_all").trigger()
    assert labels(opened) == before
    opened.view.set_filter(Filter("unknown"))
    opened.window.action("show_gallery").trigger()
    unknown = opened.view.order.tolist()[:3]
    opened.selection.set(unknown, unknown[0] if unknown else -1)
    undo = opened.document.undo_names()
    opened.document.set_threshold(TEXTURE, 0, 0.99)
    settle(qtbot, opened)
    some = opened.view.order.tolist()[:3]
    assert some
    opened.selection.set(some, some[0])
    for key in (Qt.Key.Key_A, Qt.Key.Key_E):
        qtbot.keyClick(opened.window.panel.gallery, key)
    assert labels(opened) == before, "what is unknown is neither accepted nor made an exemplar"
    assert "unknown" in opened.window.status_text()
    opened.document.undo()
    assert opened.document.undo_names()[0] == undo[0]


def test_queues_keep_their_order_whatever_the_headings(opened: App) -> None:
    opened.view.set_grouping("class")
    opened.window.action("review_least_sure").trigger()
    confidence = opened.document.by_slot(TEXTURE).confidence[opened.view.order]
    assert not opened.view.groups and (np.diff(confidence) >= 0).all()


def test_a_drag_ends_with_its_class(opened: App, qtbot: QtBot) -> None:
    document = opened.document
    chosen = document.model.classes_of(TEXTURE)[0]
    opened.view.set_filter(Filter("class", chosen.id))
    histogram = opened.window.classes.card.histogram
    qtbot.mousePress(histogram, LEFT, pos=at(histogram, 0.5))
    qtbot.mouseMove(histogram, at(histogram, 0.8))
    document.delete_class(chosen.id)
    settle(qtbot, opened)
    undo = document.undo_names()
    qtbot.mouseRelease(histogram, LEFT, pos=at(histogram, 0.8))
    assert document.undo_names() == undo and document.threshold(TEXTURE) == 0.5 and not histogram.held


def test_chips_follow_a_dragged_threshold(opened: App, qtbot: QtBot) -> None:
    gallery = opened.window.panel.gallery
    opened.window.action("review_suggested").trigger()
    qtbot.waitUntil(lambda: bool(gallery._tiles))
    opened.document.try_threshold(TEXTURE, 0, 0.99)
    assert not gallery._tiles, "they are drawn anew"
    opened.document.stop_trying()


def test_few_exemplars_are_examined_once(opened: App, qtbot: QtBot) -> None:
    document, insight = opened.document, opened.insight
    kept: dict[int, int] = {}
    extra = []
    for slot, class_id in document.model.exemplars_of(TEXTURE).items():
        kept[class_id] = kept.get(class_id, 0) + 1
        if kept[class_id] > 4:
            extra.append(slot)
    document.remove_exemplars(TEXTURE, extra)
    asked: list[int] = []
    insight.health_changed.connect(asked.append)
    opened.window.action("show_health").trigger()
    qtbot.waitUntil(lambda: (h := insight.health(TEXTURE)) is not None and h.curve is not None)
    wait_settled(qtbot, opened)
    qtbot.wait(600)
    assert len(asked) <= 4 and "Finding out" not in opened.window.center.health.text()
    document.set_method(TEXTURE, "mean cosine")
    wait_settled(qtbot, opened)
    basis = insight.health(TEXTURE)
    qtbot.waitUntil(lambda: (h := insight.health(TEXTURE)) is not None and "mean cosine" in h.basis)
    assert basis is not None


def test_an_attribute_deleted_while_it_is_examined(opened: App, qtbot: QtBot) -> None:
    opened.insight.examine(TEXTURE)
    opened.document.delete_attribute(TEXTURE)
    wait_settled(qtbot, opened)
    opened.commands.find_more(999)
    assert opened.view.attribute == 1


def test_reasons_and_heat_maps_end_with_their_catalog(
    opened: App, qtbot: QtBot, described: Path, tmp_path: Path
) -> None:
    opened.window.action("review_least_sure").trigger()
    qtbot.keyClick(opened.window.panel.gallery, Qt.Key.Key_W)
    card = next(c for c in opened.window._inspector.cards() if c.attribute == TEXTURE)
    qtbot.waitUntil(lambda: len(card.reasons.bars()) == 6)
    shutil.copytree(described, tmp_path / "other.attrlens")
    open_catalog(qtbot, opened, tmp_path / "other.attrlens")
    wait_settled(qtbot, opened)
    opened.selection.set({5}, 5)
    card = next(c for c in opened.window._inspector.cards() if c.attribute == TEXTURE)
    assert not card.why.isChecked() and not card.reasons.bars()


def test_doubted_labels_are_found_and_settled(opened: App, qtbot: QtBot) -> None:
    document = opened.document
    found = document.by_slot(TEXTURE)
    sure = [s for s in range(160) if s not in labels(opened) and found.confidence[s] > 0.9][:2]
    wrong = next(c.id for c in document.model.classes_of(TEXTURE) if c.id not in found.best[sure])
    document.set_labels(wrong, sure)
    opened.window.action("review_doubted").trigger()
    assert set(sure) <= set(opened.view.order.tolist())
    opened.selection.set({sure[0]}, sure[0])
    right = int(found.best[sure[0]])
    digit = [c.id for c in document.model.classes_of(TEXTURE)].index(right) + 1
    qtbot.keyClick(opened.window.panel.gallery, str(digit))
    assert labels(opened)[sure[0]] == right and labels(opened)[sure[1]] == wrong
    settle(qtbot, opened)
    assert sure[0] not in opened.view.order


def test_why_tells_exemplars_and_channels_and_shows_them(opened: App, qtbot: QtBot) -> None:
    opened.window.action("review_least_sure").trigger()
    inspector = opened.window._inspector
    qtbot.keyClick(opened.window.panel.gallery, Qt.Key.Key_W)
    card = next(c for c in inspector.cards() if c.attribute == TEXTURE)
    qtbot.waitUntil(lambda: len(card.reasons.bars()) == 6)
    slot = opened.selection.current
    near = card.reasons.wanted()
    assert len(near) == 4 and set(near) <= set(opened.document.model.exemplars_of(TEXTURE))
    assert "Spoke for" in card.reasons.bars()[0].toolTip()
    with qtbot.waitSignal(opened.insight.heat_ready, timeout=60_000):
        qtbot.mouseClick(card.reasons.bars()[0], LEFT)
    large = opened.window.panel.large
    assert opened.window.panel.is_large and large.has_heat and opened.selection.current == slot
    qtbot.keyClick(large, Qt.Key.Key_Escape)
    assert opened.window.panel.is_large
    without_heat(opened)
    qtbot.keyClick(large, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: card.reasons.wanted() != near or opened.selection.current != slot)
    qtbot.keyClick(large, Qt.Key.Key_Escape)
    qtbot.keyClick(opened.window.panel.gallery, Qt.Key.Key_W)
    assert not card.reasons.bars()


def without_heat(app: App) -> None:
    assert not app.window.panel.large.has_heat


def test_odd_exemplars_are_found_moved_and_brought_back(opened: App, qtbot: QtBot) -> None:
    document, panel = opened.document, opened.window.center.health
    first, second = document.model.classes_of(TEXTURE)[:2]
    mine = [s for s, c in document.model.exemplars_of(TEXTURE).items() if c == first.id][:3]
    document.add_exemplars(second.id, mine)
    wait_settled(qtbot, opened)
    opened.window.action("show_health").trigger()
    text = f"of {second.name} look like {first.name}"
    qtbot.waitUntil(lambda: any(text in row.finding.text for row in panel.rows()), timeout=20_000)
    row = next(row for row in panel.rows() if text in row.finding.text)
    assert set(row.finding.slots) & set(mine) and row.button.text() == f"Move to {first.name}"
    moved = row.finding.fixed
    qtbot.mouseClick(row.button, LEFT)
    assert all(document.model.exemplars_of(TEXTURE)[slot] == first.id for slot in moved)
    qtbot.waitUntil(lambda: not any(text in row.finding.text for row in panel.rows()), timeout=20_000)
    assert document.undo_names()[0].startswith(f"Add {len(moved)} exemplar")
    document.undo()
    assert all(document.model.exemplars_of(TEXTURE)[slot] == second.id for slot in moved)
    wait_settled(qtbot, opened)
    qtbot.waitUntil(lambda: opened.insight.health(TEXTURE) is not None)
    assert "recognized" in panel.text()


def test_a_method_is_switched_live_and_undone(opened: App, qtbot: QtBot) -> None:
    document = opened.document
    for name in ("knn 4 cosine", "mean euclidean", "discriminant"):
        document.set_method(TEXTURE, name)
        wait_settled(qtbot, opened)
        decision = document.by_slot(TEXTURE).decision
        assert decision is not None and decision.method == name == decision.parameters["asked"]
    document.undo()
    wait_settled(qtbot, opened)
    decision = document.by_slot(TEXTURE).decision
    assert decision is not None and decision.method == "mean euclidean"
    assert document.undo_names()[0] == "Decide Texture by: Nearest mean, Euclidean"


def test_the_history_and_the_record(opened: App, qtbot: QtBot, tmp_path: Path) -> None:
    document = opened.document
    slot = next(iter(document.model.exemplars_of(TEXTURE)))
    document.set_labels(document.model.classes_of(TEXTURE)[3].id, [slot])
    opened.selection.set({slot}, slot)
    with qtbot.waitSignal(opened.insight.events_ready):
        opened.window.action("image_history").trigger()
    dialog = opened.window.findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    texts = [dialog.table.item(i, 2).text() for i in range(dialog.table.rowCount())]  # type: ignore[union-attr]
    assert any(text.startswith("Texture: no longer an exemplar") for text in texts)
    assert any(text.startswith("Texture: suggested") for text in texts)
    dialog.table.setCurrentCell(next(i for i, text in enumerate(texts) if "suggested" in text), 0)
    assert "weights (SHA-256)" in dialog.details.text() and "exemplar set" in dialog.details.text()
    dialog.close()
    with qtbot.waitSignal(opened.insight.write_record(tmp_path / "r.jsonl").succeeded):
        pass
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert lines[0]["kind"] == "catalog" and any(line["kind"] == "decision" for line in lines)


def test_an_automatic_choice_is_shown_and_taken_over_by_a_person_only(opened: App, qtbot: QtBot) -> None:
    document = opened.document
    row = document.model.attributes[TEXTURE]
    now = Tried("As now", document.catalog.recipe(row.recipe), Method(), 0.9, 0.8, 0.95, True)
    other = Tried("Built-in color", COLOR, Method("mean", "cosine"), 0.95, 0.9, 0.98, False)
    opened.insight.choice_ready.emit(Found(TEXTURE, 100, 9, (other, now), ()))
    dialog = opened.window.findChild(ChoiceDialog)
    assert isinstance(dialog, ChoiceDialog) and dialog.use.isEnabled()
    assert document.model.attributes[TEXTURE] == row, "nothing happens by itself"
    dialog.table.setCurrentCell(1, 0)
    assert not dialog.use.isEnabled()
    dialog.table.setCurrentCell(0, 0)
    qtbot.mouseClick(dialog.use, LEFT)
    taken = document.model.attributes[TEXTURE]
    assert (taken.recipe, taken.method) == (COLOR.key, "mean cosine")
    wait_settled(qtbot, opened)
    decision = document.by_slot(TEXTURE).decision
    assert decision is not None and decision.recipe == COLOR.key
    document.undo()
    wait_settled(qtbot, opened)
    decision = document.by_slot(TEXTURE).decision
    assert decision is not None and decision.recipe == row.recipe
