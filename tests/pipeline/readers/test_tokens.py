"""Rows whose letters are spaced out, in all or in part."""

from __future__ import annotations

from array import array

import pytest

from pipeline.readers.strips import Strip, rows

_SIZE = 10.0
_NARROW = 0.28
_TITLE = "Sensori, dati aperti e centrale"

codes = pytest.mark.parametrize(
    "code",
    ["CA.5.1.4.a", "MI4.1.1.E", "FI.1.1.3.2.a", "Ct7.1.3.b", "POC NA IV.3.1.c", "BO 1.1.3.1.a"],
)
distances = pytest.mark.parametrize("spacing", [0.1, 0.14, 0.18, 0.3, 0.5])


def _width(letter: str, size: float) -> float:
    return size * (_NARROW if letter in " .,-ilI" else 0.56)


def _drawn(
    text: str, x: float, spacing: float, *, told: bool = True, apart: bool = False
) -> list[Strip]:
    """Draw a text with its letters spaced out.

    Args:
        text: the letters.
        x: where it starts.
        spacing: behind each letter, in ems.
        told: whether a space is made up in each gap, as readers do, and not by what is told.
        apart: whether each letter is drawn by itself.
    """
    places: list[tuple[str, float, float]] = []
    for letter in text:
        right = x + _width(letter, _SIZE)
        if letter != " ":
            if places and told and not apart:
                places.append((" ", places[-1][2], x))
            places.append((letter, x, right))
        elif not told and not apart:
            places.append((" ", x, right))
        x = right + spacing * _SIZE
    pieces = [[place] for place in places] if apart else [places]
    return [_strip(piece) for piece in pieces]


def _strip(places: list[tuple[str, float, float]], size: float = _SIZE) -> Strip:
    return Strip(
        "".join(letter for letter, _, _ in places),
        array("f", [left for _, left, _ in places]),
        array("f", [right for _, _, right in places]),
        places[0][1],
        places[-1][2],
        100.0,
        size,
        False,
        0.8 * size,
        0.2 * size,
    )


def _texts(*drawn: list[Strip]) -> list[str]:
    (row,) = rows([strip for strips in drawn for strip in strips])
    return [fragment.text.strip() for fragment in row]


@codes
@distances
@pytest.mark.parametrize("apart", [False, True])
def test_a_spaced_code_beside_a_title_that_is_not(code: str, spacing: float, apart: bool) -> None:
    left = _drawn(code, 50, spacing, apart=apart)
    title = _drawn(_TITLE, left[-1].x1 + 12, 0.0, told=False)
    assert _texts(left, title) == [code, _TITLE]
    assert _texts(title, left) == [code, _TITLE]


@pytest.mark.parametrize("spacing", [0.1, 0.18, 0.3])
@pytest.mark.parametrize("apart", [False, True])
def test_a_spaced_heading_beside_a_column(spacing: float, apart: bool) -> None:
    heading = "MI4.2.1.C - HUB DELL'INNOVAZIONE"
    column = _drawn("del terzo settore, che producano effetti", 500, 0.0, told=False, apart=apart)
    assert _texts(_drawn(heading, 50, spacing, apart=apart), column)[0] == heading


@codes
@distances
@pytest.mark.parametrize("small", [0.7, 0.75, 0.85])
def test_a_code_in_spaced_small_capitals(code: str, spacing: float, small: float) -> None:
    """The letters of a size are drawn together, those between them apart."""
    x, drawn = 50.0, []
    places: list[tuple[str, float, float]] = []
    last = _SIZE
    for at, letter in enumerate(code):
        large = not letter.isalpha() or (letter.isupper() and at % 2 == 0)
        size = _SIZE if large else small * _SIZE
        if letter != " ":
            if size != last and places:
                drawn.append(_strip(places, last))
                places = []
            elif places:
                places.append((" ", places[-1][2], x))
            places.append((letter, x, x + _width(letter, size)))
            last = size
        x += _width(letter, size) + spacing * _SIZE
    drawn.append(_strip(places, last))
    title = _drawn(_TITLE, drawn[-1].x1 + 4, 0.0, told=False)
    assert _texts(drawn, title) == [f"{code} {_TITLE}"]


def test_single_letters_that_are_no_code_keep_their_spaces() -> None:
    left = _strip([(letter, 50.0 + 4 * at, 54.0 + 4 * at) for at, letter in enumerate("1 2 3 4")])
    title = _drawn("unit\u00e0 immobiliari e 5 sedi", 100, 0.0, told=False)
    assert _texts([left], title)[0] == "1 2 3 4"


def test_a_code_without_spaced_letters_keeps_its_title_apart() -> None:
    drawn = _drawn("MI4.1.1.a A B C D", 50, 0.0, told=False, apart=True)
    assert _texts(drawn, _drawn(_TITLE, 400, 0.0, told=False))[0] == "MI4.1.1.a A B C D"


def _capitals(text: str, x: float, spacing: float, small: float) -> list[Strip]:
    """Draw a text in small capitals, the letters of a size together, each word anew."""
    drawn: list[Strip] = []
    places: list[tuple[str, float, float]] = []
    last = 0.0
    for letter in text:
        size = small * _SIZE if letter.islower() else _SIZE
        if places and (size != last or letter == " "):
            drawn.append(_strip(places, last))
            places = []
        right = x + _width(letter, size)
        if letter != " ":
            places.append((letter.upper(), x, right))
        x = right + spacing * _SIZE
        last = size
    return [*drawn, _strip(places, last)]


@pytest.mark.parametrize("spacing", [0.0, 0.05, 0.12, 0.15, 0.2, 0.3, 0.4])
@pytest.mark.parametrize("small", [0.7, 0.78, 0.85])
@pytest.mark.parametrize(
    "text", ["Ct7.1.3.b - Rete 5G e Wi-Fi a Scampia", "POC NA IV.3.1.c", "RC 3.1.1.b", "per tutti"]
)
def test_small_capitals_whose_letters_are_told_apart_by_their_distance(
    text: str, small: float, spacing: float
) -> None:
    heading = _capitals(text, 50, spacing, small)
    assert _texts(heading) == [text.upper()]
    title = _drawn(_TITLE, heading[-1].x1 + 12, 0.0, told=False)
    column = _drawn("del terzo settore, che producano", heading[-1].x1 + 40, 0.0, told=False)
    assert _texts(heading, title) == [text.upper(), _TITLE]
    assert _texts(heading, column)[0] == text.upper()


@pytest.mark.parametrize(
    ("sizes", "distance", "parted"),
    [
        ((16.0, 10.0), 11.0, True),
        ((10.0, 16.0), 11.0, True),
        ((16.0, 16.0), 11.0, False),
        ((16.0, 10.0), 4.5, False),
    ],
)
def test_a_distance_is_wide_if_it_is_for_the_smaller_of_two_texts(
    sizes: tuple[float, float], distance: float, parted: bool
) -> None:
    strips: list[Strip] = []
    x = 50.0
    for size, text in zip(sizes, ("Agenzia", "lavori"), strict=True):
        places = []
        for letter in text:
            places.append((letter, x, x + 0.56 * size))
            x = places[-1][2]
        strips.append(_strip(places, size))
        x += distance
    (row,) = rows(strips)
    assert [one.text for one in row] == (["Agenzia", "lavori"] if parted else ["Agenzia lavori"])


def test_small_capitals_drawn_letter_by_letter_behind_a_code_of_large_ones() -> None:
    # The code's letters touch, as a reader places them; those behind it are as far apart as drawn.
    strips: list[Strip] = []
    x = 50.0
    for word in ("TO4.1.2.a", "–", "Servizi", "digitali", "integrati", "per", "i", "Comuni"):
        small = word.isalpha()
        for at, letter in enumerate(word):
            size = 7.5 if letter.islower() else 11.0
            right = x + 0.5 * size
            strips.append(_strip([(letter, x, right)], size))
            wide = {"n": 1.3, "g": 1.3, "t": 0.2, "r": 0.2, "l": 0.2}.get(letter, 0.9)
            x = right + ((wide if small else 0.0) if at + 1 < len(word) else 3.1)
    (row,) = rows(strips)
    assert [one.text for one in row] == ["TO4.1.2.a – Servizi digitali integrati per i Comuni"]
