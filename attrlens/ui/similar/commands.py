"""What the actions about similar images do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from attrlens.state.copies import Copies
from attrlens.state.examples import Example
from attrlens.state.similar import Similar
from attrlens.ui.center import Center


class SimilarCommands(QObject):
    """Handlers of the actions, by name.

    Parameters
    ----------
    center : Center
    similar : Similar
    copies : Copies
    chosen : callable
        The images that a person means.
    """

    def __init__(self, center: Center, similar: Similar, copies: Copies, chosen: Callable[[], list[int]]) -> None:
        super().__init__(center)
        self._center, self._similar, self._copies, self._chosen = center, similar, copies, chosen

    def find_similar(self) -> None:
        chosen = self._chosen()
        self.show_similar()
        if chosen:
            self.find_like(self._similar.of_slots(chosen))

    def find_like(self, examples: list[Example]) -> None:
        """Images like these, by color and by texture."""
        self.show_similar()
        self._similar.look_for(examples)
        self._center.similar.search.focus_results()

    def more_like(self) -> None:
        chosen = self._chosen()
        self.show_similar()
        self._similar.add(self._similar.of_slots(chosen))

    def unlike(self) -> None:
        chosen = self._chosen()
        self.show_similar()
        self._similar.add(self._similar.of_slots(chosen, liked=False))

    def find_copies(self) -> None:
        self._copies.set_kind("copies")
        self._center.similar.show_page(self._center.similar.groups)
        self._center.show_page(self._center.similar)

    def show_similar(self) -> None:
        self._center.similar.show_page(self._center.similar.search)
        self._center.show_page(self._center.similar)

    def sort_gallery(self, attribute: int) -> None:
        """Sort the gallery by likeness to what is looked for."""
        if self._similar.sort_gallery(attribute) is not None:
            self._center.show_page(self._center.gallery)

    def like_by(self, attribute: int) -> None:
        """Sort it by another attribute, by likeness to the same images."""
        if self._similar.sort_again(attribute) is None:
            self._center.gallery.like.refresh()

    def paste(self) -> bool:
        """Look for what the clipboard holds, where the search is in front; whether it is."""
        if self._center.shown != "similar":
            return False
        self.show_similar()
        self._center.similar.search.paste()
        return True
