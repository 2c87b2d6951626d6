"""The text of a Word file: paragraphs, tables and text boxes to rows, in reading order.

What is printed is read: what tracked changes put in and not what they struck out, the results of
fields and not their instructions, no hidden text and no comments. Elements are those of ECMA-376,
part 1, chapter 17, by their local names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from parsers.errors import SourceError
from pipeline.readers.docx_numbering import Numbering
from pipeline.readers.docx_package import Relation, child, chosen, name, on, reference, value
from pipeline.readers.docx_rows import Row, Stretch, in_order
from pipeline.readers.docx_shapes import pieces
from pipeline.readers.docx_styles import Look, Styles, draws

# What only wraps other content, or puts content in.
_WRAPS = frozenset(
    (
        *("sdt", "sdtContent", "customXml", "smartTag", "dir", "bdo", "ins", "moveTo"),
        *("fldSimple", "hyperlink", "AlternateContent", "ruby", "rubyBase"),
        *("oMath", "oMathPara", "e", "num", "den", "sub", "sup", "f", "sSup", "sSub", "d", "rad"),
    )
)
_STRUCK_OUT = frozenset(("del", "moveFrom"))
_CHANGES = frozenset(("ins", "del", "moveFrom", "moveTo"))
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_SHAPES = frozenset(("drawing", "pict", "object"))
_LEADERS = " ..... "
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?!\\l)"?([^"\s]+)"?', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
# Of the font Symbol; the rest of its signs stay in the private-use area.
_SYMBOLS = {
    0xA0: "€", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xBC: "…", 0x2D: "−",
}  # fmt: skip


@dataclass(slots=True)
class _Field:
    """A field that has begun; its result is shown once it has separated that from the rest."""

    instruction: str = ""
    shown: bool = False
    answer: str = ""


class TextReader:
    """Reads blocks of text, one after the other.

    Args:
        styles: of the file.
        numbering: of the file.
        pairs: whether a text is a label or a code, whose value or title stands beside it.

    Attributes:
        notes: ids of the footnotes and endnotes that were referred to, as (kind, id).
        relations: what the part that is read refers to.
    """

    def __init__(self, styles: Styles, numbering: Numbering, pairs: Callable[[str], bool]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._pairs = pairs
        self._tables = 0
        self._fields: list[_Field] = []
        self._rows: list[Row] = []
        self._boxes: list[Element] = []
        self._leads = False
        self._joined = False
        self.relations: dict[str, Relation] = {}
        self.notes: list[tuple[str, str]] = []

    def read(self, blocks: Iterable[Element]) -> list[Row]:
        """The rows of a story: the body, a note, a header, a box, a cell.

        Raises:
            SourceError: text of another file is embedded in it, which only Word can open.
        """
        found: list[Row] = []
        for block in blocks:
            found += self._block(block)
        found += self._finished()
        # A table of contents without an end would be all that follows.
        for row in found if not self._fields else ():
            if row.contents:
                row.role = "front_matter"
        self._fields.clear()
        return found

    def _block(self, block: Element) -> list[Row]:
        kind = name(block)
        if kind == "p":
            return self._paragraph(block)
        if kind == "tbl":
            return self._finished() + self._table(block)
        if kind in _WRAPS:
            rows = [row for one in chosen(block) for row in self._block(one)]
            if value(child(block, "sdtPr", "docPartObj", "docPartGallery")) == "Table of Contents":
                for row in rows:
                    row.role = "front_matter"
            return rows
        if kind == "altChunk":
            raise SourceError("embeds the text of another file: open it in Word and save it again")
        return []

    # -- paragraphs -------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> list[Row]:
        properties = child(element, "pPr")
        style = self._styles.of("paragraph", child(properties, "pStyle"))
        look = self._styles.look(style)
        self._leads = self._styles.leads(style, properties)
        if not self._joined:
            self._rows = [Row(begins=True)]
        self._walk(element, look)
        # An instruction that does not end in its paragraph must not take the rest of the file.
        self._fields = [field for field in self._fields if field.shown]
        mark = child(properties, "rPr")
        struck = any(child(mark, change) is not None for change in _STRUCK_OUT)
        if struck or any(child(mark, change) is not None for change in _CHANGES):
            self._rows[-1].changed = True
        hidden = on(child(mark, "vanish")) and not on(child(mark, "specVanish"))
        # A paragraph whose mark is struck out or hidden runs on into the next one.
        self._joined = struck or bool(hidden)
        if self._joined:
            return []
        self._number(style, properties)
        return self._finished()

    def _number(self, style: str, properties: Element | None) -> None:
        """Put the number or bullet of a list before the paragraph's text."""
        listed = self._styles.listed(style, properties)
        if listed is None:
            return
        mark = self._numbering.mark(*listed, style)
        first = next((row for row in self._rows if not row.blank), None)
        if mark and first is not None:
            first.stretches.insert(0, Stretch(mark, first.stretches[0].look))

    def _finished(self) -> list[Row]:
        """The rows of the paragraph that was read, with those of the boxes that it holds."""
        rows, boxes, self._rows, self._boxes, self._joined = self._rows, self._boxes, [], [], False
        if self._leads:
            for row in rows:
                _lead(row)
        found: list[Row] = []
        for box in boxes:
            own = self._aside(box)
            text = " ".join(row.text.strip() for row in own if not row.blank)
            if self._pairs(text) and any(not row.blank for row in rows):
                # A code in a box beside its title, a label beside its value.
                self._tables += 1
                cells = {(0, 0): own, (0, 1): rows}
                rows = in_order(cells, self._tables, self._pairs, bordered=True)
            else:
                found += own
        return [*rows, *(row for row in found if not row.blank or row.unread)]

    def _aside(self, box: Element) -> list[Row]:
        """The rows of a text box, read by themselves."""
        fields, leads, self._fields = self._fields, self._leads, []
        rows = self.read(box)
        self._fields, self._leads = fields, leads
        return rows

    # -- runs -------------------------------------------------------------------------------

    def _walk(self, element: Element, look: Look) -> None:
        """Read what is in a paragraph."""
        for one in chosen(element):
            kind = name(one)
            if kind == "r":
                self._run(one, self._styles.run(look, child(one, "rPr")))
            elif kind in _STRUCK_OUT:
                self._rows[-1].changed = True
            elif kind in _WRAPS:
                if kind in _CHANGES:
                    self._rows[-1].changed = True
                if kind == "hyperlink" and reference(one) in self.relations:
                    relation = self.relations[reference(one)]
                    if relation.external:
                        self._rows[-1].links.append(relation.target)
                self._walk(one, look)

    def _run(self, run: Element, look: Look) -> None:
        for one in chosen(run):
            kind = name(one)
            if kind == "fldChar":
                self._field(one, look)
            elif kind == "instrText":
                if self._fields and not self._fields[-1].shown:
                    self._fields[-1].instruction += one.text or ""
            elif not all(field.shown for field in self._fields):
                self._rows[-1].hidden += (one.text or "") if kind == "t" else ""
            elif kind == "t":
                text = one.text or ""
                # Outer spaces count only where the file says so (XML, 2.10).
                kept = one.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
                self._add(text if kept else text.strip(" \t\r\n"), look)
            elif kind in _CHARACTERS:
                self._add(_CHARACTERS[kind], look)
            elif kind in ("sym", "symEx"):
                self._add(_symbol(one), look)
            elif kind in ("br", "cr"):
                self._break(value(one, "type") in ("page", "column"))
            elif kind in ("footnoteReference", "endnoteReference"):
                self.notes.append((kind.removesuffix("Reference"), value(one, "id") or ""))
            elif kind in _SHAPES:
                self._shape(one)
            elif kind == "AlternateContent":
                self._run(one, look)
            elif kind in _WRAPS:
                self._walk(one, look)

    def _add(self, text: str, look: Look) -> None:
        row = self._rows[-1]
        if look.hidden:
            row.hidden += text
        elif text:
            row.stretches.append(Stretch(text, look))
            if text.strip():
                made = any(_CONTENTS.match(field.instruction) for field in self._fields)
                row.contents = made and row.contents is not False

    def _break(self, new_page: bool) -> None:
        """End a line; what nothing stands before begins its paragraph still."""
        begins = new_page or all(row.blank for row in self._rows)
        if begins and self._rows[-1].blank:
            return  # the break before a paragraph's text makes no line
        self._rows.append(Row(begins=begins))

    def _field(self, mark: Element, look: Look) -> None:
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(answer=_answer(child(mark, "ffData"))))
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
            address = _ADDRESS.match(self._fields[-1].instruction)
            if address:
                self._rows[-1].links.append(address[1])
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.answer and not field.shown and all(one.shown for one in self._fields):
                self._add(field.answer, look)

    def _shape(self, element: Element) -> None:
        """Take what is drawn in a run: text boxes, pictures, and what cannot be read."""
        found = pieces(element)
        self._boxes += found.boxes
        self._rows[-1].signs += found.pictures
        self._rows[-1].unread += found.unread

    # -- tables -----------------------------------------------------------------------------

    def _table(self, element: Element) -> list[Row]:
        self._tables += 1
        number = self._tables
        cells: dict[tuple[int, int], list[Row]] = {}
        changed, merged = False, ""
        borders = child(element, "tblPr", "tblBorders")
        style = self._styles.of("table", child(element, "tblPr", "tblStyle"))
        bordered = draws(borders) if borders is not None else self._styles.bordered(style)
        for at, row in enumerate(_inside(element, "tr")):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                changed = True
                continue
            column = _whole(value(child(properties, "gridBefore")), 0)
            for cell in _inside(row, "tc"):
                own = child(cell, "tcPr")
                merge = child(own, "vMerge")
                rows = [
                    one for one in self._aside(cell) if not one.blank or one.hidden or one.unread
                ]
                if rows and child(properties, "ins") is not None:
                    rows[0].changed = True
                if merge is None or value(merge) == "restart":
                    cells[(at, column)] = rows
                else:
                    # What a merged cell held before is not shown.
                    merged += " ".join(one.text for one in rows)
                bordered = bordered or draws(child(own, "tcBorders"))
                column += _whole(value(child(own, "gridSpan")), 1)
        found = in_order(cells, number, self._pairs, bordered=bordered)
        if changed or merged:
            found = found or [Row(begins=True)]
            found[0].changed |= changed
            found[-1].hidden += merged
        return found


def _inside(element: Element, kind: str) -> Iterable[Element]:
    """The rows of a table or the cells of a row, through what only wraps them."""
    for one in chosen(element):
        if name(one) == kind:
            yield one
        elif name(one) in _WRAPS:
            yield from _inside(one, kind)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 4 else default


def _symbol(element: Element) -> str:
    """The character of a symbol's font, in the private-use area where Word keeps those."""
    try:
        code = int(next(value for at, value in element.items() if at.endswith("}char")), 16)
    except (ValueError, StopIteration):
        return "\ufffd"
    if (value(element, "font") or "").lower() == "symbol" and code & 0xFF in _SYMBOLS:
        return _SYMBOLS[code & 0xFF]
    if name(element) == "symEx":
        return chr(code) if 0x20 < code < 0x110000 and not 0xD7FF < code < 0xE000 else "\ufffd"
    return chr(code | 0xF000) if 0 < code < 0x100 or 0xF000 <= code < 0xF100 else "\ufffd"


def _answer(data: Element | None) -> str:
    """What an old form's check box or list shows, which it keeps as its data alone."""
    box, choice = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        checked = child(box, "checked")
        return "☒" if on(checked if checked is not None else child(box, "default")) else "☐"
    if choice is not None:
        entries = [value(one) or "" for one in choice if name(one) == "listEntry"]
        at = _whole(value(child(choice, "result")), _whole(value(child(choice, "default")), 0))
        return entries[at] if at < len(entries) else ""
    return ""


def _lead(row: Row) -> None:
    """Print the dots that a tab leads over: those of a line's last tab."""
    for at in range(len(row.stretches) - 1, -1, -1):
        text, look = row.stretches[at]
        if "\t" in text:
            before, _, behind = text.rpartition("\t")
            row.stretches[at] = Stretch(f"{before}{_LEADERS}{behind}", look)
            return
