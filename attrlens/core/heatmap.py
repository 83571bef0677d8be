"""Where a channel answers in an image: the activation map of a layer, over the picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.backbones import weights
from attrlens.core.backbones.registry import backbone
from attrlens.core.engine import preprocessed, tensorflow
from attrlens.core.images import DEFAULT_MAX_PIXELS, decode, fit
from attrlens.core.recipes import Recipe
from attrlens.core.token import Token
from attrlens.words import words

Array = np.ndarray[Any, Any]


class HeatMaps:
    """Activation maps; the layer last asked for is kept ready. Used from one thread only.

    Parameters
    ----------
    named_weights : mapping of backbone id to Path
        Files the user chose.
    """

    def __init__(self, named_weights: dict[str, Path] | None = None) -> None:
        self.named_weights = dict(named_weights or {})
        self._ready: tuple[Path, str, Any] | None = None

    def of(
        self, path: Path, recipe: Recipe, layer: str, channel: int, token: Token,
        max_pixels: int = DEFAULT_MAX_PIXELS,
    ) -> Array:  # fmt: skip
        """The map of one channel, without the letterbox.

        Parameters
        ----------
        path : Path
            Image.
        recipe : Recipe
            Its backbone, input size and fit.
        layer : str
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
        token.report(0, 0, words("Starting the neural network"))
        picture = decode(path, recipe.size, max_pixels).pixels
        model = self._model(recipe.backbone, layer)
        token.check()
        tf = tensorflow()
        pixels = preprocessed(tf, tf.constant(fit(picture, recipe.size, recipe.fit)[None]), backbone(recipe.backbone))
        whole = model(pixels, training=False).numpy()[0, :, :, channel]
        boxed = recipe.fit == "letterbox"
        return _unboxed(whole, picture.width, picture.height) if boxed else np.ascontiguousarray(whole, np.float32)

    def _model(self, backbone_id: str, layer: str) -> Any:
        row = backbone(backbone_id)
        path = weights.locate(row, self.named_weights.get(backbone_id))
        if self._ready is None or self._ready[:2] != (path, layer):
            tensorflow()
            import keras

            whole = row.build(path)
            self._ready = path, layer, keras.Model(whole.input, whole.get_layer(layer).output)
        return self._ready[2]


def _unboxed(whole: Array, width: int, height: int) -> Array:
    """The part of a square map that lies on the picture."""
    side = len(whole)
    scale = side / max(width, height)
    w, h = (max(1, round(n * scale)) for n in (width, height))
    top, left = (side - h) // 2, (side - w) // 2
    return np.ascontiguousarray(whole[top : top + h, left : left + w], np.float32)
