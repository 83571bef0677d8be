"""Maps of where a score comes from sum to the score."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attrlens.core.backbones import weights
from attrlens.core.backbones.registry import backbone
from attrlens.core.classify.background import Background
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.fit import fit_exemplars
from attrlens.core.classify.methods import METHODS, Method
from attrlens.core.engine import Engine, Input
from attrlens.core.images import decode, fit
from attrlens.core.inside import class_maps, imagenet
from attrlens.core.inside.activations import Network
from attrlens.core.recipes import COLOR, TEXTURE, Recipe, block_recipe
from attrlens.core.token import Token

PATH = weights.locate(backbone("efficientnet_lite0"))


@pytest.fixture(scope="module")
def network() -> Network:
    return Network()


def test_a_class_map_of_imagenet_sums_to_the_logit_without_its_bias(network: Network, spring: list[Path]) -> None:
    head = network.head("efficientnet_lite0")
    assert head is not None
    found = network.activations(spring[4], "efficientnet_lite0", head.layer, 224, "squeeze", Token())
    told = imagenet.scores(found, head)
    model = network.model("efficientnet_lite0")
    whole = np.asarray(model((found.pixels[None].astype(np.float32) - 127) / 128, training=False))[0]
    assert np.abs(whole - told.shares).max() < 1e-4, "the whole network, softmax included"
    for number in [*told.best(5), 0, 999]:
        plane = imagenet.class_map(found, head, number)
        assert plane.shape == (7, 7)
        assert plane.sum() == pytest.approx(told.logits[number] - head.bias[number], abs=1e-3)


def test_classes_of_imagenet_are_found_by_their_names() -> None:
    assert len(imagenet.names()) == 1000 and imagenet.names()[0] == "tench"
    assert [imagenet.names()[i] for i in imagenet.find("jersey")] == ["jersey"]
    assert [imagenet.names()[i] for i in imagenet.find("cardigan")] == ["cardigan", "Cardigan"]
    assert imagenet.names()[imagenet.find("Cardigan")[0]] == "Cardigan"
    found = [imagenet.names()[i] for i in imagenet.find("Bow")]
    assert found[0].startswith("bow") and "rainbow" not in found[:1] and all("bow" in name.lower() for name in found)


def describe(recipe: Recipe, files: list[Path]) -> tuple[Any, Any]:
    engine = Engine([recipe], {"efficientnet_lite0": PATH})
    (wanted,) = engine.inputs
    assert wanted == Input.of(recipe)
    weighted = recipe.weight == "garment"
    pixels = [fit(decode(file, recipe.size).pixels, recipe.size, recipe.fit, weighted=weighted) for file in files]
    return engine, np.concatenate([engine.describe({wanted: one[None]})[recipe.key] for one in pixels])


@pytest.mark.parametrize("recipe", [COLOR, TEXTURE, block_recipe("efficientnet_lite0", 4)], ids=lambda r: r.pooling)
def test_a_class_map_of_the_curator_sums_to_the_change_of_the_score(
    network: Network, spring: list[Path], recipe: Recipe
) -> None:
    files = spring[:12]
    _, rows = describe(recipe, files)
    exemplars = Exemplars.of(Background.of(rows), np.arange(9), rows[:9], np.repeat([1, 2, 3], 3))
    weighted = recipe.weight == "garment"
    for method in METHODS:
        classifier = fit_exemplars(exemplars, method)
        for slot in (1, 10):
            row = rows[slot : slot + 1]
            found = network.layers(
                files[slot], recipe.backbone, recipe.layers, recipe.size, recipe.fit, Token(), weighted=weighted
            )
            for class_id in (0, 1, 3):
                toward = class_maps.direction_for(classifier, exemplars, recipe, row, class_id, slot)
                assert toward is not None and toward.class_id != toward.rival and class_id in (0, toward.class_id)
                told = class_maps.class_map(found, toward)
                roots = np.sign(row[0]) * np.sqrt(np.abs(row[0].astype(np.float64)))
                x = roots / np.linalg.norm(roots) if classifier.unit else roots
                change = float((x - toward.middle) @ toward.direction)
                size = float(np.abs((x - toward.middle) * toward.direction).sum())
                assert told.total == pytest.approx(change, abs=1e-3 * size), (method, slot, class_id)
                assert sum(told.layers.values()) == pytest.approx(told.total, abs=1e-6 * size)
                if classifier.voters is None and classifier.bias.any():
                    scores, columns = classifier.scores(row)[0], list(classifier.classes)
                    margin = scores[columns.index(toward.class_id)] - scores[columns.index(toward.rival)]
                    assert told.total == pytest.approx(margin, abs=2e-3 * size), "the score's own change"


def test_a_class_that_has_no_exemplar_has_no_map(spring: list[Path]) -> None:
    _, rows = describe(COLOR, spring[:4])
    exemplars = Exemplars.of(Background.of(rows), np.arange(4), rows, np.array([1, 1, 2, 2]))
    classifier = fit_exemplars(exemplars, Method())
    assert class_maps.direction_for(classifier, exemplars, COLOR, rows[:1], 9) is None


def test_enlarging_a_map_keeps_its_sum() -> None:
    plane = np.random.default_rng(1).normal(size=(20, 20))
    large = class_maps.enlarged(plane, 160)
    assert large.shape == (160, 160) and large.sum() == pytest.approx(plane.sum(), abs=1e-3)
    assert abs(np.corrcoef(large[4::8, 4::8].ravel(), plane.ravel())[0, 1]) > 0.95


def test_a_map_lies_where_the_picture_is_whatever_its_shape(network: Network, tmp_path: Path) -> None:
    """A red square in the middle of a gray picture: what changes is centered in the map's own place."""
    from PIL import Image

    for width, height in ((300, 100), (100, 300), (200, 300), (100, 200)):
        for name, color in (("gray", (128, 128, 128)), ("red", (220, 20, 20))):
            image = Image.new("RGB", (width, height), (128, 128, 128))
            size = min(width, height) // 3
            image.paste(color, ((width - size) // 2, (height - size) // 2, (width + size) // 2, (height + size) // 2))
            image.save(tmp_path / f"{name}.png")
        for layer in ("stage2", "b9_out", "b13_out"):
            gray, red = (
                network.activations(tmp_path / f"{name}.png", "efficientnet_lite0", layer, 320, "letterbox", Token())
                for name in ("gray", "red")
            )
            change = np.abs(red.crop(red.values) - gray.crop(gray.values)).sum(-1) ** 2
            left, top, wide, high = red.extent(red.field.units)
            y = ((np.arange(len(change)) + 0.5) / len(change) * high + top) @ change.sum(1) / change.sum()
            x = ((np.arange(change.shape[1]) + 0.5) / change.shape[1] * wide + left) @ change.sum(0) / change.sum()
            assert abs(x - 0.5) < 0.06 and abs(y - 0.5) < 0.06, (width, height, layer, x, y)
