"""Which images have a descriptor: asked for at every answer, so it is kept until it changes.

SQLite itself says when: triggers of this connection on the two tables it comes from, and the data version for what
another process writes.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_QUERY = "SELECT slot FROM described WHERE recipe = ? AND slot NOT IN (SELECT slot FROM removal) ORDER BY slot"


class Described:
    """Slots by recipe. The catalog's lock is held by whoever calls.

    Parameters
    ----------
    db : Connection
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._version = -1
        self._kept: dict[str, Array] = {}
        db.create_function("described_changed", 0, self._kept.clear)
        for table in ("described", "removal"):
            for event in ("INSERT", "UPDATE", "DELETE"):
                db.execute(
                    f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table} "
                    "BEGIN SELECT described_changed(); END"
                )

    def slots(self, key: str) -> Array:
        """Slots of a recipe, ascending; read-only, shape (n,), dtype int32."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._kept.clear()
            self._version = version
        found = self._kept.get(key)
        if found is None:
            rows = self._db.execute(_QUERY, (key,)).fetchall()
            found = np.fromiter((row[0] for row in rows), np.int32, len(rows))
            found.setflags(write=False)
            if not self._db.in_transaction:  # which may be rolled back, and no trigger tells
                self._kept[key] = found
        return found
