"""The exemplars of an attribute, with the products a fit needs: adding or removing some updates them.

Everything is measured against a `Background`, which does not depend on the exemplars. So an update gives what a new
start with the same exemplars gives, and costs a row of products instead of all of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from attrlens.core.classify.background import Background
from attrlens.core.classify.features import signed_roots

Array = np.ndarray[Any, Any]


class Factor(NamedTuple):
    """What the discriminant worked out last, for its next fit.

    Attributes
    ----------
    ids, labels : ndarray of shape (n,)
    c : float
        What was added to the products of residuals.
    root : ndarray of shape (n, n)
        Inverse of their Cholesky factor.
    """

    ids: Array
    labels: Array
    c: float
    root: Array


class Exemplars:
    """Exemplars that can come and go.

    Parameters
    ----------
    background : Background

    Attributes
    ----------
    ids : ndarray of shape (n,), dtype int64
        Images.
    labels : ndarray of shape (n,), dtype int32
        Class id of each.
    norms : ndarray of shape (n,), dtype float32
        L2 norm of each row of `roots`.
    factor : Factor or None
        Kept here by the discriminant.
    """

    def __init__(self, background: Background) -> None:
        d = len(background.center)
        self.background = background
        self.ids = np.zeros(0, np.int64)
        self.labels = np.zeros(0, np.int32)
        self.norms = np.zeros(0, np.float32)
        # Both with room for more: copying what is there would take as long as the products of what comes.
        self._standard = np.zeros((0, d), np.float32)
        self._products: Array | None = None
        self._scatter: Array | None = None
        self._reduced: Array | None = None
        self.factor: Factor | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, background: Background, ids: Array, descriptors: Array, labels: Array) -> Exemplars:
        """Start with these."""
        out = cls(background)
        out.add(ids, descriptors, labels)
        return out

    @property
    def standard(self) -> Array:
        """Rows of unit length, minus the background's center, over its spread; shape (n, d), dtype float32.

        Valid until exemplars come or go, like `products`.
        """
        return self._standard[: len(self)]

    @property
    def unit(self) -> Array:
        """Rows of `roots` of unit length, shape (n, d), dtype float32."""
        return self.standard * self.background.spread + self.background.center

    @property
    def roots(self) -> Array:
        """Signed square roots of the descriptors, shape (n, d), dtype float32."""
        return self.unit * self.norms[:, None]

    @property
    def reduced(self) -> Array:
        """Along the background's axes, shape (n, p)."""
        if self._reduced is None:
            self._reduced = self._along_axes(self.unit)
        return self._reduced

    def _along_axes(self, unit: Array) -> Array:
        return np.asarray((unit - self.background.center) @ self.background.axes)

    @property
    def products(self) -> Array:
        """Products of all pairs of standardized rows, shape (n, n)."""
        if self._products is None:
            self._products = self.standard @ self.standard.T
        return self._products[: len(self), : len(self)]

    @property
    def scatter(self) -> Array:
        """Products of all pairs of standardized channels, shape (d, d), float64: it is added to and taken from."""
        if self._scatter is None:
            self._scatter = (self.standard.T @ self.standard).astype(np.float64)
        return self._scatter

    def add(self, ids: Array, descriptors: Array, labels: Array) -> None:
        """Add exemplars.

        Parameters
        ----------
        ids : ndarray of shape (n,), dtype int
            None of them an exemplar yet.
        descriptors : ndarray of shape (n, d), dtype float16 or float32
        labels : ndarray of shape (n,), dtype int
            Class ids, 1 or more.
        """
        if not len(ids):
            return
        unit: Array = np.empty(descriptors.shape, np.float32)
        norms = signed_roots(np.ascontiguousarray(descriptors), unit)
        unit /= norms[:, None]
        before, after = len(self), len(self) + len(ids)
        if after > len(self._standard):
            self._standard = _grown(self.standard, (after + after // 4, unit.shape[1]))
        had, standard = self.standard, self._standard[before:after]
        np.subtract(unit, self.background.center, out=standard)
        standard /= self.background.spread
        if self._reduced is not None:
            self._reduced = np.concatenate([self._reduced, self._along_axes(unit)])
        if self._products is not None:
            if after > len(self._products):
                self._products = _grown(self.products, (after + after // 4, after + after // 4))
            across = had @ standard.T
            self._products[:before, before:after] = across
            self._products[before:after, :before] = across.T
            self._products[before:after, before:after] = standard @ standard.T
        if self._scatter is not None:
            self._scatter = self._scatter + standard.T @ standard
        self.ids = np.concatenate([self.ids, np.asarray(ids, np.int64)])
        self.labels = np.concatenate([self.labels, np.asarray(labels, np.int32)])
        self.norms = np.concatenate([self.norms, norms])

    def remove(self, ids: Array) -> None:
        """Take exemplars away."""
        kept = ~np.isin(self.ids, ids)
        if kept.all():
            return
        if self._products is not None:
            left = int(kept.sum())
            self._products[:left, :left] = self.products[np.ix_(kept, kept)]
        if self._reduced is not None:
            self._reduced = self._reduced[kept]
        if self._scatter is not None:
            gone = self.standard[~kept]
            self._scatter = self._scatter - gone.T @ gone
        self._standard[: int(kept.sum())] = self.standard[kept]
        self.ids, self.labels, self.norms = self.ids[kept], self.labels[kept], self.norms[kept]

    def relabel(self, ids: Array, labels: Array) -> None:
        """Give exemplars other classes: no product changes."""
        order = np.argsort(ids)
        place = np.searchsorted(np.asarray(ids)[order], self.ids)
        inside = place < len(ids)
        inside[inside] = np.asarray(ids)[order][place[inside]] == self.ids[inside]
        self.labels = self.labels.copy()
        self.labels[inside] = np.asarray(labels, np.int32)[order][place[inside]]

    def become(self, wanted: dict[int, int], rows: Array) -> None:
        """Add, remove and relabel until the exemplars are those wanted.

        Parameters
        ----------
        wanted : dict of id to class id
        rows : ndarray of shape (any, d)
            Descriptors by id.
        """
        have = dict(zip(self.ids.tolist(), self.labels.tolist(), strict=True))
        gone = np.array([i for i in have if i not in wanted], np.int64)
        new = np.array([i for i in wanted if i not in have], np.int64)
        moved = np.array([i for i in wanted if i in have and have[i] != wanted[i]], np.int64)
        self.remove(gone)
        self.relabel(moved, np.array([wanted[i] for i in moved.tolist()], np.int32))
        self.add(new, rows[new], np.array([wanted[i] for i in new.tolist()], np.int32))


def _grown(rows: Array, shape: tuple[int, int]) -> Array:
    """The same numbers in the corner of a larger array."""
    out = np.empty(shape, rows.dtype)
    height, width = rows.shape
    out[:height, :width] = rows
    return out
