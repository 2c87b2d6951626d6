"""Signs of damage: each speaks where a line was damaged, and not where it is as printed."""

from __future__ import annotations

import pytest

from parsers.grammar import parse_report
from parsers.lines import Document, Line
from parsers.report import Signal
from parsers.vocabulary import PACKAGED
from pipeline.checks import findings

SHEET = """Progetto 1 – Abitare sociale

MI4.1.1.a - Abitare sociale – Ristrutturazione di alloggi
Il progetto mette a disposizione degli inquilini alloggi ristrutturati, e integra i servizi.
Si lega ad altri interventi (azione MI4.1.1.b) nei Municipi.
Risorse PON METRO € 1.552.500,00
Altre risorse pubbliche € 500.000,00
Costo totale € 2.052.500,00
Stato di attuazione: lavori in corso, la conclusione è prevista nella seconda metà del 2022

MI4.1.1.b - Abitare sociale – Accompagnamento
Le famiglie ricevono un sostegno personale e continuo.
Risorse PON METRO € 300.000,00
Stato di attuazione: completato

Assistenza tecnica

MI5.1.1.a - Assistenza tecnica
Il supporto al programma comprende gli strumenti informatici per il monitoraggio.
Risorse PON METRO € 100.000,00
Stato di attuazione: in corso

MI5.1.1.b - Comunicazione
Il sito del programma racconta i progetti.
Risorse PON METRO € 50.000,00
Stato di attuazione: in corso
"""


def found(text: str) -> list[Signal]:
    lines = [Line(number, None, line) for number, line in enumerate(text.splitlines(), 1)]
    document = Document(lines, None, "text", "text/plain")
    return findings(parse_report(document), document, PACKAGED)


def test_a_sheet_as_printed_raises_nothing() -> None:
    assert found(SHEET) == []


@pytest.mark.parametrize(
    ("printed", "damaged", "rule"),
    [
        ("metà del 2022", "metàdel2022", "spaces_lost"),
        (
            "MI4.1.1.b - Abitare sociale – Accompagnamento",
            "MI4.1.1.b-Accompagnamentosociale",
            "spaces_lost",
        ),
        ("Le famiglie ricevono un sostegno personale e continuo.", "neimunicipi", "spaces_lost"),
        ("\nAssistenza tecnica\n", "\nAssistenzatecnica\n", "heading_suspect"),
        ("\nAssistenza tecnica\n", "\nAssistenza tecxica\n", "heading_suspect"),
        ("\nAssistenza tecnica\n", "\nPfogetto II – Case\n", "heading_suspect"),
        ("MI4.1.1.b - Abitare", "MI4.1.Z/b - Abitare", "heading_suspect"),
        ("azione MI4.1.1.b", "azione M14.1.1.b", "text_garbled"),
        ("azione MI4.1.1.b", "azione MI4.1.Z.b", "text_garbled"),
        ("nella seconda", "neIla seconda", "text_garbled"),
        ("seconda metà", "sec0nda metà", "text_garbled"),
        ("del 2022", "del 2O22", "text_garbled"),
        ("del 2022", "del ２０２２", "text_garbled"),
        ("metà", "metÃ\u00a0", "text_garbled"),
        ("metà", "met\ufffd", "text_garbled"),
        ("disposizione degli", "disposizione de- gli", "text_garbled"),
        ("e integra i servizi.", "e integra i servizi.\nrete di quartiere.", "text_broken"),
        (
            "la conclusione è prevista nella seconda metà del 2022",
            "la conclusione è",
            "text_broken",
        ),
        ("Risorse PON METRO € 300", "Risorse PN METRO € 300", "source_mismatch"),
    ],
)
def test_a_damage_is_told(printed: str, damaged: str, rule: str) -> None:
    text = SHEET.replace(printed, damaged, 1)
    assert text != SHEET
    if rule == "text_garbled" and "de- gli" in damaged:
        text = text.replace("comprende gli", "comprende degli")
    assert rule in {signal.rule for signal in found(text)}


def test_a_section_over_two_lines_is_read_and_no_finding() -> None:
    assert found(SHEET.replace("\nAssistenza tecnica\n", "\nAssistenza\ntecnica\n")) == []


def test_a_block_printed_twice_is_told_once() -> None:
    body = "Le famiglie ricevono un sostegno personale e continuo.\nUn servizio.\n"
    once = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", body)
    twice = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", body * 2)
    assert [signal.rule for signal in found(once)] == []
    assert [signal.rule for signal in found(twice)] == ["repeated_line"]


@pytest.mark.parametrize(
    "prose",
    [
        "Si usano 15mila euro, l’app iOS, il wi-fi, Agenda2030 e i mezzi Euro 5.",
        "Servizi pre- e post-scuola, tricolore, n. 1bis, 4a e CO2 in meno.",
        "I lavori di cui all’art. 5 del D.Lgs. 50/2016, PM10 e la legge n. 190.",
    ],
)
def test_prose_as_offices_write_it_raises_nothing(prose: str) -> None:
    text = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.", prose)
    assert found(text) == []


def test_a_sum_of_another_programme_is_no_finding_where_others_have_one() -> None:
    text = SHEET.replace("Risorse PON METRO € 300", "Risorse POC METRO € 300")
    text = text.replace("Risorse PON METRO € 100", "Risorse POC METRO € 100")
    assert "source_mismatch" not in {signal.rule for signal in found(text)}
