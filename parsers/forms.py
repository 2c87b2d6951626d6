"""A form's own heading above that of its action ("Anagrafica progetto")."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

from parsers.flow import Flow
from parsers.titles import Heading
from parsers.vocabulary import Vocabulary


@cache
def _forms(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(vocabulary["headings"]["forms"])


def take_forms(headings: Sequence[Heading], flow: Flow, vocabulary: Vocabulary) -> None:
    """Have the headings of actions begin with a form's own ("Anagrafica progetto")."""
    names = _forms(vocabulary)
    for before, heading in itertools.pairwise([None, *headings]):
        floor = before.end if before else 0
        if heading is None or heading.kind != "action":
            continue
        while heading.start > floor and flow.fresh(heading.start - 1) is not False:
            above = flow.items[heading.start - 1].value
            if above.rstrip(" .:").casefold().replace("'", "’") not in names:
                break
            heading.start -= 1
