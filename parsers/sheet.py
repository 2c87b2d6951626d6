"""One action's sheet: its paragraphs, its funding lines, its total and its status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parsers import labels
from parsers.flow import Flow, Item, ends_closed, ends_open, is_numbered
from parsers.labels import Label
from parsers.report import Funding, Paragraph, Signal, Total
from parsers.text import Hyphens, Text, join
from parsers.values import amounts
from parsers.values.addresses import is_place_only
from parsers.vocabulary import Vocabulary

_AMOUNT_START = re.compile(
    r"(?:€|eur\b|euro\b|\d|circa\b|c\.?\s?a\b|ca\.|pari a\b|[-–—]+$|n\.\s?d\.)", re.IGNORECASE
)
_CURRENCY = re.compile(r"€|\beur(?:o)?\b|,\d{2}(?!\d)", re.IGNORECASE)
_LABEL_SHAPE = re.compile(r"[A-ZÀ-Ý][\w’'./() –-]{2,48}?\s?:\s*(?=\S|$)")
_COUNTED = re.compile(
    r"(?:azione|lotto|fase|intervento|attivit[àa]|linea|parte|stralcio|ambito|blocco|wp|misura)\s*(?:\d|[a-z]\b)",
    re.IGNORECASE,
)
_PROSE_AFTER = re.compile(
    r"(?:de[ilg]\w*|dell[’'aeo]\w*|di|che|è|e|sono|ha|hanno|per|con)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_MORE_LABEL = re.compile(
    r"(?P<words>(?!circa\b|c\.?a\b|pari\b|euro?\b)[^\W\d_][^€\d:;,.]{1,40}?)\s*(?P<colon>:)?\s*(?=€|\d{1,3}(?:\.\d{3})+|eur)",
    re.IGNORECASE,
)
# A funding label has few words; longer texts before a sum are prose.
_LABEL_WORDS = 9


def _is_sum(text: str) -> bool:
    """Whether a whole text is an amount, in digits or words."""
    try:
        return amounts.parse(text).euro is not None
    except amounts.AmountProblem:
        return False


@dataclass(slots=True)
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

    def read(self, start: int, stop: int, code: str | None) -> Sheet:
        """Read items ``start`` to ``stop`` (exclusive)."""
        sheet = Sheet()
        index = start
        body: list[int] = []
        in_status = False
        while index < stop:
            label = self._label(index, stop, in_status=in_status)
            if label is not None and label.kind in ("funding", "total", "status"):
                self._flush(body, sheet, code)
                in_status = label.kind == "status"
                if in_status:
                    index = self._read_status(index, label, sheet, code)
                else:
                    index = self._read_money(index, stop, label, sheet, code)
                continue
            if not in_status or (label is not None and label.kind == "other" and label.colon):
                in_status = False
                unknown = self._unknown_funding(index, start, stop)
                if unknown is not None:
                    self._flush(body, sheet, code)
                    index = self._read_unknown(index, unknown, sheet, code)
                    continue
                if self._beside_money(index):
                    self._warn_label_shape(index, sheet, code)
                self._role(index, "body")
                body.append(index)
            else:
                unknown = self._unknown_funding(index, start, stop)
                if unknown is not None:
                    in_status = False
                    index = self._read_unknown(index, unknown, sheet, code)
                    continue
                self._warn_label_shape(index, sheet, code)
                self._role(index, "status")
                self._add_status(index, sheet)
            index += 1
        self._flush(body, sheet, code)
        return sheet

    def _role(self, index: int, role: str) -> None:
        self._roles[self._items[index].index] = role

    def _unmarked(self, index: int) -> Text:
        """An item's text without a dash that opens it as a list item."""
        item = self._items[index]
        if item.mark and item.value[:2] == f"{item.mark} " and self._flow.breaks(index)[0]:
            return item.text.slice(2, len(item.value))
        return item.text

    # -- labels -----------------------------------------------------------------------------

    def _whole(self, index: int, stop: int, count: int = 4) -> Text:
        """An item joined with those after it (in its cell), for a label that a break may split."""
        cell = self._items[index].line.cell
        items = self._items[index : min(stop, index + count)]
        return join([item.text for item in items if cell is None or item.line.cell == cell])

    def _label(self, index: int, stop: int, *, in_status: bool) -> Label | None:
        """The label that an item opens with, if it is one and no prose."""
        item = self._items[index]
        if not item.value or not (item.value[0].isalpha() or item.mark):
            return None
        if item.mark in "-–—*" and item.mark and item.value[:2] == f"{item.mark} ":
            return None
        if not labels.can_open(item.value, self._vocabulary):
            return None
        own = labels.match(item.value, self._vocabulary)
        if own is not None and own.end < len(item.value):
            own = self._widened(own, item.value)
            return own if self._is_label(index, own, item.value, stop) else None
        whole = self._whole(index, stop)
        label = labels.match(whole.value, self._vocabulary)
        if label is None:
            return None
        if own is not None and not own.weak and label.end > len(item.value):
            # A whole label at the line's end: the next line's words are its value, unless the
            # longer label is confirmed by a colon or a sum behind it.
            rest = whole.value[label.value :]
            if not (label.colon or _AMOUNT_START.match(rest)):
                label = own
        if own is None and len(item.value.split()) > _LABEL_WORDS:
            return None
        label = self._widened(label, whole.value)
        return label if self._is_label(index, label, whole.value, stop) else None

    def _widened(self, label: Label, text: str) -> Label:
        """A money label with the words that stand between it and its sum ("Fondi FSC Lazio")."""
        if label.kind not in ("funding", "total") or label.colon:
            return label
        more = _MORE_LABEL.match(text, label.value)
        if more is None or labels.match(more["words"], self._vocabulary) is not None:
            return label
        return label._replace(end=more.end("words"), value=more.end(), colon=bool(more["colon"]))

    def _is_label(self, index: int, label: Label, text: str, stop: int) -> bool:
        item = self._items[index]
        alone = label.end >= len(item.value)
        rest = text[label.value :]
        fresh = self._flow.fresh(index)
        if fresh is None and self._beside_money(index):
            fresh = True  # a sum is complete: what follows it begins anew
        bold = item.line.bold_lead >= min(label.end, len(item.value)) - 2 > 0 or bool(
            item.line.bold and not self._bold_around(index)
        )
        amount = bool(_AMOUNT_START.match(rest)) or _is_sum(rest)
        if label.kind == "other":
            return label.colon and fresh is not False
        if label.weak and not label.colon:
            return False
        celled = item.line.cell is not None
        if fresh is False and not bold and not celled:
            # After "con le" a label's words are prose, however they go on.
            return False
        if label.kind == "status":
            if label.colon or bold or celled:
                return True
            return item.value[0].isupper() and (alone or not _PROSE_AFTER.match(rest))
        if amount:
            return bool(fresh) or label.colon or bold or bool(_CURRENCY.search(rest[:40]))
        if label.colon:
            return fresh is not False
        if not item.value[0].isupper():
            return False
        if bold or celled:
            return True
        if alone:
            return bool(fresh) or labels.match(rest, self._vocabulary) is not None
        if label.kind == "total" or rest[0] in ",.;)":
            return False
        return bool(fresh) and (rest[0].isupper() or self._beside_money(index))

    def _bold_around(self, index: int) -> bool:
        """Whether bold is no sign here because the text around is bold too."""
        after = self._items[index + 1 : index + 4]
        return bool(after) and all(item.line.bold for item in after)

    def _beside_money(self, index: int) -> bool:
        return index > 0 and self._roles[self._items[index - 1].index] in ("funding", "total")

    # -- money ------------------------------------------------------------------------------

    def _read_money(
        self, index: int, stop: int, label: Label, sheet: Sheet, code: str | None
    ) -> int:
        """Read a funding line or a total from its label on; returns the next index."""
        role = "total" if label.kind == "total" else "funding"
        label_text, value, end = self._label_and_value(index, stop, label)
        for at in range(index, end):
            self._role(at, role)
        if not value.value and end < stop:
            again = self._label(end, stop, in_status=False)
            if again is not None and (again.kind, again.source) == (label.kind, label.source):
                return end  # a label printed twice, its value after the second
        printed = label
        while True:
            again = labels.match(value.value, self._vocabulary)
            if again is None or (again.kind, again.source) != (label.kind, label.source):
                break
            label_text = value.slice(0, again.end)  # printed twice on one line
            value = value.slice(again.value, len(value.value))
        while True:
            value, after = self._split_second_label(value)
            self._add_money(printed.kind, printed.source, label_text, value, sheet, code)
            if after is None:
                return end
            printed, text = after
            if printed.kind == "status":
                sheet.has_status = True
                self._role(end - 1, "status")
                sheet.status.append(text.slice(printed.value, len(text.value)))
                return self._status_on(end, stop, sheet, code)
            label_text = text.slice(0, printed.end)
            value = text.slice(printed.value, len(text.value))

    def _status_on(self, index: int, stop: int, sheet: Sheet, code: str | None) -> int:
        while index < stop and self._label(index, stop, in_status=True) is None:
            self._role(index, "status")
            self._add_status(index, sheet)
            index += 1
        return index

    def _add_status(self, index: int, sheet: Sheet) -> None:
        if sheet.status and self._flow.continues_link(index):
            sheet.status[-1] = replace(sheet.status[-1], broken=True)
        sheet.status.append(self._unmarked(index))

    def _label_and_value(self, index: int, stop: int, label: Label) -> tuple[Text, Text, int]:
        """The label, all that follows it, and the index after the last item used."""
        items = self._items
        cell = items[index].line.cell
        if cell is not None:
            row = [
                at
                for at in range(index, stop)
                if items[at].line.cell is not None and items[at].line.cell[:2] == cell[:2]
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
        # How many items the label itself spans.
        used, length = 1, len(items[index].value)
        while length < label.end and index + used < stop:
            length += 1 + len(items[index + used].value)
            used += 1
        whole = join([item.text for item in items[index : index + used]])
        label_text = whole.slice(0, label.end)
        parts = (
            [whole.slice(label.value, len(whole.value))] if label.value < len(whole.value) else []
        )
        at = index + used
        while at < stop:
            text = " ".join(part.value for part in parts)
            if not self._value_goes_on(text, at, stop):
                break
            parts.append(items[at].text)
            at += 1
        return label_text, join(parts, self._hyphens), at

    def _value_goes_on(self, text: str, at: int, stop: int) -> bool:
        """Whether the value of a money label goes on in item ``at``."""
        following = self._items[at]
        if not following.value:
            return True
        label = labels.match(following.value, self._vocabulary)
        if (
            label is not None
            and label.kind != "other"
            and (
                label.colon
                or label.end < len(following.value)
                and _AMOUNT_START.match(following.value[label.value :])
            )
        ):
            return False
        if self._label(at, stop, in_status=False) is not None:
            return False
        if not text:
            return True
        if _DIGIT.search(text):
            return amounts.is_open(text) or amounts.continues(text, following.value)
        if amounts.is_open(text) or ends_open(text, self._vocabulary):
            return True
        lower = following.value[0].islower() and not following.mark
        return lower and not self._flow.gap(at) and not ends_closed(text)

    def _split_second_label(self, value: Text) -> tuple[Text, tuple[Label, Text] | None]:
        """Part a value at another label that stands on the same line behind a sum."""
        for match in re.finditer(r"(?<=[\d€.;,)])\s+(?=[A-ZÀ-Ý])", value.value):
            rest = value.value[match.end() :]
            label = labels.match(rest, self._vocabulary)
            if label is None or label.kind == "other":
                continue
            if not amounts.is_valid(value.value[: match.start()]):
                continue
            if label.colon or _AMOUNT_START.match(rest[label.value :]):
                second = value.slice(match.end(), len(value.value))
                return value.slice(0, match.start()), (label, second)
        return value, None

    def _add_money(
        self,
        kind: str,
        source: str | None,
        label: Text,
        printed: Text,
        sheet: Sheet,
        code: str | None,
    ) -> None:
        amount: Decimal | None = None
        status = "unreadable"
        try:
            read = amounts.parse(printed.value)
            amount, status = read.euro, read.status
        except amounts.AmountProblem as problem:
            sheet.signals.append(
                Signal(
                    "amount_unreadable",
                    f"the amount could not be read: {problem}; correct the source or add a correction",
                    (printed or label).line,
                    f"{label.value} {printed.value}".strip(),
                    code,
                )
            )
        if kind == "total":
            sheet.totals.append(Total(label, amount, printed, label.line))
        else:
            sheet.funding.append(
                Funding(source or "unknown", label, amount, status, printed, label.line)
            )

    # -- unknown labels ---------------------------------------------------------------------

    def _unknown_funding(self, index: int, start: int, stop: int) -> tuple[int, int] | None:
        """(end of label, start of value) of a line that is a sum under an unknown label."""
        item = self._items[index]
        value = item.value
        if item.mark or not _DIGIT.search(value):
            return None
        shape = re.match(
            r"(?P<label>[A-ZÀ-Ý][^€\d:;.]{2,70}(?:\.\s?[^€\d:;.]{1,20})?)(?P<colon>\s?:)?\s*(?=€|\d|eur)",
            value,
            re.IGNORECASE,
        )
        if shape is None or not value[0].isupper():
            return None
        rest = value[shape.end() :]
        if len(shape["label"].split()) > _LABEL_WORDS:
            return None
        fresh = self._flow.fresh(index)
        if fresh is False:
            return None
        known = labels.match(value, self._vocabulary)
        if known is not None and known.kind == "other":
            return None
        if not (
            re.match(r"€|eur", rest, re.IGNORECASE)
            or re.match(r"\d{1,3}(?:[.\s’']\d{3})*,\d{2}\b", rest)
            or re.match(r"\d[\d.,]*\s?(?:€|euro)", rest)
        ):
            return None
        words = re.sub(
            r"[\d€.,:;()\s’'-]|euro?|milion[ei]|mila|miliard[oi]|circa|c\.a|iva|inclusa|compresa",
            "",
            rest,
            flags=re.IGNORECASE,
        )
        if len(words) > 3:
            return None
        ends = index + 1 >= stop or self._flow.fresh(index + 1) is not False
        beside = self._beside_money(index) or (
            index + 1 < stop and self._label(index + 1, stop, in_status=False) is not None
        )
        alone = fresh and ends and bool(re.match(r"€|eur", rest, re.IGNORECASE) or shape["colon"])
        if not (beside or alone):
            return None
        return len(shape["label"].rstrip()), shape.end()

    def _read_unknown(
        self, index: int, places: tuple[int, int], sheet: Sheet, code: str | None
    ) -> int:
        item = self._items[index]
        end, value = places
        self._role(index, "funding")
        label = item.text.slice(0, end)
        kind = "unknown"
        leading = amounts.find_leading(item.value)
        del leading
        self._add_money(
            "funding", kind, label, item.text.slice(value, len(item.value)), sheet, code
        )
        sheet.signals.append(
            Signal(
                "unknown_label",
                f"a sum stands under a label that no vocabulary knows: {label.value!r}; "
                "the row is kept with source 'unknown'",
                label.line,
                item.value,
                code,
            )
        )
        return index + 1

    def _warn_label_shape(self, index: int, sheet: Sheet, code: str | None) -> None:
        """Tell of a line behind a sum or in a status that looks like another field."""
        item = self._items[index]
        shape = _LABEL_SHAPE.match(item.value)
        if (
            shape is None
            or self._flow.fresh(index) is False
            or "://" in item.value[: shape.end() + 3]
        ):
            return
        known = labels.match(item.value, self._vocabulary)
        if known is not None and known.colon:
            return
        if _COUNTED.match(item.value) or len(shape.group().split()) > 5:
            return
        sheet.signals.append(
            Signal(
                "unknown_label",
                "the line looks like a label that no vocabulary knows: "
                f"{shape.group().rstrip(': ')!r}; it is read as running text",
                item.line.number,
                item.value,
                code,
            )
        )

    # -- status and prose -------------------------------------------------------------------

    def _read_status(self, index: int, label: Label, sheet: Sheet, code: str | None) -> int:
        items = self._items
        used, length = 1, len(items[index].value)
        while length < label.end and index + used < len(items):
            length += 1 + len(items[index + used].value)
            used += 1
        whole = join([item.text for item in items[index : index + used]])
        for at in range(index, index + used):
            self._role(at, "status")
        rest = whole.slice(label.value, len(whole.value))
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

    def _flush(self, body: list[int], sheet: Sheet, code: str | None) -> None:
        sheet.paragraphs += self.paragraphs(body)
        body.clear()

    def paragraphs(self, indices: Sequence[int]) -> list[Paragraph]:
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
