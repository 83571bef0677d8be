"""Groups of images that belong together: copies, the same shot in another color, one product."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
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
        self.rule: Rule = "pixels"
        self.limits: dict[str, float] = {str(kind): value for kind, value in USUAL.items()}
        self.order = ImageOrder()
        self.groups: list[list[int]] = []
        self.pairs: Pairs | None = None
        self.problem: AttrLensError | None = None
        self._job: Job | None = None
        self._is_watched, self._stale = False, True
        self._later = QTimer(self, singleShot=True, interval=3000)
        self._later.timeout.connect(self._look_again)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.images_changed.connect(self._on_images)
        document.kept_changed.connect(self._on_kept)
        document.model_changed.connect(self._on_model)

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
            self._show()

    @property
    def limit(self) -> float:
        """Largest difference within a group, of the kind looked for."""
        return self.limits.get(self.kind, 0.0)

    def set_limit(self, limit: float) -> None:
        """Make groups of images that differ by no more than that."""
        limit = min(WIDEST, max(NARROWEST, limit))
        if self.kind != "product" and limit != self.limit:
            self.limits[self.kind] = limit
            self._keep()
            self.options_changed.emit()
            self._group()

    def _keep(self) -> None:
        self._document.keep("copies", {"kind": self.kind, "rule": self.rule, "limits": self.limits})

    # Groups

    @property
    def is_busy(self) -> bool:
        """Whether pictures are being compared."""
        return self._job is not None and not self._job.over and not self._job.token.cancelled

    def others(self) -> list[int]:
        """All images but the best of each group."""
        return [slot for group in self.groups for slot in group[1:]]

    def group_of(self, slot: int) -> list[int]:
        """The group an image is in, the best first; empty where it is in none."""
        return next((group for group in self.groups if slot in group), [])

    def look(self) -> None:
        """Compare the pictures."""
        document = self._document
        if not document.is_open or not document.total:
            return
        catalog = document.catalog

        def work(token: Token, emit: Emit) -> Pairs:
            slots, pixels, unread = core.signatures(catalog, token)
            return replace(core.find_pairs(slots, pixels, token), unread=unread)

        self._stale = False
        job = self._job = Job(words("Comparing pictures"), work, key="copies")
        job.succeeded.connect(lambda pairs: self._on_pairs(catalog, pairs))
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.finished.connect(self.busy_changed)
        document.closing.connect(job.cancel)
        self._lanes.helper.submit(job)
        self.busy_changed.emit()

    def _on_cancelled(self) -> None:
        if self._job is None or self._job.over:
            self._stale = True

    def _on_failed(self, error: AttrLensError) -> None:
        self.problem = error
        self._notices.error(error)
        self.changed.emit()

    def _on_pairs(self, catalog: Catalog, pairs: Pairs) -> None:
        if self._document.is_open and self._document.catalog is catalog:
            self.pairs, self.problem = pairs, None
            self._group()

    def _look_again(self) -> None:
        if self._is_watched and self._stale and self.kind != "product":
            self.look()

    def _group(self) -> None:
        """Make groups of what is known."""
        document = self._document
        if not document.is_open:
            self.groups = []
        elif self.kind == "product":
            self.groups = self._products()
        elif self.pairs is None:
            self.groups = []
        else:
            kept = document.kept
            pairs = self.pairs.of(self.kind)
            inside = kept[pairs.first] & kept[pairs.second]
            pairs = replace(
                pairs, first=pairs.first[inside], second=pairs.second[inside], difference=pairs.difference[inside],
                color=pairs.color[inside],
            )  # fmt: skip
            self.groups = core.groups(pairs, self.limit)
        self._show()

    def _products(self) -> list[list[int]]:
        """Images of one product: as a person said, and else as their file names tell."""
        document = self._document
        codes, said = self._view.facts.texts("sku"), document.model.products
        members: dict[object, list[int]] = {}
        for slot in np.flatnonzero(document.kept).tolist():
            members.setdefault(said[slot][0] if slot in said else codes[slot], []).append(slot)
        return sorted((some for some in members.values() if len(some) > 1), key=lambda some: (-len(some), some[0]))

    def _show(self) -> None:
        document = self._document
        groups: list[Group] = []
        if document.is_open:
            said = core.said_of(document.model)
            images = document.images
            for place, group in enumerate(self.groups):
                best = core.best_of(group, images, said, self.rule)
                self.groups[place] = [best, *(slot for slot in sorted(group) if slot != best)]
        start = 0
        for group in self.groups:
            name = Path(document.images[group[0]].path).name
            groups.append(Group(tr("Keep {name}", name=name), len(groups), start, len(group)))
            start += len(group)
        self.order.attribute = self._view.attribute
        self.order.show(np.array([slot for group in self.groups for slot in group], np.int32), groups)
        self.changed.emit()

    # When the document changes

    def _on_opened(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.groups, self.pairs, self.problem, self._stale = [], None, None, True
        self.kind, self.rule, self.limits = "copies", "pixels", {str(kind): value for kind, value in USUAL.items()}
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
        self._show()

    def _on_images(self, *_: object) -> None:
        self._stale = True
        if self._is_watched and not self._later.isActive():
            self._later.start()

    def _on_kept(self) -> None:
        if self._is_watched:
            self._group()

    def _on_model(self, tables: object, attributes: object) -> None:
        if self._is_watched and isinstance(tables, frozenset):
            if "product" in tables and self.kind == "product":
                self._group()
            elif tables & {"label", "exemplar"} and self.rule == "labeled":
                self._show()
