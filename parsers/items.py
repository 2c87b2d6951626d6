"""The lines that carry content, and what the words at their ends say of how they go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from parsers.lines import Line
from parsers.text import Text
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

_CLOSERS = ")]”’»\"'"
_NUMBERED = Lazy(
    r"(?:\(?\d{1,2}\s?[.)](?=\s|$)|\(?[a-zA-Z]\s?\)(?=\s)|(?!n\.|c\.\s?\d)[a-z]\.(?=\s)|[ivx]{1,4}[.)](?=\s)"
    r"|(?i:azione|fase|lotto|intervento|attivit[àa]|linea|misura|step)\s+\d{1,2}\s?[:.–-](?=\s))"
)
# Letters of the longest acronyms that stand alone on a line.
_ACRONYM = 5
# List marks that stand for other things too.
_LONE_DASHES = frozenset("-–—‒−")


@dataclass(slots=True, eq=False)
class Item:
    """A line that carries content.

    ``mark`` is the glyph that opens a list item, left out of ``text``; ``blanks`` the number of
    blank lines above; ``new_page`` whether it is the first of its page; ``value`` the line as
    published text, without its list mark; ``index`` the place of the line in the document's list.
    """

    line: Line
    text: Text
    mark: str
    blanks: int
    new_page: bool
    value: str = field(init=False)
    index: int = field(init=False)

    def __post_init__(self) -> None:
        self.value = self.text.value
        self.index = self.line.number - 1


@cache
def _openers(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(vocabulary["flow"]["openers"])


def ends_open(value: str, vocabulary: Vocabulary) -> bool:
    """Whether a text cannot end here: a dash, a comma, an open bracket, a preposition.

    >>> from parsers.vocabulary import PACKAGED
    >>> ends_open("Servizi alle persone e", PACKAGED), ends_open("Servizi alle persone", PACKAGED)
    (True, False)
    """
    if not value:
        return False
    last = value.rsplit(" ", 1)[-1]
    if value[-1] in "-–—" and value[-2:-1] in ",." and value[-3:-2].isdigit():
        return False  # the cents of "€ 1.000,-"
    if value[-1] in "-–—,(“‘«[&+":
        return True
    if value[-1] == "/" and "." not in last:
        return last.find("/") == len(last) - 1 > 0  # "famiglie e/", not the rest of a link
    if "’" in last[-2:] or "'" in last[-2:]:
        return bool(re.search(r"\b\w{1,5}[’']$", value))
    if "(" in value and value.count("(") > value.count(")"):
        return True
    if len(last) == 1 and last.isupper() and not value.isupper():
        return False  # "Lotto A", "Edificio E"
    return last.lower() in _openers(vocabulary)


@cache
def _pointers(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(vocabulary["flow"]["pointers"])


def points_on(value: str, vocabulary: Vocabulary) -> bool:
    """Whether a text ends with a word that a code or number usually follows ("azione")."""
    last = re.split(r"[\s’'(]", value)[-1].lower()
    return last in _pointers(vocabulary)


def ends_closed(value: str) -> bool:
    """Whether a text ends with a closing mark (full stop, semicolon, colon ...)."""
    bare = value.rstrip(_CLOSERS)
    if not bare:
        return False
    if bare[-1] != ".":
        return bare[-1] in "!?;:…"
    # A full stop after one letter alone is of an abbreviation ("n.", "v.").
    before = bare[-3:-1]
    return not (before[-1:].isalpha() and not (before[:-1].isalnum() or before[:-1] == "_"))


def is_numbered(value: str) -> bool:
    """Whether a text opens as an item of a numbered list (``1.``, ``a)``, ``Azione 2:``)."""
    return bool(_NUMBERED.match(value))


def in_capitals(text: str) -> bool:
    """Whether a line is set in capitals: two words at least, or one long one.

    >>> in_capitals("A IDROGENO"), in_capitals("CUP"), in_capitals("Pista CICLABILE")
    (True, False, False)
    """
    return text.isupper() and sum(map(str.isalpha, text)) > _ACRONYM


@cache
def marks(vocabulary: Vocabulary) -> tuple[str, str]:
    """The characters that stand as bullets before items of lists, and the dashes that may."""
    return vocabulary["flow"]["bullets"], vocabulary["flow"]["dashes"]


def _runs_on(texts: Sequence[Text], index: int) -> bool:
    """Whether a plain text's line at an index runs on: elsewhere a dash alone means "none"."""
    return index < len(texts) and texts[index].value[:1].islower()


def items_of(
    lines: Sequence[Line],
    texts: Sequence[Text],
    taken: Sequence[str | None],
    vocabulary: Vocabulary,
) -> list[Item]:
    """The content lines: those that no role has taken and that are not blank.

    Args:
        lines: all lines of the document.
        texts: the reading of each line.
        taken: a role for each line that is already set aside, else None.
        vocabulary: the glyphs that open a list item.
    """
    bullets, dashes = marks(vocabulary)
    items: list[Item] = []
    blanks = 0
    page: int | None = None
    pending: tuple[str, int, bool] | None = None
    beside = False
    above: Line | None = None
    for line in lines:
        if above is not None and above.page != line.page and above.blank and blanks:
            blanks -= 1  # the line end before a form feed makes no blank line
        above = line
        role = taken[line.number - 1]
        if role is not None:
            # The blank lines beside a running line are its own and part no paragraphs.
            if role == "furniture":
                blanks, beside = 0, True
            elif line.blank and not beside:
                blanks += 1
            continue
        text = texts[line.number - 1]
        value = text.value
        if not value:
            blanks += 1
            continue
        new_page = line.page != page
        page = line.page
        beside = False
        mark = ""
        if value[0] in bullets or "\ue000" <= value[0] <= "\uf8ff":
            mark = value[0]
            text = text.slice(1, len(value))
        elif value[0] in dashes and len(value) > 1 and value[1] == " ":
            mark = value[0]
        elif value in _LONE_DASHES and line.box is None and _runs_on(texts, line.number):
            mark, text = value, text.slice(1, 1)
        if mark and not text.value:
            pending = (mark, blanks, new_page)
            items.append(Item(line, text, mark, blanks, new_page))
            blanks = 0
            continue
        if pending is not None:
            mark, _, new_page = mark or pending[0], pending[1], pending[2]
            pending = None
        items.append(Item(line, text, mark, blanks, new_page))
        blanks = 0
    return items
