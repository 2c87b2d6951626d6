"""The grammar as a whole: any text gives a report or a typed error, in time that grows with it."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.errors import GrammarError, ReportError
from parsers.grammar import parse_report
from parsers.lines import Box, Document, Line
from parsers.report import Report
from tests import reading
from tests.cities import random_edition
from tests.typeset import Style, plain

WORDS = st.sampled_from([
    "Progetto", "4", "–", "-", "MI4.1.1.a", "MI.4.2.1.b", "3.3.1 A", "POC BA I.3.1.e",
    "Assistenza", "tecnica", "Risorse", "PON METRO", "Altre risorse pubbliche", "Costo totale",
    "Stato di", ":", "attuazione", "€", "1.552.500,00", "1.250.00,00", "milioni", "in corso",
    "lavori", "conclusi", "entro", "fine", "2023", "31 dicembre", "via", "Garibaldi", "12",
    "Quartieri interessati:", "•", "(azione", ")", "https://www.example.it/", "Indice", "......",
    "Pag.", "\f", "\n", "\n\n", "  ", "a", "e", ".", "\u00ad", "\u200b", "e\u0300", "1.", "[",
    "\ufffd", "²",
])  # fmt: skip
TEXTS = st.lists(WORDS, max_size=60).flatmap(
    lambda words: st.sampled_from([" ", "\n", ""]).map(lambda gap: gap.join(words))
)


def lines_of(text: str, page: bool = False) -> Document:
    made: list[Line] = []
    number = 1
    for at, part in enumerate(text.split("\f"), 1):
        for each in part.split("\n"):
            made.append(Line(number, at if page else None, each))
            number += 1
    return Document(made, at if page else None, "text", "text/plain")


def read_or_refused(document: Document) -> None:
    refused: str | None = None
    try:
        report = parse_report(document)
    except GrammarError as problem:
        refused = problem.rule
    else:
        _whole(report, document)
    assert refused in (None, "no_projects")


def _whole(report: Report, document: Document) -> None:
    assert len(report.roles) == len(report.owners) == len(document.lines)
    for line, role in zip(document.lines, report.roles, strict=True):
        assert (role == "blank") == line.blank
    for signal in report.signals:
        assert 0 <= signal.line <= len(document.lines)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.booleans())
def test_any_words_give_a_report_or_a_typed_error(text: str, page: bool) -> None:
    read_or_refused(lines_of(text, page))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.booleans())
def test_any_characters_give_a_report_or_a_typed_error(text: str, page: bool) -> None:
    read_or_refused(lines_of(text, page))
    read_or_refused(lines_of(f"Progetto 1 – Primo\nMI4.1.1.a - Azione\n{text}", page))
    read_or_refused(lines_of(f"Progetto 1 – {text}\nMI4.1.1.a - {text}\nRisorse PON METRO {text}"))
    read_or_refused(lines_of(f"MI4.1.1.a - Azione\nStato di attuazione: {text}"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_geometry_gives_a_report_or_a_typed_error(data: st.DataObject) -> None:
    made = []
    words = [
        "Progetto 1 – Primo",
        "MI4.1.1.a - Azione",
        "Costo totale",
        "€ 1,00",
        "testo",
        "1",
        "•",
    ]
    for number in range(1, data.draw(st.integers(1, 25)) + 1):
        text = data.draw(st.sampled_from(words))
        x, y = data.draw(st.floats(-50, 700)), data.draw(st.floats(-50, 900))
        size = data.draw(st.sampled_from([0.1, 6.0, 10.0, 10.0, 18.0]))
        box = Box(x, y, x + size * len(text) / 2, y + size)
        edges = [x + size * place / 2 for place in range(len(text) + 1)]
        bold = data.draw(st.booleans())
        cell = data.draw(st.none() | st.tuples(*[st.integers(0, 2)] * 3))
        made.append(
            Line(number, 1 + number // 9, text, box, size, bold, len(text) * bold, edges[:-1],
                 edges[1:], data.draw(st.none() | st.floats(0, 700)), cell,
                 data.draw(st.booleans()))
        )  # fmt: skip
    read_or_refused(Document(made, made[-1].page, "test", "application/pdf"))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_damaged_editions_give_tables_or_a_typed_error(seed: int, chance: random.Random) -> None:
    text = plain.text(random_edition(seed, projects=3), Style(width=80, seed=seed))
    for _ in range(12):
        at = chance.randrange(len(text))
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + chance.randint(1, 40) :]
        elif kind == 1:
            text = text[:at] + chance.choice("€.,:-\n\f 0a\ufffd\u200b()") + text[at:]
        elif kind == 2:
            text = text[:at] + text[at : at + 60] + text[at:]
        else:
            text = text[:at] + "\n" + text[at:]
    with suppress(ReportError):
        reading.tables_of(text)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Un testo qualsiasi.", "Progetto", "Progetto rinviato"]
)
def test_a_text_without_headings_is_no_report(text: str) -> None:
    with pytest.raises(GrammarError) as caught:
        parse_report(lines_of(text))
    assert caught.value.rule == "no_projects"
    assert "Progetto" in str(caught.value)


def test_pages_that_were_not_read_are_named_where_no_heading_was_found() -> None:
    document = lines_of("Un timbro")
    document.unread = [(1, "a picture: do this"), (2, "a picture: do this")]
    with pytest.raises(GrammarError, match=r"page 1 \(and 1 more\): a picture: do this"):
        parse_report(document)


HEAD = "Progetto 1 – Primo\nMI4.1.1.a - Azione\n"
SIZE = 24_000
HOSTILE = {
    "digits": "7" * SIZE,
    "dots": "." * SIZE,
    "spaces": "x" + " " * SIZE + "x",
    "brackets": "(" * SIZE,
    "closed brackets": ")" * SIZE,
    "nested": "([" * (SIZE // 2),
    "commas": "1," * (SIZE // 2),
    "grouped digits": "1.000." * (SIZE // 6),
    "codes": "MI4.1.1.a " * (SIZE // 10),
    "broken codes": "MI4." * (SIZE // 4),
    "euros": "€ " * (SIZE // 2),
    "quotes": "“" * SIZE,
    "apostrophes": "l’" * (SIZE // 2),
    "hyphens": "a-" * (SIZE // 2),
    "dashes": "– " * (SIZE // 2),
    "addresses": "via " * (SIZE // 4),
    "streets": "via Roma 1, " * (SIZE // 12),
    "dates": "entro il 31 dicembre 2023 e " * (SIZE // 28),
    "limits": "entro il " * (SIZE // 9),
    "links": "http://" * (SIZE // 7),
    "one link": "http://" + "a." * (SIZE // 2),
    "capitals": "A" * SIZE,
    "accents": "e" + "\u0300" * SIZE,
    "zero width": "a" + "\u200b" * SIZE + "b",
    "labels": "Risorse PON METRO " * (SIZE // 18),
    "label spaces": "Risorse" + " " * SIZE + "PON METRO",
    "sums": "Risorse PON METRO € 1,00 " * (SIZE // 25),
    "phases": "lavori in corso, " * (SIZE // 17),
    "and": "lavori e " * (SIZE // 9),
    "milioni": "milioni di " * (SIZE // 11),
    "words": "tecnica " * (SIZE // 8),
    "project": "Progetto " * (SIZE // 9),
    "numbered": "1. " * (SIZE // 3),
    "capital words": "Aa " * (SIZE // 3),
    "tails": "Costo totale" + " dell’azione" * (SIZE // 12),
    "districts": "Quartieri interessati: " + "San Siro, " * (SIZE // 10),
}
EQUAL = (
    "MI4.1.1.a - Azione", "Progetto 1 – Primo", "Risorse PON METRO € 1,00", "Costo totale", "testo",
    "Stato di attuazione: in corso", "https://www.example.it/", "1", "• voce", "in corso e", "MI",
    "Assistenza tecnica", "via Roma 1", "_____", "Risorse", "Progetto 1 ....... 3",
)  # fmt: skip
EVERYWHERE = (
    "Progetto 1 – #\nMI4.1.1.a - #\n#\nRisorse PON METRO #\nStato di attuazione: #\n"
    "MI4.1.1.b - Azione\n#\n"
)


def seconds(document: Document) -> float:
    start = time.process_time()
    read_or_refused(document)
    return time.process_time() - start


def grows_with_its_size(small: Document, large: Document) -> bool:
    """Whether eight times the text takes nowhere near 64 times as long, on a busy machine too."""
    return seconds(large) < 24 * seconds(small) + 3.0


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lines_take_time_as_they_are_long(text: str) -> None:
    small, large = (lines_of(EVERYWHERE.replace("#", text[: len(text) // part])) for part in (8, 1))
    assert grows_with_its_size(small, large)


@pytest.mark.parametrize("line", EQUAL)
def test_equal_lines_take_time_as_they_are_many(line: str) -> None:
    small, large = (lines_of(HEAD + f"{line}\n" * count) for count in (300, 2400))
    assert grows_with_its_size(small, large)


@pytest.mark.parametrize(
    ("label", "role", "value"),
    [
        ("Stato di\nattuazione", "status", "Lavori in corso"),
        ("Stato di a\nttuazione", "status", "Lavori in corso"),
        ("Risorse PON\nMETRO", "funding", "€ 10.000,00"),
        ("Costo totale", "total", "€ 10.000,00"),
    ],
)
def test_a_colon_that_a_narrow_cell_breaks_off_is_its_label_s(
    label: str, role: str, value: str
) -> None:
    content = (
        f"Progetto 1 - Verde\nMI4.1.1.a - Parco lineare\nSi piantano alberi.\n{label}\n:\n{value}\n"
    )
    read = reading.report(content)
    assert (role, ":") in reading.roles(read, content)
    assert "unclassified_line" not in reading.rules(read)


def test_a_colon_alone_behind_prose_is_told() -> None:
    content = "Progetto 1 - Verde\nMI4.1.1.a - Parco lineare\nSi piantano alberi\n:\n"
    read = reading.report(content)
    assert ("unclassified", ":") in reading.roles(read, content)
    assert reading.rules(read).count("unclassified_line") == 1
