"""Running lines, page numbers, footnotes and repeated addresses are set aside; nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.grammar import parse_report
from parsers.lines import Box, Document, Line, PageSize
from parsers.vocabulary import PACKAGED
from pipeline.checks import findings
from tests import reading
from tests.cities import random_edition
from tests.reading import report, roles
from tests.truth import differences
from tests.typeset import Style, plain

PROSE = (
    "Un testo che descrive l’azione e che finisce con un punto.",
    "Un testo più breve.",
    "Un testo per gli uffici comunali,\nche gestiranno le pratiche in rete.",
    "Un testo sulla rete che unisce scuole, biblioteche e centri civici.",
)
STREETS = ("Verdi", "Roma", "Po", "Zoia", "Monti", "Dini")
STATUSES = ("in corso", "lavori conclusi", "gara in corso", "progettazione in corso")


def sheet(number: int, status: str | None = None) -> str:
    letter = "abcd"[number]
    return (
        f"MI4.1.1.{letter} - Servizi {letter}{letter}\n\n{PROSE[number]}\n"
        f"Risorse PON METRO € {number + 1}0.000,00\n"
        f"Stato di attuazione: {status or STATUSES[number]}\n"
    )


def paged(head: str = "", foot: str = "", pages: int = 4) -> str:
    """An edition with one action on each page; ``#`` is the page's number."""
    parts = []
    for number in range(pages):
        lead = "Progetto 1 – Primo\n\n" if number == 0 else ""
        page = head.replace("#", str(number + 1)) + lead + sheet(number)
        parts.append(page + foot.replace("#", str(number + 1)))
    return "\f".join(parts)


HEADERS = [
    "PON Città Metropolitane – Milano\n\n",
    "Comune di Milano\nSchede progetto\n\n",
    "Comune di Milano                                      10.04.2017\n",
    "Scheda progetto – pagina # di 4\n",
]
FOOTERS = [
    "\n#\n",
    "\n- # -\n",
    "\nPag. # di 4\n",
    "\npagina #\n",
    "\n# / 4\n",
    "\nComune di Milano | #\n",
    "\n[#]\n",
    "\np. #\n",
    "\nPag. # su 4\n",
    "\nSchede progetto – pag. #\n",
    "\nPiano Operativo 2014-2020           #\n",
]


@pytest.mark.parametrize("feed", ["\f", ""])
@pytest.mark.parametrize("head", ["", *HEADERS])
@pytest.mark.parametrize("foot", ["", *FOOTERS])
def test_running_lines_and_page_numbers(head: str, foot: str, feed: str) -> None:
    text = paged(head, foot).replace("\f", feed)
    read = report(text)
    furniture = [line for role, line in roles(read, text) if role == "furniture"]
    each = [line for line in (head + foot).split("\n") if line.strip()]
    assert len(furniture) == 4 * len(each)
    assert [action.status.value for action in reading.actions(read)] == list(STATUSES)
    for action, prose in zip(reading.actions(read), PROSE, strict=True):
        assert action.description.value == prose.replace("\n", " ")
        assert len(action.funding) == 1


def test_fields_that_come_again_in_place_are_no_furniture() -> None:
    text = "Progetto 1 – Primo\n\n" + "\f".join(sheet(number, "in corso") for number in range(4))
    rows = reading.tables_of(text.replace("0.000,00", "5.000,00"))
    assert [row["status"] for row in rows["actions"]] == ["in corso"] * 4
    assert len(rows["funding"]) == 4
    assert "furniture" not in {row["role"] for row in rows["lines"]}


def test_a_number_counts_as_furniture_only_where_it_counts() -> None:
    text = paged(foot="\n100\n")
    read = report(text)
    assert "100" in reading.actions(read)[0].status.value


def test_a_line_at_the_foot_stays_text() -> None:
    pages = paged().split("\f")
    pages[1] = pages[1].rstrip("\n") + ", con la conclusione prevista entro fine 2023\n"
    text = "\f".join(pages)
    read = report(text)
    assert reading.actions(read)[1].status.value == (
        "lavori conclusi, con la conclusione prevista entro fine 2023"
    )
    assert "furniture" not in read.roles


def test_sentences_that_come_again_are_text_where_they_are_not_in_place() -> None:
    again = "L’intervento è realizzato con il terzo settore.\n"
    text = "\f".join(
        page.replace("Un testo", again * (1 + place % 2) + "Un testo")
        for place, page in enumerate(paged().split("\f"))
    )
    read = report(text)
    for action in reading.actions(read):
        assert action.description.value.startswith("L’intervento è realizzato")


@pytest.mark.parametrize(
    ("text", "other", "kept"),
    [
        ("Alloggi nel quartiere", "Alloggi nel quartiere", True),
        ("Alloggi nel quartiere", "Immobili", False),
        # The heading of a list, and what leads on to what is below it, are no running line.
        ("Unità immobiliari", "Immobili", True),
        ("Il progetto comprende i luoghi seguenti:", "Immobili", True),
    ],
)
def test_what_stands_inside_pages_too_is_text_at_the_head_of_a_few(
    text: str, other: str, kept: bool
) -> None:
    places = "\n\nvia Verdi 3\n\npiazza Dante 4\n\n"
    pages = []
    for number in range(8):
        lead = "Progetto 1 – Primo\n\n" if number == 0 else ""
        head = f"{text}{places}" if number in (2, 4, 6) else f"{PROSE[number % 4]}\n\n"
        body = f"{head}MI4.1.1.{'abcdefgh'[number]} - Servizi {'abcdefgh'[number] * 2}\n\n"
        body += f"{PROSE[number % 4]}\n\n" * 6 + (f"{other}{places}" if number == 5 else "")
        pages.append(f"{lead}{body}Stato di attuazione: in corso\n\n" + f"{number + 1}\n")
    read = report("\f".join(pages))
    heads = [line for line in roles(read, "\f".join(pages)) if line[1] == text]
    assert ("furniture" not in {role for role, _ in heads}) is kept


@pytest.mark.parametrize(
    ("heads", "first", "role"),
    [
        (("Unità immobiliari",), 74.0, "body"),
        (("Comune di Milano",), 100.0, "furniture"),
        (("Comune di Milano", "Schede dei progetti"), 112.0, "furniture"),
    ],
)
def test_the_head_of_a_list_on_half_of_the_pages_is_text(
    heads: tuple[str, ...], first: float, role: str
) -> None:
    lines: list[Line] = []

    def add(page: int, text: str, bottom: float) -> None:
        box = Box(50.0, bottom - 10, 50.0 + 5 * len(text), bottom)
        lines.append(Line(len(lines) + 1, page, text, box, 10.0, False, room=500.0))

    for page in range(1, 7):
        for place, head in enumerate(heads if page % 2 else ()):
            add(page, head, 60.0 + 12 * place)
        add(page, f"via {STREETS[page - 1]} {page}", first)
        add(page, f"MI4.1.1.{'abcdef'[page - 1]} - Servizi {'abcdef'[page - 1] * 2}", first + 40)
        add(page, PROSE[page % 4].replace("\n", " "), first + 60)
    sizes = [PageSize(500.0, 700.0)] * 6
    read = parse_report(Document(lines, 6, "test", "application/pdf", sizes=sizes))
    # What stands before the first sheet is front matter.
    found = {read.roles[line.number - 1] for line in lines[4:] if line.text in heads}
    assert found == {role}


def test_labels_at_a_page_s_head_are_no_furniture() -> None:
    pages = []
    for number in range(4):
        lead = "Progetto 1 – Primo\n\n" if number == 0 else "Stato di attuazione: in corso\n"
        letter = "abcd"[number]
        pages.append(
            f"{lead}MI4.1.1.{letter} - Servizi {letter}{letter}\n\n"
            f"{PROSE[number]}\nRisorse PON METRO € {number + 1}.000,00\n"
        )
    pages.append("Stato di attuazione: in corso\n")
    text = "\f".join(pages)
    read = report(text)
    assert [action.status.value for action in reading.actions(read)] == ["in corso"] * 4


def test_one_page_has_no_running_lines() -> None:
    text = "Progetto 1 – Primo\n\n" + sheet(0) + "\n1\n"
    assert "furniture" not in report(text).roles


def test_a_footnote_is_set_aside() -> None:
    text = paged(pages=2).replace("che descrive l’azione", "della città3", 1)
    first, second = text.split("\f")
    text = f"{first}\n3 Come risulta dal Piano Operativo approvato.\n\f{second}"
    read = report(text)
    assert ("footnote", "3 Come risulta dal Piano Operativo approvato.") in roles(read, text)
    assert reading.actions(read)[0].status.value == "in corso"


URL = "https://www.comune.example.it/lavori/"


@pytest.mark.parametrize(("raised", "role"), [(((0, 2),), "footnote"), ((), "status")])
def test_a_small_line_with_a_raised_mark_is_a_note_though_no_call_is_seen(
    raised: tuple[tuple[int, int], ...], role: str
) -> None:
    texts = ["Progetto 1 – Primo", *sheet(0).splitlines(), "2. Al netto delle economie di gara."]
    lines = [
        Line(number, 1, text, Box(50, 20 * number, 500, 20 * number + 10), 10.0, False)
        for number, text in enumerate(filter(None, texts), 1)
    ]
    lines[-1] = lines[-1]._replace(size=7.0, superscripts=raised)
    read = parse_report(Document(lines, 1, "test", "application/pdf"))
    assert read.roles[-1] == role


@pytest.mark.parametrize(
    ("far", "note", "role"),
    [
        (60.0, "Al netto delle economie di gara.", "footnote"),
        (10.0, "Al netto delle economie di gara.", "status"),
        (60.0, "Consegna per € 1.000,00.", "status"),
    ],
)
def test_small_lines_far_below_the_text_are_a_note_though_no_call_is_seen(
    far: float, note: str, role: str
) -> None:
    # The mark is drawn by itself, as the marks of lists are.
    texts = ["Progetto 1 – Primo", *sheet(0).splitlines(), "2.", note]
    lines = [
        Line(number, 1, text, Box(50, 20 * number, 500, 20 * number + 10), 10.0, False)
        for number, text in enumerate(filter(None, texts), 1)
    ]
    foot = lines[-3].box.bottom + far  # type: ignore[union-attr]
    lines[-2] = lines[-2]._replace(size=5.0, box=Box(50, foot, 54, foot + 6))
    lines[-1] = lines[-1]._replace(size=7.0, box=Box(58, foot, 300, foot + 8))
    read = parse_report(Document(lines, 1, "test", "application/pdf"))
    assert read.roles[-1] == role


@pytest.mark.parametrize(("call", "role"), [("3", "footnote"), ("4", "body")])
def test_a_note_stands_on_the_page_behind_its_call_where_that_has_no_room(
    call: str, role: str
) -> None:
    texts = ["Progetto 1 – Primo", f"MI4.1.1.a - Sportello{call}", "Con ascolto e formazione."]
    texts += ["3 .", "Come risulta dal Piano."]
    lines = [
        Line(number, 1, text, Box(50, 20 * number, 500, 20 * number + 10), 10.0, False)
        for number, text in enumerate(texts, 1)
    ]
    lines[1] = lines[1]._replace(superscripts=((len(texts[1]) - 1, len(texts[1])),))
    lines[2:] = [line._replace(page=2) for line in lines[2:]]
    lines[3], lines[4] = lines[3]._replace(size=6.0), lines[4]._replace(size=8.0)
    read = parse_report(Document(lines, 2, "test", "application/pdf"))
    assert read.roles[3:] == [role, role]


@pytest.mark.parametrize(("mark", "role"), [("2", "footnote"), ("3", "body")])
def test_a_mark_alone_on_its_line_goes_with_its_note(mark: str, role: str) -> None:
    texts = ["Progetto 1 – Primo", *sheet(0).splitlines(), "2 Come risulta dal Piano."]
    place = next(at for at, text in enumerate(texts) if text.startswith("MI")) + 1
    texts.insert(place, mark)
    lines = [
        Line(number, 1, text, Box(50, 20 * number, 500, 20 * number + 10), 10.0, False)
        for number, text in enumerate(texts, 1)
    ]
    lines[place] = lines[place]._replace(size=6.0)
    lines[-1] = lines[-1]._replace(size=8.0)
    read = parse_report(Document(lines, 1, "test", "application/pdf"))
    assert read.roles[place] == role


@pytest.mark.parametrize(("top", "role"), [(20.0, "footnote"), (200.0, "body")])
def test_a_note_at_a_column_s_foot_is_set_aside(top: float, role: str) -> None:
    texts = ["Progetto 1 – Primo", *sheet(0).splitlines()]
    place = next(at for at, text in enumerate(texts) if text.startswith("MI")) + 2
    texts.insert(place, "2 Come risulta dal Piano.")
    lines = [
        Line(number, 1, text, Box(50, 20 * number, 250, 20 * number + 10), 10.0, False)
        for number, text in enumerate(texts, 1)
    ]
    lines[place] = lines[place]._replace(size=8.0, box=Box(50, 210, 250, 218))
    # The next column begins at the page's top, or the text goes on.
    left = 280 if top < 100 else 50
    for at, line in enumerate(lines[place + 1 :], place + 1):
        y = top + 20 * (at - place)
        lines[at] = line._replace(box=Box(left, y, left + 200, y + 10))
    read = parse_report(Document(lines, 1, "test", "application/pdf"))
    assert read.roles[place] == role


def test_an_address_printed_again_at_a_page_s_end_is_an_annotation() -> None:
    first, second = paged(pages=2).split("\f")
    text = first.replace("e: in corso", f"e: in corso, si veda {URL}") + f"\n{URL}\n\f" + second
    rows = reading.tables_of(text)
    assert [row["url"] for row in rows["links"]] == [URL]
    assert [row["role"] for row in rows["lines"]].count("annotation") == 1
    assert rows["actions"][0]["status"] == f"in corso, si veda {URL}"


def test_a_heading_without_its_space_ends_a_page_as_others_do() -> None:
    text = (
        "Progetto 1 – Primo\nMI4.1.1.a - Uno\nStato di attuazione: in corso https://a.example.it/\n"
        "https://a.example.it/\n{}2 – Secondo\nMI4.1.1.b - Due\nStato di attuazione: in corso\n"
    )
    found = [report(text.format(head)).roles[3] for head in ("Progetto ", "Progetto")]
    assert found == ["annotation", "annotation"]


def test_a_text_whose_pages_are_not_all_marked_keeps_its_annotations() -> None:
    sheet = (
        "MI4.1.1.{letter} - Azione\nUn testo.\nRisorse PON METRO € 1.000,00\n"
        "Stato di attuazione: in corso, si veda {url}\n{url}\n\n"
    )
    parts = [
        f"Progetto {n} – Nome\n\n" + sheet.format(letter="abc"[n - 1], url=URL) for n in (1, 2, 3)
    ]
    for text in ("".join(parts), parts[0] + "\f" + parts[1] + parts[2]):
        rows = reading.tables_of(text)
        assert [row["status"] for row in rows["actions"]] == [f"in corso, si veda {URL}"] * 3


def test_an_address_that_is_printed_once_is_no_annotation() -> None:
    first, second = paged(pages=2).split("\f")
    text = first + f"{URL}\n\f" + second
    rows = reading.tables_of(text)
    assert [row["url"] for row in rows["links"]] == [URL]
    assert "annotation" not in {row["role"] for row in rows["lines"]}


def test_two_texts_that_print_one_address_print_it_twice() -> None:
    first, second = paged(pages=2).split("\f")
    text = (
        first.replace("che finisce", f"che si trova qui ({URL}) e che finisce").replace(
            "e: in corso", f"e: in corso {URL}"
        )
        + "\f"
        + second
    )
    rows = reading.tables_of(text)
    assert [row["url"] for row in rows["links"]] == [URL, URL]


@pytest.mark.parametrize("line", ["_" * 40, "-" * 40, "=====", "* * *", "• • •", "|"])
def test_drawn_rules_are_furniture(line: str) -> None:
    text = "Progetto 1 – Primo\n\n" + sheet(0) + f"\n{line}\n\n" + sheet(1)
    read = report(text)
    assert "unclassified" not in read.roles
    assert [action.status.value for action in reading.actions(read)] == list(STATUSES[:2])


def test_what_no_rule_takes_is_an_error() -> None:
    text = "Progetto 1 – Primo\n\n" + sheet(0) + "\n\ufffd\ufffd\ufffd ?!\n\n" + sheet(1)
    rows = reading.tables_of(text)
    assert [row["role"] for row in rows["lines"]].count("unclassified") == 1
    (finding,) = rows["findings"]
    assert (finding["rule"], finding["severity"]) == ("unclassified_line", "error")


def counted(pages: list[str], number: int = 1) -> list[str]:
    return [f"{page}\n- {place} -\n" for place, page in enumerate(pages, number)]


@pytest.mark.parametrize("feed", ["\f", ""])
@pytest.mark.parametrize("numeral", ["i ii iii iv", "I II III IV", "9 10 11 12", "Pag.ix x xi xii"])
def test_numerals_that_rise_with_the_pages(numeral: str, feed: str) -> None:
    numerals = numeral.removeprefix("Pag.").split()
    start = "Pag. " if numeral.startswith("Pag.") else ""
    pages = [f"{page}\n{start}{n}\n" for page, n in zip(paged().split("\f"), numerals, strict=True)]
    read = report(feed.join(pages))
    assert [action.status.value for action in reading.actions(read)] == list(STATUSES)


@pytest.mark.parametrize("feed", ["\f", ""])
def test_headers_of_odd_and_even_pages(feed: str) -> None:
    heads = ("Comune di Milano", "Schede dei progetti")
    pages = [f"{heads[n % 2]}\n\n{page}" for n, page in enumerate(paged().split("\f"))]
    read = report(feed.join(counted(pages)))
    assert [action.status.value for action in reading.actions(read)] == list(STATUSES)
    assert [action.description.value for action in reading.actions(read)] == [
        prose.replace("\n", " ") for prose in PROSE
    ]
    assert sorted(read.furniture) == sorted(heads)


@pytest.mark.parametrize("feed", ["\f", ""])
def test_a_header_that_names_the_section_opens_no_project(feed: str) -> None:
    bodies = [sheet(number) for number in range(4)]
    bodies[0] = "Progetto 1 – Primo\n\n" + bodies[0]
    bodies[2] = "Progetto 2 – Secondo\n\n" + bodies[2]
    names = ["Progetto 1 – Primo"] * 2 + ["Progetto 2 – Secondo"] * 2
    pages = [f"{name}\n\n{body}" for name, body in zip(names, bodies, strict=True)]
    read = report(feed.join(counted(pages)))
    assert [len(project.actions) for project in read.projects] == [2, 2]
    assert [project.title.value for project in read.projects] == ["Primo", "Secondo"]
    assert [action.status.value for action in reading.actions(read)] == list(STATUSES)


def test_a_project_that_each_page_names_opens_once() -> None:
    """Where nothing else prints a project's heading, the first running title is the heading."""
    pages = [f"Progetto 1 – Primo\n\n{sheet(number)}" for number in range(4)]
    read = report("\f".join(pages))
    assert [project.title.value for project in read.projects] == ["Primo"]
    assert len(read.projects[0].actions) == 4


def test_a_project_s_heading_at_each_page_s_head_is_no_running_title() -> None:
    pages = [
        f"Progetto {n + 1} – {name}\n\n{sheet(n)}"
        for n, name in enumerate(("Primo", "Secondo", "Terzo", "Quarto"))
    ]
    contents = "Indice\n" + "".join(f"{page.partition(chr(10))[0]}\n" for page in pages)
    read = report("\f".join([contents, *pages]))
    assert [project.number for project in read.projects] == [1, 2, 3, 4]
    assert "furniture" not in read.roles


def test_technical_assistance_whose_action_has_its_name_is_no_running_title() -> None:
    pages = [f"Progetto {n + 1} – {'ABC'[n]}ase\n\n{sheet(n)}" for n in range(3)]
    pages.append("Assistenza tecnica\n\nMI5.1.1.a - Assistenza tecnica\n\nUn testo.\n")
    read = report("\f".join(pages))
    assert len(read.projects) == 4
    assert "furniture" not in read.roles


@pytest.mark.parametrize("mark", ["Pag. #", "- # -", "#/2", "Pagina # di 2"])
def test_two_pages_of_which_the_first_has_no_number(mark: str) -> None:
    text = paged(pages=2) + "\n" + mark.replace("#", "2") + "\n"
    assert [action.status.value for action in reading.actions(report(text))] == list(STATUSES[:2])


@pytest.mark.parametrize("last", ["2", "3/20", "1/2", "Pag. 7", "Via Roma 2", "[2] x"])
def test_a_last_line_that_is_not_the_second_page_s_number_stays_text(last: str) -> None:
    assert "furniture" not in report(paged(pages=2) + f"\n{last}\n").roles


def test_two_pages_share_the_lines_that_open_the_text() -> None:
    text = paged(head="Comune di Milano\nSchede progetto\n\n", pages=2)
    read = report(text)
    assert read.furniture == ["Comune di Milano", "Schede progetto"]
    assert reading.actions(read)[0].status.value == "in corso"


@pytest.mark.parametrize("seed", range(6))
def test_short_pages_without_form_feeds(seed: int) -> None:
    """Cut anywhere, with a header and a number or without one: the same is read."""
    edition = random_edition(700 + seed)
    look = Style(seed=seed, width=70 + 10 * seed, blanks=1.0)
    look = replace(look, header=seed % 3 != 0, page_numbers=seed % 3 != 1)
    text = plain.text(edition, look, page_lines=14 + 6 * seed)
    skip = ("paragraphs",)
    plain_rows = reading.tables_of(plain.text(edition, look))
    rows = reading.tables_of(text)
    assert differences(edition, rows, skip=skip) == differences(edition, plain_rows, skip=skip)
    running = [row["text"] for row in rows["lines"] if row["role"] == "furniture"]
    headers = running.count(edition.header)
    assert (headers > 2) == look.header
    assert (len(running) - headers > 2) == look.page_numbers


@pytest.mark.parametrize(("times", "role"), [(3, "funding"), (1, "furniture")])
def test_a_label_at_most_pages_heads_that_stands_in_their_midst_too_is_text(
    times: int, role: str
) -> None:
    # A table that a page's end parts from its action, on two pages of three.
    lines: list[Line] = []

    def add(page: int, text: str, bottom: float, x: float = 50.0, row: int | None = None) -> None:
        box = Box(x, bottom - 10, x + 5 * len(text), bottom)
        cell = None if row is None else (page, row, int(x > 50))
        lines.append(Line(len(lines) + 1, page, text, box, 10.0, False, room=500.0, cell=cell))

    for page in range(1, 4):
        tops = [60.0] * (page > 1) + [150.0 + 90 * at for at in range(times if page > 1 else 0)]
        add(page, "Progetto 1 – Primo" if page == 1 else "", 20.0)
        for at, top in enumerate(tops or [60.0]):
            if tops:
                add(page, "Risorse PON METRO", top, row=2 * at)
                add(page, f"€ {page}{at}.000,00", top, 200.0, row=2 * at)
            letter = "abcdefghijkl"[4 * page - 4 + at]
            add(page, f"MI4.1.1.{letter} - Servizi {letter}{letter}", top + 30)
            add(page, PROSE[0], top + 50)
    kept = [line for line in lines if line.text]
    kept = [line._replace(number=number) for number, line in enumerate(kept, 1)]
    sizes = [PageSize(500.0, 700.0)] * 3
    read = parse_report(Document(kept, 3, "test", "application/pdf", sizes=sizes))
    first = next(line for line in kept if line.text == "Risorse PON METRO")
    assert read.roles[first.number - 1] == role


def _stamped(pages: int, marked: range, head: str = "") -> Document:
    """Pages of one action each, some of them with a register's stamp up the side."""
    lines: list[Line] = []

    def add(page: int, text: str, box: Box, size: float = 10.0) -> None:
        lines.append(Line(len(lines) + 1, page, text, box, size, False))

    for page in range(1, pages + 1):
        sides = head.split("/")
        if head:
            add(page, sides[page % len(sides)].replace("#", str(page)), Box(50, 20, 200, 28), 8.0)
        texts = ["Progetto 1 – Primo"] if page == 1 else []
        texts += [*sheet((page - 1) % 4).split("\n")]
        for place, text in enumerate(filter(None, texts)):
            top = 60.0 + 15 * place
            add(page, text, Box(50, top, 50 + 5 * len(text), top + 10))
        if page in marked:
            add(page, f"Prot. 12/03/2022.0145{page}73 - Copia conforme", Box(15, 300, 22, 540), 7.0)
    sizes = [PageSize(595, 842)] * pages
    return Document(lines, pages, "pdfium", "application/pdf", sizes)


@pytest.mark.parametrize(
    ("pages", "marked"), [(2, range(1, 3)), (4, range(1, 5)), (4, range(2, 5))]
)
def test_a_stamp_up_the_side_of_most_pages_is_furniture(pages: int, marked: range) -> None:
    document = _stamped(pages, marked)
    read = parse_report(document)
    stamps = [line.number - 1 for line in document.lines if "Prot." in line.text]
    assert {read.roles[place] for place in stamps} == {"furniture"}
    assert [each.status.value for each in reading.actions(read)] == list(STATUSES[:pages])


def test_a_stamp_up_the_side_of_one_page_is_told_of() -> None:
    document = _stamped(4, range(1, 2))
    read = parse_report(document)
    (stamp,) = (line for line in document.lines if "Prot." in line.text)
    told = findings(read, document, PACKAGED)
    assert ("stray_text", stamp.number) in {(signal.rule, signal.line) for signal in told}


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Relazione sullo stato di attuazione #/# PON Metro Palermo", "furniture"),
        ("Le famiglie seguite sono #7/Nel primo anno gli alloggi sono #8", "body"),
    ],
)
def test_heads_of_both_sides_of_few_pages_count_them(head: str, role: str) -> None:
    document = _stamped(4, range(0), head)
    read = parse_report(document)
    heads = [line.number - 1 for line in document.lines if line.size == 8.0 and line.page != 1]
    assert {read.roles[place] for place in heads} <= {role, "status"}
    assert (role == "furniture") is all(read.roles[place] == "furniture" for place in heads)


@pytest.mark.parametrize("beside", ["Comune di Milano", ""])
def test_a_head_that_names_the_first_heading_of_its_page_is_a_running_title(beside: str) -> None:
    document = Document([], 5, "pdfium", "application/pdf", [PageSize(595, 842)] * 5)

    def add(page: int, text: str, left: float, top: float, size: float) -> None:
        box = Box(left, top, left + 0.5 * size * len(text), top + size)
        document.lines.append(Line(len(document.lines) + 1, page, text, box, size, size > 10))

    names = ["Primo", "Secondo", "Terzo", "Quarto", ""]
    for page, name in enumerate(names, 1):
        project = f"Progetto {page} – {name} progetto della città" if name else "Assistenza tecnica"
        if beside:
            add(page, beside, 50, 20, 8.0)
        add(page, project, 300, 20, 8.0)
        top = 60.0
        if page > 1:  # the end of the sheet before
            add(page, f"Risorse PON METRO € {page}0.000,00", 50, top, 10.0)
            add(page, "Stato di attuazione: in corso", 50, top + 15, 10.0)
            top += 60
        add(page, project.removesuffix(" della città"), 50, top, 16.0)
        if name:
            add(page, "della città", 50, top + 20, 16.0)
        top += 40
        add(page, f"MI4.1.1.{'abcde'[page - 1]} - Servizi di quartiere", 50, top + 10, 12.0)
        add(page, f"Un testo che descrive l’azione {page + 20} e finisce.", 50, top + 30, 10.0)
        add(page, f"{name or 'Altro'}, un testo più breve.", 50, top + 50, 10.0)
    read = parse_report(document)
    titles = [project.title.value for project in read.projects]
    assert titles == [
        f"{name} progetto della città" if name else "Assistenza tecnica" for name in names
    ]
    assert not [found for found in findings(read, document, PACKAGED) if found.rule == "stray_text"]
    found = reading.actions(read)
    assert [action.status.value for action in found] == ["in corso"] * 4 + [""]
    assert [len(action.funding) for action in found] == [1, 1, 1, 1, 0]
