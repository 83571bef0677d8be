"""Settings survive, bad ones are dropped one by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attrlens.state.settings import SETTINGS, Settings


def test_values_survive_and_defaults_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = Settings(path)
    settings.set("theme", "dark")
    settings.set("thumbnail_size", 160)
    assert json.loads(path.read_text()) == {"theme": "dark"}
    assert Settings(path).get("theme") == "dark"


def test_bad_values_and_files_never_stop_the_program(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "pink", "thumbnail_size": 200, "from the future": 1}))
    settings = Settings(path)
    assert settings.get("theme") == "system" and settings.get("thumbnail_size") == 200
    path.write_text("{broken")
    assert Settings(path).get("thumbnail_size") == 160
    path.write_text("[1, 2]")
    assert Settings(path).get("theme") == "system"


def test_wrong_values_are_refused() -> None:
    settings = Settings(Path("unused.json"))
    with pytest.raises(ValueError, match="theme"):
        settings.set("theme", "pink")


def test_every_default_is_valid() -> None:
    for setting in SETTINGS.values():
        assert setting.valid(setting.default), setting.key


def test_recent_catalogs_are_newest_first_without_repeats(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    for name in ("a", "b", "a", *"cdefghij"):
        settings.add_recent(Path(name))
    assert settings.get("recent") == list("jihgfedc")
