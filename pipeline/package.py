"""``datapackage.json``: a Data Package v2 of all tables, as CSV and as Parquet."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.schema import SCHEMA_VERSION, TABLES, Column, Table

_PROFILE = "https://datapackage.org/profiles/2.0"


def table_schema(table: Table, form: str = "csv") -> dict[str, Any]:
    """Table Schema of a table.

    Args:
        table: the table.
        form: ``csv`` or ``parquet``; foreign keys point to resources of the same form.
    """
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILE}/tableschema.json",
        "fields": [_field(table, column) for column in table.columns],
        # Parquet has nulls of its own; frictionless reads it by way of pandas, where they are NaN.
        "missingValues": [""] if form == "csv" else ["", "nan"],
        "primaryKey": [table.key.name],
    }
    keys = [_foreign_key(column, form) for column in table.columns if column.references]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def write_package(folder: Path) -> None:
    """Describe the finished ``csv/`` and ``parquet/`` of a folder in ``datapackage.json``."""
    package = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": "ponmetro",
        "title": "Schede progetto dei programmi Città Metropolitane, come tabelle",
        "description": (
            "What the project sheets of Italian metropolitan-city programmes say, as tables; "
            "each cell can be traced to the characters it was printed with. "
            "Quel che le schede progetto dicono, in tabelle; di ogni cella si ritrova la stampa."
        ),
        "version": SCHEMA_VERSION,
        "resources": [
            *(_resource(folder, table, "csv") for table in TABLES.values()),
            *(_resource(folder, table, "parquet") for table in TABLES.values()),
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _resource(folder: Path, table: Table, form: str) -> dict[str, Any]:
    path = folder / form / f"{table.name}.{form}"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    resource: dict[str, Any] = {
        "$schema": f"{_PROFILE}/dataresource.json",
        "name": _resource_name(table.name, form),
        "type": "table",
        "path": f"{form}/{path.name}",
        "title": table.title_it,
        "description": f"{table.description_it} {table.description_en}",
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
        "hash": f"sha256:{digest}",
        "schema": table_schema(table, form),
    }
    if form == "csv":
        # frictionless counts no bytes of a Parquet table, and fails on any number given for them.
        resource["bytes"] = size
        resource["encoding"] = "utf-8"
        resource["dialect"] = {
            "$schema": f"{_PROFILE}/tabledialect.json",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminator": "\n",
            "header": True,
        }
    return resource


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type.table_schema,
        "title": column.title_it,
        "description": column.description_en,
        "description_it": column.description_it,
        "description_en": column.description_en,
        "origin": column.origin,
    }
    if column.derived_from:
        field["derived_from"] = list(column.derived_from)
    if column.unit:
        field["unit"] = column.unit
    if column.type.table_schema == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column is table.key:
        constraints["unique"] = True
    if column.enum:
        constraints["enum"] = list(column.enum.values)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_key(column: Column, form: str) -> dict[str, Any]:
    table, _, key = (column.references or "").partition(".")
    return {
        "fields": [column.name],
        "reference": {"resource": _resource_name(table, form), "fields": [key]},
    }


def _resource_name(table: str, form: str) -> str:
    return table if form == "csv" else f"{table}_parquet"
