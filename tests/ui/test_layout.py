"""The gallery's arithmetic."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QRect

from attrlens.ui.gallery.layout import HEADER, Layout


@pytest.mark.parametrize("groups", [[], [(0, 7), (7, 1), (8, 12)]])
def test_every_cell_is_found_at_its_center(groups: list[tuple[int, int]]) -> None:
    layout = Layout(500, 120, 150, 20, groups)
    assert layout.columns == 4
    for index in range(20):
        center = layout.rect(index).center()
        assert layout.index_at(center.x(), center.y()) == index
    assert layout.index_at(layout.rect(0).left() - 5, 60) == -1
    assert layout.index_at(100, layout.height + 50) == -1
    rects = [layout.rect(i) for i in range(20)]
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[i + 1 :])


def test_headers_take_their_room() -> None:
    layout = Layout(500, 120, 150, 20, [(0, 7), (7, 13)])
    assert layout.rect(0).top() == HEADER
    assert layout.rect(7).top() == HEADER + 2 * 150 + HEADER
    assert layout.index_at(layout.rect(7).center().x(), layout.rect(7).top() - 10) == -1


def test_visible_covers_what_is_on_the_screen_and_little_more() -> None:
    layout = Layout(1000, 120, 150, 50_000, [])
    top = 200_000
    ((_, first, last),) = layout.visible(top, top + 800)
    shown = set(range(first, last))
    assert {i for i in range(first - 50, last + 50) if layout.rect(i).intersects(QRect(0, top, 1000, 800))} <= shown
    assert len(shown) <= 8 * 7


def test_steps_up_and_down_cross_groups() -> None:
    layout = Layout(500, 120, 150, 20, [(0, 6), (6, 14)])  # rows: 0-3, 4-5 | 6-9, 10-13, 14-17, 18-19
    assert layout.step(0, 1) == 4
    assert layout.step(5, 1) == 7
    assert layout.step(7, -1) == 5
    assert layout.step(9, -1) == 5, "the row above is shorter"
    assert layout.step(0, -1) == 0 and layout.step(19, 1) == 19
    assert layout.step(0, 100) == 18


def test_the_rubber_band_takes_what_it_touches() -> None:
    layout = Layout(500, 120, 150, 20, [])
    band = layout.rect(1).united(layout.rect(6)).adjusted(30, 30, -30, -30)
    assert layout.inside(band) == [1, 2, 5, 6]


def test_nothing_at_all() -> None:
    layout = Layout(500, 120, 150, 0, [])
    assert layout.index_at(50, 50) == -1 and layout.visible(0, 500)[0][1:] == (0, 0)


def test_fifty_thousand_cost_what_fifty_do() -> None:
    def seconds(total: int) -> float:
        began = time.perf_counter()
        for _ in range(200):
            layout = Layout(1000, 120, 150, total, [])
            layout.visible(5000, 5800)
            layout.index_at(300, 5200)
        return time.perf_counter() - began

    seconds(50)
    assert seconds(50_000) < 5 * seconds(50)
