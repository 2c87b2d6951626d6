"""A sheet of every kind of value, parsed once while a source is still being read.

Most of the time that a first edition takes goes into compiling patterns; what stands here has them
compiled by then. It is never published.
"""

from __future__ import annotations

from parsers.grammar import parse_report
from parsers.lines import Document, Line
from parsers.report import Report
from parsers.vocabulary import Vocabulary

_SHEET = """\
Progetto 1 – Prova di lettura
Progetto rinviato a successiva programmazione
MI4.1.1.a - Prova di lettura – Prima azione
Recupero di n. 20 alloggi in via Roma n. 3, con l’esclusione di altri (azione MI 4.1.1.b), entro il
31 dicembre 2023; nel 2020, a febbraio 2021 o nella prima metà del 2022 sono stati acquistati c.a 50
posti letto e si prevede di assegnarli. Si veda https://www.esempio.it/pagina.
- primo punto dell’elenco, in corso di definizione;
1. secondo punto dell’elenco.
Via Prova 15, Milano
Unità immobiliari
via P. L. Prova n. 18 a-b
Quartieri interessati: Uno, Due e Tre
Risorse PON METRO € 2.531.250,00
Risorse private A carico dell’aggiudicatario
Altre risorse pubbliche 1,5 milioni di euro
Costo Totale € 2.531.250,00
Stato di attuazione: conclusa la gara e avviati i lavori, collaudo a fine 2023; si prevede
a breve la sottoscrizione della convenzione.
MI3.1.1.a Seconda azione
Attività di prova per le famiglie.
Risorse PON METRO € 281.250,00
Stato di attuazione: completato
"""


def rehearse(vocabulary: Vocabulary) -> tuple[Report, Document]:
    """Parse the sheet, so that what a vocabulary's patterns compile to is there."""
    lines = [Line(number, None, text) for number, text in enumerate(_SHEET.splitlines(), start=1)]
    document = Document(lines, None, "text", "text/plain")
    return parse_report(document, vocabulary=vocabulary), document
