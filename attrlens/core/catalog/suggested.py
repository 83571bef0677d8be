"""How an attribute's suggestions and the decision that made them lie in the file."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any

import numpy as np

from attrlens.core.catalog.model import Attribute
from attrlens.core.catalog.rows import Decision, Suggestions
from attrlens.core.classify.fit import Classifier
from attrlens.core.classify.scores import Scored

Array = np.ndarray[Any, Any]


def save(
    db: sqlite3.Connection, attribute: Attribute, classifier: Classifier, exemplars: str, described: str,
    slots: Array, scored: Scored, weights: str,
) -> Suggestions:  # fmt: skip
    """Write an attribute's suggestions in place of those it has, with the decision; see `Catalog.save_suggestions`."""
    parameters = {
        "temperature": round(classifier.temperature, 6),
        "shrinkage": None if classifier.shrinkage is None else round(classifier.shrinkage, 6),
        "asked": attribute.method,
        "described": described,
        "classes": [int(c) for c in classifier.classes],
        "unknown": None if classifier.familiarity is None else classifier.familiarity.to_json(),
    }
    values = (time.time(), attribute.id, attribute.recipe, weights, classifier.method.name)
    cursor = db.execute(
        "INSERT INTO decision (time, attribute, recipe, weights, method, parameters, exemplars, images) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, json.dumps(parameters), exemplars, len(slots)),
    )
    number = int(cursor.lastrowid or 0)
    blobs = (
        slots.astype("<i4"), scored.best.astype("<i4"), scored.confidence.astype("<f4"),
        scored.runner_up.astype("<i4"), scored.runner_up_confidence.astype("<f4"), scored.familiarity.astype("<f4"),
    )  # fmt: skip
    db.execute(
        "INSERT OR REPLACE INTO suggestion VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (attribute.id, number, *(blob.tobytes() for blob in blobs)),
    )
    return Suggestions(Decision(number, *values, parameters, exemplars, len(slots)), slots, scored)


def load(db: sqlite3.Connection, attribute: int) -> Suggestions | None:
    """The attribute's suggestions with what made them, or None."""
    row = db.execute(
        "SELECT d.id, d.time, d.attribute, d.recipe, d.weights, d.method, d.parameters, d.exemplars, d.images,"
        " s.slots, s.best, s.confidence, s.runner_up, s.runner_up_confidence, s.familiarity "
        "FROM suggestion s JOIN decision d ON d.id = s.decision WHERE s.attribute = ?",
        (attribute,),
    ).fetchone()
    if row is None:
        return None
    number, when, owner, recipe, made_with, method = row[:6]
    decision = Decision(number, when, owner, recipe, made_with, method, json.loads(row[6]), row[7], row[8])
    slots, best = np.frombuffer(row[9], "<i4"), np.frombuffer(row[10], "<i4")
    confidence, runner_up = np.frombuffer(row[11], "<f4"), np.frombuffer(row[12], "<i4")
    familiarity = np.ones(len(slots), "<f4") if row[14] is None else np.frombuffer(row[14], "<f4")
    return Suggestions(decision, slots, Scored(best, confidence, runner_up, np.frombuffer(row[13], "<f4"), familiarity))
