"""Lists set in columns: which lines make one entry, and where a short last column starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import sub

from pipeline.readers.corridors import Item, Row
from pipeline.readers.fragments import split
from pipeline.readers.strips import Fragment
from pipeline.readers.tidy import STREET

# Entries of a list stand this much further apart than the lines of one do, which stand closer than
# so many ems.
_LOOSER = 1.12
_ENTRY = 1.6
_WORD_GAP = 0.3
# Columns of a list are as wide as each other to so many points.
_SAME_PITCH = 3.0
# In points: where a column starts, its lines do.
_SAME_START = 0.5
# What cells of a list may leave free on both their sides, in ems.
_PADDING = 2.0

_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")
_HOUSE = re.compile(r"(?<!\d)\d{1,3}(?:\s?/?\s?\w{1,3})?$")


def wraps_of(
    columns: Sequence[Sequence[Fragment]], edges: Sequence[float]
) -> Callable[[Fragment, Fragment, int], bool]:
    """Give a test of whether a line of a list's column goes on with the entry above it.

    The lines of an entry stand closer than entries do, and an entry wraps only where it must. In
    a list with one distance a house number ends an entry.
    """
    steps = sorted(
        after.base - before.base
        for column in columns
        for before, after in pairwise(column)
        if after.base > before.base
    )
    least = steps[0] if steps else 0.0
    parted = bool(steps) and steps[-1] > _LOOSER * least
    pitch = min(map(sub, edges[1:], edges), default=0.0)

    def wraps(before: Fragment, one: Fragment, at: int) -> bool:
        step = one.base - before.base
        if step <= 0 or step > _LOOSER * least or step > _ENTRY * one.size:
            return False
        if STREET.fullmatch(before.text.strip()):
            return True
        if not (parted or _goes_on(one)) and (is_address(before) or not is_address(one)):
            return False
        end = one.text.find(" ", 1)
        word = one.rights[(end if end > 0 else len(one.text)) - 1] - one.x0
        room = edges[at + 1] if at + 1 < len(edges) else edges[at] + pitch
        return before.x1 + _WORD_GAP * one.size + word > room - _PADDING * one.size

    return wraps


def by_pitch(columns: list[list[Row]]) -> list[list[Row]]:
    """Part the last column of a list where one more would start, which has an entry or two.

    The columns of a list are equally wide. What stands close to such an entry is cut where it
    starts, if that is to the hair where the column would.
    """
    starts = [min(item.x0 for row in column for item in row) for column in columns]
    pitches = list(map(sub, starts[1:], starts))
    if not pitches or max(pitches) - min(pitches) > _SAME_PITCH:
        return columns
    start = starts[-1] + pitches[-1]
    edge = start - _SAME_PITCH
    rest: list[Row] = []
    more: list[Row] = []
    cuts: list[list[Fragment]] = []
    for row in columns[-1]:
        items: Row = []
        for item in row:
            if not item.x0 < edge < item.x1:
                items.append(item)
                continue
            parts = _cut(item, start)
            if parts is None:
                return columns
            cuts.append(parts)
            items += parts
        rest.append([item for item in items if item.x0 < edge])
        more.append([item for item in items if item.x0 >= edge])
    more = [row for row in more if row]
    if not more or min(row[0].x0 for row in more) > edge + 2 * _SAME_PITCH:
        return columns
    # A word may start there by chance.
    if len(cuts) == 1 and not (all(map(is_address, cuts[0])) or all(map(_opens_address, cuts[0]))):
        return columns
    return [*columns[:-1], [row for row in rest if row], more]


def _cut(item: Item, start: float) -> list[Fragment] | None:
    """Cut a text where a word starts at a place; None where none does."""
    if not isinstance(item, Fragment):
        return None
    for space in _SPACE.finditer(item.text):
        if abs(item.lefts[space.end()] - start) < _SAME_START:
            return list(split(item, space.end()))
    return None


def _goes_on(item: Fragment) -> bool:
    """Whether a text begins no entry: with a small letter or a number, and with no street."""
    text = item.text.lstrip()
    return (text[:1].islower() or text[:1].isdigit()) and STREET.match(text) is None


def _opens_address(item: Fragment) -> bool:
    """Whether a text begins with a street, whose house number may be on the next line."""
    return STREET.match(item.text.lstrip()) is not None


def is_address(item: Item) -> bool:
    """Whether a text may be an entry of a list of addresses: it ends in a house number."""
    return _HOUSE.search(item.text.rstrip()) is not None
