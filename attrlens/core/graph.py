"""The graph that runs: frozen, pooled, on its own threads. TensorFlow comes in as an argument."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.backbones.registry import backbone
from attrlens.core.backbones.spec import Backbone
from attrlens.core.recipes import Recipe

Array = np.ndarray[Any, Any]

CAFFE_MEAN_BGR = (103.939, 116.779, 123.68)
"""ImageNet mean as in keras.applications.imagenet_utils, mode 'caffe'."""


@dataclass(frozen=True)
class Frozen:
    """A graph with the names of what goes in and comes out.

    Attributes
    ----------
    graph : GraphDef
    images : str
        Tensor of shape (n, h, w, 3 or 4), uint8.
    descriptors : tuple of str
        A tensor of shape (n, recipe.width), float32, for each recipe.
    """

    graph: Any
    images: str
    descriptors: tuple[str, ...]

    @classmethod
    def of(cls, function: Any) -> Frozen:
        """Of what `freeze` returns."""
        return cls(
            function.graph.as_graph_def(), function.inputs[0].name, tuple(tensor.name for tensor in function.outputs)
        )


def preprocessed(tf: Any, pixels: Any, row: Backbone) -> Any:
    """RGB pixels of shape (n, h, w, 3), 0 to 255, as the backbone wants them."""
    pixels = tf.cast(pixels, tf.float32)
    if row.preprocessing == "caffe":
        return pixels[..., ::-1] - tf.constant(CAFFE_MEAN_BGR)
    return (pixels - 127.0) / 128.0


def freeze(tf: Any, model: Any, shape: tuple[int, int, int], backbone_id: str, recipes: Sequence[Recipe]) -> Any:
    """A graph with constant weights (so that batch norm folds into the convolutions) for one forward pass.

    Parameters
    ----------
    tf : module
    model : keras.Model
        The backbone; layers past the deepest that a recipe needs are cut off.
    shape : (int, int, int)
        Of one image; a fourth channel is the garment's weight.
    backbone_id : str
    recipes : sequence of Recipe
        All with this backbone and input.

    Returns
    -------
    concrete function
        Images of shape (n, *shape), uint8, to a tensor of shape (n, recipe.width), float32, for each recipe.
    """
    import keras
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    names = list(dict.fromkeys(name for recipe in recipes for name in recipe.layers))
    taps = keras.Model(model.input, [model.get_layer(name).output for name in names])
    row = backbone(backbone_id)

    def forward(images: Any) -> list[Any]:
        weight = tf.cast(images[..., 3:], tf.float32) if shape[2] == 4 else None
        outputs = taps(preprocessed(tf, images[..., :3], row), training=False)
        outputs = outputs if isinstance(outputs, list | tuple) else [outputs]
        activation = dict(zip(names, outputs, strict=True))
        return [pool(tf, [activation[name] for name in recipe.layers], recipe, weight) for recipe in recipes]

    function = tf.function(forward, autograph=False)
    concrete = function.get_concrete_function(tf.TensorSpec((None, *shape), tf.uint8))
    return convert_variables_to_constants_v2(concrete)


def runner(tf: Any, frozen: Frozen, *, gpu: bool) -> Callable[[Array], list[Array]]:
    """What runs a frozen graph, from several threads at a time.

    On the CPU everything happens in the thread that calls: as many calls at a time as there are cores use them better
    than one call that spreads each layer over them and waits for the slowest part. A session is the one interface of
    TensorFlow that can be told so.

    Parameters
    ----------
    tf : module
    frozen : Frozen
    gpu : bool
        Whether it may use one.

    Returns
    -------
    callable
        Images as the graph wants them, to one array a recipe.
    """
    config = tf.compat.v1.ConfigProto()
    if gpu:
        config.gpu_options.allow_growth = True
    else:
        config.device_count["GPU"] = 0
        config.intra_op_parallelism_threads = 1
        config.inter_op_parallelism_threads = -1  # the calling thread
    graph = tf.Graph()
    with graph.as_default():
        tf.graph_util.import_graph_def(frozen.graph, name="")
    session = tf.compat.v1.Session(graph=graph, config=config)
    run: Callable[[Array], list[Array]] = session.make_callable(list(frozen.descriptors), [frozen.images])
    return run


def pool(tf: Any, activations: Sequence[Any], recipe: Recipe, weight: Any) -> Any:
    """Activation maps of shape (n, h, w, c) to one vector an image: see `recipes.Pooling`."""
    parts = []
    for maps in activations:
        mean, variance = _moments(tf, maps, weight)
        if recipe.pooling == "mean":
            parts.append(mean)
            continue
        parts.append(tf.math.l2_normalize(mean, 1))
        if recipe.pooling == "mean+std":
            parts.append(tf.math.l2_normalize(tf.sqrt(variance), 1))
    return tf.concat(parts, 1)


def _moments(tf: Any, maps: Any, weight: Any) -> tuple[Any, Any]:
    """Mean and variance over the positions, shape (n, c), by a weight of shape (n, size, size, 1) or evenly."""
    if weight is None:
        return tf.nn.moments(maps, [1, 2])  # type: ignore[no-any-return]
    step = weight.shape[1] // maps.shape[1]
    small = tf.nn.avg_pool2d(weight, step, step, "SAME")
    small /= tf.reduce_sum(small, [1, 2], keepdims=True) + 1e-6
    # As products of matrices: several times faster than sums of weighted maps.
    count, channels = maps.shape[1] * maps.shape[2], maps.shape[3]
    row, flat = tf.reshape(small, (-1, 1, count)), tf.reshape(maps, (-1, count, channels))
    mean = tf.matmul(row, flat)
    variance = tf.matmul(row, tf.math.squared_difference(flat, mean))
    return mean[:, 0], variance[:, 0]
