"""Clusters: groups that are found, as opposed to classes, which are taught. And images that are unlike everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from attrlens.core.layout.graph import Graph
from attrlens.core.layout.projection import EPOCHS, Parameters, pca_axes, umap_map
from attrlens.core.token import Token

Array = np.ndarray[Any, Any]

Space = Literal["map", "umap", "pca"]
SPACES: tuple[Space, ...] = get_args(Space)

NOISE = -1
DIMENSIONS = 10
"""Of the spaces that are not the map itself."""

SHARE = 50
"""One image in so many makes a cluster, where a person chose no size."""
SMALLEST = 5
CLOSE = 5


@dataclass(frozen=True)
class ClusterParameters:
    """What a person may choose of HDBSCAN.

    Attributes
    ----------
    space : {'map', 'umap', 'pca'}
        Where clusters are looked for: on the map as it is seen; in 10 dimensions by UMAP; along 10 principal axes.
    min_size : int
        Images that make a cluster; 0 for one in `SHARE`, at least `SMALLEST`.
    min_samples : int
        Close neighbors an image of a cluster has: more make more noise.
    """

    space: Space = "map"
    min_size: int = 0
    min_samples: int = CLOSE

    def size_for(self, n: int) -> int:
        """Images that make a cluster among n."""
        return max(2, self.min_size or max(SMALLEST, n // SHARE))


def find_clusters(layout: Array, space: Array, graph: Graph, parameters: ClusterParameters, token: Token) -> Array:
    """Clusters by HDBSCAN (Campello, Moulavi, Sander 2013), labels unused.

    Parameters
    ----------
    layout : ndarray of shape (n, 2)
        The map.
    space : ndarray of shape (n, p)
        Descriptors along their principal axes.
    graph : Graph
        Neighbors in that space.
    parameters : ClusterParameters
    token : Token

    Returns
    -------
    ndarray of shape (n,), dtype int32
        0, 1, 2, ... by size, the largest first; -1 for noise.
    """
    n = len(layout)
    size = parameters.size_for(n)
    if n < max(2 * size, 4):
        return np.full(n, NOISE, np.int32)
    if parameters.space == "umap":
        rows = umap_map(graph, pca_axes(space, DIMENSIONS), Parameters(min_distance=0.0), EPOCHS, token)
    else:
        rows = layout if parameters.space == "map" else pca_axes(space, DIMENSIONS)
    token.check()
    import hdbscan

    model = hdbscan.HDBSCAN(min_cluster_size=size, min_samples=min(parameters.min_samples, n - 1), core_dist_n_jobs=1)
    found = np.asarray(model.fit_predict(np.asarray(rows, np.float64)), np.int64)
    return by_size(found)


def by_size(labels: Array) -> Array:
    """The same clusters numbered by size, the largest 0; -1 stays."""
    count = int(labels.max(initial=-1)) + 1
    sizes = np.bincount(labels[labels >= 0], minlength=count)
    number = np.empty(count + 1, np.int32)
    number[np.argsort(-sizes, kind="stable")] = np.arange(count)
    number[count] = NOISE  # what -1 points to
    return np.asarray(number[labels])


def strangeness(graph: Graph) -> Array:
    """How far each image is from those most like it: the mean distance to its neighbors, itself left out.

    Returns
    -------
    ndarray of shape (n,), dtype float32
        The largest are unlike everything.
    """
    distances = graph[1][:, 1:]
    return np.asarray(distances.mean(1) if distances.shape[1] else np.zeros(len(distances)), np.float32)
