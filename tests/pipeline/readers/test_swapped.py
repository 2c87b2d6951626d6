"""Ligatures whose letters came with their bytes swapped."""

from __future__ import annotations

from array import array

import pytest

from pipeline.readers.swapped import SWAPPED, unswapped

SIZE = 10.0


def _spelt(text: str, width: float = 5.0) -> str:
    lefts = array("f", [width * at for at in range(len(text))])
    rights = array("f", [width * (at + 1) for at in range(len(text))])
    found, new_lefts, new_rights = unswapped(text, lefts, rights, SIZE)
    assert len(found) == len(new_lefts) == len(new_rights)
    assert list(new_lefts) == sorted(new_lefts)
    assert new_lefts[0] == lefts[0]
    assert new_rights[-1] == pytest.approx(rights[-1])
    return found


def _swapped(letters: str) -> str:
    return letters.encode("utf-16-le").decode("utf-16-be")


@pytest.mark.parametrize("ligature", ["tt", "ti", "ff", "fi", "fl"])
def test_two_letters_are_swapped_back(ligature: str) -> None:
    damaged = f"pre{_swapped(ligature)}o"
    assert SWAPPED.search(damaged)
    assert _spelt(damaged) == f"pre{ligature}o"


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [("u\u6600\ucf00ci", "uffici"), ("a\u7400\udd00vità", "attività")],
)
def test_three_letters_are_told_by_their_sum(damaged: str, whole: str) -> None:
    assert _spelt(damaged) == whole


def test_half_a_ligature_is_three_letters_if_it_is_as_wide() -> None:
    assert _spelt("tu\u7400;", width=9.0) == "tutti;"
    assert _spelt("tu\u7400;", width=3.5) == "tu\u7400;"


def test_a_ligature_between_slashes_is_one_of_an_address() -> None:
    assert _spelt(f"https://a.it/{_swapped('fi')}/") == "https://a.it/fi/"


def test_a_ligature_drawn_apart_from_its_word_is_told_by_what_stands_beside_it() -> None:
    edges = array("f", [0.0, 5.0]), array("f", [5.0, 10.0])
    for beside in (("e", ""), ("", "o"), ("e", "o"), ("e", "\u7400"), ("\u6900", "o")):
        assert unswapped("\u7400\udd00", *edges, SIZE, beside)[0] == "tti"
    for beside in (("", ""), (" ", "\u4e2d")):
        assert unswapped("\u7400\udd00", *edges, SIZE, beside)[0] == "\u7400\udd00"


@pytest.mark.parametrize("text", ["\u7400\u7400", "\u4e2d\u7400\u7400a", "a \u7400\u7400 b"])
def test_what_stands_in_no_latin_word_is_left_as_it_is(text: str) -> None:
    assert _spelt(text) == text
