"""From folders to descriptors to classes, with the real network."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from attrlens.core import decisions, tasks
from attrlens.core.catalog import model as steps
from attrlens.core.catalog import places
from attrlens.core.catalog.rows import ERROR, READY
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.demo.garments import FOLDERS, read_truth
from attrlens.core.descriptors import describe
from attrlens.core.engine import Engine
from attrlens.core.files import natural_key, scan
from attrlens.core.images import decode, fit
from attrlens.core.recipes import COLOR, RESNET_COLOR, TEXTURE
from attrlens.core.token import Token
from attrlens.errors import Cancelled
from tests import corpus


def imported(path: Path, *folders: Path) -> tuple[Catalog, Thumbnails]:
    catalog = tasks.open_catalog(path, create=True)
    tasks.add_images(catalog, scan(folders, Token()).images, Token())
    return catalog, Thumbnails(catalog.thumbnails_path)


def close(catalog: Catalog, thumbnails: Thumbnails) -> None:
    thumbnails.close()
    catalog.close()


def test_bad_files_are_listed_and_the_rest_is_described(tmp_path: Path, engines: tasks.Engines) -> None:
    cases = {case.name: case for case in corpus.write(tmp_path / "mixed")}
    catalog, thumbnails = imported(tmp_path / "c", tmp_path / "mixed")
    tasks.describe_pending(catalog, thumbnails, engines, Token())
    images = catalog.images()
    assert len(images) == len(cases)
    described = set(catalog.described(TEXTURE.key).tolist())
    for image in images:
        case = cases[Path(image.path).name]
        if case.error is None:
            assert image.state == READY and image.slot in described, image
        else:
            assert image.state == ERROR and case.error in image.message + image.hint and image.hint, image
            assert image.slot not in described
    assert np.isfinite(catalog.descriptors(TEXTURE.key)[sorted(described)].astype(float)).all()
    assert catalog.pending() == [], "what cannot be read is not tried again and again"
    assert places.retry(catalog, range(len(images))) == sum(case.error is not None for case in cases.values())
    close(catalog, thumbnails)


def test_cancel_stops_within_a_second_and_a_restart_goes_on(tmp_path: Path, demo: Path, engines: tasks.Engines) -> None:
    catalog, thumbnails = imported(tmp_path / "c", demo / FOLDERS[0])
    total = catalog.image_count()
    cancelled_at = 0.0
    token = Token()

    def on_batch(_: object) -> None:
        nonlocal cancelled_at
        cancelled_at = time.monotonic()
        token.cancel()

    with pytest.raises(Cancelled):
        tasks.describe_pending(catalog, thumbnails, engines, token, on_batch)
    assert time.monotonic() - cancelled_at < 1
    done = len(catalog.described(COLOR.key))
    assert 0 < done < total
    close(catalog, thumbnails)
    catalog = tasks.open_catalog(tmp_path / "c")
    thumbnails = Thumbnails(catalog.thumbnails_path)
    seen: list[int] = []
    tasks.describe_pending(catalog, thumbnails, engines, Token(), lambda reads: seen.extend(r.slot for r in reads))
    assert len(seen) == total - done
    assert len(catalog.described(TEXTURE.key)) == total
    assert len(thumbnails.get(list(range(total)))) == total
    close(catalog, thumbnails)


def test_progress_counts_to_the_end(spring: list[Path], engine: Engine) -> None:
    seen: list[tuple[int, int]] = []
    items = list(enumerate(spring[:20]))
    batches = list(describe(items, engine, Token(lambda done, total, text: seen.append((done, total)))))
    assert seen[-1] == (20, 20) and [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert np.concatenate([batch.slots for batch in batches]).tolist() == list(range(20))


def test_a_descriptor_does_not_depend_on_its_batch(spring: list[Path], engine: Engine) -> None:
    (alone,) = list(describe([(0, spring[3])], engine, Token()))
    together = next(iter(describe(list(enumerate(spring[:8])), engine, Token())))
    for key, rows in alone.descriptors.items():
        assert np.abs(rows[0] - together.descriptors[key][3]).max() < 1e-5


def test_draft_decoding_leaves_descriptors_within_tolerance(spring: list[Path], engine: Engine, tmp_path: Path) -> None:
    """The tolerance of ARCHITECTURE.md: cosine over .999 between a JPEG decoded small and decoded whole."""
    from PIL import Image

    pairs = []
    for path in spring[:4]:
        large = tmp_path / path.name
        with Image.open(path) as image:
            image.resize((1800, 2400), Image.Resampling.LANCZOS).save(large, quality=92)
        pairs += [fit(decode(large, side).pixels, 320, "letterbox", weighted=True) for side in (320, None)]
    found = engine.describe({engine.inputs[0]: np.stack(pairs)})
    for key in (COLOR.key, TEXTURE.key):
        small, whole = found[key][::2], found[key][1::2]
        cosine = (small * whole).sum(1) / np.linalg.norm(small, axis=1) / np.linalg.norm(whole, axis=1)
        assert (cosine > 0.999).all(), cosine


def test_classes_of_the_demo_are_found_again(tmp_path: Path, demo: Path, engines: tasks.Engines) -> None:
    truth = read_truth(demo)
    catalog, thumbnails = imported(tmp_path / "c", demo)
    tasks.describe_pending(catalog, thumbnails, engines, Token())
    catalog.perform(tasks.demo_classes(catalog.model, catalog.images(), truth, 8))
    names = {image.slot: Path(image.path).name for image in catalog.images()}
    for attribute in catalog.model.sorted_attributes():
        suggestions = decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, attribute.id))
        assert suggestions is not None and suggestions.decision.method == "discriminant"
        assert suggestions.decision.weights == catalog.weights_hash(attribute.recipe) != ""
        exemplars = catalog.model.exemplars_of(attribute.id)
        assert set(exemplars.values()) == {c.id for c in catalog.model.classes_of(attribute.id)}
        right = [
            catalog.model.classes[best].name == truth[names[slot]][attribute.name]
            for slot, best in zip(suggestions.slots.tolist(), suggestions.scored.best.tolist(), strict=True)
            if slot not in exemplars
        ]
        assert len(right) > 100 and np.mean(right) > 0.85, (attribute.name, np.mean(right))
        again = catalog.suggestions(attribute.id)
        assert again is not None and again.decision == suggestions.decision
        assert np.array_equal(again.scored.confidence, suggestions.scored.confidence)
    close(catalog, thumbnails)


def test_a_class_works_from_its_first_exemplar_and_is_gone_with_its_last(
    tmp_path: Path, spring: list[Path], engines: tasks.Engines
) -> None:
    catalog, thumbnails = imported(tmp_path / "c", *spring[:12])
    tasks.describe_pending(catalog, thumbnails, engines, Token())
    color = catalog.model.sorted_attributes()[0].id
    assert decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, color)) is None
    catalog.perform(steps.create_class(catalog.model, 1, color, "black", "#000000"))
    catalog.perform(steps.add_exemplars(catalog.model, 1, [0], 0.0))
    found = decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, color))
    assert found is not None and found.scored.best[0] == 1 and len(found.slots) == 12
    catalog.undo()
    assert decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, color)) is None
    assert catalog.suggestions(color) is None
    close(catalog, thumbnails)


def test_a_third_attribute_describes_only_what_it_needs(
    tmp_path: Path, spring: list[Path], engines: tasks.Engines
) -> None:
    catalog, thumbnails = imported(tmp_path / "c", *spring[:6])
    tasks.describe_pending(catalog, thumbnails, engines, Token())
    catalog.perform(steps.create_attribute(catalog.model, 3, "Neckline", TEXTURE.key))
    assert catalog.pending() == [], "the recipe is known already"
    close(catalog, thumbnails)


# Scanning


def test_scan_finds_images_in_natural_order_and_counts_the_rest(tmp_path: Path) -> None:
    for name in ("b/img10.jpg", "b/img2.JPG", "a.png", "notes.txt", ".hidden.jpg", ".git/x.jpg", "b/Thumbs.db"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "old.attrlens").mkdir()
    (tmp_path / "old.attrlens" / "catalog.sqlite").write_bytes(b"x")
    (tmp_path / "old.attrlens" / "picture.jpg").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = scan([tmp_path, tmp_path / "missing"], Token())
    assert [Path(i.path).relative_to(tmp_path).as_posix() for i in found.images] == [
        "a.png",
        "b/img2.JPG",
        "b/img10.jpg",
    ]
    assert found.other_files == 2
    assert "missing" in str(found.problems[0])


def test_natural_key() -> None:
    assert sorted(["a10", "a9", "A1", "b", "10", "9"], key=natural_key) == ["9", "10", "A1", "a9", "a10", "b"]


# Folder labels


def test_exemplars_are_taken_in_whole_groups_and_always_the_same() -> None:
    paths = {i: f"/d/red/{i:03d}.jpg" for i in range(60)}
    groups = {f"red/{i:03d}.jpg": str(i // 7) for i in range(60)}
    chosen = tasks.choose_exemplars(paths, 30, groups)
    assert 25 <= len(chosen) <= 33
    for group in {groups[f"red/{i:03d}.jpg"] for i in chosen}:
        members = {i for i in range(60) if groups[f"red/{i:03d}.jpg"] == group}
        assert members <= set(chosen)
    elsewhere = {i + 500: path.replace("/d/", "/elsewhere/") for i, path in paths.items()}
    assert [i - 500 for i in tasks.choose_exemplars(elsewhere, 30, groups)] == chosen
    assert tasks.choose_exemplars(paths, 0, groups) == []


def test_the_group_is_found_by_the_end_of_the_path() -> None:
    groups = {"color/red/a.jpg": "7"}
    assert tasks.group_of("/x/y/color/red/a.jpg", groups) == "group 7"
    assert tasks.group_of("/x/y/color/blue/a.jpg", groups) == "/x/y/color/blue/a.jpg"


def test_odd_names_and_files_do_not_stop_a_scan(tmp_path: Path) -> None:
    for name in ("①.jpg", "a1²3.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"x")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        (tmp_path / "self").symlink_to(tmp_path / "self")
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.jpg")).write_bytes(b"x")
    found = scan([tmp_path], Token())
    assert {Path(image.path).name for image in found.images} == {"①.jpg", "a1²3.jpg", "b.jpg"}
    assert all(problem.hint for problem in found.problems)


def test_missing_weights_of_one_attribute_do_not_stop_the_others(
    tmp_path: Path, spring: list[Path], lite0: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    catalog, thumbnails = imported(tmp_path / "c", *spring[:3])
    catalog.register_recipe(RESNET_COLOR, "")
    catalog.perform(steps.create_attribute(catalog.model, 3, "Mood", RESNET_COLOR.key))
    notices = tasks.describe_pending(catalog, thumbnails, tasks.Engines(), Token())
    assert len(catalog.described(TEXTURE.key)) == 3 and len(catalog.described(RESNET_COLOR.key)) == 0
    assert len(notices) == 1 and "ResNet50 are not on this machine" in str(notices[0])
    close(catalog, thumbnails)


def test_a_folder_s_name_never_overwrites_a_person_s_label(tmp_path: Path, spring: list[Path]) -> None:
    for i, path in enumerate(spring[:6]):
        target = tmp_path / "d" / ("red" if i < 3 else "blue") / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
    catalog, thumbnails = imported(tmp_path / "c", tmp_path / "d")
    action, made = tasks.folder_classes(catalog.model, 1, catalog.images(), 2, {})
    catalog.perform(action)
    assert made == {"blue": (3, 2), "red": (3, 2)}
    red = catalog.model.class_named(1, "red")
    assert red is not None
    wrong = next(i.slot for i in catalog.images() if "/blue/" in i.path)
    catalog.perform(steps.set_labels(catalog.model, red.id, [wrong], 1.0))
    catalog.perform(tasks.folder_classes(catalog.model, 1, catalog.images(), 3, {})[0])
    label = catalog.model.label(1, wrong)
    assert label is not None and (label.class_id, label.made_by) == (red.id, "person")
    close(catalog, thumbnails)


def test_suggestions_left_behind_by_a_process_that_ended_are_noticed(
    tmp_path: Path, spring: list[Path], engines: tasks.Engines
) -> None:
    catalog, thumbnails = imported(tmp_path / "c", *spring[:6])
    tasks.describe_pending(catalog, thumbnails, engines, Token())
    assert not decisions.is_stale(catalog, 1, None)
    catalog.perform(steps.create_class(catalog.model, 1, 1, "red", "#ff0000"))
    catalog.perform(steps.add_exemplars(catalog.model, 1, [0], 0.0))
    assert decisions.is_stale(catalog, 1, None)
    found = decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, 1))
    assert not decisions.is_stale(catalog, 1, found) and not decisions.is_stale(catalog, 1, catalog.suggestions(1))
    catalog.perform(steps.add_exemplars(catalog.model, 1, [1], 0.0))
    assert decisions.is_stale(catalog, 1, catalog.suggestions(1))
    close(catalog, thumbnails)
