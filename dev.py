#!/usr/bin/env python3
"""Run, test and package AttrLens from a clone, with nothing installed but Python 3.11 or newer.

    python3 dev.py run [PATH]    make .venv on first use, install, start the program
    python3 dev.py test [--slow] [PYTEST ARGUMENTS]
    python3 dev.py check         ruff and mypy
    python3 dev.py bench         measure this machine
    python3 dev.py package       build what a curator installs

Standard library only; the same on Linux, macOS and Windows.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "attrlens-installed"
IS_WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")

APT = (
    "libglib2.0-0", "libegl1", "libgl1", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0",
    "libxcb-keysyms1", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1", "libdbus-1-3", "libfontconfig1",
    "fonts-dejavu-core",
)  # fmt: skip
"""What Qt needs on Debian and Ubuntu and a plain system lacks."""


def fail(message: str) -> None:
    """Say why and stop."""
    sys.exit(f"dev.py: {message}")


def wanted() -> str:
    """A hash of all that decides what is installed."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def ensure_environment() -> None:
    """Make .venv and install the program into it, once."""
    if STAMP.exists() and STAMP.read_text() == wanted() and PYTHON.exists():
        return
    has_pip = (
        PYTHON.exists()
        and not subprocess.run([str(PYTHON), "-m", "pip", "--version"], check=False, capture_output=True).returncode
    )
    if not has_pip:
        print("Making .venv …", flush=True)
        try:
            venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
        except (subprocess.CalledProcessError, OSError) as error:
            shutil.rmtree(VENV, ignore_errors=True)
            line = "apt-get install -y python3-venv"
            fail(f"the virtual environment could not be made ({error}). On Debian and Ubuntu this helps: {line}")
    print("Installing AttrLens and what it needs (a few minutes the first time) …", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[dev]"]
    if subprocess.run(command, check=False).returncode:
        fail("the installation failed; the lines above say why. Check the network and run it again.")
    STAMP.write_text(wanted())


def what_qt_lacks() -> str:
    """What keeps Qt from starting on this Linux system, "" for nothing."""
    probe = "import PySide6.QtWidgets, PySide6.QtGui, ctypes, os\n"
    probe += "if os.environ.get('DISPLAY'): ctypes.CDLL('libxcb-cursor.so.0')"  # Qt aborts without it on X11
    found = subprocess.run([str(PYTHON), "-c", probe], check=False, capture_output=True, text=True)
    if found.returncode:
        return (found.stderr.strip().splitlines() or ["unknown"])[-1]
    has_font = any(Path(folder).is_dir() for folder in ("/usr/share/fonts", "/usr/local/share/fonts"))
    return "" if has_font else "fonts"


def ensure_system_libraries() -> None:
    """On Debian and Ubuntu install Qt's system libraries when root, or say the one line that does."""
    if not sys.platform.startswith("linux"):
        return
    missing = what_qt_lacks()
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(APT)}"
    if not shutil.which("apt-get"):
        fail(f"Qt needs libraries this system lacks ({missing}); on Debian they are {' '.join(APT)}.")
    if os.geteuid() != 0:
        fail(f"Qt needs libraries this system lacks ({missing}). Run this once:\n  sudo {line}")
    print("Installing Qt's system libraries …", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(line.split(), check=False, stdout=subprocess.DEVNULL, env=environment).returncode:
        fail(f"this failed: {line}")
    if missing := what_qt_lacks():
        fail(f"Qt still lacks something: {missing}")


def has_display() -> bool:
    """Whether a window can be opened."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def call(*command: str, **environment: str) -> int:
    """Run a command in the project's environment."""
    return subprocess.run([str(PYTHON), *command], check=False, cwd=ROOT, env=os.environ | environment).returncode


def run(arguments: list[str]) -> int:
    """Start the program; with no display do the main job offscreen on the demo."""
    program = [str(PYTHON), "-m", "attrlens"]
    if not has_display():
        out = ROOT / "attrlens-demo"
        print(f"There is no display, so the main job is done offscreen on the demo catalog. Results: {out}", flush=True)
        arguments = ["demo", "--out", str(out), "--no-window"]
    return subprocess.run([*program, *arguments], check=False).returncode


def test(arguments: list[str]) -> int:
    """Static checks, then the tests; ``--slow`` adds the ones that take minutes."""
    slow = "--slow" in arguments
    rest = [a for a in arguments if a != "--slow"]
    if not rest and (status := check()):
        return status
    select = [] if slow else ["-m", "not slow"]
    return call("-m", "pytest", *select, *rest, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))


def check() -> int:
    """ruff and mypy."""
    checks = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
    for command in checks:
        status = call("-m", *command)
        if status:
            return status
    return 0


def main(arguments: list[str]) -> int:
    """Run one command."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is started by any Python)
        fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in ("run", "test", "check", "bench", "package"):
        print(__doc__)
        return 0 if command in ("", "-h", "--help") else 2
    ensure_environment()
    if command == "check":
        return check()
    ensure_system_libraries()
    if command == "run":
        return run(rest)
    if command == "test":
        return test(rest)
    if command == "bench":
        return call("-m", "attrlens", "bench", *rest)
    return call(str(ROOT / "packaging" / "build.py"), *rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
