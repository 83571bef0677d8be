"""The color of a garment as one number, and an order of colors for the eye."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np

from attrlens.core.garment import garment_weight

if TYPE_CHECKING:
    from PIL import Image as PILImage

Array = np.ndarray[Any, Any]

SIDE = 64
"""Pixels of the copy that is averaged, at least (unless the image has fewer)."""

GRAY = 0.035
"""OKLab chroma below which a color has no hue the eye would name."""


def mean_color(image: PILImage.Image) -> int:
    """The garment's mean color.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB.

    Returns
    -------
    int
        0xRRGGBB, in sRGB.
    """
    pixels = np.asarray(image.reduce(max(1, max(image.size) // SIDE)))
    weight = garment_weight(pixels).astype(np.float32)[..., None]
    red, green, blue = np.rint((pixels * weight).sum((0, 1)) / max(float(weight.sum()), 1e-6)).astype(int).tolist()
    return int(red << 16 | green << 8 | blue)


def mean_color_of(jpeg: bytes) -> int:
    """The garment's mean color of a stored thumbnail; -1 if it cannot be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
            return mean_color(image.convert("RGB"))
    except (OSError, ValueError):
        return -1


def order(colors: Array) -> Array:
    """Keys that sort colors: hues from red on, within a hue light to dark, then grays light to dark, unknown last.

    Parameters
    ----------
    colors : ndarray of shape (n,), dtype int
        0xRRGGBB, -1 where it is not known.

    Returns
    -------
    ndarray of shape (n,), dtype float64
    """
    lightness, a, b = oklab(colors)
    hue = np.degrees(np.arctan2(b, a)) % 360
    # Steps of 15 degrees: within one the eye sees one color, and goes by lightness.
    keys = np.floor(((hue + 7.5) % 360) / 15) + (1 - lightness)
    keys = np.where(np.hypot(a, b) < GRAY, 100 + (1 - lightness), keys)
    return np.asarray(np.where(colors < 0, 1000.0, keys))


def oklab(colors: Array) -> tuple[Array, Array, Array]:
    """OKLab coordinates (B. Ottosson, "A perceptual color space for image processing", 2020) of sRGB colors.

    Parameters
    ----------
    colors : ndarray of shape (n,), dtype int
        0xRRGGBB.

    Returns
    -------
    lightness, a, b : ndarray of shape (n,), dtype float64
        Lightness 0 to 1.
    """
    rgb = np.stack([(colors >> shift) & 255 for shift in (16, 8, 0)], -1) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    cones = np.cbrt(linear @ _TO_CONES.T)
    lab = cones @ _TO_LAB.T
    return lab[..., 0], lab[..., 1], lab[..., 2]


def from_oklch(lightness: float, chroma: float, hue: float) -> tuple[int, int, int] | None:
    """The sRGB color of OKLab lightness (0 to 1), chroma and hue (degrees); None where a screen cannot show it."""
    angle = np.radians(hue)
    lab = np.array([lightness, chroma * np.cos(angle), chroma * np.sin(angle)])
    linear = np.linalg.solve(_TO_CONES, np.linalg.solve(_TO_LAB, lab) ** 3)
    if linear.min() < -1e-4 or linear.max() > 1 + 1e-4:
        return None
    linear = np.clip(linear, 0, 1)
    rgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (int(n) for n in np.round(rgb * 255))
    return red, green, blue


_TO_CONES = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
_TO_LAB = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip
