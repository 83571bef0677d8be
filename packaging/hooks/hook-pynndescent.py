"""As source files: for code in PyInstaller's archive Numba does not keep what it compiled."""

module_collection_mode = "py"
