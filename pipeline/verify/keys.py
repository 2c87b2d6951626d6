"""Keys, required cells, enumerations, foreign keys and evidence, by plain SQL over the CSV."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from pipeline.schema import TABLES, Table, severity_of
from pipeline.verify.opened import Package
from pipeline.verify.verdict import Failure, Verdict

# Tables that are evidence, or made of whole tables: their cells have no provenance.
UNPROVED = frozenset(
    ("editions", "lines", "line_boxes", "provenance", "findings", "changes", "codes")
)


def check_keys(package: Package, verdict: Verdict) -> None:
    """Hold every table against its declaration."""
    with sqlite3.connect(":memory:") as database:
        for table in TABLES.values():
            _load(database, table, package)
        for check, name, sql, wanted in _checks():
            for key, value in database.execute(sql):
                row_id, column = str(key), wanted[0]
                published = None if value is None else str(value)
                verdict.fail(Failure(check, published, wanted[1], name, row_id, column))
    for row in package.tables["findings"]:
        rule, severity = row["rule"] or "", row["severity"]
        try:
            wanted_severity = severity_of(rule)
        except KeyError:
            continue  # no rule of the enumeration: told above
        if severity != wanted_severity:
            verdict.fail(
                Failure(
                    "severity", severity, wanted_severity, "findings", row["id"] or "", "severity"
                )
            )


def _load(database: sqlite3.Connection, table: Table, package: Package) -> None:
    columns = ", ".join(f'"{name}" TEXT' for name in table.header)
    database.execute(f'CREATE TABLE "{table.name}" ({columns})')
    marks = ", ".join("?" * len(table.header))
    rows = (tuple(row[name] for name in table.header) for row in package.tables[table.name])
    database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
    database.execute(f'CREATE INDEX "{table.name}_key" ON "{table.name}" ("{table.key.name}")')
    if table.name == "provenance":
        database.execute(
            "CREATE INDEX provenance_cell ON provenance (table_name, column_name, row_id)"
        )


def _checks() -> Iterator[tuple[str, str, str, tuple[str, str]]]:
    """(check, table, query of key and value, (column, what was wanted))."""
    for table in TABLES.values():
        name, key = f'"{table.name}"', f'"{table.key.name}"'
        yield (
            "key",
            table.name,
            f"SELECT {key}, count(*) || ' times' FROM {name} GROUP BY {key} HAVING count(*) > 1",
            (table.key.name, "once"),
        )
        yield from _cells(table)
        if table.name not in UNPROVED:
            yield from _evidence(table)
    proved_tables = ", ".join(f"'{name}'" for name in TABLES if name not in UNPROVED)
    yield (
        "evidence",
        "provenance",
        f"SELECT id, table_name FROM provenance WHERE table_name NOT IN ({proved_tables})",
        ("table_name", "a table of printed cells"),
    )


def _cells(table: Table) -> Iterator[tuple[str, str, str, tuple[str, str]]]:
    """Of each column: what must be filled, be of a list, or be a key elsewhere."""
    name, key = f'"{table.name}"', f'"{table.key.name}"'
    for column in table.columns:
        cell = f'"{column.name}"'
        if column.required:
            yield (
                "required",
                table.name,
                f"SELECT {key}, {cell} FROM {name} WHERE {cell} IS NULL",
                (column.name, "a value"),
            )
        if column.enum is not None:
            values = ", ".join(f"'{value}'" for value in column.enum.values)
            yield (
                "enum",
                table.name,
                f"SELECT {key}, {cell} FROM {name} WHERE {cell} NOT IN ({values})",
                (column.name, f"a value of the list {column.enum.name}"),
            )
        if column.references is not None:
            other, _, target = column.references.partition(".")
            yield (
                "foreign key",
                table.name,
                f"SELECT {key}, {cell} FROM {name} WHERE {cell} IS NOT NULL AND {cell} "
                f'NOT IN (SELECT "{target}" FROM "{other}")',
                (column.name, f"a value of {column.references}"),
            )


def _evidence(table: Table) -> Iterator[tuple[str, str, str, tuple[str, str]]]:
    """Evidence of rows and columns that there are, for every cell that is printed."""
    name, key = f'"{table.name}"', f'"{table.key.name}"'
    yield (
        "evidence",
        "provenance",
        f"SELECT id, row_id FROM provenance WHERE table_name = '{table.name}' "
        f"AND row_id NOT IN (SELECT {key} FROM {name})",
        ("row_id", f"a key of {table.name}"),
    )
    for column in table.columns:
        if column.origin in ("printed", "parsed"):
            yield from _proofs(table, column.name)
    proved = ", ".join(
        f"'{column.name}'" for column in table.columns if column.origin in ("printed", "parsed")
    )
    yield (
        "evidence",
        "provenance",
        f"SELECT id, column_name FROM provenance WHERE table_name = '{table.name}' "
        f"AND column_name NOT IN ({proved})",
        ("column_name", f"a printed or parsed column of {table.name}"),
    )


def _proofs(table: Table, column: str) -> Iterator[tuple[str, str, str, tuple[str, str]]]:
    """No printed or parsed cell without provenance, and no provenance of an empty cell."""
    name, key, cell = f'"{table.name}"', f'"{table.key.name}"', f'"{column}"'
    pieces = (
        f"SELECT row_id FROM provenance WHERE table_name = '{table.name}' "
        f"AND column_name = '{column}'"
    )
    yield (
        "evidence",
        table.name,
        f"SELECT {key}, {cell} FROM {name} WHERE {cell} IS NOT NULL AND {key} NOT IN ({pieces})",
        (column, "a cell with provenance"),
    )
    yield (
        "evidence",
        table.name,
        f"SELECT {key}, NULL FROM {name} WHERE {cell} IS NULL AND {key} IN ({pieces})",
        (column, "what its provenance says"),
    )
