"""The transform before every classifier: signed square root, then L2."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

CHUNK = 256
"""Rows at a time: the working set stays in the processor's cache."""


def transform(descriptors: Array) -> Array:
    """Signed square root and L2 norm of each row.

    The square root tames the few channels that fire hard (Perronnin et al. 2010, "Improving the Fisher kernel").

    Parameters
    ----------
    descriptors : ndarray of shape (n, d), dtype float16 or float32

    Returns
    -------
    ndarray of shape (n, d), dtype float32
        A row of zeros stays zeros.
    """
    out = np.empty(descriptors.shape, np.float32)
    for start in range(0, len(out), CHUNK):
        part = slice(start, start + CHUNK)
        norm = signed_roots(descriptors[part], out[part])
        out[part] /= norm[:, None]
    return out


def signed_roots(descriptors: Array, out: Array) -> Array:
    """Write the signed square roots of the rows to `out`, and return the L2 norm of each.

    Parameters
    ----------
    descriptors : ndarray of shape (n, d), dtype float16 or float32
    out : ndarray of shape (n, d), dtype float32

    Returns
    -------
    ndarray of shape (n,), dtype float32
        Never 0.
    """
    if descriptors.dtype == np.float16:
        # There are 65,536 half floats: looking their roots up takes half the time of a cast alone.
        np.take(_roots_of_half(), descriptors.view(np.uint16), out=out, mode="clip")
    else:
        np.abs(descriptors, out=out)
        np.sqrt(out, out=out)
        np.copysign(out, descriptors, out=out)
    norm = np.sqrt(np.einsum("ij,ij->i", out, out))
    return np.asarray(np.maximum(norm, 1e-12))


@cache
def _roots_of_half() -> Array:
    """The signed square root of every half float, by its bits."""
    values = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
    with np.errstate(invalid="ignore"):  # some are no numbers
        return np.copysign(np.sqrt(np.abs(values)), values)


def unit(rows: Array) -> Array:
    """Rows divided by their L2 norm."""
    x = np.asarray(rows, np.float32)
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12))
