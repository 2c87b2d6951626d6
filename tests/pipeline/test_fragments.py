from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.fragments import Built, Fragment, RowError, read_fragment, write_fragment

FUNDING = {
    "id": "e/A/funding-1",
    "edition_id": "e",
    "action_id": "e/A",
    "source": "pon_metro",
    "label": "Risorse",
    "amount_eur": Decimal("1.50"),
    "amount_status": "printed",
    "amount_printed": None,
    "page": None,
    "line": 1,
}
LINE = ("e/lines-1", "e", None, 1, "text", "body", None, None)
EDITION = (
    *("e", None, None, None, None, None, date(2022, 2, 28), "e.txt", "text/plain", "00", 2**40),
    *(None, 1, "text", None, None, None, False),
)
ACTION = (
    *("e/A", "e", None, "A", "A", None, None, None, "planned", None, None, None, None, None),
    *(1, None, 1),
)


def write(folder: Path, **rows: object) -> Fragment:
    built = Built({"editions": [EDITION], "actions": [ACTION], **rows}, {})  # type: ignore[dict-item]
    return write_fragment(built, folder, "mark", "e", "e.txt", "00")


def test_cells_are_spelt_as_the_contract_says(tmp_path: Path) -> None:
    lines = [
        ("e/lines-1", "e", 1, 1, 'virgola, "e" città', "body", None, None),
        ("e/lines-2", "e", None, 2, None, "blank", None, None),
    ]
    boxes = [("e/lines-1", "e", 1, 1, Decimal("-0.00"), Decimal("1E+1"), None, None, None, True)]
    fragment = write(tmp_path, lines=iter(lines), line_boxes=boxes)
    assert fragment.read("editions")[0][6] == "2022-02-28"
    assert fragment.read("lines")[0][4] == 'virgola, "e" città'
    body = fragment.path.read_bytes()
    assert b'e/lines-1,e,1,1,"virgola, ""e"" citt\xc3\xa0",body,,\n' in body
    assert b"e/lines-2,e,,2,,blank,,\n" in body
    assert b"e/lines-1,e,1,1,0.00,10.00,,,,true\n" in body
    assert b"\r" not in body


def test_what_is_written_is_read_back_and_a_torn_one_is_none(tmp_path: Path) -> None:
    fragment = write(tmp_path, lines=[LINE])
    assert read_fragment(tmp_path, "mark") == fragment
    assert fragment.rows("lines") == 1
    assert read_fragment(tmp_path, "other") is None
    fragment.path.write_bytes(fragment.path.read_bytes()[:-1])
    assert read_fragment(tmp_path, "mark") is None


def funding(**cells: object) -> list[tuple[object, ...]]:
    return [tuple({**FUNDING, **cells}.values())]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"label": None}, "label None: is null"),
        ({"label": ""}, "is empty"),
        ({"label": "a\nb"}, "line break"),
        ({"label": "a\rb"}, "line break"),
        ({"label": 3}, "is no text"),
        ({"label": "\ud800"}, "no Unicode"),
        ({"source": "pon"}, "is none of"),
        ({"amount_eur": 1.5}, "no Decimal"),
        ({"amount_eur": 1}, "no Decimal"),
        ({"amount_eur": Decimal("1.005")}, "does not fit"),
        ({"amount_eur": Decimal("NaN")}, "does not fit"),
        ({"amount_eur": Decimal(10) ** 12}, "does not fit"),
        ({"line": 2**31}, "32 bits"),
        ({"line": True}, "is no int"),
        ({"line": "1"}, "is no int"),
        ({"action_id": "e/B"}, "is not in actions"),
        ({"edition_id": "f"}, "is not in editions"),
    ],
)
def test_a_cell_that_does_not_fit_is_named(
    tmp_path: Path, cells: dict[str, object], said: str
) -> None:
    with pytest.raises(RowError, match=said) as caught:
        write(tmp_path, funding=funding(**cells))
    assert "funding" in str(caught.value)
    assert read_fragment(tmp_path, "mark") is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"lines": [LINE, LINE]}, "two rows with the key"),
        ({"lines": [LINE[:-1]]}, "7 cells for 8 columns"),
        ({"changes": []}, "which no edition brings"),
        ({"rubbish": []}, "which no edition brings"),
        ({"editions": [(*EDITION[:-1], 1)]}, "is no bool"),
        ({"editions": [(*EDITION[:6], datetime(2022, 1, 1), *EDITION[7:])]}, "is no date"),
        ({"lines": [(*LINE[:4], "x" * (5 << 20), *LINE[5:])]}, "a row of"),
    ],
)
def test_rows_that_do_not_fit_are_refused(
    tmp_path: Path, rows: dict[str, list[object]], said: str
) -> None:
    with pytest.raises(RowError, match=said):
        write(tmp_path, **rows)


def test_findings_and_euros_are_counted(tmp_path: Path) -> None:
    rules = [
        ("total_mismatch", "error"),
        ("missing_status", "warning"),
        ("unknown_label", "warning"),
    ]
    fragment = write(
        tmp_path,
        findings=[
            (f"e/findings-{n}", "e", rule, severity, "said", None, None, n, "text")
            for n, (rule, severity) in enumerate(rules, start=1)
        ],
        funding=[*funding(), *funding(id="2", amount_eur=None), *funding(id="3")],
    )
    assert fragment.findings == {"error": 1, "warning": 2, "info": 0}
    assert fragment.euros == "3.00"


def test_rows_are_taken_one_at_a_time(tmp_path: Path) -> None:
    alive: list[int] = []

    def lines() -> Iterator[tuple[object, ...]]:
        for number in range(1, 1000):
            alive.append(number)
            yield (f"e/lines-{number}", "e", None, number, "x" * 5000, "body", None, None)

    assert write(tmp_path, lines=lines()).rows("lines") == len(alive) == 999
