"""PDFium's functions, called with as little between as ctypes allows.

A page has thousands of characters and each costs a call. Bound without declared argument types
and without releasing the lock, and driven by ``map`` over prepared arguments, a call takes a
fifth of a microsecond, a tenth of what the plain binding takes with its result read back.
Callers pass what ``handle`` makes, never plain integers, which ctypes would cut to 32 bits.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections import deque
from collections.abc import Callable
from itertools import repeat
from struct import Struct
from typing import Any

import pypdfium2_raw as raw

from pipeline.readers.matrices import Matrix

Address = ctypes.c_void_p
Handle = Any
"""An address ready to be passed, which spares each call its conversion."""

handle: Callable[[int | None], Handle] = Address.from_param


def _bind(name: str, result: Any = ctypes.c_int) -> Any:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result)(address or 0)


get_text = _bind("FPDFText_GetText")
get_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint)
loose_box = _bind("FPDFText_GetLooseCharBox", None)
map_error = _bind("FPDFText_HasUnicodeMapError")
text_object = _bind("FPDFText_GetTextObject", Address)
char_origin = _bind("FPDFText_GetCharOrigin", None)
char_matrix = _bind("FPDFText_GetMatrix", None)
font_size = _bind("FPDFText_GetFontSize", ctypes.c_double)
object_font = _bind("FPDFTextObj_GetFont", Address)
render_mode = _bind("FPDFTextObj_GetTextRenderMode")
page_object = _bind("FPDFPage_GetObject", Address)
form_object = _bind("FPDFFormObj_GetObject", Address)
object_type = _bind("FPDFPageObj_GetType")
object_bounds = _bind("FPDFPageObj_GetBounds")
object_matrix = _bind("FPDFPageObj_GetMatrix")

_START, _END = re.Match.start, re.Match.end
# Two patterns are looked for sooner than both in one.
_DIGIT, _LINE_END = re.compile("[0-9]"), re.compile(r"\n(?=.)")

_CHUNK = 4096
_boxes = (raw.FS_RECTF * _CHUNK)()
_box_places = [ctypes.byref(_boxes, at * 16) for at in range(_CHUNK)]
_box_bytes = memoryview(_boxes).cast("B")
_point = (ctypes.c_double * 2)()
_x_place, _y_place = ctypes.byref(_point), ctypes.byref(_point, 8)
_matrix = raw.FS_MATRIX()
_matrix_place = ctypes.byref(_matrix)
_two_doubles = Struct("2d").unpack_from
_six_floats = Struct("6f").unpack_from
_edges = (ctypes.c_float * 4)()
_edge_places = [ctypes.byref(_edges, at * 4) for at in range(4)]


def start() -> None:
    """Make the library ready; harmless when it is."""
    raw.FPDF_InitLibrary()


def characters(textpage: Handle, count: int) -> str:
    """Give a page's characters, one a place in PDFium's count.

    Characters beyond the first 65,536 are two surrogates, as PDFium counts them.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    written = get_text(textpage, 0, count, ctypes.byref(buffer))
    if written == count + 1:
        units = array("H", bytes(buffer)[: 2 * count])
    else:
        # Where the text leaves some characters out, their places no longer fit: one by one then.
        units = array("H")
        for unit in map(get_unicode, repeat(textpage), range(count)):
            units.append(unit if unit <= 0xFFFF else 0xFFFD)
    text = units.tobytes().decode("utf-16-le", "surrogatepass")
    return text if len(text) == count else "".join(map(chr, units))


def unmapped(textpage: Handle, text: str) -> list[int]:
    """Give the places of the characters whose font does not say what they are.

    A page is looked through when a digit of it is such, or what begins a line, where bullets of
    other fonts stand, or the first or last of one of its different characters.
    """
    different = set(text)
    looked_at = {*map(text.find, different), *map(text.rfind, different)}
    looked_at.update(map(_START, _DIGIT.finditer(text)), map(_END, _LINE_END.finditer(text)))
    if 1 not in map(map_error, repeat(textpage), looked_at):
        return []
    errors = array("b", map(map_error, repeat(textpage), range(len(text))))
    return [at for at, error in enumerate(errors) if error == 1] if 1 in errors else []


def boxes(textpage: Handle, count: int) -> array[float]:
    """Give (left, top, right, bottom) of each character in page space, y upwards, flat."""
    found = array("f")
    for first in range(0, count, _CHUNK):
        here = min(_CHUNK, count - first)
        places = range(first, first + here)
        deque(map(loose_box, repeat(textpage), places, _box_places), maxlen=0)
        found.frombytes(_box_bytes[: here * 16])
    return found


def objects(textpage: Handle, start: int, end: int) -> list[int | None]:
    """Give the address of the text object of each character; None for one that PDFium made up."""
    return list(map(text_object, repeat(textpage), range(start, end)))


def origin(textpage: Handle, at: int) -> tuple[float, float]:
    """Give the point on the baseline where a character starts, y upwards."""
    char_origin(textpage, at, _x_place, _y_place)
    x, y = _two_doubles(_point)
    return x, y


def matrix(textpage: Handle, at: int) -> Matrix:
    """Give the matrix of a character's text object, in page space."""
    char_matrix(textpage, at, _matrix_place)
    a, b, c, d, e, f = _six_floats(_matrix)
    return a, b, c, d, e, f


def own_matrix(thing: Handle) -> Matrix:
    """Give the matrix of a page object, in the space of the form that it is drawn in."""
    object_matrix(thing, _matrix_place)
    a, b, c, d, e, f = _six_floats(_matrix)
    return a, b, c, d, e, f


def bounds(thing: Handle) -> tuple[float, float, float, float] | None:
    """Give left, bottom, right, top of a page object; None where it has none."""
    if not object_bounds(thing, *_edge_places):
        return None
    left, bottom, right, top = _edges
    return left, bottom, right, top
