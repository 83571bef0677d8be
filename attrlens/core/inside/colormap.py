"""Numbers as colors: perceptual maps, dark to light."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import numpy as np

from attrlens.words import Words, words

Array = np.ndarray[Any, Any]

MapName = Literal["inferno", "viridis", "cividis", "gray", "signed"]

MAPS: dict[MapName, tuple[tuple[int, int, int], ...]] = {
    "inferno": ((0, 0, 4), (40, 11, 84), (101, 21, 110), (159, 42, 99), (212, 72, 66), (245, 125, 21), (250, 193, 39),
                (252, 255, 164)),
    "viridis": ((68, 1, 84), (70, 50, 127), (54, 92, 141), (39, 127, 142), (31, 161, 135), (74, 194, 109),
                (159, 218, 58), (253, 231, 37)),
    "cividis": ((0, 34, 78), (34, 57, 110), (77, 82, 109), (104, 107, 113), (131, 132, 121), (164, 156, 115),
                (200, 182, 98), (254, 232, 56)),
    "gray": ((0, 0, 0), (255, 255, 255)),
    "signed": ((33, 102, 172), (103, 169, 207), (209, 229, 240), (247, 247, 247), (253, 219, 199), (239, 138, 98),
               (178, 24, 43)),
}  # fmt: skip
"""Points of matplotlib's inferno, viridis and cividis (CC0): lightness rises evenly, so that they read in gray and for
the color-blind. ``signed`` is ColorBrewer's RdBu turned around (Apache-2.0): blue below zero, red above."""

TITLES: dict[MapName, Words] = {
    "inferno": words("Inferno"),
    "viridis": words("Viridis"),
    "cividis": words("Cividis"),
    "gray": words("Gray"),
}
"""Those a person chooses from."""

INFERNO = MAPS["inferno"]


def colored(
    values: Array, name: MapName = "inferno", low: float | None = None, high: float | None = None, gamma: float = 1.0
) -> Array:
    """A map as colors with alpha: what is weak shows the picture below.

    Parameters
    ----------
    values : ndarray of shape (h, w), dtype float
    name : str
        A key of `MAPS`. With ``signed`` zero is in the middle, and clear.
    low, high : float, optional
        Ends of the scale; the least and the most of this map where left out.
    gamma : float
        Exponent of the share of the scale: above 1 only what is strong stands out.

    Returns
    -------
    ndarray of shape (h, w, 4), dtype uint8
        RGBA.
    """
    low = float(values.min()) if low is None else low
    high = float(values.max()) if high is None else high
    if name == "signed":
        most = max(abs(low), abs(high), 1e-12)
        strength = np.minimum(np.abs(values) / most, 1) ** gamma
        share = 0.5 + 0.5 * np.sign(values) * strength
    else:
        share = strength = np.clip((values - low) / max(high - low, 1e-12), 0, 1) ** gamma
    out = np.empty((*values.shape, 4), np.uint8)
    out[..., :3] = _table(name)[np.round(share * 255).astype(np.uint8)]
    out[..., 3] = (0 if name == "signed" else 40) + 180 * strength
    return out


@cache
def _table(name: MapName) -> Array:
    points = np.array(MAPS[name], float)
    ends = np.linspace(0, 1, len(points))
    return np.stack([np.interp(np.linspace(0, 1, 256), ends, points[:, c]) for c in range(3)], -1).astype(np.uint8)
