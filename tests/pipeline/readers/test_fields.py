"""Text in the fields of a form and in typed notes is on the page, and is read or told of."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.pipeline.readers.drawn import Sheet, document, draw


def form(folder: Path, value: str) -> Path:
    """A sheet with a sum to fill in, and a link."""

    def fill(sheet: Sheet) -> None:
        sheet.text(50, 60, "MI1.1.1.a - Servizi")
        sheet.text(50, 100, "Risorse PON METRO:")
        sheet.canvas.acroForm.textfield(
            name="somma", value=value, x=200, y=700 - 104, width=150, height=16, fontSize=10
        )
        sheet.canvas.linkURL("https://www.comune.example.it", (50, 500, 150, 520))

    return draw(folder, fill)


def undrawn(path: Path) -> Path:
    """Leave the drawing of the fields to the viewer, as programs that fill them in do."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.NeedAppearances = True
        for annotation in pdf.pages[0].Annots:
            if annotation.Subtype == "/Widget":
                del annotation.AP
        pdf.save(path)
    return path


def noted(path: Path) -> Path:
    """Put a typed note on the page, as a stamp of the office that sent it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        drawn = pdf.make_stream(b"BT /F 10 Tf 2 4 Td (Importo aggiornato) Tj ET")
        drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawn.BBox = [0, 0, 150, 16]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        drawn.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[200, 540, 350, 556],
            Contents="Importo aggiornato",
            DA="/Helv 10 Tf 0 g",
            F=4,
            AP=pikepdf.Dictionary(N=drawn),
        )
        page.Annots.append(pdf.make_indirect(note))
        pdf.save(path)
    return path


@pytest.mark.parametrize("drawn", [True, False])
def test_a_filled_field_is_read_where_it_stands(tmp_path: Path, drawn: bool) -> None:
    path = form(tmp_path, "1.552.500,00")
    found = document(path if drawn else undrawn(path))
    value = next(line for line in found.lines if "1.552.500,00" in line.text)
    assert "Risorse PON METRO:" in "".join(line.text for line in found.lines)
    assert value.box is not None
    assert value.box.x1 == pytest.approx(265, abs=8)
    assert 86 < value.box.top < value.box.bottom < 108
    assert [link.url for link in found.links] == ["https://www.comune.example.it"]
    assert found.unread == []


def test_a_typed_note_is_read(tmp_path: Path) -> None:
    texts = [line.text.strip() for line in document(noted(form(tmp_path, ""))).lines]
    assert texts == ["MI1.1.1.a - Servizi", "Risorse PON METRO:", "Importo aggiornato"]


@pytest.mark.parametrize("made", ["field", "undrawn", "note"])
def test_the_reader_that_cannot_says_so(tmp_path: Path, made: str) -> None:
    path = form(tmp_path, "" if made == "note" else "1.552.500,00")
    path = {"field": lambda p: p, "undrawn": undrawn, "note": noted}[made](path)
    ((page, reason),) = document(path, "pdfplumber").unread
    assert page == 1
    assert "fields or notes" in reason


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_empty_fields_are_nothing_to_tell(tmp_path: Path, reader: str) -> None:
    found = document(form(tmp_path, ""), reader)
    assert [line.text.strip() for line in found.lines] == [
        "MI1.1.1.a - Servizi",
        "Risorse PON METRO:",
    ]
    assert found.unread == []


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("made", ["signature", "stamp"])
def test_signatures_and_stamps_are_no_text_of_the_report(
    tmp_path: Path, made: str, reader: str
) -> None:
    path = noted(form(tmp_path, ""))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        note = pdf.pages[0].Annots[-1]
        if made == "stamp":
            note.Subtype = pikepdf.Name.Stamp
        else:
            note.Subtype, note.FT, note.T = pikepdf.Name.Widget, pikepdf.Name.Sig, "firma"
            note.V = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name="Un dirigente")
            pdf.Root.AcroForm.Fields.append(note)
        pdf.save(path)
    found = document(path, reader)
    texts = [line.text.strip() for line in found.lines]
    assert texts == ["MI1.1.1.a - Servizi", "Risorse PON METRO:"]
    assert found.unread == []
