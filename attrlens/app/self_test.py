"""``attrlens self-test``: every part of the program once, in a folder of its own.

A build must pass it, and whoever helps a curator asks for its report.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens import paths, version
from attrlens.core.export.files import replacing
from attrlens.core.recipes import COLOR, TEXTURE
from attrlens.core.token import Token

Array = np.ndarray[Any, Any]

LEAST_COSINE = 0.9995
"""Of the two demo images' descriptors to those Keras gave when the program was made."""

IMAGES = 60
"""Demo garments the main job is done on: each of six colors with each of ten textures, once."""

EXEMPLARS = 3
"""A class."""

LEAST_RIGHT = 0.5
"""Of the others' colors; one in six would be right by chance."""


class WrongError(Exception):
    """A part works, and gives what it should not."""


@dataclass
class Check:
    """One part of the program, tried.

    Attributes
    ----------
    name : str
    works : bool
    seconds : float
    detail : str
        What was seen, or what went wrong.
    """

    name: str
    works: bool
    seconds: float
    detail: str


@dataclass
class Shared:
    """What the checks share: a folder, and what earlier ones made for later ones.

    Attributes
    ----------
    folder : Path
    catalog : Catalog, once there is one
    places, clusters : ndarray of shape (64, 2) and (64,), once there is a map
    """

    folder: Path
    catalog: Any = None
    places: Array | None = None
    clusters: Array | None = None

    def need_catalog(self) -> Any:
        """The catalog, open."""
        if self.catalog is None:
            raise WrongError("there is no catalog to try it on")
        return self.catalog


def self_test(report: Path | None, say: Callable[[str], None]) -> bool:
    """Try every part.

    Parameters
    ----------
    report : Path or None
        Gets what was found as JSON, with versions.
    say : callable
        Gets a line for each part, and one for all.

    Returns
    -------
    bool
        Whether all work.

    Raises
    ------
    AttrLensError
        If the report cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    checks = []
    with tempfile.TemporaryDirectory(prefix="AttrLens größe ", ignore_cleanup_errors=True) as name:
        shared = Shared(Path(name).resolve())
        for title, work in CHECKS:
            check = _tried(title, work, shared)
            checks.append(check)
            verdict = "ok    " if check.works else "FAILED"
            say(f"{verdict} {check.seconds:6.2f} s  {title}: {check.detail}")
        if shared.catalog is not None:
            shared.catalog.close()
    failed = [check.name for check in checks if not check.works]
    all_of = f"{len(checks) - len(failed)} of {len(checks)} parts work"
    say(all_of if not failed else f"{all_of}; not these: {', '.join(failed)}")
    if report is not None:
        with replacing(report) as stream:
            json.dump({"versions": version.versions(), "checks": [asdict(check) for check in checks]}, stream, indent=1)
    return not failed


def _tried(title: str, work: Callable[[Shared], str], shared: Shared) -> Check:
    began = time.perf_counter()
    try:
        detail, works = work(shared), True
    except Exception as error:  # noqa: BLE001  (the next part is tried all the same)
        detail, works = f"{type(error).__name__}: {error}", False
    return Check(title, works, round(time.perf_counter() - began, 3), " ".join(detail.split()))


def _need(true: bool, what: str) -> None:
    if not true:
        raise WrongError(what)


# The checks, in the order they are tried


def _folders(shared: Shared) -> str:
    """The program's own folders can be written to."""
    for folder in paths.user_folders().values():
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / "self-test"
        probe.write_text("x", encoding="utf-8")
        probe.unlink()
    return ", ".join(f"{kind} in {folder}" for kind, folder in paths.user_folders().items())


def _resources(shared: Shared) -> str:
    """Icons are drawn, license texts are there."""
    from PySide6.QtSvg import QSvgRenderer

    root = paths.resources()
    icons = sorted((root / "icons").glob("*.svg"))
    for icon in icons:
        _need(QSvgRenderer(str(icon)).isValid(), f"{icon.name} is no SVG")
    _need(len(icons) > 10, "icons are missing")
    text = paths.licenses().read_text(encoding="utf-8")
    _need("TensorFlow" in text, f"{paths.licenses().name} is not whole")
    return f"{len(icons)} icons, {paths.licenses().name} ({len(text) // 1000:,} kB)"


def _weights(shared: Shared) -> str:
    """The bundled weights are those that were bundled, by their SHA-256."""
    from attrlens.core.backbones.registry import BACKBONES
    from attrlens.core.backbones.weights import digest

    bundled = [row for row in BACKBONES.values() if row.bundled is not None]
    return ", ".join(f"{row.title} {digest(row)[:16]}" for row in bundled)


def _formats(shared: Shared) -> str:
    """Every image format the program promises is read, an animation and a CMYK JPEG among them."""
    from PIL import Image

    from attrlens.core.images import decode

    gradient = Image.linear_gradient("L").resize((96, 64))
    photo = Image.merge("RGB", (gradient, gradient.rotate(180), gradient))
    made: list[tuple[str, Any, dict[str, Any]]] = [
        ("JPEG", photo, {}), ("PNG", photo, {}), ("WEBP", photo, {}), ("AVIF", photo, {}), ("TIFF", photo, {}),
        ("BMP", photo, {}), ("GIF", photo, {"save_all": True, "append_images": [photo.rotate(90)]}),
        ("JPEG", photo.convert("CMYK"), {}), ("PNG", gradient.convert("I;16"), {}),
    ]  # fmt: skip
    for number, (name, image, options) in enumerate(made):
        path = shared.folder / f"format {number}.{name.lower()}"
        image.save(path, name, **options)
        decoded = decode(path)
        _need(decoded.pixels.size == (96, 64), f"{name} is read as {decoded.pixels.size}")
    return ", ".join(dict.fromkeys(name for name, _, _ in made))


def reference_file() -> Path:
    """Descriptors of two demo images, as Keras in float32 gave them (``packaging/reference.py``)."""
    return paths.resources() / "models" / "self_test.npz"


def reference_images() -> list[Array]:
    """Two demo garments as the network gets them; each of shape (320, 320, 4), dtype uint8."""
    from attrlens.core.demo.garments import draw, plan
    from attrlens.core.engine import Input
    from attrlens.core.images import fit

    garments = plan(IMAGES)
    want = Input.of(COLOR)
    return [fit(draw(garments[i]), want.size, want.fit, weighted=want.weighted) for i in (0, IMAGES // 2 + 1)]


def _descriptors(shared: Shared) -> str:
    """Two demo images are described as Keras described them when the program was made."""
    from attrlens.core.backbones.registry import backbone
    from attrlens.core.backbones.weights import locate
    from attrlens.core.engine import Engine

    engine = Engine([COLOR, TEXTURE], {COLOR.backbone: locate(backbone(COLOR.backbone))})
    (key,) = engine.inputs
    found = engine.describe({key: np.stack(reference_images())})
    least = 1.0
    with np.load(reference_file()) as expected:
        for recipe in (COLOR, TEXTURE):
            a, b = found[recipe.key].astype(np.float64), expected[recipe.key].astype(np.float64)
            cosines = (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
            least = min(least, float(cosines.min()))
    _need(least >= LEAST_COSINE, f"cosine {least:.6f} to the reference, less than {LEAST_COSINE}")
    return f"on the {engine.device}, cosine {least:.6f} to the reference"


def _main_job(shared: Shared) -> str:
    """Images are imported and described, classes made from exemplars, the rest classified, a table exported."""
    from attrlens.core import decisions, refresh, tasks
    from attrlens.core.catalog import keeping
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.demo.garments import generate, read_truth
    from attrlens.core.export.table import export_csv
    from attrlens.core.files import scan

    token = Token()
    generate(shared.folder / "demo", token, IMAGES)
    truth = read_truth(shared.folder / "demo")
    catalog = tasks.open_catalog(shared.folder / "demo.attrlens", create=True)
    shared.catalog = catalog
    with closing(Thumbnails(catalog.thumbnails_path)) as thumbnails:
        found = scan([shared.folder / "demo"], token)
        added = refresh.add(catalog, thumbnails, found.images, token).added
        slots = [row.slot for row in added]
        catalog.perform(keeping.add_images(catalog.model, keeping.Added(slots, []), time.time()))
        problems = tasks.describe_pending(catalog, thumbnails, tasks.Engines(), token)
        _need(not problems, f"{[str(problem) for problem in problems]}")
    catalog.perform(tasks.demo_classes(catalog.model, catalog.images(), truth, EXEMPLARS))
    attribute = catalog.model.sorted_attributes()[0]
    suggestions = decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, attribute.id))
    _need(suggestions is not None, "no suggestions")
    assert suggestions is not None
    names = {row.slot: truth[Path(row.path).name]["Color"] for row in catalog.images()}
    exemplars = catalog.model.exemplars_of(attribute.id)
    pairs = zip(suggestions.slots.tolist(), suggestions.scored.best.tolist(), strict=True)
    right = [catalog.model.classes[best].name == names[slot] for slot, best in pairs if slot not in exemplars]
    share = sum(right) / max(1, len(right))
    _need(share >= LEAST_RIGHT, f"{share:.0%} of {len(right)} colors right")
    rows = export_csv(catalog, shared.folder / "results.csv", token)
    return (
        f"{len(slots)} images, {len(exemplars)} exemplars, {sum(right)} of {len(right)} other colors right, {rows} rows"
    )


def _reopen(shared: Shared) -> str:
    """What was done is on disk: closed, checked by SQLite, opened again."""
    import sqlite3

    from attrlens.core.catalog.store import Catalog

    before = shared.need_catalog()
    counts = (before.image_count(), len(before.model.classes), sum(map(len, before.model.exemplars.values())))
    before.close()
    with closing(sqlite3.connect(before.path / "catalog.sqlite")) as database:
        (said,) = database.execute("PRAGMA integrity_check").fetchone()
    _need(said == "ok", f"SQLite says {said}")
    shared.catalog = Catalog(before.path)
    model = shared.catalog.model
    after = (shared.catalog.image_count(), len(model.classes), sum(map(len, model.exemplars.values())))
    _need(after == counts, f"{counts} became {after}")
    return f"{after[0]} images, {after[1]} classes, {after[2]} exemplars after reopening"


def _map(shared: Shared) -> str:
    """The helper process starts, compiles if it has to, and lays 64 points out by UMAP, with clusters by HDBSCAN."""
    from attrlens.core.helper import Helper, compiles_first
    from attrlens.core.layout.arrange import lay_out_points

    first = compiles_first()
    rng = np.random.default_rng(0)
    centers = np.repeat(np.eye(3, 16) * 8, [22, 21, 21], axis=0)
    points = (centers + rng.normal(size=centers.shape)).astype(np.float32)
    with closing(Helper()) as helper:
        places, clusters = helper.run(lay_out_points, points, Token())
    _need(places.shape == (64, 2) and bool(np.isfinite(places).all()), "no places")
    found = len(set(clusters.tolist()) - {-1})
    _need(found == 3, f"{found} clusters in place of 3")
    shared.places, shared.clusters = places, clusters
    said = "compiled once for this computer" if first else "compiled before" if paths.is_frozen() else "from source"
    return f"64 points, 3 clusters, {said}"


def _grid(shared: Shared) -> str:
    """GridCut gives every point a cell of its own, in one piece for each cluster."""
    from attrlens.core.layout.gridcut import gridcut
    from attrlens.core.layout.quality import contiguity

    places, clusters = shared.places, shared.clusters
    if places is None or clusters is None:
        raise WrongError("there is no map to cut")
    grid = gridcut(places, np.arange(len(places)), clusters, aspect=1.5)
    _need(len({tuple(cell) for cell in grid.cells.tolist()}) == len(places), "two points in a cell")
    kept = contiguity(grid.cells, clusters)
    _need(kept >= 0.9, f"contiguity {kept:.2f}")
    return f"{grid.cells[:, 0].max() + 1} x {grid.cells[:, 1].max() + 1} cells, contiguity {kept:.2f}"


def _search(shared: Shared) -> str:
    """The index of nearest neighbors and the Parquet file work."""
    import pyarrow as pa
    import pyarrow.parquet
    from usearch.index import Index

    rows = np.random.default_rng(0).normal(size=(500, 32)).astype(np.float32)
    index = Index(ndim=32, metric="l2sq")
    index.add(np.arange(500), rows)
    found = index.search(rows, 1).keys[:, 0]
    _need(float((found == np.arange(500)).mean()) > 0.98, "neighbors are wrong")
    stream = io.BytesIO()
    pa.parquet.write_table(pa.table({"x": rows[:, 0]}), stream)
    stream.seek(0)
    back = pa.parquet.read_table(stream)["x"].to_numpy()
    _need(bool(np.array_equal(back, rows[:, 0])), "Parquet gives other numbers back")
    return "500 of 500 rows found, written and read as Parquet"


def _network(shared: Shared) -> str:
    """Keras builds the network; a channel's heat map and the picture it answers to can be made."""
    from attrlens.core.demo.garments import draw, plan
    from attrlens.core.inside.activations import SIDE, Network
    from attrlens.core.inside.explain import most_telling
    from attrlens.core.inside.maximize import Wish, maximize
    from attrlens.core.recipes import block_recipe

    path = shared.folder / "garment.png"
    draw(plan(1)[0]).save(path)
    layer = block_recipe(COLOR.backbone, 2).layers[0]
    network = Network({})
    found = network.activations(path, COLOR.backbone, layer, SIDE, "letterbox", Token())
    channel = most_telling(found)
    steps = [maximize(Wish(COLOR.backbone, layer, (channel,), steps=n, side=96), network, Token()) for n in (1, 12)]
    rose = steps[1].activation - steps[0].activation
    _need(rose > 0, f"12 steps changed the channel by {rose:.3g}")
    return f"{layer} channel {channel}, {found.values.shape[0]} x {found.values.shape[1]} map, drawn in 12 steps"


def _window(shared: Shared) -> str:
    """The window opens the catalog and paints, in every language and both themes."""
    from PySide6.QtCore import QEventLoop, QTimer

    from attrlens.app import language
    from attrlens.app.main import App
    from attrlens.app.start import make_qt
    from attrlens.words import tr

    path = shared.need_catalog().path
    shared.catalog.close()
    qt = make_qt()
    app = App(qt, None)
    seen = []
    try:
        app.settings.set("watch_folders", False)
        app.window.resize(1280, 800)
        app.window.show()
        app.workbench.open(path)
        loop = QEventLoop()
        end = time.monotonic() + 60

        def settled() -> bool:
            return app.document.is_open and app.window.has_painted and app.lanes.idle

        timer = QTimer(interval=20)
        timer.timeout.connect(lambda: loop.quit() if settled() or time.monotonic() > end else None)
        timer.start()
        loop.exec()
        timer.stop()
        _need(settled(), "the window did not come to rest within a minute")
        for theme in ("light", "dark"):
            app.settings.set("theme", theme)
            image = app.window.grab().toImage()
            colors = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
            _need(len(colors) > 50, f"the {theme} window is blank: {len(colors)} colors")
            seen.append(f"{theme} {len(colors):,} colors")
        for spoken in language.LANGUAGES:
            language.install(qt, spoken)
            said = tr("Texture")
            _need(spoken == "en" or said != "Texture", f"{spoken} is not translated")
            seen.append(f"{spoken} “{said}”")
    finally:
        language.install(qt, "en")
        app.window.hide()
        app.close()
    return f"{app.window.width()} x {app.window.height()}, {', '.join(seen)}"


CHECKS: tuple[tuple[str, Callable[[Shared], str]], ...] = (
    ("folders", _folders),
    ("resources", _resources),
    ("weights", _weights),
    ("image formats", _formats),
    ("descriptors", _descriptors),
    ("main job", _main_job),
    ("catalog", _reopen),
    ("map", _map),
    ("grid", _grid),
    ("index and tables", _search),
    ("network", _network),
    ("window", _window),
)
