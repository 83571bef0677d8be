"""Nearest neighbors of every image: what a map is made of. Kept as a cache beside the catalog."""

from __future__ import annotations

import contextlib
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from attrlens import log
from attrlens.core.token import Token
from attrlens.words import words

logger = log.get(__name__)

Array = np.ndarray[Any, Any]
Graph = tuple[Array, Array]
"""Neighbors of every row, nearest first, itself first of all: indices of shape (n, k) and distances."""

EXACT = 20_000
"""Rows up to which all distances are computed; above, a search graph finds nearly all neighbors in less time."""

CHUNK = 1024
SEED_EF = 128
"""Candidates a search looks at (HNSW's expansion)."""


def neighbor_graph(rows: Array, k: int, token: Token | None = None) -> Graph:
    """Nearest neighbors by Euclidean distance: exact up to `EXACT` rows.

    Parameters
    ----------
    rows : ndarray of shape (n, d), dtype float
    k : int
        Neighbors, the row itself among them; no more than there are rows.
    token : Token, optional

    Returns
    -------
    indices : ndarray of shape (n, k), dtype int64
    distances : ndarray of shape (n, k), dtype float32
    """
    x = np.ascontiguousarray(rows, np.float32)
    k = min(k, len(x))
    token = token or Token()
    return _exact(x, k, token) if len(x) <= EXACT else _searched(x, k, token)


def _exact(x: Array, k: int, token: Token) -> Graph:
    n = len(x)
    indices, distances = np.empty((n, k), np.int64), np.empty((n, k), np.float32)
    squares = np.einsum("ij,ij->i", x, x)
    for start in range(0, n, CHUNK):
        token.check()
        token.report(start, n, words("Finding neighbors"))
        part = slice(start, min(start + CHUNK, n))
        found = x[part] @ x.T
        found *= -2
        found += squares[None]
        found += squares[part, None]
        own = np.arange(len(found))
        found[own, start + own] = -1  # first, also where another row is the same
        near = np.argpartition(found, k - 1, axis=1)[:, :k]
        values = np.take_along_axis(found, near, 1)
        order = np.argsort(values, axis=1, kind="stable")
        indices[part] = np.take_along_axis(near, order, 1)
        distances[part] = np.sqrt(np.maximum(np.take_along_axis(values, order, 1), 0))
    return indices, distances


def _searched(x: Array, k: int, token: Token) -> Graph:
    """The same by a search graph (HNSW; Malkov and Yashunin 2018), in one thread so that it repeats."""
    from usearch.index import Index

    n = len(x)
    index = Index(ndim=x.shape[1], metric="l2sq", dtype="f32", connectivity=16, expansion_add=SEED_EF,
                  expansion_search=SEED_EF)  # fmt: skip
    for start in range(0, n, CHUNK):
        token.check()
        token.report(start, 2 * n, words("Finding neighbors"))
        stop = min(start + CHUNK, n)
        index.add(np.arange(start, stop), x[start:stop], threads=1)
    indices, distances = np.empty((n, k), np.int64), np.empty((n, k), np.float32)
    for start in range(0, n, CHUNK):
        token.check()
        token.report(n + start, 2 * n, words("Finding neighbors"))
        part = slice(start, min(start + CHUNK, n))
        found = index.search(x[part], k, threads=1)
        indices[part], distances[part] = found.keys.astype(np.int64), np.sqrt(np.maximum(found.distances, 0))
    _put_itself_first(indices, distances)
    return indices, distances


def _put_itself_first(indices: Array, distances: Array) -> None:
    """A search may find an equal row first, or leave the row itself out."""
    own = np.arange(len(indices))
    place = np.argmax(indices == own[:, None], axis=1)
    missing = indices[own, place] != own
    place[missing] = indices.shape[1] - 1  # the farthest makes room
    for row in np.flatnonzero(place > 0):
        at = place[row]
        indices[row, 1 : at + 1] = indices[row, :at]
        distances[row, 1 : at + 1] = distances[row, :at]
        indices[row, 0], distances[row, 0] = row, 0


def cached_graph(path: Path | None, state: str, rows: Array, k: int, token: Token) -> Graph:
    """The graph from a file, if it was made of the same rows and is wide enough; else made, and kept.

    Parameters
    ----------
    path : Path or None
        An ``.npz`` file; safe to delete.
    state : str
        Another one whenever the rows are others.
    rows : ndarray of shape (n, d)
    k : int
    token : Token
    """
    k = min(k, len(rows))
    if path is not None:
        try:
            with np.load(path) as kept:
                if str(kept["state"]) == state and len(kept["indices"]) == len(rows) and kept["indices"].shape[1] >= k:
                    return kept["indices"][:, :k].astype(np.int64), kept["distances"][:, :k]
        except FileNotFoundError:
            pass
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
            logger.info("the neighbors are found again: %s", error)
    indices, distances = neighbor_graph(rows, k, token)
    if path is not None:
        keep(path, state=np.array(state), indices=indices.astype(np.int32), distances=distances)
    return indices, distances


def keep(path: Path, **arrays: Array) -> None:
    """Write arrays to a cache file; a full disk stops nothing."""
    temporary = path.with_suffix(f".{os.getpid()}.part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(temporary, **arrays)  # type: ignore[arg-type]
        temporary.replace(path)
    except OSError as error:
        logger.info("not kept: %s: %s", path, error)
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
