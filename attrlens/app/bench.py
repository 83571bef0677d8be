"""Measure this machine: start, descriptors, answers. Ratios within one run say more than seconds."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.catalog import model as steps
from attrlens.core.catalog.rows import NewImage, Read
from attrlens.core.export.files import replacing


def run_bench(
    *, quick: bool, out: Path | None, gallery: int = 0, inside: bool = False, canvas: bool = False, search: bool = False
) -> int:
    """Print a table; write it as JSON too.

    Parameters
    ----------
    quick : bool
        Fewer repeats.
    out : Path, optional
    gallery : int
        Measure only the window on a catalog of so many images; 0 measures all but that.
    inside : bool
        Measure only looking inside the network.
    canvas : bool
        Measure only the map and the grid.
    search : bool
        Measure only the search for similar images.
    """
    repeats = 3 if quick else 7
    report: dict[str, Any] = {"machine": machine(), "repeats": repeats, "results": []}
    print(", ".join(f"{key} {value}" for key, value in report["machine"].items()))  # noqa: T201
    measures: list[Callable[[int], list[dict[str, Any]]]] = [_start, _answer, _descriptors]
    if gallery:
        from attrlens.app.bench_gallery import measure_gallery

        measures = [lambda repeats: measure_gallery(gallery, repeats)]
    elif inside:
        from attrlens.app.bench_inside import measure_inside

        measures = [measure_inside]
    elif canvas:
        from attrlens.app.bench_canvas import measure_canvas

        measures = [measure_canvas]
    elif search:
        from attrlens.app.bench_search import measure_search

        measures = [measure_search]
    for measure in measures:
        for row in measure(repeats):
            report["results"].append(row)
            print(_line(row), flush=True)  # noqa: T201
    if out is not None:
        with replacing(out) as stream:
            json.dump(report, stream, indent=1)
    return 0


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {"system": platform.system(), "machine": platform.machine(), "cores": os.cpu_count(),
            "python": platform.python_version(), "numpy": np.__version__}  # fmt: skip


def _line(row: dict[str, Any]) -> str:
    text = f"{row['name']:<52} {row['median']:>9.3f} {row['unit']} ({row['low']:.3f} to {row['high']:.3f})"
    if "limit" in row:
        text += f"   {row['ratio']:.2f} x {row['limit']} ({row['limit_median']:.3f} {row['unit']})"
    return text + (f"   {row['note']}" if row.get("note") else "")


def _row(name: str, values: list[float], unit: str = "s", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "median": statistics.median(values),
        "low": min(values),
        "high": max(values),
        "unit": unit,
    } | more


def _against(name: str, ours: list[float], limit: str, theirs: list[float], **more: Any) -> dict[str, Any]:
    other = statistics.median(theirs)
    return _row(name, ours, limit=limit, limit_median=other, ratio=statistics.median(ours) / other, **more)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _start(repeats: int) -> list[dict[str, Any]]:
    """From the command to the painted window, in new processes; the first is thrown away (cold caches)."""
    seconds, tensorflow = [], False
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"ATTRLENS_HOME": home}
        if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        for i in range(repeats + 1):
            environment["ATTRLENS_STARTED"] = repr(time.time())
            done = subprocess.run(
                [sys.executable, "-m", "attrlens", "--time-to-paint"],
                env=environment, capture_output=True, text=True, check=True, timeout=120,
            )  # fmt: skip
            told = json.loads(done.stdout.splitlines()[-1])
            tensorflow = tensorflow or told["tensorflow"]
            if i:
                seconds.append(told["seconds"])
    bare = [_timed(lambda: subprocess.run([sys.executable, "-c", "import PySide6.QtWidgets, numpy"], check=True))
            for _ in range(repeats)]  # fmt: skip
    note = "TensorFlow imported: " + ("YES" if tensorflow else "no")
    return [_against("start: command to painted window", seconds, "Python importing Qt and NumPy", bare, note=note)]


def _answer(repeats: int) -> list[dict[str, Any]]:
    """An exemplar added to a 20-class attribute, and a threshold dragged, with 10,000 and 50,000 described images."""
    rows = []
    for count in (10_000, 50_000):
        with tempfile.TemporaryDirectory() as folder:
            rows += _answer_at(count, repeats, Path(folder) / "bench.attrlens")
    return rows


def _answer_at(count: int, repeats: int, path: Path) -> list[dict[str, Any]]:
    from attrlens.core.classify.features import transform
    from attrlens.core.decisions import ClassifyRequest, Fits, classify

    classes, per_class = 20, 80
    catalog, attribute = _filled(path, count, classes, per_class)
    key = catalog.model.attributes[attribute].recipe
    fits = Fits()
    ours, products = [], []
    weights = np.ones((catalog.recipe(key).width, classes), np.float32)
    for i in range(repeats + 1):

        def step(slot: int = classes * per_class + i) -> None:
            catalog.perform(steps.add_exemplars(catalog.model, 1, [slot], 0.0))
            classify(catalog, ClassifyRequest.of(catalog, attribute), fits)

        ours.append(_timed(step))

        def bare() -> None:
            everything = catalog.descriptors(key)
            for start in range(0, count, 5000):
                transform(everything[start : start + 5000]) @ weights

        products.append(_timed(bare))
    name = f"exemplar added, {classes} classes, {count:,} images scored"
    added = _against(name, ours[1:], "roots and one product alone", products[1:])
    drag, bare_sort = _drag(catalog, attribute, repeats)
    name = f"threshold dragged, {count:,} images, gallery and counts anew"
    return [added, _against(name, drag, "sorting as many numbers", bare_sort)]


def _filled(path: Path, count: int, classes: int, per_class: int) -> tuple[Any, int]:
    """A catalog of made-up textures: described images, classes with exemplars."""
    from attrlens.core import tasks

    catalog = tasks.open_catalog(path, create=True)
    catalog.add_images([NewImage(f"/bench/{i}.jpg", "/bench", 1, 1) for i in range(count)])
    return catalog, _filled_texture(catalog, count, classes, per_class)


def _filled_texture(catalog: Any, count: int, classes: int, per_class: int) -> int:
    """Give a catalog's images made-up descriptors of textures, and classes with exemplars; the attribute."""
    rng = np.random.default_rng(0)
    texture = catalog.model.attribute_named("Texture")
    assert texture is not None
    width = catalog.recipe(texture.recipe).width
    centers = rng.gamma(1.0, 0.05, (classes, width)).astype(np.float32)
    for start in range(0, count, 5000):
        slots = np.arange(start, min(start + 5000, count))
        noise = rng.standard_gamma(1.0, (len(slots), width), dtype=np.float32) * np.float32(0.03)
        kind = np.where(slots < classes * per_class, slots // per_class, rng.integers(0, classes, len(slots)))
        rows = centers[kind] + noise
        reads = [Read(int(i), f"{i}", 640, 800, 1, "", "", int(i) % 0xFFFFFF) for i in slots]
        catalog.append(reads, slots, {texture.recipe: rows.astype(np.float16)})
    for c in range(classes):
        catalog.perform(steps.create_class(catalog.model, c + 1, texture.id, f"class {c}", "#808080"))
        slots_of = range(c * per_class, (c + 1) * per_class)
        catalog.perform(steps.add_exemplars(catalog.model, c + 1, slots_of, 0.0))
    return int(texture.id)


def _drag(catalog: Any, attribute: int, repeats: int) -> tuple[list[float], list[float]]:
    """Seconds for one step of a dragged threshold, everything that listens included; and for a sort. Closes it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from attrlens.app.main import App, make_qt
    from attrlens.state.view import Filter

    path = catalog.path
    catalog.close()
    qt = make_qt()
    with tempfile.TemporaryDirectory() as home:
        app = App(qt, Path(home) / "settings.json")
        app.window.show()
        app.workbench.open(path)
        _spin(qt, lambda: app.document.is_open and app.lanes.idle)
        assert len(app.document.images) == len(app.document.by_slot(attribute).confidence)
        app.view.set_attribute(attribute)
        chosen = app.document.model.classes_of(attribute)[0].id
        app.view.set_filter(Filter("edge", chosen))
        values = app.document.by_slot(attribute).confidence.copy()
        ours, bare = [], []
        for i in range(3 * repeats):
            # All classes at once, then one: the common threshold touches every image.
            which = chosen if i % 2 else 0

            def step(class_id: int = which, threshold: float = 0.3 + i / 100) -> None:
                app.document.try_threshold(attribute, class_id, threshold)
                qt.processEvents()  # and what is painted of it

            ours.append(_timed(step))
            bare.append(_timed(lambda: np.argsort(values, kind="stable")))
        app.close()
        app.window.close()
    return ours[2:], bare[2:]


def _spin(qt: Any, done: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        qt.processEvents()
        time.sleep(0.005)  # the background threads need the cores more than this loop


def _descriptors(repeats: int) -> list[dict[str, Any]]:
    """Images a second, decode to row on disk, beside the bare network and Pillow alone."""
    from attrlens.core import tasks
    from attrlens.core.backbones.registry import backbone
    from attrlens.core.backbones.weights import locate
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.demo.garments import generate
    from attrlens.core.files import scan
    from attrlens.core.images import decode, fit
    from attrlens.core.recipes import COLOR, TEXTURE
    from attrlens.core.token import Token

    count = 96
    began = time.perf_counter()
    engines = tasks.Engines()
    engine = engines.get(engines.makeable([COLOR, TEXTURE])[0], Token())
    first = time.perf_counter() - began
    batch = engine.batch
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, Token(), count)
        images = scan([folder], Token()).images
        ours, bare, decoding, predicting = [], [], [], []
        stack = np.stack([fit(decode(Path(i.path), 320).pixels, 320, "letterbox", weighted=True) for i in images])
        model = backbone(COLOR.backbone).build(locate(backbone(COLOR.backbone)))
        pixels = (stack[..., :3].astype(np.float32) - 127) / 128
        model.predict(pixels[:8], verbose=0)
        for i in range(repeats):
            catalog = tasks.open_catalog(folder / f"{i}.attrlens", create=True)
            thumbnails = Thumbnails(catalog.thumbnails_path)
            tasks.add_images(catalog, images, Token())
            ours.append(_timed(lambda c=catalog, t=thumbnails: tasks.describe_pending(c, t, engines, Token())) / count)  # type: ignore[misc]
            thumbnails.close()
            catalog.close()
            chunks = [stack[k : k + batch] for k in range(0, count, batch)]
            bare.append(_timed(lambda c=chunks: [engine.describe({engine.inputs[0]: x}) for x in c]) / count)  # type: ignore[misc]
            decoding.append(_timed(lambda: [decode(Path(image.path), 320) for image in images]) / count)
            predicting.append(_timed(lambda: model.predict(pixels, verbose=0)) / count)
    rates = [1 / t for t in ours]
    return [
        _row("TensorFlow imported, network built", [first]),
        _row(f"descriptors, both recipes, end to end ({engine.device})", rates, "images/s"),
        _against("seconds an image, end to end", ours, "the network alone", bare),
        _against("seconds an image, the network alone", bare, "Keras predict, whole model", predicting),
        _against("seconds an image, end to end", ours, "Pillow decoding alone, one thread", decoding),
    ]
