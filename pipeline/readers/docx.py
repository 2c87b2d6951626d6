"""Word files: the text of the file that a report was written in.

A paragraph is a line, and its end is certain. The file has no pages until a program lays it out,
and other fonts lay it out otherwise, so that no page is published.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from xml.etree.ElementTree import Element

from parsers.errors import SourceError
from parsers.lines import Document
from pipeline.readers.docx_numbering import Numbering
from pipeline.readers.docx_package import Package, child, name, on, opened, parts, reference, value
from pipeline.readers.docx_rows import Row
from pipeline.readers.docx_styles import Styles
from pipeline.readers.docx_text import TextReader

NAME = "docx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = ("footnote", "endnote")


def read(path: Path, *, pairs: Callable[[str], bool]) -> Document:
    """Read a Word file.

    Args:
        path: a file in the form of Word 2007 and later (ECMA-376), transitional or strict.
        pairs: see :func:`pipeline.readers.read`.

    Returns:
        Its lines without boxes and pages: running headers, body, notes, running footers. Lists
        have the numbers and bullets that Word prints; ``begins`` says where paragraphs do.

    Raises:
        SourceError: the file is damaged, too large when unpacked, no Word file, or without text.
    """
    try:
        with opened(path) as package:
            rows = _rows(package, pairs)
    except SourceError as problem:
        problem.source = problem.source or path.name
        raise
    except RecursionError:
        raise SourceError(
            "nests its parts too deep: open it in Word and save it again", source=path.name
        ) from None
    if all(row.blank for row in rows):
        raise SourceError(
            "holds no text: if it holds pictures of pages, give the PDF that they were made from",
            source=path.name,
        )
    document = Document([], None, NAME, MEDIA_TYPE)
    for number, row in enumerate(rows, 1):
        line, unsafe = row.line(number)
        document.lines.append(line)
        document.notes += row.notes(number)
        if unsafe:
            document.unsafe.add(number)
    return document


def _rows(package: Package, pairs: Callable[[str], bool]) -> list[Row]:
    related = package.relations(package.main)
    targets = {relation.kind: relation.target for relation in related.values()}
    styles = Styles(package.part(targets.get("styles", "")))
    numbering = Numbering(package.part(targets.get("numbering", "")), styles)
    even = child(package.part(targets.get("settings", "")), "evenAndOddHeaders")
    reader = TextReader(styles, numbering, pairs)
    reader.relations = related
    shown: list[tuple[str, str]] = []

    def body() -> Generator[Element, None, None]:
        for block in package.blocks(package.main, "body"):
            section = block if name(block) == "sectPr" else child(block, "pPr", "sectPr")
            if section is not None:
                shown.extend(_running(section, even=bool(on(even))))
            yield block

    with closing(body()) as blocks:
        rows = reader.read(blocks)
    running: dict[str, list[Row]] = {"headerReference": [], "footerReference": []}
    said: set[tuple[str, str]] = set()
    for kind, relation in dict.fromkeys(shown):
        if relation not in related:
            continue
        part = related[relation].target
        reader.relations = package.relations(part)
        own = reader.read(parts(package.part(part)))
        text = "\n".join(row.text for row in own)
        if text.strip() and (kind, text) not in said:
            said.add((kind, text))
            running[kind] += own
    noted = list(_noted(package, reader, targets))
    for row in (*running["headerReference"], *running["footerReference"]):
        row.role = "furniture"
    for row in noted:
        row.role = "footnote"
    return [*running["headerReference"], *rows, *noted, *running["footerReference"]]


def _running(section: Element, *, even: bool) -> Iterator[tuple[str, str]]:
    """Kind and relation of a section's running headers and footers that are printed."""
    first = bool(on(child(section, "titlePg")))
    for one in section:
        if name(one) not in ("headerReference", "footerReference"):
            continue
        if value(one, "type") == "first" and not first:
            continue
        if value(one, "type") == "even" and not even:
            continue
        yield name(one), reference(one)


def _noted(package: Package, reader: TextReader, targets: dict[str, str]) -> Iterator[Row]:
    """The rows of the notes that the body refers to, in its order."""
    wanted = list(dict.fromkeys(reader.notes))
    for kind in _NOTES:
        part = targets.get(f"{kind}s", "")
        root = parts(package.part(part))
        reader.relations = package.relations(part)
        texts = {value(note, "id"): note for note in root if name(note) == kind}
        for of, key in wanted:
            if of == kind and key in texts:
                yield from reader.read(texts[key])
