"""``attrlens layout``: arguments, and what is printed."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words


def add_parser(commands: Any, run: Callable[..., int]) -> None:
    """Declare the command."""
    one = commands.add_parser(
        "layout", help="draw the map and the grid of an attribute, and measure them",
        description="Writes map.png, grid.png, layout.csv and metrics.json. A map that the window has made of the same "
        "images is drawn as it is there.",
    )  # fmt: skip
    one.add_argument("catalog", type=Path)
    one.add_argument("--attribute", required=True, metavar="A", help="such as Color or Texture")
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--again", action="store_true", help="make a new map, also where there is one")
    one.add_argument("--neighbors", type=int, metavar="N", help="of UMAP: 2 to 100 (15)")
    one.add_argument("--min-distance", type=float, metavar="D", help="of UMAP: 0 to 0.99 (0.1)")
    one.add_argument("--clusters-in", choices=["map", "umap", "pca"], help="where clusters are looked for (map)")
    one.add_argument("--min-size", type=int, metavar="N", help="images that make a cluster (one in 50)")
    one.add_argument("--color-by", choices=["class", "confidence", "cluster"], help="class, if there are any")
    one.add_argument("--gutters", action="store_true", help="leave room between the clusters of the grid")
    one.add_argument("--points", action="store_true", help="no pictures on the map")
    one.add_argument("--width", type=int, default=4096, metavar="PX", help="of the pictures: 256 to 16384 (4096)")
    one.add_argument("--aspect", type=float, default=1.5, metavar="A", help="of the grid, width by height (1.5)")
    one.add_argument("--svg", action="store_true", help="also map.svg and grid.svg")
    one.add_argument("--parquet", action="store_true", help="layout.parquet in place of layout.csv")
    one.set_defaults(run=run)


def layout(options: argparse.Namespace, token: Token) -> None:
    """Carry out the command.

    Raises
    ------
    AttrLensError
    """
    from attrlens.core import tasks
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.export import canvas
    from attrlens.core.export.pictures import Pictures
    from attrlens.core.helper import Helper
    from attrlens.core.layout import arrange, coloring
    from attrlens.core.layout.gridcut import gridcut

    canvas.check_width(options.width)
    if not 0.05 <= options.aspect <= 20:
        raise AttrLensError(words("The aspect {aspect} is not 0.05 to 20.", aspect=options.aspect), "")
    helper = Helper()
    with closing(tasks.open_catalog(options.catalog, read_only=True)) as catalog, closing(helper):
        row = tasks.named_attribute(catalog, options.attribute)
        source = arrange.read_source(catalog, row.id, token, keep=False)
        made = _layout(options, catalog, source, helper, token)
        classes, confidence = arrange.decided(catalog, row.id, made.slots)
        began = time.perf_counter()
        grid = gridcut(made.places, made.slots, made.clusters, aspect=options.aspect, gutters=options.gutters)
        seconds = time.perf_counter() - began
        kind = options.color_by or ("class" if (classes > 0).any() else "cluster")
        colors = {
            "class": lambda: coloring.by_class(classes, catalog.model.classes_of(row.id)),
            "confidence": lambda: coloring.by_confidence(confidence),
            "cluster": lambda: coloring.by_cluster(made.clusters),
        }[kind]()
        paths = {image.slot: image.path for image in catalog.images()}
        cache = Thumbnails(catalog.thumbnails_path) if catalog.thumbnails_path.exists() else None
        sheet = canvas.Sheet(
            f"{catalog.name} · {row.name}", made.slots, made.places, grid, colors, Pictures(cache, paths)
        )
        try:
            canvas.write_map_png(sheet, options.out / "map.png", options.width, token, pictures=not options.points)
            canvas.write_grid_png(sheet, options.out / "grid.png", options.width, token)
            if options.svg:
                canvas.write_map_svg(sheet, options.out / "map.svg", token)
                canvas.write_grid_svg(sheet, options.out / "grid.svg", token)
        finally:
            if cache is not None:
                cache.close()
        titles = {one.id: one.name for one in catalog.model.classes.values()}
        table = options.out / ("layout.parquet" if options.parquet else "layout.csv")
        canvas.write_layout(canvas.layout_columns(made, grid, paths, classes, titles, colors), table)
        request = arrange.MeasureRequest(
            source.space, made.places, made.clusters, np.maximum(classes, 0), grid.cells, seconds
        )
        measured = helper.run(arrange.measure, request, token)
    report = canvas.metrics(made, row.name, measured)
    canvas.write_metrics(report, options.out / "metrics.json")
    print(_summary(report, options.out))


def _layout(options: argparse.Namespace, catalog: Any, source: Any, helper: Any, token: Token) -> Any:
    """The map that is kept, if it is of these images and made as asked for; else a new one."""
    from attrlens.core.catalog import layouts
    from attrlens.core.layout import arrange
    from attrlens.core.layout.clusters import ClusterParameters
    from attrlens.core.layout.projection import Parameters

    kept = layouts.load(catalog, source.attribute)
    asked = [options.neighbors, options.min_distance, options.clusters_in, options.min_size]
    if (
        kept is not None
        and not options.again
        and all(one is None for one in asked)
        and arrange.is_current(kept, source)
    ):
        return kept
    parameters = Parameters(
        options.neighbors or Parameters.neighbors,
        Parameters.min_distance if options.min_distance is None else options.min_distance,
    )
    if not 2 <= parameters.neighbors <= 100 or not 0 <= parameters.min_distance <= 0.99:
        raise AttrLensError(words("UMAP takes 2 to 100 neighbors and a distance of 0 to 0.99."), "")
    clusters = ClusterParameters(options.clusters_in or "map", options.min_size or 0)
    return helper.run(arrange.make_layout, arrange.MapRequest(source, parameters, clusters), token)


def _summary(report: dict[str, Any], folder: Path) -> str:
    on_map, on_grid = report["map"], report["grid"]
    lines = [f"{report['images']:,} images, {on_map['clusters']:.0f} clusters, {on_map['noise']:.0%} in none"]
    for name, numbers in (("map", on_map), ("grid", on_grid)):
        kept, pure = numbers.get("neighbors_kept"), numbers.get("class_purity")
        said = [] if kept is None else [f"{kept:.3f} of the nearest kept"]
        said += [] if pure is None else [f"class purity {pure:.3f}"]
        lines.append(f"{name}: {', '.join(said) or json.dumps(numbers)}")
    return "\n".join([*lines, f"Written to {folder}"])
