"""Themes, actions, words: what can be checked without an eye."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QKeySequence

from attrlens.ui import actions
from attrlens.ui.activity.bar import duration
from attrlens.ui.commands import Commands
from attrlens.ui.evaluate.matrix import WRONG_SHADE
from attrlens.ui.file_commands import FileCommands
from attrlens.ui.gallery.tiles import percent_text
from attrlens.ui.similar.commands import SimilarCommands
from attrlens.ui.theme import DARK, LIGHT, Tokens


def contrast(a: str, b: str) -> float:
    """WCAG 2.1 contrast ratio."""

    def luminance(name: str) -> float:
        color = QColor(name)
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]  # type: ignore[index]
        return float(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.panel, tokens.raised, tokens.mat, tokens.selected):
        for text in (tokens.text, tokens.dim, tokens.error):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(tokens.chip_text, tokens.chip) >= 4.5
    assert contrast(tokens.accent_text, tokens.accent) >= 4.5
    assert contrast(tokens.accent, tokens.window) >= 3, "focus rings and selection"
    for ground in (tokens.window, tokens.panel):
        assert contrast(tokens.warning, ground) >= 4.5, ground
    both = zip(tokens.color("warning").getRgb()[:3], tokens.color("panel").getRgb()[:3], strict=True)  # type: ignore[index]
    mixed = [round(WRONG_SHADE * shade + (1 - WRONG_SHADE) * panel) for shade, panel in both]
    assert contrast(tokens.text, QColor(*mixed).name()) >= 4.5, "the worst cell of a matrix"
    assert contrast(tokens.text, tokens.raised) >= 4.5, "what is said in place of a photo, on every mat"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_chrome_is_pure_gray(tokens: Tokens) -> None:
    for name in ("window", "panel", "raised", "mat", "line", "selected", "text", "dim", "chip", "chip_text"):
        color = tokens.color(name)
        assert color.red() == color.green() == color.blue(), name


def test_every_action_has_a_handler_and_keys_do_not_clash() -> None:
    for spec in actions.ACTIONS:
        handlers = [getattr(owner, spec.id, None) for owner in (Commands, FileCommands, SimilarCommands)]
        assert sum(map(callable, handlers)) == 1, spec.id
    keys = [QKeySequence(spec.keys).toString() for spec in actions.ACTIONS if spec.keys]
    keys += [str(digit) for digit in range(10)] + [f"Ctrl+{digit}" for digit in range(1, 10)]
    assert len(keys) == len(set(keys))
    assert len({spec.id for spec in actions.ACTIONS}) == len(actions.ACTIONS)


def test_the_sheet_lists_every_key() -> None:
    listed = {key for _, rows in actions.sheet() for key, _ in rows}
    assert {actions.key_text(spec.keys) for spec in actions.ACTIONS if spec.keys} <= listed


def test_words_for_numbers() -> None:
    assert [duration(s) for s in (0.2, 5, 80, 125, 3600, 7500)] == [
        "about 1 s", "about 5 s", "about 1 min 20 s", "about 2 min", "about 1 h", "about 2 h 5 min",
    ]  # fmt: skip
    assert [percent_text(c) for c in (0.0, 0.504, 0.996, 1.0)] == ["0%", "50%", "99%", "99%"]
