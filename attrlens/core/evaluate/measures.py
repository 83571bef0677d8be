"""Measures on labels, scores and distances: plain numbers, each with its source where it has one."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

Z95 = 1.959964
"""Two-sided 95 % quantile of the normal distribution."""


def wilson(right: float, n: float) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927): honest near 0 and 1, where the normal one is not.

    Parameters
    ----------
    right, n : float
        Successes and trials; n = 0 gives (0, 1).
    """
    if n <= 0:
        return 0.0, 1.0
    p, z2 = right / n, Z95**2
    center = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * ((p * (1 - p) + z2 / (4 * n)) / n) ** 0.5 / (1 + z2 / n)
    return max(0.0, center - half), min(1.0, center + half)


def confusion(truth: Array, said: Array, count: int) -> Array:
    """Counts of shape (count, count + 1): row the label, column the decision, the last column unknown (`said` = -1)."""
    out = np.zeros((count, count + 1), np.int64)
    np.add.at(out, (truth, np.where(said < 0, count, said)), 1)
    return out


def f1_interval(truth: Array, said: Array, groups: Array, count: int, draws: int = 1000) -> Array:
    """95 % intervals of F1 per class by bootstrap over groups: images of one group are not independent.

    Returns
    -------
    ndarray of shape (count, 2), dtype float64
        Not a number where drawing again tells nothing: a class of fewer than 5 groups, or one that is all right.
    """
    _, group = np.unique(groups, return_inverse=True)
    n = int(group.max()) + 1
    parts = np.zeros((n, 3, count))
    known = said >= 0
    hits = truth == said
    for row, (at, which) in enumerate(((group[hits], truth[hits]), (group, truth), (group[known], said[known]))):
        np.add.at(parts[:, row], (at, which), 1)  # true positives, labeled so, decided so
    weights = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=draws)
    hit, labeled, decided = np.moveaxis((weights @ parts.reshape(n, -1)).reshape(draws, 3, count), 1, 0)
    f1 = np.where(labeled > 0, 2 * hit / np.maximum(labeled + decided, 1), np.nan)
    found = np.full((count, 2), np.nan)
    for c in range(count):
        drawn = f1[:, c][np.isfinite(f1[:, c])]
        if (parts[:, 1, c] > 0).sum() >= 5 and len(drawn) and np.ptp(drawn) > 0:
            found[c] = np.quantile(drawn, [0.025, 0.975])
    return found


def calibration(confidence: Array, right: Array, bins: int = 10) -> tuple[float, list[dict[str, float]]]:
    """Expected calibration error (Naeini et al. 2015) and the bins it comes from.

    Parameters
    ----------
    confidence : ndarray of shape (n,)
        0 to 1.
    right : ndarray of shape (n,), dtype bool
    bins : int
        Of equal width.

    Returns
    -------
    float
        Mean distance of confidence and share right, weighted by the images in each bin.
    list of dict
        ``low, high, images, confidence, right`` of the bins that are not empty.
    """
    place = np.clip((confidence * bins).astype(int), 0, bins - 1)
    error, out = 0.0, []
    for i in range(bins):
        inside = place == i
        n = int(inside.sum())
        if not n:
            continue
        claimed, true = float(confidence[inside].mean()), float(right[inside].mean())
        error += abs(claimed - true) * n / len(confidence)
        out.append({"low": i / bins, "high": (i + 1) / bins, "images": n, "confidence": claimed, "right": true})
    return error, out


def auroc(positive: Array, negative: Array) -> float:
    """Probability that a positive's score is above a negative's, ties half (Mann-Whitney); nan without either."""
    if not len(positive) or not len(negative):
        return float("nan")
    both = np.sort(np.asarray(negative))
    below = np.searchsorted(both, positive, "left") + np.searchsorted(both, positive, "right")
    return float(below.sum() / (2 * len(positive) * len(negative)))


def squared_distances(a: Array, b: Array) -> Array:
    """Squared Euclidean distances of shape (len(a), len(b)), dtype float32."""
    out = a @ b.T
    out *= -2
    out += np.einsum("ij,ij->i", a, a)[:, None]
    out += np.einsum("ij,ij->i", b, b)[None]
    return np.asarray(np.maximum(out, 0, out=out))


def nearest(distances: Array, k: int) -> tuple[Array, Array]:
    """The k smallest of each row, ascending: their columns and values, of shape (n, k)."""
    k = min(k, distances.shape[1])
    found = np.argpartition(distances, k - 1, axis=1)[:, :k]
    values = np.take_along_axis(distances, found, 1)
    order = np.argsort(values, axis=1, kind="stable")
    return np.take_along_axis(found, order, 1), np.take_along_axis(values, order, 1)


def overlap(a: Array, b: Array, bins: int = 50) -> tuple[float, list[float], list[float], list[float]]:
    """Histograms of two samples on one axis, and the area they share.

    Returns
    -------
    float
        0 (apart) to 1 (the same).
    edges, first, second : list of float
        Bin edges, and shares of each sample that sum to 1.
    """
    edges = np.linspace(0, max(float(a.max()), float(b.max()), 1e-12), bins + 1)
    first = np.histogram(a, edges)[0] / len(a)
    second = np.histogram(b, edges)[0] / len(b)
    return float(np.minimum(first, second).sum()), edges.tolist(), first.tolist(), second.tolist()
