"""The thesis's binary mask: where a channel answers, every unit uncovers what it sees of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from attrlens.core.inside.receptive import ReceptiveField

Array = np.ndarray[Any, Any]

Rule = Literal["value", "quantile", "sigma"]


@dataclass(frozen=True)
class Threshold:
    """How strong an activation has to be.

    Attributes
    ----------
    rule : {'value', 'quantile', 'sigma'}
        ``value``: in the activation's own unit. ``quantile``: of the map's units, 0 to 1. ``sigma``: the map's mean
        plus so many of its standard deviations.
    amount : float
    """

    rule: Rule = "quantile"
    amount: float = 0.9

    def of(self, values: Array) -> float:
        """The value that a map's activations have to exceed."""
        if self.rule == "value":
            return self.amount
        if self.rule == "quantile":
            found = np.quantile(values, min(max(self.amount, 0.0), 1.0))
            # Of a channel that is saturated in many places the strongest units are shown all the same.
            return float(min(found, np.nextafter(values.max(), -np.inf)) if values.min() < values.max() else found)
        return float(values.mean() + self.amount * values.std())


def binary_mask(values: Array, threshold: float, field: ReceptiveField, side: int) -> Array:
    """Uncover the receptive field of every unit above a threshold.

    Parameters
    ----------
    values : ndarray of shape (units, units)
        One channel's map over the whole input.
    threshold : float
        Minus infinity uncovers everything, infinity nothing.
    field : ReceptiveField
        Of the layer, for this size of input.
    side : int
        Of the input, in pixels.

    Returns
    -------
    ndarray of shape (side, side), dtype bool
        True where the input is uncovered.
    """
    rows, columns = np.nonzero(values > threshold)
    # One step up at each field's first corner and down behind its last; their running sum counts the fields.
    steps = np.zeros((side + 1) ** 2)
    bounds = np.array([np.clip(field.of(unit), 0, side) for unit in range(len(values))])
    (top, bottom), (left, right) = bounds[rows].T, bounds[columns].T
    for y, x, sign in ((top, left, 1), (bottom, left, -1), (top, right, -1), (bottom, right, 1)):
        steps += sign * np.bincount(y * (side + 1) + x, minlength=len(steps))
    return np.asarray(steps.reshape(side + 1, side + 1).cumsum(0).cumsum(1)[:side, :side] > 0.5)
