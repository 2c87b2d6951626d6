"""Pages in two columns: found by their wrapped lines, or by another page's; by either reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from parsers.lines import Line
from tests.pipeline.readers.drawn import Sheet, draw, lines, texts

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])

LEFT, RIGHT, END = 50, 265, 450
# Lines of about 185 points, each ending where the next word would not fit.
WRAPPED = [
    "Il progetto riguarda gli alloggi pubblici",
    "del quartiere, che saranno ristrutturati e",
    "consegnati alle famiglie nel corso degli",
    "anni seguenti, con servizi di prossimità",
    "per tutti.",
]


def _table(sheet: Sheet, x: float, y: float, label: str, value: str) -> None:
    sheet.box(x, y - 12, x + 80, y + 5)
    sheet.box(x + 80, y - 12, x + 185, y + 5)
    sheet.text(x + 5, y, label)
    sheet.text(x + 85, y, value)


def _columns(sheet: Sheet, y: float) -> None:
    sheet.lines(LEFT, y, *WRAPPED * 2)
    sheet.lines(RIGHT, y, *(f"poi {text[4:]}" for text in WRAPPED * 2))


def _pages(folder: Path, *fills: Callable[[Sheet], None]) -> Path:
    path = folder / "pages.pdf"
    sheet = Sheet(path)
    for fill in fills:
        fill(sheet)
        sheet.canvas.showPage()
    sheet.canvas.save()
    return path


def _on(page: int, found: list[Line]) -> list[Line]:
    return [line for line in found if line.page == page]


@both
def test_a_heading_as_large_as_the_text_gives_it_no_room(tmp_path: Path, reader: str) -> None:
    heading = "Progetto 12 - Itinerari ciclabili della città e"

    def fill(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, heading)
        _columns(sheet, 90)

    found = lines(draw(tmp_path, fill), reader)
    edge = max(line.box.x1 for line in found if line.text in WRAPPED and line.box)
    assert found[0].text == heading
    assert found[0].box is not None
    assert edge + 3 < found[0].box.x1 < RIGHT
    assert {line.room for line in found if line.text in WRAPPED} == {edge}


@both
def test_a_page_s_number_is_nothing_beside_the_left_column(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        _columns(sheet, 60)
        for at, intro in enumerate(("Il progetto comprende:", "Altri due punti:")):
            sheet.lines(LEFT, 207 + 100 * at, *WRAPPED)
            sheet.text(LEFT, 276 + 100 * at, intro)
            sheet.text(LEFT, 293 + 100 * at, "mediazione linguistica;")
        sheet.text(RIGHT, 206, "€ 10,00")
        sheet.text(END - 10, 416, "6")

    found = texts(draw(tmp_path, fill), reader)
    assert found.index("mediazione linguistica;") < found.index("€ 10,00")
    assert found[-2:] == ["€ 10,00", "6"]


@both
def test_a_table_wider_than_its_column_gives_text_no_room(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        _columns(sheet, 100)
        sheet.lines(LEFT, 230, *WRAPPED)
        sheet.lines(RIGHT, 230, *WRAPPED)
        for x in (LEFT, RIGHT):
            sheet.box(x, 300, x + 80, 317)
            sheet.box(x + 80, 300, x + 205, 317)
            sheet.text(x + 5, 312, "Costo Totale")
            sheet.text(x + 85, 312, "€ 1.000.000,00 in tutto")

    found = lines(draw(tmp_path, fill), reader)
    rooms = {line.room for line in found if line.text.strip() in WRAPPED}
    widest = [line.box.x1 for line in found if line.text.strip() in WRAPPED and line.box]
    ends = {max(end for end in widest if end < RIGHT), max(widest)}
    assert max(line.box.x1 for line in found if line.box) > max(ends)
    assert rooms == ends


@both
def test_tables_and_lists_inside_columns_stay_in_them(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(60, "Progetto 1")
        sheet.lines(LEFT, 100, *WRAPPED)
        sheet.lines(LEFT, 170, "via Roma 1", "via Po 22 b")
        sheet.lines(LEFT + 95, 170, "via Zoia 105", "via Dini 2")
        sheet.lines(LEFT, 205, *WRAPPED)
        _table(sheet, LEFT, 285, "Costo Totale", "€ 10,00")
        _table(sheet, RIGHT, 101, "Costo Totale", "€ 20,00")
        sheet.lines(RIGHT, 130, *WRAPPED)
        _table(sheet, RIGHT, 210, "Costo Totale", "€ 30,00")
        sheet.lines(RIGHT, 240, *WRAPPED)

    assert texts(draw(tmp_path, fill), reader)[1:] == [
        *[*WRAPPED, "via Roma 1", "via Po 22 b", "via Zoia 105", "via Dini 2"],
        *[*WRAPPED, "Costo Totale", "€ 10,00"],
        *["Costo Totale", "€ 20,00", *WRAPPED],
        *["Costo Totale", "€ 30,00", *WRAPPED],
    ]


@both
def test_another_page_tells_the_columns_of_one_with_little_text(
    tmp_path: Path, reader: str
) -> None:
    def little(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED)
        sheet.lines(RIGHT, 100, "è in corso la gara", "via Zoia 105")

    found = lines(_pages(tmp_path, lambda sheet: _columns(sheet, 100), little), reader)
    first, second = _on(1, found), _on(2, found)
    assert [line.text.strip() for line in second] == [
        *WRAPPED,
        "è in corso la gara",
        "via Zoia 105",
    ]
    rooms = {round(line.room or 0) for line in first[:10] + second[:5]}
    assert max(rooms) - min(rooms) <= 1
    assert max(rooms) < RIGHT


@both
def test_headings_that_stand_over_both_columns_elsewhere_part_none(
    tmp_path: Path, reader: str
) -> None:
    rest = "– Poli di innovazione sociale nei quartieri periferici della città"

    def usual(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, f"Progetto 1 {rest}")
        _columns(sheet, 90)

    def little(sheet: Sheet) -> None:
        for top in (84, 220):
            sheet.box(LEFT - 4, top + 1, LEFT + 60, top + 21)
            sheet.text(LEFT, top + 16, "MI1.1.1.a")
            sheet.text(LEFT + 70, top + 13, "Sportello digitale")
            sheet.lines(LEFT, top + 36, *WRAPPED[:3])
            sheet.lines(RIGHT, top + 13, "per tutti.", "Costo Totale € 10,00", step=17)
        sheet.text(LEFT, 185, f"Progetto 2 {rest}")

    found = [line.text.strip() for line in _on(2, lines(_pages(tmp_path, usual, little), reader))]
    band = ["MI1.1.1.a", "Sportello digitale", *WRAPPED[:3], "per tutti.", "Costo Totale € 10,00"]
    assert found == [*band, f"Progetto 2 {rest}", *band]


@both
def test_a_gutter_as_wide_as_a_justified_line_s_spaces_parts_the_columns(
    tmp_path: Path, reader: str
) -> None:
    words = ["valorizzano", "attività", "sociali", "e"]
    end = max(WRAPPED, key=len)

    def fill(sheet: Sheet) -> None:
        widths = [sheet.canvas.stringWidth(word, "Helvetica", 10) for word in words]
        full = sheet.canvas.stringWidth(end, "Helvetica", 10)
        space = (full - sum(widths)) / (len(words) - 1)
        x, y = float(LEFT), 100.0
        for at in range(10):
            right = "contratto" if at == 4 else f"poi {end}"
            sheet.canvas.setFont("Helvetica", 10)
            sheet.canvas.drawString(LEFT + full + space, sheet.height - y, right)
            if at == 4:
                for word, width in zip(words, widths, strict=True):
                    sheet.canvas.drawString(x, sheet.height - y, word)
                    x += width + space
            else:
                sheet.canvas.drawString(LEFT, sheet.height - y, end)
            y += 13

    found = texts(draw(tmp_path, fill), reader)
    assert found == [*[end] * 4, " ".join(words), *[end] * 5] + [
        "contratto" if at == 4 else f"poi {end}" for at in range(10)
    ]


@both
def test_a_heading_in_small_capitals_at_a_column_s_foot_is_no_note(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        _columns(sheet, 100)
        sheet.lines(RIGHT, 230, *WRAPPED[:2])
        pen = sheet.canvas.beginText(LEFT, sheet.height - 243)
        for size, text in ((10, "A"), (7.5, "genzia per la ca"), (7.5, "sa e per il lavoro")):
            pen.setFont("Helvetica", size)
            pen.textOut(text)
        sheet.canvas.drawText(pen)
        sheet.canvas.setFont("Helvetica", 7.5)
        sheet.canvas.drawString(LEFT, sheet.height - 256, "nei municipi")

    found = texts(draw(tmp_path, fill), reader)
    assert found[10:12] == ["Agenzia per la casa e per il lavoro", "nei municipi"]


@both
def test_a_large_heading_whose_word_begins_where_a_column_does_is_whole(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        full = sheet.canvas.stringWidth(max(WRAPPED, key=len), "Helvetica", 10)
        sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.canvas.setFont("Helvetica", 10)
        for at, text in enumerate(WRAPPED * 2):
            sheet.canvas.drawString(LEFT + full + 14, sheet.height - 100 - 13 * at, text)
        left, space = (
            sheet.canvas.stringWidth(part, "Helvetica-Bold", 20) for part in ("Aree per la", " ")
        )
        pen = sheet.canvas.beginText(LEFT + full - left - 2 * (14 - space), sheet.height - 60)
        pen.setFont("Helvetica-Bold", 20)
        pen.setWordSpace(14 - space)
        pen.textOut("Aree per la mobilità")
        sheet.canvas.drawText(pen)

    assert texts(draw(tmp_path, fill), reader)[0] == "Aree per la mobilità"


@both
def test_a_large_heading_above_narrow_columns_tells_nothing_of_their_text(
    tmp_path: Path, reader: str
) -> None:
    def usual(sheet: Sheet) -> None:
        sheet.text(LEFT, 80, "Progetto 4 -", bold=True, size=22)
        sheet.text(RIGHT, 80, "per tutti")
        _columns(sheet, 100)

    def little(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED, "Stato di attuazione: in corso")
        sheet.lines(RIGHT, 100, "via Zoia 105", "Costo Totale € 10,00")

    found = lines(_pages(tmp_path, usual, little), reader)
    second = [line.text.strip() for line in _on(2, found)]
    last = ["Stato di attuazione: in corso", "via Zoia 105", "Costo Totale € 10,00"]
    assert second == [*WRAPPED, *last]
    assert {line.room for line in _on(2, found)[:5]} == {
        max(line.box.x1 for line in found if line.text in WRAPPED and line.box)
    }


@both
def test_a_label_beside_a_code_is_of_the_next_column(tmp_path: Path, reader: str) -> None:
    def little(sheet: Sheet) -> None:
        sheet.box(LEFT - 4, 85, LEFT + 60, 105)
        sheet.text(LEFT, 100, "MI1.1.1.a", bold=True)
        sheet.text(LEFT + 70, 97, "Sportello digitale", bold=True)
        sheet.text(LEFT + 70, 111, "per i cittadini", bold=True)
        sheet.lines(LEFT, 132, *WRAPPED[:2])
        sheet.lines(RIGHT, 84, "per tutti.", "Costo Totale € 10,00", step=17)

    found = lines(_pages(tmp_path, lambda sheet: _columns(sheet, 100), little), reader)
    assert [line.text.strip() for line in _on(2, found)] == [
        *["MI1.1.1.a", "Sportello digitale", "per i cittadini", *WRAPPED[:2]],
        *["per tutti.", "Costo Totale € 10,00"],
    ]


@both
def test_values_beside_labels_are_no_column_whatever_other_pages_show(
    tmp_path: Path, reader: str
) -> None:
    def grid(sheet: Sheet) -> None:
        labels = ["Risorse PON METRO", "Altre risorse pubbliche", "Costo Totale"]
        sheet.lines(LEFT, 100, *labels, step=20)
        sheet.lines(RIGHT, 100, "€ 1,00", "€ 2,00", "€ 3,00", step=20)

    found = lines(_pages(tmp_path, lambda sheet: _columns(sheet, 100), grid), reader)
    assert [line.text.strip() for line in _on(2, found)][1::2] == ["€ 1,00", "€ 2,00", "€ 3,00"]


@both
def test_text_that_keeps_to_half_a_page_has_the_room_of_its_lines(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, "Progetto 1 - Un titolo più largo della colonna", bold=True, size=16)
        sheet.lines(LEFT, 100, *WRAPPED * 2)

    found = lines(draw(tmp_path, fill), reader)
    widest = max(line.box.x1 for line in found[1:] if line.box)
    assert all(line.room == pytest.approx(widest) for line in found[1:])
    assert (found[0].room or 0) > widest


@both
def test_a_heading_that_ends_between_the_columns_makes_none_wider(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, "Progetto 1 - Alloggi e case", bold=True, size=16)
        _columns(sheet, 100)

    found = lines(draw(tmp_path, fill), reader)
    heading, left = found[0], found[1:11]
    widest = max(line.box.x1 for line in left if line.box)
    assert heading.box
    assert widest + 5 < heading.box.x1 < RIGHT - 5
    assert all(line.room == pytest.approx(widest) for line in left)


@both
def test_a_page_with_little_text_keeps_to_the_half_that_the_others_do(
    tmp_path: Path, reader: str
) -> None:
    def little(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, "Progetto 2 - Un titolo più largo della colonna", bold=True, size=16)
        sheet.lines(LEFT, 100, *WRAPPED[:2])

    path = _pages(tmp_path, lambda sheet: sheet.lines(LEFT, 100, *WRAPPED * 2), little)
    found = lines(path, reader)
    widest = max(line.box.x1 for line in found[:10] if line.box)
    assert [line.room for line in _on(2, found)[1:]] == [pytest.approx(widest)] * 2


@both
def test_a_table_alone_beside_a_column_is_read_behind_it(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, "PON Città Metropolitane", size=6)
        sheet.text(LEFT, 100, "Progetto 1 - La casa")
        sheet.lines(LEFT, 120, *WRAPPED[1:2] * 15)
        _table(sheet, RIGHT - 5, 100, "Costo Totale", "€ 20,00")

    found = texts(draw(tmp_path, fill), reader)
    assert found == [
        *["PON Città Metropolitane", "Progetto 1 - La casa", *WRAPPED[1:2] * 15],
        *["Costo Totale", "€ 20,00"],
    ]


@both
def test_notes_below_both_columns_come_after_them(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        _columns(sheet, 100)
        sheet.text(LEFT, 245, "1 Come risulta dal piano.", size=7)

    assert texts(draw(tmp_path, fill), reader)[-1] == "1 Come risulta dal piano."


@both
@pytest.mark.parametrize("dash", ["–", "-"])
def test_a_dash_at_a_lines_end_does_not_reach_the_next_column(
    tmp_path: Path, reader: str, dash: str
) -> None:
    def fill(sheet: Sheet) -> None:
        _columns(sheet, 100)
        sheet.text(LEFT, 245, "edifici pubblici e delle due scuole")
        sheet.text(LEFT + 175, 245, dash)
        sheet.text(RIGHT, 245, "MI3.1.1.a")

    found = texts(draw(tmp_path, fill), reader)
    assert found[-1] == "MI3.1.1.a"
    assert found[10] == f"edifici pubblici e delle due scuole {dash}"


@both
def test_the_last_entry_of_a_middle_column_stays_in_its_list(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.lines(50, 100, "corso Vittorio", "Emanuele II 4")
        sheet.text(50, 131, "via Po 2")
        sheet.lines(190, 100, "via Zoia 105", "via Monti 18", "viale dei Mille 126", step=18)
        sheet.lines(330, 100, "largo Boccioni", "n. 10")
        sheet.text(330, 131, "via Pace 9")
        sheet.text(50, 160, "Risorse PON METRO € 10,00")

    assert texts(draw(tmp_path, fill), reader)[1:] == [
        *["corso Vittorio", "Emanuele II 4", "via Po 2"],
        *["via Zoia 105", "via Monti 18", "viale dei Mille 126"],
        *["largo Boccioni", "n. 10", "via Pace 9"],
        "Risorse PON METRO € 10,00",
    ]


@both
def test_a_word_too_long_for_its_column_ends_no_column(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        left = [*WRAPPED[:3], "di riqualificazione dell’approvvigionamento idrico", *WRAPPED[3:]]
        sheet.lines(LEFT, 100, *left, *WRAPPED)
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in WRAPPED[:3]))
        sheet.lines(RIGHT, 160, *(f"poi {text[4:]}" for text in WRAPPED))

    found = texts(draw(tmp_path, fill), reader)
    assert [text.startswith("poi") for text in found] == [False] * 11 + [True] * 8


@both
def test_a_heading_at_a_column_s_foot_stays_in_its_column(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.text(LEFT, 240, "Immobili", bold=True)
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in [*WRAPPED, *WRAPPED[:3]]))

    assert texts(draw(tmp_path, fill), reader)[10] == "Immobili"


@both
@pytest.mark.parametrize("pictured", [False, True])
def test_a_plain_heading_no_wider_than_a_column_ends_both_where_both_are_empty(
    tmp_path: Path, reader: str, pictured: bool
) -> None:
    def fill(sheet: Sheet) -> None:
        if pictured:
            sheet.canvas.drawInlineImage(
                Image.new("RGB", (9, 9)), LEFT, sheet.height - 217, 185, 127
            )
        else:
            sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in [*WRAPPED, *WRAPPED[:4]]))
        sheet.text(LEFT, 242, "Progetto 2 - La casa")
        sheet.lines(LEFT, 270, *WRAPPED * 2)
        sheet.lines(RIGHT, 262, *(f"poi {text[4:]}" for text in WRAPPED * 2))

    found = texts(draw(tmp_path, fill), reader)
    above = 9 if pictured else 19
    assert found[above] == "Progetto 2 - La casa"
    assert [text.startswith("poi") for text in found[above + 1 :]] == [False] * 10 + [True] * 10


@both
def test_what_a_line_before_a_headings_own_space_says_is_not_the_heading(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.text(LEFT, 234, "Costo Totale € 10,00")
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in WRAPPED * 2))
        sheet.text(LEFT, 265, "Assistenza tecnica")
        sheet.lines(LEFT, 300, *WRAPPED)
        sheet.lines(RIGHT, 290, *(f"poi {text[4:]}" for text in WRAPPED))

    found = texts(draw(tmp_path, fill), reader)
    assert found[10] == "Costo Totale € 10,00"
    assert found[21] == "Assistenza tecnica"


@both
def test_a_heading_at_a_page_s_foot_below_a_longer_right_column(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED)
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in WRAPPED * 2))
        sheet.text(LEFT, 245, "Progetto 3 - La casa", bold=True, size=14)

    assert texts(draw(tmp_path, fill), reader)[-1] == "Progetto 3 - La casa"


@both
def test_small_capitals_at_a_column_s_foot_are_no_notes(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.text(LEFT, 238, "M", size=11)
        sheet.text(LEFT + 9.2, 238, "I4.1.1.B - LA CASA E IL QUARTIERE", size=8)
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in WRAPPED * 2))

    assert texts(draw(tmp_path, fill), reader)[10] == "MI4.1.1.B - LA CASA E IL QUARTIERE"


@both
def test_headings_side_by_side_are_of_their_columns(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 60, *WRAPPED * 2)
        sheet.lines(RIGHT, 60, *(f"poi {text[4:]}" for text in WRAPPED * 2))
        sheet.text(LEFT, 208, "MI1.1.1.a - Sostegno", bold=True, size=12)
        sheet.text(LEFT, 223, "all’avvio di attività", bold=True, size=12)
        sheet.text(RIGHT, 226, "Progetto 3", bold=True, size=20)
        sheet.text(RIGHT, 251, "Parco e aree", bold=True, size=20)
        sheet.lines(LEFT, 242, *WRAPPED * 2)
        sheet.lines(RIGHT, 275, *(f"poi {text[4:]}" for text in WRAPPED))

    found = [line.text.strip() for line in lines(draw(tmp_path, fill), reader)]
    assert found[:12] == [*WRAPPED * 2, "MI1.1.1.a - Sostegno", "all’avvio di attività"]
    assert found[-7:-5] == ["Progetto 3", "Parco e aree"]


@both
def test_a_plain_heading_within_a_column_ends_none(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.text(LEFT, 242, "MI3.1.1.a - La casa")
        sheet.lines(LEFT, 267, *WRAPPED * 2)
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in WRAPPED * 2))
        # Its own heading, with the same spaces.
        sheet.text(RIGHT, 224, "poi MI3.1.1.b - La strada", bold=True)
        sheet.lines(RIGHT, 260, *(f"poi {text[4:]}" for text in WRAPPED * 2))

    found = texts(draw(tmp_path, fill), reader)
    assert [text.startswith("poi") for text in found] == [False] * 21 + [True] * 21


@both
def test_words_set_flush_on_both_sides_are_one_line(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        for at, (first, last) in enumerate(
            [("degli", "edifici"), ("pubblici", "e"), ("per", "il")]
        ):
            sheet.text(50, 120 + 13 * at, first)
            sheet.canvas.drawRightString(130, sheet.height - 120 - 13 * at, last)

    assert texts(draw(tmp_path, fill), reader)[1:] == ["degli edifici", "pubblici e", "per il"]


@both
def test_cells_close_to_each_other_on_unlike_baselines_are_parted(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(50, 100, "via Roma 1", "viale dei Mille 106", "via Pace 9", step=18)
        sheet.lines(143, 100, "via Zoia 5")
        sheet.lines(143, 120.2, "via Monti 18", "via Dini 2", step=16)

    assert texts(draw(tmp_path, fill), reader) == [
        *["via Roma 1", "viale dei Mille 106", "via Pace 9"],
        *["via Zoia 5", "via Monti 18", "via Dini 2"],
    ]


@both
def test_a_column_of_set_in_entries_starts_where_its_other_lines_do(
    tmp_path: Path, reader: str
) -> None:
    entries = [
        "• alloggi pubblici del quartiere che",
        "saranno ristrutturati e consegnati",
        "per tutti;",
    ]

    def fill(sheet: Sheet) -> None:
        sheet.text(LEFT, 40, "Comune", size=5)
        sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.lines(RIGHT + 13, 94, *entries * 3)
        sheet.text(RIGHT, 223, "Costo Totale € 10,00")
        sheet.text(LEFT, 236, "Il progetto comprende:")
        sheet.text(RIGHT, 243, "Stato di attuazione: in corso")

    found = texts(draw(tmp_path, fill), reader)
    assert found[1:12] == [*WRAPPED * 2, "Il progetto comprende:"]
    assert found[-2:] == ["Costo Totale € 10,00", "Stato di attuazione: in corso"]


def _balanced(sheet: Sheet) -> None:
    """Two columns, the right one a little shorter."""
    sheet.lines(LEFT, 100, *WRAPPED * 2)
    sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in [*WRAPPED, *WRAPPED[:4]]))


@both
def test_a_last_heading_stands_over_both_columns_as_the_page_s_other_one_does(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(LEFT, 60, "La casa, la scuola e il quartiere", bold=True, size=16)
        _balanced(sheet)
        sheet.text(LEFT, 242, "Il parco", bold=True, size=16)
        sheet.text(LEFT, 650, "Comune di Milano")

    assert texts(draw(tmp_path, fill), reader)[-2:] == ["Il parco", "Comune di Milano"]


@both
@pytest.mark.parametrize("within", [False, True])
def test_a_counted_heading_at_a_page_s_foot_stands_as_those_before_it_do(
    tmp_path: Path, reader: str, within: bool
) -> None:
    def before(sheet: Sheet) -> None:
        if not within:
            sheet.text(
                LEFT, 60, "Progetto 1 - La casa, la scuola e il quartiere di tutti i cittadini"
            )
        _columns(sheet, 100)
        sheet.text(RIGHT, 250, "Progetto 2 - La rete" if within else "poi altro")

    def last(sheet: Sheet) -> None:
        _balanced(sheet)
        sheet.text(LEFT, 244, "Progetto 3 - Il parco")
        sheet.text(LEFT, 650, "Comune di Milano")

    found = [line.text.strip() for line in _on(2, lines(_pages(tmp_path, before, last), reader))]
    assert found.index("Progetto 3 - Il parco") == (10 if within else 19)


@both
def test_a_column_of_entries_and_their_text_starts_where_its_first_lines_do(
    tmp_path: Path, reader: str
) -> None:
    texts_in = ["alloggi pubblici del quartiere che", "saranno ristrutturati e dati a", "tutti;"]

    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED * 3)
        sheet.lines(RIGHT, 94, "poi il progetto riguarda:", "(solo in parte)", step=17)
        for at in range(3):
            top = 130 + 45 * at
            sheet.text(RIGHT + 13, top, "•")
            sheet.lines(RIGHT + 27, top, *texts_in)

    found = texts(draw(tmp_path, fill), reader)
    assert found[:15] == WRAPPED * 3
    assert found[15:17] == ["poi il progetto riguarda:", "(solo in parte)"]


@both
def test_a_counted_heading_that_others_show_within_columns_heads_no_band(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(LEFT, 100, *WRAPPED * 2)
        sheet.lines(RIGHT, 100, *(f"poi {text[4:]}" for text in WRAPPED))
        sheet.text(RIGHT, 182, "poi basta.")
        sheet.text(RIGHT, 205, "MI7.1.1.b - La rete", bold=True)
        sheet.text(LEFT, 250, "MI7.1.1.c - Il parco", bold=True)
        sheet.lines(LEFT, 269, *WRAPPED[:2])

    found = texts(draw(tmp_path, fill), reader)
    assert found[10:13] == ["MI7.1.1.c - Il parco", *WRAPPED[:2]]
    assert found[-1] == "MI7.1.1.b - La rete"
