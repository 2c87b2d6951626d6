"""What a table, a column and an enumeration are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Origin = Literal["printed", "parsed", "derived", "assigned"]
Severity = Literal["error", "warning", "info"]


class Type(NamedTuple):
    """A column's type in each of the forms that are published.

    Attributes:
        name: as the documentation prints it; also Arrow's own name.
        table_schema: type of a Table Schema field.
        sql: type of a column in standard SQL.
        digits: (precision, scale) of a decimal, else None.
    """

    name: str
    table_schema: str
    sql: str
    digits: tuple[int, int] | None = None


STRING = Type("string", "string", "TEXT")
INT32 = Type("int32", "integer", "INTEGER")
INT64 = Type("int64", "integer", "BIGINT")
BOOL = Type("bool", "boolean", "BOOLEAN")
DATE = Type("date32", "date", "DATE")
EURO = Type("decimal128(14, 2)", "number", "DECIMAL(14, 2)", (14, 2))
QUANTITY = Type("decimal128(18, 3)", "number", "DECIMAL(18, 3)", (18, 3))
POINT = Type("decimal128(9, 2)", "number", "DECIMAL(9, 2)", (9, 2))


class Code(NamedTuple):
    """One value of an enumeration, with its words for people."""

    code: str
    label_it: str
    label_en: str
    description: str | None = None
    severity: Severity | None = None


class Enumeration(NamedTuple):
    """A closed list of values; ``name`` is its ``codes.list``."""

    name: str
    codes: tuple[Code, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The codes alone, in order."""
        return tuple(code.code for code in self.codes)


class Column(NamedTuple):
    """One column of a table.

    Attributes:
        name: header of the CSV, ``[a-z0-9_]``, the unit in it where it is money.
        type: one of the types above.
        title_it: short Italian heading.
        description_it, description_en: what a cell says.
        origin: ``printed`` as in the source, ``parsed`` a printed value in another form,
            ``derived`` from ``derived_from``, ``assigned`` by the program or the sidecar.
        derived_from: ``table.column`` names of what a derived cell follows from.
        required: whether null is forbidden.
        enum: the only values allowed.
        unit: of a number, where it has one.
        references: ``table.column`` of the key that a cell must hold.
    """

    name: str
    type: Type
    title_it: str
    description_it: str
    description_en: str
    origin: Origin = "assigned"
    derived_from: tuple[str, ...] = ()
    required: bool = False
    enum: Enumeration | None = None
    unit: str | None = None
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table; its first column is its key."""

    name: str
    title_it: str
    title_en: str
    description_it: str
    description_en: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> Column:
        """The key column."""
        return self.columns[0]

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)

    def index(self, name: str) -> int:
        """Place of a column by its name.

        Raises:
            ValueError: there is no such column.
        """
        return self.header.index(name)
