"""Whole tables of three sources against what they were when a person last looked.

The shipped edition is kept as its published CSV. Of the real report facts are kept as they are and
prose as SHA-256, for the report's text is no part of the project.
"""

from __future__ import annotations

import csv
import hashlib
from io import StringIO
from pathlib import Path

import pytest

from pipeline.run import run
from pipeline.schema import TABLES
from tests import golden, reading
from tests.reading import Rows
from tests.truth import ROOT

pytestmark = pytest.mark.golden

SHIPPED = ROOT / "raw" / "milano-2022-abridged.pdf"
# Tables that say nothing of an edition: the enumerations, and the differences to another edition.
WITHOUT = {"codes", "changes"}
# What is repeated elsewhere (the pieces' own text) or would change with the machine.
LEFT_OUT = {"provenance": {"text_printed"}, "editions": {"source_file"}}
PROSE = {
    "projects": {"notice"},
    "actions": {"description", "status"},
    "status_clauses": {"text"},
    "paragraphs": {"text"},
    "lines": {"text"},
    "findings": {"text", "message"},
}
REAL = {"text": "milano-2022.txt", "pdf": "milano-2022-libreoffice.pdf"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("published") / "output"
    result = run([SHIPPED], output=output, workers=1)
    assert result.exit_code(None) == 0
    return output


@pytest.mark.parametrize("table", sorted(TABLES.keys() - WITHOUT))
def test_the_shipped_edition(published: Path, table: str) -> None:
    text = (published / "csv" / f"{table}.csv").read_bytes().decode("utf-8")
    golden.check(f"milano-2022-abridged/{table}.csv", text)


@pytest.fixture(scope="module")
def real(shared_editions: Path) -> dict[str, Rows]:
    return {key: reading.tables(shared_editions / name) for key, name in REAL.items()}


@pytest.mark.parametrize("table", sorted(TABLES.keys() - WITHOUT))
@pytest.mark.parametrize("rendering", sorted(REAL))
def test_the_real_report(real: dict[str, Rows], rendering: str, table: str) -> None:
    golden.check(f"milano-2022/{rendering}/{table}.csv", _digested(real[rendering], table))


def _digested(rows: Rows, table: str) -> str:
    prose, without = PROSE.get(table, set()), LEFT_OUT.get(table, set())
    columns = [name for name in TABLES[table].header if name not in without]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows[table]:
        writer.writerow(
            _digest(row[name]) if name in prose and row[name] is not None else row[name]
            for name in columns
        )
    return text.getvalue()


def _digest(cell: object) -> str:
    return hashlib.sha256(str(cell).encode("utf-8")).hexdigest()


def test_no_prose_of_the_real_report_is_kept(real: dict[str, Rows]) -> None:
    kept = "".join(
        path.read_text("utf-8") for path in sorted((golden.FOLDER / "milano-2022").rglob("*.csv"))
    )
    for rows in real.values():
        for table, columns in PROSE.items():
            for row in rows[table]:
                for column in columns:
                    cell = str(row[column] or "")
                    assert len(cell) < 60 or cell not in kept, (table, column, row)
