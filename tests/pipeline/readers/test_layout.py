"""In what order a page is read: columns, lists, grids, tables; by either reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.readers.drawn import Sheet, document, draw, lines, texts

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])

LEFT = ["via Roma 1", "via Po 22 b", "largo Boccioni 10", "viale Faenza 25"]
RIGHT = ["via Zoia 105", "via Monti 18", "piazza Dante 3", "via Dini 2"]


@both
def test_a_borderless_list_is_read_column_by_column(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.lines(50, 100, *LEFT, step=18)
        sheet.lines(250, 100, *RIGHT, step=18)
        sheet.full(180)

    found = lines(draw(tmp_path, fill), reader)
    assert [line.text for line in found[1:-1]] == LEFT + RIGHT
    assert [line.cell[1:] if line.cell else None for line in found[1:-1]] == [
        (row, column) for column in (0, 1) for row in range(4)
    ]
    assert found[0].cell is None
    assert found[1].room == pytest.approx(250, abs=1)


@both
def test_a_list_with_one_entry_more_and_wrapped_entries(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.lines(50, 100, "corso Vittorio", "Emanuele II 4", "via Po 2", "via Pace 9")
        sheet.lines(200, 100, "via Zoia 105", "via Monti 18")
        sheet.lines(350, 100, "piazza Dante 3")
        sheet.text(50, 170, "Risorse PON METRO € 10,00")

    assert texts(draw(tmp_path, fill), reader)[1:] == [
        "corso Vittorio",
        "Emanuele II 4",
        "via Po 2",
        "via Pace 9",
        "via Zoia 105",
        "via Monti 18",
        "piazza Dante 3",
        "Risorse PON METRO € 10,00",
    ]


@both
def test_wrapped_entries_below_two_side_by_side(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.text(50, 100, "via Roma 1 b")
        sheet.text(250, 100, "via Zoia 105/A")
        sheet.lines(50, 116, "corso Vittorio Emanuele", "n. 103 b", step=12)
        sheet.full(150)

    assert texts(draw(tmp_path, fill), reader)[1:-1] == [
        *["via Roma 1 b", "corso Vittorio Emanuele", "n. 103 b", "via Zoia 105/A"]
    ]


@both
def test_a_list_of_three_in_two_columns(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.lines(50, 100, "via Roma 1 b", "largo Boccioni 10", "Sono tre sedi.", step=19)
        sheet.text(250, 100, "via Zoia 105/A")
        sheet.full(157)
        sheet.lines(50, 180, "corso Vittorio", "Emanuele II 4", step=12)
        sheet.text(150, 180, "via Po 2")
        sheet.full(211)

    assert texts(draw(tmp_path, fill), reader)[1:] == [
        *["via Roma 1 b", "largo Boccioni 10", "via Zoia 105/A", "Sono tre sedi."],
        *["testo lungo quanto la pagina e anche di più " * 2 + "ancora"],
        *["corso Vittorio", "Emanuele II 4", "via Po 2"],
        *["testo lungo quanto la pagina e anche di più " * 2 + "ancora"],
    ]


PROSE = ["Il progetto riguarda gli alloggi", "del quartiere, che saranno tutti", "rinnovati"]


@both
def test_columns_under_full_headings_are_read_one_after_the_other(
    tmp_path: Path, reader: str
) -> None:
    def fill(sheet: Sheet) -> None:
        for at, top in enumerate((100, 300)):
            sheet.text(50, top, f"Progetto {at + 1}", bold=True, size=14)
            sheet.lines(50, top + 30, *(f"a{at} {text}" for text in PROSE * 3))
            sheet.lines(225, top + 30, *(f"b{at} {text}" for text in PROSE * 3))

    found = texts(draw(tmp_path, fill), reader)
    assert [text.split()[0] for text in found] == [
        *["Progetto", *["a0"] * 9, *["b0"] * 9],
        *["Progetto", *["a1"] * 9, *["b1"] * 9],
    ]


@both
def test_a_column_longer_than_the_other_is_read_to_its_end(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(50, 100, *PROSE * 8)
        sheet.lines(225, 106, *(f"poi {text}" for text in PROSE))
        sheet.text(440, 680, "12")

    assert texts(draw(tmp_path, fill), reader) == [
        *PROSE * 8,
        *(f"poi {text}" for text in PROSE),
        "12",
    ]


@both
def test_labels_in_a_column_keep_their_own_values(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        money = ["Risorse PON METRO € 10,00", "Costo Totale € 10,00"]
        sheet.lines(50, 100, *PROSE * 3, *money, *PROSE)
        sheet.lines(225, 100, *(f"poi {text}" for text in PROSE * 4))

    found = texts(draw(tmp_path, fill), reader)
    assert [text.startswith("poi") for text in found] == [False] * 14 + [True] * 12


@both
def test_justified_lines_are_no_columns(tmp_path: Path, reader: str) -> None:
    rows = (("una", "riga", "molto", "larga"), ("e", "poi", "un'altra", "uguale"))

    def fill(sheet: Sheet) -> None:
        for at, words in enumerate(rows):
            free = 400 - sum(sheet.canvas.stringWidth(word) for word in words)
            x = 50.0
            for word in words:
                sheet.text(x, 100 + 13 * at, word)
                x += sheet.canvas.stringWidth(word) + free / 3
        sheet.full(126)

    assert texts(draw(tmp_path, fill), reader)[:2] == [" ".join(words) for words in rows]


GRID = [
    ("Risorse PON METRO", "€ 2.531.250,00"),
    ("Altre risorse pubbliche", "€ 400.000,00"),
    ("Costo Totale", "€ 2.931.250,00"),
]


@both
@pytest.mark.parametrize("right", [False, True], ids=["left aligned", "right aligned"])
def test_labels_and_values_are_read_row_by_row(tmp_path: Path, reader: str, right: bool) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        for at, (label, value) in enumerate(GRID):
            sheet.text(50, 100 + 16 * at, label)
            width = sheet.canvas.stringWidth(value) if right else 80
            sheet.text(450 - width, 100 + 16 * at, value)
        sheet.full(160)

    found = lines(draw(tmp_path, fill), reader)[1:-1]
    assert [line.text for line in found] == [text for row in GRID for text in row]
    assert [line.cell[1:] if line.cell else None for line in found] == [
        (row, column) for row in range(3) for column in range(2)
    ]


@both
@pytest.mark.parametrize("lift", [0, 6, 13], ids=["level", "middle", "second line"])
def test_a_wrapped_label_comes_before_its_value(tmp_path: Path, reader: str, lift: float) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.text(50, 100, "Risorse PON METRO")
        sheet.text(200, 100, "€ 10,00")
        sheet.lines(50, 118, "Altre risorse", "pubbliche")
        sheet.text(200, 118 + lift, "€ 20,00")
        sheet.text(50, 150, "Stato di attuazione")
        sheet.lines(200, 150, "i lavori sono in corso e", "finiranno nel 2023")
        sheet.full(190)

    assert texts(draw(tmp_path, fill), reader)[1:-1] == [
        *("Risorse PON METRO", "€ 10,00"),
        *("Altre risorse", "pubbliche", "€ 20,00"),
        *("Stato di attuazione", "i lavori sono in corso e", "finiranno nel 2023"),
    ]


@both
def test_a_ruled_table_is_read_row_by_row_whatever_it_holds(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        for top, bottom in ((100, 130), (130, 145)):
            sheet.box(50, top, 150, bottom)
            sheet.box(150, top, 400, bottom)
        sheet.lines(54, 111, "fonte mai", "vista prima", step=12)
        sheet.text(154, 117, "dieci euro")
        sheet.text(54, 141, "altra fonte")
        sheet.text(154, 141, "venti euro")
        sheet.full(170)

    found = lines(draw(tmp_path, fill), reader)[1:-1]
    assert [line.text for line in found] == [
        *("fonte mai", "vista prima", "dieci euro"),
        *("altra fonte", "venti euro"),
    ]
    assert [line.cell[1:] if line.cell else None for line in found] == [
        *((0, 0), (0, 0), (0, 1)),
        *((1, 0), (1, 1)),
    ]
    assert found[0].room == pytest.approx(146, abs=1)


@both
def test_a_code_in_its_box_comes_before_its_title(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.box(50, 100, 110, 118)
        sheet.text(54, 112, "MI4.1.1.a")
        sheet.lines(118, 106, "Abitare in borgo – Ristrutturazione", "degli immobili")
        sheet.full(150)

    assert texts(draw(tmp_path, fill), reader)[1:-1] == [
        "MI4.1.1.a",
        "Abitare in borgo – Ristrutturazione",
        "degli immobili",
    ]


@both
@pytest.mark.parametrize("mark", ["•", "-", "1.", "a)"])
def test_a_mark_and_its_text_are_one_line(tmp_path: Path, reader: str, mark: str) -> None:
    def fill(sheet: Sheet) -> None:
        for at in range(3):
            sheet.text(60, 100 + 13 * at, mark)
            sheet.text(90, 100 + 13 * at, f"punto {at}")

    found = texts(draw(tmp_path, fill), reader)
    if mark == "•" and reader == "pdfplumber":
        # This engine has no name for the bullet of a standard font, and says so.
        mark = "\ufffd"
    assert found == [f"{mark} punto {at}" for at in range(3)]


@both
def test_dot_leaders_keep_a_contents_line_whole(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        for at, title in enumerate(("Progetto 1 - Borgo", "Progetto 2 - HUB")):
            sheet.text(50, 100 + 16 * at, title)
            sheet.text(160, 100 + 16 * at, "." * 60)
            sheet.text(400, 100 + 16 * at, str(at + 3))

    first, second = texts(draw(tmp_path, fill), reader)
    assert (first[:18], first[-1]) == ("Progetto 1 - Borgo", "3")
    assert (second[:16], second[-1]) == ("Progetto 2 - HUB", "4")


@both
def test_page_numbers_without_leaders_stay_with_their_titles(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        for at, title in enumerate(("Abitare in borgo", "HUB cittadino")):
            sheet.text(50, 100 + 16 * at, title)
            sheet.text(440, 100 + 16 * at, str(at + 3))

    assert texts(draw(tmp_path, fill), reader) == ["Abitare in borgo", "3", "HUB cittadino", "4"]


@both
def test_a_full_line_has_the_room_of_the_longest(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(50, 100, "Progetto 1", bold=True)
        sheet.full(120)

    title, body = lines(draw(tmp_path, fill), reader)
    assert body.box is not None
    assert title.room == body.room == pytest.approx(body.box.x1, abs=0.1)


@both
def test_a_small_picture_marks_the_line_beside_it(tmp_path: Path, reader: str) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    dot = ImageReader(Image.new("RGB", (8, 8), "red"))

    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.canvas.drawImage(dot, 55, sheet.height - 101, 8, 11)
        sheet.text(5, 100, "A sin")
        sheet.text(75, 100, "Via Pianell 15, Milano")
        sheet.canvas.drawImage(dot, 100, sheet.height - 300, 200, 150)
        sheet.text(75, 320, "Testo sotto una fotografia")

    found = lines(draw(tmp_path, fill), reader)
    assert [line.text.strip() for line in found if line.picture] == ["Via Pianell 15, Milano"]


@both
def test_a_page_that_is_a_picture_is_told(tmp_path: Path, reader: str) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    scan = ImageReader(Image.new("L", (50, 70), 200))
    path = draw(tmp_path, lambda sheet: sheet.canvas.drawImage(scan, 0, 0, 500, 700))
    found = document(path, reader)
    assert found.lines == []
    assert [page for page, reason in found.unread if "OCR" in reason] == [1]


@both
def test_a_picture_in_a_column_leaves_it_whole(tmp_path: Path, reader: str) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    photograph = ImageReader(Image.new("RGB", (20, 10), "blue"))

    def fill(sheet: Sheet) -> None:
        sheet.lines(50, 100, *PROSE * 3)
        sheet.canvas.drawImage(photograph, 60, sheet.height - 340, 130, 110)
        sheet.lines(50, 355, *PROSE * 3)
        sheet.lines(225, 100, *(f"poi {text}" for text in PROSE * 2))

    found = texts(draw(tmp_path, fill), reader)
    assert [text.startswith("poi") for text in found] == [False] * 18 + [True] * 6


@both
def test_list_marks_that_are_drawn_as_shapes_are_bullets(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        for at, text in enumerate(
            ["uno sportello aperto a tutti;", "spazi comuni, anche per", "i"]
        ):
            y = 100 + 13 * at
            sheet.text(70, y, text)
            if at < 2:
                sheet.canvas.setLineWidth(0.75)
                sheet.canvas.circle(60, sheet.height - y + 3.5, 1.5, fill=at, stroke=1)
        sheet.canvas.rect(58.5, sheet.height - 149 + 2, 3, 3, fill=1, stroke=0)
        sheet.text(70, 149, "un servizio di trasporto.")

    assert texts(draw(tmp_path, fill), reader)[1:] == [
        "• uno sportello aperto a tutti;",
        "• spazi comuni, anche per",
        "i",
        "• un servizio di trasporto.",
    ]


@both
def test_dots_of_a_leader_a_border_and_a_chart_are_none(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.full(80)
        sheet.text(50, 100, "Risorse PON METRO")
        for at in range(20):  # a leader before the sum
            sheet.canvas.circle(160 + 10 * at, sheet.height - 100 + 3, 1, fill=1, stroke=0)
        sheet.text(365, 100, "€ 10,00")
        sheet.text(50, 113, "Costo Totale € 10,00")
        sheet.canvas.circle(44, sheet.height - 100 - 5, 1, fill=1, stroke=0)  # between two lines
        sheet.canvas.circle(15, sheet.height - 113 + 3, 1, fill=1, stroke=0)  # far away

    found = " ".join(texts(draw(tmp_path, fill), reader)[1:])
    assert found == "Risorse PON METRO € 10,00 Costo Totale € 10,00"
