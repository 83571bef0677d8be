"""Where a channel answers in an image: the activation map of a layer, over the picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.backbones import weights
from attrlens.core.backbones.registry import backbone
from attrlens.core.engine import preprocessed, tensorflow
from attrlens.core.images import DEFAULT_MAX_PIXELS, decode, fit
from attrlens.core.token import Token

Array = np.ndarray[Any, Any]

SIDE = 320
"""Input of the network, as for the built-in recipes."""


class HeatMaps:
    """Activation maps; the layer last asked for is kept ready. Used from one thread only.

    Parameters
    ----------
    named_weights : mapping of backbone id to Path
        Files the user chose.
    """

    def __init__(self, named_weights: dict[str, Path] | None = None) -> None:
        self.named_weights = dict(named_weights or {})
        self._ready: tuple[str, str, Any] | None = None

    def of(
        self, path: Path, backbone_id: str, layer: str, channel: int, token: Token,
        max_pixels: int = DEFAULT_MAX_PIXELS,
    ) -> Array:  # fmt: skip
        """The map of one channel, without the letterbox.

        Parameters
        ----------
        path : Path
            Image.
        backbone_id, layer : str
        channel : int
        token : Token
        max_pixels : int

        Returns
        -------
        ndarray of shape (h, w), dtype float32
            In the activation's own unit; h and w are about the layer's size, in the picture's proportions.

        Raises
        ------
        ImageError
        WeightsError
        Cancelled
        """
        token.report(0, 0, "Starting the neural network")
        picture = decode(path, SIDE, max_pixels).pixels
        model = self._model(backbone_id, layer)
        token.check()
        tf = tensorflow()
        pixels = preprocessed(tf, tf.constant(fit(picture, SIDE, "letterbox")[None]), backbone(backbone_id))
        whole = model(pixels, training=False).numpy()[0, :, :, channel]
        return _unboxed(whole, picture.width, picture.height)

    def _model(self, backbone_id: str, layer: str) -> Any:
        if self._ready is None or self._ready[:2] != (backbone_id, layer):
            tensorflow()
            import keras

            row = backbone(backbone_id)
            whole = row.build(weights.locate(row, self.named_weights.get(backbone_id)))
            self._ready = backbone_id, layer, keras.Model(whole.input, whole.get_layer(layer).output)
        return self._ready[2]


def _unboxed(whole: Array, width: int, height: int) -> Array:
    """The part of a square map that lies on the picture."""
    side = len(whole)
    scale = side / max(width, height)
    w, h = (max(1, round(n * scale)) for n in (width, height))
    top, left = (side - h) // 2, (side - w) // 2
    return np.ascontiguousarray(whole[top : top + h, left : left + w], np.float32)
