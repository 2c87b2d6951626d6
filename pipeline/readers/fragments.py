"""Fragments joined, where the layout sees one line, and cut, where it sees two cells."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.median import median
from pipeline.readers.strips import Fragment, Run, main_size

_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")


def join(left: Fragment, right: Fragment) -> Fragment:
    """Make one of two fragments of a row, with one space where the gap was."""
    text, lefts, rights, runs = left.text, left.lefts[:], left.rights[:], left.runs[:]
    if not text[-1:].isspace() and not right.text[:1].isspace():
        text += " "
        lefts.append(left.x1)
        rights.append(right.x0)
        runs[-1] = (len(text), *runs[-1][1:])
    offset = len(text)
    lefts.extend(right.lefts)
    rights.extend(right.rights)
    runs += [(offset + run[0], run[1], run[2], run[3]) for run in right.runs]
    return Fragment(
        text + right.text,
        lefts,
        rights,
        left.x0,
        right.x1,
        min(left.top, right.top),
        max(left.bottom, right.bottom),
        left.base,
        main_size(runs),
        runs,
        max(left.gap, right.gap),
        seams=left.seams,
        walled=left.walled,
    )


def split(whole: Fragment, at: int) -> tuple[Fragment, Fragment]:
    """Cut a fragment before the visible character ``at``; the space before it goes."""
    end = len(whole.text[:at].rstrip())
    ends = [(0, end, whole.x0, whole.rights[end - 1]), (at, None, whole.lefts[at], whole.x1)]
    firsts = [0, *(run[0] for run in whole.runs)]
    parts = []
    for start, stop, x0, x1 in ends:
        text = whole.text[start:stop]
        runs: list[Run] = [
            (min(last - start, len(text)), size, bold, raised)
            for first, (last, size, bold, raised) in zip(firsts, whole.runs, strict=False)
            if last > start and (stop is None or first < stop)
        ]
        lefts, rights = whole.lefts[start:stop], whole.rights[start:stop]
        parts.append(replace(whole, text=text, lefts=lefts, rights=rights, x0=x0, x1=x1, runs=runs))
    for part in parts:
        part.size = main_size(part.runs)
        part.seams = []
        gaps = [
            part.lefts[found.end()] - part.rights[found.start() - 1]
            for found in _SPACE.finditer(part.text)
        ]
        part.gap = median(gaps) if gaps else 0.0
    parts[1].walled = False
    return parts[0], parts[1]
