"""Corrections laid into the rows of an edition, and what follows from each computed again."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from datetime import date
from decimal import Decimal

from parsers.text import read
from parsers.values import codes, funds, phases
from parsers.vocabulary import Vocabulary
from pipeline.corrections.entries import Correction
from pipeline.schema import TABLES, severity_of

Row = tuple[object, ...]
Tables = MutableMapping[str, list[Row]]

_SETTLES = {
    ("funding", "amount_eur"): "amount_unreadable",
    ("actions", "total_stated_eur"): "amount_unreadable",
    ("actions", "title"): "title_end_uncertain",
    ("projects", "title"): "title_end_uncertain",
    ("dates", "date_from"): "date_ambiguous",
    ("dates", "date_to"): "date_ambiguous",
    ("funding", "source"): "unknown_label",
}
"""The findings that a correction of a cell settles."""


class Correcting:
    """The rows of one edition while they are corrected.

    Args:
        tables: all rows by table; changed in place.
        edition_id: the edition.
        vocabulary: the words that a corrected status is read with.
    """

    def __init__(self, tables: Tables, edition_id: str, vocabulary: Vocabulary) -> None:
        self._tables = tables
        self._edition_id = edition_id
        self._vocabulary = vocabulary

    def apply(self, corrections: Sequence[Correction]) -> None:
        """Apply all of them; those that change keys come last, for rows are named as printed."""
        for one in sorted(corrections, key=_changes_key):
            self._apply(one)
        self._prove()
        findings = self._tables["findings"]
        line = TABLES["findings"].index("line")
        findings.sort(key=lambda row: row[line])  # type: ignore[arg-type,return-value]
        for place, row in enumerate(findings):
            findings[place] = (f"{self._edition_id}/findings-{place + 1}", *row[1:])

    def _prove(self) -> None:
        """Give cells that a correction filled the evidence of what was printed in their place."""
        schema = TABLES["provenance"]
        names = ("table_name", "row_id", "column_name")
        table, row_id, column = (schema.index(name) for name in names)
        rows = self._tables.get("provenance", [])
        proofs: dict[tuple[object, ...], list[Row]] = {}
        for row in rows:
            proofs.setdefault((row[table], row[row_id], row[column]), []).append(row)
        wanted = [
            (("funding", row[0], "amount_eur"), ("funding", row[0], "amount_printed"))
            for row in self._tables.get("funding", ())
            if row[TABLES["funding"].index("amount_eur")] is not None
        ]
        action = TABLES["status_clauses"].index("action_id")
        wanted += [
            (("status_clauses", row[0], "text"), ("actions", row[action], "status"))
            for row in self._tables.get("status_clauses", ())
        ]
        added: list[Row] = []
        for cell, printed in wanted:
            if cell not in proofs:
                for proof in proofs.get(printed, ()):
                    added.append(
                        _with(_with(_with(proof, table, cell[0]), row_id, cell[1]), column, cell[2])
                    )
        if added:
            places = (schema.index("line"), schema.index("char_start"))
            rows += added
            rows.sort(key=lambda row: tuple(row[place] for place in places))
            for place, row in enumerate(rows):
                rows[place] = (f"{self._edition_id}/provenance-{place + 1}", *row[1:])

    # -- one correction ---------------------------------------------------------------------

    def _apply(self, one: Correction) -> None:
        rows = self._candidates(one)
        fitting = [place for place, row in rows if self._cell(one, row) == one.wrong]
        if len(fitting) != 1:
            self._tell_stale(one, [row for _, row in rows], len(fitting))
            return
        place = fitting[0]
        table = self._tables[one.table.name]
        row = table[place]
        self._settle(one, row)
        table[place] = _with(row, one.table.index(one.column.name), one.right)
        proofs = list(self._proofs(one.table.name, row[0], one.column.name))
        schema = TABLES["provenance"]
        printed = read(" ".join(str(proof[schema.index("text_printed")]) for proof in proofs))
        line = proofs[0][schema.index("line")] if proofs else row[one.table.index("line")]
        action = self._action_of(one, row)
        self._tell("corrected", self._message(one, row), action, line, printed)
        self._follow(one, place)

    def _candidates(self, one: Correction) -> list[tuple[int, Row]]:
        """The rows that a correction names: the one with its key, else those of its action."""
        rows = list(enumerate(self._tables.get(one.table.name, ())))
        whole = f"{self._edition_id}/{one.row}"
        named = [(place, row) for place, row in rows if row[0] in (one.row, whole)]
        if named or "action_id" not in one.table.header:
            return named
        action = one.table.index("action_id")
        return [(place, row) for place, row in rows if row[action] in (one.row, whole)]

    def _cell(self, one: Correction, row: Row) -> object:
        return row[one.table.index(one.column.name)]

    def _message(self, one: Correction, row: Row) -> str:
        page = "" if one.page is None else f" (page {one.page})"
        return (
            f"{one.table.name}.{one.column.name} of {row[0]}: {shown(one.wrong)} is corrected to "
            f"{shown(one.right)}{page}: {one.reason}"
        )

    def _proofs(self, table: str, row_id: object, column: str) -> Iterator[Row]:
        schema = TABLES["provenance"]
        names = ("table_name", "row_id", "column_name")
        places = [schema.index(name) for name in names]
        for row in self._tables.get("provenance", ()):
            if tuple(row[place] for place in places) == (table, row_id, column):
                yield row

    def _tell_stale(self, one: Correction, rows: Sequence[Row], fitting: int) -> None:
        wanted = shown(one.wrong)
        if not rows:
            said = "there is no such row"
        elif fitting > 1:
            said = f"{fitting} rows hold {wanted}; name one by its key"
        elif len(rows) == 1:
            said = f"the cell holds {shown(self._cell(one, rows[0]))}, not {wanted}"
        else:
            said = f"no row of it holds {wanted}"
        message = f"the correction of {one.cell} no longer applies: {said}; remove or mend it"
        action = self._action_of(one, rows[0]) if rows else None
        line = rows[0][one.table.index("line")] if rows else 1
        self._tell("correction_stale", message, action, line, one.reason)

    def _action_of(self, one: Correction, row: Row) -> object:
        return row[one.table.index("action_id")] if "action_id" in one.table.header else None

    def _tell(self, rule: str, message: str, action: object, line: object, text: str) -> None:
        """Add a finding; its key comes when all are there."""
        page, printed = self._line(line)
        self._tables["findings"].append(
            (
                *("", self._edition_id, rule, severity_of(rule), read(message), action),
                *(page, line, text or printed or "-"),
            )
        )

    def _line(self, number: object) -> tuple[object, str]:
        """Page and text of a line."""
        schema = TABLES["lines"]
        line, page, text = (schema.index(name) for name in ("line", "page", "text"))
        for row in self._tables.get("lines", ()):
            if row[line] == number:
                return row[page], read(str(row[text] or ""))
        return None, ""

    # -- what follows -----------------------------------------------------------------------

    def _settle(self, one: Correction, row: Row) -> None:
        """Take away the finding that the correction answers."""
        rule = _SETTLES.get((one.table.name, one.column.name))
        if rule is None:
            return
        action = self._action_of(one, row)
        lines: set[int] = {row[one.table.index("line")]}  # type: ignore[arg-type]
        if one.column.name == "total_stated_eur":
            lines = self._lines_of(action, "total")
        self._drop(rule, action, lines)

    def _lines_of(self, action: object, role: str) -> set[int]:
        schema = TABLES["lines"]
        places = [schema.index(name) for name in ("action_id", "role")]
        line = schema.index("line")
        return {
            row[line]  # type: ignore[misc]
            for row in self._tables.get("lines", ())
            if tuple(row[place] for place in places) == (action, role)
        }

    def _drop(self, rule: str, action: object, lines: set[int] | None = None) -> None:
        schema = TABLES["findings"]
        names, line = ("rule", "action_id"), schema.index("line")
        places = [schema.index(name) for name in names]
        self._tables["findings"][:] = [
            row
            for row in self._tables["findings"]
            if tuple(row[place] for place in places) != (rule, action)
            or (lines is not None and row[line] not in lines)
        ]

    def _follow(self, one: Correction, place: int) -> None:
        """Compute again what is derived from a corrected cell."""
        table, column = one.table.name, one.column.name
        row = self._tables[table][place]
        if table == "funding" and column in ("amount_eur", "amount_status"):
            self._amount_status(place, column)
            self._sums(row[one.table.index("action_id")])
        elif (table, column) == ("actions", "total_stated_eur"):
            self._sums(row[0])
        elif (table, column) == ("actions", "status"):
            self._status(row)
        elif (table, column) == ("status_clauses", "phase"):
            self._phase(row[one.table.index("action_id")])
        elif (table, column) == ("actions", "code"):
            self._code(place)
        elif (table, column) == ("action_references", "target_code"):
            self._target(place)
        elif (table, column) == ("projects", "number"):
            self._rename(row[0], f"{self._edition_id}/progetto-{row[one.table.index('number')]}")

    def _amount_status(self, place: int, column: str) -> None:
        """A sum put in for one that was not readable is as good as printed; none is unreadable."""
        if column != "amount_eur":
            return
        schema, rows = TABLES["funding"], self._tables["funding"]
        amount, status = schema.index("amount_eur"), schema.index("amount_status")
        if rows[place][amount] is None:
            rows[place] = _with(rows[place], status, "unreadable")
        elif rows[place][status] in ("unreadable", "worded"):
            rows[place] = _with(rows[place], status, "printed")

    def _row_of(self, table: str, key: object) -> int | None:
        rows = self._tables.get(table, ())
        return next((place for place, row in enumerate(rows) if row[0] == key), None)

    def _sums(self, action_id: object) -> None:
        """The sum of an action's sources, and whether its stated total is that."""
        place = self._row_of("actions", action_id)
        if place is None:
            return
        funding, actions = TABLES["funding"], TABLES["actions"]
        own = [
            row
            for row in self._tables.get("funding", ())
            if row[funding.index("action_id")] == action_id
        ]
        amounts = [row[funding.index("amount_eur")] for row in own]
        known = [amount for amount in amounts if isinstance(amount, Decimal)]
        readable = all(row[funding.index("amount_status")] != "unreadable" for row in own)
        added = sum(known, Decimal("0.00")) if known and readable else None
        row = _with(self._tables["actions"][place], actions.index("sources_sum_eur"), added)
        self._tables["actions"][place] = row
        self._drop("total_mismatch", action_id)
        stated = row[actions.index("total_stated_eur")]
        if added is None or not isinstance(stated, Decimal) or stated == added:
            return
        lines = ", ".join(str(each[funding.index("line")]) for each in own)
        places = self._lines_of(action_id, "total")
        self._tell(
            "total_mismatch",
            f"with the corrections the sources sum to {added} (lines {lines}), the stated total "
            f"is {stated}: a difference of {stated - added}",
            action_id,
            min(places) if places else row[actions.index("line")],
            "",
        )

    def _status(self, action: Row) -> None:
        """The clauses of a corrected status, and the phase that they come to."""
        schema, status = TABLES["status_clauses"], action[TABLES["actions"].index("status")]
        text = str(status or "")
        said = [text[start:end] for start, end in phases.clauses(text, self._vocabulary)]
        rows = self._tables.setdefault("status_clauses", [])
        own = [row for row in rows if row[schema.index("action_id")] == action[0]]
        first = rows.index(own[0]) if own else len(rows)
        where = own or [self._clause(action)]
        new = []
        for number, clause in enumerate(said):
            row = where[min(number, len(where) - 1)]
            row = (f"{action[0]}/status_clauses-{number + 1}", *row[1:])
            row = _with(row, schema.index("text"), clause)
            new.append(_with(row, schema.index("phase"), phases.phase(clause, self._vocabulary)))
        gone = {row[0] for row in own[len(new) :]}
        rows[:] = [row for row in rows if row not in own]
        rows[first:first] = new
        row_id = TABLES["provenance"].index("row_id")
        proofs = self._tables.get("provenance", [])
        proofs[:] = [row for row in proofs if row[row_id] not in gone]
        self._phase(action[0])

    def _clause(self, action: Row) -> Row:
        """Where the clauses of an action stand that printed none: at its heading."""
        page, line = (action[TABLES["actions"].index(name)] for name in ("page", "line"))
        return (f"{action[0]}/status_clauses-1", self._edition_id, action[0], "", "", page, line)

    def _phase(self, action_id: object) -> None:
        """The phase of an action from its clauses; without any, its project's."""
        place = self._row_of("actions", action_id)
        if place is None:
            return
        clauses, actions, projects = (
            TABLES[name] for name in ("status_clauses", "actions", "projects")
        )
        said = [
            str(row[clauses.index("phase")])
            for row in self._tables.get("status_clauses", ())
            if row[clauses.index("action_id")] == action_id
        ]
        row = self._tables["actions"][place]
        phase: object = phases.overall(said)
        if not said:
            project = self._row_of("projects", row[actions.index("project_id")])
            if project is not None:
                phase = self._tables["projects"][project][projects.index("phase")]
        self._tables["actions"][place] = _with(row, actions.index("phase"), phase)

    def _code(self, place: int) -> None:
        """Axis, objective, fund and key of an action whose code is another."""
        schema, rows = TABLES["actions"], self._tables["actions"]
        row = rows[place]
        code = codes.parse(str(row[schema.index("code")]), vocabulary=self._vocabulary)
        for name, value in (
            ("axis", code.axis),
            ("specific_objective", code.specific_objective),
            ("fund", funds.fund(code, vocabulary=self._vocabulary)),
        ):
            row = _with(row, schema.index(name), value)
        rows[place] = row
        self._rename(row[0], f"{self._edition_id}/{code.canonical}")
        for number in range(len(self._tables.get("action_references", ()))):
            self._target(number)

    def _target(self, place: int) -> None:
        """The action that a reference means."""
        schema, rows = TABLES["action_references"], self._tables["action_references"]
        wanted = f"{self._edition_id}/{rows[place][schema.index('target_code')]}"
        found = wanted if self._row_of("actions", wanted) is not None else None
        rows[place] = _with(rows[place], schema.index("target_action_id"), found)

    def _rename(self, old: object, new: str) -> None:
        """Give a project or action its new key, wherever its own or its rows' stand."""
        taken = {row[0] for name in ("projects", "actions") for row in self._tables.get(name, ())}
        number = 2
        key = new
        while key in taken - {old}:
            key, number = f"{new}~{number}", number + 1
        before = f"{old}/"
        for table, rows in self._tables.items():
            places = [
                place
                for place, column in enumerate(TABLES[table].columns)
                if column.name.endswith("_id") or column.name == "id"
            ]
            for at, row in enumerate(rows):
                for place in places:
                    cell = row[place]
                    if cell == old:
                        row = _with(row, place, key)
                    elif isinstance(cell, str) and cell.startswith(before):
                        row = _with(row, place, f"{key}/{cell[len(before) :]}")
                rows[at] = row


def shown(cell: object) -> str:
    """A cell as a message quotes it."""
    if cell is None:
        return "an empty cell"
    if isinstance(cell, (Decimal, date, int)):
        return str(cell)
    return repr(cell)


def _with(row: Row, place: int, cell: object) -> Row:
    return (*row[:place], cell, *row[place + 1 :])


def _changes_key(one: Correction) -> bool:
    return (one.table.name, one.column.name) in (("actions", "code"), ("projects", "number"))
