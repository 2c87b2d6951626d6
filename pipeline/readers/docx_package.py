"""A Word file as a package: its parts, opened with limits, and how they refer to each other.

A part is XML in a ZIP archive (ECMA-376, part 2). The elements of the transitional and of the
strict form differ in their namespace alone, and no two of those read here share a local name.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse
from xml.parsers import expat

from parsers.errors import SourceError

_MAIN = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_RELATED = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
# A paragraph takes about 1 kB of XML: that is 10,000 pages and more.
MOST_BYTES = 256 * 1024 * 1024
_PIECE = 1 << 14
_OTHERS = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
}
_SAVE = "open it in Word or LibreOffice and save it as .docx"


def name(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def parts(element: Element | None) -> Iterator[Element]:
    """The children of an element; none without it."""
    return iter(()) if element is None else iter(element)


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute of the word-processing namespace; None without the element or it."""
    if element is None:
        return None
    for space in _MAIN:
        found = element.get(space + attribute)
        if found is not None:
            return found
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant on a path of names, None where the path breaks off."""
    for step in path:
        element = next((one for one in parts(element) if name(one) == step), None)
    return element


def on(element: Element | None) -> bool | None:
    """What a toggle such as ``w:b`` says: on, off, or None without it."""
    if element is None:
        return None
    return value(element) not in ("0", "false", "off")


def reference(element: Element) -> str:
    """The id of the relation that an element points at; empty without one."""
    return next((found for space in _RELATED if (found := element.get(space + "id"))), "")


def chosen(element: Element) -> Iterator[Element]:
    """The children of an element; of two forms of the same content, the first alone."""
    choice = None
    if name(element) == "AlternateContent":
        choice = next((one for one in element if name(one) == "Choice"), None)
    return iter(element) if choice is None else iter(choice)


class Relation(NamedTuple):
    """What a part refers to: another part, or an address outside."""

    kind: str
    target: str
    external: bool


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a Word file.

    Raises:
        SourceError: it is damaged, too large, or no Word file.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise SourceError("is a damaged archive: fetch it again", source=path.name) from None
    with archive:
        yield Package(archive, path.name)


class Package:
    """The parts of an open Word file.

    Args:
        archive: that holds them.
        source: the file's name, for errors.

    Attributes:
        main: the name of the part that holds the text.

    Raises:
        SourceError: it is damaged, too large, or no Word file; so do all functions.
    """

    def __init__(self, archive: zipfile.ZipFile, source: str) -> None:
        self._source = source
        self._archive = archive
        self._names = {one.lower(): one for one in archive.namelist()}
        self.main = self._main()

    def _error(self, message: str) -> SourceError:
        return SourceError(message, source=self._source)

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self._is_text(relation.target):
                return relation.target
        for part, what in _OTHERS.items():
            if part in self._names:
                raise self._error(f"is {what}, no Word file: save its text as .docx or PDF")
        raise self._error(
            "is an archive and no Word file: unpack it and give the files that it holds"
        )

    def _is_text(self, part: str) -> bool:
        try:
            with self._opened(part) as file:
                root = _opening(file)
        except _DAMAGE as problem:
            raise self._damaged(part, problem) from None
        return root in [f"{space}document" for space in _MAIN]

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by id; the empty name stands for the package itself."""
        folder, _, last = part.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{last}.rels"))
        found = {}
        for one in parts(root):
            kind = one.get("Type", "").rpartition("/")[2]
            target, external = one.get("Target", ""), one.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = Relation(kind, target, external)
        return found

    def part(self, part: str) -> Element | None:
        """A whole part; None where the package has none of this name."""
        if part.lower() not in self._names:
            return None
        try:
            with self._opened(part) as file:
                return fromstring(file.read())
        except _DAMAGE as problem:
            raise self._damaged(part, problem) from None

    def blocks(self, part: str, within: str) -> Iterator[Element]:
        """Each child of the only element of a name, such as ``body``; it is let go behind it."""
        try:
            with self._opened(part) as file:
                yield from _children(file, within)
        except _DAMAGE as problem:
            raise self._damaged(part, problem) from None

    def _opened(self, part: str) -> IO[bytes]:
        """Open a part whose size is bearable and that declares no type of document.

        A declaration could define entities that grow without end; no Word file has one.
        """
        found = self._names.get(part.lower())
        if found is None:
            raise self._error(f"is damaged: {part} is missing; fetch it again")
        if self._archive.getinfo(found).file_size > MOST_BYTES:
            size = f"{MOST_BYTES >> 20} MB"
            raise self._error(f"is not read: {part} takes more than {size} when it is unpacked")
        with self._archive.open(found) as file:
            root = _opening(file)
        if root is None:
            raise self._error(f"is not read: {part} declares a document type, as no Word file does")
        return self._archive.open(found)

    def _damaged(self, part: str, problem: Exception) -> SourceError:
        return self._error(f"is damaged: {part} cannot be read ({problem}); save it again")


_DAMAGE = (
    ParseError,
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)


def _children(file: IO[bytes], within: str) -> Iterator[Element]:
    depth, inside = 0, 0
    holder: Element | None = None
    for event, element in iterparse(file, ("start", "end")):
        if event == "start":
            depth += 1
            if holder is None and name(element) == within:
                holder, inside = element, depth
            continue
        depth -= 1
        if holder is not None and depth == inside:
            yield element
            holder.clear()


def _opening(file: IO[bytes]) -> str | None:
    """The name of the root element; None where a document type is declared before it."""
    roots: list[str] = []

    def declared(*_: object) -> None:
        raise _DocumentType

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = lambda tag, _: roots.append("{" * ("}" in tag) + tag)
    try:
        while not roots:
            piece = file.read(_PIECE)
            parser.Parse(piece, not piece)
    except _DocumentType:
        return None
    except (LookupError, ValueError) as problem:  # of an encoding that Python cannot read XML in
        raise ParseError(str(problem)) from None
    return roots[0]


class _DocumentType(Exception):
    """A document type is declared; nothing behind it is looked at."""


def compound(data: bytes) -> str:
    """What a compound file of Office is, and what to do: a locked file, or an old one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "is locked with a password: open it in Word, take the password off "
            "(File, Info, Protect Document) and save it again"
        )
    if "WordDocument".encode("utf-16-le") in data:
        return f"is a file of Word 97-2003: {_SAVE}"
    return f"is a file of an old Office program: {_SAVE}"
