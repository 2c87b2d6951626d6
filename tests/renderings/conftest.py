"""The renderings of the fixed seeds that are not yet read as they should be, by cause.

Each is expected to fail, strictly: whoever mends its cause takes it off this list. With another
``RENDERINGS_SEED`` nothing is expected but equality.
"""

from __future__ import annotations

import os

import pytest

_LIGATURES = "Ghostscript 10.00 damages the Unicode maps of ligatures in LibreOffice's fonts"

KNOWN = {
    "test_reworked_files[libreoffice-distilled]": _LIGATURES,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("RENDERINGS_SEED", "0") != "0":
        return
    for item in items:
        reason = KNOWN.get(item.name)
        if reason and "renderings" in str(item.path):
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
