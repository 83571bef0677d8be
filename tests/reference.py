"""Descriptors by plain Keras in float32, pooled in NumPy: slow, and what every faster path is compared with.

    python -m tests.reference      makes resources/models/self_test.npz again

The self-test of an installed program compares its own descriptors of two demo images with that file. Make it again when
recipes, weights or the demo garments change.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.app.self_test import reference_file, reference_images
from attrlens.core.backbones.registry import backbone
from attrlens.core.backbones.weights import locate
from attrlens.core.engine import tensorflow
from attrlens.core.graph import preprocessed
from attrlens.core.recipes import COLOR, TEXTURE, Recipe


def pooled(activations: Any, weight: Any, recipe: Recipe, dtype: Any = np.float64) -> Any:
    """The descriptor in plain NumPy."""
    parts = []
    for maps in activations:
        values = np.asarray(maps, dtype)
        n, height, width, channels = values.shape
        step = weight.shape[1] // height
        small = weight.astype(dtype).reshape(n, height, step, width, step).mean((2, 4)).reshape(n, 1, -1)
        small /= small.sum(2, keepdims=True)
        values = values.reshape(n, -1, channels)
        mean = small @ values
        deviation = np.sqrt(small @ (values - mean) ** 2)
        parts += [mean[:, 0], deviation[:, 0]] if recipe.pooling == "mean+std" else [mean[:, 0]]
    return np.concatenate([part / np.linalg.norm(part, axis=1, keepdims=True) for part in parts], 1)


class Plain:
    """A network as Keras runs it.

    Parameters
    ----------
    recipes : sequence of Recipe
        Of one backbone and one input.
    weights : Path
    """

    def __init__(self, recipes: Sequence[Recipe], weights: Path) -> None:
        import keras

        self._tf = tf = tensorflow()
        self._row = backbone(recipes[0].backbone)
        self._recipes = recipes
        model = self._row.build(weights)
        self._names = list(dict.fromkeys(name for recipe in recipes for name in recipe.layers))
        taps = keras.Model(model.input, [model.get_layer(name).output for name in self._names])
        # As a graph in a third of the time; the same operations.
        self._taps = tf.function(lambda pixels: taps(pixels, training=False), reduce_retracing=True)

    def describe(self, images: Any) -> dict[str, Any]:
        """Descriptors by key of the recipe.

        Parameters
        ----------
        images : ndarray of shape (n, side, side, 4), dtype uint8
            RGB and the garment's weight.
        """
        maps = dict(zip(self._names, self._taps(preprocessed(self._tf, images[..., :3], self._row)), strict=True))
        return {
            recipe.key: pooled([maps[name] for name in recipe.layers], images[..., 3], recipe, np.float32)
            for recipe in self._recipes
        }


def main() -> None:
    """Write the file."""
    found = Plain((COLOR, TEXTURE), locate(backbone(COLOR.backbone))).describe(np.stack(reference_images()))
    np.savez_compressed(reference_file(), **{key: rows.astype(np.float32) for key, rows in found.items()})
    print(reference_file())


if __name__ == "__main__":
    main()
