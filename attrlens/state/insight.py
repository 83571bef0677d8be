"""What stands behind the decisions: why, health of the exemplars, the record, heat maps, the automatic choice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from attrlens.core import auto, health, tasks, why
from attrlens.core.auto import Found, Tried
from attrlens.core.catalog import history
from attrlens.core.catalog.history import Event
from attrlens.core.catalog.store import Catalog
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.export.record import export_record
from attrlens.core.health import Health
from attrlens.core.inside.activations import Network
from attrlens.core.recipes import Recipe
from attrlens.core.token import Token
from attrlens.core.why import Share, Why
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.colormap import heat_image
from attrlens.state.document import Document
from attrlens.state.notices import Notice, Notices
from attrlens.state.settings import Settings
from attrlens.words import words


class Insight(QObject):
    """Asks in the background, keeps the last answers.

    Signals
    -------
    why_ready(Why)
    health_changed(int attribute)
    heat_ready(int slot, Share channel, QImage map)
    events_ready(Words title, list of Event)
    choice_ready(Found)
    """

    why_ready = Signal(object)
    health_changed = Signal(int)
    heat_ready = Signal(int, object, QImage)
    events_ready = Signal(object, object)  # not str: Qt would make it plain text, which nobody can translate
    choice_ready = Signal(object)

    def __init__(self, document: Document, lanes: Lanes, notices: Notices, settings: Settings, fits: Fits) -> None:
        super().__init__()
        self._document, self._lanes, self._notices, self._settings = document, lanes, notices, settings
        self._fits, self._own_fits = fits, Fits()
        self._network = Network()
        self._health: dict[int, Health] = {}
        self._stale: set[int] = set()
        self._examining: dict[int, Job] = {}
        self._undescribed: set[int] = set()
        self._timer = QTimer(self, singleShot=True, interval=400)
        self._timer.timeout.connect(self._examine_stale)
        document.suggestions_changed.connect(self._on_suggestions_changed)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_closed)

    def _is_open(self, catalog: Catalog) -> bool:
        return self._document.is_open and self._document.catalog is catalog

    def _on_opened(self) -> None:
        for attribute in self._document.model.attributes:
            self._on_suggestions_changed(attribute)

    def _on_closed(self) -> None:
        self._timer.stop()
        self._health.clear()
        self._undescribed.clear()
        self._stale.clear()
        for job in self._examining.values():
            job.cancel()
        self._examining.clear()
        self._own_fits = Fits()

    # Why

    def ask_why(self, attribute: int, slot: int) -> None:
        """Look into one suggestion; `why_ready` brings the answer of the last one asked for."""
        catalog, fits = self._document.catalog, self._fits
        request = ClassifyRequest.of(catalog, attribute)
        job = Job(
            words("Why"), lambda token, emit: why.why(catalog, request, slot, fits), key=f"why {attribute}", quiet=True
        )
        job.succeeded.connect(lambda found: self._on_why(catalog, found))
        job.failed.connect(self._notices.error)
        self._lanes.analysis.submit(job)

    def _on_why(self, catalog: Catalog, found: Why | None) -> None:
        if found is not None and self._is_open(catalog):
            self.why_ready.emit(found)

    def ask_heat(self, slot: int, recipe: Recipe, share: Share) -> None:
        """Make the heat map of a channel for an image."""
        catalog, path = self._document.catalog, Path(self._document.images[slot].path)
        network, limit = self._network, self._settings.get("max_pixels")
        network.named_weights = self._settings.named_weights()

        def work(token: Token, emit: Emit) -> QImage:
            found = network.activations(path, recipe.backbone, share.layer, recipe.size, recipe.fit, token, limit)
            return heat_image(found.map(share.channel))

        job = Job(words("Channel {channel} of {layer}", channel=share.channel, layer=share.layer), work, key="heat")
        job.succeeded.connect(lambda image: self._on_heat(catalog, slot, share, image))
        job.failed.connect(self._notices.error)
        self._lanes.inference.submit(job)

    def _on_heat(self, catalog: Catalog, slot: int, share: Share, image: QImage) -> None:
        if self._is_open(catalog):
            self.heat_ready.emit(slot, share, image)

    # Health

    def health(self, attribute: int) -> Health | None:
        """What is known of an attribute's exemplars; `health_changed` tells of news."""
        return self._health.get(attribute)

    def _on_suggestions_changed(self, attribute: int) -> None:
        if self._document.by_slot(attribute).decision is None:
            if self._health.pop(attribute, None) is not None:
                self.health_changed.emit(attribute)
            return
        self._stale.add(attribute)
        self._timer.start()

    def _examine_stale(self) -> None:
        stale, self._stale = self._stale, set()
        for attribute in stale:
            if self._document.is_open and attribute in self._document.model.attributes:
                self.examine(attribute, with_curve=False)

    def examine(self, attribute: int, *, with_curve: bool = True) -> None:
        """Examine an attribute's exemplars again; with the learning curve it takes seconds."""
        catalog = self._document.catalog
        request = ClassifyRequest.of(catalog, attribute)
        fits = self._own_fits if with_curve else self._fits

        def work(token: Token, emit: Emit) -> Health | None:
            return health.health(catalog, request, fits, token, with_curve=with_curve)

        key = f"{'curve' if with_curve else 'health'} {attribute}"
        title = words("Examining exemplars of {name}", name=request.attribute.name)
        job = Job(title, work, key=key, quiet=not with_curve)
        job.succeeded.connect(lambda found: self._on_health(catalog, attribute, found))
        job.failed.connect(self._notices.error)
        if with_curve:
            self._examining[attribute] = job
        (self._lanes.helper if with_curve else self._lanes.analysis).submit(job)

    def examining(self, attribute: int) -> bool:
        """Whether the learning curve of an attribute is on its way."""
        job = self._examining.get(attribute)
        return job is not None and not job.over

    def none_described(self, attribute: int) -> bool:
        """Whether no exemplar of an attribute has a descriptor yet."""
        return attribute in self._undescribed

    def _on_health(self, catalog: Catalog, attribute: int, found: Health | None) -> None:
        if not self._is_open(catalog) or attribute not in self._document.model.attributes:
            return
        if found is None:
            self._health.pop(attribute, None)
            self._undescribed.add(attribute)
        else:
            self._undescribed.discard(attribute)
            if ClassifyRequest.of(catalog, attribute).basis(catalog) == found.basis:
                known = self._health.get(attribute)
                if found.curve is None and known is not None and known.basis == found.basis:
                    found = replace(found, curve=known.curve, forecast=known.forecast)
                self._health[attribute] = found
        self.health_changed.emit(attribute)  # also where the answer came too late: another is to be asked for

    # The record

    def ask_image_history(self, slot: int) -> None:
        """What happened to an image."""
        catalog, name = self._document.catalog, Path(self._document.images[slot].path).name
        model = self._document.model.copy()
        job = Job(
            words("History"),
            lambda token, emit: history.of_image(catalog, slot, model, token),
            key="history",
            quiet=True,
        )
        self._follow_history(catalog, job, words("History of {name}", name=name))

    def ask_class_history(self, class_id: int) -> None:
        """What happened to a class."""
        catalog, name = self._document.catalog, self._document.model.classes[class_id].name
        job = Job(
            words("History"), lambda token, emit: history.of_class(catalog, class_id, token), key="history", quiet=True
        )
        self._follow_history(catalog, job, words("History of {name}", name=name))

    def _follow_history(self, catalog: Catalog, job: Job, title: str) -> None:
        job.succeeded.connect(lambda events: self._on_history(catalog, title, events))
        job.failed.connect(self._notices.error)
        self._lanes.files.submit(job)

    def _on_history(self, catalog: Catalog, title: str, events: list[Event]) -> None:
        if self._is_open(catalog):
            self.events_ready.emit(title, events)

    def write_record(self, path: Path) -> Job:
        """Write the whole record, one JSON object a line."""
        catalog, model = self._document.catalog, self._document.model.copy()
        job = Job(
            words("Writing {name}", name=path.name), lambda token, emit: export_record(catalog, path, token, model)
        )
        job.succeeded.connect(lambda count: self._on_record(count, path))
        job.failed.connect(self._notices.error)
        self._lanes.files.submit(job)
        return job

    def _on_record(self, count: int, path: Path) -> None:
        self._notices.show(
            Notice(words("{n:,} entry was written to {path}.", "{n:,} entries were written to {path}.", n=count,
                         path=path))
        )  # fmt: skip

    # The automatic choice

    def find_recipe(self, attribute: int) -> Job:
        """Try recipes and methods on the attribute's exemplars; nothing changes until a person says so."""
        catalog = self._document.catalog
        request = auto.AutoRequest.of(catalog, attribute)
        weights, limit = self._settings.named_weights(), self._settings.get("max_pixels")
        name = self._document.model.attributes[attribute].name

        def work(token: Token, emit: Emit) -> Found:
            return auto.find(catalog, request, tasks.Engines(weights), token, limit)

        job = Job(words("Trying recipes for {name}", name=name), work, key=f"auto {attribute}")
        job.succeeded.connect(lambda found: self._on_choice(catalog, found))
        job.failed.connect(self._notices.error)
        self._lanes.inference.submit(job)
        return job

    def _on_choice(self, catalog: Catalog, found: Found) -> None:
        if self._is_open(catalog):
            self.choice_ready.emit(found)

    def use(self, attribute: int, tried: Tried) -> None:
        """Take over what was tried."""
        self._document.set_recipe(attribute, tried.recipe, tried.method.name)
