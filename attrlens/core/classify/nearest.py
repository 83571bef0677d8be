"""The thesis's methods: nearest class mean, and majority of the k nearest exemplars.

On signed square roots of the descriptors. Euclidean takes them as they are, cosine at unit length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import unit
from attrlens.core.classify.methods import Metric

Array = np.ndarray[Any, Any]


def class_means(rows: Array, y: Array, count: int) -> tuple[Array, Array]:
    """Mean of each class, (count, d), and its size, (count,)."""
    sizes = np.bincount(y, minlength=count).astype(np.float32)
    one_hot = np.zeros((count, len(rows)), np.float32)
    one_hot[y, np.arange(len(rows))] = 1
    return (one_hot @ rows) / sizes[:, None], sizes


@dataclass(frozen=True)
class NearestMean:
    """Fitted class means: the nearest one has the largest score.

    Attributes
    ----------
    weights : ndarray of shape (d, c), dtype float32
    bias : ndarray of shape (c,), dtype float32
    left_out : ndarray of shape (n, c)
        Scores each exemplar would get, were it not an exemplar.
    """

    weights: Array
    bias: Array
    left_out: Array


def nearest_mean(exemplars: Exemplars, y: Array, count: int, metric: Metric) -> NearestMean:
    """Fit.

    Parameters
    ----------
    exemplars : Exemplars
    y : ndarray of shape (n,), dtype int
        Column of each exemplar's class, all of 0 to count - 1 present.
    count : int
    metric : {'euclidean', 'cosine'}
        Scores are ``x . m - |m|^2 / 2``, which orders classes as the Euclidean distance does, or the cosine.
    """
    rows = exemplars.unit if metric == "cosine" else exemplars.roots
    means, sizes = class_means(rows, y, count)
    n = np.maximum(sizes[y], 2)[:, None]
    own = (means[y] * sizes[y][:, None] - rows) / (n - 1)
    if metric == "cosine":
        means, own = unit(means), unit(own)
        bias, own_bias = np.zeros(count, np.float32), np.zeros(len(rows), np.float32)
    else:
        bias, own_bias = -0.5 * (means**2).sum(1), -0.5 * (own**2).sum(1)
    left_out = rows @ means.T + bias
    left_out[np.arange(len(rows)), y] = np.einsum("ij,ij->i", rows, own) + own_bias
    return NearestMean(np.ascontiguousarray(means.T), bias.astype(np.float32), left_out)


def votes(neighbors: Array, count: int) -> Array:
    """Votes of each row's neighbors, shape (n, count); a tie goes to the class met first.

    Parameters
    ----------
    neighbors : ndarray of shape (n, k), dtype int
        Classes, nearest first.
    count : int
        Number of classes.
    """
    n, k = neighbors.shape
    out = np.zeros((n, count), np.float64)
    rows = np.arange(n)
    for j in range(k):
        # The earlier, the more: the sum of these extras stays below half a vote.
        out[rows, neighbors[:, j]] += 1 + 0.5 ** (j + 3)
    return out


@dataclass(frozen=True)
class Neighbors:
    """Exemplars that vote.

    Attributes
    ----------
    columns : ndarray of shape (d, n), dtype float32
        What images are multiplied by.
    offset : ndarray of shape (n,), dtype float32
        Added to make a likeness of the product: the larger, the nearer.
    y : ndarray of shape (n,), dtype int
    count : int
        Classes.
    k : int
    left_out : ndarray of shape (n, count)
        Votes each exemplar would get, were it not an exemplar.
    """

    columns: Array
    offset: Array
    y: Array
    count: int
    k: int
    left_out: Array

    def votes(self, likeness: Array) -> Array:
        """Votes by likeness of shape (n, exemplars)."""
        return _votes(likeness, self.y, self.count, self.k)


def _votes(likeness: Array, y: Array, count: int, k: int) -> Array:
    k = min(k, likeness.shape[1])
    near = np.argpartition(-likeness, k - 1, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(likeness, near, 1), axis=1, kind="stable")
    out = votes(y[np.take_along_axis(near, order, 1)], count)
    # Classes without a vote are ordered by their nearest exemplar: a runner-up means something. Far below any vote.
    closest = np.stack([likeness[:, y == c].max(1) for c in range(count)], axis=1)
    closest -= closest.max(1, keepdims=True)
    return np.asarray(out + 1e-3 / (1 - np.maximum(closest, -1e6)))


def neighbors(exemplars: Exemplars, y: Array, count: int, metric: Metric, k: int) -> Neighbors:
    """Fit: nothing but the votes of exemplars on each other, for the confidence.

    Parameters
    ----------
    exemplars : Exemplars
    y : ndarray of shape (n,), dtype int
    count : int
    metric : {'euclidean', 'cosine'}
    k : int
    """
    rows = exemplars.unit if metric == "cosine" else exemplars.roots
    offset = np.zeros(len(rows), np.float32) if metric == "cosine" else -0.5 * exemplars.norms**2
    likeness = rows @ rows.T + offset
    np.fill_diagonal(likeness, -np.inf)
    left_out = _votes(likeness, y, count, min(k, max(1, len(y) - 1)))
    return Neighbors(np.ascontiguousarray(rows.T), offset, y, count, k, left_out)
