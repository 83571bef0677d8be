"""Fixtures for all tests, and guards: an unexpected log line fails the test that caused it. No Qt in this file."""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from attrlens.core import tasks
from attrlens.core.backbones.registry import backbone
from attrlens.core.backbones.weights import locate
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.demo.garments import FOLDERS, generate, read_truth
from attrlens.core.engine import Engine
from attrlens.core.files import scan
from attrlens.core.recipes import COLOR, TEXTURE
from attrlens.core.token import Token

if importlib.util.find_spec("PySide6") is not None:
    pytest_plugins = ["tests.qt_guards", "tests.window_fixtures"]

REAL_DATA = os.environ.get("ATTRLENS_REAL_DATA", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not REAL_DATA:
        skip = pytest.mark.skip(reason="ATTRLENS_REAL_DATA is not set")
        for item in items:
            if "real" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and catalogs of a test go to a folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ATTRLENS_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on any warning of ours in the log, unless the test is marked with ``expects_log`` and a reason."""
    caplog.set_level(logging.INFO, "attrlens")
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    for when in ("setup", "call"):
        bad = [r for r in caplog.get_records(when) if r.levelno >= logging.WARNING and r.name.startswith("attrlens")]
        assert not bad, f"unexpected in the log: {[record.getMessage() for record in bad]}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 200 demo garments: 160 in spring, 40 in new-arrivals. Read only."""
    folder = tmp_path_factory.mktemp("demo")
    generate(folder, Token(), 200)
    return folder


@pytest.fixture(scope="session")
def spring(demo: Path) -> list[Path]:
    """Image files of the demo's first folder."""
    return sorted((demo / FOLDERS[0]).iterdir())


@pytest.fixture(scope="session")
def lite0() -> Path:
    """The bundled weights."""
    return locate(backbone("efficientnet_lite0"))


@pytest.fixture(scope="session")
def engine(lite0: Path) -> Engine:
    """The real engine for both built-in recipes."""
    return Engine([COLOR, TEXTURE], {"efficientnet_lite0": lite0})


@pytest.fixture(scope="session")
def engines(engine: Engine) -> tasks.Engines:
    """The real engine, kept for `tasks.describe_pending`."""
    out = tasks.Engines()
    out.get(out.makeable([COLOR, TEXTURE])[0], Token())
    return out


@pytest.fixture
def real_data() -> Path:
    """The folder of real photos."""
    return Path(REAL_DATA)


@pytest.fixture(scope="session")
def described(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of the demo's first folder with real descriptors and half of each class as exemplars: copy it."""
    path = tmp_path_factory.mktemp("described") / "demo.attrlens"
    catalog = tasks.open_catalog(path, create=True)
    tasks.add_images(catalog, scan([demo / FOLDERS[0]], Token()).images, Token())
    thumbnails = Thumbnails(catalog.thumbnails_path)
    tasks.describe_pending(catalog, thumbnails, tasks.Engines(), Token())
    thumbnails.close()
    catalog.perform(tasks.demo_classes(catalog.model, catalog.images(), read_truth(demo), 10))
    catalog.close()
    return path
