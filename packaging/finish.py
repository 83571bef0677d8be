"""After PyInstaller: symbol tables off, network and license texts in, sizes told. ``finish.py PROGRAM``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import licenses
import parts

INSIDE = "_internal"


def files_of(program: Path) -> Iterator[Path]:
    """Files of a program, links left out."""
    for folder, _, names in os.walk(program):
        for name in names:
            path = Path(folder) / name
            if not path.is_symlink():
                yield path


def strip(program: Path) -> int:
    """Take the symbol tables off the libraries in `parts.STRIPPED`, on Linux; bytes saved."""
    if not sys.platform.startswith("linux"):
        return 0
    before = after = 0
    for path in list(files_of(program / INSIDE)):
        name = path.relative_to(program / INSIDE).as_posix()
        if any(fnmatch(name, pattern) for pattern in parts.STRIPPED):
            before += path.stat().st_size
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
            after += path.stat().st_size
    return before - after


def make_graph(program: Path) -> None:
    """Put the bundled network in as TensorFlow runs it: the first start ever is then as fast as any other."""
    code = (
        "from attrlens.core.backbones import registry, weights; from attrlens.core.engine import Engine; "
        "from attrlens.core.recipes import COLOR, TEXTURE; "
        "Engine([COLOR, TEXTURE], {COLOR.backbone: weights.locate(registry.backbone(COLOR.backbone))})"
    )
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"ATTRLENS_HOME": home})
        target = program / INSIDE / "resources" / "graphs"
        target.mkdir(exist_ok=True)
        for path in (Path(home) / "data" / "graphs").glob("*.graph"):
            shutil.copyfile(path, target / path.name)
            print(f"network kept as it is run: {path.stat().st_size / 1e6:,.0f} MB", flush=True)


def system_libraries(program: Path) -> list[Path]:
    """Where the libraries at the top of a program came from, on Linux: the system's folders."""
    folders = [
        Path("/usr/lib/x86_64-linux-gnu"),
        Path("/lib/x86_64-linux-gnu"),
        Path("/usr/lib"),
        Path("/usr/local/lib"),
    ]
    found = []
    for path in (program / INSIDE).glob("lib*.so*"):
        found += [folder / path.name for folder in folders if (folder / path.name).exists()][:1]
    return found


def sizes(program: Path) -> tuple[int, dict[str, int]]:
    """Bytes of all, and of each part: a large library by itself, else the folder."""
    total, out = 0, dict[str, int]()
    for path in files_of(program):
        size = path.stat().st_size
        total += size
        at = path.relative_to(program / INSIDE) if path.is_relative_to(program / INSIDE) else path.relative_to(program)
        name = at.as_posix() if size > 40_000_000 else at.parts[0]
        out[name] = out.get(name, 0) + size
    return total, out


def why(name: str) -> str:
    """Why a part stays."""
    known = [start for start in parts.WHY_SO_LARGE if name.startswith(start)]
    return parts.WHY_SO_LARGE[max(known, key=len)] if known else ""


def table(program: Path, most: int = 10) -> str:
    """The largest parts, with why they stay."""
    total, each = sizes(program)
    lines = [f"{total / 1e6:8,.0f} MB  in all; the largest:"]
    for name, size in sorted(each.items(), key=lambda pair: -pair[1])[:most]:
        lines.append(f"{size / 1e6:8,.0f} MB  {name}: {why(name) or 'no reason is written down'}")
    return "\n".join(lines)


def main(program: Path) -> None:
    """Finish a program."""
    print(f"symbol tables off: {strip(program) / 1e6:,.0f} MB less", flush=True)
    make_graph(program)
    text = licenses.collect(system_libraries(program))
    (program / INSIDE / "resources" / "THIRD-PARTY-LICENSES.txt").write_text(text, encoding="utf-8")
    print(table(program), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
