"""Context menus: what can be done with the selected images, or with a row of the class panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from attrlens.core.classify.methods import METHODS
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.ui.classes.panel import ClassTree
from attrlens.ui.commands import Commands, passing_menu


class Menus(QObject):
    """Menus that open under the mouse."""

    def __init__(
        self, window: QWidget, document: Document, commands: Commands, insight: Insight, tree: ClassTree
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._commands = window, document, commands
        self._insight, self._tree = insight, tree

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
            part = menu.addMenu(f"Add to {attribute.name} as exemplar")
            for row in self._document.model.classes_of(attribute.id):
                part.addAction(row.name, partial(self._apply, self._document.add_exemplars, row.id))
            part.addAction("New class", partial(self._new_class_of, attribute.id))
        menu.addSeparator()
        for attribute in self._document.model.sorted_attributes():
            part = menu.addMenu(f"Label {attribute.name}")
            for row in self._document.model.classes_of(attribute.id):
                part.addAction(row.name, partial(self._apply, self._document.set_labels, row.id))
            part.addAction("Clear", partial(self._apply, self._document.clear_labels, attribute.id))
        menu.addSeparator()
        menu.addAction("Take out of its class", self._commands.take_out)
        menu.addAction("No longer an exemplar", self._commands.remove_exemplars)
        menu.addAction("Large view", self._commands.preview)
        menu.addAction("History…", self._commands.image_history)
        menu.addAction("Copy paths", self._commands.copy_paths)
        return menu

    def class_menu(self, kind: str, number: int, point: QPoint) -> None:
        """For a row of the class panel."""
        menu = passing_menu(self._window)
        model = self._document.model
        if kind == "class":
            row = model.classes[number]
            menu.addAction(
                "Add selected images as exemplars",
                lambda: self._document.add_exemplars(number, self._commands.chosen()),
            )
            menu.addAction("Label selected images", lambda: self._document.set_labels(number, self._commands.chosen()))
            menu.addSeparator()
            menu.addAction("Rename", partial(self._tree.edit_row, kind, number))
            menu.addAction("Change swatch…", partial(self._commands.choose_swatch, number))
            merge = menu.addMenu("Merge into")
            for other in model.classes_of(row.attribute):
                if other.id != number:
                    merge.addAction(other.name, partial(self._document.merge, number, other.id))
            menu.addSeparator()
            menu.addAction("History…", partial(self._insight.ask_class_history, number))
            menu.addAction("Delete class", partial(self._document.delete_class, number))
        else:
            menu.addAction("New class", lambda: self._commands.create_class([], number))
            menu.addAction("Rename", partial(self._tree.edit_row, "attribute", number))
            sure = menu.addMenu("Unknown below")
            for percent in (0, 30, 50, 70, 80, 90, 95):
                action = sure.addAction(f"{percent}%", partial(self._document.set_threshold, number, 0, percent / 100))
                action.setCheckable(True)
                action.setChecked(abs(model.attributes[number].threshold - percent / 100) < 1e-6)
            decide = menu.addMenu("Decide by")
            for method in METHODS:
                action = decide.addAction(method.title, partial(self._document.set_method, number, method.name))
                action.setCheckable(True)
                action.setChecked(model.attributes[number].method == method.name)
            menu.addAction("Find the best recipe…", partial(self._insight.find_recipe, number))
            menu.addSeparator()
            menu.addAction("Delete attribute", lambda: self._document.delete_attribute(number))
        menu.popup(point)
