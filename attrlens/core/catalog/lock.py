"""One writer a catalog: a lock of the operating system on a file, gone with the process however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from attrlens.errors import CatalogLockedError
from attrlens.words import words

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """Hold a lock until `release`.

    Parameters
    ----------
    path : Path
        Made where missing; it holds the owner's process id for the message.
    name : str
        The catalog's name, for the message.

    Raises
    ------
    CatalogLockedError
        If another process holds it.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._file = path.open("a+b")
        try:
            if sys.platform == "win32":
                self._file.seek(1 << 20)  # locks bytes nobody reads, so that the owner's id stays readable
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.seek(0)
            owner = self._file.read(20).decode(errors="replace").strip() or words("unknown")
            self._file.close()
            raise CatalogLockedError(
                words("The catalog {name} is open in another AttrLens (process {owner}).", name=name, owner=owner),
                words("Close it there first."),
            ) from error
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(os.getpid()).encode())
        self._file.flush()

    def release(self) -> None:
        """Let go."""
        self._file.close()
