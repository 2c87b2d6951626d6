from __future__ import annotations

from pathlib import Path

import pytest

from parsers.report import Signal
from parsers.vocabulary import PACKAGED, Vocabulary
from pipeline.controls import controls
from tests.cities import random_edition
from tests.reading import opened, report, source
from tests.typeset import Style, plain

SHEET = """\
{section}

{code} - Recupero di alloggi

Edificio costruito nel 1931.

{money}
Stato di attuazione: {status}
"""


def sheet(**parts: str) -> str:
    plain_parts = {
        "section": "Progetto 1 - Case",
        "code": "MI4.1.1.a",
        "money": "Risorse PON METRO € 100.000,00",
        "status": "lavori avviati a marzo 2021",
    }
    return SHEET.format(**{**plain_parts, **parts})


def signals(text: str, vocabulary: Vocabulary = PACKAGED) -> list[Signal]:
    return list(controls(report(text), vocabulary))


@pytest.mark.parametrize(
    ("parts", "rule", "said"),
    [
        ({"code": "MI9.1.1.a"}, "unknown_axis", ("no axis 9", "1, 2, 3, 4, 5, 6, 7, 8")),
        ({"section": "Asse 3 - Servizi"}, "axis_mismatch", ("axis 4", "line 1", "axis 3")),
        ({"section": "Asse III - Servizi"}, "axis_mismatch", ("axis 3",)),
        (
            {"status": "lavori avviati a marzo 2011"},
            "date_before_programme",
            ("2011-03-31", "2014-01-01"),
        ),
        (
            {"money": "Risorse PON METRO € 1.000,00\nRisorse PON Metro: € 1.000,00"},
            "funding_twice",
            ("line 7", "2000.00"),
        ),
        (
            {
                "money": "Risorse PON METRO € 9.000,00\nAltre risorse pubbliche € 1.00,0\n"
                "Costo totale € 5.000,00"
            },
            "total_below_source",
            ("5000.00", "line 7", "9000.00"),
        ),
        (
            {"money": "Risorse PON METRO € 1.312.500.000,00"},
            "amount_implausible",
            ("1.312.500.000,00", "axis 4"),
        ),
        (
            {"money": "Risorse REACT-EU € 9.000.000.000,00", "code": "BO1.1.3.1.a"},
            "amount_implausible",
            ("the programme",),
        ),
        (
            {"money": "Risorse private € 99.000.000.000,00"},
            "amount_implausible",
            ("any of the programmes",),
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_figures(
    parts: dict[str, str], rule: str, said: tuple[str, ...]
) -> None:
    (signal,) = signals(sheet(**parts))
    assert signal.rule == rule
    for words in said:
        assert words in signal.message
    assert signal.line > 0
    assert signal.text


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"section": "Asse 4 - Infrastrutture"},
        {"section": "Ambito III - Servizi"},
        {"code": "POC MI IV.1.1.a"},
        {"money": "Risorse PON METRO € 1.000,00\nAltre risorse pubbliche € 1.000,00"},
        {"money": "Risorse PON METRO € 1.000,00\nRisorse PON METRO € 2.000,00"},
        {"money": "Risorse private a carico del gestore\nRisorse private a carico del gestore"},
        {"money": "Altre risorse pubbliche € 1.200.000.000,00"},
        {"status": "gara conclusa; lavori dal 2014"},
    ],
)
def test_what_is_merely_unusual_is_not(parts: dict[str, str]) -> None:
    assert signals(sheet(**parts)) == []


def test_a_user_may_close_the_list_of_objectives() -> None:
    own = Vocabulary({"axes": {"pon": {"4": {"objectives": ["4.2"]}}}})
    (signal,) = signals(sheet(), own)
    assert (signal.rule, signal.code) == ("unknown_axis", "MI4.1.1.a")
    assert signals(sheet(code="MI4.2.1.a"), own) == []


@pytest.mark.parametrize("seed", range(12))
def test_made_up_editions_have_none(seed: int) -> None:
    assert signals(plain.text(random_edition(seed), Style(seed=seed))) == []


def test_the_shipped_edition_has_none() -> None:
    from pipeline.edition import open_edition
    from pipeline.fingerprint import ReadOptions

    edition = open_edition(source(Path("raw/milano-2022-abridged.pdf")), ReadOptions())
    assert list(controls(edition.report, PACKAGED)) == []


def test_they_are_findings_of_the_edition() -> None:
    assert "unknown_axis" in {signal.rule for signal in opened(sheet(code="MI9.1.1.a")).findings}
