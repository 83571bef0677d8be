"""``attrlens evaluate``: arguments, and what is printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrlens.core.groups import read_groups
from attrlens.core.recipes import BUILT_IN, recipe_for
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, ImageError

Report = dict[str, Any]


def add_parser(commands: Any, run: Callable[..., int]) -> None:
    """Declare the command."""
    from attrlens.core.evaluate.parts import PARTS

    names = ", ".join(part.name for part in PARTS)
    one = commands.add_parser(
        "evaluate", help="measure how good the decisions are, and write a report",
        description="FOLDER has one sub-folder per class; a CATALOG is evaluated on its own labels. Without --train: "
        "stratified 5-fold cross-validation. Writes report.html, report.json and CSV tables.",
    )  # fmt: skip
    one.add_argument("source", type=Path, nargs="?", metavar="FOLDER", help="or a catalog")
    one.add_argument("--attribute", metavar="NAME", help="such as Color or Texture")
    one.add_argument("--train", type=Path, metavar="FOLDER2", help="learn from these, score FOLDER")
    one.add_argument("--by-exemplars", action="store_true", help="of a catalog: learn from its exemplars only")
    one.add_argument(
        "--groups", type=Path, metavar="CSV", help="columns file and group: never on both sides of a split"
    )
    one.add_argument(
        "--backbone", nargs="+", default=[], metavar="B", help="whose blocks are evaluated; the first decides"
    )
    one.add_argument("--blocks", nargs="+", default=["all"], metavar="N", help="all, none, or numbers")
    one.add_argument(
        "--recipe", nargs="+", default=[], metavar="R", help=f"of {', '.join(BUILT_IN)}; the first decides"
    )
    one.add_argument(
        "--method", default="", metavar="M", help="of a folder: discriminant, mean cosine, knn 5 euclidean…"
    )
    one.add_argument("--parts", nargs="+", default=[], metavar="P", help=f"only these of {names}")
    one.add_argument("--skip", nargs="+", default=[], metavar="P", help="all parts but these")
    one.add_argument("--dimensions", nargs="+", type=int, metavar="D", help="of the spaces reduced by UMAP")
    one.add_argument("--seed", type=int, default=0)
    one.add_argument(
        "--max-images", type=int, default=10_000, metavar="N", help="a sample where there are more (10,000)"
    )
    one.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="a weights file of yours")
    one.add_argument("--no-pictures", action="store_true", help="leave pictures of wrong images out of report.html")
    one.add_argument("--thesis", type=Path, metavar="DIR",
                     help="DIR holds color/ and texture/: the thesis's tables beside ResNet50's here")  # fmt: skip
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.set_defaults(run=run)


def evaluate(options: argparse.Namespace, token: Token, weights: dict[str, Path]) -> list[str]:
    """Carry out the command.

    Returns
    -------
    list of str
        Files that could not be read, and why.
    """
    if options.thesis:
        return _thesis(options, token, weights)
    if options.source is None or not options.attribute:
        raise AttrLensError("An evaluation needs a folder and --attribute.", "attrlens evaluate --help says more.")
    groups = read_groups(options.groups) if options.groups else {}
    report, problems = _one(options, options.source, options.attribute, groups, token, weights)
    print(summary(report, options.out))
    return problems


def _one(
    options: argparse.Namespace, source: Path, attribute: str, groups: dict[str, str], token: Token,
    weights: dict[str, Path],
) -> tuple[Report, list[str]]:  # fmt: skip
    """Evaluate one source and write its report."""
    from attrlens.core import tasks
    from attrlens.core.catalog.store import is_catalog
    from attrlens.core.evaluate.run import DIMENSIONS, Options, parts_named
    from attrlens.core.export.evaluation import write_evaluation
    from attrlens.core.helper import Helper

    chosen = Options(parts_named(options.parts, options.skip), options.seed, tuple(options.dimensions or DIMENSIONS))
    engines = tasks.Engines(weights)
    helper = Helper()
    try:
        work = _catalog if is_catalog(source) else _folder
        report, problems = work(options, source, attribute, groups, chosen, engines, helper, token)
    finally:
        helper.close()
    roots = [folder for folder in (source, options.train) if folder is not None]
    write_evaluation(report, options.out, (lambda file: None) if options.no_pictures else _picture(roots))
    return report, problems


def _spaces(options: argparse.Namespace, engines: Any, attribute: str, own: Any, chosen: Any) -> Any:
    """The recipes and blocks asked for; `own` is a catalog's recipe, or None."""
    from attrlens.core.backbones.registry import BACKBONES
    from attrlens.core.evaluate import sources
    from attrlens.core.evaluate.run import uses_blocks

    for name in options.recipe:
        if name not in BUILT_IN:
            raise AttrLensError(f"There is no recipe {name}.", f"There are {', '.join(BUILT_IN)}.")
    for name in options.backbone:
        if name not in BACKBONES:
            raise AttrLensError(f"There is no backbone {name}.", f"There are {', '.join(BACKBONES)}.")
    if options.recipe:
        recipes = [BUILT_IN[name] for name in options.recipe]
    elif options.backbone:
        recipes = [BUILT_IN[recipe_for(attribute, options.backbone[0])]]
    else:
        recipes = [own or BUILT_IN[recipe_for(attribute, "efficientnet_lite0")]]
    backbones = options.backbone or [recipes[0].backbone]
    if options.blocks == ["none"] or not uses_blocks(chosen):
        return sources.spaces(engines, recipes, [], None)
    try:
        blocks = None if options.blocks == ["all"] else [int(number) for number in options.blocks]
    except ValueError:
        raise AttrLensError(f"--blocks {' '.join(options.blocks)} is not all, none or numbers.", "") from None
    return sources.spaces(engines, recipes, backbones, blocks)


def _decides(method: str) -> Any:
    from attrlens.core.classify.methods import METHODS, Method
    from attrlens.core.evaluate.data import Decides

    try:
        return Decides(method=Method.named(method)) if method else Decides()
    except ValueError:
        names = ", ".join(m.name for m in METHODS)
        raise AttrLensError(f"There is no method {method}.", f"There are {names}.") from None


def _folder(
    options: argparse.Namespace, source: Path, attribute: str, groups: dict[str, str], chosen: Any, engines: Any,
    helper: Any, token: Token,
) -> tuple[Report, list[str]]:  # fmt: skip
    from attrlens.core.evaluate import run, sources

    for folder in (source, options.train):
        if folder is not None and not folder.is_dir():
            raise AttrLensError(f"{folder} is missing.", "Check the path.")
    wanted = _spaces(options, engines, attribute, None, chosen)
    found = sources.from_folders(
        source,
        options.train,
        attribute,
        groups,
        wanted,
        engines,
        token,
        _decides(options.method),
        options.max_images,
        options.seed,
    )
    done = run.evaluate_apart(found.data, chosen, helper, token)
    report = run.report(found.data, chosen, done, wanted.for_report(), f"Images of {source.name}.")
    _note(wanted.problems)
    return report, [str(problem) for problem in found.problems]


def _catalog(
    options: argparse.Namespace, source: Path, attribute: str, groups: dict[str, str], chosen: Any, engines: Any,
    helper: Any, token: Token,
) -> tuple[Report, list[str]]:  # fmt: skip
    from attrlens.core import tasks
    from attrlens.core.catalog import evaluations
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.evaluate import run, sources

    if options.train:
        raise AttrLensError("--train goes with a folder, not with a catalog.", "Use --by-exemplars for a catalog.")
    if options.method:
        raise AttrLensError("--method goes with a folder; a catalog has its own.", "Choose it in the window.")
    catalog = tasks.open_catalog(source)
    try:
        row = tasks.named_attribute(catalog, attribute)
        thumbnails = Thumbnails(catalog.thumbnails_path)
        try:
            notices = tasks.describe_pending(catalog, thumbnails, engines, token)  # what waits, as the window would
        finally:
            thumbnails.close()
        wanted = _spaces(options, engines, row.name, catalog.recipe(row.recipe), chosen)
        request = sources.CatalogRequest.of(catalog, row.id, by_exemplars=options.by_exemplars, groups=groups)
        data, pick, problems = sources.from_catalog(
            catalog, request, wanted, engines, token, limit=options.max_images, seed=options.seed
        )
        done = run.evaluate_apart(data, chosen, helper, token)
        report = run.report(data, chosen, done, wanted.for_report(), f"Labels of the catalog {catalog.name}.")
        sources.add_ids(report, request, data, pick)
        if "product" in report["results"] and not options.recipe and not options.backbone:
            evaluations.save(catalog, row.id, report)
    finally:
        catalog.close()
    _note(wanted.problems)
    return report, [str(problem) for problem in (*notices, *problems)]


def _note(problems: Sequence[AttrLensError]) -> None:
    """Say which blocks a partial weights file lacks: no failure, the report holds the others."""
    for problem in problems:
        print(f"attrlens: {problem.message} It is left out.", file=sys.stderr)


def _picture(roots: Sequence[Path]) -> Callable[[str], bytes | None]:
    """Small JPEGs of images, by their place below one of the roots, or by their path."""
    from attrlens.core.images import decode, thumbnail

    def small(file: str) -> bytes | None:
        path = next((root / file for root in roots if (root / file).is_file()), Path(file))
        try:
            return thumbnail(decode(path, 160).pixels, 160)
        except ImageError:
            return None

    return small


def summary(report: Report, out: Path) -> str:
    """What is printed: the program's own decisions and the best of each method."""
    results = report["results"]
    what = f"{report['n_images']:,} images, {len(report['classes'])} classes"
    lines = [f"{report['attribute']}: {what}; {report['protocol']}"]
    if report["left_out"]:
        lines.append(
            "  left out, too few images or groups: " + ", ".join(f"{k} ({n})" for k, n in report["left_out"].items())
        )
    if "product" in results:
        found = results["product"]
        low, high = found["accuracy_interval"]
        lines.append(
            f"  decisions ({found['recipe']}, {found['method']}): {found['accuracy']:.4f} right "
            f"({low:.3f} to {high:.3f}), {found['unknown']:,} unknown; "
            f"{found['accuracy_without_threshold']:.4f} without the threshold"
        )
        lines.append(f"  calibration error: {results['calibration_error']:.3f}")
    if "unknown_auroc" in results:
        lines.append(f"  unknown, classes left out: AUROC {results['unknown_auroc']:.3f}")
    for key, title in (("nearest_mean", "nearest mean"), ("knn", "nearest neighbors")):
        if results.get(key):
            best = max(((v, b, m) for b, found in results[key].items() for m, v in found.items()), key=lambda t: t[0])
            lines.append(f"  {title}, best: {best[0]:.3f} (block {best[1]}, {'k = ' if key == 'knn' else ''}{best[2]})")
    if "precision_at_10" in results:
        name, value = next(iter(results["precision_at_10"].items()))
        by_classes = results["precision_at_k"][name].get("classes", {}).get("10")
        more = "" if by_classes is None else f", by what tells classes apart {by_classes:.3f}"
        lines.append(f"  precision at 10 ({name}): {value:.3f}{more}")
    lines.append("  seconds: " + ", ".join(f"{name} {value:.1f}" for name, value in report["seconds"].items()))
    lines.append(f"  written to {out / 'report.html'}")
    return "\n".join(lines)


def _thesis(options: argparse.Namespace, token: Token, weights: dict[str, Path]) -> list[str]:
    from attrlens.core.evaluate import thesis
    from attrlens.core.export.files import replacing

    reports, problems = {}, []
    for kind in thesis.SETS:
        folder, table = options.thesis / kind, options.thesis / f"{kind}_labels.csv"
        if not folder.is_dir():
            raise AttrLensError(
                f"{folder} is missing.", "The folder needs color and texture, each one folder per class."
            )
        groups = read_groups(table) if table.exists() else {}
        preset = argparse.Namespace(**vars(options) | {
            "backbone": [thesis.BACKBONE], "recipe": [], "blocks": ["all"], "train": None, "by_exemplars": False,
            "parts": list(thesis.PARTS), "skip": [], "dimensions": list(thesis.DIMENSIONS), "out": options.out / kind,
        })  # fmt: skip
        reports[kind], told = _one(preset, folder, kind, groups, token, weights)
        problems += told
    text = thesis.compare(reports)
    with replacing(options.out / "thesis.txt") as stream:
        stream.write(text + "\n")
    print(text)
    print(f"\nProtocol here: {reports['color']['protocol']}. Written to {options.out}")
    return list(dict.fromkeys(problems))
