"""The declaration against the data contract, spelt here a second time on purpose."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import duckdb
import pytest

from pipeline.schema import ENUMERATIONS, TABLES, Table, severity_of
from pipeline.schema.render import FORMATS

ROOT = Path(__file__).resolve().parents[2]

CONTRACT = {
    "editions": "city_code, city, programme, cci, title, reference_date, source_file, media_type, "
    "source_sha256, source_bytes, pages, lines, reader, source_url, publisher, licence, is_latest",
    "projects": "edition_id, number, title, notice, phase, position, page, line",
    "actions": "edition_id, project_id, code, code_printed, title, description, status, phase, "
    "axis, specific_objective, fund, total_stated_eur, sources_sum_eur, position, page, line",
    "funding": "edition_id, action_id, source, label, amount_eur, amount_status, amount_printed, "
    "page, line",
    "status_clauses": "edition_id, action_id, text, phase, page, line",
    "dates": "edition_id, project_id, action_id, context, text, date_from, date_to, precision, "
    "modality, page, line",
    "addresses": "edition_id, action_id, text, street_type, street_name, house_number, page, line",
    "districts": "edition_id, action_id, name, page, line",
    "links": "edition_id, action_id, url, page, line",
    "action_references": "edition_id, action_id, target_code, target_action_id, page, line",
    "quantities": "edition_id, action_id, value, value_max, approximate, unit, text, page, line",
    "paragraphs": "edition_id, project_id, action_id, kind, text, page, line",
    "lines": "edition_id, page, line, text, role, project_id, action_id",
    "line_boxes": "edition_id, page, line, x0, top, x1, bottom, font_size, bold",
    "provenance": "edition_id, table_name, row_id, column_name, segment, line, char_start, "
    "char_end, text_printed, x0, x1",
    "findings": "edition_id, rule, severity, message, action_id, page, line, text",
    "changes": "edition_id, previous_edition_id, entity, entity_code, field, kind, before, after",
    "codes": "list, code, label_it, label_en, description",
}
KEYS = {"editions": "edition_id", "projects": "project_id", "actions": "action_id"}
TYPES = {
    "amount_eur": "decimal128(14, 2)",
    "total_stated_eur": "decimal128(14, 2)",
    "sources_sum_eur": "decimal128(14, 2)",
    "value": "decimal128(18, 3)",
    "value_max": "decimal128(18, 3)",
    **dict.fromkeys(("x0", "x1", "top", "bottom", "font_size"), "decimal128(9, 2)"),
    **dict.fromkeys(("reference_date", "date_from", "date_to"), "date32"),
    **dict.fromkeys(("is_latest", "approximate", "bold"), "bool"),
    **dict.fromkeys(("page", "line", "pages", "lines", "number", "position"), "int32"),
    **dict.fromkeys(("axis", "segment", "char_start", "char_end"), "int32"),
    "source_bytes": "int64",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_a_table_has_the_columns_of_the_contract_in_its_order(name: str) -> None:
    assert TABLES[name].header == (KEYS.get(name, "id"), *CONTRACT[name].split(", "))


def test_there_are_no_tables_beside_the_contract() -> None:
    assert list(TABLES) == list(CONTRACT)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_columns_have_the_types_of_the_contract(table: Table) -> None:
    found = {column.name: column.type.name for column in table.columns}
    assert found == {name: TYPES.get(name, "string") for name in table.header}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_columns_are_described_in_both_languages(table: Table) -> None:
    for column in table.columns:
        assert re.fullmatch(r"[a-z0-9_]+", column.name)
        assert column.description_it.endswith("."), column.name
        assert column.description_en.endswith("."), column.name
        assert column.description_it != column.description_en
        assert column.title_it


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_columns_say_how_they_come_about(table: Table) -> None:
    for column in table.columns:
        assert (column.origin == "derived") == bool(column.derived_from), column.name
        for source in column.derived_from:
            parent, _, name = source.partition(".")
            assert name in TABLES[parent].header


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_references_point_to_keys_declared_before(table: Table) -> None:
    for column in table.columns:
        if column.references:
            parent, _, name = column.references.partition(".")
            assert TABLES[parent].key.name == name
            assert list(TABLES).index(parent) < list(TABLES).index(table.name)


def test_codes_are_unique_and_labelled_in_both_languages() -> None:
    assert len({enumeration.name for enumeration in ENUMERATIONS}) == len(ENUMERATIONS)
    for enumeration in ENUMERATIONS:
        assert len(set(enumeration.values)) == len(enumeration.values)
        assert all(code.label_it and code.label_en for code in enumeration.codes)


def test_every_rule_has_its_severity() -> None:
    assert severity_of("total_mismatch") == "error"
    assert severity_of("missing_status") == "warning"
    assert severity_of("link_not_printed") == "info"
    with pytest.raises(KeyError):
        severity_of("rubbish")


def test_the_documentation_is_the_declaration() -> None:
    written = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert written == FORMATS["markdown"](), "docs/tables.md is stale: run make fix"


def test_the_sql_makes_tables_in_two_databases() -> None:
    lite, duck = sqlite3.connect(":memory:"), duckdb.connect()
    lite.executescript(FORMATS["sql"]())
    duck.execute(FORMATS["sql"]())
    for table in TABLES.values():
        columns = lite.execute(f"SELECT name FROM pragma_table_info('{table.name}')").fetchall()
        assert tuple(name for (name,) in columns) == table.header
        assert duck.table(table.name).columns == list(table.header)
    lite.close()
    duck.close()
