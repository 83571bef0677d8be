"""The lanes there are, each with its reason."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from attrlens.jobs.lane import Lane


@dataclass
class Lanes:
    """All background threads of a window.

    Attributes
    ----------
    inference : Lane
        The network: TensorFlow is imported, built and run in one thread only, and two passes would share the cores.
    analysis : Lane
        Fitting and scoring: tens of milliseconds, must not wait behind the network.
    thumbnails : Lane
        What the eye waits for: must wait behind nothing.
    files : Lane
        Opening, scanning, exporting: waits for disks.
    helper : Lane
        Waits for the helper process, minutes at a time.
    maps : Lane
        The same for maps, which must not wait behind an evaluation.
    pictures : Lane
        Comparing all pictures with all, and preparing searches: seconds to minutes, which nothing else waits for.
    """

    inference: Lane = field(default_factory=lambda: Lane("inference"))
    analysis: Lane = field(default_factory=lambda: Lane("analysis"))
    thumbnails: Lane = field(default_factory=lambda: Lane("thumbnails"))
    files: Lane = field(default_factory=lambda: Lane("files"))
    helper: Lane = field(default_factory=lambda: Lane("helper"))
    maps: Lane = field(default_factory=lambda: Lane("maps"))
    pictures: Lane = field(default_factory=lambda: Lane("pictures"))

    def all(self) -> tuple[Lane, ...]:
        """Every lane."""
        return (self.inference, self.analysis, self.thumbnails, self.files, self.helper, self.maps, self.pictures)

    @property
    def idle(self) -> bool:
        """Whether nothing is queued or running."""
        return all(lane.idle for lane in self.all())

    def close(self, milliseconds: int = 15_000) -> bool:
        """Cancel everything and wait once, for all together.

        Returns
        -------
        bool
            False if a thread was still busy when the time was over (an import of TensorFlow cannot be interrupted).
        """
        for lane in self.all():
            lane.begin_close()
        end = time.monotonic() + milliseconds / 1000
        ended = [lane.wait(max(0, int(1000 * (end - time.monotonic())))) for lane in self.all()]
        return all(ended)
