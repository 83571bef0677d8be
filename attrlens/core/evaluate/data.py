"""What is evaluated: labeled images with their descriptors, and how they are split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from attrlens.core.classify.methods import DEFAULT, Method
from attrlens.errors import AttrLensError
from attrlens.words import Words, words

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
    method : Method
    class_thresholds : dict of class name to float
        Of classes that have one of their own.
    left_out : dict of class name to number of images
        Classes with too few images.
    sampled_from : int
        Images there were, where only a sample of them is used; else 0.
    not_learned : int
        Images that were to be learned from, but belong to the group of an image that is scored.
    grouped : int
        Images that a person gave a group; copies of a file share one without.
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
    grouped: int = 0
    method: Method = DEFAULT
    class_thresholds: dict[str, float] = field(default_factory=dict)

    @property
    def thresholds(self) -> Array:
        """Of each class, by column."""
        return np.array([self.class_thresholds.get(name, self.threshold) for name in self.classes])

    @property
    def product(self) -> Space:
        """The attribute's own recipe."""
        return self.recipes[0]

    @property
    def has_groups(self) -> bool:
        """Whether any two images belong together, by a person's word or as copies."""
        return len(np.unique(self.groups)) < len(self.groups)

    @property
    def backbones(self) -> tuple[str, ...]:
        """Backbones of the blocks, in order."""
        return tuple(dict.fromkeys(space.backbone for space in self.blocks))


@dataclass(frozen=True)
class Decides:
    """How decisions are made: method and thresholds, as in `Labeled`."""

    threshold: float = 0.5
    method: Method = DEFAULT
    class_thresholds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Chosen:
    """Which images take part: the answer of `choose`, before anything is described.

    Attributes
    ----------
    indices : ndarray of shape (n,), dtype int64
        Of the images that were offered.
    given : ndarray of shape (n,), dtype bool
        Whether a person gave the image a group.
    classes, y, groups, train, left_out, sampled_from, not_learned
        As in `Labeled`.
    """

    indices: Array
    classes: tuple[str, ...]
    y: Array
    groups: Array
    given: Array
    train: Array | None
    left_out: dict[str, int]
    sampled_from: int
    not_learned: int

    def labeled(
        self, attribute: str, files: Sequence[str], recipes: Sequence[Space], blocks: Sequence[Space], decides: Decides
    ) -> Labeled:
        """Put together with names of all images, and descriptors of the chosen ones only."""
        return Labeled(
            attribute, tuple(files[i] for i in self.indices), self.classes, self.y, self.groups, self.train,
            tuple(recipes), tuple(blocks), decides.threshold, self.left_out, self.sampled_from, self.not_learned,
            int(self.given.sum()), decides.method, dict(decides.class_thresholds),
        )  # fmt: skip

    def only(self, kept: Array) -> Chosen:
        """Without some of the images, which turned out to be unreadable; nothing is drawn again."""
        if kept.all():
            return self
        labels = [self.classes[c] for c in self.y[kept]]
        train = None if self.train is None else self.train[kept]
        again = choose(labels, [str(g) for g in self.groups[kept]], train, given=self.given[kept])
        return replace(
            again, indices=self.indices[kept][again.indices], left_out=self.left_out | again.left_out,
            sampled_from=self.sampled_from, not_learned=self.not_learned + again.not_learned,
        )  # fmt: skip


def one_group(groups: Sequence[str], hashes: Sequence[str]) -> list[str]:
    """Groups in which copies of one file, or images of one product, are together, whatever groups they were given.

    Parameters
    ----------
    groups : sequence of str
    hashes : sequence of str
        Content hash or product of each image; "" where it is not known.
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
    labels: Sequence[str], groups: Sequence[str], train: Array | None, *, given: Array | None = None,
    limit: int | None = None, seed: int = 0,
) -> Chosen:  # fmt: skip
    """Leave out classes that are too small, and sample where there is too much.

    Parameters
    ----------
    labels : sequence of str
        Class name of each image.
    groups : sequence of str
    train : ndarray of bool, or None
    given : ndarray of bool, optional
        Whether a person gave the image its group.
    limit : int, optional
        At most about so many images; whole groups of a class are taken, and small classes whole.
    seed : int
        Of the sample.

    Raises
    ------
    AttrLensError
        If what is left cannot be evaluated, with the reason.
    """
    given = np.zeros(len(labels), bool) if given is None else given
    if limit is not None and len(labels) > limit:
        drawn = _sample(labels, groups, limit, seed)
        some = choose(
            [labels[i] for i in drawn], [groups[i] for i in drawn], None if train is None else train[drawn],
            given=given[drawn],
        )  # fmt: skip
        return replace(some, indices=drawn[some.indices], sampled_from=len(labels))
    numbers = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    group = np.array([numbers[g] for g in groups], np.int64)
    names = np.asarray(labels, object)
    if train is None:
        usable = np.ones(len(names), bool)
        classes, left_out = _enough_for_folds(names, group)
    else:
        usable = ~(train & np.isin(group, group[~train]))
        classes, left_out = _enough_to_learn(names[train & usable], names[~train])
    kept = np.flatnonzero(usable & np.isin(names, classes))
    if train is None and len(np.unique(group[kept])) < FOLDS:
        raise AttrLensError(
            words(
                "These images are of {n} group; {folds} folds need {folds}.",
                "These images are of {n} groups; {folds} folds need {folds}.",
                n=len(np.unique(group[kept])),
                folds=FOLDS,
            ),
            words("Give finer groups, or leave them out."),
        )
    index = {name: i for i, name in enumerate(classes)}
    return Chosen(
        kept, tuple(classes), np.array([index[name] for name in names[kept]], np.int64), group[kept], given[kept],
        None if train is None else train[kept], left_out, 0, int((~usable).sum()),
    )  # fmt: skip


def _enough_for_folds(names: Array, group: Array) -> tuple[list[str], dict[str, int]]:
    """Classes that folds can be made of, sorted, and the images of the others."""
    counts = Counter(names.tolist())
    # A class of one group would be scored by a classifier that never saw it.
    enough = {c for c in counts if counts[c] >= MIN_IMAGES and len(np.unique(group[names == c])) > 1}
    if len(enough) < 2:
        raise AttrLensError(
            words(
                "An evaluation needs two classes with {least} labeled images each, of two groups at least; "
                "there are: {classes}.",
                least=MIN_IMAGES,
                classes=", ".join(f"{name} {n}" for name, n in sorted(counts.items())) or words("none"),
            ),
            words("Label more images."),
        )
    return sorted(enough), {name: n for name, n in sorted(counts.items()) if name not in enough}


def _enough_to_learn(learned: Array, scored: Array) -> tuple[list[str], dict[str, int]]:
    """Classes that are learned, sorted: all compete, scored or not. And scored images of classes that are not."""
    counts, classes = Counter(scored.tolist()), sorted(set(learned.tolist()))
    if not len(scored):
        raise AttrLensError(
            words("There is nothing to score: every labeled image is learned from."),
            words("Label images that are no exemplars, or evaluate all labels in five folds."),
        )
    if len(classes) < 2:
        raise AttrLensError(
            words(
                "An evaluation needs two classes to learn from; there is {n}.",
                "An evaluation needs two classes to learn from; there are {n}.",
                n=len(classes),
            ),
            words("Add exemplars, or evaluate all labels in five folds."),
        )
    left_out = {name: n for name, n in sorted(counts.items()) if name not in classes}
    if len(left_out) == len(counts):
        raise AttrLensError(
            words("No image that is scored is of a class that is learned."), words("Check the names of the classes.")
        )
    return classes, left_out


def _sample(labels: Sequence[str], groups: Sequence[str], limit: int, seed: int) -> Array:
    """About `limit` images: of each class its share, but never less than twice the minimum; whole groups of a class."""
    rng = np.random.default_rng(seed)
    by_class: dict[str, dict[str, list[int]]] = {}
    for i, (label, group) in enumerate(zip(labels, groups, strict=True)):
        by_class.setdefault(label, {}).setdefault(group, []).append(i)
    drawn: list[int] = []
    for members in (by_class[name] for name in sorted(by_class)):
        size = sum(map(len, members.values()))
        quota, taken = max(2 * MIN_IMAGES, round(size * limit / len(labels))), 0
        every = list(members.values())
        for k in rng.permutation(len(every)):
            if taken >= quota:
                break
            drawn += every[k]
            taken += len(every[k])
    return np.array(sorted(drawn), np.int64)


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


def scored(data: Labeled) -> Array:
    """Indices of the images that are scored, ascending."""
    return np.arange(len(data.y)) if data.train is None else np.flatnonzero(~data.train)


def protocol(data: Labeled) -> Words:
    """The split in words."""
    if 0 < data.grouped < len(data.y):
        kept = words(
            "groups kept together ({grouped:,} of {total:,} images have one)", grouped=data.grouped, total=len(data.y)
        )
    else:
        kept = words("groups kept together") if data.grouped else words("no groups given")
    if data.train is None:
        return words("stratified {folds}-fold cross-validation, {groups}", folds=FOLDS, groups=kept)
    learned = int(data.train.sum())
    text = words(
        "learned from {learned:,} images, scored {scored:,} others, {groups}",
        learned=learned,
        scored=len(data.y) - learned,
        groups=kept,
    )
    if not data.not_learned:
        return text
    return words("{protocol}; {n:,} not learned, their group is scored", protocol=text, n=data.not_learned)
