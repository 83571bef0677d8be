"""What is on the canvas and where: images with places on the map and on the grid, and the cameras that look at them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from attrlens.core.layout import paint
from attrlens.core.layout.coloring import PALE, Category, Coloring
from attrlens.core.layout.gridcut import Grid
from attrlens.state.canvas import Mode

Array = np.ndarray[Any, Any]
Size = tuple[float, float]

MARGIN = 24
"""Pixels around everything when all of it is in view; on the map half a picture more."""


@dataclass
class Camera:
    """Which part of a world is seen.

    Attributes
    ----------
    center : ndarray of shape (2,)
        In the middle of the view.
    scale : float
        Pixels a unit of the world.
    least, most : float
        Of the scale.
    is_fitted : bool
        All is in view, and stays so when the view or the world changes.
    """

    center: Array = field(default_factory=lambda: np.zeros(2))
    scale: float = 1.0
    least: float = 1e-6
    most: float = 1e9
    is_fitted: bool = True

    def to_screen(self, xy: Array, size: Size) -> Array:
        """Places in pixels of a view of that size."""
        return np.asarray((xy - self.center) * self.scale + (size[0] / 2, size[1] / 2))

    def to_world(self, xy: Array, size: Size) -> Array:
        """The inverse of `to_screen`."""
        return np.asarray((xy - np.array([size[0] / 2, size[1] / 2])) / self.scale + self.center)

    def fit(self, low: Array, high: Array, size: Size, most: float, margin: float = MARGIN) -> None:
        """See a whole world; `most` pixels a unit are the nearest a person may go."""
        span = np.maximum(high - low, 1e-9)
        room = max(size[0] - 2 * margin, 16), max(size[1] - 2 * margin, 16)
        self.scale = float(min(room[0] / span[0], room[1] / span[1], most))
        self.center = (low + high) / 2
        self.least, self.most = self.scale / 3, max(most, self.scale)
        self.is_fitted = True

    def zoom(self, factor: float, at: tuple[float, float], size: Size) -> None:
        """Nearer or farther, keeping what is at a point of the view there."""
        before = self.to_world(np.array(at), size)
        self.scale = min(self.most, max(self.least, self.scale * factor))
        self.center = self.center + before - self.to_world(np.array(at), size)
        self.is_fitted = False

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by pixels."""
        self.center = self.center - np.array([dx, dy]) / self.scale
        self.is_fitted = False


def color_of(category: Category, is_dark: bool) -> str:
    """The color of a category on a light or a dark ground: what is the rest stays near the ground."""
    if not category.is_rest or not is_dark:
        return category.color
    return "#5a5a5a" if category.color == PALE else "#3c3c3c"


class Scene:
    """Images on the canvas."""

    def __init__(self) -> None:
        self.mode: Mode = "map"
        self.cameras: dict[Mode, Camera] = {"map": Camera(), "grid": Camera()}
        self.slots: Array = np.zeros(0, np.int32)
        self.map_xy: Array = np.zeros((0, 2))
        self.grid_xy: Array | None = None
        self.grid: Grid | None = None
        self.colors: Array = np.zeros(0, np.uint32)
        self.shown: Array = np.zeros(0, bool)
        self.rest: Array = np.zeros(0, bool)
        self.rank: Array = np.zeros(0, np.int64)
        self._fit_scale = 1.0
        self._cells: Array = np.zeros((0, 0), np.int32)

    def __len__(self) -> int:
        return len(self.slots)

    def set_images(self, slots: Array, places: Array) -> None:
        """Put images on the map."""
        if len(slots) != len(self.slots):
            self.rank = np.argsort(paint.spread_order(len(slots)))
        if not np.array_equal(slots, self.slots):
            self.slots = np.asarray(slots, np.int32)
            self.grid, self.grid_xy = None, None
            self.colors = np.full(len(slots), paint.argb("#8a8a8a"), np.uint32)
            self.shown, self.rest = np.ones(len(slots), bool), np.zeros(len(slots), bool)
        self.map_xy = np.asarray(places, float)

    def set_grid(self, grid: Grid | None) -> None:
        """Put the same images on a grid."""
        self.grid = grid if grid is not None and len(grid.cells) == len(self.slots) else None
        self.grid_xy = None if self.grid is None else self.grid.cells[:, ::-1] + 0.5
        self._cells = np.full((self.grid.rows, self.grid.columns) if self.grid else (0, 0), -1, np.int32)
        if self.grid is not None:
            self._cells[self.grid.cells[:, 0], self.grid.cells[:, 1]] = np.arange(len(self.slots))

    def set_colors(self, coloring: Coloring | None, shown: Array, is_dark: bool) -> None:
        """Give images the colors of their categories; those not `shown` are faded."""
        if coloring is None or len(coloring.codes) != len(self.slots):
            return
        categories = coloring.categories
        table = np.array([paint.argb(color_of(one, is_dark)) for one in categories] or [0], np.uint32)
        self.colors, self.shown = table[coloring.codes], shown
        self.rest = np.array([one.is_rest for one in categories] or [False])[coloring.codes]

    @property
    def camera(self) -> Camera:
        """Of the mode."""
        return self.cameras[self.mode]

    @property
    def xy(self) -> Array | None:
        """Places in the world of the mode, or None while there is no grid."""
        return self.map_xy if self.mode == "map" else self.grid_xy

    def fit(self, size: Size) -> None:
        """See everything."""
        if not len(self.slots):
            return
        if self.mode == "map":
            low, high = self.map_xy.min(0), self.map_xy.max(0)
            span = max(float((high - low).max()), 1e-9)
            self.camera.fit(low, high, size, 40 * max(size) / span, 10 + min(48.0, max(17.0, min(size) / 26)))
            self._fit_scale = self.camera.scale
        elif self.grid is not None:
            high = np.array([self.grid.columns, self.grid.rows], float)
            self.camera.fit(np.zeros(2), high, size, 640.0)

    @property
    def zoom(self) -> float:
        """How much nearer than with everything in view; 1 for that."""
        return self.camera.scale / max(self._fit_scale, 1e-12)

    def screen(self, size: Size) -> Array | None:
        """Places of all images in pixels, or None while there is no grid."""
        xy = self.xy
        return None if xy is None else self.camera.to_screen(xy, size)

    def index_of(self, slot: int) -> int:
        """Where an image is in the arrays, -1 where it is not."""
        at = int(np.searchsorted(self.slots, slot))
        return at if at < len(self.slots) and self.slots[at] == slot else -1

    def mask_of(self, slots: Array) -> Array:
        """Which images are among some slots (ascending or not)."""
        if not len(slots):
            return np.zeros(len(self.slots), bool)
        at = np.searchsorted(self.slots, slots)
        at = at[at < len(self.slots)] if len(self.slots) else at[:0]
        out = np.zeros(len(self.slots), bool)
        out[at] = True
        return out & np.isin(self.slots, slots)

    def cell_at(self, point: tuple[float, float], size: Size) -> int:
        """The image in the cell at a point, -1 for none."""
        x, y = self.camera.to_world(np.array(point), size)
        if not (0 <= x < self._cells.shape[1] and 0 <= y < self._cells.shape[0]):
            return -1
        return int(self._cells[int(y), int(x)])

    def visible_cells(self, size: Size) -> tuple[int, int, int, int]:
        """First and last row and column, exclusive, that can be seen."""
        low, high = self.camera.to_world(np.array([(0.0, 0.0), size]), size)
        rows, columns = self._cells.shape
        top, left = max(0, int(np.floor(low[1]))), max(0, int(np.floor(low[0])))
        return top, min(rows, int(np.ceil(high[1]))), left, min(columns, int(np.ceil(high[0])))

    def block(self, top: int, bottom: int, left: int, right: int) -> Array:
        """Images of a block of cells, -1 where a cell is empty."""
        return self._cells[top:bottom, left:right]

    def beside(self, index: int, dx: int, dy: int) -> int:
        """The next shown image in a direction, -1 for none: the next cell of the grid, the nearest on the map."""
        xy = self.xy
        if xy is None or index < 0:
            return -1
        away = xy - xy[index]
        along, across = away @ np.array([dx, dy]), np.abs(away @ np.array([dy, dx]))
        ahead = self.shown & (along > 1e-9) & (across <= along)
        if self.mode == "grid":
            ahead &= across < 0.5
        candidates = np.flatnonzero(ahead)
        if not len(candidates):
            return -1
        return int(candidates[np.argmin(along[candidates] + 2 * across[candidates])])
