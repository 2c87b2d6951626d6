"""New labels and funding sources: lines that announce a value in words that nobody taught."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from parsers import labels
from parsers.items import Item, is_numbered
from parsers.report import Action, Funding
from parsers.text import read
from parsers.values import addresses, amounts, codes, districts
from pipeline.drift.nearest import ALIKE, MISSPELT, label_entries, nearest
from pipeline.drift.novelty import Nearest, Novelty, Patch, fold
from pipeline.drift.scan import FIELDS, PROSE, Scan

# A label has few words; more before a colon or a sum are a sentence.
_WORDS = 6
_SUM_WORDS = 9
# A known label without a colon is looked for if it has more letters than "totale".
_LEAST_BARE = 9
# A field's value is short; a longer text behind a colon is prose unless the place tells.
_VALUE_WORDS = 8

_LABEL = re.compile(r"(?P<label>[A-ZÀ-Ý][^:]{1,58}?)\s?(?P<colon>[:：])(?!//)\s*(?P<value>.*)$")
_NO_LABEL = re.compile(r"[\d“”«»\"(),;!?…]|\.\s")
_SUM = re.compile(
    r"(?P<label>[A-ZÀ-Ý][^€:]{2,80}?)\s*:?\s*"
    r"(?:(?:€|eur\b|euro\b)\s*\d[\d.,’']*|\d{1,3}(?:\.\d{3})+(?:,\d{2})?\s*(?:€|euro?\b)"
    r"|\d{1,3}(?:\.\d{3})*,\d{2})\s*(?:\([^()]*\))?$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"€|\d")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])\d{1,2}$|\s?\(\d{1,2}\)$|[*¹²³⁴⁵⁶⁷⁸⁹⁰]+$")
_NAME = re.compile(r"(?:[^\W\d_a-zà-ÿ]|[a-zà-ÿ]{2,5}\s[^\W\d_a-zà-ÿ])[^.:]{1,40}$")


def meet_funding(scan: Scan) -> None:
    """Sums under labels that no vocabulary knows: those kept as ``unknown``, those missed."""
    for action in scan.actions():
        for money in action.funding:
            if money.source == "unknown":
                total = _is_total(money, action)
                _meet_sum(scan, money.label.value, total, money.label.line)
    for place, item in list(scan.open_items("body", "status")):
        if item.mark or not item.value[0].isupper() or scan.flow.fresh(place) is not True:
            continue
        for count in (1, 2):
            items = scan.items[place : place + count]
            if count > 1 and not (scan.role(place + 1) in PROSE and _FIGURE.match(items[-1].value)):
                break
            text = scan.joined(items)
            found = _SUM.match(text)
            beside = scan.beside_fields(place) or scan.beside_fields(place + count - 1)
            if found and beside and _could_be_source(scan, found["label"], text):
                _meet_sum(scan, found["label"], False, *(each.line.number for each in items))
                break


def _could_be_source(scan: Scan, label: str, text: str) -> bool:
    """Whether the words before a sum are few, no known label, and tell no state of things."""
    known = labels.match(text, scan.vocabulary)
    if known is not None and known.kind in ("funding", "total"):
        return False
    return len(label.split()) <= _SUM_WORDS and not scan.says_phase(text)


def _is_total(unknown: Funding, action: Action) -> bool:
    """Whether a sum under an unknown label is what the other sources add up to."""
    others = [item.amount for item in action.funding if item is not unknown]
    if action.totals or not others or any(amount is None for amount in others):
        return False
    added = sum((amount for amount in others if amount is not None), Decimal(0))
    return unknown.amount == added


def _meet_sum(scan: Scan, printed: str, total: bool, *lines: int) -> None:
    label = _clean(printed)
    like = nearest(label, label_entries(scan.vocabulary))
    path = like.entry.path if like and like.ratio >= ALIKE else ()
    if total or path[1:2] == ("total",):
        novelty = Novelty("label", label, _labels("total", label), nearest=like)
    else:
        source, doubt = _source(scan, label, path)
        patch = {"labels": {"funding": {source: {"labels": [fold(label)]}}}}
        novelty = Novelty("funding_source", label, patch, doubt, like)
    scan.meet(novelty, *lines)


def _source(scan: Scan, label: str, path: tuple[str, ...]) -> tuple[str, str]:
    """The source that a new label most likely names, and what to settle about it."""
    if path[1:2] == ("funding",):
        return path[2], ""
    words = set(re.findall(r"[^\W\d_]+", fold(label)))
    private = words & set(scan.vocabulary["drift"]["private"])
    source = "private" if private else "other_public"
    return source, f"is it {source}? Else move it to the source that it names"


def meet_cells(scan: Scan) -> None:
    """Rows of a grid of labels and values whose label no vocabulary knows."""
    for first, second in _rows(scan):
        label, value = _clean(scan.joined(first)), scan.joined(second)
        if scan.is_label(label, len(label)) or len(label.split()) > _SUM_WORDS:
            continue
        if addresses.is_place_only(label, scan.vocabulary):
            continue
        lines = [item.line.number for item in (*first, *second)]
        if re.search(r"\d", value) and amounts.is_valid(value):
            action = scan.action_at(first[0])
            _meet_sum(scan, label, action is not None and _adds_up(value, action), *lines)
        else:
            like = nearest(label, label_entries(scan.vocabulary))
            _meet_label(scan, first[0], label, value, like, *lines)


def _rows(scan: Scan) -> Iterator[tuple[list[Item], list[Item]]]:
    """Rows of two cells that no field was read from, in grids of fields or right below one."""
    rows: dict[tuple[int | None, int, int], dict[int, list[Item]]] = {}
    fields: set[tuple[int | None, int]] = set()
    for place, item in enumerate(scan.items):
        if item.line.cell is None or not item.value:
            continue
        table, row, column = item.line.cell
        rows.setdefault((item.line.page, table, row), {}).setdefault(column, []).append(item)
        if scan.role(place) in FIELDS or scan.role(place - 1) in FIELDS:
            fields.add((item.line.page, table))
    for (page, table, _), cells in rows.items():
        roles = {scan.report.roles[item.index] for items in cells.values() for item in items}
        if len(cells) != 2 or not roles <= {"body", "status"}:
            continue
        first, second = (cells[column] for column in sorted(cells))
        # A cell that ends in a colon says by itself what the cell beside it is.
        if (page, table) in fields or first[-1].value.endswith(":"):
            yield first, second


def _adds_up(printed: str, action: Action) -> bool:
    """Whether a printed sum is what an action's sources add up to."""
    sources = [item.amount for item in action.funding]
    if action.totals or not sources or any(amount is None for amount in sources):
        return False
    added = sum((amount for amount in sources if amount is not None), Decimal(0))
    return amounts.parse(printed).euro == added


def meet_labels(scan: Scan) -> None:
    """Lines that open with a label which no vocabulary knows."""
    candidates = []
    for place, item in list(scan.open_items("body", "status", "notice")):
        if item.mark or scan.flow.fresh(place) is False or is_numbered(item.value):
            continue
        found = _LABEL.match(item.value)
        label, value = (found["label"], found["value"]) if found else _bold_lead(scan, place)
        label = _clean(label)
        if not label:
            _meet_bare(scan, place, item)
        elif not scan.is_label(item.value, len(label)) and _could_be_label(
            scan, label, item.value, asks=_asks(scan, place, value)
        ):
            candidates.append((place, item, label, value))
    repeated = [fold(label) for _, _, label, _ in candidates]
    for place, item, label, value in candidates:
        like = nearest(label, label_entries(scan.vocabulary))
        near = like is not None and like.ratio >= MISSPELT
        sign = scan.flow.fresh(place)
        fresh = (
            sign is True
            or scan.role(place - 1) in ("funding", "total")
            or (sign is None and scan.role(place + 1) in FIELDS)
        )
        if not near and (
            not value
            or not fresh
            or (scan.role(place) == "status" and scan.says_phase(value))
            or not (repeated.count(fold(label)) > 1 or _stands_as_field(scan, place, item, value))
        ):
            continue
        _meet_label(scan, item, label, value, like)


def _bold_lead(scan: Scan, place: int) -> tuple[str, str]:
    """The bold words that open a line among the fields of a sheet, and what follows them."""
    item = scan.items[place]
    printed = item.line.text.strip()
    lead = read(printed[: item.line.bold_lead]) if item.line.bold_lead else ""
    if not scan.beside_fields(place) or not item.value.startswith(lead) or lead == item.value:
        return "", ""
    return (lead, item.value[len(lead) :].strip()) if lead[:1].isupper() else ("", "")


def _asks(scan: Scan, place: int, value: str) -> bool:
    """Whether a status stands where the sheet still lacks its own: "A che punto siamo: ..."."""
    action = scan.action_at(scan.items[place])
    lacks = action is not None and not action.status.value
    last = scan.role(place + 1).endswith("_heading") and scan.flow.fresh(place) is True
    return lacks and (last or scan.role(place - 1) in FIELDS) and scan.says_phase(value)


def _could_be_label(scan: Scan, label: str, text: str, *, asks: bool) -> bool:
    words = fold(label).split()
    return (
        len(words) <= _WORDS
        and not _NO_LABEL.search(label)
        and (asks or re.split(r"[\s’]", words[0])[0] not in scan.vocabulary["drift"]["prose"])
        and not districts.find(text, scan.vocabulary)
        and not any(codes.find(label, vocabulary=scan.vocabulary))
    )


def _stands_as_field(scan: Scan, place: int, item: Item, value: str) -> bool:
    """Whether a line stands where fields stand, or is set as one."""
    bold = 0 < item.line.bold_lead < len(item.line.text.strip())
    beside = scan.beside_fields(place) or scan.role(place - 1).endswith("_heading")
    short = len(value.split()) <= _VALUE_WORDS
    closed = value.endswith((".", ";", ":"))
    return bold or (beside and (short or not closed)) or (short and not closed)


def _meet_bare(scan: Scan, place: int, item: Item) -> None:
    """A known label misspelt and without a colon, among the fields of a sheet."""
    if not scan.beside_fields(place) and scan.role(place + 1) not in ("action_heading", ""):
        return
    if not item.value[0].isupper():
        return
    words = item.value.split()
    best: tuple[Nearest, int] | None = None
    for count in range(2, min(_WORDS, len(words) - 1) + 1):
        like = nearest(" ".join(words[:count]), label_entries(scan.vocabulary), MISSPELT)
        if (
            like
            and len(like.entry.words) >= _LEAST_BARE
            and not (best and best[0].ratio >= like.ratio)
        ):
            best = like, count
    if best is None or best[0].ratio == 1 or best[0].entry.path[1] == "other":
        return
    like, count = best
    value = " ".join(words[count:])
    if like.entry.path[1] != "status" or scan.says_phase(value):
        _meet_label(scan, item, " ".join(words[:count]), value, like)


def _meet_label(
    scan: Scan, item: Item, label: str, value: str, like: Nearest | None, *lines: int
) -> None:
    path = like.entry.path if like and like.ratio >= ALIKE else ()
    action = scan.action_at(item)
    has_status = action is not None and bool(action.status.value)
    doubt, kind = "", "label"
    patch: Patch
    if path[1:2] == ("funding",) and like and like.ratio >= MISSPELT:
        kind = "funding_source"
        patch = {"labels": {"funding": {path[2]: {"labels": [fold(label)]}}}}
    elif path[1:2] == ("total",) and like and like.ratio >= MISSPELT:
        patch = _labels("total", label)
    elif _is_list_of_names(value):
        patch, doubt = _districts(scan, label), "does it list parts of the city?"
    elif (path[1:2] == ("status",) and like and like.ratio >= MISSPELT) or (
        not has_status and value and scan.says_phase(value)
    ):
        patch = _labels("status", label)
    else:
        patch = _labels("other", label)
        doubt = "known without a value of its own; move it to labels.status if it tells one"
    scan.meet(Novelty(kind, label, patch, doubt, like), *(lines or (item.line.number,)))


def _labels(kind: str, label: str) -> Patch:
    return {"labels": {kind: {"labels": [fold(label)]}}}


def _districts(scan: Scan, label: str) -> Patch:
    """A head for a list of districts, without the known words said of it ("interessate")."""
    words = fold(label).replace("’", "'").split()
    said = scan.vocabulary["districts"]["qualifiers"]
    for place in range(1, len(words)):
        if " ".join(words[place:]) in said:
            words = words[:place]
            break
    return {"districts": {"heads": [" ".join(words)]}}


def _is_list_of_names(value: str) -> bool:
    names = [name.strip() for name in re.split(r"[,;]", value.rstrip("."))]
    return len(names) > 1 and all(_NAME.match(name) and len(name.split()) <= 4 for name in names)


def _clean(printed: str) -> str:
    """A label without footnote marks and what else does not belong to its words."""
    return _FOOTNOTE.sub("", printed.strip(" :.-–—")).strip()
