"""Lines of two texts read across each other, and titles that hold a line of another text."""

from __future__ import annotations

import pytest

from parsers.grammar import parse_report
from parsers.vocabulary import PACKAGED
from pipeline.crossed import signs
from tests.pipeline.sheets import SHEET, document, found

# Lines of one width, so that a line's end tells where room was wanting.
PROSE = (
    "Il progetto unisce le scuole e le biblioteche del quartiere e offre a chi vi abita\n"
    "un luogo di ascolto, con corsi di lingua e di mestiere, e con un aiuto a chi cerca\n"
    "lavoro o casa; le famiglie che vi si rivolgono ricevono un sostegno personale e non\n"
    "sono lasciate sole neppure quando il percorso è finito, perché restano in contatto\n"
    "con gli operatori.\n"
)
PRINTED = SHEET.replace("Le famiglie ricevono un sostegno personale e continuo.\n", PROSE)


def rules(text: str) -> set[str]:
    return {signal.rule for signal in found(text)}


def test_lines_of_one_width_raise_nothing() -> None:
    assert found(PRINTED) == []


@pytest.mark.parametrize(
    ("printed", "damaged", "rule"),
    [
        # A sentence begins where the one above has not ended.
        ("aiuto a chi cerca\nlavoro", "aiuto a chi cerca\nNei locali lavoro", "text_broken"),
        ("restano in contatto\ncon gli", "restano in contatto\nRicevono gli", "text_broken"),
        # A title goes on with a word that had room above.
        (
            "MI5.1.1.b - Comunicazione\n",
            "MI5.1.1.b - Comunicazione\nun luogo di ascolto con corsi di lingua e di mestiere e\n",
            "title_end_uncertain",
        ),
        (
            "MI5.1.1.b - Comunicazione\n",
            "MI5.1.1.b - Comunicazione\ndi chi vi abita e di chi studia nelle scuole vicine\n",
            "title_end_uncertain",
        ),
        ("b - Comunicazione\n", "b - Comunicazione; eventi e siti\n", "title_end_uncertain"),
        (
            "b - Comunicazione\n",
            "b - Comunicazione Obiettivo del sito è la raccolta delle domande\n",
            "title_end_uncertain",
        ),
        (
            "b - Comunicazione\n",
            "b - Comunicazione\nmetà del 2022\n",
            "title_end_uncertain",
        ),
        # A link that ends the status above, over a description.
        (
            "b - Comunicazione\n",
            "b - Comunicazione\n\nhttps://rete.example.it/\n\n",
            "text_broken",
        ),
        # The rest of a title under a sentence that ends in a short word.
        (
            "con gli operatori.\n",
            "con gli operatori della città.\nsociale di chi vi abita\n",
            "text_broken",
        ),
        ("b - Comunicazione\n", "b - Comunicazione relativa ai: siti\n", "title_end_uncertain"),
        # A notice inside a status and at the top of a description.
        (
            "Stato di attuazione: completato\n",
            "Stato di attuazione: completato\nProgetto rinviato a successiva programmazione\n",
            "stray_text",
        ),
        # Money below a status, where all others stand above it.
        (
            "Risorse PON METRO € 100.000,00\nStato di attuazione: in corso\n",
            "Stato di attuazione: in corso\nRisorse PON METRO € 100.000,00\n",
            "text_broken",
        ),
        # A label that begins a line of a sentence.
        (
            "Il sito del programma racconta i progetti.\n",
            "Il sito è pagato con fondi\nPON\nMetro, del Comune e della Regione.\n",
            "stray_text",
        ),
        # An address behind a list of districts.
        (
            "Il sito del programma racconta i progetti.\n",
            "Quartieri interessati: Gorla, Porto corso Roma 96\n",
            "text_broken",
        ),
        # Two columns of places read across each other.
        (
            "Il sito del programma racconta i progetti.\n",
            "Unità immobiliari\nLargo San v.le Europa\nMarco 59 b 166/A\n",
            "text_broken",
        ),
        # The rest of a list of districts and a heading of places; a place and a sum.
        (
            "Il sito del programma racconta i progetti.\n",
            "Unità immobiliari\nvia Verdi 3\n\nQuartieri interessati: Gorla,\n"
            "Barona, Corvetto Unità immobiliari\n",
            "text_broken",
        ),
        (
            "Il sito del programma racconta i progetti.\n",
            "Il sito racconta i progetti.\nVia Verdi 3 Altre risorse pubbliche € 5.000,00\n",
            "stray_text",
        ),
        # A word of another line below a link that had room for it.
        (
            "in corso\n\nMI5.1.1.b",
            "in corso\nhttps://rete.example.it/\nquartiere\n\nMI5.1.1.b",
            "text_broken",
        ),
        (
            "in corso\n\nMI5.1.1.b",
            "in corso\nhttps://rete.example.it/\nAssistenza\n\nMI5.1.1.b",
            "text_broken",
        ),
    ],
)
def test_a_line_of_another_text_is_told(printed: str, damaged: str, rule: str) -> None:
    text = PRINTED.replace(printed, damaged, 1)
    assert text != PRINTED
    assert rule in rules(text)


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("aiuto a chi cerca\nlavoro", "aiuto a chi cerca alla\nCascina Il Sole lavoro"),
        ("MI5.1.1.b - Comunicazione\n", "MI5.1.1.b - Comunicazione, siti\ne eventi\n"),
        ("b - Comunicazione\n", "b - Comunicazione: siti, eventi\n"),
        ("b - Comunicazione\n", "b - Comunicazione, siti ecc.\n"),
        (
            "Il sito del programma racconta i progetti.\n",
            "Unità immobiliari\nvia Roma 3, via Verdi 5\nvia Roma angolo via Verdi\n",
        ),
        (
            "in corso\n\nMI5.1.1.b",
            "in corso\nhttps://rete.example.it/a\nhttps://rete.example.it/2\n\nMI5.1.1.b",
        ),
        (
            "Il sito del programma racconta i progetti.",
            "Il sito è pagato con le Risorse PON METRO € 5.000,00",
        ),
        ("Risorse PON METRO € 50.000,00", "Risorse private, a carico del gestore"),
        ("in corso\n\nMI5.1.1.b", "in corso\nhttps://rete.example.it/\n\nMI5.1.1.b"),
    ],
)
def test_what_offices_write_is_not_told(printed: str, other: str) -> None:
    text = PRINTED.replace(printed, other, 1)
    assert text != PRINTED
    assert not rules(text) & {"text_broken", "title_end_uncertain", "stray_text"}


def test_a_list_over_a_heading_is_told_and_lists_that_run_on_are_not() -> None:
    listed = "Il sito offre:\n\n1. un elenco dei progetti;\n\n2. una mappa;\n\n3. un avviso.\n"
    text = PRINTED.replace("Il sito del programma racconta i progetti.\n", listed)
    assert found(text) == []
    head = "MI5.1.1.b - Comunicazione\n"
    first = "1. un elenco dei progetti;\n\n"
    assert "text_broken" not in rules(text.replace(head + "Il sito offre:\n\n" + first, head))
    moved = text.replace(first, "").replace(
        "il monitoraggio.\n", "il monitoraggio.\n\n1. un elenco dei progetti.\n\n"
    )
    assert [each.text for each in found(moved) if "numbers" in each.message]


def test_a_notice_over_a_description_is_told_where_notices_stand_under_projects() -> None:
    notice = "Progetto rinviato a successiva programmazione\n"
    second = f"Progetto 2 – Scuole\n\n{notice}\nMI4.1.1.c - Scuole\nLe scuole aprono la sera.\n"
    third = second.replace("2 –", "3 –").replace("1.c", "1.d").replace("Scuole", "Orti")
    text = SHEET.replace("\nAssistenza tecnica\n", f"\n{second}\n{third}\nAssistenza tecnica\n")
    assert "stray_text" not in rules(text)
    moved = text.replace(f"Orti\n\n{notice}\n", "Orti\n\n").replace(
        "- Orti\n", f"- Orti\n{notice}\n"
    )
    assert "stray_text" in rules(moved)


def test_a_number_of_a_list_that_stands_inside_the_line_above_is_told() -> None:
    listed = "Il sito offre:\n\n1. un elenco;\n\n2. una mappa;\n\n3. un avviso.\n"
    text = PRINTED.replace("Il sito del programma racconta i progetti.\n", listed)
    assert found(text) == []
    for joint in (":\n\n1", ";\n\n2"):
        damaged = text.replace(joint, joint.replace("\n\n", " "))
        assert [signal.rule for signal in found(damaged)] == ["text_broken"]
    # Of what the line speaks is no matter of the list below, nor are numbers left out.
    for whole in (listed.replace("offre:", "offre 1 elenco:"), listed.replace("2.", "5.")):
        assert found(PRINTED.replace("Il sito del programma racconta i progetti.\n", whole)) == []


def test_a_dash_without_its_space_is_told_in_a_list_of_two() -> None:
    items = "Il sito offre:\n- un elenco dei progetti;\n- una mappa.\n"
    text = SHEET.replace("Il sito del programma racconta i progetti.\n", items)
    assert found(text) == []
    assert "spaces_lost" in rules(text.replace("- una", "-una"))


def test_the_glyph_of_a_list_in_another_encoding_is_told() -> None:
    text = SHEET.replace("Il sito del programma", "ï‚· Il sito del programma")
    assert "text_garbled" in rules(text)


def test_a_status_that_leaves_its_table_is_told_where_the_others_do_not() -> None:
    broken = SHEET.replace("Stato di attuazione: ", "Stato di attuazione:\n")
    read = document(broken)
    report = parse_report(read)

    def told(*outside: int) -> int:
        """Findings where all statuses stand in tables, but for the second lines of some."""
        numbers = iter(range(9))
        lines = []
        for line, role in zip(read.lines, report.roles, strict=True):
            if role == "status":
                is_value = not line.text.startswith("Stato")
                out = is_value and next(numbers) in outside
                line = line._replace(cell=None if out else (0, 0, 0))
            lines.append((line, role, line.text))
        return sum("table" in each.message for each in signs(lines, report, PACKAGED))

    assert told() == 0
    assert told(1) == 1
    assert told(0, 1, 2) == 0
