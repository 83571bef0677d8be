"""What in a picture looks like a curator's class: the discriminant's direction, laid back on the activation maps.

A descriptor is pooled activations, squared roots of it are compared, and the score is linear in those. So every
number's part of the score's change can be divided exactly among the positions that were pooled: a mean among what they
are above or below the wanted mean, a standard deviation among their squared distances to the mean. The square
root between has one slope from the middle to the image (its secant). Nothing is approximated: all maps together sum to
the score's change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.features import signed_roots
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.inside.activations import Activations
from attrlens.core.recipes import Recipe
from attrlens.core.why import direction_of

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Direction:
    """What speaks for a class against its strongest rival on one image.

    Attributes
    ----------
    class_id, rival : int
        0 stands for the rest of the catalog.
    recipe : Recipe
    direction, middle : ndarray of shape (d,), dtype float64
        See `why.direction_of`.
    unit : bool
        Whether the roots are brought to unit length.
    """

    class_id: int
    rival: int
    recipe: Recipe
    direction: Array
    middle: Array
    unit: bool


@dataclass(frozen=True)
class ClassMap:
    """Where a class's score comes from.

    Attributes
    ----------
    values : ndarray of shape (units, units), dtype float64
        Over the whole input, at the finest layer's resolution; negative where it speaks for the rival.
    total : float
        The score's change from half way between the classes to this image: what `values` sum to.
    layers : dict of str to float
        Each layer's share of it.
    finest : Activations
        Of the layer with the most units.
    """

    values: Array
    total: float
    layers: dict[str, float]
    finest: Activations

    def without_activations(self) -> ClassMap:
        """The same, to be kept: what `finest` was made from is let go."""
        return replace(self, finest=replace(self.finest, values=self.finest.values[..., :0].copy(), weight=None))


def class_direction(
    catalog: Catalog, request: ClassifyRequest, slot: int, class_id: int, fits: Fits
) -> Direction | None:
    """Find it.

    Parameters
    ----------
    catalog : Catalog
    request : ClassifyRequest
    slot : int
    class_id : int
        0 for the class the image is suggested to be of.
    fits : Fits

    Returns
    -------
    Direction or None
        None where the image, every exemplar or every one of that class lacks a descriptor.
    """
    key = request.attribute.recipe
    fitted = fits.fit(catalog, request)
    if fitted is None or slot not in catalog.described(key):
        return None
    row = np.array(catalog.descriptors(key)[slot : slot + 1])
    return direction_for(fitted.classifier, fitted.exemplars, catalog.recipe(key), row, class_id, slot)


def direction_for(
    classifier: Any, exemplars: Any, recipe: Recipe, row: Array, class_id: int = 0, slot: int = -1
) -> Direction | None:
    """As `class_direction`, for a descriptor of shape (1, d) of any image; its slot, if it is one of the catalog."""
    order = np.argsort(-classifier.scores(row)[0], kind="stable")
    known = np.flatnonzero(classifier.classes == class_id)
    first = int(order[0]) if class_id == 0 else int(known[0]) if len(known) else -1
    if first < 0 or len(order) < 2:
        return None
    second = int(order[1] if order[0] == first else order[0])
    roots = np.empty(row.shape, np.float32)
    norm = signed_roots(row, roots)
    x = (roots[0] / norm[0] if classifier.unit else roots[0]).astype(np.float64)
    direction, middle = direction_of(classifier, exemplars, x, first, second, exemplars.ids == slot)
    return Direction(
        int(classifier.classes[first]), int(classifier.classes[second]), recipe, direction, middle, classifier.unit
    )  # fmt: skip


def class_map(found: Sequence[Activations], toward: Direction) -> ClassMap:
    """Lay a direction on an image's activations.

    Parameters
    ----------
    found : sequence of Activations
        Of the recipe's layers, in its order, at its size and fit, with the garment's weight where it wants it.
    toward : Direction
    """
    recipe = toward.recipe
    spread = recipe.pooling == "mean+std"
    pools = _pools(found, recipe)
    numbers = _numbers(pools, recipe)
    roots = np.sign(numbers) * np.sqrt(np.abs(numbers))
    norm = float(np.linalg.norm(roots)) if toward.unit else 1.0
    base_roots = toward.middle * norm
    base = np.sign(base_roots) * base_roots**2
    with np.errstate(divide="ignore", invalid="ignore"):
        secant = np.where(np.abs(numbers - base) > 1e-12, (roots - base_roots) / (numbers - base), 0.0)
    slope = secant * toward.direction / norm
    layers: dict[str, float] = {}
    finest = max(found, key=lambda one: len(one.values))
    out = np.zeros(finest.values.shape[:2])
    start = 0
    for one, pool in zip(found, pools, strict=True):
        width = len(pool.mean)
        plane = pool.mean_map(base[start : start + width], slope[start : start + width])
        start += width
        if spread:
            plane = plane + pool.std_map(base[start : start + width], slope[start : start + width])
            start += width
        layers[one.layer] = layers.get(one.layer, 0.0) + float(plane.sum())
        out += enlarged(plane, len(out))
    return ClassMap(out, float(out.sum()), layers, finest)


def descriptor(found: Sequence[Activations], recipe: Recipe) -> Array:
    """The descriptor that a recipe pools from activations; shape (d,), dtype float64."""
    return _numbers(_pools(found, recipe), recipe)


def _pools(found: Sequence[Activations], recipe: Recipe) -> list[_Pool]:
    return [_Pool.of(one, recipe.weight == "garment", normed=recipe.pooling != "mean") for one in found]


def _numbers(pools: Sequence[_Pool], recipe: Recipe) -> Array:
    spread = recipe.pooling == "mean+std"
    return np.concatenate([n for pool in pools for n in ((pool.mean, pool.std) if spread else (pool.mean,))])


@dataclass(frozen=True)
class _Pool:
    """A layer's pooling: positions with their weights, what they are pooled to, and by what that was divided."""

    values: Array
    weight: Array
    mean: Array
    std: Array
    mean_scale: float
    std_scale: float
    center: Array
    shape: tuple[int, int]

    @classmethod
    def of(cls, one: Activations, weighted: bool, *, normed: bool) -> _Pool:
        units = len(one.values)
        values = one.values.reshape(units * units, -1).astype(np.float64)
        weight = np.full(len(values), 1 / len(values))
        if weighted:
            assert one.weight is not None  # it was asked for with the activations
            step = one.side // units
            weight = one.weight.astype(np.float64).reshape(units, step, units, step).mean((1, 3)).ravel()
            weight /= max(weight.sum(), 1e-12)
        mean = weight @ values
        std = np.sqrt(weight @ (values - mean) ** 2)
        scale, other = (1 / max(float(np.linalg.norm(part)), 1e-12) if normed else 1.0 for part in (mean, std))
        return cls(values, weight, mean * scale, std * other, scale, other, mean, (units, units))

    def mean_map(self, base: Array, slope: Array) -> Array:
        part = (self.values * self.mean_scale) @ slope - base @ slope
        return np.asarray((self.weight * part).reshape(self.shape))

    def std_map(self, base: Array, slope: Array) -> Array:
        wanted = base / self.std_scale
        std = self.std / self.std_scale
        whole = std + wanted
        factor = np.where(whole > 1e-12, slope * self.std_scale / np.maximum(whole, 1e-12), 0.0)
        part = ((self.values - self.center) ** 2) @ factor - (wanted**2) @ factor
        return np.asarray((self.weight * part).reshape(self.shape))


def enlarged(plane: Array, units: int) -> Array:
    """A square map at a resolution that is a multiple of its own, bilinear; the sum stays."""
    from PIL import Image

    if len(plane) == units:
        return plane
    low = plane.min()  # single precision is enough of what is left
    small = Image.fromarray((plane - low).astype(np.float32), "F")
    large = np.asarray(small.resize((units, units), Image.Resampling.BILINEAR), np.float64)
    return np.asarray((large + low) * (len(plane) / units) ** 2)
