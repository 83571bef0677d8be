"""The large view: one image fills the center, or two to four side by side, with one zoom for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from attrlens.core.catalog.rows import ERROR
from attrlens.core.why import Share
from attrlens.errors import AttrLensError
from attrlens.state.document import Document
from attrlens.state.order import ImageOrder
from attrlens.state.selection import Selection
from attrlens.state.thumbnails import LargeImages, ThumbnailProvider
from attrlens.state.view import GalleryView
from attrlens.ui.gallery.chips import attribute_words
from attrlens.ui.gallery.picking import Picker
from attrlens.ui.icons import icon
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import STEP, Photo, Zoom
from attrlens.ui.widgets import Elided, label, tool
from attrlens.words import number, told, tr

MOST = 4
"""Images side by side."""

PAN = 60
"""Pixels an arrow key moves a zoomed photo."""


class Pane(QWidget):
    """One of the images, with its name where there are several.

    Signals
    -------
    pressed()
    """

    pressed = Signal()

    def __init__(self, theme: Theme, zoom: Zoom, parent: QWidget) -> None:
        super().__init__(parent)  # without one it would be a window for a moment when it is shown
        self._theme = theme
        self.slot = -1
        self.is_current = False
        self.photo = Photo(theme, zoom=zoom)
        self.name = Elided("dim")
        self.name.setContentsMargins(5, 0, 5, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(2)
        column.addWidget(self.photo, 1)
        column.addWidget(self.name)
        self.photo.pressed.connect(self.pressed)

    def set_current(self, on: bool, several: bool) -> None:
        """Frame the image that keys mean."""
        self.is_current = on and several
        self.name.setVisible(several)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.tokens.color("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
            painter.end()


class LargeView(QWidget):
    """The current image, or those that are compared, as large as the center is.

    Signals
    -------
    closed()
    """

    closed = Signal()

    def __init__(
        self,
        document: Document,
        view: GalleryView,
        selection: Selection,
        thumbnails: ThumbnailProvider,
        large: LargeImages,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setObjectName("center")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._view, self._selection = document, view, selection
        self.show_order(view)
        self._thumbnails, self._large = thumbnails, large
        self._slots: list[int] = []
        self.zoom = Zoom()
        self._panes = [Pane(theme, self.zoom, self) for _ in range(MOST)]
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        for pane in self._panes:
            pane.pressed.connect(lambda chosen=pane: self._on_pressed(chosen))
        self._heat_of = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.addLayout(self._make_bar(theme))
        column.addLayout(self._grid, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Large view"))
        selection.current_changed.connect(self._on_current)
        large.ready.connect(self._on_ready)
        large.failed.connect(self._on_failed)
        self.zoom.changed.connect(self._on_zoom)
        document.opened.connect(self._forget)
        document.closed.connect(self._forget)
        document.pictures_changed.connect(self._forget)
        for pane in self._panes:
            pane.photo.resized.connect(self._on_resized)
        self.hide_heat()
        self._lay_out()

    def _make_bar(self, theme: Theme) -> QHBoxLayout:
        self._name = Elided("dim")
        self._caption = label("", "dim")
        self._plain = QPushButton(tr("Without the heat map"))
        self._plain.clicked.connect(self.hide_heat)
        back = QPushButton(tr("Back to gallery"))
        back.setIcon(icon("arrow-left", theme))
        back.setIconSize(QSize(16, 16))
        back.setToolTip(tr("Back to gallery (Esc)"))
        back.clicked.connect(self.closed)
        self._percent = label("", "dim")
        out, inside = tool("zoom-out", theme, tr("Smaller (-)")), tool("zoom-in", theme, tr("Larger (+)"))
        whole = tool("maximize", theme, tr("Whole photo (Z switches to every pixel)"))
        out.clicked.connect(lambda: self.zoom_by(1 / STEP))
        inside.clicked.connect(lambda: self.zoom_by(STEP))
        whole.clicked.connect(self.zoom.reset)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(back)
        row.addSpacing(8)
        row.addWidget(self._name, 1)
        row.addWidget(self._caption)
        row.addWidget(self._plain)
        row.addWidget(self._percent)
        for button in (out, inside, whole):
            row.addWidget(button)
        for widget in (back, self._plain, out, inside, whole):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return row

    # What is shown

    def show_order(self, order: ImageOrder) -> None:
        """Go through these images with the arrow keys: the gallery's, or what a search found."""
        self._order: ImageOrder = order
        self.picker = Picker(order, self._selection)

    @property
    def is_elsewhere(self) -> bool:
        """Whether it goes through other images than the gallery's."""
        return self._order is not self._view

    @property
    def slots(self) -> list[int]:
        """Images that are shown."""
        return list(self._slots)

    @property
    def comparing(self) -> bool:
        """Whether there are several."""
        return len(self._slots) > 1

    def show_slots(self, slots: Sequence[int]) -> None:
        """Show one image, or up to four side by side."""
        self._slots = [slot for slot in slots if 0 <= slot < len(self._document.images)][:MOST]
        self.zoom.reset()
        self._lay_out()
        if self._slots and self._selection.current not in self._slots:
            self._selection.set_current(self._slots[0])
        self._fill()

    def drop_gone(self) -> bool:
        """Show no image that was taken out of the catalog; False if none is left."""
        kept = self._document.kept
        left = [slot for slot in self._slots if slot < len(kept) and kept[slot]]
        if left and left != self._slots:
            self._slots = left
            self._lay_out()
            self.show_current()
        return bool(left)

    def _forget(self, slots: object = None) -> None:
        """Other files are behind these slots now, or behind all."""
        changed = set(slots) if isinstance(slots, Iterable) else None
        for pane in self._panes:
            if changed is None or pane.slot in changed:
                pane.slot = -1
                pane.photo.show_pixmap(None)
        if changed is None:
            self._slots = []
        elif self.isVisible():
            self._fill()

    def show_current(self) -> None:
        """Show the selection's current image: in its pane, or in place of the one that was shown."""
        slot = self._selection.current
        if not 0 <= slot < len(self._document.images):
            return
        if slot not in self._slots:
            self._slots = [slot]
            self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        count = max(1, len(self._slots))
        columns = 2 if count in (2, 4) else count
        while self._grid.takeAt(0) is not None:
            pass
        for i, pane in enumerate(self._panes):
            pane.setVisible(i < count)
            if i < count:
                self._grid.addWidget(pane, i // columns, i % columns)

    def _fill(self) -> None:
        current = self._selection.current
        if self._heat_of not in (-1, current):
            self.hide_heat()
        good = []
        for pane, slot in zip(self._panes, self._slots, strict=False):
            image = self._document.images[slot]
            if pane.slot != slot:
                pane.slot = slot
                pane.photo.show_pixmap(self._thumbnails.get(slot))
                pane.name.setText(Path(image.path).name)
                pane.photo.setAccessibleName(Path(image.path).name)
            pane.set_current(slot == current, self.comparing)
            if self._document.states[slot] == ERROR:
                pane.photo.show_text(f"{told(image.message)}\n{told(image.hint)}")
            else:
                good.append(slot)
        self._ask(good)
        self._say()

    def _ask(self, slots: Sequence[int]) -> None:
        pixels = max((pane.photo.pixels_wanted() for pane in self._panes[: len(self._slots)]), default=640)
        self._large.want(slots, max(640, pixels), self._next() if not self.comparing else -1)

    def _next(self) -> int:
        """The image that an arrow key would show."""
        order = self._order.order
        here = (order == self._selection.current).nonzero()[0]
        place = int(here[0]) + 1 if len(here) else len(order)
        return int(order[place]) if place < len(order) else -1

    def _say(self) -> None:
        slot = self._selection.current
        if not 0 <= slot < len(self._document.images):
            return
        image = self._document.images[slot]
        order = self._order.order
        here = (order == slot).nonzero()[0]
        place = tr("{place:,} of {n:,}", place=int(here[0]) + 1, n=len(order)) if len(here) else ""
        missing = tr("Missing: a stored thumbnail is shown") if image.missing else ""
        self._name.setText("  ·  ".join(part for part in (place, missing, image.path) if part))
        self._name.setToolTip(image.path)
        self.setAccessibleDescription(", ".join([Path(image.path).name, place, *attribute_words(self._document, slot)]))
        self._on_zoom()

    def _on_current(self, slot: int) -> None:
        if self.isVisible() and slot >= 0:
            if slot not in self._slots:
                self.zoom.reset()
            self.show_current()

    def _on_pressed(self, pane: Pane) -> None:
        self.setFocus()
        if pane.slot >= 0:
            self._selection.set_current(pane.slot)

    def _on_ready(self, slot: int, image: QImage) -> None:
        for pane in self._panes[: len(self._slots)]:
            if pane.slot == slot:
                pane.photo.show_image(image)
        self._say_percent()

    def _on_failed(self, slot: int, error: AttrLensError) -> None:
        for pane in self._panes[: len(self._slots)]:
            if pane.slot == slot:
                thumbnail = self._thumbnails.get(slot)
                if thumbnail is None or thumbnail.isNull():
                    pane.photo.show_text(f"{told(error.message)}\n{told(error.hint)}")

    # Zoom

    def _pane(self) -> Pane:
        return next((pane for pane in self._panes if pane.slot == self._selection.current), self._panes[0])

    def zoom_by(self, factor: float) -> None:
        """Zoom around the middle."""
        photo = self._pane().photo
        photo.zoom_at(QPointF(photo.width() / 2, photo.height() / 2), factor)

    def actual_scale(self) -> float:
        """Times the fitted size at which a pixel of the file is a pixel of the screen; 1 where it is not known."""
        pane = self._pane()
        width = self._document.images[pane.slot].width if 0 <= pane.slot < len(self._document.images) else 0
        if not width:
            return 1.0
        return width / max(1.0, pane.photo.fitted().width() * self.devicePixelRatioF())

    def switch_zoom(self) -> None:
        """Every pixel, or the whole photo again."""
        if self.zoom.scale > 1:
            self.zoom.reset()
        else:
            self.zoom_by(max(1.0, self.actual_scale()))  # a small file shows every pixel as it is

    def _say_percent(self) -> None:
        share = self.zoom.scale / self.actual_scale()
        self._percent.setText(number(share, ".0%") if self._pane().photo.has_picture else "")

    def _on_zoom(self) -> None:
        self._say_percent()
        if self.isVisible() and self.zoom.scale > 1:
            self._ask([slot for slot in self._slots if self._document.states[slot] != ERROR])

    # Heat maps

    def show_heat(self, slot: int, share: Share, heat: QImage) -> None:
        """Show where a channel answers in the current image."""
        if slot == self._selection.current and self.isVisible():
            self._heat_of = slot
            self._pane().photo.show_overlay(heat)
            self._caption.setText(tr("Channel {channel} of {layer}", channel=share.channel, layer=share.layer))
            self._caption.setToolTip(tr("Light where the channel answers most in this picture"))
            self._caption.show()
            self._plain.show()

    def hide_heat(self) -> None:
        """The photo alone."""
        self._heat_of = -1
        for pane in self._panes:
            pane.photo.show_overlay(None)
        self._caption.hide()
        self._plain.hide()

    @property
    def has_heat(self) -> bool:
        """Whether a heat map is shown."""
        return any(pane.photo.has_overlay for pane in self._panes)

    # Events

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hide_heat()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        arrows = {Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1)}
        if key == Qt.Key.Key_Escape and self.has_heat:
            self.hide_heat()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.closed.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus) and not event.modifiers() & _CONTROL:
            self.zoom_by(1 / STEP if key == Qt.Key.Key_Minus else STEP)
        elif key == Qt.Key.Key_Z and not event.modifiers():
            self.switch_zoom()
        elif key in arrows and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.zoom.scale > 1:
            dx, dy = arrows[key]
            self._pane().photo.pan(-PAN * dx, -PAN * dy)
        elif key in (*arrows, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._go(1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -1)
        else:
            super().keyPressEvent(event)

    def _go(self, steps: int) -> None:
        if not self.comparing:
            self.picker.step(steps)
            return
        place = self._slots.index(self._selection.current) if self._selection.current in self._slots else 0
        self._selection.set_current(self._slots[(place + steps) % len(self._slots)])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.closed.emit()

    def _on_resized(self) -> None:
        if self.isVisible() and self._slots:
            self._on_zoom()
            self._ask([slot for slot in self._slots if self._document.states[slot] != ERROR])


_CONTROL = Qt.KeyboardModifier.ControlModifier
