"""The real report as an edition that can be set again by any producer; nothing of it is kept here.

Texts come from the plain text of the report, facts from the truth file beside it, and the two are
held against each other, so that what the renderings are compared with was not read by our parsers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tests.truth import Action, Address, Block, Dated, Edition, Money, Project, euros, prose

UNTOLD = (
    "addresses.street_type",
    "addresses.street_name",
    "addresses.house_number",
    "dates.precision",
    "dates.modality",
    "dates.context",
)
"""What the truth file does not say, for ``differences(skip=...)``."""

_PROJECT = re.compile(r"Progetto (\d+)( [-–] )(?=\S)")
_CODE = re.compile(r"(MI\.?[\d.]+[a-z])(\s?[-–] )(?=\S)")
_MONEY = re.compile(r"(Risorse PON METRO|Altre risorse pubbliche|Risorse private|Costo [Tt]otale) ")
_STATUS = "Stato di attuazione:"
_NUMBERED = re.compile(r"Azione \d:|\d\. |[a-z]\. ")
_MARKS = {"\uf0b7": "bullet", "-": "dash"}
# No line of the report that runs on is shorter than this.
_FULL = 82


def _sheets(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading's line and the lines under it, blank ones included."""
    head: str | None = None
    body: list[str] = []
    for line in text.split("\n"):
        if (
            _PROJECT.match(line.strip())
            or _CODE.match(line)
            or line.strip() == "Assistenza tecnica"
        ):
            if head is not None:
                yield head, body
            head, body = line.strip(), []
        elif head is not None:
            body.append(line)
    if head is not None:
        yield head, body


def _after_title(head: str, lines: list[str], title: str) -> list[str]:
    """The lines under a heading without those on which its title goes on."""
    printed, rest = head, list(lines)
    while len(prose(printed)) < len(prose(title)) or not prose(printed).endswith(prose(title)):
        printed = f"{printed} {rest.pop(0).strip()}"
    return rest


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    """The pieces of a body; what the pieces are follows from marks, blank lines and widths."""
    pieces: list[tuple[str, list[str]]] = []
    parted = short = True
    for line in lines:
        text = line.strip()
        if not text:
            parted = True
            continue
        mark = _MARKS.get(text[0]) if text[1:2] == " " else None
        if line.startswith("     "):
            pieces.append(("caption", [text]))
        elif mark:
            pieces.append((mark, [text[1:].strip()]))
        elif _NUMBERED.match(text):
            pieces.append(("numbered", [text]))
        elif parted or (short and not text[0].islower()):
            pieces.append(("paragraph", [text]))
        else:
            pieces[-1][1].append(text)
        parted, short = False, len(text) < _FULL
    return tuple(_listed([Block(kind, (" ".join(" ".join(x).split()),)) for kind, x in pieces]))


def _listed(blocks: list[Block]) -> Iterator[Block]:
    """Put a list of places, of one address a paragraph, under its heading."""
    at = 0
    while at < len(blocks):
        if blocks[at].text != "Unità immobiliari":
            yield blocks[at]
            at += 1
            continue
        end = at + 1
        while end < len(blocks) and re.match(r"(?:via|viale|largo)\s", blocks[end].text, re.I):
            end += 1
        yield Block("places", tuple(block.text for block in blocks[at:end]))
        at = end


def _status(lines: list[str]) -> tuple[str, ...]:
    """A status: a link has a line, and here a paragraph, of its own."""
    parts: list[str] = []
    for line in lines:
        text = " ".join(line.split())
        if not text:
            continue
        if not parts or text.startswith("https://") or parts[-1].startswith("https://"):
            parts.append(text)
        else:
            parts[-1] += f" {text}"
    return tuple(parts)


def _action(head: str, lines: list[str], truth: dict[str, Any], facts: dict[str, Any]) -> Action:
    match = _CODE.match(head)
    assert match
    assert match[1] == truth["raw"]
    rest = _after_title(head, lines, truth["title"])
    stop = next((i for i, line in enumerate(rest) if _MONEY.match(line)), len(rest))
    funding, total, status = [], None, []
    in_status = False
    for line in rest[stop:]:
        label = _MONEY.match(line)
        if line.startswith(_STATUS):
            in_status, line = True, line.removeprefix(_STATUS)
        if label:
            printed = line[label.end() :].strip()
            money = Money(label[1], printed, euros(printed))
            if label[1].startswith("Costo"):
                total = money
            else:
                funding.append(money)
        elif in_status:
            status.append(line)
    parts = _status(status)
    if parts.count(parts[-1] if parts else "") > 1:
        parts = parts[:-1]  # a page's link address, repeated at its end
    code = truth["code"]
    made = Action(
        code=code,
        code_printed=match[1],
        dash=match[2],
        title=truth["title"],
        body=_blocks(rest[:stop]),
        funding=tuple(funding),
        total=total,
        status=parts,
        phases=tuple(facts["phases"][code]),
        references=tuple(target for own, target in facts["references"] if own == code),
        links=tuple(url for own, url in facts["links"] if own == code),
        addresses=tuple(Address(t, "", "", "") for own, t in facts["addresses"] if own == code),
        districts=tuple(name for own, name in facts["quarters"] if own == code),
        dates=tuple(
            Dated(t, date.fromisoformat(a), date.fromisoformat(b), "", "", "")
            for own, t, a, b in facts["dates"]
            if own == code
        ),
    )
    _agrees(made, truth)
    return made


def _agrees(made: Action, truth: dict[str, Any]) -> None:
    """Hold what was taken from the text against what was taken down by hand."""

    def bare(text: str | None) -> str:
        return re.sub(r"[–\uf0b7]", "", prose(text or ""))

    body = " ".join(text for block in made.body for text in block.texts)
    assert bare(body) == bare(truth["body"]), made.code
    assert bare(" ".join(made.status)) == bare(truth["status"]), made.code
    keys = {"Risorse PON METRO": "pon", "Altre risorse pubbliche": "other"}
    money = {keys.get(m.label, "private"): str(m.amount or m.printed) for m in made.funding}
    if made.total:
        money["total"] = str(made.total.amount)
    assert money == truth["funding"], made.code


def real_edition(folder: Path) -> Edition:
    """The real report, from the folder of the shared editions."""
    text = (folder / "milano-2022.txt").read_text("utf-8")
    facts = json.loads((folder / "milano-2022.truth.json").read_text("utf-8"))
    wanted = {action["code"]: action for action in facts["actions"]}
    projects: list[dict[str, Any]] = []
    titles = iter(facts["projects"])
    for head, lines in _sheets(text):
        match = _CODE.match(head)
        if match:
            truth = wanted[match[1].replace("MI.", "MI")]
            projects[-1]["actions"].append(_action(head, lines, truth, facts))
            continue
        project = next(titles)
        numbered = _PROJECT.match(head)
        assert (int(numbered[1]) if numbered else None) == project["number"]
        phases = {"1": "transferred", "3": "deferred"}.get(project["key"], "not_stated")
        projects.append(
            {
                "number": project["number"],
                "dash": numbered[2] if numbered else "",
                "title": project["title"],
                "notice": (project["notice"],) if project["notice"] else (),
                "phases": (phases,),
                "actions": [],
            }
        )
    made = tuple(Project(**{**p, "actions": tuple(p["actions"])}) for p in projects)
    edition = Edition("Progetti PON Metro Milano", "PON Metro – Milano", "Milano", "MI", made)
    assert len(edition.actions) == len(wanted)
    return edition
