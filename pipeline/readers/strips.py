"""From drawn characters to fragments: stretches of text on one baseline with no wide gap inside.

What a PDF draws are characters at places. Words may come without space glyphs, headings with
spaced letters, lines in a dozen pieces: where a space is on paper is a matter of distance.
All lengths are points, from the top left of the page as displayed.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import dist
from operator import attrgetter, sub

from parsers.median import median
from pipeline.readers.tokens import SPACED, WIDE_GAP, Token, drawn_once, even, letter_gaps, text_of

# In ems. A word space is 0.2 to 0.3, squeezed 0.17; kerning stays below 0.05.
SPACE_GAP = 0.16
_CELL_GAP, _UNLEVEL = 0.5, 0.08  # a smaller one parts them too between unlike baselines
_SAME_LINE = 0.25
# Text that comes nearer than this to what is in the next cell has left no room for a space.
_OVERFULL = 0.1
_MARK_SIZE, _MARK_LENGTH = 0.85, 4
# A hyphen at a line's end is nearer to its word than any dash is.
_HYPHEN_GAP = 0.24

_WORD = re.compile(r"[^ \u00a0]+")
_SPELT = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_LIGATURES = {chr(code): letters for code, letters in enumerate(_SPELT, 0xFB00)}
SOFT_HYPHEN = "\u00ad"
LIGATURE = re.compile("[\ufb00-\ufb06]")

Wall = tuple[float, float, float]
"""A vertical rule: x, top, bottom."""

Run = tuple[int, float, bool, bool]
"""End (exclusive), size, whether bold, whether raised, of characters in one style."""


@dataclass(slots=True, eq=False)
class Strip:
    """Characters drawn on one baseline, in one font and size, from left to right.

    Attributes:
        text: as drawn, with at least one visible character.
        lefts, rights: edges of each character.
        x0, x1: edges of the first and last visible character.
        base: the baseline.
        size: of the font as displayed.
        bold: whether the font is bold.
        ascent, descent: of the font, above and below the baseline.
        raised: whether it is a small mark above its neighbour's baseline, which ``base`` then is.
        confidences: 0 to 1 for each character, where OCR read it.
    """

    text: str
    lefts: array[float]
    rights: array[float]
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    ascent: float
    descent: float
    raised: bool = False
    confidences: array[float] | None = None


@dataclass(slots=True, eq=False)
class Fragment:
    """A stretch of text on one baseline.

    Attributes:
        text, lefts, rights, x0, x1, base, size: as in :class:`Strip`; ``size`` of most characters.
        top, bottom: of its fonts' ascent and descent.
        runs: its styles in order, the first from 0.
        gap: median distance of its words, 0 for a single word or where none stands out.
        seams: where, after a space, it was drawn anew.
        walled: whether a ruled line parts it from the fragment before.
        room: right edge of the column or cell it is set in, once the layout knows.
        cell: (table, row, column), once the layout knows.
        struck: the part of its text that a line is drawn through, once the layout knows.
    """

    text: str
    lefts: array[float]
    rights: array[float]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    runs: list[Run]
    gap: float = 0.0
    seams: list[int] = field(default_factory=list)
    walled: bool = False
    room: float | None = None
    cell: tuple[int, int, int] | None = None
    struck: str = ""


@dataclass(slots=True, eq=False)
class _Draft:
    """A fragment in the making: pieces of strips, and spaces between them."""

    text: str = ""
    lefts: array[float] = field(default_factory=lambda: array("f"))
    rights: array[float] = field(default_factory=lambda: array("f"))
    runs: list[Run] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    seams: list[int] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    walled: bool = False

    def add(self, strip: Strip, start: int, end: int) -> None:
        self.text += strip.text[start:end]
        self.lefts.extend(strip.lefts[start:end])
        self.rights.extend(strip.rights[start:end])
        style = (strip.size, strip.bold, strip.raised)
        if self.runs and self.runs[-1][1:] == style:
            self.runs.pop()
        self.runs.append((len(self.text), *style))
        if not self.strips or self.strips[-1] is not strip:
            self.strips.append(strip)

    def space(self, x0: float, x1: float) -> None:
        self.text += " "
        self.lefts.append(x0)
        self.rights.append(x1)
        self.runs[-1] = (len(self.text), *self.runs[-1][1:])

    def finish(self, x0: float, x1: float) -> Fragment:
        strips = self.strips
        return Fragment(
            self.text,
            self.lefts,
            self.rights,
            x0,
            x1,
            min([strip.base - strip.ascent for strip in strips]),
            max([strip.base + strip.descent for strip in strips]),
            strips[0].base,
            main_size(self.runs),
            self.runs,
            median(self.gaps) if self.gaps else 0.0,
            self.seams,
            self.walled,
        )


def rows(strips: Iterable[Strip], walls: Sequence[Wall] = ()) -> list[list[Fragment]]:
    """Put the strips of a page in rows, top down, each with its fragments from left to right.

    Args:
        strips: in the order drawn.
        walls: vertical rules, which part what stands on their two sides.
    """
    drawn = list(strips)
    _settle_marks(drawn)
    drawn.sort(key=attrgetter("base"))
    found: list[list[Strip]] = []
    limit = -1.0
    for strip in drawn:
        if found and strip.base <= limit:
            found[-1].append(strip)
        else:
            found.append([strip])
            limit = strip.base + _SAME_LINE * strip.size
    return [_fragments(row, walls) for row in found]


def _settle_marks(strips: list[Strip]) -> None:
    """Set marks above or below the line (footnote digits) on the baseline of their neighbour."""
    largest = max((strip.size for strip in strips), default=0.0)
    for at, mark in enumerate(strips):
        if mark.size >= _MARK_SIZE * largest or len(mark.text.strip()) > _MARK_LENGTH:
            continue
        # The neighbour before first: a mark follows its word more often than it leads a note.
        for host in (*strips[max(at - 1, 0) : at], *strips[at + 1 : at + 2]):
            apart = max(mark.x0 - host.x1, host.x0 - mark.x1)
            lift = (host.base - mark.base) / host.size
            if (
                mark.size < _MARK_SIZE * host.size
                and abs(apart) < 0.35 * host.size
                and (0.08 < lift < 0.7 or -0.4 < lift < -0.08)
            ):
                mark.raised = lift > 0
                mark.base = host.base
                break


def _fragments(row: list[Strip], walls: Sequence[Wall]) -> list[Fragment]:
    near = _beside(row, walls) if walls else []
    tokens = [token for strip in row for token in _tokens(strip, bool(near))]
    if len(tokens) == 1:
        return [_alone(row[0])]
    if len(row) > 1:
        tokens.sort(key=attrgetter("x0"))
        tokens = drawn_once(tokens)
    spaced = letter_gaps(tokens)
    # Of small capitals the small ones tell how wide a space is.
    least = min([s.size for s in row if not s.raised], default=0.0) if any(spaced) else 0.0
    found: list[Fragment] = []
    justified = even(tokens)
    draft = _Draft()
    first = last = tokens[0]
    start = 0 if first.x0 == first.strip.x0 else first.start
    for place, token in enumerate(tokens[1:], 1):
        strip, letters = last.strip, spaced[place - 1]
        gap = token.x0 - last.x1
        walled = bool(near) and any(_parts(wall[0], last, token, gap) for wall in near)
        size = _text_size(strip, token.strip)
        wide = gap >= WIDE_GAP * size + 2 * letters and place not in justified
        if walled or wide or _unlevel(last, token, gap):
            draft.add(strip, start, last.end)
            found.append(draft.finish(first.x0, last.x1))
            draft = _Draft(walled=walled)
            first, start = token, token.start
        elif token.strip is strip and letters == 0.0 and token.start > last.end:
            draft.gaps.append(gap)
        else:
            draft.add(strip, start, last.end)
            start = token.start
            if letters:
                wanted = gap > max(1.6 * letters, letters + SPACE_GAP * least)
            else:
                wanted = _apart(last, token, gap)
            if wanted and _breaks_word(last, token, gap) and _ends_line(tokens, place):
                wanted = False
            if wanted:
                draft.gaps.append(gap)
                draft.space(last.x1, token.x0)
                if token.strip is not strip:
                    draft.seams.append(len(draft.text))
        last = token
    end = len(last.strip.text) if last.x1 == last.strip.x1 else last.end
    draft.add(last.strip, start, end)
    found.append(draft.finish(first.x0, last.x1))
    return found


def _text_size(strip: Strip, other: Strip) -> float:
    """Give the smaller size of two strips that is no mark of a note.

    A gutter that is wide for the text is none for the heading beside it.
    """
    if strip.raised or other.raised:
        return other.size if strip.raised else strip.size
    return min(strip.size, other.size)


def _beside(row: list[Strip], walls: Sequence[Wall]) -> list[Wall]:
    """Give the walls that reach as high and as low as the middle of a row."""
    middle = row[0].base - 0.3 * max([strip.size for strip in row])
    return [wall for wall in walls if wall[1] - 1 < middle < wall[2] + 1]


def _parts(x: float, last: Token, token: Token, gap: float) -> bool:
    """Whether a wall stands between two tokens, or in the first, which overflows its cell."""
    overfull = token.strip is not last.strip and gap < _OVERFULL * token.strip.size
    return (last.x0 if overfull else last.x1) - 1 <= x <= token.x0 + 1


def _alone(strip: Strip) -> Fragment:
    """Make a fragment of a strip that nothing cuts or joins."""
    return Fragment(
        strip.text,
        strip.lefts,
        strip.rights,
        strip.x0,
        strip.x1,
        strip.base - strip.ascent,
        strip.base + strip.descent,
        strip.base,
        strip.size,
        [(len(strip.text), strip.size, strip.bold, strip.raised)],
    )


def _apart(last: Token, token: Token, gap: float) -> bool:
    """Whether a space belongs between two tokens that have none of their own in common."""
    if token.strip is last.strip:
        return True
    spaced = last.strip.text[last.end :].isspace() or token.strip.text[: token.start].isspace()
    if spaced and gap > 0:
        return True
    return gap >= SPACE_GAP * max(last.strip.size, token.strip.size) and not token.strip.raised


def _ends_line(tokens: list[Token], place: int) -> bool:
    """Whether a token is the last of its row, or of what stands in one column."""
    if place + 1 == len(tokens):
        return True
    last, after = tokens[place], tokens[place + 1]
    gap = after.x0 - last.x1
    return gap >= WIDE_GAP * after.strip.size or _unlevel(last, after, gap)


def _unlevel(last: Token, token: Token, gap: float) -> bool:
    """Whether two tokens on unlike baselines stand apart, as of cells of unlike lines."""
    size = last.strip.size
    lift = abs(last.strip.base - token.strip.base)
    return lift > _UNLEVEL * size and gap >= _CELL_GAP * size


def _breaks_word(last: Token, token: Token, gap: float) -> bool:
    """Whether a token that ends a line is the hyphen that breaks the word before it."""
    return (
        text_of(token) in ("-", "\u2010")
        and text_of(last)[-1:].isalpha()
        and gap < _HYPHEN_GAP * last.strip.size
        and (token.strip is not last.strip or token.start == last.end)
        and not last.strip.text[last.end :].isspace()
    )


def _tokens(strip: Strip, walled: bool) -> list[Token]:
    """Cut a strip where a gap says space, or may be one between cells."""
    text, lefts, rights, size = strip.text, strip.lefts, strip.rights, strip.size
    limit = SPACE_GAP * size
    # No gap is wider than the root of the sum of all squared, which is sooner known.
    close = dist(lefts[1:], rights[:-1]) < limit
    gaps = [] if close else list(map(sub, lefts[1:], rights))
    close = close or max(gaps, default=0.0) < limit
    if (
        close
        and not walled
        and "  " not in text
        and text.find(" ", 1, 12) != 1
        and max(map(sub, rights, lefts)) < WIDE_GAP * size
    ):
        start = 0 if strip.x0 == lefts[0] else len(text) - len(text.lstrip())
        return [Token(strip, start, len(text.rstrip()), strip.x0, strip.x1)]
    words = [match.span() for match in _WORD.finditer(text)]
    inner = [] if close else [max(gaps[at : end - 1]) for at, end in words if end - at > 1]
    if not inner or max(inner) < limit:
        return [Token(strip, start, end, lefts[start], rights[end - 1]) for start, end in words]
    between = [gap for start, end in words for gap in gaps[start : end - 1]]
    middle = median(between)
    if len(between) > 2 and middle > SPACED * size:
        limit += middle
    found: list[Token] = []
    for start, end in words:
        at = start
        if end - start > 1 and max(gaps[start : end - 1]) >= limit:
            for place in range(start, end - 1):
                if gaps[place] >= limit:
                    found.append(Token(strip, at, place + 1, lefts[at], rights[place]))
                    at = place + 1
        found.append(Token(strip, at, end, lefts[at], rights[end - 1]))
    return found


def main_size(runs: list[Run]) -> float:
    """The size that most characters of some runs are set in."""
    if len(runs) == 1:
        return runs[0][1]
    weights: dict[float, int] = {}
    start = 0
    for end, size, _, _ in runs:
        weights[size] = weights.get(size, 0) + end - start
        start = end
    return max(weights, key=lambda size: (weights[size], size))


def drawn_hyphens(text: str, lefts: array[float], rights: array[float]) -> str:
    """Spell soft hyphens as hyphens where they take room: what is drawn is seen.

    Some producers map the glyph of every hyphen to that character.
    """
    if SOFT_HYPHEN not in text:
        return text
    return "".join(
        "-" if char == SOFT_HYPHEN and right > left else char
        for char, left, right in zip(text, lefts, rights, strict=True)
    )


def expand(
    text: str, lefts: array[float], rights: array[float]
) -> tuple[str, array[float], array[float]]:
    """Spell ligatures out, each letter with its share of the glyph's width."""
    parts: list[str] = []
    new_lefts, new_rights = array("f"), array("f")
    for char, left, right in zip(text, lefts, rights, strict=True):
        letters = _LIGATURES.get(char, char)
        step = (right - left) / len(letters)
        parts.append(letters)
        for at in range(len(letters)):
            new_lefts.append(left + at * step)
            new_rights.append(left + (at + 1) * step)
    return "".join(parts), new_lefts, new_rights
