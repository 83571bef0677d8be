"""One run, from its headline to its last table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.catalog.evaluations import Run
from attrlens.core.evaluate.compare import Comparison, compare
from attrlens.core.evaluate.parts import PARTS
from attrlens.state.evaluation import Progress
from attrlens.ui.evaluate.charts import Curve, Reliability
from attrlens.ui.evaluate.matrix import ConfusionMatrix
from attrlens.ui.evaluate.wrong import WrongList
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named

Numbers = Mapping[str, Any]
CLASS_HINT = (
    "Precision: of what is decided so, how much is. Recall: of what is so, how much is found. "
    "Click a class to see what went wrong in it."
)
CLASS_COLUMNS = {
    "Class": "Weakest first",
    "Images": "Labeled so",
    "Precision": "Of what is decided so, how much is",
    "Recall": "Of what is so, how much is found",
    "F1": "The harmonic mean of the two",
    "95 %": "Where F1 lies with 95 % confidence",
}
BLOCK_COLUMNS = {
    "Block": "Shallow to deep",
    "Mean": "Accuracy of the nearest class mean, Euclidean",
    "Cosine": "Accuracy of the nearest class mean, cosine",
    "1-NN": "Accuracy of the nearest neighbor",
    "4-NN": "Accuracy of the majority of four neighbors",
    "Discr.": "Accuracy of the discriminant",
    "P@10": "Share of the ten most similar that are of the same class",
    "ARI": "Clusters against labels: adjusted Rand index",
    "AMI": "Clusters against labels: adjusted mutual information",
    "Overlap": "How far distances within a class and between classes overlap",
}
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def percent(value: float | None) -> str:
    """A share for people."""
    return "–" if value is None else f"{100 * value:.1f} %"


class Card(QFrame):
    """A number with its meaning."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._value, self._change = label("", "number"), label("", "dim")
        self._text = label("", "small", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._value)
        top.addWidget(self._change, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self._text)
        column.addStretch(1)

    def show_number(self, value: str, text: str, change: str = "") -> None:
        """Show it, with its change since the run it is compared with."""
        self._value.setText(value)
        self._change.setText(change)
        self._text.setText(text)


class Table(QTableWidget):
    """A table as tall as its rows, inside a page that scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(28)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def fill(self, head: Mapping[str, str], rows: Sequence[Sequence[str]]) -> None:
        """Show rows; the first column is text, the others are numbers. `head`: names and what they mean."""
        self.clear()
        self.setColumnCount(len(head))
        self.setRowCount(len(rows))
        for j, (name, told) in enumerate(head.items()):
            item = QTableWidgetItem(name)
            item.setToolTip(told)
            item.setTextAlignment(RIGHT if j else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(j, item)
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                item = QTableWidgetItem(text)
                if j:
                    item.setTextAlignment(RIGHT)
                self.setItem(i, j, item)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + 28 * len(rows) + 14)


class Results(QWidget):
    """The page of a run.

    Signals
    -------
    some_wanted(tuple slots, str title)
        These images are to be shown in the gallery.
    """

    some_wanted = Signal(object, str)

    def __init__(self, theme: Theme, wrong: WrongList) -> None:
        super().__init__()
        self._images: Sequence[Numbers] = ()
        self._wrong = wrong
        self._shown: tuple[int, int, int] | None = None
        self._told = ""
        self._about = label("", "dim", wrap=True)
        self._cards = [Card() for _ in range(5)]
        self.matrix = ConfusionMatrix(theme)
        self.classes = Table("Class by class")
        self.blocks = Table("Block by block")
        self._reliability, self._curve = Reliability(theme), Curve(theme)
        self._better, self._worse = named(QPushButton(), "link"), named(QPushButton(), "link")
        self._changes = QWidget()
        self._reduced, self._took = label("", "dim", wrap=True), label("", "small", wrap=True)
        self._slots_now: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
        wrong.some_wanted.connect(self.some_wanted)
        self.matrix.cell_chosen.connect(self._on_cell)
        self.classes.cellClicked.connect(self._on_class)
        self._better.clicked.connect(lambda: self.some_wanted.emit(self._slots_now[0], "Right now, wrong before"))
        self._worse.clicked.connect(lambda: self.some_wanted.emit(self._slots_now[1], "Wrong now, right before"))
        self._lay_out()

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(8)
        for card in self._cards:
            cards.addWidget(card, 1)
        changes = QHBoxLayout(self._changes)
        changes.setContentsMargins(0, 0, 0, 0)
        changes.addWidget(self._better)
        changes.addWidget(self._worse)
        changes.addStretch(1)
        self._matrix_box = _section(
            "What is taken for what",
            "Row: the label. Column: the decision. Click a cell to see its images.",
            self.matrix,
        )
        self._class_box = _section("Class by class", CLASS_HINT, self.classes)
        self._honest_box = _section(
            "Is its confidence honest?", "On the line it is; larger dots are more images.", self._reliability
        )
        self._curve_box = _section(
            "How many exemplars does it take?", "The band: least and most of five draws.", self._curve
        )
        self._block_box = _section(
            "Block by block", "The thesis's methods on each block's mean activations.", self.blocks
        )
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(20)
        self._pair.addWidget(self._matrix_box, 0, Qt.AlignmentFlag.AlignTop)
        self._pair.addWidget(self._class_box, 1, Qt.AlignmentFlag.AlignTop)
        charts = QHBoxLayout()
        charts.setSpacing(24)
        charts.addWidget(self._honest_box, 1)
        charts.addWidget(self._curve_box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self._about)
        column.addLayout(cards)
        column.addWidget(self._changes)
        column.addLayout(self._pair)
        column.addWidget(self._wrong)
        column.addLayout(charts)
        column.addWidget(self._block_box)
        column.addWidget(self._reduced)
        column.addWidget(self._took)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.matrix.width() + 660 <= self.width()
        self._pair.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    @property
    def is_empty(self) -> bool:
        """Whether no run is shown."""
        return self._shown is None

    def text(self) -> str:
        """All words now shown."""
        return "\n".join(w.text() for w in self.findChildren(QLabel) if w.isVisibleTo(self) and w.text())

    def want_pictures(self) -> None:
        """Ask for pictures: the page has come into view."""
        self._wrong.want()

    # What is shown

    def show_run(self, run: Run, report: Numbers, earlier: Run | None, compared: Numbers | None) -> None:
        """Show a run and its report, beside an earlier one if there is one."""
        key = (run.attribute, run.id, earlier.id if earlier else 0)
        if key == self._shown:
            return  # a label changed somewhere: the rows look after themselves
        self._shown = key
        change = compare(report, compared) if compared is not None else None
        left = ", ".join(f"{name} ({n})" for name, n in report["left_out"].items())
        self._told = (
            f"{report['n_images']:,} images in {len(report['classes'])} classes; {report['protocol']}; recipe "
            f"{report['recipe']}." + (f" Left out, too few images or groups: {left}." if left else "")
        )
        self._about.setText(self._told)
        self._show(report["results"], report["images"], change, report["seconds"])
        self._wrong.setVisible("product" in report["results"])
        self._wrong.show_rows(run.attribute, report["images"])

    def show_changes(self, count: int) -> None:
        """Say how many labels were changed since the run that is shown."""
        since = f" {count:,} label{'' if count == 1 else 's'} changed since: evaluate again to see what that brings."
        self._about.setText(self._told + (since if count else ""))

    def show_partial(self, progress: Progress) -> None:
        """Show what a run on its way has found so far; nothing can be clicked yet."""
        self._shown = None
        done = len(progress.done.seconds)
        self._told = f"{done} of {len(progress.parts)} parts are there."
        self._about.setText(self._told)
        self._show(progress.done.results, (), None, progress.done.seconds)
        self._wrong.setVisible(False)

    def _show(
        self, found: Numbers, images: Sequence[Numbers], change: Comparison | None, seconds: Mapping[str, float]
    ) -> None:
        self._images = images
        titles = {part.name: part.title for part in PARTS}
        self._took.setText("Took: " + " · ".join(f"{titles.get(n, n)} {value:.1f} s" for n, value in seconds.items()))
        product = found.get("product")
        for card in self._cards:
            card.setVisible(product is not None)
        self._show_cards(found, change)
        self._changes.setVisible(change is not None)
        if change is not None:
            self._slots_now = (change.now_right, change.now_wrong)
            self._better.setText(f"{len(change.now_right):,} right now that were wrong")
            self._worse.setText(f"{len(change.now_wrong):,} wrong now that were right")
            self._better.setEnabled(bool(change.now_right))
            self._worse.setEnabled(bool(change.now_wrong))
        for box in (self._matrix_box, self._class_box, self._honest_box):
            box.setVisible(product is not None)
        if product is not None:
            table = found["confusion"]
            self.matrix.show_counts(table["rows"], table["columns"], table["counts"])
            self._show_classes(found["per_class"], change)
            self._reliability.show_bins(found["calibration"])
        curve = found.get("learning_curve") or []
        self._curve_box.setVisible(len(curve) > 1)
        if len(curve) > 1:
            self._curve.show_points(curve)
        self._show_blocks(found)

    def _show_cards(self, found: Numbers, change: Comparison | None) -> None:
        product = found.get("product")
        if product is None:
            return
        low, high = product["accuracy_interval"]
        wrong = product["scored"] - product["right"] - product["unknown"]
        self._cards[0].show_number(
            percent(product["accuracy"]),
            f"right, of {product['scored']:,}; {100 * low:.1f} to {100 * high:.1f} with 95 % confidence",
            _signed(change.accuracy if change else None),
        )
        self._cards[1].show_number(f"{wrong:,}", "wrong")
        self._cards[2].show_number(f"{product['unknown']:,}", f"unknown, below {100 * product['threshold']:.0f} %")
        self._cards[3].show_number(
            percent(found["calibration_error"]),
            "off in its confidence, on average",
            _signed(change.calibration_error if change else None),
        )
        auroc = found.get("unknown_auroc")
        self._cards[4].setVisible(auroc is not None)
        if auroc is not None:
            self._cards[4].show_number(
                f"{auroc:.3f}",
                "of 1: notices images of a class left out",
                _signed(change.unknown_auroc if change else None, percent_points=False),
            )

    def _show_classes(self, rows: Sequence[Numbers], change: Comparison | None) -> None:
        head = dict(CLASS_COLUMNS)
        if change is not None:
            head["Change"] = "Of F1, since the run it is compared with; percentage points"
        out = []
        for row in sorted(rows, key=lambda r: 2.0 if r["f1"] is None else float(r["f1"])):
            ends = row["f1_interval"]
            cells = [
                row["class"], f"{row['images']:,}", percent(row["precision"]), percent(row["recall"]),
                percent(row["f1"]), "–" if ends is None else f"{100 * ends[0]:.0f} to {100 * ends[1]:.0f}",
            ]  # fmt: skip
            if change is not None:
                cells.append(_signed(change.f1.get(row["class"])))
            out.append(cells)
        self.classes.fill(head, out)

    def _show_blocks(self, found: Numbers) -> None:
        means, neighbors = found.get("nearest_mean", {}), found.get("knn", {})
        clusters, pairs = found.get("clusters", {}), found.get("pair_distances", {})
        self._block_box.setVisible(bool(means))
        self._reduced.setVisible(False)
        if not means:
            return
        lines, precision = found.get("discriminant", {}), found.get("precision_at_10", {})
        rows = []
        for block, mean in means.items():
            near, cluster = neighbors.get(block, {}), clusters.get(block, {})
            overlap = pairs.get(block, {}).get("original", {}).get("overlap")
            title = next((name for name in lines or precision if name.endswith(f" block {block}")), "")
            numbers = [
                mean["euclidean"], mean["cosine"], near.get("1"), near.get("4"), lines.get(title), precision.get(title),
                cluster.get("ari"), cluster.get("ami"), overlap,
            ]  # fmt: skip
            rows.append([block, *("–" if n is None else f"{n:.3f}" for n in numbers)])
        self.blocks.fill(BLOCK_COLUMNS, rows)
        reduced = [
            f"Nearest neighbor after UMAP of block {block}, by dimensions: "
            + " · ".join(f"{d}: {value:.3f}" for d, value in values.items())
            for block, values in found.get("knn_umap", {}).items()
        ]
        self._reduced.setText("\n".join(reduced))
        self._reduced.setVisible(bool(reduced))

    # What is clicked

    def _on_cell(self, row: int, column: int) -> None:
        label_, decision = self.matrix.names(row, column)
        sure = column < self.matrix.unknown_column
        slots = tuple(
            r["slot"]
            for r in self._images
            if r["label"] == label_ and r["sure"] == sure and (not sure or r["decision"] == decision)
        )
        if slots:
            self.some_wanted.emit(slots, f"{label_} → {decision}")

    def _on_class(self, row: int, column: int) -> None:
        item = self.classes.item(row, 0)
        name = item.text() if item else ""
        slots = tuple(r["slot"] for r in self._images if not r["right"] and name in (r["label"], r["decision"]))
        if slots:
            self.some_wanted.emit(slots, f"Wrong in {name}")


def _signed(change: float | None, *, percent_points: bool = True) -> str:
    """A change with its sign; "" for none."""
    if change is None:
        return ""
    value = f"{100 * change:+.1f}" if percent_points else f"{change:+.3f}"
    return "±0" if not value.strip("+-0.") else value.replace("-", "−")


def _section(title: str, hint: str, content: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label(title, "subtitle"))
    text = label(hint, "dim", wrap=True)
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column.addWidget(text)
    column.addWidget(content)
    return box
