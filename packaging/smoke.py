"""Try a built program as a curator's machine would: ``smoke.py PROGRAM``. Run in the environment it was built in.

- its self-test and the main job, in a folder with a space and an accent, from another folder, with nothing kept from
  before, everything but its own data folder read-only, no network and no Python of this machine in sight;
- the same main job by the source: every suggestion the same;
- the window timed; the size held against its limit.

Any line of output that is not expected fails it.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import finish
import parts

IMAGES = 200
EXPECTED = {
    "self-test": r"ok      +\d+\.\d\d s  [\w ]+: .+|\d+ of (\d+) parts work",
    "demo": r"\d[\d,]* synthetic garments drawn in .+|[\d,]+ images .+|\d+ classes made .+|(Color|Texture): .+"
    r"|closed and reopened: nothing lost|report\.html, results\.csv and .+",
    "--version": r"[\w-]+ +\S.*",
}
PAINTED = 2.5
"""Seconds to a painted window, warm."""


class Place:
    """An unfriendly home: read-only but for the program's own data, as another user where we are root.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.home, self.work = folder / "home", folder / "work"
        self.data = self.home / "AttrLens data"
        for path in (self.data, self.work):
            path.mkdir(parents=True)
        self.home.chmod(0o555)
        self.other = (
            {"user": 65534, "group": 65534, "extra_groups": []} if getattr(os, "geteuid", lambda: 1)() == 0 else {}
        )
        if self.other:
            folder.chmod(0o755)
            for path in (self.data, self.work):
                os.chown(path, 65534, 65534)
        keep = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG")
        self.environment = {name: os.environ[name] for name in keep if name in os.environ}
        self.environment |= {"HOME": str(self.home), "USERPROFILE": str(self.home), "ATTRLENS_HOME": str(self.data),
                             "QT_QPA_PLATFORM": "offscreen", "http_proxy": "http://127.0.0.1:9",
                             "https_proxy": "http://127.0.0.1:9"}  # fmt: skip

    def run(self, *command: str | Path) -> str:
        """Run a command here; what it printed. Ends the build if it fails or prints what is not expected."""
        began = time.monotonic()
        done = subprocess.run(
            [str(part) for part in command], cwd=self.work, env=self.environment, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", **self.other,  # type: ignore[call-overload]
        )  # fmt: skip
        output = str(done.stdout)
        name = str(command[1])
        print(f"+ attrlens {' '.join(map(str, command[1:]))}  ({time.monotonic() - began:.0f} s)\n{output}", flush=True)
        pattern = EXPECTED.get(name, "")
        odd = [line for line in output.splitlines() if pattern and not re.fullmatch(pattern, line)]
        if done.returncode or odd:
            sys.exit(f"smoke.py: attrlens {name} ended with {done.returncode}; lines not expected: {odd}")
        return output


def suggestions(path: Path) -> list[tuple[str, ...]]:
    """The rows of an exported table, sorted: files without their folder, and not when it was done."""
    with path.open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    names = [name for name in rows[0] if not name.endswith("_at")]
    return sorted(tuple(Path(row[name]).name if name == "path" else row[name] for name in names) for row in rows)


def compare(built: Path, source: Path) -> str:
    """Whether two exported tables say the same."""
    ours, theirs = suggestions(built), suggestions(source)
    differ = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    if differ:
        sys.exit(f"smoke.py: {len(differ)} of {len(ours)} rows differ from the source's, the first: {differ[0]}")
    return f"{len(ours)} rows of results.csv are those of the source, to the last digit"


def painted(program: Path, place: Place) -> float:
    """Median seconds from the command to a painted window, of five starts after one."""
    seconds = []
    for _ in range(6):
        place.environment["ATTRLENS_STARTED"] = str(time.time())
        seconds.append(float(json.loads(place.run(program, "--time-to-paint").splitlines()[-1])["seconds"]))
    return statistics.median(seconds[1:])


def linked(source: Path, target: Path) -> None:
    """A copy by hard links where the disk allows, so that 1.5 GB are not written twice."""

    def copy(one: str, two: str) -> None:
        try:
            os.link(one, two, follow_symlinks=False)
        except OSError:
            shutil.copy2(one, two, follow_symlinks=False)

    shutil.copytree(source, target, copy_function=copy, symlinks=True)


def main(folder: Path) -> None:
    """Try it."""
    name = "attrlens.exe" if sys.platform == "win32" else "attrlens"
    with tempfile.TemporaryDirectory(prefix="AttrLens größe ", ignore_cleanup_errors=True) as temporary:
        top = Path(temporary).resolve()
        linked(folder, top / "program")
        place = Place(top)
        program = top / "program" / name
        place.run(program, "--version")
        place.run(program, "self-test", "--report", place.work / "self-test.json")
        place.run(program, "demo", "--no-window", "--out", place.work / "built", "--images", str(IMAGES))
        demo = ["demo", "--no-window", "--out", str(top / "source"), "--images", str(IMAGES)]
        source = subprocess.run(
            [sys.executable, "-m", "attrlens", *demo],
            env=os.environ | {"ATTRLENS_HOME": str(top / "source home")}, check=False, capture_output=True, text=True,
        )  # fmt: skip
        if source.returncode:
            sys.exit(f"smoke.py: the source's demo failed: {source.stdout}{source.stderr}")
        print(compare(place.work / "built" / "results.csv", top / "source" / "results.csv"), flush=True)
        seconds = painted(program, place)
    print(f"window painted after {seconds:.2f} s (limit {PAINTED})", flush=True)
    total, _ = finish.sizes(folder)
    print(f"{total / 1e6:,.0f} MB unpacked (limit {parts.LIMIT / 1e6:,.0f})", flush=True)
    if seconds > PAINTED or total > parts.LIMIT:
        sys.exit("smoke.py: over the limit")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
