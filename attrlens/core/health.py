"""How good the exemplars of an attribute are, found out from the exemplars alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.background import Background
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import transform
from attrlens.core.classify.fit import Classifier, fit
from attrlens.core.classify.methods import Method
from attrlens.core.classify.scores import softmax
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.token import Token
from attrlens.words import words

Array = np.ndarray[Any, Any]

ENOUGH = 80
"""Exemplars a class that the method asks for."""

FEW = 5
"""Below so many a class is told that it has few."""

SIZES = (3, 5, 10, 20, 40, 80, 160)
DRAWS = 3

STRANGE = -2.0
"""Logarithm of the odds below which an exemplar is far from every class: seven to one against."""

ALIKE = 0.98
"""Cosine of the descriptors, by every recipe, from which two images show the same picture."""


@dataclass(frozen=True)
class Odd:
    """An exemplar that does not fit its class.

    Attributes
    ----------
    slot, class_id : int
    other : int
        The class it would be taken for, were it no exemplar; 0 where it is merely far from every class.
    confidence : float
        Of that class; or of being unknown.
    """

    slot: int
    class_id: int
    other: int
    confidence: float


@dataclass(frozen=True)
class ClassHealth:
    """Exemplars of one class.

    Attributes
    ----------
    class_id : int
    count : int
    right : int
        Those that would be recognized, were they no exemplars; 0 of a single one, without which the class is gone.
    spread : float
        Mean distance to the class's mean over the mean of all classes: 1 is usual, 0.5 half as varied.
    odd : tuple of Odd
    alike : tuple of tuple of int
        Groups of slots that show the same picture; all but the first of each add nothing.
    """

    class_id: int
    count: int
    right: int
    spread: float
    odd: tuple[Odd, ...]
    alike: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Overlap:
    """Two classes that are taken for each other: `count` of their `total` exemplars, were they none."""

    first: int
    second: int
    count: int
    total: int


@dataclass(frozen=True)
class Health:
    """Exemplars of one attribute.

    Attributes
    ----------
    attribute : int
    basis : str
        What it rests on, see `ClassifyRequest.basis`.
    classes : tuple of ClassHealth
    overlaps : tuple of Overlap
        Most first.
    curve : tuple of (int, float), or None
        Exemplars a class, and the share of the others that was recognized; None where it was not asked for, empty where
        there are too few exemplars.
    forecast : (int, float) or None
        About what twice as many would bring, where the curve says so.
    unknown : float or None
        Estimated share of the catalog that is of no class.
    """

    attribute: int
    basis: str
    classes: tuple[ClassHealth, ...]
    overlaps: tuple[Overlap, ...]
    curve: tuple[tuple[int, float], ...] | None
    forecast: tuple[int, float] | None
    unknown: float | None


def health(
    catalog: Catalog, request: ClassifyRequest, fits: Fits, token: Token, *, with_curve: bool = True
) -> Health | None:
    """Examine the exemplars of an attribute; None when none of them is described yet.

    Raises
    ------
    Cancelled
    """
    token.report(0, 0, words("Examining exemplars"))
    basis = request.basis(catalog)
    fitted = fits.fit(catalog, request)
    if fitted is None:
        return None
    exemplars, classifier = fitted.exemplars, fitted.classifier
    y = classifier.y
    classes = [int(c) for c in classifier.classes if c > 0]
    odd = odd_ones(exemplars, classifier)
    alike = _alike(catalog, exemplars)
    spreads = _spreads(exemplars, y, len(classes))
    usual = float(np.mean([s for s in spreads if s > 0])) if any(s > 0 for s in spreads) else 1.0
    wrong = {one.slot for one in odd if one.other}
    rows = []
    for i, class_id in enumerate(classes):
        slots = exemplars.ids[y == i].tolist()
        mine = tuple(one for one in odd if one.class_id == class_id)
        groups = tuple(group for group in alike if group[0] in set(slots))
        right = sum(slot not in wrong for slot in slots) if len(slots) > 1 else 0
        rows.append(ClassHealth(class_id, len(slots), right, spreads[i] / usual, mine, groups))
    curve: tuple[tuple[int, float], ...] | None = None
    if with_curve:
        repeated = {slot for group in alike for slot in group[1:]}  # they would be recognized by their likes
        curve = _curve(catalog, request, exemplars, repeated, token) if len(classes) > 1 else ()
    strange = classifier.familiarity
    return Health(
        request.attribute.id, basis, tuple(rows), _overlaps(odd, rows), curve, forecast(curve or ()),
        None if strange is None else strange.share,
    )  # fmt: skip


def odd_ones(exemplars: Exemplars, classifier: Classifier) -> tuple[Odd, ...]:
    """Exemplars that would be taken for another class, or for unknown, were they no exemplars; surest first."""
    y, n = classifier.y, len(classifier.y)
    if classifier.classes.min() <= 0:  # one class only
        return ()
    p = softmax(classifier.left_out / classifier.temperature)
    best = p.argmax(1)
    kept = np.bincount(y)[y] > 1
    out = [
        Odd(
            int(exemplars.ids[i]), int(classifier.classes[y[i]]), int(classifier.classes[best[i]]), float(p[i, best[i]])
        )
        for i in np.flatnonzero(kept & (best != y))
    ]
    strange = classifier.familiarity
    if strange is not None:
        odds = strange.log_odds(strange.left_out)
        far = np.flatnonzero(kept & (best == y) & (odds < STRANGE))
        out += [
            Odd(int(exemplars.ids[i]), int(classifier.classes[y[i]]), 0, float(1 / (1 + np.exp(odds[i])))) for i in far
        ]
    return tuple(sorted(out, key=lambda one: (one.other == 0, -one.confidence))) if n else ()


def _spreads(exemplars: Exemplars, y: Array, count: int) -> list[float]:
    """Mean of 1 minus the cosine to the class's mean."""
    unit = exemplars.unit
    out = []
    for c in range(count):
        rows = unit[y == c]
        mean = rows.mean(0)
        out.append(float(1 - (rows @ mean).mean() / max(float(np.linalg.norm(mean)), 1e-12)) if len(rows) > 1 else 0.0)
    return out


def _overlaps(odd: Sequence[Odd], rows: Sequence[ClassHealth]) -> tuple[Overlap, ...]:
    sizes = {row.class_id: row.count for row in rows}
    counts: dict[tuple[int, int], int] = {}
    for one in odd:
        if one.other:
            pair = min(one.class_id, one.other), max(one.class_id, one.other)
            counts[pair] = counts.get(pair, 0) + 1
    most = sorted(counts, key=lambda pair: (-counts[pair], pair))
    return tuple(Overlap(a, b, counts[a, b], sizes[a] + sizes[b]) for a, b in most)


def _alike(catalog: Catalog, exemplars: Exemplars) -> tuple[tuple[int, ...], ...]:
    """Groups of exemplars of one class that show the same picture: copies, or alike by every recipe of the catalog."""
    hashes = catalog.hashes()
    ids, labels = exemplars.ids, exemplars.labels
    n = len(ids)
    digest = np.array([hashes.get(slot, f"-{slot}") for slot in ids.tolist()], object)
    _, number = np.unique(digest.astype(str), return_inverse=True)
    same = number[:, None] == number[None]
    recipes = catalog.recipes_in_use()
    if any(recipe.pooling == "mean+std" for recipe in recipes):  # colors alone do not tell two pictures apart
        close = np.ones((n, n), bool)
        for recipe in recipes:
            known = np.isin(ids, catalog.described(recipe.key))
            if not known.all():
                close[:] = False
                break
            unit = transform(np.asarray(catalog.descriptors(recipe.key)[ids]))
            close &= unit @ unit.T >= ALIKE
        same |= close
    same &= labels[:, None] == labels[None]
    return _groups(ids, same)


def _groups(ids: Array, same: Array) -> tuple[tuple[int, ...], ...]:
    """Connected groups of two or more."""
    seen: set[int] = set()
    out = []
    for i in range(len(ids)):
        if i in seen:
            continue
        group, todo = set(), [i]
        while todo:
            at = todo.pop()
            if at not in group:
                group.add(at)
                todo += np.flatnonzero(same[at]).tolist()
        seen |= group
        if len(group) > 1:
            out.append(tuple(int(ids[j]) for j in sorted(group)))
    return tuple(out)


def _curve(
    catalog: Catalog, request: ClassifyRequest, exemplars: Exemplars, repeated: set[int], token: Token
) -> tuple[tuple[int, float], ...]:
    """Recognized share of the other exemplars, by the number a class is learned from."""
    kept = ~np.isin(exemplars.ids, list(repeated))
    ids, labels = exemplars.ids[kept], exemplars.labels[kept]
    rows = np.array(catalog.descriptors(request.attribute.recipe)[ids])
    return learning_curve(rows, labels, ids, exemplars.background, Method.named(request.attribute.method), token)


def learning_curve(
    rows: Array, labels: Array, ids: Array, background: Background, method: Method, token: Token
) -> tuple[tuple[int, float], ...]:
    """Learn from some exemplars of each class, recognize the others.

    Returns
    -------
    tuple of (int, float)
        Exemplars a class, and share recognized, mean of `DRAWS` draws; sizes up to two thirds of the median class.
    """
    _, y = np.unique(labels, return_inverse=True)
    sizes = np.bincount(y)
    rng = np.random.default_rng(0)
    wanted = [n for n in SIZES if n <= np.median(sizes) * 2 / 3]
    out = []
    for step, n in enumerate(wanted):
        shares = []
        for _ in range(DRAWS):
            token.check()
            token.report(step, len(wanted), words("What more exemplars bring"))
            some = np.concatenate([rng.permutation(np.flatnonzero(y == c))[:n] for c in range(len(sizes))])
            rest = np.setdiff1d(np.arange(len(y)), some)
            found = fit(rows[some], labels[some], background, method, ids[some]).scores(rows[rest]).argmax(1)
            # Every class has the same weight, as in the curve of an evaluation of equal classes.
            shares.append(np.mean([(found[y[rest] == c] == c).mean() for c in np.unique(y[rest])]))
        out.append((n, float(np.mean(shares))))
    return tuple(out)


def forecast(curve: Sequence[tuple[int, float]]) -> tuple[int, float] | None:
    """What twice the last number may bring: errors fall about as a power of the number of exemplars.

    Returns
    -------
    (int, float) or None
        None where the curve has fewer than two points or does not rise.
    """
    if len(curve) < 2:
        return None
    (n0, a0), (n1, a1) = curve[-2], curve[-1]
    if a1 <= a0 or a1 >= 1:
        return None
    power = np.log((1 - a0) / (1 - a1)) / np.log(n1 / n0)
    return 2 * n1, float(1 - (1 - a1) * 2 ** -min(power, 1.0))
