"""The map and the grid of the active attribute: asked for in the background, kept with the catalog."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QTimer, Signal

from attrlens.core.catalog import layouts
from attrlens.core.catalog.layouts import Layout
from attrlens.core.catalog.store import Catalog
from attrlens.core.helper import Helper, compiles_first
from attrlens.core.layout import arrange
from attrlens.core.layout.arrange import MapRequest, MeasureRequest, NothingDescribedError, Source
from attrlens.core.layout.clusters import ClusterParameters
from attrlens.core.layout.coloring import KINDS
from attrlens.core.layout.gridcut import Grid, gridcut
from attrlens.core.layout.projection import Parameters
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lane import Lane
from attrlens.jobs.lanes import Lanes
from attrlens.state.canvas_colors import CanvasColors
from attrlens.state.document import Document
from attrlens.state.notices import Notices
from attrlens.state.view import GalleryView
from attrlens.words import words

Array = np.ndarray[Any, Any]
Mode = Literal["map", "grid"]


MANY_NEW = 0.2
"""Share of images that were only put beside others: above, the map is made anew from where they lie."""

SOURCES = 2
"""Attributes whose descriptors are held ready: 40 MB each at 100,000 images."""

LATER, MOST_LATER = 1500, 15_000
"""Milliseconds, at least and at most, from a change to the reading of it; between them six times what the last reading
took, so that a large catalog is not read all the time."""


class Canvas(CanvasColors):
    """Layouts by attribute, and what a person chose about them.

    Signals
    -------
    layout_changed(bool moving)
        Places of the active attribute are others; `moving` while UMAP still works on them.
    grid_changed()
    measured()
    busy_changed()
    """

    layout_changed = Signal(bool)
    grid_changed = Signal()
    measured = Signal()
    busy_changed = Signal()

    def __init__(self, document: Document, view: GalleryView, lanes: Lanes, notices: Notices) -> None:
        super().__init__(document, view)
        self._lanes, self._notices = lanes, notices
        self._helper = Helper()
        self.pictures = True
        self.gutters = False
        self.aspect = 1.5
        self.moving: Array | None = None
        self.measures: dict[str, dict[str, float]] | None = None
        self.problem: AttrLensError | None = None
        self._layouts: dict[int, Layout | None] = {}
        self._sources: dict[int, Source] = {}
        self._grid: tuple[Layout, tuple[float, bool], Grid] | None = None
        self._asked: tuple[Parameters, ClusterParameters] | None = None
        self._declined: set[tuple[int, str]] = set()
        self._is_left = False
        self._asks_again = False
        self._jobs: dict[str, Job] = {}
        self._shown = 0
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._look_for_new)
        self._grid_seconds = 0.0
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.images_changed.connect(lambda *_: self._soon())
        document.kept_changed.connect(self._soon)
        document.model_changed.connect(self._on_model_changed)
        view.options_changed.connect(self._on_attribute)

    def close(self) -> None:
        """End the helper process."""
        self._helper.close()

    def warm_up(self) -> None:
        """Have the helper process import and compile what a map needs, while a person still looks at the gallery."""
        helper = self._helper
        once = compiles_first()
        title = words("Preparing maps, once on this computer") if once else words("Preparing maps")
        job = Job(title, lambda token, emit: helper.run(arrange.warm_up, None, token), quiet=not once)
        job.failed.connect(lambda error: None)  # the first map says what is wrong
        self._lanes.maps.submit(job)

    # What there is

    @property
    def layout(self) -> Layout | None:
        """The layout of the active attribute as it is kept, or None."""
        return self._layouts.get(self.attribute)

    @property
    def places(self) -> Array:
        """Places on the map now, also while they move; shape (n, 2)."""
        layout = self.layout
        if layout is None:
            return np.zeros((0, 2), np.float32)
        return layout.places if self.moving is None else self.moving

    @property
    def grid(self) -> Grid | None:
        """The grid of the layout, or None while it is made; one of an earlier shape is better than none."""
        if self._grid is None or self._grid[0] is not self.layout:
            return None
        return self._grid[2]

    @property
    def parameters(self) -> Parameters:
        """Of UMAP, of the active attribute: those that were asked for last."""
        if self._asked is not None:
            return self._asked[0]
        return self.layout.parameters if self.layout else Parameters()

    @property
    def cluster_parameters(self) -> ClusterParameters:
        """Of HDBSCAN, likewise."""
        if self._asked is not None:
            return self._asked[1]
        return self.layout.cluster_parameters if self.layout else ClusterParameters()

    @property
    def is_busy(self) -> bool:
        """Whether a map is on its way."""
        return any(self._is_running(key) for key in ("read", "map"))

    def _is_running(self, key: str) -> bool:
        """Whether a job is on its way that nobody has cancelled."""
        job = self._jobs.get(key)
        return job is not None and not job.token.cancelled

    # What a person chooses

    def watch(self, on: bool) -> None:
        """Somebody looks at the map or the grid, or nobody does: nothing is worked out for nobody."""
        self._is_watched = on
        if on:
            self._look_for_classes()
            self.options_changed.emit()
            self.colors_changed.emit()  # nobody followed what changed meanwhile
            self.ask()
            self._ask_grid()

    def set_pictures(self, on: bool) -> None:
        """Show pictures on the map where there is room, or points only."""
        if on != self.pictures:
            self.pictures = on
            self._keep()
            self.options_changed.emit()

    def set_gutters(self, on: bool) -> None:
        """Leave room between the clusters of the grid."""
        if on != self.gutters:
            self.gutters = on
            self._keep()
            self.options_changed.emit()
            self._ask_grid()

    def set_aspect(self, aspect: float) -> None:
        """The shape of the view that the grid is to fill."""
        aspect = round(min(6.0, max(0.2, aspect)), 1)
        if aspect != self.aspect:
            self.aspect = aspect
            self._ask_grid()

    def arrange(self, parameters: Parameters, clusters: ClusterParameters) -> None:
        """Lay the images out in another way, from where they lie now."""
        layout = self.layout
        if layout is None or (parameters, clusters) == (self.parameters, self.cluster_parameters):
            return
        if (parameters, clusters) == (layout.parameters, layout.cluster_parameters) and layout.method == "umap":
            if "map" in self._jobs:
                self._jobs["map"].cancel()  # back to what there is, while another was on its way
            return
        is_map = layout.method == "umap"
        only_clusters = parameters == layout.parameters and is_map
        start = layout.places if only_clusters else self.places
        self._make(parameters, clusters, start=start if is_map else None, keep_places=only_clusters, is_warm=is_map)

    def start_anew(self) -> None:
        """Lay the images out from PCA, as if there were no map yet."""
        self._declined.clear()
        if self.layout is not None:
            self._make(self.parameters, self.cluster_parameters, start=None)

    def _keep(self) -> None:
        if self._document.is_open:
            kept = {"kind": self._kind, "pictures": self.pictures, "gutters": self.gutters}
            self._document.keep("canvas", kept)

    # Asking

    def ask(self) -> None:
        """See to it that the active attribute has a map; `layout_changed` tells."""
        attribute = self.attribute
        if not attribute or not self._is_watched or self._is_running("map"):
            return  # a map asks once more at its end
        if self._is_running("read"):
            self._asks_again = True  # it may have read before what is asked about now
            return
        catalog = self._document.catalog
        kept, held = self._layouts.get(attribute), self._sources.get(attribute)

        def work(token: Token, emit: Emit) -> tuple[tuple[Layout, Source] | NothingDescribedError, float]:
            began = time.perf_counter()
            try:
                found = arrange.current_layout(catalog, attribute, kept, held, token)
            except NothingDescribedError as error:
                return error, 0.0
            return found, time.perf_counter() - began

        job = Job(words("Reading the map"), work, key="map source", quiet=True)
        job.succeeded.connect(lambda result: self._on_source(catalog, attribute, *result))
        job.failed.connect(self._notices.error)
        job.finished.connect(lambda: self._on_read(attribute))
        self._run("read", self._lanes.analysis, job)

    def _on_source(
        self, catalog: Catalog, attribute: int, found: tuple[Layout, Source] | NothingDescribedError, seconds: float
    ) -> None:
        if not self._is_open(catalog):
            return
        self._later.setInterval(min(MOST_LATER, max(LATER, int(6000 * seconds))))
        if isinstance(found, NothingDescribedError):
            self._layouts.pop(attribute, None)  # all of its images were taken out, or nothing is described yet
            self._sources.pop(attribute, None)
            if attribute == self.attribute:
                self.problem, self.moving, self.measures = found, None, None
                self.layout_changed.emit(False)
            return
        layout, source = found
        self.problem = None
        self._sources.pop(attribute, None)
        self._sources[attribute] = source
        while len(self._sources) > SOURCES:
            self._sources.pop(next(iter(self._sources)))
        self._adopt(attribute, layout)
        if attribute != self.attribute:
            return
        many_new = layout.placed > MANY_NEW * len(layout.slots)
        if (layout.method != "umap" or many_new) and (attribute, source.graph_state) not in self._declined:
            had_places = many_new or bool(layout.time)
            self._make(layout.parameters, layout.cluster_parameters, start=layout.places if had_places else None)

    def _on_read(self, attribute: int) -> None:
        """Another attribute may be looked at by now, or something changed: it was not asked for meanwhile."""
        self._jobs.pop("read", None)
        if attribute != self.attribute or self._asks_again:
            self._asks_again = False
            self.ask()

    def _make(
        self, parameters: Parameters, clusters: ClusterParameters, *, start: Array | None, keep_places: bool = False,
        is_warm: bool = False,
    ) -> None:  # fmt: skip
        attribute = self.attribute
        source, layout = self._sources.get(attribute), self.layout
        if source is None or layout is None or len(source.slots) != len(layout.slots):
            self.ask()
            return
        catalog, helper = self._document.catalog, self._helper
        request = MapRequest(source, parameters, clusters, start, keep_places, is_warm)

        def work(token: Token, emit: Emit) -> Layout:
            made = helper.run(arrange.make_layout, request, token, emit)
            assert isinstance(made, Layout)
            return layouts.save(catalog, made)

        name = self._document.model.attributes[attribute].name
        job = Job(words("Map of {name}", name=name), work, key="map", unit="percent")
        job.partial.connect(lambda frames: self._on_frames(layout, frames))
        job.succeeded.connect(lambda made: self._on_made(catalog, attribute, made))
        job.cancelled.connect(lambda: self._on_cancelled((attribute, source.graph_state)))
        job.failed.connect(lambda error: self._on_failed((attribute, source.graph_state), error))
        self._asked = (parameters, clusters)
        self._run("map", self._lanes.maps, job)
        job.finished.connect(lambda: self._on_map_over(attribute))

    def _on_frames(self, layout: Layout, frames: Sequence[Array]) -> None:
        if layout is self.layout and len(frames[-1]) == len(layout.slots):
            self.moving = frames[-1]
            self.layout_changed.emit(True)

    def _on_made(self, catalog: Catalog, attribute: int, made: Layout) -> None:
        if self._is_open(catalog):
            self._adopt(attribute, made)

    def _on_map_over(self, attribute: int) -> None:
        """It is there, or was given up; another one may have been asked for meanwhile."""
        if self._is_running("map"):
            return
        self._asked, self._is_left = None, False
        if self.moving is not None:
            self.moving = None
            self.layout_changed.emit(False)
        self.options_changed.emit()
        self.ask()  # images may have been described meanwhile

    def _on_cancelled(self, what: tuple[int, str]) -> None:
        if not self._is_left:  # a person wants none now
            self._declined.add(what)

    def _on_failed(self, what: tuple[int, str], error: AttrLensError) -> None:
        self._declined.add(what)  # it would fail again; a person may ask for it
        self._notices.error(error)

    def _adopt(self, attribute: int, layout: Layout) -> None:
        before = self._layouts.get(attribute)
        self._layouts[attribute] = layout
        if attribute == self.attribute and layout is not before:
            self.moving = self.measures = None
            if before is None or before.clusters is not layout.clusters:
                self.drop_numbers("cluster")
            self.layout_changed.emit(False)
            self.colors_changed.emit()
            self._ask_grid()

    def _ask_grid(self) -> None:
        layout = self.layout
        if layout is None or not self._is_watched:
            return
        catalog, wanted = self._document.catalog, (self.aspect, self.gutters)
        if self._grid is not None and self._grid[:2] == (layout, wanted):
            return

        def work(token: Token, emit: Emit) -> tuple[Grid, float]:
            began = time.perf_counter()
            made = gridcut(layout.places, layout.slots, layout.clusters, aspect=wanted[0], gutters=wanted[1],
                           token=token)  # fmt: skip
            return made, time.perf_counter() - began

        job = Job(words("Grid"), work, key="grid", quiet=True)
        job.succeeded.connect(lambda result: self._on_grid(catalog, layout, wanted, *result))
        job.failed.connect(self._notices.error)
        self._run("grid", self._lanes.analysis, job)

    def _on_grid(
        self, catalog: Catalog, layout: Layout, wanted: tuple[float, bool], grid: Grid, seconds: float
    ) -> None:
        if self._is_open(catalog) and layout is self.layout:
            self._grid, self._grid_seconds = (layout, wanted, grid), seconds
            self.measures = None  # they were of another one
            self.grid_changed.emit()

    def ask_measures(self) -> None:
        """Have map and grid measured; `measured` tells."""
        layout, attribute = self.layout, self.attribute
        source = self._sources.get(attribute)
        grid = self.grid
        if layout is None or source is None or grid is None or len(source.slots) != len(layout.slots):
            return
        catalog, helper = self._document.catalog, self._helper
        classes = np.maximum(self._document.decided(attribute)[layout.slots], 0)
        request = MeasureRequest(source.space, layout.places, layout.clusters, classes, grid.cells, self._grid_seconds)

        def work(token: Token, emit: Emit) -> Any:
            return helper.run(arrange.measure, request, token)

        job = Job(words("Measuring map and grid"), work, key="measure")
        job.succeeded.connect(lambda found: self._on_measured(catalog, grid, found))
        job.failed.connect(self._notices.error)
        self._run("measure", self._lanes.maps, job)

    def _on_measured(self, catalog: Catalog, grid: Grid, found: dict[str, dict[str, float]]) -> None:
        if self._is_open(catalog) and grid is self.grid:
            self.measures = found
            self.measured.emit()

    def _run(self, key: str, lane: Lane, job: Job) -> None:
        self._jobs[key] = job
        job.finished.connect(lambda: self._over(key, job))
        lane.submit(job)
        self.busy_changed.emit()

    def _over(self, key: str, job: Job) -> None:
        if self._jobs.get(key) is job:
            del self._jobs[key]
        self.busy_changed.emit()

    # When the document changes

    def _is_open(self, catalog: Catalog) -> bool:
        return self._document.is_open and self._document.catalog is catalog

    def _on_opened(self) -> None:
        for job in list(self._jobs.values()):
            job.cancel()
        self._later.stop()
        self._layouts.clear()
        self._sources.clear()
        self._declined.clear()
        self._grid = self._coloring = self.moving = self.measures = self.problem = self._asked = None
        self._shown, self.hidden = self.attribute, frozenset()
        self._look_for_classes()
        if self._document.is_open:
            kept = self._document.catalog.setting("canvas", {})
            self._kind = kept["kind"] if kept.get("kind") in KINDS else "class"
            self.pictures, self.gutters = bool(kept.get("pictures", True)), bool(kept.get("gutters"))
            self.ask()
        self.options_changed.emit()
        self.layout_changed.emit(False)
        self.colors_changed.emit()

    def _on_attribute(self) -> None:
        """Another attribute may be active."""
        if self.attribute != self._shown:
            self._shown = self.attribute
            self._look_for_classes()
            self._is_left = "map" in self._jobs  # nobody gave it up: it is made when one comes back
            for key in ("map", "measure"):
                if key in self._jobs:
                    self._jobs[key].cancel()
            self.moving = self.measures = self._asked = self.problem = None
            self.hidden = frozenset()
            self.layout_changed.emit(False)
            self.colors_changed.emit()
            self.ask()
            self._ask_grid()

    def _on_model_changed(self, tables: frozenset[str], attributes: frozenset[int]) -> None:
        if "attribute" in tables:
            self._soon()
        if "class" in tables:
            self.options_changed.emit()  # there may be a first class, to be seen in color

    def _soon(self) -> None:
        if self._is_watched and not self._later.isActive():
            self._later.start()

    def _look_for_new(self) -> None:
        if self._document.is_open:
            self.ask()
