"""``ponmetro check``: every finding, for a person or for the machine that guards a repository."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import click

from parsers.errors import ReportError
from pipeline import spelt
from pipeline.commands._options import CROSS_CHECK, reading
from pipeline.fingerprint import ReadOptions
from pipeline.talk import Talk, counted

if TYPE_CHECKING:
    from pipeline.sources import Source

EXIT_CODES = """
\b
Exit codes:
  0  no error finding; under --strict=warning no warning either
  1  such findings
  2  wrong usage
  3  a source could not be read, or there was none
"""

_SEVERITIES = ("error", "warning", "info")
_ANNOTATIONS = {"error": "error", "warning": "warning", "info": "notice"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with the file and the line that it is about.

    Attributes:
        file: path of the source; its name where only the published tables are there.
        quoted: the whole line as printed.
        others: as the columns of ``findings``.
    """

    edition_id: str
    file: str
    rule: str
    severity: str
    message: str
    action_id: str | None
    page: int | None
    line: int
    text: str
    quoted: str


class _CheckCommand(click.Command):
    """``--strict`` alone means ``--strict=error``; it never swallows the source after it."""

    _ALONE: ClassVar = {"--strict": "--strict=error"}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        spelt = [self._ALONE.get(word, word) for word in args[:end]]
        return super().parse_args(ctx, spelt + args[end:])


@click.command(
    short_help="Report the findings, with the line quoted.", cls=_CheckCommand, epilog=EXIT_CODES
)
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Show the findings published in this folder instead of reading sources; only there are "
    "those between editions.",
)
@click.option(
    "--strict",
    type=click.Choice(["error", "warning"]),
    default="error",
    metavar="[=warning]",
    help="Fail on error findings, which is the default; with =warning on warnings too.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "github"]),
    default="text",
    show_default=True,
    help="For a person, for a program, or as annotations of a GitHub workflow.",
)
@CROSS_CHECK
@reading
def command(
    sources: tuple[Path, ...],
    raw: Path,
    output: Path | None,
    strict: str,
    form: str,
    options: ReadOptions,
) -> None:
    """Report the findings on all editions in RAW, or in SOURCES (files and folders) instead.

    Nothing is published. Each finding comes with its page and line, and the line quoted.
    """
    from pipeline.outcome import EXIT_FINDINGS, EXIT_SOURCE

    talk = Talk()
    if output is not None:
        if sources:
            raise click.UsageError("name SOURCES or an --output, not both")
        editions, whole = _published(output, talk)
    else:
        if not sources and not raw.is_dir():
            raise click.UsageError(f"there is no folder {raw}: make it, or name SOURCES")
        editions, whole = _read(sources or (raw,), options, talk)
        if len(editions) > 1:
            talk.info("findings from one edition to the next: ponmetro check --output output")
    click.echo(_FORMATS[form](editions), nl=False)
    if not whole:
        raise SystemExit(EXIT_SOURCE)
    failing = ("error", "warning") if strict == "warning" else ("error",)
    if any(one.severity in failing for found in editions.values() for one in found):
        raise SystemExit(EXIT_FINDINGS)


Editions = dict[str, list[Shown]]
Rows = dict[str, list[tuple[object, ...]]]


def _read(places: Iterable[Path], options: ReadOptions, talk: Talk) -> tuple[Editions, bool]:
    """The findings of each edition, and whether all sources could be read."""
    from pipeline.edition import build
    from pipeline.readers.guard import guarded
    from pipeline.sources import discover

    def tables(source: Source) -> Rows:
        rows = build(source, options).rows
        return {name: [tuple(row) for row in rows.get(name, ())] for name in ("findings", "lines")}

    found = discover(places)
    errors = [problem.error for problem in found.problems]
    editions: Editions = {}
    for source in found.sources:
        try:
            rows = guarded(partial(tables, source), source=source.name)
        except ReportError as error:
            error.source = error.source or source.name
            errors.append(error)
            continue
        editions[source.edition_id] = _shown(rows, str(source.path))
    for failure in errors:
        talk.error(str(failure))
    if not found.sources and not errors:
        talk.error("no edition was found: put one into the folder, or name SOURCES")
    return editions, bool(found.sources) and not errors


def _shown(rows: Rows, file: str) -> list[Shown]:
    from pipeline.schema import TABLES

    lines = TABLES["lines"]
    texts = {row[lines.index("line")]: str(row[lines.index("text")] or "") for row in rows["lines"]}
    header = TABLES["findings"].header
    return [_one(dict(zip(header, row, strict=True)), file, texts) for row in rows["findings"]]


def _one(row: Mapping[str, object], file: str, texts: dict[object, str]) -> Shown:
    def text(name: str) -> str:
        return str(row[name] or "")

    number = int(text("line"))
    return Shown(
        text("edition_id"),
        file,
        text("rule"),
        text("severity"),
        text("message"),
        text("action_id") or None,
        int(text("page")) if row["page"] else None,
        number,
        text("text"),
        " ".join(texts.get(number, "").split()),
    )


def _published(output: Path, talk: Talk) -> tuple[Editions, bool]:
    """The findings of the tables in a folder."""

    def rows(name: str) -> list[dict[str, str]]:
        with (output / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(spelt.records(file))

    try:
        files = {row["edition_id"]: str(row["source_file"]) for row in rows("editions")}
        findings = rows("findings")
        wanted = {(row["edition_id"], str(row["line"])) for row in findings}
        texts: dict[object, dict[object, str]] = {}
        for row in rows("lines"):
            if (row["edition_id"], str(row["line"])) in wanted:
                own = texts.setdefault(row["edition_id"], {})
                own[int(str(row["line"]))] = str(row["text"] or "")
    except OSError as error:
        talk.error(f"{error.filename}: {error.strerror}; publish with `ponmetro run` first")
        return {}, False
    editions: Editions = {str(edition_id): [] for edition_id in files}
    for row in findings:
        edition_id = row["edition_id"]
        editions[str(edition_id)].append(_one(row, files[edition_id], texts.get(edition_id, {})))
    return editions, True


# -- formats --------------------------------------------------------------------------------


def _as_text(editions: Editions) -> str:
    from pipeline.schema.enumerations import RULE

    rules = {code.code: code for code in RULE.codes}
    parts: list[str] = []
    for edition_id, found in editions.items():
        counts = ", ".join(_count(found, severity) for severity in _SEVERITIES)
        parts.append(f"{edition_id}: {counts}\n")
        ordered = sorted(found, key=lambda one: (_SEVERITIES.index(one.severity), one.rule))
        for rule, group in groupby(ordered, key=lambda one: one.rule):
            own = list(group)
            label = f"{rules[rule].label_en} / {rules[rule].label_it}"
            parts.append(f"\n  {own[0].severity}: {rule} ({len(own)}) - {label}\n")
            parts += [_spelt(one) for one in own]
        parts.append("\n" if found else "")
    return "".join(parts).rstrip("\n") + "\n" if parts else ""


_NOUNS = {"error": "error", "warning": "warning", "info": "note"}


def _count(found: Sequence[Shown], severity: str) -> str:
    return counted(sum(one.severity == severity for one in found), _NOUNS[severity])


def _spelt(one: Shown) -> str:
    page = "" if one.page is None else f"page {one.page}, "
    action = "" if one.action_id is None else f", {one.action_id.partition('/')[2]}"
    lines = [f"    {page}line {one.line}{action}: {one.message}"]
    lines.append(f"      | {one.quoted or one.text}")
    if one.quoted and _bare(one.text) not in _bare(one.quoted):
        lines.append(f"      about: {one.text}")
    return "\n".join(lines) + "\n"


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _as_json(editions: Editions) -> str:
    found = {edition_id: [asdict(one) for one in own] for edition_id, own in editions.items()}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _as_csv(editions: Editions) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Shown.__slots__)
    for found in editions.values():
        writer.writerows(asdict(one).values() for one in found)
    return text.getvalue()


def _as_github(editions: Editions) -> str:
    """Workflow commands: https://docs.github.com/actions, "workflow commands"."""
    lines = []
    for found in editions.values():
        for one in found:
            title = one.rule if one.page is None else f"{one.rule}, page {one.page}"
            properties = f"file={_property(one.file)},line={one.line},title={_property(title)}"
            lines.append(f"::{_ANNOTATIONS[one.severity]} {properties}::{_data(_said(one))}\n")
    return "".join(lines)


def _said(one: Shown) -> str:
    return f"{one.message}\n{one.quoted or one.text}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMATS: dict[str, Callable[[Editions], str]] = {
    "text": _as_text,
    "json": _as_json,
    "csv": _as_csv,
    "github": _as_github,
}
