"""One edition's rows as the CSV bytes that every later file is put together from.

A fragment is written where the edition is read, in its own process, and kept under its
fingerprint: what has not changed is copied, never read again. Everything that would make a table
invalid is caught here, so that it is an error of one source and not of the whole publication.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, Any

from parsers.errors import ReportError
from pipeline import spelt
from pipeline.schema import SEVERITY, TABLES, Column, Table

Row = Sequence[object]
Encoder = Callable[[object], object]

COMPUTED = ("changes", "codes")
"""Tables that are made when publishing, from all editions; no edition brings rows of them."""

ROW_LIMIT = 1 << 22
"""Bytes of one CSV row at most, a report of 2,000 pages in one cell; Parquet is written from blocks
of four times that."""

_BATCH = 1 << 18
"""Characters of CSV rows held before they go to the file."""


@dataclass(slots=True)
class _Tally:
    """What is counted over the rows while they are written, for the summary of a run."""

    findings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SEVERITY.values, 0))
    euros: Decimal = Decimal("0.00")

    def watch(self, table: Table) -> Callable[[Row], None] | None:
        """What to call with each row of a table, if it is counted."""
        if table.name == "findings":
            severity = table.index("severity")
            return lambda row: self._finding(str(row[severity]))
        if table.name == "funding":
            amount = table.index("amount_eur")
            return lambda row: self._amount(row[amount])
        return None

    def _finding(self, severity: str) -> None:
        self.findings[severity] += 1

    def _amount(self, amount: object) -> None:
        if isinstance(amount, Decimal):
            self.euros += amount


class RowError(ReportError):
    """Rows that do not fit their table: a fault of the program, reported with the cell."""


@dataclass(slots=True)
class Built:
    """What reading one edition gives.

    Attributes:
        rows: for each table, its rows as tuples in the order of the schema's columns, with
            ``str``, ``int``, ``Decimal``, ``date``, ``bool`` or None in them. A table that is
            left out has no rows; an iterable is gone through once.
        record: what ``run.json`` tells about it (coverage, roles); must be JSON, and the same
            for the same input.
    """

    rows: Mapping[str, Iterable[Row]]
    record: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fragment:
    """The stored rows of one edition.

    Attributes:
        path: file that holds the CSV rows, table after table.
        edition_id, source_file, sha256: whose rows they are.
        spans: for each table, first byte, byte after the last, number of rows.
        findings: number of findings by severity.
        euros: sum of ``funding.amount_eur``, printed with two decimals.
        record: as in :class:`Built`.
        replaced: CSV rows that stand in place of the stored ones; see :meth:`with_rows`.
    """

    path: Path
    edition_id: str
    source_file: str
    sha256: str
    spans: dict[str, tuple[int, int, int]]
    findings: dict[str, int]
    euros: str
    record: dict[str, Any]
    replaced: dict[str, str] = field(default_factory=dict)

    def rows(self, table: str) -> int:
        """Number of rows of a table; no cell has a line break in it."""
        return self.replaced[table].count("\n") if table in self.replaced else self.spans[table][2]

    def with_rows(self, replaced: dict[str, str]) -> Fragment:
        """The edition with other rows of some tables: what only a look at all editions tells.

        Args:
            replaced: for each table its CSV rows, without header.
        """
        changed = replace(self, replaced=replaced)
        if "findings" not in replaced:
            return changed
        tally = _Tally()
        severity = TABLES["findings"].index("severity")
        for row in changed.read("findings"):
            tally.findings[row[severity]] += 1
        return replace(changed, findings=tally.findings)

    def copy(self, table: str, to: IO[bytes]) -> None:
        """Append the CSV rows of a table, without header, to a file."""
        if table in self.replaced:
            to.write(self.replaced[table].encode("utf-8"))
            return
        start, end, _ = self.spans[table]
        with self.path.open("rb") as file:
            file.seek(start)
            while start < end:
                block = file.read(min(end - start, ROW_LIMIT))
                to.write(block)
                start += len(block)

    def read(self, table: str) -> list[list[str]]:
        """The cells of a table as its CSV spells them; for small tables."""
        body = BytesIO()
        self.copy(table, body)
        return list(spelt.rows(StringIO(body.getvalue().decode("utf-8"))))


def write_fragment(
    built: Built, folder: Path, fingerprint: str, edition_id: str, source_file: str, sha256: str
) -> Fragment:
    """Write what was built under its fingerprint, whole or not at all.

    Raises:
        RowError: a row has another shape, type, enumeration or key than the schema asks for.
    """
    unknown = set(built.rows) - (set(TABLES) - set(COMPUTED))
    if unknown:
        raise RowError(f"rows for {', '.join(sorted(unknown))}, which no edition brings")
    rows_path = folder / f"{fingerprint}.rows"
    part = folder / f"{fingerprint}.{os.getpid()}.part"
    spans: dict[str, tuple[int, int, int]] = {}
    tally = _Tally()
    keys: dict[str, set[object]] = {}
    with part.open("wb") as file:
        for table in TABLES.values():
            start = file.tell()
            count = _write_rows(table, built.rows.get(table.name, ()), file, keys, tally)
            spans[table.name] = (start, file.tell(), count)
    part.rename(rows_path)
    euros = f"{tally.euros:.2f}"
    fragment = Fragment(
        rows_path,
        edition_id,
        source_file,
        sha256,
        spans,
        tally.findings,
        euros,
        dict(built.record),
    )
    meta = {
        "schema": _schema_digest(),
        "edition_id": edition_id,
        "source_file": source_file,
        "sha256": sha256,
        "spans": spans,
        "findings": fragment.findings,
        "euros": euros,
        "record": fragment.record,
    }
    part.write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
    part.rename(folder / f"{fingerprint}.json")
    return fragment


def read_fragment(folder: Path, fingerprint: str) -> Fragment | None:
    """The fragment under a fingerprint; None if there is none whole, or of the present schema."""
    try:
        meta = json.loads((folder / f"{fingerprint}.json").read_bytes())
        rows_path = folder / f"{fingerprint}.rows"
        size = rows_path.stat().st_size
    except FileNotFoundError:
        return None
    spans = {name: (start, end, count) for name, (start, end, count) in meta["spans"].items()}
    whole = size == max(end for _, end, _ in spans.values())
    if not whole or meta["schema"] != _schema_digest():
        return None
    return Fragment(
        rows_path,
        meta["edition_id"],
        meta["source_file"],
        meta["sha256"],
        spans,
        meta["findings"],
        meta["euros"],
        meta["record"],
    )


def _schema_digest() -> str:
    columns = [
        (table.name, column.name, column.type.name)
        for table in TABLES.values()
        for column in table.columns
    ]
    return hashlib.sha256(repr(columns).encode()).hexdigest()


def header_line(table: Table) -> bytes:
    """The CSV header of a table."""
    return (",".join(table.header) + "\n").encode("ascii")


def encode_rows(table: Table, rows: Iterable[Row]) -> bytes:
    """The CSV rows of a table that is made when publishing.

    Raises:
        RowError: as in :func:`write_fragment`; foreign keys are not looked at.
    """
    encoders = [_encoder(column) for column in table.columns]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow(_cells(table, encoders, row))
    return text.getvalue().encode("utf-8")


def _write_rows(
    table: Table,
    rows: Iterable[Row],
    file: IO[bytes],
    keys: dict[str, set[object]],
    tally: _Tally,
) -> int:
    encoders = [_encoder(column) for column in table.columns]
    parents = [
        (index, column.references.split(".")[0])
        for index, column in enumerate(table.columns)
        if column.references
    ]
    watch = tally.watch(table)
    seen: set[object] = set()
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow(_cells(table, encoders, row))
        if row[0] in seen:
            raise RowError(f"{table.name}: two rows with the key {row[0]!r}")
        seen.add(row[0])
        for index, parent in parents:
            if row[index] is not None and row[index] not in keys[parent]:
                name = table.columns[index].name
                raise RowError(f"{table.name} {row[0]}: {name} {row[index]!r} is not in {parent}")
        if watch is not None:
            watch(row)
        if text.tell() > _BATCH:
            _flush(table, row, text, file)
    _flush(table, None, text, file)
    keys[table.name] = seen
    return len(seen)


def _flush(table: Table, row: Row | None, text: StringIO, file: IO[bytes]) -> None:
    try:
        data = text.getvalue().encode("utf-8")
    except UnicodeEncodeError as problem:
        raise RowError(f"{table.name}: text that is no Unicode: {problem}") from None
    if row is not None and len(data) > ROW_LIMIT:
        raise RowError(f"{table.name} {row[0]}: a row of {len(data)} bytes, over {ROW_LIMIT}")
    file.write(data)
    text.seek(0)
    text.truncate()


def _cells(table: Table, encoders: list[Encoder], row: Row) -> list[object]:
    if len(row) != len(encoders):
        raise RowError(f"{table.name}: {len(row)} cells for {len(encoders)} columns: {row!r:.200}")
    try:
        return [encode(value) for encode, value in zip(encoders, row, strict=True)]
    except (TypeError, ValueError):
        for column, encode, value in zip(table.columns, encoders, row, strict=True):
            try:
                encode(value)
            except (TypeError, ValueError) as problem:
                raise RowError(
                    f"{table.name} {row[0]}: {column.name} {value!r:.200}: {problem}"
                ) from None
        raise


def _encoder(column: Column) -> Encoder:
    """What spells a value of the column for the CSV, and raises where it is none."""
    encode = _typed(column)

    def spell(value: object) -> object:
        if value is not None:
            return encode(value)
        if required:
            raise ValueError("is null and must not be")
        return None

    required = column.required
    return spell


def _typed(column: Column) -> Encoder:
    if column.enum is not None:
        return _one_of(frozenset(column.enum.values))
    if column.type.digits is not None:
        return _decimal(*column.type.digits)
    return {
        "string": _text,
        "int32": _whole(32),
        "int64": _whole(64),
        "bool": _truth,
        "date32": _day,
    }[column.type.name]


def _one_of(allowed: frozenset[str]) -> Encoder:
    def encode(value: object) -> object:
        if value not in allowed:
            raise ValueError(f"is none of {', '.join(sorted(allowed))}")
        return value

    return encode


def _decimal(precision: int, scale: int) -> Encoder:
    limit = 10 ** (precision - scale)
    unit = Decimal(1).scaleb(-scale)

    def encode(value: object) -> object:
        if not isinstance(value, Decimal):
            raise TypeError("is no Decimal")
        if not value.is_finite() or abs(value) >= limit or (exact := value.quantize(unit)) != value:
            raise ValueError(f"does not fit decimal({precision}, {scale})")
        return str(exact or unit - unit)  # a negative zero has no sign in a table

    return encode


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise TypeError("is no text")
    if not value:
        raise ValueError("is empty; null says that")
    if "\n" in value or "\r" in value or "\0" in value:
        raise ValueError("has a line break or a null character")
    return value


def _whole(bits: int) -> Encoder:
    limit = 2 ** (bits - 1)

    def encode(value: object) -> object:
        if type(value) is not int:
            raise TypeError("is no int")
        if not -limit <= value < limit:
            raise ValueError(f"does not fit {bits} bits")
        return value

    return encode


def _truth(value: object) -> object:
    if type(value) is not bool:
        raise TypeError("is no bool")
    return "true" if value else "false"


def _day(value: object) -> object:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError("is no date")
    return value.isoformat()
