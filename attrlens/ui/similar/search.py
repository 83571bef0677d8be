"""Search for images like others: the examples above, what was found below, in two columns or blended into one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.retrieve.outside import WHOLE, Box
from attrlens.core.retrieve.query import METRICS
from attrlens.state.document import Document
from attrlens.state.examples import MOST, Example
from attrlens.state.selection import Selection
from attrlens.state.similar import Similar
from attrlens.state.thumbnails import LargeImages, ThumbnailProvider
from attrlens.state.view import GalleryView
from attrlens.ui.flow import Flow
from attrlens.ui.gallery.view import Gallery
from attrlens.ui.similar.column import Column
from attrlens.ui.similar.examples import EXAMPLE, SIDE, ExampleZone, carries, examples_in
from attrlens.ui.similar.region import RegionPhoto
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, combo, label, named, side_by_side
from attrlens.words import number, told, tr, words

PARTS: tuple[tuple[str, Box], ...] = (
    (words("Whole picture"), WHOLE),
    (words("The middle"), (0.3, 0.3, 0.7, 0.7)),
    (words("Upper half"), (0.1, 0.05, 0.9, 0.5)),
    (words("Lower half"), (0.1, 0.5, 0.9, 0.95)),
)
"""What can be chosen without the mouse."""

DRAWN = words("As drawn")

COUNTS = (12, 36, 100, 300)
"""Images to find first."""


class SearchPage(QWidget):
    """Examples, options, results.

    Signals
    -------
    hint_changed(str)
    gallery_wanted(int attribute)
        The gallery is to be sorted by likeness.
    folder_wanted()
        There is no image yet.
    """

    hint_changed = Signal(str)
    gallery_wanted = Signal(int)
    folder_wanted = Signal()

    def __init__(
        self, document: Document, view: GalleryView, selection: Selection, similar: Similar,
        galleries: tuple[Gallery, Gallery], thumbnails: ThumbnailProvider, large: LargeImages, theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "center")
        self._document, self._view, self._selection = document, view, selection
        self._similar, self._theme = similar, theme
        self._thumbnails, self._large = thumbnails, large
        self._is_asked_for = False
        self._active = 0
        self.setAcceptDrops(True)
        self.photo = RegionPhoto(theme)
        self.photo.setFixedSize(theme.px(132), SIDE + 14 + 2 * theme.px(28) + 24)
        self.photo.region_drawn.connect(self._on_region)
        self.like = ExampleZone(document, similar, theme, self._picture, liked=True)
        self.unlike = ExampleZone(document, similar, theme, self._picture, liked=False)
        self.columns = [
            Column(document, similar, order, gallery) for order, gallery in zip(similar.columns, galleries, strict=True)
        ]
        for place, one in enumerate(self.columns):
            one.attribute_chosen.connect(partial(similar.set_attribute, place))
            one.gallery.installEventFilter(self)
        self._results = side_by_side(self.columns[0], self.columns[1], (500, 500), wide=1)
        self._results.setStretchFactor(0, 1)
        self._empty = EmptyPage(wrap=True)
        self._empty.button.clicked.connect(self._on_empty_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._results)
        self._stack.addWidget(self._empty)
        self._status = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._stack, 1)
        foot = named(QWidget(), "center")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._status, 1)
        column.addWidget(foot)
        for zone in (self.like, self.unlike):
            zone.dropped.connect(similar.add)
            zone.chosen.connect(self.show_example)
            zone.hint_changed.connect(self.hint_changed)
        similar.examples_changed.connect(self._fill_examples)
        similar.options_changed.connect(self._fill_options)
        similar.found.connect(self._on_found)
        similar.busy_changed.connect(self._on_found)
        similar.pictures_changed.connect(self._repaint_tiles)
        thumbnails.ready.connect(lambda _: self._repaint_tiles())
        large.ready.connect(self._on_large)
        selection.changed.connect(self._enable)
        self._fill_options()
        self._fill_examples()

    # What it is made of

    def _make_head(self) -> QWidget:
        similar = self._similar
        head = named(QWidget(), "top")
        self._part = combo(PARTS, tr("Which part of the picture counts"))
        self._part.activated.connect(self._on_part)
        self._more = QPushButton(tr("More like these"))
        self._more.setToolTip(tr("Look for images like the selected ones too (Ctrl+M)"))
        self._more.clicked.connect(lambda: self.add_selected(liked=True))
        self._less = QPushButton(tr("Not like these"))
        self._less.setToolTip(tr("Look for images unlike the selected ones (Ctrl+Shift+M)"))
        self._less.clicked.connect(lambda: self.add_selected(liked=False))
        self._metric = combo([(title, name) for name, title in METRICS.items()], tr("How images are compared"))
        self._metric.activated.connect(lambda: similar.set_options(metric=self._metric.currentData()))
        self._blended = QCheckBox(tr("Blend"))
        self._blended.setToolTip(tr("One column by both, in place of two"))
        self._blended.toggled.connect(lambda on: similar.set_options(blended=on))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setSingleStep(5)
        self._slider.setPageStep(10)
        self._slider.setFixedWidth(110)
        self._slider.setMinimumHeight(self._theme.px(28))
        self._slider.setAccessibleName(tr("How much each of the two counts"))
        self._slider.setToolTip(tr("How much each of the two counts"))
        self._slider.valueChanged.connect(lambda value: similar.set_options(blend=value / 100))
        self._other = QPushButton(tr("Options"))
        self._other.setToolTip(tr("Who may be found, how many, and other things to do"))
        self._other.setMenu(self._make_menu())
        zones = QHBoxLayout()
        zones.setSpacing(8)
        zones.addWidget(self.like, 1)
        zones.addWidget(self.unlike, 1)
        flow = Flow()
        for widget in (self._more, self._less, self._part, self._metric, self._blended, self._slider, self._other):
            flow.addWidget(widget)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(zones)
        right.addLayout(flow)
        right.addStretch(1)
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        return head

    def _make_menu(self) -> QMenu:
        similar, menu = self._similar, QMenu(self)
        menu.setToolTipsVisible(True)
        self._products = menu.addAction(tr("Other products only"))
        self._products.setToolTip(tr("Leave out images of the same product, as file names or you tell it"))
        self._shown = menu.addAction(tr("Within the gallery's filter only"))
        for action, option in ((self._products, "other_products"), (self._shown, "only_shown")):
            action.setCheckable(True)
            action.toggled.connect(lambda on, name=option: similar.set_options(**{name: on}))
        first = menu.addMenu(tr("How many first"))
        self._counts = {}
        for count in COUNTS:
            action = first.addAction(number(count), partial(similar.set_options, k=count))
            action.setCheckable(True)
            self._counts[count] = action
        menu.addSeparator()
        menu.addAction(tr("Choose a file…"), self.choose_file)
        menu.addAction(tr("Paste a picture"), self.paste)
        menu.addSeparator()
        self._sort = menu.addAction(
            tr("Sort the gallery like this"), lambda: self.gallery_wanted.emit(self.front_attribute())
        )
        self._clear = menu.addAction(tr("Look for nothing"), similar.clear)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits mean the classes of the column that has the keys."""
        if event.type() == QEvent.Type.FocusIn and not self._similar.options.blended:
            for place, column in enumerate(self.columns):
                if watched is column.gallery and self._similar.attributes[place]:
                    self._view.set_attribute(self._similar.attributes[place])
        return super().eventFilter(watched, event)

    def focus_results(self) -> None:
        """Give the keys to what is found, as soon as there is something."""
        self._is_asked_for = True
        self._on_found()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._similar.watch(True)
        QTimer.singleShot(0, self._fill_examples)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._similar.watch(False)

    # Examples

    def _active_example(self) -> Example | None:
        examples = self._similar.examples
        return next((one for one in examples if one.number == self._active), examples[0] if examples else None)

    def show_example(self, number_: int) -> None:
        """Show one of them large."""
        self._active = number_
        for tile in (*self.like.tiles, *self.unlike.tiles):
            tile.is_active = tile.example.number == number_
            tile.update()
        self._show_active()

    def _fill_examples(self) -> None:
        examples = self._similar.examples
        active = self._active_example()
        self._active = active.number if active is not None else 0
        had = self.focusWidget()
        held = [tile for tile in (*self.like.tiles, *self.unlike.tiles) if tile is had and tile.hasFocus()]
        for zone, liked in ((self.like, True), (self.unlike, False)):
            zone.fill([one for one in examples if one.liked is liked], self._active)
        if held:  # the keys stay among the examples when one is taken away
            tiles = [*self.like.tiles, *self.unlike.tiles]
            (tiles[0] if tiles else self._other).setFocus()
        slots = [one.slot for one in examples if one.slot >= 0]
        self._thumbnails.want(slots, int(SIDE * self.devicePixelRatioF()))
        self._clear.setEnabled(bool(examples))
        self._show_active()
        self._on_found()

    def _show_active(self) -> None:
        active = self._active_example()
        self._part.setEnabled(active is not None)
        self.photo.setEnabled(active is not None)
        if active is None:
            self.photo.show_pixmap(None)
            self.photo.show_box(WHOLE)
            self._say_part(WHOLE)
            return
        self.photo.show_pixmap(self._picture(active))
        self.photo.show_box(active.box)
        self._say_part(active.box)
        if active.slot >= 0 and self.isVisible():
            self._large.want([active.slot], self.photo.pixels_wanted())

    def _picture(self, example: Example) -> QPixmap | None:
        if example.slot >= 0:
            return self._thumbnails.get(example.slot)
        image = self._similar.picture(example)
        return None if image is None else QPixmap.fromImage(image)

    def _repaint_tiles(self) -> None:
        for zone in (self.like, self.unlike):
            zone.refresh()
        active = self._active_example()
        if active is not None and not self.photo.has_picture:
            self.photo.show_pixmap(self._picture(active))

    def _on_large(self, slot: int, image: QImage) -> None:
        active = self._active_example()
        if active is not None and active.slot == slot:
            self.photo.show_image(image)

    def _on_region(self, box: Box) -> None:
        active = self._active_example()
        if active is not None:
            self._similar.change(active.number, box=box)

    def _on_part(self) -> None:
        box = self._part.currentData()
        if box is not None:
            self._on_region(tuple(box))

    def _say_part(self, box: Box) -> None:
        blocker = QSignalBlocker(self._part)
        while self._part.count() > len(PARTS):
            self._part.removeItem(len(PARTS))
        place = next((i for i, (_, known) in enumerate(PARTS) if known == box), -1)
        if place < 0:
            self._part.addItem(told(DRAWN), None)
            place = len(PARTS)
        self._part.setCurrentIndex(place)
        del blocker

    def choose_file(self) -> None:
        """Ask for image files to look for."""
        dialog = QFileDialog(self, tr("Find images like these files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self._similar.add(self._similar.of_files([Path(n) for n in names])))
        dialog.open()

    def paste(self) -> None:
        """Look for what the clipboard holds."""
        found = examples_in(QGuiApplication.clipboard().mimeData(), self._document, self._similar)
        if found:
            self._similar.look_for(found)
        else:
            self._document.stepped.emit(tr("The clipboard holds no picture: copy one in your browser or file manager"))

    # Results

    def front(self) -> Gallery:
        """The gallery that has the keys, or else the first."""
        second = self.columns[1].gallery
        return second if second.isVisible() and second.hasFocus() else self.columns[0].gallery

    def front_attribute(self) -> int:
        """What the gallery that has the keys is searched by."""
        return self._similar.attributes[1 if self.front() is self.columns[1].gallery else 0]

    def shown_slots(self) -> list[int]:
        """Images in both columns, those of the one in front first."""
        orders = [column.order.tolist() for column in self._similar.columns]
        if self.front() is self.columns[1].gallery:
            orders.reverse()
        return list(dict.fromkeys(slot for order in orders for slot in order))

    def add_selected(self, *, liked: bool) -> None:
        """Look for images like the selected ones too, or unlike them."""
        selected = self._selection.slots
        slots = [slot for slot in self.shown_slots() if slot in selected]
        if slots:
            self._similar.add(self._similar.of_slots(slots, liked=liked))

    def _enable(self) -> None:
        selected = self._selection.slots
        has = bool(selected) and any(slot in selected for slot in self.shown_slots())
        self._more.setEnabled(has)
        self._less.setEnabled(has and any(one.liked for one in self._similar.examples))

    def _fill_options(self) -> None:
        options, model = self._similar.options, self._document.model
        for box, value in ((self._blended, options.blended), (self._products, options.other_products),
                           (self._shown, options.only_shown)):  # fmt: skip
            blocker = QSignalBlocker(box)
            box.setChecked(value)
            del blocker
        blocker = QSignalBlocker(self._slider)
        self._slider.setValue(round(100 * options.blend))
        del blocker
        for count, action in self._counts.items():
            action.setChecked(count == options.k)
        self._metric.setCurrentIndex(self._metric.findData(options.metric))
        both = all(number_ in model.attributes for number_ in self._similar.attributes)
        self._blended.setEnabled(both)
        self._slider.setVisible(options.blended and both)
        self.columns[1].setVisible(both and not options.blended)
        self._on_found()

    def _on_found(self) -> None:
        similar, model = self._similar, self._document.model
        blended = similar.options.blended and all(number_ in model.attributes for number_ in similar.attributes)
        for place, column in enumerate(self.columns):
            blend, note = "", ""
            if blended:
                names = [model.attributes[number_].name for number_ in similar.attributes]
                share = similar.options.blend
                blend = f"{names[0]} {number(1 - share, '.0%')} · {names[1]} {number(share, '.0%')}"
            if similar.options.metric == "classes" and place < len(similar.used):
                note = "" if similar.used[place] == "classes" else tr("too few classes: by descriptors")
            column.fill(similar.attributes[place], blend, note)
        has_found = any(len(column.order) for column in similar.columns)
        empty = self._what_is_empty(has_found)
        if empty is not None:
            self._empty.say(*empty)
        self._stack.setCurrentWidget(self._results if empty is None else self._empty)
        self._sort.setEnabled(any(one.liked for one in similar.examples) and not similar.is_busy)
        if self._is_asked_for and has_found and not similar.is_busy and self.isVisible():
            self._is_asked_for = False
            self.columns[0].gallery.setFocus()
        self._enable()
        self._say()

    def _what_is_empty(self, has_found: bool) -> tuple[str, ...] | None:
        """What to say in place of results: title, text, button; None where there are some, or will be."""
        similar = self._similar
        if not self._document.total:
            return tr("No images yet"), tr("Drop a folder of photos on the window."), tr("Add folder…")
        if not self._document.model.attributes:
            return tr("Nothing to compare by"), tr("Make an attribute first: Class, New attribute.")
        if not similar.examples:
            return (
                tr("Find images like one"),
                tr("Drop a picture here: from the gallery, a folder or a browser. Or paste one (Ctrl+V), or select "
                   "images and press Ctrl+L."),
                tr("Choose a file…"),
            )  # fmt: skip
        if has_found or similar.is_busy:
            return None
        if similar.problem is not None:
            return told(similar.problem.message), told(similar.problem.hint)
        if not any(one.liked for one in similar.examples):
            return tr("Nothing to look for yet"), tr("Say first what is to be found: drop it on Like.")
        button = tr("Look beyond the filter") if similar.options.only_shown else ""
        text = tr("No other image may be found: look at the filter, or at products that are left out.")
        return tr("Nothing found"), text, button

    def _on_empty_button(self) -> None:
        if not self._document.total:
            self.folder_wanted.emit()
        elif self._similar.examples:
            self._similar.set_options(only_shown=False)
        else:
            self.choose_file()

    def _say(self) -> None:
        similar = self._similar
        if similar.is_busy:
            self._status.setText(tr("Looking …"))
            return
        lines = []
        count = max(len(column.order) for column in similar.columns)
        if count:
            more = count < min(MOST, similar.among)
            lines.append(
                tr("The {n:,} nearest of {total:,}; scroll for more", n=count, total=similar.among)
                if more
                else tr("The {n:,} nearest of {total:,}", n=count, total=similar.among)
            )
        if count and similar.options.only_shown:
            lines.append(tr("within the gallery's filter"))
        if count and similar.options.other_products:
            left_out = similar.left_out
            lines.append(
                tr("{n:,} of the same product left out", n=left_out)
                if left_out
                else tr("no other image of the same product is known")
            )
        if similar.remark is not None:
            lines.append(told(similar.remark))
        self._status.setText(" · ".join(lines))

    # Drops beside the two places: what is looked for, and nothing else

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries(event.mimeData(), self._document):
            if not event.mimeData().hasFormat(EXAMPLE):
                self.hint_changed.emit(tr("Find images like it"))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint_changed.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint_changed.emit("")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.mimeData().hasFormat(EXAMPLE):  # let go beside the two places: nothing happens
            return
        found = examples_in(event.mimeData(), self._document, self._similar)
        if found:
            self._similar.look_for(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)
