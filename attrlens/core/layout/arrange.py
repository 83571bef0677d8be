"""From a catalog to its map: what is read, what the helper process works out, what is kept."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.catalog import layouts
from attrlens.core.catalog.layouts import Layout
from attrlens.core.catalog.store import Catalog
from attrlens.core.helper import Send
from attrlens.core.layout import projection, quality
from attrlens.core.layout.clusters import NOISE, ClusterParameters, find_clusters, strangeness
from attrlens.core.layout.graph import cached_graph, neighbor_graph
from attrlens.core.layout.projection import EPOCHS, WARM_EPOCHS, Parameters
from attrlens.core.token import Stage, Token
from attrlens.errors import AttrLensError, Cancelled
from attrlens.words import words

Array = np.ndarray[Any, Any]

KEPT_NEIGHBORS = 30
"""Of the graph on the disk: a person may ask for so many without a new search."""

VERSION = 1
"""Of the space: raised when the same descriptors would give other rows."""


class NothingDescribedError(AttrLensError):
    """There is no descriptor to make a map of: a state that passes, not a fault."""


@dataclass(frozen=True)
class Source:
    """What a map is made of.

    Attributes
    ----------
    attribute : int
    recipe, weights, state : str
        As in `Layout`.
    slots : ndarray of shape (n,), dtype int32
        Described images, ascending.
    space : ndarray of shape (n, p), dtype float32
        `projection.read_space` of them.
    graph_path : Path or None
        Where the neighbors are kept; None keeps them nowhere.
    """

    attribute: int
    recipe: str
    weights: str
    state: str
    slots: Array
    space: Array
    graph_path: Path | None

    @property
    def graph_state(self) -> str:
        """What the neighbors depend on."""
        return f"{VERSION} {self.recipe} {self.weights} {self.state}"


def read_source(catalog: Catalog, attribute: int, token: Token, *, keep: bool = True) -> Source:
    """Read what the map of an attribute is made of.

    Parameters
    ----------
    catalog : Catalog
    attribute : int
    token : Token
    keep : bool
        Keep the neighbors that will be found beside the catalog; not for one that is only looked at.

    Raises
    ------
    NothingDescribedError
        If no image has a descriptor yet.
    """
    key = catalog.model.attributes[attribute].recipe
    slots = catalog.described(key)
    if not len(slots):
        raise NothingDescribedError(
            words("No image is described yet, so there is no map."),
            words("Wait until some are, or choose Describe waiting images in the File menu."),
        )
    state = catalog.described_state(key, slots)
    space = projection.read_space(catalog, key, slots, token)
    path = catalog.path / "caches" / "neighbors" / f"{key}.npz" if keep else None
    return Source(attribute, key, catalog.weights_hash(key), state, slots, space, path)


def first_layout(source: Source) -> Layout:
    """The map by PCA, which is there at once."""
    n = len(source.slots)
    return Layout(
        source.attribute, source.recipe, source.weights, source.state, source.slots, projection.pca_map(source.space),
        np.full(n, NOISE, np.int32), np.zeros(n, np.float32), method="pca",
    )  # fmt: skip


def is_current(layout: Layout, source: Source) -> bool:
    """Whether a layout is by UMAP, of the images, recipe and weights as they are now."""
    then, now = (layout.state, layout.recipe, layout.weights), (source.state, source.recipe, source.weights)
    return layout.method == "umap" and then == now


def extend(layout: Layout, source: Source, token: Token) -> Layout:
    """Give images that were described since a place beside those most like them, and let go those that went."""
    known = np.isin(source.slots, layout.slots)
    before = np.searchsorted(layout.slots, source.slots[known])
    places = projection.place_new(source.space, known, layout.places[before], token)
    clusters = np.full(len(source.slots), NOISE, np.int32)
    strange = np.zeros(len(source.slots), np.float32)
    clusters[known], strange[known] = layout.clusters[before], layout.strangeness[before]
    return replace(
        layout, state=source.state, slots=source.slots, places=places, clusters=clusters, strangeness=strange,
        placed=layout.placed + int((~known).sum()),
    )  # fmt: skip


def current_layout(
    catalog: Catalog, attribute: int, kept: Layout | None, held: Source | None, token: Token
) -> tuple[Layout, Source]:
    """The map there is, brought up to date without UMAP; else the one by PCA, which takes a moment.

    Parameters
    ----------
    catalog : Catalog
    attribute : int
    kept : Layout or None
        Of an earlier time.
    held : Source or None
        What was read before: it is read again only where it is another by now.
    token : Token

    Returns
    -------
    Layout
        ``method`` is 'pca' where UMAP has still to be asked.
    Source
    """
    if attribute not in catalog.model.attributes:
        raise Cancelled  # deleted, or its making undone, meanwhile
    key = catalog.model.attributes[attribute].recipe
    now = key, catalog.described_state(key), catalog.weights_hash(key)
    is_same = held is not None and (held.recipe, held.state, held.weights) == now
    source = held if held is not None and is_same else read_source(catalog, attribute, token)
    if kept is None or (kept.state, kept.recipe) != (source.state, source.recipe):
        # What is in the file is whole: an image that was taken out for a while finds its place and its cluster again.
        kept = layouts.load(catalog, attribute) or kept
    if kept is None or not len(kept.slots):
        return first_layout(source), source
    if (kept.recipe, kept.weights) != (source.recipe, source.weights):
        return replace(extend(kept, source, token), method="pca"), source  # a start, not yet a map of these descriptors
    return (kept if kept.state == source.state else extend(kept, source, token)), source


@dataclass(frozen=True)
class MapRequest:
    """What the helper process is asked for.

    Attributes
    ----------
    source : Source
    parameters : Parameters
    cluster_parameters : ClusterParameters
    start : ndarray of shape (n, 2) or None
        Places to start from; None starts from PCA.
    keep_places : bool
        Only look for clusters.
    is_warm : bool
        The start is a map already, which a few steps adapt to other parameters.
    """

    source: Source
    parameters: Parameters
    cluster_parameters: ClusterParameters
    start: Array | None = None
    keep_places: bool = False
    is_warm: bool = False


def make_layout(request: MapRequest, token: Token, send: Send) -> Layout:
    """Neighbors, UMAP, clusters; to be run in the helper process, see `core.helper`.

    Sends the places (ndarray of shape (n, 2)) a few times a second while they move, and once when they have settled.
    """
    began = time.perf_counter()
    source, n = request.source, len(request.source.slots)
    wanted = max(KEPT_NEIGHBORS, request.parameters.neighbors)
    stage = Stage(token, 0.0, 0.3, words("Map"))
    indices, distances = cached_graph(source.graph_path, source.graph_state, source.space, wanted, stage)
    k = min(n, max(2, request.parameters.neighbors))
    graph = indices[:, :k], distances[:, :k]
    if request.keep_places and request.start is not None:
        places = request.start
    else:
        epochs, moving = (WARM_EPOCHS if request.is_warm else EPOCHS), Stage(token, 0.3, 0.9, words("Map"))
        start = projection.pca_map(source.space) if request.start is None else request.start
        places = projection.umap_map(
            graph, start, request.parameters, epochs, moving, send, stretch=not request.is_warm
        )
    send(places)
    token.check()
    token.report(95, 100, words("Looking for clusters"))
    near = indices[:, : projection.NEIGHBORS], distances[:, : projection.NEIGHBORS]
    found = find_clusters(places, source.space, near, request.cluster_parameters, token)
    return Layout(
        source.attribute, source.recipe, source.weights, source.state, source.slots, places, found, strangeness(near),
        request.parameters, request.cluster_parameters, "umap", 0, time.perf_counter() - began,
    )  # fmt: skip


@dataclass(frozen=True)
class MeasureRequest:
    """What is to be measured of a map and its grid.

    Attributes
    ----------
    space : ndarray of shape (n, p)
    places : ndarray of shape (n, 2)
    clusters, classes : ndarray of shape (n,), dtype int
        Classes of labels and sure suggestions, 0 for none.
    cells : ndarray of shape (n, 2)
        Of the grid as it is seen.
    grid_seconds : float
        That it took.
    """

    space: Array
    places: Array
    clusters: Array
    classes: Array
    cells: Array
    grid_seconds: float


def measure(request: MeasureRequest, token: Token, send: Send = lambda item: None) -> dict[str, dict[str, float]]:
    """Quality of the map and of the grid as plain numbers, see ``quality`` and ``LAYOUT.md``.

    Returns
    -------
    dict
        ``map`` and ``grid``, each with its measures; what cannot be measured is left out.
    """
    n, cells = len(request.places), request.cells
    some = np.arange(n)
    if n > quality.MOST:
        some = np.sort(np.random.default_rng(0).choice(n, quality.MOST, replace=False))
    token.report(0, 4, words("Measuring the map"))
    on_map = quality.compare(request.space[some], request.places[some])
    token.check()
    token.report(1, 4, words("Measuring the grid"))
    on_grid = quality.compare(request.space[some], cells[some])
    token.check()
    token.report(2, 4, words("Measuring the grid"))
    of_layout = quality.compare(request.places[some], cells[some])
    if "neighbors_kept" in of_layout:
        on_grid["layout_neighbors_kept"] = of_layout["neighbors_kept"]
    token.check()
    token.report(3, 4, words("Measuring the grid"))
    if (request.clusters >= 0).any():
        on_grid["contiguity"] = quality.contiguity(cells, request.clusters)
    found = quality.dpq(request.space, cells)
    if found is not None:
        on_grid["dpq_16"] = found
    on_grid["seconds"] = request.grid_seconds
    for numbers, places in ((on_map, request.places), (on_grid, cells)):
        pure = quality.purity(places, request.classes)
        if pure is not None:
            numbers["class_purity"] = pure
    on_map["clusters"] = float(request.clusters.max(initial=-1) + 1)
    on_map["noise"] = float((request.clusters < 0).mean()) if n else 0.0
    on_map |= _agreement(request.classes, request.clusters)
    return {"map": on_map, "grid": on_grid}


def _agreement(classes: Array, clusters: Array) -> dict[str, float]:
    """Adjusted Rand index and adjusted mutual information of clusters and classes, where there are classes."""
    there = classes > 0
    if len(np.unique(classes[there])) < 2:
        return {}
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    return {
        "ari": float(adjusted_rand_score(classes[there], clusters[there])),
        "ami": float(adjusted_mutual_info_score(classes[there], clusters[there])),
    }


def warm_up(request: None, token: Token, send: Send) -> None:
    """Import and compile all that a map needs, so that the first one does not wait for it."""
    lay_out_points(np.random.default_rng(0).normal(size=(64, 8)).astype(np.float32), token, send)


def lay_out_points(points: Array, token: Token, send: Send) -> tuple[Array, Array]:
    """Places and clusters of a few points by the same steps as a map; to be run in the helper process.

    Parameters
    ----------
    points : ndarray of shape (n, p), dtype float32

    Returns
    -------
    places : ndarray of shape (n, 2), dtype float32
    clusters : ndarray of shape (n,), dtype int32
    """
    graph = neighbor_graph(points, min(len(points), projection.NEIGHBORS))
    places = projection.umap_map(graph, projection.pca_map(points), Parameters(), EPOCHS, token)
    return places, find_clusters(places, points, graph, ClusterParameters(), token)


def decided(catalog: Catalog, attribute: int, slots: Array) -> tuple[Array, Array]:
    """What the catalog says of images: the label, else a sure suggestion.

    Returns
    -------
    classes : ndarray of shape (n,), dtype int32
        Class id; 0 nothing known, -1 unknown.
    confidence : ndarray of shape (n,), dtype float32
        Of the suggestion; -1 where there is none.
    """
    model, found = catalog.model, catalog.suggestions(attribute)
    classes, confidence = np.zeros(len(slots), np.int32), np.full(len(slots), -1, np.float32)
    if found is not None and len(found.slots):
        at = np.minimum(np.searchsorted(found.slots, slots), len(found.slots) - 1)
        there = found.slots[at] == slots
        best, sure = found.scored.best[at], found.scored.confidence[at]
        limits = {int(one): np.float32(model.threshold_of(attribute, int(one))) for one in np.unique(best)}
        known = {row.id for row in model.classes_of(attribute)}
        enough = np.array([b in known and c >= limits[b] for b, c in zip(best.tolist(), sure.tolist(), strict=True)])
        classes[there] = np.where(enough, best, -1)[there]
        confidence[there] = sure[there]
    labels = model.labels_of(attribute)
    for i, slot in enumerate(slots.tolist()):
        if slot in labels:
            classes[i] = labels[slot].class_id
    return classes, confidence
