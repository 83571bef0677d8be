"""The class panel: attributes, their classes, and where exemplars are dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTreeView, QVBoxLayout, QWidget

from attrlens.core.health import ENOUGH
from attrlens.state.document import Document
from attrlens.state.swatches import Swatches
from attrlens.state.view import UNKNOWN, Filter, GalleryView
from attrlens.ui import drag
from attrlens.ui.classes.card import ClassCard
from attrlens.ui.classes.rows import COLOR, COUNT, DIGIT, EXEMPLARS, ID, KIND, ClassDelegate
from attrlens.ui.files.folders import FolderPanel
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, tool
from attrlens.words import tr, words


class ClassTree(QTreeView):
    """Attributes and classes.

    Signals
    -------
    slots_dropped(str kind, int id, object slots)
        Images of this catalog on a class ('class') or on the place for a new class of an attribute ('attribute').
    files_dropped(str kind, int id, object paths)
    hint_changed(str)
        What would happen if the button were let go now; "" for nothing.
    menu_wanted(str kind, int id, QPoint global)
    finished()
        A click or a name is done: keys may go back to the gallery.
    chosen()
        The gallery shows a class, or what is unknown.
    """

    slots_dropped = Signal(str, int, object)
    files_dropped = Signal(str, int, object)
    hint_changed = Signal(str)
    menu_wanted = Signal(str, int, QPoint)
    finished = Signal()
    chosen = Signal()

    def __init__(
        self, document: Document, view: GalleryView, theme: Theme, swatches: Swatches, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._view, self._theme = document, view, theme
        self._rows = QStandardItemModel(self)
        self._delegate = ClassDelegate(theme, swatches, self)
        self._rebuilding = False
        self._held: tuple[list[int], list[Path]] = ([], [])
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.setAutoScroll(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Attributes and classes"))
        self.customContextMenuRequested.connect(self._on_menu)
        self._delegate.closeEditor.connect(self._on_editor_closed)
        self._delegate.renamed.connect(self._on_renamed, Qt.ConnectionType.QueuedConnection)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        document.opened.connect(self.rebuild)
        document.closed.connect(self.rebuild)
        document.model_changed.connect(self._on_model_changed)
        view.counted.connect(self.refresh_counts)
        view.options_changed.connect(self._show_filter)
        swatches.changed.connect(self.viewport().update)
        theme.changed.connect(self._on_theme)

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()  # rows are as high as the text asks
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # a long text goes on in another line

    # Rows

    def _on_model_changed(self, tables: frozenset[str], attributes: object) -> None:
        if tables & {"attribute", "class"}:
            self.rebuild()

    def rebuild(self) -> None:
        """Make all rows again, keeping what is folded."""
        folded = {
            self._rows.item(row).data(ID)
            for row in range(self._rows.rowCount())
            if not self.isExpanded(self._rows.index(row, 0))
        }
        self._rebuilding = True
        self._rows.clear()
        for attribute in self._document.model.sorted_attributes():
            top = _item(attribute.name, "attribute", attribute.id, editable=True)
            for place, row in enumerate(self._document.model.classes_of(attribute.id), 1):
                item = _item(row.name, "class", row.id, editable=True)
                item.setData(row.color, COLOR)
                item.setData(str(place) if place < 10 else "", DIGIT)
                top.appendRow(item)
            top.appendRow(_item(tr("Unknown"), "unknown", attribute.id))
            text = tr("Drop about {count} photos here", count=ENOUGH)
            if top.rowCount() > 1:
                text = tr("Drop photos here")
            top.appendRow(_item(text, "drop", attribute.id))
            self._rows.appendRow(top)
            self.setExpanded(self._rows.indexFromItem(top), attribute.id not in folded)
        self._rebuilding = False
        self.refresh_counts()
        self._show_filter()

    def refresh_counts(self) -> None:
        """Put current counts into the rows."""
        self._rebuilding = True
        for row in range(self._rows.rowCount()):
            top = self._rows.item(row)
            attribute = top.data(ID)
            if attribute not in self._document.model.attributes:
                continue
            counts = self._view.class_counts(attribute)
            exemplars = list(self._document.model.exemplars_of(attribute).values())
            for child in range(top.rowCount()):
                item = top.child(child)
                kind = item.data(KIND)
                if kind == "class":
                    item.setData(counts.get(item.data(ID), 0), COUNT)
                    item.setData(exemplars.count(item.data(ID)), EXEMPLARS)
                    told = tr("{name}: {n:,} image, {exemplars:,} of them exemplars",
                              "{name}: {n:,} images, {exemplars:,} of them exemplars", name=item.text(),
                              n=item.data(COUNT), exemplars=item.data(EXEMPLARS))  # fmt: skip
                    item.setToolTip(told)
                    item.setData(told, Qt.ItemDataRole.AccessibleTextRole)
                elif kind == "unknown":
                    unknown = counts.get(UNKNOWN, 0)
                    item.setData(unknown, COUNT)
                    told = tr("Unknown: {n:,} image", "Unknown: {n:,} images", n=unknown)
                    item.setData(told, Qt.ItemDataRole.AccessibleTextRole)
                    self.setRowHidden(child, top.index(), unknown == 0)
        self._rebuilding = False

    def _on_renamed(self, kind: str, number: int, text: str) -> None:
        model = self._document.model
        row = model.classes.get(number) if kind == "class" else model.attributes.get(number)
        if row is not None:
            self._document.rename(row, text)  # an empty or taken name changes nothing

    def _on_editor_closed(self, *_: object) -> None:
        # Later, when the view is done with the editor. Not a queued connection: it would carry a deleted widget.
        QTimer.singleShot(0, self, self.finished.emit)

    def edit_row(self, kind: str, number: int) -> None:
        """Start typing the name of a 'class' or an 'attribute'."""
        index = self._index_of(kind, number)
        if index.isValid() and self.isVisible():
            if self.state() == QAbstractItemView.State.EditingState:
                self.setFocus()  # ends the name that is being typed
            self._rebuilding = True  # naming a class must not change what the gallery shows
            self.setCurrentIndex(index)
            self._rebuilding = False
            self.scrollTo(index)
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(index)

    def _index_of(self, kind: str, number: int) -> QModelIndex:
        for row in range(self._rows.rowCount()):
            top = self._rows.item(row)
            for item in (top, *(top.child(i) for i in range(top.rowCount()))):
                if item.data(KIND) == kind and item.data(ID) == number:
                    return item.index()
        return QModelIndex()

    def class_rect(self, class_id: int) -> QPoint:
        """The middle of a class's row on the viewport."""
        return self.visualRect(self._index_of("class", class_id)).center()

    def drop_rect(self, attribute: int) -> QPoint:
        """The middle of an attribute's place for a new class on the viewport."""
        return self.visualRect(self._index_of("drop", attribute)).center()

    def selected(self) -> tuple[str, int]:
        """Kind and id of the current row, ("", 0) for none."""
        index = self.currentIndex()
        return (index.data(KIND), index.data(ID)) if index.isValid() else ("", 0)

    # A row chooses what the gallery shows

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._rebuilding or not current.isValid():
            return
        kind, number = current.data(KIND), current.data(ID)
        if kind == "class":
            self._view.set_attribute(self._document.model.classes[number].attribute)
            self._view.set_filter(Filter("class", number))
            self.chosen.emit()
        elif kind in ("attribute", "unknown"):
            self._view.set_attribute(number)
            self._view.set_filter(Filter("unknown") if kind == "unknown" else Filter())
            if kind == "unknown":
                self.chosen.emit()

    def _show_filter(self) -> None:
        chosen = self._view.filter
        if chosen.kind in ("class", "edge"):
            index = self._index_of("class", chosen.class_id)
        elif chosen.kind == "unknown":
            index = self._index_of("unknown", self._view.attribute)
        else:
            index = self._index_of("attribute", self._view.attribute)
        self._rebuilding = True
        self.setCurrentIndex(index)
        self._rebuilding = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(KIND) == "attribute" and event.position().x() < self._theme.px(26):
            self.setExpanded(index, not self.isExpanded(index))
            return
        if event.button() == Qt.MouseButton.RightButton:
            return  # the menu speaks of the row under the mouse; what the gallery shows stays
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.finished.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(KIND) in ("class", "attribute"):
            self.edit(index)

    def _on_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            self.menu_wanted.emit(index.data(KIND), index.data(ID), self.viewport().mapToGlobal(point))

    # Drops

    def _target(self, point: QPoint) -> tuple[str, int, QModelIndex]:
        index = self.indexAt(point)
        if index.isValid():
            kind = index.data(KIND)
            if kind == "class":
                return "class", index.data(ID), index
            if kind in ("drop", "attribute", "unknown"):
                return "attribute", index.data(ID), self._index_of("drop", index.data(ID))
        return "", 0, QModelIndex()

    def _carried(self, event: QDropEvent) -> tuple[list[int], list[Path]]:
        if not self._document.is_open:
            return [], []
        inside = drag.slots(event.mimeData(), str(self._document.catalog.path))
        return inside, [] if inside else drag.files(event.mimeData())

    def hint(self, kind: str, number: int, slots: list[int], files: list[Path]) -> str:
        """What a drop would do, in words."""
        what = (
            words("{n:,} image", "{n:,} images", n=len(slots))
            if slots
            else words("{n:,} dropped item", "{n:,} dropped items", n=len(files))
        )
        model = self._document.model
        if kind == "class":
            return tr("Add {what} to {name} as exemplars", what=what, name=model.classes[number].name)
        return tr("Make a new {name} class of {what}", name=model.attributes[number].name, what=what)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._held = slots, files = self._carried(event)
        if slots or files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # auto-scroll
        slots, files = self._held  # read once: the mouse moves often and a selection may be large
        kind, number, index = self._target(event.position().toPoint())
        if kind and (slots or files):
            self._delegate.drop_target = QPersistentModelIndex(index)
            self.hint_changed.emit(self.hint(kind, number, slots, files))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            self._end_drag()
            event.ignore()
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:
        slots, files = self._held
        kind, number, _ = self._target(event.position().toPoint())
        self._end_drag()
        if kind and slots:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.slots_dropped.emit(kind, number, slots)
        elif kind and files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.files_dropped.emit(kind, number, files)

    def _end_drag(self) -> None:
        self._delegate.drop_target = None
        self.hint_changed.emit("")
        self.viewport().update()


class ClassPanel(QWidget):
    """The tree below its heading.

    Signals
    -------
    add_attribute()
    """

    add_attribute = Signal()

    def __init__(self, tree: ClassTree, card: ClassCard, folders: FolderPanel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tree, self.card, self.folders = tree, card, folders
        heading = label(tr("Attributes"), "heading")
        button = tool("plus", theme, tr("New attribute (Ctrl+Shift+A)"))
        button.setAccessibleName(tr("New attribute"))
        button.clicked.connect(self.add_attribute)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 8, 4)
        row.addWidget(heading, 1)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(tree, 1)
        column.addWidget(folders)
        column.addWidget(card)


def _item(text: str, kind: str, number: int, *, editable: bool = False) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(kind, KIND)
    item.setData(number, ID)
    item.setEditable(editable)
    return item
