"""The tab on exemplars: a table of the classes, what is wrong with a fix beside it, and what more would bring."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.classify.unknown import LEAST, MOST
from attrlens.core.findings import Finding, findings
from attrlens.core.health import ClassHealth, Health
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.state.view import GalleryView
from attrlens.ui.evaluate.charts import Curve
from attrlens.ui.gallery.tiles import fitted
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, label, named, titled

THUMB = 64
SHOWN = 8
MOST_FINDINGS = 40
COLUMNS = ("Class", "Exemplars", "Recognized", "Variety", "Odd", "Alike")


class Strip(QWidget):
    """A row of thumbnails.

    Signals
    -------
    clicked(int slot)
    """

    clicked = Signal(int)

    def __init__(self, slots: tuple[int, ...], theme: Theme, thumbnails: ThumbnailProvider) -> None:
        super().__init__()
        self.slots = slots[:SHOWN]
        self._theme, self._thumbnails = theme, thumbnails
        self.setFixedHeight(THUMB)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Click shows the image")
        self.setAccessibleName(f"{len(self.slots)} images; they are shown in the gallery by the button below")

    def sizeHint(self) -> QSize:
        return QSize(len(self.slots) * (THUMB + 4), THUMB)

    def minimumSizeHint(self) -> QSize:
        return QSize(THUMB, THUMB)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x()) // (THUMB + 4)
        if 0 <= place < len(self.slots):
            self.clicked.emit(self.slots[place])

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
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(finding.text))
        words.addWidget(label(finding.hint, "small", wrap=True))
        self.strip = Strip(finding.slots, theme, thumbnails)
        self.strip.clicked.connect(self.image_wanted)
        self.button = QPushButton(fix)
        self.button.clicked.connect(lambda: self.fix_wanted.emit(finding))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.button)
        if finding.slots:
            show = QPushButton("Show in gallery")
            show.clicked.connect(lambda: self.show_wanted.emit(finding))
            buttons.addWidget(show)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(words)
        if finding.slots:
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
        self._title = label("", "title")
        self._about = label("", "dim", wrap=True)
        self._table = self._make_table()
        self._curve_title = label("What more exemplars bring", "subtitle")
        self._curve = Curve(theme)
        self._forecast = label("", "dim", wrap=True)
        self._found = label("", "subtitle")
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

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 0)
        tips = (
            "", "About 80 make a class dependable",
            "How many would be recognized, were they no exemplars", "How different they are: 1.0 is usual here",
            "Taken for another class, or far from every class", "Show the same picture as another",
        )  # fmt: skip
        titled(table, COLUMNS, tips, numbers=True)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setAccessibleName("Exemplars by class")
        table.cellActivated.connect(self._on_row)
        table.cellDoubleClicked.connect(self._on_row)
        return table

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
            title = "None of the exemplars is described yet" if waits else "Examining the exemplars…"
            self._empty.say(
                title if has else "No exemplars yet",
                "" if has else "Drag about 80 photos onto a class; it works from the first.",
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
        self._title.setText(f"{name}: {count:,} exemplars of {len(health.classes)} classes")
        about = []
        if several and len(health.classes) > 1:
            about.append(f"{right:,} of {among:,} would be recognized, were they no exemplars.")
        if health.overlaps:
            most = health.overlaps[0]
            first, second = names.get(most.first, ""), names.get(most.second, "")
            about.append(f"{first} and {second} share {most.count:,} of {most.total:,}.")
        if health.unknown is not None:
            about.append(_unknown_text(health.unknown))
        self._about.setText(" ".join(about))
        self._fill_table(health, names)
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
            return "Finding out what more exemplars bring…" if len(health.classes) > 1 else ""
        if not health.curve:
            return ""
        n, share = health.curve[-1]
        text = f"Learned from {n} exemplars a class, {share:.0%} of the others are recognized."
        if health.forecast is not None:
            text += f" {health.forecast[0]} would bring about {min(health.forecast[1], 0.99):.0%}."
        return text

    def _fill_table(self, health: Health, names: dict[int, str]) -> None:
        self._table.setRowCount(len(health.classes))
        for i, row in enumerate(health.classes):
            for j, text in enumerate(_cells(row, names.get(row.class_id, ""))):
                item = QTableWidgetItem(text)
                if j:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._table.setItem(i, j, item)
        self._table.setFixedHeight(28 * len(health.classes) + self._table.horizontalHeader().sizeHint().height() + 4)

    def _fill_findings(self, found: list[Finding]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        shown = found[:MOST_FINDINGS]
        self._found.setText(f"{len(found)} thing{'' if len(found) == 1 else 's'} to look at" if found else
                            "Nothing to mend")  # fmt: skip
        for finding in shown:
            row = FindingRow(finding, self._fix_text(finding), self._theme, self._thumbnails)
            row.image_wanted.connect(self.image_wanted)
            row.show_wanted.connect(lambda f: self.some_wanted.emit(f.slots, f.text))
            row.fix_wanted.connect(self._on_fix)
            self._column.insertWidget(self._column.count() - 1, row)
            self._rows.append(row)
        self._thumbnails.want([slot for row in self._rows for slot in row.strip.slots])

    def _fix_text(self, finding: Finding) -> str:
        classes = self._document.model.classes
        if finding.fix == "move":
            return f"Move to {classes[finding.target].name}" if finding.target in classes else "Move"
        if finding.fix == "more":
            return "Find more"
        count = len(finding.fixed)
        return f"Remove {count:,} exemplar" + ("" if count == 1 else "s")

    def _on_fix(self, finding: Finding) -> None:
        if finding.fix == "move":
            self._document.add_exemplars(finding.target, finding.fixed)
        elif finding.fix == "remove":
            self._document.remove_exemplars(self._view.attribute, finding.fixed)
        else:
            self.more_wanted.emit(finding.target)

    def _on_row(self, row: int, column: int) -> None:
        if self._shown is not None and row < len(self._shown.classes):
            class_id = self._shown.classes[row].class_id
            if class_id not in self._document.model.classes:
                return
            exemplars = self._document.model.exemplars_of(self._view.attribute)
            slots = tuple(slot for slot, c in exemplars.items() if c == class_id)
            name = self._document.model.classes[class_id].name
            self.some_wanted.emit(slots, f"Exemplars of {name}")

    def _on_ready(self, slots: list[int]) -> None:
        for row in self._rows:
            row.strip.update()


def _unknown_text(share: float) -> str:
    if share >= MOST:
        return f"{share:.0%} of this catalog or more seems to be of no class."
    if share <= LEAST:
        return "Hardly an image of this catalog seems to be of no class."
    return f"About {share:.0%} of this catalog seems to be of no class."


def _cells(row: ClassHealth, name: str) -> tuple[str, ...]:
    alike = sum(len(group) - 1 for group in row.alike)
    return (
        name, f"{row.count:,}", f"{row.right / row.count:.0%}" if row.count > 1 else "–",
        f"{row.spread:.1f}" if row.count > 1 else "–", f"{len(row.odd):,}" if row.odd else "–",
        f"{alike:,}" if alike else "–",
    )  # fmt: skip
