"""The filter: a line in the filter's language with completion, filters kept under a name, and what it cannot read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.completion import complete
from attrlens.state.document import Document
from attrlens.state.view import GalleryView
from attrlens.ui.icons import SIZE, paint_icon
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, literal, tool
from attrlens.words import told, tr


class FilterLine(QLineEdit):
    """The line. What may come next stands below it; Tab or Enter takes it.

    Signals
    -------
    left()
        The person is done here: Enter, or Esc in an empty line.
    """

    left = Signal()

    def __init__(self, view: GalleryView, theme: Theme) -> None:
        super().__init__()
        self._view = view
        self._start, self._end = 0, 0
        self.setAccessibleName(tr("Filter"))
        self.setPlaceholderText(tr("Filter: a name, or color:red conf<0.6"))
        self.setToolTip(
            tr(
                "Words are looked for in file names and folders. color:red is the class of an attribute, -color:red "
                "all but it. Also: label:none, is:unknown, conf<0.6, path:summer/*, date>2026-05, size>2MB, or, ( ). "
                "(Ctrl+F)"
            )
        )
        self._theme = theme
        # Room for the glass, which is painted, and for the cross: those of Qt sit too low in a line with a style sheet.
        self.setTextMargins(20, 0, 20, 0)
        self._cross = tool("x", theme, tr("Clear the filter (Esc)"))
        self._cross.setObjectName("clear")
        self._cross.setParent(self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._popup.setObjectName("completion")
        self._popup.setAccessibleName(tr("What may come next"))
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._offer)

    def _offer(self, *_: object) -> None:
        """Show what may stand at the cursor."""
        found = complete(self.text(), self.cursorPosition(), self._view.facts.vocabulary)
        self._start, self._end = found.start, found.end
        typed = self.text()[found.start : found.end]
        texts = [text for text in found.texts if text != typed][:30]
        self._model.setStringList(texts)
        if texts and typed:
            self._completer.complete()
            self._popup.setCurrentIndex(QModelIndex())
        else:
            self._popup.hide()

    def _take(self, text: str) -> None:
        rest = self.text()[self._end :]
        done = text if text.endswith((":", "<")) else f"{text} "
        self.setText(self.text()[: self._start] + done + rest.lstrip())
        self.setCursorPosition(self._start + len(done))
        self._offer()

    def offered(self) -> list[str]:
        """What is offered now."""
        return self._model.stringList() if self._popup.isVisible() else []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 6
        self._cross.setGeometry(self.width() - side - 4, 3, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        area = QRectF(8, (self.height() - SIZE) / 2, SIZE, SIZE)
        paint_icon(painter, "search", area, self._theme.tokens.color("dim"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._offer()
            if self._model.stringList():
                self._completer.complete()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._popup.hide()
            self.left.emit()
        elif key == Qt.Key.Key_Escape:
            if self._popup.isVisible():
                self._popup.hide()
            elif self.text():
                self.clear()
            else:
                self.left.emit()
        elif key == Qt.Key.Key_Down and not self._popup.isVisible():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab takes what is offered, as in a terminal; with nothing offered it goes on.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            offered = self.offered()
            if offered:
                chosen = self._popup.currentIndex()
                self._take(chosen.data() if chosen.isValid() else offered[0])
                return True
        return super().event(event)


class FilterBar(QWidget):
    """The line, the button with the filters that were kept, and what the line could not read.

    Signals
    -------
    left()
        Keys may go back to the gallery.
    """

    left = Signal()

    def __init__(self, document: Document, view: GalleryView, theme: Theme) -> None:
        super().__init__()
        self._document, self._view = document, view
        self.line = FilterLine(view, theme)
        self.line.textChanged.connect(view.set_query)
        self.line.left.connect(self.left)
        self.saved = tool("bookmark", theme, tr("Saved filters"))
        self.saved.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._delete = QMenu(tr("Delete a filter"), self)  # clearing a menu would leave a submenu of its making behind
        self.saved.setMenu(self._menu)
        self._menu.aboutToShow.connect(self.fill_menu)
        self.problem = label("", "errorText", wrap=True)
        self.problem.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.problem)
        view.changed.connect(self._show_problem)
        view.options_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the view's query."""
        if self.line.text() != self._view.text:
            self.line.setText(self._view.text)
        self._show_problem()

    def _show_problem(self) -> None:
        error = self._view.query_error
        self.problem.setVisible(error is not None)
        if error is not None:
            self.problem.setText(f"{told(error.message)} {told(error.hint)}".strip())

    def fill_menu(self) -> QMenu:
        """The filters that were kept, and what can be done with them."""
        self._menu.clear()
        rows = sorted(self._document.model.filters.values(), key=lambda row: (row.position, row.id))
        for row in rows:
            action = self._menu.addAction(literal(row.name), partial(self._view.set_query, row.query))
            action.setToolTip(row.query)
            action.setCheckable(True)
            action.setChecked(row.query == self._view.text)
        if not rows:
            self._menu.addAction(tr("No filter is saved yet")).setEnabled(False)
        self._menu.addSeparator()
        keep = self._menu.addAction(tr("Save this filter…"), self.ask_name)
        keep.setEnabled(bool(self._view.text) and self._view.query_error is None)
        self._delete.clear()
        self._menu.addMenu(self._delete).setEnabled(bool(rows))
        for row in rows:
            self._delete.addAction(literal(row.name), partial(self._document.delete_filter, row.id))
        return self._menu

    def ask_name(self) -> None:
        """Ask for the name of the filter that stands in the line."""
        if not self._view.text or self._view.query_error is not None:
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Save this filter"))
        dialog.setLabelText(tr("Name of the filter {query}", query=self._view.text))
        dialog.setOkButtonText(tr("Save"))
        dialog.textValueSelected.connect(self._on_named)
        dialog.open()

    def _on_named(self, name: str) -> None:
        if name.strip() and self._document.is_open:
            self._document.save_filter(name.strip(), self._view.text)
