"""The one selection, shared by every view."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """Slots that are selected, and the current one.

    Signals
    -------
    changed()
    current_changed(int slot)
        -1 for none.
    """

    changed = Signal()
    current_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._slots: set[int] = set()
        self._current = -1

    @property
    def slots(self) -> frozenset[int]:
        """What is selected."""
        return frozenset(self._slots)

    @property
    def current(self) -> int:
        """The slot the inspector shows; -1 for none."""
        return self._current

    def __contains__(self, slot: int) -> bool:
        return slot in self._slots

    def __len__(self) -> int:
        return len(self._slots)

    def set(self, slots: Iterable[int], current: int | None = None) -> None:
        """Select exactly these."""
        new = set(slots)
        if new != self._slots:
            self._slots = new
            self.changed.emit()
        if current is not None:
            self.set_current(current)

    def toggle(self, slot: int) -> None:
        """Select or unselect one."""
        self._slots ^= {slot}
        self.changed.emit()
        self.set_current(slot)

    def add(self, slots: Iterable[int]) -> None:
        """Select these too."""
        self.set(self._slots | set(slots))

    def set_current(self, slot: int) -> None:
        """Show this one in the inspector."""
        if slot != self._current:
            self._current = slot
            self.current_changed.emit(slot)

    def clear(self) -> None:
        """Select nothing."""
        self.set((), -1)
