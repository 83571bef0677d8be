"""Fabric patterns: square tiles that repeat without a seam."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL import ImageDraw as PILDraw

Array = np.ndarray[Any, Any]
Color = tuple[int, int, int]
Random = np.random.Generator

SIDE = 384
"""Pixels of a tile."""


def _blank(color: Color) -> Any:
    from PIL import Image

    return Image.new("RGB", (SIDE, SIDE), color)


def _draw(image: Any) -> PILDraw.ImageDraw:
    from PIL import ImageDraw

    return ImageDraw.Draw(image, "RGBA")


def _wrapped(points: Array, reach: float) -> list[tuple[float, float, int]]:
    """Points with copies across the tile's borders, so that what is drawn at them repeats; (x, y, index)."""
    shifts = [(dx, dy) for dx in (-SIDE, 0, SIDE) for dy in (-SIDE, 0, SIDE)]
    return [
        (float(x + dx), float(y + dy), index)
        for index, (x, y) in enumerate(points)
        for dx, dy in shifts
        if -reach < x + dx < SIDE + reach and -reach < y + dy < SIDE + reach
    ]


def _jittered(rng: Random, cells: int, jitter: float) -> Array:
    """A jittered grid of cells x cells points, odd rows shifted by half a cell; shape (cells ** 2, 2)."""
    step = SIDE / cells
    rows, columns = np.mgrid[0:cells, 0:cells]
    x = (columns + 0.5 * (rows % 2)) * step
    points = np.stack([x, rows * step], -1).reshape(-1, 2)
    return np.asarray((points + rng.uniform(-jitter, jitter, points.shape) * step) % SIDE)


def _shape(x: float, y: float, angle: float, outline: Array) -> list[tuple[float, float]]:
    c, s = math.cos(angle), math.sin(angle)
    return [(x + c * px - s * py, y + s * px + c * py) for px, py in outline]


def _plain(rng: Random, base: Color, tones: list[Color]) -> Any:
    return _blank(base)


def _stripes(rng: Random, base: Color, tones: list[Color]) -> Any:
    image = _blank(base)
    draw = _draw(image)
    count = int(rng.choice([6, 8, 12, 16]))
    step = SIDE / count
    share = rng.uniform(0.25, 0.42)
    for i in range(count):
        draw.rectangle((0, i * step, SIDE, i * step + step * share), fill=tones[0])
        if count <= 8 and len(tones) > 1 and rng.random() < 0.5:
            draw.rectangle((0, i * step + step * 0.6, SIDE, i * step + step * 0.66), fill=tones[1])
    return image


def _plaid(rng: Random, base: Color, tones: list[Color]) -> Any:
    image = _blank(base)
    draw = _draw(image)
    count = int(rng.choice([3, 4, 6]))
    step = SIDE / count
    bands = [(0.0, rng.uniform(0.22, 0.34), tones[0], 105), (0.55, 0.64, tones[-1], 120), (0.78, 0.81, tones[0], 200)]
    for start, end, tone, alpha in bands:
        for i in range(count):
            low, high = (i + start) * step, (i + end) * step
            draw.rectangle((low, 0, high, SIDE), fill=(*tone, alpha))
            draw.rectangle((0, low, SIDE, high), fill=(*tone, alpha))
    return image


def _argyle(rng: Random, base: Color, tones: list[Color]) -> Any:
    image = _blank(base)
    draw = _draw(image)
    count = int(rng.choice([3, 4, 6]))
    w, h = SIDE / count, SIDE / max(2, count - 1)
    rows = max(2, count - 1)
    for i in range(-1, count + 1):
        for j in range(-1, rows + 1):
            x, y = (i + 0.5) * w, (j + 0.5) * h
            tone = tones[0] if i % 2 or len(tones) < 2 or count % 2 else tones[1]
            draw.polygon([(x, y - h / 2), (x + w / 2, y), (x, y + h / 2), (x - w / 2, y)], fill=tone)
    line = tones[-1] if rng.random() < 0.5 else (245, 245, 240)
    for i in range(-1, count + 1):
        for j in range(-1, rows + 1):
            x, y = i * w, j * h
            for x0, y0, x1, y1 in ((x, y, x + w, y + h), (x + w, y, x, y + h)):
                pieces = 12
                for k in range(0, pieces, 2):
                    a, b = k / pieces, (k + 1.2) / pieces
                    ends = (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)
                    draw.line(ends, fill=line, width=2)
    return image


def _polka_dot(rng: Random, base: Color, tones: list[Color]) -> Any:
    image = _blank(base)
    draw = _draw(image)
    cells = int(rng.choice([4, 6, 8, 10]))
    radius = SIDE / cells * rng.uniform(0.17, 0.27)
    for x, y, _ in _wrapped(_jittered(rng, cells, 0.0), radius):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tones[0])
    return image


def _houndstooth(rng: Random, base: Color, tones: list[Color]) -> Any:
    """Woven as the cloth is: four dark, four light threads each way in a 2/2 twill."""
    from PIL import Image

    i, j = np.mgrid[0:8, 0:8]
    warp_on_top = (i + j) % 4 < 2
    dark = np.where(warp_on_top, j % 8 < 4, i % 8 < 4)
    cell = np.where(dark[..., None], np.array(base), np.array(tones[0])).astype(np.uint8)
    repeats = int(rng.choice([4, 6, 8, 12]))
    # One repeat more on each side, so that the smoothing at the border sees what follows there.
    whole = Image.fromarray(np.tile(cell, (repeats + 2, repeats + 2, 1)))
    margin = SIDE // repeats
    large = whole.resize((SIDE + 2 * margin,) * 2, Image.Resampling.BICUBIC)
    return large.crop((margin, margin, margin + SIDE, margin + SIDE))


def _floral(rng: Random, base: Color, tones: list[Color]) -> Any:
    image = _blank(base)
    draw = _draw(image)
    cells = int(rng.choice([3, 4, 5]))
    size = SIDE / cells * rng.uniform(0.36, 0.46)
    points = _jittered(rng, cells, 0.2)
    petals = rng.integers(5, 8, len(points))
    angles = rng.uniform(0, 2 * math.pi, len(points))
    scales = rng.uniform(0.6, 1.05, len(points))
    leaf = (70, 110, 70) if rng.random() < 0.5 else tones[-1]
    t = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    petal = np.stack([0.52 + 0.46 * np.cos(t), 0.30 * np.sin(t)], -1)
    spear = np.stack([0.95 + 0.42 * np.cos(t), 0.13 * np.sin(t)], -1)
    placed = _wrapped(points, size * 1.5)
    for x, y, k in placed:
        for turn in (0.4, 2.7):
            draw.polygon(_shape(x, y, angles[k] + turn, spear * size * scales[k]), fill=leaf)
    for x, y, k in placed:
        for p in range(petals[k]):
            turn = angles[k] + 2 * math.pi * p / petals[k]
            draw.polygon(_shape(x, y, turn, petal * size * scales[k]), fill=tones[k % 2 if len(tones) > 1 else 0],
                         outline=(*base, 140))  # fmt: skip
        r = size * scales[k] * 0.2
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(236, 200, 80) if k % 3 else tones[-1])
    return image


def _leopard(rng: Random, base: Color, tones: list[Color]) -> Any:
    """Broken dark rosettes around a patch that is a little darker than the ground."""
    image = _blank(base)
    draw = _draw(image)
    cells = int(rng.choice([6, 7, 9]))
    size = SIDE / cells * 0.40
    points = _jittered(rng, cells, 0.22)
    dark = tuple(int(c * 0.18) for c in base) if sum(base) > 220 else tones[0]
    inner = tuple(int(c * 0.72) for c in base) if sum(base) > 220 else tuple(min(255, c + 34) for c in base)
    arcs = [
        [(start + rng.uniform(-0.2, 0.2), rng.uniform(0.9, 1.7)) for start in (0.0, 2.1, 4.2) if rng.random() < 0.88]
        for _ in points
    ]
    wobble = rng.uniform(0.75, 1.15, (len(points), 10))
    for x, y, k in _wrapped(points, size * 1.6):
        body = [
            (x + size * 0.75 * wobble[k, i] * math.cos(i * 0.628), y + size * 0.62 * wobble[k, i] * math.sin(i * 0.628))
            for i in range(10)
        ]
        draw.polygon(body, fill=inner)
        for start, length in arcs[k]:
            steps = np.linspace(start, start + length, 7)
            radius = size * np.array([0.86, 1.0, 1.08, 1.1, 1.06, 1.0, 0.86])
            outer = [(x + r * math.cos(a), y + 0.85 * r * math.sin(a)) for a, r in zip(steps, radius, strict=True)]
            inside = [
                (x + 0.6 * r * math.cos(a), y + 0.5 * r * math.sin(a)) for a, r in zip(steps, radius, strict=True)
            ]
            draw.polygon(outer + inside[::-1], fill=dark)
    return image


def _paisley(rng: Random, base: Color, tones: list[Color]) -> Any:
    """Curled drops with a border, a heart and beads around."""
    image = _blank(base)
    draw = _draw(image)
    cells = int(rng.choice([3, 4]))
    size = SIDE / cells * rng.uniform(0.42, 0.5)
    points = _jittered(rng, cells, 0.08)
    angles = rng.choice([0.6, 3.7], len(points)) + rng.uniform(-0.25, 0.25, len(points))
    t = np.linspace(0, 1, 40)
    # A drop whose tip bends: radius shrinks along a curling spine.
    spine = np.stack([0.75 * np.sin(t * 2.4) * t, -1.25 * t + 0.35], -1)
    normal = np.gradient(spine, axis=0)
    normal = np.stack([-normal[:, 1], normal[:, 0]], -1) / np.linalg.norm(normal, axis=1)[:, None]
    radius = 0.55 * np.sqrt(np.clip(1 - t, 0, 1)) * np.minimum(1, 0.25 + 3 * t)
    outline = np.concatenate([spine + normal * radius[:, None], (spine - normal * radius[:, None])[::-1]])
    center = outline.mean(0)
    for x, y, k in _wrapped(points, size * 1.6):
        for scale, tone in ((1.0, tones[0]), (0.82, base), (0.66, tones[-1]), (0.36, base)):
            draw.polygon(_shape(x, y, angles[k], ((outline - center) * scale + center) * size), fill=tone)
        for bx, by in _shape(x, y, angles[k], ((outline - center) * 1.22 + center)[::5] * size):
            draw.ellipse((bx - size * 0.05, by - size * 0.05, bx + size * 0.05, by + size * 0.05), fill=tones[0])
    return image


def _sequins(rng: Random, base: Color, tones: list[Color]) -> Any:
    """Overlapping discs, each tilted its own way: some flash, most are dim."""
    image = _blank(tuple(int(c * 0.5) for c in base))  # type: ignore[arg-type]
    draw = _draw(image)
    cells = int(rng.choice([16, 20, 24]))
    cells += cells % 2
    radius = SIDE / cells * 0.56
    points = _jittered(rng, cells, 0.04)
    tilt = rng.beta(1.2, 2.2, len(points))
    for x, y, k in sorted(_wrapped(points, radius), key=lambda p: p[1]):
        shade = 0.45 + 0.85 * tilt[k]
        tone = tuple(int(min(255, c * shade + 18 * tilt[k])) for c in base)
        rim = tuple(int(c * 0.6) for c in tone)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tone, outline=rim)
        if tilt[k] > 0.62:
            r = radius * 0.42
            draw.ellipse((x - r, y - r * 1.4, x + r * 0.4, y), fill=(255, 255, 250, 225))
    return image


PATTERNS: dict[str, Callable[[Random, Color, list[Color]], Any]] = {
    "argyle": _argyle,
    "plaid": _plaid,
    "floral": _floral,
    "sequins": _sequins,
    "leopard": _leopard,
    "paisley": _paisley,
    "houndstooth": _houndstooth,
    "plain": _plain,
    "polka dot": _polka_dot,
    "stripes": _stripes,
}
"""Texture class to a function (random generator, base color, other tones) -> RGB tile of `SIDE` pixels."""
