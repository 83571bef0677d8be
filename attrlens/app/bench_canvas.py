"""Measure the map and the grid: GridCut beside what it is compared with, and the window from the click to the map.

The images are those of the gallery's bench: generated, with real thumbnails and made-up descriptors of twenty classes.
Every size has a process of its own, in which the tab is clicked as soon as the catalog is open.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.app.bench_gallery import make_catalog, peak_memory
from attrlens.app.measure import Heartbeat, against, row, timed, wait

SIZES = (1000, 10_000)
GRIDS = (10_000, 100_000)


def measure_canvas(repeats: int) -> list[dict[str, Any]]:
    """Rows of the bench."""
    out = [*_grids(repeats)]
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_catalog(folder, count)
            environment = os.environ | {"ATTRLENS_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
            command = [sys.executable, "-m", "attrlens.app.bench_canvas", str(folder / "bench.attrlens")]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)
            if done.returncode:
                raise RuntimeError(done.stderr[-3000:])
            out += _rows(json.loads(done.stdout.splitlines()[-1]), count)
    return out


def _grids(repeats: int) -> list[dict[str, Any]]:
    from scipy.optimize import linear_sum_assignment

    from attrlens.core.layout.gridcut import gridcut

    rng = np.random.default_rng(0)
    centers = rng.uniform(-10, 10, (12, 2))

    def some(n: int) -> tuple[Any, Any]:
        labels = rng.integers(0, 12, n)
        return centers[labels] + rng.normal(0, 1, (n, 2)), labels

    y, labels = some(1000)
    cells = np.stack(np.divmod(np.arange(1000), 39), 1)
    cost = ((y[:, None] - cells[None]) ** 2).sum(2)
    out = [
        against("GridCut, 1,000 images", [timed(lambda: gridcut(y, np.arange(1000), labels)) for _ in range(repeats)],
                 "scipy's exact assignment of all",
                 [timed(lambda: linear_sum_assignment(cost)) for _ in range(repeats)])
    ]  # fmt: skip
    for n in GRIDS:
        y, labels = some(n)
        ours = [timed(partial(gridcut, y, np.arange(n), labels)) for _ in range(repeats)]
        bare = [timed(partial(np.lexsort, (y[:, 1], y[:, 0]))) for _ in range(repeats)]
        out.append(against(f"GridCut, {n:,} images", ours, "sorting them once", bare))
    return out


def _rows(told: dict[str, Any], count: int) -> list[dict[str, Any]]:
    images = f"{count:,} images, program just started"
    return [
        row(f"map of {images}: from the click to the first picture (PCA)", [told["first"]]),
        row(f"map of {images}: to the first layout by UMAP", [told["frame"]]),
        row(f"map of {images}: to the final one, with clusters", [told["final"]]),
        row("meanwhile, 99 % of the main thread's gaps under", [told["gap_p99"]],
             note=f"longest {1000 * told['gap_max']:.0f} ms, of {told['gaps']:,}"),
        row(f"{count:,} images: a parameter changed, first new layout painted", [told["changed"]]),
        row(f"{count:,} images: all selected in the gallery, painted on the map", told["select map"]),
        row(f"{count:,} images: all selected in the gallery, painted on the grid", told["select grid"]),
        row(f"{count:,} images: a line drawn around half of the map, map and gallery painted", told["lasso"]),
        row(f"{count:,} images: resident memory, most of all this", [told["memory"]], "GB"),
    ]  # fmt: skip


# In a process of its own


def run(path: Path) -> dict[str, Any]:
    """Open the window on the catalog, click, measure."""
    from PySide6.QtCore import Qt

    from attrlens import paths
    from attrlens.app.main import App
    from attrlens.app.start import make_qt
    from attrlens.core.layout.projection import Parameters

    qt = make_qt()
    app = App(qt, paths.settings_file())
    app.window.resize(1280, 800)
    app.window.painted.connect(app.canvas.warm_up)
    app.window.show()
    out: dict[str, Any] = {}
    app.workbench.open(path)
    wait(lambda: app.document.is_open)
    app.view.set_attribute(app.document.model.sorted_attributes()[1].id)
    canvas, view = app.canvas, app.window.center.canvas.view
    qt.processEvents()
    heart = Heartbeat()
    clicked = time.perf_counter()
    heart.start()
    app.window.action("show_map").trigger()
    for name, is_there in (
        ("first", lambda: canvas.layout is not None),
        ("frame", lambda: canvas.moving is not None or (canvas.layout is not None and canvas.layout.method == "umap")),
        ("final", lambda: canvas.layout is not None and canvas.layout.method == "umap"),
    ):
        wait(is_there)
        view.repaint()
        out[name] = time.perf_counter() - clicked
    out["gap_p99"], out["gap_max"], out["gaps"] = heart.stop()
    wait(lambda: app.lanes.idle)
    canvas.arrange(Parameters(15, 0.3), canvas.cluster_parameters)
    out["changed"] = wait(lambda: canvas.moving is not None)
    wait(lambda: app.lanes.idle and not view.is_flying)

    def painted(act: Callable[[], object]) -> float:
        def both() -> None:
            act()
            qt.processEvents()
            view.repaint()

        return timed(both)

    for mode in ("map", "grid"):
        app.window.center.show_named(mode)
        wait(lambda: app.lanes.idle and not view.is_flying)
        out[f"select {mode}"] = []
        for _ in range(5):
            app.selection.set(())
            qt.processEvents()
            out[f"select {mode}"].append(painted(app.commands.select_all))
    app.window.center.show_named("map")
    wait(lambda: app.lanes.idle and not view.is_flying)
    width, height = view.width(), view.height()
    half = np.array([(0, 0), (width / 2, 0), (width / 2, height), (0, height)], float)
    out["lasso"] = []
    for _ in range(5):
        app.selection.set(())
        qt.processEvents()
        out["lasso"].append(painted(lambda: view.select_inside(half, Qt.KeyboardModifier.NoModifier)))
    out["memory"] = peak_memory() / 1e9
    app.window.close()
    app.close()
    return out


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))  # noqa: T201
