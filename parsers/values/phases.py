"""How far an action has got, from the words of its status.

The phases and their meaning are the published contract's ("phase"): in order ``planned`` <
``design`` < ``procurement`` < ``contracting`` < ``starting`` < ``in_progress`` < ``completed``;
``deferred``, ``transferred`` and ``not_stated`` stand outside. A clause names a stage of the
work (design, selection, award, contract, the works themselves) and a state of it; a finished
stage stands for the next one. Wordings and outcomes are data, in ``phases.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from parsers.values.clauses import Told, clauses, split, told
from parsers.values.patterns import Lazy
from parsers.values.predicates import (
    Mark,
    before,
    denied,
    is_finite,
    marks,
    spoken,
)
from parsers.values.renewals import renewed
from parsers.values.shares import is_part
from parsers.vocabulary import PACKAGED, Vocabulary

__all__ = ["OUTSIDE", "PHASES", "clauses", "has_phase", "is_known", "overall", "phase", "stated"]

PHASES = (
    "planned",
    "design",
    "procurement",
    "contracting",
    "starting",
    "in_progress",
    "completed",
)
OUTSIDE = ("deferred", "transferred", "not_stated")

# States that a participle may also have as a mere adjective ("la gara avviata nel 2021 è ...").
_PARTICIPLES = frozenset(
    {"begun", "resumed", "done", "made", "drafted", "opened", "approved", "expected"}
)
_AHEAD = frozenset({"future", "expected"})
# States that tell where things stand now, even after a participle ("ultimati in corso di ...").
_PRESENT = frozenset({"underway", "pending", "imminent"})
_FALLBACK = {
    "begun": "underway",
    "resumed": "underway",
    "opened": "done",
    "drafted": "done",
    "made": "done",
    "approved": "done",
    "operating": "underway",
    "pending": "underway",
}
_ENABLING = frozenset({"award", "contract"})
_DESIGN = frozenset({"design", "outline"})
# Nouns that are said of another stage, where one is named.
_NOUNS_OF_OTHERS = frozenset({"start", "end", "drafting", "approval", "purchase"})
# Steps that are done before the works are, and marks behind which a new sentence begins.
_STEPS = frozenset({"design", "outline", "call", "selection", "adjudication"})
_CLOSING = ".;!?"
_CONCLUDED = frozenset({"end", "approval"})
# What a step is that was concluded in part only.
_IN_PART = {"design": ("procurement", "design"), "selection": ("contracting", "procurement")}
_STILL = frozenset({"in corso", "e in corso", "ed in corso", "tuttora in corso"})
_WORKS = frozenset({"works", "service", "asset"})
_THINGS = frozenset({"works", "service", "asset", "purchase", "testing"})
# A notice comes to its state within so many characters, or in a clause of so few words.
_LEAD = 120
_SHORT = 12
_DONE = frozenset({"done", "made", "drafted", "approved"})
_AGAINST = Lazy(r"(?<=\w) (?:mentre|ma) ")
_THEN = Lazy(r",|(?<!\w)(?:ed?|ma|poi|nuovamente|successivamente|di nuovo)(?!\w)")
_OF = Lazy(r"\s*(?:d[ie]l?|d'|dell[oae']|degli|dei)\s*(?:\w+\s+)?")
_ARTICLE = Lazy(r"\s*(?:il|lo|la|l'|i|gli|le|una?|uno|un'|n\.?|\d+)?\s*")


def phase(clause: str, vocabulary: Vocabulary = PACKAGED) -> str:
    """The phase that one clause of a status states.

    >>> phase("gara in corso di affidamento")
    'procurement'
    >>> phase("l’affidamento dei servizi si è concluso")
    'starting'
    >>> phase("lavori iniziati a febbraio 2021")
    'in_progress'
    >>> phase("la consegna delle opere è prevista per la prima metà del 2022.")
    'planned'
    """
    return _read(told(clause, vocabulary), vocabulary).phase


def stated(text: str, vocabulary: Vocabulary = PACKAGED) -> Iterator[tuple[int, int, str]]:
    """The clauses of a status, each with its span and the phase that it states.

    >>> list(stated("progetto concluso; gara in corso"))
    [(0, 18, 'completed'), (19, 32, 'procurement')]
    """
    said = [(start, end, reading.phase) for start, end, reading in _readings(text, vocabulary)]
    yield from renewed(text, said, vocabulary)


def is_known(clause: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether the vocabulary knows a wording of the clause that states a phase."""
    return phase(clause, vocabulary) != "not_stated"


def has_phase(text: str, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a paragraph tells how far things are, rather than what they are.

    A plan of things to be made ("saranno realizzati 20 alloggi") is a description; a plan of
    steps ("l'avvio dei lavori è previsto per il 2023") or any other phase is not.

    >>> has_phase("Progetto rinviato a successiva programmazione")
    True
    >>> has_phase("Il progetto riguarda una cascina che verrà ristrutturata.")
    False
    """
    said = list(_readings(text, vocabulary))
    readings = [reading for _, _, reading in said]
    if any(r.phase in OUTSIDE[:2] and r.mark and r.mark.start <= _LEAD for r in readings):
        return True
    # A notice opens with its state; further on a description may have come to one.
    if not said:
        return False
    start, end, first = said[0]
    if first.mark is None:
        return False
    short = len(text[start:end].split()) <= _SHORT
    if first.mark.state in _AHEAD:
        return short and (first.stage not in _THINGS or bool(first.edges))
    return short or first.finite or first.mark.state in _PRESENT


def overall(phases: Sequence[str]) -> str:
    """The phase of an action from those of its clauses, in any order.

    ``completed`` when every clause that states a phase is; ``in_progress`` when works or
    services are done or under way in part (only they can be ``in_progress`` or ``completed``)
    and something is open; then what stands outside the order; else the furthest phase reached.

    >>> overall(["completed", "planned"])
    'in_progress'
    >>> overall(["starting", "planned"])
    'starting'
    """
    stated = [each for each in phases if each != "not_stated"]
    if not stated:
        return "not_stated"
    if all(each == "completed" for each in stated):
        return "completed"
    if "completed" in stated or "in_progress" in stated:
        return "in_progress"
    outside = [each for each in stated if each in OUTSIDE]
    return outside[-1] if outside else max(stated, key=PHASES.index)


class _Reading(NamedTuple):
    """What a clause says.

    Attributes:
        phase: its phase.
        stage: the stage it speaks of.
        mark: its predicate, None where a noun or a limit in time is all there is.
        finite: whether the predicate is a verb of its own.
        edges: ``start`` or ``end`` where it speaks of the stage's.
    """

    phase: str
    stage: str
    mark: Mark | None = None
    finite: bool = False
    edges: frozenset[str] = frozenset()


def _readings(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, _Reading]]:
    """The clauses of a status, each with its span and what it says."""
    whole = told(text, vocabulary)
    subject: str | None = None
    reached, made = "not_stated", False
    for start, end in split(text, whole, vocabulary):
        own = whole if end - start == len(text) else told(text[start:end], vocabulary)
        reading = _read(own, vocabulary)
        if subject and reading.mark and not any(mark.stage for mark in own.marks):
            # "Avviso pubblicato il 3 maggio e chiuso il 3 giugno": the call was closed.
            row = vocabulary["phases"]["outcomes"][subject]
            if reading.phase == "completed":
                reading = reading._replace(phase=row["done"], stage=subject)
            elif reached == row["underway"] and own.folded.strip(" ,.;") in _STILL:
                # "Progettazione affidata, in corso".
                reading = reading._replace(phase=reached, stage=subject)
        elif made and reading.mark and all(mark.state == "operating" for mark in own.marks):
            # "Opera collaudata e in esercizio": what was made is in use.
            reading = reading._replace(phase="completed")
        yield start, end, reading
        reached = reading.phase
        made = reached == "completed" and reading.stage in _THINGS - {"service"}
        if text[end - 1] in _CLOSING:
            subject, made = None, False
        elif own.marks and own.marks[0].stage:
            subject = own.marks[0].stage if own.marks[0].stage in _STEPS else None


def _read(clause: Told, vocabulary: Vocabulary) -> _Reading:
    folded, hidden, every = clause
    if len(every) > 1 and " m" in hidden and (apart := _apart(folded, hidden, vocabulary)):
        return apart
    if not any(mark.state or mark.stage for mark in every):
        # All of it stands in quotes or brackets.
        hidden = folded
        every = marks(hidden, vocabulary)
    said = spoken(every, hidden, vocabulary)
    if not any(_is_state(mark) for mark in said):
        rest = [mark for mark in every if mark.state not in ("aside", "relative")]
        said = rest if any(_is_state(mark) for mark in rest) else said
    # A putting off that is denied ("mai interrotto") is none, and at least a going on.
    going_on = [
        m for m in said if m.phase == "deferred" and before(vocabulary, "without", hidden, m.start)
    ]
    said = [mark for mark in said if mark not in going_on]
    if going_on and not any(_is_state(mark) for mark in said):
        return _Reading("in_progress", "works", going_on[0], True)
    outcomes = vocabulary["phases"]["outcomes"]
    mark = _governing(said, hidden, vocabulary)
    if mark is None:
        bare = _bare(said, outcomes)
        if bare.phase != "completed":
            return bare
        if any(other.state in _AHEAD for other in marks(folded, vocabulary)):
            # "Fine lavori (prevista): giugno 2023".
            return bare._replace(phase="planned")
        return bare._replace(phase="in_progress") if is_part(folded, vocabulary) else bare
    finite = is_finite(mark, hidden, vocabulary)
    if mark.phase:
        return _Reading(mark.phase, "works", mark, finite)
    stage, edges = _stage(mark, said, hidden)
    state = mark.state or ""
    if stage in _DESIGN and mark.stage in _ENABLING:
        # A design awarded or contracted is a design to be made.
        state = "underway"
    elif state in _PARTICIPLES and before(vocabulary, "passives", hidden, mark.start):
        # "Vengono erogati": again and again.
        state = "underway"
    negated = before(vocabulary, "negations", hidden, mark.start)
    if negated and (colon := hidden.rfind(": ", mark.end)) > 0:
        # "Gara non avviata: il progetto è in corso di verifica" tells what is done instead.
        behind = hidden[colon + 1 :]
        instead = _read(Told(folded[colon + 1 :], behind, marks(behind, vocabulary)), vocabulary)
        if instead.phase in PHASES:
            return instead
    if not negated and denied(hidden, mark.start, vocabulary):
        return _Reading("planned", stage, mark, finite, frozenset(edges))
    found = _outcome(state, stage, edges, negated, outcomes)
    entire, part = _IN_PART.get(stage, ("", "")) if mark.stage is None else ("", "")
    if found == "completed":
        entire, part = found, "in_progress"
    if found == entire and is_part(folded, vocabulary):
        found = part
    return _Reading(found, stage, mark, finite, frozenset(edges))


def _apart(folded: str, hidden: str, vocabulary: Vocabulary) -> _Reading | None:
    """What a clause says that sets two predicates against each other, None of another.

    "I lavori del primo lotto sono terminati mentre quelli del secondo sono in gara".
    """
    between = _AGAINST.search(hidden)
    if between is None or _AGAINST.search(hidden, between.end()):
        return None
    halves = (slice(0, between.start()), slice(between.end(), None))
    told = [Told(folded[half], hidden[half], marks(hidden[half], vocabulary)) for half in halves]
    first, second = (_read(each, vocabulary) for each in told)
    if first.mark is None or second.mark is None:
        return None
    return first._replace(phase=overall([first.phase, second.phase]))


def _is_state(mark: Mark) -> bool:
    return mark.state not in (None, "hint", "act", "aside", "relative")


def _governing(said: Sequence[Mark], folded: str, vocabulary: Vocabulary) -> Mark | None:
    """The mark that is the clause's predicate."""
    states = [mark for mark in said if _is_state(mark)]
    # "Convenzioni sottoscritte con 9 enti ammessi a finanziamento": said of those.
    states = [m for place, m in enumerate(states) if not place or m.phase != "planned"]
    fixed = [mark for mark in states if mark.phase]
    if fixed:
        outside = next((mark for mark in fixed if mark.phase in OUTSIDE), fixed[0])
        resumed = next((mark for mark in states if mark.state == "resumed"), None)
        if outside.phase != "deferred" or resumed is None:
            return outside
        return resumed if _is_over(outside, resumed, states, folded) else outside
    if not states:
        return None
    first, *later = states
    if first.state in _PARTICIPLES:
        adjective = not is_finite(first, folded, vocabulary)
        for mark in later:
            joined = folded[first.end : mark.start].split() == ["e"]
            if mark.state == "operating" and first.state in _DONE and joined:
                continue  # "realizzata e in uso"
            if mark.state in _PRESENT or (adjective and is_finite(mark, folded, vocabulary)):
                return mark
    return first


def _is_over(put_off: Mark, resumed: Mark, states: Sequence[Mark], folded: str) -> bool:
    """Whether what was put off has been taken up again since."""
    if resumed.start > put_off.start:
        between = (m for m in states if put_off.start < m.start < resumed.start)
        return not any(m.state in _AHEAD for m in between)
    # "Ripresi i lavori sospesi a marzo", but "ripresi a maggio e poi sospesi".
    return not _THEN.search(folded, resumed.end, put_off.start)


def _bare(said: Sequence[Mark], outcomes: Mapping[str, Mapping[str, str]]) -> _Reading:
    """Of a clause without a predicate: a limit in time makes a plan, a noun names its step."""
    if any(mark.state == "hint" for mark in said):
        return _Reading("planned", "works")
    act = next((mark.stage for mark in said if mark.state == "act" and mark.stage), None)
    if act:
        return _Reading(outcomes[act]["done"], act)
    stages = [mark.stage for mark in said if mark.stage and "bare" in outcomes[mark.stage]]
    named = next((stage for stage in stages if stage not in _NOUNS_OF_OTHERS), None)
    if named and _CONCLUDED & set(stages):
        return _Reading(outcomes[named]["done"], named)
    named = named or next(iter(stages), None)
    return _Reading(outcomes[named]["bare"], named) if named else _Reading("not_stated", "works")


def _stage(mark: Mark, said: Sequence[Mark], folded: str) -> tuple[str, set[str]]:
    """The stage that a governing mark speaks of, and whether of its start or end."""
    place = said.index(mark)
    after = said[place + 1 :]
    colon = folded.rfind(":", 0, mark.start)
    subject = [m for m in said[:place] if m.start >= colon and m.stage]
    objects = []
    for other in after:
        if _is_state(other):
            break
        if other.stage:
            objects.append(other)
    edges: set[str] = set()
    nearest = after[0] if after and after[0].stage else None
    close = nearest and (
        _ARTICLE.fullmatch(folded, mark.end, nearest.start)
        or _OF.fullmatch(folded, mark.end, nearest.start)
    )
    order = [*objects, *subject] if close else [*subject, *objects]
    comma = folded.rfind(",", 0, mark.start)
    if any(_is_state(m) and m.end <= comma for m in said[:place]):
        # "Terminata la gara, si procede con ...": what precedes has a predicate of its own.
        order.sort(key=lambda m: m.start <= comma)
    if nearest and close and nearest not in objects:
        order.insert(0, nearest)
    stages = [m.stage for m in order if m.stage]
    if mark.stage and mark.stage != "drafting":
        design = mark.stage in _ENABLING and next((s for s in stages if s in _DESIGN), None)
        return design or mark.stage, edges
    for index, stage in enumerate(stages):
        if stage in ("start", "end"):
            edges.add(stage)
        elif stage in _NOUNS_OF_OTHERS:
            rest = [s for s in stages[index + 1 :] if s not in _NOUNS_OF_OTHERS | _WORKS]
            return (rest[0] if rest else stage), edges
        else:
            return stage, edges
    return (mark.stage or "works"), edges


def _outcome(
    state: str,
    stage: str,
    edges: set[str],
    negated: bool,
    outcomes: Mapping[str, Mapping[str, str]],
) -> str:
    if state in _AHEAD:
        return "planned"
    if state == "imminent":
        return "starting"
    if negated:
        unfinished = state == "done" or (
            state in ("made", "drafted", "approved") and stage not in _THINGS - {"testing"}
        )
        if not unfinished:
            return "planned"
        state = "underway"
    row = outcomes[stage]
    if "start" in edges:
        if stage in _THINGS:
            row = outcomes["start"]
        elif state in ("done", "made"):
            state = "underway"
    return row.get(state) or row[_FALLBACK.get(state, state)]
