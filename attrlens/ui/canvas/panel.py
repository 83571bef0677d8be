"""The Map and Grid tabs: one canvas, its tools above, legend and parameters beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.export.canvas import WIDEST
from attrlens.core.layout.coloring import KINDS
from attrlens.core.layout.gridcut import Grid
from attrlens.state.canvas import Canvas, Mode
from attrlens.state.canvas_colors import NEEDS_CLASSES
from attrlens.state.canvas_export import CanvasExport, What
from attrlens.state.document import Document
from attrlens.state.selection import Selection
from attrlens.state.swatches import Swatches
from attrlens.ui.canvas.arranging import Arranging
from attrlens.ui.canvas.hover import HoverCard
from attrlens.ui.canvas.legend import Legend
from attrlens.ui.canvas.measures import MeasuresPage
from attrlens.ui.canvas.view import CanvasView, Tool
from attrlens.ui.flow import Flow
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import EmptyPage, combo, label, named, side_by_side, tool
from attrlens.words import number, told, tr

BESIDE = 216
"""Width of the legend at 100 % text size."""


class CanvasPanel(QWidget):
    """The canvas with all that belongs to it.

    Signals
    -------
    some_wanted(object slots, str title)
        These images are to be shown in the gallery.
    class_wanted(object slots)
        They are to become exemplars of a new class.
    folder_wanted()
        There is no image yet.
    """

    some_wanted = Signal(object, str)
    class_wanted = Signal(object)
    folder_wanted = Signal()

    def __init__(
        self, document: Document, selection: Selection, canvas: Canvas, export: CanvasExport, view: CanvasView,
        hover: HoverCard, measures: MeasuresPage, swatches: Swatches, theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "center")
        self._document, self._selection, self._canvas, self._export = document, selection, canvas, export
        self._theme = theme
        self.view, self.measures = view, measures
        self.legend = Legend(canvas, swatches, theme)
        self.arranging = Arranging(canvas)
        self._empty = EmptyPage(wrap=True)
        self._empty.button.clicked.connect(self.folder_wanted)
        self._stack = QStackedWidget()
        for page in (view, self._empty, measures):
            self._stack.addWidget(page)
        self._side = self._make_side()
        self._status = label("", "small")
        self._shows_measures = False
        self._measures_to: Path | None = None
        self._measured: Grid | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self._split = side_by_side(self._stack, self._side, (10_000, theme.px(BESIDE)), wide=0)
        column.addWidget(self._split, 1)
        foot = named(QWidget(), "center")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._status, 1)
        column.addWidget(foot)
        hover.setParent(view)
        view.hovered.connect(hover.point_at)
        view.tool_changed.connect(self._on_tool)
        self.legend.menu_wanted.connect(self._on_menu)
        for signal in (
            canvas.layout_changed, canvas.options_changed, canvas.busy_changed, canvas.colors_changed,
            selection.changed, document.images_added, document.images_changed, document.kept_changed,
        ):  # fmt: skip
            signal.connect(self._say)
        canvas.options_changed.connect(self._fill)
        canvas.measured.connect(self._on_measured)
        canvas.busy_changed.connect(self._measure_once)
        canvas.grid_changed.connect(self._measure_once)
        self._fill()
        self._say()

    def _make_head(self) -> QWidget:
        theme, view = self._theme, self.view
        self._tools: dict[Tool, QToolButton] = {}
        names: tuple[tuple[Tool, str, str], ...] = (
            ("pan", "hand", tr("Move the picture (G)")),
            ("lasso", "lasso", tr("Draw around images to select them (S)")),
        )
        for name, picture, tip in names:
            button = tool(picture, theme, tip)
            button.setCheckable(True)
            button.clicked.connect(partial(self._choose_tool, name))
            self._tools[name] = button
        out = tool("zoom-out", theme, tr("Zoom out (-)"))
        out.clicked.connect(lambda: view.zoom(0.8))
        near = tool("zoom-in", theme, tr("Zoom in (+)"))
        near.clicked.connect(lambda: view.zoom(1.25))
        fit = tool("maximize", theme, tr("See everything (Home)"))
        fit.clicked.connect(view.fit)
        self._pictures = QCheckBox(tr("Pictures"))
        self._pictures.setToolTip(tr("Show pictures on the map where there is room"))
        self._pictures.toggled.connect(self._canvas.set_pictures)
        self._measure = QPushButton(tr("Measures"))
        self._measure.setCheckable(True)
        self._measure.setToolTip(tr("How well map and grid show what is alike"))
        self._measure.toggled.connect(self._on_measures)
        self._out = QPushButton(tr("Export…"))
        self._out.setMenu(self._make_export_menu())
        head = named(QWidget(), "top")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 6, 12, 6)
        flow = Flow()
        for widget in (*self._tools.values(), out, near, fit, self._pictures, self._measure, self._out):
            flow.addWidget(widget)
        row.addLayout(flow, 1)
        self._on_tool(view.tool)
        return head

    def _make_export_menu(self) -> QMenu:
        menu = QMenu(self)
        kinds: tuple[tuple[str, What], ...] = (
            (tr("Map as PNG…"), "map png"), (tr("Grid as PNG…"), "grid png"), (tr("Map as SVG…"), "map svg"),
            (tr("Grid as SVG…"), "grid svg"), (tr("Layout as a table…"), "layout"), (tr("Measures…"), "measures"),
        )  # fmt: skip
        for text, what in kinds:
            menu.addAction(text, partial(self._ask_export, what))
        menu.addAction(tr("Measures as a picture…"), self._ask_picture)
        return menu

    def _make_side(self) -> QWidget:
        side = named(QWidget(), "right")
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(tr("Beside the map"))
        pages = QStackedWidget()
        for name, page in ((tr("Legend"), self._make_legend()), (tr("Arrange"), self.arranging)):
            self._tabs.addTab(name)
            pages.addWidget(page)
        self._tabs.currentChanged.connect(pages.setCurrentIndex)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(pages, 1)
        side.setMinimumWidth(self._theme.px(168))
        return side

    def _make_legend(self) -> QWidget:
        """What the colors mean, chosen above, row by row below."""
        self._kind = combo(
            ((tr("Colors: {what}", what=told(text)), key) for key, text in KINDS.items()), tr("Color by")
        )
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kind.setMinimumContentsLength(8)
        self._kind.activated.connect(lambda: self._canvas.set_kind(self._kind.currentData()))
        self._all = named(QPushButton(tr("Show all")), "link")
        self._all.clicked.connect(self._canvas.show_all)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 2)
        top.addWidget(self._kind)
        column.addLayout(top)
        column.addWidget(self.legend, 1)
        column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._canvas.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._canvas.watch(False)

    # What others ask of it

    def shown_slots(self) -> list[int]:
        """Images on the canvas that neither the filter nor the legend leaves out."""
        layout = self._canvas.layout
        found: list[int] = [] if layout is None else layout.slots[self._canvas.shown_mask()].tolist()
        return found

    def set_mode(self, mode: Mode) -> None:
        """Show the map or the grid."""
        self.view.set_mode(mode)
        self._pictures.setEnabled(mode == "map")
        self._say()

    def show_arranging(self) -> None:
        """Bring the parameters to the front."""
        self._tabs.setCurrentIndex(1)

    # Within

    def _fill(self) -> None:
        self._kind.setCurrentIndex(self._kind.findData(self._canvas.kind))
        rows = self._kind.model()
        has_classes = bool(self._document.model.classes_of(self._canvas.attribute))
        for i in range(self._kind.count()):
            item = rows.item(i) if isinstance(rows, QStandardItemModel) else None
            if item is not None:  # what nobody has taught yet has no color
                item.setEnabled(has_classes or self._kind.itemData(i) not in NEEDS_CLASSES)
        blocker = QSignalBlocker(self._pictures)
        self._pictures.setChecked(self._canvas.pictures)
        del blocker

    def _choose_tool(self, name: Tool) -> None:
        self.view.set_tool(name)
        self._on_tool(name)  # a click on the one that is chosen leaves it chosen

    def _on_tool(self, name: str) -> None:
        for key, button in self._tools.items():
            button.setChecked(key == name)

    def _on_measures(self, on: bool) -> None:
        self._shows_measures = on
        self._say()
        self._measure_once()

    def _measure_once(self, *_: object) -> None:
        """Measure what is looked at; once each grid, also if it cannot be measured."""
        layout, canvas = self._canvas.layout, self._canvas
        is_final = layout is not None and layout.method == "umap" and not canvas.is_busy and canvas.grid is not None
        if self._shows_measures and is_final and canvas.measures is None and canvas.grid is not self._measured:
            self._measured = canvas.grid
            canvas.ask_measures()

    def _say(self, *_: object) -> None:
        """Show the canvas, or why there is none; and what there is, at the foot."""
        layout, document = self._canvas.layout, self._document
        self._measure.setEnabled(layout is not None or self._shows_measures)
        self._out.setEnabled(layout is not None)
        self._all.setVisible(bool(self._canvas.hidden))
        if not document.is_open:
            return
        if layout is None and not document.total:
            self._empty.say(tr("No images yet"), tr("Add a folder, and its images lie here by how alike they are."),
                            tr("Add folder…"))  # fmt: skip
        elif layout is None and self._canvas.problem is not None:
            self._empty.say(told(self._canvas.problem.message), told(self._canvas.problem.hint))
        elif not self._canvas.attribute:
            self._empty.say(tr("No attribute"), tr("A map is made by an attribute, such as color."))
        page = self.measures if self._shows_measures else self.view if layout is not None else self._empty
        if layout is None and self._canvas.attribute and document.total and self._canvas.problem is None:
            page = self.measures if self._shows_measures else self.view  # it is there in a moment
        self._stack.setCurrentWidget(page)
        self._status.setText(" · ".join(self._facts()))

    def _facts(self) -> list[str]:
        layout, document = self._canvas.layout, self._document
        if layout is None:
            return []
        name = document.model.attributes[layout.attribute].name if layout.attribute in document.model.attributes else ""
        out = [name, tr("{n:,} image", "{n:,} images", n=len(layout.slots))]
        if len(layout.slots) < document.total:
            out.append(tr("{n:,} not described yet", n=document.total - len(layout.slots)))
        shown = int(self._canvas.shown_mask().sum())
        if shown < len(layout.slots):
            out.append(tr("{n} shown", n=number(shown)))
        if len(self._selection):
            out.append(tr("{n} selected", n=number(len(self._selection))))
        if self._canvas.is_busy:
            out.append(tr("being laid out") if self._canvas.moving is None else tr("moving"))
        elif layout.method == "umap":
            out.append(tr("{n:,} cluster", "{n:,} clusters", n=layout.cluster_count))
        return out

    def _on_menu(self, key: int, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, key)
        menu.popup(point)

    def fill_menu(self, menu: QMenu, key: int) -> QMenu:
        """What can be done with the images of a category."""
        canvas, slots = self._canvas, self._canvas.slots_of(key)
        found = canvas.coloring()
        title = next((told(one.title) for one in found.categories if one.key == key), "") if found else ""
        menu.addAction(tr("Only these"), partial(canvas.isolate, key))
        menu.addAction(tr("Show all"), canvas.show_all).setEnabled(bool(canvas.hidden))
        menu.addAction(tr("Select these"), partial(self._select, slots)).setEnabled(bool(slots))
        menu.addAction(tr("Show in the gallery"), partial(self.some_wanted.emit, slots, title)).setEnabled(bool(slots))
        menu.addSeparator()
        menu.addAction(tr("New class of these"), partial(self.class_wanted.emit, slots)).setEnabled(bool(slots))
        part = menu.addMenu(tr("Add as exemplars to"))
        for row in self._document.model.classes_of(canvas.attribute):
            part.addAction(row.name.replace("&", "&&"), partial(self._document.add_exemplars, row.id, slots))
        part.setEnabled(bool(slots) and not part.isEmpty())
        return menu

    def _select(self, slots: list[int]) -> None:
        self._selection.set(slots, slots[0] if slots else -1)
        self.view.setFocus()

    def _ask_picture(self) -> None:
        """Save the page of measures as it is seen, charts included."""
        self._measure.setChecked(True)
        name, _ = QFileDialog.getSaveFileName(self, tr("Export"), "measures.png", "PNG (*.png)")
        if name:
            path = Path(name)
            self._export.write_image(self.measures.picture(), path if path.suffix else path.with_suffix(".png"))

    def _ask_export(self, what: What) -> None:
        if self._canvas.layout is None:
            return
        kind = {"png": "PNG (*.png)", "svg": "SVG (*.svg)", "layout": "CSV (*.csv);;Parquet (*.parquet)",
                "measures": "JSON (*.json);;CSV (*.csv)"}[what.rpartition(" ")[2]]  # fmt: skip
        width = 4096
        if what.endswith("png"):
            width, is_given = QInputDialog.getInt(self, tr("Export"), tr("Width in pixels:"), width, 256, WIDEST, 256)
            if not is_given:
                return
        first = {"layout": "layout.csv", "measures": "metrics.json"}.get(what, what.replace(" ", "."))
        name, chosen = QFileDialog.getSaveFileName(self, tr("Export"), first, kind)
        if name:
            path = Path(name)
            if not path.suffix:
                path = path.with_suffix("." + chosen.rpartition("*.")[2].rstrip(")"))
            if what == "measures" and self._canvas.measures is None:
                self._measures_to = path
                self._canvas.ask_measures()
                return
            self._export.write(what, path, width)

    def _on_measured(self) -> None:
        """Write the measures that were asked for before there were any."""
        path, self._measures_to = self._measures_to, None
        if path is not None:
            self._export.write("measures", path)
