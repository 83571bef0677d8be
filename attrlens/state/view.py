"""What the gallery shows, and in which order: filter, query, groups, sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from PySide6.QtCore import QTimer, Signal

from attrlens.core.catalog.rows import ERROR
from attrlens.core.completion import without_unfinished
from attrlens.core.query import Query, QueryError, parse
from attrlens.core.sku import SkuRule
from attrlens.state.document import Document
from attrlens.state.facts import DocumentFacts
from attrlens.state.order import Group, ImageOrder
from attrlens.words import tr

Array = np.ndarray[Any, Any]

Kind = Literal[
    "all", "class", "unknown", "unlabeled", "exemplars", "errors", "missing", "some", "least sure", "suggested",
    "doubted", "edge",
]  # fmt: skip
Grouping = Literal["none", "class", "state", "folder", "sku"]
Sorting = Literal[
    "added", "name", "path", "date", "size", "pixels", "color", "confidence", "least confidence", "similarity"
]

UNKNOWN, NOTHING = -1, 0
"""Group keys beside class ids: looked at and not sure; not looked at."""

QUEUES: tuple[Kind, ...] = ("least sure", "unknown", "suggested", "doubted")
"""Filters made to be worked through from the start; they have an order of their own."""


@dataclass(frozen=True)
class Filter:
    """Which images.

    All, those of a class (label or suggestion), unknown, unlabeled, exemplars, unreadable, missing; some, which were
    picked elsewhere, in a cell of the matrix for example, and have a title. Queues of a review: those without a label,
    least sure first; those without a label and with a sure suggestion, class by class; those whose label the program
    doubts, most confident first. And the edge of a class: those suggested for it, what its threshold lets fall out
    first.
    """

    kind: Kind = "all"
    class_id: int = 0
    slots: tuple[int, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Like:
    """What images are compared with.

    Attributes
    ----------
    title : str
        In words.
    attribute : int
        By whose descriptors.
    distances : ndarray of shape (images,), dtype float32
        Of every image to the examples; infinity where it has no descriptor.
    """

    title: str
    attribute: int
    distances: Array


class GalleryView(ImageOrder):
    """The order of the gallery, made again when something it depends on changes.

    Signals
    -------
    counted()
        How many images classes have may be new: not sent for a query alone.
    options_changed()
        Filter, query, grouping, sorting or the attribute was changed by a person.
    colors_wanted()
        A person sorts by color, and some images have none yet.
    """

    counted = Signal()
    options_changed = Signal()
    colors_wanted = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.facts = DocumentFacts(document, lambda: self.attribute)
        self.follows = True
        self.filter = Filter()
        self.query = Query("", None)
        self.text = ""
        self.query_error: QueryError | None = None
        self.grouping: Grouping = "none"
        self.sorting: Sorting = "added"
        self.descending = False
        self.like: Like | None = None
        self._counts_stale = True
        self._timer = QTimer(self, singleShot=True, interval=120)
        self._timer.timeout.connect(self.rebuild)
        self._keeping = QTimer(self, singleShot=True, interval=400)  # a query is typed letter by letter
        self._keeping.timeout.connect(self.keep)
        document.opened.connect(self._on_opened)
        document.closing.connect(self.keep)
        document.closed.connect(self._on_opened)
        document.images_added.connect(self._later)
        document.images_changed.connect(self._on_images_changed)
        document.kept_changed.connect(self._later)
        document.suggestions_changed.connect(self._later)
        document.thresholds_changed.connect(self._on_thresholds_changed)
        document.model_changed.connect(self._on_model_changed)

    # What a person chooses

    def set_attribute(self, attribute: int) -> None:
        """The attribute whose classes chips, groups and keys mean."""
        if attribute != self.attribute:
            self.attribute = attribute
            if self.filter.kind in ("class", "edge"):
                self.filter = Filter()
            self._chosen()

    def set_filter(self, chosen: Filter) -> None:
        """Show only some images."""
        if chosen != self.filter:
            self.filter = chosen
            self._chosen()

    def set_query(self, text: str) -> None:
        """Show only what a query holds for, beside the filter; one that cannot be read only sets the error."""
        if text != self.text:
            self.text = text
            self._read_query()
            self._chosen()

    def show_only(self, chosen: Filter) -> None:
        """Show all that a filter holds, without a query."""
        self.text, self.filter = "", chosen
        self._read_query()
        self._chosen()

    def clear(self) -> None:
        """All images again: neither filter nor query."""
        self.show_only(Filter())

    def _read_query(self) -> None:
        try:
            query = parse(self.text)
            if not query.mask(self.facts).any():  # an unknown class is found here too
                shorter = without_unfinished(self.text, self.facts.vocabulary(""))
                query = query if shorter is None else parse(shorter)
        except QueryError as error:
            self.query_error = error
        else:
            self.query, self.query_error = query, None

    def set_grouping(self, grouping: Grouping) -> None:
        """Headings, or none."""
        if grouping != self.grouping:
            self.grouping = grouping
            self._chosen()

    def set_sorting(self, sorting: Sorting, descending: bool = False) -> None:
        """The order within a group; descending turns it around."""
        if sorting == "similarity" and self.like is None:
            return
        if (sorting, descending) != (self.sorting, self.descending):
            self.sorting, self.descending = sorting, descending
            if sorting == "color" and any(image.color < 0 and image.state == 1 for image in self._document.images):
                self.colors_wanted.emit()
            self._chosen()

    def reverse(self) -> None:
        """Turn the order around."""
        self.set_sorting(self.sorting, not self.descending)

    def set_like(self, like: Like | None) -> None:
        """Sort by likeness to some images, or no longer."""
        self.like = like
        if like is not None:
            self.sorting, self.descending = "similarity", False
            if self.filter.kind in (*QUEUES, "edge"):
                self.filter = Filter()  # they keep to an order of their own
        elif self.sorting == "similarity":
            self.sorting = "added"
        self._chosen()

    def set_sku_rule(self, rule: SkuRule) -> None:
        """Tell products in another way."""
        if rule != self.facts.sku_rule:
            self.facts.set_sku_rule(rule)
            self._document.keep("sku", rule.to_json())
            self._chosen()

    def _chosen(self) -> None:
        before = self.order
        self.rebuild()
        self._keeping.start()
        self.options_changed.emit()
        if not np.array_equal(before, self.order):
            self.reordered.emit()

    def keep(self) -> None:
        """Remember the choices with the catalog."""
        self._keeping.stop()
        if self._document.is_open:
            chosen = {
                "attribute": self.attribute,
                "kind": self.filter.kind,
                "class_id": self.filter.class_id,
                "query": self.text,
                "grouping": self.grouping,
                "sorting": self.sorting,
                "descending": self.descending,
            }
            self._document.keep("gallery", chosen)

    def _restore(self) -> None:
        """The choices this catalog was left with; what no longer makes sense is passed over."""
        kept = self._document.catalog.setting("gallery", {})
        model = self._document.model
        if kept.get("attribute") in model.attributes:
            self.attribute = kept["attribute"]
        kind, class_id = kept.get("kind"), kept.get("class_id")
        if kind not in ("some", "edge") and kind in get_args(Kind) and (kind != "class" or class_id in model.classes):
            self.filter = Filter(kind, class_id if kind == "class" else 0)
        if kept.get("grouping") in get_args(Grouping):
            self.grouping = kept["grouping"]
        if kept.get("sorting") in get_args(Sorting) and kept["sorting"] != "similarity":
            self.sorting = kept["sorting"]
            self.descending = bool(kept.get("descending"))
        self.facts.set_sku_rule(SkuRule.from_json(self._document.catalog.setting("sku")))
        if isinstance(kept.get("query"), str):
            self.text = kept["query"]

    # When the document changes

    def _on_opened(self) -> None:
        attributes = self._document.model.sorted_attributes()
        self.attribute = attributes[0].id if attributes else 0
        self.filter, self.grouping, self.sorting, self.descending = Filter(), "none", "added", False
        self.text, self.query, self.query_error, self.like = "", Query("", None), None, None
        self._counts_stale = True
        self._keeping.stop()
        if self._document.is_open:
            self._restore()
            self._read_query()
        self.rebuild()
        self.options_changed.emit()

    def _on_images_changed(self, slots: object) -> None:
        if self.filter.kind in ("errors", "missing") or self.grouping in ("class", "state") or self.text:
            self._later()

    def _on_model_changed(self, tables: object, attributes: object) -> None:
        model = self._document.model
        if self.attribute not in model.attributes:
            rows = model.sorted_attributes()
            self.attribute = rows[0].id if rows else 0
            self.filter = Filter()
            self.options_changed.emit()
        if self.filter.class_id and self.filter.class_id not in model.classes:
            self.filter = Filter()
            self.options_changed.emit()
        self._later()

    def _on_thresholds_changed(self, attribute: int) -> None:
        if attribute == self.attribute:
            self._counts_stale = True
            self.rebuild()  # at once: a person drags it and looks

    def _later(self) -> None:
        self._counts_stale = True
        if not self._timer.isActive():
            self._timer.start()

    def rebuild(self) -> None:
        """Make order and groups now."""
        self._timer.stop()
        document = self._document
        n = len(document.images)
        has_attribute = self.attribute in document.model.attributes
        decided = document.decided(self.attribute) if has_attribute else np.zeros(n, np.int32)
        slots = np.flatnonzero(self._mask(decided) & document.kept & self._query_mask())
        keys = self._sort_keys(n)[slots]
        kind = self.filter.kind
        if self.descending and kind not in (*QUEUES, "edge"):
            keys = np.where(np.isinf(keys), keys, -keys)  # what is not known stays last
        slots = slots[np.argsort(keys, kind="stable")]
        grouped = kind in ("edge", "suggested") or (self.grouping != "none" and kind not in QUEUES)
        if not grouped or not len(slots):
            self.order, self.groups = slots.astype(np.int32), []
        else:
            self._group(slots, *self._group_keys(decided))
        self.changed.emit()
        if self._counts_stale:
            self._counts_stale = False
            self.counted.emit()

    def _group(self, slots: Array, keys: Array, titles: dict[int, str]) -> None:
        ranks_of = np.zeros(max(max(titles), 0) + 2, np.int32)
        for i, key in enumerate(titles):
            ranks_of[key] = i  # UNKNOWN, -1, is the last place
        ranks = ranks_of[keys[slots]]
        self.order = slots[np.argsort(ranks, kind="stable")].astype(np.int32)
        counts = np.bincount(ranks, minlength=len(titles)).tolist()
        self.groups, start = [], 0
        for (key, title), count in zip(titles.items(), counts, strict=True):
            if count:
                self.groups.append(Group(title, key, start, count))
                start += count

    def _query_mask(self) -> Array:
        try:
            return self.query.mask(self.facts)
        except QueryError as error:  # a class of it was renamed or deleted since
            self.query_error = error
            return np.ones(len(self._document.images), bool)

    def _mask(self, decided: Array) -> Array:
        document, kind = self._document, self.filter.kind
        if kind == "class":
            return np.equal(decided, self.filter.class_id)
        if kind == "unknown":
            return np.equal(decided, UNKNOWN)
        if kind == "errors":
            return np.equal(document.states, ERROR)
        if kind == "missing":
            return document.missing
        if kind in ("least sure", "suggested", "doubted", "edge"):
            return self._suggestion_mask()
        if kind == "some":
            return np.isin(np.arange(len(document.images)), np.array(self.filter.slots, np.int64))
        mask = np.ones(len(document.images), bool)
        if kind in ("unlabeled", "exemplars"):
            model = document.model
            chosen = model.labels_of(self.attribute) if kind == "unlabeled" else model.exemplars_of(self.attribute)
            inside = np.fromiter(chosen, np.int64, len(chosen))
            mask[:] = kind == "unlabeled"
            mask[inside] = kind == "exemplars"
        return mask

    def _suggestion_mask(self) -> Array:
        """Which images queues and the edge of a class hold."""
        document, kind = self._document, self.filter.kind
        n = len(document.images)
        if self.attribute not in document.model.attributes:
            return np.zeros(n, bool)
        found, labeled = document.by_slot(self.attribute), document.labeled(self.attribute)
        best, looked_at = found.best[:n], found.confidence[:n] >= 0
        if kind == "least sure":
            return np.asarray(looked_at & (labeled == 0))
        if kind == "edge":
            return np.asarray(looked_at & (labeled == 0) & (best == self.filter.class_id))
        sure = document.sure(self.attribute)
        exemplars = document.model.exemplars_of(self.attribute)
        if kind == "suggested":
            return np.asarray(sure & (labeled == 0))
        labeled[list(exemplars)] = 0  # of them the tab on exemplars tells
        return np.asarray(sure & (labeled > 0) & (best != labeled))

    def _sort_keys(self, n: int) -> Array:
        if self.filter.kind in (*QUEUES, "edge") and self.attribute in self._document.model.attributes:
            confidence = self._document.by_slot(self.attribute).confidence[:n]
            if self.filter.kind == "edge":
                limit = self._document.threshold(self.attribute, self.filter.class_id)
                return np.asarray(np.abs(confidence - limit))  # what a small step would change comes first
            return np.asarray(-confidence if self.filter.kind in ("doubted", "unknown") else confidence)
        if self.sorting == "similarity" and self.like is not None:
            out = np.full(n, np.inf, np.float32)
            known = min(n, len(self.like.distances))
            out[:known] = self.like.distances[:known]
            return out
        if self.sorting in ("name", "path", "size", "pixels", "color"):
            return self.facts.ranks(self.sorting)
        if self.sorting == "date":
            return np.asarray(-self.facts.ranks("date"))  # the newest first
        if self.sorting not in ("confidence", "least confidence"):
            return np.arange(n)
        if self.attribute not in self._document.model.attributes:
            return np.arange(n)
        confidence = self._document.by_slot(self.attribute).confidence[:n]
        return np.where(confidence < 0, np.inf, -confidence if self.sorting == "confidence" else confidence)

    def _group_keys(self, decided: Array) -> tuple[Array, dict[int, str]]:
        if self.filter.kind == "edge":
            name, limit = self._document.model.classes[self.filter.class_id].name, self._limit()
            return np.where(decided == UNKNOWN, UNKNOWN, 1), {
                UNKNOWN: tr("Unknown: {name} below {limit:.0%}", name=name, limit=limit),
                1: tr("{name} from {limit:.0%}", name=name, limit=limit),
            }
        if self.filter.kind == "suggested":
            return decided, {c.id: c.name for c in self._document.model.classes_of(self.attribute)}
        if self.grouping == "class":
            titles = {c.id: c.name for c in self._document.model.classes_of(self.attribute)}
            titles |= {UNKNOWN: tr("Unknown"), NOTHING: tr("Not classified")}
            return decided, titles
        if self.grouping == "state":
            return self._label_states(decided)
        return self.facts.grouped(self.grouping)

    def states(self) -> tuple[Array, dict[int, str]]:
        """Who decided about every image, as keys with their titles; shape (images,)."""
        has_attribute = self.attribute in self._document.model.attributes
        n = len(self._document.images)
        return self._label_states(self._document.decided(self.attribute) if has_attribute else np.zeros(n, np.int32))

    def _label_states(self, decided: Array) -> tuple[Array, dict[int, str]]:
        """Who decided: a person by example, by hand, by accepting; the machine; nobody."""
        flag = self.facts.flag
        attribute = self.attribute if self.attribute in self._document.model.attributes else 0
        keys = np.where(decided == UNKNOWN, 4, np.where(decided > 0, 3, 5))
        keys[flag("labeled", attribute)] = 1
        keys[flag("accepted", attribute)] = 2
        keys[flag("exemplar", attribute)] = 0
        keys[flag("error", attribute)] = 6
        titles = (tr("Exemplars"), tr("Labeled"), tr("Suggestions accepted"), tr("Suggested"), tr("Unknown"),
                  tr("Not classified"), tr("Could not be read"))  # fmt: skip
        return keys, dict(enumerate(titles))

    def _limit(self) -> float:
        return self._document.threshold(self.attribute, self.filter.class_id)

    def class_counts(self, attribute: int) -> dict[int, int]:
        """Images of each class (label or sure suggestion), and of UNKNOWN."""
        values, counts = np.unique(self._document.decided(attribute)[self._document.kept], return_counts=True)
        return dict(zip(values.tolist(), counts.tolist(), strict=True))

    def kind_count(self, kind: Kind) -> int:
        """Images that a filter would show, without the query."""
        now, self.filter = self.filter, Filter(kind)
        try:
            attribute = self.attribute in self._document.model.attributes
            n = len(self._document.images)
            decided = self._document.decided(self.attribute) if attribute else np.zeros(n, np.int32)
            return int((self._mask(decided) & self._document.kept).sum())
        finally:
            self.filter = now
