"""The fast path gives what plain Keras gives: threads, kept graphs, every shared photo, every decision."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attrlens import paths
from attrlens.core import engine as engine_module
from attrlens.core.backbones.registry import backbone
from attrlens.core.backbones.weights import locate
from attrlens.core.classify.background import Background
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.fit import fit_exemplars
from attrlens.core.classify.methods import DEFAULT
from attrlens.core.descriptors import describe
from attrlens.core.engine import BATCH, Engine
from attrlens.core.images import EXTENSIONS, decode, fit
from attrlens.core.recipes import COLOR, RESNET_COLOR, RESNET_TEXTURE, TEXTURE, Recipe
from attrlens.core.token import Token
from tests.reference import Plain

Array = np.ndarray[Any, Any]
LEAST_COSINE = 0.9995
"""Between a descriptor of the fast path and one of Keras in float32; what SPEED.md promises."""
RESNET = "resnet50_imagenet_conv1-conv4_notop.h5"


def cosines(a: Array, b: Array) -> Array:
    a, b = a.astype(np.float64), b.astype(np.float64)
    return np.asarray((a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1))


def test_threads_at_a_time_give_what_one_gives(engine: Engine, spring: list[Path]) -> None:
    (key,) = engine.inputs
    stacks = [fit(decode(path, 320).pixels, 320, "letterbox", weighted=True)[None] for path in spring[:24]]
    alone = [engine.describe({key: stack})[TEXTURE.key] for stack in stacks]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda stack: engine.describe({key: stack})[TEXTURE.key], stacks))
    assert np.abs(np.concatenate(alone) - np.concatenate(together)).max() < 1e-5


def test_order_and_number_do_not_depend_on_threads(engine: Engine, spring: list[Path], tmp_path: Path) -> None:
    """A slow and a broken file among quick ones: every image once, in the order given."""
    from PIL import Image

    slow, broken = tmp_path / "slow.png", tmp_path / "broken.jpg"
    Image.effect_noise((3000, 3000), 40).convert("RGB").save(slow)
    broken.write_bytes(b"\xff\xd8\xff no photo")
    files = [slow, *spring[:9], broken, *spring[9:37]]
    batches = list(describe(list(enumerate(files)), engine, Token()))
    reads = [read for batch in batches for read in batch.reads]
    assert [read.slot for read in reads] == list(range(len(files)))
    slots = np.concatenate([batch.slots for batch in batches])
    assert slots.tolist() == [i for i in range(len(files)) if i != 10]
    for key in (COLOR.key, TEXTURE.key):
        assert len(np.concatenate([batch.descriptors[key] for batch in batches])) == len(slots)
    assert len(batches) < len(files) / BATCH["CPU"], "images go to disk in groups"


def test_nothing_but_unreadable_files(engine: Engine, tmp_path: Path) -> None:
    files = []
    for i in range(40):
        files.append(tmp_path / f"{i}.jpg")
        files[-1].write_bytes(b"nothing")
    batches = list(describe(list(enumerate(files)), engine, Token()))
    assert sum(len(batch.reads) for batch in batches) == 40
    assert not any(len(batch.slots) for batch in batches)


def test_a_graph_is_built_once_and_again_when_it_is_damaged(
    lite0: Path, spring: list[Path], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = {"efficientnet_lite0": lite0}
    first = Engine([COLOR], weights)
    stack = fit(decode(spring[0], 320).pixels, 320, "letterbox", weighted=True)[None]
    expected = first.describe({first.inputs[0]: stack})[COLOR.key]
    (file,) = home.rglob("*.graph")
    with monkeypatch.context() as patched:
        patched.setattr(engine_module, "freeze", None)  # whoever builds one would call it
        second = Engine([COLOR], weights)
        with pytest.raises(TypeError):
            Engine([TEXTURE], weights)
    assert np.array_equal(second.describe({first.inputs[0]: stack})[COLOR.key], expected)
    whole = file.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"", b"no graph", whole[:-1] + b"x"):
        file.write_bytes(damaged)
        assert np.array_equal(Engine([COLOR], weights).describe({first.inputs[0]: stack})[COLOR.key], expected)
        assert file.read_bytes() != damaged, "made again"


def test_a_graph_that_came_with_the_program_is_used(
    lite0: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = {"efficientnet_lite0": lite0}
    Engine([COLOR], weights)
    (file,) = home.rglob("*.graph")
    (tmp_path / file.name).write_bytes(file.read_bytes())
    file.unlink()
    monkeypatch.setattr(paths, "bundled_graphs_folder", lambda: tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(engine_module, "freeze", None)
        assert Engine([COLOR], weights).inputs
    assert not file.exists(), "nothing is kept twice"
    (tmp_path / file.name).write_bytes(b"damaged")
    assert Engine([COLOR], weights).inputs
    assert file.exists()


def test_scikit_learn_is_hidden_from_keras_alone() -> None:
    code = (
        "import sys, threading; from attrlens.core import engine\n"
        "found = []\n"
        "def other():\n    import sklearn; found.append(sklearn)\n"
        "with engine._without('sklearn'):\n"
        "    thread = threading.Thread(target=other); thread.start(); thread.join()\n"
        "assert found\n"
        "import sklearn; assert not any(isinstance(f, engine._Hidden) for f in sys.meta_path)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    code = "import sys; from attrlens.core import engine; engine.tensorflow(); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["False"], done.stderr


def test_a_graph_that_cannot_be_kept_is_no_trouble(lite0: Path, home: Path) -> None:
    (home / "data").mkdir(exist_ok=True)
    (home / "data" / "graphs").write_text("a file in the way")
    assert Engine([COLOR], {"efficientnet_lite0": lite0}).inputs


# Every shared photo, minutes


def weights_of(name: str, data: Path) -> Path:
    return data.parent / "weights" / RESNET if name == "resnet50" else locate(backbone(name))


def described_twice(recipes: tuple[Recipe, ...], weights: Path, files: list[Path]) -> list[tuple[Array, Array]]:
    """For each recipe the descriptors of the fast path, and those of plain Keras with pooling in NumPy."""
    engine, reference = Engine(recipes, {recipes[0].backbone: weights}), Plain(recipes, weights)
    (key,) = engine.inputs
    fast: dict[str, list[Array]] = {recipe.key: [] for recipe in recipes}
    plain: dict[str, list[Array]] = {recipe.key: [] for recipe in recipes}
    for start in range(0, len(files), 8):
        images = np.stack(
            [fit(decode(f, key.size).pixels, key.size, key.fit, weighted=True) for f in files[start : start + 8]]
        )
        for name, rows in engine.describe({key: images}).items():
            fast[name].append(rows)
        for name, rows in reference.describe(images).items():
            plain[name].append(rows)
    return [(np.concatenate(fast[recipe.key]), np.concatenate(plain[recipe.key])) for recipe in recipes]


def decided(rows: Array, y: Array, learn: Array) -> tuple[Array, Array]:
    """Class and whether sure, of all images that were not learned."""
    exemplars = Exemplars.of(Background.of(rows.astype(np.float16)), learn, rows[learn].astype(np.float16), y[learn])
    scored = fit_exemplars(exemplars, DEFAULT).score(rows[~np.isin(np.arange(len(rows)), learn)].astype(np.float16))
    return scored.best, scored.confidence >= 0.5


@pytest.mark.slow
@pytest.mark.real
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("name", ["efficientnet_lite0", "resnet50"])
def test_every_shared_photo_is_described_as_keras_does_and_decided_the_same(name: str, real_data: Path) -> None:
    """Cosine at least .9995 to Keras in float32 on every photo; at most .2 % of the decisions differ."""
    recipes = (COLOR, TEXTURE) if name == "efficientnet_lite0" else (RESNET_COLOR, RESNET_TEXTURE)
    files = sorted(path for path in real_data.rglob("*") if path.suffix.lower() in EXTENSIONS)
    assert len(files) > 3000
    pairs = described_twice(recipes, weights_of(name, real_data), files)
    differ = total = 0
    for which, (fast, plain) in zip(("color", "texture"), pairs, strict=True):
        assert cosines(fast, plain).min() > LEAST_COSINE, which
        at = np.array([i for i, path in enumerate(files) if path.is_relative_to(real_data / which)])
        classes = sorted({files[i].parent.name for i in at})
        y = np.array([classes.index(files[i].parent.name) + 1 for i in at])
        for seed in range(5):
            learn = np.sort(np.random.default_rng(seed).permutation(len(at))[: len(at) // 2])
            (best, sure), (best2, sure2) = decided(fast[at], y, learn), decided(plain[at], y, learn)
            differ += int(((best != best2) | (sure != sure2)).sum())
            total += len(best)
        print(f"{name} {which}: least cosine {cosines(fast, plain).min():.6f}, {differ} of {total} decisions differ")
    assert differ <= 0.002 * total
