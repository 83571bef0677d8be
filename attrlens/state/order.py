"""An order of images that a gallery shows: of the catalog, or of what a search found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Group:
    """A run of images under one heading; `key` is a class id, UNKNOWN, NOTHING, or a number of a folder."""

    title: str
    key: int
    start: int
    count: int


class ImageOrder(QObject):
    """Images in an order, under headings or none.

    Attributes
    ----------
    order : ndarray of shape (n,), dtype int32
        Slots.
    groups : list of Group
    attribute : int
        Whose classes come first.
    follows : bool
        Whether the current image is to be kept in sight: not where the order itself is the answer.

    Signals
    -------
    changed()
        `order` and `groups` are new.
    reordered()
        And other images, or in another order, are shown because a person wanted it.
    """

    changed = Signal()
    reordered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.order: Array = np.zeros(0, np.int32)
        self.groups: list[Group] = []
        self.attribute = 0
        self.follows = False

    def show(self, order: Array, groups: list[Group] | None = None, *, anew: bool = True) -> None:
        """Show these; `anew` where they answer another question than before."""
        self.order, self.groups = np.asarray(order, np.int32), groups or []
        self.changed.emit()
        if anew:
            self.reordered.emit()
