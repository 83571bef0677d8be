"""The methods a person can choose from, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["discriminant", "mean", "knn"]
Metric = Literal["euclidean", "cosine"]

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
    def title(self) -> str:
        """For people."""
        if self.kind == "discriminant":
            return "Discriminant"
        if self.kind == "mean":
            return f"Nearest mean, {self.metric}"
        return f"Nearest exemplar, {self.metric}" if self.k == 1 else f"{self.k} nearest exemplars, {self.metric}"

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


METHODS: tuple[Method, ...] = (
    Method(),
    Method("mean", "euclidean"),
    Method("mean", "cosine"),
    *(Method("knn", metric, k) for metric in ("euclidean", "cosine") for k in (1, 4, 16)),
)
"""What menus and the automatic choice offer; any other k is understood too."""

DEFAULT = Method()
