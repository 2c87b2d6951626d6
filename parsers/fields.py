"""Which lines of a sheet open a labelled field, and which only look as if they did."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers import labels, leads
from parsers.flow import Flow
from parsers.hyphens import Hyphens
from parsers.items import Item
from parsers.labels import Label
from parsers.text import Text, join
from parsers.values import amounts
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

AMOUNT_START = Lazy(
    r"(?:€|eur\b|euro\b|\d|circa\b|c\.?\s?a\b|ca\.|pari a\b|[-–—]+$|n\.\s?d\.)", re.IGNORECASE
)
_CURRENCY = Lazy(r"€|\beur(?:o)?\b|,\d{2}(?!\d)", re.IGNORECASE)
_LABEL_SHAPE = Lazy(r"[A-ZÀ-Ý][\w’'./() –-]{2,48}?\s?:\s*(?=\S|$)")
_COUNTED = Lazy(
    r"(?:azione|lotto|fase|intervento|attivit[àa]|linea|parte|stralcio|ambito|blocco|wp|misura)"
    r"\s*(?:\d|[a-z]\b)",
    re.IGNORECASE,
)
_PROSE_AFTER = Lazy(
    r"(?:de[ilg]\w*|dell[’'aeo]\w*|di|che|è|e|sono|ha|hanno|per|con)\b", re.IGNORECASE
)
# Characters behind a label within which a sum is likely to be its value.
_CLOSE = 40
_DASHES = ("-", "–", "—")
# A funding label has few words; longer texts before a sum are prose.
LABEL_WORDS = 9


def may_show_sum(text: str) -> bool:
    """Whether a text holds a currency or a comma: a cheap look before the patterns of sums."""
    return "€" in text or "," in text or "eur" in text.lower()


class Fields:
    """Tells labels from prose.

    Args:
        flow: the edition's content lines.
        roles: the roles given so far, one per line of the document.
    """

    def __init__(
        self, flow: Flow, roles: Sequence[str | None], vocabulary: Vocabulary, hyphens: Hyphens
    ) -> None:
        self._flow = flow
        self._items: Sequence[Item] = flow.items
        self._roles = roles
        self._vocabulary = vocabulary
        self._hyphens = hyphens

    def label(self, index: int, stop: int) -> Label | None:
        """The label that an item opens with, if it is one and no prose."""
        item = self._items[index]
        if not item.value[1:2].isalpha() and (start := leads.listed(item.value)):
            return self._listed(index, start, stop)
        if not item.value or not (item.value[0].isalpha() or item.mark):
            return None
        if not labels.can_open(item.value, self._vocabulary):
            return None
        own = labels.match(item.value, self._vocabulary)
        if own is not None and not own.colon and (gap := leads.gap(item)):
            return self._columned(index, own, gap)
        if own is not None and own.end < len(item.value):
            widened = labels.widened(own, item.value, self._vocabulary)
            if self._is_label(index, widened, item.value):
                return widened
            if not own.weak:
                return None
        whole = self._whole(index, stop)
        label = labels.match(whole.value, self._vocabulary)
        if label is None:
            return None
        if (
            own is not None
            and own.end == len(item.value) < label.end
            and (not own.weak or (own.kind == "status" and self.beside_money(index)))
        ):
            # A whole label at the line's end: the next line's words are its value, unless the
            # longer label is confirmed by a colon or a sum behind it.
            rest = whole.value[label.value :]
            if not (label.colon or AMOUNT_START.match(rest)):
                label = own
        if own is None and len(item.value.split()) > LABEL_WORDS:
            return None
        label = labels.widened(label, whole.value, self._vocabulary)
        return label if self._is_label(index, label, whole.value) else None

    def _columned(self, index: int, own: Label, gap: int) -> Label | None:
        """The label of a line whose value is set in a column behind a wide gap.

        Words beyond the gap are no part of it: "STATO      Progetto approvato".
        """
        value = self._items[index].value
        head = labels.match(value[:gap], self._vocabulary)
        # A figure right before the gap is a note's and not the sum's: "Costo totale 1    782,35".
        if head is not None and (head.end == gap or value[head.value : gap].isdigit()):
            own = head._replace(end=gap, value=gap + 1, colon=True, weak=False)
        elif own.end > gap and not may_show_sum(value):
            return None  # "FONTE      PON Metro" names a source and no sum
        else:
            own = labels.widened(own, value, self._vocabulary)
        return own if self._is_label(index, own, value) else None

    def _listed(self, index: int, start: int, stop: int) -> Label | None:
        """The label of a list's item ("- Costo totale: € ...", "b) Risorse comunali € ...").

        It is one beside others: a list in prose may name a source and a sum too.
        """
        own = self._label_behind(index, start)
        if own is None or self._flow.fresh(index) is False:
            return None
        near = self._roles[self._items[index - 1].index] if index else None
        if near not in ("funding", "total", "status"):
            after = self._items[index + 1].value if index + 1 < stop else ""
            behind = leads.listed(after)
            if not behind or self._label_behind(index + 1, behind) is None:
                return None
        value = self._items[index].value
        if own.kind in ("funding", "total"):
            known = self.is_money(value[own.value :], printed=True)
        else:
            known = own.colon
        return own if known else None

    def _label_behind(self, index: int, start: int) -> Label | None:
        value = self._items[index].value[start:]
        own = labels.match(value, self._vocabulary)
        if own is None:
            return None
        own = labels.widened(own, value, self._vocabulary)
        return own._replace(end=own.end + start, value=own.value + start)

    def _whole(self, index: int, stop: int, count: int = 4) -> Text:
        """An item joined with those after it (in its cell), for a label that a break may split."""
        cell = self._items[index].line.cell
        items = self._items[index : min(stop, index + count)]
        texts = [item.text for item in items if cell is None or item.line.cell == cell]
        return join(texts, self._hyphens)

    def _is_label(self, index: int, label: Label, text: str) -> bool:
        item = self._items[index]
        alone = label.end >= len(item.value)
        rest = text[label.value :]
        fresh = self._flow.fresh(index)
        if (fresh is None and self.beside_money(index)) or self._behind_dash(index):
            fresh = True  # a sum is complete: what follows it begins anew
        bold = item.line.bold_lead >= min(label.end, len(item.value)) - 2 > 0 or bool(
            item.line.bold and not self._bold_around(index)
        )
        before = self._items[index - 1].line.cell if index else None
        celled = item.line.cell is not None and item.line.cell != before
        if label.kind == "other":
            named = label.colon or (celled and alone and self._beside(index) is not None)
            return (named or (alone and self._closes_status(index))) and fresh is not False
        if label.weak and not label.colon:
            apart = self._heads_column(index) or (fresh is not False and self.beside_money(index))
            if label.kind == "status" and alone and apart:
                return True
            value = self._beside(index) if celled and alone else rest
            if label.kind not in ("funding", "total") or not value:
                return False
            return self.beside_money(index) and self.is_money(value, printed=not alone)
        if fresh is False and not bold and not celled:
            # After "con le" a label's words are prose, however they go on.
            return False
        if label.kind == "status":
            if label.colon or bold or celled:
                return True
            return item.value[0].isupper() and (alone or not _PROSE_AFTER.match(rest))
        amount = bool(AMOUNT_START.match(rest)) or amounts.is_sum(rest, vocabulary=self._vocabulary)
        if ":" in text[: label.end] and label.kind == "funding" and not amount:
            return False  # "Fonte: Comune di Bari" names a source and no sum
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
        return bool(fresh) and (rest[0].isupper() or self.beside_money(index))

    def _closes_status(self, index: int) -> bool:
        """Whether an item with a line of its own ("Note") stands behind a status's end.

        A status ends without a stop, too: where the line was broken on purpose.
        """
        before = self._items[index - 1]
        own = self._items[index].value
        return (
            self._roles[before.index] == "status"
            and own[0].isupper()
            and (self._flow.fresh(index) is True or self._heads_column(index))
            and labels.match(own, self._vocabulary) is not None
        )

    def _heads_column(self, index: int) -> bool:
        """Whether an item is set in capitals and what stands around it is not: a form's heading."""
        value = self._items[index].value
        around = [item.value for item in self._items[max(0, index - 1) : index + 2]]
        return value.isupper() and not all(map(str.isupper, around))

    def _beside(self, index: int) -> str | None:
        """The text of the cell beside the one that an item is alone in; None without one."""
        cell = self._items[index].line.cell
        if cell is None or index + 1 >= len(self._items):
            return None
        after = self._items[index + 1]
        same_row = after.line.cell is not None and after.line.cell[:2] == cell[:2]
        return after.value if same_row and after.line.cell != cell else None

    def is_money(self, text: str, *, printed: bool) -> bool:
        """Whether a text is a sum, its currency ``printed`` where that is asked."""
        said = not printed or _CURRENCY.search(text) is not None
        return said and amounts.is_sum(text, vocabulary=self._vocabulary)

    def _bold_around(self, index: int) -> bool:
        """Whether bold is no sign here because the text around is bold too."""
        after = self._items[index + 1 : index + 4]
        return bool(after) and all(item.line.bold for item in after)

    def _behind_dash(self, index: int) -> bool:
        """Whether a dash stands for the sum of the label before an item."""
        before = self._items[index - 1].value if index else ""
        if not before.endswith(_DASHES):
            return False
        if before[-3:-1] == ": " or leads.gap(self._items[index - 1]) == len(before) - 2 > 0:
            return True  # in its column, whatever the label
        label = labels.match(before, self._vocabulary)
        value = before[label.value :] if label else ""
        return bool(value) and not value.strip("".join(_DASHES))

    def beside_money(self, index: int) -> bool:
        """Whether the item before is a sum."""
        return index > 0 and self._roles[self._items[index - 1].index] in ("funding", "total")

    def leading_sum(self, index: int) -> tuple[Label, int, int] | None:
        """A known label behind its sum ("5.357.425 Risorse PON METRO"), and both ends.

        Returns:
            The label, the end of the sum and the start of the label in the item's text.
        """
        value = self._items[index].value
        if value[:1] != "€" and not value[:1].isdigit():
            return None
        found = amounts.find_leading(value, vocabulary=self._vocabulary)
        if found is None:
            return None
        rest = value[found.end :]
        start = found.end + len(rest) - len(rest.lstrip(" -–—:"))
        label = labels.match(value[start:], self._vocabulary)
        if label is None or label.kind not in ("funding", "total"):
            return None
        return (label, found.end, start) if start + label.value >= len(value) else None

    def unread_sum(self, index: int) -> bool:
        """Whether a line of running text opens with a money label and a sum stands close by."""
        value = self._items[index].value
        if not may_show_sum(value):
            return False
        value = value.lstrip("-–—* ")
        value = value[leads.listed(value) :]
        label = labels.match(value, self._vocabulary)
        if label is None or label.kind not in ("funding", "total") or label.weak:
            return False
        close = len(value) if self.beside_money(index) else _CLOSE
        has_sum = bool(_CURRENCY.search(value[label.value : label.value + close]))
        return has_sum and self._flow.fresh(index) is not False

    def looks_labelled(self, index: int) -> str | None:
        """The words of a line that looks like a field which no vocabulary knows."""
        value = self._items[index].value
        shape = _LABEL_SHAPE.match(value)
        if shape is None or self._flow.fresh(index) is False or "://" in value[: shape.end() + 3]:
            return None
        known = labels.match(value, self._vocabulary)
        if (known is not None and known.colon) or _COUNTED.match(value):
            return None
        return shape.group().rstrip(": ") if len(shape.group().split()) <= 5 else None
