"""Everything that is in the window, built once and wired. How it is started: ``start.py``."""

from __future__ import annotations

import contextlib
import getpass
import platform
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from attrlens import log, version
from attrlens.app import language, overrides
from attrlens.core import trouble
from attrlens.core.catalog.rows import ERROR
from attrlens.core.catalog.store import is_catalog
from attrlens.errors import AttrLensError
from attrlens.jobs.garbage import Garbage
from attrlens.jobs.lanes import Lanes
from attrlens.state.canvas import Canvas
from attrlens.state.canvas_export import CanvasExport
from attrlens.state.channels import Channels
from attrlens.state.copies import Copies
from attrlens.state.document import Document
from attrlens.state.evaluation import Evaluator
from attrlens.state.filework import FileWork
from attrlens.state.inside import Inside
from attrlens.state.insight import Insight
from attrlens.state.notices import Choice, Notice, Notices
from attrlens.state.order import ImageOrder
from attrlens.state.pictures import CanvasPictures, Mosaic
from attrlens.state.search import Search
from attrlens.state.selection import Selection
from attrlens.state.settings import Settings
from attrlens.state.similar import Similar
from attrlens.state.swatches import Swatches
from attrlens.state.thumbnails import LargeImages, ThumbnailProvider
from attrlens.state.view import GalleryView
from attrlens.state.work import Workbench
from attrlens.ui.activity.banner import Banner
from attrlens.ui.activity.bar import ActivityBar
from attrlens.ui.canvas.hover import HoverCard
from attrlens.ui.canvas.measures import MeasuresPage
from attrlens.ui.canvas.panel import CanvasPanel
from attrlens.ui.canvas.view import CanvasView
from attrlens.ui.center import Center
from attrlens.ui.classes.card import ClassCard
from attrlens.ui.classes.panel import ClassPanel, ClassTree
from attrlens.ui.commands import Commands
from attrlens.ui.evaluate.panel import EvaluatePanel
from attrlens.ui.evaluate.results import Results
from attrlens.ui.evaluate.wrong import WrongList
from attrlens.ui.file_commands import FileCommands
from attrlens.ui.files.folders import FolderPanel
from attrlens.ui.files.problems import ProblemsPanel
from attrlens.ui.gallery.list import ImageList
from attrlens.ui.gallery.panel import GalleryPanel
from attrlens.ui.gallery.review import ReviewStrip
from attrlens.ui.gallery.view import Gallery
from attrlens.ui.health.panel import HealthPanel
from attrlens.ui.main_window import MainWindow
from attrlens.ui.menus import Menus
from attrlens.ui.network.panel import NetworkPanel
from attrlens.ui.similar.commands import SimilarCommands
from attrlens.ui.similar.groups import GroupsPage
from attrlens.ui.similar.panel import SimilarPanel
from attrlens.ui.similar.search import SearchPage
from attrlens.ui.theme import Theme
from attrlens.ui.viewer.inspector import Inspector
from attrlens.ui.viewer.large import LargeView
from attrlens.ui.welcome import Welcome
from attrlens.words import words

logger = log.get(__name__)

FOUND_BYTES = 40_000_000
"""Tiles of them kept in memory, by each gallery."""


class App(QObject):
    """Everything, wired.

    Parameters
    ----------
    qt : QApplication
    settings : Path or None
        Settings file; None for the settings as delivered, which are not kept.
    reset_layout : bool
        Show the window, and each catalog in it, as at the first start.
    """

    def __init__(self, qt: QApplication, settings: Path | None, *, reset_layout: bool = False) -> None:
        super().__init__()
        overrides.guard()
        self.garbage = Garbage()
        self.settings = Settings(settings)
        if reset_layout:
            self.settings.reset("geometry", "thumbnail_size", "found_size", "text_size")
        self.language = language.install(qt, self.settings.get("language"))
        self.theme = Theme(
            qt, self.settings.get("theme"), self.settings.get("text_size"), self.settings.get("gray_mat"), dress=False
        )
        self.document = Document()
        self.lanes = Lanes()
        self.selection = Selection()
        self.notices = Notices()
        self.workbench = Workbench(self.document, self.lanes, self.notices, self.settings)
        self.insight = Insight(self.document, self.lanes, self.notices, self.settings, self.workbench.fits)
        self.inside = Inside(self.document, self.lanes, self.notices, self.settings, self.workbench.fits)
        self.channels = Channels(self.document, self.lanes, self.notices, self.settings, self.inside)
        self.evaluator = Evaluator(self.document, self.lanes, self.notices, self.settings)
        self.filework = FileWork(self.document, self.workbench, self.lanes, self.notices, self.settings)
        self.view = GalleryView(self.document)
        self.canvas = Canvas(self.document, self.view, self.lanes, self.notices)
        self.canvas_export = CanvasExport(self.document, self.canvas, self.lanes, self.notices, self.settings)
        self.search = Search(self.document, self.view, self.lanes, self.notices)
        self.similar = Similar(self.document, self.view, self.lanes, self.notices, self.settings, self.workbench.fits)
        self.copies = Copies(self.document, self.view, self.lanes, self.notices)
        self.thumbnails = ThumbnailProvider(self.document, self.lanes.thumbnails, self.settings)
        self.swatches = Swatches(self.document, self.lanes.thumbnails, self.settings)
        self._build_window()
        self.window.layout_.starts_over = reset_layout
        self.theme.dress()
        self.settings.changed.connect(self._on_setting)
        self.document.closed.connect(self.notices.clear)

    def _build_window(self) -> None:
        tree = ClassTree(self.document, self.view, self.theme, self.swatches)
        folders = FolderPanel(self.document, self.view, self.filework, self.theme)
        classes = ClassPanel(tree, ClassCard(self.document, self.view, self.insight, self.theme), folders, self.theme)
        gallery = Gallery(self.document, self.view, self.selection, self.thumbnails, self.swatches, self.theme)
        gallery.set_side(self.settings.get("thumbnail_size"))
        gallery.set_named(self.settings.get("show_names"))
        lane = self.lanes.thumbnails
        images = ImageList(
            self.document, self.view, self.selection, ThumbnailProvider(self.document, lane, self.settings, "list"),
            self.swatches, self.theme, gallery.picker,
        )  # fmt: skip
        large = LargeView(
            self.document,
            self.view,
            self.selection,
            self.thumbnails,
            LargeImages(self.document, lane, self.settings, "large"),
            self.theme,
        )
        strip = ReviewStrip(self.document, self.view)
        panel = GalleryPanel(
            self.document, self.view, self.selection, gallery, images, large, strip, self.similar, self.theme
        )  # fmt: skip
        inspector = Inspector(
            self.document,
            self.selection,
            self.thumbnails,
            self.swatches,
            LargeImages(self.document, lane, self.settings, "inspector"),
            self.insight,
            ThumbnailProvider(self.document, lane, self.settings, "near"),
            self.theme,
        )
        wrong = WrongList(self.document, self.selection, self.thumbnails, self.theme)
        evaluate = EvaluatePanel(self.document, self.view, self.evaluator, Results(self.theme, wrong))
        health = HealthPanel(self.document, self.view, self.insight, self.thumbnails, self.theme)
        problems = ProblemsPanel(self.document, self.theme)
        network = NetworkPanel(
            self.document, self.selection, self.view, self.inside, self.channels,
            LargeImages(self.document, lane, self.settings, "network"), self.theme,
        )  # fmt: skip
        canvas = self._build_canvas()
        similar = self._build_similar()
        center = Center(panel, health, problems, evaluate, network, canvas, similar)
        activity = ActivityBar(self.document, self.lanes, self.theme)
        banner = Banner(self.notices, self.theme)
        welcome = Welcome(self.settings)
        self.window = MainWindow(
            self.document,
            self.selection,
            self.view,
            self.settings,
            banner,
            welcome,
            classes,
            center,
            inspector,
            activity,
            self.theme,
        )
        self.commands = Commands(
            self.window, self.document, self.workbench, self.view, self.selection, self.settings, center, classes,
            self.insight, inspector,
        )  # fmt: skip
        self.finding = SimilarCommands(center, self.similar, self.copies, self.commands.chosen)
        self.files = FileCommands(
            self.window, self.document, self.workbench, self.filework, self.insight, self.notices, self.settings,
            self.commands.chosen, self.report, self.commands.on_slots_dropped, self.finding.paste,
        )  # fmt: skip
        self.window.install(self.commands, self.files, self.finding)
        self.menus = Menus(self.window, self.document, self.commands, self.insight, tree, self.window.action)
        tree.slots_dropped.connect(self.commands.on_slots_dropped)
        tree.files_dropped.connect(self.files.on_files_dropped)
        tree.menu_wanted.connect(self.menus.class_menu)
        classes.add_attribute.connect(self.commands.new_attribute)
        gallery.menu_wanted.connect(self.menus.image_menu)
        images.menu_wanted.connect(self.menus.image_menu)
        folders.tree.slots_dropped.connect(lambda folder, slots: self.filework.copy_to(slots, Path(folder)))
        folders.tree.files_dropped.connect(lambda folder, files: self.filework.copy_paths(files, Path(folder)))
        folders.tree.menu_wanted.connect(self.files.folder_menu)
        panel.similar.clicked.connect(self.finding.find_similar)
        panel.similar.dropped.connect(self.finding.find_like)
        panel.like.attribute_wanted.connect(self.finding.like_by)
        similar.search.gallery_wanted.connect(self.finding.sort_gallery)
        similar.search.folder_wanted.connect(self.files.add_folder)
        for found in similar.galleries():
            found.menu_wanted.connect(self.menus.image_menu)
            found.opened.connect(self.commands.show_image)
        problems.retry_wanted.connect(self.workbench.retry_errors)
        problems.reveal_wanted.connect(self.files.reveal_slots)
        problems.relink_wanted.connect(self.files.relink_some)
        problems.remove_wanted.connect(self.document.remove_images)
        problems.image_wanted.connect(self.commands.show_image)
        banner.details_wanted.connect(self.files.show_details)
        self.window.activated.connect(self.filework.on_window_active)
        gallery.side_changed.connect(lambda side: self.settings.set("thumbnail_size", side))
        tree.finished.connect(center.focus_front)
        self.document.performed.connect(activity.say)
        self.document.stepped.connect(activity.say)
        panel.folder_wanted.connect(self.files.add_folder)
        classes.card.health_wanted.connect(self.commands.show_health)
        strip.accept_wanted.connect(self.commands.accept_slots)
        health.some_wanted.connect(self.commands.show_some)
        health.image_wanted.connect(self.commands.show_image)
        health.more_wanted.connect(self.commands.find_more)
        inspector.image_wanted.connect(self.commands.show_image)
        inspector.channel_wanted.connect(self.commands.show_channel)
        inspector.history_wanted.connect(self.insight.ask_image_history)
        self.insight.heat_ready.connect(large.show_heat)
        self.insight.events_ready.connect(self.commands.show_history)
        self.insight.choice_ready.connect(self.commands.show_choice)
        network.image_wanted.connect(self.commands.show_image)
        evaluate.results.some_wanted.connect(self.commands.show_some)
        evaluate.report_wanted.connect(self.commands.write_report)
        inspector.retry_wanted.connect(self.workbench.retry_errors)
        canvas.view.opened.connect(self.commands.show_image)
        canvas.view.menu_wanted.connect(self.menus.image_menu)
        canvas.some_wanted.connect(lambda slots, title: self.commands.show_some(slots, title))
        canvas.class_wanted.connect(self.commands.create_class)
        canvas.folder_wanted.connect(self.files.add_folder)
        canvas.measures.evaluation_wanted.connect(self.commands.show_evaluate)
        activity.resume_wanted.connect(self.workbench.describe)
        welcome.folder_wanted.connect(self.files.add_folder)
        welcome.demo_wanted.connect(self.files.try_demo)
        welcome.catalog_wanted.connect(self.files.open_catalog)
        welcome.recent_wanted.connect(self.files.open_recent)

    def _build_similar(self) -> SimilarPanel:
        """The search for images like others, and groups."""
        lane = self.lanes.thumbnails

        def gallery(order: ImageOrder, name: str) -> Gallery:
            thumbnails = ThumbnailProvider(self.document, lane, self.settings, name)
            out = Gallery(self.document, order, self.selection, thumbnails, self.swatches, self.theme, FOUND_BYTES)
            out.set_side(self.settings.get("found_size"))
            out.side_changed.connect(lambda side: self.settings.set("found_size", side))
            return out

        left, right = self.similar.columns
        both = gallery(left, "similar left"), gallery(right, "similar right")
        search = SearchPage(
            self.document, self.view, self.selection, self.similar, both,
            ThumbnailProvider(self.document, lane, self.settings, "examples"),
            LargeImages(self.document, lane, self.settings, "example"), self.theme,
        )  # fmt: skip
        groups = GroupsPage(
            self.document, self.selection, self.copies, gallery(self.copies.order, "groups"), self.theme
        )
        return SimilarPanel(self.selection, search, groups)

    def _build_canvas(self) -> CanvasPanel:
        """The map and the grid."""
        lane = self.lanes.thumbnails
        pictures = CanvasPictures(self.document, lane, self.settings)
        mosaic = Mosaic(self.document, lane, self.settings)
        view = CanvasView(
            self.document, self.view, self.selection, self.canvas, pictures, mosaic, self.thumbnails, self.theme
        )
        near = CanvasPictures(self.document, lane, self.settings, "hover")
        hover = HoverCard(view, self.document, self.view, near, self.swatches, self.theme)
        measures = MeasuresPage(self.canvas, self.evaluator, self.inside, self.theme)
        return CanvasPanel(
            self.document, self.selection, self.canvas, self.canvas_export, view, hover, measures, self.swatches,
            self.theme,
        )  # fmt: skip

    def _on_setting(self, key: str) -> None:
        value = self.settings.get(key)
        if key == "theme":
            self.theme.choose(value)
        elif key == "found_size":
            for gallery in self.window.center.similar.galleries():
                gallery.set_side(value)
        elif key == "text_size":
            self.theme.scale_text(value)
        elif key == "gray_mat":
            self.theme.set_gray_mat(value)
        elif key == "show_names":
            self.window.panel.gallery.set_named(value)
        elif key == "resnet50_weights":
            self.workbench.describe()
        elif key == "max_pixels":
            self.workbench.retry_errors()

    def report(self, private: bool) -> str:
        """The error report; see `trouble.report`."""
        model, document = self.document.model, self.document
        counts: dict[str, int | str] = {
            "Images": document.total, "Unreadable": document.count(ERROR), "Missing": document.missing_count,
            "Attributes": len(model.attributes), "Classes": len(model.classes),
            "Exemplars": sum(map(len, model.exemplars.values())), "Labels": sum(map(len, model.labels.values())),
            "Screen": f"{self.window.width()} x {self.window.height()}, ratio {self.window.devicePixelRatioF()}",
            "Settings": ", ".join(f"{k}={self.settings.get(k)}" for k in ("language", "theme", "text_size")),
        }  # fmt: skip
        names = [row.name for row in model.attributes.values()]
        names += [row.name for row in model.classes.values()]
        names += [row.name for row in model.filters.values()]
        if document.is_open:
            names.append(document.catalog.name)
        for name in (getpass.getuser, platform.node):
            with contextlib.suppress(OSError, KeyError, ImportError):
                names.append(name())
        return trouble.report(version.versions(), counts, log.tail(), names, private=private)

    def report_exception(self, kind: type[BaseException], value: BaseException) -> None:
        """Tell the person what nobody expected."""
        if isinstance(value, AttrLensError):
            self.notices.error(value)
            return
        what = words("Something went wrong ({kind}: {reason}).", kind=kind.__name__, reason=str(value))
        ask = Choice(words("Error report…"), self.files.copy_report)
        self.notices.show(Notice(what, words("Your work is saved. The report helps to mend it."), True, (ask,)))

    def open_path(self, path: Path) -> None:
        """Open a catalog, or the catalog of a folder of images.

        Raises
        ------
        AttrLensError
            If there is nothing at `path`.
        """
        check_path(path)
        if path.is_file():  # a file manager opened what is in a catalog
            path = path.parent
        if is_catalog(path):
            self.workbench.open(path)
        else:
            self.workbench.open_folder(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Open what macOS hands over: its Finder sends an event, not an argument."""
        if isinstance(event, QFileOpenEvent) and event.file():
            try:
                self.open_path(Path(event.file()))
            except AttrLensError as error:
                self.notices.error(error)
            return True
        return super().eventFilter(watched, event)

    def open_last(self) -> None:
        """Open the catalog that was open when the program was left, if it was left so and is still there."""
        name = self.settings.get("open_catalog")
        if self.settings.get("open_last") and name and is_catalog(Path(name)):
            self.workbench.open(Path(name))

    def close(self) -> bool:
        """Cancel jobs, wait for the lanes, close the catalog; False if a lane was still busy."""
        self.thumbnails.clear()
        self.filework.close()
        ended = self.lanes.close()
        self.evaluator.close()
        self.canvas.close()
        self.document.close()
        self.garbage.close()
        return ended


def check_path(path: Path) -> None:
    """Raise AttrLensError if there is nothing at `path` that a window could open."""
    if not path.is_dir() and not is_catalog(path.parent):
        raise AttrLensError(f"{path} is neither a catalog nor a folder of images.", "Check the path.")
