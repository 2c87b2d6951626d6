"""An edition of three hundred pages is reviewed as readily as one of twenty."""

from __future__ import annotations

import time
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.report import make_pages
from pipeline.run import run
from pipeline.talk import Talk
from tests import truth
from tests.typeset import need, random_style, render

PAGES = 300
USABLE_S = 2.0
MAILED_BYTES = 20_000_000


def long_edition(times: int) -> truth.Edition:
    """The shipped edition many times over, under codes that are all different."""
    base = truth.load()
    projects = []
    count = 0
    for turn in range(times):
        for project in base.projects:
            actions = []
            for action in project.actions:
                low, rest = count % 45, count // 45
                code = f"MI{low % 5 + 1}.{low // 5 + 1}.{rest % 9 + 1}.{'abcdefgh'[rest // 9]}"
                actions.append(replace(action, code=code, code_printed=code, references=()))
                count += 1
            title = project.title if project.number else f"{project.title} {turn + 1}"
            number = len(projects) + 1
            projects.append(replace(project, number=number, title=title, actions=tuple(actions)))
    return replace(base, projects=tuple(projects))


@pytest.mark.slow
def test_the_first_record_is_usable_within_two_seconds(tmp_path: Path, browser: Any) -> None:
    need("typst")
    style = replace(
        random_style(3), pictures=True, header=True, columns=1, contents=False, page_a_project=False
    )
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "lunga.pdf").write_bytes(render(long_edition(29), style, "typst"))
    output = tmp_path / "output"
    quiet = Talk(stream=StringIO())
    run([], raw=tmp_path / "raw", output=output, talk=quiet)
    make_pages(output, [tmp_path / "raw"], password=None, talk=quiet)
    path = output / "review" / "lunga.html"
    assert path.stat().st_size < MAILED_BYTES
    taken = []
    for _ in range(3):
        page = browser.new_page()
        started = time.monotonic()
        page.goto(path.resolve().as_uri(), wait_until="commit")
        page.locator('.cell[data-key$="amount_eur"]').first.click()
        page.locator("rect.lit.value").first.wait_for(state="attached")
        taken.append(time.monotonic() - started)
        assert page.locator(".leaf").count() >= PAGES
        page.locator("#next-finding").press("Enter")
        page.close()
    assert min(taken) < USABLE_S
