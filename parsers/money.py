"""The money of a sheet: labels with their sums, wherever a line breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from parsers import labels, leads
from parsers.fields import AMOUNT_START, Fields
from parsers.flow import Flow
from parsers.hyphens import Hyphens
from parsers.items import ends_closed, ends_open
from parsers.labels import Label
from parsers.lines import Line
from parsers.report import Funding, Signal, Total
from parsers.text import Text, join
from parsers.values import amounts
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

_DIGIT = Lazy(r"\d")
_BEHIND_SUM = Lazy(
    r"(?:(?<=[\d€.;,)])(?:\s+|\s?\|\s?)|(?<=[\d€)])(?:\s?,|\s[-–—+]|\sed?)\s)(?=[A-ZÀ-Ý])"
)


@cache
def _unit_said(vocabulary: Vocabulary) -> Lazy:
    """What names another unit for all sums of an edition: "Importi in migliaia di euro"."""
    words = vocabulary["scales"]["words"]
    subjects = "|".join(map(re.escape, words["unit_subjects"]))
    bare = {unit.removeprefix("in ") for unit in words["units"]}
    units = "|".join(re.escape(unit) for unit in sorted(bare) if unit[0].isalnum())
    return Lazy(
        rf"(?<!\w)(?:{subjects})(?: finanziari)?(?: (?:sono )?espress[ie])? in (?:{units})(?!\w)",
        re.IGNORECASE,
    )


def told_unit(lines: Iterable[Line], vocabulary: Vocabulary) -> Iterator[Signal]:
    """Tell of the first line that says another unit than the euro for all sums of an edition."""
    pattern = _unit_said(vocabulary)
    subjects = [word.lower() for word in vocabulary["scales"]["words"]["unit_subjects"]]
    for line in lines:
        if " in " not in (lowered := line.text.lower()):
            continue
        spaced = " ".join(lowered.split())
        if any(word in spaced for word in subjects) and pattern.search(spaced):
            message = "the sums are said to be in another unit than the euro; they are as printed"
            yield Signal("amount_unreadable", message, line.number, line.text.strip())
            return


class MoneyReader:
    """Reads money lines from their label on.

    Attributes:
        funding, totals, signals: what was read since :meth:`start`.
    """

    def __init__(
        self, flow: Flow, fields: Fields, vocabulary: Vocabulary, hyphens: Hyphens
    ) -> None:
        self._flow = flow
        self._items = flow.items
        self._fields = fields
        self._vocabulary = vocabulary
        self._hyphens = hyphens
        self.start(None)

    def start(self, code: str | None) -> None:
        """Begin a sheet; ``code`` is its action's, for the findings."""
        self._code = code
        self.funding: list[Funding] = []
        self.totals: list[Total] = []
        self.signals: list[Signal] = []
        self._parts_at: int | None = None

    def read(self, index: int, stop: int, label: Label) -> tuple[int, Text | None]:
        """Read a funding line or a total.

        Returns:
            The index after its last item, and the text of a status that stands on the same line.
        """
        parted = index == self._parts_at or (label.kind == "total" and not self.funding)
        label_text, value, end = self._label_and_value(index, stop, label, parted)
        self._parts_at = end if parted else None
        if not value.value and end < stop:
            again = self._fields.label(end, stop)
            if again is not None and (again.kind, again.source) == (label.kind, label.source):
                return end, None  # a label printed twice, its value after the second
        while again := labels.match(value.value, self._vocabulary):
            if (again.kind, again.source) != (label.kind, label.source):
                break
            label_text = value.slice(0, again.end)  # printed twice on one line
            value = value.slice(again.value, len(value.value))
        printed = label
        heads = self._heads(value, end, stop)
        while True:
            value, after = self._split_second_label(value)
            self.add(printed.kind, printed.source, label_text, value, heads=heads)
            if after is None:
                return end, None
            printed, text = after
            if printed.kind == "status":
                return end, text.slice(printed.value, len(text.value))
            label_text = text.slice(0, printed.end)
            value = text.slice(printed.value, len(text.value))

    def _heads(self, value: Text, end: int, stop: int) -> bool:
        """Whether labels stand where a sum should, and bare sums below: those of a table's head."""
        label = labels.match(value.value, self._vocabulary)
        if label is None or label.kind == "other" or end >= stop:
            return False
        return self._fields.is_money(self._items[end].value, printed=True)

    def read_unknown(self, index: int, stop: int, label_end: int, value_start: int) -> int:
        """Read a sum under a label that no vocabulary knows; it keeps its row."""
        item = self._items[index]
        label = item.text.slice(leads.mark(item.value), label_end)
        parts = [item.text.slice(value_start, len(item.value))]
        end = index + 1
        while end < stop and self._value_goes_on(join(parts).value, end, stop, parted=False):
            parts.append(self._items[end].text)
            end += 1
        self.add("funding", "unknown", label, join(parts, self._hyphens))
        self.signals.append(
            Signal(
                "unknown_label",
                f"a sum stands under a label that no vocabulary knows: {label.value!r}; "
                "the row is kept with source 'unknown'",
                label.line,
                item.value,
                self._code,
            )
        )
        return end

    def part(self, index: int) -> Label | None:
        """The label of a line that names one source of the total above it ("di cui PON: ...").

        Where sources stand above the total too, such lines tell them again.
        """
        if index != self._parts_at:
            return None
        return self._part(index)

    def _part(self, index: int) -> Label | None:
        value = self._items[index].value
        start = leads.part(value, self._vocabulary)
        label = labels.match(value[start:], self._vocabulary) if start else None
        if label is None or label.kind != "funding":
            return None
        label = label._replace(end=label.end + start, value=label.value + start)
        return label if AMOUNT_START.match(value[label.value :]) else None

    def read_leading(self, index: int, label: Label, sum_end: int, start: int) -> int:
        """Read a sum that stands before its label."""
        text = self._items[index].text
        self.add(
            label.kind, label.source, text.slice(start, start + label.end), text.slice(0, sum_end)
        )
        return index + 1

    def _label_and_value(
        self, index: int, stop: int, label: Label, parted: bool
    ) -> tuple[Text, Text, int]:
        """The label, all that follows it, and the index after the last item used.

        Lines that name the sources of a ``parted`` sum are its own no more.
        """
        items = self._items
        cell = items[index].line.cell
        if cell is not None:
            row = [
                at for at in range(index, stop) if (items[at].line.cell or (-1, -1))[:2] == cell[:2]
            ]
            last_label = max(at for at in row if items[at].line.cell == cell)
            values = [at for at in row if at > last_label]
            if values and values == list(range(last_label + 1, values[-1] + 1)):
                own = join([items[at].text for at in range(index, last_label + 1)], self._hyphens)
                found = labels.match(own.value, self._vocabulary)
                if found is not None:
                    head = own.slice(found.value, len(own.value))
                    value = join([head, *(items[at].text for at in values)], self._hyphens)
                    return own.slice(0, found.end), value, values[-1] + 1
            elif last_label + 1 < stop and self._opens_row(last_label + 1, cell):
                own = join([items[at].text for at in range(index, last_label + 1)], self._hyphens)
                return (
                    own.slice(0, label.end),
                    own.slice(label.value, len(own.value)),
                    last_label + 1,
                )
        # How many items the label itself spans.
        used, length = 1, len(items[index].value)
        while length < label.end and index + used < stop:
            length += 1 + len(items[index + used].value)
            used += 1
        whole = join([item.text for item in items[index : index + used]], self._hyphens)
        label_text = whole.slice(leads.mark(whole.value), label.end)
        parts = (
            [whole.slice(label.value, len(whole.value))] if label.value < len(whole.value) else []
        )
        at = index + used
        while at < stop:
            text = " ".join(part.value for part in parts)
            if not self._value_goes_on(text, at, stop, parted):
                break
            parts.append(items[at].text)
            at += 1
        return label_text, join(parts, self._hyphens), at

    def _opens_row(self, at: int, cell: tuple[int, int, int]) -> bool:
        """Whether an item opens a row below a cell that has the value beside it, not below."""
        row = self._items[at].line.cell
        if row is None or row[0] != cell[0] or row[2] != cell[2] or at + 1 >= len(self._items):
            return False
        after = self._items[at + 1].line.cell
        return after is not None and after[:2] == row[:2] and after != row

    def _value_goes_on(self, text: str, at: int, stop: int, parted: bool) -> bool:
        """Whether the value of a money label goes on in item ``at``."""
        following = self._items[at]
        if not following.value:
            return True
        if parted and self._part(at) is not None:
            return False
        label = labels.match(following.value, self._vocabulary)
        if (
            label is not None
            and label.kind != "other"
            and (
                label.colon
                or (
                    label.end < len(following.value)
                    and AMOUNT_START.match(following.value[label.value :])
                )
            )
        ):
            return False
        if self._fields.label(at, stop) is not None:
            return False
        if not text:
            return True
        if self._flow.begins(at):
            return amounts.is_open(text, vocabulary=self._vocabulary)
        if _DIGIT.search(text):
            return amounts.is_open(text, vocabulary=self._vocabulary) or amounts.continues(
                text, following.value, vocabulary=self._vocabulary
            )
        if amounts.is_open(text, vocabulary=self._vocabulary) or ends_open(text, self._vocabulary):
            return True
        lower = following.value[0].islower() and not following.mark
        return lower and not self._flow.gap(at) and not ends_closed(text)

    def _split_second_label(self, value: Text) -> tuple[Text, tuple[Label, Text] | None]:
        """Part a value at another label that stands on the same line behind a sum."""
        if value.value == value.value.lower():
            return value, None  # nearly every one: a label has a capital
        for match in _BEHIND_SUM.finditer(value.value):
            rest = value.value[match.end() :]
            label = labels.match(rest, self._vocabulary)
            if label is None or label.kind == "other":
                continue
            if not amounts.is_valid(value.value[: match.start()], vocabulary=self._vocabulary):
                continue
            if label.colon or AMOUNT_START.match(rest[label.value :]):
                second = value.slice(match.end(), len(value.value))
                return value.slice(0, match.start()), (label, second)
        return value, None

    def add(
        self, kind: str, source: str | None, label: Text, printed: Text, *, heads: bool = False
    ) -> None:
        """Add a printed sum; one that cannot be read keeps its row and is reported."""
        amount: Decimal | None = None
        status = "unreadable"
        try:
            self._refuse_other_units(label, printed)
            read = amounts.parse(printed.value, vocabulary=self._vocabulary)
            if heads and read.euro is None:
                raise amounts.AmountProblem(
                    "labels head columns of sums, and no sum is theirs alone"
                )
            amount, status = read.euro, read.status
        except amounts.AmountProblem as problem:
            self.signals.append(
                Signal(
                    "amount_unreadable",
                    f"the amount could not be read: {problem}; look at the page",
                    (printed or label).line,
                    f"{label.value} {printed.value}".strip(),
                    self._code,
                )
            )
        if kind == "total":
            self.totals.append(Total(label, amount, printed, label.line))
        else:
            self.funding.append(
                Funding(source or "unknown", label, amount, status, printed, label.line)
            )

    def _refuse_other_units(self, label: Text, printed: Text) -> None:
        """Raise where label or note say that the figures are not the sum itself.

        "Importo PON Metro (in migliaia di euro): 5.000", "€ 5.000,00 (a detrarre)".
        """
        words = self._vocabulary["scales"]["words"]
        name, value = label.value.lower(), printed.value.lower()
        # "In k€: 520" parts before its currency.
        named = name + value[:1]
        said = [word for word in words["units"] if word in named]
        said += [word for word in words["deductions"] if word in name or word in value]
        if said and _DIGIT.search(value):
            raise amounts.AmountProblem(f"{said[0]!r} is said of {printed.value!r}")
