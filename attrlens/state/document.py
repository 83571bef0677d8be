"""The document: the one door for every change of an open catalog."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrlens.core import tasks
from attrlens.core.catalog import keeping
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.keeping import NOTHING_ADDED, Added
from attrlens.core.catalog.model import Action, Attribute, Class, exemplars_count
from attrlens.core.recipes import Recipe
from attrlens.core.swatches import NAMED, SEQUENCE, swatch
from attrlens.errors import AttrLensError
from attrlens.state.open_catalog import OpenCatalog
from attrlens.words import told, tr, words


class Document(OpenCatalog):
    """What a person does. Each is one action: one transaction, one step of undo."""

    def _perform(self, action: Action) -> bool:
        if not action.changes:
            return False
        try:
            self.catalog.perform(action)
        except AttrLensError as error:
            self.failed.emit(error)
            return False
        self._announce(action)
        self.performed.emit(told(action.name))
        return True

    def _announce(self, action: Action) -> None:
        tried = self._tried
        if tried is not None and (
            tried[0] not in self.model.attributes or (tried[1] and not self._has_class(tried[1]))
        ):
            self._tried = None  # what was dragged is gone
        self._undo_names = self.catalog.undo_names()
        tables = action.tables()
        if "removal" in tables:
            self._count_kept()
            self.kept_changed.emit()
        if "place" in tables:
            self._adopt_places(action)
        self.model_changed.emit(tables, action.attributes())
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
            name = told(action.name)
            undone = step == self.catalog.undo
            self.stepped.emit(tr("Undone: {name}", name=name) if undone else tr("Done again: {name}", name=name))

    def undo_names(self) -> tuple[str, str]:
        """Names of what undo and redo would touch."""
        return self._undo_names if self._catalog else ("", "")

    def create_attribute(self, name: str, recipe: Recipe) -> int:
        """A new attribute; its id, 0 if it could not be. Images lack its descriptors until they are described again."""
        number = self.model.next_id("attribute")
        made = self._know(recipe) and self._perform(steps.create_attribute(self.model, number, name, recipe.key))
        return number if made else 0

    def _know(self, recipe: Recipe) -> bool:
        try:
            self.catalog.register_recipe(recipe, "")
        except AttrLensError as error:
            self.failed.emit(error)
            return False
        return True

    def _has_class(self, class_id: int) -> bool:
        """Whether a class is still there: a person may delete it while files for it are being added."""
        return class_id in self.model.classes

    def create_class(
        self, attribute: int, name: str = "", slots: Sequence[int] = (), added: Added = NOTHING_ADDED
    ) -> int:
        """A new class, with exemplars if there are some: one step of undo; its id.

        Without a name it is "New class", numbered. `added` are images that came into the catalog with it.
        """
        taken = {c.name.casefold() for c in self.model.classes_of(attribute)}
        if not name:
            number = 1
            while (name := tr("New class {number}", number=number)).casefold() in taken:
                number += 1
        class_id = self.model.next_id("class")
        create = steps.create_class(self.model, class_id, attribute, name, swatch(name, len(taken)))
        scratch = self.model.copy()
        scratch.apply(create)
        exemplars = steps.add_exemplars(scratch, class_id, slots, time.time())
        changes = keeping.add_images(self.model, added, time.time()).changes + create.changes + exemplars.changes
        self._perform(Action(create.name, changes))
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
        if attribute in self.model.attributes and self._know(recipe):
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
        """Make a class of each sub-folder these images lie in; `roots` gives the folder above, by slot.

        Those that are not in the catalog or not below that folder any more are left out.
        """
        if attribute in self.model.attributes:
            images = [
                self.images[slot]._replace(root=root)
                for slot, root in roots.items()
                if slot < len(self.images) and self.kept[slot] and self.images[slot].path.startswith(root)
            ]
            self._perform(tasks.folder_classes(self.model, attribute, images, exemplars_per_class, {})[0])

    def add_exemplars(self, class_id: int, slots: Sequence[int], added: Added = NOTHING_ADDED) -> None:
        """Make images exemplars of a class; `added` are images that came into the catalog with them."""
        if self._has_class(class_id):
            action = steps.add_exemplars(self.model, class_id, slots, time.time())
            new = keeping.add_images(self.model, added, time.time())
            self._perform(Action(action.name, new.changes + action.changes))

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
            self.stepped.emit(tr("Nothing was accepted: it is labeled already, or unknown"))
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
        several = Action(
            words(
                "Add {what} to {n:,} class", "Add {what} to {n:,} classes", what=exemplars_count(count), n=len(actions)
            ),
            changes,
        )
        done = self._perform(actions[0] if len(actions) == 1 else several)
        if not done:
            self.stepped.emit(tr("No exemplar was added: it is one already, or unknown"))
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

    # Images and filters

    def remove_images(self, slots: Sequence[int]) -> None:
        """Take images out of the catalog, with what was said of them; no file is touched."""
        self._perform(keeping.remove_images(self.model, slots, time.time()))

    def keep_added(self, added: Added) -> None:
        """Make an import one step of undo, and take in again what of it was removed before."""
        self._perform(keeping.add_images(self.model, added, time.time()))

    def take_over(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Let images have what was said of missing ones of the same content."""
        self._perform(keeping.take_over(self.model, pairs, time.time()))

    def relink(self, after: Mapping[int, tuple[str, str, int]]) -> None:
        """Give missing images the places (path, imported folder, missing) that a person led to."""
        before = {slot: (self.images[slot].path, self.images[slot].root, self.images[slot].missing) for slot in after}
        self._perform(keeping.relink(self.model, before, after))

    def keep_together(self, groups: Sequence[Sequence[int]]) -> None:
        """Say of each of these groups that its images show one product: no evaluation parts them."""
        self._perform(keeping.keep_together(self.model, groups, time.time()))

    def set_apart(self, slots: Sequence[int]) -> None:
        """Say of these images that they are of no product in particular."""
        self._perform(keeping.set_apart(self.model, slots))

    def save_filter(self, name: str, query: str) -> None:
        """Keep a query under a name."""
        self._perform(keeping.save_filter(self.model, self.model.next_id("filter"), name, query))

    def delete_filter(self, filter_id: int) -> None:
        """Forget a saved filter."""
        if filter_id in self.model.filters:
            self._perform(keeping.delete_filter(self.model, filter_id))
