"""The labels of a sheet: what a line announces before its value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product
from string import ascii_lowercase
from typing import NamedTuple

from parsers.as_of import day_taken
from parsers.values.patterns import Lazy, lower
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


# What a spelling may leave out or write otherwise: spaces, apostrophes, dashes, accents, case.
_SKIPPED = frozenset("’'‘´`-‐‑‒–—")
_FOLDED = (*zip("àáèéìíòóùú", "aaeeiioouu", strict=True), *((sign, "") for sign in _SKIPPED))
# Most texts hold none of them.
_FOLDS = re.compile(f"[{''.join(re.escape(sign) for sign, _ in _FOLDED)}]")
# The longest label with its tails, in characters of the text.
_REACH = 160
_OPENING, _FIRST = 5, 3


def _fold(text: str) -> str:
    folded = "".join(lower(text).split())
    if _FOLDS.search(folded):
        for printed, plain in _FOLDED:
            folded = folded.replace(printed, plain)
    return folded


class _Words:
    """Folded words by their first letters and length, for those that open a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(filter(None, map(_fold, words)))
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[:_OPENING], set()).add(len(word))
        self._lengths = {opening: tuple(own) for opening, own in lengths.items()}
        self._sizes = sorted(set(map(len, lengths)))

    def found(self, folded: str, start: int = 0) -> list[str]:
        """The words that stand at ``start``, in no order."""
        found: list[str] = []
        for size in self._sizes:
            opening = folded[start : start + size]
            if opening not in self._lengths or len(opening) < size:
                continue
            for length in self._lengths[opening]:
                word = folded[start : start + length]
                if word in self.words:
                    found.append(word)
        return found


class _Group(NamedTuple):
    kind: str
    source: str | None


class _Compiled(NamedTuple):
    """The labels of a vocabulary.

    Attributes:
        openings: the first letters of all.
        firsts: the first three letters of all; of shorter labels with any letters behind them.
        begun: the first letters of these, of labels that a break in the line parts early.
        short: labels with fewer letters than an opening has.
        groups: kinds and sources; of two labels of a length the earlier group's counts.
        whole: labels in one piece, and the place of each one's group.
        owners: likewise of the words behind a head ("risorse", "fondi") and a joint ("del").
    """

    openings: frozenset[str]
    firsts: frozenset[str]
    begun: frozenset[str]
    short: tuple[str, ...]
    groups: tuple[_Group, ...]
    whole: _Words
    whole_owners: dict[str, int]
    heads: _Words
    joints: _Words
    qualifiers: _Words
    qualifier_owners: dict[str, int]
    tails: _Words
    weak: frozenset[str]
    openers: frozenset[str]
    spending: frozenset[str]
    timetables: frozenset[str]


@cache
def _compiled(vocabulary: Vocabulary) -> _Compiled:
    table = vocabulary["labels"]
    funding = table["funding"]
    sources = [source for source in funding if source not in ("heads", "joints")]
    kinds = ("total", "status", "other")
    groups = [_Group("funding", source) for source in sources]
    groups += [_Group(kind, None) for kind in kinds]
    labels = [funding[source]["labels"] for source in sources]
    labels += [table[kind]["labels"] for kind in kinds]
    labels[-1] = [*labels[-1], *table["other"]["spending"], *table["other"]["timetables"]]
    whole = _owners(labels)
    qualifiers = _owners([funding[source]["qualifiers"] for source in sources])
    heads = _Words(funding["heads"])
    openings = frozenset(word[:_OPENING] for word in (*heads.words, *whole))
    return _Compiled(
        openings,
        frozenset(
            word[:_FIRST] + "".join(more)
            for word in openings
            for more in product(ascii_lowercase, repeat=max(0, _FIRST - len(word)))
        ),
        frozenset(opening[:end] for opening in openings for end in range(1, _OPENING)),
        tuple(opening for opening in openings if len(opening) < _OPENING),
        tuple(groups),
        _Words(whole),
        whole,
        heads,
        _Words(funding["joints"]),
        _Words(qualifiers),
        qualifiers,
        _Words(table["tails"]),
        frozenset(_fold(label) for label in table["status"]["colon_only"]),
        frozenset(_fold(word) for word in table["status"]["openers"]),
        frozenset(_fold(label) for label in table["other"]["spending"]),
        frozenset(_fold(label) for label in table["other"]["timetables"]),
    )


def _owners(words: Iterable[Iterable[str]]) -> dict[str, int]:
    """Folded words, each with the place of the first list that has it."""
    owners: dict[str, int] = {}
    for place, own in enumerate(words):
        for word in filter(None, map(_fold, own)):
            owners.setdefault(word, place)
    return owners


# A bar parts the cells of a table that was written as text.
_APART = Lazy(r"\s[-–—]\s")
_CLOSED = Lazy(r"\s*(?:[:：|(]|[.,;>»→](?=\s|$)|\s[-–—=]\s|$)")
_SEPARATOR = Lazy(
    r"\s*(?:[:：]?\s*\|[\s|]*|[:：]\s*(?:[-–—]\s+|(?:\.\s?){3,}|…+|_{2,})?|(?:\.\s?){3,}|…+|[-–—=]\s|_{2,}|)\s*"
)


@lru_cache(maxsize=4096)
def can_open(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text starts as a label does; a quick test before the costly ones."""
    compiled = _compiled(vocabulary)
    first = text[:_FIRST]
    whole = len(first) == _FIRST and first.isascii() and first.isalpha()
    if whole and first.lower() not in compiled.firsts:
        return False  # as most lines
    head = text[:_OPENING]
    if " " in head:
        head = "".join(text[: 3 * _OPENING].split())[:_OPENING]
    if not (head.isascii() and head.isalnum()):
        head = _fold(text[: 3 * _OPENING])[:_OPENING]
    head = head.lower()
    if head in (compiled.openings if len(head) == _OPENING else compiled.begun):
        return True
    return bool(compiled.short) and head.startswith(compiled.short)


def opens_with_head(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text opens with a word for money that names no source.

    >>> opens_with_head("Importo ammesso: € 5"), opens_with_head("Importante: € 5")
    (True, False)
    """
    if not can_open(text, vocabulary):
        return False
    heads = _compiled(vocabulary).heads.found(_fold(text[:_REACH]))
    return any(_bounded(text, _printed(text, len(head))) for head in heads)


def is_head(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text is a word for money that names no source, and nothing else.

    >>> is_head("IMPORTO"), is_head("Importo dell’intervento"), is_head("Importo dei premi")
    (True, True, False)
    """
    if not can_open(text, vocabulary):
        return False
    compiled, folded = _compiled(vocabulary), _fold(text)
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
    return _fold(text[: label.end]) in _compiled(vocabulary).spending


def heads_timetable(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a line is the heading of sums by year, and nothing else.

    >>> heads_timetable("Cronoprogramma finanziario"), heads_timetable("Cronoprogramma attività")
    (True, False)
    """
    label = match(text, vocabulary)
    if label is None or label.kind != "other" or label.value < len(text):
        return False
    return _fold(text[: label.end]) in _compiled(vocabulary).timetables


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
    compiled = _compiled(vocabulary)
    if not can_open(text, vocabulary):
        return None
    folded = _fold(text[:_REACH])
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
            text[end : tail[1]].strip()[0] in _SKIPPED or not _CLOSED.match(text, tail[1])
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
    compiled, folded = _compiled(vocabulary), _fold(words)
    for joint in compiled.joints.found(folded):
        place = compiled.qualifier_owners.get(folded[len(joint) :])
        if joint.startswith(_CHARGED) and place is not None:
            return compiled.groups[place].source
    return None


def _candidates(folded: str, compiled: _Compiled) -> list[tuple[int, int]]:
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


def _tail(text: str, folded: str, at: int, compiled: _Compiled) -> tuple[int, int] | None:
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
        if not (char.isspace() or char in _SKIPPED):
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
