"""From the document to the colors of the map and the grid."""

from __future__ import annotations

from attrlens.core.catalog.layouts import Layout
from attrlens.core.layout import coloring
from attrlens.core.layout.coloring import Coloring, Kind
from attrlens.state.document import Document
from attrlens.state.view import GalleryView


def colors_of(document: Document, view: GalleryView, kind: Kind, layout: Layout) -> Coloring:
    """Categories of a layout's images.

    Parameters
    ----------
    document : Document
    view : GalleryView
        Of the layout's attribute.
    kind : str
        What is to be seen in color.
    layout : Layout
    """
    attribute, slots = layout.attribute, layout.slots
    if kind == "cluster":
        return coloring.by_cluster(layout.clusters)
    if kind == "unlike":
        return coloring.by_strangeness(layout.strangeness)
    if kind == "folder":
        keys, titles = view.facts.grouped("folder")
        return coloring.by_folder(keys[slots], titles)
    if kind == "state":
        keys, titles = view.states()
        return coloring.by_state(keys[slots], titles)
    if kind == "confidence":
        return coloring.by_confidence(document.by_slot(attribute).confidence[slots])
    classes = document.model.classes_of(attribute)
    if kind == "suggestion":
        return coloring.by_class(view.facts.suggested(attribute)[slots], classes, "suggestion")
    return coloring.by_class(document.decided(attribute)[slots], classes)
