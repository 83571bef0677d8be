"""Generated colors and patterns: is a block of use, what is a channel tuned to, which channels answer to a pattern."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.colors import from_oklch
from attrlens.core.inside import stimuli
from attrlens.core.inside.stimuli import KINDS, PARTLY, PERIODS, YES, Stimulus
from attrlens.state.channels import Answers, Channels
from attrlens.state.colormap import rgb_image
from attrlens.state.inside import Inside
from attrlens.ui.flow import Flow
from attrlens.ui.network import plots
from attrlens.ui.network.tiles import TileSheet
from attrlens.ui.table import Table
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, combo, label, named, number_box
from attrlens.words import number, told, tr

SHOWN = 28
"""Channels that a search shows."""

CURVES = ("hue", "chroma", "lightness", "period", "angle")


def verdict_text(accuracy: float) -> str:
    """What an accuracy means."""
    if accuracy >= YES:
        return tr("yes")
    return tr("partly") if accuracy >= PARTLY else tr("no")


class PatternsPage(QWidget):
    """What the chosen backbone says to generated pictures.

    Signals
    -------
    images_wanted(int channel)
    """

    images_wanted = Signal(int)

    def __init__(self, inside: Inside, channels: Channels, theme: Theme) -> None:
        super().__init__()
        named(self, "center")
        self._inside, self._channels, self._theme = inside, channels, theme
        self._plots: dict[str, Any] = {}
        self._shown: Answers | None = None
        self._best: dict[int, QImage] = {}
        self._verdicts = Table(theme, tr("Verdict by block"), even=True)
        self._kind = combo(((told(text), kind) for kind, text in KINDS.items()), tr("Kind of picture"))
        self._kind.setCurrentIndex(self._kind.findData("stripes"))
        self._period = combo(((tr("{n} px wide", n=period // 2), period) for period in PERIODS), tr("Width"))
        self._period.setCurrentIndex(self._period.findData(16))
        self._hue = combo(((tr("hue {n}°", n=hue), hue) for hue in stimuli.HUES), tr("Hue"))
        for place, hue in enumerate(stimuli.HUES):
            color = from_oklch(0.65, 0.12, hue)
            if color is not None:
                square = QPixmap(14, 14)
                square.fill(QColor(*color))
                self._hue.setItemIcon(place, QIcon(square))
        self._sheet = TileSheet(theme, tr("Channels that answer to it"), 64, whole=True)
        self._channel = number_box(0, 0, "")
        self._channel.setAccessibleName(tr("Channel"))
        self._over = named(QPushButton(tr("Show over the photos")), "link")
        self._over.clicked.connect(lambda: self.images_wanted.emit(self._channel.value()))
        self._says = label("", "small", wrap=True)
        self._empty = EmptyPage(wrap=True)
        named(self._empty.button, "primary")
        self._empty.button.clicked.connect(channels.ask_answers)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_body())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        for box in (self._kind, self._period, self._hue):
            box.activated.connect(self._search)
        self._sheet.picked.connect(lambda: self._channel.setValue(self._sheet.picks[0]) if self._sheet.picks else None)
        self._sheet.entered.connect(self.images_wanted)
        self._channel.valueChanged.connect(self._tune)
        theme.changed.connect(self._on_theme)
        inside.choice_changed.connect(self.refresh)
        inside.charts_ready.connect(self.refresh)
        channels.answers_changed.connect(self.refresh)

    def _make_body(self) -> QWidget:
        body = named(QWidget(), "center")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        column.addWidget(label(tr("Is the backbone of use?"), "heading"))
        column.addWidget(self._verdicts)
        told_how = tr("Nearest mean over generated pictures: eight hues, each in a pattern it was not learned in; six "
                      "patterns, each in a hue it was not learned in. Guessing gives 12% and 17%.")  # fmt: skip
        column.addWidget(label(told_how, "small", wrap=True))
        column.addWidget(label(tr("Which channels answer to this?"), "heading"))
        row = Flow()
        for widget in (self._kind, self._period, self._hue):
            row.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._sheet)
        tuning = QHBoxLayout()
        tuning.addWidget(label(tr("What is this channel tuned to?"), "heading"))
        tuning.addWidget(self._channel)
        tuning.addWidget(self._over)
        tuning.addStretch(1)
        column.addLayout(tuning)
        column.addWidget(self._says)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        column.addLayout(self._grid)
        column.addStretch(1)
        body.setMaximumWidth(1240)
        page = named(QWidget(), "center")
        sides = QHBoxLayout(page)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(body)
        sides.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(tr("Patterns"))
        scroll.setWidget(page)
        return scroll

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._inside.ask_charts()
        self.refresh()

    def _on_theme(self) -> None:
        for plot in self._plots.values():
            plots.paint(plot, self._theme)
        self._tune()

    def refresh(self, *_: object) -> None:
        """Show how things are now."""
        if not self.isVisible():
            return
        answers = self._channels.answers
        if answers is None:
            self._stack.setCurrentIndex(0)
            if self._channels.asking:
                self._empty.say(tr("Showing patterns to {layer}…", layer=self._channels.asked_layer),
                                tr("The bar below says how far it is."))  # fmt: skip
            else:
                self._empty.say(
                    tr("What does {layer} answer to?", layer=self._inside.layer),
                    tr("About 340 generated colors and patterns are shown to the network: no photo is needed. It says "
                       "which blocks tell colors or textures, and what each channel is tuned to. Some ten seconds."),
                    tr("Show patterns to the network"),
                )  # fmt: skip
            return
        self._stack.setCurrentIndex(1)
        if answers is not self._shown:
            self._shown = answers
            self._fill_verdicts(answers)
            self._channel.setRange(0, answers.values.shape[1] - 1)
            self._search()
        self._tune()

    def _fill_verdicts(self, answers: Answers) -> None:
        head = [(tr("Block"), ""), (tr("Tells colors"), ""), (tr("Hues right"), tr("Share of hues told right")),
                (tr("Tells patterns"), ""), (tr("Patterns right"), tr("Share of patterns told right"))]  # fmt: skip
        rows = [
            (f"{one.block} · {one.layer}", verdict_text(one.color), number(one.color, ".0%"),
             verdict_text(one.texture), number(one.texture, ".0%"))
            for one in answers.verdicts
        ]  # fmt: skip
        self._verdicts.fill(head, rows)

    def _wanted(self, stimulus: Stimulus) -> bool:
        kind = self._kind.currentData()
        if stimulus.kind != kind:
            return False
        if kind == "color":
            return bool(stimulus.hue == self._hue.currentData() and stimulus.chroma >= 0.08)
        return bool(stimulus.period == self._period.currentData())

    def _search(self, *_: object) -> None:
        is_color = self._kind.currentData() == "color"
        self._period.setVisible(not is_color)
        self._hue.setVisible(is_color)
        answers = self._shown
        if answers is None:
            return
        liking = stimuli.answering(answers.stimuli, answers.values, self._wanted)
        order = np.argsort(-liking, kind="stable")[:SHOWN].tolist()
        wanted = np.array([self._wanted(one) for one in answers.stimuli])
        self._best.clear()

        survey = self._channels.survey

        def picture(channel: int) -> QImage:
            if survey is not None:
                if -channel - 1 not in self._best:
                    self._best[-channel - 1] = rgb_image(survey.features[channel])
                return self._best[-channel - 1]
            # The very one, of those asked for, that the channel answers to most.
            best = int(np.argmax(np.where(wanted, answers.values[:, channel], -np.inf)))
            if best not in self._best:
                self._best[best] = rgb_image(answers.stimuli[best].pixels()[:96, :96])
            return self._best[best]

        self._sheet.show_tiles(
            order, picture, lambda n: f"{n} · {number(float(liking[n]), '+.1f')}",
            lambda n: tr("Channel {n}: its best answer to it is {value:+.1f} deviations from its answers to the others",
                         n=n, value=float(liking[n])),
        )  # fmt: skip
        if order:
            self._sheet.pick([order[0]])

    def _tune(self, *_: object) -> None:
        answers = self._shown
        if answers is None or not self._inside.has_charts or not self.isVisible():
            return
        titles = {
            "hue": tr("hue, degrees"), "chroma": tr("chroma, at its best hue"), "lightness": tr("lightness of gray"),
            "period": tr("width of a stripe, px"), "angle": tr("orientation, degrees"),
        }  # fmt: skip
        if not self._plots:
            for i, (key, title) in enumerate(titles.items()):
                plot = plots.chart(self._theme, title, title, "", small=True)
                plot.setFixedHeight(self._theme.px(170))
                self._plots[key] = plot
                self._grid.addWidget(plot, i // 3, i % 3)
        channel = self._channel.value()
        values = answers.values[:, channel]
        kind = self._kind.currentData() if self._kind.currentData() != "color" else "stripes"
        curves = {
            "hue": stimuli.hue_curve(answers.stimuli, values),
            "chroma": stimuli.chroma_curve(answers.stimuli, values),
            "lightness": stimuli.lightness_curve(answers.stimuli, values),
            "period": stimuli.period_curve(answers.stimuli, values, kind),
            "angle": stimuli.angle_curve(answers.stimuli, values, kind),
        }
        top = max(max(curve.y, default=0.0) for curve in curves.values())
        low = min(0.0, *(min(curve.y, default=0.0) for curve in curves.values()))
        for key, plot in self._plots.items():
            curve, half = curves[key], 0.5 if key == "period" else 1.0
            plot.clear()
            plots.curve(plot, [x * half for x in curve.x], list(curve.y), self._theme.tokens.accent, dots=True)
            plot.setYRange(low, max(top, 1e-3) * 1.05)
        best = answers.stimuli[int(values.argmax())]
        what = tr("{kind}, {width} px, {angle:.0f}°", kind=told(KINDS[best.kind]), width=best.period // 2,
                  angle=best.angle)  # fmt: skip
        if best.kind == "color":
            what = tr("hue {hue:.0f}°", hue=best.hue) if best.chroma else tr("gray of lightness {lightness:.1f}",
                                                                             lightness=best.lightness)  # fmt: skip
        self._says.setText(
            tr("Channel {channel} of {layer}: its strongest answer is {value:.3g}, to {what}", channel=channel,
               layer=answers.layer, value=float(values.max()), what=what)
        )  # fmt: skip
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
