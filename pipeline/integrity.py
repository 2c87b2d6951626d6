"""Signs that lines of a source were lost, doubled or damaged on their way to us.

Each check is right for the reports as they are printed: it speaks where a text layer, a scan or a
copy changed what a sheet's regular form leads one to expect, and says what to look at.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from parsers.items import ends_open
from parsers.lines import Document, Line
from parsers.report import Report, Signal
from parsers.text import Text, read
from parsers.vocabulary import Vocabulary
from pipeline.damage import HEADED_ROLES, TEXT_ROLES, Damage, Printed
from pipeline.garbled import Garbled

# Letters that a line must hold to be called printed twice; letters and digits, where it has a
# digit, closes a sentence or stands in a heading: short cells of lists do come again.
_REPEATED, _WORD = 12, 4
# Letters of a running line that no text holds by chance.
_RUNNING = 12
# The end of a sentence, behind a word too long for an abbreviation.
_STOPPED = re.compile(r"[a-zà-ÿ]{5,}\.[)”»]?$")
# What begins in lower case anywhere: list items, and addresses of every kind.
_OPENS_SMALL = re.compile(
    r"[a-z]{1,4}[.)]|(?:via|viale|piazza|corso|largo|vicolo|strada)\b|o\s|\S*[./]\S"
)
_PAGE_NUMBER = re.compile(
    r"\W*(?:pag(?:ina|\.)?\s*)?(\d{1,4})(?:\s*(?:/|di)\s*(\d{1,4}))?\W*$", re.IGNORECASE
)
# So many pages may be lost before a number that stands alone is taken for the next page's.
_LOST = 3


def signs(report: Report, document: Document, vocabulary: Vocabulary) -> Iterator[Signal]:
    """All such findings of an edition."""
    lines = [
        (line, role, read(line.text))
        for line, role in zip(document.lines, report.roles, strict=True)
        if not line.blank
    ]
    yield from Damage(lines, report, vocabulary).signs()
    kept = [printed for printed in lines if printed[1] in HEADED_ROLES]
    yield from Garbled(kept, report, vocabulary).signs()
    yield from _running(kept, report)
    yield from _repeated(lines)
    yield from _broken(lines, report, vocabulary)
    yield from _project_numbers(report)
    yield from _page_numbers(lines)
    yield from _unread(report, vocabulary)


def _running(lines: Sequence[Printed], report: Report) -> Iterator[Signal]:
    """A running header or footer that is glued to a line of the text."""
    running = [text for text in report.furniture if sum(map(str.isalpha, text)) >= _RUNNING]
    printed = "\n".join(_texts(lines)) if running else ""
    running = [each for each in running if each in printed]
    for line, _, text in lines if running else ():
        if any(each in text for each in running):
            yield Signal(
                "stray_text",
                "the line holds a running header or footer; it is read as part of the text",
                line.number,
                text,
            )


def _repeated(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Lines, or blocks of them, that are printed twice running."""
    kept = [printed for printed in lines if printed[1] in HEADED_ROLES]
    last: dict[str, int] = {}
    for at, (line, role, text) in enumerate(kept):
        before = last.get(text, at)
        last[text] = at
        size = at - before
        if size < 1 or at + size > len(kept):
            continue
        if size == 1:
            again = kept[before][0].cell == line.cell and _says_much(text, role, kept[before][1])
        else:
            block = kept[at : at + size]
            # A heading that is printed again is told of as a duplicate.
            again = _texts(kept[before:at]) == _texts(block) and not any(
                each.endswith("heading") for _, each, _ in block
            )
        if not again:
            continue
        first = kept[before][0].number
        end = kept[at + size - 1][0].number
        what = "the line is" if size == 1 else f"{size} lines (to line {end}) are"
        yield Signal(
            "repeated_line",
            f"{what} printed twice running (lines {first} and {line.number}); both are published",
            line.number,
            text,
        )


def _texts(lines: Sequence[Printed]) -> list[str]:
    return [text for _, _, text in lines]


def _broken(lines: Sequence[Printed], report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Sentences without a beginning or an end: lines between them are lost or elsewhere."""
    for (_, above, before), (line, role, text) in itertools.pairwise(lines):
        if (
            text[:1].islower()
            and role in TEXT_ROLES
            and above in TEXT_ROLES
            and before[-1:] in ".)”»"
            and _STOPPED.search(before)
            and not _OPENS_SMALL.match(text)
        ):
            yield Signal(
                "text_broken",
                "a full stop stands before a line that goes on in lower case: lines may be lost "
                "or out of their order",
                line.number,
                text,
            )
    for whole, code in _texts_of(report):
        last = whole.value[-1:]
        if (last.isalpha() or last == "’") and ends_open(whole.value, vocabulary):
            yield Signal(
                "text_broken",
                "the text ends in the middle of a sentence: lines may be lost",
                whole.line_at(len(whole.value) - 1),
                whole.value,
                code,
            )


def _texts_of(report: Report) -> Iterator[tuple[Text, str | None]]:
    """Paragraphs and statuses, with their action's code."""
    for project in report.projects:
        yield project.notice, None
        for action in project.actions:
            code = action.code.canonical
            yield action.status, code
            for paragraph in action.paragraphs:
                if paragraph.kind == "paragraph":
                    yield paragraph.text, code


def _says_much(text: str, role: str, above: str) -> bool:
    """Whether a text cannot well stand twice running, as "in corso" may in a list."""
    letters = sum(char.isalpha() for char in text)
    digits = sum(char.isdigit() for char in text)
    telling = digits > 0 or text.endswith((".", ";", ":")) or above.endswith("heading")
    enough = letters > 0 or role in TEXT_ROLES
    return letters >= _REPEATED or (enough and letters + digits >= _WORD and telling)


def _project_numbers(report: Report) -> Iterator[Signal]:
    """Projects are numbered from 1 without a gap; a gap is a lost heading or a damaged number."""
    expected = 1
    seen: set[int] = set()
    for project in report.projects:
        if project.number is None or project.number in seen:
            continue
        seen.add(project.number)
        if project.number != expected:
            yield Signal(
                "project_gap",
                f"project {project.number} stands where project {expected} was expected: "
                "a heading may be lost or its number damaged",
                project.heading_line,
                project.title.value or project.number_text.value,
            )
        expected = project.number + 1


def _page_numbers(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Printed page numbers rise by one; a step of more is a page that was lost."""
    numbers: list[tuple[Line, int, int]] = []
    pages = {line.page for line, _, _ in lines if line.page is not None}
    edges = _edges(lines)
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


def _edges(lines: Sequence[Printed]) -> set[int]:
    """Numbers of the first and the last line of each page."""
    by_page = itertools.groupby((line for line, _, _ in lines), key=lambda line: line.page)
    pages = [list(group) for page, group in by_page if page is not None]
    return {line.number for page in pages for line in (page[0], page[-1])}


def _unread(report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    for project in report.projects:
        for action in project.actions:
            code = action.code.canonical
            if action.status.value and action.phase == "not_stated":
                yield Signal(
                    "phase_unread",
                    "no wording of the vocabulary tells the phase of this status",
                    action.status.line,
                    action.status.value,
                    code,
                )
            if ends_open(action.title.value, vocabulary):
                yield Signal(
                    "title_end_uncertain",
                    "the title ends as if it went on",
                    action.heading_line,
                    action.title.value,
                    code,
                )
