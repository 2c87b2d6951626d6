"""Editions as HTML pages, set by WeasyPrint or printed by headless Chromium."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from dataclasses import replace
from html import escape
from pathlib import Path

from tests.truth import Edition
from tests.typeset.pictures import picture
from tests.typeset.style import Piece, Style, flow

FONTS = {
    "sans": "Liberation Sans, sans-serif",
    "serif": "Liberation Serif, serif",
    "mono": "Liberation Mono, monospace",
}


def _image(name: str, css: str) -> str:
    data = base64.b64encode(picture(name)).decode()
    return f'<img src="data:image/png;base64,{data}" style="{css}" alt="">'


def _css(style: Style, header: str, title: str) -> str:
    left, right, top, bottom = style.margins
    weight = "bold" if style.heading_bold else "normal"
    case = {"small": "font-variant: small-caps;"}.get(style.capitals, "")
    spacing = "letter-spacing: 1.5pt;" if style.letter_spaced else ""
    head = f'@top-left {{ content: "{header}"; font-size: 7pt }}' if style.header else ""
    before, between, after = style.numbering
    total = f'"{between}" counter(pages) ' if between else ""
    number = f'"{before}" counter(page) {total}"{after}"'
    page = f"@bottom-right {{ content: {number}; font-size: 8pt }}" if style.page_numbers else ""
    if style.footer:
        page += f' @bottom-left {{ content: "{title}"; font-size: 7pt }}'
    return f"""
@page {{ size: {style.paper[0]}pt {style.paper[1]}pt;
  margin: {top}pt {right}pt {bottom}pt {left}pt;
  {head} {page} }}
body {{ font: {style.size}pt/1.35 {FONTS[style.family]}; margin: 0;
  hyphens: {"auto" if style.hyphenated else "manual"} }}
p {{ margin: 0 0 .5em; text-align: {"justify" if style.justified else "left"} }}
h1, h2 {{ font-weight: {weight}; {case} {spacing} break-after: avoid; margin: 1.2em 0 .5em;
  color: #1f3864; hyphens: manual }}
h1 {{ font-size: {style.size * style.scale[0]}pt; column-span: all }}
h2 {{ font-size: {style.size * style.scale[1]}pt }}
h2.box {{ display: flex; gap: 8pt }}
h2.box span {{ border: 1px solid; padding: 2pt; white-space: nowrap; align-self: flex-start }}
b {{ font-weight: {"bold" if style.labels_bold else "normal"} }}
section {{ overflow-wrap: anywhere;
  {"break-before: page;" if style.page_a_project else ""} columns: {style.columns} }}
section:first-of-type {{ break-before: auto }}
.break {{ break-after: page }}
.item {{ display: flex; margin-left: 1.2em }} .item > :first-child {{ width: 1.2em; flex: none }}
.places {{ columns: {style.address_columns}; column-fill: balance; break-inside: avoid }}
.places p {{ text-align: left; break-inside: avoid; overflow-wrap: normal }}
.labelled p {{ text-align: left }}
.note {{ float: footnote; font-size: {style.size * 0.8}pt; font-weight: normal }}
::footnote-call, ::footnote-marker {{ vertical-align: super; font-size: 65%; line-height: 0 }}
table {{ border-collapse: collapse; width: 100%; break-inside: auto }}
td {{ border: 1px solid; padding: 2pt 4pt; vertical-align: top }} td:first-child {{ width: 32% }}
"""


def _value(text: str, style: Style) -> str:
    if style.links and text.startswith("https://"):
        return f'<a href="{escape(text)}">{escape(text)}</a>'
    return escape(text)


def _note(piece: Piece) -> str:
    return f'<span class="note">{escape(piece.note)}</span>' if piece.note else ""


def _labelled(piece: Piece, style: Style) -> str:
    if style.funding_table:
        rows = "".join(
            f"<tr><td><b>{escape(label)}</b>{'' if index else _note(piece)}</td><td>"
            + "".join(f"<p>{_value(value, style)}</p>" for value in values)
            + "</td></tr>"
            for index, (label, values) in enumerate(piece.rows)
        )
        return f'<table class="labelled">{rows}</table>'
    out = []
    for index, (label, values) in enumerate(piece.rows):
        note = "" if index else _note(piece)
        out.append(f"<p><b>{escape(label)}</b>{note} {_value(values[0], style)}</p>")
        out += [f"<p>{_value(value, style)}</p>" for value in values[1:]]
    return f'<div class="labelled">{"".join(out)}</div>'


def _piece(piece: Piece, style: Style) -> str:
    text = escape(piece.text)
    if piece.kind == "project":
        return f"</section><section><h1>{escape(piece.lead)}{text}</h1>"
    if piece.kind == "action":
        if style.code_box:
            code = f"<span>{escape(piece.code)}</span>"
            return f'<h2 class="box">{code}<div>{text}{_note(piece)}</div></h2>'
        return f"<h2>{escape(piece.lead)}{text}{_note(piece)}</h2>"
    if piece.kind == "labelled":
        return _labelled(piece, style)
    if piece.kind == "picture":
        return f'<p style="text-align: center">{_image(piece.text, "width: 160pt")}</p>'
    if piece.kind == "places":
        heading, *cells = piece.texts
        items = "".join(f"<p>{escape(cell)}</p>" for cell in cells)
        return f'<p><b>{escape(heading)}</b></p><div class="places">{items}</div>'
    if piece.kind in {"bullet", "dash"}:
        mark = "•" if piece.kind == "bullet" else "-"
        return f'<div class="item"><div>{mark}</div><p>{text}</p></div>'
    if piece.kind == "caption" and style.pictures:
        pin = _image("pin", "height: 9pt")
        return f'<div class="item"><div>{pin}</div><p>{text}</p></div>'
    return f'<p style="margin-left: {piece.level * 1.3}em">{text}</p>'


def html(edition: Edition, style: Style) -> str:
    """Write an edition as one HTML page that needs nothing from elsewhere."""
    parts = []
    if style.cover:
        parts.append(f'<div class="break" style="font-size: 24pt">{escape(edition.title)}</div>')
    if style.contents:
        lines = "".join(
            f"<p>{escape((p.lead + p.title)[:60])} {'.' * 30} {n}</p>"
            for n, p in enumerate(edition.projects, 2)
        )
        parts.append(f'<div class="break"><p>Indice</p>{lines}</div>')
    body = "".join(_piece(piece, style) for piece in flow(edition, style))
    parts.append(body.removeprefix("</section>") + "</section>")
    return (
        '<!doctype html><html lang="it"><meta charset="utf-8">'
        f"<title>{escape(edition.title)}</title>"
        f"<style>{_css(style, edition.header, edition.title)}</style>"
        f"<body>{''.join(parts)}</body></html>"
    )


def weasyprint_pdf(edition: Edition, style: Style) -> bytes:
    """Set an edition by WeasyPrint."""
    from weasyprint import HTML

    made = HTML(string=html(edition, style)).write_pdf()
    assert isinstance(made, bytes)
    return made


_CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]


def chromium_pdf(edition: Edition, style: Style) -> bytes:
    """Print an edition from headless Chromium, with a profile of its own, off the network.

    It knows no footnotes.
    """
    style = replace(style, footnotes=False)
    program = shutil.which("chromium")
    assert program
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html(edition, style), "utf-8")
        subprocess.run(
            [program, *_CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}",
             page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return made.read_bytes()
