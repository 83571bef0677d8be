"""What the actions on catalogs and files do: each asks the workbench or the file work, none does the work itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from attrlens import paths
from attrlens.core.catalog.keeping import Added
from attrlens.core.catalog.store import is_catalog
from attrlens.state.document import Document
from attrlens.state.filework import FileWork
from attrlens.state.insight import Insight
from attrlens.state.notices import Notice, Notices
from attrlens.state.settings import Settings
from attrlens.state.steps import Imported
from attrlens.state.work import Workbench
from attrlens.ui import dialogs, drag
from attrlens.ui.about import About
from attrlens.ui.commands import passing_menu
from attrlens.ui.widgets import literal
from attrlens.words import told, tr, words


class FileCommands(QObject):
    """Handlers of actions, by name, and of files that are dropped."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        workbench: Workbench,
        filework: FileWork,
        insight: Insight,
        notices: Notices,
        settings: Settings,
        chosen: Callable[[], list[int]],
        report: Callable[[bool], str],
        add_to_class: Callable[[str, int, list[int], Added], None],
        paste_to_search: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._workbench, self._filework = window, document, workbench, filework
        self._insight, self._notices, self._settings, self._chosen = insight, notices, settings, chosen
        self._report, self._add_to_class, self._paste_to_search = report, add_to_class, paste_to_search
        filework.relink_wanted.connect(self.relink)

    # Catalogs

    def new_catalog(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("New catalog"), tr("Garments.attrlens"), tr("Catalog (*.attrlens)")
        )
        if name:
            path = Path(name)
            self._workbench.open(path if path.suffix else path.with_suffix(".attrlens"), create=True)

    def open_catalog(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self._window, tr("Open catalog (a folder that ends in .attrlens)"), str(self._beside())
        )
        if name:
            self._workbench.open(Path(name))

    def _beside(self) -> Path:
        """Where catalogs are probably kept."""
        recent = self._settings.get("recent")
        return Path(recent[0]).parent if recent else Path.home()

    def open_recent(self, path: str) -> None:
        """Open one of the recent catalogs, or say that it is gone."""
        if is_catalog(Path(path)):
            self._workbench.open(Path(path))
            return
        self._settings.forget_recent(path)
        self._notices.show(
            Notice(
                words("The catalog {path} is not there any more.", path=path),
                words("It was taken off the list. If its drive is away, connect it and open the catalog from there."),
                is_error=True,
            )
        )

    def close_catalog(self) -> None:
        self._workbench.close_catalog()

    def try_demo(self) -> None:
        self._workbench.open_demo()

    def quit(self) -> None:
        self._window.close()

    # Images in

    def add_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, tr("Add a folder of images"))
        if name:
            self.import_paths([Path(name)])

    def add_images(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Add images"))
        if names:
            self.import_paths([Path(name) for name in names])

    def import_paths(self, sources: list[Path]) -> None:
        """Add folders or files; where there is no catalog yet, the folder gets one."""
        if len(sources) == 1 and is_catalog(sources[0]):
            self._workbench.open(sources[0])
        elif self._document.is_open:
            self._workbench.import_paths(sources, self._workbench.offer_folder_classes)
        elif sources:
            folder = next((path for path in sources if path.is_dir()), sources[0].parent)
            self._workbench.open_folder(folder, sources)

    def paste_files(self) -> None:
        """Add the files that another program copied; where images are searched, look for them."""
        if self._paste_to_search():
            return
        files = drag.files(QGuiApplication.clipboard().mimeData())
        if files:
            self.import_paths(files)
        else:
            self._document.stepped.emit(tr("There is no file to paste: copy some in your file manager"))

    def on_files_dropped(self, kind: str, number: int, files: list[Path]) -> None:
        """Files from outside were dropped on a class, or on the place for a new one: they are added first."""

        def then(found: Imported) -> bool:
            model = self._document.model
            if not found.slots or number not in (model.classes if kind == "class" else model.attributes):
                return False
            self._add_to_class(kind, number, found.slots, found.added)
            return True

        self._workbench.import_paths(files, then)

    def describe(self) -> None:
        self._workbench.describe()

    # Files that change

    def look_again(self) -> None:
        self._filework.look()

    def relink(self) -> None:
        self.relink_some(None)

    def relink_some(self, slots: Sequence[int] | None) -> None:
        """Ask where missing files are now: these, or all."""
        if self._document.is_open and self._document.missing_count:
            catalog = self._document.catalog
            name = QFileDialog.getExistingDirectory(self._window, tr("The folder where the missing files are now"))
            if name and self._workbench.is_open(catalog):
                self._filework.relink(Path(name), slots)

    def retry_errors(self) -> None:
        self._workbench.retry_errors()

    # Out

    def export_csv(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Export CSV"), "labels.csv", "CSV (*.csv)")
        if name:
            self._workbench.export_csv(Path(name))

    def export_record(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export the record"), "record.jsonl", tr("JSON lines (*.jsonl)")
        )
        if name:
            self._insight.write_record(Path(name))

    def _paths(self, slots: Sequence[int]) -> list[str]:
        images = self._document.images
        return [images[slot].path for slot in slots if not images[slot].missing]

    def copy_files(self) -> None:
        """Put the files on the clipboard: for a file manager, and as paths for a text."""
        chosen = self._paths(self._chosen())
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in chosen])
        data.setText("\n".join(chosen))
        QGuiApplication.clipboard().setMimeData(data)
        self._document.stepped.emit(tr("{n:,} file copied", "{n:,} files copied", n=len(chosen)))

    def copy_paths(self) -> None:
        paths_ = [self._document.images[slot].path for slot in self._chosen()]
        QGuiApplication.clipboard().setText("\n".join(paths_))
        self._document.stepped.emit(tr("{n:,} path copied", "{n:,} paths copied", n=len(paths_)))

    def reveal(self) -> None:
        self.reveal_slots(self._chosen())

    def reveal_slots(self, slots: Sequence[int]) -> None:
        """Show files in the file manager."""
        found = [Path(self._document.images[slot].path) for slot in slots]
        if found:
            self._filework.reveal(found)

    def open_with(self) -> None:
        self._filework.open_with([Path(path) for path in self._paths(self._chosen()[:20])])

    def copy_to_folder(self) -> None:
        slots = self._chosen()
        if slots:
            catalog = self._document.catalog
            name = QFileDialog.getExistingDirectory(self._window, tr("Copy to a folder"))
            if name and self._workbench.is_open(catalog):
                self._filework.copy_to(slots, Path(name))

    def remove_images(self) -> None:
        self._document.remove_images(self._chosen())

    # Folders of the catalog

    def folder_menu(self, folder: str, point: QPoint) -> None:
        """What can be done with a folder of the catalog."""
        menu = passing_menu(self._window)
        path = Path(folder)
        root = next((r for r in self._filework.folders if path == Path(r) or Path(r) in path.parents), "")
        chosen = self._chosen()
        copy = menu.addAction(
            tr("Copy the selected image here", "Copy the {n:,} selected images here", n=len(chosen)),
            lambda: self._filework.copy_to(chosen, path),
        )
        copy.setEnabled(bool(chosen))
        menu.addAction(tr("Show in the file manager"), lambda: self._filework.reveal([path]))
        menu.addAction(tr("Look for changes here"), lambda: self._filework.look([path]))
        if root:
            watched = menu.addAction(tr("Watch {folder}", folder=literal(Path(root).name)))
            watched.setCheckable(True)
            watched.setChecked(self._filework.folders[root])
            watched.triggered.connect(lambda on=False: self._filework.set_watched(root, on))
        menu.addSeparator()
        below = folder.rstrip("/") + "/"
        inside = [
            image.slot
            for image, kept in zip(self._document.images, self._document.kept.tolist(), strict=True)
            if kept and image.path.replace("\\", "/").startswith(below)
        ]
        menu.addAction(
            tr("Remove its image from the catalog", "Remove its {n:,} images from the catalog", n=len(inside)),
            lambda: self._document.remove_images(inside),
        )
        menu.popup(point)

    # Weights

    def resnet_weights(self) -> None:
        menu = passing_menu(self._window)
        menu.addAction(tr("Choose a file…"), self._choose_weights)
        menu.addAction(tr("Download once (95 MB)"), lambda: self._workbench.download_weights("resnet50"))
        menu.popup(self._window.mapToGlobal(QPoint(240, 40)))

    def _choose_weights(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("ResNet50 weights"), "", tr("Keras weights (*.h5 *.hdf5)")
        )
        if name:
            self._settings.set("resnet50_weights", name)

    # Help

    def messages(self) -> None:
        dialogs.messages(self._window, self._notices.history).open()

    def show_details(self, notice: Notice) -> None:
        """Show the rest of a notice."""
        parts = (notice.text, notice.hint, "", notice.details)
        dialogs.text_dialog(self._window, tr("Details"), "\n".join(told(part) for part in parts)).open()

    def show_log(self) -> None:
        self._filework.reveal([paths.log_file()])

    def copy_report(self) -> None:
        dialogs.ReportDialog(self._window, self._report).open()

    def about(self) -> None:
        About(self._window, self._filework.reveal).open()
