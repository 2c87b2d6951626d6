"""The command line. Data goes to standard output, talk to standard error."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import ClassVar

import click

from parsers.errors import ReportError, SourceError
from pipeline import __version__
from pipeline.commands._options import CROSS_CHECK, reading
from pipeline.fingerprint import ReadOptions
from pipeline.talk import Talk

EXIT_CODES = """
\b
Exit codes:
  0  all well
  1  findings, under --strict
  2  wrong usage
  3  a source could not be read or was refused, or there was none
  4  the output folder cannot be used
  130  interrupted; what was published before stays
"""


class _RunCommand(click.Command):
    """``--strict`` and ``--accept`` may stand alone; they never swallow the source after them."""

    _ALONE: ClassVar = {"--strict": "--strict=error", "--accept": "--accept=all"}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        spelt = [self._ALONE.get(word, word) for word in args[:end]]
        return super().parse_args(ctx, spelt + args[end:])


class _Commands(click.Group):
    """The commands of this module, and one for each module of :mod:`pipeline.commands`.

    A module is imported when its command is called for: a run pays for none of them.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_modules()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in _modules():
            return own
        command = importlib.import_module(f"pipeline.commands.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


def _modules() -> list[str]:
    folder = Path(__file__).parent / "commands"
    return [path.stem for path in folder.glob("[a-z]*.py")]


@click.group(
    cls=_Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="ponmetro")
def main() -> None:
    """Exact tables from the project sheets of Italian metropolitan-city programmes."""


@main.command(cls=_RunCommand, short_help="Publish the tables.", epilog=EXIT_CODES)
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="output",
    show_default=True,
    help="Folder to publish into.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    help="Sources read at one time.  [default: the processors of the machine]",
)
@click.option(
    "--strict",
    type=click.Choice(["error", "warning"]),
    metavar="[=warning]",
    help="Fail on error findings; with =warning on warnings too.",
)
@click.option(
    "--accept",
    multiple=True,
    metavar="[=EDITION]",
    help="Replace an edition even by one that holds far less; alone, any edition.",
)
@click.option("--pages", is_flag=True, help="Make the pages to look at, once the tables are live.")
@click.option("--json-logs", is_flag=True, help="Messages as one JSON object a line.")
@CROSS_CHECK
@reading
def run(
    sources: tuple[Path, ...],
    raw: Path,
    output: Path,
    workers: int | None,
    strict: str | None,
    accept: tuple[str, ...],
    pages: bool,
    json_logs: bool,
    options: ReadOptions,
) -> None:
    """Publish the tables of all editions in RAW, or of SOURCES (files and folders) instead.

    The published tables hold exactly these editions. What has not changed is not read again. One
    source that fails stops no other, and what was published of it before stays. So does an edition
    that would be replaced by one of far fewer lines, actions or euros.
    """
    from pipeline.outcome import EXIT_INTERRUPTED, EXIT_OUTPUT
    from pipeline.run import run as run_pipeline
    from pipeline.store import StoreError
    from pipeline.summary import summarise

    talk = Talk(json_logs=json_logs)
    if not sources and not raw.is_dir():
        raise click.UsageError(f"there is no folder {raw}: make it, or name SOURCES")
    try:
        result = run_pipeline(
            sources,
            output=output,
            raw=raw,
            workers=workers or os.cpu_count() or 1,
            options=options,
            talk=talk,
            accept=accept,
        )
        summarise(result, output, strict, talk)
        if pages and result.fragments:
            from pipeline.commands.report import make_pages

            places = list(sources) or [raw]
            make_pages(output, places, password=options.password, talk=talk, missing_only=True)
    except StoreError as error:
        talk.error(str(error))
        raise SystemExit(EXIT_OUTPUT) from None
    except OSError as problem:
        talk.error(f"{problem.filename or output}: {problem.strerror}")
        raise SystemExit(EXIT_OUTPUT) from None
    except KeyboardInterrupt:
        talk.error("interrupted; what was published before stays")
        raise SystemExit(EXIT_INTERRUPTED) from None
    raise SystemExit(result.exit_code(strict))


@main.command(
    short_help="Print an edition, or one action of it.",
    epilog="""
\b
Exit codes:
  0  shown
  2  wrong usage
  3  the source could not be read, or has no such action
""",
)
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("code", required=False)
@CROSS_CHECK
@reading
def show(
    source: Path,
    code: str | None,
    raw: Path,
    options: ReadOptions,
) -> None:
    """Print the edition in SOURCE, or its action CODE, with where each value was printed.

    SOURCE is a file, a folder, or the id of an edition in RAW.
    """
    from pipeline.outcome import EXIT_SOURCE
    from pipeline.sources import discover

    found = discover([source])
    if not source.exists() and raw.is_dir():
        named = [one for one in discover([raw]).sources if one.edition_id == str(source)]
        found = discover([named[0].path]) if named else found
    try:
        for problem in found.problems:
            raise problem.error
        if not found.sources:
            raise SourceError("no edition is in this folder", source=str(source))
        from pipeline.show import render

        for one in found.sources:
            click.echo(render(one, code, options))
    except ReportError as error:
        Talk().error(str(error))
        raise SystemExit(EXIT_SOURCE) from None


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json", "sql"]),
    default="markdown",
    show_default=True,
    help="Documentation, Table Schemas, or CREATE TABLE statements.",
)
def schema(form: str) -> None:
    """Print the declaration of the published tables."""
    from pipeline.schema.render import FORMATS

    click.echo(FORMATS[form](), nl=False)
