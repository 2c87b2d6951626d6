"""Whatever lies on a page, the layout gives every character once."""

from __future__ import annotations

from array import array
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from parsers.lines import Box
from pipeline.readers.corridors import Row, corridors
from pipeline.readers.fragments import join, split
from pipeline.readers.order import reading_order
from pipeline.readers.rules import walls
from pipeline.readers.strips import Fragment, Strip, expand, rows
from pipeline.readers.tables import find_tables
from pipeline.readers.tidy import tidied
from tests.pipeline.readers.drawn import announces

WORDS = (
    "Risorse PON METRO",
    "€ 1.000,00",
    "via Po 2",
    "•",
    "1.",
    "MI4.1.1.a",
    "....",
    "testo",
    "é",
)


def _strip(text: str, x: float, base: float, size: float, *, bold: bool = False) -> Strip:
    width = 0.5 * size
    lefts = array("f", [x + at * width for at in range(len(text))])
    rights = array("f", [x + (at + 1) * width for at in range(len(text))])
    return Strip(
        text, lefts, rights, lefts[0], rights[-1], base, size, bold, 0.8 * size, 0.2 * size
    )


strips = st.builds(
    _strip,
    st.sampled_from(WORDS),
    st.sampled_from([50.0, 120.0, 121.0, 200.0, 350.0]) | st.floats(0, 500),
    st.sampled_from([100.0, 106.0, 113.0, 126.0]) | st.floats(0, 700),
    st.sampled_from([6.0, 10.0, 14.0]),
    bold=st.booleans(),
)
rules = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    st.sampled_from([45.0, 115.0, 195.0, 400.0]),
    st.sampled_from([90.0, 104.0, 118.0, 132.0]),
    st.sampled_from([0.0, 70.0, 300.0]),
    st.sampled_from([0.0, 14.0, 60.0]),
)


def _characters(texts: list[str]) -> Counter[str]:
    return Counter("".join(texts).replace(" ", ""))


@given(st.lists(strips, max_size=40), st.lists(rules, max_size=12))
def test_every_fragment_is_read_once(drawn: list[Strip], lined: list[Box]) -> None:
    found = rows(drawn, walls(lined))
    before = _characters([one.text for row in found for one in row])
    order = reading_order(found, lined, announces)
    assert _characters([one.text for one in order]) == before
    for one in order:
        assert len(one.lefts) == len(one.rights) == len(one.text) == one.runs[-1][0]
        assert one.x0 < one.x1


@given(st.lists(strips, max_size=20))
def test_what_overlaps_nothing_is_all_kept(drawn: list[Strip]) -> None:
    apart = [
        _strip(one.text, 50.0, 100.0 + 30 * at, one.size, bold=one.bold)
        for at, one in enumerate(drawn)
    ]
    assert [one.text for row in rows(apart) for one in row] == [one.text for one in apart]


fragments = st.builds(lambda strip: rows([strip])[0][0], strips)


@given(fragments, fragments)
def test_joined_fragments_part_again(left: Fragment, right: Fragment) -> None:
    whole = join(left, right)
    assert whole.text == f"{left.text} {right.text}"
    first, second = split(whole, len(left.text) + 1)
    assert (first.text, second.text) == (left.text, right.text)
    assert (first.runs, second.runs) == (left.runs, right.runs)
    assert (second.lefts, second.rights) == (right.lefts, right.rights)


@given(st.text(st.sampled_from("a\ufb01\ufb03b"), min_size=1, max_size=8))
def test_ligatures_spell_out_within_their_edges(text: str) -> None:
    strip = _strip(text, 10, 100, 10)
    spelt, lefts, rights = expand(strip.text, strip.lefts, strip.rights)
    assert spelt == text.replace("\ufb01", "fi").replace("\ufb03", "ffi")
    assert len(lefts) == len(rights) == len(spelt)
    assert list(lefts) == sorted(lefts)
    assert rights[-1] == strip.rights[-1] or abs(rights[-1] - strip.rights[-1]) < 0.01


def test_a_label_justified_in_its_cell_is_one_line() -> None:
    drawn = [("Stato", 50.0, 100.0), ("di", 105.0, 100.0), ("attuazione", 50.0, 112.0)]
    cell = rows([_strip(text, x, base, 10.0) for text, x, base in drawn])
    read = reading_order(cell, [], lambda text: text.startswith(("Stato", "attuazione")))
    assert [one.text for one in read] == ["Stato di", "attuazione"]


def test_a_value_beside_a_label_of_words_is_no_part_of_it() -> None:
    drawn = [("Stato", 50.0, 100.0), ("conclusi", 105.0, 100.0), ("Collaudi", 50.0, 112.0)]
    cell = rows([_strip(text, x, base, 10.0) for text, x, base in drawn])
    read = reading_order(cell, [], lambda text: text.startswith("Stato"))
    assert [one.text for one in read] == ["Stato", "conclusi", "Collaudi"]


def _read(*drawn: tuple[str, float, float]) -> list[str]:
    found = rows([_strip(text, x, base, 10.0) for text, x, base in drawn])
    return [one.text for one in reading_order(found, [], announces)]


LIST = [("via Roma 10", 50.0, 100.0), ("viale Po", 50.0, 119.0), ("22 b", 50.0, 131.0)]


def test_a_third_column_with_one_wrapped_entry_close_to_the_second() -> None:
    # The columns start at 50, 125 and 200; five points part the entries of the last two.
    close = [("corso Vittorio", 125.0, 100.0), ("Emanuele II 46", 125.0, 112.0)]
    close += [("largo Zoia", 200.0, 100.0), ("105", 200.0, 112.0)]
    second = [("via Dini 2", 125.0, 131.0), ("via Pace 9", 125.0, 150.0)]
    assert _read(*LIST, *close, *second, ("via Po 3", 50.0, 150.0)) == [
        *["via Roma 10", "viale Po", "22 b", "via Po 3"],
        *["corso Vittorio", "Emanuele II 46", "via Dini 2", "via Pace 9"],
        *["largo Zoia", "105"],
    ]


def test_a_word_that_starts_where_a_column_might_starts_none() -> None:
    second = [("corso Vittorio Emanuele", 125.0, 100.0), ("via Dini 2", 125.0, 119.0)]
    assert second[0][0].index("Emanuele") == 15
    assert _read(*LIST, *second, ("via Pace 9", 125.0, 131.0))[3:] == [
        *["corso Vittorio Emanuele", "via Dini 2", "via Pace 9"]
    ]


def test_a_code_justified_away_from_its_title_is_one_line_under_a_wider_heading() -> None:
    heading = ("Progetto 8 - Ciclovie metropolitane e mobilità", 50.0, 80.0)
    row = [("MI4.1.1.a-", 50.0, 100.0), ("Ciclovie", 165.0, 100.0)]
    assert _read(heading, *row, ("metropolitane - Agenzia sociale", 50.0, 114.0)) == [
        *[heading[0], "MI4.1.1.a- Ciclovie", "metropolitane - Agenzia sociale"]
    ]
    # Another line's end is not that of the title.
    assert _read(heading, *row, ("metropolitane - Agenzia", 50.0, 114.0))[1:] == [
        *["MI4.1.1.a-", "Ciclovie", "metropolitane - Agenzia"]
    ]


def test_a_dash_justified_away_from_its_code_is_one_line() -> None:
    heading = _strip("RC.8.1.1.c", 50, 100, 13, bold=True), _strip("–", 240, 100, 13, bold=True)
    title = _strip("Accompagnamento sociale", 50, 119, 13, bold=True)
    body = [_strip("Le opere riducono i consumi nelle case e nelle scuole", 50, 136, 10)]
    found = reading_order(rows([*heading, title, *body]), [], announces)
    assert [one.text for one in found[:2]] == ["RC.8.1.1.c –", "Accompagnamento sociale"]
    value = _strip("Altre risorse pubbliche", 50, 149, 10), _strip("–", 240, 149, 10)
    sums = _strip("Costo Totale", 50, 162, 10), _strip("–", 240, 162, 10)
    found = reading_order(rows([*body, *value, *sums]), [], announces)
    assert [one.text for one in found[1:]] == ["Altre risorse pubbliche", "–", "Costo Totale", "–"]


def test_two_words_set_as_wide_as_the_line_above_are_one_line() -> None:
    wide = ("Lavori in strada per bici, a chiusura del", 50.0, 100.0)
    drawn = [wide, ("tracciato", 50.0, 113.0), ("Duomo-Sempione-Molino", 150.0, 113.0)]
    assert _read(*drawn, ("Dorino-Rho.", 50.0, 126.0)) == [
        wide[0],
        "tracciato Duomo-Sempione-Molino",
        "Dorino-Rho.",
    ]
    label = [("Risorse PON METRO di tutto il Comune: € 5", 50.0, 100.0)]
    value = [("Costo Totale", 50.0, 113.0), ("€ 1.000,00", 205.0, 113.0)]
    assert _read(*label, *value)[1:] == ["Costo Totale", "€ 1.000,00"]


def test_a_river_through_two_justified_lines_parts_nothing() -> None:
    drawn = [("quartiere a tutte le età. Si coinvolgono", 50.0, 100.0)]
    drawn += [("valorizzano", 50.0, 113.0), ("attività", 210.0, 113.0)]
    drawn += [("micro-imprenditoriali", 50.0, 126.0), ("e forme", 215.0, 126.0)]
    assert _read(*drawn, ("di mutuo aiuto.", 50.0, 139.0))[1:3] == [
        "valorizzano attività",
        "micro-imprenditoriali e forme",
    ]


def test_a_river_through_lines_apart_from_each_other() -> None:
    drawn = [("operatori affiancano le persone nella ricerca di una casa", 50.0, 100.0)]
    drawn += [("dei servizi socio-educativi. La sede", 50.0, 113.0), ("è in via G.", 280.0, 113.0)]
    drawn += [("Mazzini, vicino alla stazione.", 50.0, 126.0)]
    drawn += [("laboratori per ragazzi, con aiuti per le", 50.0, 146.0)]
    assert len(_read(*drawn, ("famiglie di", 280.0, 146.0), ("qui.", 50.0, 159.0))) == 5


def test_a_river_between_several_words_of_its_lines() -> None:
    drawn = [("in ogni quartiere.", 50.0, 100.0), ("L’intervento", 50.0, 120.0)]
    drawn += [("rende", 175.0, 120.0), ("accessibili", 50.0, 133.0), ("gli", 132.0, 133.0)]
    drawn += [("spazi", 175.0, 133.0), ("pubblici di tutto il quartiere", 50.0, 146.0)]
    assert _read(*drawn)[1:3] == ["L’intervento rende", "accessibili gli spazi"]


def test_words_drawn_letter_by_letter_and_justified_far_apart_are_one_line() -> None:
    letters: list[Strip] = []
    x = 50.0
    for word in ("coinvolgimento", "delle", "associazioni", "nei", "servizi"):
        letters += [_strip(char, x + 5 * at, 100, 10) for at, char in enumerate(word)]
        x += 5 * len(word) + 10
    (row,) = rows(letters)
    assert [one.text for one in row] == ["coinvolgimento delle associazioni nei servizi"]


def test_a_gutter_as_wide_as_the_words_beside_it_stand_apart() -> None:
    words = ("giuridico,", "sanitario),", "di", "promozione", "dello")
    left = _strip("Ortles n. 69 (manutenzione", 50, 100, 10)
    drawn, x = [left], left.x1 + 12.03
    for word in words:
        drawn.append(_strip(word, x, 100, 10))
        x = drawn[-1].x1 + 12.28
    assert [one.text for one in rows(drawn)[0]] == [left.text, " ".join(words)]


def test_a_hyphen_that_hangs_over_a_justified_titles_edge() -> None:
    heading = _strip("NA.8.2.3.f-", 50, 100, 13, bold=True), _strip("Trasporto", 183, 100, 13)
    title = _strip("pubblico sostenibili e sicuri-", 50, 119, 13)
    last = _strip("Infrastruttura di ricarica", 50, 138, 13)
    body = _strip("Si valorizzano le attività delle imprese e delle scuole", 50, 156, 10)
    found = reading_order(rows([*heading, title, last, body]), [], announces)
    assert [one.text for one in found[:2]] == ["NA.8.2.3.f- Trasporto", title.text]


def test_a_word_that_a_line_s_end_breaks_is_no_column_beside_a_boxed_code() -> None:
    code = _strip("VE5.1.3.c", 53, 103, 10)
    title = _strip("Ristrutturazione", 110, 100, 10), _strip("im-", 212, 100, 10)
    wall = Box(104, 85, 104.5, 130)
    found = reading_order(rows([code, *title, _strip("mobili", 110, 114, 10)]), [wall], announces)
    assert [(one.text, one.cell) for one in found] == [
        ("VE5.1.3.c", (0, 0, 0)),
        ("Ristrutturazione im-", (0, 0, 1)),
        ("mobili", (0, 0, 1)),
    ]


def test_a_long_column_with_places_goes_before_the_few_lines_beside_its_top() -> None:
    head = [
        ("Progetto 5 – Accoglienza delle persone", 100.0),
        ("in condizione di fragilità", 113.0),
    ]
    head.append(("CA7.3.2.e - Accoglienza delle persone in condizione", 138.0))
    text = [
        "Si valorizzano le attività delle imprese e delle scuole",
        "vicine.",
        "Anche gli arredi.",
    ]
    places = [f"via Garibaldi {number}" for number in range(1, 11)]
    column = [*head, *((line, 163.0 + 13 * at) for at, line in enumerate([*text * 4, *places]))]
    beside = [("Altre risorse pubbliche € 7.674.091,00", 100.0), ("Costo totale € 10,00", 118.0)]
    beside.append(("Stato di attuazione: in corso", 138.0))
    drawn = [(line, 50.0, base) for line, base in column]
    drawn += [(line, 360.0, base) for line, base in beside]
    assert _read(*drawn) == [line for line, _ in column + beside]


def test_a_last_place_below_a_wrapped_one_beside_it() -> None:
    left = [("Piazza Libertà 89", 50.0, 100.0), ("via Dini 43", 50.0, 120.0)]
    right = [("Via Croce 164", 180.0, 100.0), ("Piazza della", 180.0, 120.0)]
    last = [("via Mazzini n.", 50.0, 153.0), ("178 b", 50.0, 166.0)]
    assert _read(*left, *right, ("Libertà 166", 180.0, 133.0), *last) == [
        *["Piazza Libertà 89", "via Dini 43", "via Mazzini n.", "178 b"],
        *["Via Croce 164", "Piazza della", "Libertà 166"],
    ]


def test_the_words_of_an_entry_justified_far_apart_are_one_line() -> None:
    # Two entries wrap in the first column, and one in the second.
    left = [("viale", 50.0, 100.0), ("dei", 90.0, 100.0), ("Mille", 120.0, 100.0)]
    left += [("67 b", 50.0, 113.0), ("via", 50.0, 131.0), ("Monti", 90.0, 131.0)]
    left += [("n.", 140.0, 131.0)]
    right = [("v.le Europa 151", 165.0, 100.0), ("via Dini 2", 165.0, 118.0)]
    assert _read(*left, ("131/A", 50.0, 144.0), *right, ("via Po 3", 165.0, 136.0)) == [
        *["viale dei Mille", "67 b", "via Monti n.", "131/A"],
        *["v.le Europa 151", "via Dini 2", "via Po 3"],
    ]


def test_a_last_entry_that_all_but_fills_its_column() -> None:
    left = [("Largo Boccioni 84", 50.0, 100.0), ("via Dini 149", 50.0, 118.0)]
    right = [("viale Faenza 141", 202.0, 100.0), ("via Po 41", 202.0, 118.0)]
    # The next column starts two points behind it.
    last = [("corso Vittorio Emanuele II, n.", 50.0, 136.0), ("153", 50.0, 149.0)]
    assert _read(*left, *right, *last) == [
        *["Largo Boccioni 84", "via Dini 149", "corso Vittorio Emanuele II, n.", "153"],
        *["viale Faenza 141", "via Po 41"],
    ]


def test_three_places_that_all_wrap() -> None:
    drawn = [("corso Vittorio", 50.0, 100.0), ("Emanuele II 25 b", 50.0, 113.0)]
    drawn += [("Piazza della", 140.0, 100.0), ("Libertà n. 72", 140.0, 113.0)]
    drawn += [("Piazza della", 230.0, 100.0), ("Repubblica 171", 230.0, 113.0)]
    found = rows([_strip(text, x, base, 10.0) for text, x, base in drawn])
    cells = [one.cell for one in reading_order(found, [], announces)]
    assert cells[0] == cells[1] != cells[2] == cells[3] != cells[4] == cells[5]


def test_a_hyphen_that_breaks_a_word_beside_another_column() -> None:
    # Its own box is that of the bare glyph, away from the word.
    left = _strip("Stato di attuazione: proget", 50, 100, 10), _strip("-", 186.9, 100, 10)
    (row,) = rows([*left, _strip("gara in corso", 220, 100, 10)])
    assert [one.text for one in row] == ["Stato di attuazione: proget-", "gara in corso"]
    (row,) = rows([*left, _strip("e altro", 195, 100, 10)])
    assert [one.text for one in row] == ["Stato di attuazione: proget - e altro"]


def test_a_code_with_spaced_letters_alone_on_its_line_has_no_spaces() -> None:
    def spaced(text: str, step: float) -> list[Strip]:
        return [_strip(char, 50 + at * step, 100, 10) for at, char in enumerate(text)]

    (code,) = rows(spaced("TO.5.1.1.2.a", 7.0))[0]
    assert code.text == "TO.5.1.1.2.a"
    (numbers,) = rows(spaced("123456", 8.0))[0]
    assert numbers.text == "1 2 3 4 5 6"


def _tidied(*drawn: tuple[str, float, float]) -> list[list[str]]:
    found = rows([_strip(text, x, base, 10.0) for text, x, base in drawn])
    return [[one.text for one in row] for row in tidied(found)]


BESIDE = [(text, 144.0, 112.0 + 12 * at) for at, text in enumerate(["civici", "seguite", "altri"])]


def test_an_initial_that_ends_a_cell_counts_no_line_of_the_next_column() -> None:
    row = [("via", 50.0, 100.0), ("G.", 120.0, 100.0), ("La rete unisce", 144.0, 100.0)]
    assert _tidied(*row, *BESIDE)[0] == ["via G.", "La rete unisce"]


def test_a_letter_that_counts_stays_with_its_text() -> None:
    row = [("via Po", 50.0, 100.0), ("A.", 144.0, 100.0), ("La rete unisce", 166.0, 100.0)]
    assert _tidied(*row, *BESIDE)[0] == ["via Po", "A. La rete unisce"]


def test_a_rows_other_cells_tell_where_a_column_starts_within_its_text() -> None:
    row = [("via", 50.0, 100.0), ("G. Piazza della", 110.0, 100.0), ("viale Po", 200.0, 100.0)]
    below = [
        (text, x, 112.0 + 12 * at)
        for at in range(3)
        for text, x in (("via Po 2", 50.0), ("n. 66", 125.0), ("largo Zoia", 200.0))
    ]
    assert _tidied(*row, *below)[0] == ["via G.", "Piazza della", "viale Po"]
    # Without them a word may start there by chance.
    assert _tidied(row[1], *below)[0] == ["G. Piazza della"]


def test_a_row_of_words_as_far_apart_as_its_cells_is_a_row_of_its_list() -> None:
    starts = (50.0, 125.0, 200.0)
    words = [("viale", 0.0), ("Monza", 37.0)]
    row = [(text, start + x, 100.0) for start in starts for text, x in words]
    below = [(text, x, 112.0) for text, x in zip(("172/A", "53", "29"), starts, strict=True)]
    places = ("via Roma 10", "via Zoia 5", "via Po 2")
    below += [(text, x, 131.0) for text, x in zip(places, starts, strict=True)]
    assert _read(*row, *below) == [
        *["viale Monza", "172/A", "via Roma 10"],
        *["viale Monza", "53", "via Zoia 5"],
        *["viale Monza", "29", "via Po 2"],
    ]


def test_a_table_without_its_last_side_has_the_column_that_its_level_lines_reach_over() -> None:
    drawn = [("Costo", 55.0, 112.0), ("€ 1,00", 135.0, 112.0), ("Stato", 55.0, 132.0)]
    drawn += [("in corso", 135.0, 132.0), ("via Po 2", 135.0, 160.0)]
    cells = [rows([_strip(text, x, base, 10.0)])[0][0] for text, x, base in drawn]
    sides = [Box(x, 100, x + 0.5, 140) for x in (50, 130)]
    level = [Box(50, y, 440, y + 0.5) for y in (100, 120, 140)]
    found = find_tables([*sides, *level], cells)
    assert [[(c.row, c.column, c.fragments[0].text) for c in table] for table in found] == [
        [(0, 0, "Costo"), (0, 1, "€ 1,00"), (1, 0, "Stato"), (1, 1, "in corso")]
    ]
    # One long line is not a table's.
    box = [Box(50, y, 130, y + 0.5) for y in (100, 120)]
    assert find_tables([*sides, *box, level[2]], cells) == []


def test_words_as_far_apart_as_each_other_stand_where_the_next_rows_cells_do() -> None:
    starts = (50.0, 116.0, 182.0)
    below = [("Via", "Piazzale", "viale"), ("Santa", "della", "dei"), ("Croce", "Libertà", "Mille")]
    drawn = [
        (text, x, 100.0 + 12 * at)
        for at, texts in enumerate([*below, ("40", "79/A", "115/A")])
        for text, x in zip(texts, starts, strict=True)
    ]
    columns = [*below, ("40", "79/A", "115/A")]
    assert _read(*drawn) == [texts[at] for at in range(3) for texts in columns]


def test_a_street_takes_no_number_from_another_baseline() -> None:
    assert _tidied(("Piazza", 50.0, 102.0), ("24/A", 110.0, 100.0)) == [["Piazza", "24/A"]]
    assert _tidied(("Piazza", 50.0, 100.0), ("24/A", 110.0, 100.0)) == [["Piazza 24/A"]]


def test_a_hyphen_that_breaks_a_word_close_to_a_cell_on_another_baseline() -> None:
    broken = _strip("Piazza della Li", 50, 102, 10), _strip("-", 126.8, 102, 10)
    (row,) = rows([*broken, _strip("89/A", 138, 100, 10)])
    assert [one.text for one in row] == ["Piazza della Li-", "89/A"]


def test_a_list_item_justified_by_force_is_one_line() -> None:
    drawn = [("• mediazione", 50.0, 100.0), ("linguistica", 140.0, 100.0), ("e", 230.0, 100.0)]
    drawn += [("culturale.", 60.0, 112.0), ("• uno sportello per tutti i giovani", 50.0, 130.0)]
    assert _read(*drawn)[:2] == ["• mediazione linguistica e", "culturale."]


def test_letters_that_touch_are_words_each_drawn_by_itself() -> None:
    places = {"I": (50.0, 55.0), "n": (62.75,), ".": (67.75,), "2": (75.5,)}
    drawn = [_strip(char, x, 100, 10) for char, found in places.items() for x in found]
    assert [one.text for one in rows(drawn)[0]] == ["II n. 2"]


def test_a_third_column_close_behind_a_place_whose_number_wraps() -> None:
    # The columns start at 50, 230 and 410; one space parts the last two.
    left = [("Largo Marco 66", 50.0, 100.0), ("viale Mille 64", 50.0, 118.0)]
    close = "corso Vittorio Emanuele Secondo, n. "
    second = [(f"{close}Largo Zoia 7", 230.0, 100.0), ("26/A", 230.0, 112.0)]
    assert 230 + 5 * len(close) == 410
    assert _read(*left, *second, ("piazza Po 3", 230.0, 130.0)) == [
        *["Largo Marco 66", "viale Mille 64"],
        *[close.strip(), "26/A", "piazza Po 3", "Largo Zoia 7"],
    ]


def test_numbers_justified_away_from_their_streets_are_no_column() -> None:
    entry = [("via", 50.0), ("Capuana", 85.0), ("7", 140.0)]
    full = [("via Pace Monti n 18", 50.0, 70.0 + 15 * at) for at in range(2)]
    left = [(text, x, base) for base in (100.0, 130.0) for text, x in entry]
    left += [("portineria", 50.0, 112.0), ("negozio", 50.0, 142.0)]
    right = [("viale Po 2", 155.0, 70.0 + 15 * at) for at in range(5)]
    assert _read(*full, *left, *right) == [
        *["via Pace Monti n 18"] * 2,
        *["via Capuana 7", "portineria", "via Capuana 7", "negozio", *["viale Po 2"] * 5],
    ]


def test_a_justified_line_that_all_but_fills_its_column_of_a_list() -> None:
    # The second column starts at 175; three points before it "n." ends.
    lines = [
        [("piazza Dante", 50.0), ("n.", 162.0), ("v.le Europa 7", 175.0)],
        [("61 b", 50.0), ("corso Vittorio", 175.0)],
        [("Libertà", 50.0), ("Emanuele", 175.0)],
    ]
    drawn: list[Row] = [
        [rows([_strip(text, x, 100.0 + 12 * at, 10.0)])[0][0] for text, x in line]
        for at, line in enumerate(lines)
    ]
    found = [(one.left, one.right) for one in corridors(drawn) if len(one.both) == 3]
    assert (172.0, 175.0) in found


def _entries(*drawn: tuple[str, float, float]) -> list[list[str]]:
    """Give the entries of a list, each with its lines."""
    found = rows([_strip(text, x, base, 10.0) for text, x, base in drawn])
    cells: dict[object, list[str]] = {}
    for one in reading_order(found, [], announces):
        cells.setdefault(one.cell, []).append(one.text)
    return list(cells.values())


def test_a_list_of_one_row_whose_numbers_and_rooms_wrap() -> None:
    first = [("via Pace Monti n.", 50.0, 100.0), ("via Pace Monti n.", 150.0, 100.0)]
    last = [("via Palmanova 59", 250.0, 100.0), ("negozio", 250.0, 112.0)]
    assert _entries(*first, *last, ("18 a-b", 50.0, 112.0), ("20 a", 150.0, 112.0)) == [
        *[["via Pace Monti n.", "18 a-b"], ["via Pace Monti n.", "20 a"]],
        *[["via Palmanova 59", "negozio"]],
    ]


def test_a_street_word_alone_is_no_entry() -> None:
    left = [("via Roma 10", 50.0, 100.0), ("via Po 2", 50.0, 130.0), ("via Dini 3", 50.0, 148.0)]
    right = [("via", 150.0, 100.0), ("S. Erlembaldo 2", 150.0, 112.0), ("via Pia 1", 150.0, 130.0)]
    assert ["via", "S. Erlembaldo 2"] in _entries(*left, *right)
