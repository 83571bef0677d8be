"""Measure answers: a class made, an exemplar added, a threshold dragged, in catalogs of made-up textures."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.app.measure import Row, against, timed, wait
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.rows import NewImage, Read

CLASSES, EXEMPLARS = 20, 80

NEW = 12 * EXEMPLARS
"""Images of a kind that has no class: each repeat makes it of others."""


def measure_answer(repeats: int) -> list[Row]:
    """Rows of the bench."""
    rows = []
    for count in (10_000, 50_000):
        with tempfile.TemporaryDirectory() as folder:
            rows += _answer_at(count, repeats, Path(folder) / "bench.attrlens")
    return rows


def _answer_at(count: int, repeats: int, path: Path) -> list[Row]:
    from attrlens.core.classify.features import transform
    from attrlens.core.decisions import ClassifyRequest, Fits, classify

    classes, per_class = CLASSES, EXEMPLARS
    catalog, attribute = _filled(path, count, classes, per_class)
    key = catalog.model.attributes[attribute].recipe
    fits = Fits()
    ours, again, products = [], [], []
    weights = np.ones((catalog.recipe(key).width, classes), np.float32)
    for i in range(repeats + 1):

        def step(slot: int = classes * per_class + i) -> None:
            catalog.perform(steps.add_exemplars(catalog.model, 1, [slot], 0.0))
            classify(catalog, ClassifyRequest.of(catalog, attribute), fits)

        ours.append(timed(step))
        request = ClassifyRequest.of(catalog, attribute)
        again.append(timed(lambda r=request: classify(catalog, r, fits)))  # type: ignore[misc]

        def bare() -> None:
            everything = catalog.descriptors(key)
            for start in range(0, count, 5000):
                transform(everything[start : start + 5000]) @ weights

        products.append(timed(bare))
    name = f"exemplar added, {classes} classes, {count:,} images scored"
    limit = "roots and one product alone"
    added = [
        against(name, ours[1:], limit, products[1:]),
        against(f"scored again, {classes} classes, {count:,} images", again[1:], limit, products[1:]),
        _class_made(catalog, attribute, fits, repeats),
    ]
    drag, bare_sort = _drag(catalog, attribute, repeats)
    name = f"threshold dragged, {count:,} images, gallery and counts anew"
    return [*added, against(name, drag, "sorting as many numbers", bare_sort)]


def _class_made(catalog: Any, attribute: int, fits: Any, repeats: int) -> Row:
    """A class of 80 images that are described already: the class on disk, its exemplars, and all classes fitted."""
    from attrlens.core.decisions import ClassifyRequest

    seconds, bare = [], []
    key = catalog.model.attributes[attribute].recipe
    count = len(catalog.described(key))
    size = (CLASSES + 1) * EXEMPLARS
    matrix = np.eye(size, dtype=np.float32) * size + np.random.default_rng(0).random((1, size), np.float32)
    for i in range(repeats + 1):
        slots = range(count - (i + 1) * EXEMPLARS, count - i * EXEMPLARS)
        class_id = catalog.model.next_id("class")

        def make(class_id: int = class_id, slots: range = slots, name: str = f"new {i}") -> None:
            catalog.perform(steps.create_class(catalog.model, class_id, attribute, name, "#808080"))
            catalog.perform(steps.add_exemplars(catalog.model, class_id, slots, 0.0))
            fits.fit(catalog, ClassifyRequest.of(catalog, attribute))

        seconds.append(timed(make))
        bare.append(timed(lambda: np.linalg.cholesky(matrix)))
        for _ in range(2):
            catalog.undo()
        fits.fit(catalog, ClassifyRequest.of(catalog, attribute))
    name = f"class made of {EXEMPLARS} described images, one more than {CLASSES}, {count:,} images"
    return against(name, seconds[1:], "one factor of a matrix of that many exemplars", bare[1:])


def _filled(path: Path, count: int, classes: int, per_class: int) -> tuple[Any, int]:
    """A catalog of made-up textures: described images, classes with exemplars."""
    from attrlens.core import tasks

    catalog = tasks.open_catalog(path, create=True)
    catalog.add_images([NewImage(f"/bench/{i}.jpg", "/bench", 1, 1) for i in range(count)])
    return catalog, fill_texture(catalog, count, classes, per_class)


def fill_texture(catalog: Any, count: int, classes: int, per_class: int) -> int:
    """Give a catalog's images made-up descriptors of textures, and classes with exemplars; the attribute.

    The last `NEW` images are of a kind that has no class yet.
    """
    rng = np.random.default_rng(0)
    texture = catalog.model.attribute_named("Texture")
    assert texture is not None
    width = catalog.recipe(texture.recipe).width
    centers = rng.gamma(1.0, 0.05, (classes + 1, width)).astype(np.float32)
    for start in range(0, count, 5000):
        slots = np.arange(start, min(start + 5000, count))
        noise = rng.standard_gamma(1.0, (len(slots), width), dtype=np.float32) * np.float32(0.03)
        kind = np.where(slots < classes * per_class, slots // per_class, rng.integers(0, classes, len(slots)))
        rows = centers[np.where(slots >= count - NEW, classes, kind)] + noise
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
    from attrlens.app.main import App
    from attrlens.app.start import make_qt
    from attrlens.state.view import Filter

    path = catalog.path
    catalog.close()
    qt = make_qt()
    with tempfile.TemporaryDirectory() as home:
        app = App(qt, Path(home) / "settings.json")
        app.window.show()
        app.workbench.open(path)
        wait(lambda: app.document.is_open and app.lanes.idle)
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

            ours.append(timed(step))
            bare.append(timed(lambda: np.argsort(values, kind="stable")))
        app.close()
        app.window.close()
    return ours[2:], bare[2:]
