"""The gallery widget: draws the visible tiles, selects, drags."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from attrlens.core.catalog.model import Attribute
from attrlens.core.catalog.rows import ERROR
from attrlens.state.document import Document
from attrlens.state.order import ImageOrder
from attrlens.state.selection import Selection
from attrlens.state.swatches import Swatches
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.ui.gallery.band import Band
from attrlens.ui.gallery.chips import chip, image_sentence
from attrlens.ui.gallery.dragging import start_drag
from attrlens.ui.gallery.layout import Layout
from attrlens.ui.gallery.picking import CONTROL, SHIFT, Picker
from attrlens.ui.gallery.tiles import PAD, Chip, Tile, cell_size, draw_header, draw_tile
from attrlens.ui.theme import Theme
from attrlens.words import told, tr

TILE_BYTES = 130_000_000
"""Tiles kept in memory: 700 of the common size."""

MIN_SIDE, MAX_SIDE = 96, 512


class Gallery(QAbstractScrollArea):
    """Thumbnails of the gallery's order, with one selection.

    Signals
    -------
    opened(int slot)
        Double click or Enter.
    menu_wanted(QPoint global)
    side_changed(int)
    """

    opened = Signal(int)
    menu_wanted = Signal(QPoint)
    side_changed = Signal(int)

    def __init__(
        self,
        document: Document,
        view: ImageOrder,
        selection: Selection,
        thumbnails: ThumbnailProvider,
        swatches: Swatches,
        theme: Theme,
        kept: int = TILE_BYTES,
    ) -> None:
        super().__init__()
        self._kept = kept
        self._document, self._view, self._selection = document, view, selection
        self._thumbnails, self._swatches, self._theme = thumbnails, swatches, theme
        self._side = 160
        self._tiles: OrderedDict[int, QPixmap] = OrderedDict()
        self._tile_bytes = 0
        self._named = False
        self._layout = Layout(400, 100, 100, 0, [])
        self._headings: dict[int, str] = {}
        self.picker = Picker(view, selection)
        self._pressed: QPoint | None = None
        self._press_slot = -1
        self._hover = -1
        self._turned = 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(tr("Gallery"))
        self.setMinimumWidth(2 * cell_size(MIN_SIDE, 1, theme)[0])
        self.viewport().setMouseTracking(True)
        self._ask = QTimer(self, singleShot=True, interval=15)
        self._ask.timeout.connect(self._ask_thumbnails)
        self._band = Band(self, selection, lambda rect: view.order[self._layout.inside(rect)].tolist())
        view.changed.connect(self._on_order_changed)
        view.reordered.connect(self._on_reordered)
        selection.changed.connect(self._on_selection_changed)
        selection.current_changed.connect(self._on_current_changed)
        thumbnails.ready.connect(self._on_thumbnails_ready)
        document.suggestions_changed.connect(self._forget_tiles)
        document.model_changed.connect(self._forget_tiles)
        document.thresholds_changed.connect(self._forget_tiles)
        document.images_changed.connect(self._on_images_changed)
        document.kept_changed.connect(self._forget_tiles)
        document.opened.connect(self._forget_tiles)
        theme.changed.connect(self._forget_tiles)
        swatches.changed.connect(self._forget_tiles)

    # What others ask of it

    @property
    def side(self) -> int:
        """Longest side of a photo, in logical pixels."""
        return self._side

    def set_side(self, side: int) -> None:
        """Make thumbnails larger or smaller, keeping the middle of the view in view."""
        side = min(MAX_SIDE, max(MIN_SIDE, side))
        if side != self._side:
            middle = self._index(self._selection.current)
            if middle < 0 or not self.rect_of(self._selection.current).intersects(self.viewport().rect()):
                middle = self.index_at(QPoint(self.viewport().width() // 2, self.viewport().height() // 2))
            self._side = side
            self._forget_tiles()
            self._relayout()
            if middle >= 0:
                self._show(middle, center=True)
            self.side_changed.emit(side)

    def set_named(self, named: bool) -> None:
        """Show file names below the photos, or not."""
        if named != self._named:
            self._named = named
            self._forget_tiles()
            self._relayout()

    def index_at(self, point: QPoint) -> int:
        """Position in the order at a point of the viewport, or -1."""
        index = self._layout.index_at(point.x(), point.y() + self.verticalScrollBar().value())
        return index if index < len(self._view.order) else -1  # what is shown may be of a longer order, a moment ago

    def rect_of(self, slot: int) -> QRect:
        """Where an image is on the viewport (empty when it is not in the order)."""
        index = self._index(slot)
        if index < 0:
            return QRect()
        return self._layout.rect(index).translated(0, -self.verticalScrollBar().value())

    def show_slot(self, slot: int) -> None:
        """Scroll until an image can be seen."""
        index = self._index(slot)
        if index >= 0:
            self._show(index)

    def visible_slots(self) -> list[int]:
        """Images that can be seen now."""
        top = self.verticalScrollBar().value()
        order = self._view.order
        out = []
        for _, first, last in self._layout.visible(top, top + self.viewport().height()):
            out += order[first:last].tolist()
        return out

    @property
    def shown_order(self) -> ImageOrder:
        """What is shown."""
        return self._view

    def slots(self) -> list[int]:
        """All images that are shown, in their order."""
        return [int(slot) for slot in self._view.order]

    def _index(self, slot: int) -> int:
        return self.picker.index(slot)

    # Layout

    def _chip_count(self) -> int:
        return max(1, len(self._shown_attributes()))

    def _shown_attributes(self) -> list[Attribute]:
        """Attributes with a chip under each photo: those with classes; the active one stays when space is short."""
        model = self._document.model
        used = {row.attribute for row in model.classes.values()}
        rows = [row for row in model.sorted_attributes() if row.id in used]
        room = 2 if self._side >= 128 else 1
        kept = {row.id for row in sorted(rows, key=lambda row: row.id != self._view.attribute)[:room]}
        return [row for row in rows if row.id in kept]

    def _cell_size(self) -> tuple[int, int]:
        return cell_size(self._side, self._chip_count(), self._theme, self._named)

    def _relayout(self) -> None:
        width, height = self._cell_size()
        groups = [(group.start, group.count) for group in self._view.groups]
        self._headings = {group.start: group.title for group in self._view.groups}
        self._layout = Layout(self.viewport().width(), width, height, len(self._view.order), groups)
        page = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._layout.height - page))
        bar.setPageStep(page)
        bar.setSingleStep(max(24, height // 3))
        self._ask.start()
        self.viewport().update()

    def _show(self, index: int, center: bool = False) -> None:
        rect = self._layout.rect(index)
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        if index == 0:
            bar.setValue(0)  # with the first heading
        elif center:
            bar.setValue(rect.center().y() - page // 2)
        elif rect.top() < bar.value():
            bar.setValue(rect.top() - 8)
        elif rect.bottom() > bar.value() + page:
            bar.setValue(rect.bottom() - page + 8)

    # When state changes

    def _on_order_changed(self) -> None:
        self._relayout()
        self._describe()

    def _on_reordered(self) -> None:
        """Stay with the current image where it still is, begin at the top where it is not."""
        index, bar = self._index(self._selection.current), self.verticalScrollBar()
        if index < 0 or not self._view.follows:
            bar.setValue(0)
            return
        rect = self._layout.rect(index)
        if not bar.value() <= rect.top() <= rect.bottom() <= bar.value() + self.viewport().height():
            self._show(index, center=True)

    def _describe(self) -> None:
        """Tell screen readers what the current image is."""
        slot = self._selection.current
        index = self._index(slot)
        self.setAccessibleDescription(image_sentence(self._document, self._view, self._selection, slot, index))

    def _on_current_changed(self, slot: int) -> None:
        index = self._index(slot)
        self._describe()
        seen = self._view.follows or self.hasFocus()
        if (
            seen and index >= 0 and not QApplication.mouseButtons()
        ):  # nothing moves under a mouse that is about to click again
            self._show(index)
        self.viewport().update()

    def _on_selection_changed(self) -> None:
        self._describe()
        self.viewport().update()

    def _on_thumbnails_ready(self, slots: list[int]) -> None:
        for slot in slots:
            self._drop_tile(slot)
        self.viewport().update()

    def _on_images_changed(self, slots: list[int]) -> None:
        self._on_thumbnails_ready(slots)
        self._ask.start()

    def _drop_tile(self, slot: int) -> None:
        tile = self._tiles.pop(slot, None)
        if tile is not None:
            self._tile_bytes -= _size(tile)

    def _forget_tiles(self, *_: object) -> None:
        self._tiles.clear()
        self._tile_bytes = 0
        if (self._layout.cell_width, self._layout.cell_height) != self._cell_size():
            self._relayout()
        self._describe()
        self.viewport().update()

    def _ask_thumbnails(self) -> None:
        if not self._document.is_open:
            return
        visible = self.visible_slots()
        order = self._view.order
        if len(visible) and len(order):
            # The next screen too, so that a page down finds its pictures.
            last = self._index(visible[-1])
            visible = visible + order[last + 1 : last + 1 + len(visible)].tolist()
        self._thumbnails.want(visible, int(self._side * self.devicePixelRatioF()))

    # Drawing

    def _tile(self, slot: int) -> QPixmap:
        pixmap = self._tiles.get(slot)
        if pixmap is None:
            image = self._document.images[slot]
            chips = [chip(self._document, self._swatches, attribute, slot) for attribute in self._shown_attributes()]
            tile = Tile(
                self._thumbnails.get(slot),
                tuple(chips) or (Chip("none", ""),),
                image.path.replace("\\", "/").rpartition("/")[2] if self._named else "",
                told(image.message) if self._document.states[slot] == ERROR else "",
                bool(image.missing),
            )
            pixmap = draw_tile(self._side, self.devicePixelRatioF(), self._theme, self.font(), tile)
            self._tiles[slot] = pixmap
            self._tile_bytes += _size(pixmap)
            while self._tile_bytes > self._kept and len(self._tiles) > 1:
                self._tile_bytes -= _size(self._tiles.popitem(last=False)[1])
        return pixmap

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = self._theme.tokens
        painter.fillRect(event.rect(), tokens.color("window"))
        top = self.verticalScrollBar().value()
        order = self._view.order
        selected, current = self._selection.slots, self._selection.current
        accent = tokens.color("accent")
        for section, first, last in self._layout.visible(top + event.rect().top(), top + event.rect().bottom()):
            if section.header and section.start < len(order):
                area = QRect(self._layout.left + PAD, section.top - top + 8, 0, 28)
                area.setRight(self.viewport().width() - area.left())
                draw_header(painter, area, self._headings.get(section.start, ""), section.count, tokens)
            for index, slot in enumerate(order[first:last].tolist(), first):
                rect = self._layout.rect(index).translated(0, -top)
                if slot in selected:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(tokens.color("selected"))  # gray: color beside a photo would tint the eye
                    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
                painter.drawPixmap(rect.topLeft(), self._tile(slot))
                if slot in selected or slot == current:
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                    painter.setPen(QPen(accent, 2 if slot == current else 1))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
                elif index == self._hover:
                    painter.setPen(QPen(tokens.color("dim"), 1))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
        self._band.paint(painter, accent)
        painter.end()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.index_at(point)
        slot = int(self._view.order[index]) if index >= 0 else -1
        modifiers = event.modifiers()
        if event.button() == Qt.MouseButton.RightButton:
            if slot >= 0 and slot not in self._selection:
                self.picker.choose(index)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._press_slot = point, slot
        if index < 0:
            self._band.begin(point, self._selection.slots if modifiers & _ADDING else frozenset())
            if not modifiers & _ADDING:
                self._selection.set(())
        else:
            self.picker.press(index, modifiers)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        hover = self.index_at(point)
        if hover != self._hover:
            self._hover = hover
            self.viewport().update()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if self._press_slot < 0:
            self._band.stretch(point)
        elif (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self._drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and self._press_slot >= 0 and not event.modifiers():
            index = self._index(self._press_slot)  # the order may have changed since
            if index >= 0:
                self.picker.choose(index)
        self._pressed = None
        self._band.end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pressed = None
        self._band.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position().toPoint())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self.opened.emit(int(self._view.order[index]))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._selection.slots:
            self.menu_wanted.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()  # a touch pad turns by less than a notch at a time
            notches, self._turned = int(self._turned / 120), math.fmod(self._turned, 120)
            self.set_side(self._side + 16 * notches)
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = self.index_at(event.pos())
            if index >= 0:
                image = self._document.images[int(self._view.order[index])]
                size = tr("{width:,} x {height:,} px", width=image.width, height=image.height) if image.width else ""
                missing = tr("There is no file any more.") if image.missing else ""
                lines = [image.path, size, missing, told(image.message), told(image.hint)]
                QToolTip.showText(event.globalPos(), "\n".join(line for line in lines if line), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    # Drag

    def drag_slots(self) -> list[int]:
        """The selection in the gallery's order."""
        selected = self._selection.slots
        return [slot for slot in self._view.order.tolist() if slot in selected]

    def _drag(self) -> None:
        start_drag(self, self._document, self._thumbnails, self._theme, self.drag_slots())

    # Keyboard and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = self._view.order
        moves = self._moves()
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._band.is_drawn:
            self._pressed = None
            self._band.cancel()
            return
        if key in moves and len(order):
            current = self._index(self._selection.current)
            whole = key in (Qt.Key.Key_Home, Qt.Key.Key_End)
            index = moves[key](current) if current >= 0 or whole else self.picker.last
            self.picker.move(min(max(index, 0), len(order) - 1), event.modifiers())
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selection.current >= 0:
            self.opened.emit(self._selection.current)
            return
        if key == Qt.Key.Key_Space and event.modifiers() & CONTROL and self._selection.current >= 0:
            index = self._index(self._selection.current)
            if index >= 0:
                self.picker.toggle(index)
            return
        super().keyPressEvent(event)

    def _moves(self) -> dict[Qt.Key, Callable[[int], int]]:
        page = max(1, self.viewport().height() // self._layout.cell_height)
        layout, last = self._layout, len(self._view.order) - 1
        return {
            Qt.Key.Key_Left: lambda i: i - 1,
            Qt.Key.Key_Right: lambda i: i + 1,
            Qt.Key.Key_Up: lambda i: layout.step(i, -1),
            Qt.Key.Key_Down: lambda i: layout.step(i, 1),
            Qt.Key.Key_PageUp: lambda i: layout.step(i, -page),
            Qt.Key.Key_PageDown: lambda i: layout.step(i, page),
            Qt.Key.Key_Home: lambda i: 0,
            Qt.Key.Key_End: lambda i: last,
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        middle = self.index_at(QPoint(self.viewport().width() // 2, 4))
        self._relayout()
        if middle > 0 and event.oldSize().width() != event.size().width():
            self._show(middle)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if not self._ask.isActive():  # not put off by every step: pictures come while it scrolls
            self._ask.start()
        self.viewport().update()


_ADDING = CONTROL | SHIFT


def _size(pixmap: QPixmap) -> int:
    """Bytes in memory."""
    return 4 * pixmap.width() * pixmap.height()
