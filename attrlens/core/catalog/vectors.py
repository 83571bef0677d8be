"""Descriptors on disk: raw little-endian float16, one file a recipe, row r = image slot r."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

DTYPE = np.dtype("<f2")


class VectorFile:
    """Rows of one recipe. Rows are written in place; which of them hold a descriptor is SQLite's business.

    Parameters
    ----------
    path : Path
    width : int
        Numbers in a row.
    """

    def __init__(self, path: Path, width: int) -> None:
        self.path = path
        self.width = width
        self._row_bytes = width * DTYPE.itemsize

    def write(self, slots: Array, rows: Array) -> None:
        """Write rows at their slots and wait until they are on the disk.

        Parameters
        ----------
        slots : ndarray of shape (n,), dtype int
            Ascending.
        rows : ndarray of shape (n, width), dtype float
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        data = np.ascontiguousarray(rows, DTYPE)
        breaks = np.flatnonzero(np.diff(slots) != 1) + 1
        with self.path.open("r+b" if self.path.exists() else "x+b") as file:
            for run in np.split(np.arange(len(slots)), breaks):
                if len(run):
                    file.seek(int(slots[run[0]]) * self._row_bytes)
                    file.write(data[run[0] : run[-1] + 1].data)
            file.flush()
            self._sync(file.fileno())

    def _sync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def read(self) -> Array:
        """A read-only memory map of shape (rows on disk, width), dtype float16."""
        if not self.path.exists() or self.path.stat().st_size < self._row_bytes:
            return np.zeros((0, self.width), DTYPE)
        rows = self.path.stat().st_size // self._row_bytes
        return np.memmap(self.path, DTYPE, "r", shape=(rows, self.width))
