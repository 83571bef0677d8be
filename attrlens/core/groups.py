"""Groups: images of one product or photo session, which never stand on both sides of a split."""

from __future__ import annotations

import csv
from pathlib import Path

from attrlens.errors import AttrLensError
from attrlens.words import words


def read_groups(path: Path) -> dict[str, str]:
    """Read a CSV with columns file and group.

    Raises
    ------
    AttrLensError
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            if not {"file", "group"} <= set(reader.fieldnames or ()):
                raise AttrLensError(
                    words("{path} has no columns file and group.", path=path), words("Its first line must name them.")
                )
            # Blank cells are images without a group; paths may have been written on Windows.
            return {row["file"].replace("\\", "/"): row["group"] for row in reader if row["file"] and row["group"]}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AttrLensError(
            words("{path} could not be read ({reason}).", path=path, reason=str(error)),
            words("Check the path and that it is a CSV file."),
        ) from error
