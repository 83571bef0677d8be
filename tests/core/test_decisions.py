"""Decisions on a real catalog: why, health, record, the automatic choice; undo of anything; labels that stay."""

from __future__ import annotations

import csv
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from attrlens.core import auto, health, tasks, why
from attrlens.core.catalog import history, keeping
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.model import Action, Change
from attrlens.core.catalog.rows import NewImage, Read
from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.methods import METHODS, Method
from attrlens.core.decisions import ClassifyRequest, Fit, Fits, classify
from attrlens.core.demo.garments import read_truth
from attrlens.core.export.record import export_record
from attrlens.core.export.table import export_csv
from attrlens.core.token import Token
from attrlens.errors import AttrLensError

TABLES = ("attribute", "class", "exemplar", "label", "exclusion")


@pytest.fixture
def catalog(described: Path, tmp_path: Path) -> Iterator[Catalog]:
    shutil.copytree(described, tmp_path / "copy.attrlens")
    catalog = tasks.open_catalog(tmp_path / "copy.attrlens")
    yield catalog
    catalog.close()


def state(catalog: Catalog) -> dict[str, list[tuple[object, ...]]]:
    """Every row a person decided."""
    with catalog.reading() as db:
        return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}


@pytest.mark.parametrize("method", METHODS[:6], ids=lambda m: m.name)
def test_channels_add_up_to_the_margin(catalog: Catalog, method: Method) -> None:
    catalog.perform(steps.edit_attribute(catalog.model, 2, method=method.name))
    request, fits = ClassifyRequest.of(catalog, 2), Fits()
    fitted = fits.fit(catalog, request)
    assert fitted is not None
    slot = next(s for s in range(160) if s not in catalog.model.exemplars_of(2))
    found = why.why(catalog, request, slot, fits)
    assert found is not None and found.best != found.runner_up
    scores = fitted.classifier.scores(np.array(catalog.descriptors(request.attribute.recipe)[slot : slot + 1]))[0]
    margin = np.sort(scores)[-1] - np.sort(scores)[-2]
    if method.kind != "knn":  # there the scores are votes, and the parts are of the distances
        assert found.margin == pytest.approx(float(margin), rel=1e-2, abs=1e-4)
    values = [abs(share.value) for share in found.channels]
    assert len(values) == why.CHANNELS and values == sorted(values, reverse=True)
    layers = catalog.recipe(request.attribute.recipe).layers
    assert all(share.layer in layers for share in found.channels)
    distances = [near.distance for near in found.nearest]
    assert distances == sorted(distances) and distances[0] >= 0
    exemplar = next(iter(catalog.model.exemplars_of(2)))
    own = why.why(catalog, request, exemplar, fits)
    assert own is not None and exemplar not in [near.slot for near in own.nearest]
    assert why.why(catalog, request, 10_000, fits) is None


def test_health_finds_what_is_wrong_with_exemplars(catalog: Catalog) -> None:
    model = catalog.model
    fits = Fits()
    clean = health.health(catalog, ClassifyRequest.of(catalog, 1), fits, Token())
    assert clean is not None
    red, blue = (model.class_named(1, name) for name in ("red", "blue"))
    assert red is not None and blue is not None
    reds = [s for s, c in model.exemplars_of(1).items() if c == red.id]
    catalog.perform(steps.add_exemplars(model, blue.id, reds[:2], 0.0))
    found = health.health(catalog, ClassifyRequest.of(catalog, 1), fits, Token())
    assert found is not None
    by_class = {row.class_id: row for row in found.classes}
    had = {row.class_id: row for row in clean.classes}
    assert by_class[blue.id].count == had[blue.id].count + 2 and by_class[red.id].count == len(reds) - 2
    assert set(reds[:2]) <= {one.slot for one in by_class[blue.id].odd if one.other == red.id}
    assert (
        by_class[blue.id].right <= 10
        and by_class[blue.id].spread > {row.class_id: row.spread for row in clean.classes}[blue.id]
    )
    pair = found.overlaps[0]
    assert {pair.first, pair.second} == {red.id, blue.id} and pair.count >= 2
    assert pair.total == by_class[red.id].count + by_class[blue.id].count
    assert (
        found.curve is not None
        and [n for n, _ in found.curve] == [3, 5]
        and all(0.3 < share <= 1 for _, share in found.curve or ())
    )
    assert found.basis != clean.basis


def test_copies_among_exemplars_are_found(catalog: Catalog) -> None:
    with catalog.transaction() as db:
        slots = [s for s, c in catalog.model.exemplars_of(1).items() if c == catalog.model.classes_of(1)[0].id]
        db.execute("UPDATE image SET hash = (SELECT hash FROM image WHERE slot = ?) WHERE slot = ?", slots[:2])
    found = health.health(catalog, ClassifyRequest.of(catalog, 1), Fits(), Token())
    assert found is not None and tuple(sorted(slots[:2])) in found.classes[0].alike


def test_forecast_follows_a_power_law() -> None:
    assert health.forecast([(10, 0.8)]) is None and health.forecast([(10, 0.9), (20, 0.9)]) is None
    found = health.forecast([(10, 0.8), (20, 0.9)])
    assert found is not None and found[0] == 40 and found[1] == pytest.approx(0.95)


def test_the_record_of_an_image_and_of_a_class(catalog: Catalog) -> None:
    classify(catalog, ClassifyRequest.of(catalog, 1))
    red, blue = (catalog.model.class_named(1, name) for name in ("red", "blue"))
    assert red is not None and blue is not None
    slot = next(s for s in range(160) if s not in catalog.model.exemplars_of(1))
    found = catalog.suggestions(1)
    assert found is not None
    catalog.perform(steps.edit_class(catalog.model, red.id, threshold=0.25))
    catalog.perform(steps.accept(catalog.model, 1, {slot: red.id}, time.time(), found.decision.id))
    catalog.perform(steps.set_labels(catalog.model, blue.id, [slot], time.time()))
    catalog.undo()
    catalog.perform(steps.edit_class(catalog.model, red.id, threshold=0.75))
    catalog.perform(steps.set_labels(catalog.model, blue.id, [slot + 1], time.time()))
    catalog.undo()
    events = history.of_image(catalog, slot, catalog.model, Token())
    texts = [event.what for event in events]
    assert "Color: label none → red" in texts and "Color: label red → blue" not in texts, "undone, then dropped"
    accepted = next(e for e in events if e.what == "Color: label none → red")
    assert accepted.details["method"] == "discriminant" and accepted.details["exemplars"] == found.decision.exemplars
    assert accepted.details["threshold"] == 0.25, "as it was then, not as it is now"
    assert len(accepted.details["weights_sha256"]) == 64 and accepted.who
    assert any(text.startswith("Color: suggested") for text in texts)
    named = [event.what for event in history.of_class(catalog, red.id, Token())]
    assert {"red is unknown below 75%", "Accept 1 suggestion of red", "Demo classes"} <= set(named)
    lines = [json.loads(json.dumps(line)) for line in history.record(catalog, catalog.model, Token())]
    assert {line["kind"] for line in lines} == {"catalog", "attribute", "class", "action", "decision"}
    assert [line["undone"] for line in lines if line["kind"] == "action"] == [False] * 4 + [True]


def test_images_may_go_while_they_are_classified(catalog: Catalog) -> None:
    class Gone(Fits):
        def fit(self, catalog: Catalog, request: ClassifyRequest) -> Fit | None:
            fitted = super().fit(catalog, request)
            catalog.perform(keeping.remove_images(catalog.model, range(catalog.image_count()), 1.0))
            return fitted

    request = ClassifyRequest.of(catalog, 1)
    assert classify(catalog, request) is not None
    assert classify(catalog, request, Gone()) is None and catalog.suggestions(1) is None


def test_the_record_survives_export(catalog: Catalog, tmp_path: Path) -> None:
    classify(catalog, ClassifyRequest.of(catalog, 1))
    found = catalog.suggestions(1)
    assert found is not None
    export_csv(catalog, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["attribute"] == "Color" and row["suggestion"]]
    assert len(rows) == 160
    for row in rows:
        assert row["method"] == "discriminant" and row["exemplars"] == found.decision.exemplars
        assert (
            row["threshold"] == "0.50" and len(row["weights_sha256"]) == 64 and row["suggested_at"].endswith("+00:00")
        )
        assert 0 <= float(row["confidence"]) <= float(row["familiarity"]) + 1e-3 <= 1.001
    assert export_record(catalog, tmp_path / "r.jsonl") == len((tmp_path / "r.jsonl").read_text().splitlines())


def test_the_automatic_choice_tries_and_does_not_touch(catalog: Catalog, demo: Path) -> None:
    truth = read_truth(demo)
    for row in catalog.model.classes_of(2):
        slots = [i.slot for i in catalog.images() if truth[Path(i.path).name]["Texture"] == row.name]
        catalog.perform(steps.add_exemplars(catalog.model, row.id, slots, 0.0))
    before, recipes = state(catalog), set(catalog.recipes_in_use())
    request = auto.AutoRequest.of(catalog, 2)
    found = auto.find(catalog, request, tasks.Engines(), Token())
    assert state(catalog) == before and set(catalog.recipes_in_use()) == recipes
    assert found.rows[0].accuracy > 0.95 and found.images == len(request.exemplars)
    shares = [tried.accuracy for tried in found.rows]
    assert shares == sorted(shares, reverse=True) and len({tried.recipe for tried in found.rows}) > 10
    assert sum(tried.is_current for tried in found.rows) == 1
    color = [tried.accuracy for tried in found.rows if tried.title == "Built-in color"]
    assert max(color) < found.rows[0].accuracy, "color layers are no good for texture"
    catalog.perform(steps.remove_exemplars(catalog.model, 2, list(catalog.model.exemplars_of(2))[5:]))
    with pytest.raises(AttrLensError, match="10 exemplars each"):
        auto.find(catalog, auto.AutoRequest.of(catalog, 2), tasks.Engines(), Token())


def random_action(catalog: Catalog, rng: np.random.Generator) -> Action:
    """Anything a person can do."""
    model, now = catalog.model, float(rng.random())
    attributes = list(model.attributes)
    attribute = int(rng.choice(attributes))
    classes = [c.id for c in model.classes_of(attribute)]
    slots = rng.choice(160, rng.integers(1, 12), replace=False).tolist()
    method = METHODS[int(rng.integers(len(METHODS)))].name
    choices = [
        lambda: steps.create_class(model, model.next_id("class"), attribute, f"new {now}", "#808080"),
        lambda: steps.edit_attribute(model, attribute, threshold=round(now, 2)),
        lambda: steps.edit_attribute(model, attribute, method=method),
        lambda: steps.edit_attribute(model, attribute, name=f"name {now}"),
        lambda: steps.clear_labels(model, attribute, slots),
        lambda: steps.remove_exemplars(model, attribute, slots),
        lambda: steps.exclude(model, attribute, slots, now),
        lambda: steps.include(model, attribute, slots),
    ]
    if len(attributes) < 4:
        recipe = model.attributes[attribute].recipe
        choices.append(lambda: steps.create_attribute(model, model.next_id("attribute"), f"a {now}", recipe))
    if len(attributes) > 2:
        choices.append(lambda: steps.delete_attribute(model, attribute))
    if classes:
        one, other = (int(c) for c in rng.choice(classes, 2))
        own = None if rng.random() < 0.3 else round(now, 2)
        choices += [
            lambda: steps.add_exemplars(model, one, slots, now),
            lambda: steps.set_labels(model, one, slots, now, "person"),
            lambda: steps.accept(model, attribute, dict.fromkeys(slots, one), now, 1),
            lambda: steps.edit_class(model, one, threshold=own),
            lambda: steps.edit_class(model, one, color="#123456"),
            lambda: steps.delete_class(model, one),
        ]
        if one != other:
            choices.append(lambda: steps.merge_class(model, one, other))
    return choices[int(rng.integers(len(choices)))]()


@pytest.mark.parametrize("seed", range(5))
def test_undo_of_200_random_actions_returns_the_exact_state(catalog: Catalog, seed: int) -> None:
    rng = np.random.default_rng(seed)
    states = [state(catalog)]
    while len(states) <= 200:
        action = random_action(catalog, rng)
        if action.changes:
            catalog.perform(action)
            states.append(state(catalog))
    for expected in reversed(states[:-1]):
        assert catalog.undo() is not None
        assert state(catalog) == expected
    for expected in states[1:]:
        assert catalog.redo() is not None
        assert state(catalog) == expected
    path = catalog.path
    catalog.close()
    again = Catalog(path)
    assert state(again) == states[-1]
    for _ in range(150):
        again.undo()
    assert state(again) == states[50], "undo goes on after the program was started again"
    again.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_label_never_changes_without_a_persons_action(catalog: Catalog, seed: int) -> None:
    """Whatever the machine does in between: describe, fit, score, by any method."""
    rng = np.random.default_rng(seed)
    fits = Fits()
    for step in range(40):
        attribute = int(rng.integers(1, 3))
        if rng.random() < 0.5:
            before = state(catalog)["label"]
            action = random_action(catalog, rng)
            touched = {change.before or change.after for change in action.changes if change.table == "label"}
            catalog.perform(action)
            if not touched:
                assert state(catalog)["label"] == before
            continue
        before = state(catalog)["label"]
        if attribute in catalog.model.attributes:
            classify(catalog, ClassifyRequest.of(catalog, attribute), fits if rng.random() < 0.7 else Fits())
        start = 160 + 4 * step
        catalog.add_images([NewImage(f"/new/{start + i}.jpg", "/new", 1, 1) for i in range(4)])
        slots = np.arange(start, start + 4) - 160 + catalog.image_count() - 4 - (start - 160)
        rows = {recipe.key: rng.random((4, recipe.width)).astype(np.float16) for recipe in catalog.recipes_in_use()}
        catalog.append([Read(int(s), f"h{s}", 1, 1, 1, "", "") for s in slots], slots, rows)
        assert state(catalog)["label"] == before


def test_actions_of_an_earlier_version_can_be_undone(catalog: Catalog) -> None:
    """They were stored before attributes had a method, classes a threshold, and labels a decision."""
    old = Action(
        "New class old",
        (Change("class", None, (99, 1, "old", "#000000", 20)), Change("label", None, (1, 3, 99, "person", 1.0))),
    )
    read = Action.unpack("New class old", old.pack())
    assert read.changes[0].after == (99, 1, "old", "#000000", 20, None)
    assert read.changes[1].after == (1, 3, 99, "person", 1.0, None)
    before = state(catalog)
    catalog.perform(steps.clear_labels(catalog.model, 1, [3]))
    catalog.perform(read)
    catalog.undo()
    catalog.undo()
    assert state(catalog) == before
