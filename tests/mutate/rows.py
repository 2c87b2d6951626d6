"""What Word, PDF and copies do to the rows of a sheet, each drawn from a seed."""

from __future__ import annotations

import random
import re

from parsers.lines import Line
from tests.mutate.editions import Subject
from tests.mutate.tools import (
    AMOUNT,
    Damage,
    Kind,
    content_lines,
    edit,
    edited,
    pairs_of,
    set_anew,
    with_role,
)

# A sum with the currency before it.
_SUM = re.compile(rf"(?:€\s?)?(?:{AMOUNT.pattern})")
_SHEET = ("funding", "total", "status", "action_heading")


def _rows(subject: Subject) -> list[tuple[Line, int]]:
    """The rows of money with label and sum, and where the sum begins."""
    return [
        (line, match.start())
        for line in with_role(subject, "funding", "total")
        if (match := _SUM.search(line.text)) and line.text[: match.start()].strip(" €")
    ]


def _columns(subject: Subject, chance: random.Random) -> Damage | None:
    """The rows of a sheet read by columns: all labels, then all sums; texts only."""
    if subject.geometry:
        return None
    sheets: dict[str | None, list[tuple[Line, int]]] = {}
    for line, at in _rows(subject):
        sheets.setdefault(subject.reading.owners[line.number - 1][1], []).append((line, at))
    found = [rows for rows in sheets.values() if len(rows) > 1]
    if not found:
        return None
    rows = chance.choice(found)
    numbers = [line.number for line, _ in rows]
    pairs = [pair for pair in pairs_of(subject) if pair[0] not in numbers]
    place = numbers[0] - 1
    pairs[place:place] = [
        *((line.number, edited(line, at, len(line.text), "")) for line, at in rows),
        *((0, edited(line, 0, at, "")) for line, at in rows),
    ]
    note = " | ".join(line.text.strip() for line, _ in rows)
    return set_anew(subject, pairs, "columns", numbers, note)


def _unlabelled(subject: Subject, chance: random.Random) -> Damage | None:
    """A sum whose label is lost."""
    found = _rows(subject)
    if not found:
        return None
    line, at = chance.choice(found)
    start = len(line.text) - len(line.text.lstrip())
    return edit(subject, "unlabelled", line, start, at, "")


def _torn(subject: Subject, chance: random.Random) -> Damage | None:
    """A sum that goes on in the next line; texts only."""
    found = [
        (line, at)
        for line in with_role(subject, "funding", "total")
        for match in AMOUNT.finditer(line.text)
        for at in range(match.start() + 1, match.end())
    ]
    if subject.geometry or not found:
        return None
    line, at = chance.choice(found)
    lines = pairs_of(subject)
    lines[line.number - 1 : line.number] = [
        (line.number, edited(line, at, len(line.text), "")),
        (0, edited(line, 0, at, "")),
    ]
    note = f"{line.text[:at].strip()!r} / {line.text[at:].strip()!r}"
    return set_anew(subject, lines, "torn", [line.number], note)


def _joined(subject: Subject, chance: random.Random) -> Damage | None:
    """A line joined with the next, as if no break stood between them; texts only."""
    if subject.geometry:
        return None
    lines = content_lines(subject)
    at = chance.randrange(len(lines) - 1)
    one, two = lines[at], lines[at + 1]
    if one.page != two.page:
        return None
    end = len(one.text.rstrip())
    whole = edited(one, end, len(one.text), f" {two.text.strip()}")
    pairs = [pair for pair in pairs_of(subject) if not one.number < pair[0] <= two.number]
    pairs[one.number - 1] = (one.number, whole)
    note = f"{one.text.strip()!r} + {two.text.strip()!r}"
    return set_anew(subject, pairs, "joined", [one.number, two.number], note)


def _strayed(subject: Subject, chance: random.Random) -> Damage | None:
    """A status that moved behind the next sheet's heading, as over a page's end."""
    owners = subject.reading.owners
    sheets: dict[str | None, list[int]] = {}
    for line in with_role(subject, "status"):
        sheets.setdefault(owners[line.number - 1][1], []).append(line.number)
    heads = [line.number for line in with_role(subject, "action_heading")]
    found = []
    for numbers in sheets.values():
        later = [number for number in heads if number > numbers[-1]]
        if later:
            own = [number for number in later if owners[number - 1] == owners[later[0] - 1]]
            found.append((numbers, own[-1]))
    if not found:
        return None
    numbers, place = chance.choice(found)
    pairs = pairs_of(subject)
    moved = [pair for pair in pairs if pair[0] in numbers]
    page = pairs[place - 1][1].page
    kept = [pair for pair in pairs if pair[0] not in numbers]
    at = next(at for at, (number, _) in enumerate(kept) if number == place) + 1
    kept[at:at] = [(number, line._replace(page=page)) for number, line in moved]
    note = " | ".join(line.text.strip() for _, line in moved)
    return set_anew(subject, kept, "strayed", numbers, note)


def _gap(subject: Subject, chance: random.Random) -> Damage | None:
    """A space more inside a word or number, as wide set letters give; half in the rows."""
    roles = chance.choice((_SHEET, ()))
    lines = with_role(subject, *roles) if roles else content_lines(subject)
    found = [
        (line, at)
        for line in lines
        for at in range(1, len(line.text))
        if not line.text[at - 1].isspace() and not line.text[at].isspace()
    ]
    line, at = chance.choice(found)
    return edit(subject, "gap", line, at, at, " ")


def _glued(subject: Subject, chance: random.Random) -> Damage | None:
    """A space lost; half in the sheet's rows."""
    roles = chance.choice((_SHEET, ()))
    lines = with_role(subject, *roles) if roles else content_lines(subject)
    found = [
        (line, match.start(1))
        for line in lines
        for match in re.finditer(r"(?<=\S)( )(?=\S)", line.text)
    ]
    if not found:
        return None
    line, at = chance.choice(found)
    return edit(subject, "glued", line, at, at + 1, "")


ROWS: dict[str, Kind] = {
    "columns": _columns,
    "unlabelled": _unlabelled,
    "torn": _torn,
    "joined": _joined,
    "strayed": _strayed,
    "gap": _gap,
    "glued": _glued,
}
"""Every one of them, by name."""
