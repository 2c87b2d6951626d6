"""Seams: lines that do not fit the ones beside them, sentences without a beginning or an end."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from parsers.breaks import PLACE_END
from parsers.items import ends_closed, ends_open, marks
from parsers.known import known_words
from parsers.report import Report, Signal
from parsers.text import HYPHENS, Text
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import TEXT_ROLES, Lines, Printed

# The end of a sentence, behind a bracket, a word too long for an abbreviation, or one that ends
# in a vowel as abbreviations do not.
STOPPED = Lazy(r"(?:[a-zà-ÿ]{5,}|[a-zà-ÿ]{2,}[aeiouàèéìòù]|\))\.[)”»]?$")
# What begins in lower case anywhere: list items, and addresses of every kind.
_OPENS_SMALL = Lazy(
    r"[a-z]{1,4}[.)]|(?:via|viale|piazza|corso|largo|vicolo|strada)\b|o\s|\S*[./]\S"
)
# What an edition does once, or in so small a share of the times that it could, was not meant;
# of fewer times nothing is said.
_SELDOM, _FEWEST = 0.05, 4
# The length that nine of ten lines keep to is as good as full; a line that, with the next word,
# is shorter than this much of it was not broken for want of room.
_FULL, EARLY = 0.9, 0.8
# A line that ends in a web address, or is a piece of one.
_LINK = Lazy(r"(?:://|www\.)\S*$|^\S+[./]\S*$")
# A house number, alone.
_HOUSE = Lazy(r"(?:n\.\s?)?\d{1,3}(?:\s?/?\s?[A-Za-z])?")
# The day of a date whose month is missing: "entro il 31".
_LONE_DAY = Lazy(r"\b(?:il|dal|al) (?:[12]\d|3[01])$")
_LAST_WORD, _FIRST_WORD = Lazy(r"[^\W\d_]+$"), Lazy(r"[^\W\d_]+")
_LAST_HALF = Lazy(r"[^\W\d_]+-$")
# Letters of a word that a cell is too narrow for.
_LONG = 6
# One damage leaves two such lines; an edition with fewer chances for them is not judged.
_TWICE, _CHANCES = 2, 12
# A paragraph of so few words with a full stop is the end of a sentence; with a semicolon, below a
# list's item, that item's.
_REST_WORDS, _ITEM_WORDS = 2, 8


def signs(
    lines: Lines, kept: Lines, report: Report, vocabulary: Vocabulary, linked: Collection[str] = ()
) -> Iterator[Signal]:
    """Findings ``text_broken``.

    Args:
        lines: all lines that are not blank.
        kept: those of them that are read as content.
        report: the edition as read.
        vocabulary: the words that a text does not end with.
        linked: the addresses that the source links to.
    """
    yield from _broken(lines, report, vocabulary)
    yield from _early(kept, vocabulary)
    yield from _lone_items(kept, report, vocabulary)
    yield from _rests(report)
    yield from _unread_places(report, vocabulary)
    yield from _under_projects(kept, report)
    yield from _split_words(kept, vocabulary)
    yield from _split_addresses(lines, report, linked)


def _broken(lines: Sequence[Printed], report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Sentences without a beginning or an end: lines between them are lost or elsewhere."""
    yield from _parted(lines)
    for (_, above, before), (line, role, text) in itertools.pairwise(lines):
        if not text[:1].islower() or role not in TEXT_ROLES or _OPENS_SMALL.match(text):
            continue
        if above.endswith("_heading"):
            what = "the text under a heading begins"
        elif above in TEXT_ROLES and before[-1:] in ".)”»" and STOPPED.search(before):
            what = "a full stop stands before a line that goes on"
        else:
            continue
        yield Signal(
            "text_broken",
            f"{what} in lower case: lines may be lost or out of their order",
            line.number,
            text,
        )
    for whole, code in _texts_of(report):
        last = whole.value[-1:]
        if _HOUSE.fullmatch(whole.value):
            yield Signal(
                "text_broken",
                "the text is a number alone: the street or the sentence that it ends is elsewhere",
                whole.line_at(0),
                whole.value,
                code,
            )
        if _LONE_DAY.search(whole.value) or (
            (last.isalpha() or last in "’',.°") and ends_open(whole.value, vocabulary)
        ):
            yield Signal(
                "text_broken",
                "the text ends in the middle of a sentence: lines may be lost",
                whole.line_at(len(whole.value) - 1),
                whole.value,
                code,
            )


def _parted(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Sentences with blank lines inside, where the edition's blank lines part paragraphs."""
    going_on = [
        (line.number - above.number > 1, line, text)
        for (above, role_above, before), (line, role, text) in itertools.pairwise(lines)
        if role == role_above
        and role in TEXT_ROLES
        and line.page == above.page
        and line.cell == above.cell
        and before[-1:].isalpha()
        and text[:1].islower()
        and not _OPENS_SMALL.match(text)
    ]
    parted = [(line, text) for apart, line, text in going_on if apart]
    if not is_seldom(len(parted), len(going_on)):
        return
    for line, text in parted:
        yield Signal(
            "text_broken",
            "a blank line parts a sentence: lines may be lost or out of their order",
            line.number,
            text,
        )


def _early(lines: Sequence[Printed], vocabulary: Vocabulary) -> Iterator[Signal]:
    """Lines that end early in a sentence that goes on, where nearly all others are full."""
    texts = _set_lines(lines)
    width = _width(texts)
    going_on = [
        (len(before) + 1 + len(text.split(" ", 1)[0]) < EARLY * width, line, text)
        for before, (line, _, text) in _going_on(texts)
        if not is_place_only(text, vocabulary)
    ]
    early = [(line, text) for is_early, line, text in going_on if is_early]
    if not is_seldom(len(early), len(going_on)) and (
        len(early) > _TWICE or len(going_on) < _CHANCES
    ):
        return
    for line, text in early:
        yield Signal(
            "text_broken",
            "the line goes on with a word that had room on the line above: lines may be lost or "
            "out of their order",
            line.number,
            text,
        )


def _going_on(texts: Sequence[Printed]) -> Iterator[tuple[str, Printed]]:
    """(line above, line) where a sentence goes on in small letters."""
    for (_, role_above, before), printed in itertools.pairwise(texts):
        _, role, text = printed
        if (
            role == role_above
            and text[:1].islower()
            and not ends_closed(before)
            and not _LINK.search(before)
            and not _OPENS_SMALL.match(text)
        ):
            yield before, printed


def wrapped(lines: Sequence[Printed]) -> tuple[int, int]:
    """How wide the lines of running text are set, and how many of them go on in the next."""
    texts = _set_lines(lines)
    return _width(texts), sum(1 for _ in _going_on(texts))


def _set_lines(lines: Sequence[Printed]) -> list[Printed]:
    """The lines of running text that a page's width broke."""
    return [
        printed
        for printed in lines
        if printed[1] in TEXT_ROLES and printed[0].cell is None and printed[0].begins is None
    ]


def _width(lines: Sequence[Printed]) -> int:
    """Characters of a full line."""
    lengths = sorted(len(text) for _, _, text in lines)
    return lengths[int(_FULL * (len(lengths) - 1))] if lengths else 0


def _lone_items(
    lines: Sequence[Printed], report: Report, vocabulary: Vocabulary
) -> Iterator[Signal]:
    """A list of one item, in small letters behind a dash or an "o", that parts a sentence."""
    _, dashes = marks(vocabulary)
    printed = {line.number: line.text.strip()[:1] for line, _, _ in lines}
    for project in report.projects:
        for action in project.actions:
            own = action.paragraphs
            for at in range(1, len(own)):
                item, before = own[at], own[at - 1]
                mark = printed[item.text.line]
                alone = all(
                    each.kind != "bullet" or (mark == "o" != printed[each.text.line])
                    for each in own[at - 1 : at + 2]
                    if each != item
                )
                if (
                    item.kind == "bullet"
                    and alone
                    and before.text.value[-1:].isalpha()
                    and item.text.value[:1].islower()
                    and (mark in dashes or mark == "o")
                ):
                    yield Signal(
                        "text_broken",
                        f"{mark!r} that opens a line is read as a list of one item; it may be "
                        "inside a sentence",
                        item.text.line,
                        item.text.value,
                        action.code.canonical,
                    )


def _rests(report: Report) -> Iterator[Signal]:
    """A few words with a stop, that end the sentence or the list's item of the paragraph above."""
    for project in report.projects:
        for action in project.actions:
            for before, rest in itertools.pairwise(action.paragraphs):
                stop, words = (
                    (".", _REST_WORDS) if before.kind == "paragraph" else (";", _ITEM_WORDS)
                )
                if (
                    before.kind != "caption"
                    and rest.kind == "paragraph"
                    and before.text.value[-1:].isalpha()
                    and rest.text.value.endswith(stop)
                    and len(rest.text.value.split()) <= words
                ):
                    yield Signal(
                        "text_broken",
                        "the paragraph is the end of a sentence: the break above it may be none",
                        rest.text.line,
                        rest.text.value,
                        action.code.canonical,
                    )


def _unread_places(report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Paragraphs set as an address, from the street to the house number, that are read as none."""
    for project in report.projects:
        for action in project.actions:
            for paragraph in action.paragraphs:
                text = paragraph.text.value
                if (
                    paragraph.kind == "paragraph"
                    and PLACE_END.match(text)
                    and not ends_closed(text)
                    and not is_place_only(text, vocabulary)
                ):
                    yield Signal(
                        "text_broken",
                        "the paragraph begins and ends as an address does, but is read as none: "
                        "a line's end may have broken a name",
                        paragraph.text.line,
                        text,
                        action.code.canonical,
                    )


def _split_words(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Words that a narrow cell broke without a hyphen, and that the edition prints whole."""
    own = known_words(vocabulary)
    for (above, _, before), (line, _, text) in itertools.pairwise(lines):
        if line.cell is None or line.cell != above.cell or not text[:1].islower():
            continue
        half, rest = _LAST_WORD.search(before), _FIRST_WORD.match(text)
        if half is None or rest is None or {half[0].lower(), rest[0]} & own:
            continue
        whole = f"{half[0]}{rest[0]}".lower()
        if len(whole) >= _LONG and lines.counts[whole]:
            yield Signal(
                "text_broken",
                f"{whole!r} is broken without a hyphen; places and values of the cell may be "
                "missing from the tables",
                line.number,
                text,
            )


def _split_addresses(lines: Lines, report: Report, linked: Collection[str]) -> Iterator[Signal]:
    """Addresses that a hyphen breaks, where hyphens break words, too: it may be none of theirs."""
    for project in report.projects:
        for action in project.actions:
            for link in action.links:
                for run in link.runs[1:]:
                    half = _LAST_HALF.search(link.value, 0, run.at)
                    rest = _FIRST_WORD.match(link.value, run.at)
                    if (
                        half
                        and rest
                        and link.value not in linked
                        and f"{half[0]}{rest[0]}".lower() not in lines.text.lower()
                        and _hyphenated(lines)
                    ):
                        yield Signal(
                            "text_broken",
                            "the hyphen at the end of the line is read as the address's own; it "
                            "may be the line's",
                            run.line,
                            link.value,
                            action.code.canonical,
                        )


def _hyphenated(lines: Sequence[Printed]) -> bool:
    """Whether hyphens break the words of an edition's text at the ends of lines."""
    broken = [
        text
        for (_, role, text), (_, _, after) in itertools.pairwise(lines)
        if role in TEXT_ROLES
        and text[-1:] in tuple(HYPHENS)
        and text[-2:-1].isalpha()
        and after[:1].islower()
    ]
    return len(broken) > _TWICE


def _under_projects(lines: Sequence[Printed], report: Report) -> Iterator[Signal]:
    """A heading of a project with nothing under it, or with a full line that goes on nowhere."""
    full = EARLY * _width(_set_lines(lines))
    open_ends: list[Text] = []
    for project in report.projects:
        if not project.actions and not project.notice.value and not project.paragraphs:
            yield Signal(
                "text_broken",
                "nothing stands under the project's heading: lines may be lost",
                project.heading_line,
                project.title.value or project.number_text.value,
            )
        if project.paragraphs and project.paragraphs[-1].kind == "paragraph":
            last = project.paragraphs[-1].text
            if full and len(last.value) >= full and not ends_closed(last.value):
                open_ends.append(last)
    if is_seldom(len(open_ends), len(report.projects)):
        for last in open_ends:
            yield Signal(
                "text_broken",
                "the text under a project's heading ends in the middle of a sentence: lines may "
                "be lost or out of their order",
                last.line,
                last.value,
            )


def is_seldom(count: int, times: int) -> bool:
    """Whether an edition does a thing so seldom that it was not meant."""
    return times >= _FEWEST and count <= max(1, _SELDOM * times)


def _texts_of(report: Report) -> Iterator[tuple[Text, str | None]]:
    """Paragraphs and statuses, with their action's code."""
    for project in report.projects:
        yield project.notice, None
        for paragraph in project.paragraphs:
            if paragraph.kind == "paragraph":
                yield paragraph.text, None
        for action in project.actions:
            code = action.code.canonical
            yield action.status, code
            for paragraph in action.paragraphs:
                if paragraph.kind == "paragraph":
                    yield paragraph.text, code
