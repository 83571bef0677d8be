"""``attrlens explain`` and ``attrlens maximize``: arguments, and what is printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import numpy as np

from attrlens.core.backbones.registry import BACKBONES, backbone
from attrlens.core.inside.masks import Rule, Threshold
from attrlens.core.inside.maximize import Drawing
from attrlens.core.recipes import block_recipe, blocks_of
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words

DEFAULT = "efficientnet_lite0"


def add_parser(commands: Any, explain: Callable[..., int], maximize: Callable[..., int]) -> None:
    """Declare the commands."""
    one = commands.add_parser(
        "explain", help="show where a channel or a class answers in an image",
        description="Writes heatmap.png, mask.png, overlay.png and explain.json.",
    )  # fmt: skip
    one.add_argument("image", type=Path)
    one.add_argument("--backbone", choices=sorted(BACKBONES), default=DEFAULT)
    where = one.add_mutually_exclusive_group()
    where.add_argument("--block", type=int, metavar="N", help="1 (shallow) to 5 (deep): its last layer")
    where.add_argument("--layer", metavar="NAME", help="any layer that can be pooled")
    what = one.add_mutually_exclusive_group()
    what.add_argument(
        "--channel", type=int, metavar="C", help="the one that differs most within the image where none is given"
    )
    what.add_argument("--class", dest="class_name", metavar="NAME",
                      help="a class of ImageNet, or of --catalog: what in the image speaks for it")  # fmt: skip
    one.add_argument("--catalog", type=Path, help="whose class it is; its recipe says which layers are looked at")
    one.add_argument("--threshold", type=_threshold, default=Threshold(), metavar="RULE=N",
                     help="of the mask: value=1.5, quantile=0.9 (the default) or sigma=2")  # fmt: skip
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="a weights file of yours")
    one.set_defaults(run=explain)

    two = commands.add_parser("maximize", help="draw the picture that a channel answers to most")
    two.add_argument("--backbone", choices=sorted(BACKBONES), default=DEFAULT)
    where = two.add_mutually_exclusive_group(required=True)
    where.add_argument("--block", type=int, metavar="N", help="1 (shallow) to 5 (deep): its last layer")
    where.add_argument("--layer", metavar="NAME", help="any layer that can be pooled")
    two.add_argument("--channel", type=int, nargs="+", required=True, metavar="C", help="one, or several: their mean")
    two.add_argument("--drawing", choices=get_args(Drawing), default="fourier", help="what the gradient changes")
    two.add_argument("--steps", type=_above_zero, default=192)
    two.add_argument("--jitter", type=int, default=8, metavar="PX", help="moved by so many pixels before each step")
    two.add_argument("--blur", type=float, default=0.0, metavar="PX", help="Gaussian blur every fourth step")
    two.add_argument("--decay", type=_share, default=0.0, metavar="SHARE", help="drawn toward gray at each step (L2)")
    two.add_argument("--dropout", type=_share, default=0.0, metavar="SHARE", help="pixels that are gray in each step")
    two.add_argument("--out", type=Path, required=True, metavar="FILE", help="a PNG")
    two.add_argument("--weights", action="append", default=[], metavar="BACKBONE=FILE", help="a weights file of yours")
    two.set_defaults(run=maximize)


def _threshold(text: str) -> Threshold:
    rule, _, amount = text.partition("=")
    known = next((one for one in get_args(Rule) if one == rule), None)
    if known is None:
        raise argparse.ArgumentTypeError(f"{rule!r} is none of {', '.join(get_args(Rule))}")
    try:
        return Threshold(known, float(amount))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{amount!r} is no number") from None


def _above_zero(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to below 1")
    return share


def explain(options: argparse.Namespace, token: Token, named_weights: dict[str, Path]) -> None:
    """Write what a channel or a class says of an image.

    Raises
    ------
    AttrLensError
    """
    if options.class_name is None:
        _explain_channel(options, token, named_weights)
    elif options.catalog is None:
        _explain_imagenet(options, token, named_weights)
    else:
        _explain_own(options, token, named_weights)


def _explain_channel(options: argparse.Namespace, token: Token, named_weights: dict[str, Path]) -> None:
    from attrlens.core.inside import explain as inside
    from attrlens.core.inside.activations import SIDE, Network

    if options.block is None and options.layer is None:
        raise AttrLensError(words("Say which block or layer."), words("For example --block 2."))
    layer = options.layer or _layer_of(options.backbone, options.block)
    width = _width(options.backbone, layer)
    if options.channel is not None and not 0 <= options.channel < width:
        raise AttrLensError(
            words("The layer {layer} has no channel {channel}.", layer=layer, channel=options.channel),
            words("It has {n:,}, from 0 on.", n=width),
        )
    found = Network(named_weights).activations(options.image, options.backbone, layer, SIDE, "letterbox", token)
    channel = inside.most_telling(found) if options.channel is None else options.channel
    facts = {"image": str(options.image), **inside.channel_facts(found, channel)}
    told = inside.write(found, found.values[..., channel], options.threshold, options.out, facts)
    field = told["receptive_field"]
    print(
        f"{layer} channel {channel}: mean {told['mean']:.4g}, peak {told['peak']:.4g}; a unit sees {field['size']} px"
    )
    _print_mask(told, options.out)


def _explain_imagenet(options: argparse.Namespace, token: Token, named_weights: dict[str, Path]) -> None:
    from attrlens.core.inside import explain as inside
    from attrlens.core.inside import imagenet
    from attrlens.core.inside.activations import SIDE, Network

    network = Network(named_weights)
    head = network.head(options.backbone)
    if head is None:
        raise AttrLensError(
            words("The weights of {backbone} do not score classes.", backbone=backbone(options.backbone).title),
            words("Choose a file with the top layer, or the bundled network."),
        )
    names = imagenet.names()
    matching = imagenet.find(options.class_name)
    exact = [i for i in matching if names[i].casefold() == options.class_name.strip().casefold()]
    if len(matching) != 1 and not exact:
        some = ", ".join(names[i] for i in matching[:8]) or words("none")
        raise AttrLensError(
            words("No class of ImageNet is called {name}.", name=options.class_name),
            words("Those with that text in their name: {names}.", names=some),
        )
    number = (exact or matching)[0]
    found = network.activations(options.image, options.backbone, head.layer, SIDE, "letterbox", token)
    told = imagenet.scores(found, head)
    plane = imagenet.class_map(found, head, number)
    best = [{"class": names[i], "share": float(told.shares[i])} for i in told.best()]
    facts = {
        "image": str(options.image), "class": names[number], "logit": float(told.logits[number]),
        "bias": float(head.bias[number]), "share": float(told.shares[number]), "sum": float(plane.sum()), "best": best,
    }  # fmt: skip
    written = inside.write(found, plane, options.threshold, options.out, facts)
    print(f"{names[number]}: {told.shares[number]:.1%}; best: "
          + ", ".join(f"{one['class']} {one['share']:.1%}" for one in best))  # fmt: skip
    _print_mask(written, options.out)


def _explain_own(options: argparse.Namespace, token: Token, named_weights: dict[str, Path]) -> None:
    from attrlens.core import tasks
    from attrlens.core.decisions import ClassifyRequest, Fits
    from attrlens.core.inside import class_maps
    from attrlens.core.inside import explain as inside
    from attrlens.core.inside.activations import Network

    with closing(tasks.open_catalog(options.catalog, read_only=True)) as catalog:
        classes = catalog.model.classes
        wanted = options.class_name.strip().casefold()
        row = next((one for one in classes.values() if one.name.casefold() == wanted), None)
        if row is None:
            raise AttrLensError(
                words("No class of the catalog is called {name}.", name=options.class_name),
                words("It has {names}.", names=", ".join(one.name for one in classes.values()) or words("none")),
            )
        request = ClassifyRequest.of(catalog, row.attribute)
        recipe = catalog.recipe(request.attribute.recipe)
        fitted = Fits().fit(catalog, request)
        found = Network(named_weights).layers(
            options.image, recipe.backbone, recipe.layers, recipe.size, recipe.fit, token,
            weighted=recipe.weight == "garment",
        )  # fmt: skip
        toward = None
        if fitted is not None:
            numbers = class_maps.descriptor(found, recipe)[None].astype(np.float16)
            toward = class_maps.direction_for(fitted.classifier, fitted.exemplars, recipe, numbers, row.id)
        if toward is None:
            raise AttrLensError(
                words("{name} has no described exemplar yet.", name=row.name), words("Run attrlens classify first.")
            )
        rival = classes[toward.rival].name if toward.rival in classes else "the rest of the catalog"
    told = class_maps.class_map(found, toward)
    facts = {
        "image": str(options.image), "class": row.name, "rival": rival, "change_of_score": told.total,
        "layers": told.layers,
    }  # fmt: skip
    written = inside.write(told.finest, told.values, options.threshold, options.out, facts)
    print(f"{row.name} rather than {rival}: {told.total:+.3g}")
    _print_mask(written, options.out)


def _print_mask(told: dict[str, Any], folder: Path) -> None:
    print(f"mask above {told['threshold']['value']:.4g}: {told['uncovered']:.0%} uncovered. Written to {folder}")


def maximize(options: argparse.Namespace, token: Token, named_weights: dict[str, Path]) -> None:
    """Draw what channels answer to most.

    Raises
    ------
    AttrLensError
    """
    from attrlens.core.inside import maximize as inside
    from attrlens.core.inside.activations import Network

    layer = options.layer or _layer_of(options.backbone, options.block)
    _width(options.backbone, layer)
    wish = inside.Wish(
        options.backbone, layer, tuple(options.channel), options.drawing, options.steps, jitter=max(0, options.jitter),
        blur=max(0.0, options.blur), decay=options.decay, dropout=options.dropout,
    )  # fmt: skip
    drawn = inside.maximize(wish, Network(named_weights), token)
    inside.save(drawn, wish, options.out)
    channels = ", ".join(map(str, wish.channels))
    print(f"{layer} channel {channels}: mean activation {drawn.activation:.4g}. Written to {options.out}")


def _width(backbone_id: str, layer: str) -> int:
    try:
        return backbone(backbone_id).layer(layer).width
    except KeyError as error:
        raise AttrLensError(words("{what}.", what=str(error.args[0]))) from None


def _layer_of(backbone_id: str, block: int) -> str:
    try:
        return block_recipe(backbone_id, block).layers[0]
    except KeyError:
        known = ", ".join(map(str, blocks_of(backbone_id)))
        raise AttrLensError(
            words("{backbone} has no block {block}.", backbone=backbone_id, block=block),
            words("It has {blocks}.", blocks=known),
        ) from None
