"""A published folder with its pages, and a browser to look at them."""

from __future__ import annotations

import csv
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pipeline.commands.report import make_pages
from pipeline.run import run
from pipeline.talk import Talk
from tests import truth
from tests.cities import random_edition
from tests.conftest import ROOT
from tests.typeset import Style, need, plain, random_style, render

HOSTILE = """Progetto 1 - Case <script>window.hacked = 1</script> & cortili

VE4.1.1.a - Alloggi "per tutti" <img src=x onerror="window.hacked=1"> </script><!--

L’intervento recupera </textarea><svg onload="window.hacked=1"> e {{data}} e ${1+1} alloggi.
Il testo \u202eottasevor\u202c resta testo. Si prosegue in via Garibaldi 5.

Risorse PON METRO: € 1.000.000,00
Altre risorse pubbliche: € 500.000,00
Risorse <b onclick="window.hacked=1">lunari</b>: € 7,00
Risorse lunari: € 9,00
Totale: € 1.600.000,00
Stato di attuazione: lavori in corso, si veda https://example.org/"><script>window.hacked=1</script>

VE4.1.1.b - Seconda azione

Servizi alle persone.

Risorse PON METRO: € 20.000,00
Stato di attuazione: concluso
"""


@dataclass(frozen=True)
class Site:
    """A folder that was published into, with what it was published from."""

    raw: Path
    output: Path

    def rows(self, name: str, edition_id: str | None = None) -> list[dict[str, str]]:
        """Published rows of a table, of one edition or of all."""
        return table(self.output, name, edition_id)

    def url(self, name: str, record: str = "") -> str:
        """Address of a page on disk, and of a record on it."""
        address = (self.output / name).resolve().as_uri()
        return f"{address}#{quote(record)}" if record else address


def table(folder: Path, name: str, edition_id: str | None = None) -> list[dict[str, str]]:
    """Rows of a CSV below a folder, of one edition or of all."""
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if edition_id in (None, row.get("edition_id"))]


def copy_tables(
    site: Site,
    folder: Path,
    edition_id: str,
    change: Callable[[str, str], str] = lambda _, text: text,
) -> Path:
    """Copy the tables of one edition, each changed by ``change(name, text)``; give the folder."""
    (folder / "csv").mkdir()
    for path in (site.output / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        kept = rows
        if "edition_id" in header:
            at = header.index("edition_id")
            kept = [row for row in rows if row[at] == edition_id]
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows([header, *kept])
        changed = change(path.stem, text.getvalue())
        (folder / "csv" / path.name).write_text(changed, encoding="utf-8", newline="")
    (folder / "datapackage.json").write_bytes((site.output / "datapackage.json").read_bytes())
    return folder


def _later(edition: truth.Edition) -> truth.Edition:
    """The shipped edition as it might be printed a year later: one sum and one status change."""
    first, *others = edition.projects
    action = first.actions[0]
    money = replace(action.funding[0], printed="€ 2.600.000,00", amount=Decimal("2600000.00"))
    changed = replace(
        action, funding=(money, *action.funding[1:]), status=("lavori conclusi",), total=None
    )
    return replace(
        edition, projects=(replace(first, actions=(changed, *first.actions[1:])), *others)
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The shipped PDF, a later text of it, another city's PDF, a paged text and a hostile one."""
    module("vl_convert", "vl-convert-python")
    folder = tmp_path_factory.mktemp("pages")
    raw, output = folder / "raw", folder / "output"
    shutil.copytree(ROOT / "raw", raw)
    later = plain.text(_later(truth.load()), Style(width=90, blanks=1.0))
    (raw / "milano-dopo.txt").write_text(later, encoding="utf-8")
    sidecar = (raw / "milano-2022-abridged.toml").read_text(encoding="utf-8")
    dated = f"{sidecar}\nreference_date = 2023-06-30\n".replace("(esempio ridotto)", "dopo")
    (raw / "milano-dopo.toml").write_text(dated, encoding="utf-8")
    (raw / "altra.pdf").write_bytes(render(random_edition(8), random_style(8), "reportlab"))
    paged = plain.text(
        random_edition(3), Style(width=80, blanks=1.0), form_feeds=True, page_lines=40
    )
    (raw / "paginata.txt").write_text(paged, encoding="utf-8")
    (raw / "ostile.txt").write_text(HOSTILE, encoding="utf-8")
    quiet = Talk(stream=StringIO())
    result = run([], raw=raw, output=output, workers=2, talk=quiet)
    assert not result.failed
    assert make_pages(output, [raw], password=None, talk=quiet)
    return Site(raw, output)


def module(name: str, package: str) -> None:
    if importlib.util.find_spec(name) is None:
        reason = f"the Python package {package} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, which reaches nothing and keeps nothing."""
    need("chromium")
    module("playwright", "playwright")
    from playwright.sync_api import sync_playwright

    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=arguments
        )
        yield chromium
        chromium.close()


@pytest.fixture
def look(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page; afterwards it has said nothing on its console and asked no machine."""
    contexts, said, asked = [], [], []

    def visit(url: str, **options: Any) -> Any:
        options = {"viewport": {"width": 1440, "height": 900}} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
    local = ("file:", "data:", "http://127.0.0.1:")
    assert [url for url in asked if not url.startswith(local)] == []
    assert said == []
