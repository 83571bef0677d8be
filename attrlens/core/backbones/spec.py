"""What a backbone is: data, not code. A new backbone is a new :class:`Backbone` row in the registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

Preprocessing = Literal["unit127", "caffe"]
"""``unit127``: RGB, (x - 127) / 128. ``caffe``: BGR, ImageNet mean subtracted. x in 0..255."""


@dataclass(frozen=True)
class Layer:
    """One layer whose output can be pooled into a descriptor.

    Attributes
    ----------
    name : str
        Name of the Keras layer.
    block : int
        1 (shallow) to 5 (deep); a block ends where the resolution halves, as in the thesis.
    width : int
        Channels.
    stride : int
        Pixels of the input between two neighboring units.
    receptive_field : int
        Side, in pixels of the input, of the square that one unit sees.
    """

    name: str
    block: int
    width: int
    stride: int
    receptive_field: int


@dataclass(frozen=True)
class Download:
    """Where a weights file comes from, for those who have no copy of it."""

    url: str
    file_name: str
    size: int
    """Bytes."""
    md5: str
    """Checksum published by the source (keras.applications publishes MD5)."""


@dataclass(frozen=True)
class Head:
    """The linear layer behind the global average pooling: it scores the classes of ImageNet.

    Attributes
    ----------
    layer : str
        What is pooled.
    kernel : ndarray of shape (channels, classes), dtype float32
    bias : ndarray of shape (classes,), dtype float32
    """

    layer: str
    kernel: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]


@dataclass(frozen=True)
class Backbone:
    """One row of the registry.

    ``build`` gets the path of the weights and returns a Keras functional model with 0..255 RGB replaced by
    preprocessed input; it is called late because it imports keras.
    """

    id: str
    title: str
    preprocessing: Preprocessing
    layers: tuple[Layer, ...]
    build: Callable[[Path], Any]
    available_layers: Callable[[Path], frozenset[str]]
    """Names of the layers a weights file holds: a partial file offers only the blocks it has."""
    head: Callable[[Path], Head | None]
    """What a weights file says of the 1,000 classes of ImageNet; None where it was published without."""
    bundled: str | None = None
    """File name in ``resources/models``, or None where the user brings the file."""
    download: Download | None = None
    license: str = ""
    source: str = ""
    _by_name: dict[str, Layer] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_name.update({layer.name: layer for layer in self.layers})

    def layer(self, name: str) -> Layer:
        """Return the layer called `name`; KeyError names those there are."""
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"{self.id} has no layer {name!r}; it has {', '.join(self._by_name)}") from None
