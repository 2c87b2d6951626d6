"""Which reader takes a file, and what the files say that none can read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from parsers.errors import SourceError
from pipeline.readers import read
from tests.pipeline.readers.drawn import announces, document, draw, texts

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A sound PDF of one line."""
    return draw(tmp_path, lambda sheet: sheet.text(50, 100, "Progetto 1"))


def _locked(path: Path, user: str, owner: str) -> Path:
    canvas = Canvas(str(path), encrypt=StandardEncryption(user, owner))
    canvas.drawString(50, 700, "Progetto 1")
    canvas.save()
    return path


def test_content_decides_and_not_the_name(tmp_path: Path, plain: Path) -> None:
    renamed = tmp_path / "edition.txt"
    renamed.write_bytes(b"\n" * 900 + plain.read_bytes())
    assert read(renamed, pairs=announces).media_type == "application/pdf"


def test_what_is_named_a_pdf_and_is_none_is_told_so(tmp_path: Path) -> None:
    text = tmp_path / "edition.pdf"
    text.write_bytes(b"Progetto 1\n")
    with pytest.raises(SourceError, match="no PDF"):
        read(text, pairs=announces)


def test_an_unknown_reader_is_the_callers_mistake(plain: Path) -> None:
    with pytest.raises(ValueError, match="pdfium, pdfplumber"):
        read(plain, reader="lettore", pairs=announces)


@both
def test_a_locked_file_wants_its_password(tmp_path: Path, reader: str) -> None:
    path = _locked(tmp_path / "locked.pdf", "segreta", "altra")
    with pytest.raises(SourceError, match="--password"):
        document(path, reader)
    with pytest.raises(SourceError, match="wrong"):
        document(path, reader, "sbagliata")
    assert [line.text for line in document(path, reader, "segreta").lines] == ["Progetto 1"]


@both
def test_an_owners_password_hinders_no_reading(tmp_path: Path, reader: str) -> None:
    assert texts(_locked(tmp_path / "owned.pdf", "", "altra"), reader) == ["Progetto 1"]


@both
def test_a_damaged_pdf_is_an_error_with_its_name(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\xff" * 500)
    with pytest.raises(SourceError, match=r"damaged\.pdf: .*(?:damaged|no pages)"):
        document(path, reader)


@both
def test_reading_twice_gives_the_same(plain: Path, reader: str) -> None:
    assert document(plain, reader) == document(plain, reader)


def _truncate(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return (
        data[:middle]
        + bytes(255 - byte for byte in data[middle : middle + 40])
        + data[middle + 40 :]
    )


@both
@pytest.mark.parametrize("harm", [_truncate, _flip])
def test_harmed_files_give_lines_or_a_typed_error(
    tmp_path: Path, plain: Path, reader: str, harm: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "harmed.pdf"
    path.write_bytes(harm(plain.read_bytes()))
    try:
        pages = document(path, reader).pages
    except SourceError:
        return
    assert pages == 1
