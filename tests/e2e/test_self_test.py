"""The self-test of the product: it passes here, and it notices what is broken."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from attrlens import paths
from attrlens.app import self_test
from attrlens.core.recipes import COLOR, TEXTURE
from tests.reference import Plain


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "attrlens", "self-test", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_part_works_here(home: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = run("--report", str(report))
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(report.read_text())
    assert [check["name"] for check in found["checks"]] == [name for name, _ in self_test.CHECKS]
    assert all(check["works"] and check["seconds"] >= 0 and check["detail"] for check in found["checks"])
    assert found["versions"]["tensorflow"] != "missing"
    lines = done.stdout.splitlines()
    assert len(lines) == len(self_test.CHECKS) + 1, "a line for each part, one for all, nothing else"
    assert lines[-1] == f"{len(self_test.CHECKS)} of {len(self_test.CHECKS)} parts work"


@pytest.mark.qt_log_ignore("Cannot read file")
def test_what_is_broken_is_said_and_the_rest_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    broken = tmp_path / "resources"
    shutil.copytree(paths.resources(), broken, ignore=shutil.ignore_patterns("pictures"))
    weights = broken / "models" / "efficientnet_lite0.npz"
    data = bytearray(weights.read_bytes())
    data[1000] ^= 1
    weights.write_bytes(data)
    (broken / "icons" / "folder.svg").write_text("no drawing")
    monkeypatch.setattr(paths, "resources", lambda: broken)
    few = tuple(check for check in self_test.CHECKS if check[0] in ("folders", "resources", "weights", "descriptors"))
    monkeypatch.setattr(self_test, "CHECKS", few)
    lines: list[str] = []
    assert not self_test.self_test(tmp_path / "report.json", lines.append)
    assert lines[0].startswith("ok")
    assert "folder.svg is no SVG" in lines[1]
    assert "damaged" in lines[2]
    assert lines[-1] == "1 of 4 parts work; not these: resources, weights, descriptors"
    assert [check["works"] for check in json.loads((tmp_path / "report.json").read_text())["checks"]] == [
        True, False, False, False
    ]  # fmt: skip


def test_a_folder_that_cannot_be_written_is_said(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "in the way").write_text("a file")
    monkeypatch.setenv("ATTRLENS_HOME", str(home / "in the way"))
    monkeypatch.setattr(self_test, "CHECKS", self_test.CHECKS[:1])
    lines: list[str] = []
    assert not self_test.self_test(None, lines.append)
    assert lines[0].startswith("FAILED") and "in the way" in lines[0]


def test_the_reference_is_what_keras_gives(lite0: Path) -> None:
    found = Plain((COLOR, TEXTURE), lite0).describe(np.stack(self_test.reference_images()))
    with np.load(self_test.reference_file()) as kept:
        for recipe in (COLOR, TEXTURE):
            assert np.allclose(kept[recipe.key], found[recipe.key], atol=1e-5), "run python -m tests.reference"
