"""Errors a person sees: what happened, to which file, and what to do about it."""

from __future__ import annotations

from attrlens.words import words


class AttrLensError(Exception):
    """Base of all errors meant for the user.

    Parameters
    ----------
    message : str
        What happened, naming the file: one sentence.
    hint : str
        What the user can do: one sentence.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ImageError(AttrLensError):
    """An image cannot be used; the others can."""


class WeightsError(AttrLensError):
    """A weights file is missing, partial or not what it says."""


class CatalogError(AttrLensError):
    """A catalog cannot be opened or written."""


class CatalogLockedError(CatalogError):
    """Another process has the catalog open."""


class CatalogVersionError(CatalogError):
    """The catalog was written by a newer AttrLens."""


class Cancelled(Exception):  # noqa: N818  (not an error: the user asked for it)
    """Raised by ``Token.check`` when the user cancels a job."""


def describe_os_error(error: OSError, path: object) -> AttrLensError:
    """Turn an OSError into a sentence with a way out.

    Parameters
    ----------
    error : OSError
    path : path-like
        The file or folder concerned.
    """
    import errno

    hints: dict[int, tuple[str, str]] = {
        errno.ENOSPC: (
            words("The disk is full"),
            words("Free some space or put the catalog on another disk, then try again."),
        ),
        errno.EACCES: (words("Access was denied"), words("Check the permissions of the file or folder.")),
        errno.EPERM: (words("Access was denied"), words("Check the permissions of the file or folder.")),
        errno.ENOENT: (
            words("The file or folder is missing"),
            words("It may have been moved, or its drive is not connected."),
        ),
        errno.EROFS: (words("The disk is read-only"), words("Choose a folder you can write to.")),
        errno.EIO: (
            words("The disk could not be read"),
            words("Check the drive or the network connection, then try again."),
        ),
        errno.EMFILE: (words("Too many files are open"), words("Close other programs, then try again.")),
    }
    what, hint = hints.get(error.errno or 0, (error.strerror or str(error), words("See the log for details.")))
    return AttrLensError(words("{what}: {path}.", what=what, path=path), hint)
