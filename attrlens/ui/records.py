"""Dialogs that tell: the history of an image or a class, and what an automatic choice tried."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.auto import Found, Tried
from attrlens.core.catalog.history import Event
from attrlens.ui.widgets import label, titled


def _table(columns: tuple[str, ...], count: int, stretch: int) -> QTableWidget:
    table = QTableWidget(count, 0)
    titled(table, columns)
    table.setWordWrap(False)
    header = table.horizontalHeader()
    for i in range(len(columns)):
        mode = QHeaderView.ResizeMode.Stretch if i == stretch else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(i, mode)
    return table


def details_text(event: Event) -> str:
    """What is known beside the words of an entry, a line each."""
    names = {"weights_sha256": "weights (SHA-256)", "exemplars": "exemplar set"}
    lines = []
    for key, value in event.details.items():
        if key == "parameters":
            lines += [f"{name}: {v}" for name, v in value.items() if name != "classes"]
        else:
            lines.append(f"{names.get(key, key)}: {value}")
    return "\n".join(lines)


class HistoryDialog(QDialog):
    """The record of an image or a class, newest first; the details of the chosen entry below."""

    def __init__(self, parent: QWidget, title: str, events: list[Event]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._events = events
        self.table = _table(("When", "Who or what", "What", ""), len(events), 2)
        self.table.setAccessibleName(title)
        for i, event in enumerate(events):
            when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(event.time))
            for j, text in enumerate((when, event.who or "–", event.what, "undone" if event.undone else "")):
                self.table.setItem(i, j, QTableWidgetItem(text))
        self.details = label("" if events else "Nothing has happened yet.", "small", wrap=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setMinimumHeight(150)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.details)
        column.addWidget(buttons)
        self.table.currentCellChanged.connect(self._on_current)
        self.resize(760, 520)
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
        self.setWindowTitle(f"Recipe and method of {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._rows: tuple[Tried, ...] = found.rows
        self.table = _table(("Recipe", "Method", "Recognized", "95 % interval", "Numbers"), len(found.rows), 0)
        self.table.setAccessibleName("What was tried")
        for i, tried in enumerate(found.rows):
            title = f"{tried.title} (now)" if tried.is_current and tried.title != "As now" else tried.title
            cells = (title, tried.method.title, f"{tried.accuracy:.1%}",
                     f"{tried.low:.1%} to {tried.high:.1%}", f"{tried.recipe.width:,}")  # fmt: skip
            for j, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(tried.recipe.describe())
                self.table.setItem(i, j, item)
        about = (
            f"{found.images:,} exemplars of {found.classes} classes, each recognized from the others in five folds; "
            "copies of a file were kept together. Intervals that overlap mean no difference is proved. Another "
            "recipe means that every image is described once more."
        )
        notes = "\n".join(f"{problem.message} It was left out." for problem in found.problems[:3])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton("Use the chosen one", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(self._rows[self.table.currentRow()]))
        column = QVBoxLayout(self)
        column.addWidget(label(about, "dim", wrap=True))
        column.addWidget(self.table, 1)
        if notes:
            column.addWidget(label(notes, "small", wrap=True))
        column.addWidget(buttons)
        self.table.currentCellChanged.connect(self._on_current)
        self.resize(860, 560)
        self.use.setEnabled(False)
        self.table.setCurrentCell(0, 0)

    def _on_current(self, row: int, *_: int) -> None:
        self.use.setEnabled(0 <= row < len(self._rows) and not self._rows[row].is_current)
