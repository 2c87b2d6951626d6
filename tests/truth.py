"""What an edition prints, as data, and the records that follow from it without any parser.

An :class:`Edition` is loaded from a TOML file in the form of
``examples/milano-2022-abridged.toml`` or made up by :func:`tests.cities.random_edition`;
``tests.typeset`` sets it as a file of some producer. :func:`expected` gives the rows that the
published tables must hold, :func:`differences` compares.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ABRIDGED = ROOT / "examples" / "milano-2022-abridged.toml"

Row = dict[str, object]
Rows = dict[str, list[Row]]

SOURCES = {
    "Risorse PON METRO": "pon_metro",
    "Risorse PON Metro": "pon_metro",
    "Risorse POC METRO": "poc_metro",
    "Risorse POC Metro": "poc_metro",
    "Risorse REACT-EU": "react_eu",
    "Risorse PN METRO plus": "pn_metro_plus",
    "Altre risorse pubbliche": "other_public",
    "Altre risorse Pubbliche": "other_public",
    "Risorse private": "private",
}
"""The funding labels that editions of the tests print, and the source that each one names."""

_FUNDS = {1: "FESR", 2: "FESR", 3: "FSE", 4: "FESR", 5: "FESR"}
_FUNDS |= {6: "FESR", 7: "FSE", 8: "FESR"}


@dataclass(frozen=True)
class Block:
    """A piece of an action's body; ``places`` holds a heading, then one address a cell.

    ``kind`` is ``paragraph``, ``bullet``, ``dash``, ``numbered``, ``caption``, ``picture`` or
    ``places``.
    """

    kind: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The only text, or the heading."""
        return self.texts[0]


@dataclass(frozen=True)
class Money:
    """A labelled line of money: label without colon, what is printed after it, and what it says."""

    label: str
    printed: str
    amount: Decimal | None
    colon: bool = False


@dataclass(frozen=True)
class Address:
    """A street address as printed; its type in full and lower case, its number as printed."""

    text: str
    street_type: str
    street_name: str
    house_number: str


@dataclass(frozen=True)
class Dated:
    """A dated phrase; ``context`` is ``status``, ``notice`` or ``description``."""

    text: str
    date_from: date | None
    date_to: date | None
    precision: str
    modality: str
    context: str


@dataclass(frozen=True)
class Action:
    """A sheet of an action: what is printed, and the facts that a reader takes down from it."""

    code: str
    code_printed: str
    dash: str
    title: str
    body: tuple[Block, ...]
    funding: tuple[Money, ...] = ()
    total: Money | None = None
    status: tuple[str, ...] = ()
    status_label: str = "Stato di attuazione:"
    phases: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    districts: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()


@dataclass(frozen=True)
class Project:
    """A section of an edition; ``number`` is None for technical assistance."""

    number: int | None
    dash: str
    title: str
    actions: tuple[Action, ...]
    notice: tuple[str, ...] = ()
    phases: tuple[str, ...] = ("not_stated",)

    @property
    def lead(self) -> str:
        """What stands before the title: number and dash, or nothing."""
        return "" if self.number is None else f"Progetto {self.number}{self.dash}"


@dataclass(frozen=True)
class Edition:
    """All that an edition prints; ``title`` stands on the cover, ``header`` on each page."""

    title: str
    header: str
    city: str
    city_code: str
    projects: tuple[Project, ...]

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action, in reading order."""
        return tuple(action for project in self.projects for action in project.actions)


def euros(printed: str) -> Decimal | None:
    """Read ``€ 1.552.500,00`` and nothing else; None for words."""
    match = re.fullmatch(r"€ ?(\d{1,3}(?:\.\d{3})*,\d\d)", printed)
    return Decimal(match[1].replace(".", "").replace(",", ".")) if match else None


def _action(raw: Mapping[str, Any]) -> Action:
    facts = raw.get("facts", {})
    total = raw.get("total")
    return Action(
        code=raw["code"],
        code_printed=raw.get("code_printed", raw["code"]),
        dash=raw.get("dash", " - "),
        title=raw["title"],
        body=tuple(Block(kind, tuple(texts)) for kind, *texts in raw["body"]),
        funding=tuple(Money(a, b, euros(b)) for a, b in raw.get("funding", ())),
        total=Money(total[0], total[1], euros(total[1])) if total else None,
        status=tuple(raw.get("status", ())),
        phases=tuple(facts.get("phase", ())),
        references=tuple(facts.get("references", ())),
        links=tuple(facts.get("links", ())),
        addresses=tuple(Address(*parts) for parts in facts.get("addresses", ())),
        districts=tuple(facts.get("districts", ())),
        dates=tuple(Dated(*parts) for parts in facts.get("dates", ())),
    )


def load(path: Path = ABRIDGED) -> Edition:
    """Load an edition from its TOML."""
    raw = tomllib.loads(path.read_text("utf-8"))
    projects = tuple(
        Project(
            number=project.get("number"),
            dash=project.get("dash", " – "),
            title=project["title"],
            actions=tuple(_action(action) for action in project["actions"]),
            notice=tuple(project.get("notice", ())),
            phases=tuple(project.get("phase", ("not_stated",))),
        )
        for project in raw["projects"]
    )
    return Edition(raw["title"], raw["header"], raw["city"], raw["city_code"], projects)


def paragraphs(action: Action) -> Iterator[tuple[str, str]]:
    """Give ``(kind, text)`` of each paragraph of an action's description, as published."""
    for block in action.body:
        if block.kind == "places":
            yield from (("caption", text) for text in block.texts)
        elif block.kind != "picture":
            yield ("bullet" if block.kind == "dash" else block.kind), block.text


def _scheme(code: str) -> Row:
    """Axis, objective and fund of a three-number code; of others what the contract says."""
    numbers = re.findall(r"\d+", code)
    if code.startswith("POC"):
        return {"axis": None, "specific_objective": None, "fund": None}
    if len(numbers) == 4:
        return {"axis": int(numbers[0]), "specific_objective": ".".join(numbers[1:3])}
    axis = int(numbers[0])
    return {"axis": axis, "specific_objective": ".".join(numbers[:2]), "fund": _FUNDS.get(axis)}


def _status(money: Money) -> str:
    if money.amount is None:
        return "worded"
    return "rounded" if re.search(r"mil|circa|MEUR", money.printed) else "printed"


def expected(edition: Edition) -> Rows:
    """Give the rows that the published tables must hold, table by table, in reading order.

    Each row has the columns that can be told from the edition alone; in place of ``action_id`` it
    has the canonical ``code``, and ``phases`` (every answer that is right) in place of ``phase``.
    """
    rows: Rows = {name: [] for name in _TABLES}
    for project in edition.projects:
        notice = " ".join(project.notice) or None
        rows["projects"].append(
            {
                "number": project.number,
                "title": project.title,
                "notice": notice,
                "phases": project.phases,
            }
        )
        for action in project.actions:
            _expect_action(rows, project, action)
    return rows


_TABLES = (
    "projects",
    "actions",
    "funding",
    "paragraphs",
    "dates",
    "addresses",
    "districts",
    "links",
    "action_references",
)


def _expect_action(rows: Rows, project: Project, action: Action) -> None:
    amounts = [money.amount for money in action.funding if money.amount is not None]
    rows["actions"].append(
        {
            "code": action.code,
            "code_printed": action.code_printed,
            "project": project.title,
            "title": action.title,
            "description": " ".join(text for _, text in paragraphs(action)) or None,
            "status": " ".join(action.status) or None,
            "phases": action.phases,
            **_scheme(action.code),
            "total_stated_eur": action.total.amount if action.total else None,
            "sources_sum_eur": sum(amounts, Decimal(0)) if amounts else None,
        }
    )

    def add(table: str, **row: object) -> None:
        rows[table].append({"code": action.code, **row})

    for money in action.funding:
        add(
            "funding",
            source=SOURCES[money.label],
            label=money.label,
            amount_eur=money.amount,
            amount_status=_status(money),
            amount_printed=money.printed,
        )
    for kind, text in paragraphs(action):
        add("paragraphs", kind=kind, text=text)
    for dated in action.dates:
        add("dates", **vars(dated))
    for address in action.addresses:
        add("addresses", **vars(address))
    for name in action.districts:
        add("districts", name=name)
    for url in action.links:
        add("links", url=url)
    for target in action.references:
        add("action_references", target_code=target)


_PROSE = {"title", "description", "status", "notice", "text", "amount_printed", "project", "label"}


def prose(text: str, *, fold: bool = False) -> str:
    """Give a text without spaces and hyphens, for comparison; ``fold`` drops case as well."""
    plain = re.sub(r"[\s\-\u2010\u2011\u00ad]", "", unicodedata.normalize("NFC", text))
    return plain.casefold() if fold else plain


def differences(
    edition: Edition,
    tables: Mapping[str, Sequence[Mapping[str, object]]],
    *,
    fold: bool = False,
    skip: Sequence[str] = (),
) -> list[str]:
    """Compare published tables (rows as dictionaries, typed cells) of one edition with its truth.

    Args:
        edition: what was printed.
        tables: the published rows by table name, with ``action_id`` and ``project_id``.
        fold: compare prose without case, for headings set in capitals.
        skip: tables, or ``table.column``, that a rendering cannot tell.

    Returns:
        One line for each table whose number of rows differs and for each cell that differs.
    """
    found: list[str] = []
    titles = {row["project_id"]: row["title"] for row in tables["projects"]}
    for table, wanted in expected(edition).items():
        if table in skip:
            continue
        got = tables[table]
        if len(got) != len(wanted):
            found.append(f"{table}: {len(got)} rows, not {len(wanted)}")
        for place, (want, row) in enumerate(zip(wanted, got, strict=False), 1):
            for column, value in want.items():
                if f"{table}.{column}" in skip:
                    continue
                cell = _cell(row, column, titles)
                if not _same(column, value, cell, fold):
                    found.append(f"{table} {place} {column}: {cell!r}, not {value!r}")
    return found


def _cell(row: Mapping[str, object], column: str, titles: Mapping[object, object]) -> object:
    if column == "code" and "code" not in row:
        return str(row["action_id"]).partition("/")[2].partition("~")[0]
    if column == "project":
        return titles.get(row["project_id"])
    return row["phase" if column == "phases" else column]


def _same(column: str, wanted: object, cell: object, fold: bool) -> bool:
    if column == "phases":
        assert isinstance(wanted, tuple)
        return not wanted or cell in wanted
    if column in _PROSE and isinstance(wanted, str) and isinstance(cell, str):
        return prose(wanted, fold=fold) == prose(cell, fold=fold)
    if column in {"code_printed", "house_number", "street_name"} and fold:
        return str(wanted).casefold() == str(cell).casefold()
    return wanted == cell
