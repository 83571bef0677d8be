"""Default colors of classes: their own color where the name says one, else a color-blind-safe sequence."""

from __future__ import annotations

NAMED = {
    "yellow": "#e8c52e", "blue": "#2f5fb3", "brown": "#7a5230", "gray": "#8c8c8c", "grey": "#8c8c8c",
    "purple": "#7d4a9c", "orange": "#e07b28", "black": "#1c1c1c", "red": "#c0302c", "pink": "#e48aa8",
    "green": "#3d8b4a", "white": "#f4f4f4", "beige": "#d9c7a3", "cream": "#f1e7cf", "navy": "#22335c",
    "turquoise": "#3fb5ac", "khaki": "#a39a63", "gold": "#c9a13b", "silver": "#bfc3c7", "burgundy": "#6d1f33",
    "olive": "#6f7536", "teal": "#1f7a7a", "amarillo": "#e8c52e", "azul": "#2f5fb3", "rojo": "#c0302c",
    "verde": "#3d8b4a", "negro": "#1c1c1c", "blanco": "#f4f4f4", "gris": "#8c8c8c", "rosa": "#e48aa8",
    "morado": "#7d4a9c", "naranja": "#e07b28", "marrón": "#7a5230",
}  # fmt: skip

# Okabe and Ito (2008), "Color Universal Design", without black, then lighter and darker kin.
SEQUENCE = (
    "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7",
    "#8c6bb1", "#7f7f7f", "#a6761d", "#66c2a5", "#b3de69",
)  # fmt: skip


def swatch(name: str, index: int) -> str:
    """A color for a class.

    Parameters
    ----------
    name : str
    index : int
        Of the class in its attribute.

    Returns
    -------
    str
        ``#rrggbb``.
    """
    return NAMED.get(name.casefold().strip(), SEQUENCE[index % len(SEQUENCE)])
