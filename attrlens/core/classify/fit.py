"""Fit a classifier to exemplars, in closed form.

**Shrinkage discriminant**: nearest class mean under the pooled within-class covariance, with the shrinkage of Ledoit
and Wolf (2004, "A well-conditioned estimator for large-dimensional covariance matrices") on transformed, standardized
descriptors. With fewer exemplars n than dimensions d everything is computed from the n x n products between exemplars
(Woodbury's identity), so that a class of 80 costs milliseconds.

The temperature comes from **leave-one-out** distances, in closed form too (Sherman and Morrison): taking exemplar i out
of class c changes the covariance by rank one and only the mean of class c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.classify.features import transform
from attrlens.core.classify.linear import OTHER, LinearClassifier, best_temperature

Array = np.ndarray[Any, Any]

MIN_PER_CLASS = 3
"""Exemplars a class, on average, that the discriminant needs; below, the nearest mean decides (see ARCHITECTURE.md)."""

LONE_TEMPERATURE = 0.008
"""Temperature of the nearest mean where no class has two exemplars to leave one out of (see ARCHITECTURE.md)."""


def fit(descriptors: Array, labels: Array, background: Array | None = None) -> LinearClassifier:
    """Fit the product's classifier.

    Parameters
    ----------
    descriptors : ndarray of shape (n, d), dtype float16 or float32
        Of the exemplars.
    labels : ndarray of shape (n,), dtype int
        Class id of each, 1 or more.
    background : ndarray of shape (m, d), optional
        Descriptors of any images of the catalog. Needed when there is one class only: their mean then stands against
        it as class `OTHER`, because one class alone could claim everything.

    Returns
    -------
    LinearClassifier

    Raises
    ------
    ValueError
        Without exemplars.
    """
    if len(descriptors) == 0:
        raise ValueError("no exemplars")
    x = transform(np.asarray(descriptors))
    classes, y = np.unique(np.asarray(labels, np.int32), return_inverse=True)
    if len(classes) > 1 and len(x) >= MIN_PER_CLASS * len(classes):
        return _discriminant(x, y, classes)
    return _nearest_mean(x, y, classes, background)


def _means(x: Array, y: Array, count: int) -> tuple[Array, Array]:
    sizes = np.bincount(y, minlength=count).astype(np.float32)
    one_hot = np.zeros((count, len(x)), np.float32)
    one_hot[y, np.arange(len(x))] = 1
    return (one_hot @ x) / sizes[:, None], sizes


def _nearest_mean(x: Array, y: Array, classes: Array, background: Array | None) -> LinearClassifier:
    """Score x . m - |m|^2 / 2, which orders classes as the Euclidean distance to their means does."""
    means, sizes = _means(x, y, len(classes))
    temperature = LONE_TEMPERATURE
    if len(classes) == 1:
        other = (
            transform(np.asarray(background)).mean(0) if background is not None and len(background) else 0 * means[0]
        )
        means = np.concatenate([means, other[None]])
        classes = np.append(classes, OTHER).astype(np.int32)
    elif (sizes > 1).any():
        kept = sizes[y] > 1
        n = sizes[y][kept, None]
        own = (means[y[kept]] * n - x[kept]) / (n - 1)
        scores = x[kept] @ means.T - 0.5 * (means**2).sum(1)
        rows = np.arange(len(scores))
        scores[rows, y[kept]] = (x[kept] * own).sum(1) - 0.5 * (own**2).sum(1)
        temperature = max(best_temperature(scores, y[kept]), 1e-3)
    bias = -0.5 * (means**2).sum(1)
    return LinearClassifier("nearest mean", classes, np.ascontiguousarray(means.T), bias, temperature)


@dataclass(frozen=True)
class _Precision:
    """The inverse of the shrunk covariance, applied in whichever space is smaller."""

    shrinkage: float
    solved_means: Array  # (d, c): inverse covariance times the class means
    own: Array  # (n,): r' inverse r of each residual


def _precision(residuals: Array, means: Array) -> _Precision:
    n, d = residuals.shape
    dual = n < d
    products = residuals @ residuals.T if dual else residuals.T @ residuals
    squares = np.einsum("ij,ij->i", residuals, residuals).astype(np.float64)
    mu = float(squares.sum()) / (n * d)
    delta_ = float(np.einsum("ij,ij->", products, products, dtype=np.float64)) / n**2
    beta = (float((squares**2).sum()) / n - delta_) / (n * d)
    delta = (delta_ - d * mu**2) / d
    shrinkage = 1.0 if delta <= 0 else float(np.clip(min(beta, delta) / delta, 1e-3, 1.0))
    ridge, scale = shrinkage * mu, (1 - shrinkage) / n
    if ridge <= 0:  # all exemplars of each class are the same picture
        ridge = 1e-6
    if not dual:
        covariance = scale * products
        covariance[np.diag_indices(d)] += ridge
        root = _inverse_root(covariance)
        white = residuals @ root.T
        return _Precision(shrinkage, root.T @ (root @ means.T), np.einsum("ij,ij->i", white, white))
    if scale == 0:
        return _Precision(shrinkage, means.T / ridge, (squares / ridge).astype(np.float32))
    c = np.float32(ridge / scale)
    products[np.diag_indices(n)] += c
    root = _inverse_root(products)
    solved = (means.T - residuals.T @ (root.T @ (root @ (residuals @ means.T)))) / np.float32(ridge)
    own = (1 - c * np.einsum("ij,ij->j", root, root)) / np.float32(scale)
    return _Precision(shrinkage, solved, own)


def _inverse_root(matrix: Array) -> Array:
    """The lower triangle T with T' T = inverse of a positive definite matrix.

    Cholesky and a blocked triangular inverse: a third of the time of a plain inverse, nearly all of it in products.
    """
    try:
        lower = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:  # float32 was too coarse
        lower = np.linalg.cholesky(matrix.astype(np.float64))
    return _inverse_of_lower(lower)


def _inverse_of_lower(lower: Array) -> Array:
    n = len(lower)
    if n <= 96:
        return np.asarray(np.linalg.inv(lower))
    half = n // 2
    out = np.zeros_like(lower)
    out[:half, :half] = first = _inverse_of_lower(lower[:half, :half])
    out[half:, half:] = second = _inverse_of_lower(lower[half:, half:])
    out[half:, :half] = -second @ (lower[half:, :half] @ first)
    return out


def _discriminant(x: Array, y: Array, classes: Array) -> LinearClassifier:
    center = x.mean(0)
    spread = x.std(0)
    # A channel that is constant over the exemplars says nothing about them: do not blow up its rounding noise.
    spread = np.maximum(spread, 1e-3 * float(spread.mean()) + 1e-9)
    z = (x - center) / spread
    means, sizes = _means(z, y, len(classes))
    residuals = z - means[y]
    precision = _precision(residuals, means)
    inner = means @ precision.solved_means
    weights = precision.solved_means / spread[:, None]
    bias = -0.5 * np.diag(inner) - center @ weights
    temperature = _leave_one_out_temperature(residuals, y, sizes, inner, precision)
    return LinearClassifier(
        "discriminant",
        classes,
        np.ascontiguousarray(weights, np.float32),
        bias.astype(np.float32),
        temperature,
        precision.shrinkage,
    )


def _leave_one_out_temperature(residuals: Array, y: Array, sizes: Array, inner: Array, p: _Precision) -> float:
    scores, kept = leave_one_out(residuals, y, sizes, inner, p)
    if not kept.any():
        return 1.0
    return max(best_temperature(scores[kept], y[kept]), 0.5)


def leave_one_out(residuals: Array, y: Array, sizes: Array, inner: Array, precision: _Precision) -> tuple[Array, Array]:
    """Scores (minus half the squared distance) each exemplar would get, were it not an exemplar.

    Parameters
    ----------
    residuals : ndarray of shape (n, d)
        Exemplars minus their class means.
    y : ndarray of shape (n,), dtype int
    sizes : ndarray of shape (c,)
        Exemplars of each class.
    inner : ndarray of shape (c, c)
        Class means times the inverse covariance times class means.
    precision : _Precision

    Returns
    -------
    scores : ndarray of shape (n, c)
    kept : ndarray of shape (n,), dtype bool
        False for the only exemplar of a class: without it the class is gone.
    """
    n = len(y)
    rows = np.arange(n)
    kept = sizes[y] > 1
    size = np.maximum(sizes[y], 2)
    factor = size / (size - 1)
    to_means = residuals @ precision.solved_means
    own = precision.own
    gap = to_means[rows, y][:, None] - to_means
    distance = own[:, None] + 2 * gap + (np.diag(inner)[y][:, None] - 2 * inner[y] + np.diag(inner)[None])
    along = own[:, None] + gap
    k = (1 - precision.shrinkage) / n * factor
    denominator = np.maximum(1 - k * own, 1e-3)
    lift = (k / denominator)[:, None]
    distance += lift * along**2
    distance[rows, y] = factor**2 * (own + (k / denominator) * own**2)
    return -0.5 * distance, kept
