"""The tables that actions change: read into a model, and written to."""

from __future__ import annotations

import itertools
import sqlite3

from attrlens.core.catalog.model import COLUMNS, KEYS, Action, Attribute, Class, Label, Model, SavedFilter


def load_model(db: sqlite3.Connection) -> Model:
    """Read what a person decided."""
    model = Model()
    columns = {table: ", ".join(names) for table, names in COLUMNS.items()}
    model.attributes = {row[0]: Attribute(*row) for row in db.execute(f"SELECT {columns['attribute']} FROM attribute")}
    model.classes = {row[0]: Class(*row) for row in db.execute(f"SELECT {columns['class']} FROM class")}
    for attribute, slot, class_id in db.execute(f"SELECT {columns['exemplar']} FROM exemplar"):
        model.exemplars.setdefault(attribute, {})[slot] = class_id
    counted = "SELECT name, seq FROM sqlite_sequence WHERE name IN ('attribute', 'class', 'filter')"
    model.last_ids = dict(db.execute(counted))
    for row in db.execute(f"SELECT {columns['label']} FROM label"):
        model.labels.setdefault(row[0], {})[row[1]] = Label(*row)
    for attribute, slot, when in db.execute(f"SELECT {columns['exclusion']} FROM exclusion"):
        model.exclusions.setdefault(attribute, {})[slot] = when
    model.removals = dict(db.execute(f"SELECT {columns['removal']} FROM removal"))
    model.filters = {row[0]: SavedFilter(*row) for row in db.execute(f"SELECT {columns['filter']} FROM filter")}
    products = db.execute(f"SELECT {columns['product']} FROM product")
    model.products = {slot: (number, when) for slot, number, when in products}
    return model


def write(db: sqlite3.Connection, action: Action) -> None:
    """Carry out an action's changes, runs of one kind together."""
    for (table, deletes), run in itertools.groupby(action.changes, lambda change: (change.table, change.after is None)):
        columns = COLUMNS[table]
        keys = columns[: KEYS[table]]
        if deletes:
            where = " AND ".join(f"{key} = ?" for key in keys)
            rows = [change.before[: len(keys)] for change in run if change.before is not None]
            db.executemany(f"DELETE FROM {table} WHERE {where}", rows)
        elif table == "place":
            rows = [change.after for change in run if change.after is not None]
            # Where another image stands by now, it is missing: one place is one image's.
            taken = "EXISTS (SELECT 1 FROM image WHERE path = ?2 AND missing = 0 AND slot != ?1)"
            db.executemany(f"UPDATE image SET path = ?2, root = ?3, missing = max(?4, {taken}) WHERE slot = ?1", rows)
        else:
            marks = ", ".join("?" * len(columns))
            rows = [change.after for change in run if change.after is not None]
            db.executemany(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def unsettle(db: sqlite3.Connection, action: Action) -> None:
    """After an undo: what lies at a place may be another file by now, so it is missing until somebody has looked."""
    slots = [(change.after[0],) for change in action.changes if change.table == "place" and change.after]
    db.executemany("UPDATE image SET missing = 1 WHERE slot = ?", slots)
