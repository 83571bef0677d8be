"""The map and the grid as files: PNG of any width, SVG with a legend, the layout as a table."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from attrlens import __version__
from attrlens.core.catalog.layouts import Layout
from attrlens.core.catalog.small import squared
from attrlens.core.export.files import replacing, replacing_bytes
from attrlens.core.export.png import PngWriter
from attrlens.core.layout import paint
from attrlens.core.layout.coloring import Coloring
from attrlens.core.layout.gridcut import Grid
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import number, told, words

if TYPE_CHECKING:
    from PIL import Image as PILImage

Array = np.ndarray[Any, Any]

WIDEST = 16_384
"""Pixels: wider ones are opened by hardly any program."""
STRIP = 512
"""Rows at a time."""
GROUND, TEXT, DIM, RIM = "#ffffff", "#202020", "#6a6a6a", 0xFF5A5A5A
EMBEDDED = 96
"""Side of pictures within an SVG, in pixels."""
MOST_EMBEDDED = 5000
"""Pictures within an SVG; of more images only their colors are drawn."""

MOST_ROWS = 60
"""Categories that the legend names."""

Picture = Callable[[int, int], "PILImage.Image | None"]
"""The picture of an image (its slot) of at most so many pixels a side, or None where there is none."""


@dataclass(frozen=True)
class Sheet:
    """What is drawn.

    Attributes
    ----------
    title : str
    slots : ndarray of shape (n,)
    places : ndarray of shape (n, 2)
        On the map.
    grid : Grid
    coloring : Coloring
        Of the same images.
    picture : callable
    """

    title: str
    slots: Array
    places: Array
    grid: Grid
    coloring: Coloring
    picture: Picture

    @cached_property
    def colors(self) -> Array:
        """0xffrrggbb of each image; shape (n,), dtype uint32."""
        table = np.array([paint.argb(one.color) for one in self.coloring.categories] or [0], np.uint32)
        return np.asarray(table[self.coloring.codes])


def check_width(width: int) -> None:
    """Raise AttrLensError for a width no picture can have."""
    if not 256 <= width <= WIDEST:
        raise AttrLensError(
            words("A picture cannot be {width:,} pixels wide.", width=width),
            words("Choose 256 to {most:,}.", most=WIDEST),
        )


def _extent(places: Array) -> tuple[Array, Array]:
    """Least corner and size of what the places take."""
    if not len(places):
        return np.zeros(2), np.ones(2)
    return places.min(0), np.ptp(places, axis=0)


# PNG


def write_map_png(sheet: Sheet, path: Path, width: int, token: Token, *, pictures: bool = True) -> None:
    """Draw the map: a point for every image, and pictures where there is room.

    Parameters
    ----------
    sheet : Sheet
    path : Path
    width : int
        In pixels, with the legend.
    token : Token
    pictures : bool
        Points only without.

    Raises
    ------
    AttrLensError
        For a width that no picture can have, and if the file cannot be written.
    """
    check_width(width)
    legend = _legend(sheet, width)
    margin = max(16, width // 40)
    inner = width - legend.width - 2 * margin
    low, span = _extent(sheet.places)
    scale = inner / max(float(span[0]), float(span[1]) / 1.5, 1e-9)  # no taller than one and a half times its width
    height = max(round(float(span[1]) * scale) + 2 * margin, legend.height + margin)
    xy = (sheet.places - low) * scale + margin + (inner - span * scale) * (0.5, 0)
    radius = max(1.5, width / 900)
    side = max(24, width // 45) if pictures else 0
    order = paint.spread_order(len(xy))
    shown = order[paint.landmarks(xy[order], side * 1.08, most=20_000)] if pictures else np.zeros(0, np.int64)
    tops = xy[shown][:, 1] - side / 2

    def strip(top: int, rows: int) -> Array:
        out = np.full((rows, width), paint.argb(GROUND), np.uint32)
        near = np.abs(xy[:, 1] - top - rows / 2) < rows / 2 + radius + 2
        moved = xy[near] - (0, top)
        paint.draw_points(out, moved, np.full(int(near.sum()), RIM, np.uint32), radius + max(1.0, radius / 5))
        paint.draw_points(out, moved, sheet.colors[near], radius)
        image = _image(out)
        for i in np.flatnonzero((tops < top + rows) & (tops + side > top)).tolist():
            index = int(shown[i])
            x, y = xy[index]
            _paste(
                image, sheet, index, (round(x - side / 2), round(y - side / 2) - top), side, frame=max(1, side // 24)
            )
        image.paste(legend, (width - legend.width, -top))
        return np.asarray(image)

    _write_strips(path, width, height, strip, token)


def write_grid_png(sheet: Sheet, path: Path, width: int, token: Token) -> None:
    """Draw the grid: every image in its cell, a line below it in the color of its category; parameters as above."""
    check_width(width)
    legend = _legend(sheet, width)
    margin = max(16, width // 40)
    grid = sheet.grid
    cell = (width - legend.width - 2 * margin) // max(grid.columns, 1)
    if cell < 1:
        raise AttrLensError(
            words("A picture {width:,} pixels wide has no room for {n:,} columns.", width=width, n=grid.columns),
            words("Choose a wider one."),
        )
    height = max(grid.rows * cell + 2 * margin, legend.height + margin)
    by_row = np.argsort(grid.cells[:, 0], kind="stable")
    rows_of = grid.cells[by_row, 0]
    gap = 1 if cell >= 12 else 0
    bar = max(2, cell // 14) if cell >= 12 else 0

    def strip(top: int, rows: int) -> Array:
        image = _image(np.full((rows, width), paint.argb(GROUND), np.uint32))
        first, last = np.searchsorted(rows_of, [(top - margin) // cell, (top + rows - margin) // cell + 1])
        for index in by_row[first:last].tolist():
            row, column = grid.cells[index].tolist()
            at = (margin + column * cell, margin + row * cell - top)
            _paste(image, sheet, index, at, cell - gap, bar=bar)
        image.paste(legend, (width - legend.width, -top))
        return np.asarray(image)

    _write_strips(path, width, height, strip, token)


def _write_strips(path: Path, width: int, height: int, strip: Callable[[int, int], Array], token: Token) -> None:
    with replacing_bytes(path) as stream:
        writer = PngWriter(stream, width, height)
        for top in range(0, height, STRIP):
            token.check()
            token.report(top, height, words("Drawing {name}", name=path.name))
            writer.write(strip(top, min(STRIP, height - top)))
        writer.close()


def _image(pixels: Array) -> PILImage.Image:
    from PIL import Image

    return Image.fromarray(paint.rgb(pixels))


def _paste(
    image: PILImage.Image, sheet: Sheet, index: int, at: tuple[int, int], side: int, frame: int = 0, bar: int = 0
) -> None:
    """Put a picture onto the sheet, cut to a square; with a frame or a bar below in the color of its category."""
    from PIL import ImageDraw

    color = f"#{int(sheet.colors[index]) & 0xFFFFFF:06x}"
    draw = ImageDraw.Draw(image)
    if frame:
        draw.rectangle((at[0], at[1], at[0] + side - 1, at[1] + side - 1), fill=color)
    room = side - 2 * frame
    picture = sheet.picture(int(sheet.slots[index]), room)
    if picture is not None:
        image.paste(squared(picture, room), (at[0] + frame, at[1] + frame))
    elif not frame:
        draw.rectangle((at[0], at[1], at[0] + side - 1, at[1] + side - 1), fill=color)
    if bar:
        draw.rectangle((at[0], at[1] + side - bar, at[0] + side - 1, at[1] + side - 1), fill=color)


def _legend(sheet: Sheet, width: int) -> PILImage.Image:
    """Title, categories with swatch and count, and what made it."""
    from PIL import Image, ImageDraw, ImageFont

    size = max(11, width // 110)
    font, bold = ImageFont.load_default(size), ImageFont.load_default(round(size * 1.3))
    line = round(size * 1.6)
    rows = [
        (told(one.title), one.color, number(int(count)))
        for one, count in zip(sheet.coloring.categories, sheet.coloring.counts(), strict=True)
        if count
    ]
    if len(rows) > MOST_ROWS:
        more = len(rows) - MOST_ROWS
        rows = [*rows[:MOST_ROWS], (told(words("and {n:,} more", n=more)), GROUND, "")]
    wide = max([font.getlength(f"{title}  {count}") for title, _, count in rows] + [bold.getlength(sheet.title)])
    out = Image.new("RGB", (round(min(wide + 4 * size, width / 3)), line * (len(rows) + 3)), GROUND)
    draw = ImageDraw.Draw(out)
    draw.text((0, line // 2), sheet.title, TEXT, bold)
    for i, (title, color, count) in enumerate(rows, 2):
        top = line * i
        draw.rounded_rectangle((0, top + size // 4, size, top + size // 4 + size), size // 5, color, "#808080")
        draw.text((round(1.6 * size), top), title, TEXT, font)
        draw.text((round(1.6 * size + font.getlength(f"{title}  ")), top), count, DIM, font)
    return out


# SVG


def write_map_svg(sheet: Sheet, path: Path, token: Token) -> None:
    """The map as circles, with a legend: for print, at any size."""
    low, span = _extent(sheet.places)
    scale = 1000 / max(float(span.max()), 1e-9)
    xy = (sheet.places - low) * scale
    width, height = (span * scale + 24).tolist()
    body = []
    for i, category in enumerate(sheet.coloring.categories):
        token.check()
        points = "".join(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4'/>" for x, y in xy[sheet.coloring.codes == i] + 12)
        if points:
            name = html.escape(told(category.title), quote=True)
            body.append(
                f"<g fill='{category.color}' stroke='#5a5a5a' stroke-width='.7'><title>{name}</title>{points}</g>"
            )
    _write_svg(sheet, path, width, height, body)


def write_grid_svg(sheet: Sheet, path: Path, token: Token) -> None:
    """The grid with its pictures in it, for up to `MOST_EMBEDDED` images; their colors alone for more."""
    cell, body = 40, []
    embed = len(sheet.slots) <= MOST_EMBEDDED
    for index, (row, column) in enumerate(sheet.grid.cells.tolist()):
        if index % 50 == 0:
            token.check()
            token.report(index, len(sheet.slots), words("Drawing {name}", name=path.name))
        color = sheet.coloring.categories[sheet.coloring.codes[index]].color
        x, y = 12 + column * cell, 12 + row * cell
        picture = sheet.picture(int(sheet.slots[index]), EMBEDDED) if embed else None
        if picture is None:
            body.append(f"<rect x='{x}' y='{y}' width='{cell - 1}' height='{cell - 1}' fill='{color}'/>")
            continue
        stream = io.BytesIO()
        squared(picture, EMBEDDED).save(stream, "JPEG", quality=80)
        data = base64.b64encode(stream.getvalue()).decode()
        body.append(
            f"<image x='{x}' y='{y}' width='{cell - 1}' height='{cell - 1}' href='data:image/jpeg;base64,{data}'/>"
            f"<rect x='{x}' y='{y + cell - 4}' width='{cell - 1}' height='3' fill='{color}'/>"
        )
    _write_svg(sheet, path, sheet.grid.columns * cell + 24, sheet.grid.rows * cell + 24, body)


def _write_svg(sheet: Sheet, path: Path, width: float, height: float, body: Sequence[str]) -> None:
    counts = sheet.coloring.counts()
    rows = [(one, int(n)) for one, n in zip(sheet.coloring.categories, counts, strict=True) if n]
    left = width + 16
    key = [f"<text x='{left:.0f}' y='28' font-size='20' fill='{TEXT}'>{html.escape(sheet.title)}</text>"]
    for i, (one, count) in enumerate(rows):
        y = 52 + 24 * i
        key.append(
            f"<rect x='{left:.0f}' y='{y - 13}' width='14' height='14' rx='3' fill='{one.color}' stroke='#808080'/>"
            f"<text x='{left + 22:.0f}' y='{y}' font-size='15' fill='{TEXT}'>{html.escape(told(one.title))} "
            f"<tspan fill='{DIM}'>{number(count)}</tspan></text>"
        )
    whole = left + 240, max(height, 60 + 24 * len(rows))
    with replacing(path) as stream:
        stream.write(
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {whole[0]:.0f} {whole[1]:.0f}' "
            f"font-family='system-ui, sans-serif'><rect width='100%' height='100%' fill='{GROUND}'/>"
        )
        stream.writelines([*body, *key])
        stream.write("</svg>\n")


# Tables

COLUMNS = ("slot", "path", "x", "y", "row", "column", "cluster", "strangeness", "class", "category")
"""``x`` to the right and ``y`` down, in the map's own unit; ``row`` and ``column`` from 0; ``cluster`` is -1 for noise;
``strangeness`` is the mean distance to the 14 nearest images; ``class`` is the label, else the sure suggestion;
``category`` is what the colors mean."""


def write_layout(columns: dict[str, Sequence[object]], path: Path) -> None:
    """Write a layout as CSV, or as Parquet where the file is called so.

    Parameters
    ----------
    columns : dict of name to sequence
        `COLUMNS`, all of one length.
    path : Path

    Raises
    ------
    AttrLensError
        If the file cannot be written; an existing one is then as it was.
    """
    if path.suffix.lower() == ".parquet":
        import pyarrow
        from pyarrow import parquet

        with replacing_bytes(path) as stream:
            parquet.write_table(pyarrow.table({name: list(values) for name, values in columns.items()}), stream)
        return
    with replacing(path) as text:
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def layout_columns(
    layout: Layout, grid: Grid, paths: Mapping[int, str], classes: Array, names: Mapping[int, str], coloring: Coloring
) -> dict[str, Sequence[object]]:
    """A layout as `COLUMNS`.

    Parameters
    ----------
    layout : Layout
    grid : Grid
        Of its images.
    paths : mapping of slot to str
    classes : ndarray of shape (n,), dtype int
        As decided; 0 and -1 give no name.
    names : mapping of class id to str
    coloring : Coloring
    """
    categories = [str(one.title) for one in coloring.categories]
    return {
        "slot": layout.slots.tolist(),
        "path": [paths[slot] for slot in layout.slots.tolist()],
        "x": layout.places[:, 0].astype(float).round(5).tolist(),
        "y": layout.places[:, 1].astype(float).round(5).tolist(),
        "row": grid.cells[:, 0].tolist(),
        "column": grid.cells[:, 1].tolist(),
        "cluster": layout.clusters.tolist(),
        "strangeness": layout.strangeness.astype(float).round(5).tolist(),
        "class": [names.get(one, "") for one in classes.tolist()],
        "category": [categories[code] for code in coloring.codes.tolist()],
    }


def metrics(layout: Layout, attribute: str, measured: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """Measures with what they are of, ready for JSON; the keys are described in ``attrlens/LAYOUT.md``."""
    return {
        "schema": "attrlens-layout",
        "schema_version": 1,
        "attrlens": __version__,
        "attribute": attribute,
        "images": len(layout.slots),
        "placed_later": layout.placed,
        "recipe": layout.recipe,
        "weights_sha256": layout.weights,
        "method": layout.method,
        "seconds": round(layout.seconds, 3),
        "umap": asdict(layout.parameters),
        "hdbscan": asdict(layout.cluster_parameters),
        "map": {name: round(value, 4) for name, value in measured["map"].items()},
        "grid": {name: round(value, 4) for name, value in measured["grid"].items()},
    }


def write_metrics(report: Mapping[str, Any], path: Path) -> None:
    """Write measures as JSON, or as CSV (of, measure, value) where the file is called so.

    Raises
    ------
    AttrLensError
        If the file cannot be written; an existing one is then as it was.
    """
    with replacing(path) as stream:
        if path.suffix.lower() == ".csv":
            writer = csv.writer(stream)
            writer.writerow(("of", "measure", "value"))
            writer.writerows((of, *pair) for of in ("map", "grid") for pair in report[of].items())
            return
        json.dump(report, stream, indent=2, allow_nan=False, ensure_ascii=False)
        stream.write("\n")
