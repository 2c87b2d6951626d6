"""The end of a source: one that stops in the middle of a sum, a word or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.items import ends_closed, ends_open
from parsers.known import known_words
from parsers.report import Report, Signal
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.printed import Printed
from pipeline.seams import is_seldom

_CURRENCY = Lazy(r"€|euro?\b", re.IGNORECASE)
_CENTS = Lazy(r",\d\d(?!\d)")
_GROUPED = Lazy(r"\.\d{3}$")
# No Italian word but some small ones and loans ends so.
_HALF_WORD = Lazy(r"(?<![\w’'/.@-])[A-ZÀ-Ý]?[a-zà-ÿ]{2,}[b-df-hj-np-tv-z]$")
# Of a word that ends as words do, so many letters more elsewhere say that it is half of one.
_OPEN_WORD, _REST = Lazy(r"(?<![\w’'/.@-])[a-zà-ÿ]*[aeiou]$"), 3
# A last line of fewer letters is the beginning of one.
_FEW = 3
_LONE_LETTER = Lazy(r" [b-df-hj-np-tv-z]$")
# So long a word that ends so is half of one, but for some from English.
_LONG, _ENGLISH = 5, ("ing", "ent", "ard", "ess", "ork")
# So few texts of an edition may lack their closing mark for its last one to be called cut short.
_UNCLOSED, _FEWEST_TEXTS = 0.1, 4


def signs(lines: Sequence[Printed], report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """A finding ``text_broken`` on the last line.

    Args:
        lines: those that are read as content.
        report: the edition as read.
        vocabulary: its words may end a text.
    """
    if not lines:
        return
    line, role, text = lines[-1]
    if not any(project.actions for project in report.projects):
        yield Signal(
            "text_broken",
            "the source ends before its first action: it may be cut short",
            line.number,
            text,
        )
        return
    is_sum = role in ("funding", "total")
    begins_another = " " in text and any(_is_cut(text, other) for _, _, other in lines)
    if is_sum and not begins_another and not _is_half_label(text, vocabulary):
        yield from _cut_sum(lines, report)
    elif (
        is_sum
        or begins_another
        or _is_half_word(text, lines, vocabulary)
        or (role == "body" and _is_unclosed(report))
    ):
        yield Signal(
            "text_broken",
            "the source ends in the middle of a word or a sentence: it may be cut short",
            line.number,
            text,
        )


def _is_cut(text: str, whole: str) -> bool:
    """Whether a text is the beginning of another, inside one of its words."""
    return whole.startswith(text) and whole[len(text) :][:1].isalpha()


def _is_half_label(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a label of money ends inside the words that name its source: "Risorse PON ME"."""
    words = text.lower().split()
    ends = [" ".join(words[at:]) for at in range(len(words))]
    sources = [each for each in vocabulary["labels"]["funding"].values() if isinstance(each, dict)]
    names = [name for each in sources for name in (*each["labels"], *each["qualifiers"])]
    whole = any(end in names for end in ends)
    return not whole and any(_is_cut(end, name) for end in ends for name in names)


def _is_half_word(text: str, lines: Sequence[Printed], vocabulary: Vocabulary) -> bool:
    """Whether a text ends in the beginning of a word that the edition or a status would have."""
    alone = _LONE_LETTER.search(text)
    if (len(text) < _FEW and text.isalpha()) or (
        alone and ends_open(text[: alone.start()], vocabulary)
    ):
        return True
    half = _HALF_WORD.search(text) or _OPEN_WORD.search(text)
    if (
        half is None
        or half[0].lower() in vocabulary["flow"]["loans"]
        or ends_open(text, vocabulary)
    ):
        return False
    months = [name for names in vocabulary["dates"]["months"] for name in names]
    if half[0] not in months and any(_begins(half[0], name) for name in months):
        return True  # "entro dice"
    # "dell" is no word, though "dell’" stands everywhere.
    begun = re.compile(rf"\b{half[0]}(?![’'])(\w*)", re.IGNORECASE)
    ends = [rest for _, _, printed in lines for rest in begun.findall(printed)]
    if ends.count("") > 1 or half[0].lower() in known_words(vocabulary):
        return False
    if half[0][-1] in "aeiou":
        return len(half[0]) < _FEW or any(len(rest) >= _REST for rest in ends)
    if any(ends) or (
        half[0].islower() and len(half[0]) >= _LONG and not half[0].endswith(_ENGLISH)
    ):
        return True
    wordings = [word for entry in vocabulary["phases"]["words"] for word in entry["words"]]
    if any(half[0] in word.split(" ") for word in wordings):
        return False
    return any(re.search(rf"(?<!\w){half[0]}[\w~\[]", word) for word in wordings)


def _begins(text: str, word: str) -> bool:
    return len(text) > _FEW and word.startswith(text)


def _is_unclosed(report: Report) -> bool:
    """Whether the last text of an edition lacks the closing mark that its texts have."""
    texts = [
        (paragraph.kind, paragraph.text.value)
        for project in report.projects
        for action in project.actions
        for paragraph in action.paragraphs
    ]
    prose = [text for kind, text in texts if kind == "paragraph"]
    if not texts or texts[-1][0] != "paragraph" or ends_closed(prose[-1]):
        return False
    unclosed = sum(not ends_closed(text) for text in prose[:-1])
    return len(prose) > _FEWEST_TEXTS and unclosed <= _UNCLOSED * len(prose)


def _cut_sum(lines: Sequence[Printed], report: Report) -> Iterator[Signal]:
    """A last sum without the currency, or the cents, that all others are printed with."""
    line, _, text = lines[-1]
    sums = [
        money.printed.value
        for project in report.projects
        for action in project.actions
        for money in action.funding
    ]
    for part, what in ((_CURRENCY, "currency"), (_CENTS, "cents")):
        bare = [each for each in sums if not part.search(each)]
        if part.search(text):
            continue
        # "€ 1.000" may be half of "€ 1.000.000,00": what half of the sums have is enough to tell.
        grouped = what == "cents" and _GROUPED.search(text) and 2 * len(bare) <= len(sums)
        if grouped or is_seldom(len(bare), len(sums)):
            yield Signal(
                "text_broken",
                f"the source ends with a sum that lacks its {what}: it may be cut short",
                line.number,
                text,
            )
            return
