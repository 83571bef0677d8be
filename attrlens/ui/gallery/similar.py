"""Images like others: a box to drop them on, and the strip that says what the gallery is compared with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from attrlens.state.document import Document
from attrlens.state.similar import Similar
from attrlens.state.view import GalleryView
from attrlens.ui import drag
from attrlens.ui.icons import icon
from attrlens.ui.similar.examples import carries, examples_in
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, literal, named, repolish, tool
from attrlens.words import tr


class SimilarBox(QPushButton):
    """Drop images here, or press it, to find others like them.

    Signals
    -------
    dropped(object examples)
    hint_changed(str)
        What would happen if the button were let go now; "" for nothing.
    """

    dropped = Signal(object)
    hint_changed = Signal(str)

    def __init__(self, document: Document, similar: Similar, theme: Theme) -> None:
        super().__init__()
        self._document, self._similar = document, similar
        self.setObjectName("dropBox")
        self.setAccessibleName(tr("Find similar"))
        self.show_words(True)
        self.setIcon(icon("images", theme))
        self.setToolTip(tr("Find images like the selected ones; or drop images here (Ctrl+L)"))
        self.setAcceptDrops(True)

    def show_words(self, on: bool) -> None:
        """The words beside the icon, or the icon alone."""
        self.setText(f" {self.accessibleName()}" if on else "")

    def _light(self, on: bool, text: str = "") -> None:
        self.setProperty("target", on)
        repolish(self)
        self.hint_changed.emit(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not carries(event.mimeData(), self._document):
            return
        slots, files = drag.carried(event.mimeData(), self._document)
        count = len(slots) or len(files) or 1
        self._light(True, tr("Find images like this one", "Find images like these {n:,}", n=count))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        found = examples_in(event.mimeData(), self._document, self._similar)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if found:
            self.dropped.emit(found)


class LikeStrip(QWidget):
    """What the gallery is compared with, by which attribute, and the way out.

    Signals
    -------
    attribute_wanted(int)
        Compare by another attribute.
    """

    attribute_wanted = Signal(int)

    def __init__(self, document: Document, view: GalleryView, theme: Theme) -> None:
        super().__init__()
        named(self, "strip")
        self._document, self._view = document, view
        self._words = label("", "small")
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._buttons: list[QPushButton] = []
        self.close_button = tool("x", theme, tr("No longer sort by likeness"))
        self.close_button.clicked.connect(lambda: view.set_like(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addLayout(self._row)
        row.addWidget(self.close_button)
        view.options_changed.connect(self.refresh)
        self.refresh()

    def buttons(self) -> list[QPushButton]:
        """One for each attribute."""
        return self._buttons

    def refresh(self) -> None:
        """Show what the view compares with."""
        like = self._view.like
        self.setVisible(like is not None and self._view.sorting == "similarity")
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = []
        if like is None:
            return
        self._words.setText(like.title)
        for attribute in self._document.model.sorted_attributes():
            button = QPushButton(tr("By {attribute}", attribute=literal(attribute.name)))
            button.setCheckable(True)
            button.setChecked(attribute.id == like.attribute)
            button.clicked.connect(lambda _=False, number=attribute.id: self.attribute_wanted.emit(number))
            self._row.addWidget(button)
            self._buttons.append(button)
