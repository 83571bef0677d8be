"""The record: what was done and decided, by whom, when and with what."""

from __future__ import annotations

import json
import time as clock
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from attrlens.core.catalog.model import Action, Change, Model
from attrlens.core.catalog.rows import Decision
from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.methods import said
from attrlens.core.token import Token
from attrlens.words import Words, unpack, words


@dataclass(frozen=True)
class Event:
    """One line of the record.

    Attributes
    ----------
    time : float
        Seconds since 1970, UTC.
    who : str
        A person's name on the computer, or the method that decided.
    what : str
    undone : bool
    details : dict
        For the machine's decisions: recipe, weights, method, threshold, exemplars and so on.
    """

    time: float
    who: str
    what: str
    undone: bool
    details: dict[str, Any]


def _actions(
    catalog: Catalog, token: Token, *, newest_first: bool = False
) -> Iterator[tuple[int, float, str, bool, Action]]:
    """All actions, read one by one: others get at the catalog in between."""
    with catalog.reading() as db:
        numbers = [row[0] for row in db.execute("SELECT id FROM action ORDER BY id")]
    for number in reversed(numbers) if newest_first else numbers:
        token.check()
        with catalog.reading() as db:
            row = db.execute(
                "SELECT time, name, changes, undone, coalesce(who, '') FROM action WHERE id = ?", (number,)
            ).fetchone()
        if row is not None:  # it may have been dropped meanwhile: undone, then something else was done
            yield number, row[0], row[4], bool(row[3]), Action.unpack(unpack(row[1]), row[2])


def decision(catalog: Catalog, number: int) -> Decision | None:
    """A decision of the machine by its number."""
    with catalog.reading() as db:
        row = db.execute(
            "SELECT id, time, attribute, recipe, weights, method, parameters, exemplars, images FROM decision "
            "WHERE id = ?", (number,),
        ).fetchone()  # fmt: skip
    if row is None:
        return None
    made, when, attribute, recipe, weights, method, parameters, exemplars, images = row
    return Decision(made, when, attribute, recipe, weights, method, json.loads(parameters), exemplars, images)


def _change_text(model: Model, change: Change) -> Words:
    row = change.after or change.before or ()
    attribute = model.attributes[row[0]].name if row[0] in model.attributes else words("A deleted attribute")

    def name(of: tuple[Any, ...] | None) -> str:
        if of is None:
            return words("none")
        return model.classes[of[2]].name if of[2] in model.classes else words("a deleted class")

    if change.table == "label":
        return words(
            "{attribute}: label {before} → {after}",
            attribute=attribute,
            before=name(change.before),
            after=name(change.after),
        )
    if change.table == "exemplar":
        if change.after is None:
            return words("{attribute}: no longer an exemplar of {name}", attribute=attribute, name=name(change.before))
        return words("{attribute}: exemplar of {name}", attribute=attribute, name=name(change.after))
    if change.after:
        return words("{attribute}: left out of evaluations", attribute=attribute)
    return words("{attribute}: back in evaluations", attribute=attribute)


def of_image(catalog: Catalog, slot: int, model: Model, token: Token) -> list[Event]:
    """What happened to one image, newest first, and what made its present suggestions.

    Parameters
    ----------
    catalog : Catalog
    slot : int
    model : Model
        A frozen copy of the catalog's.
    token : Token
    """
    out = []
    then = model.copy()  # as it was when each action was carried out: going back, thresholds become what they were
    for _, when, who, undone, action in _actions(catalog, token, newest_first=True):
        for change in action.changes:
            row = change.after or change.before or ()
            if change.table in ("label", "exemplar", "exclusion") and row[1] == slot:
                details: dict[str, Any] = {"action": action.name}
                if change.table == "label" and change.after is not None and change.after[5]:
                    made = decision(catalog, change.after[5])
                    details |= _details(made) if made else {}
                    if row[0] in then.attributes:
                        details["threshold"] = then.threshold_of(row[0], row[2])
                out.append(Event(when, who, _change_text(model, change), undone, details))
            elif change.table == "product" and row[0] == slot:
                out.append(Event(when, who, action.name, undone, {"action": action.name}))
        limits = tuple(change for change in action.changes if change.table in ("attribute", "class"))
        if limits and not undone:
            then.apply(Action("", limits).reversed())
    for attribute in model.sorted_attributes():
        found = catalog.suggestions(attribute.id)
        if found is None:
            continue
        place = found.slots.searchsorted(slot)
        if place < len(found.slots) and found.slots[place] == slot:
            best = int(found.scored.best[place])
            text = words(
                "{attribute}: suggested {name}, {confidence:.0%}",
                attribute=attribute.name,
                name=model.classes[best].name if best in model.classes else words("no class"),
                confidence=float(found.scored.confidence[place]),
            )
            details = _details(found.decision) | {"threshold": model.threshold_of(attribute.id, best)}
            out.append(Event(found.decision.time, said(found.decision.method), text, False, details))
    return sorted(out, key=lambda event: -event.time)


def of_class(catalog: Catalog, class_id: int, token: Token) -> list[Event]:
    """What happened to one class, newest first, one line an action."""
    out = []
    for _, when, who, undone, action in _actions(catalog, token):
        counts: dict[tuple[str, bool], int] = {}
        touched = False
        for change in action.changes:
            rows = [row for row in (change.before, change.after) if row is not None]
            if change.table == "class" and rows[0][0] == class_id:
                touched = True
            elif change.table in ("label", "exemplar"):
                before = change.before is not None and change.before[2] == class_id
                after = change.after is not None and change.after[2] == class_id
                if before != after:
                    key = change.table, after
                    counts[key] = counts.get(key, 0) + 1
        if touched or counts:
            out.append(Event(when, who, action.name, undone, {"changes": _counted(counts)} if counts else {}))
    return sorted(out, key=lambda event: -event.time)


def _counted(counts: Mapping[tuple[str, bool], int]) -> Words:
    """ "+3 labels, -1 exemplar", from the numbers by table and whether they came or went."""
    parts = []
    for (table, came), n in counts.items():
        if table == "label":
            parts.append(
                words("+{n:,} label", "+{n:,} labels", n=n) if came else words("-{n:,} label", "-{n:,} labels", n=n)
            )
        else:
            parts.append(
                words("+{n:,} exemplar", "+{n:,} exemplars", n=n)
                if came
                else words("-{n:,} exemplar", "-{n:,} exemplars", n=n)
            )
    return reduce(lambda first, rest: words("{first}, {rest}", first=first, rest=rest), parts)


def _details(made: Decision) -> dict[str, Any]:
    return {
        "decision": made.id, "method": said(made.method), "recipe": made.recipe, "weights_sha256": made.weights,
        "exemplars": made.exemplars, "images": made.images, "parameters": made.parameters,
    }  # fmt: skip


def record(catalog: Catalog, model: Model, token: Token) -> Iterator[dict[str, Any]]:
    """The whole record, oldest first: actions with every row before and after, then the machine's decisions.

    Parameters
    ----------
    catalog : Catalog
    model : Model
        A frozen copy of the catalog's.
    token : Token

    Yields
    ------
    dict
        JSON types; ``kind`` is catalog, attribute, class, action or decision.
    """
    yield {"kind": "catalog", "name": catalog.name, "images": catalog.image_count(), "written": clock.time()}
    for attribute in model.sorted_attributes():
        recipe = catalog.recipe(attribute.recipe).to_json()
        weights = catalog.weights_hash(attribute.recipe)
        yield {"kind": "attribute", **attribute._asdict(), "made_by": recipe, "weights_sha256": weights}
        for row in model.classes_of(attribute.id):
            yield {"kind": "class", **row._asdict()}
    for number, when, who, undone, action in _actions(catalog, token):
        yield {
            "kind": "action", "id": number, "time": when, "who": who, "name": action.name, "undone": undone,
            "changes": [list(change) for change in action.changes],
        }  # fmt: skip
    with catalog.reading() as db:
        numbers = [row[0] for row in db.execute("SELECT id FROM decision ORDER BY id")]
    for number in numbers:
        made = decision(catalog, number)
        if made is not None:
            yield {"kind": "decision", "time": made.time, "attribute": made.attribute, **_details(made)}
