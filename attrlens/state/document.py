"""The document: an open catalog as the window sees it, and the one door for every change."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from attrlens.core import tasks
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.model import Action, Attribute, Class, Label, Model
from attrlens.core.catalog.rows import ERROR, PENDING, READY, ImageRow, Read, Suggestions
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.recipes import Recipe
from attrlens.core.swatches import NAMED, SEQUENCE, swatch
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


class Document(QObject):
    """An open catalog, or none.

    Signals
    -------
    opened(), closed()
    images_added(int first_slot)
    images_changed(object slots)
        State, size or message of these images changed.
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
    closed = Signal()
    images_added = Signal(int)
    images_changed = Signal(object)
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
        self.states = np.array([image.state for image in self.images], np.int8)
        self._suggestions = {key: BySlot(len(self.images), value) for key, value in opened.suggestions.items()}
        self._undo_names = opened.catalog.undo_names()
        self.opened.emit()
        self.undo_changed.emit()

    def close(self) -> None:
        """Let go of the catalog; everything is on disk already."""
        if self._catalog is None:
            return
        catalog, thumbnails = self._catalog, self._thumbnails
        self._catalog = self._thumbnails = None
        self.images, self.states, self._suggestions = [], np.zeros(0, np.int8), {}
        self._tried = None
        self.closed.emit()
        if thumbnails is not None:
            thumbnails.close()
        catalog.close()

    # Images

    def adopt_images(self, rows: Sequence[ImageRow]) -> None:
        """Show images a job added."""
        rows = [row for row in rows if row.slot >= len(self.images)]
        if rows:
            first = len(self.images)
            self.images += rows
            self.states = np.append(self.states, np.array([row.state for row in rows], np.int8))
            self.images_added.emit(first)

    def adopt_reads(self, reads: Iterable[Read]) -> None:
        """Show what became known of images as they were decoded."""
        slots = []
        for read in reads:
            if read.slot < len(self.images):
                row = self.images[read.slot]
                self.images[read.slot] = row._replace(
                    width=read.width, height=read.height, state=read.state, message=read.message, hint=read.hint
                )
                self.states[read.slot] = read.state
                slots.append(read.slot)
        if slots:
            self.images_changed.emit(slots)

    def retry_errors(self) -> None:
        """Make unreadable images pending again."""
        self.catalog.retry_errors()
        slots = np.flatnonzero(self.states == ERROR).tolist()
        for slot in slots:
            self.images[slot] = self.images[slot]._replace(state=PENDING, message="", hint="")
        self.states[slots] = PENDING
        self.images_changed.emit(slots)

    def count(self, state: int) -> int:
        """Images in a state."""
        return int((self.states == state).sum())

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

    # What a person does. Each is one action: one transaction, one step of undo.

    def _perform(self, action: Action) -> bool:
        if not action.changes:
            return False
        try:
            self.catalog.perform(action)
        except AttrLensError as error:
            self.failed.emit(error)
            return False
        self._announce(action)
        self.performed.emit(action.name)
        return True

    def _announce(self, action: Action) -> None:
        tried = self._tried
        if tried is not None and (
            tried[0] not in self.model.attributes or (tried[1] and not self._has_class(tried[1]))
        ):
            self._tried = None  # what was dragged is gone
        self._undo_names = self.catalog.undo_names()
        self.model_changed.emit(action.tables(), action.attributes())
        self.undo_changed.emit()

    def undo(self) -> None:
        """Undo the last action, of this run or an earlier one."""
        self._step(self.catalog.undo)

    def redo(self) -> None:
        """Redo the action undone last."""
        self._step(self.catalog.redo)

    def _step(self, step: Any) -> None:
        try:
            action = step()
        except AttrLensError as error:
            self.failed.emit(error)
            return
        if action is not None:
            self._announce(action)
            self.stepped.emit(f"{'Undone' if step == self.catalog.undo else 'Done again'}: {action.name}")

    def undo_names(self) -> tuple[str, str]:
        """Names of what undo and redo would touch."""
        return self._undo_names if self._catalog else ("", "")

    def create_attribute(self, name: str, recipe: Recipe) -> int:
        """A new attribute; its id. Images lack its descriptors until they are described again."""
        self.catalog.register_recipe(recipe, "")
        number = self.model.next_id("attribute")
        self._perform(steps.create_attribute(self.model, number, name, recipe.key))
        return number

    def _has_class(self, class_id: int) -> bool:
        """Whether a class is still there: a person may delete it while files for it are being added."""
        return class_id in self.model.classes

    def create_class(self, attribute: int, name: str = "", slots: Sequence[int] = ()) -> int:
        """A new class, with exemplars if there are some: one step of undo; its id.

        Without a name it is "New class", numbered.
        """
        taken = {c.name.casefold() for c in self.model.classes_of(attribute)}
        if not name:
            number = 1
            while (name := f"New class {number}").casefold() in taken:
                number += 1
        class_id = self.model.next_id("class")
        create = steps.create_class(self.model, class_id, attribute, name, swatch(name, len(taken)))
        scratch = self.model.copy()
        scratch.apply(create)
        exemplars = steps.add_exemplars(scratch, class_id, slots, time.time())
        self._perform(Action(create.name, create.changes + exemplars.changes))
        return class_id

    def make_demo_classes(self, truth: Mapping[str, Mapping[str, str]], count: int) -> None:
        """The demo's classes, with exemplars from what is in the catalog."""
        self._perform(tasks.demo_classes(self.model, self.images, truth, count))

    def rename(self, row: Attribute | Class, name: str) -> bool:
        """Rename an attribute or a class; False when the name is empty or taken."""
        name = name.strip()
        siblings: Iterable[Attribute | Class]
        if isinstance(row, Class):
            siblings = self.model.classes_of(row.attribute)
        else:
            siblings = self.model.sorted_attributes()
        if not name or any(s.id != row.id and s.name.casefold() == name.casefold() for s in siblings):
            return False
        if name == row.name:
            return True
        if not isinstance(row, Class):
            return self._perform(steps.edit_attribute(self.model, row.id, name=name))
        fields = {"name": name}
        if row.color in SEQUENCE or row.color == NAMED.get(row.name.casefold()):
            fields["color"] = NAMED.get(name.casefold(), row.color)  # nobody chose it yet: "black" becomes black
        return self._perform(steps.edit_class(self.model, row.id, **fields))

    def recolor(self, class_id: int, color: str) -> None:
        """Give a class another swatch."""
        if self._has_class(class_id):
            self._perform(steps.edit_class(self.model, class_id, color=color))

    def set_threshold(self, attribute: int, class_id: int, threshold: float | None) -> None:
        """Below this confidence a suggestion is unknown.

        Parameters
        ----------
        attribute : int
        class_id : int
            0 for all classes without a threshold of their own.
        threshold : float or None
            0 to 1; None gives the class the common one.
        """
        self._tried = None
        if class_id and self._has_class(class_id):
            self._perform(steps.edit_class(self.model, class_id, threshold=threshold))
        elif not class_id and threshold is not None and attribute in self.model.attributes:
            self._perform(steps.edit_attribute(self.model, attribute, threshold=threshold))
        self.thresholds_changed.emit(attribute)

    def set_method(self, attribute: int, method: str) -> None:
        """Decide by another method."""
        if attribute in self.model.attributes:
            self._perform(steps.edit_attribute(self.model, attribute, method=method))

    def set_recipe(self, attribute: int, recipe: Recipe, method: str) -> None:
        """Describe by another recipe and decide by a method; images lack the descriptors until they are made."""
        if attribute in self.model.attributes:
            self.catalog.register_recipe(recipe, "")
            self._perform(steps.edit_attribute(self.model, attribute, recipe=recipe.key, method=method))

    def merge(self, source: int, target: int) -> None:
        """Move everything of one class into another."""
        if self._has_class(source) and self._has_class(target):
            self._perform(steps.merge_class(self.model, source, target))

    def delete_class(self, class_id: int) -> None:
        """Delete a class; its images stay."""
        if self._has_class(class_id):
            self._perform(steps.delete_class(self.model, class_id))

    def delete_attribute(self, attribute: int) -> None:
        """Delete an attribute with its classes."""
        if attribute in self.model.attributes:
            self._perform(steps.delete_attribute(self.model, attribute))

    def classes_from_folders(self, attribute: int, roots: Mapping[int, str], exemplars_per_class: int) -> None:
        """Make a class of each sub-folder these images lie in; `roots` gives the folder above, by slot."""
        if attribute in self.model.attributes:
            images = [self.images[slot]._replace(root=root) for slot, root in roots.items()]
            self._perform(tasks.folder_classes(self.model, attribute, images, exemplars_per_class, {})[0])

    def add_exemplars(self, class_id: int, slots: Sequence[int]) -> None:
        """Make images exemplars of a class."""
        if self._has_class(class_id):
            self._perform(steps.add_exemplars(self.model, class_id, slots, time.time()))

    def set_labels(self, class_id: int, slots: Sequence[int], made_by: str = "person") -> None:
        """Label images."""
        if self._has_class(class_id):
            self._perform(steps.set_labels(self.model, class_id, slots, time.time(), made_by))

    def accept(self, attribute: int, slots: Sequence[int]) -> int:
        """Make the suggestions of images labels, the sure ones of those without a label; how many."""
        if attribute not in self.model.attributes:
            return 0
        found, sure = self.by_slot(attribute), self.sure(attribute)
        suggested = {slot: int(found.best[slot]) for slot in slots if slot < len(sure) and sure[slot]}
        number = found.decision.id if found.decision else None
        action = steps.accept(self.model, attribute, suggested, time.time(), number)
        if not self._perform(action):
            self.stepped.emit("Nothing was accepted: it is labeled already, or unknown")
            return 0
        return len(action.changes)

    def confirm_as_exemplars(self, attribute: int, slots: Sequence[int]) -> bool:
        """Make images exemplars of the class they have or are surely suggested to have, in one step; if any was."""
        if attribute not in self.model.attributes:
            return False
        by_class: dict[int, list[int]] = {}
        found, sure = self.by_slot(attribute), self.sure(attribute)
        for slot in slots:
            label = self.label(attribute, slot)
            class_id = label.class_id if label else int(found.best[slot])
            if class_id in self.model.classes and (label or sure[slot]):
                by_class.setdefault(class_id, []).append(slot)
        now = time.time()
        actions = [steps.add_exemplars(self.model, class_id, some, now) for class_id, some in by_class.items()]
        changes = tuple(change for action in actions for change in action.changes)
        count = sum(change.table == "exemplar" for change in changes)
        several = Action(f"Add {count:,} exemplars to {len(actions)} classes", changes)
        done = self._perform(actions[0] if len(actions) == 1 else several)
        if not done:
            self.stepped.emit("No exemplar was added: it is one already, or unknown")
        return done

    def clear_labels(self, attribute: int, slots: Sequence[int]) -> None:
        """Take images out of their class."""
        if attribute in self.model.attributes:
            self._perform(steps.clear_labels(self.model, attribute, slots))

    def exclude(self, attribute: int, slots: Sequence[int]) -> None:
        """Leave images out of evaluations."""
        if attribute in self.model.attributes:
            self._perform(steps.exclude(self.model, attribute, slots, time.time()))

    def include(self, attribute: int, slots: Sequence[int]) -> None:
        """Take images back into evaluations."""
        if attribute in self.model.attributes:
            self._perform(steps.include(self.model, attribute, slots))

    def remove_exemplars(self, attribute: int, slots: Sequence[int]) -> None:
        """Images stop being exemplars and keep their label."""
        if attribute in self.model.attributes:
            self._perform(steps.remove_exemplars(self.model, attribute, slots))
