"""Measure the window while images are described: how smooth it stays, how true its time left is, how soon it stops.

    python -m attrlens.app.bench_describe FOLDER IMAGES

is the process that measures: TensorFlow is imported in it, while the gallery scrolls.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from attrlens.app.measure import Heartbeat, Row, row, wait

DRAWN = 200
SHOP = (360, 540)
"""Width and height of the photos, in pixels."""

MORE = 1000
"""Images that are described when the person cancels."""


def measure_describe(repeats: int) -> list[Row]:
    """Rows of the bench; few repeats, fewer images."""
    count = 5000 if repeats > 3 else 1500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _photos(folder, count)
        environment = os.environ | {"ATTRLENS_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "attrlens.app.bench_describe", str(folder), str(count)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=1800)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        told = json.loads(done.stdout.splitlines()[-1])
    text = f"{count:,} images described while the gallery scrolls"
    return [
        row(text, [told["rate"]], "images/s"),
        row(f"{text}: 99 % of the main thread's gaps under", [told["p99"]],
            note=f"longest {1000 * told['longest']:.0f} ms, of {told['gaps']:,}, TensorFlow's import included"),
        row(f"{text}: time left, as said after a tenth", [told["said"]],
            note=f"it was {told['really']:.1f} s, {abs(told['said'] / told['really'] - 1):.0%} off"),
        row("cancel to stopped", [told["cancelled"]]),
    ]  # fmt: skip


def _photos(folder: Path, count: int) -> None:
    """Files with as many names as are wanted, of some drawn garments."""
    from PIL import Image

    from attrlens.core.demo.garments import generate
    from attrlens.core.token import Token

    generate(folder / "drawn", Token(), DRAWN)
    photos = []
    for path in sorted((folder / "drawn").glob("*/*.jpg")):
        with Image.open(path) as image:
            image.resize(SHOP, Image.Resampling.BICUBIC).save(folder / "one.jpg", quality=90)
        photos.append((folder / "one.jpg").read_bytes())
    for name, number in (("photos", count), ("more", MORE)):
        (folder / name).mkdir()
        for i in range(number):
            (folder / name / f"{name}{i}.jpg").write_bytes(photos[i % len(photos)])


# In a process of its own


def run(folder: Path, count: int) -> dict[str, Any]:
    """Open the window, import, scroll, measure."""
    from PySide6.QtCore import QTimer

    from attrlens import paths
    from attrlens.app.main import App
    from attrlens.app.start import make_qt
    from attrlens.jobs.job import Job
    from attrlens.ui.activity.bar import Measured

    app = App(make_qt(), paths.settings_file())
    jobs: list[tuple[Job, Measured]] = []

    def follow(job: Job) -> None:
        measured = Measured(job.title, job.unit)
        job.progressed.connect(measured.update)
        jobs.append((job, measured))

    app.lanes.inference.submitted.connect(follow)
    app.window.resize(1280, 800)
    app.window.show()
    app.workbench.open(folder / "bench.attrlens", create=True)
    wait(lambda: app.document.is_open)
    bar = app.window.panel.gallery.verticalScrollBar()
    step = 40

    def scroll() -> None:
        nonlocal step
        if bar.value() in (bar.minimum(), bar.maximum()):
            step = 40 if bar.value() == bar.minimum() else -40
        bar.setValue(bar.value() + step)

    mover = QTimer(interval=16)
    mover.timeout.connect(scroll)
    mover.start()
    heart = Heartbeat()
    heart.start()
    began = time.perf_counter()
    app.workbench.import_paths([folder / "photos"])
    wait(lambda: app.document.described >= count // 10)
    said = jobs[-1][1].seconds_left()
    really = wait(lambda: app.document.described >= count, 1500)
    out = {"rate": count / (time.perf_counter() - began), "said": said, "really": really}
    out["p99"], out["longest"], out["gaps"] = heart.stop()
    mover.stop()
    wait(lambda: app.lanes.idle and not app.workbench.describing)
    app.workbench.import_paths([folder / "more"])
    wait(lambda: app.document.described >= count + MORE // 10)
    jobs[-1][0].cancel()
    out["cancelled"] = wait(lambda: not app.workbench.describing, 30)
    assert app.document.described < count + MORE, "it was over before it could be cancelled"
    app.window.close()
    app.close()
    return out


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))), flush=True)  # noqa: T201
    os._exit(0)  # TensorFlow's threads take seconds to end
