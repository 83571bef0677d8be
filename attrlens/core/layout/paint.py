"""Paint points and choose landmarks: arrays in, arrays out, the same for the window and for exports."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@cache
def _disk(radius: float) -> tuple[tuple[int, int, float], ...]:
    """Pixels of a disk about the middle of a pixel: row, column, and how much of the pixel is covered."""
    reach = int(radius + 1)
    steps = range(-reach, reach + 1)
    found = [(dy, dx, min(1.0, max(0.0, radius + 0.5 - (dy * dy + dx * dx) ** 0.5))) for dy in steps for dx in steps]
    return tuple(one for one in found if one[2] > 0.05)


def draw_points(image: Array, xy: Array, colors: Array, radius: float) -> None:
    """Draw disks with smooth edges onto an image, later ones over earlier ones.

    Parameters
    ----------
    image : ndarray of shape (height, width), dtype uint32
        0xAARRGGBB, opaque; drawn on in place.
    xy : ndarray of shape (n, 2), dtype float
        Centers in pixels: x to the right, y down.
    colors : ndarray of shape (n,), dtype uint32
    radius : float
        In pixels.
    """
    height, width = image.shape
    reach = int(radius + 1)
    at = np.floor(xy).astype(np.int32)
    inside = (at >= -reach).all(1) & (at[:, 0] < width + reach) & (at[:, 1] < height + reach)
    at, colors = at[inside], np.ascontiguousarray(colors[inside], np.uint32)
    if not len(at):
        return
    flat = image.reshape(-1)
    x, y = at[:, 0], at[:, 1]
    middle = not ((x < reach) | (y < reach) | (x >= width - reach) | (y >= height - reach)).any()
    place = y * width + x
    for dy, dx, covered in _disk(radius):
        if middle:
            where, color = place + (dy * width + dx), colors
        else:
            u, v = x + dx, y + dy
            there = (u >= 0) & (v >= 0) & (u < width) & (v < height)
            where, color = v[there] * width + u[there], colors[there]
        flat[where] = color if covered >= 1 else _mixed(flat[where], color, covered)


def _mixed(below: Array, above: Array, share: float) -> Array:
    """Two colors mixed: red and blue in one product, green in another."""
    weight = np.uint32(round(255 * share))
    rest = np.uint32(255) - weight
    red_blue, green = np.uint32(0x00FF00FF), np.uint32(0x0000FF00)
    eight = np.uint32(8)
    first = ((above & red_blue) * weight + (below & red_blue) * rest) >> eight
    second = (((above & green) >> eight) * weight + ((below & green) >> eight) * rest) & green
    return np.asarray(np.uint32(0xFF000000) | (first & red_blue) | second, np.uint32)


def argb(color: str) -> int:
    """``#rrggbb`` as 0xffrrggbb."""
    return 0xFF000000 | int(color.lstrip("#")[:6], 16)


def faded(colors: Array, background: int, share: float) -> Array:
    """Colors drawn toward a background: what is filtered out stays to be seen, faintly."""
    return _mixed(np.full(len(colors), background, np.uint32), np.asarray(colors, np.uint32), share)


def rgb(image: Array) -> Array:
    """An image of 0xAARRGGBB as an array of shape (height, width, 3), dtype uint8."""
    return np.stack([(image >> np.uint32(shift)) & np.uint32(255) for shift in (16, 8, 0)], 2).astype(np.uint8)


def landmarks(xy: Array, size: float, first: Iterable[int] = (), most: int = 2000) -> list[int]:
    """Images whose pictures can be shown without one touching another.

    Those earlier in the order are preferred; the dense and the sparse parts of a map get as many as there is room.

    Parameters
    ----------
    xy : ndarray of shape (n, 2), dtype float
        Middles of the pictures, in pixels.
    size : float
        Side of a picture with its margin, in pixels.
    first : iterable of int
        Indices that come before all others: those shown already, so that nothing flickers.
    most : int

    Returns
    -------
    list of int
        Indices, at most `most`.
    """
    if not len(xy):
        return []
    # One candidate a half cell: of two images nearly at one place only the first matters.
    half = np.floor(xy / (size / 2)).astype(np.int64)
    key = half[:, 0] * 4_000_003 + half[:, 1]
    _, candidates = np.unique(key, return_index=True)
    order = np.array([*first, *np.sort(candidates).tolist()], np.int64)
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    out: list[int] = []
    chosen = set()
    for index, (x, y) in zip(order.tolist(), xy[order].tolist(), strict=True):
        if index in chosen:
            continue
        column, row = int(x // size), int(y // size)
        free = True
        for c in (column - 1, column, column + 1):
            for r in (row - 1, row, row + 1):
                for u, v in taken.get((c, r), ()):
                    if abs(u - x) < size and abs(v - y) < size:
                        free = False
        if free:
            taken.setdefault((column, row), []).append((x, y))
            chosen.add(index)
            out.append(index)
            if len(out) >= most:
                break
    return out


def spread_order(n: int) -> Array:
    """A fixed order that visits all parts of a catalog early; the same every time."""
    return np.random.default_rng(0).permutation(n)


def inside_polygon(xy: Array, polygon: Array) -> Array:
    """Which points are inside a closed polygon (even-odd rule).

    Parameters
    ----------
    xy : ndarray of shape (n, 2), dtype float
    polygon : ndarray of shape (m, 2), dtype float
        Its corners; fewer than 3 enclose nothing.

    Returns
    -------
    ndarray of shape (n,), dtype bool
    """
    out = np.zeros(len(xy), bool)
    if len(polygon) < 3 or not len(xy):
        return out
    low, high = polygon.min(0), polygon.max(0)
    near = np.flatnonzero(((xy >= low) & (xy <= high)).all(1))
    x, y = xy[near, 0], xy[near, 1]
    odd = np.zeros(len(near), bool)
    for (x1, y1), (x2, y2) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y1 == y2:
            continue
        crosses = (y1 > y) != (y2 > y)
        odd ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    out[near] = odd
    return out
