"""The large view: one image fills the center; arrows go on, Esc or Space goes back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from attrlens.core.catalog.rows import ERROR
from attrlens.core.why import Share
from attrlens.errors import AttrLensError
from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.thumbnails import LargeImage, ThumbnailProvider
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Photo
from attrlens.ui.widgets import label


class LargeView(QWidget):
    """The current image, as large as the center is.

    Signals
    -------
    closed()
    step(int)
        -1 or 1: another image is wanted.
    """

    closed = Signal()
    step = Signal(int)

    def __init__(
        self, document: Document, selection: Selection, thumbnails: ThumbnailProvider, large: LargeImage, theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("center")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._selection, self._thumbnails, self._large = document, selection, thumbnails, large
        self._photo = Photo(theme)
        self._name = label("", "dim")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # a long path takes no room
        self._heat_of = -1
        self._caption = label("", "dim")
        self._plain = QPushButton("Without the heat map")
        self._plain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._plain.clicked.connect(self.hide_heat)
        back = QPushButton("Back to gallery")
        back.setToolTip("Esc")
        back.clicked.connect(self.closed)
        back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout()
        row.addWidget(back)
        row.addSpacing(8)
        row.addWidget(self._name, 1)
        row.addWidget(self._caption)
        row.addWidget(self._plain)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.addLayout(row)
        column.addWidget(self._photo, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        selection.current_changed.connect(self._on_current)
        large.ready.connect(self._on_ready)
        large.failed.connect(self._on_failed)
        self.hide_heat()

    def show_heat(self, slot: int, share: Share, heat: QImage) -> None:
        """Show where a channel answers in the current image."""
        if slot == self._selection.current and self.isVisible():
            self._heat_of = slot
            self._photo.show_overlay(heat)
            self._caption.setText(f"Channel {share.channel} of {share.layer}")
            self._caption.setToolTip("Light where the channel answers most in this picture")
            self._caption.show()
            self._plain.show()

    def hide_heat(self) -> None:
        """The photo alone."""
        self._heat_of = -1
        self._photo.show_overlay(None)
        self._caption.hide()
        self._plain.hide()

    @property
    def has_heat(self) -> bool:
        """Whether a heat map is shown."""
        return self._photo.has_overlay

    def show_current(self) -> None:
        """Show the selection's current image."""
        slot = self._selection.current
        if not 0 <= slot < len(self._document.images):
            return
        image = self._document.images[slot]
        if self._heat_of not in (-1, slot):
            self.hide_heat()
        self._name.setText(image.path)
        self._photo.show_pixmap(self._thumbnails.get(slot))
        if self._document.states[slot] == ERROR:
            self._photo.show_text(f"{image.message}\n{image.hint}")
        else:
            self._large.want(slot, max(640, self._photo.pixels_wanted()))

    def _on_current(self, slot: int) -> None:
        if self.isVisible():
            self.show_current()

    def _on_ready(self, slot: int, image: QImage) -> None:
        if slot == self._selection.current:
            self._photo.show_image(image)

    def _on_failed(self, slot: int, error: AttrLensError) -> None:
        if slot == self._selection.current:
            self._photo.show_text(f"{error.message}\n{error.hint}")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hide_heat()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.has_heat:
            self.hide_heat()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.closed.emit()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.step.emit(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.step.emit(-1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self.show_current()
