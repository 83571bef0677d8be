"""From descriptors to places on the map: PCA at once, UMAP a little later.

UMAP (McInnes, Healy, Melville 2018) is umap-learn's; it runs in the helper process. Its optimizer is called directly,
with our own neighbors and memberships, for three reasons: the layout can be shown while it moves, it can be cancelled,
and nothing but the optimizer is compiled (1.1 s in every process, not 3 to 4 s).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.features import transform
from attrlens.core.layout.graph import Graph
from attrlens.core.token import PERCENT, Token
from attrlens.words import words

Array = np.ndarray[Any, Any]

AXES = 100
"""Principal axes kept: .91 to .999 of the 15 nearest neighbors stay, the classes on the map are as pure as without."""

SAMPLE = 4000
"""Images that the axes are found from: of more, every so-many-th."""

CHUNK = 1024
FEW = 128
"""New images that are compared with all others at a time: 50 MB beside 100,000."""
SCALE = 10.0
"""Width that a start is stretched to; umap-learn does so with each axis by itself."""

EPOCHS = 200
WARM_EPOCHS = 60
"""Steps of the optimizer from PCA, and from the layout on the screen."""

NEIGHBORS = 15
MIN_DISTANCE = 0.1


@dataclass(frozen=True)
class Parameters:
    """What a person may choose of UMAP.

    Attributes
    ----------
    neighbors : int
        2 to 100: few show fine structure, many the large one.
    min_distance : float
        0 to 0.99: how close images may lie together.
    """

    neighbors: int = NEIGHBORS
    min_distance: float = MIN_DISTANCE


def read_space(catalog: Catalog, key: str, slots: Array, token: Token) -> Array:
    """Descriptors as a map sees them: signed-square-rooted, L2-normalized, along the strongest axes of the catalog.

    Parameters
    ----------
    catalog : Catalog
    key : str
        Of the recipe.
    slots : ndarray of shape (n,), dtype int
        Described images, ascending.
    token : Token

    Returns
    -------
    ndarray of shape (n, p), dtype float32
        p is at most `AXES`; strongest axis first. The same for the same images on one machine.
    """
    rows = catalog.descriptors(key)
    if not len(slots):
        return np.zeros((0, 0), np.float32)
    some = slots if len(slots) <= SAMPLE else slots[np.linspace(0, len(slots) - 1, SAMPLE).astype(np.int64)]
    center, axes = principal_axes(transform(np.asarray(rows[some])))
    out = np.empty((len(slots), axes.shape[1]), np.float32)
    for start in range(0, len(slots), CHUNK):
        token.check()
        part = slots[start : start + CHUNK]
        out[start : start + CHUNK] = (transform(np.asarray(rows[part])) - center) @ axes
    return out


def principal_axes(x: Array, count: int = AXES) -> tuple[Array, Array]:
    """Center and strongest axes of rows, each turned so that its largest number is positive.

    Found by subspace iteration from a fixed start (Halko, Martinsson, Tropp 2011): a tenth of the time of all axes.

    Parameters
    ----------
    x : ndarray of shape (n, d), dtype float32
    count : int

    Returns
    -------
    center : ndarray of shape (d,)
    axes : ndarray of shape (d, p), dtype float32
    """
    center = x.mean(0)
    z = x - center
    count = min(count, *x.shape)
    width = min(count + 20, *x.shape)
    basis = z.T @ np.random.default_rng(0).standard_normal((len(z), width)).astype(np.float32)
    for _ in range(4):
        basis = z.T @ (z @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    projected = z @ basis
    _, vectors = np.linalg.eigh(projected.T @ projected)
    axes = basis @ vectors[:, ::-1][:, :count]
    largest = axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])]
    return center, np.ascontiguousarray(axes * np.where(largest < 0, -1, 1), np.float32)


def pca_map(space: Array) -> Array:
    """The two strongest axes, which is the first map; shape (n, 2), dtype float32."""
    return pca_axes(space, 2)


def memberships(graph: Graph) -> Any:
    """UMAP's fuzzy set: how much any two images belong together, as a sparse symmetric matrix.

    The formulas are umap-learn's (`smooth_knn_dist`, `compute_membership_strengths`, union by a + b - a b), here on all
    images at once: a test compares the two.
    """
    from scipy.sparse import csr_array

    indices, distances = graph
    n, k = indices.shape
    away = distances > 0
    nearest = np.where(away, distances, np.inf).min(1)
    rho = np.where(np.isfinite(nearest), nearest, 0).astype(np.float32)
    beyond = np.maximum(distances - rho[:, None], 0)[:, 1:]
    target = np.log2(k)
    low, high, sigma = np.zeros(n), np.full(n, np.inf), np.ones(n)
    for _ in range(64):
        total = np.exp(-beyond / sigma[:, None]).sum(1)
        if (np.abs(total - target) < 1e-5).all():
            break
        above = total > target
        high = np.where(above, sigma, high)
        low = np.where(above, low, sigma)
        sigma = np.where(np.isinf(high), sigma * 2, (low + high) / 2)
    floor = 1e-3 * np.where(rho > 0, distances.mean(1), distances.mean())
    sigma = np.maximum(sigma, np.maximum(floor, 1e-12))
    strength = np.exp(-np.maximum(distances - rho[:, None], 0) / sigma[:, None])
    strength[indices == np.arange(n)[:, None]] = 0
    rows = np.repeat(np.arange(n), k)
    one_way = csr_array((strength.ravel().astype(np.float32), (rows, indices.ravel())), shape=(n, n))
    one_way.eliminate_zeros()
    other = one_way.T
    return (one_way + other - one_way.multiply(other)).tocoo()


@cache
def curve(min_distance: float) -> tuple[float, float]:
    """a and b of the curve 1 / (1 + a d^(2b)) that UMAP pulls and pushes along, for a spread of 1."""
    from umap.umap_ import find_ab_params

    a, b = find_ab_params(1.0, min_distance)
    return float(a), float(b)


class _Bar:
    """What umap-learn's progress bar is written to, a few times a second, between two steps of the optimizer."""

    def __init__(self, call: Callable[[int], None]) -> None:
        self._call = call

    def write(self, text: str) -> int:
        """The bar's text begins with the share that is done."""
        found = re.match(r"\s*(\d+)%", text)
        if found:
            self._call(int(found[1]))
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""


def umap_map(
    graph: Graph, start: Array, parameters: Parameters, epochs: int, token: Token,
    on_frame: Callable[[Array], None] = lambda frame: None, seed: int = 0, *, stretch: bool = True,
) -> Array:  # fmt: skip
    """Lay images out by UMAP.

    Parameters
    ----------
    graph : Graph
        Neighbors of every image, itself first.
    start : ndarray of shape (n, dimensions), dtype float
        Where the images are moved from.
    parameters : Parameters
    epochs : int
        Steps of the optimizer.
    token : Token
    on_frame : callable
        Gets the layout as it is, a few times a second.
    seed : int
        The same seed gives the same layout on the same machine, not on others.
    stretch : bool
        Bring the start to the width of a start; a map is left as large as it is.

    Returns
    -------
    ndarray of shape (n, dimensions), dtype float32
    """
    y = _prepared(start, seed, stretch)
    if len(y) < 4:
        return y  # nothing to arrange
    from umap.layouts import optimize_layout_euclidean
    from umap.umap_ import make_epochs_per_sample

    together = memberships(graph)
    kept = together.data >= together.data.max() / epochs  # weaker ones would not be drawn once
    order = np.lexsort((together.col[kept], together.row[kept]))
    head, tail, weight = (part[kept][order] for part in (together.row, together.col, together.data))
    a, b = curve(parameters.min_distance)

    def between(percent: int) -> None:
        token.check()
        token.report(percent, PERCENT, words("Laying out the map"))
        on_frame(y.copy())

    state = np.random.RandomState(seed).randint(np.iinfo(np.int32).min + 1, np.iinfo(np.int32).max - 1, 3)
    optimize_layout_euclidean(
        y, y, head.astype(np.int32), tail.astype(np.int32), epochs, len(y), make_epochs_per_sample(weight, epochs),
        a, b, state.astype(np.int64), move_other=True,
        tqdm_kwds={"disable": False, "file": _Bar(between), "mininterval": 0.1},
    )  # fmt: skip
    token.check()
    return y


def _prepared(start: Array, seed: int, stretch: bool) -> Array:
    """A start for the optimizer: of a width, its proportions kept, and no two images at one place."""
    y = np.array(start, np.float64)
    if stretch and len(y):
        y = SCALE * (y - y.min(0)) / max(float(np.ptp(y, axis=0).max()), 1e-12)
    y += np.random.default_rng(seed).normal(0, 1e-4, y.shape)
    return np.ascontiguousarray(y, np.float32)


def pca_axes(space: Array, count: int) -> Array:
    """The strongest axes, zeros where there are fewer; shape (n, count), dtype float32."""
    out = np.zeros((len(space), count), np.float32)
    out[:, : min(count, space.shape[1])] = space[:, :count]
    return out


def place_new(space: Array, placed: Array, positions: Array, token: Token | None = None, neighbors: int = 5) -> Array:
    """Where images that came later lie: the mean of their nearest neighbors' places, the nearer weighing more.

    Parameters
    ----------
    space : ndarray of shape (n, p), dtype float32
        Descriptors of all images.
    placed : ndarray of shape (n,), dtype bool
        Those that have a place.
    positions : ndarray of shape (placed, 2), dtype float32
        Their places, in the same order.

    Returns
    -------
    ndarray of shape (n, 2), dtype float32
        Those that had a place keep it. Nothing placed gives zeros.
    """
    out = np.zeros((len(space), 2), np.float32)
    out[placed] = positions
    new, known = np.flatnonzero(~placed), space[placed]
    if not len(known):
        return out
    k = min(neighbors, len(known))
    squares = np.einsum("ij,ij->i", known, known)
    for start in range(0, len(new), FEW):
        if token is not None:
            token.check()
        part = new[start : start + FEW]
        x = space[part]
        squared = x @ known.T
        squared *= -2
        squared += squares[None]
        squared += np.einsum("ij,ij->i", x, x)[:, None]
        near = np.argpartition(squared, k - 1, axis=1)[:, :k]
        distance = np.sqrt(np.maximum(np.take_along_axis(squared, near, 1), 0))
        weight = 1 / np.maximum(distance, 1e-6)
        weight /= weight.sum(1, keepdims=True)
        out[part] = np.einsum("nk,nka->na", weight, positions[near])
    return out
