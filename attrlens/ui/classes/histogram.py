"""A histogram of confidences with the threshold on it, to be dragged."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from attrlens.ui.theme import Theme
from attrlens.words import number, tr

Array = np.ndarray[Any, Any]

BINS = 50
HEIGHT = 96
SIDE, TOP, FOOT = 8, 12, 16
"""Margins, in pixels; the foot holds text and grows with it."""

REACH = 10
"""Pixels beside the line that still take hold of it."""


class Histogram(QWidget):
    """Confidences of a class's suggestions; what is left of the threshold is unknown.

    Signals
    -------
    moved(float)
        The threshold while it is dragged, 0 to 1.
    chosen(float)
        It was let go, or a key moved it.
    left()
        The drag was given up with Esc.
    """

    moved = Signal(float)
    chosen = Signal(float)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: Array = np.zeros(BINS, np.int64)
        self._threshold = 0.5
        self._held = False
        self._settle = QTimer(self, singleShot=True, interval=600)  # keys held down are one step of undo
        self._settle.timeout.connect(self._on_settled)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Threshold on the histogram of confidences"))
        self.setToolTip(tr("Drag the line: what is left of it is unknown. Arrow keys move it by 1 %, Esc gives up."))
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        self.setFixedHeight(HEIGHT - FOOT + self._theme.px(FOOT))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    @property
    def threshold(self) -> float:
        """Where the line is, 0 to 1."""
        return self._threshold

    @property
    def held(self) -> bool:
        """Whether a person has the line in hand, by mouse or by keys."""
        return self._held or self._settle.isActive()

    def show_values(self, confidences: Array, threshold: float) -> None:
        """Show confidences of shape (n,), 0 to 1; the line stays where a person holds it."""
        self._counts = np.bincount(np.clip((confidences * BINS).astype(int), 0, BINS - 1), minlength=BINS)
        if not self.held:
            self._threshold = threshold
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(tr("Unknown below {limit:.0%}", limit=self._threshold))

    def _x(self, value: float) -> float:
        return SIDE + value * (self.width() - 2 * SIDE)

    def line_at(self) -> QPointF:
        """A point on the line."""
        return QPointF(self._x(self._threshold), self.height() / 2)

    def _value(self, x: float) -> float:
        share = (x - SIDE) / max(1, self.width() - 2 * SIDE)
        return round(min(max(share, 0.0), 0.99), 2)  # the program is never certain: at 100 % nothing would be left

    def _is_near(self, x: float) -> bool:
        return abs(x - self._x(self._threshold)) <= REACH

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Only on the line: a click that merely gives the focus changes nothing.
        if event.button() == Qt.MouseButton.LeftButton and self._is_near(event.position().x()):
            self._held = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._held or self._is_near(event.position().x())
        self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)
        if self._held:
            self._move(self._value(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held = False
            self.chosen.emit(self._threshold)

    def _move(self, value: float) -> None:
        if value != self._threshold:
            self._threshold = value
            self._describe()
            self.update()
        self.moved.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: -10, Qt.Key.Key_PageUp: 10}
        step = steps.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape and (self._held or self._settle.isActive()):
            self.let_go()
        elif step:
            self._move(min(max(round(self._threshold + step / 100, 2), 0.0), 0.99))
            self._settle.start()
        else:
            super().keyPressEvent(event)

    def let_go(self) -> None:
        """Give up what is being dragged."""
        if self._held or self._settle.isActive():
            self._held = False
            self._settle.stop()
            self.left.emit()

    def _on_settled(self) -> None:
        self.chosen.emit(self._threshold)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.let_go()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._settle.isActive():
            self._settle.stop()
            self._on_settled()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        bottom = self.height() - self._theme.px(FOOT)
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.drawLine(QPointF(SIDE, bottom + 0.5), QPointF(self.width() - SIDE, bottom + 0.5))
        most = max(1, int(self._counts.max()))
        width = (self.width() - 2 * SIDE) / BINS
        painter.setPen(Qt.PenStyle.NoPen)
        for i, count in enumerate(self._counts.tolist()):
            if count:
                # Square roots: a handful at the edge must be seen beside thousands that are sure.
                height = max(2.0, (bottom - TOP) * (count / most) ** 0.5)
                sure = (i + 0.5) / BINS >= self._threshold
                painter.setBrush(tokens.color("dim" if sure else "line"))
                painter.drawRect(QRectF(SIDE + i * width + 0.5, bottom - height, max(1.0, width - 1), height))
        self._paint_line(painter, bottom)
        painter.setPen(tokens.color("dim"))
        font = painter.font()
        font.setPixelSize(self._theme.px(11))
        painter.setFont(font)
        foot = QRectF(SIDE, bottom + 2, self.width() - 2 * SIDE, self._theme.px(FOOT) - 2)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, number(0.0, ".0%"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, number(1.0, ".0%"))
        name = tr("confidence")
        if (
            painter.fontMetrics().horizontalAdvance(f"{number(0.0, '.0%')}  {name}  {2 * number(1.0, '.0%')}")
            <= foot.width()
        ):  # else the tool tip says it
            painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, name)
        painter.end()

    def _paint_line(self, painter: QPainter, bottom: float) -> None:
        color = self._theme.tokens.color("accent" if self.hasFocus() or self._held else "text")
        x = self._x(self._threshold)
        painter.setPen(QPen(color, 2))
        painter.drawLine(QPointF(x, TOP - 2), QPointF(x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([QPointF(x - 6, 1), QPointF(x + 6, 1), QPointF(x, TOP)]))
