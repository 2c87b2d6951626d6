"""Printed page numbers, and the pages that they make of a text that marks none."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.lines import Document, Line
from parsers.median import median
from parsers.values.patterns import Lazy

_ROMAN = r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_PAGE_NUMBER = Lazy(
    r"(?P<open>[-–—|\[]\s*)?(?P<pag>p(?:ag(?:ina|\.)?|g\.|\.)\s*)?"
    rf"(?P<number>\d{{1,4}}|{_ROMAN})(?P<of>\s*(?:/|di|of|su)\s*(?:(?P<total>\d{{1,4}})|{_ROMAN}))?"
    r"(?P<close>\s*[-–—|\]])?",
    re.IGNORECASE,
)
# "- pagina 1234 di 1234 -", with room to spare.
_LONGEST = 40
_LONGEST_LED = 200
# Words on a number's line: a rule, a wide gap or "pag." stands between.
_LED = Lazy(
    r"(?P<words>.*\S)(?:\s*\|\s*|\s{3,}|(?P<pag>\s*\bpag(?:ina|\.)?\s*))"
    r"(?P<number>\d{1,4})(?:\s*(?:/|di|of|su)\s*\d{1,4})?"
    r"|(?:pag(?:ina|\.)?\s*)?(?P<first>\d{1,4})(?:\s*\|\s*|\s{3,})(?P<after>[^\W\d].*)",
    re.IGNORECASE,
)
_DIGITS = Lazy(r"\d+")
_ROMAN_SIGNS = {"i": 1, "v": 5, "x": 10, "l": 50}
# A text that marks no pages: the least lines of a page, and how unlike two pages may be.
_SHORTEST = 5
_SHORTER, _LONGER = 0.4, 2.2
# How many pages running may have lost their numbers.
_LOST = 2
# How many pages before the first number (a cover, a contents page) may have none.
_UNNUMBERED = 3.5
# The letters that a running title has at least.
_TITLE = 8


class PageNumber(NamedTuple):
    """A line that may be a page's number.

    Attributes:
        number: the number, of arabic or roman digits.
        words: what else stands on the line; empty for a number with its signs alone.
        spelled: whether "pag.", the number of all pages or dashes say what it is.
        total: the number of all pages, where it is printed.
    """

    number: int
    words: str
    spelled: bool
    total: int | None = None


def pages_of_sheets(document: Document) -> Callable[[Line, int], int]:
    """Number the pages of a document in order where some of its sheets show two side by side.

    Returns:
        What gives a line's page, of the line and its sheet; the sheet itself where all are single.
    """
    folds = document.folds
    if not folds:
        return lambda line, sheet: sheet
    before = [
        0,
        *itertools.accumulate(number in folds for number in range(1, (document.pages or 0) + 1)),
    ]

    def page(line: Line, sheet: int) -> int:
        on_right = sheet in folds and line.box is not None and line.box.x0 >= folds[sheet]
        return sheet + before[sheet - 1] + on_right

    return page


# A line at a page's edge is looked at from several sides.
@lru_cache(maxsize=512)
def page_number(text: str) -> PageNumber | None:
    """What number a line may give its page; ``text`` as read, for its gaps tell."""
    text = text.strip()
    if not text or not (text[-1].isalnum() or text[-1] in "-–—|]"):
        return None
    match = _PAGE_NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    if match and match["number"]:
        spelled = bool(match["pag"] or match["of"] or (match["open"] and match["close"]))
        total = int(match["total"]) if match["total"] else None
        return PageNumber(_value(match["number"]), "", spelled, total)
    outer = text[-1].isdigit() or text[0].isdigit() or text[:3].casefold() == "pag"
    if not outer or len(text) > _LONGEST_LED:
        return None
    match = _LED.fullmatch(text)
    if match is None:
        return None
    words = " ".join((match["words"] or match["after"]).casefold().split())
    number = int(match["number"] or match["first"])
    return PageNumber(number, _DIGITS.sub("#", words), bool(match["pag"]))


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    values = [_ROMAN_SIGNS[sign] for sign in digits.lower()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def printed_pages(
    document: Document,
    texts: Sequence[str],
    is_content: Callable[[str], bool],
    is_heading: Callable[[str], bool],
) -> dict[int, list[Line]]:
    """The pages of a text without form feeds, as its running lines show them.

    Page numbers show them that rise by one at about equal distances through the whole text; where
    there are none, the text's first line, which comes again so.

    Args:
        document: a plain text of which no line has a page.
        texts: the published reading of each line.
        is_content: whether a text is a labelled value or holds a sum.
        is_heading: whether a text opens a project or an action.

    Returns:
        The lines that are not blank by page; empty where nothing shows pages.
    """
    lines = [line for line in document.lines if not line.blank]
    if not lines:
        return {}
    starts = _numbered(lines, texts, is_heading) or _titled(
        lines, texts, lambda text: is_content(text) or is_heading(text)
    )
    if not starts:
        return {}
    ends = [*(start for start, _ in starts[1:]), len(lines)]
    return {page: lines[start:end] for (start, page), end in zip(starts, ends, strict=True)}


def _numbered(
    lines: Sequence[Line], texts: Sequence[str], is_heading: Callable[[str], bool]
) -> list[tuple[int, int]]:
    """Where the pages start that numbers show, each with its number."""
    groups: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        found = page_number(line.text)
        if found and not is_heading(texts[line.number - 1]):
            groups[found.words, found.spelled].append((index, found.number))
    chain: list[tuple[int, int]] = []
    loose = False
    for (words, spelled), marks in groups.items():
        longest = _rising(marks, lines)
        counts_sheets = not (words or spelled) and all(
            index + 1 < len(lines) and is_heading(texts[lines[index + 1].number - 1])
            for index, _ in longest
        )
        if len(longest) > max(len(chain), 1 if spelled else 2) and not counts_sheets:
            chain, loose = longest, spelled
    at = [index for index, _ in chain]
    if not _regular(lines, at, loose=loose):
        return []
    if at[0] == 0:
        return chain
    if len(lines) - at[-1] <= _SHORTEST:  # at each page's foot
        places = [0, *(index + 1 for index in at[:-1])]
        return [(start, number) for start, (_, number) in zip(places, chain, strict=True)]
    return [(0, chain[0][1] - 1), *chain]


def _rising(marks: Sequence[tuple[int, int]], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The longest run of numbers that rise by one; a page or two may have lost theirs."""
    runs: dict[int, list[tuple[int, int]]] = {}
    longest: list[tuple[int, int]] = []
    for index, number in marks:
        run = [(index, number)]
        for step in range(1, _LOST + 2):
            before = runs.get(number - step, [])
            near = before and lines[index].number - lines[before[-1][0]].number < 2
            if not near and len(before) >= len(run):
                run = [*before, (index, number)]
        if len(run) >= len(runs.get(number, ())):
            runs[number] = run
        if len(run) > len(longest):
            longest = run
    return longest


def _titled(
    lines: Sequence[Line], texts: Sequence[str], is_content: Callable[[str], bool]
) -> list[tuple[int, int]]:
    """Where the pages start that the text's first line heads, each with a number."""
    title = texts[lines[0].number - 1]
    if sum(map(str.isalpha, title)) < _TITLE or is_content(title):
        return []
    at = [index for index, line in enumerate(lines) if texts[line.number - 1] == title]
    if len(at) < 3 or not _regular(lines, at):
        return []
    return [(index, page) for page, index in enumerate(at, 1)]


def _regular(lines: Sequence[Line], at: Sequence[int], *, loose: bool = False) -> bool:
    """Whether places part the whole text, and (if not ``loose``) at about equal distances.

    The last page may be short.
    """
    if len(at) < 2:
        return False
    numbers = [lines[index].number for index in at]
    gaps = [after - before for before, after in itertools.pairwise(numbers)]
    usual = max(gaps) if loose else median(gaps)
    return (
        (loose or min(gaps[:-1], default=usual) >= max(_SHORTEST, _SHORTER * usual))
        and max(gaps) <= _LONGER * usual
        and numbers[0] <= _UNNUMBERED * usual
        and lines[-1].number - numbers[-1] <= _LONGER * usual
    )
