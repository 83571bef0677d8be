"""Collect the license texts of every part of the packaged program into one file.

A package that is installed beside AttrLens gives its license files by its own metadata; Python, Qt and the system
libraries that PyInstaller takes along are added by name. A part without a text fails the build.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

NAMES = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|authors|third[_-]party)[^/]*$", re.IGNORECASE)

BUILD_ONLY = {"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pip", "setuptools", "wheel", "packaging"}
"""Installed to build, and not in the program, but for PyInstaller's starter; see `STARTER`."""

STARTER = """The program is started by PyInstaller's bootloader (GPL-2.0 with an exception that allows programs of
any license to be started by it): https://pyinstaller.org/en/stable/license.html"""

QT = """Qt and PySide6 are used under the LGPL-3.0. They are separate libraries in the folder PySide6, which may be
replaced by other builds of the same version; sources: https://download.qt.io/official_releases/QtForPython/ and
https://download.qt.io/official_releases/qt/. The text of the LGPL-3.0: https://www.gnu.org/licenses/lgpl-3.0.html"""


def required(name: str) -> set[str]:
    """Names of all packages that `name` needs, itself among them, as they are installed."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        key = waiting.pop().lower().replace("_", "-")
        if key in seen:
            continue
        try:
            found = metadata.distribution(key)
        except metadata.PackageNotFoundError:
            continue  # for another system, or an extra
        seen.add(key)
        needs = [line for line in found.requires or () if "extra ==" not in line]
        waiting += [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needs]
    return seen - BUILD_ONLY


def texts_of(name: str) -> Iterator[tuple[str, str]]:
    """File name and text of a package's licenses."""
    found = metadata.distribution(name)
    for file in found.files or ():
        path = Path(str(found.locate_file(file)))
        inside = ".dist-info" in str(file) or len(file.parts) <= 2
        if NAMES.search(file.as_posix()) and inside and path.is_file() and path.suffix not in (".py", ".pyc", ".json"):
            yield file.as_posix(), path.read_text(encoding="utf-8", errors="replace")


def stated(name: str) -> str:
    """The license a package states in its metadata."""
    about = metadata.metadata(name)

    def first(field: str) -> str:
        return str((about.get_all(field) or [""])[0]).split("\n")[0]

    classes = [line.rpartition("::")[2].strip() for line in about.get_all("Classifier") or () if "License ::" in line]
    return first("License-Expression") or "; ".join(classes) or first("License")


def system_texts(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Names and licenses of the Debian packages that system libraries come from; nothing on other systems."""
    import shutil
    import subprocess

    if shutil.which("dpkg") is None:
        return
    packages: set[str] = set()
    for file in files:
        for path in (file, Path("/usr") / file.relative_to("/")):  # /lib is a link to /usr/lib, and dpkg knows one name
            asked = subprocess.run(["dpkg", "-S", str(path)], capture_output=True, text=True, check=False)
            if asked.returncode == 0:
                packages.add(asked.stdout.split(":")[0])
                break
    for package in sorted(packages):
        text = Path("/usr/share/doc") / package / "copyright"
        if text.exists():
            yield package, text.read_text(encoding="utf-8", errors="replace")


def collect(system_files: Iterable[Path] = ()) -> str:
    """The whole text.

    Raises
    ------
    ValueError
        With the packages that give neither a text nor a name.
    """
    parts = [(ROOT / "NOTICE").read_text(encoding="utf-8")]
    nameless = []

    def add(title: str, body: str) -> None:
        parts.append(f"{'=' * 100}\n{title}\n{'=' * 100}\n\n{body.strip()}\n")

    add("Starter", STARTER)
    python = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    ]
    text = next((path.read_text(encoding="utf-8", errors="replace") for path in python if path.is_file()), None)
    add(f"Python {sys.version.split()[0]}", text or "PSF License: https://docs.python.org/3/license.html")
    add("Qt, PySide6 and shiboken6", QT)
    for name in sorted(required("attrlens") - {"attrlens"}):
        version = metadata.version(name)
        bodies = [f"{file}\n\n{body.strip()}" for file, body in texts_of(name)]
        if not bodies and not stated(name):
            nameless.append(name)
        add(f"{name} {version}: {stated(name)}", "\n\n".join(bodies) or "The package brings no text of its own.")
    for package, text in system_texts(system_files):
        add(f"System library: {package}", text)
    if nameless:
        raise ValueError(f"no license is stated by {', '.join(nameless)}")
    return "\n".join(parts)
