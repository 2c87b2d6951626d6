"""From drawn characters to the text of lines, by either reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.readers.displayed import as_displayed
from pipeline.readers.pdfium_facts import note_marks
from tests.pipeline.readers.drawn import HEIGHT, WIDTH, Sheet, document, draw, lines, texts

both = pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])


@both
def test_edges_are_those_of_the_font(tmp_path: Path, reader: str) -> None:
    path = draw(tmp_path, lambda sheet: sheet.text(50, 100, "Il Po"))
    (line,) = lines(path, reader)
    # Advance widths of Helvetica: I 278, l 222, space 278, P 667, o 556, in thousandths.
    assert line.lefts == pytest.approx([50, 52.78, 55, 57.78, 64.45], abs=0.1)
    assert line.rights == pytest.approx([52.78, 55, 57.78, 64.45, 70.01], abs=0.1)
    assert line.size == pytest.approx(10)
    assert line.box is not None
    assert line.box.top < 93 < 100 < line.box.bottom
    assert line.box.bottom - line.box.top < 13


@both
def test_words_without_space_glyphs_get_spaces(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        x = 50.0
        for word in ("Risorse", "PON", "METRO"):
            sheet.text(x, 100, word)
            x += sheet.canvas.stringWidth(word) + 2.5

    assert texts(draw(tmp_path, fill), reader) == ["Risorse PON METRO"]


@both
def test_a_word_drawn_in_pieces_stays_whole(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(50, 100, "Pro")
        sheet.text(50 + sheet.canvas.stringWidth("Pro") + 0.3, 100, "getto")

    assert texts(draw(tmp_path, fill), reader) == ["Progetto"]


@both
@pytest.mark.parametrize("spacing", [1.2, 2.5, 5.0])
def test_spaced_letters_are_words(tmp_path: Path, reader: str, spacing: float) -> None:
    def fill(sheet: Sheet) -> None:
        run = sheet.canvas.beginText(50, 600)
        run.setFont("Helvetica", 10)
        run.setCharSpace(spacing)
        run.textOut("PROGETTO 1 ABITARE")
        sheet.canvas.drawText(run)

    assert texts(draw(tmp_path, fill), reader) == ["PROGETTO 1 ABITARE"]


@both
def test_letters_spaced_by_typed_spaces_are_words(tmp_path: Path, reader: str) -> None:
    path = draw(tmp_path, lambda sheet: sheet.text(50, 100, "P R O G E T T O   U N O"))
    assert texts(path, reader) == ["PROGETTO UNO"]


@both
def test_a_note_s_light_mark_leaves_its_line_bold(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(50, 100, "Servizi alle persone", bold=True)
        end = 50 + sheet.canvas.stringWidth("Servizi alle persone", "Helvetica-Bold", 10)
        sheet.text(int(end) + 1, 96, "3", size=6)

    (line,) = lines(draw(tmp_path, fill), reader)
    assert line.text == "Servizi alle persone3"
    assert line.superscripts
    assert line.bold


@both
def test_a_soft_hyphen_that_is_drawn_is_a_hyphen(tmp_path: Path, reader: str) -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def fill(sheet: Sheet) -> None:
        sheet.canvas.setFont("Vera", 10)
        sheet.canvas.drawString(50, 600, "max 2\u00ad3 anni per l\u2019immo\u00ad")
        sheet.canvas.drawString(50, 587, "biliare")

    assert texts(draw(tmp_path, fill), reader) == ["max 2-3 anni per l\u2019immo-", "biliare"]


@both
def test_text_drawn_twice_to_look_bold_is_one(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        for x in (50, 50.4):
            sheet.text(x, 100, "Costo Totale")

    assert texts(draw(tmp_path, fill), reader) == ["Costo Totale"]


@both
def test_weight_comes_from_the_font(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(50, 100, "Risorse PON METRO", bold=True)
        sheet.text(50 + sheet.canvas.stringWidth("Risorse PON METRO") + 2.8, 100, "€ 10,00")
        sheet.text(50, 120, "Progetto 1", bold=True)
        sheet.text(50, 140, "Testo")

    mixed, bold, plain = lines(draw(tmp_path, fill), reader)
    assert (mixed.bold, mixed.text[: mixed.bold_lead]) == (False, "Risorse PON METRO")
    assert (bold.bold, bold.bold_lead) == (True, len("Progetto 1"))
    assert (plain.bold, plain.bold_lead) == (False, 0)


@both
@pytest.mark.parametrize("space", [2.7, 6.0])  # as of most type, and of type of one width
def test_a_raised_mark_stays_in_the_text_and_is_told(
    tmp_path: Path, reader: str, space: float
) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(50, 100, "Titolo progetto")
        x = 50 + sheet.canvas.stringWidth("Titolo progetto")
        sheet.text(x, 96, "5", size=6)
        sheet.text(x + 3.3 + space, 100, "in borgo")

    (line,) = lines(draw(tmp_path, fill), reader)
    assert line.text == "Titolo progetto5 in borgo"
    assert [line.text[start:end].strip() for start, end in line.superscripts] == ["5"]


def test_a_figure_that_a_font_has_for_notes_is_a_raised_mark(tmp_path: Path) -> None:
    import typst

    source = "#set page(width: 400pt, height: 100pt, margin: 20pt)\n"
    source += '#set text(font: "Libertinus Serif", fallback: false)\n'
    source += "Costo#super[2] 10,00 *Altre risorse*#super[3] 7,00 1 e 2"
    (tmp_path / "note.typ").write_text(source)
    path = tmp_path / "note.pdf"
    path.write_bytes(typst.compile(str(tmp_path / "note.typ"), ignore_system_fonts=True))
    marks = [line.text[start:end] for line in lines(path) for start, end in line.superscripts]
    assert [mark.strip() for mark in marks] == ["2", "3"]


@pytest.mark.parametrize(
    ("text", "start", "marks"),
    [
        ("Risorse PON METRO2 4658 euro", 0, ["2"]),
        ("Risorse PON METRO\r\n2 4658 euro", 19, ["2"]),  # drawn with what follows
        ("Risorse PON METRO\r\n2", 19, ["2"]),  # and by itself
        ("Nota\r\n12Al netto", 6, ["12"]),
        ("Via Po\r\n120 alloggi", 8, []),
        ("Costo4.658", 0, []),
    ],
)
def test_where_a_note_s_mark_may_be(text: str, start: int, marks: list[str]) -> None:
    assert [text[low:high] for low, high in note_marks(text, start, len(text))] == marks


@both
def test_a_hyphen_at_a_lines_end_is_kept_and_ends_the_line(tmp_path: Path, reader: str) -> None:
    path = draw(tmp_path, lambda sheet: sheet.lines(50, 100, "la ristruttura-", "zione del tetto"))
    assert texts(path, reader) == ["la ristruttura-", "zione del tetto"]


@both
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_displayed_turned_reads_upright(
    tmp_path: Path, reader: str, turn: int
) -> None:
    def fill(sheet: Sheet) -> None:
        canvas = sheet.canvas
        canvas.setPageRotation(turn)
        # The media box, as the library writes it, already has the sides of the turned page.
        canvas.translate(*{90: (WIDE, 0), 180: (WIDE, HIGH), 270: (0, HIGH)}[turn])
        canvas.rotate(turn)
        canvas.setFont("Helvetica", 10)
        for at, text in enumerate(("Progetto 1 – Abitare", "Costo Totale € 10,00")):
            canvas.drawString(40, 200 - 20 * at, text)

    WIDE, HIGH = 300, 300
    found = document(draw(tmp_path, fill, (WIDE, HIGH)), reader)
    assert [line.text for line in found.lines] == ["Progetto 1 – Abitare", "Costo Totale € 10,00"]
    first = found.lines[0]
    assert first.box is not None
    assert first.box.x0 == pytest.approx(40, abs=0.2)
    assert first.box.top == pytest.approx(92, abs=3)
    assert first.lefts is not None
    assert first.lefts[1] == pytest.approx(46.67, abs=0.2)


@both
def test_sideways_text_comes_after_the_page(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(20, 300)
        sheet.canvas.rotate(90)
        sheet.canvas.drawString(0, 0, "nota a margine")
        sheet.canvas.restoreState()
        sheet.lines(50, 100, "Progetto 1", "Testo del progetto")

    found = lines(draw(tmp_path, fill), reader)
    assert [line.text for line in found] == ["Progetto 1", "Testo del progetto", "nota a margine"]
    box = found[-1].box
    assert box is not None
    assert box.x1 - box.x0 < box.bottom - box.top
    assert box.bottom == pytest.approx(400, abs=0.5)


@both
def test_only_what_is_displayed_is_read(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.canvas.setCropBox((100, 100, 400, 600))
        sheet.text(120, 200, "dentro")
        sheet.text(120, 50, "taglio di stampa")

    found = document(draw(tmp_path, fill), reader)
    assert [line.text for line in found.lines] == ["dentro"]
    assert found.outside == [(1, "taglio di stampa")]
    assert (found.sizes[0].width, found.sizes[0].height) == (300, 500)
    box = found.lines[0].box
    assert box is not None
    assert box.x0 == pytest.approx(20, abs=0.1)
    assert box.top < 100 < box.bottom


@both
def test_links_have_their_place(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.text(50, 100, "qui")
        sheet.canvas.linkURL("https://comune.example.it/a", (50, 598, 70, 612))

    (link,) = document(draw(tmp_path, fill), reader).links
    assert (link.page, link.url) == (1, "https://comune.example.it/a")
    assert (link.box.x0, link.box.top, link.box.x1, link.box.bottom) == pytest.approx(
        (50, 88, 70, 102), abs=0.5
    )


@both
def test_control_characters_never_reach_a_line(tmp_path: Path, reader: str) -> None:
    path = draw(tmp_path, lambda sheet: sheet.text(50, 100, "prima"))
    assert all(char.isprintable() for line in lines(path, reader) for char in line.text)


@both
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_read_as_if_upright(tmp_path: Path, reader: str, turn: int) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.lines(50, 100, "Progetto 1", "via Roma 1", step=30)
        sheet.text(300, 130, "via Po 2")
        sheet.canvas.linkURL("https://comune.example.it/a", (50, 598, 70, 612))

    upright = document(draw(tmp_path, fill), reader)

    def turned(sheet: Sheet) -> None:
        # The library gives the media box the sides of the turned page: drawn on as if not.
        sheet.canvas.setPageRotation(turn)
        if turn != 180:
            sheet.canvas.setPageSize((HEIGHT, WIDTH))
        fill(sheet)

    found = document(draw(tmp_path, turned), reader)
    assert found.turns == {1: turn // 90}
    assert [line.text for line in found.lines] == [line.text for line in upright.lines]
    assert found.sizes == upright.sizes
    for one, other in zip(found.lines, upright.lines, strict=True):
        assert one.lefts == pytest.approx(other.lefts, abs=0.1)
        assert one.box is not None
        assert other.box is not None
        assert (one.box.x0, one.box.top) == pytest.approx((other.box.x0, other.box.top), abs=0.1)
        assert one.cell == other.cell
    first = found.lines[0].box
    assert first is not None
    shown = as_displayed(found, 1, first)
    x, y = {
        90: (HEIGHT - first.bottom, first.x0),
        180: (WIDTH - first.x1, HEIGHT - first.bottom),
        270: (first.top, WIDTH - first.x1),
    }[turn]
    assert (shown.x0, shown.top) == pytest.approx((x, y), abs=0.1)
    assert found.links[0].box.x0 == pytest.approx(upright.links[0].box.x0, abs=0.1)


@both
@pytest.mark.parametrize("moved", [(1.0, 0.0, 0.0), (0.5, 20.0, 30.0)])
def test_other_words_for_what_a_form_draws_stand_where_it_draws_them(
    tmp_path: Path, reader: str, moved: tuple[float, float, float]
) -> None:
    scale, x, y = moved

    def fill(sheet: Sheet) -> None:
        canvas = sheet.canvas
        canvas.beginForm("page")
        sheet.text(50, 100, "Via")
        canvas._code.append("/Span <</ActualText (Roma)>> BDC")
        sheet.text(80, 100, "ROMA")
        canvas._code.append("EMC")
        canvas.endForm()
        canvas.transform(scale, 0, 0, scale, x, y)
        canvas.doForm("page")

    (line,) = lines(draw(tmp_path, fill), reader)
    assert line.text.upper() == "VIA ROMA"
    assert line.lefts is not None
    assert line.rights is not None
    assert line.lefts[4] == pytest.approx(80 * scale + x, abs=1.0)
    assert line.rights[-1] == pytest.approx((80 + 30) * scale + x, abs=1.0)
    assert line.box is not None
    assert line.box.top < HEIGHT - (600 * scale + y) < line.box.bottom
