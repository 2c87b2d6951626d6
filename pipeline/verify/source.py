"""The source read again: a text by its bytes alone, a PDF by the reader that did not publish it."""

from __future__ import annotations

import codecs
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from parsers.lines import Box, Document, Line
from pipeline.readers.displayed import turned_box

TEXT = "text/plain"
PDF = "application/pdf"
_OTHER = {"pdfium": "pdfplumber", "pdfplumber": "pdfium"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Marks and isolates that only turn the direction of writing: left out of a line (CONTRACT, lines).
_DIRECTION = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# How far, in points, two engines differ on where a character stands.
_NEAR = 0.75


def text_lines(data: bytes) -> list[tuple[int | None, str]]:
    r"""(page, text) of each line of a plain text, from its bytes.

    A line ends at LF, CRLF, CR or FF, and FF starts a page; without one there are no pages. A
    control character becomes a space, marks of direction go (CONTRACT, ``lines``).

    >>> text_lines(b"Costo\r\nTotale\n\x0cStato")
    [(1, 'Costo'), (1, 'Totale'), (1, ''), (2, 'Stato')]
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    sheets = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    found: list[tuple[int | None, str]] = []
    for page, sheet in enumerate(sheets, 1):
        own = sheet.split("\n")
        if page == len(sheets) and not own[-1]:
            own.pop()
        found += [(page if len(sheets) > 1 else None, _clean(line)) for line in own]
    return found


def _clean(line: str) -> str:
    spaced = (" " if _is_control(char) else char for char in line.translate(_DIRECTION))
    return "".join(spaced)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line as the other reader gives it: its characters with their middles.

    Where the line does not run along the page that it is read on, all middles are the line's own.
    """

    top: float
    bottom: float
    x0: float
    text: str
    middles: tuple[float, ...]
    along: bool


class SecondReading:
    """The characters of a PDF by place, as another engine reads them.

    Args:
        document: what the other reader gave.
    """

    def __init__(self, document: Document) -> None:
        self.reader = document.reader
        self.pages = document.pages
        self._turns = document.turns
        self._sizes = document.sizes
        self._rows: dict[int, list[_Row]] = defaultdict(list)
        for line in document.lines:
            row = _row(line)
            if row is not None and line.page is not None:
                self._rows[line.page].append(row)

    def has_text(self, page: int) -> bool:
        """Whether the other reader finds any text on a page; a picture of text has none."""
        return bool(self._rows.get(page))

    def between(self, page: int, x0: float, top: float, x1: float, bottom: float) -> str:
        """What stands in a rectangle, in points from the top left of the page as displayed.

        A line counts where it shares most of its height, a character where its middle lies inside.
        """
        box = self._upright(page, Box(x0, top, x1, bottom))
        parts = []
        for row in self._level(page, box):
            inside = [
                char
                for char, middle in zip(row.text, row.middles, strict=True)
                if box.x0 - _NEAR <= middle <= box.x1 + _NEAR
            ]
            if inside:
                parts.append((row.x0, "".join(inside)))
        return "".join(text for _, text in sorted(parts, key=lambda part: part[0]))

    def is_sideways(self, page: int, box: tuple[float, float, float, float]) -> bool:
        """Whether a line, by its rectangle as displayed, runs up or down the page.

        Left and right edge of its characters are those of the whole line.
        """
        upright = self._upright(page, Box(*box))
        level = self._level(page, upright)
        own = [row for row in level if upright.x0 - _NEAR <= row.middles[0] <= upright.x1 + _NEAR]
        turned = self._turns.get(page, 0) % 2 == 1
        return bool(own) and all(row.along == turned for row in own)

    def _upright(self, page: int, box: Box) -> Box:
        """Put a rectangle of the page as displayed where the page has it with its text upright."""
        turns = self._turns.get(page, 0)
        return turned_box(box, -turns % 4, self._sizes[page - 1]) if turns else box

    def _level(self, page: int, box: Box) -> list[_Row]:
        """The lines that share most of their height with a rectangle."""
        return [
            row
            for row in self._rows.get(page, ())
            if min(box.bottom, row.bottom) - max(box.top, row.top)
            > 0.5 * min(box.bottom - box.top, row.bottom - row.top)
        ]


def _row(line: Line) -> _Row | None:
    if line.box is None or line.lefts is None or line.rights is None or not line.text:
        return None
    middles = tuple((left + right) / 2 for left, right in zip(line.lefts, line.rights, strict=True))
    along = len(middles) == 1 or middles[0] != middles[-1]
    return _Row(line.box.top, line.box.bottom, line.box.x0, line.text, middles, along)


def second_reading(path: Path, reader: str, password: str | None) -> SecondReading:
    """Read a PDF with the reader that did not publish it.

    Raises:
        SourceError: it cannot be read.
    """
    from pipeline.readers import read
    from pipeline.readers.guard import guarded

    other = _OTHER.get(reader, "pdfplumber")

    def reading() -> Document:
        return read(path, reader=other, password=password, pairs=lambda text: False)

    return SecondReading(guarded(reading, source=path.name))


def essence(text: str) -> str:
    """What two engines agree on: NFC and ligatures apart, without spaces, dashes and marks.

    >>> essence("• micro- imprese – 50 %") == essence("microimprese 50%")
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        char
        for char in plain
        if unicodedata.category(char) not in ("Zs", "Cc", "Cf", "Co", "Cn", "Pd")
        and char not in "\ufffd\ufffe•◦▪·●■□○‣⁃"
    )
