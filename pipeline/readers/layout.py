"""Fragments to lines in reading order, with all that a line knows of its place."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from parsers.lines import Box, Document, Line, Note, PageSize
from pipeline.readers.bands import Heads
from pipeline.readers.capitals import settle_capitals
from pipeline.readers.displayed import turned_box
from pipeline.readers.dots import bullets
from pipeline.readers.gutters import Gutter, measure, usual
from pipeline.readers.order import PageOrder
from pipeline.readers.page import Page, text_upright
from pipeline.readers.pictured import Reads, missing, pictured
from pipeline.readers.rules import walls
from pipeline.readers.spreads import Spreads
from pipeline.readers.strips import Fragment, Strip, rows
from pipeline.readers.struck import strokes, struck
from pipeline.readers.unsafe import cleaned

# A sign stands this near its line, in points, and is at most so many of its sizes large.
_SIGN_NEAR = 30.0
_SIGN_LARGEST = 2.5
_SIGN_SMALLEST = 0.5
_PIN_GLYPHS = "\U0001f4cd\U0001f4cc\U0001f5fa\uf041\uf3c5\uf276\uf279\ue55f\ue0c8"
# A stamp across a page has letters of more points, and so many times larger than the text's.
_STAMP, _STAMP_LARGER = 24.0, 3.0
_LONG_LINE = 0.5
_STRUCK = "a line is drawn through this text, which is read as the rest is; look at the page"
# A page of columns has no more lines over its middle, from one share of its width to the other.
_MIDDLE = 0.4
_FEW_ACROSS = 6
_OVERSHOOT = 2


def document(
    pages: Iterable[Page],
    count: int,
    pairs: Callable[[str], bool],
    *,
    reader: str,
    media_type: str,
    reads: Reads | None = None,
) -> Document:
    """Make the lines of a document of its pages.

    Args:
        pages: in order; each is let go before the next is asked for.
        count: of pages.
        pairs: whether a text begins with a label or is a code; see :func:`pipeline.readers.read`.
        reader: its name, as in :class:`parsers.lines.Document`.
        media_type: of the source, likewise.
        reads: what reads the pages that are pictures of text, if they are to be read.
    """
    made = Document([], count, reader, media_type)
    # The same lines are asked about for each place where a page may be parted.
    pairs = cache(pairs)
    found: dict[int, list[tuple[int, Fragment, bool]]] = {}
    gutters: list[tuple[float, Gutter]] = []
    waiting: list[tuple[Page, PageOrder]] = []
    read: dict[int, list[Strip]] = {}
    heads = Heads()
    spreads = Spreads(pairs)
    folded: list[list[list[Fragment]]] = []
    for given in pages:
        page, turns = text_upright(_seen(given, reads, made))
        if turns:
            made.turns[page.number] = turns
        if page.skew:
            made.skews[page.number] = page.skew
        made.sizes.append(page.size)
        made.links += page.links
        made.outside += [(page.number, text) for text in page.outside]
        _lift_stamps(page)
        page.strips += bullets(page.dots, page.strips)
        if page.problem:
            made.unread.append((page.number, page.problem))
        if page.number in made.pictured:
            strips = [*page.strips, *(strip for _, those in page.turned for strip in those)]
            read[page.number] = [strip for strip in strips if strip.confidences is not None]
        if halves := spreads.pages(page):
            made.folds[page.number] = page.size.width / 2
            sides = [_of_half(half, pairs, heads) for half in halves]
            folded.append([[one for _, one, _ in side if one.room is None] for side in sides])
            found[page.number] = [one for side in sides for one in side] + _turned(page)
            continue
        in_rows = rows(page.strips, walls(page.rules))
        order = PageOrder(in_rows, page.rules, pairs, page.pictures, heads)
        if order.gutter is not None:
            gutters.append((page.size.width, order.gutter))
        elif _is_narrow(in_rows, page.size.width):
            # Whether it has columns only other pages tell.
            page.strips.clear()
            waiting.append((page, order))
            continue
        found[page.number] = _ordered(page, order, order.gutter)
    alone: list[list[Fragment]] = []
    for page, order in waiting:
        others = usual(gutters, page.size.width)
        gutter = next((one for one in others if order.fits(one)), None)
        found[page.number] = _ordered(page, order, gutter)
        if gutter is None:
            alone.append([one for _, one, _ in found[page.number] if one.room is None])
    _keep_to_measure(alone, shared=len(alone) == len(made.sizes))
    for side in zip(*folded, strict=True):
        _keep_to_measure(side, shared=True)
    _number(made, [one for number in sorted(found) for one in found[number]], read)
    return made


def _number(
    made: Document, fragments: list[tuple[int, Fragment, bool]], read: dict[int, list[Strip]]
) -> None:
    """Make the numbered lines of a document of its text in reading order."""
    margins = _margins(fragments, made.sizes)
    settle_capitals([fragment for _, fragment, _ in fragments])
    page, tables, first = 0, 0, 0
    for number, (page_number, fragment, picture) in enumerate(fragments, 1):
        if page_number != page:
            page, first = page_number, tables
        if fragment.cell is not None:
            # Each page counts its tables anew; no two cells of a document are one.
            table, row, column = fragment.cell
            fragment.cell = (first + table, row, column)
            tables = max(tables, first + table + 1)
        room = fragment.room
        if room is None:
            room = max(margins.get(page_number, 0.0), fragment.x1)
        line, unsafe = _line(number, page_number, fragment, picture, room)
        if page_number in read:
            line = line._replace(confidences=_confidences(line, fragment, read[page_number]))
        made.lines.append(line)
        if fragment.struck:
            made.notes.append(Note("text_struck", number, _STRUCK, fragment.struck))
        if unsafe:
            made.unsafe.add(number)


def _is_narrow(in_rows: list[list[Fragment]], width: float) -> bool:
    """Whether hardly a line of a page reaches over its middle, as in columns of their own."""
    left, right = _MIDDLE * width, (1 - _MIDDLE) * width
    across = sum(one.x0 < left and one.x1 > right for row in in_rows for one in row)
    return across <= _FEW_ACROSS


def _keep_to_measure(pages: Sequence[list[Fragment]], *, shared: bool) -> None:
    """Give the lines of some pages the room that their text keeps to, if it is not the page's.

    Args:
        pages: the lines of each that are in no column and no cell.
        shared: whether a page with too few lines to tell keeps to what another does: no page of
            the document is wider.
    """
    ends = [measure(lines) for lines in pages]
    widest = max((end for end in ends if end is not None), default=None)
    for lines, own in zip(pages, ends, strict=True):
        end = widest if shared and own is None else own
        for one in lines:
            if end is not None and one.x1 <= end + one.size:
                one.room = max(end, one.x1)


def _ordered(
    page: Page, order: PageOrder, gutter: Gutter | None
) -> list[tuple[int, Fragment, bool]]:
    """Give a page's fragments as they are read, and whether a small picture stands beside each."""
    found = order.fragments(gutter)
    pinned = _beside_pictures(found, page.pictures)
    if across := strokes(page.rules):
        for one in found:
            one.struck = struck(one, across)
    lines = [(page.number, one, at in pinned) for at, one in enumerate(found)]
    return lines + _turned(page)


def _of_half(
    page: Page, pairs: Callable[[str], bool], heads: Heads
) -> list[tuple[int, Fragment, bool]]:
    """Give the fragments of one of a sheet's two pages as they are read; see :func:`_ordered`."""
    order = PageOrder(rows(page.strips, walls(page.rules)), page.rules, pairs, page.pictures, heads)
    return _ordered(page, order, order.gutter)


def _lift_stamps(page: Page) -> None:
    """Put what is printed large across other text, such as "BOZZA", with the text askew."""
    large = [strip for strip in page.strips if strip.size > _STAMP]
    for one in large:
        if any(
            other.size < one.size / _STAMP_LARGER
            and other.x0 < one.x1
            and other.x1 > one.x0
            and one.base - one.ascent < other.base < one.base + one.descent
            for other in page.strips
        ):
            page.strips.remove(one)
            page.turned.append((None, [one]))


def _turned(page: Page) -> list[tuple[int, Fragment, bool]]:
    """Give text at other angles, in boxes as displayed, after the rest of its page."""
    found: list[tuple[int, Fragment, bool]] = []
    for turns, strips in page.turned:
        for row in rows(strips):
            for one in row:
                if turns is not None:
                    box = turned_box(Box(one.x0, one.top, one.x1, one.bottom), turns, page.size)
                    one.x0, one.top, one.x1, one.bottom = box.x0, box.top, box.x1, box.bottom
                    one.lefts = array("f", [box.x0]) * len(one.text)
                    one.rights = array("f", [box.x1]) * len(one.text)
                one.room = one.x1
                found.append((page.number, one, False))
    return found


def _line(
    number: int, page: int, fragment: Fragment, picture: bool, room: float
) -> tuple[Line, bool]:
    text, unsafe = cleaned(fragment.text)
    lefts, rights, runs = fragment.lefts, fragment.rights, fragment.runs
    if len(text) != len(fragment.text):
        keep = [at for at, char in enumerate(fragment.text) if cleaned(char)[0]]
        lefts = array("f", [lefts[at] for at in keep])
        rights = array("f", [rights[at] for at in keep])
        runs = [(sum(at < run[0] for at in keep), *run[1:]) for run in runs]
    start = lead = 0
    bold = True
    raised: list[tuple[int, int]] = []
    for end, _, heavy, mark in runs:
        if mark:
            # Marks of notes are light, whatever they stand behind.
            raised.append((start, end))
        if not heavy and not (mark and start) and not text[start:end].isspace():
            bold = False
        elif bold:
            lead = end
        start = end
    line = Line(
        number,
        page,
        text,
        Box(fragment.x0, fragment.top, fragment.x1, fragment.bottom),
        fragment.size,
        bold,
        len(text[:lead].rstrip()),
        lefts,
        rights,
        room,
        fragment.cell,
        picture or text.lstrip()[:1] in _PINS,
        None,
        tuple(raised),
    )
    return line, unsafe


_PINS = frozenset(_PIN_GLYPHS)


def _seen(page: Page, reads: Reads | None, made: Document) -> Page:
    """Have a page that is a picture of text read, or say that it is not."""
    what = pictured(page)
    if what is None:
        return page
    if reads is None:
        return replace(page, problem=page.problem or missing(what))
    read = reads(page)
    if read is None:
        return replace(page, problem=page.problem or f"{what}, in which OCR finds no text")
    made.pictured.add(page.number)
    return read


def _confidences(line: Line, fragment: Fragment, read: list[Strip]) -> array[float] | None:
    """Give how sure each character of a line is; None where none of it was read by OCR."""
    assert line.lefts is not None
    known = {
        left: sure
        for strip in read
        if fragment.top < strip.base - 0.3 * strip.size < fragment.bottom
        for left, sure in zip(strip.lefts, strip.confidences or (), strict=True)
    }
    # A space between two pieces was read by nobody.
    found = [known.get(left) for left in line.lefts]
    if all(sure is None for sure in found):
        return None
    return array("f", [1.0 if sure is None else sure for sure in found])


def _beside_pictures(found: list[Fragment], pictures: list[Box]) -> set[int]:
    """Give the places of the fragments that a small picture stands beside, each one's nearest."""
    beside: set[int] = set()
    for box in pictures:
        width, height = box.x1 - box.x0, box.bottom - box.top
        near = [
            # What begins behind the picture before what ends in front of it.
            (one.x0 < box.x0, max(one.x0 - box.x1, box.x0 - one.x1), at)
            for at, one in enumerate(found)
            if box.top <= one.base - 0.3 * one.size <= box.bottom
            and _SIGN_SMALLEST * one.size <= height <= _SIGN_LARGEST * one.size
            and width <= _SIGN_LARGEST * one.size
            and max(one.x0 - box.x1, box.x0 - one.x1) <= _SIGN_NEAR
        ]
        if near:
            beside.add(min(near)[2])
    return beside


def _margins(
    fragments: list[tuple[int, Fragment, bool]], sizes: list[PageSize]
) -> dict[int, float]:
    """Give each page the right edge of its text block: as far as long lines go on such pages."""
    ends: dict[int, list[float]] = {}
    for page, one, _ in fragments:
        width = round(sizes[page - 1].width)
        if one.room is None and one.x1 - one.x0 > _LONG_LINE * width:
            ends.setdefault(width, []).append(one.x1)
    margins: dict[int, float] = {}
    for width, found in ends.items():
        found.sort()
        # A few in a hundred overshoot: a link that would not break, a header wider than the text.
        margins[width] = found[-1 - len(found) * _OVERSHOOT // 100]
    return {
        number: margins[round(size.width)]
        for number, size in enumerate(sizes, 1)
        if round(size.width) in margins
    }
