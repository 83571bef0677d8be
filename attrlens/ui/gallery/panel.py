"""The center of the window: counts and options above, the gallery or one large image below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStackedWidget, QVBoxLayout, QWidget

from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.view import QUEUES, Filter, GalleryView
from attrlens.ui.gallery.review import ReviewStrip
from attrlens.ui.gallery.view import MAX_SIDE, MIN_SIDE, Gallery
from attrlens.ui.viewer.large import LargeView
from attrlens.ui.widgets import EmptyPage, combo, label, named

SHOW = (("All images", "all"), ("Not labeled", "unlabeled"), ("Exemplars", "exemplars"), ("Least sure", "least sure"),
        ("Unknown", "unknown"), ("Class by class", "suggested"), ("Doubted labels", "doubted"),
        ("Could not be read", "errors"))  # fmt: skip
GROUP = (("No groups", "none"), ("By class", "class"), ("By folder", "folder"))
SORT = (
    ("As added", "added"),
    ("By name", "name"),
    ("Surest first", "confidence"),
    ("Least sure first", "least confidence"),
)


class GalleryPanel(QWidget):
    """Header, banner, and a stack of gallery, large view and empty page.

    Signals
    -------
    folder_wanted()
        From the empty page.
    """

    folder_wanted = Signal()

    def __init__(
        self,
        document: Document,
        view: GalleryView,
        selection: Selection,
        gallery: Gallery,
        large: LargeView,
        strip: ReviewStrip,
    ) -> None:
        super().__init__()
        self.setObjectName("center")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._view, self._selection = document, view, selection
        self.gallery, self.large, self.strip = gallery, large, strip
        self._count = label()
        self._show = combo(SHOW, "Which images are shown")
        self._group = combo(GROUP, "Headings")
        self._sort = combo(SORT, "Order")
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size.setRange(MIN_SIDE, MAX_SIDE)
        self._size.setSingleStep(8)
        self._size.setPageStep(32)
        self._size.setFixedWidth(110)
        self._size.setValue(gallery.side)
        self._size.setToolTip("Thumbnail size (Ctrl+wheel)")
        self._size.setAccessibleName("Thumbnail size")
        header = named(QWidget(), "top")
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._count, 1)
        for widget in (self._show, self._group, self._sort, self._size):
            row.addWidget(widget)
        self._empty = EmptyPage(wrap=True)
        self._empty.button.clicked.connect(self._on_empty_button)
        self._stack = QStackedWidget()
        for page in (gallery, large, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(strip)
        column.addWidget(self._stack, 1)
        self._show.activated.connect(self._on_show)
        for box in (self._show, self._group, self._sort):
            box.activated.connect(self.focus_gallery)
        self._group.activated.connect(lambda i: view.set_grouping(self._group.itemData(i)))
        self._sort.activated.connect(lambda i: view.set_sorting(self._sort.itemData(i)))
        self._size.valueChanged.connect(gallery.set_side)
        gallery.side_changed.connect(self._size.setValue)
        gallery.opened.connect(self.open_large)
        large.closed.connect(self.close_large)
        large.step.connect(gallery.move_current)
        view.changed.connect(self.refresh)
        view.options_changed.connect(self._show_options)
        selection.changed.connect(self.refresh)
        self.refresh()

    def _on_show(self, index: int) -> None:
        kind = self._show.itemData(index)
        if kind not in ("class", "some", "edge"):
            self._view.set_filter(Filter(kind))

    def _on_empty_button(self) -> None:
        if self._document.images:
            self._view.set_filter(Filter())
        else:
            self.folder_wanted.emit()

    def open_large(self, slot: int) -> None:
        """Fill the center with one image."""
        self._selection.set_current(slot)
        self._stack.setCurrentWidget(self.large)
        self.large.show_current()
        self.large.setFocus()

    def close_large(self) -> None:
        """Back to the gallery, at the image that was shown."""
        self._stack.setCurrentWidget(self.gallery)
        self.gallery.setFocus()
        self.gallery.show_slot(self._selection.current)

    @property
    def is_large(self) -> bool:
        """Whether one image fills the center."""
        return self._stack.currentWidget() is self.large

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size.setVisible(self.width() >= 720)  # Ctrl+wheel does it too, and the counts need the room

    def focus_gallery(self, *_: object) -> None:
        """Let keys work on images again, after a choice elsewhere."""
        if self._stack.currentWidget() is self.gallery:
            self.gallery.setFocus()

    def _show_options(self) -> None:
        # What a person has just chosen not to see must not be acted on.
        shown = set(self._view.order.tolist())
        if not self._selection.slots <= shown:
            current = self._selection.current
            self._selection.set(self._selection.slots & shown, current if current in shown else -1)
        chosen = self._view.filter
        while self._show.count() > len(SHOW):
            self._show.removeItem(len(SHOW))
        if chosen.kind == "class":
            self._show.addItem(self._document.model.classes[chosen.class_id].name, "class")
        elif chosen.kind == "edge":
            self._show.addItem(f"Threshold of {self._document.model.classes[chosen.class_id].name}", "edge")
        elif chosen.kind == "some":
            self._show.addItem(chosen.title, "some")
        self._show.setCurrentIndex(self._show.findData(chosen.kind))
        has_own_order = chosen.kind in (*QUEUES, "edge")
        for box in (self._group, self._sort):
            box.setEnabled(not has_own_order)
        self._group.setCurrentIndex(self._group.findData(self._view.grouping))
        self._sort.setCurrentIndex(self._sort.findData(self._view.sorting))
        if self.is_large:
            self.close_large()

    def refresh(self) -> None:
        """Counts, and the empty page where there is nothing to show."""
        total, shown, chosen = len(self._document.images), len(self._view.order), len(self._selection)
        text = f"{total:,} image{'' if total == 1 else 's'}" if shown == total else f"{shown:,} of {total:,}"
        self._count.setText(text + (f" · {chosen:,} selected" if chosen else ""))
        if shown:
            if self._stack.currentIndex() == 2:
                self._stack.setCurrentWidget(self.gallery)
                self.gallery.setFocus()
            return
        if total:
            kind = self._view.filter.kind
            title, hint = {
                "unknown": ("Nothing is unknown", "Every suggestion reaches the threshold of its class."),
                "errors": ("Every file could be read", ""),
                "unlabeled": ("Every image is labeled", ""),
                "least sure": ("Every image that was looked at is labeled", ""),
                "suggested": ("No suggestion is waiting", "Every image with a sure suggestion has a label."),
                "doubted": ("No label is doubted", "Wherever the program is sure, it agrees with the label."),
                "edge": ("No suggestion is waiting", "Every image suggested for this class has a label."),
                "exemplars": ("No exemplars yet", "Drag about 80 photos onto a class; it works from the first."),
                "some": ("None of these is left", ""),
                "class": ("Nothing in this class yet", "Drag photos onto it; it works from the first."),
            }.get(kind, ("Nothing to show", ""))
            button = "Show all images"
        else:
            title, hint = "Drop a folder of photos here", "They are described once, then every class works at once."
            button = "Add a folder"
        self._empty.say(title, hint, button)
        self._stack.setCurrentIndex(2)
