"""Measures against textbook values or scikit-learn, parts on data whose answer is known, folds that keep groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attrlens.core.classify.nearest import votes
from attrlens.core.evaluate import measures
from attrlens.core.evaluate.data import Chosen, Decides, Labeled, Space, choose, one_group, protocol, splits
from attrlens.core.evaluate.parts import PARTS, merge
from attrlens.core.evaluate.run import Done, Evaluation, Options, evaluate, parts_named, report
from attrlens.core.groups import read_groups
from attrlens.core.tasks import group_of
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled

Array = np.ndarray[Any, Any]


def sample(
    per_class: int = 40, classes: int = 4, width: int = 12, noise: float = 0.5, *, group: int = 2, seed: int = 0
) -> Labeled:
    """Classes around corners of a cube, photos in pairs."""
    rng = np.random.default_rng(seed)
    corners = np.abs(rng.normal(size=(classes, width))) + 0.5
    y = np.repeat(np.arange(classes), per_class)
    rows = np.abs(corners[y] + noise * rng.normal(size=(len(y), width))).astype(np.float16)
    easy = Space("recipe", "recipe", "net", rows)
    noisy = Space("1", "net block 1", "net", rng.random((len(y), width)).astype(np.float16))
    names = tuple(f"class {c}" for c in range(classes))
    files = tuple(f"{i}.jpg" for i in range(len(y)))
    return Labeled(
        "shape", files, names, y, np.arange(len(y)) // group, None, (easy,),
        (noisy, Space("2", "net block 2", "net", rows)), 0.5, {},
    )  # fmt: skip


def numbers(data: Labeled, *parts: str, **options: Any) -> dict[str, Any]:
    """The results of some parts, run in this process."""
    found = evaluate((data, Options(parts, **options)), Token(), lambda item: None)
    assert set(found.seconds) == set(parts)
    return found.results


# Measures


def test_wilson_interval_is_the_textbook_one() -> None:
    """Newcombe 1998, table I: 81 of 263 and 0 of 20."""
    assert measures.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert measures.wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert measures.wilson(20, 20)[1] == 1 and measures.wilson(0, 0) == (0, 1)


def test_auroc_and_votes_agree_with_scikit_learn() -> None:
    from sklearn.metrics import roc_auc_score
    from sklearn.neighbors import KNeighborsClassifier

    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 9, 80) + 2.0, rng.integers(0, 9, 60).astype(float)  # with ties
    expected = roc_auc_score(np.r_[np.ones(80), np.zeros(60)], np.r_[a, b])
    assert measures.auroc(a, b) == pytest.approx(expected)
    assert np.isnan(measures.auroc(a, b[:0]))
    rows, y, new = rng.normal(size=(90, 5)), rng.integers(0, 2, 90), rng.normal(size=(40, 5))
    distances = measures.squared_distances(new.astype(np.float32), rows.astype(np.float32))
    for k in (1, 3, 7):  # odd, two classes: no ties, which scikit-learn breaks otherwise
        found, _ = measures.nearest(distances, k)
        theirs = KNeighborsClassifier(k).fit(rows, y).predict(new)
        assert (votes(y[found], 2).argmax(1) == theirs).all()


def test_a_tie_goes_to_the_class_met_first() -> None:
    near = np.array([[2, 1], [1, 2], [0, 1], [0, 0]])
    assert votes(near, 3).argmax(1).tolist() == [2, 1, 0, 0]
    many = np.array([[3] + [1, 2] * 7 + [3]])
    assert votes(many, 4).argmax(1).tolist() == [1]  # seven, before the other seven; 3 has two


def test_calibration_of_honest_and_of_boasting_confidence() -> None:
    rng = np.random.default_rng(0)
    claimed = rng.random(20_000)
    honest, bins = measures.calibration(claimed, rng.random(20_000) < claimed)
    assert honest < 0.02 and sum(b["images"] for b in bins) == 20_000
    boasting, _ = measures.calibration(np.full(100, 0.95), np.arange(100) < 50)
    assert boasting == pytest.approx(0.45)


def test_f1_interval_holds_the_value_and_widens_with_groups() -> None:
    rng = np.random.default_rng(1)
    truth = np.repeat([0, 1], 100)
    said = np.where(rng.random(200) < 0.15, 1 - truth, truth)
    said[::50] = -1
    table = measures.confusion(truth, said, 2)
    assert table.sum() == 200 and table[:, 2].sum() == 4
    f1 = 2 * table[0, 0] / (table[0].sum() + table[:, 0].sum())
    alone = measures.f1_interval(truth, said, np.arange(200), 2)
    assert alone[0, 0] < f1 < alone[0, 1]
    few = measures.f1_interval(truth, truth, np.arange(200) // 40, 2)
    assert np.isnan(few).all(), "all right, or of few groups: drawing again tells nothing"
    tens = np.arange(200) // 10
    together = measures.f1_interval(np.repeat([0, 1], 100), np.where(tens % 4 == 0, 1 - truth, truth), tens, 2)
    single = measures.f1_interval(truth, np.where(tens % 4 == 0, 1 - truth, truth), np.arange(200), 2)
    assert np.ptp(together[0]) > 2 * np.ptp(single[0])


def test_overlap_of_the_same_and_of_strangers() -> None:
    a = np.linspace(1, 2, 1000)
    assert measures.overlap(a, a)[0] == pytest.approx(1)
    shared, edges, first, second = measures.overlap(a, a + 5)
    assert shared == 0 and len(edges) == len(first) + 1 and sum(second) == pytest.approx(1)


# Which images take part


def test_groups_never_stand_on_both_sides() -> None:
    data = sample(group=4)
    for learn, score in splits(data, 1):
        assert not set(data.groups[learn]) & set(data.groups[score])
    assert sorted(np.concatenate([score for _, score in splits(data, 1)]).tolist()) == list(range(len(data.y)))
    assert "no groups given" in protocol(data), "copies of a file are no groups"
    assert protocol(replace(data, grouped=160)).endswith("groups kept together")
    assert "(40 of 160 images have one)" in protocol(replace(data, grouped=40))
    alone = replace(data, groups=np.arange(len(data.y)))
    for _, score in splits(alone, 0):
        assert np.bincount(data.y[score]).tolist() == [8, 8, 8, 8]


def test_small_classes_are_left_out_and_named() -> None:
    labels = ["red"] * 12 + ["blue"] * 10 + ["sequins"] * 7
    chosen = choose(labels, [str(i) for i in range(29)], None)
    assert chosen.classes == ("blue", "red") and chosen.left_out == {"sequins": 7}
    assert chosen.y.tolist() == [1] * 12 + [0] * 10
    with pytest.raises(AttrLensError, match="two classes with 10"):
        choose(labels[:12], [str(i) for i in range(12)], None)


def test_a_class_of_one_group_is_left_out() -> None:
    """Nothing could be learned about it while it is scored."""
    labels = ["red"] * 12 + ["blue"] * 12 + ["argyle"] * 12
    groups = [str(i) for i in range(24)] + ["one shoot"] * 12
    assert choose(labels, groups, None).left_out == {"argyle": 12}


def test_a_class_missing_from_what_is_learned_does_no_harm() -> None:
    """Two groups of one class may both fall into the fold that is scored."""
    data = sample(group=1)
    groups = np.where(data.y == 3, 1000 + np.arange(160) % 2, np.arange(160))
    found = numbers(replace(data, groups=groups), "product", "nearest-mean", "knn", "unknown", "learning-curve")
    assert found["nearest_mean"]["2"]["euclidean"] > 0.7 and found["nearest_mean"]["2"]["cosine"] > 0.7


def test_a_class_called_unknown_is_not_the_unknown() -> None:
    data = sample(noise=0.9)
    data = replace(data, classes=("unknown", *data.classes[1:]), threshold=0.8)
    rows = numbers(data, "product")["images"]
    assert {row["sure"] for row in rows if row["decision"] == "unknown"} == {True, False}


def test_what_shares_a_group_with_a_scored_image_is_not_learned() -> None:
    labels = ["red", "blue", "red", "blue", "red", "blue"]
    train = np.array([True, True, True, True, False, False])
    chosen = choose(labels, ["a", "b", "c", "d", "a", "e"], train)
    assert chosen.indices.tolist() == [1, 2, 3, 4, 5] and chosen.not_learned == 1
    data = chosen.labeled("x", labels, [sample().product], [], Decides())
    assert "1 not learned" in protocol(data)
    [(learn, score)] = splits(data)
    assert (learn.tolist(), score.tolist()) == ([0, 1, 2], [3, 4])


def test_copies_of_a_file_are_one_group_whatever_they_were_given() -> None:
    groups = one_group(["a", "b", "c", "d", "b"], ["1", "2", "2", "3", ""])
    assert groups[1] == groups[2] == groups[4] and len(set(groups)) == 3
    chain = one_group(["a", "b", "b", "c"], ["1", "1", "2", "2"])
    assert len(set(chain)) == 1


def test_too_many_images_are_sampled_by_whole_groups_and_small_classes_stay() -> None:
    labels = ["red"] * 300 + ["blue"] * 100 + ["lace"] * 12
    groups = [str(i // 2) for i in range(412)]
    chosen = choose(labels, groups, None, limit=100)
    assert chosen.sampled_from == 412 and chosen.classes == ("blue", "lace", "red")
    counts = np.bincount(chosen.y)
    assert counts[1] == 12 and 70 <= counts[2] <= 76 and 24 <= counts[0] <= 26
    assert all(np.bincount(chosen.groups)[np.unique(chosen.groups)] == 2)
    again: Chosen = choose(labels, groups, None, limit=100)
    assert (again.indices == chosen.indices).all()
    assert not np.array_equal(choose(labels, groups, None, limit=100, seed=1).indices, chosen.indices)


def test_unreadable_images_are_taken_out_and_nothing_is_drawn_again() -> None:
    labels = ["red"] * 300 + ["blue"] * 100
    chosen = choose(labels, [str(i) for i in range(400)], None, limit=100)
    kept = np.arange(len(chosen.indices)) % 10 != 3
    less = chosen.only(kept)
    assert less.indices.tolist() == chosen.indices[kept].tolist() and less.sampled_from == 400
    gone = chosen.y == 1
    gone[np.flatnonzero(gone)[-5:]] = False
    with pytest.raises(AttrLensError, match="two classes"):
        chosen.only(~gone)


def test_what_cannot_be_evaluated_says_why() -> None:
    two = ["red"] * 12 + ["blue"] * 12
    names = [str(i) for i in range(24)]
    with pytest.raises(AttrLensError, match="of 3 groups; 5 folds need 5"):
        choose(two, [str(i % 3) for i in range(24)], None)
    with pytest.raises(AttrLensError, match="nothing to score"):
        choose(two, names, np.ones(24, bool))
    with pytest.raises(AttrLensError, match="two classes to learn from; there are 0"):
        choose(two, names, np.zeros(24, bool))
    with pytest.raises(AttrLensError, match="of a class that is learned"):
        choose(["a", "b", "c", "c"], names[:4], np.array([True, True, False, False]))


def test_every_class_that_is_learned_competes() -> None:
    """Exemplars in four classes and other labels in two of them: the two others can still be what is decided."""
    data = sample()
    train = (np.arange(160) % 2 == 0) | (data.y > 1)
    chosen = choose([data.classes[c] for c in data.y], [str(i) for i in range(160)], train)
    assert chosen.classes == data.classes and chosen.left_out == {}
    some = chosen.labeled("x", data.files, data.recipes, data.blocks, Decides())
    found = numbers(some, "product", "nearest-mean", "unknown", "learning-curve")
    assert found["product"]["scored"] == 40
    unscored = [row for row in found["per_class"] if row["images"] == 0]
    assert len(unscored) == 2 and all(row["recall"] is row["f1"] is None for row in unscored)
    assert set(found["unknown"]["per_class"]) == {"class 0", "class 1"}


def test_groups_come_from_windows_too_and_blank_ones_are_none(tmp_path: Path) -> None:
    table = tmp_path / "g.csv"
    table.write_text("file,group\ncolor\\red\\a.jpg,1\ncolor/red/b.jpg,\ncolor/red/c.jpg,1\n")
    groups = read_groups(table)
    assert groups == {"color/red/a.jpg": "1", "color/red/c.jpg": "1"}
    assert group_of("/photos/color/red/a.jpg", groups) == group_of("/x/color/red/c.jpg", groups) != "/x/color/red/c.jpg"


# Parts


def test_the_product_part_counts_unknown_as_not_right() -> None:
    found = numbers(replace(sample(noise=0.9), threshold=0.8), "product")
    product, rows = found["product"], found["images"]
    assert len(rows) == product["scored"] == 160
    assert product["right"] == sum(row["right"] for row in rows) < 160 - product["unknown"]
    assert product["unknown"] == sum(row["decision"] == "unknown" for row in rows) > 0
    assert product["accuracy"] == pytest.approx(product["right"] / 160, abs=1e-4)
    assert product["accuracy"] <= product["accuracy_without_threshold"]
    counts = np.array(found["confusion"]["counts"])
    assert counts.sum() == 160 and np.trace(counts) == product["right"]
    for i, row in enumerate(found["per_class"]):
        assert row["recall"] == pytest.approx(counts[i, i] / counts[i].sum(), abs=1e-4)
        assert row["recall_interval"][0] <= row["recall"] <= row["recall_interval"][1]
    low, high = product["accuracy_interval"]
    assert low < product["accuracy"] < high


def test_no_image_is_scored_by_a_classifier_that_saw_its_group() -> None:
    """Labels that are pure noise within pairs of equal images: only a leak could guess them."""
    rng = np.random.default_rng(5)
    data = sample(per_class=60, classes=2, noise=0.01)
    y = np.repeat(rng.integers(0, 2, 60), 2)
    rows = np.repeat(rng.random((60, 40)), 2, 0).astype(np.float16)
    blind = replace(
        data, y=y, recipes=(Space("r", "r", "n", rows),), blocks=(Space("1", "n block 1", "n", rows),), threshold=0.0
    )
    found = numbers(blind, "product", "nearest-mean", "knn", "discriminant")
    scores = [found["product"]["accuracy"], found["nearest_mean"]["1"]["euclidean"], found["knn"]["1"]["1"]]
    assert all(0.25 < score < 0.72 for score in [*scores, *found["discriminant"].values()])
    leaky = numbers(replace(blind, groups=np.arange(120)), "knn")
    assert leaky["knn"]["1"]["1"] > 0.8  # without groups, the pair's other half gives it away


def test_blocks_are_told_apart() -> None:
    found = numbers(sample(), "nearest-mean", "knn", "discriminant", "precision")
    assert found["nearest_mean"]["2"]["euclidean"] > 0.95 > 0.5 > found["nearest_mean"]["1"]["cosine"]
    assert found["knn"]["2"]["4"] > 0.95 and set(found["knn"]["1"]) == {"1", "2", "4", "8", "16"}
    assert found["knn"]["2"]["1"] == found["knn"]["2"]["2"]  # the nearer of two decides
    assert set(found["knn_per_class"]["1"]["1"]) == {f"class {c}" for c in range(4)}
    assert found["discriminant"]["recipe"] > 0.8 > 0.5 > found["discriminant"]["net block 1"]
    assert found["precision_at_10"]["recipe"] > 0.8 > 0.4 > found["precision_at_10"]["net block 1"]
    assert found["precision_at_k"]["recipe"]["euclidean"]["10"] == found["precision_at_10"]["recipe"]


def test_a_second_backbone_stands_apart() -> None:
    data = sample()
    other = replace(data.blocks[0], title="other block 1", backbone="other")
    found = numbers(replace(data, blocks=(*data.blocks, other)), "nearest-mean", "knn")
    assert set(found["nearest_mean"]) == {"1", "2"}
    assert set(found["other_backbones"]["other"]) == {"nearest_mean", "knn", "knn_per_class"}


def test_precision_leaves_the_querys_group_out() -> None:
    data = sample(classes=2, per_class=20, width=30, noise=0)
    rng = np.random.default_rng(0)
    rows = np.repeat(rng.random((20, 30)), 2, 0).astype(np.float16)  # equal pairs, otherwise noise
    found = numbers(replace(data, recipes=(Space("r", "r", "n", rows),), blocks=()), "precision")
    assert found["precision_at_k"]["r"]["euclidean"]["1"] < 0.8  # the equal one would make it 1


def test_unknown_and_learning_curve() -> None:
    found = numbers(sample(noise=0.6), "unknown", "learning-curve")
    assert 0.5 < found["unknown_auroc"] <= 1 and set(found["unknown"]["per_class"]) == {f"class {c}" for c in range(4)}
    curve = found["learning_curve"]
    assert [point["exemplars"] for point in curve] == [5, 10, 20]  # 40 a class leave 32 to learn from
    assert curve[0]["accuracy"] <= curve[-1]["accuracy"] and curve[0]["least"] <= curve[0]["most"]


def test_train_and_test_apart() -> None:
    data = replace(sample(), train=np.arange(160) % 2 == 0, groups=np.arange(160))
    found = numbers(data, "product", "knn", "precision", "unknown")
    assert found["product"]["scored"] == 80 and len(found["images"]) == 80
    assert {row["file"] for row in found["images"]} == {f"{i}.jpg" for i in range(1, 160, 2)}


def test_reports_merge_and_say_what_was_done() -> None:
    done: list[Done] = []
    data, options = sample(), Options(parts_named(["product", "knn"]), seed=3)
    found = evaluate((data, options), Token(), done.append)
    assert [item.part for item in done] == ["product", "knn"]
    one_by_one = Evaluation()
    for item in done:
        one_by_one.add(item)
    assert one_by_one.results == found.results
    made = report(data, options, found, {"recipe": {"key": "k"}}, "Test.")
    for key in ("attribute", "backbone", "recipe", "n_images", "classes", "protocol", "folds", "results"):
        assert key in made
    assert (made["n_images"], made["folds"], made["schema_version"]) == (160, 5, 1)
    assert len(made["images"]) == 160 and "images" not in made["results"]
    assert merge({"a": {"b": 1}}, {"a": {"c": 2}, "d": 3}) == {"a": {"b": 1, "c": 2}, "d": 3}


def test_parts_are_named_and_skipped() -> None:
    everything = tuple(part.name for part in PARTS)
    assert parts_named([]) == everything
    assert parts_named(["knn", "product"]) == ("product", "knn")
    assert parts_named([], ["clusters", "pairs"]) == everything[:-2]
    with pytest.raises(AttrLensError, match="no part kNN"):
        parts_named(["kNN"])


class CancelledAtWork(Token):
    """Cancels itself at the first progress of the part, so that only the part's own check can notice."""

    def report(self, done: int, total: int, text: str = "") -> None:
        self.cancel()


@pytest.mark.parametrize("part", [part.name for part in PARTS if not part.is_long])
def test_every_part_can_be_cancelled(part: str) -> None:
    done: list[Done] = []
    with pytest.raises(Cancelled):
        evaluate((sample(), Options((part,))), CancelledAtWork(), done.append)
    assert done == []


def test_the_same_seed_gives_the_same_numbers() -> None:
    run: Callable[[int], dict[str, Any]] = lambda seed: numbers(  # noqa: E731
        sample(noise=2.0), "product", "learning-curve", "knn", seed=seed
    )
    assert run(4) == run(4)
    assert run(4)["images"] != run(5)["images"]
