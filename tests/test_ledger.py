"""The ledger: every line has its role, every character its use, every cell its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.text import Piece, read
from parsers.values import addresses, amounts, codes, dates, quantities
from pipeline.edition import open_edition
from pipeline.fingerprint import ReadOptions
from pipeline.schema import TABLES
from tests import reading
from tests.cities import random_edition
from tests.evidence import reread
from tests.reading import Rows
from tests.truth import ROOT
from tests.typeset import Style, plain

CONTENT = {"project_heading", "section_heading", "notice", "action_heading", "body"}
CONTENT |= {"funding", "total", "status"}
OWNED = CONTENT | {"footnote"}
# Cells that are printed or parsed but hold what stands before the first heading, or in no line.
UNPROVED = {"editions", "lines", "line_boxes", "provenance", "findings", "changes", "codes"}
# What separates label and value, number and title, code and title, or opens a list item.
SEPARATORS = set(" :.-–—‒−_…|)(=•◦▪*·") | {chr(code) for code in range(0xE000, 0xF900)}


def _editions() -> Iterator[tuple[str, bytes | Path]]:
    yield "shipped", ROOT / "raw" / "milano-2022-abridged.pdf"
    for seed in range(12):
        style = Style(
            width=(48, 64, 80, 110)[seed % 4], blanks=(0.0, 0.4, 1.0)[seed % 3], seed=seed
        )
        text = plain.text(
            random_edition(seed), style, form_feeds=seed % 2 == 0, page_lines=(0, 40)[seed % 2]
        )
        yield f"{seed}", plain.encode(text, plain.VARIANTS[seed % len(plain.VARIANTS)])


EDITIONS = dict(_editions())


@pytest.fixture(scope="module", params=[*EDITIONS, "text", "pdf"])
def rows(request: pytest.FixtureRequest) -> Rows:
    if request.param in EDITIONS:
        found = EDITIONS[request.param]
        return reading.tables_of(found) if isinstance(found, bytes) else reading.tables(found)
    shared: Path = request.getfixturevalue("shared_editions")
    name = {"text": "milano-2022.txt", "pdf": "milano-2022-libreoffice.pdf"}[request.param]
    return reading.tables(shared / name)


def texts(rows: Rows) -> dict[int, str]:
    return {int(str(row["line"])): str(row["text"] or "") for row in rows["lines"]}


def pieces(rows: Rows) -> dict[tuple[str, str, str], list[Piece]]:
    """The pieces of each proved cell, by table, row and column."""
    found: dict[tuple[str, str, str], list[tuple[object, Piece]]] = defaultdict(list)
    for row in rows["provenance"]:
        key = (str(row["table_name"]), str(row["row_id"]), str(row["column_name"]))
        places = [int(str(row[name])) for name in ("line", "char_start", "char_end")]
        found[key].append((row["segment"], Piece(*places)))
    for key, numbered in found.items():
        assert [segment for segment, _ in numbered] == list(range(1, len(numbered) + 1)), key
    return {key: [piece for _, piece in numbered] for key, numbered in found.items()}


def test_every_line_has_one_role(rows: Rows) -> None:
    numbers = [row["line"] for row in rows["lines"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for row in rows["lines"]:
        assert (row["role"] == "blank") == (row["text"] is None), row
        assert row["role"] != "unclassified", row
        if row["role"] not in OWNED:
            assert row["project_id"] is None, row
            assert row["action_id"] is None, row
        if row["role"] in CONTENT:
            assert row["project_id"] is not None, row
        if row["role"] in ("action_heading", "funding", "total", "status"):
            assert row["action_id"] is not None, row


def test_each_piece_is_what_its_line_prints(rows: Rows) -> None:
    lines = texts(rows)
    for row in rows["provenance"]:
        start, end = int(str(row["char_start"])), int(str(row["char_end"]))
        assert 0 <= start < end
        assert lines[int(str(row["line"]))][start:end] == row["text_printed"], row


def test_each_printed_cell_reads_back(rows: Rows) -> None:
    lines, proved = texts(rows), pieces(rows)
    keys = {
        (name, str(row[table.key.name])) for name, table in TABLES.items() for row in rows[name]
    }
    assert {key[:2] for key in proved} <= keys
    for name, table in TABLES.items():
        if name in UNPROVED:
            continue
        for row in rows[name]:
            for column in table.columns:
                key = (name, str(row[table.key.name]), column.name)
                cell = row[column.name]
                if column.origin in ("printed", "parsed") and cell is not None:
                    assert key in proved, (key, cell)
                    again = reread(proved[key], lines)
                    _same(name, column.name, column.origin, cell, again, row)
                elif cell is None:
                    assert key not in proved, key


def _same(
    table: str, column: str, origin: str, cell: object, printed: str, row: dict[str, object]
) -> None:
    """Whether what was printed, joined and read, gives the cell."""
    place = (table, column, row)
    if origin == "printed":
        assert str(cell) == printed, place
    elif isinstance(cell, Decimal) and table != "quantities":
        assert amounts.parse(printed).euro == cell, place
    elif isinstance(cell, date):
        interval = dates.parse(printed)
        assert cell == (interval.date_from if column == "date_from" else interval.date_to), place
    elif column in ("code", "target_code"):
        city = str(cell).removeprefix("POC ")[:2]
        assert codes.parse(printed, city=city).canonical == cell, place
    elif table == "quantities":
        found = quantities.parse(printed)
        assert getattr(found, column) == cell, place
    elif column == "street_type":
        assert addresses.parse(str(row["text"])).street_type == cell, place
        assert printed.rstrip(". ").casefold()[:1] == str(cell)[:1], place
    elif column == "number":
        assert int("".join(char for char in printed if char.isdigit())) == cell, place
    else:
        assert read(str(cell)) == printed, place


def test_every_character_of_the_content_is_used(rows: Rows) -> None:
    used: dict[int, set[int]] = defaultdict(set)
    for row in rows["provenance"]:
        start, end = int(str(row["char_start"])), int(str(row["char_end"]))
        used[int(str(row["line"]))].update(range(start, end))
    status_labels = ("stato", "avanzamento", "attuazione", "fase", "situazione", "livello")
    for row in rows["lines"]:
        if row["role"] not in CONTENT:
            continue
        number, text = int(str(row["line"])), str(row["text"])
        left = "".join(" " if place in used[number] else char for place, char in enumerate(text))
        rest = "".join(char for char in read(left) if char not in SEPARATORS)
        if row["role"] == "status" and rest:
            # The label of a status has no cell of its own.
            assert read(left).casefold().startswith(status_labels), (text, left)
        elif row["role"] == "total" and rest:
            # Nor has the label of a total.
            assert not any(char.isdigit() or char == "€" for char in rest), (text, left)
        elif row["role"] == "project_heading" and rest:
            assert read(left).casefold().startswith(("progetto", "scheda")), (text, left)
        else:
            assert not rest, (row["role"], text, left)


def test_boxes_stand_on_their_pages(rows: Rows) -> None:
    lines = {row["id"]: row for row in rows["lines"]}
    for row in rows["line_boxes"]:
        assert lines[row["id"]]["line"] == row["line"]
        assert Decimal(str(row["x0"])) <= Decimal(str(row["x1"]))
        assert Decimal(str(row["top"])) < Decimal(str(row["bottom"]))
    boxes = {row["line"]: row for row in rows["line_boxes"]}
    for row in rows["provenance"]:
        box = boxes.get(row["line"])
        assert (row["x0"] is None) == (box is None)
        if box is not None:
            assert Decimal(str(row["x0"])) <= Decimal(str(row["x1"]))
            assert Decimal(str(box["x0"])) - 1 <= Decimal(str(row["x0"]))
            assert Decimal(str(row["x1"])) <= Decimal(str(box["x1"])) + 1


def test_every_finding_stands_somewhere(rows: Rows) -> None:
    lines = texts(rows)
    actions = {row["action_id"] for row in rows["actions"]} | {None}
    for row in rows["findings"]:
        assert row["line"] in lines
        assert row["text"]
        assert row["action_id"] in actions


def test_the_shipped_edition_is_counted_line_by_line() -> None:
    path = ROOT / "raw" / "milano-2022-abridged.pdf"
    edition = open_edition(reading.source(path), ReadOptions())
    assert len(edition.report.roles) == len(edition.document.lines) == len(edition.report.owners)
