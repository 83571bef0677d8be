"""Shrinkage discriminant: nearest class mean under the pooled within-class covariance.

With the shrinkage of Ledoit and Wolf (2004, "A well-conditioned estimator for large-dimensional covariance matrices").
With fewer exemplars n than channels d everything is computed from the n x n products between exemplars (Woodbury's
identity), so that a class of 80 costs milliseconds.

Scores of an exemplar as if it were none come in closed form too (Sherman and Morrison): taking exemplar i out of
class c changes the covariance by rank one and only the mean of class c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.classify.exemplars import Exemplars, Factor

Array = np.ndarray[Any, Any]

SMALL = 128
"""Rows of a matrix that one thread takes apart."""

STEP = 0.1
"""Of the grid, in the logarithm, that the ridge over the scale of the residuals is rounded to.

At most 5 % up or down, far less than the estimate is known by. From one exemplar to the next it seldom changes then,
and neither do the factors of what stays.
"""


@dataclass(frozen=True)
class Discriminant:
    """A fitted discriminant.

    Attributes
    ----------
    weights : ndarray of shape (d, c), dtype float32
        For rows of unit length.
    bias : ndarray of shape (c,), dtype float32
    left_out : ndarray of shape (n, c)
        Scores (minus half the squared distance) each exemplar would get, were it not an exemplar.
    shrinkage : float
        0 to 1.
    """

    weights: Array
    bias: Array
    left_out: Array
    shrinkage: float


def discriminant(exemplars: Exemplars, y: Array, count: int) -> Discriminant:
    """Fit.

    Parameters
    ----------
    exemplars : Exemplars
    y : ndarray of shape (n,), dtype int
        Column of each exemplar's class, all of 0 to count - 1 present.
    count : int
        Classes.
    """
    background = exemplars.background
    sizes = np.bincount(y, minlength=count).astype(np.float32)
    average = np.zeros((count, len(y)), np.float32)
    average[y, np.arange(len(y))] = 1 / sizes[y]
    means = average @ exemplars.standard
    n, d = exemplars.standard.shape
    fitted = _dual if n < d else _primal
    shrinkage, solved, own = fitted(exemplars, y, means, average)
    inner = means @ solved
    weights = solved / background.spread[:, None]
    bias = -0.5 * np.diag(inner) - background.center @ weights
    to_means = exemplars.standard @ solved - inner[y]
    left_out = leave_one_out(to_means, own, y, sizes, inner, shrinkage)
    return Discriminant(np.ascontiguousarray(weights, np.float32), bias.astype(np.float32), left_out, shrinkage)


def shrink(squares: Array, total: float, d: int) -> tuple[float, float, float]:
    """Ledoit and Wolf's shrinkage; then the ridge to add to, and the scale of, the products of residuals.

    Parameters
    ----------
    squares : ndarray of shape (n,), dtype float64
        Squared length of each residual.
    total : float
        Sum of the squared products of all pairs of residuals.
    d : int
    """
    n = len(squares)
    mu = float(squares.sum()) / (n * d)
    mean_square = total / n**2
    beta = (float((squares**2).sum()) / n - mean_square) / (n * d)
    delta = (mean_square - d * mu**2) / d
    shrinkage = 1.0 if delta <= 0 else float(np.clip(min(beta, delta) / delta, 1e-3, 1.0))
    ridge = shrinkage * mu
    # All exemplars of each class may be the same picture.
    return shrinkage, ridge if ridge > 0 else 1e-6, (1 - shrinkage) / n


def _dual(exemplars: Exemplars, y: Array, means: Array, average: Array) -> tuple[float, Array, Array]:
    """Shrinkage; inverse covariance times the class means, (d, c); r' inverse r of each residual, (n,)."""
    n, d = exemplars.standard.shape
    across = average @ exemplars.products  # (c, n): class means times exemplars
    between = across @ average.T
    # Residual times residual is k_ij - a_cj - a_ci + b_cc. What is taken off is a product of thin matrices: to
    # gather it for all pairs of exemplars would take seven times as long.
    half = across - np.float32(0.5) * between[:, y]
    member = (average > 0).astype(np.float32)
    residuals = np.concatenate([member, half]).T @ np.concatenate([half, member])
    np.subtract(exemplars.products, residuals, out=residuals)
    squares = np.maximum(np.diag(residuals), 0).astype(np.float64)
    shrinkage, ridge, scale = shrink(squares, float(_squares(residuals).sum()), d)
    if scale == 0:
        return shrinkage, means.T / np.float32(ridge), (squares / ridge).astype(np.float32)
    c = np.float32(on_grid(ridge / scale))
    ridge = float(c) * scale
    residuals[np.diag_indices(n)] += c
    root = _kept_root(exemplars, residuals, float(c))
    inside = root.T @ (root @ (across.T - between[y]))  # residuals times means
    back = exemplars.standard.T @ inside - means.T @ (member @ inside)  # the transposed residuals times it
    solved = (means.T - back) / np.float32(ridge)
    own = (1 - c * np.einsum("ij,ij->j", root, root)) / np.float32(scale)
    return shrinkage, solved, own


def on_grid(ratio: float) -> float:
    """The nearest number of the grid, see `STEP`."""
    return float(np.exp(STEP * round(np.log(ratio) / STEP)))


def _kept_root(exemplars: Exemplars, matrix: Array, c: float) -> Array:
    """As `inverse_root`; where classes at the end came, went or changed, what belongs to the others is kept.

    Residuals of a class are its own affair: of the matrix, and of the inverse of its factor, only rows and columns of
    classes that changed are others. An inverse of a factor begins with the inverse of the factor's beginning.
    """
    ids, labels = exemplars.ids, exemplars.labels
    last, known = exemplars.factor, None
    if last is not None and last.c == c:
        known = last.root[: (same := _same(last, ids, labels)), :same]
    root = inverse_root(matrix, known)
    exemplars.factor = Factor(ids, labels, c, root)
    return root


def _same(last: Factor, ids: Array, labels: Array) -> int:
    """How many exemplars at the beginning are those of last time, in classes that are whole among them."""
    n = min(len(ids), len(last.ids))
    differ = (ids[:n] != last.ids[:n]) | (labels[:n] != last.labels[:n])
    n = int(differ.argmax()) if differ.any() else n
    while n:
        after = np.concatenate([labels[n:], last.labels[n:]])
        torn = np.isin(labels[:n], after)
        if not torn.any():
            break
        n = int(torn.argmax())
    return n


def _squares(matrix: Array) -> Array:
    """Sum of squares of each row, float64 from sums of one row in float32."""
    return np.asarray(np.einsum("ij,ij->i", matrix, matrix), np.float64)


def _primal(exemplars: Exemplars, y: Array, means: Array, average: Array) -> tuple[float, Array, Array]:
    """As `_dual`, from the products of channels."""
    d = exemplars.standard.shape[1]
    sizes = np.bincount(y, minlength=len(means))
    scatter = exemplars.scatter - (means.T * sizes) @ means.astype(np.float64)
    residuals = exemplars.standard - means[y]
    squares = np.einsum("ij,ij->i", residuals, residuals).astype(np.float64)
    shrinkage, ridge, scale = shrink(squares, float((scatter**2).sum()), d)
    covariance = (scale * scatter).astype(np.float32)
    covariance[np.diag_indices(d)] += np.float32(on_grid(ridge / scale) * scale if scale else ridge)
    root = inverse_root(covariance)
    white = residuals @ root.T
    return shrinkage, root.T @ (root @ means.T), np.einsum("ij,ij->i", white, white)


def leave_one_out(to_means: Array, own: Array, y: Array, sizes: Array, inner: Array, shrinkage: float) -> Array:
    """Scores (minus half the squared distance) each exemplar would get, were it not an exemplar.

    Parameters
    ----------
    to_means : ndarray of shape (n, c)
        Residuals (exemplars minus their class means) times the inverse covariance times class means.
    own : ndarray of shape (n,)
        Residuals times the inverse covariance times residuals.
    y : ndarray of shape (n,), dtype int
    sizes : ndarray of shape (c,)
        Exemplars of each class.
    inner : ndarray of shape (c, c)
        Class means times the inverse covariance times class means.
    shrinkage : float

    Returns
    -------
    ndarray of shape (n, c)
        Of the only exemplar of a class it means nothing: without it the class is gone.
    """
    n = len(y)
    rows = np.arange(n)
    size = np.maximum(sizes[y], 2)
    factor = size / (size - 1)
    gap = to_means[rows, y][:, None] - to_means
    distance = own[:, None] + 2 * gap + (np.diag(inner)[y][:, None] - 2 * inner[y] + np.diag(inner)[None])
    along = own[:, None] + gap
    k = (1 - shrinkage) / n * factor
    denominator = np.maximum(1 - k * own, 1e-3)
    lift = (k / denominator)[:, None]
    distance += lift * along**2
    distance[rows, y] = factor**2 * (own + (k / denominator) * own**2)
    return np.asarray(-0.5 * distance)


def inverse_root(matrix: Array, known: Array | None = None) -> Array:
    """The lower triangle T with T' T = inverse of a positive definite matrix.

    Parameters
    ----------
    matrix : ndarray of shape (n, n), dtype float32
    known : ndarray of shape (m, m), optional
        The same of the first m rows and columns.

    A Cholesky factor and its inverse in one recursion, nearly all of it in products of matrices: in the time of one
    product of that size, less than half of NumPy's Cholesky alone. LAPACK's by SciPy is as fast by itself, but SciPy's
    BLAS threads are others than NumPy's, and wait for them: it does what is too small for threads.
    """
    m = 0 if known is None or known.dtype != matrix.dtype else len(known)
    out = np.zeros_like(matrix)
    if m and known is not None:
        out[:m, :m] = known
    if _add_border(matrix, out, m) if m else _invert_factor(matrix, out):
        return out
    out = np.zeros(matrix.shape, np.float64)  # float32 was too coarse
    if not _invert_factor(matrix.astype(np.float64), out):
        raise np.linalg.LinAlgError("not positive definite")
    return out


def _invert_factor(matrix: Array, out: Array) -> bool:
    """Write the inverse of a Cholesky factor into the lower triangle of `out`; False if there is none.

    Products leave empty quarters out.
    """
    n = len(matrix)
    if n <= SMALL:
        from scipy.linalg import get_lapack_funcs

        potrf, trtri = get_lapack_funcs(("potrf", "trtri"), (matrix,))
        factor, failed = potrf(matrix, lower=1)
        out[:] = trtri(factor, lower=1)[0]
        return not failed
    half = n // 2
    return _invert_factor(matrix[:half, :half], out[:half, :half]) and _add_border(matrix, out, half)


def _add_border(matrix: Array, out: Array, m: int) -> bool:
    """As `_invert_factor`, where the first m rows and columns of `out` are written already."""
    n, part = len(matrix), m // 2
    if m == n:
        return True
    first, second, corner = out[:m, :m], out[m:, m:], out[m:, :m]
    rest = matrix[m:, :m]
    below = np.empty_like(rest)  # of the factor: rest times the transposed first
    np.matmul(rest[:, :part], first[:part, :part].T, out=below[:, :part])
    np.matmul(rest, first[part:].T, out=below[:, part:])
    inner = below @ below.T
    if not _invert_factor(np.subtract(matrix[m:, m:], inner, out=inner), second):
        return False
    along = np.empty_like(below)  # below times first
    np.matmul(below, first[:, :part], out=along[:, :part])
    np.matmul(below[:, part:], first[part:, part:], out=along[:, part:])
    top = (n - m) // 2
    np.matmul(second[:top, :top], along[:top], out=corner[:top])
    np.matmul(second[top:], along, out=corner[top:])
    np.negative(corner, out=corner)
    return True
