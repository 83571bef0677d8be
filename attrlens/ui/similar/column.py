"""One column of what was found: by what it was searched, and the images."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from attrlens.state.document import Document
from attrlens.state.order import ImageOrder
from attrlens.state.similar import Similar
from attrlens.ui.gallery.view import Gallery
from attrlens.ui.widgets import combo, label, named
from attrlens.words import tr


class Column(QWidget):
    """Images nearest first; at the end of them more are looked for.

    Signals
    -------
    attribute_chosen(int attribute)
    """

    attribute_chosen = Signal(int)

    def __init__(self, document: Document, similar: Similar, order: ImageOrder, gallery: Gallery) -> None:
        super().__init__()
        named(self, "center")
        self._document, self._similar, self._order = document, similar, order
        self.gallery = gallery
        self._by = combo((), tr("By what images are compared"))
        self._by.activated.connect(lambda: self.attribute_chosen.emit(self._by.currentData()))
        self._both = label("", "")
        self._note = label("", "small")
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 6, 12, 2)
        row.addWidget(self._by)
        row.addWidget(self._both)
        row.addWidget(self._note, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(gallery, 1)
        bar = gallery.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(lambda *_: self._on_scrolled())
        self._look = QTimer(self, singleShot=True, interval=0)  # once everything is laid out
        self._look.timeout.connect(self._on_scrolled)
        order.changed.connect(self._look.start)

    def fill(self, attribute: int, blend: str, note: str) -> None:
        """Show by what is searched: an attribute to choose, or a blend in words."""
        blocker = QSignalBlocker(self._by)
        self._by.clear()
        for row in self._document.model.sorted_attributes():
            self._by.addItem(tr("By {attribute}", attribute=row.name), row.id)
        self._by.setCurrentIndex(max(0, self._by.findData(attribute)))
        del blocker
        self._by.setVisible(not blend)
        self._both.setVisible(bool(blend))
        self._both.setText(blend)
        self._note.setText(note)
        what = blend or self._by.currentText()
        self.gallery.setAccessibleName(tr("Images found: {by}", by=what))
        self._by.setAccessibleName(tr("By what images are compared: {by}", by=what))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()

    def _on_scrolled(self, *_: object) -> None:
        bar = self.gallery.verticalScrollBar()
        if self.isVisible() and len(self._order.order) and bar.value() >= bar.maximum() - bar.pageStep() // 2:
            self._similar.more()
