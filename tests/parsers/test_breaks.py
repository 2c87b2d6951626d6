"""Paragraphs that the source itself has, and such as were pasted line by line."""

from __future__ import annotations

import pytest

from parsers.breaks import not_meant
from parsers.flow import Flow
from parsers.grammar import parse_report
from parsers.items import items_of
from parsers.lines import Document, Line
from parsers.report import Report
from parsers.text import Text
from parsers.vocabulary import PACKAGED
from tests.reading import actions, rules

PROSE = (
    "L’intervento rende accessibili gli spazi pubblici del quartiere a tutte le età e unisce "
    "scuole, biblioteche e centri civici con collegamenti sicuri, anche nei giorni festivi."
)
SHEET = ("Risorse PON METRO € 10.000,00", "Stato di attuazione: in corso")


def lines(*texts: str | tuple[str, bool], heavy: tuple[int, ...] = ()) -> list[Line]:
    """Lines of one size; a text alone begins its paragraph; those of ``heavy`` numbers are bold."""
    made = []
    for number, text in enumerate(texts, 1):
        own, begins = (text, True) if isinstance(text, str) else text
        bold = number in heavy
        made.append(Line(number, None, own, size=11.0, bold=bold, begins=begins))
    return made


def flow(*texts: str | tuple[str, bool]) -> Flow:
    made = lines(*texts)
    return Flow(
        items_of(made, [Text.of(line) for line in made], [None] * len(made), PACKAGED), PACKAGED
    )


def report(*texts: str | tuple[str, bool], heavy: tuple[int, ...] = ()) -> Report:
    return parse_report(Document(lines(*texts, heavy=heavy), None, "docx", "text/plain"))


def test_a_paragraph_begins_whatever_its_words_say() -> None:
    found = flow(
        "Il progetto comprende spazi per la vita associativa e", "laboratori", PROSE, PROSE
    )
    assert [found.breaks(index) for index in (1, 2, 3)] == [(True, True)] * 3


def test_a_heading_is_no_mention_where_a_paragraph_begins() -> None:
    found = flow("Progetto 1 – Casa", "MI4.1.1.a - Uno", *SHEET[1:], "MI4.1.1.b - Due")
    assert found.fresh(3) is True
    # Behind a word that points on, the source's own break decides nothing.
    assert flow("Si integra con l’azione", "MI4.1.1.b - Due").fresh(1) is None


def test_items_in_small_letters_are_meant() -> None:
    some = ["Il progetto comprende:", "uno sportello", "laboratori per ragazzi", "mediazione"]
    found = flow(*[PROSE] * 20, *some)
    assert not_meant(found.items) == set()
    assert found.breaks(22) == (True, True)


@pytest.mark.parametrize("begins", [True, False])
@pytest.mark.parametrize("width", [40, 70, 110])
def test_text_pasted_line_by_line_is_not_meant(begins: bool, width: int) -> None:
    words, broken, line = " ".join([PROSE] * 4).split(), [], ""
    for word in words:
        if len(line) + len(word) >= width:
            broken.append((line, begins))
            line = word
        else:
            line = f"{line} {word}".strip()
    found = flow("Progetto 1 – Casa", *broken, *SHEET)
    assert not_meant(found.items) == {begins}
    assert found.begins(2) is None


def test_titles_end_for_certain_with_their_paragraph() -> None:
    titles = ("Progetto 1 – Casa e comunità", "MI4.1.1.a - Servizi alle persone e alle famiglie")
    read = report(*titles, "Servizi per la città che cambia", PROSE, *SHEET)
    (action,) = actions(read)
    assert action.title.value == "Servizi alle persone e alle famiglie"
    assert [one.text.value for one in action.paragraphs] == [
        "Servizi per la città che cambia",
        PROSE,
    ]
    assert "title_end_uncertain" not in rules(read)


@pytest.mark.parametrize(
    ("first", "second", "heavy", "title"),
    [
        ("Servizi alle persone e", "alle famiglie", (), "Servizi alle persone e alle famiglie"),
        ("Servizi alle persone", "e alle famiglie", (2, 3), "Servizi alle persone e alle famiglie"),
        ("Servizi alle persone –", "Famiglie", (2, 3), "Servizi alle persone – Famiglie"),
        ("Servizi alle persone", "Famiglie", (2, 3), "Servizi alle persone"),
        ("Servizi alle persone –", "Famiglie", (2,), "Servizi alle persone –"),
    ],
)
def test_a_title_wrapped_by_hand_runs_over_its_paragraph(
    first: str, second: str, heavy: tuple[int, ...], title: str
) -> None:
    read = report(
        "Progetto 1 – Casa", f"MI4.1.1.a - {first}", second, PROSE, PROSE, *SHEET, heavy=heavy
    )
    (action,) = actions(read)
    assert action.title.value == title


def test_a_line_break_in_a_heading_does_not_end_its_title() -> None:
    texts = (
        "Progetto 1 – Casa",
        "MI4.1.1.a - Servizi",
        ("Famiglie e scuole", False),
        PROSE,
        *SHEET,
    )
    (action,) = actions(report(*texts, heavy=(1, 2, 3)))
    assert action.title.value == "Servizi Famiglie e scuole"


def test_a_sum_does_not_run_on_into_the_next_paragraph() -> None:
    texts = (
        "Progetto 1 – Casa",
        "MI4.1.1.a - Servizi",
        PROSE,
        "Risorse private: a carico di terzi",
    )
    read = report(*texts, "spazi da arredare", SHEET[1])
    (action,) = actions(read)
    assert action.funding[0].printed.value == "a carico di terzi"


def test_the_source_says_what_a_line_is() -> None:
    made = lines("PON Metro", "Progetto 1 – Casa", "MI4.1.1.a - Uno", PROSE, *SHEET, "al netto")
    made[0] = made[0]._replace(role="furniture")
    made[-1] = made[-1]._replace(role="footnote")
    read = parse_report(Document(made, None, "docx", "text/plain"))
    assert read.roles[0] == "furniture"
    assert read.roles[-1] == "footnote"
    assert read.furniture == ["PON Metro"]
    (action,) = actions(read)
    assert action.status.value == "in corso"
