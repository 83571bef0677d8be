"""Numbers as colors: one perceptual map, dark to light."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

INFERNO = ((0, 0, 4), (40, 11, 84), (101, 21, 110), (159, 42, 99), (212, 72, 66), (245, 125, 21), (250, 193, 39),
           (252, 255, 164))  # fmt: skip
"""Eight points of matplotlib's inferno (CC0): lightness rises evenly, so it reads in gray and for the color-blind."""


def colored(values: Array) -> Array:
    """A map as colors with alpha: what is weak shows the picture below.

    Parameters
    ----------
    values : ndarray of shape (h, w), dtype float
        From the least to the most of this map.

    Returns
    -------
    ndarray of shape (h, w, 4), dtype uint8
        RGBA.
    """
    low, high = float(values.min()), float(values.max())
    share = np.clip((values - low) / max(high - low, 1e-12), 0, 1)
    points = np.linspace(0, 1, len(INFERNO))
    out = np.empty((*values.shape, 4), np.uint8)
    for channel in range(3):
        out[..., channel] = np.interp(share, points, [color[channel] for color in INFERNO])
    out[..., 3] = 40 + 180 * share
    return out
