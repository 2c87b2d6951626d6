"""Corridors: stretches down a page that stay free of text between what stands left and right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.readers.justified import are_words, is_dash, is_justified, is_river
from pipeline.readers.strips import Fragment, Wall
from pipeline.readers.tokens import WIDE_GAP

Pairs = Callable[[str], bool]

# All in ems. A single row parts at a gap that no justified line has, or behind a label.
_ALONE = 3.0
_BEHIND_LABEL = 1.2
_NO_RIVER = 1.5
_EMPTY = 4.0
_NARROWEST = 0.4
# As a share of that, where a justified line all but fills its column.
_TIGHT = 0.5
_STANDS_OUT = 1.8
# A header or footer stands further from the text than this; it is no row of a list.
_BAND = 2.6
# More single words on a line than this are a line of text, not of cells.
_MOST_WORDS = 4
# In points: the edges of a column's lines differ by no more, and by less where many words might
# stand there by chance.
_ALIGNED, _HAIR = 1.0, 0.1
# Baselines nearer than this cannot be two lines of one column.
INTERLEAVED = 0.8


@dataclass(slots=True, eq=False)
class Table:
    """A ruled table, already in order, which stands on its page like one large fragment.

    ``base`` and ``foot`` are the baselines of its first and last line.
    """

    members: list[Fragment]
    x0: float
    x1: float
    base: float
    foot: float
    size: float
    gap: float = 0.0
    walled: bool = False
    text: str = ""

    @classmethod
    def of(cls, members: list[Fragment]) -> Table:
        """Make a table of its fragments in order."""
        return cls(
            members,
            min(one.x0 for one in members),
            max(one.x1 for one in members),
            min(one.base for one in members),
            max(one.base for one in members),
            members[0].size,
        )


Item = Fragment | Table
Row = list[Item]


def foot(row: Row) -> float:
    """Give the lowest baseline of a row."""
    return max([item.foot if isinstance(item, Table) else item.base for item in row])


@dataclass(slots=True, eq=False)
class Corridor:
    """What is free of text between ``left`` and ``right``.

    Attributes:
        lo, hi: first and last row with text on both sides.
        both: the rows with text on both sides, or on one within a line of a row on the other.
        reach_above, reach_below: first and last row that leave it free.
        walled: whether a ruled line runs in it.
    """

    lo: int
    hi: int
    left: float
    right: float
    both: set[int] = field(default_factory=set)
    reach_above: int = 0
    reach_below: int = 0
    walled: bool = False


def corridors(rows: Sequence[Row], walls: Sequence[Wall] = ()) -> list[Corridor]:
    """Give the corridors between the items of some rows.

    Args:
        rows: top down, each from left to right.
        walls: vertical rules of the page.
    """
    found: list[Corridor] = []
    for at, left, right, walled in _gaps(rows, walls):
        known = any(
            at in one.both and left <= one.left + 0.5 and one.right <= right + 0.5 for one in found
        )
        if known and not walled:
            continue
        grown = _grown(rows, at, left, right)
        if grown is not None:
            grown.walled = walled
            same = [
                one
                for one in found
                if (one.lo, one.hi) == (grown.lo, grown.hi)
                and one.left < grown.right
                and grown.left < one.right
            ]
            if same:
                same[0].walled |= walled
            else:
                found.append(grown)
    return found


def _gaps(rows: Sequence[Row], walls: Sequence[Wall]) -> Iterator[tuple[int, float, float, bool]]:
    """Give the gaps that may part something: row, left and right end, whether a rule runs in it."""
    for at, row in enumerate(rows):
        if len(row) > 1:
            stretched = _stretched(row)
            usual = max(item.gap for item in row)
            for before, after in pairwise(row):
                width = after.x0 - before.x1
                if after.walled or (not stretched and width >= _STANDS_OUT * usual):
                    yield at, before.x1, after.x0, after.walled
        if at + 1 < len(rows) and interleaved(row, rows[at + 1]):
            sides = [(item, 0) for item in row] + [(item, 1) for item in rows[at + 1]]
            sides.sort(key=lambda side: side[0].x0)
            for (one, mine), (other, its) in pairwise(sides):
                if mine == its or other.x0 <= one.x1:
                    continue
                walled = _walled(one, other, walls)
                if walled or other.x0 - one.x1 >= WIDE_GAP * min(one.size, other.size):
                    yield at, one.x1, other.x0, walled


def _walled(left: Item, right: Item, walls: Sequence[Wall]) -> bool:
    high, low = sorted((left.base, right.base))
    return any(
        left.x1 - 1 <= x <= right.x0 + 1 and top < high and bottom > low - 0.6 * left.size
        for x, top, bottom in walls
    )


def _stretched(row: Row) -> bool:
    """Whether a row is one line of text, its few words justified far apart."""
    if len(row) < 3 or any(" " in item.text.strip() for item in row):
        return False
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    return max(gaps) < 1.5 * min(gaps)


def interleaved(row: Row, after: Row) -> bool:
    """Whether two rows stand too close for one column: each is of another."""
    return after[0].base - row[0].base < INTERLEAVED * min(row[0].size, after[0].size)


def _grown(rows: Sequence[Row], at: int, left: float, right: float) -> Corridor | None:
    """Follow a gap up and down as far as it stays free, and tighten it to where it parts text."""
    least = min(_NARROWEST * rows[at][0].size, 0.6 * (right - left))
    reach = [at, at]
    for end, step in ((0, -1), (1, 1)):
        place = at if step > 0 else at - 1
        while 0 <= place < len(rows):
            row = rows[place]
            narrowed = _narrowed(row, left, right, least)
            if narrowed is None and len(row) == 1 and row[0].x0 < left and row[0].x1 < right - 1:
                narrowed = left, right  # an entry that all but fills its column
            if narrowed is None:
                break
            within = row[0].x0 < narrowed[0] and row[-1].x1 > narrowed[1]
            near = _ALIGNED if len(row) <= _MOST_WORDS else _HAIR
            level = any(abs(item.x0 - right) < near for item in row)
            if within and place != at and not level and _stretched(row):
                break
            left, right = narrowed
            reach[end] = place
            place += step
    middle = (left + right) / 2
    both = set()
    for place in range(reach[0], reach[1] + 1):
        mine = _sides(rows[place], middle)
        if mine == 3:
            both.add(place)
        elif (
            place < reach[1]
            and interleaved(rows[place], rows[place + 1])
            and mine | _sides(rows[place + 1], middle) == 3
        ):
            both |= {place, place + 1}
    both = _together(rows, both, at)
    if not both:
        return None
    lo, hi = min(both), max(both)
    core = [item for row in rows[lo : hi + 1] for item in row]
    return Corridor(
        lo,
        hi,
        max(item.x1 for item in core if item.x1 <= middle),
        min(item.x0 for item in core if item.x0 >= middle),
        both,
        reach[0],
        reach[1],
    )


def _together(rows: Sequence[Row], both: set[int], at: int) -> set[int]:
    """Give the rows around one that no wide empty space parts: a footer is no row of a list."""
    found: set[int] = set()
    for place in sorted(both):
        if found:
            space = max(
                rows[after][0].base - foot(rows[after - 1])
                for after in range(max(found) + 1, place + 1)
            )
            if space > _EMPTY * rows[place - 1][0].size:
                if max(found) >= at:
                    return found
                found = set()
        found.add(place)
    return found


def _narrowed(row: Row, left: float, right: float, least: float) -> tuple[float, float] | None:
    """Give what a row leaves of a gap; None where it is crossed.

    Of several stretches the one before the next column counts, which starts where it does above;
    if to the hair, it may be narrow.
    """
    free = [(left, right)]
    for item in row:
        if item.x1 <= left + 0.5 or item.x0 >= right - 0.5:
            continue
        start, end = free.pop()
        if item.x0 > start:
            free.append((start, item.x0))
        free.append((item.x1, end))
    wide = [(start, end) for start, end in free if end - start >= least]
    start, end = free[-1]
    tight = end - start >= _TIGHT * least and any(abs(item.x0 - right) < _HAIR for item in row)
    if (start, end) == (left, right) or (wide and tight):
        return start, end
    return wide[-1] if wide else None


def _sides(row: Row, middle: float) -> int:
    """Give 1 for text on the left, 2 for text on the right, 3 for both."""
    return (1 if row[0].x1 <= middle else 0) | (2 if row[-1].x0 >= middle else 0)


def within_margins(rows: Sequence[Row], one: Corridor) -> list[int]:
    """Give the rows with text on both sides, without a page's header or footer."""
    both = sorted(one.both)
    # A line of text whose words stand apart has its gaps anywhere.
    both = [at for at in both if not _is_strewn(rows[at])] or both
    while len(both) > 1 and _is_margin(rows, both[-1], both[-2], len(rows) - 1):
        both.pop()
    while len(both) > 1 and _is_margin(rows, both[0], both[1], 0):
        both.pop(0)
    return both


def _is_strewn(row: Row) -> bool:
    return len(row) > _MOST_WORDS and not any(" " in item.text.strip() for item in row)


def _is_margin(rows: Sequence[Row], place: int, other: int, end: int) -> bool:
    """Whether a row is the first or last one or two, and apart from all others."""
    if abs(place - end) > 1:
        return False
    near = place + (1 if place < other else -1)
    above, below = rows[min(place, near)], rows[max(place, near)]
    size = max(item.size for row in (above, below) for item in row)
    return below[0].base - foot(above) > _BAND * size


def parts(rows: Sequence[Row], one: Corridor, pairs: Pairs) -> bool:
    """Whether a corridor parts columns or cells, and is not a chance of spacing."""
    if one.walled:
        return True
    middle = (one.left + one.right) / 2
    core = [rows[at] for at in within_margins(rows, one)]
    size = max(item.size for row in core for item in row)
    width = one.right - one.left
    lefts = [[item for item in row if item.x1 <= middle] for row in core]
    rights = [next((item for item in row if item.x0 >= middle), None) for row in core]
    # What is further right is of another column.
    first = [item for item in rights if item is not None and item.x0 < one.right + _ALONE * size]
    level = sum(bool(some) and item is not None for some, item in zip(lefts, rights, strict=True))
    if len(core) == 1 and is_dash(rights[0]):
        return False
    if is_justified(rows, one, pairs) or is_river(rows, one, pairs):
        return False
    if width >= _ALONE * size and (len(core) > 1 or not are_words(core[0])):
        return True
    label = " ".join(some[-1].text.strip() for some in lefts if some)
    # What stands between two baselines of its neighbour is no part of its line.
    least = _BEHIND_LABEL if level else WIDE_GAP
    if width >= least * min(item.size for row in core for item in row) and pairs(label):
        return True
    if len(first) < 2 or (level == 1 and len(core) < 3):
        return False
    # In narrow justified columns chance makes rivers, but never with straight banks.
    share = 0.6 if width >= _NO_RIVER * size else 0.8
    if _aligned([one.x0 for one in first], share):
        return True
    # Sums are set flush right; of words, justified lines are.
    sums = [one.x1 for one in first if any(map(str.isdigit, one.text))]
    return 2 * len(sums) > len(first) and _aligned([one.x1 for one in first], share)


def _aligned(edges: list[float], share: float) -> bool:
    """Whether most edges are one under the other."""
    best = max(sum(abs(edge - other) < _ALIGNED for other in edges) for edge in edges)
    return best >= 2 and best >= share * len(edges)
