"""The cache of thumbnails: one SQLite file of JPEGs, safe to delete at any time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrlens import log

logger = log.get(__name__)

SIDE = 256
"""Longer side of a stored thumbnail, in pixels."""


class Thumbnails:
    """JPEG bytes by slot. A cache that cannot be read or written never stops anything.

    Parameters
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._open(path)
        except (OSError, sqlite3.DatabaseError) as error:
            logger.warning("no thumbnails cache: %s", error)

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            return self._connect(path)
        except sqlite3.DatabaseError:
            logger.info("the thumbnails cache was damaged and is made again")
            path.unlink()
            return self._connect(path)

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("CREATE TABLE IF NOT EXISTS thumbnail (slot INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)")
        except BaseException:
            db.close()
            raise
        return db

    def get(self, slots: Sequence[int]) -> dict[int, bytes]:
        """JPEG bytes of those slots that are there."""
        marks = ",".join("?" * len(slots))
        try:
            with self._lock:
                if self._db is None:
                    return {}
                return dict(self._db.execute(f"SELECT slot, jpeg FROM thumbnail WHERE slot IN ({marks})", slots))
        except sqlite3.DatabaseError as error:
            logger.info("thumbnails cache: %s", error)
            return {}

    def put(self, items: Iterable[tuple[int, bytes]]) -> None:
        """Keep JPEG bytes."""
        with self._lock:
            if self._db is None:
                return
            try:
                self._db.execute("BEGIN")
                self._db.executemany("INSERT OR REPLACE INTO thumbnail VALUES (?, ?)", items)
                self._db.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                logger.info("thumbnails cache: %s", error)
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
            self._db = None
