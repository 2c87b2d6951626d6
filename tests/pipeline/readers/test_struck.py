"""Text that a line is drawn through is read, and told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import reading
from tests.pipeline.readers.drawn import Sheet, draw

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])


def _findings(folder: Path, reader: str, x0: float, x1: float, y: float) -> list[tuple[str, str]]:
    """What is found on a sheet with a line from ``x0`` to ``x1``, ``y`` above a sum's baseline."""

    def fill(sheet: Sheet) -> None:
        sheet.text(50, 60, "Progetto 1 – Agenda digitale", bold=True, size=16)
        sheet.text(50, 85, "MI1.1.1.a – Sportello digitale", bold=True, size=12)
        sheet.full(110, "Lo sportello")
        sheet.text(50, 140, "Risorse PON METRO")
        sheet.text(180, 140, "€ 1.000,00")
        sheet.box(x0, 139.8 - y, x1, 140.2 - y)
        sheet.text(50, 160, "Stato di attuazione: lavori in corso")

    tables = reading.tables(draw(folder, fill), reader=reader)
    assert [row["amount_printed"] for row in tables["funding"]] == ["€ 1.000,00"]
    return [(row["rule"], row["text"]) for row in tables["findings"]]


@both
def test_a_struck_sum_is_told_of(tmp_path: Path, reader: str) -> None:
    assert _findings(tmp_path, reader, 180, 230, 2.8) == [("text_struck", "€ 1.000,00")]


@both
@pytest.mark.parametrize(
    ("x0", "x1", "y"),
    [(180, 230, -1.5), (180, 230, 9.5), (50, 545, 2.8), (236, 300, 2.8)],
    ids=["under", "over", "across the page", "beside"],
)
def test_other_lines_strike_nothing(
    tmp_path: Path, reader: str, x0: float, x1: float, y: float
) -> None:
    assert _findings(tmp_path, reader, x0, x1, y) == []
