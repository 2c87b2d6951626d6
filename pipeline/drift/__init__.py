"""What the parser had not met in an edition, and the words that would teach it.

Novelties hide behind each other: under a new label stands a status in new words. So what is met
is taught for the moment, and the edition read again, until nothing new is left; the patches
together are then known to take effect.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

from parsers.errors import GrammarError
from parsers.report import Report
from parsers.vocabulary import Vocabulary
from pipeline.drift.fields import meet_cells, meet_funding, meet_labels
from pipeline.drift.novelty import KINDS, Novelty
from pipeline.drift.scan import Scan
from pipeline.drift.structure import meet_headings, meet_prefixes, meet_shapes
from pipeline.drift.wordings import meet_wordings
from pipeline.edition import Edition, open_edition, read_document, words
from pipeline.fingerprint import ReadOptions
from pipeline.identity import Identified
from pipeline.overlay import merged
from pipeline.sources import Source

__all__ = ["KINDS", "Novelty", "drift", "patch_of"]

_ROUNDS = 6


def drift(source: Source, options: ReadOptions) -> list[Novelty]:
    """Everything in an edition that no vocabulary knows, by kind and then in reading order.

    Args:
        source: the edition.
        options: how it is read; their vocabulary is laid over the packaged one.

    Raises:
        SourceError: the file cannot be read.
        SidecarError: the words of the options cannot be used.
        GrammarError: it is no report, and no unknown prefix of codes explains that.
    """
    vocabulary = words(options)
    own: dict[str, Any] = {}
    if options.vocabulary is not None:
        own = tomllib.loads(options.vocabulary.read_text(encoding="utf-8"))
    met: dict[tuple[str, str], Novelty] = {}
    for _ in range(_ROUNDS):
        fresh = [one for one in _met(source, options, vocabulary) if one.key not in met]
        if not fresh:
            break
        met.update((one.key, one) for one in fresh)
        vocabulary = Vocabulary(merged(own, patch_of(list(met.values()))))
    kinds = list(KINDS)
    return sorted(met.values(), key=lambda one: (kinds.index(one.kind), one.places[0].line))


def patch_of(novelties: Sequence[Novelty]) -> dict[str, Any]:
    """The patches of some novelties as one."""
    patch: dict[str, Any] = {}
    for one in novelties:
        patch = merged(patch, one.patch)
    return patch


def _met(source: Source, options: ReadOptions, vocabulary: Vocabulary) -> list[Novelty]:
    try:
        edition = open_edition(source, options, vocabulary)
    except GrammarError:
        found = _novelties(_unparsed(source, options, vocabulary))
        if not found:
            raise
        return found
    return _novelties(edition)


def _novelties(edition: Edition) -> list[Novelty]:
    """What one reading shows; what an earlier kind explains is left alone by the later ones."""
    scan = Scan(edition)
    for meet in (
        meet_prefixes,
        meet_headings,
        meet_cells,
        meet_funding,
        meet_labels,
        meet_shapes,
        meet_wordings,
    ):
        meet(scan)
    return scan.found()


def _unparsed(source: Source, options: ReadOptions, vocabulary: Vocabulary) -> Edition:
    """An edition without a heading that the grammar knows: all of it is front matter."""
    document = read_document(source, options, vocabulary)
    roles = ["blank" if line.blank else "front_matter" for line in document.lines]
    report = Report([], roles, [(None, None)] * len(roles), [], [], [], None)
    identified = Identified.of(source.edition_id, report)
    return Edition(source, document, report, identified, [], vocabulary)
