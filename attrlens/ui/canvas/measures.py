"""How well map and grid show what is alike: numbers of the layout, and charts of the newest full evaluation."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from attrlens.state.canvas import Canvas
from attrlens.state.evaluation import Evaluator
from attrlens.state.inside import Inside
from attrlens.ui.flow import Flow
from attrlens.ui.network import plots
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named, titled
from attrlens.words import number, told, tr, words

ROWS = (
    ("neighbors_kept", words("Nearest kept"),
     words("Share of the 15 images nearest by descriptors that are among the 15 nearest here")),
    ("layout_neighbors_kept", words("Nearest of the map kept"),
     words("Share of the 15 nearest on the map that are among the 15 nearest cells")),
    ("class_purity", words("Class purity"), words("Share of the 10 nearest that are of the image's own class")),
    ("trustworthiness", words("Trustworthiness"), words("1 less what lies near without being alike")),
    ("continuity", words("Continuity"), words("1 less what is alike and lies far away")),
    ("distance_correlation", words("Distances"), words("Rank correlation of distances here and by descriptors")),
    ("contiguity", words("Clusters in one piece"), words("Share of images in the largest piece of their cluster")),
    ("dpq_16", words("Distance preservation"), words("DPQ with p = 16, up to 4,096 images: 1 is the best there is")),
    ("clusters", words("Clusters"), words("Found by HDBSCAN; labels are not used")),
    ("noise", words("In no cluster"), words("Share of the images")),
    ("ari", words("Clusters and classes, ARI"), words("Adjusted Rand index: 0 by chance, 1 the same")),
    ("ami", words("Clusters and classes, AMI"), words("Adjusted mutual information: 0 by chance, 1 the same")),
    ("seconds", words("Seconds"), words("That the grid took")),
)  # fmt: skip
WHOLE = ("clusters",)


class MeasuresPage(QScrollArea):
    """Numbers and charts.

    Signals
    -------
    evaluation_wanted()
        A full evaluation is to be run, where the charts come from.
    """

    evaluation_wanted = Signal()

    def __init__(self, canvas: Canvas, evaluator: Evaluator, inside: Inside, theme: Theme) -> None:
        super().__init__()
        self._canvas, self._evaluator, self._inside, self._theme = canvas, evaluator, inside, theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._table = QTableWidget()
        titled(self._table, (tr("Measure"), tr("Map"), tr("Grid")), numbers=True)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for i in (1, 2):
            header.setSectionResizeMode(i, QHeaderView.ResizeMode.ResizeToContents)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setAccessibleName(tr("Measures"))
        self._again = QPushButton(tr("Measure again"))
        self._again.clicked.connect(canvas.ask_measures)
        self._note = label("", "dim", wrap=True)
        self._evaluate = QPushButton(tr("Evaluate everything…"))
        self._evaluate.clicked.connect(self.evaluation_wanted)
        self._charts = Flow(spacing=16)
        self._made: list[Any] = []
        self._shown: object = None
        body = self._body = named(QWidget(), "center")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("This layout"), "name"))
        column.addWidget(self._table)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(label(tr("Against the labels"), "name"))
        column.addWidget(self._note)
        column.addWidget(self._evaluate, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._charts)
        column.addStretch(1)
        self.setWidget(body)
        canvas.measured.connect(self._fill)
        canvas.layout_changed.connect(lambda moving: None if moving else self._fill())
        canvas.busy_changed.connect(self._fill_button)
        evaluator.changed.connect(self._fill_charts)
        inside.charts_ready.connect(self._fill_charts)
        theme.changed.connect(self._repaint)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._inside.ask_charts()
        self._fill()
        self._fill_charts()

    def picture(self) -> QImage:
        """All of the page, also what is scrolled out of sight."""
        return self._body.grab().toImage()

    def _fill_button(self) -> None:
        self._again.setEnabled(self._canvas.layout is not None and not self._canvas.is_busy)

    def _fill(self) -> None:
        self._fill_button()
        found = self._canvas.measures or {}
        rows = [row for row in ROWS if any(row[0] in part for part in found.values())]
        self._table.setRowCount(max(1, len(rows)))
        if not rows:
            self._table.setItem(0, 0, QTableWidgetItem(tr("Not measured yet")))
            for column in (1, 2):
                self._table.setItem(0, column, QTableWidgetItem(""))
        for i, (key, title, tip) in enumerate(rows):
            first = QTableWidgetItem(told(title))
            first.setToolTip(told(tip))
            self._table.setItem(i, 0, first)
            for column, of in ((1, "map"), (2, "grid")):
                value = found.get(of, {}).get(key)
                text = "" if value is None else number(round(value)) if key in WHOLE else number(value, ".3f")
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(told(tip))
                self._table.setItem(i, column, item)
        line = self._theme.px(28)
        self._table.verticalHeader().setDefaultSectionSize(line)
        height = self._table.horizontalHeader().sizeHint().height() + line * self._table.rowCount() + 4
        self._table.setFixedHeight(height)
        self._table.setMaximumWidth(self._theme.px(440))
        self._fill_charts()

    # Charts of an evaluation

    def _report(self) -> tuple[float, dict[str, Any]] | None:
        """When the newest evaluation with reduced spaces was made, and what it found."""
        for run in self._evaluator.runs(self._canvas.attribute):
            report = self._evaluator.report(run)
            if report is None:
                return None  # it is read
            if "pair_distances" in report["results"] or "knn_umap" in report["results"]:
                return run.time, report["results"]
        return None

    def _fill_charts(self) -> None:
        if not self.isVisible():
            return
        found = self._report()
        if found is None:
            text = tr("Clusters by block, distances of pairs and nearest neighbors in reduced spaces come from a full "
                      "evaluation of this attribute, which takes a minute or two.")  # fmt: skip
            self._note.setText(text)
        else:
            self._note.setText(tr("From the evaluation of {time}.",
                                  time=time.strftime("%Y-%m-%d %H:%M", time.localtime(found[0]))))  # fmt: skip
        key = found and (found[0], self._canvas.attribute)
        if not self._inside.has_charts or key == self._shown:
            return
        self._shown = key
        while self._charts.count():
            item = self._charts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._made = []
        if found is not None:
            for make in (self._clusters, self._reduced, self._pairs):
                make(found[1])
            for plot in self._made:
                plot.setFixedSize(self._theme.px(340), self._theme.px(230))
                self._charts.addWidget(plot)

    def _chart(self, title: str, bottom: str, left: str) -> Any:
        plot = plots.chart(self._theme, title, bottom, left, small=True)
        plot.setTitle(title, color=self._theme.tokens.text, size=f"{self._theme.px(12)}px")
        plot.addLegend(offset=(-8, 8), labelTextColor=self._theme.tokens.text, brush=self._theme.tokens.window)
        self._made.append(plot)
        return plot

    def _clusters(self, results: dict[str, Any]) -> None:
        rows = results.get("clusters")
        if rows:
            plot = self._chart(tr("Clusters and labels, by block"), tr("block"), "")
            blocks = sorted(rows, key=_number)
            for name, color in (("ari", "#56b4e9"), ("ami", "#e69f00")):
                line = plots.curve(
                    plot, [_number(b) for b in blocks], [rows[b][name] for b in blocks], color, dots=True
                )
                plot.plotItem.legend.addItem(line, name.upper())
            plot.setYRange(0, 1)

    def _reduced(self, results: dict[str, Any]) -> None:
        rows = results.get("knn_umap")
        if rows:
            block, values = next(iter(rows.items()))
            plot = self._chart(tr("Nearest neighbor after UMAP, {block}", block=block), tr("dimensions"), tr("right"))
            ordered = sorted(values, key=int)
            places = list(range(len(ordered)))
            line = plots.curve(plot, places, [values[d] for d in ordered], "#009e73", dots=True)
            plot.plotItem.legend.addItem(line, tr("right"))
            plot.getAxis("bottom").setTicks([list(zip(places, ordered, strict=True))])

    def _pairs(self, results: dict[str, Any]) -> None:
        rows = results.get("pair_distances")
        if not rows:
            return
        block = min(rows, key=lambda name: float(rows[name]["original"]["overlap"]))
        for space, title in (("original", tr("Pairs, {block}", block=block)),
                             ("umap", tr("Pairs after UMAP, {block}", block=block))):  # fmt: skip
            entry = rows[block][space]
            shared = number(entry["overlap"], ".0%")
            plot = self._chart(f"{title} · " + tr("overlap {share}", share=shared), tr("distance"), tr("share"))
            middles = [(a + b) / 2 for a, b in zip(entry["edges"], entry["edges"][1:], strict=False)]
            for name, text, color in (("same_class", tr("same class"), "#0072b2"),
                                      ("other_class", tr("other class"), "#d55e00")):  # fmt: skip
                plot.plotItem.legend.addItem(plots.curve(plot, middles, entry[name], color), text)

    def _repaint(self) -> None:
        self._shown = object()
        self._fill_charts()


def _number(block: str) -> int:
    return int("".join(c for c in block if c.isdigit()) or 0)
