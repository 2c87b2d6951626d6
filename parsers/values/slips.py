"""Slips of the pen: one word for another by a letter."""

from __future__ import annotations


def is_slip(word: str, known: str) -> bool:
    """Whether a word is another with two letters swapped, one lost or one doubled.

    >>> is_slip("compeltati", "completati"), is_slip("rinviatto", "rinviato")
    (True, True)
    >>> is_slip("sotoscritto", "sottoscritto"), is_slip("accertato", "accettato")
    (True, False)
    """
    at = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), None)
    if at is None:
        return False
    if len(word) == len(known):
        return word[at:] == known[at + 1 : at + 2] + known[at] + known[at + 2 :]
    if len(word) < len(known):
        return word[at:] == known[at + 1 :]
    return word[at] == word[at - 1] and word[at + 1 :] == known[at:]
