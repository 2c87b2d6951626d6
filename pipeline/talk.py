"""What a run says to people: on standard error, in words or as one JSON object a line."""

from __future__ import annotations

import json
import os
import sys
from typing import TextIO

_COLOURS = {"error": "31", "warning": "33"}


def counted(number: int, one: str, more: str = "") -> str:
    """A number with its noun: ``1 error``, ``2 errors``; ``more`` where no ``s`` makes it so."""
    return f"{number} {one if number == 1 else more or one + 's'}"


class Talk:
    """Messages and progress.

    Progress is shown on a terminal only; colours there too, unless ``NO_COLOR`` is set.

    Args:
        json_logs: one JSON object a line instead of words.
        stream: where to; standard error by default.
    """

    def __init__(self, *, json_logs: bool = False, stream: TextIO | None = None) -> None:
        self._json = json_logs
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty() and not json_logs
        self._colours = self._terminal and not os.environ.get("NO_COLOR")
        self._shown = 0

    def info(self, message: str, **fields: object) -> None:
        """Say something that went well."""
        self._say("info", message, fields)

    def warning(self, message: str, **fields: object) -> None:
        """Say something that a person should look at."""
        self._say("warning", message, fields)

    def error(self, message: str, **fields: object) -> None:
        """Say what failed and what to do next."""
        self._say("error", message, fields)

    def progress(self, message: str) -> None:
        """Show how far the run is, in place of what was shown before."""
        if self._terminal:
            self._stream.write("\r" + message.ljust(self._shown))
            self._stream.flush()
            self._shown = len(message)

    def _say(self, level: str, message: str, fields: dict[str, object]) -> None:
        if self._json:
            line = json.dumps({"level": level, "message": message, **fields}, ensure_ascii=False)
            self._stream.write(line + "\n")
            return
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._shown = 0
        prefix = "" if level == "info" else f"{level}: "
        if prefix and self._colours:
            prefix = f"\x1b[{_COLOURS[level]}m{prefix}\x1b[0m"
        self._stream.write(prefix + message + "\n")
