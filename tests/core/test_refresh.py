"""Files that come, change, move and go; images taken out of a catalog; filters kept under a name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from attrlens.core import refresh, tasks
from attrlens.core.catalog import keeping, places
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.model import Model
from attrlens.core.catalog.rows import PENDING, READY
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import LARGE, SIDE, Thumbnails
from attrlens.core.files import scan
from attrlens.core.refresh import Seen
from attrlens.core.token import Token
from attrlens.words import Words


@pytest.fixture
def folder(spring: list[Path], tmp_path: Path) -> Path:
    """Eight photos in two folders."""
    for i, path in enumerate(spring[:8]):
        target = tmp_path / "photos" / ("summer" if i < 4 else "winter") / f"{i}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return tmp_path / "photos"


@pytest.fixture
def catalog(folder: Path, tmp_path: Path, engines: tasks.Engines) -> Iterator[Catalog]:
    """Those photos, described, watched, 0 to 3 exemplars of a class."""
    catalog = tasks.open_catalog(tmp_path / "c.attrlens", create=True)
    tasks.add_images(catalog, scan([folder], Token()).images, Token())
    places.know(catalog, [str(folder)])
    cache = Thumbnails(catalog.thumbnails_path)
    tasks.describe_pending(catalog, cache, engines, Token())
    cache.close()
    catalog.perform(steps.create_class(catalog.model, 1, 1, "summer", "#000000"))
    catalog.perform(steps.add_exemplars(catalog.model, 1, [0, 1, 2, 3], 0.0))
    yield catalog
    catalog.close()


def look(catalog: Catalog, *folders: Path) -> Seen:
    cache = Thumbnails(catalog.thumbnails_path)
    try:
        return refresh.look_again(catalog, cache, Token(), list(folders) or None)
    finally:
        cache.close()


def summary(seen: Seen) -> tuple[int, list[int], list[int], list[int], list[int]]:
    return len(seen.added), sorted(seen.changed), sorted(seen.moved), sorted(seen.lost), sorted(seen.back)


def test_nothing_happened(catalog: Catalog) -> None:
    seen = look(catalog)
    assert summary(seen) == (0, [], [], [], []) and seen.rows == [] and seen.problems == []
    assert all(image.color >= 0 and image.size > 0 and image.mtime_ns > 0 for image in catalog.images())


def test_a_renamed_folder_and_a_renamed_file_are_found_again(catalog: Catalog, folder: Path) -> None:
    (folder / "summer").rename(folder / "sommer 2026")
    (folder / "winter" / "5.jpg").rename(folder / "winter" / "five.jpg")
    seen = look(catalog)
    assert summary(seen) == (0, [], [0, 1, 2, 3, 5], [], [])
    images = catalog.images()
    assert len(images) == 8 and images[2].path == str(folder / "sommer 2026" / "2.jpg")
    assert images[5].path == str(folder / "winter" / "five.jpg")
    assert catalog.model.exemplars_of(1) == {0: 1, 1: 1, 2: 1, 3: 1} and catalog.pending() == []
    assert summary(look(catalog)) == (0, [], [], [], [])


def test_missing_files_are_marked_and_come_back(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "summer", tmp_path / "away")
    assert summary(look(catalog, folder / "summer")) == (0, [], [], [0, 1, 2, 3], [])
    assert [image.missing for image in catalog.images()] == [1, 1, 1, 1, 0, 0, 0, 0]
    assert catalog.images()[0].state == READY and catalog.model.exemplars_of(1), "labels, exemplars, descriptors stay"
    assert summary(look(catalog)) == (0, [], [], [], []), "told once"
    shutil.move(tmp_path / "away", folder / "summer")
    assert summary(look(catalog, folder)) == (0, [], [], [], [0, 1, 2, 3])
    assert not any(image.missing for image in catalog.images())


def test_a_whole_drive_that_is_away(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    folder.rename(tmp_path / "unplugged")
    assert summary(look(catalog)) == (0, [], [], list(range(8)), [])
    (tmp_path / "unplugged").rename(folder)
    assert summary(look(catalog)) == (0, [], [], [], list(range(8)))


def test_new_files_are_added_and_changed_ones_described_again(
    catalog: Catalog, folder: Path, spring: list[Path], engines: tasks.Engines
) -> None:
    cache = Thumbnails(catalog.thumbnails_path)
    before = catalog.descriptors(catalog.recipes_in_use()[0].key)[6].copy()
    cache.put([(6, b"old")], LARGE)
    shutil.copy2(spring[100], folder / "winter" / "6.jpg")
    shutil.copy2(spring[30], folder / "winter" / "new.jpg")
    os.utime(folder / "winter" / "7.jpg", (1, 1))
    seen = look(catalog)
    assert summary(seen) == (1, [6], [], [], [])
    assert {row.slot for row in seen.rows} == {6, 7}, "7 was only touched: its content is the same"
    assert catalog.images()[6].state == PENDING and catalog.images()[7].mtime_ns == 10**9
    assert cache.get([6]) == {} == cache.get([6], LARGE) and cache.get([5], SIDE)
    assert [slot for slot, _ in catalog.pending()] == [6, 8]
    tasks.describe_pending(catalog, cache, engines, Token())
    cache.close()
    after = catalog.descriptors(catalog.recipes_in_use()[0].key)[6]
    assert not np.array_equal(before, after) and catalog.pending() == []


def test_folders_that_are_not_watched_bring_nothing_new(catalog: Catalog, folder: Path, spring: list[Path]) -> None:
    places.watch(catalog, str(folder), False)
    shutil.copy2(spring[30], folder / "winter" / "new.jpg")
    (folder / "winter" / "4.jpg").unlink()
    assert summary(look(catalog)) == (0, [], [], [4], [])
    places.know(catalog, [str(folder)])
    assert places.folders(catalog) == {str(folder): False}, "importing again does not overrule a person"


def test_adding_the_new_place_of_missing_files_recognizes_them(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "summer", tmp_path / "other")
    cache = Thumbnails(catalog.thumbnails_path)
    seen = refresh.add(catalog, cache, scan([tmp_path / "other"], Token()).images, Token())
    cache.close()
    assert summary(seen) == (0, [], [0, 1, 2, 3], [], [])
    assert catalog.images()[0].path == str(tmp_path / "other" / "0.jpg")


def test_a_copy_is_an_image_of_its_own(catalog: Catalog, folder: Path) -> None:
    shutil.copy2(folder / "summer" / "0.jpg", folder / "winter" / "copy.jpg")
    assert summary(look(catalog)) == (1, [], [], [], [])


def test_relinking_takes_only_the_same_content_and_can_be_undone(
    catalog: Catalog, folder: Path, tmp_path: Path, spring: list[Path]
) -> None:
    shutil.move(folder / "summer", tmp_path / "elsewhere")
    look(catalog)
    shutil.copy2(spring[50], tmp_path / "elsewhere" / "3.jpg")
    missing = [image for image in catalog.images() if image.missing]
    known = {image.path for image in catalog.images()}
    found = refresh.relink(missing, catalog.hashes(), known, tmp_path / "elsewhere", Token())
    assert {slot: Path(path).name for slot, (path, _, _) in found.items()} == {0: "0.jpg", 1: "1.jpg", 2: "2.jpg"}
    images = catalog.images()
    before = {slot: (images[slot].path, images[slot].root, 1) for slot in found}
    catalog.perform(keeping.relink(catalog.model, before, found))
    assert [image.missing for image in catalog.images()[:4]] == [0, 0, 0, 1]
    assert catalog.undo_names()[0] == "Relink 3 images"
    catalog.undo()
    assert [image.missing for image in catalog.images()[:4]] == [1, 1, 1, 1]
    assert catalog.images()[0].path == str(folder / "summer" / "0.jpg")


def test_a_pending_file_that_is_gone_is_missing_not_broken(catalog: Catalog, folder: Path, spring: list[Path]) -> None:
    shutil.copy2(spring[30], folder / "new.jpg")
    look(catalog)
    (folder / "new.jpg").unlink()
    cache = Thumbnails(catalog.thumbnails_path)
    tasks.describe_pending(catalog, cache, tasks.Engines(), Token())
    cache.close()
    image = catalog.images()[8]
    assert (image.state, image.missing, image.message) == (PENDING, 1, "")
    assert catalog.pending() == []


def test_removing_images_takes_all_that_was_said_of_them_and_undo_brings_it_back(catalog: Catalog) -> None:
    key = catalog.recipes_in_use()[0].key
    before = (catalog.model.copy(), catalog.described(key).tolist(), catalog.image_count())
    catalog.perform(steps.exclude(catalog.model, 1, [1], 3.0))
    catalog.perform(keeping.remove_images(catalog.model, [1, 1, 6], 5.0))
    assert catalog.model.removals == {1: 5.0, 6: 5.0} and catalog.image_count() == 6
    assert catalog.model.exemplars_of(1) == {0: 1, 2: 1, 3: 1} and 1 not in catalog.model.labels_of(1)
    assert catalog.described(key).tolist() == [0, 2, 3, 4, 5, 7]
    assert catalog.undo_names()[0] == "Remove 2 images from the catalog"
    catalog.undo()
    catalog.undo()
    catalog.model.exclusions = {}  # an empty one of an attribute is as good as none
    assert (catalog.model, catalog.described(key).tolist(), catalog.image_count()) == before
    catalog.redo()
    catalog.redo()
    reopened = _reopened(catalog)
    assert reopened.removals == {1: 5.0, 6: 5.0}
    catalog.perform(keeping.put_back(catalog.model, [1, 2]))
    assert catalog.model.removals == {6: 5.0} and catalog.image_count() == 7


def test_an_import_can_be_undone(catalog: Catalog) -> None:
    catalog.perform(keeping.add_images(catalog.model, [6, 7], 9.0))
    assert catalog.model.removals == {}
    catalog.undo()
    assert catalog.model.removals == {6: 9.0, 7: 9.0} and catalog.image_count() == 6
    catalog.redo()
    assert catalog.image_count() == 8


def test_filters_under_a_name(catalog: Catalog) -> None:
    catalog.perform(keeping.save_filter(catalog.model, catalog.model.next_id("filter"), "Doubts", "conf<0.6"))
    catalog.perform(keeping.save_filter(catalog.model, catalog.model.next_id("filter"), "doubts", "conf<0.5"))
    assert [(f.name, f.query) for f in catalog.model.filters.values()] == [("Doubts", "conf<0.5")]
    assert keeping.save_filter(catalog.model, 9, "Doubts", "conf<0.5").changes == ()
    catalog.undo()
    assert next(iter(_reopened(catalog).filters.values())).query == "conf<0.6"
    catalog.perform(keeping.delete_filter(catalog.model, next(iter(catalog.model.filters))))
    assert catalog.model.filters == {}
    catalog.undo()
    assert len(catalog.model.filters) == 1


def test_names_of_actions_are_words_again_after_reopening(catalog: Catalog) -> None:
    name = catalog.undo_names()[0]
    assert isinstance(name, Words) and name == "Add 4 exemplars to summer"
    action = catalog.undo()
    assert action is not None and isinstance(action.name, Words)


def _reopened(catalog: Catalog) -> Model:
    """What another process would read."""
    other = Catalog(catalog.path, read_only=True)
    model = other.model
    other.close()
    return model
