"""A layout that goes on in the next row where there is no room: larger text, longer words, a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

MANY = 100_000


class Flow(QLayout):
    """Widgets side by side, in as many rows as it takes.

    Parameters
    ----------
    parent : QWidget, optional
    spacing : int
        Pixels between them, both ways.
    even : bool
        All as wide as each other, filling the rows; else each as wide as it wants.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8, even: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._even = even
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        # No wider than it must be: it takes what it is given, and nothing grows because of it.
        return QSize(self.minimumSize().width(), self.heightForWidth(MANY))

    def minimumSize(self) -> QSize:
        out = QSize(0, 0)
        for item in self._shown():
            out = out.expandedTo(item.minimumSize())
        return out

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        """Items with the widths they get, row by row."""
        shown, gap = self._shown(), self.spacing()
        if self._even and shown:
            widest = max(item.minimumSize().width() for item in shown)
            columns = max(1, min(len(shown), (width + gap) // max(widest + gap, 1)))
            each = (width - gap * (columns - 1)) // columns
            return [[(item, each) for item in shown[i : i + columns]] for i in range(0, len(shown), columns)]
        rows: list[list[tuple[QLayoutItem, int]]] = []
        left = -1
        for item in shown:
            wanted = max(min(item.sizeHint().width(), width), item.minimumSize().width())
            if wanted > left:
                rows.append([])
                left = width
            rows[-1].append((item, wanted))
            left -= wanted + gap
        return rows

    def _arrange(self, area: QRect, *, move: bool) -> int:
        """Place all items; the height they take."""
        top = area.top()
        rows = self._rows(area.width())
        for row in rows:
            heights = [
                item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
                for item, width in row
            ]
            height, left = max(heights), area.left()
            for (item, width), own in zip(row, heights, strict=True):
                if move and self._even:
                    item.setGeometry(QRect(left, top, width, height))
                elif move:
                    item.setGeometry(QRect(left, top + (height - own) // 2, width, own))
                left += width + self.spacing()
            top += height + self.spacing()
        return top - area.top() - (self.spacing() if rows else 0)
