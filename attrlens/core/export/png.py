"""Write a large PNG a strip at a time: a picture 16,000 pixels wide never lies in memory as a whole."""

from __future__ import annotations

import struct
import zlib
from typing import Any, BinaryIO

import numpy as np

Array = np.ndarray[Any, Any]


class PngWriter:
    """Rows of an RGB image, from the top.

    Parameters
    ----------
    stream : BinaryIO
    width, height : int
        In pixels.
    """

    def __init__(self, stream: BinaryIO, width: int, height: int) -> None:
        self._stream, self._width, self._left = stream, width, height
        self._packer = zlib.compressobj(6)
        stream.write(b"\x89PNG\r\n\x1a\n")
        self._chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))

    def write(self, rows: Array) -> None:
        """Append rows, of shape (n, width, 3), dtype uint8."""
        lines = np.zeros((len(rows), 1 + 3 * self._width), np.uint8)
        lines[:, 0] = 1  # each pixel less the one to its left: flat ground packs to nothing
        flat = rows.reshape(len(rows), self._width, 3)
        lines[:, 1:4] = flat[:, 0]
        lines[:, 4:] = (flat[:, 1:] - flat[:, :-1]).reshape(len(rows), -1)
        self._left -= len(rows)
        data = self._packer.compress(lines.tobytes())
        if data:
            self._chunk(b"IDAT", data)

    def close(self) -> None:
        """Write the end; raises ValueError where rows are missing."""
        if self._left:
            raise ValueError(f"{self._left} rows are missing")
        self._chunk(b"IDAT", self._packer.flush())
        self._chunk(b"IEND", b"")

    def _chunk(self, kind: bytes, data: bytes) -> None:
        self._stream.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
