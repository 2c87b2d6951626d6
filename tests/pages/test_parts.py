"""The parts of the pages that need no browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.errors import SourceError
from pipeline.pages.pictures import page_pictures
from pipeline.pages.published import PublishedEdition, Rows
from pipeline.pages.review import sum_checks
from pipeline.pages.unclaimed import unclaimed
from pipeline.pages.words import axis_list, euros
from tests.conftest import ROOT


def edition(**tables: list[dict[str, str]]) -> PublishedEdition:
    """An edition with only some tables, from dictionaries."""
    return PublishedEdition(
        {"edition_id": "e"},
        {
            name: Rows(tuple(rows[0]) if rows else (), [list(row.values()) for row in rows])
            for name, rows in tables.items()
        },
    )


def piece(line: int, start: int, end: int) -> dict[str, str]:
    return {"line": str(line), "char_start": str(start), "char_end": str(end)}


def test_what_stands_between_the_pieces_of_a_records_text_is_unclaimed() -> None:
    lines = [
        {"line": "1", "text": "- Una casa, e altro", "role": "body"},
        {"line": "2", "text": "Pagina 3", "role": "furniture"},
        {"line": "3", "text": "Stato: in corso", "role": "status"},
        {"line": "4", "text": "Stato: perduto", "role": "status"},
        {"line": "5", "text": " mai visto! ", "role": "unclassified"},
        {"line": "6", "text": "Risorse lunari: 3", "role": "funding"},
        {"line": "7", "text": "tutta presa", "role": "notice"},
        {"line": "8", "text": "", "role": "blank"},
    ]
    found = unclaimed(
        edition(
            lines=lines,
            provenance=[
                piece(1, 2, 10),
                piece(1, 4, 6),
                piece(3, 7, 15),
                piece(6, 0, 14),
                piece(7, 0, 11),
            ],
            findings=[{"rule": "unknown_label", "line": "6"}],
        )
    )
    texts = [(line, lines[line - 1]["text"][start:end]) for line, start, end in found]
    assert texts == [
        (1, "e altro"),
        (4, "Stato: perduto"),
        (5, "mai visto"),
        (6, "Risorse lunari: 3"),
    ]


def test_sums_are_made_anew_and_exact() -> None:
    actions = [
        {"action_id": "a", "total_stated_eur": "0.30"},
        {"action_id": "b", "total_stated_eur": "5.00"},
        {"action_id": "c", "total_stated_eur": ""},
        {"action_id": "d", "total_stated_eur": "1.00"},
    ]
    funding = [
        {"action_id": "a", "amount_eur": "0.10", "amount_status": "printed"},
        {"action_id": "a", "amount_eur": "0.20", "amount_status": "printed"},
        {"action_id": "b", "amount_eur": "4.00", "amount_status": "printed"},
        {"action_id": "b", "amount_eur": "", "amount_status": "worded"},
        {"action_id": "c", "amount_eur": "9.00", "amount_status": "printed"},
        {"action_id": "d", "amount_eur": "", "amount_status": "unreadable"},
    ]
    assert sum_checks(edition(actions=actions, funding=funding)) == [
        ["0.30", "0.30", "0.00"],
        ["4.00", "5.00", "-1.00"],
        None,
        ["", "1.00", ""],
    ]


def test_words() -> None:
    assert euros("-1234.50") == ("-1.234,50 €", "€-1,234.50")
    assert axis_list(["MI4.1.1.a", "POC BA I.3.1.e"]) == "axis"
    assert axis_list(["BO1.1.3.1.a"]) == "axis_pn"
    assert axis_list([]) == "axis"


def test_pages_are_pictured_as_displayed(tmp_path: Path) -> None:
    pictures = page_pictures(ROOT / "raw" / "milano-2022-abridged.pdf")
    assert len(pictures) == 16
    assert all(one.webp for one in pictures)
    assert all(one.width < one.height for one in pictures)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    with pytest.raises(SourceError, match="cannot be opened"):
        page_pictures(broken)
