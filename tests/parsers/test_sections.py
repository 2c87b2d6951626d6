"""Names of sections above the headings of projects: known ones, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.reading import actions, opened, report, roles

SHEETS = """\
Progetto 1 - Case

MI4.1.1.a - Recupero di alloggi

Si recuperano alloggi per le famiglie del quartiere, con spazi comuni e servizi.

Risorse PON METRO € 100.000,00
{status}
{between}
{heading}

Si comprano gli arredi.

Risorse PON METRO € 50.000,00
Stato di attuazione: completato
"""
# Wide enough that the next word would not have fitted: the break says nothing.
FULL = "Stato di attuazione: lavori in corso di esecuzione da parte dell'impresa, con termine"
PROJECT = "Progetto 2 - Scuole\n\nMI4.1.1.b - Arredi"
ACTION = "MI4.1.1.b - Arredi"


def text(between: str, heading: str = PROJECT, status: str = FULL) -> str:
    return SHEETS.format(between=between, heading=heading, status=status)


def suspects(content: str) -> list[str]:
    return [one.text for one in opened(content).findings if one.rule == "heading_suspect"]


@pytest.mark.parametrize(
    "name",
    [
        "Asse 4 - Infrastrutture",
        "Asse IV – Infrastrutture per l'inclusione sociale",
        "ASSE 3 – SERVIZI PER L'INCLUSIONE SOCIALE",
        "Assistenza tecnica",
        "Asse 4 – Infrastrutture per l'inclusione\nsociale",
        "Asse 4 - Infrastrutture\nObiettivo specifico 4.1 - Alloggi",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_known_name_above_a_project_is_a_heading(name: str, gap: str) -> None:
    content = text(gap + name + gap)
    read = report(content)
    first, second = actions(read)
    assert first.status.value == FULL.partition(": ")[2]
    assert [project.number for project in read.projects] == [1, 2]
    assert read.projects[1].actions == [second]
    printed = {line: role for role, line in roles(read, content)}
    assert {printed[line] for line in name.split("\n")} == {"section_heading"}
    owners = [read.owners[content.split("\n").index(line)] for line in name.split("\n")]
    assert set(owners) == {(1, None)}
    assert suspects(content) == []


def test_an_axis_above_an_objective_above_an_action_heads_both() -> None:
    read = report(text("Asse 4 - Infrastrutture\nObiettivo specifico 4.1 - Alloggi", ACTION))
    assert [project.title.value for project in read.projects] == [
        "Case",
        "Obiettivo specifico 4.1 - Alloggi",
    ]
    assert actions(read)[0].status.value == FULL.partition(": ")[2]


@pytest.mark.parametrize("heading", [PROJECT, ACTION])
@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(
    "name",
    [
        "Inclusione sociale e abitare",
        "INCLUSIONE SOCIALE",
        "Governance",
        "1. Inclusione sociale",
        "Sezione II",
        "Programma 2021-2027",
        "Inclusione sociale e accoglienza\nin condizione di fragilità",
    ],
)
def test_an_unknown_name_above_a_heading_is_told_of(name: str, gap: str, heading: str) -> None:
    assert suspects(text(gap + name + gap, heading)) == [name.replace("\n", " ")]


def test_a_counted_name_above_a_project_is_told_of() -> None:
    assert suspects(text("Pilastro 2 - Abitare")) == ["Pilastro 2 - Abitare"]


@pytest.mark.parametrize("status", ["", "Risorse private € 5,00"])
def test_an_unknown_name_behind_prose_or_sums_is_told_of(status: str) -> None:
    content = text("Inclusione sociale\n", status=status)
    if not status:
        content = content.replace("Risorse PON METRO € 100.000,00\n", "", 1)
    assert suspects(content) == ["Inclusione sociale"]


@pytest.mark.parametrize(
    "between",
    [
        "",
        "via Garibaldi 12",
        "Conclusione dei lavori prevista per il 2023",
        "I lavori proseguono senza ritardi.",
        "e arredi",
        "Quartieri interessati: Gorla, Greco",
        "https://comune.example.it/casa",
        "Altre risorse pubbliche € 5.000,00",
        "Note: nessuna",
    ],
)
def test_what_ends_a_sheet_is_no_name(between: str) -> None:
    assert suspects(text(between)) == []


def test_a_name_that_a_line_end_broke_is_no_section() -> None:
    status = "Stato di attuazione: lavori in corso di esecuzione da parte della Metropolitana"
    assert suspects(text("Milanese", status=status)) == []
    assert suspects(text("Bicocca", status=FULL.replace("con termine", "a cura della"))) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [("MI4.1.1.c", ["MI4.1.1.c"]), ("MI 4.1.1c", ["MI 4.1.1c"]), ("MI4.1.1.b", []), ("2022", [])],
)
def test_a_code_alone_in_running_text_is_told_of_unless_it_has_a_sheet(
    line: str, told: list[str]
) -> None:
    status = f"Stato di attuazione: lavori in corso per la\n{line}\ndi cui sopra"
    assert suspects(text("", status=status)) == told
