"""What is drawn in a Word file: text boxes, pictures, and objects whose text is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from pipeline.readers.docx_package import chosen, name

_EMU = 12700  # in a point
_LENGTH = re.compile(r"(width|height):([\d.]+)(pt|in|mm|cm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "px": 0.75, None: 1.0}
_DIAGRAMS = {"chart": "a chart", "diagram": "a diagram", "relIds": "a diagram"}


@dataclass(slots=True)
class Pieces:
    """What a drawing holds: contents of its text boxes, sizes of its pictures, what is unread."""

    boxes: list[Element] = field(default_factory=list)
    pictures: list[tuple[float, float]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def pieces(element: Element) -> Pieces:
    """Take a drawing apart.

    A drawing in the new form is often there a second time in the old one, as the fallback of an
    ``AlternateContent``: only the first is taken.
    """
    found = Pieces()
    _take(element, found)
    return found


def _take(element: Element, found: Pieces) -> None:
    kind = name(element)
    if kind == "txbxContent":
        found.boxes.append(element)
        return
    if kind in ("inline", "anchor"):
        extent = next((one for one in element if name(one) == "extent"), None)
        if extent is not None and any(name(one) == "pic" for one in element.iter()):
            found.pictures.append((_points(extent, "cx"), _points(extent, "cy")))
    elif kind == "shape" and any(name(one) == "imagedata" for one in element):
        sizes = {side: _styled(*said) for side, *said in _LENGTH.findall(element.get("style", ""))}
        found.pictures.append((sizes.get("width", 0.0), sizes.get("height", 0.0)))
    elif kind == "OLEObject":
        found.unread.append(f"an embedded object ({element.get('ProgID') or 'of no known kind'})")
    elif kind in _DIAGRAMS:
        found.unread.append(_DIAGRAMS[kind])
    for one in chosen(element):
        _take(one, found)


def _points(extent: Element, side: str) -> float:
    said = extent.get(side, "")
    return int(said) / _EMU if said.isdecimal() and len(said) < 12 else 0.0


def _styled(number: str, unit: str) -> float:
    try:
        return float(number) * _POINTS[unit or None]
    except ValueError:
        return 0.0
