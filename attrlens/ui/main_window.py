"""The main window: puts the panels together, and takes what is dropped on it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
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
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from attrlens.core.catalog.rows import ERROR
from attrlens.core.catalog.store import display_name
from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.settings import Settings
from attrlens.state.view import GalleryView
from attrlens.ui import actions, drag
from attrlens.ui.activity.banner import Banner
from attrlens.ui.activity.bar import ActivityBar
from attrlens.ui.center import Center
from attrlens.ui.classes.panel import ClassPanel
from attrlens.ui.commands import Commands
from attrlens.ui.file_commands import FileCommands
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.inspector import Inspector
from attrlens.ui.viewer.large import MOST
from attrlens.ui.welcome import Welcome
from attrlens.ui.widgets import label
from attrlens.ui.window_layout import WindowLayout
from attrlens.words import told, tr


class MainWindow(QMainWindow):
    """The window.

    Signals
    -------
    painted()
        Once, after the first paint.
    closing()
    activated()
        A person came back to it.
    """

    painted = Signal()
    closing = Signal()
    activated = Signal()

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
        theme: Theme,
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
        self._splitter.setSizes([236, 748, 296])
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self.layout_ = WindowLayout(document, selection, theme, self._splitter, classes, center, inspector)
        self.layout_.changed.connect(self._enable)
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
        for source in (classes.tree, classes.folders.tree, center.gallery.similar):
            source.hint_changed.connect(self.show_hint)
        activity.errors_wanted.connect(self.show_errors)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.undo_changed.connect(self._enable)
        document.images_added.connect(self._enable)
        document.images_changed.connect(self._enable)
        document.kept_changed.connect(self._enable)
        view.options_changed.connect(self._enable)
        selection.changed.connect(self._enable)
        selection.current_changed.connect(self._enable)
        settings.changed.connect(self._enable)
        classes.tree.selectionModel().currentChanged.connect(self._enable)

    def install(self, commands: Commands, files: FileCommands) -> None:
        """Make menus and keys."""
        self._files = files
        handlers = {
            spec.id: getattr(files if hasattr(files, spec.id) else commands, spec.id) for spec in actions.ACTIONS
        }
        self._actions = actions.build(self.menuBar(), self.panel, handlers)
        self._recent = QMenu(tr("Open &recent"), self)
        self._recent.aboutToShow.connect(self.fill_recent)
        file_menu = self.menuBar().actions()[0].menu()
        if isinstance(file_menu, QMenu):
            file_menu.insertMenu(file_menu.actions()[2], self._recent)
        self._add_digits(commands)
        self._enable()
        geometry = self._settings.get("geometry")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def fill_recent(self) -> QMenu:
        """The catalogs that were open last, the one that is open now left out."""
        self._recent.clear()
        here = str(self._document.catalog.path) if self._document.is_open else ""
        for path in self._settings.get("recent"):
            if path != here:
                action = self._recent.addAction(display_name(Path(path)), partial(self._files.open_recent, path))
                action.setToolTip(path)
        if self._recent.isEmpty():
            self._recent.addAction(tr("No other catalog was open yet")).setEnabled(False)
        return self._recent

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
        """Show the files that make trouble."""
        self.center.show_page(self.center.problems)

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
            self.layout_.restore()
            if self.center.shown == "gallery":
                self.panel.images.setFocus()

    def _enable(self, *_: object) -> None:
        if not hasattr(self, "_actions"):
            return
        undo, redo = self._document.undo_names()
        there = {
            "": True,
            "catalog": self._document.is_open,
            "images": self._document.total > 0,
            "missing": self._document.missing_count > 0,
            "errors": self._document.count(ERROR) > 0,
            "query": bool(self._view.text),
            "several": 2 <= len(self._selection) <= MOST,
            "selection": bool(self._selection.slots) or self._selection.current >= 0,
            "class": self.classes.tree.selected()[0] in ("class", "attribute"),
            "undo": bool(undo),
            "redo": bool(redo),
        }
        for spec in actions.ACTIONS:
            self._actions[spec.id].setEnabled(there[spec.needs])
        undone, redone = told(undo), told(redo)
        self._actions["undo"].setText(tr("&Undo: {name}", name=undone) if undo else tr("&Undo"))
        self._actions["redo"].setText(tr("&Redo: {name}", name=redone) if redo else tr("&Redo"))
        for name in ("system", "light", "dark"):
            self._actions[f"theme_{name}"].setChecked(self._settings.get("theme") == name)
        checked = {
            "gray_mat": self._settings.get("gray_mat"),
            "show_names": self._settings.get("show_names"),
            "as_grid": self.panel.mode == "grid",
            "as_list": self.panel.mode == "list",
            "toggle_classes": self.layout_.is_shown("classes"),
            "toggle_inspector": self.layout_.is_shown("inspector"),
            "toggle_folders": self.classes.folders.button.isChecked(),
            "full_screen": bool(self.windowState() & Qt.WindowState.WindowFullScreen),
        }
        for name, on in checked.items():
            self._actions[name].setChecked(on)

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
            what = files[0].name if len(files) == 1 else tr("{n:,} items", n=len(files))
            self.show_hint(
                tr("Add {what} to the catalog and classify", what=what)
                if self._document.is_open
                else tr("Make a catalog of {what}", what=what)
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
            self._files.import_paths(files)

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
        self.layout_.fit(self.width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._enable()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.closing.emit()
        super().closeEvent(event)
