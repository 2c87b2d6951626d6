"""Corrections to what an edition prints, as data: checked, applied visibly, never in silence.

``raw/<edition>.corrections.toml`` holds ``[[correction]]`` entries. The published cell takes the
right value and what follows from it is computed again; a finding tells of it, and ``provenance``
keeps the printed place. A correction that no longer fits the cell is an error finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.vocabulary import Vocabulary
from pipeline.corrections.apply import Correcting, Tables
from pipeline.corrections.entries import Correction, load

__all__ = ["Correction", "apply", "load"]


def apply(
    tables: Tables, corrections: Sequence[Correction], edition_id: str, vocabulary: Vocabulary
) -> None:
    """Apply corrections to the rows of one edition, in place.

    Args:
        tables: all rows of the edition by table.
        corrections: of :func:`load`.
        edition_id: the edition.
        vocabulary: the words that a corrected status is read with.
    """
    if corrections:
        Correcting(tables, edition_id, vocabulary).apply(corrections)
