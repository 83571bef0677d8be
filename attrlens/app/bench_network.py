"""Measure descriptors: the network alone beside other ways and engines on the same weights, and from file to disk.

ONNX Runtime and OpenVINO take part where the ``bench`` extra is installed.
"""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.app.measure import Row, against, in_turns, row
from attrlens.core import tasks
from attrlens.core.backbones.registry import BACKBONES, backbone
from attrlens.core.backbones.weights import locate
from attrlens.core.engine import BATCH, Engine, tensorflow
from attrlens.core.graph import freeze, preprocessed
from attrlens.core.recipes import BUILT_IN, Recipe
from attrlens.core.token import Token
from attrlens.errors import WeightsError

Array = np.ndarray[Any, Any]
Way = Callable[[], object]

SHOP = (360, 540)
"""Width and height of the photos that are read, in pixels: as a shop shows them."""

PHOTOS = 128
ALONE = 48
"""Photos, and of them those that only the networks see."""

PREDICT_BATCH = 32
PEAK_SIDE = 3072


@dataclass(frozen=True)
class Subject:
    """One backbone with all that is compared on it.

    Attributes
    ----------
    engine : Engine
    frozen : concrete function
        The graph that the engine runs, for the other engines.
    plain : keras.Model
        Global averages of the same layers, as a tutorial makes it; in float32.
    stack : ndarray of shape (n, size, size, channels), dtype uint8
    """

    title: str
    engine: Engine
    frozen: Any
    plain: Any
    stack: Array

    def chunks(self, size: int) -> list[Array]:
        """The images in batches."""
        return [self.stack[i : i + size] for i in range(0, len(self.stack), size)]


def measure_network(repeats: int, weights: Mapping[str, Path]) -> list[Row]:
    """Rows of the bench."""
    out: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        photos = _photos(Path(name))
        for key in BACKBONES:
            try:
                path = locate(backbone(key), weights.get(key))
                subject = _subject(key, path, photos)
            except WeightsError as error:
                print(f"{backbone(key).title} left out: {error.message}")  # noqa: T201
                continue
            out += _alone(subject, repeats)
        out += _end_to_end(photos, repeats)
    return out


def _photos(folder: Path) -> list[Path]:
    """Drawn garments as JPEG files of a shop's size."""
    from PIL import Image

    from attrlens.core.demo.garments import generate

    generate(folder / "drawn", Token(), PHOTOS)
    (folder / "photos").mkdir()
    out = []
    for i, path in enumerate(sorted((folder / "drawn").glob("*/*.jpg"))):
        out.append(folder / "photos" / f"{i}.jpg")
        with Image.open(path) as image:
            image.resize(SHOP, Image.Resampling.BICUBIC).save(out[-1], quality=90)
    return out


def _recipes(backbone_id: str) -> list[Recipe]:
    return [recipe for recipe in BUILT_IN.values() if recipe.backbone == backbone_id]


def _subject(backbone_id: str, path: Path, photos: Sequence[Path]) -> Subject:
    from attrlens.core.images import decode, fit

    recipes, row_ = _recipes(backbone_id), backbone(backbone_id)
    engine = Engine(recipes, {backbone_id: path})
    (key,) = engine.inputs
    model = row_.build(path)
    stack = np.stack(
        [fit(decode(p, key.size).pixels, key.size, key.fit, weighted=key.weighted) for p in photos[:ALONE]]
    )
    frozen = freeze(tensorflow(), model, key.shape, backbone_id, recipes)
    return Subject(row_.title, engine, frozen, _plain(model, recipes), stack)


def _plain(model: Any, recipes: Sequence[Recipe]) -> Any:
    """What a tutorial makes: the layers' global averages, side by side."""
    import keras

    names = dict.fromkeys(name for recipe in recipes for name in recipe.layers)
    parts = [keras.layers.GlobalAveragePooling2D()(model.get_layer(name).output) for name in names]
    return keras.Model(model.input, keras.layers.Concatenate()(parts))


def _pixels(subject: Subject) -> Array:
    (key,) = subject.engine.inputs
    return np.asarray(preprocessed(tensorflow(), subject.stack[..., :3], backbone(key.backbone)))


def _side_by_side(work: Callable[[Array], object], chunks: Sequence[Array], threads: int) -> None:
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, chunks))


def _alone(subject: Subject, repeats: int) -> list[Row]:
    """Seconds an image of the network alone, in turns with the others."""
    tf = tensorflow()
    engine, count = subject.engine, len(subject.stack)
    (key,) = engine.inputs
    pixels = _pixels(subject)
    eight = subject.chunks(8)
    ways: dict[str, Way] = {
        "ours": lambda: _side_by_side(
            lambda x: engine.describe({key: x}), subject.chunks(engine.batch), engine.streams
        ),
        "Keras predict, batches of 32": lambda: subject.plain.predict(pixels, batch_size=PREDICT_BATCH, verbose=0),
        "a bare loop of the frozen graph, batches of 8": lambda: [
            [y.numpy() for y in subject.frozen(tf.constant(x))] for x in eight
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        ways |= _others(subject, Path(folder))
        found = {name: [s / count for s in seconds] for name, seconds in in_turns(ways, repeats).items()}
    best = min((name for name in found if name.startswith("ONNX")), key=lambda n: np.median(found[n]), default=None)
    name = f"{subject.title}: seconds an image, the network alone"
    out = [row(f"{subject.title}: images a second, the network alone ({engine.device})",
               [1 / s for s in found["ours"]], "images/s")]  # fmt: skip
    out += [
        against(name, found["ours"], other, found[other], note="ONNX Runtime's best" if other == best else "")
        for other in found
        if other != "ours"
    ]
    limit = _operations(subject) / _peak(repeats)
    out.append(against(name, found["ours"], "its products alone, at the machine's peak for matrices in float32",
                       [limit] * len(found["ours"])))  # fmt: skip
    return out


def _others(subject: Subject, folder: Path) -> dict[str, Way]:
    """Engines on the same graph, as far as they are installed."""
    if not importlib.util.find_spec("tf2onnx"):
        return {}
    import tf2onnx

    tensorflow().get_logger().setLevel("ERROR")  # the converter's own use of old interfaces
    frozen = subject.frozen
    model, _ = tf2onnx.convert.from_graph_def(
        frozen.graph.as_graph_def(), input_names=[frozen.inputs[0].name],
        output_names=[tensor.name for tensor in frozen.outputs], opset=17,
    )  # fmt: skip
    path = folder / "model.onnx"
    path.write_bytes(model.SerializeToString())
    out: dict[str, Way] = {}
    if importlib.util.find_spec("onnxruntime"):
        out |= _onnx_runtime(subject, path)
    if importlib.util.find_spec("openvino"):
        out |= _openvino(subject, path)
    return out


def _onnx_runtime(subject: Subject, path: Path) -> dict[str, Way]:
    import onnxruntime

    def session(threads: int) -> Callable[[Array], object]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        made = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        name = made.get_inputs()[0].name
        return lambda x: made.run(None, {name: x})

    streams = subject.engine.streams
    single, whole = session(1), session(streams)
    out: dict[str, Way] = {
        f"ONNX Runtime, {streams} at a time, batches of {size}": partial(
            _side_by_side, single, subject.chunks(size), streams
        )
        for size in (1, BATCH["CPU"])
    }
    out["ONNX Runtime, one after another, batches of 8"] = lambda: [whole(x) for x in subject.chunks(8)]
    return out


def _openvino(subject: Subject, path: Path) -> dict[str, Way]:
    import openvino

    model = openvino.Core().read_model(path)
    out: dict[str, Way] = {}
    for precision in ("f32", "bf16"):
        compiled = openvino.Core().compile_model(
            model, "CPU", {"INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": "THROUGHPUT"}
        )

        def work(x: Array, compiled: Any = compiled) -> object:
            return [np.array(y) for y in compiled.create_infer_request().infer([x]).values()]

        streams = subject.engine.streams
        out[f"OpenVINO, {precision}, {streams} at a time, batches of 2"] = partial(
            _side_by_side, work, subject.chunks(2), streams
        )
    return out


def _operations(subject: Subject) -> float:
    """Additions and multiplications of the convolutions of one image."""
    total = 0
    for node in subject.frozen.graph.get_operations():
        if node.type in ("Conv2D", "DepthwiseConv2dNative"):
            height, width = node.outputs[0].shape[1:3]
            total += 2 * int(np.prod(node.inputs[1].shape)) * height * width
    return float(total)


def _peak(repeats: int) -> float:
    """Operations a second of a large product of matrices, by NumPy's BLAS on all cores."""
    a = np.random.default_rng(0).random((PEAK_SIDE, PEAK_SIDE), np.float32)
    seconds = in_turns({"product": lambda: a @ a}, repeats)["product"]
    return 2 * PEAK_SIDE**3 / float(np.median(seconds))


def _end_to_end(photos: Sequence[Path], repeats: int) -> list[Row]:
    """From files to rows on disk, for both attributes of a new catalog."""
    from attrlens.core.images import decode, fit

    count = len(photos)
    recipes = _recipes("efficientnet_lite0")
    engines = tasks.Engines()
    engine = engines.get(engines.makeable(recipes)[0], Token())
    (key,) = engine.inputs
    stack = np.stack([fit(decode(p, key.size).pixels, key.size, key.fit, weighted=key.weighted) for p in photos])
    model = backbone(key.backbone).build(locate(backbone(key.backbone)))
    frozen = freeze(tensorflow(), model, key.shape, key.backbone, recipes)
    subject = Subject("", engine, frozen, _plain(model, recipes), stack)
    tf = tensorflow()
    eight = subject.chunks(8)
    pixels = _pixels(subject)
    bare = "a bare loop of the network, batches of 8, pixels ready"
    alone = "the network alone as run here, pixels ready"
    tutorial, batches = "Pillow open, resize, predict one by one", "Keras predict alone, batches of 32, pixels ready"
    decoding = "Pillow decoding alone, one thread"
    with tempfile.TemporaryDirectory() as name:
        ways: dict[str, Way] = {
            "ours": partial(_describe, photos, Path(name), engines),
            bare: lambda: [[y.numpy() for y in frozen(tf.constant(x))] for x in eight],
            alone: lambda: _side_by_side(
                lambda x: engine.describe({key: x}), subject.chunks(engine.batch), engine.streams
            ),
            tutorial: partial(_tutorial, photos, subject.plain, key.size, key.backbone),
            batches: lambda: subject.plain.predict(pixels, batch_size=PREDICT_BATCH, verbose=0),
            decoding: lambda: [decode(path, key.size) for path in photos],
        }
        found = {name: [s / count for s in seconds] for name, seconds in in_turns(ways, repeats).items()}
    text = "both descriptors of an image, from JPEG 360 x 540 to disk"
    out = [row(f"{text} ({engine.device})", [1 / s for s in found["ours"]], "images/s")]
    return out + [against(f"seconds: {text}", found["ours"], n, found[n]) for n in found if n != "ours"]


def _describe(photos: Sequence[Path], folder: Path, engines: tasks.Engines) -> None:
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.files import scan

    with tempfile.TemporaryDirectory(dir=folder) as name:
        catalog = tasks.open_catalog(Path(name) / "a.attrlens", create=True)
        thumbnails = Thumbnails(catalog.thumbnails_path)
        tasks.add_images(catalog, scan([photos[0].parent], Token()).images, Token())
        tasks.describe_pending(catalog, thumbnails, engines, Token())
        thumbnails.close()
        catalog.close()


def _tutorial(photos: Sequence[Path], plain: Any, size: int, backbone_id: str) -> list[Array]:
    from PIL import Image

    out = []
    for path in photos:
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB").resize((size, size)))[None]
        ready = np.asarray(preprocessed(tensorflow(), pixels, backbone(backbone_id)))
        out.append(plain.predict(ready, verbose=0)[0])
    return out
