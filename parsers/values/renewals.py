"""Tenders and contracts that were called off and are held anew.

"Gara revocata" alone ends an action for the time being; "gara revocata, in preparazione un nuovo
bando" tells of a tender that is not over. A putting off counts while it lasts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parsers.kept import compiled
from parsers.values.folding import fold
from parsers.vocabulary import Vocabulary

# What a new tender is at while it is under way; works that go on outweigh a deferral anyhow.
_UNDER_WAY = frozenset({"design", "procurement", "contracting", "starting"})
# From a procedure to what became of it: up to six words of one clause.
_GAP = r"(?:\s+[^\s;:]+){0,6}?\s+(?:[a-z]{1,4}')?"


def renewed(
    text: str, said: Sequence[tuple[int, int, str]], vocabulary: Vocabulary
) -> list[tuple[int, int, str]]:
    """The clauses of a status; a tender called off is ``procurement`` where it is held anew.

    Args:
        text: the status.
        said: the span and the phase of each clause.
        vocabulary: ``phases.grammar`` names procedures, what calls them off, and words of renewal.

    >>> from parsers.vocabulary import PACKAGED
    >>> text = "gara revocata; in preparazione un nuovo bando"
    >>> renewed(text, [(0, 14, "deferred"), (15, 45, "procurement")], PACKAGED)
    [(0, 14, 'procurement'), (15, 45, 'procurement')]
    """
    clauses = list(said)
    again = False
    for place in reversed(range(len(clauses) if _may_be_renewed(clauses) else 0)):
        start, end, phase = clauses[place]
        clause = fold(text[start:end])
        if phase == "deferred" and again and _called_off(vocabulary).search(clause):
            clauses[place] = (start, end, "procurement")
        again = again or (phase in _UNDER_WAY and bool(_again(vocabulary).search(clause)))
    return clauses


def _may_be_renewed(clauses: Sequence[tuple[int, int, str]]) -> bool:
    phases = {phase for *_, phase in clauses}
    return "deferred" in phases and bool(phases & _UNDER_WAY)


@cache
def _again(vocabulary: Vocabulary) -> re.Pattern[str]:
    return compiled(rf"(?<!\w)(?:{_words(vocabulary, 'again')})(?!\w)", 0)


@cache
def _called_off(vocabulary: Vocabulary) -> re.Pattern[str]:
    procedure, off = _words(vocabulary, "procedures"), _words(vocabulary, "called_off")
    return compiled(
        rf"(?<!\w)(?:(?:{procedure}){_GAP}(?:{off})|(?:{off}){_GAP}(?:{procedure}))(?!\w)", 0
    )


def _words(vocabulary: Vocabulary, name: str) -> str:
    words: str = vocabulary["phases"]["grammar"][name]
    return words.replace(" ", r"\s+").replace("~", "[oaie]")
