"""The labels of a vocabulary, folded and made ready to be found at the start of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from string import ascii_lowercase
from typing import NamedTuple

from parsers.values.patterns import lower
from parsers.vocabulary import Vocabulary

# What a spelling may leave out or write otherwise: spaces, apostrophes, dashes, accents, case.
SKIPPED = frozenset("’'‘´`-‐‑‒–—")
_FOLDED = (*zip("àáèéìíòóùú", "aaeeiioouu", strict=True), *((sign, "") for sign in SKIPPED))
# Most texts hold none of them.
_FOLDS = re.compile(f"[{''.join(re.escape(sign) for sign, _ in _FOLDED)}]")
# Letters that labels are looked up by, and those that tell most other lines at once.
OPENING, FIRST = 5, 3


def fold(text: str) -> str:
    """A text without what spellings leave out or write otherwise.

    >>> fold("Stato d’attuazione"), fold("CO-FINANZIAMENTO  Città")
    ('statodattuazione', 'cofinanziamentocitta')
    """
    folded = "".join(lower(text).split())
    if _FOLDS.search(folded):
        for printed, plain in _FOLDED:
            folded = folded.replace(printed, plain)
    return folded


class Words:
    """Folded words by their first letters and length, for those that open a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(filter(None, map(fold, words)))
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[:OPENING], set()).add(len(word))
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


class Group(NamedTuple):
    """A kind of label, and the source of funding that it names."""

    kind: str
    source: str | None


class LabelWords(NamedTuple):
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
    groups: tuple[Group, ...]
    whole: Words
    whole_owners: dict[str, int]
    heads: Words
    joints: Words
    qualifiers: Words
    qualifier_owners: dict[str, int]
    tails: Words
    weak: frozenset[str]
    openers: frozenset[str]
    spending: frozenset[str]
    timetables: frozenset[str]


@cache
def label_words(vocabulary: Vocabulary) -> LabelWords:
    """The labels of a vocabulary, made ready once."""
    table = vocabulary["labels"]
    funding = table["funding"]
    sources = [source for source in funding if source not in ("heads", "joints")]
    kinds = ("total", "status", "other")
    groups = [Group("funding", source) for source in sources]
    groups += [Group(kind, None) for kind in kinds]
    labels = [funding[source]["labels"] for source in sources]
    labels += [table[kind]["labels"] for kind in kinds]
    labels[-1] = [*labels[-1], *table["other"]["spending"], *table["other"]["timetables"]]
    whole = _owners(labels)
    qualifiers = _owners([funding[source]["qualifiers"] for source in sources])
    heads = Words(funding["heads"])
    openings = frozenset(word[:OPENING] for word in (*heads.words, *whole))
    return LabelWords(
        openings,
        frozenset(
            word[:FIRST] + "".join(more)
            for word in openings
            for more in product(ascii_lowercase, repeat=max(0, FIRST - len(word)))
        ),
        frozenset(opening[:end] for opening in openings for end in range(1, OPENING)),
        tuple(opening for opening in openings if len(opening) < OPENING),
        tuple(groups),
        Words(whole),
        whole,
        heads,
        Words(funding["joints"]),
        Words(qualifiers),
        qualifiers,
        Words(table["tails"]),
        frozenset(fold(label) for label in table["status"]["colon_only"]),
        frozenset(fold(word) for word in table["status"]["openers"]),
        frozenset(fold(label) for label in table["other"]["spending"]),
        frozenset(fold(label) for label in table["other"]["timetables"]),
    )


def _owners(words: Iterable[Iterable[str]]) -> dict[str, int]:
    """Folded words, each with the place of the first list that has it."""
    owners: dict[str, int] = {}
    for place, own in enumerate(words):
        for word in filter(None, map(fold, own)):
            owners.setdefault(word, place)
    return owners
