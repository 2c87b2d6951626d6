"""The records of a report, as two readings of one file are compared by them.

A cell knows what it is compared by. Prose is compared without spaces, hyphens and case: where no
space is drawn each engine puts its own, and small capitals are capitals to one and small letters to
the other. Codes, sums, dates, numbers and addresses of the web are compared as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from parsers.report import Action, Counted, Dated, Funding, Located, Mention, Paragraph, Project
from parsers.text import Text

_SETTING = frozenset("-\u2010\u2011\u00ad")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a record.

    Attributes:
        column: as published.
        same: what is compared.
        said: how it reads.
        text: the print that it comes from.
    """

    column: str
    same: Hashable
    said: str
    text: Text


Chain = tuple[Cell, ...]
"""Cells of which each follows from the one before: where the first differs, so do the others."""

Row = tuple[Chain, ...]


@dataclass(slots=True)
class Entity:
    """A project or an action.

    Attributes:
        table: ``projects`` or ``actions``.
        key: what it is known by in both readings.
        name: for people.
        text: its heading.
        head: the row of the table itself.
        rows: its rows in other tables, in reading order.
        facts: tables whose rows are taken out of prose that stands in ``head`` or ``rows``.
        code: canonical, of an action.
        parent: place of its project in the reading.
    """

    table: str
    key: Hashable
    name: str
    text: Text
    head: Row
    rows: dict[str, list[Row]]
    facts: dict[str, list[Row]]
    code: str | None = None
    parent: int = 0


@dataclass(slots=True)
class Records:
    """The entities of one reading, in reading order."""

    projects: list[Entity] = field(default_factory=list)
    actions: list[Entity] = field(default_factory=list)

    @classmethod
    def of(cls, projects: Iterable[Project]) -> Records:
        """Take down the records of a report."""
        self = cls()
        for place, project in enumerate(projects):
            self.projects.append(_project(project))
            for action in project.actions:
                self.actions.append(_action(action, project, place))
        return self


def fold(text: str) -> str:
    """Prose without what two engines cannot both know.

    >>> fold("Città Metro-politana") == fold("CITTÀ METROPOLITANA")
    True
    >>> fold("Citta") == fold("Città")
    False
    """
    plain = unicodedata.normalize("NFC", text)
    return "".join(char for char in plain if not is_setting(char)).casefold()


def is_setting(char: str) -> bool:
    """Whether a character is one of those that are not compared in prose."""
    return char.isspace() or char in _SETTING


def _prose(column: str, text: Text) -> Cell:
    return Cell(column, fold(text.value), text.value, text)


def _exact(column: str, value: object, text: Text) -> Cell:
    return Cell(column, value, "nothing" if value is None else str(value), text)


def _project(project: Project) -> Entity:
    number = project.number
    heading = project.title if project.title.value else project.number_text
    return Entity(
        "projects",
        fold(project.title.value) if number is None else number,
        project.title.value if number is None else f"progetto {number}",
        heading,
        (
            (_exact("number", number, project.number_text),),
            (_prose("title", project.title),),
            (_prose("notice", project.notice), _exact("phase", project.phase, project.notice)),
        ),
        {"paragraphs": _paragraphs(project.paragraphs)},
        {"dates": _dates(project.dates), "action_references": _mentions(project.references)},
    )


def _action(action: Action, project: Project, parent: int) -> Entity:
    code = action.code.canonical
    total = next((one for one in action.totals if one.amount is not None), None)
    printed = total.printed if total else Text("")
    deciding = next((text for text in (action.status, project.notice) if text.value), None)
    return Entity(
        "actions",
        code,
        code,
        action.code_text,
        (
            (
                _exact("code", code, action.code_text),
                _prose("code_printed", action.code_text),
            ),
            (_prose("title", action.title),),
            (_exact("total_stated_eur", total.amount if total else None, printed),),
        ),
        {
            "paragraphs": _paragraphs(action.paragraphs),
            "funding": _funding(action.funding),
            "status_clauses": [
                ((_prose("text", clause.text), _exact("phase", clause.phase, clause.text)),)
                for clause in action.clauses
            ],
        },
        {
            "actions": [((_exact("phase", action.phase, deciding or action.code_text),),)],
            "dates": _dates(action.dates),
            "addresses": _addresses(action.addresses),
            "districts": [((_prose("name", name),),) for name in action.districts],
            "links": [
                ((_exact("url", url.value, url),),) for url in _in_order(action.links, lambda x: x)
            ],
            "action_references": _mentions(action.references),
            "quantities": _quantities(action.quantities),
        },
        code,
        parent,
    )


def _funding(funding: Sequence[Funding]) -> list[Row]:
    return [
        (
            (_prose("label", item.label), _exact("source", item.source, item.label)),
            (
                _prose("amount_printed", item.printed),
                _exact("amount_eur", item.amount, item.printed),
                _exact("amount_status", item.status, item.printed),
            ),
        )
        for item in funding
    ]


def _addresses(addresses: Sequence[Located]) -> list[Row]:
    return [
        (
            (
                _prose("text", item.text),
                _exact("street_type", item.value.street_type, item.street_type),
                _prose("street_name", item.street_name),
                _prose("house_number", item.house_number),
            ),
        )
        for item in _in_order(addresses, lambda item: item.text)
    ]


def _quantities(quantities: Sequence[Counted]) -> list[Row]:
    return [
        (
            (
                _exact("value", item.value.value, item.text),
                _exact("value_max", item.value.value_max, item.text),
                _exact("unit", item.value.unit, item.text),
                _exact("approximate", item.value.approximate, item.text),
                _prose("text", item.text),
            ),
        )
        for item in _in_order(quantities, lambda item: item.text)
    ]


def _paragraphs(paragraphs: Sequence[Paragraph]) -> list[Row]:
    return [
        ((_prose("text", item.text), _exact("kind", item.kind, item.text)),) for item in paragraphs
    ]


def _dates(dates: Sequence[Dated]) -> list[Row]:
    return [
        (
            (
                _prose("text", item.text),
                _exact("date_from", item.value.date_from, item.text),
                _exact("date_to", item.value.date_to, item.text),
                _exact("precision", item.value.precision, item.text),
                _exact("modality", item.modality, item.text),
                _exact("context", item.context, item.text),
            ),
        )
        for item in _in_order(dates, lambda item: item.text)
    ]


def _mentions(mentions: Sequence[Mention]) -> list[Row]:
    return [
        ((_exact("target_code", item.code.canonical, item.text),),)
        for item in _in_order(mentions, lambda item: item.text)
    ]


Item = TypeVar("Item")


def _in_order(items: Iterable[Item], text: Callable[[Item], Text]) -> list[Item]:
    """Items as the tables have them, by the place of their first character."""
    return sorted(items, key=lambda item: text(item).pieces()[0][:2])
