"""Labels and suggestions as CSV: one row an image and attribute."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from attrlens.core.catalog.model import Model
from attrlens.core.catalog.rows import ERROR, Suggestions
from attrlens.core.catalog.store import Catalog
from attrlens.core.export.files import replacing
from attrlens.core.token import Token
from attrlens.words import words

COLUMNS = (
    "path", "attribute", "class", "decided_by", "label", "label_made_by", "suggestion", "confidence", "runner_up",
    "runner_up_confidence", "exemplar", "recipe", "weights_sha256", "method", "error", "threshold", "familiarity",
    "exemplars", "suggested_at", "labeled_at", "missing",
)  # fmt: skip
"""``class`` is what the catalog says: the label, else the suggestion if it is sure enough, else ``unknown``, else
empty; ``decided_by`` says which: label, suggestion, unknown or none. ``familiarity`` is the probability that the image
is of any class; ``exemplars`` the hash of the exemplar set; times are UTC; ``missing`` is yes where there is no file
any more."""

UNKNOWN = "unknown"


def rows(catalog: Catalog, model: Model) -> Iterator[dict[str, str]]:
    """All rows, by image then attribute."""
    attributes = model.sorted_attributes()
    names = {c.id: c.name for c in model.classes.values()} | {0: ""}
    found: dict[int, tuple[Suggestions | None, dict[int, int]]] = {}
    for attribute in attributes:
        s = catalog.suggestions(attribute.id)
        if s is None:
            found[attribute.id] = (None, {})
        else:
            index = {slot: i for i, slot in enumerate(s.slots.tolist())}
            found[attribute.id] = (s, index)
    for image in catalog.images():
        if image.slot in model.removals:
            continue
        for attribute in attributes:
            suggestions, index = found[attribute.id]
            label = model.label(attribute.id, image.slot)
            row = dict.fromkeys(COLUMNS, "")
            row |= {"path": image.path, "attribute": attribute.name, "decided_by": "none"}
            row["error"] = image.message if image.state == ERROR else ""
            row["missing"] = "yes" if image.missing else ""
            row["exemplar"] = "yes" if image.slot in model.exemplars_of(attribute.id) else ""
            if suggestions is not None and image.slot in index:
                i = index[image.slot]
                scored, decision = suggestions.scored, suggestions.decision
                confidence = float(scored.confidence[i])
                best = int(scored.best[i])
                threshold = model.threshold_of(attribute.id, best)
                row["suggestion"] = names.get(best, "")
                row["confidence"] = f"{confidence:.4f}"
                row["runner_up"] = names.get(int(scored.runner_up[i]), "")
                row["runner_up_confidence"] = f"{float(scored.runner_up_confidence[i]):.4f}"
                row |= {"recipe": decision.recipe, "weights_sha256": decision.weights, "method": decision.method}
                row |= {"threshold": f"{threshold:.2f}", "exemplars": decision.exemplars}
                row["familiarity"] = f"{float(scored.familiarity[i]):.4f}"
                row["suggested_at"] = _utc(decision.time)
                sure = best in model.classes and confidence >= threshold
                row["class"] = names[best] if sure else UNKNOWN
                row["decided_by"] = "suggestion" if sure else UNKNOWN
            if label is not None:
                row["label"] = row["class"] = names.get(label.class_id, "")
                row["label_made_by"] = label.made_by
                row["labeled_at"] = _utc(label.time)
                row["decided_by"] = "label"
            yield row


def _utc(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def export_csv(catalog: Catalog, path: Path, token: Token | None = None, model: Model | None = None) -> int:
    """Write all rows as CSV (UTF-8, comma, header, RFC 4180).

    Parameters
    ----------
    catalog : Catalog
    path : Path
    token : Token, optional
    model : Model, optional
        A frozen copy of the catalog's, for a thread beside which a person goes on.

    Returns
    -------
    int
        Rows written.

    Raises
    ------
    AttrLensError
        If the file cannot be written; an existing one is then as it was.
    """
    token, model = token or Token(), model or catalog.model
    total = catalog.image_count() * len(model.attributes)
    count = 0
    with replacing(path) as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for row in rows(catalog, model):
            writer.writerow(row)
            count += 1
            if count % 1000 == 0:
                token.check()
                token.report(count, total, words("Writing {name}", name=path.name))
    return count
