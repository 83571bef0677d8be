"""The map of an attribute, kept with the catalog: where its images lie, and which clusters were found."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from attrlens.core.catalog.store import Catalog
from attrlens.core.layout.clusters import NOISE, SPACES, ClusterParameters
from attrlens.core.layout.projection import Parameters

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Layout:
    """Where the images of an attribute lie.

    Attributes
    ----------
    attribute : int
    recipe, weights : str
        Key of the recipe, SHA-256 of the weights.
    state : str
        `Catalog.described_state` when it was made.
    slots : ndarray of shape (n,), dtype int32
        Ascending.
    places : ndarray of shape (n, 2), dtype float32
        x to the right, y down; any unit.
    clusters : ndarray of shape (n,), dtype int32
        -1 for noise; all -1 where none were looked for.
    strangeness : ndarray of shape (n,), dtype float32
        Mean distance to the nearest images; 0 where it is not known.
    parameters : Parameters
    cluster_parameters : ClusterParameters
    method : {'pca', 'umap'}
    placed : int
        Images that came later and were put beside those most like them.
    seconds : float
        That it took.
    time : float
        Seconds since 1970.
    """

    attribute: int
    recipe: str
    weights: str
    state: str
    slots: Array
    places: Array
    clusters: Array
    strangeness: Array
    parameters: Parameters = field(default_factory=Parameters)
    cluster_parameters: ClusterParameters = field(default_factory=ClusterParameters)
    method: str = "umap"
    placed: int = 0
    seconds: float = 0.0
    time: float = 0.0

    @property
    def cluster_count(self) -> int:
        """Clusters found, noise left out."""
        return int(self.clusters.max(initial=NOISE)) + 1


def save(catalog: Catalog, layout: Layout) -> Layout:
    """Keep a layout in place of the attribute's earlier one."""
    layout = replace(layout, time=time.time())
    parameters = {
        "umap": asdict(layout.parameters), "clusters": asdict(layout.cluster_parameters), "method": layout.method,
        "placed": layout.placed, "seconds": round(layout.seconds, 3),
    }  # fmt: skip
    blobs = (
        layout.slots.astype("<i4"), layout.places.astype("<f4"), layout.clusters.astype("<i4"),
        layout.strangeness.astype("<f4"),
    )  # fmt: skip
    with catalog.transaction() as db:
        db.execute(
            "INSERT OR REPLACE INTO layout VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (layout.attribute, layout.time, layout.recipe, layout.weights, layout.state, json.dumps(parameters),
             *(blob.tobytes() for blob in blobs)),
        )  # fmt: skip
    return layout


def load(catalog: Catalog, attribute: int) -> Layout | None:
    """The layout of an attribute, or None; also None for one with parameters this version does not know."""
    with catalog.reading() as db:
        row = db.execute("SELECT * FROM layout WHERE attribute = ?", (attribute,)).fetchone()
    if row is None:
        return None
    _, when, recipe, weights, state, text, slots, places, clusters, strangeness = row
    n = len(slots) // 4
    if (len(places), len(clusters), len(strangeness)) != (8 * n, 4 * n, 4 * n):
        return None  # damaged
    try:
        kept = json.loads(text)
        parameters, cluster_parameters = Parameters(**kept["umap"]), ClusterParameters(**kept["clusters"])
    except (KeyError, TypeError, ValueError):
        return None
    if cluster_parameters.space not in SPACES:
        return None
    return Layout(
        attribute, recipe, weights, state, np.frombuffer(slots, "<i4"), np.frombuffer(places, "<f4").reshape(-1, 2),
        np.frombuffer(clusters, "<i4"), np.frombuffer(strangeness, "<f4"), parameters, cluster_parameters,
        str(kept.get("method", "umap")), int(kept.get("placed", 0)), float(kept.get("seconds", 0)), when,
    )  # fmt: skip
