"""Runs first in the packaged program, before any of its own code."""

import os
import sys

# joblib would start processes for work that threads do here.
os.environ.setdefault("JOBLIB_MULTIPROCESSING", "0")

# A program without a console has neither; whoever prints would fail.
for stream in ("stdout", "stderr"):
    if getattr(sys, stream) is None:
        setattr(sys, stream, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  (kept open)
