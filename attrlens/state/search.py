"""Images like others, and colors to sort by: what the gallery's orders need worked out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer

from attrlens.core import similar
from attrlens.core.catalog import places
from attrlens.core.catalog.rows import READY
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.colors import mean_color_of
from attrlens.core.tasks import Engines
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.state.notices import Notices
from attrlens.state.settings import Settings
from attrlens.state.view import GalleryView, Like
from attrlens.words import tr, words

CHUNK = 200

PREPARE_AFTER = 1000
"""Milliseconds after a change of files: opening and painting come first."""

MANY = 2000
"""Images from which on names are prepared in the background; of fewer it takes a few milliseconds."""


class Search(QObject):
    """Asks in the background, and gives the view what it found."""

    def __init__(
        self, document: Document, view: GalleryView, lanes: Lanes, notices: Notices, settings: Settings
    ) -> None:
        super().__init__()
        self._document, self._view, self._lanes, self._notices = document, view, lanes, notices
        self._settings = settings
        self.engines = Engines()
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

    def find_like(self, slots: Sequence[int], files: Sequence[Path] = (), attribute: int = 0) -> Job | None:
        """Sort the gallery by likeness to images of the catalog, and files from outside.

        Parameters
        ----------
        slots : sequence of int
        files : sequence of Path
            Those that are in the catalog count as such; others are described, and stay outside.
        attribute : int
            By whose descriptors; 0 the active one's.
        """
        document = self._document
        attribute = attribute or self._view.attribute
        if attribute not in document.model.attributes:
            return None
        by_path = {image.path: image.slot for image in document.images} if files else {}
        inside = [*slots, *(by_path[str(path)] for path in files if str(path) in by_path)]
        outside = [path for path in files if str(path) not in by_path]
        catalog, recipe = document.catalog, document.catalog.recipe(document.model.attributes[attribute].recipe)
        in_use, limit = catalog.recipes_in_use(), self._settings.get("max_pixels")
        count = len(inside) + len(outside)
        if not count:
            return None
        name = Path(document.images[inside[0]].path if inside else outside[0]).name
        by = document.model.attributes[attribute].name
        title = (
            tr("Like {name}, by {attribute}", name=name, attribute=by)
            if count == 1
            else tr("Like {n:,} images, by {attribute}", n=count, attribute=by)
        )
        engines = self.engines
        engines.named_weights = self._settings.named_weights()

        def work(token: Token, emit: Emit) -> Like:
            parts = [similar.examples_of(catalog, recipe.key, inside)] if inside else []
            if outside:
                parts.append(similar.describe_files(outside, in_use, engines, token, limit)[recipe.key])
            parts = [part for part in parts if len(part)]
            if not parts:
                raise AttrLensError(
                    words("These images are not described yet."), words("Wait until they are, then try again.")
                )
            found = similar.distances(catalog, recipe.key, np.concatenate(parts), token)
            return Like(title, attribute, tuple(inside), found, tuple(outside))

        job = Job(words("Finding similar images"), work, key="like", quiet=not outside)
        job.succeeded.connect(lambda like: self._on_like(catalog, like))
        job.failed.connect(self._notices.error)
        return (self._lanes.inference if outside else self._lanes.analysis).submit(job)

    def _on_like(self, catalog: Catalog, like: Like) -> None:
        if self._is_open(catalog):
            self._view.set_like(like)

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
