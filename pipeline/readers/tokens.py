"""Words of a row, and what the distances between all of them say together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.median import median

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.readers.strips import Strip

# A gap that may part two cells; justified lines reach it too, which the layout decides.
WIDE_GAP = 0.9
# So many gaps of a line, alike by this much (in ems), between words of widths so unlike.
_EVEN_GAPS, _HAIR, _UNLIKE_WIDTHS = 3, 0.015, 1.5

# In ems: the letters of a word stand closer, and those not spaced closer yet.
_WITHIN, _TOUCH = 0.16, 0.03
# In ems: letters that stand farther apart than this are spaced out; those of one heading are so
# alike by this much.
SPACED, _ALIKE = 0.08, 0.03
# Words that are no cell by themselves.
_JOINS = re.compile(
    r"(?:d[aei]|de[il]|d[ae]ll[aeo]|degli|dal|dai|e|ed|in|per|con|al?|alla|il|la|le)"
)
# An action's code, up to the letter that ends it.
_CODE = re.compile(r"(?i:(?:POC)?[A-Z]{2}\.?(?:\d+|[IVX]+)(?:\.\d+){2,3}(?!\d))")
_CODE_END = re.compile(r"\.|\.?[A-Za-z]")
# Small capitals are smaller than this share of the large ones.
_SMALL = 0.92
# Of what is set apart so many are single letters, at least, and that share of all its letters.
_FEWEST, _SINGLE, _SHARE = 4, 0.8, 0.5


@dataclass(slots=True, eq=False)
class Token:
    """A word, or several with nothing to decide between them, of one strip."""

    strip: Strip
    start: int
    end: int
    x0: float
    x1: float


def even(tokens: list[Token]) -> set[int]:
    """Places of the tokens that justification set apart, as words of a narrow column are.

    Wide gaps that are alike to the hair, between words of unlike widths, part no cells; nor do
    two such gaps around a word that joins others ("viale   dei   Mille").
    """
    gaps = [token.x0 - last.x1 for last, token in pairwise(tokens)]
    size = tokens[0].strip.size
    found: set[int] = set()
    if len(gaps) < 2 or max(gaps) < WIDE_GAP * size:
        return found
    # Where words start; they may be drawn letter by letter.
    starts = [at for at, gap in enumerate(gaps, 1) if gap >= _WITHIN * size]
    words = list(pairwise([0, *starts, len(tokens)]))
    first = 0
    for at in range(1, len(starts) + 1):
        gap = gaps[starts[first] - 1]
        if at < len(starts) and abs(gaps[starts[at] - 1] - gap) <= _HAIR * size:
            continue
        widths = [tokens[end - 1].x1 - tokens[start].x0 for start, end in words[first : at + 1]]
        start, end = words[first + 1]
        if (at - first >= _EVEN_GAPS and max(widths) >= _UNLIKE_WIDTHS * min(widths)) or (
            at - first == 2 and _JOINS.fullmatch("".join(map(text_of, tokens[start:end])))
        ):
            found.update(starts[first:at])
        first = at
    return found


def letter_gaps(tokens: list[Token]) -> list[float]:
    """Distance of letters behind each token of a row that is spaced out letter by letter, else 0.

    Not all of a row may be: a heading stands beside a column, a code in a box beside its title,
    and of small capitals the large ones are drawn apart.
    """
    found = _capital_gaps(tokens) if _may_be_capitals(tokens) else [0.0] * len(tokens)
    if sum([token.end - token.start == 1 for token in tokens]) < _FEWEST:
        return found
    size = tokens[0].strip.size
    parts = list(_spans(tokens, lambda last, token: token.x0 - last.x1 >= WIDE_GAP * size))
    spans = [
        (0, len(tokens)),
        *parts,
        *_spans(tokens, lambda last, token: token.strip is not last.strip),
        *(span for start, end in parts for span in _small(tokens, start, end)),
    ]
    codes = [(start, start + _code_end(tokens[start:end])) for start, end in spans]
    for start, end in (*spans, *codes):
        gap = _letter_gap(tokens[start:end])
        if gap and not any(found[start:end]):
            found[start : end - 1] = [gap] * (end - 1 - start)
    return found


def _may_be_capitals(tokens: list[Token]) -> bool:
    """Whether the tokens of a row are of unlike sizes, or parts of a word that was cut."""
    return any(
        last.strip.size != token.strip.size
        or (last.strip is token.strip and last.end == token.start)
        for last, token in pairwise(tokens)
    )


def _capital_gaps(tokens: list[Token]) -> list[float]:
    """Distance of letters behind each token of small capitals, which are drawn size by size.

    It is the same inside all strips of a heading; those of one letter have none to tell.
    """
    found = [0.0] * len(tokens)
    own = {token.strip: _inner_gaps(token.strip) for token in tokens}
    start = 0
    while start < len(tokens):
        gaps: list[float] = []
        end = start
        while end < len(tokens):
            strip = tokens[end].strip
            mine = own[strip]
            if mine and gaps and abs(median(mine) - median(gaps)) > _ALIKE * strip.size:
                break
            gaps += mine if end == start or strip is not tokens[end - 1].strip else []
            end += 1
        if len(gaps) >= _FEWEST - 1 and median(gaps) > SPACED * tokens[start].strip.size:
            found[start : end - 1] = [median(gaps)] * (end - 1 - start)
        start = end
    return found


def _inner_gaps(strip: Strip) -> list[float]:
    """Distances of the letters inside the words of a strip."""
    return [
        left - right
        for last, letter, left, right in zip(
            strip.text, strip.text[1:], strip.lefts[1:], strip.rights, strict=False
        )
        if last != " " and letter != " "
    ]


def _spans(tokens: list[Token], parts: Callable[[Token, Token], bool]) -> Iterator[tuple[int, int]]:
    """Start and end of what stands between places that part a token from the one before."""
    start = 0
    for at, (last, token) in enumerate(pairwise(tokens), 1):
        if parts(last, token):
            yield start, at
            start = at
    yield start, len(tokens)


def _small(tokens: list[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of small capitals drawn letter by letter, from the first small one on.

    The code before them is of large ones, which some readers place otherwise.
    """
    large = max(token.strip.size for token in tokens[start:end])
    for at in range(start + 1, end):
        if tokens[at].strip.size < _SMALL * large:
            yield at, end
            return


def _code_end(tokens: list[Token]) -> int:
    """Give the number of tokens that make up the action's code they begin with."""
    match = _CODE.match("".join(map(text_of, tokens)))
    if match is None:
        return 0
    end = length = 0
    while length < match.end():
        length += tokens[end].end - tokens[end].start
        end += 1
    for token in tokens[end : end + 2]:
        if not _CODE_END.fullmatch(text := text_of(token)):
            break
        end += 1
        if text[-1].isalpha():
            break
    return end


def _letter_gap(tokens: list[Token]) -> float:
    """Distance of the letters where all tokens are spaced out letter by letter, else 0."""
    if len(tokens) < _FEWEST:
        return 0.0
    single = sum([token.end - token.start == 1 for token in tokens])
    if single < _SINGLE * len(tokens) or single < _SHARE * sum(
        [token.end - token.start for token in tokens]
    ):
        return 0.0
    letters = sum(token.strip.text[token.start].isalpha() for token in tokens)
    gaps = sorted([after.x0 - before.x1 for before, after in pairwise(tokens)])
    # Letters that touch are those of words, each drawn by itself.
    if gaps[len(gaps) // 4] < _TOUCH * tokens[0].strip.size:
        return 0.0
    middle = median(gaps)
    words = letters >= 0.6 * len(tokens) or _CODE.match("".join(map(text_of, tokens)))
    spaced = words and middle < WIDE_GAP * tokens[0].strip.size
    return max(middle, 0.01) if spaced else 0.0


def drawn_once(tokens: list[Token]) -> list[Token]:
    """Leave out what is drawn a second time at its place to look bold."""
    kept = tokens[:1]
    for token in tokens[1:]:
        last = kept[-1]
        if (
            token.strip is not last.strip
            and abs(token.x0 - last.x0) < 0.15 * token.strip.size
            and text_of(token) == text_of(last)
        ):
            last.strip.bold = True
        else:
            kept.append(token)
    return kept


def text_of(token: Token) -> str:
    return token.strip.text[token.start : token.end]
