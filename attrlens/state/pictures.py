"""Pictures for the map and the grid: a few hundred sharp ones, or ten thousand very small ones at once."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from attrlens.core.catalog.small import SIDE as SMALL
from attrlens.core.catalog.small import SmallPictures, compose, squared
from attrlens.core.catalog.thumbnails import LARGE, SIDE, Thumbnails
from attrlens.core.images import decode, thumbnail
from attrlens.core.layout.gridcut import Grid
from attrlens.core.token import Token
from attrlens.errors import ImageError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lane import Lane
from attrlens.state.document import Document
from attrlens.state.settings import Settings
from attrlens.state.thumbnails import as_qimage

if TYPE_CHECKING:
    from PIL import Image as PILImage

Array = np.ndarray[Any, Any]

SIDES = (64, 128, SIDE, LARGE)
"""Sizes that single pictures are kept at; those up to `SQUARED` show the middle square, larger ones all."""
SQUARED = 128

KEPT = 160_000_000
"""Bytes of single pictures."""
CHUNK = 16
"""Pictures a round: a newer request waits no longer than for these."""

TILE = 512
"""Side of a tile of the overview, in pixels."""
LEVELS = (4, 8, 16, SMALL)
"""Pixels of a cell on the tiles, by level."""
TILES = 160
"""Tiles kept: 1 MB each."""

BROKEN = 0xFF8A8A8A
"""Color of an image that cannot be read."""


def read_picture(cache: Thumbnails, slot: int, path: str, side: int, max_pixels: int) -> PILImage.Image | None:
    """A picture of at least about so many pixels: from the cache, else from the original, then kept; else None."""
    from PIL import Image

    kept = SIDE if side <= SIDE else LARGE
    data = cache.get([slot], kept).get(slot)
    if data is None:
        try:
            data = thumbnail(decode(Path(path), kept, max_pixels).pixels, kept)
        except ImageError:
            data = cache.get([slot]).get(slot)  # of a missing file there is what was made while it was there
            if data is None:
                return None
        else:
            cache.put([(slot, data)], kept)
    try:
        picture = Image.open(io.BytesIO(data))
        picture.draft("RGB", (side, side))
        return picture.convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None


class CanvasPictures(QObject):
    """Single pictures by slot, at the size they are shown; what is seen at the same time has one each, with its key.

    Signals
    -------
    ready()
    """

    ready = Signal()

    def __init__(self, document: Document, lane: Lane, settings: Settings, key: str = "canvas") -> None:
        super().__init__()
        self._document, self._lane, self._settings, self._key = document, lane, settings, key
        self._kept: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._bytes = 0
        self._wanted: tuple[int, list[int]] = (0, [])
        self._seen = 1
        self._job: Job | None = None
        document.opened.connect(self.clear)
        document.closed.connect(self.clear)
        document.pictures_changed.connect(self.forget)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._bytes = 0
        self._wanted = (0, [])
        if self._job is not None:
            self._job.cancel()

    def forget(self, slots: Iterable[int]) -> None:
        """Forget pictures of files with another content."""
        gone = set(slots)
        for key in [key for key in self._kept if key[0] in gone]:
            self._bytes -= _size(self._kept.pop(key))
        self._wanted = (0, [])
        if self._job is not None:
            self._job.cancel()  # what it brings may be of before
        self.ready.emit()

    @staticmethod
    def side_for(pixels: float) -> int:
        """The size that is sharp at so many device pixels."""
        return next((side for side in SIDES if side >= pixels * 0.9), SIDES[-1])

    def get(self, slot: int, side: int) -> QPixmap | None:
        """The picture at a size; another size while it is on its way; None where there is none."""
        for other in (side, *reversed(SIDES)):
            found = self._kept.get((slot, other))
            if found is not None:
                self._kept.move_to_end((slot, other))
                return found
        return None

    def want(self, slots: Sequence[int], side: int) -> None:
        """Ask for these at a size, in this order; what was asked for before and is not among them is dropped."""
        self._seen = max(1, len(slots))
        missing = [slot for slot in slots if (slot, side) not in self._kept]
        if (side, missing) == self._wanted:
            return
        self._wanted = (side, missing)
        if self._job is not None:
            self._job.cancel()
        if not missing or not self._document.is_open:
            return
        cache, limit = self._document.thumbnails, self._settings.get("max_pixels")
        paths = [(slot, self._document.images[slot].path) for slot in missing]

        def work(token: Token, emit: Emit) -> None:
            for start in range(0, len(paths), CHUNK):
                out = []
                for slot, path in paths[start : start + CHUNK]:
                    token.check()
                    picture = read_picture(cache, slot, path, side, limit)
                    if picture is None:
                        out.append((slot, QImage()))
                    else:
                        out.append((slot, as_qimage(squared(picture, side) if side <= SQUARED else picture)))
                emit((side, out))
                emit.flush()

        self._job = Job("Pictures", work, key=f"{self._key} pictures", quiet=True)
        self._job.partial.connect(self._on_partial)
        self._lane.submit(self._job)

    def _on_partial(self, parts: list[tuple[int, list[tuple[int, QImage]]]]) -> None:
        for side, part in parts:
            for slot, image in part:
                pixmap = QPixmap.fromImage(image)
                before = self._kept.pop((slot, side), None)
                self._bytes += _size(pixmap) - (0 if before is None else _size(before))
                self._kept[slot, side] = pixmap
            if side == self._wanted[0]:
                done = {slot for slot, _ in part}
                self._wanted = (side, [slot for slot in self._wanted[1] if slot not in done])
        while self._bytes > KEPT and len(self._kept) > self._seen:  # what is in sight stays
            self._bytes -= _size(self._kept.popitem(last=False)[1])
        self.ready.emit()


Tile = tuple[int, int, int]
"""Level (index of `LEVELS`), row and column of a tile."""


class Mosaic(QObject):
    """The grid at small sizes, as tiles of a pyramid.

    Signals
    -------
    ready()
    """

    ready = Signal()

    def __init__(self, document: Document, lane: Lane, settings: Settings) -> None:
        super().__init__()
        self._document, self._lane, self._settings = document, lane, settings
        self._small: SmallPictures | None = None
        self._slots: Array = np.zeros((0, 0), np.int32)
        self._number = 0  # of the grid: tiles of an earlier one mean nothing
        self._tiles: OrderedDict[Tile, QPixmap] = OrderedDict()
        self._whole: set[Tile] = set()  # the others still lack pictures
        self._wanted: list[Tile] = []
        self._seen = 0
        self._broken: set[int] = set()
        self._job: Job | None = None
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.pictures_changed.connect(self._forget)

    def _on_opened(self) -> None:
        self._small = None
        if self._document.is_open:
            self._small = SmallPictures(self._document.catalog.path / "caches" / "small.bgra")
        self._broken = set()
        self.set_grid(None, np.zeros(0, np.int32))

    def set_grid(self, grid: Grid | None, slots: Array) -> None:
        """Show another grid: which image is in which cell."""
        self._number += 1
        self._tiles.clear()
        self._whole.clear()
        self._wanted = []
        if self._job is not None:
            self._job.cancel()
        self._slots = np.full((grid.rows, grid.columns) if grid else (0, 0), -1, np.int32)
        if grid is not None:
            self._slots[grid.cells[:, 0], grid.cells[:, 1]] = slots

    def _forget(self, slots: Iterable[int]) -> None:
        gone, small = np.array(list(slots), np.int64), self._small
        if small is not None:
            self._broken -= set(gone.tolist())
            self._lane.submit(Job("Pictures", lambda token, emit: small.forget(gone), quiet=True))
        self._number += 1
        self._tiles.clear()
        self._whole.clear()
        self._wanted = []
        self.ready.emit()

    @staticmethod
    def level_for(pixels: float) -> int:
        """The level whose cells have at least so many pixels, or the finest."""
        return next((i for i, level in enumerate(LEVELS) if level >= pixels * 0.9), len(LEVELS) - 1)

    def get(self, tile: Tile) -> QPixmap | None:
        """A tile, if it is there."""
        found = self._tiles.get(tile)
        if found is not None:
            self._tiles.move_to_end(tile)
        return found

    def want(self, tiles: Sequence[Tile]) -> None:
        """Ask for these, in this order."""
        self._seen = len(tiles)
        missing = [tile for tile in tiles if tile not in self._whole]
        if missing == self._wanted:
            return
        self._wanted = missing
        if self._job is not None:
            self._job.cancel()
        small = self._small
        if not missing or small is None:
            return
        cache, limit, number = self._document.thumbnails, self._settings.get("max_pixels"), self._number
        cells, broken, images = self._slots, self._broken, self._document.images
        count = len(images)

        def work(token: Token, emit: Emit) -> None:
            small.grow(count)
            for tile in missing:
                level = LEVELS[tile[0]]
                span = TILE // level
                block = cells[tile[1] * span : (tile[1] + 1) * span, tile[2] * span : (tile[2] + 1) * span]
                inside = block[block >= 0]
                lacking = [slot for slot in inside[~small.has(inside)].tolist() if slot not in broken]
                for i, slot in enumerate(lacking):
                    token.check()
                    picture = read_picture(cache, slot, images[slot].path, SMALL, limit)
                    if picture is None:
                        broken.add(slot)
                    else:
                        small.put(slot, picture)
                    if i % 400 == 399:  # what there is, while the rest is read
                        emit((number, tile, _tile_image(small, block, inside, level), False))
                        emit.flush()
                emit((number, tile, _tile_image(small, block, inside, level), True))
                emit.flush()

        self._job = Job("Overview", work, key="mosaic", quiet=True)
        self._job.partial.connect(self._on_partial)
        self._lane.submit(self._job)

    def _on_partial(self, parts: list[tuple[int, Tile, QImage, bool]]) -> None:
        for number, tile, image, is_whole in parts:
            if number == self._number:
                self._tiles[tile] = QPixmap.fromImage(image)
                if is_whole:
                    self._whole.add(tile)
                    self._wanted = [other for other in self._wanted if other != tile]
        while len(self._tiles) > max(TILES, self._seen):
            self._whole.discard(self._tiles.popitem(last=False)[0])
        self.ready.emit()


def _tile_image(small: SmallPictures, block: Array, inside: Array, level: int) -> QImage:
    pixels = small.get(inside)
    pixels[pixels[:, 0, 0] >> np.uint32(24) == 0] = BROKEN
    data = compose(block, pixels, level)
    height, width = data.shape
    return QImage(data.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _size(pixmap: QPixmap) -> int:
    """Bytes in memory."""
    return 4 * pixmap.width() * pixmap.height()
