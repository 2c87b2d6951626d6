"""The machinery of goldens: it writes only when asked to, and never in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    monkeypatch.delenv("PONMETRO_WRITE_GOLDENS", raising=False)
    return tmp_path


def test_without_the_flag_nothing_is_written(folder: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="make golden"):
        golden.check("a/b.csv", "x\n")
    assert list(folder.iterdir()) == []


def test_a_fresh_golden_fails_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PONMETRO_WRITE_GOLDENS", "1")
    with pytest.raises(pytest.fail.Exception, match="look at it"):
        golden.check("a/b.csv", "città\n")
    assert (folder / "a" / "b.csv").read_bytes() == "città\n".encode()
    golden.check("a/b.csv", "città\n")


def test_a_difference_is_shown_and_kept_out(folder: Path) -> None:
    (folder / "b.csv").write_bytes(b"x\ny\n")
    with pytest.raises(pytest.fail.Exception, match=r"-y\n\+z"):
        golden.check("b.csv", "x\nz\n")
    assert (folder / "b.csv").read_bytes() == b"x\ny\n"
