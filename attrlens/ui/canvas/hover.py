"""A card beside the mouse: the whole image, its name, what is said of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from attrlens.state.document import Document
from attrlens.state.pictures import CanvasPictures
from attrlens.state.swatches import Swatches
from attrlens.state.view import GalleryView
from attrlens.ui.gallery.chips import chip
from attrlens.ui.gallery.tiles import CHIP, Chip, draw_chip
from attrlens.ui.theme import Theme

SIDE = 200
PAD = 8
WAIT = 250
"""Milliseconds the mouse rests before the card comes."""


class HoverCard(QWidget):
    """Shows the image under the mouse; takes no clicks itself."""

    def __init__(
        self, parent: QWidget, document: Document, view: GalleryView, pictures: CanvasPictures, swatches: Swatches,
        theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._view, self._pictures = document, view, pictures
        self._swatches, self._theme = swatches, theme
        self._slot = -1
        self._at = QPoint()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._timer.timeout.connect(self._show)
        pictures.ready.connect(self.update)
        document.closed.connect(lambda: self.point_at(-1, QPoint()))

    def point_at(self, slot: int, point: QPoint) -> None:
        """The mouse is on an image, or on none (-1)."""
        if slot < 0 or slot >= len(self._document.images):
            self._slot = -1
            self._timer.stop()
            self.hide()
            return
        self._slot, self._at = slot, point
        if self.isVisible():
            self._show()
        else:
            self._timer.start()

    def _show(self) -> None:
        parent = self.parentWidget()
        if parent is None or self._slot < 0 or self._slot >= len(self._document.images):
            return
        line = self._theme.px(20)
        has_chip = self._chip() is not None
        self.resize(SIDE + 2 * PAD, SIDE + 2 * PAD + line + (self._theme.px(CHIP) + 10 if has_chip else 0))
        at = parent.mapFromGlobal(self._at)
        x = at.x() + 20 if at.x() + 20 + self.width() <= parent.width() else at.x() - 20 - self.width()
        y = min(max(4, at.y() - self.height() // 2), parent.height() - self.height() - 4)
        self.move(max(4, x), max(4, y))
        self._pictures.want([self._slot], self._pictures.side_for(SIDE * self.devicePixelRatioF()))
        self.show()
        self.raise_()
        self.update()

    def _chip(self) -> Chip | None:
        """What the active attribute says of the image, None for nothing."""
        attribute = self._document.model.attributes.get(self._view.attribute)
        found = None if attribute is None else chip(self._document, self._swatches, attribute, self._slot)
        return None if found is None or found.kind == "none" else found

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._slot < 0 or self._slot >= len(self._document.images):
            return
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.setBrush(tokens.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        area = QRect(PAD, PAD, SIDE, SIDE)
        painter.fillRect(area, tokens.color("mat"))
        picture = self._pictures.get(self._slot, self._pictures.side_for(SIDE * self.devicePixelRatioF()))
        if picture is not None and not picture.isNull():
            size = picture.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(area.center())
            painter.drawPixmap(place, picture)
        line = self._theme.px(20)
        name = self._document.images[self._slot].path.replace("\\", "/").rpartition("/")[2]
        painter.setPen(tokens.color("text"))
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, SIDE)
        painter.drawText(QRect(PAD, PAD + SIDE + 2, SIDE, line), Qt.AlignmentFlag.AlignCenter, text)
        found = self._chip()
        if found is not None:
            draw_chip(
                painter, QRectF(PAD + 0.5, PAD + SIDE + line + 4.5, SIDE - 1, self._theme.px(CHIP) - 1), found, tokens
            )
        painter.end()
