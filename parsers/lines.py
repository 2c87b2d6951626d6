"""The line, the unit that every reader gives and every rule takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in PDF points from the top left of the page as displayed."""

    x0: float
    top: float
    x1: float
    bottom: float


class Line(NamedTuple):
    """One printed line (or one cell of a line, where columns share a baseline).

    Attributes:
        number: 1-based over the edition, in reading order.
        page: 1-based; None where the source has no pages.
        text: the line as read, spaces and all; control characters are spaces, bidi controls gone.
        box: its rectangle; None where the source has no geometry (so are all below).
        size: the size of most of its characters, in points.
        bold: whether every visible character is bold.
        bold_lead: how many of its first characters are bold (a bold label before a plain value).
        lefts, rights: left and right edge of each character of ``text``, in points.
        room: right edge of the column, cell or text block that the line is set in.
        cell: (table, row, column) of a line in a grid of cells, bordered or not; else None.
        picture: whether a small picture (a map pin) stands beside it on its baseline.
        confidences: 0 to 1 for each character of a line read by OCR, else None.
        superscripts: (start, end) of raised small characters, such as a footnote's mark.
        begins: whether it begins a paragraph of the source, where the source has paragraphs (a
            Word file): False behind a line break inside one; None where it has none (a PDF).
        role: of ``lines.role``, where the source itself says what the line is.
        tabs: places of the spaces of ``text`` that are tabs in the source.
    """

    number: int
    page: int | None
    text: str
    box: Box | None = None
    size: float | None = None
    bold: bool | None = None
    bold_lead: int = 0
    lefts: Sequence[float] | None = None
    rights: Sequence[float] | None = None
    room: float | None = None
    cell: tuple[int, int, int] | None = None
    picture: bool = False
    confidences: Sequence[float] | None = None
    superscripts: tuple[tuple[int, int], ...] = ()
    begins: bool | None = None
    role: str | None = None
    tabs: tuple[int, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing visible is on the line."""
        return not self.text.strip()


class LinkAnnotation(NamedTuple):
    """A link of the PDF itself, printed or not."""

    page: int
    url: str
    box: Box


class Note(NamedTuple):
    """What a reader has to tell of a line: a finding of ``rule``, which quotes ``text``."""

    rule: str
    line: int
    message: str
    text: str


class PageSize(NamedTuple):
    """Width and height of a page as displayed, in points."""

    width: float
    height: float


@dataclass(slots=True)
class Document:
    """What a reader gives: the lines of a source in reading order, and what stands around them.

    Attributes:
        lines: every line, blank ones included.
        pages: number of pages, None for a Word file and for a text without form feeds.
        reader: name of the reader, as published in ``editions.reader``.
        media_type: of the source, e.g. ``application/pdf``.
        sizes: one per page of a PDF, else empty.
        links: link annotations in page order.
        unsafe: numbers of the lines from which control or bidi characters were taken.
        unread: (page, reason) of pages that hold a picture of text and were not read.
        pictured: pages whose picture of text was read by OCR.
        outside: (page, text) of what is drawn wholly outside the page as displayed.
        notes: what else is to be told of the source, line by line.
        turns: of a page displayed with its text on its side, the quarter turns clockwise; its
            size, and the boxes and edges of its lines and links, are those of the page upright.
        skews: of a page whose picture of text lies askew, the degrees clockwise; the boxes and
            edges of its lines are those of the picture straightened about the page's middle.
        folds: of a page that is a sheet with two pages side by side, the x between the two.
    """

    lines: list[Line]
    pages: int | None
    reader: str
    media_type: str
    sizes: list[PageSize] = field(default_factory=list)
    links: list[LinkAnnotation] = field(default_factory=list)
    unsafe: set[int] = field(default_factory=set)
    unread: list[tuple[int, str]] = field(default_factory=list)
    pictured: set[int] = field(default_factory=set)
    outside: list[tuple[int, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    turns: dict[int, int] = field(default_factory=dict)
    skews: dict[int, float] = field(default_factory=dict)
    folds: dict[int, float] = field(default_factory=dict)
