"""Editions set by ReportLab: words placed one by one, labels as spans of their paragraph."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.truth import Edition
from tests.typeset.pictures import picture
from tests.typeset.style import Piece, Style, flow

_STANDARD = {"serif": ("Times-Roman", "Times-Bold"), "mono": ("Courier", "Courier-Bold")}


def fonts(style: Style) -> tuple[str, str]:
    """Regular and bold font; Vera embedded for sans, else standard fonts that are not embedded."""
    if style.family in _STANDARD:
        return _STANDARD[style.family]
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    return "Vera", "VeraBd"


class _Setter:
    """Turns pieces into ReportLab's flowables."""

    def __init__(self, edition: Edition, style: Style) -> None:
        from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
        from reportlab.lib.styles import ParagraphStyle

        self.edition, self.style = edition, style
        self.regular, self.bold = fonts(style)
        size = style.size

        def look(name: str, **more: Any) -> Any:
            given = {"fontName": self.regular, "fontSize": size, "leading": size * 1.35} | more
            return ParagraphStyle(name, spaceAfter=size * 0.5, **given)

        align = TA_JUSTIFY if style.justified else TA_LEFT
        head = self.bold if style.heading_bold else self.regular
        self.body = look("body", alignment=align)
        self.ragged = look("ragged")
        self.item = look("item", leftIndent=size * 2, bulletIndent=size, alignment=align)
        self.heads = {
            kind: look(
                kind,
                fontName=head,
                fontSize=size * factor,
                leading=size * factor * 1.25,
                spaceBefore=size * 1.4,
                keepWithNext=True,
            )
            for kind, factor in zip(("project", "action"), style.scale, strict=True)
        }

    def label(self, text: str) -> str:
        font = self.bold if self.style.labels_bold else self.regular
        return f'<font name="{font}">{escape(text)}</font>'

    def value(self, text: str) -> str:
        if self.style.links and text.startswith("https://"):
            return f'<a href="{escape(text)}">{escape(text)}</a>'
        return escape(text)

    def table(self, rows: list[list[Any]], widths: list[float], *, lines: bool) -> Any:
        from reportlab.platypus import Table, TableStyle

        looks: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        if lines:
            looks.append(("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)))
        return Table(rows, colWidths=widths, style=TableStyle(looks), hAlign="LEFT")

    def places(self, piece: Piece) -> list[Any]:
        from reportlab.platypus import KeepTogether, Paragraph

        heading, *cells = piece.texts
        columns = min(self.style.address_columns, len(cells))
        size = -(-len(cells) // columns)
        columns = -(-len(cells) // size)
        rows = [
            [Paragraph(escape("".join(cells[r + c * size : r + c * size + 1])), self.ragged)
             for c in range(columns)]
            for r in range(size)
        ]  # fmt: skip
        widths = [self.room / columns] * columns
        title = Paragraph(self.label(heading), self.ragged)
        return [KeepTogether([title, self.table(rows, widths, lines=False)])]

    @property
    def room(self) -> float:
        gutter = 18 * (self.style.columns - 1)
        return (self.style.measure - gutter) / self.style.columns - 12

    def labelled(self, piece: Piece) -> list[Any]:
        from reportlab.platypus import Paragraph

        if self.style.funding_table:
            rows = [
                [Paragraph(self.label(label), self.ragged),
                 [Paragraph(self.value(value), self.ragged) for value in values]]
                for label, values in piece.rows
            ]  # fmt: skip
            return [self.table(rows, [self.room * 0.32, self.room * 0.68], lines=True)]
        out = []
        for label, values in piece.rows:
            out.append(Paragraph(f"{self.label(label)} {self.value(values[0])}", self.ragged))
            out += [Paragraph(self.value(value), self.ragged) for value in values[1:]]
        return out

    def flowables(self, piece: Piece) -> list[Any]:
        from reportlab.pdfbase.pdfmetrics import stringWidth
        from reportlab.platypus import Image, Paragraph

        if piece.kind == "picture":
            return [Image(io.BytesIO(picture(piece.text)), width=160, height=100)]
        if piece.kind == "places":
            return self.places(piece)
        if piece.kind == "labelled":
            return self.labelled(piece)
        if piece.kind == "action" and self.style.code_box:
            head = self.heads["action"]
            wide = stringWidth(piece.code, head.fontName, head.fontSize) + 14
            cells = [[Paragraph(escape(piece.code), head), Paragraph(escape(piece.text), head)]]
            return [self.table(cells, [wide, self.room - wide], lines=True)]
        if piece.kind in self.heads:
            return [Paragraph(escape(piece.lead + piece.text), self.heads[piece.kind])]
        if piece.kind in {"bullet", "dash"}:
            mark = "•" if piece.kind == "bullet" else "-"
            return [Paragraph(escape(piece.text), self.item, bulletText=mark)]
        if piece.kind == "caption" and self.style.pictures:
            pin = Image(io.BytesIO(picture("pin")), width=6, height=9)
            return [
                self.table(
                    [[pin, Paragraph(escape(piece.text), self.ragged)]],
                    [20, self.room - 20],
                    lines=False,
                )
            ]
        return [Paragraph(escape(piece.text), self.body)]

    def story(self) -> list[Any]:
        from reportlab.platypus import PageBreak, Paragraph

        out: list[Any] = []
        if self.style.cover:
            out += [Paragraph(escape(self.edition.title), self.heads["project"]), PageBreak()]
        if self.style.contents:
            out.append(Paragraph("Indice", self.heads["action"]))
            for number, project in enumerate(self.edition.projects, 2):
                entry = (project.lead + project.title)[:60]
                out.append(Paragraph(f"{escape(entry)} {'.' * 30} {number}", self.ragged))
            out.append(PageBreak())
        for index, piece in enumerate(flow(self.edition, self.style)):
            if piece.kind == "project" and index and self.style.page_a_project:
                out.append(PageBreak())
            out += self.flowables(piece)
        return out

    def furniture(self, canvas: Any, document: Any) -> None:
        width, height = self.style.paper
        canvas.setFont(self.regular, 7)
        if self.style.header:
            canvas.drawString(self.style.margins[0], height - 40, self.edition.header)
        if self.style.page_numbers:
            number = self.style.numbered(document.page)
            canvas.drawRightString(width - self.style.margins[1], 30, number)
        if self.style.footer:
            canvas.drawString(self.style.margins[0], 30, self.edition.title)


def pdf(edition: Edition, style: Style) -> bytes:
    """Set an edition as PDF. Hyphenation and small capitals of the style are not done."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    setter = _Setter(edition, style)
    left, _, top, bottom = style.margins
    height = style.paper[1]
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=style.paper, invariant=1)
    wide = (style.measure - 18 * (style.columns - 1)) / style.columns
    frames = [
        Frame(left + n * (wide + 18), bottom, wide, height - top - bottom, id=f"column-{n}")
        for n in range(style.columns)
    ]
    document.addPageTemplates(PageTemplate("page", frames, onPage=setter.furniture))
    document.build(setter.story())
    return buffer.getvalue()
