"""ResNet50 as keras.applications builds it: the thesis's network and our reference.

Preprocessing is 'caffe': BGR, ImageNet mean subtracted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrlens.core.backbones.spec import Head, Layer
from attrlens.errors import WeightsError
from attrlens.words import words

LAYERS = (
    # Receptive fields by the same recurrence as everywhere (Araujo et al. 2019), checked by a test against the graph.
    Layer("conv1_relu", 1, 64, 2, 7),
    Layer("conv2_block3_out", 2, 256, 4, 35),
    Layer("conv3_block4_out", 3, 512, 8, 99),
    Layer("conv4_block3_out", 4, 1024, 16, 195),
    Layer("conv4_block6_out", 4, 1024, 16, 291),
    Layer("conv5_block3_out", 5, 2048, 32, 483),
)


def available_layers(weights: Path) -> frozenset[str]:
    """Names of the pooled layers whose whole path from the input is in the file.

    Parameters
    ----------
    weights : Path
        Legacy Keras HDF5, whole or partial, with or without the head.

    Raises
    ------
    WeightsError
        If the file is no such file or holds no block of ResNet50.
    """
    import h5py

    try:
        with h5py.File(weights) as file:
            group = file.get("model_weights", file)
            held = {name for name in group if isinstance(group[name], h5py.Group) and len(group[name])}
    except OSError as error:
        raise WeightsError(
            words("{path} is not a Keras HDF5 weights file ({reason}).", path=weights, reason=str(error)), _HINT
        ) from error
    out: set[str] = set()
    for block, needed in enumerate(_needed(), 1):
        if not needed <= held:
            break
        out |= {layer.name for layer in LAYERS if layer.block == block}
    if not out:
        raise WeightsError(words("{path} holds no block of ResNet50.", path=weights), _HINT)
    return frozenset(out)


def _needed() -> list[set[str]]:
    """Names of the layers with weights that each block adds."""
    out = [{"conv1_conv", "conv1_bn"}]
    for block, repeats in zip((2, 3, 4, 5), (3, 4, 6, 3), strict=True):
        convolutions = [(r, i) for r in range(1, repeats + 1) for i in ((0, 1, 2, 3) if r == 1 else (1, 2, 3))]
        out.append({f"conv{block}_block{r}_{i}_{kind}" for r, i in convolutions for kind in ("conv", "bn")})
    return out


_HINT = words("Use resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5 as Keras publishes it.")


def build(weights: Path) -> Any:
    """The model cut after the deepest block the file holds.

    Raises
    ------
    WeightsError
        If a tensor has the wrong shape or a needed one is missing.
    """
    import keras

    deepest = [layer.name for layer in LAYERS if layer.name in available_layers(weights)][-1]
    whole = keras.applications.ResNet50(include_top=False, weights=None, input_shape=(None, None, 3))
    model = keras.Model(whole.input, whole.get_layer(deepest).output, name="resnet50")
    try:
        loaded = _assign(model, weights)
    except (ValueError, KeyError) as error:
        raise WeightsError(
            words("{path} does not fit ResNet50 ({reason}).", path=weights, reason=str(error)), _HINT
        ) from error
    missing = [layer.name for layer in model.layers if layer.weights and layer.name not in loaded]
    if missing:
        raise WeightsError(
            words(
                "{path} lacks {n} layer, {layer}.",
                "{path} lacks {n} layers, {layer} first.",
                n=len(missing),
                path=weights,
                layer=missing[0],
            ),
            _HINT,
        )
    return model


def _assign(model: Any, weights: Path) -> set[str]:
    """Copy the file's tensors into the model by layer name; Keras's own reader passes over what is missing."""
    import h5py
    import numpy as np

    loaded = set()
    with h5py.File(weights) as file:
        group = file.get("model_weights", file)
        for layer in model.layers:
            if not layer.weights or layer.name not in group:
                continue
            part = group[layer.name]
            names = [n.decode() if isinstance(n, bytes) else n for n in part.attrs["weight_names"]]
            layer.set_weights([np.asarray(part[name]) for name in names])
            loaded.add(layer.name)
    return loaded


def head(weights: Path) -> Head | None:
    """The linear layer that scores the classes of ImageNet; the files called "notop" have none."""
    import h5py
    import numpy as np

    deepest = LAYERS[-1]
    if deepest.name not in available_layers(weights):
        return None
    with h5py.File(weights) as file:
        group = file.get("model_weights", file)
        part = next((group[name] for name in ("predictions", "probs", "fc1000") if name in group), None)
        if part is None:
            return None
        names = [n.decode() if isinstance(n, bytes) else n for n in part.attrs["weight_names"]]
        arrays = [np.asarray(part[name], np.float32) for name in names]
    if [array.ndim for array in arrays] != [2, 1] or len(arrays[0]) != deepest.width:
        raise WeightsError(words("{path} does not fit ResNet50 ({reason}).", path=weights, reason="head"), _HINT)
    return Head(deepest.name, *arrays)
