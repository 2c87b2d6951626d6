"""However a fact is spelt, a row has it whole or a finding on or next to its line tells of it."""

from __future__ import annotations

import itertools

import pytest

from parsers.grammar import parse_report
from parsers.report import Action, Report
from parsers.vocabulary import PACKAGED
from pipeline.checks import findings
from tests.pipeline.sheets import document

BESIDE = 2
"""Lines, blank ones among them, within which a finding tells of a line."""

ABOVE = """Progetto 1 – Casa nuova

MI4.1.1.a - Alloggi ristrutturati
Le famiglie ricevono un sostegno personale e continuo.
Risorse PON METRO € 7.000,00
Stato di attuazione: {status}
"""
BELOW = """
La rete unisce le scuole del quartiere e offre corsi.
Risorse PON METRO € 5.000,00
Stato di attuazione: concluso
"""


def actions(report: Report) -> list[Action]:
    return [action for project in report.projects for action in project.actions]


def read(text: str) -> tuple[Report, dict[int, set[str]]]:
    """A text's report, and the rules of its findings by line."""
    source = document(text)
    report = parse_report(source)
    rules: dict[int, set[str]] = {}
    for signal in findings(report, source, PACKAGED):
        rules.setdefault(signal.line, set()).add(signal.rule)
    return report, rules


def is_told(rules: dict[int, set[str]], line: int) -> bool:
    near = set().union(*(rules.get(line + by, set()) for by in range(-BESIDE, BESIDE + 1)))
    return bool(near - {"missing_status", "missing_funding"})


STATUS_LABELS = [
    "Stato di attuazione",
    "STATO DI AVANZAMENTO",
    "Stato attuazione",
    "Stato di avanzamento procedurale",
    "Stato dell’operazione",
    "Stato di attuazione al 31/12/2022",
    "Stato di attuazione aggiornato a dicembre 2022",
    "Stato di attuazione del progetto",
    "Stato di attuazione progetto",
    "• Stato di attuazione",
]
STATUS_JOINTS = [
    ": ",
    " : ",
    ":",
    " – ",
    " - ",
    " = ",
    "    ",
    ":\n",
    ":\n\n",
    ". ",
    " > ",
    ": - ",
    " | ",
]
STATUSES = [
    "in corso",
    "Progetto definitivo approvato; gara da bandire",
    "Intervento concluso: 12 alloggi ristrutturati",
    "Lavori affidati all’impresa Rossi il 3 maggio 2021",
    "completato\nI servizi sono attivi",
    "90%",
]


@pytest.mark.parametrize("where", ["{money}\n{status}", "{status}\n{money}"])
@pytest.mark.parametrize("label", STATUS_LABELS)
def test_a_status_is_whole_or_told_of(label: str, where: str) -> None:
    for joint, status in itertools.product(STATUS_JOINTS, STATUSES):
        printed = f"{label}{joint}{status}"
        sheet = where.format(money="Risorse PON METRO € 7.000,00", status=printed)
        text = f"Progetto 1 – Casa\n\nMI4.1.1.a - Alloggi\nLe famiglie sono seguite.\n{sheet}\n"
        report, rules = read(text)
        line = text[: text.index(printed)].count("\n") + 1
        whole = actions(report)[0].status.value == " ".join(status.split())
        assert whole or is_told(rules, line), printed


MENTIONS = {
    "(azione MI3.1.1.b)": True,
    "azioni 3.1.1.b e MI3.1.1.b": True,
    "misura 3.1.1.b": True,
    "sottoazioni 3.1.1b e MI3.1.1.c": True,
    "(MI/3.1.1.b)": False,
    "(MI3.1.1-b)": False,
    "(MI3-1-1-b)": False,
    "(MI3.1.1.b1)": False,
    "(MI3.1.1.à)": False,
    "(MI3.1.1.cMI3.1.1.b)": False,
    "(MI3.1.1.b-bis)": False,
    "sito htpps://www.comune.it/b": False,
    "sito http:/www.comune.it/b": False,
    "sito https//www.comune.it/b": False,
}


@pytest.mark.parametrize("mention", MENTIONS)
def test_a_mention_is_a_row_or_told_of(mention: str) -> None:
    prose = f"La rete si integra con i servizi ({mention}) nei Municipi."
    text = f"{ABOVE.format(status='in corso')}\nMI3.1.1.b - Rete\n{prose}{BELOW}"
    report, rules = read(text.replace("e continuo.", f"e continuo.\n{prose}"))
    mentioned = [each.code.canonical for each in actions(report)[0].references]
    told = "text_garbled" in rules.get(5, set())
    assert ("MI3.1.1.b" in mentioned and not told) if MENTIONS[mention] else told


@pytest.mark.parametrize(
    "prose",
    ["Le azioni MI4.1.1 e MI3.1.1", "La linea MI3.1.1 o altre", "Il sito https://www.comune.it"],
)
def test_a_line_of_actions_and_a_whole_link_are_in_order(prose: str) -> None:
    text = ABOVE.format(status="in corso").replace("e continuo.", f"e continuo.\n{prose}.")
    assert not read(text)[1]


PROJECTS = [
    "Progetto 2 – Rete",
    "Prog. n. 2 – Rete",
    "Progetto 2bis – Rete",
    "Progetto 2.1 – Rete",
    "Progetto 2 (Rete)",
    "(Progetto 2) Rete",
    "[Progetto 2] Rete",
    "- Progetto 2 – Rete",
    "Rete (Progetto 2)",
    "2° Progetto – Rete",
    "Progetti 2 e 3 – Rete",
    "Scheda n. 2 - Rete",
    "Titolo progetto: Rete",
    "Progetto II - Rete",
    "Progetto due – Rete",
]


@pytest.mark.parametrize("status", ["in corso", "lavori conclusi, collaudo in corso."])
@pytest.mark.parametrize("heading", PROJECTS)
def test_the_heading_of_a_project(heading: str, status: str) -> None:
    for gap, under in itertools.product(["", "\n"], repeat=2):
        text = f"{ABOVE.format(status=status)}{gap}{heading}\n{under}MI3.1.1.b - Scuole{BELOW}"
        report, rules = read(text)
        titles = [(project.number, project.title.value) for project in report.projects]
        line = text[: text.index(heading)].count("\n") + 1
        assert titles[1:] == [(2, "Rete")] or is_told(rules, line), text


@pytest.mark.parametrize(
    "line",
    [
        "Lotto 2 – Via Verdi",
        "Piazza 25 Aprile",
        "Municipio 4 - Zona sud",
        "secondo il Progetto 2 della Città",
        "Si veda il Progetto 2, in corso.",
    ],
)
def test_the_last_line_of_a_status_is_no_heading(line: str) -> None:
    text = f"{ABOVE.format(status=f'in corso; lavori conclusi presso la sede e{chr(10)}{line}')}"
    _, rules = read(f"{text}\nMI3.1.1.b - Scuole{BELOW}")
    assert not any("heading_suspect" in own for own in rules.values())


SPELLINGS = [
    "{c} - Rete",
    "[{c}] Rete",
    "({c}) – Rete",
    "“{c}” Rete",
    "• {c} - Rete",
    "- {c} - Rete",
    "1. {c} - Rete",
    "1 - {c} - Rete",
    "N. 1 {c} - Rete",
    "Azione {c}: Rete",
    "Codice {c} Titolo: Rete",
    "Codice progetto {c}\nTitolo progetto Rete",
    "Titolo: Rete\nCodice: {c}",
    "Rete ({c})",
    "Rete - {c}",
    "Asse 3 - {c} - Rete",
    "Misura {c} - Rete",
    "{c}-bis Rete",
    "{c}* - Rete",
    "{c} e MI3.1.1.c – Rete",
]
CODES = ["MI3.1.1.b", "3.1.1.b", "MI/3.1.1.b", "MI3·1·1·b", "MI3-1-1-b", "MI3.1.1/b", "Mi 3.1.1 b"]


@pytest.mark.parametrize("project", ["", "Progetto 2 – Scuole\n"])
@pytest.mark.parametrize("status", ["in corso", "lavori conclusi, collaudo in corso."])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_heading_of_an_action(spelling: str, status: str, project: str) -> None:
    for code, gap in itertools.product(CODES, ["", "\n"]):
        heading = spelling.format(c=code)
        text = f"{ABOVE.format(status=status)}{gap}{project}{heading}{BELOW}"
        report, rules = read(text)
        own = [action for action in actions(report) if action.code.canonical == "MI3.1.1.b"]
        whole = [action for action in own if action.title.value == "Rete" and action.funding]
        line = text[: text.index(heading)].count("\n") + 1
        assert whole or is_told(rules, line), heading


@pytest.mark.parametrize(
    "spelling", ["[{c}] Rete", "({c}) – Rete", "“{c}” Rete", "• {c} - Rete", "– {c} Rete"]
)
@pytest.mark.parametrize("project", ["", "Progetto 2 – Scuole\n\n"])
def test_a_code_set_off_begins_a_sheet_that_has_its_fields(spelling: str, project: str) -> None:
    heading = spelling.format(c="MI3.1.1.b")
    report, rules = read(f"{ABOVE.format(status='in corso')}\n{project}{heading}{BELOW}")
    assert [action.code.canonical for action in actions(report)] == ["MI4.1.1.a", "MI3.1.1.b"]
    assert actions(report)[1].title.value == "Rete"
    assert actions(report)[1].code_text.value == "MI3.1.1.b"
    assert not rules


@pytest.mark.parametrize("entry", ["• {c} - Rete", "- {c} - Rete", "[{c}] Rete", "1. {c} - Rete"])
@pytest.mark.parametrize("place", ["e continuo.\n", "in corso.\n"])
@pytest.mark.parametrize("count", [1, 2])
def test_a_list_of_actions_is_no_heading(entry: str, place: str, count: int) -> None:
    listed = "".join(f"{entry.format(c=f'MI3.1.1.{letter}')}\n" for letter in "bc"[:count])
    text = ABOVE.format(status="in corso.").replace(place, f"{place}{listed}")
    sheets = "".join(f"\nMI3.1.1.{letter} - Rete{BELOW}" for letter in "bc")
    report, _ = read(text + sheets)
    codes = [action.code.canonical for action in actions(report)]
    assert codes == ["MI4.1.1.a", "MI3.1.1.b", "MI3.1.1.c"]
    assert len(actions(report)[0].references) == count


@pytest.mark.parametrize("mark", ["- ", "• "])
def test_districts_in_a_list_below_their_label(mark: str) -> None:
    listed = f"Quartieri interessati:\n{mark}Gorla\n{mark}Quarto Oggiaro\n{mark}Tre nuovi corsi."
    text = ABOVE.format(status="in corso").replace("e continuo.", f"e continuo.\n{listed}")
    report, rules = read(text)
    assert [name.value for name in actions(report)[0].districts] == ["Gorla", "Quarto Oggiaro"]
    assert not rules


@pytest.mark.parametrize("label", ["Quarlieri interessati", "Quartieri interesati", "Municpi"])
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_misspelt_label_of_districts(label: str, gap: str) -> None:
    printed = f"e continuo.\n{gap}{label}: Gorla, Niguarda\nIl progetto apre un centro."
    text = ABOVE.format(status="in corso").replace("e continuo.", printed)
    assert "unknown_label" in read(text)[1].get(5 + len(gap), set())


def test_another_list_is_no_misspelt_one() -> None:
    listed = "e continuo.\nPartner interessati: Gorla, Niguarda\nComuni: Assago, Buccinasco"
    text = ABOVE.format(status="in corso").replace("e continuo.", listed)
    assert not read(text)[1]


@pytest.mark.parametrize("prose", ["La rete unisce le scuole del rione.", "Si offrono dei corsi."])
@pytest.mark.parametrize("field", ["", "Durata: 24 mesi\n", "CUP: B41H17000020001\n"])
@pytest.mark.parametrize("behind", ["", "Note: nessuna\n"])
def test_a_description_below_its_status_is_told_of(prose: str, field: str, behind: str) -> None:
    status = "Stato di attuazione: lavori conclusi, collaudo in corso.\n"
    sheet = f"{field}Risorse PON METRO € 7.000,00\n{status}{prose}\n{behind}"
    report, rules = read(f"Progetto 1 – Casa\n\nMI4.1.1.a - Alloggi\n{sheet}")
    line = (sheet[: sheet.index(prose)]).count("\n") + 4
    assert prose in actions(report)[0].status.value
    assert rules.get(line) == {"stray_text"}


def test_a_status_of_two_sentences_is_in_order() -> None:
    text = ABOVE.format(status="lavori conclusi.\nIl servizio è attivo. Seguirà il collaudo.")
    assert not read(text)[1]
