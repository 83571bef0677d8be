"""A photo with a map or a mask over it, that tells what is under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attrlens.core.inside.colormap import MAPS, MapName
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Photo, Zoom
from attrlens.ui.widgets import Elided, named

BAR = 96
"""Pixels that the colors of the key take."""


class OverlayPhoto(Photo):
    """A photo that follows the mouse.

    Signals
    -------
    hovered(float x, float y)
        Place in the picture, 0 to 1 both ways.
    left()
    """

    hovered = Signal(float, float)
    left = Signal()

    def __init__(self, theme: Theme, zoom: Zoom) -> None:
        super().__init__(theme, 80, zoom)
        self.setMouseTracking(True)

    def place(self, point: QPointF) -> tuple[float, float] | None:
        """Where in the picture a point of the widget is; None beside it."""
        area = self.area()
        if not self.has_picture or not area.contains(point):
            return None
        return (point.x() - area.left()) / area.width(), (point.y() - area.top()) / area.height()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = self.place(event.position())
        if place is None:
            self.left.emit()
        else:
            self.hovered.emit(*place)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


class Key(QWidget):
    """What the colors mean: the map's colors from end to end, with the ends in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._colors: MapName = "inferno"
        self._ends = ("", "")
        self.hide()

    def show_key(self, colors: MapName, low: str, high: str) -> None:
        """Show it."""
        self._colors, self._ends = colors, (low, high)
        metrics = self.fontMetrics()
        self.setFixedSize(sum(map(metrics.horizontalAdvance, self._ends)) + BAR + 16, metrics.height() + 4)
        self.setAccessibleName(f"{low} – {high}")
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.tokens.color("dim"))
        area, left = self.rect(), self.fontMetrics().horizontalAdvance(self._ends[0]) + 8
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, flags | Qt.AlignmentFlag.AlignLeft, self._ends[0])
        painter.drawText(area, flags | Qt.AlignmentFlag.AlignRight, self._ends[1])
        points = MAPS[self._colors]
        slope = QLinearGradient(left, 0, left + BAR, 0)
        for i, color in enumerate(points):
            slope.setColorAt(i / (len(points) - 1), QColor(*color))
        painter.fillRect(left, (self.height() - 10) // 2, BAR, 10, slope)
        painter.end()


class Pane(QWidget):
    """One photo of the comparison, with a line below."""

    def __init__(self, theme: Theme, zoom: Zoom) -> None:
        super().__init__()
        self.slot, self.channel = -1, -1
        self.made: object = None
        self.cover, self.share = QImage(), 0.0
        self.photo = OverlayPhoto(theme, zoom)
        self._caption = Elided("small", Qt.TextElideMode.ElideRight)
        named(self._caption, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.photo, 1)
        column.addWidget(self._caption)

    def say(self, text: str, whole: str = "") -> None:
        """Write the line below; `whole` is all there is to say, for the tool tip and screen readers."""
        self._caption.setText(text)
        self._caption.setToolTip(whole or text)
        self.photo.setAccessibleName(whole or text)
