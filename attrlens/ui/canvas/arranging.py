"""How the images are laid out: what a person may change of UMAP, HDBSCAN and the grid. It takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QFormLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from attrlens.core.layout.clusters import ClusterParameters
from attrlens.core.layout.projection import Parameters
from attrlens.state.canvas import Canvas
from attrlens.ui.widgets import combo, label, named, number_box
from attrlens.words import tr


class Arranging(QScrollArea):
    """Parameters of the layout on the screen."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._neighbors = number_box(2, 100, "")
        self._neighbors.setAccessibleName(tr("Neighbors"))
        self._neighbors.setToolTip(tr("Few show fine groups, many show the large ones"))
        self._distance = QDoubleSpinBox()
        self._distance.setRange(0.0, 0.99)
        self._distance.setSingleStep(0.05)
        self._distance.lineEdit().setTextMargins(6, 0, 0, 0)  # as in `number_box`
        self._distance.setAccessibleName(tr("Distance"))
        self._distance.setToolTip(tr("How close images may lie: 0 packs groups tightly"))
        self._space = combo(
            ((tr("the map"), "map"), (tr("10 dimensions"), "umap"), (tr("principal axes"), "pca")),
            tr("Where clusters are looked for"),
        )
        self._size = number_box(0, 10_000, "")
        self._size.setSpecialValueText(tr("automatic"))
        self._size.setAccessibleName(tr("Smallest cluster"))
        self._size.setToolTip(tr("Images that make a cluster; automatic is one in 50"))
        self._samples = number_box(1, 100, "")
        self._samples.setAccessibleName(tr("Close neighbors"))
        self._samples.setToolTip(tr("More of them leave more images in no cluster"))
        self._gutters = QCheckBox(tr("Gaps between clusters"))
        self._anew = QPushButton(tr("Start anew"))
        self._anew.setToolTip(tr("Lay the images out from nothing, as if there were no map yet"))
        self._facts = label("", "small", wrap=True)
        body = self._body = named(QWidget(), "right")
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        for title, rows in (
            (tr("Map"), ((tr("Neighbors"), self._neighbors), (tr("Distance"), self._distance))),
            (tr("Clusters"), ((tr("Found in"), self._space), (tr("Smallest"), self._size),
                              (tr("Close neighbors"), self._samples))),
        ):  # fmt: skip
            column.addWidget(label(title, "heading"))
            form = QFormLayout()
            form.setContentsMargins(0, 0, 0, 8)
            form.setSpacing(6)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for name, widget in rows:
                form.addRow(name, widget)
            column.addLayout(form)
        column.addWidget(label(tr("Grid"), "heading"))
        column.addWidget(self._gutters)
        column.addSpacing(8)
        column.addWidget(self._anew)
        column.addWidget(self._facts)
        column.addStretch(1)
        self.setWidget(body)
        self._soon = QTimer(self, singleShot=True, interval=350)  # a number is typed digit by digit
        self._soon.timeout.connect(self._apply)
        for box in (self._neighbors, self._distance, self._size, self._samples):
            box.valueChanged.connect(lambda *_: self._soon.start())
        self._space.activated.connect(lambda *_: self._soon.start())
        self._gutters.toggled.connect(canvas.set_gutters)
        self._anew.clicked.connect(canvas.start_anew)
        canvas.layout_changed.connect(lambda moving: None if moving else self._fill())
        canvas.options_changed.connect(self._fill)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Nothing is cut off, in any language; known only now that the style has had its say.
        self.setMinimumWidth(self._body.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())

    def _fill(self) -> None:
        canvas, layout = self._canvas, self._canvas.layout
        self._body.setEnabled(layout is not None)
        parameters, clusters = canvas.parameters, canvas.cluster_parameters
        if self._soon.isActive():
            return  # a person is typing: what they want is in the boxes, not yet in the layout
        for widget, value in (
            (self._neighbors, parameters.neighbors), (self._size, clusters.min_size),
            (self._samples, clusters.min_samples),
        ):  # fmt: skip
            blocker = QSignalBlocker(widget)
            widget.setValue(value)
            del blocker
        blocker = QSignalBlocker(self._distance)
        self._distance.setValue(parameters.min_distance)
        del blocker
        self._space.setCurrentIndex(self._space.findData(clusters.space))
        blocker = QSignalBlocker(self._gutters)
        self._gutters.setChecked(canvas.gutters)
        del blocker
        if layout is None:
            self._facts.setText("")
            return
        lines = [tr("{n:,} image", "{n:,} images", n=len(layout.slots))]
        if layout.method == "umap":
            noise = float((layout.clusters < 0).mean()) if len(layout.clusters) else 0.0
            lines.append(tr("{n:,} cluster, {noise:.0%} in none", "{n:,} clusters, {noise:.0%} in none",
                            n=layout.cluster_count, noise=noise))  # fmt: skip
            lines.append(tr("made in {seconds:.1f} s", seconds=layout.seconds))
        if layout.placed:
            lines.append(tr("{n:,} came later and lies beside those most like it",
                            "{n:,} came later and lie beside those most like them", n=layout.placed))  # fmt: skip
        self._facts.setText("\n".join(lines))

    def _apply(self) -> None:
        self._canvas.arrange(
            Parameters(self._neighbors.value(), round(self._distance.value(), 3)),
            ClusterParameters(self._space.currentData(), self._size.value(), self._samples.value()),
        )
