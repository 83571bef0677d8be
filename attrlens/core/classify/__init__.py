"""Closed-form classifiers on descriptors: a few exemplars in, a class for every image out."""
