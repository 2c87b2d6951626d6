"""The known entry that is most like new words: misspelt labels, labels reworded, new endings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache

from parsers.vocabulary import Vocabulary
from pipeline.drift.novelty import Known, Nearest, fold

SHOWN = 0.6
"""Least ratio of an entry that is worth showing; ``difflib``'s own bound of a close match."""

ALIKE = 0.8
"""Least ratio at which a new label most likely means what the known one does."""

MISSPELT = 0.86
"""Least ratio of the same words misspelt: one letter in a word of seven, two in a label."""


def nearest(text: str, entries: Iterable[Known], least: float = SHOWN) -> Nearest | None:
    """The entry most like a text; of equal ones the first; None below ``least``."""
    wanted = fold(text)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best: Nearest | None = None
    for entry in entries:
        bound = best.ratio if best else least
        matcher.set_seq1(fold(entry.words))
        if matcher.real_quick_ratio() < bound or matcher.quick_ratio() < bound:
            continue
        ratio = matcher.ratio()
        if ratio > bound or (best is None and ratio >= least):
            best = Nearest(entry, round(ratio, 3))
    return best


@cache
def label_entries(vocabulary: Vocabulary) -> tuple[Known, ...]:
    """Every label of a sheet: of sources alone and composed, of totals, statuses and others."""
    return tuple(_labels(vocabulary))


def _labels(vocabulary: Vocabulary) -> Iterator[Known]:
    table = vocabulary["labels"]
    funding = table["funding"]
    for kind in ("status", "total", "other"):
        yield from (Known(words, ("labels", kind, "labels")) for words in table[kind]["labels"])
    for source, own in funding.items():
        if source in ("heads", "joints"):
            continue
        path = ("labels", "funding", source, "labels")
        yield from (Known(words, path) for words in own["labels"])
        for head in funding["heads"]:
            yield from (Known(f"{head} {words}", path) for words in own["qualifiers"])


@cache
def heading_entries(vocabulary: Vocabulary) -> tuple[Known, ...]:
    """Names of sections, and the words before a project's or an axis' number."""
    table = vocabulary["headings"]
    return tuple(
        Known(words, ("headings", kind))
        for kind in ("sections", "project", "axis")
        for words in table[kind]
    )


@cache
def prefix_entries(vocabulary: Vocabulary) -> tuple[Known, ...]:
    """Prefixes of codes."""
    return tuple(Known(prefix, ("cities",)) for prefix in vocabulary["cities"])
