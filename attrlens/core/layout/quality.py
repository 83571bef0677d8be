"""How well a map or a grid shows what is alike: measures on a sample, each with its source.

All compare who is near whom. 1 is perfect, and chance is said where it is not 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from attrlens.core.layout.graph import CHUNK, neighbor_graph

Array = np.ndarray[Any, Any]
Numbers = dict[str, float]

NEAREST = 15
MOST = 10_000
"""Images that are compared: of more, so many drawn by lot, all measured among themselves."""
SAMPLE = 1000
"""Of those, images whose neighbors are looked at."""
PAIRS = 20_000
DPQ_CELLS = 4096
"""Distance preservation quality compares all pairs: up to so many cells."""
DPQ_P = 16


def compare(space: Array, layout: Array, seed: int = 0) -> Numbers:
    """How well places keep the neighbors of the descriptors.

    Parameters
    ----------
    space : ndarray of shape (n, p)
        Descriptors.
    layout : ndarray of shape (n, 2)
        Places on the map, or cells.
    seed : int
        Of the sample.

    Returns
    -------
    dict of str to float
        ``neighbors_kept``: share of the 15 nearest that are among the 15 nearest (chance 15 / n).
        ``trustworthiness``, ``continuity``: 1 less what intrudes, and what is torn away, by rank (Venna and Kaski
        2001).
        ``distance_correlation``: Spearman's, of the distances of pairs.
        Nothing for fewer than 4 images.
    """
    n = len(space)
    if n < 4:
        return {}
    k = max(1, min(NEAREST, (n - 1) // 2))
    random = np.random.default_rng(seed)
    some = np.sort(random.choice(n, min(n, SAMPLE), replace=False))
    kept = intruding = torn = 0.0
    for start in range(0, len(some), CHUNK):
        part = some[start : start + CHUNK]
        above, below = _ranks(space, part), _ranks(np.asarray(layout, np.float32), part)
        near_above, near_below = above <= k, below <= k
        kept += (near_above & near_below).sum() / k
        intruding += np.where(near_below & ~near_above, above - k, 0).sum()
        torn += np.where(near_above & ~near_below, below - k, 0).sum()
    norm = 2 / (len(some) * k * (2 * n - 3 * k - 1))
    first, second = random.integers(0, n, (2, PAIRS))
    there = first != second
    apart = [np.linalg.norm(x[first[there]] - x[second[there]], axis=1) for x in (space, np.asarray(layout, float))]
    out = {
        "neighbors_kept": float(kept / len(some)),
        "trustworthiness": float(1 - norm * intruding),
        "continuity": float(1 - norm * torn),
    }
    if all(np.ptp(one) > 0 for one in apart):  # where all are equally far there is no order to compare
        out["distance_correlation"] = float(np.corrcoef(_average_ranks(apart[0]), _average_ranks(apart[1]))[0, 1])
    return out


def _ranks(x: Array, some: Array) -> Array:
    """Rank of every row by its distance to some of them, 1 the nearest other; the row itself gets n."""
    x = np.asarray(x, np.float32)
    squared = -2 * x[some] @ x.T
    squared += np.einsum("ij,ij->i", x, x)[None]
    squared[np.arange(len(some)), some] = np.inf
    order = np.argsort(squared, axis=1, kind="stable")
    out = np.empty(order.shape, np.int32)
    np.put_along_axis(out, order, np.broadcast_to(np.arange(1, len(x) + 1, dtype=np.int32), order.shape), 1)
    return out


def _average_ranks(values: Array) -> Array:
    """Ranks with ties at their mean, as Spearman's correlation has them."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[place])


def contiguity(cells: Array, labels: Array) -> float:
    """Share of images that are in the largest connected piece (by edges) of their group; noise (-1) left out.

    Parameters
    ----------
    cells : ndarray of shape (n, 2), dtype int
        Row and column.
    labels : ndarray of shape (n,), dtype int
    """
    from scipy.ndimage import find_objects, label

    inside = labels >= 0
    if not inside.any():
        return 1.0
    grid = np.zeros(cells.max(0) + 1, np.int64)
    grid[cells[inside, 0], cells[inside, 1]] = labels[inside] + 1
    largest = 0
    for number, box in enumerate(find_objects(grid), 1):
        if box is not None:
            pieces, _ = label(grid[box] == number)
            largest += int(np.bincount(pieces.ravel())[1:].max())
    return largest / int(inside.sum())


def purity(layout: Array, classes: Array, k: int = 10) -> float | None:
    """Share of an image's 10 nearest on the picture that are of its class, among those with one; chance is the class's
    share.

    Parameters
    ----------
    layout : ndarray of shape (n, 2)
    classes : ndarray of shape (n,), dtype int
        0 for none.

    Returns
    -------
    float or None
        None with fewer than 2 images of a class.
    """
    there = np.flatnonzero(classes > 0)
    if len(there) < 2:
        return None
    near = neighbor_graph(np.asarray(layout)[there], k + 1)[0][:, 1:]
    return float((classes[there][near] == classes[there][:, None]).mean())


def dpq(space: Array, cells: Array, p: int = DPQ_P) -> float | None:
    """Distance preservation quality of a grid (Barthel et al. 2023, "Improved Evaluation and Generation of Grid
    Layouts using Distance Preservation Quality and Linear Assignment Sorting").

    For every size of neighborhood, how near the images there are to the one in the middle, between what the best
    neighbors would be (1) and what any would be (0); small neighborhoods weigh most by the p-norm.

    Returns
    -------
    float or None
        None for more than `DPQ_CELLS` images, or fewer than 3.
    """
    n = len(space)
    if n > DPQ_CELLS or n < 3:
        return None
    x = np.asarray(space, np.float32)
    squares = np.einsum("ij,ij->i", x, x)
    on_grid = np.asarray(cells, np.float32)
    best, there = np.zeros(n - 1), np.zeros(n - 1)
    for start in range(0, n, CHUNK):
        part = slice(start, min(start + CHUNK, n))
        apart = np.sqrt(np.maximum(squares[part, None] - 2 * x[part] @ x.T + squares[None], 0))
        places = ((on_grid[part, None] - on_grid[None]) ** 2).sum(2)
        own = np.arange(apart.shape[0])
        apart[own, start + own] = -1  # itself first in both, and left out
        places[own, start + own] = -1
        best += np.sort(apart, axis=1)[:, 1:].sum(0)
        # Equally near cells in the order of their images' likeness: a grid is not blamed for what it cannot tell apart.
        order = np.lexsort((apart, places), axis=1)
        there += np.take_along_axis(apart, order, 1)[:, 1:].sum(0)
    counts = np.arange(1, n)
    mean = best.sum() / (n * (n - 1))
    best, there = np.cumsum(best) / (n * counts), np.cumsum(there) / (n * counts)
    gain_best, gain = np.maximum(mean - best, 0), np.maximum(mean - there, 0)
    top = float((gain_best**p).sum() ** (1 / p))
    return float((gain**p).sum() ** (1 / p) / top) if top > 0 else 1.0
