"""The gallery as a list: a row an image, with columns. One selection with the grid of thumbnails."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.swatches import Swatches
from attrlens.state.table import ATTRIBUTE, SLOT, ImageTable
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.state.view import GalleryView
from attrlens.ui.gallery.chips import attribute_words, chip, chip_words, plain_chip
from attrlens.ui.gallery.dragging import start_drag
from attrlens.ui.gallery.picking import Picker
from attrlens.ui.gallery.tiles import CHIP, draw_chip, fitted
from attrlens.ui.theme import Theme
from attrlens.words import tr

Index = QModelIndex | QPersistentModelIndex

ROW = 40
WIDTHS = {"name": 260, "attribute": 150, "folder": 200, "date": 150, "size": 90, "pixels": 110, "sku": 140,
          "state": 160, "group": 130}  # fmt: skip
"""Heights and widths at 100 % text size, in pixels."""


class _Table(ImageTable):
    """Rows that tell screen readers what is drawn."""

    def __init__(self, document: Document, view: GalleryView, selection: Selection) -> None:
        super().__init__(document, view)
        self._selection = selection

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return super().data(index, role)
        text = super().data(index) or ""
        slot, attribute = super().data(index, SLOT), super().data(index, ATTRIBUTE)
        if attribute and attribute in self._document.model.attributes:
            text = chip_words(plain_chip(self._document, self._document.model.attributes[attribute], slot))
        if index.column() == 0 and slot in self._selection:
            text = ", ".join([text, tr("selected"), *attribute_words(self._document, slot)])
        return text


class _Delegate(QStyledItemDelegate):
    """Draws a cell: the photo before the name, a chip for an attribute."""

    def __init__(
        self, document: Document, selection: Selection, thumbnails: ThumbnailProvider, swatches: Swatches,
        theme: Theme, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._selection, self._thumbnails = document, selection, thumbnails
        self._swatches, self._theme = swatches, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, self._theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, area = self._theme.tokens, QRect(option.rect)
        slot, attribute = index.data(SLOT), index.data(ATTRIBUTE)
        if slot is None or slot >= len(self._document.images):
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if slot in self._selection:
            painter.fillRect(area, tokens.color("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, tokens.color("raised"))
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if slot == self._selection.current:
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.drawLine(area.topLeft() + QPoint(0, 1), area.topRight() + QPoint(0, 1))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        if attribute and attribute in self._document.model.attributes:
            row = self._document.model.attributes[attribute]
            height = self._theme.px(CHIP)
            place = QRectF(area.left() + 4.5, area.center().y() - height / 2 + 0.5, area.width() - 9, height)
            draw_chip(painter, place, chip(self._document, self._swatches, row, slot), tokens)
        else:
            self._paint_text(painter, area, index, slot)
        painter.restore()

    def _paint_text(self, painter: QPainter, area: QRect, index: Index, slot: int) -> None:
        tokens = self._theme.tokens
        left = area.left() + 8
        if index.column() == 0:
            side = area.height() - 8
            photo = self._thumbnails.get(slot)
            mat = QRect(left, area.top() + 4, side, side)
            painter.fillRect(mat, tokens.color("mat"))
            if photo is not None and not photo.isNull():
                painter.drawPixmap(fitted(photo, mat), photo)
            left += side + 8
        painter.setPen(tokens.color("text" if index.column() == 0 else "dim"))
        text = QRect(left, area.top(), area.right() - left - 6, area.height())
        shown = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)


class ImageList(QTableView):
    """Rows of the gallery's order.

    Signals
    -------
    opened(int slot)
        Double click or Enter.
    menu_wanted(QPoint global)
    """

    opened = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        document: Document,
        view: GalleryView,
        selection: Selection,
        thumbnails: ThumbnailProvider,
        swatches: Swatches,
        theme: Theme,
        picker: Picker,
    ) -> None:
        super().__init__()
        self._document, self._view, self._selection = document, view, selection
        self.thumbnails, self._theme, self._picker = thumbnails, theme, picker
        self._table = _Table(document, view, selection)
        self._pressed: QPoint | None = None
        self._press_slot = -1
        self._columns: tuple[str, ...] = ()
        self.setModel(self._table)
        self.setItemDelegate(_Delegate(document, selection, thumbnails, swatches, theme, self))
        self.setAccessibleName(tr("List of images"))
        # The one selection is drawn by the delegate: a model of Qt's own would be a second truth, slow at 50,000 rows.
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setAccessibleName(tr("Columns"))
        header.sectionClicked.connect(self._on_title)
        self._ask = QTimer(self, singleShot=True, interval=15)
        self._ask.timeout.connect(self._ask_thumbnails)
        view.changed.connect(self._on_order)
        view.reordered.connect(self._on_reordered)
        view.options_changed.connect(self._show_sorting)
        selection.changed.connect(self.viewport().update)
        selection.current_changed.connect(self._on_current)
        thumbnails.ready.connect(self.viewport().update)
        for signal in (document.suggestions_changed, document.model_changed, document.thresholds_changed,
                       document.images_changed, swatches.changed):  # fmt: skip
            signal.connect(self.viewport().update)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW))
        self._columns = ()
        self._on_order()

    def _on_order(self) -> None:
        if not self.isVisible():
            return
        self._table.rebuild()
        columns = tuple(self._table.key(i) for i in range(self._table.columnCount()))
        if columns != self._columns:
            self._columns = columns
            for i, key in enumerate(columns):
                self.setColumnWidth(i, self._theme.px(WIDTHS[key]))
        self._show_sorting()
        self._on_current(self._selection.current)
        self._ask.start()

    def _on_reordered(self) -> None:
        if self._picker.index(self._selection.current) < 0:
            self.scrollToTop()

    def _show_sorting(self) -> None:
        view = self._view
        reverse = view.descending != (view.sorting in ("date", "confidence"))
        order = Qt.SortOrder.DescendingOrder if reverse else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._table.column_of(view.sorting), order)

    def _on_title(self, column: int) -> None:
        sorting = self._table.sorting(column)
        if sorting is not None:
            again = sorting == self._view.sorting
            self._view.set_sorting(sorting, not self._view.descending if again else False)
        self._show_sorting()

    def _on_current(self, slot: int) -> None:
        if not self.isVisible():
            return
        index = self._picker.index(slot)
        if index >= 0:
            place = self._table.index(index, max(0, self.currentIndex().column()))
            if self.currentIndex().row() != index:
                self.setCurrentIndex(place)
            if not QApplication.mouseButtons():
                self.scrollTo(place)
        self.viewport().update()

    def show_slot(self, slot: int) -> None:
        """Scroll until an image can be seen."""
        self._on_current(slot)

    def rect_of(self, slot: int) -> QRect:
        """Where an image's name is on the viewport."""
        index = self._picker.index(slot)
        return self.visualRect(self._table.index(index, 0)) if index >= 0 else QRect()

    def visible_slots(self) -> list[int]:
        """Images that can be seen now."""
        first = self.rowAt(0)
        if first < 0:
            return []
        last = self.rowAt(self.viewport().height() - 1)
        last = self._table.rowCount() - 1 if last < 0 else last
        return [int(slot) for slot in self._view.order[first : last + 1]]

    def _ask_thumbnails(self) -> None:
        if self.isVisible() and self._document.is_open:
            self.thumbnails.want(self.visible_slots())

    # Events

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._on_order()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.rowAt(event.position().toPoint().y())
        if event.button() == Qt.MouseButton.RightButton:
            if index >= 0 and self._table.slot(index) not in self._selection:
                self._picker.choose(index)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position().toPoint()
        self._press_slot = self._table.slot(index) if index >= 0 else -1
        if index >= 0:
            self._picker.press(index, event.modifiers())
        elif not event.modifiers():
            self._selection.set(())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton or self._press_slot < 0:
            super().mouseMoveEvent(event)
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            selected = self._selection.slots
            chosen = [slot for slot in self._view.order.tolist() if slot in selected]
            start_drag(self, self._document, self.thumbnails, self._theme, chosen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._picker.index(self._press_slot)  # the order may have changed since
        if self._pressed is not None and index >= 0 and not event.modifiers():
            self._picker.choose(index)
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.rowAt(event.position().toPoint().y())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self.opened.emit(self._table.slot(index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._selection.slots:
            self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        total, key = len(self._view.order), Qt.Key(event.key())
        page = max(1, self.viewport().height() // max(1, self._theme.px(ROW)) - 1)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page,
                 Qt.Key.Key_Home: -total, Qt.Key.Key_End: total}  # fmt: skip
        current = self._picker.index(self._selection.current)
        if key in steps and total:
            whole = key in (Qt.Key.Key_Home, Qt.Key.Key_End)
            index = current + steps[key] if current >= 0 or whole else self._picker.last
            self._picker.move(min(max(index, 0), total - 1), event.modifiers())
        elif key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier and current >= 0:
            self._picker.toggle(current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current >= 0:
            self.opened.emit(self._selection.current)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (-1 if key == Qt.Key.Key_Left else 1) * self._theme.px(80))
        else:
            event.ignore()  # letters are keys of actions here, not a search

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if not self._ask.isActive():
            self._ask.start()

    def viewportEvent(self, event: QEvent) -> bool:
        done = super().viewportEvent(event)
        if event.type() == QEvent.Type.Leave:
            self.viewport().update()
        return done
