"""What is known of one channel: its Neuron Feature, its numbers, what excites it most."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from attrlens.core.inside.neurons import Neurons
from attrlens.state.channels import Channels
from attrlens.state.colormap import rgb_image
from attrlens.state.document import Document
from attrlens.ui.flow import Flow
from attrlens.ui.network.tiles import TileSheet
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named
from attrlens.words import number, tr


class Swatch(QWidget):
    """A small picture, enlarged pixel by pixel."""

    def __init__(self, side: int, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self._side = side
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        """Show it."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.end()


class ChannelDetail(QWidget):
    """One channel.

    Signals
    -------
    images_wanted(int channel)
        It is to be shown over the selected images.
    draw_wanted(int channel)
    image_wanted(int slot)
    """

    images_wanted = Signal(int)
    draw_wanted = Signal(int)
    image_wanted = Signal(int)

    def __init__(self, document: Document, channels: Channels, theme: Theme) -> None:
        super().__init__()
        named(self, "right")
        self._document, self._channels = document, channels
        self.channel = -1
        self._crops: dict[int, QImage] = {}
        self._labels: dict[int, int] = {}
        self._title = label("", "name", wrap=True)
        self._feature = Swatch(144, tr("Neuron Feature"))
        self._feature.setToolTip(tr("Mean of what excites the channel most, weighted by how much"))
        self._facts = label("", "small", wrap=True)
        show = named(QPushButton(tr("Show over the photos")), "link")
        draw = named(QPushButton(tr("Draw what it answers to")), "link")
        show.clicked.connect(lambda: self.images_wanted.emit(self.channel))
        draw.clicked.connect(lambda: self.draw_wanted.emit(self.channel))
        self._links = QWidget()
        flow = Flow(self._links)
        flow.addWidget(show)
        flow.addWidget(draw)
        self._heading = label("", "heading", wrap=True)
        self._sheet = TileSheet(theme, tr("What excites the channel most"), 68, whole=True)
        self._sheet.entered.connect(self.image_wanted)
        body = named(QWidget(), "right")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._feature, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._facts)
        column.addWidget(self._links)
        column.addWidget(self._heading)
        column.addWidget(self._sheet)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.setMinimumWidth(theme.px(250))
        channels.crops_ready.connect(self._on_crops)
        self.clear()

    def clear(self) -> None:
        """Show no channel."""
        self.channel = -1
        self._title.setText(tr("Choose a channel to see what excites it."))
        for widget in (self._feature, self._facts, self._links, self._heading, self._sheet):
            widget.hide()

    def show_channel(self, channel: int, found: Neurons, labels: dict[int, int], class_id: int = 0) -> None:
        """Show a channel, with what excites it in all images or in those of a class."""
        survey = self._channels.survey
        if survey is None or channel >= len(survey.features):
            self.clear()
            return
        self.channel = channel
        self._labels = labels
        self._title.setText(tr("Channel {channel}", channel=channel))
        self._feature.show_image(rgb_image(survey.features[channel]))
        lines = [
            tr("mean {mean:.3g}, peak {peak:.3g}", mean=float(found.mean[channel]), peak=float(found.peak[channel])),
            tr("color selectivity {value:.2f}", value=float(found.color[channel])),
        ]
        best = int(found.best[channel])
        if best in self._document.model.classes:
            name = self._document.model.classes[best].name
            lines.append(
                tr("class selectivity {value:.2f}; {share:.0%} of what excites it is {name}",
                   value=float(found.classes[channel]), share=float(found.share[channel]), name=name)
            )  # fmt: skip
        if found.peak[channel] <= 0:
            lines.append(tr("It answers to none of the images."))
        self._facts.setText("\n".join(lines))
        of = self._document.model.classes[class_id].name if class_id in self._document.model.classes else ""
        self._heading.setText(tr("Excites it most in {name}", name=of) if of else tr("Excites it most"))
        for widget in (self._feature, self._facts, self._links, self._heading, self._sheet):
            widget.show()
        self._sheet.show_tiles((), lambda n: None, str)
        self._channels.ask_crops(channel, labels, class_id)

    def _on_crops(self, channel: int, crops: list[tuple[int, QImage]]) -> None:
        survey = self._channels.survey
        if channel != self.channel or survey is None:
            return
        self._crops = dict(crops)
        peaks = dict(zip(survey.slots.tolist(), survey.peaks[:, channel].tolist(), strict=True))
        self._sheet.show_tiles(
            [slot for slot, _ in crops], self._crops.get,
            lambda slot: self._class_name(slot) or number(peaks.get(slot, 0.0), ".2f"),
            lambda slot: tr("{path}: {value:.3g}\nDouble-click shows it.", path=self._document.images[slot].path,
                            value=peaks.get(slot, 0.0)),
        )  # fmt: skip

    def _class_name(self, slot: int) -> str:
        row = self._document.model.classes.get(self._labels.get(slot, 0))
        return row.name if row is not None else ""
