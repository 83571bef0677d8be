"""Build the program that needs no Python, and try it: ``python3 dev.py package``.

Puts ``dist/attrlens`` together with PyInstaller, then runs the built program from another folder: its version, and the
main job offscreen on a few demo images. Fails if either does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str, **environment: str) -> None:
    """Run a command; stop with its status if it fails."""
    print("+", " ".join(command), flush=True)
    status = subprocess.run(command, check=False, env=os.environ | environment).returncode
    if status:
        sys.exit(f"build.py: this failed with status {status}: {' '.join(command)}")


def main() -> None:
    """Build and try."""
    run(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[package]")
    build, dist = ROOT / "build", ROOT / "dist"
    shutil.rmtree(dist / "attrlens", ignore_errors=True)
    spec = str(ROOT / "packaging" / "attrlens.spec")
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--workpath", str(build),
        "--distpath", str(dist), spec)  # fmt: skip
    program = dist / "attrlens" / ("attrlens.exe" if sys.platform == "win32" else "attrlens")
    with tempfile.TemporaryDirectory(prefix="AttrLens größe ") as folder:
        run(str(program), "--version", ATTRLENS_HOME=folder)
        out = str(Path(folder) / "demo")
        run(str(program), "demo", "--out", out, "--no-window", "--images", "40", ATTRLENS_HOME=folder)
    size = sum(path.stat().st_size for path in (dist / "attrlens").rglob("*") if path.is_file())
    print(f"{dist / 'attrlens'}: {size / 1e6:,.0f} MB; it ran the main job on 40 demo images")


if __name__ == "__main__":
    main()
