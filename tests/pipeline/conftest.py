"""Folders and the stand-in for reading, for the tests of publishing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.pipeline import stub


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty ``raw/``; sources in it are read by the stand-in."""
    monkeypatch.setitem(sys.modules, "pipeline.edition", stub.module())
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder to publish into, that is not there yet."""
    return tmp_path / "output"
