"""A widget that shows one photo whole, on the mat."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from attrlens.ui.theme import Theme


class Photo(QWidget):
    """A photo, letterboxed, or a message in its place."""

    def __init__(self, theme: Theme, least: int = 120) -> None:
        super().__init__()
        self._theme = theme
        self._pixmap = QPixmap()
        self._text = ""
        self._overlay = QImage()
        self.setMinimumHeight(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_pixmap(self, pixmap: QPixmap | None) -> None:
        """Show a pixmap that is at hand, while a sharper one is on its way."""
        self._pixmap, self._text = pixmap or QPixmap(), ""
        self.update()

    def show_overlay(self, overlay: QImage | None) -> None:
        """Lay a map over the photo, stretched to it; None takes it away."""
        self._overlay = overlay or QImage()
        self.update()

    @property
    def has_overlay(self) -> bool:
        """Whether a map lies over the photo."""
        return not self._overlay.isNull()

    def show_image(self, image: QImage) -> None:
        """Show an image."""
        self.show_pixmap(QPixmap.fromImage(image))

    def show_text(self, text: str) -> None:
        """Say why there is none."""
        self._pixmap, self._text = QPixmap(), text
        self.update()

    def pixels_wanted(self) -> int:
        """Longer side in device pixels."""
        return int(max(self.width(), self.height()) * self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        return QSize(260, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.color("mat"))
        painter.drawRoundedRect(self.rect(), 4, 4)
        if not self._pixmap.isNull():
            size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            area = self.rect()
            area.setSize(size)
            area.moveCenter(self.rect().center())
            painter.drawPixmap(area, self._pixmap)
            if not self._overlay.isNull():
                painter.drawImage(area, self._overlay)
        elif self._text:
            painter.setPen(self._theme.tokens.color("dim"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 12, -12, -12), flags, self._text)
        painter.end()
