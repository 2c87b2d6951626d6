"""Page numbers are known by their form, and make pages only where they count the whole text."""

from __future__ import annotations

import pytest

from parsers.pagination import page_number
from tests import reading
from tests.parsers.test_furniture import PROSE, STATUSES, paged, sheet
from tests.reading import report


@pytest.mark.parametrize(
    ("text", "number", "words", "spelled"),
    [
        ("7", 7, "", False),
        ("- 7 -", 7, "", True),
        ("[12]", 12, "", True),
        ("Pag. 3", 3, "", True),
        ("pag 3 / 10", 3, "", True),
        ("Pagina 3 di 10", 3, "", True),
        ("p. 3", 3, "", True),
        ("3/20", 3, "", True),
        ("xiv", 14, "", False),
        ("XL", 40, "", False),
        ("Pag. ix", 9, "", True),
        ("Comune | 3", 3, "comune", False),
        ("3 | Comune", 3, "comune", False),
        ("Piano 2014-2020      3", 3, "piano #-#", False),
        ("Prot. n. 12/2023 – pag. 3 di 9", 3, "prot. n. #/# –", True),
    ],
)
def test_forms_of_a_page_number(text: str, number: int, words: str, spelled: bool) -> None:
    found = page_number(text)
    assert found is not None
    assert (found.number, found.words, found.spelled) == (number, words, spelled)


@pytest.mark.parametrize(
    "text",
    ["", "-", "–", "pag.", "Via Roma 3", "€ 7", "12.04.2023", "iiii", "vedi", "mix", "3 edifici"],
)
def test_what_is_no_page_number(text: str) -> None:
    assert page_number(text) is None


def test_a_text_without_form_feeds_has_short_and_long_pages() -> None:
    pages = paged(foot="\nPag. #\n").split("\f")
    pages[1] = pages[1].replace("Risorse", f"{PROSE[1]}\n" * 12 + "Risorse")
    read = report("".join(pages))
    assert [action.status.value for action in reading.actions(read)] == list(STATUSES)


def test_numbers_of_a_list_are_text_in_a_text_without_form_feeds() -> None:
    """Three numbers alone on their lines, close together in one sheet, count no pages."""
    listed = "".join(f"{number}\n\n{PROSE[0]}\n\n" for number in (1, 2, 3))
    text = "Progetto 1 – Primo\n\n" + sheet(0).replace("Risorse", listed + "Risorse")
    text += "\n" + sheet(1) + "\n" + sheet(2) + "\n" + sheet(3)
    assert "furniture" not in report(text).roles


def test_a_number_before_each_sheet_counts_sheets_and_no_pages() -> None:
    text = "Progetto 1 – Primo\n\n" + "".join(f"{n + 1}\n{sheet(n)}\n" for n in range(4))
    assert "furniture" not in report(text).roles


def test_a_caption_that_comes_again_is_text_in_a_text_without_form_feeds() -> None:
    text = "Piano della città\n\nProgetto 1 – Primo\n\n" + "".join(
        sheet(number).replace("Risorse", "Luoghi toccati dall’intervento\nRisorse")
        for number in range(4)
    )
    assert "furniture" not in report(text).roles
