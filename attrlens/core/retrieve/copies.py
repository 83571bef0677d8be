"""Copies of a photo, and the same shot in another color: told from the pixels. Descriptors of plain black trousers
are as near to one another as those of two copies."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from attrlens import log
from attrlens.core.catalog.model import Model
from attrlens.core.catalog.rows import READY, ImageRow
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.images import decode
from attrlens.core.layout.graph import keep
from attrlens.core.retrieve.axes import Axes, find_axes
from attrlens.core.sku import SkuRule, skus
from attrlens.core.token import Token
from attrlens.errors import ImageError
from attrlens.words import Words, words

logger = log.get(__name__)

Array = np.ndarray[Any, Any]

SIDE = 24
"""Pixels a side that a photo is reduced to."""

Kind = Literal["copies", "recolored"]

KINDS: dict[Kind, Words] = {"copies": words("Copies of a photo"), "recolored": words("The same shot in another color")}
"""For people."""

USUAL: dict[Kind, float] = {"copies": 0.003, "recolored": 0.01}
"""Differences up to which images belong together unless a person says otherwise. Of 2,000 shop photos no two different
ones were nearer than .003; of copies at half the size, mirrored, at JPEG quality 30, or 10 % brighter, 99, 99, 93 and
75 % were."""

WIDEST = 0.05
"""Largest difference that can be asked for; no pair beyond it is kept."""

OTHER_COLOR = 40.0
"""Difference of color from which on it is another one: of copies 10 % brighter, 99 % were below 19."""

MOST = 200
"""Pairs kept of an image."""

AXES = 48
CHUNK = 512

Rule = Literal["pixels", "size", "labeled", "newest"]

RULES: dict[Rule, Words] = {
    "pixels": words("Most pixels"), "size": words("Largest file"), "labeled": words("Labeled first, then most pixels"),
    "newest": words("Newest file"),
}  # fmt: skip
"""Which image of a group is kept, for people."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Images that look alike, two by two.

    Attributes
    ----------
    first, second : ndarray of shape (n,), dtype int64
        Slots, `first` the lower.
    difference : ndarray of shape (n,), dtype float32
        One minus the correlation of the gray pixels, also of the mirrored photo; ascending.
    color : ndarray of shape (n,), dtype float32
        How far apart the colors are: of the most different tenth of the pixels, the least, in 8-bit units.
    unread : int
        Images of which no pixels could be had.
    twins : tuple of tuple of int
        Images whose pixels are the very same: of each such set only the first is in the pairs.
    """

    first: Array
    second: Array
    difference: Array
    color: Array
    unread: int = 0
    twins: tuple[tuple[int, ...], ...] = ()

    def of(self, kind: Kind) -> Pairs:
        """Only copies, or only those of another color."""
        inside = (self.color >= OTHER_COLOR) == (kind == "recolored")
        twins = self.twins if kind == "copies" else ()
        return Pairs(
            self.first[inside], self.second[inside], self.difference[inside], self.color[inside], self.unread, twins
        )

    def among(self, kept: Array) -> Pairs:
        """Only pairs of images that are kept; shape (slots,), dtype bool."""
        twins = tuple(tuple(slot for slot in some if kept[slot]) for some in self.twins)
        # Where the first of a set is gone, another one stands for it.
        stands = {some[0]: left[0] for some, left in zip(self.twins, twins, strict=True) if left}
        first, second = (
            np.array([stands.get(s, s) for s in side.tolist()], np.int64) for side in (self.first, self.second)
        )
        inside = kept[first] & kept[second]
        low, high = np.minimum(first, second), np.maximum(first, second)
        return Pairs(
            low[inside], high[inside], self.difference[inside], self.color[inside], self.unread,
            tuple(some for some in twins if len(some) > 1),
        )  # fmt: skip


def signature(picture: Any) -> Array:
    """A picture as few pixels; shape (24, 24, 3), dtype uint8. Its proportions are given up."""
    from PIL import Image

    return np.asarray(picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX))


def signatures(catalog: Catalog, token: Token, *, keep_them: bool = True) -> tuple[Array, Array, int]:
    """Of every image that was read: from the last time, from its thumbnail, or else from its file.

    Returns
    -------
    slots : ndarray of shape (n,), dtype int64
    pixels : ndarray of shape (n, 24, 24, 3), dtype uint8
    unread : int
        Images of which no pixels could be had.
    """
    hashes, removed = catalog.hashes(), catalog.model.removals
    images = [row for row in catalog.images() if row.state == READY and row.slot not in removed and row.slot in hashes]
    stamps = np.array([int(hashes[row.slot][:15], 16) for row in images], np.int64)
    pixels = np.zeros((len(images), SIDE, SIDE, 3), np.uint8)
    path = catalog.path / "caches" / "search" / "signatures.npz"
    todo = np.ones(len(images), bool)
    try:
        with np.load(path) as kept:
            order = np.argsort(kept["stamps"])
            known = kept["stamps"][order]
            place = np.searchsorted(known, stamps)
            there = place < len(known)
            there[there] = known[place[there]] == stamps[there]
            pixels[there] = kept["pixels"][order[place[there]]]
            todo = ~there
    except FileNotFoundError:
        pass
    except Exception as error:  # noqa: BLE001  (a cache that cannot be read is made again, whatever is wrong with it)
        logger.info("signatures are made again: %s", error)
    lost = _read([images[i] for i in np.flatnonzero(todo)], np.flatnonzero(todo), pixels, catalog, token)
    good = np.ones(len(images), bool)
    good[lost] = False
    if keep_them and todo.any():
        keep(path, stamps=stamps[good], pixels=pixels[good])
    slots = np.array([row.slot for row in images], np.int64)
    return slots[good], pixels[good], len(lost)


def _read(images: Sequence[ImageRow], at: Array, pixels: Array, catalog: Catalog, token: Token) -> list[int]:
    """Fill in pixels; places of images of which there are none."""
    from PIL import Image

    lost: list[int] = []
    there = catalog.thumbnails_path.exists()
    cache = Thumbnails(catalog.thumbnails_path, read_only=True) if there else None
    try:
        for start in range(0, len(images), 64):
            token.check()
            token.report(start, len(images), words("Looking at pixels"))
            some = images[start : start + 64]
            data = cache.get([row.slot for row in some]) if cache is not None else {}
            for place, row in zip(at[start : start + 64].tolist(), some, strict=True):
                try:
                    if row.slot in data:
                        with Image.open(io.BytesIO(data[row.slot])) as picture:
                            pixels[place] = signature(picture)
                    else:
                        pixels[place] = signature(decode(Path(row.path), 128).pixels)
                except (ImageError, OSError):
                    lost.append(place)
    finally:
        if cache is not None:
            cache.close()
    return lost


def find_pairs(slots: Array, pixels: Array, token: Token, limit: float = WIDEST) -> Pairs:
    """All pairs of images that differ by no more than a limit; of each image the nearest 200.

    Every pair is compared along principal axes first, which never lengthen a distance; what is near enough there is
    compared pixel by pixel.

    Parameters
    ----------
    slots : ndarray of shape (n,), dtype int
        Ascending.
    pixels : ndarray of shape (n, 24, 24, 3), dtype uint8
    token : Token
    limit : float
        0 to 1.
    """
    _, kept, which = np.unique(
        pixels.reshape(len(pixels), SIDE * SIDE * 3), axis=0, return_index=True, return_inverse=True
    )
    members: dict[int, list[int]] = {}
    for slot, number in zip(slots.tolist(), np.ravel(which).tolist(), strict=True):
        members.setdefault(number, []).append(slot)
    order = np.sort(kept)
    blank = {int(slots[i]) for i in order[~_gray(pixels[order]).any(1)]}
    twins = tuple(tuple(some) for some in members.values() if len(some) > 1 and some[0] not in blank)
    return replace(_find_pairs(slots[order], pixels[order], token, limit), twins=twins)


def _find_pairs(slots: Array, pixels: Array, token: Token, limit: float) -> Pairs:
    n = len(slots)
    plain, mirrored = _gray(pixels), _gray(pixels[:, :, ::-1])
    flat = np.asarray(plain.any(1) == 0)  # of one color throughout: nothing to compare
    firsts: list[Array] = []
    seconds: list[Array] = []
    values: list[Array] = []
    if n > 1:
        some = plain[np.unique(np.linspace(0, n - 1, 4096).astype(np.int64))]
        center, axes = find_axes(some, AXES)
        space = Axes(center, axes, np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
        a, b = space.project(plain), space.project(mirrored)
        length_a, length_b = (np.einsum("ij,ij->i", x, x) for x in (a, b))
        for start in range(0, n - 1, CHUNK):
            token.check()
            # Of the rows that are left, every next one has fewer to be compared with.
            token.report(n * n - (n - start) ** 2, n * n, words("Comparing pictures"))
            rows = slice(start, min(start + CHUNK, n))
            near: Array = np.zeros((rows.stop - start, n - start), bool)
            for other, length in ((a, length_a), (b, length_b)):
                bound = a[rows] @ other[start:].T
                bound *= -2
                bound += length[start:]
                bound += length_a[rows, None]
                near |= bound <= 2 * limit + 1e-4
            i, j = np.nonzero(near)
            i, j = i + start, j + start
            later = (j > i) & ~flat[i] & ~flat[j]
            i, j = i[later], j[later]
            for at in range(0, len(i), 1 << 16):
                first, second = i[at : at + (1 << 16)], j[at : at + (1 << 16)]
                same = np.einsum("ij,ij->i", plain[first], plain[second])
                turned = np.einsum("ij,ij->i", plain[first], mirrored[second])
                difference = np.maximum(1 - np.maximum(same, turned), 0)
                inside = difference <= limit
                firsts.append(first[inside])
                seconds.append(second[inside])
                values.append(difference[inside])
    i = np.concatenate([np.zeros(0, np.int64), *firsts])
    j = np.concatenate([np.zeros(0, np.int64), *seconds])
    difference = np.concatenate([np.zeros(0, np.float32), *values]).astype(np.float32)
    order = np.argsort(difference, kind="stable")
    i, j, difference = i[order], j[order], difference[order]
    kept = _nearest_of_each(i, j, n)
    i, j, difference = i[kept], j[kept], difference[kept]
    return Pairs(slots[i], slots[j], difference, _color_difference(pixels, i, j, plain, mirrored))


def _gray(pixels: Array) -> Array:
    """Gray pixels without their mean, of unit length; shape (n, 576), dtype float32. Zeros where all are the same."""
    gray = np.asarray(pixels, np.float32).mean(3).reshape(len(pixels), SIDE * SIDE)
    gray -= gray.mean(1, keepdims=True)
    length = np.linalg.norm(gray, axis=1, keepdims=True)
    gray[length[:, 0] < 0.5 * SIDE] = 0  # half a step of gray: noise of the encoder
    return np.asarray(gray / np.maximum(length, 1e-6))


def _nearest_of_each(i: Array, j: Array, n: int) -> Array:
    """Which of the pairs, nearest first, are among the first `MOST` of one of their images."""
    if len(i) <= MOST:
        return np.arange(len(i))
    kept = np.zeros(len(i), bool)
    for side in (i, j):
        order = np.argsort(side, kind="stable")
        grouped = side[order]
        starts = np.searchsorted(grouped, grouped)
        kept[order[np.arange(len(order)) - starts < MOST]] = True
    return np.flatnonzero(kept)


def _color_difference(pixels: Array, i: Array, j: Array, plain: Array, mirrored: Array) -> Array:
    out = np.zeros(len(i), np.float32)
    for start in range(0, len(i), 4096):
        part = slice(start, start + 4096)
        a, b = pixels[i[part]], pixels[j[part]]
        same = np.einsum("ij,ij->i", plain[i[part]], plain[j[part]])
        turned = np.einsum("ij,ij->i", plain[i[part]], mirrored[j[part]]) > same
        b = np.where(turned[:, None, None, None], b[:, :, ::-1], b)
        apart = np.linalg.norm(_opponent(a) - _opponent(b), axis=-1).reshape(len(a), -1)
        out[part] = np.percentile(apart, 90, axis=1)
    return out


def _opponent(pixels: Array) -> Array:
    """Half the lightness, red against green, yellow against blue, in 8-bit units."""
    r, g, b = np.moveaxis(np.asarray(pixels, np.float32), -1, 0)
    return np.stack([(r + g + b) / 6, r - g, (r + g) / 2 - b], -1)


def groups(pairs: Pairs, limit: float) -> list[list[int]]:
    """Images that belong together: every two of a group differ by no more than the limit.

    Pairs are joined nearest first, as long as that holds.

    Parameters
    ----------
    pairs : Pairs
    limit : float

    Returns
    -------
    list of list of int
        Slots, ascending; the largest group first, then by its first slot.
    """
    count = int(np.searchsorted(pairs.difference, limit, "right"))
    first, second = pairs.first[:count].tolist(), pairs.second[:count].tolist()
    near = set(zip(first, second, strict=True))
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for a, b in zip(first, second, strict=True):
        left, right = group_of.setdefault(a, a), group_of.setdefault(b, b)
        mine, theirs = members.setdefault(left, [left]), members.setdefault(right, [right])
        if left == right or not all((min(x, y), max(x, y)) in near for x in mine for y in theirs):
            continue
        mine += theirs
        for slot in members.pop(right):
            group_of[slot] = left
    for some in pairs.twins:
        members.setdefault(group_of.get(some[0], some[0]), [some[0]]).extend(some[1:])
    found = [sorted(some) for some in members.values() if len(some) > 1]
    return sorted(found, key=lambda some: (-len(some), some[0]))


def best_of(group: Sequence[int], images: Sequence[ImageRow], labeled: Mapping[int, int], rule: Rule) -> int:
    """The image of a group that is kept by a rule.

    Parameters
    ----------
    group : sequence of int
        Slots.
    images : sequence of ImageRow
        By slot.
    labeled : mapping of slot to int
        How much a person said of it: labels and exemplars.
    rule : {'pixels', 'size', 'labeled', 'newest'}

    Returns
    -------
    int
        A missing file is kept only where all are missing; of equal images the lowest slot.
    """

    def key(slot: int) -> tuple[float, ...]:
        row = images[slot]
        pixels, size = row.width * row.height, row.size
        order: dict[Rule, tuple[float, ...]] = {
            "pixels": (pixels, size), "size": (size, pixels), "labeled": (labeled.get(slot, 0), pixels, size),
            "newest": (row.mtime_ns, pixels, size),
        }  # fmt: skip
        return (not row.missing, *order[rule], -slot)

    return max(group, key=key)


def said_of(model: Model) -> dict[int, int]:
    """How much a person said of each image: a label counts one, an exemplar one more."""
    out: dict[int, int] = {}
    for attribute in model.attributes:
        for some in (model.labels_of(attribute), model.exemplars_of(attribute)):
            for slot in some:
                out[slot] = out.get(slot, 0) + 1
    return out


def by_product(catalog: Catalog, rule: SkuRule | None = None) -> list[list[int]]:
    """Images of one product: as a person said, and else as their file names tell. See `products`."""
    rule = rule or SkuRule.from_json(catalog.setting("sku"))
    images = catalog.images()
    codes = skus((row.path for row in images), rule)
    kept = [row.slot for row in images if row.slot not in catalog.model.removals]
    return products(kept, codes, catalog.model.products)


def products(kept: Sequence[int], codes: Sequence[str], said: Mapping[int, tuple[int, float]]) -> list[list[int]]:
    """Groups of two and more, the largest first.

    Parameters
    ----------
    kept : sequence of int
        Slots, ascending.
    codes : sequence of str
        What the file names tell, by slot.
    said : mapping of slot to (number, time)
        What a person said; it comes first.
    """
    members: dict[object, list[int]] = {}
    for slot in kept:
        members.setdefault(said[slot][0] if slot in said else codes[slot], []).append(slot)
    return sorted((some for some in members.values() if len(some) > 1), key=lambda some: (-len(some), some[0]))
