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
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.catalog.evaluations import Run
from attrlens.core.classify.methods import METRICS
from attrlens.core.evaluate.compare import Comparison, compare
from attrlens.core.evaluate.parts import PARTS
from attrlens.state.evaluation import Progress
from attrlens.ui.evaluate.charts import Curve, Reliability
from attrlens.ui.evaluate.matrix import ConfusionMatrix
from attrlens.ui.evaluate.wrong import WrongList
from attrlens.ui.flow import Flow
from attrlens.ui.table import Table
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named
from attrlens.words import number, told, tr, words

Numbers = Mapping[str, Any]
CLASS_HINT = words(
    "Precision: of what is decided so, how much is. Recall: of what is so, how much is found. "
    "Click a class to see what went wrong in it."
)
CLASS_COLUMNS = (
    (words("Class"), words("Weakest first")),
    (words("Images"), words("Labeled so")),
    (words("Precision"), words("Of what is decided so, how much is")),
    (words("Recall"), words("Of what is so, how much is found")),
    ("F1", words("The harmonic mean of the two")),
    ("95 %", words("Where F1 lies with 95 % confidence")),
)
CHANGE_COLUMN = (words("Change"), words("Of F1, since the run it is compared with; percentage points"))
BLOCK_COLUMNS = (
    (words("Block"), words("Shallow to deep")),
    (words("Mean"), words("Accuracy of the nearest class mean, Euclidean")),
    (words("Cosine"), words("Accuracy of the nearest class mean, cosine")),
    ("1-NN", words("Accuracy of the nearest neighbor")),
    ("4-NN", words("Accuracy of the majority of four neighbors")),
    (words("Discr."), words("Accuracy of the discriminant")),
    ("P@10", words("Share of the ten most similar that are of the same class")),
    ("ARI", words("Clusters against labels: adjusted Rand index")),
    ("AMI", words("Clusters against labels: adjusted mutual information")),
    (words("Overlap"), words("How far distances within a class and between classes overlap")),
)


def percent(value: float | None) -> str:
    """A share for people."""
    return "–" if value is None else f"{number(100 * value, '.1f')} %"


class Card(QFrame):
    """A number with its meaning."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
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
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        self.setMinimumWidth(self._theme.px(118))  # its text needs room for a long word

    def show_number(self, value: str, text: str, change: str = "") -> None:
        """Show it, with its change since the run it is compared with."""
        self._value.setText(value)
        self._change.setText(change)
        self._text.setText(text)


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
        self._theme = theme
        self._images: Sequence[Numbers] = ()
        self._wrong = wrong
        self._shown: tuple[int, int, int] | None = None
        self._told = ""
        self._about = label("", "dim", wrap=True)
        self._cards = [Card(theme) for _ in range(5)]
        self.matrix = ConfusionMatrix(theme)
        self.classes = Table(theme, tr("Class by class"))
        self.blocks = Table(theme, tr("Block by block"))
        self.similar = Table(theme, tr("Similar images: precision at k"))
        self._reliability, self._curve = Reliability(theme), Curve(theme)
        self._better, self._worse = named(QPushButton(), "link"), named(QPushButton(), "link")
        self._changes = QWidget()
        self._reduced, self._took = label("", "dim", wrap=True), label("", "small", wrap=True)
        self._slots_now: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
        wrong.some_wanted.connect(self.some_wanted)
        self.matrix.cell_chosen.connect(self._on_cell)
        self.classes.chosen.connect(self._on_class)
        self.classes.cellClicked.connect(lambda row, column: self._on_class(row))
        self._better.clicked.connect(lambda: self.some_wanted.emit(self._slots_now[0], tr("Right now, wrong before")))
        self._worse.clicked.connect(lambda: self.some_wanted.emit(self._slots_now[1], tr("Wrong now, right before")))
        self._lay_out()

    def _lay_out(self) -> None:
        cards = Flow(even=True)
        for card in self._cards:
            cards.addWidget(card)
        changes = Flow(self._changes)
        changes.addWidget(self._better)
        changes.addWidget(self._worse)
        self._matrix_box = _section(
            tr("What is taken for what"),
            tr("Row: the label. Column: the decision. Click a cell to see its images."),
            self.matrix,
        )
        self._class_box = _section(tr("Class by class"), told(CLASS_HINT), self.classes)
        self._honest_box = _section(
            tr("Is its confidence honest?"), tr("On the line it is; larger dots are more images."), self._reliability
        )
        self._curve_box = _section(
            tr("How many exemplars does it take?"), tr("The band: least and most of five draws."), self._curve
        )
        self._block_box = _section(
            tr("Block by block"), tr("The thesis's methods on each block's mean activations."), self.blocks
        )
        self._similar_box = _section(
            tr("Similar images: precision at k"),
            tr("Share of the first k results that are of the query's class; the query's own group is left out."),
            self.similar,
        )
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(20)
        self._pair.addWidget(self._matrix_box, 0, Qt.AlignmentFlag.AlignTop)
        self._pair.addWidget(self._class_box, 1, Qt.AlignmentFlag.AlignTop)
        charts = Flow(spacing=24, even=True)
        charts.addWidget(self._honest_box)
        charts.addWidget(self._curve_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self._about)
        column.addLayout(cards)
        column.addWidget(self._changes)
        column.addLayout(self._pair)
        column.addWidget(self._wrong)
        column.addLayout(charts)
        column.addWidget(self._similar_box)
        column.addWidget(self._block_box)
        column.addWidget(self._reduced)
        column.addWidget(self._took)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.matrix.width() + self._theme.px(660) <= self.width()
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
        self._told = tr(
            "{images} in {classes}; {protocol}; recipe {recipe}.",
            images=words("{n:,} image", "{n:,} images", n=report["n_images"]),
            classes=words("{n:,} class", "{n:,} classes", n=len(report["classes"])),
            protocol=told(report["protocol"]),
            recipe=report["recipe"],
        )
        if report["left_out"]:
            left = ", ".join(f"{name} ({number(n)})" for name, n in report["left_out"].items())
            self._told += " " + tr("Left out, too few images or groups: {classes}.", classes=left)
        self._about.setText(self._told)
        self._show(report["results"], report["images"], change, report["seconds"])
        self._wrong.setVisible("product" in report["results"])
        self._wrong.show_rows(run.attribute, report["images"])

    def show_changes(self, count: int) -> None:
        """Say how many labels were changed since the run that is shown."""
        since = tr("{n:,} label changed since: evaluate again to see what that brings.",
                   "{n:,} labels changed since: evaluate again to see what that brings.", n=count)  # fmt: skip
        self._about.setText(f"{self._told} {since}" if count else self._told)

    def show_partial(self, progress: Progress) -> None:
        """Show what a run on its way has found so far; nothing can be clicked yet."""
        self._shown = None
        done = len(progress.done.seconds)
        self._told = tr("{n} of {total} parts are there.", n=done, total=len(progress.parts))
        self._about.setText(self._told)
        self._show(progress.done.results, (), None, progress.done.seconds)
        self._wrong.setVisible(False)

    def _show(
        self, found: Numbers, images: Sequence[Numbers], change: Comparison | None, seconds: Mapping[str, float]
    ) -> None:
        self._images = images
        titles = {part.name: part.title for part in PARTS}
        parts = [f"{told(titles.get(n, n))} {number(value, '.1f')} s" for n, value in seconds.items()]
        self._took.setText(tr("Took: {parts}", parts=" · ".join(parts)))
        product = found.get("product")
        for card in self._cards:
            card.setVisible(product is not None)
        self._show_cards(found, change)
        self._changes.setVisible(change is not None)
        if change is not None:
            self._slots_now = (change.now_right, change.now_wrong)
            self._better.setText(tr("{n:,} right now that were wrong", n=len(change.now_right)))
            self._worse.setText(tr("{n:,} wrong now that were right", n=len(change.now_wrong)))
            self._better.setEnabled(bool(change.now_right))
            self._worse.setEnabled(bool(change.now_wrong))
        for box in (self._matrix_box, self._class_box, self._honest_box):
            box.setVisible(product is not None)
        if product is not None:
            table = found["confusion"]
            # The last column is no class: a class that a person calls "unknown" has its own.
            self.matrix.show_counts(table["rows"], [*table["columns"][:-1], tr("unknown")], table["counts"])
            self._show_classes(found["per_class"], change)
            self._reliability.show_bins(found["calibration"])
        curve = found.get("learning_curve") or []
        self._curve_box.setVisible(len(curve) > 1)
        if len(curve) > 1:
            self._curve.show_points(curve)
        self._show_similar(found.get("precision_at_k", {}))
        self._show_blocks(found)

    def _show_similar(self, found: Numbers) -> None:
        """The attribute's own recipe by every metric; blocks have their table."""
        titles = {str(name): title for name, title in METRICS.items()} | {"classes": words("what tells classes apart")}
        rows = [
            [f"{name}, {told(titles.get(metric, metric))}", *(number(value, ".3f") for value in values.values())]
            for name, table in found.items()
            if " block " not in name
            for metric, values in table.items()
        ]
        self._similar_box.setVisible(bool(rows))
        if rows:
            ks = next(iter(next(iter(found.values())).values()))
            self.similar.fill([(tr("Descriptor"), ""), *((f"k = {k}", "") for k in ks)], rows)

    def _show_cards(self, found: Numbers, change: Comparison | None) -> None:
        product = found.get("product")
        if product is None:
            return
        low, high = product["accuracy_interval"]
        wrong = product["scored"] - product["right"] - product["unknown"]
        self._cards[0].show_number(
            percent(product["accuracy"]),
            tr(
                "right, of {n:,}; {low:.1f} to {high:.1f} with 95 % confidence",
                n=product["scored"],
                low=100 * low,
                high=100 * high,
            ),
            _signed(change.accuracy if change else None),
        )
        self._cards[1].show_number(number(wrong), tr("wrong"))
        self._cards[2].show_number(
            number(product["unknown"]), tr("unknown, below {limit:.0f} %", limit=100 * product["threshold"])
        )
        self._cards[3].show_number(
            percent(found["calibration_error"]),
            tr("off in its confidence, on average"),
            _signed(change.calibration_error if change else None),
        )
        auroc = found.get("unknown_auroc")
        self._cards[4].setVisible(auroc is not None)
        if auroc is not None:
            self._cards[4].show_number(
                number(auroc, ".3f"),
                tr("of 1: notices images of a class left out"),
                _signed(change.unknown_auroc if change else None, percent_points=False),
            )

    def _show_classes(self, rows: Sequence[Numbers], change: Comparison | None) -> None:
        head = CLASS_COLUMNS if change is None else (*CLASS_COLUMNS, CHANGE_COLUMN)
        out = []
        for row in sorted(rows, key=lambda r: 2.0 if r["f1"] is None else float(r["f1"])):
            ends = row["f1_interval"]
            cells = [
                row["class"], number(row["images"]), percent(row["precision"]), percent(row["recall"]),
                percent(row["f1"]),
                "–" if ends is None else tr("{low:.0f} to {high:.0f}", low=100 * ends[0], high=100 * ends[1]),
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
            rows.append([block, *("–" if n is None else number(n, ".3f") for n in numbers)])
        self.blocks.fill(BLOCK_COLUMNS, rows)
        reduced = [
            tr("Nearest neighbor after UMAP of block {block}, by dimensions: {values}", block=block,
               values=" · ".join(f"{d}: {number(value, '.3f')}" for d, value in values.items()))
            for block, values in found.get("knn_umap", {}).items()
        ]  # fmt: skip
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

    def _on_class(self, row: int) -> None:
        item = self.classes.item(row, 0)
        name = item.text() if item else ""
        slots = tuple(r["slot"] for r in self._images if not r["right"] and name in (r["label"], r["decision"]))
        if slots:
            self.some_wanted.emit(slots, tr("Wrong in {name}", name=name))


def _signed(change: float | None, *, percent_points: bool = True) -> str:
    """A change with its sign; "" for none."""
    if change is None:
        return ""
    value = number(100 * change, "+.1f") if percent_points else number(change, "+.3f")
    return "±0" if not value.strip("+-0.,") else value.replace("-", "−")


def _section(title: str, hint: str, content: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    heading = label(title, "subtitle", wrap=True)
    heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column.addWidget(heading)
    text = label(hint, "dim", wrap=True)
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column.addWidget(text)
    column.addWidget(content)
    return box
