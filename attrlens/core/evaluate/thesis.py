"""The thesis's tables beside ours: nearest mean, nearest neighbors, reduced spaces, precision at 10, with ResNet50.

Figures from the thesis (2021), tables 5.1 to 5.4 and section 5.3.4.2, on its own 1,000 + 1,000 images, which are not
public. The shape is to come back (color best at block 2, texture at block 4), not the digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BACKBONE = "resnet50"
SETS = ("color", "texture")
PARTS = ("nearest-mean", "knn", "umap-knn", "precision")
DIMENSIONS = (2, 4, 8, 16, 32, 64, 128, 256, 512)

Report = dict[str, Any]

NEAREST_MEAN: dict[str, dict[str, tuple[float, float]]] = {
    "color": {"1": (0.715, 0.711), "2": (0.821, 0.821), "3": (0.801, 0.793), "4": (0.742, 0.743),
              "5": (0.629, 0.602)},
    "texture": {"1": (0.423, 0.417), "2": (0.701, 0.698), "3": (0.860, 0.862), "4": (0.907, 0.912),
                "5": (0.818, 0.842)},
}  # fmt: skip
"""Tables 5.1 and 5.2: by block, Euclidean and cosine."""

KNN: dict[str, dict[str, dict[str, float]]] = {
    "color": {
        "2": {"1": 0.935, "2": 0.935, "4": 0.939, "8": 0.931, "16": 0.903},
        "4": {"1": 0.882, "2": 0.882, "4": 0.899, "8": 0.888, "16": 0.866},
    },
    "texture": {
        "2": {"1": 0.825, "2": 0.825, "4": 0.824, "8": 0.826, "16": 0.799},
        "4": {"1": 0.941, "2": 0.941, "4": 0.940, "8": 0.941, "16": 0.929},
    },
}
"""Table 5.3: by block and k."""

UMAP: dict[str, dict[str, float]] = {
    "color": {"2": 0.650, "4": 0.892, "8": 0.901, "16": 0.899, "32": 0.904, "64": 0.894, "128": 0.897, "256": 0.934},
    "texture": {"2": 0.676, "4": 0.903, "8": 0.910, "16": 0.913, "32": 0.912, "64": 0.916, "128": 0.916, "256": 0.915,
                "512": 0.916, "1024": 0.939},
}  # fmt: skip
"""Table 5.4: nearest neighbor by dimensions, block 2 and block 4; the last is the descriptor itself."""

PRECISION = {"color": "0.90 to 0.92", "texture": "0.89"}
"""Precision at 10 (the text of the thesis gives two figures for color)."""


def compare(reports: Mapping[str, Report]) -> str:
    """The tables, ours beside the thesis's, as plain text.

    Parameters
    ----------
    reports : mapping of 'color' and 'texture' to a report of `PARTS` with ResNet50's blocks
    """
    out: list[str] = []
    for number, kind in ((1, "color"), (2, "texture")):
        ours = reports[kind]["results"]["nearest_mean"]
        head: tuple[str, ...] = ("block", "Euclidean", "thesis", "cosine", "thesis")
        rows: list[tuple[Any, ...]] = [
            (b, ours.get(b, {}).get("euclidean"), theirs[0], ours.get(b, {}).get("cosine"), theirs[1])
            for b, theirs in NEAREST_MEAN[kind].items()
        ]
        out += [f"Table 5.{number}: nearest mean, {kind}", *_lines(head, rows), _best_blocks(kind, ours), ""]
    for kind in SETS:
        ours = reports[kind]["results"]["knn"]
        blocks = list(KNN[kind])
        head = ("k", *(name for b in blocks for name in (f"block {b}", "thesis")))
        rows = [(k, *(v for b in blocks for v in (ours.get(b, {}).get(k), KNN[kind][b][k]))) for k in KNN[kind]["2"]]
        out += [f"Table 5.3: nearest neighbors, {kind}", *_lines(head, rows), ""]
    for kind in SETS:
        block, ours = next(iter(reports[kind]["results"]["knn_umap"].items()))
        rows = [(d, ours.get(d), theirs) for d, theirs in UMAP[kind].items()]
        out += [f"Table 5.4: nearest neighbor after UMAP, {kind}, our block {block}",
                *_lines(("dimensions", "ours", "thesis"), rows), ""]  # fmt: skip
    out.append("Precision at 10 (the query's own group left out)")
    for kind in SETS:
        results = reports[kind]["results"]
        block = _best(results["nearest_mean"])
        found = {name: v for name, v in results["precision_at_10"].items() if name.endswith(f" block {block}")}
        out += [f"  {kind:<8} {value:.3f} ({name}); thesis {PRECISION[kind]}" for name, value in found.items()]
    return "\n".join(out)


def _best(ours: Mapping[str, Mapping[str, float]]) -> str:
    """The block that the nearest mean does best on, as the thesis chose it."""
    return max(ours, key=lambda b: ours[b]["euclidean"])


def _best_blocks(kind: str, ours: Mapping[str, Mapping[str, float]]) -> str:
    theirs = max(NEAREST_MEAN[kind], key=lambda b: NEAREST_MEAN[kind][b][0])
    return f"  best block: {_best(ours)}; the thesis's: {theirs}"


def _lines(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[str]:
    def cell(value: Any) -> str:
        return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)

    return ["  " + "".join(f"{cell(value):>12}" for value in row) for row in (head, *rows)]
