"""What the colors of a map mean: categories of images, each with a name and a color."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from attrlens.core.catalog.model import Class
from attrlens.core.layout.clusters import NOISE
from attrlens.core.swatches import SEQUENCE
from attrlens.words import Words, words

Array = np.ndarray[Any, Any]

Kind = Literal["class", "suggestion", "state", "confidence", "cluster", "unlike", "folder"]
KINDS: dict[Kind, Words] = {
    "class": words("Class"),
    "suggestion": words("Suggestion"),
    "state": words("Who decided"),
    "confidence": words("Confidence"),
    "cluster": words("Cluster"),
    "unlike": words("Unlike everything"),
    "folder": words("Folder"),
}
assert set(KINDS) == set(get_args(Kind))

UNKNOWN, NOTHING = -1, 0
GRAY, PALE, PALER = "#8a8a8a", "#c4c4c4", "#dedede"
MOST_FOLDERS = 20
"""Folders with a color of their own: no eye tells more apart."""

STRANGE = (0.01, 0.05, 0.2)
"""Shares of the images, the strangest first."""
_STRANGE_COLORS = ("#c0302c", "#e69f00", "#f0e442")

# From dull to strong: what is unsure recedes.
_CONFIDENCE = ("#7a4fa3", "#4f74b8", "#3b9b8f", "#8dbb3f", "#f0c52a")
_STATES = ("#d55e00", "#e69f00", "#f0e442", "#56b4e9", GRAY, PALE, "#c0302c")


@dataclass(frozen=True)
class Category:
    """One kind of images.

    Attributes
    ----------
    key : int
        Class id, cluster, number of a folder, ...; negative for what is none of them.
    title : str
    color : str
        ``#rrggbb``.
    is_rest : bool
        What is left when all is named: it recedes behind the others.
    """

    key: int
    title: str
    color: str
    is_rest: bool = False


@dataclass(frozen=True)
class Coloring:
    """Categories, and which one each image is of.

    Attributes
    ----------
    kind : str
    categories : tuple of Category
    codes : ndarray of shape (n,), dtype int32
        Index of the category of each image.
    """

    kind: Kind
    categories: tuple[Category, ...]
    codes: Array

    def counts(self, among: Array | None = None) -> Array:
        """Images of each category, of all or of those `among` (a mask)."""
        codes = self.codes if among is None else self.codes[among]
        return np.bincount(codes, minlength=len(self.categories))


def _coded(kind: Kind, categories: Sequence[Category], keys: Array) -> Coloring:
    """Keys to indices; categories without an image are left out, but for classes."""
    number = {category.key: i for i, category in enumerate(categories)}
    known, place = np.unique(keys, return_inverse=True)
    codes = np.array([number[int(key)] for key in known], np.int32)[place] if len(keys) else np.zeros(0, np.int32)
    return Coloring(kind, tuple(categories), codes.astype(np.int32))


def by_class(decided: Array, classes: Sequence[Class], kind: Kind = "class") -> Coloring:
    """By class id; -1 is unknown, 0 nothing."""
    rows = [Category(row.id, row.name, row.color) for row in classes]
    rows += [Category(UNKNOWN, words("Unknown"), PALE, True), Category(NOTHING, words("Not classified"), PALER, True)]
    known = np.isin(decided, [row.key for row in rows])
    return _coded(kind, rows, np.where(known, decided, NOTHING))


def by_state(keys: Array, titles: Mapping[int, str]) -> Coloring:
    """By who decided: keys 0 to 6, as the gallery's headings have them."""
    rows = [Category(key, title, _STATES[key]) for key, title in titles.items()]
    return _coded("state", rows, keys)


def by_confidence(confidence: Array) -> Coloring:
    """In five ranges; below 0 there is none."""
    steps = len(_CONFIDENCE)
    keys = np.where(confidence < 0, -1, np.clip((confidence * steps).astype(int), 0, steps - 1))
    rows = [
        Category(i, words("{low:.0%} to {high:.0%}", low=i / steps, high=(i + 1) / steps), _CONFIDENCE[i])
        for i in reversed(range(steps))
    ]
    return _coded("confidence", [*rows, Category(-1, words("No suggestion"), PALE, True)], keys)


def by_cluster(clusters: Array) -> Coloring:
    """By cluster, the largest first; -1 is noise."""
    count = int(clusters.max(initial=NOISE)) + 1
    rows = [Category(i, words("Cluster {n}", n=i + 1), cluster_color(i)) for i in range(count)]
    return _coded("cluster", [*rows, Category(NOISE, words("In no cluster"), PALE, True)], clusters)


def by_strangeness(strangeness: Array) -> Coloring:
    """By how far an image is from those most like it: the strangest hundredth, twentieth, fifth, and the rest."""
    first, *further = STRANGE
    titles = [words("Strangest {share:.0%}", share=first)]
    titles += [words("Next {share:.0%}", share=b - a) for a, b in zip(STRANGE, further, strict=False)]
    rows = [Category(i, title, color) for i, (title, color) in enumerate(zip(titles, _STRANGE_COLORS, strict=True))]
    n = len(strangeness)
    ranks = np.empty(n, np.int64)
    ranks[np.argsort(-strangeness, kind="stable")] = np.arange(n)
    keys = np.searchsorted(np.ceil(np.array(STRANGE) * n), ranks, side="right")
    return _coded("unlike", [*rows, Category(len(STRANGE), words("Like others"), PALE, True)], keys)


def cluster_color(number: int) -> str:
    """A color of its own for every cluster: the safe sequence, then hues as far as may be from those before."""
    if number < len(SEQUENCE):
        return SEQUENCE[number]
    hue = (number * 0.618034) % 1
    red, green, blue = colorsys.hls_to_rgb(hue, 0.42 + 0.2 * (number % 3) / 2, 0.62)
    return f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"


def by_folder(keys: Array, titles: Mapping[int, str]) -> Coloring:
    """By folder, those with most images first; small ones of many share a color."""
    values, counts = np.unique(keys, return_counts=True)
    large = values[np.argsort(-counts, kind="stable")][:MOST_FOLDERS].tolist()
    rows = [Category(key, titles[key], cluster_color(i)) for i, key in enumerate(large)]
    if len(values) > len(large):
        rows.append(Category(-1, words("Other folders"), PALE, True))
    return _coded("folder", rows, np.where(np.isin(keys, large), keys, -1))
