"""Actions are data: menus, shortcuts and the shortcut sheet are all built from this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


@dataclass(frozen=True)
class Spec:
    """One action.

    Attributes
    ----------
    id : str
        Also the name of its handler.
    menu : str
        Menu it stands in; "" for a key only.
    text : str
        With `&` for the access key.
    keys : str
        As QKeySequence reads them, "" for none.
    needs : str
        What must be there: "" nothing, 'catalog', 'images', 'selection', 'class', 'undo', 'redo'.
    checkable : bool
    in_center : bool
        The key works only while the gallery or the large view has the focus, so not while typing.
    separated : bool
        A line above it.
    """

    id: str
    menu: str
    text: str
    keys: str = ""
    needs: str = ""
    checkable: bool = False
    in_center: bool = False
    separated: bool = False


ACTIONS: tuple[Spec, ...] = (
    Spec("new_catalog", "&File", "&New catalog…", "Ctrl+N"),
    Spec("open_catalog", "&File", "&Open catalog…", "Ctrl+O"),
    Spec("add_folder", "&File", "&Add folder…", "Ctrl+Shift+O", "catalog", separated=True),
    Spec("add_images", "&File", "Add &images…", "", "catalog"),
    Spec("describe", "&File", "Describe &waiting images", "", "images"),
    Spec("export_csv", "&File", "&Export CSV…", "Ctrl+E", "images", separated=True),
    Spec("export_record", "&File", "Export the &record…", "", "catalog"),
    Spec("try_demo", "&File", "&Demo catalog", "", separated=True),
    Spec("close_catalog", "&File", "&Close catalog", "Ctrl+W", "catalog"),
    Spec("quit", "&File", "&Quit", "Ctrl+Q", separated=True),
    Spec("undo", "&Edit", "&Undo", "Ctrl+Z", "undo"),
    Spec("redo", "&Edit", "&Redo", "Ctrl+Shift+Z", "redo"),
    Spec("select_all", "&Edit", "Select &all", "Ctrl+A", "images", separated=True, in_center=True),
    Spec("select_none", "&Edit", "Select &none", "Ctrl+D", "selection", in_center=True),
    Spec("select_inverse", "&Edit", "&Invert selection", "Ctrl+I", "images", in_center=True),
    Spec("preview", "&Image", "&Large view", "Space", "selection", in_center=True),
    Spec("take_out", "&Image", "&Take out of its class", "Delete", "selection", in_center=True, separated=True),
    Spec("remove_exemplars", "&Image", "No longer an &exemplar", "Ctrl+Delete", "selection", in_center=True),
    Spec("exclude", "&Image", "Leave out of e&valuations", "", "selection", separated=True),
    Spec("include", "&Image", "Ta&ke back into evaluations", "", "selection"),
    Spec("why", "&Image", "&Why", "W", "selection", in_center=True, separated=True),
    Spec("image_history", "&Image", "&History…", "", "selection"),
    Spec("copy_paths", "&Image", "&Copy paths", "Ctrl+Shift+C", "selection", separated=True),
    Spec("retry_errors", "&Image", "Try unreadable files &again", "", "images"),
    Spec("review_least_sure", "&Review", "&Least sure first", "Ctrl+Shift+L", "images"),
    Spec("review_unknown", "&Review", "&Unknown", "Ctrl+Shift+Y", "images"),
    Spec("review_suggested", "&Review", "&Class by class", "Ctrl+Shift+K", "images"),
    Spec("review_doubted", "&Review", "&Doubted labels", "Ctrl+Shift+D", "images"),
    Spec("next_unlabeled", "&Review", "&Next unlabeled", "Ctrl+J", "images", separated=True),
    Spec("next_uncertain", "&Review", "&Fetch the least sure", "F", "images", in_center=True),
    Spec("accept", "&Review", "&Accept the suggestion", "A", "selection", in_center=True, separated=True),
    Spec("confirm", "&Review", "Make &exemplars of their class", "E", "selection", in_center=True),
    Spec("accept_all", "&Review", "Accept all that are &sure enough", "Ctrl+Return", "images"),
    Spec("new_attribute", "&Class", "New &attribute…", "Ctrl+Shift+A", "catalog"),
    Spec("new_class", "&Class", "New &class", "Ctrl+Shift+N", "catalog"),
    Spec("new_class_of_selection", "&Class", "New class &of selected images", "Ctrl+G", "selection"),
    Spec("rename", "&Class", "&Rename", "F2", "class", separated=True),
    Spec("recolor", "&Class", "Change &swatch…", "", "class"),
    Spec("delete_class", "&Class", "&Delete class", "", "class"),
    Spec("class_history", "&Class", "&History…", "", "class"),
    Spec("find_recipe", "&Class", "Find the best reci&pe…", "", "images", separated=True),
    Spec("evaluate", "&Class", "&Evaluate the attribute", "Ctrl+Shift+E", "images"),
    Spec("show_gallery", "&View", "&Gallery", "F5", "catalog"),
    Spec("show_health", "&View", "E&xemplars", "F6", "catalog"),
    Spec("show_evaluate", "&View", "&Evaluate", "F8", "catalog"),
    Spec("larger", "&View", "&Larger thumbnails", "Ctrl++", "images", separated=True),
    Spec("smaller", "&View", "&Smaller thumbnails", "Ctrl+-", "images"),
    Spec("theme_system", "&View", "Theme as the &system", checkable=True, separated=True),
    Spec("theme_light", "&View", "Ligh&t theme", checkable=True),
    Spec("theme_dark", "&View", "&Dark theme", checkable=True),
    Spec("size_limit", "&View", "Largest &image read…", separated=True),
    Spec("resnet_weights", "&View", "ResNet50 &weights…"),
    Spec("shortcuts", "&Help", "&Shortcuts", "?"),
    Spec("about", "&Help", "&About AttrLens"),
)

DIGITS = (
    ("1 … 9", "Label the selected images with that class, and go on"),
    ("0", "Take the selected images out of their class"),
    ("Ctrl+1 … Ctrl+9", "Make the selected images exemplars of that class"),
    ("Arrows, Page, Home, End", "Move; with Shift extend the selection"),
    ("Ctrl+wheel", "Thumbnail size"),
)
"""Keys that stand for many actions, for the sheet."""


def build(bar: QMenuBar, center: QWidget, handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Make menus and actions.

    Parameters
    ----------
    bar : QMenuBar
    center : QWidget
        Owner of the actions whose keys work only there.
    handlers : mapping of str to callable
        By action id.

    Returns
    -------
    dict of str to QAction
        By id.
    """
    from PySide6.QtCore import Qt

    actions: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        menu = menus.get(spec.menu.replace("&", ""))
        if menu is None:
            menu = menus[spec.menu.replace("&", "")] = bar.addMenu(spec.menu)
        if spec.separated:
            menu.addSeparator()
        action = QAction(spec.text, bar)
        action.setCheckable(spec.checkable)
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
        if spec.in_center:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            center.addAction(action)
        action.triggered.connect(lambda _=False, call=handlers[spec.id]: call())
        menu.addAction(action)
        actions[spec.id] = action
    return actions


def sheet() -> list[tuple[str, list[tuple[str, str]]]]:
    """The shortcut sheet: by menu, keys and what they do."""
    out: dict[str, list[tuple[str, str]]] = {"Labeling": list(DIGITS)}
    for spec in ACTIONS:
        if spec.keys:
            rows = out.setdefault(spec.menu.replace("&", ""), [])
            rows.append((spec.keys, spec.text.replace("&", "").rstrip("…")))
    return list(out.items())
