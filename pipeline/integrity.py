"""Signs that lines of a source were lost, doubled or damaged on their way to us.

Each check is right for the reports as they are printed: it speaks where a text layer, a scan or a
copy changed what a sheet's regular form leads one to expect, and says what to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.items import ends_closed
from parsers.lines import Document
from parsers.report import Report, Signal
from parsers.text import Text, read
from parsers.values import districts
from parsers.vocabulary import Vocabulary
from pipeline import crossed, cut_short, joined, margins, seams, spacing, titles
from pipeline.damage import Damage
from pipeline.garbled import Garbled
from pipeline.printed import HEADED_ROLES, TEXT_ROLES, Lines, Printed

# Letters that a line must hold to be called printed twice; letters and digits, where it has a
# digit, closes a sentence or stands in a heading: short cells of lists do come again.
_REPEATED, _WORD = 12, 4


def signs(report: Report, document: Document, vocabulary: Vocabulary) -> Iterator[Signal]:
    """All such findings of an edition."""
    lines = Lines(
        (line, role, read(line.text))
        for line, role in zip(document.lines, report.roles, strict=True)
        if not line.blank
    )
    kept = Lines(printed for printed in lines if printed[1] in HEADED_ROLES)
    yield from Damage(lines, kept, report, vocabulary).signs()
    yield from Garbled(kept, report, vocabulary).signs()
    yield from margins.signs(lines, kept, report, vocabulary)
    yield from _repeated(lines)
    linked = {link.url for link in document.links}
    yield from seams.signs(lines, kept, report, vocabulary, linked)
    yield from cut_short.signs(kept, report, vocabulary)
    yield from crossed.signs(kept, report, vocabulary)
    yield from joined.signs(kept, report, vocabulary)
    yield from titles.signs(kept, report, vocabulary)
    yield from spacing.signs(kept, vocabulary)
    yield from _labels(kept, vocabulary)
    yield from _project_numbers(report)
    yield from _unread(report, vocabulary)


def _repeated(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Lines, or blocks of them, that are printed twice running.

    The address of a link is printed again at a page's end by right, but not what stands before it.
    """
    kept = [
        printed for printed in lines if printed[1] in HEADED_ROLES or printed[1] == "annotation"
    ]
    last: dict[str, int] = {}
    for at, (line, role, text) in enumerate(kept):
        before = last.get(text, at)
        last[text] = at
        size = at - before
        if size < 1 or at + size > len(kept):
            continue
        if all(each == "annotation" for _, each, _ in kept[at : at + size]):
            continue
        if size == 1:
            in_list = before > 0 and kept[before - 1][2].endswith(",") and len(text) >= _WORD
            # A sentence does not go on twice in the same words.
            goes_on = before > 0 and role == kept[before - 1][1] == "status" and text[0].islower()
            led = kept[before - 1][2]  # by a sentence, or by the label alone
            goes_on = goes_on and (led.endswith(":") or not ends_closed(led))
            # Nothing but a copy is printed in the very place of another line.
            over = line.box is not None and kept[before][0].box == line.box
            again = kept[before][0].cell == line.cell and (
                in_list or goes_on or over or _says_much(text, role, kept[before][1])
            )
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


def _says_much(text: str, role: str, above: str) -> bool:
    """Whether a text cannot well stand twice running, as "in corso" may in a list."""
    letters = sum(char.isalpha() for char in text)
    digits = sum(char.isdigit() for char in text)
    telling = digits > 0 or text.endswith((".", ";", ":")) or above.endswith("heading")
    enough = letters > 0 or role in TEXT_ROLES
    return letters >= _REPEATED or (enough and letters + digits >= _WORD and telling)


def _labels(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Lists of districts whose label has a slip: they are running text to the grammar."""
    for place in sorted(lines.holding(":")):
        line, role, text = lines[place]
        if role == "body" and districts.misspelt(text, vocabulary):
            yield Signal(
                "unknown_label",
                "the line nearly opens as a list of districts; it is read as running text",
                line.number,
                text,
            )


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
    # Where notices stand under projects, one that speaks of its project stands under no action.
    noticed = any(project.notice.value for project in report.projects)
    words = tuple(vocabulary["headings"]["project"]) if noticed else ()
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
            first = action.paragraphs[0].text if action.paragraphs else Text("")
            misplaced = action.status.value or first.value.lower().startswith(words)
            if misplaced and crossed.is_notice(first.value, vocabulary):
                yield Signal(
                    "stray_text",
                    "a description opens with a notice, as one stands under a project's heading; "
                    "lines may be out of their order",
                    first.line,
                    first.value,
                    code,
                )
