"""From the document to the chips of an image."""

from __future__ import annotations

from attrlens.core.catalog.model import Attribute
from attrlens.state.document import Document
from attrlens.state.swatches import Swatches
from attrlens.ui.gallery.tiles import Chip


def chip(document: Document, swatches: Swatches, attribute: Attribute, slot: int) -> Chip:
    """What an attribute says of an image: the person's word first."""
    model = document.model
    label = document.label(attribute.id, slot)
    suggestion = document.suggestion(attribute.id, slot)
    if label is not None:
        row = model.classes[label.class_id]
        kind = "exemplar" if slot in model.exemplars_of(attribute.id) else "label"
        doubted = suggestion is not None and suggestion.sure and suggestion.class_id != label.class_id
        return Chip(kind, row.name, row.color, doubted=doubted, crop=swatches.crop(row.id))
    if suggestion is None:
        return Chip("none", "")
    if suggestion.sure:
        row = model.classes[suggestion.class_id]
        return Chip("suggestion", row.name, row.color, suggestion.confidence, crop=swatches.crop(row.id))
    names = [
        model.classes[class_id].name
        for class_id in (suggestion.class_id, suggestion.runner_up)
        if class_id in model.classes
    ]
    return Chip("unknown", "? " + " / ".join(names))
