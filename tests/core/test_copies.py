"""Copies, the same shot in another color, products: pairs, groups, the best of each, what evaluations make of them."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from attrlens import cli
from attrlens.core import tasks
from attrlens.core.catalog import keeping
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.rows import ImageRow, NewImage
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.evaluate.sources import CatalogRequest, choose_from_catalog
from attrlens.core.files import scan
from attrlens.core.recipes import COLOR
from attrlens.core.retrieve import copies
from attrlens.core.retrieve.copies import SIDE, Pairs, best_of, by_product, find_pairs, groups, signature, signatures
from attrlens.core.sku import SkuRule
from attrlens.core.token import Token
from attrlens.errors import Cancelled

Array = np.ndarray[Any, Any]
Capture = pytest.CaptureFixture[str]


def pixels(pictures: list[Image.Image]) -> Array:
    return np.stack([signature(picture) for picture in pictures])


def recolored(picture: Image.Image) -> Image.Image:
    r, g, b = picture.split()
    return Image.merge("RGB", (b, r, g))


@pytest.fixture(scope="module")
def photos(spring: list[Path]) -> list[Image.Image]:
    return [Image.open(path).convert("RGB") for path in spring[:60]]


# Pairs


def test_copies_are_told_from_other_photos(photos: list[Image.Image]) -> None:
    changed = [
        photos[3].resize((photos[3].width // 2, photos[3].height // 2)),
        ImageOps.mirror(photos[7]),
        photos[11].point(lambda v: min(255, int(v * 1.05))),
    ]
    both = photos + changed
    found = find_pairs(np.arange(len(both)), pixels(both), Token())
    near = found.of("copies")
    pairs = set(zip(near.first.tolist(), near.second.tolist(), strict=True))
    sure = near.difference <= copies.USUAL["copies"]
    assert {(3, 60), (7, 61), (11, 62)} <= pairs
    assert set(zip(near.first[sure].tolist(), near.second[sure].tolist(), strict=True)) >= {(3, 60), (7, 61)}
    assert (np.diff(found.difference) >= 0).all() and (found.first < found.second).all()


def test_the_same_shot_in_another_color_is_no_copy() -> None:
    rng = np.random.default_rng(2)
    shape = np.kron(rng.integers(0, 2, (12, 12)), np.ones((20, 20), int))[..., None]
    first = Image.fromarray(np.where(shape, [200, 60, 60], [250, 250, 250]).astype(np.uint8))
    second = Image.fromarray(np.where(shape, [60, 60, 200], [250, 250, 250]).astype(np.uint8))
    found = find_pairs(np.arange(3), pixels([first, second, first.resize((100, 100))]), Token())
    assert groups(found.of("copies"), 0.003) == [[0, 2]]
    again = found.of("recolored")
    assert {(0, 1), (1, 2)} == set(zip(again.first.tolist(), again.second.tolist(), strict=True))


def test_pairs_are_those_that_comparing_all_gives(photos: list[Image.Image]) -> None:
    rng = np.random.default_rng(0)
    some = pixels(photos)
    noisy = np.clip(some.astype(int) + rng.integers(-25, 26, some.shape), 0, 255).astype(np.uint8)
    both = np.concatenate([some, noisy])
    found = find_pairs(np.arange(120) * 3, both, Token(), 0.2)
    gray = copies._gray(both)
    turned = copies._gray(both[:, :, ::-1])
    apart = 1 - np.maximum(gray @ gray.T, gray @ turned.T)
    wanted = {(3 * i, 3 * j) for i in range(120) for j in range(i + 1, 120) if apart[i, j] <= 0.2 - 1e-5}
    assert wanted <= set(zip(found.first.tolist(), found.second.tolist(), strict=True)) and len(wanted) > 60
    assert (found.difference <= 0.2).all()


def test_flat_pictures_and_few_of_them_have_no_copies() -> None:
    flat = pixels([Image.new("RGB", (50, 50), (v, v, v)) for v in (10, 10, 200)])
    assert not len(find_pairs(np.arange(3), flat, Token()).first)
    for n in (0, 1):
        assert not len(find_pairs(np.arange(n), np.zeros((n, SIDE, SIDE, 3), np.uint8), Token()).first)
    token = Token()
    token.cancel()
    with pytest.raises(Cancelled):
        find_pairs(np.arange(3), flat, token)


# Groups


def pairs_of(rows: list[tuple[int, int, float]]) -> Pairs:
    rows = sorted(rows, key=lambda row: row[2])
    a, b, d = (np.array(part) for part in zip(*rows, strict=True)) if rows else (np.zeros(0, int),) * 3
    return Pairs(a, b, d.astype(np.float32), np.zeros(len(a), np.float32))


def test_every_two_of_a_group_are_near() -> None:
    chain = pairs_of([(0, 1, 0.01), (1, 2, 0.011), (2, 3, 0.012), (5, 6, 0.001), (5, 7, 0.002), (6, 7, 0.002)])
    assert groups(chain, 0.02) == [[5, 6, 7], [0, 1], [2, 3]], "0 and 2 are not near"
    assert groups(chain, 0.0015) == [[5, 6]] and groups(chain, 0) == [] and groups(pairs_of([]), 1) == []


def test_many_copies_are_one_group() -> None:
    rng = np.random.default_rng(3)
    photo, other = rng.integers(0, 255, (2, SIDE, SIDE, 3)).astype(np.uint8)
    nearly = np.clip(photo.astype(int) + rng.integers(-2, 3, photo.shape), 0, 255).astype(np.uint8)
    many = np.stack([other, *[photo] * 700, nearly])
    found = find_pairs(np.arange(702), many, Token()).of("copies")
    assert groups(found, 0.003) == [list(range(1, 702))]
    kept = np.ones(702, bool)
    kept[1:5] = False
    assert groups(found.among(kept), 0.003) == [list(range(5, 702))]


def test_a_wider_limit_never_leaves_a_pair_out() -> None:
    rng = np.random.default_rng(1)
    x = rng.random((60, 2))
    rows = [(i, j, float(np.linalg.norm(x[i] - x[j]))) for i in range(60) for j in range(i + 1, 60)]
    for limit in (0.05, 0.1, 0.2):
        found = groups(pairs_of(rows), limit)
        inside = [slot for group in found for slot in group]
        assert len(inside) == len(set(inside))
        for group in found:
            assert all(np.linalg.norm(x[a] - x[b]) <= limit + 1e-6 for a in group for b in group)


def row(slot: int, side: int, size: int = 1, time_: int = 0, missing: int = 0) -> ImageRow:
    return ImageRow(slot, f"/x/{slot}.jpg", "/x", side, side, 1, "", "", size, time_, missing)


def test_the_best_of_a_group_by_each_rule() -> None:
    images = [row(0, 10, 900, 5), row(1, 30, 10, 1), row(2, 30, 80, 9), row(3, 90, 999, 99, missing=1)]
    group = [0, 1, 2, 3]
    assert best_of(group, images, {}, "pixels") == 2 and best_of(group, images, {}, "size") == 0
    assert best_of(group, images, {1: 1}, "labeled") == 1 and best_of(group, images, {}, "newest") == 2
    assert best_of([3], images, {}, "pixels") == 3 and best_of([1, 0], [row(0, 5), row(1, 5)], {}, "size") == 0


# A catalog


@pytest.fixture
def shop(tmp_path: Path, spring: list[Path]) -> Iterator[Catalog]:
    """Twelve photos, three of them also half as large, one of them broken."""
    folder = tmp_path / "shop"
    folder.mkdir()
    for path in spring[:12]:
        shutil.copy(path, folder / path.name)
    for i in range(3):
        with Image.open(spring[i]) as picture:
            picture.convert("RGB").resize((picture.width // 2, picture.height // 2)).save(folder / f"small-{i}.jpg")
    catalog = tasks.open_catalog(tmp_path / "shop.attrlens", create=True)
    tasks.add_images(catalog, scan([folder], Token()).images, Token())
    thumbnails = Thumbnails(catalog.thumbnails_path)
    tasks.describe_pending(catalog, thumbnails, tasks.Engines(), Token())
    thumbnails.close()
    yield catalog
    catalog.close()


def test_signatures_come_from_the_last_time_thumbnails_or_files(shop: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    slots, first, unread = signatures(shop, Token())
    assert slots.tolist() == list(range(15)) and unread == 0
    monkeypatch.setattr(copies, "signature", lambda picture: 1 / 0)
    np.testing.assert_array_equal(signatures(shop, Token())[1], first)
    monkeypatch.undo()
    cache = shop.path / "caches" / "search" / "signatures.npz"
    cache.write_bytes(b"damaged")
    np.testing.assert_array_equal(signatures(shop, Token())[1], first)
    cache.unlink()
    shop.thumbnails_path.unlink()
    Path(shop.images()[4].path).unlink()
    slots, again, unread = signatures(shop, Token(), keep_them=False)
    assert unread == 1 and 4 not in slots and not cache.exists()
    gray = copies._gray(np.concatenate([again[:4], first[:4]]))
    assert (np.diag(gray[:4] @ gray[4:].T) > 0.999).all()


def test_removed_images_have_no_copies(shop: Catalog) -> None:
    names = {Path(image.path).name: image.slot for image in shop.images()}
    found = groups(find_pairs(*signatures(shop, Token())[:2], Token()).of("copies"), 0.003)
    assert len(found) == 3 and all(names[f"small-{i}.jpg"] in [s for g in found for s in g] for i in range(3))
    shop.perform(keeping.remove_images(shop.model, [names["small-0.jpg"]], 1.0))
    assert len(groups(find_pairs(*signatures(shop, Token())[:2], Token()).of("copies"), 0.003)) == 2


def test_products_are_told_by_names(tmp_path: Path) -> None:
    catalog = tasks.open_catalog(tmp_path / "p.attrlens", create=True)
    names = ["77_front.jpg", "77_back.jpg", "77_2.jpg", "8_front.jpg", "9_a.jpg", "9_b.jpg"]
    catalog.add_images([NewImage(f"/p/{name}", "/p", 1, 1) for name in names])
    assert by_product(catalog) == [[0, 1, 2], [4, 5]]
    assert by_product(catalog, SkuRule("folder")) == [[0, 1, 2, 3, 4, 5]]
    catalog.close()


def test_products_that_a_person_names_can_be_undone_and_are_kept(tmp_path: Path) -> None:
    catalog = tasks.open_catalog(tmp_path / "p.attrlens", create=True)
    catalog.add_images([NewImage(f"/p/{i}.jpg", "/p", 1, 1) for i in range(9)])
    catalog.perform(keeping.keep_together(catalog.model, [[0, 1], [2, 3, 4]], 1.0))
    assert {slot: number for slot, (number, _) in catalog.model.products.items()} == {0: 1, 1: 1, 2: 2, 3: 2, 4: 2}
    assert not keeping.keep_together(catalog.model, [[1, 0], [5]], 2.0).changes, "nothing new"
    catalog.perform(keeping.keep_together(catalog.model, [[1, 7], [5, 6]], 3.0))
    assert len({catalog.model.products[slot][0] for slot in (0, 1, 7)}) == 1, "what was together stays together"
    assert catalog.model.products[2] == (2, 1.0), "others are left alone"
    catalog.perform(keeping.set_apart(catalog.model, [0, 8]))
    catalog.close()
    again = Catalog(tmp_path / "p.attrlens")
    products = again.model.products
    assert set(products) == {1, 7, 2, 3, 4, 5, 6} and products[1][0] == products[7][0] != products[5][0]
    for _ in range(3):
        again.undo()
    assert again.model.products == {}
    again.redo()
    assert len(again.model.products) == 5
    again.close()


def test_what_is_recognized_elsewhere_keeps_its_product(tmp_path: Path) -> None:
    catalog = tasks.open_catalog(tmp_path / "p.attrlens", create=True)
    catalog.add_images([NewImage(f"/p/{i}.jpg", "/p", 1, 1) for i in range(5)])
    catalog.perform(keeping.keep_together(catalog.model, [[0, 1]], 1.0))
    catalog.perform(keeping.take_over(catalog.model, [(0, 4)], 2.0))
    assert set(catalog.model.products) == {1, 4} and keeping.said_of(catalog.model) >= {1, 4}
    catalog.close()


def test_evaluations_never_part_a_product(described: Path, tmp_path: Path) -> None:
    shutil.copytree(described, tmp_path / "d.attrlens")
    catalog = Catalog(tmp_path / "d.attrlens")
    for place, class_id in enumerate([row.id for row in catalog.model.classes_of(1)][:2]):
        catalog.perform(steps.set_labels(catalog.model, class_id, range(20 * place, 20 * place + 20), 0.0))
    request = CatalogRequest.of(catalog, 1)
    before = choose_from_catalog(catalog, request)
    slots = before.indices[[0, 3, 9]].tolist()
    assert len(set(before.groups[[0, 3, 9]].tolist())) == 3
    catalog.perform(keeping.keep_together(catalog.model, [slots], 1.0))
    after = choose_from_catalog(catalog, request)
    at = [after.indices.tolist().index(slot) for slot in slots]
    assert len(set(after.groups[at].tolist())) == 1 and int(after.given.sum()) == 3
    catalog.close()


# The command line


def test_similar_by_command(described: Path, spring: list[Path], tmp_path: Path, capsys: Capture) -> None:
    assert cli.run(["similar", str(described), str(spring[8]), "--by", "color", "-k", "5", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["by"] == "Color" and len(found["results"]) == 5 and found["metric"] == "euclidean"
    assert str(spring[8]) not in [one["path"] for one in found["results"]], "the image itself is no find"
    assert [one["distance"] for one in found["results"]] == sorted(one["distance"] for one in found["results"])
    outside = tmp_path / "elsewhere.png"
    Image.open(spring[8]).convert("RGB").save(outside)
    assert cli.run(["similar", str(described), str(outside), "--by", "texture", "-k", "3"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.split("  ", 1)[1] == str(spring[8]), "a copy of an image finds it first"
    more = ["--unlike", str(spring[9]), "--region", "0.3,0.3,0.7,0.7", "--metric", "classes", "--other-products"]
    assert cli.run(["similar", str(described), str(spring[8]), "--by", "Texture", *more]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 36


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "shape"], "has no attribute shape"), (["-k", "0"], "cannot be looked for"),
        (["--region", "a,b"], "is no region"), (["--region", "0,0,0,0"], "too small"),
        (["--region", "0.3,0.2,0.7,1.6"], "is no region"),
    ],
)  # fmt: skip
def test_similar_says_what_is_wrong(
    described: Path, spring: list[Path], arguments: list[str], said: str, capsys: Capture
) -> None:
    assert cli.run(["similar", str(described), str(spring[0]), *arguments]) == 1
    assert said in capsys.readouterr().err


def test_similar_to_a_file_that_is_no_image(described: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "text.jpg").write_text("hello")
    for name in ("text.jpg", "none.jpg"):
        assert cli.run(["similar", str(described), str(tmp_path / name)]) == 1
        assert name in capsys.readouterr().err


def test_duplicates_by_command(shop: Catalog, capsys: Capture) -> None:
    path = str(shop.path)
    shop.close()
    assert cli.run(["duplicates", path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["groups"]) == 3 and found["unread"] == 0
    assert all("small" not in group[0]["path"] and "small" in group[1]["path"] for group in found["groups"])
    assert cli.run(["duplicates", path]) == 0
    assert "3 groups, 3 images beside those to keep" in capsys.readouterr().out
    assert cli.run(["duplicates", path, "--limit", "1"]) == 1
    assert "is not 0 to" in capsys.readouterr().err
    assert cli.run(["duplicates", path, "--kind", "product"]) == 0


# Killed while descriptors are appended

APPEND = """
import pathlib, random, sys
import numpy as np
from attrlens.core.catalog.rows import Read
from attrlens.core.catalog.store import Catalog
from attrlens.core.recipes import COLOR
catalog = Catalog(pathlib.Path(sys.argv[1]))
rng = random.Random(int(sys.argv[2]))
waiting = [image.slot for image in catalog.pending([COLOR])]
print(len(waiting), flush=True)
while waiting:
    size = rng.choice((8, 200, 10_000))
    some, waiting = np.array(waiting[:size]), waiting[size:]
    rows = ((some[:, None] * 31 + np.arange(COLOR.width)) % 997 / 997).astype(np.float16)
    catalog.append([Read(int(s), f"h{s}", 1, 1, 1, "", "") for s in some], some, {COLOR.key: rows})
catalog.close()
"""


def killed_at_random(folder: Path, times: int) -> tuple[int, int]:
    """Append 10,000 descriptors, killed again and again: how often in between, and rows that were checked."""
    rng, inside, checked, path = random.Random(4), 0, 0, folder / "0.attrlens"
    longest = 0.4
    for i in range(times):
        if not path.exists() or not Catalog(path, read_only=True).pending([COLOR]):
            path = folder / f"{i}.attrlens"
            catalog = tasks.open_catalog(path, create=True)
            catalog.add_images([NewImage(f"/x/{slot}.jpg", "/x", 1, 1) for slot in range(10_000)])
            catalog.close()
        child = subprocess.Popen([sys.executable, "-c", APPEND, str(path), str(i)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        began = time.monotonic()
        time.sleep(rng.uniform(0, longest))
        child.kill()
        inside += child.wait() == -signal.SIGKILL
        child.stdout.close()
        longest = 0.9 * longest if child.returncode == 0 else min(2.0, 1.05 * max(longest, time.monotonic() - began))
        catalog = Catalog(path)
        slots = catalog.described(COLOR.key)
        rows = catalog.descriptors(COLOR.key)
        wanted = ((slots[:, None] * 31 + np.arange(COLOR.width)) % 997 / 997).astype(np.float16)
        np.testing.assert_array_equal(rows[slots], wanted)
        assert len(slots) + len(catalog.pending([COLOR])) == 10_000
        checked += len(slots)
        catalog.close()
    return inside, checked


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is for POSIX")
def test_killed_at_random_moments_of_an_append_every_row_that_counts_is_right(tmp_path: Path) -> None:
    killed_at_random(tmp_path, 5)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is for POSIX")
def test_killed_fifty_times_at_random_moments_of_an_append(tmp_path: Path) -> None:
    inside, checked = killed_at_random(tmp_path, 50)
    assert inside >= 25 and checked > 50_000
