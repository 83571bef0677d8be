"""The report: one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import html
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrlens import __version__
from attrlens.core.catalog.model import exemplars_count, images_count
from attrlens.core.catalog.rows import ERROR
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.classify.methods import said
from attrlens.core.export.files import replacing
from attrlens.words import number, told, tr

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 32px auto; padding: 0 24px; color: #1c1c1c; }
h1 { font-size: 24px; } h2 { font-size: 18px; margin-top: 36px; } .dim { color: #5f5f5f; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; } th { text-align: left; font-weight: 600; }
td, th { padding: 4px 16px 4px 0; border-bottom: 1px solid #ddd; } td.n, th.n { text-align: right; }
.swatch { display: inline-block; width: 12px; height: 12px; border: 1px solid #808080; border-radius: 3px; }
.row { display: flex; flex-wrap: wrap; gap: 6px; margin: 4px 0 12px; }
.row img { width: 72px; height: 72px; object-fit: contain; background: #e8e8e8; border-radius: 4px; }
figure { margin: 24px 0; } figure img { max-width: 100%; border: 1px solid #ddd; border-radius: 6px; }
"""


def write_report(
    catalog: Catalog,
    thumbnails: Thumbnails,
    path: Path,
    truth: Mapping[str, Mapping[str, str]],
    pictures: Sequence[tuple[str, Path]],
    note: str,
) -> dict[str, tuple[int, int]]:
    """Write what the catalog says, how it compares with what is known, and pictures of the window.

    Parameters
    ----------
    catalog : Catalog
    thumbnails : Thumbnails
    path : Path
    truth : mapping of file name to mapping of attribute name to class name
        May be empty.
    pictures : sequence of (caption, PNG path)
    note : str
        Stands at the top.

    Returns
    -------
    dict of attribute name to (right, scored)
        Images that are no exemplars; an image below the threshold counts as not right.
    """
    model = catalog.model
    images = catalog.images()
    kept = [image for image in images if image.slot not in model.removals]
    bad = [image for image in kept if image.state == ERROR]
    agreed: dict[str, tuple[int, int]] = {}
    written = tr(
        "Written by AttrLens {version} on {day} at {hour}.",
        version=__version__,
        day=time.strftime("%Y-%m-%d"),
        hour=time.strftime("%H:%M"),
    )
    counted = tr(
        "{n:,} image, {bad:,} could not be read.", "{n:,} images, {bad:,} could not be read.",
        n=len(kept), bad=len(bad),
    )  # fmt: skip
    parts = [
        f"<!doctype html><html lang='{tr('en')}'><meta charset='utf-8'><title>{html.escape(catalog.name)}</title>",
        f"<style>{STYLE}</style><h1>{html.escape(catalog.name)}</h1>",
        f"<p class='dim'>{html.escape(told(note))} {html.escape(written)}</p>",
        f"<p>{html.escape(counted)}</p>",
    ]
    for attribute in model.sorted_attributes():
        parts += _attribute(catalog, thumbnails, attribute.id, truth, agreed)
    if bad:
        parts.append(f"<h2>{html.escape(tr('Could not be read'))}</h2><ul>")
        parts += [f"<li>{html.escape(told(image.message))} {html.escape(told(image.hint))}</li>" for image in bad]
        parts.append("</ul>")
    if pictures:
        parts.append(f"<h2>{html.escape(tr('The window'))}</h2>")
    for title, picture in pictures:
        caption = told(title)
        data = base64.b64encode(picture.read_bytes()).decode()
        parts.append(
            f"<figure><img alt='{html.escape(caption)}' src='data:image/png;base64,{data}'>"
            f"<figcaption class='dim'>{html.escape(caption)}</figcaption></figure>"
        )
    with replacing(path) as stream:
        stream.write("\n".join([*parts, "</html>\n"]))
    return agreed


def _attribute(
    catalog: Catalog, thumbnails: Thumbnails, attribute: int, truth: Mapping[str, Mapping[str, str]],
    agreed: dict[str, tuple[int, int]],
) -> list[str]:  # fmt: skip
    model = catalog.model
    row = model.attributes[attribute]
    suggestions = catalog.suggestions(attribute)
    out = [f"<h2>{html.escape(row.name)}</h2>"]
    if suggestions is None:
        return [*out, f"<p class='dim'>{html.escape(tr('No class has an exemplar.'))}</p>"]
    decision, scored = suggestions.decision, suggestions.scored
    exemplars = model.exemplars_of(attribute)
    names = [Path(image.path).name for image in catalog.images()]
    by_class: dict[int, list[int]] = {}
    rights: dict[int, int] = {}
    known: dict[int, int] = {}
    unsure = 0
    for slot, best, confidence in zip(
        suggestions.slots.tolist(), scored.best.tolist(), scored.confidence.tolist(), strict=True
    ):
        if slot in exemplars:
            continue
        sure = confidence >= row.threshold and best in model.classes
        unsure += not sure
        group = best if sure else 0
        by_class.setdefault(group, []).append(slot)
        true_name = truth.get(names[slot], {}).get(row.name)
        if true_name is not None:
            known[group] = known.get(group, 0) + 1
            rights[group] = rights.get(group, 0) + (
                sure and model.classes[best].name.casefold() == true_name.casefold()
            )
    scored_count, right = sum(known.values()), sum(rights.values())
    agreed[row.name] = (right, scored_count)
    text = tr(
        "{exemplars}, {method}, {images}, {unsure:,} unsure.",
        exemplars=exemplars_count(len(exemplars)),
        method=said(decision.method),
        images=images_count(decision.images),
        unsure=unsure,
    )
    if scored_count:
        agree = tr(
            "{right:,} of {total:,} images that are no exemplars agree with what is known ({share:.1%}).",
            right=right,
            total=scored_count,
            share=right / scored_count,
        )
        text = f"{text} {agree}"
    made = tr(
        "{recipe}; recipe {key}, weights {weights}…",
        recipe=catalog.recipe(decision.recipe).describe(),
        key=decision.recipe,
        weights=decision.weights[:16],
    )
    out.append(f"<p>{html.escape(text)}</p><p class='dim'>{html.escape(made)}</p>")
    heads = (tr("Exemplars"), tr("Suggested"), tr("Right"))
    columns = "".join(f"<th class='n'>{html.escape(name)}" for name in heads)
    out.append(f"<table><tr><th>{html.escape(tr('Class'))}{columns}</tr>")
    counts = list(exemplars.values())
    for c in model.classes_of(attribute):
        share = tr("{n:,} of {total:,}", n=rights.get(c.id, 0), total=known[c.id]) if known.get(c.id) else ""
        out.append(
            f"<tr><td><span class='swatch' style='background:{c.color}'></span> {html.escape(c.name)}"
            f"<td class='n'>{number(counts.count(c.id))}<td class='n'>{number(len(by_class.get(c.id, [])))}"
            f"<td class='n'>{share}</tr>"
        )
    out.append("</table>")
    for c in model.classes_of(attribute):
        shown = by_class.get(c.id, [])[:12]
        found = thumbnails.get(shown)
        pictures = "".join(
            f"<img alt='{html.escape(names[s])}' src='data:image/jpeg;base64,{base64.b64encode(found[s]).decode()}'>"
            for s in shown
            if s in found
        )
        out.append(f"<div class='dim'>{html.escape(c.name)}</div><div class='row'>{pictures}</div>")
    return out
