"""A table as tall as its rows, inside a page that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QToolTip

from attrlens.ui.theme import Theme
from attrlens.words import told

ROW, SCROLL = 28, 14
"""Heights of a row, at a text size of 100 %, and of the scroll bar; pixels."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Columns = Sequence[tuple[str, str]]
"""Titles, and what they mean."""


class Table(QTableWidget):
    """Rows of a name and numbers.

    Parameters
    ----------
    theme : Theme
    name : str
        For screen readers.
    even : bool
        Columns fill the width, as wide as each other where all have room so; else as wide as they need.

    Signals
    -------
    chosen(int row)
        Enter or Space was pressed on it.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, name: str, *, even: bool = False) -> None:
        super().__init__()
        self._theme, self._even = theme, even
        self.setAccessibleName(name)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab goes on to the next control, arrows walk the cells
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        theme.changed.connect(self._fit)
        self._fit()

    def fill(self, head: Columns, rows: Sequence[Sequence[str]]) -> None:
        """Show rows; the first column is text, the others are numbers."""
        self.setColumnCount(len(head))
        self.setRowCount(len(rows))
        for j, (name, meaning) in enumerate(head):
            item = QTableWidgetItem(told(name))
            item.setToolTip(told(meaning))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, told(meaning))
            item.setTextAlignment(RIGHT if j else LEFT)
            self.setHorizontalHeaderItem(j, item)
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                item = QTableWidgetItem(text)
                if j:
                    item.setTextAlignment(RIGHT)
                self.setItem(i, j, item)
        self._fit()

    def _fit(self) -> None:
        header, row = self.horizontalHeader(), self._theme.px(ROW)
        self.verticalHeader().setDefaultSectionSize(row)
        scroll = SCROLL
        if self._even:
            hints = [max(header.sectionSizeHint(i), self.sizeHintForColumn(i)) for i in range(header.count())]
            modes = QHeaderView.ResizeMode
            same, fits = max(hints, default=0) * len(hints) <= self.width(), sum(hints) <= self.width()
            header.setSectionResizeMode(modes.Stretch if same else modes.ResizeToContents)
            if fits and hints:
                header.setSectionResizeMode(0, modes.Stretch)
            scroll = 4 if fits else SCROLL
        self.setFixedHeight(header.sizeHint().height() + row * self.rowCount() + scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._even and event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._tell_column()

    def _tell_column(self) -> None:
        """What the mouse is told above a title, for the keyboard."""
        title = self.horizontalHeaderItem(self.currentColumn())
        if title is not None and title.toolTip():
            left = self.columnViewportPosition(self.currentColumn())
            QToolTip.showText(self.horizontalHeader().mapToGlobal(QPoint(left, 0)), title.toolTip(), self)
