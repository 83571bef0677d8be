"""Names and colors to sort by: what the gallery's orders need worked out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from attrlens.core.catalog import places
from attrlens.core.catalog.rows import READY
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.colors import mean_color_of
from attrlens.core.token import Token
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.state.notices import Notices
from attrlens.state.view import GalleryView
from attrlens.words import words

CHUNK = 200

PREPARE_AFTER = 1000
"""Milliseconds after a change of files: opening and painting come first."""

MANY = 2000
"""Images from which on names are prepared in the background; of fewer it takes a few milliseconds."""


class Search(QObject):
    """Asks in the background, and gives the view what it found."""

    def __init__(self, document: Document, view: GalleryView, lanes: Lanes, notices: Notices) -> None:
        super().__init__()
        self._document, self._view, self._lanes, self._notices = document, view, lanes, notices
        view.colors_wanted.connect(self.fill_colors)
        self._prepared = -1
        self._soon = QTimer(self, singleShot=True, interval=PREPARE_AFTER)
        self._soon.timeout.connect(self._prepare_names)
        for signal in (document.opened, document.images_added, document.images_changed):
            signal.connect(self._prepare_soon)

    def _is_open(self, catalog: Catalog) -> bool:
        return self._document.is_open and self._document.catalog is catalog

    def _prepare_soon(self, *_: object) -> None:
        if not self._soon.isActive():  # not put off for as long as images are being described
            self._soon.start()

    def _prepare_names(self) -> None:
        """Work out ahead what a filter and an order by names need, in a large catalog."""
        document, facts = self._document, self._view.facts
        version = document.places_version
        if len(document.images) >= MANY and version != self._prepared:
            self._prepared = version
            names = facts.wanted_names()
            job = Job(words("Sorting names"), lambda token, emit: names.prepare(token), key="names", quiet=True)
            job.succeeded.connect(lambda found: facts.adopt_names(found, version))
            self._lanes.helper.submit(job)

    def fill_colors(self) -> Job:
        """Find out the colors of images that were described before colors were kept, from their thumbnails."""
        catalog, cache = self._document.catalog, self._document.thumbnails
        slots = [image.slot for image in self._document.images if image.color < 0 and image.state == READY]
        job = Job(
            words("Looking at colors"), lambda token, emit: _colors(catalog, cache, slots, token, emit), key="colors",
            partial_is_done=True,
        )  # fmt: skip
        job.partial.connect(lambda parts: self._on_colors(catalog, parts))
        job.failed.connect(self._notices.error)
        return self._lanes.helper.submit(job)

    def _on_colors(self, catalog: Catalog, parts: list[list[tuple[int, int]]]) -> None:
        if self._is_open(catalog):
            self._document.adopt_colors([pair for part in parts for pair in part])
            self._view.rebuild()


def _colors(catalog: Catalog, cache: Thumbnails, slots: Sequence[int], token: Token, emit: Emit) -> None:
    for start in range(0, len(slots), CHUNK):
        token.check()
        token.report(start, len(slots))
        found = [(slot, mean_color_of(data)) for slot, data in cache.get(slots[start : start + CHUNK]).items()]
        places.set_colors(catalog, found)
        emit(found)
