"""Runs first in the packaged program, before any of its own code."""

import os
import sys

# The starter points the loader at the program's own libraries. What the program starts (a file manager, a browser)
# must not find them: the loader read the variable already, and the helper process sets it again.
for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    else:
        os.environ.pop(name, None)

# joblib would start processes for work that threads do here.
os.environ.setdefault("JOBLIB_MULTIPROCESSING", "0")

# A program without a console has neither; whoever prints would fail.
for stream in ("stdout", "stderr"):
    if getattr(sys, stream) is None:
        setattr(sys, stream, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  (kept open)
