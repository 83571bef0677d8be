"""The connection to a catalog's SQLite file, and its errors in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from attrlens.errors import CatalogError
from attrlens.words import words


def connect(path: Path, read_only: bool) -> sqlite3.Connection:
    """Open a catalog's database; CatalogError where it cannot be."""
    mode = "ro" if read_only else "rwc"
    try:
        db = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=10,
        )
        db.execute("PRAGMA cache_size = -16000")
        if not read_only:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")  # survives kill -9; a power cut may cost the last actions only
    except sqlite3.DatabaseError as error:
        raise told(error, path.parent) from error
    return db


def told(error: sqlite3.DatabaseError, path: Path) -> CatalogError:
    """What a person is told of a database error."""
    text = str(error)
    if "full" in text:
        return CatalogError(
            words("The disk is full: {path}.", path=path),
            words("Free some space, then try again; what was done is saved."),
        )
    if "malformed" in text or "not a database" in text:
        return CatalogError(
            words("The catalog {path} is damaged ({reason}).", path=path, reason=text),
            words("Restore it from a backup."),
        )
    if "readonly" in text or "read-only" in text:
        return CatalogError(
            words("The catalog {path} cannot be written.", path=path), words("Check the permissions of its folder.")
        )
    return CatalogError(
        words("The catalog {path} could not be used ({reason}).", path=path, reason=text),
        words("See the log for details."),
    )
