"""CSV, Parquet and the description of both, from the rows of all editions."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.vocabulary import PACKAGED
from pipeline.fragments import Built, write_fragment
from pipeline.publish import code_rows, publish
from pipeline.run import run
from pipeline.schema import ENUMERATIONS, TABLES
from tests.pipeline.test_fragments import EDITION

TEXT = (
    'MI1.1.1.a 1200.50 Città, «intelligente» e "aperta"\n\nMI2.2.1.b 3.00 !!no\nMI4.1.1.c 0.10 NA\n'
)


@pytest.fixture
def published(raw: Path, output: Path) -> Path:
    for name in ("b", "a", "c"):
        (raw / f"{name}.txt").write_text(TEXT + f"MI3.1.1.a 1.00 of {name}\n", encoding="utf-8")
    assert run([raw], output=output).exit_code() == 0
    return output


def cells(output: Path, table: str) -> list[list[str]]:
    with (output / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def spelt(value: object) -> str:
    """A Parquet value as the CSV spells it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_hold_the_same_cells(published: Path, table: str) -> None:
    header, *rows = cells(published, table)
    data = pq.read_table(published / "parquet" / f"{table}.parquet")
    assert header == data.column_names == list(TABLES[table].header)
    assert rows == [[spelt(value) for value in row.values()] for row in data.to_pylist()]


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_plain(published: Path, table: str) -> None:
    content = (published / "csv" / f"{table}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.count(b"\n") == len(cells(published, table))


def test_parquet_carries_types_and_descriptions(published: Path) -> None:
    schema = pq.read_schema(published / "parquet" / "funding.parquet")
    amount = schema.field("amount_eur")
    assert amount.type == pa.decimal128(14, 2)
    assert amount.metadata[b"unit"] == b"EUR"
    assert amount.metadata[b"description_it"]
    assert schema.field("label").type == pa.string()
    assert not schema.field("id").nullable
    details = pq.ParquetFile(published / "parquet" / "funding.parquet").metadata.row_group(0)
    assert {details.column(n).compression for n in range(details.num_columns)} == {"ZSTD"}


def test_rows_are_ordered_by_edition_then_as_read(published: Path) -> None:
    rows = cells(published, "lines")[1:]
    assert [(row[1], int(row[3])) for row in rows] == [
        (edition, line) for edition in "abc" for line in range(1, 6)
    ]


def test_codes_hold_every_enumeration_then_cities_and_axes(published: Path) -> None:
    rows = cells(published, "codes")[1:]
    assert len({row[0] for row in rows}) == len(rows)
    assert all(row[0] == f"{row[1]}/{row[2]}" for row in rows)
    lists = list(dict.fromkeys(row[1] for row in rows))
    assert lists[: len(ENUMERATIONS)] == [enumeration.name for enumeration in ENUMERATIONS]
    assert {"city", "axis", "fund"} <= set(lists)
    assert next(row[:5] for row in rows if row[0] == "city/MI") == [
        "city/MI",
        "city",
        "MI",
        "Milano",
        "Milan",
    ]
    assert [list(row) for row in rows] == [
        [spelt(cell) for cell in row] for row in code_rows(PACKAGED)
    ]


OVERLAY = """\
[cities.PG]
name = "Perugia"

[axes.pon.9]
label_it = "Periferie"
label_en = "Outskirts"
fund = "FSE+"
"""
SHEETS = """\
Progetto 1 - Case

PG9.1.1.a - Recupero di alloggi

Si recuperano alloggi.

Risorse PON METRO € 100.000,00
Stato di attuazione: completato
"""


def test_codes_hold_what_the_own_words_add(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    (raw / "perugia-2022.txt").write_text(SHEETS, encoding="utf-8")
    (raw / "vocabulary.toml").write_text(OVERLAY, encoding="utf-8")
    assert run([], raw=raw, output=output).exit_code() == 0
    wanted = {
        "city/PG": ["city/PG", "city", "PG", "Perugia", "Perugia"],
        "axis/9": ["axis/9", "axis", "9", "Periferie", "Outskirts"],
    }
    rows = {row[0]: row[:5] for row in cells(output, "codes")}
    assert {key: rows[key] for key in wanted} == wanted
    table = pq.read_table(output / "parquet" / "codes.parquet").to_pylist()
    assert [list(row.values())[:5] for row in table if row["id"] in wanted] == list(wanted.values())
    (edition,) = pq.read_table(output / "parquet" / "editions.parquet").to_pylist()
    (action,) = pq.read_table(output / "parquet" / "actions.parquet").to_pylist()
    assert f"city/{edition['city_code']}" in wanted
    assert (f"axis/{action['axis']}" in wanted, action["fund"]) == (True, "FSE+")
    done = validate(output)
    assert done.returncode == 0, done.stdout + done.stderr
    # Taken away again, they leave the codes with the next run.
    (raw / "vocabulary.toml").unlink()
    run([], raw=raw, output=output)
    assert not wanted.keys() & {row[0] for row in cells(output, "codes")}


def test_words_that_cannot_be_used_publish_nothing(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    (raw / "perugia-2022.txt").write_text(SHEETS, encoding="utf-8")
    (raw / "vocabulary.toml").write_text(OVERLAY, encoding="utf-8")
    run([], raw=raw, output=output)
    before = {path.name: path.read_bytes() for path in (output / "csv").iterdir()}
    (raw / "vocabulary.toml").write_text("[cities.PG]\n", encoding="utf-8")
    result = run([], raw=raw, output=output)
    assert (result.published, result.exit_code()) == (False, 3)
    assert {path.name: path.read_bytes() for path in (output / "csv").iterdir()} == before


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.text(
                st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), min_size=1
            ),
        ),
        min_size=1,
    )
)
def test_any_text_is_published_as_it_is(texts: list[str | None]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            (f"e/lines-{n}", "e", None, n, text, "body", None, None)
            for n, text in enumerate(texts, start=1)
        ]
        built = Built({"editions": [EDITION], "lines": rows})
        publish(folder, [write_fragment(built, folder, "mark", "e", "e.txt", "00")], PACKAGED)
        data = pq.read_table(folder / "parquet" / "lines.parquet")
        assert data["text"].to_pylist() == texts
        with (folder / "csv" / "lines.csv").open(encoding="utf-8", newline="") as file:
            assert [row[4] or None for row in csv.reader(file)][1:] == texts


def test_the_latest_edition_of_each_city_and_programme_is_marked(raw: Path, output: Path) -> None:
    sidecars = {
        "mi-old": ("MI", "2021-01-01"),
        "mi-new": ("MI", "2022-06-30"),
        "mi-none": ("MI", None),
        "ve-a": ("VE", "2022-01-01"),
        "ve-b": ("VE", "2022-01-01"),
        "rm-a": ("RM", None),
        "rm-b": ("RM", None),
    }
    for name, (city, day) in sidecars.items():
        (raw / f"{name}.txt").write_text("A 1.00 text")
        date_line = f"reference_date = {day}\n" if day else ""
        (raw / f"{name}.toml").write_text(f'city_code = "{city}"\n{date_line}')
    run([raw], output=output)
    latest = {row[0] for row in cells(output, "editions") if row[-1] == "true"}
    assert latest == {"mi-new", "ve-b", "rm-b"}
    dates = pq.read_table(output / "parquet" / "editions.parquet")["reference_date"].to_pylist()
    assert date(2022, 6, 30) in dates


def validate(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run frictionless as a stranger would: its warnings are its own."""
    program = [sys.executable, "-W", "ignore", "-m", "frictionless", "validate"]
    return subprocess.run(
        [*program, str(folder / "datapackage.json")], capture_output=True, text=True, check=False
    )


def test_the_package_describes_every_file(published: Path) -> None:
    package = json.loads((published / "datapackage.json").read_bytes())
    assert package["$schema"].endswith("/2.0/datapackage.json")
    paths = {resource["path"] for resource in package["resources"]}
    assert paths == {f"{form}/{name}.{form}" for form in ("csv", "parquet") for name in TABLES}
    for resource in package["resources"]:
        content = (published / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["type"] == "table"
        for field in resource["schema"]["fields"]:
            assert field["description_it"]
            assert field["origin"] in ("printed", "parsed", "derived", "assigned")


def test_frictionless_finds_the_package_valid(published: Path) -> None:
    done = validate(published)
    assert done.returncode == 0, done.stdout + done.stderr


def _replace(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def _rehash(folder: Path, form: str, table: str) -> None:
    """Make the package agree with a changed file again, so that only its content can fail."""
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        if resource["path"] == f"{form}/{table}.{form}":
            content = (folder / resource["path"]).read_bytes()
            resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            if "bytes" in resource:
                resource["bytes"] = len(content)
    (folder / "datapackage.json").write_text(json.dumps(package))


@pytest.mark.parametrize(
    ("table", "before", "after", "said"),
    [
        ("funding", "pon_metro", "pon_matro", "constraint"),
        ("funding", "a/MI1.1.1.a/funding-1", "a/MI2.2.1.b/funding-1", "unique"),
        ("funding", ",a/MI1.1.1.a,", ",a/MI9.9.9.z,", "foreign"),
        ("funding", "1200.50", "1.200,50", "type"),
        ("lines", ",body,", ",,", "constraint"),
    ],
)
def test_frictionless_finds_a_broken_key_enumeration_or_type(
    published: Path, table: str, before: str, after: str, said: str
) -> None:
    folder = published / ".current"
    _replace(folder / "csv" / f"{table}.csv", before, after)
    _rehash(folder, "csv", table)
    done = validate(published)
    assert done.returncode != 0
    assert said in done.stdout.lower()


def test_frictionless_finds_a_broken_enumeration_in_parquet(published: Path) -> None:
    path = published / "parquet" / "funding.parquet"
    data = pq.read_table(path)
    broken = pa.array(["rubbish"] * data.num_rows, pa.string())
    pq.write_table(data.set_column(data.column_names.index("source"), "source", broken), path)
    _rehash(published / ".current", "parquet", "funding")
    assert validate(published).returncode != 0


def test_frictionless_finds_a_wrong_hash(published: Path) -> None:
    _replace(published / "csv" / "actions.csv", "intelligente", "intelligenti")
    assert "hash" in validate(published).stdout.lower()


def test_a_cell_as_long_as_a_report_is_published(tmp_path: Path) -> None:
    text = "parola " * 400_000
    rows = [("e/lines-1", "e", None, 1, text, "body", None, None)]
    built = Built({"editions": [EDITION], "lines": rows})
    publish(tmp_path, [write_fragment(built, tmp_path, "mark", "e", "e.txt", "00")], PACKAGED)
    assert pq.read_table(tmp_path / "parquet" / "lines.parquet")["text"].to_pylist() == [text]
