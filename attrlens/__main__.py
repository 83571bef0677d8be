"""Entry point: ``python -m attrlens`` and the ``attrlens`` command."""

import multiprocessing
import sys


def main() -> int:
    """Run the command line; the exit status."""
    multiprocessing.freeze_support()  # the packaged program starts its helper process as itself
    from attrlens.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
