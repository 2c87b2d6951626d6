"""Editions as the damage is done to them: a document, and what its tables say undamaged."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from parsers.grammar import parse_report
from parsers.lines import Document
from parsers.report import Report
from parsers.vocabulary import PACKAGED
from pipeline import checks
from pipeline.edition import announces
from pipeline.identity import Identified
from pipeline.readers import read
from pipeline.schema import TABLES
from pipeline.tables import TableBuilder
from tests.cities import random_edition
from tests.truth import ROOT, Edition, differences, load
from tests.typeset import Style, plain, random_style, render

Cells = list[tuple[object, ...]]

# Findings, places and keys aside, all that is published of what a report says.
COMPARED = (
    "projects",
    "actions",
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
_PLACES = {"id", "edition_id", "page", "line"}


@dataclass
class Reading:
    """What is published of a document: rows by table, and the report they come from."""

    report: Report
    rows: dict[str, list[tuple[object, ...]]]

    @classmethod
    def of(cls, document: Document) -> Reading:
        """Read a document as a run does.

        Raises:
            GrammarError: it is no report.
        """
        report = parse_report(document)
        identified = Identified.of("e", report)
        found = checks.findings(report, document, PACKAGED)
        return cls(report, TableBuilder(identified, document, PACKAGED).build(found))

    def cells(self, table: str) -> Cells:
        """Rows of a table without their keys and places."""
        kept = kept_columns(table)
        return [tuple(row[at] for at, _ in kept) for row in self.rows.get(table, ())]

    @cached_property
    def findings(self) -> Counter[tuple[str, str | None]]:
        """How many findings of each rule each action has (None: none)."""
        rule, action = (TABLES["findings"].index(name) for name in ("rule", "action_id"))
        return Counter((row[rule], row[action]) for row in self.rows["findings"])  # type: ignore[misc]

    @cached_property
    def owners(self) -> list[tuple[str | None, str | None]]:
        """Project and action of each line."""
        table = TABLES["lines"]
        project, action = table.index("project_id"), table.index("action_id")
        return [(row[project], row[action]) for row in self.rows["lines"]]  # type: ignore[misc]


def kept_columns(table: str) -> list[tuple[int, str]]:
    """(index, name) of the columns of a table that are compared."""
    return [
        (at, column.name)
        for at, column in enumerate(TABLES[table].columns)
        if column.name not in _PLACES
        and not (column.name.endswith("_id") and table in ("projects",))
    ]


@dataclass
class Subject:
    """An undamaged edition: its lines, and what is published of them."""

    name: str
    document: Document
    geometry: bool
    reading: Reading = field(init=False)

    def __post_init__(self) -> None:
        self.reading = Reading.of(self.document)

    @property
    def roles(self) -> list[str]:
        return self.reading.report.roles

    @cached_property
    def with_total(self) -> set[object]:
        """Actions whose sources and stated total are both printed."""
        table = TABLES["actions"]
        key, stated, total = (
            table.index(name) for name in ("action_id", "total_stated_eur", "sources_sum_eur")
        )
        return {
            row[key]
            for row in self.reading.rows["actions"]
            if row[stated] is not None and row[total] is not None
        }

    @cached_property
    def last_project(self) -> int:
        """Line of the last numbered project's heading; no number comes after it to miss it."""
        numbered = [
            project.heading_line
            for project in self.reading.report.projects
            if project.number is not None
        ]
        return numbered[-1] if numbered else 0

    @cached_property
    def proved(self) -> dict[int, list[tuple[int, int, str, str]]]:
        """For each line, (start, end, table, column) of the cells printed on it."""
        table = TABLES["provenance"]
        names = ("line", "char_start", "char_end", "table_name", "column_name")
        places = [table.index(name) for name in names]
        found: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
        for row in self.reading.rows["provenance"]:
            line, start, end, name, column = (row[at] for at in places)
            found[int(str(line))].append((int(str(start)), int(str(end)), str(name), str(column)))
        return found


def _document(content: bytes, suffix: str) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"edition{suffix}"
        path.write_bytes(content)
        return read(path, pairs=announces)


def true_to(edition: Edition, subject: Subject, style: Style) -> list[str]:
    """What the undamaged reading gets wrong: a subject to be measured has none."""
    rows = {
        name: [dict(zip(table.header, row, strict=True)) for row in subject.reading.rows[name]]
        for name, table in TABLES.items()
        if name in subject.reading.rows
    }
    for name in COMPARED:
        rows.setdefault(name, [])
    return differences(edition, rows, fold=style.fold)


def subjects(
    count: int, *, pdfs: bool = True, shared: bool = True, projects: int | None = None
) -> Iterator[Subject]:
    """Editions to be damaged: the shipped one, the real report where it is, made-up ones.

    Made-up editions whose undamaged reading differs from their truth are left out.

    Args:
        count: of made-up editions.
        pdfs: whether PDFs are among them.
        shared: whether the real report is.
        projects: of each made-up edition; by chance if not given.
    """
    shipped = ROOT / "raw" / "milano-2022-abridged.pdf"
    if pdfs:
        yield Subject("shipped.pdf", read(shipped, pairs=announces), True)
    text = plain.text(load(), Style(width=90, blanks=1.0), form_feeds=True, page_lines=45)
    yield Subject("shipped.txt", _document(text.encode(), ".txt"), False)
    folder = ROOT.parent / "shared" / "editions"
    if shared and folder.is_dir():
        yield Subject("real.txt", read(folder / "milano-2022.txt", pairs=announces), False)
        if pdfs:
            name = "milano-2022-libreoffice.pdf"
            yield Subject("real.pdf", read(folder / name, pairs=announces), True)
    made = seed = 0
    while made < count:
        subject = _made_up(seed, pdfs, projects)
        seed += 1
        if subject is not None:
            made += 1
            yield subject


def _made_up(seed: int, pdfs: bool, projects: int | None) -> Subject | None:
    edition = random_edition(seed, projects=projects)
    if pdfs and seed % 3 == 2:
        producer = ("typst", "reportlab")[seed // 3 % 2]
        style = random_style(seed)
        subject = Subject(
            f"{producer}-{seed}", _document(render(edition, style, producer), ".pdf"), True
        )
    else:
        style = Style(width=(70, 90, 110)[seed % 3], blanks=1.0, seed=seed, header=seed % 2 == 0)
        text = plain.text(edition, style, form_feeds=True, page_lines=40)
        subject = Subject(f"text-{seed}", _document(text.encode(), ".txt"), False)
    return None if true_to(edition, subject, style) else subject
