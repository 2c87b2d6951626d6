"""From a report to the rows of the published tables, and the evidence of each printed cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from parsers.lines import Document, Line
from parsers.report import Action, Signal
from parsers.text import Text, read
from parsers.values import funds
from parsers.vocabulary import Vocabulary
from pipeline.identity import Identified
from pipeline.readers.displayed import as_displayed
from pipeline.schema import severity_of
from pipeline.tables_parts import Parts, Row


class TableBuilder:
    """Builds all rows of one edition.

    Args:
        identified: the report with its keys.
        document: the lines it was read from.
        vocabulary: the words in force, for the funds of the axes.
    """

    def __init__(self, identified: Identified, document: Document, vocabulary: Vocabulary) -> None:
        self.identified = identified
        self.edition_id = identified.edition_id
        self.document = document
        self.vocabulary = vocabulary
        self.tables: dict[str, list[Row]] = {}
        self._evidence: list[tuple[int, int, Row]] = []
        self._moved = self.document.turns.keys() | self.document.skews.keys()
        self._edges: dict[int, Line] = {line.number: line for line in document.lines}

    def build(self, findings: Sequence[Signal]) -> dict[str, list[Row]]:
        """All tables but ``editions``, ``changes`` and ``codes``, rows in reading order."""
        self._projects()
        self._actions()
        self.tables |= Parts(self.identified, self._where, self._prove).rows()
        self._lines()
        self._findings(findings)
        self._provenance()
        return self.tables

    # -- places and evidence ------------------------------------------------------------------

    def _page(self, line: int) -> int | None:
        found = self._edges.get(line)
        return found.page if found else None

    def _where(self, line: int) -> tuple[int | None, int]:
        return self._page(line), max(line, 1)

    def _prove(self, table: str, row_id: str, column: str, text: Text) -> None:
        """Record the printed pieces of a cell."""
        for segment, piece in enumerate(text.pieces(), start=1):
            line = self._edges[piece.line]
            x0 = x1 = None
            if line.lefts is not None and line.rights is not None:
                left, right = line.lefts[piece.start], line.rights[piece.end - 1]
                if line.page in self._moved and line.box is not None:
                    shown = line.box._replace(x0=left, x1=right)
                    shown = as_displayed(self.document, line.page, shown)
                    left, right = shown.x0, shown.x1
                x0, x1 = _points(left), _points(right)
            row = (
                table,
                row_id,
                column,
                segment,
                piece.line,
                piece.start,
                piece.end,
                line.text[piece.start : piece.end],
                x0,
                x1,
            )
            self._evidence.append((piece.line, piece.start, row))

    # -- tables -----------------------------------------------------------------------------

    def _projects(self) -> None:
        rows: list[Row] = []
        for position, (project, project_id) in enumerate(
            zip(self.identified.report.projects, self.identified.project_ids, strict=True), start=1
        ):
            self._prove("projects", project_id, "number", project.number_text)
            self._prove("projects", project_id, "title", project.title)
            self._prove("projects", project_id, "notice", project.notice)
            rows.append(
                (
                    project_id,
                    self.edition_id,
                    project.number,
                    project.title.value or None,
                    project.notice.value or None,
                    project.phase,
                    position,
                    *self._where(project.heading_line),
                )
            )
        self.tables["projects"] = rows

    def _actions(self) -> None:
        rows: list[Row] = []
        funding: list[Row] = []
        for position, (project_id, action_id, action) in enumerate(
            self.identified.actions(), start=1
        ):
            stated = next((total for total in action.totals if total.amount is not None), None)
            for column, text in (
                ("code", action.code_text),
                ("code_printed", action.code_text),
                ("title", action.title),
                ("description", action.description),
                ("status", action.status),
            ):
                self._prove("actions", action_id, column, text)
            if stated is not None:
                self._prove("actions", action_id, "total_stated_eur", stated.printed)
            rows.append(
                (
                    action_id,
                    self.edition_id,
                    project_id,
                    action.code.canonical,
                    action.code_text.value,
                    action.title.value or None,
                    action.description.value or None,
                    action.status.value or None,
                    action.phase,
                    action.code.axis,
                    action.code.specific_objective,
                    funds.fund(action.code, vocabulary=self.vocabulary),
                    stated.amount if stated else None,
                    sources_sum(action),
                    position,
                    *self._where(action.heading_line),
                )
            )
            for number, item in enumerate(action.funding, start=1):
                row_id = f"{action_id}/funding-{number}"
                self._prove("funding", row_id, "label", item.label)
                self._prove("funding", row_id, "amount_printed", item.printed)
                if item.amount is not None:
                    self._prove("funding", row_id, "amount_eur", item.printed)
                funding.append(
                    (
                        row_id,
                        self.edition_id,
                        action_id,
                        item.source,
                        item.label.value,
                        item.amount,
                        item.status,
                        item.printed.value or None,
                        *self._where(item.line),
                    )
                )
        self.tables["actions"] = rows
        self.tables["funding"] = funding

    def _lines(self) -> None:
        report = self.identified.report
        lines: list[Row] = []
        boxes: list[Row] = []
        for line, role, (project, action) in zip(
            self.document.lines, report.roles, report.owners, strict=True
        ):
            row_id = f"{self.edition_id}/lines-{line.number}"
            project_id = None if project is None else self.identified.project_ids[project]
            action_id = (
                None
                if project is None or action is None
                else self.identified.action_ids[project][action]
            )
            text = None if line.blank else line.text
            lines.append(
                (
                    row_id,
                    self.edition_id,
                    line.page,
                    line.number,
                    text,
                    role,
                    project_id,
                    action_id,
                )
            )
            if line.box is not None and line.page is not None:
                box = as_displayed(self.document, line.page, line.box)
                boxes.append(
                    (
                        row_id,
                        self.edition_id,
                        line.page,
                        line.number,
                        _points(box.x0),
                        _points(box.top),
                        _points(box.x1),
                        _points(box.bottom),
                        None if line.size is None else _points(line.size),
                        line.bold,
                    )
                )
        self.tables["lines"] = lines
        self.tables["line_boxes"] = boxes

    def _findings(self, findings: Sequence[Signal]) -> None:
        rows: list[Row] = []
        for number, signal in enumerate(findings, start=1):
            page, line = self._where(signal.line)
            rows.append(
                (
                    f"{self.edition_id}/findings-{number}",
                    self.edition_id,
                    signal.rule,
                    severity_of(signal.rule),
                    read(signal.message),
                    None if signal.code is None else self._action_of(signal),
                    page,
                    line,
                    read(signal.text) or self._line_text(line),
                )
            )
        self.tables["findings"] = rows

    def _action_of(self, signal: Signal) -> str | None:
        """The action of a signal: of two with one code, the one that holds its line."""
        if 0 < signal.line <= len(self.identified.report.owners):
            project, action = self.identified.report.owners[signal.line - 1]
            if project is not None and action is not None:
                found = self.identified.report.projects[project].actions[action]
                if found.code.canonical == signal.code:
                    return self.identified.action_ids[project][action]
        return self.identified.by_code.get(signal.code or "")

    def _line_text(self, line: int) -> str:
        text = read(self._edges[line].text) if line in self._edges else ""
        return text or "-"

    def _provenance(self) -> None:
        self._evidence.sort(key=lambda entry: entry[:2])
        self.tables["provenance"] = [
            (f"{self.edition_id}/provenance-{number}", self.edition_id, *row)
            for number, (_, _, row) in enumerate(self._evidence, start=1)
        ]


def sources_sum(action: Action) -> Decimal | None:
    """Sum of an action's funding lines; None without any, or where one is unreadable."""
    if any(item.status == "unreadable" for item in action.funding):
        return None
    amounts = [item.amount for item in action.funding if item.amount is not None]
    return sum(amounts, Decimal("0.00")) if amounts else None


def _points(value: float) -> Decimal:
    """A length on a page with the two decimals that are published."""
    return Decimal(f"{value:.2f}")
