"""Small charts as SVG text, for reports that need nothing else. Colors come from the page's style sheet."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from attrlens.words import number, tr

WIDTH, HEIGHT = 460, 250
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 12, 40

STYLE = """
svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--dim); } svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--dim); stroke-width: 1; } svg .s0 { --c: var(--a); } svg .s1 { --c: var(--b); }
svg .s2 { --c: var(--c2); } svg .s3 { --c: var(--c3); } svg .s4 { --c: var(--c4); }
svg .line { fill: none; stroke: var(--c); stroke-width: 2; } svg .dot { fill: var(--c); }
svg .area { fill: var(--c); fill-opacity: .25; stroke: none; } svg .bar { fill: var(--c); fill-opacity: .55; }
svg .key { fill: var(--text); } svg .ideal { stroke: var(--dim); stroke-dasharray: 4 4; fill: none; }
"""
"""Part of the page's style sheet; the page sets ``--a --b --c2 --c3 --c4 --text --dim --line``."""


@dataclass(frozen=True)
class Line:
    """One curve: points in the axes' units, and an optional band around it."""

    name: str
    points: Sequence[tuple[float, float]]
    band: Sequence[tuple[float, float]] = ()


class _Axes:
    """Where data units are on the drawing."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        self._x, self._y = x, y
        self.width, self.height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(self, value: float) -> float:
        low, high = self._x
        return round(LEFT + self.width * (value - low) / ((high - low) or 1), 1)

    def y(self, value: float) -> float:
        low, high = self._y
        return round(TOP + self.height * (1 - (value - low) / ((high - low) or 1)), 1)


def _frame(
    axes: _Axes, x_ticks: Sequence[tuple[float, str]], y_ticks: Sequence[tuple[float, str]], x_title: str
) -> list[str]:
    bottom = HEIGHT - BOTTOM
    out = [
        f"<line class='grid' x1='{LEFT}' x2='{WIDTH - RIGHT}' y1='{axes.y(v)}' y2='{axes.y(v)}'/>"
        f"<text x='{LEFT - 6}' y='{axes.y(v) + 4}' text-anchor='end'>{html.escape(name)}</text>"
        for v, name in y_ticks
    ]
    out += [
        f"<text x='{axes.x(v)}' y='{bottom + 16}' text-anchor='middle'>{html.escape(name)}</text>"
        for v, name in x_ticks
    ]
    out.append(f"<line class='axis' x1='{LEFT}' x2='{WIDTH - RIGHT}' y1='{bottom}' y2='{bottom}'/>")
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    out.append(f"<text x='{middle}' y='{HEIGHT - 6}' text-anchor='middle'>{html.escape(x_title)}</text>")
    return out


def _svg(title: str, parts: Sequence[str], names: Sequence[str] = ()) -> str:
    """The drawing, with the names of several series in a row above it."""
    up = 22 if len(names) > 1 else 0
    keys, x = [], float(LEFT)
    for i, name in enumerate(names if up else ()):
        keys.append(f"<rect class='s{i % 5} dot' x='{x:.0f}' y='-16' width='10' height='10' rx='2'/>")
        keys.append(f"<text class='key' x='{x + 15:.0f}' y='-7'>{html.escape(name)}</text>")
        x += 30 + 6.6 * len(name)
    return (
        f"<svg viewBox='0 {-up} {WIDTH} {HEIGHT + up}' width='{WIDTH}' role='img' "
        f"aria-label='{html.escape(title, quote=True)}'><title>{html.escape(title)}</title>"
        f"{''.join([*keys, *parts])}</svg>"
    )


def percent_ticks(low: float) -> list[tuple[float, str]]:
    """Ticks of a percent axis that starts at `low`."""
    step = 0.05 if low >= 0.75 else 0.1 if low >= 0.5 else 0.2
    count = round((1 - low) / step)
    return [(round(1 - i * step, 4), f"{100 * (1 - i * step):.0f}") for i in range(count + 1)]


def floor_of(values: Sequence[float]) -> float:
    """Where a percent axis begins so that the curves fill it."""
    least = min(values, default=0.0)
    return next((low for low in (0.9, 0.8, 0.5, 0.2) if least >= low), 0.0)


def lines(title: str, series: Sequence[Line], x_names: Sequence[str], x_title: str) -> str:
    """Percentages over named places on the x axis, one curve a series.

    Parameters
    ----------
    title : str
        For screen readers.
    series : sequence of Line
        x counts the places from 0; y from 0 to 1.
    x_names : sequence of str
    x_title : str
    """
    values = [y for line in series for _, y in line.points] + [low for line in series for low, _ in line.band]
    low = floor_of(values)
    axes = _Axes((-0.3, len(x_names) - 0.7), (low, 1.0))
    parts = _frame(axes, [(i, name) for i, name in enumerate(x_names)], percent_ticks(low), x_title)
    for i, line in enumerate(series):
        if line.band:
            xs = [x for x, _ in line.points]
            ring = [*zip(xs, (b for _, b in line.band), strict=True)]
            ring += reversed([*zip(xs, (a for a, _ in line.band), strict=True)])
            parts.append(f"<polygon class='s{i % 5} area' points='{_points(axes, ring)}'/>")
        parts.append(f"<polyline class='s{i % 5} line' points='{_points(axes, line.points)}'/>")
        parts += [
            f"<circle class='s{i % 5} dot' cx='{axes.x(x)}' cy='{axes.y(y)}' r='3'><title>{html.escape(line.name)} "
            f"{number(100 * y, '.1f')} %</title></circle>"
            for x, y in line.points
        ]
    return _svg(title, parts, [line.name for line in series])


def _points(axes: _Axes, points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{axes.x(x)},{axes.y(y)}" for x, y in points)


def reliability(title: str, bins: Sequence[tuple[float, float, int]]) -> str:
    """Confidence against share right: points on the dashed line are honest; size by the number of images.

    Parameters
    ----------
    title : str
    bins : sequence of (confidence, share right, images)
    """
    axes = _Axes((0, 1), (0, 1))
    ticks = [(v / 5, f"{20 * v}") for v in range(6)]
    parts = _frame(axes, ticks, ticks, tr("Confidence, %   (up: share right, %)"))
    parts.append(f"<line class='ideal' x1='{axes.x(0)}' y1='{axes.y(0)}' x2='{axes.x(1)}' y2='{axes.y(1)}'/>")
    most = max((n for _, _, n in bins), default=1)
    for confidence, right, n in bins:
        radius = 4 + 8 * (n / most) ** 0.5
        tip = tr(
            "{n:,} image, claimed {claimed:.0f} %, right {right:.0f} %",
            "{n:,} images, claimed {claimed:.0f} %, right {right:.0f} %",
            n=n,
            claimed=100 * confidence,
            right=100 * right,
        )
        parts.append(
            f"<circle class='s0 bar' cx='{axes.x(confidence)}' cy='{axes.y(right)}' r='{radius:.1f}'>"
            f"<title>{html.escape(tip)}</title></circle>"
        )
    return _svg(title, parts)


def histograms(title: str, edges: Sequence[float], named: Sequence[tuple[str, Sequence[float]]], x_title: str) -> str:
    """Histograms laid over one another."""
    high = max((max(shares) for _, shares in named), default=1.0)
    axes = _Axes((edges[0], edges[-1]), (0, high * 1.05))
    places = [edges[round(i * (len(edges) - 1) / 4)] for i in range(5)]
    ticks = [(place, number(place, ".2g")) for place in places]
    parts = _frame(axes, ticks, [], x_title)
    for i, (_, shares) in enumerate(named):
        ring = [(edges[0], 0.0)]
        for left, right, share in zip(edges, edges[1:], shares, strict=False):
            ring += [(left, share), (right, share)]
        ring.append((edges[-1], 0.0))
        parts.append(f"<polygon class='s{i} area' points='{_points(axes, ring)}'/>")
        parts.append(f"<polyline class='s{i} line' points='{_points(axes, ring)}'/>")
    return _svg(title, parts, [name for name, _ in named])


def bar(value: float, low: float | None = None, high: float | None = None) -> str:
    """A share as a bar of 120 pixels, its interval as a whisker."""
    whisker = ""
    if low is not None and high is not None:
        a, b = (round(120 * max(0.0, min(1.0, n)), 1) for n in (low, high))
        ends = "".join(f"<line class='axis' x1='{x}' x2='{x}' y1='4' y2='10'/>" for x in (a, b))
        whisker = f"<line class='axis' x1='{a}' x2='{b}' y1='7' y2='7'/>{ends}"
    return (
        "<svg viewBox='0 0 121 14' width='121' height='14' aria-hidden='true'>"
        f"<rect class='s0 bar' x='0' y='3' width='{120 * value:.1f}' height='8' rx='2'/>{whisker}</svg>"
    )
