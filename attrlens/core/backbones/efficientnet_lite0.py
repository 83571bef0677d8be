"""EfficientNet-Lite0 as a Keras functional model (the bundled backbone).

Architecture: EfficientNet-Lite (Google, 2020), width and depth 1.0, no squeeze-and-excitation, ReLU6, "SAME" padding,
batch-norm epsilon 1e-3, stem and head not scaled. Input RGB, (x - 127) / 128.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.backbones.spec import Head, Layer
from attrlens.errors import WeightsError
from attrlens.words import words

STAGES: tuple[tuple[int, int, int, int, int], ...] = (
    # repeats, stride, expansion, width, kernel
    (1, 1, 1, 16, 3),
    (2, 2, 6, 24, 3),
    (2, 2, 6, 40, 5),
    (3, 2, 6, 80, 3),
    (3, 1, 6, 112, 5),
    (4, 2, 6, 192, 5),
    (1, 1, 6, 320, 3),
)
STEM_WIDTH = 32
HEAD_WIDTH = 1280
CLASSES = 1000
BN_EPSILON = 1e-3

_HINT = words("Leave the choice out: AttrLens brings the weights of this network along.")


def _output_name(block: int, stage: int, is_last: bool) -> str:
    return f"stage{stage}" if is_last else f"b{block}_out"


def layer_table() -> tuple[Layer, ...]:
    """All layers that can be pooled, shallow to deep, with stride and receptive field.

    The receptive field grows by ``(kernel - 1) * stride so far`` at every convolution (Araujo et al. 2019, "Computing
    receptive fields of convolutional neural networks"); at an addition the longer path counts.
    """
    jump, field = 2, 3
    layers = [Layer("stem", 1, STEM_WIDTH, jump, field)]
    width, block = STEM_WIDTH, 0
    for stage, (repeats, stage_stride, expansion, out, kernel) in enumerate(STAGES):
        for repeat in range(repeats):
            stride = stage_stride if repeat == 0 else 1
            if expansion != 1:
                layers.append(Layer(f"b{block}_expand", _block_of(jump), width * expansion, jump, field))
            field += (kernel - 1) * jump
            jump *= stride
            layers.append(Layer(f"b{block}_dw", _block_of(jump), width * expansion, jump, field))
            layers.append(Layer(_output_name(block, stage, repeat == repeats - 1), _block_of(jump), out, jump, field))
            width, block = out, block + 1
    layers.append(Layer("head", _block_of(jump), HEAD_WIDTH, jump, field))
    return tuple(layers)


def _block_of(jump: int) -> int:
    return jump.bit_length() - 1  # stride 2, 4, 8, 16, 32 -> block 1 to 5


def architecture() -> Any:
    """The Keras functional model, with random weights. Input of shape (n, h, w, 3), float32, preprocessed."""
    import keras
    from keras import layers as kl

    def conv(x: Any, name: str, width: int, kernel: int, stride: int) -> Any:
        x = kl.Conv2D(width, kernel, stride, padding="same", use_bias=False, name=f"{name}_conv")(x)
        return kl.BatchNormalization(epsilon=BN_EPSILON, name=f"{name}_bn")(x)

    inputs = keras.Input((None, None, 3), name="image")
    x = kl.ReLU(6.0, name="stem")(conv(inputs, "stem", STEM_WIDTH, 3, 2))
    width, block = STEM_WIDTH, 0
    for stage, (repeats, stage_stride, expansion, out, kernel) in enumerate(STAGES):
        for repeat in range(repeats):
            stride = stage_stride if repeat == 0 else 1
            skip = x
            if expansion != 1:
                x = kl.ReLU(6.0, name=f"b{block}_expand")(conv(x, f"b{block}_expand", width * expansion, 1, 1))
            x = kl.DepthwiseConv2D(kernel, stride, padding="same", use_bias=False, name=f"b{block}_dw_conv")(x)
            x = kl.BatchNormalization(epsilon=BN_EPSILON, name=f"b{block}_dw_bn")(x)
            x = kl.ReLU(6.0, name=f"b{block}_dw")(x)
            x = conv(x, f"b{block}_project", out, 1, 1)
            name = _output_name(block, stage, repeat == repeats - 1)
            if stride == 1 and width == out:
                x = kl.Add(name=name)([x, skip])
            else:
                x = kl.Identity(name=name)(x)
            width, block = out, block + 1
    x = kl.ReLU(6.0, name="head")(conv(x, "head", HEAD_WIDTH, 1, 1))
    x = kl.GlobalAveragePooling2D(name="head_pool")(x)
    x = kl.Dense(CLASSES, activation="softmax", name="predictions")(x)
    return keras.Model(inputs, x, name="efficientnet_lite0")


def build(weights: Path) -> Any:
    """The model with its weights.

    Parameters
    ----------
    weights : Path
        A NumPy ``.npz`` with one array per Keras variable, keyed ``layer/variable``.

    Raises
    ------
    WeightsError
        If the file lacks a variable or one has another shape.
    """
    model = architecture()
    try:
        with np.load(weights) as arrays:
            for layer in model.layers:
                if layer.weights:
                    layer.set_weights([arrays[f"{layer.name}/{variable.name}"] for variable in layer.weights])
    except (KeyError, ValueError) as error:
        raise WeightsError(
            words("{path} does not fit EfficientNet-Lite0 ({reason}).", path=weights, reason=str(error)), _HINT
        ) from error
    return model


def available_layers(weights: Path) -> frozenset[str]:
    """Names of the layers in the file: all of them, there is no partial one.

    Raises
    ------
    WeightsError
        If it is no such file.
    """
    try:
        with zipfile.ZipFile(weights) as file:
            held = set(file.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise WeightsError(
            words("{path} is not a NumPy weights file ({reason}).", path=weights, reason=str(error)), _HINT
        ) from error
    if not {"stem_conv/kernel.npy", "head_conv/kernel.npy"} <= held:
        raise WeightsError(words("{path} holds no layers of EfficientNet-Lite0.", path=weights), _HINT)
    return frozenset(layer.name for layer in layer_table())


def head(weights: Path) -> Head:
    """The linear layer that scores the classes of ImageNet."""
    with np.load(weights) as arrays:
        return Head("head", arrays["predictions/kernel"], arrays["predictions/bias"])
