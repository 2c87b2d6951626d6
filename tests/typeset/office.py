"""Editions as Word files, and as the PDF that LibreOffice exports from them."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.truth import Edition
from tests.typeset.pictures import picture
from tests.typeset.style import Piece, Style, flow

FONTS = {"sans": "Carlito", "serif": "Liberation Serif", "mono": "DejaVu Sans Mono"}


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


class _Writer:
    """Writes pieces into a python-docx document."""

    def __init__(self, edition: Edition, style: Style) -> None:
        from docx import Document
        from docx.shared import Pt

        self.edition, self.style = edition, style
        self.document: Any = Document()
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONTS[style.family], Pt(style.size)
        normal.paragraph_format.space_after = Pt(style.size * 0.5)
        normal.element.rPr.append(_element("w:lang", val="it-IT"))
        section = self.document.sections[0]
        section.page_width, section.page_height = (Pt(side) for side in style.paper)
        section.left_margin, section.right_margin = Pt(style.margins[0]), Pt(style.margins[1])
        section.top_margin, section.bottom_margin = Pt(style.margins[2]), Pt(style.margins[3])
        if style.header:
            section.header.paragraphs[0].text = edition.header
        if style.footer:
            section.footer.paragraphs[0].text = edition.title
        if style.page_numbers:
            self.number(section.footer)
        if style.hyphenated:
            self.document.settings.element.append(_element("w:autoHyphenation", val="true"))

    def number(self, footer: Any) -> None:
        last = footer.add_paragraph() if self.style.footer else footer.paragraphs[0]
        before, between, after = self.style.numbering
        last.add_run(before)
        last._p.append(_element("w:fldSimple", instr="PAGE"))
        if between:
            last.add_run(between)
            last._p.append(_element("w:fldSimple", instr="NUMPAGES"))
        last.add_run(after)
        last.alignment = 2

    def paragraph(self, text: str = "", *, justify: bool = True, indent: float = 0) -> Any:
        from docx.shared import Pt

        made = self.document.add_paragraph()
        if text:
            self.run(made, text)
        if justify and self.style.justified:
            made.alignment = 3
        if indent:
            made.paragraph_format.left_indent = Pt(indent)
        return made

    def run(self, paragraph: Any, text: str, *, bold: bool = False) -> None:
        if self.style.links and text.startswith("https://"):
            relation = paragraph.part.relate_to(
                text,
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                is_external=True,
            )
            from docx.oxml import OxmlElement
            from docx.oxml.ns import qn

            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), relation)
            link.append(paragraph.add_run(text)._r)
            paragraph._p.append(link)
            return
        paragraph.add_run(text).bold = bold or None

    def heading(self, piece: Piece) -> None:
        from docx.shared import Pt, RGBColor

        project = piece.kind == "project"
        if project and self.style.page_a_project and self.started:
            self.document.add_page_break()
        made = self.document.add_paragraph(style=f"Heading {1 if project else 2}")
        run = made.add_run(piece.lead + piece.text)
        run.font.name = FONTS[self.style.family]
        run.font.size = Pt(self.style.size * self.style.scale[0 if project else 1])
        run.font.bold = self.style.heading_bold
        run.font.color.rgb = RGBColor(0x1F, 0x38, 0x64)
        run.font.small_caps = self.style.capitals == "small" or None
        if self.style.letter_spaced:
            run._r.get_or_add_rPr().append(_element("w:spacing", val="30"))

    def labelled(self, piece: Piece) -> None:
        bold = self.style.labels_bold
        if self.style.funding_table:
            table = self.document.add_table(rows=0, cols=2, style="Table Grid")
            for label, values in piece.rows:
                cells = table.add_row().cells
                self.run(cells[0].paragraphs[0], label, bold=bold)
                self.run(cells[1].paragraphs[0], values[0])
                for value in values[1:]:
                    self.run(cells[1].add_paragraph(), value)
            return
        for label, values in piece.rows:
            made = self.paragraph(justify=False)
            self.run(made, f"{label} ", bold=bold)
            self.run(made, values[0])
            for value in values[1:]:
                self.run(self.paragraph(justify=False), value)

    def places(self, piece: Piece) -> None:
        heading, *cells = piece.texts
        self.run(self.paragraph(justify=False), heading, bold=self.style.labels_bold)
        size = -(-len(cells) // self.style.address_columns)
        columns = [cells[i : i + size] for i in range(0, len(cells), size)]
        table = self.document.add_table(rows=size, cols=len(columns))
        for c, column in enumerate(columns):
            for r, cell in enumerate(column):
                self.run(table.cell(r, c).paragraphs[0], cell)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True

    def write(self, piece: Piece) -> None:
        from docx.shared import Pt

        if piece.kind in {"project", "action"}:
            self.heading(piece)
        elif piece.kind == "labelled":
            self.labelled(piece)
        elif piece.kind == "places":
            self.places(piece)
        elif piece.kind == "picture":
            made = self.paragraph(justify=False)
            made.add_run().add_picture(io.BytesIO(picture(piece.text)), width=Pt(160))
            made.alignment = 1
        elif piece.kind == "caption":
            made = self.paragraph(justify=False, indent=14)
            if self.style.pictures:
                made.add_run().add_picture(io.BytesIO(picture("pin")), height=Pt(9))
                made.add_run(" ")
            self.run(made, piece.text)
        elif piece.kind == "bullet":
            self.run(self.document.add_paragraph(style="List Bullet"), piece.text)
        elif piece.kind == "dash":
            made = self.paragraph(f"-\t{piece.text}", indent=28)
            made.paragraph_format.first_line_indent = Pt(-14)
        else:
            self.paragraph(piece.text, indent=14 * piece.level)
        self.started = True

    started = False

    def save(self) -> bytes:
        if self.style.cover:
            self.paragraph(self.edition.title, justify=False)
            self.document.add_page_break()
        if self.style.contents:
            self.paragraph("Indice", justify=False)
            for number, project in enumerate(self.edition.projects, 2):
                line = f"{(project.lead + project.title)[:60]} {'.' * 30} {number}"
                self.paragraph(line, justify=False)
            self.document.add_page_break()
        for piece in flow(self.edition, self.style):
            self.write(piece)
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def docx(edition: Edition, style: Style) -> bytes:
    """Write an edition as a Word file; columns and code boxes of the style are not done."""
    return _Writer(edition, style).save()


def libreoffice_pdf(edition: Edition, style: Style) -> bytes:
    """Export an edition's Word file as PDF by LibreOffice, with a profile of its own."""
    program = shutil.which("soffice")
    assert program
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "edition.docx"
        word.write_bytes(docx(edition, style))
        subprocess.run(
            [program, f"-env:UserInstallation={Path(folder).as_uri()}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", folder, str(word)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return word.with_suffix(".pdf").read_bytes()
