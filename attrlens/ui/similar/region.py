"""A photo on which a part is drawn that counts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication

from attrlens.core.retrieve.outside import LEAST, WHOLE, Box
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Photo
from attrlens.words import tr

SHADE = QColor(0, 0, 0, 120)
"""Over what does not count."""


class RegionPhoto(Photo):
    """A rectangle is drawn with the mouse; a click, or Delete, makes the whole photo count again.

    Signals
    -------
    region_drawn(object box)
    """

    region_drawn = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 80)
        self.box: Box = WHOLE
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("What is looked for"))
        self.setToolTip(tr("Draw around the part that counts; a click takes the whole picture again"))

    def sizeHint(self) -> QSize:
        return QSize(148, 148)

    def show_box(self, box: Box) -> None:
        """Show which part counts."""
        self.box = box
        self.update()

    def _share(self, point: QPointF) -> tuple[float, float]:
        area = self.area()
        x, y = (point.x() - area.left()) / area.width(), (point.y() - area.top()) / area.height()
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def _drawn(self) -> Box:
        """The rectangle being drawn, in shares of the photo."""
        assert self._from is not None and self._to is not None
        (x0, y0), (x1, y1) = self._share(self._from), self._share(self._to)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        if event.button() == Qt.MouseButton.LeftButton and self.has_picture:
            self._from = self._to = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None or self._to is None:
            return
        moved = (self._to - self._from).manhattanLength() >= QApplication.startDragDistance()
        box = self._drawn() if moved else WHOLE
        self._from = self._to = None
        if moved and (box[2] - box[0] < LEAST or box[3] - box[1] < LEAST):
            self.update()
            return  # a slip of the hand
        self._choose(box)

    def _choose(self, box: Box) -> None:
        if box != self.box:
            self.show_box(box)
            self.region_drawn.emit(box)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._from is not None:
            self._from = self._to = None
            self.update()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(WHOLE)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.has_picture:
            return
        box = self._drawn() if self._from is not None else self.box
        painter = QPainter(self)
        if box != WHOLE and (box[2] > box[0] or box[3] > box[1]):
            area = self.area()
            inside = QRectF(
                area.left() + box[0] * area.width(), area.top() + box[1] * area.height(),
                (box[2] - box[0]) * area.width(), (box[3] - box[1]) * area.height(),
            )  # fmt: skip
            for part in (
                QRectF(area.left(), area.top(), area.width(), inside.top() - area.top()),
                QRectF(area.left(), inside.bottom(), area.width(), area.bottom() - inside.bottom()),
                QRectF(area.left(), inside.top(), inside.left() - area.left(), inside.height()),
                QRectF(inside.right(), inside.top(), area.right() - inside.right(), inside.height()),
            ):
                painter.fillRect(part, SHADE)
            painter.setPen(QPen(self._theme.tokens.color("accent"), 2))
            painter.drawRect(inside)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.tokens.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
