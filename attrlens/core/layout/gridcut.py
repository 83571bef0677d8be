"""GridCut: every image gets a cell of a grid of its own, and groups stay in one piece.

Reconstructed from its description, as no public paper or code of a "GridCut" could be found: a two-step method that
gives every item a cell of a grid and keeps the groups of the original space. Three steps here:

1. The cells are cut between the clusters, again and again by the best straight cut (`_cluster_cut`).
2. Within each region, cells and images are halved level by level (`_item_cut`).
3. The last few cells are assigned exactly (`_assign_leaves`).

Kin, with other cuts: DGrid (Hilasaca et al., arXiv 1903.06262), Nmap (Duarte et al. 2014), IsoMatch (Fried et al.
2015).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.token import Token

Array = np.ndarray[Any, Any]

LEAF = 128
"""Cells that are assigned exactly: n^3, 2 ms of them each."""

GUTTER = 1
"""Empty cells between two regions, where there are gutters."""


@dataclass(frozen=True)
class Grid:
    """Cells of images.

    Attributes
    ----------
    rows, columns : int
    cells : ndarray of shape (n, 2), dtype int32
        Row and column of each image, no two the same.
    """

    rows: int
    columns: int
    cells: Array


def shape_for(n: int, aspect: float) -> tuple[int, int]:
    """Rows and columns of the smallest grid of about a view's aspect (width by height) that holds n images."""
    if n <= 0:
        return 0, 0
    columns = min(n, max(1, round((n * aspect) ** 0.5)))
    rows = -(-n // columns)
    return rows, -(-n // rows)  # no column stays empty


def gridcut(
    layout: Array, ids: Array, labels: Array | None = None, *, aspect: float = 1.0,
    gutters: bool = False, token: Token | None = None,
) -> Grid:  # fmt: skip
    """Give every image a cell.

    Parameters
    ----------
    layout : ndarray of shape (n, 2), dtype float
        Where the images lie on the map: x to the right, y down.
    ids : ndarray of shape (n,), dtype int
        Stable numbers of the images, no two the same: they break ties, so that the order of the input changes nothing.
    labels : ndarray of shape (n,), dtype int, optional
        Cluster of each image, found in the space of the descriptors; -1 is noise, which goes with the nearest image
        of a cluster. Left out, all are one group.
    aspect : float
        Width of the view by its height.
    gutters : bool
        Leave empty cells between the groups.
    token : Token, optional

    Returns
    -------
    Grid

    Raises
    ------
    ValueError
        If a position is not finite, or the shapes do not match.
    """
    y = np.asarray(layout, np.float64)
    ids = np.asarray(ids, np.int64)
    n = len(ids)
    if y.shape != (n, 2):
        raise ValueError(f"positions of shape {y.shape} for {n} images")
    if not np.isfinite(y).all():
        raise ValueError("a position is not finite")
    if n == 0:
        return Grid(0, 0, np.zeros((0, 2), np.int32))
    order = np.argsort(ids, kind="stable")  # from here on nothing depends on the order of the input
    y, ids = y[order], ids[order]
    groups = np.zeros(n, np.int64) if labels is None else _without_noise(y, np.asarray(labels, np.int64)[order])
    token = token or Token()
    count = int(groups.max()) + 1
    if gutters and count > 1:
        grid, cells, regions = _with_gutters(y, groups, count, aspect)
    else:
        rows, columns = shape_for(n, aspect)
        grid = (rows, columns)
        cells = np.stack(np.divmod(np.arange(n), columns), 1)  # holes at the end of the last row
        regions = _cluster_cut(y, groups, count, cells)
    token.check()
    item, cell, leaf = _item_cut(y, ids, groups, cells, regions, LEAF)
    token.check()
    item = _assign_leaves(y, cells, item, cell, leaf, token)
    out = np.empty((n, 2), np.int32)
    out[order[item]] = cells[cell]
    return Grid(*grid, out)


def _without_noise(y: Array, labels: Array) -> Array:
    """Groups 0, 1, 2, ...: noise goes with the nearest image that is in a cluster."""
    noise = labels < 0
    if noise.all():
        return np.zeros(len(labels), np.int64)
    if noise.any():
        from scipy.spatial import cKDTree

        labels = labels.copy()
        labels[noise] = labels[~noise][cKDTree(y[~noise]).query(y[noise])[1]]
    return np.asarray(np.unique(labels, return_inverse=True)[1])


# Step 1: regions


def _cluster_cut(y: Array, groups: Array, count: int, cells: Array) -> Array:
    """Region (group) of each cell: as many as the group has images, in one piece.

    A cut is scored by the smaller share of the images, the gap between the two sides, and whether it cuts the longer
    side of the cells' box: cuts that leave a sliver or go through a crowd are bad ones.
    """
    sizes = np.bincount(groups, minlength=count)
    centers = np.stack([np.bincount(groups, y[:, axis], count) / sizes for axis in (0, 1)], 1)
    out = np.empty(len(cells), np.int64)
    waiting = [(np.arange(count), np.arange(len(cells)))]
    while waiting:
        some, inside = waiting.pop()
        if len(some) == 1:
            out[inside] = some[0]
            continue
        left, right, axis = _best_cut(some, centers, sizes, cells[inside])
        # Cells by the axis of the cut, then by the other one: exact counts, staircase borders, one piece each.
        column = cells[inside][:, 1 - axis]  # axis 0 is x, which is the column
        by_axis = inside[np.lexsort((cells[inside][:, axis], column))]
        taken = int(sizes[left].sum())
        waiting += [(right, by_axis[taken:]), (left, by_axis[:taken])]
    return out


def _best_cut(some: Array, centers: Array, sizes: Array, cells: Array) -> tuple[Array, Array, int]:
    """The two sides of the best straight cut between groups, and its axis: 0 for x, 1 for y."""
    extent = np.ptp(cells, axis=0)  # rows, columns
    best: tuple[float, Array, Array, int] | None = None
    for axis in (0, 1):
        order = some[np.lexsort((some, centers[some, 1 - axis], centers[some, axis]))]
        at = centers[order, axis]
        span = max(float(at[-1] - at[0]), 1e-12)
        share = np.cumsum(sizes[order])[:-1] / sizes[order].sum()
        longer = extent[1 - axis] >= extent[axis]
        score = np.sqrt(np.minimum(share, 1 - share)) * (0.25 + np.diff(at) / span) * (1.0 if longer else 0.5)
        i = int(np.argmax(score))
        if best is None or score[i] > best[0] + 1e-12:
            best = (float(score[i]), order[: i + 1], order[i + 1 :], axis)
    assert best is not None
    return best[1:]


def _with_gutters(y: Array, groups: Array, count: int, aspect: float) -> tuple[tuple[int, int], Array, Array]:
    """Grid, cells and their regions, with room between regions.

    Groups are cut in a plane of numbers instead of cells: every group gets a rectangle of the room it needs, rounded up
    to whole cells when its place is known.
    """
    sizes = np.bincount(groups, minlength=count)
    centers = np.stack([np.bincount(groups, y[:, axis], count) / sizes for axis in (0, 1)], 1)
    tree = _cut_tree(np.arange(count), centers, sizes, aspect)
    boxes: dict[int, tuple[int, int, int]] = {}
    height, width = _place(tree, sizes, 0, 0, boxes)
    cells, regions = [], []
    for group, (top, left, columns) in sorted(boxes.items()):
        n = int(sizes[group])
        at = np.stack(np.divmod(np.arange(n), columns), 1) + np.array([top, left])
        cells.append(at)
        regions.append(np.full(n, group))
    return (height, width), np.concatenate(cells), np.concatenate(regions)


@dataclass(frozen=True)
class _Node:
    """A rectangle of groups: one group with its columns, or two parts side by side (axis 0) or one below the other."""

    group: int = -1
    columns: int = 1
    axis: int = 0
    parts: tuple[_Node, ...] = ()


def _cut_tree(some: Array, centers: Array, sizes: Array, aspect: float) -> _Node:
    total = int(sizes[some].sum())
    if len(some) == 1:
        return _Node(int(some[0]), columns=shape_for(total, aspect)[1])
    rows, columns = shape_for(total, aspect)
    left, right, axis = _best_cut(some, centers, sizes, np.array([(0, 0), (rows - 1, columns - 1)]))
    share = int(sizes[left].sum()) / total
    aspects = (aspect * share, aspect * (1 - share)) if axis == 0 else (aspect / share, aspect / (1 - share))
    return _Node(
        axis=axis,
        parts=tuple(_cut_tree(part, centers, sizes, one) for part, one in zip((left, right), aspects, strict=True)),
    )


def _place(node: _Node, sizes: Array, top: int, left: int, boxes: dict[int, tuple[int, int, int]]) -> tuple[int, int]:
    """Put a rectangle's groups into `boxes` (top, left, columns); its height and width in cells."""
    if not node.parts:
        rows = -(-int(sizes[node.group]) // node.columns)
        boxes[node.group] = (top, left, node.columns)
        return rows, node.columns
    first, second = node.parts
    height, width = _place(first, sizes, top, left, boxes)
    if node.axis == 0:
        h, w = _place(second, sizes, top, left + width + GUTTER, boxes)
        return max(height, h), width + GUTTER + w
    h, w = _place(second, sizes, top + height + GUTTER, left, boxes)
    return height + GUTTER + h, max(width, w)


# Steps 2 and 3: images to cells


def _item_cut(
    y: Array, ids: Array, groups: Array, cells: Array, regions: Array, leaf: int
) -> tuple[Array, Array, Array]:
    """Halve cells and images together, all segments of a level at once, until a segment has at most `leaf` cells.

    Returns
    -------
    item, cell : ndarray of shape (n,), dtype int64
        Images and cells in an order in which those at the same place belong together.
    segment : ndarray of shape (n,), dtype int64
        Ascending: the segment of each place.
    """
    n = len(y)
    item = np.lexsort((ids, groups))
    cell = np.lexsort((cells[:, 1], cells[:, 0], regions))
    segment = groups[item]
    while True:
        starts = np.flatnonzero(np.r_[True, segment[1:] != segment[:-1]])
        lengths = np.diff(np.r_[starts, n])
        if lengths.max() <= leaf:
            return item, cell, np.repeat(np.arange(len(starts)), lengths)
        number = np.repeat(np.arange(len(starts)), lengths)
        at = cells[cell]
        low = np.minimum.reduceat(at, starts)
        high = np.maximum.reduceat(at, starts)
        tall = (high - low)[:, 0] > (high - low)[:, 1]  # taller than wide: cut rows
        by_row = tall[number]
        first = np.where(by_row, at[:, 0], at[:, 1])
        second = np.where(by_row, at[:, 1], at[:, 0])
        cell = cell[np.lexsort((second, first, number))]
        point = y[item]
        first = np.where(by_row, point[:, 1], point[:, 0])
        second = np.where(by_row, point[:, 0], point[:, 1])
        item = item[np.lexsort((ids[item], second, first, number))]
        # Cut at the middle of the box, not of the count: whole rows and columns stay together.
        coordinate = np.where(by_row, cells[cell, 0], cells[cell, 1])
        middle = np.where(tall, (low + high)[:, 0], (low + high)[:, 1])[number]
        right = 2 * coordinate > middle
        # A box of one cell's width has nothing on the other side; a leaf stays as it is.
        segment = 2 * number + np.where(lengths[number] > leaf, right, 0)


def _assign_leaves(y: Array, cells: Array, item: Array, cell: Array, leaf: Array, token: Token) -> Array:
    """The images in the order of their cells, each leaf assigned by least squared distance to its cells' places."""
    from scipy.optimize import linear_sum_assignment

    out = item.copy()
    starts = np.flatnonzero(np.r_[True, leaf[1:] != leaf[:-1]])
    for number, (start, end) in enumerate(zip(starts, np.r_[starts[1:], len(item)], strict=True)):
        if number % 64 == 0:
            token.check()
        if end - start < 2:
            continue
        points = _scaled(y[item[start:end]])
        places = cells[cell[start:end]][:, ::-1].astype(np.float64)
        box = np.ptp(places, axis=0) + 1
        places = (places - places.min(0) + 0.5) / box
        # In cells: a leaf that is wide has its images spread as widely.
        difference = (points[None] - places[:, None]) * box
        _, chosen = linear_sum_assignment(np.einsum("cpa,cpa->cp", difference, difference))
        out[start:end] = item[start:end][chosen]
    return out


def _scaled(points: Array) -> Array:
    """Positions in their own box, 0 to 1; where all are the same, the middle."""
    low, span = points.min(0), np.ptp(points, axis=0)
    return np.asarray(np.where(span > 0, (points - low) / np.where(span > 0, span, 1), 0.5))
