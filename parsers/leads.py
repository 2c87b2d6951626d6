"""What stands before a label, and the wide gap that parts one from its value in a text."""

from __future__ import annotations

from parsers.items import Item
from parsers.values.patterns import Lazy
from parsers.vocabulary import PACKAGED, Vocabulary

_LISTED = Lazy(r"(?:[-–—*]|[A-Za-z]\s?[.)]|\d{1,2}\s?[.)]) (?=\S)")
_GAP = Lazy(r"(?:\s{3,}|\s*\t\s*)")
_DASHES = "-–—*"
_BEHIND = frozenset(" ).")


def listed(value: str) -> int:
    """Where the text of a list's item begins, 0 where a text opens as none.

    >>> [listed(text) for text in ("- Costo totale", "c) Totale", "12. Totale", "Totale")]
    [2, 3, 4, 0]
    """
    if value[1:2] not in _BEHIND and value[2:3] not in _BEHIND:
        return 0  # nearly every line
    match = _LISTED.match(value)
    return match.end() if match else 0


def mark(value: str) -> int:
    """How much of a text is the dash that opens a list's item: a mark, and no part of the text."""
    return listed(value) if value[:1] in _DASHES else 0


def gap(item: Item) -> int:
    """Where the words before the only wide gap of a plain text's line end, 0 without one.

    Plain texts set labels and values in columns; two gaps and more are a table's or a
    justified line's, and part no label from its value.
    """
    line = item.line
    if line.box is not None or item.mark:
        return 0
    if "   " not in line.text and not line.tabs:
        return 0
    raw = line.text
    for at in line.tabs:
        raw = f"{raw[:at]}\t{raw[at + 1 :]}"
    raw = raw.strip()
    first = _GAP.search(raw)
    if first is None or _GAP.search(raw, first.end()):
        return 0
    head = " ".join(raw[: first.start()].split())
    return len(head) if item.value[: len(head) + 1] == f"{head} " else 0


def part(value: str, vocabulary: Vocabulary = PACKAGED) -> int:
    """Where the label behind "di cui" begins, 0 in other texts.

    >>> part("di cui PON Metro: € 1.700.000"), part("PON Metro: € 1.700.000")
    (7, 0)
    """
    start = mark(value)
    for word in vocabulary["scales"]["words"]["parts"]:
        end = start + len(word)
        if value[start:end].lower() == word and value[end : end + 1] == " ":
            return end + 1
    return 0
