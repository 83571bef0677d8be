"""Class signatures: the mean activation of each class over the channels of a layer, and what tells classes apart."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.inside.signatures import Signatures
from attrlens.state.channels import Channels, Facts
from attrlens.state.document import Document
from attrlens.state.inside import Inside
from attrlens.state.view import GalleryView
from attrlens.ui.flow import Flow
from attrlens.ui.network import plots
from attrlens.ui.network.detail import ChannelDetail
from attrlens.ui.network.neurons import say_unsurveyed
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, combo, label, named, side_by_side
from attrlens.words import number, tr

COLORS = ("#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#9c755f", "#76b7b2", "#edc948", "#ff9da7", "#8c8c8c")
"""Tableau 10, for classes without a swatch of their own."""

BEST = 5


class ClassesPage(QWidget):
    """Signatures of the active attribute's classes.

    Signals
    -------
    images_wanted(int channel)
    draw_wanted(int channel)
    image_wanted(int slot)
    sheet_wanted(list of int channels, str title)
        The pictures that these channels answer to most are to be drawn.
    """

    images_wanted = Signal(int)
    draw_wanted = Signal(int)
    image_wanted = Signal(int)
    sheet_wanted = Signal(object, str)

    def __init__(
        self, document: Document, view: GalleryView, inside: Inside, channels: Channels, theme: Theme
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "center")
        self._document, self._view, self._inside, self._channels, self._theme = document, view, inside, channels, theme
        self._found: Signatures | None = None
        self._rests_on: tuple[Facts, Any] | None = None
        self._off: set[int] = set()
        self._plot: Any = None
        self._toggles: dict[int, QCheckBox] = {}
        self._says = label("", "small")
        self._empty = EmptyPage(wrap=True)
        named(self._empty.button, "primary")
        self._empty.button.clicked.connect(self._on_button)
        self._measure = combo(
            ((tr("mean activation"), "mean"), (tr("above all other classes, in deviations"), "effect")),
            tr("What goes up"),
        )
        self._measure.activated.connect(lambda: self._draw())
        self._whole = QPushButton(tr("Whole chart"))
        self._whole.clicked.connect(lambda: self._draw())
        self._legend = QWidget()
        self._flow = Flow(self._legend)
        self._chart = QVBoxLayout()
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(5, 1)
        body = named(QWidget(), "center")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 8, 16, 16)
        row = Flow()
        row.addWidget(self._measure)
        row.addWidget(self._whole)
        column.addLayout(row)
        hint = tr("Drag and Ctrl+wheel move and zoom; a double click on a class shows it alone.")
        column.addWidget(label(hint, "small", wrap=True))
        column.addWidget(self._legend)
        column.addLayout(self._chart)
        column.addWidget(self._says)
        column.addWidget(self._rows)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(tr("Class signatures"))
        scroll.setWidget(body)
        self.detail = ChannelDetail(document, channels, theme)
        self.detail.images_wanted.connect(self.images_wanted)
        self.detail.draw_wanted.connect(self.draw_wanted)
        self.detail.image_wanted.connect(self.image_wanted)
        split = side_by_side(scroll, self.detail, (700, 290), wide=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(split)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        theme.changed.connect(self._on_theme)
        channels.survey_changed.connect(self.refresh)
        channels.facts_changed.connect(self.refresh)
        inside.choice_changed.connect(self.refresh)
        inside.charts_ready.connect(self.refresh)
        view.options_changed.connect(self.refresh)
        document.model_changed.connect(self.refresh)

    def _on_theme(self) -> None:
        if self._plot is not None:
            plots.paint(self._plot, self._theme)
            self._rests_on = None
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chart()

    def _fit_chart(self) -> None:
        """As high as leaves the table in sight."""
        if self._plot is not None:
            self._plot.setFixedHeight(min(max(self.height() * 2 // 5, self._theme.px(220)), self._theme.px(560)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._inside.ask_charts()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show how things are now."""
        if not self.isVisible() or not self._document.is_open:
            return
        survey = self._channels.survey
        if survey is None or not self._inside.has_charts:
            self._rests_on = None
            self._stack.setCurrentIndex(0)
            if survey is None:
                say_unsurveyed(self._empty, self._channels, self._inside)
            else:
                self._empty.say(tr("Preparing the chart…"))
            return
        facts = self._channels.facts(self._view.attribute)
        if facts is None:
            return  # `facts_changed` comes in a moment
        classes = [(row.id, row.name, row.color) for row in self._document.model.classes_of(self._view.attribute)]
        if self._rests_on is not None and self._rests_on[0] is facts and self._rests_on[1] == classes:
            return
        self._rests_on = facts, classes
        self._found = facts.signatures
        if self._found is None:
            name = getattr(self._document.model.attributes.get(self._view.attribute), "name", "")
            self._stack.setCurrentIndex(0)
            missing = self._channels.unsurveyed()
            self._empty.say(
                tr("Label some images of {name} first", name=name),
                tr("A signature is the mean of a class's images: it takes two classes with two labeled images each."),
                tr("Survey again") if missing else "",
            )
            return
        self._stack.setCurrentIndex(1)
        self._fill(self._found)
        self.detail.clear()

    def _on_button(self) -> None:
        if self._channels.surveying:
            self._channels.stop_survey()
        else:
            self._channels.make_survey()

    def _color(self, class_id: int, place: int) -> str:
        row = self._document.model.classes[class_id]
        color = QColor(row.color if row.color.startswith("#") else COLORS[place % len(COLORS)])
        ground, ink = (QColor(self._theme.tokens.window), QColor(self._theme.tokens.text))
        if abs(color.lightness() - ground.lightness()) < 48:  # black on black is no curve
            color = QColor(*((2 * a + 3 * b) // 5 for a, b in (
                (color.red(), ink.red()), (color.green(), ink.green()), (color.blue(), ink.blue()))))  # fmt: skip
        return color.name()

    def _fill(self, found: Signatures) -> None:
        for button in self._toggles.values():
            self._flow.removeWidget(button)
            button.deleteLater()
        self._toggles.clear()
        for place, class_id in enumerate(found.classes):
            box = QCheckBox(self._document.model.classes[class_id].name)
            square = QPixmap(12, 12)
            square.fill(QColor(self._color(class_id, place)))
            box.setIcon(QIcon(square))
            box.setChecked(class_id not in self._off)
            box.toggled.connect(lambda on, class_id=class_id: self._on_toggle(class_id, on))
            box.installEventFilter(self)
            self._toggles[class_id] = box
            self._flow.addWidget(box)
            box.show()
        self._draw()
        self._fill_rows(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick:
            chosen = next((c for c, box in self._toggles.items() if box is watched), 0)
            if chosen:
                self.show_alone(chosen)
                return True
        return super().eventFilter(watched, event)

    def show_alone(self, class_id: int) -> None:
        """Show one class's curve, or all of them if it is alone already."""
        others = set(self._toggles) - {class_id}
        self._off = set() if others and others <= self._off else others
        for c, box in self._toggles.items():
            blocker = QSignalBlocker(box)
            box.setChecked(c not in self._off)
            del blocker
        self._draw()

    def _on_toggle(self, class_id: int, on: bool) -> None:
        (self._off.discard if on else self._off.add)(class_id)
        self._draw()

    def _draw(self) -> None:
        import pyqtgraph

        found = self._found
        if found is None:
            return
        if self._plot is None:
            self._plot = plots.chart(self._theme, tr("Class signatures"), tr("channel"), tr("mean activation"))
            self._fit_chart()
            self._plot.scene().sigMouseMoved.connect(self._on_hover)
            self._plot.scene().sigMouseClicked.connect(self._on_click)
            self._chart.addWidget(self._plot)
        self._plot.clear()
        shown = [(i, c) for i, c in enumerate(found.classes) if c not in self._off]
        x = np.arange(found.means.shape[1])
        for channel in np.flatnonzero(found.everywhere):
            self._plot.addItem(pyqtgraph.InfiniteLine(
                int(channel), pen=plots.pen(self._theme.tokens.line, 1, dashed=True)))  # fmt: skip
        effect = self._measure.currentData() == "effect"
        values = found.effect if effect else found.means
        peaks: dict[int, float] = {}
        for i, class_id in shown:
            plots.curve(self._plot, x, values[i], self._color(class_id, i))
            for peak in found.best(i, 1) if effect else found.peaks(i, 2):
                peaks[peak] = max(peaks.get(peak, -np.inf), float(values[i, peak]))
        for peak, height in peaks.items():
            text = pyqtgraph.TextItem(str(peak), color=self._theme.tokens.text, anchor=(0.5, 1.0))
            text.setPos(peak, height)
            self._plot.addItem(text)
        top = float(max((values[i].max() for i, _ in shown), default=1.0))
        low = float(min((values[i].min() for i, _ in shown), default=0.0))
        self._plot.labels_ = tr("channel"), self._measure.currentText()
        plots.paint(self._plot, self._theme)
        self._plot.setLimits(xMin=-2, xMax=len(x) + 1)
        self._plot.setRange(xRange=(0, len(x) - 1), yRange=(min(0.0, low), top * 1.15), padding=0.02)
        high = np.flatnonzero(found.everywhere)
        names = ", ".join(map(str, high[:12])) + ("…" if len(high) > 12 else "")
        self._says.setText(tr("High in every class, dashed: {channels}", channels=names) if len(high) else "")

    def _channel_at(self, point: Any) -> int:
        if self._plot is None or self._found is None or not self._plot.sceneBoundingRect().contains(point):
            return -1
        x = round(self._plot.getPlotItem().vb.mapSceneToView(point).x())
        return x if 0 <= x < self._found.means.shape[1] else -1

    def _on_hover(self, point: Any) -> None:
        channel = self._channel_at(point)
        if channel < 0 or self._found is None:
            return
        found = self._found
        order = np.argsort(-found.means[:, channel])[:4]
        said = ", ".join(
            f"{self._document.model.classes[found.classes[i]].name} {number(float(found.means[i, channel]), '.2f')}"
            for i in order if found.classes[i] in self._document.model.classes
        )  # fmt: skip
        self._says.setText(tr("Channel {channel}: {classes}", channel=channel, classes=said))

    def _on_click(self, event: Any) -> None:
        channel = self._channel_at(event.scenePos())
        if channel >= 0:
            self._show(channel)

    def _fill_rows(self, found: Signatures) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for column, text in enumerate((tr("Class"), tr("Images"), tr("Highest"), tr("Tell it from all others best"))):
            self._grid.addWidget(label(text, "heading"), 0, column)
        top = Qt.AlignmentFlag.AlignVCenter
        for i, class_id in enumerate(found.classes):
            self._grid.addWidget(label(self._document.model.classes[class_id].name), i + 1, 0, top)
            self._grid.addWidget(label(number(found.counts[i]), "dim"), i + 1, 1, top)
            self._grid.addWidget(self._links(class_id, found.peaks(i, BEST), found.means[i]), i + 1, 2, top)
            best = self._links(class_id, found.best(i, BEST), found.effect[i])
            self._grid.addWidget(best, i + 1, 3, top)
            sheet = QPushButton(tr("Draw ten"))
            sheet.setToolTip(tr("Draw what the ten channels that tell this class best answer to most"))
            name = self._document.model.classes[class_id].name
            sheet.clicked.connect(lambda _=False, i=i, name=name: self.sheet_wanted.emit(found.best(i, 10), name))
            self._grid.addWidget(sheet, i + 1, 4, top)

    def _links(self, class_id: int, channels: list[int], values: Any) -> QWidget:
        out = QWidget()
        flow = QHBoxLayout(out)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(0)
        for channel in channels:
            button = named(QPushButton(f"{channel}"), "link")
            button.setToolTip(tr("Channel {channel}: {value:.2f}", channel=channel, value=float(values[channel])))
            button.clicked.connect(lambda _=False, channel=channel: self._show(channel, class_id))
            flow.addWidget(button)
        flow.addStretch(1)
        return out

    def _show(self, channel: int, class_id: int = 0) -> None:
        if self._rests_on is not None:
            facts = self._rests_on[0]
            self.detail.show_channel(channel, facts.neurons, facts.labels, class_id)
