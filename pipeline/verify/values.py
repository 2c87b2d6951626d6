"""Each printed or parsed cell from its joined pieces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from parsers.values import ValueProblem, addresses, amounts, codes, dates, quantities
from parsers.vocabulary import Vocabulary
from pipeline.schema import TABLES
from pipeline.verify.keys import UNPROVED
from pipeline.verify.opened import Package, Row
from pipeline.verify.verdict import Cell, Verdict

Reader = Callable[[str, Row], object]
"""From the joined pieces of a cell, and its row, to its value."""


def check_values(
    package: Package,
    edition_id: str,
    printed: Mapping[Cell, Sequence[str]],
    vocabulary: Vocabulary,
    verdict: Verdict,
) -> None:
    """Hold each printed or parsed cell against the value of its joined pieces.

    Args:
        package: all rows.
        edition_id: which edition.
        printed: what the pieces of each cell say, joined and read, in one way or two.
        vocabulary: the words in force.
        verdict: where the outcome goes.
    """
    readers = _readers(vocabulary)
    for name, table in TABLES.items():
        if name in UNPROVED:
            continue
        columns = [one for one in table.columns if one.origin in ("printed", "parsed")]
        for row in package.of(name, edition_id):
            row_id = row[table.key.name] or ""
            place = (row["page"] or "", row["line"] or "")
            for column in columns:
                cell = (name, row_id, column.name)
                value = row[column.name]
                if value is None or cell not in printed:
                    continue  # told by the checks of keys
                reader = readers.get((name, column.name))
                said = [_value(reader, text, row) for text in printed[cell]]
                derived = value if value in said else said[0]
                verdict.check("reread", "value", cell, value, derived, place)


def _value(reader: Reader | None, text: str, row: Row) -> str | None:
    """A value as the CSV spells it; None where the text spells none."""
    if reader is None:
        return text
    try:
        value = reader(text, row)
    except ValueProblem:
        return None
    return None if value is None else str(value)


def _readers(vocabulary: Vocabulary) -> dict[tuple[str, str], Reader]:
    """How the parsed columns are read; all other cells are their text."""

    def euro(text: str, row: Row) -> object:
        amount = amounts.parse(text).euro
        return None if amount is None else f"{amount:.2f}"

    def code(text: str, row: Row) -> object:
        # A code printed without its city has the one that was published with it.
        printed_for = row.get("code") or row.get("target_code") or ""
        city = printed_for.removeprefix("POC ")[:2]
        return codes.parse(text, city=city, vocabulary=vocabulary).canonical

    def quantity(name: str) -> Reader:
        def read(text: str, row: Row) -> object:
            found = getattr(quantities.parse(text, vocabulary), name)
            return f"{found:.3f}" if isinstance(found, Decimal) else found

        return read

    return {
        ("projects", "number"): lambda text, row: int("".join(filter(str.isdigit, text)) or -1),
        ("actions", "code"): code,
        ("actions", "total_stated_eur"): euro,
        ("funding", "amount_eur"): euro,
        ("dates", "date_from"): lambda text, row: dates.parse(text, vocabulary).date_from,
        ("dates", "date_to"): lambda text, row: dates.parse(text, vocabulary).date_to,
        # The type alone ("v.le") is no address: the whole one is read.
        ("addresses", "street_type"): lambda text, row: (
            addresses.parse(row["text"] or "", vocabulary).street_type
        ),
        ("addresses", "house_number"): lambda text, row: addresses.house_number(text),
        ("action_references", "target_code"): code,
        ("quantities", "value"): quantity("value"),
        ("quantities", "value_max"): quantity("value_max"),
        ("quantities", "unit"): quantity("unit"),
    }
