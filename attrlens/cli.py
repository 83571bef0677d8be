"""The command line: the same core as the window, and no Qt unless a window is asked for.

Exit status: 0 done, 1 it could not be done (one line says why), 2 wrong usage, 3 done but some images could not be
read, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrlens import __version__, cli_evaluate, cli_inside, cli_layout, cli_similar, log, paths
from attrlens.cli_bar import Bar
from attrlens.core.groups import read_groups
from attrlens.core.recipes import BUILT_IN, Recipe
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled

OK, FAILED, USAGE, SOME_BAD, INTERRUPTED = 0, 1, 2, 3, 130


def parser() -> argparse.ArgumentParser:
    """The parser of all commands but the window's, which is what remains when no command is named."""
    top = argparse.ArgumentParser(
        prog="attrlens",
        description="Label garment photos by color and texture from a few exemplars, on your own machine.",
        epilog="attrlens [PATH] opens the window, on a catalog or a folder of images where PATH names one.",
    )
    top.add_argument("--version", action="store_true", help="versions of AttrLens and everything native in it")
    top.add_argument("--verbose", action="store_true", help="say more")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    demo = commands.add_parser("demo", help="draw the demo garments and do the whole main job on them")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.add_argument("--no-window", action="store_true", help="work offscreen and leave pictures of the window")
    demo.add_argument("--images", type=int, default=1000, metavar="N")
    demo.set_defaults(run=_demo)

    add = commands.add_parser("import", help="add folders to a catalog and describe their images")
    add.add_argument("catalog", type=Path)
    add.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    add.add_argument("--labels-from-folders", metavar="ATTRIBUTE", help="make a class of each sub-folder")
    add.add_argument("--recipe", choices=sorted(BUILT_IN), default="texture", help="of an attribute that is new")
    add.add_argument("--exemplars-per-class", type=int, default=0, metavar="N", help="about N, whole groups at a time")
    add.add_argument("--groups", type=Path, metavar="CSV", help="columns file and group: images that belong together")
    add.add_argument(
        "--skip-folder", action="append", default=[], metavar="NAME", help="pass over sub-folders called so"
    )
    add.add_argument("--max-megapixels", type=float, default=250, metavar="N", help="refuse larger ones (default 250)")
    add.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="a weights file of yours")
    add.set_defaults(run=_import)

    sort = commands.add_parser("classify", help="suggest a class for every image")
    sort.add_argument("catalog", type=Path)
    sort.add_argument("--attribute", metavar="A", help="only this one")
    sort.add_argument("--json", action="store_true")
    sort.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE")
    sort.set_defaults(run=_classify)

    export = commands.add_parser("export", help="write labels and suggestions to a file")
    export.add_argument("catalog", type=Path)
    export.add_argument("--format", choices=["csv", "record"], required=True)
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=_export)

    info = commands.add_parser("info", help="what a catalog holds")
    info.add_argument("catalog", type=Path)
    info.add_argument("--json", action="store_true")
    info.set_defaults(run=_info)

    weights = commands.add_parser("weights", help="download a backbone's weights once")
    weights.add_argument("backbone")
    weights.set_defaults(run=_weights)

    cli_evaluate.add_parser(commands, _evaluate)
    cli_inside.add_parser(commands, _explain, _maximize)
    cli_layout.add_parser(commands, _layout)
    cli_similar.add_parsers(commands, _similar, _duplicates)

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
    "duplicates", "bench",
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
        print("\n".join(f"{name:<14} {version}" for name, version in versions().items()))
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


def _token(bar: Bar) -> Token:
    token = Token(bar)
    signal.signal(signal.SIGINT, lambda *_: token.cancel())
    return token


def versions() -> dict[str, str]:
    """Versions of AttrLens and every native part, by name; 'missing' where one is not installed."""
    import sqlite3
    from importlib import metadata

    out = {"attrlens": __version__, "python": platform.python_version(), "system": platform.platform()}
    out["sqlite"] = sqlite3.sqlite_version
    for package in ("PySide6-Essentials", "shiboken6", "tensorflow", "keras", "numpy", "pillow", "h5py", "pillow-heif",
                    "scikit-learn", "scipy", "umap-learn", "numba", "hdbscan"):  # fmt: skip
        try:
            out[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            out[package] = "missing"
    return out


def _named_weights(values: Sequence[str]) -> dict[str, Path]:
    out = {}
    for value in values:
        backbone_id, _, path = value.partition("=")
        if not path:
            raise AttrLensError(f"--weights {value} is not BACKBONE=FILE.", "For example resnet50=weights.h5.")
        out[backbone_id] = Path(path)
    return out


def _window(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="attrlens", add_help=False)
    options.add_argument("path", type=Path, nargs="?")
    for what in ("paint", "describe"):
        options.add_argument(f"--time-to-{what}", action="store_const", const=what, dest="time_to", default="")
    try:
        chosen = options.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    from attrlens.app.main import run_window

    return _guarded(lambda bar: run_window(chosen.path, chosen.time_to))


def _import(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.core import refresh, tasks
    from attrlens.core.catalog import keeping, places
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.files import scan

    groups = read_groups(options.groups) if options.groups else {}
    for folder in options.folders:
        if not folder.exists():
            raise AttrLensError(f"{folder} is missing.", "Check the path.")
    token = _token(bar)
    catalog = tasks.open_catalog(options.catalog, create=True)
    thumbnails = Thumbnails(catalog.thumbnails_path)
    try:
        skip = set(options.skip_folder)
        found = scan(options.folders, token, lambda folder: folder.name in skip, [catalog.path])
        seen = refresh.add(catalog, thumbnails, found.images, token)
        slots = catalog.slots_of(image.path for image in found.images) | seen.aliases
        new = [row.slot for row in seen.added]
        new += [slot for slot in slots.values() if slot in catalog.model.removals]
        whole = [] if skip else [os.path.abspath(folder) for folder in options.folders if folder.is_dir()]  # noqa: PTH100
        folders = places.know(catalog, whole)  # a watched folder is watched whole
        if new:
            catalog.perform(keeping.add_images(catalog.model, keeping.Added(new, folders), time.time()))
        added = len(new)
        if options.labels_from_folders:
            known = catalog.model.attribute_named(options.labels_from_folders) is not None
            attribute = _attribute(catalog, options.labels_from_folders, create=BUILT_IN[options.recipe])
            if not known:
                print(f"made the attribute {options.labels_from_folders}")
            roots = {image.path: image.root for image in found.images}
            rows = [
                row._replace(root=roots[row.path]) for row in catalog.images() if row.path in roots and not row.missing
            ]
            action, made = tasks.folder_classes(catalog.model, attribute, rows, options.exemplars_per_class, groups)
            catalog.perform(action)
        else:
            made = {}
        notices = tasks.describe_pending(
            catalog,
            thumbnails,
            tasks.Engines(_named_weights(options.weights)),
            token,
            max_pixels=int(options.max_megapixels * 1e6),
        )
        bar.clear()
        moved = f", {len(seen.moved):,} found again in another place" if seen.moved else ""
        bad = [image for image in catalog.images() if image.state == 2 and image.slot not in catalog.model.removals]
        others = f"{found.other_files:,} other files passed over"
        print(f"{added:,} images added{moved}, {catalog.image_count():,} in all, {others}")
        for name, (images, exemplars) in made.items():
            print(f"  {name}: {images} images, {exemplars} exemplars")
        for line in [
            *map(str, notices),
            *map(str, found.problems),
            *(f"{image.message} {image.hint}" for image in bad),
        ]:
            if line:
                print(f"attrlens: {line}", file=sys.stderr)
    finally:
        thumbnails.close()
        catalog.close()
    return SOME_BAD if bad or found.problems else OK


def _attribute(catalog: Any, name: str, *, create: Recipe | None = None) -> int:
    from attrlens.core import tasks
    from attrlens.core.catalog import model as steps

    found = catalog.model.attribute_named(name)
    if found is not None:
        return int(found.id)
    if create is None:
        return int(tasks.named_attribute(catalog, name).id)
    catalog.register_recipe(create, "")
    number = catalog.model.next_id("attribute")
    catalog.perform(steps.create_attribute(catalog.model, number, name, create.key))
    return int(number)


def _classify(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.core import decisions, tasks
    from attrlens.core.catalog.thumbnails import Thumbnails

    token = _token(bar)
    catalog = tasks.open_catalog(options.catalog)
    thumbnails = Thumbnails(catalog.thumbnails_path)
    try:
        notices = tasks.describe_pending(catalog, thumbnails, tasks.Engines(_named_weights(options.weights)), token)
        for notice in notices:
            print(f"attrlens: {notice}", file=sys.stderr)
        model = catalog.model
        chosen = [_attribute(catalog, options.attribute)] if options.attribute else list(model.attributes)
        report = {}
        for attribute in chosen:
            token.check()
            began = time.perf_counter()
            suggestions = decisions.classify(catalog, decisions.ClassifyRequest.of(catalog, attribute))
            seconds = time.perf_counter() - began
            if suggestions is not None:
                report[model.attributes[attribute].name] = _summary(catalog, attribute, suggestions, seconds)
    finally:
        thumbnails.close()
        catalog.close()
    bar.clear()
    if not report:
        raise AttrLensError("No class has an exemplar yet.", "Import with --labels-from-folders, or use the window.")
    if options.json:
        print(json.dumps({"catalog": str(options.catalog), "attributes": report}, indent=1))
    else:
        for name, entry in report.items():
            print(_sentence(name, entry))
    return OK


def _summary(catalog: Any, attribute: int, suggestions: Any, seconds: float) -> dict[str, Any]:
    from attrlens.core import tasks

    agreed = tasks.agreement(catalog, attribute)
    decision = suggestions.decision
    row = catalog.model.attributes[attribute]
    counts: dict[str, int] = {}
    for best, confidence in zip(suggestions.scored.best.tolist(), suggestions.scored.confidence.tolist(), strict=True):
        sure = best in catalog.model.classes and confidence >= row.threshold
        name = catalog.model.classes[best].name if sure else "unknown"
        counts[name] = counts.get(name, 0) + 1
    return {
        "images": decision.images,
        "exemplars": len(catalog.model.exemplars_of(attribute)),
        "method": decision.method,
        "parameters": decision.parameters,
        "recipe": catalog.recipe(decision.recipe).to_json() | {"key": decision.recipe},
        "weights_sha256": decision.weights,
        "suggested": dict(sorted(counts.items())),
        "scored": agreed.scored,
        "right": agreed.right,
        "unknown": agreed.unknown,
        "accuracy": agreed.accuracy,
        "per_class": {name: {"scored": n, "right": right} for name, (n, right) in agreed.per_class.items()},
        "seconds": round(seconds, 4),
    }


def _sentence(name: str, entry: dict[str, Any]) -> str:
    text = f"{name}: {entry['images']:,} images by {entry['exemplars']:,} exemplars ({entry['method']})"
    if entry["accuracy"] is not None:
        text += f"; {entry['right']:,} of {entry['scored']:,} labeled others right ({entry['accuracy']:.1%})"
    if entry["unknown"]:
        text += f", {entry['unknown']:,} unsure"
    return text


def _export(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.core import tasks
    from attrlens.core.export.record import export_record
    from attrlens.core.export.table import export_csv

    catalog = tasks.open_catalog(options.catalog, read_only=True)
    try:
        write = export_csv if options.format == "csv" else export_record
        count = write(catalog, options.out, _token(bar))
    finally:
        catalog.close()
    bar.clear()
    print(f"{count:,} {'rows' if options.format == 'csv' else 'entries'} written to {options.out}")
    return OK


def _info(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.core import tasks

    catalog = tasks.open_catalog(options.catalog, read_only=True)
    try:
        model = catalog.model
        images = [image for image in catalog.images() if image.slot not in model.removals]
        bad = [image for image in images if image.state == 2]
        attributes = []
        for attribute in model.sorted_attributes():
            exemplars = list(model.exemplars_of(attribute.id).values())
            labels = [label.class_id for label in model.labels_of(attribute.id).values()]
            recipe = catalog.recipe(attribute.recipe)
            attributes.append(
                {
                    "name": attribute.name,
                    "recipe": recipe.to_json() | {"key": recipe.key},
                    "weights_sha256": catalog.weights_hash(attribute.recipe),
                    "described": len(catalog.described(attribute.recipe)),
                    "threshold": attribute.threshold,
                    "classes": [
                        {
                            "name": c.name,
                            "color": c.color,
                            "exemplars": exemplars.count(c.id),
                            "labels": labels.count(c.id),
                        }
                        for c in model.classes_of(attribute.id)
                    ],
                }
            )
        report = {
            "catalog": str(options.catalog),
            "images": len(images),
            "missing": [image.path for image in images if image.missing],
            "unreadable": [{"path": b.path, "message": b.message, "hint": b.hint} for b in bad],
            "attributes": attributes,
            "undo": catalog.undo_names()[0],
        }
    finally:
        catalog.close()
    if options.json:
        print(json.dumps(report, indent=1))
        return OK
    print(f"{options.catalog}: {len(images):,} images, {len(bad):,} unreadable")
    for entry in attributes:
        print(f"{entry['name']}: {entry['described']:,} described")
        for c in entry["classes"]:  # type: ignore[attr-defined]
            print(f"  {c['name']}: {c['exemplars']:,} exemplars, {c['labels']:,} labels")
    return OK


def _weights(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.core.backbones import registry, weights

    try:
        row = registry.backbone(options.backbone)
    except KeyError as error:
        raise AttrLensError(f"There is {error.args[0]}.", "") from None
    if row.download is None:
        print(f"{row.title} is bundled: {weights.locate(row)}")
        return OK
    path = weights.download(row.download, paths.weights_folder(), _token(bar))
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
    from attrlens.app.main import run_window
    from attrlens.core.demo.garments import FOLDERS, generate

    generate(options.out, _token(bar), options.images)
    bar.clear()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_window(options.out / FOLDERS[0])


def _evaluate(options: argparse.Namespace, bar: Bar) -> int:
    problems = cli_evaluate.evaluate(options, _token(bar), _named_weights(options.weights))
    for problem in problems:
        print(f"attrlens: {problem}", file=sys.stderr)
    return SOME_BAD if problems else OK


def _explain(options: argparse.Namespace, bar: Bar) -> int:
    cli_inside.explain(options, _token(bar), _named_weights(options.weights))
    return OK


def _maximize(options: argparse.Namespace, bar: Bar) -> int:
    cli_inside.maximize(options, _token(bar), _named_weights(options.weights))
    return OK


def _layout(options: argparse.Namespace, bar: Bar) -> int:
    cli_layout.layout(options, _token(bar))
    return OK


def _similar(options: argparse.Namespace, bar: Bar) -> int:
    cli_similar.similar(options, _token(bar), _named_weights(options.weights))
    return OK


def _duplicates(options: argparse.Namespace, bar: Bar) -> int:
    cli_similar.duplicates(options, _token(bar))
    return OK


def _bench(options: argparse.Namespace, bar: Bar) -> int:
    from attrlens.app.bench import GALLERY, run_bench

    only = [*(options.only or []), *(["gallery"] if options.gallery else [])]
    return run_bench(quick=options.quick, out=options.json, only=only, gallery=options.gallery or GALLERY,
                     weights=_named_weights(options.weights))  # fmt: skip
