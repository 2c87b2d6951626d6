"""``ponmetro serve``: what is published, to this machine and nobody else."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.pages.server import LOOPBACK, server

HEEDS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""A shell starts what it puts in the background deaf to Ctrl-C, and its children inherit that."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder that looks like a published one, beside a secret."""
    (tmp_path / "secret.txt").write_text("secret")
    root = tmp_path / "output"
    state = root / ".versions" / "1"
    (state / "csv").mkdir(parents=True)
    (state / "index.html").write_text("<!doctype html><title>pages</title>")
    (state / "csv" / "lines.csv").write_text("id\n1\n")
    (state / ".state.json").write_text("{}")
    (root / ".current").symlink_to(".versions/1")
    for name in ("index.html", "csv"):
        (root / name).symlink_to(f".current/{name}")
    (root / "out").symlink_to(tmp_path)
    (root / "secret.txt").symlink_to(tmp_path / "secret.txt")
    return root


@pytest.fixture
def port(root: Path) -> Iterator[int]:
    """The port of a server of that folder."""
    with server(root) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made.server_port
        made.shutdown()
        thread.join()


def ask(
    port: int, path: str, method: str = "GET", host: str | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    connection.putrequest(method, path, skip_host=host is not None)
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {key.lower(): value for key, value in answer.getheaders()}, body


def test_files_with_their_types(port: int) -> None:
    for path, kind, body in (
        ("/", "text/html; charset=utf-8", b"<!doctype html><title>pages</title>"),
        ("/index.html?x=1", "text/html; charset=utf-8", b"<!doctype html><title>pages</title>"),
        ("/csv/lines.csv", "text/csv; charset=utf-8", b"id\n1\n"),
        ("/csv/lines%2Ecsv", "text/csv; charset=utf-8", b"id\n1\n"),
    ):
        status, headers, given = ask(port, path)
        assert (status, headers["content-type"], given) == (200, kind, body)
        assert headers["content-length"] == str(len(body))
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "frame-ancestors 'none'"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers
    status, headers, given = ask(port, "/csv/lines.csv", "HEAD")
    assert (status, headers["content-length"], given) == (200, "5", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_it_can_only_be_read(port: int, method: str) -> None:
    status, headers, _ = ask(port, "/csv/lines.csv", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/csv/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/csv/..%2f..%2fsecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/out/secret.txt",
        "/secret.txt",
        "/.current/index.html",
        "/.versions/1/.state.json",
        "/csv",
        "/csv/",
        "/nothing",
        "/a%00b",
        "secret.txt",
        "/%ff",
    ],
)
def test_nothing_else_is_found(port: int, path: str) -> None:
    status, _, body = ask(port, path)
    assert status == 404
    assert b"secret" not in body


def test_a_name_that_was_made_to_lead_here_is_turned_away(port: int) -> None:
    assert ask(port, "/", host=f"evil.example:{port}")[0] == 421
    assert ask(port, "/", host="")[0] in (400, 421)
    assert ask(port, "/", host=f"localhost:{port}")[0] == 200


def test_only_the_loopback_address_is_bound(root: Path) -> None:
    with server(root) as made:
        assert made.server_address[0] == "127.0.0.1"


def test_the_command_prints_its_address_and_ends_well(root: Path) -> None:
    code = f"{HEEDS_CTRL_C}; from pipeline.commands.serve import command; command()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "--output", str(root), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            port = int(address.rstrip("/").rpartition(":")[2])
            assert ask(port, "/")[0] == 200
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()  # else a failure would wait for it without end


def test_without_pages_it_says_so(tmp_path: Path) -> None:
    code = "from pipeline.commands.serve import command; command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--output", str(tmp_path), "--no-browser"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert "ponmetro report" in done.stderr
