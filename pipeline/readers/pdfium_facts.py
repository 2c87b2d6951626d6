"""What PDFium tells of a page: its characters, what was drawn in one go, its fonts and places.

All of it is asked for at once; nothing here outlives the page but plain values.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import pypdfium2_raw as raw

from parsers.lines import Box, PageSize
from pipeline.readers import pdfium_api as api
from pipeline.readers.drawings import drawings, points
from pipeline.readers.matrices import Matrix, inverse, moved, product
from pipeline.readers.page import FEW_CHARACTERS, heights, is_bold

_STRETCH = re.compile(r"[^\r\n]+")
# PDFium's signs for a hyphen at a line's end, where it swallows the line break.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": "\ufffd"})
_ODD = re.compile("[\x00\x02\ufffe]")
_MADE_UP = re.compile("[\x02\ufffe]")
_FIGURES = re.compile(r"\d+")
_START = re.Match.start
# A figure glued to a word, or a note's number before its first word.
_MARK = re.compile(
    r"(?<=[^\W\d_]|[:.;,)\]”»’])\d{1,2}(?![\d.,/])|(?<![^\r\n])\d{1,2}(?=[^\W\d_]| |$)"
)
# In ems above the baseline.
_HIGH = 0.22
_FILL_AND_STROKE = 2
# A page with so many characters has text, whatever shapes it has.
_SURELY_TEXT = 4 * FEW_CHARACTERS
# In points: text that is further from where its object starts than this.
_OFF = 0.5
# In degrees; text further off is at an odd angle.
_ASKEW = 3

Font = tuple[bool, float, float]
"""Whether it is bold; ascent and descent in ems."""

Fonts = dict[tuple[int, int], Font]
"""Those of a document met so far, by PDFium's handle and the way they are drawn."""

Edges = tuple[float, float, float, float]
"""Left, bottom, right and top in page space, y upwards."""


class Piece(NamedTuple):
    """What was drawn in one go, one after the other, on one baseline.

    Attributes:
        start, end: places of its characters.
        size: of the font, as displayed.
        turns: quarters that it is turned by, counter-clockwise; None at an odd angle.
        x, y: where its baseline starts, in page space.
        font: see :data:`Font`.
        raised: whether it is a figure set higher than the text.
    """

    start: int
    end: int
    size: float
    turns: int | None
    x: float
    y: float
    font: Font
    raised: bool


@dataclass(slots=True)
class Facts:
    """A page as PDFium tells of it.

    Attributes:
        shown: the part that is displayed, in page space.
        rotation: quarters that the page is turned by, clockwise.
        text: all characters; "\ufffd" for those whose font does not say what they are.
        hyphens: places of hyphens that break a word.
        boxes: left, top, right and bottom of each character in page space, flat.
        pieces: in the order drawn.
        pictures, dots, rules: as displayed; see :class:`pipeline.readers.page.Page`.
        links: address and place of each, in page space.
        points: corners of the shapes drawn; 0 where the page surely has text.
    """

    shown: Edges
    rotation: int
    text: str
    hyphens: set[int]
    boxes: array[float]
    pieces: list[Piece]
    pictures: list[Box]
    dots: list[Box]
    rules: list[Box]
    links: list[tuple[str, Edges]]
    points: int

    @property
    def size(self) -> PageSize:
        """Of the page as displayed."""
        x0, y0, x1, y1 = self.shown
        return PageSize(y1 - y0, x1 - x0) if self.rotation % 2 else PageSize(x1 - x0, y1 - y0)

    def placed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Put a rectangle of page space where the page as displayed has it."""
        x0, y0, x1, y1 = self.shown
        if self.rotation == 0:
            return Box(left - x0, y1 - top, right - x0, y1 - bottom)
        if self.rotation == 1:
            return Box(bottom - y0, left - x0, top - y0, right - x0)
        if self.rotation == 2:
            return Box(x1 - right, bottom - y0, x1 - left, top - y0)
        return Box(y1 - top, x1 - right, y1 - bottom, x1 - left)


def facts(page: ctypes.c_void_p, textpage: ctypes.c_void_p, fonts: Fonts) -> Facts:
    """Ask PDFium all that a page is made of, but for its links.

    Args:
        page: open.
        textpage: its text, open.
        fonts: of this document; new ones are added.
    """
    shown = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, shown)
    edges = (shown.left, shown.bottom, shown.right, shown.top)
    rotation = raw.FPDFPage_GetRotation(page)
    told = Facts(edges, rotation, "", set(), array("f"), [], [], [], [], [], 0)
    count = raw.FPDFText_CountChars(textpage)
    if count > 0:
        _Asking(textpage, told, fonts).ask(count)
    told.pictures, told.dots, told.rules = drawings(page, told.placed, told.size)
    left, bottom, right, top = edges
    inside = sum(
        piece.end - piece.start
        for piece in told.pieces
        if left < piece.x < right and bottom < piece.y < top
    )
    if inside < _SURELY_TEXT:
        told.points = points(page)
    return told


class _Asking:
    """The questions about a page's text."""

    def __init__(self, textpage: ctypes.c_void_p, told: Facts, fonts: Fonts) -> None:
        self.opened = textpage
        self.textpage = api.handle(ctypes.cast(textpage, ctypes.c_void_p).value)
        self.told = told
        self.fonts = fonts

    def ask(self, count: int) -> None:
        told, textpage = self.told, self.textpage
        text = api.characters(textpage, count)
        if _ODD.search(text):
            told.hyphens = {found.start() for found in _MADE_UP.finditer(text)}
            text = text.translate(_HYPHENS)
        # Where a mark may begin.
        self.figures = [at for at in map(_START, _FIGURES.finditer(text)) if text[at - 1] != " "]
        if unmapped := api.unmapped(textpage, text):
            # PDFium makes a character up from the glyph's number, which reads as damaged prose.
            units = list(text)
            for at in unmapped:
                units[at] = "\ufffd"
            text = "".join(units)
        told.text = text
        told.boxes = api.boxes(textpage, count)
        tilt = 90 * told.rotation
        for start, end, address, raised in self._pieces(text):
            if text[start].isspace() and text[start:end].isspace():
                continue
            a, b, c, d, e, f = matrix = api.matrix(textpage, start)
            angle = math.degrees(math.atan2(b, a)) - tilt if b or tilt or a < 0 else 0.0
            turns = round(angle / 90) if angle else 0
            size = api.font_size(textpage, start)
            x, y = api.origin(textpage, start)
            if (abs(x - e) > _OFF or abs(y - f) > _OFF) and self._put_on_page(
                start, end, address, matrix, x, y
            ):
                x, y = e, f
            font = self._font(address)
            if abs(angle - 90 * turns) > _ASKEW:
                told.pieces.append(Piece(start, end, size, None, x, y, font, raised))
                continue
            size *= math.hypot(c, d)
            if size <= 0:
                size = 1.0
            told.pieces.append(Piece(start, end, size, turns, x, y, font, raised))

    def _put_on_page(
        self, start: int, end: int, address: int, matrix: Matrix, x: float, y: float
    ) -> bool:
        """Move characters that PDFium leaves where the form they are drawn in has them.

        It does so with text that the file gives in other words (ActualText: capitals for small
        ones, a word for its hyphenated halves). Pages put on a sheet, or under a stamp, are forms.

        Args:
            start: of the characters.
            end: behind them.
            address: of their text object.
            matrix: of the object in page space.
            x: where they start, as PDFium has it.
            y: likewise.

        Returns:
            Whether they were moved.
        """
        own = api.own_matrix(api.handle(address))
        back = inverse(own)
        if abs(x - own[4]) > _OFF or abs(y - own[5]) > _OFF or back is None:
            return False
        boxes, onto = self.told.boxes, product(back, matrix)
        for at in range(4 * start, 4 * end, 4):
            left, top, right, bottom = boxes[at : at + 4]
            left, bottom, right, top = moved((left, bottom, right, top), onto)
            boxes[at : at + 4] = array("f", (left, top, right, bottom))
        return True

    def _pieces(self, text: str) -> Iterator[tuple[int, int, int, bool]]:
        """Cut what was drawn in one go around superscripts that are glyphs of the same font.

        Fonts have small figures of their own for footnote marks: same size, same baseline.
        """
        for start, end, address in self._drawn(text):
            place = bisect_left(self.figures, start)
            if place == len(self.figures) or self.figures[place] >= end:
                yield start, end, address, False
                continue
            at = start
            for low, high in note_marks(text, start, end):
                if not self._is_high(low):
                    continue
                if low > at:
                    yield at, low, address, False
                yield low, high, address, True
                at = high
            if at < end:
                yield at, end, address, False

    def _is_high(self, at: int) -> bool:
        """Whether a character's drawn shape stands well above its baseline."""
        edges = [ctypes.c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(self.opened, at, *edges)
        bottom, top = edges[2].value, edges[3].value
        _, y = api.origin(self.textpage, at)
        a, b, _, d, _, _ = api.matrix(self.textpage, at)
        if abs(b) > 0.05 * abs(a):
            return False
        size = api.font_size(self.textpage, at) * abs(d)
        return bottom - y > _HIGH * size and top > bottom

    def _drawn(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Give start, end and text object of what was drawn in one go."""
        textpage = self.textpage
        for stretch in _STRETCH.finditer(text):
            start, end = stretch.span()
            first = api.text_object(textpage, start)
            if first is not None and first == api.text_object(textpage, end - 1):
                yield start, end, first
                continue
            for address, group in groupby(api.objects(textpage, start, end)):
                at, start = start, start + len(list(group))
                if address is not None:
                    yield at, start, address

    def _font(self, address: int) -> Font:
        thing = api.handle(address)
        font = api.object_font(thing)
        mode = api.render_mode(thing)
        known = self.fonts.get((font or 0, mode))
        if known is None:
            known = self.fonts[(font or 0, mode)] = _font(font, mode)
        return known


def note_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give start and end of the figures in a stretch of a page's text that may be notes' marks."""
    return map(re.Match.span, _MARK.finditer(text, start, end))


def _font(address: int | None, mode: int) -> Font:
    stroked = mode == _FILL_AND_STROKE
    if address is None:
        return (stroked, *heights(0, 0))
    font = ctypes.cast(address, raw.FPDF_FONT)
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    raw.FPDFFont_GetAscent(font, 1000.0, ascent)
    raw.FPDFFont_GetDescent(font, 1000.0, descent)
    bold = stroked or is_bold(buffer.value.decode("latin-1"))
    return (bold, *heights(ascent.value / 1000, descent.value / 1000))
