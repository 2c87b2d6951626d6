"""Words that got a space inside or lost the one between them, as text layers set them.

A word is known if the edition prints it elsewhere, or if the vocabularies of phases and dates have
it. What is no word as it stands, and is one (or two) with the space taken out (or put in), is told.
"""

from __future__ import annotations

import itertools
import operator
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from parsers.known import known_words
from parsers.report import Signal
from parsers.values.folding import fold
from parsers.values.patterns import Lazy
from parsers.values.predicates import marks
from parsers.vocabulary import Vocabulary
from pipeline.printed import TEXT_ROLES, Lines, Printed
from pipeline.seams import is_seldom

_WORD = Lazy(r"[^\W\d_]+")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyz")
_ENDINGS = "oaie"
# Letters of the shorter half of two glued words, of a word behind a small one, and of both.
_HALF, _BEHIND = 4, 5
# No Italian word but "eroe" and "aloe" ends so.
_GLUED_E = Lazy(r"([a-zà-ÿ]{4,}o)e$")
_GLUED_DAY = Lazy(r"(?<![\w./@-])([a-zà-ÿ]{2,})\d{1,4}(?![\w%])|(?<![\w./])\d{1,2}([a-zà-ÿ]{3,})")
_TOUCHING = Lazy(r"\d(?:(?<=[a-zà-ÿ]\d)|(?=[a-zà-ÿ]))")
# A small word without its apostrophe, an initial without its stop.
_PARTED_MARK = Lazy(r"(?<![\w’'])[cdlmnst] [’'](?=[^\W\d_])|(?<!\w)[A-Z] \. ?(?=[A-Z])")
# A year with a space inside, behind a small word or a month.
_PARTED_YEAR = Lazy(r"([^\W\d_]+) (?:2 0\d\d|20 [0-4]\d|20[0-4] \d)(?![\w%])")
# A day with a space inside, before its month.
_PARTED_DAY = Lazy(r"[0-3] (?<![\w.,/-]..)\d ([a-zà-ÿ]+)")
_AFTER_SPACE = (" ’", " '", " .")
# "n." behind a name, and two names.
_GLUED_NUMBER = Lazy(r"([^\W\d_]{3,})n\.\s?\d")
_CAMEL = Lazy(r"[A-ZÀ-Ý](?<=[a-zà-ÿ].)")
_GLUED_NAMES = Lazy(r"(?<![^\W_])([^\W\d_]*[a-zà-ÿ])([A-ZÀ-Ý][^\W\d_]+)(?![^\W_])")
# An item of a list, and the one below it, begin within so many lines.
_ITEM_LINES = 2
_DASH, _DASH_APART = Lazy(r"[-–—]\s*[^\W\d_]"), Lazy(r"[-–—]\s")
# An address with a space inside: behind its scheme, or before what can only be its rest.
_TLD = r"(?:it|eu|com|org|net)"
_PARTED_LINK = Lazy(
    r"https?(?: :|: /|:/ /|:// )|(?:://|www\.)[\w.-]+ (?!www\.)"
    rf"(?:[\w-]*(?:\.[\w-]+)*\.{_TLD}(?:/|$|\s)|{_TLD}/)|://[\w.-]+\.[a-z] (?=[a-z]/)"
    r"|://\S+ [\w-]+/(?=\s|$)|://\S+ /\w|(?!https?:)h ?t ?t ?p ?s? ?://"
)


def signs(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Findings ``text_garbled`` and ``spaces_lost``, one of each for a line.

    Args:
        lines: the lines with content.
        vocabulary: words of phases, dates and grammar, known even if the edition has them once.
    """
    yield from _dashes(lines)
    counts = lines.counts
    own = known_words(vocabulary)
    known = own | counts.keys()
    # Of few neighbours the whole is a word: the others are not looked at.
    near = {
        place
        for place, told in enumerate(lines.words)
        if not known.isdisjoint(map(operator.add, told, told[1:]))
    }
    marked = lines.holding("http", "://", "www.", *_AFTER_SPACE)
    years = lines.holding(" 2", "\n2")
    days = lines.matching(_PARTED_DAY)
    named = lines.holding("n.") | lines.matching(_CAMEL)
    touching = lines.matching(_TOUCHING)
    statuses = {place for place, (_, role, _) in enumerate(lines) if role == "status"}
    for place in sorted(near | marked | years | days | named | touching | statuses):
        line, role, text = lines[place]
        what = ""
        if place in near:
            what = _parted(text, counts, own, vocabulary)
        elif place in marked:
            what = _parted_marks(text)
        if not what and place in years:
            last = lines[place - 1][2].rsplit(" ", 1)[-1] if place else ""
            what = _parted_year(f"{last} {text}", vocabulary)
        if not what and place in days:
            what = _parted_day(text, vocabulary)
        if what:
            yield Signal(
                "text_garbled",
                f"{what!r} looks like one word with a space inside; values of the line may be "
                "missing from the tables",
                line.number,
                text,
            )
        glued = _glued_names(text, counts) if place in named else ""
        if place in touching and role in TEXT_ROLES:
            glued = glued or _glued_day(text, counts, vocabulary)
        if place in statuses:
            glued = glued or _glued(text, counts, own, vocabulary)
        if glued:
            yield Signal(
                "spaces_lost",
                f"{glued!r} looks like two words without the space between them; values of the "
                "line may be missing from the tables",
                line.number,
                text,
            )


def _dashes(lines: Sequence[Printed]) -> Iterator[Signal]:
    """A dash that opens a line without a space behind it, where others have one."""
    opening = [
        (at, bool(_DASH_APART.match(line.text.lstrip())))
        for at, (line, role, _) in enumerate(lines)
        if role == "body" and _DASH.match(line.text.lstrip())
    ]
    glued = [at for at, apart in opening if not apart]
    # Of a single short list, the one item among the others.
    alone = len(glued) == 1 < len(opening)
    among = alone and any(apart and abs(at - glued[0]) <= _ITEM_LINES for at, apart in opening)
    if not among and not is_seldom(len(glued), len(opening)):
        return
    for line, _, text in (lines[at] for at in glued):
        yield Signal(
            "spaces_lost",
            "the dash that opens the line lacks its space; the line is not read as a list's item",
            line.number,
            text,
        )


@cache
def _months(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(names[0] for names in vocabulary["dates"]["months"])


def _parted(text: str, counts: Counter[str], own: frozenset[str], vocabulary: Vocabulary) -> str:
    """What is a word or a link with a space inside; empty if nothing is."""
    if mark := _parted_marks(text):
        return mark
    if "://" in text or "www." in text:
        return ""
    openers = vocabulary["flow"]["openers"]
    for left, right in itertools.pairwise(_WORD.finditer(text)):
        if text[left.end() : right.start()] != " " or not right[0].islower():
            continue
        one, two = left[0].casefold(), right[0].casefold()
        lone = (one in _CONSONANTS and not text[: left.start()].rstrip()[-1:].isdigit()) or (
            two in _CONSONANTS and text[right.end() : right.end() + 1] in ("", " ")
        )
        if len(one + two) < 3 or (one in openers and two in openers):
            continue
        if not lone and (counts[one] > 1 or one in own) and (counts[two] > 1 or two in own):
            continue
        if counts[one + two] or one + two in own:
            return text[left.start() : right.end()]
    return ""


def _parted_marks(text: str) -> str:
    """What is a link or an abbreviation with a space inside; empty if nothing is."""
    link = _PARTED_LINK.search(text) if "://" in text or "http" in text or "www." in text else None
    found = link
    if link is None and any(mark in text for mark in _AFTER_SPACE):
        found = _PARTED_MARK.search(text)
    return found[0].strip() if found else ""


def _parted_year(text: str, vocabulary: Vocabulary) -> str:
    for found in _PARTED_YEAR.finditer(text):
        if found[1] in vocabulary["flow"]["openers"] or found[1] in _months(vocabulary):
            return str(found[0])
    return ""


def _parted_day(text: str, vocabulary: Vocabulary) -> str:
    found = (each for each in _PARTED_DAY.finditer(text) if each[1] in _months(vocabulary))
    return next((str(each[0]) for each in found), "")


def _glued(text: str, counts: Counter[str], own: frozenset[str], vocabulary: Vocabulary) -> str:
    """Two known words as one that is none; empty if there are none."""
    if "://" in text or "www." in text:
        return ""

    def known(word: str) -> bool:
        return counts[word] > 0 or word in own

    openers, prefixes = vocabulary["flow"]["openers"], vocabulary["flow"]["hyphenated"]
    words: list[str] = _WORD.findall(text)
    for found in words:
        word = found.casefold()
        if counts[word] > 1 or word in own or len(word) < _BEHIND:
            continue
        glued_e = _GLUED_E.match(word)
        if glued_e and known(glued_e[1]):
            return found
        if any(known(word[:-1] + end) for end in _ENDINGS if not word.endswith(end)):
            continue  # another form of a known word
        for at in range(2, len(word) - 1):
            one, two = word[:at], word[at:]
            if one in prefixes:
                continue
            small = one in openers and len(two) >= _BEHIND and known(two)
            # Of small words only those that no longer word ends in.
            tail = two in openers and (two[-1] in _CONSONANTS or two in ("di", "dei"))
            both = min(len(one), len(two)) >= _HALF and known(one) and known(two)
            if small or both or (tail and len(one) >= _HALF and known(one)):
                # "incarico" is a word of the wordings, whatever its halves are.
                return "" if marks(fold(found), vocabulary) else found
    return ""


def _glued_names(text: str, counts: Counter[str]) -> str:
    """Two names, or a name and "n.", that the edition prints apart elsewhere."""
    if "://" in text or "www." in text:
        return ""
    number = _GLUED_NUMBER.search(text) if "n." in text else None
    if number and counts[number[1].casefold()]:
        return str(number[0])
    for found in _GLUED_NAMES.finditer(text) if _CAMEL.search(text) else ():
        one, two = found[1].casefold(), found[2].casefold()
        if counts[one + two] == 1 and counts[one] and counts[two]:
            return str(found[0])
    return ""


def _glued_day(text: str, counts: Counter[str], vocabulary: Vocabulary) -> str:
    """A small word and a number, or a number and its month or another word, without a space."""
    for found in _GLUED_DAY.finditer(text):
        word = found[2] or ""
        known = word in _months(vocabulary) or (len(word) >= _BEHIND and counts[word] > 0)
        if found[1] in vocabulary["flow"]["openers"] or known:
            return str(found[0])
    return ""
