"""What is to be done about exemplars: findings with a fix each, from their health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from attrlens.core.health import ENOUGH, FEW, Health

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
            count = f"{len(slots):,} exemplar" + ("" if len(slots) == 1 else "s")
            verb = "s" if len(slots) == 1 else ""
            if other:
                text = f"{count} of {name} look{verb} like {names.get(other, 'another class')}"
                hint = "Were they no exemplars, they would be taken for it. Check them: they blur both classes."
                out.append(Finding(text, hint, tuple(slots), "move", tuple(slots), other))
            else:
                text = f"{count} of {name} {'is' if len(slots) == 1 else 'are'} unlike the others of the class"
                hint = "Far from every class. Keep what belongs, the class then covers more; remove what does not."
                out.append(Finding(text, hint, tuple(slots), "remove", tuple(slots), row.class_id))
    for row in health.classes:
        extra = tuple(slot for group in row.alike for slot in group[1:])
        if extra:
            shown = tuple(slot for group in row.alike for slot in group)
            name, single = names.get(row.class_id, ""), len(extra) == 1
            text = f"{len(extra):,} exemplar{'' if single else 's'} of {name} repeat{'s' if single else ''} another"
            hint = "Copies or nearly the same picture: they add nothing, and make the class look surer than it is."
            out.append(Finding(text, hint, shown, "remove", extra, row.class_id))
    for row in health.classes:
        if row.count < FEW:
            text = f"{names.get(row.class_id, '')} has {row.count:,} exemplar" + ("" if row.count == 1 else "s")
            hint = f"About {ENOUGH} make a class dependable; from {FEW} on it is told what is unknown."
            out.append(Finding(text, hint, (), "more", (), row.class_id))
    return out
