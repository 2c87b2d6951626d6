"""Which of the lines that look like headings are mentions: entries of lists, codes given again."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

from parsers.flow import Flow
from parsers.labels import match, opens_field
from parsers.titles import Heading
from parsers.values import codes
from parsers.vocabulary import Vocabulary

_NEAR = 6  # lines below its heading, within which a field may give an action's code once more


class Entries:
    """Leaves mentions out of what may be headings.

    Args:
        flow: the content lines and the signs between them.
        vocabulary: the words in force.
    """

    def __init__(self, flow: Flow, vocabulary: Vocabulary) -> None:
        self._flow = flow
        self._items = flow.items
        self._vocabulary = vocabulary

    def left_out(self, candidates: Sequence[Heading]) -> list[Heading]:
        """The candidates without mentions: of several with one key, those that are sure."""
        mentions = self._listed(candidates) | self._repeated(candidates)
        groups: dict[tuple[str, str], list[Heading]] = defaultdict(list)
        for heading in candidates:
            if heading.start in mentions:
                continue
            groups[(heading.kind, heading.key)].append(heading)
        for group in groups.values():
            if len(group) > 1:
                unsure = [each.start for each in group if not self._flow.fresh(each.start)]
                if len(unsure) < len(group):
                    mentions.update(unsure)
                numbered = [each.start for each in group if each.outline]
                if len(numbered) < len(group):
                    mentions.update(numbered)
        return [heading for heading in candidates if heading.start not in mentions]

    def _repeated(self, candidates: Sequence[Heading]) -> set[int]:
        """Of the candidates, those that give an action's code once more ("Codice: MI4.1.1.a")."""
        return {
            following.start
            for heading, following in itertools.pairwise(candidates)
            if (following.kind, following.key) == ("action", heading.key)
            and following.start < heading.end + _NEAR
            and codes.is_named(
                " ".join(item.value for item in self._items[following.start : following.end]),
                vocabulary=self._vocabulary,
            )
        }

    def _listed(self, candidates: Sequence[Heading]) -> set[int]:
        """Of the actions behind an outline's number, those that are entries of a list.

        The numbers of headings are of one form, and so are those of a list. A list names actions
        one after the other; a sheet has its fields. Where other headings have no number, one
        alone is an entry, and all behind bullets or in brackets are, unless the sheet above is
        complete and a like one begins here.
        """
        actions = [heading for heading in candidates if heading.kind == "action"]
        sheets: Counter[str] = Counter()
        for form in {heading.outline for heading in actions if heading.outline}:
            own = [heading for heading in actions if heading.outline in ("", form)]
            for heading, following in itertools.zip_longest(own, own[1:]):
                stop = following.start if following else len(self._items)
                fields = any(
                    opens_field(self._items[at].value, self._vocabulary)
                    for at in range(heading.end, stop)
                )
                sheets[form] += (1 if fields else -1) if heading.outline else 0
        plain = any(not heading.outline for heading in actions)
        forms = [form for form in sheets if not plain or form.isalnum() or len(form) > 1]
        form = max(forms, key=lambda form: (sheets[form], form), default="")
        if sheets[form] < (2 if plain else 1):
            form = ""
        listed = {heading.start for heading in actions if heading.outline not in ("", form)}
        return listed - self._sheets_among(candidates, listed) if listed else listed

    def _sheets_among(self, candidates: Sequence[Heading], listed: set[int]) -> set[int]:
        """Of seeming entries of lists, those that begin a sheet.

        The sheet above has a field that comes again below, or there is none above.
        """
        found: set[int] = set()
        before: Heading | None = None
        for heading, following in itertools.zip_longest(candidates, candidates[1:]):
            if heading.start not in listed:
                before = heading
            elif before is not None:
                stop = following.start if following else len(self._items)
                below = self._fields(heading.end, stop)
                above = self._fields(before.end, heading.start)
                if below & above if before.kind == "action" else below and not above:
                    found.add(heading.start)
                    before = heading
        return found

    def _fields(self, start: int, stop: int) -> set[tuple[str, str | None]]:
        """Kinds and sources of the sums and statuses that some items open."""
        labels = [
            match(item.value, self._vocabulary)
            for item in self._items[start:stop]
            if opens_field(item.value, self._vocabulary)
        ]
        return {(label.kind, label.source) for label in labels if label and label.kind != "other"}
