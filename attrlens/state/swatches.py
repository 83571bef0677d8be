"""Pictures for classes: a texture is shown by a crop of its most typical exemplar, not by a color."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from attrlens.core.recipes import COLOR, RESNET_COLOR
from attrlens.jobs.job import Job
from attrlens.jobs.lane import Lane
from attrlens.state.document import Document
from attrlens.state.settings import Settings
from attrlens.state.thumbnails import load
from attrlens.words import words

COLOR_RECIPES = frozenset({COLOR.key, RESNET_COLOR.key})
"""Attributes on these tell colors: their classes are shown by color."""


class Swatches(QObject):
    """Crops by class id.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self, document: Document, lane: Lane, settings: Settings) -> None:
        super().__init__()
        self._document, self._lane, self._settings = document, lane, settings
        self._crops: dict[int, tuple[int, QPixmap]] = {}
        self._timer = QTimer(self, singleShot=True, interval=200)
        self._timer.timeout.connect(self._ask)
        document.opened.connect(self._clear)
        document.closed.connect(self._clear)
        document.suggestions_changed.connect(self._later)
        document.model_changed.connect(self._later)

    def crop(self, class_id: int) -> QPixmap | None:
        """The crop, or None where a color shows the class."""
        found = self._crops.get(class_id)
        return found[1] if found else None

    def _later(self, *_: object) -> None:
        self._timer.start()  # never connect start itself: it would take the signal's number for its interval

    def _clear(self) -> None:
        self._crops.clear()
        self._timer.start()

    def _ask(self) -> None:
        if not self._document.is_open:
            return
        wanted = self._typical()
        self._crops = {c: value for c, value in self._crops.items() if wanted.get(c) == value[0]}
        missing = {c: slot for c, slot in wanted.items() if c not in self._crops}
        if not missing:
            self.changed.emit()
            return
        cache = self._document.thumbnails
        paths = [(slot, self._document.images[slot].path) for slot in dict.fromkeys(missing.values())]
        limit = self._settings.get("max_pixels")
        job = Job(
            words("Swatches"), lambda token, emit: load(cache, paths, limit, token, emit), key="swatches", quiet=True
        )
        self._missing = missing
        job.partial.connect(self._on_partial)
        self._lane.submit(job)

    def _typical(self) -> dict[int, int]:
        """Class id to the slot of its most typical exemplar: the one the machine is surest of."""
        model = self._document.model
        out: dict[int, tuple[float, int]] = {}
        for attribute in model.attributes.values():
            if attribute.recipe in COLOR_RECIPES:
                continue
            confidence = self._document.by_slot(attribute.id).confidence
            for slot, class_id in model.exemplars_of(attribute.id).items():
                sure = float(confidence[slot])
                if class_id not in out or sure > out[class_id][0]:
                    out[class_id] = (sure, slot)
        return {class_id: slot for class_id, (_, slot) in out.items()}

    def _on_partial(self, parts: list[tuple[int, list[tuple[int, QImage]]]]) -> None:
        images = {slot: image for _, part in parts for slot, image in part if not image.isNull()}
        for class_id, slot in self._missing.items():
            if slot in images:
                image = images[slot]
                side = min(image.width(), image.height()) // 3
                area = QRect(0, 0, side, side)
                area.moveCenter(image.rect().center())
                self._crops[class_id] = (slot, QPixmap.fromImage(image.copy(area)))
        self.changed.emit()
