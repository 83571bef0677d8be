"""Evaluations kept with a catalog, so that two can be compared."""

from __future__ import annotations

import json
import time
import zlib
from dataclasses import dataclass
from typing import Any

from attrlens.core.catalog.store import Catalog

KEPT = 50
"""Evaluations of an attribute that are kept; the oldest go first."""


@dataclass(frozen=True)
class Run:
    """One evaluation.

    Attributes
    ----------
    id : int
    attribute : int
    time : float
        Seconds since 1970.
    report : dict
        See ``EVALUATION.md``; each image of it has its ``slot``.
    """

    id: int
    attribute: int
    time: float
    report: dict[str, Any]


def save(catalog: Catalog, attribute: int, report: dict[str, Any]) -> Run:
    """Keep a report."""
    now = time.time()
    blob = zlib.compress(json.dumps(report).encode(), 6)
    with catalog.transaction() as db:
        cursor = db.execute("INSERT INTO evaluation (attribute, time, report) VALUES (?, ?, ?)", (attribute, now, blob))
        number = int(cursor.lastrowid or 0)
        db.execute(
            "DELETE FROM evaluation WHERE attribute = ?1 AND id NOT IN "
            "(SELECT id FROM evaluation WHERE attribute = ?1 ORDER BY id DESC LIMIT ?2)",
            (attribute, KEPT),
        )
    return Run(number, attribute, now, report)


def runs(catalog: Catalog) -> list[Run]:
    """All that are kept, oldest first."""
    with catalog.transaction() as db:
        rows = db.execute("SELECT id, attribute, time, report FROM evaluation ORDER BY id").fetchall()
    return [Run(number, attribute, when, json.loads(zlib.decompress(blob))) for number, attribute, when, blob in rows]


def forget(catalog: Catalog, run: int) -> None:
    """Delete one."""
    with catalog.transaction() as db:
        db.execute("DELETE FROM evaluation WHERE id = ?", (run,))
