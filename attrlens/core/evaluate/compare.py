"""Two runs side by side: what got better, what got worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Report = Mapping[str, Any]


@dataclass(frozen=True)
class Comparison:
    """A run beside an earlier one.

    Attributes
    ----------
    accuracy, calibration_error, unknown_auroc : float or None
        Difference of the measure, run minus earlier; None where one of the two lacks it.
    f1 : dict of class name to float
        Differences, of the classes both have.
    now_right, now_wrong : tuple of int
        Slots of images in both runs whose decision became right, or stopped being right.
    both : int
        Images in both runs.
    """

    accuracy: float | None
    calibration_error: float | None
    unknown_auroc: float | None
    f1: dict[str, float]
    now_right: tuple[int, ...]
    now_wrong: tuple[int, ...]
    both: int


def compare(run: Report, earlier: Report) -> Comparison:
    """Compare a run with an earlier one of the same catalog and attribute.

    Labels may have changed in between: an image counts as right by the label it had in each run.
    """
    new, old = run["results"], earlier["results"]
    rights = {row["slot"]: row["right"] for row in earlier["images"]}
    both = [row for row in run["images"] if row["slot"] in rights]
    theirs = {row["class"]: row["f1"] for row in old.get("per_class", [])}
    return Comparison(
        _difference(new.get("product", {}).get("accuracy"), old.get("product", {}).get("accuracy")),
        _difference(new.get("calibration_error"), old.get("calibration_error")),
        _difference(new.get("unknown_auroc"), old.get("unknown_auroc")),
        {
            row["class"]: row["f1"] - theirs[row["class"]]
            for row in new.get("per_class", [])
            if None not in (row["f1"], theirs.get(row["class"]))
        },
        tuple(row["slot"] for row in both if row["right"] and not rights[row["slot"]]),
        tuple(row["slot"] for row in both if not row["right"] and rights[row["slot"]]),
        len(both),
    )


def _difference(new: float | None, old: float | None) -> float | None:
    return None if new is None or old is None else new - old
