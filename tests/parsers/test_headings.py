"""Where projects, sections and actions begin, and what only looks as if they did."""

from __future__ import annotations

import pytest

from parsers.grammar import parse_report
from parsers.lines import Box, Document, Line
from tests import reading
from tests.reading import actions, codes, report

SHEET = "Risorse PON METRO € 10.000,00\nStato di attuazione: in corso\n"
BODY = "Un testo che descrive l’azione e che finisce con un punto.\n"


def projects(text: str) -> list[tuple[int | None, str]]:
    return [(project.number, project.title.value) for project in report(text).projects]


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("Progetto 4 – Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto 4 - Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto 4: Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto 4. Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto 4 Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto n. 4 – Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto N° 12 – Quartieri connessi", 12, "Quartieri connessi"),
        ("PROGETTO 4 – QUARTIERI CONNESSI", 4, "QUARTIERI CONNESSI"),
        ("Progetto 4– Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto4 – Quartieri connessi", 4, "Quartieri connessi"),
        ("Scheda progetto 4 – Quartieri connessi", 4, "Quartieri connessi"),
        ("P R O G E T T O  4 – Quartieri connessi", 4, "Quartieri connessi"),
        ("Progetto 4 – “Quartieri connessi”", 4, "“Quartieri connessi”"),
        ("Progetto 13 – 100 piazze", 13, "100 piazze"),
        ("Progetto 4\nQuartieri connessi", 4, "Quartieri connessi"),
    ],
)
def test_spellings_of_a_project(heading: str, number: int, title: str) -> None:
    text = f"{heading}\n\nMI4.1.1.a - Azione prima\n{BODY}{SHEET}"
    assert projects(text) == [(number, title)]


@pytest.mark.parametrize(
    ("printed", "code", "title"),
    [
        ("MI4.1.1.a - Azione prima", "MI4.1.1.a", "Azione prima"),
        ("MI.4.2.1.b – Azione prima", "MI4.2.1.b", "Azione prima"),
        ("MI 4.2.1.a - Azione prima", "MI4.2.1.a", "Azione prima"),
        ("MI4.1.1a - Azione prima", "MI4.1.1.a", "Azione prima"),
        ("Mi2.2.1a - Azione prima", "MI2.2.1.a", "Azione prima"),
        ("mi2.2.2.a - Azione prima", "MI2.2.2.a", "Azione prima"),
        ("MI2.2.4.a- Area prima", "MI2.2.4.a", "Area prima"),
        ("MI2.2.4.a -Area prima", "MI2.2.4.a", "Area prima"),
        ("MI1.1.3.1.A - AZIONE PRIMA", "MI1.1.3.1.a", "AZIONE PRIMA"),
        ("MI3.2.8.3.b - Azione prima", "MI3.2.8.3.b", "Azione prima"),
        ("POC MI I.3.1.e - Azione prima", "POC MI I.3.1.e", "Azione prima"),
        ("MI4.1.1.a Azione prima", "MI4.1.1.a", "Azione prima"),
        ("MI4.1.1.a: Azione prima", "MI4.1.1.a", "Azione prima"),
        ("MI4.1.1.a - 5 azioni per la città", "MI4.1.1.a", "5 azioni per la città"),
        ("MI4.1.1.a\nAzione prima", "MI4.1.1.a", "Azione prima"),
        ("Progetto MI4.1.1.a - Azione prima", "MI4.1.1.a", "Azione prima"),
        ("PROGETTO MI4.1.1.A\nAZIONE PRIMA", "MI4.1.1.a", "AZIONE PRIMA"),
        ("Azione MI4.1.1.a - Azione prima", "MI4.1.1.a", "Azione prima"),
        ("MI\n4.2.1.b - Azione prima", "MI4.2.1.b", "Azione prima"),
        ("MI4.2.1.b) Azione prima", "MI4.2.1.b", "Azione prima"),
        ("SCHEDA N. 1 – MI4.2.1.b AZIONE PRIMA", "MI4.2.1.b", "AZIONE PRIMA"),
        ("Intervento n. 12: MI4.2.1.b - Azione prima", "MI4.2.1.b", "Azione prima"),
    ],
)
def test_spellings_of_an_action(printed: str, code: str, title: str) -> None:
    read = report(f"Progetto 1 – Primo\n\n{printed}\n\n{BODY}{SHEET}")
    (action,) = reading.actions(read)
    assert action.code.canonical == code
    assert action.title.value == title
    assert action.status.value == "in corso"


@pytest.mark.parametrize("spelling", ["3.3.1 A", "3.3.1.A", "3.3.1. A", "3.3.1A", "3.3.1.a"])
def test_a_code_without_its_city_takes_the_edition_s(spelling: str) -> None:
    text = (
        f"Progetto 1 – Primo\n\nBA4.1.1.a - Azione prima\n{BODY}{SHEET}\n"
        f"{spelling} - Azione seconda\n{BODY}{SHEET}"
    )
    assert codes(report(text)) == ["BA4.1.1.a", "BA3.3.1.a"]
    alone = f"Progetto 1 – Primo\n\n{spelling} - Azione seconda\n{BODY}{SHEET}"
    assert codes(report(alone, city="RC")) == ["RC3.3.1.a"]


def test_a_code_without_any_city_is_kept_and_told_of() -> None:
    text = f"Progetto 1 – Primo\n\n3.3.1.a - Azione seconda\n{BODY}{SHEET}"
    rows = reading.tables_of(text)
    assert [row["code"] for row in rows["actions"]] == ["3.3.1.a"]
    assert [row["rule"] for row in rows["findings"]] == ["unknown_city"]


def test_an_unknown_city_is_a_finding_and_no_drop() -> None:
    rows = reading.tables_of(f"Progetto 1 – Primo\n\nXY4.1.1.a - Azione prima\n{BODY}{SHEET}")
    assert [row["code"] for row in rows["actions"]] == ["XY4.1.1.a"]
    assert [row["rule"] for row in rows["findings"]] == ["unknown_city"]


MENTIONS = [
    # (lines of prose, codes that they mention)
    ("Si lavora in sinergia con l’azione\nMI3.1.1.a del medesimo programma.", ["MI3.1.1.a"]),
    ("Si lavora in sinergia con altri interventi (azione\nMI3.1.1.a) e servizi.", ["MI3.1.1.a"]),
    ("Si lavora insieme con altri interventi (\nMI3.1.1.a) e con le scuole.", ["MI3.1.1.a"]),
    ("Si lavora insieme ad altri interventi già noti\n(MI3.1.1.a) e con le scuole.", ["MI3.1.1.a"]),
    ("Si lavora insieme ad altri interventi già noti\n[MI3.1.1.a] e con le scuole.", ["MI3.1.1.a"]),
    ("Le azioni MI4.1.1.b e\nMI3.1.1.a vanno di pari passo.", ["MI4.1.1.b", "MI3.1.1.a"]),
    ("Le azioni MI4.1.1.b,\nMI3.1.1.a e altre vanno di pari passo.", ["MI4.1.1.b", "MI3.1.1.a"]),
    ("Il percorso prosegue con la\nMI3.1.1.a - Accompagnamento sociale.", ["MI3.1.1.a"]),
    ("Si veda il codice\nMI3.1.1.a, già avviato.", ["MI3.1.1.a"]),
]


@pytest.mark.parametrize(("prose", "mentioned"), MENTIONS)
def test_a_wrapped_reference_is_no_heading(prose: str, mentioned: list[str]) -> None:
    text = f"Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\n\n{prose}\n{SHEET}"
    read = report(text)
    assert codes(read) == ["MI4.1.1.a"]
    (action,) = reading.actions(read)
    assert [mention.code.canonical for mention in action.references] == mentioned
    assert action.description.value == prose.replace("\n", " ")


def test_a_wrapped_reference_in_a_status_is_no_heading() -> None:
    status = "lavori in corso, in raccordo con l’azione\nMI3.1.1.a ancora in progettazione"
    text = (
        "Progetto 1 – Primo\nMI4.1.1.a - Azione prima\nTesto breve.\n"
        f"Stato di attuazione: {status}\n\nMI3.1.1.a - Azione seconda\nTesto breve.\n{SHEET}"
    )
    read = report(text)
    assert codes(read) == ["MI4.1.1.a", "MI3.1.1.a"]
    assert reading.actions(read)[0].status.value == status.replace("\n", " ")


@pytest.mark.parametrize(
    "prose",
    [
        "Progetto rinviato a successiva programmazione",
        "Progetto in fase di trasferimento su altri fondi",
        "Progetto 2 rinviato a successiva programmazione",
        "Progetto 2 è stato avviato nel corso dell’anno.",
        "Progetto 2, con il quale si integra, è in corso.",
        "Progetti 2 e 3 sono in corso.",
        "Progetto 2021-2027 da programmare.",
    ],
)
def test_prose_that_opens_with_the_word_is_no_heading(prose: str) -> None:
    text = f"Progetto 1 – Primo\n{prose}\nMI4.1.1.a - Azione prima\n{BODY}{SHEET}"
    assert [project.number for project in report(text).projects] == [1]


def test_a_project_mentioned_at_a_line_s_start_is_no_heading() -> None:
    text = (
        "Progetto 1 – Primo\nMI4.1.1.a - Azione prima\n"
        "Le attività sono svolte in stretto raccordo con il\n"
        "Progetto 2 – Secondo e con gli altri progetti della città.\n"
        f"{SHEET}\nProgetto 2 – Secondo\nMI4.1.1.b - Azione seconda\n{BODY}{SHEET}"
    )
    read = report(text)
    assert [project.number for project in read.projects] == [1, 2]
    assert [len(project.actions) for project in read.projects] == [1, 1]


@pytest.mark.parametrize("name", ["Assistenza tecnica", "ASSISTENZA TECNICA", "Comunicazione"])
def test_a_section_without_a_number(name: str) -> None:
    text = (
        f"Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\n\n{BODY}{SHEET}\n"
        f"{name}\n\nMI5.1.1.a - Supporto alla gestione\n\n{BODY}{SHEET}"
    )
    read = report(text)
    assert projects(text) == [(1, "Primo"), (None, name)]
    assert [len(project.actions) for project in read.projects] == [1, 1]
    rows = reading.tables_of(text)
    assert rows["projects"][1]["project_id"] == ("edition/" + name.lower().replace(" ", "-"))


def test_a_section_s_name_in_a_status_is_no_section() -> None:
    text = (
        f"Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\n\n{BODY}"
        "Stato di attuazione: in corso di affidamento il servizio di\nAssistenza tecnica\n\n"
        f"MI4.1.1.b - Azione seconda\n\n{BODY}{SHEET}"
    )
    read = report(text)
    assert projects(text) == [(1, "Primo")]
    status = reading.actions(read)[0].status.value
    assert status == "in corso di affidamento il servizio di Assistenza tecnica"


CONTENTS = {
    "dot leaders": (
        "Indice\nProgetto 1 – Primo ............ 2\nMI4.1.1.a - Azione prima ..... 2\n"
        "Progetto 2 – Secondo .......... 3\nMI4.1.1.b - Azione seconda ... 3\n"
    ),
    "spaced leaders": (
        "Sommario\nProgetto 1 – Primo . . . . . . 2\nProgetto 2 – Secondo . . . . . 3\n"
    ),
    "an entry with room for one dot, its page below": (
        "Indice\nProgetto 1 – Primo ............ 2\nProgetto 2 – Secondo, che è lungo .\n3\n"
    ),
    "page numbers alone": "Indice\nProgetto 1 – Primo 2\nProgetto 2 – Secondo 3\n",
    "names alone": "Indice\nProgetto 1 – Primo\nProgetto 2 – Secondo\n",
    "no heading of its own": "Progetto 1 – Primo ........ 2\nProgetto 2 – Secondo ...... 3\n",
}


@pytest.mark.parametrize("contents", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("cover", ["", "Comune di Milano\nSchede progetto\n18.12.2017\n\n"])
@pytest.mark.parametrize("page", ["\n", "\f"])
def test_a_contents_page_is_front_matter(contents: str, cover: str, page: str) -> None:
    sheets = (
        f"Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\n\n{BODY}{SHEET}\n"
        f"Progetto 2 – Secondo\n\nMI4.1.1.b - Azione seconda\n\n{BODY}{SHEET}"
    )
    text = cover + contents + page + sheets
    read = report(text)
    assert projects(text) == [(1, "Primo"), (2, "Secondo")]
    assert codes(read) == ["MI4.1.1.a", "MI4.1.1.b"]
    front = [role for role, _ in reading.roles(read, text) if role == "front_matter"]
    assert len(front) == len(contents.strip().split("\n")) + len(cover.strip().split("\n")) * bool(
        cover
    )


def test_an_action_before_any_project_is_kept() -> None:
    text = (
        f"MI4.1.1.a - Azione prima\n\n{BODY}{SHEET}\n"
        f"Progetto 1 – Primo\n\nMI4.1.1.b - Azione seconda\n\n{BODY}{SHEET}"
    )
    read = report(text)
    assert codes(read) == ["MI4.1.1.a", "MI4.1.1.b"]
    assert [project.number for project in read.projects] == [None, 1]
    rows = reading.tables_of(text)
    assert rows["actions"][0]["project_id"] == rows["projects"][0]["project_id"]


def test_a_second_printing_is_kept_and_told_of() -> None:
    sheets = f"Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\n\n{BODY}{SHEET}\n"
    rows = reading.tables_of(sheets + sheets)
    assert [row["action_id"] for row in rows["actions"]] == [
        "edition/MI4.1.1.a",
        "edition/MI4.1.1.a~2",
    ]
    assert [row["code"] for row in rows["actions"]] == ["MI4.1.1.a"] * 2
    assert [row["project_id"] for row in rows["projects"]] == [
        "edition/progetto-1",
        "edition/progetto-1~2",
    ]
    assert [row["number"] for row in rows["projects"]] == [1, 1]
    assert sorted(str(row["rule"]) for row in rows["findings"]) == [
        "duplicate_code",
        "duplicate_project",
    ]
    assert {row["action_id"] for row in rows["funding"]} == {
        "edition/MI4.1.1.a",
        "edition/MI4.1.1.a~2",
    }


def test_gaps_in_the_letters_are_no_errors() -> None:
    text = "Progetto 1 – Primo\n\n" + "".join(
        f"MI4.1.1.{letter} - Azione {letter.upper()}\n\n{BODY}{SHEET}\n" for letter in "acf"
    )
    rows = reading.tables_of(text)
    assert [row["code"] for row in rows["actions"]] == ["MI4.1.1.a", "MI4.1.1.c", "MI4.1.1.f"]
    assert rows["findings"] == []


def test_leaders_between_a_label_and_its_sum_make_no_contents() -> None:
    text = (
        "Progetto 1 – Primo\nMI4.1.1.a - Azione prima\nIl testo dell’azione.\n"
        "Risorse PON METRO ............ € 10.000,00\nCosto totale: ........ € 10.000,00\n"
        "Stato di attuazione ......... in corso\nMI4.1.1.b - Azione seconda\n"
    )
    roles = dict(reading.roles(report(text), text))
    assert list(roles) == [
        "project_heading",
        "action_heading",
        "body",
        "funding",
        "total",
        "status",
    ]


OUTLINED = """\
{one} Progetto 1 – Quartieri connessi
{one_a} MI4.1.1.a - Recupero di alloggi
Lavori nelle case popolari.
Risorse PON METRO € 1.000,00
Stato di attuazione: completato
{one_b} MI4.1.1.b - Recupero di spazi
Lavori negli spazi comuni, con le azioni che seguono:
1. MI4.1.1.a - Recupero di alloggi
2. MI3.3.1.c - Sostegno alle imprese
Risorse PON METRO € 2.000,00
Stato di attuazione: completato
"""


@pytest.mark.parametrize(
    "numbers",
    [("1.", "1.1", "1.2"), ("1", "1.1.", "1.2."), ("I.", "a)", "b)"), ("2)", "2.1)", "2.2)")],
)
def test_a_heading_may_have_a_number_in_an_outline(numbers: tuple[str, str, str]) -> None:
    names = ("one", "one_a", "one_b")
    read = report(OUTLINED.format(**dict(zip(names, numbers, strict=True))))
    assert [(project.number, project.title.value) for project in read.projects] == [
        (1, "Quartieri connessi")
    ]
    assert [(action.code.canonical, action.title.value) for action in actions(read)] == [
        ("MI4.1.1.a", "Recupero di alloggi"),
        ("MI4.1.1.b", "Recupero di spazi"),
    ]
    assert [str(action.funding[0].amount) for action in actions(read)] == ["1000.00", "2000.00"]


def test_a_code_that_closes_a_bracket_of_the_line_above_is_no_heading() -> None:
    text = (
        f"Progetto 1 – Primo\n\nMI4.1.1.a - Azione prima\nUn testo (si vedano le azioni\n"
        f"MI4.1.1.b) Che va oltre.\n{SHEET}"
    )
    assert codes(report(text)) == ["MI4.1.1.a"]


def test_a_label_as_large_as_most_of_a_title_in_small_capitals_is_no_section() -> None:
    # What is larger in "PROGETTO 1" are its capitals, the rest is as large as a label.
    lines: list[Line] = []
    for text, size, bold in [
        *[("Progetto 1 – Primo", 12.0, True), ("MI1.1.1.a - Servizi", 9.0, True)],
        *[("Un testo che descrive l’azione.", 12.0, False), ("Unità immobiliari", 12.0, True)],
        *[("via Po 2", 12.0, False), ("Stato di attuazione: in corso", 12.0, False)],
        *[("MI1.1.1.b - Percorsi", 9.0, True), ("Un altro testo.", 12.0, False)],
        *[("Assistenza di zona", 12.0, True), ("MI1.1.1.c - Uffici", 9.0, True)],
    ]:
        at = len(lines) + 1
        box = Box(50.0, 20.0 * at, 50.0 + 5 * len(text), 20.0 * at + size)
        lines.append(Line(at, 1, text, box, size, bold, room=500.0))
    read = parse_report(Document(lines, 1, "test", "application/pdf"))
    assert [project.title.value for project in read.projects] == ["Primo", "Assistenza di zona"]
    assert reading.actions(read)[0].status.value == "in corso"


def test_the_title_beside_a_bare_code_is_no_section_of_the_next_action() -> None:
    first = f"MI5.1.1.a\nAssistenza tecnica\n\n{BODY}\n"
    text = f"Assistenza tecnica\n\n{first}MI5.2.1.a\nPiano della comunicazione\n\n{BODY}{SHEET}"
    assert projects(text) == [(None, "Assistenza tecnica")]
    assert [action.title.value for action in actions(report(text))] == [
        *["Assistenza tecnica", "Piano della comunicazione"]
    ]
