"""Columns of running text, as against lists and grids whose cells happen to be aligned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.readers.corridors import Corridor, Row
from pipeline.readers.strips import Fragment

# Running text fills its column's width; a list's entries do not. The more lines, the fewer full
# ones it takes to tell.
_FILLED = 0.75
_FILLED_SHARES = ((5, 0.4), (10, 0.22))
_NARROWER = 0.35
# Distances of baselines, as multiples of the usual one within a paragraph.
_FAR = 2.2
_NEXT = 1.3
_APART = 1.25
_BALANCED = 5.0
_HEADING_SIZE = 1.08
_LONGEST_HEADING = 4


def is_flow(rows: Sequence[Row], one: Corridor) -> bool:
    """Whether a corridor is the gutter between columns of running text."""
    core = rows[one.lo : one.hi + 1]
    lefts = [item for row in core for item in row if item.x1 <= one.left + 1]
    rights = [item for row in core for item in row if item.x0 >= one.right - 1]
    fewest = min(len(lefts), len(rights))
    start = min(item.x0 for item in lefts)
    room = one.right - start
    filled = sum(item.x1 - start >= _FILLED * room for item in lefts)
    # Values beside labels are of any width; columns of one text are about as wide as each other.
    width = max(item.x1 for item in lefts) - start
    other = max(item.x1 for item in rights) - one.right
    return other >= _NARROWER * width and any(
        fewest >= lines and filled >= share * len(lefts) for lines, share in _FILLED_SHARES
    )


def flow_extent(rows: Sequence[Row], one: Corridor) -> tuple[int, int]:
    """Give the first and last row of columns of running text.

    They end where a full line crosses, where a heading stands over both with nothing beside it,
    and at a running header or footer, which stands apart.
    """
    step = line_step(rows)
    lo, hi = one.lo, one.hi
    # Columns that a full line ends are about as long as each other; the last ones may not be.
    limit = _FAR * step if one.reach_below < len(rows) - 1 else 2 * _FAR * step
    while hi < one.reach_below and rows[hi + 1][0].base - rows[hi][0].base <= limit:
        hi += 1
    # What stands above the left column and is not of it, a heading, is a line over both.
    while lo > one.reach_above and _same_text(rows[lo], rows[lo - 1], step):
        lo -= 1
    for at in range(lo + 1, hi + 1):
        if heads_band(rows, at, hi, one, step):
            return lo, at - 1
    return _without_furniture(rows, lo, hi, step)


def line_step(rows: Sequence[Row]) -> float:
    """Give the usual distance from one line to the next within a paragraph."""
    size = median(row[0].size for row in rows)
    steps = [after[0].base - before[0].base for before, after in pairwise(rows)]
    return min(
        median([step for step in steps if step > 0.8 * size] or [1.2 * size]), 1.6 * size
    )


def heads_band(rows: Sequence[Row], at: int, hi: int, one: Corridor, step: float) -> bool:
    """Whether a short heading over both columns begins a new band of columns.

    It stands at the left edge with space above and below, and the right column, too, is empty
    around it, having ended as high as the left one.
    """
    middle = (one.left + one.right) / 2
    above = [row for row in rows[one.lo : at] if row[-1].x0 >= middle]
    left_above = [row for row in rows[one.lo : at] if row[0].x1 <= middle]
    last = at
    while last < min(at + _LONGEST_HEADING, hi) and _same_text(rows[last], rows[last + 1], step):
        last += 1
    heading = rows[at : last + 1]
    below = next((row for row in rows[last + 1 : hi + 1] if row[-1].x0 >= middle), None)
    if not above or not left_above or any(len(row) > 1 or row[0].x0 >= middle for row in heading):
        return False
    first, end = heading[0][0], heading[-1][0]
    empty_above = first.base - above[-1][0].base
    after = rows[last + 1][0].base - end.base if last < hi else _FAR * step
    if below is None and last < hi and empty_above > 0.6 * _BALANCED * step:
        return False
    if below is not None and below[0].base - end.base < 0.9 * step:
        return False
    apart = min(first.base - left_above[-1][0].base, empty_above)
    if _heavier(rows, heading):
        return _APART * step <= apart and empty_above <= _BALANCED * step and after >= step
    return (
        _FAR * step <= apart and empty_above <= _BALANCED * step and after >= 1.5 * step
    )


def _heavier(rows: Sequence[Row], heading: Sequence[Row]) -> bool:
    """Whether a heading is larger or bolder than what is around it."""
    plain = median(row[0].size for row in rows)
    items = [item for row in heading for item in row]
    if all(item.size >= _HEADING_SIZE * plain for item in items):
        return True
    return all(
        isinstance(item, Fragment) and all(bold for _, _, bold, _ in item.runs) for item in items
    )


def _same_text(row: Row, other: Row, step: float) -> bool:
    """Whether two rows next to each other may be lines of one paragraph."""
    return (
        abs(row[0].base - other[0].base) <= _NEXT * step
        and abs(row[0].size - other[0].size) < 0.05 * row[0].size
    )


def _without_furniture(
    rows: Sequence[Row], lo: int, hi: int, step: float
) -> tuple[int, int]:
    """Leave a running header and footer out: a row or two, far from all the rest."""
    for last in (hi, hi - 1):
        if last - 1 > lo and rows[last][0].base - rows[last - 1][0].base > _FAR * step:
            hi = last - 1
            break
    for first in (lo, lo + 1):
        if first + 1 < hi and rows[first + 1][0].base - rows[first][0].base > _FAR * step:
            lo = first + 1
            break
    return lo, hi
