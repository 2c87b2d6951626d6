"""The lines of a Word file while they are made: stretches of text with their look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.lines import Line, Note
from pipeline.readers.docx_styles import Look
from pipeline.readers.grids import bare_label
from pipeline.readers.headed import headed
from pipeline.readers.unsafe import cleaned, tabs

# A sign is at most so many times as large as its line's text, and at least so many.
_SIGN_LARGEST = 2.5
_SIGN_SMALLEST = 0.5

_CHANGED = (
    "the line holds a change that nobody has accepted: what was put in is read, what was struck "
    "out is not"
)
_HIDDEN = "the file holds hidden text here; it is in no table"
_LINKED = "the text links to an address that it does not print"


class Stretch(NamedTuple):
    """Text of one look."""

    text: str
    look: Look


@dataclass(slots=True)
class Row:
    """One line: a paragraph, or a part of it between line breaks.

    Attributes:
        begins: whether it begins the paragraph.
        stretches: its text.
        cell: (table, row, column), see :class:`parsers.lines.Line`.
        role: as there.
        signs: width and height, in points, of the pictures in it.
        links: addresses that it links to.
        hidden: what is there and not shown.
        unread: things in it that may hold text and are not read.
        changed: whether a change in it is tracked.
        contents: whether a field of a table of contents made all of its text.
    """

    begins: bool
    stretches: list[Stretch] = field(default_factory=list)
    cell: tuple[int, int, int] | None = None
    role: str | None = None
    signs: list[tuple[float, float]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    hidden: str = ""
    unread: list[str] = field(default_factory=list)
    changed: bool = False
    contents: bool | None = None

    @property
    def text(self) -> str:
        """All of its characters."""
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def blank(self) -> bool:
        """Whether nothing visible is in it."""
        return not any(stretch.text.strip() for stretch in self.stretches)

    def line(self, number: int) -> tuple[Line, bool]:
        """The line that it makes, and whether it held control or bidi characters."""
        text, unsafe = "", False
        sizes: Counter[float] = Counter()
        bold, lead = True, 0
        raised: list[tuple[int, int]] = []
        tabbed: list[int] = []
        for stretch in self.stretches:
            clean, bad = cleaned(stretch.text)
            unsafe = unsafe or bad
            start, text = len(text), text + clean
            tabbed += [start + at for at in tabs(stretch.text)]
            visible = len(clean.strip())
            sizes[stretch.look.size] += visible
            if stretch.look.raised and visible:
                raised.append((start, len(text)))
            bold = bold and (stretch.look.bold or not visible)
            if bold:
                lead = len(text)
        size = sizes.most_common(1)[0][0] if sizes else None
        line = Line(
            number,
            None,
            text,
            size=size,
            bold=bold and bool(text.strip()),
            bold_lead=len(text[:lead].rstrip()),
            cell=self.cell,
            picture=any(_is_sign(*sign, size) for sign in self.signs) and not self.blank,
            superscripts=tuple(raised),
            begins=self.begins,
            role=self.role,
            tabs=tuple(tabbed),
        )
        return line, unsafe

    def notes(self, number: int) -> list[Note]:
        """What is to be told of the line."""
        own = " ".join(self.text.split())
        found = []
        if self.changed:
            found.append(Note("tracked_change", number, _CHANGED, own))
        if self.hidden.strip():
            found.append(Note("hidden_text", number, _HIDDEN, self.hidden))
        found += [
            Note("object_unread", number, f"{what} is not read; look at the file", own)
            for what in self.unread
        ]
        printed = own.replace(" ", "")
        for link in dict.fromkeys(self.links):
            bare = link.rstrip("/").removeprefix("https://").removeprefix("http://")
            bare = bare.removeprefix("mailto:")
            if bare and bare not in printed and self.role is None:
                found.append(Note("link_not_printed", number, _LINKED, link))
        return found


def _is_sign(width: float, height: float, size: float | None) -> bool:
    """Whether a picture has the size of a sign in its line, such as a map pin."""
    if size is None:
        return False
    return _SIGN_SMALLEST * size <= height <= _SIGN_LARGEST * size >= width


def in_order(
    cells: dict[tuple[int, int], list[Row]],
    table: int,
    pairs: Callable[[str], bool],
    *,
    bordered: bool,
) -> list[Row]:
    """The rows of a table in reading order, with their ``cell``.

    A table whose lines are drawn, and one of labels and values, is read row by row; a list that a
    table without lines sets in columns, column by column. One column alone is text in a frame.

    Args:
        cells: the rows of each cell, by row and column.
        table: its number in the file.
        pairs: whether a text is a label or a code, whose value or title is in the next cell.
        bordered: whether its lines are drawn.
    """
    shown = {at: rows for at, rows in cells.items() if any(not row.blank for row in rows)}
    columns = {column for _, column in shown}
    labels = [rows for (_, column), rows in shown.items() if column == min(columns)]
    by_row = bordered or any(bare_label(_text(rows), pairs) for rows in labels)
    texts = {at: _text(rows) for at, rows in shown.items()}
    if len(columns) > 1 and (places := headed(texts, pairs)):
        shown = {places[at]: rows for at, rows in shown.items()}
    found: list[Row] = []
    for at in sorted(shown, key=None if by_row else lambda at: (at[1], at[0])):
        for row in shown[at]:
            if len(columns) > 1 and row.cell is None:
                row.cell = (table, *at)
            found.append(row)
    return found


def _text(rows: Sequence[Row]) -> str:
    return " ".join(" ".join(row.text.split()) for row in rows).strip()
