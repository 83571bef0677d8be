"""The closed forms are what they claim: against scikit-learn, against plain refits, on made-up clusters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from attrlens.core.classify import discriminant as module
from attrlens.core.classify.background import Background
from attrlens.core.classify.discriminant import STEP, discriminant, on_grid
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import transform, unit
from attrlens.core.classify.fit import FEW, fit, fit_exemplars
from attrlens.core.classify.methods import DEFAULT, METHODS, Method
from attrlens.core.classify.scores import OTHER, best_temperature, rank, softmax
from attrlens.core.classify.unknown import _curve, _shrunk, familiarity
from attrlens.core.evaluate import measures

Array = np.ndarray[Any, Any]


def clusters(rng: np.random.Generator, classes: int, each: int, width: int, noise: float) -> tuple[Array, Array]:
    centers = rng.gamma(2.0, 0.1, (classes, width))
    y = np.repeat(np.arange(1, classes + 1), each)
    return np.abs(centers[y - 1] + rng.normal(0, noise, (len(y), width))).astype(np.float32), y


def reference(x: Array, y: Array, queries: Array) -> tuple[Array, float]:
    """Nearest class mean under scikit-learn's Ledoit-Wolf covariance, the ridge on our grid: float64, the long way."""
    from sklearn.covariance import ledoit_wolf

    x, queries = transform(x).astype(float), transform(queries).astype(float)
    center, spread = x.mean(0), x.std(0)
    x, queries = (x - center) / spread, (queries - center) / spread
    classes = np.unique(y)
    means = np.stack([x[y == c].mean(0) for c in classes])
    residuals = x - means[np.searchsorted(classes, y)]
    plain = residuals.T @ residuals / len(x)
    covariance, shrinkage = ledoit_wolf(residuals, assume_centered=True)
    ridge = shrinkage * np.trace(plain) / len(plain)
    assert np.allclose(covariance, (1 - shrinkage) * plain + ridge * np.eye(len(plain)))
    scale = (1 - shrinkage) / len(x)
    assert abs(np.log(on_grid(ridge / scale) * scale / ridge)) <= STEP / 2
    inverse = np.linalg.inv((1 - shrinkage) * plain + on_grid(ridge / scale) * scale * np.eye(len(plain)))
    gaps = queries[:, None] - means[None]
    return np.einsum("qcd,de,qce->qc", gaps, inverse, gaps), float(shrinkage)


@pytest.mark.parametrize(("each", "width"), [(40, 24), (6, 90)], ids=["more images than channels", "fewer"])
def test_discriminant_is_the_mahalanobis_distance_to_class_means(each: int, width: int) -> None:
    rng = np.random.default_rng(0)
    x, y = clusters(rng, 5, each, width, 0.08)
    queries = clusters(rng, 5, 8, width, 0.1)[0]
    fitted = fit(x, y)
    distance, shrinkage = reference(x, y, queries)
    assert fitted.method == DEFAULT
    assert fitted.shrinkage == pytest.approx(shrinkage, rel=1e-3)
    scores = fitted.scores(queries)
    ours = scores - scores[:, :1]
    theirs = -0.5 * (distance - distance[:, :1])
    assert np.abs(ours - theirs).max() / np.abs(theirs).max() < 2e-3


@pytest.mark.parametrize(("each", "width"), [(20, 16), (5, 60)], ids=["more images than channels", "fewer"])
def test_leave_one_out_distances_equal_refits(each: int, width: int) -> None:
    """The closed form against leaving each exemplar out for real, with the same shrinkage and scaling."""
    rng = np.random.default_rng(1)
    x, y = clusters(rng, 4, each, width, 0.1)
    classes, labels = np.unique(y, return_inverse=True)
    exemplars = Exemplars.of(Background.of(x), np.arange(len(x)), x, y)
    found = discriminant(exemplars, labels, 4)
    z = exemplars.standard.astype(float)
    n = len(z)
    means = np.stack([z[labels == c].mean(0) for c in range(len(classes))])
    residuals = z - means[labels]
    a = found.shrinkage
    scale = (1 - a) / n
    ridge = on_grid(a * (residuals**2).sum() / residuals.size / scale) * scale
    for i in range(0, n, 7):
        rest = np.arange(n) != i
        m = means.copy()
        m[labels[i]] = z[rest & (labels == labels[i])].mean(0)
        r = z[rest] - m[labels[rest]]
        # Removing one image is a rank-one change of the scatter; the divisor and the ridge stay, as documented.
        covariance = (1 - a) / n * r.T @ r + ridge * np.eye(width)
        gap = z[i] - m
        expected = -0.5 * np.einsum("cd,de,ce->c", gap, np.linalg.inv(covariance), gap)
        assert found.left_out[i] == pytest.approx(expected, rel=5e-3, abs=1e-2)


@pytest.mark.parametrize("method", METHODS[1:], ids=lambda m: m.name)
def test_simple_methods_are_what_scikit_learn_says(method: Method) -> None:
    rng = np.random.default_rng(8)
    x, y = clusters(rng, 5, 21, 30, 0.12)
    queries = clusters(rng, 5, 40, 30, 0.12)[0]
    roots, asked = np.sqrt(x), np.sqrt(queries)
    fitted = fit(x, y, method=method)
    assert fitted.method == method
    if method.kind == "knn":
        from sklearn.neighbors import KNeighborsClassifier

        theirs = KNeighborsClassifier(method.k, metric=method.metric).fit(roots, y)
        clear = theirs.predict_proba(asked).max(1) > 0.5  # ties are broken otherwise
        expected = theirs.predict(asked)
    else:
        from sklearn.metrics import pairwise_distances

        means = np.stack([(unit(roots) if method.metric == "cosine" else roots)[y == c].mean(0) for c in range(1, 6)])
        expected = pairwise_distances(asked, means, metric=method.metric).argmin(1) + 1
        clear = np.ones(len(asked), bool)
    assert clear.mean() > 0.4
    assert (fitted.score(queries).best == expected)[clear].all()


@pytest.mark.parametrize("method", METHODS[1:4], ids=lambda m: m.name)
def test_scores_of_an_exemplar_left_out_equal_a_fit_without_it(method: Method) -> None:
    rng = np.random.default_rng(9)
    x, y = clusters(rng, 4, 8, 30, 0.1)
    background = Background.of(x)
    whole = fit(x, y, background, method, np.arange(len(x)))
    for i in range(0, len(x), 5):
        rest = np.arange(len(x)) != i
        without = fit(x[rest], y[rest], background, method, np.flatnonzero(rest))
        assert whole.left_out[i] == pytest.approx(without.scores(x[i : i + 1])[0], abs=2e-4)


def test_the_runner_up_of_neighbors_is_the_next_nearest_class() -> None:
    rng = np.random.default_rng(15)
    x, y = clusters(rng, 4, 20, 30, 0.05)
    asked, truth = clusters(np.random.default_rng(15), 4, 20, 30, 0.08)
    found = fit(x, y, method=Method("knn", "euclidean", 1)).score(asked)
    roots, queries = np.sqrt(x), np.sqrt(asked)
    distance = np.stack([
        np.linalg.norm(queries[:, None] - roots[y == c][None], axis=2).min(1) for c in range(1, 5)
    ], axis=1)  # fmt: skip
    assert (found.runner_up == distance.argsort(1)[:, 1] + 1).mean() > 0.99
    assert (found.best == truth).mean() > 0.9


def test_methods_have_names_that_are_understood() -> None:
    assert [Method.named(method.name) for method in METHODS] == list(METHODS)
    assert Method.named("knn 7 cosine").title == "7 nearest exemplars, cosine"
    for wrong in ("", "mean", "mean manhattan", "knn 0 cosine", "knn x cosine", "knn 100 cosine", "forest"):
        with pytest.raises(ValueError, match="there is no method"):
            Method.named(wrong)


def test_a_class_more_or_less_keeps_the_factor_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done for rows of classes that changed only, and gives what a new start gives."""
    rng = np.random.default_rng(12)
    rows, truth = clusters(rng, 8, 60, 2000, 0.15)
    background = Background.of(rows)
    kept = Exemplars(background)
    done: list[int] = []
    real = module.inverse_root

    def counted(matrix: Array, known: Array | None = None) -> Array:
        done.append(len(matrix) - (0 if known is None else len(known)))
        return real(matrix, known)

    def fitted(slots: list[int]) -> int:
        """How many rows were worked on."""
        done.clear()
        kept.become({slot: int(truth[slot]) for slot in slots}, rows)
        with monkeypatch.context() as patched:
            patched.setattr(module, "inverse_root", counted)
            updated = fit_exemplars(kept)
        some = np.array(slots)
        fresh = fit(rows[some], truth[some], background, DEFAULT, some)
        assert np.abs(updated.probabilities(rows) - fresh.probabilities(rows)).max() < 1e-3
        ours, theirs = updated.left_out[np.argsort(kept.ids)], fresh.left_out[np.argsort(some)]
        assert np.allclose(ours, theirs, rtol=1e-5)
        return done[0]

    def classes(*which: int) -> list[int]:
        return [c * 60 + i for c in which for i in range(40)]

    monkeypatch.setattr(module, "on_grid", lambda ratio: 300.0)  # where the grid's next number is near, all is new
    assert fitted(classes(0, 1, 2, 3)) == 160
    assert fitted(classes(0, 1, 2, 3, 4)) == 40, "a class more"
    assert fitted([*classes(0, 1, 2, 3, 4), 4 * 60 + 50]) == 41, "an exemplar more of the last one"
    assert fitted([*classes(0, 1, 2, 3, 4), 4 * 60 + 50]) == 0, "nothing new"
    assert fitted(classes(0, 1, 2, 3)) == 0, "undone"
    assert fitted([*classes(0, 1, 2, 3), 2 * 60 + 50]) == 81, "an exemplar more of the third: it and those after it"
    assert fitted([slot for slot in classes(0, 1, 2, 3) if slot != 60]) == 119, "one less of the second"


@pytest.mark.parametrize("width", [24, 200], ids=["more images than channels", "fewer"])
@pytest.mark.parametrize("method", METHODS[:4], ids=lambda m: m.name)
def test_exemplars_that_come_and_go_give_what_a_new_start_gives(method: Method, width: int) -> None:
    """Any sequence of adding, removing and moving exemplars equals a fit from scratch, within float32."""
    rng = np.random.default_rng(10)
    rows, truth = clusters(rng, 5, 40, width, 0.15)
    background = Background.of(rows)
    wanted: dict[int, int] = {}
    kept = Exemplars(background)
    for step in range(120):
        for slot in rng.choice(len(rows), rng.integers(1, 9), replace=False).tolist():
            if slot in wanted and rng.random() < 0.45:
                del wanted[slot]
            else:
                wanted[slot] = int(rng.integers(1, 6)) if rng.random() < 0.1 else int(truth[slot])
        if len(set(wanted.values())) < 2:
            continue
        kept.become(wanted, rows)
        if step % 12:
            fit_exemplars(kept, method)  # products are made, and updated from then on
            continue
        slots = np.array(sorted(wanted))
        fresh = fit(rows[slots], np.array([wanted[s] for s in slots.tolist()]), background, method, slots)
        updated = fit_exemplars(kept, method)
        assert dict(zip(kept.ids.tolist(), kept.labels.tolist(), strict=True)) == wanted
        assert (updated.shrinkage or 0) == pytest.approx(fresh.shrinkage or 0, rel=1e-3)
        a, b = updated.score(rows), fresh.score(rows)
        assert np.abs(a.confidence - b.confidence).max() < 5e-3
        assert np.abs(updated.probabilities(rows) - fresh.probabilities(rows)).max() < 5e-3
        assert np.abs(a.familiarity - b.familiarity).max() < 1e-3


@pytest.mark.parametrize("each", [4, 20])
def test_left_out_distances_to_the_catalog_equal_refits(each: int) -> None:
    """Against taking each exemplar out of its mean and of the covariance for real; shrinkage and divisor stay."""
    rng = np.random.default_rng(14)
    x, y = clusters(rng, 5, each, 60, 0.12)
    background = Background.of(clusters(rng, 5, 60, 60, 0.12)[0])
    exemplars = Exemplars.of(background, np.arange(len(x)) + 10_000, x, y)
    found = familiarity(exemplars, y - 1, 5)
    assert found is not None
    p, n = len(found.variances), len(x)
    rows = exemplars.reduced[:, :p].astype(float)
    means = np.stack([rows[y == c].mean(0) for c in range(1, 6)])
    residuals = rows - means[y - 1]
    covariance = np.linalg.inv((found.whiten @ found.whiten.T).astype(float))
    kept = _shrunk(residuals)[1]
    for i in range(0, n, 3):
        own = y[i] - 1
        others = (y == y[i]) & (np.arange(n) != i)
        m = means.copy()
        m[own] = rows[others].mean(0)
        gone = each / (each - 1) * np.outer(residuals[i], residuals[i])
        inverse = np.linalg.inv(covariance - kept * gone / (n - 5))
        gaps = rows[i] - m
        distances = np.einsum("cd,de,ce->c", gaps, inverse, gaps)
        expected = distances.min() - (rows[i] ** 2 / found.variances).sum()
        assert found.left_out[i] == pytest.approx(expected, rel=2e-2, abs=0.1)


def test_images_of_no_class_are_unfamiliar() -> None:
    rng = np.random.default_rng(11)
    rows, y = clusters(rng, 6, 80, 60, 0.1)
    some = np.flatnonzero((y < 6) & (np.arange(len(y)) % 2 == 0))
    background = Background.of(rows)
    found = fit(rows[some], y[some], background, ids=some).score(rows)
    others = np.setdiff1d(np.arange(len(y)), some)
    strange, known = others[y[others] == 6], others[y[others] < 6]
    assert np.median(found.familiarity[strange]) < 0.5 < np.median(found.familiarity[known])
    assert measures.auroc(-found.confidence[strange], -found.confidence[known]) > 0.95
    assert np.allclose(found.confidence + found.runner_up_confidence <= found.familiarity + 1e-5, True)


def test_a_catalog_of_known_images_only_is_not_called_unknown() -> None:
    rng = np.random.default_rng(12)
    rows, y = clusters(rng, 5, 80, 60, 0.1)
    some = np.flatnonzero(np.arange(len(y)) % 2 == 0)
    classifier = fit(rows[some], y[some], Background.of(rows), ids=some)
    assert classifier.familiarity is not None and classifier.familiarity.share < 0.03
    others = np.setdiff1d(np.arange(len(y)), some)
    assert classifier.score(rows[others]).familiarity.mean() > 0.95


def test_the_curve_falls_and_knows_both_sides() -> None:
    rng = np.random.default_rng(13)
    a, b = _curve(rng.normal(0, 1, 300), rng.normal(4, 1, 100))
    assert b < 0
    assert abs(a + b * 2) < 0.7, "half way the odds are even, however many there are of each"
    assert _curve(np.array([3.0]), np.array([1.0]))[1] <= 0, "farther is never more familiar"
    assert np.isfinite(_curve(np.zeros(3), np.zeros(3))).all()


def test_confidence_is_calibrated_on_held_out_images() -> None:
    rng = np.random.default_rng(2)
    x, y = clusters(rng, 6, 400, 40, 0.3)
    order = rng.permutation(len(x))
    train, test = order[:300], order[300:]
    found = fit(x[train], y[train]).score(x[test])
    right = found.best == y[test]
    assert 0.5 < right.mean() < 0.98, "the clusters must overlap for this test to mean something"
    bins = np.minimum((found.confidence * 10).astype(int), 9)
    error = sum(
        abs(right[bins == b].mean() - found.confidence[bins == b].mean()) * (bins == b).mean() for b in set(bins)
    )
    assert error < 0.05


def test_one_exemplar_makes_a_class_and_the_rest_of_the_catalog_stands_against_it() -> None:
    rng = np.random.default_rng(3)
    x, y = clusters(rng, 4, 30, 30, 0.02)
    found = fit(x[:1], y[:1], Background.of(x)).score(x)
    assert fit(x[:1], y[:1], Background.of(x)).method == FEW
    assert (found.best[y == 1] == 1).all()
    assert (found.best[y != 1] == OTHER).all()


@pytest.mark.parametrize("each", [1, 2, 3, 10])
def test_few_exemplars_work(each: int) -> None:
    rng = np.random.default_rng(4)
    x, y = clusters(rng, 5, 40, 50, 0.03)
    chosen = np.concatenate([np.flatnonzero(y == c)[:each] for c in range(1, 6)])
    fitted = fit(x[chosen], y[chosen])
    assert fitted.method == (FEW if each < 3 else DEFAULT)
    assert (fitted.score(x).best == y).mean() > 0.98


def test_degenerate_exemplars_do_not_break_it() -> None:
    same = np.ones((12, 20), np.float32)
    y = np.repeat([1, 2], 6)
    for x in (same, np.zeros((12, 20), np.float32), np.concatenate([same[:6], 2 * same[6:]])):
        found = fit(x, y).score(x)
        assert np.isfinite(found.confidence).all()
    with pytest.raises(ValueError, match="no exemplars"):
        fit(np.zeros((0, 4)), np.zeros(0))


def test_order_of_exemplars_does_not_matter() -> None:
    rng = np.random.default_rng(5)
    x, y = clusters(rng, 4, 12, 30, 0.1)
    order = rng.permutation(len(x))
    a, b = fit(x, y), fit(x[order], y[order])
    assert np.abs(a.probabilities(x) - b.probabilities(x)).max() < 1e-3


def test_float16_rows_give_the_same_answers() -> None:
    rng = np.random.default_rng(6)
    x, y = clusters(rng, 5, 40, 60, 0.1)
    fitted = fit(x, y)
    assert (fitted.score(x.astype(np.float16)).best == fitted.score(x).best).mean() > 0.99


def test_transform_is_signed_square_root_and_unit_length() -> None:
    out = transform(np.array([[4.0, -9.0], [0.0, 0.0]], np.float32))
    assert out[0] == pytest.approx(np.array([2, -3]) / np.sqrt(13), rel=1e-6)
    assert (out[1] == 0).all()


def test_rank_and_softmax() -> None:
    p = softmax(np.log(np.array([[0.2, 0.7, 0.1], [0.5, 0.1, 0.4]], np.float32)))
    found = rank(p, np.array([11, 12, 13], np.int32))
    assert found.best.tolist() == [12, 11] and found.runner_up.tolist() == [11, 13]
    assert found.confidence == pytest.approx([0.7, 0.5], abs=1e-6)
    assert found.runner_up_confidence == pytest.approx([0.2, 0.4], abs=1e-6)


def test_temperature_finds_the_one_the_scores_were_made_with() -> None:
    rng = np.random.default_rng(7)
    logits = rng.normal(0, 2, (4000, 5))
    truth = np.array([rng.choice(5, p=p) for p in softmax(logits)])
    assert best_temperature(3 * logits, truth) == pytest.approx(3, rel=0.08)
