"""Names of districts listed after a label ("Quartieri interessati: Gorla, Niguarda").

Rule: the contract, "districts": only what follows a label of the vocabulary is a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from parsers.values import Found
from parsers.values.patterns import GAP, MAYBE_GAP, Lazy, alternation
from parsers.values.slips import is_slip
from parsers.vocabulary import PACKAGED, Vocabulary

# A longer item is a sentence.
_LONGEST_NAME = 60
# A label has so many spaces at most, and its words so many letters that one may be damaged.
_LABEL_WORDS, _FEWEST_LETTERS = 5, 5
_WORD = Lazy(r"[^\W\d_]+")
_BRACKETED = Lazy(r"\([^()]*\)?")
_STOP = Lazy(r"(?<![\s.(][^\W\d_])(?<!^[^\W\d_])\.(?=\s|$)|[!?]")
_SEPARATORS = (Lazy(r"[,;•·▪|]"), Lazy(r"\s[-–—/]\s|/"))
_AND = Lazy(r"\s{1,3}ed?\s{1,3}(?=[^\W\d_a-z]|\d|[a-zà-ù]+\s[A-ZÀ-Ý])")
_TRIM = " \t\n\u00a0.,;:-–—"


def find(text: str, vocabulary: Vocabulary = PACKAGED) -> list[Found[str]]:
    """The names that a paragraph lists after its label, each with its place; else none.

    Commas and semicolons part them, dashes or slashes where there are none; the last two may be
    joined by "e". A remark in brackets is no part of a name.

    >>> text = "Quartieri interessati: Gorla, Quarto Oggiaro e Barona."
    >>> [found.value for found in find(text)]
    ['Gorla', 'Quarto Oggiaro', 'Barona']
    >>> find("I quartieri interessati sono Gorla e Barona")
    []
    """
    label = _label(vocabulary).match(text)
    if label is None:
        return []
    names: list[Found[str]] = []
    for start, end in _items(text, label.end(), _sentence(vocabulary)):
        if not _name(vocabulary).match(text, start, end) or end - start > _LONGEST_NAME:
            return names
        names.append(Found(text[start:end], start, end))
    return names


def announces(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text is such a label alone: its names stand below.

    >>> announces("Quartieri interessati:"), announces("Quartieri interessati: Gorla")
    (True, False)
    """
    label = _label(vocabulary).match(f"{text} .") if text.endswith(":") else None
    return label is not None and label.end() > len(text)


def listed(text: str, vocabulary: Vocabulary = PACKAGED) -> Found[str] | None:
    """The one name that an item of a list below such a label is.

    >>> listed("Quarto Oggiaro;").value, listed("Il progetto apre un centro.")
    ('Quarto Oggiaro', None)
    """
    name = text.strip(_TRIM)
    start = text.find(name)
    if not name or len(name) > _LONGEST_NAME or not _name(vocabulary).match(name):
        return None
    small = [word for word in name.split() if word.islower()]
    if _STOP.search(name) or any(word not in vocabulary["flow"]["openers"] for word in small):
        return None
    return Found(name, start, start + len(name))


def misspelt(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text would be such a list, were not one letter of its label another.

    >>> misspelt("Quarlieri interessati: Gorla"), misspelt("Partner interessati: Gorla")
    (True, False)
    """
    head = text[: text.find(":", 0, _LONGEST_NAME) + 1]
    if not head or head.count(" ") > _LABEL_WORDS:
        return False
    known = _label_words(vocabulary)
    strange = [word for word in _WORD.findall(head) if word.casefold() not in known]
    if len(strange) != 1 or len(strange[0]) < _FEWEST_LETTERS:
        return False
    folded = strange[0].casefold()
    near = [word for word in known if word[-1] == folded[-1] and _is_near(folded, word)]
    return any(find(text.replace(strange[0], word, 1), vocabulary) for word in near)


def _is_near(word: str, known: str) -> bool:
    """Whether one letter is another, lost or too many, or two are swapped."""
    if len(word) == len(known) and sum(map(str.__ne__, word, known)) == 1:
        return True
    return abs(len(word) - len(known)) < 2 and (is_slip(word, known) or is_slip(known, word))


def opens(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text opens with the label of such a list.

    >>> opens("Circoscrizioni: III, IV"), opens("Circoscrizione IV")
    (True, False)
    """
    return ":" in text and _label(vocabulary).match(text) is not None


def _items(text: str, begin: int, sentence: Lazy) -> Iterator[tuple[int, int]]:
    # Blanks in place of brackets keep every position.
    shown = _BRACKETED.sub(lambda found: " " * len(found[0]), text)
    stop = _STOP.search(shown, begin)
    last = stop.start() if stop else len(shown)
    # Where the lines of a text run on, a sentence may stand behind the last name.
    if begun := sentence.search(shown, begin, last):
        last = begun.start()
    separator = next(
        (each for each in _SEPARATORS if each.search(shown, begin, last)), _SEPARATORS[0]
    )
    cuts = [(found.start(), found.end()) for found in separator.finditer(shown, begin, last)]
    # An "e" parts names only in the last item: elsewhere it is inside one.
    tail = cuts[-1][1] if cuts else begin
    cuts += [(found.start(), found.end()) for found in _AND.finditer(shown, tail, last)]
    starts = [begin, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), last]
    for start, end in zip(starts, ends, strict=True):
        item = shown[start:end]
        lead = len(item) - len(item.lstrip(_TRIM))
        if item.strip(_TRIM):
            yield start + lead, start + len(item.rstrip(_TRIM))


@cache
def _label(vocabulary: Vocabulary) -> Lazy:
    words = vocabulary["districts"]
    heads = alternation(words["heads"])
    plain = alternation(set(words["heads"]) - set(words["heads_qualified"]))
    qualifier = f"(?:{GAP}{alternation(words['qualifiers'])})"
    joint = rf"{MAYBE_GAP}(?:[,/]|(?<=\s)ed?(?=\s)){MAYBE_GAP}"
    counted = rf"(?:{GAP}(?:\(\d{{1,2}}\)|{alternation(words['copulas'])}(?={MAYBE_GAP}:)))?"
    article = f"(?:{alternation(words['articles'])}{GAP})?"
    return Lazy(
        rf"\s{{0,9}}[^\w\s]{{0,3}}{MAYBE_GAP}{article}(?={heads})(?:(?:{heads}{joint})?{heads}{qualifier}{{1,3}}"
        rf"|(?:{plain}{joint})?{plain}){counted}{MAYBE_GAP}[:–—-]{MAYBE_GAP}(?=\S)",
        re.IGNORECASE,
    )


@cache
def _label_words(vocabulary: Vocabulary) -> frozenset[str]:
    words = vocabulary["districts"]
    return frozenset(_WORD.findall(" ".join((*words["heads"], *words["qualifiers"]))))


@cache
def _sentence(vocabulary: Vocabulary) -> Lazy:
    """Where a sentence begins behind a name: a small word with a capital, and a small letter."""
    openers = [word for word in vocabulary["flow"]["openers"] if word.isalpha() and word[1:]]
    small = "|".join(word.capitalize() for word in openers)
    return Lazy(rf"\s(?=(?:{small}|I)\s[a-zà-ÿ]|(?:L|Un|Dell|All|Nell)[’'][a-zà-ÿ])")


@cache
def _name(vocabulary: Vocabulary) -> Lazy:
    particles = alternation(vocabulary["districts"]["particles"])
    return Lazy(rf"(?:(?i:{particles}){MAYBE_GAP})?(?:[^\W\d_a-zà-ÿ]|[\d“\"‘'’«])")
