"""The inspector: the current image and what is known about it."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from attrlens.core.catalog.model import Attribute
from attrlens.core.catalog.rows import ERROR, PENDING
from attrlens.errors import AttrLensError
from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.swatches import Swatches
from attrlens.state.thumbnails import LargeImage, ThumbnailProvider
from attrlens.ui.gallery.chips import chip
from attrlens.ui.gallery.tiles import CHIP, Chip, draw_chip, percent_text
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Photo
from attrlens.ui.widgets import label, named

MADE_BY = {
    "person": "labeled by you",
    "exemplar": "one of its exemplars",
    "folder": "from its folder's name",
    "accepted": "a suggestion you accepted",
}


class ChipLabel(QWidget):
    """A chip as a widget."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chip = Chip("none", "")
        self.setFixedHeight(CHIP + 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chip(self, shown: Chip) -> None:
        """Draw this chip."""
        self._chip = shown
        self.setAccessibleName(shown.text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, CHIP + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        draw_chip(painter, QRectF(0.5, 1.5, self.width() - 1, CHIP), self._chip, self._theme.tokens)
        painter.end()


class AttributeCard(QFrame):
    """What is known of one attribute of the current image."""

    def __init__(self, theme: Theme, swatches: Swatches) -> None:
        super().__init__()
        self.setObjectName("card")
        self._swatches = swatches
        self._name = label("", "heading")
        self._chip = ChipLabel(theme)
        self._lines = label("", "small", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 10)
        grid.setSpacing(4)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._chip, 1, 0)
        grid.addWidget(self._lines, 2, 0)

    def show_image(self, document: Document, attribute: Attribute, slot: int) -> None:
        """Show one image's word on the attribute."""
        self._name.setText(attribute.name)
        shown = chip(document, self._swatches, attribute, slot)
        self._chip.show_chip(shown)
        self._chip.setVisible(shown.kind != "none")
        self._lines.setText("\n".join(self._explain(document, attribute, slot)))

    def _explain(self, document: Document, attribute: Attribute, slot: int) -> list[str]:
        classes = document.model.classes
        label, suggestion = document.label(attribute.id, slot), document.suggestion(attribute.id, slot)
        lines = []
        if label is not None:
            made = (
                "one of its exemplars" if slot in document.model.exemplars_of(attribute.id) else MADE_BY[label.made_by]
            )
            lines += [f"{made[0].upper()}{made[1:]}", time.strftime("%Y-%m-%d %H:%M", time.localtime(label.time))]
        if slot in document.model.excluded_of(attribute.id):
            lines.append("Left out of evaluations")
        if suggestion is None:
            if document.states[slot] == PENDING:
                lines.append("Waiting to be described")
            elif label is None and document.states[slot] != ERROR:
                lines.append("No class has an exemplar yet")
            return lines
        best = classes[suggestion.class_id].name if suggestion.class_id in classes else "no class"
        if label is not None and label.class_id != suggestion.class_id and suggestion.sure:
            lines.append(f"The machine would say {best}, {percent_text(suggestion.confidence)}")
        elif label is not None:
            lines.append(f"Suggestion: {best}, {percent_text(suggestion.confidence)}")
        elif suggestion.sure:
            lines.append(f"Suggested, {percent_text(suggestion.confidence)} confident")
        else:
            limit = document.threshold(attribute.id, suggestion.class_id)
            lines.append(f"Not sure: {best} {percent_text(suggestion.confidence)}, below {limit:.0%}")
        if suggestion.runner_up in classes and suggestion.runner_up_confidence >= 0.005:
            lines.append(f"Then {classes[suggestion.runner_up].name}, {percent_text(suggestion.runner_up_confidence)}")
        return lines


class Inspector(QWidget):
    """Photo, name and a card an attribute.

    Signals
    -------
    retry_wanted()
        Unreadable files are to be tried again.
    """

    retry_wanted = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        thumbnails: ThumbnailProvider,
        swatches: Swatches,
        large: LargeImage,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._selection, self._thumbnails, self._large = document, selection, thumbnails, large
        self._theme, self._swatches = theme, swatches
        self._photo = Photo(theme, 160)
        self._photo.setMaximumHeight(320)
        self._name = label("", "name", wrap=True)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about = label("", "small", wrap=True)
        self._problem = label("", "errorText", wrap=True)
        self._many = label(name="small", wrap=True)
        self._retry = QPushButton("Try unreadable files again")
        self._retry.clicked.connect(self.retry_wanted)
        self._empty = label("Select an image to see what is known about it.", "dim", wrap=True)
        self._cards: list[AttributeCard] = []
        body = named(QWidget(), "right")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        for widget in (self._empty, self._many, self._photo, self._name, self._about, self._problem, self._retry):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        large.ready.connect(self._on_large)
        large.failed.connect(self._on_large_failed)
        selection.current_changed.connect(self._on_current)
        selection.changed.connect(self.refresh)
        document.model_changed.connect(self.refresh)
        document.suggestions_changed.connect(self.refresh)
        document.images_changed.connect(self._on_images_changed)
        swatches.changed.connect(self.refresh)
        document.closed.connect(self.refresh)
        document.opened.connect(self.refresh)
        self.refresh()

    def _on_current(self, slot: int) -> None:
        self.refresh()
        if 0 <= slot < len(self._document.images):
            self._photo.show_pixmap(self._thumbnails.get(slot))
            if self._document.states[slot] == ERROR:
                self._photo.show_text("No picture")
            else:
                self._large.want(slot, max(320, self._photo.pixels_wanted()))

    def _on_images_changed(self, slots: list[int]) -> None:
        if self._selection.current in slots:
            self.refresh()

    def _on_large(self, slot: int, image: QImage) -> None:
        if slot == self._selection.current:
            self._photo.show_image(image)

    def _on_large_failed(self, slot: int, error: AttrLensError) -> None:
        if slot == self._selection.current:
            self._photo.show_text(error.message)

    def text(self) -> str:
        """All words now shown."""
        return "\n".join(w.text() for w in self.findChildren(QLabel) if w.isVisibleTo(self))

    def refresh(self, *_: object) -> None:
        """Show the current image again."""
        slot = self._selection.current
        shown = 0 <= slot < len(self._document.images)
        self._empty.setVisible(not shown)
        is_bad = shown and bool(self._document.states[slot] == ERROR)
        attributes = self._document.model.sorted_attributes() if shown and not is_bad else []
        while len(self._cards) < len(attributes):
            card = AttributeCard(self._theme, self._swatches)
            self._cards.append(card)
            self._column.insertWidget(self._column.count() - 1, card)
        for i, card in enumerate(self._cards):
            card.setVisible(i < len(attributes))
        for widget in (self._photo, self._name, self._about):
            widget.setVisible(shown)
        self._problem.setVisible(False)
        self._retry.setVisible(is_bad)
        self._many.setVisible(False)
        if not shown:
            return
        image = self._document.images[slot]
        path = Path(image.path)
        self._name.setText(path.name)
        chosen = len(self._selection)
        self._many.setText(f"{chosen:,} images selected; this is the current one")
        self._many.setVisible(chosen > 1)
        size = f"{image.width:,} × {image.height:,} px · " if image.width else ""
        note = f"\n{image.message}" if image.message and image.state != ERROR else ""
        self._about.setText(f"{size}{path.parent}{note}")
        if image.state == ERROR:
            self._problem.setText(f"{image.message} {image.hint}")
            self._problem.setVisible(True)
        for card, attribute in zip(self._cards, attributes, strict=False):
            card.show_image(self._document, attribute, slot)
