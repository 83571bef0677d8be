"""dev.py: standard library only, and helpful when asked for nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

DEV = Path(__file__).resolve().parent.parent / "dev.py"


def test_dev_needs_the_standard_library_only() -> None:
    tree = ast.parse(DEV.read_text(encoding="utf-8"))
    names = {alias.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    assert names <= sys.stdlib_module_names


def test_usage_and_unknown_commands() -> None:
    for arguments, status in (([], 0), (["--help"], 0), (["fly"], 2)):
        done = subprocess.run([sys.executable, str(DEV), *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == status
        for word in ("run", "test", "check", "bench", "package"):
            assert f"dev.py {word}" in done.stdout
