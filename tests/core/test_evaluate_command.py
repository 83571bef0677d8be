"""`attrlens evaluate` from folders and catalogs to files, with the real weights."""

from __future__ import annotations

import csv
import json
import os
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attrlens import cli, cli_bar
from attrlens.core import tasks
from attrlens.core.catalog import evaluations
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.demo.garments import read_truth
from attrlens.core.evaluate import sources
from attrlens.core.evaluate.run import Options, evaluate
from attrlens.core.files import scan
from attrlens.core.recipes import COLOR
from attrlens.core.token import Token
from attrlens.errors import AttrLensError

Capture = pytest.CaptureFixture[str]
QUICK = ["--parts", "product", "unknown", "learning-curve", "nearest-mean", "knn", "discriminant", "precision"]


@pytest.fixture(scope="module")
def by_color(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's images, one folder a color, in `learn` and `score`; one broken file in `score`."""
    folder = tmp_path_factory.mktemp("colors")
    for source in sorted(demo.glob("*/*.jpg")):
        color = read_truth(demo)[source.name]["Color"]
        target = folder / ("learn" if source.parent.name == "spring" else "score") / color / source.name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)
    return folder


class Page(HTMLParser):
    """Every tag is closed but those that need not be, and nothing is fetched from elsewhere."""

    OPEN = {"meta", "br", "th", "td", "tr", "p", "img", "rect", "line", "circle", "polygon", "polyline", "li"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.images = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in ("src", "href"):
            assert (values.get(name) or "data:").startswith("data:")
        self.images += tag == "img"
        if tag not in self.OPEN:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.OPEN:
            assert self.stack.pop() == tag


def test_a_folder_is_evaluated_and_written(by_color: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out"
    status = cli.run(["evaluate", str(by_color / "learn"), "--attribute", "Color", *QUICK, "--out", str(out)])
    said = capsys.readouterr()
    assert status == cli_bar.OK and said.err == ""
    assert "decisions (color, discriminant)" in said.out
    report = json.loads((out / "report.json").read_text())
    assert (report["schema"], report["schema_version"], report["n_images"]) == ("attrlens-evaluation", 1, 160)
    assert (report["attribute"], report["backbone"], report["recipe"]) == ("Color", "efficientnet_lite0", "color")
    results = report["results"]
    assert results["product"]["accuracy"] > 0.9 and results["unknown_auroc"] > 0.6
    assert set(results["nearest_mean"]) == set(results["knn"]) == {"1", "2", "3", "4", "5"}
    assert results["discriminant"]["color"] > results["discriminant"]["EfficientNet-Lite0 block 5"]
    assert set(report["seconds"]) == set(QUICK[1:])
    assert report["recipes"]["color"]["key"] == COLOR.key
    with (out / "confusion.csv").open(newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][0] == "label" and rows[0][-1] == "unknown"
    assert sum(int(n) for row in rows[1:] for n in row[1:]) == 160
    with (out / "knn_per_class.csv").open(newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 5 * 5 * 10
    page = Page((out / "report.html").read_text())
    wrong = sum(not row["right"] for row in report["images"])
    assert page.stack == [] and page.images == wrong


def test_learning_from_one_folder_and_scoring_another(by_color: Path, tmp_path: Path, capsys: Capture) -> None:
    broken = by_color / "score" / "red" / "broken.jpg"
    broken.write_bytes(b"\xff\xd8 not a picture")
    copy = by_color / "learn" / "red" / "copy.jpg"
    copy.write_bytes(next((by_color / "score" / "red").glob("[!b]*.jpg")).read_bytes())
    try:
        status = cli.run(
            ["evaluate", str(by_color / "score"), "--train", str(by_color / "learn"), "--attribute", "color",
             "--parts", "product", "--blocks", "none", "--out", str(tmp_path)]
        )  # fmt: skip
    finally:
        broken.unlink()
        copy.unlink()
    said = capsys.readouterr()
    assert status == cli_bar.SOME_BAD and "broken.jpg" in said.err
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["n_images"] == 40 and report["folds"] == 1
    assert "learned from 160 images, scored 40 others, no groups given; 1 not learned" in report["protocol"]
    assert report["results"]["product"]["accuracy"] > 0.9
    assert all(row["file"].split("/")[0] == row["label"] for row in report["images"])


def labeled_catalog(path: Path, folder: Path) -> Any:
    catalog = tasks.open_catalog(path, create=True)
    tasks.add_images(catalog, scan([folder], Token()).images, Token())
    attribute = catalog.model.attribute_named("Color")
    assert attribute is not None
    action, _ = tasks.folder_classes(catalog.model, attribute.id, catalog.images(), 6, {})
    catalog.perform(action)
    return catalog


def described(catalog: Any, engines: tasks.Engines) -> Any:
    thumbnails = Thumbnails(catalog.thumbnails_path)
    tasks.describe_pending(catalog, thumbnails, engines, Token())
    thumbnails.close()
    return catalog


def test_a_catalog_is_evaluated_on_its_own_labels(by_color: Path, tmp_path: Path, capsys: Capture) -> None:
    catalog = labeled_catalog(tmp_path / "CAT", by_color / "learn")
    attribute = catalog.model.attribute_named("Color").id
    excluded = sorted(catalog.model.labels_of(attribute))[:3]
    catalog.perform(steps.exclude(catalog.model, attribute, excluded, 1.0))
    catalog.close()
    command = ["evaluate", str(tmp_path / "CAT"), "--attribute", "color", "--parts", "product", "knn", "--out"]
    assert cli.run([*command, str(tmp_path / "a")]) == cli_bar.OK
    report = json.loads((tmp_path / "a" / "report.json").read_text())
    assert report["n_images"] == 157 and report["results"]["product"]["accuracy"] > 0.9
    assert not set(excluded) & {row["slot"] for row in report["images"]}
    capsys.readouterr()

    assert cli.run([*command, str(tmp_path / "b"), "--by-exemplars"]) == cli_bar.OK
    other = json.loads((tmp_path / "b" / "report.json").read_text())
    assert "learned from" in other["protocol"] and other["n_images"] < 110
    catalog = tasks.open_catalog(tmp_path / "CAT")
    kept = evaluations.runs(catalog)
    assert [run.attribute for run in kept] == [attribute, attribute]
    assert evaluations.read(catalog, kept[0].id)["results"] == report["results"]
    assert kept[0].accuracy == report["results"]["product"]["accuracy"]
    with pytest.raises(AttrLensError, match="not kept"):
        evaluations.read(catalog, 99)
    catalog.close()


def test_descriptors_of_blocks_are_kept(by_color: Path, tmp_path: Path, engines: tasks.Engines) -> None:
    catalog = described(labeled_catalog(tmp_path / "CAT", by_color / "score"), engines)
    attribute = catalog.model.attribute_named("Color").id
    request = sources.CatalogRequest.of(catalog, attribute)
    images = catalog.images()
    assert [images[s].path for s in request.slots] == [image.path for image in images]
    with pytest.raises(AttrLensError, match="two classes"):  # four images a class
        sources.choose_from_catalog(catalog, request)
    catalog.close()
    catalog = described(labeled_catalog(tmp_path / "CAT2", by_color / "learn"), engines)
    request = sources.CatalogRequest.of(catalog, attribute)
    assert len(sources.choose_from_catalog(catalog, request).indices) == 160
    own = tasks.Engines()
    wanted = sources.spaces(own, [COLOR], ["efficientnet_lite0"], [1, 2])
    sources.from_catalog(catalog, request, wanted, own, Token())
    progress: list[tuple[int, int, str]] = []
    data, chosen, problems = sources.from_catalog(catalog, request, wanted, own, Token(lambda *p: progress.append(p)))
    assert progress == [] and problems == [] and chosen.indices.tolist() == list(request.slots)
    assert [space.rows.shape for space in (*data.recipes, *data.blocks)] == [(160, 272), (160, 96), (160, 144)]
    assert np.isfinite(data.product.rows.astype(np.float32)).all()
    found = evaluate((data, Options(("nearest-mean",))), Token(), lambda item: None)
    assert set(found.results["nearest_mean"]) == {"1", "2"}
    catalog.close()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{tmp}/missing", "--attribute", "Color"], "is missing"),
        (["{tmp}", "--attribute", "Color"], "no sub-folder with images"),
        (["{tmp}"], "--attribute"),
        (["{tmp}", "--attribute", "Color", "--parts", "everything"], "no part everything"),
        (["{tmp}", "--attribute", "Color", "--backbone", "vgg"], "no backbone vgg"),
        (["{tmp}", "--attribute", "Color", "--recipe", "shape"], "no recipe shape"),
        (["{tmp}", "--attribute", "Color", "--blocks", "deep"], "not all, none or numbers"),
        (["{tmp}", "--attribute", "Color", "--groups", "{tmp}/none.csv"], "could not be read"),
        (["--thesis", "{tmp}"], "color is missing"),
    ],
)
def test_wrong_arguments_get_one_line(arguments: list[str], message: str, tmp_path: Path, capsys: Capture) -> None:
    filled = [text.format(tmp=tmp_path) for text in arguments]
    assert cli.run(["evaluate", *filled, "--out", str(tmp_path / "out")]) == cli_bar.FAILED
    said = capsys.readouterr().err
    assert message in said and said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_drive_that_is_away_does_no_harm(by_color: Path, tmp_path: Path, engines: tasks.Engines) -> None:
    """Files that were read once and cannot be read now: the run goes on without them, the catalog stays as it is."""
    folder = tmp_path / "photos"
    shutil.copytree(by_color / "learn", folder)
    catalog = described(labeled_catalog(tmp_path / "CAT", folder), engines)
    before = (catalog.images(), catalog.hashes())
    for path in list((folder / "red").iterdir())[:3]:
        path.unlink()
    request = sources.CatalogRequest.of(catalog, catalog.model.attribute_named("Color").id)
    own = tasks.Engines()
    wanted = sources.spaces(own, [COLOR], ["efficientnet_lite0"], [1])
    data, chosen, problems = sources.from_catalog(catalog, request, wanted, own, Token())
    assert len(problems) == 3 and "could not be read now" in problems[0].message
    assert len(chosen.indices) == len(data.files) == len(data.blocks[0].rows) == 157
    assert (catalog.images(), catalog.hashes()) == before and catalog.pending() == []
    other = replace(wanted, hashes=wanted.hashes | {COLOR.key: "another"})
    with pytest.raises(AttrLensError, match="another weights file"):
        sources.from_catalog(catalog, request, other, own, Token())
    assert len(catalog.described(COLOR.key)) == 160
    catalog.close()


def test_groups_of_other_images_are_refused(by_color: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "groups.csv"
    table.write_text("file,group\nsomewhere/else.jpg,1\n")
    status = cli.run(
        ["evaluate", str(by_color / "score"), "--attribute", "Color", "--groups", str(table), "--blocks", "none",
         "--out", str(tmp_path / "out")]
    )  # fmt: skip
    assert status == cli_bar.FAILED
    assert "None of the images is in the groups file" in capsys.readouterr().err


@pytest.mark.slow
def test_every_part_on_the_demo(by_color: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cli.run(["evaluate", str(by_color / "learn"), "--attribute", "Color", "--out", str(out)]) == cli_bar.OK
    results = json.loads((out / "report.json").read_text())["results"]
    assert set(results["clusters"]) == set(results["pair_distances"]) == {"1", "2", "3", "4", "5"}
    assert set(results["knn_umap"]) <= {"1", "2", "3", "4", "5"}
    for name in ("clusters", "pair_distances", "knn_umap"):
        assert (out / f"{name}.csv").stat().st_size > 100


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "backbone", "least"),
    [("color", "", 0.995), ("texture", "", 0.972), pytest.param("texture", "resnet50", 0.975, marks=pytest.mark.slow)],
)
def test_real_photos(name: str, backbone: str, least: float, real_data: Path, tmp_path: Path) -> None:
    weights = real_data.parent / "weights" / "resnet50_imagenet_conv1-conv4_notop.h5"
    more = ["--backbone", backbone, "--weights", f"resnet50={weights}"] if backbone else []
    status = cli.run(
        ["evaluate", str(real_data / name), "--attribute", name, "--groups", str(real_data / f"{name}_labels.csv"),
         "--parts", "product", "--blocks", "none", *more, "--out", str(tmp_path)]
    )  # fmt: skip
    assert status == cli_bar.OK
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["results"]["product"]["accuracy"] >= least
    assert report["results"]["calibration_error"] < 0.05
