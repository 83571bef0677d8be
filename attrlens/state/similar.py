"""Images like others, in two columns: what is looked for, how, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from attrlens.core.catalog.store import Catalog
from attrlens.core.decisions import Fits
from attrlens.core.retrieve.axes import WORTH, AxesCache
from attrlens.core.retrieve.outside import WHOLE, Box, Picture, describe_pictures
from attrlens.core.retrieve.query import METRICS, Answer, Examples, Metric, Request, Searcher
from attrlens.core.retrieve.room import too_large
from attrlens.core.tasks import Engines
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.state.examples import FEWEST, MOST, USUAL, Example, Options
from attrlens.state.notices import Notice, Notices
from attrlens.state.order import ImageOrder
from attrlens.state.settings import Settings
from attrlens.state.thumbnails import load_large
from attrlens.state.view import GalleryView, Like
from attrlens.words import Words, tr, words

Array = np.ndarray[Any, Any]

AGAIN = 1500
"""Milliseconds after which what has changed in the catalog is looked for too."""

SHOWN = 640
"""Longer side in pixels of a picture from outside, to look at."""


class Similar(QObject):
    """Asks in the background, and gives the columns what was found.

    Signals
    -------
    examples_changed()
    options_changed()
    found()
        The columns are new.
    busy_changed()
    picture_ready(int number, QImage picture)
        A picture from outside, to look at.
    """

    examples_changed = Signal()
    options_changed = Signal()
    found = Signal()
    busy_changed = Signal()
    picture_ready = Signal(int, QImage)

    def __init__(
        self, document: Document, view: GalleryView, lanes: Lanes, notices: Notices, settings: Settings, fits: Fits
    ) -> None:
        super().__init__()
        self._document, self._view, self._lanes = document, view, lanes
        self._notices, self._settings = notices, settings
        self._searcher, self._engines = Searcher(fits), Engines()
        self.examples: list[Example] = []
        self.options = Options()
        self.columns = (ImageOrder(), ImageOrder())
        self.attributes = [0, 0]
        self.used: list[Metric] = []
        self.problem: AttrLensError | None = None
        self.remark: Words | None = None
        self._outside: dict[tuple[Any, ...], dict[str, Array]] = {}
        self._jobs: list[Job] = []
        self._more = 0
        self._is_watched, self._stale = False, False
        self._prepared: set[Path] = set()
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self._ask_again)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask_now)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.closed.connect(self._forget)
        for signal in (document.images_changed, document.kept_changed):
            signal.connect(self._later)
        view.changed.connect(lambda: self._later() if self.options.only_shown else None)
        document.model_changed.connect(self._on_model_changed)

    # What is looked for

    def look_for(self, examples: Sequence[Example]) -> None:
        """Look for images like these, and no longer for others."""
        self.examples = list(examples)
        self._on_examples(anew=True)

    def add(self, examples: Sequence[Example]) -> None:
        """Look for these too, or for images unlike them; one that is there already changes sides."""
        slots = {example.slot for example in examples if example.slot >= 0}
        kept = [example for example in self.examples if example.slot not in slots or example.box != WHOLE]
        self.examples = kept + list(examples)
        self._on_examples()

    def remove(self, number: int) -> None:
        """No longer look for one."""
        self.examples = [example for example in self.examples if example.number != number]
        self._on_examples()

    def change(self, number: int, *, liked: bool | None = None, box: Box | None = None) -> None:
        """Put one on the other side, or let another part of it count."""
        out = []
        for example in self.examples:
            if example.number == number:
                example = replace(
                    example, liked=example.liked if liked is None else liked, box=example.box if box is None else box
                )
            out.append(example)
        self.examples = out
        self._on_examples()

    def clear(self) -> None:
        """Look for nothing."""
        self.look_for([])

    def of_slots(self, slots: Sequence[int], *, liked: bool = True) -> list[Example]:
        """Images of the catalog as examples."""
        images = self._document.images
        return [Example(Path(images[slot].path).name, slot, Path(images[slot].path), liked=liked) for slot in slots]

    def of_files(self, files: Sequence[Path], *, liked: bool = True) -> list[Example]:
        """Files as examples; those that are in the catalog count as its images."""
        by_path = {image.path: image.slot for image in self._document.images if not image.missing} if files else {}
        out = []
        for path in files:
            slot = by_path.get(str(path), -1)
            out += self.of_slots([slot], liked=liked) if slot >= 0 else [Example(path.name, -1, path, liked=liked)]
        return out

    def of_picture(self, data: bytes, *, liked: bool = True) -> list[Example]:
        """A picture without a file as example."""
        return [Example(tr("Picture"), data=data, liked=liked)] if data else []

    def _on_examples(self, anew: bool = False) -> None:
        self._more = 0
        if anew:
            self.columns[0].order = self.columns[1].order = np.zeros(0, np.int32)
        kept = {example.source for example in self.examples}
        self._outside = {source: rows for source, rows in self._outside.items() if source in kept}
        self.examples_changed.emit()
        self.ask()

    # How

    def set_options(self, **values: Any) -> None:
        """Search otherwise."""
        options = replace(self.options, **values)
        if options != self.options:
            self.options = options
            self._more = 0
            self._document.keep("similar", {
                "metric": options.metric, "k": options.k, "blended": options.blended, "blend": options.blend,
                "other_products": options.other_products,
            })  # fmt: skip
            self.options_changed.emit()
            self.ask()

    def set_attribute(self, column: int, attribute: int) -> None:
        """By what a column searches."""
        if attribute != self.attributes[column]:
            self.attributes[column] = attribute
            self.options_changed.emit()
            self.ask()

    def more(self) -> None:
        """Look for as many more: a person has come to the end."""
        longest = max(len(column.order) for column in self.columns)
        if not self.is_busy and longest >= self.options.k + self._more and longest < MOST:
            self._more += self.options.k
            self.ask()

    def watch(self, on: bool) -> None:
        """Somebody looks, or nobody does: nothing is searched for nobody."""
        self._is_watched = on
        if on and self._stale:
            self.ask()

    # Asking

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._soon.isActive() or any(not job.over and not job.token.cancelled for job in self._jobs)

    def _later(self, *_: object) -> None:
        self._stale = bool(self.examples)
        if self._is_watched and self._stale and not self._again.isActive():
            self._again.start()

    def _ask_again(self) -> None:
        if self._is_watched:
            self.ask()

    def ask(self) -> None:
        """Look for it, once what a person does in this moment is done."""
        for job in self._jobs:
            job.cancel()
        self._jobs = []
        self._soon.start()
        self.busy_changed.emit()

    def _ask_now(self) -> None:
        document = self._document
        self._stale = False
        self.problem = self.remark = None
        liked = [example for example in self.examples if example.liked]
        if not document.is_open or not liked:
            self._show([], [])
            return
        catalog = document.catalog
        pictures = [example for example in self.examples if example.is_outside]
        missing = [example for example in pictures if example.source not in self._outside]
        if missing:
            self._describe(catalog, missing)
        else:
            self._search(catalog)

    def _submit(self, job: Job, lane: Any) -> None:
        job.failed.connect(self._on_failed)
        job.finished.connect(self.busy_changed)
        self._jobs.append(job)
        lane.submit(job)
        self.busy_changed.emit()

    def _describe(self, catalog: Catalog, examples: Sequence[Example]) -> None:
        recipes, limit, engines = catalog.recipes_in_use(), self._settings.get("max_pixels"), self._engines
        engines.named_weights = self._settings.named_weights()
        pictures = [Picture(example.path, example.data, example.box) for example in examples]

        def work(token: Token, emit: Emit) -> Any:
            for example in examples:
                if example.slot < 0:
                    emit((example.number, load_large(example.path or example.data, SHOWN, limit)))
            emit.flush()
            return describe_pictures(pictures, recipes, engines, token, limit)

        job = Job(words("Describing the pictures"), work, key="similar")
        job.partial.connect(self._on_pictures)
        job.succeeded.connect(lambda rows: self._on_described(catalog, examples, rows))
        self._submit(job, self._lanes.inference)

    def _on_pictures(self, parts: list[tuple[int, QImage]]) -> None:
        for number, picture in parts:
            self.picture_ready.emit(number, picture)

    def _on_described(self, catalog: Catalog, examples: Sequence[Example], rows: dict[str, Array]) -> None:
        for place, example in enumerate(examples):
            self._outside[example.source] = {key: part[place : place + 1] for key, part in rows.items()}
        if self._is_open(catalog):
            self._search(catalog)

    def _is_open(self, catalog: Catalog) -> bool:
        return self._document.is_open and self._document.catalog is catalog

    def blends(self) -> list[tuple[tuple[int, float], ...]]:
        """By what each column searches: attributes with their weights."""
        known = self._document.model.attributes
        first, second = self.attributes
        if first not in known:
            return []
        if self.options.blended and second in known:
            return [((first, 1 - self.options.blend), (second, self.options.blend))]
        return [((number, 1.0),) for number in (first, second) if number in known]

    def _inputs(self, catalog: Catalog) -> Any:
        """What a search needs, frozen: a function that gathers the examples, and who may be found."""
        keys = [row.recipe for row in catalog.model.attributes.values()]
        sides = [[e for e in self.examples if e.liked is liked] for liked in (True, False)]
        slots = [[e.slot for e in side if not e.is_outside] for side in sides]
        outside = [[self._outside[e.source] for e in side if e.is_outside] for side in sides]

        searcher = self._searcher

        def gather() -> Examples:
            found = []
            for inside, others in zip(slots, outside, strict=True):
                rows = searcher.examples(catalog, keys, inside) if inside else {}
                for one in others:
                    for key, part in one.items():
                        rows[key] = np.concatenate([rows[key], part]) if key in rows else part
                found.append(rows)
            return Examples(*found)

        return gather, self._allowed()

    def _allowed(self) -> Array:
        document, own = self._document, [example.slot for example in self.examples if example.slot >= 0]
        allowed = document.kept[: len(document.images)].copy()
        allowed[own] = False
        if self.options.only_shown:
            shown = np.zeros(len(allowed), bool)
            shown[self._view.order] = True
            allowed &= shown
        if self.options.other_products:
            products, kept = self._view.facts.texts("sku"), document.model.products
            codes = {products[slot] for slot in own}
            numbers = {kept[slot][0] for slot in own if slot in kept}
            same = [slot for slot, code in enumerate(products) if code in codes]
            allowed[same] = False
            allowed[[slot for slot, (number, _) in kept.items() if number in numbers and slot < len(allowed)]] = False
        return np.asarray(allowed)

    def _search(self, catalog: Catalog) -> None:
        gather, allowed = self._inputs(catalog)
        blends, metric = self.blends(), self.options.metric
        k, searcher = min(MOST, self.options.k + self._more), self._searcher
        keys = [catalog.model.attributes[number].recipe for blend in blends for number, _ in blend]

        def work(token: Token, emit: Emit) -> tuple[list[Answer], Words | None]:
            examples = gather()
            answers = [
                searcher.search(catalog, Request(examples, blend, metric, k, allowed), token) for blend in blends
            ]
            return answers, too_large(catalog, keys)

        job = Job(words("Finding similar images"), work, key="similar", quiet=len(self._document.images) < 20_000)
        job.succeeded.connect(lambda answer: self._on_found(catalog, *answer))
        self._submit(job, self._lanes.analysis)

    def _on_found(self, catalog: Catalog, answers: list[Answer], remark: Words | None) -> None:
        if self._is_open(catalog):
            self.remark = remark
            self._show([answer.found.slots for answer in answers], [answer.metric for answer in answers])
            self._prepare(catalog)

    def _show(self, orders: Sequence[Array], used: list[Metric]) -> None:
        self.used = used
        for place, column in enumerate(self.columns):
            order = orders[place] if place < len(orders) else np.zeros(0, np.int32)
            column.attribute = self.attributes[place]
            column.show(order, anew=self._more == 0)
        self.found.emit()

    def _on_failed(self, error: AttrLensError) -> None:
        self.problem = error
        self._show([], [])
        self._notices.error(error)

    def _prepare(self, catalog: Catalog) -> None:
        """In a large catalog, let the next search be faster."""
        keys = list(dict.fromkeys(row.recipe for row in catalog.model.attributes.values()))
        if len(self._document.images) < WORTH or catalog.path in self._prepared:
            return
        self._prepared.add(catalog.path)

        def work(token: Token, emit: Emit) -> None:
            for key in keys:
                cache = AxesCache(catalog, key)
                if cache.is_worth():
                    cache.build(token)

        job = Job(words("Preparing the search"), work, key="axes")
        job.succeeded.connect(self._forget)
        job.failed.connect(lambda error: self._notices.show(Notice(error.message, error.hint)))
        self._document.closing.connect(job.cancel)
        self._lanes.helper.submit(job)

    def _forget(self, *_: object) -> None:
        """Let go of what the searcher keeps, in the thread it is used from."""
        searcher = self._searcher
        self._lanes.analysis.submit(
            Job(words("Finding similar images"), lambda token, emit: searcher.forget(), quiet=True)
        )

    # The gallery in this order

    def sort_gallery(self, attribute: int) -> Job | None:
        """Sort the gallery by likeness to the examples, by one attribute."""
        document = self._document
        liked = [example for example in self.examples if example.liked]
        if not document.is_open or not liked or attribute not in document.model.attributes:
            return None
        if any(e.is_outside and e.source not in self._outside for e in self.examples):
            return None  # still being described
        catalog = document.catalog
        gather, _ = self._inputs(catalog)
        metric, searcher, by = self.options.metric, self._searcher, document.model.attributes[attribute].name
        count = len(liked)
        title = (
            tr("Like {name}, by {attribute}", name=liked[0].name, attribute=by)
            if count == 1
            else tr("Like {n:,} images, by {attribute}", n=count, attribute=by)
        )

        def work(token: Token, emit: Emit) -> Like:
            request = Request(gather(), ((attribute, 1.0),), metric)
            return Like(title, attribute, searcher.distances(catalog, request, token))

        job = Job(words("Finding similar images"), work, key="like", quiet=True)
        job.succeeded.connect(lambda like: self._view.set_like(like) if self._is_open(catalog) else None)
        job.failed.connect(self._notices.error)
        return self._lanes.analysis.submit(job)

    # When the document changes

    def _on_opened(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._jobs, self.examples, self._outside, self._more = [], [], {}, 0
        self.problem = self.remark = None
        self.options, self.attributes = Options(), [0, 0]
        if self._document.is_open:
            self._choose_attributes()
            kept = self._document.catalog.setting("similar", {})
            self.options = Options(
                kept["metric"] if kept.get("metric") in METRICS else "euclidean",
                min(MOST, max(FEWEST, int(kept.get("k", USUAL)))), bool(kept.get("blended")),
                min(1.0, max(0.0, float(kept.get("blend", 0.5)))), bool(kept.get("other_products")),
            )  # fmt: skip
        self._show([], [])
        self.examples_changed.emit()
        self.options_changed.emit()

    def _choose_attributes(self) -> None:
        rows = [row.id for row in self._document.model.sorted_attributes()]
        chosen = [number for number in self.attributes if number in rows]
        self.attributes = [*chosen, *(number for number in rows if number not in chosen), 0, 0][:2]

    def _on_model_changed(self, tables: object, attributes: object) -> None:
        if isinstance(tables, frozenset) and "attribute" in tables:
            self._choose_attributes()
            self.options_changed.emit()
            self.ask()
        elif isinstance(tables, frozenset) and (
            ("exemplar" in tables and self.options.metric == "classes")
            or ("product" in tables and self.options.other_products)
        ):
            self._later()
