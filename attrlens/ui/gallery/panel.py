"""The center of the window: the filter and the options above, the gallery, the list or the large view below."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.similar import Similar
from attrlens.state.view import QUEUES, Filter, GalleryView, Kind
from attrlens.ui.gallery.filterbar import FilterBar
from attrlens.ui.gallery.list import ImageList
from attrlens.ui.gallery.review import ReviewStrip
from attrlens.ui.gallery.similar import LikeStrip, SimilarBox
from attrlens.ui.gallery.view import MAX_SIDE, MIN_SIDE, Gallery
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.large import LargeView
from attrlens.ui.widgets import Combo, EmptyPage, combo, label, named, tool
from attrlens.words import number, told, tr, words

SHOW: tuple[tuple[str, Kind], ...] = (
    (words("All images"), "all"),
    (words("Not labeled"), "unlabeled"),
    (words("Exemplars"), "exemplars"),
    (words("Least sure"), "least sure"),
    (words("Unknown"), "unknown"),
    (words("Class by class"), "suggested"),
    (words("Doubted labels"), "doubted"),
    (words("Could not be read"), "errors"),
    (words("Missing files"), "missing"),
)
GROUP = ((words("No groups"), "none"), (words("By class"), "class"), (words("By label state"), "state"),
         (words("By folder"), "folder"), (words("By SKU"), "sku"))  # fmt: skip
SORT = (
    (words("As added"), "added"),
    (words("By name"), "name"),
    (words("Newest first"), "date"),
    (words("Surest first"), "confidence"),
    (words("Least sure first"), "least confidence"),
    (words("By color"), "color"),
    (words("By folder and name"), "path"),
    (words("By file size"), "size"),
    (words("By pixels"), "pixels"),
)
LIKENESS = words("Most similar first")
"""An order that is begun elsewhere: by the box for similar images, or their action."""

NOTHING = {
    "unknown": (words("Nothing is unknown"), words("Every suggestion reaches the threshold of its class.")),
    "errors": (words("Every file could be read"), ""),
    "missing": (words("Every file is where it was"), ""),
    "unlabeled": (words("Every image is labeled"), ""),
    "least sure": (words("Every image that was looked at is labeled"), ""),
    "suggested": (words("No suggestion is waiting"), words("Every image with a sure suggestion has a label.")),
    "doubted": (words("No label is doubted"), words("Wherever the program is sure, it agrees with the label.")),
    "edge": (words("No suggestion is waiting"), words("Every image suggested for this class has a label.")),
    "exemplars": (words("No exemplars yet"), words("Drag about 80 photos onto a class; it works from the first.")),
    "some": (words("None of these is left"), ""),
    "class": (words("Nothing in this class yet"), words("Drag photos onto it; it works from the first.")),
}
"""What is said where a filter shows nothing."""

WIDEST_COUNT = 250
"""Pixels at 100 % text size that the count of images may take from the choices beside it."""

LEAST_CHOICE = 84
"""Pixels at 100 % text size to which a list of choices gives way."""

NARROW = 640
"""Pixels below which the slider gives its room to the words."""


class GalleryPanel(QWidget):
    """Header, strips, and a stack of gallery, list, large view and empty page.

    Signals
    -------
    folder_wanted()
        From the empty page.
    mode_changed(str)
        'grid' or 'list'.
    page_changed()
        Gallery, list, large view or the empty page is in front.
    """

    folder_wanted = Signal()
    mode_changed = Signal(str)
    page_changed = Signal()

    def __init__(
        self,
        document: Document,
        view: GalleryView,
        selection: Selection,
        gallery: Gallery,
        images: ImageList,
        large: LargeView,
        strip: ReviewStrip,
        similar: Similar,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setObjectName("center")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._view, self._selection = document, view, selection
        self.gallery, self.list, self.large, self.strip = gallery, images, large, strip
        self.filter_bar = FilterBar(document, view, theme)
        self.similar = SimilarBox(document, similar, theme)
        self.like = LikeStrip(document, view, theme)
        self._theme, self._mode = theme, "grid"
        self._before = view.order
        self._empty = EmptyPage(wrap=True)
        self._empty.button.clicked.connect(self._on_empty_button)
        self._stack = QStackedWidget()
        for page in (gallery, images, large, self._empty):
            self._stack.addWidget(page)
        self._stack.currentChanged.connect(self.page_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header(theme))
        column.addWidget(strip)
        column.addWidget(self.like)
        column.addWidget(self._stack, 1)
        gallery.opened.connect(self.open_large)
        images.opened.connect(self.open_large)
        large.closed.connect(self.close_large)
        view.changed.connect(self._on_order)
        view.options_changed.connect(self._show_options)
        selection.changed.connect(self.refresh)
        theme.changed.connect(self._fit)
        self._fit()
        self.refresh()

    def _make_header(self, theme: Theme) -> QWidget:
        header = named(QWidget(), "top")
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.filter_bar, 1)
        first.addWidget(self.similar, 0, Qt.AlignmentFlag.AlignTop)
        self._modes = QButtonGroup(self)
        both = QHBoxLayout()
        both.setSpacing(0)
        self._mode_buttons = {}
        for mode, name, tip in (("grid", "layout-grid", tr("Thumbnails (Ctrl+Shift+1)")),
                                ("list", "list", tr("List with columns (Ctrl+Shift+2)"))):  # fmt: skip
            button = tool(name, theme, tip)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, wanted=mode: self.set_mode(wanted))
            self._modes.addButton(button)
            self._mode_buttons[mode] = button
            both.addWidget(button)
        self._mode_buttons["grid"].setChecked(True)
        first.addLayout(both)
        first.setAlignment(both, Qt.AlignmentFlag.AlignTop)
        self._count = label()
        self._count.setMinimumWidth(10)
        self._show = combo(SHOW, tr("Which images are shown"))
        self._group = combo(GROUP, tr("Headings"))
        self._sort = combo(SORT, tr("Order"))
        self._turn = tool("arrow-up-down", theme, tr("Turn the order around (Ctrl+Shift+U)"))
        self._turn.setCheckable(True)
        self._turn.clicked.connect(self._view.reverse)
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size.setRange(MIN_SIDE, MAX_SIDE)
        self._size.setSingleStep(8)
        self._size.setPageStep(32)
        self._size.setFixedWidth(90)
        self._size.setMinimumHeight(theme.px(28))
        self._size.setValue(self.gallery.side)
        self._size.setToolTip(tr("Thumbnail size (Ctrl+wheel)"))
        self._size.setAccessibleName(tr("Thumbnail size"))
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._count, 1)
        for widget in (self._show, self._group, self._sort, self._turn):
            second.addWidget(widget)
        first.addWidget(self._size, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(header)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        self._show.activated.connect(self._on_show)
        self._show.about_to_open.connect(self._count_kinds)
        self._show.closed.connect(self._name_kinds)
        for box in (self._show, self._group, self._sort):
            box.activated.connect(self.focus_gallery)
        self._group.activated.connect(lambda i: self._view.set_grouping(self._group.itemData(i)))
        self._sort.activated.connect(lambda i: self._view.set_sorting(self._sort.itemData(i)))
        self._size.valueChanged.connect(self.gallery.set_side)
        self.gallery.side_changed.connect(self._size.setValue)
        self.filter_bar.left.connect(self.focus_gallery)
        return header

    def _count_kinds(self) -> None:
        """Say beside each choice how many images it would show."""
        for i, (title, kind) in enumerate(SHOW):
            self._show.setItemText(i, f"{told(title)}   {number(self._view.kind_count(kind))}")

    def _on_show(self, index: int) -> None:
        kind = self._show.itemData(index)
        if kind not in ("class", "some", "edge"):
            self._view.set_filter(Filter(kind))

    def _name_kinds(self) -> None:
        for i, (title, _) in enumerate(SHOW):
            self._show.setItemText(i, told(title))

    def _on_empty_button(self) -> None:
        if self._document.total:
            self._view.clear()
        else:
            self.folder_wanted.emit()

    # Grid, list and the large view

    @property
    def mode(self) -> str:
        """'grid' or 'list'."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Show thumbnails or a list."""
        if mode in self._mode_buttons:
            changed, self._mode = mode != self._mode, mode
            self._mode_buttons[mode].setChecked(True)
            self._size.setEnabled(mode == "grid")
            if self._stack.currentWidget() in (self.gallery, self.list):
                self._to_images()
            if changed:
                self.mode_changed.emit(mode)

    @property
    def images(self) -> Gallery | ImageList:
        """The grid or the list, whichever is chosen."""
        return self.gallery if self._mode == "grid" else self.list

    @property
    def can_reverse(self) -> bool:
        """Whether the order can be turned around: queues keep to their own."""
        return self._document.total > 0 and self._view.filter.kind not in (*QUEUES, "edge")

    @property
    def key_widgets(self) -> tuple[QWidget, ...]:
        """Where the keys of actions on images work: not in the filter, on a button or in a list of choices."""
        return self.gallery, self.list, self.large, self._empty.button

    def shown_slots(self) -> set[int]:
        """Images in the gallery's order."""
        return set(self._view.order.tolist())

    def _to_images(self) -> None:
        typing = self.filter_bar.line.hasFocus()
        self._stack.setCurrentWidget(self.images)
        if not typing:
            self.images.setFocus()
        self.images.show_slot(self._selection.current)

    def open_large(self, slot: int) -> None:
        """Fill the center with one image."""
        self._selection.set_current(slot)
        self.show_large([slot])

    def show_large(self, slots: list[int]) -> None:
        """Fill the center with one to four images."""
        self._stack.setCurrentWidget(self.large)
        self.large.show_slots(slots)
        self.large.setFocus()

    def close_large(self) -> None:
        """Back to the gallery, at the image that was shown."""
        self._to_images()

    @property
    def is_large(self) -> bool:
        """Whether one image fills the center."""
        return self._stack.currentWidget() is self.large

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give up what can be done otherwise where there is little room."""
        compact = self.width() < self._theme.px(NARROW)
        self._size.setVisible(not compact)  # Ctrl+wheel does it too, and the counts need the room
        policy = Combo.SizeAdjustPolicy
        for box in (self._show, self._group, self._sort):
            box.setMinimumContentsLength(5)
            box.setMinimumWidth(self._theme.px(LEAST_CHOICE))
            box.setSizeAdjustPolicy(
                policy.AdjustToMinimumContentsLengthWithIcon if compact else policy.AdjustToContents
            )
        self.similar.show_words(not compact)

    def focus_gallery(self, *_: object) -> None:
        """Let keys work on images again, after a choice elsewhere."""
        if self.is_large:
            self.large.setFocus()
        elif self._stack.currentWidget() is not self._empty:
            self.images.setFocus()

    # What is shown

    def _after(self, slot: int) -> int:
        """The image that came after one before the order changed, or else before it; -1 where nothing is shown."""
        place = int((self._before == slot).argmax()) if slot in self._before else 0
        for some in (self._before[place:], self._before[:place][::-1]):
            left = some[np.isin(some, self._view.order)]
            if len(left):
                return int(left[0])
        return int(self._view.order[0]) if len(self._view.order) else -1

    def _on_order(self) -> None:
        """What is not shown any more must not be acted on; a current image that is gone makes room for the next."""
        current, kept = self._selection.current, self._document.kept
        is_gone = current >= 0 and not (current < len(kept) and kept[current])
        if is_gone or self.isVisible():  # elsewhere others are seen, and may be selected
            self._leave_out_unseen()
        if is_gone:
            after = self._after(current)
            self._selection.set({after} if after >= 0 and not self._selection.slots else self._selection.slots, after)
        self._before = self._view.order
        if self.is_large and not self.large.drop_gone():
            self.close_large()
        self.refresh()

    def _leave_out_unseen(self) -> None:
        selected = self._selection.slots
        if self.is_large and self.large.is_elsewhere:
            return
        if selected and (len(selected) > len(self._view.order) or not selected <= self.shown_slots()):
            self._selection.set(selected & self.shown_slots())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._leave_out_unseen()

    def _show_options(self) -> None:
        if (
            self.isVisible() and self._selection.current not in self._view.order
        ):  # what a person has just chosen not to see
            self._selection.set_current(-1)
        chosen = self._view.filter
        while self._show.count() > len(SHOW):
            self._show.removeItem(len(SHOW))
        if chosen.kind == "class":
            self._show.addItem(self._document.model.classes[chosen.class_id].name, "class")
        elif chosen.kind == "edge":
            name = self._document.model.classes[chosen.class_id].name
            self._show.addItem(tr("Threshold of {name}", name=name), "edge")
        elif chosen.kind == "some":
            self._show.addItem(chosen.title, "some")
        self._show.setCurrentIndex(self._show.findData(chosen.kind))
        has_own_order = chosen.kind in (*QUEUES, "edge")
        for box in (self._group, self._sort):
            box.setEnabled(not has_own_order)
        self._group.setCurrentIndex(self._group.findData(self._view.grouping))
        while self._sort.count() > len(SORT):
            self._sort.removeItem(len(SORT))
        if self._view.sorting == "similarity":
            self._sort.addItem(told(LIKENESS), "similarity")
        self._turn.setEnabled(not has_own_order)
        self._turn.setChecked(self._view.descending)
        self._sort.setCurrentIndex(self._sort.findData(self._view.sorting))
        if self.is_large:
            self.close_large()

    def refresh(self) -> None:
        """Counts, and the empty page where there is nothing to show."""
        total, shown, chosen = self._document.total, len(self._view.order), len(self._selection)
        if shown == total:
            text = (
                tr("{n:,} of {total:,} selected", "{n:,} of {total:,} selected", n=chosen, total=total)
                if chosen
                else tr("{n:,} image", "{n:,} images", n=total)
            )
        else:
            text = tr("{shown:,} of {total:,}", shown=shown, total=total)
            if chosen:
                text += " · " + tr("{n:,} selected", "{n:,} selected", n=chosen)
        self._count.setText(text)
        self._count.setToolTip(text)
        wanted = self._count.fontMetrics().horizontalAdvance(text) + 4  # the choices beside it give way
        self._count.setMinimumWidth(min(wanted, self._theme.px(WIDEST_COUNT)))
        if shown:
            if self._stack.currentWidget() is self._empty:
                had_focus = self.filter_bar.line.hasFocus()  # a person is typing: the keys stay there
                self._stack.setCurrentWidget(self.images)
                if not had_focus:
                    self.images.setFocus()
            return
        if total:
            title, hint = NOTHING.get(self._view.filter.kind, (tr("Nothing to show"), ""))
            if self._view.text:
                title, hint = tr("No image fits the filter"), self._view.text
            button = tr("Show all images")
        else:
            title, hint = (
                tr("Drop a folder of photos here"),
                tr("They are described once, then every class works at once."),
            )
            button = tr("Add a folder")
        self._empty.say(told(title), told(hint), button)
        self._stack.setCurrentWidget(self._empty)
