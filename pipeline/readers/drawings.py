"""Pictures, dots and ruled lines of a PDFium page, which tell captions, lists and tables."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import repeat

import pypdfium2_raw as raw

from parsers.lines import Box, PageSize
from pipeline.readers import pdfium_api as api
from pipeline.readers.dots import dot_sized
from pipeline.readers.matrices import UNMOVED, Matrix, moved, product
from pipeline.readers.rules import MOST_PATHS, ruled, sign_sized

_PATH, _IMAGE, _FORM = 2, 3, 5
_MOST_DEPTH = 6
_FEW_POINTS = 6

Placed = Callable[[float, float, float, float], Box]


def drawings(
    page: ctypes.c_void_p, placed: Placed, size: PageSize
) -> tuple[list[Box], list[Box], list[Box]]:
    """Give the boxes of a page's pictures, dots, and rules and edges of its rectangles."""
    pictures: list[Box] = []
    dots: list[Box] = []
    paths: list[tuple[ctypes.c_void_p, Matrix]] = []
    for kind, thing, matrix in _walk(_things(page), UNMOVED, 0):
        if kind == _PATH:
            paths.append((thing, matrix))
            continue
        edges = api.bounds(thing)
        if edges is not None:
            pictures.append(placed(*moved(edges, matrix)))
    if len(paths) > MOST_PATHS:
        # A chart or a map: none of its lines parts cells.
        return pictures, [], []
    rules: list[Box] = []
    for thing, matrix in paths:
        _path(thing, matrix, placed, size, pictures, dots, rules)
    return pictures, dots, rules


def points(page: ctypes.c_void_p) -> int:
    """Count the corners of all shapes drawn on a page."""
    return sum(
        max(raw.FPDFPath_CountSegments(ctypes.cast(thing, raw.FPDF_PAGEOBJECT)), 0)
        for kind, thing, _ in _walk(_things(page), UNMOVED, 0)
        if kind == _PATH
    )


def _things(page: ctypes.c_void_p) -> Iterator[int | None]:
    handle = api.handle(ctypes.cast(page, ctypes.c_void_p).value)
    return map(api.page_object, repeat(handle), range(raw.FPDFPage_CountObjects(page)))


def _walk(
    things: Iterator[int | None], matrix: Matrix, depth: int
) -> Iterator[tuple[int, ctypes.c_void_p, Matrix]]:
    for address in things:
        if address is None:
            continue
        thing = api.handle(address)
        kind = api.object_type(thing)
        if kind in (_PATH, _IMAGE):
            yield kind, thing, matrix
        elif kind == _FORM and depth < _MOST_DEPTH:
            form = ctypes.cast(thing, raw.FPDF_PAGEOBJECT)
            inner = map(
                api.form_object, repeat(thing), range(max(raw.FPDFFormObj_CountObjects(form), 0))
            )
            yield from _walk(inner, product(_matrix(form), matrix), depth + 1)


def _matrix(thing: ctypes.c_void_p) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, found):
        return UNMOVED
    return found.a, found.b, found.c, found.d, found.e, found.f


def _path(
    thing: ctypes.c_void_p,
    matrix: Matrix,
    placed: Placed,
    size: PageSize,
    pictures: list[Box],
    dots: list[Box],
    rules: list[Box],
) -> None:
    edges = api.bounds(thing)
    if edges is None:
        return
    path = ctypes.cast(thing, raw.FPDF_PAGEOBJECT)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    points = raw.FPDFPath_CountSegments(path)
    if not stroke.value and (not fill.value or _white(path)):
        return
    box = placed(*moved(edges, matrix))
    if dot_sized(box):
        dots.append(box)
    at = product(_matrix(path), matrix)
    if points <= _FEW_POINTS:
        corners = _corners(path, points)
        if corners is not None:
            rules += ruled(placed(*moved(corners, at)), size)
            return
    if sign_sized(box):
        pictures.append(box)
    elif points <= MOST_PATHS:
        for straight in _straight(path, points):
            rules += ruled(placed(*moved(straight, at)), size)


def _corners(path: ctypes.c_void_p, points: int) -> tuple[float, float, float, float] | None:
    """Give the rectangle of a path's points; None where it has curves or none.

    An object's bounds would not do: they have the width of its line in them.
    """
    x, y = ctypes.c_float(), ctypes.c_float()
    xs: list[float] = []
    ys: list[float] = []
    for at in range(points):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return None
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def _straight(path: ctypes.c_void_p, points: int) -> Iterator[tuple[float, float, float, float]]:
    """Give the straight horizontal and vertical pieces of a path of many points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    last = first = (0.0, 0.0)
    for at in range(points):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        here = (x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _level(last, here)
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _level(here, first)
            last = first


def _level(
    start: tuple[float, float], end: tuple[float, float]
) -> Iterator[tuple[float, float, float, float]]:
    (ax, ay), (bx, by) = start, end
    if abs(ax - bx) < 0.5 or abs(ay - by) < 0.5:
        yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _white(path: ctypes.c_void_p) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(path, *parts):
        return False
    red, green, blue, alpha = (part.value for part in parts)
    return alpha == 0 or min(red, green, blue) >= 252
