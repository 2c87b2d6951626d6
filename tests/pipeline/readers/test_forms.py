"""Sheets set as forms and tables: what is drawn in cells becomes the right fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import reading
from tests.pipeline.readers.drawn import Sheet, draw, lines

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])

TITLE = "MI1.1.1.a – Sportello digitale"


def _heads(sheet: Sheet) -> None:
    sheet.text(50, 60, "Progetto 1 – Agenda digitale", bold=True, size=16)
    sheet.text(50, 85, TITLE, bold=True, size=12)
    sheet.full(110, "Lo sportello")


@both
def test_a_status_label_that_wraps_in_its_cell(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        _heads(sheet)
        sheet.box(50, 130, 130, 150)
        sheet.box(130, 130, 450, 150)
        sheet.text(55, 144, "PON METRO", bold=True)
        sheet.text(135, 144, "€ 1.000,00")
        sheet.box(50, 150, 130, 185)
        sheet.box(130, 150, 450, 185)
        sheet.lines(55, 164, "Stato di", "attuazione", bold=True)
        sheet.text(135, 164, "Lavori in corso.")

    tables = reading.tables(draw(tmp_path, fill), reader=reader)
    assert [row["status"] for row in tables["actions"]] == ["Lavori in corso."]
    assert tables["findings"] == []


@both
def test_titles_beside_codes_in_boxes_are_no_sections(tmp_path: Path, reader: str) -> None:
    titles = ["Sportello digitale", "Anagrafe in rete"]

    def fill(sheet: Sheet) -> None:
        sheet.text(50, 60, "Progetto 1 – Agenda digitale", bold=True, size=12)
        for at, (letter, title) in enumerate(zip("ab", titles, strict=True)):
            y = 100 + 140 * at
            sheet.box(46, y - 18, 130, y + 8)
            sheet.text(50, y, f"MI1.1.1.{letter}", bold=True, size=15)
            sheet.text(140, y, title, bold=True, size=12)
            sheet.full(y + 30, "Lo sportello")
            sheet.text(50, y + 50, "Risorse PON METRO € 1.000,00")
            sheet.text(50, y + 70, "Stato di attuazione: lavori in corso")

    tables = reading.tables(draw(tmp_path, fill), reader=reader)
    assert [row["title"] for row in tables["projects"]] == ["Agenda digitale"]
    assert [row["title"] for row in tables["actions"]] == titles
    assert tables["findings"] == []


HEADS = ["Risorse PON METRO", "Altre risorse pubbliche", "Costo totale"]
SUMS = ["€ 1.000,00", "€ 200,00", "€ 1.200,00"]


def _money(tables: reading.Rows) -> list[object]:
    """The sums of the only action, its total behind them."""
    found = [row["amount_eur"] for row in tables["funding"]]
    return found + [row["total_stated_eur"] for row in tables["actions"]]


@both
@pytest.mark.parametrize("ruled", [True, False])
def test_labels_that_stand_over_their_sums(tmp_path: Path, reader: str, ruled: bool) -> None:
    def fill(sheet: Sheet) -> None:
        _heads(sheet)
        for at, (label, value) in enumerate(zip(HEADS, SUMS, strict=True)):
            x = 50 + 135 * at
            if ruled:
                sheet.box(x, 130, x + 135, 148)
                sheet.box(x, 148, x + 135, 166)
            sheet.text(x + 5, 143, label, bold=True)
            sheet.text(x + 40, 161, value)
        sheet.text(50, 190, "Stato di attuazione: lavori in corso")

    tables = reading.tables(draw(tmp_path, fill), reader=reader)
    assert [row["label"] for row in tables["funding"]] == HEADS[:2]
    assert _money(tables) == [1000, 200, 1200]
    assert [row["status"] for row in tables["actions"]] == ["lavori in corso"]
    assert tables["findings"] == []


@both
def test_labels_and_values_that_wrap_side_by_side(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        _heads(sheet)
        wrapped = [("Risorse PON", "METRO"), ("Altre risorse", "pubbliche"), ("Costo totale",)]
        for at, (label, value) in enumerate(zip(wrapped, SUMS, strict=True)):
            sheet.lines(50 + 90 * at, 140, *label, bold=True)
            sheet.text(50 + 90 * at, 175, value)
        sheet.text(320, 140, "Stato di attuazione", bold=True)
        sheet.lines(320, 175, "Gara aggiudicata; i lavori", "iniziano a breve.")

    tables = reading.tables(draw(tmp_path, fill), reader=reader)
    assert _money(tables) == [1000, 200, 1200]
    assert [row["status"] for row in tables["actions"]] == [
        "Gara aggiudicata; i lavori iniziano a breve."
    ]


@both
@pytest.mark.parametrize("ruled", [True, False])
def test_labels_over_several_rows_of_sums_are_told(
    tmp_path: Path, reader: str, ruled: bool
) -> None:
    def fill(sheet: Sheet) -> None:
        _heads(sheet)
        for at, (label, value) in enumerate(zip(HEADS, SUMS, strict=True)):
            for row, text in enumerate((label, value, value)):
                x, y = 50 + 135 * at, 143 + 18 * row
                if ruled:
                    sheet.box(x, y - 13, x + 135, y + 5)
                sheet.text(x + 5, y, text, bold=not row)
        sheet.text(50, 220, "Stato di attuazione: lavori in corso")

    tables = reading.tables(draw(tmp_path, fill), reader=reader)
    assert all(row["amount_eur"] is None for row in tables["funding"])
    assert "amount_unreadable" in [row["rule"] for row in tables["findings"]]


@both
def test_a_table_that_a_page_s_end_parts(tmp_path: Path, reader: str) -> None:
    def row(sheet: Sheet, y: float, label: str, value: str) -> None:
        sheet.box(50, y - 14, 200, y + 4)
        sheet.box(200, y - 14, 450, y + 4)
        sheet.text(55, y, label, bold=True)
        sheet.text(205, y, value)

    def fill(sheet: Sheet) -> None:
        _heads(sheet)
        row(sheet, 640, HEADS[0], SUMS[0])
        row(sheet, 658, HEADS[1], SUMS[1])
        sheet.canvas.showPage()
        row(sheet, 60, HEADS[2], SUMS[2])
        row(sheet, 78, "Stato di attuazione", "lavori in corso")

    path = draw(tmp_path, fill)
    tables = reading.tables(path, reader=reader)
    assert _money(tables) == [1000, 200, 1200]
    assert tables["findings"] == []
    cells = [line.cell for line in lines(path, reader) if line.cell]
    assert len(set(cells)) == len(cells) == 8


@both
def test_a_label_in_a_cell_at_the_foot_of_pages_is_no_footer(tmp_path: Path, reader: str) -> None:
    statuses = ["lavori in corso", "gara in corso", "lavori conclusi"]

    def fill(sheet: Sheet) -> None:
        for at, (letter, status) in enumerate(zip("abc", statuses, strict=True)):
            if at:
                sheet.canvas.showPage()
            else:
                sheet.text(50, 60, "Progetto 1 – Agenda digitale", bold=True, size=16)
            sheet.text(50, 100 + at, f"MI1.1.1.{letter} – Sportello {status}", bold=True, size=12)
            sheet.full(130, "Lo sportello")
            for y, label, value in ((620, "PON METRO", f"€ {at + 1}.000,00"), (638, "", status)):
                sheet.box(50, y - 14, 200, y + 4)
                sheet.box(200, y - 14, 450, y + 4)
                sheet.text(55, y, label or "Stato di attuazione:", bold=True)
                sheet.text(205, y, value)

    tables = reading.tables(draw(tmp_path, fill), reader=reader)
    assert [row["status"] for row in tables["actions"]] == statuses


@both
@pytest.mark.parametrize("turned", [0, 40])
def test_a_stamp_across_the_text_is_no_text(tmp_path: Path, reader: str, turned: int) -> None:
    def fill(sheet: Sheet) -> None:
        _heads(sheet)
        sheet.canvas.saveState()
        sheet.canvas.translate(120, sheet.height - 152)
        sheet.canvas.rotate(turned)
        sheet.canvas.setFont("Helvetica", 90)
        sheet.canvas.drawString(0, 0, "BOZZA")
        sheet.canvas.restoreState()
        sheet.text(50, 130, "Risorse PON METRO € 1.000,00")
        sheet.text(50, 150, "Stato di attuazione: lavori in corso")
        sheet.full(170, "nel cantiere")

    path = draw(tmp_path, fill)
    tables = reading.tables(path, reader=reader)
    assert _money(tables) == [1000, None]
    assert "BOZZA" not in str(tables["actions"])
    roles = {row["text"]: row["role"] for row in tables["lines"]}
    assert roles["BOZZA"] == "furniture"
    assert roles["Stato di attuazione: lavori in corso"] == "status"
