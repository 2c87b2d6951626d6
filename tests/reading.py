"""Editions as the tests read them: from a text in the test, or from a file, to typed rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from parsers.grammar import parse_report
from parsers.lines import Document
from parsers.report import Action, Report
from pipeline.edition import Edition, announces, build, open_edition
from pipeline.fingerprint import ReadOptions
from pipeline.readers import read
from pipeline.schema import TABLES
from pipeline.sources import Source, discover

Rows = dict[str, list[dict[str, object]]]


def source(path: Path) -> Source:
    """The only source at a path."""
    found = discover([path])
    assert not found.problems, found.problems
    (only,) = found.sources
    return only


def tables(
    path: Path,
    *,
    reader: str = "pdfium",
    vocabulary: Path | None = None,
    cross_check: bool = False,
) -> Rows:
    """All rows of the edition at a path, as dictionaries of typed cells; empty tables too."""
    options = ReadOptions(reader, vocabulary=vocabulary, cross_check=cross_check)
    built = build(source(path), options)
    return {
        name: [dict(zip(table.header, row, strict=True)) for row in built.rows.get(name, ())]
        for name, table in TABLES.items()
    }


def tables_of(content: str | bytes, name: str = "edition.txt") -> Rows:
    """All rows of an edition that is given as text."""
    with tempfile.TemporaryDirectory() as folder:
        return tables(_written(content, Path(folder) / name))


def opened(content: str | bytes, name: str = "edition.txt") -> Edition:
    """An edition that is given as text, as the tables are built from it."""
    with tempfile.TemporaryDirectory() as folder:
        return open_edition(source(_written(content, Path(folder) / name)), ReadOptions())


def document(content: str | bytes) -> Document:
    """The lines of a text."""
    with tempfile.TemporaryDirectory() as folder:
        return read(_written(content, Path(folder) / "edition.txt"), pairs=announces)


def report(content: str | bytes, *, city: str | None = None) -> Report:
    """The report that the grammar makes of a text."""
    return parse_report(document(content), city=city)


def actions(read_report: Report) -> list[Action]:
    """Every action, in reading order."""
    return [action for project in read_report.projects for action in project.actions]


def rules(read_report: Report) -> list[str]:
    """The grammar's own findings, by rule."""
    return [signal.rule for signal in read_report.signals]


def roles(read_report: Report, content: str) -> list[tuple[str, str]]:
    """(role, text) of each line that is not blank."""
    texts = content.replace("\f", "\n").split("\n")
    return [
        (role, text) for role, text in zip(read_report.roles, texts, strict=False) if text.strip()
    ]


def codes(read_report: Report) -> list[str]:
    """The canonical code of every action."""
    return [action.code.canonical for action in actions(read_report)]


def _written(content: str | bytes, path: Path) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
