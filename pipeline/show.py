"""One edition, or one action of it, as a person reads it in a terminal.

Words are the report's own and Italian; at the right edge stands where each value was printed, as
``page:line`` (the line alone where the source has no pages).
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from parsers.errors import ReportError
from parsers.report import Action, Dated, Project, Signal
from parsers.text import Text
from parsers.values import codes, funds
from parsers.values.amounts import display
from pipeline.edition import Edition, corrected, edition_row, open_edition
from pipeline.fingerprint import ReadOptions
from pipeline.schema import TABLES, severity_of
from pipeline.schema.enumerations import (
    AMOUNT_STATUS,
    CONTEXT,
    FUNDING_SOURCE,
    MODALITY,
    PHASE,
    PRECISION,
    ROLE,
    RULE,
    SEVERITY,
)
from pipeline.schema.model import Enumeration
from pipeline.sources import Source
from pipeline.tables import sources_sum
from pipeline.terminal import Paper

_MARKS = {"bullet": "• ", "caption": "⌖ "}
_CODE_WIDTH = 13
_PLACE_WIDTH = 10
_NEAR = 3
"""How many codes are offered in place of one that the edition does not print."""


class UnknownCodeError(ReportError):
    """The edition prints no action under the code asked for."""


def render(source: Source, code: str | None, options: ReadOptions) -> str:
    """Show an edition, or every printing of one of its actions, with its corrections marked.

    Args:
        source: the edition.
        code: an action's code in any spelling; None for the whole edition.
        options: how the source is read.

    Returns:
        Text wrapped to the terminal (80 columns in a pipe), coloured on a terminal only and never
        under ``NO_COLOR``.

    Raises:
        UnknownCodeError: no action has the code; the message names the nearest ones.
        SourceError: the file cannot be read.
        GrammarError: it is no report.
        SidecarError: its corrections, or the words of the options, cannot be used.
    """
    edition = corrected(open_edition(source, options))
    view = _View(edition, Paper.of_terminal())
    if code is None:
        view.edition()
    else:
        for project, action in _chosen(edition, code):
            view.action(project, action)
    return str(view.paper)


def _chosen(edition: Edition, code: str) -> list[tuple[Project, Action]]:
    """The actions that print a code."""
    pairs = [(project, action) for project in edition.report.projects for action in project.actions]
    cities = Counter(action.code.city for _, action in pairs if action.code.city)
    city = max(cities, key=lambda name: cities[name], default=None)
    try:
        wanted = codes.parse(code, city=city, vocabulary=edition.vocabulary).canonical
    except codes.CodeProblem:
        wanted = code
    chosen = [(project, action) for project, action in pairs if action.code.canonical == wanted]
    if chosen:
        return chosen
    known = list(dict.fromkeys(action.code.canonical for _, action in pairs))
    near = difflib.get_close_matches(wanted, known, _NEAR, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else f"its codes are {', '.join(known)}"
    raise UnknownCodeError(f"no action {code!r}: {hint}", source=edition.source.name)


def _word(enumeration: Enumeration, value: str) -> str:
    """The Italian word for a value."""
    return next((code.label_it for code in enumeration.codes if code.code == value), value)


class _View:
    """Writes parts of one edition on paper."""

    def __init__(self, edition: Edition, paper: Paper) -> None:
        self._edition = edition
        self._report = edition.report
        self._lines = edition.document.lines
        self.paper = paper

    # -- places -----------------------------------------------------------------------------

    def _place(self, line: int) -> str:
        if not 0 < line <= len(self._lines):
            return ""
        page = self._lines[line - 1].page
        return str(line) if page is None else f"{page}:{line}"

    def _where(self, *texts: Text) -> str:
        """From the first to the last line that texts were printed on."""
        lines = [piece.line for text in texts for piece in text.pieces()]
        if not lines:
            return ""
        first, last = min(lines), max(lines)
        if first == last:
            return self._place(first)
        same = self._lines[first - 1].page == self._lines[last - 1].page
        return f"{self._place(first)}-{last if same else self._place(last)}"

    # -- an edition -------------------------------------------------------------------------

    def edition(self) -> None:
        """The whole edition: what it is, its projects, sums, findings and coverage."""
        paper, document = self.paper, self._edition.document
        row = dict(zip(TABLES["editions"].header, edition_row(self._edition), strict=True))
        names = (row["edition_id"], row["city"], row["programme"], row["cci"])
        paper.heading(" · ".join(str(name) for name in names if name))
        if row["title"]:
            paper.entry(str(row["title"]))
        pages = "" if document.pages is None else f"{document.pages} pagine, "
        paper.entry(
            f"{row['source_file']} · {pages}{len(document.lines)} righe · "
            f"lettore {document.reader} · sha256 {str(row['source_sha256'])[:12]}…"
        )
        paper.entry("A destra dove sta ogni valore: " + ("riga" if not pages else "pagina:riga"))
        for project in self._report.projects:
            self._project(project)
        self._sums(action for project in self._report.projects for action in project.actions)
        self._findings(self._edition.findings)
        self._coverage()

    def _project(self, project: Project) -> None:
        paper = self.paper
        paper.gap()
        number = "" if project.number is None else f"Progetto {project.number} – "
        title = number + (project.title.value or "(senza progetto)")
        paper.heading(title, self._place(project.heading_line))
        if project.notice.value:
            note = f"{project.notice.value} [{_word(PHASE, project.phase)}]"
            paper.entry(note, self._where(project.notice), indent=2)
        for paragraph in project.paragraphs:
            paper.entry(paragraph.text.value, self._where(paragraph.text), indent=2)
        for action in project.actions:
            total = sources_sum(action)
            euros = "—" if total is None else display(total)
            paper.entry(
                f"{action.code.canonical}  {action.title.value}",
                self._place(action.heading_line),
                indent=2,
                hang=len(action.code.canonical) + 2,
            )
            paper.ends(_word(PHASE, action.phase), euros, indent=_CODE_WIDTH, margin=_PLACE_WIDTH)

    def _sums(self, actions: Iterable[Action]) -> None:
        """Euros by source, with what the sources leave unsaid."""
        sums: Counter[str] = Counter()
        counts: Counter[tuple[str, str]] = Counter()
        euros: dict[str, Decimal] = {}
        stated: list[Decimal] = []
        for action in actions:
            for item in action.funding:
                sums[item.source] += 1
                counts[(item.source, item.status)] += 1
                euros[item.source] = euros.get(item.source, Decimal(0)) + (item.amount or 0)
            stated += [total.amount for total in action.totals if total.amount is not None]
        self.paper.section("Somme")
        rows = []
        for source in (code.code for code in FUNDING_SOURCE.codes if sums[code.code]):
            notes = [f"righe: {sums[source]}"]
            notes += [
                f"{_word(AMOUNT_STATUS, status)}: {count}"
                for (name, status), count in counts.items()
                if name == source and status != "printed"
            ]
            rows.append((_word(FUNDING_SOURCE, source), display(euros[source]), ", ".join(notes)))
        rows.append(("tutte le fonti", display(sum(euros.values(), Decimal(0))), ""))
        rows.append(
            ("totali dichiarati", display(sum(stated, Decimal(0))), f"righe: {len(stated)}")
        )
        self.paper.table(rows, right={1})

    def _findings(self, findings: Sequence[Signal]) -> None:
        self.paper.section("Segnalazioni")
        for signal in findings:
            severity = severity_of(signal.rule)
            self.paper.entry(
                f"{_word(SEVERITY, severity)}: {_word(RULE, signal.rule)}: {signal.text}",
                self._place(max(signal.line, 1)),
                indent=2,
                hang=2,
                colour=severity,
            )
        if not findings:
            self.paper.entry("nessuna", indent=2)

    def _coverage(self) -> None:
        """Lines by role for each page, and the text that nothing claims."""
        pages: dict[int | None, Counter[str]] = {}
        for line, role in zip(self._lines, self._report.roles, strict=True):
            pages.setdefault(line.page, Counter())[role] += 1
        self.paper.section("Righe per pagina e ruolo")
        for page, counts in pages.items():
            told = ", ".join(
                f"{_word(ROLE, role.code)} {counts[role.code]}"
                for role in ROLE.codes
                if counts[role.code]
            )
            self.paper.entry(told if page is None else f"{page}: {told}", indent=2, hang=4)
        unclaimed = [
            (line.text.strip(), self._place(line.number))
            for line, role in zip(self._lines, self._report.roles, strict=True)
            if role == "unclassified"
        ]
        unclaimed += [(reason, str(page)) for page, reason in self._edition.document.unread]
        unclaimed += [
            (f"fuori pagina: {text}", str(page)) for page, text in self._edition.document.outside
        ]
        self.paper.section("Testo che nessuna regola prende")
        for text, place in unclaimed:
            self.paper.entry(text, place, indent=2, colour="error")
        if not unclaimed:
            self.paper.entry("nessuno", indent=2)

    # -- an action --------------------------------------------------------------------------

    def action(self, project: Project, action: Action) -> None:
        """One action: all that its sheet says."""
        paper, code = self.paper, action.code
        paper.gap()
        paper.heading(
            f"{code.canonical}  {action.title.value}", self._where(action.code_text, action.title)
        )
        number = "" if project.number is None else f"Progetto {project.number} – "
        paper.entry(f"{number}{project.title.value}", self._place(project.heading_line))
        fund = funds.fund(code, vocabulary=self._edition.vocabulary)
        scheme = (
            ("asse", code.axis),
            ("obiettivo specifico", code.specific_objective),
            ("fondo", fund),
        )
        told = [f"{name} {value}" for name, value in scheme if value is not None]
        paper.entry(" · ".join([*told, f"stampato «{action.code_text.value}»"]), faint=True)
        if action.paragraphs:
            paper.section("Descrizione")
        for paragraph in action.paragraphs:
            mark = _MARKS.get(paragraph.kind, "")
            paper.entry(
                mark + paragraph.text.value,
                self._where(paragraph.text),
                indent=2,
                hang=len(mark),
            )
        self._money(action)
        self._status(project, action)
        self._facts(action)
        own = [signal for signal in self._edition.findings if self._is_of(signal, action)]
        self._findings(own)

    def _is_of(self, signal: Signal, action: Action) -> bool:
        if signal.code != action.code.canonical:
            return False
        owner = self._report.owners[max(signal.line, 1) - 1]
        if owner[0] is None or owner[1] is None:
            return True
        return self._report.projects[owner[0]].actions[owner[1]] is action

    def _money(self, action: Action) -> None:
        paper = self.paper
        paper.section("Risorse")
        rows = []
        for item in action.funding:
            euros = "—" if item.amount is None else display(item.amount)
            told = _word(FUNDING_SOURCE, item.source)
            if item.status != "printed":
                told += f", {_word(AMOUNT_STATUS, item.status)}: «{item.printed.value}»"
            rows.append((item.label.value, euros, told, self._where(item.label, item.printed)))
        for total in action.totals:
            euros = "—" if total.amount is None else display(total.amount)
            agrees = total.amount is not None and total.amount == sources_sum(action)
            told = "uguale alla somma" if agrees else "diverso dalla somma"
            rows.append((total.label.value, euros, told, self._where(total.label, total.printed)))
        if not action.totals and len(action.funding) > 1:
            summed = sources_sum(action)
            rows.append(("(somma)", "—" if summed is None else display(summed), "", ""))
        if rows:
            paper.table(rows, right={1}, places=True)
        else:
            paper.entry("nessuna stampata", indent=2)

    def _status(self, project: Project, action: Action) -> None:
        paper = self.paper
        paper.section(f"Stato di attuazione: {_word(PHASE, action.phase)}")
        if action.status.value:
            paper.entry(action.status.value, self._where(action.status), indent=2)
        elif project.notice.value:
            note = f"nessuno stampato; avviso di progetto: {project.notice.value}"
            paper.entry(note, self._where(project.notice), indent=2)
        else:
            paper.entry("nessuno stampato", indent=2)
        if len(action.clauses) > 1:
            for clause in action.clauses:
                told = f"{_word(PHASE, clause.phase)}: {clause.text.value}"
                paper.entry(told, self._where(clause.text), indent=4, hang=2, faint=True)

    def _facts(self, action: Action) -> None:
        groups: tuple[tuple[str, Iterator[tuple[str, Text]]], ...] = (
            ("Date", ((_dated(item), item.text) for item in action.dates)),
            ("Indirizzi", ((item.text.value, item.text) for item in action.addresses)),
            ("Quartieri", ((name.value, name) for name in action.districts)),
            ("Collegamenti", ((url.value, url) for url in action.links)),
            (
                "Rinvii",
                ((f"{item.code.canonical}{self._title_of(item.code.canonical)}", item.text)
                 for item in action.references),
            ),
            ("Quantità", ((item.text.value, item.text) for item in action.quantities)),
        )  # fmt: skip
        for title, items in groups:
            for place, (told, text) in enumerate(items):
                if place == 0:
                    self.paper.section(title)
                self.paper.entry(told, self._where(text), indent=2, hang=2)

    def _title_of(self, code: str) -> str:
        """The title of an action that is referred to."""
        for project in self._report.projects:
            for action in project.actions:
                if action.code.canonical == code:
                    return f"  {action.title.value}"
        return "  (nessuna azione con questo codice)"


def _dated(item: Dated) -> str:
    """A dated phrase with its interval, as ``fine 2023 = 2023-10-01 / 2023-12-31``."""
    first, last = item.value.date_from, item.value.date_to
    interval = f"{first or '…'} / {last or '…'}"
    words = (
        _word(PRECISION, item.value.precision),
        _word(MODALITY, item.modality),
        _word(CONTEXT, item.context),
    )
    return f"{item.text.value} = {interval} ({', '.join(words)})"
