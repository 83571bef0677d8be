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
from attrlens.core.catalog.keeping import Added
from attrlens.core.catalog.model import Model
from attrlens.core.catalog.rows import PENDING, READY, ImageRow, NewImage
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import LARGE, SIDE, Thumbnails
from attrlens.core.decisions import ClassifyRequest, Fits, classify, is_stale
from attrlens.core.descriptors import content_hash, describe
from attrlens.core.files import scan
from attrlens.core.recognize import Newcomer, assign
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
    assert [image.slot for image in catalog.pending()] == [6, 8]
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
    relinked = refresh.relink(catalog, missing, tmp_path / "elsewhere", Token())
    found = relinked.places
    assert relinked.twins == []
    assert {slot: Path(path).name for slot, (path, _, _) in found.items()} == {0: "0.jpg", 1: "1.jpg", 2: "2.jpg"}
    images = catalog.images()
    before = {slot: (images[slot].path, images[slot].root, 1) for slot in found}
    catalog.perform(keeping.relink(catalog.model, before, found))
    assert [image.missing for image in catalog.images()[:4]] == [0, 0, 0, 1]
    assert catalog.undo_names()[0] == "Relink 3 images"
    catalog.undo()
    assert [image.missing for image in catalog.images()[:4]] == [1, 1, 1, 1]
    assert catalog.images()[0].path == str(folder / "summer" / "0.jpg")


def test_files_that_changed_places_take_their_labels_along(catalog: Catalog, folder: Path) -> None:
    summer = folder / "summer"
    for old, new in (("0", "x"), ("1", "0"), ("x", "1")):
        (summer / f"{old}.jpg").rename(summer / f"{new}.jpg")
    assert summary(look(catalog)) == (0, [], [0, 1], [], [])
    paths = [Path(image.path).name for image in catalog.images()]
    assert paths[:2] == ["1.jpg", "0.jpg"] and not any(image.missing for image in catalog.images())
    assert catalog.pending() == [], "nothing is described again: no content is new"


def test_files_that_were_numbered_anew_after_one_was_deleted(catalog: Catalog, folder: Path) -> None:
    winter = folder / "winter"
    (winter / "4.jpg").unlink()
    (winter / "5.jpg").rename(winter / "4.jpg")
    (winter / "6.jpg").rename(winter / "5.jpg")
    seen = look(catalog)
    assert summary(seen) == (0, [], [5, 6], [4], [])
    images = catalog.images()
    assert [Path(images[slot].path).name for slot in (5, 6, 7)] == ["4.jpg", "5.jpg", "7.jpg"]
    assert images[4].missing and images[4].path == images[5].path, "a missing image keeps the place it had"
    assert summary(look(catalog)) == (0, [], [], [], [])
    assert catalog.slots_of([images[4].path]) == {images[4].path: 5}, "a path is the image that is there"


def test_a_missing_image_does_not_take_another_photo_for_itself(
    catalog: Catalog, folder: Path, spring: list[Path]
) -> None:
    (folder / "summer" / "1.jpg").unlink()
    look(catalog)
    shutil.copy2(spring[60], folder / "summer" / "1.jpg")  # another card of the camera, the same numbers
    assert summary(look(catalog)) == (1, [], [], [], [])
    images = catalog.images()
    assert images[1].missing and images[8].path == images[1].path and not images[8].missing
    assert 8 not in catalog.model.exemplars_of(1)


def test_copied_then_deleted_is_moved(catalog: Catalog, folder: Path, tmp_path: Path, engines: tasks.Engines) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder / "summer", other / "summer")
    cache = Thumbnails(catalog.thumbnails_path)
    refresh.add(catalog, cache, scan([other], Token()).images, Token())
    tasks.describe_pending(catalog, cache, engines, Token())
    cache.close()
    shutil.rmtree(folder / "summer")
    seen = look(catalog)
    assert seen.twins == [(0, 8), (1, 9), (2, 10), (3, 11)] and sorted(seen.lost) == [0, 1, 2, 3]
    before = catalog.model.copy()
    catalog.perform(keeping.take_over(catalog.model, seen.twins, 5.0))
    assert catalog.undo_names()[0] == "Recognize 4 images in another place"
    assert catalog.model.exemplars_of(1) == {8: 1, 9: 1, 10: 1, 11: 1}
    assert set(catalog.model.labels_of(1)) == {8, 9, 10, 11} and set(catalog.model.removals) == {0, 1, 2, 3}
    assert catalog.model.labels_of(1)[8].made_by == before.labels_of(1)[0].made_by
    catalog.undo()
    assert catalog.model == before
    assert look(catalog).twins == [], "what a person undid is not done again"
    missing = [image for image in catalog.images() if image.missing]
    assert refresh.relink(catalog, missing, other, Token()).twins == seen.twins, "but when they ask for it, it is"


def test_a_copy_that_was_labeled_is_left_alone(catalog: Catalog, folder: Path, tmp_path: Path) -> None:
    shutil.copy2(folder / "summer" / "0.jpg", folder / "winter" / "copy.jpg")
    look(catalog)
    catalog.perform(steps.set_labels(catalog.model, 1, [8], 1.0, "person"))
    (folder / "summer" / "0.jpg").unlink()
    seen = look(catalog)
    assert seen.twins == [] and seen.lost == [0]


def test_a_folder_renamed_before_it_was_described(tmp_path: Path, folder: Path) -> None:
    catalog = tasks.open_catalog(tmp_path / "new.attrlens", create=True)
    tasks.add_images(catalog, scan([folder], Token()).images, Token())
    places.know(catalog, [str(folder)])
    (folder / "summer").rename(folder / "verano")
    assert summary(look(catalog)) == (0, [], [0, 1, 2, 3], [], [])
    catalog.close()


def test_same_named_copies_stay_apart_when_their_folder_is_renamed(
    tmp_path: Path, spring: list[Path], engines: tasks.Engines
) -> None:
    root = tmp_path / "photos"
    for color in ("blue", "red"):
        (root / "old" / color).mkdir(parents=True)
        shutil.copy2(spring[3], root / "old" / color / "1.jpg")
    catalog = tasks.open_catalog(tmp_path / "c.attrlens", create=True)
    tasks.add_images(catalog, scan([root], Token()).images, Token())
    places.know(catalog, [str(root)])
    cache = Thumbnails(catalog.thumbnails_path)
    tasks.describe_pending(catalog, cache, engines, Token())
    cache.close()
    (root / "old").rename(root / "new")
    assert summary(look(catalog)) == (0, [], [0, 1], [], [])
    assert [Path(image.path).parent.name for image in catalog.images()] == ["blue", "red"]
    catalog.close()


def test_hundreds_of_equal_files_find_a_place_each(tmp_path: Path, spring: list[Path], engines: tasks.Engines) -> None:
    root = tmp_path / "a"
    root.mkdir()
    for i in range(120):
        shutil.copy2(spring[3], root / f"{i}.jpg")
    images = [rows_of(i, path) for i, path in enumerate(sorted(root.iterdir()))]
    digest = content_hash(root / "0.jpg")
    newcomers = [Newcomer(NewImage(f"/b/{i}.jpg", "/b", images[0].size, i), digest) for i in range(120)]
    hashes = dict.fromkeys(range(120), digest)
    found = assign(images, newcomers, hashes, lambda slot: False, lambda: None)
    assert sorted(found) == list(range(120)) and sorted(found.values()) == list(range(120))
    assert all(Path(images[slot].path).name == f"{place}.jpg" for slot, place in found.items())
    lost = [image._replace(path=f"/c/photo {image.slot}") for image in images]
    assert len(assign(lost, newcomers, hashes, lambda slot: False, lambda: None)) == 120


def rows_of(slot: int, path: Path) -> ImageRow:
    return ImageRow(
        slot, str(path), str(path.parent), 1, 1, READY, "", "", path.stat().st_size, path.stat().st_mtime_ns
    )


def test_removed_images_stay_out_when_their_folder_is_renamed(catalog: Catalog, folder: Path) -> None:
    catalog.perform(keeping.remove_images(catalog.model, [5], 5.0))
    (folder / "winter").rename(folder / "invierno")
    assert summary(look(catalog)) == (0, [], [4, 5, 6, 7], [], [])
    assert catalog.image_count() == 7 and len(catalog.images()) == 8


def test_undoing_a_relink_where_another_image_stands_by_now(
    catalog: Catalog, folder: Path, tmp_path: Path, spring: list[Path]
) -> None:
    shutil.move(folder / "summer", tmp_path / "elsewhere")
    look(catalog)
    missing = [image for image in catalog.images() if image.missing]
    found = refresh.relink(catalog, missing, tmp_path / "elsewhere", Token()).places
    before = {slot: (catalog.images()[slot].path, str(folder), 1) for slot in found}
    catalog.perform(keeping.relink(catalog.model, before, found))
    (folder / "summer").mkdir()
    shutil.copy2(spring[70], folder / "summer" / "0.jpg")
    assert len(look(catalog).added) == 1
    catalog.undo()
    images = catalog.images()
    assert images[0].missing and not images[8].missing and images[0].path == images[8].path
    look(catalog)
    (folder / "summer" / "new.jpg").write_bytes(b"x")
    catalog.redo()
    assert [image.missing for image in catalog.images()[:4]] == [1, 1, 1, 1], "until somebody has looked"
    look(catalog)
    assert [image.missing for image in catalog.images()[:4]] == [0, 0, 0, 0]


def test_links_bring_no_image_twice(catalog: Catalog, folder: Path, spring: list[Path]) -> None:
    (folder / "latest").symlink_to(folder / "winter")
    look(catalog)
    count = len(catalog.images())
    shutil.copy2(spring[30], folder / "winter" / "new.jpg")
    assert summary(look(catalog, folder / "winter"))[0] == 1
    assert summary(look(catalog, folder / "latest"))[0] == 0
    assert summary(look(catalog)) == (0, [], [], [], [])
    assert len(catalog.images()) == count + 1


def test_what_is_not_watched_inside_of_what_is(catalog: Catalog, folder: Path, spring: list[Path]) -> None:
    places.watch(catalog, str(folder / "winter"), False)
    for name in ("winter", "summer"):
        shutil.copy2(spring[30], folder / name / "new.jpg")
    seen = look(catalog)
    assert [Path(row.path).parent.name for row in seen.added] == ["summer"]
    assert look(catalog, folder / "winter").added == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_that_may_not_be_read_has_no_missing_files(catalog: Catalog, folder: Path) -> None:
    (folder / "winter").chmod(0)
    seen = look(catalog)
    (folder / "winter").chmod(0o755)
    assert seen.lost == [] and len(seen.problems) == 1


def test_many_folders_at_once(catalog: Catalog, folder: Path) -> None:
    scope = refresh.Scope([folder / "summer", folder / "summer" / "deep", folder / "summer 2"])
    assert scope.outermost() == [str(folder / "summer"), str(folder / "summer 2")]
    held = [scope.holds(str(folder / name)) for name in ("summer/0.jpg", "summer", "summery/1.jpg", "summer 2/a/b.jpg")]
    assert held == [True, True, False, True] and not scope.holds(str(folder))
    assert refresh.Scope(None).holds("/anything") and not refresh.Scope(()).holds(str(folder))


def test_a_file_that_changes_while_it_is_described_is_described_again(
    catalog: Catalog, folder: Path, spring: list[Path], engines: tasks.Engines
) -> None:
    for name in ("new.jpg", "moves.jpg"):
        shutil.copy2(spring[30 + len(name)], folder / name)
    look(catalog)
    cache = Thumbnails(catalog.thumbnails_path)
    makeable, _ = engines.makeable(catalog.recipes_in_use())
    waiting = {image.slot: image for image in catalog.pending()}
    (batch,) = describe([(slot, Path(image.path)) for slot, image in waiting.items()], engines.get(makeable, Token()),
                        Token())  # fmt: skip
    shutil.copy2(spring[100], folder / "new.jpg")
    (folder / "moves.jpg").rename(folder / "moved.jpg")
    assert summary(look(catalog)) == (0, [], [slot for slot in waiting if "moves" in waiting[slot].path], [], [])
    assert catalog.append(batch.reads, batch.slots, batch.descriptors, waiting) == set()
    assert len(catalog.pending()) == 2
    tasks.describe_pending(catalog, cache, engines, Token())
    cache.close()
    assert catalog.pending() == []
    slot = next(slot for slot in waiting if waiting[slot].path.endswith("new.jpg"))
    assert catalog.hashes()[slot] == content_hash(folder / "new.jpg")


def test_exemplars_that_changed_are_learned_anew(
    catalog: Catalog, folder: Path, spring: list[Path], engines: tasks.Engines
) -> None:
    catalog.perform(steps.create_class(catalog.model, 2, 1, "winter", "#000000"))
    catalog.perform(steps.add_exemplars(catalog.model, 2, [4, 5, 6], 0.0))
    fits = Fits()
    first = classify(catalog, ClassifyRequest.of(catalog, 1), fits)
    assert first is not None and not is_stale(catalog, 1, first)
    basis = ClassifyRequest.of(catalog, 1).basis(catalog)
    for i in range(3):
        shutil.copy2(spring[100 + i], folder / "summer" / f"{i}.jpg")
    look(catalog)
    cache = Thumbnails(catalog.thumbnails_path)
    tasks.describe_pending(catalog, cache, engines, Token())
    cache.close()
    assert is_stale(catalog, 1, first) and ClassifyRequest.of(catalog, 1).basis(catalog) != basis
    kept, anew = (classify(catalog, ClassifyRequest.of(catalog, 1), f) for f in (fits, Fits()))
    assert kept is not None and anew is not None
    np.testing.assert_allclose(kept.scored.confidence, anew.scored.confidence, atol=1e-6)
    assert not np.allclose(kept.scored.confidence, first.scored.confidence)
    catalog.perform(keeping.remove_images(catalog.model, [7], 1.0))
    assert is_stale(catalog, 1, kept)


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


def test_an_import_can_be_undone(catalog: Catalog, folder: Path) -> None:
    catalog.perform(keeping.add_images(catalog.model, Added([6, 7], [str(folder)]), 9.0))
    assert catalog.model.removals == {}
    catalog.undo()
    assert catalog.model.removals == {6: 9.0, 7: 9.0} and catalog.image_count() == 6
    assert places.folders(catalog) == {}, "or the next file in there would come in by itself"
    catalog.redo()
    assert catalog.image_count() == 8 and places.folders(catalog) == {str(folder): True}


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
