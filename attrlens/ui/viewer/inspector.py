"""The inspector: the current image and what is known about it."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from attrlens.core.catalog.model import Attribute
from attrlens.core.catalog.rows import ERROR, PENDING
from attrlens.core.why import Why
from attrlens.errors import AttrLensError
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.state.selection import Selection
from attrlens.state.swatches import Swatches
from attrlens.state.thumbnails import LargeImages, ThumbnailProvider
from attrlens.ui.gallery.chips import chip, chip_words
from attrlens.ui.gallery.tiles import CHIP, Chip, draw_chip, percent_text
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Photo
from attrlens.ui.viewer.reasons import Reasons
from attrlens.ui.widgets import label, named
from attrlens.words import number, told, tr, words

MADE_BY = {
    "person": words("Labeled by you"),
    "exemplar": words("One of its exemplars"),
    "folder": words("From its folder's name"),
    "accepted": words("A suggestion you accepted"),
}


class ChipLabel(QWidget):
    """A chip as a widget."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chip = Chip("none", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        self.setFixedHeight(self._theme.px(CHIP) + 4)
        self.update()

    def show_chip(self, shown: Chip) -> None:
        """Draw this chip."""
        self._chip = shown
        self.setAccessibleName(chip_words(shown))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        area = QRectF(0.5, 1.5, self.width() - 1, self._theme.px(CHIP))
        draw_chip(painter, area, self._chip, self._theme.tokens)
        painter.end()


class AttributeCard(QFrame):
    """What is known of one attribute of the current image."""

    def __init__(self, document: Document, theme: Theme, swatches: Swatches, thumbnails: ThumbnailProvider) -> None:
        super().__init__()
        self.setObjectName("card")
        self._swatches = swatches
        self.attribute = 0
        self.why = named(QPushButton(tr("Why")), "link")
        self.why.setCheckable(True)
        self.why.setToolTip(tr("Nearest exemplars, and the channels that decided (W)"))
        self.reasons = Reasons(document, theme, swatches, thumbnails)
        self._name = label("", "heading", wrap=True)
        self._chip = ChipLabel(theme)
        self._lines = label("", "small", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 10)
        grid.setSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self.why, 0, 1)
        grid.addWidget(self._chip, 1, 0, 1, 2)
        grid.addWidget(self._lines, 2, 0, 1, 2)
        grid.addWidget(self.reasons, 3, 0, 1, 2)

    def show_image(self, document: Document, attribute: Attribute, slot: int) -> None:
        """Show one image's word on the attribute."""
        self.attribute = attribute.id
        self._name.setText(attribute.name)
        self.why.setAccessibleDescription(attribute.name)
        self.why.setVisible(document.suggestion(attribute.id, slot) is not None)
        shown = chip(document, self._swatches, attribute, slot)
        self._chip.show_chip(shown)
        self._chip.setVisible(shown.kind != "none")
        self._lines.setText("\n".join(self._explain(document, attribute, slot)))

    def _explain(self, document: Document, attribute: Attribute, slot: int) -> list[str]:
        classes = document.model.classes
        label, suggestion = document.label(attribute.id, slot), document.suggestion(attribute.id, slot)
        lines = []
        if label is not None:
            made = "exemplar" if slot in document.model.exemplars_of(attribute.id) else label.made_by
            lines += [told(MADE_BY[made]), time.strftime("%Y-%m-%d %H:%M", time.localtime(label.time))]
        if slot in document.model.excluded_of(attribute.id):
            lines.append(tr("Left out of evaluations"))
        if suggestion is None:
            if document.states[slot] == PENDING:
                lines.append(tr("Waiting to be described"))
            elif label is None and document.states[slot] != ERROR:
                lines.append(tr("No class has an exemplar yet"))
            return lines
        best = classes[suggestion.class_id].name if suggestion.class_id in classes else tr("no class")
        confidence = percent_text(suggestion.confidence)
        if label is not None and label.class_id != suggestion.class_id and suggestion.sure:
            lines.append(tr("The machine would say {name}, {confidence}", name=best, confidence=confidence))
        elif label is not None:
            lines.append(tr("Suggestion: {name}, {confidence}", name=best, confidence=confidence))
        elif suggestion.sure:
            lines.append(tr("Suggested, {confidence} confident", confidence=confidence))
        else:
            limit = document.threshold(attribute.id, suggestion.class_id)
            # Cut, not rounded: what is below the threshold must not read as if it reached it.
            share = int(100 * suggestion.confidence) / 100
            lines.append(tr("Not sure: {name} {share:.0%}, below {limit:.0%}", name=best, share=share, limit=limit))
            if suggestion.familiarity < 0.5:
                lines.append(tr("Unlike the exemplars of every class"))
        if suggestion.runner_up in classes and suggestion.runner_up_confidence >= 0.005:
            second = percent_text(suggestion.runner_up_confidence)
            lines.append(tr("Then {name}, {confidence}", name=classes[suggestion.runner_up].name, confidence=second))
        return lines


class Inspector(QWidget):
    """Photo, name and a card an attribute.

    Signals
    -------
    retry_wanted()
        Unreadable files are to be tried again.
    image_wanted(int slot)
    channel_wanted(int slot, Recipe, Share)
        Where the channel answers in the image is to be shown.
    history_wanted(int slot)
    """

    retry_wanted = Signal()
    image_wanted = Signal(int)
    channel_wanted = Signal(int, object, object)
    history_wanted = Signal(int)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        thumbnails: ThumbnailProvider,
        swatches: Swatches,
        large: LargeImages,
        insight: Insight,
        near: ThumbnailProvider,
        theme: Theme,
    ) -> None:
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document, self._selection, self._thumbnails, self._large = document, selection, thumbnails, large
        self._theme, self._swatches, self._insight, self._near = theme, swatches, insight, near
        self._why_open: set[int] = set()
        self._whys: dict[int, Why] = {}
        self._asked: dict[int, tuple[int, int, int]] = {}
        self._photo = Photo(theme, 160)
        self._photo.setMaximumHeight(320)
        self._name = label("", "name", wrap=True)
        flags = Qt.TextInteractionFlag
        self._name.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._about = label("", "small", wrap=True)
        self._problem = label("", "errorText", wrap=True)
        self._many = label(name="small", wrap=True)
        self._retry = QPushButton(tr("Try unreadable files again"))
        self._retry.clicked.connect(self.retry_wanted)
        self._history = named(QPushButton(tr("History…")), "link")
        self._history.setToolTip(tr("What happened to this image, by whom, when and with what"))
        self._history.clicked.connect(lambda: self.history_wanted.emit(self._selection.current))
        self._empty = label(tr("Select an image to see what is known about it."), "dim", wrap=True)
        self._cards: list[AttributeCard] = []
        body = named(QWidget(), "right")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        for widget in (self._empty, self._many, self._photo, self._name, self._about, self._history, self._problem,
                       self._retry):  # fmt: skip
            self._column.addWidget(widget)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(tr("Inspector"))
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        insight.why_ready.connect(self._on_why)
        large.ready.connect(self._on_large)
        large.failed.connect(self._on_large_failed)
        thumbnails.ready.connect(self._on_thumbnails)
        selection.current_changed.connect(self._on_current)
        selection.changed.connect(self.refresh)
        document.model_changed.connect(self.refresh)
        document.suggestions_changed.connect(self.refresh)
        document.thresholds_changed.connect(self.refresh)
        document.images_changed.connect(self._on_images_changed)
        swatches.changed.connect(self.refresh)
        document.closed.connect(self._on_closed)
        document.opened.connect(self.refresh)
        self.refresh()

    def _on_closed(self) -> None:
        for kept in (self._why_open, self._whys, self._asked):
            kept.clear()  # another catalog has the same small numbers
        self.refresh()

    def cards(self) -> list[AttributeCard]:
        """Cards that are shown."""
        return [card for card in self._cards if not card.isHidden()]

    def toggle_why(self, attribute: int, opened: bool) -> None:
        """Show the reasons of an attribute's suggestions, or not."""
        (self._why_open.add if opened else self._why_open.discard)(attribute)
        self.refresh()

    def _ask_why(self, attribute: int, slot: int) -> None:
        decision = self._document.by_slot(attribute).decision
        asked = (attribute, slot, decision.id if decision else 0)
        if self._asked.get(attribute) != asked:
            self._asked[attribute] = asked
            self._whys.pop(attribute, None)
            self._insight.ask_why(attribute, slot)

    def _on_why(self, why: Why) -> None:
        if why.slot == self._selection.current and why.attribute in self._why_open:
            self._whys[why.attribute] = why
            self.refresh()

    def _on_current(self, slot: int) -> None:
        self.refresh()
        if 0 <= slot < len(self._document.images):
            self._photo.show_pixmap(self._thumbnails.get(slot))
            if self._document.states[slot] == ERROR:
                self._photo.show_text(tr("No picture"))
            elif not self._document.missing[slot]:  # of a missing one there is the thumbnail, and no more
                self._large.want([slot], max(320, self._photo.pixels_wanted()))

    def _on_images_changed(self, slots: list[int]) -> None:
        if self._selection.current in slots:
            self.refresh()

    def _on_large(self, slot: int, image: QImage) -> None:
        if slot == self._selection.current:
            self._photo.show_image(image)

    def _on_thumbnails(self, slots: list[int]) -> None:
        slot = self._selection.current
        if slot in slots and self._document.missing[slot]:
            self._photo.show_pixmap(self._thumbnails.get(slot))

    def _on_large_failed(self, slot: int, error: AttrLensError) -> None:
        if slot == self._selection.current:
            self._photo.show_text(told(error.message))

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
            card = self._make_card()
            self._cards.append(card)
            self._column.insertWidget(self._column.count() - 1, card)
        for i, card in enumerate(self._cards):
            card.setVisible(i < len(attributes))
        for widget in (self._photo, self._name, self._about, self._history):
            widget.setVisible(shown)
        self._problem.hide()
        self._retry.setVisible(is_bad)
        self._many.setVisible(False)
        if not shown:
            return
        image = self._document.images[slot]
        path = Path(image.path)
        self._name.setText(path.name)
        chosen = len(self._selection)
        self._many.setText(
            tr("{n:,} image selected; this is the current one", "{n:,} images selected; this is the current one",
               n=chosen)
        )  # fmt: skip
        self._many.setVisible(chosen > 1)
        self._photo.setAccessibleName(tr("Photo {name}", name=path.name))
        size = f"{number(image.width)} × {number(image.height)} px · " if image.width else ""
        note = f"\n{told(image.message)}" if image.message and image.state != ERROR else ""
        self._about.setText(f"{size}{path.parent}{note}")
        if image.missing:
            self._problem.setText(
                tr("There is no file any more.") + " " + tr("Show where it is now, or connect its drive.")
            )
        elif image.state == ERROR:
            self._problem.setText(f"{told(image.message)} {told(image.hint)}")
        self._problem.setVisible(bool(image.missing) or image.state == ERROR)
        for card, attribute in zip(self._cards, attributes, strict=False):
            card.show_image(self._document, attribute, slot)
            self._show_reasons(card, slot)
        self._near.want([s for card in self.cards() for s in card.reasons.wanted()])

    def _make_card(self) -> AttributeCard:
        card = AttributeCard(self._document, self._theme, self._swatches, self._near)
        card.why.toggled.connect(lambda on: self.toggle_why(card.attribute, on))
        card.reasons.image_wanted.connect(self.image_wanted)
        card.reasons.channel_wanted.connect(
            lambda recipe, share: self.channel_wanted.emit(self._selection.current, recipe, share)
        )
        return card

    def _show_reasons(self, card: AttributeCard, slot: int) -> None:
        is_open = card.attribute in self._why_open
        card.why.blockSignals(True)
        card.why.setChecked(is_open)
        card.why.setText(tr("Hide why") if is_open else tr("Why"))
        card.why.blockSignals(False)
        if not is_open or self._document.suggestion(card.attribute, slot) is None:
            card.reasons.show_why(None)
            return
        self._ask_why(card.attribute, slot)
        why = self._whys.get(card.attribute)
        if why is None or why.slot == slot:
            card.reasons.show_why(why)
