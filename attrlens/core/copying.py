"""Copy images to a folder: never over another file, never half a file under a good name."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from attrlens.core.token import Token
from attrlens.errors import AttrLensError, describe_os_error
from attrlens.words import words


@dataclass
class Copied:
    """What was copied.

    Attributes
    ----------
    files : list of Path
        The copies.
    problems : list of AttrLensError
    """

    files: list[Path] = field(default_factory=list)
    problems: list[AttrLensError] = field(default_factory=list)


def copy_files(paths: Sequence[Path], folder: Path, token: Token) -> Copied:
    """Copy files with their times; a name that is taken gets a number.

    A file that cannot be copied is told and the rest goes on, but for a full disk, which ends it: what was copied
    until then stays.

    Parameters
    ----------
    paths : sequence of Path
    folder : Path
        Made where it is missing.
    token : Token

    Raises
    ------
    AttrLensError
        If the folder cannot be made.
    """
    out = Copied()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise describe_os_error(error, folder) from error
    for i, path in enumerate(paths):
        token.check()
        token.report(i, len(paths), words("Copying {name}", name=path.name))
        part = folder / f".attrlens-{os.getpid()}-{i}.part"  # as short as that: names may be as long as a disk allows
        try:
            shutil.copy2(path, part)
            out.files.append(_place(part, folder, path))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                out.problems.append(describe_os_error(error, folder))
                break
            out.problems.append(describe_os_error(error, path))
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    token.report(len(paths), len(paths), words("Copying"))
    return out


def _place(part: Path, folder: Path, path: Path) -> Path:
    """Give the copy its name, or the name with the first number that is free."""
    for number in count(1):
        target = folder / (path.name if number == 1 else f"{path.stem} ({number}){path.suffix}")
        try:
            os.link(part, target)  # fails where the name is taken, in one step
        except FileExistsError:
            continue
        except OSError:  # a file system without links
            if target.exists():
                continue
            part.rename(target)
        return target
    raise AssertionError("numbers do not end")
