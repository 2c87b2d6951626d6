"""Which reader takes a file, and what the files say that none can read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from parsers.errors import SourceError
from pipeline.readers import plumber, read
from tests.pipeline.readers.drawn import Sheet, announces, document, draw, texts
from tests.typeset import need

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


def _two_pages(folder: Path) -> Path:
    path = folder / "two.pdf"
    sheet = Sheet(path)
    for number in (1, 2):
        sheet.text(50, 50, f"Progetto {number}")
        sheet.canvas.showPage()
    sheet.canvas.save()
    return path


@pytest.mark.parametrize("key", ["MediaBox", "Rotate"])
def test_a_page_without_sense_is_an_error_of_pdfplumber_alone(tmp_path: Path, key: str) -> None:
    path = _two_pages(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj[f"/{key}"] = pikepdf.Name.Nonsense
        pdf.save(path)
    assert [line.text for line in document(path).lines] == ["Progetto 1", "Progetto 2"]
    with pytest.raises(SourceError, match=r"two\.pdf: pdfplumber cannot read .*other reader"):
        document(path, "pdfplumber")


def test_what_pdfplumber_cannot_read_of_one_page_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strips = plumber._strips

    def failing(chars: list[dict[str, str]], shown: object) -> object:
        if any(char["text"] == "2" for char in chars):
            raise KeyError("Encoding")
        return strips(chars, shown)  # type: ignore[arg-type]

    monkeypatch.setattr(plumber, "_strips", failing)
    found = document(_two_pages(tmp_path), "pdfplumber")
    assert [line.text for line in found.lines] == ["Progetto 1"]
    assert found.unread == [(2, "pdfplumber cannot read it: KeyError: 'Encoding'")]


def test_what_pdfplumber_remarks_stays_off_the_terminal(tmp_path: Path) -> None:
    """In a process of its own: here the test's own handlers take what is logged."""
    path = _two_pages(tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Contents = pdf.make_stream(b"BT /F1 /Nonsense Tf (x) Tj ET")
        pdf.save(path)
    code = (
        "from pathlib import Path; from pipeline.readers import plumber; "
        f"plumber.read(Path({str(path)!r}), password=None, pairs=bool)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""


@both
def test_letters_drawn_as_shapes_are_told(tmp_path: Path, reader: str) -> None:
    """Ghostscript, told to use no fonts, draws every letter."""
    need("gs")
    path = tmp_path / "sheet.pdf"
    sheet = Sheet(path)
    for y in range(60, 660, 20):
        sheet.full(y)
    sheet.canvas.save()
    drawn = tmp_path / "drawn.pdf"
    options = ["-q", "-dBATCH", "-dNOPAUSE", "-dNoOutputFonts", "-sDEVICE=pdfwrite"]
    subprocess.run(["gs", *options, "-o", drawn, path], check=True, timeout=60)
    ((page, reason),) = document(drawn, reader).unread
    assert page == 1
    assert "shapes without a text layer" in reason
    assert "pip install 'ponmetro[ocr]'" in reason
    assert document(path, reader).unread == []
