"""What is said of the network's insides equals what is found by probing it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attrlens import cli
from attrlens.core.backbones import efficientnet_lite0, weights
from attrlens.core.backbones.registry import backbone
from attrlens.core.engine import Engine, tensorflow
from attrlens.core.inside.activations import Network
from attrlens.core.inside.masks import Threshold, binary_mask
from attrlens.core.inside.receptive import receptive_fields
from attrlens.core.recipes import Recipe
from attrlens.core.token import Token

Capture = pytest.CaptureFixture[str]

BATCH = 16


def probe(model: Any) -> Any:
    """The same graph with one channel everywhere, and mean in place of all weights and maxima: nothing hides a path."""
    import keras

    def one(layer: Any) -> Any:
        config = layer.get_config()
        if type(layer).__name__ == "MaxPooling2D":
            return keras.layers.AveragePooling2D.from_config(config)
        if type(layer).__name__ == "Conv2D":
            config["filters"] = 1
        if type(layer).__name__ in ("ReLU", "Activation"):
            return keras.layers.Identity(name=layer.name)
        return layer.__class__.from_config(config)

    cut = keras.Model(model.input, [layer.output for layer in model.layers if len(layer.output.shape) == 4][-1])
    copy = keras.models.clone_model(cut, clone_function=one, input_tensors=keras.Input((None, None, 1)))
    for layer in copy.layers:
        for variable in layer.trainable_variables:
            if "kernel" in variable.name:
                variable.assign(np.full(variable.shape, 1 / np.prod(variable.shape[:3])))
    return copy


def build(name: str) -> Any:
    tensorflow()
    import keras

    if name == "resnet50":
        return keras.applications.ResNet50(include_top=False, weights=None, input_shape=(None, None, 3))
    return efficientnet_lite0.architecture()


@pytest.mark.parametrize("side", [224, 320])
@pytest.mark.parametrize("name", ["efficientnet_lite0", "resnet50"])
def test_receptive_fields_of_every_layer_are_where_a_row_of_pixels_is_felt(name: str, side: int) -> None:
    """One row of the input after the other is lit: a unit has to feel the rows of its field, and no other."""
    import keras

    whole = build(name)
    fields = receptive_fields(whole, side)
    spatial = [layer.name for layer in whole.layers if len(layer.output.shape) == 4]
    assert set(fields) == set(spatial) and len(spatial) > 60
    copy = probe(whole)
    names = [layer.name for layer in copy.layers[1:]]
    taps = keras.Model(copy.input, [layer.output for layer in copy.layers[1:]])
    felt: dict[str, list[Any]] = {layer: [] for layer in names}
    for start in range(0, side, BATCH):
        rows = np.arange(start, min(start + BATCH, side))
        lit = np.zeros((len(rows), side, side, 1), np.float32)
        lit[np.arange(len(rows)), rows] = 1
        for layer, maps in zip(names, taps(lit, training=False), strict=True):
            felt[layer].append(np.asarray(maps).max((2, 3)) > 0)
    for layer in names:
        found, field = np.concatenate(felt[layer]), fields[layer]
        assert found.shape == (side, field.units), layer
        expected = np.zeros_like(found)
        for unit in range(field.units):
            first, end = field.of(unit)
            expected[max(0, first) : max(0, end), unit] = True
        if layer.endswith("_pad"):
            margin = copy.get_layer(layer).padding[0]  # what is put around feels nothing itself
            expected[:, : margin[0]] = expected[:, field.units - margin[1] :] = False
        assert (found == expected).all(), (layer, field)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network()


@pytest.mark.parametrize("layer", ["stem", "stage2", "b9_out", "head"])
def test_activations_are_the_descriptor_before_it_is_pooled(network: Network, spring: list[Path], layer: str) -> None:
    recipe = Recipe("efficientnet_lite0", (layer,), "mean", 224, "letterbox")
    engine = Engine([recipe], {"efficientnet_lite0": weights.locate(backbone("efficientnet_lite0"))})
    found = network.activations(spring[3], "efficientnet_lite0", layer, 224, "letterbox", Token())
    described = engine.describe({engine.inputs[0]: found.pixels[None]})[recipe.key][0]
    assert np.abs(found.means() - described).max() / np.abs(described).max() < 1e-3
    assert found.values.shape == (
        found.field.units,
        found.field.units,
        backbone("efficientnet_lite0").layer(layer).width,
    )
    left, top, width, height = found.box
    assert (width, height) == (168, 224) and (left, top) == (28, 0) and found.picture.shape == (224, 168, 3)
    step = found.field.stride
    assert found.map(0).shape == (found.field.units, -(-196 // step) - 28 // step), "every unit that sees the picture"
    x, y, wide, high = found.extent(found.field.units)
    assert (y, high) == (0, 1) and x == pytest.approx((28 // step * step - 28) / 168)
    assert x + wide == pytest.approx((-(-196 // step) * step - 28) / 168)
    assert network.activations(spring[3], "efficientnet_lite0", layer, 224, "letterbox", Token()) is found


def test_a_mask_uncovers_what_its_units_see(network: Network, spring: list[Path]) -> None:
    found = network.activations(spring[5], "efficientnet_lite0", "stage2", 224, "squeeze", Token())
    values = found.values[..., int(found.means().argmax())]
    assert binary_mask(values, -np.inf, found.field, 224).all()
    assert not binary_mask(values, np.inf, found.field, 224).any()
    before = np.ones((224, 224), bool)
    for amount in (0.0, 0.5, 0.9, 0.99):
        threshold = Threshold("quantile", amount).of(values)
        mask = binary_mask(values, threshold, found.field, 224)
        expected = np.zeros_like(mask)
        for y, x in zip(*np.nonzero(values > threshold), strict=True):
            (top, bottom), (left, right) = found.field.of(int(y)), found.field.of(int(x))
            expected[max(0, top) : bottom, max(0, left) : right] = True
        assert (mask == expected).all() and not (mask & ~before).any()
        before = mask
    saturated = np.where(np.arange(16).reshape(4, 4) < 8, 6.0, 1.0)
    assert (saturated > Threshold("quantile", 0.9).of(saturated)).sum() == 8, "the strongest are always shown"
    assert Threshold("sigma", 1.0).of(values) == pytest.approx(values.mean() + values.std())
    assert Threshold("value", 0.25).of(values) == 0.25


def test_explain_writes_pictures_and_numbers(spring: list[Path], tmp_path: Path, capsys: Capture) -> None:
    from PIL import Image

    image, out = str(spring[3]), tmp_path / "out"
    assert cli.run(["explain", image, "--block", "2", "--out", str(out)]) == 0
    told = json.loads((out / "explain.json").read_text())
    means = [row["mean"] for row in told["strongest"]]
    assert means == sorted(means, reverse=True) and means[0] >= told["mean"] and 0 < told["uncovered"] < 1
    assert told["peak"] >= told["mean"] >= told["least"]
    for name in ("heatmap", "mask", "overlay"):
        with Image.open(out / f"{name}.png") as made:
            assert made.size == (240, 320), name
    with Image.open(out / "mask.png") as made:
        alpha = np.asarray(made.getchannel("A")) > 0
    assert alpha.mean() == pytest.approx(told["uncovered"], abs=1e-6)
    assert "a unit sees" in capsys.readouterr().out

    assert cli.run(["explain", image, "--block", "2", "--threshold", "value=1e9", "--out", str(out)]) == 0
    assert json.loads((out / "explain.json").read_text())["uncovered"] == 0
    for wrong, words in (
        (["--block", "9"], "has no block 9"),
        (["--layer", "nose"], "no layer 'nose'"),
        (["--layer", "stem", "--channel", "32"], "has no channel 32"),
    ):
        assert cli.run(["explain", image, *wrong, "--out", str(out)]) == 1
        assert words in capsys.readouterr().err
    assert cli.run(["explain", str(tmp_path / "none.jpg"), "--block", "1", "--out", str(out)]) == 1
