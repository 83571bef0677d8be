"""Exact nearest images: rows on disk are read where they lie, and nothing but what is asked for is looked at.

One space is searched by usearch, which reads half floats as they are stored; several spaces, and every last decision,
by NumPy in single precision, block by block. The two agree: usearch only says who may be among the nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens import log
from attrlens.core.retrieve.axes import Axes
from attrlens.core.token import Token

logger = log.get(__name__)

Array = np.ndarray[Any, Any]

BLOCK = 65_536
"""Rows between two looks at the token."""

CHUNK = 512
"""Rows computed at a time by NumPy: they stay in the processor's cache."""

RUN = 512
"""Rows in one piece from which on they are searched where they lie; shorter pieces are put together first."""

MANY = 0.05
"""Share of the rows from which on reading them one by one is slower than reading all in their order."""

SPARE = 32
"""Images that usearch is asked for beyond those wanted."""

ROUNDED = 4e-6
"""Of the squared lengths: what its sums may be off."""


@dataclass(frozen=True, eq=False)
class Part:
    """One space that is searched.

    Attributes
    ----------
    rows : ndarray of shape (slots, d), dtype float16 or float32
        May be a memory map.
    query : ndarray of shape (d,), dtype float32
    weight : float
        Of its squared distance in the sum over the parts.
    cosine : bool
        Distance of the directions only: squared, it is two minus twice the cosine.
    axes : Axes, optional
        The same rows along their principal axes, which say of most that they are too far.
    """

    rows: Array
    query: Array
    weight: float = 1.0
    cosine: bool = False
    axes: Axes | None = None


@dataclass(frozen=True, eq=False)
class Found:
    """The nearest images.

    Attributes
    ----------
    slots : ndarray of shape (k,), dtype int64
        Nearest first; of equal ones the lower slot first.
    distances : ndarray of shape (k,), dtype float32
        Root of the weighted sum of the squared distances.
    looked_at : int
        Rows whose distance was computed from the whole descriptor.
    """

    slots: Array
    distances: Array
    looked_at: int = 0


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0, np.float32))


def squared(parts: Sequence[Part], slots: Array, token: Token | None = None) -> Array:
    """Weighted squared distances of some rows, computed as written: the oracle that the faster ways agree with.

    Parameters
    ----------
    parts : sequence of Part
    slots : ndarray of shape (n,), dtype int
        Ascending.
    token : Token, optional

    Returns
    -------
    ndarray of shape (n,), dtype float32
    """
    out = np.zeros(len(slots), np.float32)
    for part in parts:
        query = np.asarray(part.query, np.float32)
        if part.cosine:
            query = query / max(float(np.linalg.norm(query)), 1e-12)
        for start in range(0, len(slots), CHUNK):
            if token is not None and start % BLOCK == 0:
                token.check()
                token.report(start, len(slots))
            x = np.asarray(rows_at(part.rows, slots[start : start + CHUNK]), np.float32)
            if part.cosine:
                norm = np.sqrt(np.einsum("ij,ij->i", x, x))
                x = x / np.maximum(norm, 1e-12)[:, None]
            x = x - query
            out[start : start + CHUNK] += np.float32(part.weight) * np.einsum("ij,ij->i", x, x)
    return out


def nearest(parts: Sequence[Part], slots: Array, k: int, token: Token | None = None, *, plain: bool = False) -> Found:
    """The k nearest of some rows.

    Parameters
    ----------
    parts : sequence of Part
    slots : ndarray of shape (n,), dtype int
        Who may be found, ascending: filters are here, before anything is computed.
    k : int
    token : Token, optional
    plain : bool
        By NumPy alone.

    Returns
    -------
    Found
    """
    token = token or Token()
    k = min(k, len(slots))
    if k < 1 or not parts:
        return NOTHING
    used = [part for part in parts if part.weight > 0] or list(parts)
    if not plain and all(part.axes is not None and not part.cosine for part in used):
        by_axes = _by_axes(used, slots, k, token)
        if by_axes is not None:
            return by_axes
    if not plain and len(used) == 1 and used[0].rows.dtype == np.float16:
        found = _by_usearch(used[0], slots, k, token)
        if found is not None:
            return found
    values = squared(used, slots, token)
    return _first(slots, values, k, len(slots))


def rows_at(rows: Array, slots: Array) -> Array:
    """Some rows, without a copy where they lie in one piece."""
    first, last = int(slots[0]), int(slots[-1])
    return rows[first : last + 1] if last - first + 1 == len(slots) else rows[slots]


def _first(slots: Array, values: Array, k: int, looked_at: int) -> Found:
    """The k smallest, ties by slot."""
    if k < len(values):
        limit = np.partition(values, k - 1)[k - 1]
        inside = values <= limit
        slots, values = slots[inside], values[inside]
    order = np.lexsort((slots, values))[:k]
    return Found(slots[order].astype(np.int64), np.sqrt(np.maximum(values[order], 0)), looked_at)


def _by_usearch(part: Part, slots: Array, k: int, token: Token) -> Found | None:
    """The k nearest, or None: where usearch cannot be used, or rounds too much to tell who is among them.

    usearch compares with the query in half floats, and says of a cosine how far it is from 1 in single precision. So it
    is asked for more than are wanted; of these the distances are computed as written. Only if the farthest of them is
    farther than the last one wanted, by more than all the rounding, nobody is missing.
    """
    query = np.asarray(part.query, np.float32)
    half = query.astype(part.rows.dtype)
    off = float(np.linalg.norm(query - half.astype(np.float32)))
    if part.cosine:
        off /= max(float(np.linalg.norm(query)), 1e-12)
    for wanted in (k + SPARE, 8 * (k + SPARE)):
        near = _ask_usearch(part, half, slots, min(wanted, len(slots)), token)
        if near is None:
            return None
        some, values = near
        order = np.argsort(some)
        found = _first(some[order], squared([part], some[order]), k, len(slots))
        if len(some) == len(slots):
            return found
        farthest = float(values.max()) * (2 if part.cosine else 1)
        size = 2.0 if part.cosine else float(query @ query) + farthest
        if farthest > (float(found.distances[-1]) * part.weight**-0.5 + 2 * off) ** 2 + ROUNDED * size:
            return found
    return None


def _ask_usearch(part: Part, query: Array, slots: Array, k: int, token: Token) -> tuple[Array, Array] | None:
    """Slots and rounded distances of the k nearest, in no order; None where usearch cannot be used on this machine."""
    try:
        from usearch.index import MetricKind, search
    except (ImportError, OSError) as error:
        logger.info("searching without usearch: %s", error)
        return None
    metric = MetricKind.Cos if part.cosine else MetricKind.L2sq
    found: list[Array] = []
    values: list[Array] = []
    for start in range(0, len(slots), BLOCK):
        token.check()
        token.report(start, len(slots))
        for some in pieces(slots[start : start + BLOCK]):
            dense = rows_at(part.rows, some)
            threads = 1 if len(some) < 4096 else 0  # starting threads takes longer than a short piece
            near = search(dense, query, min(k, len(some)), metric, exact=True, threads=threads)
            found.append(some[np.asarray(near.keys, np.int64)])
            values.append(np.asarray(near.distances, np.float32))
    slots_found, near_values = np.concatenate(found), np.concatenate(values)
    if len(slots_found) > k:
        kept = np.argpartition(near_values, k - 1)[:k]
        slots_found, near_values = slots_found[kept], near_values[kept]
    return slots_found, near_values


def pieces(slots: Array) -> list[Array]:
    """Long runs of neighboring slots one by one, and all that is between them together.

    Parameters
    ----------
    slots : ndarray of shape (n,), dtype int
        Ascending, not empty.
    """
    if int(slots[-1]) - int(slots[0]) + 1 == len(slots):
        return [slots]
    runs = np.split(slots, np.flatnonzero(np.diff(slots) != 1) + 1)
    long = [run for run in runs if len(run) >= RUN]
    short = [run for run in runs if len(run) < RUN]
    return [*long, np.concatenate(short)] if short else long


def _by_axes(parts: Sequence[Part], slots: Array, k: int, token: Token) -> Found | None:
    """Filter and refine: what is surely farther than the k nearest seen so far is never read.

    Along the principal axes, with what is left over as one more number, distances are never longer than they are
    (GEMINI: Faloutsos et al. 1994); rows are looked at in the order of these until the next cannot be among the nearest
    any more (Seidl and Kriegel 1998). So the answer is exact. None where the axes say little of these rows, so that
    reading all of them is no slower.
    """
    bound = np.zeros(len(slots), np.float32)
    for part in parts:
        assert part.axes is not None
        bound += np.float32(part.weight) * part.axes.bounds(part.query, slots)
    token.check()
    ahead = min(len(slots), max(4 * k, CHUNK))
    start = np.argpartition(bound, ahead - 1)[:ahead]
    taken = np.sort(start)
    values = squared(parts, slots[taken])
    limit = float(np.partition(values, k - 1)[k - 1])
    rest = np.flatnonzero(bound <= limit)
    rest = rest[~np.isin(rest, taken, assume_unique=True)]
    if len(rest) > MANY * len(slots) and len(slots) > BLOCK:
        return None
    rest = rest[np.argsort(bound[rest], kind="stable")]
    all_taken, all_values = [taken], [values]
    step = 4 * CHUNK
    while len(rest):
        token.check()
        some = np.sort(rest[:step])
        rest = rest[step:]
        all_taken.append(some)
        all_values.append(squared(parts, slots[some]))
        together = np.concatenate(all_values)
        limit = float(np.partition(together, k - 1)[k - 1])
        rest = rest[: int(np.searchsorted(bound[rest], limit, "right"))]
    taken = np.concatenate(all_taken)
    order = np.argsort(taken)
    return _first(slots[taken[order]], np.concatenate(all_values)[order], k, len(taken))
