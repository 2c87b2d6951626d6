"""The labels of a sheet: what a line announces before its value."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from parsers.as_of import day_taken
from parsers.label_words import FIRST, OPENING, SKIPPED, LabelWords, fold, label_words
from parsers.values.patterns import Lazy
from parsers.vocabulary import PACKAGED, Vocabulary

# A note may hold a year, and no other long number.
_NOTE = Lazy(r"\s*\((?![^)]*(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,})[^()]{1,60}\)")
_FOOTNOTE = Lazy(
    r"\s?(?:\(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|\*{1,3})|(?<=[^\W\d_])\d{1,2}(?=[\s€]|:(?!\d)|$)"
)
_AHEAD = r"(?=€|eur|\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?\s?(?:€|[mk]€|mln|milion|mila))"
_MORE = Lazy(
    r"(?P<words>(?!circa\b|c\.?a\b|pari\b|euro?\b)[^\W\d_][^€\d:;,.]{1,40}?)\s*(?P<colon>:)?\s*"
    + _AHEAD,
    re.IGNORECASE,
)
# Behind a dash or nothing, what a source is called further, its numbers too, up to a colon; one
# between digits is a damaged dot: "2:254.977,00".
_NAMED = Lazy(
    r"(?P<words>(?:(?!\d{1,3}[.\s’']\d{3}|,\d\d|\beuro?\b)[^€:;]){1,50}?)\s*(?P<colon>:)"
    r"(?:(?!\d)|(?<![\d\s]:))\s*" + _AHEAD,
    re.IGNORECASE,
)
_CHARGED = ("acarico", "avalere")
_CURRENCY, _FIGURE = "euro", Lazy(r"\s*\d")
# A label ends at a word's end; a footnote's number may be glued to it.
_WORD_END = Lazy(r"(?=[\d¹²³⁴⁵⁶⁷⁸⁹⁰]{0,2}(?:\W|$))(?![^\W\d_¹²³⁴⁵⁶⁷⁸⁹⁰])")


class Label(NamedTuple):
    """A label met at the start of a text.

    Attributes:
        kind: ``funding``, ``total``, ``status`` or ``other``.
        source: the funding source, for ``funding``.
        end: where the label ends in the text, its colon left out.
        value: where the value begins, after colon, dash, dot leaders and spaces.
        colon: whether a colon (or a dash, or leaders) parts label and value.
        weak: whether the label is a common word too, to be believed only before a colon.
    """

    kind: str
    source: str | None
    end: int
    value: int
    colon: bool
    weak: bool


# The longest label with its tails, in characters of the text.
_REACH = 160


# A bar parts the cells of a table that was written as text.
_APART = Lazy(r"\s[-–—]\s")
_CLOSED = Lazy(r"\s*(?:[:：|(]|[.,;>»→](?=\s|$)|\s[-–—=]\s|$)")
_SEPARATOR = Lazy(
    r"\s*(?:[:：]?\s*\|[\s|]*|[:：]\s*(?:[-–—]\s+|(?:\.\s?){3,}|…+|_{2,})?|(?:\.\s?){3,}|…+|[-–—=]\s|_{2,}|)\s*"
)


@lru_cache(maxsize=4096)
def can_open(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text starts as a label does; a quick test before the costly ones."""
    compiled = label_words(vocabulary)
    first = text[:FIRST]
    whole = len(first) == FIRST and first.isascii() and first.isalpha()
    if whole and first.lower() not in compiled.firsts:
        return False  # as most lines
    head = text[:OPENING]
    if " " in head:
        head = "".join(text[: 3 * OPENING].split())[:OPENING]
    if not (head.isascii() and head.isalnum()):
        head = fold(text[: 3 * OPENING])[:OPENING]
    head = head.lower()
    if head in (compiled.openings if len(head) == OPENING else compiled.begun):
        return True
    return bool(compiled.short) and head.startswith(compiled.short)


def opens_with_head(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text opens with a word for money that names no source.

    >>> opens_with_head("Importo ammesso: € 5"), opens_with_head("Importante: € 5")
    (True, False)
    """
    if not can_open(text, vocabulary):
        return False
    heads = label_words(vocabulary).heads.found(fold(text[:_REACH]))
    return any(_bounded(text, _printed(text, len(head))) for head in heads)


def is_head(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text is a word for money that names no source, and nothing else.

    >>> is_head("IMPORTO"), is_head("Importo dell’intervento"), is_head("Importo dei premi")
    (True, True, False)
    """
    if not can_open(text, vocabulary):
        return False
    compiled, folded = label_words(vocabulary), fold(text)
    for head in compiled.heads.found(folded):
        at, end = len(head), _printed(text, len(head))
        while tail := _tail(text, folded, at, compiled):
            at, end = tail
        if end == len(text):
            return True
    return False


def tells_spending(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text is a label and what was spent or committed, which is no source of funding.

    >>> tells_spending("Impegni: € 4.911.230,12"), tells_spending("Importo: € 4.911.230,12")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None or label.kind != "other" or not label.colon:
        return False
    return fold(text[: label.end]) in label_words(vocabulary).spending


def heads_timetable(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line is the heading of sums by year, and nothing else.

    >>> heads_timetable("Cronoprogramma finanziario"), heads_timetable("Cronoprogramma attività")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None or label.kind != "other" or label.value < len(text):
        return False
    return fold(text[: label.end]) in label_words(vocabulary).timetables


# A line is looked at from several sides; what it opens with is found once.
@lru_cache(maxsize=4096)
def match(text: str, vocabulary: Vocabulary = PACKAGED) -> Label | None:
    """The longest known label at the very start of a text, or None.

    >>> label = match("Risorse PON METRO € 1.552.500,00")
    >>> label.kind, label.source, label.colon
    ('funding', 'pon_metro', False)
    >>> match("STATO DI ATTUAZIONE : completato").value
    22
    """
    compiled = label_words(vocabulary)
    if not can_open(text, vocabulary):
        return None
    folded = fold(text[:_REACH])
    for at, place in _candidates(folded, compiled):
        group, end = compiled.groups[place], _printed(text, at)
        if _bounded(text, end) and not (group.kind == "status" and _APART.search(text, 0, end)):
            break
    else:
        return None
    name = folded[:at]
    while tail := _tail(text, folded, at, compiled):
        opens = group.kind == "status" and folded[at : tail[0]] in compiled.openers
        if opens and (
            text[end : tail[1]].strip()[0] in SKIPPED or not _CLOSED.match(text, tail[1])
        ):
            break
        at, end = tail
    notes = [_NOTE, _FOOTNOTE]
    if group.kind == "status":
        notes.insert(0, day_taken(vocabulary))
    for pattern in notes:
        if found := pattern.match(text, end):
            end = found.end()
    while end > 0 and text[end - 1] == " ":
        end -= 1
    after = _SEPARATOR.match(text, end)
    value = after.end() if after else end
    colon = bool(text[end:value].strip())
    return Label(group.kind, group.source, end, value, colon, name in compiled.weak)


def widened(label: Label, text: str, vocabulary: Vocabulary = PACKAGED) -> Label:
    """A money label with the words that stand between it and its sum.

    >>> [text[: widened(match(text), text).end] for text in (
    ...     "Fondi FSC Lazio € 5,00", "Altri fondi - L.R. 9/2015: € 5,00", "Altri fondi: € 5,00")]
    ['Fondi FSC Lazio', 'Altri fondi - L.R. 9/2015', 'Altri fondi']
    """
    if label.kind not in ("funding", "total") or ":" in text[label.end : label.value]:
        return label
    more = None if label.colon else _MORE.match(text, label.value)
    more = more or (_NAMED.match(text, label.value) if ":" in text[label.value :] else None)
    if more is None or match(more["words"], vocabulary) is not None:
        return label
    if label.kind == "total" and (source := _charged(more["words"], vocabulary)):
        # "Costo dell'intervento a carico del PON Metro: ..." is a source's share.
        label = label._replace(kind="funding", source=source)
    return label._replace(end=more.end("words"), value=more.end(), colon=bool(more["colon"]))


def _charged(words: str, vocabulary: Vocabulary) -> str | None:
    """The source that a cost is charged to ("a carico del PON Metro"), None in other words."""
    compiled, folded = label_words(vocabulary), fold(words)
    for joint in compiled.joints.found(folded):
        place = compiled.qualifier_owners.get(folded[len(joint) :])
        if joint.startswith(_CHARGED) and place is not None:
            return compiled.groups[place].source
    return None


def _candidates(folded: str, compiled: LabelWords) -> list[tuple[int, int]]:
    """Where labels end that open a folded text, the longest first, each with its group's place."""
    found: dict[int, int] = {}
    for word in compiled.whole.found(folded):
        found[len(word)] = compiled.whole_owners[word]
    for head in compiled.heads.found(folded):
        for joint in ("", *compiled.joints.found(folded, len(head))):
            start = len(head) + len(joint)
            for word in compiled.qualifiers.found(folded, start):
                end, place = start + len(word), compiled.qualifier_owners[word]
                found[end] = min(place, found.get(end, place))
    return sorted(found.items(), reverse=True)


def _tail(text: str, folded: str, at: int, compiled: LabelWords) -> tuple[int, int] | None:
    """The longest tail that follows a label as words of its own: its end folded and in the text."""
    for word in sorted(compiled.tails.found(folded, at), key=len, reverse=True):
        end = _printed(text, at + len(word))
        if word == _CURRENCY and _FIGURE.match(text, end):
            continue  # the sum's own: "Importo complessivo Euro 5.000,00"
        if _printed(text, at + 1) > _printed(text, at) + 1 and _bounded(text, end):
            return at + len(word), end
    return None


def _printed(text: str, folded_end: int) -> int:
    """The end in a text of its first characters that do not fall away when it is folded."""
    for place, char in enumerate(text):
        if not (char.isspace() or char in SKIPPED):
            folded_end -= 1
            if not folded_end:
                return place + 1
    return len(text)


def _bounded(text: str, end: int) -> bool:
    """Whether a word ends here; a footnote's number may be glued to it."""
    return _WORD_END.match(text, end) is not None


def opens_field(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line plainly opens with a label: before a colon, before a sum, or alone.

    >>> opens_field("Costo totale € 3.100.000,00"), opens_field("Stato di abbandono")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None:
        return False
    rest = text[label.value :]
    if label.colon or rest[:1] == "€" or rest[:1].isdigit():
        return True
    return not rest and not label.weak


_SUM = Lazy(r"(?:circa\s+|c\.?a\.?\s+)?(?:€|eur|\d)", re.IGNORECASE)


def opens_value(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line is a labelled value: a source or a total and its sum, or a status.

    >>> opens_value("Risorse PON METRO € 1.552.500,00"), opens_value("PON Metro - Comune di Bari")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None or label.kind == "other" or label.value >= len(text):
        return False
    if label.kind == "status":
        return label.colon or not label.weak
    return _SUM.match(text, label.value) is not None
