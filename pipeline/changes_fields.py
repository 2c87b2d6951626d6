"""The fields of an edition's projects and actions, as two editions are compared by them.

Each field knows what it is compared by, which is not how it is printed: what only the setting of
the text changes (case, spacing, dashes, quotes, accents written as apostrophes, closing
punctuation) is no difference, nor is a sum in another notation or a street type in full.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

Cells = Mapping[str, str]
Tables = Mapping[str, Sequence[Cells]]

TABLES_READ = (
    *("projects", "actions", "funding", "status_clauses"),
    *("dates", "addresses", "districts", "links"),
)
"""What :func:`between` reads: small tables, so that comparing costs next to nothing."""

_SETTING = re.compile(
    r"[\s\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
    r"\-\u2010-\u2015\u2212\u02d7'`\u00b4\u2018-\u201f\u2032\u2033\u2039\u203a\"\u00ab\u00bb]+"
)
_CLOSING = ".,;:"


@dataclass(frozen=True, slots=True)
class Item:
    """One printed value: its text, what is compared of it, and the page and line it stands on."""

    text: str
    same: Hashable
    page: str
    line: str


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds in one edition.

    Attributes:
        text: as ``changes`` publishes it; the values of a list joined by "; ".
        same: what is compared; equal for values that differ in nothing but their setting.
        items: the printed values that it is made of, in reading order.
        amount: the euros, of fields that are sums.
        unreadable: whether a part of the sum could not be read.
    """

    text: str
    same: Hashable
    items: tuple[Item, ...]
    amount: Decimal | None = None
    unreadable: bool = False


def fold(text: str) -> str:
    """A text without what is mere setting.

    >>> fold("Via dell’Aprica – «Nuova Città».") == fold("via dell'Aprica -  Nuova Citta'")
    True
    >>> fold("entro il 2022") == fold("entro il 2023")
    False
    """
    return _SETTING.sub("", unicodedata.normalize("NFKD", text).casefold()).rstrip(_CLOSING)


@dataclass(slots=True)
class Entity:
    """An action or project: its published row, and the values of its fields."""

    id: str
    code: str
    row: Cells
    fields: dict[str, Value]

    @property
    def title(self) -> str:
        """The title, or what stands for it where none is printed."""
        return self.row["title"] or self.code


@dataclass(slots=True)
class Sheets:
    """One edition: its projects and actions by their ids without the edition's part."""

    edition_id: str
    projects: dict[str, Entity]
    actions: dict[str, Entity]


def local(row: Cells, column: str) -> str:
    """An id without the edition's part, the same in every edition."""
    return row[column].removeprefix(row["edition_id"] + "/")


def sheets(tables: Tables) -> Sheets:
    """Read the projects and actions of one edition, with their fields."""
    places = _places(tables)
    projects = {}
    for row in tables["projects"]:
        key = local(row, "project_id")
        entity = Entity(row["project_id"], row["title"] or key, row, {})
        projects[key] = entity
        _add_text(entity, "title", row["title"], places)
        _add_text(entity, "notice", row["notice"], places)
        _add_text(entity, "phase", row["phase"], places)
    actions = {}
    for row in tables["actions"]:
        key = local(row, "action_id")
        entity = Entity(row["action_id"], key, row, {})
        actions[key] = entity
        for field in ("title", "status", "phase"):
            _add_text(entity, field, row[field], places)
        _add_total(entity, row["total_stated_eur"], places)
        project = projects.get(local(row, "project_id"))
        if project is not None:
            _add_text(entity, "project", project.code, places)
    _add_funding(tables["funding"], actions)
    _add_lists(tables, projects, actions)
    rows = [*tables["projects"], *tables["actions"]]
    return Sheets(rows[0]["edition_id"] if rows else "", projects, actions)


Places = Mapping[tuple[str, str], tuple[str, str]]


def _places(tables: Tables) -> Places:
    """Page and line of what does not stand in its heading, by id and kind of line."""
    places: dict[tuple[str, str], tuple[str, str]] = {}
    for row in tables.get("status_clauses", ()):
        places.setdefault((row["action_id"], "status"), (row["page"], row["line"]))
    for row in tables.get("lines", ()):
        owner = row["project_id"] if row["role"] == "notice" else row["action_id"]
        places.setdefault((owner, row["role"]), (row["page"], row["line"]))
    return places


_WHERE = {"phase": "status", "total_stated_eur": "total"}
"""The kind of line that a field stands on, where that is not its own name or the heading."""


def _item(entity: Entity, field: str, text: str, places: Places) -> Item:
    kind = _WHERE.get(field, field)
    if field == "phase" and (entity.id, kind) not in places:
        kind = "notice"
    page, line = places.get((entity.id, kind), (entity.row["page"], entity.row["line"]))
    return Item(text, fold(text), page, line)


def _add_text(entity: Entity, field: str, text: str, places: Places) -> None:
    if text:
        item = _item(entity, field, text, places)
        entity.fields[field] = Value(text, item.same, (item,))


def _add_total(entity: Entity, text: str, places: Places) -> None:
    if text:
        amount = Decimal(text)
        item = _item(entity, "total_stated_eur", text, places)
        entity.fields["total_stated_eur"] = Value(text, amount, (item,), amount)


def _add_funding(rows: Sequence[Cells], actions: Mapping[str, Entity]) -> None:
    """One field a source: its lines added up, words in place of a sum kept beside."""
    groups: dict[tuple[str, str], list[Cells]] = {}
    for row in rows:
        groups.setdefault((local(row, "action_id"), row["source"]), []).append(row)
    for (key, source), lines in groups.items():
        amounts = [Decimal(row["amount_eur"]) for row in lines if row["amount_eur"]]
        words = [
            row["amount_printed"] or row["amount_status"] for row in lines if not row["amount_eur"]
        ]
        total = sum(amounts, Decimal()) if amounts else None
        items = tuple(
            Item(
                row["amount_printed"] or row["amount_eur"] or row["amount_status"],
                row["amount_eur"] or fold(row["amount_printed"]),
                row["page"],
                row["line"],
            )
            for row in lines
        )
        text = "; ".join([*([str(total)] if amounts else []), *words])
        same = (total, tuple(sorted(fold(word) for word in words)))
        unreadable = any(row["amount_status"] == "unreadable" for row in lines)
        actions[key].fields[f"funding.{source}"] = Value(text, same, items, total, unreadable)


def _add_lists(
    tables: Tables, projects: Mapping[str, Entity], actions: Mapping[str, Entity]
) -> None:
    """Places, dates and links: what is printed more than once counts once, in any order."""
    lists: dict[tuple[str, str], dict[Hashable, Item]] = {}
    for name, text, same in (
        ("addresses", "text", _address),
        ("districts", "name", lambda row: fold(row["name"])),
        ("dates", "text", _interval),
        ("links", "url", lambda row: row["url"].casefold().rstrip("/")),
    ):
        for row in tables[name]:
            owner = row["action_id"] or row.get("project_id", "")
            item = Item(row[text], same(row), row["page"], row["line"])
            lists.setdefault((owner, name), {}).setdefault(item.same, item)
    entities = {entity.id: entity for entity in chain(projects.values(), actions.values())}
    for (owner, name), items in lists.items():
        if owner in entities:
            text = "; ".join(item.text for item in items.values())
            value = Value(text, frozenset(items), tuple(items.values()))
            entities[owner].fields[name] = value


def _address(row: Cells) -> Hashable:
    """Street and number, so that "V.le Europa, 5" is "viale Europa 5"."""
    if not row["street_name"]:
        return fold(row["text"])
    return (row["street_type"], fold(row["street_name"]), fold(row["house_number"]))


def _interval(row: Cells) -> Hashable:
    """The days that a date stands for, so that "01/05/25" is "1 maggio 2025"."""
    if not row["date_from"] and not row["date_to"]:
        return fold(row["text"])
    return (row["date_from"], row["date_to"])


def heading(entity: Entity, text: str) -> Value:
    """A value that stands in the entity's heading."""
    item = Item(text, fold(text), entity.row["page"], entity.row["line"])
    return Value(text, item.same, (item,))
