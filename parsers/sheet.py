"""One action's sheet: its paragraphs, its funding lines, its total and its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from parsers import labels
from parsers.column_names import columns_end
from parsers.fields import Fields
from parsers.flow import Flow
from parsers.hyphens import Hyphens
from parsers.items import Item, ends_closed, is_numbered
from parsers.labels import Label
from parsers.money import MoneyReader
from parsers.report import Funding, Paragraph, Signal, Total
from parsers.text import Text, join
from parsers.timetables import Timetables
from parsers.unknown_sums import UnknownSums
from parsers.values import dates, phases
from parsers.values.addresses import is_place_only
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

# A paragraph of fewer words may be the rest of a line that was broken in an odd place.
_FEWEST_WORDS = 4
# A first line is set in by so many ems at least.
_INDENT = 0.9
# What may part a status from its label where no colon does.
_LEAD = Lazy(r"[.,;>»→](?:\s+|$)")


@dataclass(slots=True, eq=False)
class Sheet:
    """What the lines under one heading hold."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    status: list[Text] = field(default_factory=list)
    has_status: bool = False
    signals: list[Signal] = field(default_factory=list)


class SheetReader:
    """Reads the items under a heading.

    Args:
        flow: the edition's content lines.
        roles: one role per line, filled as items are read.
    """

    def __init__(
        self, flow: Flow, roles: list[str | None], vocabulary: Vocabulary, hyphens: Hyphens
    ) -> None:
        self._flow = flow
        self._items = flow.items
        self._roles = roles
        self._vocabulary = vocabulary
        self._hyphens = hyphens
        self._fields = Fields(flow, roles, vocabulary, hyphens)
        self._unknown = UnknownSums(flow, self._fields, vocabulary)
        self._timetables = Timetables(flow, vocabulary)
        self._money = MoneyReader(flow, self._fields, vocabulary, hyphens)
        # The dash that parts the last status from its label: it may open the first item of a list.
        self._listing = ""

    def read(self, start: int, stop: int, code: str | None) -> Sheet:
        """Read items ``start`` to ``stop`` (exclusive); ``code`` is the action's, if any."""
        sheet = Sheet()
        self._money.start(code)
        body: list[int] = []
        index, in_status = start, False
        told_from = start
        while index < stop:
            label = self._fields.label(index, stop)
            if end := self._timetables.end(index, stop, label):
                in_status = False
                for at in range(index, end):
                    self._role(at, "body")
                    body.append(at)
                index = end
                continue
            if end := self._columns_end(index, stop):
                for at in range(index, end):
                    self._role(at, "funding")
                index = told_from = end
                continue
            if label is not None and label.kind == "status":
                index, in_status = self._read_status(index, label, sheet, code), True
                told_from = index
                continue
            after = self._read_money(index, stop, label, sheet)
            if after > index:
                if in_status:
                    told = len(sheet.signals)
                    self._warn_of_strangers(told_from, index, sheet, code, sums=True)
                    if len(sheet.signals) == told and not body:
                        self._warn_of_prose(told_from, index, sheet, code, described=False)
                told_from = after
                in_status = self._roles[self._items[after - 1].index] == "status"
                index = after
                continue
            if in_status and label is None:
                self._warn(index, sheet, code)
                self._role(index, "status")
                self._add_status(index, sheet)
            else:
                if in_status:
                    self._warn_behind(told_from, index, sheet, code, body)
                in_status = False
                beside = self._fields.beside_money(index)
                sums = self._unknown.is_unread(index, stop)
                if beside or sums or self._fields.unread_sum(index):
                    stray = beside and bool(body) and label is None
                    self._warn(index, sheet, code, stray=stray, sums=sums)
                self._role(index, "body")
                body.append(index)
            index += 1
        if in_status:
            self._warn_behind(told_from, stop, sheet, code, body)
        sheet.paragraphs = self._paragraphs(body)
        sheet.funding, sheet.totals = self._money.funding, self._money.totals
        sheet.signals += self._money.signals
        return sheet

    def _columns_end(self, index: int, stop: int) -> int:
        """The index behind the names of a table's columns right above sums; else 0."""
        end = columns_end(self._items, index, stop, self._vocabulary)
        label = self._fields.label(end, stop) if index < end < stop else None
        return end if label is not None and label.kind in ("funding", "total") else 0

    def _read_money(self, index: int, stop: int, label: Label | None, sheet: Sheet) -> int:
        """Read what money an item opens; the index after it, or its own where there is none."""
        status: Text | None = None
        role = "funding"
        if label is not None and label.kind in ("funding", "total"):
            end, status = self._money.read(index, stop, label)
            role = label.kind
        elif part := self._money.part(index):
            end, status = self._money.read(index, stop, part)
        elif leading := self._fields.leading_sum(index):
            end = self._money.read_leading(index, *leading)
            role = leading[0].kind
        elif unknown := self._unknown.at(index, stop):
            end = self._money.read_unknown(index, stop, *unknown)
        else:
            return index
        for at in range(index, end):
            self._role(at, role)
        if status is not None:
            sheet.has_status = True
            self._role(end - 1, "status")
            sheet.status.append(status)
        return end

    def _role(self, index: int, role: str) -> None:
        self._roles[self._items[index].index] = role

    def _warn(
        self,
        index: int,
        sheet: Sheet,
        code: str | None,
        *,
        stray: bool = False,
        sums: bool = False,
    ) -> None:
        """Tell of a line behind a sum or in a status that looks like another field."""
        item = self._items[index]
        rule = "unknown_label"
        if words := self._fields.looks_labelled(index):
            message = (
                f"the line looks like a label that no vocabulary knows: {words!r}; "
                "it is read as running text"
            )
        elif self._fields.unread_sum(index):
            message = (
                "the line opens with a money label and holds a sum; it is read as running text"
            )
        elif labels.opens_value(item.value, self._vocabulary):
            message = "the line opens with a known label but runs on from the one before it"
        elif sums:
            message = (
                "the line ends in a sum behind words that no vocabulary knows; it is read as "
                "running text"
            )
        elif stray:
            rule = "stray_text"
            message = "running text stands behind the sums; it is read as part of the description"
        else:
            return
        sheet.signals.append(Signal(rule, message, item.line.number, item.value, code))

    def _warn_of_strangers(
        self,
        start: int,
        stop: int,
        sheet: Sheet,
        code: str | None,
        *,
        sums: bool,
        described: bool = True,
    ) -> None:
        """Tell of a paragraph behind a status that tells of no phase: whose is it?

        Before sums any such is strange; at a sheet's end, where a status may add a word, only one
        that tells of no date either. On a sheet that has no description a sentence on a line
        of its own may be that.
        """
        starts = [
            index
            for index in range(start, stop)
            if self._flow.breaks(index)[0] or (not described and self._begins_sentence(index))
        ]
        for index, end in pairwise([*starts, stop]):
            item = self._items[index]
            value = join([each.text for each in self._items[index:end]], self._hyphens).value
            strange = self._flow.breaks(index)[1] if sums else self._is_alien(item, value)
            if not strange or "://" in value:
                continue
            if not phases.has_phase(item.value if sums else value, self._vocabulary):
                where = "between a status and sums" if sums else "at the end of a status"
                message = (
                    f"a paragraph that tells no phase stands {where}: "
                    "the heading of another sheet may be lost"
                )
                line = item.line.number
                sheet.signals.append(Signal("stray_text", message, line, item.value, code))
                return

    def _warn_of_prose(
        self, start: int, stop: int, sheet: Sheet, code: str | None, *, described: bool
    ) -> None:
        """Tell of a paragraph behind a status, read as part of it, that may be description."""
        for index in range(start, stop):
            item = self._items[index]
            if "://" in item.value or self._flow.breaks(index) != (True, True):
                continue
            if self._set_off(index) and not (described and self._tells_more(index, stop)):
                message = (
                    "a paragraph stands behind a status and is read as part of it; "
                    "it may be description"
                )
                line = item.line.number
                sheet.signals.append(Signal("stray_text", message, line, item.value, code))
                return

    def _warn_behind(
        self, start: int, stop: int, sheet: Sheet, code: str | None, body: Sequence[int]
    ) -> None:
        """Tell of what may be no status at the end of one."""
        told = len(sheet.signals)
        described = any(map(self._describes, body))
        self._warn_of_prose(start, stop, sheet, code, described=described)
        if len(sheet.signals) == told:
            self._warn_of_strangers(start, stop, sheet, code, sums=False, described=described)

    def _begins_sentence(self, index: int) -> bool:
        """Whether an item begins with a sentence."""
        closed = ends_closed(self._items[index - 1].value)
        return closed and self._items[index].value[:1].isupper()

    def _describes(self, index: int) -> bool:
        """Whether an item of the text is more than a labelled value or a few words."""
        value = self._items[index].value
        if len(value.split()) < _FEWEST_WORDS or labels.opens_field(value, self._vocabulary):
            return False
        return self._fields.looks_labelled(index) is None

    def _set_off(self, index: int) -> bool:
        """Whether a paragraph stands apart from a status above it, or from one without its stop."""
        item, before = self._items[index], self._items[index - 1]
        if item.mark or not item.value[0].isupper():
            return False
        apart = bool(self._flow.gap(index)) or (item.blanks > 0 and self._flow.blanks_speak)
        return apart or self._flow.indent(index) > _INDENT or not ends_closed(before.value)

    def _tells_more(self, index: int, stop: int) -> bool:
        """Whether any clause of the paragraph that an item opens has a phase."""
        texts = [self._items[index].text]
        for at in range(index + 1, stop):
            if self._flow.breaks(at)[0]:
                break
            texts.append(self._items[at].text)
        return self._tells(join(texts, self._hyphens).value)

    def _tells(self, text: str) -> bool:
        """Whether any clause of a text has a phase."""
        return any(phase != "not_stated" for *_, phase in phases.stated(text, self._vocabulary))

    def _is_alien(self, item: Item, value: str) -> bool:
        """Whether a paragraph, which an item opens, has nothing that a status tells."""
        if item.mark or is_numbered(value) or len(value.split()) < _FEWEST_WORDS:
            return False
        return not self._tells(value) and next(dates.find(value, self._vocabulary), None) is None

    # -- status -----------------------------------------------------------------------------

    def _read_status(self, index: int, label: Label, sheet: Sheet, code: str | None) -> int:
        items = self._items
        used, length = 1, len(items[index].value)
        while length < label.end and index + used < len(items):
            length += 1 + len(items[index + used].value)
            used += 1
        whole = join([item.text for item in items[index : index + used]], self._hyphens)
        for at in range(index, index + used):
            self._role(at, "status")
        # "Stato di attuazione. In corso", "Stato di attuazione > in corso"
        lead = _LEAD.match(whole.value, label.value) if not label.colon else None
        begins = lead.end() if lead else label.value
        rest = whole.slice(begins, len(whole.value))
        self._listing = whole.value[max(label.end, begins - 2) : begins].strip()
        if sheet.has_status and rest.value:
            sheet.signals.append(
                Signal(
                    "unknown_label",
                    "a second status is printed under one heading; both are joined",
                    whole.line,
                    whole.value,
                    code,
                )
            )
        sheet.has_status = True
        if rest.value:
            sheet.status.append(rest)
        return index + used

    def _add_status(self, index: int, sheet: Sheet) -> None:
        if sheet.status and self._flow.continues_link(index):
            sheet.status[-1] = replace(sheet.status[-1], broken=True)
        sheet.status.append(self._unmarked(index))

    def _unmarked(self, index: int) -> Text:
        """An item's text without a dash that opens it as a list item."""
        item = self._items[index]
        if not item.mark or item.value[:2] != f"{item.mark} ":
            return item.text
        opens = item.mark == self._listing or self._flow.breaks(index)[0]
        return item.text.slice(2, len(item.value)) if opens else item.text

    # -- prose ------------------------------------------------------------------------------

    def _paragraphs(self, indices: Sequence[int]) -> list[Paragraph]:
        """Group items into paragraphs."""
        groups: list[list[int]] = []
        for index in indices:
            if groups and groups[-1][-1] == index - 1 and not self._flow.breaks(index)[0]:
                groups[-1].append(index)
            else:
                groups.append([index])
        return [paragraph for paragraph in map(self._paragraph, groups) if paragraph is not None]

    def _paragraph(self, group: list[int]) -> Paragraph | None:
        items: list[Item] = [self._items[index] for index in group]
        first = items[0]
        mark = next((item.mark for item in items[:2] if item.mark), "")
        texts = [item.text for item in items]
        if first.mark and first.value[:2] == f"{first.mark} ":
            texts[0] = first.text.slice(2, len(first.value))
        for place, index in enumerate(group[1:], start=1):
            if self._flow.continues_link(index):
                texts[place - 1] = replace(texts[place - 1], broken=True)
        text = join(texts, self._hyphens)
        if not text.value:
            return None
        if first.line.picture or is_place_only(text.value, self._vocabulary):
            kind = "caption"
        elif mark and (first.mark or not first.value):
            kind = "bullet"
        elif is_numbered(text.value):
            kind = "numbered"
        else:
            kind = "paragraph"
        return Paragraph(kind, text)
