"""A published package: its files against their hashes, its CSV against its Parquet."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline import spelt
from pipeline.schema import SCHEMA_VERSION, TABLES, Table
from pipeline.schema.model import Type
from pipeline.verify.verdict import Failure, PackageError, Verdict

Row = Mapping[str, str | None]


@dataclass(slots=True)
class Package:
    """The rows of a package, cells as the CSV spells them, an empty cell None."""

    folder: Path
    descriptor: dict[str, Any]
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, table: str, edition_id: str) -> list[Row]:
        """The rows of one edition, in their order."""
        return [row for row in self.tables[table] if row["edition_id"] == edition_id]

    def by_edition(self, table: str) -> dict[str, list[Row]]:
        """All rows of a table, by edition."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables[table]:
            found[row["edition_id"] or ""].append(row)
        return found


def open_package(path: Path, verdict: Verdict) -> Package:
    """Open a folder that holds ``datapackage.json``, or that file.

    Raises:
        PackageError: there is none, it is no JSON, or of another major version of the schema.
    """
    descriptor_path = path / "datapackage.json" if path.is_dir() else path
    try:
        descriptor = json.loads(descriptor_path.read_text(encoding="utf-8"))
        resources = {one["name"]: one for one in descriptor["resources"]}
        paths = {name: str(one["path"]) for name, one in resources.items()}
    except OSError as problem:
        raise PackageError(
            f"{descriptor_path}: {problem.strerror}; name the folder that holds datapackage.json"
        ) from None
    except (ValueError, KeyError, TypeError) as problem:
        raise PackageError(f"{descriptor_path} is no data package: {problem!r}") from None
    version = str(descriptor.get("version", ""))
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise PackageError(
            f"the package is of schema version {version or 'unknown'}, this program knows "
            f"{SCHEMA_VERSION}: use the program that published it"
        )
    package = Package(descriptor_path.parent, descriptor)
    for name, table in TABLES.items():
        contents = {}
        for resource in (name, f"{name}_parquet"):
            if resource not in resources:
                verdict.fail(Failure("file", None, "a resource", resource))
                continue
            contents[resource] = _content(
                package.folder, paths[resource], resources[resource].get("hash"), resource, verdict
            )
        rows = _csv_rows(table, contents.get(name), verdict)
        package.tables[name] = rows
        _same_as_parquet(table, rows, contents.get(f"{name}_parquet"), verdict)
    return package


def _content(
    folder: Path, path: str, published: object, resource: str, verdict: Verdict
) -> bytes | None:
    """The bytes of a file of the package, held against its hash."""
    place = folder / path
    if Path(path).is_absolute() or ".." in Path(path).parts:
        verdict.fail(Failure("file", path, "a path inside the package", resource))
        return None
    try:
        content = place.read_bytes()
    except OSError as problem:
        verdict.fail(Failure("file", path, problem.strerror, resource))
        return None
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if published != digest:
        verdict.fail(Failure("hash", str(published), digest, resource))
    return content


def _csv_rows(table: Table, content: bytes | None, verdict: Verdict) -> list[Row]:
    if content is None:
        return []
    try:
        # Only LF ends a record: the model has no line break inside a cell.
        records = list(spelt.rows(content.decode("utf-8").split("\n"), strict=True))
    except (UnicodeDecodeError, csv.Error) as problem:
        verdict.fail(Failure("csv", str(problem), "RFC 4180 in UTF-8", table.name))
        return []
    if not records or tuple(records[0]) != table.header:
        header = ",".join(records[0]) if records else None
        verdict.fail(Failure("csv", header, ",".join(table.header), table.name))
        return []
    if records[-1]:
        verdict.fail(Failure("csv", "no line end", "a line end", table.name))
    rows: list[Row] = []
    for record in records[1:-1]:
        if len(record) != len(table.header):
            wanted = f"{len(table.header)} cells"
            verdict.fail(Failure("csv", f"{len(record)} cells", wanted, table.name, *record[:1]))
            continue
        rows.append(_row(table, record, verdict))
    return rows


_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _row(table: Table, record: list[str], verdict: Verdict) -> Row:
    """A row whose cells are of their types; one that is not is told, and taken as empty."""
    row: dict[str, str | None] = {}
    for column, cell in zip(table.columns, record, strict=True):
        row[column.name] = cell or None
        if cell and not _is_of(column.type, cell):
            verdict.fail(
                Failure("type", cell, column.type.name, table.name, record[0], column.name)
            )
            row[column.name] = None
    return row


def _is_of(kind: Type, cell: str) -> bool:
    if kind.digits:
        whole, dot, places = cell.partition(".")
        return (
            bool(dot)
            and len(places) == kind.digits[1]
            and places.isdecimal()
            and bool(_INTEGER.fullmatch(whole))
        )
    if kind.name in ("int32", "int64"):
        return _INTEGER.fullmatch(cell) is not None
    if kind.name == "date32":
        return _DATE.fullmatch(cell) is not None
    return kind.name != "bool" or cell in ("true", "false")


def _same_as_parquet(
    table: Table, rows: list[Row], content: bytes | None, verdict: Verdict
) -> None:
    if content is None:
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pipeline.parquet import arrow_schema

    try:
        arrow = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as problem:
        verdict.fail(Failure("parquet", str(problem), "a Parquet file", table.name))
        return
    if not arrow.schema.equals(arrow_schema(table), check_metadata=True):
        said = ", ".join(f"{one.name} {one.type}" for one in arrow.schema)
        verdict.fail(Failure("parquet", said, "the schema of the table", table.name))
        return
    if arrow.num_rows != len(rows):
        verdict.fail(
            Failure("parquet", f"{arrow.num_rows} rows", f"{len(rows)} in CSV", table.name)
        )
        return
    for column in table.columns:
        for row, value in zip(rows, arrow.column(column.name).to_pylist(), strict=True):
            spelt = _spelt(value)
            if spelt != row[column.name]:
                key = row[table.key.name] or ""
                cell = (table.name, key, column.name)
                verdict.fail(
                    Failure(
                        "csv and parquet differ",
                        row[column.name],
                        spelt,
                        *cell,
                        row.get("page") or "",
                        row.get("line") or "",
                    )
                )


def _spelt(value: object) -> str | None:
    """A cell of the Parquet as the CSV spells it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
