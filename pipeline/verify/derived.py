"""Every derived column and sum, computed again from the other cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation

from parsers import labels
from parsers.values import ValueProblem, amounts, clauses, codes, dates, funds, phases, quantities
from parsers.vocabulary import Vocabulary
from pipeline.schema import TABLES
from pipeline.verify.evidence import Lines
from pipeline.verify.opened import Package, Row
from pipeline.verify.verdict import Failure, Verdict

# The role of the line that a text stands on, as the context of its dates.
_CONTEXTS = {"status": "status", "notice": "notice", "body": "description"}
_KEYED_BY_ACTION = (
    "funding",
    "status_clauses",
    "dates",
    "addresses",
    "districts",
    "links",
    "action_references",
    "quantities",
    "paragraphs",
)
_BY_EDITION = ("findings", "changes", "provenance")


class Derivation:
    """Computes the derived cells of one edition.

    Args:
        package: all rows.
        edition_id: which edition.
        lines: its lines.
        vocabulary: the words in force.
        verdict: where the outcome goes.
    """

    def __init__(
        self,
        package: Package,
        edition_id: str,
        lines: Lines,
        vocabulary: Vocabulary,
        verdict: Verdict,
    ) -> None:
        self._edition_id = edition_id
        self._lines = lines
        self._vocabulary = vocabulary
        self._verdict = verdict
        self._rows = {
            name: package.of(name, edition_id)
            for name, table in TABLES.items()
            if "edition_id" in table.header
        }
        self._of_action: dict[str, dict[str, list[Row]]] = {}
        for name in _KEYED_BY_ACTION:
            grouped: dict[str, list[Row]] = defaultdict(list)
            for row in self._rows[name]:
                grouped[row["action_id"] or ""].append(row)
            self._of_action[name] = grouped

    def check(self) -> None:
        """Compute all, table by table."""
        self._positions()
        self._keys()
        self._places()
        self._projects()
        self._actions()
        self._funding()
        self._parts()
        self._owners()

    def _check(self, table: str, row: Row, column: str, derived: str | None) -> bool:
        key = row[TABLES[table].key.name] or ""
        place = (row.get("page") or "", row.get("line") or "")
        cell = (table, key, column)
        return self._verdict.check("derived", "derived", cell, row[column], derived, place)

    # -- keys and places --------------------------------------------------------------------

    def _positions(self) -> None:
        for table in ("projects", "actions"):
            for position, row in enumerate(self._rows[table], 1):
                self._check(table, row, "position", str(position))

    def _keys(self) -> None:
        """The shape of each key, numbered from 1 in reading order."""
        seen: Counter[str] = Counter()

        def unique(key: str) -> str:
            seen[key] += 1
            return key if seen[key] == 1 else f"{key}~{seen[key]}"

        for row in self._rows["projects"]:
            if row["number"] is not None:
                self._check(
                    "projects",
                    row,
                    "project_id",
                    unique(f"{self._edition_id}/progetto-{row['number']}"),
                )
        for row in self._rows["actions"]:
            self._check("actions", row, "action_id", unique(f"{self._edition_id}/{row['code']}"))
        for table in (*_KEYED_BY_ACTION, *_BY_EDITION):
            numbers: Counter[str] = Counter()
            keyed = table in _KEYED_BY_ACTION
            for row in self._rows[table]:
                owner = (row["action_id"] if keyed else None) or self._edition_id
                numbers[owner] += 1
                self._check(table, row, "id", f"{owner}/{table}-{numbers[owner]}")
        for table in ("lines", "line_boxes"):
            for row in self._rows[table]:
                self._check(table, row, "id", f"{self._edition_id}/lines-{row['line']}")
        for number, row in enumerate(self._rows["lines"], 1):
            self._check("lines", row, "line", str(number))

    def _places(self) -> None:
        """The page of each row is its line's; its line is where its text begins."""
        first: dict[tuple[str, str], str] = {}
        for row in self._rows["provenance"]:
            owner = (row["table_name"] or "", row["row_id"] or "")
            if row["line"] is not None:
                known = first.get(owner)
                if known is None or _whole(row["line"]) < _whole(known):
                    first[owner] = row["line"]
        for name, rows in self._rows.items():
            header = TABLES[name].header
            if "page" not in header or name == "lines":
                continue
            for row in rows:
                line = self._lines.rows.get(row["line"] or "")
                if line is not None:
                    self._check(name, row, "page", line["page"])
                key = row[TABLES[name].key.name] or ""
                begins = first.get((name, key))
                if begins is None or name == "projects":
                    continue  # a project begins at its word "Progetto", which is in no cell
                self._check(name, row, "line", begins)

    # -- tables -----------------------------------------------------------------------------

    def _overall(self, text: str | None) -> str:
        if text is None:
            return "not_stated"
        spans = clauses.clauses(text, self._vocabulary)
        said = [phases.phase(text[start:end], self._vocabulary) for start, end in spans]
        return phases.overall(said)

    def _projects(self) -> None:
        self._phase_of = {}
        for row in self._rows["projects"]:
            self._check("projects", row, "phase", self._overall(row["notice"]))
            self._phase_of[row["project_id"] or ""] = row["phase"]

    def _actions(self) -> None:
        for row in self._rows["actions"]:
            action_id = row["action_id"] or ""
            try:
                code = codes.parse(row["code"] or "")
            except ValueProblem:
                self._fail("actions", row, "code", "a canonical code")
                continue
            axis = None if code.axis is None else str(code.axis)
            self._check("actions", row, "axis", axis)
            self._check("actions", row, "specific_objective", code.specific_objective)
            self._check("actions", row, "fund", funds.fund(code, vocabulary=self._vocabulary))
            self._check("actions", row, "sources_sum_eur", self._sum(action_id))
            own = self._of_action["status_clauses"][action_id]
            if row["status"] is None:
                phase = self._phase_of.get(row["project_id"] or "")
            else:
                said = [phases.phase(each["text"] or "", self._vocabulary) for each in own]
                phase = phases.overall(said)
            self._check("actions", row, "phase", phase)
            if _bare(each["text"] for each in own) != _bare([row["status"]]):
                self._fail("actions", row, "status", "the clauses of the status, in order")
            paragraphs = [
                each["text"] for each in self._of_action["paragraphs"][action_id] if each["text"]
            ]
            if (" ".join(map(str, paragraphs)) or None) != row["description"]:
                self._fail("actions", row, "description", "the paragraphs of the action, in order")

    def _fail(self, table: str, row: Row, column: str, wanted: str) -> None:
        key = row[TABLES[table].key.name] or ""
        place = (row.get("page") or "", row.get("line") or "")
        self._verdict.fail(Failure("derived", row[column], wanted, table, key, column, *place))

    def _sum(self, action_id: str) -> str | None:
        own = self._of_action["funding"][action_id]
        if any(row["amount_status"] == "unreadable" for row in own):
            return None
        try:
            values = [Decimal(row["amount_eur"]) for row in own if row["amount_eur"] is not None]
        except InvalidOperation:
            return None
        return f"{sum(values, Decimal('0.00')):.2f}" if values else None

    def _funding(self) -> None:
        for row in self._rows["funding"]:
            label = labels.match(row["label"] or "", self._vocabulary)
            known = label is not None and label.kind == "funding" and label.source is not None
            self._check("funding", row, "source", label.source if label and known else "unknown")
            try:
                status: str = amounts.parse(row["amount_printed"] or "").status
            except ValueProblem:
                status = "unreadable"
            self._check("funding", row, "amount_status", status)

    def _parts(self) -> None:
        by_code: dict[str, str] = {}
        for row in self._rows["actions"]:
            by_code.setdefault(row["code"] or "", row["action_id"] or "")
        for row in self._rows["action_references"]:
            target = by_code.get(row["target_code"] or "")
            self._check("action_references", row, "target_action_id", target)
        for row in self._rows["status_clauses"]:
            phase = phases.phase(row["text"] or "", self._vocabulary)
            self._check("status_clauses", row, "phase", phase)
        for row in self._rows["dates"]:
            precision = _read(lambda text: dates.parse(text).precision, row["text"])
            if precision is not None:
                self._check("dates", row, "precision", precision)
            role = self._role(row)
            if role in _CONTEXTS:
                self._check("dates", row, "context", _CONTEXTS[role])
        for row in self._rows["quantities"]:
            approximate = _read(
                lambda text: str(quantities.parse(text).approximate).lower(), row["text"]
            )
            self._check("quantities", row, "approximate", approximate)

    def _role(self, row: Row) -> str:
        line = self._lines.rows.get(row["line"] or "")
        return (line["role"] or "") if line else ""

    def _owners(self) -> None:
        """The lines of an action's cells are the action's, those of a project the project's."""
        lines = self._lines.rows
        projects = {row["action_id"]: row["project_id"] for row in self._rows["actions"]}
        for name, rows in self._rows.items():
            header = TABLES[name].header
            if "action_id" not in header or name in ("lines", "findings"):
                continue
            for row in rows:
                line = lines.get(row["line"] or "")
                if line is None:
                    continue
                self._check(name, row, "action_id", line["action_id"])
                if "project_id" in header:
                    self._check(name, row, "project_id", line["project_id"])
        for row in self._rows["lines"]:
            if row["action_id"] is not None:
                self._check("lines", row, "project_id", projects.get(row["action_id"]))


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _bare(texts: Iterable[str | None]) -> str:
    return "".join("".join((text or "").split()) for text in texts)


def _read(reader: Callable[[str], str], text: str | None) -> str | None:
    try:
        return reader(text or "")
    except ValueProblem:
        return None


def latest(editions: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Each edition with what its ``is_latest`` is to be.

    The newest of a city and programme has the latest date; no date is before any, and of equal
    dates the later edition id wins.
    """
    rows = list(editions)
    newest: dict[tuple[str | None, str | None], tuple[str, str]] = {}
    for row in rows:
        mark = (row["reference_date"] or "", row["edition_id"] or "")
        group = (row["city_code"], row["programme"])
        newest[group] = max(newest.get(group, mark), mark)
    for row in rows:
        is_newest = newest[row["city_code"], row["programme"]][1] == row["edition_id"]
        yield row, str(is_newest).lower()
