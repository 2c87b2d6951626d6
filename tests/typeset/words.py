"""Editions drawn word by word: no space glyphs, no paragraphs, no tags, lines broken anywhere.

So print drivers and typesetters such as TeX write: what is a space, a line or a column, only places
tell. Page breaks fall where a page is full, inside titles, between two sums, inside a status.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from tests.truth import Edition
from tests.typeset.reportlab_ import fonts
from tests.typeset.style import Piece, Style, flow

Word = tuple[str, str]
"""A word and the font that it is set in."""

_NOTE = "\0"
"""Begins a word that is no word but a footnote, whose mark is glued to the word before it."""
_MARK_WIDTH = 0.4


class _Page:
    """Where the next line goes; starts pages when one is full."""

    def __init__(self, canvas: Any, edition: Edition, style: Style) -> None:
        self.canvas, self.edition, self.style = canvas, edition, style
        self.regular, self.bold = fonts(style)
        self.number = 0
        self.notes: list[str] = []
        self.count = 0
        self.start()

    def start(self) -> None:
        self.finish()
        self.number += 1
        width, height = self.style.paper
        if self.style.header:
            self.draw(
                [(word, self.regular) for word in self.edition.header.split()], 7, height - 36
            )
        if self.style.page_numbers:
            self.canvas.setFont(self.regular, 8)
            number = self.style.numbered(self.number)
            self.canvas.drawRightString(width - self.style.margins[1], 28, number)
        if self.style.footer:
            self.draw([(word, self.regular) for word in self.edition.title.split()], 8, 28)
        self.y = height - self.style.margins[2]

    def finish(self) -> None:
        """Print the page's footnotes, one line each, below its text, and end it."""
        small = self.style.size * 0.75
        for place, note in enumerate(self.notes):
            mark = str(self.count - len(self.notes) + place + 1)
            y = self.style.margins[3] - (place + 2) * small * 1.3
            self.canvas.setFont(self.regular, small * 0.7)
            self.canvas.drawString(self.style.margins[0], y + small * 0.35, mark)
            self.draw([(word, self.regular) for word in note.split()], small, y, x=small)
        self.notes = []
        if self.number:
            self.canvas.showPage()

    def room_for_note(self) -> bool:
        """Whether another footnote fits between the text and the page's number."""
        lines = len(self.notes) + 3
        return self.style.margins[3] - lines * self.style.size > 28

    def draw(
        self, words: list[Word], size: float, y: float, *, x: float = 0, wide: float = 0
    ) -> None:
        """Draw words on one line, spread to ``wide`` where it is given."""
        plain = [word for word in words if not word[0].startswith(_NOTE)]
        advance = [self.length(word, font, size) for word, font in words]
        gap = size * 0.28
        if wide and len(plain) > 1:
            gap = (wide - sum(advance)) / (len(plain) - 1)
        x += self.style.margins[0]
        for (word, font), length in zip(words, advance, strict=True):
            if word.startswith(_NOTE):
                self.mark(word.removeprefix(_NOTE), x - gap, y, size)
                x += length
                continue
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, y, word)
            x += length + gap

    def length(self, word: str, font: str, size: float) -> float:
        """Width of a word, or of a footnote's mark."""
        if word.startswith(_NOTE):
            return _MARK_WIDTH * size
        width = self.canvas.stringWidth(word, font, size)
        assert isinstance(width, float)
        return width

    def mark(self, note: str, x: float, y: float, size: float) -> None:
        """Draw a footnote's mark, raised and glued to the word before it."""
        self.count += 1
        self.notes.append(note)
        self.canvas.setFont(self.regular, size * 0.6)
        self.canvas.drawString(x, y + size * 0.35, str(self.count))

    def wide(self, words: list[Word], size: float) -> float:
        """Width of words on one line."""
        gaps = size * 0.28 * (len(words) - 1)
        return gaps + sum(self.length(word, font, size) for word, font in words)

    def block(
        self, words: list[Word], size: float, *, indent: float = 0, ragged: bool = False
    ) -> None:
        """Set words as a block ``indent`` from the left margin; ``ragged`` never justifies."""
        room = self.style.measure - indent
        lines = list(self.broken(words, size, room))
        for index, line in enumerate(lines):
            if self.y < self.style.margins[3]:
                self.start()
            full = self.style.justified and not ragged and index < len(lines) - 1
            self.draw(line, size, self.y, x=indent, wide=room if full else 0)
            self.y -= size * 1.3
        self.y -= size * 0.4

    def broken(self, words: list[Word], size: float, room: float) -> Iterator[list[Word]]:
        line: list[Word] = []
        used = 0.0
        for word, font in words:
            length = self.length(word, font, size)
            note = word.startswith(_NOTE)
            if line and not note and used + size * 0.28 + length > room:
                yield line
                line, used = [], 0.0
            used += length + (size * 0.28 if line and not note else 0)
            line.append((word, font))
        yield line


def _set(page: _Page, piece: Piece) -> None:
    style, size = page.style, page.style.size
    heading = page.bold if style.heading_bold else page.regular
    label_font = page.bold if style.labels_bold else page.regular

    def words(text: str, font: str) -> list[Word]:
        return [(word, font) for word in text.split()]

    note: list[Word] = []
    if piece.note and page.room_for_note():
        note = [(_NOTE + piece.note, page.regular)]

    if piece.kind in {"project", "action"}:
        factor = style.scale[0 if piece.kind == "project" else 1]
        page.y -= size
        title = words(piece.lead + piece.text, heading) + note
        page.block(title, size * factor, ragged=True)
    elif piece.kind == "labelled":
        for index, (label, values) in enumerate(piece.rows):
            marked = words(label, label_font) + ([] if index else note)
            page.block(marked + words(values[0], page.regular), size)
            for value in values[1:]:
                page.block(words(value, page.regular), size)
    elif piece.kind == "places":
        _places(page, piece, label_font)
    elif piece.kind in {"bullet", "dash"}:
        mark = "•" if piece.kind == "bullet" else "-"
        if page.y < style.margins[3]:
            page.start()
        page.draw([(mark, page.regular)], size, page.y, x=size)
        page.block(words(piece.text, page.regular), size, indent=size * 2.2)
    elif piece.kind != "picture":
        page.block(words(piece.text, page.regular), size, indent=piece.level * size)


def _places(page: _Page, piece: Piece, label_font: str) -> None:
    style, size = page.style, page.style.size
    heading, *cells = piece.texts
    lines = [[(word, page.regular) for word in cell.split()] for cell in cells]
    widest = max(page.wide(line, size) for line in lines)
    # No cell may run into the next one, which nobody could read.
    fit = max(1, int(style.measure // (widest + size)))
    columns = min(style.address_columns, fit)
    rows = -(-len(cells) // columns)
    if page.y - (rows + 2) * size * 1.7 < style.margins[3]:
        page.start()
    page.block([(word, label_font) for word in heading.split()], size)
    top = page.y
    for index, line in enumerate(lines):
        column, row = divmod(index, rows)
        x = column * style.measure / columns
        page.draw(line, size, top - row * size * 1.7, x=x)
    page.y = top - rows * size * 1.7


def pdf(edition: Edition, style: Style) -> bytes:
    """Draw an edition; of the style, width, fonts, sizes, weights, justification and furniture."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=style.paper, invariant=1)
    page = _Page(canvas, edition, style)
    for index, piece in enumerate(flow(edition, style)):
        if piece.kind == "project" and index and style.page_a_project:
            page.start()
        _set(page, piece)
    page.finish()
    canvas.save()
    return buffer.getvalue()
