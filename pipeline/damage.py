"""Lines that look damaged: spaces lost, a heading that is none any more, marks of a scan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from parsers import labels
from parsers.items import ends_open, is_numbered, points_on
from parsers.lines import Line
from parsers.report import Report, Signal
from parsers.values import codes
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import HEADED_ROLES, TEXT_ROLES, Lines, Printed

# No Italian word of a report is this long ("deistituzionalizzazione" has a letter less): a run of
# letters that is has lost its spaces.
_LONG_RUN = 24
_RUN = Lazy(rf"[^\W\d_]{{{_LONG_RUN},}}")
# What a lost space glues: a street to its name, a month or any small word to its year.
# The capital first: a search that begins with a rare character is three times as fast.
_STREETS = ("[Vv]ia", "[Vv]iale", "[Pp]iazza", "[Cc]orso", "[Ll]argo", "[Vv]icolo", "[Ss]trada")
_BEHIND_STREET = "|".join(rf"(?<=\b{street}..)" for street in _STREETS)
_GLUED_WORDS = Lazy(rf"[A-ZÀ-Ý](?<=[aeo].)[a-z](?:{_BEHIND_STREET})")
_GLUED_YEAR = Lazy(r"(?:19|20)(?<=[a-zà-ÿ]{2}..)\d\d\b")
_SMALL_WORD = Lazy(r"(?<![\w/.@#-])[a-zà-ÿ]+$")
# In a line of one run: letters behind a small letter's end, a stop, a list's number; before an
# apostrophe more letters than an article or a number ("cinquant’anni") has.
_CHANGE = Lazy(
    r"[a-zà-ÿ][A-ZÀ-Ý]|[a-zà-ÿ]\d|[,;:][^\W\d_]{2}|[.)][A-ZÀ-Ý][a-zà-ÿ]|[^\W\d_]{10}[’']"
    r"|^\(?\d{1,2}[.)][^\W\d_]{2}"
)
_GLUED, _GLUED_FEW, _WORD_GLUED = 30, 12, 4
_WORD = Lazy(r"[^\W\d_]+")
# Letters of a word in a chain of glued ones, small words aside.
_LINK = 5
# Shorter runs of letters are taken for a word.
_SHORTEST_RUN = 8

_NEAR_PROJECT = Lazy(
    r"(\w{5,11})(?:[\s/,.;]+(?:n\W{0,3})?(?:[\dlIO]{1,2}|[IVX]{1,5})\s*[-–—:]\s*\S|\s*[-–—]\s+[A-ZÀ-Ý])"
)
_LIKE_DIGIT = r"[\dlIOSBZ]"
_LIKE_NUMBER = rf"(?:{_LIKE_DIGIT}{{1,2}}|[IVX]{{1,4}})"
_NEAR_CODE = Lazy(
    rf"(?:POC\s+[A-Z]{{1,3}}\s+[A-Z]{{1,4}}|[A-Z][A-Za-z]{{0,2}}[. ]{{0,2}}{_LIKE_DIGIT}{{0,2}})"
    rf"(?:[.,/ ]{{1,2}}{_LIKE_NUMBER}){{1,4}}[.,/ ]{{0,2}}(?:[a-zA-Z]\d?)?\s*[-–—]\s*\S"
)
# A project and its number in any order, and at the line's start alone. Right above an action's
# heading other words do too: "Scheda n. 2 - ...".
_OF_PROJECT = r"prog[a-z]*\.?\W{0,4}(?:n\w{0,5}\W{0,3})?\d{1,2}(?!\d)(?:[./]\d{1,2}(?!\d))?"
_COUNTED_FIRST = Lazy(rf"(?i:^\W{{0,2}}{_OF_PROJECT})(?:\s?[a-z]{{1,3}})?\W{{1,4}}[A-ZÀ-Ý]")
_COUNTED = Lazy(
    rf"(?i:\b{_OF_PROJECT}|^\W?\d{{1,2}}\W{{1,3}}progetto\b)"
    r"|^\W{0,2}[A-Z]\w+\W{1,3}(?:n\W{0,3})?\d{1,2}\s?[-–—:]\s[A-ZÀ-Ý]"
)
_DIGIT = Lazy(r"\d")
_LONGEST_HEADING = 90
_LIKENESS = 0.75
_LONGEST_NAME = 30
_FIELD_ROLES = frozenset(("funding", "total", "status"))
_LONGEST_CODE = 20
_LONGEST_SECTION = 45
_SLIPS = 2


class Damage:
    """Looks for damaged lines in an edition.

    Args:
        lines: the lines that are not blank.
        kept: those of them that are read as content.
    """

    def __init__(self, lines: Lines, kept: Lines, report: Report, vocabulary: Vocabulary) -> None:
        self._lines = lines
        self._kept = kept
        self._report = report
        self._vocabulary = vocabulary

    def signs(self) -> Iterator[Signal]:
        """Findings ``spaces_lost`` and ``heading_suspect``."""
        yield from self._spaces()
        yield from self._headings()
        yield from self._stranded()
        yield from self._sections()

    # -- spaces -----------------------------------------------------------------------------

    def _spaces(self) -> Iterator[Signal]:
        lines = self._lines
        long = {word for word in lines.text.split() if len(word) >= _LONG_RUN}
        glued = lines.holding(*filter(_RUN.search, long)) | lines.matching(_GLUED_WORDS)
        years = lines.matching(_GLUED_YEAR)
        for place, (line, role, text) in enumerate(lines):
            if role not in HEADED_ROLES or "://" in text or "www." in text or "@" in text:
                continue
            if (
                place in glued
                or (place in years and _has_glued_year(text))
                or self._is_one_run(text, role)
            ):
                yield Signal(
                    "spaces_lost",
                    "the line seems to have lost its spaces; what it says of dates, places and "
                    "references may be missing from the tables",
                    line.number,
                    text,
                )

    def _is_one_run(self, text: str, role: str) -> bool:
        """Whether a whole line is one long run of characters, or a shorter one of several words."""
        if " " in text or len(text) < _SHORTEST_RUN:
            return False
        if role == "section_heading":
            return _squeezed(text) in self._sections_known
        for code in codes.find(text, city=self._report.city, vocabulary=self._vocabulary):
            rest = text[: code.start] + text[code.end :]
            letters = sum(char.isalpha() for char in rest)
            # A word glued to a code; code, dash and title without a space.
            return letters >= (_GLUED_FEW if role == "action_heading" else _WORD_GLUED)
        if len(text) >= _GLUED or (len(text) >= _GLUED_FEW and _CHANGE.search(text)):
            return True
        return any(
            len(word) >= _SHORTEST_RUN and self._is_glued(word.casefold())
            for word in _WORD.findall(text)
        )

    def _is_glued(self, word: str) -> bool:
        """Whether a word of this line alone is one of the small words and another of the edition's.

        >>> report = Report([], [], [], [], [], [], None)
        >>> from parsers.vocabulary import PACKAGED
        >>> texts = ("nei municipi", "neimunicipi")
        >>> lines = Lines((Line(1, 1, ""), "body", text) for text in texts)
        >>> damage = Damage(lines, lines, report, PACKAGED)
        >>> damage._is_glued("neimunicipi"), damage._is_glued("contro")
        (True, False)
        """
        counts = self._kept.counts
        if counts[word] > 1:
            return False
        return any(
            ends_open(word[:at], self._vocabulary) and counts[word[at:]] > 0
            for at in range(2, len(word) - 3)
        ) or self._is_chain(word)

    def _is_chain(self, word: str, parts: int = 2) -> bool:
        """Whether a word is three of the edition's words or more, one behind the other."""
        counts = self._kept.counts
        if parts <= 0 and len(word) >= _LINK and counts[word] > 0:
            return True
        return any(
            (ends_open(word[:at], self._vocabulary) or (at >= _LINK and counts[word[:at]] > 0))
            and self._is_chain(word[at:], parts - 1)
            for at in range(2, len(word) - 3)
        )

    # -- headings ---------------------------------------------------------------------------

    def _headings(self) -> Iterator[Signal]:
        """Lines of running text that nearly are the heading of a project or an action."""
        report = self._report
        read_so = {action.heading_line for project in report.projects for action in project.actions}
        read_so |= {each.heading_line for each in report.projects if each.number is not None}
        told = {signal.line for signal in report.signals if signal.rule == "heading_suspect"}
        told |= read_so
        before: Printed | None = None
        for printed, below in zip(self._lines, [*self._lines[1:], None], strict=True):
            (line, role, text), above, before = printed, before, printed
            if role not in HEADED_ROLES or line.number in told:
                continue
            if found := (
                self._nearly(text)
                or self._styled(line, role, text, above)
                or self._named(role, text, above)
                or self._counted(role, text, above, below)
            ):
                yield Signal(
                    "heading_suspect",
                    f"the line looks like the damaged heading of {found}; it is read as running "
                    "text",
                    line.number,
                    text,
                )

    def _stranded(self) -> Iterator[Signal]:
        """The first labelled value before all headings: the heading of its sheet was not known."""
        for line, role, text in self._lines:
            if role == "front_matter" and labels.opens_value(text, self._vocabulary):
                label = labels.match(text, self._vocabulary)
                if label is None or (label.kind == "status" and not label.colon):
                    continue  # "Stato di attuazione del programma" is a cover's title
                yield Signal(
                    "heading_suspect",
                    "a labelled value stands before the first heading and no table holds it; the "
                    "heading of its sheet may be one that no rule knows",
                    line.number,
                    text,
                )
                return

    def _sections(self) -> Iterator[Signal]:
        """Text that nearly is a section of the vocabulary right above an action's heading.

        Right below one its name, alone on a line, is the section's heading out of its place.
        """
        names = self._sections_known
        starts = {
            each.heading_line for project in self._report.projects for each in project.actions
        }
        for place, (head, _, _) in enumerate(self._lines):
            if head.number not in starts:
                continue
            # Below it, or below all of its text, right above its money.
            ends = place + 1
            while ends < len(self._lines) - 1 and self._lines[ends + 1][1] in TEXT_ROLES:
                ends += 1
            for at in sorted({place + 1, ends}):
                line, role, below = self._lines[min(at, len(self._lines) - 1)]
                if role in TEXT_ROLES and below[:1].isupper() and _squeezed(below) in names:
                    yield Signal(
                        "heading_suspect",
                        "the line is worded as the heading of a section; it is read as running "
                        "text",
                        line.number,
                        below,
                    )
            for count in (1, 2):
                above = self._lines[max(0, place - count) : place]
                text = _squeezed("".join(value for _, _, value in above))
                if (
                    not above
                    or len(text) > _LONGEST_SECTION
                    or any(role not in TEXT_ROLES for _, role, _ in above)
                ):
                    continue
                near = [name for name in names if abs(len(name) - len(text)) <= _SLIPS]
                if any(_alike(text, name) for name in near):
                    yield Signal(
                        "heading_suspect",
                        "the line looks like the damaged heading of a section; it is read as "
                        "running text",
                        above[0][0].number,
                        above[0][2],
                    )
                    break

    @cached_property
    def _sections_known(self) -> list[str]:
        """The sections of the vocabulary that have names of several words, without the spaces."""
        return [_squeezed(name) for name in self._vocabulary["headings"]["sections"] if " " in name]

    def _nearly(self, text: str) -> str:
        """What a line nearly is the heading of; empty for others."""
        near = _NEAR_PROJECT.match(text)
        if near and _alike(near[1].lower(), self._vocabulary["headings"]["project"][0]):
            return "a project"
        if self._is_lone_code(text):
            return "an action, whose title may stand beside it"
        if not _NEAR_CODE.match(text, self._behind_lead(text)):
            return ""
        city = self._report.city
        found = codes.find_heading(text, city=city, vocabulary=self._vocabulary)
        return "an action" if found is None else ""

    def _named(self, role: str, text: str, above: Printed | None) -> str:
        """Whether a line behind the fields of a sheet gives a code or a title under its label."""
        if role not in TEXT_ROLES or above is None or above[1] not in _FIELD_ROLES:
            return ""
        if ":" not in text[:_LONGEST_NAME] or not text.lower().startswith(self._names):
            return ""
        return "a sheet, under a label of its own"

    def _counted(self, role: str, text: str, above: Printed | None, below: Printed | None) -> str:
        """Whether a short line names a project and its number, and no sentence goes on in it."""
        if text[0].islower() or role not in TEXT_ROLES or len(text) > _LONGEST_HEADING:
            return ""
        if text[-1] in ".;,:" or not _DIGIT.search(text):
            return ""
        last = below is not None and below[1] == "action_heading" and not is_numbered(text)
        pattern = _COUNTED if last else _COUNTED_FIRST
        if not pattern.search(text) or labels.opens_field(text, self._vocabulary):
            return ""
        if above and (
            ends_open(above[2], self._vocabulary) or points_on(above[2], self._vocabulary)
        ):
            return ""
        return "a project"

    @cached_property
    def _names(self) -> tuple[str, ...]:
        words = self._vocabulary["codes"]["heading_leads"]
        coded = [word for word in words if word.startswith("cod")]
        return (*self._vocabulary["headings"]["titles"], *coded)

    def _behind_lead(self, text: str) -> int:
        """Where a heading's code would start: behind a word such as "Operazione", or at 0."""
        if text[2:3].isdigit() or text[3:4].isdigit():
            return 0
        small = text.lower()
        if not small.startswith(self._leads):
            return 0
        return max(len(lead) for lead in self._leads if small.startswith(lead))

    @cached_property
    def _leads(self) -> tuple[str, ...]:
        return tuple(f"{word} " for word in self._vocabulary["codes"]["heading_leads"])

    def _is_lone_code(self, text: str) -> bool:
        """Whether a line is nothing but the code of an action that the edition has no sheet of."""
        if len(text) > _LONGEST_CODE or not any(char.isdigit() for char in text):
            return False
        try:
            code = codes.parse(text, city=self._report.city, vocabulary=self._vocabulary)
        except codes.CodeProblem:
            return False
        return code.canonical not in self._codes

    @cached_property
    def _codes(self) -> set[str]:
        """Codes of the actions that were read."""
        return {each.code.canonical for own in self._report.projects for each in own.actions}

    @cached_property
    def _style(self) -> tuple[int, bool] | None:
        """Size and weight of the actions' headings, where nearly all have one that text has not."""
        heads: Counter[tuple[int, bool]] = Counter()
        text: Counter[tuple[int, bool]] = Counter()
        starts = {
            each.heading_line for project in self._report.projects for each in project.actions
        }
        for line, role, value in self._lines:
            style = _style_of(line)
            if style is None:
                continue
            if line.number in starts:
                heads[style] += 1
            elif role in TEXT_ROLES:
                text[style] += len(value)
        if not heads or not text:
            return None
        style, count = heads.most_common(1)[0]
        usual = text.most_common(1)[0][0]
        plain = style == usual or count < 0.9 * heads.total() or text[style] > 0.05 * text.total()
        return None if plain else style

    def _styled(self, line: Line, role: str, text: str, above: Printed | None) -> str:
        """Whether a line of text is set as the actions' headings are, and is no subheading.

        Right under a heading it may be more of the title; under a line of text it goes on that.
        """
        if role not in TEXT_ROLES or _style_of(line) != self._style or self._style is None:
            return ""
        if line.cell is not None:
            return ""
        if above and _style_of(above[0]) == self._style and above[1] in TEXT_ROLES:
            return ""
        if text.endswith(":") or is_place_only(text, self._vocabulary):
            return ""
        return "an action" if self._texts[text.casefold()] == 1 else ""

    @cached_property
    def _texts(self) -> Counter[str]:
        return Counter(text.casefold() for _, _, text in self._lines)


def _has_glued_year(text: str) -> bool:
    """Whether a year stands right behind a word in small letters; "Agenda2030" is a name.

    >>> _has_glued_year("la metàdel2022"), _has_glued_year("l'Agenda2030")
    (True, False)
    """
    year = _GLUED_YEAR.search(text)
    return year is not None and _SMALL_WORD.search(text[: year.start()]) is not None


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _style_of(line: Line) -> tuple[int, bool] | None:
    return None if line.size is None else (round(line.size), bool(line.bold))


def _alike(one: str, other: str) -> bool:
    from difflib import SequenceMatcher  # seldom asked for

    plain = one.replace("0", "o").replace("1", "l")
    return SequenceMatcher(None, plain, other).ratio() >= _LIKENESS
