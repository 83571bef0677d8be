"""Start Qt and the window, run it, close everything in order."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from attrlens import log, paths
from attrlens.app.main import App, check_path
from attrlens.errors import AttrLensError
from attrlens.state.notices import Notice
from attrlens.words import tr, words

logger = log.get(__name__)

SWITCH_INTERVAL = 0.001
"""Seconds after which a busy thread gives up Python's lock: the window waits a millisecond, not the default five."""


def make_qt() -> QApplication:
    """The QApplication, with Qt's messages in our log.

    Raises
    ------
    AttrLensError
        If there is no display: Qt itself would abort the process.
    """
    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not has_display:
        raise AttrLensError("There is no display to open a window on.", "Use: attrlens demo --out DIR --no-window")
    sys.setswitchinterval(SWITCH_INTERVAL)
    qInstallMessageHandler(_on_qt_message)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    qt = QApplication(["attrlens"])
    qt.setApplicationName("AttrLens")
    qt.setDesktopFileName("attrlens")
    qt.setWindowIcon(QIcon(str(paths.resources() / "attrlens.svg")))
    return qt


def _on_qt_message(kind: QtMsgType, context: object, message: str) -> None:
    serious = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    (logger.error if serious else logger.info)("Qt: %s", message)


@dataclass(frozen=True)
class Start:
    """How the window is started.

    Attributes
    ----------
    path : Path, optional
        A catalog or a folder of images to open.
    reset_layout : bool
        Everything where it was at the first start.
    safe_mode : bool
        The settings as delivered and not kept, nothing opened, watched or prepared by itself, no graphics card.
    time_to : {'', 'paint', 'describe'}
        Print how long the first paint took, or the first descriptors, and end: for `attrlens bench`.
    """

    path: Path | None = None
    reset_layout: bool = False
    safe_mode: bool = False
    time_to: str = ""


def run_window(start: Start) -> int:
    """Show the window until it is closed; the exit status."""
    path = start.path
    if path is not None:
        check_path(path)  # before Qt starts: the terminal is the place to say it
    if start.safe_mode:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        os.environ["QT_OPENGL"] = "software"
    qt = make_qt()
    settings = None if start.safe_mode else paths.settings_file()
    app = App(qt, settings, reset_layout=start.reset_layout or start.safe_mode)
    sys.excepthook = lambda kind, value, trace: _on_exception(app, kind, value, trace)
    if sys.platform == "darwin":
        qt.installEventFilter(app)
    if start.safe_mode:
        app.settings.set("watch_folders", False)
        app.window.name(tr("AttrLens, safe mode"))
        app.notices.show(
            Notice(
                words("Safe mode: the settings are as delivered, nothing is opened or watched by itself."),
                words("Leave and start AttrLens again for your own settings."),
            )
        )
    if path is not None:
        app.open_path(path)
    elif not start.time_to and not start.safe_mode:
        app.open_last()
    if start.time_to == "paint":
        app.window.painted.connect(lambda: _print_time(qt))
    elif start.time_to == "describe":
        for some in (app.document.images_changed, app.document.images_added):  # described before they were shown
            some.connect(lambda: _print_time(qt) if app.document.described else None)
    elif not start.safe_mode:
        app.window.painted.connect(app.canvas.warm_up)
    app.window.show()
    status = qt.exec()
    app.settings.set("open_catalog", str(app.document.catalog.path) if app.document.is_open else "")
    if not app.close():
        logger.info("left with a lane still busy")
    # All data is on disk. Taking TensorFlow down in order would take seconds, and a lane inside a library call may
    # never end.
    logging.shutdown()
    sys.stdout.flush()
    os._exit(status)


def _print_time(qt: QApplication) -> None:
    began = float(os.environ.get("ATTRLENS_STARTED", "nan"))
    print(json.dumps({"seconds": time.time() - began, "tensorflow": "tensorflow" in sys.modules}))  # noqa: T201
    qt.quit()


def _on_exception(app: App, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        app.window.close()
        return
    logger.error("unexpected: %s", "".join(traceback.format_exception(kind, value, trace)))
    app.report_exception(kind, value)
