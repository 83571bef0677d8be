"""Below the classes: the chosen one's exemplars in a line, and its threshold to be dragged."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from attrlens.core.health import ENOUGH, FEW, Health
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.state.view import Filter, GalleryView
from attrlens.ui.classes.histogram import Histogram
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named
from attrlens.words import tr

MARGINS = (16, 8, 12, 10)


def summary(health: Health | None, count: int, class_id: int) -> list[str]:
    """Exemplars of a class, and what is to be said of them; of all classes with 0."""
    parts = [tr("{n:,} exemplar", "{n:,} exemplars", n=count)]
    if health is not None:
        rows = [row for row in health.classes if class_id in (0, row.class_id)]
        odd = sum(len(row.odd) for row in rows)
        alike = sum(len(group) - 1 for row in rows for group in row.alike)
        if class_id and count < FEW:
            parts.append(tr("better {count}", count=ENOUGH))
        if odd:
            parts.append(tr("{n:,} odd", n=odd))
        if alike:
            parts.append(tr("{n:,} alike", n=alike))
    return parts


class ClassCard(QWidget):
    """What the panel says of the chosen class, or of the attribute.

    Signals
    -------
    health_wanted()
    """

    health_wanted = Signal()

    def __init__(self, document: Document, view: GalleryView, insight: Insight, theme: Theme) -> None:
        super().__init__()
        named(self, "classCard")
        self._document, self._view, self._insight, self._theme = document, view, insight, theme
        self._class_id = 0
        self._target = (0, 0)  # attribute and class of what is dragged
        self._name = label("", "heading")
        self._summary: list[str] = []
        self._exemplars = named(QPushButton(), "link")
        self._exemplars.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._exemplars.setToolTip(tr("Examine the exemplars (F6)"))
        self._exemplars.clicked.connect(self.health_wanted)
        self.histogram = Histogram(theme)
        self._text = label("", "small", wrap=True)
        self._common = named(QPushButton(tr("As the others")), "link")
        self._common.setToolTip(tr("Give the class the attribute's threshold again"))
        self._common.clicked.connect(self._on_common)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(8)
        self._foot.addWidget(self._text, 1)
        self._foot.addWidget(self._common)
        column = QVBoxLayout(self)
        column.setContentsMargins(*MARGINS)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(self._exemplars)
        column.addWidget(self.histogram)
        column.addLayout(self._foot)
        self.histogram.moved.connect(self._on_moved)
        self.histogram.chosen.connect(self._on_chosen)
        self.histogram.left.connect(self._on_left)
        theme.changed.connect(self._arrange)
        view.changed.connect(self.refresh)
        view.options_changed.connect(self.refresh)
        insight.health_changed.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        beside = self.width() >= self._theme.px(200)
        directions = QBoxLayout.Direction
        self._foot.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._show_summary()

    def _show_summary(self) -> None:
        """A button breaks no lines: it is told where to."""
        room = self.width() - MARGINS[0] - MARGINS[2] - 12
        lines: list[str] = []
        for part in self._summary:
            longer = f"{lines[-1]}, {part}" if lines else part
            if lines and self._exemplars.fontMetrics().horizontalAdvance(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
        self._exemplars.setText(",\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def text(self) -> str:
        """All words now shown."""
        return "\n".join([self._name.text(), self._exemplars.text(), self._text.text()])

    def refresh(self, *_: object) -> None:
        """Show what the gallery's filter is about."""
        document, attribute = self._document, self._view.attribute
        if attribute not in document.model.attributes:
            self.hide()
            return
        chosen = self._view.filter.class_id
        if self.histogram.held and self._target != (attribute, chosen if chosen in document.model.classes else 0):
            self.histogram.let_go()  # what was dragged is gone from the panel
        self._class_id = chosen if chosen in document.model.classes else 0
        found = document.by_slot(attribute)
        n = len(document.images)
        shown = found.confidence[:n] >= 0
        if self._class_id:
            shown = shown & (found.best[:n] == self._class_id)
        values = found.confidence[:n][shown & (document.labeled(attribute) == 0)]
        self.setVisible(found.decision is not None)
        row = document.model.classes.get(self._class_id)
        exemplars = list(document.model.exemplars_of(attribute).values())
        count = exemplars.count(self._class_id) if self._class_id else len(exemplars)
        self._name.setText(row.name if row else document.model.attributes[attribute].name)
        self._summary = summary(self._insight.health(attribute), count, self._class_id)
        self._show_summary()
        threshold = document.threshold(attribute, self._class_id)
        self.histogram.show_values(values, threshold)
        below = int((values < threshold).sum())
        self._text.setText(
            tr("Unknown below {limit:.0%}: {n:,} of {total:,} without a label", limit=threshold, n=below,
               total=len(values))
        )  # fmt: skip
        self._common.setVisible(row is not None and row.threshold is not None)

    def _on_moved(self, threshold: float) -> None:
        self._target = self._view.attribute, self._class_id
        if self._class_id and self._view.filter.kind != "edge":
            self._view.set_filter(Filter("edge", self._class_id))
        elif not self._class_id and self._view.filter.kind != "least sure":
            self._view.set_filter(Filter("least sure"))
        self._document.try_threshold(self._view.attribute, self._class_id, threshold)

    def _on_chosen(self, threshold: float) -> None:
        attribute, class_id = self._target
        if attribute in self._document.model.attributes and (not class_id or class_id in self._document.model.classes):
            self._document.set_threshold(attribute, class_id, threshold)

    def _on_left(self) -> None:
        self._document.stop_trying()
        self.refresh()

    def _on_common(self) -> None:
        self._document.set_threshold(self._view.attribute, self._class_id, None)
