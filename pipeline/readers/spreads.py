"""Sheets that show two pages side by side, as from a printer's "two pages a sheet"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.lines import Box, PageSize
from pipeline.readers.folios import folio
from pipeline.readers.grids import Pairs
from pipeline.readers.page import Page
from pipeline.readers.rules import walls
from pipeline.readers.strips import Fragment, rows

# A sheet is so many times wider than high at least; two A4 pages make 1.41.
_WIDE = 1.2
# In points: what comes again on the other page stands this near its place, and the fold is free.
_PLACE = 3.0
_FREE = 1.0
# The letters that a running line has at least, and how many rows of a page's edge it may be in.
_LETTERS = 6
_EDGE = 3
# The rows of a page whose margins tell, at least, and in points: what its margins measure, and how
# far the first lines of two pages, which differ in size, are from one height; and what share of
# the rows starts at the margin.
_FEWEST_ROWS = 10
_MARGIN = 18.0
_SAME_HEIGHT = 18.0
_MANY = 0.3

Rows = list[list[Fragment]]


class Spreads:
    """Which sheets of a document are two pages, told by what both print in the same place.

    A running line stands on both pages, half a sheet apart; or the page numbers are consecutive;
    or both pages, begun at one height, keep to the same margin on the left, which two columns of
    one page hardly ever do. Once one sheet has shown it, others of its size are two pages too if
    nothing crosses their fold.
    """

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._sizes: set[PageSize] = set()

    def pages(self, sheet: Page) -> tuple[Page, Page] | None:
        """Give the left and the right page of a sheet, None of one that is a single page."""
        if sheet.size.width < _WIDE * sheet.size.height:
            return None
        fold = sheet.size.width / 2
        boxes = [*sheet.rules, *((strip.x0, 0.0, strip.x1, 0.0) for strip in sheet.strips)]
        if any(x0 < fold - _FREE and x1 > fold + _FREE for x0, _, x1, _ in boxes):
            return None
        left, right = _half(sheet, 0.0, fold), _half(sheet, fold, sheet.size.width)
        size = PageSize(round(sheet.size.width), round(sheet.size.height))
        if size not in self._sizes:
            pages = _rows(left), _rows(right)
            if not self._same(*pages, fold) and not _set_alike(*pages, fold):
                return None
            self._sizes.add(size)
        return left, right

    def _same(self, left: Rows, right: Rows, fold: float) -> bool:
        """Whether two pages print the same at their heads or feet, or count on."""
        return any(
            abs(one.base - other.base) < _PLACE and self._comes_again(one, other, fold)
            for edge in (slice(None, _EDGE), slice(-_EDGE, None))
            for one in _all(left[edge])
            for other in _all(right[edge])
        )

    def _comes_again(self, one: Fragment, other: Fragment, fold: float) -> bool:
        text, again = one.text.strip(), other.text.strip()
        number, next_number = folio(text), folio(again)
        if number is not None and next_number is not None:
            return next_number == number + 1
        return (
            text == again
            and sum(map(str.isalpha, text)) >= _LETTERS
            and abs(other.x0 - one.x0 - fold) < _PLACE
            and not self._pairs(text)
        )


def _set_alike(left: Rows, right: Rows, fold: float) -> bool:
    """Whether two halves of a sheet have the margins of two pages."""
    if min(len(left), len(right)) < _FEWEST_ROWS:
        return False
    margin, other = _margin(left), _margin(right)
    return (
        margin > _MARGIN
        and abs(other - fold - margin) < _PLACE
        and fold - max(one.x1 for one in _all(left)) > _MARGIN
        and abs(left[0][0].base - right[0][0].base) < _SAME_HEIGHT
    )


def _margin(page: Rows) -> float:
    """Give the first place from the left where many rows of a page start."""
    starts = sorted(row[0].x0 for row in page)
    return next(
        (
            start
            for start in starts
            if sum(0 <= other - start < _PLACE for other in starts) >= _MANY * len(starts)
        ),
        0.0,
    )


def _all(some: Sequence[Sequence[Fragment]]) -> Iterator[Fragment]:
    return (one for row in some for one in row)


def _rows(page: Page) -> Rows:
    return rows(page.strips, walls(page.rules))


def _half(sheet: Page, start: float, end: float) -> Page:
    """Give what stands between two places of a sheet, where the sheet has it."""

    def here(box: Box) -> bool:
        return start <= (box.x0 + box.x1) / 2 < end

    return replace(
        sheet,
        strips=[strip for strip in sheet.strips if start <= (strip.x0 + strip.x1) / 2 < end],
        turned=[],
        pictures=[box for box in sheet.pictures if here(box)],
        dots=[],
        rules=[box for box in sheet.rules if here(box)],
    )
