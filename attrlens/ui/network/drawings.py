"""Activation maximization: the pictures that channels answer to most, as they are drawn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QSlider, QVBoxLayout, QWidget

from attrlens.core.inside.maximize import Drawing, Drawn, Wish
from attrlens.state.channels import Channels
from attrlens.state.colormap import rgb_image
from attrlens.state.inside import Inside
from attrlens.ui.flow import Flow
from attrlens.ui.network.tiles import TileSheet
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Photo
from attrlens.ui.widgets import combo, label, named, side_by_side
from attrlens.words import number, told, tr, words

DRAWINGS: tuple[tuple[str, Drawing], ...] = ((words("smooth (Fourier)"), "fourier"), (words("pixels"), "pixels"))
STEPS = (64, 192, 512)

KEPT = 60
"""Pictures beside the one that is shown."""


class DrawingsPage(QWidget):
    """Options above, the picture below, what was drawn before beside it.

    Signals
    -------
    images_wanted(int channel)
    """

    images_wanted = Signal(int)

    def __init__(self, inside: Inside, channels: Channels, theme: Theme) -> None:
        super().__init__()
        named(self, "center")
        self._inside, self._channels, self._theme = inside, channels, theme
        self._done: dict[int, tuple[Wish, Drawn]] = {}
        self._numbers: dict[Wish, int] = {}
        self._shown: tuple[Wish, Drawn] | None = None
        self._follow: set[Wish] = set()
        self._first: Wish | None = None
        self._title = ""
        self._channel = QLineEdit()
        self._channel.setPlaceholderText(tr("Channels: 113, or 4, 8, 15"))
        self._channel.setAccessibleName(tr("Channels to draw"))
        self._channel.setToolTip(tr("One number draws that channel; several draw the mean of them."))
        self._channel.returnPressed.connect(self._on_draw)
        self._drawing = combo(((told(text), key) for text, key in DRAWINGS), tr("What the gradient changes"))
        self._steps = combo(((tr("{n} steps", n=n), n) for n in STEPS), tr("Steps"))
        self._steps.setCurrentIndex(1)
        self._jitter, jitter = self._slider(tr("Jitter"), 16, 8, tr("Pixels it is moved by before each step"))
        self._blur, blur = self._slider(tr("Blur"), 20, 0, tr("Gaussian blur every fourth step"))
        self._decay, decay = self._slider(tr("Decay"), 20, 0, tr("Drawn toward gray at each step"))
        self._dropout, dropout = self._slider(tr("Dropout"), 50, 0, tr("Share of the pixels that are gray in a step"))
        self._draw = named(QPushButton(tr("Draw")), "primary")
        self._draw.clicked.connect(self._on_draw)
        self._save = QPushButton(tr("Save…"))
        self._save.clicked.connect(self._on_save)
        self._over = QPushButton(tr("Show over the photos"))
        self._over.clicked.connect(self._on_over)
        head = Flow()
        self._channel.setMinimumWidth(theme.px(190))
        for widget in (self._channel, self._drawing, self._steps, jitter, blur, decay, dropout, self._draw,
                       self._over, self._save):  # fmt: skip
            head.addWidget(widget)
        self._photo = Photo(theme, 120)
        self._says = label("", "dim", wrap=True, center=True)
        self._sheet = TileSheet(theme, tr("Drawn pictures"), 96)
        self._sheet.picked.connect(self._on_picked)
        left = named(QWidget(), "center")
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._photo, 1)
        column.addWidget(self._says)
        split = side_by_side(left, self._sheet, (700, 230), wide=0)
        self._sheet.setMinimumWidth(theme.px(120))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        channels.drawn.connect(self._on_drawn)
        channels.drawing_ended.connect(self._on_ended)
        inside.choice_changed.connect(self._on_choice)
        self._say_empty()
        self._buttons()

    def _slider(self, name: str, most: int, value: int, tip: str) -> tuple[QSlider, QWidget]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, most)
        slider.setValue(value)
        slider.setFixedWidth(70)
        slider.setAccessibleName(name)
        whole = QWidget()
        whole.setToolTip(tip)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(name, "dim"))
        row.addWidget(slider)
        return slider, whole

    # What a person does

    def draw_channel(self, channel: int) -> None:
        """Draw one, as another view named it."""
        self._channel.setText(str(channel))
        self._title = ""
        self._start([(channel,)])

    def draw_sheet(self, channels: list[int], title: str) -> None:
        """Draw several, one picture each: what tells a class."""
        self._channel.setText("")
        self._title = tr("What the channels that tell {name} answer to most", name=title)
        self._start([(channel,) for channel in channels])

    def _on_draw(self) -> None:
        if self._channels.is_drawing:
            self._channels.stop_drawing()
            return
        try:
            wanted = tuple(int(part) for part in self._channel.text().replace(",", " ").split())
        except ValueError:
            wanted = ()
        if not wanted or not all(0 <= one < self._inside.width for one in wanted):
            self._says.setText(tr("Name channels of {layer}: numbers from 0 to {last}.", layer=self._inside.layer,
                                  last=self._inside.width - 1))  # fmt: skip
            return
        self._title = ""
        self._start([wanted])

    def _start(self, wanted: list[tuple[int, ...]]) -> None:
        wishes = [
            Wish(
                self._inside.backbone, self._inside.layer, channels, self._drawing.currentData(),
                self._steps.currentData(), jitter=self._jitter.value(), blur=self._blur.value() / 10,
                decay=self._decay.value() / 200, dropout=self._dropout.value() / 100,
            )
            for channels in wanted
        ]  # fmt: skip
        self._follow, self._first = set(wishes), wishes[0] if len(wishes) > 1 else None
        self._channels.draw(wishes)
        self._buttons()

    def _on_save(self) -> None:
        if self._shown is None:
            return
        wish, drawn = self._shown
        start = f"{wish.layer}-{'-'.join(map(str, wish.channels))}.png"
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the picture"), start, "PNG (*.png)")
        if name:
            self._channels.save_drawing(drawn, wish, Path(name))

    def _on_over(self) -> None:
        if self._shown is not None:
            wish = self._shown[0]
            self._inside.choose(wish.backbone, wish.layer)
            if self._inside.layer == wish.layer:
                self.images_wanted.emit(wish.channels[0])

    # What is shown

    def _say_empty(self) -> None:
        if self._shown is None:
            self._photo.show_text(tr("Name a channel and press Draw: the picture it answers to most builds up here."))

    def _buttons(self) -> None:
        busy = self._channels.is_drawing
        self._draw.setText(tr("Stop") if busy else tr("Draw"))
        self._save.setEnabled(self._shown is not None)
        self._over.setEnabled(self._shown is not None)

    def _on_choice(self) -> None:
        self._channel.setToolTip(tr("0 to {last}. One number draws that channel; several draw the mean of them.",
                                    last=self._inside.width - 1))  # fmt: skip

    def _on_drawn(self, wish: Wish, drawn: Drawn, done: bool) -> None:
        if wish not in self._follow:
            return
        self._show(wish, drawn)
        if done:
            place = self._numbers.setdefault(wish, len(self._numbers))
            self._done[place] = wish, drawn
            while len(self._done) > KEPT:
                del self._done[min(self._done)]
            self._fill()
            if self._first is None:
                self._sheet.pick([place])
        self._buttons()

    def _on_ended(self) -> None:
        """Of several the first is shown: it is the one that was wanted most."""
        place = self._numbers.get(self._first) if self._first is not None else None
        if place in self._done:
            self._sheet.pick([place])
        self._first = None
        self._buttons()

    def _fill(self) -> None:
        self._sheet.show_tiles(
            sorted(self._done, reverse=True), self._picture,
            lambda n: f"{', '.join(map(str, self._done[n][0].channels))} · {self._done[n][0].layer}",
            lambda n: f"{self._done[n][0].layer}: {number(self._done[n][1].activation, '.3g')}",
        )  # fmt: skip

    def _picture(self, place: int) -> QImage:
        return rgb_image(self._done[place][1].pixels)

    def _on_picked(self) -> None:
        if self._sheet.picks:
            self._show(*self._done[self._sheet.picks[0]])
            self._buttons()

    def _show(self, wish: Wish, drawn: Drawn) -> None:
        self._shown = wish, drawn
        self._photo.show_pixmap(QPixmap.fromImage(rgb_image(drawn.pixels)))
        channels = ", ".join(map(str, wish.channels))
        text = tr("{layer}, channel {channels}: mean activation {value:.3g} after {n} steps", layer=wish.layer,
                  channels=channels, value=drawn.activation, n=drawn.step)  # fmt: skip
        if len(wish.channels) > 1:
            text = tr("{layer}, mean of channels {channels}: activation {value:.3g} after {n} steps", layer=wish.layer,
                      channels=channels, value=drawn.activation, n=drawn.step)  # fmt: skip
        survey = self._channels.survey
        if survey is not None and survey.layer == wish.layer:
            usual = float(survey.means[:, list(wish.channels)].mean())
            if usual > 1e-6:
                text += " · " + tr("{times:.1f} times its mean on the survey's photos", times=drawn.activation / usual)
        self._says.setText(f"{self._title}\n{text}" if self._title and wish in self._follow else text)
        self._photo.setAccessibleName(text)
