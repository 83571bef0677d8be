"""The canvas widget: shows the scene, moves, selects, drags."""

from __future__ import annotations

import math
import time
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from attrlens.core.layout import paint
from attrlens.state.canvas import Canvas, Mode
from attrlens.state.document import Document
from attrlens.state.pictures import CanvasPictures, Mosaic
from attrlens.state.selection import Selection
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.state.view import GalleryView
from attrlens.ui.canvas.drawing import GridDrawing, MapDrawing, Marks, draw_lasso, radius_for
from attrlens.ui.canvas.scene import Scene, Size
from attrlens.ui.gallery.chips import image_sentence
from attrlens.ui.gallery.dragging import start_drag
from attrlens.ui.theme import Theme
from attrlens.words import tr

Array = np.ndarray[Any, Any]
Tool = Literal["pan", "lasso"]

FLIGHT = 0.2
"""Seconds that images take from the map to the grid and back."""
FRAME = 0.12
"""Seconds between two layouts while UMAP moves them: they arrive about ten times a second."""

REACH = 8
"""Pixels from a point at which the mouse still means it."""

ADD, TAKE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class CanvasView(QWidget):
    """Map or grid of the active attribute, with the one selection.

    Signals
    -------
    opened(int slot)
        Double click or Enter.
    menu_wanted(QPoint global)
    hovered(int slot, QPoint global)
        -1 for none.
    tool_changed(str)
    moved()
        Another part is seen.
    """

    opened = Signal(int)
    menu_wanted = Signal(QPoint)
    hovered = Signal(int, QPoint)
    tool_changed = Signal(str)
    moved = Signal()

    def __init__(
        self, document: Document, view: GalleryView, selection: Selection, canvas: Canvas, pictures: CanvasPictures,
        mosaic: Mosaic, thumbnails: ThumbnailProvider, theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__()
        self._document, self._view, self._selection, self._canvas = document, view, selection, canvas
        self._mosaic, self._thumbnails, self._theme = mosaic, thumbnails, theme
        self._pictures = pictures
        self.scene = Scene()
        self.map = MapDrawing(pictures)
        self._grid = GridDrawing(pictures, mosaic)
        self.tool: Tool = "pan"
        self._hover = -1
        self._selected: Array | None = None
        self._drawn: tuple[Array, Array] | None = None  # slots and where they were drawn last
        self._flight: tuple[float, float, Array] | None = None  # began, seconds, places it came from
        self._pressed: QPointF | None = None
        self._press_index = -1
        self._is_panning = False
        self._lasso: list[tuple[float, float]] = []
        self._turned = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 200)
        self._timer = QTimer(self, interval=16)
        self._timer.timeout.connect(self.update)
        self._shape = QTimer(self, singleShot=True, interval=200)
        self._shape.timeout.connect(lambda: self._canvas.set_aspect(self.width() / max(1, self.height())))
        canvas.layout_changed.connect(self._on_layout)
        canvas.grid_changed.connect(self._on_grid)
        canvas.colors_changed.connect(self._on_colors)
        canvas.options_changed.connect(self.update)
        selection.changed.connect(self._on_selection)
        selection.current_changed.connect(self._on_current)
        pictures.ready.connect(self.update)
        mosaic.ready.connect(self.update)
        theme.changed.connect(self._on_colors)
        self.set_mode("map")

    # What others ask of it

    @property
    def size_(self) -> Size:
        """Width and height, in logical pixels."""
        return float(self.width()), float(self.height())

    def set_mode(self, mode: Mode) -> None:
        """Show the map or the grid; images fly to their new places."""
        self.setAccessibleName(tr("Map") if mode == "map" else tr("Grid"))
        if mode != self.scene.mode:
            self.scene.mode = mode
            self._refit()
            self._fly(FLIGHT)
        self._describe()

    def set_tool(self, tool: Tool) -> None:
        """What a drag of the mouse does: move the picture, or draw a line around images."""
        if tool != self.tool:
            self.tool = tool
            self._lasso = []
            self.setCursor(Qt.CursorShape.CrossCursor if tool == "lasso" else Qt.CursorShape.ArrowCursor)
            self.tool_changed.emit(tool)
            self.update()

    def fit(self) -> None:
        """See everything."""
        self.scene.fit(self.size_)
        self.map.landmarks = []  # the same picture of the whole, wherever one comes from
        self._fly(FLIGHT)
        self.moved.emit()

    def zoom(self, factor: float) -> None:
        """Nearer or farther, keeping the middle."""
        self._zoom_at(factor, (self.width() / 2, self.height() / 2))

    def show_slot(self, slot: int) -> None:
        """Move until an image can be seen, near enough to tell what it is."""
        index, xy = self.scene.index_of(slot), self.scene.xy
        if index >= 0 and xy is not None:
            self.scene.camera.center = xy[index].astype(float)
            self.scene.camera.is_fitted = False
            self._fly(FLIGHT)
            self.moved.emit()

    @property
    def is_flying(self) -> bool:
        """Whether images are on their way to other places."""
        return self._flight is not None

    # When state changes

    def _on_layout(self, moving: bool) -> None:
        layout = self._canvas.layout
        self._press_index = -1  # another image may be at that index
        if layout is None:
            self.scene.set_images(np.zeros(0, np.int32), np.zeros((0, 2)))
        else:
            self.scene.set_images(layout.slots, self._canvas.places)
        self._selected = None
        if self.scene.cameras["map"].is_fitted and self.scene.mode == "map":
            self._refit()
        if self.scene.mode == "map":
            self._fly(FRAME if moving or self.is_flying else FLIGHT)
        self._on_grid()

    def _on_grid(self) -> None:
        grid, layout = self._canvas.grid, self._canvas.layout
        if grid is self.scene.grid and grid is not None:
            return
        self.scene.set_grid(grid)
        self._mosaic.set_grid(self.scene.grid, layout.slots if layout else np.zeros(0, np.int32))
        if self.scene.mode == "grid":
            self._refit()
            self._fly(FLIGHT)
        self.update()

    def _on_colors(self) -> None:
        self.scene.set_colors(self._canvas.coloring(), self._canvas.shown_mask(), self._theme.tokens.is_dark)
        self.update()

    def _on_selection(self) -> None:
        self._selected = None
        self._describe()
        self.update()

    def _on_current(self, slot: int) -> None:
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell screen readers what the current image is."""
        slot = self._selection.current
        found = np.flatnonzero(self._view.order == slot)
        index = int(found[0]) if slot >= 0 and len(found) else -1
        self.setAccessibleDescription(image_sentence(self._document, self._view, self._selection, slot, index))

    def _refit(self) -> None:
        """Keep everything in view where it was, or where nobody has looked yet."""
        if self.scene.camera.is_fitted and self.width() > 32:
            self.scene.fit(self.size_)

    def _marks(self) -> Marks:
        if self._selected is None:
            chosen = self._selection.slots
            self._selected = self.scene.mask_of(np.fromiter(chosen, np.int64, len(chosen)))
        current = self._selection.current
        return Marks(self._selected, self.scene.index_of(current) if current >= 0 else -1, self._hover)

    # Flights

    def _fly(self, seconds: float) -> None:
        """Let images go from where they were drawn last to where they belong."""
        before = self._drawn
        is_still = not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self)
        if before is None or not self.isVisible() or is_still or not len(self.scene):
            self._flight = None
        else:
            self._flight = (time.monotonic(), seconds, self._places_before(*before))
            self._timer.start()
        self._hover = -1
        self.update()

    def _places_before(self, slots: Array, xy: Array) -> Array:
        """Where the scene's images were drawn; those that were not, where they belong."""
        target = self.scene.screen(self.size_)
        out = np.array(target if target is not None else xy[:0], float)
        if len(out) == len(slots) and np.array_equal(slots, self.scene.slots):
            return xy
        if target is None or not len(slots):
            return out
        at = np.minimum(np.searchsorted(slots, self.scene.slots), len(slots) - 1)
        same = slots[at] == self.scene.slots
        out[same] = xy[at[same]]
        return out

    def _places_now(self, target: Array) -> Array:
        if self._flight is None:
            return target
        began, seconds, start = self._flight
        share = (time.monotonic() - began) / seconds
        if share >= 1 or len(start) != len(target):
            self._flight = None
            self._timer.stop()
            return target
        eased = share * share * (3 - 2 * share)
        return np.asarray(start + (target - start) * eased)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, ratio = self._theme.tokens, self.devicePixelRatioF()
        target = self.scene.screen(self.size_)
        if target is None or not len(self.scene):
            painter.fillRect(self.rect(), tokens.color("window"))
            painter.end()
            return
        xy = self._places_now(target)
        marks = self._marks()
        if self.scene.mode == "map" or self.is_flying:
            # None while UMAP moves all: other ones would come and go ten times a second.
            with_pictures = self._canvas.pictures and self._canvas.moving is None and self.scene.mode == "map"
            self.map.draw(painter, self.scene, xy, self.size_, ratio, marks, tokens, with_pictures)
        else:
            painter.fillRect(self.rect(), tokens.color("window"))
            self._grid.draw(painter, self.scene, self.size_, ratio, marks, tokens)
        if len(self._lasso) > 1:
            draw_lasso(painter, np.array(self._lasso), tokens)
        painter.end()
        self._drawn = (self.scene.slots, xy)

    # Mouse

    def index_at(self, point: QPointF) -> int:
        """The image at a point of the widget that is not filtered out, -1 for none."""
        at = (point.x(), point.y())
        xy = self.scene.screen(self.size_)
        if xy is None or not len(self.scene):
            return -1
        if self.scene.mode == "grid":
            index = self.scene.cell_at(at, self.size_)
            return index if index >= 0 and self.scene.shown[index] else -1
        picture = self.map.at(at, xy)
        if picture >= 0:
            return picture
        away = np.abs(xy - at).max(1)
        away[~self.scene.shown] = np.inf
        index = int(np.argmin(away))
        reach = max(REACH, radius_for(len(self.scene), self.scene.zoom, self.size_) + 2)
        return index if away[index] <= reach else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, modifiers = event.position(), event.modifiers()
        index = self.index_at(point)
        slot = int(self.scene.slots[index]) if index >= 0 else -1
        self._hover = -1
        self.hovered.emit(-1, QPoint())
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pressed, self._is_panning = point, True
            return
        if event.button() == Qt.MouseButton.RightButton:
            if slot >= 0 and slot not in self._selection:
                self._selection.set({slot}, slot)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._press_index, self._is_panning = point, index, False
        if self.tool == "lasso" and (slot < 0 or slot not in self._selection or modifiers & (ADD | TAKE)):
            self._lasso = [(point.x(), point.y())]
            self._press_index = -1
        elif slot >= 0 and slot in self._selection and not modifiers & (CONTROL | ADD | TAKE):
            self._selection.set_current(slot)  # a drag of the whole selection may begin here

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._pressed is None:
            self._hover_at(event)
            return
        way = point - self._pressed
        if self._lasso:
            last = self._lasso[-1]
            if abs(point.x() - last[0]) + abs(point.y() - last[1]) >= 3:
                self._lasso.append((point.x(), point.y()))
                self.update()
        elif self._is_panning:
            self._pressed = point
            self.scene.camera.pan(way.x(), way.y())
            self._flight = None
            self.moved.emit()
            self.update()
        elif way.manhattanLength() >= QApplication.startDragDistance():
            index = self._press_index
            if index >= 0 and int(self.scene.slots[index]) in self._selection:
                self._pressed = None
                self._drag()
            else:
                self._is_panning = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        modifiers = event.modifiers()
        lasso, self._lasso = self._lasso, []
        if pressed is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        if self._is_panning:
            self._is_panning = False
            return
        if len(lasso) > 2:
            self.select_inside(np.array(lasso), modifiers)
        else:
            self._click(self.index_at(event.position()), modifiers)
        self.update()

    def _click(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        if index < 0:
            if not modifiers & (CONTROL | ADD | TAKE):
                self._selection.set((), -1)
            return
        slot = int(self.scene.slots[index])
        if modifiers & CONTROL or (modifiers & TAKE and slot in self._selection):
            self._selection.toggle(slot)
        elif modifiers & ADD:
            self._selection.set(self._selection.slots | {slot}, slot)
        elif not modifiers & TAKE:
            self._selection.set({slot}, slot)

    def select_inside(self, polygon: Array, modifiers: Qt.KeyboardModifier) -> None:
        """Select what a line goes around: Shift adds, Alt takes out."""
        xy = self.scene.screen(self.size_)
        if xy is None:
            return
        inside = paint.inside_polygon(xy, polygon) & self.scene.shown
        found = set(self.scene.slots[inside].tolist())
        before = self._selection.slots
        chosen = before | found if modifiers & ADD else before - found if modifiers & TAKE else found
        current = self._selection.current
        self._selection.set(chosen, current if current in chosen else min(chosen, default=-1))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self.opened.emit(int(self.scene.slots[index]))

    def _hover_at(self, event: QMouseEvent) -> None:
        hover = -1 if self.is_flying else self.index_at(event.position())
        if hover != self._hover:
            self._hover = hover
            self.hovered.emit(int(self.scene.slots[hover]) if hover >= 0 else -1, event.globalPosition().toPoint())
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.hovered.emit(-1, QPoint())
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._selection.slots:
            self.menu_wanted.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        point = event.position()
        self._zoom_at(1.0015 ** event.angleDelta().y(), (point.x(), point.y()))
        event.accept()

    def _zoom_at(self, factor: float, at: tuple[float, float]) -> None:
        if len(self.scene) and not math.isclose(factor, 1):
            self.scene.camera.zoom(factor, at, self.size_)
            self._flight = None
            self._hover = -1
            self.hovered.emit(-1, QPoint())
            self.moved.emit()
            self.update()

    def _drag(self) -> None:
        selected = self._selection.slots
        slots = [slot for slot in self._view.order.tolist() if slot in selected]
        start_drag(self, self._document, self._thumbnails, self._theme, slots)

    # Keyboard, size, visibility

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        moves = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)
        }  # fmt: skip
        if key in moves and len(self.scene):
            self._step(*moves[key], event.modifiers())
        elif key == Qt.Key.Key_Escape and self._lasso:
            self._lasso, self._pressed = [], None
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selection.current >= 0:
            self.opened.emit(self._selection.current)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.25)
        elif key == Qt.Key.Key_Minus:
            self.zoom(0.8)
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key in (Qt.Key.Key_G, Qt.Key.Key_S) and not event.modifiers():
            self.set_tool("pan" if key == Qt.Key.Key_G else "lasso")
        else:
            super().keyPressEvent(event)

    def _step(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        """Go to the next image in a direction; with Shift select it too."""
        here = self.scene.index_of(self._selection.current) if self._selection.current >= 0 else -1
        if here < 0:
            shown = np.flatnonzero(self.scene.shown)
            there = int(shown[0]) if len(shown) else -1
        else:
            there = self.scene.beside(here, dx, dy)
        if there < 0:
            return
        slot = int(self.scene.slots[there])
        self._selection.set(self._selection.slots | {slot} if modifiers & ADD else {slot}, slot)
        xy = self.scene.screen(self.size_)
        if xy is not None:
            x, y = xy[there]
            if not (0 <= x < self.width() and 0 <= y < self.height()):
                self.show_slot(slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._flight = None
        self._refit()
        self._shape.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shape.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pressed, self._lasso, self._is_panning = None, [], False
        self._flight = None
        self._timer.stop()
        self._mosaic.want([])  # nobody waits for pictures any more
        self._pictures.want([], 0)
        self.hovered.emit(-1, QPoint())
