"""Pictures for the gallery and the viewer, decoded in their own lane, the visible ones first."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from attrlens.core.catalog.thumbnails import LARGE, SIDE, Thumbnails
from attrlens.core.images import MAT, decode, thumbnail
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, ImageError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lane import Lane
from attrlens.state.document import Document
from attrlens.state.settings import Settings

if TYPE_CHECKING:
    from PIL import Image as PILImage

BYTES_KEPT = 160_000_000
"""Pixmaps in memory: 600 of the small size, two screens full at the smallest tiles."""

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
        self._pixmaps: OrderedDict[int, tuple[int, QPixmap]] = OrderedDict()
        self._bytes = 0
        self._wanted: list[int] = []
        self._side = SIDE
        self._job: Job | None = None
        document.opened.connect(self.clear)
        document.closed.connect(self.clear)
        document.pictures_changed.connect(self.forget)

    def clear(self) -> None:
        """Forget all pixmaps."""
        self._pixmaps.clear()
        self._bytes = 0
        self._wanted = []
        if self._job is not None:
            self._job.cancel()

    def forget(self, slots: Iterable[int]) -> None:
        """Forget the pixmaps of files with another content."""
        slots = list(slots)
        for slot in slots:
            self._drop(slot)
        self.ready.emit(slots)  # so that they are drawn without, and asked for again

    def _drop(self, slot: int) -> None:
        found = self._pixmaps.pop(slot, None)
        if found is not None:
            self._bytes -= _size(found[1])

    def get(self, slot: int) -> QPixmap | None:
        """The pixmap, if it is there; of the small size while the large one is on its way."""
        found = self._pixmaps.get(slot)
        if found is None:
            return None
        self._pixmaps.move_to_end(slot)
        return found[1]

    def want(self, slots: Sequence[int], pixels: int = SIDE) -> None:
        """Ask for these, in this order; what was asked for before and is not among them is dropped.

        Parameters
        ----------
        slots : sequence of int
        pixels : int
            Longer side they are shown at, in device pixels: it decides between the two sizes.
        """
        side = SIDE if pixels <= SIDE * 1.1 else LARGE
        missing = [slot for slot in slots if self._pixmaps.get(slot, (0, None))[0] < side]
        if missing == self._wanted and side == self._side:
            return
        self._wanted, self._side = missing, side
        if missing and self._document.is_open:
            self._submit(missing, side)
        elif self._job is not None:
            self._job.cancel()

    def _submit(self, slots: list[int], side: int) -> None:
        cache, paths = self._document.thumbnails, [(slot, self._document.images[slot].path) for slot in slots]
        limit = self._settings.get("max_pixels")

        def work(token: Token, emit: Emit) -> None:
            if side > SIDE:  # the small ones are there in no time, and are better than nothing
                load(cache, [pair for pair in paths if pair[0] not in have], limit, token, emit)
            load(cache, paths, limit, token, emit, side)

        have = set(self._pixmaps)
        job = Job("Thumbnails", work, key=self._key, quiet=True)
        job.partial.connect(self._on_partial)
        self._job = job
        self._lane.submit(job)

    def _on_partial(self, parts: list[tuple[int, list[tuple[int, QImage]]]]) -> None:
        slots, done = [], set()
        for side, part in parts:
            for slot, image in part:
                self._drop(slot)
                pixmap = QPixmap.fromImage(image)
                self._pixmaps[slot] = (side, pixmap)
                self._bytes += _size(pixmap)
                slots.append(slot)
                if side >= self._side:
                    done.add(slot)
        while self._bytes > BYTES_KEPT and len(self._pixmaps) > 1:
            self._bytes -= _size(self._pixmaps.popitem(last=False)[1][1])
        self._wanted = [slot for slot in self._wanted if slot not in done]
        self.ready.emit(slots)


def _size(pixmap: QPixmap) -> int:
    """Bytes in memory."""
    return 4 * pixmap.width() * pixmap.height()


def load(
    cache: Thumbnails, paths: Sequence[tuple[int, str]], max_pixels: int, token: Token, emit: Emit, side: int = SIDE
) -> None:
    """Read thumbnails of one size from the cache, or make them from the originals and keep them.

    Hands over (side, [(slot, image)]). An image that cannot be read gives a null image; why, is said when it is
    described. Of a missing file there is the size that was made while it was there.
    """
    for start in range(0, len(paths), CHUNK):
        token.check()
        part = paths[start : start + CHUNK]
        cached = cache.get([slot for slot, _ in part], side)
        made, out = [], []
        for slot, path in part:
            data = cached.get(slot)
            if data is None:
                token.check()
                try:
                    data = thumbnail(decode(Path(path), side, max_pixels).pixels, side)
                except ImageError:
                    out.append((slot, picture(cache.get([slot]).get(slot, b""))))
                    continue
                made.append((slot, data))
            out.append((slot, picture(data)))
        if made:
            cache.put(made, side)
        emit((side, out))
        emit.flush()


def picture(data: bytes) -> QImage:
    """A stored thumbnail as an image; a null one where the bytes are none.

    Not by ``QImage.fromData``: that holds Python's lock while Qt tries its formats, and one of them waits for a lock
    that the main thread may hold while it waits for Python's. Pillow lets others run.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return as_qimage(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError):
        return QImage()


def as_qimage(pixels: PILImage.Image) -> QImage:
    """A picture as an image of Qt, without asking Qt to decode."""
    data = pixels.tobytes()
    image = QImage(data, pixels.width, pixels.height, 3 * pixels.width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # a copy: `data` ends here


def pixels_of(image: QImage) -> PILImage.Image:
    """The pixels of an image of Qt on white, without asking Qt to encode."""
    from PIL import Image

    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = bytes(plain.constBits())
    found = Image.frombuffer("RGBA", (plain.width(), plain.height()), data, "raw", "RGBA", plain.bytesPerLine(), 1)
    white = Image.new("RGB", found.size, MAT)
    white.paste(found, mask=found.getchannel("A"))
    return white


def smaller(pixels: PILImage.Image | None, side: int) -> PILImage.Image:
    """A copy no larger than so many pixels a side."""
    assert pixels is not None
    out = pixels.copy()
    out.thumbnail((side, side), reducing_gap=2.0)
    return out


def load_large(path: str | Path, side: int, max_pixels: int) -> QImage:
    """An image for the viewer, no larger than needed.

    Raises
    ------
    ImageError
    """
    pixels = decode(Path(path), side // 2, max_pixels).pixels
    pixels.thumbnail((side, side), reducing_gap=2.0)
    return as_qimage(pixels)


SIDES = (320, 640, 1024, 1536, 2304, 3456, 5184)
"""Sizes that large images are decoded at; zooming in asks for the next one."""


class LargeImages(QObject):
    """Images shown large: up to four side by side, and the next one ahead of time.

    Signals
    -------
    ready(int slot, QImage image)
    failed(int slot, AttrLensError error)
    """

    ready = Signal(int, QImage)
    failed = Signal(int, object)

    KEPT = 200_000_000
    """Bytes of decoded images that are kept."""

    def __init__(self, document: Document, lane: Lane, settings: Settings, key: str) -> None:
        super().__init__()
        self._document, self._lane, self._settings, self._key = document, lane, settings, key
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        document.opened.connect(self._images.clear)
        document.closed.connect(self._images.clear)
        document.pictures_changed.connect(self._forget)

    def _forget(self, slots: Iterable[int]) -> None:
        gone = set(slots)
        for key in [key for key in self._images if key[0] in gone]:
            del self._images[key]

    def _have(self, slot: int, side: int) -> QImage | None:
        """An image of that size, or all there is of it."""
        for known in SIDES:
            image = self._images.get((slot, known))
            if image is not None and (known == side or max(image.width(), image.height()) < known):
                self._images.move_to_end((slot, known))
                return image
        return None

    def want(self, slots: Sequence[int], pixels: int, ahead: int = -1) -> None:
        """Ask for images of about so many pixels; the last ones asked for win.

        Parameters
        ----------
        slots : sequence of int
        pixels : int
            Longer side.
        ahead : int
            Slot that is probably wanted next, -1 for none.
        """
        side = next((side for side in SIDES if side >= pixels), SIDES[-1])
        missing = []
        for slot in slots:
            image = self._have(slot, side)
            if image is not None:
                self.ready.emit(slot, image)
            else:
                missing.append(slot)
        if ahead >= 0 and self._have(ahead, side) is None:
            missing.append(ahead)
        paths = [(slot, self._document.images[slot].path) for slot in missing]
        limit = self._settings.get("max_pixels")

        def work(token: Token, emit: Emit) -> None:
            for slot, path in paths:
                token.check()
                try:
                    emit((slot, side, load_large(path, side, limit)))
                except ImageError as error:
                    emit((slot, side, error))
                emit.flush()

        job = Job("Image", work, key=self._key, quiet=True)
        job.partial.connect(self._on_partial, Qt.ConnectionType.DirectConnection)
        self._lane.submit(job)

    def _on_partial(self, parts: list[tuple[int, int, QImage | AttrLensError]]) -> None:
        for slot, side, found in parts:
            if isinstance(found, QImage):
                self._images[(slot, side)] = found
                self.ready.emit(slot, found)
            else:
                self.failed.emit(slot, found)
        kept = sum(image.sizeInBytes() for image in self._images.values())
        while kept > self.KEPT and len(self._images) > 1:
            kept -= self._images.popitem(last=False)[1].sizeInBytes()
