"""The matrix of labels and decisions: a cell is clicked to see its images."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from attrlens.ui.theme import Theme

CELL, LEAST = 40, 22
"""Side of a cell, and the least where there are many classes; pixels."""


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
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Labels and decisions")
        theme.changed.connect(self.update)

    def show_counts(self, rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """Show a table of shape (rows, columns)."""
        self._rows, self._columns = list(rows), list(columns)
        self._counts = [list(row) for row in counts]
        self._current = (0, 0)
        self.setFixedSize(self.sizeHint())
        self._describe()
        self.update()

    @property
    def _cell(self) -> int:
        return max(LEAST, min(CELL, 560 // max(len(self._columns), 1)))

    def _margins(self) -> tuple[int, int]:
        """Width of the row names, height of the slanted column names."""
        metrics = self.fontMetrics()
        left = max((metrics.horizontalAdvance(name) for name in self._rows), default=0) + 12
        top = max((metrics.horizontalAdvance(name) for name in self._columns), default=0)
        return min(left, 180), round(min(top, 160) * 0.72) + 18

    def sizeHint(self) -> QSize:
        left, top = self._margins()
        slant = round(self._margins()[1] * 0.9)  # the last name leans out to the right
        return QSize(left + self._cell * len(self._columns) + slant, top + self._cell * len(self._rows) + 2)

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell is."""
        left, top = self._margins()
        side = self._cell
        return QRect(left + column * side, top + row * side, side - 1, side - 1)

    def _cell_at(self, point: QPoint) -> tuple[int, int]:
        left, top = self._margins()
        column, row = (point.x() - left) // self._cell, (point.y() - top) // self._cell
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
        n, total = self._counts[row][column], sum(self._counts[row])
        return f"{n:,} of {total:,} labeled {self._rows[row]}: decided {self._columns[column]}"

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
        left, top = self._margins()
        for i, name in enumerate(self._rows):
            area = QRect(0, top + i * self._cell, left - 8, self._cell)
            painter.setPen(tokens.color("text"))
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        for j, name in enumerate(self._columns):
            painter.save()
            painter.translate(left + j * self._cell + self._cell / 2, top - 6)
            painter.rotate(-45)
            painter.setPen(tokens.color("dim" if j == len(self._rows) else "text"))
            painter.drawText(0, 0, self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 160))
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
            shade.setAlphaF(0.12 + 0.4 * share if row == column else min(0.7, 0.18 + 2 * share))
            painter.fillRect(area, shade)
            painter.setPen(tokens.color("text"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{n:,}")
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
