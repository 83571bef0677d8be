"""What a person sees of channels, as a set of files: one PNG an image and channel, with alpha."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from attrlens import log
from attrlens.core.images import DEFAULT_MAX_PIXELS
from attrlens.core.inside.activations import SIDE, Activations, Network
from attrlens.core.inside.colormap import MapName
from attrlens.core.inside.explain import laid
from attrlens.core.inside.masks import Threshold, binary_mask
from attrlens.core.token import Token
from attrlens.errors import ImageError, describe_os_error
from attrlens.words import words

logger = log.get(__name__)

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Look:
    """What is looked at, and how it is shown.

    Attributes
    ----------
    backbone, layer : str
    channels : tuple of int
    kind : {'mask', 'heat'}
        ``mask``: the picture where it is uncovered, clear elsewhere. ``heat``: the map in colors, the weak parts clear.
    threshold : Threshold
        Of the mask.
    colors : str
        Name of the color map.
    low, high : float or None
        Ends of the scale; None for each map's own.
    gamma : float
    """

    channels: tuple[int, ...]
    kind: Literal["mask", "heat"] = "mask"
    threshold: Threshold = field(default_factory=Threshold)
    colors: MapName = "inferno"
    low: float | None = None
    high: float | None = None
    gamma: float = 1.0
    backbone: str = ""
    layer: str = ""


def mask_of(found: Activations, plane: Array, threshold: Threshold) -> Array:
    """Which pixels of the picture a map uncovers; shape (height, width), dtype bool.

    Parameters
    ----------
    found : Activations
    plane : ndarray of shape (units, units)
        Over the whole input.
    threshold : Threshold
        Measured on the part over the picture.
    """
    limit = threshold.of(found.crop(plane))
    left, top, width, height = found.box
    return binary_mask(plane, limit, found.field, found.side)[top : top + height, left : left + width]


def picture_of(found: Activations, channel: int, look: Look) -> Array:
    """One picture of the set; shape (height, width, 4), dtype uint8."""
    plane = found.values[..., channel]
    if look.kind == "heat":
        return np.asarray(laid(found, found.map(channel), look.colors, look.low, look.high, look.gamma))
    alpha = mask_of(found, plane, look.threshold).astype(np.uint8) * 255
    return np.dstack([found.picture, alpha])


def write_set(
    files: Sequence[Path], look: Look, network: Network, folder: Path, token: Token,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> int:  # fmt: skip
    """Write ``<image>-<layer>-<channel>-<kind>.png`` for every image and channel; how many were written.

    Images of the same name in other folders get a number; nothing is overwritten.

    Raises
    ------
    AttrLensError
        If a file cannot be written.
    Cancelled
    """
    from PIL import Image

    written = 0
    for i, path in enumerate(files):
        token.check()
        token.report(i, len(files), words("Writing pictures"))
        try:
            found = network.activations(path, look.backbone, look.layer, SIDE, "letterbox", token, max_pixels)
        except ImageError as error:
            logger.info("left out of a set: %s", error)
            continue
        for channel in look.channels:
            target = _free(folder / f"{path.stem}-{look.layer}-{channel}-{look.kind}.png")
            try:
                folder.mkdir(parents=True, exist_ok=True)
                Image.fromarray(picture_of(found, channel, look)).save(target)
            except OSError as error:
                raise describe_os_error(error, target) from error
            written += 1
    return written


def _free(path: Path) -> Path:
    number, out = 2, path
    while out.exists():
        out = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return out
