"""What a reader of the data must know: the grammar's signals and checks over a whole edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parsers.lines import Document
from parsers.report import Action, Report, Signal
from parsers.text import read
from parsers.values import amounts, codes, links
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.controls import controls
from pipeline.integrity import signs
from pipeline.pictured import pictured
from pipeline.tables import sources_sum

_SCHEME = Lazy(r"^https?://")
# Letters of a word that begins many a line.
_SHORT = 2


def findings(report: Report, document: Document, vocabulary: Vocabulary) -> list[Signal]:
    """All findings of an edition, by line."""
    found = [
        *report.signals,
        *_repeated(report),
        *_actions(report, vocabulary),
        *_source(report, document, vocabulary),
        *pictured(report, document),
        *signs(report, document, vocabulary),
        *controls(report, vocabulary),
    ]
    return in_order(found)


def in_order(found: Iterable[Signal]) -> list[Signal]:
    """Findings by line; those of one line as they come."""
    return sorted(found, key=lambda signal: max(signal.line, 1))


def _heading(action: Action) -> str:
    """The heading as one line: what a finding without a line of its own quotes."""
    return f"{action.code_text.value} {action.title.value}".strip()


def _repeated(report: Report) -> Iterator[Signal]:
    seen: dict[object, int] = {}
    for project in report.projects:
        key = project.number if project.number is not None else project.title.value.casefold()
        if key in seen:
            yield Signal(
                "duplicate_project",
                f"the project is printed again; the first stands at line {seen[key]}",
                project.heading_line,
                project.title.value or project.number_text.value,
            )
        seen.setdefault(key, project.heading_line)
    first: dict[str, int] = {}
    for action in _all(report):
        code = action.code.canonical
        if code in first:
            yield Signal(
                "duplicate_code",
                f"the action is printed again; the first stands at line {first[code]}",
                action.heading_line,
                _heading(action),
                code,
            )
        first.setdefault(code, action.heading_line)


def _all(report: Report) -> Iterator[Action]:
    for project in report.projects:
        yield from project.actions


def _actions(report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    known = {action.code.canonical for action in _all(report)}
    for project in report.projects:
        for mention in project.references:
            if mention.code.canonical not in known:
                yield _dangling(mention.code.canonical, mention.text.line, mention.text.value, None)
        for action in project.actions:
            code = action.code.canonical
            if not action.title.value:
                yield Signal(
                    "title_end_uncertain",
                    "the heading has no title",
                    action.heading_line,
                    _heading(action),
                    code,
                )
            if not codes.is_known_city(action.code, vocabulary=vocabulary):
                yield Signal(
                    "unknown_city",
                    "no vocabulary knows the city of this code; the action is kept"
                    if action.code.city
                    else "the code is printed without its city and the edition names none",
                    action.heading_line,
                    _heading(action),
                    code,
                )
            if not action.status.value:
                yield Signal(
                    "missing_status",
                    "the sheet prints no status",
                    action.heading_line,
                    _heading(action),
                    code,
                )
            if not action.funding:
                yield _unfunded(action, vocabulary)
            yield from _sums(action)
            for mention in action.references:
                if mention.code.canonical not in known:
                    yield _dangling(
                        mention.code.canonical, mention.text.line, mention.text.value, code
                    )


def _unfunded(action: Action, vocabulary: Vocabulary) -> Signal:
    """The finding of a sheet without a funding line, at the sentence of it that names a sum."""
    line, text, message = action.heading_line, _heading(action), "the sheet prints no funding line"
    for paragraph in () if action.totals else action.paragraphs:
        prose = paragraph.text
        named = next(amounts.find(prose.value, vocabulary=vocabulary), None)
        if named is not None:
            stop = prose.value.rfind(". ", 0, named.start)
            end = prose.value.find(". ", named.end) + 1 or len(prose.value)
            sentence = prose.slice(stop + 2 if stop > 0 else 0, end)
            line, text = sentence.line, sentence.value
            message += "; this sentence names a sum, which no table of money holds"
            break
    return Signal("missing_funding", message, line, text, action.code.canonical)


def _dangling(target: str, line: int, text: str, code: str | None) -> Signal:
    return Signal("dangling_reference", f"the edition prints no action {target}", line, text, code)


def _sums(action: Action) -> Iterator[Signal]:
    """The stated total against the sources, to the cent."""
    total = sources_sum(action)
    for stated in action.totals:
        if stated.amount is None or total is None or stated.amount == total:
            continue
        lines = ", ".join(str(item.line) for item in action.funding)
        yield Signal(
            "total_mismatch",
            f"the sources sum to {total} (lines {lines}), the stated total is {stated.amount}: "
            f"a difference of {stated.amount - total}",
            stated.line,
            f"{stated.label.value} {stated.printed.value}".strip(),
            action.code.canonical,
        )


def _source(report: Report, document: Document, vocabulary: Vocabulary) -> Iterator[Signal]:
    for number in sorted(document.unsafe):
        yield Signal(
            "unsafe_text",
            "control or bidi characters were taken from the line",
            number,
            read(document.lines[number - 1].text) or "-",
        )
    for page, reason in document.unread:
        line = next((line.number for line in document.lines if line.page == page), 1)
        yield Signal("page_unread", f"page {page}: {reason}", line, f"page {page}")
    for page, text in document.outside:
        line = next((line.number for line in document.lines if line.page == page), 1)
        yield Signal(
            "text_outside",
            f"page {page} holds text that it does not show; it is in no table",
            line,
            read(text) or "-",
        )
    for note in document.notes:
        yield Signal(note.rule, note.message, note.line, read(note.text) or "-")
    yield from _links(document, vocabulary)


def _may_end(words: Sequence[str]) -> bool:
    """Whether a line may begin with the rest of an address: one of few letters stands alone."""
    return not words or len(words[0]) > _SHORT or len(words) == 1


def _links(document: Document, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Links of the PDF whose address is printed nowhere on their page."""
    if not document.links:
        return
    printed: dict[int | None, str] = {}
    for line in document.lines:
        if not line.blank:
            text = read(line.text)
            lead = "" if _may_end(text.split()) else "\n"
            printed[line.page] = printed.get(line.page, "") + lead + text.replace(" ", "")
    seen: set[tuple[int, str]] = set()
    for link in document.links:
        bare = _SCHEME.sub("", link.url.rstrip("/"))
        if (link.page, bare) in seen or not bare:
            continue
        seen.add((link.page, bare))
        if bare in printed.get(link.page, ""):
            continue
        on_page = [line for line in document.lines if line.page == link.page]
        beside = [
            line
            for line in on_page
            if line.box is not None
            and line.box.top < link.box.bottom
            and line.box.bottom > link.box.top
        ]
        at = next((line.number for line in beside or on_page), 1)
        addresses = (
            _SCHEME.sub("", found.value)
            for line in beside
            for found in links.find(read(line.text), vocabulary=vocabulary)
        )
        # A host alone may be all that is meant to be shown.
        printed_part = next(
            (one for one in addresses if bare.startswith(one) and "/" in one[:-1]), ""
        )
        rest = bare.removeprefix(printed_part)
        # The page's edge, or a box's, may cut what is printed; a line's end only breaks it.
        cut = printed_part and not any(
            (words := line.text.split())[0].rstrip("/.,;)") == rest and _may_end(words)
            for line in document.lines
            if not line.blank and line.page in (link.page, link.page + 1)
        )
        if cut:
            message = "the printed address is cut short; the page links to the whole one"
            yield Signal("text_broken", message, at, read(link.url))
            continue
        yield Signal(
            "link_not_printed",
            "the page links to an address that it does not print",
            at,
            read(link.url),
        )
