"""The gallery's order as rows with columns, for the list."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from attrlens.core.catalog.rows import ERROR, PENDING
from attrlens.state.document import Document
from attrlens.state.view import GalleryView, Sorting
from attrlens.words import number, told, tr, words

Index = QModelIndex | QPersistentModelIndex

SLOT = Qt.ItemDataRole.UserRole
ATTRIBUTE = Qt.ItemDataRole.UserRole + 1
"""The id of the attribute a column is about, 0 for the others."""

FILE_COLUMNS: tuple[tuple[str, str, Sorting | None], ...] = (
    ("name", words("Name"), "name"),
    ("folder", words("Folder"), "path"),
    ("date", words("Date"), "date"),
    ("size", words("File size"), "size"),
    ("pixels", words("Pixels"), "pixels"),
    ("sku", words("SKU"), None),
    ("state", words("State"), None),
)
"""Key, title, and the order that a click on the title gives."""

NUMBERS = frozenset({"size", "pixels"})


def size_text(size: int) -> str:
    """ "1.4 MB"."""
    if size < 1000:
        return tr("{n} bytes", n=size)
    return tr("{size:,.0f} KB", size=size / 1e3) if size < 1e6 else tr("{size:,.1f} MB", size=size / 1e6)


class ImageTable(QAbstractTableModel):
    """Rows are the gallery's order; columns the file's facts and one an attribute."""

    def __init__(self, document: Document, view: GalleryView) -> None:
        super().__init__()
        self._document, self._view = document, view
        self._columns: list[tuple[str, str, Sorting | None, int]] = []
        self._groups: list[str] = []
        self._rows = 0
        self.rebuild()

    def rebuild(self) -> None:
        """Take the view's order over."""
        self.beginResetModel()
        self._rows = len(self._view.order)
        names = [(key, told(title), sorting, 0) for key, title, sorting in FILE_COLUMNS]
        used = {row.attribute for row in self._document.model.classes.values()}
        attributes: list[tuple[str, str, Sorting | None, int]] = [
            ("attribute", row.name, "confidence" if row.id == self._view.attribute else None, row.id)
            for row in self._document.model.sorted_attributes() if row.id in used
        ]  # fmt: skip
        self._columns = [names[0], *attributes, *names[1:]]
        self._groups = []
        if self._view.groups:
            self._columns.insert(1, ("group", tr("Heading"), None, 0))
            for group in self._view.groups:
                self._groups += [group.title] * group.count
        self.endResetModel()

    def refresh(self, *_: object) -> None:
        """What is said of the images is new, their order is not."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self._columns) - 1))

    def key(self, column: int) -> str:
        """What a column is about."""
        return self._columns[column][0]

    def sorting(self, column: int) -> Sorting | None:
        """The order that a click on a column's title gives."""
        return self._columns[column][2]

    def column_of(self, sorting: Sorting) -> int:
        """The column that shows an order, -1 for none."""
        return next((i for i, column in enumerate(self._columns) if column[2] == sorting), -1)

    def slot(self, row: int) -> int:
        """The image of a row."""
        return int(self._view.order[row])

    def _text(self, key: str, slot: int, row: int, attribute: int) -> str:
        image, facts = self._document.images[slot], self._view.facts
        if key == "name":
            return facts.names.names[slot]
        if key == "folder":
            return facts.names.folders[slot]
        if key == "date":
            return time.strftime("%Y-%m-%d %H:%M", time.localtime(image.mtime_ns / 1e9)) if image.mtime_ns else ""
        if key == "size":
            return size_text(image.size) if image.size else ""
        if key == "pixels":
            return f"{number(image.width)} × {number(image.height)}" if image.width else ""
        if key == "sku":
            return facts.names.products[slot]
        if key == "group":
            return self._groups[row]
        return self.state_text(slot) if key == "state" else ""

    def state_text(self, slot: int) -> str:
        """What is to be known of an image's file."""
        image = self._document.images[slot]
        if image.missing:
            return tr("Missing")
        if image.state == ERROR:
            return told(image.message)
        return tr("Waiting to be described") if image.state == PENDING else told(image.message)

    # Qt's model

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._view.order):
            return None
        key, _, _, attribute = self._columns[index.column()]
        slot = self.slot(index.row())
        if role == SLOT:
            return slot
        if role == ATTRIBUTE:
            return attribute
        if slot >= len(self._document.images):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(key, slot, index.row(), attribute)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if key in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._document.images[slot].path if key in ("name", "folder") else self._text(
                key, slot, index.row(), attribute
            )  # fmt: skip
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and section < len(self._columns):
            key, title, _, _ = self._columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if key in NUMBERS else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None
