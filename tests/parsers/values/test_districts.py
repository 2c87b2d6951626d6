"""Names of districts after a label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values import districts
from tests import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quartieri interessati: Crescenzago, Quarto Oggiaro, Quarto Cagnino, Corvetto",
            ["Crescenzago", "Quarto Oggiaro", "Quarto Cagnino", "Corvetto"],
        ),
        ("QUARTIERI: GORLA; NIGUARDA.", ["GORLA", "NIGUARDA"]),
        ("Quartieri coinvolti: Gorla e Barona.", ["Gorla", "Barona"]),
        ("Quartieri: Gorla – Niguarda – Ca’ Granda", ["Gorla", "Niguarda", "Ca’ Granda"]),
        ("NIL: Parco Forlanini - Ortica, Corvetto", ["Parco Forlanini - Ortica", "Corvetto"]),
        (
            "• Zone interessate: S. Siro, Baggio (Municipi 6, 7); Gorla",
            ["S. Siro", "Baggio", "Gorla"],
        ),
        ("Municipi interessati: 2, 8 e 9", ["2", "8", "9"]),
        ("Municipi e quartieri interessati: Gorla. Il progetto prevede", ["Gorla"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    found = districts.find(text)
    assert [each.value for each in found] == expected
    assert [text[each.start : each.end] for each in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "I quartieri interessati sono Gorla e Barona",
        "Quartieri connessi - Spazi e servizi",
        "Quartieri: il progetto interessa la zona nord",
        "Aree: Gorla, Barona",
        "nei Quartieri interessati: Gorla",
        "Quartieri interessati:",
        "",
    ],
)
def test_no_label_no_names(text: str) -> None:
    assert districts.find(text) == []


@given(
    st.sampled_from(["Quartieri: ", "Municipi interessati – ", ""]),
    st.text(alphabet="AaBb ,;/-–e().:12’", max_size=50),
)
def test_spans_are_in_order(label: str, rest: str) -> None:
    text, done = label + rest, 0
    for found in districts.find(text):
        assert done <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.value.strip()
        done = found.end


@pytest.mark.parametrize("label", ["Circoscrizioni", "Quartieri interessati", "Municipio/i"])
def test_a_list_of_districts_is_a_paragraph_of_its_own_behind_a_full_line(label: str) -> None:
    sheet = (
        "PA2.2.3.a - Pista ciclabile\n"
        "L’itinerario collega, tra le altre, via Leonardo da Vinci 204/A e il lungomare s.n.c.\n"
        f"{label}: III, IV e V\n"
        "Risorse PON METRO € 10.000,00\nStato di attuazione: in corso\n"
    )
    (action,) = reading.actions(reading.report(f"Progetto 1 – Primo\n\n{sheet}"))
    assert [name.value for name in action.districts] == ["III", "IV", "V"]


@pytest.mark.parametrize(
    "text",
    [
        "Quartieri interessati: Gorla, Barona Il progetto offre corsi",
        "I quartieri interessati: Gorla e Barona L’azione apre un centro",
        "Quartieri interessati (2): Gorla, Barona",
        "I quartieri interessati sono: Gorla, Barona",
    ],
)
def test_a_sentence_behind_the_last_name_is_no_part_of_it(text: str) -> None:
    assert [found.value for found in districts.find(text)] == ["Gorla", "Barona"]


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("Quarto Oggiaro;", "Quarto Oggiaro"),
        ("Municipio 4", "Municipio 4"),
        ("Parco delle Cave.", "Parco delle Cave"),
        ("Il progetto apre un centro", None),
        ("attività per le famiglie", None),
    ],
)
def test_an_item_below_a_label(item: str, name: str | None) -> None:
    found = districts.listed(item)
    assert (found and found.value) == name
