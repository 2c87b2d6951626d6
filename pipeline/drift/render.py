"""The drift report for a person, for a program, and as words to be laid over the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from pipeline.drift import KINDS, Novelty, patch_of
from pipeline.overlay import dumped
from pipeline.talk import counted

_SHOWN = 5
"""Places of one novelty that are spelt out; JSON has them all."""


def as_text(novelties: Sequence[Novelty], name: str) -> str:
    """The report as a person reads it in a terminal.

    Args:
        novelties: of one edition.
        name: of its file.
    """
    if not novelties:
        return f"{name}: nothing new\n"
    parts = [f"{name}: {counted(len(novelties), 'novelty', 'novelties')}\n"]
    for kind, title in KINDS.items():
        own = [one for one in novelties if one.kind == kind]
        if own:
            parts.append(f"\n{title} ({len(own)})\n")
            parts += [_spelt(one) for one in own]
    return "".join(parts)


def _spelt(one: Novelty) -> str:
    times = "once" if len(one.places) == 1 else f"{len(one.places)} times"
    lines = [f"  {one.text!r}, {times}"]
    for place in one.places[:_SHOWN]:
        page = "" if place.page is None else f"page {place.page}, "
        lines.append(f"    {page}line {place.line}: {place.text}")
    if len(one.places) > _SHOWN:
        lines.append(f"    and {len(one.places) - _SHOWN} more")
    if one.nearest:
        known = one.nearest
        table = ".".join(known.entry.path)
        lines.append(f"    nearest known: {known.entry.words!r} ({known.ratio:.0%}) in {table}")
    lines.append("    proposed:")
    lines += [f"      {line}" for line in dumped(one.patch).splitlines()]
    if one.doubt:
        lines.append(f"      # {one.doubt}")
    return "\n".join(lines) + "\n"


def as_json(novelties: Sequence[Novelty], name: str) -> str:
    """The report as one JSON object."""
    found = [
        {
            "kind": one.kind,
            "text": one.text,
            "count": len(one.places),
            "places": [
                {"page": place.page, "line": place.line, "text": place.text} for place in one.places
            ],
            "nearest": None if one.nearest is None else one.nearest.entry.words,
            "similarity": None if one.nearest is None else one.nearest.ratio,
            "patch": one.patch,
            "doubt": one.doubt or None,
        }
        for one in novelties
    ]
    return json.dumps({"source": name, "novelties": found}, ensure_ascii=False, indent=2) + "\n"


def as_toml(novelties: Sequence[Novelty], name: str) -> str:
    """All patches as one TOML document, with what a person should settle as comments."""
    if not novelties:
        return f"# {name}: nothing new.\n"
    return f"{doubts(novelties, name)}\n{dumped(patch_of(novelties))}"


def doubts(novelties: Sequence[Novelty], name: str) -> str:
    """Comments that say where the patches are from, and what a person should settle in them."""
    lines = [f"# From {name}: {counted(len(novelties), 'novelty', 'novelties')}.\n"]
    lines += [f"# {one.kind} {one.text!r}: {one.doubt}\n" for one in novelties if one.doubt]
    return "".join(lines)


FORMATS: dict[str, Callable[[Sequence[Novelty], str], str]] = {
    "text": as_text,
    "json": as_json,
    "toml": as_toml,
}
"""Renderings by the name of their format."""
