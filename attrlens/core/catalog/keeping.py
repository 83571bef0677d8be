"""What a person does with images and filters of a catalog, as actions: out, in again, relinked, kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrlens.core.catalog.model import Action, Change, Model, SavedFilter, images_count
from attrlens.words import words


class Added(NamedTuple):
    """What an import brought into a catalog: images, and folders that are watched since."""

    slots: Sequence[int] = ()
    folders: Sequence[str] = ()


NOTHING_ADDED = Added()


def remove_images(model: Model, slots: Sequence[int], time: float) -> Action:
    """Take images out of the catalog, with their labels and exemplars. No file is touched."""
    chosen = [slot for slot in dict.fromkeys(slots) if slot not in model.removals]
    changes: list[Change] = []
    for attribute in model.attributes:
        exemplars, labels = model.exemplars_of(attribute), model.labels_of(attribute)
        excluded = model.excluded_of(attribute)
        changes += [Change("exemplar", (attribute, s, exemplars[s]), None) for s in chosen if s in exemplars]
        changes += [Change("label", tuple(labels[s]), None) for s in chosen if s in labels]
        changes += [Change("exclusion", (attribute, s, excluded[s]), None) for s in chosen if s in excluded]
    changes += [Change("removal", None, (slot, time)) for slot in chosen]
    return Action(words("Remove {what} from the catalog", what=images_count(len(chosen))), tuple(changes))


def add_images(model: Model, added: Added, time: float) -> Action:
    """Images that an import brought in, new ones and removed ones: undo takes them out again."""
    changes = [Change("removal", (slot, model.removals.get(slot, time)), None) for slot in added.slots]
    name = words("Add {what} to the catalog", what=images_count(len(changes)))
    changes += [Change("folder", None, (folder, 1)) for folder in added.folders]
    return Action(name, tuple(changes))


def said_of(model: Model) -> set[int]:
    """Images of which a person said something: labels, exemplars, exclusions, or that they are taken out."""
    said: set[int] = set(model.removals) | set(model.products)
    for stores in (model.labels, model.exemplars, model.exclusions):
        for slots in stores.values():
            said |= set(slots)
    return said


def take_over(model: Model, pairs: Sequence[tuple[int, int]], time: float) -> Action:
    """Files that were copied elsewhere and then deleted: what was said of the one image holds for the other.

    An image of which something was said meanwhile, or that was taken out, takes nothing over.

    Parameters
    ----------
    model : Model
    pairs : sequence of (int, int)
        The image whose file is gone, and the one that has its content.
    time : float
    """
    said = said_of(model)
    pairs = [(old, new) for old, new in pairs if new not in said]
    changes: list[Change] = []
    for attribute in model.attributes:
        exemplars, labels = model.exemplars_of(attribute), model.labels_of(attribute)
        excluded = model.excluded_of(attribute)
        for old, new in pairs:
            for table, row in (
                ("exemplar", (attribute, old, exemplars[old]) if old in exemplars else None),
                ("label", tuple(labels[old]) if old in labels else None),
                ("exclusion", (attribute, old, excluded[old]) if old in excluded else None),
            ):
                if row is not None:
                    changes.append(Change(table, row, None))
                    changes.append(Change(table, None, (row[0], new, *row[2:])))
    for old, new in pairs:
        if old in model.products:
            row = (old, *model.products[old])
            changes += [Change("product", row, None), Change("product", None, (new, *row[1:]))]
    changes += [Change("removal", None, (old, time)) for old, _ in pairs if old not in model.removals]
    return Action(words("Recognize {what} in another place", what=images_count(len(pairs))), tuple(changes))


def keep_together(model: Model, groups: Sequence[Sequence[int]], time: float) -> Action:
    """Groups of images that a person says show one product, each; evaluations never part them.

    Products that share an image become one; what is so already stays.
    """
    members: dict[int, set[int]] = {}
    for slot, (number, _) in model.products.items():
        members.setdefault(number, set()).add(slot)
    product = {slot: number for slot, (number, _) in model.products.items()}
    last = max(members, default=0)
    for group in groups:
        touched = {product[slot] for slot in group if slot in product}
        together = set(group).union(*(members.pop(number) for number in touched))
        if len(together) < 2:
            continue
        last += 1
        members[last] = together
        product |= dict.fromkeys(together, last)
    changes: list[Change] = []
    for number, slots in sorted(members.items()):
        before = {model.products.get(slot, (0, 0.0))[0] for slot in slots}
        if len(before) == 1 and 0 not in before and sum(n in before for n, _ in model.products.values()) == len(slots):
            continue  # nothing new
        changes += [
            Change("product", (slot, *model.products[slot]) if slot in model.products else None, (slot, number, time))
            for slot in sorted(slots)
        ]
    return Action(words("Keep {what} together as products", what=images_count(len(changes))), tuple(changes))


def set_apart(model: Model, slots: Sequence[int]) -> Action:
    """Images that are no longer said to be of a product."""
    chosen = [slot for slot in dict.fromkeys(slots) if slot in model.products]
    changes = [Change("product", (slot, *model.products[slot]), None) for slot in chosen]
    return Action(words("Take {what} out of their product", what=images_count(len(chosen))), tuple(changes))


def relink(
    model: Model, before: Mapping[int, tuple[str, str, int]], after: Mapping[int, tuple[str, str, int]]
) -> Action:
    """Missing images that a person showed the way to; each by slot with path, imported folder and missing."""
    changes = [Change("place", (slot, *before[slot]), (slot, *after[slot])) for slot in after]
    return Action(words("Relink {what}", what=images_count(len(changes))), tuple(changes))


def save_filter(model: Model, filter_id: int, name: str, query: str) -> Action:
    """Keep a query under a name; one of that name is replaced."""
    old = next((row for row in model.filters.values() if row.name.casefold() == name.casefold()), None)
    position = max((row.position for row in model.filters.values()), default=-1) + 1
    row = old._replace(query=query) if old else SavedFilter(filter_id, name, query, position)
    if row == old:
        return Action("", ())
    return Action(
        words("Save the filter {name}", name=name), (Change("filter", tuple(old) if old else None, tuple(row)),)
    )


def delete_filter(model: Model, filter_id: int) -> Action:
    """Forget a saved filter."""
    old = model.filters[filter_id]
    return Action(words("Delete the filter {name}", name=old.name), (Change("filter", tuple(old), None),))
