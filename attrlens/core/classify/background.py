"""What the unlabeled catalog says about descriptors: their center, their spread, the directions in which they differ.

It is always at hand, costs no label, and stays as it is while exemplars come and go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.classify.features import transform

Array = np.ndarray[Any, Any]

SAMPLE = 1000
"""Images looked at: more changes nothing measurable, and the eigenvectors take a quarter of a second."""

AXES = 64
"""Principal axes kept, at most."""


@dataclass(frozen=True)
class Background:
    """A sample of the catalog, labels unused.

    Attributes
    ----------
    center, spread : ndarray of shape (d,), dtype float32
        Mean and standard deviation of each channel of the transformed descriptors.
    axes : ndarray of shape (d, p), dtype float32
        Principal axes, strongest first.
    variances : ndarray of shape (p,), dtype float32
        Along the axes.
    ids : ndarray of shape (m,), dtype int64
        Images of the sample.
    reduced : ndarray of shape (m, p), dtype float32
        The sample along the axes.
    """

    center: Array
    spread: Array
    axes: Array
    variances: Array
    ids: Array
    reduced: Array

    @classmethod
    def of(cls, descriptors: Array, ids: Array | None = None) -> Background:
        """Look at images.

        Parameters
        ----------
        descriptors : ndarray of shape (n, d), dtype float16 or float32
            At least one. Of more than `SAMPLE` every so-many-th is taken.
        ids : ndarray of shape (n,), dtype int, optional
            Slots; row numbers if left out.
        """
        rows = sample(len(descriptors))
        x = transform(np.asarray(descriptors[rows]))
        center = x.mean(0)
        spread = x.std(0)
        # A channel that never changes says nothing: do not blow up its rounding noise.
        spread = np.maximum(spread, 1e-3 * float(spread.mean()) + 1e-4 / x.shape[1] ** 0.5)
        x -= center
        count = min(AXES, len(x) - 1, x.shape[1])
        values, vectors = np.linalg.eigh(x @ x.T if len(x) <= x.shape[1] else x.T @ x)
        values, vectors = values[::-1][:count], vectors[:, ::-1][:, :count]
        there = values > 1e-9 * len(x)
        values, vectors = values[there], vectors[:, there]
        axes = x.T @ vectors / np.sqrt(values) if len(x) <= x.shape[1] else vectors
        numbers = rows if ids is None else np.asarray(ids)[rows]
        return cls(
            center, spread, np.ascontiguousarray(axes, np.float32), (values / len(x)).astype(np.float32),
            numbers.astype(np.int64), (x @ axes).astype(np.float32),
        )  # fmt: skip


def sample(n: int) -> Array:
    """Which of n rows are looked at, ascending: the same on every machine."""
    return np.arange(n) if n <= SAMPLE else np.linspace(0, n - 1, SAMPLE).astype(np.int64)
