"""Titles that end as none does, or that hold a line of another text."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from parsers.items import ends_open
from parsers.report import Report, Signal
from parsers.values import dates, phases
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import Printed
from pipeline.seams import STOPPED, is_seldom

Head = tuple[str, int, str | None]
"""A title, the line of its heading, and the code of its action."""

_NOTICE = 300
"""Characters that a notice has at most, some four lines; a sheet's whole text, read as a title, is
not to be gone through once for each "progetto" in it."""

_DASH, _BEFORE_CAPITAL = re.compile(r" [-–—] "), re.compile(r" (?=[A-ZÀ-Ý])")
_AGAIN = Lazy(r"(?<=\S )(?:progetto|azione|intervento)\b", re.IGNORECASE)
# "MI4.1.1.b-bis", "MI4.1.1.b e MI4.1.1.c", a sign of no title.
_ODD_START = Lazy(r"(?:bis|ter|quater|ed?) |[^\w\s“\"«‘’'(\[#+€&@-]")
_COLON = Lazy(r"(?<!\w)([a-zà-ÿ]{2,}) ?:")
# A word goes down to the next line for want of room: with it the line would be about as long as
# the next one is, or longer.
_ROOM = 0.85


def signs(lines: Sequence[Printed], report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Findings ``title_end_uncertain``.

    Args:
        lines: the lines with content.
        report: the edition as read.
        vocabulary: the words that no title ends with, and the wordings of notices.
    """
    heads = _heads(report)
    yield from _ends(heads, vocabulary)
    yield from _beyond(heads)
    yield from _sentences(heads, vocabulary)
    yield from _notices(heads, vocabulary)
    yield from _early(lines, heads)


def _heads(report: Report) -> list[Head]:
    heads: list[Head] = []
    for project in report.projects:
        heads.append((project.title.value, project.heading_line, None))
        for action in project.actions:
            heads.append((action.title.value, action.heading_line, action.code.canonical))
    return heads


def _ends(heads: Sequence[Head], vocabulary: Vocabulary) -> Iterator[Signal]:
    """Titles that end as if they went on, or in a full stop or with a list inside as no other."""
    stopped = {title for title, _, _ in heads if STOPPED.search(title)}
    listing = {title for title, _, _ in heads if ";" in title[:-1]}
    dated = {title for title, _, _ in heads if next(dates.find(title, vocabulary), None)}
    for title, line, code in heads:
        if _ODD_START.match(title):
            how = "begins with what may belong to the code before it"
        elif title in stopped and is_seldom(len(stopped), len(heads)):
            how = "ends in a full stop, as no other does"
        elif title in listing and is_seldom(len(listing), len(heads)):
            how = "holds a semicolon, as no other does"
        elif title in dated and is_seldom(len(dated), len(heads)):
            how = "holds a date, as no other does"
        elif title[-1:] in (":", ";") or ends_open(title, vocabulary):
            how = "ends as if it went on"
        elif any(word in vocabulary["flow"]["openers"] for word in _COLON.findall(title)):
            how = "breaks off before a colon"
        else:
            continue
        yield Signal("title_end_uncertain", f"the title {how}", line, title, code)


def _beyond(heads: Sequence[Head]) -> Iterator[Signal]:
    """Titles that go on with a capital behind the words, after a dash, that others end with."""
    parts = [(_DASH.split(title), title, line, code) for title, line, code in heads]
    ends = Counter(split[-1] for split, *_ in parts if len(split) > 1)
    usual = {end for end, times in ends.items() if times > 1}
    for split, title, line, code in parts if usual else ():
        for space in _BEFORE_CAPITAL.finditer(split[-1]):
            if (end := split[-1][: space.start()]) in usual:
                how = f"goes on behind {end!r}, with which others end"
                yield Signal("title_end_uncertain", f"the title {how}", line, title, code)
                break


def _sentences(heads: Sequence[Head], vocabulary: Vocabulary) -> Iterator[Signal]:
    """A title in which a sentence begins ("Servizi di prossimità Il progetto offre ...").

    Titles name a thing and say nothing of it: in one with a verb a sentence begins as well.
    """
    small = "|".join(
        word.capitalize() for word in vocabulary["flow"]["openers"] if word.isalpha() and word[1:]
    )
    sentence = Lazy(rf"[a-zà-ÿ] (?:(?:{small}) (?=[a-zà-ÿ])|(?:è|sono|sarà|saranno) )")
    opening = [head for head in heads if sentence.search(head[0])]
    for title, line, code in opening if is_seldom(len(opening), len(heads)) else ():
        yield Signal(
            "title_end_uncertain", "a sentence seems to begin inside the title", line, title, code
        )


def _notices(heads: Sequence[Head], vocabulary: Vocabulary) -> Iterator[Signal]:
    """A title that ends in a notice: "... Progetto rinviato a data da destinarsi"."""
    for title, line, code in heads:
        for again in _AGAIN.finditer(title, max(0, len(title) - _NOTICE)):
            said = title[again.start() :]
            if phases.phase(said, vocabulary) in ("deferred", "transferred"):
                yield Signal(
                    "title_end_uncertain",
                    "the title ends in a notice, as one stands on a line of its own",
                    line,
                    title,
                    code,
                )
                break


def _early(lines: Sequence[Printed], heads: Sequence[Head]) -> Iterator[Signal]:
    """A title that goes on, in lower case, with a word that had room on the line above.

    The line that it goes on with is its own measure: where that one found room, so did the word.
    """
    starts = {line: (title, code) for title, line, code in heads}
    early: list[tuple[int, str, str | None]] = []
    head: tuple[str, str | None] = ("", None)
    for (_, _, before), (line, role, text) in itertools.pairwise(
        (lines[0], *lines) if lines else ()
    ):
        if line.number in starts:
            head = starts[line.number]
        elif (
            role in ("action_heading", "project_heading")
            and text[:1].islower()
            and len(before) + 1 + len(text.split(" ", 1)[0]) < _ROOM * len(text)
        ):
            early.append((line.number, *head))
    for number, title, code in early if is_seldom(len(early), len(heads)) else ():
        yield Signal(
            "title_end_uncertain",
            "the title goes on with a word that had room on the line above: its end may be the "
            "text's",
            number,
            title,
            code,
        )
