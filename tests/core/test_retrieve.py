"""Images like others: the search is exact, whatever way it takes; spaces, examples, regions, a catalog."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from attrlens.core import tasks
from attrlens.core.catalog.rows import NewImage, Read
from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.background import Background
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import transform
from attrlens.core.classify.fit import fit_exemplars
from attrlens.core.classify.methods import Method
from attrlens.core.decisions import ClassifyRequest
from attrlens.core.demo.garments import read_truth
from attrlens.core.engine import Input
from attrlens.core.recipes import COLOR, TEXTURE
from attrlens.core.retrieve import axes as axes_module
from attrlens.core.retrieve import outside, room, search
from attrlens.core.retrieve.axes import Axes, AxesCache, find_axes
from attrlens.core.retrieve.classes import class_space
from attrlens.core.retrieve.outside import WHOLE, Picture, check_box, describe_pictures
from attrlens.core.retrieve.query import AWAY, Examples, Request, Searcher, aim
from attrlens.core.retrieve.search import Part, nearest, pieces, squared
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled, ImageError, WeightsError

Array = np.ndarray[Any, Any]


def some_rows(n: int, d: int, seed: int = 0, noise: float = 0.3) -> Array:
    """Rows as descriptors are: a few strong directions, a weak rest, clusters."""
    rng = np.random.default_rng(seed)
    centers = rng.standard_normal((60, 8)) @ rng.standard_normal((8, d))
    return (centers[rng.integers(0, 60, n)] + noise * rng.standard_normal((n, d))).astype(np.float16)


def brute(parts: list[Part], slots: Array, k: int) -> list[int]:
    total = np.zeros(len(slots))
    for part in parts:
        x = np.asarray(part.rows, np.float64)[slots]
        q = np.asarray(part.query, np.float64)
        if part.cosine:
            x, q = x / np.linalg.norm(x, axis=1, keepdims=True), q / np.linalg.norm(q)
        total += part.weight * ((x - q) ** 2).sum(1)
    return [int(slots[i]) for i in np.lexsort((slots, np.round(total, 5)))[:k]]


def along(rows: Array, count: int = 6) -> Axes:
    center, axes = find_axes(rows[::3], count)
    bare = Axes(center, axes, np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    reduced = bare.project(rows)
    return Axes(center, axes, reduced, np.einsum("ij,ij->i", reduced, reduced))


# Search


@pytest.mark.parametrize(("n", "d", "k"), [(1, 5, 3), (40, 3, 7), (700, 33, 36), (9000, 20, 36), (70_000, 9, 50)])
@pytest.mark.parametrize("cosine", [False, True])
def test_nearest_is_what_comparing_all_gives(n: int, d: int, k: int, cosine: bool) -> None:
    rows, rng = some_rows(n, d), np.random.default_rng(1)
    for slots in (np.arange(n), np.flatnonzero(rng.random(n) < 0.5), np.arange(n)[n // 3 :], np.arange(0, n, 7)):
        if not len(slots):
            continue
        part = Part(rows, rows[rng.integers(n)].astype(np.float32) + np.float32(0.01), cosine=cosine)
        found, plain = nearest([part], slots, k), nearest([part], slots, k, plain=True)
        assert found.slots.tolist() == plain.slots.tolist() and len(found.slots) == min(k, len(slots))
        np.testing.assert_array_equal(found.distances, plain.distances)
        assert (np.diff(found.distances) >= 0).all()
        exact = np.sqrt(squared([part], np.sort(brute([part], slots, k))))
        np.testing.assert_allclose(np.sort(exact), found.distances, atol=2e-3)


def test_an_image_finds_itself_first_at_distance_zero_and_equal_ones_by_slot() -> None:
    rows = some_rows(500, 16)
    rows[[40, 300, 77]] = rows[9]
    found = nearest([Part(rows, rows[77].astype(np.float32))], np.arange(500), 6)
    assert found.slots[:4].tolist() == [9, 40, 77, 300] and found.distances[:4].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("cosine", [False, True])
def test_near_copies_are_told_apart_in_spite_of_rounding(cosine: bool) -> None:
    rng = np.random.default_rng(7)
    rows = np.abs(some_rows(6000, 300, 4))
    base = rows[0].copy()
    steps = rng.random((3000, 300)) < 0.2
    rows[:3000] = np.where(steps, np.nextafter(base, np.float16(np.inf)), base)
    rows[17] = base
    for query in (base.astype(np.float32), rows[:5].astype(np.float32).mean(0)):
        part = Part(rows, query, cosine=cosine)
        found, plain = nearest([part], np.arange(6000), 36), nearest([part], np.arange(6000), 36, plain=True)
        assert found.slots.tolist() == plain.slots.tolist()
    assert nearest([Part(rows, base.astype(np.float32), cosine=cosine)], np.arange(6000), 1).distances[0] < 1e-3


def test_several_spaces_are_weighted() -> None:
    a, b = some_rows(800, 12, 1), some_rows(800, 30, 2)
    for weight in (0.0, 0.2, 1.0):
        parts = [Part(a, a[5].astype(np.float32), 1 - weight), Part(b, b[5].astype(np.float32), weight)]
        assert nearest(parts, np.arange(800), 20).slots.tolist() == brute(parts, np.arange(800), 20)
    only = nearest([Part(a, a[5].astype(np.float32), 1.0), Part(b, b[5].astype(np.float32), 0.0)], np.arange(800), 20)
    assert only.slots.tolist() == nearest([Part(a, a[5].astype(np.float32))], np.arange(800), 20).slots.tolist()


def test_nothing_is_found_among_nothing() -> None:
    rows = some_rows(10, 4)
    part = Part(rows, rows[0].astype(np.float32))
    assert not len(nearest([part], np.zeros(0, int), 5).slots)
    assert not len(nearest([], np.arange(10), 5).slots) and not len(nearest([part], np.arange(10), 0).slots)


def test_long_runs_of_slots_are_searched_where_they_lie() -> None:
    slots = np.concatenate([np.arange(10), np.arange(100, 2000), np.arange(3000, 9000, 2), np.arange(20_000, 20_600)])
    parts = pieces(slots)
    assert [len(part) for part in parts] == [1900, 600, 10 + 3000]
    assert sorted(np.concatenate(parts).tolist()) == slots.tolist()
    assert len(pieces(np.arange(5, 99))) == 1


def test_a_search_is_cancelled_and_says_how_far_it_is() -> None:
    rows = some_rows(200_000, 4)
    seen: list[tuple[int, int, str]] = []
    token = Token(lambda done, total, text: seen.append((done, total, text)))
    nearest([Part(rows, rows[0].astype(np.float32))], np.arange(len(rows)), 5, token)
    assert seen[-1][1] == 200_000 and seen[-1][0] > 0
    token.cancel()
    with pytest.raises(Cancelled):
        nearest([Part(rows, rows[0].astype(np.float32))], np.arange(len(rows)), 5, token)


def test_without_usearch_numpy_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = some_rows(3000, 24)
    part = Part(rows, rows[17].astype(np.float32))
    before = nearest([part], np.arange(3000), 36)
    monkeypatch.setitem(__import__("sys").modules, "usearch.index", None)
    after = nearest([part], np.arange(3000), 36)
    assert after.slots.tolist() == before.slots.tolist()


# Principal axes


@pytest.mark.parametrize("n", [2, 30, 900, 80_000])
def test_by_the_axes_the_answer_is_the_same(n: int) -> None:
    rows, rng = some_rows(n, 24), np.random.default_rng(3)
    axes = along(rows)
    for slots in (np.arange(n), np.flatnonzero(rng.random(n) < 0.4), np.arange(n)[n // 2 :], np.arange(0, n, 9)):
        for shift in (0.0, 0.2):
            query = rows[rng.integers(n)].astype(np.float32) + np.float32(shift)
            with_axes = nearest([Part(rows, query, axes=axes)], slots, 36)
            assert with_axes.slots.tolist() == nearest([Part(rows, query)], slots, 36, plain=True).slots.tolist()


def test_bounds_are_below_the_distances() -> None:
    rows = some_rows(4000, 40)
    axes, query = along(rows, 10), rows[7].astype(np.float32)
    for slots in (np.arange(4000), np.arange(0, 4000, 3), np.array([5, 17, 3999])):
        real = squared([Part(rows, query)], slots)
        bound = axes.bounds(query, slots)
        assert (bound <= real + 1e-6).all() and np.corrcoef(bound, real)[0, 1] > 0.9


def test_most_rows_are_never_read() -> None:
    rows = some_rows(80_000, 32, noise=0.05)
    found = nearest([Part(rows, rows[3].astype(np.float32), axes=along(rows, 10))], np.arange(80_000), 10)
    assert found.looked_at < 8000


def test_rows_that_the_axes_say_nothing_of_are_all_read() -> None:
    rng = np.random.default_rng(0)
    rows = rng.standard_normal((70_000, 200)).astype(np.float16)  # every direction as strong as any other
    part = Part(rows, rows[3].astype(np.float32), axes=along(rows, 4))
    found = nearest([part], np.arange(70_000), 10)
    assert found.looked_at == 70_000
    assert found.slots.tolist() == nearest([part], np.arange(70_000), 10, plain=True).slots.tolist()


def test_rows_that_came_after_the_axes_are_found() -> None:
    rows = some_rows(1000, 16)
    axes = along(rows[:600])
    part = Part(rows, rows[900].astype(np.float32), axes=axes)
    assert nearest([part], np.arange(1000), 20).slots.tolist() == brute([part], np.arange(1000), 20)


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog]:
    """A catalog of made-up descriptors, with a hole, that counts as large."""
    monkeypatch.setattr(axes_module, "WORTH", 100)
    catalog = tasks.open_catalog(tmp_path / "large.attrlens", create=True)
    catalog.add_images([NewImage(f"/x/{i}.jpg", "/x", 1, 1) for i in range(1200)])
    slots = np.delete(np.arange(1000), [3, 500, 501])
    append(catalog, slots)
    yield catalog
    catalog.close()


def append(catalog: Catalog, slots: Array, seed: int = 0) -> None:
    rows = some_rows(1200, COLOR.width, seed)
    catalog.append([Read(int(s), f"{s}", 1, 1, 1, "", "") for s in slots], slots, {COLOR.key: rows[slots]})


def test_the_axes_of_a_catalog_are_kept_extended_and_made_anew(large: Catalog) -> None:
    cache = AxesCache(large, COLOR.key)
    assert cache.load() is None and cache.is_worth()
    made = cache.build(Token())
    assert made is not None and not cache.is_worth()
    assert np.isfinite(made.lengths[4]) and np.isnan(made.lengths[3]) and len(made.lengths) == 1000
    append(large, np.array([3, *range(1000, 1150)]))
    assert cache.is_worth()
    more = cache.build(Token())
    assert more is not None and np.isfinite(more.lengths[3]) and len(more.lengths) == 1150
    np.testing.assert_array_equal(more.axes, made.axes)  # nothing is done twice
    described = large.described(COLOR.key)
    part = Part(large.descriptors(COLOR.key), np.asarray(large.descriptors(COLOR.key)[1100], np.float32), axes=more)
    assert nearest([part], described, 30).slots.tolist() == nearest([part], described, 30, plain=True).slots.tolist()
    with large.transaction() as db:  # as when an image's file was edited
        db.execute("UPDATE recipe SET dropped = dropped + 1")
    assert cache.load() is None
    assert cache.build(Token()) is not None
    assert len(list((large.path / "caches" / "search").iterdir())) == 2, "what is of no use any more is deleted"


def test_a_damaged_cache_and_a_disk_without_room_cost_only_time(
    large: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = AxesCache(large, COLOR.key)
    cache.build(Token())
    head = next((large.path / "caches" / "search").glob("*.npz"))
    head.write_bytes(b"no zip file")
    assert cache.load() is None and cache.build(Token()) is not None
    body = next((large.path / "caches" / "search").glob("*.f32"))
    body.write_bytes(b"short")
    assert cache.load() is None

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.savez", full)
    assert cache.build(Token()) is None


# The space of the classes


def fitted(n: int = 240, classes: int = 4, d: int = 60) -> tuple[Exemplars, Array, Array]:
    rng = np.random.default_rng(5)
    y = rng.integers(0, classes, n)
    rows = (np.abs(rng.standard_normal((classes, d)))[y] + 2 * np.abs(rng.standard_normal((n, d)))).astype(np.float16)
    return Exemplars.of(Background.of(rows), np.arange(n), rows, y + 1), rows, y


def test_distances_of_class_means_are_those_of_the_discriminant() -> None:
    exemplars, rows, y = fitted()
    classifier = fit_exemplars(exemplars)
    space = class_space(exemplars, classifier)
    assert space is not None and space.columns.shape[1] == 3, "one less than there are classes"
    means = np.stack([transform(rows)[y == c].mean(0) for c in range(4)])
    z = means @ space.columns
    w = classifier.columns.astype(np.float64)
    for a, b in ((0, 1), (1, 3), (2, 3)):
        mahalanobis = (means[a] - means[b]) @ (w[:, a] - w[:, b])  # the inverse covariance is in the weights
        assert np.sum((z[a] - z[b]) ** 2) == pytest.approx(mahalanobis, rel=1e-3)


def test_in_it_images_of_a_class_are_together() -> None:
    exemplars, rows, y = fitted()
    space = class_space(exemplars, fit_exemplars(exemplars))
    assert space is not None
    z = space.project(rows)
    np.testing.assert_allclose(np.linalg.norm(z, axis=1), 1, rtol=1e-5)

    def pure(x: Array) -> float:
        near = np.argsort(((x[:, None] - x[None]) ** 2).sum(2), axis=1)[:, 1:6]
        return float((y[near] == y[:, None]).mean())

    assert pure(z) > pure(transform(rows)) + 0.02


def test_other_methods_and_a_class_alone_have_no_space() -> None:
    exemplars, rows, _ = fitted()
    assert class_space(exemplars, fit_exemplars(exemplars, Method("knn", "cosine", 4))) is None
    alone = Exemplars.of(Background.of(rows), np.arange(5), rows[:5], np.ones(5, int))
    assert class_space(alone, fit_exemplars(alone)) is None


# Examples and what is outside


def test_unlike_examples_push_the_query_away() -> None:
    liked, unliked = np.array([[1.0, 0.0], [3.0, 0.0]]), np.array([[2.0, 4.0]])
    np.testing.assert_allclose(aim(liked, None), [2, 0])
    np.testing.assert_allclose(aim(liked, unliked), [2, -4 * AWAY])
    np.testing.assert_allclose(aim(liked, np.zeros((0, 2))), [2, 0])


def test_a_picture_from_outside_is_described_as_an_image_of_the_catalog(
    described: Path, engines: tasks.Engines, spring: list[Path]
) -> None:
    catalog = Catalog(described, read_only=True)
    slot = 11
    path = Path(catalog.images()[slot].path)
    found = describe_pictures(
        [Picture(path), Picture(None, Image.open(path).convert("RGB"))], [COLOR, TEXTURE], engines, Token()
    )
    for key in (COLOR.key, TEXTURE.key):
        kept = np.asarray(catalog.descriptors(key)[slot], np.float32)
        for row in found[key]:
            assert row @ kept / np.linalg.norm(row) / np.linalg.norm(kept) > 0.9999
    catalog.close()


def test_a_region_is_all_that_counts(tmp_path: Path, engines: tasks.Engines) -> None:
    half = Image.new("RGB", (300, 400), (200, 30, 30))
    half.paste((20, 40, 200), (0, 200, 300, 400))
    half.save(tmp_path / "half.png")
    for name, color in (("red", (200, 30, 30)), ("blue", (20, 40, 200))):
        Image.new("RGB", (300, 400), color).save(tmp_path / f"{name}.png")
    boxes = [(0.2, 0.1, 0.8, 0.4), (0.2, 0.6, 0.8, 0.9)]
    pictures = [Picture(tmp_path / "half.png", box=box) for box in boxes]
    pictures += [Picture(tmp_path / "red.png", box=boxes[0]), Picture(tmp_path / "blue.png", box=boxes[0])]
    rows = describe_pictures(pictures, [COLOR], engines, Token())[COLOR.key]
    distance = np.linalg.norm(rows[:2, None] - rows[None, 2:], axis=2)
    assert distance[0, 0] < 0.3 * distance[0, 1] and distance[1, 1] < 0.3 * distance[1, 0]


def test_regions_are_within_the_picture() -> None:
    assert check_box([-1, 0.2, 0.5, 7]) == (0, 0.2, 0.5, 1)
    for box in ([0.5, 0.5, 0.5, 0.9], [0.9, 0.1, 0.2, 0.9], [0, 0, 0.001, 1], [float("nan"), 0, 1, 1]):
        with pytest.raises(AttrLensError, match="too small"):
            check_box(box)


def test_pictures_that_cannot_be_read_say_so(tmp_path: Path, engines: tasks.Engines) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "words.jpg").write_text("not a picture at all")
    Image.new("RGB", (90, 90)).save(tmp_path / "whole.png")
    (tmp_path / "half.png").write_bytes((tmp_path / "whole.png").read_bytes()[:60])
    for name, words in (
        ("words.jpg", "damaged or in a format"), ("half.png", "half.png"), ("empty.jpg", "is empty"),
        ("gone.jpg", "gone.jpg"),
    ):  # fmt: skip
        with pytest.raises(ImageError, match=words):
            describe_pictures([Picture(tmp_path / name)], [COLOR], engines, Token())
    with pytest.raises(ImageError, match="more than the limit"):
        describe_pictures([Picture(tmp_path / "whole.png")], [COLOR], engines, Token(), 100)


def test_other_weights_than_the_catalogs_are_refused(tmp_path: Path, engines: tasks.Engines) -> None:
    picture = Picture(None, Image.new("RGB", (90, 90)))
    for made_with in ({}, {COLOR.key: ""}, {COLOR.key: engines.makeable([COLOR])[0][COLOR]}):
        assert describe_pictures([picture], [COLOR], engines, Token(), made_with=made_with)
    with pytest.raises(WeightsError, match="another weights file"):
        describe_pictures([picture], [COLOR], engines, Token(), made_with={COLOR.key: "something else"})


def test_a_thin_pictures_region_is_of_the_picture() -> None:
    thin = Image.new("RGB", (3000, 60), (200, 30, 30))
    for box in ((0.0, 0.97, 1.0, 1.0), (0.0, 0.0, 1.0, 0.03), (0.97, 0.0, 1.0, 1.0)):
        fitted = outside._fitted(thin, Input.of(COLOR), box)
        counts = fitted[..., 3] > 0
        assert counts.any() and (fitted[counts][:, 0] < 210).all(), "nothing of the mat counts"


# A catalog


@pytest.fixture
def garments(described: Path, tmp_path: Path) -> Iterator[Catalog]:
    shutil.copytree(described, tmp_path / "g.attrlens")
    catalog = Catalog(tmp_path / "g.attrlens")
    yield catalog
    catalog.close()


def like(catalog: Catalog, slots: list[int], unlike: list[int] | None = None) -> Examples:
    keys = [COLOR.key, TEXTURE.key]
    searcher = Searcher()
    return Examples(searcher.examples(catalog, keys, slots), searcher.examples(catalog, keys, unlike or []))


def truths(catalog: Catalog, demo: Path, attribute: str) -> list[str]:
    truth = read_truth(demo)
    return [truth[Path(image.path).name][attribute] for image in catalog.images()]


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "classes"])
def test_the_nearest_are_of_the_color_and_of_the_texture(garments: Catalog, demo: Path, metric: Any) -> None:
    searcher = Searcher()
    for attribute, least in ((1, 0.75), (2, 0.6)):
        name = garments.model.attributes[attribute].name
        truth, right = truths(garments, demo, name), []
        for slot in range(0, 160, 8):
            allowed = np.ones(160, bool)
            allowed[slot] = False
            answer = searcher.search(
                garments, Request.of(garments, like(garments, [slot]), attribute, metric, 5, allowed)
            )
            assert answer.metric == metric and slot not in answer.found.slots
            right += [truth[s] == truth[slot] for s in answer.found.slots.tolist()]
        assert np.mean(right) > least, (metric, name, np.mean(right))


def test_unlike_examples_change_what_is_found(garments: Catalog, demo: Path) -> None:
    truth = truths(garments, demo, "Texture")
    searcher, better = Searcher(), []
    for slot in range(0, 160, 4):
        allowed = np.ones(160, bool)
        allowed[slot] = False
        first = searcher.search(
            garments, Request.of(garments, like(garments, [slot]), 2, "euclidean", 10, allowed)
        ).found
        wrong = [s for s in first.slots.tolist() if truth[s] != truth[slot]][:3]
        if wrong:
            allowed[wrong] = False
            request = Request.of(garments, like(garments, [slot], wrong), 2, "euclidean", 10, allowed)
            then = searcher.search(garments, request).found
            plain = searcher.search(
                garments, Request.of(garments, like(garments, [slot]), 2, "euclidean", 10, allowed)
            ).found
            right = [np.mean([truth[s] == truth[slot] for s in one.slots.tolist()]) for one in (plain, then)]
            better.append(right[1] - right[0])
    assert len(better) > 10 and np.mean(better) > 0.03


def test_a_blend_lies_between_the_two(garments: Catalog) -> None:
    searcher = Searcher()

    def order(blend: tuple[tuple[int, float], ...]) -> list[int]:
        sides = tuple((ClassifyRequest.of(garments, number), weight) for number, weight in blend)
        found = searcher.search(garments, Request(like(garments, [20]), sides, k=160)).found
        return [int(slot) for slot in found.slots]

    color, texture = order(((1, 1.0),)), order(((2, 1.0),))
    assert order(((1, 1.0), (2, 0.0))) == color and order(((1, 0.0), (2, 1.0))) == texture
    middle = order(((1, 0.5), (2, 0.5)))
    assert middle not in (color, texture)

    def agreement(a: list[int], b: list[int]) -> float:
        return float(np.corrcoef(np.argsort(a), np.argsort(b))[0, 1])

    assert agreement(middle, color) > agreement(texture, color) < agreement(middle, texture)


def test_a_filter_does_not_change_the_order_of_a_blend(garments: Catalog) -> None:
    sides = tuple((ClassifyRequest.of(garments, number), 0.5) for number in (1, 2))
    whole = Searcher().search(garments, Request(like(garments, [20]), sides, k=160)).found.slots
    allowed = np.zeros(160, bool)
    allowed[whole[10:50]] = True
    some = Searcher().search(garments, Request(like(garments, [20]), sides, k=160, allowed=allowed)).found.slots
    assert some.tolist() == whole[10:50].tolist()


def test_all_distances_are_in_the_order_of_the_search(garments: Catalog) -> None:
    searcher = Searcher()
    for metric in ("euclidean", "classes"):
        request = Request.of(garments, like(garments, [7, 8]), 2, metric, 160)
        values = searcher.distances(garments, request)
        found = searcher.search(garments, request).found
        assert np.argsort(values, kind="stable").tolist() == found.slots.tolist()
        np.testing.assert_allclose(values[found.slots], found.distances, rtol=1e-5)


def test_filters_come_before_the_search_and_what_has_no_descriptor_is_not_found(garments: Catalog) -> None:
    allowed = np.zeros(160, bool)
    allowed[[3, 50, 90]] = True
    request = Request.of(garments, like(garments, [3]), 1, "euclidean", 10, allowed)
    assert sorted(Searcher().search(garments, request).found.slots.tolist()) == [3, 50, 90]
    with garments.transaction() as db:
        db.execute("DELETE FROM described WHERE slot = 50")
    assert sorted(Searcher().search(garments, request).found.slots.tolist()) == [3, 90]
    assert np.isinf(Searcher().distances(garments, request)[50])
    with pytest.raises(AttrLensError, match="not described yet"):
        Searcher().search(garments, Request.of(garments, Examples({}), 1))
    nobody = Request.of(garments, like(garments, [3]), 1, "euclidean", 9, np.zeros(160, bool))
    assert not len(Searcher().search(garments, nobody).found.slots)


def test_without_classes_the_descriptors_stand_in(garments: Catalog) -> None:
    from attrlens.core.catalog import model as steps

    slots = list(garments.model.exemplars_of(1))
    garments.perform(steps.remove_exemplars(garments.model, 1, slots))
    answer = Searcher().search(garments, Request.of(garments, like(garments, [4]), 1, "classes"))
    assert answer.metric == "euclidean" and len(answer.found.slots) == 36


def test_a_catalog_larger_than_memory_says_so(garments: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    assert room.too_large(garments, [COLOR.key, TEXTURE.key]) is None
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"total": 100_000})())
    said = room.too_large(garments, [COLOR.key, TEXTURE.key])
    assert said is not None and "do not fit into the memory" in said


def test_the_whole_picture_is_no_region() -> None:
    assert Picture(None).box == WHOLE and search.NOTHING.slots.shape == (0,)


# Real photos


@pytest.mark.real
@pytest.mark.parametrize(("name", "plain", "learned"), [("color", 0.95, 0.98), ("texture", 0.72, 0.88)])
def test_precision_at_ten_of_real_photos(
    name: str, plain: float, learned: float, real_data: Path, engines: tasks.Engines
) -> None:
    from attrlens.core.evaluate import sources
    from attrlens.core.evaluate.data import Decides, splits
    from attrlens.core.evaluate.parts import Setting, precision
    from attrlens.core.groups import read_groups
    from attrlens.core.recipes import BUILT_IN

    wanted = sources.spaces(tasks.Engines(), [BUILT_IN[name]], ["efficientnet_lite0"], [])
    groups = read_groups(real_data / f"{name}_labels.csv")
    data = sources.from_folders(real_data / name, None, name, groups, wanted, tasks.Engines(), Token(), Decides()).data
    found = precision(Setting(data, splits(data), Token(), 0, ()))["precision_at_k"][name]
    assert found["euclidean"]["10"] >= plain and found["cosine"]["10"] >= plain
    assert found["classes"]["10"] >= learned
