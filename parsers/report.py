"""The tree that the grammar gives: an edition's projects and actions, each value with evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from parsers.text import Text
from parsers.values.addresses import Address
from parsers.values.codes import Code
from parsers.values.dates import DateInterval
from parsers.values.quantities import Quantity


class Signal(NamedTuple):
    """Something a reader of the data must know: a row of ``findings`` in the making.

    ``text`` is the printed text that it is about, ``line`` where that begins (0: nowhere).
    """

    rule: str
    message: str
    line: int
    text: str
    code: str | None = None


@dataclass(slots=True, eq=False)
class Paragraph:
    """One paragraph of prose: ``paragraph``, ``bullet``, ``numbered`` or ``caption``."""

    kind: str
    text: Text


@dataclass(slots=True, eq=False)
class Funding:
    """One printed funding line; ``amount`` is None where words stand for it or it is unreadable."""

    source: str
    label: Text
    amount: Decimal | None
    status: str
    printed: Text
    line: int


@dataclass(slots=True, eq=False)
class Total:
    """One printed total; ``amount`` is None where it is unreadable."""

    label: Text
    amount: Decimal | None
    printed: Text
    line: int


@dataclass(slots=True, eq=False)
class Clause:
    """One clause of a status and the phase that its wording says."""

    text: Text
    phase: str


@dataclass(slots=True, eq=False)
class Dated:
    """A dated phrase; ``context`` is ``status``, ``notice`` or ``description``."""

    context: str
    text: Text
    value: DateInterval
    modality: str


@dataclass(slots=True, eq=False)
class Located:
    """An address, with the text of its parts."""

    text: Text
    value: Address
    street_name: Text
    house_number: Text
    street_type: Text


@dataclass(slots=True, eq=False)
class Mention:
    """A whole code printed in running text."""

    code: Code
    text: Text


@dataclass(slots=True, eq=False)
class Counted:
    """A quantity of the prose."""

    text: Text
    value: Quantity


@dataclass(slots=True, eq=False)
class Action:
    """One action's sheet.

    ``code_text`` is the code as printed, ``heading_line`` the line of the heading's first word.
    """

    code: Code
    code_text: Text
    title: Text
    heading_line: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    status: Text = field(default_factory=lambda: Text(""))
    description: Text = field(default_factory=lambda: Text(""))
    phase: str = "not_stated"
    clauses: list[Clause] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    addresses: list[Located] = field(default_factory=list)
    districts: list[Text] = field(default_factory=list)
    links: list[Text] = field(default_factory=list)
    references: list[Mention] = field(default_factory=list)
    quantities: list[Counted] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Project:
    """One section: a numbered project, or one without a number (``number`` is None)."""

    number: int | None
    number_text: Text
    title: Text
    heading_line: int
    notice: Text = field(default_factory=lambda: Text(""))
    phase: str = "not_stated"
    paragraphs: list[Paragraph] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    references: list[Mention] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Report:
    """An edition as read.

    Attributes:
        projects: in reading order.
        roles: one per line of the document, by index.
        owners: for each line (project index, action index), None where a line has none.
        signals: what the reader of the data must know, in reading order.
        front: texts of the lines before the first heading, for titles and edition marks.
        furniture: distinct texts of running headers and footers.
        city: the city's code, as given or as most codes say.
    """

    projects: list[Project]
    roles: list[str]
    owners: list[tuple[int | None, int | None]]
    signals: list[Signal]
    front: list[Text]
    furniture: list[str]
    city: str | None
