"""What the words of a status name: stages of a work, and what became of them.

The wordings are data (``phases.toml``); this module finds them in a text that is folded and
masked, and tells which are the clause's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from parsers.kept import compiled
from parsers.values.patterns import Lazy
from parsers.values.slips import is_slip
from parsers.vocabulary import Vocabulary

# Between the two halves of a wording: up to five words, the last one perhaps elided.
_GAP = r"(?:\s+[\w'./-]+){0,5}?\s+(?:[a-z]{1,4}')?"
_OPTIONAL = Lazy(r"\(\?:[^()]*\)(?:\?|\{\S+\})|\\w\*|\w\?")
_CHOICE = Lazy(r"\(\?:[^()]*\)|\[[^\]]*\]|\\w\+?")
_TOKEN = Lazy(r"\w+")
_PLAIN = Lazy(r"([^\W\d_]+)(~|\[\w+\]|)")
_OPENING = Lazy(r"\(\?:([^()]*)\)(\??)(.*)")


_STATES = (
    "future",
    "expected",
    "hint",
    "act",
    "imminent",
    "pending",
    "underway",
    "begun",
    "resumed",
    "operating",
    "opened",
    "done",
    "made",
    "drafted",
    "approved",
    "aside",
    "relative",
)
# Stage, state and phase of a wording.
_Meaning = tuple[str | None, str | None, str | None]
# What matches some wordings at a place of a text, a group for each, and their meanings.
_Phrases = tuple[Callable[[str, int], re.Match[str] | None], list[_Meaning]]


class Mark(NamedTuple):
    """A wording met in a text.

    Attributes:
        start, end: its span.
        stage: the step it names, e.g. ``award``; None where it names none.
        state: what became of a step, e.g. ``underway``; None for a bare noun.
        phase: the phase it stands for outright, else None.
    """

    start: int
    end: int
    stage: str | None = None
    state: str | None = None
    phase: str | None = None


def marks(folded: str, vocabulary: Vocabulary) -> list[Mark]:
    """The wordings of the vocabulary in a folded text, in order, none overlapping."""
    words = lexicon(vocabulary)
    found: list[Mark] = []
    reached = 0
    for token in _TOKEN.finditer(folded):
        start = token.start()
        if start >= reached and (hit := words.match(folded, start, token[0])):
            reached, meaning = hit
            found.append(Mark(start, reached, *meaning))
    return found


def spoken(found: list[Mark], folded: str, vocabulary: Vocabulary) -> list[Mark]:
    """Marks of the clause itself, without what it says by the way.

    An aside ("a seguito di ...", "non appena ...") hides what follows it up to the next comma
    or the next predicate with an auxiliary; a relative clause up to the next comma or, before
    the clause's own verb, up to that ("i lavori che erano stati sospesi sono ripresi").
    """
    kept: list[Mark] = []
    apposed = _apposed(found, folded, vocabulary)
    hidden_by: Mark | None = None
    verb: Mark | None = None
    reached = 0
    for mark in found:
        if hidden_by:
            finite = is_finite(mark, folded, vocabulary)
            if hidden_by.state == "aside" and mark.phase:
                # "Dopo la sospensione" has no verb.
                finite = before(vocabulary, "auxiliaries", folded, mark.start)
            own = finite and (hidden_by.state == "aside" or _follows(verb, mark, folded))
            if own or _COMMA.search(folded, reached, mark.start):
                hidden_by = None
            elif finite:
                verb = mark
        reached = mark.end
        if mark.state in ("aside", "relative"):
            hidden_by, verb = mark, None
        elif hidden_by is None and mark not in apposed:
            kept.append(mark)
    return kept


def _apposed(found: list[Mark], folded: str, vocabulary: Vocabulary) -> list[Mark]:
    """Marks between two commas that part a subject from its verb.

    "I lavori, sospesi nel 2020, sono stati ultimati" says that the works are done.
    """
    apposed: list[Mark] = []
    for place, mark in enumerate(found):
        if place and folded[mark.start - 2 : mark.start] == ", " and _is_state(mark):
            first, end = place, place + 1
            while first and not _PAUSE.search(folded, found[first - 1].end, found[first].start):
                first -= 1
                if _is_state(found[first]):
                    break
            else:
                if first == place:
                    continue  # no subject stands before the comma
                while end < len(found) and not _PAUSE.search(
                    folded, found[end - 1].end, found[end].start
                ):
                    end += 1
                apposed += _parted(found[place:end], folded, vocabulary)
    return apposed


def _is_state(mark: Mark) -> bool:
    return mark.state not in (None, "hint", "act")


def _parted(found: list[Mark], folded: str, vocabulary: Vocabulary) -> list[Mark]:
    """Those of one sentence's marks from its first state on that two commas part from it."""
    mark = found[0]
    closing = _CLOSING_COMMA.search(folded, mark.end)
    comma = closing.start() if closing else -1
    inside = [other for other in found if other.start < comma]
    later = next((m for m in found[len(inside) :] if m.state), None)
    if later is None or comma < 0 or not before(vocabulary, "auxiliaries", folded, later.start):
        return []
    lead = opening(vocabulary, "adverbs", "auxiliaries", "negations")
    return inside if lead.fullmatch(folded, comma, later.start) else []


def _follows(verb: Mark | None, mark: Mark, folded: str) -> bool:
    """Whether a verb comes after that of a relative clause, and is not joined to it."""
    return verb is not None and not _AND.search(folded, verb.end, mark.start)


def is_finite(mark: Mark, folded: str, vocabulary: Vocabulary) -> bool:
    """Whether a mark is a clause's verb: a future, or a predicate after an auxiliary."""
    if mark.state in ("future", "pending") or (mark.state and mark.phase):
        return True
    return bool(mark.state and before(vocabulary, "auxiliaries", folded, mark.start))


def before(vocabulary: Vocabulary, words: str, folded: str, place: int) -> bool:
    """Whether one of the grammar's ``words`` stands at ``place``, adverbs between allowed."""
    return bool(_ending(vocabulary, words).search(folded[max(0, place - 60) : place]))


def denied(folded: str, place: int, vocabulary: Vocabulary) -> bool:
    """Whether what is said at ``place`` is said of nothing ("nessuna attività ...")."""
    return bool(_denial(vocabulary).search(folded[max(0, place - 80) : place]))


@cache
def opening(vocabulary: Vocabulary, *words: str) -> re.Pattern[str]:
    """A pattern of any run of the grammar's ``words`` and commas, for ``match`` at a place."""
    either = "|".join(_regex(vocabulary["phases"]["grammar"][word]) for word in words)
    return compiled(rf"\s*(?:(?:,|(?:{either})(?:(?<=')|(?!\w)))\s*)*", 0)


# Letters of a word that is known with a slip of the pen: shorter ones are too like other words.
_LONG = 7
# How many letters that a wording surely opens with it is looked up by.
_LETTERS = 3
_AND = Lazy(r"(?<!\w)(?:ed?|o|né|nè)(?!\w)")
# A sentence ends, or a colon opens another; no abbreviation has so many letters.
_PAUSE = Lazy(r"[;:](?=\s)|(?<=[^\W\d_]{4})\.(?=\s)")
_CLOSING_COMMA = Lazy(r",(?!\d)")
_COMMA = Lazy(r"[,;:.](?!\w)")


@cache
def _ending(vocabulary: Vocabulary, words: str) -> re.Pattern[str]:
    grammar = vocabulary["phases"]["grammar"]
    wanted, adverbs = _regex(grammar[words]), _regex(grammar["adverbs"])
    between = rf"(?:(?:{adverbs}|{_regex(grammar['auxiliaries'])})\s+){{0,4}}"
    return compiled(rf"(?<!\w)(?:{wanted})\s+{between}$", 0)


@cache
def _denial(vocabulary: Vocabulary) -> re.Pattern[str]:
    denials = _regex(vocabulary["phases"]["grammar"]["denials"])
    return compiled(rf"(?<!\w)(?:{denials})(?:(?<=')|(?!\w))[^,:;]*$", 0)


def _regex(words: str) -> str:
    gapped = words.replace(" … ", "…").replace(" ", r"\s*").replace("…", _GAP)
    return gapped.replace("~", "[oaie]")


class _Lexicon:
    """The wordings of a vocabulary: plain words looked up, the others by their first letters.

    Most words of a text begin no wording, and most wordings never occur in an edition: nothing
    is compiled before a word with its first three letters comes by.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._plain: dict[str, _Meaning] = {}
        self._long: dict[tuple[str, int], list[str]] = {}
        self._slips: dict[str, _Meaning | None] = {}
        self._phrases: dict[str, list[tuple[str, _Meaning]]] = {}
        self._compiled: dict[str, _Phrases] = {}
        self._openings: dict[str, list[_Phrases]] = {}
        for group in vocabulary["phases"]["words"]:
            _checked(group, vocabulary["phases"])
            state = "fixed" if "phase" in group else group.get("state")
            meaning = (group.get("stage"), state, group.get("phase"))
            for words in group["words"]:
                for wording in _unfolded(words):
                    self._add(wording, meaning)

    def _add(self, wording: str, meaning: _Meaning) -> None:
        plain = _PLAIN.fullmatch(wording)
        if plain:
            endings = {"~": "oaie"}.get(plain[2], plain[2].strip("[]")) or ("",)
            for ending in endings:
                known = plain[1] + ending
                if len(known) >= _LONG and known not in self._plain and any(meaning):
                    self._long.setdefault((known[0] + known[-1], len(known)), []).append(known)
                self._plain[known] = meaning
        else:
            self._phrases.setdefault(_opens_with(wording), []).append((wording, meaning))

    def match(self, folded: str, start: int, word: str) -> tuple[int, _Meaning] | None:
        """End and meaning of the longest wording that begins with the word at ``start``."""
        best: tuple[int, _Meaning] | None = None
        if word in self._plain:
            best = start + len(word), self._plain[word]
        letters = word[:_LETTERS]
        if len(letters) < _LETTERS:
            letters = "".join(folded[start : start + 2 * _LETTERS].split())[:_LETTERS]
        openings = self._openings.get(letters)
        if openings is None:
            digit = "0" if letters[0].isdigit() else "*"
            every = dict.fromkeys((letters, letters[:2], letters[:1], digit, "*"))
            openings = [self._compile(each) for each in every if each in self._phrases]
            self._openings[letters] = openings
        for match, meanings in openings:
            found = match(folded, start)
            if found and found.lastindex and (not best or found.end() > best[0]):
                best = found.end(), meanings[found.lastindex - 1]
        if best is None and len(word) >= _LONG and (meaning := self._misspelt(word)):
            best = start + len(word), meaning
        return best

    def _misspelt(self, word: str) -> _Meaning | None:
        """The meaning of the long word that an unknown one is, but for a slip of the pen."""
        if word not in self._slips:
            meanings = {
                self._plain[known]
                for length in (-1, 0, 1)
                for known in self._long.get((word[0] + word[-1], len(word) + length), ())
                if is_slip(word, known)
            }
            self._slips[word] = meanings.pop() if len(meanings) == 1 else None
        return self._slips[word]

    def compile_all(self) -> None:
        """Compile every wording, to keep what they compile to."""
        for first in self._phrases:
            self._compile(first)

    def _compile(self, first: str) -> _Phrases:
        if first in self._compiled:
            return self._compiled[first]
        # The longer wording wins where two begin at one place, then the later one.
        phrases = sorted(self._phrases[first], key=lambda p: _least(p[0]))[::-1]
        either = "|".join(f"({_regex(wording)})" for wording, _ in phrases)
        try:
            pattern = compiled(rf"(?:{either})(?!\w)", 0)
        except re.error as error:
            raise ValueError(f"phases: a wording is no regular expression: {error}") from error
        self._compiled[first] = pattern.match, [meaning for _, meaning in phrases]
        return self._compiled[first]


def _opens_with(wording: str) -> str:
    """The letters that a wording surely opens with; "0" for a number, "*" for anything else.

    Spaces do not count, for a text layer may have lost them.
    """
    letters = ""
    for at, char in enumerate(wording):
        optional = wording[at + 1 : at + 2] in tuple("?*{~[")
        if char.isalpha() and not optional and len(letters) < _LETTERS:
            letters += char
        elif char != " " or optional:
            break
    if letters:
        return letters
    first = "0" if wording.startswith(r"\d") else wording[0]
    return first if first.isalnum() else "*"


def check_wording(wording: str) -> None:
    """Try a wording of a user's own.

    Raises:
        ValueError: it is no regular expression.
    """
    try:
        re.compile(_regex(wording))
    except re.error as error:
        raise ValueError(f"phases: {wording!r} is no regular expression: {error}") from error


def _checked(group: Mapping[str, Any], table: Mapping[str, Any]) -> None:
    known = {"stage": table["outcomes"], "state": _STATES, "phase": table["phases"]}
    for key, names in known.items():
        if key in group and group[key] not in names:
            raise ValueError(f"phases: no {key} {group[key]!r}; one of {', '.join(names)}")


def _least(wording: str) -> int:
    """About how many characters a wording takes at least."""
    return len(_CHOICE.sub("x", _OPTIONAL.sub("", wording)))


def _unfolded(words: str) -> list[str]:
    """A wording that opens with alternatives, as one wording each."""
    opened = _OPENING.match(words)
    if not opened:
        return [words]
    either, optional, rest = opened[1].split("|"), opened[2], opened[3]
    return [each + rest for each in either] + (_unfolded(rest) if optional else [])


@cache
def lexicon(vocabulary: Vocabulary) -> _Lexicon:
    """The words and forms of a vocabulary, made ready once."""
    return _Lexicon(vocabulary)
