"""Pack a tried program: ``archive.py PROGRAM DIST``.

Linux: .tar.zst and, with dpkg-deb, .deb; Windows: .zip; macOS: .tar.gz.

The installer for Windows and the signed image for macOS are made from the same folder; see windows/ and macos/.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from smoke import linked

from attrlens import __version__

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"

DEPENDS = (
    "libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0 | libglib2.0-0t64",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0", "libxcb-shape0",
    "libxcb-xkb1", "libxkbcommon-x11-0", "fonts-dejavu-core | fonts-freefont-ttf | fonts-noto-core",
)  # fmt: skip
"""Of the .deb beside the C library: what Qt takes from the system, because it belongs to the desktop."""

DESCRIPTION = """label garment photos by color and texture from a few exemplars
 A few exemplar photos make a class, and it works at once, with no training run.
 A dropped folder is classified; where the program is unsure, it says so.
 Nothing leaves the machine. The program brings its own Python and TensorFlow."""


def tar_zst(program: Path, target: Path) -> None:
    """A ``.tar.zst``; files belong to root, as on any machine they are unpacked on by root."""
    import zstandard

    def owned(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        return info

    squeeze = zstandard.ZstdCompressor(level=12, threads=-1)
    with (
        target.open("wb") as file,
        squeeze.stream_writer(file) as stream,
        tarfile.open(fileobj=stream, mode="w|") as tar,
    ):
        tar.add(program, f"attrlens-{__version__}", filter=owned)


def deb(program: Path, target: Path) -> None:
    """A Debian package: the program in /usr/lib/attrlens, and what a desktop needs to show it."""
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        top = Path(name) / "package"
        share = top / "usr/share"
        linked(program, top / "usr/lib/attrlens")
        (top / "usr/bin").mkdir()
        (top / "usr/bin/attrlens").symlink_to("../lib/attrlens/attrlens")
        for file, where in (
            (LINUX / "attrlens.desktop", "applications/attrlens.desktop"),
            (LINUX / "attrlens-mime.xml", "mime/packages/attrlens.xml"),
            (LINUX / "org.attrlens.AttrLens.metainfo.xml", "metainfo/org.attrlens.AttrLens.metainfo.xml"),
            (ROOT / "resources" / "attrlens.svg", "icons/hicolor/scalable/apps/attrlens.svg"),
            (ROOT / "build" / "extra" / "attrlens.png", "icons/hicolor/256x256/apps/attrlens.png"),
            (ROOT / "NOTICE", "doc/attrlens/copyright"),
        ):
            (share / where).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, share / where)
        files = sorted(path for path in top.rglob("*") if path.is_file() and not path.is_symlink())
        kilobytes = sum(path.stat().st_size for path in files) // 1024
        control = top / "DEBIAN"
        control.mkdir()
        machine = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
        depends = ", ".join((f"libc6 (>= {platform.libc_ver()[1]})", *DEPENDS))
        fields = {
            "Package": "attrlens", "Version": __version__, "Architecture": machine,
            "Maintainer": "The AttrLens team <attrlens@localhost>", "Installed-Size": str(kilobytes),
            "Depends": depends, "Recommends": "xdg-utils", "Section": "graphics", "Priority": "optional",
            "Description": DESCRIPTION,
        }  # fmt: skip
        text = "".join(f"{name}: {value}\n" for name, value in fields.items())
        (control / "control").write_text(text, encoding="utf-8")
        digests = []
        for path in files:
            with path.open("rb") as stream:
                digests.append(
                    f"{hashlib.file_digest(stream, 'md5').hexdigest()}  {path.relative_to(top).as_posix()}\n"
                )
        (control / "md5sums").write_text("".join(digests), encoding="utf-8")
        for folder, _, _ in os.walk(top):
            Path(folder).chmod(0o755)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(top), str(target)], check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip


def main(program: Path, dist: Path) -> None:
    """Pack it."""
    system = {"linux": "linux", "darwin": "macos", "win32": "windows"}[sys.platform]
    stem = f"attrlens-{__version__}-{system}-{platform.machine().lower()}"
    for old in dist.glob("attrlens[-_]*.*"):
        old.unlink()
    if system == "windows":
        shutil.make_archive(str(dist / stem), "zip", program.parent, program.name)
    elif system == "macos":
        shutil.make_archive(str(dist / stem), "gztar", dist, "AttrLens.app")
    else:
        tar_zst(program, dist / f"{stem}.tar.zst")
        if shutil.which("dpkg-deb"):
            machine = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
            deb(program, dist / f"attrlens_{__version__}_{machine}.deb")
        else:
            print("dpkg-deb is missing here: no .deb is made")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
