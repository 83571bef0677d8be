"""Groups of images that belong together: which there are, which image is the best, what becomes of the others."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QSlider, QStackedWidget, QVBoxLayout, QWidget

from attrlens.core.retrieve.copies import KINDS, RULES, WIDEST
from attrlens.state.copies import NARROWEST, Copies
from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.ui.flow import Flow
from attrlens.ui.gallery.view import Gallery
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, combo, label, named
from attrlens.words import number, told, tr, words

UNASKED = 20
"""Images that are removed without a question, though nothing is selected."""

STEPS = 100
"""Of the slider, in even factors."""

CHOICES = (
    *((title, kind) for kind, title in KINDS.items()),
    (words("One product, by file names and by you"), "product"),
)


def to_step(limit: float) -> int:
    """Place of a difference on the slider."""
    return round(STEPS * math.log(limit / NARROWEST) / math.log(WIDEST / NARROWEST))


def to_limit(step: int) -> float:
    """Difference at a place of the slider."""
    return float(NARROWEST * (WIDEST / NARROWEST) ** (step / STEPS))


class GroupsPage(QWidget):
    """What is grouped and how, above; the groups below."""

    def __init__(
        self, document: Document, selection: Selection, copies: Copies, gallery: Gallery, theme: Theme
    ) -> None:
        super().__init__()
        named(self, "center")
        self._document, self._selection, self._copies = document, selection, copies
        self.gallery = gallery
        gallery.set_named(True)
        gallery.setAccessibleName(tr("Groups of images"))
        self._kind = combo(CHOICES, tr("What belongs together"))
        self._kind.activated.connect(lambda: copies.set_kind(self._kind.currentData()))
        self._limit = QSlider(Qt.Orientation.Horizontal)
        self._limit.setRange(0, STEPS)
        self._limit.setPageStep(5)
        self._limit.setFixedWidth(140)
        self._limit.setMinimumHeight(theme.px(28))
        self._limit.setAccessibleName(tr("How different images of a group may be"))
        self._limit.setToolTip(tr("How different images of a group may be: to the left only copies"))
        self._limit.valueChanged.connect(lambda step: copies.set_limit(to_limit(step)))
        self._value = label("", "small")
        self._rule = combo([(title, rule) for rule, title in RULES.items()], tr("Which image of a group is kept"))
        self._rule.activated.connect(lambda: copies.set_rule(self._rule.currentData()))
        self._select = QPushButton(tr("Select the others"))
        self._select.setToolTip(tr("Select all but the first of each group, to label, copy or remove them"))
        self._select.clicked.connect(self.select_others)
        self._remove = QPushButton(tr("Remove the others"))
        self._remove.setToolTip(tr("Take all but the first of each group out of the catalog; no file is touched"))
        self._remove.clicked.connect(self.remove_others)
        self._together = QPushButton(tr("Keep together"))
        self._together.setToolTip(tr("Say that the images of each group show one product: evaluations never part them"))
        self._together.clicked.connect(self.keep_together)
        self._apart = QPushButton(tr("Take apart"))
        self._apart.setToolTip(tr("Selected images are no longer said to be of their product"))
        self._apart.clicked.connect(lambda: document.set_apart(self.chosen()))
        head = named(QWidget(), "top")
        box = QVBoxLayout(head)
        box.setContentsMargins(12, 8, 12, 8)
        flow = Flow()
        box.addLayout(flow)
        for widget in (self._kind, self._limit, self._value, self._rule, self._select, self._remove, self._together,
                       self._apart):  # fmt: skip
            flow.addWidget(widget)
        self._empty = EmptyPage(wrap=True)
        self._empty.button.clicked.connect(copies.look)
        self._stack = QStackedWidget()
        self._stack.addWidget(gallery)
        self._stack.addWidget(self._empty)
        self._status = label("", "small")
        foot = named(QWidget(), "center")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._status, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
        copies.changed.connect(self._fill)
        copies.options_changed.connect(self._fill)
        copies.busy_changed.connect(self._fill)
        selection.changed.connect(self._enable)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._copies.watch(True)
        self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._copies.watch(False)

    def chosen(self) -> list[int]:
        """Selected images that are in a group."""
        selected = self._selection.slots
        return [slot for slot in self._copies.order.order.tolist() if slot in selected]

    def select_others(self) -> None:
        """Select all but the best of each group."""
        self._selection.set(self._copies.others())
        self.gallery.setFocus()

    def remove_others(self) -> None:
        """Take all but the best of each group out of the catalog; with a selection, only of groups it touches."""
        slots = [slot for group in self._touched() for slot in group[1:]]
        if self.chosen() or len(slots) <= UNASKED:
            self._document.remove_images(slots)
            return
        ask = QMessageBox(self)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.setIcon(QMessageBox.Icon.Question)
        ask.setText(tr("Take {n:,} images of {groups:,} groups out of the catalog?", n=len(slots),
                       groups=len(self._copies.groups)))  # fmt: skip
        ask.setInformativeText(tr("The first image of each group stays. No file is touched, and Undo brings all back."))
        remove = ask.addButton(tr("Remove {n:,}", n=len(slots)), QMessageBox.ButtonRole.AcceptRole)
        ask.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        ask.buttonClicked.connect(lambda button: self._document.remove_images(slots) if button is remove else None)
        ask.open()

    def keep_together(self) -> None:
        """Say that each group is one product."""
        self._document.keep_together(self._touched())

    def _touched(self) -> list[list[int]]:
        """Groups with a selected image; all where nothing is selected."""
        copies = self._copies
        numbers = sorted({copies.number_of(slot) for slot in self._selection.slots} - {-1})
        return [copies.groups[number] for number in numbers] or copies.groups

    def _fill(self) -> None:
        copies = self._copies
        self._kind.setCurrentIndex(self._kind.findData(copies.kind))
        self._rule.setCurrentIndex(self._rule.findData(copies.rule))
        by_pixels = copies.kind != "product"
        for widget in (self._limit, self._value):
            widget.setVisible(by_pixels)
        if by_pixels:
            blocker = QSignalBlocker(self._limit)
            self._limit.setValue(to_step(copies.limit))
            del blocker
            self._value.setText(tr("differ by {limit} at most", limit=number(copies.limit, ".4f")))
        if not self._document.total:
            self._empty.say(tr("No images yet"), tr("Drop a folder of photos on the window."))
        elif copies.is_busy and not copies.groups:
            self._empty.say(tr("Comparing pictures …"))
        elif by_pixels and copies.pairs is None and copies.problem is None:
            self._empty.say(tr("Not compared yet"), "", tr("Compare"))
        elif copies.problem is not None:
            self._empty.say(told(copies.problem.message), told(copies.problem.hint), tr("Try again"))
        elif not copies.groups:
            title = tr("No image has a copy") if copies.kind == "copies" else tr("No images belong together")
            about = tr("Move the slider to the right to see images that differ more.") if by_pixels else tr(
                "File names tell no product of two images. How they are read: View, How products are told."
            )  # fmt: skip
            self._empty.say(title, about)
        self._stack.setCurrentWidget(self.gallery if copies.groups else self._empty)
        self._enable()

    def _enable(self) -> None:
        if not self.isVisible():
            return
        copies = self._copies
        chosen = self.chosen()
        has = bool(copies.groups)
        self._select.setEnabled(has)
        self._together.setEnabled(has)
        self._remove.setEnabled(has)
        self._apart.setEnabled(any(slot in self._document.model.products for slot in chosen))
        others = sum(len(group) - 1 for group in self._touched()) if has else 0
        self._remove.setText(
            tr("Remove {n:,} other", "Remove {n:,} others", n=others) if has else tr("Remove the others")
        )
        if not has:
            self._status.setText("")
            return
        lines = [
            tr("{n:,} group", "{n:,} groups", n=len(copies.groups)),
            tr("{n:,} image beside the one to keep", "{n:,} images beside those to keep", n=len(copies.others())),
        ]
        touched = len(self._touched())
        if chosen:
            lines.append(tr("buttons mean {n:,} group with selected images",
                            "buttons mean {n:,} groups with selected images", n=touched))  # fmt: skip
        if copies.pairs is not None and copies.pairs.unread and copies.kind != "product":
            lines.append(tr("{n:,} could not be read", n=copies.pairs.unread))
        self._status.setText(" · ".join(lines))
