"""Measure looking inside the network: activations, repainting, drawing. Everything in a process of its own."""

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
from typing import TYPE_CHECKING, Any

from attrlens.app.measure import against, row, timed, wait

if TYPE_CHECKING:
    from attrlens.app.main import App

DRAWN = 48
BLOCKS = (1, 2, 3, 4, 5)


def measure_inside(repeats: int) -> list[dict[str, Any]]:
    """Rows of the bench."""
    with tempfile.TemporaryDirectory() as name:
        environment = os.environ | {"ATTRLENS_HOME": str(Path(name) / "home"), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "attrlens.app.bench_inside", name, str(repeats)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        told = json.loads(done.stdout.splitlines()[-1])
    return [
        *(against(f"activations of an image, block {block}, from the file", told["ours"][str(block)],
                   "the network alone, same pixels", told["bare"][str(block)]) for block in BLOCKS),
        row("another channel laid over an image, painted", told["channel"]),
        row("another image, activations there, painted", told["image"]),
        row("another channel over 24 images, painted", told["many"]),
        row("the threshold of a mask moved, painted", told["mask"]),
        row("a channel of block 4 drawn, 192 steps", told["drawn"]),
    ]  # fmt: skip


def _measure(folder: Path, repeats: int) -> dict[str, Any]:
    from attrlens.core.demo.garments import FOLDERS, generate
    from attrlens.core.engine import tensorflow
    from attrlens.core.graph import preprocessed
    from attrlens.core.inside.activations import SIDE, Network
    from attrlens.core.inside.maximize import Wish, maximize
    from attrlens.core.recipes import block_recipe
    from attrlens.core.token import Token

    generate(folder / "demo", Token(), DRAWN)
    files = sorted((folder / "demo" / FOLDERS[0]).iterdir())
    network, name = Network(), "efficientnet_lite0"
    told: dict[str, Any] = {"ours": {}, "bare": {}}
    tf = tensorflow()
    import keras

    from attrlens.core.backbones.registry import backbone

    for block in BLOCKS:
        (layer,) = block_recipe(name, block).layers
        found = network.activations(files[0], name, layer, SIDE, "letterbox", Token())
        whole = network.model(name)
        tap = keras.Model(whole.input, whole.get_layer(layer).output)
        look = tf.function(partial(tap, training=False), autograph=False)
        graph = look.get_concrete_function(tf.TensorSpec((1, SIDE, SIDE, 3), tf.float32))
        ready = preprocessed(tf, tf.constant(found.pixels[None]), backbone(name))
        ours, bare = [], []
        for i in range(1, 1 + 3 * repeats):
            path = files[i % len(files)]
            ours.append(timed(partial(network.activations, path, name, layer, SIDE, "letterbox", Token())))
            bare.append(timed(partial(_run, graph, ready)))
        told["ours"][block], told["bare"][block] = ours, bare
    wish = Wish(name, block_recipe(name, 4).layers[0], (7,))
    told["drawn"] = [timed(lambda: maximize(wish, network, Token())) for _ in range(2)]
    told.update(_window(folder, files, repeats))
    return told


def _run(graph: Any, ready: Any) -> Any:
    return graph(ready).numpy()


def _window(folder: Path, files: list[Path], repeats: int) -> dict[str, Any]:
    from attrlens.app.main import App
    from attrlens.app.start import make_qt

    qt = make_qt()
    app = App(qt, folder / "settings.json")
    app.window.resize(1280, 800)
    app.window.show()

    def settled() -> bool:
        return app.lanes.idle and not app.workbench.describing and not app.workbench.waiting

    app.workbench.open(folder / "c.attrlens", create=True)
    _rest(qt, lambda: app.document.is_open)
    app.workbench.import_paths([files[0].parent])
    _rest(qt, lambda: settled() and len(app.document.images) == len(files))
    app.selection.set([0], 0)
    app.commands.look_inside()
    _rest(qt, settled)
    page = app.window.center.network.images
    inside = app.inside
    inside.ask_activations(list(range(24)))
    _rest(qt, lambda: all(inside.activations(slot) is not None for slot in range(24)))
    out = {
        "channel": [_painted(qt, app, partial(page.show_channel, 7 + i)) for i in range(3 * repeats)],
        "image": [_painted(qt, app, partial(app.selection.set, [1 + i % 20], 1 + i % 20))
                  for i in range(3 * repeats)],
    }  # fmt: skip
    app.selection.set(range(24), 0)
    _rest(qt, settled)
    out["many"] = [_painted(qt, app, partial(page.show_channel, 40 + i)) for i in range(repeats)]
    app.selection.set([0], 0)
    page.controls.show_kind("mask")
    _rest(qt, settled)
    out["mask"] = [_painted(qt, app, partial(page.controls.move_threshold, 0.3 + 0.02 * i)) for i in range(repeats)]
    app.window.close()
    app.close()
    return out


def _painted(qt: Any, app: App, change: Callable[[], object]) -> float:
    """Until what changed is painted."""
    page = app.window.center.network.images
    for _ in range(20):
        qt.processEvents()
    began = time.perf_counter()
    change()
    while page.is_waiting:
        qt.processEvents()
    app.window.grab()
    return time.perf_counter() - began


def _rest(qt: Any, done: Callable[[], bool]) -> None:
    """Until all work is done and shown."""
    wait(done)
    for _ in range(20):
        qt.processEvents()


if __name__ == "__main__":
    result = _measure(Path(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(result), flush=True)  # noqa: T201
    os._exit(0)  # taking TensorFlow down in order would take seconds
