"""The rules of attrlens/ARCHITECTURE.md, as tests."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "attrlens"
LAYERS = ("app", "ui", "state", "jobs", "core")
SHARED = {"paths", "errors", "log", "words", "version", "garbage", "__init__"}
HEAVY = {"tensorflow", "keras", "umap", "numba", "hdbscan", "sklearn", "scipy", "pyarrow", "h5py"}
NOT_IN_UI = {"keras", "sklearn", "umap", "hdbscan", "sqlite3", "tensorflow", "PIL"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path, *, top_level_only: bool = False) -> set[str]:
    """Full names of imported modules; those under TYPE_CHECKING do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    found: set[str] = set()
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_imports_only_go_to_the_own_layer_and_those_to_its_right() -> None:
    wrong = []
    for path in modules():
        if layer(path) not in LAYERS:
            continue
        allowed = set(LAYERS[LAYERS.index(layer(path)) :]) | SHARED
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "attrlens" and len(parts) > 1 and parts[1] not in allowed and parts[1] != "__version__":
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong


def test_shared_modules_import_no_layer() -> None:
    for name in ("paths", "errors", "log", "words", "version", "garbage"):
        for imported in imports(PACKAGE / f"{name}.py"):
            assert not imported.startswith(tuple(f"attrlens.{layer}" for layer in LAYERS)), imported


@pytest.mark.parametrize(
    ("folder", "allowed"), [("core", set[str]()), ("jobs", {"QtCore"}), ("state", {"QtCore", "QtGui"})]
)
def test_qt_modules_a_layer_may_use(folder: str, allowed: set[str]) -> None:
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        used = {name.split(".")[1] for name in imports(path) if name.startswith("PySide6.")}
        assert used <= allowed, f"{path}: {used - allowed}"


def test_the_window_opens_no_file_and_runs_no_algorithm() -> None:
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        roots = {name.split(".")[0] for name in imports(path)}
        assert not roots & NOT_IN_UI, path
        calls = {ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)}
        assert "open" not in calls, path


def test_heavy_libraries_are_imported_late() -> None:
    for path in modules():
        roots = {name.split(".")[0] for name in imports(path, top_level_only=True)}
        assert not roots & HEAVY, f"{path} imports {roots & HEAVY} at its top"


def test_core_and_the_window_import_neither_too_much() -> None:
    code = (
        "import sys, pkgutil, importlib, attrlens.core\n"
        "for m in pkgutil.walk_packages(attrlens.core.__path__, 'attrlens.core.'): importlib.import_module(m.name)\n"
        "assert 'PySide6' not in sys.modules and 'tensorflow' not in sys.modules, 'core'\n"
        "import attrlens.app.main\n"
        "bad = {'tensorflow', 'keras', 'sklearn', 'h5py', 'scipy'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


FEW = ("catalog", "classify", "decisions", "engine", "query")
"""What most of the core stands on: without Qt on every change; all but what starts processes of its own, slowly."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("which", ["few", pytest.param("most", marks=pytest.mark.slow)])
def test_core_tests_pass_where_qt_cannot_be_imported(tmp_path: Path, which: str) -> None:
    (tmp_path / "PySide6.py").write_text("raise ImportError('no Qt here')\n")
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, importlib.util\n"
        "real = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda n, *a: None if n.split('.')[0] == 'PySide6' else real(n, *a)\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:pytest-qt", "-o", "addopts=", "-o", "filterwarnings="]
    root = PACKAGE.parent
    # Not those that take minutes and start processes of their own: they run once, with Qt there and unused.
    long = [
        f"--ignore=tests/core/test_{name}.py"
        for name in ("evaluate_command", "thesis", "layout", "copies", "cli", "retrieve", "inside", "channels")
    ]
    some = [f"tests/core/test_{name}.py" for name in FEW] if which == "few" else [*long, "tests/core"]
    done = subprocess.run(
        [*command, "-m", "not slow and not real", "-p", "no:cacheprovider", *some],
        cwd=root,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{root}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_files_stay_readable_in_one_sitting() -> None:
    long = {str(p.relative_to(PACKAGE)): n for p in modules() if (n := len(p.read_text().splitlines())) > 500}
    assert not long


def test_no_widget_has_a_style_of_its_own() -> None:
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        if path.name != "theme.py":
            assert "setStyleSheet" not in path.read_text(), path


def test_no_picture_is_decoded_by_qt() -> None:
    """It would hold the interpreter's lock meanwhile, and may wait for the main thread for ever: see ARCHITECTURE."""
    forbidden = ("fromData(", "loadFromData(", "QImageReader(")
    found = {
        p.name: word
        for p in modules()
        for word in forbidden
        if word in p.read_text().replace("``QImage.fromData``", "")
    }
    assert not found, found
