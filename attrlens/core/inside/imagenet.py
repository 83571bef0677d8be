"""Class activation maps of the 1,000 classes of ImageNet: what in a picture speaks for one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from attrlens import paths
from attrlens.core.backbones.spec import Head
from attrlens.core.inside.activations import Activations

Array = np.ndarray[Any, Any]


@cache
def names() -> tuple[str, ...]:
    """English names of the classes, in ImageNet's order (ILSVRC 2012)."""
    path = paths.resources() / "models" / "imagenet_classes.txt"
    return tuple(path.read_text(encoding="utf-8").splitlines())


def find(text: str) -> list[int]:
    """Classes whose name has a text in it: the one of that very name first (a cardigan, not the Cardigan, a dog), then
    those that begin with it."""
    exact = text.strip()
    wanted = exact.casefold()
    found = [i for i, name in enumerate(names()) if wanted in name.casefold()]
    return sorted(found, key=lambda i: (names()[i] != exact, not names()[i].casefold().startswith(wanted), i))


@dataclass(frozen=True)
class Scores:
    """What the network says of one image.

    Attributes
    ----------
    logits : ndarray of shape (classes,), dtype float32
    shares : ndarray of shape (classes,), dtype float64
        Softmax of the logits.
    """

    logits: Array
    shares: Array

    def best(self, count: int = 5) -> list[int]:
        """The classes it finds most likely, best first."""
        return [int(i) for i in np.argsort(-self.logits, kind="stable")[:count]]


def scores(found: Activations, head: Head) -> Scores:
    """Score the classes.

    Parameters
    ----------
    found : Activations
        Of the head's layer.
    head : Head
    """
    logits = found.means() @ head.kernel + head.bias
    raised = np.exp((logits - logits.max()).astype(np.float64))
    return Scores(np.asarray(logits), raised / raised.sum())


def class_map(found: Activations, head: Head, number: int) -> Array:
    """Where a class's logit comes from (Zhou et al. 2016, "Learning deep features for discriminative localization").

    Parameters
    ----------
    found : Activations
        Of the head's layer.
    head : Head
    number : int
        The class.

    Returns
    -------
    ndarray of shape (h, w), dtype float32
        Over the whole input; its sum is the logit minus the bias.
    """
    return np.asarray(found.values @ head.kernel[:, number] / found.values[..., 0].size)
