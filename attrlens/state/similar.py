"""Images like others, in two columns: what is looked for, how, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage

from attrlens.core.catalog.store import Catalog
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.retrieve.axes import WORTH, AxesCache
from attrlens.core.retrieve.outside import WHOLE, Picture, describe_pictures
from attrlens.core.retrieve.query import METRICS, Answer, Examples, Metric, Request, Searcher
from attrlens.core.retrieve.room import too_large
from attrlens.core.retrieve.search import NOTHING
from attrlens.core.tasks import Engines
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, ImageError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.state.examples import FEWEST, MOST, USUAL, Examined, Example, Options, Source
from attrlens.state.notices import Notice, Notices
from attrlens.state.settings import Settings
from attrlens.state.thumbnails import as_qimage, load_large, pixels_of, smaller
from attrlens.state.view import GalleryView, Like
from attrlens.words import Words, tr, words

Array = np.ndarray[Any, Any]

AGAIN = 1500
"""Milliseconds after which what has changed in the catalog is looked for too."""

SHOWN = 640
"""Longer side in pixels of a picture from outside, to look at."""


class Similar(Examined):
    """Asks in the background, and gives the columns what was found.

    Signals
    -------
    options_changed()
    found()
        The columns are new.
    busy_changed()
    """

    options_changed = Signal()
    found = Signal()
    busy_changed = Signal()

    def __init__(
        self, document: Document, view: GalleryView, lanes: Lanes, notices: Notices, settings: Settings, fits: Fits
    ) -> None:
        super().__init__(document)
        self._view, self._lanes = view, lanes
        self._notices, self._settings = notices, settings
        self._searcher, self._engines = Searcher(fits), Engines()
        self.options = Options()
        self.attributes = [0, 0]
        self.used: list[Metric] = []
        self.problem: AttrLensError | None = None
        self.remark: Words | None = None
        self.among = self.left_out = 0
        self._sorted: Callable[[int], Job | None] | None = None
        self._jobs: list[Job] = []
        self._is_watched, self._stale = False, False
        self._is_prepared = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self._ask_again)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask_now)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.closed.connect(self._forget)
        document.images_changed.connect(self._on_images)
        document.kept_changed.connect(self._on_kept)
        view.changed.connect(lambda: self._later() if self.options.only_shown else None)
        document.model_changed.connect(self._on_model_changed)

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
            if attribute in self.attributes:  # the other column's: they change places
                self.attributes[1 - column] = self.attributes[column]
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

    def _on_images(self, *_: object) -> None:
        self._is_prepared = False
        self._later()

    def _on_kept(self) -> None:
        """What was taken out is no longer seen, at once; what came back is looked for."""
        kept = self._document.kept
        for column in self.columns:
            left = column.order[kept[column.order]] if len(kept) else column.order[:0]
            if len(left) != len(column.order):
                column.show(left, anew=False)
        self._later()

    def _ask_again(self) -> None:
        if self.is_busy:
            self._again.start()  # first what is being looked for
        elif self._is_watched:
            self.ask()

    def ask(self) -> None:
        """Look for it, once what a person does in this moment is done."""
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.cancel()
        self._soon.start()
        self.busy_changed.emit()

    def _ask_now(self) -> None:
        document = self._document
        self._stale = False
        self.problem = self.remark = None
        if not document.is_open or not any(example.liked for example in self.examples):
            self._show([], [])
            return
        catalog = document.catalog
        keys = frozenset(recipe.key for recipe in catalog.recipes_in_use())
        missing = [
            example for example in self.examples
            if example.is_outside and example.source not in self._bad
            and not keys <= self._asked_of.get(example.source, frozenset())
        ]  # fmt: skip
        if missing:
            self._describe(catalog, missing)
        else:
            self._search(catalog)

    def _submit(self, job: Job, lane: Any) -> None:
        job.failed.connect(self._on_failed)
        job.cancelled.connect(lambda: self._on_cancelled(job.key))
        job.finished.connect(self.busy_changed)
        self._jobs.append(job)
        lane.submit(job)
        self.busy_changed.emit()

    def _on_cancelled(self, key: str) -> None:
        """By a person, not by a newer search."""
        if any(job.token.cancelled for job in self._jobs):
            self._stale = True
            self.problem = AttrLensError(words("The search was cancelled."), words("Change something to search again."))
            self._show([], [])

    def _describe(self, catalog: Catalog, examples: Sequence[Example]) -> None:
        recipes, limit, engines = catalog.recipes_in_use(), self._settings.get("max_pixels"), self._engines
        engines.named_weights = self._settings.named_weights()
        made_with = {recipe.key: catalog.weights_hash(recipe.key) for recipe in recipes}
        asked = frozenset(made_with)

        def one(example: Example, token: Token, emit: Emit) -> None:
            """Hand over its descriptors, or why it cannot be read: the others are looked for all the same."""
            try:
                pixels = None if example.image is None else pixels_of(example.image)
                if example.slot < 0:
                    shown = (
                        load_large(example.path, SHOWN, limit) if example.path else as_qimage(smaller(pixels, SHOWN))
                    )
                    emit((example.source, shown))
                picture = Picture(example.path, pixels, example.box)
                rows = describe_pictures([picture], recipes, engines, token, limit, made_with)
                emit((example.source, (asked, dict(rows))))
            except ImageError as error:
                emit((example.source, error))

        def work(token: Token, emit: Emit) -> None:
            for number, example in enumerate(examples):
                token.check()
                token.report(number, len(examples), words("Describing the pictures"))
                one(example, token, emit)
                emit.flush()

        job = Job(words("Describing the pictures"), work, key="similar")
        job.partial.connect(self._on_described)
        job.succeeded.connect(lambda _: self._search(catalog) if self._is_open(catalog) else None)
        self._submit(job, self._lanes.inference)

    def _on_described(self, parts: list[tuple[Source, Any]]) -> None:
        for source, part in parts:
            if isinstance(part, QImage):
                self._pictures[*source[:-1], WHOLE] = part
            elif isinstance(part, AttrLensError):
                self._bad[source] = part
                self._notices.error(part)
            else:
                self._asked_of[source], self._outside[source] = part
        self.pictures_changed.emit()

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

    def _gatherer(self, catalog: Catalog) -> Callable[[], Examples]:
        """A function that gathers the examples as they are now; it is called in a lane."""
        keys = [row.recipe for row in catalog.model.attributes.values()]
        sides = [[e for e in self.examples if e.liked is liked] for liked in (True, False)]
        slots = [[e.slot for e in side if not e.is_outside] for side in sides]
        outside = [[self._outside[e.source] for e in side if e.source in self._outside] for side in sides]
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

        return gather

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
            before = int(allowed.sum())
            allowed[same] = False
            allowed[[slot for slot, (number, _) in kept.items() if number in numbers and slot < len(allowed)]] = False
            self.left_out = before - int(allowed.sum())
        return np.asarray(allowed)

    def _search(self, catalog: Catalog) -> None:
        usable = [e for e in self.examples if e.liked and e.source not in self._bad]
        if not usable:
            self.problem = next((self._bad[e.source] for e in self.examples if e.source in self._bad), None)
            self._show([], [])
            return
        gather, allowed = self._gatherer(catalog), self._allowed()
        blends = [tuple((ClassifyRequest.of(catalog, n), weight) for n, weight in blend) for blend in self.blends()]
        metric, k, searcher = self.options.metric, min(MOST, self.options.k + self._more), self._searcher
        keys = [request.attribute.recipe for blend in blends for request, _ in blend]

        def work(token: Token, emit: Emit) -> tuple[list[Answer | AttrLensError], Words | None]:
            examples = gather()
            answers: list[Answer | AttrLensError] = []
            for blend in blends:
                try:
                    answers.append(searcher.search(catalog, Request(examples, blend, metric, k, allowed), token))
                except AttrLensError as error:  # the other column may have an answer
                    answers.append(error)
            return answers, too_large(catalog, keys)

        job = Job(words("Finding similar images"), work, key="similar", quiet=len(self._document.images) < 20_000)
        job.succeeded.connect(lambda answer: self._on_found(catalog, *answer))
        self._submit(job, self._lanes.analysis)

    def _on_found(self, catalog: Catalog, answers: list[Answer | AttrLensError], remark: Words | None) -> None:
        if not self._is_open(catalog):
            return
        self.remark = remark
        found = [answer if isinstance(answer, Answer) else Answer(NOTHING, self.options.metric) for answer in answers]
        problems = [answer for answer in answers if isinstance(answer, AttrLensError)]
        self.problem = problems[0] if len(problems) == len(answers) and problems else None
        self.among = max((answer.among for answer in found), default=0)
        kept = self._document.kept
        self._show([answer.found.slots[kept[answer.found.slots]] for answer in found], [one.metric for one in found])
        self._prepare(catalog)

    def _show(self, orders: Sequence[Array], used: list[Metric]) -> None:
        self.used = used
        anew = self._more == 0
        for place, column in enumerate(self.columns):
            order = orders[place] if place < len(orders) else np.zeros(0, np.int32)
            column.attribute = self.attributes[place]
            column.show(order, anew=anew)
        self.found.emit()

    def _on_failed(self, error: AttrLensError) -> None:
        self.problem = error
        self._show([], [])
        self._notices.error(error)

    def _prepare(self, catalog: Catalog) -> None:
        """In a large catalog, let the next search be faster."""
        keys = list(dict.fromkeys(row.recipe for row in catalog.model.attributes.values()))
        if len(self._document.images) < WORTH or self._is_prepared:
            return
        self._is_prepared = True

        def work(token: Token, emit: Emit) -> None:
            for key in keys:
                cache = AxesCache(catalog, key)
                if cache.is_worth():
                    cache.build(token)

        job = Job(words("Preparing the search"), work, key="axes")
        job.succeeded.connect(self._forget)
        job.failed.connect(lambda error: self._notices.show(Notice(error.message, error.hint)))
        self._document.closing.connect(job.cancel)
        self._lanes.pictures.submit(job)

    def _forget(self, *_: object) -> None:
        """Let go of what the searcher keeps, in the thread it is used from."""
        searcher = self._searcher
        self._lanes.analysis.submit(
            Job(words("Finding similar images"), lambda token, emit: searcher.forget(), quiet=True)
        )

    # The gallery in this order

    def sort_gallery(self, attribute: int) -> Job | None:
        """Sort the gallery by likeness to the examples, by one attribute; None where that is not possible now."""
        liked = [example for example in self.examples if example.liked]
        if not self._document.is_open or not liked or self.is_busy:
            return None
        catalog = self._document.catalog
        gather, metric, searcher = self._gatherer(catalog), self.options.metric, self._searcher
        count, name = len(liked), liked[0].name

        def sort(attribute: int) -> Job | None:
            if not self._is_open(catalog) or attribute not in self._document.model.attributes:
                return None
            request = ClassifyRequest.of(catalog, attribute)
            by = request.attribute.name
            title = (
                tr("Like {name}, by {attribute}", name=name, attribute=by)
                if count == 1
                else tr("Like {n:,} images, by {attribute}", n=count, attribute=by)
            )

            def work(token: Token, emit: Emit) -> Like:
                asked = Request(gather(), ((request, 1.0),), metric)
                return Like(title, attribute, searcher.distances(catalog, asked, token))

            job = Job(words("Finding similar images"), work, key="like", quiet=True)
            job.succeeded.connect(lambda like: self._view.set_like(like) if self._is_open(catalog) else None)
            job.failed.connect(self._notices.error)
            return self._lanes.analysis.submit(job)

        self._sorted = sort
        return sort(attribute)

    def sort_again(self, attribute: int) -> Job | None:
        """Sort it by another attribute, by likeness to the same examples."""
        return self._sorted(attribute) if self._sorted is not None else None

    # When the document changes

    def _on_opened(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._jobs, self.examples, self._more, self._sorted = [], [], 0, None
        self._is_prepared = False
        self._forget_outside()
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
