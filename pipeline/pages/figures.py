"""The figures of the overview: each a chart, and beside it a table of the same numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from pipeline.pages import charts
from pipeline.pages.charts import Bar, Span
from pipeline.pages.digest import ZERO, Digest
from pipeline.pages.html import bilingual, tag, text
from pipeline.pages.published import Labels
from pipeline.pages.tables import count_cell, euro_cell, listing
from pipeline.pages.words import euros

LANGUAGES = ("it", "en")
"""Every chart is drawn once in each; words come in pairs in this order."""

_SHOWN_PROJECTS = 24
_SHOWN_DATES = 30


def by_axis(one: Digest, labels: Labels) -> str:
    """Euros by axis and source: a chart and its table, as all figures here."""
    rows = []
    for axis in sorted(one.by_axis, key=lambda axis: (axis == "", axis.zfill(3))):
        number = ("Senza asse", "No axis") if not axis else labels.of(one.axes, axis)
        words = tuple(f"{axis} {name}" if axis else name for name in number)
        rows.append((words, one.by_axis[axis]))
    return _money("axis", "Euro per asse e fonte", "Euros by axis and source", rows, one, labels)


def by_source(one: Digest, labels: Labels) -> str:
    """Euros by source."""
    rows = [
        (labels.of("source", source), {source: one.by_source[source]})
        for source in _ordered(one.by_source, labels)
    ]
    return _money("source", "Euro per fonte", "Euros by source", rows, one, labels)


def by_project(one: Digest, labels: Labels) -> str:
    """Euros by project and source, the largest first; the smallest as one row."""
    titles = {row["project_id"]: f"{row['number']} {row['title']}".strip() for row in one.projects}
    ordered = sorted(
        one.by_project, key=lambda key: (-sum(one.by_project[key].values(), ZERO), key)
    )
    rows = [
        ((titles.get(key) or "–",) * 2, one.by_project[key]) for key in ordered[:_SHOWN_PROJECTS]
    ]
    rest: dict[str, Decimal] = {}
    for key in ordered[_SHOWN_PROJECTS:]:
        for source, amount in one.by_project[key].items():
            rest[source] = rest.get(source, ZERO) + amount
    if rest:
        count = len(ordered) - _SHOWN_PROJECTS
        rows.append(((f"Altri {count} progetti", f"{count} other projects"), rest))
    return _money("project", "Euro per progetto", "Euros by project", rows, one, labels)


def _money(
    name: str,
    italian: str,
    english: str,
    rows: Sequence[tuple[tuple[str, ...], dict[str, Decimal]]],
    one: Digest,
    labels: Labels,
) -> str:
    """A chart of amounts and the table of the same numbers."""
    sources = [source for source in _ordered(one.by_source, labels) if one.by_source[source]]
    drawn = []
    for at in range(len(LANGUAGES)):
        shown = [euros(str(sum(parts.values(), ZERO)))[at] for _, parts in rows]
        drawn.append(
            charts.bars(
                [
                    Bar(words[at], tuple((s, parts[s]) for s in sources if parts.get(s)))
                    for words, parts in rows
                ],
                series=[(source, labels.of("source", source)[at]) for source in sources],
                shown=shown,
                label=(italian, english)[at],
            )
        )
    head = [("", "", None), ("Euro", "Euros", "number"), ("%", "%", "number")]
    whole = one.total or Decimal(1)
    body = []
    for words, parts in rows:
        amount = sum(parts.values(), ZERO)
        share = f"{amount / whole * 100:.1f}"
        body.append(
            [
                bilingual(words[0], words[1], "th", scope="row", class_="said"),
                euro_cell(amount),
                bilingual(share.replace(".", ","), share, "td", class_="number"),
            ]
        )
    return _figure(name, italian, english, drawn, listing(head, body, italian, english), one)


def by_phase(one: Digest, labels: Labels) -> str:
    """Actions by phase, with their euros."""
    counts = Counter(row["phase"] for row in one.actions)
    phases = [phase for phase in labels.list("phase") if counts[phase]]
    drawn = [
        charts.bars(
            [Bar(labels.of("phase", p)[at], (("actual", Decimal(counts[p])),)) for p in phases],
            series=[("actual", ("azioni", "actions")[at])],
            shown=[str(counts[phase]) for phase in phases],
            label=("Azioni per fase", "Actions by phase")[at],
        )
        for at in range(len(LANGUAGES))
    ]
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in one.actions:
        sums[row["phase"]] += Decimal(row["sources_sum_eur"] or 0)
    head = [("", "", None), ("Azioni", "Actions", "number"), ("Euro", "Euros", "number")]
    body = [
        [
            bilingual(*labels.of("phase", phase), "th", scope="row"),
            count_cell(counts[phase]),
            euro_cell(sums[phase]),
        ]
        for phase in phases
    ]
    table = listing(head, body, "Azioni per fase", "Actions by phase")
    return _figure("phase", "Azioni per fase", "Actions by phase", drawn, table, one)


def milestones(one: Digest, labels: Labels) -> str:
    """The dates that the sheets state, over time."""
    codes = {row["action_id"]: row["code"] for row in one.actions}
    titles = {row["project_id"]: row["title"] for row in one.projects}
    dated = [row for row in one.dates if row["date_from"] or row["date_to"]]
    dated.sort(key=lambda row: (row["date_to"] or row["date_from"], row["id"]))
    stated = [row for row in dated if row["context"] != "description"]

    def of(row: dict[str, str]) -> str:
        return codes.get(row["action_id"]) or titles.get(row["project_id"]) or ""

    italian, english = "Date scritte nello stato e negli avvisi", "Dates in status and notices"
    drawn = [
        charts.timeline(
            [
                Span(
                    f"{of(row)} · {row['text']}",
                    row["date_from"],
                    row["date_to"],
                    row["modality"] == "planned",
                )
                for row in stated[:_SHOWN_DATES]
            ],
            words=(labels.of("modality", "actual")[at], labels.of("modality", "planned")[at]),
            label=(italian, english)[at],
        )
        for at in range(len(LANGUAGES))
        if stated
    ]
    head = [
        ("Azione", "Action", None),
        ("Data", "Date", None),
        ("Dal", "From", None),
        ("Al", "To", None),
        ("Modalità", "Modality", None),
    ]
    body = [
        [
            tag("th", text(of(row)), scope="row", class_="said"),
            tag("td", text(row["text"]), lang="it", class_="said"),
            tag("td", text(row["date_from"] or "–"), class_="day"),
            tag("td", text(row["date_to"] or "–"), class_="day"),
            bilingual(*labels.of("modality", row["modality"]), "td"),
        ]
        for row in dated
    ]
    if not dated:
        return ""
    table = listing(head, body, "Date scritte nel testo", "Dates written in the text")
    return _figure("time", italian, english, drawn, table, one)


def _figure(
    name: str, italian: str, english: str, drawn: Sequence[str], table: str, one: Digest
) -> str:
    pictures = "".join(
        tag(
            "div",
            svg,
            class_="chart",
            lang=language,
            tabindex="0",
            role="group",
            aria_label=(italian, english)[at],
        )
        for at, (language, svg) in enumerate(zip(LANGUAGES, drawn, strict=False))
    )
    caption = bilingual(italian, english, "h3")
    return tag(
        "section", caption + tag("div", pictures + table, class_="side"), class_=f"figure {name}"
    )


def _ordered(sums: dict[str, Decimal], labels: Labels) -> list[str]:
    known = list(labels.list("source"))
    return sorted(sums, key=lambda source: known.index(source))
