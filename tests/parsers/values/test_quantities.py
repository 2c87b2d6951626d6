"""What prose counts and measures, and what only looks like it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import ValueProblem, quantities


def texts(prose: str) -> list[str]:
    return [prose[found.start : found.end] for found in quantities.find(prose)]


@pytest.mark.parametrize(
    ("text", "value", "top", "approximate", "unit"),
    [
        ("80 unità abitative", "80", None, False, "unità abitative"),
        ("c.a 50 posti letto", "50", None, True, "posti letto"),
        ("c.a 1.000 posti letto", "1000", None, True, "posti letto"),
        ("n. 20 alloggi", "20", None, False, "alloggi"),
        ("40 Aree di Mobilità", "40", None, False, "Aree di Mobilità"),
        ("nove punti", "9", None, False, "punti"),
        ("ventuno alloggi", "21", None, False, "alloggi"),
        ("trentotto alberi", "38", None, False, "alberi"),
        ("1 edificio", "1", None, False, "edificio"),
        ("300 - 400 metri", "300", "400", False, "metri"),
        ("da 10 a 15 alloggi", "10", "15", False, "alloggi"),
        ("tra 10 e 15 nuovi alloggi", "10", "15", False, "alloggi"),
        ("2 o 3 sportelli", "2", "3", False, "sportelli"),
        ("oltre 500 famiglie", "500", None, True, "famiglie"),
        ("50 posti letto circa", "50", None, True, "posti letto"),
        ("50 circa posti letto", "50", None, True, "posti letto"),
        ("un centinaio di alloggi", "100", None, True, "alloggi"),
        ("10mila utenti", "10000", None, False, "utenti"),
        ("1,5 milioni di utenti", "1500000", None, False, "utenti"),
        ("1,5 km", "1.5", None, False, "km"),
    ],
)
def test_parts(text: str, value: str, top: str | None, approximate: bool, unit: str) -> None:
    assert quantities.parse(text) == quantities.Quantity(
        Decimal(value), Decimal(top) if top else None, approximate, unit
    )


@pytest.mark.parametrize(
    "text", ["", "alloggi", "20", "3 alloggio", "1 alloggi", "0 alloggi", "15-10 alloggi", "2 euro"]
)
def test_no_value(text: str) -> None:
    assert not quantities.is_valid(text)
    with pytest.raises(ValueProblem):
        quantities.parse(text)


@pytest.mark.parametrize(
    "prose",
    [
        "con gli Assi 3 e 4, promuovendo i servizi",
        "delle attività dell’azione 2 e 3 e avvio",
        "azione 2 e 3 interventi",
        "emergenza sanitaria COVID 19, linea M4, Eurovelo 5 Naviglio, Fase 2",
        "nel 2020 famiglie e imprese, PON Metro 2014-2020 interventi",
        "MI4.2.1 alloggi, 3.3.1 azioni, L. 241/1990",
        "€ 1.200 famiglie, 1.250 euro, 12.03.2022 alloggi, 30% famiglie",
        "art. 3 servizi, in via Pianell 15",
        "un alloggio e una piattaforma",
    ],
)
def test_numbers_that_count_nothing(prose: str) -> None:
    assert texts(prose) == []


def test_in_prose() -> None:
    assert texts("complessivamente 80 unità abitative inserite in 18 complessi immobiliari.") == [
        "80 unità abitative",
        "18 complessi immobiliari",
    ]
    assert texts("Azione 1: 20 alloggi; per le prime 8 stazioni") == ["20 alloggi", "8 stazioni"]
    assert texts("2 e 3 alloggi") == ["3 alloggi"]


PIECES = (
    "c.a|circa|n.|20|2.000|1,5|2020|due|ventuno|mila|milioni|da|a|e|tra|-|/|.|,|alloggi|"
    "alloggio|posti|letto|km|di|nuovi|un|centinaio|Assi|€|anni"
)
WORDS = st.lists(st.sampled_from(PIECES.split("|")), max_size=12)


@given(WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=60))
def test_spans_are_in_order_and_read_back(prose: str) -> None:
    done = 0
    for found in quantities.find(prose):
        assert done <= found.start < found.end <= len(prose)
        done = found.end
        assert quantities.parse(prose[found.start : found.end]) == found.value
        assert found.value.value_max is None or found.value.value_max > found.value.value


@given(st.integers(2, 10**6), st.booleans())
def test_a_printed_count_reads_back(number: int, grouped: bool) -> None:
    digits = f"{number:,}".replace(",", ".") if grouped else str(number)
    assert quantities.parse(f"{digits} alloggi").value == number
