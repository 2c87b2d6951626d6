"""Euro amounts in every printed shape; the damaged ones raise and are never guessed."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parsers.values import amounts, sums
from parsers.vocabulary import PACKAGED, Vocabulary


@pytest.mark.parametrize(
    ("text", "euro"),
    [
        ("€ 1.552.500,00", "1552500.00"),
        ("€1.312.500,00", "1312500.00"),
        ("40.218.000€", "40218000.00"),
        ("1.285.000 euro", "1285000.00"),
        ("788.669,71", "788669.71"),
        ("Euro 1.000,00", "1000.00"),
        ("EUR 1.000", "1000.00"),
        ("€. 1.552.500,00", "1552500.00"),
        ("Euro: 5.000,00", "5000.00"),
        ("€uro 5.000,00", "5000.00"),
        (": € 5.000,00", "5000.00"),
        ("– € 5.000,00", "5000.00"),
        ("pari a € 5.000,00", "5000.00"),
        ("€ 788", "788.00"),
        ("€ 1.169", "1169.00"),
        ("€ 1552500", "1552500.00"),
        ("1552500,00", "1552500.00"),
        ("€ 0,00", "0.00"),
        ("€ 1.552.500,-", "1552500.00"),
        ("€ 1.552.500,==", "1552500.00"),
        ("€ 1.552.500=", "1552500.00"),
        ("€ 1.552.500/00", "1552500.00"),
        ("€ 1.552.500,00=", "1552500.00"),
        ("€ 1'552'500,50.=", "1552500.50"),
        ("€ 1.552.500,00.-", "1552500.00"),
        ("€ 1.552.500.=", "1552500.00"),
        ("1 552 500,00 €", "1552500.00"),
        ("€ 1.552.500,00 - IVA esente", "1552500.00"),
        ("€ 1.552.500,00 PON Metro", "1552500.00"),
        ("Euro diecimila/00 (€ 10.000,00)", "10000.00"),
        ("diecimila euro (10.000,00)", "10000.00"),
        ("€ 1'552’500,00", "1552500.00"),
        ("€ 1 552 500,00", "1552500.00"),
        ("1\u202f552\u202f500,00", "1552500.00"),
        ("1\u00a0552\u00a0500,00 €", "1552500.00"),
        ("€\u00a01.552.500,00", "1552500.00"),
        ("€\n1.552.500,00", "1552500.00"),
        ("€ 1.552. 500,00", "1552500.00"),
        ("€ 1.552.\u200b500,00", "1552500.00"),
        ("€ 1.552.500,00.", "1552500.00"),
        ("€ 1.552.500,00;", "1552500.00"),
        ("€ 1.552.500,00 €", "1552500.00"),
        ("€ 1.552.500,00*", "1552500.00"),
        ("€ 1.552.500,00 (1)", "1552500.00"),
        ("€ 1.552.500,00²", "1552500.00"),
        ("€ 1.552.500,00 (IVA inclusa)", "1552500.00"),
        ("€ 1.552.500,00 (IVA 22% inclusa)", "1552500.00"),
        ("€ 1.552.500,00 oltre IVA", "1552500.00"),
        ("€ 1.552.500,00 + IVA 22%", "1552500.00"),
        ("€ 1.552.500,00 (FSC 2014-2020)", "1552500.00"),
        ("€ 1.552.500,00 (di cui € 500.000,00 FSE)", "1552500.00"),
        ("€ 1.552.500,00 di cui € 500.000,00 FSE", "1552500.00"),
        ("€ 1.552.500,00 (delibera CIPE 46/2016)", "1552500.00"),
        ("€ 999.999.999.999,99", "999999999999.99"),
    ],
)
def test_printed(text: str, euro: str) -> None:
    assert amounts.parse(text) == amounts.Amount(Decimal(euro), "printed")


@pytest.mark.parametrize(
    ("text", "euro"),
    [
        ("1,112 milioni", "1112000.00"),
        ("40.3 milioni", "40300000.00"),
        ("1.112 milioni", "1112000.00"),
        ("169.01 MEUR", "169010000.00"),
        ("120,07 MEUR", "120070000.00"),
        ("530mila euro", "530000.00"),
        ("530 mila", "530000.00"),
        ("€ 5 mila", "5000.00"),
        ("2 mln €", "2000000.00"),
        ("2 mln. di euro", "2000000.00"),
        ("€ 2,5 M", "2500000.00"),
        ("2,5M€", "2500000.00"),
        ("2,5 M €", "2500000.00"),
        ("500K€", "500000.00"),
        ("2 Milioni Di Euro", "2000000.00"),
        ("2 milioni\ndi euro", "2000000.00"),
        ("un milione di euro", "1000000.00"),
        ("un milione e mezzo", "1500000.00"),
        ("2 milioni e mezzo di euro", "2500000.00"),
        ("mezzo milione di euro", "500000.00"),
        ("2 milioni e 600mila euro", "2600000.00"),
        ("2 milioni e 600.000 euro", "2600000.00"),
        ("1 miliardo 200 milioni e 300 mila", "1200300000.00"),
        ("circa € 1.200.000", "1200000.00"),
        ("€ circa 1.200.000", "1200000.00"),
        ("1.285.000 euro circa", "1285000.00"),
        ("circa 788.669,71 euro", "788669.71"),
        ("oltre 3 milioni", "3000000.00"),
    ],
)
def test_rounded(text: str, euro: str) -> None:
    assert amounts.parse(text) == amounts.Amount(Decimal(euro), "rounded")


@pytest.mark.parametrize(
    "text",
    [
        "A carico dell’aggiudicatario dell’appalto",
        "da definire",
        "da definire nel 2022",
        "da definire entro il 31 dicembre 2023.",
        "n.d.",
        "-",
        "€ -",
        "€ da definire",
        "vedi azione MI4.1.1.a",
        "vedi azione 4.1.1.a",
        "20% a carico del Comune",
        "vedi nota 3",
        "in corso di definizione",
    ],
)
def test_worded(text: str) -> None:
    assert amounts.parse(text) == amounts.Amount(None, "worded")


@pytest.mark.parametrize(
    "text",
    [
        "€ 1.000,00=2",
        "€ 1.000,00.-2.000,00",
        "Euro diecimila/00 (€ 10.001,00)",
        "Euro diecimila/00 (€ 10.000,00 per lotto)",
        "€ 1.000,00 PON Metro, € 500,00 POC Metro",
        # Damaged or doubled separators, lost digits.
        "€ 1.250.00,00", "1..552.500,00", "1.552.500,,00", ".552.500,00", "1.552,500,00",
        "€ 1.552.500,0", "€ 1.552.500,001", "1552.500,00", "€ 01.000,00", "€ 0.500,00",
        # A dot that is no thousands' mark, or the English way round.
        "1552500.00", "€ 12.5", "1,552,500.00", "€ 1,552",
        # The unit is in doubt.
        "15.911246 di euro", "1.285.000 di euro", "37.770.000,00 milioni di euro", "circa € 1.169",
        "1.169 mila", "2 milioni e 600", "2 milioni 0,5 milioni", "1200 milioni", "500 k",
        "1,123456789 milioni",
        # Bare digits that could be a mark, a year, a code.
        "788", "2022", "1552500", "2 alloggi", "a carico del Comune 50",
        # Groups that could be two numbers.
        "1 552 500,00", "€ 1 552.500,00", "€ 1.552 500,00", "5\n552.500,00",
        # More than one sum, a range, a bound, a rate.
        "€ 1.000 € 2.000", "€ 1.000,00 2.000,00", "da € 1.000 a € 2.000", "fino a € 500.000",
        "€ 1.000,00 + € 500,00", "€ 500.000 annui", "€ 1999 a lotto", "2-3 milioni di euro",
        "€ 1.000,00 (€ 2.000,00)", "2,5 milioni e mezzo",
        # Negative, other currencies, other digits, misread letters.
        "-€ 500,00", "€ -500,00", "-500,00", "- 500,00", "$ 500.000", "£ 500.000", "١.٥٥٢,٠٠",
        "€ 1.552.5OO,00", "€ l.552.500,00", "€ l.OOO,OO", "€ 1.552.500,0O", "€ I.552.500",
        # Only "M" is short for millions, and only of the alphabet that Italian is written in.
        "€ 5 m", "5 m", "ſette mila", "2 mılıonı", "mezzo m",
        # Sums in letters are not read, but no mere words either.
        "cinquecentomila euro", "mille euro", "alcuni milioni di euro",
        # Nothing at all.
        "", " ", "€", "euro", "circa", "€ ……", "€ ____", ":", "(", "pari a",
        # Beyond what a funding sum can be.
        "€ 1.000.000.000.000,00", "18.12.2017",
    ],
)  # fmt: skip
def test_never_guessed(text: str) -> None:
    assert not amounts.is_valid(text)
    with pytest.raises(amounts.AmountProblem):
        amounts.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "€", "circa", "€ circa", "pari a", "2 milioni e", "2 milioni di", "€ 1.552.",
        "€ 1.552.500,", "€ 500.000 (IVA", "€ 500.000 oltre", "€ 500.000 di cui", "due",
        "A carico dell’", "a carico del", "un contri-",
    ],
)  # fmt: skip
def test_open(text: str) -> None:
    assert amounts.is_open(text)
    assert not amounts.is_valid(text)


@pytest.mark.parametrize(
    "text",
    ["€ 1.552.500,00", "€ 1.552.500,00.", "2 milioni", "1.285.000 euro circa", "da definire", "-"],
)
def test_not_open(text: str) -> None:
    assert not amounts.is_open(text)


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("€", "1.552.500,00"),
        ("1.285.000", "euro"),
        ("2,5", "milioni di euro"),
        ("due", "milioni di euro"),
        ("2 milioni", "di euro"),
        ("2 milioni", "e 600mila euro"),
        ("2 milioni", "e mezzo"),
        ("€ 1.552.", "500,00"),
        ("€ 1.552.500,", "00"),
        ("€ 1.552", ".500,00"),
        ("€ 1.552.500", ",00"),
        ("€ 5.000,00", "(IVA inclusa)"),
        ("€ 5.000,00 (IVA", "inclusa)"),
        ("€ 5.000,00", "oltre IVA"),
        ("1.285.000 euro", "circa"),
        ("A carico dell’", "aggiudicatario"),
        ("A carico dell’aggiudicatario", "dell’appalto"),
    ],
)
def test_continued(text: str, following: str) -> None:
    assert amounts.continues(text, following)
    glue = "" if following[0] in ".," else " "
    assert amounts.is_valid(f"{text}{glue}{following}")


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("€ 5.000,00", "Stato: in corso"),
        ("€ 5.000,00", "€ 6.000,00"),
        ("€ 5.000,00", "2 alloggi"),
        ("€ 5.000,00", "(vedi allegato)"),
        ("€ 5.000,00", "A carico del Comune"),
        ("€ 5.000", "circa 30 alloggi"),
        ("1.285.000", "€ 500,00"),
        ("1.285.000", "euro 500,00"),
        ("€ 1.552.", "2 alloggi"),
        ("2 milioni", "Stato"),
        ("A carico del Comune", "Stato"),
        ("da definire nel 2022.", "500 alloggi"),
        ("€ 5.000,00", ""),
        ("€", " "),
    ],
)
def test_not_continued(text: str, following: str) -> None:
    assert not amounts.continues(text, following)


def test_found_in_running_text() -> None:
    text = (
        "Costa € 1.552.500,00, poi circa 2 milioni di euro; 530mila abitanti, 5.000 alloggi, "
        "€ 1.250.00,00 e 37.770.000,00 milioni di euro; 2-3 milioni di euro; 2 milioni e 600mila "
        "euro, entro il 18.12.2017."
    )
    found = [(text[f.start : f.end], f.value.euro, f.value.status) for f in amounts.find(text)]
    assert found == [
        ("€ 1.552.500,00", Decimal("1552500.00"), "printed"),
        ("circa 2 milioni di euro", Decimal("2000000.00"), "rounded"),
        ("2 milioni e 600mila euro", Decimal("2600000.00"), "rounded"),
    ]


def test_leading() -> None:
    found = amounts.find_leading(" 5.357.425 Agenda digitale")
    assert found is not None
    assert (found.value.euro, found.start, found.end) == (Decimal("5357425.00"), 1, 10)
    for text in (
        "2022 Agenda", "40 alloggi", "18.12.2017 Agenda", "1.250.00,00 Agenda", "4.1.1 Agenda",
        "1.552.500,00% Agenda", "37.770.000,00 milioni", "Agenda 5.357.425", "", "MI4.1.1.a - X",
    ):  # fmt: skip
        assert amounts.find_leading(text) is None


def test_words_are_vocabulary() -> None:
    assert not amounts.is_valid("4 testoni")
    taught = Vocabulary({"scales": {"scales": {"testoni": 1_000_000}}})
    assert amounts.parse("4 testoni", vocabulary=taught).euro == Decimal("4000000.00")
    assert sums.compiled(PACKAGED) is sums.compiled(PACKAGED)


EUROS = st.decimals(0, Decimal("999999999999.99"), places=2)


@given(EUROS)
def test_parse_of_display_is_identity(euro: Decimal) -> None:
    shown = amounts.display(euro)
    for text in (
        shown, f"€ {shown}", f"€{shown}", f"{shown} €", f"{shown}€", f"{shown} euro",
        f"Euro {shown}.", f"{shown} (IVA inclusa)",
    ):  # fmt: skip
        assert amounts.parse(text) == amounts.Amount(euro, "printed")
    assert amounts.parse(f"circa {shown}") == amounts.Amount(euro, "rounded")


@given(EUROS)
def test_other_groupings_say_the_same(euro: Decimal) -> None:
    shown = amounts.display(euro)
    for mark in ("'", "’", " ", "\u00a0", "\u202f", ". ", " ."):
        assert amounts.parse(f"€ {shown.replace('.', mark)}").euro == euro


@given(st.integers(1, 999), st.integers(1, 999))
def test_scale_words_add_up(millions: int, thousands: int) -> None:
    euro = Decimal(millions * 1_000_000 + thousands * 1_000)
    for text in (
        f"{millions} milioni e {thousands}mila euro",
        f"{millions} mln {thousands} mila",
        f"{millions},{thousands:03d} milioni di euro",
        f"{millions}.{thousands:03d} MEUR",
    ):
        assert amounts.parse(text) == amounts.Amount(euro, "rounded")


def sure(text: str) -> Decimal | None:
    try:
        return amounts.parse(text).euro
    except amounts.AmountProblem:
        return None


@given(st.decimals(1000, Decimal("999999999.99"), places=2), st.data())
def test_a_damaged_mark_never_gives_another_sum(euro: Decimal, data: st.DataObject) -> None:
    shown = amounts.display(euro)
    marks = [at for at, sign in enumerate(shown) if sign in ".,"]
    at = data.draw(st.sampled_from(marks))
    damage = data.draw(st.sampled_from(["", "..", ",,", ".,", ",.", " ", "-", "/", ":", "l"]))
    damaged = f"€ {shown[:at]}{damage}{shown[at + 1 :]}"
    assert sure(damaged) in (None, euro)


@given(st.decimals(1000, Decimal("999999999.99"), places=2), st.data())
def test_a_swapped_mark_never_gives_another_sum(euro: Decimal, data: st.DataObject) -> None:
    shown = amounts.display(euro)
    at = data.draw(st.sampled_from([at for at, sign in enumerate(shown) if sign in ".,"]))
    swapped = "," if shown[at] == "." else "."
    assert sure(f"€ {shown[:at]}{swapped}{shown[at + 1 :]}") is None


@given(st.decimals(1000, Decimal("999999999.99"), places=2), st.data())
def test_a_lost_digit_behind_the_first_group_is_noticed(euro: Decimal, data: st.DataObject) -> None:
    shown = amounts.display(euro)
    first = shown.index(".")
    at = data.draw(st.sampled_from([i for i, s in enumerate(shown) if s.isdigit() and i > first]))
    assert sure(f"€ {shown[:at]}{shown[at + 1 :]}") is None
    assert sure(f"€ {shown[:at]}{shown[at]}{shown[at:]}") is None
    assert sure(f"€ {shown[:at]}O{shown[at + 1 :]}") is None


@given(st.decimals(1000, Decimal("999999999.99"), places=2), st.data())
def test_a_number_cut_at_a_mark_is_open_and_goes_on(euro: Decimal, data: st.DataObject) -> None:
    shown = amounts.display(euro)
    cut = data.draw(st.sampled_from([at + 1 for at, sign in enumerate(shown) if sign in ".,"]))
    start, rest = f"€ {shown[:cut]}", shown[cut:]
    assert amounts.is_open(start)
    assert amounts.continues(start, rest)
    assert amounts.parse(f"{start} {rest}").euro == euro


@given(EUROS, EUROS, st.sampled_from([" ", " e ", " + ", " - ", "; ", ", ", " (", "/", "\n"]))
def test_two_sums_are_none(first: Decimal, second: Decimal, between: str) -> None:
    text = f"€ {amounts.display(first)}{between}€ {amounts.display(second)}"
    assert not amounts.is_valid(text)


MESSY = st.text(
    alphabet="0123456789.,'’ €-/=()%el milioniadcrcauroEUMKk\n\u202f\u00a0", max_size=40
)


@given(st.one_of(MESSY, st.text(max_size=40)), st.text(max_size=15))
def test_only_the_typed_error_escapes(text: str, other: str) -> None:
    value = None
    if amounts.is_valid(text):
        value = amounts.parse(text)
        assert (value.euro is None) == (value.status == "worded")
        assert value.euro is None or value.euro.as_tuple().exponent == -2
        assert not amounts.is_open(text)
    amounts.continues(text, other)
    amounts.continues(other, text)
    leading = amounts.find_leading(text)
    for found in [*amounts.find(text), *([leading] if leading else [])]:
        printed = text[found.start : found.end]
        assert found.value.euro is not None
        assert sure(printed) in (None, found.value.euro)


@given(MESSY)
def test_words_never_hide_a_sum(text: str) -> None:
    assume(any(sign.isdigit() for sign in text))
    for sum_of_money in ("€ 1.552.5O0,00", "1.552.500.00", "€ 788 788 78", "12 milioni 5"):
        assert sure(f"A carico {text} {sum_of_money}") is None
        assert not amounts.is_valid(f"A carico {sum_of_money} del Comune")


@pytest.mark.parametrize("unit", ["€ ", "1.", "(", "un ", "1 milioni ", "circa ", " ", "cento"])
def test_long_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * 10_000
    began = time.process_time()
    list(amounts.find(text))
    amounts.is_valid(text)
    amounts.continues(text, text)
    amounts.find_leading(text)
    assert time.process_time() - began < 5


def test_display() -> None:
    assert amounts.display(Decimal("40625873.25")) == "40.625.873,25"
    assert amounts.display(Decimal(7)) == "7,00"


def test_the_number_of_a_note_stands_apart_from_the_cents() -> None:
    for text in ("€ 1.234.567,89 1", "1.234.567,89 € 2"):
        assert amounts.parse(text).euro == Decimal("1234567.89")
    for text in ("€ 1.234.567 1", "€ 1.234.567,891", "€ 1.234.567,89 12", "€ 1.234.567,8 9"):
        assert not amounts.is_valid(text)
