"""A few sheets as a plain text, and the findings of such a text."""

from __future__ import annotations

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


def document(text: str) -> Document:
    """A text as read; form feeds part its pages."""
    pages = text.split("\f")
    printed = [
        (number if len(pages) > 1 else None, line)
        for number, page in enumerate(pages, 1)
        for line in page.splitlines()
    ]
    lines = [Line(number, page, line) for number, (page, line) in enumerate(printed, 1)]
    count = len(pages) if len(pages) > 1 else None
    return Document(lines, count, "text", "text/plain")


def found(text: str) -> list[Signal]:
    read = document(text)
    return findings(parse_report(read), read, PACKAGED)
