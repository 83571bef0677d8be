"""Bad and odd image files, generated: what curators' folders really hold."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms

RED = (200, 30, 40)


@dataclass(frozen=True)
class Case:
    """A file name, its bytes, and what should come of it: a word of the error, or None when it is to be read."""

    name: str
    data: bytes
    error: str | None


def _save(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _red(size: tuple[int, int] = (60, 80), mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", size, RED).convert(mode)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge, in a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", header) + _png_chunk(b"IDAT", b"") + _png_chunk(b"IEND", b"")


def _jpeg_with_orientation(value: int) -> bytes:
    image = _red()
    exif = Image.Exif()
    exif[0x0112] = value
    return _save(image, "JPEG", exif=exif)


def _rgb16_png() -> bytes:
    row = b"\0" + struct.pack(">HHH", 200 * 257, 30 * 257, 40 * 257) * 60
    header = struct.pack(">IIBBBBB", 60, 80, 16, 2, 0, 0, 0)
    body = _png_chunk(b"IDAT", zlib.compress(row * 80))
    return b"\x89PNG\r\n\x1a\n" + _png_chunk(b"IHDR", header) + body + _png_chunk(b"IEND", b"")


def wide_gamut_profile() -> bytes:
    """An ICC profile that swaps red and green: a wrong reader shows the wrong color."""
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())


def _animated(kind: str, **options: Any) -> bytes:
    frames = [_red(), Image.new("RGB", (60, 80), (0, 0, 255))]
    return _save(frames[0], kind, save_all=True, append_images=frames[1:], **options)


def cases() -> list[Case]:
    """All of them, at least thirty kinds."""
    jpeg, png = _save(_red(), "JPEG"), _save(_red(), "PNG")
    webp, tiff = _save(_red(), "WEBP", lossless=True), _save(_red(), "TIFF")
    gray16 = Image.fromarray(np.full((80, 60), 30000, np.uint16))
    transparent = Image.new("RGBA", (60, 80), (*RED, 0))
    make: list[tuple[str, Callable[[], bytes], str | None]] = [
        # Bad: each is listed with its reason.
        ("empty.jpg", lambda: b"", "empty"),
        ("one byte.png", lambda: b"\x89", "format"),
        ("zeros.jpg", lambda: b"\0" * 4096, "format"),
        ("cut jpeg.jpg", lambda: jpeg[: len(jpeg) // 2], "cut short"),
        ("header only.jpg", lambda: jpeg[:20], ""),
        ("cut png.png", lambda: png[: len(png) - 60], ""),
        ("crc png.png", lambda: png[:29] + b"\0\0\0\0" + png[33:], ""),
        ("cut webp.webp", lambda: webp[: len(webp) // 2], ""),
        ("cut tiff.tif", lambda: tiff[:600], ""),
        ("cut gif.gif", lambda: _save(_red(), "GIF")[:30], ""),
        ("cut bmp.bmp", lambda: _save(_red(), "BMP")[:200], ""),
        ("cut avif.avif", lambda: _save(_red(), "AVIF")[:150], ""),
        ("text.jpg", lambda: b"This is not an image at all, but a letter.", "format"),
        ("page.jpg", lambda: b"<html><body>404</body></html>", "web page"),
        ("doc.png", lambda: b"%PDF-1.7 and so on", "PDF"),
        ("archive.jpg", lambda: b"PK\x03\x04" + b"\0" * 40, "ZIP"),
        ("drawing.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("layers.tif", lambda: b"8BPS" + b"\0" * 60, "Photoshop"),
        ("bomb.png", lambda: png_bomb(60_000, 60_000), "limit"),
        ("zero wide.png", lambda: png_bomb(0, 50), ""),
        ("no pixels.png", lambda: png_bomb(50, 50), ""),
        # Odd, and to be read.
        ("turned.jpg", lambda: _jpeg_with_orientation(6), None),
        ("orientation 99.jpg", lambda: _jpeg_with_orientation(99), None),
        ("cmyk.jpg", lambda: _save(_red(mode="CMYK"), "JPEG"), None),
        ("cmyk.tif", lambda: _save(_red(mode="CMYK"), "TIFF"), None),
        ("gray.jpg", lambda: _save(_red(mode="L"), "JPEG"), None),
        ("gray16.png", lambda: _save(gray16, "PNG"), None),
        ("gray16.tif", lambda: _save(gray16, "TIFF"), None),
        ("rgb16.png", _rgb16_png, None),
        ("float.tif", lambda: _save(Image.fromarray(np.full((80, 60), 0.5, np.float32)), "TIFF"), None),
        ("one bit.png", lambda: _save(_red(mode="1"), "PNG"), None),
        ("palette.png", lambda: _save(_red(mode="P"), "PNG"), None),
        ("palette transparent.png", lambda: _save(_red(mode="P"), "PNG", transparency=0), None),
        ("transparent.png", lambda: _save(transparent, "PNG"), None),
        ("gray alpha.png", lambda: _save(_red(mode="LA"), "PNG"), None),
        ("lab.tif", lambda: _save(_red(mode="LAB"), "TIFF"), None),
        ("animated.gif", lambda: _animated("GIF"), None),
        ("animated.webp", lambda: _animated("WEBP"), None),
        ("animated.png", lambda: _animated("PNG"), None),
        ("pages.tif", lambda: _animated("TIFF"), None),
        ("progressive.jpg", lambda: _save(_red(), "JPEG", progressive=True), None),
        ("one pixel.png", lambda: _save(_red((1, 1)), "PNG"), None),
        ("thin.png", lambda: _save(_red((2000, 1)), "PNG"), None),
        ("wrong ending.jpg", lambda: png, None),
        ("wrong profile.jpg", lambda: _save(_red(), "JPEG", icc_profile=b"this is no profile" * 20), None),
        ("profile of another mode.jpg", lambda: _save(_red(), "JPEG", icc_profile=wide_gamut_profile()), None),
        ("Übergröße ñ 衣服.jpg", lambda: jpeg, None),
        ("bad exif.jpg", lambda: _save(_red(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\1" * 30), None),
        ("bmp.bmp", lambda: _save(_red(), "BMP"), None),
        ("avif.avif", lambda: _save(_red(), "AVIF"), None),
        ("jpeg with a tail.jpg", lambda: jpeg + b"trailing bytes" * 50, None),
    ]
    return [Case(name, build(), error) for name, build, error in make]


def write(folder: Path) -> list[Case]:
    """Write all of them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    found = cases()
    for case in found:
        (folder / case.name).write_bytes(case.data)
    return found
