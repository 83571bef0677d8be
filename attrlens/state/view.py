"""What the gallery shows, and in which order: filter, groups, sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from attrlens.core.catalog.rows import ERROR
from attrlens.core.files import natural_key
from attrlens.state.document import Document

Array = np.ndarray[Any, Any]

Kind = Literal[
    "all", "class", "unknown", "unlabeled", "exemplars", "errors", "some", "least sure", "suggested", "doubted", "edge"
]
Grouping = Literal["none", "class", "folder"]
Sorting = Literal["added", "name", "confidence", "least confidence"]

UNKNOWN, NOTHING = -1, 0
"""Group keys beside class ids: looked at and not sure; not looked at."""

QUEUES: tuple[Kind, ...] = ("least sure", "unknown", "suggested", "doubted")
"""Filters made to be worked through from the start; they have an order of their own."""


@dataclass(frozen=True)
class Filter:
    """Which images.

    All, those of a class (label or suggestion), unknown, unlabeled, exemplars, unreadable; some, which were picked
    elsewhere, in a cell of the matrix for example, and have a title. Queues of a review: those without a label, least
    sure first; those without a label and with a sure suggestion, class by class; those whose label the program doubts,
    most confident first. And the edge of a class: those suggested for it, what its threshold lets fall out first.
    """

    kind: Kind = "all"
    class_id: int = 0
    slots: tuple[int, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Group:
    """A run of images under one heading; `key` is a class id, UNKNOWN, NOTHING, or a number of a folder."""

    title: str
    key: int
    start: int
    count: int


class GalleryView(QObject):
    """The order of the gallery, made again when something it depends on changes.

    Signals
    -------
    changed()
        `order` and `groups` are new.
    options_changed()
        Filter, grouping, sorting or the attribute was changed by a person.
    """

    changed = Signal()
    options_changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.attribute = 0
        self.filter = Filter()
        self.grouping: Grouping = "none"
        self.sorting: Sorting = "added"
        self.order: Array = np.zeros(0, np.int32)
        self.groups: list[Group] = []
        self._names: list[Any] = []
        self._names_order: Array = np.zeros(0, np.int64)
        self._timer = QTimer(self, singleShot=True, interval=120)
        self._timer.timeout.connect(self.rebuild)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.images_added.connect(self._later)
        document.images_changed.connect(self._on_images_changed)
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

    def set_grouping(self, grouping: Grouping) -> None:
        """Headings by class or folder, or none."""
        if grouping != self.grouping:
            self.grouping = grouping
            self._chosen()

    def set_sorting(self, sorting: Sorting) -> None:
        """The order within a group."""
        if sorting != self.sorting:
            self.sorting = sorting
            self._chosen()

    def _chosen(self) -> None:
        self.rebuild()
        self._keep()
        self.options_changed.emit()

    def _keep(self) -> None:
        """Remember the choices with the catalog."""
        if self._document.is_open:
            chosen = {
                "attribute": self.attribute,
                "kind": self.filter.kind,
                "class_id": self.filter.class_id,
                "grouping": self.grouping,
                "sorting": self.sorting,
            }
            self._document.catalog.set_setting("gallery", chosen)

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
        if kept.get("sorting") in get_args(Sorting):
            self.sorting = kept["sorting"]

    # When the document changes

    def _on_opened(self) -> None:
        attributes = self._document.model.sorted_attributes()
        self.attribute = attributes[0].id if attributes else 0
        self.filter, self.grouping, self.sorting = Filter(), "none", "added"
        self._names, self._names_order = [], np.zeros(0, np.int64)
        if self._document.is_open:
            self._restore()
        self._chosen()

    def _on_images_changed(self, slots: object) -> None:
        if self.filter.kind == "errors" or self.grouping == "class":
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
            self.rebuild()  # at once: a person drags it and looks

    def _later(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def rebuild(self) -> None:
        """Make order and groups now."""
        self._timer.stop()
        document = self._document
        n = len(document.images)
        has_attribute = self.attribute in document.model.attributes
        decided = document.decided(self.attribute) if has_attribute else np.zeros(n, np.int32)
        slots = np.flatnonzero(self._mask(decided))
        slots = slots[np.argsort(self._sort_keys(n)[slots], kind="stable")]
        kind = self.filter.kind
        grouped = kind in ("edge", "suggested") or (self.grouping != "none" and kind not in QUEUES)
        if not grouped or not len(slots):
            self.order, self.groups = slots.astype(np.int32), []
        else:
            keys, titles = self._group_keys(decided)
            rank = {key: i for i, key in enumerate(titles)}
            ranks = np.array([rank[key] for key in keys[slots].tolist()], np.int32)
            by_group = np.argsort(ranks, kind="stable")
            self.order = slots[by_group].astype(np.int32)
            counts = np.bincount(ranks, minlength=len(titles)).tolist()
            self.groups, start = [], 0
            for (key, title), count in zip(titles.items(), counts, strict=True):
                if count:
                    self.groups.append(Group(title, key, start, count))
                    start += count
        self.changed.emit()

    def _mask(self, decided: Array) -> Array:
        document, kind = self._document, self.filter.kind
        if kind == "class":
            return np.equal(decided, self.filter.class_id)
        if kind == "unknown":
            return np.equal(decided, UNKNOWN)
        if kind == "errors":
            return np.equal(document.states, ERROR)
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
        if self.sorting == "name":
            if len(self._names_order) != n:
                new = self._document.images[len(self._names) :]
                self._names += [natural_key(image.path.replace("\\", "/").rsplit("/", 1)[-1]) for image in new]
                names = self._names
                self._names_order = np.empty(n, np.int64)
                self._names_order[sorted(range(n), key=names.__getitem__)] = np.arange(n)
            return self._names_order
        if self.sorting == "added" or self.attribute not in self._document.model.attributes:
            return np.arange(n)
        confidence = self._document.by_slot(self.attribute).confidence[:n]
        return -confidence if self.sorting == "confidence" else np.where(confidence < 0, 2, confidence)

    def _group_keys(self, decided: Array) -> tuple[Array, dict[int, str]]:
        if self.filter.kind == "edge":
            name, limit = self._document.model.classes[self.filter.class_id].name, self._limit_text()
            return np.where(decided == UNKNOWN, UNKNOWN, 1), {
                UNKNOWN: f"Unknown: {name} below {limit}", 1: f"{name} from {limit}",
            }  # fmt: skip
        if self.filter.kind == "suggested":
            return decided, {c.id: c.name for c in self._document.model.classes_of(self.attribute)}
        if self.grouping == "class":
            titles = {c.id: c.name for c in self._document.model.classes_of(self.attribute)}
            titles |= {UNKNOWN: "Unknown", NOTHING: "Not classified"}
            return decided, titles
        folders = [image.path.replace("\\", "/").rsplit("/", 1)[0] for image in self._document.images]
        numbers = {folder: i for i, folder in enumerate(sorted(set(folders), key=natural_key))}
        shown = {i: "/".join(folder.split("/")[-2:]) for folder, i in numbers.items()}
        return np.array([numbers[folder] for folder in folders], np.int32), shown

    def _limit_text(self) -> str:
        return f"{self._document.threshold(self.attribute, self.filter.class_id):.0%}"

    def class_counts(self, attribute: int) -> dict[int, int]:
        """Images of each class (label or sure suggestion), and of UNKNOWN."""
        values, counts = np.unique(self._document.decided(attribute), return_counts=True)
        return dict(zip(values.tolist(), counts.tolist(), strict=True))
