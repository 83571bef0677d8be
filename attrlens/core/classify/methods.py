"""The methods a person can choose from, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attrlens.words import Words, words

Kind = Literal["discriminant", "mean", "knn"]
Metric = Literal["euclidean", "cosine"]

METRICS: dict[Metric, Words] = {"euclidean": words("Euclidean"), "cosine": words("cosine")}
"""For people."""

MOST_NEIGHBORS = 99


@dataclass(frozen=True)
class Method:
    """How classes are told apart.

    Attributes
    ----------
    kind : {'discriminant', 'mean', 'knn'}
        Shrinkage discriminant; nearest class mean; majority of the k nearest exemplars.
    metric : {'euclidean', 'cosine'}
        Distance of the last two. Euclidean looks at how strongly channels answer, cosine at their proportions only.
    k : int
        Neighbors, 1 to 99; 1 for the other kinds.
    """

    kind: Kind = "discriminant"
    metric: Metric = "euclidean"
    k: int = 1

    @property
    def name(self) -> str:
        """As it is stored: ``discriminant``, ``mean cosine``, ``knn 5 euclidean``."""
        if self.kind == "discriminant":
            return self.kind
        return f"mean {self.metric}" if self.kind == "mean" else f"knn {self.k} {self.metric}"

    @property
    def title(self) -> Words:
        """For people."""
        if self.kind == "discriminant":
            return words("Discriminant")
        if self.kind == "mean":
            return words("Nearest mean, {metric}", metric=METRICS[self.metric])
        return words(
            "Nearest exemplar, {metric}", "{n} nearest exemplars, {metric}", n=self.k, metric=METRICS[self.metric]
        )

    @property
    def short(self) -> Words:
        """The name, for people: in a line of the record, or within a sentence. In English as it is stored."""
        if self.kind == "discriminant":
            return words("discriminant")
        cosine = self.metric == "cosine"
        if self.kind == "mean":
            return words("mean cosine") if cosine else words("mean euclidean")
        return words("knn {k} cosine", k=self.k) if cosine else words("knn {k} euclidean", k=self.k)

    @classmethod
    def named(cls, name: str) -> Method:
        """Inverse of `name`.

        Raises
        ------
        ValueError
            If there is no such method.
        """
        metrics: dict[str, Metric] = {"euclidean": "euclidean", "cosine": "cosine"}
        match name.split():
            case ["discriminant"]:
                return cls()
            case ["mean", metric] if metric in metrics:
                return cls("mean", metrics[metric])
            case ["knn", k, metric] if metric in metrics and k.isdecimal() and 1 <= int(k) <= MOST_NEIGHBORS:
                return cls("knn", metrics[metric], int(k))
        raise ValueError(f"there is no method {name!r}: {', '.join(m.name for m in METHODS)}")


def said(name: str) -> str:
    """A stored name of a method, for people; the name itself where this version knows no such method."""
    try:
        return Method.named(name).short
    except ValueError:
        return name


METHODS: tuple[Method, ...] = (
    Method(),
    Method("mean", "euclidean"),
    Method("mean", "cosine"),
    *(Method("knn", metric, k) for metric in ("euclidean", "cosine") for k in (1, 4, 16)),
)
"""What menus and the automatic choice offer; any other k is understood too."""

DEFAULT = Method()
