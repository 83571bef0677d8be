"""Search for images like others: the examples above, what was found below, in two columns or blended into one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
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
from attrlens.state.examples import FEWEST, MOST, Example
from attrlens.state.selection import Selection
from attrlens.state.similar import Similar
from attrlens.state.thumbnails import LargeImages, ThumbnailProvider
from attrlens.ui.flow import Flow
from attrlens.ui.gallery.view import Gallery
from attrlens.ui.similar.column import Column
from attrlens.ui.similar.examples import SIDE, ExampleZone, carries, examples_in
from attrlens.ui.similar.region import RegionPhoto
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, combo, label, named, number_box, side_by_side
from attrlens.words import number, told, tr, words

PARTS: tuple[tuple[str, Box], ...] = (
    (words("Whole picture"), WHOLE),
    (words("The middle"), (0.3, 0.3, 0.7, 0.7)),
    (words("Upper half"), (0.1, 0.05, 0.9, 0.5)),
    (words("Lower half"), (0.1, 0.5, 0.9, 0.95)),
)
"""What can be chosen without the mouse."""

DRAWN = words("As drawn")


class SearchPage(QWidget):
    """Examples, options, results.

    Signals
    -------
    hint_changed(str)
    gallery_wanted(int attribute)
        The gallery is to be sorted by likeness.
    """

    hint_changed = Signal(str)
    gallery_wanted = Signal(int)

    def __init__(
        self, document: Document, selection: Selection, similar: Similar, galleries: tuple[Gallery, Gallery],
        thumbnails: ThumbnailProvider, large: LargeImages, theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "center")
        self._document, self._selection, self._similar, self._theme = document, selection, similar, theme
        self._thumbnails, self._large = thumbnails, large
        self._pictures: dict[int, QPixmap] = {}
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
        self._results = side_by_side(self.columns[0], self.columns[1], (500, 500), wide=1)
        self._results.setStretchFactor(0, 1)
        self._empty = EmptyPage(wrap=True)
        self._empty.button.clicked.connect(self.choose_file)
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
        similar.busy_changed.connect(self._say)
        similar.picture_ready.connect(self._on_picture)
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
        self._k = number_box(FEWEST, MOST, "")
        self._k.setPrefix(tr("First "))
        self._k.setKeyboardTracking(False)
        self._k.setAccessibleName(tr("Images to find first; more come at the end of the list"))
        self._k.setToolTip(tr("Images to find first; more come at the end of the list"))
        self._k.valueChanged.connect(lambda value: similar.set_options(k=value))
        self._products = QCheckBox(tr("Other products"))
        self._products.setToolTip(tr("Leave out images of the same product, as file names or you tell it"))
        self._products.toggled.connect(lambda on: similar.set_options(other_products=on))
        self._shown = QCheckBox(tr("Within the filter"))
        self._shown.setToolTip(tr("Look only among the images that the gallery's filter leaves"))
        self._shown.toggled.connect(lambda on: similar.set_options(only_shown=on))
        self._other = QPushButton(tr("More"))
        self._other.setToolTip(tr("Other things to do here"))
        self._other.setMenu(self._make_menu())
        zones = QHBoxLayout()
        zones.setSpacing(8)
        zones.addWidget(self.like, 1)
        zones.addWidget(self.unlike, 1)
        flow = Flow()
        for widget in (self._more, self._less, self._part, self._metric, self._blended, self._slider, self._k,
                       self._products, self._shown, self._other):  # fmt: skip
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
        menu = QMenu(self)
        menu.addAction(tr("Choose a file…"), self.choose_file)
        menu.addAction(tr("Paste a picture"), self.paste)
        menu.addSeparator()
        self._sort = menu.addAction(
            tr("Sort the gallery like this"), lambda: self.gallery_wanted.emit(self.front_attribute())
        )
        menu.addSeparator()
        self._clear = menu.addAction(tr("Look for nothing"), self._similar.clear)
        return menu

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
        numbers = {one.number for one in examples}
        self._pictures = {key: one for key, one in self._pictures.items() if key in numbers}
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
        return self._thumbnails.get(example.slot) if example.slot >= 0 else self._pictures.get(example.number)

    def _repaint_tiles(self) -> None:
        for tile in (*self.like.tiles, *self.unlike.tiles):
            tile.update()
        active = self._active_example()
        if active is not None and not self.photo.has_picture:
            self.photo.show_pixmap(self._picture(active))

    def _on_picture(self, number_: int, picture: QImage) -> None:
        self._pictures[number_] = QPixmap.fromImage(picture)
        self._repaint_tiles()

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
        for widget, whole in ((self._slider, round(100 * options.blend)), (self._k, options.k)):
            blocker = QSignalBlocker(widget)
            widget.setValue(whole)
            del blocker
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
        if not similar.examples:
            self._empty.say(
                tr("Find images like one"),
                tr("Drop a picture here: from the gallery, a folder or a browser. Or paste one (Ctrl+V), or select "
                   "images and press Ctrl+L."),
                tr("Choose a file…"),
            )  # fmt: skip
        elif similar.problem is not None:
            self._empty.say(told(similar.problem.message), told(similar.problem.hint))
        elif not similar.is_busy and not any(len(column.order) for column in similar.columns):
            self._empty.say(
                tr("Nothing found"),
                tr("No other image may be found: look at the filter, or at products that are left out.")
                if any(one.liked for one in similar.examples)
                else tr("Say first what is to be found: drop it on Like."),
            )
        is_empty = not similar.examples or (
            not similar.is_busy and not any(len(column.order) for column in similar.columns)
        )
        self._stack.setCurrentWidget(self._empty if is_empty else self._results)
        self._sort.setEnabled(any(one.liked for one in similar.examples))
        self._enable()
        self._say()

    def _say(self) -> None:
        similar = self._similar
        if similar.is_busy:
            self._status.setText(tr("Looking …"))
            return
        lines = []
        count = len(similar.columns[0].order)
        if count:
            lines.append(tr("The {n:,} nearest; scroll for more", n=count) if count < MOST else number(count))
        if similar.remark is not None:
            lines.append(told(similar.remark))
        self._status.setText(" · ".join(lines))
        if similar.problem is None and similar.examples and self._stack.currentWidget() is self._empty:
            self._stack.setCurrentWidget(self._results if count else self._empty)

    # Drops beside the two places: what is looked for, and nothing else

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries(event.mimeData(), self._document):
            self.hint_changed.emit(tr("Find images like it"))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint_changed.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint_changed.emit("")
        found = examples_in(event.mimeData(), self._document, self._similar)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if found:
            self._similar.look_for(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)
