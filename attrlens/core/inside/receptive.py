"""Which pixels of the input a unit of a layer sees, exactly, from the graph of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_SAME_PLACE = frozenset({
    "InputLayer", "BatchNormalization", "ReLU", "Activation", "Identity", "Dropout", "Rescaling", "LeakyReLU",
})  # fmt: skip
_MERGES = frozenset({"Add", "Concatenate", "Average", "Maximum", "Multiply"})


@dataclass(frozen=True)
class ReceptiveField:
    """Where the units of a layer look, along one side of a square input.

    Attributes
    ----------
    size : int
        Pixels that a unit sees.
    stride : int
        Pixels from one unit's field to the next one's.
    start : int
        First pixel of the first unit's field; negative where it begins in the padding.
    units : int
        Along the side.
    """

    size: int
    stride: int
    start: int
    units: int

    def of(self, unit: int) -> tuple[int, int]:
        """First pixel that a unit sees and the first that it does not; in part outside of the input."""
        first = self.start + unit * self.stride
        return first, first + self.size


def receptive_fields(model: Any, side: int) -> dict[str, ReceptiveField]:
    """Receptive fields of all layers that have a place in the picture.

    Along a path from the input a layer of kernel k (dilated by d) and stride s makes the field larger by ``(k - 1) d``
    times the stride before it, and multiplies that by s (Araujo, Norris and Sim 2019, "Computing receptive fields of
    convolutional neural networks"). Padding moves the first field; TensorFlow's "same" pads the odd pixel at
    the far side, so where fields lie depends on the size of the input. Where paths meet, a unit sees what any of them
    sees.

    Parameters
    ----------
    model : keras.Model
        Functional.
    side : int
        Of the input, in pixels.

    Returns
    -------
    dict of str to ReceptiveField
        By layer name. Layers behind a global pooling see everything and are left out.

    Raises
    ------
    ValueError
        If a layer is of a kind that is not known here.
    """
    out: dict[str, ReceptiveField] = {}
    by_output: dict[int, str] = {}
    for layer in model.layers:
        by_output[id(layer.output)] = layer.name
        if type(layer).__name__ == "InputLayer":
            out[layer.name] = ReceptiveField(1, 1, 0, side)
            continue
        inputs = layer.input if isinstance(layer.input, list | tuple) else [layer.input]
        before = [out[name] for tensor in inputs if (name := by_output.get(id(tensor), "")) in out]
        if len(before) == len(inputs) and not type(layer).__name__.startswith(("Global", "Flatten")):
            out[layer.name] = _after(layer, before)
    return out


def _after(layer: Any, before: list[ReceptiveField]) -> ReceptiveField:
    kind, field = type(layer).__name__, before[0]
    if kind in _SAME_PLACE:
        return field
    if kind in _MERGES:
        first = min(one.start for one in before)
        last = max(one.start + one.size for one in before)
        return ReceptiveField(last - first, field.stride, first, field.units)
    if kind == "ZeroPadding2D":
        (top, bottom), _ = layer.padding
        return ReceptiveField(
            field.size, field.stride, field.start - top * field.stride, field.units + top + bottom
        )  # fmt: skip
    kernel = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
    if kernel is None or getattr(layer, "padding", "") not in ("same", "valid"):
        raise ValueError(f"no rule for the receptive field of a {kind} ({layer.name})")
    dilation = getattr(layer, "dilation_rate", (1, 1))[0]
    wide, stride = (kernel[0] - 1) * dilation + 1, layer.strides[0]
    if layer.padding == "same":
        units = -(-field.units // stride)
        padded = max((units - 1) * stride + wide - field.units, 0) // 2
    else:
        units, padded = (field.units - wide) // stride + 1, 0
    return ReceptiveField(
        field.size + (wide - 1) * field.stride, field.stride * stride, field.start - padded * field.stride, units
    )  # fmt: skip
