"""One look: neutral grays, one accent, an 8 px rhythm. Light, dark, or as the system says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from attrlens.paths import resources

RADIUS = 6

MIDDLE_GRAY = "#767676"
"""18 % of the light, in sRGB: the gray that photographers judge by."""


@dataclass(frozen=True)
class Tokens:
    """Colors of a theme. All but the accent, the warning and the error are pure gray: chrome must not tint the eye."""

    is_dark: bool
    window: str
    panel: str
    raised: str
    mat: str
    line: str
    selected: str
    text: str
    dim: str
    chip: str
    chip_text: str
    accent: str
    accent_text: str
    warning: str
    error: str

    def color(self, name: str) -> QColor:
        """A token as QColor."""
        return QColor(getattr(self, name))


DARK = Tokens(
    True, window="#181818", panel="#202020", raised="#2c2c2c", mat="#282828", line="#454545", selected="#343434",
    text="#e6e6e6",
    dim="#a3a3a3", chip="#4a4a4a", chip_text="#f4f4f4", accent="#5b9bff", accent_text="#0d0d0d", warning="#e0b050",
    error="#ff7b6e",
)  # fmt: skip
LIGHT = Tokens(
    False, window="#fafafa", panel="#f2f2f2", raised="#ffffff", mat="#e8e8e8", line="#c8c8c8", selected="#dedede",
    text="#1c1c1c",
    dim="#5f5f5f", chip="#d2d2d2", chip_text="#141414", accent="#1f5fd0", accent_text="#ffffff", warning="#8a5a00",
    error="#b3261e",
)  # fmt: skip


class Theme(QObject):
    """The look of the program.

    Parameters
    ----------
    app : QApplication
    choice : {'light', 'dark', 'system'}
    percent : int
        Size of the text.
    gray_mat : bool
        See `set_gray_mat`.
    dress : bool
        Whether to put on the style sheet at once. Qt looks every rule up again whenever a widget gets a parent, so a
        window is built first and dressed then, in a third of the time.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, choice: str, percent: int = 100, gray_mat: bool = False, *, dress: bool = True
    ) -> None:
        super().__init__()
        self._app, self._is_dressed = app, dress
        self._choice, self._percent, self._gray_mat = choice, percent, gray_mat
        self.tokens = LIGHT
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    def dress(self) -> None:
        """Put on the style sheet, where that was left for later."""
        self._is_dressed = True
        sheet = style_sheet(self.tokens, self.px)
        if sheet != self._app.styleSheet():  # Qt would look up every rule again
            self._app.setStyleSheet(sheet)

    def choose(self, choice: str) -> None:
        """'light', 'dark' or 'system'."""
        self._choice = choice
        self._apply()

    def scale_text(self, percent: int) -> None:
        """Make all text larger or smaller."""
        self._percent = percent
        self._apply()

    def set_gray_mat(self, on: bool) -> None:
        """Lay photos on 18 % gray, or on a mat of the theme."""
        self._gray_mat = on
        self._apply()

    def px(self, pixels: int) -> int:
        """Pixels of a text, or of what holds one, at the person's text size."""
        return round(pixels * self._percent / 100)

    def _on_system_changed(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self._choice == "dark"
        if self._choice == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self.tokens = DARK if dark else LIGHT
        if self._gray_mat:
            self.tokens = replace(self.tokens, mat=MIDDLE_GRAY)
        font = self._app.font()
        font.setPixelSize(self.px(13))
        font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width, so that counts do not dance
        self._app.setFont(font)
        self._app.setPalette(palette(self.tokens))
        if self._is_dressed:
            self.dress()
        self.changed.emit()


def palette(t: Tokens) -> QPalette:
    """The Qt palette of a theme."""
    out = QPalette()
    role = QPalette.ColorRole
    for key, name in (
        (role.Window, "panel"), (role.WindowText, "text"), (role.Base, "window"), (role.AlternateBase, "panel"),
        (role.Text, "text"), (role.Button, "raised"), (role.ButtonText, "text"), (role.BrightText, "error"),
        (role.Highlight, "accent"), (role.HighlightedText, "accent_text"), (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"), (role.PlaceholderText, "dim"), (role.Link, "accent"), (role.Mid, "line"),
        (role.Light, "raised"), (role.Dark, "line"), (role.Midlight, "line"), (role.Accent, "accent"),
    ):  # fmt: skip
        out.setColor(key, t.color(name))
    for key in (role.WindowText, role.Text, role.ButtonText):
        out.setColor(QPalette.ColorGroup.Disabled, key, QColor("#6f6f6f" if t.is_dark else "#9a9a9a"))
    return out


def _icon(name: str, t: Tokens) -> str:
    return (resources() / "icons" / f"{name}-{'dark' if t.is_dark else 'light'}.svg").as_posix()


def style_sheet(t: Tokens, px: Callable[[int], int]) -> str:
    """The one style sheet; widgets are told apart by object name.

    Parameters
    ----------
    t : Tokens
    px : callable
        From pixels of a text at 100 % to those at the person's size.
    """
    return f"""
    QWidget {{ font-size: {px(13)}px; }}
    QMainWindow, #center {{ background: {t.window}; }}
    #left, #right, #bottom, #top {{ background: {t.panel}; }}
    #bottom {{ border-top: 1px solid {t.line}; }}
    #top {{ border-bottom: 1px solid {t.line}; }}
    #heading {{ font-size: {px(12)}px; font-weight: 600; color: {t.dim}; }}
    #title {{ font-size: {px(20)}px; font-weight: 600; }}
    #subtitle {{ font-size: {px(16)}px; }}
    #number {{ font-size: {px(20)}px; font-weight: 600; }}
    #classCard {{ border-top: 1px solid {t.line}; background: {t.panel}; }}
    #strip {{ background: {t.window}; border-bottom: 1px solid {t.line}; }}
    #wrongRow {{ background: {t.panel}; border-radius: {RADIUS}px; }}
    QTabBar {{ background: {t.panel}; }}
    QTabBar::tab {{ padding: 6px 14px; color: {t.dim}; border-bottom: 2px solid transparent; background: transparent; }}
    QTabBar::tab:selected {{ color: {t.text}; font-weight: 600; border-bottom: 2px solid {t.text}; }}
    QTabBar::tab:hover {{ color: {t.text}; }}
    QTabBar:focus {{ border: none; }}
    QTabBar::tab:selected:focus {{ border-bottom: 2px solid {t.accent}; }}
    QTableWidget {{ background: {t.window}; border: none; outline: 0; alternate-background-color: {t.panel}; }}
    QTableWidget::item {{ padding: 0 10px; border-bottom: 1px solid {t.line}; }}
    QTableWidget::item:selected {{ background: {t.selected}; color: {t.text}; }}
    QHeaderView {{ background: {t.window}; }}
    QHeaderView::section {{ background: {t.window}; color: {t.dim}; border: none; border-bottom: 1px solid {t.line};
        padding: 4px 10px; font-size: {px(12)}px; font-weight: 600; }}
    #name {{ font-size: {px(16)}px; font-weight: 600; }}
    #dim {{ color: {t.dim}; }}
    #small {{ color: {t.dim}; font-size: {px(12)}px; }}
    #errorText {{ color: {t.error}; }}
    QMenuBar {{ background: {t.panel}; padding: 2px 4px; }}
    QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {t.accent}; color: {t.accent_text}; }}
    QMenu {{ background: {t.raised}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
    QMenu::item:disabled {{ color: {t.dim}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
    QPushButton, QToolButton {{ min-height: {px(26)}px; padding: 0 12px; border: 1px solid {t.line};
        border-radius: {RADIUS}px; background: {t.raised}; color: {t.text}; }}
    QToolButton {{ padding: 0 8px; max-height: {px(26)}px; qproperty-iconSize: {px(16)}px {px(16)}px; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {t.dim}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {t.mat}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.accent}; padding: 0 11px; }}
    QToolButton:focus {{ padding: 0 7px; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.dim}; }}
    QPushButton#primary {{ background: {t.accent}; border-color: {t.accent}; color: {t.accent_text};
        font-weight: 600; }}
    QPushButton#primary:disabled {{ background: {t.panel}; border-color: {t.line}; color: {t.dim}; }}
    QPushButton#door {{ min-height: {px(44)}px; text-align: left; padding: 0 16px; }}
    QPushButton#doorPrimary {{ min-height: {px(44)}px; text-align: left; padding: 0 16px; background: {t.accent};
        border-color: {t.accent}; color: {t.accent_text}; font-weight: 600; }}
    QPushButton#link {{ border: none; background: transparent; color: {t.accent}; padding: 0 4px; text-align: left; }}
    QPushButton#link:disabled {{ color: {t.dim}; }}
    QPushButton#link:hover {{ text-decoration: underline; }}
    QPushButton#link:focus {{ border: 2px solid {t.accent}; }}
    QLineEdit, QComboBox {{ min-height: {px(26)}px; padding: 0 8px; border: 1px solid {t.line};
        border-radius: {RADIUS}px;
        background: {t.window}; selection-background-color: {t.accent}; selection-color: {t.accent_text}; }}
    QLineEdit:focus, QComboBox:focus {{ border: 2px solid {t.accent}; padding: 0 7px; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url({_icon("down", t)}); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.line}; outline: none; padding: 4px; }}
    QTreeView {{ background: {t.panel}; border: none; outline: none; }}
    #legend {{ padding: 6px 8px; }}
    #legend::item {{ min-height: {px(26)}px; }}
    #legend::item:hover, #legend::item:selected {{ background: {t.selected}; color: {t.text}; }}
    QTreeView QLineEdit {{ min-height: 0; padding: 0 2px; border-radius: 3px; }}
    QProgressBar {{ border: none; border-radius: 3px; background: {t.line}; max-height: 6px; min-height: 6px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {t.chip}; border-radius: 4px; min-height: 32px; margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {t.dim}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ background: none; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; }}
    QScrollBar::handle:horizontal {{ background: {t.chip}; border-radius: 4px; min-width: 32px; margin: 2px; }}
    QSplitter::handle {{ background: {t.line}; }}
    QSlider::groove:horizontal {{ height: 4px; background: {t.line}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: {t.dim}; }}
    QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {t.accent}; }}
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
    #banner {{ background: {t.raised}; border-bottom: 1px solid {t.line}; }}
    #bannerError {{ background: {t.raised}; border-bottom: 1px solid {t.line}; border-left: 3px solid {t.error}; }}
    #dropHint {{ background: {t.accent}; color: {t.accent_text}; border-radius: {RADIUS}px; padding: 8px 16px;
        font-size: {px(16)}px; font-weight: 600; }}
    QToolButton#fold {{ border: none; background: transparent; font-size: {px(12)}px; font-weight: 600; color: {t.dim};
        padding: 0 4px; }}
    QToolButton#fold:hover {{ color: {t.text}; }}
    QToolButton#fold:focus {{ border: 2px solid {t.accent}; padding: 0 2px; }}
    QToolButton:checked {{ background: {t.selected}; border-color: {t.dim}; }}
    QPushButton:checked {{ background: {t.selected}; border-color: {t.dim}; }}
    #plain {{ background: transparent; }}
    #zone {{ border: 1px dashed {t.dim}; border-radius: {RADIUS}px; background: {t.window}; }}
    #zone[target="true"] {{ border: 2px solid {t.accent}; background: {t.selected}; }}
    QPushButton#dropBox[target="true"] {{ border: 2px solid {t.accent}; background: {t.selected}; padding: 0 11px; }}
    QToolButton#clear {{ border: none; background: transparent; padding: 0; min-height: 0; }}
    QAbstractSpinBox {{ min-height: {px(26)}px; padding: 0 6px; border: 1px solid {t.line}; border-radius: {RADIUS}px;
        background: {t.window}; selection-background-color: {t.accent}; selection-color: {t.accent_text}; }}
    QAbstractSpinBox:focus {{ border: 2px solid {t.accent}; padding: 0 5px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 20px; border: none; background: transparent; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QAbstractSpinBox::up-arrow {{ image: url({_icon("up", t)}); width: 10px; height: 10px; }}
    QAbstractSpinBox::down-arrow {{ image: url({_icon("down", t)}); width: 10px; height: 10px; }}
    QCheckBox::indicator {{ width: {px(16)}px; height: {px(16)}px; border: 1px solid {t.dim}; border-radius: 4px;
        background: {t.window}; }}
    QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border: 2px solid {t.accent}; }}
    QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url({_icon("check", t)}); }}
    QCheckBox:focus {{ color: {t.accent}; }}
    QTableView {{ background: {t.window}; border: none; outline: 0; }}
    QListView#completion {{ background: {t.raised}; border: 1px solid {t.line}; outline: none; padding: 4px; }}
    QListView#completion::item {{ min-height: {px(24)}px; padding: 0 8px; border-radius: 4px; }}
    QListView#completion::item:selected {{ background: {t.accent}; color: {t.accent_text}; }}
    QPlainTextEdit {{ background: {t.window}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
    QPlainTextEdit:focus {{ border: 2px solid {t.accent}; }}
    QCheckBox {{ min-height: {px(26)}px; spacing: 8px; }}
    #card {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
    """
