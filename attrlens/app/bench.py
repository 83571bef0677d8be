"""Measure this machine: start, descriptors, answers. Ratios within one run say more than seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from attrlens.app.measure import Row, line, machine
from attrlens.core.export.files import replacing

PARTS = ("start", "network", "describe", "answer", "search", "canvas", "gallery", "inside")
"""In the order in which they are measured."""

QUICK = ("start", "network", "answer")
"""What ``--quick`` measures: minutes, little disk."""

GALLERY = 50_000
"""Images of the catalog that the gallery is measured on."""


def run_bench(
    *, quick: bool, out: Path | None, only: Sequence[str] = (), gallery: int = GALLERY,
    weights: Mapping[str, Path] | None = None,
) -> int:  # fmt: skip
    """Print a table; write it as JSON too.

    Parameters
    ----------
    quick : bool
        Fewer repeats, and only `QUICK`.
    out : Path, optional
    only : sequence of str
        Names of `PARTS`; none measures all.
    gallery : int
        Images of the catalog for the gallery.
    weights : mapping of backbone id to Path, optional
        Files of networks that are not bundled.
    """
    repeats = 3 if quick else 7
    report: dict[str, Any] = {"machine": machine(), "repeats": repeats, "results": []}
    print(", ".join(f"{key} {value}" for key, value in report["machine"].items()))  # noqa: T201
    for name in [part for part in PARTS if part in (only or (QUICK if quick else PARTS))]:
        for found in _part(name, gallery, weights or {})(repeats):
            report["results"].append(found | {"part": name})
            print(line(found), flush=True)  # noqa: T201
    if out is not None:
        with replacing(out) as stream:
            json.dump(report, stream, indent=1)
    return 0


def _part(name: str, gallery: int, weights: Mapping[str, Path]) -> Callable[[int], list[Row]]:
    """The function that measures a part; imported when it is its turn."""
    if name == "start":
        from attrlens.app.bench_start import measure_start

        return measure_start
    if name == "network":
        from attrlens.app.bench_network import measure_network

        return partial(measure_network, weights=weights)
    if name == "describe":
        from attrlens.app.bench_describe import measure_describe

        return measure_describe
    if name == "answer":
        from attrlens.app.bench_answer import measure_answer

        return measure_answer
    if name == "search":
        from attrlens.app.bench_search import measure_search

        return measure_search
    if name == "canvas":
        from attrlens.app.bench_canvas import measure_canvas

        return measure_canvas
    if name == "gallery":
        from attrlens.app.bench_gallery import measure_gallery

        return partial(measure_gallery, gallery)
    from attrlens.app.bench_inside import measure_inside

    return measure_inside
