"""What the channels of a layer answer to an image: their activation maps."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.backbones import weights
from attrlens.core.backbones.registry import backbone
from attrlens.core.backbones.spec import Head
from attrlens.core.engine import tensorflow
from attrlens.core.graph import preprocessed
from attrlens.core.images import DEFAULT_MAX_PIXELS, Fit, decode, fit
from attrlens.core.inside.receptive import ReceptiveField, receptive_fields
from attrlens.core.token import Token
from attrlens.errors import WeightsError
from attrlens.words import words

Array = np.ndarray[Any, Any]

SIDE = 320
"""Of the input that a person looks into, in pixels; letterboxed, as the built-in recipes do it."""

KEPT = 6
"""Sets of layers kept ready to run."""


@dataclass(frozen=True, eq=False)
class Activations:
    """Every channel of a layer for one image.

    Attributes
    ----------
    layer : str
    values : ndarray of shape (h, w, channels), dtype float32
        Over the network's whole input, mat included, in the activation's own unit.
    pixels : ndarray of shape (side, side, 3), dtype uint8
        The input: the picture on its mat.
    box : (int, int, int, int)
        Where the picture lies on the input: left, top, width, height.
    field : ReceptiveField
        Of the layer.
    weight : ndarray of shape (side, side), dtype uint8, or None
        The garment's, where it was asked for.
    """

    layer: str
    values: Array
    pixels: Array
    box: tuple[int, int, int, int]
    field: ReceptiveField
    weight: Array | None = None

    @property
    def side(self) -> int:
        """Of the input, in pixels."""
        return len(self.pixels)

    @property
    def picture(self) -> Array:
        """The part of the input that is the picture; shape (height, width, 3), dtype uint8."""
        left, top, width, height = self.box
        return self.pixels[top : top + height, left : left + width]

    @property
    def nbytes(self) -> int:
        """Bytes it takes."""
        return int(self.values.nbytes + self.pixels.nbytes)

    def cells(self, units: int) -> tuple[int, int, int, int]:
        """Units that lie over the picture, in part at its edges: first row, behind the last, first column, behind."""
        step = self.side / units
        left, top, width, height = self.box
        return (int(top / step), min(units, math.ceil((top + height) / step)),
                int(left / step), min(units, math.ceil((left + width) / step)))  # fmt: skip

    def extent(self, units: int) -> tuple[float, float, float, float]:
        """Where those units lie: left, top, width and height in shares of the picture's; they may reach beyond it."""
        step = self.side / units
        left, top, width, height = self.box
        first, end, start, behind = self.cells(units)
        return ((start * step - left) / width, (first * step - top) / height, (behind - start) * step / width,
                (end - first) * step / height)  # fmt: skip

    def crop(self, maps: Array) -> Array:
        """The part of maps over the whole input, shape (units, units, ...), that lies over the picture: see `cells`."""
        first, end, start, behind = self.cells(len(maps))
        return maps[first:end, start:behind]

    def map(self, channel: int) -> Array:
        """One channel over the picture, without the mat; shape (h, w), dtype float32."""
        return np.ascontiguousarray(self.crop(self.values[..., channel]))

    def means(self) -> Array:
        """Each channel's mean over the input: the thesis's descriptor of the layer. Shape (channels,)."""
        return np.asarray(self.values.mean((0, 1)))


class Network:
    """Activations of images; what was asked for last is kept ready. Used from one thread only.

    Parameters
    ----------
    named_weights : mapping of backbone id to Path
        Files the user chose.
    """

    def __init__(self, named_weights: dict[str, Path] | None = None) -> None:
        self.named_weights = dict(named_weights or {})
        self._models: OrderedDict[Path, Any] = OrderedDict()
        self._ready: OrderedDict[tuple[Path, tuple[str, ...], int], tuple[Any, list[ReceptiveField]]] = OrderedDict()
        self._last: tuple[Any, list[Activations]] | None = None

    def activations(
        self, path: Path, backbone_id: str, layer: str, side: int, how: Fit, token: Token,
        max_pixels: int = DEFAULT_MAX_PIXELS,
    ) -> Activations:  # fmt: skip
        """All channels of a layer; the same question again is answered at once. See `layers`."""
        return self.layers(path, backbone_id, (layer,), side, how, token, max_pixels)[0]

    def layers(
        self, path: Path, backbone_id: str, names: Sequence[str], side: int, how: Fit, token: Token,
        max_pixels: int = DEFAULT_MAX_PIXELS, *, weighted: bool = False,
    ) -> list[Activations]:  # fmt: skip
        """All channels of several layers.

        Parameters
        ----------
        path : Path
            Image.
        backbone_id : str
        names : sequence of str
            Layers.
        side : int
            Of the input, in pixels.
        how : {'letterbox', 'stretch', 'squeeze'}
        token : Token
        max_pixels : int
        weighted : bool
            Whether the garment's weight is wanted too.

        Raises
        ------
        ImageError
        WeightsError
        Cancelled
        """
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            changed = 0  # decoding says what is wrong
        asked = path, changed, self.named_weights.get(backbone_id), backbone_id, tuple(names), side, how, weighted
        if self._last is not None and self._last[0] == asked:
            return self._last[1]
        token.report(0, 0, words("Starting the neural network"))
        picture = decode(path, side, max_pixels).pixels
        run, fields = self._run(backbone_id, tuple(names), side)
        token.check()
        pixels = fit(picture, side, how, weighted=weighted)
        weight = np.ascontiguousarray(pixels[..., 3]) if weighted else None
        pixels = np.ascontiguousarray(pixels[..., :3])
        width = height = side
        if how == "letterbox":
            width, height = (max(1, round(n * side / max(picture.size))) for n in picture.size)
        box = (side - width) // 2, (side - height) // 2, width, height
        found = [
            Activations(name, np.ascontiguousarray(values[0], np.float32), pixels, box, field, weight)
            for name, values, field in zip(names, run(pixels[None]), fields, strict=True)
        ]
        self._last = asked, found
        return found

    def head(self, backbone_id: str) -> Head | None:
        """What the weights say of the classes of ImageNet, if anything."""
        return backbone(backbone_id).head(self._locate(backbone_id))

    def model(self, backbone_id: str) -> Any:
        """The whole Keras model.

        Raises
        ------
        WeightsError
        """
        path = self._locate(backbone_id)
        if path not in self._models:
            tensorflow()
            self._models[path] = backbone(backbone_id).build(path)
            while len(self._models) > 2:
                self._models.popitem(last=False)
        return self._models[path]

    def _locate(self, backbone_id: str) -> Path:
        return weights.locate(backbone(backbone_id), self.named_weights.get(backbone_id))

    def _run(self, backbone_id: str, names: tuple[str, ...], side: int) -> tuple[Any, list[ReceptiveField]]:
        key = self._locate(backbone_id), names, side
        if key not in self._ready:
            tf = tensorflow()
            import keras

            whole, row = self.model(backbone_id), backbone(backbone_id)
            check_layers(whole, backbone_id, names)
            fields = receptive_fields(whole, side)
            tap = keras.Model(whole.input, [whole.get_layer(name).output for name in names])
            run = tf.function(lambda pixels: tap(preprocessed(tf, pixels, row), training=False), autograph=False)
            graph = run.get_concrete_function(tf.TensorSpec((1, side, side, 3), tf.uint8))
            call = lambda pixels: [out.numpy() for out in tf.nest.flatten(graph(tf.constant(pixels)))]  # noqa: E731
            self._ready[key] = call, [fields[name] for name in names]
            while len(self._ready) > KEPT:
                self._ready.popitem(last=False)
        self._ready.move_to_end(key)
        return self._ready[key]


def check_layers(model: Any, backbone_id: str, names: Sequence[str]) -> None:
    """Refuse layers that a partial weights file lacks.

    Raises
    ------
    WeightsError
    """
    held = {layer.name for layer in model.layers}
    missing = [name for name in names if name not in held]
    if missing:
        raise WeightsError(
            words("The weights of {backbone} do not hold the layer {layer}.", backbone=backbone(backbone_id).title,
                  layer=missing[0]),
            words("It is a partial file: choose the whole one, or a shallower block."),
        )  # fmt: skip
