"""A photo with a map or a mask over it, that tells what is under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Photo, Zoom
from attrlens.ui.widgets import Elided, named


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


class Pane(QWidget):
    """One photo of the comparison, with a line below."""

    def __init__(self, theme: Theme, zoom: Zoom) -> None:
        super().__init__()
        self.slot, self.channel = -1, -1
        self.photo = OverlayPhoto(theme, zoom)
        self._caption = Elided("small", Qt.TextElideMode.ElideRight)
        named(self._caption, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.photo, 1)
        column.addWidget(self._caption)

    def say(self, text: str) -> None:
        """Write the line below."""
        self._caption.setText(text)
        self._caption.setToolTip(text)
        self.photo.setAccessibleName(text)
