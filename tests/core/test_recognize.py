"""Labels stay with their content whatever is done to files between two looks: single cases, then random ones."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from attrlens.core import refresh, tasks
from attrlens.core.catalog import keeping, places
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.rows import PENDING, READY, Read
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.descriptors import content_hash
from attrlens.core.files import scan
from attrlens.core.refresh import Seen
from attrlens.core.token import Token

NAMES = [f"{'xy'[i % 2]}/{i}.jpg" for i in range(6)]


class World:
    """A folder of files that hold a text each, in a catalog; all that are there at first are exemplars."""

    def __init__(self, folder: Path, names: list[str], *, read: bool = True) -> None:
        self.folder, self.clock = folder / "photos", 1000
        for name in names:
            self.put(name, name)
        self.catalog: Catalog = tasks.open_catalog(folder / "c.attrlens", create=True)
        self.thumbnails = Thumbnails(self.catalog.thumbnails_path)
        tasks.add_images(self.catalog, scan([self.folder], Token()).images, Token())
        places.know(self.catalog, [str(self.folder)])
        if read:
            self.read()
        self.catalog.perform(steps.create_class(self.catalog.model, 1, 1, "k", "#000000"))
        self.catalog.perform(steps.add_exemplars(self.catalog.model, 1, list(range(len(names))), 0.0))

    def close(self) -> None:
        self.thumbnails.close()
        self.catalog.close()

    def put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        self.clock += 1
        os.utime(path, (self.clock, self.clock))
        return path

    def read(self) -> None:
        """What describing does to the rows."""
        reads = [
            Read(image.slot, content_hash(Path(image.path)), 1, 1, READY, "", "")
            for image in self.catalog.images()
            if not image.missing and image.state == PENDING
        ]
        self.catalog.append(reads, np.array([], int), {})

    def look(self, *folders: str) -> Seen:
        seen = refresh.look_again(
            self.catalog, self.thumbnails, Token(), [self.folder / name for name in folders] or None
        )
        if seen.twins:
            self.catalog.perform(keeping.take_over(self.catalog.model, seen.twins, 5.0))
        self.read()
        return seen

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def labeled(self) -> dict[str, int]:
        """What lies under the exemplars now, by slot; "" where the file is missing."""
        images = self.catalog.images()
        return {
            "" if images[slot].missing else Path(images[slot].path).read_text(): slot
            for slot in self.catalog.model.exemplars_of(1)
        }


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, ["a.jpg", "b.jpg", "c.jpg"])
    yield made
    made.close()


def test_a_copy_that_was_saved_over_since_takes_nothing_over(world: World) -> None:
    shutil.copy2(world.folder / "a.jpg", world.folder / "copy.jpg")
    world.look()
    (world.folder / "a.jpg").unlink()
    world.put("copy.jpg", "another photo")
    seen = world.look()
    assert seen.twins == [] and seen.changed == [3] and 0 in world.catalog.model.exemplars_of(1)


def test_a_move_that_was_half_done_at_the_last_look_is_recognized(world: World, tmp_path: Path) -> None:
    world.put("moved.jpg", "a.j")
    world.look()
    (world.folder / "a.jpg").rename(tmp_path / "x")
    shutil.copy2(tmp_path / "x", world.folder / "moved.jpg")
    seen = world.look()
    assert seen.moved == [0] and world.labeled() == {"a.jpg": 0, "b.jpg": 1, "c.jpg": 2}


def test_a_drive_that_is_away_gives_nothing_to_copies(world: World, tmp_path: Path) -> None:
    (tmp_path / "local").mkdir()
    places.know(world.catalog, [str(tmp_path / "local")])
    shutil.copy2(world.folder / "a.jpg", tmp_path / "local" / "a.jpg")
    world.look()
    world.folder.rename(tmp_path / "unplugged")
    seen = world.look()
    assert sorted(seen.lost) == [0, 1, 2] and seen.twins == []
    (tmp_path / "unplugged").rename(world.folder)
    assert sorted(world.look().back) == [0, 1, 2] and set(world.catalog.model.exemplars_of(1)) == {0, 1, 2}


def test_a_new_photo_in_the_place_of_one_that_moved_is_added(world: World) -> None:
    (world.folder / "a.jpg").rename(world.folder / "moved.jpg")
    world.put("a.jpg", "new here")
    seen = world.look()
    assert seen.moved == [0] and [image.path for image in seen.added] == [str(world.folder / "a.jpg")]


def test_a_known_photo_over_another_is_no_retouch(world: World) -> None:
    shutil.copy2(world.folder / "b.jpg", world.folder / "a.jpg")
    seen = world.look()
    assert seen.lost == [0] and seen.changed == [] and len(seen.added) == 1
    assert world.labeled() == {"": 0, "b.jpg": 1, "c.jpg": 2}
    world.put("c.jpg", "c.jpg, retouched")
    assert world.look().changed == [2]


def test_files_that_were_never_read_are_known_by_size_and_time(tmp_path: Path) -> None:
    world = World(tmp_path, ["one.jpg", "three.jpg"], read=False)
    one, three = world.folder / "one.jpg", world.folder / "three.jpg"
    one.rename(world.folder / "t")
    three.rename(one)
    (world.folder / "t").rename(three)
    assert sorted(world.look().moved) == [0, 1]
    assert world.labeled() == {"one.jpg": 0, "three.jpg": 1}
    world.close()


def test_another_photo_in_the_place_of_a_missing_unread_one_is_new(tmp_path: Path) -> None:
    world = World(tmp_path, ["one.jpg", "three.jpg"], read=False)
    (world.folder / "one.jpg").unlink()
    refresh.look_again(world.catalog, world.thumbnails, Token())
    world.put("one.jpg", "a photo of another size")
    seen = world.look()
    assert seen.back == [] and len(seen.added) == 1 and world.labeled() == {"": 0, "three.jpg": 1}
    world.close()


def test_a_place_of_an_undone_step_is_believed_when_somebody_has_looked(world: World, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (world.folder / "a.jpg").rename(elsewhere / "a.jpg")
    world.look()
    missing = [image for image in world.catalog.images() if image.missing]
    found = refresh.relink(world.catalog, missing, elsewhere, Token()).places
    world.catalog.perform(keeping.relink(world.catalog.model, {0: (missing[0].path, missing[0].root, 1)}, found))
    world.catalog.undo()
    (elsewhere / "a.jpg").write_text("another photo by now")
    world.catalog.redo()
    world.look()
    assert world.catalog.images()[0].missing, "the label does not go to what lies there now"
    (elsewhere / "a.jpg").write_text("a.jpg")
    world.look()
    assert not world.catalog.images()[0].missing


def test_a_swap_across_what_is_looked_at_is_seen_whole(tmp_path: Path) -> None:
    world = World(tmp_path, ["x/long name.jpg", "y/short.jpg"])
    first, second = world.folder / "x" / "long name.jpg", world.folder / "y" / "short.jpg"
    first.rename(tmp_path / "t")
    second.rename(first)
    (tmp_path / "t").rename(second)
    assert sorted(world.look("x").moved) == [0, 1]
    world.close()


def test_what_is_read_of_a_file_that_went_meanwhile_does_not_bring_it_back(world: World) -> None:
    world.put("new.jpg", "new")
    refresh.look_again(world.catalog, world.thumbnails, Token())
    waiting = {row.slot: row for row in world.catalog.pending()}
    (world.folder / "new.jpg").unlink()
    refresh.look_again(world.catalog, world.thumbnails, Token())
    read = Read(3, "hash", 1, 1, READY, "", "")
    kept = world.catalog.append([read], np.array([], int), {}, waiting)
    assert 3 not in kept and world.catalog.images()[3].missing


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_what_is_no_file_is_no_image(world: World) -> None:
    (world.folder / "a.jpg").unlink()
    os.mkfifo(world.folder / "a.jpg")
    (world.folder / "b.jpg").rename(world.folder / "moved.jpg")
    (world.folder / "b.jpg").mkdir()
    seen = world.look()
    assert seen.lost == [0] and seen.moved == [1]


def test_what_was_said_meanwhile_is_not_overruled(world: World) -> None:
    shutil.copy2(world.folder / "a.jpg", world.folder / "copy.jpg")
    world.look()
    model = world.catalog.model
    world.catalog.perform(steps.set_labels(model, 1, [3], 1.0))
    assert keeping.take_over(model, [(0, 3)], 2.0).changes == ()
    world.catalog.undo()
    world.catalog.perform(keeping.remove_images(model, [3], 1.0))
    assert keeping.take_over(model, [(0, 3)], 2.0).changes == ()


def disturb(world: World, rng: random.Random, known: set[str], gone: set[Path]) -> None:
    """One random thing that happens to files."""
    files = world.files()
    free = world.folder / rng.choice("xy") / f"{rng.randrange(12)}.jpg"
    chosen = rng.sample(files, min(3, len(files)))
    what = rng.choice(["move", "move", "swap", "copy", "delete", "new", "over", "touch", "rotate"])
    aside = world.folder / "aside"
    if what == "new" and not free.exists() and free not in gone:
        world.put(str(free.relative_to(world.folder)), f"new {world.clock}")
    elif what == "move" and chosen and not free.exists():
        chosen[0].rename(free)
    elif what == "copy" and chosen and not free.exists() and free not in gone:
        shutil.copy2(chosen[0], free)
    elif what == "delete" and chosen:
        chosen[0].unlink()
        gone.add(chosen[0])
    elif what == "touch" and chosen:
        world.clock += 1
        os.utime(chosen[0], (world.clock, world.clock))
    elif what in ("swap", "rotate") and len(chosen) >= (2 if what == "swap" else 3):
        ring = chosen[:2] if what == "swap" else chosen
        ring[0].rename(aside)
        for target, source in pairwise(ring):
            source.rename(target)
        aside.rename(ring[-1])
    elif what == "over" and len(chosen) >= 2 and chosen[0].read_text() in known:
        chosen[0].replace(chosen[1])  # with a photo nobody knows it would be a retouch


@pytest.mark.parametrize("seed", range(60))
def test_labels_stay_with_their_content_whatever_happens(seed: int, tmp_path: Path) -> None:
    rng, world = random.Random(seed), World(tmp_path, NAMES)
    content = {image.slot: Path(image.path).read_text() for image in world.catalog.images()}
    for _ in range(6):
        known, gone = set(content.values()), set[Path]()
        for _ in range(rng.randrange(1, 4)):
            disturb(world, rng, known, gone)
        twins = world.look().twins
        if twins:
            world.catalog.undo()
            world.catalog.redo()
        images = world.catalog.images()
        for image in images:
            if image.slot not in content and not image.missing:
                content[image.slot] = Path(image.path).read_text()
        for image in images:
            if not image.missing:
                assert Path(image.path).read_text() == content[image.slot], image
        standing = [image.path for image in images if not image.missing]
        assert len(standing) == len(set(standing)) and set(standing) == set(map(str, world.files()))
        labeled = {content[slot] for slot in world.catalog.model.exemplars_of(1)}
        assert labeled == set(NAMES), "no label is lost"
    world.close()
