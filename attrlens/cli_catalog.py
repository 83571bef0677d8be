"""``attrlens import``, ``classify``, ``export`` and ``info``: arguments, and what is printed."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from attrlens.cli_bar import OK, SOME_BAD, Bar, cancelling, named_weights
from attrlens.core.groups import read_groups
from attrlens.core.recipes import BUILT_IN, Recipe
from attrlens.errors import AttrLensError


def add_parsers(commands: Any) -> None:
    """Declare the commands."""
    one = commands.add_parser("import", help="add folders to a catalog and describe their images")
    one.add_argument("catalog", type=Path)
    one.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    one.add_argument("--labels-from-folders", metavar="ATTRIBUTE", help="make a class of each sub-folder")
    one.add_argument("--recipe", choices=sorted(BUILT_IN), default="texture", help="of an attribute that is new")
    one.add_argument("--exemplars-per-class", type=int, default=0, metavar="N", help="about N, whole groups at a time")
    one.add_argument("--groups", type=Path, metavar="CSV", help="columns file and group: images that belong together")
    one.add_argument(
        "--skip-folder", action="append", default=[], metavar="NAME", help="pass over sub-folders called so"
    )
    one.add_argument("--max-megapixels", type=float, default=250, metavar="N", help="refuse larger ones (default 250)")
    one.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="a weights file of yours")
    one.set_defaults(run=import_images)

    one = commands.add_parser("classify", help="suggest a class for every image")
    one.add_argument("catalog", type=Path)
    one.add_argument("--attribute", metavar="A", help="only this one")
    one.add_argument("--json", action="store_true")
    one.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE")
    one.set_defaults(run=classify)

    one = commands.add_parser("export", help="write labels and suggestions to a file")
    one.add_argument("catalog", type=Path)
    one.add_argument("--format", choices=["csv", "record"], required=True)
    one.add_argument("--out", type=Path, required=True, metavar="FILE")
    one.set_defaults(run=export)

    one = commands.add_parser("info", help="what a catalog holds")
    one.add_argument("catalog", type=Path)
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=info)


def import_images(options: argparse.Namespace, bar: Bar) -> int:
    """Add folders, make classes of their sub-folders where that is asked for, describe what is new."""
    from attrlens.core import refresh, tasks
    from attrlens.core.catalog import keeping, places
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.files import scan

    groups = read_groups(options.groups) if options.groups else {}
    for folder in options.folders:
        if not folder.exists():
            raise AttrLensError(f"{folder} is missing.", "Check the path.")
    token = cancelling(bar)
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
            tasks.Engines(named_weights(options.weights)),
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


def classify(options: argparse.Namespace, bar: Bar) -> int:
    """Suggest a class for every image, and say how that agrees with the labels."""
    from attrlens.core import decisions, tasks
    from attrlens.core.catalog.thumbnails import Thumbnails

    token = cancelling(bar)
    catalog = tasks.open_catalog(options.catalog)
    thumbnails = Thumbnails(catalog.thumbnails_path)
    try:
        notices = tasks.describe_pending(catalog, thumbnails, tasks.Engines(named_weights(options.weights)), token)
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


def export(options: argparse.Namespace, bar: Bar) -> int:
    """Write labels and suggestions to a file."""
    from attrlens.core import tasks
    from attrlens.core.export.record import export_record
    from attrlens.core.export.table import export_csv

    catalog = tasks.open_catalog(options.catalog, read_only=True)
    try:
        write = export_csv if options.format == "csv" else export_record
        count = write(catalog, options.out, cancelling(bar))
    finally:
        catalog.close()
    bar.clear()
    print(f"{count:,} {'rows' if options.format == 'csv' else 'entries'} written to {options.out}")
    return OK


def info(options: argparse.Namespace, bar: Bar) -> int:
    """Say what a catalog holds."""
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
