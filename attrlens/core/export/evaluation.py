"""Write an evaluation: report.json, one CSV table a part, and report.html."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrlens.core.export.evaluation_page import page
from attrlens.core.export.files import replacing

Report = dict[str, Any]
Table = list[list[Any]]
Picture = Callable[[str], bytes | None]
"""From the file of an image of the report to a small JPEG of it, or None."""


def write_evaluation(report: Report, folder: Path, picture: Picture = lambda file: None) -> list[Path]:
    """Write all files of a report.

    Parameters
    ----------
    report : dict
        As `evaluate.run.report` makes it.
    folder : Path
        Made where it is missing; files of the same names are replaced, each completely or not at all.
    picture : callable
        For the images that were decided wrongly.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    AttrLensError
        If the folder cannot be written or the disk is full.
    """
    written = []
    for name, table in tables(report):
        path = folder / f"{name}.csv"
        with replacing(path) as stream:
            csv.writer(stream, lineterminator="\n").writerows(table)
        written.append(path)
    with replacing(folder / "report.json") as stream:
        json.dump(report, stream, indent=1, ensure_ascii=False)
    with replacing(folder / "report.html") as stream:
        stream.write(page(report, picture))
    return [*written, folder / "report.json", folder / "report.html"]


def tables(report: Report) -> Iterator[tuple[str, Table]]:
    """The CSV tables of what a report holds: file name without ending, and rows with the head first."""
    results = report["results"]
    if "confusion" in results:
        found = results["confusion"]
        yield "confusion", [["label", *found["columns"]], *([n, *row] for n, row in _rows(found))]
        yield "per_class", list(_per_class(results["per_class"]))
        yield "calibration", _records(results["calibration"])
        yield "images", _records([{k: v for k, v in row.items() if k != "slot"} for row in report["images"]])
    if "unknown" in results:
        yield "unknown", [["class", "auroc"], *map(list, results["unknown"]["per_class"].items())]
    if results.get("learning_curve"):
        yield "learning_curve", _records(results["learning_curve"])
    if "discriminant" in results:
        yield "discriminant", [["descriptor", "accuracy"], *map(list, results["discriminant"].items())]
    if "precision_at_k" in results:
        yield "precision_at_k", [["descriptor", "metric", "k", "precision"], *_nested(results["precision_at_k"])]
    for key, head in BLOCK_TABLES.items():
        rows = [[backbone, *row] for backbone, found in by_backbone(report, key) for row in _nested(found)]
        if rows:
            yield key, [["backbone", "block", *head], *rows]
    if "knn_umap" in results:
        yield "knn_umap", [["descriptor", "dimensions", "accuracy"], *_nested(results["knn_umap"])]
    pairs = [row for backbone, found in by_backbone(report, "pair_distances") for row in _pairs(backbone, found)]
    if pairs:
        yield "pair_distances", [["backbone", "block", "space", "from", "to", "same_class", "other_class"], *pairs]


BLOCK_TABLES = {
    "nearest_mean": ("metric", "accuracy"),
    "knn": ("k", "accuracy"),
    "knn_per_class": ("k", "class", "accuracy"),
    "clusters": ("measure", "value"),
}
"""Results keyed by block, and the heads of their tables."""


def by_backbone(report: Report, key: str) -> list[tuple[str, dict[str, Any]]]:
    """A result that is keyed by block, for every backbone that has it."""
    results = report["results"]
    out = [(report["block_backbone"], results[key])] if key in results else []
    return out + [(name, found[key]) for name, found in results.get("other_backbones", {}).items() if key in found]


def _rows(found: Mapping[str, Any]) -> Iterator[tuple[str, list[int]]]:
    return zip(found["rows"], found["counts"], strict=True)


def _records(rows: list[dict[str, Any]]) -> Table:
    head = list(rows[0]) if rows else []
    return [head, *([row[name] for name in head] for row in rows)]


def _per_class(rows: list[dict[str, Any]]) -> Iterator[list[Any]]:
    measures = ("precision", "recall", "f1")
    yield ["class", "images", "decided", "right", *(f"{m}{end}" for m in measures for end in ("", "_low", "_high"))]
    for row in rows:
        values = [v for m in measures for v in (row[m], *(row[f"{m}_interval"] or ("", "")))]
        yield [row["class"], row["images"], row["decided"], row["right"], *values]


def _nested(found: Mapping[str, Any], *before: str) -> Iterator[list[Any]]:
    for key, value in found.items():
        if isinstance(value, Mapping):
            yield from _nested(value, *before, key)
        else:
            yield [*before, key, value]


def _pairs(backbone: str, found: Mapping[str, Any]) -> Iterator[list[Any]]:
    for block, spaces in found.items():
        for space, entry in spaces.items():
            edges = entry["edges"]
            shares = zip(entry["same_class"], entry["other_class"], strict=True)
            for low, high, (same, other) in zip(edges, edges[1:], shares, strict=False):
                yield [backbone, block, space, low, high, same, other]
