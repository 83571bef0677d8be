"""The folders of the catalog: how many images each holds, what is watched, and a place to drop copies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.completion import quoted
from attrlens.core.files import natural_key
from attrlens.state.document import Document
from attrlens.state.filework import FileWork
from attrlens.state.view import GalleryView
from attrlens.ui import drag
from attrlens.ui.icons import icon
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named
from attrlens.words import number, tr

PATH = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1

HEIGHT = 190
"""Of the open list at 100 % text size, in pixels."""


class _Delegate(QStyledItemDelegate):
    """A folder's row with its count at the right, and a frame while something is dragged over it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.target = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(120, self._theme.px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        super().paint(painter, option, index)  # type: ignore[arg-type]
        tokens = self._theme.tokens
        painter.save()
        painter.setPen(tokens.color("dim"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(option.rect.adjusted(0, 0, -8, 0), side, number(index.data(COUNT)))  # type: ignore[attr-defined]
        if self.target and index.data(PATH) == self.target:  # type: ignore[attr-defined]
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()


class FolderTree(QTreeView):
    """Folders below each other. One that is chosen is what the filter shows.

    Signals
    -------
    slots_dropped(str folder, object slots)
    files_dropped(str folder, object paths)
    hint_changed(str)
    menu_wanted(str folder, QPoint global)
    chosen()
    """

    slots_dropped = Signal(str, object)
    files_dropped = Signal(str, object)
    hint_changed = Signal(str)
    menu_wanted = Signal(str, QPoint)
    chosen = Signal()

    def __init__(self, document: Document, view: GalleryView, filework: FileWork, theme: Theme) -> None:
        super().__init__()
        self._document, self._view, self._filework, self._theme = document, view, filework, theme
        self._rows = QStandardItemModel(self)
        self._delegate = _Delegate(theme, self)
        self._held: tuple[list[int], list[Path]] = ([], [])
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAcceptDrops(True)
        self.setAutoScroll(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Folders"))
        self.customContextMenuRequested.connect(self._on_menu)
        self.activated.connect(self._on_chosen)
        self.clicked.connect(self._on_chosen)
        theme.changed.connect(self.viewport().update)

    def rebuild(self) -> None:
        """Make all rows again."""
        folded = {
            str(index.data(PATH))
            for index in self._all()
            if self.model().rowCount(index) and not self.isExpanded(index)
        }
        first = not self._rows.rowCount()
        self._rows.clear()
        counts: dict[str, int] = {}
        kept = self._document.kept
        for folder, is_kept in zip(self._view.facts.names.folders, kept.tolist(), strict=True):
            if is_kept:
                counts[folder] = counts.get(folder, 0) + 1
        for folder in sorted(counts, key=len, reverse=True):  # a click shows what lies below, so that is counted too
            above = next((p for p in _above(folder) if p in counts), "")
            if above:
                counts[above] += counts[folder]
        places: dict[str, QStandardItem] = {}
        for folder in sorted(counts, key=natural_key):
            above = next((p for p in _above(folder) if p in places), "")
            item = QStandardItem(
                icon("folder", self._theme, "dim"), folder[len(above) :].lstrip("/") if above else _short(folder)
            )
            item.setData(folder, PATH)
            item.setData(counts[folder], COUNT)
            watched = any(on and _is_in(folder, root) for root, on in self._filework.folders.items())
            note = tr("watched") if watched else tr("not watched")
            item.setToolTip(f"{folder} ({note})")
            shown = tr("{n:,} image", "{n:,} images", n=counts[folder])
            item.setData(f"{item.text()}, {shown}, {note}", Qt.ItemDataRole.AccessibleTextRole)
            (places[above] if above else self._rows.invisibleRootItem()).appendRow(item)
            places[folder] = item
        for index in self._all():
            self.setExpanded(index, first or str(index.data(PATH)) not in folded)

    def _all(self) -> list[QModelIndex]:
        out, waiting = [], [QModelIndex()]
        while waiting:
            parent = waiting.pop()
            for row in range(self._rows.rowCount(parent)):
                index = self._rows.index(row, 0, parent)
                out.append(index)
                waiting.append(index)
        return out

    def index_of(self, folder: str) -> QModelIndex:
        """The row of a folder."""
        return next((index for index in self._all() if index.data(PATH) == folder), QModelIndex())

    def _on_chosen(self, index: QModelIndex) -> None:
        folder = str(index.data(PATH))
        self._view.set_query(f"path:{quoted(folder)}/*")
        self.chosen.emit()

    def _on_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            self.menu_wanted.emit(str(index.data(PATH)), self.viewport().mapToGlobal(point))

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._held = slots, files = drag.carried(event.mimeData(), self._document)
        if any(path.is_dir() for path in files[:100]):
            self._held = [], []  # a folder is no image to be copied: the window takes it
            event.ignore()
        elif slots or files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # auto-scroll
        slots, files = self._held
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or not (slots or files):
            self._end_drag()
            event.ignore()
            return
        folder = str(index.data(PATH))
        self._delegate.target = folder
        self.hint_changed.emit(self.hint(folder, len(slots) or len(files)))
        self.viewport().update()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def hint(self, folder: str, count: int) -> str:
        """What a drop would do, in words."""
        name = Path(folder).name
        return tr("Copy {n:,} file to the folder {name}", "Copy {n:,} files to the folder {name}", n=count, name=name)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:
        slots, files = self._held
        index = self.indexAt(event.position().toPoint())
        self._end_drag()
        if index.isValid() and (slots or files):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if slots:
                self.slots_dropped.emit(str(index.data(PATH)), slots)
            else:
                self.files_dropped.emit(str(index.data(PATH)), files)

    def _end_drag(self) -> None:
        self._delegate.target = ""
        self.hint_changed.emit("")
        self.viewport().update()


class FolderPanel(QWidget):
    """The tree below a heading that folds it.

    Signals
    -------
    folded(bool)
    """

    folded = Signal(bool)

    def __init__(self, document: Document, view: GalleryView, filework: FileWork, theme: Theme) -> None:
        super().__init__()
        named(self, "classCard")
        self._document, self._theme = document, theme
        self._version = (-1, -1)
        self.tree = FolderTree(document, view, filework, theme)
        self.button = QToolButton()
        self.button.setObjectName("fold")
        self.button.setText(tr("Folders"))
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setToolTip(tr("Folders of the catalog: a click shows one, images dropped on one are copied there"))
        self.button.toggled.connect(self._on_toggled)
        self._count = label("", "small")
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 16, 4)
        head.addWidget(self.button)
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tree)
        self.tree.setVisible(False)
        view.counted.connect(self._refresh)
        filework.folders_changed.connect(self._refresh_all)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        self.tree.setFixedHeight(self._theme.px(HEIGHT))

    def unfold(self, on: bool) -> None:
        """Show the folders, or only the heading."""
        self.button.setChecked(on)

    def _on_toggled(self, on: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.tree.setVisible(on)
        self._refresh_all()
        self.folded.emit(on)

    def _refresh_all(self) -> None:
        self._version = (-1, -1)
        self._refresh()

    def _refresh(self) -> None:
        """Count again what files changed, if somebody looks."""
        version = (self._document.places_version, self._document.kept_version)
        if version != self._version and not self.tree.isHidden():
            self._version = version
            self.tree.rebuild()


def _above(folder: str) -> list[str]:
    """The folders above one, nearest first."""
    parts = folder.split("/")
    return ["/".join(parts[:i]) for i in range(len(parts) - 1, 0, -1)]


def _short(folder: str) -> str:
    return "/".join(folder.split("/")[-2:])


def _is_in(folder: str, root: str) -> bool:
    root = root.replace("\\", "/").rstrip("/")
    return folder == root or folder.startswith(root + "/")
