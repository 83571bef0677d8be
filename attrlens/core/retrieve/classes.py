"""The space that an attribute's classes span: what tells them apart counts, what differs within them does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import CHUNK, signed_roots
from attrlens.core.classify.fit import Classifier

Array = np.ndarray[Any, Any]

KEPT = 1e-6
"""Share of the strongest direction below which one tells nothing."""


@dataclass(frozen=True, eq=False)
class ClassSpace:
    """Discriminant coordinates (Fisher 1936, Rao 1948), whitened by the covariance within the classes.

    Attributes
    ----------
    columns : ndarray of shape (d, m), dtype float32
        m is at most the number of classes minus one.
    offset : ndarray of shape (m,), dtype float32
        The mean of the classes.
    """

    columns: Array
    offset: Array

    def project(self, descriptors: Array) -> Array:
        """Directions from the mean of the classes.

        Parameters
        ----------
        descriptors : ndarray of shape (n, d), dtype float16 or float32

        Returns
        -------
        ndarray of shape (n, m), dtype float32
            Rows of unit length: how far out an image lies says how typical it is, not of what (precision at 10 in
            RETRIEVAL.md).
        """
        out = np.empty((len(descriptors), len(self.offset)), np.float32)
        buffer = np.empty((CHUNK, descriptors.shape[1]), np.float32)
        for start in range(0, len(out), CHUNK):
            rows = descriptors[start : start + CHUNK]
            roots = buffer[: len(rows)]
            norm = signed_roots(np.ascontiguousarray(rows), roots)[:, None]
            z = (roots @ self.columns) / norm - self.offset
            out[start : start + CHUNK] = z / np.maximum(np.linalg.norm(z, axis=1, keepdims=True), 1e-12)
        return out


def class_space(exemplars: Exemplars, classifier: Classifier) -> ClassSpace | None:
    """The space of a fitted discriminant.

    Returns
    -------
    ClassSpace or None
        None where another method decides, or there are fewer than two classes.
    """
    if classifier.method.kind != "discriminant" or len(classifier.classes) < 2:
        return None
    weights = classifier.columns.astype(np.float64)
    unit = exemplars.unit
    means = np.stack([unit[classifier.y == c].mean(0) for c in range(len(classifier.classes))]).astype(np.float64)
    # weights are the inverse covariance times the means: their products with the means are distances squared.
    centered = weights - weights.mean(1, keepdims=True)
    inner = (means - means.mean(0)) @ centered
    values, vectors = np.linalg.eigh((inner + inner.T) / 2)
    kept = values > KEPT * max(float(values[-1]), 1e-12)
    if not kept.any():
        return None
    columns = centered @ vectors[:, kept] / np.sqrt(values[kept])
    return ClassSpace(np.ascontiguousarray(columns, np.float32), (means.mean(0) @ columns).astype(np.float32))
