"""AttrLens: label garment photos by color and texture from a few exemplars, on your own machine."""

__version__ = "0.1.0"
