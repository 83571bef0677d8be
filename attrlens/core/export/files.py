"""Write a file completely or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from attrlens.errors import AttrLensError, describe_os_error


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text stream (UTF-8, newlines as written) whose content replaces `path` when the block ends well.

    Raises
    ------
    AttrLensError
        If the folder cannot be written or the disk is full; the old file is then untouched.
    """
    with _replacing(path, "w") as stream:
        yield cast(TextIO, stream)


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for bytes."""
    with _replacing(path, "wb") as stream:
        yield cast(BinaryIO, stream)


@contextmanager
def _replacing(path: Path, mode: str) -> Iterator[object]:
    encoding, newline = (None, None) if "b" in mode else ("utf-8", "")
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, mode, encoding=encoding, newline=newline) as stream:
            yield stream
        temporary.chmod(0o644)  # mkstemp's own mode would hide the file from colleagues
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise describe_os_error(error, path) from error
    except AttrLensError:
        raise
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
