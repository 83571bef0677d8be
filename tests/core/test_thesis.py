"""The thesis's tables beside ours: its figures as printed, and ours where they are."""

from __future__ import annotations

from typing import Any

from attrlens.core.evaluate import thesis


def reports() -> dict[str, Any]:
    out = {}
    for kind in thesis.SETS:
        means = {b: {"euclidean": 0.5 + 0.1 * (b == ("2" if kind == "color" else "4")), "cosine": 0.4} for b in "1234"}
        out[kind] = {
            "results": {
                "nearest_mean": means,
                "knn": {b: {str(k): 0.1 * int(b) for k in (1, 2, 4, 8, 16)} for b in "1234"},
                "knn_umap": {"2": {"2": 0.7, "256": 0.9}},
                "precision_at_10": {"resnet50-x": 0.99, **{f"ResNet50 block {b}": 0.2 * int(b) for b in "1234"}},
            }
        }
    return out


def test_tables_stand_side_by_side() -> None:
    text = thesis.compare(reports())
    lines = text.splitlines()
    assert lines[0] == "Table 5.1: nearest mean, color"
    assert lines[3].split() == ["2", "0.600", "0.821", "0.400", "0.821"]
    assert lines[6].split() == ["5", "–", "0.629", "–", "0.602"], "a block the weights lack"
    assert text.count("best block: ") == 2 and "best block: 4; the thesis's: 4" in text
    assert "0.400 (ResNet50 block 2); thesis 0.90 to 0.92" in text, (
        "the block that classifies best, not the best of all"
    )
    assert "0.800 (ResNet50 block 4); thesis 0.89" in text


def test_the_figures_are_the_theses() -> None:
    """Best blocks, and the two tables' corners, as printed."""
    best = {kind: max(rows, key=lambda b: rows[b][0]) for kind, rows in thesis.NEAREST_MEAN.items()}
    assert best == {"color": "2", "texture": "4"}
    assert thesis.KNN["texture"]["4"]["1"] == 0.941 and thesis.KNN["color"]["2"]["4"] == 0.939
    assert thesis.UMAP["texture"]["1024"] == 0.939 and thesis.UMAP["color"]["256"] == 0.934
