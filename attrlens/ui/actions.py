"""Actions are data: menus, shortcuts, tool tips and the shortcut sheet are all built from this table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from attrlens.words import told, tr, words


@dataclass(frozen=True)
class Spec:
    """One action.

    Attributes
    ----------
    id : str
        Also the name of its handler.
    menu : str
        Menu it stands in.
    text : str
        With `&` for the access key.
    keys : str
        As QKeySequence reads them, "" for none.
    needs : str
        What must be there: "" nothing, 'catalog', 'images', 'selection', 'several' (two to four selected), 'class' or
        'row' (class or attribute) in the panel, 'group' of suggestions to accept, 'order' that can be turned around,
        'missing', 'errors', 'undo', 'redo', 'query'.
    checkable : bool
    in_center : bool
        The key works only while gallery, list or large view has the focus itself: not while typing, nor on a button.
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


FILE, EDIT, IMAGE, REVIEW, CLASS, VIEW, HELP = (
    words("&File"), words("&Edit"), words("&Image"), words("&Review"), words("&Class"), words("&View"), words("&Help")
)  # fmt: skip

ACTIONS: tuple[Spec, ...] = (
    Spec("new_catalog", FILE, words("&New catalog…"), "Ctrl+N"),
    Spec("open_catalog", FILE, words("&Open catalog…"), "Ctrl+O"),
    Spec("add_folder", FILE, words("&Add folder…"), "Ctrl+Shift+O", "catalog", separated=True),
    Spec("add_images", FILE, words("Add &images…"), "", "catalog"),
    Spec("look_again", FILE, words("Look for chan&ges"), "Ctrl+R", "images"),
    Spec("relink", FILE, words("Show where &missing files are…"), "", "missing"),
    Spec("retry_errors", FILE, words("&Try unreadable files again"), "", "errors"),
    Spec("describe", FILE, words("Describe &waiting images"), "", "images"),
    Spec("export_csv", FILE, words("&Export CSV…"), "Ctrl+E", "images", separated=True),
    Spec("export_record", FILE, words("Ex&port the record…"), "", "catalog"),
    Spec("try_demo", FILE, words("&Demo catalog"), "", separated=True),
    Spec("close_catalog", FILE, words("&Close catalog"), "Ctrl+W", "catalog"),
    Spec("quit", FILE, words("&Quit"), "Ctrl+Q", separated=True),
    Spec("undo", EDIT, words("&Undo"), "Ctrl+Z", "undo"),
    Spec("redo", EDIT, words("&Redo"), "Ctrl+Shift+Z", "redo"),
    Spec("copy_files", EDIT, words("&Copy files"), "Ctrl+C", "selection", separated=True, in_center=True),
    Spec("copy_paths", EDIT, words("Copy &paths"), "Ctrl+Shift+C", "selection"),
    Spec("paste_files", EDIT, words("Pas&te files into the catalog"), "Ctrl+V", in_center=True),
    Spec("select_all", EDIT, words("Select &all"), "Ctrl+A", "images", separated=True, in_center=True),
    Spec("select_none", EDIT, words("Select &none"), "Ctrl+D", "selection", in_center=True),
    Spec("select_inverse", EDIT, words("&Invert selection"), "Ctrl+I", "images", in_center=True),
    Spec("filter", EDIT, words("&Filter"), "Ctrl+F", "images", separated=True),
    Spec("save_filter", EDIT, words("&Save this filter…"), "Ctrl+Shift+S", "query"),
    Spec("clear_filter", EDIT, words("Show all i&mages"), "Ctrl+Shift+X", "images"),
    Spec("settings", EDIT, words("S&ettings…"), "Ctrl+,", separated=True),
    Spec("preview", IMAGE, words("&Large view"), "Space", "selection", in_center=True),
    Spec("compare", IMAGE, words("&Compare side by side"), "C", "several", in_center=True),
    Spec("find_similar", IMAGE, words("Find &similar"), "Ctrl+L", "selection"),
    Spec("more_like", IMAGE, words("&More like these"), "Ctrl+M", "selection"),
    Spec("unlike", IMAGE, words("&Not like these"), "Ctrl+Shift+M", "selection"),
    Spec("find_copies", IMAGE, words("Find co&pies"), "Ctrl+Shift+B", "images"),
    Spec("take_out", IMAGE, words("&Take out of its class"), "Delete", "selection", in_center=True, separated=True),
    Spec("remove_exemplars", IMAGE, words("No longer an &exemplar"), "Ctrl+Delete", "selection", in_center=True),
    Spec("exclude", IMAGE, words("Leave out of e&valuations"), "", "selection", separated=True),
    Spec("include", IMAGE, words("Ta&ke back into evaluations"), "", "selection"),
    Spec("why", IMAGE, words("&Why"), "W", "selection", in_center=True, separated=True),
    Spec("look_inside", IMAGE, words("Look &inside the network"), "N", "selection", in_center=True),
    Spec("image_history", IMAGE, words("&History…"), "", "selection"),
    Spec("reveal", IMAGE, words("Show in &folder"), "Ctrl+Shift+R", "selection", separated=True),
    Spec("open_with", IMAGE, words("&Open with its program"), "Ctrl+Shift+P", "selection"),
    Spec("copy_to_folder", IMAGE, words("Copy to a fol&der…"), "", "selection"),
    Spec("remove_images", IMAGE, words("&Remove from the catalog"), "Shift+Delete", "selection", in_center=True),
    Spec("review_least_sure", REVIEW, words("&Least sure first"), "Ctrl+Shift+L", "images"),
    Spec("review_unknown", REVIEW, words("&Unknown"), "Ctrl+Shift+Y", "images"),
    Spec("review_suggested", REVIEW, words("&Class by class"), "Ctrl+Shift+K", "images"),
    Spec("review_doubted", REVIEW, words("&Doubted labels"), "Ctrl+Shift+D", "images"),
    Spec("next_unlabeled", REVIEW, words("&Next unlabeled"), "Ctrl+J", "images", separated=True),
    Spec("next_uncertain", REVIEW, words("&Fetch the least sure"), "F", "images", in_center=True),
    Spec("accept", REVIEW, words("&Accept the suggestion"), "A", "selection", in_center=True, separated=True),
    Spec("confirm", REVIEW, words("Make &exemplars of their class"), "E", "selection", in_center=True),
    Spec("accept_all", REVIEW, words("Accept all that are &sure enough"), "Ctrl+Return", "group"),
    Spec("new_attribute", CLASS, words("New &attribute…"), "Ctrl+Shift+A", "catalog"),
    Spec("new_class", CLASS, words("New &class"), "Ctrl+Shift+N", "catalog"),
    Spec("new_class_of_selection", CLASS, words("New class &of selected images"), "Ctrl+G", "selection"),
    Spec("rename", CLASS, words("&Rename"), "F2", "row", separated=True),
    Spec("recolor", CLASS, words("Change &swatch…"), "", "class"),
    Spec("delete_class", CLASS, words("&Delete class"), "", "class"),
    Spec("class_history", CLASS, words("&History…"), "", "class"),
    Spec("find_recipe", CLASS, words("Find the best reci&pe…"), "", "images", separated=True),
    Spec("evaluate", CLASS, words("&Evaluate the attribute"), "Ctrl+Shift+E", "images"),
    Spec("show_gallery", VIEW, words("&Gallery"), "F5", "catalog"),
    Spec("show_map", VIEW, words("Map &view"), "F3", "catalog"),
    Spec("show_grid", VIEW, words("Grid vie&w"), "F4", "catalog"),
    Spec("show_similar", VIEW, words("Similar &by color and texture"), "Shift+F5", "catalog"),
    Spec("show_health", VIEW, words("E&xemplars"), "F6", "catalog"),
    Spec("show_problems", VIEW, words("&Problem files"), "F7", "catalog"),
    Spec("show_evaluate", VIEW, words("&Evaluate"), "F8", "catalog"),
    Spec("show_network", VIEW, words("Networ&k"), "F12", "catalog"),
    Spec("as_grid", VIEW, words("T&humbnails"), "Ctrl+Shift+1", "images", checkable=True, separated=True),
    Spec("as_list", VIEW, words("L&ist with columns"), "Ctrl+Shift+2", "images", checkable=True),
    Spec("larger", VIEW, words("La&rger thumbnails"), "Ctrl++", "images"),
    Spec("smaller", VIEW, words("S&maller thumbnails"), "Ctrl+-", "images"),
    Spec("reverse_order", VIEW, words("T&urn the order around"), "Ctrl+Shift+U", "order", checkable=True),
    Spec("show_names", VIEW, words("File &names"), "Ctrl+Shift+F", checkable=True),
    Spec("sku_rule", VIEW, words("How products &are told…"), "", "catalog"),
    Spec("toggle_classes", VIEW, words("&Classes and folders"), "F9", "catalog", checkable=True, separated=True),
    Spec("toggle_inspector", VIEW, words("Inspec&tor"), "F10", "catalog", checkable=True),
    Spec("toggle_folders", VIEW, words("F&olders"), "Shift+F9", "catalog", checkable=True),
    Spec("full_screen", VIEW, words("&Full screen"), "F11", checkable=True),
    Spec("theme_system", VIEW, words("Theme as the &system"), checkable=True, separated=True),
    Spec("theme_light", VIEW, words("&Light theme"), checkable=True),
    Spec("theme_dark", VIEW, words("&Dark theme"), checkable=True),
    Spec("gray_mat", VIEW, words("Photos on 18 % gra&y"), checkable=True),
    Spec("resnet_weights", VIEW, words("ResNet&50 weights…"), separated=True),
    Spec("shortcuts", HELP, words("&Shortcuts"), "?"),
    Spec("messages", HELP, words("&Messages…")),
    Spec("show_log", HELP, words("Show the &log file"), separated=True),
    Spec("copy_report", HELP, words("Copy an error &report…")),
    Spec("about", HELP, words("&About AttrLens"), separated=True),
)

LABELING = words("Labeling")

DIGITS = (
    ("1 … 9", words("Label the selected images with that class, and go on")),
    ("0", words("Take the selected images out of their class")),
    ("Ctrl+1 … Ctrl+9", words("Make the selected images exemplars of that class")),
)
GALLERY = words("Gallery")
MOVES = (
    (words("Arrows, Page, Home, End"), words("Move; with Shift extend the selection")),
    (words("Ctrl+arrows, Ctrl+Space"), words("Move without selecting; select one more")),
    (words("Menu key"), words("What can be done with the selected images")),
    (words("Ctrl+wheel"), words("Thumbnail size")),
    (words("+, -, Z, wheel"), words("In the large view: zoom in, out, every pixel")),
    (words("Shift+arrows"), words("In the large view: move a zoomed photo")),
    (words("G, S"), words("On the map and the grid: move it, draw around images")),
    (words("Shift, Alt"), words("While drawing around images: add them, take them out")),
    (words("+, -, Home, wheel"), words("On the map and the grid: zoom in, out, see everything")),
    (words("Ctrl+Space, Tab"), words("In the filter: what may come next; take it")),
)
"""Keys that stand for many actions, or are no actions, for the sheet."""


def key_text(keys: str) -> str:
    """Keys as a person of this system and language reads them."""
    if sys.platform == "darwin":
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    names = {"Shift": tr("Shift"), "Delete": tr("Del"), "Space": tr("Space"), "Return": tr("Enter")}
    parts = [*keys[:-2].split("+"), "+"] if keys.endswith("++") else keys.split("+")
    return "+".join(names.get(part, part) for part in parts)


def plain(text: str) -> str:
    """An action's text without access key and dots."""
    return told(text).replace("&", "").rstrip("…")


def build(bar: QMenuBar, center: Iterable[QWidget], handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Make menus and actions.

    Parameters
    ----------
    bar : QMenuBar
    center : iterable of QWidget
        Those in which alone the keys of some actions work.
    handlers : mapping of str to callable
        By action id.

    Returns
    -------
    dict of str to QAction
        By id.
    """
    actions: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    owners = tuple(center)
    for spec in ACTIONS:
        menu = menus.get(spec.menu)
        if menu is None:
            menu = menus[spec.menu] = bar.addMenu(told(spec.menu))
        if spec.separated:
            menu.addSeparator()
        action = QAction(told(spec.text), bar)
        action.setCheckable(spec.checkable)
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
        if spec.in_center:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            for widget in owners:
                widget.addAction(action)
        action.triggered.connect(lambda _=False, call=handlers[spec.id]: call())
        menu.addAction(action)
        actions[spec.id] = action
    return actions


def sheet() -> list[tuple[str, list[tuple[str, str]]]]:
    """The shortcut sheet: by menu, keys and what they do."""
    out: dict[str, list[tuple[str, str]]] = {
        told(LABELING): [(keys, told(text)) for keys, text in DIGITS],
        told(GALLERY): [(told(keys), told(text)) for keys, text in MOVES],
    }
    for spec in ACTIONS:
        if spec.keys:
            rows = out.setdefault(plain(spec.menu), [])
            rows.append((key_text(spec.keys), plain(spec.text)))
    return list(out.items())
