"""The labels of a sheet in the spellings that they are met in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.labels import match, opens_field


@pytest.mark.parametrize(
    ("text", "kind", "source"),
    [
        ("Risorse PON METRO € 1.552.500,00", "funding", "pon_metro"),
        ("RISORSE PON METRO € 1.552.500,00", "funding", "pon_metro"),
        ("risorse pon metro: € 1.552.500,00", "funding", "pon_metro"),
        ("Risorse PON Metro 2014-2020 : € 1.552.500,00", "funding", "pon_metro"),
        ("RisorsePONMETRO € 1.552.500,00", "funding", "pon_metro"),
        ("Risorse PON-METRO € 1.552.500,00", "funding", "pon_metro"),
        ("Finanziamento PON Metro € 1.552.500,00", "funding", "pon_metro"),
        ("Importo finanziato dal PON Metro € 1.552.500,00", "funding", "pon_metro"),
        ("Risorse PON METRO (FESR) € 1.552.500,00", "funding", "pon_metro"),
        ("Risorse PON METRO assegnate € 1.552.500,00", "funding", "pon_metro"),
        ("Risorse POC METRO € 10,00", "funding", "poc_metro"),
        ("Risorse REACT-EU € 10,00", "funding", "react_eu"),
        ("Risorse React EU € 10,00", "funding", "react_eu"),
        ("Risorse PON METRO REACT-EU € 10,00", "funding", "react_eu"),
        ("Risorse PN METRO plus € 10,00", "funding", "pn_metro_plus"),
        ("Altre risorse pubbliche € 10,00", "funding", "other_public"),
        ("Altre Risorse Pubbliche: € 10,00", "funding", "other_public"),
        ("Cofinanziamento comunale € 10,00", "funding", "other_public"),
        ("Risorse private € 10,00", "funding", "private"),
        ("Importo ammesso a finanziamento PON: € 10,00", "funding", "pon_metro"),
        ("Situazione al 30.6.2021: in corso", "status", None),
        ("Costo totale € 10,00", "total", None),
        ("COSTO TOTALE DELL’INTERVENTO: € 10,00", "total", None),
        ("Costo complessivo € 10,00", "total", None),
        ("Totale € 10,00", "total", None),
        ("Stato di attuazione: in corso", "status", None),
        ("STATO DI ATTUAZIONE in corso", "status", None),
        ("Stato d'attuazione - in corso", "status", None),
        ("Stato di avanzamento dei lavori: in corso", "status", None),
        ("Stato dell’intervento: in corso", "status", None),
    ],
)
def test_spellings(text: str, kind: str, source: str | None) -> None:
    label = match(text)
    assert label is not None
    assert (label.kind, label.source) == (kind, source)
    value = text[label.value :]
    assert value.startswith(("€", "in corso")), value
    assert not text[: label.end].endswith((":", " "))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Risorse PON METRO5 € 10,00", "Risorse PON METRO5"),
        ("Risorse PON METRO 5: € 10,00", None),
        ("Costo totale1: € 10,00", "Costo totale1"),
        ("Costo totale (1) € 10,00", "Costo totale (1)"),
        ("Costo totale* € 10,00", "Costo totale*"),
        ("Stato di attuazione² in corso", "Stato di attuazione²"),
    ],
)
def test_a_footnote_s_mark_stays_with_its_label(text: str, printed: str | None) -> None:
    label = match(text)
    assert label is not None
    if printed is not None:
        assert text[: label.end] == printed
        assert text[label.value :] in ("€ 10,00", "in corso")


@pytest.mark.parametrize(
    "text",
    [
        "Le risorse PON METRO ammontano a € 10,00",
        "Risorsa umana",
        "Totalmente finanziato",
        "Statistiche",
        "Fondazione Cariplo",
        "",
        ":",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert match(text) is None


@pytest.mark.parametrize(
    "text", ["Stato di abbandono", "Risorse per la città", "Totale ristrutturazione dell’edificio"]
)
def test_prose_opens_no_field(text: str) -> None:
    assert not opens_field(text)


@given(st.text(max_size=80))
def test_a_label_lies_within_its_text(text: str) -> None:
    label = match(text)
    if label is not None:
        assert 0 < label.end <= label.value <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Risorse " * 20_000,
        "Risorse PON METRO " + "- " * 50_000,
        "Risorse PON METRO" + " " * 100_000 + "x",
        "Costo totale" + "." * 100_000,
        "Costo totale" + ". " * 50_000,
        "Costo totale (" + "a" * 100_000,
        "R" + "’" * 100_000,
        "stato" + " di" * 50_000,
        "Importo" + " " * 100_000 + "PON",
    ],
    ids=range(9),
)
def test_hostile_texts_take_no_time(text: str) -> None:
    start = time.perf_counter()
    match(text)
    assert time.perf_counter() - start < 0.5
