"""The channels of a layer: a table with what each is selective for, and their Neuron Features as an atlas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.inside.neurons import Neurons
from attrlens.core.inside.survey import Survey
from attrlens.state.channels import Channels, Facts
from attrlens.state.colormap import rgb_image
from attrlens.state.document import Document
from attrlens.state.inside import Inside
from attrlens.state.view import GalleryView
from attrlens.ui.network.detail import ChannelDetail
from attrlens.ui.network.tiles import TileSheet
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, combo, label, named, side_by_side
from attrlens.words import number, told, tr, words

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (
    (words("Channel"), words("Its Neuron Feature and its number")),
    (words("Mean"), words("Mean activation over the survey's images")),
    (words("Peak"), words("Largest activation")),
    (words("Color"), words("Color selectivity: the share of its answer that is lost with the color")),
    (words("Chroma"), words("How colored its Neuron Feature is")),
    (words("Class"), words("Class selectivity: 1 where one class accounts for what excites it")),
    (words("Of class"), words("The class with the largest part of what excites it most")),
    (words("Tells apart"), words("Share of its variance that is between classes")),
)
"""Titles, and what they mean."""


class ChannelModel(QAbstractTableModel):
    """Channels as rows, in any column's order."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._columns: list[Any] = []
        self._survey: Survey | None = None
        self._icons: dict[int, QIcon] = {}
        self.order: list[int] = []
        self._by, self._up = 3, False

    def show_survey(self, survey: Survey | None, found: Neurons | None, told_apart: Any) -> None:
        """Show what a survey says."""
        self.beginResetModel()
        self._survey = survey
        self._icons.clear()
        if survey is None or found is None:
            self._columns, self.order = [], []
        else:
            none = np.full(len(found.mean), np.nan)
            self._columns = [np.arange(len(found.mean)), found.mean, found.peak, found.color, found.chroma,
                             found.classes, found.best, none if told_apart is None else told_apart]  # fmt: skip
            self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        values = self._columns[self._by].astype(float)
        if self._by == 6:
            values = values + self._columns[5] / 2  # within a class the most selective first
        order = np.argsort(np.where(np.isnan(values), -np.inf, values), kind="stable")
        self.order = (order if self._up else order[::-1]).tolist()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by, self._up = column, order == Qt.SortOrder.AscendingOrder
        if self._columns:
            self.layoutAboutToBeChanged.emit()
            before, kept = list(self.order), self.persistentIndexList()
            self._sort()
            rows = {channel: row for row, channel in enumerate(self.order)}
            # What is selected is a channel, not a row.
            self.changePersistentIndexList(
                kept, [self.index(rows[before[index.row()]], index.column()) for index in kept]
            )
            self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return told(COLUMNS[section][0])
            if role == Qt.ItemDataRole.ToolTipRole:
                return told(COLUMNS[section][1])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_side(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        channel, column = self.order[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            value = self._columns[column][channel]
            if column == 0:
                return str(value)
            if column == 6:
                row = self._document.model.classes.get(int(value))
                return row.name if row is not None else "–"
            return "–" if np.isnan(value) else number(float(value), ".3f" if column == 4 else ".2f")
        if role == Qt.ItemDataRole.DecorationRole and column == 0 and self._survey is not None:
            if channel not in self._icons:
                self._icons[channel] = QIcon(QPixmap.fromImage(rgb_image(self._survey.features[channel])))
            return self._icons[channel]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_side(column))
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    left = column in (0, 6)
    return (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter


class NeuronsPage(QWidget):
    """The survey of a layer.

    Signals
    -------
    images_wanted(int channel)
    draw_wanted(int channel)
    image_wanted(int slot)
    """

    images_wanted = Signal(int)
    draw_wanted = Signal(int)
    image_wanted = Signal(int)

    def __init__(
        self, document: Document, view: GalleryView, inside: Inside, channels: Channels, theme: Theme
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "center")
        self._document, self._view, self._inside, self._channels = document, view, inside, channels
        self._rests_on: Facts | None = None
        self._images: dict[int, QImage] = {}
        self._about = label("", "small", wrap=True)
        self._survey = QPushButton()
        self._survey.clicked.connect(self._on_button)
        self._as = combo(((tr("Table"), 0), (tr("Atlas"), 1)), tr("How the channels are shown"))
        self._save = QPushButton(tr("Save atlas…"))
        self._save.setToolTip(tr("Write all Neuron Features as one PNG, in the order of the table"))
        self._save.clicked.connect(self._on_save)
        self._model = ChannelModel(document)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName(tr("Channels"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setIconSize(QSize(theme.px(28), theme.px(28)))
        self.table.horizontalHeader().setMinimumSectionSize(theme.px(84))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._model.layoutChanged.connect(self._on_sorted)
        self.table.doubleClicked.connect(lambda index: self.images_wanted.emit(self._model.order[index.row()]))
        self.atlas = TileSheet(theme, tr("Atlas of Neuron Features"), 56)
        self.atlas.picked.connect(self._on_tile)
        self.atlas.entered.connect(self.images_wanted)
        self._sheets = QStackedWidget()
        self._sheets.addWidget(self.table)
        self._sheets.addWidget(self.atlas)
        self._as.activated.connect(self._sheets.setCurrentIndex)
        self.detail = ChannelDetail(document, channels, theme)
        self.detail.images_wanted.connect(self.images_wanted)
        self.detail.draw_wanted.connect(self.draw_wanted)
        self.detail.image_wanted.connect(self.image_wanted)
        self._empty = EmptyPage(wrap=True)
        named(self._empty.button, "primary")
        self._empty.button.clicked.connect(self._on_button)
        split = side_by_side(self._sheets, self.detail, (700, 290), wide=0)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self._about, 1)
        for widget in (self._as, self._save, self._survey):
            row.addWidget(widget)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(split, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        channels.survey_changed.connect(self.refresh)
        channels.facts_changed.connect(self.refresh)
        inside.choice_changed.connect(self.refresh)
        view.options_changed.connect(self.refresh)
        document.model_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show how things are now."""
        if not self.isVisible() or not self._document.is_open:
            return
        survey = self._channels.survey
        if survey is None:
            self._rests_on = None
            self._model.show_survey(None, None, None)
            self.detail.clear()
            self._stack.setCurrentIndex(0)
            say_unsurveyed(self._empty, self._channels, self._inside)
            return
        self._stack.setCurrentIndex(1)
        missing = self._channels.unsurveyed()
        busy = self._channels.surveying
        self._survey.setText(tr("Stop") if busy else tr("Survey again"))
        self._survey.setVisible(busy or missing > 0)
        facts = self._channels.facts(self._view.attribute)
        if facts is None:
            return  # `facts_changed` comes in a moment
        if facts is not self._rests_on:
            self._rests_on = facts
            told_apart = facts.signatures.told_apart if facts.signatures is not None else None
            self._model.show_survey(survey, facts.neurons, told_apart)
            self._fill_atlas(survey)
            self.detail.clear()
        text = tr("{n:,} image", "{n:,} images", n=len(survey.slots)) + " · "
        text += tr("{share:.0%} of the channels are selective for color", share=facts.neurons.color_share())
        silent = int((~facts.neurons.alive).sum())
        if silent:
            text += " · " + tr("{n:,} never answers", "{n:,} never answer", n=silent)
        if missing:
            text += " · " + tr("{n:,} labeled image is not in it", "{n:,} labeled images are not in it", n=missing)
        self._about.setText(text)

    def _fill_atlas(self, survey: Survey) -> None:
        self._images = {}

        def picture(channel: int) -> QImage:
            if channel not in self._images:
                self._images[channel] = rgb_image(survey.features[channel])
            return self._images[channel]

        self.atlas.show_tiles(self._model.order, picture, str)

    def _on_button(self) -> None:
        if self._channels.surveying:
            self._channels.stop_survey()
        else:
            self._channels.make_survey()

    def _on_row(self, index: Index, *_: object) -> None:
        if index.isValid() and index.row() < len(self._model.order):
            self._show(self._model.order[index.row()])

    def _on_tile(self) -> None:
        if self.atlas.picks and self.atlas.picks[0] != self.detail.channel:
            self.show_channel(self.atlas.picks[0])

    def _on_sorted(self) -> None:
        """The atlas has the table's order, and what is chosen stays in sight."""
        if self._rests_on is not None:
            self._fill_atlas(self._rests_on.survey)
            self.atlas.to_top()
        self.table.scrollTo(self.table.currentIndex())

    def show_channel(self, channel: int) -> None:
        """Choose a channel, as another view named it."""
        if channel in self._model.order:
            index = self._model.index(self._model.order.index(channel), 0)
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.table.scrollTo(index)

    def _show(self, channel: int) -> None:
        if self._rests_on is not None:
            self.detail.show_channel(channel, self._rests_on.neurons, self._rests_on.labels)
            self.atlas.pick([channel])

    def _on_save(self) -> None:
        survey = self._channels.survey
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the atlas"), f"{self._inside.layer}.png", "PNG (*.png)")
        if name and survey is not None:
            self._channels.save_atlas(Path(name), self._model.order)


def say_unsurveyed(page: EmptyPage, channels: Channels, inside: Inside) -> None:
    """What a page says that needs a survey."""
    if channels.surveying:
        page.say(
            tr("Looking at {layer}…", layer=channels.surveyed_layer), tr("The bar below says how far it is."),
            tr("Stop"),
        )  # fmt: skip
    else:
        page.say(
            tr("No survey of {layer} yet", layer=inside.layer),
            tr("The labeled images, and some others, are shown to the network once: what excites each channel, which "
               "channels tell classes apart, how selective they are for color. About a minute for 2,000 images; kept "
               "with the catalog."),
            tr("Make a survey"),
        )  # fmt: skip
