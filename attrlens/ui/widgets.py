"""Small helpers that make widgets in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str) -> W:
    """Give a widget the object name the style sheet knows it by, and let it paint its background."""
    widget.setObjectName(name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


def label(text: str = "", name: str = "", *, wrap: bool = False, center: bool = False) -> QLabel:
    """A label of plain text.

    Parameters
    ----------
    text : str
    name : str
        Object name, for the style sheet.
    wrap : bool
        Break long lines.
    center : bool
    """
    out = QLabel(text)
    out.setObjectName(name)
    out.setTextFormat(Qt.TextFormat.PlainText)
    out.setWordWrap(wrap)
    if center:
        out.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return out


def combo(items: Iterable[tuple[str, Any]], name: str) -> QComboBox:
    """A list to choose from.

    Parameters
    ----------
    items : iterable of (text, data)
    name : str
        What is chosen: for screen readers and the tool tip.
    """
    out = QComboBox()
    for text, data in items:
        out.addItem(text, data)
    out.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    out.setAccessibleName(name)
    out.setToolTip(name)
    return out


def titled(table: QTableWidget, titles: Iterable[str], tips: Iterable[str] = (), *, numbers: bool = False) -> None:
    """Give a table its columns: left-aligned titles, or right-aligned ones over numbers from the second on."""
    names, told = list(titles), list(tips)
    table.setColumnCount(len(names))
    for i, name in enumerate(names):
        item = QTableWidgetItem(name)
        side = Qt.AlignmentFlag.AlignRight if numbers and i else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if told:
            item.setToolTip(told[i])
        table.setHorizontalHeaderItem(i, item)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(28)
    table.setShowGrid(False)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)


class EmptyPage(QWidget):
    """What stands where there is nothing to show: one thing to know, one button.

    Parameters
    ----------
    wrap : bool
        Break long lines.
    """

    def __init__(self, *, wrap: bool = False) -> None:
        super().__init__()
        named(self, "center")
        self._title = label("", "subtitle", wrap=wrap, center=True)
        self._text = label("", "dim", wrap=wrap, center=True)
        self.button = QPushButton()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, title: str, text: str = "", button: str = "") -> None:
        """Say it; no button without words on it."""
        self._title.setText(title)
        self._text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
