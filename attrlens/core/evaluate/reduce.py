"""UMAP and HDBSCAN for the evaluation; run in the helper process, because their import and compiling take seconds."""

from __future__ import annotations

from typing import Any

import numpy as np

from attrlens.core.layout.graph import Graph, neighbor_graph

Array = np.ndarray[Any, Any]

NEAREST = 15
"""UMAP's neighborhood."""

EPOCHS = 200
CLUSTER_DIMENSIONS = 10
"""Of the reduced space in which clusters are looked for and pair distances are compared."""


class Reducer:
    """Spaces reduced from the same rows by UMAP (McInnes et al. 2018); labels are not used.

    The neighbor graph and the start are made once, each space once.

    Parameters
    ----------
    rows : ndarray of shape (n, d)
    seed : int
        The same seed gives the same space on the same machine.
    """

    def __init__(self, rows: Array, seed: int) -> None:
        self._rows = np.asarray(rows, np.float32)
        self._seed = seed
        self._graph: Graph | None = None
        self._axes: Array = np.zeros((0, 0), np.float32)
        self._made: dict[int, Array] = {}

    def to(self, dimensions: int) -> Array:
        """The space of so many dimensions, fewer than n and d.

        Returns
        -------
        ndarray of shape (n, dimensions), dtype float32
        """
        if dimensions not in self._made:
            if self._graph is None:
                self._graph = neighbor_graph(self._rows, NEAREST)
                u, sigma, _ = np.linalg.svd(self._rows - self._rows.mean(0), full_matrices=False)
                self._axes = u * sigma
            self._made[dimensions] = self._fit(dimensions, self._graph)
        return self._made[dimensions]

    def _fit(self, dimensions: int, graph: Graph) -> Array:
        import umap

        # PCA as the start: far faster than the spectral one in many dimensions, and it never fails to converge.
        start = self._axes[:, :dimensions]
        start = 10 * start / max(float(np.abs(start).max()), 1e-12)
        start = start + np.random.default_rng(self._seed).normal(0, 1e-4, start.shape)  # equal images must part
        model = umap.UMAP(
            n_neighbors=graph[0].shape[1], n_components=dimensions, precomputed_knn=graph, n_epochs=EPOCHS,
            init=start.astype(np.float32), random_state=self._seed, n_jobs=1, min_dist=0.0,
        )  # fmt: skip
        return np.asarray(model.fit_transform(self._rows), np.float32)


def hdbscan(rows: Array) -> Array:
    """Cluster of each row, -1 for noise (Campello et al. 2013)."""
    import hdbscan as hdbscan_library

    size = max(5, len(rows) // 100)
    model = hdbscan_library.HDBSCAN(min_cluster_size=size, min_samples=5, core_dist_n_jobs=1)
    return np.asarray(model.fit_predict(np.asarray(rows, np.float64)))
