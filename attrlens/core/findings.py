"""What is to be done about exemplars: findings with a fix each, from their health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from attrlens.core.health import ENOUGH, FEW, Health
from attrlens.words import words

Fix = Literal["move", "remove", "more"]


@dataclass(frozen=True)
class Finding:
    """One thing a person may want to mend.

    Attributes
    ----------
    text : str
    hint : str
    slots : tuple of int
        Images it is about, worst first.
    fix : {'move', 'remove', 'more'}
        Move the images to another class; make them exemplars no longer; look for more.
    fixed : tuple of int
        Images the fix changes.
    target : int
        Class id to move to, or that wants more.
    """

    text: str
    hint: str
    slots: tuple[int, ...]
    fix: Fix
    fixed: tuple[int, ...]
    target: int


def findings(health: Health, names: Mapping[int, str]) -> list[Finding]:
    """Findings, gravest first.

    Parameters
    ----------
    health : Health
    names : mapping of class id to name
    """
    out = []
    for row in health.classes:
        name = names.get(row.class_id, "")
        by_other: dict[int, list[int]] = {}
        for one in row.odd:
            by_other.setdefault(one.other, []).append(one.slot)
        for other, slots in sorted(by_other.items(), key=lambda item: (item[0] == 0, -len(item[1]))):
            if other:
                text = words(
                    "{n:,} exemplar of {name} looks like {other}",
                    "{n:,} exemplars of {name} look like {other}",
                    n=len(slots),
                    name=name,
                    other=names.get(other, words("another class")),
                )
                hint = words("Were they no exemplars, they would be taken for it. Check them: they blur both classes.")
                out.append(Finding(text, hint, tuple(slots), "move", tuple(slots), other))
            else:
                text = words(
                    "{n:,} exemplar of {name} is unlike the others of the class",
                    "{n:,} exemplars of {name} are unlike the others of the class",
                    n=len(slots),
                    name=name,
                )
                hint = words(
                    "Far from every class. Keep what belongs, the class then covers more; remove what does not."
                )
                out.append(Finding(text, hint, tuple(slots), "remove", tuple(slots), row.class_id))
    for row in health.classes:
        extra = tuple(slot for group in row.alike for slot in group[1:])
        if extra:
            shown = tuple(slot for group in row.alike for slot in group)
            text = words(
                "{n:,} exemplar of {name} repeats another",
                "{n:,} exemplars of {name} repeat another",
                n=len(extra),
                name=names.get(row.class_id, ""),
            )
            hint = words(
                "Copies or nearly the same picture: they add nothing, and make the class look surer than it is."
            )
            out.append(Finding(text, hint, shown, "remove", extra, row.class_id))
    for row in health.classes:
        if row.count < FEW:
            text = words(
                "{name} has {n:,} exemplar", "{name} has {n:,} exemplars", n=row.count, name=names.get(row.class_id, "")
            )
            hint = words(
                "About {enough} make a class dependable; from {few} on it is told what is unknown.",
                enough=ENOUGH,
                few=FEW,
            )
            out.append(Finding(text, hint, (), "more", (), row.class_id))
    return out
