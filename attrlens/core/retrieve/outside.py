"""Descriptors of what is in no catalog: files, pictures from the clipboard, a part of a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from attrlens.core.engine import Input
from attrlens.core.images import DEFAULT_MAX_PIXELS, decode, fit
from attrlens.core.recipes import Recipe
from attrlens.core.tasks import Engines, other_weights
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, WeightsError
from attrlens.words import words

if TYPE_CHECKING:
    from PIL import Image as PILImage

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
    pixels : PIL.Image.Image or None
        RGB, where there is no path.
    box : Box
        The part of it that counts.
    """

    path: Path | None
    pixels: PILImage.Image | None = None
    box: Box = WHOLE


def describe_pictures(
    pictures: Sequence[Picture], recipes: Sequence[Recipe], engines: Engines, token: Token,
    max_pixels: int = DEFAULT_MAX_PIXELS, made_with: Mapping[str, str] | None = None,
) -> Mapping[str, Array]:  # fmt: skip
    """Descriptors by recipe key, a row a picture.

    Of a region, the positions within it are pooled, evenly, while the network sees the whole picture at the size that
    every image has: so its threads are as thick as theirs.

    Parameters
    ----------
    pictures : sequence of Picture
    recipes : sequence of Recipe
    engines : Engines
    token : Token
    max_pixels : int
    made_with : mapping of recipe key to SHA-256 of the weights, optional
        Of the descriptors they are compared with; "" where it is not known.

    Raises
    ------
    ImageError
        If one of them cannot be read.
    WeightsError
        If none of the recipes can be made here, or only with other weights.
    """
    makeable, problems = engines.makeable(recipes)
    for recipe, digest in makeable.items():
        if (made_with or {}).get(recipe.key) not in (None, "", digest):
            raise other_weights(recipe)
    if not makeable:
        raise (
            problems[0] if problems else WeightsError(words("No recipe can be made with the weights on this computer."))
        )
    inputs = list(dict.fromkeys(Input.of(recipe) for recipe in makeable))
    size = max(key.size for key in inputs)
    fitted = []
    for picture in pictures:  # first: it takes no network to refuse one
        token.check()
        pixels = _pixels(picture, size, max_pixels)
        fitted.append({key: _fitted(pixels, key, picture.box) for key in inputs})
    token.report(0, 0, words("Starting the neural network"))
    engine = engines.get(makeable, token)
    parts: dict[str, list[Array]] = {}
    for start in range(0, len(fitted), engine.batch):
        token.check()
        token.report(start, len(fitted), words("Describing the pictures"))
        some = fitted[start : start + engine.batch]
        for name, rows in engine.describe({key: np.stack([one[key] for one in some]) for key in inputs}).items():
            parts.setdefault(name, []).append(rows)
    return {name: np.concatenate(rows) for name, rows in parts.items()}


def _pixels(picture: Picture, size: int, max_pixels: int) -> Any:
    if picture.path is None:
        return picture.pixels
    return decode(picture.path, size, max_pixels).pixels


def _fitted(pixels: Any, key: Input, box: Box) -> Array:
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
    y0, x0 = min(y0, top + height - 1), min(x0, left + width - 1)  # of a thin picture too, something counts
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
        raise AttrLensError(words("The region is too small."), words("Draw it larger."))
    return left, top, right, bottom
