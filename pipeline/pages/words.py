"""Names of editions and columns in the two languages of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pipeline.schema import Column, Table

_ENGLISH = {
    "actions.status": "Status",
    "action_references.target_code": "Code mentioned",
    "action_references.target_action_id": "Action mentioned",
    "addresses.text": "Address",
    "amount_eur": "Amount (EUR)",
    "amount_printed": "Amount as printed",
    "amount_status": "State of the amount",
    "code_printed": "Code as printed",
    "date_from": "From",
    "date_to": "To",
    "districts.name": "District",
    "house_number": "House number",
    "links.url": "Address",
    "quantities.value_max": "Greatest value",
    "sources_sum_eur": "Sum of the sources (EUR)",
    "street_name": "Name of the street",
    "street_type": "Kind of street",
    "total_stated_eur": "Total as stated (EUR)",
}


def column_words(table: Table, column: Column) -> list[str]:
    """Short heading of a column in Italian and in English."""
    english = _ENGLISH.get(f"{table.name}.{column.name}") or _ENGLISH.get(column.name)
    return [column.title_it, english or column.name.replace("_", " ").capitalize()]


def name_of(facts: Mapping[str, str]) -> str:
    """What people call an edition: its title, else city and date, else the name of its file."""
    if facts["title"]:
        return facts["title"]
    named = " ".join(part for part in (facts["city"], facts["reference_date"][:4]) if part)
    return f"{named} ({facts['source_file']})" if named else facts["source_file"]


def euros(amount: str) -> tuple[str, str]:
    """An amount as Italians and as the English print it.

    >>> euros("1234567.89")
    ('1.234.567,89 €', '€1,234,567.89')
    """
    english = f"{Decimal(amount):,.2f}"
    italian = english.translate(str.maketrans(",.", ".,"))
    return f"{italian} €", f"€{english}"


def axis_list(codes: Iterable[str]) -> str:
    """The list of ``codes`` that an edition's axes are of, by the shape of most of its codes."""
    shapes = [code.count(".") for code in codes if not code.startswith("POC")]
    return "axis_pn" if shapes and sum(shapes) / len(shapes) > 3.5 else "axis"
