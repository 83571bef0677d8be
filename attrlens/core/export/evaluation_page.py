"""The report of an evaluation as one HTML page that needs nothing else: plain words first, tables after."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrlens.core.export import svg

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
    title = html.escape(f"Evaluation of {report['attribute']}")
    parts = [
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>",
        f"<meta name='viewport' content='width=device-width'><style>{STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        f"<p class='dim'>{html.escape(_where(report))}</p>",
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
    text = f"{n:,} images in {len(classes)} classes"
    if report["sampled_from"]:
        text += f", a sample of {report['sampled_from']:,}"
    text += f"; {report['protocol']}. AttrLens {report['attrlens']}, {report['made'][:16].replace('T', ' ')}."
    if report["left_out"]:
        names = ", ".join(f"{name} ({count})" for name, count in report["left_out"].items())
        text += f" Left out, too few images or groups: {names}."
    return text


def percent(value: float | None) -> str:
    """A share for people."""
    return "–" if value is None else f"{100 * value:.1f} %"


def _product(report: Report, found: dict[str, Any]) -> str:
    results = report["results"]
    wrong = found["scored"] - found["right"] - found["unknown"]
    low, high = found["accuracy_interval"]
    cards = [
        (percent(found["accuracy"]), f"right, of {found['scored']:,} ({100 * low:.1f} to {100 * high:.1f})"),
        (f"{wrong:,}", "wrong"),
        (f"{found['unknown']:,}", f"called unknown (below {100 * found['threshold']:.0f} %)"),
        (percent(results["calibration_error"]), "off in its confidence, on average"),
    ]
    if "unknown_auroc" in results:
        cards.append((f"{results['unknown_auroc']:.3f}", "of 1: tells images of a class it never saw"))
    boxes = "".join(f"<div class='card'><b>{value}</b><span>{html.escape(text)}</span></div>" for value, text in cards)
    without = percent(found["accuracy_without_threshold"])
    return (
        f"<div class='cards'>{boxes}</div><p>Decided by the {html.escape(found['method'])} on the recipe "
        f"{html.escape(found['recipe'])}, as the program does it. An image called unknown counts as not right; without the "
        f"threshold {without} would be right. In brackets and on bars: 95 % intervals.</p>"
    )


def _confusion(report: Report, found: dict[str, Any]) -> str:
    head = "".join(f"<th class='top'><div>{html.escape(name)}</div>" for name in found["columns"])
    rows = []
    for i, (name, counts) in enumerate(zip(found["rows"], found["counts"], strict=True)):
        total = max(sum(counts), 1)
        cells = []
        for j, n in enumerate(counts):
            color = "--hit" if i == j else "--miss"
            shade = 0.08 + 0.5 * n / total if i == j else min(0.85, 0.18 + 2.5 * n / total)
            style = f" style='background: rgba(var({color}), {shade:.2f})'" if n else ""
            told = html.escape(f"{n} of {total} labeled {name} were decided {found['columns'][j]}", quote=True)
            cells.append(f"<td{style} title='{told}'>{n or ''}")
        rows.append(f"<tr><th>{html.escape(name)}{''.join(cells)}</tr>")
    return (
        "<h2>What is taken for what</h2><p class='dim'>A row is what the label says, a column what the program decides.</p>"
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
        out.append(f"<tr><td>{html.escape(row['class'])}<td class='n'>{row['images']:,}{''.join(cells)}</tr>")
    return (
        "<h2>Class by class</h2><p class='dim'>Weakest first. Precision: of what is decided so, how much is. "
        "Recall: of what is so, how much is found.</p>"
        "<div class='wide'><table><tr><th>Class<th class='n'>Images<th class='n'>Precision<th><th class='n'>Recall<th>"
        f"<th class='n'>F1<th></tr>{''.join(out)}</table></div>"
    )


def _calibration(report: Report, bins: Sequence[dict[str, Any]]) -> str:
    chart = svg.reliability(
        "Confidence against share right", [(b["confidence"], b["right"], b["images"]) for b in bins]
    )
    return (
        "<div><h2>Is its confidence honest?</h2>"
        "<p class='dim'>On the dashed line, 80 % sure means right in 8 of 10. Larger dots hold more images.</p>"
        f"{chart}</div>"
    )


def _unknown(report: Report, found: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(name)}<td class='n'>{value:.3f}<td>{svg.bar(value)}</tr>"
        for name, value in sorted(found["per_class"].items(), key=lambda item: item[1])
    )
    return (
        "<div><h2>Does it notice what it never saw?</h2><p class='dim'>Each class is left out once and met as unknown. 1: its "
        f"images always get less confidence than the others; 0.5: no difference. {percent(found['share_below_threshold'])} of "
        f"them fall below the threshold.</p><table><tr><th>Class left out<th class='n'>AUROC<th></tr>{rows}</table></div>"
    )


def _learning_curve(report: Report, rows: Sequence[dict[str, Any]]) -> str:
    line = svg.Line(
        "accuracy",
        [(i, row["accuracy"]) for i, row in enumerate(rows)],
        [(row["least"], row["most"]) for row in rows],
    )
    chart = svg.lines("Accuracy by number of exemplars", [line], [str(row["exemplars"]) for row in rows],
                      "Exemplars a class   (up: right, %)")  # fmt: skip
    return (
        "<div><h2>How many exemplars does it take?</h2><p class='dim'>Exemplars drawn at random, "
        f"several times; the band is the least and the most.</p>{chart}</div>"
    )


def _wrong(report: Report, picture: Callable[[str], bytes | None]) -> str:
    wrong = sorted((row for row in report["images"] if not row["right"]), key=lambda row: -row["confidence"])
    if not wrong:
        return "<h2>What went wrong</h2><p>Nothing: every image got its label.</p>"
    boxes = []
    for row in wrong[:SHOWN_WRONG]:
        data = picture(row["file"])
        shown = ""
        if data:
            code = base64.b64encode(data).decode()
            shown = f"<img alt='{html.escape(row['file'], quote=True)}' src='data:image/jpeg;base64,{code}'>"
        said = row["decision"]
        detail = f"{row['best']} {percent(row['confidence'])}" if not row["sure"] else percent(row["confidence"])
        boxes.append(
            f"<figure>{shown}<figcaption><b>{html.escape(row['label'])}</b> → <b>{html.escape(said)}</b> "
            f"<span class='dim'>{html.escape(detail)}</span><br><span class='dim'>{html.escape(row['file'])}</span></figcaption>"
            "</figure>"
        )
    more = f" The first {SHOWN_WRONG} are shown; all are in images.csv." if len(wrong) > SHOWN_WRONG else ""
    return (
        "<h2>What went wrong</h2><p class='dim'>Label → decision. Most confident first: these are often labels worth a second "
        f"look.{more}</p><div class='wrong'>{''.join(boxes)}</div>"
    )


# The thesis's methods


def _blocks(report: Report, key: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Backbone, block and numbers, of every backbone."""
    from attrlens.core.export.evaluation import by_backbone

    return [(name, block, value) for name, found in by_backbone(report, key) for block, value in found.items()]


def _table(head: Sequence[str], rows: Sequence[tuple[str, Sequence[float | None]]], form: str = "{:.3f}") -> str:
    """A table of numbers; the best of each column is marked."""
    columns = list(zip(*(values for _, values in rows), strict=True))
    best = [max((v for v in column if v is not None), default=None) for column in columns]
    out = []
    for name, values in rows:
        cells = []
        for value, top in zip(values, best, strict=True):
            text = "–" if value is None else form.format(value)
            cells.append(f"<td class='n'>{f'<b class=best>{text}</b>' if value == top else text}")
        out.append(f"<tr><td>{html.escape(name)}{''.join(cells)}</tr>")
    heads = "".join(f"<th class='n'>{html.escape(name)}" for name in head[1:])
    return f"<div class='wide'><table><tr><th>{html.escape(head[0])}{heads}</tr>{''.join(out)}</table></div>"


def _title(report: Report, backbone: str, block: str) -> str:
    several = bool(report["results"].get("other_backbones"))
    return f"{backbone} {block}" if several else block


def _nearest_mean(report: Report, _: Any) -> str:
    rows = [(_title(report, b, n), [v["euclidean"], v["cosine"]]) for b, n, v in _blocks(report, "nearest_mean")]
    return (
        "<h2>The thesis's methods, block by block</h2><p class='dim'>Accuracy of each block's mean activations "
        f"({html.escape(report['block_backbone'])}).</p><h3>Nearest class mean</h3>"
        + _table(["Block", "Euclidean", "Cosine"], rows)
    )


def _knn(report: Report, found: dict[str, Any]) -> str:
    blocks = _blocks(report, "knn")
    ks = list(blocks[0][2])
    series = [svg.Line(f"block {_title(report, b, n)}", [(i, v[k]) for i, k in enumerate(ks)]) for b, n, v in blocks]
    table = _table(
        ["Block", *(f"k = {k}" for k in ks)], [(_title(report, b, n), list(v.values())) for b, n, v in blocks]
    )
    chart = svg.lines("Accuracy by neighbors", series[:5], ks, "Neighbors   (up: right, %)")
    detail = ""
    for backbone, block, value in _blocks(report, "knn_per_class"):
        classes = list(next(iter(value.values())))
        rows = [(name, [value[k].get(name) for k in ks]) for name in classes]
        detail += f"<details><summary>Block {html.escape(_title(report, backbone, block))}, class by class</summary>"
        detail += _table(["Class", *(f"k = {k}" for k in ks)], rows) + "</details>"
    return f"<h3>Nearest neighbors</h3><div class='two'><div>{table}{detail}</div><div>{chart}</div></div>"


def _umap(report: Report, found: dict[str, dict[str, float]]) -> str:
    out = ""
    for block, values in found.items():
        names = [*list(values)[:-1], f"{list(values)[-1]} (all)"]
        series = [svg.Line("nearest neighbor", list(enumerate(values.values())))]
        out += f"<h3>Nearest neighbor after UMAP, block {html.escape(block)}</h3><p class='dim'>All images are reduced "
        out += "together, labels unused. The last point is the descriptor itself.</p>"
        out += svg.lines("Accuracy by dimensions", series, names, "Dimensions   (up: right, %)")
    return out


def _discriminant(report: Report, found: Mapping[str, float]) -> str:
    return (
        "<h3>Discriminant</h3><p class='dim'>The program's classifier; the best class counts, sure or not.</p>"
        + _table(["Descriptor", "Accuracy"], [(name, [value]) for name, value in found.items()])
    )


def _precision(report: Report, found: Mapping[str, Any]) -> str:
    ks = list(next(iter(found.values()))["euclidean"])
    rows = [
        (f"{name}, {metric}", list(values.values()))
        for name, table in found.items()
        for metric, values in table.items()
    ]
    return (
        "<h3>Similar images: precision at k</h3><p class='dim'>Share of the first k results that are of the query's class; "
        "the query's own group is left out.</p>" + _table(["Descriptor", *(f"k = {k}" for k in ks)], rows)
    )


def _clusters(report: Report, _: Any) -> str:
    rows = [
        (_title(report, b, n), [v["ari"], v["ami"], 1 - v["noise"], v["clusters"]])
        for b, n, v in _blocks(report, "clusters")
    ]
    marked = _table(["Block", "Adjusted Rand", "Adjusted mutual information", "Share in a cluster"],
                    [(name, values[:3]) for name, values in rows])  # fmt: skip
    counts = ", ".join(f"block {name}: {values[3]}" for name, values in rows)
    return (
        "<h3>Clusters found without labels</h3><p class='dim'>HDBSCAN after UMAP to 10 dimensions, against the labels. "
        f"Clusters: {html.escape(counts)}.</p>{marked}"
    )


def _pairs(report: Report, _: Any) -> str:
    out = []
    for backbone, block, spaces in _blocks(report, "pair_distances"):
        charts = ""
        for space, entry in spaces.items():
            both = [("same class", entry["same_class"]), ("other class", entry["other_class"])]
            caption = f"Distance, {_SPACES[space]}; overlap {percent(entry['overlap'])}"
            charts += f"<div>{svg.histograms(space, entry['edges'], both, caption)}</div>"
        name = html.escape(_title(report, backbone, block))
        out.append(f"<details><summary>Block {name}: overlap {percent(spaces['original']['overlap'])}, after UMAP "
                   f"{percent(spaces['umap']['overlap'])}</summary><div class='two'>{charts}</div></details>")  # fmt: skip
    return (
        "<h3>Distances between pairs</h3><p class='dim'>3,000 pairs of the same class and 3,000 of different classes, for each "
        f"class. The less the two overlap, the better.</p>{''.join(out)}"
    )


_SPACES = {"original": "as it is", "umap": "after UMAP to 10 dimensions"}


def _method(report: Report) -> str:
    recipes = "".join(
        f"<tr><td>{html.escape(name)}<td>{html.escape(' + '.join(r['layers']))}<td>{html.escape(r['pooling'])}"
        f"{', garment' if r.get('weight') == 'garment' else ''}<td class='n'>{r['size']}<td>{html.escape(r['fit'])}"
        f"<td><code>{r['weights_sha256'][:12]}</code></tr>"
        for name, r in report["recipes"].items()
    )
    seconds = ", ".join(f"{name} {value:.1f} s" for name, value in report["seconds"].items())
    return (
        f"<h2>How this was measured</h2><p>{html.escape(report['protocol'])}; seed {report['seed']}. "
        f"{html.escape(report['source'])}</p><p>Seconds: {html.escape(seconds)}. "
        f"{html.escape(report['machine']['system'])}, Python {html.escape(report['machine']['python'])}.</p>"
        "<div class='wide'><table><tr><th>Descriptor<th>Layers<th>Pooling<th class='n'>Pixels<th>Fit<th>Weights</tr>"
        f"{recipes}</table></div>"
    )


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
