"""Columns of running text, as against lists and grids whose cells happen to be aligned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.readers.corridors import Corridor, Row
from pipeline.readers.strips import Fragment

_FEWEST_LINES = 5
# Running text fills its column; a list's entries do not.
_FILLED = 0.75
_FILLED_SHARE = 0.4
_NARROWER = 0.45
# Steps from line to line, as multiples of the usual one.
_FAR = 2.2
_NEXT = 1.3
_HEADING_SIZE = 1.08


def is_flow(rows: Sequence[Row], one: Corridor) -> bool:
    """Whether a corridor is the gutter between columns of running text."""
    core = rows[one.lo : one.hi + 1]
    lefts = [item for row in core for item in row if item.x1 <= one.left + 1]
    rights = [item for row in core for item in row if item.x0 >= one.right - 1]
    lefts = [item for item in lefts if isinstance(item, Fragment)]
    if len(lefts) < _FEWEST_LINES or len(rights) < _FEWEST_LINES:
        return False
    start = min(item.x0 for item in lefts)
    room = one.right - start
    filled = sum(item.x1 - start >= _FILLED * room for item in lefts)
    width = median(item.x1 - item.x0 for item in lefts)
    other = median(item.x1 - item.x0 for item in rights)
    return filled >= _FILLED_SHARE * len(lefts) and other >= _NARROWER * width


def flow_extent(rows: Sequence[Row], one: Corridor) -> tuple[int, int]:
    """Give the first and last row of columns of running text.

    They end where a full line crosses, where a heading stands between them with nothing beside
    it, and at a running header or footer, which stands apart.
    """
    steps = sorted(after[0].base - before[0].base for before, after in pairwise(rows))
    size = median(row[0].size for row in rows)
    usual = median([step for step in steps if step > 0.8 * size] or [1.2 * size])
    lo, hi = one.lo, one.hi
    blocked = one.reach_below < len(rows) - 1
    limit = 1.8 * usual if blocked else _FAR * 2 * usual
    while hi < one.reach_below and rows[hi + 1][0].base - rows[hi][0].base <= limit:
        hi += 1
    # What stands above the left column and is not of it, a heading, is a line over both.
    while lo > one.reach_above and _same_text(rows[lo], rows[lo - 1], usual):
        lo -= 1
    for at in range(one.lo + 1, one.hi):
        if _heads(rows, at, one, usual):
            return lo, at - 1
    return _without_footer(rows, lo, hi, usual)


def _same_text(row: Row, above: Row, usual: float) -> bool:
    return (
        row[0].base - above[0].base <= _NEXT * usual
        and abs(row[0].size - above[0].size) < 0.05 * row[0].size
    )


def _heads(rows: Sequence[Row], at: int, one: Corridor, usual: float) -> bool:
    """Whether a short heading over both columns begins a new band."""
    row = rows[at]
    if len(row) != 1 or row[0].x0 >= one.right - 1 or not isinstance(row[0], Fragment):
        return False
    plain = median(other[0].size for other in rows)
    heading = row[0]
    heavy = all(bold for _, _, bold, _ in heading.runs)
    if heading.size < _HEADING_SIZE * plain and not heavy:
        return False
    above = [r for r in rows[:at] if r[-1].x0 >= one.right - 1]
    below = [r for r in rows[at + 1 :] if r[-1].x0 >= one.right - 1]
    if not above or not below or rows[at - 1] not in (above[-1], *rows[:at]):
        return False
    return (
        below[0][0].base - above[-1][0].base >= _FAR * usual
        and heading.base - above[-1][0].base >= 0.9 * usual
        and below[0][0].base - heading.base >= 0.9 * usual
        and heading.base - rows[at - 1][0].base >= 1.2 * usual
    )


def _without_footer(rows: Sequence[Row], lo: int, hi: int, usual: float) -> tuple[int, int]:
    """Leave a running header and footer out: a row or two, apart from all the rest."""
    for last in (hi, hi - 1):
        if last - 1 > lo + _FEWEST_LINES:
            if rows[last][0].base - rows[last - 1][0].base > _FAR * usual:
                hi = last - 1
                break
    for first in (lo, lo + 1):
        if first + 1 < hi - _FEWEST_LINES:
            if rows[first + 1][0].base - rows[first][0].base > _FAR * usual:
                lo = first + 1
                break
    return lo, hi
