"""``ponmetro report``: the pages join what is published, and change nothing of it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.commands.report import command, make_pages
from pipeline.pages import report, write_pages
from pipeline.run import run
from pipeline.sources import discover
from pipeline.store import StoreError
from pipeline.talk import Talk
from tests.pages.conftest import HOSTILE, Site, copy_tables


def quiet() -> Talk:
    return Talk(stream=StringIO())


@pytest.fixture
def small(tmp_path: Path) -> Site:
    """A folder with one published edition, without pages."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "ostile.txt").write_text(HOSTILE, encoding="utf-8")
    output = tmp_path / "output"
    run([], raw=raw, output=output, talk=quiet())
    return Site(raw, output)


def test_the_same_tables_give_the_same_bytes(site: Site, tmp_path: Path) -> None:
    sources = discover([site.raw]).sources
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        folder = copy_tables(site, tmp_path / name, "altra")
        write_pages(folder, sources, talk=quiet())
        made.append([(folder / page).read_bytes() for page in ("index.html", "review/altra.html")])
    assert made[0] == made[1]
    assert made[0][1] == (site.output / "review" / "altra.html").read_bytes()


def test_pages_join_the_tables_as_a_new_state_of_the_same_files(small: Site) -> None:
    before = (small.output / ".current").readlink()
    files = {path.name: path.stat().st_ino for path in (small.output / "csv").iterdir()}
    assert not (small.output / "index.html").exists()
    assert make_pages(small.output, [small.raw], password=None, talk=quiet(), missing_only=True)
    assert (small.output / ".current").readlink() != before
    assert {path.name: path.stat().st_ino for path in (small.output / "csv").iterdir()} == files
    assert (small.output / "index.html").is_file()
    assert (small.output / "review" / "ostile.html").is_file()


def test_a_run_that_changes_nothing_keeps_the_pages(small: Site) -> None:
    make_pages(small.output, [small.raw], password=None, talk=quiet())
    state = (small.output / ".current").readlink()
    assert not run([], raw=small.raw, output=small.output, talk=quiet()).published
    assert (small.output / ".current").readlink() == state
    assert not report(small.output, [], talk=quiet(), missing_only=True)


def test_a_run_that_changes_the_tables_leaves_no_page_of_the_old_ones(small: Site) -> None:
    make_pages(small.output, [small.raw], password=None, talk=quiet())
    (small.raw / "ostile.txt").write_text(HOSTILE.replace("20.000", "30.000"), encoding="utf-8")
    assert run([], raw=small.raw, output=small.output, talk=quiet()).published
    assert not (small.output / "index.html").exists()
    assert not (small.output / "review").is_symlink()
    assert report(small.output, discover([small.raw]).sources, talk=quiet(), missing_only=True)
    assert "30.000" in (small.output / "review" / "ostile.html").read_text(encoding="utf-8")


def test_files_that_were_changed_by_hand_are_not_taken_for_published(small: Site) -> None:
    path = small.output / "csv" / "funding.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("20000.00", "99999.00"))
    with pytest.raises(StoreError, match="not those that were published"):
        report(small.output, [], talk=quiet())


def test_the_command_says_where_to_look(small: Site) -> None:
    outcome = CliRunner().invoke(command, ["--raw", str(small.raw), "--output", str(small.output)])
    assert outcome.exit_code == 0
    assert f"{small.output}/index.html" in outcome.stderr
    assert outcome.stdout == ""


def test_nothing_published_is_said(tmp_path: Path) -> None:
    for output in (tmp_path, tmp_path / "none"):
        outcome = CliRunner().invoke(command, ["--output", str(output)])
        assert outcome.exit_code == 4
        assert "nothing is published there" in outcome.stderr
    assert not (tmp_path / "none").exists()
