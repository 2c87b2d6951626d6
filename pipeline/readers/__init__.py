"""A source's bytes to lines: one module a reader, one function in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from parsers.errors import SourceError
from parsers.lines import Document

PDF_READERS = ("pdfium", "pdfplumber")

# Where a reader of PDFs finds the header (PDF 1.7, implementation note 13).
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024
# A Word file is an archive; one that is locked, or older, is a compound file.
_ARCHIVE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"


def read(
    path: Path,
    *,
    reader: str | None = None,
    password: str | None = None,
    pairs: Callable[[str], bool],
    ocr: bool = False,
    told: Callable[[str], None] | None = None,
) -> Document:
    """Read a source with the reader that its content asks for.

    Args:
        path: a PDF with a text layer, a Word file, or a plain text.
        reader: ``pdfium`` (the default) or ``pdfplumber`` for a PDF; the others have one reader.
        password: of a locked PDF.
        pairs: whether a text begins with a label of the vocabulary or is an action's code, so
            that what stands to its right is its value and not the next column.
        ocr: whether pages that are pictures of text are read, if what it takes is installed.
        told: called with words on what is being done, where it takes long.

    Raises:
        SourceError: the file is missing, empty, of no known kind, damaged or locked.
        ValueError: no such reader.
    """
    if reader not in (None, *PDF_READERS):
        raise ValueError(f"no reader {reader!r}: use one of {', '.join(PDF_READERS)}")
    if not path.is_file():
        raise SourceError("no such file: check its name", source=path.name)
    with path.open("rb") as file:
        start = file.read(_HEADER_WITHIN)
    if start.startswith(_ARCHIVE):
        from pipeline.readers import docx

        return docx.read(path, pairs=pairs)
    if _HEADER not in start:
        if start and (problem := _misnamed(path, start)):
            raise SourceError(problem, source=path.name)
        from pipeline.readers import text

        return text.read(path)
    from pipeline.readers import pictured

    reads = pictured.reads(path, password, told) if ocr and pictured.is_installed() else None
    if reader == "pdfplumber":
        from pipeline.readers import plumber

        return plumber.read(path, password=password, pairs=pairs, reads=reads)
    from pipeline.readers import pdfium

    return pdfium.read(path, password=password, pairs=pairs, reads=reads)


def _misnamed(path: Path, start: bytes) -> str | None:
    """What a file that is no PDF and no archive is not, by its name or its first bytes."""
    if start.startswith(_COMPOUND):
        from pipeline.readers.docx_package import compound

        return compound(path.read_bytes())
    named = {".pdf": "PDF", ".docx": "Word file"}.get(path.suffix.lower())
    if named is None:
        return None
    return (
        f"is no {named}: its first bytes are not a {named}'s; fetch it again, or name a text .txt"
    )
