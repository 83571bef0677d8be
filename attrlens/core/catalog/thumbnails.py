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

LARGE = 640
"""Longer side of the second size, made when it is first shown: for large tiles and fine screens."""


_TABLES = {SIDE: "thumbnail", LARGE: "large"}


class Thumbnails:
    """JPEG bytes by slot. A cache that cannot be read or written never stops anything.

    Parameters
    ----------
    path : Path
    read_only : bool
        Only look: nothing is made, mended or written.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        try:
            if read_only:
                uri = f"{path.absolute().as_uri()}?mode=ro"
                self._db = sqlite3.connect(uri, uri=True, check_same_thread=False, timeout=5)
                return
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
            for table in _TABLES.values():
                db.execute(f"CREATE TABLE IF NOT EXISTS {table} (slot INTEGER PRIMARY KEY, jpeg BLOB NOT NULL)")
        except BaseException:
            db.close()
            raise
        return db

    def get(self, slots: Sequence[int], side: int = SIDE) -> dict[int, bytes]:
        """JPEG bytes of those slots that are there, of one of the two sizes."""
        marks = ",".join("?" * len(slots))
        try:
            with self._lock:
                if self._db is None:
                    return {}
                return dict(self._db.execute(f"SELECT slot, jpeg FROM {_TABLES[side]} WHERE slot IN ({marks})", slots))
        except sqlite3.DatabaseError as error:
            logger.info("thumbnails cache: %s", error)
            return {}

    def put(self, items: Iterable[tuple[int, bytes]], side: int = SIDE) -> None:
        """Keep JPEG bytes of one of the two sizes."""
        self._change(f"INSERT OR REPLACE INTO {_TABLES[side]} VALUES (?, ?)", items)

    def forget(self, slots: Iterable[int]) -> None:
        """Drop pictures of files that have another content now."""
        rows = [(slot,) for slot in slots]
        for table in _TABLES.values():
            self._change(f"DELETE FROM {table} WHERE slot = ?", rows)

    def _change(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._lock:
            if self._db is None:
                return
            try:
                self._db.execute("BEGIN")
                self._db.executemany(query, rows)
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
