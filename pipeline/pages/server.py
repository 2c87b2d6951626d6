"""A published folder over HTTP, for this machine alone: links work, and nothing else is served."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from urllib.parse import unquote, urlsplit

LOOPBACK = "127.0.0.1"

_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}

# The pages carry a policy of their own; these hold for every file.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def server(root: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server of one folder on the loopback address, bound but not yet running.

    Args:
        root: the folder; a path that leads out of it, by dots or by a link, is not found.
        port: 0 for one that is free.

    Raises:
        OSError: the port is taken.
    """
    made = ThreadingHTTPServer((LOOPBACK, port), _Handler)
    made.daemon_threads = True
    made.root = root.resolve()  # type: ignore[attr-defined]
    return made


class _Handler(BaseHTTPRequestHandler):
    server_version = "ponmetro"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Say what is wrong in a line of text; a method that is not served is not allowed."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code = HTTPStatus.METHOD_NOT_ALLOWED
        body = f"{HTTPStatus(code).phrase}\n".encode()
        self.send_response(code)
        if code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if getattr(self, "command", None) != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is the person's."""

    def _answer(self, *, with_body: bool) -> None:
        if not self._named_us():
            # A page elsewhere whose name was made to lead here must not read what is served.
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = self._file()
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with path.open("rb") as file:
            size = path.stat().st_size
            self.send_response(HTTPStatus.OK)
            self.send_header(
                "Content-Type", _TYPES.get(path.suffix.lower(), "application/octet-stream")
            )
            self.send_header("Content-Length", str(size))
            self.end_headers()
            if with_body:
                copyfileobj(file, self.wfile)

    def _named_us(self) -> bool:
        port = self.server.server_port  # type: ignore[attr-defined]
        return self.headers.get("Host", "") in (f"{LOOPBACK}:{port}", f"localhost:{port}")

    def _file(self) -> Path | None:
        """The file that the request is for, if it is a published one."""
        asked = unquote(urlsplit(self.path).path)
        parts = PurePosixPath(asked).parts[1:] or ("index.html",)
        if not asked.startswith("/") or any(part.startswith(".") or "\0" in part for part in parts):
            return None
        root: Path = self.server.root  # type: ignore[attr-defined]
        path = root.joinpath(*parts).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
