"""The banner: one notice at a time, above the gallery, never in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from attrlens.state.notices import Choice, Notice, Notices
from attrlens.ui.icons import icon
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, repolish
from attrlens.words import told, tr


class Banner(QWidget):
    """Shows the newest notice with its buttons.

    Signals
    -------
    details_wanted(Notice)
    """

    details_wanted = Signal(object)

    def __init__(self, notices: Notices, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notices, self._theme = notices, theme
        self._icon = QLabel()
        self._icon.setFixedWidth(20)
        self._text = label(wrap=True)
        self._hint = label("", "small", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        notices.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the newest notice, or nothing."""
        notice = self._notices.current
        self.setVisible(notice is not None)
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it is gone at once, deleted a little later
                widget.deleteLater()
        if notice is None:
            return
        self.setObjectName("bannerError" if notice.is_error else "banner")
        repolish(self)
        # What kind it is, without color and for who cannot see it.
        name, kind = ("circle-alert", tr("Problem")) if notice.is_error else ("info", tr("Message"))
        token = "error" if notice.is_error else "dim"
        self._icon.setPixmap(icon(name, self._theme, token).pixmap(18, 18))
        self._icon.setAccessibleName(kind)
        self._text.setText(told(notice.text))
        self._hint.setText(told(notice.hint))
        self._hint.setVisible(bool(notice.hint))
        for choice in notice.choices:
            button = QPushButton(told(choice.text))
            button.clicked.connect(lambda _=False, c=choice: self._choose(notice, c))
            self._buttons.addWidget(button)
        if notice.details:
            details = QPushButton(tr("Details…"))
            details.clicked.connect(lambda: self.details_wanted.emit(notice))
            self._buttons.addWidget(details)
        more = len(self._notices) - 1
        word = tr("No") if notice.is_question else tr("Dismiss")
        dismiss = QPushButton(tr("{word} ({n:,} more)", word=word, n=more) if more else word)
        dismiss.clicked.connect(lambda: self._notices.dismiss(notice))
        self._buttons.addWidget(dismiss)

    def _choose(self, notice: Notice, choice: Choice) -> None:
        self._notices.dismiss(notice)
        choice.act()
