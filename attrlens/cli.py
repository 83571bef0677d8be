"""The command line: the same core as the window, and no Qt unless a window is asked for.

Exit status: 0 done, 1 it could not be done (one line says why), 2 wrong usage, 3 done but some images could not be
read, 130 interrupted.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from attrlens import cli_catalog, cli_evaluate, cli_inside, cli_layout, cli_similar, garbage, log, paths, version
from attrlens.cli_bar import FAILED, INTERRUPTED, OK, SOME_BAD, Bar, cancelling, named_weights
from attrlens.errors import AttrLensError, Cancelled


def parser() -> argparse.ArgumentParser:
    """The parser of all commands but the window's, which is what remains when no command is named."""
    top = argparse.ArgumentParser(
        prog="attrlens",
        description="Label garment photos by color and texture from a few exemplars, on your own machine.",
        epilog="attrlens [PATH] opens the window, on a catalog or a folder of images where PATH names one. "
        "--reset-layout shows it as at the first start; --safe-mode opens it with the settings as delivered, nothing "
        "opened or watched by itself, and no graphics card.",
    )
    top.add_argument("--version", action="store_true", help="versions of AttrLens and everything native in it")
    top.add_argument("--verbose", action="store_true", help="say more")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    demo = commands.add_parser("demo", help="draw the demo garments and do the whole main job on them")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.add_argument("--no-window", action="store_true", help="work offscreen and leave pictures of the window")
    demo.add_argument("--images", type=int, default=1000, metavar="N")
    demo.set_defaults(run=_demo)

    cli_catalog.add_parsers(commands)

    weights = commands.add_parser("weights", help="download a backbone's weights once")
    weights.add_argument("backbone")
    weights.set_defaults(run=_weights)

    cli_evaluate.add_parser(commands, _evaluate)
    cli_inside.add_parser(commands, _explain, _maximize)
    cli_layout.add_parser(commands, _layout)
    cli_similar.add_parsers(commands, _similar, _duplicates)

    check = commands.add_parser("self-test", help="try every part of the program, and say what does not work")
    check.add_argument("--report", type=Path, metavar="FILE", help="write what was found as JSON")
    check.set_defaults(run=_self_test)

    bench = commands.add_parser("bench", help="measure this machine: start, descriptors, answers")
    bench.add_argument("--quick", action="store_true", help="start, network and answers only, fewer repeats")
    for part, told in (
        ("start", "only the start"), ("network", "only the networks"),
        ("describe", "only the window while images are described"), ("answer", "only classes and thresholds"),
        ("search", "only the search for similar images: 5 GB of disk"), ("canvas", "only the map and the grid"),
        ("inside", "only looking inside the network"),
    ):  # fmt: skip
        bench.add_argument(f"--{part}", action="append_const", dest="only", const=part, help=told)
    bench.add_argument(
        "--gallery", type=int, nargs="?", const=50_000, metavar="N", help="only the window, on a catalog of N images"
    )
    bench.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="more networks")
    bench.add_argument("--json", type=Path, metavar="FILE")
    bench.set_defaults(run=_bench)
    return top


COMMANDS = (
    "demo", "import", "classify", "export", "info", "weights", "evaluate", "explain", "maximize", "layout", "similar",
    "duplicates", "self-test", "bench",
)  # fmt: skip


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line.

    Returns
    -------
    int
        Exit status.
    """
    first = next((a for a in arguments if not a.startswith("-")), None)
    wants_window = first not in COMMANDS and not {"-h", "--help", "--version"} & set(arguments)
    log.set_up(paths.log_file(), verbose="--verbose" in arguments)
    arguments = [argument for argument in arguments if argument != "--verbose"]
    if wants_window:
        return _window(arguments)
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    if options.version:
        print("\n".join(f"{name:<14} {version}" for name, version in version.versions().items()))
        return OK
    return _guarded(lambda bar: int(options.run(options, bar)))


def _guarded(work: Callable[[Bar], int]) -> int:
    bar = Bar()
    try:
        return work(bar)
    except AttrLensError as error:
        bar.clear()
        print(f"attrlens: {error}", file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, Cancelled):
        bar.clear()
        print("attrlens: interrupted; what was done is saved", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away: nothing to say and nobody to say it to
        return FAILED
    except Exception as error:  # noqa: BLE001  (the outermost place: one line for the user, the rest for the log)
        bar.clear()
        log.get(__name__).info("unexpected", exc_info=True)
        print(f"attrlens: {type(error).__name__}: {error}. The log has more: {paths.log_file()}", file=sys.stderr)
        return FAILED


def _window(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="attrlens", add_help=False)
    options.add_argument("path", type=Path, nargs="?")
    options.add_argument("--reset-layout", action="store_true")
    options.add_argument("--safe-mode", action="store_true")
    for what in ("paint", "describe"):
        options.add_argument(f"--time-to-{what}", action="store_const", const=what, dest="time_to", default="")
    try:
        chosen = options.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    with garbage.held():
        from attrlens.app.start import Start, run_window

    start = Start(chosen.path, reset_layout=chosen.reset_layout, safe_mode=chosen.safe_mode, time_to=chosen.time_to)
    return _guarded(lambda bar: run_window(start))


def _weights(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.core.backbones import registry, weights

    try:
        row = registry.backbone(options.backbone)
    except KeyError as error:
        raise AttrLensError(f"There is {error.args[0]}.", "") from None
    if row.download is None:
        print(f"{row.title} is bundled: {weights.locate(row)}")
        return OK
    path = weights.download(row.download, paths.weights_folder(), cancelling(bar))
    bar.clear()
    print(f"{row.title}: {path}")
    return OK


def _demo(options: argparse.Namespace, bar: Bar) -> int:
    if options.no_window:
        from attrlens.app.demo_run import run_offscreen

        for line in run_offscreen(options.out, options.images, bar):
            bar.clear()
            print(line, flush=True)
        return OK
    with garbage.held():
        from attrlens.app.start import Start, run_window
        from attrlens.core.demo.garments import FOLDERS, generate

    generate(options.out, cancelling(bar), options.images)
    bar.clear()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_window(Start(options.out / FOLDERS[0]))


def _evaluate(options: argparse.Namespace, bar: Bar) -> int:
    problems = cli_evaluate.evaluate(options, cancelling(bar), named_weights(options.weights))
    for problem in problems:
        print(f"attrlens: {problem}", file=sys.stderr)
    return SOME_BAD if problems else OK


def _explain(options: argparse.Namespace, bar: Bar) -> int:
    cli_inside.explain(options, cancelling(bar), named_weights(options.weights))
    return OK


def _maximize(options: argparse.Namespace, bar: Bar) -> int:
    cli_inside.maximize(options, cancelling(bar), named_weights(options.weights))
    return OK


def _layout(options: argparse.Namespace, bar: Bar) -> int:
    cli_layout.layout(options, cancelling(bar))
    return OK


def _similar(options: argparse.Namespace, bar: Bar) -> int:
    cli_similar.similar(options, cancelling(bar), named_weights(options.weights))
    return OK


def _duplicates(options: argparse.Namespace, bar: Bar) -> int:
    cli_similar.duplicates(options, cancelling(bar))
    return OK


def _self_test(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.app.self_test import self_test

    return OK if self_test(options.report, lambda line: print(line, flush=True)) else FAILED


def _bench(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.app.bench import GALLERY, run_bench

    only = [*(options.only or []), *(["gallery"] if options.gallery else [])]
    return run_bench(quick=options.quick, out=options.json, only=only, gallery=options.gallery or GALLERY,
                     weights=named_weights(options.weights))  # fmt: skip
