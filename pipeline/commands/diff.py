"""``ponmetro diff``: what differs between two editions, for a person or a program."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parsers.errors import ReportError, SourceError
from pipeline import spelt
from pipeline.commands._options import reading
from pipeline.fingerprint import ReadOptions

if TYPE_CHECKING:
    from pipeline.changes_fields import Tables, Value
    from pipeline.compare import Change

EXIT_SAME = 0
EXIT_DIFFERENT = 1
EXIT_UNREADABLE = 3

_EXIT_CODES = """
\b
Exit codes:
  0  no differences
  1  differences
  2  wrong usage
  3  an edition could not be read, or is not published
"""

_PLACES = ("difference_eur", "page_before", "line_before", "page_after", "line_after")


@click.command(short_help="Print what differs between two editions.", epilog=_EXIT_CODES)
@click.argument("before")
@click.argument("after")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="output",
    show_default=True,
    help="Folder that the editions are published in.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "csv", "json"]),
    default="text",
    show_default=True,
    help="For a terminal, for a message, or for a program.",
)
@click.option(
    "--language",
    type=click.Choice(["it", "en"]),
    default="en",
    show_default=True,
    help="Of the labels in text and Markdown.",
)
@reading
def command(
    before: str,
    after: str,
    output: Path,
    raw: Path,  # its vocabulary is among the options
    form: str,
    language: str,
    options: ReadOptions,
) -> None:
    """Print what differs from edition BEFORE to edition AFTER.

    Each is the id of an edition that is published in OUTPUT, or a file, which is read without
    being published. Actions are the same by their code, projects by title, then by the actions
    they share; differences of dashes, quotes, case and spacing are none.
    """
    from pipeline.compare import between
    from pipeline.talk import Talk

    try:
        old, new = (_tables(name, output, options) for name in (before, after))
    except ReportError as error:
        Talk().error(str(error))
        raise SystemExit(EXIT_UNREADABLE) from None
    changes = between(old, new)
    click.echo(_rendered(form, language, old, new, changes), nl=False)
    raise SystemExit(EXIT_DIFFERENT if changes else EXIT_SAME)


def _tables(name: str, output: Path, options: ReadOptions) -> Tables:
    """The rows of an edition that a comparison reads, and where its lines stand.

    Raises:
        ReportError: it is neither a file that can be read nor published.
    """
    from pipeline.changes_fields import TABLES_READ

    wanted = ("editions", *TABLES_READ, "lines")
    if Path(name).is_file():
        return _read(Path(name), options, wanted)
    folder = output / "csv"
    if folder.is_dir():
        folder = folder.resolve()  # one publication, also while a run is publishing
    known = list(_published(folder, "editions"))
    if name not in {row["edition_id"] for row in known}:
        names = ", ".join(row["edition_id"] for row in known) or "none"
        raise SourceError(
            f"is no file and no edition published in {output}; published: {names}", source=name
        )
    return {
        table: [row for row in _published(folder, table) if row["edition_id"] == name]
        for table in wanted
    }


def _published(folder: Path, table: str) -> Iterator[dict[str, str]]:
    path = folder / f"{table}.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        yield from spelt.records(file)


def _read(path: Path, options: ReadOptions, wanted: Sequence[str]) -> Tables:
    """The same rows of a file, as they would be published."""
    from tempfile import TemporaryDirectory

    from pipeline.edition import build
    from pipeline.fragments import write_fragment
    from pipeline.schema import TABLES
    from pipeline.sources import discover

    found = discover([path])
    for problem in found.problems:
        raise problem.error
    source = found.sources[0]
    with TemporaryDirectory() as folder:
        built = build(source, options)
        marks = ("edition", source.edition_id, source.name, source.sha256)
        fragment = write_fragment(built, Path(folder), *marks)
        return {
            table: [
                dict(zip(TABLES[table].header, row, strict=True)) for row in fragment.read(table)
            ]
            for table in wanted
        }


def _rendered(form: str, language: str, old: Tables, new: Tables, changes: Sequence[Change]) -> str:
    from pipeline import changes_text

    sides = (old["editions"][0], new["editions"][0])
    words: changes_text.Language = "it" if language == "it" else "en"
    if form == "text":
        colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        return changes_text.text(*sides, changes, words, colours=colours)
    if form == "markdown":
        return changes_text.markdown(*sides, changes, words)
    rows = list(_records(sides[0]["edition_id"], sides[1]["edition_id"], changes))
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_header())
    writer.writerows(row.values() for row in rows)
    return out.getvalue()


def _header() -> tuple[str, ...]:
    from pipeline.schema import TABLES

    return (*TABLES["changes"].header, *_PLACES)


def _records(before: str, after: str, changes: Sequence[Change]) -> Iterator[dict[str, object]]:
    """The rows of ``changes``, with the difference of sums and both places."""
    from pipeline.changes import rows

    for change, row in zip(changes, rows(after, before, changes), strict=True):
        cells = (*row, _difference(change), *_place(change.before), *_place(change.after))
        yield dict(zip(_header(), cells, strict=True))


def _difference(change: Change) -> str | None:
    old, new = change.before, change.after
    if old is None or new is None or old.amount is None or new.amount is None:
        return None
    return str(new.amount - old.amount)


def _place(value: Value | None) -> tuple[int | None, int | None]:
    if value is None:
        return None, None
    item = value.items[0]
    return int(item.page) if item.page else None, int(item.line)
