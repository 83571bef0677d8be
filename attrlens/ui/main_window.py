"""The main window: puts the panels together, and takes what is dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.settings import Settings
from attrlens.state.view import Filter, GalleryView
from attrlens.ui import actions, drag
from attrlens.ui.activity.banner import Banner
from attrlens.ui.activity.bar import ActivityBar
from attrlens.ui.center import Center
from attrlens.ui.classes.panel import ClassPanel
from attrlens.ui.commands import Commands
from attrlens.ui.viewer.inspector import Inspector
from attrlens.ui.welcome import Welcome
from attrlens.ui.widgets import label

NARROW = 1040
"""Below this width, in pixels, the photos get the inspector's room."""


class MainWindow(QMainWindow):
    """The window.

    Signals
    -------
    painted()
        Once, after the first paint.
    closing()
    """

    painted = Signal()
    closing = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        view: GalleryView,
        settings: Settings,
        banner: Banner,
        welcome: Welcome,
        classes: ClassPanel,
        center: Center,
        inspector: Inspector,
        activity: ActivityBar,
    ) -> None:
        super().__init__()
        self._document, self._selection, self._view, self._settings = document, selection, view, settings
        self.center, self.panel, self.classes = center, center.gallery, classes
        self._inspector, self._activity = inspector, activity
        self.has_painted = False
        self._carried: list[Path] = []
        self.setWindowTitle("AttrLens")
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self.resize(1280, 800)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((classes, 0), (center, 1), (inspector, 0)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(self._splitter.count() - 1, stretch)
        classes.setMinimumWidth(200)
        inspector.setMinimumWidth(296)
        self._splitter.setSizes([236, 748, 296])
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(welcome)
        self._pages.addWidget(self._splitter)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(banner)
        column.addWidget(self._pages, 1)
        column.addWidget(activity)
        self.setCentralWidget(whole)
        self._hint = label(name="dropHint")
        self._hint.setParent(self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.hide()
        classes.tree.hint_changed.connect(self.show_hint)
        activity.errors_wanted.connect(self.show_errors)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.undo_changed.connect(self._enable)
        document.images_added.connect(self._enable)
        selection.changed.connect(self._enable)
        selection.current_changed.connect(self._enable)
        settings.changed.connect(self._enable)
        classes.tree.selectionModel().currentChanged.connect(self._enable)

    def install(self, commands: Commands) -> None:
        """Make menus and keys."""
        self._commands = commands
        self._actions = actions.build(self.menuBar(), self.panel, commands.handlers())
        self._add_digits(commands)
        self._enable()
        geometry = self._settings.get("geometry")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def _add_digits(self, commands: Commands) -> None:
        for digit in range(10):
            for prefix in ("", "Ctrl+"):
                if prefix and not digit:
                    continue
                # In the whole window: a text field takes its own digits before any shortcut.
                action = QAction(self)
                action.setShortcut(QKeySequence(f"{prefix}{digit}"))
                if prefix:
                    action.triggered.connect(lambda _=False, d=digit: commands.exemplars(d))
                elif digit:
                    action.triggered.connect(lambda _=False, d=digit: commands.label(d))
                else:
                    action.triggered.connect(lambda _=False: commands.take_out())
                self.addAction(action)

    def errors_text(self) -> str:
        """What the activity bar says of files that could not be read."""
        return self._activity.errors_text()

    def status_text(self) -> str:
        """What the activity bar says."""
        return self._activity.status_text()

    def show_errors(self) -> None:
        """Show only the files that could not be read."""
        self.center.show_page(self.panel)
        self._view.set_filter(Filter("errors"))

    def inspector_text(self) -> str:
        """All that the inspector says of the current image."""
        return self._inspector.text()

    def action(self, name: str) -> QAction:
        """The action with that id."""
        return self._actions[name]

    def _on_opened(self) -> None:
        is_open = self._document.is_open
        self._pages.setCurrentIndex(1 if is_open else 0)
        self.setWindowTitle(f"{self._document.catalog.name} – AttrLens" if is_open else "AttrLens")
        self._selection.clear()
        self._enable()
        if is_open:
            self.center.show_page(self.panel)
            self.panel.gallery.setFocus()

    def _enable(self, *_: object) -> None:
        if not hasattr(self, "_actions"):
            return
        undo, redo = self._document.undo_names()
        there = {
            "": True,
            "catalog": self._document.is_open,
            "images": bool(self._document.images),
            "selection": bool(self._selection.slots) or self._selection.current >= 0,
            "class": self.classes.tree.selected()[0] in ("class", "attribute"),
            "undo": bool(undo),
            "redo": bool(redo),
        }
        for spec in actions.ACTIONS:
            self._actions[spec.id].setEnabled(there[spec.needs])
        self._actions["undo"].setText(f"&Undo {undo}" if undo else "&Undo")
        self._actions["redo"].setText(f"&Redo {redo}" if redo else "&Redo")
        for name in ("system", "light", "dark"):
            self._actions[f"theme_{name}"].setChecked(self._settings.get("theme") == name)

    # Drops on the window: everything that is not dropped on a class

    def show_hint(self, text: str) -> None:
        """Say what a drop would do, at the foot of the window; "" says nothing."""
        self._hint.setVisible(bool(text))
        if text:
            self._hint.setText(text)
            self._hint.adjustSize()
            self._hint.move((self.width() - self._hint.width()) // 2, self.height() - 44 - self._hint.height() - 16)
            self._hint.raise_()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._carried = [] if self._is_own(event) else drag.files(event.mimeData())
        if self._carried:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        files = self._carried
        if files:
            what = files[0].name if len(files) == 1 else f"{len(files):,} items"
            self.show_hint(
                f"Add {what} to the catalog and classify" if self._document.is_open else f"Make a catalog of {what}"
            )
            event.acceptProposedAction()
        else:
            self.show_hint("")
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.show_hint("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_hint("")
        files, self._carried = self._carried, []
        if files:
            event.acceptProposedAction()
            self._commands.import_paths(files)

    def _is_own(self, event: QDropEvent) -> bool:
        return event.mimeData().hasFormat(drag.MIME)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.has_painted:
            self.has_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.hide()
        self._inspector.setVisible(self.width() >= NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()
        super().closeEvent(event)
