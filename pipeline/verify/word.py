"""A Word file read again by a plain walk over its XML, without styles, lists and order."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

from parsers.errors import SourceError
from pipeline.readers.guard import guarded
from pipeline.sources import MEDIA_TYPES
from pipeline.verify.evidence import Lines, count
from pipeline.verify.opened import Package
from pipeline.verify.source import essence
from pipeline.verify.verdict import Failure, Verdict

WORD = MEDIA_TYPES[".docx"]

_BODY = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml", re.IGNORECASE)
# What is struck out, what is there a second time in an older form, what stands over other text.
_NOT_SHOWN = frozenset(("del", "moveFrom", "Fallback", "rt", "instrText", "delText"))
_ENDS = frozenset(("br", "cr"))
_SIGNS = {"F0A0": "€", "F0A3": "≤", "F0B0": "°", "F0B1": "±", "F0B3": "≥", "F0B4": "×"}
# Dots that a tab leads over, and check boxes, are no characters of the file.
_NO_TEXT = re.compile(r"\.{5}|[☐☒]")
# The number that Word prints before an item of a list is no text of the file either.
_LONGEST_NUMBER = 40
_END = "\n"
# What an archive, its parts and their XML raise where they are none.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)


class WordText:
    """The stretches of text between the ends of paragraphs and lines.

    Attributes:
        body: those of the main text, with how often each comes.
        beside: those of headers, footers and notes.
    """

    def __init__(self, body: list[str], beside: list[str]) -> None:
        self.body = Counter(filter(None, map(_essence, body)))
        self.beside = Counter(filter(None, map(_essence, beside)))


def word_text(path: Path) -> WordText:
    """Read the text of a Word file.

    Raises:
        SourceError: it cannot be read.
    """

    def reading() -> WordText:
        found: dict[bool, list[str]] = {True: [], False: []}
        try:
            with zipfile.ZipFile(path) as archive:
                for part in archive.namelist():
                    if _BODY.fullmatch(part) or _BESIDE.fullmatch(part):
                        root = fromstring(archive.read(part))
                        found[_BODY.fullmatch(part) is not None] += _stretches(root)
        except _DAMAGE as problem:
            raise SourceError(f"is damaged ({problem}): fetch it again", source=path.name) from None
        return WordText(found[True], found[False])

    return guarded(reading, source=path.name)


def check_lines_of_word(
    package: Package, edition_id: str, lines: Lines, reread: WordText, verdict: Verdict
) -> None:
    """Hold every published line against the file's text, and the text against the lines."""
    left = reread.body.copy()
    for number, row in lines.rows.items():
        row_id, place = row["id"] or "", (row["page"] or "", number)
        verdict.check("source", "source", ("lines", row_id, "page"), row["page"], None, place)
        if row["text"] is None:
            continue
        aside = row["role"] in ("furniture", "footnote")
        found = _held(_essence(row["text"]), reread.beside if aside else left)
        count(row, verdict, again=found is not None)
        if found is None:
            cell = ("lines", row_id, "text")
            verdict.fail(Failure("source", row["text"], None, *cell, *place))
            continue
        if not aside:
            left[found] -= 1
        for column in ("line", "text"):
            verdict.prove("source", "lines", row_id, column)
    hidden = "".join(
        essence(row["text"] or "")
        for row in package.of("findings", edition_id)
        if row["rule"] == "hidden_text"
    )
    for text in left.elements():
        if text not in hidden:
            verdict.fail(Failure("source", None, text, "lines"))


def _held(text: str, among: Counter[str]) -> str | None:
    """The stretch that a line is, or is behind the number of its list; None without one."""
    if not text:
        return text  # a row of dashes
    for start in range(min(len(text), _LONGEST_NUMBER)):
        if among.get(text[start:], 0) > 0:
            return text[start:]
    return None


def _essence(text: str) -> str:
    return essence(_NO_TEXT.sub("", text))


def _stretches(root: Element) -> list[str]:
    walk = _Walk()
    found = "".join(walk.tokens(root)).split(_END)
    for box in walk.boxes:
        found += _stretches(box)
    return found


class _Walk:
    """What is printed of an element, in the order of the file.

    Attributes:
        boxes: the contents of text boxes, which stand beside the paragraph that holds them.
    """

    def __init__(self) -> None:
        self.boxes: list[Element] = []
        self._fields: list[bool] = []
        self._chosen = ""

    def tokens(self, element: Element) -> Iterator[str]:
        kind = _name(element)
        if kind in _NOT_SHOWN or (kind == "r" and _on(element, "rPr", "vanish")):
            return
        if kind == "tr" and _has(element, "trPr", "del"):
            return
        if kind == "t" and all(self._fields):
            yield re.sub(r"\s", " ", element.text or "")
        elif kind in _ENDS or kind == "tc":
            yield _END
        elif kind in ("tab", "ptab"):
            yield " "
        elif kind in ("sym", "symEx"):
            code = _value(element, "char").upper()
            yield _SIGNS.get(code, "") if kind == "sym" else chr(int(code, 16))
        elif kind == "fldChar":
            yield from self._field(element)
        for one in element:
            if _name(one) != "txbxContent":
                yield from self.tokens(one)
            elif kind not in _NOT_SHOWN:
                self.boxes.append(Element("box"))
                self.boxes[-1].extend(one)
        if kind == "p":
            self._fields = [shown for shown in self._fields if shown]
            joined = any(_has(element, "pPr", "rPr", one) for one in ("del", "moveFrom"))
            hidden = _on(element, "pPr", "rPr", "vanish")
            if not joined and (not hidden or _on(element, "pPr", "rPr", "specVanish")):
                yield _END

    def _field(self, mark: Element) -> Iterator[str]:
        kind = _value(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
            self._chosen = _chosen(mark)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields and not self._fields.pop() and all(self._fields):
            yield self._chosen


def _chosen(mark: Element) -> str:
    """The entry that an old form's list shows; its check boxes are signs that are not compared."""
    choice = _at(mark, ("ffData", "ddList"))
    if choice is None:
        return ""
    entries = [_value(one, "val") for one in choice if _name(one) == "listEntry"]
    at = next((_value(one, "val") for one in choice if _name(one) == "result"), "0")
    return entries[int(at)] if at.isdecimal() and int(at) < len(entries) else ""


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element, attribute: str) -> str:
    return next((said for key, said in element.items() if key.endswith(f"}}{attribute}")), "")


def _has(element: Element, *path: str) -> bool:
    """Whether an element has a descendant on a path of names."""
    return _at(element, path) is not None


def _on(element: Element, *path: str) -> bool:
    found = _at(element, path)
    return found is not None and _value(found, "val") not in ("0", "false", "off")


def _at(element: Element, path: tuple[str, ...]) -> Element | None:
    at: Element | None = element
    for step in path:
        if at is None:
            return None
        at = next((one for one in at if _name(one) == step), None)
    return at
