"""Find a backbone's weights: bundled, named by the user, in the Keras cache, or downloaded once."""

from __future__ import annotations

import hashlib
import http.client
import json
import urllib.error
import urllib.request
from pathlib import Path

from attrlens import log, paths
from attrlens.core.backbones.spec import Backbone, Download
from attrlens.core.token import Token
from attrlens.errors import WeightsError, describe_os_error
from attrlens.words import Words, words

logger = log.get(__name__)

CHUNK = 1 << 18


def locate(backbone: Backbone, named: Path | None = None) -> Path:
    """Path of the weights, checked.

    Parameters
    ----------
    backbone : Backbone
    named : Path, optional
        A file the user chose: it comes first, and may be partial.

    Raises
    ------
    WeightsError
        If there is none, or the one there is is damaged.
    """
    if named is not None:
        if not named.is_file():
            raise WeightsError(
                words("The weights file {path} is missing.", path=named),
                words("Choose it again, or remove the choice."),
            )
        backbone.available_layers(named)
        return named
    if backbone.bundled is not None:
        path = paths.resources() / "models" / backbone.bundled
        manifest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if not path.is_file() or sha256(path) != manifest["sha256"]:
            raise WeightsError(
                words("The bundled weights {path} are missing or damaged.", path=path), words("Install AttrLens again.")
            )
        return path
    assert backbone.download is not None  # a row has one or the other
    for folder in (paths.weights_folder(), paths.keras_cache()):
        path = folder / backbone.download.file_name
        if path.is_file():
            return path
    raise WeightsError(
        words("The weights of {backbone} are not on this machine.", backbone=backbone.title),
        words(
            "Download them once ({size:.0f} MB), or choose a file: {name}.",
            size=backbone.download.size / 1e6,
            name=backbone.download.file_name,
        ),
    )


_digests: dict[tuple[Path, int], str] = {}


def digest(backbone: Backbone, named: Path | None = None) -> str:
    """SHA-256 of the weights that `locate` finds; read once for each state of the file.

    Raises
    ------
    WeightsError
    """
    path = locate(backbone, named)
    key = path, path.stat().st_mtime_ns
    if key not in _digests:
        _digests[key] = sha256(path)
    return _digests[key]


def sha256(path: Path) -> str:
    """SHA-256 of a file, as hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def download(source: Download, folder: Path, token: Token) -> Path:
    """Fetch a weights file into `folder`, going on where an earlier try stopped.

    The bytes go to ``<name>.part`` and take their name only when the checksum is right, so that a half-finished or
    wrong file is never used.

    Parameters
    ----------
    source : Download
    folder : Path
        Made where missing.
    token : Token
        Gets the bytes done and in all; cancel keeps the part for the next try.

    Raises
    ------
    WeightsError
        With no network, on a refused or broken transfer, or when the checksum is wrong (the part is then removed).
    Cancelled
    """
    target = folder / source.file_name
    part = folder / (source.file_name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not part.exists() or part.stat().st_size < source.size:
            _transfer(source, part, token)
        digest = _md5(part)
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError) as error:
        raise WeightsError(
            words("{name} could not be downloaded ({reason}).", name=source.file_name, reason=_reason(error)),
            words("Check the network and try again (it goes on where it stopped), or choose a file you already have."),
        ) from error
    except OSError as error:
        told = describe_os_error(error, part)
        raise WeightsError(told.message, told.hint) from error
    if digest != source.md5:
        part.unlink()
        raise WeightsError(
            words("The downloaded {name} is not the published file (its checksum differs).", name=source.file_name),
            words("Try again; a proxy or a portal page may have answered instead of the server."),
        )
    part.replace(target)
    logger.info("downloaded %s", target)
    return target


def _reason(error: Exception) -> str:
    """Why it failed: our own words, which `str` would make plain English, or the library's."""
    own = error.args[0] if error.args else None
    return own if isinstance(own, Words) else str(getattr(error, "reason", error))


def _transfer(source: Download, part: Path, token: Token) -> None:
    done = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(source.url, headers={"Range": f"bytes={done}-"} if done else {})
    with urllib.request.urlopen(request, timeout=20) as answer:
        if done and answer.status != 206:
            done = 0  # the server starts over
        with part.open("ab" if done else "wb") as out:
            while chunk := answer.read(CHUNK):
                token.check()
                out.write(chunk)
                done += len(chunk)
                token.report(done, source.size, words("Downloading {name}", name=source.file_name))
    if done < source.size:
        raise ConnectionError(
            words("the connection ended after {done:,} of {total:,} bytes", done=done, total=source.size)
        )


def _md5(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
