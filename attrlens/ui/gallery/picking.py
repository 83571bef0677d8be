"""How clicks and keys select, the same in the grid of thumbnails and in the list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from attrlens.state.order import ImageOrder
from attrlens.state.selection import Selection

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Picker:
    """Turns places in the gallery's order into a selection.

    Parameters
    ----------
    view : ImageOrder
    selection : Selection
    """

    def __init__(self, view: ImageOrder, selection: Selection) -> None:
        self._view, self._selection = view, selection
        self._anchor = -1
        self._last = 0
        self._holds = False
        selection.current_changed.connect(self._on_current)

    def _on_current(self, slot: int) -> None:
        if not self._holds:
            self._anchor = slot
        index = self.index(slot)
        if index >= 0:
            self._last = index

    def _hold(self, slots: Iterable[int] | None, current: int) -> None:
        """Select without a new anchor."""
        self._holds = True
        try:
            if slots is not None:
                self._selection.set(slots)
            self._selection.set_current(current)
        finally:
            self._holds = False

    def index(self, slot: int) -> int:
        """Where an image is in the order, -1 where it is not."""
        if slot < 0:
            return -1
        found = (self._view.order == slot).nonzero()[0]
        return int(found[0]) if len(found) else -1

    @property
    def last(self) -> int:
        """Where the current image was last: one that has just left the view makes room for the next in its place."""
        return self._last

    def choose(self, index: int) -> None:
        """Select one."""
        slot = int(self._view.order[index])
        self._selection.set({slot}, slot)
        self._anchor = slot

    def toggle(self, index: int) -> None:
        """Select one too, or not any more."""
        slot = int(self._view.order[index])
        self._selection.toggle(slot)
        self._anchor = slot

    def extend(self, index: int, *, add: bool = False) -> None:
        """Select from the anchor on; `add` keeps what is selected elsewhere."""
        order = self._view.order
        anchor = self.index(self._anchor)
        if anchor < 0:
            anchor = index
            self._anchor = int(order[index])
        low, high = min(anchor, index), max(anchor, index)
        span = set(order[low : high + 1].tolist())
        self._hold(span | self._selection.slots if add else span, int(order[index]))

    def press(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse was pressed on an image."""
        slot = int(self._view.order[index])
        if modifiers & SHIFT:
            self.extend(index, add=bool(modifiers & CONTROL))
        elif modifiers & CONTROL:
            self.toggle(index)
        elif slot not in self._selection:
            self.choose(index)
        else:
            self._selection.set_current(slot)  # a drag of the whole selection may begin here

    def move(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        """A key moved to an image: Shift extends, Ctrl only goes there."""
        if modifiers & SHIFT:
            self.extend(index)
        elif modifiers & CONTROL:
            self._hold(None, int(self._view.order[index]))
        else:
            self.choose(index)

    def step(self, steps: int) -> None:
        """Select the image so many places on."""
        order = self._view.order
        if not len(order):
            return
        index = self.index(self._selection.current)
        index = index + steps if index >= 0 else self._last + min(steps, 0)
        self.choose(min(max(index, 0), len(order) - 1))
