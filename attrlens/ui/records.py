"""Dialogs that tell: the history of an image or a class, and what an automatic choice tried."""

from __future__ import annotations

import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.auto import Found, Tried
from attrlens.core.catalog.history import Event
from attrlens.ui.widgets import label, titled
from attrlens.words import number, told, tr, words

DETAILS = {
    "action": words("action"),
    "changes": words("changes"),
    "decision": words("decision"),
    "exemplars": words("exemplar set"),
    "images": words("images"),
    "method": words("method"),
    "recipe": words("recipe"),
    "threshold": words("threshold"),
    "weights_sha256": words("weights (SHA-256)"),
}
"""What the details of an event are called. Parameters of a method keep their names: they stand so in its file."""


def _px(pixels: int) -> int:
    """Pixels at the person's text size; these dialogs are made anew each time, so it is asked for once."""
    size = QApplication.font().pixelSize()
    return round(pixels * size / 13) if size > 0 else pixels


def _sized(dialog: QDialog, width: int, height: int) -> None:
    dialog.resize(QSize(_px(width), _px(height)).boundedTo(dialog.screen().availableSize()))


def _table(columns: tuple[str, ...], count: int, stretch: int) -> QTableWidget:
    table = QTableWidget(count, 0)
    titled(table, columns)
    table.verticalHeader().setDefaultSectionSize(_px(28))
    table.setTabKeyNavigation(False)  # Tab goes on to the next control, arrows walk the rows
    table.setWordWrap(False)
    header = table.horizontalHeader()
    for i in range(len(columns)):
        mode = QHeaderView.ResizeMode.Stretch if i == stretch else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(i, mode)
    return table


def _details(text: str = "") -> QLabel:
    """A text below a table that can be selected and copied, by mouse and by keys."""
    flags = Qt.TextInteractionFlag
    out = label(text, "small", wrap=True)
    out.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    out.setAlignment(Qt.AlignmentFlag.AlignTop)
    return out


def details_text(event: Event) -> str:
    """What is known beside the words of an entry, a line each."""
    lines = []
    for key, value in event.details.items():
        if key == "parameters":
            lines += [f"{name}: {_value(v)}" for name, v in value.items() if name not in ("classes", "described")]
        else:
            lines.append(f"{told(DETAILS.get(key, key))}: {_value(value)}")
    return "\n".join(lines)


def _value(value: object) -> str:
    if isinstance(value, str):
        return told(value)
    return number(value, "") if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


class HistoryDialog(QDialog):
    """The record of an image or a class, newest first; the details of the chosen entry below."""

    def __init__(self, parent: QWidget, title: str, events: list[Event]) -> None:
        super().__init__(parent)
        title = told(title)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._events = events
        self.table = _table((tr("When"), tr("Who or what"), tr("What"), ""), len(events), 2)
        self.table.setAccessibleName(title)
        for i, event in enumerate(events):
            when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(event.time))
            for j, text in enumerate(
                (when, told(event.who) or "–", told(event.what), tr("undone") if event.undone else "")
            ):
                self.table.setItem(i, j, QTableWidgetItem(text))
        self.details = _details("" if events else tr("Nothing has happened yet."))
        self.details.setMinimumHeight(_px(150))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addWidget(buttons)
        self.table.currentCellChanged.connect(self._on_current)
        _sized(self, 760, 520)
        if events:
            self.table.setCurrentCell(0, 0)

    def _on_current(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._events):
            self.details.setText(details_text(self._events[row]))


class ChoiceDialog(QDialog):
    """What was tried; a person takes one over, or none.

    Signals
    -------
    chosen(Tried)
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, name: str, found: Found) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Recipe and method of {name}", name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rows: tuple[Tried, ...] = found.rows
        titles = (tr("Recipe"), tr("Method"), tr("Recognized"), tr("95 % interval"), tr("Numbers"))
        self.table = _table(titles, len(found.rows), 0)
        self.table.setAccessibleName(tr("What was tried"))
        for i, tried in enumerate(found.rows):
            cells = (
                told(tried.title), told(tried.method.title), number(tried.accuracy, ".1%"),
                tr("{low:.1%} to {high:.1%}", low=tried.low, high=tried.high), number(tried.recipe.width),
            )  # fmt: skip
            for j, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(told(tried.recipe.describe()))
                self.table.setItem(i, j, item)
        about = tr(
            "{exemplars} of {classes}, each recognized from the others in five folds; "
            "copies of a file were kept together. Intervals that overlap mean no difference is proved. Another "
            "recipe means that every image is described once more.",
            exemplars=words("{n:,} exemplar", "{n:,} exemplars", n=found.images),
            classes=words("{n:,} class", "{n:,} classes", n=found.classes),
        )
        notes = "\n".join(tr("{problem} It was left out.", problem=problem.message) for problem in found.problems[:3])
        self.details = _details()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton(tr("Use the chosen one"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(self._rows[self.table.currentRow()]))
        column = QVBoxLayout(self)
        column.addWidget(label(about, "dim", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        if notes:
            column.addWidget(label(notes, "small", wrap=True))
        column.addWidget(buttons)
        self.table.currentCellChanged.connect(self._on_current)
        _sized(self, 860, 560)
        self.use.setEnabled(False)
        self.table.setCurrentCell(0, 0)

    def _on_current(self, row: int, *_: int) -> None:
        there = 0 <= row < len(self._rows)
        self.use.setEnabled(there and not self._rows[row].is_current)
        self.details.setText(told(self._rows[row].recipe.describe()) if there else "")
