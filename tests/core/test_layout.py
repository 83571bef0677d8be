"""Maps, grids, clusters: properties that hold for any images, and figures on the bundled network's descriptors."""

from __future__ import annotations

import csv
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from attrlens import cli, cli_bar
from attrlens.core import tasks
from attrlens.core.catalog import layouts, small
from attrlens.core.catalog.store import Catalog
from attrlens.core.export.png import PngWriter
from attrlens.core.layout import arrange, coloring, graph, paint, projection, quality
from attrlens.core.layout.clusters import ClusterParameters, by_size, find_clusters, strangeness
from attrlens.core.layout.gridcut import Grid, gridcut, shape_for
from attrlens.core.layout.projection import EPOCHS, WARM_EPOCHS, Parameters
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled

Array = np.ndarray[Any, Any]


def groups(n: int, count: int = 12, seed: int = 0, spread: float = 0.6) -> tuple[Array, Array]:
    """Points in separable groups on the plane, and their groups."""
    rng = np.random.default_rng(seed)
    angle = np.arange(count) * 2.399963
    centers = np.stack([np.cos(angle), np.sin(angle)], 1) * 4 * np.sqrt(np.arange(count) + 1)[:, None]
    labels = np.sort(rng.integers(0, count, n))
    return centers[labels] + rng.normal(0, spread, (n, 2)), labels


def check_bijection(grid: Grid, n: int) -> None:
    assert grid.cells.shape == (n, 2)
    assert len(np.unique(grid.cells[:, 0].astype(np.int64) * max(grid.columns, 1) + grid.cells[:, 1])) == n
    if n:
        assert grid.cells.min() >= 0
        assert grid.cells[:, 0].max() < grid.rows
        assert grid.cells[:, 1].max() < grid.columns


# GridCut


@pytest.mark.parametrize("n", [0, 1, 2, 3, 7, 128, 129, 1000])
@pytest.mark.parametrize("gutters", [False, True])
def test_every_image_gets_a_cell_of_its_own(n: int, gutters: bool) -> None:
    y, labels = groups(n)
    for aspect in (0.3, 1.0, 2.5):
        check_bijection(gridcut(y, np.arange(n), labels, aspect=aspect, gutters=gutters), n)


@pytest.mark.parametrize("kind", ["duplicates", "line", "all noise", "one cluster", "far away"])
def test_odd_layouts_have_a_grid_too(kind: str) -> None:
    y, labels = groups(500)
    if kind == "duplicates":
        y = np.repeat(y[:5], 100, axis=0)
    elif kind == "line":
        y[:, 1] = 3.0
    elif kind == "all noise":
        labels = np.full(500, -1)
    elif kind == "one cluster":
        labels = np.zeros(500, int)
    else:
        y[0] = 1e9
    check_bijection(gridcut(y, np.arange(500), labels), 500)


def test_a_place_that_is_no_number_is_refused() -> None:
    y, labels = groups(10)
    y[3, 0] = np.nan
    with pytest.raises(ValueError, match="finite"):
        gridcut(y, np.arange(10), labels)
    with pytest.raises(ValueError, match="shape"):
        gridcut(y[:5], np.arange(10), labels)


def test_the_same_images_have_the_same_grid_whatever_their_order() -> None:
    y, labels = groups(700)
    y[100:200] = y[100]  # ties are broken by id
    ids = np.random.default_rng(3).permutation(5000)[:700]
    first = gridcut(y, ids, labels).cells
    assert np.array_equal(first, gridcut(y, ids, labels).cells)
    shuffled = np.random.default_rng(1).permutation(700)
    again = gridcut(y[shuffled], ids[shuffled], labels[shuffled]).cells
    assert np.array_equal(first[shuffled], again)


@pytest.mark.parametrize("n", [300, 2000, 10_000])
def test_separable_clusters_stay_in_one_piece(n: int) -> None:
    y, labels = groups(n)
    with_cut = quality.contiguity(gridcut(y, np.arange(n), labels, aspect=1.5).cells, labels)
    assert with_cut >= 0.99
    # Along one axis alone the groups overlap: without the cut between clusters they fall to pieces.
    squeezed = np.stack([y[:, 0], np.zeros(n)], 1)
    assert quality.contiguity(gridcut(squeezed, np.arange(n), labels).cells, labels) >= 0.99
    assert quality.contiguity(gridcut(squeezed, np.arange(n)).cells, labels) < 0.9


def test_neighbors_are_kept_about_as_well_as_by_exact_assignment() -> None:
    from scipy.optimize import linear_sum_assignment

    layouts_ = [np.random.default_rng(seed).normal(0, 1, (1000, 2)) for seed in range(2)] + [groups(1000)[0]]
    for y in layouts_:
        grid = gridcut(y, np.arange(1000))
        cells = np.stack(np.divmod(np.arange(1000), grid.columns), 1)
        ours = quality.compare(y, grid.cells)["neighbors_kept"]
        # Exact, on the same cells: places stretched to the cells' box, or spread evenly in it by rank.
        ranks = (np.argsort(np.argsort(y, axis=0), axis=0) + 0.5) / 1000
        for share in ((y - y.min(0)) / np.ptp(y, axis=0), ranks):
            places = share * (grid.columns, grid.rows)
            cost = ((places[:, None] - (cells[None, :, ::-1] + 0.5)) ** 2).sum(2)
            exact = cells[linear_sum_assignment(cost)[1]]
            assert ours >= 0.95 * quality.compare(y, exact)["neighbors_kept"]


def test_noise_goes_with_the_nearest_cluster() -> None:
    y, labels = groups(400, 4)
    noisy = labels.copy()
    noisy[::10] = -1
    assert quality.contiguity(gridcut(y, np.arange(400), noisy).cells, labels) >= 0.99


def test_gutters_leave_room_between_clusters() -> None:
    y, labels = groups(900, 6)
    cells = gridcut(y, np.arange(900), labels, gutters=True).cells
    of = {(row, column): label for (row, column), label in zip(cells.tolist(), labels.tolist(), strict=True)}
    for (row, column), label in of.items():
        for beside in ((row + 1, column), (row, column + 1)):
            assert of.get(beside, label) == label


def test_a_grid_has_the_shape_of_its_view() -> None:
    assert shape_for(0, 1.5) == (0, 0)
    assert shape_for(1, 1.5) == (1, 1)
    for n in (7, 100, 1234):
        for aspect in (0.5, 1.0, 3.0):
            rows, columns = shape_for(n, aspect)
            assert rows * columns >= n > (rows - 1) * columns
            assert columns / rows == pytest.approx(aspect, rel=0.6)


def test_a_grid_can_be_cancelled() -> None:
    token = Token()
    token.cancel()
    y, labels = groups(1000)
    with pytest.raises(Cancelled):
        gridcut(y, np.arange(1000), labels, token=token)


# Neighbors and UMAP


def test_neighbors_are_those_of_all_distances() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(300, 6)).astype(np.float32)
    x[7] = x[3]  # a copy: each is first of its own
    indices, distances = graph.neighbor_graph(x, 9)
    assert np.array_equal(indices[:, 0], np.arange(300))
    whole = np.linalg.norm(x[:, None].astype(float) - x[None], axis=2)
    assert np.allclose(np.sort(whole, axis=1)[:, :9], distances, atol=2e-3)
    assert distances[7, 1] == pytest.approx(0, abs=2e-3)


def test_the_search_graph_finds_nearly_all_neighbors(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(0).normal(size=(3000, 24)).astype(np.float32)
    exact = graph.neighbor_graph(x, 16)
    monkeypatch.setattr(graph, "EXACT", 100)
    found = graph.neighbor_graph(x, 16)
    assert np.array_equal(found[0][:, 0], np.arange(3000))
    shared = np.mean([len(np.intersect1d(a, b)) for a, b in zip(exact[0], found[0], strict=True)]) / 16
    assert shared > 0.97
    again = graph.neighbor_graph(x, 16)
    assert np.array_equal(found[0], again[0])


def test_copies_by_the_hundred_do_not_confuse_the_search_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.repeat(np.random.default_rng(0).normal(size=(10, 8)).astype(np.float32), 60, axis=0)
    monkeypatch.setattr(graph, "EXACT", 10)
    indices, distances = graph.neighbor_graph(x, 15)
    assert np.array_equal(indices[:, 0], np.arange(600))
    assert (distances[:, 0] == 0).all()
    assert all(len(set(row)) == 15 for row in indices.tolist())


def test_neighbors_are_kept_and_known_by_their_state(tmp_path: Path) -> None:
    x = np.random.default_rng(0).normal(size=(100, 5)).astype(np.float32)
    path = tmp_path / "caches" / "a.npz"
    first = graph.cached_graph(path, "one", x, 20, Token())
    assert path.exists()
    other = x[::-1].copy()
    kept = graph.cached_graph(path, "one", other, 15, Token())  # not looked at: the state is the same
    assert np.array_equal(kept[0], first[0][:, :15])
    assert not np.array_equal(graph.cached_graph(path, "two", other, 20, Token())[0], first[0])
    path.write_bytes(b"no archive")
    assert np.array_equal(graph.cached_graph(path, "one", x, 20, Token())[0], first[0])
    assert np.array_equal(graph.cached_graph(None, "one", x, 20, Token())[0], first[0])


def test_memberships_are_those_of_umap_learn() -> None:
    from umap.umap_ import fuzzy_simplicial_set

    x = np.random.default_rng(2).normal(size=(250, 8)).astype(np.float32)
    x[10:14] = x[10]
    found = graph.neighbor_graph(x, 15)
    reference = fuzzy_simplicial_set(
        x, 15, np.random.RandomState(0), "euclidean", knn_indices=found[0], knn_dists=found[1]
    )[0]
    assert abs(reference - projection.memberships(found)).max() < 1e-4


def test_umap_shows_groups_moves_and_repeats() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(6), 60)
    x = (rng.normal(size=(6, 20))[labels] * 3 + rng.normal(size=(360, 20))).astype(np.float32)
    found = graph.neighbor_graph(x, 15)
    frames: list[Array] = []
    shares: list[int] = []
    token = Token(lambda done, total, text: shares.append(done))
    made = projection.umap_map(found, x[:, :2], Parameters(), EPOCHS, token, frames.append)
    assert made.shape == (360, 2)
    assert np.isfinite(made).all()
    assert quality.purity(made, labels + 1) == pytest.approx(1, abs=0.02)
    assert quality.purity(x[:, :2], labels + 1) < 0.9  # type: ignore[operator]
    assert frames
    assert shares == sorted(shares)
    assert shares[-1] == 100
    assert np.array_equal(made, projection.umap_map(found, x[:, :2], Parameters(), EPOCHS, Token()))
    warm = projection.umap_map(found, made, Parameters(15, 0.3), WARM_EPOCHS, Token())
    # From where they lie: nothing is turned around.
    assert np.corrcoef(made[:, 0], warm[:, 0])[0, 1] > 0.8
    assert np.corrcoef(made[:, 1], warm[:, 1])[0, 1] > 0.8


def test_umap_can_be_cancelled_between_two_steps() -> None:
    x = np.random.default_rng(0).normal(size=(4000, 10)).astype(np.float32)
    found = graph.neighbor_graph(x, 15)
    token = Token()

    def stop(frame: Array) -> None:
        token.cancel()

    began = time.monotonic()
    with pytest.raises(Cancelled):
        projection.umap_map(found, x[:, :2], Parameters(), 20_000, token, stop)
    assert time.monotonic() - began < 20  # all of it would take minutes


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_a_handful_of_images_has_a_map(n: int) -> None:
    x = np.random.default_rng(0).normal(size=(n, 4)).astype(np.float32)
    found = graph.neighbor_graph(x, 15)
    made = projection.umap_map(found, projection.pca_map(x), Parameters(), 20, Token())
    assert made.shape == (n, 2)
    assert np.isfinite(made).all()
    assert len(find_clusters(made, x, found, ClusterParameters(), Token())) == n
    check_bijection(gridcut(made, np.arange(n)), n)


def test_principal_axes_are_those_of_all() -> None:
    rng = np.random.default_rng(0)
    x = (rng.normal(size=(400, 60)) * np.linspace(5, 0.1, 60)).astype(np.float32)
    center, axes = projection.principal_axes(x, 10)
    values = np.linalg.svd(x - x.mean(0), full_matrices=False)[1][:10]
    projected = (x - center) @ axes
    assert np.allclose(np.linalg.norm(projected, axis=0), values, rtol=1e-2)
    assert np.allclose(axes.T @ axes, np.eye(10), atol=1e-3)


def test_new_images_lie_beside_those_most_like_them() -> None:
    space = np.array([[0, 0], [1, 0], [10, 10], [0.1, 0], [10, 10]], np.float32)
    placed = np.array([True, True, True, False, False])
    places = np.array([[0, 0], [5, 0], [50, 50]], np.float32)
    found = projection.place_new(space, placed, places, neighbors=2)
    assert np.array_equal(found[:3], places)
    assert 0 < found[3, 0] < 2
    assert np.allclose(found[4], [50, 50], atol=0.01)
    assert np.array_equal(projection.place_new(space, np.zeros(5, bool), places[:0]), np.zeros((5, 2)))


# Clusters


@pytest.mark.parametrize("space", ["map", "umap", "pca"])
def test_clusters_are_found_by_size_and_noise_is_said(space: Any) -> None:
    rng = np.random.default_rng(0)
    sizes = (120, 70, 40)
    labels = np.repeat(np.arange(3), sizes)
    x = (rng.normal(size=(3, 12))[labels] * 8 + rng.normal(size=(230, 12))).astype(np.float32)
    x = np.concatenate([x, rng.uniform(-40, 40, (6, 12)).astype(np.float32)])
    found = graph.neighbor_graph(x, 15)
    layout = projection.umap_map(found, x[:, :2], Parameters(), EPOCHS, Token())
    clusters = find_clusters(layout, x, found, ClusterParameters(space, 15), Token())
    for i, label in enumerate((0, 1, 2)):
        among = clusters[:230][labels == label]
        assert (among == i).mean() > 0.8
    counts = np.bincount(clusters[clusters >= 0])
    assert (np.diff(counts) <= 0).all()
    strange = strangeness(found)
    assert strange[230:].min() > np.quantile(strange[:230], 0.95)


def test_clusters_are_numbered_by_size() -> None:
    assert by_size(np.array([2, 2, -1, 0, 0, 0, 1])).tolist() == [1, 1, -1, 0, 0, 0, 2]
    assert by_size(np.array([-1, -1])).tolist() == [-1, -1]


# Measures


def test_measures_are_perfect_for_itself_and_low_by_chance() -> None:
    rng = np.random.default_rng(0)
    y = rng.normal(size=(500, 2))
    same = quality.compare(y, y * 3 + 1)
    assert same["neighbors_kept"] == 1
    assert same["trustworthiness"] == same["continuity"] == 1
    assert same["distance_correlation"] == pytest.approx(1)
    chance = quality.compare(y, rng.normal(size=(500, 2)))
    assert chance["neighbors_kept"] < 0.08
    assert abs(chance["distance_correlation"]) < 0.05
    assert quality.compare(y[:3], y[:3]) == {}


def test_trustworthiness_is_scikit_learns() -> None:
    from sklearn.manifold import trustworthiness

    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 8)).astype(np.float32)
    y = (x[:, :2] + rng.normal(0, 0.3, (300, 2))).astype(np.float32)
    found = quality.compare(x, y)
    assert found["trustworthiness"] == pytest.approx(trustworthiness(x, y, n_neighbors=15), abs=1e-4)
    assert found["continuity"] == pytest.approx(trustworthiness(y, x, n_neighbors=15), abs=1e-4)


def test_distance_preservation_is_one_for_a_grid_of_itself() -> None:
    cells = np.stack(np.divmod(np.arange(100), 10), 1)
    assert quality.dpq(cells.astype(np.float32), cells) == pytest.approx(1, abs=1e-5)
    shuffled = np.random.default_rng(0).permutation(100)
    assert quality.dpq(cells[shuffled].astype(np.float32), cells) < 0.6  # type: ignore[operator]
    assert quality.dpq(np.zeros((quality.DPQ_CELLS + 1, 2)), np.zeros((quality.DPQ_CELLS + 1, 2))) is None


def test_contiguity_counts_the_largest_piece() -> None:
    cells = np.array([[0, 0], [0, 1], [0, 3], [1, 0]])
    assert quality.contiguity(cells, np.array([0, 0, 0, 0])) == 0.75
    assert quality.contiguity(cells, np.array([0, 0, 1, 0])) == 1
    assert quality.contiguity(cells, np.full(4, -1)) == 1


# Colors and painting


def test_categories_count_all_images() -> None:
    clusters = np.array([0, 0, 1, -1])
    found = coloring.by_cluster(clusters)
    assert [one.key for one in found.categories] == [0, 1, -1]
    assert found.counts().tolist() == [2, 1, 1]
    assert found.counts(np.array([True, False, True, True])).tolist() == [1, 1, 1]
    strange = coloring.by_strangeness(np.arange(200.0))
    assert strange.counts().tolist() == [2, 8, 30, 160]
    assert strange.codes[199] == 0
    confidence = coloring.by_confidence(np.array([-1.0, 0.0, 0.999, 1.0, 0.5]))
    assert confidence.counts().sum() == 5
    assert len({coloring.cluster_color(i) for i in range(60)}) == 60
    folders = coloring.by_folder(np.arange(40) // 1, {i: str(i) for i in range(40)})
    assert folders.counts().tolist()[-1] == 40 - coloring.MOST_FOLDERS


def test_points_are_painted_where_they_are() -> None:
    image = np.full((40, 60), 0xFFFFFFFF, np.uint32)
    paint.draw_points(image, np.array([[30.0, 20.0], [-50.0, 0.0], [59.0, 39.0]]), np.array([0xFFFF0000] * 3), 3)
    assert image[20, 30] == 0xFFFF0000
    assert image[39, 59] == 0xFFFF0000  # cut off by the border, not wrapped around
    assert image[0, 0] == 0xFFFFFFFF
    assert image[39, 0] == 0xFFFFFFFF
    assert paint.rgb(image)[20, 30].tolist() == [255, 0, 0]


def test_landmarks_do_not_touch_and_stay() -> None:
    xy = np.random.default_rng(0).uniform(0, 800, (3000, 2))
    found = paint.landmarks(xy, 50)
    places = xy[found]
    apart = np.abs(places[:, None] - places[None]).max(2) + np.eye(len(found)) * 1000
    assert apart.min() >= 50
    assert len(found) > 80
    moved = paint.landmarks(xy + np.array([3, 2]), 50, first=found)
    assert moved[: len(found)] == found


def test_a_lasso_holds_what_is_inside() -> None:
    star = np.array([[0, 0], [10, 0], [10, 10], [5, 2], [0, 10]])
    xy = np.array([[1, 1], [5, 1], [5, 5], [9, 8], [20, 20], [1, 8.0]])
    assert paint.inside_polygon(xy, star).tolist() == [True, True, False, True, False, True]
    assert not paint.inside_polygon(xy, star[:2]).any()


# A catalog's map


@pytest.fixture
def catalog(described: Path, tmp_path: Path) -> Iterator[Catalog]:
    shutil.copytree(described, tmp_path / "copy.attrlens")
    catalog = tasks.open_catalog(tmp_path / "copy.attrlens")
    yield catalog
    catalog.close()


def test_a_catalog_has_a_map_that_is_kept_and_grows(catalog: Catalog) -> None:
    """PCA, UMAP, clusters on real descriptors; kept; images that come later get a place, and removed ones lose it."""
    row = catalog.model.sorted_attributes()[0]
    source = arrange.read_source(catalog, row.id, Token())
    n = len(source.slots)
    assert n > 30
    first = arrange.first_layout(source)
    assert first.method == "pca"
    made = arrange.make_layout(arrange.MapRequest(source, Parameters(), ClusterParameters()), Token(), lambda f: None)
    kept = layouts.save(catalog, made)
    found = layouts.load(catalog, row.id)
    assert found is not None
    assert np.array_equal(found.places, made.places)
    assert (found.parameters, found.cluster_parameters) == (kept.parameters, kept.cluster_parameters)
    assert arrange.is_current(found, source)
    # As if the last three had been described after that, and one that is gone had been there.
    before = layouts.Layout(
        row.id, source.recipe, source.weights, "then", np.append(source.slots[:-3], 10**6).astype(np.int32),
        np.concatenate([made.places[:-3], [[0, 0]]]).astype(np.float32), np.zeros(n - 2, np.int32),
        np.ones(n - 2, np.float32),
    )  # fmt: skip
    grown = arrange.extend(before, source, Token())
    assert np.array_equal(grown.slots, source.slots)
    assert np.array_equal(grown.places[:-3], made.places[:-3])
    assert grown.placed == 3
    assert (grown.clusters[-3:] == -1).all()
    grid = gridcut(made.places, made.slots, made.clusters)
    measured = arrange.measure(
        arrange.MeasureRequest(source.space, made.places, made.clusters, np.ones(n, int), grid.cells, 0.1), Token()
    )
    assert 0 < measured["map"]["neighbors_kept"] <= 1
    assert measured["grid"]["class_purity"] == 1


def test_a_catalog_without_descriptors_says_so(tmp_path: Path) -> None:
    catalog = tasks.open_catalog(tmp_path / "empty.attrlens", create=True)
    with pytest.raises(AttrLensError, match="described"):
        arrange.read_source(catalog, catalog.model.sorted_attributes()[0].id, Token())
    assert layouts.load(catalog, 1) is None
    catalog.close()


def test_the_command_draws_measures_and_says(
    described: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["layout", str(described), "--attribute", "color", "--out", str(out), "--width", "900", "--svg"]
    assert cli.run(command) == cli_bar.OK
    said = capsys.readouterr().out
    assert "160 images" in said
    report = json.loads((out / "metrics.json").read_text())
    assert report["images"] == 160
    assert 0.5 < report["map"]["class_purity"] <= 1
    assert report["grid"]["contiguity"] > 0.95
    with (out / "layout.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 160
    assert len({(row["row"], row["column"]) for row in rows}) == 160
    for name in ("map.png", "grid.png"):
        with Image.open(out / name) as picture:
            picture.load()
            assert picture.width == 900
            assert len(picture.getcolors(1 << 24) or ()) > 500  # pictures, not points alone
    assert (out / "map.svg").read_text().count("<circle") == 160
    assert not (described / "caches" / "neighbors").exists()  # it only looks
    again = (out / "layout.csv").read_bytes()
    assert cli.run(command) == cli_bar.OK
    assert (out / "layout.csv").read_bytes() == again
    capsys.readouterr()
    for wrong, what in (
        (["--attribute", "Shape"], "no attribute Shape"), (["--width", "20000"], "20,000 pixels wide"),
        (["--neighbors", "1"], "2 to 100 neighbors"),
    ):  # fmt: skip
        assert cli.run([*command, *wrong]) == cli_bar.FAILED
        assert what in capsys.readouterr().err


def test_a_png_is_written_in_strips(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (70, 33, 3), dtype=np.uint8)
    with (tmp_path / "a.png").open("wb") as stream:
        writer = PngWriter(stream, 33, 70)
        for start in range(0, 70, 16):
            writer.write(pixels[start : start + 16])
        writer.close()
    with Image.open(tmp_path / "a.png") as picture:
        assert np.array_equal(np.asarray(picture), pixels)
    with (tmp_path / "b.png").open("wb") as stream, pytest.raises(ValueError, match="rows are missing"):
        PngWriter(stream, 33, 70).close()


def test_small_pictures_are_kept_and_shrunk(tmp_path: Path) -> None:
    kept = small.SmallPictures(tmp_path / "caches" / "small.bgra")
    kept.grow(5)
    picture = Image.new("RGB", (60, 90), (10, 20, 30))
    kept.put(3, picture)
    slots = np.array([2, 3])
    assert kept.has(slots).tolist() == [False, True]
    again = small.SmallPictures(tmp_path / "caches" / "small.bgra")
    again.grow(3000)  # more room, the same pictures
    assert again.has(slots).tolist() == [False, True]
    for level in (4, 8, 16, 32):
        block = small.compose(np.array([[3, -1]]), again.get(np.array([3])), level)
        assert block.shape == (level, 2 * level)
        assert (block[:, :level] == 0xFF0A141E).all()
        assert (block[:, level:] == 0).all()
    again.forget(np.array([3, 10**6]))
    assert not again.has(slots).any()
