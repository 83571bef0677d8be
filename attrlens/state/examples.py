"""What is looked for, and how: plain values."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attrlens.core.retrieve.outside import WHOLE, Box
from attrlens.core.retrieve.query import Metric

FEWEST, USUAL, MOST = 6, 36, 2000
"""Images that are looked for."""

_numbers = itertools.count(1)


@dataclass(frozen=True, eq=False)
class Example:
    """What is looked for, or what is not.

    Attributes
    ----------
    name : str
    slot : int
        -1 for a picture from outside.
    path : Path or None
    data : bytes
        Content of an image file, where there is no path: a picture from a browser or the clipboard.
    liked : bool
    box : Box
        The part that counts.
    number : int
        Tells one from another.
    """

    name: str
    slot: int = -1
    path: Path | None = None
    data: bytes = b""
    liked: bool = True
    box: Box = WHOLE
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def is_outside(self) -> bool:
        """Whether the network has to look at it: it is not of the catalog, or a part of a picture."""
        return self.slot < 0 or self.box != WHOLE

    @property
    def source(self) -> tuple[Any, ...]:
        """What its descriptors are made from."""
        return (self.slot, self.path, self.data, self.box)


@dataclass(frozen=True)
class Options:
    """How is searched.

    Attributes
    ----------
    metric : {'euclidean', 'cosine', 'classes'}
    k : int
        Images in a column, to begin with.
    blended : bool
        One column by both attributes, in place of two.
    blend : float
        0 the first attribute alone, 1 the second alone.
    other_products : bool
        Leave out images of the same products.
    only_shown : bool
        Look only among what the gallery's filter leaves.
    """

    metric: Metric = "euclidean"
    k: int = USUAL
    blended: bool = False
    blend: float = 0.5
    other_products: bool = False
    only_shown: bool = False
