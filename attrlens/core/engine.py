"""The one place that runs a network: TensorFlow is imported here, late, and nowhere else outside the backbones.

One engine serves all recipes of a catalog. Recipes with the same backbone, input size and fit share one forward pass,
and the network is cut after the deepest layer any of them needs.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens import log
from attrlens.core.backbones.registry import backbone
from attrlens.core.backbones.spec import Backbone
from attrlens.core.images import Fit
from attrlens.core.recipes import Recipe
from attrlens.core.token import Token
from attrlens.errors import WeightsError
from attrlens.words import words

logger = log.get(__name__)

CAFFE_MEAN_BGR = (103.939, 116.779, 123.68)
"""ImageNet mean as in keras.applications.imagenet_utils, mode 'caffe'."""

Array = np.ndarray[Any, Any]

BATCH = {"CPU": 8, "GPU": 64}
"""Images a forward pass: on the CPU small batches keep activations in the cache (measured, see ARCHITECTURE.md)."""


@dataclass(frozen=True)
class Input:
    """What the network is shown: recipes with the same input share a forward pass."""

    backbone: str
    size: int
    fit: Fit
    weighted: bool
    """Whether a fourth channel carries the garment's weight, see `images.fit`."""

    @classmethod
    def of(cls, recipe: Recipe) -> Input:
        """The input a recipe needs."""
        return cls(recipe.backbone, recipe.size, recipe.fit, recipe.weight == "garment")

    @property
    def shape(self) -> tuple[int, int, int]:
        """Of one image: height, width, channels."""
        return self.size, self.size, 4 if self.weighted else 3


def preload_libraries() -> None:
    """Load TensorFlow's shared libraries without holding the interpreter lock.

    Python holds its lock while it loads an extension module; TensorFlow's libraries take about a second, in which no
    window could paint. A ctypes call of the loader itself releases the lock, and the later import finds them loaded.
    """
    spec = importlib.util.find_spec("tensorflow")
    if spec is None or spec.origin is None or "tensorflow" in sys.modules or sys.platform == "win32":
        return
    folder = Path(spec.origin).parent
    loader = ctypes.CDLL(None).dlopen
    loader.restype = ctypes.c_void_p
    loader.argtypes = (ctypes.c_char_p, ctypes.c_int)
    suffix = "*.dylib" if sys.platform == "darwin" else "*.so*"
    for pattern in (f"libtensorflow_framework{suffix}", f"libtensorflow_cc{suffix}"):
        for path in sorted(folder.glob(pattern)):
            if not loader(os.fsencode(path), os.RTLD_LAZY | os.RTLD_LOCAL):
                logger.info("could not preload %s", path.name)  # the import itself will say why


_NATIVE_LINE = re.compile(rb"WARNING: All log messages before absl|[IWE]\d{4} \d\d:\d\d:|[IWE]0000 ")


@contextmanager
def _native_messages_to_log() -> Iterator[None]:
    """Send what TensorFlow's C++ prints to standard error while it loads to the log instead.

    Its level setting is not obeyed before its own start-up (2.21), and a curator can do nothing about "cuInit failed".
    Lines that are not its own are passed on.
    """
    try:
        real = os.dup(2)
    except OSError:  # no standard error, as in a windowed program
        yield
        return
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(real, 2)
            caught.seek(0)
            for line in caught:
                if _NATIVE_LINE.match(line):
                    logger.debug("tensorflow: %s", line.decode(errors="replace").rstrip())
                else:
                    os.write(real, line)
            os.close(real)


def tensorflow() -> Any:
    """Import TensorFlow, quietly."""
    if "tensorflow" not in sys.modules:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        os.environ.setdefault("KERAS_BACKEND", "tensorflow")
        with _native_messages_to_log():
            preload_libraries()
            import tensorflow as tf

            tf.config.list_physical_devices("GPU")  # prints too
    import tensorflow as tf

    return tf


class Engine:
    """Images in, descriptors out.

    Parameters
    ----------
    recipes : sequence of Recipe
    weights : mapping of str to Path
        Backbone id to a weights file, as `weights.locate` returns it.
    token : Token, optional
        A cancel is seen between the steps; the import of TensorFlow itself cannot be interrupted.

    Attributes
    ----------
    inputs : tuple of Input
        What `describe` wants to be given.
    device : str
        'GPU' or 'CPU'.
    notice : str
        Why the CPU is used where a GPU was seen, or "".
    """

    def __init__(self, recipes: Sequence[Recipe], weights: Mapping[str, Path], token: Token | None = None) -> None:
        self.recipes = tuple(dict.fromkeys(recipes))
        self.inputs = tuple(dict.fromkeys(Input.of(recipe) for recipe in self.recipes))
        self.notice: str = ""
        tf = tensorflow()
        self.device = "GPU" if _gpu(tf) else "CPU"
        with _native_messages_to_log():
            self._build(tf, weights, token or Token())

    def _build(self, tf: Any, weights: Mapping[str, Path], token: Token) -> None:
        models = {}
        for backbone_id in dict.fromkeys(recipe.backbone for recipe in self.recipes):
            token.check()
            self._check_layers(backbone_id, weights[backbone_id])
            models[backbone_id] = backbone(backbone_id).build(weights[backbone_id])
        self._passes = {
            key: _freeze(tf, models[key.backbone], key, [r for r in self.recipes if Input.of(r) == key])
            for key in self.inputs
        }
        token.check()
        self._warm_up(tf)

    @property
    def batch(self) -> int:
        """Images a forward pass."""
        return BATCH[self.device]

    def _check_layers(self, backbone_id: str, path: Path) -> None:
        available = backbone(backbone_id).available_layers(path)
        for recipe in self.recipes:
            missing = [n for n in recipe.layers if recipe.backbone == backbone_id and n not in available]
            if missing:
                raise WeightsError(
                    words("{path} does not hold the layer {layer}.", path=path, layer=missing[0]),
                    words("It is a partial file: choose the whole one, or a recipe with shallower layers."),
                )

    def _warm_up(self, tf: Any) -> None:
        """First run: a GPU that cannot run the model (memory, driver) is found out here, and the CPU takes over."""
        for key in self.inputs:
            blank = np.zeros((self.batch, *key.shape), np.uint8)
            try:
                with tf.device(f"/{self.device}:0"):
                    self._passes[key](tf.constant(blank))
            except tf.errors.OpError as error:
                if self.device == "CPU":
                    raise
                self._give_up_gpu(error)
                self._warm_up(tf)
                return

    def describe(self, stacks: Mapping[Input, Array]) -> dict[str, Array]:
        """Descriptors of a batch.

        Parameters
        ----------
        stacks : mapping of Input to ndarray of shape (n, *input.shape), dtype uint8
            The same images for each of `inputs`.

        Returns
        -------
        dict of str to ndarray of shape (n, recipe.width), dtype float32
            By recipe key.
        """
        tf = tensorflow()
        try:
            return self._run(tf, stacks)
        except tf.errors.OpError as error:
            if self.device == "CPU":
                raise
            self._give_up_gpu(error)
            return self._run(tf, stacks)

    def _run(self, tf: Any, stacks: Mapping[Input, Array]) -> dict[str, Array]:
        out: dict[str, Array] = {}
        with tf.device(f"/{self.device}:0"):
            for key, run in self._passes.items():
                results = run(tf.constant(stacks[key]))
                recipes = [recipe for recipe in self.recipes if Input.of(recipe) == key]
                out.update({recipe.key: result.numpy() for recipe, result in zip(recipes, results, strict=True)})
        return out

    def _give_up_gpu(self, error: Exception) -> None:
        reason = str(error).splitlines()[0]
        self.notice = words("The GPU could not be used, so the CPU is. {reason}", reason=reason)
        logger.warning("%s", self.notice)
        self.device = "CPU"


def _gpu(tf: Any) -> bool:
    devices = tf.config.list_physical_devices("GPU")
    for device in devices:
        try:
            tf.config.experimental.set_memory_growth(device, True)
        except (RuntimeError, ValueError):  # already in use in this process
            logger.info("memory growth was set before")
    return bool(devices)


def preprocessed(tf: Any, pixels: Any, row: Backbone) -> Any:
    """RGB pixels of shape (n, h, w, 3), 0 to 255, as the backbone wants them."""
    pixels = tf.cast(pixels, tf.float32)
    if row.preprocessing == "caffe":
        return pixels[..., ::-1] - tf.constant(CAFFE_MEAN_BGR)
    return (pixels - 127.0) / 128.0


def _freeze(tf: Any, model: Any, key: Input, recipes: Sequence[Recipe]) -> Any:
    """A graph with constant weights (so that batch norm folds into the convolutions) for one forward pass."""
    import keras
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    names = list(dict.fromkeys(name for recipe in recipes for name in recipe.layers))
    taps = keras.Model(model.input, [model.get_layer(name).output for name in names])
    row = backbone(key.backbone)

    def forward(images: Any) -> list[Any]:
        weight = tf.cast(images[..., 3:], tf.float32) if key.weighted else None
        outputs = taps(preprocessed(tf, images[..., :3], row), training=False)
        outputs = outputs if isinstance(outputs, list | tuple) else [outputs]
        activation = dict(zip(names, outputs, strict=True))
        return [_pool(tf, [activation[name] for name in recipe.layers], recipe, weight) for recipe in recipes]

    function = tf.function(forward, autograph=False)
    concrete = function.get_concrete_function(tf.TensorSpec((None, *key.shape), tf.uint8))
    return convert_variables_to_constants_v2(concrete)


def _pool(tf: Any, activations: Sequence[Any], recipe: Recipe, weight: Any) -> Any:
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
