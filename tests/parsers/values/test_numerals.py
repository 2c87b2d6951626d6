"""Numbers spelt in letters."""

from __future__ import annotations

import pytest

from parsers.values import amounts
from parsers.values.numerals import agrees, read


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("uno", 1),
        ("ventuno", 21),
        ("ventotto", 28),
        ("trentatré", 33),
        ("cento", 100),
        ("centottanta", 180),
        ("centoottanta", 180),
        ("duecentoquarantacinque", 245),
        ("mille", 1_000),
        ("millecinquecento", 1_500),
        ("ventunomila", 21_000),
        ("ventunmila", 21_000),
        ("novecentonovantanovemilanovecentonovantanove", 999_999),
        ("un milione", 1_000_000),
        ("unmilioneduecentotrentaquattromilacinquecentosessantasette", 1_234_567),
        ("tre milioni duecentomila", 3_200_000),
        ("Dodici milioni", 12_000_000),
    ],
)
def test_what_is_spelt(text: str, number: int) -> None:
    assert read(text) == number


@pytest.mark.parametrize(
    "text", ["", "mila", "milioni", "a corpo", "duecentocento", "tremille", "ventidieci"]
)
def test_what_spells_no_number(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "euro", "cents", "same"),
    [
        ("ottocentomila/00", 800_000, 0, True),
        ("euro ottocentomila", 800_000, 0, True),
        ("ottocentomila/56 euro", 800_000, 56, True),
        ("ottocentomila/56", 800_000, 0, False),
        ("novecentomila/00", 800_000, 0, False),
        ("IVA inclusa", 800_000, 0, False),
    ],
)
def test_a_sum_in_letters(text: str, euro: int, cents: int, same: bool) -> None:
    assert agrees(text, euro, cents) is same


def test_a_sum_that_its_letters_repeat() -> None:
    assert str(amounts.parse("Euro 870.000,00 (ottocentosettantamila/00)").euro) == "870000.00"
    assert str(amounts.parse("€ 3.200.000 (tre milioni duecentomila/00)").euro) == "3200000.00"
    assert (
        str(amounts.parse("€ 870.000,50 (ottocentosettantamila/50) IVA inclusa").euro)
        == "870000.50"
    )


def test_a_sum_that_its_letters_deny_is_unreadable() -> None:
    assert not amounts.is_valid("Euro 870.000,00 (ottocentosessantamila/00)")
    assert not amounts.is_valid("Euro 870.000,00 (ottocentosettantamila/50)")
