"""The schema for people and for other programs: Markdown, JSON and SQL."""

from __future__ import annotations

import json
from collections.abc import Callable

from pipeline.schema import ENUMERATIONS, SCHEMA_VERSION, TABLES
from pipeline.schema.model import Column, Table


def markdown() -> str:
    """The documentation of the tables, as ``docs/tables.md`` holds it."""
    parts = [
        "# The published tables",
        "",
        f"Schema version {SCHEMA_VERSION}. Written by `ponmetro schema --format markdown` from the "
        "declaration in `pipeline/schema/`; do not edit by hand.",
        "",
        "Each cell is `printed` (as in the source), `parsed` (a printed value in another form), "
        "`derived` (from the columns named) or `assigned` (by the program or the sidecar). "
        "A column marked * is never null.",
    ]
    for table in TABLES.values():
        parts += ["", *_table(table)]
    parts += ["", "# The lists of values"]
    for enumeration in ENUMERATIONS:
        parts += [
            "",
            f"## `{enumeration.name}`",
            "",
            "| code | italiano | English | meaning |",
            "|---|---|---|---|",
            *(
                f"| `{code.code}` | {code.label_it} | {code.label_en} | {code.description or ''} |"
                for code in enumeration.codes
            ),
        ]
    return "\n".join(parts) + "\n"


def _table(table: Table) -> list[str]:
    return [
        f"## `{table.name}`: {table.title_it} / {table.title_en}",
        "",
        f"{table.description_it} {table.description_en}",
        "",
        "| column | type | comes about | descrizione | description |",
        "|---|---|---|---|---|",
        *(_row(column) for column in table.columns),
    ]


def _row(column: Column) -> str:
    name = f"`{column.name}`{'*' if column.required else ''}"
    kind = column.type.name + (f", {column.unit}" if column.unit else "")
    if column.references:
        kind += f", key of `{column.references}`"
    if column.enum:
        kind += f", one of `{column.enum.name}`"
    origin: str = column.origin
    if column.derived_from:
        origin += " from " + ", ".join(f"`{source}`" for source in column.derived_from)
    return (
        f"| {name} | {kind} | {origin} | **{column.title_it}**. {column.description_it} "
        f"| {column.description_en} |"
    )


def as_json() -> str:
    """The Table Schema of every table, as ``datapackage.json`` holds it."""
    from pipeline.package import table_schema

    schemas = {name: table_schema(table) for name, table in TABLES.items()}
    return json.dumps(schemas, ensure_ascii=False, indent=1) + "\n"


def sql() -> str:
    """``CREATE TABLE`` statements in standard SQL, parents before children."""
    return "\n".join(_create(table) for table in TABLES.values())


def _create(table: Table) -> str:
    lines = [f"  {_column_sql(table, column)}" for column in table.columns]
    for column in table.columns:
        if column.references:
            parent, _, key = column.references.partition(".")
            lines.append(f'  FOREIGN KEY ("{column.name}") REFERENCES "{parent}" ("{key}")')
    return f'CREATE TABLE "{table.name}" (\n' + ",\n".join(lines) + "\n);\n"


def _column_sql(table: Table, column: Column) -> str:
    words = [f'"{column.name}"', column.type.sql]
    if column is table.key:
        words.append("PRIMARY KEY")
    if column.required:
        words.append("NOT NULL")
    if column.enum:
        values = ", ".join(f"'{value}'" for value in column.enum.values)
        words.append(f'CHECK ("{column.name}" IN ({values}))')
    return " ".join(words)


FORMATS: dict[str, Callable[[], str]] = {"markdown": markdown, "json": as_json, "sql": sql}
"""What ``ponmetro schema --format`` offers."""
