"""A rubber band over the gallery: a rectangle drawn with the mouse that selects what it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea

from attrlens.state.selection import Selection

FASTEST = 60
"""Pixels a step, when the mouse is far outside."""


class Band(QObject):
    """The band of one view, which scrolls while the mouse is above or below it.

    Parameters
    ----------
    area : QAbstractScrollArea
    selection : Selection
    inside : callable
        Slots in a rectangle of the content.
    """

    def __init__(
        self, area: QAbstractScrollArea, selection: Selection, inside: Callable[[QRect], Iterable[int]]
    ) -> None:
        super().__init__(area)
        self._area, self._selection, self._inside = area, selection, inside
        self._base = self._before = frozenset[int]()
        self._from: QPoint | None = None
        self._rect: QRect | None = None
        self._scroll = QTimer(self, interval=30)
        self._scroll.timeout.connect(self._auto_scroll)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a band to be seen."""
        return self._rect is not None

    def _top(self) -> int:
        return self._area.verticalScrollBar().value()

    def begin(self, point: QPoint, base: frozenset[int]) -> None:
        """The mouse went down at a point of the viewport; `base` stays selected beside what the band touches."""
        self._from, self._base, self._before = point + QPoint(0, self._top()), base, self._selection.slots

    def stretch(self, point: QPoint) -> None:
        """The mouse is at a point of the viewport."""
        if self._from is not None:
            self._rect = QRect(self._from, point + QPoint(0, self._top())).normalized()
            self._selection.set(self._base | set(self._inside(self._rect)))
            self._scroll.start()
            self._area.viewport().update()

    def end(self) -> None:
        """What is selected stays so."""
        self._from = None
        if self._rect is not None:
            self._rect = None
            self._scroll.stop()
            self._area.viewport().update()

    def cancel(self) -> None:
        """Select what was selected before."""
        self._selection.set(self._before)
        self.end()

    def paint(self, painter: QPainter, color: QColor) -> None:
        """Draw it on the viewport."""
        if self._rect is not None:
            painter.setPen(QPen(color, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._rect.translated(0, -self._top()))

    def _auto_scroll(self) -> None:
        height = self._area.viewport().height()
        point = self._area.viewport().mapFromGlobal(self._area.cursor().pos())
        over = point.y() - height if point.y() > height else min(0, point.y())
        if over:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + max(-FASTEST, min(FASTEST, over)))
            self.stretch(point)
