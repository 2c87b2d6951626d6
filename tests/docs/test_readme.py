"""What the README says is so: its recipes run, its output is real, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
SUMS = ("6533480.77", "10057231.07", "13931726.32", "9047949.38", "1055485.71")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    arguments = ["run", str(ROOT / "raw"), "--output", str(folder / "output")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("recipe", RECIPES, ids=["pandas", "polars", "duckdb"])
def test_recipes_run(
    recipe: str,
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(published)
    exec(compile(recipe, "README.md", "exec"), {})
    shown = capsys.readouterr().out
    for amount in SUMS:
        assert amount in shown.replace(",", "")


def test_the_first_rows_are_real(published: Path) -> None:
    shown = README.split("$ head -3 output/csv/funding.csv\n")[1].split("```")[0].splitlines()
    printed = (published / "output/csv/funding.csv").read_text(encoding="utf-8").splitlines()
    assert shown == printed[:3]


def test_every_command_is_in_the_readme_and_has_help() -> None:
    assert isinstance(main, click.Group)
    context = click.Context(main)
    for name in main.list_commands(context):
        assert f"`ponmetro {name}" in README
        command = main.get_command(context, name)
        assert command is not None
        assert command.help
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0
