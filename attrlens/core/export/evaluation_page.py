"""The report of an evaluation as one HTML page that needs nothing else: plain words first, tables after."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrlens.core.classify.methods import METRICS, said
from attrlens.core.evaluate.parts import PAIRS
from attrlens.core.export import svg
from attrlens.core.recipes import FITS, POOLINGS
from attrlens.words import number, told, tr, words

Report = dict[str, Any]

SHOWN_WRONG = 60
"""Wrong images shown with a picture."""

STYLE = (
    """
:root { color-scheme: light dark; --text: #1c1c1c; --dim: #5f5f5f; --line: #d8d8d8; --page: #fafafa; --card: #ffffff;
  --a: #1f5fd0; --b: #b35c00; --c2: #2a7d4f; --c3: #8a3fa0; --c4: #6b6b6b; --hit: 31, 95, 208; --miss: 179, 92, 0; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --dim: #a3a3a3; --line: #3c3c3c; --page: #181818;
  --card: #202020; --a: #6ea8ff; --b: #e8a050; --c2: #6cc490; --c3: #cf8fe0; --c4: #a8a8a8; --hit: 110, 168, 255;
  --miss: 232, 160, 80; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1020px; margin: 32px auto; padding: 0 24px; color: var(--text);
  background: var(--page); }
h1 { font-size: 26px; margin-bottom: 4px; } h2 { font-size: 18px; margin: 40px 0 8px; } h3 { font-size: 15px; }
.dim { color: var(--dim); } .wide { overflow-x: auto; } p { max-width: 72ch; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 8px 0; }
td, th { padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); text-align: left; }
th { font-weight: 600; } .n { text-align: right; } b.best { color: var(--a); }
.cards { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; min-width: 150px;
  flex: 1; } .card b { display: block; font-size: 26px; line-height: 1.2; } .card span { color: var(--dim); }
.matrix td { padding: 4px 8px; text-align: right; border: 1px solid var(--page); min-width: 34px; }
.matrix th { border: 0; } .matrix th.top { text-align: left; vertical-align: bottom; height: 84px; padding: 0; }
.matrix th.top div { transform: rotate(-45deg); transform-origin: left bottom; width: 34px; white-space: nowrap;
  margin-left: 22px; font-weight: 400; }
.wrong { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 12px; }
.wrong figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px;
  overflow-wrap: anywhere; font-size: 13px; }
.wrong img { width: 100%; height: 150px; object-fit: contain; background: #8882; border-radius: 4px; display: block; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 8px 32px; }
details { margin: 8px 0; } summary { cursor: pointer; }
"""
    + svg.STYLE
)


def page(report: Report, picture: Callable[[str], bytes | None]) -> str:
    """The page.

    Parameters
    ----------
    report : dict
        As `evaluate.run.report` makes it.
    picture : callable
        Small JPEG of an image by its file, or None.
    """
    results = report["results"]
    title = _text(tr("Evaluation of {name}", name=report["attribute"]))
    parts = [
        f"<!doctype html><html lang='{tr('en')}'><head><meta charset='utf-8'><title>{title}</title>",
        f"<meta name='viewport' content='width=device-width'><style>{STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        f"<p class='dim'>{_text(_where(report))}</p>",
    ]
    parts += [section(report, results[key]) for key, section in SECTIONS if results.get(key)]
    beside = [section(report, results[key]) for key, section in BESIDE if results.get(key)]
    parts.append(f"<div class='two'>{''.join(beside)}</div>")
    if report["images"]:
        parts.append(_wrong(report, picture))
    parts += [section(report, results[key]) for key, section in THESIS if results.get(key)]
    parts += [_method(report), "</body></html>\n"]
    return "\n".join(parts)


def _where(report: Report) -> str:
    n, classes = report["n_images"], report["classes"]
    values = {
        "images": words("{n:,} image", "{n:,} images", n=n),
        "classes": words("{n:,} class", "{n:,} classes", n=len(classes)),
    }
    what = words("{images} in {classes}", **values)
    if report["sampled_from"]:
        what = words("{images} in {classes}, a sample of {total:,}", total=report["sampled_from"], **values)
    text = tr(
        "{what}; {protocol}. AttrLens {version}, {made}.",
        what=what,
        protocol=report["protocol"],
        version=report["attrlens"],
        made=report["made"][:16].replace("T", " "),
    )
    if report["left_out"]:
        names = ", ".join(f"{name} ({count})" for name, count in report["left_out"].items())
        text = f"{text} {tr('Left out, too few images or groups: {names}.', names=names)}"
    return text


def percent(value: float | None) -> str:
    """A share for people."""
    return "–" if value is None else f"{number(100 * value, '.1f')} %"


def _text(text: str) -> str:
    """Text to stand between tags."""
    return html.escape(text, quote=False)


def _about(text: str) -> str:
    """A paragraph that explains."""
    return f"<p class='dim'>{_text(text)}</p>"


def _methods(names: str) -> str:
    """Methods for people: with few exemplars another one may decide in some of the folds."""
    first, *others = (told(said(name)) for name in names.split(" and "))
    for other in others:
        first = tr("{first} and {second}", first=first, second=other)
    return first


def _descriptor(name: str) -> str:
    """A recipe's name, or a backbone's block as the report has it."""
    title, block, n = name.rpartition(" block ")
    return tr("{backbone} block {number}", backbone=title, number=n) if block else name


def _product(report: Report, found: dict[str, Any]) -> str:
    results = report["results"]
    wrong = found["scored"] - found["right"] - found["unknown"]
    low, high = found["accuracy_interval"]
    cards = [
        (
            percent(found["accuracy"]),
            tr("right, of {n:,} ({low:.1f} to {high:.1f})", n=found["scored"], low=100 * low, high=100 * high),
        ),
        (number(wrong), tr("wrong")),
        (number(found["unknown"]), tr("called unknown (below {limit:.0f} %)", limit=100 * found["threshold"])),
        (percent(results["calibration_error"]), tr("off in its confidence, on average")),
    ]
    if "unknown_auroc" in results:
        cards.append((number(results["unknown_auroc"], ".3f"), tr("of 1: tells images of a class it never saw")))
    boxes = "".join(f"<div class='card'><b>{value}</b><span>{_text(text)}</span></div>" for value, text in cards)
    about = tr(
        "Decided by the {method} on the recipe {recipe}, as the program does it. An image called unknown counts as not "
        "right; without the threshold {without} would be right. In brackets and on bars: 95 % intervals.",
        method=_methods(found["method"]),
        recipe=found["recipe"],
        without=percent(found["accuracy_without_threshold"]),
    )
    return f"<div class='cards'>{boxes}</div><p>{_text(about)}</p>"


def _confusion(report: Report, found: dict[str, Any]) -> str:
    columns = [*found["columns"][:-1], tr("unknown")]  # a class that a person called so has a column of its own
    head = "".join(f"<th class='top'><div>{_text(name)}</div>" for name in columns)
    rows = []
    for i, (name, counts) in enumerate(zip(found["rows"], found["counts"], strict=True)):
        total = max(sum(counts), 1)
        cells = []
        for j, n in enumerate(counts):
            color = "--hit" if i == j else "--miss"
            shade = 0.08 + 0.5 * n / total if i == j else min(0.85, 0.18 + 2.5 * n / total)
            style = f" style='background: rgba(var({color}), {shade:.2f})'" if n else ""
            tip = tr(
                "{count} of {total} labeled {name} were decided {said}",
                count=n, total=total, name=name, said=columns[j],
            )  # fmt: skip
            cells.append(f"<td{style} title='{html.escape(tip)}'>{n or ''}")
        rows.append(f"<tr><th>{_text(name)}{''.join(cells)}</tr>")
    return (
        f"<h2>{_text(tr('What is taken for what'))}</h2>"
        f"{_about(tr('A row is what the label says, a column what the program decides.'))}"
        f"<div class='wide'><table class='matrix'><tr><th>{head}</tr>{''.join(rows)}</table></div>"
    )


def _per_class(report: Report, rows: Sequence[dict[str, Any]]) -> str:
    out = []
    for row in sorted(rows, key=lambda r: 2 if r["f1"] is None else r["f1"]):
        cells = []
        for measure in ("precision", "recall", "f1"):
            value = row[measure]
            bar = "" if value is None else svg.bar(value, *(row[f"{measure}_interval"] or ()))
            cells.append(f"<td class='n'>{percent(value)}<td>{bar}")
        out.append(f"<tr><td>{_text(row['class'])}<td class='n'>{number(row['images'])}{''.join(cells)}</tr>")
    about = tr(
        "Weakest first. Precision: of what is decided so, how much is. Recall: of what is so, how much is found."
    )
    return (
        f"<h2>{_text(tr('Class by class'))}</h2>{_about(about)}"
        f"<div class='wide'><table><tr><th>{_text(tr('Class'))}<th class='n'>{_text(tr('Images'))}"
        f"<th class='n'>{_text(tr('Precision'))}<th><th class='n'>{_text(tr('Recall'))}<th>"
        f"<th class='n'>F1<th></tr>{''.join(out)}</table></div>"
    )


def _calibration(report: Report, bins: Sequence[dict[str, Any]]) -> str:
    chart = svg.reliability(
        tr("Confidence against share right"), [(b["confidence"], b["right"], b["images"]) for b in bins]
    )
    about = tr("On the dashed line, 80 % sure means right in 8 of 10. Larger dots hold more images.")
    return f"<div><h2>{_text(tr('Is its confidence honest?'))}</h2>{_about(about)}{chart}</div>"


def _unknown(report: Report, found: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{_text(name)}<td class='n'>{number(value, '.3f')}<td>{svg.bar(value)}</tr>"
        for name, value in sorted(found["per_class"].items(), key=lambda item: item[1])
    )
    about = tr(
        "Each class is left out once and met as unknown. 1: its images always get less confidence than the others; 0.5: "
        "no difference. {share} of them fall below the threshold.",
        share=percent(found["share_below_threshold"]),
    )
    return (
        f"<div><h2>{_text(tr('Does it notice what it never saw?'))}</h2>{_about(about)}"
        f"<table><tr><th>{_text(tr('Class left out'))}<th class='n'>AUROC<th></tr>{rows}</table></div>"
    )


def _learning_curve(report: Report, rows: Sequence[dict[str, Any]]) -> str:
    line = svg.Line(
        tr("accuracy"),
        [(i, row["accuracy"]) for i, row in enumerate(rows)],
        [(row["least"], row["most"]) for row in rows],
    )
    chart = svg.lines(tr("Accuracy by number of exemplars"), [line], [str(row["exemplars"]) for row in rows],
                      tr("Exemplars a class   (up: right, %)"))  # fmt: skip
    about = tr("Exemplars drawn at random, several times; the band is the least and the most.")
    return f"<div><h2>{_text(tr('How many exemplars does it take?'))}</h2>{_about(about)}{chart}</div>"


def _wrong(report: Report, picture: Callable[[str], bytes | None]) -> str:
    wrong = sorted((row for row in report["images"] if not row["right"]), key=lambda row: -row["confidence"])
    title = f"<h2>{_text(tr('What went wrong'))}</h2>"
    if not wrong:
        return f"{title}<p>{_text(tr('Nothing: every image got its label.'))}</p>"
    boxes = []
    for row in wrong[:SHOWN_WRONG]:
        data = picture(row["file"])
        shown = ""
        if data:
            code = base64.b64encode(data).decode()
            shown = f"<img alt='{html.escape(row['file'])}' src='data:image/jpeg;base64,{code}'>"
        decision = row["decision"] if row["sure"] else tr("unknown")
        detail = f"{row['best']} {percent(row['confidence'])}" if not row["sure"] else percent(row["confidence"])
        boxes.append(
            f"<figure>{shown}<figcaption><b>{_text(row['label'])}</b> → <b>{_text(decision)}</b> "
            f"<span class='dim'>{_text(detail)}</span><br><span class='dim'>{_text(row['file'])}</span></figcaption>"
            "</figure>"
        )
    about = tr("Label → decision. Most confident first: these are often labels worth a second look.")
    if len(wrong) > SHOWN_WRONG:
        about = f"{about} {tr('The first {n} are shown; all are in images.csv.', n=SHOWN_WRONG)}"
    return f"{title}{_about(about)}<div class='wrong'>{''.join(boxes)}</div>"


# The thesis's methods


def _blocks(report: Report, key: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Backbone, block and numbers, of every backbone."""
    from attrlens.core.export.evaluation import by_backbone

    return [(name, block, value) for name, found in by_backbone(report, key) for block, value in found.items()]


def _table(head: Sequence[str], rows: Sequence[tuple[str, Sequence[float | None]]]) -> str:
    """A table of numbers; the best of each column is marked."""
    columns = list(zip(*(values for _, values in rows), strict=True))
    best = [max((v for v in column if v is not None), default=None) for column in columns]
    out = []
    for name, values in rows:
        cells = []
        for value, top in zip(values, best, strict=True):
            text = "–" if value is None else number(value, ".3f")
            cells.append(f"<td class='n'>{f'<b class=best>{text}</b>' if value == top else text}")
        out.append(f"<tr><td>{_text(name)}{''.join(cells)}</tr>")
    heads = "".join(f"<th class='n'>{_text(name)}" for name in head[1:])
    return f"<div class='wide'><table><tr><th>{_text(head[0])}{heads}</tr>{''.join(out)}</table></div>"


def _title(report: Report, backbone: str, block: str) -> str:
    several = bool(report["results"].get("other_backbones"))
    return f"{backbone} {block}" if several else block


def _nearest_mean(report: Report, _: Any) -> str:
    rows = [(_title(report, b, n), [v["euclidean"], v["cosine"]]) for b, n, v in _blocks(report, "nearest_mean")]
    title = tr("The thesis's methods, block by block")
    about = tr("Accuracy of each block's mean activations ({backbone}).", backbone=report["block_backbone"])
    return f"<h2>{_text(title)}</h2>{_about(about)}<h3>{_text(tr('Nearest class mean'))}</h3>" + _table(
        [tr("Block"), tr("Euclidean"), tr("Cosine")], rows
    )


def _knn(report: Report, found: dict[str, Any]) -> str:
    blocks = _blocks(report, "knn")
    ks = list(blocks[0][2])
    series = [
        svg.Line(tr("block {name}", name=_title(report, b, n)), [(i, v[k]) for i, k in enumerate(ks)])
        for b, n, v in blocks
    ]
    table = _table(
        [tr("Block"), *(f"k = {k}" for k in ks)], [(_title(report, b, n), list(v.values())) for b, n, v in blocks]
    )
    chart = svg.lines(tr("Accuracy by neighbors"), series[:5], ks, tr("Neighbors   (up: right, %)"))
    detail = ""
    for backbone, block, value in _blocks(report, "knn_per_class"):
        classes = list(next(iter(value.values())))
        rows = [(name, [value[k].get(name) for k in ks]) for name in classes]
        title = tr("Block {name}, class by class", name=_title(report, backbone, block))
        detail += f"<details><summary>{_text(title)}</summary>"
        detail += _table([tr("Class"), *(f"k = {k}" for k in ks)], rows) + "</details>"
    title = _text(tr("Nearest neighbors"))
    return f"<h3>{title}</h3><div class='two'><div>{table}{detail}</div><div>{chart}</div></div>"


def _umap(report: Report, found: dict[str, dict[str, float]]) -> str:
    out = ""
    for block, values in found.items():
        names = [*list(values)[:-1], tr("{dimensions} (all)", dimensions=list(values)[-1])]
        series = [svg.Line(tr("nearest neighbor"), list(enumerate(values.values())))]
        out += f"<h3>{_text(tr('Nearest neighbor after UMAP, block {name}', name=block))}</h3>"
        out += _about(tr("All images are reduced together, labels unused. The last point is the descriptor itself."))
        out += svg.lines(tr("Accuracy by dimensions"), series, names, tr("Dimensions   (up: right, %)"))
    return out


def _discriminant(report: Report, found: Mapping[str, float]) -> str:
    about = tr("The program's classifier; the best class counts, sure or not.")
    return f"<h3>{_text(tr('Discriminant'))}</h3>{_about(about)}" + _table(
        [tr("Descriptor"), tr("Accuracy")], [(_descriptor(name), [value]) for name, value in found.items()]
    )


def _precision(report: Report, found: Mapping[str, Any]) -> str:
    ks = list(next(iter(found.values()))["euclidean"])
    titles = {str(name): title for name, title in METRICS.items()} | {"classes": words("what tells classes apart")}
    rows = [
        (f"{_descriptor(name)}, {told(titles.get(metric, metric))}", list(values.values()))
        for name, table in found.items()
        for metric, values in table.items()
    ]
    about = tr("Share of the first k results that are of the query's class; the query's own group is left out.")
    return f"<h3>{_text(tr('Similar images: precision at k'))}</h3>{_about(about)}" + _table(
        [tr("Descriptor"), *(f"k = {k}" for k in ks)], rows
    )


def _clusters(report: Report, _: Any) -> str:
    rows = [
        (_title(report, b, n), [v["ari"], v["ami"], 1 - v["noise"], v["clusters"]])
        for b, n, v in _blocks(report, "clusters")
    ]
    head = [tr("Block"), tr("Adjusted Rand"), tr("Adjusted mutual information"), tr("Share in a cluster")]
    marked = _table(head, [(name, values[:3]) for name, values in rows])
    about = tr(
        "HDBSCAN after UMAP to 10 dimensions, against the labels. Clusters: {counts}.",
        counts=", ".join(tr("block {name}: {count}", name=name, count=values[3]) for name, values in rows),
    )
    return f"<h3>{_text(tr('Clusters found without labels'))}</h3>{_about(about)}{marked}"


def _pairs(report: Report, _: Any) -> str:
    out = []
    for backbone, block, spaces in _blocks(report, "pair_distances"):
        charts = ""
        for space, entry in spaces.items():
            both = [(tr("same class"), entry["same_class"]), (tr("other class"), entry["other_class"])]
            name, text = _SPACES[space]
            caption = tr("Distance, {space}; overlap {share}", space=text, share=percent(entry["overlap"]))
            charts += f"<div>{svg.histograms(told(name), entry['edges'], both, caption)}</div>"
        summary = tr(
            "Block {name}: overlap {share}, after UMAP {reduced}",
            name=_title(report, backbone, block),
            share=percent(spaces["original"]["overlap"]),
            reduced=percent(spaces["umap"]["overlap"]),
        )
        out.append(f"<details><summary>{_text(summary)}</summary><div class='two'>{charts}</div></details>")
    about = tr(
        "{pairs:,} pairs of the same class and {pairs:,} of different classes, for each class. The less the two "
        "overlap, the better.",
        pairs=PAIRS,
    )
    return f"<h3>{_text(tr('Distances between pairs'))}</h3>{_about(about)}{''.join(out)}"


_SPACES = {
    "original": (words("original"), words("as it is")),
    "umap": ("umap", words("after UMAP to 10 dimensions")),
}
"""Title for screen readers, and words within a caption."""


def _method(report: Report) -> str:
    recipes = "".join(
        f"<tr><td>{_text(_descriptor(name))}<td>{_text(' + '.join(r['layers']))}<td>{_text(_pooling(r))}"
        f"<td class='n'>{r['size']}<td>{_text(told(FITS.get(r['fit'], r['fit'])))}"
        f"<td><code>{r['weights_sha256'][:12]}</code></tr>"
        for name, r in report["recipes"].items()
    )
    measured = tr("{protocol}; seed {seed}.", protocol=report["protocol"], seed=report["seed"])
    took = tr(
        "Seconds: {seconds}. {system}, Python {python}.",
        seconds=", ".join(f"{name} {number(value, '.1f')} s" for name, value in report["seconds"].items()),
        system=report["machine"]["system"],
        python=report["machine"]["python"],
    )
    heads = (
        f"<th>{_text(tr('Descriptor'))}<th>{_text(tr('Layers'))}<th>{_text(tr('Pooling'))}"
        f"<th class='n'>{_text(tr('Pixels'))}<th>{_text(tr('Fit'))}<th>{_text(tr('Weights'))}"
    )
    return (
        f"<h2>{_text(tr('How this was measured'))}</h2><p>{_text(measured)} {_text(told(report['source']))}</p>"
        f"<p>{_text(took)}</p><div class='wide'><table><tr>{heads}</tr>{recipes}</table></div>"
    )


def _pooling(recipe: Mapping[str, Any]) -> str:
    pooling = POOLINGS.get(recipe["pooling"], recipe["pooling"])
    return tr("{pooling}, garment", pooling=pooling) if recipe.get("weight") == "garment" else told(pooling)


SECTIONS: tuple[tuple[str, Callable[[Report, Any], str]], ...] = (
    ("product", _product),
    ("confusion", _confusion),
    ("per_class", _per_class),
)
BESIDE: tuple[tuple[str, Callable[[Report, Any], str]], ...] = (
    ("calibration", _calibration),
    ("unknown", _unknown),
    ("learning_curve", _learning_curve),
)
THESIS: tuple[tuple[str, Callable[[Report, Any], str]], ...] = (
    ("nearest_mean", _nearest_mean),
    ("knn", _knn),
    ("knn_umap", _umap),
    ("discriminant", _discriminant),
    ("precision_at_k", _precision),
    ("clusters", _clusters),
    ("pair_distances", _pairs),
)
"""In the order of the page, by the key of the results they show; those of BESIDE stand in two columns, and what went wrong comes before the
thesis's methods."""
