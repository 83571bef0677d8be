"""The desktop around the program: show a file in its folder, open it with the program it belongs to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from attrlens import log

logger = log.get(__name__)


class Desktop:
    """What other programs do for us. Tests put their own in its place."""

    def open(self, path: Path) -> bool:
        """Open a file or a folder with the program it belongs to; False where there is none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def reveal(self, paths: Sequence[Path]) -> bool:
        """Show files in the file manager, selected; False where none listens. It waits: call it in a lane."""
        if sys.platform == "win32":
            return _started(["explorer", "/select,", str(paths[0])])
        if sys.platform == "darwin":
            return _started(["open", "-R", *map(str, paths)])
        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return False
        # Nautilus, Dolphin, Nemo, Thunar and others listen to this name.
        uris = ",".join(path.as_uri().replace(",", "%2C") for path in paths[:20])
        return _started([
            "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.FileManager1", "--reply-timeout=2000",
            "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1.ShowItems", f"array:string:{uris}",
            "string:",
        ], wait=True)  # fmt: skip


def _started(command: list[str], *, wait: bool = False) -> bool:
    try:
        if wait:
            return subprocess.run(command, check=False, capture_output=True, timeout=3).returncode == 0
        subprocess.Popen(command)
    except (OSError, subprocess.SubprocessError) as error:
        logger.info("%s: %s", command[0], error)
        return False
    return True
