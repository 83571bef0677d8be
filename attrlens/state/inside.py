"""Looking inside the network: which backbone and layer a person looks at, and what was found out about it."""

from __future__ import annotations

import importlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from attrlens.core.backbones import weights
from attrlens.core.backbones.registry import BACKBONES, backbone
from attrlens.core.backbones.spec import Head, Layer
from attrlens.core.catalog.store import Catalog
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.inside import class_maps
from attrlens.core.inside.activations import SIDE, Activations, Network
from attrlens.core.inside.class_maps import ClassMap, Direction
from attrlens.core.inside.export import Look, write_set
from attrlens.core.recipes import block_recipe
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, ImageError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.state.notices import Notice, Notices
from attrlens.state.settings import Settings
from attrlens.words import words

KEPT = 300_000_000
"""Bytes of activations kept: switching channels or images back and forth asks nothing of the network."""


MAPS = 200
"""Maps of a curator's classes kept."""


@dataclass(frozen=True)
class OwnMap:
    """A map of a curator's class, with what it is set against."""

    map: ClassMap
    toward: Direction


class Inside(QObject):
    """Asks in the background, keeps what was found.

    Signals
    -------
    choice_changed()
        Another backbone or layer, or others are there to choose from.
    activations_ready(int slot, str layer)
    activations_failed(int slot, AttrLensError)
    class_map_ready(int slot)
    weights_changed()
        What was found with other weights means nothing any more.
    charts_ready()
    """

    choice_changed = Signal()
    activations_ready = Signal(int, str)
    activations_failed = Signal(int, object)
    class_map_ready = Signal(int)
    weights_changed = Signal()
    charts_ready = Signal()

    def __init__(self, document: Document, lanes: Lanes, notices: Notices, settings: Settings, fits: Fits) -> None:
        super().__init__()
        self._document, self._lanes, self._notices, self._settings = document, lanes, notices, settings
        self._fits, self._network = fits, Network()
        self._held: dict[str, frozenset[str]] = {}
        self.backbone = "efficientnet_lite0"
        self.layer = block_recipe(self.backbone, 2).layers[0]
        self.has_charts = False
        self.head: Head | None = None
        self._head_known: set[str] = set()
        self._activations: OrderedDict[tuple[int, str, str], Activations] = OrderedDict()
        self._own: dict[tuple[int, int, int], OwnMap | None] = {}
        self._asked: dict[str, tuple[Job, Any]] = {}
        self._asked_own: tuple[Job, Any] | None = None
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.pictures_changed.connect(self._forget)
        document.suggestions_changed.connect(lambda *_: self._drop_own())
        settings.changed.connect(self._on_setting)

    def _on_opened(self) -> None:
        self._drop_activations()
        self._drop_own()

    def _drop_activations(self) -> None:
        for job, _ in self._asked.values():
            job.cancel()  # what it brings is of before
        self._asked.clear()
        self._activations.clear()

    def _drop_own(self) -> None:
        if self._asked_own is not None:
            self._asked_own[0].cancel()
        self._asked_own = None
        self._own.clear()

    def _forget(self, slots: Sequence[int]) -> None:
        gone = set(slots)
        for key in [key for key in self._activations if key[0] in gone]:
            del self._activations[key]
        for job, _ in self._asked.values():
            job.cancel()
        self._asked.clear()
        self._drop_own()

    def _on_setting(self, key: str) -> None:
        if key == "resnet50_weights":
            self._held.pop("resnet50", None)
            self._head_known.discard("resnet50")
            self.head = None
            self._drop_activations()
            self._drop_own()
            self.weights_changed.emit()
            self.look_for_weights()

    def is_open(self, catalog: Catalog) -> bool:
        """Whether what was found about a catalog still means anything."""
        return self._document.is_open and self._document.catalog is catalog

    def _submit(self, lane: Any, job: Job) -> Job:
        job.failed.connect(self._notices.error)
        lane.submit(job)
        return job

    def network(self) -> Callable[[], Network]:
        """For a job: the network, with the weights a person has chosen by now, be they others when the job begins."""
        network, named = self._network, self._settings.named_weights()

        def ready() -> Network:
            network.named_weights = named
            return network

        return ready

    def ask_charts(self) -> None:
        """Import the chart library in a lane: in the main thread it would hold the window for half a second."""
        if self.has_charts:
            return

        def work(token: Token, emit: Emit) -> None:
            importlib.import_module("pyqtgraph")

        job = Job(words("Preparing charts"), work, key="charts", quiet=True)
        job.succeeded.connect(lambda _: self._on_charts())
        self._submit(self._lanes.files, job)

    def _on_charts(self) -> None:
        self.has_charts = True
        self.charts_ready.emit()

    # Which layer

    def look_for_weights(self) -> None:
        """Find out which backbones and layers there are weights of."""
        named = self._settings.named_weights()

        def work(token: Token, emit: Emit) -> dict[str, frozenset[str]]:
            out = {}
            for name, row in BACKBONES.items():
                try:
                    out[name] = row.available_layers(weights.locate(row, named.get(name)))
                except AttrLensError:
                    out[name] = frozenset()
            return out

        job = Job(words("Looking for weights"), work, key="weights", quiet=True)
        job.succeeded.connect(self._on_weights)
        self._submit(self._lanes.files, job)

    def _on_weights(self, held: dict[str, frozenset[str]]) -> None:
        if held != self._held:
            self._held = held
            if self.layer not in held.get(self.backbone, ()):
                self.backbone = "efficientnet_lite0"
                self.layer = block_recipe(self.backbone, 2).layers[0]
            self.choice_changed.emit()

    def backbones(self) -> list[str]:
        """Those there are weights of."""
        return [name for name in BACKBONES if self._held.get(name)] or [self.backbone]

    def layers(self) -> list[Layer]:
        """Layers of the chosen backbone that its weights hold, shallow first."""
        return self._held_layers(self.backbone)

    def _held_layers(self, backbone_id: str) -> list[Layer]:
        row = backbone(backbone_id)
        held = self._held.get(backbone_id)
        if held is None:  # not looked for yet
            held = frozenset(one.name for one in row.layers) if row.bundled else frozenset()
        return [one for one in row.layers if one.name in held]

    @property
    def block(self) -> int:
        """Of the chosen layer."""
        return backbone(self.backbone).layer(self.layer).block

    @property
    def width(self) -> int:
        """Channels of the chosen layer."""
        return backbone(self.backbone).layer(self.layer).width

    def choose(self, backbone_id: str, layer: str = "") -> None:
        """Look at another backbone or layer; "" is the last layer of the same block, or of the deepest there is."""
        before, there = (self.backbone, self.layer), self._held_layers(backbone_id)
        if not there:
            return  # its weights are not there any more
        if layer not in {one.name for one in there}:
            same = [one for one in there if one.block == self.block] or there
            layer = same[-1].name
        self.backbone, self.layer = backbone_id, layer
        if (self.backbone, self.layer) != before:
            self.head = None
            self.choice_changed.emit()

    # Activations

    def activations(self, slot: int, layer: str = "") -> Activations | None:
        """Those of the chosen layer, if they are there."""
        key = (slot, self.backbone, layer or self.layer)
        found = self._activations.get(key)
        if found is not None:
            self._activations.move_to_end(key)
        return found

    def ask_activations(self, slots: Sequence[int], layer: str = "") -> None:
        """Have them made; `activations_ready` tells of each. The last ones asked for win."""
        catalog, backbone_id, layer = self._document.catalog, self.backbone, layer or self.layer
        files = [(slot, Path(self._document.images[slot].path)) for slot in slots]
        files = [(slot, path) for slot, path in files if self.activations(slot, layer) is None]
        network, limit = self.network(), self._settings.get("max_pixels")
        asked = backbone_id, layer, [slot for slot, _ in files]
        key = "activations" if layer == self.layer else "activations of another layer"
        if not files or _is_under_way(self._asked.get(key), asked):
            return

        def work(token: Token, emit: Emit) -> None:
            for i, (slot, path) in enumerate(files):
                token.check()
                try:
                    emit((slot, network().activations(path, backbone_id, layer, SIDE, "letterbox", token, limit)))
                except ImageError as error:
                    emit((slot, error))
                emit.flush()
                token.report(i + 1, len(files), words("Showing images to the network"))

        job = Job(words("Activations of {layer}", layer=layer), work, key=key, quiet=len(files) < 3)
        job.partial.connect(lambda parts: self._on_activations(catalog, backbone_id, layer, parts))
        self._asked[key] = self._submit(self._lanes.inference, job), asked

    def _on_activations(self, catalog: Catalog, backbone_id: str, layer: str, parts: list[Any]) -> None:
        if not self.is_open(catalog):
            return
        for slot, found in parts:
            if isinstance(found, Activations):
                self._activations[slot, backbone_id, layer] = found
            else:
                self.activations_failed.emit(slot, found)
        kept = sum(one.nbytes for one in self._activations.values())
        while kept > KEPT and len(self._activations) > len(parts):
            kept -= self._activations.popitem(last=False)[1].nbytes
        for slot, found in parts:
            if isinstance(found, Activations):
                self.activations_ready.emit(slot, layer)

    # Classes

    def ask_head(self) -> None:
        """Find out whether the chosen backbone scores the classes of ImageNet; `choice_changed` tells."""
        name, network = self.backbone, self.network()
        if self.head is not None or name in self._head_known:
            return
        job = Job(words("Reading the classes"), lambda token, emit: network().head(name), key="head", quiet=True)
        job.succeeded.connect(lambda head: self._on_head(name, head))
        self._submit(self._lanes.inference, job)

    def _on_head(self, name: str, head: Head | None) -> None:
        if name == self.backbone:
            self.head = head
            if head is None:
                self._head_known.add(name)
            self.choice_changed.emit()

    @property
    def has_no_head(self) -> bool:
        """Whether it is known that the chosen weights score no classes."""
        return self.backbone in self._head_known

    def own_map(self, slot: int, attribute: int, class_id: int) -> OwnMap | None:
        """What in an image speaks for a class of the catalog, if it is known."""
        return self._own.get((slot, attribute, class_id))

    def knows_own_map(self, slot: int, attribute: int, class_id: int) -> bool:
        """Whether it was worked out, be it that there is none."""
        return (slot, attribute, class_id) in self._own

    def ask_own_maps(self, slots: Sequence[int], attribute: int, class_id: int) -> None:
        """Work out what speaks for a class; 0 for the one each image is suggested to be of."""
        catalog, fits = self._document.catalog, self._fits
        if attribute not in self._document.model.attributes:
            return
        request = ClassifyRequest.of(catalog, attribute)
        wanted = [slot for slot in slots if (slot, attribute, class_id) not in self._own]
        asked = attribute, class_id, wanted
        if not wanted or _is_under_way(self._asked_own, asked):
            return

        def directions(token: Token, emit: Emit) -> list[Direction | None]:
            return [class_maps.class_direction(catalog, request, slot, class_id, fits) for slot in wanted]

        job = Job(words("What speaks for a class"), directions, key="directions", quiet=True)
        job.succeeded.connect(lambda found: self._on_directions(catalog, asked, found))
        self._asked_own = self._submit(self._lanes.analysis, job), asked

    def _on_directions(
        self, catalog: Catalog, request: tuple[int, int, list[int]], found: list[Direction | None]
    ) -> None:
        if not self.is_open(catalog):
            return
        attribute, class_id, slots = request
        images, network, limit = self._document.images, self.network(), self._settings.get("max_pixels")
        asked = [(slot, Path(images[slot].path), one) for slot, one in zip(slots, found, strict=True)]

        def work(token: Token, emit: Emit) -> None:
            for slot, path, toward in asked:
                token.check()
                result = None
                if toward is not None:
                    recipe = toward.recipe
                    try:
                        seen = network().layers(path, recipe.backbone, recipe.layers, recipe.size, recipe.fit, token,
                                              limit, weighted=recipe.weight == "garment")  # fmt: skip
                        result = OwnMap(class_maps.class_map(seen, toward).without_activations(), toward)
                    except ImageError as error:
                        emit((slot, error))
                        continue
                emit((slot, result))
                emit.flush()

        job = Job(words("What speaks for a class"), work, key="class map", quiet=len(asked) < 3)
        job.partial.connect(lambda parts: self._on_own_maps(catalog, attribute, class_id, parts))
        self._asked_own = self._submit(self._lanes.inference, job), request

    def _on_own_maps(self, catalog: Catalog, attribute: int, class_id: int, parts: list[Any]) -> None:
        if not self.is_open(catalog):
            return
        for slot, found in parts:
            if isinstance(found, AttrLensError):
                self.activations_failed.emit(slot, found)
                continue
            self._own[slot, attribute, class_id] = found
            while len(self._own) > MAPS:
                self._own.pop(next(iter(self._own)))
            self.class_map_ready.emit(slot)

    # Export

    def write_looks(self, slots: Sequence[int], look: Look, folder: Path) -> None:
        """Write heat maps, masks and overlays of images into a folder."""
        images, network, limit = self._document.images, self.network(), self._settings.get("max_pixels")
        files = [Path(images[slot].path) for slot in slots]
        look = replace(look, backbone=self.backbone, layer=self.layer)

        def work(token: Token, emit: Emit) -> int:
            return write_set(files, look, network(), folder, token, limit)

        job = Job(words("Writing masks to {name}", name=folder.name), work)
        job.succeeded.connect(
            lambda n: self._notices.show(
                Notice(words("{n:,} picture was written to {path}.", "{n:,} pictures were written to {path}.", n=n,
                             path=folder))
            )
        )  # fmt: skip
        self._submit(self._lanes.inference, job)


def _is_under_way(running: tuple[Job, Any] | None, wanted: Any) -> bool:
    """Whether a job that is not over yet brings all of it: to ask again would begin it anew."""
    if running is None or running[0].over or running[0].token.cancelled:
        return False
    *what, slots = running[1]
    *other, missing = wanted
    return bool(what == other and set(missing) <= set(slots))
