"""Build what a curator installs, and try it: ``python3 dev.py package [--gpu] [--only-build]``.

1. an environment of its own in ``build/env``, with nothing but what the program needs;
2. PyInstaller (attrlens.spec), symbol tables off, license texts in one file;
3. the self-test of the built program in an unfriendly place, the main job compared with that of the source, the window
   timed, sizes;
4. ``dist/``: an archive, on Debian and Ubuntu a .deb, and SHA256SUMS.

Fails if any of it does. ``--gpu`` (Linux) leaves TensorFlow's CUDA code in; ``--only-build`` ends after the second.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
ENV, EXTRA = BUILD / "env", BUILD / "extra"
WINDOWS = sys.platform == "win32"
PYTHON = ENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def run(*command: str | Path) -> None:
    """Run a command; stop with its status if it fails."""
    print("+", " ".join(map(str, command)), flush=True)
    status = subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode
    if status:
        sys.exit(f"build.py: this failed with status {status}: {' '.join(map(str, command))}")


def need_binutils() -> None:
    """PyInstaller reads libraries with objdump on Linux, and `finish.py` strips them: both are binutils'."""
    if not sys.platform.startswith("linux") or (shutil.which("objdump") and shutil.which("strip")):
        return
    command = ("apt-get", "install", "-y", "--no-install-recommends", "binutils")
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"build.py: objdump and strip are missing. On Debian and Ubuntu this helps: sudo {' '.join(command)}")
    run(*command)


def make_environment(*, gpu: bool) -> None:
    """An environment with the program, PyInstaller, and nothing else: what is not there cannot slip in."""
    stamp = ENV / "made-of"
    now = f"{(ROOT / 'pyproject.toml').read_text(encoding='utf-8')}{sys.version}{ROOT}{gpu}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return
    print("Making build/env …", flush=True)
    venv.EnvBuilder(with_pip=True, clear=ENV.exists()).create(ENV)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q")
    run(*pip, "install", "-e", f"{ROOT}[package]")
    if sys.platform.startswith("linux") and not gpu:
        # The same TensorFlow without its CUDA code, a quarter of it, which does nothing without NVIDIA's libraries.
        asked = "from importlib.metadata import version; print(version('tensorflow'))"
        version = subprocess.run([PYTHON, "-c", asked], check=True, capture_output=True, text=True).stdout.strip()
        run(*pip, "uninstall", "-y", "tensorflow")
        run(*pip, "install", "--no-deps", f"tensorflow-cpu=={version}")
    stamp.write_text(now, encoding="utf-8")


def commit() -> str:
    """Of the source, with a plus where it was changed since; '' outside of a clone."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def make_extra() -> None:
    """What the program says of itself, and its icons for Windows and macOS."""
    EXTRA.mkdir(parents=True, exist_ok=True)
    made = {"commit": commit(), "date": datetime.now(UTC).strftime("%Y-%m-%d"), "system": sys.platform}
    (EXTRA / "build.json").write_text(json.dumps(made), encoding="utf-8")
    (EXTRA / "THIRD-PARTY-LICENSES.txt").write_text(
        "", encoding="utf-8"
    )  # the whole one comes when all parts are known
    run(PYTHON, ROOT / "packaging" / "draw_icons.py", EXTRA)


def freeze() -> Path:
    """Run PyInstaller; the folder of the program."""
    program = DIST / "attrlens"
    shutil.rmtree(program, ignore_errors=True)
    run(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--workpath", BUILD, "--distpath", DIST,
        ROOT / "packaging" / "attrlens.spec")  # fmt: skip
    run(PYTHON, ROOT / "packaging" / "finish.py", program)
    return program


def sums(files: list[Path]) -> None:
    """Write SHA256SUMS."""
    import hashlib

    lines = []
    for file in files:
        with file.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {file.name}\n")
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Build and try."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__.split("\n\n")[0])
    parser.add_argument("--gpu", action="store_true", help="Linux: leave TensorFlow's CUDA code in")
    parser.add_argument("--only-build", action="store_true", help="do not try it, and make no archives")
    options = parser.parse_args(arguments)
    began = time.monotonic()

    def done(what: str) -> None:
        print(f"-- {time.monotonic() - began:5.0f} s  {what}", flush=True)

    need_binutils()
    make_environment(gpu=options.gpu)
    done("environment")
    make_extra()
    program = freeze()
    done("program")
    if options.only_build:
        return
    run(PYTHON, ROOT / "packaging" / "smoke.py", program)
    done("tried")
    run(PYTHON, ROOT / "packaging" / "archive.py", program, DIST)
    sums(sorted(path for path in DIST.iterdir() if path.is_file() and path.name != "SHA256SUMS"))
    done("archives")
    for path in sorted(DIST.iterdir()):
        if path.is_file():
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e6:,.0f} MB", flush=True)


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main(sys.argv[1:])
