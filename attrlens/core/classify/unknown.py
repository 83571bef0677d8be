"""Is an image of any of the classes at all?

**Relative Mahalanobis distance** (Ren et al. 2021, "A simple fix to Mahalanobis distance for improving near-OOD
detection"): the squared distance to the nearest class mean under the classes' common covariance, minus the squared
distance to the center of the whole catalog under its own. Both in the strongest principal axes of the catalog, labels
unused: there the covariances of a few hundred exemplars are well known, and what makes one catalog differ from another
is kept. What was tried and how it fared: RECIPES.md.

The distance becomes a probability in two steps, both from the exemplars and the unlabeled catalog alone:

1. Known: each exemplar's distance as if it were none. Unknown: each exemplar's distance to the *other* classes, as if
   its own were not there. A logistic curve tells the two apart (Platt 1999).
2. How much of this catalog is unknown: expectation maximization over the images that are no exemplars (Saerens et al.
   2002, "Adjusting the outputs of a classifier to new a priori probabilities").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from attrlens.core.classify.discriminant import shrink
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.nearest import class_means

Array = np.ndarray[Any, Any]

FEWEST_AXES = 32
"""Axes used for up to 16 classes; two a class beyond."""

FLATTEN = 0.05
"""Of the catalog's variance along each axis this share is their mean: weak axes count less."""

SURPRISE = 0.05
"""Share of images on either side that no distance foretells: exemplars are tidier than what they stand for."""

LEAST, MOST = 0.005, 0.1
"""Bounds of the share of the catalog that is taken for unknown. Images in another style than the exemplars look unknown
by the thousand, and a curator who has to confirm every third good image turns the warning off."""


@dataclass(frozen=True)
class Familiarity:
    """How far an image may be from the classes and still be of one.

    Attributes
    ----------
    axes : ndarray of shape (d, p), dtype float32
        For rows of unit length.
    offset : ndarray of shape (p,), dtype float32
        The catalog's center along the axes, to be taken off.
    whiten : ndarray of shape (p, p), dtype float32
        Makes the classes' common covariance the identity.
    means : ndarray of shape (c, p), dtype float32
        Class means, whitened.
    variances : ndarray of shape (p,), dtype float32
        Of the catalog along the axes.
    curve : (float, float)
        Logarithm of the odds that a distance is of a known image: ``curve[0] + curve[1] * distance``.
    share : float
        Estimated share of the catalog that is of no class, `LEAST` to `MOST`.
    left_out : ndarray of shape (n,)
        Relative distance of each exemplar as if it were none.
    """

    axes: Array
    offset: Array
    whiten: Array
    means: Array
    variances: Array
    curve: tuple[float, float]
    share: float
    left_out: Array

    def to_json(self) -> dict[str, Any]:
        """What can be told of it in a few numbers, for the record."""
        return {"axes": len(self.offset), "curve": [round(v, 5) for v in self.curve], "share": round(self.share, 4)}

    def distance(self, reduced: Array) -> Array:
        """Relative distance of rows along the axes, shape (n,): the larger, the stranger."""
        return self.relative(self.distances(reduced), reduced)

    def relative(self, distances: Array, reduced: Array) -> Array:
        """Distance to the nearest class minus the distance to the catalog's center, shape (n,)."""
        return np.asarray(distances.min(1) - (reduced**2 / self.variances).sum(1))

    def distances(self, reduced: Array) -> Array:
        """Squared distance to each class mean, shape (n, c)."""
        x = reduced @ self.whiten
        out = x @ self.means.T
        out *= -2
        out += np.einsum("ij,ij->i", x, x)[:, None]
        out += np.einsum("ij,ij->i", self.means, self.means)
        return np.asarray(np.maximum(out, 0))

    def probability(self, reduced: Array) -> Array:
        """Probability that each image is of one of the classes, shape (n,)."""
        return _posterior(self.log_odds(self.distance(reduced)), self.share)

    def log_odds(self, distance: Array) -> Array:
        """Logarithm of the odds that images at these distances are known, were as many known as unknown."""
        odds = np.exp(np.clip(self.curve[0] + self.curve[1] * distance, -30, 30))
        return np.asarray(np.log((odds + SURPRISE) / (1 + SURPRISE * odds)))


def _posterior(log_odds: Array, share: float) -> Array:
    return np.asarray(1 / (1 + share / (1 - share) * np.exp(-log_odds)))


def familiarity(exemplars: Exemplars, y: Array, count: int) -> Familiarity | None:
    """Fit.

    Parameters
    ----------
    exemplars : Exemplars
    y : ndarray of shape (n,), dtype int
        Column of each exemplar's class, all of 0 to count - 1 present.
    count : int
        Classes, 2 or more.

    Returns
    -------
    Familiarity or None
        None where there is too little to tell by: exemplars or catalog vary in fewer than two directions.
    """
    background = exemplars.background
    p = min(len(background.variances), max(FEWEST_AXES, 2 * count))
    n = len(exemplars)
    if p < 2 or n <= count:
        return None
    rows = exemplars.reduced[:, :p]
    means, sizes = class_means(rows, y, count)
    residuals = rows - means[y]
    covariance, kept = _shrunk(residuals)
    covariance *= n / (n - count)
    variances = (1 - FLATTEN) * background.variances[:p] + FLATTEN * float(background.variances[:p].mean())
    whiten = np.linalg.cholesky(np.linalg.inv(covariance)).astype(np.float32)
    fitted = Familiarity(
        np.ascontiguousarray(background.axes[:, :p]), background.center @ background.axes[:, :p], whiten,
        means @ whiten, variances.astype(np.float32), (0.0, 0.0), LEAST, np.zeros(0),
    )  # fmt: skip
    k = kept * sizes[y] / np.maximum(sizes[y] - 1, 1) / (n - count)
    known, unknown = _left_out(fitted, residuals, rows, y, sizes, k)
    fitted = replace(fitted, curve=_curve(known, unknown), left_out=known)
    others = background.reduced[~np.isin(background.ids, exemplars.ids), :p]
    return replace(fitted, share=_share(fitted.log_odds(fitted.distance(others))))


def _shrunk(residuals: Array) -> tuple[Array, float]:
    """Shrunk covariance, float64; and how much of the plain one is in it."""
    x = residuals.astype(np.float64)
    scatter = x.T @ x
    shrinkage, ridge, scale = shrink((x**2).sum(1), float((scatter**2).sum()), x.shape[1])
    return scale * scatter + ridge * np.eye(x.shape[1]), 1 - shrinkage


def _left_out(
    fitted: Familiarity, residuals: Array, rows: Array, y: Array, sizes: Array, k: Array
) -> tuple[Array, Array]:
    """Relative distance of each exemplar as if it were none, and as if its class were not there.

    Sherman and Morrison: one image less changes the covariance by rank one, and the mean of its class.

    Parameters
    ----------
    fitted : Familiarity
    residuals, rows : ndarray of shape (n, p)
        Exemplars minus their class means, and as they are.
    y : ndarray of shape (n,), dtype int
    sizes : ndarray of shape (c,)
    k : ndarray of shape (n,)
        What taking an exemplar out takes from the covariance is this times the product of its residual with itself.
    """
    at = np.arange(len(rows))
    distances = fitted.distances(rows)
    factor = sizes[y] / np.maximum(sizes[y] - 1, 1)
    white, along = residuals @ fitted.whiten, rows @ fitted.whiten
    own = np.einsum("ij,ij->i", white, white)
    lift = k / np.maximum(1 - k * own, 1e-3)
    # r' S^-1 (x - m) of each exemplar and each class mean m
    distances += lift[:, None] * (np.einsum("ij,ij->i", white, along)[:, None] - white @ fitted.means.T) ** 2
    distances[at, y] = np.where(sizes[y] > 1, factor**2 * (own + lift * own**2), np.inf)
    known = fitted.relative(distances, rows)
    distances[at, y] = np.inf
    return known, fitted.relative(distances, rows)


def _curve(known: Array, unknown: Array) -> tuple[float, float]:
    """Logistic regression of one number by Newton's steps; both sides weigh the same."""
    x = np.concatenate([known, unknown]).astype(np.float64)
    truth = np.concatenate([np.ones(len(known)), np.zeros(len(unknown))])
    weight = np.concatenate([np.full(len(known), 0.5 / len(known)), np.full(len(unknown), 0.5 / len(unknown))])
    center, spread = float(x.mean()), float(x.std()) + 1e-9
    z = (x - center) / spread
    penalty = 1e-3  # two sides that are fully apart would make the curve a step
    a, b = 0.0, -1.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(a + b * z, -30, 30)))
        slope = weight * p * (1 - p)
        gradient = np.array([(weight * (truth - p)).sum(), (weight * (truth - p) * z).sum() - penalty * b])
        hessian = np.array(
            [[slope.sum() + 1e-9, (slope * z).sum()], [(slope * z).sum(), (slope * z * z).sum() + penalty]]
        )
        step = np.linalg.solve(hessian, gradient)
        step = np.clip(step, -5, 5)
        a, b = a + float(step[0]), min(b + float(step[1]), 0.0)  # farther is never more familiar
        if np.abs(step).max() < 1e-6:
            break
    return a - b * center / spread, b / spread


def _share(log_odds: Array) -> float:
    """Share of images that are of no class, by expectation maximization from log odds of being known."""
    share = MOST
    for _ in range(30):
        strange = 1 - _posterior(log_odds, share)
        # One imagined image more, a twentieth of it unknown: an empty catalog says little.
        share = float(np.clip((strange.sum() + 0.05) / (len(strange) + 1), LEAST, MOST))
    return share
