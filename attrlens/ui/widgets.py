"""Small helpers that make widgets in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QSplitter,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from attrlens.ui.icons import icon
from attrlens.ui.theme import Theme
from attrlens.words import told

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


class Elided(QLabel):
    """A line of text that takes the room there is; where it is too long its middle is left out, or its end."""

    def __init__(self, name: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__()
        self._mode = mode
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._mode, room.width())
        self.style().drawItemText(painter, room, int(self.alignment()), self.palette(), self.isEnabled(), text,
                                  self.foregroundRole())  # fmt: skip
        painter.end()


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties and name again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def tool(name: str, theme: Theme, tip: str) -> QToolButton:
    """A button with an icon only; the tool tip is its name too."""
    out = QToolButton()
    out.setIcon(icon(name, theme))
    out.setToolTip(tip)
    out.setAccessibleName(tip)
    return out


class Combo(QComboBox):
    """A list to choose from that tells when it opens.

    Signals
    -------
    about_to_open(), closed()
    """

    about_to_open = Signal()
    closed = Signal()

    def showPopup(self) -> None:
        self.about_to_open.emit()
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)  # the box may be narrower than its choices
        super().showPopup()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(4, 0)  # the longest choice is elided else, by the margins of its text

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(4, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        # As Qt paints it, but a choice that is too long ends with an ellipsis.
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2
        option.currentText = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.closed.emit()


def number_box(least: int, most: int, suffix: str) -> QSpinBox:
    """A box for a whole number."""
    out = QSpinBox()
    out.setRange(least, most)
    out.setSuffix(suffix)
    out.lineEdit().setTextMargins(6, 0, 0, 0)  # its style sheet's padding does not reach the text
    return out


def literal(text: str) -> str:
    """Text for a menu or a button in which "&" is no access key."""
    return text.replace("&", "&&")


def combo(items: Iterable[tuple[str, Any]], name: str) -> Combo:
    """A list to choose from.

    Parameters
    ----------
    items : iterable of (text, data)
    name : str
        What is chosen, in the person's language: for screen readers and the tool tip.
    """
    out = Combo()
    for text, data in items:
        out.addItem(told(text), data)
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


def side_by_side(left: QWidget, right: QWidget, sizes: tuple[int, int], *, wide: int) -> QSplitter:
    """Two widgets with a border between them that can be dragged; `wide`, 0 or 1, is the one that grows."""
    out = QSplitter(Qt.Orientation.Horizontal)
    for widget in (left, right):
        out.addWidget(widget)
    out.setStretchFactor(wide, 1)
    out.setChildrenCollapsible(False)
    out.setHandleWidth(1)
    out.setSizes(list(sizes))
    return out


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
