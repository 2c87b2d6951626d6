"""Columns of running text, as against lists and grids whose cells happen to be aligned."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lines import Box
from parsers.median import median
from pipeline.readers.bands import FAR, Heads, heads_band, same_text, space
from pipeline.readers.corridors import Corridor, Row, foot
from pipeline.readers.folios import folio
from pipeline.readers.grids import Pairs, bare_label
from pipeline.readers.lists import is_address

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
_FAR_BELOW_HEADER = 3.2
_ABOVE_NUMBER = 1.5


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
    size = median(item.size for item in lefts)
    if one.right - median(item.x0 for item in lefts) < NARROWEST * size:
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
    far = FAR * line_step(rows)
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
    # Places, one a line, fill no column: the lines around them tell, if they are enough.
    lines = sum(not is_address(item) for item in lefts)
    return (
        one.right - end <= _WIDEST_GUTTER * median(item.size for item in lefts)
        and full >= _FILLED_SHARE_UNEVEN * (lines if lines >= _LONG_COLUMN else len(lefts))
        and labels < _LABELLED_SHARE * len(lefts)
    )


def flow_extent(
    rows: Sequence[Row], one: Corridor, heads: Heads, pictures: Sequence[Box] = ()
) -> tuple[int, int]:
    """Give the first and last row of columns of running text.

    They end where a full line crosses, where a heading stands over both with nothing beside it,
    and at a running header or footer, which stands apart.

    Args:
        rows: top down.
        one: their gutter.
        heads: what is known of the document's headings, and learns from this page.
        pictures: of the page; in a column they fill what would else be empty.
    """
    heads.note(rows, one)
    step = line_step(rows)
    within = [box for box in pictures if box.x1 < one.right or box.x0 > one.left]
    lo, hi = one.lo, one.hi
    # Columns that a full line ends are about as long as each other; the last ones may not be.
    limit = FAR * step if one.reach_below < len(rows) - 1 else 2 * FAR * step
    while hi < one.reach_below and space(rows, hi, within) <= limit:
        hi += 1
    place = lo
    while place > one.reach_above and space(rows, place - 1, within) <= FAR * step:
        place -= 1
        if rows[place][-1].x0 >= one.right - 1:
            lo = place
    # What stands above the left column and is not of it, a heading, is a line over both.
    while lo > one.reach_above and same_text(rows[lo], rows[lo - 1], step):
        lo -= 1
    lo, hi = _without_furniture(rows, lo, hi, step, within)
    for at in range(lo + 1, hi + 1):
        if heads_band(rows, at, hi, one, step, heads, within):
            heads.add(rows[at][0])
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


def _without_furniture(
    rows: Sequence[Row], lo: int, hi: int, step: float, pictures: Sequence[Box]
) -> tuple[int, int]:
    """Leave a running header and footer out: a row or two, far from all the rest.

    A page's number is one, too, at some distance from both columns.
    """
    if (
        hi == len(rows) - 1 > lo
        and len(rows[hi]) == 1
        and folio(rows[hi][0].text) is not None
        and space(rows, hi - 1, pictures) > _ABOVE_NUMBER * step
    ):
        return _without_furniture(rows, lo, hi - 1, step, pictures)
    for last in (hi, hi - 1):
        if last - 1 > lo and space(rows, last - 1, pictures) > FAR * step:
            hi = last - 1
            break
    for first in (lo, lo + 1):
        if first + 1 < hi and space(rows, first, pictures) > _FAR_BELOW_HEADER * step:
            lo = first + 1
            break
    return lo, hi
