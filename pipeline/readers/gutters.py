"""The gutter of a page set in two columns, which its wrapped lines tell.

A line of running text ends where the next word would not have fitted. On a page of two columns
the lines on both sides of a gutter do, each within its own width; the entries of lists, labels,
values and codes do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from parsers.median import median
from pipeline.readers.bands import Heads, counted, largest
from pipeline.readers.corridors import Corridor, Item, Row, Table
from pipeline.readers.flow import NARROWEST
from pipeline.readers.fragments import split
from pipeline.readers.grids import Pairs, bare_label
from pipeline.readers.lists import is_address
from pipeline.readers.strips import Fragment
from pipeline.readers.tokens import WIDE_GAP

_FEWEST_STARTS = 4
_MOST_PLACES = 3
_FEWEST_WRAPPED = 3
_WRAPPED_SHARE = 0.3
_LABELLED_SHARE = 0.3
# Columns are as wide as each other but for this share.
_UNEQUAL = 0.2
# In ems.
_CROSSES = 0.4
_SPACE = 0.2
_STEPS = (0.8, 1.75)
# In points: where a column starts, its lines do.
_SAME_START = 1.0
_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
_INDENTS = (2.0, 3.2)
_SMALL = 0.92
_LARGE = 1.08
# Rows at a page's head and foot.
_MARGIN = 2
# Rows of two columns come in turns.
_NEAR = 2


@dataclass(slots=True)
class Gutter:
    """What two columns leave free between them; ``end`` is the right column's right edge."""

    left: float
    right: float
    end: float

    def crossed(self, item: Item) -> bool:
        """Whether an item stands on both its sides."""
        return item.x0 < self.right - 1 and item.x1 > self.right - _CROSSES * item.size


@dataclass(slots=True)
class _Side:
    """The lines on one side of a gutter, and the places where one runs on into the next.

    Attributes:
        lines: those that begin with text.
        ends: right edges of all rows.
        edges: right edge, size and first item of the rows that end with text.
        seams: where a line ends, and the width of the next one's first word and a space.
    """

    lines: list[Fragment] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    edges: list[tuple[float, float, Item]] = field(default_factory=list)
    seams: list[tuple[float, float]] = field(default_factory=list)

    def add(self, items: Sequence[Item], anew: bool) -> None:
        first, last = items[0], items[-1]
        self.ends.append(last.x1)
        if isinstance(last, Fragment):
            self.edges.append((last.x1, round(last.size, 1), first))
        if not isinstance(first, Fragment) or not isinstance(last, Fragment):
            return
        if self.lines and not anew:
            step = (first.base - self.lines[-1].base) / first.size
            alike = abs(first.size - self.lines[-1].size) < 0.05 * first.size
            if alike and _STEPS[0] < step < _STEPS[1]:
                self.seams.append((self.ends[-2], _word(first) + _SPACE * first.size))
        self.lines.append(first)

    def edge(self) -> float:
        """Give the right edge of the lines that are set as most are.

        A heading over both columns may end between them, and a table that is too wide reach out.
        """
        usual = Counter(size for _, size, _ in self.edges).most_common(1)[0][0]
        ends = sorted((one for one in self.edges if one[1] == usual), key=itemgetter(0))
        # A heading as large as the text is a counted one, as places are, too.
        _, _, widest = ends[-1]
        heading = len(ends) > 1 and counted(widest) and not is_address(widest)
        return ends[-2 if heading else -1][0]

    def wrapped(self, end: float) -> int:
        """Count the lines whose next word would not have fitted."""
        return sum(before + word > end for before, word in self.seams)


def _word(one: Fragment) -> float:
    """Give the width of the first word of a line."""
    start = len(one.text) - len(one.text.lstrip())
    end = one.text.find(" ", start + 1)
    return one.rights[(end if end > 0 else len(one.text)) - 1] - one.lefts[start]


def _usual_size(items: Sequence[Item]) -> float:
    """Give the size that most characters are set in, to a tenth of a point."""
    exact: dict[float, int] = {}
    for item in items:
        for one in item.members if isinstance(item, Table) else (item,):
            exact[one.size] = exact.get(one.size, 0) + len(one.text)
    weights: Counter[float] = Counter()
    for size, count in exact.items():
        weights[round(size, 1)] += count
    return weights.most_common(1)[0][0] if weights else 0.0


def find_gutter(rows: Sequence[Row], pairs: Pairs) -> Gutter | None:
    """Find the gutter of a page whose text runs in two columns, equally wide.

    Args:
        rows: of a page, top down, each from left to right.
        pairs: whether a text begins with a label or is a code.
    """
    left = min((row[0].x0 for row in rows), default=0.0)
    starts = Counter(
        round(item.x0) for row in rows for item in row if item.x0 - left > NARROWEST * item.size
    )
    common = [at for at, count in starts.most_common(_MOST_PLACES) if count >= _FEWEST_STARTS]
    if not common:
        return None
    # What is most frequent may be the entries of a list, or their text, set in from the column's
    # edge.
    size = median(row[0].size for row in rows)
    edges = [
        min(other for other in starts if at - indent * size <= other <= at)
        for at in common
        for indent in _INDENTS
    ]
    best: tuple[int, Gutter] | None = None
    for place in dict.fromkeys([*common, *edges]):
        judged = _judged(rows, place - 0.5, pairs)
        if judged is not None and (best is None or judged[0] > best[0]):
            best = judged
    return best and best[1]


def _judged(rows: Sequence[Row], start: float, pairs: Pairs) -> tuple[int, Gutter] | None:
    """Give the gutter that ends where a column starts, and what speaks for it.

    That is how many lines wrap beside it, less those that cross it.
    """
    gutter = Gutter(start, start, start)
    left, right = sides = _Side(), _Side()
    edges = (min(row[0].x0 for row in rows), start)
    anew = [True, True]
    crossings = 0
    for row in rows:
        if any(map(gutter.crossed, row)):
            anew = [True, True]
            crossings += 1
            continue
        parts: tuple[list[Item], list[Item]] = [], []
        for item in row:
            parts[item.x0 >= start - 1].append(item)
        for at, items in enumerate(parts):
            # A page's number may stand further out than its text.
            if items and items[0].x0 - edges[at] < NARROWEST * items[0].size:
                sides[at].add(items, anew[at])
                anew[at] = not isinstance(items[0], Fragment)
    if min(len(left.seams), len(right.seams)) < _FEWEST_WRAPPED:
        return None
    gutter.left, gutter.end = left.edge(), right.edge()
    widths = gutter.left - min(one.x0 for one in left.lines), gutter.end - start
    size = median(line.size for line in left.lines)
    if min(widths) < NARROWEST * size or abs(widths[0] - widths[1]) > _UNEQUAL * max(widths):
        return None
    found = 0
    for side, end in ((left, gutter.left), (right, gutter.end)):
        wrapped = side.wrapped(end)
        if wrapped < max(_FEWEST_WRAPPED, _WRAPPED_SHARE * len(side.seams)):
            return None
        found += wrapped
    labels = sum(bare_label(one.text, pairs) for one in left.lines)
    return (found - crossings, gutter) if labels < _LABELLED_SHARE * len(left.lines) else None


def fits(rows: Sequence[Row], gutter: Gutter, pairs: Pairs, heads: Heads) -> bool:
    """Whether a page may have columns that another one shows, though it tells less.

    Only headings, larger than the text or known to stand so, and lines at its head or foot, stand
    over both; a label's value in the right half is no column.
    """
    large = _LARGE * _usual_size([item for row in rows for item in row])
    across = [
        at
        for at, row in enumerate(rows)
        if any(gutter.crossed(item) and item.size < large and not heads.over(item) for item in row)
    ]
    if any(_MARGIN <= at < len(rows) - _MARGIN for at in across):
        return False
    for row in rows:
        lefts = [item for item in row if item.x0 < gutter.right - 1]
        # A label of its own is no value of the one beside it.
        if (
            0 < len(lefts) < len(row)
            and bare_label(lefts[-1].text, pairs)
            and not pairs(row[len(lefts)].text.strip())
        ):
            return False
    return True


def measure(lines: Sequence[Fragment]) -> float | None:
    """Give the right edge that the text of a page keeps to, where its wrapped lines tell.

    Headings may reach further: over a column that stands alone, the other being empty.

    Args:
        lines: of one page in reading order, those in no column and no cell.
    """
    if not lines:
        return None
    size = _usual_size(lines)
    plain = [one for one in lines if round(one.size, 1) == size]
    start = min(one.x0 for one in plain) + NARROWEST * plain[0].size
    end = max(one.x1 for one in plain if one.x0 < start)
    side = _Side()
    for one in lines:
        if one.x0 < start:
            side.add([one], one.x1 > end + one.size)
    wrapped = side.wrapped(end)
    return end if wrapped >= max(_FEWEST_WRAPPED, len(side.seams) / 2) else None


def without_crossings(rows: Sequence[Row], gutter: Gutter) -> list[Row]:
    """Cut the lines of both columns that stand as far apart as justified words, as one was read.

    The left one ends within its column, and the right one starts where its column does.
    """

    def parts(item: Item) -> tuple[Item, ...]:
        if isinstance(item, Fragment) and gutter.crossed(item):
            for space in _GAP.finditer(item.text):
                end, start = item.rights[space.start() - 1], item.lefts[space.end()]
                if (
                    abs(start - gutter.right) < _SAME_START
                    and end < gutter.left + _SAME_START
                    and start - end >= WIDE_GAP * item.size
                ):
                    return split(item, space.end())
        return (item,)

    return [[part for item in row for part in parts(item)] for row in rows]


def usual(found: Sequence[tuple[float, Gutter]], width: float) -> list[Gutter]:
    """Give the gutters of a document's pages of one width, each place once, the usual first.

    Args:
        found: pages' widths and gutters, in points.
        width: of the pages asked for.
    """
    places: dict[int, list[Gutter]] = {}
    for other, gutter in found:
        if abs(other - width) < 1:
            places.setdefault(round(gutter.right), []).append(gutter)
    return [
        Gutter(max(one.left for one in some), some[0].right, max(one.end for one in some))
        for some in sorted(places.values(), key=len, reverse=True)
    ]


def band(rows: Sequence[Row], gutter: Gutter) -> Corridor | None:
    """Give the first stretch of rows that leaves a gutter free and has text on its right."""
    free: list[int] = []
    for at in range(len(rows) + 1):
        if at < len(rows):
            across = [item for item in rows[at] if gutter.crossed(item)]
            if not across or _overfull(rows, at, across[-1], gutter):
                free.append(at)
                continue
        right = [place for place in free if rows[place][-1].x0 >= gutter.right - 1]
        if right:
            return Corridor(
                right[0], right[-1], gutter.left, gutter.right, set(right), free[0], free[-1]
            )
        free = []
    return None


def _overfull(rows: Sequence[Row], at: int, line: Item, gutter: Gutter) -> bool:
    """Whether a line that crosses a gutter is the left column's, with a word too long for it.

    The lines just above and below are of one text with it and keep to the column.
    """

    def keeps(near: Sequence[Row]) -> bool:
        return any(
            abs(item.x0 - line.x0) < 1.0
            and abs(item.size - line.size) < 0.05 * line.size
            and _STEPS[0] < abs(item.base - line.base) / line.size < _STEPS[1]
            and not gutter.crossed(item)
            for row in near
            for item in row
        )

    return keeps(rows[max(at - _NEAR, 0) : at]) and keeps(rows[at + 1 : at + 1 + _NEAR])


def without_notes(rows: Sequence[Row], lo: int, hi: int, right: float) -> int:
    """Give the last row of columns, without the footnotes that stand below both of them."""
    small = _SMALL * _usual_size([item for row in rows[lo : hi + 1] for item in row])
    while hi > lo and largest(rows[hi][0]) < small and rows[hi][-1].x0 < right - 1:
        above = next((row[0] for row in rows[hi - 1 : lo : -1] if row[0].x0 < right - 1), None)
        if above and above.size < small <= largest(above):
            break  # a heading in small capitals, whose last line has no large ones
        hi -= 1
    return hi
