"""The Network tab: which backbone and layer above, five views of it below."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from attrlens.core.backbones.registry import backbone
from attrlens.state.channels import Channels
from attrlens.state.document import Document
from attrlens.state.inside import Inside
from attrlens.state.selection import Selection
from attrlens.state.thumbnails import LargeImages
from attrlens.state.view import GalleryView
from attrlens.ui.flow import Flow
from attrlens.ui.network.classes import ClassesPage
from attrlens.ui.network.drawings import DrawingsPage
from attrlens.ui.network.images import ImagesPage
from attrlens.ui.network.neurons import NeuronsPage
from attrlens.ui.network.patterns import PatternsPage
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import combo, named
from attrlens.words import tr


class NetworkPanel(QWidget):
    """Look inside the network.

    Signals
    -------
    image_wanted(int slot)
        It is to be shown in the gallery.
    """

    image_wanted = Signal(int)

    def __init__(
        self, document: Document, selection: Selection, view: GalleryView, inside: Inside, channels: Channels,
        large: LargeImages, theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "center")
        self._inside = inside
        self.images = ImagesPage(document, selection, view, inside, channels, large, theme)
        self.neurons = NeuronsPage(document, view, inside, channels, theme)
        self.classes = ClassesPage(document, view, inside, channels, theme)
        self.patterns = PatternsPage(inside, channels, theme)
        self.drawings = DrawingsPage(inside, channels, theme)
        self._backbone = combo((), tr("Backbone"))
        self._layer = combo((), tr("Layer: block 1 is shallow, 5 deep"))
        self._backbone.activated.connect(lambda: inside.choose(self._backbone.currentData()))
        self._layer.activated.connect(lambda: inside.choose(inside.backbone, self._layer.currentData()))
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._bar.setAccessibleName(tr("Views of the network"))
        self._stack = QStackedWidget()
        for name, tip, page in (
            (tr("Photos"), tr("Where channels and classes answer in the selected images"), self.images),
            (tr("Channels"), tr("What each channel is selective for"), self.neurons),
            (tr("Classes"), tr("What each class excites, and what tells classes apart"), self.classes),
            (tr("Patterns"), tr("What the network says to generated colors and patterns"), self.patterns),
            (tr("Drawings"), tr("The pictures that channels answer to most"), self.drawings),
        ):
            self._stack.addWidget(page)
            self._bar.setTabToolTip(self._bar.addTab(name), tip)
        self._bar.currentChanged.connect(self._stack.setCurrentIndex)
        head = named(QWidget(), "top")
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 6, 16, 6)
        row.setSpacing(16)
        row.addWidget(self._bar)
        flow = Flow()
        for box in (self._backbone, self._layer):
            flow.addWidget(box)
        row.addLayout(flow, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self.images.draw_wanted.connect(self.draw)
        for page in (self.neurons, self.classes):
            page.images_wanted.connect(self.show_channel)
            page.draw_wanted.connect(self.draw)
            page.image_wanted.connect(self.image_wanted)
        self.classes.sheet_wanted.connect(self._draw_sheet)
        self.patterns.images_wanted.connect(self.show_channel)
        self.drawings.images_wanted.connect(self.show_channel)
        inside.choice_changed.connect(self._fill)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._inside.look_for_weights()

    def show_page(self, page: QWidget) -> None:
        """Bring one of the views to the front."""
        self._bar.setCurrentIndex(self._stack.indexOf(page))

    def show_channel(self, channel: int, layer: str = "", backbone_id: str = "") -> None:
        """Show where a channel answers in the selected images."""
        if layer:
            self._inside.choose(backbone_id or self._inside.backbone, layer)
        self.show_page(self.images)
        self.images.show_channel(channel)

    def draw(self, channel: int) -> None:
        """Draw what a channel answers to most."""
        self.show_page(self.drawings)
        self.drawings.draw_channel(channel)

    def _draw_sheet(self, channels: list[int], title: str) -> None:
        self.show_page(self.drawings)
        self.drawings.draw_sheet(channels, title)

    def _fill(self) -> None:
        inside = self._inside
        for box, rows, chosen in (
            (self._backbone, [(backbone(name).title, name) for name in inside.backbones()], inside.backbone),
            (self._layer, [(tr("Block {block} · {layer} · {n:,}", block=one.block, layer=one.name, n=one.width),
                            one.name) for one in inside.layers()], inside.layer),
        ):  # fmt: skip
            blocker = QSignalBlocker(box)
            box.clear()
            for text, data in rows:
                box.addItem(text, data)
            if box is self._layer:
                blocks = [one.block for one in inside.layers()]
                for place in reversed(range(1, len(blocks))):
                    if blocks[place] != blocks[place - 1]:
                        box.insertSeparator(place)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            del blocker
