"""The user's own words: ``vocabulary.toml`` checked, and added to without losing what is there."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from parsers.errors import SidecarError
from parsers.values.predicates import check_wording, lexicon
from parsers.vocabulary import PACKAGED, Vocabulary
from pipeline.schema.enumerations import FUND

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PREFIX = re.compile(r"[A-Z]{2,5}")
_NUMBER = re.compile(r"[1-9]\d?")
_OPEN = frozenset(("addresses.types", "axes", "cities", "programmes"))
"""Tables that take entries of one's own, with fields that others lack; so do those of single values
("ventina" = 20)."""

_HEADER = re.compile(r"\s*\[(?P<name>[^\[\]]+)\]\s*(?:#.*)?$")


def checked(text: str, name: str) -> Vocabulary:
    """The packaged words with those of a ``vocabulary.toml`` laid over them.

    Args:
        text: of the file.
        name: of the file, for errors.

    Raises:
        SidecarError: no TOML, a subject or a key that there is not, a value of another kind than
            the packaged one, an empty text, or a wording that is no regular expression.
    """
    try:
        overlay = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SidecarError(f"is no TOML: {problem}", source=name) from None
    for subject, table in overlay.items():
        try:
            packaged = PACKAGED[subject]
        except KeyError:
            raise SidecarError(
                f"[{subject}]: there is no such vocabulary; `ponmetro drift FILE` proposes tables "
                "of those that there are",
                source=name,
            ) from None
        _same_kind(packaged, table, subject, name)
    vocabulary = Vocabulary(overlay)
    _entries(overlay, vocabulary, name)
    for stage, outcome in overlay.get("phases", {}).get("outcomes", {}).items():
        _known_phases(f"phases.outcomes.{stage}", outcome.values(), name)
    groups = overlay.get("phases", {}).get("words", ())
    for group in groups:
        _wordings(group, name)
        try:
            for wording in group["words"]:
                check_wording(wording)
            lexicon(vocabulary)
        except ValueError as problem:
            raise SidecarError(str(problem), source=name) from None
    _compiled(vocabulary, name)
    return vocabulary


def _compiled(vocabulary: Vocabulary, name: str) -> None:
    """Some lists are parts of patterns: what no pattern can be made of must not wait for a line."""
    from parsers.rehearsal import rehearse

    try:
        rehearse(vocabulary)
    except re.error as problem:
        raise SidecarError(
            f"{problem.pattern!r:.200}: no regular expression can be made of this: {problem.msg}",
            source=name,
        ) from None


def _same_kind(packaged: Any, own: Any, where: str, name: str) -> None:
    kinds: dict[type, str] = {dict: "a table", list: "a list", str: "a text"}
    if type(packaged) is not type(own):
        wanted = kinds.get(type(packaged), f"a value like {packaged!r}")
        raise SidecarError(f"{where}: write {wanted}", source=name)
    if isinstance(own, str) and not own.strip():
        raise SidecarError(f"{where}: is empty", source=name)
    if where == "an item of phases.words":
        return  # each entry has fields of its own
    if isinstance(packaged, dict):
        for key, value in own.items():
            if key in packaged:
                _same_kind(packaged[key], value, f"{where}.{key}", name)
            elif _closed(packaged, where):
                there = ", ".join(packaged)
                raise SidecarError(f"{where}: there is no {key!r} but {there}", source=name)
    elif isinstance(packaged, list) and packaged:
        for value in own:
            _same_kind(packaged[0], value, f"an item of {where}", name)


def _closed(packaged: Mapping[str, Any], where: str) -> bool:
    """Whether a table has the keys that the grammar asks for, and another is a slip."""
    own = {where, where.rpartition(".")[0]} & _OPEN
    return not own and any(isinstance(value, list | dict) for value in packaged.values())


def _entries(overlay: Mapping[str, Any], vocabulary: Vocabulary, name: str) -> None:
    """Cities, axes and programmes must have what ``codes`` publishes of them."""
    for prefix in overlay.get("cities", ()):
        _entry(_PREFIX, "capital letters", vocabulary["cities"], ("cities", prefix), "name", name)
    for family, axes in overlay.get("axes", {}).items():
        if family not in vocabulary["programmes"]:
            families = ", ".join(vocabulary["programmes"])
            raise SidecarError(f"axes.{family}: the families are {families}", source=name)
        for number in axes:
            own = vocabulary["axes"][family]
            _entry(_NUMBER, "a number", own, (f"axes.{family}", number), "label_it", name)
            fund = own[number].get("fund")
            if fund is not None and fund not in FUND.values:
                funds = ", ".join(FUND.values)
                raise SidecarError(f"axes.{family}.{number}: fund is one of {funds}", source=name)
    for family in overlay.get("programmes", ()):
        own, path = vocabulary["programmes"], ("programmes", family)
        _entry(_BARE_KEY, "a word", own, path, "label_it", name)


def _entry(
    wanted: re.Pattern[str],
    key_is: str,
    entries: Mapping[str, Any],
    path: tuple[str, str],
    label: str,
    name: str,
) -> None:
    """One entry of a list of codes: its key, and the text that it cannot do without."""
    table, key = path
    if not wanted.fullmatch(key):
        raise SidecarError(f"{table}.{key}: the key is {key_is}", source=name)
    entry = entries[key]
    texts = (label, "name_en", "label_en")
    if (
        not isinstance(entry, Mapping)
        or not entry.get(label)
        or not all(isinstance(entry.get(text, ""), str) for text in texts)
    ):
        raise SidecarError(f'{table}.{key}: write a table with {label} = "..."', source=name)


def _known_phases(where: str, own: Iterable[str], name: str) -> None:
    phases = PACKAGED["phases"]["phases"]
    if not phases.keys() >= set(own):
        raise SidecarError(f"{where}: a phase is one of {', '.join(phases)}", source=name)


def _wordings(group: Mapping[str, Any], name: str) -> None:
    table = PACKAGED["phases"]
    words = group.get("words")
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
        raise SidecarError("phases.words: give each entry a list `words` of texts", source=name)
    states = {own["state"] for own in table["words"] if "state" in own}
    allowed = {"phase": set(table["phases"]), "stage": set(table["outcomes"]), "state": states}
    if not allowed.keys() & group.keys():
        raise SidecarError(f"phases.words {words}: give a phase, a stage or a state", source=name)
    for key, values in allowed.items():
        if key in group and group[key] not in values:
            raise SidecarError(
                f"phases.words {words}: {key} is one of {', '.join(sorted(values))}", source=name
            )


def merged(base: Any, over: Any) -> Any:
    """Two tables in one: lists appended to, tables merged, other values replaced."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        both = dict(base)
        for key, value in over.items():
            both[key] = merged(base[key], value) if key in base else value
        return both
    if isinstance(base, list) and isinstance(over, list):
        return [*base, *(item for item in over if item not in base)]
    return over


def added(text: str, patch: Mapping[str, Any], comments: str = "") -> str:
    """A ``vocabulary.toml`` with a patch laid into it; comments and order of the file stay.

    Where the file is written in a way that nothing can be put into (inline tables, dotted keys),
    it is written anew, without its comments.

    Args:
        text: of the file.
        patch: what to add.
        comments: lines of comment to put before what is added at the end.
    """
    before = tomllib.loads(text)
    wanted = merged(before, patch)
    edited = text if not text or text.endswith("\n") else text + "\n"
    edited += ("\n" if edited and comments else "") + comments
    try:
        for path, key, value in _leaves(patch, ()):
            edited = _put(edited, path, key, value)
        if _unordered(tomllib.loads(edited)) == _unordered(wanted):
            return edited
    except tomllib.TOMLDecodeError:
        pass
    return comments + dumped(wanted)


def _unordered(value: Any) -> Any:
    """A value to compare by, in which the order of a list of texts does not count."""
    if isinstance(value, Mapping):
        return {key: _unordered(each) for key, each in value.items()}
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return sorted(value)
    return value


def _leaves(
    table: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*path, key))
        else:
            yield path, key, value


def _put(text: str, path: tuple[str, ...], key: str, value: Any) -> str:
    """A text with one more value under a table's header, or with the table at its end."""
    present = _at(tomllib.loads(text), (*path, key))
    if present == value:
        return text
    if isinstance(value, list):
        present = present or []
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        name = _name((*path, key))
        blocks = [f"\n[[{name}]]\n{_pairs(item)}" for item in value if item not in present]
        return text + "".join(blocks)
    lines = text.splitlines(keepends=True)
    header = next((place for place, line in enumerate(lines) if _names(line) == path), None)
    if header is None:
        gap = "\n" if text else ""
        return f"{text}{gap}[{_name(path)}]\n{_pair(key, value)}"
    end = next(
        (place for place in range(header + 1, len(lines)) if _opens_table(lines[place])), len(lines)
    )
    opening = re.compile(rf"\s*{re.escape(_key(key))}\s*=\s*\[")
    for place in range(header + 1, end):
        found = opening.match(lines[place])
        if found and isinstance(value, list):
            fresh = [item for item in value if item not in present]
            items = "".join(f"\n  {_value(item)}," for item in fresh)
            rest = lines[place][found.end() :]
            lines[place] = (
                lines[place][: found.end()]
                + items
                + (rest if not items or not rest.strip() else "\n  " + rest.lstrip())
            )
            return "".join(lines)
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    lines.insert(end, _pair(key, value))
    return "".join(lines)


def _at(table: Any, path: Sequence[str]) -> Any:
    for key in path:
        if not isinstance(table, Mapping) or key not in table:
            return None
        table = table[key]
    return table


def _opens_table(line: str) -> bool:
    return bool(re.match(r"\s*\[\[?[^\[\]]+\]\]?\s*(?:#.*)?$", line))


def _names(line: str) -> tuple[str, ...] | None:
    """The path that a table's header names."""
    found = _HEADER.match(line)
    if not found:
        return None
    try:
        table: Any = tomllib.loads(f"[{found['name']}]")
    except tomllib.TOMLDecodeError:
        return None
    path = []
    while table:
        ((key, table),) = table.items()
        path.append(key)
    return tuple(path)


def dumped(table: Mapping[str, Any]) -> str:
    """A vocabulary as TOML: tables of texts, lists of texts, and lists of tables.

    >>> print(dumped({"labels": {"status": {"labels": ["grado di attuazione"]}}}), end="")
    [labels.status]
    labels = [
      "grado di attuazione",
    ]
    """
    return "\n".join(_blocks(table, ())).lstrip("\n")


def _blocks(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    plain, tables, lists = [], [], []
    for key, value in table.items():
        if isinstance(value, Mapping):
            tables.append((key, value))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            lists.append((key, value))
        else:
            plain.append((key, value))
    if plain:
        header = f"[{_name(path)}]\n" if path else ""
        yield header + "".join(_pair(key, value) for key, value in plain)
    for key, items in lists:
        for item in items:
            yield f"[[{_name((*path, key))}]]\n{_pairs(item)}"
    for key, value in tables:
        yield from _blocks(value, (*path, key))


def _pairs(table: Mapping[str, Any]) -> str:
    return "".join(_pair(key, value) for key, value in table.items())


def _pair(key: str, value: Any) -> str:
    return f"{_key(key)} = {_value(value)}\n"


def _name(path: Sequence[str]) -> str:
    return ".".join(_key(part) for part in path)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, str):
        # Strings of JSON are strings of TOML, but for DEL, which no report prints.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if not value:
            return "[]"
        return "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    return str(value)
