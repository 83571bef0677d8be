"""From the document to the colors of the map and the grid."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from attrlens.core.catalog.layouts import Layout
from attrlens.core.layout import coloring
from attrlens.core.layout.coloring import Coloring, Kind
from attrlens.state.document import Document
from attrlens.state.view import GalleryView

Array = np.ndarray[Any, Any]


def colors_of(document: Document, view: GalleryView, kind: Kind, layout: Layout) -> Coloring:
    """Categories of a layout's images.

    Parameters
    ----------
    document : Document
    view : GalleryView
        Of the layout's attribute.
    kind : str
        What is to be seen in color.
    layout : Layout
    """
    attribute, slots = layout.attribute, layout.slots
    if kind == "cluster":
        return coloring.by_cluster(layout.clusters)
    if kind == "unlike":
        return coloring.by_strangeness(layout.strangeness)
    if kind == "folder":
        keys, titles = view.facts.grouped("folder")
        return coloring.by_folder(keys[slots], titles)
    if kind == "state":
        keys, titles = view.states()
        return coloring.by_state(keys[slots], titles)
    if kind == "confidence":
        return coloring.by_confidence(document.by_slot(attribute).confidence[slots])
    classes = document.model.classes_of(attribute)
    if kind == "suggestion":
        return coloring.by_class(view.facts.suggested(attribute)[slots], classes, "suggestion")
    return coloring.by_class(document.decided(attribute)[slots], classes)


NEEDS_CLASSES: frozenset[Kind] = frozenset({"class", "suggestion", "state", "confidence"})
"""What cannot be seen in color before there is a class."""


class CanvasColors(QObject):
    """What is seen in color of a layout, and what the legend switched off.

    Signals
    -------
    colors_changed()
        Other colors, or other images of a color.
    options_changed()
        A person chose something, or may choose among others.
    """

    colors_changed = Signal()
    options_changed = Signal()

    def __init__(self, document: Document, view: GalleryView) -> None:
        super().__init__()
        self._document, self._view = document, view
        self._kind: Kind = "class"
        self._had_no_classes = True
        self._is_watched = False
        self.hidden: frozenset[int] = frozenset()
        self._coloring: tuple[Layout, Kind, Coloring] | None = None
        self._recolor = QTimer(self, singleShot=True, interval=60)
        self._recolor.timeout.connect(self._drop_colors)
        for signal in (document.suggestions_changed, document.thresholds_changed, document.model_changed,
                       document.images_changed):  # fmt: skip
            signal.connect(lambda *_: self._recolor.start())
        view.changed.connect(lambda: self.colors_changed.emit() if self._is_watched else None)

    @property
    def attribute(self) -> int:
        """The active attribute, 0 for none."""
        return self._view.attribute if self._view.attribute in self._document.model.attributes else 0

    @property
    def layout(self) -> Layout | None:
        """The layout that is seen: the class that keeps them knows."""
        raise NotImplementedError

    @property
    def kind(self) -> Kind:
        """What is seen in color: clusters, if there was no class when the attribute was come to."""
        return "cluster" if self._kind in NEEDS_CLASSES and self._had_no_classes else self._kind

    def _look_for_classes(self) -> None:
        """A class made of a cluster must not take the other clusters' colors away: this holds until one comes back."""
        before = self.kind
        self._had_no_classes = not self._document.model.classes_of(self.attribute)
        if self.kind != before:
            self.hidden = frozenset()

    def coloring(self) -> Coloring | None:
        """Categories of the layout's images by what a person chose to see in color."""
        layout = self.layout
        if layout is None:
            return None
        if self._coloring is None or self._coloring[:2] != (layout, self.kind):
            self._coloring = (layout, self.kind, colors_of(self._document, self._view, self.kind, layout))
        return self._coloring[2]

    def filtered_mask(self) -> Array:
        """Which of the layout's images the gallery's filter shows; shape (n,), dtype bool."""
        layout = self.layout
        if layout is None:
            return np.zeros(0, bool)
        chosen = np.zeros(len(self._document.images), bool)
        chosen[self._view.order] = True
        return np.asarray(chosen[layout.slots])

    def shown_mask(self) -> Array:
        """Those of them whose category is not switched off."""
        out, found = self.filtered_mask(), self.coloring()
        if found is not None and self.hidden:
            off = np.array([one.key in self.hidden for one in found.categories])
            out &= ~off[found.codes]
        return out

    def toggle(self, key: int) -> None:
        """Switch a category off, or on again."""
        self.hidden ^= {key}
        self.colors_changed.emit()

    def isolate(self, key: int) -> None:
        """Show one category only; once more shows all."""
        found = self.coloring()
        if found is not None:
            others = frozenset(one.key for one in found.categories) - {key}
            self.hidden = frozenset() if self.hidden == others else others
            self.colors_changed.emit()

    def show_all(self) -> None:
        """Switch every category on again."""
        if self.hidden:
            self.hidden = frozenset()
            self.colors_changed.emit()

    def slots_of(self, key: int) -> list[int]:
        """Images of a category that the gallery's filter shows."""
        layout, found = self.layout, self.coloring()
        if layout is None or found is None:
            return []
        code = next((i for i, one in enumerate(found.categories) if one.key == key), -1)
        slots: list[int] = layout.slots[(found.codes == code) & self.filtered_mask()].tolist()
        return slots

    def drop_numbers(self, kind: Kind) -> None:
        """Numbers of categories mean others by now: nothing is switched off by them any more."""
        if self.kind == kind:
            self.hidden = frozenset()

    def set_kind(self, kind: Kind) -> None:
        """Show other things in color."""
        if kind != self.kind:
            self._kind, self.hidden = kind, frozenset()
            self._look_for_classes()
            self._keep()
            self.options_changed.emit()
            self.colors_changed.emit()

    def _keep(self) -> None:
        """Remember what was chosen: the class that keeps layouts knows where."""
        raise NotImplementedError

    def _drop_colors(self) -> None:
        self._coloring = None
        if self._is_watched:  # who looks later is told then
            self.colors_changed.emit()
