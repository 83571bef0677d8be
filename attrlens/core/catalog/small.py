"""The cache of very small pictures: 32 x 32 pixels of every image in one file, to see the whole catalog at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from attrlens import log

if TYPE_CHECKING:
    from PIL import Image as PILImage

logger = log.get(__name__)

Array = np.ndarray[Any, Any]

SIDE = 32
"""Pixels a side: the middle square of the image."""


class SmallPictures:
    """Pixels by slot, as 0xAARRGGBB; where there are none yet, alpha is 0. Safe to delete; used by one thread.

    Parameters
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pixels: Array = np.zeros((0, SIDE, SIDE), np.uint32)

    def grow(self, count: int) -> None:
        """Have room for so many slots; without a disk to keep them on they are kept in memory."""
        if count <= len(self._pixels):
            return
        count = -(-count // 1024) * 1024
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                size = count * SIDE * SIDE * 4
                if file.tell() < size:
                    _reserve(file, file.tell(), size)
            self._pixels = np.memmap(self._path, "<u4", "r+", shape=(count, SIDE, SIDE))
        except (OSError, ValueError) as error:
            logger.info("small pictures are kept in memory: %s", error)
            grown = np.zeros((count, SIDE, SIDE), np.uint32)
            grown[: len(self._pixels)] = self._pixels
            self._pixels = grown

    def get(self, slots: Array) -> Array:
        """Pixels of shape (n, 32, 32), dtype uint32."""
        return np.asarray(self._pixels[slots])

    def has(self, slots: Array) -> Array:
        """Whether there is a picture; shape (n,), dtype bool."""
        return np.asarray(self._pixels[slots, 0, 0] >> np.uint32(24) > 0)

    def put(self, slot: int, picture: PILImage.Image) -> None:
        """Keep the middle square of a picture."""
        self._pixels[slot] = small_pixels(picture)

    def forget(self, slots: Array) -> None:
        """Pictures of files with another content, also those of an earlier time that were not looked at yet."""
        if len(slots) and self._path.exists():
            self.grow(int(slots.max()) + 1)
        self._pixels[slots[slots < len(self._pixels)], 0, 0] = 0


def _reserve(file: BinaryIO, begin: int, end: int) -> None:
    """Make a file longer with room for all of it: writing to a mapped page that has none would end the program."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), begin, end - begin)
    else:  # Windows keeps the room of a file that is made longer
        file.truncate(end)


def squared(picture: PILImage.Image, side: int) -> PILImage.Image:
    """The middle square of a picture, so many pixels a side."""
    from PIL import Image

    part = min(picture.size)
    left, top = (picture.width - part) // 2, (picture.height - part) // 2
    how = Image.Resampling.BILINEAR
    return picture.resize((side, side), how, (left, top, left + part, top + part), reducing_gap=2.0)


def small_pixels(picture: PILImage.Image) -> Array:
    """The middle square as 0xffrrggbb; shape (32, 32), dtype uint32."""
    rgb = np.asarray(squared(picture.convert("RGB"), SIDE), np.uint32)
    return np.asarray(np.uint32(0xFF000000) | (rgb[..., 0] << 16) | (rgb[..., 1] << 8) | rgb[..., 2], np.uint32)


def compose(slots: Array, pixels: Array, level: int) -> Array:
    """A block of cells as one image.

    Parameters
    ----------
    slots : ndarray of shape (rows, columns), dtype int
        -1 for an empty cell, which is transparent.
    pixels : ndarray of shape (n, 32, 32), dtype uint32
        Of the cells that are not empty, in order.
    level : {4, 8, 16, 32}
        Pixels a cell.

    Returns
    -------
    ndarray of shape (rows * level, columns * level), dtype uint32
    """
    rows, columns = slots.shape
    step = SIDE // level
    if step > 1:  # the mean of each block, a channel at a time
        blocks = pixels.reshape(len(pixels), level, step, level, step)
        shrunk = np.zeros((len(pixels), level, level), np.uint32)
        for shift in (0, 8, 16):
            channel = ((blocks >> np.uint32(shift)) & np.uint32(255)).sum((2, 4), dtype=np.uint32) // (step * step)
            shrunk |= channel << np.uint32(shift)
        pixels = shrunk | (blocks[:, :, 0, :, 0] & np.uint32(0xFF000000))
    out = np.zeros((rows, columns, level, level), np.uint32)
    out[slots >= 0] = pixels
    return np.ascontiguousarray(out.transpose(0, 2, 1, 3)).reshape(rows * level, columns * level)
