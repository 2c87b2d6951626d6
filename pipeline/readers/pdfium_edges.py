"""Left and right edges of PDFium's characters, set right where it gives those of something else."""

from __future__ import annotations

from array import array

from parsers.median import median

# A space that is hardly wider than the distance of a heading's letters is none.
_FALSE_SPACE = 1.4
# Words stand so many times further apart than the letters of a heading.
_WORDS_APART = 2.5
_FEWEST, _SAMPLE = 2, 8

_WIDTH = array("f").itemsize
_SAME = bytes(_WIDTH)


class Edges:
    """Edges of all characters of a page along one of four reading directions."""

    def __init__(
        self, flat: array[float], shown: tuple[float, float, float, float], along: int
    ) -> None:
        self._flat = flat
        self._shown = shown
        self._along = along
        self._made: tuple[array[float], array[float]] | None = None

    def within(self, start: int, end: int) -> tuple[array[float], array[float]]:
        """Left and right edges of some of the characters, in points, to keep."""
        if self._made is None:
            self._made = self._all()
        lefts, rights = self._made
        return lefts[start:end], rights[start:end]

    def _all(self) -> tuple[array[float], array[float]]:
        flat, (x0, y0, x1, y1) = self._flat, self._shown
        if self._along == 0:
            return _less(flat[0::4], x0), _less(flat[2::4], x0)
        if self._along == 1:
            return _less(flat[3::4], y0), _less(flat[1::4], y0)
        if self._along == 2:
            return _from(x1, flat[2::4]), _from(x1, flat[0::4])
        return _from(y1, flat[1::4]), _from(y1, flat[3::4])

    def base(self, x: float, y: float) -> float:
        """Distance of a point of page space from the top, text in this direction being upright."""
        x0, y0, x1, y1 = self._shown
        return (y1 - y, x - x0, y - y0, x1 - x)[self._along]


def _less(values: array[float], origin: float) -> array[float]:
    return array("f", [value - origin for value in values]) if origin else values


def _from(origin: float, values: array[float]) -> array[float]:
    return array("f", [origin - value for value in values])


def repeats(values: array[float]) -> list[int]:
    """Give the places of values that are the same as the one before, to the bit."""
    bits = int.from_bytes(values.tobytes(), "little")
    last = _WIDTH * (len(values) - 1)
    changed = (bits ^ bits >> 8 * _WIDTH).to_bytes(last + _WIDTH, "little")
    found: list[int] = []
    at = changed.find(_SAME, 0, last)
    while at >= 0:
        beyond = at % _WIDTH
        if beyond:
            at -= beyond
        else:
            found.append(at // _WIDTH + 1)
        at = changed.find(_SAME, at + _WIDTH, last)
    return found


def share(lefts: array[float], rights: array[float], twins: list[int]) -> None:
    """Give each letter of a ligature its share of the glyph; PDFium gives each the whole.

    Args:
        lefts: left edges of characters, set right in place.
        rights: right edges, likewise.
        twins: places of characters that start where the one before does.
    """
    end = 0
    for twin in twins:
        start = twin - 1
        left, right = lefts[start], rights[start]
        if twin < end or rights[twin] != right:
            continue
        end = twin + 1
        while end < len(lefts) and lefts[end] == left and rights[end] == right:
            end += 1
        step = (right - left) / (end - start)
        for at in range(start, end):
            lefts[at] = left + (at - start) * step
            rights[at] = left + (at - start + 1) * step


def paired(
    chars: str, lefts: array[float], rights: array[float]
) -> tuple[str, array[float], array[float]]:
    """Make one character of two surrogates, and a replacement character of a single one."""
    whole = chars.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    new_lefts, new_rights, at = array("f"), array("f"), 0
    for char in whole:
        new_lefts.append(lefts[at])
        at += 2 if char > "\uffff" else 1
        new_rights.append(rights[at - 1])
    return whole, new_lefts, new_rights


def without_false_spaces(
    chars: str, lefts: array[float], rights: array[float], made_up: list[int]
) -> tuple[str, array[float], array[float]]:
    """Leave out spaces that PDFium made up between letters that are spaced out.

    It takes the distance for a space beside narrow letters. In such a heading all letters keep it.
    """
    # In most lines the letters touch, as those at its start show; two of them may be kerned.
    least = min(rights[at] - lefts[at] for at in made_up) / _FALSE_SPACE
    first, second, *_ = *made_up, len(chars)
    start = range(min(_SAMPLE, first, len(chars) - 1) - 1)
    if len(start) < _FEWEST:
        start = range(first + 1, min(first + _SAMPLE, second) - 1)
    if start and max(lefts[at + 1] - rights[at] for at in start) < least:
        return chars, lefts, rights
    letters = [
        lefts[at + 1] - rights[at]
        for at in range(len(chars) - 1)
        if chars[at] != " " and chars[at + 1] != " "
    ]
    usual = median(letters) if letters else 0.0
    made = [rights[at] - lefts[at] for at in made_up]
    if usual * _FALSE_SPACE < min(made) or len(made) > len(letters):
        # Beside nearly all letters: those without one are few and kerned, and words stand apart.
        every = median([*letters, *made])
        usual = every if max(made) >= _WORDS_APART * every else usual
    if usual <= 0.0:
        return chars, lefts, rights
    false = {at for at in made_up if rights[at] - lefts[at] <= _FALSE_SPACE * usual}
    if not false:
        return chars, lefts, rights
    kept = [at for at in range(len(chars)) if at not in false]
    return (
        "".join(chars[at] for at in kept),
        array("f", (lefts[at] for at in kept)),
        array("f", (rights[at] for at in kept)),
    )
