"""``attrlens explain``: arguments, and what is printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from attrlens.core.backbones.registry import BACKBONES, backbone
from attrlens.core.inside.masks import Rule, Threshold
from attrlens.core.recipes import block_recipe, blocks_of
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words


def add_parser(commands: Any, run: Callable[..., int]) -> None:
    """Declare the command."""
    one = commands.add_parser(
        "explain", help="show where a channel answers in an image",
        description="Writes heatmap.png, mask.png, overlay.png and explain.json.",
    )  # fmt: skip
    one.add_argument("image", type=Path)
    one.add_argument("--backbone", choices=sorted(BACKBONES), default="efficientnet_lite0")
    where = one.add_mutually_exclusive_group(required=True)
    where.add_argument("--block", type=int, metavar="N", help="1 (shallow) to 5 (deep): its last layer")
    where.add_argument("--layer", metavar="NAME", help="any layer that can be pooled")
    one.add_argument("--channel", type=int, metavar="C", help="the one with the largest mean where none is given")
    one.add_argument("--threshold", type=_threshold, default=Threshold(), metavar="RULE=N",
                     help="of the mask: value=1.5, quantile=0.9 (the default) or sigma=2")  # fmt: skip
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="a weights file of yours")
    one.set_defaults(run=run)


def _threshold(text: str) -> Threshold:
    rule, _, amount = text.partition("=")
    known = next((one for one in get_args(Rule) if one == rule), None)
    if known is None:
        raise argparse.ArgumentTypeError(f"{rule!r} is none of {', '.join(get_args(Rule))}")
    try:
        return Threshold(known, float(amount))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{amount!r} is no number") from None


def explain(options: argparse.Namespace, token: Token, named_weights: dict[str, Path]) -> None:
    """Do it.

    Raises
    ------
    AttrLensError
    """
    from attrlens.core.inside import explain as inside
    from attrlens.core.inside.activations import Network

    layer = options.layer or _layer_of(options.backbone, options.block)
    try:
        width = backbone(options.backbone).layer(layer).width
    except KeyError as error:
        raise AttrLensError(words("{what}.", what=str(error.args[0]))) from None
    if options.channel is not None and not 0 <= options.channel < width:
        raise AttrLensError(
            words("The layer {layer} has no channel {channel}.", layer=layer, channel=options.channel),
            words("It has {n:,}, from 0 on.", n=width),
        )
    found = Network(named_weights).activations(options.image, options.backbone, layer, 224, "letterbox", token)
    channel = inside.strongest(found, 1)[0][0] if options.channel is None else options.channel
    told = inside.write(found, channel, options.threshold, options.out, options.image)
    field = told["receptive_field"]
    print(
        f"{layer} channel {channel}: mean {told['mean']:.4g}, peak {told['peak']:.4g}; a unit sees {field['size']} px"
    )
    print(f"mask above {told['threshold']['value']:.4g}: {told['uncovered']:.0%} uncovered. Written to {options.out}")


def _layer_of(backbone_id: str, block: int) -> str:
    try:
        return block_recipe(backbone_id, block).layers[0]
    except KeyError:
        known = ", ".join(map(str, blocks_of(backbone_id)))
        raise AttrLensError(
            words("{backbone} has no block {block}.", backbone=backbone_id, block=block),
            words("It has {blocks}.", blocks=known),
        ) from None
