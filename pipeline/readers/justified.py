"""Lines set by force to their column's width: their words stand as far apart as cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.readers.strips import Fragment
from pipeline.readers.tidy import MARK

if TYPE_CHECKING:
    from pipeline.readers.corridors import Corridor, Item, Pairs, Row

# In ems: a justified line ends this near the longest, the next one follows in no more, and marks
# at a line's end may hang over its edge by so much.
_FLUSH, _NEXT_LINE, _HANGS = 1.5, 1.75, 0.4
_HANGING = "-\u2010\u2013.,"
_HYPHENS = ("-", "\u2010")
_DASHES = frozenset("-\u2010\u2012\u2013\u2014")
# In points: edges of lines that are set flush differ by no more.
_ALIGNED = 1.0
# Chance makes rivers through two lines, or three, and in text: so many lines around them tell.
_MOST_LINES, _NEAR = 3, 3
# Of a line's width: what stands behind a river is the end of a line and no column.
_TAIL = 0.4


def is_justified(rows: Sequence[Row], one: Corridor, pairs: Pairs) -> bool:
    """Whether the only row of a corridor is a line set by force to its column's width.

    It reaches as far as any line or just as far as the next one, which goes on below: from edge
    to edge, or with a small letter where all the row has is words ("Stato    di", "attuazione:").
    """
    if one.lo != one.hi or len(one.both) > 1 or one.hi + 1 >= len(rows):
        return False
    row, after = rows[one.lo], rows[one.hi + 1]
    end = max(other[-1].x1 for other in rows)
    items = [*row, *after]
    text = after[0].text.strip()
    hang = _HANGS * row[0].size if after[-1].text.rstrip()[-1:] in _HANGING else _ALIGNED
    return (
        all(isinstance(item, Fragment) for item in items)
        and max(item.size for item in items) < 1.05 * min(item.size for item in items)
        and (
            row[-1].x1 > end - _FLUSH * row[0].size or -hang < row[-1].x1 - after[-1].x1 < _ALIGNED
        )
        and abs(after[0].x0 - _start(row)) < _ALIGNED
        and after[0].base - row[0].base < _NEXT_LINE * row[0].size
        and (
            (after[-1].x1 > one.right and not pairs(text))
            or (are_words(row) and text[:1].islower())
        )
    )


def is_river(rows: Sequence[Row], one: Corridor, pairs: Pairs) -> bool:
    """Whether a corridor is a chance of a few justified lines, as those around them tell."""
    if len(one.both) > _MOST_LINES:
        return False
    return _as_wide(rows, one, pairs) or _runs_through_text(rows, one, pairs)


def _runs_through_text(rows: Sequence[Row], one: Corridor, pairs: Pairs) -> bool:
    """Whether rows end in a few words just where full lines nearby end.

    Of several none ends in a figure: sums are set flush right, too.
    """
    near = rows[max(one.lo - _NEAR, 0) : one.hi + 1 + _NEAR]
    core = [rows[at] for at in one.both]
    end = max(row[-1].x1 for row in near)
    size = core[0][0].size
    full = [
        row
        for row in near
        if len(row) == 1 and row[0].x0 < one.left and abs(row[0].size - size) < 0.05 * size
    ]
    return any(abs(row[0].x1 - end) < _ALIGNED for row in full) and all(
        all(isinstance(item, Fragment) and abs(item.size - size) < 0.05 * size for item in row)
        and row[0].x0 < one.left
        and abs(row[-1].x1 - end) < _ALIGNED
        and end - min(item.x0 for item in row if item.x1 > one.right) < _TAIL * (end - row[0].x0)
        and not pairs(row[0].text.strip())
        and (len(core) == 1 or not row[-1].text.strip()[-1:].isdigit())
        for row in core
    )


def _as_wide(rows: Sequence[Row], one: Corridor, pairs: Pairs) -> bool:
    """Whether the rows of a corridor are lines that end to the hair below a full one.

    Of several none ends in a figure: sums are set flush right, too.
    """
    above, core = rows[one.lo - 1], rows[one.lo : one.hi + 1]
    if not one.lo or len(above) > 1 or len(core) > _MOST_LINES:
        return False
    lines = [above, *core]
    items = [item for row in lines for item in row]
    return (
        all(isinstance(item, Fragment) for item in items)
        and max(item.size for item in items) < 1.05 * min(item.size for item in items)
        and all(
            0 < row[0].base - before[0].base < _NEXT_LINE * row[0].size
            and abs(row[0].x0 - above[0].x0) < _ALIGNED
            and abs(row[-1].x1 - above[0].x1) < _ALIGNED
            and not pairs(row[0].text.strip())
            and (len(core) == 1 or not row[-1].text.strip()[-1:].isdigit())
            for before, row in pairwise(lines)
        )
    )


def breaks_word(rows: Sequence[Row], one: Corridor) -> bool:
    """Whether all that stands behind a corridor is a word's first part, whose rest is not there.

    A title that is justified in a narrow cell may end a line so ("Ristrutturazione      im-").
    """
    if one.lo != one.hi:
        return False
    row = rows[one.lo]
    word = row[-1].text.strip()
    if word[-1:] not in _HYPHENS or not word[:-1].isalpha() or row[-1].x0 < one.right - 1:
        return False
    # A code beside the title may stand between the title's lines.
    below = (item for after in rows[one.hi + 1 : one.hi + 3] for item in after)
    return any(
        item.text.strip()[:1].islower() and any(abs(item.x0 - o.x0) < _ALIGNED for o in row[:-1])
        for item in below
    )


def is_dash(item: Item | None) -> bool:
    """Whether a text is a dash alone: that of a title, set by force away from its code."""
    return item is not None and item.text.strip() in _DASHES


def are_words(row: Row) -> bool:
    """Whether a row is a few words, as of a line that is justified by force."""
    texts = [item.text.strip() for item in row]
    texts[0] = texts[0][_behind_mark(texts[0]) :]
    return all(" " not in text and text.rstrip(".,").isalpha() for text in texts)


def _start(row: Row) -> float:
    """Give where the text of a row starts, behind the bullet or number of a list."""
    first = row[0]
    if not isinstance(first, Fragment):
        return first.x0
    lead = len(first.text) - len(first.text.lstrip())
    behind = _behind_mark(first.text[lead:])
    return first.lefts[lead + behind] if behind else first.x0


def _behind_mark(text: str) -> int:
    """Give where a text goes on behind its bullet or number, 0 if it has none."""
    mark, space, _ = text.partition(" ")
    return len(mark) + 1 if space and MARK.fullmatch(mark) else 0
