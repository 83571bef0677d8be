"""Frozen graphs kept from start to start: building one by Keras takes seconds, reading one a tenth. Safe to delete."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from attrlens import __version__, log, paths
from attrlens.core.export.files import replacing_bytes
from attrlens.core.graph import Frozen
from attrlens.errors import AttrLensError

logger = log.get(__name__)

VERSION = 1
"""Raised when `graph.freeze` makes another graph of the same recipes and weights."""

MOST = 6
"""Files kept; the one used longest ago goes first. About 15 MB each."""


def kept(tf: Any, parts: Sequence[object], make: Callable[[], Frozen]) -> Frozen:
    """The graph that was made of the same parts before, or a new one.

    Parameters
    ----------
    tf : module
    parts : sequence
        All that decides what the graph is, as plain types: recipes, input, hash of the weights.
    make : callable
        Called where there is none, or where it cannot be read.
    """
    whole = json.dumps([VERSION, __version__, tf.__version__, *parts])
    name = f"{hashlib.sha256(whole.encode()).hexdigest()[:24]}.graph"
    path = paths.graphs_folder() / name
    for known in (paths.bundled_graphs_folder() / name, path):
        try:
            found = _parsed(tf, known.read_bytes())
            if known == path:
                known.touch()
            return found
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError) as error:
            logger.info("the kept graph %s is made again: %s", name, error)
    made = make()
    try:
        with replacing_bytes(path) as stream:
            stream.write(_written(made))
        for old in sorted(path.parent.glob("*.graph"), key=lambda p: p.stat().st_mtime)[:-MOST]:
            old.unlink(missing_ok=True)
    except (AttrLensError, OSError) as error:
        logger.info("the graph is not kept: %s", error)  # a full disk: the next start takes longer
    return made


def _written(frozen: Frozen) -> bytes:
    body: bytes = frozen.graph.SerializeToString()
    head = {"images": frozen.images, "descriptors": frozen.descriptors, "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(head).encode() + b"\n" + body


def _parsed(tf: Any, data: bytes) -> Frozen:
    """Raises ValueError or KeyError for anything but what `_written` wrote."""
    first, _, body = data.partition(b"\n")
    head = json.loads(first)
    if hashlib.sha256(body).hexdigest() != head["sha256"]:
        raise ValueError("damaged")
    return Frozen(tf.compat.v1.GraphDef.FromString(body), head["images"], tuple(head["descriptors"]))
