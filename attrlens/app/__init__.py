"""The composition root: everything is built here, once."""
