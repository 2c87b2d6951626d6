"""Sheets of an operational plan: a form of fields, with sums by year below the cost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.report import Action
from tests import reading
from tests.parsers.test_layouts import sums, totals
from tests.reading import report

FORM = """Anagrafica progetto
Codice progetto|{code}
Titolo progetto|{title}
CUP (se presente)|B61H17000010006
Modalità di attuazione|Operazione a titolarità
Beneficiario|Comune di Napoli

Descrizione del progetto
Attività|Il progetto realizza una piattaforma di servizi per i cittadini.
Risultato atteso|Aumento dei servizi interattivi

Fonti di finanziamento
Risorse PON METRO|€ 5.250.000,00
Altre risorse pubbliche (se presenti)|€ 250.000,00
Risorse private (se presenti)|€ 0,00
Costo totale|€ 5.500.000,00

Cronoprogramma attività
Progettazione 2018
Realizzazione 2019-2020

{heading}
2014/2015|€ 0,00
{year} 2018|€ 1.250.000,00
2019|€ 2.000.000,00
2020|€ 2.000.000,00
Totale|€ 5.250.000,00

"""
JOINTS = [": ", "\t", "        ", " "]


def _forms(joint: str, heading: str = "Cronoprogramma finanziario", year: str = "") -> list[Action]:
    both = [("NA1.1.1.a", "Servizi digitali"), ("NA1.1.1.b", "Banche dati")]
    text = "".join(
        FORM.format(code=code, title=title, heading=heading, year=year) for code, title in both
    )
    return reading.actions(report("Piano operativo\n\n" + text.replace("|", joint)))


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("heading", ["Cronoprogramma finanziario", "PREVISIONE DI SPESA:"])
@pytest.mark.parametrize("year", ["", "Anno"])
def test_sums_by_year_are_no_sources_and_their_total_is_not_the_cost(
    joint: str, heading: str, year: str
) -> None:
    for action in _forms(joint, heading, year):
        assert sums(action) == [
            ("pon_metro", Decimal(5_250_000)),
            ("other_public", Decimal(250_000)),
            ("private", Decimal(0)),
        ]
        assert totals(action) == [Decimal(5_500_000)]
        # They are not lost.
        for year_sum in ("0,00", "1.250.000,00", "2.000.000,00", "5.250.000,00"):
            assert year_sum in action.description.value


@pytest.mark.parametrize("joint", JOINTS[:3])
def test_the_titles_of_a_form_stand_behind_their_labels(joint: str) -> None:
    assert [action.title.value for action in _forms(joint)] == ["Servizi digitali", "Banche dati"]


@pytest.mark.parametrize("joint", JOINTS)
def test_a_forms_own_heading_belongs_to_the_sheet_below(joint: str) -> None:
    first, second = _forms(joint)
    assert "Anagrafica" not in first.description.value + second.description.value


def test_a_heading_of_money_without_years_hides_no_total() -> None:
    (only,) = reading.actions(
        report(
            "NA1.1.1.a – Servizi digitali\nRisorse PON METRO: € 10,00\n\nPiano finanziario\n"
            "Totale: € 10,00\nStato di attuazione: in corso\n"
        )
    )
    assert totals(only) == [Decimal(10)]


def test_a_total_behind_that_of_the_years_is_the_cost() -> None:
    (only,) = reading.actions(
        report(
            "NA1.1.1.a – Servizi digitali\n\nCronoprogramma finanziario\n2018: € 4,00\n"
            "2019: € 6,00\nTotale: € 10,00\n\nRisorse PON METRO: € 10,00\nTotale: € 10,00\n"
        )
    )
    assert sums(only) == [("pon_metro", Decimal(10))]
    assert totals(only) == [Decimal(10)]
