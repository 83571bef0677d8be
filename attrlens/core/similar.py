"""How much every image is like some others, by an attribute's descriptors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.features import signed_roots, transform
from attrlens.core.descriptors import describe
from attrlens.core.images import DEFAULT_MAX_PIXELS
from attrlens.core.recipes import Recipe
from attrlens.core.tasks import Engines
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, ImageError, WeightsError
from attrlens.words import words

Array = np.ndarray[Any, Any]

CHUNK = 256


def distances(catalog: Catalog, key: str, examples: Array, token: Token) -> Array:
    """Distance of every image to the mean of the examples: one minus the cosine of signed-square-rooted descriptors.

    Parameters
    ----------
    catalog : Catalog
    key : str
        Of the recipe.
    examples : ndarray of shape (n, width), dtype float
        Their descriptors.
    token : Token

    Returns
    -------
    ndarray of shape (slots,), dtype float32
        0 to 2; infinity where an image has no descriptor.
    """
    query = transform(np.asarray(examples, np.float32)).mean(0)
    query /= max(float(np.linalg.norm(query)), 1e-12)
    rows, described = catalog.descriptors(key), catalog.described(key)
    out = np.full(int(described[-1]) + 1 if len(described) else 0, np.inf, np.float32)
    roots = np.empty((CHUNK, rows.shape[1]), np.float32)
    for start in range(0, len(described), CHUNK):
        token.check()
        some = described[start : start + CHUNK]
        part = rows[some[0] : some[-1] + 1] if some[-1] - some[0] + 1 == len(some) else rows[some]
        norms = signed_roots(part, roots[: len(part)])
        out[some] = 1 - (roots[: len(part)] @ query) / norms
    return out


def examples_of(catalog: Catalog, key: str, slots: Sequence[int]) -> Array:
    """Descriptors of those of the images that have one; shape (n, width)."""
    known = np.intersect1d(np.array(slots, np.int64), catalog.described(key))
    return np.asarray(catalog.descriptors(key)[known] if len(known) else np.zeros((0, 0)), np.float32)


def describe_files(
    paths: Sequence[Path], recipes: Sequence[Recipe], engines: Engines, token: Token,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> dict[str, Array]:  # fmt: skip
    """Descriptors of files that are in no catalog, by recipe key.

    Raises
    ------
    ImageError
        If none of them can be read.
    WeightsError
    """
    makeable, problems = engines.makeable(recipes)
    if not makeable:
        raise (
            problems[0] if problems else WeightsError(words("No recipe can be made with the weights on this computer."))
        )
    parts: dict[str, list[Array]] = {recipe.key: [] for recipe in makeable}
    error: AttrLensError | None = None
    for batch in describe(list(enumerate(paths)), engines.get(makeable, token), token, max_pixels):
        for read in batch.reads:
            if read.message and read.slot not in batch.slots:
                error = ImageError(read.message, read.hint)
        for key, rows in batch.descriptors.items():
            parts[key].append(rows)
    out = {key: np.concatenate(rows) for key, rows in parts.items() if rows}
    if not out:
        raise error or ImageError(words("None of the files is an image."))
    return out
