"""Headings over two columns, which begin a new band of them; and the empty space that tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from parsers.lines import Box
from parsers.median import median
from pipeline.readers.corridors import Corridor, Item, Row, foot
from pipeline.readers.strips import Fragment

# Distances of baselines, as multiples of the usual one within a paragraph.
FAR = 2.2
_NEXT = 1.3
_APART = 1.25
_BALANCED = 5.0
# In ems, from line to line of a heading.
_LEADING = 1.6
_HEADING_SIZE, _ALIKE = 1.08, 0.02
_SHORTEST_BAND = 4
# A line keeps so much of a step free on both its sides.
_ROOM = 0.9
# What is empty across both columns around a heading is more than any space within them.
_EMPTY_ACROSS, _EMPTIER = 3.0, 1.25
# In rows of what stands beside it.
_LONGEST_TABLE = 40
# What a counted heading begins with: "Progetto 7", "RC4.1.2d".
_COUNTED = re.compile(r"([^\W\d_][^\d:€]{1,30}?)\W*\d")


class Heads:
    """How counted headings of a document stand: over both columns, or within one.

    One at the foot of a page, which has nothing under it, stands as the others of its name do.
    """

    def __init__(self) -> None:
        self._over: set[str] = set()
        self._within: set[str] = set()

    def note(self, rows: Sequence[Row], one: Corridor) -> None:
        """Take in what crosses the gutter of two columns, and what is in the right one."""
        for row in rows:
            for item in row:
                if item.x0 >= one.right - 1:
                    self._within.add(counted(item))
                elif item.x1 > one.right:
                    self._over.add(counted(item))

    def add(self, heading: Item) -> None:
        """Take in a heading that stands over both columns without reaching over the gutter."""
        self._over.add(counted(heading))

    def over(self, heading: Item) -> bool:
        """Whether headings of a name stand over both columns wherever that was seen."""
        name = counted(heading)
        return bool(name) and name in self._over and name not in self._within

    def within(self, heading: Item) -> bool:
        """Whether headings of a name stand within the columns wherever that was seen."""
        name = counted(heading)
        return bool(name) and name in self._within and name not in self._over


def counted(item: Item) -> str:
    """Give the name before the number that a text begins with: "progetto" of "Progetto 7"."""
    match = _COUNTED.match(item.text.lstrip())
    return match[1].casefold() if match else ""


def heads_band(
    rows: Sequence[Row],
    at: int,
    hi: int,
    one: Corridor,
    step: float,
    heads: Heads,
    pictures: Sequence[Box] = (),
) -> bool:
    """Whether a short heading over both columns begins a new band of columns.

    It stands at the left edge with space above and below, and the right column, too, is empty
    around it, having ended as high as the left one.
    """
    edge = one.right - 1
    heading = rows[at]
    if len(heading) > 1 or heading[0].x0 >= edge or heads.within(heading[0]):
        return False
    # Over both columns its first line would have had room for more.
    if at < hi and same_text(heading, rows[at + 1], step):
        alone = rows[at + 1][-1].x0 < edge
        if alone or (rows[at + 1][0].x0 < edge and _heavier(rows, rows[at + 1][0])):
            return False
    before = rows[one.lo : at]
    above = next((row for row in reversed(before) if row[-1].x0 >= edge), None)
    left_above = next((row for row in reversed(before) if row[0].x0 < edge), None)
    if above is None or (left_above and same_text(heading, left_above, step)):
        return False
    below = next((row for row in rows[at + 1 : hi + 1] if row[-1].x0 >= edge), None)
    base = heading[0].base
    left_pictures = [box for box in pictures if box.x1 < one.right]
    right_pictures = [box for box in pictures if box.x0 > one.left]
    feet = [foot(left_above)] if left_above else [box.bottom for box in left_pictures]
    left_foot = max([y for y in feet if y < base], default=-inf)
    empty_above = _empty(foot(above), base, right_pictures)
    space_below = space(rows, at) if at < hi else FAR * step
    if (
        heads.over(heading[0])
        and empty_above >= _APART * step
        and (below is None or below[0].base - base >= _ROOM * step)
    ):
        return True
    # Nothing beside the rest of the left column: a band so short that it was not divided, or else
    # a column that goes on.
    if below is None and hi - at > _SHORTEST_BAND:
        return False
    left_empty = _empty(left_foot, base, left_pictures)
    # Nothing under it, on either side or across, is headed by it.
    if at == hi and (hi == len(rows) - 1 or space(rows, hi) > 2 * FAR * step):
        # Unless it stands below both columns and is set as what stands over them, or below the
        # right one and too far below its own.
        if empty_above >= _APART * step and _set_as_across(rows, heading[0], one):
            return True
        if foot(above) < left_foot or empty_above < _APART * step:
            return False
        return left_empty > _most_empty(before, edge, pictures, step)
    if below is not None and below[0].base - base < _ROOM * step:
        return False
    balanced = abs(left_foot - foot(above)) <= _BALANCED * step
    apart = min(left_empty, empty_above)
    if not balanced or apart < _APART * step or space_below < step:
        return False
    if _heavier(rows, heading[0]) or (apart >= FAR * step and space_below >= 1.5 * step):
        return True
    if below is None or heading[0].text.rstrip().endswith((".", ";")):
        return False
    # Of the lines beside what is empty, the heading is the one that stands furthest from the text.
    for upper, lower in pairwise(rows[at : hi + 1]):
        if lower[0].base > below[0].base - _ROOM * step:
            break
        if lower[0].base - foot(upper) > apart:
            return False
    empty = _empty(foot(above), below[0].base, right_pictures)
    return empty > _most_empty(before, edge, pictures, step)


def _set_as_across(rows: Sequence[Row], heading: Item, one: Corridor) -> bool:
    """Whether only lines over both columns are set in a heading's type, which is larger."""
    alike = [
        item
        for row in rows
        for item in row
        if item is not heading and abs(item.size - heading.size) < _ALIKE * heading.size
    ]
    return (
        bool(alike)
        and heading.size >= _HEADING_SIZE * median(row[0].size for row in rows)
        and all(item.x0 < one.left and item.x1 > one.right for item in alike)
    )


def _most_empty(rows: Sequence[Row], edge: float, pictures: Sequence[Box], step: float) -> float:
    """Give how much may be empty between two lines of one column, of those that an edge parts."""
    widest = 0.0
    for right in (False, True):
        column = [items for row in rows if (items := [i for i in row if (i.x0 >= edge) == right])]
        within = [box for box in pictures if (box.x1 >= edge) == right]
        for above, below in pairwise(column):
            widest = max(widest, _empty(foot(above), below[0].base, within))
    return max(_EMPTY_ACROSS * step, _EMPTIER * widest)


def space(rows: Sequence[Row], at: int, pictures: Sequence[Box] = ()) -> float:
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


def same_text(row: Row, other: Row, step: float) -> bool:
    """Whether two rows next to each other may be lines of one paragraph."""
    size = max(largest(row[0]), largest(other[0]))
    return (
        abs(row[0].base - other[0].base) <= max(_NEXT * step, _LEADING * size)
        and abs(row[0].size - other[0].size) < 0.05 * row[0].size
    )


def largest(item: Item) -> float:
    """Give the size of a text's largest letters: small capitals are most of theirs."""
    return max(run[1] for run in item.runs) if isinstance(item, Fragment) else item.size
