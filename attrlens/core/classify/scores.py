"""From scores to decisions: probabilities, the temperature that makes them honest, best class and runner-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

OTHER = 0
"""Class id of the background that stands against a lone class; ids of real classes start at 1."""


@dataclass(frozen=True)
class Scored:
    """The machine's view of n images.

    Attributes
    ----------
    best, runner_up : ndarray of shape (n,), dtype int32
        Class ids; 0 where there is none.
    confidence, runner_up_confidence : ndarray of shape (n,), dtype float32
        Probabilities, 0 to 1, that the image is of that class: of no class included, so that they add up to
        `familiarity`, not to 1.
    familiarity : ndarray of shape (n,), dtype float32
        Probability, 0 to 1, that the image is of any of the classes.
    """

    best: Array
    confidence: Array
    runner_up: Array
    runner_up_confidence: Array
    familiarity: Array


def rank(p: Array, classes: Array, familiarity: Array | None = None) -> Scored:
    """Best and second-best class of each row of probabilities.

    Parameters
    ----------
    p : ndarray of shape (n, c), dtype float32
        Rows sum to 1.
    classes : ndarray of shape (c,), dtype int32
    familiarity : ndarray of shape (n,), dtype float32, optional
        Probability that it is any of them; 1 if left out.
    """
    known = np.ones(len(p), np.float32) if familiarity is None else familiarity.astype(np.float32)
    rows = np.arange(len(p))
    best = p.argmax(1) if len(p) else np.zeros(0, np.intp)
    confidence = p[rows, best] * known
    if p.shape[1] == 1:
        none = np.zeros(len(p), np.int32)
        return Scored(classes[best], confidence, none, none.astype(np.float32), known)
    rest = p.copy()
    rest[rows, best] = -1
    second = rest.argmax(1) if len(p) else best
    return Scored(classes[best], confidence, classes[second], p[rows, second] * known, known)


def softmax(x: Array) -> Array:
    """Row-wise softmax of an array of shape (n, c)."""
    e = np.exp(x - x.max(1, keepdims=True))
    return np.asarray(e / e.sum(1, keepdims=True))


def best_temperature(scores: Array, truth: Array) -> float:
    """The temperature under which the softmax of held-out scores is most likely (Guo et al. 2017).

    Parameters
    ----------
    scores : ndarray of shape (n, c)
    truth : ndarray of shape (n,), dtype int
        Column of the right class.

    Returns
    -------
    float
        Golden-section search on its logarithm; 1 smoothing count keeps a perfect separation from claiming certainty.
    """
    x = scores - scores.max(1, keepdims=True)
    spread = max(float(np.abs(x).mean()), 1e-6)
    right, average = float(x[np.arange(len(x)), truth].sum(dtype=np.float64)), float(x.mean(dtype=np.float64))
    z = np.empty_like(x)

    def loss(log_t: float) -> float:
        t = np.exp(log_t)
        np.exp(np.divide(x, x.dtype.type(t), out=z), out=z)
        log_sum = np.log(z.sum(1))
        # One imagined image that got the average competitor's class: Laplace's rule of succession for certainty.
        return float(log_sum.sum() - right / t + log_sum.mean() - average / t)

    ratio = (5**0.5 - 1) / 2
    low, high = np.log(spread * 1e-3), np.log(spread * 1e2)
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    fa, fb = loss(a), loss(b)
    for _ in range(32):
        if fa < fb:
            high, b, fb = b, a, fa
            a = high - ratio * (high - low)
            fa = loss(a)
        else:
            low, a, fa = a, b, fb
            b = low + ratio * (high - low)
            fb = loss(b)
    return float(np.exp((low + high) / 2))
