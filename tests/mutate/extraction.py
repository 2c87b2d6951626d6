"""What scans, extractors and copies do to a text layer, each drawn from a seed."""

from __future__ import annotations

import random
import re
from dataclasses import replace

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

_LOOK_ALIKE = {
    "0": "Oo",
    "O": "0",
    "o": "0",
    "1": "lI",
    "l": "1I",
    "I": "l1",
    "5": "S",
    "S": "5",
    "8": "B",
    "B": "8",
    "2": "Z",
    "6": "b",
    "€": "CEe",
    ".": ",",
    ",": ".",
    "è": "e",
    "à": "a",
    "ù": "u",
}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_DIGITS = {
    "full-width": dict(zip("0123456789", "０１２３４５６７８９", strict=True)),
    "Arabic": dict(zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True)),
}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NUMBER = re.compile(r"\d[\d.,]*")
_CODE_OR_NUMBER = re.compile(r"(?:[A-Za-z]{2}[. ]?)?\d[\d.,]*\d(?:\.?[a-zA-Z])?\b")


def _look_alike(subject: Subject, chance: random.Random) -> Damage | None:
    """A character that a scan takes for another; half of them in sums, codes and labels."""
    roles = chance.choice((("funding", "total", "action_heading", "status"), ()))
    lines = with_role(subject, *roles) if roles else content_lines(subject)
    found = [(line, at) for line in lines for at, c in enumerate(line.text) if c in _LOOK_ALIKE]
    if not found:
        return None
    line, at = chance.choice(found)
    return edit(subject, "look-alike", line, at, at + 1, chance.choice(_LOOK_ALIKE[line.text[at]]))


def _group(subject: Subject, chance: random.Random) -> Damage | None:
    """A group of thousands of a sum lost or doubled."""
    found = [
        (line, match.start() + group.start(), match.start() + group.end())
        for line in with_role(subject, "funding", "total")
        for match in AMOUNT.finditer(line.text)
        for group in re.finditer(r"\.\d{3}", match.group())
    ]
    if not found:
        return None
    line, start, end = chance.choice(found)
    new = chance.choice(("", line.text[start:end] * 2))
    return edit(subject, "group", line, start, end, new)


def _interleaved(subject: Subject, chance: random.Random) -> Damage | None:
    """Two to four lines, and as many below, read across as if they were two columns."""
    lines = content_lines(subject)
    count = chance.randint(2, 4)
    at = chance.randrange(max(1, len(lines) - 2 * count))
    block = lines[at : at + 2 * count]
    numbers = [line.number for line in block]
    if len(block) < 2 * count or block[0].page != block[-1].page:
        return None
    order = [line for pair in zip(block[:count], block[count:], strict=True) for line in pair]
    pairs = pairs_of(subject)
    for place, line in zip(block, order, strict=True):
        box = line.box
        if box is not None and place.box is not None:
            box = box._replace(top=place.box.top, bottom=place.box.bottom)
        pairs[place.number - 1] = (line.number, line._replace(box=box))
    note = " | ".join(line.text.strip() for line in order)
    return set_anew(subject, pairs, "interleaved", numbers, note)


def _margin(subject: Subject, chance: random.Random) -> Damage | None:
    """A running header or footer glued to a line of the text."""
    running = [
        line.text.strip()
        for line, role in zip(subject.document.lines, subject.roles, strict=True)
        if role == "furniture" and sum(map(str.isalpha, line.text)) > 5
    ]
    if not running:
        return None
    text = chance.choice(running)
    line = chance.choice(content_lines(subject))
    if chance.random() < 0.5:
        end = len(line.text.rstrip())
        return edit(subject, "margin", line, end, end, f" {text}")
    start = len(line.text) - len(line.text.lstrip())
    return edit(subject, "margin", line, start, start, f"{text} ")


def _cells(subject: Subject, chance: random.Random) -> Damage | None:
    """The sums of two neighbouring rows of money swapped."""
    found = [
        (line, match)
        for line in with_role(subject, "funding", "total")
        for match in AMOUNT.finditer(line.text)
    ]
    if len(found) < 2:
        return None
    at = chance.randrange(len(found) - 1)
    (one, first), (two, second) = found[at], found[at + 1]
    if first.group() == second.group() or one.number == two.number:
        return None
    pairs = pairs_of(subject)
    pairs[one.number - 1] = (one.number, edited(one, *first.span(), second.group()))
    pairs[two.number - 1] = (two.number, edited(two, *second.span(), first.group()))
    note = f"{one.text.strip()!r} <-> {two.text.strip()!r}"
    return set_anew(subject, pairs, "cells", [one.number, two.number], note)


def _soft(subject: Subject, chance: random.Random) -> Damage | None:
    """A hyphen or dash that became a soft hyphen."""
    found = [
        (line, at)
        for line in content_lines(subject)
        for at, char in enumerate(line.text)
        if char in "-–"
    ]
    if not found:
        return None
    line, at = chance.choice(found)
    return edit(subject, "soft", line, at, at + 1, "\u00ad")


def _invisible(subject: Subject, chance: random.Random) -> Damage | None:
    """A zero-width character, or a no-break space for a dot, in a number or a code."""
    found = [
        (line, match)
        for line in content_lines(subject)
        for match in _CODE_OR_NUMBER.finditer(line.text)
    ]
    if not found:
        return None
    line, match = chance.choice(found)
    dots = [at for at in range(*match.span()) if line.text[at] == "."]
    if dots and chance.random() < 0.3:
        at = chance.choice(dots)
        return edit(subject, "invisible", line, at, at + 1, "\u00a0")
    at = chance.randint(match.start() + 1, match.end() - 1)
    return edit(subject, "invisible", line, at, at, chance.choice(_INVISIBLE))


def _hyphenated(subject: Subject, chance: random.Random) -> Damage | None:
    """A word with the hyphen and the space of a line's end that is none any more."""
    found = [
        (line, match.start() + len(match.group()) // 2)
        for line in content_lines(subject)
        for match in re.finditer(r"[^\W\d_]{6,}", line.text)
    ]
    if not found:
        return None
    line, at = chance.choice(found)
    return edit(subject, "hyphenated", line, at, at, "- ")


def _again(subject: Subject, chance: random.Random) -> Damage | None:
    """The last lines of a page printed again at the top of the next; of a text, anywhere."""
    lines = content_lines(subject)
    ends = [
        at
        for at in range(3, len(lines))
        if lines[at].page != lines[at - 1].page or lines[at].page is None
    ]
    if not ends:
        return None
    at = chance.choice(ends)
    again = lines[at - chance.randint(2, 3) : at]
    pairs = pairs_of(subject)
    place = lines[at].number - 1
    page = lines[at].page
    pairs[place:place] = [(0, line._replace(page=page)) for line in again]
    note = " | ".join(line.text.strip() for line in again)
    return set_anew(subject, pairs, "again", [line.number for line in again], note)


def _sheet(subject: Subject, chance: random.Random) -> Damage | None:
    """All of an action's sheet twice."""
    owners = subject.reading.owners
    action = chance.choice(sorted({owner for _, owner in owners if owner is not None}))
    own = [number for number, (_, owner) in enumerate(owners, 1) if owner == action]
    pairs = pairs_of(subject)
    block = [(0, line) for number, line in pairs if own[0] <= number <= own[-1]]
    pairs[own[-1] : own[-1]] = block
    return set_anew(subject, pairs, "sheet", own, action)


def _down(subject: Subject, chance: random.Random) -> Damage | None:
    """A sum that moved to a line of its own; texts only."""
    found = [
        (line, match.start())
        for line in with_role(subject, "funding", "total")
        for match in re.finditer(r"(?<=\s)(?:€\s?)?\d", line.text)
        if not subject.geometry and line.text[: match.start()].strip(" €")
    ]
    if not found:
        return None
    line, at = chance.choice(found)
    lines = pairs_of(subject)
    lines[line.number - 1 : line.number] = [
        (line.number, edited(line, at, len(line.text), "")),
        (0, edited(line, 0, at, "")),
    ]
    return set_anew(subject, lines, "down", [line.number], repr(line.text.strip()))


def _cut(subject: Subject, chance: random.Random) -> Damage | None:
    """A file that ends early, most often inside a line."""
    lines = content_lines(subject)
    line = chance.choice(lines[2:])
    at = chance.randrange(len(line.text.rstrip()))
    pairs = [pair for pair in pairs_of(subject) if pair[0] < line.number]
    if line.text[:at].strip():
        pairs.append((line.number, edited(line, at, len(line.text), "")))
    lost = [each.number for each in subject.document.lines if each.number >= line.number]
    damage = set_anew(subject, pairs, "cut", lost, repr(line.text[:at].strip()))
    document = damage.document
    if document.pages is None or line.page is None:
        return damage
    sizes = document.sizes[: line.page]
    links = [link for link in document.links if link.page <= line.page]
    document = replace(document, pages=line.page, sizes=sizes, links=links)
    return replace(damage, document=document)


def _encoding(subject: Subject, chance: random.Random) -> Damage | None:
    """A character of more than one byte, read in another encoding or not at all."""
    found = [
        (line, at)
        for line in content_lines(subject)
        for at, char in enumerate(line.text)
        if "\x80" < char < "\ufb00" and char != "\xa0"
    ]
    if not found:
        return None
    line, at = chance.choice(found)
    as_windows = line.text[at].encode().decode("cp1252", "replace")
    return edit(subject, "encoding", line, at, at + 1, chance.choice((as_windows, "\ufffd")))


def _foreign(subject: Subject, chance: random.Random) -> Damage | None:
    """The digits of a number in full width or of another script."""
    found = [
        (line, match) for line in content_lines(subject) for match in _NUMBER.finditer(line.text)
    ]
    if not found:
        return None
    line, match = chance.choice(found)
    table = _DIGITS[chance.choice(sorted(_DIGITS))]
    new = "".join(table.get(char, char) for char in match.group())
    return edit(subject, "foreign", line, *match.span(), new)


def _roman(subject: Subject, chance: random.Random) -> Damage | None:
    """A small number in Roman numerals."""
    found = [
        (line, match)
        for line in content_lines(subject)
        for match in re.finditer(r"(?<!\d)(?:[1-9]|10)(?!\d)", line.text)
    ]
    if not found:
        return None
    line, match = chance.choice(found)
    return edit(subject, "roman", line, *match.span(), _ROMAN[int(match.group()) - 1])


EXTRACTION: dict[str, Kind] = {
    "look-alike": _look_alike,
    "group": _group,
    "interleaved": _interleaved,
    "margin": _margin,
    "cells": _cells,
    "soft": _soft,
    "invisible": _invisible,
    "hyphenated": _hyphenated,
    "again": _again,
    "sheet": _sheet,
    "down": _down,
    "cut": _cut,
    "encoding": _encoding,
    "foreign": _foreign,
    "roman": _roman,
}
"""Every one of them, by name."""
