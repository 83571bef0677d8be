"""An open catalog as the window sees it: images, what was decided, thresholds being dragged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from attrlens.core.catalog.model import Action, Label, Model
from attrlens.core.catalog.rows import ERROR, GONE, PENDING, READY, ImageRow, Read, Suggestions
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.refresh import Seen
from attrlens.errors import AttrLensError
from attrlens.state.suggestions import BySlot, Suggestion

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Opened:
    """What a job read of a catalog, ready for the document."""

    catalog: Catalog
    thumbnails: Thumbnails
    images: list[ImageRow]
    suggestions: dict[int, Suggestions]
    stale: frozenset[int] = frozenset()
    """Attributes to be classified again."""

    def close(self) -> None:
        """Let go of it: nobody wants it any more."""
        self.thumbnails.close()
        self.catalog.close()


class OpenCatalog(QObject):
    """An open catalog, or none; `Document` adds what a person can do.

    Attributes
    ----------
    images : list of ImageRow
        By slot; those taken out of the catalog too.
    states : ndarray of shape (images,), dtype int8
    missing : ndarray of shape (images,), dtype bool
        Whether there is no file any more.
    kept : ndarray of shape (images,), dtype bool
        Whether an image was not taken out of the catalog.
    files_version, places_version, kept_version : int
        Go up when anything of files changes, when names or places do, and when other images are in the catalog.

    Signals
    -------
    opened(), closed()
    closing()
        It is about to be let go: the last moment to keep something with it.
    images_added(int first_slot)
    images_changed(object slots)
        State, size, place or message of these images changed.
    pictures_changed(object slots)
        Their files have another content.
    kept_changed()
        Images were taken out of the catalog, or in again.
    model_changed(object tables, object attributes)
        Names of tables and ids of attributes an action touched.
    suggestions_changed(int attribute)
    thresholds_changed(int attribute)
        A threshold is being dragged.
    undo_changed()
    performed(str name)
        A person's action was carried out.
    stepped(str text)
        One was undone or done again.
    failed(AttrLensError)
        An action could not be written; nothing changed.
    """

    opened = Signal()
    closing = Signal()
    closed = Signal()
    images_added = Signal(int)
    images_changed = Signal(object)
    pictures_changed = Signal(object)
    kept_changed = Signal()
    model_changed = Signal(object, object)
    suggestions_changed = Signal(int)
    thresholds_changed = Signal(int)
    undo_changed = Signal()
    performed = Signal(str)
    stepped = Signal(str)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._catalog: Catalog | None = None
        self._thumbnails: Thumbnails | None = None
        self.images: list[ImageRow] = []
        self.states = np.zeros(0, np.int8)
        self.missing = np.zeros(0, bool)
        self.kept = np.zeros(0, bool)
        self.files_version = self.places_version = self.kept_version = 0
        self._fresh: set[int] | None = None
        self._rereading = 0
        self._suggestions: dict[int, BySlot] = {}
        self._undo_names = ("", "")
        self._tried: tuple[int, int, float] | None = None

    # The catalog

    @property
    def catalog(self) -> Catalog:
        """The open catalog; RuntimeError when there is none."""
        if self._catalog is None:
            raise RuntimeError("no catalog is open")
        return self._catalog

    @property
    def thumbnails(self) -> Thumbnails:
        """Its cache of thumbnails."""
        if self._thumbnails is None:
            raise RuntimeError("no catalog is open")
        return self._thumbnails

    @property
    def is_open(self) -> bool:
        """Whether a catalog is open."""
        return self._catalog is not None

    @property
    def model(self) -> Model:
        """Attributes, classes, exemplars, labels (empty with no catalog)."""
        return self._catalog.model if self._catalog else Model()

    def adopt(self, opened: Opened) -> None:
        """Show a catalog that a job opened."""
        self.close()
        self._catalog, self._thumbnails = opened.catalog, opened.thumbnails
        self.images = opened.images
        self._count_images()
        self._suggestions = {key: BySlot(len(self.images), value) for key, value in opened.suggestions.items()}
        self._undo_names = opened.catalog.undo_names()
        self.opened.emit()
        self.undo_changed.emit()

    def close(self) -> None:
        """Let go of the catalog; everything is on disk already."""
        if self._catalog is None:
            return
        self.closing.emit()
        catalog, thumbnails = self._catalog, self._thumbnails
        self._catalog = self._thumbnails = None
        self.images, self._suggestions = [], {}
        self._fresh, self._rereading = None, 0
        self._count_images()
        self._tried = None
        self.closed.emit()
        if thumbnails is not None:
            thumbnails.close()
        catalog.close()

    def keep(self, key: str, value: Any) -> None:
        """Store a setting with the catalog; `failed` says if it could not be."""
        try:
            self.catalog.set_setting(key, value)
        except AttrLensError as error:
            self.failed.emit(error)

    # Images

    def _count_images(self) -> None:
        """Make the arrays over images anew."""
        self.states = np.array([image.state for image in self.images], np.int8)
        self.missing = np.array([image.missing for image in self.images], bool)
        self.files_version += 1
        self.places_version += 1
        self._count_kept()

    def _count_kept(self) -> None:
        self.kept_version += 1
        self.kept = np.ones(len(self.images), bool)
        self.kept[[slot for slot in self.model.removals if slot < len(self.images)]] = False

    def adopt_images(self, rows: Sequence[ImageRow]) -> None:
        """Show images a job added."""
        first = len(self.images)
        rows = [row for row in rows if row.slot >= first]
        if rows and rows[0].slot > first:
            rows = self.catalog.images(first)  # of a job before, whose result was dropped: no slot is passed over
        if rows:
            self.images += rows
            self._count_images()
            self.images_added.emit(first)

    def adopt_seen(self, seen: Seen) -> None:
        """Show what a look at the files found out."""
        for row in seen.rows:
            if row.slot < len(self.images):
                self.images[row.slot] = row
        if seen.rows:
            self._note_fresh(row.slot for row in seen.rows)
            self._count_images()
            if seen.changed:
                self.pictures_changed.emit(seen.changed)
            self.images_changed.emit([row.slot for row in seen.rows])
        self.adopt_images(seen.added)

    def begin_rereading(self) -> None:
        """From now on note which images change, because a job reads all of them from the catalog."""
        self._rereading += 1
        if self._fresh is None:
            self._fresh = set()

    def adopt_reread(self, rows: Sequence[ImageRow]) -> list[int]:
        """Show all images as a job read them, but for those that changed since; slots of new ones."""
        newer = {row.slot: row for row in self.catalog.images_at(self._fresh or ())}
        self._rereading -= 1
        if not self._rereading:
            self._fresh = None
        first = len(self.images)
        rows = [newer.get(row.slot, row) for row in rows]
        pairs = list(zip(self.images, rows, strict=False))
        changed = [new.slot for old, new in pairs if old != new]
        pictures = [new.slot for old, new in pairs if (old.size, old.mtime_ns) != (new.size, new.mtime_ns)]
        if changed:
            self.images[: len(pairs)] = rows[: len(pairs)]
            self._count_images()
            if pictures:
                self.pictures_changed.emit(pictures)
            self.images_changed.emit(changed)
        self.adopt_images(rows[first:])
        return list(range(first, len(self.images)))

    def _note_fresh(self, slots: Iterable[int]) -> None:
        if self._fresh is not None:
            self._fresh.update(slots)

    def adopt_colors(self, colors: Sequence[tuple[int, int]]) -> None:
        """Take in mean colors (slot, 0xRRGGBB)."""
        self._note_fresh(slot for slot, _ in colors)
        for slot, color in colors:
            if slot < len(self.images):
                self.images[slot] = self.images[slot]._replace(color=color)
        self.files_version += 1

    def adopt_reads(self, reads: Iterable[Read]) -> None:
        """Show what became known of images as they were decoded."""
        slots = []
        for read in reads:
            if read.slot >= len(self.images):
                continue
            row = self.images[read.slot]
            if read.state == GONE:
                row = row._replace(missing=1)
            else:
                row = row._replace(
                    width=read.width, height=read.height, state=read.state, message=read.message, hint=read.hint,
                    color=read.color, missing=0,
                )  # fmt: skip
            self.images[read.slot] = row
            self.states[read.slot], self.missing[read.slot] = row.state, bool(row.missing)
            slots.append(read.slot)
        if slots:
            self._note_fresh(slots)
            self.files_version += 1
            self.images_changed.emit(slots)

    def adopt_retried(self, slots: Iterable[int]) -> None:
        """Show that unreadable images are pending again."""
        slots = [slot for slot in slots if self.states[slot] == ERROR]
        self._note_fresh(slots)
        for slot in slots:
            self.images[slot] = self.images[slot]._replace(state=PENDING, message="", hint="")
        self.states[slots] = PENDING
        self.images_changed.emit(slots)

    def count(self, state: int) -> int:
        """Images in a state, of those in the catalog; missing ones wait for nothing."""
        chosen = (self.states == state) & self.kept
        return int((chosen & ~self.missing).sum() if state == PENDING else chosen.sum())

    @property
    def total(self) -> int:
        """Images in the catalog."""
        return int(self.kept.sum())

    @property
    def missing_count(self) -> int:
        """Images in the catalog whose file is not there."""
        return int((self.missing & self.kept).sum())

    @property
    def described(self) -> int:
        """Images that are ready."""
        return self.count(READY)

    # Suggestions

    def adopt_suggestions(self, attribute: int, suggestions: Suggestions | None) -> None:
        """Show suggestions a job made."""
        if attribute in self.model.attributes:
            self._suggestions[attribute] = BySlot(len(self.images), suggestions)
            self.suggestions_changed.emit(attribute)

    def by_slot(self, attribute: int) -> BySlot:
        """Suggestions of an attribute as arrays over slots."""
        found = self._suggestions.get(attribute)
        if found is None or len(found.best) < len(self.images):
            grown = BySlot(len(self.images), None)
            if found is not None:
                n = len(found.best)
                grown.decision = found.decision
                for name in BySlot.NAMES:
                    getattr(grown, name)[:n] = getattr(found, name)
            found = self._suggestions[attribute] = grown
        return found

    def suggestion(self, attribute: int, slot: int) -> Suggestion | None:
        """The machine's word on one image, or None where it has not looked."""
        found = self._suggestions.get(attribute)
        row = self.model.attributes.get(attribute)
        if found is None or row is None or slot >= len(found.best) or found.confidence[slot] < 0:
            return None
        best, confidence = int(found.best[slot]), float(found.confidence[slot])
        known = best in self.model.classes and self.model.classes[best].attribute == attribute
        return Suggestion(
            best if known else 0,
            confidence,
            int(found.runner_up[slot]),
            float(found.runner_up_confidence[slot]),
            float(found.familiarity[slot]),
            known and confidence >= self.threshold(attribute, best),
        )

    def label(self, attribute: int, slot: int) -> Label | None:
        """A person's label, or None."""
        return self.model.label(attribute, slot)

    def decided(self, attribute: int) -> Array:
        """The class of every image: the label, else a sure suggestion.

        Returns
        -------
        ndarray of shape (images,), dtype int32
            Class id; 0 nothing known, -1 unknown (looked at, not sure).
        """
        found = self.by_slot(attribute)
        n = len(self.images)
        confidence = found.confidence[:n]
        out = np.where(confidence < 0, 0, np.where(self.sure(attribute), found.best[:n], -1)).astype(np.int32)
        labeled = self.labeled(attribute)
        return np.where(labeled > 0, labeled, out)

    def labeled(self, attribute: int) -> Array:
        """The class id a person gave each image, 0 where none did; shape (images,), dtype int32."""
        out = np.zeros(len(self.images), np.int32)
        labels = self.model.labels_of(attribute)
        if labels:
            slots = np.fromiter(labels, np.int64, len(labels))
            out[slots] = np.fromiter((label.class_id for label in labels.values()), np.int32, len(labels))
        return out

    def sure(self, attribute: int) -> Array:
        """Whether the suggestion of every image reaches the threshold of its class; shape (images,), dtype bool."""
        found = self.by_slot(attribute)
        n = len(self.images)
        classes = self.model.classes_of(attribute)
        limits = np.full(max([int(found.best[:n].max(initial=0)), *(c.id for c in classes)], default=0) + 1, np.inf)
        for row in classes:
            limits[row.id] = self.threshold(attribute, row.id)
        return np.asarray(found.confidence[:n] >= limits[found.best[:n]].astype(np.float32))

    def _adopt_places(self, action: Action) -> None:
        """Show places that an action changed."""
        slots = [change.after[0] for change in action.changes if change.table == "place" and change.after is not None]
        for row in self.catalog.images_at(slots):  # as they are now: where another image stands, this one is missing
            self.images[row.slot] = row
        self._note_fresh(slots)
        self._count_images()
        self.images_changed.emit(slots)

    # Thresholds

    def threshold(self, attribute: int, class_id: int = 0) -> float:
        """Below this confidence a suggestion is unknown, as a person drags it now or as it is kept.

        Parameters
        ----------
        attribute : int
        class_id : int
            0 for classes without a threshold of their own.
        """
        tried = self._tried
        if tried is not None and tried[0] == attribute:
            row = self.model.classes.get(class_id)
            if tried[1] == class_id or (tried[1] == 0 and (row is None or row.threshold is None)):
                return tried[2]
        return self.model.threshold_of(attribute, class_id)

    def try_threshold(self, attribute: int, class_id: int, threshold: float) -> None:
        """Show what a threshold would do, without keeping it: while it is dragged."""
        self._tried = (attribute, class_id, threshold)
        self.thresholds_changed.emit(attribute)

    def stop_trying(self) -> None:
        """Back to the thresholds that are kept."""
        if self._tried is not None:
            attribute, self._tried = self._tried[0], None
            self.thresholds_changed.emit(attribute)
