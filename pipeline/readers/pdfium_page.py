"""A page made of what PDFium told of it, without asking it again."""

from __future__ import annotations

import re
from array import array

from parsers.lines import LinkAnnotation
from pipeline.readers.page import Page, is_shown, outlined
from pipeline.readers.pdfium_edges import Edges, paired, repeats, share, without_false_spaces
from pipeline.readers.pdfium_facts import Facts, Piece
from pipeline.readers.strips import LIGATURE, SOFT_HYPHEN, Strip, drawn_hyphens, expand
from pipeline.readers.swapped import SWAPPED, unswapped

_SURROGATE = re.compile("[\ud800-\udfff]")
_RARE = re.compile(f"[\ud800-\udfff{SOFT_HYPHEN}]|{SWAPPED.pattern}|{LIGATURE.pattern}")


def page_of(told: Facts, number: int) -> Page:
    """Make a page, without its links and without regard to shapes."""
    page = Page(number, told.size)
    page.pictures, page.dots, page.rules = told.pictures, told.dots, told.rules
    edges = [Edges(told.boxes, told.shown, along) for along in range(4)]
    rare = _RARE.search(told.text) is not None
    turned: dict[int, list[Strip]] = {}
    for piece in told.pieces:
        if piece.turns is None:
            page.turned.append((None, [_askew(told, piece)]))
            continue
        # Turns run counter-clockwise in PDF, and clockwise in a page's rotation.
        strip = _strip(told, piece, edges[(piece.turns + told.rotation) % 4], rare)
        back = -piece.turns % 4
        if back:
            turned.setdefault(back, []).append(strip)
        elif is_shown(strip, page.size):
            page.strips.append(strip)
        else:
            page.outside.append(strip.text)
    page.turned += sorted(turned.items())
    page.links = [LinkAnnotation(number, url, told.placed(*edges)) for url, edges in told.links]
    page.shapes = outlined(page, lambda: told.points)
    return page


def _strip(told: Facts, piece: Piece, edges: Edges, rare: bool) -> Strip:
    start, end, size, _, x, y, (bold, ascent, descent), raised = piece
    chars = told.text[start:end]
    lefts, rights = edges.within(start, end)
    if end - 1 in told.hyphens and len(chars) > 1:
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
    if twins := repeats(lefts):
        share(lefts, rights, twins)
    if rare:
        chars = drawn_hyphens(chars, lefts, rights)
        if SWAPPED.search(chars):
            beside = told.text[start - 1 : start], told.text[end : end + 1]
            chars, lefts, rights = unswapped(chars, lefts, rights, size, beside)
        if _SURROGATE.search(chars):
            chars, lefts, rights = paired(chars, lefts, rights)
        if LIGATURE.search(chars):
            chars, lefts, rights = expand(chars, lefts, rights)
    lead = len(chars) - len(chars.lstrip())
    trail = len(chars.rstrip()) - 1
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
        raised,
    )


def _askew(told: Facts, piece: Piece) -> Strip:
    """Take text at an odd angle as one line in the box of its characters."""
    start, end = piece.start, piece.end
    lefts, tops, rights, bottoms = (told.boxes[4 * start + at : 4 * end : 4] for at in range(4))
    box = told.placed(min(lefts), min(bottoms), max(rights), max(tops))
    count = end - start
    return Strip(
        told.text[start:end],
        array("f", [box.x0]) * count,
        array("f", [box.x1]) * count,
        box.x0,
        box.x1,
        box.bottom,
        piece.size,
        False,
        box.bottom - box.top,
        0.0,
    )
