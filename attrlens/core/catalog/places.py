"""Where a catalog's files are: folders it watches, files that changed, moved or went missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attrlens.core.catalog.store import Catalog


class Place(NamedTuple):
    """A file of the catalog, where it is now.

    Attributes
    ----------
    slot : int
    path, root : str
    size : int
        Bytes.
    mtime_ns : int
    missing : int
        1 where there is no file.
    """

    slot: int
    path: str
    root: str
    size: int
    mtime_ns: int
    missing: int


def update(catalog: Catalog, places: Sequence[Place], changed: Iterable[int] = ()) -> None:
    """Keep where files are now; those with another content are to be described again.

    Labels and exemplars stay: they are a person's word on the picture.
    """
    slots = [(slot,) for slot in changed]
    with catalog.transaction() as db:
        # First none of them stands anywhere: two may have changed places.
        db.executemany("UPDATE image SET missing = 1 WHERE slot = ?", [(place.slot,) for place in places])
        db.executemany(
            "UPDATE image SET path = ?2, root = ?3, size = ?4, mtime_ns = ?5, missing = ?6 WHERE slot = ?1", places
        )
        db.executemany(
            "UPDATE image SET state = 0, message = NULL, hint = NULL, hash = NULL, color = NULL WHERE slot = ?", slots
        )
        if slots:
            db.executemany("DELETE FROM described WHERE slot = ?", slots)
            db.execute("UPDATE recipe SET dropped = dropped + 1")


def retry(catalog: Catalog, slots: Iterable[int]) -> int:
    """Make unreadable images pending again; the number of them."""
    with catalog.transaction() as db:
        cursor = db.executemany(
            "UPDATE image SET state = 0, message = NULL, hint = NULL WHERE slot = ? AND state = 2",
            [(slot,) for slot in slots],
        )
    return cursor.rowcount


def folders(catalog: Catalog) -> dict[str, bool]:
    """Folders that were imported as a whole, and whether they are watched."""
    with catalog.reading() as db:
        return {path: bool(watched) for path, watched in db.execute("SELECT path, watched FROM folder ORDER BY path")}


def watch(catalog: Catalog, path: str, watched: bool = True) -> None:
    """Watch an imported folder from now on, or not."""
    with catalog.transaction() as db:
        db.execute("INSERT OR REPLACE INTO folder VALUES (?, ?)", (path, int(watched)))


def know(catalog: Catalog, paths: Iterable[str]) -> list[str]:
    """Watch folders that were just imported; one that a person does not want watched stays so. Those that are new."""
    new = [path for path in dict.fromkeys(paths) if path not in folders(catalog)]
    with catalog.transaction() as db:
        db.executemany("INSERT OR IGNORE INTO folder VALUES (?, 1)", [(path,) for path in new])
    return new


def set_colors(catalog: Catalog, colors: Sequence[tuple[int, int]]) -> None:
    """Keep mean colors (slot, 0xRRGGBB) of images described before colors were kept."""
    with catalog.transaction() as db:
        db.executemany("UPDATE image SET color = ?2 WHERE slot = ?1", colors)
