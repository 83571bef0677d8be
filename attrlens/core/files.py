"""Find image files in folders."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from attrlens.core.catalog.rows import NewImage
from attrlens.core.images import EXTENSIONS
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, describe_os_error
from attrlens.words import words


@dataclass
class Found:
    """What a scan came upon.

    Attributes
    ----------
    images : list of NewImage
    other_files : int
        Files with no image ending, passed over.
    problems : list of AttrLensError
        Folders that could not be read.
    """

    images: list[NewImage] = field(default_factory=list)
    other_files: int = 0
    problems: list[AttrLensError] = field(default_factory=list)


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sort key under which ``img2`` comes before ``img10``."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", name.casefold())]


def natural_text(name: str) -> str:
    """The same order as a text: fifty thousand of them sort five times as fast."""
    return re.sub(r"\d+", lambda match: match.group().zfill(18), name.casefold())


def scan(
    sources: Sequence[Path],
    token: Token,
    leave_out: Callable[[Path], bool] = lambda folder: False,
    skip_folders: Iterable[Path] = (),
) -> Found:
    """Walk folders for files with an image's ending; hidden ones and catalogs are passed over.

    Parameters
    ----------
    sources : sequence of Path
        Folders, or single files.
    token : Token
        Gets the number found so far.
    leave_out : callable
        Called with each sub-folder; True passes over it.
    skip_folders : iterable of Path
        Folders never entered, such as the catalog itself.

    Returns
    -------
    Found
        Images in natural order, folder by folder, no file twice.
    """
    found = Found()
    seen: set[str] = set()
    never = {folder.resolve() for folder in skip_folders}
    for source in sources:
        source = Path(os.path.abspath(source))  # noqa: PTH100  (drops '..' and keeps links as the user named them)
        if source.is_file():
            try:
                _add(found, seen, source, source.parent)
            except OSError as error:
                found.problems.append(describe_os_error(error, source))
            continue
        if not source.is_dir():
            found.problems.append(
                AttrLensError(
                    words("{path} is missing.", path=source),
                    words("It may have been moved, or its drive is not connected."),
                )
            )
            continue
        _walk(source, source, found, seen, token, leave_out, never)
    return found


def _walk(
    root: Path, folder: Path, found: Found, seen: set[str], token: Token, leave_out: Callable[[Path], bool],
    never: set[Path],
) -> None:  # fmt: skip
    visited: set[tuple[int, int]] = set()
    stack = [folder]
    while stack:
        token.check()
        current = stack.pop()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in visited and status.st_ino:
                continue  # a link that leads back
            visited.add((status.st_dev, status.st_ino))
            with os.scandir(current) as entries:
                listed = sorted(entries, key=lambda entry: natural_key(entry.name))
        except OSError as error:
            found.problems.append(describe_os_error(error, current))
            continue
        folders = []
        for entry in listed:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            try:
                if not entry.is_dir():
                    _add(found, seen, path, root)
                elif not (path / "catalog.sqlite").is_file() and not leave_out(path) and path.resolve() not in never:
                    folders.append(path)
            except OSError as error:  # a link to itself, a folder of another user
                found.problems.append(describe_os_error(error, path))
        token.report(len(found.images), 0, words("Looking in {folder}", folder=current.name))
        stack += reversed(folders)


def _add(found: Found, seen: set[str], path: Path, root: Path) -> None:
    if path.suffix.lower() not in EXTENSIONS:
        found.other_files += 1
        return
    name = str(path)
    if name in seen:
        return
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
        found.other_files += 1
        return
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode(errors="replace").decode()
        problem = words("The name of {path} is not valid text.", path=shown)
        found.problems.append(AttrLensError(problem, words("Rename the file.")))
        return
    seen.add(name)
    found.images.append(NewImage(name, str(root), status.st_size, status.st_mtime_ns))
