"""The overview: what the published editions say, as charts with their numbers beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.pages.digest import Digest
from pipeline.pages.figures import by_axis, by_phase, by_project, by_source, milestones
from pipeline.pages.html import asset, bilingual, document, tag, text
from pipeline.pages.published import Labels, Publication
from pipeline.pages.tables import blank_cell, count_cell, euro_cell, listing, unreadable_cell
from pipeline.pages.words import euros, name_of
from pipeline.schema import TABLES

_SHOWN_CHANGES = 200

_SCRIPTS = ("base.js", "overview.js")
_STYLES = ("base.css", "overview.css")


def overview_page(publication: Publication, digests: Sequence[Digest]) -> str:
    """The page as one HTML file; its links lead to the other files of the publication."""
    labels = publication.labels
    latest = [one for one in digests if one.facts["is_latest"] == "true"]
    sections = "\n".join(_edition(one, labels, first=at == 0) for at, one in enumerate(latest))
    script = "(() => {\n'use strict';\n" + "\n".join(map(asset, _SCRIPTS)) + "\n})();"
    return document(
        "overview.html",
        "\n".join(map(asset, _STYLES)),
        script,
        {
            "patterns": asset("patterns.svg"),
            "choice": _choice(latest),
            "editions": _editions(digests),
            "sections": sections,
            "downloads": _downloads(publication.package),
        },
    )


def review_path(edition_id: str) -> str:
    """Where the review page of an edition stands, from the overview."""
    return f"review/{edition_id}.html"


def _choice(latest: Sequence[Digest]) -> str:
    if len(latest) < 2:
        return ""
    options = "".join(
        tag("option", text(name_of(one.facts)), value=one.facts["edition_id"]) for one in latest
    )
    words = bilingual("Edizione mostrata", "Edition shown")
    return tag("p", tag("label", f"{words} {tag('select', options, id='choice')}"), class_="choice")


def _editions(digests: Sequence[Digest]) -> str:
    head = (
        ("Edizione", "Edition", None),
        ("Data", "Date", None),
        ("Progetti", "Projects", "number"),
        ("Azioni", "Actions", "number"),
        ("Euro", "Euros", "number"),
        ("Segnalazioni", "Findings", "number"),
    )
    rows = []
    for one in digests:
        facts = one.facts
        link = tag(
            "a",
            text(name_of(facts)),
            href=review_path(facts["edition_id"]),
            class_="said",
            lang="it",
        )
        older = (
            ""
            if facts["is_latest"] == "true"
            else " " + bilingual("(precedente)", "(earlier)", class_="quiet")
        )
        rows.append(
            [
                tag("th", link + older, scope="row"),
                tag("td", text(facts["reference_date"] or "–")),
                count_cell(len(one.projects)),
                count_cell(len(one.actions)),
                euro_cell(one.total),
                count_cell(sum(one.findings.values())),
            ]
        )
    return listing(head, rows, "Edizioni pubblicate", "Published editions")


def _edition(one: Digest, labels: Labels, *, first: bool) -> str:
    facts = one.facts
    identifier = facts["edition_id"]
    heading = tag("h2", tag("span", text(name_of(facts)), lang="it", class_="said"), id=identifier)
    figures = (
        ("Euro in tutto", "Euros in all", euros(str(one.total))),
        ("Progetti", "Projects", (str(len(one.projects)),) * 2),
        ("Azioni", "Actions", (str(len(one.actions)),) * 2),
        ("Segnalazioni", "Findings", (str(sum(one.findings.values())),) * 2),
    )
    tiles = "".join(
        tag("div", bilingual(italian, english, "dt") + bilingual(value[0], value[1], "dd"))
        for italian, english, value in figures
    )
    link = tag(
        "p",
        tag(
            "a",
            bilingual(
                "Rivedi ogni valore accanto alla sua stampa", "Review each value by its print"
            ),
            href=review_path(identifier),
        ),
    )
    parts = (
        heading,
        tag("dl", tiles, class_="tiles"),
        link,
        tag(
            "div",
            "".join(
                (
                    by_axis(one, labels),
                    by_source(one, labels),
                    by_phase(one, labels),
                    by_project(one, labels),
                    milestones(one, labels),
                )
            ),
            class_="figures",
        ),
        _changes(one, labels),
        _actions(one, labels),
    )
    return tag("section", "".join(parts), class_="edition", aria_labelledby=identifier)


def _changes(one: Digest, labels: Labels) -> str:
    heading = bilingual("Che cosa è cambiato", "What has changed", "h3")
    if not one.changes:
        none = bilingual(
            "Nessuna edizione precedente di questa città e programma, o nessuna differenza.",
            "No earlier edition of this city and programme, or no difference.",
            "p",
            class_="quiet",
        )
        return tag("div", heading + none)
    kinds = Counter(row["kind"] for row in one.changes)
    counted = [(labels.of("change_kind", kind), n) for kind, n in sorted(kinds.items())]
    summary = bilingual(
        f"Rispetto a {one.changes[0]['previous_edition_id']}: "
        + ", ".join(f"{n} {words[0]}" for words, n in counted),
        f"Since {one.changes[0]['previous_edition_id']}: "
        + ", ".join(f"{n} {words[1]}" for words, n in counted),
        "p",
    )
    head = [
        ("Oggetto", "What", None),
        ("Campo", "Field", None),
        ("Tipo", "Kind", None),
        ("Prima", "Before", None),
        ("Dopo", "After", None),
    ]
    body = [
        [
            tag("th", text(row["entity_code"]), scope="row", class_="said"),
            tag("td", text(row["field"])),
            bilingual(*labels.of("change_kind", row["kind"]), "td"),
            tag("td", text(row["before"] or "–"), class_="said", lang="it"),
            tag("td", text(row["after"] or "–"), class_="said", lang="it"),
        ]
        for row in one.changes[:_SHOWN_CHANGES]
    ]
    more = len(one.changes) - _SHOWN_CHANGES
    rest = (
        bilingual(f"E altre {more} in changes.csv.", f"And {more} more in changes.csv.", "p")
        if more > 0
        else ""
    )
    table = listing(head, body, "Differenze", "Differences")
    return tag("div", heading + summary + table + rest)


def _actions(one: Digest, labels: Labels) -> str:
    identifier = one.facts["edition_id"]
    titles = {row["project_id"]: row["title"] for row in one.projects}
    head = (
        ("Codice", "Code", None),
        ("Titolo", "Title", None),
        ("Progetto", "Project", None),
        ("Asse", "Axis", "number"),
        ("Fase", "Phase", None),
        ("Euro", "Euros", "number"),
        ("Segnalazioni", "Findings", "number"),
    )
    order = {phase: str(at) for at, phase in enumerate(labels.list("phase"))}
    body = []
    for row in one.actions:
        link = tag(
            "a",
            text(row["code"]),
            href=f"{review_path(identifier)}#{row['code'].replace(' ', '%20')}",
        )
        body.append(
            [
                tag("th", link, scope="row", class_="code"),
                tag("td", text(row["title"]), lang="it", class_="said"),
                tag("td", text(titles.get(row["project_id"], "–")), lang="it", class_="said"),
                tag("td", text(row["axis"] or "–"), class_="number"),
                bilingual(*labels.of("phase", row["phase"]), "td", data_sort=order[row["phase"]]),
                _sum_cell(row, one),
                count_cell(one.findings_by_action[row["action_id"]]),
            ]
        )
    heading = bilingual("Azioni", "Actions", "h3")
    search = tag(
        "label",
        bilingual("Cerca", "Search") + ' <input type="search" autocomplete="off">',
    )
    count = tag("span", "", role="status", class_="quiet")
    table = listing(head, body, "Azioni", "Actions", sortable=True)
    return tag("div", heading + tag("p", search + count, class_="search") + table, class_="actions")


def _sum_cell(action: dict[str, str], one: Digest) -> str:
    if action["sources_sum_eur"]:
        return euro_cell(Decimal(action["sources_sum_eur"]))
    return unreadable_cell() if action["action_id"] in one.unreadable else blank_cell()


def _downloads(package: dict[str, Any]) -> str:
    """Each table with what it holds and where it is; then the files about them all."""
    by_table: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for resource in package["resources"]:
        stem = resource["path"].rpartition("/")[2].rpartition(".")[0]
        by_table[stem][resource.get("format") or resource["path"].rpartition(".")[2]] = resource
    head = (
        ("Tabella", "Table", None),
        ("Che cosa contiene", "What it holds", None),
        ("File", "File", None),
    )
    body = []
    for name, forms in by_table.items():
        resource = next(iter(forms.values()))
        links = " ".join(
            tag("a", text(form.upper()), href=one["path"], aria_label=f"{name} {form.upper()}")
            for form, one in forms.items()
        )
        body.append(
            [
                tag("th", tag("code", text(name)), scope="row"),
                _described(name, resource),
                tag("td", links, class_="links"),
            ]
        )
    for path, italian, english in (
        (
            "datapackage.json",
            "Descrizione di ogni tabella e colonna, per programmi.",
            "Description of each table and column, for programs.",
        ),
        ("run.json", "Che cosa ha fatto l’ultima esecuzione.", "What the last run did."),
    ):
        body.append(
            [
                tag("th", tag("code", text(path)), scope="row"),
                bilingual(italian, english, "td"),
                tag("td", tag("a", "JSON", href=path, aria_label=path), class_="links"),
            ]
        )
    return listing(head, body, "File da scaricare", "Files to download")


def _described(name: str, resource: dict[str, Any]) -> str:
    table = TABLES.get(name)
    if table is None:
        return tag("td", text(resource.get("description", "")))
    return bilingual(table.description_it, table.description_en, "td")
