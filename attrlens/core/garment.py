"""Which pixels of a photo are the garment: an estimate without a network, used to weight the pooling."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

EVERYWHERE, BACKDROP = 0.02, 0.25
"""What every pixel counts, and what one at the center counts though it looks like backdrop; one that does not counts 1
more. So a white shirt on white is not lost to the face above it. Chosen by cross-validation, see RECIPES.md."""

SPREAD = 0.9
"""How the center falls off: exp(-(x^2 + y^2) / SPREAD), x and y from -1 to 1."""

QUIET, RAMP = 15.0, 30.0
"""Sum of the channels' distances to the backdrop's color up to which a pixel is backdrop (beyond the backdrop's own
spread), and over which it turns into garment. 8-bit units."""


def garment_weight(pixels: Array) -> Array:
    """Weight of each pixel.

    The backdrop's color is the median of a thin strip along the top and the sides (a garment often leaves by the
    bottom). A pixel counts the more, the further it is from that color and the nearer to the center.

    Parameters
    ----------
    pixels : ndarray of shape (h, w, 3), dtype uint8

    Returns
    -------
    ndarray of shape (h, w), dtype uint8
        255 stands for the largest weight there is.
    """
    height, width = pixels.shape[:2]
    strip = max(2, min(height, width) // 40)
    edge = np.concatenate([part.reshape(-1, 3) for part in (pixels[:strip], pixels[:, :strip], pixels[:, -strip:])])
    edge = np.ascontiguousarray(edge.T)  # a channel a row from here on: several times faster than one a column
    backdrop = [int(_median(channel)) for channel in edge]
    spread = _median(_distance(edge, backdrop))
    # Every second pixel of every second row is enough: no pooled layer is finer, and it is a quarter of the time.
    coarse = np.ascontiguousarray(np.moveaxis(pixels[::2, ::2], 2, 0))
    ramp = np.clip((_DISTANCES - spread - QUIET) / RAMP, 0, 1).astype(np.float32) + np.float32(BACKDROP)
    weight = EVERYWHERE + _nearness(*coarse.shape[1:]) * ramp[_distance(coarse, backdrop)]
    small = (weight * (255 / (EVERYWHERE + BACKDROP + 1)) + 0.5).astype(np.uint8)
    return np.asarray(small.repeat(2, 1).repeat(2, 0)[:height, :width])


_DISTANCES = np.arange(766)


@functools.lru_cache(maxsize=64)
def _nearness(height: int, width: int) -> Array:
    """How near to the center each pixel is, 0 to 1, float32; photos of a catalog share few shapes."""
    y, x = (np.linspace(-1, 1, n, dtype=np.float32) for n in (height, width))
    return np.asarray(np.exp(-(y**2) / SPREAD)[:, None] * np.exp(-(x**2) / SPREAD)[None])


def _median(values: Array) -> float:
    """As `numpy.median`, which spends more time on its options than on so few numbers."""
    middle = len(values) // 2
    if len(values) % 2:
        return float(np.partition(values, middle)[middle])
    low, high = np.partition(values, (middle - 1, middle))[middle - 1 : middle + 1]
    return (float(low) + float(high)) / 2


def _distance(channels: Array, color: Sequence[int]) -> Array:
    """Sum over the channels of the distance to a color, in 8-bit units; uint16. Channels first."""
    out = np.zeros(channels.shape[1:], np.uint16)
    for channel, value in zip(channels, color, strict=True):
        out += np.maximum(channel, value) - np.minimum(channel, value)
    return out
