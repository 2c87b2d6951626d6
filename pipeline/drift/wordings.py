"""New wordings of a status: clauses of which no vocabulary knows what phase they state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from parsers.report import Clause, Project
from parsers.text import Text
from parsers.values import codes, dates, phases
from parsers.values.folding import LINK, fold, masked, protected
from parsers.values.predicates import marks
from parsers.vocabulary import Vocabulary
from pipeline.drift.nearest import MISSPELT, nearest
from pipeline.drift.novelty import Known, Nearest, Novelty
from pipeline.drift.scan import Scan

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORD = 6  # letters of a word that may be a known one misspelt
_PLAIN = re.compile(r"([^\W\d_]+)(~|)")
_NOTICE_WORDS = 12
# What is left of a date or a code that was taken away.
_DANGLING = re.compile(r"\s+(?:da|dal|dalla|dall'|a|ad|al|in|nel|entro|di|del|fino a|e|ed)\s*$")


def meet_wordings(scan: Scan) -> None:
    """Clauses of a status, and notices under a project's heading, that state no known phase."""
    for action in scan.actions():
        for clause in action.clauses:
            if clause.phase == "not_stated" and not _is_taken(scan, clause.text):
                _meet(scan, clause)
    for project in scan.report.projects:
        for clause in _silent_notices(project, scan.vocabulary):
            if not _is_taken(scan, clause.text):
                _meet(scan, clause)


def _is_taken(scan: Scan, text: Text) -> bool:
    return any(piece.line in scan.claimed for piece in text.pieces())


def _silent_notices(project: Project, vocabulary: Vocabulary) -> Iterator[Clause]:
    """A short paragraph on the project itself, where a notice stands."""
    heads = {words.split()[-1] for words in vocabulary["headings"]["project"]}
    for paragraph in project.paragraphs:
        words = paragraph.text.value.split()
        if 1 < len(words) <= _NOTICE_WORDS and words[0].lower() in heads and words[1].islower():
            yield Clause(paragraph.text, "not_stated")


def _meet(scan: Scan, clause: Clause) -> None:
    text = clause.text.value
    vocabulary = scan.vocabulary
    said = _said(text, vocabulary)
    if not re.search(r"[^\W\d_]{3}", said):
        return
    if any(mark.phase == "not_stated" for mark in marks(fold(said), vocabulary)):
        return  # taught: it says nothing of a phase
    near, meaning = _misspelt(said, vocabulary)
    if near is not None:
        word, known = near
        words = [_generalised(word, known, vocabulary)]
        patch = {"phases": {"words": [{**meaning, "words": words}]}}
        novelty = Novelty("status_wording", word, patch, "", known)
    else:
        wording = _core(said, vocabulary)
        patch = {"phases": {"words": [{"phase": "not_stated", "words": [_pattern(wording)]}]}}
        doubt = "write its phase in place of not_stated: " + ", ".join(phases.PHASES)
        doubt += ", deferred or transferred"
        like = nearest(wording, _phrases(vocabulary))
        novelty = Novelty("status_wording", wording, patch, doubt, like)
    scan.meet(novelty, clause.text.line)


def _said(text: str, vocabulary: Vocabulary) -> str:
    """A clause without links, codes, dates, and what stands in quotes or brackets."""
    bare = masked(text, protected(text))
    bare = LINK.sub(" ", bare if re.search(r"\w", bare) else text)
    spans = [(found.start, found.end) for found in codes.find(bare, vocabulary=vocabulary)]
    spans += [(found.start, found.end) for found in dates.find(bare, vocabulary)]
    for start, end in sorted(spans, reverse=True):
        bare = bare[:start] + ";" + bare[end:]
    return bare


def _core(said: str, vocabulary: Vocabulary) -> str:
    """The words of a clause that are new: without its subject, verbs of being and what follows.

    >>> from parsers.vocabulary import PACKAGED
    >>> _core("I lavori del ponte sono attualmente al palo da ;", PACKAGED)
    'al palo'
    """
    folded = fold(said)
    parts = [part for part in re.split(r"[.,;:•()]", folded) if re.search(r"[^\W\d_]{3}", part)]
    part = parts[0] if parts else folded
    found = _verbs(vocabulary).search(part)
    if found and re.search(r"[^\W\d_]{3}", part[found.end() :]):
        part = part[found.end() :]
    elif not found:
        lead = _stage_lead(part, vocabulary)
        part = part[lead:] if re.search(r"[^\W\d_]{3}", part[lead:]) else part
    words = _DANGLING.sub("", part).strip(" -–—'\"").split()
    return " ".join(words)


def _stage_lead(part: str, vocabulary: Vocabulary) -> int:
    """Where a leading article and noun of a stage end ("lavori", "la gara")."""
    for mark in marks(part, vocabulary):
        before = part[: mark.start].split()
        if mark.stage and mark.state is None and len(before) <= 1:
            return mark.end
        break
    return 0


@cache
def _verbs(vocabulary: Vocabulary) -> re.Pattern[str]:
    """A verb of being and the adverbs after it; "e" alone is mostly "and"."""
    grammar = vocabulary["phases"]["grammar"]
    verbs = _either("|".join(word for word in grammar["auxiliaries"].split("|") if word != "e"))
    return re.compile(rf"(?<!\w)(?:{verbs})(?!\w)(?:\s+(?:{_either(grammar['adverbs'])})(?!\w))*")


def _either(words: str) -> str:
    return words.replace("~", "[oaie]").replace(" ", r"\s+")


def _pattern(wording: str) -> str:
    """A wording as the vocabulary writes it: what is a mark elsewhere stands for any character."""
    return re.sub(r"[^\w\s'%]", ".", wording)


def _misspelt(
    said: str, vocabulary: Vocabulary
) -> tuple[tuple[str, Nearest] | None, dict[str, str]]:
    """The word of a clause that is a known one misspelt, if the clause has a phase with that."""
    folded = fold(said)
    best: tuple[str, Nearest] | None = None
    for found in _WORD.finditer(folded):
        word = found[0]
        if len(word) < _LEAST_WORD or word in _meanings(vocabulary):
            continue
        like = nearest(word, _words(vocabulary), MISSPELT)
        if (
            like is None
            or not _is_slip(word, like.entry.words)
            or (best and best[1].ratio >= like.ratio)
        ):
            continue
        mended = folded[: found.start()] + like.entry.words + folded[found.end() :]
        if phases.is_known(mended, vocabulary):
            best = word, like
    return best, _meanings(vocabulary)[best[1].entry.words] if best else {}


def _is_slip(word: str, known: str) -> bool:
    """Whether a word may be a slip of the pen for a known one: "seguite" is none for "eseguite"."""
    return word[0] == known[0] and abs(len(word) - len(known)) <= 1


def _generalised(word: str, known: Nearest, vocabulary: Vocabulary) -> str:
    """A misspelt word with the endings that the known one has."""
    stem = known.entry.words[:-1]
    bends = word[-1] in "oaie" and all(stem + end in _meanings(vocabulary) for end in "oaie")
    return f"{word[:-1]}~" if bends else word


@cache
def _words(vocabulary: Vocabulary) -> tuple[Known, ...]:
    """The single words of the phase vocabulary, in each of their endings."""
    found = []
    for group in vocabulary["phases"]["words"]:
        for wording in group["words"]:
            plain = _PLAIN.fullmatch(wording)
            if plain and len(plain[1]) >= _LEAST_WORD - 1:
                path = ("phases", "words")
                found += [Known(plain[1] + end, path) for end in ("oaie" if plain[2] else ("",))]
    return tuple(found)


@cache
def _meanings(vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """Stage, state or phase of each of those words."""
    meanings: dict[str, dict[str, str]] = {}
    for group in vocabulary["phases"]["words"]:
        meaning = {key: group[key] for key in ("phase", "stage", "state") if key in group}
        for wording in group["words"]:
            plain = _PLAIN.fullmatch(wording)
            if plain:
                for end in "oaie" if plain[2] else ("",):
                    meanings.setdefault(plain[1] + end, meaning)
    return meanings


@cache
def _phrases(vocabulary: Vocabulary) -> tuple[Known, ...]:
    """The wordings that are plain words, for showing what is like a new one."""
    found = []
    for group in vocabulary["phases"]["words"]:
        for wording in group["words"]:
            if re.fullmatch(r"[\w\s']+~?", wording):
                found.append(Known(wording.replace("~", "o"), ("phases", "words")))
    return tuple(found)
