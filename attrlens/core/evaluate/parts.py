"""The parts of an evaluation, one function each: labeled images in, plain numbers out. The table is at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from attrlens.core.classify.background import Background
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.features import unit
from attrlens.core.classify.fit import Classifier, fit_exemplars
from attrlens.core.classify.nearest import votes
from attrlens.core.evaluate import measures, reduce
from attrlens.core.evaluate.data import Labeled, Space, scored
from attrlens.core.retrieve.classes import class_space
from attrlens.core.token import Token
from attrlens.words import words

Array = np.ndarray[Any, Any]
Numbers = dict[str, Any]
Splits = list[tuple[Array, Array]]

NEIGHBORS = (1, 2, 4, 8, 16)
EXEMPLARS = (5, 10, 20, 40, 80)
MANY = 100
"""Images a class that are learned where a class is left out: as many fits as classes times folds."""
DRAWS = 5
"""Random choices of exemplars for each point of the learning curve, in every fold."""
RANKS = (1, 5, 10, 20)
PAIRS = 3000
"""Pairs a class, of each kind: the thesis's."""
CHUNK = 1024
UNKNOWN = "unknown"
"""Name of the decision below the threshold; ``sure`` tells it from a class that a person called so."""


@dataclass(frozen=True)
class Setting:
    """What all parts are given.

    Attributes
    ----------
    data : Labeled
    splits : list of (ndarray, ndarray)
    token : Token
    seed : int
    dimensions : tuple of int
        Of the reduced spaces.
    reducers : dict of space title to Reducer
        Shared by the parts of a run.
    backgrounds : dict of space title to Background
        What the images look like, labels unused: the scored ones too, as the catalog is at hand when it is classified.
    """

    data: Labeled
    splits: Splits
    token: Token
    seed: int
    dimensions: tuple[int, ...]
    reducers: dict[str, reduce.Reducer] = field(default_factory=dict)
    backgrounds: dict[str, Background] = field(default_factory=dict)

    def exemplars(self, space: Space, learn: Array) -> Exemplars:
        """Some images as exemplars; class ids are columns plus 1."""
        if space.title not in self.backgrounds:
            self.backgrounds[space.title] = Background.of(space.rows)
        return Exemplars.of(self.backgrounds[space.title], learn, space.rows[learn], self.data.y[learn] + 1)

    def fit(self, space: Space, learn: Array) -> Classifier:
        """The program's own classifier on some images."""
        return fit_exemplars(self.exemplars(space, learn), self.data.method)

    def reduced(self, space: Space, dimensions: int) -> Array:
        """A space reduced by UMAP; made once for all parts."""
        if space.title not in self.reducers:
            self.reducers[space.title] = reduce.Reducer(space.rows, self.seed)
        return self.reducers[space.title].to(dimensions)

    @property
    def scored(self) -> Array:
        """Indices of the images that are scored, ascending."""
        return scored(self.data)

    def steps(self, spaces: Sequence[Space], text: str) -> Any:
        """Spaces one by one, with progress."""
        for i, space in enumerate(spaces):
            self.token.check()
            self.token.report(i, len(spaces), text)
            yield space


def merge(into: Numbers, more: Numbers) -> Numbers:
    """Add nested numbers to others, in place."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value
    return into


def _share(value: Any) -> float:
    """A share as it is reported. Not a number would be no JSON: it must not come up, and is an error where it does."""
    if not np.isfinite(value):
        raise ValueError("a measure without images")
    return round(float(value), 4)


def _by_block(s: Setting, name: str, found: dict[str, Numbers]) -> Numbers:
    """The first backbone's numbers under `name`, by block; those of others under ``other_backbones``."""
    out: Numbers = {name: {}}
    for space in s.data.blocks:
        if space.backbone == s.data.backbones[0]:
            home = out[name]
        else:
            home = out.setdefault("other_backbones", {}).setdefault(space.backbone, {}).setdefault(name, {})
        home[space.name] = found[space.title]
    return out


# What the program would really do


def product(s: Setting) -> Numbers:
    """The attribute's own recipe and method, with confusion, intervals and calibration."""
    data = s.data
    n, count = len(data.y), len(data.classes)
    best, confidence, runner_up = np.full(n, -1), np.zeros(n), np.full(n, -1)
    methods = set()
    for i, (learn, score) in enumerate(s.splits):
        s.token.check()
        s.token.report(i, len(s.splits), words("The program's own decisions"))
        classifier = s.fit(data.product, learn)
        methods.add(classifier.method.name)
        found = classifier.score(data.product.rows[score])
        best[score], confidence[score], runner_up[score] = found.best - 1, found.confidence, found.runner_up - 1
    at = s.scored
    said = np.where(confidence >= data.thresholds[best], best, -1)
    truth, groups = data.y[at], data.groups[at]
    right = said[at] == truth
    table = measures.confusion(truth, said[at], count)
    error, bins = measures.calibration(confidence[at], best[at] == truth)
    sure = said[at] >= 0
    return {
        "product": {
            "recipe": data.product.name,
            "method": " and ".join(sorted(methods)),
            "threshold": data.threshold,
            "class_thresholds": dict(data.class_thresholds),
            "accuracy": _share(right.mean()),
            "accuracy_interval": [_share(v) for v in measures.wilson(right.sum(), len(at))],
            "right": int(right.sum()),
            "scored": len(at),
            "unknown": int((~sure).sum()),
            "accuracy_without_threshold": _share((best[at] == truth).mean()),
            "accuracy_where_sure": _share(right[sure].mean()) if sure.any() else None,
            "macro_f1": _share(
                np.mean([row["f1"] for row in _per_class(table, data.classes) if row["f1"] is not None])
            ),
            "fold_accuracy": [_share((said[score] == data.y[score]).mean()) for _, score in s.splits],
        },
        "confusion": {"rows": list(data.classes), "columns": [*data.classes, UNKNOWN], "counts": table.tolist()},
        "per_class": _per_class(table, data.classes, measures.f1_interval(truth, said[at], groups, count)),
        "calibration_error": _share(error),
        "calibration": bins,
        "images": [
            {
                "file": data.files[i],
                "label": data.classes[data.y[i]],
                "best": data.classes[best[i]],
                "confidence": _share(confidence[i]),
                "runner_up": data.classes[runner_up[i]],
                "decision": data.classes[said[i]] if said[i] >= 0 else UNKNOWN,
                "sure": bool(said[i] >= 0),
                "right": bool(said[i] == data.y[i]),
            }
            for i in at.tolist()
        ],
    }


def _per_class(table: Array, classes: Sequence[str], intervals: Array | None = None) -> list[Numbers]:
    out = []
    for i, name in enumerate(classes):
        hit, labeled, decided = int(table[i, i]), int(table[i].sum()), int(table[:, i].sum())
        row: Numbers = {
            "class": name, "images": labeled, "decided": decided, "right": hit,
            "precision": _share(hit / decided) if decided else None,
            "recall": _share(hit / labeled) if labeled else None,
            "f1": _share(2 * hit / (labeled + decided)) if labeled else None,
        }  # fmt: skip
        if intervals is not None:
            row["precision_interval"] = [_share(v) for v in measures.wilson(hit, decided)]
            row["recall_interval"] = [_share(v) for v in measures.wilson(hit, labeled)]
            row["f1_interval"] = [_share(v) for v in intervals[i]] if np.isfinite(intervals[i]).all() else None
        out.append(row)
    return out


def unknown(s: Setting) -> Numbers:
    """Every class is left out once and met as unknown: does the confidence tell its images from the others?"""
    data = s.data
    rng = np.random.default_rng(s.seed)
    per_class: dict[str, float] = {}
    told: list[float] = []
    for c, name in enumerate(data.classes):
        s.token.check()
        s.token.report(c, len(data.classes), words("Classes left out, met as unknown"))
        strange = data.y == c
        its_groups = set(data.groups[strange].tolist())
        apart = ~np.isin(data.groups, list(its_groups))
        known, unknown_, below = [], [], []
        for learn, score in s.splits:
            use = learn[apart[learn] & ~strange[learn]]
            use = np.concatenate([_draw(rng, use[data.y[use] == k], MANY) for k in range(len(data.classes))])
            if len(np.unique(data.y[use])) < 2:
                continue
            found = s.fit(data.product, use).score(data.product.rows[score])
            known.append(found.confidence[~strange[score]])
            unknown_.append(found.confidence[strange[score]])
            below.append((found.confidence < data.thresholds[found.best - 1])[strange[score]])
        if not known:
            continue
        k, u = np.concatenate(known), np.concatenate(unknown_)
        if len(u) and len(k):
            per_class[name] = _share(measures.auroc(-u, -k))
            told.append(float(np.concatenate(below).mean()))
    if not per_class:
        return {}
    return {
        "unknown_auroc": _share(np.mean(list(per_class.values()))),
        "unknown": {
            "score": "confidence: the best class, and any class at all",
            "per_class": per_class,
            "share_below_threshold": _share(np.mean(told)),
        },
    }


def learning_curve(s: Setting) -> Numbers:
    """Accuracy of the program's own decision by the number of exemplars a class."""
    data = s.data
    rng = np.random.default_rng(s.seed)
    per_class = [min(int((data.y[learn] == c).sum()) for learn, _ in s.splits) for c in range(len(data.classes))]
    sizes = [n for n in EXEMPLARS if np.mean([have >= n for have in per_class]) >= 0.5]
    out = []
    for i, n in enumerate(sizes):
        found, used = [], []
        for _ in range(DRAWS):
            s.token.check()
            s.token.report(i, len(sizes), words("Learning curve"))
            right = 0
            for learn, score in s.splits:
                pick = np.concatenate([_draw(rng, learn[data.y[learn] == c], n) for c in range(len(data.classes))])
                used.append(len(pick) / len(data.classes))
                said = s.fit(data.product, pick).score(data.product.rows[score])
                sure = said.confidence >= data.thresholds[said.best - 1]
                right += int(((said.best - 1 == data.y[score]) & sure).sum())
            found.append(right / len(s.scored))
        out.append(
            {"exemplars": n, "used": round(float(np.mean(used)), 1), "accuracy": _share(np.mean(found)),
             "least": _share(min(found)), "most": _share(max(found))}
        )  # fmt: skip
    return {"learning_curve": out}


def _draw(rng: np.random.Generator, among: Array, n: int) -> Array:
    return rng.choice(among, min(n, len(among)), replace=False)


# The thesis's methods, block by block


def nearest_mean(s: Setting) -> Numbers:
    """Nearest class mean by Euclidean and by cosine distance."""
    found = {}
    for space in s.steps(s.data.blocks, words("Nearest mean")):
        rows = np.asarray(space.rows, np.float32)
        right = {"euclidean": 0, "cosine": 0}
        for learn, score in s.splits:
            y = s.data.y[learn]
            present = np.unique(y)  # all of a class may be in the fold that is scored
            means = np.stack([rows[learn[y == c]].mean(0) for c in present])
            near = present[measures.squared_distances(rows[score], means).argmin(1)]
            right["euclidean"] += int((near == s.data.y[score]).sum())
            near = present[(rows[score] @ unit(means).T).argmax(1)]
            right["cosine"] += int((near == s.data.y[score]).sum())
        found[space.title] = {metric: _share(n / len(s.scored)) for metric, n in right.items()}
    return _by_block(s, "nearest_mean", found)


def _neighbors(s: Setting, rows: Array, k: int) -> tuple[Array, Array]:
    """Classes of the k nearest images to learn from, of every image scored; and the order of the images."""
    at, out = [], []
    for learn, score in s.splits:
        for start in range(0, len(score), CHUNK):
            s.token.check()
            part = score[start : start + CHUNK]
            found, _ = measures.nearest(measures.squared_distances(rows[part], rows[learn]), k)
            out.append(s.data.y[learn][found])
            at.append(part)
    return np.concatenate(out), np.concatenate(at)


def knn(s: Setting) -> Numbers:
    """Majority of the k nearest, Euclidean."""
    count = len(s.data.classes)
    overall, per_class = {}, {}
    for space in s.steps(s.data.blocks, words("Nearest neighbors")):
        near, at = _neighbors(s, np.asarray(space.rows, np.float32), max(NEIGHBORS))
        truth = s.data.y[at]
        rights = {str(k): votes(near[:, :k], count).argmax(1) == truth for k in NEIGHBORS}
        overall[space.title] = {k: _share(right.mean()) for k, right in rights.items()}
        per_class[space.title] = {
            k: {name: _share(right[truth == c].mean()) for c, name in enumerate(s.data.classes) if (truth == c).any()}
            for k, right in rights.items()
        }
    return merge(_by_block(s, "knn", overall), _by_block(s, "knn_per_class", per_class))


def discriminant(s: Setting) -> Numbers:
    """The product's classifier on the attribute's recipe and on every block; the best class counts, sure or not."""
    found = {}
    for space in s.steps((*s.data.recipes, *s.data.blocks), words("Discriminant")):
        right = 0
        for learn, score in s.splits:
            s.token.check()
            said = s.fit(space, learn).score(space.rows[score]).best - 1
            right += int((said == s.data.y[score]).sum())
        found[space.title] = _share(right / len(s.scored))
    return {"discriminant": found}


def precision(s: Setting) -> Numbers:
    """Share of the first k of a search that are of the query's class; its own group is left out.

    In the space of the classes every query is looked for by what was learned without its fold.
    """
    data, at = s.data, s.scored
    tables: Numbers = {}
    for space in s.steps((*data.recipes, *data.blocks), words("Precision at k")):
        plain = np.asarray(space.rows, np.float32)
        table: Numbers = {}
        for metric, rows in (("euclidean", plain), ("cosine", unit(plain))):
            hits = _hits(s, rows, at)
            table[metric] = {str(k): _share(hits[:k].sum() / (k * len(at))) for k in RANKS}
        if space in data.recipes:
            learned = [_hits_by_classes(s, space, learn, score) for learn, score in s.splits]
            if all(hits is not None for hits in learned):
                total = np.sum([hits for hits in learned if hits is not None], axis=0)
                table["classes"] = {str(k): _share(total[:k].sum() / (k * len(at))) for k in RANKS}
        tables[space.title] = table
    return {
        "precision_at_10": {name: table["euclidean"]["10"] for name, table in tables.items()},
        "precision_at_k": tables,
    }


def _hits(s: Setting, rows: Array, queries: Array) -> Array:
    """How many of the queries have an image of their class in first, second, ... place."""
    data = s.data
    hits = np.zeros(max(RANKS))
    for start in range(0, len(queries), CHUNK):
        s.token.check()
        part = queries[start : start + CHUNK]
        distances = measures.squared_distances(rows[part], rows)
        distances[data.groups[part][:, None] == data.groups[None]] = np.inf
        found, values = measures.nearest(distances, max(RANKS))
        same = (data.y[found] == data.y[part][:, None]) & np.isfinite(values)
        hits[: same.shape[1]] += same.sum(0)
    return hits


def _hits_by_classes(s: Setting, space: Space, learn: Array, score: Array) -> Array | None:
    """The same in the space of the classes; None where the method has none."""
    exemplars = s.exemplars(space, learn)
    found = class_space(exemplars, fit_exemplars(exemplars, s.data.method))
    return None if found is None else _hits(s, found.project(space.rows), score)


# Reduced spaces, clusters, distances


def umap_knn(s: Setting) -> Numbers:
    """Nearest neighbor in spaces reduced by UMAP, on the block that the nearest mean does best on."""
    first = [space for space in s.data.blocks if space.backbone == s.data.backbones[0]]
    means = nearest_mean(s)["nearest_mean"]
    best = max(first, key=lambda space: float(means[space.name]["euclidean"]))
    width = best.rows.shape[1]
    s.token.report(0, 1, words("Starting UMAP (its first use takes half a minute)"))
    found = {}
    dimensions = [d for d in s.dimensions if d < min(width, len(s.data.y))]
    for i, d in enumerate(dimensions):
        s.token.check()
        s.token.report(i, len(dimensions), words("Nearest neighbor in {n} dimensions", n=d))
        near, at = _neighbors(s, s.reduced(best, d), 1)
        found[str(d)] = _share((near[:, 0] == s.data.y[at]).mean())
    near, at = _neighbors(s, np.asarray(best.rows, np.float32), 1)
    found[str(width)] = _share((near[:, 0] == s.data.y[at]).mean())
    return {"knn_umap": {best.name: found}}


def clusters(s: Setting) -> Numbers:
    """HDBSCAN's clusters against the labels, block by block: adjusted Rand index, adjusted mutual information."""
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    found = {}
    for space in s.steps(s.data.blocks, words("Clusters")):
        cluster = reduce.hdbscan(s.reduced(space, reduce.CLUSTER_DIMENSIONS))
        found[space.title] = {
            "clusters": int(cluster.max()) + 1,
            "noise": _share((cluster < 0).mean()),
            "ari": _share(adjusted_rand_score(s.data.y, cluster)),
            "ami": _share(adjusted_mutual_info_score(s.data.y, cluster)),
        }
    return _by_block(s, "clusters", found)


def pairs(s: Setting) -> Numbers:
    """Distances within a class and between classes, as they are and after UMAP: how far do the two overlap?"""
    found = {}
    rng = np.random.default_rng(s.seed)
    same, other = _pairs(rng, s.data)
    for space in s.steps(s.data.blocks, words("Pair distances")):
        entry: Numbers = {}
        reduced = s.reduced(space, reduce.CLUSTER_DIMENSIONS)
        for name, rows in (("original", np.asarray(space.rows, np.float32)), ("umap", reduced)):
            a, b = (np.linalg.norm(rows[p[:, 0]] - rows[p[:, 1]], axis=1) for p in (same, other))
            shared, edges, first, second = measures.overlap(a, b)
            entry[name] = {
                "overlap": _share(shared),
                "auroc": _share(measures.auroc(b, a)),
                "edges": [round(v, 5) for v in edges],
                "same_class": [round(v, 5) for v in first],
                "other_class": [round(v, 5) for v in second],
            }
        found[space.title] = entry
    return _by_block(s, "pair_distances", found)


def _pairs(rng: np.random.Generator, data: Labeled) -> tuple[Array, Array]:
    same, other = [], []
    for c in range(len(data.classes)):
        mine, rest = np.flatnonzero(data.y == c), np.flatnonzero(data.y != c)
        first = rng.choice(mine, PAIRS)
        step = rng.integers(1, max(len(mine), 2), PAIRS)  # never an image with itself
        place = np.searchsorted(mine, first)
        same.append(np.stack([first, mine[(place + step) % len(mine)]], 1))
        other.append(np.stack([rng.choice(mine, PAIRS), rng.choice(rest, PAIRS)], 1))
    return np.concatenate(same), np.concatenate(other)


@dataclass(frozen=True)
class Part:
    """A part: its name on the command line, its title for people, what it does and what it needs."""

    name: str
    title: str
    run: Callable[[Setting], Numbers]
    needs_blocks: bool = False
    weight: float = 1.0
    """About how long it takes beside the others, for the progress."""

    uses_blocks: bool = True
    """Whether it looks at blocks where there are some."""

    @property
    def is_long(self) -> bool:
        """Whether it waits for UMAP, whose first use compiles for half a minute."""
        return self.weight > 10


PARTS: tuple[Part, ...] = (
    Part("product", words("The program's own decisions"), product, weight=2, uses_blocks=False),
    Part("unknown", words("Classes met as unknown"), unknown, weight=5, uses_blocks=False),
    Part("learning-curve", words("Learning curve"), learning_curve, weight=5, uses_blocks=False),
    Part("discriminant", words("Discriminant"), discriminant),
    Part("precision", words("Precision at k"), precision),
    Part("nearest-mean", words("Nearest mean by block"), nearest_mean, True),
    Part("knn", words("Nearest neighbors by block"), knn, True),
    Part("umap-knn", words("Nearest neighbor after UMAP"), umap_knn, True, 40),
    Part("clusters", words("Clusters by block"), clusters, True, 15),
    Part("pairs", words("Pair distances by block"), pairs, True, 15),
)
