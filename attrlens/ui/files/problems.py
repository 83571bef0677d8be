"""Files that make trouble: what cannot be read, what is missing; why, and what can be done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.catalog.rows import ERROR
from attrlens.state.document import Document
from attrlens.ui.flow import Flow
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, label, named, titled
from attrlens.words import told, tr

SHOWN = 2000
"""Rows at most: a drive that is away makes tens of thousands, all for one reason."""


class ProblemsPanel(QWidget):
    """A row a file, buttons for those that are selected, or for all.

    Signals
    -------
    retry_wanted(object slots), reveal_wanted(object slots), relink_wanted(object slots), remove_wanted(object slots)
    image_wanted(int slot)
    count_changed(int)
    """

    retry_wanted = Signal(object)
    reveal_wanted = Signal(object)
    relink_wanted = Signal(object)
    remove_wanted = Signal(object)
    image_wanted = Signal(int)
    count_changed = Signal(int)

    def __init__(self, document: Document, theme: Theme) -> None:
        super().__init__()
        named(self, "center")
        self._document, self._theme = document, theme
        self._slots: list[int] = []
        self._count = -1
        self._summary = label("", "dim", wrap=True)
        self.table = QTableWidget(0, 0)
        titled(self.table, (tr("File"), tr("What is wrong"), tr("What helps"), tr("Folder")))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setAccessibleName(tr("Problem files"))
        self.table.setWordWrap(False)
        header = self.table.horizontalHeader()
        for i, width in enumerate((190, 260, 260)):
            self.table.setColumnWidth(i, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.cellActivated.connect(lambda row, _: self.image_wanted.emit(self._slots[row]))
        self.retry = QPushButton(tr("Try again"))
        self.relink = QPushButton(tr("Show where they are…"))
        self.reveal = QPushButton(tr("Show in folder"))
        self.remove = QPushButton(tr("Remove from the catalog"))
        self.retry.setToolTip(tr("Read unreadable files again: the selected ones, or all"))
        self.relink.setToolTip(tr("Choose the folder that missing files are in now"))
        self.remove.setToolTip(
            tr("Forget them and what was said of them. No file is deleted, and undo brings them back.")
        )
        buttons = Flow()
        for button, signal in (
            (self.retry, self.retry_wanted), (self.relink, self.relink_wanted), (self.reveal, self.reveal_wanted),
            (self.remove, self.remove_wanted),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, wanted=signal: wanted.emit(self.chosen()))
            buttons.addWidget(button)
        self._empty = EmptyPage(wrap=True)
        self._empty.say(tr("No problem files"), tr("Every file is where it was, and could be read."))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._summary)
        column.addLayout(buttons)
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.table)
        for signal in (document.images_changed, document.images_added):
            signal.connect(self._later)
        for changed in (document.kept_changed, document.opened, document.closed):
            changed.connect(self.refresh)
        self._timer = QTimer(self, singleShot=True, interval=200)  # images are described by the dozen
        self._timer.timeout.connect(self.refresh)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self.refresh()

    def _later(self, *_: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_theme(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self._theme.px(28))

    def chosen(self) -> list[int]:
        """Images of the selected rows; of all where none is selected."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self._slots[row] for row in rows] if rows else self._all()

    def _all(self) -> list[int]:
        bad = ((self._document.states == ERROR) | self._document.missing) & self._document.kept
        return [int(slot) for slot in bad.nonzero()[0]]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Count; list them if somebody looks."""
        everything = self._all()
        if len(everything) != self._count:
            self._count = len(everything)
            self.count_changed.emit(self._count)
        self._stack.setCurrentIndex(0 if everything else 1)
        if not self.isVisible() or everything[:SHOWN] == self._slots == []:
            return
        selected = set(self.chosen()) if self.table.selectedIndexes() else set()
        self._slots = everything[:SHOWN]
        self.table.setRowCount(len(self._slots))
        for row, slot in enumerate(self._slots):
            for column, text in enumerate(self._texts(slot)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.table.clearSelection()
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row, slot in enumerate(self._slots):
            if slot in selected:
                self.table.selectionModel().select(self.table.model().index(row, 0), rows)
        missing, bad = self._document.missing_count, self._document.count(ERROR)
        parts = []
        if bad:
            parts.append(tr("{n:,} file could not be read.", "{n:,} files could not be read.", n=bad))
        if missing:
            parts.append(tr("{n:,} file is missing.", "{n:,} files are missing.", n=missing))
        if len(everything) > SHOWN:
            parts.append(tr("The first {n:,} are listed.", n=SHOWN))
        self._summary.setText(" ".join(parts))
        self._enable()

    def _texts(self, slot: int) -> tuple[str, str, str, str]:
        image = self._document.images[slot]
        path = Path(image.path)
        if image.missing:
            return (path.name, tr("There is no file any more."),
                    tr("Show where it is now, or connect its drive."), str(path.parent))  # fmt: skip
        return path.name, told(image.message), told(image.hint), str(path.parent)

    def _enable(self) -> None:
        chosen = self.chosen()
        self.retry.setEnabled(any(self._document.states[slot] == ERROR for slot in chosen))
        self.relink.setEnabled(any(self._document.missing[slot] for slot in chosen))
        self.reveal.setEnabled(bool(chosen) and len(self.table.selectedIndexes()) > 0)
        self.remove.setEnabled(bool(chosen) and len(self.table.selectedIndexes()) > 0)
