"""Where a heading's title ends."""

from __future__ import annotations

import textwrap

import pytest

from parsers.grammar import parse_report
from parsers.lines import Box, Document, Line
from parsers.report import Report
from tests import reading
from tests.reading import report

SHEET = "Risorse PON METRO € 10.000,00\nStato di attuazione: in corso\n"
PROSE = (
    "L’intervento rende accessibili gli spazi pubblici del quartiere a tutte le età e unisce "
    "scuole, biblioteche e centri civici con collegamenti sicuri. Sono compresi gli arredi, gli "
    "impianti e la sistemazione delle aree esterne.\n"
)
LONG = "Servizi digitali per favorire lo sviluppo economico e sociale della Città Metropolitana"


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False)) + "\n"


@pytest.mark.parametrize("width", [24, 40, 55, 70, 90, 120])
@pytest.mark.parametrize("dash", [" - ", " – ", "- "])
def test_a_blank_line_ends_a_title_at_any_width(width: int, dash: str) -> None:
    text = (
        wrapped(f"Progetto 1 – {LONG}", width)
        + "\n"
        + wrapped(f"MI4.1.1.a{dash}{LONG} – Sportello unico", width)
        + "\n"
        + wrapped(PROSE, width)
        + "\n"
        + SHEET
    )
    read = report(text)
    assert [project.title.value for project in read.projects] == [LONG]
    (action,) = reading.actions(read)
    assert action.title.value == f"{LONG} – Sportello unico"
    assert action.description.value == PROSE.strip()


@pytest.mark.parametrize("ending", ["per", "della", "e", "–", "-", "(con"])
def test_a_title_goes_on_after_an_open_end(ending: str) -> None:
    title = f"Sportello unico {ending}\nCittà Metropolitana"
    text = f"Progetto 1 – Primo\nMI4.1.1.a - {title}\nStato di attuazione: in corso\n"
    (action,) = reading.actions(report(text))
    assert action.title.value == title.replace("\n", " ")


def test_a_title_goes_on_in_lower_case() -> None:
    text = (
        "Progetto 1 – Quartieri connessi\nMI4.1.1.a - Quartieri connessi – Rete di sportelli e\n"
        f"servizi digitali\n\n{PROSE}{SHEET}"
    )
    (action,) = reading.actions(report(text))
    assert action.title.value == "Quartieri connessi – Rete di sportelli e servizi digitali"


@pytest.mark.parametrize("field", ["Risorse PON METRO € 10,00", "Stato di attuazione: in corso"])
def test_a_label_ends_a_title(field: str) -> None:
    text = f"Progetto 1 – Primo\nMI4.1.1.a - Azione che non ha testo alcuno\n{field}\n"
    (action,) = reading.actions(report(text))
    assert action.title.value == "Azione che non ha testo alcuno"
    assert action.description.value == ""


@pytest.mark.parametrize("item", ["• la prima cosa", "1. La prima cosa", "     Via Pianell 15"])
def test_a_list_ends_a_title(item: str) -> None:
    text = f"Progetto 1 – Primo\nMI4.1.1.a - Azione prima con un titolo lungo\n{item}\n{SHEET}"
    (action,) = reading.actions(report(text))
    assert action.title.value == "Azione prima con un titolo lungo"


def test_where_nothing_tells_the_row_says_so() -> None:
    # A full line, then a capital, no closed sentence: title or text, nobody can tell.
    text = (
        "Progetto 1 – Primo\n"
        "MI4.1.1.a - Sportello unico digitale per i cittadini del Municipio\n"
        "Servizi alle persone anziane e alle famiglie residenti in città\n"
        "Piattaforma di prenotazione\n"
        f"{SHEET}"
    )
    rows = reading.tables_of(text)
    assert "title_end_uncertain" in {row["rule"] for row in rows["findings"]}
    (finding,) = (row for row in rows["findings"] if row["rule"] == "title_end_uncertain")
    assert finding["action_id"] == "edition/MI4.1.1.a"
    whole = f"{rows['actions'][0]['title']} {rows['actions'][0]['description'] or ''}".strip()
    assert whole.startswith("Sportello unico")
    assert whole.endswith("Piattaforma di prenotazione")


def drawn(
    lines: list[tuple[str, float, bool, float]], tall: float = 1.0, spare: float = 1.1
) -> Report:
    """A report of one page from (text, size, bold, step from the line above).

    The page is ``spare`` times as wide as its widest line; a bold line's box is ``tall`` times its
    size.
    """
    made: list[Line] = []
    bottom = 60.0
    room = max(50 + 0.5 * spare * size * len(text) for text, size, _, _ in lines)
    for number, (text, size, bold, step) in enumerate(lines, 1):
        bottom += step
        advance = 0.5 * size * (1.1 if bold else 1.0)
        lefts = [50 + advance * place for place in range(len(text))]
        rights = [left + advance for left in lefts]
        box = Box(50, bottom - size * (tall if bold else 1.0), rights[-1], bottom)
        made.append(
            Line(number, 1, text, box, size, bold, len(text) if bold else 0, lefts, rights, room)
        )
    return parse_report(Document(made, 1, "test", "application/pdf"))


BODY = [
    ("L’intervento rende accessibili gli spazi pubblici del quartiere a tutte le età e", 10.0),
    ("unisce scuole, biblioteche e centri civici con collegamenti sicuri e con percorsi", 10.0),
    ("che portano alle fermate del trasporto pubblico.", 10.0),
]


@pytest.mark.parametrize(("size", "bold"), [(13.0, True), (10.0, True), (13.0, False)])
@pytest.mark.parametrize("gap", [0.0, 8.0])
def test_style_ends_a_title(size: float, bold: bool, gap: float) -> None:
    step = size * 1.3
    first = "Sportello unico digitale e agenzia per le famiglie residenti nel Municipio"
    read = drawn(
        [
            ("Progetto 1 – Primo", 18.0, bold, 30.0),
            (f"MI4.1.1.a - {first}", size, bold, 30.0),
            ("Servizi alle persone anziane", size, bold, step),
            (BODY[0][0], 10.0, False, 13.0 + gap),
            *((text, body, False, 13.0) for text, body in BODY[1:]),
            ("Stato di attuazione: in corso", 10.0, False, 20.0),
        ],
    )
    (action,) = reading.actions(read)
    assert action.title.value == f"{first} Servizi alle persone anziane"
    assert action.description.value == " ".join(text for text, _ in BODY)
    assert "title_end_uncertain" not in reading.rules(read)


def test_a_title_goes_on_behind_the_word_for_a_street() -> None:
    text = (
        "Progetto 1 – Primo\n"
        "MI2.2.3.b - Itinerario ciclabile tra i quartieri della città - Piazza\n"
        f"Napoli Giambellino\nUn percorso che unisce le case alle scuole.\n{SHEET}"
    )
    (action,) = reading.actions(report(text))
    assert action.title.value.endswith("Piazza Napoli Giambellino")
    assert action.description.value == "Un percorso che unisce le case alle scuole."


# Boxes that reach from ascent to descent, or are as high as the large letters' type.
@pytest.mark.parametrize("tall", [1.6, 1.4])
def test_a_project_in_small_capitals_goes_on_as_far_apart_as_its_large_letters_are(
    tall: float,
) -> None:
    # The lines are full: the words that follow would not have fitted.
    title = (
        "servizi digitAli Per fAvorire ovunque lo",
        "SviluPPo econoMico e sociAle dellA nostrA città",
    )
    lines = [
        (f"Progetto 1 – {title[0]}", 15.0, True, 60.0),
        (title[1], 15.0, True, 32.0),
        ("MetroPolitAnA di Milano", 15.0, True, 32.0),
        ("MI4.1.1.a - Sportello unico digitale", 11.0, True, 60.0),
        *((text, body, False, 13.0) for text, body in BODY),
        ("Stato di attuazione: in corso", 10.0, False, 20.0),
    ]
    (project,) = drawn(lines, tall=tall).projects
    assert project.title.value == f"{title[0]} {title[1]} MetroPolitAnA di Milano"


def test_a_line_that_leads_a_list_is_no_title() -> None:
    title = "Sportello unico digitale e agenzia per le famiglie che abitano nel Municipio"
    lines = [
        ("Progetto 1 – Primo", 10.0, False, 30.0),
        (f"MI4.1.1.a - {title}", 10.0, False, 21.0),
        ("Contrasto del disagio abitativo attraverso interventi articolati in:", 10.0, False, 13.0),
        ("• percorsi verso la casa e il lavoro;", 10.0, False, 21.0),
        ("• corsi di lingua.", 10.0, False, 13.0),
        *((text, size, False, 21.0 if not at else 13.0) for at, (text, size) in enumerate(BODY)),
        ("Stato di attuazione: in corso", 10.0, False, 21.0),
    ] + [
        line
        for letter in "bcdefghi"
        for line in (
            (f"MI4.1.1.{letter} - Servizi", 10.0, False, 21.0),
            *(
                (text, size, False, 21.0 if not at else 13.0)
                for at, (text, size) in enumerate(BODY)
            ),
        )
    ]
    first, *_ = reading.actions(drawn(lines))
    assert first.title.value == title
    assert first.description.value.startswith("Contrasto del disagio")


def test_distance_ends_a_title() -> None:
    read = drawn(
        [
            ("Progetto 1 – Primo", 10.0, False, 30.0),
            ("MI4.1.1.a - Sportello unico digitale e agenzia per le famiglie", 10.0, False, 21.0),
            (BODY[0][0], 10.0, False, 21.0),
            *((text, size, False, 13.0) for text, size in BODY[1:]),
            ("Stato di attuazione: in corso", 10.0, False, 21.0),
        ]
    )
    (action,) = reading.actions(read)
    assert action.title.value == "Sportello unico digitale e agenzia per le famiglie"
    assert "title_end_uncertain" not in reading.rules(read)


def test_a_plain_title_that_breaks_early_goes_on_in_lower_case() -> None:
    read = drawn(
        [
            ("Progetto 1 – Primo", 10.0, False, 30.0),
            ("MI4.1.1.a - Sportello unico digitale e agenzia: Infrastruttura", 10.0, False, 21.0),
            ("di ricarica", 10.0, False, 13.0),
            (BODY[0][0], 10.0, False, 21.0),
            *((text, size, False, 13.0) for text, size in BODY[1:]),
            ("Stato di attuazione: in corso", 10.0, False, 21.0),
        ]
    )
    (action,) = reading.actions(read)
    assert action.title.value == "Sportello unico digitale e agenzia: Infrastruttura di ricarica"


def plain_sheets(below: float) -> list[tuple[str, float, bool, float]]:
    """Sheets set in one type: paragraphs stand apart, the text ``below`` a heading so far."""
    return [
        line
        for letter in "bcdefghilm"
        for line in (
            (f"MI4.1.1.{letter} - Servizi", 10.0, False, 21.0),
            *((text, size, False, 13.0 if at else below) for at, (text, size) in enumerate(BODY)),
            ("Stato di attuazione: in corso", 10.0, False, 21.0),
        )
    ]


FULL = "Sportello unico digitale e agenzia per le famiglie che abitano nel Municipio"
# Word sets nothing behind a heading, so that a full title and the text below look like one block.
CLOSE, APART = 13.0, 21.0


@pytest.mark.parametrize(
    "body",
    [
        ["Associazioni e residenti trovano un punto di ascolto gratuito in ogni quartiere."],
        [
            "Accompagnamento delle famiglie nelle pratiche in rete, con tempi assai brevi per",
            "chi le presenta. Si lavora su tre scale:",
        ],
    ],
)
def test_a_full_title_swallows_no_sentence_where_nothing_is_set_behind_headings(
    body: list[str],
) -> None:
    read = drawn(
        [
            ("Progetto 1 – Primo", 10.0, False, 30.0),
            (f"MI4.1.1.a - {FULL}", 10.0, False, APART),
            *((text, 10.0, False, CLOSE) for text in body),
            ("Stato di attuazione: in corso", 10.0, False, APART),
            *plain_sheets(CLOSE),
        ]
    )
    first, *_ = reading.actions(read)
    assert first.title.value == FULL
    assert first.description.value == " ".join(body)


def test_a_full_title_goes_on_where_text_is_set_apart_from_headings() -> None:
    read = drawn(
        [
            ("Progetto 1 – Primo", 10.0, False, 30.0),
            (f"MI4.1.1.a - {FULL}", 10.0, False, APART),
            ("Giambellino", 10.0, False, CLOSE),
            (BODY[2][0].capitalize(), 10.0, False, APART),
            ("Stato di attuazione: in corso", 10.0, False, APART),
            *plain_sheets(APART),
        ]
    )
    first, *_ = reading.actions(read)
    assert first.title.value == f"{FULL} Giambellino"


@pytest.mark.parametrize(("below", "goes_on"), [(APART, True), (CLOSE, False)])
def test_a_dash_goes_on_with_a_title_where_text_is_set_apart_from_headings(
    below: float, goes_on: bool
) -> None:
    # Balanced lines leave room for the dash; below a close heading it may open a list.
    read = drawn(
        [
            ("Progetto 1 – Primo", 10.0, False, 30.0),
            ("MI4.1.1.a - Efficienza energetica degli edifici pubblici", 10.0, False, APART),
            ("- Riqualificazione di scuole", 10.0, False, CLOSE),
            (BODY[2][0].capitalize(), 10.0, False, APART),
            ("Stato di attuazione: in corso", 10.0, False, APART),
            *plain_sheets(below),
        ]
    )
    title = "Efficienza energetica degli edifici pubblici"
    first, *_ = reading.actions(read)
    assert first.title.value == (f"{title} - Riqualificazione di scuole" if goes_on else title)


@pytest.mark.parametrize(("rest", "goes_on"), [("– Città di Fiume", True), ("– È nata", False)])
def test_a_dash_keeps_with_the_word_behind_it(rest: str, goes_on: bool) -> None:
    # The line has room for a dash and a letter, and the next one stands apart as titles' do.
    title = "Itinerario ciclabile da Vittor Pisani ai bastioni del Monte Santo fino alla città"
    letters = len(heading := f"MI4.1.1.a - {title}")
    read = drawn(
        [
            ("Progetto 1 – Primo", 10.0, False, 30.0),
            (heading, 10.0, True, 21.0),
            (rest, 10.0, True, 18.0),
            *((text, size, False, 13.0) for text, size in BODY),
            ("Stato di attuazione: in corso", 10.0, False, 21.0),
        ],
        spare=(1.1 * letters + 5) / letters,
    )
    (action,) = reading.actions(read)
    assert action.title.value == (f"{title} {rest}" if goes_on else title)


@pytest.mark.parametrize(
    ("rest", "goes_on"),
    [("Di Fiume", True), ("Della Repubblica", True), ("Un progetto per la zona", False)],
)
def test_a_title_s_few_last_words_may_begin_with_of(rest: str, goes_on: bool) -> None:
    title = "Itinerario ciclabile da Vittor Pisani ai bastioni del Monte Santo e alla Città"
    read = drawn(
        [
            ("Progetto 1 – Primo", 10.0, False, 30.0),
            (f"MI4.1.1.a - {title}", 10.0, False, 21.0),
            (rest, 10.0, False, 13.0),
            *((text, size, False, 13.0) for text, size in BODY),
            ("Stato di attuazione: in corso", 10.0, False, 21.0),
        ],
        spare=1.01,
    )
    (action,) = reading.actions(read)
    assert action.title.value == (f"{title} {rest}" if goes_on else title)
    assert ("title_end_uncertain" in reading.rules(read)) is not goes_on


def test_a_title_in_small_capitals_goes_on_further_apart_than_its_size_tells() -> None:
    # Most letters are set in 8 points, the lines as far apart as those of 10.
    title = (
        "LAVORO, FORMAZIONE E IMPRESA SOCIALE PER I GIOVANI – "
        "NUOVI PERCORSI CICLABILI E PEDONALI IN PARTE"
    )
    read = drawn(
        [
            ("PROGETTO 1 – PRIMO", 8.0, False, 30.0),
            (f"MI4.1.1.a - {title}", 8.0, False, 24.0),
            ("PROTETTI", 8.0, False, 13.6),
            *((text, size, False, 14.0) for text, size in BODY),
            ("Stato di attuazione: in corso", 10.0, False, 21.0),
        ],
        spare=1.01,
    )
    (action,) = reading.actions(read)
    assert action.title.value == f"{title} PROTETTI"
    assert "title_end_uncertain" not in reading.rules(read)


@pytest.mark.parametrize(("bold", "goes_on"), [(True, True), (False, False)])
def test_a_title_beside_its_code_goes_on_in_the_next_column(bold: bool, goes_on: bool) -> None:
    texts = [
        ("Progetto 1 – Primo", 50.0, 90.0, True, None),
        ("MI4.1.1.a", 50.0, 120.0, True, (0, 0, 0)),
        ("Accoglienza delle persone in condizione di", 110.0, 120.0, True, (0, 0, 1)),
        ("fragilità", 350.0, 90.0, bold, None),
        *((text, 350.0, 110.0 + 13 * at, False, None) for at, (text, _) in enumerate(BODY)),
        ("Stato di attuazione: in corso", 350.0, 160.0, False, None),
    ]
    (action,) = reading.actions(placed(texts))
    title = "Accoglienza delle persone in condizione di"
    assert action.title.value == (f"{title} fragilità" if goes_on else title)


@pytest.mark.parametrize(("bold", "goes_on"), [(True, True), (False, False)])
def test_in_a_cell_of_its_own_a_title_goes_on_while_its_type_does(
    bold: bool, goes_on: bool
) -> None:
    # The table above is as wide as the one below, so that what is between them seems to be of it.
    above, below = ["Progetto 1 – Primo", "MI4.1.1.a - Case per le"], [text for text, _ in BODY]
    texts = [
        (above[0], 50.0, 90.0, True, None),
        (above[1], 50.0, 120.0, True, (0, 0, 0)),
        ("Famiglie", 50.0, 140.0, bold, (0, 0, 0)),
        *((text, 50.0, 160.0 + 13 * at, False, (0, 0, 0)) for at, text in enumerate(below)),
        ("Stato di attuazione: in corso", 50.0, 220.0, False, (0, 1, 0)),
    ]
    (action,) = reading.actions(placed(texts))
    assert action.title.value == f"Case per le{' Famiglie' if goes_on else ''}"
    assert action.description.value == f"{'' if goes_on else 'Famiglie '}{' '.join(below)}"


def placed(texts: list[tuple[str, float, float, bool, tuple[int, int, int] | None]]) -> Report:
    """A report of one page from (text, left edge, baseline, bold, cell), 5 points a character."""
    lines = []
    for number, (text, left, bottom, heavy, cell) in enumerate(texts, 1):
        lefts = [left + 5 * place for place in range(len(text))]
        rights = [edge + 5 for edge in lefts]
        box = Box(left, bottom - 10, rights[-1], bottom)
        lead = len(text) if heavy else 0
        lines.append(Line(number, 1, text, box, 10.0, heavy, lead, lefts, rights, 800.0, cell))
    return parse_report(Document(lines, 1, "test", "application/pdf"))


def test_a_raised_footnote_s_mark_is_no_title() -> None:
    title = "MI4.1.1.a - Sportello unico5"
    line = Line(2, 1, title, superscripts=((len(title) - 1, len(title)),))
    lines = [
        Line(1, 1, "Progetto 1 – Primo"),
        line,
        Line(3, 1, "Stato di attuazione: in corso"),
    ]
    (action,) = reading.actions(parse_report(Document(lines, 1, "test", "application/pdf")))
    assert action.title.value == "Sportello unico"


def test_a_number_that_is_no_note_stays() -> None:
    text = "Progetto 1 – Primo\n\nMI4.1.1.a - Piazza Maggio68\n\nStato di attuazione: in corso\n"
    (action,) = reading.actions(report(text))
    assert action.title.value == "Piazza Maggio68"


@pytest.mark.parametrize("title", ["Edificio A", "Lotto E", "Restauro della torre I", "Piazza O"])
def test_a_capital_letter_that_ends_a_title_is_no_preposition(title: str) -> None:
    text = f"Progetto 1 – Primo\n\nMI4.1.1.a - {title}\n\n{PROSE}{SHEET}"
    (action,) = reading.actions(report(text))
    assert action.title.value == title
    assert action.description.value == PROSE.strip()
