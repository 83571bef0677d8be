"""Groups of images that belong together: copies, the same shot in another color, one product."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, get_args

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from attrlens.core.catalog.store import Catalog
from attrlens.core.retrieve import copies as core
from attrlens.core.retrieve.copies import USUAL, WIDEST, Pairs, Rule
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.state.notices import Notices
from attrlens.state.order import Group, ImageOrder
from attrlens.state.view import GalleryView
from attrlens.words import tr, words

Array = np.ndarray[Any, Any]

Kind = Literal["copies", "recolored", "product"]

NARROWEST = 0.0005
"""Smallest difference that the slider reaches."""


class Copies(QObject):
    """Looks for groups in the background, and keeps what a person chose about them.

    Signals
    -------
    changed()
        Other groups, or another image of a group is the best.
    options_changed()
    busy_changed()
    """

    changed = Signal()
    options_changed = Signal()
    busy_changed = Signal()

    def __init__(self, document: Document, view: GalleryView, lanes: Lanes, notices: Notices) -> None:
        super().__init__()
        self._document, self._view, self._lanes, self._notices = document, view, lanes, notices
        self.kind: Kind = "copies"
        self.rule: Rule = "labeled"
        self.limits: dict[str, float] = {str(kind): value for kind, value in USUAL.items()}
        self.order = ImageOrder()
        self.groups: list[list[int]] = []
        self.pairs: Pairs | None = None
        self.problem: AttrLensError | None = None
        self._job: Job | None = None
        self._grouping: Job | None = None
        self._group_of: dict[int, int] = {}
        self.is_cancelled = False
        self._is_watched, self._stale = False, True
        self._keeping = QTimer(self, singleShot=True, interval=400)
        self._keeping.timeout.connect(self._keep)
        self._later = QTimer(self, singleShot=True, interval=3000)
        self._later.timeout.connect(self._look_again)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.images_changed.connect(self._on_images)
        document.kept_changed.connect(self._on_kept)
        document.model_changed.connect(self._on_model)
        document.images_added.connect(self._on_images)
        view.options_changed.connect(self._on_options)
        self._soon = QTimer(self, singleShot=True, interval=0)  # a slider moves faster than groups are made
        self._soon.timeout.connect(self._group_now)

    # What a person chooses

    def watch(self, on: bool) -> None:
        """Somebody looks, or nobody does."""
        self._is_watched = on
        if on and self._stale and self.kind != "product":
            self.look()
        elif on:
            self._group()

    def set_kind(self, kind: Kind) -> None:
        """Look for copies, for the same shot in another color, or for products."""
        if kind != self.kind:
            self.kind = kind
            self._keep()
            self.options_changed.emit()
            if kind != "product" and self._stale and self._is_watched:
                self.look()
            self._group()

    def set_rule(self, rule: Rule) -> None:
        """Which image of a group is the best."""
        if rule != self.rule:
            self.rule = rule
            self._keep()
            self.options_changed.emit()
            self._group()

    @property
    def limit(self) -> float:
        """Largest difference within a group, of the kind looked for."""
        return self.limits.get(self.kind, 0.0)

    def set_limit(self, limit: float) -> None:
        """Make groups of images that differ by no more than that."""
        limit = min(WIDEST, max(NARROWEST, limit))
        if self.kind != "product" and limit != self.limit:
            self.limits[self.kind] = limit
            self._keeping.start()
            self.options_changed.emit()
            self._group()

    def _keep(self) -> None:
        self._keeping.stop()
        if self._document.is_open:
            self._document.keep("copies", {"kind": self.kind, "rule": self.rule, "limits": self.limits})

    # Groups

    @property
    def is_busy(self) -> bool:
        """Whether pictures are being compared, or groups made."""
        jobs = (self._job, self._grouping)
        running = any(job is not None and not job.over and not job.token.cancelled for job in jobs)
        return running or self._soon.isActive()

    def others(self) -> list[int]:
        """All images but the best of each group."""
        return [slot for group in self.groups for slot in group[1:]]

    def number_of(self, slot: int) -> int:
        """Which group an image is in, -1 for none."""
        return self._group_of.get(slot, -1)

    def look(self) -> None:
        """Compare the pictures."""
        document = self._document
        if not document.is_open or not document.total:
            return
        catalog = document.catalog

        def work(token: Token, emit: Emit) -> Pairs:
            slots, pixels, unread = core.signatures(catalog, token)
            return replace(core.find_pairs(slots, pixels, token), unread=unread)

        self._stale, self.is_cancelled = False, False
        job = self._job = Job(words("Comparing pictures"), work, key="copies")
        job.succeeded.connect(lambda pairs: self._on_pairs(catalog, pairs))
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.finished.connect(self.busy_changed)
        document.closing.connect(job.cancel)
        self._lanes.pictures.submit(job)
        self.busy_changed.emit()

    def _on_cancelled(self) -> None:
        self._stale = self.is_cancelled = True

    def _on_failed(self, error: AttrLensError) -> None:
        self.problem = error
        self._notices.error(error)
        self.changed.emit()

    def _on_pairs(self, catalog: Catalog, pairs: Pairs) -> None:
        if self._is_open(catalog):
            self.pairs, self.problem = pairs, None
            self._group()

    def _look_again(self) -> None:
        if self._job is not None and not self._job.over:
            self._later.start()  # what has been compared so far is not thrown away
        elif self._is_watched and self._stale and not self.is_cancelled and self.kind != "product":
            self.look()

    def _group(self) -> None:
        """Make groups of what is known, once what a person does in this moment is done."""
        if self._grouping is not None:
            self._grouping.cancel()
        self._soon.start()
        self.busy_changed.emit()

    def _group_now(self) -> None:
        document = self._document
        if not document.is_open or (self.kind != "product" and self.pairs is None):
            self._show([])
            return
        catalog, kind, limit, rule, pairs = document.catalog, self.kind, self.limit, self.rule, self.pairs
        kept, images, said = document.kept.copy(), list(document.images), dict(document.model.products)
        codes = self._view.facts.texts("sku") if kind == "product" else ()
        labeled = self._said()

        def work(token: Token, emit: Emit) -> list[list[int]]:
            if kind == "product" or pairs is None:
                found = core.products(np.flatnonzero(kept).tolist(), codes, said)
            else:
                found = core.groups(pairs.of(kind).among(kept), limit)
            out = []
            for number, group in enumerate(found):
                if number % 256 == 0:
                    token.check()
                best = core.best_of(group, images, labeled, rule)
                out.append([best, *(slot for slot in group if slot != best)])
            return out

        job = self._grouping = Job(words("Comparing pictures"), work, key="groups", quiet=True)
        job.succeeded.connect(lambda groups: self._show(groups) if self._is_open(catalog) else None)
        job.failed.connect(self._on_failed)
        job.finished.connect(self.busy_changed)
        self._lanes.analysis.submit(job)

    def _is_open(self, catalog: Catalog) -> bool:
        return self._document.is_open and self._document.catalog is catalog

    def _said(self) -> dict[int, int]:
        """How much a person said of each image; only what decides."""
        return core.said_of(self._document.model) if self.rule == "labeled" else {}

    def _show(self, found: list[list[int]]) -> None:
        self.groups = found
        self._group_of = {slot: number for number, group in enumerate(found) for slot in group}
        images, groups, start = self._document.images if found else [], [], 0
        keep = tr("Keep {name}", name="\0")
        for number, group in enumerate(found):
            row = images[group[0]]
            name = f"{row.path.replace(chr(92), '/').rpartition('/')[2]} · {row.width:,} x {row.height:,}"
            groups.append(Group(keep.replace("\0", name), number, start, len(group)))
            start += len(group)
        self.order.attribute = self._view.attribute
        self.order.show(np.array([slot for group in found for slot in group], np.int32), groups)
        self.changed.emit()

    # When the document changes

    def _on_opened(self) -> None:
        for job in (self._job, self._grouping):
            if job is not None:
                job.cancel()
        self.groups, self.pairs, self.problem, self._stale, self.is_cancelled = [], None, None, True, False
        self.kind, self.rule, self.limits = "copies", "labeled", {str(kind): value for kind, value in USUAL.items()}
        if self._document.is_open:
            kept = self._document.catalog.setting("copies", {})
            if kept.get("kind") in get_args(Kind):
                self.kind = kept["kind"]
            if kept.get("rule") in get_args(Rule):
                self.rule = kept["rule"]
            for name, value in kept.get("limits", {}).items():
                if name in USUAL and isinstance(value, int | float):
                    self.limits[name] = min(WIDEST, max(NARROWEST, float(value)))
        self.options_changed.emit()
        self._show([])

    def _on_images(self, *_: object) -> None:
        self._stale = True
        if self._is_watched and not self._later.isActive():
            self._later.start()
            if self.kind == "product":
                self._group()

    def _on_kept(self) -> None:
        if self._is_watched:
            self._group()

    def _on_options(self) -> None:
        if self.kind == "product" and self._is_watched:  # products may be told otherwise
            self._group()

    def _on_model(self, tables: object, attributes: object) -> None:
        if not self._is_watched or not isinstance(tables, frozenset):
            return
        by_word = "product" in tables and self.kind == "product"
        if by_word or (tables & {"label", "exemplar"} and self.rule == "labeled"):
            self._group()
