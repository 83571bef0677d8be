"""The tab on exemplars: a table of the classes, what is wrong with a fix beside it, and what more would bring."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.classify.unknown import LEAST, MOST
from attrlens.core.findings import Finding, findings
from attrlens.core.health import ENOUGH, ClassHealth, Health
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.state.view import GalleryView
from attrlens.ui.evaluate.charts import Curve
from attrlens.ui.flow import Flow
from attrlens.ui.gallery.tiles import fitted
from attrlens.ui.table import Table
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, label, literal, named
from attrlens.words import number, told, tr, words

THUMB = 64
SHOWN = 8
MOST_FINDINGS = 40
COLUMNS = (
    (words("Class"), ""),
    (words("Exemplars"), words("About {count} make a class dependable", count=ENOUGH)),
    (words("Recognized"), words("How many would be recognized, were they no exemplars")),
    (words("Variety"), words("How different they are: 1.0 is usual here")),
    (words("Odd"), words("Taken for another class, or far from every class")),
    (words("Alike"), words("Show the same picture as another")),
)
"""Titles, and what they mean."""


class Strip(QWidget):
    """A row of thumbnails. Arrow keys choose one, Enter or a click shows it.

    Signals
    -------
    clicked(int slot)
    """

    clicked = Signal(int)

    def __init__(self, slots: tuple[int, ...], theme: Theme, thumbnails: ThumbnailProvider) -> None:
        super().__init__()
        self.slots = slots[:SHOWN]
        self._current = 0
        self._theme, self._thumbnails = theme, thumbnails
        self.setFixedHeight(THUMB)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("Click shows the image"))
        self.setAccessibleName(
            tr("{n:,} image; it is shown in the gallery by the button below",
               "{n:,} images; they are shown in the gallery by the button below", n=len(self.slots))
        )  # fmt: skip
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(
            tr("Image {place} of {n}: the arrow keys choose one, Enter shows it", place=self._current + 1,
               n=len(self.slots))
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(len(self.slots) * (THUMB + 4), THUMB)

    def minimumSizeHint(self) -> QSize:
        return QSize(THUMB, THUMB)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x()) // (THUMB + 4)
        if 0 <= place < len(self.slots):
            self._current = place
            self._describe()
            self.clicked.emit(self.slots[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.slots) - 1
        places = {
            Qt.Key.Key_Left: max(self._current - 1, 0), Qt.Key.Key_Right: min(self._current + 1, last),
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        place = places.get(Qt.Key(event.key()))
        if place is not None:
            self._current = place
            self._describe()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.slots:
            self.clicked.emit(self.slots[self._current])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        for i, slot in enumerate(self.slots):
            mat = QRect(i * (THUMB + 4), 0, THUMB, THUMB)
            painter.setBrush(self._theme.tokens.color("mat"))
            painter.drawRoundedRect(mat, 4, 4)
            photo = self._thumbnails.get(slot)
            if photo is not None and not photo.isNull():
                painter.drawPixmap(fitted(photo, mat), photo)
            if i == self._current and self.hasFocus():
                painter.setPen(QPen(self._theme.tokens.color("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(mat.adjusted(1, 1, -1, -1), 4, 4)
                painter.setPen(Qt.PenStyle.NoPen)
        painter.end()


class FindingRow(QFrame):
    """One finding with its pictures and its fix.

    Signals
    -------
    image_wanted(int slot)
    show_wanted(Finding)
    fix_wanted(Finding)
    """

    image_wanted = Signal(int)
    show_wanted = Signal(object)
    fix_wanted = Signal(object)

    def __init__(self, finding: Finding, fix: str, theme: Theme, thumbnails: ThumbnailProvider) -> None:
        super().__init__()
        self.setObjectName("card")
        self.finding = finding
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(told(finding.text), wrap=True))
        texts.addWidget(label(told(finding.hint), "small", wrap=True))
        self.strip = Strip(finding.slots, theme, thumbnails) if finding.slots else None
        self.button = QPushButton(fix)
        self.button.clicked.connect(lambda: self.fix_wanted.emit(finding))
        buttons = Flow()
        buttons.addWidget(self.button)
        if finding.slots:
            show = QPushButton(tr("Show in gallery"))
            show.clicked.connect(lambda: self.show_wanted.emit(finding))
            buttons.addWidget(show)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(texts)
        if self.strip is not None:
            self.strip.clicked.connect(self.image_wanted)
            column.addWidget(self.strip)
        column.addLayout(buttons)


class HealthPanel(QWidget):
    """Exemplars of the active attribute.

    Signals
    -------
    some_wanted(tuple slots, str title)
        These are to be shown in the gallery.
    image_wanted(int slot)
    more_wanted(int class_id)
        More exemplars of a class are to be found.
    """

    some_wanted = Signal(object, str)
    image_wanted = Signal(int)
    more_wanted = Signal(int)

    def __init__(
        self, document: Document, view: GalleryView, insight: Insight, thumbnails: ThumbnailProvider, theme: Theme
    ) -> None:
        super().__init__()
        named(self, "center")
        self._document, self._view, self._insight = document, view, insight
        self._thumbnails, self._theme = thumbnails, theme
        self._shown: Health | None = None
        self._names: list[str] = []
        self._rows: list[FindingRow] = []
        self._title = label("", "title", wrap=True)
        self._about = label("", "dim", wrap=True)
        self._table = Table(theme, tr("Exemplars by class"), even=True)
        self._table.setAccessibleDescription(tr("Enter shows the exemplars of a class in the gallery"))
        self._table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._table.chosen.connect(self._on_row)
        self._table.cellDoubleClicked.connect(lambda row, column: self._on_row(row))
        self._curve_title = label(tr("What more exemplars bring"), "subtitle", wrap=True)
        self._curve = Curve(theme)
        self._forecast = label("", "dim", wrap=True)
        self._found = label("", "subtitle", wrap=True)
        self._empty = EmptyPage(wrap=True)
        self._empty.button.hide()
        body = named(QWidget(), "center")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(24, 16, 24, 24)
        self._column.setSpacing(8)
        for widget in (self._title, self._about, self._table, self._curve_title, self._curve, self._forecast,
                       self._found):  # fmt: skip
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(tr("Exemplars"))
        self._scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        outer.addWidget(self._empty)
        thumbnails.ready.connect(self._on_ready)
        insight.health_changed.connect(self._on_changed)
        view.options_changed.connect(self._on_changed)
        document.model_changed.connect(self._on_changed)
        document.closed.connect(self._on_changed)
        self._show()

    def rows(self) -> list[FindingRow]:
        """Findings that are shown."""
        return self._rows

    def text(self) -> str:
        """All words now shown above the findings."""
        return "\n".join([self._title.text(), self._about.text(), self._forecast.text(), self._found.text()])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _on_changed(self, *_: object) -> None:
        if self.isVisible() or not self._document.is_open:
            self._show()

    def _show(self) -> None:
        attribute = self._view.attribute
        row = self._document.model.attributes.get(attribute)
        health = self._insight.health(attribute) if row is not None else None
        self._scroll.setVisible(health is not None)
        self._empty.setVisible(health is None)
        if row is None or health is None:
            self._shown = None
            has = row is not None and bool(self._document.model.exemplars_of(attribute))
            waits = has and self._insight.none_described(attribute)
            title = tr("None of the exemplars is described yet") if waits else tr("Examining the exemplars…")
            self._empty.say(
                title if has else tr("No exemplars yet"),
                "" if has else tr("Drag about {count} photos onto a class; it works from the first.", count=ENOUGH),
            )
            if has and self.isVisible() and not waits:
                self._insight.examine(attribute, with_curve=False)
            return
        if health.curve is None and self.isVisible() and not self._insight.examining(attribute):
            self._insight.examine(attribute)
        if health is not self._shown or not self._is_named_so():
            self._shown = health
            self._fill(health, row.name)

    def _is_named_so(self) -> bool:
        """Whether the classes still have the names that are shown."""
        names = [c.name for c in self._document.model.classes_of(self._view.attribute)]
        return names == self._names

    def _fill(self, health: Health, name: str) -> None:
        model = self._document.model
        classes = model.classes_of(health.attribute)
        self._names = [c.name for c in classes]
        names = {c.id: c.name for c in classes}
        count = sum(row.count for row in health.classes)
        several = [row for row in health.classes if row.count > 1]
        right, among = sum(row.right for row in several), sum(row.count for row in several)
        self._title.setText(
            tr("{name}: {exemplars} of {classes}", name=name,
               exemplars=words("{n:,} exemplar", "{n:,} exemplars", n=count),
               classes=words("{n:,} class", "{n:,} classes", n=len(health.classes)))
        )  # fmt: skip
        about = []
        if several and len(health.classes) > 1:
            about.append(tr("{right:,} of {n:,} would be recognized, were they no exemplars.", right=right, n=among))
        if health.overlaps:
            most = health.overlaps[0]
            about.append(
                tr("{first} and {second} share {n:,} of {total:,}.", first=names.get(most.first, ""),
                   second=names.get(most.second, ""), n=most.count, total=most.total)
            )  # fmt: skip
        if health.unknown is not None:
            about.append(_unknown_text(health.unknown))
        self._about.setText(" ".join(about))
        self._table.fill(COLUMNS, [_cells(row, names.get(row.class_id, "")) for row in health.classes])
        points = [{"exemplars": n, "accuracy": a, "least": a, "most": a} for n, a in health.curve or ()]
        for widget in (self._curve_title, self._curve):
            widget.setVisible(len(points) > 1)
        if len(points) > 1:
            self._curve.show_points(points)
        self._forecast.setText(self._forecast_text(health))
        self._forecast.setVisible(bool(self._forecast.text()))
        self._fill_findings(findings(health, names))

    def _forecast_text(self, health: Health) -> str:
        if health.curve is None:
            return tr("Finding out what more exemplars bring…") if len(health.classes) > 1 else ""
        if not health.curve:
            return ""
        n, share = health.curve[-1]
        text = tr("Learned from {n} exemplars a class, {share:.0%} of the others are recognized.", n=n, share=share)
        if health.forecast is not None:
            more, then = health.forecast
            text += " " + tr("{n} would bring about {share:.0%}.", n=more, share=min(then, 0.99))
        return text

    def _fill_findings(self, found: list[Finding]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        shown = found[:MOST_FINDINGS]
        self._found.setText(
            tr("{n:,} thing to look at", "{n:,} things to look at", n=len(found)) if found else tr("Nothing to mend")
        )
        for finding in shown:
            row = FindingRow(finding, self._fix_text(finding), self._theme, self._thumbnails)
            row.image_wanted.connect(self.image_wanted)
            row.show_wanted.connect(lambda f: self.some_wanted.emit(f.slots, told(f.text)))
            row.fix_wanted.connect(self._on_fix)
            self._column.insertWidget(self._column.count() - 1, row)
            self._rows.append(row)
        self._thumbnails.want([slot for row in self._rows for slot in row.finding.slots[:SHOWN]])

    def _fix_text(self, finding: Finding) -> str:
        classes = self._document.model.classes
        if finding.fix == "move":
            name = classes[finding.target].name if finding.target in classes else ""
            return tr("Move to {name}", name=literal(name)) if name else tr("Move")
        if finding.fix == "more":
            return tr("Find more")
        return tr("Remove {n:,} exemplar", "Remove {n:,} exemplars", n=len(finding.fixed))

    def _on_fix(self, finding: Finding) -> None:
        if finding.fix == "move":
            self._document.add_exemplars(finding.target, finding.fixed)
        elif finding.fix == "remove":
            self._document.remove_exemplars(self._view.attribute, finding.fixed)
        else:
            self.more_wanted.emit(finding.target)

    def _on_row(self, row: int) -> None:
        if self._shown is not None and row < len(self._shown.classes):
            class_id = self._shown.classes[row].class_id
            if class_id not in self._document.model.classes:
                return
            exemplars = self._document.model.exemplars_of(self._view.attribute)
            slots = tuple(slot for slot, c in exemplars.items() if c == class_id)
            name = self._document.model.classes[class_id].name
            self.some_wanted.emit(slots, tr("Exemplars of {name}", name=name))

    def _on_ready(self, slots: list[int]) -> None:
        for row in self._rows:
            if row.strip is not None:
                row.strip.update()


def _unknown_text(share: float) -> str:
    if share >= MOST:
        return tr("{share:.0%} of this catalog or more seems to be of no class.", share=share)
    if share <= LEAST:
        return tr("Hardly an image of this catalog seems to be of no class.")
    return tr("About {share:.0%} of this catalog seems to be of no class.", share=share)


def _cells(row: ClassHealth, name: str) -> tuple[str, ...]:
    alike = sum(len(group) - 1 for group in row.alike)
    return (
        name, number(row.count), number(row.right / row.count, ".0%") if row.count > 1 else "–",
        number(row.spread, ".1f") if row.count > 1 else "–", number(len(row.odd)) if row.odd else "–",
        number(alike) if alike else "–",
    )  # fmt: skip
