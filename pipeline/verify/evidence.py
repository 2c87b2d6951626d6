"""Lines and printed pieces, held against the source; and the pieces of a cell, joined."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.text import read
from parsers.values import links
from pipeline.verify.opened import Package, Row
from pipeline.verify.source import SecondReading, essence
from pipeline.verify.verdict import Cell, Failure, Verdict

_HYPHENS = "-\u2010\u2011\u00ad"
_NOTE_MARK = re.compile(r"\s?\(?(?:[\d*]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})\)?")


@dataclass(slots=True)
class Lines:
    """The published lines of an edition, and the rectangles that they stand in."""

    rows: dict[str, Row] = field(default_factory=dict)
    boxes: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, edition_id: str) -> Lines:
        """Lines by their number, as the CSV spells it."""
        self = cls({row["line"] or "": row for row in package.of("lines", edition_id)})
        for row in package.of("line_boxes", edition_id):
            try:
                x0, top, x1, bottom = (
                    float(row[name] or "nan") for name in ("x0", "top", "x1", "bottom")
                )
            except ValueError:
                continue
            self.boxes[row["line"] or ""] = (x0, top, x1, bottom)
        return self

    def text(self, line: str | None) -> str:
        """The text of a line; empty for a blank one and for a line that there is not."""
        row = self.rows.get(line or "")
        return (row["text"] or "") if row else ""


def check_lines_of_text(
    lines: Lines, reread: list[tuple[int | None, str]], verdict: Verdict
) -> None:
    """Hold every published line of a text against the bytes' own."""
    for number, (page, text) in enumerate(reread, 1):
        row = lines.rows.get(str(number))
        if row is None:
            verdict.fail(Failure("source", None, text, "lines", line=str(number)))
            continue
        place = (row["page"] or "", str(number))
        wanted = {"page": None if page is None else str(page), "text": text}
        if not text.strip():
            wanted["text"] = None
        for column, derived in wanted.items():
            cell = ("lines", row["id"] or "", column)
            verdict.check("source", "source", cell, row[column], derived, place)
        verdict.prove("source", "lines", row["id"] or "", "line")
        count(row, verdict, again=row["text"] == wanted["text"])
    for line, row in list(lines.rows.items())[len(reread) :]:
        verdict.fail(
            Failure("source", row["text"], None, "lines", row["id"] or "", "text", line=line)
        )


def check_lines_of_pdf(lines: Lines, second: SecondReading, verdict: Verdict) -> None:
    """Hold every published line of a PDF against what the other reader finds in its rectangle."""
    unread: set[str] = set()
    for number, row in lines.rows.items():
        box = lines.boxes.get(number)
        page = int(row["page"] or "0")
        if row["text"] is None or box is None:
            continue
        if not second.has_text(page):
            unread.add(row["page"] or "")
            count(row, verdict, again=False)
            continue
        found = second.between(page, *box)
        same = essence(found) == essence(row["text"])
        count(row, verdict, again=same)
        cell = ("lines", row["id"] or "", "text")
        if same:
            for column in ("page", "line", "text"):
                verdict.prove("source", "lines", row["id"] or "", column)
            for column in ("x0", "top", "x1", "bottom"):
                verdict.prove("source", "line_boxes", row["id"] or "", column)
        else:
            place = (row["page"] or "", number)
            verdict.fail(Failure(f"read by {second.reader}", row["text"], found, *cell, *place))
    if unread:
        pages = ", ".join(sorted(unread, key=int))
        verdict.notes.append(f"{second.reader} finds no text on page {pages}: pictures of text")


def count(row: Row, verdict: Verdict, *, again: bool) -> None:
    """Count a line's visible characters, and whether the source gave them again."""
    visible = sum(not char.isspace() for char in row["text"] or "")
    verdict.characters[0] += visible
    verdict.characters[1] += visible * again


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of ``provenance`` with whole numbers."""

    row: Row
    line: str
    start: int
    end: int


def check_provenance(
    package: Package, edition_id: str, lines: Lines, second: SecondReading | None, verdict: Verdict
) -> dict[Cell, list[str]]:
    """Hold each piece against its line and its place, and join the pieces of each cell.

    Returns:
        what the pieces of each cell say when they are joined and read: one text, or two where a
        web address that is broken at a line's end may or may not go on in the next line.
    """
    grouped: dict[Cell, list[Piece]] = defaultdict(list)
    for row in package.of("provenance", edition_id):
        piece = _piece(row, lines, verdict)
        if piece is None:
            continue
        if second is not None:
            _check_place(piece, lines, second, verdict)
        cell = (row["table_name"] or "", row["row_id"] or "", row["column_name"] or "")
        grouped[cell].append(piece)
    found: dict[Cell, list[str]] = {}
    for cell, pieces in grouped.items():
        for number, piece in enumerate(pieces, 1):
            own = ("provenance", piece.row["id"] or "", "segment")
            verdict.check("reread", "segment", own, piece.row["segment"], str(number))
        readings = (joined(pieces, lines), joined(pieces, lines, whole_links=True))
        found[cell] = list(dict.fromkeys(readings))
    return found


def _piece(row: Row, lines: Lines, verdict: Verdict) -> Piece | None:
    """The piece, if its characters are those of its line."""
    row_id, line = row["id"] or "", row["line"] or ""
    text = lines.text(line)
    try:
        start, end = int(row["char_start"] or ""), int(row["char_end"] or "")
    except ValueError:
        start = end = -1
    page = (lines.rows.get(line) or {}).get("page") or ""
    printed = text[start:end] if 0 <= start < end <= len(text) else None
    cell = ("provenance", row_id, "text_printed")
    if not verdict.check("reread", "piece", cell, row["text_printed"], printed, (page, line)):
        return None
    for column in ("line", "char_start", "char_end"):
        verdict.prove("reread", "provenance", row_id, column)
    return Piece(row, line, start, end)


def _check_place(piece: Piece, lines: Lines, second: SecondReading, verdict: Verdict) -> None:
    row, box = piece.row, lines.boxes.get(piece.line)
    line = lines.rows[piece.line]
    page = int(line["page"] or "0")
    if box is None or not second.has_text(page):
        return
    try:
        x0, x1 = float(row["x0"] or "nan"), float(row["x1"] or "nan")
    except ValueError:
        x0 = x1 = float("nan")
    printed = row["text_printed"] or ""
    if second.is_sideways(page, box):
        # Its edges tell nothing of a piece: they are the line's, and the line stands there.
        printed = line["text"] or ""
        x0, x1 = (x0, x1) if (x0, x1) == (box[0], box[2]) else (float("nan"), float("nan"))
    found = second.between(page, x0, box[1], x1, box[3])
    if essence(found) == essence(printed):
        for column in ("x0", "x1"):
            verdict.prove("reread", "provenance", row["id"] or "", column)
        return
    cell = ("provenance", row["id"] or "", "x0")
    place = (line["page"] or "", piece.line)
    verdict.fail(Failure(f"read by {second.reader}", row["text_printed"], found, *cell, *place))


def joined(pieces: list[Piece], lines: Lines, *, whole_links: bool = False) -> str:
    """Join and read pieces, by the contract's rule.

    By one space; by nothing where a piece ends in a word's hyphen that it includes and the word
    goes on in lower case or digits, where the next character of its line is a hyphen that it
    leaves out, and around a footnote's mark that is left out of a line and no space follows.

    Args:
        pieces: in their order.
        lines: what they are pieces of.
        whole_links: join a web address that a line's end breaks by nothing, too.
    """
    whole = ""
    for piece, following in pairwise([*pieces, None]):
        assert piece is not None
        whole += lines.text(piece.line)[piece.start : piece.end]
        if following is not None and not _glued(piece, following, lines):
            rest = lines.text(following.line)[following.start : following.end]
            whole += "" if whole_links and links.is_broken(whole, rest) else " "
    return read(whole)


def _glued(piece: Piece, following: Piece, lines: Lines) -> bool:
    line = lines.text(piece.line)
    own = read(line[piece.start : piece.end])
    first = read(lines.text(following.line)[following.start : following.end])[:1]
    if following.line == piece.line and following.start >= piece.end:
        between = line[piece.end : following.start]
        if between and _NOTE_MARK.fullmatch(between):
            return True
    left_out = line[piece.end : piece.end + 1]
    if left_out and left_out in _HYPHENS:
        return True
    kept = len(own) > 1 and own[-1] in _HYPHENS and own[-2] not in " -–"
    return kept and (first.islower() or first.isdigit())
