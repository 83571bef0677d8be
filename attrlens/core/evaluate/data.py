"""What is evaluated: labeled images with their descriptors, and how they are split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.errors import AttrLensError

Array = np.ndarray[Any, Any]

FOLDS = 5
"""The thesis's."""

MIN_IMAGES = 2 * FOLDS
"""A class with fewer images is left out of the scores: a fold would hold one of them or none."""

MAX_IMAGES = 10_000
"""More labeled images than this are sampled: every pair of images is compared."""


@dataclass(frozen=True)
class Space:
    """The descriptors of all images by one recipe.

    Attributes
    ----------
    name : str
        Name of a recipe, or number of a block.
    title : str
        For people.
    backbone : str
    rows : ndarray of shape (n, d), dtype float16 or float32
    """

    name: str
    title: str
    backbone: str
    rows: Array


@dataclass(frozen=True)
class Labeled:
    """Labeled images.

    Attributes
    ----------
    attribute : str
    files : tuple of str
    classes : tuple of str
    y : ndarray of shape (n,), dtype int64
        Index into `classes`.
    groups : ndarray of shape (n,), dtype int64
        Images of one product or photo session share a number, and never stand on both sides of a split.
    train : ndarray of shape (n,), dtype bool, or None
        Images to learn from, all others are scored; None for folds.
    recipes : tuple of Space
        The attribute's own first; it is what the program decides by.
    blocks : tuple of Space
        Of one or several backbones.
    threshold : float
        Below this confidence the program says unknown.
    left_out : dict of class name to number of images
        Classes with too few images.
    sampled_from : int
        Images there were, where only a sample of them is used; else 0.
    not_learned : int
        Images that were to be learned from, but belong to the group of an image that is scored.
    """

    attribute: str
    files: tuple[str, ...]
    classes: tuple[str, ...]
    y: Array
    groups: Array
    train: Array | None
    recipes: tuple[Space, ...]
    blocks: tuple[Space, ...]
    threshold: float
    left_out: dict[str, int]
    sampled_from: int = 0
    not_learned: int = 0

    @property
    def product(self) -> Space:
        """The attribute's own recipe."""
        return self.recipes[0]

    @property
    def has_groups(self) -> bool:
        """Whether any two images belong together."""
        return len(np.unique(self.groups)) < len(self.groups)

    @property
    def backbones(self) -> tuple[str, ...]:
        """Backbones of the blocks, in order."""
        return tuple(dict.fromkeys(space.backbone for space in self.blocks))


@dataclass(frozen=True)
class Chosen:
    """Which images take part: the answer of `choose`, before anything is described."""

    indices: Array
    classes: tuple[str, ...]
    y: Array
    groups: Array
    train: Array | None
    left_out: dict[str, int]
    sampled_from: int
    not_learned: int

    def labeled(
        self, attribute: str, files: Sequence[str], recipes: Sequence[Space], blocks: Sequence[Space], threshold: float
    ) -> Labeled:
        """Put together with names of all images, and descriptors of the chosen ones only."""
        return Labeled(
            attribute, tuple(files[i] for i in self.indices), self.classes, self.y, self.groups, self.train,
            tuple(recipes), tuple(blocks), threshold, self.left_out, self.sampled_from, self.not_learned,
        )  # fmt: skip


def one_group(groups: Sequence[str], hashes: Sequence[str]) -> list[str]:
    """Groups in which copies of one file are together, whatever groups they were given.

    Parameters
    ----------
    groups : sequence of str
    hashes : sequence of str
        Content hash of each image; "" where it is not known.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while (up := parent.get(name, name)) != name:
            name = up
        return name

    first: dict[str, str] = {}
    for group, digest in zip(groups, hashes, strict=True):
        if digest:
            a, b = root(first.setdefault(digest, group)), root(group)
            if a != b:
                parent[b] = a
    return [root(group) for group in groups]


def choose(
    labels: Sequence[str], groups: Sequence[str], train: Array | None, limit: int = MAX_IMAGES, seed: int = 0
) -> Chosen:
    """Leave out classes that are too small, and sample where there is too much.

    Parameters
    ----------
    labels : sequence of str
        Class name of each image.
    groups : sequence of str
    train : ndarray of bool, or None
    limit : int
        At most about so many images; whole groups are taken.
    seed : int

    Raises
    ------
    AttrLensError
        If fewer than two classes are left.
    """
    names = np.asarray(labels, object)
    numbers = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    group = np.array([numbers[g] for g in groups], np.int64)
    usable = np.ones(len(names), bool)
    if train is not None:
        usable = ~(train & np.isin(group, group[~train]))
        names[~usable] = None
    counts = Counter((names if train is None else names[~train]).tolist())
    learned: Counter[str] = Counter() if train is None else Counter(names[train & usable].tolist())
    least = MIN_IMAGES if train is None else 1
    enough = {name for name in counts if name is not None and counts[name] >= least}
    if train is None:
        # A class of one group would be scored by a classifier that never saw it.
        enough = {name for name in enough if len(np.unique(group[names == name])) > 1}
    else:
        enough &= set(learned)
    everything = {name: n for name, n in (counts | learned).items() if name is not None}
    left_out = {name: n for name, n in sorted(everything.items()) if name not in enough}
    if len(enough) < 2:
        shown = ", ".join(f"{name} {n}" for name, n in sorted(everything.items())) or "none"
        raise AttrLensError(
            f"An evaluation needs two classes with {least} labeled images each; there are: {shown}.",
            "Label more images, or choose a folder with one sub-folder per class.",
        )
    kept = np.flatnonzero([name in enough for name in names])
    before = len(kept)
    if before > limit:
        order = np.random.default_rng(seed).permutation(len(numbers))[group[kept]]
        kept = np.sort(kept[np.argsort(order, kind="stable")[:limit]])
    classes = tuple(sorted(enough))
    index = {name: i for i, name in enumerate(classes)}
    return Chosen(
        kept,
        classes,
        np.array([index[name] for name in names[kept]], np.int64),
        group[kept],
        None if train is None else train[kept],
        left_out,
        before if before > limit else 0,
        int((~usable).sum()),
    )


def splits(data: Labeled, seed: int = 0) -> list[tuple[Array, Array]]:
    """Pairs of images to learn from and images to score.

    Returns
    -------
    list of (ndarray of int, ndarray of int)
        Folds are stratified by class and keep groups together; every image is scored once.
    """
    if data.train is not None:
        return [(np.flatnonzero(data.train), np.flatnonzero(~data.train))]
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    blank = np.zeros((len(data.y), 1))
    if data.has_groups:
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed).split(blank, data.y, data.groups)
    else:
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(blank, data.y)
    return [(np.asarray(learn), np.asarray(score)) for learn, score in folds]


def protocol(data: Labeled) -> str:
    """The split in words."""
    if data.train is not None:
        learned = int(data.train.sum())
        text = f"learned from {learned:,} images, scored {len(data.y) - learned:,} others"
        return text + (f"; {data.not_learned:,} not learned, their group is scored" if data.not_learned else "")
    kept = "groups kept together" if data.has_groups else "no groups given"
    return f"stratified {FOLDS}-fold cross-validation, {kept}"
