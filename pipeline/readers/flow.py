"""Columns of running text, as against lists and grids whose cells happen to be aligned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from parsers.lines import Box
from parsers.median import median
from pipeline.readers.corridors import Corridor, Item, Row, foot
from pipeline.readers.grids import Pairs, bare_label
from pipeline.readers.strips import Fragment

# Running text fills its column's width, and its columns do not keep to the same baselines; the
# entries of a list do neither.
_FEWEST_LINES = 5
_LONG_COLUMN = 15
_WIDEST_GUTTER = 5.0
_FILLED = 0.75
_FILLED_SHARE = 0.4
_FILLED_SHARE_UNEVEN = 0.2
_UNEVEN_SHARE = 0.25
_LABELLED_SHARE = 0.3
_STRAIGHT = 0.6
_STRAIGHT_SHARE = 0.45
_NARROWER = 0.35
# In ems: no text is set in narrower columns, lists are.
NARROWEST = 14.0
# Distances of baselines, as multiples of the usual one within a paragraph.
_FAR = 2.2
_FAR_BELOW_HEADER = 3.2
_NEXT = 1.3
# In ems, from line to line of a heading.
_LEADING = 1.6
_APART = 1.25
_BALANCED = 5.0
_HEADING_SIZE = 1.08
_SHORTEST_BAND = 4
# What is empty across both columns around a heading is more than any space within them.
_EMPTY_ACROSS, _EMPTIER = 3.0, 1.25
# In rows of what stands beside it.
_LONGEST_TABLE = 40


def is_flow(rows: Sequence[Row], one: Corridor, pairs: Pairs) -> bool:
    """Whether a corridor is the gutter between columns of running text."""
    if _column_reaches_on(rows, one, pairs):
        return True
    edge = one.right - 1
    core = _with_right_rows(rows, one)
    lefts = [[item for item in row if item.x0 < edge][-1] for row in core if row[0].x0 < edge]
    rights = [next(item for item in row if item.x0 >= edge) for row in core if row[-1].x0 >= edge]
    if min(len(lefts), len(rights)) < _FEWEST_LINES:
        return False
    start = min(row[0].x0 for row in core)
    if one.right - median(item.x0 for item in lefts) < NARROWEST * lefts[0].size:
        return False
    filled = sum(item.x1 - start >= _FILLED * (one.right - start) for item in lefts)
    # Values beside labels are of any width; columns of one text are about as wide as each other.
    width = max(item.x1 for item in lefts) - start
    other = max(row[-1].x1 for row in core) - one.right
    if other < _NARROWER * width:
        return False
    near = _STRAIGHT * median(item.size for item in rights)
    straight = max(sum(abs(item.x0 - other.x0) < near for other in rights) for item in rights)
    if straight < _STRAIGHT_SHARE * len(rights):
        return False
    level = {round(2 * item.base) for item in lefts}
    uneven = sum(round(2 * item.base) not in level for item in rights)
    if uneven >= _UNEVEN_SHARE * len(rights):
        wide = sum(row[-1].x1 - one.right >= _FILLED * other for row in core)
        if filled < _FILLED_SHARE_UNEVEN * len(lefts) and wide < _FILLED_SHARE * len(rights):
            return False
    elif filled < _FILLED_SHARE * len(lefts):
        return False
    return sum(bare_label(item.text, pairs) for item in lefts) < _LABELLED_SHARE * len(lefts)


def _with_right_rows(rows: Sequence[Row], one: Corridor) -> Sequence[Row]:
    """Give the rows of a corridor, and those above and below while the right column goes on."""
    far = _FAR * line_step(rows)
    lo, hi = one.lo, one.hi
    for at in range(one.lo - 1, one.reach_above - 1, -1):
        if rows[lo][0].base - foot(rows[at]) > far:
            break
        if rows[at][-1].x0 >= one.right - 1:
            lo = at
    for at in range(one.hi + 1, one.reach_below + 1):
        if rows[at][0].base - foot(rows[hi]) > far:
            break
        if rows[at][-1].x0 >= one.right - 1:
            hi = at
    return rows[lo : hi + 1]


def _column_reaches_on(rows: Sequence[Row], one: Corridor, pairs: Pairs) -> bool:
    """Whether a long column of text keeps to the left of a corridor, however little is right."""
    edge = one.right - 1
    lefts = [
        [item for item in row if item.x0 < edge][-1]
        for row in rows[one.reach_above : one.reach_below + 1]
        if row[0].x0 < edge
    ]
    if len(lefts) < _LONG_COLUMN:
        return False
    end = max(item.x1 for item in lefts)
    full = sum(end - item.x1 < item.size for item in lefts)
    labels = sum(bare_label(item.text, pairs) for item in lefts)
    return (
        one.right - end <= _WIDEST_GUTTER * lefts[0].size
        and full >= _FILLED_SHARE_UNEVEN * len(lefts)
        and labels < _LABELLED_SHARE * len(lefts)
    )


def flow_extent(
    rows: Sequence[Row], one: Corridor, pictures: Sequence[Box] = ()
) -> tuple[int, int]:
    """Give the first and last row of columns of running text.

    They end where a full line crosses, where a heading stands over both with nothing beside it,
    and at a running header or footer, which stands apart.

    Args:
        rows: top down.
        one: their gutter.
        pictures: of the page; in a column they fill what would else be empty.
    """
    step = line_step(rows)
    within = [box for box in pictures if box.x1 < one.right or box.x0 > one.left]
    lo, hi = one.lo, one.hi
    # Columns that a full line ends are about as long as each other; the last ones may not be.
    limit = _FAR * step if one.reach_below < len(rows) - 1 else 2 * _FAR * step
    while hi < one.reach_below and _space(rows, hi, within) <= limit:
        hi += 1
    place = lo
    while place > one.reach_above and _space(rows, place - 1, within) <= _FAR * step:
        place -= 1
        if rows[place][-1].x0 >= one.right - 1:
            lo = place
    # What stands above the left column and is not of it, a heading, is a line over both.
    while lo > one.reach_above and _same_text(rows[lo], rows[lo - 1], step):
        lo -= 1
    lo, hi = _without_furniture(rows, lo, hi, step, within)
    for at in range(lo + 1, hi + 1):
        if heads_band(rows, at, hi, one, step, within):
            return lo, at - 1
    return lo, hi


def line_step(rows: Sequence[Row]) -> float:
    """Give the usual distance from one line to the next within a paragraph."""
    above: dict[int, float] = {}
    steps: list[float] = []
    size = median(row[0].size for row in rows)
    for row in rows:
        for item in row:
            edge = round(item.x0)
            if edge in above and 0.8 * size < item.base - above[edge] < 1.8 * size:
                steps.append(item.base - above[edge])
            above[edge] = item.base
    steps.sort()
    # Lines of paragraphs are the closest, and there are many of them.
    return steps[len(steps) // 4] if steps else 1.2 * size


def heads_band(
    rows: Sequence[Row],
    at: int,
    hi: int,
    one: Corridor,
    step: float,
    pictures: Sequence[Box] = (),
) -> bool:
    """Whether a short heading over both columns begins a new band of columns.

    It stands at the left edge with space above and below, and the right column, too, is empty
    around it, having ended as high as the left one.
    """
    edge = one.right - 1
    heading = rows[at]
    if len(heading) > 1 or heading[0].x0 >= edge:
        return False
    # Over both columns its first line would have had room for more.
    if at < hi and rows[at + 1][-1].x0 < edge and _same_text(heading, rows[at + 1], step):
        return False
    before = rows[one.lo : at]
    above = next((row for row in reversed(before) if row[-1].x0 >= edge), None)
    left_above = next((row for row in reversed(before) if row[0].x0 < edge), None)
    if above is None or (left_above and _same_text(heading, left_above, step)):
        return False
    below = next((row for row in rows[at + 1 : hi + 1] if row[-1].x0 >= edge), None)
    base = heading[0].base
    left_pictures = [box for box in pictures if box.x1 < one.right]
    right_pictures = [box for box in pictures if box.x0 > one.left]
    feet = [foot(left_above)] if left_above else [box.bottom for box in left_pictures]
    left_foot = max([y for y in feet if y < base], default=-inf)
    empty_above = _empty(foot(above), base, right_pictures)
    space_below = _space(rows, at) if at < hi else _FAR * step
    # Nothing beside the rest of the left column: a band so short that it was not divided, or else
    # a column that goes on.
    if below is None and hi - at > _SHORTEST_BAND:
        return False
    # Nothing under it, on either side or across, is headed by it.
    if at == hi and (hi == len(rows) - 1 or _space(rows, hi) > 2 * _FAR * step):
        return False
    if below is not None and below[0].base - base < 0.9 * step:
        return False
    balanced = abs(left_foot - foot(above)) <= _BALANCED * step
    apart = min(_empty(left_foot, base, left_pictures), empty_above)
    if _heavier(rows, heading[0]):
        return balanced and apart >= _APART * step and space_below >= step
    if balanced and apart >= _FAR * step and space_below >= 1.5 * step:
        return True
    if below is None or not balanced or apart < _APART * step or space_below < step:
        return False
    ends = isinstance(heading[0], Fragment) and heading[0].text.rstrip().endswith((".", ";"))
    empty = _empty(foot(above), below[0].base, right_pictures)
    least = max(_EMPTY_ACROSS * step, _EMPTIER * _widest_space(before, edge, pictures))
    return not ends and empty > least


def _widest_space(rows: Sequence[Row], edge: float, pictures: Sequence[Box]) -> float:
    """Give the most that is empty between two lines of one column, of those an edge parts."""
    widest = 0.0
    for right in (False, True):
        column = [items for row in rows if (items := [i for i in row if (i.x0 >= edge) == right])]
        within = [box for box in pictures if (box.x1 >= edge) == right]
        for above, below in pairwise(column):
            widest = max(widest, _empty(foot(above), below[0].base, within))
    return widest


def _space(rows: Sequence[Row], at: int, pictures: Sequence[Box] = ()) -> float:
    """Give the distance from a row's last baseline, or one above it, to the next row.

    Args:
        rows: top down.
        at: the row above the space.
        pictures: what is drawn in it is not empty.
    """
    above = max(foot(row) for row in rows[max(at - _LONGEST_TABLE, 0) : at + 1])
    return _empty(above, rows[at + 1][0].base, pictures)


def _empty(above: float, below: float, pictures: Sequence[Box]) -> float:
    """Give how much of a height no picture fills."""
    filled = [min(box.bottom, below) - max(box.top, above) for box in pictures]
    return below - above - max((height for height in filled if height > 0), default=0.0)


def _heavier(rows: Sequence[Row], heading: Item) -> bool:
    """Whether a heading is larger or bolder than what is around it."""
    if heading.size >= _HEADING_SIZE * median(row[0].size for row in rows):
        return True
    return isinstance(heading, Fragment) and all(bold for _, _, bold, _ in heading.runs)


def _same_text(row: Row, other: Row, step: float) -> bool:
    """Whether two rows next to each other may be lines of one paragraph."""
    return (
        abs(row[0].base - other[0].base) <= max(_NEXT * step, _LEADING * row[0].size)
        and abs(row[0].size - other[0].size) < 0.05 * row[0].size
    )


def _without_furniture(
    rows: Sequence[Row], lo: int, hi: int, step: float, pictures: Sequence[Box]
) -> tuple[int, int]:
    """Leave a running header and footer out: a row or two, far from all the rest."""
    for last in (hi, hi - 1):
        if last - 1 > lo and _space(rows, last - 1, pictures) > _FAR * step:
            hi = last - 1
            break
    for first in (lo, lo + 1):
        if first + 1 < hi and _space(rows, first, pictures) > _FAR_BELOW_HEADER * step:
            lo = first + 1
            break
    return lo, hi
