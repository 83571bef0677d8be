"""A report of what went wrong that a person can send: versions, counts, the end of the log, nothing private."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MOST = 200
"""Lines of the log at most."""

_ENDING = r"\.(?:jpe?g|jpe|jfif|png|webp|avifs?|tiff?|bmp|dib|gif|hei[cf]|attrlens|csv|jsonl?|h5|hdf5|html)\b"
_PART = r"""[^\s"'<>|:*?]*"""
_PATHS = re.compile(
    # C:\ or \\server or / or ~/ or file:, then what has no space, then words up to the next slash or a known ending.
    rf"""(?<![\w<])(?:[A-Za-z]:[\\/]|\\\\|file:///?|~?/){_PART}"""
    rf"""(?:(?:\ [^\s"'<>|:*?/\\]*){{1,6}}?(?:[/\\]|{_ENDING}|\.py\b){_PART})*"""
)
_FILES = re.compile(rf"""[^\s"'/\\]+{_ENDING}["']?""", re.IGNORECASE)
_PACKAGE = re.compile(
    r"(?:attrlens|PySide6|tensorflow|keras|numpy|PIL|sklearn|umap|hdbscan|watchdog)[/\\][\w/\\.]+\.py"
)


def scrub(text: str, names: Iterable[str] = ()) -> str:
    """Text without paths, file names, and the names given (of the person, of catalogs, classes and attributes).

    Places in the program's own code stay: they say where it went wrong.
    """

    def path(match: re.Match[str]) -> str:
        code = _PACKAGE.search(match.group())
        return code.group().replace("\\", "/") if code else "<path>"

    text = _PATHS.sub(path, text)
    text = _FILES.sub("<file>", text)
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "<name>", text, flags=re.IGNORECASE)
    return text


def report(
    versions: Mapping[str, str], counts: Mapping[str, int | str], log: Iterable[str], names: Iterable[str],
    *, private: bool = False,
) -> str:  # fmt: skip
    """The report, in English: it is for the people who make the program.

    Parameters
    ----------
    versions : mapping of str to str
    counts : mapping
        How many images, classes and so on.
    log : iterable of str
        Lines, oldest first.
    names : iterable of str
        What must not appear.
    private : bool
        Leave paths and names in, because the person said so.
    """
    names = list(names)
    lines = [line.rstrip("\n") for line in log][-MOST:]
    body = "\n".join(lines)
    parts = [
        "AttrLens error report",
        "",
        *(f"{name}: {value}" for name, value in versions.items()),
        "",
        *(f"{name}: {value}" for name, value in counts.items()),
        "",
        f"Last {len(lines)} lines of the log:",
        body if private else scrub(body, names),
    ]
    return "\n".join(parts) + "\n"
