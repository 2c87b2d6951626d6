"""Editions set by Typst."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.truth import Edition
from tests.typeset.pictures import picture
from tests.typeset.style import Piece, Style, flow

FONTS = {"sans": "Bitstream Vera Sans", "serif": "Libertinus Serif", "mono": "DejaVu Sans Mono"}
"""From ReportLab's package and from Typst's own: the system's fonts are not asked."""


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str, style: Style) -> str:
    if style.links and text.startswith("https://"):
        return f"link({_string(text)})"
    return f"text({_string(text)})"


def _strong(text: str, bold: bool) -> str:
    return f"text(weight: {'700' if bold else '400'}, {_string(text)})"


def _note(piece: Piece) -> str:
    return f"#footnote(text(weight: 400, {_string(piece.note)}))" if piece.note else ""


def _heading(piece: Piece, style: Style) -> str:
    project = piece.kind == "project"
    set_text = f"size: {style.size * style.scale[0 if project else 1]:.1f}pt"
    set_text += f", weight: {700 if style.heading_bold else 400}"
    if style.letter_spaced:
        set_text += ", tracking: 1.5pt"
    caps = "#show: smallcaps\n" if style.capitals == "small" else ""
    inner = f"#set text({set_text})\n{caps}"
    if style.code_box and not project:
        inner += (
            f"#grid(columns: (auto, 1fr), gutter: 8pt, box(stroke: 0.5pt, inset: 3pt, "
            f"text({_string(piece.code)})), text({_string(piece.text)}))"
        )
    else:
        inner += f"#text({_string(piece.lead + piece.text)})"
    inner += _note(piece)
    above = style.size * (2.2 if project else 1.8)
    code = f"block(above: {above:.0f}pt, below: {style.size:.0f}pt, sticky: true)[{inner}]"
    if project and style.columns == 2:
        return f'#place(top, scope: "parent", float: true, {code})'
    return f"#{code}"


def _labelled(piece: Piece, style: Style) -> str:
    if style.funding_table:
        cells = ", ".join(
            f"[#{_strong(label, style.labels_bold)}], "
            f"[{' #parbreak() '.join('#' + _plain(v, style) for v in values)}]"
            for label, values in piece.rows
        )
        return f"#table(columns: (32%, 1fr), align: left, stroke: 0.5pt, {cells})"
    out = []
    for index, (label, values) in enumerate(piece.rows):
        note = "" if index else _note(piece)
        first = f"#{_strong(label, style.labels_bold)}{note} #{_plain(values[0], style)}"
        out.append(f"#block(spacing: 0.9em)[#set par(justify: false)\n{first}]")
        out += [f"#block(spacing: 0.9em)[#{_plain(value, style)}]" for value in values[1:]]
    return "\n".join(out)


def _places(piece: Piece, style: Style) -> str:
    heading, *cells = piece.texts
    columns = style.address_columns
    size = -(-len(cells) // columns)
    parts = [cells[i : i + size] for i in range(0, len(cells), size)]
    stacks = ", ".join(
        f"stack(spacing: 0.9em, {', '.join(f'text({_string(c)})' for c in part)})" for part in parts
    )
    tracks = "(" + "1fr, " * len(parts) + ")"
    return (
        f"#block(breakable: false)[#{_strong(heading, style.labels_bold)}\n"
        f"#grid(columns: {tracks}, gutter: 10pt, {stacks})]"
    )


def _piece(piece: Piece, style: Style) -> str:
    text = _string(piece.text)
    if piece.kind in {"project", "action"}:
        return _heading(piece, style)
    if piece.kind == "labelled":
        return _labelled(piece, style)
    if piece.kind == "places":
        return _places(piece, style)
    if piece.kind == "picture":
        return f'#align(center, image("{piece.text}.png", width: 45%))'
    if piece.kind in {"bullet", "dash"}:
        mark = "•" if piece.kind == "bullet" else "-"
        return (
            f"#pad(left: 1.2em, grid(columns: (1.2em, 1fr), [{mark}], par(text({text}))))".replace(
                "[-]", 'text("-")'
            )
        )
    if piece.kind == "caption" and style.pictures:
        return (
            f'#pad(left: 1em, grid(columns: (1.4em, 1fr), image("pin.png", height: 0.9em), '
            f"par(text({text}))))"
        )
    if piece.kind == "numbered":
        return f"#pad(left: {piece.level * 1.3}em, par(hanging-indent: 1em, text({text})))"
    return f"#par(text({text}))"


def _footer(edition: Edition, style: Style) -> str:
    if not (style.page_numbers or style.footer):
        return "none"
    before, between, after = style.numbering
    total = f"#{_string(between)}#counter(page).final().first()" if between else ""
    number = f"#{_string(before)}#counter(page).display(){total}#{_string(after)}"
    left = f"#text(size: 7pt, {_string(edition.title)})" if style.footer else ""
    return f"context [{left}#h(1fr){number if style.page_numbers else ''}]"


def markup(edition: Edition, style: Style) -> str:
    """Give the Typst source of an edition; its pictures are files beside it."""
    left, right, top, bottom = style.margins
    header = f"text(size: 7pt, {_string(edition.header)})" if style.header else "none"
    footer = _footer(edition, style)
    lines = [
        "#set document(date: none)",
        f"#set page(width: {style.paper[0]}pt, height: {style.paper[1]}pt,"
        f" columns: {style.columns}, margin: (left: {left:.1f}pt,"
        f" right: {right:.1f}pt, top: {top:.1f}pt,"
        f" bottom: {bottom:.1f}pt), header: {header}, footer: {footer})",
        f'#set text(font: {_string(FONTS[style.family])}, size: {style.size}pt, lang: "it",'
        f" hyphenate: {str(style.hyphenated).lower()})",
        f"#set par(justify: {str(style.justified).lower()}, spacing: 1.1em)",
    ]
    if style.cover:
        lines.append(f"#align(center)[#v(30%)#text(size: 24pt, {_string(edition.title)})]")
        lines.append("#pagebreak()")
    if style.contents:
        lines.append("#text(size: 14pt)[Indice]")
        for number, project in enumerate(edition.projects, 2):
            entry = f"text({_string(project.lead + project.title)})"
            lines.append(f"#block[#{entry} #box(width: 1fr, repeat[.]) {number}]")
        lines.append("#pagebreak()")
    for index, piece in enumerate(flow(edition, style)):
        if piece.kind == "project" and index and (style.page_a_project or style.columns == 2):
            lines.append("#pagebreak(weak: true)")
        lines.append(_piece(piece, style))
    return "\n\n".join(lines)


def pdf(edition: Edition, style: Style) -> bytes:
    """Set an edition as PDF."""
    import reportlab
    import typst

    names = {p.text for p in flow(edition, style) if p.kind == "picture"} | {"pin"}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in names:
            (root / f"{name}.png").write_bytes(picture(name))
        main = root / "main.typ"
        main.write_text(markup(edition, style), "utf-8")
        fonts = Path(reportlab.__file__).parent / "fonts"
        made = typst.compile(main, format="pdf", font_paths=[fonts], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made
