"""Where a page as displayed has the boxes of text that was set upright to be read."""

from __future__ import annotations

import math

from parsers.lines import Box, Document, PageSize


def as_displayed(document: Document, page: int, box: Box) -> Box:
    """Give a box of a line or link where the page as displayed has it.

    Args:
        document: what a reader gave.
        page: 1-based.
        box: of one of its lines or links.
    """
    turns, skew = document.turns.get(page, 0), document.skews.get(page, 0.0)
    if not turns and not skew:
        return box
    size = document.sizes[page - 1]
    if skew:
        box = _askew(box, skew, size)
    return turned_box(box, turns, size if turns == 2 else PageSize(size.height, size.width))


def _askew(box: Box, degrees: float, size: PageSize) -> Box:
    """Give the box that a box has about it when the page is turned clockwise by some degrees."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = size.width / 2, size.height / 2
    corners = [(px - x, py - y) for px in (box.x0, box.x1) for py in (box.top, box.bottom)]
    xs = [x + px * cosine - py * sine for px, py in corners]
    ys = [y + px * sine + py * cosine for px, py in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def turned_box(box: Box, turns: int, size: PageSize) -> Box:
    """Put a box of a page that was turned upright back to where it is displayed.

    Args:
        box: on the page as it stands when its turned text is upright.
        turns: quarter turns clockwise of the text on the page as displayed.
        size: of the page as displayed.
    """
    if turns == 1:
        return Box(size.width - box.bottom, box.x0, size.width - box.top, box.x1)
    if turns == 2:
        right, bottom = size.width - box.x0, size.height - box.top
        return Box(size.width - box.x1, size.height - box.bottom, right, bottom)
    if turns == 3:
        return Box(box.top, size.height - box.x1, box.bottom, size.height - box.x0)
    return box
