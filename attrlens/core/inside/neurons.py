"""What each channel of a layer is selective for: color, and a class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.colors import oklab
from attrlens.core.inside.survey import TOP, Survey, ranking, strongest

Array = np.ndarray[Any, Any]

COVERED = 0.9
"""Share of the activation that a channel's classes have to account for. The paper has all of it; then one stray image
among a hundred makes another class."""

SELECTIVE = 0.25
"""Color selectivity from which a channel is called selective for color: a quarter of its answer is gone with the
color."""


@dataclass(frozen=True)
class Neurons:
    """One number a channel, each of shape (channels,).

    Attributes
    ----------
    mean, peak : ndarray, dtype float32
        Mean over all images, and the largest activation.
    color : ndarray, dtype float32
        Color selectivity index, 0 to 1: the share of the activation that is lost when the picture loses its color,
        over the N images that excite the channel most, each at the unit that was excited:
        1 - sum of w' / sum of w (Rafegas et al. 2019, section 3).
    chroma : ndarray, dtype float32
        Mean OKLab chroma of the Neuron Feature, 0 (gray) to about 0.3.
    hue : ndarray, dtype float32
        Of the Neuron Feature's mean color, degrees.
    classes : ndarray, dtype float32
        Class selectivity index, 0 to 1: (K - M) / (K - 1), where M is how many classes it takes to account for
        `COVERED` of the activation of the N labeled images that excite the channel most, K how many there are (ibid.,
        with K in place of N: with ten classes N would put every channel near 1). NaN without labels.
    best : ndarray, dtype int32
        The class with the largest part of that activation; 0 without labels.
    share : ndarray, dtype float32
        That part, 0 to 1.
    """

    mean: Array
    peak: Array
    color: Array
    chroma: Array
    hue: Array
    classes: Array
    best: Array
    share: Array

    @property
    def alive(self) -> Array:
        """Channels that answer to any image."""
        return np.asarray(self.peak > 0)

    def color_share(self) -> float:
        """Share of the channels that answer at all that are selective for color."""
        return float((self.color[self.alive] >= SELECTIVE).mean()) if self.alive.any() else 0.0


def neurons(found: Survey, labels: Mapping[int, int]) -> Neurons:
    """Index the channels.

    Parameters
    ----------
    found : Survey
    labels : mapping of slot to class id
        Of one attribute; may be empty.
    """
    n, width = found.peaks.shape
    count = min(TOP, max(10, n // 10), n)
    top = strongest(ranking(found.peaks, found.means), count)
    w = np.maximum(np.take_along_axis(found.peaks, top, 0), 0).astype(np.float64)
    gray = np.minimum(np.maximum(np.take_along_axis(found.gray, top, 0), 0), w)
    total = w.sum(0)
    color = np.where(total > 0, 1 - gray.sum(0) / np.maximum(total, 1e-12), 0.0)
    flat = found.features.reshape(width, -1, 3).astype(np.int64)
    _, a, b = oklab((flat[..., 0] << 16) | (flat[..., 1] << 8) | flat[..., 2])
    index, best, share = _class_selectivity(found, labels)
    return Neurons(
        found.means.mean(0), found.peaks.max(0), color.astype(np.float32),
        np.hypot(a, b).mean(1).astype(np.float32),
        (np.degrees(np.arctan2(b.mean(1), a.mean(1))) % 360).astype(np.float32), index, best, share,
    )  # fmt: skip


def _class_selectivity(found: Survey, labels: Mapping[int, int]) -> tuple[Array, Array, Array]:
    width = found.peaks.shape[1]
    y = np.array([labels.get(int(slot), 0) for slot in found.slots])
    known = [int(c) for c in np.unique(y) if c]
    if len(known) < 2:
        return np.full(width, np.nan, np.float32), np.zeros(width, np.int32), np.zeros(width, np.float32)
    rows = np.flatnonzero(y)
    # As many as a class has on average: one class could account for all of them.
    count = max(1, min(TOP, len(rows) // len(known)))
    peaks = np.maximum(found.peaks[rows], 0).astype(np.float64)
    top = strongest(ranking(peaks, found.means[rows]), count)
    w, of = np.take_along_axis(peaks, top, 0), y[rows][top]
    parts = np.stack([(w * (of == c)).sum(0) for c in known])
    parts /= np.maximum(parts.sum(0), 1e-12)
    order = np.sort(parts, axis=0)[::-1]
    needed = (order.cumsum(0) < COVERED - 1e-9).sum(0) + 1
    index = np.clip((len(known) - needed) / (len(known) - 1), 0, 1)
    first = parts.argmax(0)
    answers = w.sum(0) > 0
    return (
        np.where(answers, index, 0.0).astype(np.float32), np.where(answers, np.array(known)[first], 0).astype(np.int32),
        np.where(answers, parts.max(0), 0.0).astype(np.float32),
    )  # fmt: skip
