"""One image, large, with what is known about it."""
