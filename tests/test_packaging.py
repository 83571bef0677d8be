"""What a build stands on, without building: lists, licenses, desktop files, scripts, the Debian package."""

from __future__ import annotations

import configparser
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tarfile
import time
import xml.etree.ElementTree as ET
from fnmatch import fnmatch
from pathlib import Path

import pytest

from attrlens import __version__, paths
from attrlens.state.desktop import Desktop

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
sys.path.insert(0, str(PACKAGING))

import archive  # noqa: E402
import finish  # noqa: E402
import licenses  # noqa: E402
import parts  # noqa: E402
import smoke  # noqa: E402


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_every_part_that_is_left_out_has_a_reason() -> None:
    for reasons in (parts.MODULES_LEFT_OUT, parts.FILES_LEFT_OUT, parts.WHY_SO_LARGE):
        assert all(len(reason) > 2 for reason in reasons.values())
    kept = ("resources/models/efficientnet_lite0.npz", "tensorflow/libtensorflow_cc.so.2", "pyarrow/libparquet.so.2600",
            "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqoffscreen.so",
            "PySide6/Qt/plugins/iconengines/libqsvgicon.so", "PIL/_imaging.so")  # fmt: skip
    for name in kept:
        assert not any(fnmatch(name, pattern) for pattern in parts.FILES_LEFT_OUT), name
    assert finish.why("scipy.libs").startswith("SciPy's") and finish.why("scipy").startswith("sparse")
    assert finish.why("something else") == ""


def test_every_package_the_program_needs_states_a_license() -> None:
    text = licenses.collect()
    for name in ("tensorflow", "numpy", "pillow", "scipy", "umap-learn", "hdbscan", "usearch", "pyarrow", "numba"):
        assert re.search(rf"^{name} \d", text, re.MULTILINE), name
    assert "Permission is hereby granted" in text and "GNU LESSER" in text.upper()
    assert not re.search(r"^(pytest|ruff|mypy|pyinstaller) \d", text, re.MULTILINE), "only what is in the program"


def test_desktop_files() -> None:
    entry = configparser.ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(PACKAGING / "linux" / "attrlens.desktop", encoding="utf-8")
    main = entry["Desktop Entry"]
    assert main["Exec"] == "attrlens %f" and "inode/directory" in main["MimeType"]
    mime = ET.parse(PACKAGING / "linux" / "attrlens-mime.xml").getroot()
    kinds = {kind.get("type") for kind in mime}
    assert kinds == {"application/x-attrlens-catalog"} and kinds <= set(main["MimeType"].split(";"))
    about = ET.parse(PACKAGING / "linux" / "org.attrlens.AttrLens.metainfo.xml").getroot()
    release = about.find("releases/release")
    assert release is not None and release.get("version") == __version__


def test_desktop_files_by_their_own_validators() -> None:
    done = subprocess.run(
        [tool("desktop-file-validate"), str(PACKAGING / "linux" / "attrlens.desktop")], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0 and not done.stdout, done.stdout


def test_scripts_of_other_systems() -> None:
    with (PACKAGING / "macos" / "entitlements.plist").open("rb") as stream:
        assert plistlib.load(stream)["com.apple.security.cs.allow-jit"] is True
    script = (PACKAGING / "windows" / "attrlens.iss").read_text(encoding="utf-8")
    sections = re.findall(r"^\[(\w+)\]$", script, re.MULTILINE)
    assert len(sections) == len(set(sections)) and {"Setup", "Files", "Icons", "Registry", "Run"} <= set(sections)
    spec = (PACKAGING / "attrlens.spec").read_text(encoding="utf-8")
    for program in set(re.findall(r"\{app\}\\([\w-]+)\.exe", script)):
        assert f'name="{program}"' in spec, program
    for message in set(re.findall(r"\{cm:(\w+)[,}]", script)) - {"LaunchProgram"}:
        for language in ("en", "es"):
            assert f"\n{language}.{message}=" in script
    workflow = (ROOT / ".github" / "workflows" / "package.yml").read_text(encoding="utf-8")
    assert {"python dev.py test", "python dev.py package"} <= set(re.findall(r"run: (python dev.py \w+)", workflow))
    for system in ("ubuntu", "windows", "macos"):
        assert f"os: {system}-" in workflow


@pytest.mark.parametrize("script", ["linux/try-deb.sh", "macos/sign.sh"])
def test_shell_scripts(script: str) -> None:
    assert subprocess.run([tool("bash"), "-n", str(PACKAGING / script)], check=False).returncode == 0
    if shutil.which("shellcheck"):
        done = subprocess.run(
            ["shellcheck", "-S", "warning", str(PACKAGING / script)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def program_in(folder: Path) -> Path:
    """A stand-in for a built program: what is packed does not matter here."""
    program = folder / "attrlens"
    (program / "_internal").mkdir(parents=True)
    (program / "attrlens").write_text("#!/bin/sh\necho here\n")
    (program / "attrlens").chmod(0o755)
    (program / "_internal" / "a.so.1").write_bytes(b"x" * 3000)
    (program / "_internal" / "a.so").symlink_to("a.so.1")
    return program


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux")
def test_the_debian_package_holds_the_program_and_what_a_desktop_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool("dpkg-deb")
    extra = tmp_path / "build" / "extra"
    extra.mkdir(parents=True)
    (extra / "attrlens.png").write_bytes(b"png")
    for name in ("resources", "NOTICE"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setattr(archive, "ROOT", tmp_path)
    target = tmp_path / "one.deb"
    archive.deb(program_in(tmp_path), target)
    listed = subprocess.run(["dpkg-deb", "-c", str(target)], capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/attrlens -> ../lib/attrlens/attrlens" in listed
    assert "a.so -> a.so.1" in listed
    for name in (
        "applications/attrlens.desktop", "mime/packages/attrlens.xml", "icons/hicolor/scalable/apps/attrlens.svg",
        "metainfo/org.attrlens.AttrLens.metainfo.xml", "doc/attrlens/copyright",
    ):  # fmt: skip
        assert f"./usr/share/{name}" in listed
    assert all(" root/root " in line for line in listed.splitlines())
    told = subprocess.run(["dpkg-deb", "-f", str(target)], capture_output=True, text=True, check=True).stdout
    assert f"Version: {__version__}" in told and "libxcb-cursor0" in told and "libc6 (>= " in told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux")
def test_the_archive_unpacks_to_the_program(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    target = tmp_path / "one.tar.zst"
    archive.tar_zst(program_in(tmp_path), target)
    plain = tmp_path / "one.tar"
    with target.open("rb") as file, plain.open("wb") as stream:
        zstandard.ZstdDecompressor().copy_stream(file, stream)
    with tarfile.open(plain) as tar:
        tar.extractall(tmp_path / "out", filter="tar")
    program = tmp_path / "out" / f"attrlens-{__version__}" / "attrlens"
    assert subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout == "here\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux")
def test_other_programs_do_not_get_our_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "told"
    script = f'#!/bin/sh\necho "$1 ${{LD_LIBRARY_PATH-none}}" > "{told}.part"\nmv "{told}.part" "{told}"\n'
    (tmp_path / "xdg-open").write_text(script)
    (tmp_path / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/program/_internal")
    monkeypatch.setattr(paths, "is_frozen", lambda: True)
    for before, expected in (("", "none"), ("/own", "/own")):
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
        assert Desktop().open(tmp_path)
        until = time.monotonic() + 20
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert told.read_text() == f"{tmp_path} {expected}\n"
        told.unlink()


def test_results_are_compared_but_for_folder_and_time(tmp_path: Path) -> None:
    def written(name: str, folder: str, confidence: str, when: str) -> Path:
        path = tmp_path / name
        path.write_text(
            f"path,class,confidence,suggested_at\n{folder}/b.jpg,red,{confidence},{when}\n{folder}/a.jpg,blue,0.5,{when}\n"
        )
        return path

    one = written("1.csv", "/x", "0.9", "today")
    assert smoke.compare(one, written("2.csv", "/y", "0.9", "tomorrow")).startswith("2 rows")
    with pytest.raises(SystemExit, match="1 of 2 rows differ"):
        smoke.compare(one, written("3.csv", "/y", "0.8", "today"))


@pytest.mark.parametrize(
    ("command", "line", "fine"),
    [
        ("self-test", "ok       0.12 s  image formats: JPEG, PNG", True),
        ("self-test", "12 of 12 parts work", True),
        ("self-test", "FAILED   0.12 s  map: no", False),
        ("self-test", "WARNING: All log messages before absl", False),
        ("demo", "Color: 117 of 120 synthetic images that are no exemplars right (97.5%)", True),
        ("demo", "Traceback (most recent call last):", False),
        ("--version", "tensorflow     2.21.0", True),
    ],
)
def test_lines_that_are_expected_of_a_build(command: str, line: str, fine: bool) -> None:
    assert bool(re.fullmatch(smoke.EXPECTED[command], line)) is fine
