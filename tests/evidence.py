"""The contract's own way back: from printed pieces to the cell that they prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parsers.text import Piece, read

HYPHENS = "-\u2010\u2011\u00ad"


def reread(pieces: Sequence[Piece], lines: Mapping[int, str]) -> str:
    """Join and read pieces.

    Pieces join by one space; by nothing where a piece ends in a word's hyphen that it includes
    (kept) and the word goes on in lower case or digits, or where the next character of its line
    is a hyphen that it leaves out (removed).
    """
    joined = ""
    for place, piece in enumerate(pieces):
        line = lines[piece.line]
        printed = line[piece.start : piece.end]
        joined += printed
        if place + 1 == len(pieces):
            break
        following = pieces[place + 1]
        first = read(lines[following.line][following.start : following.end])[:1]
        left_out = line[piece.end : piece.end + 1]
        own = read(printed)
        kept = (
            len(own) > 1
            and own[-1] in HYPHENS
            and own[-2] not in " -–"
            and (first.islower() or first.isdigit())
        )
        removed = left_out != "" and left_out in HYPHENS
        joined += "" if kept or removed else " "
    return read(joined)
