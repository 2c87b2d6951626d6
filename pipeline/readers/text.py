"""Plain text to lines: encodings, line ends, pages, and the indent that a picture left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from parsers.errors import SourceError
from parsers.lines import Document, Line
from pipeline.readers.unsafe import cleaned, tabs

NAME = "text"
MEDIA_TYPE = "text/plain"

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_GZIP = b"\x1f\x8b"
_NO_TEXT = (
    "no text, no PDF, no Word file: give one of these, a text in UTF-8, UTF-16 with BOM or "
    "Windows-1252"
)
_END = re.compile("(\r\n|\n|\r|\f)")
_MARK = re.compile(r"[-*\u2022\u00b7\u2010-\u2015\u25a0-\u25ff\uf000-\uf0ff]|\(?\w{1,3}[.)]\s")

_TABBED = re.compile(r"\S {3,}\S")
_PICTURE_INDENT = range(4, 9)
_LAYOUT_SHARE = 0.08
_PICTURE_SHARE = 0.12


def read(path: Path) -> Document:
    """Read a plain text.

    Args:
        path: a text in UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252.

    Returns:
        Its lines without geometry. A line ends at LF, CRLF, CR or FF; FF also starts a page, and
        without one ``pages`` is None (CONTRACT, ``lines``). A final line end makes no extra line.

    Raises:
        SourceError: the file is empty, no text, or holds bytes of no known encoding.
    """
    data = path.read_bytes()
    if not data:
        raise SourceError("the file is empty", source=path.name)
    text = decode(data, source=path.name)
    parts = _END.split(text)
    texts, ends = parts[0::2], parts[1::2]
    if not texts[-1]:
        texts.pop()
    paged = "\f" in ends
    unsafe: set[int] = set()
    kept: list[str] = []
    for number, raw in enumerate(texts, 1):
        clean, bad = cleaned(raw)
        kept.append(clean)
        if bad:
            unsafe.add(number)
    pictures = beside_pictures(kept)
    lines: list[Line] = []
    page = 1
    for number, (clean, raw) in enumerate(zip(kept, texts, strict=True), 1):
        lines.append(
            Line(
                number,
                page if paged else None,
                clean,
                picture=number in pictures,
                tabs=tabs(raw),
            ),
        )
        if number < len(kept) and ends[number - 1] == "\f":
            page += 1
    return Document(lines, page if paged else None, NAME, MEDIA_TYPE, unsafe=unsafe)


def decode(data: bytes, *, source: str | None = None) -> str:
    """Decode a text that does not say its encoding.

    Raises:
        SourceError: it is no text, or a byte fits none of the encodings; the message has its line.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, source)
    if data.startswith(_GZIP) or b"\x00" in data:
        raise SourceError(_NO_TEXT, source=source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Two non-ASCII bytes of Windows-1252 hardly ever make a letter in UTF-8: where some do,
        # the file is UTF-8 with damage, and Windows-1252 would turn its accents into rubbish.
        if any("\x80" <= c != "\ufffd" for c in data.decode("utf-8", "replace")):
            return _strict(data, "utf-8", source)
    return _strict(data, "cp1252", source)


def _strict(data: bytes, encoding: str, source: str | None) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise SourceError(
            f"byte 0x{data[error.start]:02x} at offset {error.start} is not {encoding}: "
            "save the file as UTF-8",
            source=source,
            line=len(_END.findall(before)) + 1,
        ) from None


def beside_pictures(texts: Sequence[str]) -> set[int]:
    """Give the 1-based numbers of lines that a picture stood beside.

    A text extracted from a PDF keeps the width of a small picture, such as a map pin, as some
    spaces before its line, where the lines around are flush left. Where indents are many and
    differ, they are layout, and no line is taken.

    >>> beside_pictures(["Testo che precede", "     Via Pianell 15, Milano", "Costo Totale"])
    {2}
    """
    indents = [len(text) - len(text.lstrip(" ")) if text.strip() else -1 for text in texts]
    visible = sum(indent >= 0 for indent in indents)
    laid_out = sum(indent in (2, 3) or indent >= _PICTURE_INDENT.stop for indent in indents)
    if laid_out > _LAYOUT_SHARE * visible:
        return set()
    found: set[int] = set()
    for number, (text, indent) in enumerate(zip(texts, indents, strict=True), 1):
        if indent not in _PICTURE_INDENT or _MARK.match(text, indent) or _TABBED.search(text):
            continue
        above = texts[number - 2] if number > 1 else ""
        # The second line of a list item hangs under the first.
        hanging = _MARK.match(above.lstrip()) or (number > 1 and indents[number - 2] > 1)
        if not hanging or number - 1 in found:
            found.add(number)
    return found if len(found) <= max(1, _PICTURE_SHARE * visible) else set()
