"""Word files written anew, in other ways that print the same, drawn by a seed."""

from __future__ import annotations

import io
import random
import re
import zipfile

from tests.typeset.word_body import (
    DECOY,
    WAYS,
    R,
    Tree,
    W,
    paragraphs,
    properties_of,
    style_of,
    text_of,
    w,
    xml,
)

OTHERS = ("numbers", "contents", "notes", "strict", "utf-16")
"""Ways of writing that take more of the file than its body."""


# -- numbers of lists --------------------------------------------------------------------------

_LEVELS = {
    "project": '<w:numFmt w:val="decimal"/><w:lvlText w:val="Progetto %1 –"/>',
    "plain": '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>',
    "letter": '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1."/>',
    "dash": '<w:numFmt w:val="bullet"/><w:lvlText w:val="-"/>',
    "sign": '<w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0A7;"/>'
    '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>',
}
_NUMBERED = {
    "project": re.compile(r"Progetto (\d+) [-–] "),
    "plain": re.compile(r"(\d)\. "),
    "letter": re.compile(r"(?!n\.)([a-z])\. "),
    "dash": re.compile(r"()- ?"),
}


def number_by_word(document: Tree, numbering: Tree) -> None:
    """Have Word number what the text numbers: projects, items of lists, and dashes."""
    lists: list[tuple[str, int]] = []
    before = ""
    for paragraph in paragraphs(document):
        runs = paragraph.findall(w("r"))
        t = runs[0].find(w("t")) if runs else None
        kind = next(
            (k for k, p in _NUMBERED.items() if t is not None and p.match(t.text or "")), ""
        )
        if not kind or (kind == "project" and not style_of(paragraph).startswith("Heading")):
            before = ""
            continue
        match = _NUMBERED[kind].match(t.text)
        assert match
        number = match[1]
        start = ord(number) - 96 if kind == "letter" else int(number or 1)
        new = kind != "project" and (kind != before or start == 1)
        if new or kind not in [one for one, _ in lists]:
            lists.append((kind, start))
        before = kind
        key = 900 + max(at for at, (one, _) in enumerate(lists) if one == kind)
        t.text = t.text[match.end() :]
        for tab in runs[0].findall(w("tab")) if kind == "dash" else ():
            runs[0].remove(tab)
        properties = properties_of(paragraph)
        for old in properties.findall(w("numPr")):
            properties.remove(old)
        properties.append(xml(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{key}"/></w:numPr>')[0])
    first = numbering.find(w("num"))
    for kind, level in _LEVELS.items():
        (one,) = xml(
            f'<w:abstractNum w:abstractNumId="{900 + list(_LEVELS).index(kind)}">'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{level}</w:lvl></w:abstractNum>'
        )
        if first is None:
            numbering.append(one)
        else:
            first.addprevious(one)
    for at, (kind, start) in enumerate(lists):
        (one,) = xml(
            f'<w:num w:numId="{900 + at}">'
            f'<w:abstractNumId w:val="{900 + list(_LEVELS).index(kind)}"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
        numbering.append(one)


# -- the whole file ----------------------------------------------------------------------------


def add_contents(body: Tree, titles: list[str]) -> None:
    """Put a field of contents before the text, each entry a link that ends with its page."""
    entries = []
    for place, title in enumerate(titles):
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        entries.append(
            f'<w:p>{"" if place else begin}<w:hyperlink w:anchor="_Toc{place}"><w:r><w:t>{title}'
            "</w:t></w:r><w:r><w:tab/></w:r>"
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText> PAGEREF _Toc{place} </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f"<w:r><w:t>{place + 2}</w:t></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>'
        )
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    for at, one in enumerate(xml("".join(entries) + end)):
        body.insert(at, one)


def add_notes(files: dict[str, bytes], body: Tree, chance: random.Random) -> None:
    """Give some headings and labels a footnote, in a part of its own."""
    notes = ['<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>']
    for paragraph in paragraphs(body):
        if chance.random() < 0.9 or "://" in text_of(paragraph):
            continue
        key = len(notes)
        notes.append(
            f'<w:footnote w:id="{key}"><w:p><w:r><w:footnoteRef/></w:r>'
            f"<w:r><w:t>{DECOY}</w:t></w:r></w:p></w:footnote>"
        )
        paragraph.append(
            xml(
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteReference w:id="{key}"/></w:r>'
            )[0]
        )
    files["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{W}">{"".join(notes)}</w:footnotes>'.encode()
    )
    types = files["[Content_Types].xml"].decode()
    files["[Content_Types].xml"] = types.replace(
        "</Types>",
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footnotes+xml"/></Types>',
    ).encode()
    relations = files["word/_rels/document.xml.rels"].decode()
    files["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>",
        f'<Relationship Id="rIdNotes" Type="{R}/footnotes" Target="footnotes.xml"/>'
        "</Relationships>",
    ).encode()


def strict(content: bytes) -> bytes:
    """Write a part in the strict form of the format, which has other namespaces."""
    for old, new in ((W, "wordprocessingml/main"), (R, "officeDocument/relationships")):
        content = content.replace(old.encode(), f"http://purl.oclc.org/ooxml/{new}".encode())
    return content


def files_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    """A file of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rewritten(data: bytes, seed: int, *ways: str) -> bytes:
    """Write a Word file in other ways that print the same.

    Args:
        data: the file.
        seed: of what is drawn.
        ways: names of :data:`WAYS` or :data:`OTHERS`; a few by chance where none is given.
    """
    from lxml import etree

    chance = random.Random(seed)
    drawn = set(ways) or {way for way in (*WAYS, *OTHERS) if chance.random() < 0.4}
    files = files_of(data)
    document = etree.fromstring(files["word/document.xml"])
    body = document.find(w("body"))
    if "contents" in drawn:
        titles = [text_of(p) for p in paragraphs(body) if style_of(p).startswith("Heading")]
    if "numbers" in drawn:
        numbering = etree.fromstring(files["word/numbering.xml"])
        number_by_word(body, numbering)
        files["word/numbering.xml"] = etree.tostring(numbering, xml_declaration=True)
    for name, way in WAYS.items():
        if name in drawn:
            way(body, chance)
    if "notes" in drawn:
        add_notes(files, body, chance)
    if "contents" in drawn:
        add_contents(body, titles)
    encoding = "utf-16" if "utf-16" in drawn else "utf-8"
    files["word/document.xml"] = etree.tostring(document, encoding="utf-8", xml_declaration=True)
    if "strict" in drawn:
        files = {n: strict(c) if n.endswith((".xml", ".rels")) else c for n, c in files.items()}
    if encoding == "utf-16":
        tree = etree.fromstring(files["word/document.xml"])
        files["word/document.xml"] = etree.tostring(tree, encoding=encoding, xml_declaration=True)
    return packed(files)
