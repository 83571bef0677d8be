"""Copies of files in a folder: what is there stays, and what fails is told."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from attrlens.core import copying
from attrlens.core.token import Token


def write(folder: Path, *names: str) -> list[Path]:
    """Files with their name in them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(name)
    return [folder / name for name in names]


def test_names_as_long_as_the_disk_allows_are_copied_and_numbered(tmp_path: Path) -> None:
    (long,) = write(tmp_path / "from", "x" * 250 + ".jpg")
    assert copying.copy_files([long], tmp_path / "to", Token()).files == [tmp_path / "to" / long.name]
    again = copying.copy_files([long], tmp_path / "to", Token())
    assert not again.files and len(again.problems) == 1 and long.name[:20] in str(again.problems[0])
    assert [path.name for path in (tmp_path / "to").iterdir()] == [long.name]

    (short,) = write(tmp_path / "from", "a.jpg")
    made = [copying.copy_files([short], tmp_path / "to", Token()).files[0].name for _ in range(3)]
    assert made == ["a.jpg", "a (2).jpg", "a (3).jpg"]


def test_a_file_that_fails_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    files = write(tmp_path / "from", "a.jpg", "b.jpg")
    copied = copying.copy_files([files[0], tmp_path / "gone.jpg", files[1]], tmp_path / "to", Token())
    assert [path.name for path in copied.files] == ["a.jpg", "b.jpg"]
    assert len(copied.problems) == 1 and "gone.jpg" in str(copied.problems[0]) and copied.problems[0].hint


def test_a_full_disk_ends_it_and_what_was_copied_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, real = write(tmp_path / "from", "a.jpg", "b.jpg", "c.jpg"), shutil.copy2

    def copy2(source: Path, target: Path) -> object:
        if source.name == "b.jpg":
            target.write_text("half")
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(source, target)

    monkeypatch.setattr(shutil, "copy2", copy2)
    copied = copying.copy_files(files, tmp_path / "to", Token())
    assert [path.name for path in copied.files] == ["a.jpg"] and len(copied.problems) == 1
    assert "full" in str(copied.problems[0]) and [p.name for p in (tmp_path / "to").iterdir()] == ["a.jpg"]
