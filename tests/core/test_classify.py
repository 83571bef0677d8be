"""The closed forms are what they claim: against scikit-learn, against plain refits, on made-up clusters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from attrlens.core.classify import fit as module
from attrlens.core.classify.features import transform
from attrlens.core.classify.fit import fit
from attrlens.core.classify.linear import OTHER, best_temperature, rank, softmax

Array = np.ndarray[Any, Any]


def clusters(rng: np.random.Generator, classes: int, each: int, width: int, noise: float) -> tuple[Array, Array]:
    centers = rng.gamma(2.0, 0.1, (classes, width))
    y = np.repeat(np.arange(1, classes + 1), each)
    return np.abs(centers[y - 1] + rng.normal(0, noise, (len(y), width))).astype(np.float32), y


def reference(x: Array, y: Array, queries: Array) -> tuple[Array, float]:
    """Nearest class mean under scikit-learn's Ledoit-Wolf covariance, in float64, the long way."""
    from sklearn.covariance import ledoit_wolf

    x, queries = transform(x).astype(float), transform(queries).astype(float)
    center, spread = x.mean(0), x.std(0)
    x, queries = (x - center) / spread, (queries - center) / spread
    classes = np.unique(y)
    means = np.stack([x[y == c].mean(0) for c in classes])
    covariance, shrinkage = ledoit_wolf(x - means[np.searchsorted(classes, y)], assume_centered=True)
    inverse = np.linalg.inv(covariance)
    gaps = queries[:, None] - means[None]
    return np.einsum("qcd,de,qce->qc", gaps, inverse, gaps), float(shrinkage)


@pytest.mark.parametrize(("each", "width"), [(40, 24), (6, 90)], ids=["more images than channels", "fewer"])
def test_discriminant_is_the_mahalanobis_distance_to_class_means(each: int, width: int) -> None:
    rng = np.random.default_rng(0)
    x, y = clusters(rng, 5, each, width, 0.08)
    queries = clusters(rng, 5, 8, width, 0.1)[0]
    fitted = fit(x, y)
    distance, shrinkage = reference(x, y, queries)
    assert fitted.method == "discriminant"
    assert fitted.shrinkage == pytest.approx(shrinkage, rel=1e-3)
    scores = fitted.scores(queries)
    ours = scores - scores[:, :1]
    theirs = -0.5 * (distance - distance[:, :1])
    assert np.abs(ours - theirs).max() / np.abs(theirs).max() < 2e-3


@pytest.mark.parametrize(("each", "width"), [(20, 16), (5, 60)], ids=["more images than channels", "fewer"])
def test_leave_one_out_distances_equal_refits(each: int, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The closed form against leaving each exemplar out for real, with the same shrinkage and scaling."""
    rng = np.random.default_rng(1)
    x, y = clusters(rng, 4, each, width, 0.1)
    caught: dict[str, Any] = {}
    real = module.leave_one_out

    def spy(residuals: Array, labels: Array, sizes: Array, inner: Array, p: Any) -> Any:
        caught.update(residuals=residuals, p=p, result=real(residuals, labels, sizes, inner, p))
        return caught["result"]

    monkeypatch.setattr(module, "leave_one_out", spy)
    fit(x, y)
    z = transform(x).astype(float)
    z = (z - z.mean(0)) / z.std(0)
    n = len(z)
    classes, labels = np.unique(y, return_inverse=True)
    means = np.stack([z[labels == c].mean(0) for c in range(len(classes))])
    residuals = z - means[labels]
    a = caught["p"].shrinkage
    ridge = a * (residuals**2).sum() / residuals.size
    for i in range(0, n, 7):
        rest = np.arange(n) != i
        m = means.copy()
        m[labels[i]] = z[rest & (labels == labels[i])].mean(0)
        r = z[rest] - m[labels[rest]]
        # Removing one image is a rank-one change of the scatter; the divisor and the ridge stay, as documented.
        covariance = (1 - a) / n * r.T @ r + ridge * np.eye(width)
        gap = z[i] - m
        expected = -0.5 * np.einsum("cd,de,ce->c", gap, np.linalg.inv(covariance), gap)
        assert caught["result"][0][i] == pytest.approx(expected, rel=5e-3, abs=1e-2)


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
    found = fit(x[:1], y[:1], background=x).score(x)
    assert fit(x[:1], y[:1], background=x).method == "nearest mean"
    assert (found.best[y == 1] == 1).all()
    assert (found.best[y != 1] == OTHER).all()


@pytest.mark.parametrize("each", [1, 2, 3, 10])
def test_few_exemplars_work(each: int) -> None:
    rng = np.random.default_rng(4)
    x, y = clusters(rng, 5, 40, 50, 0.03)
    chosen = np.concatenate([np.flatnonzero(y == c)[:each] for c in range(1, 6)])
    fitted = fit(x[chosen], y[chosen])
    assert fitted.method == ("nearest mean" if each < 3 else "discriminant")
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
