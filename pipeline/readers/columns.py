"""Reading order: which gaps of a page part columns or cells, and in what order those are read.

A gap in one row says little, since justified lines have wide ones too. What tells is the corridor
that a gap keeps free of text down the page: how many rows have text on both its sides, whether
these are aligned, whether a ruled line runs in it. A corridor parts either columns, read one after
the other (running text, lists of addresses), or the cells of a grid, read row by row (labels and
their values, ruled tables, codes and their titles).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.lines import Box
from pipeline.readers.bands import Heads
from pipeline.readers.corridors import Corridor, Item, Row, Table, corridors, foot, parts
from pipeline.readers.flow import flow_extent, is_flow
from pipeline.readers.fragments import join
from pipeline.readers.grids import Pairs, bare_label, grid_rows
from pipeline.readers.headed import SUM, Columns, headed_rows
from pipeline.readers.justified import breaks_word
from pipeline.readers.lists import by_pitch, is_address, wraps_of
from pipeline.readers.rules import is_vertical, walls
from pipeline.readers.strips import Fragment

_DEEPEST = 24
# In ems.
_NEXT_LINE = 1.7
_FAR_STEP = 2.2
# In points: lines of one column start this near each other.
_SAME_START = 1.0


class Order:
    """The order of one page; ``tables`` counts its grids."""

    def __init__(
        self, rules: Sequence[Box], pairs: Pairs, pictures: Sequence[Box], heads: Heads
    ) -> None:
        self.heads = heads
        self.pictures = pictures
        self.rules = rules
        self.level = [rule for rule in rules if not is_vertical(rule)]
        self.walls = walls(rules)
        self.pairs = pairs
        self.tables = 0

    def order(self, rows: Sequence[Row], depth: int, *, in_column: bool = False) -> list[Fragment]:
        """Give the fragments of some rows in reading order.

        Args:
            rows: top down.
            depth: how many divisions made these rows.
            in_column: whether they are a column of running text, which holds no more such columns.
        """
        found: list[Fragment] = []
        while rows:
            seen = corridors(rows, self.walls) if depth < _DEEPEST else []
            seen = [one for one in seen if not breaks_word(rows, one)]
            flows = [one for one in seen if not in_column and is_flow(rows, one, self.pairs)]
            taken = {id(one) for one in flows}
            kept = [one for one in seen if id(one) in taken or parts(rows, one, self.pairs)]
            if not kept:
                break
            if flows:
                main = max(flows, key=lambda one: len(one.both))
                lo, hi = flow_extent(rows, main, self.heads, self.pictures)
            else:
                main = min(kept, key=lambda one: (one.lo, -len(one.both)))
                if headed := headed_rows(rows, main.lo, self.pairs):
                    found += _plain(rows[: main.lo]) + self._headed(headed[0])
                    rows = rows[headed[1] :]
                    continue
                lo, hi = self._extent(rows, main)
            found += self.order(rows[:lo], depth + 1) if flows else _plain(rows[:lo])
            block = rows[lo : hi + 1]
            columns = in_columns(block, _cuts(flows or seen, flows or kept, main, lo, hi))
            if not flows and self._is_grid(block, columns, main):
                found += self._grid(block, columns, main, depth)
            else:
                found += self._listed(columns if flows else by_pitch(columns), bool(flows), depth)
            rows = rows[hi + 1 :]
        return found + _plain(rows)

    def _extent(self, rows: Sequence[Row], main: Corridor) -> tuple[int, int]:
        """Give the first and last row of a list or grid: where it has text on both sides, and more.

        What goes on to the right above and below belongs to it; to the left what follows does
        where a label wraps, or a list has more entries in its first column: of three addresses in
        two columns but two stand side by side.
        """
        lo, hi = main.lo, self._end(rows, main)
        lefts = [row[0] for row in rows[lo : hi + 1] if row[0].x1 <= main.left + 1]
        rights = [row[-1] for row in rows[lo : hi + 1] if row[-1].x0 >= main.right - 1]
        steps = [
            after.base - before.base
            for column in (lefts, rights)
            for before, after in pairwise(column)
        ]
        longest = 1.15 * max(steps, default=0.0)
        single = not steps and all(map(is_address, rights))
        if single:
            # An entry may be wrapped, too.
            far = _FAR_STEP if all(map(is_address, lefts)) else _NEXT_LINE
            longest = far * rows[lo][0].size
        reach = max(_NEXT_LINE * rows[hi][0].size, longest)
        while hi < main.reach_below and rows[hi + 1][0].base - foot(rows[hi]) <= reach:
            row = rows[hi + 1]
            if row[0].x0 < main.right - 1:
                above = [item for other in rows[lo : hi + 1] for item in other]
                same = [item for item in above if abs(item.x0 - row[0].x0) < _SAME_START]
                place = any(is_address(other[0]) for other in rows[hi + 1 : hi + 3])
                if single and not place:
                    break
                # A place may stand below the last line of the one beside the place above it.
                top = foot(rows[hi]) if place else 0.0
                if not self._goes_on((same or lefts)[-1], row[0], longest, top):
                    break
                lefts.append(row[0])
            hi += 1
        while lo > main.reach_above and rows[lo - 1][0].x0 >= main.right - 1:
            if rows[lo][0].base - foot(rows[lo - 1]) > reach:
                break
            lo -= 1
        return lo, hi

    def _end(self, rows: Sequence[Row], main: Corridor) -> int:
        """Give the last row of what has text on both sides without much between.

        A list ends at a label with its value, which only happen to be short enough, and at a step
        that is much longer than its own.
        """
        both = sorted(main.both)
        steps = [rows[after][0].base - foot(rows[before]) for before, after in pairwise(both)]
        far = max(_FAR_STEP * min(steps, default=0.0), _FAR_STEP * 1.2 * rows[main.lo][0].size)
        end = both[0]
        for after in both[1:]:
            for at in range(end + 1, after + 1):
                first = rows[at][0]
                alone = at not in main.both and first.x0 < main.right - 1
                text = first.text.strip()
                if rows[at][0].base - foot(rows[at - 1]) > far or (
                    alone and self.pairs(text) and not bare_label(text, self.pairs)
                ):
                    return end
            end = after
        return end

    def _goes_on(self, last: Item, line: Item, longest: float, top: float) -> bool:
        """Whether a line left of a corridor is the rest of a label or one more entry of a list."""
        if not isinstance(last, Fragment) or not isinstance(line, Fragment):
            return False
        text, rest = last.text.strip(), line.text.strip()
        if self.pairs(text) or self.pairs(rest):
            return False
        return self.pairs(f"{text} {rest}") or (
            line.base - max(last.base, top) <= longest
            and abs(line.x0 - last.x0) < _SAME_START
            and line.runs[0][1:] == last.runs[0][1:]
            and ":" not in rest
        )

    def _is_grid(self, block: Sequence[Row], columns: list[list[Row]], main: Corridor) -> bool:
        """Whether the text right of a corridor belongs to what stands left of it."""
        if any(isinstance(item, Table) for row in block for item in row):
            # A table is no cell: two side by side stand in two columns.
            return False
        if main.walled or self._levels(block, main):
            return True
        first = _plain(columns[0])
        labels = [one.text for one in first if self.pairs(one.text.strip())]
        bare = sum(bare_label(text, self.pairs) for text in labels)
        if bare and 2 * bare >= len(labels):
            return True
        if len(first) > 1 and self.pairs(" ".join(one.text.strip() for one in first[:2])):
            return True
        return all(SUM.fullmatch(one.text.strip()) for one in _plain(columns[-1]))

    def _levels(self, block: Sequence[Row], main: Corridor) -> list[float]:
        """Give the heights of ruled lines that cross a corridor within its block."""
        top, bottom = block[0][0].base, block[-1][0].base
        return [
            (rule.top + rule.bottom) / 2
            for rule in self.level
            if rule.x0 < main.left and rule.x1 > main.right and top < rule.top < bottom
        ]

    def _grid(
        self, block: Sequence[Row], columns: list[list[Row]], main: Corridor, depth: int
    ) -> list[Fragment]:
        lines = [self.order(column, depth + 1) for column in columns]
        edges = [min(one.x0 for one in column) for column in lines]
        table, self.tables = self.tables, self.tables + 1
        found: list[Fragment] = []
        for at, cells in enumerate(grid_rows(lines, self._levels(block, main), self.pairs)):
            for column, cell in enumerate(cells):
                for one in cell:
                    _place(one, (table, at, column), edges[column + 1 :])
                found += cell
        return found

    def _headed(self, columns: Columns) -> list[Fragment]:
        """Give labels that stand side by side, each before the value under it."""
        table, self.tables = self.tables, self.tables + 1
        edges = [min(one.x0 for lines in column for one in lines) for column in columns]
        for row, column in enumerate(columns):
            for at, lines in enumerate(column):
                for one in lines:
                    _place(one, (table, row, at), edges[row + 1 :])
        return [one for column in columns for lines in column for one in lines]

    def _listed(self, columns: list[list[Row]], flow: bool, depth: int) -> list[Fragment]:
        lines = [self.order(column, depth + 1, in_column=True) for column in columns]
        edges = [min(one.x0 for one in column) for column in lines]
        table = self.tables
        self.tables += not flow
        wraps = wraps_of(lines, edges)
        for at, column in enumerate(lines):
            if flow:
                widest = max(one.x1 for one in column)
                for one in column:
                    one.room = one.room or widest
                continue
            row = 0
            for before, one in zip([None, *column], column, strict=False):
                if before is not None and wraps(before, one, at):
                    before.room = before.x1
                elif before is not None:
                    row += 1
                _place(one, (table, row, at), edges[at + 1 :])
        return [one for column in lines for one in column]


def _place(one: Fragment, cell: tuple[int, int, int], next_edges: list[float]) -> None:
    one.cell = one.cell or cell
    if one.room is None and next_edges:
        one.room = max(one.x1, next_edges[0])


def _whole(row: Row) -> Iterator[Fragment]:
    """Give a row that no column parts: one line, whatever its gaps."""
    line: Fragment | None = None
    for item in row:
        if isinstance(item, Fragment):
            if line is None:
                line = item
            elif item.walled:
                yield line
                line = item
            else:
                line = join(line, item)
            continue
        if line is not None:
            yield line
            line = None
        yield from item.members
    if line is not None:
        yield line


def _plain(rows: Sequence[Row]) -> list[Fragment]:
    return [one for row in rows for one in _whole(row)]


def in_rows(fragments: Sequence[Fragment]) -> list[Row]:
    """Put fragments in rows again."""
    found: list[Row] = []
    for one in sorted(fragments, key=lambda one: (one.base, one.x0)):
        if found and one.base - found[-1][0].base <= 0.25 * one.size:
            found[-1].append(one)
        else:
            found.append([one])
    for row in found:
        row.sort(key=lambda item: item.x0)
    return found


def _cuts(
    seen: Sequence[Corridor], kept: Sequence[Corridor], main: Corridor, lo: int, hi: int
) -> list[float]:
    """Give where the second and further columns of a block start: behind its corridors.

    Args:
        seen: corridors that part its columns if they are free all along it.
        kept: those that do also where they are not.
        main: the corridor that made it a block.
        lo: its first row.
        hi: its last row.
    """
    cuts = [main.right - 1]
    sure = {id(one) for one in kept}
    for one in seen:
        along = (
            id(one) in sure
            and len(one.both) > 1
            and 2 * len(one.both) >= len(main.both)
            and lo <= one.lo
            and one.hi <= hi
        )
        free = one.reach_above <= lo and one.reach_below >= hi
        if one is not main and (along or free) and all(abs(one.right - cut) > 5 for cut in cuts):
            cuts.append(one.right - 1)
    return sorted(cuts)


def in_columns(block: Sequence[Row], cuts: list[float]) -> list[list[Row]]:
    """Part rows at some left edges: the rows of each column, from left to right."""
    columns: list[list[Row]] = [[] for _ in range(len(cuts) + 1)]
    for row in block:
        parted: dict[int, Row] = {}
        for item in row:
            parted.setdefault(bisect(cuts, item.x0), []).append(item)
        for at, items in parted.items():
            columns[at].append(items)
    return [column for column in columns if column]
