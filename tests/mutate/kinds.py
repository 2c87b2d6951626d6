"""Ways in which a text layer is damaged, each drawn from a seed."""

from __future__ import annotations

import random
import re
import string
from dataclasses import replace

from parsers.lines import Line
from tests.mutate.editions import Subject
from tests.mutate.extraction import EXTRACTION
from tests.mutate.rows import ROWS
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

_PON_CODE = re.compile(r"\b([A-Za-z]{2})[. ]?(\d(?:\.\d){2})\.?\s?([a-zA-Z])\b")
_LETTERS = string.ascii_lowercase


def _digit(subject: Subject, chance: random.Random) -> Damage | None:
    line = chance.choice(content_lines(subject, lambda line: any(map(str.isdigit, line.text))))
    at = chance.choice([at for at, char in enumerate(line.text) if char in string.digits])
    return edit(subject, "digit", line, at, at + 1, chance.choice(string.digits))


def _letter(subject: Subject, chance: random.Random) -> Damage | None:
    line = chance.choice(content_lines(subject, lambda line: any(map(str.isalpha, line.text))))
    at = chance.choice([at for at, char in enumerate(line.text) if char.isalpha()])
    new = chance.choice(_LETTERS)
    return edit(
        subject, "letter", line, at, at + 1, new.upper() if line.text[at].isupper() else new
    )


def _dropped(subject: Subject, chance: random.Random) -> Damage | None:
    line = chance.choice(content_lines(subject))
    lines = [pair for pair in pairs_of(subject) if pair[0] != line.number]
    return set_anew(subject, lines, "dropped", [line.number], repr(line.text.strip()))


def _doubled(subject: Subject, chance: random.Random) -> Damage | None:
    line = chance.choice(content_lines(subject))
    lines = pairs_of(subject)
    lines.insert(line.number, (0, line))
    return set_anew(subject, lines, "doubled", [line.number], repr(line.text.strip()))


def _swapped(subject: Subject, chance: random.Random) -> Damage | None:
    lines = content_lines(subject)
    at = chance.randrange(len(lines) - 1)
    one, two = lines[at], lines[at + 1]
    if one.text == two.text or one.page != two.page:
        return None
    pairs = pairs_of(subject)
    # Each takes the other's place, so that geometry stays in reading order.
    first = two._replace(box=_moved(two, one), page=one.page)
    second = one._replace(box=_moved(one, two), page=two.page)
    pairs[one.number - 1] = (two.number, first)
    pairs[two.number - 1] = (one.number, second)
    note = f"{one.text.strip()!r} <-> {two.text.strip()!r}"
    return set_anew(subject, pairs, "swapped", [one.number, two.number], note)


def _moved(line: Line, to: Line) -> object:
    if line.box is None or to.box is None:
        return line.box
    return line.box._replace(top=to.box.top, bottom=to.box.bottom)


def _wrapped(subject: Subject, chance: random.Random) -> Damage | None:
    if subject.geometry:
        return None  # a rendering is wrapped anew as a whole, see tests of renderings
    line = chance.choice(content_lines(subject, lambda line: " " in line.text.strip()))
    places = [
        match.start()
        for match in re.finditer(" ", line.text)
        if line.text[: match.start()].strip() and line.text[match.end() :].strip()
    ]
    if not places:
        return None
    at = chance.choice(places)
    lines = pairs_of(subject)
    lines[line.number - 1 : line.number] = [
        (line.number, edited(line, at, len(line.text), "")),
        (0, edited(line._replace(picture=False), 0, at + 1, "")),
    ]
    note = f"{line.text[:at].strip()!r} / {line.text[at:].strip()!r}"
    return set_anew(subject, lines, "wrapped", [line.number], note)


def _label(subject: Subject, chance: random.Random) -> Damage | None:
    """A letter of a label; of a status only of the label that the made-up editions print."""
    found: list[tuple[Line, int, int]] = []
    for line in with_role(subject, "funding"):
        found += [
            (line, start, end)
            for start, end, table, column in subject.proved[line.number]
            if (table, column) == ("funding", "label")
        ]
    for line in with_role(subject, "total", "status"):
        match = re.match(r"\s*(costo totale|stato di attuazione)", line.text, re.IGNORECASE)
        if match:
            found.append((line, *match.span(1)))
    if not found:
        return None
    line, start, end = chance.choice(found)
    at = chance.choice([at for at in range(start, end) if line.text[at].isalpha()])
    return _misspelt(subject, "label", line, at, chance)


def _misspelt(
    subject: Subject, kind: str, line: Line, at: int, chance: random.Random
) -> Damage | None:
    """A letter changed, lost, doubled, or swapped with the next."""
    char = line.text[at]
    way = chance.randrange(4)
    if way == 0:
        new = chance.choice(_LETTERS)
        return edit(subject, kind, line, at, at + 1, new.upper() if char.isupper() else new)
    if way == 1:
        return edit(subject, kind, line, at, at + 1, "")
    if way == 2:
        return edit(subject, kind, line, at, at + 1, char * 2)
    if at + 1 < len(line.text) and line.text[at + 1].isalpha():
        return edit(subject, kind, line, at, at + 2, line.text[at + 1] + char)
    return None


def _page(subject: Subject, chance: random.Random) -> Damage | None:
    pages = sorted({line.page for line in content_lines(subject) if line.page is not None})
    if len(pages) < 3:
        return None
    page = chance.choice(pages)
    lines = [(number, line) for number, line in pairs_of(subject) if line.page != page]
    lost = [line.number for line in subject.document.lines if line.page == page]
    lines = [
        (number, line._replace(page=line.page - 1 if line.page and line.page > page else line.page))
        for number, line in lines
    ]
    damage = set_anew(subject, lines, "page", lost, f"page {page} of {subject.document.pages}")
    document = damage.document
    assert document.pages is not None
    sizes = [size for number, size in enumerate(document.sizes, 1) if number != page]
    links = [
        link._replace(page=link.page - (link.page > page))
        for link in document.links
        if link.page != page
    ]
    document = replace(document, pages=document.pages - 1, sizes=sizes, links=links)
    return replace(damage, document=document)


def _spaces(subject: Subject, chance: random.Random) -> Damage | None:
    line = chance.choice(content_lines(subject, lambda line: " " in line.text.strip()))
    start = len(line.text) - len(line.text.lstrip())
    end = len(line.text.rstrip())
    changed = line
    for at in range(end - 1, start, -1):
        if line.text[at] == " ":
            changed = edited(changed, at, at + 1, "")
    lines = pairs_of(subject)
    lines[line.number - 1] = (line.number, changed)
    return set_anew(subject, lines, "spaces", [line.number], repr(changed.text.strip()))


def _heading(subject: Subject, chance: random.Random) -> Damage | None:
    """The mark of a heading damaged: its word, its number, its code."""
    found: list[tuple[Line, int, int]] = []
    for line in with_role(subject, "project_heading", "action_heading"):
        match = re.match(r"\s*(progetto\s+\d+)", line.text, re.IGNORECASE)
        if match:
            found.append((line, *match.span(1)))
        for start, end, table, column in subject.proved[line.number]:
            if (table, column) == ("actions", "code_printed"):
                found.append((line, start, end))
    line, start, end = chance.choice(found)
    at = chance.randrange(start, end)
    char = line.text[at]
    look_alike = {"1": "l", "0": "O", "5": "S", "8": "B", "I": "l", "o": "0"}
    if char in look_alike and chance.random() < 0.5:
        return edit(subject, "heading", line, at, at + 1, look_alike[char])
    if char.isalpha():
        return _misspelt(subject, "heading", line, at, chance)
    new = chance.choice(("", "", ",", "/")) if not char.isdigit() else ""
    return edit(subject, "heading", line, at, at + 1, new)


def _code(subject: Subject, chance: random.Random) -> Damage | None:
    """A code in another of its valid spellings."""
    found = [
        (line, match)
        for line in content_lines(subject)
        for match in _PON_CODE.finditer(line.text)
        if "http" not in line.text and "POC" not in line.text
    ]
    if not found:
        return None
    line, match = chance.choice(found)
    city, numbers, letter = match[1].upper(), match[2], match[3].lower()
    spelling = chance.choice(
        (
            f"{city}{numbers}.{letter}",
            f"{city}.{numbers}.{letter}",
            f"{city} {numbers}.{letter}",
            f"{city}{numbers}{letter}",
            f"{city[0]}{city[1].lower()}{numbers}.{letter}",
            f"{city}{numbers}.{letter.upper()}",
            f"{city.lower()}{numbers}.{letter}",
        )
    )
    return edit(subject, "code", line, match.start(), match.end(), spelling)


def _separator(subject: Subject, chance: random.Random) -> Damage | None:
    found = [
        (line, match.start() + at)
        for line in with_role(subject, "funding", "total")
        for match in AMOUNT.finditer(line.text)
        for at, char in enumerate(match.group())
        if char in ".,"
    ]
    if not found:
        return None
    line, at = chance.choice(found)
    others = [new for new in ("", ".", ",", " ", "..", ":", ";", "-") if new != line.text[at]]
    return edit(subject, "separator", line, at, at + 1, chance.choice(others))


KINDS: dict[str, Kind] = {
    "digit": _digit,
    "letter": _letter,
    "label": _label,
    "heading": _heading,
    "code": _code,
    "separator": _separator,
    "spaces": _spaces,
    "wrapped": _wrapped,
    "dropped": _dropped,
    "doubled": _doubled,
    "swapped": _swapped,
    "page": _page,
    **EXTRACTION,
    **ROWS,
}
"""Every way to damage an edition, by name."""
