"""An evaluation from request to report. `evaluate` runs in the helper process, see `core.helper`."""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from attrlens import __version__
from attrlens.core.evaluate.data import FOLDS, Labeled, protocol, scored, splits
from attrlens.core.evaluate.parts import PARTS, Numbers, Setting, merge
from attrlens.core.helper import Helper, Send
from attrlens.core.token import Stage, Token
from attrlens.errors import AttrLensError
from attrlens.words import words

SCHEMA = "attrlens-evaluation"
SCHEMA_VERSION = 1
"""Raised when a key of the report changes its meaning or goes; new keys may come within a version. The keys are
described in ``attrlens/EVALUATION.md``."""

DIMENSIONS = (2, 4, 8, 16, 32, 64)
"""Of the reduced spaces."""


@dataclass(frozen=True)
class Options:
    """What is to be measured.

    Attributes
    ----------
    parts : tuple of str
        Names of `PARTS`, in their order.
    seed : int
        Of the folds and everything drawn.
    dimensions : tuple of int
        Of the reduced spaces of ``umap-knn``.
    """

    parts: tuple[str, ...] = tuple(part.name for part in PARTS)
    seed: int = 0
    dimensions: tuple[int, ...] = DIMENSIONS


def parts_named(names: Sequence[str], skipped: Sequence[str] = ()) -> tuple[str, ...]:
    """Check names of parts; all of them if none is given.

    Raises
    ------
    AttrLensError
        For a name that is no part.
    """
    known = [part.name for part in PARTS]
    for name in (*names, *skipped):
        if name not in known:
            raise AttrLensError(
                words("An evaluation has no part {name}.", name=name),
                words("Parts are {names}.", names=", ".join(known)),
            )
    return tuple(name for name in known if (not names or name in names) and name not in skipped)


def uses_blocks(options: Options) -> bool:
    """Whether any part that is asked for looks at blocks."""
    return any(part.uses_blocks for part in PARTS if part.name in options.parts)


@dataclass(frozen=True)
class Done:
    """One part's numbers, as they come."""

    part: str
    numbers: Numbers
    seconds: float


@dataclass
class Evaluation:
    """What all parts found.

    Attributes
    ----------
    results : dict
        Plain numbers, merged.
    seconds : dict of part name to float
    """

    results: Numbers = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def add(self, done: Done) -> None:
        """Take in a part."""
        merge(self.results, done.numbers)
        self.seconds[done.part] = round(done.seconds, 2)


def evaluate(request: tuple[Labeled, Options], token: Token, send: Send) -> Evaluation:
    """Run the parts one after the other.

    Parameters
    ----------
    request : (Labeled, Options)
    token : Token
    send : callable
        Gets a `Done` for each part as soon as it has its numbers. Parts that look at blocks are passed over where
        there are none.
    """
    data, options = request
    fold = splits(data, options.seed)
    parts = [part for part in PARTS if part.name in options.parts and (data.blocks or not part.needs_blocks)]
    whole = sum(part.weight for part in parts)
    before, out = 0.0, Evaluation()
    for part in parts:
        token.check()
        stage = Stage(
            token, before / whole, (before + part.weight) / whole, words("Evaluating {name}", name=data.attribute)
        )
        before += part.weight
        began = time.perf_counter()
        numbers = part.run(Setting(data, fold, stage, options.seed, options.dimensions))
        done = Done(part.name, numbers, time.perf_counter() - began)
        out.add(done)
        send(done)
    return out


def evaluate_apart(
    data: Labeled, options: Options, helper: Helper, token: Token, send: Send = lambda item: None
) -> Evaluation:
    """`evaluate` in the helper process."""
    out = helper.run(evaluate, (data, options), token, send)
    assert isinstance(out, Evaluation)
    return out


def report(
    data: Labeled, options: Options, found: Evaluation, recipes: Mapping[str, Mapping[str, object]], note: str = ""
) -> Numbers:
    """The report as plain types, ready for JSON.

    Parameters
    ----------
    data : Labeled
    options : Options
    found : Evaluation
    recipes : mapping of space title to mapping
        Recipe and SHA-256 of the weights.
    note : str
        Where the images come from.
    """
    results = dict(found.results)
    images = results.pop("images", [])
    at = scored(data)
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "attrlens": __version__,
        "made": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "source": note,
        "attribute": data.attribute,
        "backbone": data.product.backbone,
        "block_backbone": data.backbones[0] if data.blocks else "",
        "recipe": data.product.name,
        "n_images": len(at),
        "n_groups": len(np.unique(data.groups[at])),
        "sampled_from": data.sampled_from or None,
        "classes": list(data.classes),
        "left_out": data.left_out,
        "protocol": protocol(data),
        "folds": FOLDS if data.train is None else 1,
        "seed": options.seed,
        "threshold": data.threshold,
        "recipes": {name: dict(entry) for name, entry in recipes.items()},
        "machine": {"system": platform.platform(), "python": platform.python_version()},
        "seconds": found.seconds,
        "results": results,
        "images": images,
    }
