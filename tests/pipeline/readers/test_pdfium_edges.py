"""Edges of characters, set right where PDFium gives those of something else."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.pdfium_edges import repeats, share, without_false_spaces

# Some differ from each other, or from zero, in a few of their bytes only.
EDGES = st.sampled_from([0.0, 1e-45, 1e-40, 1.0, 2.0, 72.1, 72.10001, 256.0, 65536.0])


@given(st.lists(EDGES, min_size=1, max_size=12))
def test_a_repeat_is_a_value_like_the_one_before(values: list[float]) -> None:
    edges = array("f", values)
    assert repeats(edges) == [at for at in range(1, len(edges)) if edges[at] == edges[at - 1]]


def test_the_letters_of_a_ligature_share_its_glyph() -> None:
    lefts, rights = array("f", [0, 4, 4, 4, 16]), array("f", [4, 16, 16, 16, 20])
    share(lefts, rights, repeats(lefts))
    assert list(lefts) == [0, 4, 8, 12, 16]
    assert list(rights) == [4, 8, 12, 16, 20]


def test_spaced_letters_whose_first_two_are_kerned_keep_no_false_space() -> None:
    chars, made_up = "PA .6 .5 casa", [2, 5]
    lefts, rights, x = array("f"), array("f"), 50.0
    for at in range(len(chars)):
        width = 1.5 if at in made_up else 6.0
        lefts.append(x)
        rights.append(x + width)
        # A made-up space is all the distance from one letter to the next.
        x += width + (0.3 if at == 0 else 0.0 if {at, at + 1} & {*made_up} else 1.5)
    text, kept, _ = without_false_spaces(chars, lefts, rights, made_up)
    assert text == "PA.6.5 casa"
    assert list(kept) == [left for at, left in enumerate(lefts) if at not in made_up]


def test_a_line_with_a_false_space_beside_nearly_all_letters() -> None:
    # Only "B" and "O", "T" and "r" have none between them, and are kerned.
    chars = "BO 1 . 4 . a Tr a s p"
    made_up = [at for at, char in enumerate(chars) if char == " "]
    wide = {2, 12}
    lefts, rights, x = array("f"), array("f"), 50.0
    for at, char in enumerate(chars):
        width = (5.2 if at in wide else 1.5) if char == " " else 6.0
        lefts.append(x)
        rights.append(x + width)
        x += width + (0.3 if chars[at : at + 2] in ("BO", "Tr") else 0.0)
    assert without_false_spaces(chars, lefts, rights, made_up)[0] == "BO 1.4.a Trasp"
    # Words of a letter or two, as far apart as words are.
    chars, made_up = "a b c d", [1, 3, 5]
    lefts = array("f", range(0, 28, 4))
    rights = array("f", range(4, 32, 4))
    assert without_false_spaces(chars, lefts, rights, made_up)[0] == chars


def test_what_few_letters_without_a_false_space_keep_does_not_tell_what_all_do() -> None:
    chars, distances = "NA.5.ABCD", [1.5, 1.7, 1.5, 1.5, 1.22, 6.2, 1.2, 1.5, 0.0]
    drawn, made_up, lefts, rights, x = "", [], array("f"), array("f"), 50.0
    for char, distance in zip(chars, distances, strict=True):
        # Only "B" and "C" have no space made up between them.
        pieces = [(char, 6.0)] + ([(" ", distance)] if char not in "BD" else [])
        for text, width in pieces:
            made_up += [len(drawn)] if text == " " else []
            drawn += text
            lefts.append(x)
            rights.append(x + width)
            x += width
        x += distance if char == "B" else 0.0
    assert without_false_spaces(drawn, lefts, rights, made_up)[0] == "NA.5.A BCD"
