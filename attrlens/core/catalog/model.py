"""What a person decided, in memory, and the changes that lead from one state to the next.

Every change is an `Action`: a named list of rows before and after. Undo swaps the two. The catalog stores actions, so
that undo outlives the program.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from attrlens.core.classify.methods import DEFAULT, Method
from attrlens.words import Words, words

Array = np.ndarray[Any, Any]
Row = tuple[Any, ...]

KEYS: dict[str, int] = {
    "attribute": 1, "class": 1, "exemplar": 2, "label": 2, "exclusion": 2, "removal": 1, "filter": 1, "place": 1,
    "folder": 1, "product": 1,
}  # fmt: skip
"""Tables that actions change, with the number of leading columns that are the key. `place` is part of `image`.

`place` and `folder` are not kept in a `Model`."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "attribute": ("id", "name", "recipe", "position", "threshold", "method"),
    "class": ("id", "attribute", "name", "color", "position", "threshold"),
    "exemplar": ("attribute", "slot", "class"),
    "label": ("attribute", "slot", "class", "made_by", "time", "decision"),
    "exclusion": ("attribute", "slot", "time"),
    "removal": ("slot", "time"),
    "filter": ("id", "name", "query", "position"),
    "place": ("slot", "path", "root", "missing"),
    "folder": ("path", "watched"),
    "product": ("slot", "number", "time"),
}

OF_ATTRIBUTES = frozenset({"attribute", "class", "exemplar", "label", "exclusion"})


ADDED: dict[str, Row] = {"attribute": ("discriminant",), "class": (None,), "label": (None,)}
"""Values of columns that came later, for actions from before."""


class Attribute(NamedTuple):
    """An independent question about an image, with its recipe (by key) and its method (by name)."""

    id: int
    name: str
    recipe: str
    position: int
    threshold: float
    method: str = DEFAULT.name


class Class(NamedTuple):
    """One answer to an attribute's question; without a threshold of its own it has the attribute's."""

    id: int
    attribute: int
    name: str
    color: str
    position: int
    threshold: float | None = None


class Label(NamedTuple):
    """A person's answer for one image.

    `made_by` is 'person', 'exemplar', 'folder' or 'accepted'; the last with the decision that suggested it.
    """

    attribute: int
    slot: int
    class_id: int
    made_by: str
    time: float
    decision: int | None = None


class SavedFilter(NamedTuple):
    """A query that a person kept under a name."""

    id: int
    name: str
    query: str
    position: int


class Change(NamedTuple):
    """One row before and after; None where it is not there."""

    table: str
    before: Row | None
    after: Row | None

    def reversed(self) -> Change:
        """The change back."""
        return Change(self.table, self.after, self.before)


@dataclass(frozen=True)
class Action:
    """A named step that can be undone."""

    name: str
    changes: tuple[Change, ...]

    def reversed(self) -> Action:
        """The action that undoes this one."""
        return Action(self.name, tuple(change.reversed() for change in reversed(self.changes)))

    def tables(self) -> frozenset[str]:
        """Names of the tables it touches."""
        return frozenset(change.table for change in self.changes)

    def attributes(self) -> frozenset[int]:
        """Ids of the attributes it touches."""
        out = set()
        for table, before, after in self.changes:
            if table not in OF_ATTRIBUTES:
                continue
            row = after or before or ()
            out.add(int(row[1] if table == "class" else row[0]))
        return frozenset(out)

    def pack(self) -> bytes:
        """As compressed JSON, an array a line: a reader of many lets others run in between."""
        parts = [json.dumps(self.changes[i : i + 500]) for i in range(0, len(self.changes), 500)]
        return zlib.compress("\n".join(parts).encode(), 1)

    @classmethod
    def unpack(cls, name: str, data: bytes) -> Action:
        """Inverse of `pack`."""

        def row(table: str, value: list[Any] | None) -> Row | None:
            if value is None:
                return None
            missing = len(COLUMNS[table]) - len(value)
            return (*value, *ADDED[table][-missing:]) if missing else tuple(value)

        changes = [change for line in zlib.decompress(data).splitlines() for change in json.loads(line)]
        return cls(name, tuple(Change(table, row(table, old), row(table, new)) for table, old, new in changes))


@dataclass
class Model:
    """Attributes, classes, exemplars and labels of a catalog.

    Attributes
    ----------
    attributes, classes : dict by id
    exemplars : dict of attribute id to dict of slot to class id
    labels : dict of attribute id to dict of slot to Label
    exclusions : dict of attribute id to dict of slot to time
        Images a person left out of evaluations.
    removals : dict of slot to time
        Images a person took out of the catalog.
    filters : dict by id
    products : dict of slot to (number, time)
        Images that a person says show one product share a number.
    last_ids : dict of table to int
        The largest id ever given.
    """

    attributes: dict[int, Attribute] = field(default_factory=dict)
    classes: dict[int, Class] = field(default_factory=dict)
    exemplars: dict[int, dict[int, int]] = field(default_factory=dict)
    labels: dict[int, dict[int, Label]] = field(default_factory=dict)
    exclusions: dict[int, dict[int, float]] = field(default_factory=dict)
    removals: dict[int, float] = field(default_factory=dict)
    filters: dict[int, SavedFilter] = field(default_factory=dict)
    products: dict[int, tuple[int, float]] = field(default_factory=dict)
    last_ids: dict[str, int] = field(default_factory=dict)

    def apply(self, action: Action) -> None:
        """Carry out an action."""
        for table, before, after in action.changes:
            if before is not None and (after is None or before[: KEYS[table]] != after[: KEYS[table]]):
                self._remove(table, before)
            if after is not None:
                self._put(table, after)

    def _remove(self, table: str, row: Row) -> None:
        if table == "attribute":
            self.attributes.pop(row[0], None)
        elif table == "class":
            self.classes.pop(row[0], None)
        elif table == "removal":
            self.removals.pop(row[0], None)
        elif table == "filter":
            self.filters.pop(row[0], None)
        elif table == "product":
            self.products.pop(row[0], None)
        elif table in OF_ATTRIBUTES:
            stores: dict[str, dict[int, Any]] = {
                "exemplar": self.exemplars, "label": self.labels, "exclusion": self.exclusions,
            }  # fmt: skip
            stores[table].get(row[0], {}).pop(row[1], None)

    def _put(self, table: str, row: Row) -> None:
        if table in ("attribute", "class", "filter"):
            self.last_ids[table] = max(self.last_ids.get(table, 0), row[0])
        if table == "attribute":
            self.attributes[row[0]] = Attribute(*row)
        elif table == "class":
            self.classes[row[0]] = Class(*row)
        elif table == "exemplar":
            self.exemplars.setdefault(row[0], {})[row[1]] = row[2]
        elif table == "exclusion":
            self.exclusions.setdefault(row[0], {})[row[1]] = row[2]
        elif table == "removal":
            self.removals[row[0]] = row[1]
        elif table == "filter":
            self.filters[row[0]] = SavedFilter(*row)
        elif table == "product":
            self.products[row[0]] = (row[1], row[2])
        elif table == "label":
            self.labels.setdefault(row[0], {})[row[1]] = Label(*row)

    def copy(self) -> Model:
        """A copy that can be changed on its own."""
        return Model(
            dict(self.attributes),
            dict(self.classes),
            {key: dict(value) for key, value in self.exemplars.items()},
            {key: dict(value) for key, value in self.labels.items()},
            {key: dict(value) for key, value in self.exclusions.items()},
            dict(self.removals),
            dict(self.filters),
            dict(self.products),
            dict(self.last_ids),
        )

    # Looking things up

    def sorted_attributes(self) -> list[Attribute]:
        """Attributes in the order of the panel."""
        return sorted(self.attributes.values(), key=lambda a: (a.position, a.id))

    def classes_of(self, attribute: int) -> list[Class]:
        """Classes of an attribute in the order of the panel."""
        return sorted((c for c in self.classes.values() if c.attribute == attribute), key=lambda c: (c.position, c.id))

    def exemplars_of(self, attribute: int) -> dict[int, int]:
        """Slot to class id."""
        return self.exemplars.get(attribute, {})

    def labels_of(self, attribute: int) -> dict[int, Label]:
        """Slot to label."""
        return self.labels.get(attribute, {})

    def excluded_of(self, attribute: int) -> dict[int, float]:
        """Slots that a person left out of evaluations, with the time."""
        return self.exclusions.get(attribute, {})

    def threshold_of(self, attribute: int, class_id: int) -> float:
        """Below this confidence a suggestion of the class is unknown: the class's own, else the attribute's."""
        row = self.classes.get(class_id)
        own = None if row is None else row.threshold
        return self.attributes[attribute].threshold if own is None else own

    def label(self, attribute: int, slot: int) -> Label | None:
        """A person's label, or None."""
        return self.labels.get(attribute, {}).get(slot)

    def attribute_named(self, name: str) -> Attribute | None:
        """The attribute of that name, ignoring case."""
        return next((a for a in self.sorted_attributes() if a.name.casefold() == name.casefold()), None)

    def class_named(self, attribute: int, name: str) -> Class | None:
        """The class of that name in an attribute, ignoring case."""
        return next((c for c in self.classes_of(attribute) if c.name.casefold() == name.casefold()), None)

    def next_id(self, table: str) -> int:
        """An id never used before; ids of deleted rows come back only by undo."""
        return self.last_ids.get(table, 0) + 1


# What a person can do. Each returns the action; none changes the model.


def images_count(n: int) -> Words:
    """ "1 image" or "12 images"."""
    return words("{n:,} image", "{n:,} images", n=n)


def exemplars_count(n: int) -> Words:
    """ "1 exemplar" or "80 exemplars"."""
    return words("{n:,} exemplar", "{n:,} exemplars", n=n)


def create_attribute(model: Model, attribute_id: int, name: str, recipe: str, threshold: float = 0.5) -> Action:
    """A new attribute at the end of the panel."""
    position = max((a.position for a in model.attributes.values()), default=-1) + 1
    row = Attribute(attribute_id, name, recipe, position, threshold)
    return Action(words("New attribute {name}", name=name), (Change("attribute", None, tuple(row)),))


def edit_attribute(model: Model, attribute_id: int, **fields: Any) -> Action:
    """Rename an attribute, or set its threshold, method or recipe."""
    old = model.attributes[attribute_id]
    if "name" in fields:
        name = words("Rename {old} to {new}", old=old.name, new=fields["name"])
    elif fields.get("recipe", old.recipe) != old.recipe:
        name = words("Change the recipe of {name}", name=old.name)
    elif "method" in fields:
        method = Method.named(fields["method"]).title
        name = words("Decide {name} by: {method}", name=old.name, method=method)
    else:
        name = words("{name} is unknown below {limit:.0%}", name=old.name, limit=fields["threshold"])
    if old._replace(**fields) == old:
        return Action(name, ())
    return Action(name, (Change("attribute", tuple(old), tuple(old._replace(**fields))),))


def delete_attribute(model: Model, attribute_id: int) -> Action:
    """An attribute with all its classes, exemplars and labels."""
    old = model.attributes[attribute_id]
    changes = [Change("exemplar", (attribute_id, s, c), None) for s, c in model.exemplars_of(attribute_id).items()]
    changes += [Change("label", tuple(label), None) for label in model.labels_of(attribute_id).values()]
    changes += [Change("exclusion", (attribute_id, s, t), None) for s, t in model.excluded_of(attribute_id).items()]
    changes += [Change("class", tuple(c), None) for c in model.classes_of(attribute_id)]
    changes.append(Change("attribute", tuple(old), None))
    return Action(words("Delete attribute {name}", name=old.name), tuple(changes))


def create_class(model: Model, class_id: int, attribute: int, name: str, color: str) -> Action:
    """A new class at the end of its attribute."""
    position = max((c.position for c in model.classes_of(attribute)), default=-1) + 1
    return Action(
        words("New class {name}", name=name),
        (Change("class", None, tuple(Class(class_id, attribute, name, color, position))),),
    )


def edit_class(model: Model, class_id: int, **fields: Any) -> Action:
    """Rename or recolor a class, or set its threshold."""
    old = model.classes[class_id]
    if "name" in fields:
        name = words("Rename {old} to {new}", old=old.name, new=fields["name"])
    elif "threshold" in fields:
        own = fields["threshold"]
        name = (
            words("{name} has the common threshold", name=old.name)
            if own is None
            else words("{name} is unknown below {limit:.0%}", name=old.name, limit=own)
        )
    else:
        name = words("Recolor {name}", name=old.name)
    if old._replace(**fields) == old:
        return Action(name, ())
    return Action(name, (Change("class", tuple(old), tuple(old._replace(**fields))),))


def delete_class(model: Model, class_id: int) -> Action:
    """A class with its exemplars and labels; the images stay."""
    old = model.classes[class_id]
    return Action(
        words("Delete class {name}", name=old.name), (*_clear_class(model, old), Change("class", tuple(old), None))
    )


def _clear_class(model: Model, old: Class) -> tuple[Change, ...]:
    a = old.attribute
    exemplars = [Change("exemplar", (a, s, c), None) for s, c in model.exemplars_of(a).items() if c == old.id]
    labels = [Change("label", tuple(v), None) for v in model.labels_of(a).values() if v.class_id == old.id]
    return (*exemplars, *labels)


def merge_class(model: Model, source: int, target: int) -> Action:
    """Move exemplars and labels of `source` to `target` and delete `source`."""
    old, new = model.classes[source], model.classes[target]
    if old.attribute != new.attribute:
        raise ValueError("classes of different attributes cannot be merged")
    changes = []
    for change in _clear_class(model, old):
        assert change.before is not None
        row = list(change.before)
        row[2] = target
        changes.append(Change(change.table, change.before, tuple(row)))
    return Action(
        words("Merge {old} into {new}", old=old.name, new=new.name), (*changes, Change("class", tuple(old), None))
    )


def add_exemplars(model: Model, class_id: int, slots: Sequence[int], time: float) -> Action:
    """Make images exemplars of a class, and so label them with it."""
    target = model.classes[class_id]
    attribute = target.attribute
    have, labels = model.exemplars_of(attribute), model.labels_of(attribute)
    changes = []
    for slot in slots:
        if have.get(slot) == class_id:
            continue
        before = (attribute, slot, have[slot]) if slot in have else None
        changes.append(Change("exemplar", before, (attribute, slot, class_id)))
        label = labels.get(slot)
        changes.append(
            Change("label", tuple(label) if label else None, tuple(Label(attribute, slot, class_id, "exemplar", time)))
        )
    return Action(
        words("Add {what} to {name}", what=exemplars_count(len(changes) // 2), name=target.name), tuple(changes)
    )


def set_labels(model: Model, class_id: int, slots: Sequence[int], time: float, made_by: str = "person") -> Action:
    """Label images; an exemplar of another class stops being one."""
    target = model.classes[class_id]
    attribute = target.attribute
    have, labels = model.exemplars_of(attribute), model.labels_of(attribute)
    changes = []
    for slot in slots:
        if slot in have and have[slot] != class_id:
            changes.append(Change("exemplar", (attribute, slot, have[slot]), None))
        label = labels.get(slot)
        if label is None or label.class_id != class_id:
            changes.append(
                Change("label", tuple(label) if label else None, tuple(Label(attribute, slot, class_id, made_by, time)))
            )
    count = sum(change.table == "label" for change in changes)
    lost = sum(change.table == "exemplar" for change in changes)
    name = words("Label {what} {name}", what=images_count(count), name=target.name)
    if lost:
        name = words("{what} ({n:,} no longer exemplar)", "{what} ({n:,} no longer exemplars)", what=name, n=lost)
    return Action(name, tuple(changes))


def accept(model: Model, attribute: int, suggested: Mapping[int, int], time: float, decision: int | None) -> Action:
    """Make suggestions labels; images that have a label keep it.

    Parameters
    ----------
    model : Model
    attribute : int
    suggested : mapping of slot to class id
    time : float
    decision : int or None
        Number of what made the suggestions.
    """
    labels = model.labels_of(attribute)
    new = {slot: c for slot, c in suggested.items() if slot not in labels and c in model.classes}
    changes = [
        Change("label", None, tuple(Label(attribute, slot, c, "accepted", time, decision))) for slot, c in new.items()
    ]
    classes = set(new.values())
    name = words("Accept {n:,} suggestion", "Accept {n:,} suggestions", n=len(changes))
    if len(classes) == 1:
        name = words("{what} of {name}", what=name, name=model.classes[classes.pop()].name)
    return Action(name, tuple(changes))


def clear_labels(model: Model, attribute: int, slots: Sequence[int]) -> Action:
    """Take images out of their class: label and exemplar both."""
    have, labels = model.exemplars_of(attribute), model.labels_of(attribute)
    changes = [Change("exemplar", (attribute, s, have[s]), None) for s in slots if s in have]
    changes += [Change("label", tuple(labels[s]), None) for s in slots if s in labels]
    count = len({change.before[1] for change in changes if change.before})
    return Action(
        words("Take {what} out of {name}", what=images_count(count), name=model.attributes[attribute].name),
        tuple(changes),
    )


def remove_exemplars(model: Model, attribute: int, slots: Sequence[int]) -> Action:
    """Images stop being exemplars and keep their label as a person's."""
    have, labels = model.exemplars_of(attribute), model.labels_of(attribute)
    changes = []
    for slot in slots:
        if slot in have:
            changes.append(Change("exemplar", (attribute, slot, have[slot]), None))
            label = labels.get(slot)
            if label is not None and label.made_by == "exemplar":
                changes.append(Change("label", tuple(label), tuple(label._replace(made_by="person"))))
    count = sum(change.table == "exemplar" for change in changes)
    return Action(words("Remove {what}", what=exemplars_count(count)), tuple(changes))


def exclude(model: Model, attribute: int, slots: Sequence[int], time: float) -> Action:
    """Leave images out of evaluations: neither learned from nor scored there. Labels and exemplars stay."""
    have = model.excluded_of(attribute)
    changes = [Change("exclusion", None, (attribute, slot, time)) for slot in slots if slot not in have]
    return Action(words("Leave {what} out of evaluations", what=images_count(len(changes))), tuple(changes))


def include(model: Model, attribute: int, slots: Sequence[int]) -> Action:
    """Take images back into evaluations."""
    have = model.excluded_of(attribute)
    changes = [Change("exclusion", (attribute, slot, have[slot]), None) for slot in slots if slot in have]
    return Action(words("Take {what} back into evaluations", what=images_count(len(changes))), tuple(changes))
