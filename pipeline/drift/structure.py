"""New prefixes of codes, new headings, and lines of a shape that no report had."""

from __future__ import annotations

import re
from collections import Counter

from parsers.items import is_numbered
from parsers.labels import opens_field
from parsers.sections import ORDINAL
from parsers.shapes import is_ordinary, shape
from parsers.text import Text, read
from parsers.values import addresses, codes
from pipeline.drift.nearest import MISSPELT, heading_entries, nearest, prefix_entries
from pipeline.drift.novelty import Novelty, fold
from pipeline.drift.scan import Scan

_CODE = re.compile(r"(?P<city>[A-Z][A-Za-z]{0,4})[ ._–-]?\d{1,2}(?:\.\d{1,2}){2,3}\.?\s?[A-Za-z]\b")
_TOWN = re.compile(
    r"\b(?:comune|città|citta'|città metropolitana)\s+d(?:i\s+|')(?P<name>[A-ZÀ-Ý][\w'’]+"
    r"(?:\s[A-ZÀ-Ý][\w'’]+)*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<words>[A-ZÀ-Ý][^\W\d_]+(?:\s[^\W\d_]+){0,2}?)\s+(?:n(?:\.|°|r\.?)\s*)?"
    r"(?P<number>\d{1,3})\s*(?P<joint>[-–—:.]?)\s+(?P<title>[A-ZÀ-Ý“\"«].{2,})$",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}")
# Lines that a title may take, and a notice under it, before the first action.
_BETWEEN = 4


def meet_prefixes(scan: Scan) -> None:
    """Codes of cities that no vocabulary knows, in headings, in prose, and in lines not read."""
    for project in scan.report.projects:
        for mention in project.references:
            _meet_code(scan, mention.code, mention.text)
        for action in project.actions:
            _meet_code(scan, action.code, action.code_text)
            for mention in action.references:
                _meet_code(scan, mention.code, mention.text)
    for place, item in list(scan.open_items("body", "status", "notice", "front_matter")):
        found = _CODE.match(item.value)
        if found and scan.flow.fresh(place) is not False:
            prefix = found["city"].upper()
            known = codes.find_heading(item.value, vocabulary=scan.vocabulary)
            if known is None and prefix not in (*scan.vocabulary["cities"], "POC"):
                _meet_prefix(scan, prefix, item.line.number)


def _meet_code(scan: Scan, code: codes.Code, printed: Text) -> None:
    if code.city and not codes.is_known_city(code, vocabulary=scan.vocabulary):
        _meet_prefix(scan, code.city, printed.line)


def _meet_prefix(scan: Scan, prefix: str, line: int) -> None:
    name = _town(scan, prefix)
    doubt = "is this the name of the city?" if name != prefix else "write the name of the city"
    novelty = Novelty(
        "code_prefix",
        prefix,
        {"cities": {prefix: {"name": name, "name_en": name}}},
        doubt,
        nearest(prefix, prefix_entries(scan.vocabulary), 0.5),
    )
    scan.meet(novelty, line)


def _town(scan: Scan, prefix: str) -> str:
    """The town that the edition names most and that a prefix may stand for, else the prefix."""
    counts: Counter[str] = Counter()
    for line in scan.edition.document.lines:
        for found in _TOWN.finditer(read(line.text)):
            name = found["name"]
            letters = re.sub(r"\W", "", name).upper()
            rest = prefix[1:]
            if letters[:1] == prefix[0] and all(letter in letters[1:] for letter in rest):
                counts[name] += 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else prefix


# -- headings -------------------------------------------------------------------------------


def meet_headings(scan: Scan) -> None:
    """Sections by unknown names, numbered ones by unknown words, and names taken for text."""
    known = {_bare(words) for words in scan.vocabulary["headings"]["sections"]}
    for project in scan.report.projects:
        title = project.title.value
        if project.number is not None or not title or _bare(title) in known:
            continue
        counted = ORDINAL.match(title) or _NUMBERED.match(title)
        if counted is None:
            _meet_section(scan, title, project.heading_line)
        elif fold(counted["words"]) not in _numbered_words(scan):
            number = counted["number"]
            taken = not number.isdigit() or _is_taken(scan, int(number))
            _meet_words(
                scan, counted["words"], "axis" if taken else "project", project.heading_line
            )
    for place in scan.headings:
        if scan.role(place) != "action_heading" or not _meet_numbered(scan, place):
            _meet_unread(scan, place)


def _bare(title: str) -> str:
    """A title to compare by, without the spaces that letter-spacing adds."""
    return fold(title).rstrip(".:").replace(" ", "")


def _numbered_words(scan: Scan) -> set[str]:
    table = scan.vocabulary["headings"]
    return {fold(words) for words in (*table["project"], *table["axis"])}


def _words_of_heading(found: re.Match[str]) -> str:
    return fold(found["words"])


def _meet_section(scan: Scan, title: str, *lines: int, doubt: str = "") -> None:
    words = fold(title).rstrip(".:")
    novelty = Novelty(
        "heading",
        title,
        {"headings": {"sections": [words]}},
        doubt,
        nearest=nearest(title, heading_entries(scan.vocabulary)),
    )
    scan.meet(novelty, *lines)


def _meet_numbered(scan: Scan, heading: int) -> bool:
    """A numbered heading by unknown words ("Iniziativa 3 – ...") shortly before an action."""
    for place in range(heading - 1, max(heading - 1 - _BETWEEN, -1), -1):
        item = scan.items[place]
        if scan.role(place) not in ("body", "status", "front_matter"):
            return False
        if opens_field(item.value, scan.vocabulary):
            return False
        found = _NUMBERED.match(item.value)
        if not found or _LEADERS.search(item.value) or item.mark:
            continue
        words = _words_of_heading(found)
        if words in _numbered_words(scan) or not item.value[0].isupper():
            return False
        if scan.flow.fresh(place) is False or item.line.number in scan.claimed:
            return False
        before = scan.role(place - 1)
        if before == "body" and (is_numbered(item.value) or not found["joint"]):
            return False
        kind = "axis" if _is_taken(scan, int(found["number"])) else "project"
        lines = [scan.items[at].line.number for at in range(place, heading)]
        _meet_words(scan, found["words"], kind, *lines)
        return True
    return False


def _meet_words(scan: Scan, printed: str, kind: str, *lines: int) -> None:
    """The words before a heading's number, for the list of ``headings`` that they belong to."""
    words = fold(printed)
    doubt = "does it head a project or, as proposed here, a section above the projects?"
    novelty = Novelty(
        "heading",
        printed,
        {"headings": {kind: [words]}},
        doubt if kind == "axis" else "",
        nearest(words, heading_entries(scan.vocabulary)),
    )
    scan.meet(novelty, *lines)


def _is_taken(scan: Scan, number: int) -> bool:
    return any(project.number == number for project in scan.report.projects)


def _meet_unread(scan: Scan, heading: int) -> None:
    """A line between a sheet and the next heading that is read as the sheet's text."""
    first = scan.suspect(heading)
    if first is None:
        first = _misspelt(scan, heading - 1)
    if first is None:
        return
    items = scan.items[first:heading]
    lines = [item.line.number for item in items]
    if scan.claimed.intersection(lines):
        return
    name = scan.joined(items)
    counted = ORDINAL.match(name)
    if counted and scan.role(heading) == "project_heading":
        _meet_words(scan, counted["words"], "axis", *lines)
    else:
        doubt = "" if scan.flow.fresh(first) else "is it a heading, or the end of what is above it?"
        _meet_section(scan, name, *lines, doubt=doubt)


def _misspelt(scan: Scan, place: int) -> int | None:
    """The place of a known name misspelt, in text where nothing else tells that it is one."""
    if place < 1 or scan.role(place) not in ("status", "body") or scan.items[place].mark:
        return None
    value = scan.items[place].value
    like = nearest(value, heading_entries(scan.vocabulary), MISSPELT)
    if like is None or like.ratio == 1 or scan.flow.fresh(place) is False:
        return None
    return place if value[0].isupper() and not opens_field(value, scan.vocabulary) else None


# -- shapes ---------------------------------------------------------------------------------


def meet_shapes(scan: Scan) -> None:
    """Lines that no rule takes, and lines whose marks or columns no prose has."""
    for line, role in zip(scan.edition.document.lines, scan.report.roles, strict=True):
        if role == "unclassified":
            _meet_shape(scan, read(line.text), line.number)
    for _, item in list(scan.open_items("body", "status", "notice")):
        text = item.line.text if item.line.box is None else item.value
        if is_ordinary(text, scan.vocabulary):
            continue
        if addresses.is_place_only(item.value, scan.vocabulary):
            continue
        _meet_shape(scan, item.value, item.line.number)


def _meet_shape(scan: Scan, text: str, line: int) -> None:
    new = shape(text)
    known = {fold(each): each for each in scan.vocabulary["drift"]["shapes"]}
    if fold(new) in known:
        return
    novelty = Novelty(
        "line_shape",
        new,
        {"drift": {"shapes": [new]}},
        "known shapes are read as running text; look whether the line holds a value",
    )
    scan.meet(novelty, line)
