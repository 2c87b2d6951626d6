"""Web addresses as printed in a description or a status.

What counts (the contract's ``links``): an address that begins with ``http://``, ``https://`` or
``www.``, or a bare host of a known top level. Closing punctuation and brackets that the sentence
opened are not part of it; e-mail addresses are none.

>>> [link.value for link in find("Maggiori informazioni (https://wemi.comune.milano.it/).")]
['https://wemi.comune.milano.it/']
>>> [link.value for link in find("su pnmetroplus.it/progetto?codice=MI2.2.4.b, da info@comune.it")]
['pnmetroplus.it/progetto?codice=MI2.2.4.b']
>>> parse("www.ponmetro.it")
'www.ponmetro.it'
>>> is_broken("Il sito https://www.comune.milano.it/aree-", "tematiche/casa è in linea")
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from parsers.values import Found, ValueProblem
from parsers.values.folding import has_link
from parsers.values.patterns import Lazy
from parsers.vocabulary import PACKAGED, Vocabulary

# Zero-width characters and soft hyphens are typesetters' break marks inside long addresses.
_INVISIBLE = Lazy("[\u00ad\u200b-\u200d\u2060\ufeff]")
_STOP = r"\s<>\"«»“”„{}|\\^`\x00-\x1f\x7f–—…•"
_CLOSING = ".,;:!?'’‘*"
_PAIRS = {")": "(", "]": "["}
_SCHEME = Lazy(r"https?://", re.IGNORECASE)
# A second address glued on by a comma is one of its own.
_GLUED = Lazy(r"[,;]+(?=https?://|www\.)", re.IGNORECASE)
_HOST_END = r"(?![\w@’'-]|\.\w)"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"


class LinkProblem(ValueProblem):
    """A text that is no web address."""


def parse(text: str, *, vocabulary: Vocabulary = PACKAGED) -> str:
    """The one web address that ``text`` is, as printed, without invisible break marks.

    Raises:
        LinkProblem: the text is no address, or more than one.
    """
    stripped = text.strip()
    for link in find(stripped, vocabulary=vocabulary):
        if (link.start, link.end) == (0, len(stripped)):
            return link.value
    raise LinkProblem(f"no web address: {text!r}")


def is_valid(text: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether ``text`` is one web address."""
    try:
        parse(text, vocabulary=vocabulary)
    except LinkProblem:
        return False
    return True


def find(text: str, *, vocabulary: Vocabulary = PACKAGED) -> Iterator[Found[str]]:
    """The web addresses that running text prints, in order."""
    # What every address holds and most texts do not: a quick look before the costly one.
    if not (has_link(text) or _host_end(vocabulary).search(text)):
        return
    for match in _pattern(vocabulary).finditer(text):
        start, limit = match.span()
        while start < limit:
            glued = _GLUED.search(text, start, limit)
            stop = glued.start() if glued else limit
            end = _without_closing(text, start, stop)
            if _has_host(text[start:end]):
                yield Found(_INVISIBLE.sub("", text[start:end]), start, end)
            start = glued.end() if glued else limit


def is_broken(text: str, following: str, *, vocabulary: Vocabulary = PACKAGED) -> bool:
    """Whether the web address that ends a line goes on at the start of the next one.

    Only what the characters say is judged; whether the line is full is the caller's to know.
    Where the next word could as well be a word of the sentence, the answer is no.
    """
    line = text.rstrip()
    tail = line.split()[-1] if line else ""
    match = _pattern(vocabulary).search(tail) or _started().search(tail)
    words = following.split(maxsplit=1)
    if not match or match.end() != len(tail) or not words:
        return False
    address, head = match.group(), words[0]
    last = address[-1]
    if address.lower().endswith(("http:", "https:", "/www.", "://")) or address.lower() == "www.":
        return re.match(r"[\w/]", head) is not None
    if _started().match(head):
        return False
    if address.count("(") > address.count(")") and ")" in head:
        return True
    if last in "=&?_%#~@+":
        return re.match(r"[\w%/]", head) is not None
    if last == "-":
        return re.match(r"[a-z0-9]", head) is not None
    if last == ".":
        return (
            _ends_host(head, vocabulary)
            if _host_open(address, vocabulary)
            else _is_ending(head, vocabulary)
        )
    if last == "/":
        return _is_piece(head, vocabulary)
    if last in _CLOSING or last in _PAIRS:
        return False
    if re.match(r"[/?=&_%#][\w%/?=&-]|\.[a-z0-9]|-[a-z0-9]", head):
        return True
    if _host_open(address, vocabulary):
        return _ends_host(head, vocabulary)
    return _is_piece(head, vocabulary)


def _without_closing(text: str, start: int, end: int) -> int:
    """Where the address ends once the sentence's own punctuation is left to the sentence."""
    while end > start:
        last = text[end - 1]
        opening = _PAIRS.get(last)
        if opening:
            address = text[start:end]
            if address.count(opening) >= address.count(last):
                return end
        elif last not in _CLOSING and not _INVISIBLE.match(last):
            return end
        end -= 1
    return end


def _has_host(address: str) -> bool:
    """Whether something like a host follows the scheme ("https://" alone is no address)."""
    rest = _SCHEME.sub("", _INVISIBLE.sub("", address), count=1)
    return re.match(rf"{_LABEL}(?:\.{_LABEL})+(?![\w@-])|localhost\b", rest) is not None


def _host_open(address: str, vocabulary: Vocabulary) -> bool:
    """Whether the address has nothing but a host that does not end in a known top level yet."""
    host = _SCHEME.sub("", address, count=1).rstrip(".")
    return "/" not in host and not _top_level(vocabulary).search(host)


def _ends_host(head: str, vocabulary: Vocabulary) -> bool:
    return (
        re.match(rf"(?:[a-z0-9-]+\.)*{_levels(vocabulary)}(?=/|[{re.escape(_CLOSING)})]*$)", head)
        is not None
    )


def _is_ending(head: str, vocabulary: Vocabulary) -> bool:
    endings = "|".join(map(re.escape, vocabulary["links"]["file_endings"]))
    return re.match(rf"(?:{endings})(?![\w-])", head) is not None


def _is_piece(head: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is of the kind that only addresses have: "casa-e-servizi", "a/b/", "x.html".

    Dates, numbers and pairs of words ("centro/periferia", "e/o", "2021-2027") are not.
    """
    head = head.rstrip(_CLOSING + ")]")
    if re.fullmatch(r"[\d.,/-]*", head) or not re.fullmatch(r"[\w./?=&%#~+:@-]+", head):
        return False
    if re.search(r"[?=&%#_]", head) or head.count("/") > 1 or head.endswith("/"):
        return True
    name, _, ending = head.rpartition(".")
    if name and _is_ending(ending, vocabulary):
        return True
    joints = len(re.findall(r"(?<=[a-z0-9])[-/](?=[a-z0-9])", head))
    return joints > 1 and "-" in head and head == head.lower()


@cache
def _started() -> Lazy:
    """An address that has begun, though its host may not be there yet."""
    return Lazy(rf"(?<![\w@])(?:https?:/{{0,2}}|www\.)[^{_STOP}]*", re.IGNORECASE)


def _levels(vocabulary: Vocabulary) -> str:
    return f"(?:{'|'.join(map(re.escape, vocabulary['links']['top_levels']))})"


@cache
def _top_level(vocabulary: Vocabulary) -> Lazy:
    return Lazy(rf"\.{_levels(vocabulary)}(?::\d+)?$", re.IGNORECASE)


@cache
def _host_end(vocabulary: Vocabulary) -> Lazy:
    """A known top level where a bare host ends."""
    return Lazy(rf"\.{_levels(vocabulary)}{_HOST_END}")


@cache
def _pattern(vocabulary: Vocabulary) -> Lazy:
    # A bare host is lower case: in "completato.It" a full stop lost its space.
    # Labels are bounded so that a long run of dots and letters stays linear.
    return Lazy(
        rf"(?<![\w@])(?:(?i:https?://|www\.)[^{_STOP}]+"
        rf"|(?<![.\w@/-])[a-z][a-z0-9-]{{1,62}}(?:\.[a-z][a-z0-9-]{{1,62}}){{0,4}}"
        rf"\.{_levels(vocabulary)}{_HOST_END}(?:[/?#:][^{_STOP}]*)?)"
    )
