"""Activation maximization: the picture a channel answers to most, drawn by climbing its gradient.

x* = argmax a(x) - lambda(x) (Erhan et al. 2009, "Visualizing higher-layer features of a deep network"; the thesis's
regularizers: Gaussian blur, decay, pixel dropout). Without any, the picture is drawn in decorrelated Fourier
coefficients (Olah, Mordvintsev and Schubert 2017, "Feature visualization", Distill), which gives the same picture
fewer high frequencies.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from attrlens.core.backbones.registry import backbone
from attrlens.core.engine import tensorflow
from attrlens.core.graph import preprocessed
from attrlens.core.inside.activations import Network, check_layers
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, describe_os_error
from attrlens.words import words

Array = np.ndarray[Any, Any]

Drawing = Literal["fourier", "pixels"]

VERSION = 1
"""Part of a picture's name in the cache: raised when the same wish would give another picture."""

_COLORS = ((0.26, 0.09, 0.02), (0.27, 0.00, -0.05), (0.27, -0.09, 0.03))
"""Square root of the covariance of ImageNet's colors (Olah et al. 2017, as published in lucid)."""

EVERY = 0.2
"""Seconds between two pictures on the way."""


@dataclass(frozen=True)
class Wish:
    """What is to be drawn, and how.

    Attributes
    ----------
    backbone, layer : str
    channels : tuple of int
        One, or several whose mean is raised.
    drawing : {'fourier', 'pixels'}
        What the gradient changes.
    steps : int
    side : int
        Pixels.
    jitter : int
        Pixels the picture is moved by at most before each step, so that no position is special.
    blur : float
        Standard deviation, in pixels, of a Gaussian laid over the picture every fourth step; 0 none.
    decay : float
        Share of the distance to gray that is taken away at each step (L2); 0 none.
    dropout : float
        Share of the pixels that are gray in each step; 0 none.
    seed : int
        Of the noise it begins with.
    """

    backbone: str
    layer: str
    channels: tuple[int, ...]
    drawing: Drawing = "fourier"
    steps: int = 192
    side: int = 224
    jitter: int = 8
    blur: float = 0.0
    decay: float = 0.0
    dropout: float = 0.0
    seed: int = 0

    def key(self, weights_hash: str) -> str:
        """First 20 hex digits of the SHA-256 of the wish and the weights."""
        told = json.dumps([VERSION, asdict(self), weights_hash])
        return hashlib.sha256(told.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Drawn:
    """A picture on its way, or done.

    Attributes
    ----------
    step : int
        Steps done.
    pixels : ndarray of shape (side, side, 3), dtype uint8
    activation : float
        Mean of the channels over the picture, in their own unit; of the 8-bit picture when it is done.
    """

    step: int
    pixels: Array
    activation: float


def maximize(
    wish: Wish, network: Network, token: Token, emit: Callable[[Drawn], None] = lambda drawn: None, text: str = ""
) -> Drawn:  # fmt: skip
    """Draw it.

    Parameters
    ----------
    wish : Wish
    network : Network
    token : Token
        A cancel ends it with `Cancelled`.
    emit : callable
        Gets the picture on its way, five times a second.
    text : str
        What is said while it goes on.

    Raises
    ------
    WeightsError
    AttrLensError
        If the layer has no such channel.
    Cancelled
    """
    token.report(0, 100, words("Starting the neural network"))
    tf = tensorflow()
    climb = _Climb(tf, wish, network)
    last = time.monotonic()
    for step in range(wish.steps):
        token.check()
        value = climb.step(step)
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            emit(Drawn(step + 1, climb.pixels(), value))
        token.report(100 * (step + 1) // wish.steps, 100, text or words("Drawing"))
    pixels = climb.pixels()
    return Drawn(wish.steps, pixels, climb.measure(pixels))


class _Climb:
    """The variables, the step and the picture they stand for."""

    def __init__(self, tf: Any, wish: Wish, network: Network) -> None:
        import keras

        self._tf, self._wish = tf, wish
        whole, row = network.model(wish.backbone), backbone(wish.backbone)
        check_layers(whole, wish.backbone, [wish.layer])
        layer = whole.get_layer(wish.layer)
        width = layer.output.shape[-1]
        wrong = [c for c in wish.channels if not 0 <= c < width]
        if wrong or not wish.channels:
            raise AttrLensError(
                words("The layer {layer} has no channel {channel}.", layer=wish.layer,
                      channel=wrong[0] if wrong else "–"),
                words("It has {n:,}, from 0 on.", n=width),
            )  # fmt: skip
        # Below a rectifier a channel that is silent has a gradient all the same; above its bound there is none to gain.
        bound = _bound(layer)
        inner = layer.output if bound is None else layer.input
        tap = keras.Model(whole.input, [inner, layer.output])
        channels = tf.constant(wish.channels)
        rng = np.random.default_rng(wish.seed)
        side, fourier = wish.side, wish.drawing == "fourier"
        if fourier:
            shape = (3, side, side // 2 + 1)
            spectrum = rng.normal(size=(*shape, 2)) * 0.01
            self._variable = tf.Variable(spectrum, dtype=tf.float32)
            rows, columns = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
            frequency = np.hypot(rows, columns)
            scale = side / np.maximum(frequency, 1 / side) / side
            self._scale = tf.constant(scale, tf.float32)
            soft = np.exp(-2 * (np.pi * frequency * wish.blur) ** 2)
            colors = np.array(_COLORS)
            colors = colors / np.linalg.norm(colors, axis=0).max()
            self._colors = tf.constant(colors.T, tf.float32)
            self._soft = tf.constant(soft[None, ..., None], tf.float32)
        else:
            self._variable = tf.Variable(rng.normal(size=(side, side, 3)) * 0.1, dtype=tf.float32)
            reach = max(1, round(3 * wish.blur))
            bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(wish.blur, 1e-6)) ** 2)
            kernel = np.repeat((bell / bell.sum())[:, None], 3, 1)
            self._bell = tf.constant(kernel[:, None, :, None], tf.float32)
        self._adam = keras.optimizers.Adam(0.05 if fourier else 0.06)
        self._adam.build([self._variable])

        def objective(picture: Any) -> tuple[Any, Any]:
            before, after = tap(preprocessed(tf, picture[None] * 255.0, row), training=False)
            wanted = tf.gather(before, channels, axis=-1)
            if bound is not None and np.isfinite(bound):
                wanted = tf.minimum(wanted, bound)
            return tf.reduce_mean(wanted), tf.reduce_mean(tf.gather(after, channels, axis=-1))

        def step(shift: Any, kept: Any) -> Any:
            with tf.GradientTape() as tape:
                picture = self._picture()
                if wish.dropout:
                    picture = picture * kept + 0.5 * (1 - kept)
                target, value = objective(tf.roll(picture, shift, (0, 1)))
            gradient = -tape.gradient(target, self._variable)
            # The same speed for a channel that is hard to move.
            gradient /= tf.math.reduce_std(gradient) + 1e-12
            self._adam.apply([gradient])
            if wish.decay:
                self._variable.assign(self._variable * (1 - wish.decay))
            return value

        self._step, self._objective, self._rng = tf.function(step, autograph=False), objective, rng

    def _picture(self) -> Any:
        """The picture, 0 to 1, shape (side, side, 3)."""
        tf, wish = self._tf, self._wish
        if wish.drawing == "pixels":
            return tf.sigmoid(2.0 * self._variable)
        spectrum = tf.complex(self._variable[..., 0] * self._scale, self._variable[..., 1] * self._scale)
        planes = tf.signal.irfft2d(spectrum, [wish.side, wish.side]) * wish.side / 4
        return tf.sigmoid(tf.transpose(planes, (1, 2, 0)) @ self._colors)

    def step(self, number: int) -> float:
        tf, wish = self._tf, self._wish
        shift = self._rng.integers(-wish.jitter, wish.jitter + 1, 2) if wish.jitter else np.zeros(2, int)
        kept = (self._rng.random((wish.side, wish.side, 1)) >= wish.dropout).astype(np.float32)
        value = self._step(tf.constant(shift, tf.int32), tf.constant(kept))
        if wish.blur and number % 4 == 3:
            self._blur()
        return float(value)

    def _blur(self) -> None:
        tf = self._tf
        if self._wish.drawing == "fourier":
            self._variable.assign(self._variable * self._soft)
            return
        reach = (self._bell.shape[0] - 1) // 2
        padded = tf.pad(self._variable[None], [[0, 0], [reach, reach], [reach, reach], [0, 0]], "SYMMETRIC")
        soft = tf.nn.depthwise_conv2d(padded, self._bell, (1, 1, 1, 1), "VALID")
        across = tf.transpose(self._bell, (1, 0, 2, 3))
        self._variable.assign(tf.nn.depthwise_conv2d(soft, across, (1, 1, 1, 1), "VALID")[0])

    def pixels(self) -> Array:
        return np.asarray(np.clip(np.asarray(self._picture()) * 255 + 0.5, 0, 255).astype(np.uint8))

    def measure(self, pixels: Array) -> float:
        return float(self._objective(self._tf.constant(pixels, self._tf.float32) / 255)[1])


def _bound(layer: Any) -> float | None:
    """The most a rectifier lets through; None where the layer is none."""
    kind = type(layer).__name__
    if kind == "ReLU":
        return float(layer.max_value) if layer.max_value is not None else np.inf
    if kind == "Activation" and layer.get_config().get("activation") == "relu":
        return np.inf
    return None


def save(drawn: Drawn, wish: Wish, path: Path) -> None:
    """Write a picture as PNG, with what it is in its text.

    Raises
    ------
    AttrLensError
        If it cannot be written.
    """
    from PIL import Image, PngImagePlugin

    text = PngImagePlugin.PngInfo()
    text.add_text("attrlens", json.dumps(asdict(wish) | {"activation": drawn.activation, "step": drawn.step}))
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(drawn.pixels).save(part, "PNG", pnginfo=text)
        part.replace(path)
    except OSError as error:
        raise describe_os_error(error, path) from error


def load(path: Path) -> Drawn | None:
    """A picture that `save` wrote; None where there is none that can be read."""
    from PIL import Image

    try:
        with Image.open(path) as image:
            told = json.loads(getattr(image, "text", {})["attrlens"])
            return Drawn(int(told["step"]), np.asarray(image.convert("RGB")), float(told["activation"]))
    except (OSError, KeyError, ValueError, TypeError):
        return None
