"""What every damage is made with: lines to choose from, lines changed, lines set anew."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from parsers.lines import Document, Line
from tests.mutate.editions import Subject

# Lines that may be damaged: what is set aside by name (headers, blanks) says nothing.
CONTENT = frozenset(
    (
        "project_heading",
        "section_heading",
        "notice",
        "action_heading",
        "body",
        "funding",
        "total",
        "status",
    )
)

AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d\d)?|\d+,\d\d")


@dataclass(frozen=True)
class Damage:
    """A damaged edition.

    Attributes:
        kind: key of :data:`KINDS`.
        document: its lines.
        touched: numbers of the undamaged lines that were changed, moved or lost.
        origin: for each line of ``document``, the number of the undamaged line, 0 for a new one.
        span: characters of the first touched line that changed; None for the whole line.
        note: what was done, for people.
    """

    kind: str
    document: Document
    touched: frozenset[int]
    origin: tuple[int, ...]
    span: tuple[int, int] | None
    note: str


Kind = Callable[[Subject, random.Random], Damage | None]


def content_lines(subject: Subject, test: Callable[[Line], bool] = lambda line: True) -> list[Line]:
    return [
        line
        for line, role in zip(subject.document.lines, subject.roles, strict=True)
        if role in CONTENT and not line.blank and test(line)
    ]


def with_role(subject: Subject, *roles: str) -> list[Line]:
    return content_lines(subject, lambda line: subject.roles[line.number - 1] in roles)


def set_anew(
    subject: Subject,
    lines: Sequence[tuple[int, Line]],
    kind: str,
    touched: Sequence[int],
    note: str,
    span: tuple[int, int] | None = None,
) -> Damage:
    """A damage from (number of the undamaged line, line), numbered anew."""
    made = [line._replace(number=number) for number, (_, line) in enumerate(lines, 1)]
    document = replace(subject.document, lines=made, unsafe=set())
    origin = tuple(number for number, _ in lines)
    return Damage(kind, document, frozenset(touched), origin, span, note)


def pairs_of(subject: Subject) -> list[tuple[int, Line]]:
    return [(line.number, line) for line in subject.document.lines]


def edited(line: Line, start: int, end: int, new: str) -> Line:
    """A line in which ``new`` stands for some characters, its geometry kept in step."""
    text = line.text[:start] + new + line.text[end:]
    lefts, rights = line.lefts, line.rights
    if lefts is not None and rights is not None:
        at = min(start, len(lefts) - 1)
        lefts = [*lefts[:start], *[lefts[at]] * len(new), *lefts[end:]]
        rights = [*rights[:start], *[rights[at]] * len(new), *rights[end:]]
    lead = line.bold_lead
    if lead > start:
        lead = max(start, lead + len(new) - (end - start))
    marks = tuple((a, b) for a, b in line.superscripts if b <= start)
    return line._replace(text=text, lefts=lefts, rights=rights, bold_lead=lead, superscripts=marks)


def edit(subject: Subject, kind: str, line: Line, start: int, end: int, new: str) -> Damage | None:
    if line.text[start:end] == new:
        return None
    changed = edited(line, start, end, new)
    lines = pairs_of(subject)
    lines[line.number - 1] = (line.number, changed)
    note = f"{line.text.strip()!r} -> {changed.text.strip()!r}"
    return set_anew(subject, lines, kind, [line.number], note, (start, end))
