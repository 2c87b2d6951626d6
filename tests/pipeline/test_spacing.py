"""Spaces lost or gained: words as offices write them are none, whatever their halves are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.lines import Line
from parsers.vocabulary import PACKAGED
from pipeline.printed import Lines
from pipeline.spacing import signs

DATA = Path(__file__).parents[1] / "data"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else ():
        yield from _texts(each)
    for each in value if isinstance(value, list) else ():
        yield from _texts(each)


def _told(texts: list[str]) -> list[str]:
    lines = Lines(
        (Line(number, None, text), "status", text) for number, text in enumerate(texts, 1)
    )
    return [signal.text for signal in signs(lines, PACKAGED)]


@pytest.mark.parametrize("name", ["clauses", "clauses_independent"])
@pytest.mark.parametrize("size", [40, 10_000])
def test_clauses_of_real_statuses_are_told_of_by_nothing(name: str, size: int) -> None:
    # In small lots most words are printed once, and are known by the vocabulary alone.
    told = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    texts = [text for text in _texts(told) if " " in text]
    assert len(texts) > 100
    slips = ("rinviatto",)  # clauses that are misspelt on purpose
    for start in range(0, len(texts), size):
        found = _told(texts[start : start + size])
        assert [text for text in found if not any(slip in text for slip in slips)] == []


def test_a_word_in_halves_is_told_only_if_the_whole_is_printed_elsewhere() -> None:
    assert _told(["il cro nogramma è pronto"]) == []
    assert _told(["il cro nogramma è pronto", "il cronogramma"]) == ["il cro nogramma è pronto"]


def test_a_day_in_halves_is_told_and_two_numbers_are_not() -> None:
    assert _told(["in corso, fine il 3 1 dicembre"]) == ["in corso, fine il 3 1 dicembre"]
    assert _told(["lotti 1 2 e 3 in corso", "n. 3 12 dicembre"]) == []


def test_an_address_with_a_space_inside_its_scheme_is_told() -> None:
    assert _told(["sito htt ps://rete.example.it/"]) == ["sito htt ps://rete.example.it/"]
    assert _told(["sito https://rete.example.it/"]) == []
