"""The user's settings: each declared once, kept in one JSON file, bad ones dropped one by one.

The settings dialog is built from the declarations: one with a title is shown, by its kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from attrlens import log
from attrlens.core.export.files import replacing
from attrlens.core.images import DEFAULT_MAX_PIXELS
from attrlens.errors import AttrLensError
from attrlens.words import words

logger = log.get(__name__)

VERSION = 2
"""Of the file. Raise it with a step in `_upgraded` when a setting changes its meaning."""

MEGA = 1_000_000


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes
    ----------
    key : str
    default : Any
    valid : callable
        Whether a value may be kept.
    title, hint : str
        As a person reads them; no title for what the program keeps for itself.
    kind : {'choice', 'switch', 'number', 'file'}
    choices : tuple of (value, title)
        Of a choice.
    least, most, unit, scale
        Of a number: bounds as shown, the unit's name, and how much of the kept value one shown is.
    files : str
        File name patterns of a file.
    group : str
    restart : bool
        It takes effect when the program starts the next time.
    """

    key: str
    default: Any
    valid: Callable[[Any], bool]
    title: str = ""
    hint: str = ""
    kind: Literal["choice", "switch", "number", "file"] = "switch"
    choices: tuple[tuple[Any, str], ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    scale: int = 1
    files: str = ""
    group: str = ""
    restart: bool = False


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


def _within(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _one_of(*values: Any) -> Callable[[Any], bool]:
    return lambda value: any(value == one and type(value) is type(one) for one in values)


LOOKS, IMAGES, NETWORKS = words("Looks"), words("Images"), words("Neural networks")

SETTINGS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting(
            "language", "system", _one_of("system", "en", "es"), words("Language"), kind="choice", group=LOOKS,
            choices=(("system", words("As the system")), ("en", "English"), ("es", "Español")), restart=True,
        ),
        Setting(
            "theme", "system", _one_of("system", "light", "dark"), words("Theme"), kind="choice", group=LOOKS,
            choices=(("system", words("As the system")), ("light", words("Light")), ("dark", words("Dark"))),
        ),
        Setting(
            "text_size", 100, _one_of(100, 115, 130, 150), words("Text size"), kind="choice", group=LOOKS,
            choices=((100, "100 %"), (115, "115 %"), (130, "130 %"), (150, "150 %")),
        ),
        Setting(
            "gray_mat", False, _is_switch, words("Photos on 18 % gray"), group=LOOKS,
            hint=words("Middle gray behind every photo, to judge colors by."),
        ),
        Setting("show_names", False, _is_switch, words("File names below thumbnails"), group=LOOKS),
        Setting(
            "watch_folders", True, _is_switch, words("Watch the folders of a catalog"), group=IMAGES,
            hint=words("New, changed, moved and deleted files are noticed while the catalog is open."),
        ),
        Setting(
            "open_last", True, _is_switch, words("Open the last catalog at the start"), group=IMAGES,
        ),
        Setting(
            "max_pixels", DEFAULT_MAX_PIXELS, _within(MEGA, 10_000 * MEGA), words("Largest image read"), kind="number",
            least=1, most=10_000, unit=words("megapixels"), scale=MEGA, group=IMAGES,
            hint=words("Larger ones are refused: a broken or hostile file may claim any size."),
        ),
        Setting(
            "resnet50_weights", "", _is_text, words("ResNet50 weights"), kind="file", group=NETWORKS,
            files="*.h5 *.hdf5", hint=words("A Keras file of your own. Without one, the downloaded file is used."),
        ),
        Setting("thumbnail_size", 160, _within(96, 512)),
        Setting("found_size", 100, _within(96, 512)),
        Setting("open_catalog", "", _is_text),
        Setting("recent", [], _strings),
        Setting("geometry", "", _is_text),
    )
}  # fmt: skip


def _upgraded(stored: dict[str, Any]) -> dict[str, Any]:
    """Settings of an older version as this one means them. Version 1 had no number, and the same settings."""
    version = stored.pop("version", 1)
    if isinstance(version, int) and version > VERSION:
        logger.info("settings of a newer version (%d): what is known of them is used", version)
    return stored


class Settings(QObject):
    """Values by key; a change is saved at once.

    Parameters
    ----------
    path : Path or None
        None keeps nothing.

    Signals
    -------
    changed(str key)
    """

    changed = Signal(str)

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._path = path
        self._values: dict[str, Any] = {key: setting.default for key, setting in SETTINGS.items()}
        try:
            stored = {} if path is None else json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            stored = {}
        except (OSError, ValueError) as error:
            logger.info("settings start over: %s", error)
            stored = {}
        for key, value in _upgraded(stored).items() if isinstance(stored, dict) else ():
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

    def forget_recent(self, path: str) -> None:
        """Take a catalog off the list of recent ones."""
        self.set("recent", [item for item in self._values["recent"] if item != path])

    def reset(self, *keys: str) -> None:
        """Set these to their defaults."""
        for key in keys:
            self.set(key, SETTINGS[key].default)

    def _save(self) -> None:
        if self._path is None:
            return
        kept = {key: value for key, value in self._values.items() if value != SETTINGS[key].default}
        try:
            with replacing(self._path) as stream:
                json.dump({"version": VERSION} | kept, stream, indent=1)
        except AttrLensError as error:
            logger.warning("settings not saved: %s", error)

    def named_weights(self) -> dict[str, Path]:
        """Weights files the user chose, by backbone id."""
        named = self.get("resnet50_weights")
        return {"resnet50": Path(named)} if named else {}
