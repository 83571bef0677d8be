"""Evaluations kept with a catalog, so that two can be compared."""

from __future__ import annotations

import json
import time
import zlib
from dataclasses import dataclass
from typing import Any

from attrlens.core.catalog.store import Catalog
from attrlens.errors import CatalogError
from attrlens.words import pack, unpack, words

KEPT = 50
"""Evaluations of an attribute that are kept; the oldest go first."""


@dataclass(frozen=True)
class Run:
    """One evaluation, without its report, which may have ten thousand images.

    Attributes
    ----------
    id : int
    attribute : int
    time : float
        Seconds since 1970.
    accuracy : float or None
        Of the program's own decisions.
    folds : int
        5, or 1 where exemplars were learned and other labels scored.
    """

    id: int
    attribute: int
    time: float
    accuracy: float | None
    folds: int


def save(catalog: Catalog, attribute: int, report: dict[str, Any]) -> Run:
    """Keep a report: see ``EVALUATION.md``; each of its images has its ``slot``."""
    now = time.time()
    accuracy = report["results"].get("product", {}).get("accuracy")
    stored = report | {"protocol": pack(report["protocol"])}
    blob = zlib.compress(json.dumps(stored, allow_nan=False).encode(), 6)
    with catalog.transaction() as db:
        cursor = db.execute(
            "INSERT INTO evaluation (attribute, time, accuracy, folds, report) VALUES (?, ?, ?, ?, ?)",
            (attribute, now, accuracy, report["folds"], blob),
        )
        number = int(cursor.lastrowid or 0)
        db.execute(
            "DELETE FROM evaluation WHERE attribute = ?1 AND id NOT IN "
            "(SELECT id FROM evaluation WHERE attribute = ?1 ORDER BY id DESC LIMIT ?2)",
            (attribute, KEPT),
        )
    return Run(number, attribute, now, accuracy, report["folds"])


def runs(catalog: Catalog) -> list[Run]:
    """All that are kept, oldest first."""
    with catalog.transaction() as db:
        rows = db.execute("SELECT id, attribute, time, accuracy, folds FROM evaluation ORDER BY id").fetchall()
    return [Run(*row) for row in rows]


def read(catalog: Catalog, run: int) -> dict[str, Any]:
    """The report of a run.

    Raises
    ------
    CatalogError
        If it is not kept any more.
    """
    with catalog.transaction() as db:
        row = db.execute("SELECT report FROM evaluation WHERE id = ?", (run,)).fetchone()
    if row is None:
        raise CatalogError(
            words("That evaluation is not kept any more."), words("The newest {n} of an attribute are.", n=KEPT)
        )
    out: dict[str, Any] = json.loads(zlib.decompress(row[0]))
    return out | {"protocol": unpack(out["protocol"])}
