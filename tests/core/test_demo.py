"""The demo is drawn the same way every time, and says that it is synthetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from attrlens.core.demo.fabric import PATTERNS, SIDE
from attrlens.core.demo.garments import COLORS, FOLDERS, HEIGHT, NOTE, WIDTH, draw, generate, plan, read_truth
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled


def test_plan_has_every_color_with_every_texture_in_both_folders() -> None:
    garments = plan(1000)
    assert len({g.name for g in garments}) == 1000
    pairs = [(g.color, g.texture) for g in garments]
    assert {pairs.count((color, texture)) for color in COLORS for texture in PATTERNS} == {10}
    later = [g for g in garments if g.name.startswith(FOLDERS[1])]
    assert len(later) == 200
    assert {g.color for g in later} == set(COLORS) and {g.texture for g in later} == set(PATTERNS)


def test_drawing_is_deterministic_and_varied() -> None:
    first, second = plan(3)[:2]
    image = draw(first)
    assert image.size == (WIDTH, HEIGHT)
    assert np.array_equal(np.asarray(image), np.asarray(draw(first)))
    assert not np.array_equal(np.asarray(image), np.asarray(draw(second)))


@pytest.mark.parametrize("texture", PATTERNS)
def test_tiles_repeat_without_a_seam(texture: str) -> None:
    """The step across the border is no larger than steps inside the tile."""
    tile = np.asarray(PATTERNS[texture](np.random.default_rng(1), (180, 40, 50), [(240, 220, 210), (60, 20, 20)]), int)
    assert tile.shape == (SIDE, SIDE, 3)
    inside = np.abs(np.diff(tile, axis=0)).mean((1, 2))
    border = np.abs(tile[0] - tile[-1]).mean()
    assert border <= inside.max() + 1


@pytest.mark.parametrize("color", COLORS)
def test_plain_garments_have_the_color_they_are_named_for(color: str) -> None:
    import colorsys

    garment = next(g for g in plan(1000) if g.color == color and g.texture == "plain")
    patch = np.asarray(draw(garment), float)[HEIGHT // 2 - 20 : HEIGHT // 2, WIDTH // 2 - 60 : WIDTH // 2 + 60]
    hue, saturation, value = colorsys.rgb_to_hsv(*(np.median(patch.reshape(-1, 3), 0) / 255))
    (low, high), *_ = COLORS[color]
    if color in ("gray", "black"):
        assert saturation < 0.25 and (value < 0.3) == (color == "black")
    else:
        assert min(abs(hue * 360 + turn - (low + high) / 2) for turn in (-360, 0, 360)) < (high - low) / 2 + 8


def test_generate_keeps_what_is_there_and_can_be_cancelled(tmp_path: Path) -> None:
    garments = generate(tmp_path, Token(), 12)
    truth = read_truth(tmp_path)
    assert len(truth) == 12
    assert truth[Path(garments[0].name).name] == {"Color": garments[0].color, "Texture": garments[0].texture}
    before = (tmp_path / garments[0].name).stat().st_mtime_ns
    generate(tmp_path, Token(), 14)
    assert (tmp_path / garments[0].name).stat().st_mtime_ns == before
    token = Token()
    token.cancel()
    with pytest.raises(Cancelled):
        generate(tmp_path / "more", token, 5)
    assert not list((tmp_path / "more").rglob("*.jpg"))
    with pytest.raises(AttrLensError, match="missing"):
        read_truth(tmp_path / "nowhere")


def test_it_says_that_it_is_synthetic() -> None:
    assert "Synthetic" in NOTE
