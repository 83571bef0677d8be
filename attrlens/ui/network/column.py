"""The channels of the current image, as small heat maps in an order."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attrlens.core.inside.activations import Activations
from attrlens.core.inside.colormap import MapName
from attrlens.core.inside.explain import most_telling
from attrlens.core.inside.survey import ranking
from attrlens.state.colormap import heat_image
from attrlens.ui.network.tiles import TileSheet
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import combo, named
from attrlens.words import number, told, tr, words

Array = np.ndarray[Any, Any]

SORTS = (
    (words("by mean activation"), "mean"),
    (words("by peak"), "peak"),
    (words("by how well they tell classes apart"), "classes"),
    (words("by number"), "index"),
)


class ChannelColumn(QWidget):
    """An order to choose, and the sheet of channels.

    Signals
    -------
    sorted_otherwise()
    """

    sorted_otherwise = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        named(self, "left")
        self.sheet = TileSheet(theme, tr("Channels of the current image"), several=True)
        self._sort = combo(((told(text), key) for text, key in SORTS), tr("Order of the channels"))
        self._sort.activated.connect(self._on_sort)
        self._found: Activations | None = None
        self._colors: MapName = "inferno"
        self._tiles: dict[int, QImage] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 0)
        column.addWidget(self._sort)
        column.addWidget(self.sheet, 1)
        self.setMinimumWidth(190)

    @property
    def sorting(self) -> str:
        """'mean', 'peak', 'classes' or 'index'."""
        return str(self._sort.currentData())

    def _on_sort(self) -> None:
        self.sheet.to_top()
        self.sorted_otherwise.emit()

    def clear(self, count: int) -> None:
        """Show that many channels without a picture: it is on its way."""
        self._found = None
        self._tiles.clear()
        self.sheet.show_tiles(range(count), lambda n: None, str)

    def show_channels(self, found: Activations, colors: MapName, told_apart: Array | None) -> None:
        """Show an image's channels.

        Parameters
        ----------
        found : Activations
        colors : str
            Name of the color map.
        told_apart : ndarray of shape (channels,), or None
            How well each tells the classes apart, where that is known.
        """
        is_new = found is not self._found
        if is_new or colors != self._colors:
            self._tiles.clear()
        self._found, self._colors = found, colors
        order, values = self._ordered(found, told_apart)
        self.sheet.show_tiles(
            order, self._tile, lambda n: f"{n} · {number(float(values[n]), '.2f')}" if values is not None else str(n),
            lambda n: tr("Channel {n}: mean {mean:.3g}, peak {peak:.3g}", n=n, mean=float(found.map(n).mean()),
                         peak=float(found.map(n).max())),
        )  # fmt: skip
        if not self.sheet.picks:
            self.sheet.pick([most_telling(found)])
        elif is_new:
            self.sheet.reveal()

    def _ordered(self, found: Activations, told_apart: Array | None) -> tuple[list[int], Array | None]:
        """Channels in order, with the number each is told by, if there is one."""
        maps = found.crop(found.values)
        means = maps.mean((0, 1))
        values = {"peak": maps.max((0, 1)), "classes": told_apart}.get(self.sorting, means)
        if self.sorting == "index" or values is None:
            return list(range(len(means))), values
        # Many channels reach a rectifier's bound: of those the one with the larger mean comes first.
        return np.argsort(-ranking(values, means), kind="stable").tolist(), values

    def _tile(self, channel: int) -> QImage | None:
        if self._found is None:
            return None
        if channel not in self._tiles:
            image = heat_image(self._found.map(channel), self._colors)
            self._tiles[channel] = image.convertToFormat(QImage.Format.Format_RGB888)
        return self._tiles[channel]
