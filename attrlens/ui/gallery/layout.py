"""Where everything is in the gallery: arithmetic only, so that 50,000 images cost what 50 do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

HEADER = 40
MARGIN = 8


@dataclass(frozen=True)
class Section:
    """A group on the canvas: its first item, its number of items, its top in pixels (of the header)."""

    start: int
    count: int
    top: int
    header: int


class Layout:
    """Rows of equal cells below optional group headers.

    Parameters
    ----------
    width : int
        Of the viewport, in pixels.
    cell_width, cell_height : int
    total : int
        Items.
    groups : sequence of (start, count)
        Empty for no headers.
    """

    def __init__(
        self, width: int, cell_width: int, cell_height: int, total: int, groups: Sequence[tuple[int, int]]
    ) -> None:
        self.cell_width, self.cell_height, self.total = cell_width, cell_height, total
        self.columns = max(1, (width - 2 * MARGIN) // cell_width)
        spare = width - 2 * MARGIN - self.columns * cell_width
        self.left = MARGIN + max(0, spare) // 2 if self.columns > 1 else MARGIN
        header = HEADER if groups else 0
        top = 0 if groups else MARGIN
        self.sections: list[Section] = []
        for start, count in groups or [(0, total)]:
            self.sections.append(Section(start, count, top, header))
            top += header + -(-count // self.columns) * cell_height
        self.height = top + MARGIN
        self._starts = [section.start for section in self.sections]
        self._tops = [section.top for section in self.sections]

    def rect(self, index: int) -> QRect:
        """The cell of an item, in canvas pixels."""
        section = self.sections[bisect_right(self._starts, index) - 1]
        row, column = divmod(index - section.start, self.columns)
        top = section.top + section.header + row * self.cell_height
        return QRect(self.left + column * self.cell_width, top, self.cell_width, self.cell_height)

    def index_at(self, x: int, y: int) -> int:
        """The item at a point, or -1."""
        if y < 0 or not self.sections:
            return -1
        section = self.sections[max(0, bisect_right(self._tops, y) - 1)]
        inside = y - section.top - section.header
        column = (x - self.left) // self.cell_width
        if inside < 0 or not 0 <= column < self.columns or x < self.left:
            return -1
        offset = inside // self.cell_height * self.columns + column
        return section.start + offset if offset < section.count else -1

    def visible(self, top: int, bottom: int) -> list[tuple[Section, int, int]]:
        """Sections that show between two heights, each with the first and the last item (exclusive) to draw."""
        out = []
        for i in range(max(0, bisect_right(self._tops, top) - 1), len(self.sections)):
            section = self.sections[i]
            if section.top > bottom:
                break
            inside = section.top + section.header
            first = max(0, (top - inside) // self.cell_height) * self.columns
            last = max(0, (bottom - inside) // self.cell_height + 1) * self.columns
            out.append((section, section.start + min(first, section.count), section.start + min(last, section.count)))
        return out

    def inside(self, area: QRect) -> list[int]:
        """Items whose cells touch a rectangle, for the rubber band."""
        first_column = max(0, (area.left() - self.left) // self.cell_width)
        last_column = min(self.columns - 1, (area.right() - self.left) // self.cell_width)
        return [
            index
            for section, first, last in self.visible(area.top(), area.bottom())
            for index in range(first, last)
            if first_column <= (index - section.start) % self.columns <= last_column
        ]

    def step(self, index: int, rows: int) -> int:
        """The item so many rows up or down, near the same column, across groups."""
        section_index = bisect_right(self._starts, index) - 1
        section = self.sections[section_index]
        row, column = divmod(index - section.start, self.columns)
        row += rows
        while row < 0 and section_index > 0:
            section_index -= 1
            section = self.sections[section_index]
            row += -(-section.count // self.columns)
        while row > (section.count - 1) // self.columns and section_index < len(self.sections) - 1:
            row -= -(-section.count // self.columns)
            section_index += 1
            section = self.sections[section_index]
        row = min(max(row, 0), max(0, (section.count - 1) // self.columns))
        return section.start + min(row * self.columns + column, section.count - 1)
