"""What a damage does: nothing, a finding, or a silent change; and whether it could be known."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.errors import ReportError
from parsers.items import ends_closed
from parsers.lines import Line
from tests.mutate.editions import COMPARED, Reading, Subject, kept_columns
from tests.mutate.kinds import KINDS
from tests.mutate.tools import Damage, content_lines

HARMLESS, SIGNALLED, SILENT, UNKNOWABLE = "harmless", "signalled", "silent", "unknowable"

REASONS = {
    "amount": "another well-formed sum, and no stated total to hold it against",
    "code": "another well-formed code: any letter or number may be an action's",
    "words": "other words in running text, in a title or in a value that is printed once",
    "lost text": "lines that nothing else speaks of: running text, a total, the last heading",
    "order": "lines in another order: each is published as what it is where it now stands",
    "break": "a plain text tells where a paragraph ends by the lengths of its lines alone",
    "one word": "a short line without its spaces may be one long word",
}
"""Why a damage cannot be known from the report itself."""


@dataclass(frozen=True)
class Outcome:
    """What came of one damage.

    Attributes:
        subject, kind, note: what was damaged, and how.
        verdict: ``harmless``, ``signalled``, ``silent`` or ``unknowable`` (silent by nature).
        fields: ``table.column`` that differ, or ``table`` where the number of rows does.
        reason: key of :data:`REASONS` for ``unknowable``.
        rules: of the findings that came with the damage.
        role: of the first line touched.
    """

    subject: str
    kind: str
    note: str
    verdict: str
    fields: tuple[str, ...]
    reason: str
    rules: tuple[str, ...]
    role: str


def outcomes(subject: Subject, seeds: Iterable[str], kinds: Sequence[str]) -> Iterator[Outcome]:
    """Damage an edition once a seed, kinds in turn, and say what came of it."""
    for place, seed in enumerate(seeds):
        kind = kinds[place % len(kinds)]
        damage = KINDS[kind](subject, random.Random(seed))
        if damage is not None:
            yield judge(subject, damage)


# What a damage may change for it is published as printed: the value that it spells is the same.
_AS_PRINTED = {
    "code": {
        "actions.code_printed",
        "actions.description",
        "actions.status",
        "paragraphs.text",
        "projects.notice",
        "status_clauses.text",
    },
    "heading": {"actions.code_printed"},
    "separator": {"funding.amount_printed"},
    "label": {"funding.label"},
    "letter": {"funding.label"},
    "look-alike": {"funding.label"},
    "soft": {"actions.code_printed"},
    "invisible": {"actions.code_printed", "funding.amount_printed"},
    "spaces": {"actions.code_printed", "funding.label", "funding.amount_printed"},
    "gap": {"actions.code_printed", "funding.label", "funding.amount_printed"},
    "glued": {"actions.code_printed", "funding.label", "funding.amount_printed"},
    "joined": {"funding.label", "funding.amount_printed"},
    "torn": {"funding.amount_printed"},
}


def judge(subject: Subject, damage: Damage) -> Outcome:
    """Read a damaged edition and compare."""
    first = min(damage.touched)

    def outcome(
        verdict: str, fields: Iterable[str] = (), reason: str = "", rules: Iterable[str] = ()
    ) -> Outcome:
        return Outcome(
            subject.name,
            damage.kind,
            damage.note,
            verdict,
            tuple(sorted(fields)),
            reason,
            tuple(sorted(rules)),
            subject.roles[first - 1],
        )

    try:
        after = Reading.of(damage.document)
    except ReportError as error:
        return outcome(SIGNALLED, rules=[error.rule])
    fields = differing(subject.reading, after)
    if not fields - _AS_PRINTED.get(damage.kind, set()):
        return outcome(HARMLESS)
    new = _new_findings(subject, damage, after)
    if new:
        return outcome(SIGNALLED, fields, rules=new)
    reason = unknowable(subject, damage, after, fields)
    return outcome(UNKNOWABLE if reason else SILENT, fields, reason)


def differing(before: Reading, after: Reading) -> set[str]:
    """``table.column`` of the cells that differ, ``table`` where rows came or went."""
    found: set[str] = set()
    for table in COMPARED:
        old, new = before.cells(table), after.cells(table)
        if old == new:
            continue
        if len(old) != len(new):
            found.add(table)
            continue
        for at, (_, column) in enumerate(kept_columns(table)):
            if any(a[at] != b[at] for a, b in zip(old, new, strict=True)):
                found.add(f"{table}.{column}")
    return found


# -- what cannot be known ---------------------------------------------------------------------


def unknowable(subject: Subject, damage: Damage, after: Reading, fields: set[str]) -> str:
    """Why a silent change is one by nature; empty where it is not.

    Judged by what was damaged, and only where every line that was left alone kept its role and
    its owner: a change that makes *other* lines be read otherwise is never excused.
    """
    first = min(damage.touched)
    role = subject.roles[first - 1]
    text = subject.document.lines[first - 1].text.strip()
    roles = {subject.roles[number - 1] for number in damage.touched}
    if damage.kind == "dropped" and (first == subject.last_project or role == "section_heading"):
        return "lost text"
    if damage.kind == "swapped" and roles & _HEADINGS and _same_roles(subject, damage, after):
        return "order"  # a heading that stands elsewhere takes what follows it there
    if not same_structure(subject, damage, after):
        return ""
    if damage.kind == "page":
        return "lost text"
    if damage.kind == "dropped":
        return "lost text" if role in _PROSE or not _redundant(subject, first) else ""
    if damage.kind == "swapped":
        return "order"
    if not subject.geometry and (damage.kind == "code" or _in_code(subject, damage, first)):
        laid_out = fields - _AS_PRINTED["code"] <= {"paragraphs", "paragraphs.kind"}
        return "break" if laid_out else ""
    if damage.kind in _CHARACTERS:
        return _of_character(subject, damage, first)
    if damage.kind == "cells":
        return _of_swapped_sums(subject, damage)
    if damage.kind == "interleaved":
        whole = _all_roles_kept(subject, damage, after) or _whole_texts(subject, damage)
        return "order" if whole else ""
    if damage.kind == "cut":
        return "lost text" if role not in ("funding", "total") else ""
    if damage.kind == "joined":
        return "break" if roles == {"body"} and fields <= {"paragraphs"} else ""
    if damage.kind == "wrapped":
        above, rest = (damage.document.lines[at].text.strip() for at in (first - 1, first))
        # A rest that ends a sentence and leaves room is printed as a paragraph's last line is, and
        # what stands behind a colon at a line's end as a list without marks.
        meant = (not rest[:1].islower() and rest[:1] != "(") or rest[-1:] in ".;:"
        meant = meant or above[-1:] == ":"
        return (
            "break" if meant and {field.partition(".")[0] for field in fields} <= _LAID_OUT else ""
        )
    if damage.kind == "spaces":
        bare = text.replace(" ", "")
        return "one word" if len(bare) < 25 and _ONE_WORD.fullmatch(bare) else ""
    if damage.kind == "heading" and fields & {"actions.code"}:
        return "code"  # a letter more or another one, and the line is a heading still
    return ""


# Damages to some characters of one line.
_CHARACTERS = {
    "digit",
    "letter",
    "look-alike",
    "group",
    "soft",
    "invisible",
    "hyphenated",
    "encoding",
    "foreign",
    "roman",
    "gap",
    "glued",
}
_SPACES = {"gap", "glued"}
_LINK = re.compile(r"https?://\S+")
_HEADINGS = {"action_heading", "project_heading", "section_heading"}
# Letters with nothing among them that shows two words: no capital, no digit.
_ONE_WORD = re.compile(r"[^\W\d_](?:[^\W\d_A-ZÀ-Ý]|[:’])*[.,;:]?")
# What is told by where paragraphs and items end; sums, statuses and codes are not.
_LAID_OUT = {"paragraphs", "districts", "addresses"}
_PROSE = {"body", "status", "notice", "action_heading", "project_heading", "total"}


def same_structure(subject: Subject, damage: Damage, after: Reading) -> bool:
    """Whether every line that was left alone has the role and the owner it had.

    Keys may change with a damaged code or number; what matters is who stands with whom.
    """
    pairs = _owners(subject, damage, after)
    one_way, other_way = dict(pairs), {new: old for old, new in pairs}
    return _same_roles(subject, damage, after) and len(one_way) == len(other_way) == len(pairs)


def _same_roles(subject: Subject, damage: Damage, after: Reading) -> bool:
    return all(
        after.report.roles[at] == subject.roles[number - 1]
        for at, number in enumerate(damage.origin)
        if number and number not in damage.touched
    )


def _all_roles_kept(subject: Subject, damage: Damage, after: Reading) -> bool:
    """Whether the touched lines, too, are what they were."""
    return all(
        after.report.roles[at] == subject.roles[number - 1]
        for at, number in enumerate(damage.origin)
        if number
    )


def _whole_texts(subject: Subject, damage: Damage) -> bool:
    """Whether only whole sentences, links and headings stand beside others than they did.

    Then no seam shows. Money, totals and notices are told by where they stand.
    """
    lines = content_lines(subject)
    if {subject.roles[number - 1] for number in damage.touched} - _HEADINGS - {"body", "status"}:
        return False
    begins = _begins(subject, lines)
    after = {one.number: two.number for one, two in itertools.pairwise(lines)}
    kept = [number for number in damage.origin if number in begins]
    return all(
        after.get(one) == two or (begins[two] and begins.get(after.get(one, 0), True))
        for one, two in itertools.pairwise(kept)
    )


def _begins(subject: Subject, lines: Sequence[Line]) -> dict[int, bool]:
    """For each line, whether it begins a sentence, a link, a heading or another role's text."""
    heads = {
        line
        for project in subject.reading.report.projects
        for line in (project.heading_line, *(each.heading_line for each in project.actions))
    }
    found = {lines[0].number: True}
    for above, line in itertools.pairwise(lines):
        role, role_above = subject.roles[line.number - 1], subject.roles[above.number - 1]
        text, before = line.text.strip(), above.text.strip()
        found[line.number] = (
            line.number in heads
            or role != role_above
            or (ends_closed(before) and not text[:1].islower())
            or (role not in _HEADINGS and bool(_LINK.fullmatch(text) or _LINK.fullmatch(before)))
        )
    return found


def _owners(subject: Subject, damage: Damage, after: Reading) -> set[tuple[str | None, str | None]]:
    """(owner before, owner after) of the lines that were left alone."""
    return {
        pair
        for at, number in enumerate(damage.origin)
        if number and number not in damage.touched
        for pair in zip(subject.reading.owners[number - 1], after.owners[at], strict=True)
    }


def _new_findings(subject: Subject, damage: Damage, after: Reading) -> list[str]:
    """Rules of the findings that came with the damage; an action whose key changed is the same."""
    renamed = {new: old for old, new in _owners(subject, damage, after)}
    new = Counter(
        {(rule, renamed.get(owner, owner)): n for (rule, owner), n in after.findings.items()}
    )
    return sorted(rule for rule, _ in new - subject.reading.findings)


def _redundant(subject: Subject, line: int) -> bool:
    """Whether a sum is printed with all others of its total."""
    return subject.reading.owners[line - 1][1] in subject.with_total


def _of_swapped_sums(subject: Subject, damage: Damage) -> str:
    """Sums of one total swapped add up still; of sheets without a total none is held to any."""
    numbers = sorted(damage.touched)
    owners = {subject.reading.owners[number - 1] for number in numbers}
    roles = {subject.roles[number - 1] for number in numbers}
    if len(owners) == 1:
        return "amount" if roles == {"funding"} else ""
    return "" if any(_redundant(subject, number) for number in numbers) else "amount"


def _in_code(subject: Subject, damage: Damage, line: int) -> bool:
    """Whether a space came into a heading's code, or went: the line has another length."""
    if damage.kind not in _SPACES or damage.span is None:
        return False
    start, end = damage.span
    return any(
        column == "code" and a < max(end, start + 1) and start < b
        for a, b, table, column in subject.proved[line]
        if table == "actions"
    )


def _of_character(subject: Subject, damage: Damage, line: int) -> str:
    assert damage.span is not None
    start, end = damage.span
    cells = {
        f"{table}.{column}" for a, b, table, column in subject.proved[line] if a < end and start < b
    }
    if not cells:
        return ""  # a label, or the word before a project's number
    if "actions.code" in cells:
        return "" if damage.kind in _SPACES else "code"
    if cells & {"funding.amount_eur", "actions.total_stated_eur"}:
        well_formed = damage.kind in ("digit", "letter", "group")
        return "amount" if well_formed and not _redundant(subject, line) else ""
    if "projects.number" in cells or "funding.label" in cells:
        return ""
    if damage.kind in _SPACES and cells & {"dates.text", "links.url"}:
        return ""
    return "words"
