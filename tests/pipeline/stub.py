"""A stand-in for reading: an edition's rows out of the lines of a small text.

Each line is a funded action, ``code euros words``; other lines say what is to go wrong. Publishing
can so be tested with rows of every table and with faults that no real source has on demand. Run as
a program, it is ``ponmetro`` with this stand-in.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import ModuleType

from parsers.errors import SourceError
from pipeline.fingerprint import ReadOptions
from pipeline.fragments import Built
from pipeline.sources import Source

Row = tuple[object, ...]


def build(source: Source, options: ReadOptions, *_: object) -> Built:
    texts = source.path.read_text(encoding="utf-8").splitlines()
    for text in texts:
        _misbehave(text, source)
    edition = source.edition_id
    rows: dict[str, list[Row] | Iterator[Row]] = {
        "editions": [_edition(source, len(texts))],
        "projects": [
            (f"{edition}/progetto-1", edition, 1, "Città, «nuova»", None, "planned", 1, 1, 1)
        ],
        "line_boxes": (
            (
                f"{edition}/lines-{n}",
                edition,
                1,
                n,
                Decimal("56.70"),
                Decimal(n),
                None,
                None,
                None,
                True,
            )
            for n in range(1, len(texts) + 1)
        ),
    }
    for number, text in enumerate(texts, start=1):
        for name, row in _action(edition, number, text):
            rows.setdefault(name, []).append(row)  # type: ignore[union-attr]
    return Built(rows, {"lines": len(texts)})


def _misbehave(text: str, source: Source) -> None:
    match text.split():
        case ["LOCKED"]:
            raise SourceError("is locked; give its --password", source=source.name)
        case ["FAULT"]:
            raise ZeroDivisionError("a fault")
        case ["CRASH"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["GROWS"]:
            source.path.write_text(source.path.read_text() + "\n")
        case ["SLOW", seconds]:
            time.sleep(float(seconds))


def _edition(source: Source, lines: int) -> Row:
    side = source.sidecar
    return (
        source.edition_id,
        side.city_code or "MI",
        "Milano",
        side.programme or "PON",
        None,
        side.title,
        side.reference_date,
        source.name,
        source.media_type,
        source.sha256,
        source.bytes,
        None,
        lines,
        "stub",
        None,
        None,
        None,
        False,
    )


def _action(edition: str, number: int, text: str) -> Iterator[tuple[str, Row]]:
    words = text.split(" ", 2)
    line_id = f"{edition}/lines-{number}"
    if len(words) < 3:
        yield "lines", (line_id, edition, 1, number, text or None, "body", None, None)
        return
    code, euros, title = words
    action, amount = f"{edition}/{code}", Decimal(euros)
    project = f"{edition}/progetto-1"
    yield "lines", (line_id, edition, 1, number, f" {text}  ", "body", project, action)
    yield (
        "actions",
        (
            *(
                action,
                edition,
                project,
                code,
                code,
                title,
                None,
                None,
                "not_stated",
                4,
                "4.1",
                "FESR",
            ),
            *(None, amount, number, None, number),
        ),
    )
    yield (
        "funding",
        (
            *(f"{action}/funding-1", edition, action, "pon_metro", "Risorse PON METRO", amount),
            *("printed", euros, None, number),
        ),
    )
    yield (
        "dates",
        (
            *(
                f"{action}/dates-1",
                edition,
                project,
                action,
                "status",
                "dal 2022",
                date(2022, 1, 1),
            ),
            *(None, "year", None, 1, number),
        ),
    )
    yield (
        "quantities",
        (
            *(
                f"{action}/quantities-1",
                edition,
                action,
                Decimal("12.5"),
                None,
                True,
                None,
                "c.a 12,5",
            ),
            *(1, number),
        ),
    )
    yield (
        "provenance",
        (
            *(f"{edition}/provenance-{number}", edition, "actions", action, "title", 1, number),
            *(1, 5, text[:4], None, Decimal("99.90")),
        ),
    )
    if title.startswith("!"):
        severity, rule = (
            ("error", "total_mismatch") if title.startswith("!!") else ("warning", "missing_status")
        )
        yield (
            "findings",
            (
                *(
                    f"{edition}/findings-{number}",
                    edition,
                    rule,
                    severity,
                    "said, so",
                    action,
                    1,
                    number,
                ),
                title,
            ),
        )


def module() -> ModuleType:
    """``pipeline.edition`` as this stand-in."""
    stand_in = ModuleType("pipeline.edition")
    stand_in.build = build  # type: ignore[attr-defined]
    return stand_in


if __name__ == "__main__":
    from pipeline.cli import main

    # Who starts the tests may be deaf to Ctrl-C, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.modules["pipeline.edition"] = module()
    main(prog_name="ponmetro")
