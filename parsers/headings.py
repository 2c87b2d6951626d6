"""Where projects, sections and actions begin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from parsers.contents import Contents
from parsers.entries import Entries
from parsers.flow import Flow
from parsers.forms import take_forms
from parsers.hyphens import Hyphens
from parsers.labels import opens_field
from parsers.numbered import project_initials, project_pattern
from parsers.sections import Sections, known_names
from parsers.text import Text, join
from parsers.titles import Heading, TitleEnds
from parsers.values import Found, codes
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

_SEPARATOR = Lazy(r"\s*(?:[-–—‒:.|)]+(?=\s|$|[^\W\d_“\"«‘])\s*|)")
_NUMBERS = Lazy(r"\d+")
_LETTERS = Lazy(r"[A-Za-z]+")
# The number of a heading in an outline ("1.1 MI4.1.1.a", "2. Progetto 2", "b) ...").
_OUTLINE = Lazy(
    r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}(?:[.)]|(?=\s))|(?:[IVX]{1,4}|[A-Za-z])[.)])\s+(?=\S)"
)
# What may be set around a code; before it, a bullet or a dash.
_AROUND = {"[": "]", "(": ")", "«": "»", "“": "”", '"': '"'}
_DASHES = "-–—*"
_CODE_LENGTH = 24
_CLOSED_CODE = Lazy(r"[A-Z]{2}[ .]?\d[\d.]{3,9}[a-z]\)\s+(?=[A-ZÀ-Ý])")


def _form(lead: re.Match[str] | None) -> str:
    """The form of an outline's number, "" without one: "9.9" of "1.2", "a)" of "b)"."""
    return _LETTERS.sub("a", _NUMBERS.sub("9", lead.group().strip())) if lead else ""


class Headings:
    """Finds the headings of an edition.

    Args:
        flow: the content lines and the signs between them.
        city: prefix for codes printed without one.
        vocabulary: the words in force.
        hyphens: how hyphens at line ends are read.
    """

    def __init__(
        self, flow: Flow, city: str | None, vocabulary: Vocabulary, hyphens: Hyphens
    ) -> None:
        self._flow = flow
        self._items = flow.items
        self._city = city
        self._vocabulary = vocabulary
        self._hyphens = hyphens
        self._sections = Sections(flow, vocabulary, hyphens)

    def find(self) -> tuple[list[Heading], set[int]]:
        """All headings in reading order, and the items that are entries of a contents page."""
        candidates: list[Heading] = []
        index = 0
        while index < len(self._items):
            heading = self._candidate(index)
            if heading is not None:
                candidates.append(heading)
            index = heading.end if heading is not None else index + 1
        contents = Contents(self._items, candidates, self._vocabulary).find()
        candidates = [heading for heading in candidates if heading.start not in contents]
        candidates = Entries(self._flow, self._vocabulary).left_out(candidates)
        candidates = self._with_sections(candidates, contents)
        take_forms(candidates, self._flow, self._vocabulary)
        TitleEnds(self._flow, self._vocabulary, self._hyphens).settle(candidates)
        return self._with_chapters(candidates, contents), contents

    # -- candidates -------------------------------------------------------------------------

    def _joined(self, index: int, count: int = 3) -> str:
        """The text from an item on, over a few lines, for what a break may split."""
        return " ".join(item.value for item in self._items[index : index + count])

    def _candidate(self, index: int) -> Heading | None:
        item = self._items[index]
        value = item.value
        if not value:
            return None
        # "La rete ..." opens with no number, and most lines are such.
        lead = None if value[1:2].islower() and value[0] != "(" else _OUTLINE.match(value)
        if (item.mark and item.mark not in _DASHES) or not (lead or value[0].isalnum()):
            return self._set_off(index) if "." in value[:_CODE_LENGTH] else None
        first = value[lead.end()] if lead else value[0]
        if first.casefold() in project_initials(self._vocabulary):
            found = self._project(index, lead)
            if found is not None:
                return found
        if not (first.isalpha() or first.isdigit()):
            return None
        return self._action(index, lead)

    def _project(self, index: int, lead: re.Match[str] | None) -> Heading | None:
        value = self._items[index].value
        pattern = project_pattern(self._vocabulary)
        match = pattern.match(value, lead.end() if lead else 0)
        at, used = index, value
        if match is None:
            if len(value) > 20 or index + 1 >= len(self._items):
                return None
            used = self._joined(index, 2)
            match = pattern.match(used)
            if match is None or not self._items[index + 1].value[:1].isdigit():
                return None
            at = index + 1
        offset = 0 if at == index else len(value) + 1
        end = match.end() - offset
        rest_item = self._items[at]
        separator = _SEPARATOR.match(rest_item.value, end)
        title_from = separator.end() if separator else end
        rest = rest_item.value[title_from:]
        marked = bool(separator and rest_item.value[end:title_from].strip())
        start = match.start("number") - offset
        if start < 0:
            return None
        if rest:
            # "Progetto 4 è stato ..." and "Progetto 4, che ..." are prose.
            if not marked and not (rest[0].isupper() or rest[0] in '“"«‘'):
                return None
            if not marked and rest.endswith("."):
                return None
        number_text = rest_item.text.slice(start, match.end("number") - offset)
        heading = Heading(
            "project",
            index,
            at + 1,
            Text(""),
            number=int(re.sub(r"\s", "", match["number"])),
            number_text=number_text,
            title_at=(at, title_from),
            outline=_form(lead),
        )
        return heading if self._stands(index, marked or not rest) else None

    def _set_off(self, index: int) -> Heading | None:
        """An action's heading behind a bullet or a dash, or with its code in brackets.

        Such a code is a mention in most places: where it is none, `Entries` tells.
        """
        item = self._items[index]
        value, closing = item.value, _AROUND.get(item.value[0])
        shown = value
        if closing is not None:
            close = value.find(closing, 1, _CODE_LENGTH)
            if close < 0:
                return None
            shown = f" {value[1:close]} {value[close + 1 :]}"
        elif value[0] in _DASHES and not value[1:2].isalnum():
            shown = f" {value[1:]}"
        elif not item.mark:
            return None
        found = codes.find_heading(shown, vocabulary=self._vocabulary)
        if found is None or found.value.city is None or (closing and found.end < close - 1):
            return None
        title_from = codes.after_heading(shown, found.end)
        begins = shown[title_from : title_from + 1]
        if not (begins.isupper() or begins in tuple('“"«‘')) or not self._flow.fresh(index):
            return None
        if index and self._items[index - 1].value[-1:] in (":", ";", ","):
            return None
        return Heading(
            "action",
            index,
            index + 1,
            Text(""),
            code=found.value,
            code_text=item.text.slice(found.start, found.end),
            title_at=(index, title_from),
            outline=item.mark or value[0],
        )

    def _action(self, index: int, lead: re.Match[str] | None) -> Heading | None:
        item = self._items[index]
        value = item.value
        span = 1
        found = codes.find_heading(value, city=self._city, vocabulary=self._vocabulary)
        if found is None and len(value) <= 24:
            # A narrow line or cell breaks inside the code: "MI" and "4.2.1.b - Title".
            for count in (2, 3):
                found = codes.find_heading(
                    self._joined(index, count), city=self._city, vocabulary=self._vocabulary
                )
                if found is not None and found.end > len(value):
                    span = count
                    break
        bracket = found is None and ")" in value and self._closes_code(index)
        if bracket:
            found = codes.find_heading(value.replace(")", " ", 1), vocabulary=self._vocabulary)
        outline = ""
        if lead and (found is None or found.start < lead.end() <= found.end):
            inner = codes.find_heading(
                value[lead.end() :], city=found and self._city, vocabulary=self._vocabulary
            )
            # "1. 3.1.1.b" is a list's number and a code, "1. 3. 1. 1. b" a code set wide.
            wide = found is not None and ". " in value[lead.end() : found.end]
            if inner is not None and inner.value.city is not None and not wide:
                start, end = inner.start + lead.end(), inner.end + lead.end()
                found, outline = Found(inner.value, start, end), _form(lead)
        if found is None:
            return None
        texts = [each.text for each in self._items[index : index + span]]
        whole = join(texts)
        if whole.value[found.start : found.end] == "" or len(whole.value) < found.end:
            return None
        shown = whole.value.replace(")", " ", 1) if bracket else whole.value
        title_from = codes.after_heading(shown, found.end)
        rest = shown[title_from:]
        after = shown[found.end :].lstrip()
        marked = bool(shown[found.end : title_from].strip())
        if after[:1] in tuple("),;]/’'") or (after[:1] == "." and not marked):
            return None
        begins = rest[:1].isupper() or rest[:1].isdigit() or rest[:1] in tuple('“"«‘')
        if rest and not marked and not begins:
            return None
        if found.start and rest and not marked and rest[0].islower():
            return None
        # Offset of the title within its own item.
        offset = title_from
        at = index
        for each in texts:
            if offset <= len(each.value) or at == index + span - 1:
                break
            offset -= len(each.value) + 1
            at += 1
        heading = Heading(
            "action",
            index,
            at + 1,
            Text(""),
            code=found.value,
            code_text=whole.slice(found.start, found.end),
            title_at=(at, max(0, offset)),
            outline=outline,
        )
        # "AZIONE PA 1.1.1.e" and nothing else: as good as a dash before a title.
        named = found.start > 0 and not rest and value[0].isupper()
        return heading if self._stands(index, marked or named) else None

    def _closes_code(self, index: int) -> bool:
        """Whether a bracket closes behind the code that opens an item: "MI4.1.1.c) Title".

        It is none that the lines before have opened.
        """
        match = _CLOSED_CODE.match(self._items[index].value)
        if match is None:
            return False
        before = "".join(item.value for item in self._items[max(0, index - 4) : index])
        return before.count("(") <= before.count(")")

    def _stands(self, index: int, marked: bool) -> bool:
        """Whether a heading can stand at an item: not inside a sentence or an open bracket."""
        if index == 0:
            return True
        fresh = self._flow.fresh(index)
        # Where nothing tells, a heading's own form (a dash before a title) decides.
        return marked if fresh is None else fresh

    # -- sections ---------------------------------------------------------------------------

    def _with_sections(self, candidates: list[Heading], contents: set[int]) -> list[Heading]:
        """Add the sections without a number: before an action, of the vocabulary or by style."""
        style = self._project_style(candidates)
        result: list[Heading] = []
        previous_end = 0
        for heading in candidates:
            if heading.kind == "action":
                found = self._section_before(heading.start, previous_end, style, contents)
                found = found or self._named_above(heading.start, previous_end, contents)
                if found is not None and not (
                    result
                    and result[-1].kind == "project"
                    and result[-1].end > found.start - 1
                    and found.start <= result[-1].end
                ):
                    result.append(found)
            result.append(heading)
            # A code that stands by itself has its title below or beside it.
            previous_end = heading.end + self._is_bare(heading)
        return result

    def _is_bare(self, heading: Heading) -> bool:
        at, offset = heading.title_at
        return heading.kind == "action" and not self._items[at].value[offset:]

    def _project_style(self, candidates: Sequence[Heading]) -> tuple[float, bool] | None:
        """Size and weight of the project headings, where the actions' differ."""
        styles: dict[str, Counter[tuple[float, bool]]] = defaultdict(Counter)
        for heading in candidates:
            items = [self._items[heading.start]]
            if self._is_bare(heading):
                # A code that stands in a box of its own is set unlike its title.
                items += self._items[heading.end : heading.end + 1]
            for line in [item.line for item in items if item.line.size]:
                styles[heading.kind][(round(line.size or 0.0), bool(line.bold))] += 1
        if not styles["project"]:
            return None
        style = styles["project"].most_common(1)[0][0]
        return None if style in styles["action"] else style

    def _section_before(
        self, start: int, floor: int, style: tuple[float, bool] | None, contents: set[int]
    ) -> Heading | None:
        """A section heading among the few items before an action's heading."""
        pattern = known_names(self._vocabulary)
        body_floor = max(floor, start - 8)
        for index in range(start - 1, body_floor - 1, -1):
            if index in contents:
                break
            item = self._items[index]
            if item.mark or not item.value:
                continue
            line = item.line
            styled = style is not None and self._styled(index, style)
            if styled and not self._labels(index, start):
                first = index
                while (
                    first > floor
                    and self._styled(first - 1, style)
                    and (
                        not self._flow.gap(first)
                        or (self._flow.is_near(first) and not self._flow.fits(first))
                    )
                ):
                    first -= 1
                return Heading("section", first, index + 1, Text(""), title_at=(first, 0))
            if (
                (style is None or line.size is None)
                and pattern.match(item.value)
                and (
                    item.value[0].isupper()
                    or self._flow.gap(index)
                    or (index > 0 and self._flow.style_changes(index))
                )
            ):
                if self._flow.fresh(index) is False:
                    continue
                if index + 1 < start and not self._between_is_notice(index + 1, start):
                    continue
                return Heading("section", index, index + 1, Text(""), title_at=(index, 0))
        return None

    def _labels(self, index: int, start: int) -> bool:
        """Whether an item is a label of the sheet above, though set as projects are.

        Its letters may be as large as most of a title in small capitals.
        """
        value = self._items[index].value
        return opens_field(value, self._vocabulary) or (
            index + 1 < start and is_place_only(value, self._vocabulary)
        )

    def _named_above(self, start: int, floor: int, contents: set[int]) -> Heading | None:
        """A section by a known name right above a heading, whatever type it is set in."""
        first = self._sections.above(start, floor, contents)
        if first is None:
            return None
        return Heading("section", first, start, Text(""), title_at=(first, 0))

    def _with_chapters(self, headings: Sequence[Heading], contents: set[int]) -> list[Heading]:
        """Add the known names that stand above the heading of a project or a section.

        They have no actions of their own. What stands above the very first heading is front
        matter.
        """
        result: list[Heading] = []
        floor: int | None = None
        for heading in headings:
            chapters: list[Heading] = []
            start = heading.start
            while floor is not None and heading.kind != "action":
                found = self._named_above(start, floor, contents)
                if found is None:
                    break
                found.kind, start = "chapter", found.start
                chapters.insert(0, found)
            result += [*chapters, heading]
            floor = heading.end
        return result

    def _styled(self, index: int, style: tuple[float, bool] | None) -> bool:
        line = self._items[index].line
        return line.size is not None and (round(line.size), bool(line.bold)) == style

    def _between_is_notice(self, start: int, stop: int) -> bool:
        """Whether no label stands between a section's heading and its first action."""
        return not any(
            opens_field(self._items[i].value, self._vocabulary) for i in range(start, stop)
        )
