"""Measure the window on a large catalog: open, memory, scroll, filter, sort. Everything in a process of its own.

The images are generated: a few hundred garments are drawn, and hard links make as many files of them as are asked for.
Thumbnails are real ones, and so are descriptors as far as their numbers go.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from attrlens.app.measure import Heartbeat, against, row, timed, wait

if TYPE_CHECKING:
    from attrlens.app.main import App
    from attrlens.state.view import Sorting

DRAWN = 400
CLASSES, PER_CLASS = 20, 80
QUERY = "texture:class -img_11 conf>0.4"
"""Typed letter by letter."""

SECONDS = 20
"""The scroll from end to end takes so long."""


def measure_gallery(count: int, repeats: int) -> list[dict[str, Any]]:
    """Rows of the bench."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_catalog(folder, count)
        environment = os.environ | {"ATTRLENS_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "attrlens.app.bench_gallery", str(folder / "bench.attrlens"), str(repeats)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=1800)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        told = json.loads(done.stdout.splitlines()[-1])
    return rows(told, count)


def rows(told: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """What the process measured, as rows of the bench."""
    images = f"{count:,} images"
    return [
        against(f"catalog of {images}: open to first paint", told["open"], "reading its rows alone", told["read"]),
        row("its visible thumbnails drawn, from opening", told["thumbnails"]),
        row("resident memory, most of all that follows", [told["memory"]], "GB"),
        row(f"scroll end to end in {SECONDS} s, 99 % of the main thread's gaps under", [told["scroll_p99"]],
             note=_gaps(told, "scroll")),
        row("the list scrolled end to end, 99 % of the gaps under", [told["list_p99"]],
             note=_gaps(told, "list")),
        against("filter: keystroke to painted result", told["filter"], "one pass over the names", told["pass"]),
        *(against(f"sort {name}, first time, painted", seconds, "numpy sorting as many numbers", told["argsort"])
          for name, seconds in told["sort"].items()),
        row("headings by folder, by SKU, by label state, painted", told["group"]),
        row("all selected, painted", told["select"]),
        *(row(f"{name}, painted", [seconds]) for name, seconds in told["large"].items()),
    ]  # fmt: skip


def _gaps(told: dict[str, Any], name: str) -> str:
    return f"longest {1000 * told[f'{name}_max']:.0f} ms; {told[f'{name}_pictures']:.0%} of what passed had its picture"


def make_catalog(folder: Path, count: int) -> None:
    """Draw, link, describe by made-up numbers, classify."""
    from attrlens.app.bench_answer import fill_texture
    from attrlens.core import decisions, tasks
    from attrlens.core.catalog import places
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.demo.garments import generate
    from attrlens.core.files import scan
    from attrlens.core.images import decode, thumbnail
    from attrlens.core.token import Token

    generate(folder / "drawn", Token(), DRAWN)
    drawn = sorted(path for path in (folder / "drawn").rglob("*") if path.suffix in (".jpg", ".png"))
    pictures = [thumbnail(decode(path, 256).pixels, 256) for path in drawn]
    for i in range(count):
        target = folder / "images" / f"folder {i // 500}" / f"img_{i // 3}_{i % 3 + 1}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(drawn[i % len(drawn)], target)
    catalog = tasks.open_catalog(folder / "bench.attrlens", create=True)
    found = scan([folder / "images"], Token()).images
    tasks.add_images(catalog, found, Token())
    places.know(catalog, [str(folder / "images")])
    attribute = fill_texture(catalog, count, CLASSES, min(PER_CLASS, count // (2 * CLASSES)))
    color = catalog.model.attribute_named("Color")
    assert color is not None
    width = catalog.recipe(color.recipe).width
    slots = np.arange(count)
    for start in range(0, count, 5000):
        part = slots[start : start + 5000]
        catalog.append([], part, {color.recipe: np.zeros((len(part), width), np.float16)})
    cache = Thumbnails(catalog.thumbnails_path)
    for start in range(0, count, 5000):
        cache.put([(i, pictures[i % len(pictures)]) for i in range(start, min(start + 5000, count))])
    cache.close()
    decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, attribute))
    catalog.close()


# In a process of its own


def run(path: Path, repeats: int) -> dict[str, Any]:
    """Open the window on the catalog and measure."""

    from attrlens import paths
    from attrlens.app.main import App
    from attrlens.app.start import make_qt

    qt = make_qt()
    app = App(qt, paths.settings_file())
    app.window.resize(1280, 800)
    app.window.show()
    qt.processEvents()
    out: dict[str, Any] = {"open": [], "thumbnails": [], "read": []}

    gallery = app.window.panel.gallery
    for _ in range(repeats):
        out["read"].append(timed(lambda: _read(path)))
        began = time.perf_counter()
        app.workbench.open(path)
        wait(lambda: app.document.is_open)
        gallery.viewport().repaint()
        out["open"].append(time.perf_counter() - began)
        wait(lambda: all(app.thumbnails.get(slot) is not None for slot in gallery.visible_slots()))
        gallery.viewport().repaint()
        out["thumbnails"].append(time.perf_counter() - began)
        wait(lambda: app.lanes.idle)
        if len(out["open"]) < repeats:
            app.workbench.close_catalog()
            wait(lambda: app.lanes.idle)
    texture = app.document.model.sorted_attributes()[1].id
    app.view.set_attribute(texture)
    wait(lambda: app.filework.watcher.watching and app.lanes.idle, 30)  # the first look at 50,000 files is over
    out |= _scrolled(app, "scroll")
    app.window.panel.set_mode("list")
    out |= _scrolled(app, "list")
    app.window.panel.set_mode("grid")

    def painted(act: Callable[[], object]) -> float:
        def both() -> None:
            act()
            qt.processEvents()

        return timed(both)

    out |= _typed(app, painted, repeats)
    out |= _sorted(app, painted)
    out["group"] = [painted(partial(app.view.set_grouping, kind)) for kind in ("folder", "sku", "state")]
    app.view.set_grouping("none")
    out["select"] = []
    for _ in range(repeats):
        app.selection.set(())
        qt.processEvents()
        out["select"].append(painted(app.commands.select_all))
    out["memory"] = peak_memory() / 1e9
    out["large"] = _large(app, painted)
    app.window.close()
    app.close()
    return out


def _read(path: Path) -> None:
    db = sqlite3.connect(f"{(path / 'catalog.sqlite').as_uri()}?mode=ro", uri=True)
    db.execute("SELECT slot, path, root, width, height, state, message, hint, size, mtime_ns FROM image").fetchall()
    db.close()


def _scrolled(app: App, name: str) -> dict[str, Any]:
    """Gaps between the main thread's heartbeats while the images scroll from end to end."""
    from PySide6.QtCore import QTimer

    bar = app.window.panel.images.verticalScrollBar()
    bar.setValue(0)
    wait(lambda: app.lanes.idle)
    heart = Heartbeat()
    began = time.perf_counter()
    images = app.window.panel.images
    thumbnails = app.thumbnails if name == "scroll" else app.window.panel.list.thumbnails
    drawn = [0, 0]

    def scroll() -> None:
        slots = images.visible_slots()
        drawn[0] += sum(thumbnails.get(slot) is not None for slot in slots)
        drawn[1] += len(slots)
        bar.setValue(int(bar.maximum() * min(1.0, (time.perf_counter() - began) / SECONDS)))

    mover = QTimer(interval=16)
    mover.timeout.connect(scroll)
    heart.start()
    mover.start()
    wait(lambda: bar.value() >= bar.maximum(), 4 * SECONDS)
    mover.stop()
    p99, most, count = heart.stop()
    return {
        f"{name}_p99": p99, f"{name}_max": most, f"{name}_gaps": count,
        f"{name}_pictures": drawn[0] / max(1, drawn[1]),
    }  # fmt: skip


def _typed(app: App, painted: Callable[[Callable[[], object]], float], repeats: int) -> dict[str, Any]:
    line = app.window.panel.filter_bar.line
    names = [image.path.lower() for image in app.document.images]
    seconds, bare = [], []
    for _ in range(repeats):
        seconds += [painted(partial(line.setText, QUERY[:end])) for end in range(1, len(QUERY) + 1)]
        bare.append(timed(lambda: ["img_11" in name for name in names]))
        painted(line.clear)
    return {"filter": seconds, "pass": bare}


def _sorted(app: App, painted: Callable[[Callable[[], object]], float]) -> dict[str, Any]:
    sorts: tuple[tuple[Sorting, str], ...] = (
        ("name", "by name"), ("date", "by date"), ("color", "by color"), ("confidence", "surest first"),
        ("size", "by file size"),
    )  # fmt: skip
    numbers = np.random.default_rng(0).random(len(app.document.images))
    return {
        "sort": {name: [painted(partial(app.view.set_sorting, sorting))] for sorting, name in sorts},
        "argsort": [timed(lambda: np.argsort(numbers, kind="stable")) for _ in range(5)],
    }


def _large(app: App, painted: Callable[[Callable[[], object]], float]) -> dict[str, float]:
    """Actions on every image of the catalog."""
    from attrlens.ui import drag

    document, everything = app.document, list(range(len(app.document.images)))
    class_id = document.model.classes_of(app.view.attribute)[0].id
    out = {"all carried by a drag": painted(lambda: drag.of_images(document, everything))}
    for name, act in (("all labeled in one action", partial(document.set_labels, class_id, everything)),
                      ("all removed in one action", partial(document.remove_images, everything))):  # fmt: skip
        out[name] = painted(act)
        out[f"{name}: undone"] = painted(document.undo)
    return out


def peak_memory() -> float:
    """Most bytes that were resident; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak if sys.platform == "darwin" else 1024 * peak)


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
