"""What a drag carries."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from attrlens.ui import drag


def files(*paths: Path) -> QMimeData:
    """Files as a file manager carries them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_images_go_out_as_files_and_come_back_as_images_of_their_catalog_only() -> None:
    data = drag.encode("/a.attrlens", [3, 5], ["/photos/3 é.jpg", "/photos/5.jpg"])
    assert drag.slots(data, "/a.attrlens") == [3, 5] and drag.slots(data, "/b.attrlens") == []
    assert drag.files(data) == [Path("/photos/3 é.jpg"), Path("/photos/5.jpg")]
    assert data.hasFormat("text/uri-list")


def test_what_another_program_puts_in_harms_nothing() -> None:
    data = QMimeData()
    for payload in (b"", b"\x80\x04.", b"[]", b'{"catalog": "/a", "slots": ["x"]}', b'{"slots": 1}'):
        data.setData(drag.MIME, payload)
        assert drag.slots(data, "/a") == []
    data.setUrls([QUrl("https://example.org/a.jpg")])
    assert drag.files(data) == []
