"""Signs that lines of a source were lost, doubled or damaged on their way to us.

Each check is right for the reports as they are printed: it speaks where a text layer, a scan or a
copy changed what a sheet's regular form leads one to expect, and says what to look at.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from parsers.items import ends_open
from parsers.lines import Document
from parsers.report import Report, Signal
from parsers.text import Text, read
from parsers.values import phases
from parsers.vocabulary import Vocabulary
from pipeline import margins
from pipeline.damage import HEADED_ROLES, TEXT_ROLES, Damage, Printed
from pipeline.garbled import Garbled

# Letters that a line must hold to be called printed twice; letters and digits, where it has a
# digit, closes a sentence or stands in a heading: short cells of lists do come again.
_REPEATED, _WORD = 12, 4
# The end of a sentence, behind a word too long for an abbreviation.
_STOPPED = re.compile(r"[a-zà-ÿ]{5,}\.[)”»]?$")
# What begins in lower case anywhere: list items, and addresses of every kind.
_OPENS_SMALL = re.compile(
    r"[a-z]{1,4}[.)]|(?:via|viale|piazza|corso|largo|vicolo|strada)\b|o\s|\S*[./]\S"
)
# What an edition does once, or in so small a share of the times that it could, was not meant;
# of fewer times nothing is said.
_SELDOM, _FEWEST = 0.05, 4
# A notice of so many words says nothing else.
_NOTICE_WORDS = 12
_CURRENCY = re.compile(r"€|euro?\b", re.IGNORECASE)


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
    yield from margins.signs(lines, kept, report, vocabulary)
    yield from _repeated(lines)
    yield from _broken(lines, report, vocabulary)
    yield from _cut(kept, report)
    yield from _project_numbers(report)
    yield from _unread(report, vocabulary)


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
    yield from _parted(lines)
    for (_, above, before), (line, role, text) in itertools.pairwise(lines):
        if not text[:1].islower() or role not in TEXT_ROLES or _OPENS_SMALL.match(text):
            continue
        if above.endswith("_heading"):
            what = "the text under a heading begins"
        elif above in TEXT_ROLES and before[-1:] in ".)”»" and _STOPPED.search(before):
            what = "a full stop stands before a line that goes on"
        else:
            continue
        yield Signal(
            "text_broken",
            f"{what} in lower case: lines may be lost or out of their order",
            line.number,
            text,
        )
    for whole, code in _texts_of(report):
        last = whole.value[-1:]
        if (last.isalpha() or last in "’,") and ends_open(whole.value, vocabulary):
            yield Signal(
                "text_broken",
                "the text ends in the middle of a sentence: lines may be lost",
                whole.line_at(len(whole.value) - 1),
                whole.value,
                code,
            )


def _parted(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Sentences with blank lines inside, where the edition's blank lines part paragraphs."""
    going_on = [
        (line.number - above.number > 1, line, text)
        for (above, role_above, before), (line, role, text) in itertools.pairwise(lines)
        if role == role_above == "body"
        and line.page == above.page
        and line.cell == above.cell
        and before[-1:].isalpha()
        and text[:1].islower()
        and not _OPENS_SMALL.match(text)
    ]
    parted = [(line, text) for apart, line, text in going_on if apart]
    if not _is_seldom(len(parted), len(going_on)):
        return
    for line, text in parted:
        yield Signal(
            "text_broken",
            "a blank line parts a sentence: lines may be lost or out of their order",
            line.number,
            text,
        )


def _cut(lines: Sequence[Printed], report: Report) -> Iterator[Signal]:
    """A last line that is a sum without the currency that all other sums are printed with."""
    if not lines or lines[-1][1] not in ("funding", "total"):
        return
    line, _, text = lines[-1]
    sums = [
        money.printed.value
        for project in report.projects
        for action in project.actions
        for money in action.funding
    ]
    bare = [each for each in sums if not _CURRENCY.search(each)]
    if not _CURRENCY.search(text) and _is_seldom(len(bare), len(sums)):
        yield Signal(
            "text_broken",
            "the source ends with a sum that lacks its currency: it may be cut short",
            line.number,
            text,
        )


def _is_seldom(count: int, times: int) -> bool:
    return times >= _FEWEST and count <= max(1, _SELDOM * times)


def _texts_of(report: Report) -> Iterator[tuple[Text, str | None]]:
    """Paragraphs and statuses, with their action's code."""
    for project in report.projects:
        yield project.notice, None
        for paragraph in project.paragraphs:
            if paragraph.kind == "paragraph":
                yield paragraph.text, None
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


def _unread(report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    titles = [each.title.value for project in report.projects for each in project.actions]
    stopped = {title for title in titles if _STOPPED.search(title)}
    unusual = stopped if _is_seldom(len(stopped), len(titles)) else set()
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
            title = action.title.value
            if title in unusual or ends_open(title, vocabulary):
                how = "in a full stop, as no other does" if title in unusual else "as if it went on"
                yield Signal(
                    "title_end_uncertain",
                    f"the title ends {how}",
                    action.heading_line,
                    title,
                    code,
                )
            first = action.paragraphs[0].text if action.paragraphs else Text("")
            if action.status.value and _is_notice(first.value, vocabulary):
                yield Signal(
                    "stray_text",
                    "a description opens with a notice, as one stands under a project's heading; "
                    "lines may be out of their order",
                    first.line,
                    first.value,
                    code,
                )


def _is_notice(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a short text puts off or hands over what it speaks of."""
    if not text or len(text.split()) > _NOTICE_WORDS or not phases.has_phase(text, vocabulary):
        return False
    return phases.phase(text, vocabulary) in ("deferred", "transferred")
