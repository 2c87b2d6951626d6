"""The body of a Word file, written in the many ways that people and programs write the same text.

Each way changes the XML and nothing that is printed.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from typing import Any

Tree = Any
"""A parsed ``document.xml``."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_V = "urn:schemas-microsoft-com:vml"
_SPACES = {"w": W, "r": R, "mc": _MC, "wps": _WPS, "wp": _WP, "a": _A, "v": _V}
_KEEP = "{http://www.w3.org/XML/1998/namespace}space"
DECOY = "Risorse PON METRO € 9.999.999,99"


def xml(text: str) -> Tree:
    """Parse some elements of a document, with the usual prefixes."""
    from lxml import etree

    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    return list(etree.fromstring(f"<root {names}>{text}</root>"))


def w(tag: str) -> str:
    """A name in the word-processing namespace."""
    return f"{{{W}}}{tag}"


def paragraphs(body: Tree) -> list[Tree]:
    """The paragraphs that hold text."""
    return [p for p in body.iter(w("p")) if "".join(p.itertext(w("t"))).strip()]


def text_of(paragraph: Tree) -> str:
    """The text of a paragraph."""
    return "".join(paragraph.itertext(w("t")))


def style_of(paragraph: Tree) -> str:
    """The id of a paragraph's style; empty for the default one."""
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(w("val"))


def _texts(body: Tree) -> list[Tree]:
    """The text elements that are alone in their run, but for its properties."""
    found = []
    for t in body.iter(w("t")):
        if all(one is t or one.tag == w("rPr") for one in t.getparent()):
            found.append(t)
    return found


def properties_of(paragraph: Tree) -> Tree:
    """The properties of a paragraph, which are made where it has none."""
    found = paragraph.find(w("pPr"))
    if found is None:
        (found,) = xml("<w:pPr/>")
        paragraph.insert(0, found)
    return found


# -- ways --------------------------------------------------------------------------------------


def split_runs(body: Tree, chance: random.Random) -> None:
    """Split runs anywhere, as editing leaves them, with marks and wrappers between."""
    between = (
        '<w:proofErr w:type="spellStart"/>',
        '<w:bookmarkStart w:id="7" w:name="_x"/><w:bookmarkEnd w:id="7"/>',
        "<w:r><w:lastRenderedPageBreak/></w:r>",
        '<w:commentRangeStart w:id="3"/>',
    )
    wraps = ("<w:smartTag/>", "<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>", "<w:customXml/>")
    for t in _texts(body):
        run, text = t.getparent(), t.text or ""
        if len(text) < 2 or chance.random() < 0.5:
            continue
        cuts = sorted(chance.sample(range(1, len(text)), min(len(text) - 1, chance.randint(1, 4))))
        at = run.getparent().index(run)
        for start, end in reversed(list(zip(cuts, [*cuts[1:], len(text)], strict=True))):
            part = copy.deepcopy(run)
            inner = part.find(w("t"))
            inner.text = text[start:end]
            inner.set(_KEEP, "preserve")
            if chance.random() < 0.2:
                (wrap,) = xml(chance.choice(wraps))
                (wrap if len(wrap) == 0 else wrap[-1]).append(part)
                part = wrap
            run.getparent().insert(at + 1, part)
            if chance.random() < 0.3:
                for mark in reversed(xml(chance.choice(between))):
                    run.getparent().insert(at + 1, mark)
        t.text = text[: cuts[0]]
        t.set(_KEEP, "preserve")


def track_changes(body: Tree, chance: random.Random) -> None:
    """Put runs in as tracked changes, strike others out, and split paragraphs by struck marks."""
    for paragraph in paragraphs(body):
        if chance.random() < 0.7:
            continue
        run = paragraph.find(w("r"))
        if run is None:
            continue
        at = paragraph.index(run)
        (struck,) = xml(f'<w:del w:id="1"><w:r><w:delText>{DECOY}</w:delText></w:r></w:del>')
        if chance.random() < 0.3:
            (ins,) = xml('<w:ins w:id="2"/>')
            paragraph.replace(run, ins)
            ins.append(run)
        paragraph.insert(at + chance.randint(0, 1), struck)
        if chance.random() < 0.3:
            (gone,) = xml(
                '<w:p><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr>'
                f'<w:del w:id="5"><w:r><w:delText>{DECOY}</w:delText></w:r></w:del></w:p>'
            )
            paragraph.addprevious(gone)


def hide_text(body: Tree, chance: random.Random) -> None:
    """Hide text inside paragraphs, and whole paragraphs."""
    for paragraph in paragraphs(body):
        if chance.random() < 0.1:
            paragraph.append(xml(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{DECOY}</w:t></w:r>")[0])
        elif chance.random() < 0.05:
            (hidden,) = xml(
                "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr>"
                f"<w:t>{DECOY}</w:t></w:r></w:p>"
            )
            paragraph.addprevious(hidden)


def use_fields(body: Tree, chance: random.Random) -> None:
    """Make words the results of fields, whose instructions hold other words."""
    kinds = (r"REF _Ref1 \h", 'HYPERLINK \\l "_Toc2"', "DOCPROPERTY Titolo", f'QUOTE "{DECOY}"')
    for t in _texts(body):
        run = t.getparent()
        if chance.random() < 0.85 or run.getparent().tag != w("p"):
            continue
        kind = chance.choice(kinds)
        before = xml(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{kind}</w:instrText></w:r>"
            f"<w:r><w:t>{DECOY}</w:t></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        for one in before:
            run.addprevious(one)
        run.addnext(xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')[0])


def break_pages(body: Tree, chance: random.Random) -> None:
    """Begin pages before headings, in every way that a page begins."""
    for paragraph in paragraphs(body):
        if not style_of(paragraph).startswith("Heading") or chance.random() < 0.4:
            continue
        way = chance.randrange(3)
        if way == 0:
            properties_of(paragraph).append(xml("<w:pageBreakBefore/>")[0])
        elif way == 1:
            first = paragraph.find(w("r"))
            first.addprevious(xml('<w:r><w:br w:type="page"/></w:r>')[0])
        else:
            (own,) = xml('<w:p><w:r><w:br w:type="page"/><w:lastRenderedPageBreak/></w:r></w:p>')
            paragraph.addprevious(own)


def soften(body: Tree, chance: random.Random) -> None:
    """Put soft hyphens into words, and hyphens that do not break into compounds."""
    for t in _texts(body):
        text = t.text or ""
        found = list(re.finditer(r"(?<=[a-z]{3})(?=[a-z]{3})|(?<=[a-z])-(?=[a-z])", text))
        if not found or chance.random() < 0.8 or "://" in text:
            continue
        at = chance.choice(found)
        kind = "noBreakHyphen" if at.group() else "softHyphen"
        (hyphen,) = xml(f"<w:{kind}/>")
        (rest,) = xml("<w:t/>")
        rest.text = text[at.end() :]
        for one in (t, rest):
            one.set(_KEEP, "preserve")
        t.text = text[: at.start()]
        t.addnext(hyphen)
        hyphen.addnext(rest)


def lead_with_dots(body: Tree, chance: random.Random) -> None:
    """Part labels from their sums by a tab that dots lead over."""
    for paragraph in paragraphs(body):
        runs = paragraph.findall(w("r"))
        if len(runs) != 2 or not re.match(r"Risorse|Altre|Costo", text_of(paragraph)):
            continue
        properties_of(paragraph).append(
            xml('<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>')[0]
        )
        runs[0].append(xml("<w:tab/>")[0])


def break_lines(body: Tree, chance: random.Random) -> None:
    """Put the labelled lines of a sheet into one paragraph, parted by line breaks."""
    before: Tree = None
    for paragraph in paragraphs(body):
        labelled = re.match(r"Risorse|Altre|Costo|Stato di att", text_of(paragraph))
        if labelled and paragraph.getparent() is body and paragraph.find(f".//{w('br')}") is None:
            if before is not None and before.getnext() is paragraph:
                before.append(xml("<w:r><w:br/></w:r>")[0])
                for child in list(paragraph):
                    if child.tag != w("pPr"):
                        before.append(child)
                body.remove(paragraph)
                continue
            before = paragraph
        else:
            before = None


def frame(body: Tree, chance: random.Random) -> None:
    """Put stretches of the text into tables of one cell, as frames."""
    blocks = [one for one in body if one.tag in (w("p"), w("tbl"))]
    at = 0
    while at < len(blocks):
        size = chance.randint(2, 12)
        some = blocks[at : at + size]
        at += size
        if chance.random() < 0.6 or some[-1].tag != w("p"):
            continue
        (table,) = xml(
            '<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
            "<w:tr><w:tc/></w:tr></w:tbl>"
        )
        some[0].addprevious(table)
        for one in some:
            table[-1][0].append(one)


def box_codes(body: Tree, chance: random.Random) -> None:
    """Take codes out of their headings into text boxes, each there in its old form as well."""
    for paragraph in paragraphs(body):
        runs = paragraph.findall(w("r"))
        if style_of(paragraph) != "Heading2" or len(runs) != 1 or chance.random() < 0.4:
            continue
        t = runs[0].find(w("t"))
        parts = re.fullmatch(r"(\S+(?: [\dIV]\S+){0,2}?)\s?[-–]\s(.*)", t.text or "")
        if parts is None:
            continue
        inner = f"<w:txbxContent><w:p><w:r><w:t>{parts[1]}</w:t></w:r></w:p></w:txbxContent>"
        (box,) = xml(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
            '<wp:extent cx="900000" cy="300000"/><wp:docPr id="5" name="box"/>'
            f'<a:graphic><a:graphicData uri="{_WPS}"><wps:wsp>'
            f"<wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
            "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
            f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        t.text = parts[2]
        runs[0].addprevious(box)


WAYS: dict[str, Callable[[Tree, random.Random], None]] = {
    "line breaks": break_lines,
    "leaders": lead_with_dots,
    "boxes": box_codes,
    "page breaks": break_pages,
    "soft hyphens": soften,
    "fields": use_fields,
    "runs": split_runs,
    "changes": track_changes,
    "hidden": hide_text,
    "frames": frame,
}
"""Ways of writing the body, in an order in which they do not undo each other."""
