"""The catalog on disk: nothing is lost, every step can be undone, and a stranger's file is refused politely."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from attrlens.core import tasks
from attrlens.core.catalog import model as steps
from attrlens.core.catalog import places, schema, store
from attrlens.core.catalog.model import Action, Label, Model
from attrlens.core.catalog.rows import READY, NewImage, Read
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.catalog.vectors import VectorFile
from attrlens.core.recipes import COLOR, TEXTURE
from attrlens.errors import Cancelled, CatalogError, CatalogLockedError, CatalogVersionError


def make(path: Path, images: int = 10) -> Catalog:
    catalog = tasks.open_catalog(path, create=True)
    catalog.add_images([NewImage(f"/photos/{i}.jpg", "/photos", 10 + i, i) for i in range(images)])
    return catalog


def state(model: Model) -> tuple[object, ...]:
    return (
        dict(model.attributes),
        dict(model.classes),
        {a: dict(v) for a, v in model.exemplars.items() if v},
        {a: dict(v) for a, v in model.labels.items() if v},
    )


def test_a_new_catalog_has_color_and_texture_and_nothing_to_undo(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a.attrlens")
    assert [a.name for a in catalog.model.sorted_attributes()] == ["Color", "Texture"]
    assert [catalog.recipe(a.recipe) for a in catalog.model.sorted_attributes()] == [COLOR, TEXTURE]
    assert catalog.undo_names() == ("", "")
    catalog.close()


def test_a_catalog_whose_making_was_killed_gets_what_it_lacks(tmp_path: Path) -> None:
    """Killed between the first built-in attribute and the second."""
    catalog = Catalog(tmp_path / "a", create=True)
    catalog.register_recipe(COLOR, "")
    catalog.perform(steps.create_attribute(catalog.model, 1, "Color", COLOR.key))
    catalog.close()
    catalog = tasks.open_catalog(tmp_path / "a")
    assert [a.name for a in catalog.model.sorted_attributes()] == ["Color", "Texture"]
    catalog.perform(steps.delete_attribute(catalog.model, 2))
    catalog.close()
    catalog = tasks.open_catalog(tmp_path / "a")
    assert [a.name for a in catalog.model.sorted_attributes()] == ["Color"], "what a person deleted stays deleted"
    catalog.close()


def test_the_same_path_is_added_once(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a")
    again = [NewImage("/photos/3.jpg", "/photos", 1, 1), NewImage("/photos/new.jpg", "/photos", 1, 1)]
    assert catalog.add_images(again) == [10]
    assert [image.path for image in catalog.images()][-1] == "/photos/new.jpg"
    catalog.close()


def random_action(rng: random.Random, model: Model) -> Action:
    """Any of the things a person can do."""
    attributes, classes = list(model.attributes), list(model.classes)
    slots = rng.sample(range(10), rng.randint(1, 5))
    choices = [lambda: steps.create_attribute(model, model.next_id("attribute"), f"A{rng.random()}", COLOR.key)]
    if attributes:
        a = rng.choice(attributes)
        choices += [
            lambda: steps.create_class(model, model.next_id("class"), a, f"c{rng.random()}", "#123456"),
            lambda: steps.edit_attribute(model, a, threshold=rng.random()),
            lambda: steps.clear_labels(model, a, slots),
            lambda: steps.remove_exemplars(model, a, slots),
        ] * 2 + [lambda: steps.delete_attribute(model, a)]
    if classes:
        c = rng.choice(classes)
        siblings = [o.id for o in model.classes_of(model.classes[c].attribute) if o.id != c]
        choices += [
            lambda: steps.add_exemplars(model, c, slots, 1.0),
            lambda: steps.set_labels(model, c, slots, 2.0),
            lambda: steps.edit_class(model, c, name=f"n{rng.random()}"),
        ] * 4 + [lambda: steps.delete_class(model, c)]
        if siblings:
            choices.append(lambda: steps.merge_class(model, c, rng.choice(siblings)))
    return rng.choice(choices)()


@pytest.mark.parametrize("seed", range(8))
def test_undo_and_redo_go_through_every_state_and_outlive_the_process(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    catalog = make(tmp_path / "a")
    states = [state(catalog.model)]
    for _ in range(40):
        action = random_action(rng, catalog.model)
        if action.changes:
            catalog.perform(action)
            states.append(state(catalog.model))
    catalog.close()
    catalog = Catalog(tmp_path / "a")
    assert state(catalog.model) == states[-1]
    for expected in reversed(states[:-1]):
        assert catalog.undo() is not None
        assert state(catalog.model) == expected
    assert catalog.undo() is None
    for expected in states[1:]:
        assert catalog.redo() is not None
        assert state(catalog.model) == expected
    assert catalog.redo() is None
    catalog.close()
    catalog = Catalog(tmp_path / "a")
    assert state(catalog.model) == states[-1]
    catalog.close()


def test_a_new_action_ends_redo_and_names_are_for_people(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a")
    color = catalog.model.sorted_attributes()[0].id
    catalog.perform(steps.create_class(catalog.model, 1, color, "red", "#ff0000"))
    catalog.perform(steps.add_exemplars(catalog.model, 1, [1, 2, 3], 0.0))
    assert catalog.undo_names() == ("Add 3 exemplars to red", "")
    catalog.undo()
    assert catalog.undo_names() == ("New class red", "Add 3 exemplars to red")
    catalog.perform(steps.set_labels(catalog.model, 1, [5], 0.0))
    assert catalog.undo_names() == ("Label 1 image red", "")
    catalog.close()


def test_an_exemplar_is_a_label_and_labels_of_one_attribute_never_compete() -> None:
    model = Model()
    for action in (
        steps.create_attribute(model, 1, "Color", COLOR.key),
        steps.create_class(model, 1, 1, "red", "#f00"),
        steps.create_class(model, 2, 1, "blue", "#00f"),
    ):
        model.apply(action)
    model.apply(steps.add_exemplars(model, 1, [4, 5], 0.0))
    assert model.label(1, 4) == Label(1, 4, 1, "exemplar", 0.0)
    model.apply(steps.add_exemplars(model, 2, [5], 0.0))
    assert model.exemplars_of(1) == {4: 1, 5: 2}
    model.apply(steps.set_labels(model, 2, [4], 0.0))
    assert model.exemplars_of(1) == {5: 2}, "an image labeled otherwise is no exemplar of its old class"
    model.apply(steps.remove_exemplars(model, 1, [5]))
    assert model.exemplars_of(1) == {} and model.label(1, 5) == Label(1, 5, 2, "person", 0.0)


def test_descriptors_come_back_as_written(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a")
    rng = np.random.default_rng(0)
    for slots in (np.array([0, 1, 2]), np.array([7, 9])):
        rows = {recipe.key: rng.random((len(slots), recipe.width)).astype(np.float16) for recipe in (COLOR, TEXTURE)}
        reads = [Read(int(s), "hash", 40, 30, READY, "", "") for s in slots]
        catalog.append(reads, slots, rows)
        for key, written in rows.items():
            assert np.array_equal(catalog.descriptors(key)[slots], written)
    assert catalog.described(COLOR.key).tolist() == [0, 1, 2, 7, 9]
    assert [image.slot for image in catalog.pending()] == [3, 4, 5, 6, 8]
    assert (tmp_path / "a" / "vectors" / COLOR.key / "1" / "rows.f16").stat().st_size == 10 * COLOR.width * 2
    catalog.close()


def test_other_weights_start_a_new_generation(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a", 2)
    catalog.register_recipe(COLOR, "one")
    rows = np.ones((2, COLOR.width), np.float16)
    catalog.append([Read(i, "", 1, 1, READY, "", "") for i in range(2)], np.arange(2), {COLOR.key: rows})
    catalog.register_recipe(COLOR, "one")
    assert len(catalog.described(COLOR.key)) == 2
    catalog.register_recipe(COLOR, "two")
    assert len(catalog.described(COLOR.key)) == 0 and len(catalog.pending()) == 2
    assert len(catalog.descriptors(COLOR.key)) == 0
    catalog.close()


# Killed

STEPS = (
    "before write",
    "between recipes",
    "before sync",
    "after sync",
    "in transaction",
    "before commit",
    "after commit",
)

SCRIPT = """
import os, signal, sys
import numpy as np
from attrlens.core.catalog import vectors
from attrlens.core.catalog.store import Catalog, Read
from attrlens.core.recipes import COLOR, TEXTURE
path, step = sys.argv[1:]
die = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
catalog = Catalog(__import__("pathlib").Path(path))
count = [0]
real_write, real_sync = vectors.VectorFile.write, vectors.VectorFile._sync
def write(self, slots, rows):
    if step == "before write" or (step == "between recipes" and count[0]): die()
    count[0] += 1
    real_write(self, slots, rows)
def sync(self, descriptor):
    if step == "before sync": die()
    real_sync(self, descriptor)
vectors.VectorFile.write, vectors.VectorFile._sync = write, sync
class Db:
    def __init__(self, db): self.db = db
    def __getattr__(self, name): return getattr(self.db, name)
    def execute(self, sql, *a):
        if step == "after sync" and sql.startswith("BEGIN"): die()
        if step == "before commit" and sql == "COMMIT": die()
        out = self.db.execute(sql, *a)
        if step == "after commit" and sql == "COMMIT": die()
        return out
    def executemany(self, sql, *a):
        out = self.db.executemany(sql, *a)
        if step == "in transaction" and "described" in sql: die()
        return out
catalog._db = Db(catalog._db)
rows = {r.key: np.full((4, r.width), 2, np.float16) for r in (COLOR, TEXTURE)}
catalog.append([Read(s, "h", 1, 1, 1, "", "") for s in range(4, 8)], np.arange(4, 8), rows)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is for POSIX")
@pytest.mark.parametrize("step", STEPS)
def test_killed_between_any_two_steps_of_an_append(step: str, tmp_path: Path) -> None:
    catalog = make(tmp_path / "a")
    first = {r.key: np.ones((4, r.width), np.float16) for r in (COLOR, TEXTURE)}
    catalog.append([Read(s, "h", 1, 1, 1, "", "") for s in range(4)], np.arange(4), first)
    catalog.close()
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path / "a"), step], check=False)
    assert done.returncode == -signal.SIGKILL
    catalog = Catalog(tmp_path / "a")
    there = step == "after commit"
    assert catalog.described(COLOR.key).tolist() == list(range(8 if there else 4))
    assert [image.slot for image in catalog.pending()] == list(range(8 if there else 4, 10))
    assert (catalog.descriptors(COLOR.key)[:4] == 1).all(), "what was written before is as it was"
    again = {r.key: np.full((4, r.width), 3, np.float16) for r in (COLOR, TEXTURE)}
    catalog.append([Read(s, "h", 1, 1, 1, "", "") for s in range(4, 8)], np.arange(4, 8), again)
    assert (catalog.descriptors(TEXTURE.key)[4:8] == 3).all()
    catalog.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is for POSIX")
def test_killed_in_an_action_keeps_all_actions_before(tmp_path: Path) -> None:
    make(tmp_path / "a").close()
    script = (
        "import os, signal, sys, pathlib\n"
        "from attrlens.core.catalog.store import Catalog\n"
        "from attrlens.core.catalog import model as steps\n"
        "c = Catalog(pathlib.Path(sys.argv[1]))\n"
        "for i in range(1, 1000):\n"
        "    c.perform(steps.create_class(c.model, i, 1, f'c{i}', '#000000'))\n"
        "    c.perform(steps.add_exemplars(c.model, i, [i % 10], 0.0))\n"
        "    print(i, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "a")], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= 25:
            process.kill()
            break
    rest = [int(line) for line in process.stdout.read().splitlines() if line.strip().isdigit()]
    process.wait()
    process.stdout.close()
    told = max([25, *rest])
    catalog = Catalog(tmp_path / "a")
    assert told <= len(catalog.model.classes) <= told + 1
    assert catalog.undo() is not None
    catalog.close()


# Strangers


def test_a_catalog_is_open_in_one_process_only(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a")
    with pytest.raises(CatalogLockedError, match=str(os.getpid())):
        Catalog(tmp_path / "a")
    looking = Catalog(tmp_path / "a", read_only=True)
    assert looking.image_count() == 10
    looking.close()
    catalog.close()
    Catalog(tmp_path / "a").close()


def test_a_catalog_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path / "a").close()
    path = tmp_path / "a" / store.DATABASE
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(CatalogVersionError, match="newer AttrLens"):
        Catalog(tmp_path / "a")
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", range(len(schema.MIGRATIONS)))
def test_every_older_version_is_brought_up_to_date(version: int, tmp_path: Path) -> None:
    """A catalog left by each earlier migration opens, with its images."""
    folder = tmp_path / "old"
    folder.mkdir()
    db = sqlite3.connect(folder / store.DATABASE, isolation_level=None)
    for migration in schema.MIGRATIONS[:version]:
        migration(db)
    db.execute(f"PRAGMA user_version = {version}")
    if version:
        db.execute("INSERT INTO image (slot, path, root, size, mtime_ns, added) VALUES (0, '/a.jpg', '/', 1, 1, 1)")
    db.close()
    catalog = tasks.open_catalog(folder)
    assert catalog.image_count() == (1 if version else 0)
    assert len(catalog.model.attributes) == 2
    if 1 <= version < 7:  # which folders were to be watched was not known then: a person is asked
        assert places.folders(catalog) == {"/": False} and catalog.setting("ask_watch") is True
    catalog.close()


def test_a_failed_migration_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "a").close()

    def bad(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE image")
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, bad))
    with pytest.raises(CatalogError):
        Catalog(tmp_path / "a")
    monkeypatch.undo()
    catalog = Catalog(tmp_path / "a")
    assert catalog.image_count() == 10
    catalog.close()


def test_what_is_no_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="not an AttrLens catalog"):
        Catalog(tmp_path)
    (tmp_path / store.DATABASE).write_bytes(b"this is no database at all, only text" * 50)
    with pytest.raises(CatalogError, match="damaged"):
        Catalog(tmp_path)


def test_a_full_disk_is_told_and_nothing_is_half_done(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a")
    catalog._db.execute("PRAGMA max_page_count = 1")
    (pages,) = catalog._db.execute("PRAGMA page_count").fetchone()
    catalog._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CatalogError, match="disk is full"):
        catalog.add_images([NewImage(f"/more/{'x' * 200}{i}.jpg", "/more", 1, 1) for i in range(5000)])
    assert catalog.image_count() == 10
    catalog._db.execute("PRAGMA max_page_count = 1000000")
    assert catalog.add_images([NewImage("/more/1.jpg", "/more", 1, 1)]) == [10]
    catalog.close()


def test_a_full_disk_under_the_vectors_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = make(tmp_path / "a")

    def full(self: VectorFile, descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(VectorFile, "_sync", full)
    with pytest.raises(CatalogError, match="disk is full"):
        catalog.append([Read(0, "", 1, 1, 1, "", "")], np.array([0]), {COLOR.key: np.ones((1, COLOR.width))})
    assert len(catalog.described(COLOR.key)) == 0
    catalog.close()


def test_work_on_a_closed_catalog_ends_quietly(tmp_path: Path) -> None:
    catalog = make(tmp_path / "a")
    catalog.close()
    with pytest.raises(Cancelled):
        catalog.images()


def test_the_thumbnails_cache_may_be_damaged_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "caches" / "thumbnails.sqlite"
    cache = Thumbnails(path)
    cache.put([(1, b"one"), (2, b"two")])
    assert cache.get([1, 2, 3]) == {1: b"one", 2: b"two"}
    cache.close()
    path.write_bytes(b"rubbish" * 1000)
    cache = Thumbnails(path)
    assert cache.get([1]) == {}
    cache.put([(1, b"again")])
    assert cache.get([1]) == {1: b"again"}
    cache.close()
