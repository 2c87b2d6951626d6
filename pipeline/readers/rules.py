"""Straight lines on a page: which are rules, and the cells that they enclose."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lines import Box, PageSize
from pipeline.readers.strips import Wall

# A page with more drawn paths than this holds a chart or a map, not a table.
MOST_PATHS = 4000
# Thicker than this, a bar is a box.
_THICK = 3.0
_SHORTEST = 5.0
# A frame or background of nearly the whole page parts nothing.
_WHOLE_PAGE = 0.9
_SIGN = (5.0, 40.0)


def ruled(box: Box, size: PageSize) -> list[Box]:
    """Give the rules that a straight-lined path draws: itself if thin, else its four edges."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if width < _SHORTEST and height < _SHORTEST:
        return []
    if width <= _THICK or height <= _THICK:
        return [box]
    if width > _WHOLE_PAGE * size.width and height > _WHOLE_PAGE * size.height:
        return []
    return [
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    ]


def sign_sized(box: Box) -> bool:
    """Whether a drawing has the size of a sign in a line, such as a map pin."""
    low, high = _SIGN
    return low <= box.x1 - box.x0 <= high and low <= box.bottom - box.top <= high


def is_vertical(rule: Box) -> bool:
    """Whether a rule runs down the page."""
    return rule.bottom - rule.top > rule.x1 - rule.x0


def walls(rules: Sequence[Box]) -> list[Wall]:
    """Give the vertical rules, which part what stands on their two sides."""
    return [((rule.x0 + rule.x1) / 2, rule.top, rule.bottom) for rule in rules if is_vertical(rule)]
