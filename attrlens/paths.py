"""Where things are: resources in the program, and the user's own folders on each system."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resources() -> Path:
    """The ``resources`` folder: in a frozen program, in a wheel, or at the top of the source tree."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    candidates = [Path(frozen) / "resources"] if frozen else [package / "resources", package.parent / "resources"]
    for candidate in candidates:
        if (candidate / "models").is_dir():
            return candidate
    raise FileNotFoundError(f"The resources of AttrLens are missing; looked in {', '.join(map(str, candidates))}")


def icon(name: str) -> str:
    """The SVG text of an icon."""
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def translation(language: str) -> Path:
    """The compiled translation of a language, such as ``es``."""
    return resources() / "translations" / f"attrlens_{language}.qm"


def is_frozen() -> bool:
    """Whether this is the installed program, which brings its own Python."""
    return hasattr(sys, "_MEIPASS")


def build_file() -> Path:
    """What the build wrote of itself; only in an installed program."""
    return resources() / "build.json"


def licenses() -> Path:
    """The license texts of all that is in the installed program; in a source tree, what is used under which."""
    whole = resources() / "THIRD-PARTY-LICENSES.txt"
    return whole if whole.exists() else resources().parent / "NOTICE"


def _user(kind: str) -> Path:
    override = os.environ.get("ATTRLENS_HOME")
    if override:
        return Path(override) / kind
    import platformdirs

    dirs = platformdirs.PlatformDirs("AttrLens", appauthor=False)
    return Path({"data": dirs.user_data_dir, "logs": dirs.user_log_dir, "settings": dirs.user_config_dir}[kind])


def settings_file() -> Path:
    """The JSON file of the user's settings."""
    return _user("settings") / "settings.json"


def log_file() -> Path:
    """The log; the previous three are kept beside it."""
    return _user("logs") / "attrlens.log"


def weights_folder() -> Path:
    """Where downloaded weights are kept."""
    return _user("data") / "weights"


def default_catalogs_folder() -> Path:
    """Where the demo catalog and catalogs with no name of their own go."""
    return _user("data") / "catalogs"


def keras_cache() -> Path:
    """Where Keras keeps weights it downloaded (``KERAS_HOME`` moves it)."""
    return Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "models"


def drawings_folder() -> Path:
    """Pictures that channels answer to most, drawn once: safe to delete."""
    return _user("data") / "drawings"


def graphs_folder() -> Path:
    """Networks as TensorFlow runs them, made once: safe to delete."""
    return _user("data") / "graphs"


def compiled_folder() -> Path:
    """Code that Numba compiled for this processor, in an installed program: safe to delete."""
    return _user("data") / "compiled"


def user_folders() -> dict[str, Path]:
    """The folders that AttrLens writes to beside catalogs: 'data', 'settings', 'logs'."""
    return {kind: _user(kind) for kind in ("data", "settings", "logs")}


def bundled_graphs_folder() -> Path:
    """The same, made with an installed program; there is none from source."""
    return resources() / "graphs"
