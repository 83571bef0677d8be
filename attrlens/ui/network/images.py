"""What channels and classes say of the selected images: the sheet of channels, and the photos with maps or masks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from attrlens.core.inside import imagenet
from attrlens.core.inside.activations import Activations
from attrlens.core.inside.colormap import MapName
from attrlens.core.inside.explain import inner
from attrlens.core.inside.export import Look, mask_of
from attrlens.errors import AttrLensError
from attrlens.state.channels import Channels
from attrlens.state.colormap import heat_image, rgb_image, rgba_image
from attrlens.state.document import Document
from attrlens.state.inside import Inside, OwnMap
from attrlens.state.selection import Selection
from attrlens.state.thumbnails import LargeImages
from attrlens.state.view import GalleryView
from attrlens.ui.network.column import ChannelColumn
from attrlens.ui.network.controls import Controls
from attrlens.ui.network.overlay import Key, Pane
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.photo import Zoom
from attrlens.ui.widgets import Elided, EmptyPage, named, side_by_side
from attrlens.words import number, told, tr

MOST = 24
"""Photos side by side at most: images times channels."""

Array = np.ndarray[Any, Any]


class ImagesPage(QWidget):
    """Channels of the current image beside photos of the selected ones.

    Signals
    -------
    draw_wanted(int channel)
        What it answers to most is to be drawn.
    """

    draw_wanted = Signal(int)

    def __init__(
        self, document: Document, selection: Selection, view: GalleryView, inside: Inside, channels: Channels,
        large: LargeImages, theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "center")
        self._document, self._selection, self._view = document, selection, view
        self._inside, self._channels, self._large, self._theme = inside, channels, large, theme
        self._zoom = Zoom()
        self._panes: list[Pane] = []
        self._shown: list[tuple[int, int]] = []
        self._failed: dict[int, str] = {}
        self._layer = inside.backbone, inside.layer
        self.channels = ChannelColumn(theme)
        self.channels.sorted_otherwise.connect(self.refresh)
        self.controls = Controls(document, view, theme)
        self._says = Elided("small", Qt.TextElideMode.ElideRight)
        self._hovered: tuple[Pane, float, float] | None = None
        self._key = Key(theme)
        self._whole = QPushButton(tr("Whole photo"))
        self._whole.clicked.connect(self._zoom.reset)
        self._whole.hide()
        self._empty = EmptyPage(wrap=True)
        self._empty.say(
            tr("Select images in the gallery"), tr("Then see here which channels answer to them, and where.")
        )
        self._make_layout()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        self._sized = QTimer(self, singleShot=True, interval=120)
        self._sized.timeout.connect(self._want_photos)
        self.channels.sheet.picked.connect(self.refresh)
        self.channels.sheet.entered.connect(self.draw_wanted)
        self.controls.changed.connect(self.refresh)
        self.controls.draw_wanted.connect(self._on_draw)
        self.controls.export_wanted.connect(self._export)
        self.controls.not_found.connect(
            lambda text: self._says.setText(tr("No class of ImageNet has “{text}” in its name.", text=text))
        )
        self._zoom.changed.connect(self._on_zoom)
        selection.changed.connect(self.refresh)
        selection.current_changed.connect(self.refresh)
        inside.choice_changed.connect(self._on_choice)
        inside.activations_ready.connect(self.refresh)
        inside.activations_failed.connect(self._on_failed)
        inside.class_map_ready.connect(self.refresh)
        channels.survey_changed.connect(self.refresh)
        channels.facts_changed.connect(self.refresh)
        view.options_changed.connect(self.refresh)
        document.suggestions_changed.connect(self.refresh)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.pictures_changed.connect(self._on_pictures)
        large.ready.connect(self._on_large)

    def _make_layout(self) -> None:
        right = named(QWidget(), "center")
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.controls)
        column.addWidget(self._empty, 1)
        self._photos = QWidget()
        self._grid = QGridLayout(self._photos)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        column.addWidget(self._photos, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._says, 1)
        foot.addWidget(self._key)
        foot.addWidget(self._whole)
        column.addLayout(foot)
        splitter = side_by_side(self.channels, right, (280, 700), wide=1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    # What a person does

    def show_channel(self, channel: int) -> None:
        """Pick a channel, as another view named it."""
        if self.controls.kind not in ("heat", "mask"):
            self.controls.show_kind("heat")
        self.channels.sheet.pick([channel])
        self.refresh()

    @property
    def picks(self) -> list[int]:
        """Channels that are picked."""
        return self.channels.sheet.picks

    @property
    def panes(self) -> list[Pane]:
        """Photos that are shown."""
        return self._panes[: len(self._shown)]

    def _on_draw(self) -> None:
        if self.picks:
            self.draw_wanted.emit(self.picks[-1])

    def _export(self) -> None:
        if not self.picks:
            return
        folder = QFileDialog.getExistingDirectory(self, tr("Write a picture of every selected image to this folder"))
        if folder:
            self.export(Path(folder))

    def export(self, folder: Path) -> None:
        """Write masks or heat maps of all selected images and picked channels."""
        c = self.controls
        low, high = self._scale()
        look = Look(
            tuple(self.picks), "mask" if c.kind == "mask" else "heat", c.threshold, c.colors, low, high, c.gamma
        )  # fmt: skip
        self._inside.write_looks(self._slots(every=True), look, folder)

    # What is shown

    def _on_opened(self) -> None:
        self._failed.clear()
        self.channels.clear(0)
        self.refresh()

    def _on_choice(self) -> None:
        """Another layer has other channels: the one that tells most of it is picked again."""
        self._failed.clear()
        chosen = self._inside.backbone, self._inside.layer
        if chosen != self._layer:
            self._layer = chosen
            self.channels.sheet.pick([])
        self.refresh()

    def _on_pictures(self, slots: list[int]) -> None:
        for slot in slots:
            self._failed.pop(slot, None)
        for pane in self.panes:
            if pane.slot in slots:
                pane.photo.show_pixmap(None)
                self._sized.start()
        self.refresh()

    def _on_failed(self, slot: int, error: AttrLensError) -> None:
        self._failed[slot] = told(error.message)
        self.refresh()

    def _slots(self, *, every: bool = False) -> list[int]:
        """Images to show: the selected ones, the current one first."""
        count, current = len(self._document.images) if self._document.is_open else 0, self._selection.current
        slots = sorted(slot for slot in self._selection.slots if slot < count)
        if 0 <= current < count:
            slots = [current, *(slot for slot in slots if slot != current)]
        return slots if every else slots[:MOST]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show how things are, once the event that told of it is over."""
        if self.isVisible():
            self._soon.start()

    @property
    def is_waiting(self) -> bool:
        """Whether it is about to show how things are."""
        return self._soon.isActive()

    def _refresh(self) -> None:
        if not self._document.is_open:
            return
        slots = self._slots()
        self._empty.setVisible(not slots)
        self._photos.setVisible(bool(slots))
        self.controls.setEnabled(bool(slots))
        kind = self.controls.kind
        self.controls.show_scores(self._scores(slots[0]) if slots and kind == "imagenet" else None,
                                  no_head=self._inside.has_no_head)  # fmt: skip
        self.channels.setVisible(bool(slots) and kind in ("heat", "mask"))
        if not slots:
            self.channels.clear(0)
            self._says.setText("")
            self._key.hide()
            self._shown = []
            return
        self._ask(slots, kind)
        self._fill_channels()
        picks = self.picks or [0]
        per_image = picks if kind in ("heat", "mask") else [-1]
        shown = [(slot, channel) for slot in slots for channel in per_image][:MOST]
        if shown != self._shown or len(self._panes) < len(shown):
            self._arrange(shown)
            self._want_photos()
        self._paint()
        if self._hovered is not None and self._hovered[0] in self.panes:
            self._say(*self._hovered)
        else:
            self._rest()

    def _rest(self) -> None:
        """What the line at the foot says while nothing is under the cursor."""
        slots, shown = self._slots(every=True), len({slot for slot, _ in self._shown})
        if shown < len(slots):
            text = tr("{shown} of the {n:,} selected images are shown", shown=shown, n=len(slots))
        elif self.controls.kind == "own":
            text = tr("Red speaks for the class, blue for its rival; both are clear where nothing speaks.")
        elif self.channels.sorting != "classes" or not self.channels.isVisible():
            text = ""
        elif self._channels.survey is None:
            text = tr("For this order make a survey on the page Channels first.")
        else:
            facts = self._channels.facts(self._view.attribute)
            few = facts is not None and facts.signatures is None
            text = tr("For this order label images of two classes first.") if few else ""
        self._says.setText(text)

    def _ask(self, slots: list[int], kind: str) -> None:
        well = [slot for slot in slots if slot not in self._failed]
        self._inside.ask_activations(well)
        if kind == "imagenet":
            self._inside.ask_head()
            if self._inside.head is not None:
                self._inside.ask_activations(well, self._inside.head.layer)
        elif kind == "own":
            self._inside.ask_own_maps(well, self._view.attribute, self.controls.class_id)

    def _fill_channels(self) -> None:
        slot = self._selection.current
        found = self._inside.activations(slot) if slot >= 0 else None
        if found is None:
            self.channels.clear(self._inside.width)
            return
        facts = self._channels.facts(self._view.attribute) if self.channels.sorting == "classes" else None
        told_apart = facts.signatures.told_apart if facts is not None and facts.signatures is not None else None
        self.channels.show_channels(found, self.controls.colors, told_apart)

    def _scores(self, slot: int) -> imagenet.Scores | None:
        head = self._inside.head
        found = self._inside.activations(slot, head.layer) if head is not None else None
        return imagenet.scores(found, head) if found is not None and head is not None else None

    def _arrange(self, shown: list[tuple[int, int]]) -> None:
        while len(self._panes) < len(shown):
            pane = Pane(self._theme, self._zoom)
            pane.photo.hovered.connect(lambda x, y, pane=pane: self._say(pane, x, y))
            pane.photo.left.connect(self._on_left)
            pane.photo.resized.connect(self._sized.start)
            self._panes.append(pane)
        of_one = len({channel for _, channel in shown})
        # A channel keeps its column.
        columns = of_one * _columns(-(-len(shown) // of_one), self._photos.width() // of_one, self._photos.height())
        for i, pane in enumerate(self._panes):
            self._grid.removeWidget(pane)
            pane.setVisible(i < len(shown))
            if i < len(shown):
                if pane.slot != shown[i][0]:
                    pane.photo.show_pixmap(None)
                pane.slot, pane.channel = shown[i]
                self._grid.addWidget(pane, i // columns, i % columns)
        self._shown = shown

    def _on_zoom(self) -> None:
        self._whole.setVisible(self._zoom.scale > 1)
        self._want_photos()

    def _want_photos(self) -> None:
        slots = list(dict.fromkeys(slot for slot, _ in self._shown if slot not in self._failed))
        if slots and self.isVisible():
            self._large.want(slots, min(1536, max(320, self._panes[0].photo.pixels_wanted())))

    def _on_large(self, slot: int, image: QImage) -> None:
        for pane in self.panes:
            if pane.slot == slot:
                pane.photo.show_image(image)

    def _plane(self, pane: Pane) -> tuple[Activations, Array] | None:
        """The map of a pane over the whole input, if it is there."""
        kind, slot = self.controls.kind, pane.slot
        if kind == "own":
            own = self._own(slot)
            return (own.map.finest, own.map.values) if own is not None else None
        if kind == "imagenet":
            head = self._inside.head
            found = self._inside.activations(slot, head.layer) if head is not None else None
            if found is None or head is None:
                return None
            chosen = self.controls.imagenet_class
            if chosen < 0:
                chosen = imagenet.scores(found, head).best(1)[0]
            return found, imagenet.class_map(found, head, chosen)
        found = self._inside.activations(slot)
        return (found, found.values[..., pane.channel]) if found is not None else None

    def _own(self, slot: int) -> OwnMap | None:
        return self._inside.own_map(slot, self._view.attribute, self.controls.class_id)

    def _ends(self) -> tuple[float, float] | None:
        """The least and the most of all maps that are shown."""
        parts = [inner(one[0].crop(one[1])) for pane in self.panes if (one := self._plane(pane)) is not None]
        return (min(float(p.min()) for p in parts), max(float(p.max()) for p in parts)) if parts else None

    def _scale(self) -> tuple[float | None, float | None]:
        """Ends of one scale for all panes, or None each where every picture has its own."""
        ends = self._ends() if self.controls.is_fixed else None
        return ends if ends is not None else (None, None)

    def _show_key(self, ends: tuple[float, float] | None, colors: MapName) -> None:
        c, classes = self.controls, self._document.model.classes
        if ends is None or c.kind == "mask":
            self._key.hide()
        elif c.kind == "own":
            name = classes[c.class_id].name if c.class_id in classes else tr("its class")
            self._key.show_key("signed", tr("another"), name)
        elif c.is_fixed or len(self._shown) == 1:
            low, high = (-max(map(abs, ends)), max(map(abs, ends))) if colors == "signed" else ends
            self._key.show_key(colors, number(low, ".2f"), number(high, ".2f"))
        else:
            self._key.show_key(colors, tr("least"), tr("most"))

    def _paint(self) -> None:
        c, (low, high), ends = self.controls, self._scale(), self._ends()
        colors = "signed" if c.kind == "own" or (ends is not None and ends[0] < 0 < ends[1]) else c.colors
        self._show_key(ends, colors)
        if ends is not None and c.kind == "mask":
            c.show_peak(ends[1])
        for pane in self.panes:
            name = Path(self._document.images[pane.slot].path).name
            if pane.slot in self._failed:
                pane.photo.show_text(self._failed[pane.slot])
                pane.say(name)
                continue
            one = self._plane(pane)
            if one is None:
                pane.photo.show_overlay(None)
                pane.say(self._waiting(pane, name))
                continue
            found, plane = one
            if not pane.photo.has_picture:
                pane.photo.show_image(rgb_image(found.picture))
            part = np.ascontiguousarray(found.crop(plane))
            if c.kind == "mask":
                made = found, pane.channel, c.threshold.of(part), c.opacity
                if pane.made != made:
                    mask = mask_of(found, plane, c.threshold)
                    pane.made, pane.cover, pane.share = made, self._cover(mask), float(mask.mean())
                pane.photo.show_overlay(pane.cover)
            elif part.max() == part.min():
                pane.photo.show_overlay(None)
            else:
                own = inner(part)  # its own scale, without the glow that the network's padding makes at the edge
                least, most = (float(own.min()), float(own.max())) if low is None or high is None else (low, high)
                pane.photo.show_overlay(heat_image(part, colors, least, most, c.gamma), c.opacity,
                                        QRectF(*found.extent(len(plane))))  # fmt: skip
            whole = self._caption(pane, name, found, plane, part)
            pane.say(self._short(pane, name) if len(self._shown) > 2 and c.kind == "heat" else whole, whole)

    def _short(self, pane: Pane, name: str) -> str:
        return f"{pane.channel} · {name}" if len(self.picks) > 1 else name

    def _on_left(self) -> None:
        self._hovered = None
        self._rest()

    def _cover(self, mask: Array) -> QImage:
        """Black where the picture is covered; as opaque as wanted."""
        out = np.zeros((*mask.shape, 4), np.uint8)
        out[..., 3] = np.where(mask, 0, round(255 * self.controls.opacity))
        return rgba_image(out)

    def _waiting(self, pane: Pane, name: str) -> str:
        kind = self.controls.kind
        if kind == "own" and self._inside.knows_own_map(pane.slot, self._view.attribute, self.controls.class_id):
            return tr("{name}: no exemplar, or not described yet", name=name)
        if kind == "imagenet" and self._inside.has_no_head:
            return tr("{name}: these weights score no classes", name=name)
        return tr("{name}: on its way…", name=name)

    def _caption(self, pane: Pane, name: str, found: Activations, plane: Array, part: Array) -> str:
        c = self.controls
        if c.kind == "own":
            own = self._own(pane.slot)
            assert own is not None  # there is a plane
            classes = self._document.model.classes
            names = [classes[i].name if i in classes else tr("the rest") for i in (own.toward.class_id,
                                                                                   own.toward.rival)]  # fmt: skip
            return tr("{first} rather than {second} · {name}", first=names[0], second=names[1], name=name)
        if c.kind == "imagenet":
            head = self._inside.head
            assert head is not None
            scored = imagenet.scores(found, head)
            chosen = c.imagenet_class if c.imagenet_class >= 0 else scored.best(1)[0]
            return tr("{class_name}: {share:.1%} · {name}", class_name=imagenet.names()[chosen],
                      share=float(scored.shares[chosen]), name=name)  # fmt: skip
        if c.kind == "mask":
            limit = c.threshold.of(part)
            return tr("{channel} · above {limit:.3g}: {cells:.0%} of the cells, {share:.0%} of the photo · {name}",
                      channel=pane.channel, limit=limit, cells=float((part > limit).mean()),
                      share=pane.share, name=name)  # fmt: skip
        if part.max() == part.min():
            return tr("{channel} does not answer here · {name}", channel=pane.channel, name=name)
        return tr("{channel} · mean {mean:.3g}, peak {peak:.3g} · {name}", channel=pane.channel,
                  mean=float(part.mean()), peak=float(part.max()), name=name)  # fmt: skip

    def _say(self, pane: Pane, x: float, y: float) -> None:
        one = self._plane(pane)
        self._hovered = pane, x, y
        if one is None:
            return
        part = one[0].crop(one[1])
        left, top, width, height = one[0].extent(len(one[1]))
        row = min(int((y - top) / height * len(part)), len(part) - 1)
        column = min(int((x - left) / width * part.shape[1]), part.shape[1] - 1)
        what = tr("channel {channel}", channel=pane.channel) if pane.channel >= 0 else tr("class")
        self._says.setText(
            tr("{what} at row {row}, column {column}: {value:.4g}", what=what, row=row, column=column,
               value=float(part[row, column]))
        )  # fmt: skip


def _columns(count: int, width: int, height: int) -> int:
    """How many photos stand side by side, so that they are as large as they can be; most are 3 wide to 4 high."""
    return max(range(1, count + 1), key=lambda n: min(width / n / 0.75, height / -(-count // n) - 24))
