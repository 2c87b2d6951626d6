"""Vocabularies and compiled patterns kept beside the byte code, as Python keeps compiled modules.

The vocabularies make some three hundred patterns, and compiling them takes longer than reading a
report. What they compile to depends on the pattern and on Python alone, so the set-up, which calls
``python -m pipeline.rehearsal``, keeps it in ``__pycache__``, and what the TOML files hold with it.
Without that file, with another Python, or for another pattern or text, everything is compiled as
ever.
"""

from __future__ import annotations

import marshal
import pickle
import re
import sys
from array import array
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "__pycache__" / f"kept.{sys.implementation.cache_tag}.marshal"
# Of another Python, or kept in another form, nothing is used.
_MAKER = f"{sys.version} form 2"

# (pattern, flags) -> (all flags, code, groups, names of groups, groups by place)
_Patterns = dict[tuple[str, int], tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]]
# name -> (TOML, what it holds, pickled)
_Tables = dict[str, tuple[bytes, bytes]]
_kept: tuple[_Patterns, _Tables] | None = None
_seen: set[tuple[str, int]] = set()
_read: dict[str, tuple[bytes, dict[str, Any]]] = {}


def table(name: str, source: bytes) -> dict[str, Any]:
    """What a TOML file holds, from what was kept if it is of the same text."""
    text, held = _all()[1].get(name, (b"", b""))
    if text == source:
        found: dict[str, Any] = pickle.loads(held)
        return found
    import tomllib

    _read[name] = (source, tomllib.loads(source.decode("utf-8")))
    return _read[name][1]


def compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """What ``re.compile`` gives, from what was kept if it was."""
    key = (pattern, int(flags))
    found = _all()[0].get(key)
    if found is None:
        _seen.add(key)
        return re.compile(pattern, flags)
    import _sre  # type: ignore[import-not-found]

    whole, code, groups, names, places = found
    # The engine checks the code it is given before it runs it.
    made: re.Pattern[str] = _sre.compile(
        pattern, whole, array("I", code).tolist(), groups, names, places
    )
    return made


def keep() -> int:
    """Keep what was compiled since the start; give how many patterns are kept."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    kept: _Patterns = dict(_all()[0])
    for pattern, flags in sorted(_seen):
        parsed: Any = _parser.parse(pattern, flags)
        code = array("I", _compiler._code(parsed, flags)).tobytes()
        names: dict[str, int] = parsed.state.groupdict
        places: list[str | None] = [None] * parsed.state.groups
        for name, place in names.items():
            places[place] = name
        whole = flags | parsed.state.flags
        kept[(pattern, flags)] = (whole, code, parsed.state.groups - 1, names, tuple(places))
    _FILE.parent.mkdir(exist_ok=True)
    part = _FILE.with_suffix(".part")
    # They hold days, which marshal does not know.
    read = {name: (text, pickle.dumps(held)) for name, (text, held) in _read.items()}
    part.write_bytes(marshal.dumps((_MAKER, kept, _all()[1] | read)))
    part.replace(_FILE)
    return len(kept)


def _all() -> tuple[_Patterns, _Tables]:
    global _kept
    if _kept is None:
        _kept = _load()
    return _kept


def _load() -> tuple[_Patterns, _Tables]:
    try:
        maker, patterns, tables = marshal.loads(_FILE.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return {}, {}
    return (patterns, tables) if maker == _MAKER and array("I").itemsize == 4 else ({}, {})
