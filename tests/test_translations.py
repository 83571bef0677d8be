"""Every text has a translation, with the same places for values, and what is compiled is what is written."""

from __future__ import annotations

import ast
import string
import sys
from collections import Counter
from pathlib import Path

import pytest

from attrlens import words
from attrlens.ui.actions import ACTIONS, FILE

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "packaging"))

import translations  # noqa: E402  (packaging is no package)

TEXT_SETTERS = {
    "setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription",
    "addAction", "addMenu", "addTab", "setTitle", "setSuffix", "label", "QPushButton", "QLabel", "QCheckBox", "addRow",
    "setLabelText", "setOkButtonText", "addButton", "tool", "combo", "addItem", "setItemText", "say",
}  # fmt: skip
"""What puts a text before a person's eyes."""


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_is_translated_and_nothing_else(language: str) -> None:
    known, sources = translations.translations(language), translations.sources()
    missing = {text: place for text, place in sources.items() if text not in known}
    assert not missing, f"run packaging/translations.py and translate: {list(missing.items())[:5]}"
    assert not set(known) - set(sources), "texts that are no longer in the program: run packaging/translations.py"


def fields(text: str) -> Counter[tuple[str, str]]:
    return Counter((name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_translations_have_the_same_places_for_values(language: str) -> None:
    for source, translation in translations.translations(language).items():
        if "{" in source and not source.startswith("{not}"):
            assert fields(source) == fields(translation), source
        assert source.count("&") == translation.count("&"), source
        assert source.endswith("…") == translation.endswith("…"), source


@pytest.mark.parametrize("language", ("en", *translations.LANGUAGES))
def test_no_two_items_of_a_menu_have_the_same_access_key(language: str) -> None:
    known = {} if language == "en" else translations.translations(language)
    menus: dict[str, list[str]] = {"": [], FILE: ["Open &recent"]}
    for spec in ACTIONS:
        menus.setdefault(spec.menu, []).append(str(spec.text))
    menus[""] = [menu for menu in menus if menu]
    for menu, texts in menus.items():
        shown = [known.get(text, text) for text in map(str, texts)]
        keys = Counter(text[text.index("&") + 1].lower() for text in shown)
        assert max(keys.values()) == 1, (menu, keys.most_common(2), shown)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str, tmp_path: Path) -> None:
    translations.compile_to(language, tmp_path / "a.qm")
    committed = translations.FOLDER / f"attrlens_{language}.qm"
    assert (tmp_path / "a.qm").read_bytes() == committed.read_bytes(), "run packaging/translations.py"


def literals(node: ast.expr) -> bool:
    """Whether an expression is a text of letters that nobody can translate."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(
            part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
    else:
        return False
    return sum(character.isalpha() for character in text) >= 2 and not text.startswith(("AttrLens", "^"))


def test_no_text_is_put_before_a_person_s_eyes_that_cannot_be_translated() -> None:
    wrong = []
    for path in sorted((ROOT / "attrlens" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name == "tool":
                first = node.args[-1]
            if name in TEXT_SETTERS and literals(first):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(first)}")
    assert not wrong


OF_PYTHON = {
    "ImportError", "ValueError", "RuntimeError", "AssertionError", "TypeError", "KeyError", "FileNotFoundError",
    "LinAlgError",
}  # fmt: skip
"""Not for a person to read."""


def test_errors_below_the_window_are_words() -> None:
    """Errors and notices are shown in the window, so they must be made of words, not of f-strings."""
    wrong = []
    for layer in ("core", "state", "jobs"):
        for path in sorted((ROOT / "attrlens" / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                told = name.endswith("Error") and name not in OF_PYTHON
                if told or name in ("Notice", "Choice", "Action", "Finding"):
                    wrong += [f"{path.relative_to(ROOT)}:{node.lineno}" for a in node.args[:2] if literals(a)]
    assert not wrong


def test_the_window_speaks_spanish(tmp_path: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from attrlens.app import language

    qt = QApplication.instance() or QApplication([])
    assert language.install(qt, "es") == "es"
    try:
        assert words.tr("{n:,} image", "{n:,} images", n=1) == "1 imagen"
        assert words.tr("{n:,} image", "{n:,} images", n=12345) == "12.345 imágenes"
        assert words.number(0.97, ".0%") == "97\N{NO-BREAK SPACE}%"
        assert qt.translate("QPlatformTheme", "Cancel") == "Cancelar", "Qt's own buttons too"
    finally:
        assert language.install(qt, "en") == "en"
    assert words.tr("{n:,} image", "{n:,} images", n=12345) == "12,345 images"
    assert language.chosen("system") in language.LANGUAGES and language.chosen("en") == "en"
