"""How an edition is made to look, drawn from a seed, and what is printed in which order."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.truth import Action, Edition, Money


@dataclass(frozen=True)
class Style:
    """The look of one rendering; lengths in points.

    Attributes:
        seed: of everything that a renderer draws by itself (blank lines, breaks).
        paper: width and height of a page.
        margins: left, right, top, bottom.
        family: ``sans``, ``serif`` or ``mono``; each renderer has its own font for it.
        size: of the text.
        scale: sizes of project and action headings, as multiples of ``size``.
        heading_bold, labels_bold: weight of headings, of labels.
        justified, hyphenated: how paragraphs are set.
        capitals: of headings: ``as-is``, ``upper``, ``small`` (small capitals).
        letter_spaced: whether headings are.
        header, page_numbers: running header; page number at the foot.
        columns: of the pages, under full-width project headings.
        address_columns: of the list of addresses.
        funding_table: whether funding and status stand in a bordered table of label and value.
        code_box: whether the code stands in a box of its own, left of its title.
        cover, contents: pages before the first project.
        page_a_project: whether each project starts a page.
        pictures: whether pictures and map pins are drawn.
        links: whether printed addresses are link annotations.
        footnotes: whether some titles and labels carry one.
        width: characters of a line, for plain text.
        blanks: chance of a blank line between any two pieces, for plain text.
        numbering: what stands before a page's number, between it and the number of all pages
            (empty: that is not printed), and behind.
        footer: whether a line with the edition's title stands at each page's foot.
    """

    seed: int = 0
    paper: tuple[float, float] = (595.0, 842.0)
    margins: tuple[float, float, float, float] = (62.0, 62.0, 80.0, 70.0)
    family: str = "sans"
    size: float = 10.0
    scale: tuple[float, float] = (1.8, 1.3)
    heading_bold: bool = True
    labels_bold: bool = True
    justified: bool = True
    hyphenated: bool = False
    capitals: str = "as-is"
    letter_spaced: bool = False
    header: bool = True
    page_numbers: bool = True
    columns: int = 1
    address_columns: int = 2
    funding_table: bool = False
    code_box: bool = False
    cover: bool = False
    contents: bool = False
    page_a_project: bool = True
    pictures: bool = True
    links: bool = True
    footnotes: bool = False
    width: int = 100
    blanks: float = 0.5
    numbering: tuple[str, str, str] = ("", "", "")
    footer: bool = False

    def numbered(self, page: int) -> str:
        """A page's number as printed by who does not know how many pages there are."""
        before, between, after = self.numbering
        return f"{before}{page}{'' if between else after}"

    @property
    def measure(self) -> float:
        """Width of the text block."""
        return self.paper[0] - self.margins[0] - self.margins[1]

    @property
    def fold(self) -> bool:
        """Whether headings lose their case in print."""
        return self.capitals != "as-is"


def random_style(seed: int) -> Style:
    """Draw a style; the same ``seed`` gives the same one."""
    chance = random.Random(seed)

    def often(share: float) -> bool:
        return chance.random() < share

    heading_bold = often(0.85)
    plain = not heading_bold or often(0.15)
    return Style(
        seed=seed,
        paper=chance.choice(((595.0, 842.0), (595.0, 842.0), (612.0, 792.0), (842.0, 595.0))),
        margins=tuple(chance.uniform(35, 95) for _ in range(2))  # type: ignore[arg-type]
        + tuple(chance.uniform(60, 95) for _ in range(2)),
        family=chance.choice(("sans", "sans", "serif", "mono")),
        size=chance.choice((8.5, 9.0, 10.0, 10.5, 11.0, 12.0)),
        scale=(1.0, 1.0) if plain else (chance.uniform(1.3, 2.0), chance.uniform(1.0, 1.3)),
        heading_bold=heading_bold,
        labels_bold=often(0.7),
        justified=often(0.6),
        hyphenated=often(0.35),
        capitals=chance.choice(("as-is",) * 6 + ("upper", "small")),
        letter_spaced=often(0.08),
        header=often(0.6),
        page_numbers=often(0.7),
        columns=2 if often(0.12) else 1,
        address_columns=chance.choice((1, 2, 2, 3)),
        funding_table=often(0.2),
        code_box=often(0.12),
        cover=often(0.3),
        contents=often(0.25),
        page_a_project=often(0.6),
        pictures=often(0.6),
        links=often(0.7),
        footnotes=often(0.12),
        width=chance.randint(58, 130),
        blanks=chance.choice((0.0, 0.2, 0.5, 1.0)),
        numbering=chance.choice(_NUMBERINGS),
        footer=often(0.2),
    )


_NUMBERINGS = (
    ("", "", ""),
    ("", "", ""),
    ("Pag. ", "", ""),
    ("- ", "", " -"),
    ("", "/", ""),
    ("Pagina ", " di ", ""),
)


@dataclass(frozen=True)
class Piece:
    """One thing to print.

    ``kind`` and what it carries: ``project`` (``lead`` and ``text``), ``action`` (``lead`` is code
    and dash, ``code`` the code alone, for a box), ``notice``, ``paragraph``, ``bullet``, ``dash``,
    ``numbered`` (``level`` 0 to 2), ``caption``, ``picture``, ``places`` (``texts``: heading, then
    cells), ``labelled`` (``rows`` of label and value paragraphs, in one block: the funding, the
    total, the status). ``note`` is a footnote whose mark is glued to the title or the first label.
    """

    kind: str
    text: str = ""
    lead: str = ""
    code: str = ""
    level: int = 0
    note: str = ""
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


_NOTES = (
    "Come risulta dal Piano Operativo approvato dalla Giunta comunale.",
    "Al netto delle economie di gara.",
)


def _label(money: Money) -> str:
    return money.label + (":" if money.colon else "")


def _labelled(action: Action) -> tuple[tuple[str, tuple[str, ...]], ...]:
    money = [*action.funding, *([action.total] if action.total else [])]
    rows: list[tuple[str, tuple[str, ...]]] = [(_label(line), (line.printed,)) for line in money]
    if action.status:
        rows.append((action.status_label, action.status))
    return tuple(rows)


def _level(text: str) -> int:
    head = text.partition(" ")[0]
    return 1 if head.rstrip(".").isdigit() else 2 if len(head) == 2 and head[1] == "." else 0


def flow(edition: Edition, style: Style) -> Iterator[Piece]:
    """Give what is printed, in order, headings in the capitals that the style wants."""

    def heading(text: str) -> str:
        return text.upper() if style.capitals == "upper" else text

    count = itertools.count()

    def note() -> str:
        """A footnote at every fourth place that could have one."""
        turn = next(count)
        return _NOTES[turn // 4 % len(_NOTES)] if style.footnotes and turn % 4 == 1 else ""

    for project in edition.projects:
        yield Piece("project", heading(project.title), lead=heading(project.lead))
        yield from (Piece("notice", text) for text in project.notice)
        for action in project.actions:
            code = heading(action.code_printed)
            yield Piece(
                "action", heading(action.title), lead=code + action.dash, code=code, note=note()
            )
            for block in action.body:
                if block.kind == "places":
                    yield Piece("places", texts=block.texts)
                elif block.kind != "picture":
                    level = _level(block.text) if block.kind == "numbered" else 0
                    yield Piece(block.kind, block.text, level=level)
                elif style.pictures:
                    yield Piece("picture", block.text)
            rows = _labelled(action)
            if rows:
                yield Piece("labelled", rows=rows, note=note())
