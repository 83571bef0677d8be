"""Draw synthetic garment photos: a cut, a fabric on it, folds, light, a backdrop.

Everything comes from one seed, so the same catalog is drawn on every machine with the same Pillow and NumPy.
"""

from __future__ import annotations

import colorsys
import csv
import math
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.demo.fabric import PATTERNS, SIDE, Color, Random
from attrlens.core.export.files import replacing
from attrlens.core.token import Token
from attrlens.errors import describe_os_error
from attrlens.words import words

Array = np.ndarray[Any, Any]

WIDTH, HEIGHT = 384, 512

COLORS: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    # hue in degrees, saturation, value: the ranges a base color is drawn from
    "yellow": ((47, 57), (0.65, 0.95), (0.85, 0.98)),
    "blue": ((208, 232), (0.55, 0.90), (0.40, 0.80)),
    "brown": ((16, 30), (0.45, 0.68), (0.26, 0.46)),
    "gray": ((0, 360), (0.0, 0.05), (0.42, 0.66)),
    "purple": ((268, 288), (0.40, 0.75), (0.38, 0.65)),
    "orange": ((19, 31), (0.78, 0.96), (0.86, 0.98)),
    "black": ((0, 360), (0.0, 0.12), (0.07, 0.15)),
    "red": ((352, 364), (0.72, 0.95), (0.60, 0.84)),
    "pink": ((328, 348), (0.25, 0.55), (0.86, 0.98)),
    "green": ((95, 150), (0.40, 0.80), (0.32, 0.66)),
}

FOLDERS = ("spring", "new-arrivals")

NOTE = words("Synthetic images drawn by AttrLens: no photographs.")


@dataclass(frozen=True)
class Garment:
    """One image of the demo.

    Attributes
    ----------
    name : str
        File name with its folder: ``spring`` is the catalog, ``new-arrivals`` what comes later.
    color, texture : str
        The truth.
    seed : int
    """

    name: str
    color: str
    texture: str
    seed: int


def plan(count: int = 1000, seed: int = 2021) -> list[Garment]:
    """Which garments to draw, every color with every texture in turn.

    Parameters
    ----------
    count : int
    seed : int

    Returns
    -------
    list of Garment
    """
    pairs = [(color, texture) for color in COLORS for texture in PATTERNS]
    out = []
    for i in range(count):
        color, texture = pairs[i % len(pairs)]
        turn = i // len(pairs)
        diagonal = list(COLORS).index(color) + list(PATTERNS).index(texture) + turn
        folder = FOLDERS[diagonal % 5 == 4]  # a fifth, of every color and every texture
        name = f"{folder}/{color}_{texture.replace(' ', '-')}_{turn:03d}.jpg"
        out.append(Garment(name, color, texture, zlib.crc32(f"{seed}/{name}".encode())))
    return out


def _base_color(rng: Random, name: str) -> Color:
    (h0, h1), (s0, s1), (v0, v1) = COLORS[name]
    rgb = colorsys.hsv_to_rgb((rng.uniform(h0, h1) % 360) / 360, rng.uniform(s0, s1), rng.uniform(v0, v1))
    return tuple(round(255 * c) for c in rgb)  # type: ignore[return-value]


def _tones(rng: Random, color: str, base: Color) -> list[Color]:
    """Colors of the pattern that leave the base in charge: a kin of it, and a neutral."""
    light = tuple(int(c + (255 - c) * rng.uniform(0.72, 0.92)) for c in base)
    dark = tuple(int(c * rng.uniform(0.25, 0.45)) for c in base)
    dim = 0.299 * base[0] + 0.587 * base[1] + 0.114 * base[2] < 70
    if color == "black":
        value = int(rng.uniform(150, 235))
        return [(value, value, value), (90, 90, 92)]
    if color == "gray":
        value = int(rng.choice([40, 225]))
        return [(value, value, value + 2), (110, 110, 112)]
    first, second = (light, dark) if dim or rng.random() < 0.6 else (dark, light)
    return [first, second]  # type: ignore[list-item]


def _noise(rng: Random, shape: tuple[int, int], cells: int) -> Array:
    """Smooth noise in about -1..1: a small random grid, enlarged."""
    from PIL import Image

    grid = rng.uniform(-1, 1, (cells + 1, cells + 1)).astype(np.float32)
    return np.asarray(Image.fromarray(grid).resize((shape[1], shape[0]), Image.Resampling.BICUBIC))


def _mirror(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return points + [(1 - x, y) for x, y in reversed(points)]


def _outline(rng: Random) -> tuple[list[tuple[float, float]], tuple[float, float, float, float] | None]:
    """A cut as a polygon in 0..1 of the canvas, and the ellipse of its neckline."""

    def j(spread: float) -> float:
        return float(rng.uniform(-spread, spread))

    kind = rng.choice(["tee", "dress", "skirt", "shirt", "trousers", "tank"])
    if kind == "tee":
        p = [(0.40, 0.13), (0.27, 0.17), (0.08 + j(0.02), 0.36 + j(0.03)), (0.20, 0.45 + j(0.02)), (0.27, 0.37),
             (0.27 + j(0.02), 0.66), (0.25 + j(0.03), 0.90 + j(0.03))]  # fmt: skip
    elif kind == "tank":
        p = [(0.38, 0.10), (0.31, 0.10), (0.30, 0.28), (0.24 + j(0.02), 0.36), (0.26, 0.64), (0.23 + j(0.03), 0.90)]
    elif kind == "dress":
        flare = 0.12 + j(0.05)
        p = [(0.41, 0.07), (0.31, 0.09), (0.24 + j(0.02), 0.22 + j(0.04)), (0.33, 0.24), (0.36 + j(0.02), 0.44),
             (flare + 0.06, 0.78), (flare, 0.95)]  # fmt: skip
    elif kind == "skirt":
        p = [(0.36 + j(0.02), 0.16), (0.28 + j(0.02), 0.40), (0.14 + j(0.06), 0.88 + j(0.05))]
    elif kind == "shirt":
        p = [(0.42, 0.09), (0.27, 0.14), (0.17, 0.30), (0.07 + j(0.02), 0.74 + j(0.04)), (0.16, 0.77 + j(0.03)),
             (0.26, 0.42), (0.25 + j(0.02), 0.92)]  # fmt: skip
    else:
        p = [(0.33, 0.06), (0.30, 0.26), (0.24 + j(0.03), 0.95), (0.41 + j(0.02), 0.95), (0.49, 0.40)]
    neck = None if kind in ("skirt", "trousers") else (0.40, p[0][1] - 0.05, 0.60, p[0][1] + 0.05 + abs(j(0.05)))
    return _mirror(p), neck


def _mask(rng: Random) -> Array:
    """Coverage of the garment, shape (HEIGHT, WIDTH), float32 in 0..1, smooth at its border."""
    from PIL import Image, ImageDraw, ImageFilter

    points, neck = _outline(rng)
    scale, tilt = rng.uniform(0.82, 1.02), math.radians(rng.uniform(-6, 6))
    shift = rng.uniform(-0.03, 0.03, 2)
    c, s = math.cos(tilt) * scale, math.sin(tilt) * scale

    def place(x: float, y: float) -> tuple[float, float]:
        u, v = (x - 0.5) * WIDTH, (y - 0.5) * HEIGHT
        return 2 * (c * u - s * v + (0.5 + shift[0]) * WIDTH), 2 * (s * u + c * v + (0.5 + shift[1]) * HEIGHT)

    image = Image.new("L", (2 * WIDTH, 2 * HEIGHT), 0)
    draw = ImageDraw.Draw(image)
    draw.polygon([place(x, y) for x, y in points], fill=255)
    # Cloth has no sharp corners: blur and cut again.
    image = image.filter(ImageFilter.GaussianBlur(7)).point(lambda v: 255 if v > 127 else 0)
    if neck is not None:
        t = np.linspace(0, 2 * math.pi, 40)
        x0, y0, x1, y1 = neck
        ellipse = zip((x0 + x1) / 2 + (x1 - x0) / 2 * np.cos(t), (y0 + y1) / 2 + (y1 - y0) / 2 * np.sin(t), strict=True)
        ImageDraw.Draw(image).polygon([place(x, y) for x, y in ellipse], fill=0)
    return np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX), np.float32) / 255


def _backdrop(rng: Random) -> Array:
    """What the garment lies on: paper, a wall, a tinted sheet; shape (HEIGHT, WIDTH, 3), float32 in 0..255."""
    kind = rng.random()
    if kind < 0.55:
        base = np.full(3, rng.uniform(238, 255))
    elif kind < 0.8:
        base = np.full(3, rng.uniform(205, 235)) + rng.uniform(-4, 4, 3)
    else:
        base = np.array([rng.uniform(205, 235), rng.uniform(200, 225), rng.uniform(190, 220)])
    light = 1 + rng.uniform(0, 0.05) * _noise(rng, (HEIGHT, WIDTH), 2)
    return np.asarray(base, np.float32) * light[..., None].astype(np.float32)


def draw(garment: Garment) -> Any:
    """Draw one garment.

    Parameters
    ----------
    garment : Garment

    Returns
    -------
    PIL.Image.Image
        RGB, WIDTH x HEIGHT.
    """
    from PIL import Image, ImageFilter

    rng = np.random.default_rng(garment.seed)
    base = _base_color(rng, garment.color)
    tile = np.asarray(PATTERNS[garment.texture](rng, base, _tones(rng, garment.color, base)), np.float32)
    mask = _mask(rng)

    # Folds bend the cloth and its light alike.
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    direction = rng.uniform(-0.5, 0.5)
    across = x * math.cos(direction) + y * math.sin(direction)
    waves = rng.uniform(2.5, 6.0)
    phase = 2.2 * _noise(rng, (HEIGHT, WIDTH), 3)
    folds = np.sin(across / WIDTH * waves * 2 * math.pi + phase) * (0.35 + 0.65 * y / HEIGHT)
    depth = rng.uniform(0.4, 1.0)
    drape = _noise(rng, (HEIGHT, WIDTH), 4)

    turn, zoom = math.radians(rng.uniform(-25, 25)), rng.uniform(1.0, 1.9)
    if garment.texture in ("stripes",) and rng.random() < 0.5:
        turn += math.pi / 2
    u = (x + 5 * depth * folds + 7 * drape) * zoom
    v = (y + 4 * drape) * zoom
    cu, su = math.cos(turn), math.sin(turn)
    fabric = _sample(tile, cu * u - su * v, su * u + cu * v)

    weave = rng.normal(0, 0.016, (HEIGHT, WIDTH)).astype(np.float32)
    shade = 1 + 0.13 * depth * folds + 0.07 * drape + weave
    side_light = 1 + rng.uniform(-0.12, 0.12) * (x / WIDTH - 0.5) * 2
    edge = (
        np.asarray(Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(9)), np.float32) / 255
    )
    rounding = 0.80 + 0.20 * np.clip(edge * 1.7 - 0.7, 0, 1)
    cloth = fabric * (shade * side_light * rounding)[..., None]

    back = _backdrop(rng)
    dx, dy = (int(n) for n in rng.integers(4, 12, 2))
    shadow = np.roll(edge, (dy, dx), (0, 1)) * rng.uniform(0.10, 0.28)
    picture = back * (1 - shadow)[..., None]
    picture += (cloth - picture) * mask[..., None]
    picture *= rng.uniform(0.94, 1.04) * (1 + rng.uniform(-0.015, 0.015, 3))
    image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.7)))


def _sample(tile: Array, u: Array, v: Array) -> Array:
    """Look up a repeating tile at real coordinates, bilinear; shape of u plus a color axis."""
    u0, v0 = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    fu, fv = (u - u0)[..., None], (v - v0)[..., None]
    u1, v1 = (u0 + 1) % SIDE, (v0 + 1) % SIDE
    u0, v0 = u0 % SIDE, v0 % SIDE
    top = tile[v0, u0] * (1 - fu) + tile[v0, u1] * fu
    bottom = tile[v1, u0] * (1 - fu) + tile[v1, u1] * fu
    return np.asarray(top * (1 - fv) + bottom * fv)


def generate(folder: Path, token: Token, count: int = 1000, seed: int = 2021) -> list[Garment]:
    """Draw the demo images into `folder`, with ``truth.csv`` beside them. Images already there are kept.

    Parameters
    ----------
    folder : Path
        Images go to its sub-folders ``spring`` and ``new-arrivals``.
    token : Token
        Gets images done and in all; what was drawn before a cancel stays.
    count, seed : int

    Returns
    -------
    list of Garment

    Raises
    ------
    AttrLensError
        If the folder cannot be written.
    """
    garments = plan(count, seed)
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise describe_os_error(error, folder) from error

    def make(garment: Garment) -> None:
        path = folder / garment.name
        if token.cancelled or path.exists():
            return
        part = path.with_suffix(".part")
        try:
            draw(garment).save(part, "JPEG", quality=90)
            part.replace(path)
        except OSError as error:
            raise describe_os_error(error, path) from error

    with ThreadPoolExecutor(os.cpu_count() or 2, "demo") as pool:
        for done, _ in enumerate(pool.map(make, garments), 1):
            token.report(done, count, words("Drawing demo images"))
    token.check()
    with replacing(folder / "truth.csv") as stream:
        writer = csv.writer(stream)
        writer.writerow(("file", "color", "texture"))
        writer.writerows((g.name, g.color, g.texture) for g in garments)
    return garments


def read_truth(folder: Path) -> dict[str, dict[str, str]]:
    """Color and texture of each demo image, by file name (without folder): ``{"Color": ..., "Texture": ...}``.

    Raises
    ------
    AttrLensError
        If ``truth.csv`` cannot be read.
    """
    path = folder / "truth.csv"
    try:
        with path.open(newline="", encoding="utf-8") as stream:
            return {
                Path(row["file"]).name: {"Color": row["color"], "Texture": row["texture"]}
                for row in csv.DictReader(stream)
            }
    except OSError as error:
        raise describe_os_error(error, path) from error
