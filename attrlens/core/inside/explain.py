"""What a channel or a class says of one image, as files: heat map, mask, overlay, numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.inside.activations import Activations
from attrlens.core.inside.colormap import MapName, colored
from attrlens.core.inside.masks import Threshold, binary_mask
from attrlens.errors import describe_os_error

Array = np.ndarray[Any, Any]


def strongest(found: Activations, count: int = 10) -> list[tuple[int, float, float]]:
    """The channels with the largest mean over the picture: number, mean, peak; largest first."""
    maps = found.crop(found.values)
    means, peaks = maps.mean((0, 1)), maps.max((0, 1))
    order = np.argsort(-means, kind="stable")[:count]
    return [(int(i), float(means[i]), float(peaks[i])) for i in order]


def most_telling(found: Activations) -> int:
    """The channel that differs most within the picture: one that is high everywhere says nothing of where."""
    return int(inner(found.crop(found.values)).std((0, 1)).argmax())


def inner(maps: Array) -> Array:
    """Maps without their outermost units, which see the network's padding and the mat beside the picture."""
    border = 2 if min(maps.shape[:2]) >= 16 else 1 if min(maps.shape[:2]) >= 5 else 0
    return maps[border : len(maps) - border, border : maps.shape[1] - border]


def laid(found: Activations, part: Array, colors: MapName = "inferno", low: float | None = None,
         high: float | None = None, gamma: float = 1.0) -> Any:  # fmt: skip
    """A map over the picture in colors, at the picture's size; a Pillow image, RGBA.

    Parameters
    ----------
    found : Activations
    part : ndarray of shape (h, w)
        As `Activations.crop` gives it.
    colors, low, high, gamma
        See `colored`. A map with both signs is shown as such. Left out, the ends are those of `inner`.
    """
    from PIL import Image

    own = inner(part)
    low, high = float(own.min()) if low is None else low, float(own.max()) if high is None else high
    name: MapName = "signed" if low < 0 < high else colors
    height, width = found.picture.shape[:2]
    left, top, wide, high_share = found.extent(found.field.units)
    size = max(1, round(wide * width)), max(1, round(high_share * height))
    large = Image.fromarray(colored(part, name, low, high, gamma)).resize(size, Image.Resampling.BICUBIC)
    x, y = round(-left * width), round(-top * height)
    return large.crop((x, y, x + width, y + height))


def channel_facts(found: Activations, channel: int) -> dict[str, Any]:
    """What the record says of a channel."""
    rows = [{"channel": i, "mean": mean, "peak": peak} for i, mean, peak in strongest(found)]
    return {"channel": channel, "strongest": rows}


def write(
    found: Activations, plane: Array, threshold: Threshold, folder: Path, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Write ``heatmap.png``, ``mask.png``, ``overlay.png`` and ``explain.json``; what the last one holds.

    Parameters
    ----------
    found : Activations
    plane : ndarray of shape (units, units)
        What is shown: a channel, or the map of a class, over the whole input.
    threshold : Threshold
        Of the mask.
    folder : Path
        Made where it is missing.
    facts : mapping
        For the record: image, channel or class.

    Raises
    ------
    AttrLensError
        If a file cannot be written.
    """
    from PIL import Image

    heat = np.ascontiguousarray(found.crop(plane))
    limit = threshold.of(heat)
    left, top, width, height = found.box
    mask = binary_mask(plane, limit, found.field, found.side)
    mask = mask[top : top + height, left : left + width]
    layer = laid(found, heat)
    picture = Image.fromarray(np.ascontiguousarray(found.picture))
    overlay = Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")
    uncovered = picture.convert("RGBA")
    uncovered.putalpha(Image.fromarray(mask.astype(np.uint8) * 255))
    opaque = layer.copy()
    opaque.putalpha(255)
    top_left = np.unravel_index(int(heat.argmax()), heat.shape)
    told = {
        **facts,
        "layer": found.layer,
        "input_side": found.side,
        "receptive_field": {"size": found.field.size, "stride": found.field.stride, "start": found.field.start},
        "mean": float(heat.mean()),
        "peak": float(heat.max()),
        "least": float(heat.min()),
        "peak_at": {
            "row": int(top_left[0]),
            "column": int(top_left[1]),
            "rows": heat.shape[0],
            "columns": heat.shape[1],
        },
        "threshold": {"rule": threshold.rule, "amount": threshold.amount, "value": limit},
        "uncovered": float(mask.mean()),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, one in (("heatmap", opaque.convert("RGB")), ("mask", uncovered), ("overlay", overlay)):
            one.save(folder / f"{name}.png")
        (folder / "explain.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise describe_os_error(error, folder) from error
    return told
