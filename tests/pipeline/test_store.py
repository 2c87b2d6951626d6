"""The published folder while it is written, read, killed and fought over."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import Store, StoreError

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, str(ROOT / "tests" / "pipeline" / "stub.py"), "run"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def never() -> None:
    pytest.fail("waited for another run")


def publish(root: Path, content: str, *more: str) -> None:
    with Store(root, never) as store, store.publication({"said": content}) as folder:
        (folder / "csv").mkdir()
        (folder / "csv" / "a.csv").write_text(content)
        for name in more:
            (folder / name).write_text(content)


def versions(root: Path) -> set[str]:
    return {path.name for path in (root / ".versions").iterdir()}


def test_one_rename_swaps_everything(tmp_path: Path) -> None:
    publish(tmp_path, "one", "run.json")
    links = {path.name: path.readlink() for path in tmp_path.iterdir() if path.is_symlink()}
    publish(tmp_path, "two", "run.json")
    after = {path.name: path.readlink() for path in tmp_path.iterdir() if path.is_symlink()}
    assert {name for name in links if links[name] != after[name]} == {".current"}
    assert (tmp_path / "csv" / "a.csv").read_text() == (tmp_path / "run.json").read_text() == "two"


def test_what_is_new_or_gone_in_a_state_is_linked_or_not(tmp_path: Path) -> None:
    publish(tmp_path, "one", "index.html")
    assert (tmp_path / "index.html").read_text() == "one"
    publish(tmp_path, "two", "other.html")
    assert not (tmp_path / "index.html").is_symlink()
    assert (tmp_path / "other.html").read_text() == "two"


def test_the_states_before_stay_a_while_for_who_is_reading_them(tmp_path: Path) -> None:
    for number in range(1, 6):
        publish(tmp_path, str(number))
    assert versions(tmp_path) == {"3", "4", "5"}


def test_a_publication_that_fails_changes_nothing(tmp_path: Path) -> None:
    def fail(root: Path) -> None:
        with Store(root, never) as store, store.publication({}) as folder:
            (folder / "csv").mkdir()
            raise ZeroDivisionError

    publish(tmp_path, "one")
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path)
    assert (tmp_path / "csv" / "a.csv").read_text() == "one"
    publish(tmp_path, "two")
    assert versions(tmp_path) == {"1", "2"}


def test_a_file_of_the_user_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "mine.csv").write_text("mine")
    with pytest.raises(StoreError, match="csv stands in it"):
        publish(tmp_path, "one")
    assert (tmp_path / "csv" / "mine.csv").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="--output"):
        publish(tmp_path / "file" / "output", "one")


def test_a_changed_or_lost_file_is_noticed(tmp_path: Path) -> None:
    def whole() -> bool:
        with Store(tmp_path, never) as store:
            return bool(store.state()["whole"])

    publish(tmp_path, "one")
    assert whole()
    (tmp_path / "csv").unlink()
    assert not whole()
    publish(tmp_path, "one")
    (tmp_path / "csv" / "a.csv").write_text("tampered")
    assert not whole()
    publish(tmp_path, "one")
    (tmp_path / "csv" / "a.csv").unlink()
    assert not whole()


def test_the_state_is_given_back(tmp_path: Path) -> None:
    with Store(tmp_path, never) as store:
        assert store.state() == {}
    publish(tmp_path, "one")
    with Store(tmp_path, never) as store:
        assert store.state() == {"said": "one", "whole": True}


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    output = tmp_path / "output"
    commands = []
    for name, text in (("first", "SLOW 2\nA 1.00 first"), ("second", "A 1.00 second")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(text)
        commands.append([*PROGRAM, "--raw", str(tmp_path / name), "--output", str(output)])
    first = subprocess.Popen(commands[0], env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    while not (output / ".lock").exists():
        time.sleep(0.01)
    time.sleep(0.5)
    second = subprocess.run(
        commands[1], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    _, said = first.communicate()
    assert (first.returncode, second.returncode) == (0, 0), said + second.stderr
    assert "waiting" in second.stderr
    assert "waiting" not in said
    assert_whole(output)
    assert "second" in (output / "csv" / "actions.csv").read_text()


def test_an_interrupted_run_ends_its_readers_and_says_so(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    (raw / "a.txt").write_text("A 1.00 first")
    command = [*PROGRAM, "--raw", str(raw), "--output", str(output)]
    timed(command)
    before = assert_whole(output)
    (raw / "a.txt").write_text("SLOW 60\nA 1.00 second")
    child = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    try:
        readers = _descendants(child.pid)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=20)
    finally:
        child.kill()
    assert child.returncode == 130
    assert "interrupted" in said
    assert assert_whole(output) == before
    _assert_gone(readers)


def test_readers_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("SLOW 60\nA 1.00 second")
    command = [*PROGRAM, "--raw", str(raw), "--output", str(tmp_path / "output")]
    child = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    readers = _descendants(child.pid)
    child.kill()
    child.wait()
    _assert_gone(readers)


def _descendants(pid: int) -> list[int]:
    """The process that watches the reader, and the reader, once both are there."""
    found: list[int] = []
    deadline = time.monotonic() + 20
    while len(found) < 2 and time.monotonic() < deadline:
        found, parents = [], [pid]
        while parents:
            path = Path(f"/proc/{parents[-1]}/task/{parents.pop()}/children")
            children = [int(word) for word in path.read_text().split()] if path.exists() else []
            found += children
            parents += children
        time.sleep(0.05)
    assert len(found) == 2
    time.sleep(0.2)
    return found


def _assert_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 5
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in pids)


def _alive(pid: int) -> bool:
    """Whether a process is there, and no zombie that only waits to be counted."""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def assert_whole(output: Path) -> str:
    """The state that a reader finds is one whole state; gives its digest.

    The reader does what the documentation tells it to: it resolves ``.current`` once.
    """
    folder = (output / ".current").resolve()
    description = (folder / "datapackage.json").read_bytes()
    for resource in json.loads(description)["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    json.loads((folder / "run.json").read_bytes())
    return hashlib.sha256(description).hexdigest()


def edit(raw: Path, number: int) -> None:
    """Change every source, as a whole, to the state of a number."""
    for name in "abc":
        part = raw / f".{name}.part"
        part.write_text(f"A {number}.00 state {number} of {name}\nSLOW 0.02")
        part.rename(raw / f"{name}.txt")


def amounts(output: Path) -> set[str]:
    rows = (output / ".current" / "csv" / "funding.csv").read_text().splitlines()[1:]
    return {row.split(",")[5] for row in rows}


def timed(command: list[str]) -> float:
    """Run a command to its end; gives the seconds that it took."""
    begun = time.monotonic()
    subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, timeout=60)
    return time.monotonic() - begun


def moments(seed: int, count: int, span: float) -> Iterator[float]:
    """Random moments in a run and shortly after it, in no order, of which none is left out."""
    chance = random.Random(seed)
    steps = [(step + chance.random()) / count * span * 1.3 for step in range(count)]
    yield from chance.sample(steps, count)


@pytest.mark.slow
@pytest.mark.parametrize("tree", [False, True], ids=["the run alone", "its children too"])
def test_a_run_killed_at_any_moment_leaves_the_whole_old_or_the_whole_new_state(
    tmp_path: Path, tree: bool
) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    edit(raw, 0)
    command = [*PROGRAM, "--raw", str(raw), "--output", str(output), "--workers", "2"]
    span = timed(command)
    killed = 0
    states = {assert_whole(output)}
    for number, moment in enumerate(moments(20220228 + tree, 25, span), start=1):
        edit(raw, number)
        child = subprocess.Popen(
            command, env=ENVIRONMENT, start_new_session=True, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(moment)
        except subprocess.TimeoutExpired:
            killed += 1
            if tree:
                os.killpg(child.pid, signal.SIGKILL)
            else:
                child.kill()
            child.wait()
        states.add(assert_whole(output))
        assert len(amounts(output)) == 1, "editions of two runs are mixed"
    assert killed > 5
    timed(command)
    states.add(assert_whole(output))
    assert amounts(output) == {"25.00"}
    assert len(states) > 1
    assert len(versions(output)) <= 3
    assert not list((output / ".cache").glob("*.part"))


@pytest.mark.slow
def test_a_first_run_killed_at_any_moment_has_published_all_or_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    edit(raw, 1)
    found = set()
    command = [*PROGRAM, "--raw", str(raw), "--output"]
    span = timed([*command, str(tmp_path / "output")])
    for number, moment in enumerate(moments(1, 12, span)):
        output = tmp_path / f"output-{number}"
        child = subprocess.Popen(
            [*command, str(output)], env=ENVIRONMENT, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(moment)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        published = (output / "datapackage.json").exists()
        found.add(published)
        assert (output / "csv" / "actions.csv").exists() == published
        if published:
            assert_whole(output)
    assert False in found


@pytest.mark.slow
def test_a_reader_at_any_moment_finds_a_whole_state(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    raw.mkdir()
    edit(raw, 0)
    command = [*PROGRAM, "--raw", str(raw), "--output", str(output)]
    timed(command)
    looks = 0
    for number in range(1, 8):
        edit(raw, number)
        child = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
        while child.poll() is None:
            assert_whole(output)
            assert len(amounts(output)) == 1
            looks += 1
        assert child.returncode == 0
    assert looks > 10
