"""Lines of two texts read across each other: what begins where nothing has ended."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from parsers.items import ends_closed, ends_open
from parsers.report import Paragraph, Report, Signal
from parsers.text import Text
from parsers.values import phases
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import TEXT_ROLES, Lines, Printed, has_word
from pipeline.seams import EARLY, is_seldom, wrapped

_FIRST = Lazy(r"([A-ZÀ-Ý][a-zà-ÿ]+) (?=[a-zà-ÿ\d])")
_LAST_SMALL = Lazy(r"(?<![\w’'.])[a-zà-ÿ]+,?$")
# Of words of so many letters it can be told whether they are names.
_NAME = 4
_NOTICE = Lazy(r"(?:Progetto|Azione|Intervento|PROGETTO|AZIONE|INTERVENTO)\b")
# A notice of so many words says nothing else.
NOTICE_WORDS = 12
_ITEM = Lazy(r"([1-9])[.)] ")
_WHOLE_LINK = Lazy(r"(?:https?://|www\.)\S+")
_WORD = Lazy(r"[^\W\d_]{3,}")


def signs(lines: Lines, report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Findings ``text_broken`` and ``stray_text``.

    Args:
        lines: the lines with content.
        report: the edition as read.
        vocabulary: the words that begin a sentence or leave it open, the wordings of notices.
    """
    starts = _starts(report)
    yield from _sentences(lines, starts, vocabulary)
    yield from _notices(lines, starts, vocabulary)
    yield from _numbers(report)
    yield from _orders(report)
    yield from _after_links(lines, starts)
    yield from _first_links(report)
    yield from _cells(lines, report)


def _starts(report: Report) -> set[int]:
    """Lines that a paragraph, a status or a notice begins with."""
    found: set[int] = set()
    for project in report.projects:
        found.add(project.notice.line)
        found.update(each.text.line for each in project.paragraphs)
        for action in project.actions:
            found.add(action.status.line)
            found.update(each.text.line for each in action.paragraphs)
    return found


def _sentences(lines: Lines, starts: set[int], vocabulary: Vocabulary) -> Iterator[Signal]:
    """A line that begins a sentence inside another: "la fine è prevista per / Nei locali"."""
    found: list[Printed] = []
    pairs = 0
    for (_, role_above, before), printed in itertools.pairwise(lines):
        line, role, text = printed
        if role != role_above or role not in TEXT_ROLES or line.number in starts:
            continue
        pairs += 1
        first = _FIRST.match(text) if text[:1].isupper() else None
        if first is None or not _LAST_SMALL.search(before):
            continue
        is_open = ends_open(before, vocabulary)
        if first[1].lower() in vocabulary["flow"]["openers"]:
            # A short line may end a sentence without its stop.
            fits = is_open or len(before) + len(first[0]) >= EARLY * wrapped(lines)[0]
        else:
            fits = not is_open and len(first[1]) >= _NAME and _is_no_name(first[1], lines)
        if fits:
            found.append(printed)
    for line, _, text in found if is_seldom(len(found), pairs) else ():
        yield Signal(
            "text_broken",
            "a sentence begins where the one above has not ended: lines may be lost or out of "
            "their order",
            line.number,
            text,
        )


def _is_no_name(word: str, lines: Lines) -> bool:
    """Whether a word is printed small elsewhere, and with a capital only where texts begin."""
    inside = rf"{word}(?<=[^\n.:;!?•] {word})(?!\w)"
    return has_word(lines.text, word.lower()) and not re.search(inside, lines.text)


def _notices(
    lines: Sequence[Printed], starts: set[int], vocabulary: Vocabulary
) -> Iterator[Signal]:
    """A notice, as one stands under a project's heading, inside a description or a status."""
    for at, (line, role, text) in enumerate(lines):
        if role not in ("body", "status") or not _NOTICE.match(text):
            continue
        if line.number not in starts:
            inside = at > 0 and lines[at - 1][1] == role and not ends_closed(lines[at - 1][2])
        else:
            below, role_below, rest = lines[min(at + 1, len(lines) - 1)]
            inside = role_below == role and below.number not in starts and rest[:1].isupper()
        if inside and is_notice(text, vocabulary):
            yield Signal(
                "stray_text",
                "a notice, as one stands under a project's heading, is read as part of this text; "
                "lines may be out of their order",
                line.number,
                text,
            )


def is_notice(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a short text puts off or hands over what it speaks of."""
    if not text or len(text.split()) > NOTICE_WORDS or not phases.has_phase(text, vocabulary):
        return False
    return phases.phase(text, vocabulary) in ("deferred", "transferred")


def _numbers(report: Report) -> Iterator[Signal]:
    """A list whose first numbers stand above the heading that it should stand below."""
    parted: list[tuple[Paragraph, str | None]] = []
    last = 0
    for project in report.projects:
        texts: list[tuple[list[Paragraph], str | None]] = [(project.paragraphs, None)]
        texts += [(action.paragraphs, action.code.canonical) for action in project.actions]
        for paragraphs, code in texts:
            numbered = _numbered(paragraphs)
            yield from _swallowed(paragraphs, numbered, code)
            if numbered and numbered[0][0] > 1 and numbered[0][0] == last + 1:
                parted.append((numbered[0][1], code))
            last = numbered[-1][0] if numbered else 0
    if len(parted) == 1:  # where it is the rule, numbers run on over the headings
        [(first, code)] = parted
        yield Signal(
            "text_broken",
            "the list goes on with the numbers of the text above the heading: lines may be out "
            "of their order",
            first.text.line,
            first.text.value,
            code,
        )


def _swallowed(
    paragraphs: Sequence[Paragraph], numbered: Sequence[tuple[int, Paragraph]], code: str | None
) -> Iterator[Signal]:
    """A list without one of its numbers, which stands inside a line above."""
    last = 0
    for number, item in numbered:
        missing, last = last + 1, number
        if number != missing + 1:
            continue
        inside = re.compile(rf"[.:;,] {missing}[.)] \w")
        above = [each for each in paragraphs if each.text.line < item.text.line]
        if any(inside.search(each.text.value) for each in above):
            yield Signal(
                "text_broken",
                f"the list goes from {missing - 1} to {number}; the number between stands inside a "
                "text above: two lines may be joined",
                item.text.line,
                item.text.value,
                code,
            )


def _numbered(paragraphs: Sequence[Paragraph]) -> list[tuple[int, Paragraph]]:
    found = ((_ITEM.match(each.text.value), each) for each in paragraphs)
    return [(int(mark[1]), each) for mark, each in found if mark]


def _orders(report: Report) -> Iterator[Signal]:
    """A sheet with its status above its money, where the others have it below, or the reverse."""
    both = [
        (min(money.line for money in action.funding), action)
        for project in report.projects
        for action in project.actions
        if action.funding and action.status.value
    ]
    above = [action for first, action in both if action.status.line < first]
    below = [action for first, action in both if action.status.line > first]
    for few in (above, below):
        for action in few if is_seldom(len(few), len(both)) else ():
            yield Signal(
                "text_broken",
                "status and money stand in another order than in the other sheets: lines may be "
                "out of their order",
                action.status.line,
                action.status.value,
                action.code.canonical,
            )


def _after_links(lines: Sequence[Printed], starts: set[int]) -> Iterator[Signal]:
    """A lone word of the edition below a link that would have had room for it."""
    for (above, _, before), (line, role, text) in itertools.pairwise(lines):
        if (
            role in TEXT_ROLES
            and line.number not in starts
            and above.cell is line.cell is None
            and _WORD.fullmatch(text)
            and _WHOLE_LINK.fullmatch(before)
            and len(before) + 1 + len(text) < EARLY * wrapped(lines)[0]
            and any(
                re.search(rf"(?<![\w/.-]){text}(?![\w/])", other)
                for at, _, other in lines
                if at is not line
            )
        ):
            yield Signal(
                "text_broken",
                "a word of another line seems to stand below the link; it is read with it",
                line.number,
                text,
            )


def _first_links(report: Report) -> Iterator[Signal]:
    """A description that begins with nothing but a link: it is the end of another text."""
    for project in report.projects:
        for action in project.actions:
            first = action.paragraphs[0].text if action.paragraphs else Text("")
            if _WHOLE_LINK.fullmatch(first.value):
                yield Signal(
                    "text_broken",
                    "a description begins with the address of a link alone: lines may be out of "
                    "their order",
                    first.line,
                    first.value,
                    action.code.canonical,
                )


def _cells(lines: Sequence[Printed], report: Report) -> Iterator[Signal]:
    """A status that leaves its table, or comes into one, where the others keep to one place."""
    statuses = {
        action.status.line: action.code.canonical
        for project in report.projects
        for action in project.actions
        if action.status.value
    }
    crossing: dict[str, Printed] = {}
    code = ""
    for (above, role_above, _), printed in itertools.pairwise(lines):
        line, role, _ = printed
        if role != "status":
            continue
        code = statuses.get(line.number, code)
        if role_above == role and (above.cell is None) != (line.cell is None):
            crossing.setdefault(code, printed)
    for code, (line, _, text) in (
        crossing.items() if is_seldom(len(crossing), len(statuses)) else ()
    ):
        yield Signal(
            "text_broken",
            "the status stands partly in a table and partly outside, as no other does: lines may "
            "be out of their order",
            line.number,
            text,
            code or None,
        )
