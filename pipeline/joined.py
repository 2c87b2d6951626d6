"""Lines that were two, and sums that lost their label: what stands inside a line and should not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from parsers import labels
from parsers.items import ends_closed, ends_open, marks, points_on
from parsers.report import Report, Signal
from parsers.values import dates, districts, phases
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import TEXT_ROLES, Lines, Printed
from pipeline.seams import is_seldom, wrapped

# So much longer than a full line no line of a hard-wrapped text is.
_LONG = 1.2
# Letters of a heading of places, at least and at most; no comma or colon of a list is before it.
_CAPTION, _CAPTION_END = 8, 200
# The rest of a list of names.
_NAMES = Lazy(r"[A-ZÀ-Ý][\w’']*(?: [A-ZÀ-Ý][\w’']*)*(?:, [A-ZÀ-Ý][\w’']*(?: [A-ZÀ-Ý][\w’']*)*)+")
_CAPITAL = Lazy(r"(?<![,;:]) (?=[A-ZÀ-Ý])")
# Lines that go on in small letters, of a text that is hard-wrapped.
_WRAPPED = 12
# A description's sentence has so many words at least.
_SENTENCE = 6
# Who bears a cost is said in fewer.
_SENTENCE_OF_PROSE = 8
# Glyphs that part things inside a line, too.
_PARTING = "-–—‒−*·∙o\ufffd"
_SUM = r"\d{1,3}(?:\.\d{3})+"
_LONE_SUM = Lazy(
    rf"(?:€|euro)\s?{_SUM}(?:,\d\d)?|{_SUM}(?:,\d\d)?\s?(?:€|euro)|{_SUM},\d\d", re.IGNORECASE
)
_VALUE = Lazy(rf"\D+{_SUM}(?:,\d\d)?(?: ?(?:€|euro))?", re.IGNORECASE)
_THOUSANDS = Lazy(r"\.(?<=\d.)\d{3}")
_DIGIT = Lazy(r"\d")
# No amount in words begins with one of these.
_GOES_ON = tuple(",;.)")
# A street behind a name that no comma ends, and its number at the line's end.
_STREET = Lazy(r"[^\s,;:] (?:via|viale|piazza|corso|largo|vicolo|strada) [A-ZÀ-Ý]")
_NUMBER = Lazy(r"\d\w?$")
# A street's word in small letters right behind the beginning of another's name.
_STREETS = Lazy(
    r"(?:[Vv]ia|[Vv]iale|[Vv]\.le|[Pp]iazza|[Pp]\.zza|[Ll]argo|[Cc]orso|[Vv]icolo)"
    r"(?: [A-ZÀ-Ý][\w.’']*)+ (?:via|viale|v\.le|piazza|p\.zza|vicolo) [A-ZÀ-Ý]"
)
_LABEL = Lazy(r"(?<=[.;]) (?=[A-ZÀ-Ý][^.;:]{3,60}:)")


def signs(lines: Lines, report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Findings ``text_broken`` and ``stray_text``.

    Args:
        lines: the lines with content.
        report: the edition as read.
        vocabulary: the words and glyphs that open lines.
    """
    yield from _long(lines)
    yield from _bullets(lines, vocabulary)
    yield from _labels(lines, vocabulary)
    yield from _captions(lines, vocabulary)
    yield from _streets(lines)
    yield from _headings(lines, vocabulary)
    yield from _worded(lines, report)
    yield from _lone_sums(lines, vocabulary)
    yield from _statuses(report, vocabulary)


def _long(lines: Sequence[Printed]) -> Iterator[Signal]:
    """Lines far longer than the others of a text whose lines were broken at one width.

    Headings may be left whole where the text is broken, and are held against each other.
    """
    width, going_on = wrapped(lines)
    plain = [
        printed
        for printed in lines
        if printed[0].box is None and printed[0].cell is None and printed[0].begins is None
    ]
    if going_on < _WRAPPED:
        return
    for headings in (False, True):
        alike = [printed for printed in plain if printed[1].endswith("_heading") == headings]
        long = [printed for printed in alike if len(printed[2]) > _LONG * width]
        if not is_seldom(len(long), len(alike)):
            continue
        for line, _, text in long:
            yield Signal(
                "text_broken",
                "the line is far longer than all others: a line break may be lost",
                line.number,
                text,
            )


def _bullets(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """The mark of a list's item inside a line, where such marks open lines."""
    glyphs = frozenset(marks(vocabulary)[0]) - frozenset(_PARTING)
    found = [lines[place] for place in sorted(lines.matching(_inside(glyphs)))]
    opens = glyphs | {"–", "—", "-"}
    opening = sum(line.text.lstrip()[:1] in opens for line, _, _ in lines)
    once = len(found) == 1 <= opening
    if not once and not is_seldom(len(found), len(found) + opening):
        return
    for line, _, text in found:
        yield Signal(
            "text_broken",
            "the mark of a list's item stands inside the line: a line break may be lost",
            line.number,
            text,
        )


@cache
def _inside(glyphs: frozenset[str]) -> Lazy:
    """The mark of a list's item inside a line."""
    opening = re.escape("".join(sorted(glyphs)))
    return Lazy(
        rf" (?:[{opening}] (?<=\S . )(?=\S)"
        r"|[-–—] (?:(?<=[;:] . )(?=[^\W\d_])|(?<=[a-zà-ÿ]{4}[.] . )(?=[a-zà-ÿ])))"
    )


def _labels(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """A list of districts with its label behind the end of another sentence."""
    for line, role, text in (lines[place] for place in sorted(lines.holding(":"))):
        if role not in TEXT_ROLES:
            continue
        if any(districts.find(text[at.end() :], vocabulary) for at in _LABEL.finditer(text)):
            yield Signal(
                "stray_text",
                "a label stands inside the line; what it lists is in no table",
                line.number,
                text,
            )
        elif _ends_in_street(text) and districts.find(text, vocabulary):
            yield Signal(
                "text_broken",
                "an address stands behind the last name of a list of districts: a line break may "
                "be lost",
                line.number,
                text,
            )


def _ends_in_street(text: str) -> bool:
    """Whether the last item of what a colon opens is a name with a street behind it."""
    last = max(text.find(":"), text.rfind(","), text.rfind(";")) + 1
    return bool(_NUMBER.search(text, max(last, len(text) - 2)) and _STREET.search(text, last))


def _captions(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """A place and a heading of places in one line, that elsewhere has a line of its own."""
    alone = {
        text
        for _, role, text in lines
        if role == "body" and len(text) >= _CAPTION and not _DIGIT.search(text)
    }

    def is_heading(rest: str) -> bool:
        known = len(rest) >= _CAPTION and not _DIGIT.search(rest)
        return known and (rest in alone or is_place_only(rest, vocabulary))

    for line, role, text in lines:
        ends = _CAPITAL.finditer(text, max(0, len(text) - _CAPTION_END)) if role == "body" else ()
        at = next((end.start() for end in ends if is_heading(text[end.end() :])), 0)
        if at and (is_place_only(text[:at], vocabulary) or _NAMES.fullmatch(text, 0, at)):
            yield Signal(
                "text_broken",
                "the line ends in words that stand on a line of their own elsewhere: a line break "
                "may be lost",
                line.number,
                text,
            )


def _streets(lines: Lines) -> Iterator[Signal]:
    """A street that begins inside the name of another: cells of a list read across each other."""
    for place in sorted(lines.matching(_STREETS)):
        line, role, text = lines[place]
        if role == "body" and _STREETS.match(text):
            yield Signal(
                "text_broken",
                "two addresses run into each other: columns of a list may have been read across",
                line.number,
                text,
            )


def _headings(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """The heading of a project or a section behind the end of another line."""
    project, section = _behind(vocabulary)
    numbered = lines.matching(project)
    for at, (line, role, text) in enumerate(lines):
        if role not in TEXT_ROLES:
            continue
        found = project.search(text) if at in numbered else None
        if found is None and at + 1 < len(lines) and lines[at + 1][1] == "action_heading":
            found = section.search(text)
        if found is None or not found.start() or found[0][1].islower():
            continue
        before = text[: found.start()]
        if ends_open(before, vocabulary) or points_on(before, vocabulary):
            continue  # "si veda il Progetto 3 – Scuole"
        yield Signal(
            "heading_suspect",
            "the line ends in what looks like a heading; it is read as running text",
            line.number,
            text,
        )


@cache
def _behind(vocabulary: Vocabulary) -> tuple[Lazy, Lazy]:
    """The heading of a project, and that of a section, behind other text."""
    words = "|".join(re.escape(word) for word in vocabulary["headings"]["project"])
    names = "|".join(re.escape(name) for name in vocabulary["headings"]["sections"] if " " in name)
    project = Lazy(rf" (?i:{words}) (?:n\. ?)?\d{{1,2}} ?[-–—:] ?(?=[A-ZÀ-Ý])")
    return project, Lazy(rf" (?i:{names})$")


def _lone_sums(lines: Lines, vocabulary: Vocabulary) -> Iterator[Signal]:
    """A line of running text that is a sum, with a label or without one."""
    for line, role, text in (lines[place] for place in sorted(lines.matching(_THOUSANDS))):
        if role not in TEXT_ROLES or line.cell is not None:
            continue
        if _LONE_SUM.fullmatch(text):
            what = "a sum stands alone, without a label"
        elif _LONE_SUM.search(text) and labels.opens_value(text, vocabulary):
            what = "a label and a sum stand inside a sentence"
        elif _LONE_SUM.search(text) and _ends_in_value(text, vocabulary):
            what = "a label and a sum stand behind other text"
        else:
            continue
        yield Signal(
            "stray_text",
            f"{what}; the line is read as text and in no table of money",
            line.number,
            text,
        )


def _ends_in_value(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line ends in a label and its sum that no sentence leads up to."""
    return any(
        _VALUE.fullmatch(text, at.end())
        and labels.opens_value(text[at.end() :], vocabulary)
        and not ends_open(text[: at.start()], vocabulary)
        for at in _CAPITAL.finditer(text)
    )


def _worded(lines: Sequence[Printed], report: Report) -> Iterator[Signal]:
    """A label that a line of a sentence begins with: "pagato con fondi / PON Metro, del Comune".

    Behind one alone on its line stands a sentence where a sum, or who is to bear it, is expected.
    """
    above = {
        line.number: before
        for (_, role, before), (line, _, _) in itertools.pairwise(lines)
        if role in TEXT_ROLES and not ends_closed(before)
    }
    for project in report.projects:
        for action in project.actions:
            for money in action.funding:
                value = money.printed.value
                if money.amount is not None:
                    continue
                if value[:1] in _GOES_ON and money.line in above:
                    what = "a label and what follows it go on a sentence; they are read as funding"
                elif value[-1:] == "." and len(value.split()) >= _SENTENCE_OF_PROSE:
                    what = "a sentence stands where a sum is expected; it is read as funding"
                else:
                    continue
                yield Signal(
                    "stray_text",
                    what,
                    money.line,
                    f"{money.label.value}{value}",
                    action.code.canonical,
                )


def _statuses(report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """A description that ran into a status: a sentence of it that tells no phase and no date.

    One that begins without a stop before it, or tells of the project; one that does both is told
    of whatever it says.
    """
    flow = vocabulary["flow"]
    small = "|".join(word.capitalize() for word in flow["openers"] if word.isalpha() and word[1:])
    subjects, contents = ("|".join(map(re.escape, flow[each])) for each in ("subjects", "contents"))
    plan = re.compile(rf"\S+ ?\w*(?: \w+)? (?:{contents})\b")
    project = re.compile(rf"(?:(?:Il|Lo|La) |L[’'] ?)(?:{subjects})\b")
    begins = re.compile(
        rf"(?<=[a-zà-ÿ0-9]) (?=(?:(?:{small}) |[LU]n?[’'])[a-zà-ÿ])"
        r"|(?:(?<=[^\W\d_]{3}[.;])|(?<=\d{4}[.;])) "
    )
    told = {signal.code for signal in report.signals if signal.rule == "stray_text"}
    for action in (each for owner in report.projects for each in owner.actions):
        status, code = action.status, action.code.canonical
        found = [] if code in told else list(begins.finditer(status.value))
        ends = [*(each.start() for each in found), len(status.value)]
        for each, end in zip(found, ends[1:], strict=True):
            before, sentence = status.value[: each.start()], status.slice(each.end(), end)
            stopped = before[-1] in ".;"
            own = project.match(sentence.value) is not None
            if not own if stopped else ends_open(before, vocabulary):
                continue
            planned = not stopped or plan.match(sentence.value) is not None
            if (own and not stopped) or _is_prose(sentence.value, vocabulary, planned=planned):
                yield Signal(
                    "stray_text",
                    "a sentence seems to be no part of the status it stands in; "
                    "it may be description",
                    sentence.line,
                    sentence.value,
                    code,
                )
                break


def _is_prose(sentence: str, vocabulary: Vocabulary, *, planned: bool) -> bool:
    """Whether a sentence tells neither a phase (but of plans, where asked) nor a date."""
    if len(sentence.split()) < _SENTENCE or "://" in sentence or "www." in sentence:
        return False
    if planned:
        told = phases.has_phase(sentence, vocabulary)
    else:
        told = any(phase != "not_stated" for *_, phase in phases.stated(sentence, vocabulary))
    return not told and next(dates.find(sentence, vocabulary), None) is None
