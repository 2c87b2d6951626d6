"""The entries of ``<edition>.corrections.toml``, checked against the schema."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from parsers.errors import SidecarError
from parsers.values import codes
from pipeline.schema import TABLES, Column, Table
from pipeline.schema.model import BOOL, DATE, STRING

_FIELDS = ("table", "row", "column", "wrong", "right", "page", "reason")
_READINGS = {"phase", "source", "amount_status", "kind", "precision", "modality", "fund"}
"""Derived columns that are readings of a wording: a person may read it otherwise."""
_EVIDENCE = {"lines", "line_boxes", "provenance", "findings", "changes", "codes", "editions"}
"""Tables that are no reading of an action's sheet (an edition is described by its sidecar)."""


class Correction(NamedTuple):
    """One cell that is published otherwise than the source prints it.

    Attributes:
        table: its table.
        row: key of its row, whole or without the edition; or an action's code, where ``wrong``
            tells which of the action's rows is meant.
        column: its column.
        wrong, right: cells of the column's type, None for an empty one.
        page: where to look it up, None where the source has no pages.
        reason: why, for people.
    """

    table: Table
    row: str
    column: Column
    wrong: object
    right: object
    page: int | None
    reason: str

    @property
    def cell(self) -> str:
        """The cell, for messages."""
        return f"{self.table.name}.{self.column.name} of {self.row}"


def load(path: Path) -> list[Correction]:
    """Read and check a file of corrections.

    Raises:
        SidecarError: it is no TOML, or an entry misses a field, names a cell that cannot be
            corrected, or gives a value of the wrong type.
    """
    import tomllib  # few editions have corrections

    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"), parse_float=Decimal)
    except OSError as problem:
        raise SidecarError(f"cannot be read: {problem.strerror}", source=path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SidecarError(f"is no TOML: {problem}", source=path.name) from None
    entries = table.pop("correction", None)
    if table or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise SidecarError("write [[correction]] entries and nothing else", source=path.name)
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(_entry(entry))
        except ValueError as problem:
            raise SidecarError(f"correction {number}: {problem}", source=path.name) from None
    return found


def _entry(entry: dict[str, Any]) -> Correction:
    unknown = sorted(set(entry) - set(_FIELDS))
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; the fields are {', '.join(_FIELDS)}")
    missing = [name for name in _FIELDS if name not in entry and name != "page"]
    if missing:
        raise ValueError(f"{missing[0]!r} is missing")
    table = _table(entry["table"])
    column = _column(table, entry["column"])
    row, reason = (_text(name, entry[name]) for name in ("row", "reason"))
    wrong, right = (_cell(name, entry[name], column) for name in ("wrong", "right"))
    if wrong == right:
        raise ValueError("'wrong' and 'right' are the same")
    if right is None and column.required:
        raise ValueError(f"{table.name}.{column.name} cannot be empty")
    if column.enum is not None and right not in (None, *column.enum.values):
        raise ValueError(f"'right' is one of {', '.join(column.enum.values)}")
    if column.name in ("code", "target_code"):
        _code(right)
    page = entry.get("page")
    if page is not None and (type(page) is not int or page < 1):
        raise ValueError("'page' is a number from 1")
    return Correction(table, row, column, wrong, right, page, reason)


def _table(name: object) -> Table:
    if not isinstance(name, str) or name not in TABLES or name in _EVIDENCE:
        allowed = ", ".join(table for table in TABLES if table not in _EVIDENCE)
        raise ValueError(f"'table' is one of {allowed}")
    return TABLES[name]


def _column(table: Table, name: object) -> Column:
    allowed = [column for column in table.columns if _can_be_corrected(column)]
    for column in allowed:
        if column.name == name:
            return column
    raise ValueError(f"'column' is one of {', '.join(column.name for column in allowed)}")


def _can_be_corrected(column: Column) -> bool:
    """Whether a column is a reading of the source; what is said to be printed stays as it is."""
    if column.name.endswith("_printed"):
        return False
    return column.origin in ("printed", "parsed") or column.name in _READINGS


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value or value != " ".join(value.split()):
        raise ValueError(f"{name!r} is one line of text")
    if not value.isprintable():
        raise ValueError(f"{name!r} holds a character that cannot be printed")
    return value


def _cell(name: str, value: object, column: Column) -> object:
    """A value of the TOML as a cell of its column; an empty text is an empty cell."""
    if value == "":
        return None
    if column.type.digits is not None:
        return _decimal(name, value, column.type.digits)
    if column.type is STRING:
        return _text(name, value)
    if column.type is DATE:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ValueError(f"{name!r} is a date without quotes, for example 2022-02-28")
        return value
    if column.type is BOOL:
        if not isinstance(value, bool):
            raise ValueError(f"{name!r} is true or false")
        return value
    if type(value) is not int:
        raise ValueError(f"{name!r} is a whole number")
    return value


def _decimal(name: str, value: object, digits: tuple[int, int]) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
            raise InvalidOperation
        number = Decimal(value)
        exact = number.quantize(Decimal(1).scaleb(-digits[1]))
    except InvalidOperation:
        raise ValueError(f"{name!r} is a number such as 1552500.00") from None
    if exact != number or len(exact.as_tuple().digits) > digits[0]:
        raise ValueError(f"{name!r} has at most {digits[1]} decimals and {digits[0]} digits")
    return exact


def _code(value: object) -> None:
    try:
        canonical = codes.parse(str(value)).canonical
    except codes.CodeProblem as problem:
        raise ValueError(f"'right': {problem}") from None
    if canonical != value:
        raise ValueError(f"'right': write the code as it is published, {canonical}")
