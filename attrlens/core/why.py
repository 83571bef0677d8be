"""Why an image is suggested to be of a class: its nearest exemplars, the runner-up, the channels that decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import signed_roots
from attrlens.core.classify.fit import Classifier
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.recipes import Recipe

Array = np.ndarray[Any, Any]

NEAREST = 4
CHANNELS = 6


@dataclass(frozen=True)
class Near:
    """An exemplar near an image.

    Attributes
    ----------
    slot, class_id : int
    distance : float
        1 minus the cosine of the transformed descriptors: 0 the same, 1 nothing in common. Where the Euclidean distance
        decides, that.
    """

    slot: int
    class_id: int
    distance: float


@dataclass(frozen=True)
class Share:
    """A channel's share of a decision.

    Attributes
    ----------
    layer : str
    channel : int
    value : float
        Its part of the margin of the best class over the runner-up; negative where it spoke for the runner-up.
    """

    layer: str
    channel: int
    value: float


@dataclass(frozen=True)
class Why:
    """What an image's suggestion rests on.

    Attributes
    ----------
    attribute, slot : int
    best, runner_up : int
        Class ids; 0 stands for the rest of the catalog, where there is one class only.
    recipe : Recipe
    margin : float
        What all channels' parts add up to: the score of the best class minus the runner-up's. For neighbors, whose
        scores are votes: half the difference of the squared distances to the nearest exemplar of each.
    total : float
        Sum of the sizes of all parts.
    nearest : tuple of Near
        Nearest first; the image itself is left out.
    channels : tuple of Share
        Those that mattered most, for and against, largest first.
    """

    attribute: int
    slot: int
    best: int
    runner_up: int
    recipe: Recipe
    margin: float
    total: float
    nearest: tuple[Near, ...]
    channels: tuple[Share, ...]


def why(catalog: Catalog, request: ClassifyRequest, slot: int, fits: Fits) -> Why | None:
    """Look into the decision on one image.

    Returns
    -------
    Why or None
        None where the image or every exemplar lacks a descriptor.
    """
    key = request.attribute.recipe
    fitted = fits.fit(catalog, request)
    if fitted is None or slot not in catalog.described(key):
        return None
    exemplars, classifier = fitted.exemplars, fitted.classifier
    row = np.array(catalog.descriptors(key)[slot : slot + 1])
    roots = np.empty(row.shape, np.float32)
    norm = signed_roots(row, roots)
    unit = roots[0] / norm[0]
    distance = 1 - exemplars.unit @ unit if classifier.unit else np.linalg.norm(exemplars.roots - roots[0], axis=1)
    itself = exemplars.ids == slot
    order = np.argsort(np.where(itself, np.inf, distance), kind="stable")[:NEAREST]
    nearest = tuple(
        Near(int(exemplars.ids[i]), int(exemplars.labels[i]), max(0.0, float(distance[i])))
        for i in order
        if not itself[i]
    )
    scores = classifier.scores(row)[0]
    first, second = (int(i) for i in np.argsort(-scores, kind="stable")[:2])
    values = parts(classifier, exemplars, roots[0], float(norm[0]), first, second, itself)
    recipe = catalog.recipe(key)
    return Why(
        request.attribute.id, slot, int(classifier.classes[first]), int(classifier.classes[second]), recipe,
        float(values.sum()), float(np.abs(values).sum()), nearest, _strongest(recipe.channels(), values),
    )  # fmt: skip


def parts(
    classifier: Classifier, exemplars: Exemplars, roots: Array, norm: float, first: int, second: int, itself: Array
) -> Array:
    """Each number's part of the margin of one class over another; they add up to the difference of scores.

    For neighbors: to half the difference of squared distances to the nearest exemplar of each.

    Parameters
    ----------
    classifier : Classifier
    exemplars : Exemplars
    roots : ndarray of shape (d,)
        Of the image.
    norm : float
        Its length.
    first, second : int
        Columns of the classes.
    itself : ndarray of shape (n,), dtype bool
        The exemplar that is the image.

    Returns
    -------
    ndarray of shape (d,), dtype float64
        Zeros for a neighbor's decision whose class has no other exemplar.
    """
    x = (roots / norm if classifier.unit else roots).astype(np.float64)
    direction, middle = direction_of(classifier, exemplars, x, first, second, itself)
    return np.asarray((x - middle) * direction)


def direction_of(
    classifier: Classifier, exemplars: Exemplars, x: Array, first: int, second: int, itself: Array
) -> tuple[Array, Array]:
    """What speaks for one class against another, and from where it is measured: see `parts`.

    Parameters
    ----------
    x : ndarray of shape (d,), dtype float64
        Signed square roots of the image's descriptor, of unit length where the classifier wants it so.

    Returns
    -------
    direction, middle : ndarray of shape (d,), dtype float64
        ``(x - middle) * direction`` are the parts.
    """
    rows = exemplars.unit if classifier.unit else exemplars.roots
    if classifier.voters is not None:
        near = [rows[(classifier.y == c) & ~itself] for c in (first, second)]
        if not all(len(some) for some in near):
            return np.zeros_like(x), np.zeros_like(x)
        # Half the difference of two squared distances is linear in x.
        one, other = (some[((some - x) ** 2).sum(1).argmin()].astype(np.float64) for some in near)
        return one - other, (one + other) / 2
    direction = (classifier.columns[:, first] - classifier.columns[:, second]).astype(np.float64)
    if not classifier.bias.any():
        return direction, np.zeros_like(x)  # the cosine has no middle to be measured from
    return direction, _middle(classifier, exemplars, rows, first, second)


def _middle(classifier: Classifier, exemplars: Exemplars, rows: Array, first: int, second: int) -> Array:
    """The point half way between two classes: there the score is the same for both."""

    def mean(column: int) -> Array:
        if classifier.classes[column] == 0:
            return exemplars.background.center
        return np.asarray(rows[exemplars.labels == classifier.classes[column]].mean(0))

    return np.asarray((mean(first).astype(np.float64) + mean(second)) / 2)


def _strongest(names: list[tuple[str, int]], values: Array) -> tuple[Share, ...]:
    """The channels with the largest parts; mean and deviation of a channel count together."""
    sums: dict[tuple[str, int], float] = {}
    for name, value in zip(names, values.tolist(), strict=True):
        sums[name] = sums.get(name, 0.0) + value
    most = sorted(sums, key=lambda name: -abs(sums[name]))[:CHANNELS]
    return tuple(Share(layer, channel, sums[layer, channel]) for layer, channel in most)
