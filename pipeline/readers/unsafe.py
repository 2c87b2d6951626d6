"""Control and bidi characters, which no line keeps (CONTRACT, ``lines``).

A control character becomes a space, so that characters keep their places; a bidi control goes,
because it would show the reader of a table another order than the one that is stored.
"""

from __future__ import annotations

import re

_BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
BIDI = re.compile(f"[{_BIDI}]")
CONTROL = re.compile(f"[{_CONTROL}]")
_SUSPECT = re.compile(f"[{_BIDI}{_CONTROL}]")
# A tab is the one control character that people type, so it raises no finding.
_UNSAFE = re.compile(f"[{_BIDI}\x00-\x08\x0a-\x1f\x7f-\x9f]")


def cleaned(text: str) -> tuple[str, bool]:
    r"""Give a line without control and bidi characters, and whether it was unsafe.

    >>> cleaned("Costo\tTotale")
    ('Costo Totale', False)
    >>> cleaned("a\x07b\u202ec")
    ('a bc', True)
    """
    # None of them is printable, which is sooner known of a line.
    if text.isprintable() or _SUSPECT.search(text) is None:
        return text, False
    return CONTROL.sub(" ", BIDI.sub("", text)), _UNSAFE.search(text) is not None


def tabs(text: str) -> tuple[int, ...]:
    r"""Give the places of tabs in what :func:`cleaned` gives of a line.

    >>> tabs("Costo\u202e\tTotale")
    (5,)
    """
    if "\t" not in text:
        return ()
    return tuple(at for at, char in enumerate(BIDI.sub("", text)) if char == "\t")
