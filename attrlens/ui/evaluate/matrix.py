"""The matrix of labels and decisions: a cell is clicked to see its images."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from attrlens.ui.theme import Theme
from attrlens.words import number, tr

CELL, LEAST = 40, 20
"""Side of a cell, and the least where there are many classes; pixels at a text size of 100 %."""

ROOM = 560
"""Pixels that the cells of a row should not exceed."""

WRONG_SHADE = 0.45
"""Of the warning color at most, in a cell of mistakes: its number has to be read."""


class ConfusionMatrix(QWidget):
    """Row: the label. Column: the decision, unknown last.

    Signals
    -------
    cell_chosen(int row, int column)
    """

    cell_chosen = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[str] = []
        self._columns: list[str] = []
        self._counts: list[list[int]] = []
        self._hover = (-1, -1)
        self._current = (0, 0)
        self._left, self._top, self._side = 0, 0, CELL
        self._room = ROOM
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Labels and decisions"))
        theme.changed.connect(self._measure)

    def show_counts(self, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """Show a table of shape (rows, columns)."""
        self._rows, self._columns = list(rows), list(columns)
        self._counts = [list(row) for row in counts]
        self._current = (0, 0)
        self._describe()
        self._measure()

    def _measure(self) -> None:
        """Find out how large names and cells are at the text size, and take that room."""
        px, metrics = self._theme.px, self.fontMetrics()
        left = max((metrics.horizontalAdvance(name) for name in self._rows), default=0) + 12
        top = max((metrics.horizontalAdvance(name) for name in self._columns), default=0)
        self._left, self._top = min(left, px(180)), round(min(top, px(160)) * 0.72) + px(18)
        wide = max((metrics.horizontalAdvance(number(n)) for row in self._counts for n in row), default=0) + 6
        room = min(ROOM, self._room - self._left - self._slant)
        self._side = max(px(LEAST), wide, min(px(CELL), room // max(len(self._columns), 1)))
        self.setFixedSize(self.sizeHint())
        self.update()

    @property
    def _slant(self) -> int:
        """How far the last column's name leans out to the right."""
        return round(self._top * 0.9)

    def set_room(self, width: int) -> None:
        """Say how wide it may be without a reason to scroll; cells of small numbers are made smaller for it."""
        if width != self._room:
            self._room = width
            self._measure()

    def sizeHint(self) -> QSize:
        width = self._left + self._side * len(self._columns) + self._slant
        return QSize(width, self._top + self._side * len(self._rows) + 2)

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell is."""
        side = self._side
        return QRect(self._left + column * side, self._top + row * side, side - 1, side - 1)

    def _cell_at(self, point: QPoint) -> tuple[int, int]:
        column, row = (point.x() - self._left) // self._side, (point.y() - self._top) // self._side
        if 0 <= row < len(self._rows) and 0 <= column < len(self._columns):
            return row, column
        return -1, -1

    @property
    def unknown_column(self) -> int:
        """The last column: decided unknown."""
        return len(self._columns) - 1

    def names(self, row: int, column: int) -> tuple[str, str]:
        """Label and decision of a cell."""
        return self._rows[row], self._columns[column]

    def sentence(self, row: int, column: int) -> str:
        """A cell in words."""
        label, decision = self.names(row, column)
        n, total = self._counts[row][column], sum(self._counts[row])
        return tr("{n:,} of {total:,} labeled {label}: decided {decision}", n=n, total=total, label=label,
                  decision=decision)  # fmt: skip

    def _describe(self) -> None:
        if self._counts:
            self.setAccessibleDescription(self.sentence(*self._current))

    def _choose(self, row: int, column: int) -> None:
        if row >= 0 and self._counts[row][column]:
            self._current = (row, column)
            self._describe()
            self.update()
            self.cell_chosen.emit(row, column)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        left, top, side = self._left, self._top, self._side
        for i, name in enumerate(self._rows):
            area = QRect(0, top + i * side, left - 8, side)
            painter.setPen(tokens.color("text"))
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        for j, name in enumerate(self._columns):
            painter.save()
            painter.translate(left + j * side + side / 2, top - 6)
            painter.rotate(-45)
            painter.setPen(tokens.color("dim" if j == len(self._rows) else "text"))
            painter.drawText(
                0, 0, self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self._theme.px(160))
            )
            painter.restore()
        for i, row in enumerate(self._counts):
            for j, n in enumerate(row):
                self._paint_cell(painter, i, j, n / max(sum(row), 1))
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, column: int, share: float) -> None:
        tokens, area, n = self._theme.tokens, self.cell_rect(row, column), self._counts[row][column]
        ground = tokens.color("panel")
        painter.fillRect(area, ground)
        if n:
            shade = tokens.color("dim" if row == column else "warning")
            shade.setAlphaF(0.12 + 0.4 * share if row == column else min(WRONG_SHADE, 0.18 + 2 * share))
            painter.fillRect(area, shade)
            painter.setPen(tokens.color("text"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number(n))
        if (row, column) == self._hover and n:
            painter.setPen(QPen(tokens.color("text"), 1))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        if (row, column) == self._current and self.hasFocus():
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell != self._hover:
            self._hover = cell
            live = cell[0] >= 0 and self._counts[cell[0]][cell[1]] > 0
            self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = (-1, -1)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(*self._cell_at(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._counts:
            row, column = self._current[0] + step[0], self._current[1] + step[1]
            self._current = (min(max(row, 0), len(self._rows) - 1), min(max(column, 0), len(self._columns) - 1))
            self._describe()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._counts:
            self._choose(*self._current)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row, column = self._cell_at(event.pos())
            if row >= 0:
                QToolTip.showText(event.globalPos(), self.sentence(row, column), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
