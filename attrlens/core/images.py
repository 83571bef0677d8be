"""From a file to the pixels a network or a gallery sees.

Every image goes through the same steps, in this order: size guard, JPEG scaling while decoding, EXIF turn, 16-bit to
8-bit, ICC profile to sRGB, alpha over white, fit. Originals are opened read-only. `decode` raises `ImageError` and
nothing else for a bad file.
"""

from __future__ import annotations

import importlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from attrlens import log
from attrlens.core.garment import garment_weight
from attrlens.errors import ImageError, describe_os_error
from attrlens.words import words

if TYPE_CHECKING:
    from PIL import Image as PILImage

logger = log.get(__name__)

Fit = Literal["letterbox", "stretch", "squeeze"]
"""``letterbox``: whole, on white, bilinear. ``stretch``: to the square, bilinear. ``squeeze``: to the square, bicubic,
as most tools do it: blocks are compared with published figures."""

DEFAULT_MAX_PIXELS = 250_000_000
"""Largest image decoded, in pixels: a 250-megapixel RGB image takes 750 MB while it is open."""

EXTENSIONS = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".avif", ".avifs", ".tif", ".tiff", ".bmp", ".dib", ".gif"}
    | {".heic", ".heif"}
)
"""File name endings that an import looks at; the content decides how a file is read."""

DRAFT_FACTOR = 2
"""JPEG is decoded at no less than this many times the wanted side; see ARCHITECTURE.md for the measured tolerance."""

MAT = (255, 255, 255)
"""What a letterboxed image lies on, and what shows through transparency."""

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "DIB", "GIF", "HEIF")


@dataclass(frozen=True)
class Decoded:
    """An image ready to use.

    Attributes
    ----------
    pixels : PIL.Image.Image
        RGB, 8 bit, sRGB, upright; it may be smaller than the file's image if a smaller size was enough.
    width, height : int
        Size of the file's image, upright, in pixels.
    note : str
        What was unusual but usable ("first of several frames"), or "".
    """

    pixels: PILImage.Image
    width: int
    height: int
    note: str = ""


def heic_available() -> bool:
    """Whether HEIC files can be read (the optional pillow-heif package)."""
    _pillow()
    return _heic


_heic = False
_ready = False


def _pillow() -> Any:
    """Pillow's Image module, set up once: our own size guard, HEIC where installed."""
    global _heic, _ready
    from PIL import Image

    if not _ready:
        # Only these readers: Pillow's full set takes longer to import and opens formats nobody sends on purpose.
        for name in ("Jpeg", "Mpo", "Png", "WebP", "Avif", "Tiff", "Bmp", "Gif"):
            importlib.import_module(f"PIL.{name}ImagePlugin")
        Image.MAX_IMAGE_PIXELS = None  # ours is below: it names the file and the setting
        warnings.filterwarnings("ignore", module=r"PIL\.")  # about odd metadata; the pixels decide
        try:
            import pillow_heif
        except ImportError:
            pass
        else:
            pillow_heif.register_heif_opener()
            _heic = True
        _ready = True
    return Image


def decode(path: Path, min_side: int | None = None, max_pixels: int = DEFAULT_MAX_PIXELS) -> Decoded:
    """Read an image file.

    Parameters
    ----------
    path : Path
    min_side : int, optional
        The longer side wanted later, in pixels; a JPEG is then decoded at the smallest DCT scale that still gives
        `DRAFT_FACTOR` times that. None decodes everything.
    max_pixels : int
        Refuse larger images.

    Returns
    -------
    Decoded

    Raises
    ------
    ImageError
        If the file is missing, empty, broken, too large or of no known format.
    """
    try:
        with path.open("rb") as stream:
            return _decode(stream, path, min_side, max_pixels)
    except ImageError:
        raise
    except MemoryError:
        raise ImageError(
            words("Not enough memory to decode {name}.", name=path.name),
            words("Close other programs or make it smaller."),
        ) from None
    except OSError as error:
        if error.errno is not None:
            told = describe_os_error(error, path)
            raise ImageError(told.message, told.hint) from error
        raise _broken(path, error) from error
    except (
        ValueError,
        TypeError,
        SyntaxError,
        KeyError,
        IndexError,
        EOFError,
        AttributeError,
        RuntimeError,
        AssertionError,
        OverflowError,
        ZeroDivisionError,
        struct.error,
        zlib.error,
    ) as error:
        # What Pillow's readers are known to raise on damaged files.
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> ImageError:
    logger.info("%s: %s: %s", path, type(error).__name__, error)
    text = str(error).lower()
    if "truncated" in text or "broken data stream" in text or isinstance(error, EOFError):
        return ImageError(
            words("{name} is cut short or damaged.", name=path.name), words("Copy it again from its source.")
        )
    return ImageError(
        words("{name} is damaged and cannot be read.", name=path.name),
        words("Open it in an image editor and save it again."),
    )


def _decode(stream: Any, path: Path, min_side: int | None, max_pixels: int) -> Decoded:
    pil = _pillow()
    head = stream.read(16)
    if not head:
        raise ImageError(words("{name} is empty (0 bytes).", name=path.name), words("Copy it again from its source."))
    stream.seek(0)
    try:
        image = pil.open(stream, formats=FORMATS if _heic else FORMATS[:-1])
    except pil.UnidentifiedImageError:
        raise _unknown(path, head) from None
    with image:
        width, height = image.size
        if width * height > max_pixels:
            raise ImageError(
                words(
                    "{name} has {width:,} x {height:,} pixels, more than the limit of {limit:,}.",
                    name=path.name,
                    width=width,
                    height=height,
                    limit=max_pixels,
                ),
                words("Make it smaller, or raise the limit (Edit, Settings; --max-megapixels)."),
            )
        several = image.format != "MPO" and bool(getattr(image, "is_animated", False))
        if min_side is not None and image.format == "JPEG":
            image.draft(None, (min_side * DRAFT_FACTOR, min_side * DRAFT_FACTOR))
        orientation = _orientation(image)
        image.load()  # what is damaged shows here, before any color conversion
        rgb = _to_srgb(image)
    if orientation in _TURNS:
        rgb = rgb.transpose(_TURNS[orientation])
        if orientation >= 5:
            width, height = height, width
    return Decoded(rgb, width, height, words("first of several frames") if several else "")


# EXIF orientation -> Pillow transpose method (TIFF 6.0 tag 274).
_TURNS: dict[int, Any] = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def _orientation(image: PILImage.Image) -> int:
    try:
        value = image.getexif().get(0x0112, 1)
    except (ValueError, TypeError, SyntaxError, KeyError, OSError, struct.error):
        return 1  # damaged metadata must not cost the picture
    if image.format in ("HEIF", "TIFF"):
        return 1  # their readers have turned it already
    return value if isinstance(value, int) else 1


def _unknown(path: Path, head: bytes) -> ImageError:
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim", b"ftypheis", b"ftyphevc", b"ftypmsf1"):
        return ImageError(
            words("{name} is a HEIC image.", name=path.name),
            words("Install the heic extra (pillow-heif) or convert it to JPEG."),
        )
    kinds = {
        b"%PDF": words("a PDF document"),
        b"PK\x03\x04": words("a ZIP archive"),
        b"<svg": words("an SVG drawing"),
        b"<?xm": words("an XML file"),
        b"<!DO": words("a web page"),
        b"<htm": words("a web page"),
        b"8BPS": words("a Photoshop document"),
    }
    kind = kinds.get(head[:4])
    if kind:
        return ImageError(
            words("{name} is {kind}, not an image.", name=path.name, kind=kind), words("Export it as JPEG or PNG.")
        )
    return ImageError(
        words("{name} is damaged or in a format AttrLens does not read.", name=path.name),
        words("It reads JPEG, PNG, WebP, AVIF, TIFF, BMP, GIF and, with the heic extra, HEIC."),
    )


def _to_srgb(image: PILImage.Image) -> PILImage.Image:
    """8-bit sRGB on white, whatever the mode: palette, gray, 16-bit, float, CMYK, Lab, alpha."""
    pil = _pillow()
    profile = image.info.get("icc_profile")
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        image = _gray_to_8bit(image)
        profile = None  # a 16-bit gray profile does not fit the 8-bit copy
    alpha = None
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode == "1":
        image = image.convert("L")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
        if alpha.getextrema() == (255, 255):
            alpha = None
    rgb = _apply_profile(image, profile)
    if alpha is not None:
        white = pil.new("RGB", rgb.size, MAT)
        white.paste(rgb, mask=alpha)
        rgb = white
    return rgb


def _gray_to_8bit(image: PILImage.Image) -> PILImage.Image:
    """16-bit or float gray to 8 bit: the full range of 16 bit, or 0..1 floats, or whatever range there is."""
    pil = _pillow()
    values = np.asarray(image, np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 255 and not image.mode.startswith("I;16"):
        low, high = 0.0, 255.0
    elif low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    scaled = (values - low) * (255.0 / max(high - low, 1e-12))
    out: PILImage.Image = pil.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))
    return out


_transforms: dict[tuple[bytes, str], Any] = {}


def _apply_profile(image: PILImage.Image, profile: bytes | None) -> PILImage.Image:
    """Convert by the embedded ICC profile to sRGB; without one, by Pillow's plain conversion."""
    if not profile or image.mode not in ("RGB", "CMYK", "L", "LAB"):
        return image.convert("RGB")
    from PIL import ImageCms

    key = (profile, image.mode)
    transform = _transforms.get(key)
    if transform is None:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            transform = ImageCms.buildTransform(
                source, ImageCms.createProfile("sRGB"), image.mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return image.convert("RGB")  # a profile for another mode, or a broken one
        if len(_transforms) > 64:
            _transforms.clear()
        _transforms[key] = transform
    try:
        converted = ImageCms.applyTransform(image, transform)
    except (ImageCms.PyCMSError, ValueError):
        return image.convert("RGB")
    return converted if converted is not None else image.convert("RGB")


def fit(image: PILImage.Image, side: int, how: Fit, *, weighted: bool = False) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Bring an image to the network's square input.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB.
    side : int
        Pixels.
    how : {'letterbox', 'stretch', 'squeeze'}
        See `Fit`.
    weighted : bool
        Add the garment's weight as a fourth channel; 0 on the mat.

    Returns
    -------
    ndarray of shape (side, side, 3 or 4), dtype uint8
    """
    pil = _pillow()
    if how == "letterbox":
        resized = letterboxed(image, side)
    else:
        resized = image.resize((side, side), pil.Resampling.BICUBIC if how == "squeeze" else pil.Resampling.BILINEAR)
    width, height = resized.size
    if (width, height) == (side, side) and not weighted:
        return np.asarray(resized)
    top, left = (side - height) // 2, (side - width) // 2
    if not weighted:
        plain = np.full((side, side, 3), MAT, np.uint8)
        plain[top : top + height, left : left + width] = np.asarray(resized)
        return plain
    out = np.empty((side, side, 4), np.uint8)
    out.view(np.uint32)[:] = np.array([*MAT, 0], np.uint8).view(np.uint32)  # four bytes at a time
    inside = out[top : top + height, left : left + width]
    inside[:] = np.asarray(resized.convert("RGBA"))  # as Pillow holds it: whole rows are copied
    inside[..., 3] = garment_weight(inside[..., :3])
    return out


def letterboxed(image: PILImage.Image, side: int) -> PILImage.Image:
    """The image itself, bilinear, its longer side `side` pixels: what `fit` lays on the mat."""
    scale = side / max(image.size)
    width, height = (max(1, round(n * scale)) for n in image.size)
    return image.resize((width, height), _pillow().Resampling.BILINEAR)


def shrink(image: PILImage.Image, side: int) -> PILImage.Image:
    """A copy no larger than `side` x `side` pixels, for the eye."""
    small = image.copy()
    small.thumbnail((side, side), _pillow().Resampling.HAMMING, reducing_gap=2.0)  # as good as bicubic, and faster
    return small


def jpeg(image: PILImage.Image, quality: int = 85) -> bytes:
    """The image as a JPEG file."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def thumbnail(image: PILImage.Image, side: int) -> bytes:
    """A JPEG no larger than `side` x `side` pixels, for the gallery."""
    return jpeg(shrink(image, side))
