"""The one declaration of the published tables.

Arrow schemas, CSV headers, ``datapackage.json``, SQL and ``docs/tables.md`` are derived from
``TABLES``; names, types and meanings follow the project's data contract. A table may gain columns
after its last one and the data set tables, with a new minor ``SCHEMA_VERSION``; a name that goes
or changes is a new major one.
"""

from __future__ import annotations

from pipeline.schema.enumerations import ENUMERATIONS, SEVERITY, severity_of
from pipeline.schema.evidence import CHANGES, CODES, FINDINGS, LINE_BOXES, LINES, PROVENANCE
from pipeline.schema.model import Code, Column, Enumeration, Severity, Table, Type
from pipeline.schema.parts import (
    ACTION_REFERENCES,
    ADDRESSES,
    DATES,
    DISTRICTS,
    LINKS,
    PARAGRAPHS,
    QUANTITIES,
    STATUS_CLAUSES,
)
from pipeline.schema.report import ACTIONS, EDITIONS, FUNDING, PROJECTS

SCHEMA_VERSION = "1.0.0"

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        EDITIONS,
        PROJECTS,
        ACTIONS,
        FUNDING,
        STATUS_CLAUSES,
        DATES,
        ADDRESSES,
        DISTRICTS,
        LINKS,
        ACTION_REFERENCES,
        QUANTITIES,
        PARAGRAPHS,
        LINES,
        LINE_BOXES,
        PROVENANCE,
        FINDINGS,
        CHANGES,
        CODES,
    )
}
"""Every table by its name, parents before children."""

__all__ = [
    "ENUMERATIONS",
    "SCHEMA_VERSION",
    "SEVERITY",
    "TABLES",
    "Code",
    "Column",
    "Enumeration",
    "Severity",
    "Table",
    "Type",
    "severity_of",
]
