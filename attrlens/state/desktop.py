"""The desktop around the program: show a file in its folder, open it with the program it belongs to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment, QUrl
from PySide6.QtGui import QDesktopServices

from attrlens import log, paths

logger = log.get(__name__)


class Desktop:
    """What other programs do for us. Tests put their own in its place."""

    def open(self, path: Path) -> bool:
        """Open a file or a folder with the program it belongs to; False where there is none."""
        if sys.platform.startswith("linux") and paths.is_frozen():  # Qt would hand our own environment on
            return _started(["xdg-open", str(path)])
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def reveal(self, files: Sequence[Path]) -> bool:
        """Show files in the file manager, selected; False where none listens. It waits: call it in a lane."""
        if sys.platform == "win32":
            return _started(["explorer", "/select,", str(files[0])])
        if sys.platform == "darwin":
            return _started(["open", "-R", *map(str, files)])
        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return False
        # Nautilus, Dolphin, Nemo, Thunar and others listen to this name.
        uris = ",".join(path.as_uri().replace(",", "%2C") for path in files[:20])
        return _started([
            "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.FileManager1", "--reply-timeout=2000",
            "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1.ShowItems", f"array:string:{uris}",
            "string:",
        ], wait=True)  # fmt: skip


def _environment() -> dict[str, str]:
    """For other programs: the installed one points the loader at its own libraries, which must not become theirs."""
    out = dict(os.environ)
    if paths.is_frozen():
        for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
            out.pop(name, None)
            before = out.pop(f"{name}_ORIG", None)
            if before:
                out[name] = before
    return out


def _started(command: list[str], *, wait: bool = False) -> bool:
    environment = _environment()
    if not wait:
        process = QProcess()
        process.setProgram(command[0])
        process.setArguments(command[1:])
        process.setProcessEnvironment(_for_qt(environment))
        return bool(process.startDetached())
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=3, env=environment)
    except (OSError, subprocess.SubprocessError) as error:
        logger.info("%s: %s", command[0], error)
        return False
    return done.returncode == 0


def _for_qt(environment: dict[str, str]) -> QProcessEnvironment:
    out = QProcessEnvironment()
    for name, value in environment.items():
        out.insert(name, value)
    return out
