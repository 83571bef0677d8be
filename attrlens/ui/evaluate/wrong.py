"""Images that were decided otherwise than labeled: each can be fixed or left out on the spot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.ui.gallery.tiles import percent_text
from attrlens.ui.theme import RADIUS, Theme
from attrlens.ui.viewer.photo import Photo
from attrlens.ui.widgets import label, literal, named
from attrlens.words import tr

SHOWN = 40
"""Rows made; the rest is a click away in the gallery."""

Row = Mapping[str, Any]


class WrongRow(QWidget):
    """One image: what the label says, what the program says, and what can be done.

    Signals
    -------
    chosen(int slot)
        It was clicked, or Enter or Space was pressed on it.
    step_wanted(int step)
        An arrow key asks for the row above (-1) or below (1).
    fix_wanted(int slot, int class_id)
    exclude_wanted(int slot)
    """

    chosen = Signal(int)
    step_wanted = Signal(int)
    fix_wanted = Signal(int, int)
    exclude_wanted = Signal(int)

    def __init__(self, row: Row, theme: Theme) -> None:
        super().__init__()
        self.row = row
        self._theme = theme
        named(self, "wrongRow")
        self.photo = Photo(theme, 56)
        self.photo.setFixedSize(64, 64)
        name, best, confidence = Path(row["file"]).name, row["best"], percent_text(row["confidence"])
        if row["sure"]:
            said = tr("{label} → {best}, {confidence} confident", label=row["label"], best=best, confidence=confidence)
        else:
            said = tr("{label} → unknown ({best} {confidence})", label=row["label"], best=best, confidence=confidence)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(label(said, wrap=True))
        texts.addWidget(label(name, "small"))
        texts.addStretch(1)
        self._fix = QPushButton(tr("Label {name}", name=literal(best)))
        self._fix.setToolTip(tr("It is {name}: change the label", name=best))
        self._out = QPushButton(tr("Leave out"))
        self._out.setToolTip(tr("Neither learn from it nor score it in evaluations; label and exemplars stay"))
        self._state = label("", "dim")
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(12)
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 4, 8, 4)
        across.setSpacing(12)
        across.addWidget(self.photo)
        across.addLayout(texts, 1)
        for widget in (self._state, self._fix, self._out):
            self._buttons.addWidget(widget)
        across.addLayout(self._buttons)
        self._fix.clicked.connect(lambda: self.fix_wanted.emit(row["slot"], row["best_id"]))
        self._out.clicked.connect(lambda: self.exclude_wanted.emit(row["slot"]))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("{name}: {said}", name=name, said=said))
        self.setAccessibleDescription(tr("Enter shows it in the inspector, the arrow keys go to the next row"))
        theme.changed.connect(self._arrange)

    def show_state(self, text: str) -> None:
        """What has been done about it since; "" for nothing."""
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self._fix.setVisible(not text)
        self._out.setVisible(not text)

    def show_class_there(self, there: bool) -> None:
        """Whether the class that it was decided to be still exists."""
        self._fix.setEnabled(there)

    def _arrange(self) -> None:
        narrow = self.width() < self._theme.px(600)
        self._buttons.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(4 if narrow else 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.row["slot"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step:
            self.step_wanted.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.row["slot"])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if page is not None and event.reason() != Qt.FocusReason.MouseFocusReason:
            page.ensureWidgetVisible(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.tokens.color("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.end()


class WrongList(QWidget):
    """The rows of a run, surest first.

    Signals
    -------
    some_wanted(tuple slots, str title)
        These are to be shown in the gallery.
    """

    some_wanted = Signal(object, str)

    def __init__(self, document: Document, selection: Selection, thumbnails: ThumbnailProvider, theme: Theme) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self._thumbnails, self._theme = thumbnails, theme
        self._attribute = 0
        self._rows: list[WrongRow] = []
        self._all: tuple[int, ...] = ()
        self._heading = label("", "subtitle", wrap=True)
        self._hint = label(tr("Surest first: these are often labels worth a second look."), "dim", wrap=True)
        self._more = named(QPushButton(), "link")
        self._more.clicked.connect(lambda: self.some_wanted.emit(self._all, tr("Decided wrongly")))
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(top)
        self._column.addWidget(self._hint)
        thumbnails.ready.connect(self._on_ready)
        document.model_changed.connect(self.refresh)

    def show_rows(self, attribute: int, rows: Sequence[Row]) -> None:
        """Show the wrong ones among the images of a run; without slots they cannot be acted on yet."""
        self._attribute = attribute
        wrong = sorted((row for row in rows if not row["right"] and "slot" in row), key=lambda row: -row["confidence"])
        self._all = tuple(row["slot"] for row in wrong)
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        for row in wrong[:SHOWN]:
            made = WrongRow(row, self._theme)
            made.chosen.connect(lambda slot: self._selection.set({slot}, slot))
            made.step_wanted.connect(partial(self._on_step, len(self._rows)))
            made.fix_wanted.connect(self._on_fix)
            made.exclude_wanted.connect(lambda slot: self._document.exclude(self._attribute, [slot]))
            self._column.addWidget(made)
            self._rows.append(made)
        n = len(wrong)
        self._heading.setText(
            tr("Decided otherwise than labeled: {n:,}", n=n) if n else tr("Every image got its label")
        )
        self._hint.setVisible(n > 0)
        self._more.setVisible(n > 0)
        self._more.setText(tr("Show it in the gallery", "Show all {n:,} in the gallery", n=n))
        self.refresh()
        self.want()

    def want(self) -> None:
        """Ask for the pictures of the rows."""
        slots = [row.row["slot"] for row in self._rows]
        if slots and self.isVisible():
            self._thumbnails.want(slots)
        self._on_ready(slots)

    def _on_ready(self, slots: Sequence[int]) -> None:
        there = set(slots)
        for row in self._rows:
            if row.row["slot"] in there:
                row.photo.show_pixmap(self._thumbnails.get(row.row["slot"]))

    def _on_step(self, place: int, step: int) -> None:
        if 0 <= place + step < len(self._rows):
            self._rows[place + step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_fix(self, slot: int, class_id: int) -> None:
        self._document.set_labels(class_id, [slot])

    def refresh(self, *_: object) -> None:
        """Say at each row what has been done about it since the run."""
        model = self._document.model
        for row in self._rows:
            slot = row.row["slot"]
            label_now = model.label(self._attribute, slot)
            if slot in model.excluded_of(self._attribute):
                row.show_state(tr("Left out"))
            elif label_now is None:
                row.show_state(tr("No label any more"))
            else:
                is_same = label_now.class_id == row.row["label_id"]
                name = model.classes[label_now.class_id].name
                row.show_state("" if is_same else tr("Now labeled {name}", name=name))
                row.show_class_there(row.row["best_id"] in model.classes)
