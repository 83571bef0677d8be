"""What the channels of a layer answer to an image: their activation maps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.backbones import weights
from attrlens.core.backbones.registry import backbone
from attrlens.core.engine import preprocessed, tensorflow
from attrlens.core.images import DEFAULT_MAX_PIXELS, Fit, decode, fit
from attrlens.core.inside.receptive import ReceptiveField, receptive_fields
from attrlens.core.token import Token
from attrlens.words import words

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
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
    """

    layer: str
    values: Array
    pixels: Array
    box: tuple[int, int, int, int]
    field: ReceptiveField

    @property
    def side(self) -> int:
        """Of the input, in pixels."""
        return len(self.pixels)

    @property
    def picture(self) -> Array:
        """The part of the input that is the picture; shape (height, width, 3), dtype uint8."""
        left, top, width, height = self.box
        return self.pixels[top : top + height, left : left + width]

    def map(self, channel: int) -> Array:
        """One channel over the picture, without the mat; shape (h, w), dtype float32."""
        units, (_, _, width, height) = self.values.shape[0], self.box
        h, w = (max(1, round(units * n / self.side)) for n in (height, width))
        y, x = (units - h) // 2, (units - w) // 2
        return np.ascontiguousarray(self.values[y : y + h, x : x + w, channel])

    def means(self) -> Array:
        """Each channel's mean over the input: the thesis's descriptor of the layer. Shape (channels,)."""
        return np.asarray(self.values.mean((0, 1)))


class Network:
    """Activations of images; the layer asked for last is kept ready. Used from one thread only.

    Parameters
    ----------
    named_weights : mapping of backbone id to Path
        Files the user chose.
    """

    def __init__(self, named_weights: dict[str, Path] | None = None) -> None:
        self.named_weights = dict(named_weights or {})
        self._ready: tuple[Path, str, int, Any, ReceptiveField] | None = None
        self._last: tuple[Any, Activations] | None = None

    def activations(
        self, path: Path, backbone_id: str, layer: str, side: int, how: Fit, token: Token,
        max_pixels: int = DEFAULT_MAX_PIXELS,
    ) -> Activations:  # fmt: skip
        """All channels of a layer; the same question again is answered at once.

        Parameters
        ----------
        path : Path
            Image.
        backbone_id, layer : str
        side : int
            Of the input, in pixels.
        how : {'letterbox', 'stretch', 'squeeze'}
        token : Token
        max_pixels : int

        Raises
        ------
        ImageError
        WeightsError
        Cancelled
        """
        asked = path, path.stat().st_mtime_ns if path.exists() else 0, backbone_id, layer, side, how
        if self._last is not None and self._last[0] == asked:
            return self._last[1]
        token.report(0, 0, words("Starting the neural network"))
        picture = decode(path, side, max_pixels).pixels
        run, field = self._model(backbone_id, layer, side)
        token.check()
        pixels = fit(picture, side, how)
        values = run(pixels[None])[0]
        width = height = side
        if how == "letterbox":
            width, height = (max(1, round(n * side / max(picture.size))) for n in picture.size)
        box = (side - width) // 2, (side - height) // 2, width, height
        found = Activations(layer, np.ascontiguousarray(values, np.float32), pixels, box, field)
        self._last = asked, found
        return found

    def _model(self, backbone_id: str, layer: str, side: int) -> tuple[Any, ReceptiveField]:
        row = backbone(backbone_id)
        path = weights.locate(row, self.named_weights.get(backbone_id))
        if self._ready is None or self._ready[:3] != (path, layer, side):
            tf = tensorflow()
            import keras

            whole = row.build(path)
            field = receptive_fields(whole, side)[layer]
            tap = keras.Model(whole.input, whole.get_layer(layer).output)
            run = tf.function(lambda pixels: tap(preprocessed(tf, pixels, row), training=False), autograph=False)
            graph = run.get_concrete_function(tf.TensorSpec((1, side, side, 3), tf.uint8))
            self._ready = path, layer, side, lambda pixels: graph(tf.constant(pixels)).numpy(), field
        return self._ready[3:]
