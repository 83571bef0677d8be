"""The command line: same core, no Qt, exit statuses that mean something."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from attrlens import cli, cli_bar
from attrlens.core.catalog.store import Catalog
from attrlens.core.demo.garments import read_truth
from attrlens.core.export.files import replacing
from attrlens.core.recipes import TEXTURE
from attrlens.errors import AttrLensError

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def by_color(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's images in one folder a color, as links, with a groups CSV beside."""
    folder = tmp_path_factory.mktemp("labeled") / "color"
    rows = []
    for name, truth in read_truth(demo).items():
        source = next(path for path in demo.glob(f"*/{name}"))
        target = folder / truth["Color"] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)
        rows.append((f"color/{truth['Color']}/{name}", truth["Texture"]))
    with (folder.parent / "groups.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([("file", "group"), *rows])
    return folder


def test_import_classify_export_info(by_color: Path, tmp_path: Path, capsys: Capture) -> None:
    catalog = str(tmp_path / "CAT")
    status = cli.run(
        ["import", catalog, str(by_color), "--labels-from-folders", "Color", "--exemplars-per-class", "10",
         "--groups", str(by_color.parent / "groups.csv"), "--skip-folder", "purple"]
    )  # fmt: skip
    assert status == cli_bar.OK
    said = capsys.readouterr()
    assert "180 images added" in said.out and said.err == ""
    assert cli.run(["classify", catalog, "--attribute", "color", "--json"]) == cli_bar.OK
    report = json.loads(capsys.readouterr().out)["attributes"]["Color"]
    assert report["images"] == 180 and 80 <= report["exemplars"] <= 110
    assert report["scored"] == 180 - report["exemplars"]
    assert report["accuracy"] == report["right"] / report["scored"] > 0.8
    assert "purple" not in report["per_class"] and len(report["per_class"]) == 9
    assert report["seconds"] < 5 and len(report["weights_sha256"]) == 64
    out = tmp_path / "r.csv"
    assert cli.run(["export", catalog, "--format", "csv", "--out", str(out)]) == cli_bar.OK
    with out.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 2 * 180
    color = [row for row in rows if row["attribute"] == "Color"]
    assert {row["decided_by"] for row in color} == {"label"}
    assert sum(row["exemplar"] == "yes" for row in color) == report["exemplars"]
    assert all(0 < float(row["confidence"]) <= 1 and row["weights_sha256"] and row["runner_up"] for row in color)
    assert {row["decided_by"] for row in rows if row["attribute"] == "Texture"} == {"none"}
    capsys.readouterr()
    assert cli.run(["info", catalog, "--json"]) == cli_bar.OK
    info = json.loads(capsys.readouterr().out)
    assert info["images"] == 180 and info["unreadable"] == []
    assert [c["name"] for c in info["attributes"][0]["classes"]][:2] == ["black", "blue"]
    assert info["undo"] == "Classes from 9 folders"
    opened = Catalog(Path(catalog))
    opened.undo()
    assert opened.model.classes == {} and opened.model.labels_of(1) == {}
    opened.close()


def test_import_of_bad_files_goes_on_and_says_so(tmp_path: Path, spring: list[Path], capsys: Capture) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    os.link(spring[0], folder / "good.jpg")
    (folder / "bad.jpg").write_bytes(b"")
    assert cli.run(["import", str(tmp_path / "c"), str(folder)]) == cli_bar.SOME_BAD
    said = capsys.readouterr()
    assert "2 images added" in said.out
    assert said.err == "attrlens: bad.jpg is empty (0 bytes). Copy it again from its source.\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["info", "nowhere"], cli_bar.FAILED, "nowhere is not an AttrLens catalog"),
        (["import", "c", "nowhere"], cli_bar.FAILED, "nowhere is missing"),
        (["export", "nowhere", "--format", "csv", "--out", "x.csv"], cli_bar.FAILED, "not an AttrLens catalog"),
        (["classify", "nowhere"], cli_bar.FAILED, "not an AttrLens catalog"),
        (["export", "c", "--format", "xml", "--out", "x"], cli_bar.USAGE, "invalid choice"),
        (["weights", "vgg"], cli_bar.FAILED, "no backbone 'vgg'"),
        (["import"], cli_bar.USAGE, "required"),
    ],
)
def test_errors_are_one_line_with_a_status(
    arguments: list[str], status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(arguments) == status
    error = capsys.readouterr().err
    assert said in error
    if status == cli_bar.FAILED:
        assert len(error.splitlines()) == 1 and error.startswith("attrlens: ")
    assert not (tmp_path / "nowhere").exists()


def test_classify_without_exemplars_says_what_to_do(tmp_path: Path, spring: list[Path], capsys: Capture) -> None:
    assert cli.run(["import", str(tmp_path / "c"), str(spring[0])]) == cli_bar.OK
    assert cli.run(["classify", str(tmp_path / "c")]) == cli_bar.FAILED
    assert "No class has an exemplar yet" in capsys.readouterr().err


def test_a_third_attribute_is_made_by_import(by_color: Path, tmp_path: Path) -> None:
    folders = [str(by_color / "red"), str(by_color)]
    assert cli.run(["import", str(tmp_path / "c"), folders[0]]) == cli_bar.OK
    assert cli.run(["import", str(tmp_path / "c"), folders[1], "--labels-from-folders", "Mood"]) == cli_bar.OK
    catalog = Catalog(tmp_path / "c")
    mood = catalog.model.attribute_named("mood")
    assert mood is not None and mood.recipe == TEXTURE.key
    assert len(catalog.model.labels_of(mood.id)) == 200, "folders count from what was named last"
    catalog.close()


def test_version_names_every_native_part(capsys: Capture) -> None:
    assert cli.run(["--version"]) == cli_bar.OK
    out = capsys.readouterr().out
    for part in (
        "attrlens",
        "python",
        "sqlite",
        "PySide6-Essentials",
        "tensorflow",
        "keras",
        "numpy",
        "pillow",
        "h5py",
    ):
        assert part in out
    assert "missing" not in out


def test_a_command_needs_no_qt_and_is_quiet_in_a_pipe(tmp_path: Path, spring: list[Path]) -> None:
    code = (
        "import sys; from attrlens.cli import run\n"
        f"status = run(['import', {str(tmp_path / 'c')!r}, {str(spring[0])!r}])\n"
        "assert not any(name.startswith('PySide6') for name in sys.modules)\n"
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout == "1 images added, 1 in all, 0 other files passed over\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(AttrLensError, match="disk is full"), replacing(path) as stream:
        stream.write("half")
        raise OSError(28, "No space left on device")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.real
@pytest.mark.parametrize(("name", "attribute", "least"), [("color", "Color", 0.97), ("texture", "Texture", 0.90)])
def test_real_photos(name: str, attribute: str, least: float, real_data: Path, tmp_path: Path, capsys: Capture) -> None:
    catalog = str(tmp_path / "CAT")
    skip = ["--skip-folder", "sequins"] if name == "texture" else []
    status = cli.run(
        ["import", catalog, str(real_data / name), "--labels-from-folders", attribute, "--exemplars-per-class", "40",
         "--groups", str(real_data / f"{name}_labels.csv"), *skip]
    )  # fmt: skip
    assert status == cli_bar.OK
    capsys.readouterr()
    assert cli.run(["classify", catalog, "--attribute", attribute, "--json"]) == cli_bar.OK
    report = json.loads(capsys.readouterr().out)["attributes"][attribute]
    assert report["scored"] >= 100
    assert report["accuracy"] >= least, report
