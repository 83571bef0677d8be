"""The strip above a queue: what it holds, and what one key does with many."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget

from attrlens.state.document import Document
from attrlens.state.view import QUEUES, GalleryView
from attrlens.ui.widgets import label, named, number_box
from attrlens.words import told, tr, words

WORDS = {
    "least sure": (words("Least sure first"), words("1–9 labels and goes on, 0 clears, F fetches the least sure")),
    "unknown": (words("Looked at and not sure, nearly sure first"), words("1–9 labels and goes on")),
    "suggested": (words("Class by class, least sure first"), words("A accepts, E makes exemplars, 1–9 corrects")),
    "doubted": (
        words("The program is sure of another class"),
        words("E keeps the label and makes it an exemplar, 1–9 corrects it"),
    ),
    "edge": (
        words("Nearest the threshold first"),
        words("Drag the line below the classes; 1–9 labels, E makes exemplars"),
    ),
    "class": (words("Labels and suggestions"), words("A accepts the selected suggestions, E makes them exemplars")),
}
"""What a queue holds, and the keys that work through it."""


MARGINS = 64
"""Pixels between and beside the words and the controls. Keys that do not fit are in the tool tip."""


class ReviewStrip(QWidget):
    """Words on the queue, and the button that accepts all that is sure enough.

    Signals
    -------
    accept_wanted(object slots)
    """

    accept_wanted = Signal(object)

    def __init__(self, document: Document, view: GalleryView) -> None:
        super().__init__()
        named(self, "strip")
        self._document, self._view = document, view
        self._slots: list[int] = []
        self._words = label("", "small")
        self._from = number_box(0, 99, " %")
        self._from.setValue(90)
        self._from.setAccessibleName(tr("Least confidence that is accepted"))
        self._from.setToolTip(tr("Least confidence that is accepted"))
        self._button = QPushButton()
        self._button.setToolTip(tr("Make the suggestions of the images shown labels (Ctrl+Return; undo takes it back)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        self._word = label(tr("from"), "small")
        row.addWidget(self._word)
        row.addWidget(self._from)
        row.addWidget(self._button)
        self._words.setMinimumWidth(10)
        self.setMinimumHeight(self._button.sizeHint().height() + 8)  # with or without the button
        self._from.valueChanged.connect(self.refresh)
        self._button.clicked.connect(lambda: self.accept_wanted.emit(self._slots))
        view.changed.connect(self.refresh)
        view.options_changed.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    @property
    def button(self) -> QPushButton:
        """Accepts all that are sure enough."""
        return self._button

    @property
    def least(self) -> QSpinBox:
        """Least confidence that is accepted, in percent."""
        return self._from

    def refresh(self, *_: object) -> None:
        """Count again."""
        kind, attribute = self._view.filter.kind, self._view.attribute
        self.setVisible(kind in (*QUEUES, "edge", "class"))
        self._slots = []
        self._button.setEnabled(False)
        if self.isHidden() or attribute not in self._document.model.attributes:
            return
        what, keys = (told(text) for text in WORDS[kind])
        for widget in (self._word, self._from, self._button):
            widget.setVisible(kind not in ("unknown", "doubted"))  # nothing there is sure enough to be accepted
        both = f"{what} · {keys}"
        used = sum(w.sizeHint().width() for w in (self._word, self._from, self._button) if not w.isHidden())
        room = self.width() - used - MARGINS
        self._words.setText(both if self._words.fontMetrics().horizontalAdvance(both) <= room else what)
        self._words.setToolTip(keys)
        order = self._view.order
        confidence = self._document.by_slot(attribute).confidence
        good = (self._document.labeled(attribute)[order] == 0) & self._document.sure(attribute)[order]
        good &= confidence[order] >= self._from.value() / 100
        self._slots = order[good].tolist()
        count = len(self._slots)
        self._button.setText(tr("Accept {n:,} suggestion", "Accept {n:,} suggestions", n=count))
        self._button.setEnabled(count > 0)
