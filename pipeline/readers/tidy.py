"""Rows made ready for the layout: marks with their text, cells that stand close told apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from pipeline.readers.fragments import join, split
from pipeline.readers.strips import Fragment

# In ems.
_MARK_REACH, _STREET_REACH = 4.0, 8.0
_WORD_GAP, _LEVEL = 0.3, 0.08
# Words this far apart are a line justified by force, or cells.
_CELL_GAP = 1.2
# A dash is no mark where the space before it is less than so many times that behind it.
_EVEN = 1.1
# A gap is unlike another when it differs by this share.
_UNLIKE = 0.2
# In points: where one column starts, its lines do, to the hair.
_SAME_START = 0.5
# Those of two columns come in turns.
_NEAR_ROWS = 6
_FEWEST_ROWS = 3

_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")
MARK = re.compile(
    "[-*o\u00a7\u00b7\u2010-\u2015\u2022\u2023\u2043\u2219\u25a0-\u25ff\u2610-\u2612\u2713-\u2718"
    "\u2794-\u27be\ue000-\uf8ff\ufffd]|\\(?(?:\\d{1,2}|(?!n\\.)[a-zA-Z])[.)]"
)
# Words of an entry of a list of places that are none by themselves, however far a narrow column
# sets them from the others.
STREET = re.compile(r"(?i:via|viale|v\.le|corso|c\.so|piazza|piazzale|p\.zza|largo|vicolo)(?!\w)")
_NUMBER_FOLLOWS = ("n.", "nn.")
# A letter of a name, as in "via G. Mazzini", or one that counts.
_INITIAL = re.compile(r"[A-Z]\.")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015"
_LEADER = re.compile(r"(?:[.\u2026\u00b7_]\s?){3,}")
_LEADER_END = re.compile(r"(?:[.\u2026\u00b7_]\s?){3,}$")


def tidied(rows: Sequence[Sequence[Fragment]]) -> list[list[Fragment]]:
    """Join bullets and numbers with their text, dot leaders with what they lead to; part cells.

    Args:
        rows: top down, each from left to right.
    """
    return _tight([_marked(row, rows) for row in rows])


def _tight(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Part what a narrow gap joined, where rows nearby show that a column starts behind it."""
    if all(len(row) < 2 for row in rows):
        return rows
    found: list[list[Fragment]] = []
    columns = [[one.x0 for one in row[1:]] for row in rows]
    for at, row in enumerate(rows):
        above, below = max(at - _NEAR_ROWS, 0), at + 1 + _NEAR_ROWS
        near = [*columns[above:at], *columns[at + 1 : below]]
        starts = sorted(set().union(*near))
        if not starts:
            found.append(row)
            continue
        if any(one.gap > _CELL_GAP * one.size for one in row):
            row = [part for one in row for part in _cells(one, near)]
        listed = partial(_listed, columns[at], near)
        found.append([part for one in row for part in _parted(one, starts, listed)])
    return found


def _cells(one: Fragment, near: Sequence[Sequence[float]]) -> list[Fragment]:
    """Part words far apart that stand each, and no other, where a row nearby has its columns."""
    if one.gap <= _CELL_GAP * one.size:
        return [one]
    ends = [space.end() for space in _SPACE.finditer(one.text)]
    lefts = [one.lefts[end] for end in ends]
    for starts in near:
        own = [start for start in starts if one.x0 + _SAME_START < start < one.x1]
        if len(own) == len(lefts) and all(
            abs(left - start) < _SAME_START for left, start in zip(lefts, own, strict=True)
        ):
            found: list[Fragment] = []
            for end in reversed(ends):
                one, last = split(one, end)
                found.insert(0, last)
            return [one, *found]
    return [one]


def _listed(
    own: Sequence[float], near: Sequence[Sequence[float]], one: Fragment, left: float
) -> bool:
    """Whether a column starts at a place within a fragment, as the row's others show.

    Args:
        own: where the fragments of its row start, but for the first.
        near: the same of the rows nearby.
        one: the fragment.
        left: the place.
    """
    others = [x for x in own if x != one.x0]
    both = sum(
        any(abs(x - left) < _SAME_START for x in starts)
        and any(abs(x - other) < _SAME_START for x in starts for other in others)
        for starts in near
    )
    return both >= _FEWEST_ROWS


def _parted(
    one: Fragment, starts: Sequence[float], listed: Callable[[Fragment, float], bool]
) -> list[Fragment]:
    """Cut a fragment where a column starts: at a gap unlike its others, or in a list's row.

    Args:
        one: the fragment.
        starts: of the columns of rows nearby, each once, from left to right.
        listed: whether the rows nearby are of one list with its row, and a column of it starts at
            a place.
    """
    within = starts[bisect_right(starts, one.x0 + _SAME_START) : bisect_left(starts, one.x1)]
    if not within:
        return [one]
    spaces = [match.span() for match in _SPACE.finditer(one.text)]
    for at, (start, end) in enumerate(spaces):
        left = one.lefts[end]
        if min([abs(left - other) for other in within]) > _SAME_START:
            continue
        lead = one.text[:start].strip()
        if MARK.fullmatch(lead) and not _INITIAL.fullmatch(lead):
            continue
        gaps = [one.lefts[after] - one.rights[before - 1] for before, after in spaces]
        gap, others = gaps[at], gaps[:at] + gaps[at + 1 :] or [_WORD_GAP * one.size]
        # Where words are not each drawn by themselves, a cell is.
        seam = end in one.seams and 2 * len(one.seams) <= len(spaces)
        unlike = all(abs(gap - other) > _UNLIKE * other for other in others)
        if seam or unlike or listed(one, left):
            before, after = split(one, end)
            return [before, *_parted(after, starts, listed)]
    return [one]


def _marked(row: Sequence[Fragment], rows: Sequence[Sequence[Fragment]]) -> list[Fragment]:
    """Join bullets and numbers with their text, and dot leaders with what they lead to."""
    if len(row) < 2:
        return list(row)
    found = [row[0]]
    for one, after in pairwise([*row[1:], None]):
        assert one is not None
        last = found[-1]
        text = last.text.strip()
        leads = STREET.fullmatch(text) or one.text.strip() in _NUMBER_FOLLOWS
        leads = leads and abs(one.base - last.base) < _LEVEL * one.size
        reach = _STREET_REACH if leads else _MARK_REACH
        mark = (leads or MARK.fullmatch(text)) and one.x0 - last.x1 <= reach * one.size
        unsure = text in _DASHES or _INITIAL.fullmatch(text)
        if mark and len(found) > 1 and unsure and _ends_line(found[-2], last, one, rows):
            mark = False
        if not one.walled and (mark or _LEADER_END.search(text) or _LEADER.match(one.text.strip())):
            found[-1] = join(last, one)
            gap = one.x0 - last.x1
            if leads and after and abs(after.x0 - one.x1 - gap) < _SAME_START:
                found[-1].gap = gap  # as wide as the next one: the line is justified
        else:
            found.append(one)
    return found


def _ends_line(
    before: Fragment, dash: Fragment, after: Fragment, rows: Sequence[Sequence[Fragment]]
) -> bool:
    """Whether a dash or initial stands in a justified line, or ends one next to a column."""
    if dash.x0 - before.x1 < _EVEN * (after.x0 - dash.x1):
        return True
    starts = [one.x0 for row in rows for one in row]
    at_dash, behind = (sum(abs(x - at.x0) < _SAME_START for x in starts) for at in (dash, after))
    return behind > at_dash + 1
