"""Small capitals: the case of their letters is that of their sizes where the file mixes it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.pipeline.readers.drawn import Sheet, draw, lines, texts

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])


def _capitals(sheet: Sheet, y: float, *parts: str, small: float = 8.1, large: float = 10) -> None:
    """Draw parts of a line in turns, the large letters first."""
    pen = sheet.canvas.beginText(50, sheet.height - y)
    for at, part in enumerate(parts):
        pen.setFont("Helvetica", small if at % 2 else large)
        pen.textOut(part)
    sheet.canvas.drawText(pen)


@both
def test_mixed_letters_of_two_sizes_are_small_and_large_ones(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        _capitals(sheet, 50, "p", "rogetto ", "1", " ", "– S", "ervizi Per dellA città")
        _capitals(sheet, 70, "", "MetroPolitAnA")
        _capitals(sheet, 90, "Mi4.1.1.", "A - ", "c", "asA ", "C", "omune")
        sheet.text(50, 120, "Il Comune di Milano apre le case.")
        _capitals(sheet, 150, "P", "er Roma")
        _capitals(sheet, 170, "", "Persone")

    assert texts(draw(tmp_path, fill), reader) == [
        "Progetto 1 – Servizi per della città",
        "metropolitana",
        "MI4.1.1.a - Casa Comune",
        "Il Comune di Milano apre le case.",
        "Per roma",
        "persone",
    ]


@both
def test_a_line_of_small_letters_only_is_as_high_as_its_heading(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        for at, parts in enumerate((("C", "asa e "), ("", "lavoro nei "), ("M", "unicipi"))):
            _capitals(sheet, 50 + 14 * at, *parts)

    found = [line.box for line in lines(draw(tmp_path, fill), reader)]
    assert len(found) == 3
    for above, below in pairwise(found):
        assert above is not None
        assert below is not None
        assert below.top - above.top == pytest.approx(14, abs=0.1)
        assert below.bottom - above.bottom == pytest.approx(14, abs=0.1)


def test_the_text_behind_a_large_initial_is_as_high_as_it_is_set(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        _capitals(sheet, 50, "I", "l Comune apre le case e")
        for at in range(6):
            _capitals(sheet, 64 + 14 * at, "", "le dà a chi le chiede in città")

    heights = [line.box.bottom - line.box.top for line in lines(draw(tmp_path, fill)) if line.box]
    assert heights[-1] == pytest.approx(heights[0] * 0.81, rel=0.01)


@both
@pytest.mark.parametrize(
    "parts",
    [
        ("I", "l Comune di Milano apre"),  # a large initial
        ("P", "ROGETTO ", "S", "ERVIZI"),
        ("P", "rogetto ", "H", "ub"),
        ("Stato ", "di attuazione: LaBottega di Roma"),  # no word in two sizes
    ],
)
def test_other_letters_of_two_sizes_stay_as_they_are(
    tmp_path: Path, reader: str, parts: tuple[str, ...]
) -> None:
    def fill(sheet: Sheet) -> None:
        _capitals(sheet, 50, *parts)
        _capitals(sheet, 70, "", "Persone")

    assert texts(draw(tmp_path, fill), reader) == ["".join(parts), "Persone"]


def test_text_as_large_as_the_capitals_beside_it_stays_as_it_is(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        _capitals(sheet, 50, "S", "tAto: ", "lavori in corso")

    assert texts(draw(tmp_path, fill)) == ["Stato: lavori in corso"]
