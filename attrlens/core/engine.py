"""The one place that runs a network: TensorFlow is imported here, late, and nowhere else outside the backbones.

One engine serves all recipes of a catalog. Recipes with the same backbone, input size and fit share one forward pass,
and the network is cut after the deepest layer any of them needs.
"""

from __future__ import annotations

import ctypes
import importlib.abc
import importlib.util
import os
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from attrlens import garbage, log
from attrlens.core.backbones.registry import backbone
from attrlens.core.backbones.weights import sha256
from attrlens.core.graph import Frozen, freeze, runner
from attrlens.core.images import Fit
from attrlens.core.kept_graphs import kept
from attrlens.core.recipes import Recipe
from attrlens.core.token import Token
from attrlens.errors import WeightsError
from attrlens.words import words

logger = log.get(__name__)

Array = np.ndarray[Any, Any]

BATCH = {"CPU": 2, "GPU": 64}
"""Images a forward pass: on the CPU small batches keep activations in the cache (measured, see SPEED.md)."""

MOST_STREAMS = {"CPU": 16, "GPU": 2}
"""Forward passes at a time, at most. CPU: one a core (see `graph.runner`), bounded by their memory, 40 MB each. GPU:
the second is copied there while the first is computed."""


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


class _Hidden(importlib.abc.MetaPathFinder):
    """Keeps a package from being found by the thread that made it."""

    def __init__(self, name: str) -> None:
        self._name, self._thread = name, threading.get_ident()

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Refuse it; others are none of its business."""
        if fullname == self._name and threading.get_ident() == self._thread:
            raise ImportError(f"{fullname} is not needed here")


@contextmanager
def _without(name: str) -> Iterator[None]:
    """As if a package were not installed: Keras imports scikit-learn for wrappers only, a quarter of all its time."""
    finder = _Hidden(name)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def tensorflow() -> Any:
    """Import TensorFlow, quietly."""
    if "tensorflow" not in sys.modules:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        os.environ.setdefault("KERAS_BACKEND", "tensorflow")
        os.environ.setdefault("TF_OVERRIDE_GLOBAL_THREADPOOL", "1")  # each session its own threads, see graph.runner
        with garbage.held(), _native_messages_to_log(), _without("sklearn"):
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
        self._switching = Lock()
        tf = tensorflow()
        self.device = "GPU" if _gpu(tf) else "CPU"
        with _native_messages_to_log():
            self._build(tf, weights, token or Token())

    def _build(self, tf: Any, weights: Mapping[str, Path], token: Token) -> None:
        for backbone_id in dict.fromkeys(recipe.backbone for recipe in self.recipes):
            self._check_layers(backbone_id, weights[backbone_id])
        models: dict[str, Any] = {}
        self._frozen: dict[Input, Frozen] = {}
        for key in self.inputs:
            token.check()
            path, recipes = weights[key.backbone], self._sharing(key)

            def make(key: Input = key, path: Path = path, recipes: list[Recipe] = recipes) -> Frozen:
                if key.backbone not in models:
                    models[key.backbone] = backbone(key.backbone).build(path)
                return Frozen.of(freeze(tf, models[key.backbone], key.shape, key.backbone, recipes))

            parts = [sha256(path), *(recipe.to_json() for recipe in recipes)]
            self._frozen[key] = kept(tf, parts, make)
        self._passes = self._runners(tf)
        token.check()
        self._warm_up(tf)

    def _sharing(self, key: Input) -> list[Recipe]:
        return [recipe for recipe in self.recipes if Input.of(recipe) == key]

    def _runners(self, tf: Any) -> dict[Input, Callable[[Array], list[Array]]]:
        return {key: runner(tf, frozen, gpu=self.device == "GPU") for key, frozen in self._frozen.items()}

    @property
    def batch(self) -> int:
        """Images a forward pass."""
        return BATCH[self.device]

    @property
    def streams(self) -> int:
        """Threads that should call `describe` at a time to use the whole machine."""
        return min(MOST_STREAMS[self.device], os.cpu_count() or 1)

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
                self._passes[key](blank)
            except tf.errors.OpError as error:
                if self.device == "CPU":
                    raise
                self._give_up_gpu(tf, error)
                self._warm_up(tf)
                return

    def describe(self, stacks: Mapping[Input, Array]) -> dict[str, Array]:
        """Descriptors of a batch. It may be called from several threads at a time.

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
            return self._run(stacks)
        except tf.errors.OpError as error:
            if not self._give_up_gpu(tf, error):
                raise
            return self._run(stacks)

    def _run(self, stacks: Mapping[Input, Array]) -> dict[str, Array]:
        out: dict[str, Array] = {}
        for key, run in self._passes.items():
            out.update({r.key: rows for r, rows in zip(self._sharing(key), run(stacks[key]), strict=True)})
        return out

    def _give_up_gpu(self, tf: Any, error: Exception) -> bool:
        """Go on with the CPU; whether that may help. Several threads may come here with the same failure."""
        with self._switching:
            if self.device == "CPU":
                return bool(self.notice)
            reason = str(error).splitlines()[0]
            self.notice = words("The GPU could not be used, so the CPU is. {reason}", reason=reason)
            logger.warning("%s", self.notice)
            self.device = "CPU"
            self._passes = self._runners(tf)
            return True


def _gpu(tf: Any) -> bool:
    devices = tf.config.list_physical_devices("GPU")
    for device in devices:
        try:
            tf.config.experimental.set_memory_growth(device, True)
        except (RuntimeError, ValueError):  # already in use in this process
            logger.info("memory growth was set before")
    return bool(devices)
