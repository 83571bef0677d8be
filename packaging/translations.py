"""Keep the translations in step with the code: collect what people read, merge, compile.

    python packaging/translations.py [--check]

Sources are the literals given to `tr` and `words`. They go through Qt's own lupdate and lrelease, so that a translator
can work in Qt Linguist. ``--check`` changes nothing and says what is missing.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "AttrLens"
LANGUAGES = ("es",)


def sources(package: Path = ROOT / "attrlens") -> dict[str, str]:
    """Every literal given to `tr` or `words`, with the first place it stands in; ValueError for what is no literal."""
    found: dict[str, str] = {}
    for path in sorted(package.rglob("*.py")):
        if path.name == "words.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "words"):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                for text in _literals(node, place):
                    found.setdefault(text, place)
    return found


def _literals(node: ast.Call, place: str) -> Iterator[str]:
    for argument in node.args:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            raise ValueError(f"{place}: {ast.unparse(node)} has a text that is no literal")
        if argument.value:
            yield argument.value


def translations(language: str) -> dict[str, str]:
    """Source to translation, of those a translator has finished."""
    out = {}
    for message in ET.parse(FOLDER / f"attrlens_{language}.ts").iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.get("type") is None and translation.text:
            out[message.findtext("source") or ""] = translation.text
    return out


def update(language: str) -> None:
    """Merge the sources into a language's file, then compile it."""
    target = FOLDER / f"attrlens_{language}.ts"
    with tempfile.TemporaryDirectory() as name:
        lines = ["from PySide6.QtCore import QCoreApplication"]
        lines += [f"QCoreApplication.translate({CONTEXT!r}, {_quoted(text)})" for text in sorted(sources())]
        collected = Path(name) / "collected.py"
        collected.write_text("\n".join(lines), encoding="utf-8")
        options = ["-no-obsolete", "-locations", "none", "-silent", "-target-language", language]
        _run("lupdate", str(collected), *options, "-ts", str(target))
    compile_to(language, FOLDER / f"attrlens_{language}.qm")


def compile_to(language: str, target: Path) -> None:
    """Compile a language's file."""
    _run("lrelease", "-silent", str(FOLDER / f"attrlens_{language}.ts"), "-qm", str(target))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _run(tool: str, *arguments: str) -> None:
    import PySide6

    program = Path(PySide6.__file__).parent / (f"{tool}.exe" if sys.platform == "win32" else tool)
    subprocess.run([str(program), *arguments], check=True)


def main(arguments: list[str]) -> int:
    """Update all languages, or only look."""
    missing = 0
    for language in LANGUAGES:
        if "--check" not in arguments:
            update(language)
        known = translations(language)
        for text, place in sources().items():
            if text not in known:
                missing += 1
                print(f"{language}: {place}: {text!r}")
    print(f"{len(sources())} texts, {missing} not translated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
