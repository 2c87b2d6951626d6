"""Differences between two editions as a person reads them: in a terminal, or in a message.

Amounts come with their difference, texts word by word, lists with what left and what came, each
with the page and line it is printed on.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from pipeline.changes_fields import Item, Value, fold
from pipeline.compare import Change
from pipeline.schema.enumerations import CHANGE_KIND, ENTITY, FUNDING_SOURCE, PHASE
from pipeline.schema.model import Enumeration

Language = Literal["it", "en"]
Piece = tuple[Literal["=", "-", "+"], str]
"""Words that stay, left or came."""

FIELDS = {
    "code": ("codice", "code"),
    "title": ("titolo", "title"),
    "notice": ("avviso", "notice"),
    "status": ("stato", "status"),
    "phase": ("fase", "phase"),
    "project": ("progetto", "project"),
    "total_stated_eur": ("totale dichiarato", "stated total"),
    "dates": ("date", "dates"),
    "addresses": ("indirizzi", "addresses"),
    "districts": ("quartieri", "districts"),
    "links": ("collegamenti", "links"),
}
"""Fields of ``changes`` in Italian and English, but for ``record`` and those of the funding."""

_WORDS = {
    "page": ("p.", "p."),
    "line": ("riga", "line"),
    "difference": ("differenza", "difference"),
    "differences": ("differenze", "differences"),
    "no": ("nessuna differenza", "no differences"),
}
_LISTS = frozenset({"dates", "addresses", "districts", "links"})
_MOST_WORDS = 2000
"""Words that are compared one by one: of more no one reads the result, and it takes minutes."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])|^(\s*)([-+=]|\d+[.)])(?=\s|$)")
_COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say: a label, what differs, and where it is printed."""

    label: str
    pieces: tuple[Piece, ...]
    note: str


def text(
    before: Mapping[str, str],
    after: Mapping[str, str],
    changes: Sequence[Change],
    language: Language = "en",
    *,
    colours: bool = False,
) -> str:
    """The differences for a terminal: ``[-left-]{+came+}``, or in red and green.

    Args:
        before: row of ``editions`` of the earlier edition.
        after: that of the later one.
        changes: in order, with the places of their values.
        language: of the labels; what is printed stays as it is.
        colours: whether to use them.
    """

    def piece(kind: str, words: str) -> str:
        if kind == "=":
            return words
        if colours:
            return f"{_COLOURS[kind]}{words}\x1b[0m"
        return f"[-{words}-]" if kind == "-" else f"{{+{words}+}}"

    out = [_headline(before, after, changes, language)]
    for (entity, code, title), group in _groups(changes):
        out += ["", _name(entity, code, title, language)]
        for change in group:
            for line in _lines(change, language):
                said = " ".join(piece(*each) for each in line.pieces)
                out.append(f"  {line.label}: {said}  ({line.note})")
    return "\n".join(out) + "\n"


def markdown(
    before: Mapping[str, str],
    after: Mapping[str, str],
    changes: Sequence[Change],
    language: Language = "en",
) -> str:
    """The differences for a message: ``~~left~~ **came**``; arguments as of :func:`text`."""
    around = {"=": "", "-": "~~", "+": "**"}
    out = [f"### {_escaped(_headline(before, after, changes, language))}"]
    for (entity, code, title), group in _groups(changes):
        out += ["", f"**{_escaped(_name(entity, code, title, language))}**", ""]
        for change in group:
            for line in _lines(change, language):
                said = " ".join(
                    f"{around[kind]}{_escaped(words)}{around[kind]}" for kind, words in line.pieces
                )
                out.append(f"- *{_escaped(line.label)}*: {said} ({_escaped(line.note)})")
    return "\n".join(out) + "\n"


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word; words that differ in their setting only stay.

    >>> word_changes("lavori in corso", "Lavori conclusi")
    (('=', 'Lavori'), ('-', 'in corso'), ('+', 'conclusi'))
    """
    old, new = before.split(), after.split()
    if len(old) + len(new) > _MOST_WORDS:
        return (("-", before), ("+", after))
    matcher = difflib.SequenceMatcher(
        None, [fold(word) for word in old], [fold(word) for word in new], autojunk=False
    )
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("=", " ".join(new[c:d])))
            continue
        if a < b:
            pieces.append(("-", " ".join(old[a:b])))
        if c < d:
            pieces.append(("+", " ".join(new[c:d])))
    return tuple(pieces)


def euros(amount: Decimal) -> str:
    """Euros as the reports print them.

    >>> euros(Decimal("1234567.89"))
    '€ 1.234.567,89'
    """
    return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _headline(
    before: Mapping[str, str],
    after: Mapping[str, str],
    changes: Sequence[Change],
    language: Language,
) -> str:
    names = [
        f"{row['edition_id']} ({row['reference_date']})"
        if row["reference_date"]
        else row["edition_id"]
        for row in (before, after)
    ]
    word = "difference" if len(changes) == 1 else "differences"
    count = f"{len(changes)} {_word(word, language)}" if changes else _word("no", language)
    return f"{names[0]} → {names[1]}: {count}"


def _groups(
    changes: Sequence[Change],
) -> Iterator[tuple[tuple[str, str, str], Iterator[Change]]]:
    return groupby(changes, key=lambda change: (change.entity, change.code, change.title))


def _name(entity: str, code: str, title: str, language: Language) -> str:
    name = f"{_label(ENTITY, entity, language)} {code}"
    return name if title == code else f"{name} – {title}"


def _lines(change: Change, language: Language) -> Iterator[Line]:
    """What there is to say of one difference; a list has a line for each of its values."""
    field, before, after = change.field, change.before, change.after
    label = _field(field, language)
    if field == "record":
        kind = _label(CHANGE_KIND, change.kind, language)
        sign: Literal["-", "+"] = "+" if change.kind == "added" else "-"
        value = after or before
        title = value.text if value else ""
        yield Line(kind, ((sign, title),), _note(before, after, language))
    elif field in _LISTS:
        for item in _only(before, after):
            yield Line(label, (("-", item.text),), _place(item, language))
        for item in _only(after, before):
            yield Line(label, (("+", item.text),), _place(item, language))
    else:
        if field == "code":
            label = f"{label} ({_label(CHANGE_KIND, change.kind, language)})"
        yield Line(label, _pieces(change, language), _note(before, after, language))


def _only(one: Value | None, other: Value | None) -> list[Item]:
    known = {item.same for item in other.items} if other else set()
    return [item for item in one.items if item.same not in known] if one else []


def _pieces(change: Change, language: Language) -> tuple[Piece, ...]:
    before, after = change.before, change.after
    if change.field == "phase":
        return _both(*(_label(PHASE, v.text, language) if v else "" for v in (before, after)))
    if change.field.startswith("funding.") or change.field == "total_stated_eur":
        pieces = _both(_sum(before), _sum(after))
        if before and after and before.amount is not None and after.amount is not None:
            return (*pieces, ("=", _difference(before.amount, after.amount)))
        return pieces
    if change.field in ("status", "notice", "title") and before and after:
        return word_changes(before.text, after.text)
    return _both(before.text if before else "", after.text if after else "")


def _both(before: str, after: str) -> tuple[Piece, ...]:
    pieces: tuple[Piece, ...] = (("-", before), ("+", after))
    return tuple(piece for piece in pieces if piece[1])


def _sum(value: Value | None) -> str:
    """A sum, with the words that stand beside it or in its place."""
    if value is None or value.amount is None:
        return value.text if value else ""
    _, *words = value.text.split("; ")
    return "; ".join([euros(value.amount), *words])


def _difference(before: Decimal, after: Decimal) -> str:
    more = after - before
    said = f"{'+' if more >= 0 else '-'}{euros(abs(more))}"
    share = f"{more / before:+.1%}".replace(".", ",") if before else ""
    return f"({', '.join(filter(None, [said, share]))})"


def _note(before: Value | None, after: Value | None, language: Language) -> str:
    return " → ".join(_place(value.items[0], language) for value in (before, after) if value)


def _place(item: Item, language: Language) -> str:
    line = f"{_word('line', language)} {item.line}"
    return f"{_word('page', language)} {item.page}, {line}" if item.page else line


def _field(field: str, language: Language) -> str:
    if field.startswith("funding."):
        return _label(FUNDING_SOURCE, field.removeprefix("funding."), language)
    return "" if field == "record" else _in(language, FIELDS[field])


def _word(name: str, language: Language) -> str:
    return _in(language, _WORDS[name])


def _in(language: Language, words: tuple[str, str]) -> str:
    return words[0] if language == "it" else words[1]


def _label(enumeration: Enumeration, code: str, language: Language) -> str:
    found = next(each for each in enumeration.codes if each.code == code)
    return found.label_it if language == "it" else found.label_en


def _escaped(words: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKDOWN.sub(
        lambda match: f"\\{match[0]}" if match[1] else f"{match[2]}\\{match[3]}", words
    )
