"""Runs over editions that come, change, fail and leave."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.fingerprint import ReadOptions
from pipeline.outcome import RunResult
from pipeline.run import run as run_pipeline


def run(raw: Path, output: Path, **options: Any) -> RunResult:
    return run_pipeline([], raw=raw, output=output, **options)


def titles(output: Path) -> dict[str, list[str]]:
    """Titles of the published actions by edition."""
    with (output / "csv" / "actions.csv").open(encoding="utf-8", newline="") as file:
        found: dict[str, list[str]] = {}
        for row in csv.DictReader(file):
            found.setdefault(row["edition_id"], []).append(row["title"])
    return found


def bytes_of(output: Path) -> dict[str, bytes]:
    """Everything published but the record of the run."""
    folder = (output / ".current").resolve()
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("run.json", ".state.json")
    }


def record(output: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((output / "run.json").read_bytes())
    return found


def test_what_did_not_change_is_not_read_again(raw: Path, output: Path) -> None:
    for name in "ab":
        (raw / f"{name}.txt").write_text(f"A 1.00 {name}")
    assert run(raw, output).read == ["a", "b"]
    before, version = bytes_of(output), (output / ".current").readlink()
    again = run(raw, output)
    assert (again.read, again.reused, again.published) == ([], ["a", "b"], False)
    assert (output / ".current").readlink() == version
    assert bytes_of(output) == before
    assert [source["outcome"] for source in record(output)["sources"]] == ["reused", "reused"]


@pytest.mark.parametrize(
    "change", ["content", "sidecar", "new sidecar", "vocabulary", "reader", "password", "name"]
)
def test_what_changed_is_read_again_and_nothing_else(raw: Path, output: Path, change: str) -> None:
    for name in "ab":
        (raw / f"{name}.txt").write_text(f"A 1.00 {name}")
    (raw / "a.toml").write_text('title = "one"')
    run(raw, output)
    options = ReadOptions()
    match change:
        case "content":
            (raw / "a.txt").write_text("A 1.00 other")
        case "sidecar":
            (raw / "a.toml").write_text('title = "two"')
        case "new sidecar":
            (raw / "b.toml").write_text('title = "two"')
        case "vocabulary":
            (raw / "vocabulary.toml").write_text("[labels]")
        case "reader":
            options = ReadOptions(reader="pdfplumber")
        case "password":
            options = ReadOptions(password="secret")
        case "name":
            (raw / "a.txt").rename(raw / "c.txt")
    everything = change in ("vocabulary", "reader", "password")
    expected = {"new sidecar": ["b"], "name": ["c"]}.get(change, ["a"])
    assert run(raw, output, options=options).read == (["a", "b"] if everything else expected)


def test_another_program_reads_everything_again(
    raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "a.txt").write_text("A 1.00 a")
    run(raw, output)
    monkeypatch.setattr("pipeline.run.program_digest", lambda: "other")
    assert run(raw, output).read == ["a"]


def test_a_source_that_left_takes_its_rows_with_it(raw: Path, output: Path) -> None:
    for name in "ab":
        (raw / f"{name}.txt").write_text(f"A 1.00 {name}")
    run(raw, output)
    (raw / "a.txt").unlink()
    result = run(raw, output)
    assert (result.left, result.reused, result.exit_code()) == (["a"], ["b"], 0)
    assert titles(output) == {"b": ["b"]}


@pytest.mark.parametrize("fault", ["LOCKED", "FAULT", "CRASH"])
def test_a_bad_source_stops_no_other(
    raw: Path, output: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abc":
        (raw / f"{name}.txt").write_text(fault if name == "b" else f"A 1.00 {name}")
    result = run(raw, output, workers=2)
    assert result.exit_code() == 3
    assert [problem.edition_id for problem in result.failed] == ["b"]
    assert titles(output) == {"a": ["a"], "c": ["c"]}
    assert "error: b.txt: " in capsys.readouterr().err
    assert [source["outcome"] for source in record(output)["sources"]] == ["read", "failed", "read"]


@pytest.mark.parametrize("fault", ["content", "empty", "sidecar", "id taken", "unreadable rows"])
def test_a_source_that_fails_now_keeps_the_rows_it_had(
    raw: Path, output: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "a.txt").write_text("A 1.00 old")
    (raw / "a.toml").write_text('edition_id = "milano"')
    (raw / "b.txt").write_text("A 1.00 b")
    run(raw, output)
    (raw / "b.txt").write_text("A 1.00 new")
    match fault:
        case "content":
            (raw / "a.txt").write_text("CRASH")
        case "empty":
            (raw / "a.txt").write_text("")
        case "sidecar":
            (raw / "a.toml").write_text("edition = 3")
        case "id taken":
            (raw / "milano.txt").write_text("A 1.00 other")
        case "unreadable rows":
            (raw / "a.txt").write_text("A 1.001 too exact")
    for _ in range(2):
        result = run(raw, output)
        assert result.exit_code() == 3
        assert result.kept == ["milano"]
        assert titles(output) == {"milano": ["old"], "b": ["new"]}
        assert "the rows published before stay" in capsys.readouterr().err
    assert record(output)["kept"] == ["milano"]


def test_a_sidecar_with_the_id_of_another_costs_neither_its_rows(raw: Path, output: Path) -> None:
    for name in "ab":
        (raw / f"{name}.txt").write_text(f"A 1.00 {name}")
    run(raw, output)
    (raw / "b.toml").write_text('edition_id = "a"')
    assert run(raw, output).kept == ["a", "b"]
    assert titles(output) == {"a": ["a"], "b": ["b"]}


def test_without_rows_to_carry_over_nothing_is_published(raw: Path, output: Path) -> None:
    for name in "ab":
        (raw / f"{name}.txt").write_text(f"A 1.00 {name}")
    run(raw, output)
    before = bytes_of(output)
    for path in (output / ".cache").iterdir():
        path.unlink()
    (raw / "a.txt").write_text("FAULT")
    (raw / "b.txt").write_text("A 1.00 new")
    result = run(raw, output)
    assert result.exit_code() == 3
    assert bytes_of(output) == before


@pytest.mark.parametrize("state", ["empty", "all fail", "other fails"])
def test_a_run_without_a_single_edition_leaves_what_was_published(
    raw: Path, output: Path, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "a.txt").write_text("A 1.00 a")
    run(raw, output)
    before = bytes_of(output)
    if state != "all fail":
        (raw / "a.txt").unlink()
    if state != "empty":
        (raw / f"{state[:1]}.txt").write_text("FAULT")
    assert run(raw, output).exit_code() == 3
    assert bytes_of(output) == before
    assert "stay" in capsys.readouterr().err


def test_a_source_that_changes_while_it_is_read_is_not_published(raw: Path, output: Path) -> None:
    (raw / "a.txt").write_text("GROWS\nA 1.00 a")
    (raw / "b.txt").write_text("A 1.00 b")
    result = run(raw, output)
    assert "changed while it was read" in str(result.failed[0].error)
    assert titles(output) == {"b": ["b"]}


def test_a_first_run_without_an_edition_publishes_nothing(raw: Path, output: Path) -> None:
    assert run(raw, output).exit_code() == 3
    assert not (output / "csv").exists()


def test_sources_may_be_named_instead_of_the_folder(raw: Path, output: Path) -> None:
    for name in "ab":
        (raw / f"{name}.txt").write_text(f"A 1.00 {name}")
    result = run_pipeline([raw / "a.txt", raw / "no.pdf"], output=output)
    assert titles(output) == {"a": ["a"]}
    assert result.exit_code() == 3


def test_the_same_input_gives_the_same_bytes_with_any_number_of_workers(
    raw: Path, tmp_path: Path
) -> None:
    for number in range(9):
        waits = f"SLOW {0.05 * (9 - number)}\n"  # the first are the last to end
        (raw / f"e{number}.txt").write_text(f"{waits}A 1.00 title {number}\nB 2.00 !warn")
    found = []
    for workers in (1, 4):
        output = tmp_path / f"output-{workers}"
        assert run(raw, output, workers=workers).exit_code() == 0
        found.append(bytes_of(output))
    assert found[0] == found[1]
    assert len(found[0]) == 37


def test_the_same_rows_come_by_any_way(raw: Path, output: Path, tmp_path: Path) -> None:
    """Published one by one, with one leaving and one read twice, or all at once: the same bytes."""
    for name in "cab":
        (raw / f"{name}.txt").write_text(f"A 1.00 {name}")
        run(raw, output)
    (raw / "d.txt").write_text("A 1.00 d")
    run(raw, output)
    (raw / "d.txt").unlink()
    run(raw, output)
    run(raw, tmp_path / "at-once")
    assert bytes_of(output) == bytes_of(tmp_path / "at-once")


def test_strict_counts_findings_by_severity(raw: Path, output: Path) -> None:
    (raw / "a.txt").write_text("A 1.00 !warning")
    result = run(raw, output)
    assert [result.exit_code(strict) for strict in (None, "error", "warning")] == [0, 0, 1]
    (raw / "a.txt").write_text("A 1.00 !!error")
    result = run(raw, output)
    assert [result.exit_code(strict) for strict in (None, "error", "warning")] == [0, 1, 1]


def test_the_record_tells_what_the_run_did(raw: Path, output: Path) -> None:
    (raw / "a.txt").write_text("A 1.00 a\nB 2.00 b")
    (raw / "x.xlsx").write_text("x")
    run(raw, output, workers=3)
    found = record(output)
    (source,) = found["sources"]
    assert source["rows"]["actions"] == 2
    assert source["rows"]["lines"] == source["record"]["lines"] == 2
    assert source["seconds"] > 0
    assert source["peak_memory_bytes"] > 1 << 20
    assert found["peak_memory_bytes"] >= source["peak_memory_bytes"]
    assert set(found["stages"]) == {"find", "read", "publish"}
    assert found["ignored"] == ["x.xlsx"]


def test_no_path_of_the_machine_is_published(raw: Path, output: Path) -> None:
    (raw / "a.txt").write_text("A 1.00 a")
    (raw / "b.txt").write_text("FAULT")
    run(raw, output)
    folder = (output / ".current").resolve()
    for path in folder.rglob("*"):
        assert path.is_dir() or str(raw.parent).encode() not in path.read_bytes()
