"""Recipes: what makes a descriptor. A recipe is frozen and known by its hash; changing one makes another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from attrlens.core.backbones.registry import backbone
from attrlens.core.images import Fit
from attrlens.words import Words, words

Pooling = Literal["mean", "unit mean", "mean+std"]
"""``mean``: global average of each channel, as in the thesis. ``unit mean``: each layer's vector L2-normalized, then
concatenated. ``mean+std``: also the spatial standard deviation of each channel, normalized on its own."""

Weight = Literal["even", "garment"]
"""``even``: every position counts the same. ``garment``: by the estimate of `core.garment`, so that the backdrop counts
less."""

POOLINGS: dict[Pooling, Words] = {
    "mean": words("mean"),
    "unit mean": words("unit mean"),
    "mean+std": words("mean+std"),
}
"""For people."""

FITS: dict[Fit, Words] = {
    "letterbox": words("letterbox"),
    "stretch": words("stretch"),
    "squeeze": words("squeeze"),
}
"""For people."""

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
    fit : {'letterbox', 'stretch', 'squeeze'}
    weight : {'even', 'garment'}
    """

    backbone: str
    layers: tuple[str, ...]
    pooling: Pooling
    size: int
    fit: Fit
    weight: Weight = "even"

    @property
    def width(self) -> int:
        """Numbers in a descriptor."""
        row = backbone(self.backbone)
        channels = sum(row.layer(name).width for name in self.layers)
        return channels * (2 if self.pooling == "mean+std" else 1)

    def channels(self) -> list[tuple[str, int]]:
        """Layer and channel of each number of a descriptor."""
        row = backbone(self.backbone)
        times = 2 if self.pooling == "mean+std" else 1
        return [(name, i) for name in self.layers for _ in range(times) for i in range(row.layer(name).width)]

    @property
    def key(self) -> str:
        """First 16 hex digits of the SHA-256 of the recipe."""
        return hashlib.sha256(json.dumps([DESCRIPTOR_VERSION, self.to_json()]).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, object]:
        """As plain types, keys in a fixed order."""
        plain = asdict(self) | {"layers": list(self.layers)}
        if self.weight == "even":
            del plain["weight"]  # recipes from before there was a choice keep their key
        return plain

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
                data.get("weight", "even"),  # type: ignore[arg-type]
            )
            _ = recipe.width
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a recipe this version knows: {error}") from error
        known = {"pooling": get_args(Pooling), "fit": get_args(Fit), "weight": get_args(Weight)}
        if any(getattr(recipe, name) not in values for name, values in known.items()):
            raise ValueError(f"not a recipe this version knows: {data}")
        return recipe

    def describe(self) -> str:
        """One line for people."""
        values = {
            "backbone": backbone(self.backbone).title,
            "layers": " + ".join(self.layers),
            "pooling": POOLINGS[self.pooling],
            "size": self.size,
            "fit": FITS[self.fit],
        }
        if self.weight == "garment":
            return words("{backbone} {layers}, {pooling} weighted by the garment, {size} px {fit}", **values)
        return words("{backbone} {layers}, {pooling}, {size} px {fit}", **values)


COLOR = Recipe("efficientnet_lite0", ("stem", "b1_expand", "b2_expand"), "unit mean", 320, "letterbox", "garment")
TEXTURE = Recipe(
    "efficientnet_lite0",
    ("stage2", "b6_out", "b7_dw", "b9_out", "stage4", "b11_out", "b12_out"),
    "mean+std", 320, "letterbox", "garment",
)  # fmt: skip
RESNET_COLOR = Recipe("resnet50", ("conv1_relu", "conv2_block3_out"), "mean+std", 320, "letterbox", "garment")
RESNET_TEXTURE = Recipe(
    "resnet50", ("conv3_block4_out", "conv4_block3_out", "conv4_block6_out"), "mean+std", 320, "letterbox", "garment"
)

BUILT_IN: dict[str, Recipe] = {
    "color": COLOR,
    "texture": TEXTURE,
    "resnet50-color": RESNET_COLOR,
    "resnet50-texture": RESNET_TEXTURE,
}
"""Recipes a new attribute can start from, by name. Color and texture share one forward pass."""


def block_recipe(backbone_id: str, block: int) -> Recipe:
    """The thesis's descriptor of a block: global average pooling of its last layer, the image squeezed to 224 x 224.

    Raises
    ------
    KeyError
        If the backbone has no such block.
    """
    layers = [layer.name for layer in backbone(backbone_id).layers if layer.block == block]
    if not layers:
        raise KeyError(f"{backbone_id} has no block {block}")
    return Recipe(backbone_id, (layers[-1],), "mean", 224, "squeeze")


def blocks_of(backbone_id: str) -> tuple[int, ...]:
    """Numbers of a backbone's blocks, shallow first."""
    return tuple(dict.fromkeys(layer.block for layer in backbone(backbone_id).layers))


def recipe_for(attribute: str, backbone_id: str) -> str:
    """Name of the built-in recipe that suits an attribute best, by the attribute's name: color, or else texture."""
    kind = "color" if attribute.casefold().startswith(("color", "colour")) else "texture"
    return next(name for name, recipe in BUILT_IN.items() if recipe.backbone == backbone_id and name.endswith(kind))
