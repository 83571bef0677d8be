"""Context menus: what can be done with the selected images, or with a row of the class panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from attrlens.core.classify.methods import METHODS
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.ui.classes.panel import ClassTree
from attrlens.ui.commands import Commands, passing_menu
from attrlens.ui.widgets import literal
from attrlens.words import number as number_text
from attrlens.words import told, tr

IMAGE_ACTIONS = (
    "new_class_of_selection", "", "take_out", "remove_exemplars", "", "preview", "compare", "find_similar",
    "more_like", "unlike", "", "copy_files", "copy_paths", "reveal", "open_with", "copy_to_folder", "",
    "image_history", "remove_images",
)  # fmt: skip
"""Actions of the table that stand in the menu of images, with their keys."""


class Menus(QObject):
    """Menus that open under the mouse, or by the menu key."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        commands: Commands,
        insight: Insight,
        tree: ClassTree,
        action: Callable[[str], QAction],
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._commands = window, document, commands
        self._insight, self._tree, self._action = insight, tree, action

    def _apply(self, change: Callable[[int, list[int]], None], number: int) -> None:
        change(number, self._commands.chosen())

    def _new_class_of(self, attribute: int) -> None:
        self._commands.create_class(self._commands.chosen(), attribute)

    def image_menu(self, point: QPoint) -> None:
        """For the selected images."""
        menu = self.fill_image_menu(passing_menu(self._window))
        menu.popup(point)

    def fill_image_menu(self, menu: QMenu) -> QMenu:
        """Classes of every attribute, as exemplar or label."""
        for attribute in self._document.model.sorted_attributes():
            part = menu.addMenu(tr("Add to {attribute} as exemplar", attribute=literal(attribute.name)))
            for row in self._document.model.classes_of(attribute.id):
                part.addAction(literal(row.name), partial(self._apply, self._document.add_exemplars, row.id))
            part.addAction(tr("New class"), partial(self._new_class_of, attribute.id))
        menu.addSeparator()
        for attribute in self._document.model.sorted_attributes():
            part = menu.addMenu(tr("Label {attribute}", attribute=literal(attribute.name)))
            for row in self._document.model.classes_of(attribute.id):
                part.addAction(literal(row.name), partial(self._apply, self._document.set_labels, row.id))
            part.addAction(tr("Clear"), partial(self._apply, self._document.clear_labels, attribute.id))
        menu.addSeparator()
        for name in IMAGE_ACTIONS:
            if name:
                menu.addAction(self._action(name))
            else:
                menu.addSeparator()
        return menu

    def class_menu(self, kind: str, number: int, point: QPoint) -> None:
        """For a row of the class panel."""
        menu = passing_menu(self._window)
        if kind == "class":
            self._fill_class(menu, number)
        else:
            self._fill_attribute(menu, number)
        menu.popup(point)

    def _fill_class(self, menu: QMenu, number: int) -> None:
        row = self._document.model.classes[number]
        menu.addAction(
            tr("Add selected images as exemplars"),
            lambda: self._document.add_exemplars(number, self._commands.chosen()),
        )
        menu.addAction(tr("Label selected images"), lambda: self._document.set_labels(number, self._commands.chosen()))
        menu.addSeparator()
        menu.addAction(tr("Rename"), partial(self._tree.edit_row, "class", number))
        menu.addAction(tr("Change swatch…"), partial(self._commands.choose_swatch, number))
        merge = menu.addMenu(tr("Merge into"))
        for other in self._document.model.classes_of(row.attribute):
            if other.id != number:
                merge.addAction(literal(other.name), partial(self._document.merge, number, other.id))
        merge.setEnabled(not merge.isEmpty())
        menu.addSeparator()
        menu.addAction(tr("History…"), partial(self._insight.ask_class_history, number))
        menu.addAction(tr("Delete class"), partial(self._document.delete_class, number))

    def _fill_attribute(self, menu: QMenu, number: int) -> None:
        row = self._document.model.attributes[number]
        menu.addAction(tr("New class"), lambda: self._commands.create_class([], number))
        menu.addAction(tr("Rename"), partial(self._tree.edit_row, "attribute", number))
        sure = menu.addMenu(tr("Unknown below"))
        for percent in (0, 30, 50, 70, 80, 90, 95):
            action = sure.addAction(
                number_text(percent / 100, ".0%"),
                partial(self._document.set_threshold, number, 0, percent / 100),
            )
            action.setCheckable(True)
            action.setChecked(abs(row.threshold - percent / 100) < 1e-6)
        decide = menu.addMenu(tr("Decide by"))
        for method in METHODS:
            action = decide.addAction(told(method.title), partial(self._document.set_method, number, method.name))
            action.setCheckable(True)
            action.setChecked(row.method == method.name)
        menu.addAction(tr("Find the best recipe…"), partial(self._insight.find_recipe, number))
        menu.addSeparator()
        menu.addAction(tr("Delete attribute"), lambda: self._document.delete_attribute(number))
