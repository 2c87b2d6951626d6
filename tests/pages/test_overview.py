"""The overview in a real browser: charts with their numbers, and every link."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.pages.conftest import Site

Look = Callable[..., Any]
ABRIDGED = "milano-dopo"


def amount(shown: str) -> Decimal:
    """Read an amount as the Italian page shows it."""
    return Decimal(shown.replace(" €", "").replace(".", "").replace(",", "."))


def figure(page: Any, name: str) -> dict[str, str]:
    """First two columns of a figure's table."""
    rows = page.locator(f".edition:not([hidden]) .figure.{name} tbody tr").evaluate_all(
        "rows => rows.map((row) => [row.cells[0].textContent, row.cells[1].textContent])"
    )
    return dict(rows)


@pytest.fixture
def page(site: Site, look: Look) -> Any:
    """The overview, with one known edition chosen."""
    page = look(site.url("index.html"))
    page.locator("#choice").select_option(ABRIDGED)
    return page


def test_numbers_beside_the_charts_are_those_of_the_tables(site: Site, page: Any) -> None:
    actions = {row["action_id"]: row for row in site.rows("actions", ABRIDGED)}
    labels = {(row["list"], row["code"]): row["label_it"] for row in site.rows("codes")}
    by_axis: dict[str, Decimal] = defaultdict(Decimal)
    by_source: dict[str, Decimal] = defaultdict(Decimal)
    by_project: dict[str, Decimal] = defaultdict(Decimal)
    for row in site.rows("funding", ABRIDGED):
        money, action = Decimal(row["amount_eur"] or 0), actions[row["action_id"]]
        by_axis[f"{action['axis']} {labels['axis', action['axis']]}"] += money
        by_source[labels["source", row["source"]]] += money
        by_project[action["project_id"]] += money
    titles = {
        row["project_id"]: f"{row['number']} {row['title']}".strip()
        for row in site.rows("projects", ABRIDGED)
    }
    wanted = {
        "axis": by_axis,
        "source": by_source,
        "project": {titles[key]: money for key, money in by_project.items()},
    }
    for name, sums in wanted.items():
        shown = {words: amount(money) for words, money in figure(page, name).items()}
        assert shown == sums, name
    phases: dict[str, int] = defaultdict(int)
    for action in actions.values():
        phases[labels["phase", action["phase"]]] += 1
    assert {words: int(count) for words, count in figure(page, "phase").items()} == phases


def test_every_chart_is_drawn_in_both_languages_and_told_apart_without_colour(
    page: Any,
) -> None:
    charts = page.locator(".edition:not([hidden]) .figure")
    assert charts.count() == 5
    for at in range(charts.count()):
        one = charts.nth(at)
        assert one.locator(".chart svg").count() == 2
        visible = one.locator(".chart[lang=it] svg")
        assert visible.is_visible()
        assert visible.get_attribute("role") == "img"
        assert visible.get_attribute("aria-label")
        assert visible.locator("path[fill^='url(#fill-']").count() > 0
        assert visible.locator("text").count() > 0
        assert not one.locator(".chart[lang=en] svg").is_visible()
    used = set(
        page.locator("path[fill^='url(#fill-']").evaluate_all(
            "all => all.map((one) => one.getAttribute('fill').slice(5, -1))"
        )
    )
    drawn = page.locator("pattern").evaluate_all("all => all.map((one) => [one.id, one.innerHTML])")
    assert used <= {name for name, _ in drawn}
    money = [inner for name, inner in drawn if name not in ("fill-actual", "fill-planned")]
    shapes = {"".join(part for part in inner.split('"') if "class" not in part) for inner in money}
    assert len(shapes) == len(money)
    page.locator("#language").click()
    assert charts.first.locator(".chart[lang=en] svg").is_visible()


def test_a_bar_is_as_long_as_its_amount(page: Any) -> None:
    sums = [float(amount(one)) for one in figure(page, "source").values()]
    lengths = page.locator(
        ".edition:not([hidden]) .figure.source .chart[lang=it] path[stroke][fill^='url(']"
    ).evaluate_all(
        "all => all.map((one) => one.getBBox())"
        ".filter((box) => Math.abs(box.height - 14) < 0.5).map((box) => box.width)"
    )
    longest = max(lengths)
    scaled = [one / max(sums) * longest for one in sums if one]
    assert lengths == pytest.approx(scaled, abs=0.5)


def test_what_changed_since_the_edition_before(site: Site, page: Any) -> None:
    changes = site.rows("changes", ABRIDGED)
    assert changes
    text = page.locator(".edition:not([hidden])").inner_text()
    assert f"Rispetto a {changes[0]['previous_edition_id']}" in text
    for row in changes:
        assert row["entity_code"] in text
        assert (row["after"] or row["before"]) in text


def test_actions_are_searched_and_sorted(site: Site, page: Any) -> None:
    rows = page.locator(".edition:not([hidden]) .actions tbody tr")
    actions = site.rows("actions", ABRIDGED)
    assert rows.count() == len(actions)
    search = page.locator(".edition:not([hidden]) .actions input")
    wanted = [row for row in actions if "abitare" in row["title"].lower()]
    search.fill("ABITARE")
    assert rows.locator("visible=true").count() >= len(wanted) > 0
    search.fill(actions[3]["code"])
    assert rows.locator("visible=true").count() == 1
    search.fill("")
    header = page.locator(".edition:not([hidden]) .actions th", has_text="Euro")
    header.locator("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    column = [row["sources_sum_eur"] for row in actions]
    first = rows.first.locator("td").nth(4).inner_text()
    assert amount(first) == max(Decimal(one) for one in column if one)
    header.locator("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert rows.last.locator("td").nth(4).inner_text() == first
    code = page.locator(".edition:not([hidden]) .actions th", has_text="Codice")
    code.locator("button").click()
    codes = rows.locator("th").all_inner_texts()
    assert codes == sorted(codes)


def test_every_link_leads_to_something_published(site: Site, look: Look) -> None:
    page = look(site.url("index.html"))
    links = page.locator("a[href]").evaluate_all(
        "all => all.map((one) => one.getAttribute('href'))"
    )
    files = {link.partition("#")[0] for link in links if not link.startswith("#")}
    assert [name for name in files if not (site.output / name).is_file()] == []
    package = json.loads((site.output / "datapackage.json").read_bytes())
    assert {resource["path"] for resource in package["resources"]} <= files
    row = site.rows("actions", ABRIDGED)[2]
    page.locator("#choice").select_option(ABRIDGED)
    page.locator(".edition:not([hidden]) .actions a", has_text=row["code"]).first.click()
    assert page.locator("#record [data-key$='/code']").inner_text() == row["code"]


def test_a_telephone_and_no_script(site: Site, browser: Any, look: Look) -> None:
    page = look(site.url("index.html"), viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(site.url("index.html"))
    assert bare.locator(".edition:visible").count() == bare.locator(".edition").count() > 1
    assert bare.locator(".chart[lang=it] svg").first.is_visible()
    context.close()
