"""What goes into the program and what is left out, each with its reason. Read by the spec and by the build.

Whoever updates TensorFlow or Qt looks here first: the self-test says what is missing when too much is left out.
"""

from __future__ import annotations

MODULES_LEFT_OUT = {
    "tkinter": "another toolkit",
    "matplotlib": "umap and scikit-learn draw with it when asked to; charts here are pyqtgraph's",
    "pandas": "pyarrow and seaborn look for it",
    "IPython": "consoles",
    "pytest": "tests",
    "torch": "another backend of Keras",
    "jax": "another backend of Keras",
    "jaxlib": "another backend of Keras",
    "openvino": "another backend of Keras, and of the bench",
    "onnx": "only compared with by the bench",
    "onnxruntime": "only compared with by the bench",
    "tf2onnx": "only compared with by the bench",
    "tensorboard": "pictures of training runs",
    "pillow_heif": "HEIC is patented in some countries; see pyproject.toml",
    "keras.src.backend.torch": "another backend of Keras",
    "keras.src.backend.jax": "another backend of Keras",
    "PySide6.QtQuick": "QML",
    "PySide6.QtQml": "QML",
    "setuptools": "installs packages",
    "pip": "installs packages",
    "wheel": "installs packages",
}

FILES_LEFT_OUT = {
    # TensorFlow
    "tensorflow/include/*": "headers to compile against",
    "tensorflow/xla_aot_runtime_src/*": "sources to compile",
    "tensorflow/compiler/mlir/stablehlo/*.so": "StableHLO, an exchange format",
    "tensorflow/compiler/tf2xla/ops/_xla_ops.so": "XLA operations written by hand; XLA itself is not used either",
    # Arrow: only Parquet is written and read
    "*libarrow_flight.so*": "Arrow over a network",
    "*libarrow_s3.so*": "Arrow from Amazon's disks",
    "pyarrow/_flight.*": "Arrow over a network",
    "pyarrow/_s3fs.*": "Arrow from Amazon's disks",
    "pyarrow/_gcsfs.*": "Arrow from Google's disks",
    "pyarrow/_azurefs.*": "Arrow from Microsoft's disks",
    "pyarrow/_hdfs.*": "Arrow from Hadoop",
    "pyarrow/_orc.*": "another file format",
    "pyarrow/include/*": "headers to compile against",
    "pyarrow/src/*": "sources to compile",
    "pyarrow/tests/*": "tests",
    # Qt
    "PySide6/Qt/plugins/imageformats/*": "Pillow decodes every photo; Qt only ever gets pixels",
    "PySide6/Qt/plugins/platforms/libqeglfs.so": "screens without a window system",
    "PySide6/Qt/plugins/platforms/libqlinuxfb.so": "screens without a window system",
    "PySide6/Qt/plugins/platforms/libqvnc.so": "screens over a network",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay.so": "screens without a window system",
    "PySide6/Qt/plugins/egldeviceintegrations/*": "screens without a window system",
    "PySide6/Qt/plugins/tls/*": "weights are downloaded by Python, the only thing that uses a network",
    "PySide6/Qt/plugins/networkinformation/*": "nothing asks for the network",
    "PySide6/Qt/plugins/position/*": "nothing asks where it is",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so": "a keyboard on the screen, in QML",
    "PySide6/Qt/qml/*": "QML",
    "*libQt6Quick*": "QML",
    "*libQt6Qml*": "QML",
    "*libQt6VirtualKeyboard*": "QML",
    "*libQt6Pdf*": "PDF",
    # Others
    "hdbscan/*.c": "sources",
    "hdbscan/*.pyx": "sources",
    "*/tests/*": "tests",
    "sklearn/datasets/data/*": "examples",
    "sklearn/datasets/images/*": "examples",
    "sklearn/datasets/descr/*": "examples",
    "resources/pictures/*": "of the README",
}
"""Patterns on the path inside the program, as `fnmatch` reads them (a star also stands for slashes)."""

TRANSLATIONS_KEPT = ("qtbase_es",)
"""Of Qt's own translations; of others there are no words of ours to go with."""

STRIPPED = (
    "tensorflow/*.so*", "libtensorflow*.so*", "numkong/*.so", "llvmlite/binding/*.so", "pyarrow/*.so*", "libarrow*.so*",
    "libparquet*.so*",
)  # fmt: skip
"""Linux: libraries whose symbol tables, read by debuggers only, are a fifth of them. Only those on this list, because
`strip` damages libraries that auditwheel has moved (NumPy's, SciPy's)."""

WHY_SO_LARGE = {
    "tensorflow/libtensorflow_cc": "runs the networks; one library that cannot be taken apart",
    "tensorflow/libtensorflow_framework": "the part of TensorFlow that the other stands on",
    "tensorflow/python": "TensorFlow's Python parts",
    "tensorflow": "the rest of TensorFlow",
    "llvmlite": "compiles UMAP's optimizer for the processor at hand",
    "pyarrow": "layouts as Parquet",
    "PySide6": "the window",
    "attrlens": "the program's start, with all Python code packed into it",
    "resources": "EfficientNet-Lite0's weights, icons, translations",
    "scipy": "sparse graphs, assignments, nearest points",
    "scipy.libs": "SciPy's linear algebra (OpenBLAS)",
    "numpy": "arrays",
    "numpy.libs": "NumPy's linear algebra (OpenBLAS)",
    "numkong": "distances, for the search of nearest images",
    "usearch": "the search of nearest images",
    "sklearn": "folds, scores and reference methods of the evaluation",
    "libpython": "Python itself",
    "python3": "Python's own modules",
    "hdbscan": "clusters",
    "grpc": "TensorFlow imports it",
    "pillow.libs": "image formats",
    "PIL": "image formats",
    "h5py": "Keras weights files",
    "numba": "compiles UMAP's optimizer",
}
"""Why the largest parts stay, by the beginning of their path."""

LIMIT = 1_600_000_000
"""Bytes, unpacked."""
