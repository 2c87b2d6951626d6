"""What a financial controller asks of the sheets of one edition, beside its sums.

Each control speaks only where the report cannot be right as it is printed, or was misread; what is
merely unusual is data, not a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from parsers.report import Action, Dated, Funding, Project, Report, Signal, Total
from parsers.values import amounts
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.tables import sources_sum

_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
}
# Words that head a section by the axis of its actions; ambits and objectives number otherwise.
_AXIS = Lazy(r"(?:asse|asse prioritario|priorità)\s+(?P<number>\d{1,2}|[IVX]+)\b", re.IGNORECASE)
# So many sums under labels of the codes' own programme make it the rule.
_HABIT = 3
# Sources that are paid out of the programmes' own budgets, by the family of the programme.
_PAID_BY = {"pon_metro": "pon", "react_eu": "pon", "poc_metro": "poc", "pn_metro_plus": "pn"}


def controls(report: Report, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Findings on codes against the programme, on sums against each other, and on dates."""
    yield from _programmes(report)
    for project in report.projects:
        for action in project.actions:
            yield from _axis(action, project, vocabulary)
            yield from _twice(action)
            yield from _below(action)
            yield from _budget(action, vocabulary)
            yield from _dates(action.dates, action, vocabulary)


def _heading(action: Action) -> str:
    return f"{action.code_text.value} {action.title.value}".strip()


def _axis(action: Action, project: Project, vocabulary: Vocabulary) -> Iterator[Signal]:
    code, line = action.code, action.heading_line
    axes = vocabulary["axes"].get(code.family)
    if axes is None or code.axis is None:
        return  # a programme without numbered axes
    axis = axes.get(str(code.axis))
    programme = vocabulary["programmes"][code.family]["label_it"]
    if axis is None:
        message = f"{programme} has no axis {code.axis}; its axes are {', '.join(axes)}"
        yield Signal("unknown_axis", message, line, _heading(action), code.canonical)
    elif code.specific_objective not in axis.get("objectives", (code.specific_objective,)):
        message = (
            f"axis {code.axis} of {programme} has no objective {code.specific_objective}; "
            f"its objectives are {', '.join(axis['objectives'])}"
        )
        yield Signal("unknown_axis", message, line, _heading(action), code.canonical)
    section = _AXIS.match(project.title.value) if project.number is None else None
    if section is None:
        return
    printed = section["number"].upper()
    number = int(printed) if printed.isdigit() else _ROMAN.get(printed)
    if number is not None and number != code.axis:
        message = (
            f"the code says axis {code.axis}, the section's heading (line {project.heading_line}) "
            f"axis {number}"
        )
        yield Signal("axis_mismatch", message, line, _heading(action), code.canonical)


def _programmes(report: Report) -> Iterator[Signal]:
    """The only sum under another programme's label: "PN METRO" among many "PON METRO".

    Programmes do pay for each other's actions; then more than one sheet says so.
    """
    by_programme: dict[bool, list[tuple[Action, Funding]]] = {True: [], False: []}
    for project in report.projects:
        for action in project.actions:
            for item in action.funding:
                if item.source in _PAID_BY:
                    own = _PAID_BY[item.source] == action.code.family
                    by_programme[own].append((action, item))
    if len(by_programme[False]) != 1 or len(by_programme[True]) < _HABIT:
        return
    action, item = by_programme[False][0]
    yield Signal(
        "source_mismatch",
        "the label names another programme than the action's code, and no other sum does; "
        "a letter of it may be damaged",
        item.line,
        f"{item.label.value} {item.printed.value}".strip(),
        action.code.canonical,
    )


def _twice(action: Action) -> Iterator[Signal]:
    """The same label with the same sum: a line that was copied or read twice."""
    seen: dict[tuple[str, Decimal], int] = {}
    for item in action.funding:
        if not item.amount:
            continue
        key = (re.sub(r"\W", "", item.label.value).casefold(), item.amount)
        if key in seen:
            yield Signal(
                "funding_twice",
                f"the label is printed with the same sum at line {seen[key]}; both count in "
                f"sources_sum_eur, which comes to {sources_sum(action)}",
                item.line,
                f"{item.label.value} {item.printed.value}".strip(),
                action.code.canonical,
            )
        seen.setdefault(key, item.line)


def _below(action: Action) -> Iterator[Signal]:
    """A total below a source; where all sources are read, ``total_mismatch`` says so already."""
    if sources_sum(action) is not None:
        return
    for total in action.totals:
        for item in action.funding:
            if total.amount is None or item.amount is None or total.amount >= item.amount:
                continue
            yield Signal(
                "total_below_source",
                f"the stated total is {total.amount}, the source at line {item.line} alone "
                f"{item.amount}",
                total.line,
                f"{total.label.value} {total.printed.value}".strip(),
                action.code.canonical,
            )


def _budget(action: Action, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Sums greater than the budget of their axis or programme; of others, than any programme."""
    programmes = vocabulary["programmes"]
    budgets = {
        family: own["budget_eur"] for family, own in programmes.items() if "budget_eur" in own
    }
    largest = max(budgets.values(), default=None)
    axis = vocabulary["axes"].get(action.code.family, {}).get(str(action.code.axis), {})
    sums: list[tuple[Funding | Total, str | None]] = [
        (item, _PAID_BY.get(item.source)) for item in action.funding
    ]
    sums += [(total, None) for total in action.totals]
    for item, family in sums:
        bound, what = largest, "any of the programmes"
        if family is not None:
            bound, what = budgets.get(family, largest), "the programme"
            if family == action.code.family and "budget_eur" in axis:
                bound, what = axis["budget_eur"], f"axis {action.code.axis}"
        if item.amount is not None and bound is not None and item.amount > bound:
            yield Signal(
                "amount_implausible",
                f"{amounts.display(item.amount)} euro is more than {what} ever had "
                f"({amounts.display(Decimal(bound))})",
                item.line,
                f"{item.label.value} {item.printed.value}".strip(),
                action.code.canonical,
            )


def _dates(dates: list[Dated], action: Action, vocabulary: Vocabulary) -> Iterator[Signal]:
    """Steps of a status before money could be spent; a description may tell of older things."""
    programme = vocabulary["programmes"].get(action.code.family, {})
    first = programme.get("first_date")
    if first is None:
        return
    for dated in dates:
        last = dated.value.date_to or dated.value.date_from
        if dated.context == "status" and last is not None and last < first:
            yield Signal(
                "date_before_programme",
                f"the status dates a step to {last.isoformat()} or before; "
                f"{programme['label_it']} began on {first.isoformat()}",
                dated.text.line,
                dated.text.value,
                action.code.canonical,
            )
