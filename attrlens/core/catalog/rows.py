"""What a catalog tells about its images, and about what made its suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from attrlens.core.classify.scores import Scored

Array = np.ndarray[Any, Any]

PENDING, READY, ERROR = 0, 1, 2
"""States of an image."""


class NewImage(NamedTuple):
    """A file found by an import."""

    path: str
    root: str
    size: int
    mtime_ns: int


class ImageRow(NamedTuple):
    """An image of the catalog; its place in the list is its slot."""

    slot: int
    path: str
    root: str
    width: int
    height: int
    state: int
    message: str
    hint: str


class Read(NamedTuple):
    """What became known about an image when it was decoded."""

    slot: int
    hash: str
    width: int
    height: int
    state: int
    message: str
    hint: str


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
