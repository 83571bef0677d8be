"""The main window: puts the panels together, and takes what is dropped on it."""

from __future__ import annotations

from collections.abc import Callable
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
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

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
from attrlens.ui.preferences import Preferences
from attrlens.ui.similar.commands import SimilarCommands
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.inspector import Inspector
from attrlens.ui.viewer.large import MOST
from attrlens.ui.welcome import Welcome
from attrlens.ui.widgets import label, literal
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
        self._program = "AttrLens"
        self.setWindowTitle(self._program)
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
        for source in (classes.tree, classes.folders.tree, center.gallery.similar, center.similar.search):
            source.hint_changed.connect(self.show_hint)
        classes.tree.chosen.connect(partial(self._on_chosen, classes.tree))
        classes.folders.tree.chosen.connect(partial(self._on_chosen, classes.folders.tree))
        activity.errors_wanted.connect(self.show_errors)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.closing.connect(self._close_passing)
        view.changed.connect(self._enable)
        center.gallery.page_changed.connect(self._enable)
        center.page_changed.connect(self._enable)
        center.similar.page_changed.connect(self._enable)
        document.undo_changed.connect(self._enable)
        document.images_added.connect(self._enable)
        document.images_changed.connect(self._enable)
        document.kept_changed.connect(self._enable)
        view.options_changed.connect(self._enable)
        selection.changed.connect(self._enable)
        selection.current_changed.connect(self._enable)
        settings.changed.connect(self._enable)
        classes.tree.selectionModel().currentChanged.connect(self._enable)

    def install(self, commands: Commands, files: FileCommands, similar: SimilarCommands) -> None:
        """Make menus and keys."""
        self._files, self._commands = files, commands
        handlers = {
            spec.id: getattr(next(one for one in (files, similar, commands) if hasattr(one, spec.id)), spec.id)
            for spec in actions.ACTIONS
        }
        owners = (*self.panel.key_widgets, self.center.canvas.view, *self.center.similar.galleries())
        self._actions = actions.build(self.menuBar(), owners, handlers)
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
                action = self._recent.addAction(
                    literal(display_name(Path(path))), partial(self._files.open_recent, path)
                )
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
                handler: Callable[[], None]
                if prefix:
                    handler = partial(commands.exemplars, digit)
                else:
                    handler = partial(commands.label, digit) if digit else commands.take_out
                action.triggered.connect(lambda _=False, call=handler: self._on_digit(call))
                self.addAction(action)

    def _on_digit(self, handler: Callable[[], None]) -> None:
        if self.center.shown in ("gallery", "map", "grid", "similar"):  # what is not seen is not labeled
            handler()

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

    def name(self, program: str) -> None:
        """Call the program so in the title, behind the catalog's name."""
        self._program = program
        self._show_title()

    def _show_title(self) -> None:
        is_open = self._document.is_open
        self.setWindowTitle(f"{self._document.catalog.name} – {self._program}" if is_open else self._program)

    def _on_opened(self) -> None:
        is_open = self._document.is_open
        self._pages.setCurrentIndex(1 if is_open else 0)
        self._show_title()
        self._selection.clear()
        self._enable()
        if is_open:
            self.layout_.restore()
            if self.center.shown == "gallery":
                self.panel.images.setFocus()

    def _close_passing(self) -> None:
        """Menus and questions are about the catalog that is let go."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QMenu | QDialog) and widget.isVisible() and not isinstance(widget, Preferences):
                widget.close()

    def _on_chosen(self, tree: QWidget) -> None:
        """A class or a folder is shown by the gallery; the keys stay where a person chose it."""
        if self.center.shown not in ("gallery", "map", "grid"):  # the canvas fades what the filter leaves out
            self.center.show_page(self.panel)
            tree.setFocus()

    def _enable(self, *_: object) -> None:
        if not hasattr(self, "_actions"):
            return
        undo, redo = self._document.undo_names()
        row = self.classes.tree.selected()[0]
        there = {
            "": True,
            "catalog": self._document.is_open,
            "images": self._document.total > 0,
            "missing": self._document.missing_count > 0,
            "errors": self._document.count(ERROR) > 0,
            "query": bool(self._view.text) and self._view.query_error is None,
            "several": 2 <= len(self._selection) <= MOST and not self._commands.is_large,
            "selection": self._commands.has_chosen,
            "class": row == "class",
            "row": row in ("class", "attribute"),
            "group": self.panel.strip.button.isVisibleTo(self.panel),
            "order": self.panel.can_reverse,
            "undo": bool(undo),
            "redo": bool(redo),
        }
        for spec in actions.ACTIONS:
            self._actions[spec.id].setEnabled(there[spec.needs])
        undone, redone = told(undo), told(redo)
        self._actions["undo"].setText(tr("&Undo: {name}", name=literal(undone)) if undo else tr("&Undo"))
        self._actions["redo"].setText(tr("&Redo: {name}", name=literal(redone)) if redo else tr("&Redo"))
        for name in ("system", "light", "dark"):
            self._actions[f"theme_{name}"].setChecked(self._settings.get("theme") == name)
        checked = {
            "gray_mat": self._settings.get("gray_mat"),
            "show_names": self._settings.get("show_names"),
            "reverse_order": self._view.descending,
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
            event.setDropAction(Qt.DropAction.CopyAction)  # also with Shift: no program may move the files
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        files = self._carried
        if files:
            what = files[0].name if len(files) == 1 else tr("{n:,} items", n=len(files))
            self.show_hint(
                tr("Add {what} to the catalog and classify", what=what)
                if self._document.is_open
                else tr("Make a catalog of {what}", what=what)
            )
            event.setDropAction(Qt.DropAction.CopyAction)  # also with Shift: no program may move the files
            event.accept()
        else:
            self.show_hint("")
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.show_hint("")

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_hint("")
        files, self._carried = self._carried, []
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)  # also with Shift: no program may move the files
            event.accept()
            self._files.import_paths(files)

    def _is_own(self, event: QDropEvent) -> bool:
        """Whether images of this catalog are carried; those of another window are files to add."""
        return self._document.is_open and drag.is_of(event.mimeData(), str(self._document.catalog.path))

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
