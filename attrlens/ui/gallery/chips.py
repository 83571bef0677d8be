"""From the document to the chips of an image."""

from __future__ import annotations

from dataclasses import replace

from attrlens.core.catalog.model import Attribute
from attrlens.core.catalog.rows import ERROR
from attrlens.state.document import Document
from attrlens.state.order import ImageOrder
from attrlens.state.selection import Selection
from attrlens.state.swatches import Swatches
from attrlens.ui.gallery.tiles import Chip, percent_text
from attrlens.words import told, tr


def chip(document: Document, swatches: Swatches, attribute: Attribute, slot: int) -> Chip:
    """What an attribute says of an image: the person's word first; a texture's class with its crop."""
    shown = plain_chip(document, attribute, slot)
    crop = swatches.crop(shown.class_id)
    return replace(shown, crop=crop) if crop is not None else shown


def plain_chip(document: Document, attribute: Attribute, slot: int) -> Chip:
    """What an attribute says of an image, without a picture."""
    model = document.model
    label = document.label(attribute.id, slot)
    suggestion = document.suggestion(attribute.id, slot)
    if label is not None:
        row = model.classes[label.class_id]
        kind = "exemplar" if slot in model.exemplars_of(attribute.id) else "label"
        doubted = suggestion is not None and suggestion.sure and suggestion.class_id != label.class_id
        return Chip(kind, row.name, row.color, doubted=doubted, class_id=row.id)
    if suggestion is None:
        return Chip("none", "")
    if suggestion.sure:
        row = model.classes[suggestion.class_id]
        return Chip("suggestion", row.name, row.color, suggestion.confidence, class_id=row.id)
    names = [
        model.classes[class_id].name
        for class_id in (suggestion.class_id, suggestion.runner_up)
        if class_id in model.classes
    ]
    return Chip("unknown", "? " + " / ".join(names))


def chip_words(shown: Chip) -> str:
    """A chip for who cannot see it."""
    if shown.kind == "exemplar":
        return tr("{name}, exemplar", name=shown.text)
    if shown.kind == "label":
        return tr("{name}, labeled", name=shown.text)
    if shown.kind == "suggestion":
        return tr("{name}, suggested, {percent}", name=shown.text, percent=percent_text(shown.confidence))
    return tr("unknown") if shown.kind == "unknown" else tr("not classified")


def attribute_words(document: Document, slot: int) -> list[str]:
    """What every attribute with classes says of an image: "Color: red, labeled"."""
    out = []
    for attribute in document.model.sorted_attributes():
        if document.model.classes_of(attribute.id):
            said = chip_words(plain_chip(document, attribute, slot))
            out.append(tr("{attribute}: {said}", attribute=attribute.name, said=said))
    return out


def image_sentence(document: Document, view: ImageOrder, selection: Selection, slot: int, index: int) -> str:
    """The current image for a screen reader: name, place, state, what was decided."""
    if not 0 <= slot < len(document.images) or index < 0:
        return ""
    image = document.images[slot]
    parts = [image.path.replace("\\", "/").rpartition("/")[2]]
    parts.append(tr("{place:,} of {n:,}", place=index + 1, n=len(view.order)))
    if slot in selection:
        parts.append(tr("selected"))
    if image.missing:
        parts.append(tr("missing"))
    if image.state == ERROR:
        parts.append(told(image.message))
    return ", ".join(parts + attribute_words(document, slot))
