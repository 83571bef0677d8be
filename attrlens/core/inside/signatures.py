"""Class signatures: what each class's images excite on average, and which channels tell classes apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.inside.survey import Survey

Array = np.ndarray[Any, Any]

HIGH = 2.0
"""Standard deviations over a class's other channels from which a channel is a peak of its signature."""


@dataclass(frozen=True)
class Signatures:
    """Of the classes of one attribute in one layer.

    Attributes
    ----------
    layer : str
    classes : tuple of int
        Ids, of those with images in the survey.
    counts : tuple of int
        Images of each.
    means : ndarray of shape (classes, channels), dtype float32
        Mean descriptor of each class: the signature.
    effect : ndarray of shape (classes, channels), dtype float32
        How far the class is above all others, in standard deviations within classes (Cohen's d).
    told_apart : ndarray of shape (channels,), dtype float32
        Share of a channel's variance that is between classes, 0 to 1 (eta squared).
    everywhere : ndarray of shape (channels,), dtype bool
        High in every class: the channel says "garment", not which (the thesis's 1731 of block 5).
    """

    layer: str
    classes: tuple[int, ...]
    counts: tuple[int, ...]
    means: Array
    effect: Array
    told_apart: Array
    everywhere: Array

    def peaks(self, index: int, count: int = 5) -> list[int]:
        """Channels in which a class's signature is highest, those that are high in every class left out."""
        z = _standardized(self.means)[index]
        order = np.argsort(-np.where(self.everywhere, -np.inf, z), kind="stable")[:count]
        return [int(c) for c in order if z[c] > 0]

    def best(self, index: int, count: int = 10) -> list[int]:
        """The channels that tell a class from all others best, best first."""
        return [int(c) for c in np.argsort(-self.effect[index], kind="stable")[:count]]


def signatures(found: Survey, labels: Mapping[int, int]) -> Signatures | None:
    """Find them.

    Parameters
    ----------
    found : Survey
    labels : mapping of slot to class id

    Returns
    -------
    Signatures or None
        None where fewer than two classes have two images.
    """
    y = np.array([labels.get(int(slot), 0) for slot in found.slots])
    counts = {int(c): int((y == c).sum()) for c in np.unique(y) if c}
    classes = tuple(c for c, n in counts.items() if n >= 2)
    if len(classes) < 2:
        return None
    x = found.means.astype(np.float64)
    within = np.zeros(x.shape[1])
    means, used = [], np.isin(y, classes)
    for c in classes:
        rows = x[y == c]
        means.append(rows.mean(0))
        within += ((rows - means[-1]) ** 2).sum(0)
    stacked = np.stack(means)
    n = int(used.sum())
    spread = np.sqrt(within / max(n - len(classes), 1))
    sizes = np.array([counts[c] for c in classes])
    total = stacked * sizes[:, None]
    others = (total.sum(0) - total) / (n - sizes)[:, None]
    # A channel that hardly moves at all must not win by its rounding noise.
    effect = (stacked - others) / (spread + 1e-3 * float(spread.mean()) + 1e-9)
    whole = ((x[used] - x[used].mean(0)) ** 2).sum(0)
    told_apart = np.where(whole > 1e-12, 1 - within / np.maximum(whole, 1e-12), 0.0)
    everywhere = np.asarray((_standardized(stacked) >= HIGH).all(0))
    return Signatures(
        found.layer, classes, tuple(int(s) for s in sizes), stacked.astype(np.float32), effect.astype(np.float32),
        told_apart.astype(np.float32), everywhere,
    )  # fmt: skip


def _standardized(means: Array) -> Array:
    """Each signature's channels, in standard deviations over the channels."""
    return np.asarray((means - means.mean(1, keepdims=True)) / np.maximum(means.std(1, keepdims=True), 1e-12))
