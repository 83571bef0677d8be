"""Generated pictures that ask a network one thing at a time: pure colors, and patterns over width and orientation.

No photo is needed: the set shows how a network behaves before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from attrlens.core.backbones.registry import backbone
from attrlens.core.classify.features import transform
from attrlens.core.colors import from_oklch
from attrlens.core.engine import tensorflow
from attrlens.core.graph import preprocessed
from attrlens.core.inside.activations import Network, check_layers
from attrlens.core.token import Token
from attrlens.words import Words, words

Array = np.ndarray[Any, Any]
Color = tuple[int, int, int]
Kind = Literal["color", "grating", "stripes", "checks", "dots", "plaid", "argyle", "houndstooth"]

SIDE = 224
"""Pixels of a stimulus."""

HUES = tuple(range(0, 360, 30))
CHROMAS = (0.04, 0.08, 0.12)
LIGHTNESSES = (0.45, 0.6, 0.75)
GRAYS = tuple(i / 10 for i in range(11))
PERIODS = (4, 6, 8, 12, 16, 24, 32, 48, 64)
"""Pixels from one stripe to the next of its color."""
ANGLES = (0.0, 22.5, 45.0, 67.5, 90.0, 112.5, 135.0, 157.5)
"""Degrees; 0 are upright stripes."""

BLACK, WHITE = (0, 0, 0), (255, 255, 255)

BATCH = 8

YES, PARTLY = 0.8, 0.5
"""Accuracy from which a verdict says yes, or partly."""

KINDS: dict[Kind, Words] = {
    "color": words("pure color"),
    "grating": words("soft stripes"),
    "stripes": words("stripes"),
    "checks": words("checks"),
    "dots": words("dots"),
    "plaid": words("plaid"),
    "argyle": words("argyle"),
    "houndstooth": words("houndstooth"),
}
"""For people."""


@dataclass(frozen=True)
class Stimulus:
    """One generated picture.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    color : tuple of int
        RGB, of the whole or of the pattern's figure; its ground is white, or black where the figure is.
    hue : float
        Degrees in OKLab; NaN for gray.
    chroma, lightness : float
        In OKLab.
    period : int
        Pixels; 0 for a pure color.
    angle : float
        Degrees.
    """

    kind: Kind
    color: Color
    hue: float = np.nan
    chroma: float = 0.0
    lightness: float = 0.0
    period: int = 0
    angle: float = 0.0

    def pixels(self) -> Array:
        """Draw it; shape (SIDE, SIDE, 3), dtype uint8."""
        if self.kind == "color":
            return np.asarray(np.full((SIDE, SIDE, 3), self.color, np.uint8))
        share = _pattern(self.kind, self.period, self.angle)[..., None]
        return np.asarray(np.round(share * self.color + (1 - share) * np.array(WHITE)).astype(np.uint8))


def _checks(u: Array, v: Array) -> Array:
    return np.asarray((u % 1 < 0.5) ^ (v % 1 < 0.5))


def _argyle(u: Array, v: Array) -> Array:
    """Diamonds higher than wide, thin lines through their middles."""
    v = v / 1.5
    line = np.minimum(np.abs((u + v + 0.25) % 1 - 0.5), np.abs((u - v + 0.25) % 1 - 0.5)) < 0.04
    return np.where(line, 0.5, _checks(u + v, u - v))


def _houndstooth(u: Array, v: Array) -> Array:
    """Four dark and four light threads both ways, woven two over and two under."""
    x, y = np.floor(u * 8).astype(int), np.floor(v * 8).astype(int)
    return np.asarray(np.where((x + y) % 4 < 2, x // 4 % 2, y // 4 % 2))


_PATTERNS: dict[str, Callable[[Array, Array], Array]] = {
    "grating": lambda u, v: 0.5 + 0.5 * np.sin(2 * np.pi * u),
    "stripes": lambda u, v: u % 1 < 0.5,
    "checks": _checks,
    "dots": lambda u, v: (u % 1 - 0.5) ** 2 + (v % 1 - 0.5) ** 2 < 0.09,
    "plaid": lambda u, v: ((u % 1 < 0.5) + (v % 1 < 0.5).astype(float)) / 2,
    "argyle": _argyle,
    "houndstooth": _houndstooth,
}


def _pattern(kind: str, period: float, angle: float, fine: int = 4) -> Array:
    """How much of the figure each pixel shows, 0 to 1; every pixel is the mean of fine x fine points."""
    points = (np.arange(SIDE * fine) + 0.5) / fine - SIDE / 2
    turn = np.radians(angle)
    x, y = points[None], points[:, None]
    u, v = (x * np.cos(turn) + y * np.sin(turn)) / period, (y * np.cos(turn) - x * np.sin(turn)) / period
    whole = np.broadcast_to(_PATTERNS[kind](u, v), (SIDE * fine, SIDE * fine)).astype(np.float32)
    return np.asarray(whole.reshape(SIDE, fine, SIDE, fine).mean((1, 3)))


def tuning_set() -> list[Stimulus]:
    """Pure colors and black patterns on white."""
    out = []
    for lightness in LIGHTNESSES:
        for chroma in CHROMAS:
            for hue in HUES:
                color = from_oklch(lightness, chroma, hue)
                if color is not None:
                    out.append(Stimulus("color", color, hue, chroma, lightness))
    for lightness in GRAYS:
        gray = from_oklch(lightness, 0, 0)
        assert gray is not None  # grays are on every screen
        out.append(Stimulus("color", gray, lightness=lightness))
    for kind in KINDS:
        if kind == "color":
            continue
        angles = ANGLES if kind in ("grating", "stripes") else (0.0, 45.0)
        out += [Stimulus(kind, BLACK, period=period, angle=angle) for period in PERIODS for angle in angles]
    return out


def probe_set() -> list[Stimulus]:
    """Colored patterns on white: every hue in every pattern, so that one can be told while the other changes."""
    out = []
    for hue in range(0, 360, 45):
        color = from_oklch(0.6, 0.1, hue)
        assert color is not None  # all hues of this lightness and chroma are in sRGB
        out += [
            Stimulus(kind, color, hue, 0.1, 0.6, period, angle)
            for kind in KINDS if kind not in ("color", "grating")
            for period, angle in ((12, 0.0), (20, 30.0), (32, 45.0))
        ]  # fmt: skip
    return out


def responses(
    stimuli: Sequence[Stimulus], backbone_id: str, layers: Sequence[str], network: Network, token: Token
) -> dict[str, Array]:
    """Mean activation of every channel for every stimulus.

    Returns
    -------
    dict of str to ndarray of shape (stimuli, channels), dtype float32
        By layer.

    Raises
    ------
    WeightsError
    Cancelled
    """
    token.report(0, len(stimuli), words("Starting the neural network"))
    tf = tensorflow()
    import keras

    whole, row = network.model(backbone_id), backbone(backbone_id)
    check_layers(whole, backbone_id, layers)
    tap = keras.Model(whole.input, [whole.get_layer(name).output for name in layers])

    def look(pixels: Any) -> Any:
        return [tf.reduce_mean(maps, (1, 2)) for maps in tf.nest.flatten(tap(preprocessed(tf, pixels, row)))]

    graph = tf.function(look, autograph=False).get_concrete_function(tf.TensorSpec((None, SIDE, SIDE, 3), tf.uint8))
    parts: list[list[Array]] = [[] for _ in layers]
    for start in range(0, len(stimuli), BATCH):
        token.check()
        pixels = np.stack([stimulus.pixels() for stimulus in stimuli[start : start + BATCH]])
        for part, out in zip(parts, graph(tf.constant(pixels)), strict=True):
            part.append(out.numpy())
        token.report(min(start + BATCH, len(stimuli)), len(stimuli), words("Showing patterns to the network"))
    return {name: np.concatenate(part) for name, part in zip(layers, parts, strict=True)}


@dataclass(frozen=True)
class Curve:
    """Mean response of a channel along one property; x and y of one length."""

    x: tuple[float, ...]
    y: tuple[float, ...]


def _curve(stimuli: Sequence[Stimulus], answers: Array, of: Callable[[Stimulus], float | None]) -> Curve:
    sums: dict[float, list[float]] = {}
    for stimulus, answer in zip(stimuli, answers.tolist(), strict=True):
        x = of(stimulus)
        if x is not None:
            sums.setdefault(x, []).append(answer)
    places = tuple(sorted(sums))
    return Curve(places, tuple(float(np.mean(sums[place])) for place in places))


def hue_curve(stimuli: Sequence[Stimulus], answers: Array) -> Curve:
    """Over hue, mean over those chromas and lightnesses that a screen has of every hue; degrees."""
    of: dict[tuple[float, float], set[float]] = {}
    for s in stimuli:
        if s.kind == "color" and s.chroma:
            of.setdefault((s.chroma, s.lightness), set()).add(s.hue)
    most = max(map(len, of.values()), default=0)
    return _curve(
        stimuli, answers,
        lambda s: s.hue if s.kind == "color" and len(of.get((s.chroma, s.lightness), ())) == most else None,
    )  # fmt: skip


def chroma_curve(stimuli: Sequence[Stimulus], answers: Array) -> Curve:
    """Over chroma, at the hue the channel likes best; 0 is gray."""
    hues = hue_curve(stimuli, answers)
    best = hues.x[int(np.argmax(hues.y))] if hues.x else 0.0
    return _curve(
        stimuli, answers,
        lambda s: s.chroma if s.kind == "color" and (s.hue == best or (not s.chroma and 0.4 <= s.lightness <= 0.8))
        else None,
    )  # fmt: skip


def lightness_curve(stimuli: Sequence[Stimulus], answers: Array) -> Curve:
    """Over the lightness of grays."""
    return _curve(stimuli, answers, lambda s: s.lightness if s.kind == "color" and not s.chroma else None)


def period_curve(stimuli: Sequence[Stimulus], answers: Array, kind: str) -> Curve:
    """Over a pattern's period, at the orientation it answers to best; pixels."""
    angles = angle_curve(stimuli, answers, kind)
    best = angles.x[int(np.argmax(angles.y))] if angles.x else 0.0
    return _curve(stimuli, answers, lambda s: float(s.period) if s.kind == kind and s.angle == best else None)


def angle_curve(stimuli: Sequence[Stimulus], answers: Array, kind: str) -> Curve:
    """Over a pattern's orientation, mean over periods; degrees."""
    return _curve(stimuli, answers, lambda s: s.angle if s.kind == kind else None)


def answering(stimuli: Sequence[Stimulus], answers: Array, wanted: Callable[[Stimulus], bool]) -> Array:
    """How much each channel prefers some stimuli to the others of their family (colors, or patterns).

    Parameters
    ----------
    stimuli : sequence of Stimulus
    answers : ndarray of shape (stimuli, channels)
    wanted : callable
        Which stimuli are meant; they are of one family.

    Returns
    -------
    ndarray of shape (channels,), dtype float64
        The best wanted answer minus the mean of the others, in standard deviations of the others.
    """
    chosen = np.array([wanted(s) for s in stimuli])
    colors = np.array([s.kind == "color" for s in stimuli])
    family = colors if colors[chosen].any() else ~colors
    others = answers[family & ~chosen].astype(np.float64)
    spread = others.std(0)
    floor = 0.1 * float(answers.std()) + 1e-9  # a channel that hardly moves must not win by its silence
    return np.asarray((answers[chosen].max(0) - others.mean(0)) / np.maximum(spread, floor))


@dataclass(frozen=True)
class Verdict:
    """Whether a block is of use.

    Attributes
    ----------
    layer : str
    block : int
    color, texture : float
        Accuracy of the nearest mean on `probe_set`: telling eight hues in a pattern it has not seen them in, and
        telling six patterns in a hue it has not seen them in.
    color_chance, texture_chance : float
        By guessing.
    """

    layer: str
    block: int
    color: float
    texture: float
    color_chance: float
    texture_chance: float


def verdicts(stimuli: Sequence[Stimulus], answers: dict[str, Array], backbone_id: str) -> list[Verdict]:
    """Judge every layer in `answers`, which are those to `probe_set`."""
    hues = np.array([s.hue for s in stimuli])
    kinds = np.array([s.kind for s in stimuli])
    row = backbone(backbone_id)
    return [
        Verdict(
            layer, row.layer(layer).block, _left_out(transform(x), hues, kinds), _left_out(transform(x), kinds, hues),
            1 / len(np.unique(hues)), 1 / len(np.unique(kinds)),
        )
        for layer, x in answers.items()
    ]  # fmt: skip


def _left_out(x: Array, labels: Array, groups: Array) -> float:
    """Accuracy of the nearest class mean, each group judged by the means of the others."""
    right = 0
    known = np.unique(labels)
    for group in np.unique(groups):
        out = groups == group
        means = np.stack([x[~out & (labels == label)].mean(0) for label in known])
        distance = ((x[out][:, None] - means) ** 2).sum(-1)
        right += int((known[distance.argmin(1)] == labels[out]).sum())
    return right / len(labels)
