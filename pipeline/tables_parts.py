"""The rows that hang on an action's prose, its status, or a project's notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from parsers.report import Action, Counted, Dated, Located, Mention, Paragraph
from parsers.text import Text
from pipeline.identity import Identified

Row = tuple[object, ...]
Where = Callable[[int], tuple[int | None, int]]
Prove = Callable[[str, str, str, Text], None]


class Parts:
    """Makes the rows of the parts of one edition.

    Args:
        identified: the report with its keys.
        where: gives page and line of a line.
        prove: takes down the printed pieces of a cell: table, key of the row, column, text.
    """

    def __init__(self, identified: Identified, where: Where, prove: Prove) -> None:
        self._identified = identified
        self._where = where
        self._prove = prove
        self._counters: Counter[tuple[str, str]] = Counter()
        self._found: dict[str, list[tuple[int, int, Row]]] = {}

    def rows(self) -> dict[str, list[Row]]:
        """The rows of each table that has any, in reading order."""
        identified = self._identified
        for project, project_id, ids in zip(
            identified.report.projects, identified.project_ids, identified.action_ids, strict=True
        ):
            for date in in_order(project.dates):
                self._dated(date, project_id, None)
            for mention in in_order(project.references):
                self._mention(mention, None)
            for paragraph in in_order(project.paragraphs):
                self._paragraph(paragraph, project_id, None)
            for action, action_id in zip(project.actions, ids, strict=True):
                self._action(action, project_id, action_id)
        for found in self._found.values():
            found.sort(key=lambda entry: entry[:2])
        return {table: [row for _, _, row in found] for table, found in self._found.items()}

    def _action(self, action: Action, project_id: str, action_id: str) -> None:
        for clause in action.clauses:
            cells = (action_id, clause.text.value, clause.phase)
            self._add("status_clauses", action_id, clause.text, cells, ("text",))
        for date in in_order(action.dates):
            self._dated(date, project_id, action_id)
        for address in in_order(action.addresses):
            self._address(address, action_id)
        for name in action.districts:
            self._add("districts", action_id, name, (action_id, name.value), ("name",))
        for url in sorted(action.links, key=place_of):
            self._add("links", action_id, url, (action_id, url.value), ("url",))
        for mention in in_order(action.references):
            self._mention(mention, action_id)
        for quantity in in_order(action.quantities):
            self._quantity(quantity, action_id)
        for paragraph in in_order(action.paragraphs):
            self._paragraph(paragraph, project_id, action_id)

    def _add(
        self,
        table: str,
        owner: str | None,
        text: Text,
        cells: Sequence[object],
        printed: Sequence[str] = (),
        others: Sequence[tuple[str, Text]] = (),
    ) -> None:
        """Add a row.

        Args:
            table: that it is of.
            owner: the action that it is numbered in; None for the edition.
            text: that it stands on.
            cells: behind its key and the edition's, before its place.
            printed: columns that the text proves.
            others: columns that texts of their own prove.
        """
        name = owner or self._identified.edition_id
        self._counters[(table, name)] += 1
        row_id = f"{name}/{table}-{self._counters[(table, name)]}"
        for column, proof in (*((column, text) for column in printed), *others):
            self._prove(table, row_id, column, proof)
        row = (row_id, self._identified.edition_id, *cells, *self._where(text.line))
        self._found.setdefault(table, []).append((*place_of(text), row))

    def _dated(self, item: Dated, project_id: str, action_id: str | None) -> None:
        value = item.value
        printed = ["text"]
        if value.date_from is not None:
            printed.append("date_from")
        if value.date_to is not None:
            printed.append("date_to")
        cells = (
            project_id,
            action_id,
            item.context,
            item.text.value,
            value.date_from,
            value.date_to,
            value.precision,
            item.modality,
        )
        self._add("dates", action_id, item.text, cells, printed)

    def _mention(self, item: Mention, action_id: str | None) -> None:
        code = item.code.canonical
        cells = (action_id, code, self._identified.by_code.get(code))
        self._add("action_references", action_id, item.text, cells, ("target_code",))

    def _paragraph(self, item: Paragraph, project_id: str, action_id: str | None) -> None:
        cells = (project_id, action_id, item.kind, item.text.value)
        self._add("paragraphs", action_id, item.text, cells, ("text",))

    def _address(self, item: Located, action_id: str) -> None:
        value = item.value
        cells = (
            action_id,
            item.text.value,
            value.street_type,
            value.street_name,
            value.house_number,
        )
        others = (
            ("street_type", item.street_type),
            ("street_name", item.street_name),
            ("house_number", item.house_number),
        )
        self._add("addresses", action_id, item.text, cells, ("text",), others)

    def _quantity(self, item: Counted, action_id: str) -> None:
        value = item.value
        cells = (
            action_id,
            value.value,
            value.value_max,
            value.approximate,
            value.unit,
            item.text.value,
        )
        most = () if value.value_max is None else ("value_max",)
        self._add("quantities", action_id, item.text, cells, ("value", *most, "unit", "text"))


class _Placed(Protocol):
    text: Text


Placed = TypeVar("Placed", bound=_Placed)


def place_of(text: Text) -> tuple[int, int]:
    """Line and column of a text's first character."""
    piece = text.pieces()[0]
    return piece.line, piece.start


def in_order(items: Sequence[Placed]) -> list[Placed]:
    """Items in reading order, as the tables number them."""
    return sorted(items, key=lambda item: place_of(item.text))
