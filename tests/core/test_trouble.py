"""The error report: useful, and nothing private in it."""

from __future__ import annotations

import pytest

from attrlens.core.trouble import report, scrub


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cannot read /home/ana/Fotos/skirt_0412.jpg.", "cannot read <path>"),
        (r"cannot read C:\Users\Ana\Fotos de verano\a b.png now", "cannot read <path> now"),
        (r"\\server\shop\x.jpg: broken", "<path>: broken"),
        ("skirt_0412.jpg is empty (0 bytes).", "<file> is empty (0 bytes)."),
        ("'my photo.jpeg' is damaged", "'my <file> is damaged"),
        ("Opening Spring-1a2b.attrlens", "Opening <file>"),
        ('  File "/opt/x/site-packages/attrlens/core/images.py", line 12, in decode',
         '  File "attrlens/core/images.py", line 12, in decode'),
        ('  File "C:\\x\\PySide6\\a.py", line 3', '  File "PySide6/a.py", line 3'),
        ("Label 3 images Leopard", "Label 3 images <name>"),
        ("3 of 4 images, 1/2 done, 96 images/s, conf<0.6", "3 of 4 images, 1/2 done, 96 images/s, conf<0.6"),
        ("by ana on Anaconda", "by <name> on Anaconda"),
    ],
)  # fmt: skip
def test_what_is_private_goes_and_what_helps_stays(text: str, expected: str) -> None:
    assert scrub(text, ["leopard", "ana", "x"]) == expected


def test_the_report() -> None:
    log = [f"2026-01-01 INFO attrlens: line {i} /home/ana/{i}.jpg\n" for i in range(500)]
    text = report({"attrlens": "1"}, {"Images": 12}, log, ["ana"])
    assert "attrlens: 1" in text and "Images: 12" in text and "line 499 <path>" in text
    assert "line 299" not in text and "ana" not in text
    assert "/home/ana/499.jpg" in report({}, {}, log, ["ana"], private=True)
