"""What this program is: its version, the build, and the libraries in it."""

from __future__ import annotations

import contextlib
import json
import platform
from importlib import metadata

from attrlens import __version__, paths

LIBRARIES = (
    "PySide6-Essentials", "shiboken6", "tensorflow", "keras", "numpy", "pillow", "h5py", "pillow-heif", "scikit-learn",
    "scipy", "umap-learn", "numba", "hdbscan", "usearch", "pyarrow", "pyqtgraph",
)  # fmt: skip

OTHER_NAMES = {"tensorflow": ("tensorflow-cpu",)}
"""The same library under the name of another wheel, as in the packaged program."""


def build() -> str:
    """Of what commit and when the installed program was built, such as ``2026-11-28, 089d67f``; ``from source``."""
    try:
        made = json.loads(paths.build_file().read_text(encoding="utf-8"))
        return f"{made['date']}, {made['commit']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "from source"


def libraries() -> dict[str, str]:
    """Versions of everything native, by name; 'missing' where one is not installed."""
    import sqlite3

    out = {"sqlite": sqlite3.sqlite_version}
    for package in LIBRARIES:
        out[package] = "missing"
        for name in (package, *OTHER_NAMES.get(package, ())):
            with contextlib.suppress(metadata.PackageNotFoundError):
                out[package] = metadata.version(name)
                break
    return out


def versions() -> dict[str, str]:
    """AttrLens, its build, Python, the system, the libraries."""
    own = {
        "attrlens": __version__,
        "build": build(),
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    return own | libraries()
