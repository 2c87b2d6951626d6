"""A report with its corrections laid in, each marked beside what is printed: for people.

The published rows say what is right; what a person reads must say as well that the source prints
something else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from parsers.report import Action, Clause, Dated, Paragraph, Report, Signal
from parsers.text import Text
from parsers.values import codes
from parsers.values.amounts import display
from parsers.vocabulary import Vocabulary
from pipeline.corrections.apply import Row, Tables
from pipeline.identity import Identified
from pipeline.schema import TABLES
from pipeline.tables_parts import in_order, place_of

_FOLLOWING = {"amount_status"}
"""Columns that go with another one, whose mark is enough."""


class Marked:
    """The corrected cells of an edition, laid into its report.

    Args:
        identified: the report, which is changed in place, and the keys of its rows as printed.
        before: all rows as read.
        after: the same rows corrected.
        vocabulary: the words in force.
    """

    def __init__(
        self, identified: Identified, before: Tables, after: Tables, vocabulary: Vocabulary
    ) -> None:
        self._identified = identified
        self._before = before
        self._after = after
        self._vocabulary = vocabulary
        # A correction may change keys, but never how many rows there are or their order; the
        # clauses of a corrected status are split anew.
        self._rows: dict[str, dict[object, tuple[Row, Row]]] = {
            name: {old[0]: (old, new) for old, new in zip(rows, after[name], strict=True)}
            for name, rows in before.items()
            if name not in ("status_clauses", "findings", "provenance")
        }

    def lay_in(self) -> list[Signal]:
        """Put the corrected cells into the report.

        Returns:
            the findings on the corrected rows.
        """
        report = self._identified.report
        counters: dict[str, int] = {}
        owner = self._identified.edition_id
        for project, project_id, ids in zip(
            report.projects, self._identified.project_ids, self._identified.action_ids, strict=True
        ):
            cells = self._cells("projects", project_id)
            project.title = _said(cells["title"], project.title)
            project.notice = _said(cells["notice"], project.notice)
            project.number = cells["number"][1]
            project.phase = cells["phase"][1]
            for table, items in (
                ("dates", project.dates),
                ("action_references", project.references),
                ("paragraphs", project.paragraphs),
            ):
                first = counters.get(table, 0)
                counters[table] = first + len(items)
                self._items(table, owner, items, first)
            for action, action_id in zip(project.actions, ids, strict=True):
                self._action(action, action_id)
        return self._findings(report)

    # -- parts of the report ----------------------------------------------------------------

    def _action(self, action: Action, action_id: str) -> None:
        cells = self._cells("actions", action_id)
        action.title = _said(cells["title"], action.title)
        action.status = _said(cells["status"], action.status)
        action.code = codes.parse(cells["code"][1], vocabulary=self._vocabulary)
        action.phase = cells["phase"][1]
        old, new = cells["description"]
        if old != new:
            whole = _said(cells["description"], action.description)
            action.paragraphs = [Paragraph("paragraph", whole)]
        for total in action.totals:
            if total.amount == cells["total_stated_eur"][0]:
                total.label = _amended(total.label, cells["total_stated_eur"], total.printed)
                total.amount = cells["total_stated_eur"][1]
                break
        for number, money in enumerate(action.funding, start=1):
            own = self._cells("funding", f"{action_id}/funding-{number}")
            label = _said(own["label"], money.label)
            label = _with_note(label, self._notes(own, "funding", "source"))
            money.label = _amended(label, own["amount_eur"], money.printed)
            money.amount, money.source = own["amount_eur"][1], own["source"][1]
            money.status = own["amount_status"][1]
        self._clauses(action, action_id)
        for table, items in (
            ("dates", action.dates),
            ("addresses", action.addresses),
            ("action_references", action.references),
            ("quantities", action.quantities),
            ("paragraphs", action.paragraphs if old == new else []),
        ):
            self._items(table, action_id, items, 0)
        for table, column, texts in (
            ("districts", "name", action.districts),
            ("links", "url", action.links),
        ):
            order = list(range(len(texts)))
            if table == "links":
                order.sort(key=lambda place: place_of(texts[place]))
            for number, place in enumerate(order, start=1):
                own = self._cells(table, f"{action_id}/{table}-{number}")
                texts[place] = _said(own[column], texts[place])

    def _items(self, table: str, owner: str, items: Sequence[Any], first: int) -> None:
        """Parts with a text of their own, numbered as the tables number them."""
        for number, item in enumerate(in_order(items), start=first + 1):
            cells = self._cells(table, f"{owner}/{table}-{number}")
            main = "target_code" if table == "action_references" else "text"
            others = [name for name in cells if name != main]
            item.text = _with_note(
                _said(cells[main], item.text), self._notes(cells, table, *others)
            )
            if table == "action_references":
                item.code = codes.parse(cells[main][1], vocabulary=self._vocabulary)
            elif table == "paragraphs":
                item.kind = cells["kind"][1]
            elif isinstance(item, Dated):
                names = ("date_from", "date_to", "precision")
                item.value = item.value._replace(**{name: cells[name][1] for name in names})
                item.modality = cells["modality"][1]

    def _clauses(self, action: Action, action_id: str) -> None:
        schema = TABLES["status_clauses"]
        owner, text, phase = (schema.index(name) for name in ("action_id", "text", "phase"))
        new_id = self._rows["actions"][action_id][1][0]
        rows = [row for row in self._after.get("status_clauses", ()) if row[owner] == new_id]
        old_rows = [
            row for row in self._before.get("status_clauses", ()) if row[owner] == action_id
        ]
        texts = [clause.text for clause in action.clauses]
        if [row[text] for row in rows] != [row[text] for row in old_rows]:
            texts = [Text(str(row[text]), action.status.runs) for row in rows]
        action.clauses = [
            Clause(clause, str(row[phase])) for clause, row in zip(texts, rows, strict=True)
        ]

    def _findings(self, report: Report) -> list[Signal]:
        names = ("rule", "message", "line", "text", "action_id")
        places = [TABLES["findings"].index(name) for name in names]
        code = TABLES["actions"].index("code")
        of_action = {row[0]: row[code] for row in self._after["actions"]}
        found = []
        for row in self._after["findings"]:
            rule, message, line, text, action = (row[place] for place in places)
            if rule == "corrected":
                text = message  # it has all three: what is printed, what is right, and why
            found.append(Signal(rule, message, line, text, of_action.get(action)))  # type: ignore[arg-type]
        return found

    # -- cells ------------------------------------------------------------------------------

    def _cells(self, table: str, row_id: str) -> dict[str, tuple[Any, Any]]:
        """The cells of a row by column, as read and as corrected."""
        old, new = self._rows[table][row_id]
        return dict(zip(TABLES[table].header, zip(old, new, strict=True), strict=True))

    def _notes(self, cells: Mapping[str, tuple[Any, Any]], table: str, *columns: str) -> str:
        """What is corrected in cells that the page does not show as a text."""
        titles = {column.name: column.title_it for column in TABLES[table].columns}
        correctable = {
            column.name
            for column in TABLES[table].columns
            if not column.name.endswith("_id") and column.name not in ("id", *_FOLLOWING)
        }
        return "; ".join(
            f"corretto: {titles[name]} {_shown(new)}, era {_shown(old)}"
            for name, (old, new) in cells.items()
            if name in columns and name in correctable and old != new
        )


def _said(cell: tuple[Any, Any], text: Text) -> Text:
    """The text of a cell, and where it is corrected what is printed in its place."""
    old, new = cell
    if old == new:
        return text
    return Text(f"{_shown(new)} [corretto; stampato: {_shown(text.value)}]", text.runs)


def _amended(label: Text, cell: tuple[Any, Any], printed: Text) -> Text:
    """The label of a sum, with what is printed where the sum is corrected."""
    old, new = cell
    return _with_note(label, "" if old == new else f"importo corretto; stampato: {printed.value}")


def _with_note(text: Text, note: str) -> Text:
    return Text(f"{text.value} [{note}]", text.runs) if note else text


def _shown(cell: object) -> str:
    if isinstance(cell, Decimal):
        return display(cell)
    return "—" if cell in (None, "") else str(cell)
