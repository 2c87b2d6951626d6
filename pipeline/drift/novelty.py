"""What an edition holds that no vocabulary knows, and the words that would teach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = {
    "code_prefix": "prefix of codes",
    "heading": "heading",
    "funding_source": "funding source",
    "label": "label",
    "line_shape": "shape of a line",
    "status_wording": "wording of a status",
}
"""The kinds of novelty, in the order of the report, with their names for people."""

Patch = Mapping[str, Any]
"""Vocabulary by subject, of the shape of ``vocabulary.toml``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a novelty is printed; ``page`` is None where the source has no pages."""

    page: int | None
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the vocabularies: its words, and the table and list that hold them."""

    words: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The known entry most like a novelty, with ``difflib``'s ratio (0 to 1)."""

    entry: Known
    ratio: float


@dataclass(slots=True)
class Novelty:
    """Something that no vocabulary knows.

    Attributes:
        kind: one of :data:`KINDS`.
        text: the new words, as printed.
        patch: the words that teach it, to be laid over the packaged vocabulary.
        doubt: what a person should settle before taking the patch over; empty where nothing.
        nearest: the known entry most like it, None where none is like it.
        places: every printing, in reading order.
    """

    kind: str
    text: str
    patch: Patch
    doubt: str = ""
    nearest: Nearest | None = None
    places: list[Place] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What makes two printings one novelty."""
        return self.kind, fold(self.text)


def fold(text: str) -> str:
    """Words without case, kinds of apostrophe and runs of spaces, for comparison.

    >>> fold("Stato  dell'Attuazione")
    'stato dell’attuazione'
    """
    return " ".join(text.replace("'", "’").replace("`", "’").casefold().split())
