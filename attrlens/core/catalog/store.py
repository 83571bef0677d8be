"""A catalog: a folder with one SQLite file, vector files and caches.

One process writes (a lock file with the system's own lock, which dies with the process). Within it one connection is
shared by the threads under a lock; every method is one short transaction.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import re
import sqlite3
import threading
import time as clock
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from attrlens import log
from attrlens.core.catalog import suggested
from attrlens.core.catalog.database import connect, told
from attrlens.core.catalog.described import Described
from attrlens.core.catalog.lock import FileLock
from attrlens.core.catalog.model import Action, Attribute
from attrlens.core.catalog.rows import GONE, UNSETTLED, ImageRow, NewImage, Read, Suggestions, Waiting
from attrlens.core.catalog.schema import migrate
from attrlens.core.catalog.tables import load_model, unsettle, write
from attrlens.core.catalog.vectors import VectorFile
from attrlens.core.classify.fit import Classifier
from attrlens.core.classify.scores import Scored
from attrlens.core.recipes import Recipe
from attrlens.errors import Cancelled, CatalogError, describe_os_error
from attrlens.words import pack, unpack, words

logger = log.get(__name__)

Array = np.ndarray[Any, Any]

DATABASE = "catalog.sqlite"
SUFFIX = ".attrlens"


def display_name(path: Path) -> str:
    """A catalog's name for people: without its suffix and the digits that keep same-named folders apart."""
    return re.sub(r"-[0-9a-f]{8}$", "", path.name.removesuffix(SUFFIX))


def is_catalog(path: Path) -> bool:
    """Whether a folder is a catalog."""
    return (path / DATABASE).is_file()


_IMAGES = (
    "SELECT slot, path, root, coalesce(width, 0), coalesce(height, 0), state, coalesce(message, ''), "
    "coalesce(hint, ''), size, mtime_ns, missing, coalesce(color, -1) FROM image"
)


class Catalog:
    """An open catalog.

    Parameters
    ----------
    path : Path
        The catalog's folder.
    create : bool
        Make it where it is missing.
    read_only : bool
        Only look, without the lock: for reports on a catalog another process has open.

    Raises
    ------
    CatalogError
        If it is missing, damaged, locked by another process, or the folder cannot be written.
    CatalogVersionError
        If a newer AttrLens wrote it.
    """

    def __init__(self, path: Path, *, create: bool = False, read_only: bool = False) -> None:
        self.path = path
        self.name = display_name(path)
        self._lock = threading.RLock()
        self._file_lock: FileLock | None = None
        self._closed = False
        if not is_catalog(path) and not create:
            raise CatalogError(
                words("{path} is not an AttrLens catalog.", path=path),
                words("Choose a folder that holds catalog.sqlite."),
            )
        try:
            if not read_only:
                path.mkdir(parents=True, exist_ok=True)
                self._file_lock = FileLock(path / "lock", self.name)
            self._db = connect(path / DATABASE, read_only)
        except OSError as error:
            self._release()
            problem = describe_os_error(error, path)
            raise CatalogError(problem.message, problem.hint) from error
        except BaseException:
            self._release()
            raise
        try:
            with self._errors():
                migrate(self._db, self.name, check_only=read_only)
                self._described = Described(self._db)
                self.model = load_model(self._db)
                self._recipes = self._load_recipes()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the database and let go of the lock. Everything is on disk already."""
        with self._lock:
            self._closed = True
            self._db.close()
        self._release()

    def _release(self) -> None:
        if self._file_lock is not None:
            self._file_lock.release()
            self._file_lock = None

    # Images

    def add_images(self, images: Sequence[NewImage]) -> list[int]:
        """Add files; those already in the catalog are passed over.

        Returns
        -------
        list of int
            Slots of the new images.
        """
        now = clock.time()
        with self.transaction() as db:
            (first,) = db.execute("SELECT coalesce(max(slot) + 1, 0) FROM image").fetchone()
            slot = first
            for image in images:
                cursor = db.execute(
                    "INSERT OR IGNORE INTO image (slot, path, root, size, mtime_ns, added) VALUES (?, ?, ?, ?, ?, ?)",
                    (slot, *image, now),
                )
                slot += cursor.rowcount
        return list(range(first, slot))

    def images(self, start: int = 0) -> list[ImageRow]:
        """All images from slot `start` on, by slot."""
        with self._lock, self._errors():
            rows = self._db.execute(f"{_IMAGES} WHERE slot >= ? ORDER BY slot", (start,)).fetchall()
        return _image_rows(rows)

    def images_at(self, slots: Iterable[int]) -> list[ImageRow]:
        """Some images, by slot."""
        rows: list[Any] = []
        with self._lock, self._errors():
            for slot in sorted(set(slots)):
                rows += self._db.execute(f"{_IMAGES} WHERE slot = ?", (slot,)).fetchall()
        return _image_rows(rows)

    def added_since(self, when: float) -> set[int]:
        """Slots of images that came into the catalog since then."""
        with self._lock, self._errors():
            return {slot for (slot,) in self._db.execute("SELECT slot FROM image WHERE added >= ?", (when,))}

    def image_count(self) -> int:
        """Images in the catalog."""
        with self._lock, self._errors():
            images, removed = self._db.execute(
                "SELECT (SELECT count(*) FROM image), (SELECT count(*) FROM removal)"
            ).fetchone()
        return int(images - removed)

    def slots_of(self, paths: Iterable[str]) -> dict[str, int]:
        """Slots of the paths that are in the catalog; of several images, the one whose file is there."""
        wanted = list(paths)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), 500):  # in steps, so that others get at the catalog in between
            part = wanted[start : start + 500]
            with self._lock, self._errors():
                marks = ",".join("?" * len(part))
                found.update(
                    self._db.execute(
                        f"SELECT path, slot FROM image WHERE path IN ({marks}) ORDER BY missing DESC, slot DESC", part
                    ).fetchall()
                )
        return found

    def hashes(self) -> dict[int, str]:
        """Content hashes by slot, of the images that were read."""
        with self._lock, self._errors():
            return dict(self._db.execute("SELECT slot, hash FROM image WHERE hash != ''").fetchall())

    # Recipes and descriptors

    def register_recipe(self, recipe: Recipe, weights: str) -> None:
        """Know a recipe. Descriptors made with other weights under the same recipe are made again.

        Parameters
        ----------
        recipe : Recipe
        weights : str
            SHA-256 of the weights file, or "" where it is not known yet (the first description tells).
        """
        with self.transaction() as db:
            row = db.execute("SELECT weights FROM recipe WHERE key = ?", (recipe.key,)).fetchone()
            if row is None:
                db.execute(
                    "INSERT INTO recipe (key, spec, weights, width) VALUES (?, ?, ?, ?)",
                    (recipe.key, json.dumps(recipe.to_json()), weights, recipe.width),
                )
            elif weights and row[0] != weights:
                if row[0]:
                    # A new generation: old rows stay in their own file until the switch is committed.
                    db.execute("DELETE FROM described WHERE recipe = ?", (recipe.key,))
                    db.execute(
                        "UPDATE recipe SET generation = generation + 1, dropped = dropped + 1 WHERE key = ?",
                        (recipe.key,),
                    )
                db.execute("UPDATE recipe SET weights = ? WHERE key = ?", (weights, recipe.key))
        with self._lock:
            self._recipes = self._load_recipes()

    def recipe(self, key: str) -> Recipe:
        """The recipe with that key.

        Raises
        ------
        CatalogError
            If this version cannot make it.
        """
        try:
            return self._recipes[key][0]
        except KeyError:
            raise CatalogError(
                words("The catalog {name} uses a recipe this version does not know ({key}).", name=self.name, key=key)
            ) from None

    def weights_hash(self, key: str) -> str:
        """SHA-256 of the weights the recipe's descriptors were made with; "" where there are none."""
        return self._recipes[key][1] if key in self._recipes else ""

    def recipes_in_use(self) -> list[Recipe]:
        """Recipes of the attributes that this version can make, without repeats, in the order of the panel."""
        with self._lock, self._errors():
            keys = [row[0] for row in self._db.execute("SELECT recipe FROM attribute ORDER BY position, id")]
        return list(dict.fromkeys(self._recipes[key][0] for key in keys if key in self._recipes))

    def described(self, key: str) -> Array:
        """Slots that have a descriptor of that recipe.

        Returns
        -------
        ndarray of shape (n,), dtype int32
            Ascending, read-only.
        """
        with self._lock, self._errors():
            return self._described.slots(key)

    def described_state(self, key: str, described: Array | None = None) -> str:
        """A short text that is another one whenever a descriptor of that recipe came, went or was made again."""
        slots = self.described(key) if described is None else described
        with self._lock, self._errors():
            row = self._db.execute("SELECT dropped FROM recipe WHERE key = ?", (key,)).fetchone()
        digest = hashlib.blake2b(slots.astype("<i4").tobytes(), digest_size=8).hexdigest()
        return f"{len(slots)}-{row[0] if row else 0}-{digest}"

    def descriptors(self, key: str) -> Array:
        """Read-only memory map of shape (rows, width), float16; only rows in `described` mean anything."""
        return self._vectors(key).read()

    def pending(self, recipes: Sequence[Recipe] | None = None) -> list[Waiting]:
        """Images that lack a descriptor of a recipe in use, but for unreadable and missing ones.

        Parameters
        ----------
        recipes : sequence of Recipe, optional
            Only these; None all in use.
        """
        keys = [recipe.key for recipe in (self.recipes_in_use() if recipes is None else recipes)]
        if not keys:
            return []
        marks = ",".join("?" * len(keys))
        with self._lock, self._errors():
            rows = self._db.execute(
                f"SELECT slot, path, size, mtime_ns FROM image WHERE state != 2 AND NOT missing AND "
                f"slot NOT IN (SELECT slot FROM removal) AND "
                f"(SELECT count(*) FROM described WHERE described.slot = image.slot AND recipe IN ({marks})) < ? "
                f"ORDER BY slot",
                (*keys, len(keys)),
            ).fetchall()
        return [Waiting._make(row) for row in rows]

    def append(
        self, reads: Sequence[Read], slots: Array, descriptors: dict[str, Array],
        waiting: Mapping[int, Waiting] | None = None,
    ) -> set[int]:  # fmt: skip
        """Put descriptors on disk: rows, then a sync, then one SQLite transaction that makes them count.

        A process killed anywhere in between leaves rows that nothing refers to; the images stay pending.

        Parameters
        ----------
        reads : sequence of Read
            Of all images decoded, bad ones too.
        slots : ndarray of shape (n,), dtype int
            Images described, ascending.
        descriptors : dict of recipe key to ndarray of shape (n, width)
        waiting : mapping of slot to Waiting, optional
            The images as they were when the work began. What moved or changed since is passed over: it waits, and is
            described as it is now.

        Returns
        -------
        set of int
            Slots of which something was kept.
        """
        try:
            for key, rows in descriptors.items():
                self._vectors(key).write(slots, rows)
        except OSError as error:
            problem = describe_os_error(error, self.path)
            raise CatalogError(problem.message, problem.hint) from error
        reads = [read for read in reads if read.state != UNSETTLED]
        kept = {read.slot for read in reads} | {int(slot) for slot in slots}
        with self.transaction() as db:
            if waiting is not None:
                kept = {slot for slot in kept if _is_as_before(db, waiting[slot])}
            db.executemany(
                "UPDATE image SET hash = ?2, width = ?3, height = ?4, state = ?5, message = ?6, hint = ?7, "
                "color = nullif(?8, -1), missing = 0 WHERE slot = ?1",
                [
                    (*read[:5], pack(read.message), pack(read.hint), read.color)
                    for read in reads
                    if read.state != GONE and read.slot in kept
                ],
            )
            gone = [(read.slot,) for read in reads if read.state == GONE and read.slot in kept]
            db.executemany("UPDATE image SET missing = 1 WHERE slot = ?", gone)
            for key in descriptors:
                db.executemany(
                    "INSERT OR IGNORE INTO described (recipe, slot) VALUES (?, ?)",
                    [(key, int(slot)) for slot in slots if int(slot) in kept],
                )
        return kept

    def _vectors(self, key: str) -> VectorFile:
        recipe, _, generation = self._recipes[key]
        return VectorFile(self.path / "vectors" / key / str(generation) / "rows.f16", recipe.width)

    # What a person does

    def perform(self, action: Action) -> None:
        """Carry out an action, in the file and in `model`, and remember how to undo it."""
        with self.transaction() as db:
            write(db, action)
            db.execute("DELETE FROM action WHERE undone = 1")
            db.execute(
                "INSERT INTO action (time, name, changes, who) VALUES (?, ?, ?, ?)",
                (clock.time(), pack(action.name), action.pack(), _who()),
            )
        self.model.apply(action)

    def undo(self) -> Action | None:
        """Undo the last action; what was done to undo it, or None when there is nothing to undo."""
        return self._step("SELECT id, name, changes FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1", True)

    def redo(self) -> Action | None:
        """Redo the action undone last."""
        return self._step("SELECT id, name, changes FROM action WHERE undone = 1 ORDER BY id LIMIT 1", False)

    def _step(self, query: str, undo: bool) -> Action | None:
        with self.transaction() as db:
            row = db.execute(query).fetchone()
            if row is None:
                return None
            action = Action.unpack(unpack(row[1]), row[2])
            if undo:
                action = action.reversed()
            write(db, action)
            unsettle(db, action)
            db.execute("UPDATE action SET undone = ? WHERE id = ?", (int(undo), row[0]))
        self.model.apply(action)
        return action

    def undo_names(self) -> tuple[str, str]:
        """Names of the actions that undo and redo would touch, "" where there is none."""
        with self._lock, self._errors():
            undo = self._db.execute("SELECT name FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1").fetchone()
            redo = self._db.execute("SELECT name FROM action WHERE undone = 1 ORDER BY id LIMIT 1").fetchone()
        return (unpack(undo[0]) if undo else "", unpack(redo[0]) if redo else "")

    def forget_history(self) -> None:
        """Start with nothing to undo: for what the program itself set up."""
        with self.transaction() as db:
            db.execute("DELETE FROM action")

    # What the machine says

    def save_suggestions(
        self, attribute: Attribute, classifier: Classifier, exemplars: str, described: str, slots: Array,
        scored: Scored,
    ) -> Suggestions:  # fmt: skip
        """Replace an attribute's suggestions and record what made them; `described` as `described_state` was before."""
        with self.transaction() as db:
            made_with = self.weights_hash(attribute.recipe)
            return suggested.save(db, attribute, classifier, exemplars, described, slots, scored, made_with)

    def clear_suggestions(self, attribute: int) -> None:
        """Forget an attribute's suggestions: it has no exemplars any more."""
        with self.transaction() as db:
            db.execute("DELETE FROM suggestion WHERE attribute = ?", (attribute,))

    def suggestions(self, attribute: int) -> Suggestions | None:
        """The attribute's suggestions with what made them, or None."""
        with self._lock, self._errors():
            return suggested.load(self._db, attribute)

    # Settings of this catalog

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting stored with the catalog (JSON types)."""
        with self._lock, self._errors():
            row = self._db.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting with the catalog."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, json.dumps(value)))

    @property
    def thumbnails_path(self) -> Path:
        """The thumbnails cache: safe to delete."""
        return self.path / "caches" / "thumbnails.sqlite"

    # Within

    def _load_recipes(self) -> dict[str, tuple[Recipe, str, int]]:
        out = {}
        for key, spec, weights, generation in self._db.execute("SELECT key, spec, weights, generation FROM recipe"):
            try:
                out[key] = (Recipe.from_json(json.loads(spec)), weights, generation)
            except ValueError as error:
                logger.warning("recipe %s: %s", key, error)
        return out

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One short transaction, rolled back by whatever is raised in it."""
        with self._lock, self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database to read from, for a moment: others wait."""
        with self._lock, self._errors():
            yield self._db

    @contextmanager
    def _errors(self) -> Iterator[None]:
        if self._closed:
            raise Cancelled  # work still under way when a person closed the catalog
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise told(error, self.path) from error


def _image_rows(rows: Iterable[Any]) -> list[ImageRow]:
    found = map(ImageRow._make, rows)
    return [r if not r.message else r._replace(message=unpack(r.message), hint=unpack(r.hint)) for r in found]


def _is_as_before(db: sqlite3.Connection, waiting: Waiting) -> bool:
    """Whether an image's file is still the one that was read."""
    row = db.execute(
        "SELECT slot, path, size, mtime_ns FROM image WHERE slot = ? AND NOT missing", (waiting.slot,)
    ).fetchone()
    return bool(row == tuple(waiting))


def _who() -> str:
    """The person's name on this computer, for the record."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without an entry in the system's table
        return ""
