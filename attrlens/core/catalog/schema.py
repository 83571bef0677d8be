"""The SQLite schema, as numbered migrations. A catalog's ``user_version`` is the number of the last one applied.

Never edit a migration that has shipped: add one, with a test.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from attrlens.errors import CatalogError, CatalogVersionError
from attrlens.words import words


def _m1_images(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE image (
            slot INTEGER PRIMARY KEY,          -- also the row in every vectors file
            path TEXT NOT NULL UNIQUE,         -- absolute; the original is never written to
            root TEXT NOT NULL,                -- the folder that was imported
            size INTEGER NOT NULL,             -- bytes
            mtime_ns INTEGER NOT NULL,
            hash TEXT,                         -- BLAKE2b of the content, once read
            width INTEGER, height INTEGER,     -- pixels, upright
            state INTEGER NOT NULL DEFAULT 0,  -- 0 pending, 1 ready, 2 error
            message TEXT, hint TEXT,           -- of the error, or a note
            added REAL NOT NULL)"""
    )
    db.execute("CREATE INDEX image_state ON image(state)")
    db.execute(
        """CREATE TABLE recipe (
            key TEXT PRIMARY KEY, spec TEXT NOT NULL, weights TEXT NOT NULL,  -- SHA-256 of the weights file
            width INTEGER NOT NULL, generation INTEGER NOT NULL DEFAULT 1)"""
    )
    db.execute("CREATE TABLE described (recipe TEXT, slot INTEGER, PRIMARY KEY (recipe, slot)) WITHOUT ROWID")


def _m2_annotations(db: sqlite3.Connection) -> None:
    db.execute(
        # AUTOINCREMENT: an id that was deleted is never given again, so that nothing old can mean something new.
        """CREATE TABLE attribute (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, recipe TEXT NOT NULL,
            position INTEGER NOT NULL, threshold REAL NOT NULL)"""
    )
    db.execute(
        """CREATE TABLE class (
            id INTEGER PRIMARY KEY AUTOINCREMENT, attribute INTEGER NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL,
            position INTEGER NOT NULL)"""
    )
    db.execute(
        """CREATE TABLE exemplar (
            attribute INTEGER, slot INTEGER, class INTEGER NOT NULL, PRIMARY KEY (attribute, slot)) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE label (
            attribute INTEGER, slot INTEGER, class INTEGER NOT NULL, made_by TEXT NOT NULL, time REAL NOT NULL,
            PRIMARY KEY (attribute, slot)) WITHOUT ROWID"""
    )


def _m3_history(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE action (
            id INTEGER PRIMARY KEY, time REAL NOT NULL, name TEXT NOT NULL, changes BLOB NOT NULL,
            undone INTEGER NOT NULL DEFAULT 0)"""
    )
    db.execute(
        """CREATE TABLE decision (
            id INTEGER PRIMARY KEY, time REAL NOT NULL, attribute INTEGER NOT NULL, recipe TEXT NOT NULL,
            weights TEXT NOT NULL, method TEXT NOT NULL, parameters TEXT NOT NULL, exemplars TEXT NOT NULL,
            images INTEGER NOT NULL)"""
    )
    db.execute(
        """CREATE TABLE suggestion (
            attribute INTEGER PRIMARY KEY, decision INTEGER NOT NULL, slots BLOB NOT NULL, best BLOB NOT NULL,
            confidence BLOB NOT NULL, runner_up BLOB NOT NULL, runner_up_confidence BLOB NOT NULL)"""
    )
    db.execute("CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")


def _m4_evaluations(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE exclusion (
            attribute INTEGER, slot INTEGER, time REAL NOT NULL, PRIMARY KEY (attribute, slot)) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE evaluation (
            id INTEGER PRIMARY KEY AUTOINCREMENT, attribute INTEGER NOT NULL, time REAL NOT NULL, accuracy REAL,
            folds INTEGER NOT NULL, report BLOB NOT NULL)  -- compressed JSON, see EVALUATION.md"""
    )


def _m5_decisions(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE attribute ADD COLUMN method TEXT NOT NULL DEFAULT 'discriminant'")
    db.execute("ALTER TABLE class ADD COLUMN threshold REAL")  # its own; NULL is the attribute's
    db.execute("ALTER TABLE label ADD COLUMN decision INTEGER")  # what made the suggestion that was accepted
    db.execute("ALTER TABLE suggestion ADD COLUMN familiarity BLOB")
    db.execute("ALTER TABLE action ADD COLUMN who TEXT")  # the person's name on this computer


def _m6_files(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE image ADD COLUMN missing INTEGER NOT NULL DEFAULT 0")  # 1: no file where it was last seen
    db.execute("ALTER TABLE image ADD COLUMN color INTEGER")  # 0xRRGGBB, the garment's mean color in sRGB
    db.execute("CREATE TABLE removal (slot INTEGER PRIMARY KEY, time REAL NOT NULL)")  # taken out of the catalog
    db.execute(
        """CREATE TABLE filter (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, query TEXT NOT NULL, position INTEGER NOT NULL)"""
    )
    db.execute("CREATE TABLE folder (path TEXT PRIMARY KEY, watched INTEGER NOT NULL)")  # imported as a whole


def _m7_places(db: sqlite3.Connection) -> None:
    # Made anew, because of two images of one path all but one may be missing.
    db.execute(
        """CREATE TABLE image_7 (
            slot INTEGER PRIMARY KEY,          -- also the row in every vectors file
            path TEXT NOT NULL,                -- absolute; the original is never written to
            root TEXT NOT NULL,                -- the folder that was imported
            size INTEGER NOT NULL,             -- bytes
            mtime_ns INTEGER NOT NULL,
            hash TEXT,                         -- BLAKE2b of the content, once read
            width INTEGER, height INTEGER,     -- pixels, upright
            state INTEGER NOT NULL DEFAULT 0,  -- 0 pending, 1 ready, 2 error
            message TEXT, hint TEXT,           -- of the error, or a note
            added REAL NOT NULL,
            missing INTEGER NOT NULL DEFAULT 0,  -- 1: no file where it was last seen
            color INTEGER)                     -- 0xRRGGBB, the garment's mean color in sRGB"""
    )
    columns = "slot, path, root, size, mtime_ns, hash, width, height, state, message, hint, added, missing, color"
    db.execute(f"INSERT INTO image_7 ({columns}) SELECT {columns} FROM image")
    db.execute("DROP TABLE image")
    db.execute("ALTER TABLE image_7 RENAME TO image")
    db.execute("CREATE UNIQUE INDEX image_place ON image(path) WHERE missing = 0")
    db.execute("CREATE INDEX image_state ON image(state)")
    # Times that descriptors of a recipe were dropped: suggestions of before are then old.
    db.execute("ALTER TABLE recipe ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0")
    # Whether a whole folder was imported, or files of it, was not always kept before: a person is asked.
    db.execute(
        "INSERT INTO setting SELECT 'ask_watch', 'true' FROM image WHERE NOT EXISTS (SELECT 1 FROM folder) LIMIT 1"
    )
    db.execute("INSERT INTO folder SELECT DISTINCT root, 0 FROM image WHERE NOT EXISTS (SELECT 1 FROM folder)")


def _m8_layouts(db: sqlite3.Connection) -> None:
    db.execute(
        # UMAP repeats on one machine only, so places are data and not a cache.
        """CREATE TABLE layout (
            attribute INTEGER PRIMARY KEY, time REAL NOT NULL, recipe TEXT NOT NULL, weights TEXT NOT NULL,
            state TEXT NOT NULL,               -- which images were described, see Catalog.described_state
            parameters TEXT NOT NULL,          -- JSON: how places and clusters were found
            slots BLOB NOT NULL, places BLOB NOT NULL, clusters BLOB NOT NULL, strangeness BLOB NOT NULL)"""
    )


def _m9_products(db: sqlite3.Connection) -> None:
    db.execute(
        # Images that a person says show one product, or are copies: evaluations keep them together.
        "CREATE TABLE product (slot INTEGER PRIMARY KEY, number INTEGER NOT NULL, time REAL NOT NULL)"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _m1_images,
    _m2_annotations,
    _m3_history,
    _m4_evaluations,
    _m5_decisions,
    _m6_files,
    _m7_places,
    _m8_layouts,
    _m9_products,
)


def migrate(db: sqlite3.Connection, name: str, *, check_only: bool = False) -> int:
    """Bring the database up to date, each migration in its own transaction.

    Parameters
    ----------
    db : sqlite3.Connection
        In autocommit mode.
    name : str
        The catalog's name, for the message.
    check_only : bool
        Change nothing, because the database was opened to be read.

    Returns
    -------
    int
        The version before.

    Raises
    ------
    CatalogVersionError
        If a newer AttrLens wrote it; nothing is changed.
    """
    (before,) = db.execute("PRAGMA user_version").fetchone()
    if before > len(MIGRATIONS):
        raise CatalogVersionError(
            words(
                "The catalog {name} was written by a newer AttrLens (format {before}, this one knows {known}).",
                name=name,
                before=before,
                known=len(MIGRATIONS),
            ),
            words("Install the newer version to open it; nothing was changed."),
        )
    if check_only:
        if before < len(MIGRATIONS):
            raise CatalogError(
                words("The catalog {name} is of an older format.", name=name),
                words("Open it in AttrLens once, to bring it up to date."),
            )
        return int(before)
    for number, migration in enumerate(MIGRATIONS[before:], before + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            migration(db)
            db.execute(f"PRAGMA user_version = {number}")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
    return int(before)
