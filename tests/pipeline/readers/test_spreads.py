"""Sheets with two pages side by side: read page by page, and told from columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.readers.drawn import Sheet, document, draw

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])

SHEET = (840.0, 600.0)
FOLD = 420.0
FEW = [f"riga numero {word}" for word in ("uno", "due", "tre", "quattro")]
MANY = [f"una riga di testo che dice {at} e va a capo alla fine" for at in range(12)]


def halves(
    left: list[str], right: list[str], *, start: float = 40, other: float = FOLD + 40
) -> Callable[[Sheet], None]:
    def fill(sheet: Sheet) -> None:
        sheet.lines(start, 80, *left, step=20)
        sheet.lines(other, 80, *right, step=20)

    return fill


def with_feet(
    left: str, right: str, *, at: tuple[float, float] = (200, 200)
) -> Callable[[Sheet], None]:
    def fill(sheet: Sheet) -> None:
        halves(FEW, [text.upper() for text in FEW])(sheet)
        sheet.text(at[0], 560, left)
        sheet.text(FOLD + at[1], 560, right)

    return fill


@both
@pytest.mark.parametrize(
    "fill",
    [
        with_feet("Comune di Bari", "Comune di Bari"),
        with_feet("7", "8"),
        with_feet("Pagina 1 di 9", "Pagina 2 di 9", at=(30, 300)),
    ],
)
def test_what_comes_again_half_a_sheet_apart_tells(
    tmp_path: Path, reader: str, fill: Callable[[Sheet], None]
) -> None:
    found = document(draw(tmp_path, fill, SHEET), reader)
    assert found.folds == {1: FOLD}
    texts = [line.text.strip() for line in found.lines]
    assert texts[:4] == FEW
    assert texts[5:9] == [text.upper() for text in FEW]
    assert all(line.cell is None for line in found.lines)


@both
def test_equal_margins_tell(tmp_path: Path, reader: str) -> None:
    fill = halves(MANY, [text.upper() for text in MANY])
    found = document(draw(tmp_path, fill, SHEET), reader)
    assert found.folds == {1: FOLD}
    assert [line.text.strip() for line in found.lines] == MANY + [text.upper() for text in MANY]
    # Each half has lines that are as long as its own measure.
    left, right = found.lines[0], found.lines[-1]
    assert left.room is not None
    assert left.room < FOLD < right.room  # type: ignore[operator]


def _across(sheet: Sheet) -> None:
    with_feet("7", "8")(sheet)
    sheet.text(40, 50, "Un titolo sopra le due colonne " * 4)


def _table(sheet: Sheet) -> None:
    halves(MANY, MANY)(sheet)
    sheet.box(30, 60, 810, 330)


@pytest.mark.parametrize(
    "fill",
    [
        halves(FEW, [text.upper() for text in FEW]),
        halves(MANY, MANY, other=FOLD + 12),
        halves(MANY[:4], ["Risorse PON METRO € 10,00"] * 4),
        with_feet("7", "9"),
        with_feet("Comune di Bari", "Comune di Bari", at=(150, 200)),
        _across,
        _table,
    ],
)
def test_columns_of_one_page_are_no_pages(tmp_path: Path, fill: Callable[[Sheet], None]) -> None:
    assert document(draw(tmp_path, fill, SHEET)).folds == {}


def test_an_upright_page_is_one_page(tmp_path: Path) -> None:
    fill = halves(["uno"], ["due"], start=40, other=290)
    assert document(draw(tmp_path, fill)).folds == {}


def test_one_sheet_tells_of_those_after_it(tmp_path: Path) -> None:
    def fill(sheet: Sheet) -> None:
        with_feet("7", "8")(sheet)
        sheet.canvas.showPage()
        halves(FEW, FEW[:2])(sheet)
        sheet.canvas.showPage()
        _across(sheet)

    assert document(draw(tmp_path, fill, SHEET)).folds == {1: FOLD, 2: FOLD}
