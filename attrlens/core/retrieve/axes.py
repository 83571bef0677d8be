"""Descriptors along their principal axes: a small file beside a large one, that says who is surely far away.

It is a cache: built in the background from `WORTH` images on, extended by the images it lacks, safe to delete.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens import log
from attrlens.core.catalog.store import Catalog
from attrlens.core.token import Token
from attrlens.words import words

logger = log.get(__name__)

Array = np.ndarray[Any, Any]

WORTH = 50_000
"""Images from which on it pays: below, everything is read in a tenth of a second."""

COUNT = 128
"""Axes kept. Of real textures (2,000 shop photos, 2,416 numbers) 64, 128 and 256 leave 8, 5 and 3 % of the rows to be
read; 1.8 % are the answer itself."""

SAMPLE = 4096
"""Rows that the axes are found from."""

CHUNK = 2048

SLACK = 2e-5
"""Of the squared lengths: what single precision may have rounded."""


@dataclass(frozen=True, eq=False)
class Axes:
    """Rows along principal axes.

    Attributes
    ----------
    center : ndarray of shape (d,), dtype float32
    axes : ndarray of shape (d, p), dtype float32
        Orthonormal.
    reduced : ndarray of shape (slots, p + 1), dtype float32
        Along the axes, and last the length of what is left over.
    lengths : ndarray of shape (slots,), dtype float32
        Squared length of each row of `reduced`; not a number where there is none yet.
    """

    center: Array
    axes: Array
    reduced: Array
    lengths: Array

    def project(self, rows: Array) -> Array:
        """Along the axes, and what is left over; shape (n, p + 1)."""
        x = np.asarray(rows, np.float32) - self.center
        along = x @ self.axes
        left = np.einsum("ij,ij->i", x, x) - np.einsum("ij,ij->i", along, along)
        return np.concatenate([along, np.sqrt(np.maximum(left, 0))[:, None]], axis=1)

    def bounds(self, query: Array, slots: Array) -> Array:
        """Lower bounds of the squared Euclidean distances to some rows.

        Parameters
        ----------
        query : ndarray of shape (d,)
        slots : ndarray of shape (n,), dtype int
            Ascending. One without a row yet has the bound 0.

        Returns
        -------
        ndarray of shape (n,), dtype float32
        """
        q = self.project(np.asarray(query, np.float32)[None])[0]
        length = float(q @ q)
        known = slots[: int(np.searchsorted(slots, len(self.lengths)))]
        out = np.zeros(len(slots), np.float32)
        if not len(known):
            return out
        whole = int(known[-1]) - int(known[0]) + 1 == len(known)
        part = slice(int(known[0]), int(known[-1]) + 1) if whole or len(known) > len(self.lengths) // 3 else known
        values = self.reduced[part] @ q
        values *= -2
        values += self.lengths[part]
        if isinstance(part, slice) and not whole:
            values = values[known - part.start]
            lengths = self.lengths[known]
        else:
            lengths = self.lengths[part]
        values += np.float32(length)
        values -= np.float32(SLACK) * (lengths + np.float32(length))
        out[: len(known)] = np.maximum(np.nan_to_num(values, copy=False), 0)
        return out


def find_axes(rows: Array, count: int = COUNT) -> tuple[Array, Array]:
    """Center, and orthonormal principal axes, strongest first.

    Parameters
    ----------
    rows : ndarray of shape (n, d)
    count : int

    Returns
    -------
    center : ndarray of shape (d,), dtype float32
    axes : ndarray of shape (d, p), dtype float32
        p is at most `count`, n - 1 and d.
    """
    x = np.asarray(rows, np.float32)
    center = x.mean(0)
    x = x - center
    small = len(x) < x.shape[1]
    values, vectors = np.linalg.eigh(x @ x.T if small else x.T @ x)
    p = max(1, min(count, len(x) - 1, x.shape[1]))
    values, vectors = values[::-1][:p], vectors[:, ::-1][:, :p]
    kept = values > 1e-6 * max(float(values[0]), 1e-12)
    axes = x.T @ vectors[:, kept] if small else vectors[:, kept]
    # Once more: bounds hold for orthonormal axes only, and small eigenvalues are rounded.
    axes = np.linalg.qr(axes.astype(np.float64))[0] if axes.shape[1] else np.eye(x.shape[1], 1)
    return center, np.ascontiguousarray(axes, np.float32)


class AxesCache:
    """The file of a recipe's rows along their axes.

    Parameters
    ----------
    catalog : Catalog
    key : str
        Of the recipe.
    """

    def __init__(self, catalog: Catalog, key: str) -> None:
        self._catalog, self._key = catalog, key

    def _files(self) -> tuple[Path, Path]:
        """Of other rows, other files: what is read from one is never written over, only added to."""
        made_of = hashlib.blake2b(_made_of(self._catalog, self._key).encode(), digest_size=4).hexdigest()
        stem = self._catalog.path / "caches" / "search" / f"{self._key}-{made_of}"
        return stem.with_suffix(".npz"), stem.with_suffix(".f32")

    def load(self) -> Axes | None:
        """What there is and still holds, as a memory map; None for nothing."""
        head, body = self._files()
        try:
            with np.load(head) as kept:
                center, axes, lengths = kept["center"], kept["axes"], kept["lengths"]
            shape = (len(lengths), axes.shape[1] + 1)
            if body.stat().st_size < shape[0] * shape[1] * 4:
                return None
            return Axes(center, axes, np.memmap(body, "<f4", "r", shape=shape), lengths)
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001  (a cache that cannot be read is made again, whatever is wrong with it)
            logger.info("the search cache is made again: %s", error)
            return None

    def is_worth(self) -> bool:
        """Whether it pays to build or extend it."""
        described = self._catalog.described(self._key)
        if len(described) < WORTH:
            return False
        have = self.load()
        if have is None:
            return True
        return int(np.isfinite(have.lengths).sum()) < 0.95 * len(described)

    def build(self, token: Token) -> Axes | None:
        """Make it, or add the rows it lacks.

        Returns
        -------
        Axes or None
            None where there is no room for it on the disk: searches then read everything.
        """
        head, body = self._files()
        described, rows = self._catalog.described(self._key), self._catalog.descriptors(self._key)
        have = self.load()
        if have is None:
            some = described[np.unique(np.linspace(0, len(described) - 1, SAMPLE).astype(np.int64))]
            token.report(0, len(described), words("Preparing the search"))
            center, axes = find_axes(rows[some])
            have = Axes(center, axes, np.zeros((0, axes.shape[1] + 1), np.float32), np.zeros(0, np.float32))
            self._forget()
        count = int(described[-1]) + 1
        lengths = np.full(count, np.nan, np.float32)
        lengths[: len(have.lengths)] = have.lengths[:count]
        todo = described[~np.isfinite(lengths[described])]
        width = have.axes.shape[1] + 1
        try:
            body.parent.mkdir(parents=True, exist_ok=True)
            with body.open("r+b" if body.exists() else "x+b") as file:
                file.truncate(max(count, len(have.lengths)) * width * 4)  # a map of a shorter file would end us
                for start in range(0, len(todo), CHUNK):
                    token.check()
                    token.report(start, len(todo), words("Preparing the search"))
                    part = todo[start : start + CHUNK]
                    along = have.project(rows[part])
                    lengths[part] = np.einsum("ij,ij->i", along, along)
                    for run in np.split(np.arange(len(part)), np.flatnonzero(np.diff(part) != 1) + 1):
                        file.seek(int(part[run[0]]) * width * 4)
                        file.write(np.ascontiguousarray(along[run], "<f4").data)
                file.flush()
                os.fsync(file.fileno())  # the head must not say more than the disk holds
            temporary = head.with_suffix(".part.npz")
            np.savez(temporary, center=have.center, axes=have.axes, lengths=lengths)
            temporary.replace(head)
        except OSError as error:
            logger.info("no search cache: %s", error)
            return None
        return self.load()

    def _forget(self) -> None:
        """Delete files of rows that were made again since."""
        folder = self._catalog.path / "caches" / "search"
        for old in folder.glob(f"{self._key}-*"):
            with contextlib.suppress(OSError):
                old.unlink()


def _made_of(catalog: Catalog, key: str) -> str:
    """Another text whenever rows were made again: new ones at the end change nothing."""
    with catalog.reading() as db:
        row = db.execute("SELECT weights, generation, dropped FROM recipe WHERE key = ?", (key,)).fetchone()
    return str(row)
