"""Edges of characters, set right where PDFium gives those of something else."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.pdfium_edges import repeats, share

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
