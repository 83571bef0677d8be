"""The user's settings: each declared once, kept in one JSON file, bad ones dropped one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from attrlens import log
from attrlens.core.export.files import replacing
from attrlens.core.images import DEFAULT_MAX_PIXELS
from attrlens.errors import AttrLensError

logger = log.get(__name__)


@dataclass(frozen=True)
class Setting:
    """One setting: its key, default, title, and what values it may have."""

    key: str
    default: Any
    title: str
    valid: Callable[[Any], bool]


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


SETTINGS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting("theme", "system", "Theme", lambda v: v in ("system", "light", "dark")),
        Setting("thumbnail_size", 160, "Thumbnail size", lambda v: isinstance(v, int) and 96 <= v <= 256),
        Setting("open_catalog", "", "Catalog to open at the start", lambda v: isinstance(v, str)),
        Setting("recent", [], "Recent catalogs", _strings),
        Setting(
            "max_pixels",
            DEFAULT_MAX_PIXELS,
            "Largest image, in pixels",
            lambda v: isinstance(v, int) and v >= 1_000_000,
        ),
        Setting("resnet50_weights", "", "ResNet50 weights file", lambda v: isinstance(v, str)),
        Setting("geometry", "", "Window position", lambda v: isinstance(v, str)),
    )
}


class Settings(QObject):
    """Values by key; a change is saved at once.

    Signals
    -------
    changed(str key)
    """

    changed = Signal(str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._values: dict[str, Any] = {key: setting.default for key, setting in SETTINGS.items()}
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            stored = {}
        except (OSError, ValueError) as error:
            logger.info("settings start over: %s", error)
            stored = {}
        for key, value in stored.items() if isinstance(stored, dict) else ():
            if key in SETTINGS and SETTINGS[key].valid(value):
                self._values[key] = value
            else:
                logger.info("setting dropped: %s = %r", key, value)

    def get(self, key: str) -> Any:
        """The value."""
        return self._values[key]

    def set(self, key: str, value: Any) -> None:
        """Change a value; ValueError if it may not have that one."""
        if not SETTINGS[key].valid(value):
            raise ValueError(f"{key} cannot be {value!r}")
        if self._values[key] == value:
            return
        self._values[key] = value
        self._save()
        self.changed.emit(key)

    def add_recent(self, path: Path) -> None:
        """Put a catalog first in the list of recent ones."""
        name = str(path)
        self.set("recent", [name, *(item for item in self._values["recent"] if item != name)][:8])

    def _save(self) -> None:
        kept = {key: value for key, value in self._values.items() if value != SETTINGS[key].default}
        try:
            with replacing(self._path) as stream:
                json.dump(kept, stream, indent=1)
        except AttrLensError as error:
            logger.warning("settings not saved: %s", error)

    def named_weights(self) -> dict[str, Path]:
        """Weights files the user chose, by backbone id."""
        named = self.get("resnet50_weights")
        return {"resnet50": Path(named)} if named else {}
