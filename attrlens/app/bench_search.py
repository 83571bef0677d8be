"""Measure the search for similar images beside a plain read of the same bytes, and beside NumPy comparing all.

The descriptors are made up from those of drawn garments: each lies between two of them, with noise in every channel, so
that they are as alike and as different as real ones. A million of textures take 5 GB of disk while it runs.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.app.measure import against, row, timed

Array = np.ndarray[Any, Any]

SIZES = (10_000, 1_000_000)
DRAWN = 300
K = 36
CHUNK = 5000


def measure_search(repeats: int) -> list[dict[str, Any]]:
    """Rows of the bench."""
    out: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = _descriptors(folder)
        for count in SIZES:
            need = count * sample.shape[1] * 2 + count * 600
            if shutil.disk_usage(folder).free < 1.5 * need:
                print(f"{count:,} descriptors left out: not {need / 1e9:.0f} GB free in {folder}")  # noqa: T201
                continue
            out += _measure(folder, sample, count, repeats)
    return out


def _descriptors(folder: Path) -> Array:
    """Textures of drawn garments."""
    from attrlens.core.demo.garments import generate
    from attrlens.core.recipes import TEXTURE
    from attrlens.core.retrieve.outside import Picture, describe_pictures
    from attrlens.core.tasks import Engines
    from attrlens.core.token import Token

    generate(folder / "drawn", Token(), DRAWN)
    pictures = [Picture(path) for path in sorted((folder / "drawn").glob("*/*.jpg"))]
    return np.asarray(describe_pictures(pictures, [TEXTURE], Engines(), Token())[TEXTURE.key], np.float32)


def _measure(folder: Path, sample: Array, count: int, repeats: int) -> list[dict[str, Any]]:
    from attrlens.core import tasks
    from attrlens.core.catalog.rows import NewImage, Read
    from attrlens.core.recipes import TEXTURE
    from attrlens.core.retrieve import axes as axes_module
    from attrlens.core.retrieve.axes import AxesCache
    from attrlens.core.retrieve.query import Examples, Request, Searcher
    from attrlens.core.retrieve.search import Part, nearest
    from attrlens.core.token import Token

    catalog = tasks.open_catalog(folder / f"{count}.attrlens", create=True)
    texture = catalog.model.attribute_named("Texture")
    assert texture is not None
    rng, spread = np.random.default_rng(0), sample.std(0)
    try:
        for start in range(0, count, 50_000):
            catalog.add_images([NewImage(f"/b/{i}", "/b", 1, 1) for i in range(start, min(start + 50_000, count))])
        for start in range(0, count, CHUNK):
            i, j = rng.integers(0, len(sample), (2, CHUNK))
            share = rng.random((CHUNK, 1), np.float32) / 2
            rows = sample[i] * (1 - share) + sample[j] * share
            rows += rng.standard_normal(rows.shape, np.float32) * (spread / 4)
            slots = np.arange(start, start + CHUNK)
            reads = [Read(int(s), "", 1, 1, 1, "", "") for s in slots]
            catalog.append(reads, slots, {TEXTURE.key: rows.astype(np.float16)})
        rows, described = catalog.descriptors(TEXTURE.key), catalog.described(TEXTURE.key)
        words = rows.view(np.uint64)
        timed(words.max)  # into the memory
        before = _resident()
        queries = [np.asarray(rows[int(s)], np.float32) for s in rng.integers(0, count, repeats)]
        searcher = Searcher()
        asked = [Request.of(catalog, Examples({TEXTURE.key: q[None]}), texture.id, "euclidean", K) for q in queries]
        timed(lambda: searcher.search(catalog, asked[0]))
        read, plain, whole = [], [], []
        for query, request in zip(queries, asked, strict=True):
            read.append(timed(words.max))
            plain.append(timed(lambda q=query: nearest([Part(rows, q)], described, K)))  # type: ignore[misc]
            whole.append(timed(lambda r=request: searcher.search(catalog, r)))  # type: ignore[misc]
        name = f"{count:,} textures ({rows.nbytes / 1e9:.2f} GB)"
        limit = "one read of all, one thread"
        out = [
            against(f"{name}: nearest {K}, all rows compared (usearch)", plain, limit, read),
            against(f"{name}: nearest {K}, as a catalog asks for it", whole, limit, read),
        ]
        oracle = [nearest([Part(rows, query)], described, K, plain=True) for query in queries[:2]]
        same = all(
            found.slots.tolist() == nearest([Part(rows, query)], described, K).slots.tolist()
            for found, query in zip(oracle, queries, strict=False)
        )
        if count >= axes_module.WORTH:
            cache = AxesCache(catalog, TEXTURE.key)
            began = time.perf_counter()
            made = cache.build(Token())
            assert made is not None
            searcher.forget()
            out.append(row(f"{name}: principal axes found and kept, once", [time.perf_counter() - began]))
            timed(lambda: searcher.search(catalog, asked[0]))
            kept = [timed(lambda r=request: searcher.search(catalog, r)) for request in asked]  # type: ignore[misc]
            looked_at = nearest([Part(rows, queries[0], axes=made)], described, K).looked_at / count
            out.append(against(f"{name}: nearest {K} by the axes, as a catalog asks for it", kept, limit, read,
                                note=f"{looked_at:.2%} of the rows read"))  # fmt: skip
            same &= all(
                found.slots.tolist() == nearest([Part(rows, query, axes=made)], described, K).slots.tolist()
                for found, query in zip(oracle, queries, strict=False)
            )
            out.append(row(f"{name}: memory beside the maps, after all this", [_own_memory(before)], "GB"))
        out[-1]["note"] = (out[-1].get("note", "") + " answers equal NumPy's: " + ("yes" if same else "NO")).strip()
        return out
    finally:
        catalog.close()
        shutil.rmtree(folder / f"{count}.attrlens", ignore_errors=True)


def _resident() -> int:
    """Bytes of memory that are this process's own: files that are mapped do not count, the system takes them back."""
    import psutil

    if os.name == "nt":
        return int(psutil.Process().memory_info().private)
    info = psutil.Process().memory_info()
    return int(info.rss - getattr(info, "shared", 0))


def _own_memory(before: int) -> float:
    return max(0.0, (_resident() - before) / 1e9)
