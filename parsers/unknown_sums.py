"""Which lines are sums under labels that no vocabulary knows."""

from __future__ import annotations

import re

from parsers import labels, leads
from parsers.fields import AMOUNT_START, LABEL_WORDS, Fields, may_show_sum
from parsers.flow import Flow
from parsers.items import ends_open
from parsers.values import amounts
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

_DIGIT = Lazy(r"\d")
_WORD = Lazy(r"(?<![^\W\d_])[^\W\d_]")
# A year may end such a label, where the sum behind it has its currency before it.
_UNKNOWN = Lazy(
    r"(?P<label>[A-ZÀ-Ý][^€\d:;.]{2,70}(?:\.\s?[^€\d:;.]{0,20}){0,4}"
    r"(?:(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?(?=\s*:?\s*(?:€|[eE][uU][rR])))?)"
    r"(?P<colon>\s?:)?\s*(?=€|\d|[eE][uU][rR])"
)
_HEADED = Lazy(r"(?P<label>[^\W\d_][^€\d:;.]{2,60}?(?:\.[^\s€\d:;.]{0,6}){0,4})\s?:\s*(?=\S)")
_SUM = Lazy(r"€|eur|\d{1,3}(?:[.\s’']\d{3})*,\d{2}\b|\d[\d.,]*\s?(?:€|euro)", re.IGNORECASE)
_AROUND_SUM = Lazy(
    r"[\d€.,:;()\s’'-]|euro?|milion[ei]|mila|miliard[oi]|circa|c\.a|iva|inclusa|compresa",
    re.IGNORECASE,
)
# "Cofinanziamento Euro 350.000,00": the currency is the sum's; "Importo in euro" names it itself.
_CURRENCY_END = Lazy(r"(?<!\bin) +(?:euro|eur)$", re.IGNORECASE)
# Likewise behind the colon of a label that opens as funding's do: "Risorse: Totale € ...".
_NEAR = 24
# A word for money that has a line of its own has fewer characters.
_HEAD = 50
# The sum's own currency stands before it: without one, where the label ends is not to be known.
_NUMBERED = Lazy(
    r"(?P<label>[^\W\d_][^€:;]{1,70}?)(?P<colon>\s?:)?\s*(?=€|\b[eE](?:uro?|URO?)\b\s?\d)"
)
# Another sum inside, which leaves no one reading.
_SUM_INSIDE = Lazy(r"\d{1,3}(?:[.\s’']\d{3})+|\d,\d\d\b")

_MONEY = Lazy(
    r"(?:€|\beuro?\b)[\s.]*\d[\d.,’'\s]*|\d[\d.,’'\s]*(?:€|(?:di )?euro?\b)"
    r"|\b\d{1,3}(?:[.\s’']\d{3})*,\d\d(?!\d)|\b\d{1,3}(?:\.\d{3})+(?![\d.])",
    re.IGNORECASE,
)
_BEHIND = Lazy(r"[^\W\d_]+")
# Words behind a sum, besides a note in brackets, and characters of the text.
_REST_WORDS, _LONGEST = 2, 200


class UnknownSums:
    """Tells sums under unknown labels from prose.

    Args:
        flow: the edition's content lines.
        fields: tells the labels that are known.
    """

    def __init__(self, flow: Flow, fields: Fields, vocabulary: Vocabulary) -> None:
        self._flow = flow
        self._items = flow.items
        self._fields = fields
        self._vocabulary = vocabulary

    def at(self, index: int, stop: int) -> tuple[int, int] | None:
        """(end of label, start of value) of a line that is a sum under an unknown label."""
        item = self._items[index]
        if item.value[:2].islower() and item.value[1:2].isalpha():
            return None  # in mid sentence
        if not may_show_sum(item.value):
            return self._bare_head(index, stop) if len(item.value) < _HEAD else None
        if not _DIGIT.search(item.value):
            return None
        if labels.tells_spending(item.value, self._vocabulary):
            return None
        headed = self._headed_sum(index)
        if headed is not None or item.mark or item.value[:1].islower():
            return headed
        return self._named_sum(index, stop) or self._numbered_sum(index, stop)

    def _named_sum(self, index: int, stop: int) -> tuple[int, int] | None:
        """Likewise of words before a sum, alone or beside other money."""
        item = self._items[index]
        shape = _UNKNOWN.match(item.value)
        if shape is None or len(shape["label"].split()) > LABEL_WORDS:
            return None
        fresh = self._flow.fresh(index)
        if fresh is False:
            return None
        label = _CURRENCY_END.sub("", shape["label"].rstrip())
        start = len(label) + 1 if len(label) < len(shape["label"].rstrip()) else shape.end()
        rest = item.value[start:]
        # "Erogati voucher per € 1.200.000,00." is a sentence, "Contributo di € 10,00." a sum.
        sentence = rest.endswith(".") and ends_open(label, self._vocabulary)
        if sentence and not labels.can_open(label, self._vocabulary):
            return None
        if not _SUM.match(rest):
            return None
        if len(_AROUND_SUM.sub("", rest)) > 3 and not amounts.is_sum(
            rest, vocabulary=self._vocabulary
        ):
            return None
        columned = leads.gap(item) == len(label)
        alone = fresh and self._alone(index, stop, rest)
        if not (columned or alone or self._next_to_money(index, stop)):
            return None
        return len(label), start

    def _bare_head(self, index: int, stop: int) -> tuple[int, int] | None:
        """Likewise of a word for money on a line of its own, its sum on the next ("IMPORTO")."""
        value = self._items[index].value
        after = self._items[index + 1].value if index + 1 < stop else ""
        if not AMOUNT_START.match(after) or self._flow.fresh(index) is False:
            return None
        label = value.rstrip(" :")
        if not labels.is_head(label, self._vocabulary) or not self._fields.is_money(
            after, printed=True
        ):
            return None
        return len(label), len(value)

    def _headed_sum(self, index: int) -> tuple[int, int] | None:
        """Likewise of a line that opens with a head of funding's labels ("Importo ammesso: ...").

        Such a line is of a sum, however much is told behind it.
        """
        value = self._items[index].value
        start = leads.listed(value)
        if not labels.opens_with_head(value[start:], self._vocabulary):
            return None
        shape = _HEADED.match(value, start)
        if shape is None or len(shape["label"].split()) > LABEL_WORDS:
            return None
        begin = shape.end()
        if self._flow.fresh(index) is False or not _SUM.search(value, begin, begin + _NEAR):
            return None
        if start and not amounts.is_sum(value[begin:], vocabulary=self._vocabulary):
            return None  # "- Contributi: € 300,00 l'anno per famiglia" is an item of a list
        return shape.end("label"), begin

    def _numbered_sum(self, index: int, stop: int) -> tuple[int, int] | None:
        """Likewise of a label that holds a number ("Fondi L.R. 9/2015 € 5.000,00")."""
        value = self._items[index].value
        ends = numbered(value)
        if ends is None or len(value[: ends[0]].split()) > LABEL_WORDS:
            return None
        words = [word.start() for word in _WORD.finditer(value, 1, ends[0])]
        if any(labels.opens_value(value[at:], self._vocabulary) for at in words):
            return None  # a known label and its sum, behind other text
        rest, fresh = value[ends[1] :], self._flow.fresh(index)
        if fresh is False or rest.endswith(".") or len(_AROUND_SUM.sub("", rest)) > 3:
            return None
        alone = fresh and labels.opens_with_head(value, self._vocabulary)
        return ends if alone or self._next_to_money(index, stop) else None

    def _next_to_money(self, index: int, stop: int) -> bool:
        opens_next = index + 1 < stop and self._fields.label(index + 1, stop) is not None
        return opens_next or self._fields.beside_money(index)

    def _alone(self, index: int, stop: int, value: str) -> bool:
        """Whether a sum with its currency is a paragraph of its own."""
        ends = index + 1 >= stop or self._flow.fresh(index + 1) is not False
        return ends and value[:1] in "€eE"

    def is_unread(self, index: int, stop: int) -> bool:
        """Whether an item of running text is a few words and a sum, on a line of their own."""
        value = self._items[index].value
        return (
            may_show_sum(value)
            and ends_in_sum(value)
            and not labels.tells_spending(value, self._vocabulary)
            and self._flow.fresh(index) is not False
            and (index + 1 >= stop or self._flow.fresh(index + 1) is not False)
        )


def numbered(text: str) -> tuple[int, int] | None:
    """(end of label, start of value) of a text whose label holds a number; None of others.

    >>> [numbered(text) for text in ("Fondi L.R. 9/2015 € 5,00", "L. 205/2017: euro 5,00", "€ 5")]
    [(17, 18), (11, 13), None]
    >>> numbered("Lavori 3.000,00 € 2.000,00")
    (6, 7)
    """
    shape = _NUMBERED.match(text)
    if shape is None or not any(map(str.isdigit, shape["label"])):
        return None
    if inside := _SUM_INSIDE.search(text, 0, shape.end("label")):
        return len(text[: inside.start()].rstrip()), inside.start()
    return len(shape["label"].rstrip()), shape.end()


def ends_in_sum(text: str) -> bool:
    """Whether a text is a few words and a sum: money, whatever the words and what joins them.

    >>> [ends_in_sum(text) for text in (
    ...     "Mutuo Cassa Depositi: circa 868,89 €", "D.L. 34/2020 di 536 euro + IVA", "dal 2022")]
    [True, True, False]
    >>> ends_in_sum("Il contributo di € 300,00 va alle famiglie che abitano nel quartiere")
    False
    """
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return False
    start = leads.listed(text)
    money = _MONEY.search(text, start)
    if money is None or not text[start : start + 1].isalpha() or text[start].islower():
        return False
    behind = re.sub(r"\([^)]*\)?", "", text[money.end() :])
    return (
        len(text[start : money.start()].split()) <= LABEL_WORDS
        and len(_BEHIND.findall(behind)) <= _REST_WORDS
    )
