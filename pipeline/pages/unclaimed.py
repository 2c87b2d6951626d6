"""Printed characters that went into no cell although they should, or that no rule understood."""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.pages.published import PublishedEdition

_PROSE = frozenset({"body", "notice", "status", "funding", "total"})
"""Lines of a record; in headings the words around number, code and title belong to the form."""

_WHOLE = frozenset({"body", "notice"})
"""Lines of which every word is published; the others have a label before their value."""

_UNKNOWN = frozenset({"amount_unreadable", "stray_text", "unclassified_line", "unknown_label"})
"""Findings that say of a line that it was not understood."""

_WORDS = re.compile(r"\w[^\n]*\w|\w")


def unclaimed(edition: PublishedEdition) -> list[list[int]]:
    """Line, first and end character of each such stretch, in order of lines.

    A line that is unclassified, or that a finding says was not understood, is one from its first
    character to its last. In the text of a record it is what stands between the published pieces;
    of a labelled line it is the whole line if nothing at all of it was published.
    """
    pieces: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for piece in edition.tables["provenance"].records():
        pieces[piece["line"]].append((int(piece["char_start"]), int(piece["char_end"])))
    findings = edition.tables["findings"].records()
    unknown = {finding["line"] for finding in findings if finding["rule"] in _UNKNOWN}
    found: list[list[int]] = []
    for line in edition.tables["lines"].records():
        role, here = line["role"], sorted(pieces[line["line"]])
        not_understood = role == "unclassified" or line["line"] in unknown
        if not_understood or (role in _PROSE and not here):
            gaps = [(0, len(line["text"]))]
        elif role in _WHOLE:
            gaps = _gaps(here, len(line["text"]))
        else:
            continue
        for start, end in gaps:
            words = _WORDS.search(line["text"][start:end])
            if words:
                found.append([int(line["line"]), start + words.start(), start + words.end()])
    return found


def _gaps(pieces: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    gaps = []
    at = 0
    for start, end in pieces:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    gaps.append((at, length))
    return gaps
