"""Attributes and classes: the panel on the left."""
