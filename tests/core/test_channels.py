"""What is said of channels: surveys, signatures, selectivity, stimuli, drawings. Real weights, generated garments."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from attrlens import cli
from attrlens.core.colors import from_oklch, oklab
from attrlens.core.inside import colormap, maximize, stimuli, survey
from attrlens.core.inside.activations import Network
from attrlens.core.inside.export import Look, write_set
from attrlens.core.inside.masks import Threshold
from attrlens.core.inside.maximize import Wish
from attrlens.core.inside.neurons import neurons
from attrlens.core.inside.receptive import ReceptiveField
from attrlens.core.inside.signatures import signatures
from attrlens.core.inside.survey import Source, Survey
from attrlens.core.recipes import block_recipe
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled

LITE = "efficientnet_lite0"
REAL = os.environ.get("ATTRLENS_REAL_DATA")


@pytest.fixture(scope="module")
def network() -> Network:
    return Network()


@pytest.fixture(scope="module")
def sources(spring: list[Path]) -> list[Source]:
    return [Source(slot, path, "as drawn") for slot, path in enumerate(spring[::2][:80])]


@pytest.fixture(scope="module")
def found(network: Network, sources: list[Source]) -> Survey:
    return survey.survey(sources, LITE, "b3_expand", network, Token())


def colors_of(sources: list[Source]) -> dict[int, int]:
    """Class by slot, of the color in the file's name."""
    names = sorted({source.path.name.split("_")[0] for source in sources})
    return {source.slot: 1 + names.index(source.path.name.split("_")[0]) for source in sources}


# Surveys


def test_a_survey_says_what_the_activations_say(network: Network, sources: list[Source], found: Survey) -> None:
    for place in (0, 17, 79):
        seen = network.activations(sources[place].path, LITE, "b3_expand", survey.SIDE, "squeeze", Token())
        assert np.abs(found.means[place] - seen.means()).max() < 1e-3
        assert np.abs(found.peaks[place] - seen.values.max((0, 1))).max() < 1e-3
        rows, columns = np.divmod(found.where[place], found.field.units)
        assert np.abs(seen.values[rows, columns, np.arange(144)] - found.peaks[place]).max() < 1e-3
    assert found.field.units == seen.field.units and found.features.shape == (144, survey.TILE, survey.TILE, 3)


def test_without_color_a_unit_is_told_what_a_gray_picture_says(
    network: Network, sources: list[Source], found: Survey, tmp_path: Path
) -> None:
    gray = tmp_path / "gray.png"
    with Image.open(sources[5].path) as image:
        image.convert("RGB").resize((224, 224), Image.Resampling.BICUBIC).convert("L").convert("RGB").save(gray)
    seen = network.activations(gray, LITE, "b3_expand", survey.SIDE, "squeeze", Token())
    rows, columns = np.divmod(found.where[5], found.field.units)
    assert np.abs(seen.values[rows, columns, np.arange(144)] - found.gray[5]).max() < 0.15, "but for the 8 bits"


def test_a_neuron_feature_is_the_weighted_mean_of_what_excites_it(sources: list[Source], found: Survey) -> None:
    channel = int(neurons(found, {}).color.argmax())
    count = 10
    rows = found.exciting(channel, count)
    weights = found.peaks[rows, channel]
    crops = [survey.crop(sources[i].path, int(found.where[i, channel]), found.field) for i in rows]
    whole = [(w, crop) for w, crop in zip(weights, crops, strict=True) if crop.shape[:2] == (found.field.size,) * 2]
    assert len(whole) >= 5, "most are not at the border"
    mean = sum(w * crop.mean((0, 1)) for w, crop in whole) / sum(w for w, _ in whole)
    assert np.abs(found.features[channel].mean((0, 1)) - mean).max() < 40
    order = found.peaks[:, channel]
    assert (np.sort(order)[::-1][:count] == order[rows]).all()


def test_only_new_images_are_shown_to_the_network_again(
    network: Network, sources: list[Source], found: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    real = survey._pass

    def watched(*args: Any) -> Any:
        run, field = real(*args)

        def counted(pixels: Any) -> Any:
            shown.append(len(pixels))
            return run(pixels)

        return counted, field

    monkeypatch.setattr(survey, "_pass", watched)
    changed = [*sources[:-2], Source(78, sources[78].path, "retouched"), Source(90, sources[0].path, "new")]
    again = survey.survey(changed, LITE, "b3_expand", network, Token(), found)
    assert sum(shown) == 2 and list(again.slots) == [*range(79), 90]
    assert (again.means[:78] == found.means[:78]).all() and np.allclose(again.means[-1], found.means[0], atol=1e-4)


def test_a_survey_is_kept_and_a_damaged_one_is_none(found: Survey, tmp_path: Path) -> None:
    path = tmp_path / "caches" / survey.file_name(LITE, "b3_expand", "abc")
    survey.save(found, path)
    kept = survey.load(path, LITE, "b3_expand")
    assert kept is not None and kept.field == found.field and list(kept.states) == list(found.states)
    assert all((getattr(kept, name) == getattr(found, name)).all() for name in ("means", "gray", "where", "features"))
    path.write_bytes(path.read_bytes()[:1000])
    assert survey.load(path, LITE, "b3_expand") is None and survey.load(tmp_path / "none", LITE, "x") is None


def test_broken_images_are_left_out_and_none_at_all_is_an_error(
    network: Network, sources: list[Source], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    mixed = survey.survey([*sources[:3], Source(3, broken, "")], LITE, "stem", network, Token())
    assert list(mixed.slots) == [0, 1, 2]
    (tmp_path / "empty.npz").write_bytes(b"")
    assert survey.load(tmp_path / "empty.npz", LITE, "stem") is None
    with pytest.raises(AttrLensError, match="None of the images"):
        survey.survey([Source(0, broken, "")], LITE, "stem", network, Token())
    token = Token()
    token.cancel()
    with pytest.raises(Cancelled):
        survey.survey(sources, LITE, "stem", network, token)


def test_labeled_images_come_first_into_a_sample() -> None:
    few = survey.sample([5, 3], range(10), 4)
    assert {3, 5} < set(few) and len(few) == 4 and few == sorted(few)
    assert max(survey.sample(range(100), range(200), 10)) < 100 and survey.sample([], [2, 1], 10) == [1, 2]
    before, after = survey.sample(range(3000), [], 2000), survey.sample(range(3001), [], 2000)
    assert len(before) == len(after) == 2000 and len(set(before) - set(after)) <= 1, "one image more replaces one"


# Signatures and selectivity, on numbers that are known


def made(peaks: Any, means: Any = None, gray: Any = None) -> Survey:
    peaks = np.array(peaks, np.float32)
    n, c = peaks.shape
    return Survey(
        LITE, "stem", np.arange(n, dtype=np.int32), np.array(["x"] * n),
        peaks if means is None else np.array(means, np.float32), peaks,
        peaks if gray is None else np.array(gray, np.float32), np.zeros((n, c), np.int32), ReceptiveField(3, 2, 0, 112),
        np.full((c, survey.TILE, survey.TILE, 3), 128, np.uint8),
    )  # fmt: skip


def test_a_signature_is_the_mean_of_a_class() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(1, 0.1, (40, 30))
    x[:20, 4] += 1  # only the first class
    x[:, 9] += 8  # every class
    told = signatures(made(x), {i: 1 if i < 20 else 2 for i in range(40)})
    assert told is not None and told.classes == (1, 2) and told.counts == (20, 20)
    assert np.allclose(told.means[0], x[:20].mean(0), atol=1e-5)
    assert told.everywhere.tolist() == [i == 9 for i in range(30)]
    assert told.peaks(0, 1) == [4] and 9 not in told.peaks(0) and told.best(0, 1) == [4] and 4 not in told.best(1, 5)
    within = np.sqrt((((x[:20, 4] - x[:20, 4].mean()) ** 2).sum() + ((x[20:, 4] - x[20:, 4].mean()) ** 2).sum()) / 38)
    assert told.effect[0, 4] == pytest.approx((x[:20, 4].mean() - x[20:, 4].mean()) / within, rel=0.01)
    total = ((x[:, 4] - x[:, 4].mean()) ** 2).sum()
    assert told.told_apart[4] == pytest.approx(1 - within**2 * 38 / total, rel=1e-3)
    assert signatures(made(x), {0: 1, 1: 1}) is None and signatures(made(x), {0: 1, 1: 2}) is None


def test_color_selectivity_is_what_is_lost_with_the_color() -> None:
    peaks = np.full((50, 3), 2.0)
    gray = peaks * [1.0, 0.25, 0.0]
    told = neurons(made(peaks, gray=gray), {})
    assert told.color.tolist() == pytest.approx([0, 0.75, 1]) and told.color_share() == pytest.approx(2 / 3)
    silent = neurons(made(np.zeros((50, 2))), {})
    assert silent.color.tolist() == [0, 0] and not silent.alive.any() and silent.color_share() == 0
    assert np.isnan(told.classes).all()


def test_class_selectivity_counts_the_classes_behind_the_activation() -> None:
    labels = {i: 1 + i // 10 for i in range(50)}  # five classes of ten
    only = np.where(np.arange(50) < 10, 3.0, 1.0)
    two = np.where((np.arange(50) % 10 < 5) & (np.arange(50) < 20), 3.0, 1.0)
    told = neurons(made(np.stack([only, two, np.zeros(50)], 1)), labels)
    assert told.classes.tolist() == pytest.approx([1, 0.75, 0]) and told.best.tolist() == [1, 1, 0]
    assert told.share.tolist() == pytest.approx([1, 0.5, 0])


def test_an_atlas_is_written_in_an_order(found: Survey, tmp_path: Path) -> None:
    survey.write_atlas(found, [7, 3, 5], tmp_path / "atlas.png")
    with Image.open(tmp_path / "atlas.png") as image:
        pixels = np.asarray(image)
    assert pixels.shape == (100, 100, 3) and (pixels[:48, 50:98] == found.features[3]).all()
    with pytest.raises(AttrLensError):
        survey.write_atlas(found, [1], tmp_path / "no" / "folder.png")


# Stimuli


def test_a_hue_is_the_hue_that_was_asked_for() -> None:
    for hue in range(0, 360, 30):
        color = from_oklch(0.6, 0.1, hue)
        assert color is not None
        lightness, a, b = oklab(np.array([color[0] << 16 | color[1] << 8 | color[2]]))
        assert lightness[0] == pytest.approx(0.6, abs=0.005)
        assert np.hypot(a, b)[0] == pytest.approx(0.1, abs=0.003)
        assert abs((np.degrees(np.arctan2(b, a))[0] - hue + 180) % 360 - 180) < 2
    beyond = from_oklch(0.9, 0.3, 260)
    assert beyond is None, "no screen shows it"


@pytest.mark.parametrize("kind", [kind for kind in stimuli.KINDS if kind != "color"])
def test_a_pattern_repeats_where_it_says(kind: Any) -> None:
    drawn = stimuli.Stimulus(kind, (0, 0, 0), period=32).pixels()[..., 0].astype(float)
    assert np.abs(drawn[:, 32:] - drawn[:, :-32]).max() < 2, "one period to the right it is the same"
    assert np.abs(drawn[:, 16:] - drawn[:, :-16]).max() > 100 or kind == "argyle"
    assert 40 < drawn.mean() < 215 and drawn.min() < 30 and drawn.max() > 225
    turned = stimuli.Stimulus(kind, (0, 0, 0), period=32, angle=90.0).pixels()[..., 0].astype(float)
    if kind in ("stripes", "grating"):
        assert turned.std(1).max() < 3 and drawn.std(0).max() < 3, "lying, and upright"


def test_tuning_finds_the_stripes_and_the_color_that_a_channel_was_made_for() -> None:
    asked = stimuli.tuning_set()
    assert len(asked) > 300 and len({id(one) for one in asked}) == len(asked)
    answers = np.array([
        [one.kind == "stripes" and one.period == 12 and one.angle == 45, one.hue == 60 and one.chroma == 0.12, 0.5]
        for one in asked
    ], float)  # fmt: skip
    periods = stimuli.period_curve(asked, answers[:, 0], "stripes")
    assert periods.x[int(np.argmax(periods.y))] == 12 and list(periods.x) == list(stimuli.PERIODS)
    angles = stimuli.angle_curve(asked, answers[:, 0], "stripes")
    assert angles.x[int(np.argmax(angles.y))] == 45
    hues = stimuli.hue_curve(asked, answers[:, 1])
    assert hues.x[int(np.argmax(hues.y))] == 60 and set(hues.x) == set(stimuli.HUES)
    chromas = stimuli.chroma_curve(asked, answers[:, 1])
    assert chromas.x == (0.0, *stimuli.CHROMAS) and chromas.y[-1] == 1 and chromas.y[0] == 0
    chroma_only = stimuli.hue_curve(asked, np.array([one.chroma for one in asked]))
    assert max(chroma_only.y) == pytest.approx(min(chroma_only.y)), "no hue has stronger colors than another"
    assert stimuli.lightness_curve(asked, answers[:, 1]).x == pytest.approx(stimuli.GRAYS)
    liking = stimuli.answering(asked, answers, lambda one: one.kind == "stripes" and one.period == 12)
    assert liking.argmax() == 0
    assert stimuli.answering(asked, answers, lambda one: one.kind == "color" and one.hue == 60).argmax() == 1


def test_the_verdict_is_the_thesis_finding(network: Network) -> None:
    """Shallow blocks tell colors, deep ones textures; nothing is made up: the stimuli are shown to the real network."""
    probes = stimuli.probe_set()
    layers = [block_recipe(LITE, block).layers[0] for block in (1, 2, 4, 5)]
    told = stimuli.verdicts(probes, stimuli.responses(probes, LITE, layers, network, Token()), LITE)
    first, second, fourth, fifth = told
    assert [one.block for one in told] == [1, 2, 4, 5] and first.color_chance == 1 / 8
    assert min(first.color, second.color) > 0.95 > fourth.color > fifth.color
    assert first.texture < 0.8 < min(second.texture, fourth.texture, fifth.texture)


# Drawings


@pytest.mark.parametrize("drawing", ["fourier", "pixels"])
def test_a_drawing_excites_its_channel_and_looks_like_what_does(network: Network, drawing: Any) -> None:
    begun: list[maximize.Drawn] = []
    wish = Wish(LITE, "b5_expand", (18,), drawing, steps=48, side=96, blur=0.5, decay=0.002, dropout=0.1, jitter=4)
    made = maximize.maximize(wish, network, Token(), begun.append)
    start = maximize.maximize(Wish(LITE, "b5_expand", (18,), drawing, steps=1, side=96), network, Token())
    assert made.activation > 2 * max(start.activation, 0.05) and made.pixels.shape == (96, 96, 3)
    assert all(one.step <= 48 for one in begun)
    again = maximize.maximize(wish, network, Token())
    assert np.abs(again.pixels.astype(int) - made.pixels).mean() < 3, "the same seed draws the same picture"


def test_several_channels_are_raised_together_and_wrong_ones_refused(network: Network) -> None:
    both = maximize.maximize(Wish(LITE, "b5_expand", (18, 114), steps=48, side=96), network, Token())
    alone = maximize.maximize(Wish(LITE, "b5_expand", (18, 114), steps=1, side=96), network, Token())
    assert both.activation > 2 * alone.activation
    for channels in ((), (240,), (-1,)):
        with pytest.raises(AttrLensError, match="has no channel"):
            maximize.maximize(Wish(LITE, "b5_expand", channels), network, Token())
    token = Token()
    token.cancel()
    with pytest.raises(Cancelled):
        maximize.maximize(Wish(LITE, "b5_expand", (1,)), network, token)


def test_a_drawing_is_kept_with_what_it_is(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (8, 8, 3), np.uint8)
    wish = Wish(LITE, "stem", (3,))
    maximize.save(maximize.Drawn(7, pixels, 1.25), wish, tmp_path / "a" / "x.png")
    kept = maximize.load(tmp_path / "a" / "x.png")
    assert kept is not None and kept.step == 7 and kept.activation == 1.25 and (kept.pixels == pixels).all()
    Image.fromarray(pixels).save(tmp_path / "plain.png")
    assert maximize.load(tmp_path / "plain.png") is None and maximize.load(tmp_path / "none.png") is None
    keys = {wish.key("a"), wish.key("b"), Wish(LITE, "stem", (4,)).key("a"), Wish(LITE, "stem", (3,), blur=1).key("a")}
    assert len(keys) == 4


# Sets and colors


def test_a_set_of_masks_is_written_beside_each_other(network: Network, spring: list[Path], tmp_path: Path) -> None:
    twin = tmp_path / "other" / spring[0].name
    twin.parent.mkdir()
    twin.write_bytes(spring[9].read_bytes())
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"")
    look = Look((3, 7), "mask", Threshold("quantile", 0.8), backbone=LITE, layer="stage2")
    out = tmp_path / "out"
    assert write_set([spring[0], twin, bad], look, network, out, Token()) == 4
    assert len(list(out.iterdir())) == 4 and (out / f"{spring[0].stem}-stage2-3-mask-2.png").exists()
    with Image.open(out / f"{spring[0].stem}-stage2-3-mask.png") as image:
        assert image.mode == "RGBA" and image.size == (240, 320)
        alpha = np.asarray(image.getchannel("A"))
        assert set(np.unique(alpha)) == {0, 255} and 0.05 < (alpha > 0).mean() < 0.95
    heat = Look((3,), "heat", backbone=LITE, layer="stage2")
    assert write_set(spring[:1], heat, network, out, Token()) == 1
    with Image.open(out / f"{spring[0].stem}-stage2-3-heat.png") as image:
        assert image.mode == "RGBA" and image.size == (240, 320)


def test_colors_follow_the_scale_and_gamma() -> None:
    values = np.array([[0.0, 1.0, 2.0]])
    own = colormap.colored(values)
    assert tuple(own[0, 0, :3]) == colormap.INFERNO[0] and tuple(own[0, 2, :3]) == colormap.INFERNO[-1]
    fixed = colormap.colored(values, low=0, high=4)
    assert (fixed[0, 2] == own[0, 1]).all(), "half of the scale"
    assert colormap.colored(values, gamma=2)[0, 1, 3] < own[0, 1, 3]
    signed = colormap.colored(np.array([[-2.0, 0.0, 1.0]]), "signed")
    assert signed[0, 1, 3] == 0 and signed[0, 0, 2] > signed[0, 0, 0] and signed[0, 2, 0] > signed[0, 2, 2]
    for name in colormap.TITLES:
        light = colormap.colored(np.linspace(0, 1, 64)[None], name)[0, :, :3] @ [0.299, 0.587, 0.114]
        assert (np.diff(light) >= -1.5).all(), f"{name} rises in lightness"


# The commands


def test_explain_takes_a_class_of_imagenet_or_of_a_catalog(
    spring: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image, out = str(spring[3]), str(tmp_path / "out")
    assert cli.run(["explain", image, "--class", "jersey", "--out", out]) == 0
    assert "jersey: " in capsys.readouterr().out
    assert cli.run(["explain", image, "--class", "no such thing", "--out", out]) == 1
    assert "No class of ImageNet is called" in capsys.readouterr().err
    assert cli.run(["explain", image, "--out", out]) == 1


def test_explain_takes_a_class_of_a_catalog(
    spring: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in spring:
        color = path.name.split("_")[0]
        if color in ("black", "blue", "brown"):
            target = tmp_path / "photos" / color / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    catalog, out = str(tmp_path / "c"), tmp_path / "out"
    labels = ["--labels-from-folders", "Color", "--exemplars-per-class", "5"]
    assert cli.run(["import", catalog, str(tmp_path / "photos"), *labels]) == 0
    image = str(next(path for path in spring if path.name.startswith("blue")))
    command = ["explain", image, "--catalog", catalog, "--out", str(out), "--class"]
    capsys.readouterr()
    assert cli.run([*command, "Blue"]) == 0
    assert "blue rather than b" in capsys.readouterr().out
    told = json.loads((out / "explain.json").read_text())
    assert told["class"] == "blue" and told["rival"] in ("black", "brown") and told["change_of_score"] > 0
    assert sum(told["layers"].values()) == pytest.approx(told["change_of_score"], rel=1e-6)
    assert cli.run([*command, "black"]) == 0
    assert json.loads((out / "explain.json").read_text())["change_of_score"] < 0, "it does not look black"
    assert cli.run([*command, "mauve"]) == 1
    assert "It has black, blue, brown" in capsys.readouterr().err


def test_maximize_writes_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "drawn.png"
    assert cli.run(["maximize", "--block", "3", "--channel", "18", "--steps", "8", "--out", str(out)]) == 0
    kept = maximize.load(out)
    assert kept is not None and kept.pixels.shape == (224, 224, 3)
    assert "mean activation" in capsys.readouterr().out
    assert cli.run(["maximize", "--block", "3", "--channel", "999", "--out", str(out)]) == 1


# Real photos


@pytest.mark.slow
@pytest.mark.skipif(REAL is None, reason="needs ATTRLENS_REAL_DATA")
@pytest.mark.parametrize("block", [4, 5])
def test_nine_of_ten_random_channels_are_raised_five_times_over_their_mean_on_photos(
    network: Network, block: int
) -> None:
    """In blocks 4 and 5: in shallow ones many channels are high on any photo, and none can exceed the bound of 6."""
    assert REAL is not None
    photos = sorted((Path(REAL) / "texture").rglob("*.jpg"))[::20] + sorted((Path(REAL) / "color").rglob("*.jpg"))[::20]
    (layer,) = block_recipe(LITE, block).layers
    seen = [network.activations(photo, LITE, layer, 224, "squeeze", Token()).means() for photo in photos]
    means = np.mean(seen, 0)
    chosen = np.random.default_rng(7).choice(len(means), 10, replace=False)
    drawn = [maximize.maximize(Wish(LITE, layer, (int(c),)), network, Token()).activation for c in chosen]
    ratios = [a / max(float(means[c]), 1e-6) for a, c in zip(drawn, chosen, strict=True)]
    assert sum(ratio >= 5 for ratio in ratios) >= 9, ratios


@pytest.mark.slow
@pytest.mark.skipif(REAL is None, reason="needs ATTRLENS_REAL_DATA")
def test_colored_features_crowd_in_shallow_blocks(network: Network) -> None:
    """The thesis's finding, on real photos: Neuron Features lose their color with depth."""
    assert REAL is not None
    photos = sorted((Path(REAL) / "color").rglob("*.jpg"))
    listed = [Source(i, photo, "") for i, photo in enumerate(photos)]
    chroma = []
    for block in (1, 2, 4):
        (layer,) = block_recipe(LITE, block).layers
        chroma.append(float(neurons(survey.survey(listed, LITE, layer, network, Token()), {}).chroma.mean()))
    assert chroma == sorted(chroma, reverse=True), chroma
