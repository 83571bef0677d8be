"""A widget that shows one photo on the mat, whole or zoomed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from attrlens.ui.theme import Theme

MOST = 40.0
"""Times the fitted size that can be zoomed to."""

STEP = 1.25

WHOLE = QRectF(0, 0, 1, 1)
"""The whole of a photo, in shares of it."""


class Zoom(QObject):
    """How far in, and where: shared by photos that are compared.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scale = 1.0
        self.center = QPointF(0.5, 0.5)

    def set(self, scale: float, center: QPointF) -> None:
        """Show a place (0 to 1, both ways) in the middle, so many times as large as fitted."""
        scale = min(max(scale, 1.0), MOST)
        half = 0.5 / scale
        center = QPointF(min(max(center.x(), half), 1 - half), min(max(center.y(), half), 1 - half))
        if scale != self.scale or center != self.center:
            self.scale, self.center = scale, center
            self.changed.emit()

    def reset(self) -> None:
        """The whole photo."""
        self.set(1.0, QPointF(0.5, 0.5))


class Photo(QWidget):
    """A photo, letterboxed, or a message in its place.

    Parameters
    ----------
    theme : Theme
    least : int
        Height at least.
    zoom : Zoom, optional
        The wheel and the mouse move it; without one the photo is always whole.

    Signals
    -------
    pressed()
        With the left button.
    resized()
    """

    pressed = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, least: int = 120, zoom: Zoom | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._zoom = zoom
        self._pixmap = QPixmap()
        self._text = ""
        self._overlay = QImage()
        self._opacity, self._place = 1.0, WHOLE
        self._held: QPointF | None = None
        self.setMinimumHeight(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)
        if zoom is not None:
            zoom.changed.connect(self._on_zoom)

    def show_pixmap(self, pixmap: QPixmap | None) -> None:
        """Show a pixmap that is at hand, while a sharper one is on its way."""
        self._pixmap, self._text = pixmap or QPixmap(), ""
        self.update()

    def show_overlay(self, overlay: QImage | None, opacity: float = 1.0, place: QRectF = WHOLE) -> None:
        """Lay a map over the photo; None takes it away.

        Parameters
        ----------
        overlay : QImage or None
        opacity : float
            0 to 1.
        place : QRectF
            Where, in shares of the photo; what reaches beyond it is cut.
        """
        self._overlay, self._opacity, self._place = overlay or QImage(), opacity, place
        self.update()

    @property
    def has_overlay(self) -> bool:
        """Whether a map lies over the photo."""
        return not self._overlay.isNull()

    @property
    def has_picture(self) -> bool:
        """Whether there is one, and not a message."""
        return not self._pixmap.isNull()

    def show_image(self, image: QImage) -> None:
        """Show an image."""
        self.show_pixmap(QPixmap.fromImage(image))

    def show_text(self, text: str) -> None:
        """Say why there is none."""
        self._pixmap, self._text = QPixmap(), text
        self.update()

    def pixels_wanted(self) -> int:
        """Longer side in device pixels, as it is shown now."""
        scale = self._zoom.scale if self._zoom is not None else 1.0
        return int(max(self.width(), self.height()) * self.devicePixelRatioF() * scale)

    def fitted(self) -> QSizeF:
        """The whole photo's size on the widget."""
        if self._pixmap.isNull():
            return QSizeF(self.size())
        return QSizeF(self._pixmap.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)

    def area(self) -> QRectF:
        """Where the photo is, in part outside of the widget when it is zoomed."""
        size = self.fitted()
        if self._zoom is None:
            out = QRectF(QPointF(0, 0), size)
            out.moveCenter(QRectF(self.rect()).center())
            return out
        size *= self._zoom.scale
        left = self.width() / 2 - self._zoom.center.x() * size.width()
        top = self.height() / 2 - self._zoom.center.y() * size.height()
        # No empty stripe at a side while the photo is larger than the widget that way.
        left = min(0.0, max(left, self.width() - size.width())) if size.width() > self.width() else (
            (self.width() - size.width()) / 2
        )  # fmt: skip
        top = min(0.0, max(top, self.height() - size.height())) if size.height() > self.height() else (
            (self.height() - size.height()) / 2
        )  # fmt: skip
        return QRectF(QPointF(left, top), size)

    def zoom_at(self, point: QPointF, factor: float) -> None:
        """Zoom so that what is under a point stays there."""
        if self._zoom is None or self._pixmap.isNull():
            return
        area = self.area()
        x, y = (point.x() - area.left()) / area.width(), (point.y() - area.top()) / area.height()
        scale = min(max(self._zoom.scale * factor, 1.0), MOST)
        size = self.fitted() * scale
        center = QPointF(
            (self.width() / 2 - point.x()) / size.width() + x, (self.height() / 2 - point.y()) / size.height() + y
        )
        self._zoom.set(scale, center)

    def pan(self, dx: float, dy: float) -> None:
        """Move the photo by so many pixels."""
        if self._zoom is not None and not self._pixmap.isNull():
            area = self.area()  # as it is shown: the zoom's own middle may lie beyond what the photo can be moved to
            x = (self.width() / 2 - area.left() - dx) / area.width()
            y = (self.height() / 2 - area.top() - dy) / area.height()
            self._zoom.set(self._zoom.scale, QPointF(x, y))

    def _on_zoom(self) -> None:
        zoomed = self._zoom is not None and self._zoom.scale > 1
        self.setCursor(Qt.CursorShape.OpenHandCursor if zoomed else Qt.CursorShape.ArrowCursor)
        self.update()

    # Events

    def sizeHint(self) -> QSize:
        return QSize(260, 260)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._zoom is None or not event.angleDelta().y():
            super().wheelEvent(event)
            return
        self.zoom_at(event.position(), STEP ** (event.angleDelta().y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
            if self._zoom is not None and self._zoom.scale > 1:
                self._held = event.position()
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        moved = event.position() - self._held
        self._held = event.position()
        self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self._on_zoom()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.color("mat"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        if not self._pixmap.isNull():
            area = self.area()
            seen = area.intersected(QRectF(self.rect()))
            x, y = self._pixmap.width() / area.width(), self._pixmap.height() / area.height()
            if x * self.devicePixelRatioF() < 0.2:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # pixels to be counted
            part = QRectF((seen.left() - area.left()) * x, (seen.top() - area.top()) * y, seen.width() * x,
                          seen.height() * y)  # fmt: skip
            painter.drawPixmap(seen, self._pixmap, part)
            if not self._overlay.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.setOpacity(self._opacity)
                at, size = self._place, area.size()
                painter.setClipRect(seen)
                painter.drawImage(
                    QRectF(area.left() + at.left() * size.width(), area.top() + at.top() * size.height(),
                           at.width() * size.width(), at.height() * size.height()), self._overlay,
                )  # fmt: skip
                painter.setClipping(False)
                painter.setOpacity(1.0)
        elif self._text:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            tokens, room = self._theme.tokens, self.rect().adjusted(24, 24, -24, -24)
            words = painter.fontMetrics().boundingRect(room, int(flags), self._text)
            painter.setBrush(tokens.color("raised"))  # on an 18 % gray mat neither ink would be read
            painter.drawRoundedRect(words.adjusted(-12, -8, 12, 8), 6, 6)
            painter.setPen(tokens.color("text"))
            painter.drawText(room, flags, self._text)
        painter.end()
