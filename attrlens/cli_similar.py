"""``attrlens similar`` and ``attrlens duplicates``: arguments, and what is printed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words


def add_parsers(commands: Any, similar: Callable[..., int], duplicates: Callable[..., int]) -> None:
    """Declare the commands."""
    one = commands.add_parser(
        "similar", help="find the images of a catalog that are most like one",
        description="Prints distance and path, nearest first. IMAGE may be of the catalog or any other file; of "
        "several images, what they have in common is looked for.",
    )  # fmt: skip
    one.add_argument("catalog", type=Path)
    one.add_argument("images", type=Path, nargs="+", metavar="IMAGE")
    one.add_argument("--by", default="color", metavar="NAME", help="color, texture or another attribute (color)")
    one.add_argument("-k", type=int, default=36, metavar="N", help="images to find (36)")
    one.add_argument("--unlike", type=Path, action="append", default=[], metavar="IMAGE", help="and not like this one")
    one.add_argument("--region", metavar="L,T,R,B", help="only this part of IMAGE, in shares of it: 0.3,0.2,0.7,0.6")
    one.add_argument(
        "--metric", choices=["euclidean", "cosine", "classes"], default="euclidean",
        help="of the descriptors, or classes: only what tells the attribute's classes apart (euclidean)",
    )  # fmt: skip
    one.add_argument("--other-products", action="store_true", help="leave out images of IMAGE's own product")
    one.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="a weights file of yours")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=similar)

    two = commands.add_parser(
        "duplicates", help="find copies of photos, the same shot in other colors, or images of one product",
        description="Prints each group, the image to keep first. Nothing is changed.",
    )  # fmt: skip
    two.add_argument("catalog", type=Path)
    two.add_argument("--kind", choices=["copies", "recolored", "product"], default="copies")
    two.add_argument(
        "--limit", type=float, metavar="D", help="largest difference within a group: 0 to 0.05 (copies .003)"
    )
    two.add_argument("--keep", choices=["labeled", "pixels", "size", "newest"], default="labeled", help="which is best")
    two.add_argument("--json", action="store_true")
    two.set_defaults(run=duplicates)


def _slots(catalog: Any, paths: list[Path]) -> dict[Path, int]:
    """Slots of the files that are in the catalog, whether it knows them by a link or by what that leads to."""
    found = catalog.slots_of(str(name) for path in paths for name in (path.absolute(), path.resolve()))
    out = {}
    for path in paths:
        for name in (path.absolute(), path.resolve()):
            if str(name) in found:
                out[path] = found[str(name)]
    return out


def _box(text: str | None) -> Any:
    from attrlens.core.retrieve.outside import WHOLE, check_box

    if text is None:
        return WHOLE
    try:
        values = [float(part) for part in text.split(",")]
        if len(values) != 4 or not all(0 <= value <= 1 for value in values):
            raise ValueError
    except ValueError:
        raise AttrLensError(
            words("{text} is no region.", text=text), words("Give left, top, right, bottom: 0.3,0.2,0.7,0.6")
        ) from None
    return check_box(values)


def similar(options: argparse.Namespace, token: Token, weights: dict[str, Path]) -> None:
    """Carry out ``similar``.

    Raises
    ------
    AttrLensError
    """
    from attrlens.core import tasks
    from attrlens.core.retrieve.outside import WHOLE, Picture, describe_pictures
    from attrlens.core.retrieve.query import Examples, Request, Searcher
    from attrlens.core.retrieve.room import too_large
    from attrlens.core.sku import SkuRule, skus

    if options.k < 1:
        raise AttrLensError(words("{n} images cannot be looked for.", n=options.k), words("Give 1 or more."))
    box = _box(options.region)
    with closing(tasks.open_catalog(options.catalog, read_only=True)) as catalog:
        row = tasks.named_attribute(catalog, options.by)
        key, images = row.recipe, catalog.images()
        own = _slots(catalog, [*options.images, *options.unlike])
        engines, searcher = tasks.Engines(weights), Searcher()
        made_with = {key: catalog.weights_hash(key)}

        def rows(paths: list[Path], box: Any) -> Any:
            inside = [own[path] for path in paths if path in own and box is None]
            found = list(searcher.examples(catalog, [key], inside).values())
            known = set(catalog.described(key).tolist())
            rest = [
                Picture(path, box=box or WHOLE) for path in paths if box is not None or own.get(path, -1) not in known
            ]
            if rest:
                found.append(describe_pictures(rest, [catalog.recipe(key)], engines, token, made_with=made_with)[key])
            return np.concatenate(found)

        liked = rows(options.images, box if options.region else None)
        unliked = {key: rows(options.unlike, None)} if options.unlike else {}
        allowed = np.ones(len(images), bool)
        allowed[list(own.values())] = False
        if options.other_products:
            rule, said = SkuRule.from_json(catalog.setting("sku")), catalog.model.products
            theirs = set(skus([str(path.absolute()) for path in options.images], rule))
            numbers = {said[own[path]][0] for path in options.images if own.get(path) in said}
            codes = skus([image.path for image in images], rule)
            allowed &= np.array([code not in theirs for code in codes], bool)
            allowed[[slot for slot, (number, _) in said.items() if number in numbers]] = False
        request = Request.of(catalog, Examples({key: liked}, unliked), row.id, options.metric, options.k, allowed)
        answer = searcher.search(catalog, request, token)
        if answer.metric != options.metric:
            raise AttrLensError(
                words("{attribute} has no classes to compare by.", attribute=row.name),
                words("Give two classes three exemplars each, or search by another metric."),
            )
        remark = too_large(catalog, [key])
        if remark is not None:
            print(remark, file=sys.stderr)
        found = list(zip(answer.found.slots.tolist(), answer.found.distances.tolist(), strict=True))
        if options.json:
            results = [
                {"slot": slot, "path": images[slot].path, "distance": round(distance, 5)} for slot, distance in found
            ]
            print(json.dumps({"by": row.name, "metric": answer.metric, "results": results}, indent=1))
        else:
            for slot, distance in found:
                print(f"{distance:.4f}  {images[slot].path}")


def duplicates(options: argparse.Namespace, token: Token) -> None:
    """Carry out ``duplicates``.

    Raises
    ------
    AttrLensError
    """
    from attrlens.core import tasks
    from attrlens.core.retrieve import copies

    with closing(tasks.open_catalog(options.catalog, read_only=True)) as catalog:
        images, model = catalog.images(), catalog.model
        unread = 0
        if options.kind == "product":
            found = copies.by_product(catalog)
        else:
            limit = copies.USUAL[options.kind] if options.limit is None else options.limit
            if not 0 <= limit <= copies.WIDEST:
                raise AttrLensError(words("The limit {limit} is not 0 to {most}.", limit=limit, most=copies.WIDEST), "")
            slots, pixels, unread = copies.signatures(catalog, token, keep_them=False)
            found = copies.groups(copies.find_pairs(slots, pixels, token).of(options.kind), limit)
        labeled = copies.said_of(model)
        groups = []
        for group in found:
            best = copies.best_of(group, images, labeled, options.keep)
            groups.append([best, *(slot for slot in group if slot != best)])
        if options.json:
            rows = [[{"slot": slot, "path": images[slot].path} for slot in group] for group in groups]
            print(json.dumps({"kind": options.kind, "keep": options.keep, "groups": rows, "unread": unread}, indent=1))
            return
        for group in groups:
            print("\n".join([images[group[0]].path, *(f"    {images[slot].path}" for slot in group[1:])]))
        if not groups and options.kind == "product":
            print(words("File names tell no product of two images. How they are read is chosen in the window: View."))
        spare = sum(len(group) - 1 for group in groups)
        print(words("{groups:,} groups, {spare:,} images beside those to keep", groups=len(groups), spare=spare))
