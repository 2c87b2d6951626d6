"""The order of a whole page: its ruled tables, its own two columns, and what stands in each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.lines import Box
from pipeline.readers.bands import Heads
from pipeline.readers.columns import Order, in_columns, in_rows
from pipeline.readers.corridors import Row, Table, interleaved
from pipeline.readers.flow import flow_extent
from pipeline.readers.grids import Pairs
from pipeline.readers.gutters import (
    Gutter,
    band,
    find_gutter,
    fits,
    without_crossings,
    without_notes,
)
from pipeline.readers.headed import headed_cells
from pipeline.readers.strips import Fragment
from pipeline.readers.tables import find_tables
from pipeline.readers.tidy import tidied

# In ems, from line to line of a heading.
_LEADING = 1.75


def reading_order(
    rows: Sequence[Sequence[Fragment]],
    rules: Sequence[Box],
    pairs: Pairs,
    pictures: Sequence[Box] = (),
) -> list[Fragment]:
    """Put the rows of a page in the order in which they are read; see :class:`PageOrder`.

    Returns:
        Every fragment once, those joined that no column parts, with ``room`` and ``cell`` set
        where they stand in columns or cells.
    """
    page = PageOrder(rows, rules, pairs, pictures)
    return page.fragments(page.gutter)


class PageOrder:
    """A page whose tables are put in order, and whose columns are found if it shows them.

    Attributes:
        gutter: what parts its two columns, where its own text tells.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Fragment]],
        rules: Sequence[Box],
        pairs: Pairs,
        pictures: Sequence[Box] = (),
        heads: Heads | None = None,
    ) -> None:
        """Take a page.

        Args:
            rows: from the top down, each from left to right.
            rules: ruled lines, and edges of boxes.
            pairs: whether a text begins with a label or is a code, so that its neighbour to the
                right is its value.
            pictures: boxes of images, which stand in columns as text does.
            heads: how headings of its document stand.
        """
        self._order = Order(rules, pairs, pictures, heads or Heads())
        self._rows = self._with_tables(tidied(rows), rules)
        self.gutter = find_gutter(self._rows, pairs)

    def fits(self, gutter: Gutter) -> bool:
        """Whether the page may have the columns that another page shows."""
        return fits(self._rows, gutter, self._order.pairs, self._order.heads)

    def fragments(self, gutter: Gutter | None) -> list[Fragment]:
        """Give the page's text in reading order, once, by the columns that a gutter parts."""
        rows, order = self._rows, self._order
        found: list[Fragment] = []
        if gutter is not None:
            rows = without_crossings(rows, gutter)
        while gutter is not None and (one := band(rows, gutter)) is not None:
            lo, hi = flow_extent(rows, one, order.heads, order.pictures)
            hi = without_notes(rows, lo, hi, gutter.right)
            while lo > one.reach_above and interleaved(rows[lo - 1], rows[lo]):
                lo -= 1
            found += order.order(rows[:lo], 0)
            columns = in_columns(rows[lo : hi + 1], [gutter.right - 1])
            for column in columns:
                end = gutter.left if column[0][0].x0 < gutter.right - 1 else gutter.end
                for fragment in order.order(column, 1, in_column=True):
                    fragment.room = max(fragment.x1, fragment.room or end)
                    found.append(fragment)
            rows = rows[hi + 1 :]
        found += order.order(rows, 0)
        if gutter is not None:
            _bound(found, gutter)
        return found

    def _with_tables(self, rows: list[list[Fragment]], rules: Sequence[Box]) -> list[Row]:
        """Put the ruled tables of a page in order, each of which then stands as one piece."""
        tables = find_tables(rules, [one for row in rows for one in row])
        if not tables:
            return [list(row) for row in rows]
        order = self._order
        taken: set[int] = set()
        pieces: list[Row] = []
        for cells in (headed_cells(cells, order.pairs) for cells in tables):
            free = [[f for f in cell.fragments if id(f) not in taken] for cell in cells]
            taken.update(id(one) for some in free for one in some)
            if not any(free):
                continue
            members: list[Fragment] = []
            for cell, some in zip(cells, free, strict=True):
                if not some:
                    continue
                # Text keeps the same distance from both sides of its cell.
                room = cell.box.x1 - max(min(one.x0 for one in some) - cell.box.x0, 0.0)
                for one in order.order(in_rows(some), 1):
                    one.cell = one.cell or (order.tables, cell.row, cell.column)
                    one.room = max(one.x1, min(room, one.room or room))
                    members.append(one)
            order.tables += 1
            pieces.append([Table.of(members)])
        left = [[one for one in row if id(one) not in taken] for row in rows]
        pieces += [list(row) for row in left if row]
        pieces.sort(key=lambda row: row[0].base)
        return pieces


def _bound(fragments: Sequence[Fragment], gutter: Gutter) -> None:
    """Give what stands in the left column its room where nothing stands beside it.

    The lines of a heading over both columns have the page's, however short the last one is.
    """
    across = False
    for before, one in pairwise([None, *fragments]):
        if one is None or one.room is not None:
            across = False
            continue
        goes_on = (
            across
            and before is not None
            and abs(one.size - before.size) < 0.05 * one.size
            and one.base - before.base < _LEADING * one.size
        )
        across = gutter.crossed(one) or goes_on
        if not across and one.x0 < gutter.left:
            one.room = max(one.x1, gutter.left)
