"""Measure starting: from the command to the painted window, and to the first descriptor on disk, in new processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrlens.app.measure import Row, against, timed

FEW = 40
"""Images of the folder that the program is started on."""


def measure_start(repeats: int) -> list[Row]:
    """Rows of the bench; the first start is thrown away (cold caches)."""
    from attrlens.core.demo.garments import generate
    from attrlens.core.token import Token

    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        generate(home / "photos", Token(), FEW)
        painted = [_started(home, "--time-to-paint") for _ in range(repeats + 1)][1:]
        folder = str(home / "photos")
        described = [_started(home / f"{i}", folder, "--time-to-describe") for i in range(repeats + 1)]
        again = []
        for i in range(repeats):
            shutil.rmtree(home / f"{i}" / "data" / "catalogs")
            again.append(_started(home / f"{i}", folder, "--time-to-describe"))
    bare, tensorflow = ([timed(lambda m=module: _python(m)) for _ in range(repeats)]  # type: ignore[misc]
                        for module in ("PySide6.QtWidgets, numpy", "tensorflow"))  # fmt: skip
    note = "TensorFlow imported: " + ("YES" if any(told["tensorflow"] for told in painted) else "no")
    return [
        against("start: command to painted window", [told["seconds"] for told in painted],
                "Python importing Qt and NumPy", bare, note=note),
        against("start on a new folder: command to the first descriptors on disk",
                [told["seconds"] for told in again], "Python importing TensorFlow", tensorflow),
        against("the same, the first start ever: the network is built",
                [told["seconds"] for told in described[1:]], "Python importing TensorFlow", tensorflow),
    ]  # fmt: skip


def _python(modules: str) -> None:
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    subprocess.run([sys.executable, "-c", f"import {modules}"], check=True, env=environment, capture_output=True)


def _started(home: Path, *arguments: str) -> Mapping[str, Any]:
    environment = os.environ | {"ATTRLENS_HOME": str(home)}
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    environment["ATTRLENS_STARTED"] = repr(time.time())
    done = subprocess.run(
        [sys.executable, "-m", "attrlens", *arguments],
        env=environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
