"""From exemplars to a classifier: one interface, whatever the method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.classify.background import Background
from attrlens.core.classify.discriminant import discriminant
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import CHUNK, signed_roots
from attrlens.core.classify.methods import DEFAULT, Method
from attrlens.core.classify.nearest import Neighbors, nearest_mean, neighbors
from attrlens.core.classify.scores import OTHER, Scored, best_temperature, rank, softmax
from attrlens.core.classify.unknown import Familiarity, familiarity

Array = np.ndarray[Any, Any]

MIN_PER_CLASS = 3
"""Exemplars a class, on average, that a covariance needs; below, the nearest mean decides (see ARCHITECTURE.md)."""

LONE_TEMPERATURE = 0.008
"""Temperature of the nearest mean where no class has two exemplars to leave one out of (see ARCHITECTURE.md)."""

FEW = Method("mean", "cosine")
"""What decides where there are too few exemplars for the discriminant."""


@dataclass(frozen=True)
class Classifier:
    """A fitted classifier.

    Attributes
    ----------
    method : Method
        What really decides: with very few exemplars the nearest mean stands in for the discriminant.
    classes : ndarray of shape (c,), dtype int32
        Class ids.
    columns : ndarray of shape (d, m), dtype float32
        What the signed square roots of a descriptor are multiplied by.
    bias : ndarray of shape (m,), dtype float32
    unit : bool
        Whether rows are of unit length for that.
    voters : Neighbors or None
        For nearest neighbors: they turn likenesses into scores.
    temperature : float
        Scores are divided by it before the softmax.
    familiarity : Familiarity or None
        None where there are too few exemplars to tell what is unknown.
    left_out : ndarray of shape (n, c)
        Scores of the exemplars, in their order, as if each were none; of the only exemplar of a class nothing.
    y : ndarray of shape (n,), dtype int
        Column of the exemplars' classes.
    shrinkage : float or None
        Ledoit-Wolf's, 0 to 1, of the discriminant.
    """

    method: Method
    classes: Array
    columns: Array
    bias: Array
    unit: bool
    voters: Neighbors | None
    temperature: float
    familiarity: Familiarity | None
    left_out: Array
    y: Array
    shrinkage: float | None = None

    def _pass(self, descriptors: Array) -> tuple[Array, Array]:
        """Scores of shape (n, c), and familiarity of shape (n,), in one pass over the rows."""
        n, m = len(descriptors), self.columns.shape[1]
        strange = self.familiarity
        columns = self.columns if strange is None else np.concatenate([self.columns, strange.axes], axis=1)
        scores = np.empty((n, len(self.classes)), np.float32)
        known = np.ones(n, np.float32)
        buffer = np.empty((CHUNK, descriptors.shape[1]), np.float32)
        for start in range(0, n, CHUNK):
            part = slice(start, start + CHUNK)
            rows = descriptors[part]
            roots = buffer[: len(rows)]
            norm = signed_roots(rows, roots)[:, None]
            raw = roots @ columns
            first = raw[:, :m] / norm if self.unit else raw[:, :m]  # m numbers a row instead of d
            first = first + self.bias
            scores[part] = first if self.voters is None else self.voters.votes(first)
            if strange is not None:
                known[part] = strange.probability(raw[:, m:] / norm - strange.offset)
        return scores, known

    def scores(self, descriptors: Array) -> Array:
        """Scores of each class.

        Parameters
        ----------
        descriptors : ndarray of shape (n, d), dtype float16 or float32

        Returns
        -------
        ndarray of shape (n, c), dtype float32
        """
        return self._pass(descriptors)[0]

    def probabilities(self, descriptors: Array) -> Array:
        """Probability of each class if the image is of one of them, shape (n, c), rows sum to 1."""
        return softmax(self.scores(descriptors) / np.float32(self.temperature))

    def score(self, descriptors: Array) -> Scored:
        """Best class and runner-up of each row, with probabilities."""
        scores, known = self._pass(descriptors)
        return rank(softmax(scores / np.float32(self.temperature)), self.classes, known)


def fit(
    descriptors: Array, labels: Array, background: Background | None = None, method: Method = DEFAULT,
    ids: Array | None = None,
) -> Classifier:  # fmt: skip
    """Fit a classifier to exemplars.

    Parameters
    ----------
    descriptors : ndarray of shape (n, d), dtype float16 or float32
        Of the exemplars.
    labels : ndarray of shape (n,), dtype int
        Class id of each, 1 or more.
    background : Background, optional
        The catalog, labels unused; the exemplars themselves if left out.
    method : Method
    ids : ndarray of shape (n,), dtype int, optional
        The exemplars' ids in the background; row numbers if left out, which is right without a background only.

    Raises
    ------
    ValueError
        Without exemplars.
    """
    if len(descriptors) == 0:
        raise ValueError("no exemplars")
    if background is None:
        background, ids = Background.of(descriptors), None
    numbers = np.arange(len(descriptors)) if ids is None else ids
    return fit_exemplars(Exemplars.of(background, numbers, descriptors, labels), method)


def fit_exemplars(exemplars: Exemplars, method: Method = DEFAULT) -> Classifier:
    """Fit a classifier to exemplars that are kept for the next time.

    A class alone is set against the mean of the catalog as class `OTHER`, or it would claim everything.

    Raises
    ------
    ValueError
        Without exemplars.
    """
    if not len(exemplars):
        raise ValueError("no exemplars")
    classes, y = np.unique(exemplars.labels, return_inverse=True)
    count = len(classes)
    if count == 1:
        return _lone(exemplars, classes)
    enough = len(exemplars) >= MIN_PER_CLASS * count
    used = FEW if method.kind == "discriminant" and not enough else method
    strange = familiarity(exemplars, y, count) if enough else None
    voters: Neighbors | None = None
    shrinkage = None
    floor, unit = 1e-3, True
    if used.kind == "discriminant":
        found = discriminant(exemplars, y, count)
        columns, bias, left_out, shrinkage, floor = found.weights, found.bias, found.left_out, found.shrinkage, 0.5
    elif used.kind == "mean":
        means = nearest_mean(exemplars, y, count, used.metric)
        columns, bias, left_out, unit = means.weights, means.bias, means.left_out, used.metric == "cosine"
    else:
        voters = neighbors(exemplars, y, count, used.metric, used.k)
        columns, bias, left_out, unit = voters.columns, voters.offset, voters.left_out, used.metric == "cosine"
    kept = np.bincount(y)[y] > 1
    temperature = (
        max(best_temperature(left_out[kept], y[kept]), floor) if kept.any() else _lone_temperature(used, exemplars)
    )
    return Classifier(
        used, classes.astype(np.int32), columns, bias, unit, voters, temperature, strange, left_out, y, shrinkage
    )


def _lone_temperature(used: Method, exemplars: Exemplars) -> float:
    """The temperature where no class has two exemplars."""
    if used.kind == "knn":
        return 1.0
    return LONE_TEMPERATURE * (1.0 if used.metric == "cosine" else float((exemplars.norms**2).mean()))


def _lone(exemplars: Exemplars, classes: Array) -> Classifier:
    means = np.stack([exemplars.unit.mean(0), exemplars.background.center])
    bias = -0.5 * (means**2).sum(1)
    nobody = np.zeros((len(exemplars), 2), np.float32)
    return Classifier(
        FEW, np.append(classes, OTHER).astype(np.int32), np.ascontiguousarray(means.T),
        bias.astype(np.float32), True, None, LONE_TEMPERATURE, None, nobody, np.zeros(len(exemplars), np.int64),
    )  # fmt: skip
