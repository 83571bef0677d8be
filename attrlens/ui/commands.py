"""What the actions do: each asks the document or the workbench, none does the work itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QColorDialog, QFileDialog, QInputDialog, QMenu, QWidget

from attrlens.core.auto import Found
from attrlens.core.catalog.evaluations import Run
from attrlens.core.catalog.history import Event
from attrlens.core.catalog.store import is_catalog
from attrlens.core.recipes import BUILT_IN, Recipe
from attrlens.core.why import Share
from attrlens.state.document import Document
from attrlens.state.insight import Insight
from attrlens.state.selection import Selection
from attrlens.state.settings import Settings
from attrlens.state.view import Filter, GalleryView, Kind
from attrlens.state.work import Imported, Workbench
from attrlens.ui import dialogs
from attrlens.ui.center import Center
from attrlens.ui.classes.panel import ClassTree
from attrlens.ui.records import ChoiceDialog, HistoryDialog
from attrlens.ui.viewer.inspector import Inspector


def passing_menu(window: QWidget) -> QMenu:
    """A menu that is gone when it is closed."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


class Commands(QObject):
    """Handlers of the actions, by name, and of what is dropped on classes."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        workbench: Workbench,
        view: GalleryView,
        selection: Selection,
        settings: Settings,
        center: Center,
        tree: ClassTree,
        insight: Insight,
        inspector: Inspector,
        versions: Callable[[], dict[str, str]],
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._workbench, self._view = window, document, workbench, view
        self._selection, self._settings, self._center, self._tree = selection, settings, center, tree
        self._panel, self._insight, self._inspector = center.gallery, insight, inspector
        self._versions = versions

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Every public method without arguments that is an action's handler, by its name."""
        from attrlens.ui.actions import ACTIONS

        return {spec.id: getattr(self, spec.id) for spec in ACTIONS}

    # File

    def new_catalog(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "New catalog", "Garments.attrlens", "Catalog (*.attrlens)")
        if name:
            path = Path(name)
            self._workbench.open(path if path.suffix else path.with_suffix(".attrlens"), create=True)

    def open_catalog(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, "Open catalog (a folder that ends in .attrlens)")
        if name:
            self._workbench.open(Path(name))

    def add_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, "Add a folder of images")
        if name:
            self.import_paths([Path(name)])

    def add_images(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, "Add images")
        if names:
            self.import_paths([Path(name) for name in names])

    def import_paths(self, paths: list[Path]) -> None:
        """Add folders or files; where there is no catalog yet, the folder gets one."""
        if len(paths) == 1 and is_catalog(paths[0]):
            self._workbench.open(paths[0])
        elif self._document.is_open:
            self._workbench.import_paths(paths, self._workbench.offer_folder_classes)
        elif paths:
            folder = next((path for path in paths if path.is_dir()), paths[0].parent)
            self._workbench.open_folder(folder, paths)

    def describe(self) -> None:
        self._workbench.describe()

    def export_csv(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "Export CSV", "labels.csv", "CSV (*.csv)")
        if name:
            self._workbench.export_csv(Path(name))

    def export_record(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "Export the record", "record.jsonl", "JSON lines (*.jsonl)")
        if name:
            self._insight.write_record(Path(name))

    def try_demo(self) -> None:
        self._workbench.open_demo()

    def close_catalog(self) -> None:
        self._workbench.close_catalog()

    def quit(self) -> None:
        self._window.close()

    # Edit

    def undo(self) -> None:
        self._document.undo()

    def redo(self) -> None:
        self._document.redo()

    def select_all(self) -> None:
        self._selection.set(self._view.order.tolist())

    def select_none(self) -> None:
        self._selection.set(())

    def select_inverse(self) -> None:
        self._selection.set(set(self._view.order.tolist()) - self._selection.slots)

    # Image

    def preview(self) -> None:
        if self._panel.is_large:
            self._panel.close_large()
        elif self._selection.current >= 0:
            self._panel.open_large(self._selection.current)

    def chosen(self) -> list[int]:
        """Selected images that the gallery shows, in its order; the one image in the large view."""
        if self._panel.is_large:
            return [self._selection.current]
        shown = self._panel.gallery.drag_slots()
        if not shown and self._selection.current in self._view.order:
            shown = [self._selection.current]
        return shown

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
        self._selection.set_current(slots[-1])
        self._panel.gallery.move_current(1)

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
        confidence[confidence < 0] = 2
        if self._selection.current >= 0:
            confidence[self._selection.current] = 2  # the next one, not the same again
        slot = int(confidence.argmin()) if len(confidence) else -1
        if slot >= 0 and confidence[slot] <= 1:
            if slot not in self._view.order:
                self._view.set_filter(Filter())
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
        self.show_gallery()
        if slot not in self._view.order:
            self._view.set_filter(Filter())
        self._selection.set({slot}, slot)
        self._panel.open_large(slot)

    def show_channel(self, slot: int, recipe: Recipe, share: Share) -> None:
        """Show where a channel answers in an image."""
        self.show_gallery()
        self._panel.open_large(slot)
        self._insight.ask_heat(slot, recipe, share)

    def exclude(self) -> None:
        self._document.exclude(self._view.attribute, self.chosen())

    def include(self) -> None:
        self._document.include(self._view.attribute, self.chosen())

    def copy_paths(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._document.images[slot].path for slot in self.chosen()))

    def retry_errors(self) -> None:
        self._workbench.retry_errors()

    # Classes and attributes

    def new_attribute(self) -> None:
        taken = {row.name.casefold() for row in self._document.model.attributes.values()}
        dialog = dialogs.NewAttribute(self._window, taken)
        self._workbench.look_up_recipes(dialog.offer)
        dialog.chosen.connect(self._on_new_attribute)
        dialog.open()

    def _on_new_attribute(self, name: str, recipe: str) -> None:
        self._view.set_attribute(self._document.create_attribute(name, BUILT_IN[recipe]))
        self._view.set_filter(Filter())
        self._workbench.describe()

    def new_class(self) -> None:
        self.create_class([])

    def new_class_of_selection(self) -> None:
        self.create_class(self.chosen())

    def create_class(self, slots: list[int], attribute: int = 0) -> None:
        """A new class of these exemplars; its name is typed in place."""
        attribute = attribute or self._view.attribute
        if attribute in self._document.model.attributes:
            self._tree.edit_row("class", self._document.create_class(attribute, slots=slots))

    def rename(self) -> None:
        kind, number = self._tree.selected()
        if kind in ("class", "attribute"):
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
        dialog.setWindowTitle(f"Swatch of {row.name}")
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
            self._view.set_filter(Filter("edge", class_id))

    def on_slots_dropped(self, kind: str, number: int, slots: list[int]) -> None:
        """Images of the gallery were dropped on a class, or on the place for a new one."""
        if kind == "class":
            self._document.add_exemplars(number, slots)
        else:
            self.create_class(slots, number)

    def on_files_dropped(self, kind: str, number: int, files: list[Path]) -> None:
        """Files from outside were dropped there: they are added to the catalog first."""

        def then(found: Imported) -> None:
            model = self._document.model
            if found.slots and number in (model.classes if kind == "class" else model.attributes):
                self.on_slots_dropped(kind, number, found.slots)

        self._workbench.import_paths(files, then)

    # Evaluate

    def evaluate(self) -> None:
        self.show_evaluate()
        self._center.evaluate.start()

    def show_some(self, slots: tuple[int, ...], title: str) -> None:
        """Show these images in the gallery, under a title."""
        self._view.set_filter(Filter("some", 0, tuple(slots), title))
        self._selection.set(())
        self.show_gallery()

    def write_report(self, run: Run) -> None:
        """Ask for a folder and write the report of a run there."""
        name = QFileDialog.getExistingDirectory(self._window, "Folder for report.html, report.json and CSV tables")
        if name:
            self._center.evaluate.write(run, Path(name))

    # View and help

    def show_gallery(self) -> None:
        self._center.show_page(self._center.gallery)

    def show_health(self) -> None:
        self._center.show_page(self._center.health)

    def show_evaluate(self) -> None:
        self._center.show_page(self._center.evaluate)

    def larger(self) -> None:
        self._panel.gallery.set_side(self._panel.gallery.side + 32)

    def smaller(self) -> None:
        self._panel.gallery.set_side(self._panel.gallery.side - 32)

    def theme_system(self) -> None:
        self._settings.set("theme", "system")

    def theme_light(self) -> None:
        self._settings.set("theme", "light")

    def theme_dark(self) -> None:
        self._settings.set("theme", "dark")

    def size_limit(self) -> None:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Largest image read")
        dialog.setLabelText("Images with more megapixels are refused (a broken or hostile file may claim any size):")
        dialog.setIntRange(1, 10_000)
        dialog.setIntValue(self._settings.get("max_pixels") // 1_000_000)
        dialog.intValueSelected.connect(self._on_size_limit)
        dialog.open()

    def _on_size_limit(self, megapixels: int) -> None:
        self._settings.set("max_pixels", megapixels * 1_000_000)
        if self._document.is_open:
            self._workbench.retry_errors()

    def resnet_weights(self) -> None:
        menu = passing_menu(self._window)
        menu.addAction("Choose a file…", self._choose_weights)
        menu.addAction("Download once (95 MB)", lambda: self._workbench.download_weights("resnet50"))
        menu.popup(self._window.mapToGlobal(QPoint(240, 40)))

    def _choose_weights(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "ResNet50 weights", "", "Keras weights (*.h5 *.hdf5)")
        if name:
            self._settings.set("resnet50_weights", name)
            self._workbench.describe()

    def shortcuts(self) -> None:
        dialogs.shortcut_sheet(self._window).open()

    def about(self) -> None:
        dialogs.about(self._window, self._versions()).open()
