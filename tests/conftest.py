"""What tests share: where the real report lies, and editions that need no reading."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_editions() -> Path:
    """The folder of the real report, which is no part of the project."""
    folder = ROOT.parent / "shared" / "editions"
    if not folder.is_dir():
        reason = f"the real report is not at {folder}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
