"""What a catalog tells about its images, and about what made its suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from attrlens.core.classify.scores import Scored

Array = np.ndarray[Any, Any]

PENDING, READY, ERROR = 0, 1, 2
"""States of an image."""

GONE, UNSETTLED = 3, 4
"""Only in a `Read`: there is no such file, and the image is marked missing; or it was being written, and the image
waits. Both keep their state."""


class NewImage(NamedTuple):
    """A file found by an import."""

    path: str
    root: str
    size: int
    mtime_ns: int


class ImageRow(NamedTuple):
    """An image of the catalog; its place in the list is its slot.

    `size` is in bytes, `mtime_ns` the file's time in nanoseconds since 1970, `missing` 1 where there is no file any
    more, `color` the garment's mean color as 0xRRGGBB, -1 where it is not known.
    """

    slot: int
    path: str
    root: str
    width: int
    height: int
    state: int
    message: str
    hint: str
    size: int = 0
    mtime_ns: int = 0
    missing: int = 0
    color: int = -1


class Waiting(NamedTuple):
    """An image to be described, with its file as the catalog knew it then."""

    slot: int
    path: str
    size: int
    mtime_ns: int


class Read(NamedTuple):
    """What became known about an image when it was decoded."""

    slot: int
    hash: str
    width: int
    height: int
    state: int
    message: str
    hint: str
    color: int = -1


@dataclass(frozen=True)
class Decision:
    """What made the suggestions of an attribute."""

    id: int
    time: float
    attribute: int
    recipe: str
    weights: str
    method: str
    parameters: dict[str, Any]
    exemplars: str
    images: int


@dataclass(frozen=True)
class Suggestions:
    """Suggestions of one attribute.

    Attributes
    ----------
    decision : Decision
    slots : ndarray of shape (n,), dtype int32
        Ascending.
    scored : Scored
    """

    decision: Decision
    slots: Array
    scored: Scored
