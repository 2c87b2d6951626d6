"""The published files from the rows of all editions: CSV, Parquet, codes, ``datapackage.json``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from parsers.vocabulary import Vocabulary
from pipeline.fragments import Fragment, encode_rows, header_line
from pipeline.schema import ENUMERATIONS, TABLES, Table


def publish(folder: Path, fragments: Iterable[Fragment], vocabulary: Vocabulary) -> dict[str, int]:
    """Write every file of the data set into an empty folder.

    Args:
        folder: where ``csv/``, ``parquet/`` and ``datapackage.json`` are to stand.
        fragments: one an edition, in any order.
        vocabulary: the words in force, which give the cities and axes of ``codes``.

    Returns:
        the number of rows of each table.
    """
    # A run in which nothing changed publishes nothing, and shall not wait for Arrow to load.
    from pipeline.package import write_package
    from pipeline.parquet import write_parquet

    ordered = sorted(fragments, key=lambda fragment: fragment.edition_id)
    (folder / "csv").mkdir()
    (folder / "parquet").mkdir()
    counts = {}
    for table in TABLES.values():
        csv_path = folder / "csv" / f"{table.name}.csv"
        counts[table.name] = _write_csv(table, ordered, vocabulary, csv_path)
        write_parquet(table, csv_path, folder / "parquet" / f"{table.name}.parquet")
    write_package(folder)
    return counts


def _write_csv(
    table: Table, fragments: Sequence[Fragment], vocabulary: Vocabulary, path: Path
) -> int:
    with path.open("wb") as file:
        file.write(header_line(table))
        if table.name == "codes":
            rows = list(code_rows(vocabulary))
            file.write(encode_rows(table, rows))
            return len(rows)
        if table.name == "editions":
            file.write(_editions([fragment.read("editions")[0] for fragment in fragments]))
            return len(fragments)
        for fragment in fragments:
            fragment.copy(table.name, file)
    return sum(fragment.rows(table.name) for fragment in fragments)


def _editions(rows: list[list[str]]) -> bytes:
    """The rows of ``editions`` with ``is_latest`` seen over all of them.

    The newest of a city and programme has the latest date; no date is before any, and of equal
    dates the later edition id wins.
    """
    table = TABLES["editions"]
    city, programme, date, latest = (
        table.index(name) for name in ("city_code", "programme", "reference_date", "is_latest")
    )
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows:
        mark = (row[date], row[0])
        newest[row[city], row[programme]] = max(newest.get((row[city], row[programme]), mark), mark)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        row[latest] = "true" if newest[row[city], row[programme]][1] == row[0] else "false"
        writer.writerow(row)
    return text.getvalue().encode("utf-8")


def code_rows(vocabulary: Vocabulary) -> Iterator[tuple[str | None, ...]]:
    """The rows of ``codes``: every enumeration, then cities, axes and OpenCoesione's phases."""
    for enumeration in ENUMERATIONS:
        for code in enumeration.codes:
            yield (
                f"{enumeration.name}/{code.code}",
                enumeration.name,
                code.code,
                code.label_it,
                code.label_en,
                code.description,
            )
    yield from _vocabulary_codes(vocabulary)
    for phase, said in vocabulary["phases"]["phases"].items():
        # OpenCoesione's vocabulary has no counterpart for what is put off or transferred.
        if label := said.get("opencoesione"):
            name = "oc_stato_procedurale"
            description = "OC_STATO_PROCEDURALE di OpenCoesione per la fase"
            yield (f"{name}/{phase}", name, phase, label, said["opencoesione_en"], description)


def _vocabulary_codes(vocabulary: Vocabulary) -> Iterator[tuple[str | None, ...]]:
    for prefix, city in vocabulary["cities"].items():
        name = city["name"]
        yield (f"city/{prefix}", "city", prefix, name, city.get("name_en", name), None)
    programmes = vocabulary["programmes"]
    for family, axes in vocabulary["axes"].items():
        # Programmes number their axes alike: the list of 2014-2020 has the plain name.
        name = "axis" if family == "pon" else f"axis_{family}"
        for number, axis in axes.items():
            fund = f", {axis['fund']}" if "fund" in axis else ""
            description = f"{programmes[family]['label_it']}{fund}"
            yield (
                f"{name}/{number}",
                name,
                number,
                axis["label_it"],
                axis.get("label_en", axis["label_it"]),
                description,
            )
