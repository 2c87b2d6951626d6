"""The grammar under :mod:`parsers.values.amounts`: one sum of euros at one place of a text.

A sum is a number with grouped digits ("1.552.500,00"), or numbers with scale words
("2 milioni e 600mila"), with the currency before it, behind it, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from parsers.values.patterns import Lazy, either
from parsers.vocabulary import PACKAGED, Vocabulary

NARROW = "\u202f"
"""Stands for every no-break or thin space: the ones that set the groups of one number apart."""

# What decimal128(14,2) of the published column holds.
_LIMIT = Decimal(10) ** 12
_CENT = Decimal("0.01")
_THOUSAND = 1_000
# No sum is announced in more words ("per un totale di circa €"); a bound keeps searching linear.
_LEAD_WORDS = 8
_SP = f"[ {NARROW}]{{0,20}}"
_GAP = Lazy(_SP)
_YEAR = Lazy(r"(?:19|20)[0-9]{2}$")
_OF = Lazy(rf"{_SP}(?:di[ {NARROW}]|d['’])?", re.IGNORECASE)
_MARK = Lazy(rf"[.:](?={_SP}[0-9])")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
# A number ends where no digit goes on with it, be it behind a mark or, in threes, behind a space.
_END = rf"(?![0-9]|[.,'’/][0-9]|[ {NARROW}][0-9]{{3}}(?![0-9]))"
# ",-" and ",==" are how offices fill the place of no cents; "/00" is how cheques part them. A sum
# is closed against additions by a last "=" or ".=" or ".-".
_CLOSED = rf"\.?={{1,2}}|\.[{_DASHES}]"
_CENTS = rf"[,/][0-9]{{2}}(?:{_CLOSED})?|,[{_DASHES}]{{1,2}}|,={{1,2}}|{_CLOSED}"
_BROKEN_CENTS = rf"[ ]?,[ ]?[0-9]{{2}}(?:{_CLOSED})?|{_CENTS}"


class Sum(NamedTuple):
    """A sum read at one place.

    Attributes:
        euro: with two decimals.
        rounded: whether a scale word or "circa" goes with it.
        currency: whether the currency is said.
        certain: whether it needs no currency to be known for money (groups, cents, scale).
        end: where it ends in the text.
    """

    euro: Decimal
    rounded: bool
    currency: bool
    certain: bool
    end: int


class Words(NamedTuple):
    """The words around a sum, compiled from a vocabulary's ``scales``."""

    factors: dict[str, int]
    letters: dict[str, int]
    with_currency: frozenset[str]
    numerals: dict[str, int]
    start: Lazy
    currency: Lazy
    approximate: Lazy
    approximately: Lazy
    before: Lazy
    after: Lazy
    scaled: Lazy
    half: Lazy
    half_scaled: Lazy
    joint: Lazy
    scale: Lazy


def sum_at(text: str, start: int, words: Words, *, whole: bool) -> Sum | None:
    """The sum that begins exactly at ``start``.

    Args:
        text: with plain spaces and :data:`NARROW` for all white space.
        start: where a number, a currency or "circa" is.
        words: the words to know.
        whole: whether the text is nothing but an amount: then words such as "pari a" may
            surround the number, and spaces stand beside its marks where a line was broken.

    Returns:
        None where no number follows or where its spelling has no single reading.
    """
    position, currency, rounded = _lead(text, start, words, whole=whole)
    scaled, loose = _scaled(text, position, words, currency=currency), False
    if scaled is not None:
        euro, position, says_currency = scaled
        currency = currency or says_currency
        certain = fixed = True
    else:
        number = (_BROKEN if whole else _EXACT).match(text, position)
        if number is None:
            return None
        loose = " " in (number["spaced"] or "") and not currency
        if loose and not (whole and number["cents"]):
            return None
        if " " in (number["cents"] or "") and _YEAR.match(number["plain"] or ""):
            return None  # "Bilancio 2022, 75 €"
        euro = _value(number)
        certain = number["plain"] is None or number["cents"] is not None
        fixed = number["cents"] is not None
        position = number.end()
    behind = (_OF if scaled else _GAP).match(text, position)
    if behind and (sign := words.currency.match(text, behind.end())):
        position, currency = sign.end(), True
    if loose and not currency:
        return None
    while whole and (word := _behind(text, position, words)):
        position = word.end()
        rounded = rounded or word.re.pattern == words.approximately.pattern
    if rounded and not fixed and (euro < 10 * _THOUSAND or euro % _THOUSAND):
        return None  # "circa € 1.169": of what unit?
    if euro >= _LIMIT:
        return None
    return Sum(euro.quantize(_CENT), rounded or scaled is not None, currency, certain, position)


def _lead(text: str, start: int, words: Words, *, whole: bool) -> tuple[int, bool, bool]:
    """Where the number starts, and whether currency and "circa" stand before it."""
    position, currency, rounded = start, False, False
    for _ in range(_LEAD_WORDS):
        if not currency and (match := words.currency.match(text, position)):
            # "€. 500" and "Euro: 500" are ways to write it.
            currency = True
            mark = _MARK.match(text, match.end())
            position = mark.end() if mark else match.end()
        elif match := words.approximate.match(text, position):
            rounded, position = True, match.end()
        elif whole and (match := words.before.match(text, position)):
            position = match.end()
        else:
            break
        position = _skip(text, position)
    return position, currency, rounded


def _behind(text: str, position: int, words: Words) -> re.Match[str] | None:
    position = _skip(text, position)
    return words.approximately.match(text, position) or words.after.match(text, position)


def _skip(text: str, position: int) -> int:
    gap = _GAP.match(text, position)
    return gap.end() if gap else position


def _scaled(
    text: str, position: int, words: Words, *, currency: bool
) -> tuple[Decimal, int, bool] | None:
    """Numbers with scale words: their sum, where they end, whether they say the currency."""
    if match := words.half_scaled.match(text, position):
        scale = _factor(match["scale"], words, currency=currency)
        return scale and (Decimal(scale[0]) / 2, match.end(), scale[1])
    first = _scaled_part(text, position, words, currency=currency)
    if first is None:
        return None
    euro, factor, position, in_currency, whole_number = first
    while whole_number and not in_currency:
        joint = words.joint.match(text, position)
        if joint is None:
            break
        if half := words.half.match(text, joint.end()):
            return euro + Decimal(factor) / 2, half.end(), False
        part = _scaled_part(text, joint.end(), words, currency=False)
        if part is not None and part[0] < factor and part[1] < factor:
            euro, position = euro + part[0], part[2]
            factor, in_currency, whole_number = part[1], part[3], part[4]
            continue
        number = _EXACT.match(text, joint.end())
        if number is not None and number["dotted"] and _value(number) < factor:
            euro, position = euro + _value(number), number.end()
        break
    return euro, position, in_currency


def _scaled_part(
    text: str, position: int, words: Words, *, currency: bool
) -> tuple[Decimal, int, int, bool, bool] | None:
    """One number with its scale: euros, factor, end, whether in currency, whether an integer."""
    match = words.scaled.match(text, position)
    if match is None:
        return None
    currency = currency or words.currency.match(text, _skip(text, match.end())) is not None
    scale, digits = _factor(match["scale"], words, currency=currency), match["digits"]
    if scale is None:
        return None
    factor, in_currency = scale
    if digits is None:
        number = words.numerals.get(match["numeral"].lower())
        if number is None:
            return None
        return Decimal(number * factor), factor, match.end(), in_currency, True
    # Thousands of millions are beyond the programme, so that the dot of "1.112 milioni" is a
    # decimal mark; "1.169 mila" could be either.
    if factor <= _THOUSAND and re.search(r"\.[0-9]{3}$", digits):
        return None
    euro = Decimal(digits.replace(",", ".")) * factor
    if euro != euro.quantize(_CENT):
        return None
    return euro, factor, match.end(), in_currency, digits.isdigit()


def _factor(scale: str, words: Words, *, currency: bool) -> tuple[int, bool] | None:
    """What a scale word multiplies by, and whether it says the currency itself."""
    if scale in words.letters:
        return (words.letters[scale], False) if currency else None
    factor = words.factors.get(scale.lower())
    return None if factor is None else (factor, scale.lower() in words.with_currency)


def _value(number: re.Match[str]) -> Decimal:
    whole, cents = _digits(number["whole"]), _digits(number["cents"] or "") or "00"
    return Decimal(f"{whole}.{cents}")


def _digits(printed: str) -> str:
    return "".join(filter(str.isdigit, printed))


def _exact(dot: str, cents: str) -> Lazy:
    first = r"[1-9][0-9]{0,2}"
    return Lazy(
        rf"(?P<whole>(?P<dotted>{first}(?:{dot}[0-9]{{3}})+)"
        rf"|(?P<spaced>{first}(?:[ {NARROW}][0-9]{{3}})+)"
        rf"|{first}(?:['’][0-9]{{3}})+|(?P<plain>0|[1-9][0-9]{{0,14}}))"
        rf"(?P<cents>{cents})?{_END}"
    )


_EXACT = _exact(r"\.", _CENTS)
# A narrow cell breaks a number at its marks: "1.552." and "500,00", joined by a space.
_BROKEN = _exact(r"[ ]?\.[ ]?", _BROKEN_CENTS)


def alternatives(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, with either apostrophe and any space."""
    ordered = sorted(words, key=len, reverse=True)
    typographic = {"'": "['’]", " ": f"[ {NARROW}]+"}
    return either(
        "".join(typographic.get(character, re.escape(character)) for character in word)
        for word in ordered
    )


@cache
def compiled(vocabulary: Vocabulary = PACKAGED) -> Words:
    """The patterns of a vocabulary's ``scales``."""
    table = vocabulary["scales"]
    said = table["words"]
    factors = {**table["scales"], **table["with_currency"]}
    currency, numerals = alternatives(table["currency"]), alternatives(table["numerals"])
    scale = rf"(?:{alternatives([*factors, *table['letters']])})(?!\w)"
    half, nearly = alternatives(said["half"]), alternatives(said["approximate"])
    approximate = alternatives([*said["approximate"], *said["approximate_before"]])

    def words(pattern: str) -> Lazy:
        return Lazy(pattern, re.IGNORECASE)

    return Words(
        factors=factors,
        letters=table["letters"],
        with_currency=frozenset(table["with_currency"]),
        numerals=table["numerals"],
        start=words(
            rf"(?<![{_DASHES}\w.,'’/])(?:(?:{currency})(?![a-z])|[0-9]"
            rf"|(?:{approximate}|{numerals}|{half})(?!\w))"
        ),
        currency=words(rf"(?:{currency})(?![^\W\d_])"),
        approximate=words(rf"(?:{approximate})(?!\w)"),
        approximately=words(rf"(?:{nearly})(?!\w)"),
        before=words(rf"(?:{alternatives(said['before'])})(?!\w)"),
        after=words(rf"(?:{alternatives(said['after'])})(?!\w)"),
        scaled=words(
            rf"(?:(?P<digits>(?:0|[1-9][0-9]{{0,2}})(?:[.,][0-9]{{1,8}})?){_SP}"
            rf"|(?P<numeral>{numerals})[ {NARROW}]{{1,20}})(?P<scale>{scale})"
        ),
        half=words(rf"(?:{half})(?!\w)"),
        half_scaled=words(rf"(?:{half})[ {NARROW}]{{1,20}}(?P<scale>{scale})"),
        joint=words(rf"[ {NARROW}]{{1,20}}(?:ed?[ {NARROW}]{{1,20}})?"),
        scale=words(scale),
    )
