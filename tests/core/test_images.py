"""Every image is decoded to upright 8-bit sRGB on white, or refused with a reason."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from attrlens.core.images import decode, fit, heic_available, thumbnail
from attrlens.errors import ImageError
from tests.corpus import RED, Case, cases

CORPUS = cases()


def test_the_corpus_has_at_least_thirty_kinds() -> None:
    assert len(CORPUS) >= 30
    assert sum(case.error is not None for case in CORPUS) >= 15


@pytest.mark.parametrize("case", CORPUS, ids=[case.name for case in CORPUS])
def test_corpus(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.data)
    if case.error is None:
        decoded = decode(path, 320)
        assert decoded.pixels.mode == "RGB"
        assert fit(decoded.pixels, 64, "letterbox").shape == (64, 64, 3)
        assert thumbnail(decoded.pixels, 64)
    else:
        with pytest.raises(ImageError) as caught:
            decode(path, 320)
        assert case.name in caught.value.message
        assert case.error in str(caught.value)
        assert caught.value.hint
    assert path.read_bytes() == case.data, "an original was changed"


def mean_color(path: Path, min_side: int | None = None) -> np.ndarray:
    return np.asarray(np.asarray(decode(path, min_side).pixels, float).reshape(-1, 3).mean(0))


@pytest.mark.parametrize(
    "name",
    ["palette.png", "rgb16.png", "animated.gif", "animated.webp", "animated.png", "pages.tif", "wrong ending.jpg",
     "bad exif.jpg", "wrong profile.jpg", "bmp.bmp", "avif.avif", "progressive.jpg", "lab.tif", "cmyk.tif"],
)  # fmt: skip
def test_red_stays_red(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(next(case.data for case in CORPUS if case.name == name))
    assert np.abs(mean_color(path) - RED).max() < 12


def test_the_first_frame_of_an_animation_is_taken_and_said(tmp_path: Path) -> None:
    path = tmp_path / "animated.gif"
    path.write_bytes(next(case.data for case in CORPUS if case.name == "animated.gif"))
    assert decode(path).note == "first of several frames"


def test_transparency_shows_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (8, 8), (10, 20, 30, 0)).save(path)
    assert (np.asarray(decode(path).pixels) == 255).all()
    Image.new("RGBA", (8, 8), (0, 0, 0, 128)).save(path)
    assert np.abs(np.asarray(decode(path).pixels, int) - 127).max() <= 1


def test_16_bit_gray_keeps_its_brightness(tmp_path: Path) -> None:
    for name in ("gray16.png", "gray16.tif"):
        path = tmp_path / name
        path.write_bytes(next(case.data for case in CORPUS if case.name == name))
        assert np.abs(mean_color(path) - 30000 / 65535 * 255).max() <= 1


def test_a_dark_16_bit_image_is_not_taken_for_8_bit(tmp_path: Path) -> None:
    for name, dtype in (("little.tif", "<u2"), ("big.tif", ">u2")):
        path = tmp_path / name
        mode = "I;16" if dtype == "<u2" else "I;16B"
        Image.frombytes(mode, (20, 20), np.full((20, 20), 200, dtype).tobytes()).save(path)
        assert mean_color(path).max() <= 1, name


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turn(orientation: int, tmp_path: Path) -> None:
    """A white bar along the top of the upright image, whatever way the camera stored it."""
    upright = Image.new("RGB", (60, 40), (0, 0, 0))
    upright.paste((255, 255, 255), (0, 0, 60, 10))
    upright.paste((255, 0, 0), (0, 0, 10, 10))
    undo = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    stored = upright if undo is None else upright.transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "a.png"
    stored.save(path, exif=exif)
    decoded = decode(path)
    assert (decoded.width, decoded.height) == (60, 40)
    assert np.array_equal(np.asarray(decoded.pixels), np.asarray(upright))


def adobe_like_profile() -> bytes:
    """A matrix profile whose primaries are not sRGB's: Pillow's own sRGB profile with red and green swapped."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(data[128:132], "big")
    entries = {bytes(data[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = data[green + 4 : green + 12], data[red + 4 : red + 12]
    return bytes(data)


def test_the_icc_profile_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (20, 20), (255, 0, 0)).save(path, icc_profile=adobe_like_profile())
    color = mean_color(path)
    assert color[1] > 240 and color[0] < 40, color


def test_size_guard_is_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (200, 100)).save(path)
    assert decode(path, max_pixels=20_000).width == 200
    with pytest.raises(ImageError, match="limit of 19,999"):
        decode(path, max_pixels=19_999)


def test_missing_and_unreadable_files_say_so(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="missing"):
        decode(tmp_path / "gone.jpg")
    with pytest.raises(ImageError):
        decode(tmp_path)


def test_draft_decodes_smaller_and_nearly_the_same(spring: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    with Image.open(spring[0]) as image:
        image.resize((3000, 4000), Image.Resampling.LANCZOS).save(path, quality=92)
    small, whole = decode(path, 320), decode(path)
    assert small.pixels.height < whole.pixels.height and small.pixels.height >= 640
    assert (small.width, small.height) == (3000, 4000)
    difference = np.abs(fit(small.pixels, 320, "letterbox").astype(int) - fit(whole.pixels, 320, "letterbox"))
    assert difference.mean() < 0.7


def test_letterbox_keeps_the_shape_and_stretch_does_not() -> None:
    image = Image.new("RGB", (100, 50), (0, 0, 0))
    boxed = fit(image, 64, "letterbox")
    assert (boxed[:16] == 255).all() and (boxed[48:] == 255).all() and (boxed[16:48] == 0).all()
    assert (fit(image, 64, "stretch") == 0).all()


@pytest.mark.skipif(not heic_available(), reason="the heic extra is not installed")
def test_heic(tmp_path: Path) -> None:
    path = tmp_path / "a.heic"
    Image.new("RGB", (64, 48), RED).save(path, "HEIF", quality=95)
    decoded = decode(path)
    assert (decoded.width, decoded.height) == (64, 48)
    assert np.abs(mean_color(path) - RED).max() < 12


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (4, 4)).save(path)
    path.chmod(0)
    with pytest.raises(ImageError, match="denied"):
        decode(path)


def test_a_thumbnail_is_a_jpeg_no_larger_than_asked() -> None:
    data = thumbnail(Image.new("RGB", (500, 1000), RED), 128)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG" and image.size == (64, 128)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_exif_turn_is_done_once_in_every_format(kind: str, orientation: int, tmp_path: Path) -> None:
    """Some of Pillow's readers turn the image themselves."""
    upright = Image.new("RGB", (64, 48), (0, 0, 0))
    upright.paste((255, 255, 255), (0, 0, 64, 16))
    stored = upright.transpose(Image.Transpose({3: 3, 6: 2, 8: 4}[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"a.{kind.lower()}"
    stored.save(path, kind, exif=exif, **({"quality": 95} if kind in ("JPEG", "WEBP", "AVIF") else {}))
    decoded = decode(path)
    assert (decoded.width, decoded.height) == (64, 48) == decoded.pixels.size
    assert np.asarray(decoded.pixels)[:12].mean() > 240 and np.asarray(decoded.pixels)[20:].mean() < 15
