"""Euro amounts, as Italian offices print them behind a label.

An amount is read only where its spelling allows one reading; all else raises, because a funding
row without a sum is a finding that a person sees, and a wrong sum is not (the contract's
``funding``). A dot groups three digits and a comma parts two digits of cents; a dot is a decimal
mark only before a scale word ("40.3 milioni").

>>> parse("€ 1.552.500,00")
Amount(euro=Decimal('1552500.00'), status='printed')
>>> parse("un milione e mezzo di euro")
Amount(euro=Decimal('1500000.00'), status='rounded')
>>> [str(parse(text).euro) for text in ("40.218.000€", "788.669,71", "169.01 MEUR", "530mila euro")]
['40218000.00', '788669.71', '169010000.00', '530000.00']
>>> parse("A carico dell’aggiudicatario dell’appalto")
Amount(euro=None, status='worded')
>>> [is_valid(text) for text in ("€ 1.250.00,00", "15.911246 di euro", "circa € 1.169")]
[False, False, False]
>>> is_open("2 milioni e"), continues("€ 1.552.", "500,00"), continues("1.285.000", "Stato")
(True, True, False)
>>> display(Decimal("1552500"))
'1.552.500,00'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from parsers.values import Found, ValueProblem, codes, numerals, sums
from parsers.values.patterns import Lazy
from parsers.values.sums import NARROW, Sum, alternatives, sum_at
from parsers.vocabulary import PACKAGED, Vocabulary

_DIGIT = Lazy("[0-9]")
_INVISIBLE = Lazy("[\u00ad\u200b-\u200d\u2060\ufeff]")
# White space other than single plain spaces, and what is not seen at all.
_SPACED = Lazy("  |[^\\S ]|[\u00ad\u200b-\u200d\u2060\ufeff]")
_NARROW_SPACE = Lazy("[\u00a0\u2007\u2009\u200a\u202f]")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
# Marks of footnotes behind a sum, and what ends a sentence or an item.
_MARKS = Lazy(r"[ ]?(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+|[(\[](?:\*|[0-9]{1,2})[)\]])")
_NUMBER = Lazy(r" [1-9]")
_CENTS_END = Lazy(r",[0-9]{2}(?: ?€)?$")
_BRACKET = Lazy(r"[ ]?\(([^()]*)\)")
_FIGURES = Lazy(r"[ ]?\(([^()]*[0-9])\)$")
# Letters that a scan takes for digits, in the shape of a sum.
_MISREAD = Lazy(r"(?<!\w)[OoIlSBQ|]{1,3}(?:[.,][OoIlSBQ|]{2,3})+(?!\w)")
_LEAD = Lazy(rf"[:=]?[ ]?(?:[{_DASHES}] (?=\D))?")
_HYPHEN_END = Lazy(rf"[^\W\d_][{_DASHES}]$")
_NOTHING = Lazy(rf"[{_DASHES}/=]{{1,3}}|n\.? ?[dacp]\.?|n/[dac]", re.IGNORECASE)


class AmountProblem(ValueProblem):
    """A text that has no amount in it, or more than one, or one with more than one reading."""


class Amount(NamedTuple):
    """A sum of money, or the words that stand for one.

    Attributes:
        euro: with two decimals; None only where ``status`` is ``worded``.
        status: ``printed``, ``rounded`` (a scale word or "circa") or ``worded``.
    """

    euro: Decimal | None
    status: Literal["printed", "rounded", "worded"]


# A text is looked at as a possible sum before it is read as one.
@lru_cache(maxsize=1024)
def parse(text: str, *, vocabulary: Vocabulary = PACKAGED) -> Amount:
    """The amount that ``text`` says, which is all that follows a label.

    Words are an amount too (``worded``) if no digit among them could be of a sum. A dash is one:
    it says that there is none, while "0" would be a sum.

    Raises:
        AmountProblem: empty, malformed, cut off, or with more than one reading or sum.
    """
    plain = _plain(text)
    if not plain:
        raise AmountProblem("nothing is printed behind the label")
    if is_open(plain, vocabulary=vocabulary):
        raise AmountProblem(f"an amount that is not whole: {text!r}")
    lead = _LEAD.match(plain)
    total = sum_at(plain, lead.end() if lead else 0, sums.compiled(vocabulary), whole=True)
    if (
        total is not None
        and (total.currency or total.certain)
        and _is_note(_behind(plain, total, vocabulary), vocabulary)
    ):
        return _amount(total)
    if (figures := _after_letters(plain, vocabulary)) is not None:
        return _amount(figures)
    if _is_worded(plain, vocabulary):
        return Amount(None, "worded")
    raise AmountProblem(f"no amount with one reading: {text!r}")


def may_be_sum(text: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a text holds a digit, a currency or a scale word: a cheap look before the grammar."""
    if _DIGIT.search(text):
        return True
    words = sums.compiled(vocabulary)
    return (words.currency.search(text) or words.scale.search(text)) is not None


def is_sum(text: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether a whole text is an amount, in digits or words.

    >>> is_sum("€ 1.200,00"), is_sum("a carico di privati"), is_sum("entro il 2022")
    (True, False, False)
    """
    if not may_be_sum(text, vocabulary=vocabulary):
        return False
    try:
        return parse(text, vocabulary=vocabulary).euro is not None
    except AmountProblem:
        return False


def is_valid(text: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether ``text`` is one amount, or words instead of one."""
    try:
        parse(text, vocabulary=vocabulary)
    except AmountProblem:
        return False
    return True


def is_open(text: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether ``text`` cannot be all of an amount: it is empty, or ends in mid air.

    What is open never parses: a sum whose second line went missing is not read as a smaller one.
    """
    plain, wording = _plain(text), _wording(vocabulary)
    if wording.only_lead.fullmatch(plain) or _number_open(plain, wording):
        return True
    if plain.count("(") > plain.count(")"):
        return True
    if plain[-1] in _DASHES and _HYPHEN_END.search(plain):
        return True
    return wording.open_end.search(plain) is not None


def continues(text: str, following: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether the next line's text goes on with the amount of this one.

    The caller has looked first whether the next line begins something else (a label, a heading).
    """
    plain, rest, wording = _plain(text), _plain(following), _wording(vocabulary)
    if not rest:
        return False
    if _number_open(plain, wording):
        more = r"[0-9]{3}(?![0-9])" if plain[-1] == "." else rf"[0-9]{{2}}(?![0-9])|[{_DASHES}=]"
        return re.match(more, rest) is not None
    if is_open(plain, vocabulary=vocabulary):
        return True
    if wording.scale_end.search(plain):
        return (wording.after_scale.match(rest) or wording.next_note.match(rest)) is not None
    if not wording.sum_end.search(plain):
        # Words that wrap go on in lower case; labels, headings and paragraphs start otherwise.
        return rest[0].islower() and _is_worded(plain, vocabulary)
    if wording.next_note.match(rest) or wording.approximately.match(rest):
        return True
    if not plain[-1].isdigit():
        return False
    if re.match(r"[.,][0-9]", rest) or sums.compiled(vocabulary).scale.match(rest):
        return True
    return not wording.currency.search(plain) and wording.currency_alone.match(rest) is not None


def find(text: str, *, vocabulary: Vocabulary = PACKAGED) -> Iterator[Found[Amount]]:
    """The well-formed amounts of running text that carry a currency, in order."""
    words, shown = sums.compiled(vocabulary), _same_length(text)
    position = 0
    while match := words.start.search(shown, position):
        position = match.end()
        total = sum_at(shown, match.start(), words, whole=False)
        if total is not None and total.currency and not _goes_on(shown, total.end, vocabulary):
            yield Found(_amount(total), match.start(), total.end)
            position = total.end


def find_leading(text: str, *, vocabulary: Vocabulary = PACKAGED) -> Found[Amount] | None:
    """The amount that opens a line before its label ("5.357.425 Agenda digitale").

    A number without currency counts if its digits are grouped or it has cents; whether a label
    follows is the caller's to know.
    """
    shown = _same_length(text)
    start = len(shown) - len(shown.lstrip())
    total = sum_at(shown, start, sums.compiled(vocabulary), whole=False)
    if total is None or not (total.currency or total.certain):
        return None
    if _goes_on(shown, total.end, vocabulary) or shown[total.end : total.end + 1] == "%":
        return None
    return Found(_amount(total), start, total.end)


def display(amount: Decimal) -> str:
    """An amount as Italian offices print it, without currency: ``1.552.500,00``."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _amount(total: Sum) -> Amount:
    return Amount(total.euro, "rounded" if total.rounded else "printed")


def _plain(text: str) -> str:
    """The text with single spaces, a lone no-break or thin one kept as :data:`NARROW`."""
    if text.isascii():
        return " ".join(text.split())
    if not _SPACED.search(text):
        return text.strip(" ")
    visible = _NARROW_SPACE.sub(NARROW, _INVISIBLE.sub("", text))
    return re.sub(r"\s+", lambda run: run[0] if run[0] == NARROW else " ", visible).strip()


def _same_length(text: str) -> str:
    """The text with plain and narrow spaces only, each character in its place."""
    return re.sub(r"\s|\u200b|\ufeff", " ", _NARROW_SPACE.sub("\ue000", text)).replace(
        "\ue000", NARROW
    )


def _number_open(plain: str, wording: _Wording) -> bool:
    """Whether the text is a number that breaks off behind a mark ("€ 1.552.")."""
    return wording.broken_number.fullmatch(plain) is not None and not re.search(
        r",[0-9]{2}\.$", plain
    )


def _goes_on(shown: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether what stands behind a sum makes another one of it."""
    rest = shown[end : end + 40]
    scale = sums.compiled(vocabulary).scale
    return re.match(r"[\w'’/]|[.,][0-9]", rest) is not None or (
        scale.match(rest.lstrip(" " + NARROW)) is not None
    )


def _behind(plain: str, total: Sum, vocabulary: Vocabulary) -> str:
    """What follows a sum, without the same sum in letters and without a footnote's number.

    The number stands apart from a sum with cents, to which no digit can be missing.
    """
    rest = plain[total.end :]
    if (match := _BRACKET.match(rest)) and not _DIGIT.search(match[1].partition("/")[0]):
        euro, cents = divmod(int(total.euro * 100), 100)
        rest = (
            rest[match.end() :]
            if numerals.agrees(match[1], euro, cents, vocabulary=vocabulary)
            else rest
        )
    return "" if _NUMBER.fullmatch(rest) and _CENTS_END.search(plain, 0, total.end) else rest


def _after_letters(plain: str, vocabulary: Vocabulary) -> Sum | None:
    """The sum in figures behind the same sum in letters ("euro diecimila/00 (€ 10.000,00)")."""
    match = _FIGURES.search(plain) if plain[-1:] == ")" else None
    if match is None:
        return None
    total = sum_at(match[1], 0, sums.compiled(vocabulary), whole=True)
    if total is None or total.end < len(match[1]):
        return None
    euro, cents = divmod(int(total.euro * 100), 100)
    letters = plain[: match.start()]
    return total if numerals.agrees(letters, euro, cents, vocabulary=vocabulary) else None


def _is_note(rest: str, vocabulary: Vocabulary) -> bool:
    """Whether what follows a sum leaves it alone: footnote marks, "(IVA inclusa)", a full stop."""
    wording = _wording(vocabulary)
    while rest and (match := _MARKS.match(rest) or _BRACKET.match(rest)):
        inside = match[1] if match.re.pattern == _BRACKET.pattern else ""
        if not (wording.parts.match(inside) or _has_no_sum(inside, vocabulary)):
            return False
        rest = rest[match.end() :]
    rest = rest.strip(" " + NARROW)
    if rest in ("", ".", ";"):
        return True
    rest = rest.lstrip(f",; {_DASHES}")
    if wording.parts.match(rest):
        return True
    return wording.note.match(rest) is not None and _has_no_sum(rest, vocabulary)


def _is_worded(plain: str, vocabulary: Vocabulary) -> bool:
    wording = _wording(vocabulary)
    if wording.money.search(plain) or not _has_no_sum(plain, vocabulary):
        return False
    said = wording.only_lead.match(plain)
    rest = plain[said.end() :] if said else plain
    return _NOTHING.fullmatch(rest) is not None or re.search(r"[^\W\d_]{2}", rest) is not None


def _has_no_sum(text: str, vocabulary: Vocabulary) -> bool:
    """Whether no digit or word of the text could be of a sum.

    The numbers of codes, dates, years, percentages and references ("nota 2") could not.
    """
    wording = _wording(vocabulary)
    kept, end = "", 0
    for found in codes.find(text, city="XX", vocabulary=vocabulary):
        kept, end = kept + text[end : found.start], found.end
    kept = wording.no_sum.sub(" ", kept + text[end:])
    return not (re.search(r"[0-9]", kept) or wording.spelt.search(kept) or _MISREAD.search(kept))


class _Wording(NamedTuple):
    """What a text says around a sum, or instead of one."""

    only_lead: Lazy
    broken_number: Lazy
    open_end: Lazy
    scale_end: Lazy
    sum_end: Lazy
    after_scale: Lazy
    currency: Lazy
    currency_alone: Lazy
    approximately: Lazy
    note: Lazy
    next_note: Lazy
    parts: Lazy
    money: Lazy
    spelt: Lazy
    no_sum: Lazy


@cache
def _wording(vocabulary: Vocabulary) -> _Wording:
    table = vocabulary["scales"]
    said = table["words"]
    currency = alternatives(table["currency"])
    scale = alternatives([*table["scales"], *table["with_currency"]])
    numerals = alternatives([*table["numerals"], *said["half"]])
    approximate = alternatives([*said["approximate"], *said["approximate_before"]])
    lead = rf"(?:(?:{currency})[.:]?|(?:{approximate}|{alternatives(said['before'])})(?!\w)|[:=])"
    gap = f"[ {NARROW}]?"
    tax, notes = alternatives(said["tax"]), alternatives(said["notes"])
    parts = rf"(?:{alternatives(said['parts'])})(?!\w)"
    months, references = alternatives(said["months"]), alternatives(said["references"])
    year = r"(?:19|20)[0-9]{2}"
    day, month = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"

    def words(pattern: str) -> Lazy:
        return Lazy(pattern, re.IGNORECASE)

    return _Wording(
        only_lead=words(rf"(?:{lead}{gap})*+(?:(?:{numerals})(?!\w))?"),
        broken_number=words(rf"(?:{lead}{gap})*+[0-9](?:{gap}[.,'’]?{gap}[0-9])*+{gap}[.,]"),
        open_end=words(rf"(?:^|[ {NARROW}(])(?:{alternatives(said['open_ends'])})$"),
        scale_end=words(rf"(?:^|[ {NARROW}0-9])(?:{scale})$"),
        sum_end=words(rf"(?:[0-9]|{currency}|{scale})[.)]?$"),
        after_scale=words(
            rf"ed? (?:[0-9]|(?:{numerals})(?!\w))|[0-9]{{1,3}}{gap}(?:{scale})(?!\w)"
            rf"|(?:di |d['’])?(?:{currency})(?![^\W\d_])(?!{gap}[0-9])"
        ),
        currency=words(currency),
        currency_alone=words(rf"(?:{currency})(?![^\W\d_])(?!{gap}[.:]?{gap}[0-9])"),
        approximately=words(rf"(?:{alternatives(said['approximate'])})[.,;]?$"),
        note=words(rf"(?:{tax})(?!\w)|{notes}"),
        next_note=words(rf"\((?:{tax}|{notes}|{parts})|(?:(?:{tax})(?!\w)|{parts})"),
        parts=words(parts),
        money=words(
            rf"(?:{currency}|(?<!\w)(?:{approximate})(?!\w)){gap}[0-9]"
            rf"|[0-9]{gap}(?:{currency}|(?:{scale})(?!\w))"
        ),
        spelt=words(rf"(?<!\w)(?:{'|'.join(said['spelt'])}|{scale})(?!\w)"),
        no_sum=words(
            rf"(?<![\w.,/])(?:{day}[./-]{month}[./-]{year}|{day}/{month}/[0-9]{{2}}"
            rf"|{day}°?{gap}(?:{months})|{year}(?:[-–/](?:{year}|[0-9]{{2}}))?"
            rf"|[0-9]{{1,3}}(?:,[0-9]{{1,2}})?{gap}(?:%|per ?cento))(?!\w|[.,/][0-9])"
            rf"|(?<!\w)(?:{references}){gap}[0-9]{{1,4}}(?:/[0-9]{{2,4}})?(?!\w|[.,/][0-9])"
        ),
    )
