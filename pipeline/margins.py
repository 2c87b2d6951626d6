"""Signs that a page's running lines or its number ran into the text, or that a page is lost."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from parsers.furniture import is_tall
from parsers.items import points_on
from parsers.lines import Line
from parsers.report import Report, Signal
from parsers.running_titles import SHEET
from parsers.text import read
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import TEXT_ROLES, Printed

# Letters of a running line that no text holds by chance.
_RUNNING = 12
_FEW_PAGES = 3
_HEADINGS = frozenset(("project_heading", "section_heading", "action_heading"))
_PROSE = frozenset(("body", "notice"))
_PAGE_NUMBER = Lazy(
    r"\W*(?:pag(?:ina|\.)?\s*)?(\d{1,4})(?:\s*(?:/|di)\s*(\d{1,4}))?\W*$", re.IGNORECASE
)
_LONE_NUMBER = Lazy(r"\d{1,3}")
# So many pages may be lost before a number that stands alone is taken for the next page's.
_LOST = 3


def signs(
    lines: Sequence[Printed], kept: Sequence[Printed], report: Report, vocabulary: Vocabulary
) -> Iterator[Signal]:
    """Findings ``stray_text`` and ``page_gap``.

    Args:
        lines: all lines that are not blank.
        kept: those of them that are read as content.
        report: the edition as read.
        vocabulary: the words that a mention of a page stands behind.
    """
    yield from _glued(kept, report, vocabulary)
    yield from _alike(lines)
    yield from _page_numbers(lines)
    yield from _lone_numbers(lines)
    yield from _tall(kept)


def _tall(lines: Sequence[Printed]) -> Iterator[Signal]:
    """A stamp up the side of one page or two; on most pages it is furniture."""
    for line, _, text in lines:
        if is_tall(line):
            yield Signal(
                "stray_text",
                "the line runs up or down its page, or askew; it is read as part of the text",
                line.number,
                text,
            )


def _glued(lines: Sequence[Printed], report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """A running line, or a page number with its word, that is glued to a line of the text.

    A page number counts at a line's ends only, in the very form that the edition's pages have.
    """
    patterns: set[str] = set()
    for text in report.furniture:
        form = re.sub(r"\d+", r"\\d+", re.escape(text))
        if _letters(text) >= _RUNNING:
            patterns.add(form)
        elif _PAGE_NUMBER.match(text) and text[:1].isalpha():
            patterns |= {rf"^{form} (?=\S)", rf" {form}$"}
    printed = "\n".join(text for _, _, text in lines) if patterns else ""
    found = [re.compile(each) for each in sorted(patterns) if re.search(each, printed, re.M)]
    last = ""
    for line, role, text in lines if found else ():
        above, last = last, text
        for pattern in found:
            match = pattern.search(text)
            if match is None:
                continue
            # "Si veda la tabella a pagina 7"; a heading mentions no page, nor whose a house is.
            before = text[: match.start()]
            if role in TEXT_ROLES and (
                _leads_on(before if before.strip() else above, vocabulary)
                if _letters(match[0]) >= _RUNNING
                else _is_mention(before, match[0], vocabulary)
            ):
                continue
            if role in _HEADINGS and match.start() == 0 and SHEET.match(text):
                continue  # the heading that a running title names
            yield Signal(
                "stray_text",
                "the line holds a running header or footer; it is read as part of the text",
                line.number,
                text,
            )
            break


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _leads_on(before: str, vocabulary: Vocabulary) -> bool:
    """Whether an article or a preposition stands before a name: "di proprietà del Comune ..."."""
    words = before.lower().replace("’", "' ").split()
    return bool(words) and (words[-1] in vocabulary["flow"]["openers"] or words[-1][-1] == "'")


def _is_mention(before: str, page: str, vocabulary: Vocabulary) -> bool:
    last = before.rsplit(" ", 1)[-1].lower()
    if last in ("e", "o") and "pag" not in before.lower():
        return False  # "a pagina 3 e pagina 7" mentions the second as it does the first
    if last in vocabulary["flow"]["pages_openers"]:
        return "pagina" not in page.lower()
    return last in vocabulary["flow"]["page_openers"] or points_on(before, vocabulary)


def _alike(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Text that opens or ends one page and the next in the same words.

    Running lines are known by their place on many pages. Of a plain text's few pages they are
    not, and are read as content.
    """
    ends = _ends(lines)
    if len(ends) > _FEW_PAGES:
        return
    for before, after in itertools.pairwise(ends):
        for (_, _, above), (line, role, text) in zip(before, after, strict=True):
            runs = _letters(text) >= _RUNNING
            if text == above and role in _PROSE and line.cell is None and runs:
                yield Signal(
                    "stray_text",
                    "the page before begins or ends with this line too: it may be a running "
                    "header or footer; it is read as text",
                    line.number,
                    text,
                )


def _page_numbers(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Printed page numbers rise by one; a step of more is a page that was lost."""
    numbers: list[tuple[Line, int, int]] = []
    pages = {line.page for line, _, _ in lines if line.page is not None}
    edges = {line.number for ends in _ends(lines) for line, _, _ in ends}
    for line, role, text in lines:
        match = _PAGE_NUMBER.match(text) if role == "furniture" or line.number in edges else None
        if match is None or line.page is None:
            continue
        number = int(match[1])
        if role == "furniture" or (numbers and 0 < number - numbers[-1][2] <= _LOST):
            numbers.append((line, line.page, number))
    steps = [
        (later, number - before)
        for (_, page, before), (later, next_page, number) in itertools.pairwise(numbers)
        if next_page == page + 1
    ]
    regular = sum(step == 1 for _, step in steps)
    if not pages or regular < 0.6 * len(pages) - 2:
        return
    for line, step in steps:
        if step != 1:
            yield Signal(
                "page_gap",
                f"the printed page number is {step} after the one before: "
                "a page may be missing, doubled or out of its place",
                line.number,
                read(line.text),
            )


def _lone_numbers(lines: Sequence[Printed]) -> Iterator[Signal]:
    """A number alone below or above all else of a page, that is read as text."""
    ends = {line.number for both in _ends(lines) for line, _, _ in both}
    around = [None, *lines, None]
    for above, (line, role, text), below in zip(around, lines, around[2:], strict=False):
        if role not in TEXT_ROLES or line.number not in ends or not _LONE_NUMBER.fullmatch(text):
            continue
        near = [
            other[0].number
            for other in (above, below)
            if other is not None and other[0].page == line.page
        ]
        if line.cell is None and all(abs(number - line.number) > 1 for number in near):
            yield Signal(
                "stray_text",
                "a number stands alone at the page's edge and is read as text; it may be the "
                "page's",
                line.number,
                text,
            )


def _ends(lines: Sequence[Printed]) -> list[tuple[Printed, Printed]]:
    """The first and the last line of each page."""
    by_page = itertools.groupby(lines, key=lambda printed: printed[0].page)
    pages = [list(group) for page, group in by_page if page is not None]
    return [(page[0], page[-1]) for page in pages]
