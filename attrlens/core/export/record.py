"""The record as JSON lines: what was done and decided, in the order in which it happened."""

from __future__ import annotations

import json
from pathlib import Path

from attrlens.core.catalog import history
from attrlens.core.catalog.model import Model
from attrlens.core.catalog.store import Catalog
from attrlens.core.export.files import replacing
from attrlens.core.token import Token


def export_record(catalog: Catalog, path: Path, token: Token | None = None, model: Model | None = None) -> int:
    """Write the record, one JSON object a line (see `history.record`).

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
        Lines written.

    Raises
    ------
    AttrLensError
        If the file cannot be written; an existing one is then as it was.
    """
    token, count = token or Token(), 0
    with replacing(path) as stream:
        for line in history.record(catalog, model or catalog.model, token):
            stream.write(json.dumps(line) + "\n")
            count += 1
    return count
