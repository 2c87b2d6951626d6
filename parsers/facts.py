"""The facts inside the prose: clauses and phases, dates, places, links, references, quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.report import (
    Action,
    Clause,
    Counted,
    Dated,
    Located,
    Mention,
    Paragraph,
    Project,
    Signal,
)
from parsers.text import Text
from parsers.values import (
    Found,
    addresses,
    codes,
    dates,
    districts,
    links,
    phases,
    quantities,
)
from parsers.values.addresses import Address
from parsers.values.dates import DateInterval
from parsers.values.modality import modality
from parsers.vocabulary import Vocabulary


def read_project(project: Project, city: str | None, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Fill a project's phase, dates and references from its notice."""
    notice = project.notice
    if not notice.value:
        return
    project.phase = phases.overall(
        [phase for _, _, phase in phases.stated(notice.value, vocabulary)]
    )
    project.dates, signals = _dates(notice, "notice", None, vocabulary)
    project.references = list(_mentions(notice, None, city, vocabulary))
    yield from signals


def read_action(
    action: Action, project: Project, city: str | None, vocabulary: Vocabulary
) -> Iterator[Signal]:
    """Fill what an action's paragraphs and status hold."""
    code = action.code.canonical
    status = action.status
    if status.value:
        for start, end, phase in phases.stated(status.value, vocabulary):
            action.clauses.append(Clause(status.slice(start, end), phase))
        action.phase = phases.overall([clause.phase for clause in action.clauses])
    else:
        action.phase = project.phase
    announced = False
    for paragraph in action.paragraphs:
        found, signals = _dates(paragraph.text, "description", code, vocabulary)
        action.dates += found
        yield from signals
        action.addresses += _addresses(paragraph, vocabulary)
        names = _districts(paragraph, vocabulary, announced=announced)
        action.districts += names
        value = paragraph.text.value
        announced = districts.announces(value, vocabulary) or bool(announced and names)
        action.links += _links(paragraph.text, vocabulary)
        for quantity in quantities.find(paragraph.text.value, vocabulary):
            action.quantities.append(
                Counted(paragraph.text.slice(quantity.start, quantity.end), quantity.value)
            )
    found, signals = _dates(status, "status", code, vocabulary)
    action.dates += found
    yield from signals
    action.links += _links(status, vocabulary)
    for text in (action.description, status):
        action.references += _mentions(text, code, city, vocabulary)


def _dates(
    text: Text, context: str, code: str | None, vocabulary: Vocabulary
) -> tuple[list[Dated], list[Signal]]:
    found: list[Dated] = []
    signals: list[Signal] = []
    if not text.value:
        return found, signals
    for each in dates.find(text.value, vocabulary):
        phrase = text.slice(each.start, each.end)
        found.append(Dated(context, phrase, each.value, _modality(text.value, each, vocabulary)))
        if each.value.ambiguous:
            signals.append(
                Signal(
                    "date_ambiguous",
                    "the date names no year or can be read in two ways; both ends are left empty",
                    phrase.line,
                    phrase.value,
                    code,
                )
            )
    return found, signals


# The words that govern a date stand near it; a bound keeps long texts linear.
_GOVERNING = 240


def _modality(text: str, each: Found[DateInterval], vocabulary: Vocabulary) -> str:
    start = max(0, each.start - _GOVERNING)
    near = Found(each.value, each.start - start, each.end - start)
    return modality(text[start : each.end + _GOVERNING], near, vocabulary)


def _districts(paragraph: Paragraph, vocabulary: Vocabulary, *, announced: bool) -> list[Text]:
    """The names of a paragraph, which may be an item below the label of a list."""
    text = paragraph.text
    names = districts.find(text.value, vocabulary)
    if announced and not names and paragraph.kind == "bullet":
        name = districts.listed(text.value, vocabulary)
        names = [name] if name else []
    return [text.slice(name.start, name.end) for name in names]


def _addresses(paragraph: Paragraph, vocabulary: Vocabulary) -> list[Located]:
    text = paragraph.text
    located = []
    for each in addresses.find(
        text.value, listing=paragraph.kind == "caption", vocabulary=vocabulary
    ):
        located.append(_located(text, each))
    return located


def _located(text: Text, each: Found[Address]) -> Located:
    """An address with the evidence of its parts, which stand in their printed order."""
    whole = text.slice(each.start, each.end)
    name_at = whole.value.find(each.value.street_name)
    name = whole.slice(name_at, name_at + len(each.value.street_name))
    number = Text("")
    if each.value.house_number:
        number = _number(whole, each.value.house_number, name_at + len(each.value.street_name))
    return Located(whole, each.value, name, number, whole.slice(0, name_at))


def _number(whole: Text, number: str, start: int) -> Text:
    """Where a house number is printed in an address, maybe with spaces beside its slashes.

    Its hyphens may be such as keep a line from breaking.
    """
    at = whole.value.find(number, start)
    if at >= 0:
        return whole.slice(at, at + len(number))
    spaced = r"\s*/\s*".join(map(re.escape, number.split("/"))).replace(r"\-", "[-\u2010\u2011]")
    found = re.compile(spaced).search(whole.value, start)
    return whole.slice(found.start(), found.end()) if found else Text("")


def _links(text: Text, vocabulary: Vocabulary) -> list[Text]:
    if not text.value:
        return []
    return [
        text.slice(each.start, each.end) for each in links.find(text.value, vocabulary=vocabulary)
    ]


def _mentions(
    text: Text, own: str | None, city: str | None, vocabulary: Vocabulary
) -> Iterator[Mention]:
    if not text.value:
        return
    for each in codes.find(text.value, city=city, vocabulary=vocabulary):
        if each.value.canonical != own:
            yield Mention(each.value, text.slice(each.start, each.end))
