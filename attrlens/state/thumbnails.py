"""Pictures for the gallery and the viewer, decoded in their own lane, the visible ones first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from attrlens.core.catalog.thumbnails import SIDE, Thumbnails
from attrlens.core.images import decode, thumbnail
from attrlens.core.token import Token
from attrlens.errors import ImageError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lane import Lane
from attrlens.state.document import Document
from attrlens.state.settings import Settings

KEPT = 700
"""Pixmaps in memory: two screens full at the smallest size."""

CHUNK = 8
"""Thumbnails a round: a newer request waits no longer than for these."""


class ThumbnailProvider(QObject):
    """Thumbnails by slot, asked for by what is visible.

    Parameters
    ----------
    document : Document
    lane : Lane
    settings : Settings
    key : str
        Views that are seen at the same time have one each.

    Signals
    -------
    ready(object slots)
    """

    ready = Signal(object)

    def __init__(self, document: Document, lane: Lane, settings: Settings, key: str = "visible") -> None:
        super().__init__()
        self._document, self._lane, self._settings, self._key = document, lane, settings, key
        self._pixmaps: OrderedDict[int, QPixmap] = OrderedDict()
        self._wanted: list[int] = []
        self._job: Job | None = None
        document.opened.connect(self.clear)
        document.closed.connect(self.clear)

    def clear(self) -> None:
        """Forget all pixmaps."""
        self._pixmaps.clear()
        self._wanted = []
        if self._job is not None:
            self._job.cancel()

    def get(self, slot: int) -> QPixmap | None:
        """The pixmap, if it is there."""
        pixmap = self._pixmaps.get(slot)
        if pixmap is not None:
            self._pixmaps.move_to_end(slot)
        return pixmap

    def want(self, slots: Sequence[int]) -> None:
        """Ask for these, in this order; what was asked for before and is not among them is dropped."""
        missing = [slot for slot in slots if slot not in self._pixmaps]
        if missing == self._wanted:
            return
        self._wanted = missing
        if missing and self._document.is_open:
            self._submit(missing)
        elif self._job is not None:
            self._job.cancel()

    def _submit(self, slots: list[int]) -> None:
        cache, paths = self._document.thumbnails, [(slot, self._document.images[slot].path) for slot in slots]
        limit = self._settings.get("max_pixels")
        job = Job("Thumbnails", lambda token, emit: load(cache, paths, limit, token, emit), key=self._key, quiet=True)
        job.partial.connect(self._on_partial)
        self._job = job
        self._lane.submit(job)

    def _on_partial(self, parts: list[list[tuple[int, QImage]]]) -> None:
        slots = []
        for part in parts:
            for slot, image in part:
                self._pixmaps[slot] = QPixmap.fromImage(image)
                slots.append(slot)
        while len(self._pixmaps) > KEPT:
            self._pixmaps.popitem(last=False)
        done = set(slots)
        self._wanted = [slot for slot in self._wanted if slot not in done]
        self.ready.emit(slots)


def load(cache: Thumbnails, paths: Sequence[tuple[int, str]], max_pixels: int, token: Token, emit: Emit) -> None:
    """Read thumbnails from the cache, or make them from the originals and keep them.

    An image that cannot be read gives a null image here; why, is said when it is described.
    """
    for start in range(0, len(paths), CHUNK):
        token.check()
        part = paths[start : start + CHUNK]
        cached = cache.get([slot for slot, _ in part])
        made, out = [], []
        for slot, path in part:
            data = cached.get(slot)
            if data is None:
                token.check()
                try:
                    data = thumbnail(decode(Path(path), SIDE, max_pixels).pixels, SIDE)
                except ImageError:
                    out.append((slot, QImage()))
                    continue
                made.append((slot, data))
            out.append((slot, QImage.fromData(data)))
        cache.put(made)
        emit(out)
        emit.flush()


def load_large(path: str, side: int, max_pixels: int) -> QImage:
    """An image for the viewer, no larger than needed.

    Raises
    ------
    ImageError
    """
    pixels = decode(Path(path), side // 2, max_pixels).pixels
    pixels.thumbnail((side, side), reducing_gap=2.0)
    data = pixels.tobytes()
    image = QImage(data, pixels.width, pixels.height, 3 * pixels.width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # a copy: `data` ends here


class LargeImage(QObject):
    """The one image shown large.

    Signals
    -------
    ready(int slot, QImage image)
    failed(int slot, AttrLensError error)
    """

    ready = Signal(int, QImage)
    failed = Signal(int, object)

    def __init__(self, document: Document, lane: Lane, settings: Settings, key: str) -> None:
        super().__init__()
        self._document, self._lane, self._settings, self._key = document, lane, settings, key
        self._slot = -1

    def want(self, slot: int, side: int) -> None:
        """Ask for an image of about `side` pixels; the last one asked for wins."""
        self._slot = slot
        path, limit = self._document.images[slot].path, self._settings.get("max_pixels")
        job = Job("Image", lambda token, emit: load_large(path, side, limit), key=self._key, quiet=True)
        job.succeeded.connect(self._on_ready, Qt.ConnectionType.DirectConnection)
        job.failed.connect(self._on_failed, Qt.ConnectionType.DirectConnection)
        self._lane.submit(job)

    def _on_ready(self, image: QImage) -> None:
        self.ready.emit(self._slot, image)

    def _on_failed(self, error: object) -> None:
        self.failed.emit(self._slot, error)
