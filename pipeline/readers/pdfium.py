"""The default reader of PDFs: PDFium, through its plain functions."""

from __future__ import annotations

import ctypes
import math
import os
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import compress
from operator import eq
from pathlib import Path

import pypdfium2_raw as raw

from parsers.errors import SourceError
from parsers.lines import Box, Document, LinkAnnotation, PageSize
from pipeline.readers import layout
from pipeline.readers import pdfium_api as api
from pipeline.readers.drawings import drawings, points
from pipeline.readers.page import Page, heights, is_bold, is_shown, outlined
from pipeline.readers.pdfium_edges import Edges, paired, share, without_false_spaces
from pipeline.readers.pictured import Reads
from pipeline.readers.strips import LIGATURE, Strip, expand
from pipeline.readers.swapped import SWAPPED, unswapped

NAME = "pdfium"
MEDIA_TYPE = "application/pdf"

_NEEDS_PASSWORD = 4
_STRETCH = re.compile(r"[^\r\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
# PDFium's signs for a hyphen at a line's end, where it swallows the line break.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": "\ufffd"})
_RARE = re.compile(f"[\ud800-\udfff]|{SWAPPED.pattern}|{LIGATURE.pattern}")
_DIGIT = re.compile(r"\d")
_ODD = re.compile("[\x00\x02\ufffe]")
_MADE_UP = re.compile("[\x02\ufffe]")
# A figure glued to a word, or a note's number before its first word.
_MARK = re.compile(r"(?<=[^\W\d_]|[:.;,)\]”»’])\d{1,2}(?![\d.,/])|(?<![^\r\n])\d{1,2}(?=[^\W\d_])")
# In ems above the baseline.
_HIGH = 0.22
_FILL_AND_STROKE = 2


def read(
    path: Path,
    *,
    password: str | None,
    pairs: Callable[[str], bool],
    reads: Reads | None = None,
) -> Document:
    """Read a PDF with a text layer.

    Args:
        path: the file.
        password: what opens a locked file; an owner's password is not needed to read.
        pairs: whether a text begins with a label, so that what stands right of it is its value.
        reads: what reads pages that are pictures of text, if they are to be read.

    Raises:
        SourceError: the file is no PDF, damaged, locked or without pages.
    """
    document = open_document(path, password)
    try:
        count = raw.FPDF_GetPageCount(document)
        if count < 1:
            raise SourceError("the PDF has no pages: export it again", source=path.name)
        drawn = pages(document, count)
        return layout.document(drawn, count, pairs, reader=NAME, media_type=MEDIA_TYPE, reads=reads)
    finally:
        raw.FPDF_CloseDocument(document)


def open_document(path: Path, password: str | None) -> ctypes.c_void_p:
    """Open a PDF; the caller closes it.

    Raises:
        SourceError: the file is no PDF, damaged or locked.
    """
    api.start()
    keys: list[bytes | None] = [None]
    if password is not None:
        keys += [password.encode("utf-8"), password.encode("latin-1", "replace")]
    for key in keys:
        document = raw.FPDF_LoadDocument(os.fsencode(path), key)
        if document:
            opened: ctypes.c_void_p = document
            return opened
        error = raw.FPDF_GetLastError()
        if error != _NEEDS_PASSWORD:
            raise SourceError("the PDF is damaged: export or download it again", source=path.name)
    if password is None:
        raise SourceError("the PDF is locked: give its password with --password", source=path.name)
    raise SourceError("the PDF is locked and the password is wrong", source=path.name)


def pages(document: ctypes.c_void_p, count: int) -> Iterator[Page]:
    """Give what is drawn on the first pages of an open PDF, each let go before the next."""
    fonts: dict[tuple[int, int], tuple[bool, float, float]] = {}
    for index in range(count):
        page = raw.FPDF_LoadPage(document, index)
        if not page:
            yield Page(index + 1, PageSize(0.0, 0.0), problem="the page is damaged")
            continue
        reading = _Reading(document, page, index + 1, fonts)
        if raw.FPDFPage_GetAnnotCount(page):
            from pipeline.readers.pdfium_forms import flattened

            if flattened(document, page):
                raw.FPDF_ClosePage(page)
                page = raw.FPDF_LoadPage(document, index)
        textpage = raw.FPDFText_LoadPage(page)
        try:
            reading.read(page, textpage)
            yield reading.page
        finally:
            raw.FPDFText_ClosePage(textpage)
            raw.FPDF_ClosePage(page)


class _Reading:
    """One page while it is open."""

    def __init__(
        self,
        document: ctypes.c_void_p,
        page: ctypes.c_void_p,
        number: int,
        fonts: dict[tuple[int, int], tuple[bool, float, float]],
    ) -> None:
        self.hyphens: set[int] = set()
        self.fonts = fonts
        shown = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, shown)
        self.rotation = raw.FPDFPage_GetRotation(page)
        self.shown = (shown.left, shown.bottom, shown.right, shown.top)
        width, height = shown.right - shown.left, shown.top - shown.bottom
        size = PageSize(height, width) if self.rotation % 2 else PageSize(width, height)
        self.page = Page(number, size)
        self.page.links = list(self._links(document, page))

    def read(self, page: ctypes.c_void_p, textpage: ctypes.c_void_p) -> None:
        """Read what is drawn on the page."""
        self.textpage = textpage
        self.text_handle = ctypes.cast(textpage, api.Handle)
        self._strips(max(raw.FPDFText_CountChars(textpage), 0))
        self.page.pictures, self.page.rules = drawings(page, self.placed, self.page.size)
        self.page.shapes = outlined(self.page, lambda: points(page))

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

    def _strips(self, count: int) -> None:
        if not count:
            return
        text = api.characters(self.text_handle, count)
        if _ODD.search(text):
            self.hyphens = {found.start() for found in _MADE_UP.finditer(text)}
            text = text.translate(_HYPHENS)
        self.digits = [digit.start() for digit in _DIGIT.finditer(text)]
        self.rare = _RARE.search(text) is not None
        if unmapped := api.unmapped(self.text_handle, text):
            # PDFium makes a character up from the glyph's number, which reads as damaged prose.
            units = list(text)
            for at in unmapped:
                units[at] = "\ufffd"
            text = "".join(units)
        flat = api.boxes(self.text_handle, count)
        edges = [Edges(flat, self.shown, turns) for turns in range(4)]
        turned: dict[int, list[Strip]] = {}
        for start, end, address, raised in self._pieces(text):
            a, b, c, d = api.matrix(self.text_handle, start)
            angle = math.degrees(math.atan2(b, a)) - 90 * self.rotation
            turns = round(angle / 90)
            if abs(angle - 90 * turns) > 3:
                self._askew(text, flat, start, end)
                continue
            size = api.font_size(self.text_handle, start) * math.hypot(c, d)
            if size <= 0:
                size = 1.0
            # Turns run counter-clockwise in PDF, and clockwise in a page's rotation.
            along = (turns + self.rotation) % 4
            strip = self._strip(text, edges[along], start, end, address, size)
            if strip is None:
                continue
            strip.raised = raised
            back = -turns % 4
            if back == 0:
                if is_shown(strip, self.page.size):
                    self.page.strips.append(strip)
                else:
                    self.page.outside.append(strip.text)
            else:
                turned.setdefault(back, []).append(strip)
        self.page.turned += sorted(turned.items())

    def _pieces(self, text: str) -> Iterator[tuple[int, int, int, bool]]:
        """Cut what was drawn in one go around superscripts that are glyphs of the same font.

        Fonts have small figures of their own for footnote marks: same size, same baseline.
        """
        for start, end, address in self._drawn(text):
            place = bisect_left(self.digits, start)
            if place == len(self.digits) or self.digits[place] >= end:
                yield start, end, address, False
                continue
            at = start
            for mark in _MARK.finditer(text, start, end):
                if not self._is_high(mark.start()):
                    continue
                if mark.start() > at:
                    yield at, mark.start(), address, False
                yield mark.start(), mark.end(), address, True
                at = mark.end()
            if at < end:
                yield at, end, address, False

    def _is_high(self, at: int) -> bool:
        """Whether a character's drawn shape stands well above its baseline."""
        edges = [ctypes.c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(self.textpage, at, *edges)
        bottom, top = edges[2].value, edges[3].value
        _, y = api.origin(self.text_handle, at)
        a, b, _, d = api.matrix(self.text_handle, at)
        if abs(b) > 0.05 * abs(a):
            return False
        size = api.font_size(self.text_handle, at) * abs(d)
        return bottom - y > _HIGH * size and top > bottom

    def _drawn(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Give start, end and text object of what was drawn in one go."""
        for stretch in _STRETCH.finditer(text):
            start, end = stretch.span()
            first = api.text_object(self.text_handle, start)
            if first is not None and first == api.text_object(self.text_handle, end - 1):
                yield start, end, first
                continue
            addresses = api.objects(self.text_handle, start, end)
            at = start
            for place in range(start + 1, end + 1):
                if place == end or addresses[place - start] != addresses[at - start]:
                    address = addresses[at - start]
                    if address is not None:
                        yield at, place, address
                    at = place

    def _strip(
        self, text: str, edges: Edges, start: int, end: int, address: int, size: float
    ) -> Strip | None:
        chars = text[start:end]
        visible = chars.strip()
        if not visible:
            return None
        lefts, rights = edges.lefts[start:end], edges.rights[start:end]
        if end - 1 in self.hyphens and len(chars) > 1:
            # Its box is that of the bare glyph, away from the word it breaks.
            lefts[-1] = rights[-2]
        made_up = []
        at = chars.find(" ")
        while at >= 0:
            if lefts[at] == rights[at] and 0 < at < end - start - 1:
                lefts[at], rights[at] = rights[at - 1], lefts[at + 1]
                made_up.append(at)
            at = chars.find(" ", at + 1)
        if made_up:
            chars, lefts, rights = without_false_spaces(chars, lefts, rights, made_up)
        twins = list(compress(range(1, len(chars)), map(eq, lefts[1:], lefts)))
        if twins:
            share(lefts, rights, twins)
        if self.rare:
            if SWAPPED.search(chars):
                chars, lefts, rights = unswapped(chars, lefts, rights, size)
            if _SURROGATE.search(chars):
                chars, lefts, rights = paired(chars, lefts, rights)
            if LIGATURE.search(chars):
                chars, lefts, rights = expand(chars, lefts, rights)
        lead = len(chars) - len(chars.lstrip())
        trail = len(chars.rstrip()) - 1
        bold, ascent, descent = self._font(address)
        x, y = api.origin(self.text_handle, start)
        return Strip(
            chars,
            lefts,
            rights,
            lefts[lead],
            rights[trail],
            edges.base(x, y),
            size,
            bold,
            ascent * size,
            descent * size,
        )

    def _font(self, address: int) -> tuple[bool, float, float]:
        thing = api.Handle(address)
        font = api.object_font(thing)
        mode = api.render_mode(thing)
        known = self.fonts.get((font or 0, mode))
        if known is None:
            known = self.fonts[(font or 0, mode)] = _font(font, mode)
        return known

    def _askew(self, text: str, flat: array[float], start: int, end: int) -> None:
        """Take text at an odd angle as one line in the box of its characters."""
        chars = text[start:end]
        if not chars.strip():
            return
        left, right = min(flat[4 * start : 4 * end : 4]), max(flat[4 * start + 2 : 4 * end : 4])
        tops, bottoms = flat[4 * start + 1 : 4 * end : 4], flat[4 * start + 3 : 4 * end : 4]
        box = self.placed(left, min(bottoms), right, max(tops))
        size = api.font_size(self.text_handle, start)
        count = len(chars)
        strip = Strip(
            chars,
            array("f", [box.x0]) * count,
            array("f", [box.x1]) * count,
            box.x0,
            box.x1,
            box.bottom,
            size,
            False,
            box.bottom - box.top,
            0.0,
        )
        self.page.turned.append((None, [strip]))

    def _links(self, document: ctypes.c_void_p, page: ctypes.c_void_p) -> Iterator[LinkAnnotation]:
        place = ctypes.c_int(0)
        link = raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, place, link):
            action = raw.FPDFLink_GetAction(link)
            if not action:
                continue
            length = raw.FPDFAction_GetURIPath(document, action, None, 0)
            if length <= 1:
                continue
            buffer = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(document, action, buffer, length)
            rect = raw.FS_RECTF()
            raw.FPDFLink_GetAnnotRect(link, rect)
            url = buffer.value.decode("utf-8", "replace")
            box = self.placed(rect.left, rect.bottom, rect.right, rect.top)
            yield LinkAnnotation(self.page.number, url, box)


def _font(address: int | None, mode: int) -> tuple[bool, float, float]:
    """Give whether a font is bold, and its ascent and descent in ems."""
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
