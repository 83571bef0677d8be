"""What is laid over the photos, and how: one row of controls, those of the chosen kind only."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QSlider, QVBoxLayout, QWidget

from attrlens.core.inside import imagenet
from attrlens.core.inside.colormap import TITLES, MapName
from attrlens.core.inside.masks import Rule, Threshold
from attrlens.state.document import Document
from attrlens.state.view import GalleryView
from attrlens.ui.flow import Flow
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import combo, label, literal, named
from attrlens.words import number, told, tr, words

Kind = Literal["heat", "mask", "own", "imagenet"]

KINDS: tuple[tuple[str, Kind], ...] = (
    (words("Heat map"), "heat"),
    (words("Mask"), "mask"),
    (words("What looks like a class"), "own"),
    (words("ImageNet class"), "imagenet"),
)
RULES: tuple[tuple[str, Rule], ...] = (
    (words("strongest share"), "quantile"),
    (words("mean + k deviations"), "sigma"),
    (words("value"), "value"),
)
TOP = 5


class Controls(QWidget):
    """Kind, colors, opacity, gamma, scale, threshold, class.

    Signals
    -------
    changed()
    not_found(str text)
        No class of ImageNet has that in its name.
    draw_wanted(), export_wanted()
    """

    changed = Signal()
    not_found = Signal(str)
    draw_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, document: Document, view: GalleryView, theme: Theme) -> None:
        super().__init__()
        self._document, self._view = document, view
        self.imagenet_class = -1
        self._peak = 6.0
        self._kind = combo(((told(text), kind) for text, kind in KINDS), tr("What is shown over the photos"))
        self._colors = combo(((told(text), key) for key, text in TITLES.items()), tr("Colors"))
        self._scale = combo(((tr("each its own scale"), False), (tr("one scale for all"), True)), tr("Scale"))
        self._opacity, opacity = self._slider(tr("Opacity"), 0, 100, 85)
        self._gamma, gamma = self._slider(tr("Gamma"), 20, 300, 100)
        self._rule = combo(((told(text), rule) for text, rule in RULES), tr("Threshold of the mask"))
        self._limit = label("", "dim")
        self._amount, amount = self._slider(tr("Threshold"), 0, 1000, 900)
        self._class = combo((), tr("Which class"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search 1,000 classes"))
        self._search.setAccessibleName(tr("Search 1,000 classes"))
        completer = QCompleter(self)
        completer.setModel(QStringListModel(list(imagenet.names()), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._search.setCompleter(completer)
        completer.activated.connect(self._on_name)
        self._search.returnPressed.connect(lambda: self._on_name(self._search.text()))
        self._top = [named(QPushButton(), "link") for _ in range(TOP)]
        self._numbers: list[int] = []
        for i, button in enumerate(self._top):
            button.clicked.connect(lambda _=False, i=i: self._choose(self._numbers[i]))
        self._no_head = label(tr("These weights know no classes. Choose EfficientNet-Lite0 above."),
                              "dim", wrap=True)  # fmt: skip
        self._draw = QPushButton(tr("Draw what it answers to"))
        self._draw.setToolTip(tr("Draw the picture that the picked channel answers to most"))
        self._draw.clicked.connect(self.draw_wanted)
        self._export = QPushButton(tr("Export…"))
        self._export.setToolTip(tr("Write masks or heat maps of all selected images as PNG with alpha"))
        self._export.clicked.connect(self.export_wanted)
        flow, second = Flow(), Flow()
        for widget in (self._kind, self._colors, self._scale, opacity, gamma, self._rule, amount, self._class,
                       self._search, self._draw, self._export):  # fmt: skip
            flow.addWidget(widget)
        for widget in (*self._top, self._no_head):
            second.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(flow)
        column.addLayout(second)
        self._of = {
            "heat": {self._colors, self._scale, opacity, gamma, self._draw, self._export},
            "mask": {opacity, self._rule, amount, self._draw, self._export},
            "own": {self._class, opacity, gamma, self._scale},
            "imagenet": {self._search, self._colors, opacity, gamma, self._scale},
        }
        self._search.setMinimumWidth(theme.px(180))
        for box in (self._kind, self._colors, self._scale, self._class):
            box.activated.connect(self._on_choice)
        self._rule.activated.connect(self._on_rule)
        document.model_changed.connect(self._fill_classes)
        document.opened.connect(self._fill_classes)
        view.options_changed.connect(self._fill_classes)
        self._on_choice()

    def _slider(self, name: str, least: int, most: int, value: int) -> tuple[QSlider, QWidget]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(least, most)
        slider.setValue(value)
        slider.setFixedWidth(90)
        slider.setAccessibleName(name)
        slider.valueChanged.connect(self._on_slider)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(name, "dim"))
        row.addWidget(slider)
        if most == 1000:
            row.addWidget(self._limit)
        return slider, whole

    # What is chosen

    @property
    def kind(self) -> Kind:
        """What is shown."""
        kind: Kind = self._kind.currentData()
        return kind

    @property
    def colors(self) -> MapName:
        """Name of the color map."""
        name: MapName = self._colors.currentData()
        return name

    @property
    def is_fixed(self) -> bool:
        """Whether all photos share a scale."""
        return bool(self._scale.currentData())

    @property
    def opacity(self) -> float:
        """0 to 1."""
        return self._opacity.value() / 100

    @property
    def gamma(self) -> float:
        """0.2 to 3."""
        return self._gamma.value() / 100

    @property
    def threshold(self) -> Threshold:
        """Of the mask."""
        share, rule = self._amount.value() / 1000, self._rule.currentData()
        amount = {"quantile": share, "sigma": 8 * share - 3, "value": self._peak * share}[rule]
        return Threshold(rule, amount)

    @property
    def class_id(self) -> int:
        """Of the catalog; 0 is the one each image is suggested to be of."""
        return int(self._class.currentData() or 0)

    def show_kind(self, kind: Kind) -> None:
        """Choose what is shown."""
        self._kind.setCurrentIndex(self._kind.findData(kind))
        self._on_choice()

    def show_peak(self, peak: float) -> None:
        """What the value slider goes to: the largest activation that is shown."""
        self._peak = max(peak, 1e-6)
        self._limit.setText(self._limit_text())

    def move_threshold(self, share: float) -> None:
        """Move the mask's slider, 0 to 1."""
        self._amount.setValue(round(1000 * share))

    # What changes

    def _on_choice(self, *_: object) -> None:
        of = self._of[self.kind]
        for widget in set().union(*self._of.values()):
            widget.setVisible(widget in of)
        self._fill_classes()
        self._on_slider()
        for widget in (*self._top, self._no_head):
            widget.hide()

    def _on_rule(self) -> None:
        start = {"quantile": 900, "sigma": 500, "value": 500}[self._rule.currentData()]
        self._amount.setValue(start)
        self._on_slider()

    def _on_slider(self, *_: object) -> None:
        self._limit.setText(self._limit_text())
        self.changed.emit()

    def _limit_text(self) -> str:
        one = self.threshold
        if one.rule == "quantile":
            return tr("{share:.1%} of the cells", share=1 - one.amount)
        return tr("{k:+.2f} deviations", k=one.amount) if one.rule == "sigma" else number(one.amount, ".2f")

    def _fill_classes(self, *_: object) -> None:
        if not self._document.is_open:
            return
        rows = self._document.model.classes_of(self._view.attribute)
        wanted = [(tr("as suggested"), 0), *((row.name, row.id) for row in rows)]
        if [(self._class.itemText(i), self._class.itemData(i)) for i in range(self._class.count())] == wanted:
            return
        chosen, blocker = self.class_id, QSignalBlocker(self._class)
        self._class.clear()
        for text, class_id in wanted:
            self._class.addItem(text, class_id)
        self._class.setCurrentIndex(max(0, self._class.findData(chosen)))
        del blocker

    # ImageNet

    def show_scores(self, scores: imagenet.Scores | None, *, no_head: bool) -> None:
        """Offer the likeliest classes of the current image."""
        shown = self.kind == "imagenet"
        self._no_head.setVisible(shown and no_head)
        self._search.setVisible(shown and not no_head)
        self._numbers = scores.best(TOP) if scores is not None else []
        for i, button in enumerate(self._top):
            button.setVisible(i < len(self._numbers))
            if scores is not None and i < len(self._numbers):
                name = imagenet.names()[self._numbers[i]]
                share = float(scores.shares[self._numbers[i]])
                button.setText(literal(tr("{class_name} {share:.0%}", class_name=name, share=share)))

    def _on_name(self, text: str) -> None:
        found = imagenet.find(text) if text.strip() else []
        if found:
            self._choose(found[0])
        elif text.strip():
            self.not_found.emit(text.strip())

    def _choose(self, chosen: int) -> None:
        self.imagenet_class = chosen
        self._search.setText(imagenet.names()[chosen])
        self.changed.emit()
