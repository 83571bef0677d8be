"""Recipes: what makes a descriptor. A recipe is frozen and known by its hash; changing one makes another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

from attrlens.core.backbones.registry import backbone
from attrlens.core.images import Fit

Pooling = Literal["mean", "mean+std"]
"""``mean``: global average of each channel. ``mean+std``: also its spatial standard deviation; each layer's mean and
deviation vectors are L2-normalized on their own, then concatenated."""

DESCRIPTOR_VERSION = 1
"""Part of the hash: raised when the same recipe would give other numbers."""


@dataclass(frozen=True)
class Recipe:
    """Backbone, layers, pooling, input size and fit.

    Attributes
    ----------
    backbone : str
        Registry id.
    layers : tuple of str
        Pooled layers, in the order in which their parts are concatenated.
    pooling : {'mean', 'mean+std'}
    size : int
        Side of the network's input, in pixels.
    fit : {'letterbox', 'stretch'}
    """

    backbone: str
    layers: tuple[str, ...]
    pooling: Pooling
    size: int
    fit: Fit

    @property
    def width(self) -> int:
        """Numbers in a descriptor."""
        row = backbone(self.backbone)
        channels = sum(row.layer(name).width for name in self.layers)
        return channels * (2 if self.pooling == "mean+std" else 1)

    @property
    def key(self) -> str:
        """First 16 hex digits of the SHA-256 of the recipe."""
        return hashlib.sha256(json.dumps([DESCRIPTOR_VERSION, self.to_json()]).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, object]:
        """As plain types, keys in a fixed order."""
        return asdict(self) | {"layers": list(self.layers)}

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Recipe:
        """Inverse of `to_json`; raises ValueError for a recipe this version cannot make."""
        try:
            recipe = cls(
                str(data["backbone"]),
                tuple(str(name) for name in data["layers"]),  # type: ignore[attr-defined]
                data["pooling"],  # type: ignore[arg-type]
                int(data["size"]),  # type: ignore[call-overload]
                data["fit"],  # type: ignore[arg-type]
            )
            _ = recipe.width
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a recipe this version knows: {error}") from error
        if recipe.pooling not in ("mean", "mean+std") or recipe.fit not in ("letterbox", "stretch"):
            raise ValueError(f"not a recipe this version knows: {data}")
        return recipe

    def describe(self) -> str:
        """One line for people."""
        return f"{backbone(self.backbone).title} {' + '.join(self.layers)}, {self.pooling}, {self.size} px {self.fit}"


COLOR = Recipe("efficientnet_lite0", ("stem", "b1_expand"), "mean+std", 320, "letterbox")
TEXTURE = Recipe("efficientnet_lite0", ("b5_expand", "b7_dw", "stage4"), "mean+std", 320, "letterbox")
RESNET_COLOR = Recipe("resnet50", ("conv2_block3_out",), "mean", 224, "stretch")
RESNET_TEXTURE = Recipe("resnet50", ("conv4_block6_out",), "mean", 224, "stretch")

BUILT_IN: dict[str, Recipe] = {
    "color": COLOR,
    "texture": TEXTURE,
    "resnet50-color": RESNET_COLOR,
    "resnet50-texture": RESNET_TEXTURE,
}
"""Recipes a new attribute can start from, by name. Color and texture share one forward pass."""
