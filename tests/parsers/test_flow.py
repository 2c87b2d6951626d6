"""The signs between neighbouring lines: what runs on, what begins anew."""

from __future__ import annotations

import pytest

from parsers.flow import Flow
from parsers.items import ends_closed, ends_open, is_numbered, items_of, points_on
from parsers.lines import Box, Line
from parsers.text import Text
from parsers.vocabulary import PACKAGED


def flow_of(text: str) -> Flow:
    lines = [Line(number, None, line) for number, line in enumerate(text.split("\n"), 1)]
    return flow_of_lines(lines)


def flow_of_lines(lines: list[Line]) -> Flow:
    taken = ["blank" if line.blank else None for line in lines]
    texts = [Text.of(line) for line in lines]
    return Flow(items_of(lines, texts, taken, PACKAGED), PACKAGED)


def drawn(*lines: tuple[str, float, float], size: float = 10.0, room: float = 300.0) -> Flow:
    """A flow of lines given as (text, left edge, baseline), 5 points a character."""
    made = []
    for number, (text, left, bottom) in enumerate(lines, 1):
        lefts = [left + 5 * place for place in range(len(text))]
        rights = [edge + 5 for edge in lefts]
        box = Box(left, bottom - size, rights[-1], bottom)
        made.append(Line(number, 1, text, box, size, False, 0, lefts, rights, room))
    return flow_of_lines(made)


@pytest.mark.parametrize(
    "text",
    ["Servizi alle persone e", "in raccordo con", "la rete dell’", "Casa –", "Casa -", "(azione",
     "alloggi,", "Servizi per la", "di cui al n.", "famiglie e/", "Borgo Nuovo, San"],
)  # fmt: skip
def test_open_ends(text: str) -> None:
    assert ends_open(text, PACKAGED)


@pytest.mark.parametrize(
    "text",
    [
        "Servizi alle persone",
        "lavori in corso.",
        "(azione MI3.1.1.a)",
        "le attività:",
        "“Casa”",
        "",
        "/",
        "lavori/bici/",
    ],
)
def test_ends_that_are_not_open(text: str) -> None:
    assert not ends_open(text, PACKAGED)


@pytest.mark.parametrize("text", ["fine.", "fine;", "fine:", "fine!", "fine?)", "“fine.”", "fine…"])
def test_closed_ends(text: str) -> None:
    assert ends_closed(text)


@pytest.mark.parametrize("text", ["con l’azione", "si veda il progetto", "(cfr.", "le azioni"])
def test_what_points_to_a_code(text: str) -> None:
    assert points_on(text, PACKAGED)


@pytest.mark.parametrize(
    "text",
    ["1. Uno", "1) Uno", "(a) Uno", "a) Uno", "b. Uno", "iv) Uno", "Azione 1: Uno", "Fase 2 – Uno"],
)
def test_numbered_items(text: str) -> None:
    assert is_numbered(text)


@pytest.mark.parametrize(
    "text", ["1.200 euro", "2021 fine", "Azione MI3.1.1.a", "e. g.", "3.3.1 A"]
)
def test_what_is_no_numbered_item(text: str) -> None:
    if text != "e. g.":
        assert not is_numbered(text)


def test_marks_are_parted_from_their_text() -> None:
    items = flow_of("• uno\n\uf0b7 due\n- tre\n–quattro\n•\ncinque").items
    assert [(item.mark, item.value) for item in items] == [
        ("•", "uno"),
        ("\uf0b7", "due"),
        ("-", "- tre"),
        ("", "–quattro"),
        ("•", ""),
        ("•", "cinque"),
    ]


def test_blank_lines_are_counted() -> None:
    assert [item.blanks for item in flow_of("uno\n\n\ndue\ntre").items] == [0, 2, 0]


def test_blank_lines_speak_only_where_they_part_paragraphs() -> None:
    parted = "Un testo che va\na capo e finisce.\n\nUn altro testo che va\na capo e finisce.\n"
    assert flow_of(parted).blanks_speak
    assert not flow_of(parted.replace("\n", "\n\n")).blanks_speak


def test_the_width_of_a_text_that_was_wrapped_by_characters() -> None:
    exact = flow_of("un testo lungo che\nva a capo a metà e\npoi finisce qui da")
    assert exact.exact is not None
    assert exact.fits(1) is False


def test_a_break_before_a_word_that_would_have_fitted_was_meant() -> None:
    flow = drawn(
        ("una riga breve", 50, 100),
        ("Altra riga, che arriva fino al margine destro o quasi", 50, 113),
        ("riempita.", 50, 126),
        room=50 + 5 * 54,
    )
    assert flow.fits(1) is True
    assert flow.fits(2) is False
    assert flow.breaks(1) == (True, True)
    assert flow.breaks(2)[0] is False


def test_beside_a_picture_a_line_may_have_less_room() -> None:
    flow = drawn(("i" * 34, 100.0, 20.0), ("Paolo", 100.0, 33.0))
    assert flow.fits(1)
    first, second = (item.line for item in flow.items)
    assert flow_of_lines([first._replace(picture=True), second]).fits(1) is None


def test_a_gap_parts_what_words_would_join() -> None:
    flow = drawn(
        ("una riga che va avanti fino al margine destro del testo", 50, 100),
        ("ancora una riga che va avanti fino al margine destro qui", 50, 113),
        ("ancora una riga che va avanti fino al margine destro qui", 50, 126),
        ("Un nuovo capoverso che arriva fino al margine destro qui", 50, 150),
        room=50 + 5 * 57,
    )
    assert [flow.gap(index) for index in (1, 2, 3)] == [False, False, True]
    assert flow.breaks(3) == (True, True)
    assert flow.fresh(3) is True


def test_the_closer_lines_of_cells_say_nothing_of_the_text() -> None:
    flow = drawn(
        ("una riga che va avanti fino al margine destro del testo", 50, 100),
        ("ancora una riga che va avanti fino al margine destro qui", 50, 110),
        ("ancora una riga che va avanti fino al margine destro qui", 50, 120),
        ("Un capoverso che arriva fino al margine destro (POR e PON", 50, 200),
        ("FSE).", 50, 212),
        ("Un altro capoverso che arriva fino al margine destro qui", 50, 240),
        ("e finisce.", 50, 252),
        room=50 + 5 * 58,
    )
    assert flow.breaks(4)[0] is True
    lines = [item.line for item in flow.items]
    celled = [line._replace(cell=(0, 0, 1)) for line in lines[:3]]
    flow = flow_of_lines([*celled, *lines[3:]])
    assert [flow.gap(index) for index in (1, 2, 4, 6)] == [False] * 4
    assert flow.breaks(4)[0] is False
    # A list's cells are set as the text is.
    place = [line._replace(cell=(1, 0, 0), page=2) for line in lines[3:5]]
    flow = flow_of_lines([*celled, *lines[3:], *place])
    assert flow.gap(len(flow.items) - 1) is False


def test_a_place_behind_a_blank_line_begins_anew_in_small_letters() -> None:
    prose = "Un testo che va a capo in mezzo a una frase\ne finisce.\n\n"
    full = "Quartieri interessati: Gorla, Porto, Barona, Corvetto"
    assert flow_of(f"{prose}{full}\n\nvia Verdi 3\n").breaks(3) == (True, True)
    assert flow_of(f"{prose}{full}\n\ne Baggio\n").breaks(3)[0] is False


def test_a_place_in_small_letters_begins_anew_behind_a_full_stop() -> None:
    full = "una riga che va avanti fino al margine destro del testo"
    lines = [(full, 50.0, 100.0), (f"{full[:-1]}.", 50.0, 113.0)]
    flow = drawn(*lines, ("via F.lli Cervi n. 76/A", 50.0, 80.0), room=50 + 5 * 56)
    assert flow.breaks(2)[0] is True
    flow = drawn(lines[0], (full, 50.0, 113.0), ("via Po 2", 50.0, 80.0), room=50 + 5 * 56)
    assert flow.breaks(2)[0] is False


def test_a_sentence_runs_on_from_a_full_line_over_a_wide_step() -> None:
    lines = [
        ("una riga che va avanti fino al margine destro del testo", 50.0, 100.0),
        ("ancora una riga che va avanti fino al margine destro qui", 50.0, 111.0),
        ("ancora una riga che va avanti fino al margine destro qui", 50.0, 122.0),
        ("che finisce.", 50.0, 138.0),
    ]
    assert drawn(*lines, room=50 + 5 * 57).gap(3) is True
    assert drawn(*lines, room=50 + 5 * 57).breaks(3)[0] is False
    place = [*lines[:3], ("via Verdi 3", 50.0, 138.0)]
    assert drawn(*place, room=50 + 5 * 57).breaks(3)[0] is True
    # In a wider page the word would have fitted: it begins anew.
    assert drawn(*lines, room=50 + 5 * 90).breaks(3)[0] is True


def test_a_line_below_the_text_of_a_numbered_item_is_more_of_it() -> None:
    lines = [
        ("1. laboratori per ragazzi, con il contributo di tutte le", 50.0, 100.0),
        ("scuole del quartiere e delle famiglie vicine", 65.0, 113.0),
        ("residenti;", 65.0, 126.0),
    ]
    assert drawn(*lines, room=50 + 5 * 75).breaks(2)[0] is False
    unnumbered = [(text.removeprefix("1. "), 65.0, bottom) for text, _, bottom in lines]
    assert drawn(*unnumbered, room=50 + 5 * 75).breaks(2)[0] is True


def test_names_of_districts_run_on_though_the_first_had_room() -> None:
    lines = [
        ("Quartieri interessati: Gorla, Niguarda, Quarto", 50.0, 100.0),
        ("Oggiaro, Gallaratese, Barona", 50.0, 113.0),
        ("Immobili comunali", 50.0, 126.0),
    ]
    flow = drawn(*lines, room=50 + 5 * 60)
    assert flow.fits(1) is True
    assert [flow.breaks(index)[0] for index in (1, 2)] == [False, True]


def test_another_column_is_no_gap() -> None:
    flow = drawn(("in fondo alla colonna", 50, 700), ("in cima alla colonna", 350, 100))
    assert flow.gap(1) is None


def test_cells_are_apart() -> None:
    lines = [
        Line(1, 1, "Costo totale", cell=(1, 0, 0)),
        Line(2, 1, "€ 100,00", cell=(1, 0, 1)),
        Line(3, 1, "circa", cell=(1, 0, 1)),
    ]
    flow = flow_of_lines(lines)
    assert flow.breaks(1) == (True, True)
    assert flow.fresh(1) is True
    assert flow.breaks(2)[0] is False


@pytest.mark.parametrize(
    ("prev", "fresh"),
    [("finisce qui.", True), ("si svolge con la", False), ("si veda l’azione", None)],
)
def test_where_a_block_can_begin(prev: str, fresh: bool | None) -> None:
    text = f"Un testo che arriva fino al margine destro della pagina\n{prev}\nMI4.1.1.a altro"
    found = flow_of(text).fresh(2)
    assert found is fresh or (fresh is None and found is not False)


def test_a_link_runs_over_three_lines() -> None:
    flow = drawn(
        ("https://progetti.", 50, 100),
        ("comune.example.it/", 50, 113),
        ("ct/", 50, 126),
        ("altro testo che segue", 50, 139),
        room=140.0,
    )
    assert [flow.continues_link(index) for index in range(1, 4)] == [True, True, False]


def test_a_line_of_fixed_width_type_is_full_where_a_space_is_as_wide_as_a_letter() -> None:
    lines = [("Il servizio", 50.0, 80.0), ("è gratuito", 50.0, 93.0)]
    # 12 characters and the next word take 13.
    assert drawn(*lines, room=50 + 5 * 12.98).fits(1) is None
    assert drawn(*lines, room=50 + 5 * 14).fits(1) is True


@pytest.mark.parametrize(("left", "fits"), [(50.0, None), (58.0, True)])
def test_each_line_in_a_picture_s_cell_may_have_less_room(left: float, fits: bool | None) -> None:
    flow = drawn(
        *[("Quartieri interessati: Porto", left, 80.0), ("Madonnella, Borgo", 50.0, 93.0)],
        ("Nuovo", 50.0, 106.0),
        room=50 + 5 * 24.5,
    )
    first, *rest = (item.line for item in flow.items)
    assert flow_of_lines([first._replace(picture=True), *rest]).fits(2) is fits


def test_a_listed_place_follows_another_whose_number_names_a_room() -> None:
    # The next word would just not have fitted.
    lines = [("via Capuana 7 negozio", 50.0, 80.0), ("via Zoia 105", 50.0, 93.0)]
    flow = drawn(*lines, room=50 + 5 * 24.5)
    assert flow.fits(1) is not True
    assert flow.breaks(1) == (True, True)


def test_the_rest_of_a_link_at_a_page_s_end_leaves_nothing_open() -> None:
    lines = [("vedi https://www.example.it/c", 50.0, 80.0), ("t/", 50.0, 93.0)]
    flow = drawn(*lines, ("PROGETTO 2 – LA CASA", 50.0, 106.0), room=50 + 5 * 29)
    first, second, third = (item.line for item in flow.items)
    assert flow_of_lines([first, second, third._replace(page=2)]).fresh(2) is not False
    famiglie = drawn(("delle famiglie e/", 50.0, 80.0), ("o dei giovani", 50.0, 93.0))
    assert famiglie.fresh(1) is False


@pytest.mark.parametrize(("room", "begins"), [(300.0, True), (250.0, False)])
def test_a_page_s_first_line_left_of_a_list_is_not_of_its_last_item(
    room: float, begins: bool
) -> None:
    flow = drawn(
        ("• scuole, delle famiglie e degli altri del quartiere", 60.0, 80.0),
        ("piazza del mercato", 50.0, 80.0),
    )
    first, second = (item.line for item in flow.items)
    flow = flow_of_lines([first._replace(room=300.0), second._replace(page=2, room=room)])
    assert flow.breaks(1)[0] is begins


@pytest.mark.parametrize("hyphen", ["-", "\u2010", ""])
def test_the_end_of_a_broken_word_is_no_word_that_goes_on(hyphen: str) -> None:
    flow = drawn(
        (f"nuovi spazi per gli inquilini e la trasparenza gestiona{hyphen}", 50.0, 80.0),
        ("le", 50.0, 93.0),
        ("Il servizio raccoglie le notizie", 50.0, 106.0),
        room=330.0,
    )
    assert flow.breaks(2)[0] is bool(hyphen)
    assert flow.fresh(2) is bool(hyphen)


@pytest.mark.parametrize(("left", "begins"), [(350.0, True), (375.0, False)])
def test_text_at_a_column_s_top_is_not_of_the_list_at_the_foot_of_the_one_before(
    left: float, begins: bool
) -> None:
    texts = [
        ("Si prevede di intervenire sulle case del quartiere:", 50.0, 400.0, 310.0),
        ("• alloggi in cui oggi abitano le famiglie e i", 62.0, 420.0, 310.0),
        ("ragazzi della città e dei comuni qui intorno.", 75.0, 433.0, 310.0),
        ("Associazioni e scuole vi prendono parte con un", left, 80.0, 610.0),
        ("loro programma.", 350.0, 120.0, 610.0),
    ]
    lines = [
        drawn((text, x0, bottom), room=room).items[0].line._replace(number=number)
        for number, (text, x0, bottom, room) in enumerate(texts, 1)
    ]
    flow = flow_of_lines([line._replace(text=texts[at][0]) for at, line in enumerate(lines)])
    assert flow.breaks(3)[0] is begins


def test_a_place_behind_a_semicolon_begins_anew_unless_its_line_was_full() -> None:
    lines = [("per le famiglie e per le scuole;", 50.0, 80.0), ("via Po 26", 50.0, 93.0)]
    first, second = (item.line for item in drawn(*lines).items)
    other = second._replace(page=2, room=None)
    assert flow_of_lines([first._replace(room=None), other]).breaks(1)[0] is True
    assert drawn(*lines, room=50 + 5 * 33).breaks(1)[0] is False
