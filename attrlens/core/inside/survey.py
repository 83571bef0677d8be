"""A survey: what every channel of a layer answers to a sample of the catalog, and its Neuron Feature.

For each image and channel the mean, the peak, where the peak is, and what the same unit says when the picture has
lost its color. From these come class signatures (`signatures`) and selectivity (`neurons`), with any labels.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from attrlens import log
from attrlens.core.backbones.registry import backbone
from attrlens.core.engine import tensorflow
from attrlens.core.graph import preprocessed
from attrlens.core.images import DEFAULT_MAX_PIXELS, decode, fit
from attrlens.core.inside.activations import Network, check_layers
from attrlens.core.inside.receptive import ReceptiveField, receptive_fields
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, ImageError, describe_os_error
from attrlens.words import words

logger = log.get(__name__)

Array = np.ndarray[Any, Any]

SIDE = 224
"""Of the input, squeezed: the thesis's descriptor of a block."""

SAMPLE = 2000
"""Images at most; the labeled ones come first."""

TOP = 100
"""Images that a Neuron Feature is the mean of, at most (Rafegas et al. 2019); of a small sample a tenth."""

TILE = 48
"""Pixels of a Neuron Feature's side."""

WINDOW = SIDE // 2
"""Pixels shown around a unit at most: the fields of deep layers are larger than the picture, but what counts in them is
a small part around the middle (Luo, Li, Urtasun and Zemel 2016, "Understanding the effective receptive field")."""

BATCH = 8

VERSION = 1


class Source(NamedTuple):
    """An image to look at; `state` is another text when its file has changed."""

    slot: int
    path: Path
    state: str


@dataclass(frozen=True)
class Survey:
    """What was found.

    Attributes
    ----------
    backbone, layer : str
    slots : ndarray of shape (n,), dtype int32
    states : ndarray of shape (n,), dtype str
        Of the files, as `Source.state`.
    means, peaks, gray : ndarray of shape (n, channels), dtype float32
        Mean and largest activation; what the unit of the largest says of the picture without color.
    where : ndarray of shape (n, channels), dtype int32
        That unit: row times `field.units` plus column.
    field : ReceptiveField
        Of the layer, at `SIDE`.
    features : ndarray of shape (channels, TILE, TILE, 3), dtype uint8
        Neuron Feature of each channel: the mean, weighted by activation, of what its `TOP` most exciting units see
        (`WINDOW` at most), one an image (Rafegas, Vanrell, Alexandre and Arias 2019, "Understanding trained CNNs by
        indexing neuron selectivity").
    """

    backbone: str
    layer: str
    slots: Array
    states: Array
    means: Array
    peaks: Array
    gray: Array
    where: Array
    field: ReceptiveField
    features: Array

    def exciting(self, channel: int, count: int, among: Array | None = None) -> Array:
        """Rows of the images that excite a channel most, most first; `among` is a mask of shape (n,)."""
        keys = ranking(self.peaks[:, channel], self.means[:, channel])
        if among is not None:
            keys = np.where(among, keys, -np.inf)
            count = min(count, int(among.sum()))
        return np.argsort(-keys, kind="stable")[:count]


def ranking(peaks: Array, means: Array) -> Array:
    """What images are ranked by: the peak, and of peaks at a rectifier's bound, which many images reach, the mean.

    By the order of the images alone the first class would seem to own every channel that saturates.
    """
    return np.asarray(peaks + 1e-3 * means)


def strongest(keys: Array, count: int) -> Array:
    """Rows of the `count` largest keys of each column, in any order; shape (count, columns)."""
    return np.asarray(np.argpartition(-keys, count - 1, axis=0)[:count])


def sample(labeled: Sequence[int], others: Sequence[int], most: int = SAMPLE) -> list[int]:
    """Which slots a survey looks at: the labeled ones, then others, drawn by lot; ascending.

    The lot of a slot never changes, so that one image more replaces one at most.
    """
    chosen = sorted(set(labeled), key=_lot)[:most]
    taken = set(chosen)
    chosen += sorted((slot for slot in set(others) if slot not in taken), key=_lot)[: most - len(chosen)]
    return sorted(chosen)


def _lot(slot: int) -> int:
    return (slot + 1) * 2654435761 % (1 << 32)  # Knuth's multiplicative hash


def survey(
    sources: Sequence[Source], backbone_id: str, layer: str, network: Network, token: Token,
    known: Survey | None = None, max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Survey:  # fmt: skip
    """Look at images; those that a survey of before knows are not shown to the network again.

    Parameters
    ----------
    sources : sequence of Source
    backbone_id, layer : str
    network : Network
    token : Token
    known : Survey, optional
        Of the same layer and weights.
    max_pixels : int

    Raises
    ------
    WeightsError
    AttrLensError
        If none of the images can be read.
    Cancelled
    """
    token.report(0, 0, words("Starting the neural network"))
    run, field = _pass(network, backbone_id, layer)
    old: dict[tuple[int, str], int] = {}
    if known is not None:
        old = {(int(s), str(t)): i for i, (s, t) in enumerate(zip(known.slots, known.states, strict=True))}
    new = [source for source in sources if (source.slot, source.state) not in old]
    rows: dict[int, tuple[Array, ...]] = {}
    total = len(new) + len(sources)
    for start in range(0, len(new), BATCH):
        token.check()
        part, pixels = _read(new[start : start + BATCH], max_pixels)
        if part:
            for i, row in enumerate(zip(*run(np.stack(pixels)), strict=True)):
                rows[part[i].slot] = row
        _report(token, start + BATCH, total, words("Looking at images"))
    kept: list[Source] = []
    columns: list[tuple[Array, ...]] = []
    for source in sources:
        place = old.get((source.slot, source.state))
        if place is not None and known is not None:
            kept.append(source)
            columns.append((known.means[place], known.peaks[place], known.where[place], known.gray[place]))
        elif source.slot in rows:
            kept.append(source)
            columns.append(rows[source.slot])
    if not kept:
        raise AttrLensError(words("None of the images could be read."), words("Problem files tells why."))
    means, peaks, where, gray = (np.stack(column) for column in zip(*columns, strict=True))
    features = _features(kept, peaks, means, where, field, token, len(new), total, max_pixels)
    return Survey(
        backbone_id, layer, np.array([s.slot for s in kept], np.int32), np.array([s.state for s in kept]),
        means, peaks, gray, where, field, features,
    )  # fmt: skip


def _report(token: Token, done: int, total: int, text: str) -> None:
    """In percent: every image is looked at twice, and nobody has twice as many."""
    token.report(min(100, round(100 * done / max(total, 1))), 100, text)


def _read(sources: Sequence[Source], max_pixels: int) -> tuple[list[Source], list[Array]]:
    """The images that can be read; a bad one is a problem file already."""
    part, pixels = [], []
    for source in sources:
        try:
            pixels.append(fit(decode(source.path, SIDE, max_pixels).pixels, SIDE, "squeeze"))
            part.append(source)
        except ImageError as error:
            logger.info("left out of a survey: %s", error)
    return part, pixels


def _pass(network: Network, backbone_id: str, layer: str) -> tuple[Any, ReceptiveField]:
    """A function from pixels to means, peaks, their units, and the same units' values without color."""
    tf = tensorflow()
    import keras

    whole, row = network.model(backbone_id), backbone(backbone_id)
    check_layers(whole, backbone_id, [layer])
    tap = keras.Model(whole.input, whole.get_layer(layer).output)

    def look(images: Any) -> Any:
        images = tf.cast(images, tf.float32)
        light = tf.reduce_sum(images * tf.constant([0.299, 0.587, 0.114]), -1, keepdims=True)  # Rec. 601, as JPEG's
        both = tf.concat([images, tf.repeat(light, 3, -1)], 0)
        maps = tap(preprocessed(tf, both, row), training=False)
        flat = tf.reshape(maps, (2 * tf.shape(images)[0], -1, maps.shape[-1]))
        colored, plain = tf.split(flat, 2)
        where = tf.argmax(colored, 1, tf.int32)
        gray = tf.gather(tf.transpose(plain, (0, 2, 1)), where, batch_dims=2)
        return tf.reduce_mean(colored, 1), tf.reduce_max(colored, 1), where, gray

    graph = tf.function(look, autograph=False, reduce_retracing=True).get_concrete_function(
        tf.TensorSpec((None, SIDE, SIDE, 3), tf.uint8)
    )
    return lambda pixels: [out.numpy() for out in graph(tf.constant(pixels))], receptive_fields(whole, SIDE)[layer]


def _features(
    sources: Sequence[Source], peaks: Array, means: Array, where: Array, field: ReceptiveField, token: Token, done: int,
    total: int, max_pixels: int,
) -> Array:  # fmt: skip
    """Neuron Features, shape (channels, TILE, TILE, 3)."""
    from PIL import Image

    count = min(TOP, max(10, len(sources) // 10), len(sources))
    top = strongest(ranking(peaks, means), count)
    weight = np.zeros_like(peaks)
    np.put_along_axis(weight, top, np.maximum(np.take_along_axis(peaks, top, 0), 0), 0)
    window = min(field.size, WINDOW)
    side = min(window, TILE)
    scale = side / window
    scaled = round(SIDE * scale)
    sums = np.zeros((peaks.shape[1], side, side, 3), np.float32)
    for i, source in enumerate(sources):
        channels = np.flatnonzero(weight[i])
        if not len(channels):
            continue
        token.check()
        _report(token, done + i, total, words("Drawing what excites each channel"))
        part, pixels = _read([source], max_pixels)
        if not part:
            continue
        picture = np.asarray(Image.fromarray(pixels[0]).resize((scaled, scaled), Image.Resampling.BOX))
        padded = np.pad(picture, ((side, side), (side, side), (0, 0)), mode="edge")
        views = np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(0, 1))
        firsts = [_first(unit, field, window) * scale for unit in np.divmod(where[i, channels], field.units)]
        y, x = (np.clip(np.round(first).astype(int) + side, 0, len(views) - 1) for first in firsts)
        sums[channels] += weight[i, channels, None, None, None] * views[y, x].transpose(0, 2, 3, 1)
    sums /= np.maximum(weight.sum(0), 1e-12)[:, None, None, None]
    sums[weight.sum(0) <= 0] = 128  # a channel that never answers
    tiles = np.round(sums).astype(np.uint8)
    if side == TILE:
        return tiles
    return np.stack([np.asarray(Image.fromarray(t).resize((TILE, TILE), Image.Resampling.NEAREST)) for t in tiles])


def _first(unit: Any, field: ReceptiveField, window: int) -> Any:
    """First pixel of the window around a unit; it may lie outside of the picture."""
    return field.start + unit * field.stride + (field.size - window) / 2


def crop(source: Path, unit: int, field: ReceptiveField, max_pixels: int = DEFAULT_MAX_PIXELS) -> Array:
    """What a unit sees of an image, at a survey's size, `WINDOW` at most.

    Returns
    -------
    ndarray of shape (h, w, 3), dtype uint8

    Raises
    ------
    ImageError
    """
    pixels = fit(decode(source, SIDE, max_pixels).pixels, SIDE, "squeeze")
    window = min(field.size, WINDOW)
    firsts = [round(_first(int(n), field, window)) for n in divmod(unit, field.units)]
    (top, bottom), (left, right) = (np.clip((first, first + window), 0, SIDE) for first in firsts)
    return np.ascontiguousarray(pixels[top:bottom, left:right])


def write_atlas(found: Survey, order: Sequence[int], path: Path) -> None:
    """Write the Neuron Features as one PNG, row by row in an order.

    Raises
    ------
    AttrLensError
    """
    from PIL import Image

    columns = int(np.ceil(np.sqrt(len(order))))
    rows = -(-len(order) // columns)
    sheet = np.full((rows * (TILE + 2), columns * (TILE + 2), 3), 255, np.uint8)
    for place, channel in enumerate(order):
        top, left = (n * (TILE + 2) for n in divmod(place, columns))
        sheet[top : top + TILE, left : left + TILE] = found.features[channel]
    try:
        Image.fromarray(sheet).save(path, "PNG")
    except OSError as error:
        raise describe_os_error(error, path) from error


# Kept with the catalog, under ``caches``: safe to delete


def file_name(backbone_id: str, layer: str, weights_hash: str) -> str:
    """Where a survey is kept, inside the catalog's ``caches/inside``."""
    return f"{backbone_id}-{layer}-{weights_hash[:12]}-{VERSION}.npz"


def save(found: Survey, path: Path) -> None:
    """Write a survey.

    Raises
    ------
    AttrLensError
    """
    field = np.array([found.field.size, found.field.stride, found.field.start, found.field.units])
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            np.savez(
                stream, slots=found.slots, states=found.states, means=found.means, peaks=found.peaks, gray=found.gray,
                where=found.where, field=field, features=found.features,
            )  # fmt: skip
        part.replace(path)
    except OSError as error:
        raise describe_os_error(error, path) from error


def load(path: Path, backbone_id: str, layer: str) -> Survey | None:
    """A survey that `save` wrote; None where there is none that can be read."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            field = ReceptiveField(*(int(n) for n in kept["field"]))
            return Survey(
                backbone_id, layer, kept["slots"], kept["states"], kept["means"], kept["peaks"], kept["gray"],
                kept["where"], field, kept["features"],
            )  # fmt: skip
    except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return None
