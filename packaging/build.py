"""Build the program that needs no Python, and try it: ``python3 dev.py package``.

Puts ``dist/attrlens`` together with PyInstaller, then runs the built program from another folder: its version, the
main job offscreen on a few demo images, and an evaluation, whose helper process compiles. Fails if any of them does.
"""

from __future__ import annotations

import csv
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


def by_color(demo: Path, folder: Path) -> Path:
    """Copies of the demo's garments, one folder a color."""
    with (demo / "truth.csv").open(newline="", encoding="utf-8") as stream:
        colors = {Path(row["file"]).name: row["color"] for row in csv.DictReader(stream)}
    for path in demo.glob("*/*.jpg"):
        if path.name in colors:
            target = folder / colors[path.name] / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return folder


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
        run(str(program), "demo", "--out", out, "--no-window", "--images", "200", ATTRLENS_HOME=folder)
        labeled = by_color(Path(out), Path(folder) / "labeled")
        run(str(program), "evaluate", str(labeled), "--attribute", "Color", "--out", str(Path(folder) / "evaluation"),
            "--parts", "product", "umap-knn", "clusters", ATTRLENS_HOME=folder)  # fmt: skip
    size = sum(path.stat().st_size for path in (dist / "attrlens").rglob("*") if path.is_file())
    print(f"{dist / 'attrlens'}: {size / 1e6:,.0f} MB; it ran the main job and an evaluation on the demo")


if __name__ == "__main__":
    main()
