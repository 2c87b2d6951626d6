"""The grammar of an edition: a document's lines in, a report of projects and actions out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from parsers import facts, footnotes, furniture, labels, shapes
from parsers.errors import GrammarError
from parsers.flow import Flow
from parsers.headings import Headings
from parsers.hyphens import Hyphens
from parsers.items import Item, ends_closed, items_of
from parsers.known import known_words
from parsers.lines import Document
from parsers.money import told_unit
from parsers.numbered import looks_like_heading
from parsers.report import Action, Funding, Paragraph, Project, Report, Signal, Total
from parsers.sections import Sections
from parsers.sheet import Sheet, SheetReader
from parsers.text import Text, join
from parsers.titles import Heading
from parsers.values import codes, phases
from parsers.values.addresses import heads_places
from parsers.values.patterns import Lazy
from parsers.vocabulary import PACKAGED, Vocabulary

# What is left of a code in a damaged heading, at the least.
_DIGITS = Lazy(r"\d\W{0,3}\d\W{0,3}\d")
# A number between two dots: what every code holds and most lines do not.
_CODE_LIKE = Lazy(r"\. ?[0-9] ?\.")


def parse_report(
    document: Document, *, city: str | None = None, vocabulary: Vocabulary = PACKAGED
) -> Report:
    """Read an edition.

    Args:
        document: what a reader gave.
        city: the city's code, for action codes printed without one; derived from the codes
            of the text when not given.
        vocabulary: the words in force.

    Raises:
        GrammarError: no heading of a project, section or action was found (``no_projects``).
    """
    return _Reading(document, city, vocabulary).report()


class _Reading:
    def __init__(self, document: Document, city: str | None, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.texts = [Text.of(line) for line in document.lines]
        self.city = city or usual_city(self.texts, vocabulary)
        self.hyphens = Hyphens(
            [*(line.text for line in document.lines), *(link.url for link in document.links)],
            vocabulary["flow"]["hyphenated"],
            partial(known_words, vocabulary),
        )
        self.roles: list[str | None] = [
            "blank" if line.blank else line.role for line in document.lines
        ]
        self.owners: list[tuple[int | None, int | None]] = [(None, None)] * len(document.lines)
        self.signals: list[Signal] = []

    def report(self) -> Report:
        running = self._set_aside()
        items = items_of(self.document.lines, self.texts, self.roles, self.vocabulary)
        self._unclassified(items)
        items = [item for item in items if self.roles[item.index] is None]
        flow = Flow(items, self.vocabulary)
        headings, contents = Headings(flow, self.city, self.vocabulary, self.hyphens).find()
        if not headings:
            raise GrammarError(_without_headings(self.document), rule="no_projects")
        for index in contents:
            self.roles[items[index].index] = "front_matter"
        front = [item.text for item in items[: headings[0].start]]
        for item in items[: headings[0].start]:
            self.roles[item.index] = "front_matter"
        reader = SheetReader(flow, self.roles, self.vocabulary, self.hyphens)
        sections = Sections(flow, self.vocabulary, self.hyphens)
        projects = self._projects(items, headings, contents, reader, sections)
        self._facts(projects)
        self.signals += told_unit(self.document.lines, self.vocabulary)
        self.signals.sort(key=lambda signal: signal.line)
        return Report(
            projects,
            [role or "unclassified" for role in self.roles],
            self.owners,
            self.signals,
            front,
            running,
            self.city,
        )

    # -- what is no content -----------------------------------------------------------------

    def _set_aside(self) -> list[str]:
        """Give their roles to running lines, repeated addresses and footnotes."""
        texts = [text.value for text in self.texts]

        def is_value(text: str) -> bool:
            return labels.opens_value(text, self.vocabulary) or heads_places(text, self.vocabulary)

        def is_heading(text: str) -> bool:
            return looks_like_heading(text, self.city, self.vocabulary)

        usual = furniture.usual_size(self.document)
        taken = furniture.running_lines(self.document, texts, usual, is_value, is_heading)
        taken |= {index for index, role in enumerate(self.roles) if role == "furniture"}
        running: list[str] = []
        for index in sorted(taken):
            self.roles[index] = "furniture"
            if texts[index] not in running and any(char.isalpha() for char in texts[index]):
                running.append(texts[index])
        repeated = furniture.repeated_addresses(self.document, texts, taken)
        for index in repeated:
            self.roles[index] = "annotation"
        for index in footnotes.footnotes(self.document, texts, taken | repeated, usual or None):
            self.roles[index] = "footnote"
        return running

    def _unclassified(self, items: Sequence[Item]) -> None:
        """Lines without a letter or a digit: drawn rules are furniture, the rest is reported."""
        for at, (before, item) in enumerate(zip([None, *items], items, strict=False)):
            if not item.value or item.value[0].isalnum():
                continue
            if any(char.isalnum() or char in "€%" for char in item.value):
                continue
            if item.value == "/" and before is not None and "://" in before.value:
                continue  # the end of an address that the line's end broke
            if item.line.cell is not None and item.value in ("-", "–", "—"):
                continue  # "none" in a table
            if item.value == ":" and (role := self._labelled(items[max(0, at - 3) : at])):
                self.roles[item.index] = role  # of a label that a narrow cell breaks
                continue
            if set(item.value) <= set("-–—_=*.·•~ |") or shapes.is_known(
                item.value, self.vocabulary
            ):
                self.roles[item.index] = "furniture"
                continue
            self.roles[item.index] = "unclassified"
            self.signals.append(
                Signal(
                    "unclassified_line",
                    "the line holds no readable text and no rule takes it; "
                    "look at the page, its font may lack a character map",
                    item.line.number,
                    item.value,
                )
            )

    def _labelled(self, items: Sequence[Item]) -> str | None:
        """The role of the label that the last of some items, and nothing else, make up."""
        for start in range(len(items)):
            text = " ".join([item.value for item in items[start:]])
            label = labels.match(text, self.vocabulary)
            if label is not None and label.end == len(text) and label.kind != "other":
                return label.kind
        return None

    # -- the tree ---------------------------------------------------------------------------

    def _projects(
        self,
        items: Sequence[Item],
        headings: Sequence[Heading],
        contents: set[int],
        reader: SheetReader,
        sections: Sections,
    ) -> list[Project]:
        projects: list[Project] = []
        for place, heading in enumerate(headings):
            stop = headings[place + 1].start if place + 1 < len(headings) else len(items)
            while stop > heading.end and stop - 1 in contents:
                stop -= 1
            owner: tuple[int, int | None]
            if place:
                self._suspect(items, headings[place - 1], heading, sections)
            if heading.kind == "chapter":
                owner = (len(projects), None)
                self._mark(items, heading, "section_heading")
            elif heading.kind == "action":
                if not projects:
                    projects.append(
                        Project(None, Text(""), Text(""), items[heading.start].line.number)
                    )
                sheet = reader.read(heading.end, stop, heading.key)
                action = self._action(items, heading, sheet)
                projects[-1].actions.append(action)
                owner = (len(projects) - 1, len(projects[-1].actions) - 1)
                self._mark(items, heading, "action_heading")
            else:
                project = Project(
                    heading.number,
                    heading.number_text or Text(""),
                    heading.title,
                    items[heading.start].line.number,
                )
                projects.append(project)
                owner = (len(projects) - 1, None)
                self._mark(
                    items,
                    heading,
                    "project_heading" if heading.kind == "project" else "section_heading",
                )
                self._introduce(project, heading, stop, reader)
            if not heading.certain:
                self._uncertain(items, heading)
            for index in range(heading.start, stop):
                self.owners[items[index].index] = owner
        return projects

    def _suspect(
        self, items: Sequence[Item], before: Heading, heading: Heading, sections: Sections
    ) -> None:
        """Tell of a line that ends a sheet and looks like the name of a section."""
        if before.kind == "chapter":
            return
        first = sections.suspect(heading.start, before.end, self.roles)
        if first is None:
            return
        self.signals.append(
            Signal(
                "heading_suspect",
                "the line stands right above a heading, where a section's name would; it is read "
                "as running text, unless headings.sections of a vocabulary names it",
                items[first].line.number,
                sections.name(first, heading.start),
                before.key if before.kind == "action" else None,
            )
        )

    def _mark(self, items: Sequence[Item], heading: Heading, role: str) -> None:
        for index in range(heading.start, heading.end):
            self.roles[items[index].index] = role

    def _uncertain(self, items: Sequence[Item], heading: Heading) -> None:
        self.signals.append(
            Signal(
                "title_end_uncertain",
                f"where the title ends is not certain; read as {heading.title.value!r}",
                items[heading.start].line.number,
                heading.title.value,
                heading.key if heading.kind == "action" else None,
            )
        )

    def _introduce(
        self, project: Project, heading: Heading, stop: int, reader: SheetReader
    ) -> None:
        """Read what stands between a project's heading and its first action."""
        sheet = reader.read(heading.end, stop, None)
        notices: list[Paragraph] = []
        for paragraph in sheet.paragraphs:
            if phases.has_phase(paragraph.text.value, self.vocabulary):
                notices.append(paragraph)
                for piece in paragraph.text.pieces():
                    self.roles[piece.line - 1] = "notice"
            else:
                project.paragraphs.append(paragraph)
        if heading.kind == "project" and self._may_be_title(project.paragraphs):
            heading.certain = False
        texts = [paragraph.text for paragraph in notices]
        project.notice = join([*texts, *sheet.status], self.hyphens)
        self.signals += sheet.signals
        if sheet.has_status and sheet.status:
            self.signals.append(
                Signal(
                    "stray_text",
                    "a status stands under a project's heading, before its first action; it is "
                    "read as the project's notice",
                    sheet.status[0].line,
                    sheet.status[0].value,
                )
            )
        sums: list[Funding | Total] = [*sheet.funding, *sheet.totals]
        if sums or (sheet.has_status and sheet.status):
            self._lost_heading(sheet)
        for money in sums:
            self.signals.append(
                Signal(
                    "unknown_label",
                    "a sum stands under a project's heading, before its first action; "
                    "no table holds it",
                    money.line,
                    f"{money.label.value} {money.printed.value}".strip(),
                )
            )

    def _lost_heading(self, sheet: Sheet) -> None:
        """Tell of a line under a project's heading that may begin the sheet of its fields."""
        for paragraph in sheet.paragraphs:
            line = paragraph.text.line
            if _DIGITS.search(self.texts[line - 1].value):
                self.signals.append(
                    Signal(
                        "heading_suspect",
                        "fields of a sheet stand below, and no action's heading above them: this "
                        "line may be it",
                        line,
                        self.texts[line - 1].value,
                    )
                )
                return

    def _may_be_title(self, paragraphs: Sequence[Paragraph]) -> bool:
        """Whether a plain text's line under a project's heading may be the rest of its title."""
        if len(paragraphs) != 1 or self.document.sizes:
            return False
        first = paragraphs[0].text
        line = self.document.lines[first.line - 1]
        above = self.document.lines[first.line - 2]
        whole = line.text.strip() == first.value and not above.blank
        return whole and not ends_closed(first.value) and line.box is None

    def _action(self, items: Sequence[Item], heading: Heading, sheet: Sheet) -> Action:
        if heading.code is None or heading.code_text is None:
            raise TypeError("the heading of an action has a code")
        self.signals += sheet.signals
        return Action(
            heading.code,
            heading.code_text,
            heading.title,
            heading.code_text.line,
            paragraphs=sheet.paragraphs,
            funding=sheet.funding,
            totals=sheet.totals,
            status=join(sheet.status, self.hyphens),
            description=join([each.text for each in sheet.paragraphs]),
        )

    def _facts(self, projects: Sequence[Project]) -> None:
        for project in projects:
            self.signals += facts.read_project(project, self.city, self.vocabulary)
            for action in project.actions:
                self.signals += facts.read_action(action, project, self.city, self.vocabulary)


def _without_headings(document: Document) -> str:
    """Say why no heading was found: pages that were not read may hold them all."""
    if document.unread:
        page, reason = document.unread[0]
        more = f" (and {len(document.unread) - 1} more)" if len(document.unread) > 1 else ""
        return (
            "no heading of a project or an action was found in what could be read; "
            f"page {page}{more}: {reason}"
        )
    return (
        "no heading of a project or an action was found: a report has lines such as "
        "'Progetto 1 - ...' and 'MI4.1.1.a - ...'; check that this is such a report"
    )


def usual_city(texts: Iterable[Text], vocabulary: Vocabulary = PACKAGED) -> str | None:
    """The known city prefix that most codes of a document carry, None without any."""
    counts: Counter[str] = Counter()
    # Searched as a whole first: an edition has thousands of lines, and few with a code.
    whole = "\n".join(text.value for text in texts)
    ends = -1
    for like in _CODE_LIKE.finditer(whole):
        if like.start() <= ends:
            continue
        start = whole.rfind("\n", 0, like.start()) + 1
        ends = whole.find("\n", like.start())
        ends = len(whole) if ends < 0 else ends
        for found in codes.find(whole[start:ends], vocabulary=vocabulary):
            if found.value.city and codes.is_known_city(found.value, vocabulary=vocabulary):
                counts[found.value.city] += 1
    return min(counts, key=lambda city: (-counts[city], city)) if counts else None
