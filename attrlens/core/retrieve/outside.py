"""Descriptors of what is in no catalog: files, pictures from the clipboard, a part of a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.images import DEFAULT_MAX_PIXELS, decode, decode_bytes, fit
from attrlens.core.recipes import Recipe
from attrlens.core.tasks import Engines
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, WeightsError
from attrlens.words import words

Array = np.ndarray[Any, Any]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom of a region, in shares of the upright picture, 0 to 1."""

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)

LEAST = 0.02
"""Share of a side below which a region is a slip of the hand."""


@dataclass(frozen=True)
class Picture:
    """A picture to be described.

    Attributes
    ----------
    path : Path or None
    data : bytes
        An image file's content, where there is no path.
    box : Box
        The part of it that counts.
    """

    path: Path | None
    data: bytes = b""
    box: Box = WHOLE


def describe_pictures(
    pictures: Sequence[Picture], recipes: Sequence[Recipe], engines: Engines, token: Token,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Mapping[str, Array]:  # fmt: skip
    """Descriptors by recipe key, a row a picture.

    Of a region, the positions within it are pooled, evenly, while the network sees the whole picture at the size that
    every image has: so its threads are as thick as theirs.

    Raises
    ------
    ImageError
        If one of them cannot be read.
    WeightsError
        If none of the recipes can be made here.
    """
    makeable, problems = engines.makeable(recipes)
    if not makeable:
        raise (
            problems[0] if problems else WeightsError(words("No recipe can be made with the weights on this computer."))
        )
    token.report(0, 0, words("Starting the neural network"))
    engine = engines.get(makeable, token)
    parts: dict[str, list[Array]] = {}
    size = max(key.size for key in engine.inputs)
    for start in range(0, len(pictures), engine.batch):
        token.check()
        token.report(start, len(pictures), words("Describing the pictures"))
        stacks: dict[Any, list[Array]] = {key: [] for key in engine.inputs}
        for picture in pictures[start : start + engine.batch]:
            pixels = _pixels(picture, size, max_pixels)
            for key in engine.inputs:
                stacks[key].append(_fitted(pixels, key, picture.box))
        found = engine.describe({key: np.stack(stack) for key, stack in stacks.items()})
        for name, rows in found.items():
            parts.setdefault(name, []).append(rows)
    return {name: np.concatenate(rows) for name, rows in parts.items()}


def _pixels(picture: Picture, size: int, max_pixels: int) -> Any:
    if picture.path is not None:
        return decode(picture.path, size, max_pixels).pixels
    return decode_bytes(picture.data, words("The picture"), size, max_pixels).pixels


def _fitted(pixels: Any, key: Any, box: Box) -> Array:
    """The network's input, where a region was drawn with the region as weight."""
    out = fit(pixels, key.size, key.fit, weighted=key.weighted)
    if box == WHOLE:
        return np.asarray(out)
    if not key.weighted:
        width, height = pixels.size
        left, top, right, bottom = box
        part = pixels.crop((
            int(left * width), int(top * height), max(int(left * width) + 1, round(right * width)),
            max(int(top * height) + 1, round(bottom * height)),
        ))  # fmt: skip
        return np.asarray(fit(part, key.size, key.fit))
    out = np.array(out)
    rows, columns = (np.flatnonzero(out[..., 3].any(axis)) for axis in (1, 0))
    inside = np.zeros(out.shape[:2], np.uint8)
    top, left = int(rows[0]), int(columns[0])
    height, width = int(rows[-1]) - top + 1, int(columns[-1]) - left + 1
    y0, y1 = (top + round(share * height) for share in (box[1], box[3]))
    x0, x1 = (left + round(share * width) for share in (box[0], box[2]))
    inside[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)] = 255
    out[..., 3] = inside
    return out


def check_box(box: Sequence[float]) -> Box:
    """A region as it may be used: within the picture, and large enough to mean something.

    Raises
    ------
    AttrLensError
    """
    left, top, right, bottom = (min(1.0, max(0.0, float(value))) for value in box)
    if not all(map(math.isfinite, box)) or right - left < LEAST or bottom - top < LEAST:
        raise AttrLensError(
            words("The region is too small."), words("Draw it over a twentieth of the picture or more.")
        )
    return left, top, right, bottom
