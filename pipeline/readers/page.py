"""What a reader of PDFs gives of one page, whatever its engine; the layout makes lines of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from parsers.lines import Box, LinkAnnotation, PageSize
from pipeline.readers.displayed import turned_box
from pipeline.readers.strips import Strip

# Font names say bold in many ways; weight numbers in the file are often wrong (400 in a bold one).
BOLD = re.compile(
    r"bold|black|heavy|demi|extrab|ultrab|poster|(?<![a-z])bd(?![a-z])|[-,]b(?:i|it)?$"
    r"|^cmb|^cmssbx|^sfb|^ecb|lm\w*-bold|(?:libertine|biolinum)[otz]?b|medi$",
    re.IGNORECASE,
)
_SUBSET = re.compile(r"^[A-Z]{6}\+")

# A page with fewer characters and more corners of shapes than this may hold letters drawn.
FEW_CHARACTERS = 20
_MANY_POINTS = 1000

# A font that says nothing usable of its height is taken to be made like most text fonts.
DEFAULT_ASCENT = 0.8
DEFAULT_DESCENT = 0.2


@dataclass(slots=True, eq=False)
class Page:
    """One page, in points from the top left as displayed.

    Attributes:
        number: 1-based.
        strips: upright text in the order drawn.
        turned: text at another angle: (quarter turns clockwise or None where askew, strips). The
            strips of a quarter turn are set upright, the page turned with them.
        pictures: boxes of images and of drawings the size of a sign.
        dots: boxes of drawings the size of a list's mark.
        rules: boxes of straight lines, and edges of filled or framed rectangles, thin one way.
        links: link annotations.
        outside: text drawn wholly outside the page.
        shapes: whether it has no text, and shapes enough for letters.
        problem: why the page, or a part of it, could not be read.
        skew: degrees clockwise by which a picture of text lies askew on the page; its strips are
            those of the picture straightened about the page's middle.
    """

    number: int
    size: PageSize
    strips: list[Strip] = field(default_factory=list)
    turned: list[tuple[int | None, list[Strip]]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    links: list[LinkAnnotation] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    shapes: bool = False
    problem: str | None = None
    skew: float = 0.0


def is_shown(strip: Strip, size: PageSize) -> bool:
    """Whether upright text lies on the page as displayed, were it only in part."""
    return (
        strip.x1 > 0
        and strip.x0 < size.width
        and strip.base > 0
        and strip.base - strip.ascent < size.height
    )


def outlined(page: Page, points: Callable[[], int]) -> bool:
    """Whether a page without text may have letters drawn on it as shapes.

    Files for the press, and some print-outs, have outlines in place of fonts.

    Args:
        page: with its text.
        points: counts the corners of the shapes drawn on it; a letter has ten or more.
    """
    count = 0
    for strips in (page.strips, *(strips for _, strips in page.turned)):
        for strip in strips:
            count += len(strip.text)
            if count >= FEW_CHARACTERS:
                return False
    return points() >= _MANY_POINTS


def is_bold(font: str) -> bool:
    """Whether a font's name says bold.

    >>> [is_bold(name) for name in ("BAAAAA+Carlito-Bold", "Arial,BoldItalic", "CMBX12", "Lato")]
    [True, True, True, False]
    """
    return BOLD.search(_SUBSET.sub("", font)) is not None


def heights(ascent: float, descent: float) -> tuple[float, float]:
    """Give a font's ascent and descent in ems, both positive, put right where they cannot be.

    Args:
        ascent: as the font says, in ems.
        descent: as the font says, in ems; below the baseline is negative.
    """
    descent = abs(descent)
    if not 0.5 <= ascent <= 1.3 or not 0.05 <= descent <= 0.6:
        return DEFAULT_ASCENT, DEFAULT_DESCENT
    # Some fonts reserve room for accents over capitals; a line's box is what its letters take.
    return min(ascent, 0.95), min(descent, 0.3)


def text_upright(page: Page) -> tuple[Page, int]:
    """Turn a page that is displayed with most of its text on its side.

    Returns:
        The page with its text upright, and the quarter turns clockwise by which it is displayed;
        the page itself and 0 where its text is upright as displayed.
    """
    counts = {
        turns: sum(len(strip.text) for strip in strips)
        for turns, strips in page.turned
        if turns is not None
    }
    most = max(counts, key=lambda turns: counts[turns], default=0)
    if not most or counts[most] <= sum(len(strip.text) for strip in page.strips):
        return page, 0
    size = page.size if most == 2 else PageSize(page.size.height, page.size.width)
    back = (4 - most) % 4

    def turned(box: Box) -> Box:
        return turned_box(box, back, size)

    # What was upright lies on its side now, like all the rest.
    others = [
        (0, page.strips),
        *((turns, strips) for turns, strips in page.turned if turns != most),
    ]
    return (
        replace(
            page,
            size=size,
            strips=[strip for turns, strips in page.turned if turns == most for strip in strips],
            turned=[
                (None if turns is None else (turns - most) % 4, strips)
                for turns, strips in others
                if strips
            ],
            pictures=[turned(box) for box in page.pictures],
            dots=[turned(box) for box in page.dots],
            rules=[turned(box) for box in page.rules],
            links=[LinkAnnotation(one.page, one.url, turned(one.box)) for one in page.links],
        ),
        most,
    )
