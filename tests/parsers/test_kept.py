"""Kept patterns are what Python compiles, and anything odd is compiled anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parsers import kept

PATTERNS = [
    (r"(?P<city>[A-Z]{2})\s{0,3}(?P<numbers>\d(?:\.\d){2})", 0),
    (r"(?<!\w)(?:via|viale)\s+[^\W\d_]+", re.IGNORECASE),
    (r"[’'‘]\s?|à", re.IGNORECASE),
]
TEXTS = ["MI4.1.1.a in VIA Roma", "RC 3.1.1.b", "l’à", "", "viale Faenza"]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kept.marshal"
    monkeypatch.setattr(kept, "_FILE", path)
    monkeypatch.setattr(kept, "_kept", None)
    monkeypatch.setattr(kept, "_seen", set())
    monkeypatch.setattr(kept, "_read", {})
    return path


def test_what_was_kept_matches_as_what_is_compiled(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pattern, flags in PATTERNS:
        kept.compiled(pattern, flags)
    assert kept.keep() == len(PATTERNS)
    monkeypatch.setattr(kept, "_kept", None)
    monkeypatch.setattr(kept, "_seen", set())
    for pattern, flags in PATTERNS:
        loaded, made = kept.compiled(pattern, flags), re.compile(pattern, flags)
        assert loaded.flags == made.flags
        assert loaded.groupindex == made.groupindex
        for text in TEXTS:
            one, other = loaded.search(text), made.search(text)
            assert (one and (one.span(), one.groupdict())) == (
                other and (other.span(), other.groupdict())
            )
    assert not kept._seen, "nothing was compiled anew"


@pytest.mark.parametrize("damage", [b"", b"\x00\x01", b"not what was kept"])
def test_a_damaged_file_is_passed_over(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    assert kept.compiled(r"\d+", 0).fullmatch("12")


def test_another_python_compiles_for_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.compiled(r"\d+", 0)
    kept.keep()
    monkeypatch.setattr(kept, "_kept", None)
    monkeypatch.setattr(kept, "_MAKER", "another")
    assert kept._load() == ({}, {})


def test_a_kept_vocabulary_is_used_while_its_text_stands(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b'words = ["uno", "due"]\n[more]\nthree = 3\n'
    held = {"words": ["uno", "due"], "more": {"three": 3}}
    assert kept.table("numbers", text) == held
    kept.keep()
    monkeypatch.setattr(kept, "_kept", None)
    monkeypatch.setattr(kept, "_read", {})
    assert kept.table("numbers", text) == held
    assert not kept._read, "nothing was read anew"
    assert kept.table("numbers", b"words = []\n") == {"words": []}
