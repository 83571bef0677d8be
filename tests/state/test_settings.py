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
    assert json.loads(path.read_text()) == {"version": 2, "theme": "dark"}
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


def test_settings_of_other_versions_are_read_as_far_as_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for version in ({}, {"version": 2}, {"version": 99}, {"version": "x"}):
        path.write_text(json.dumps(version | {"theme": "dark", "text_size": 130, "language": "tlh", "gray_mat": 1}))
        settings = Settings(path)
        assert (settings.get("theme"), settings.get("text_size")) == ("dark", 130)
        assert (settings.get("language"), settings.get("gray_mat")) == ("system", False)


def test_what_a_person_sees_of_a_setting_fits_its_kind() -> None:
    for setting in SETTINGS.values():
        if not setting.title:
            continue
        assert setting.group, setting.key
        if setting.kind == "choice":
            assert setting.choices and all(setting.valid(value) for value, _ in setting.choices), setting.key
        if setting.kind == "number":
            assert setting.valid(setting.least * setting.scale) and setting.valid(setting.most * setting.scale)
