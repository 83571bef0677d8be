"""What the actions do: each asks the document or the workbench, none does the work itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog, QMenu, QWidget

from attrlens.core.auto import Found
from attrlens.core.catalog.evaluations import Run
from attrlens.core.catalog.history import Event
from attrlens.core.catalog.keeping import NOTHING_ADDED, Added
from attrlens.core.recipes import BUILT_IN, Recipe
from attrlens.core.why import Share
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.state.selection import Selection
from attrlens.state.settings import Settings
from attrlens.state.view import Filter, GalleryView, Kind
from attrlens.state.work import Workbench
from attrlens.ui import dialogs
from attrlens.ui.center import Center
from attrlens.ui.classes.panel import ClassPanel
from attrlens.ui.gallery.view import Gallery
from attrlens.ui.preferences import Preferences
from attrlens.ui.records import ChoiceDialog, HistoryDialog
from attrlens.ui.viewer.inspector import Inspector
from attrlens.ui.viewer.large import MOST
from attrlens.words import tr

if TYPE_CHECKING:
    from attrlens.ui.main_window import MainWindow


def passing_menu(window: QWidget) -> QMenu:
    """A menu that is gone when it is closed."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


class Commands(QObject):
    """Handlers of the actions, by name, and of what is dropped on classes."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        workbench: Workbench,
        view: GalleryView,
        selection: Selection,
        settings: Settings,
        center: Center,
        classes: ClassPanel,
        insight: Insight,
        inspector: Inspector,
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._workbench, self._view = window, document, workbench, view
        self._selection, self._settings, self._center = selection, settings, center
        self._classes, self._tree = classes, classes.tree
        self._panel, self._insight, self._inspector = center.gallery, insight, inspector
        self._back = ""
        self._panel.large.closed.connect(self._go_back)
        center.page_changed.connect(self._on_page)

    def _on_page(self) -> None:
        if self._center.shown != "gallery":
            self._back = ""  # a person went elsewhere

    def _go_back(self) -> None:
        """From the large view to where a person came from."""
        back, self._back = self._back, ""
        self._panel.large.show_order(self._view)
        if back:
            self._center.show_named(back)

    # Edit

    def undo(self) -> None:
        self._document.undo()

    def redo(self) -> None:
        self._document.redo()

    @property
    def is_large(self) -> bool:
        """Whether the large view is what a person looks at."""
        return self._panel.is_large and self._center.shown == "gallery"

    def _in_front(self) -> list[int]:
        """Images that can be selected where a person looks: what the legend switched off is left alone."""
        if self._center.shown in ("map", "grid"):
            return self._center.canvas.shown_slots()
        if self._center.shown == "similar":
            return self._center.similar.shown_slots()
        return [int(slot) for slot in self._view.order]

    def select_all(self) -> None:
        self._selection.set(self._in_front())

    def select_none(self) -> None:
        self._selection.set(())

    def select_inverse(self) -> None:
        self._selection.set(set(self._in_front()) - self._selection.slots)

    def filter(self) -> None:
        self.show_gallery()
        self._panel.filter_bar.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._panel.filter_bar.line.selectAll()

    def save_filter(self) -> None:
        self._panel.filter_bar.ask_name()

    def clear_filter(self) -> None:
        self._view.clear()

    def settings(self) -> None:
        Preferences(self._window, self._settings).open()

    # Image

    def preview(self) -> None:
        if self.is_large:
            self._panel.close_large()
        elif self._selection.current >= 0:
            self._show_large([self._selection.current])

    def _show_large(self, slots: list[int]) -> None:
        came_from = self._center.shown
        order = self._center.similar.front.shown_order if came_from == "similar" else self._view
        self._panel.large.show_order(order)
        self.show_gallery()
        if len(slots) == 1:
            self._panel.open_large(slots[0])
        else:
            self._panel.show_large(slots)
        self._back = came_from if came_from in ("map", "grid", "similar") else ""

    def compare(self) -> None:
        """Show two to four selected images side by side."""
        chosen = self.chosen() if not self.is_large else []
        if 2 <= len(chosen) <= MOST:
            self._show_large(chosen)

    def chosen(self) -> list[int]:
        """Selected images that the gallery shows, in its order; the one image in the large view."""
        if self.is_large:
            return [self._selection.current] if self._selection.current >= 0 else []
        if self._center.shown == "similar":
            return self._center.similar.chosen()
        shown = self._panel.gallery.drag_slots()
        if self._center.shown in ("map", "grid"):
            seen = set(self._center.canvas.shown_slots())
            return [slot for slot in shown if slot in seen]
        if not shown and self._selection.current in self._view.order:
            shown = [self._selection.current]
        return shown

    @property
    def has_chosen(self) -> bool:
        """Whether there are any."""
        current = self._selection.current
        if self._center.shown == "similar":
            return bool(self._center.similar.chosen())
        return bool(self._selection.slots) or (current >= 0 and (self.is_large or current in self._view.order))

    def label(self, digit: int) -> None:
        """Label the selection with the class of that digit in the active attribute, and go on."""
        classes = self._document.model.classes_of(self._view.attribute)
        slots = self.chosen()
        if 1 <= digit <= len(classes) and slots:
            self._document.set_labels(classes[digit - 1].id, slots)
            self._advance(slots)

    def exemplars(self, digit: int) -> None:
        """Make the selection exemplars of the class of that digit."""
        classes = self._document.model.classes_of(self._view.attribute)
        slots = self.chosen()
        if 1 <= digit <= len(classes) and slots:
            self._document.add_exemplars(classes[digit - 1].id, slots)

    def _advance(self, slots: list[int]) -> None:
        """Go on to the next image where a person looks; on the map there is no next."""
        if self._center.shown in ("gallery", "similar"):
            self._selection.set_current(slots[-1])
            in_large = self._panel.large.picker if self.is_large else None
            (in_large or self._in_sight.picker).step(1)

    def take_out(self) -> None:
        self._document.clear_labels(self._view.attribute, self.chosen())

    def remove_exemplars(self) -> None:
        self._document.remove_exemplars(self._view.attribute, self.chosen())

    def next_unlabeled(self) -> None:
        order = self._view.order
        labels = self._document.model.labels_of(self._view.attribute)
        here = np.flatnonzero(order == self._selection.current)
        start = int(here[0]) + 1 if len(here) else 0
        rotated = np.roll(order, -start)
        found = next((slot for slot in rotated.tolist() if slot not in labels), -1)
        if found >= 0:
            self._selection.set({found}, found)

    def next_uncertain(self) -> None:
        attribute = self._view.attribute
        if attribute not in self._document.model.attributes:
            return
        confidence = self._document.by_slot(attribute).confidence[: len(self._document.images)].copy()
        labels = list(self._document.model.labels_of(attribute))
        confidence[labels] = 2
        confidence[(confidence < 0) | ~self._document.kept] = 2
        if self._selection.current >= 0:
            confidence[self._selection.current] = 2  # the next one, not the same again
        slot = int(confidence.argmin()) if len(confidence) else -1
        if slot >= 0 and confidence[slot] <= 1:
            if slot not in self._view.order:
                self._view.clear()
            self._selection.set({slot}, slot)

    # Review

    def _review(self, kind: Kind) -> None:
        self.show_gallery()
        self._view.set_filter(Filter(kind))
        first = int(self._view.order[0]) if len(self._view.order) else -1
        self._selection.set({first} if first >= 0 else (), first)

    def review_least_sure(self) -> None:
        self._review("least sure")

    def review_unknown(self) -> None:
        self._review("unknown")

    def review_suggested(self) -> None:
        self._review("suggested")

    def review_doubted(self) -> None:
        self._review("doubted")

    def accept(self) -> None:
        """Make the suggestions of the selected images labels."""
        slots = self.chosen()
        if self._document.accept(self._view.attribute, slots):
            self._advance(slots)

    def confirm(self) -> None:
        """Make the selected images exemplars of the class they have, or are suggested to have."""
        slots = self.chosen()
        if self._document.confirm_as_exemplars(self._view.attribute, slots):
            self._advance(slots)

    def accept_all(self) -> None:
        if self._panel.strip.button.isVisible():  # nothing is accepted that a person does not see
            self._panel.strip.button.click()

    def accept_slots(self, slots: list[int]) -> None:
        """Make the suggestions of these images labels."""
        self._document.accept(self._view.attribute, slots)

    def why(self) -> None:
        for card in self._inspector.cards():
            if card.attribute == self._view.attribute:
                card.why.toggle()

    def image_history(self) -> None:
        if self._selection.current >= 0:
            self._insight.ask_image_history(self._selection.current)

    def show_history(self, title: str, events: list[Event]) -> None:
        """Show a record."""
        HistoryDialog(self._window, title, events).open()

    def show_image(self, slot: int) -> None:
        """Show an image large, and what is known of it."""
        if slot not in self._view.order and self._center.shown != "similar":
            self._view.clear()
        self._selection.set({slot}, slot)
        self._show_large([slot])

    def show_channel(self, slot: int, recipe: Recipe, share: Share) -> None:
        """Show where a channel answers in an image."""
        self.show_gallery()
        self._panel.open_large(slot)
        self._insight.ask_heat(slot, recipe, share)

    def exclude(self) -> None:
        self._document.exclude(self._view.attribute, self.chosen())

    def include(self) -> None:
        self._document.include(self._view.attribute, self.chosen())

    # Classes and attributes

    def new_attribute(self) -> None:
        taken = {row.name.casefold() for row in self._document.model.attributes.values()}
        dialog = dialogs.NewAttribute(self._window, taken)
        self._workbench.look_up_recipes(dialog.offer)
        dialog.chosen.connect(self._on_new_attribute)
        dialog.open()

    def _on_new_attribute(self, name: str, recipe: str) -> None:
        made = self._document.create_attribute(name, BUILT_IN[recipe])
        if made:
            self._view.set_attribute(made)
            self._view.clear()
            self._workbench.describe()

    def new_class(self) -> None:
        self.create_class([])

    def new_class_of_selection(self) -> None:
        self.create_class(self.chosen())

    def create_class(self, slots: list[int], attribute: int = 0, added: Added = NOTHING_ADDED) -> None:
        """A new class of these exemplars; its name is typed in place."""
        attribute = attribute or self._view.attribute
        if attribute in self._document.model.attributes:
            class_id = self._document.create_class(attribute, slots=slots, added=added)
            self._window.layout_.show("classes")
            self._tree.edit_row("class", class_id)

    def rename(self) -> None:
        kind, number = self._tree.selected()
        if kind in ("class", "attribute"):
            self._window.layout_.show("classes")
            self._tree.edit_row(kind, number)

    def recolor(self) -> None:
        kind, number = self._tree.selected()
        if kind == "class":
            self.choose_swatch(number)

    def choose_swatch(self, class_id: int) -> None:
        """Ask for a class's color."""
        row = self._document.model.classes[class_id]
        dialog = QColorDialog(QColor(row.color), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Swatch of {name}", name=row.name))
        dialog.colorSelected.connect(lambda color: self._document.recolor(row.id, color.name()))
        dialog.open()

    def delete_class(self) -> None:
        kind, number = self._tree.selected()
        if kind == "class":
            self._document.delete_class(number)

    def class_history(self) -> None:
        kind, number = self._tree.selected()
        if kind == "class":
            self._insight.ask_class_history(number)

    def find_recipe(self) -> None:
        if self._view.attribute in self._document.model.attributes:
            self._insight.find_recipe(self._view.attribute)

    def show_choice(self, found: Found) -> None:
        """Show what an automatic choice tried; a person decides."""
        if found.attribute not in self._document.model.attributes:
            return
        dialog = ChoiceDialog(self._window, self._document.model.attributes[found.attribute].name, found)
        dialog.chosen.connect(lambda tried: self._insight.use(found.attribute, tried))
        dialog.open()

    def find_more(self, class_id: int) -> None:
        """Show what is suggested for a class, nearest its threshold first."""
        row = self._document.model.classes.get(class_id)
        if row is not None:
            self.show_gallery()
            self._view.set_attribute(row.attribute)
            self._view.show_only(Filter("edge", class_id))

    def on_slots_dropped(self, kind: str, number: int, slots: list[int], added: Added = NOTHING_ADDED) -> None:
        """Images of the gallery were dropped on a class, or on the place for a new one; `added` are new with it."""
        if kind == "class":
            self._document.add_exemplars(number, slots, added)
        else:
            self.create_class(slots, number, added)

    # Evaluate

    def evaluate(self) -> None:
        self.show_evaluate()
        self._center.evaluate.start()

    def show_some(self, slots: tuple[int, ...], title: str) -> None:
        """Show these images in the gallery, under a title."""
        self._view.show_only(Filter("some", 0, tuple(slots), title))
        self._selection.set(())
        self.show_gallery()

    def write_report(self, run: Run) -> None:
        """Ask for a folder and write the report of a run there."""
        name = QFileDialog.getExistingDirectory(self._window, tr("Folder for report.html, report.json and CSV tables"))
        if name:
            self._center.evaluate.write(run, Path(name))

    # View and help

    def show_gallery(self) -> None:
        self._center.show_page(self._center.gallery)

    def show_map(self) -> None:
        self._center.show_named("map")

    def show_grid(self) -> None:
        self._center.show_named("grid")

    def show_health(self) -> None:
        self._center.show_page(self._center.health)

    def show_evaluate(self) -> None:
        self._center.show_page(self._center.evaluate)

    def show_network(self) -> None:
        self._center.show_page(self._center.network)

    def look_inside(self) -> None:
        self.show_network()
        self._center.network.show_page(self._center.network.images)

    def larger(self) -> None:
        self._in_sight.set_side(self._in_sight.side + 32)

    def smaller(self) -> None:
        self._in_sight.set_side(self._in_sight.side - 32)

    @property
    def _in_sight(self) -> Gallery:
        """The thumbnails a person looks at."""
        return self._center.similar.front if self._center.shown == "similar" else self._panel.gallery

    def theme_system(self) -> None:
        self._settings.set("theme", "system")

    def theme_light(self) -> None:
        self._settings.set("theme", "light")

    def theme_dark(self) -> None:
        self._settings.set("theme", "dark")

    def show_problems(self) -> None:
        self._center.show_page(self._center.problems)

    def as_grid(self) -> None:
        self._panel.set_mode("grid")

    def as_list(self) -> None:
        self._panel.set_mode("list")

    def reverse_order(self) -> None:
        self._view.reverse()

    def show_names(self) -> None:
        self._settings.set("show_names", not self._settings.get("show_names"))

    def gray_mat(self) -> None:
        self._settings.set("gray_mat", not self._settings.get("gray_mat"))

    def sku_rule(self) -> None:
        order = self._view.order[:6].tolist()
        paths = [self._document.images[slot].path for slot in order]
        dialog = dialogs.SkuDialog(self._window, self._view.facts.sku_rule, paths)
        dialog.chosen.connect(self._view.set_sku_rule)
        dialog.open()

    def toggle_classes(self) -> None:
        self._window.layout_.toggle("classes")

    def toggle_inspector(self) -> None:
        self._window.layout_.toggle("inspector")

    def toggle_folders(self) -> None:
        self._classes.folders.button.toggle()

    def full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def shortcuts(self) -> None:
        dialogs.shortcut_sheet(self._window).open()
