"""The review page in a real browser: every value leads to its print, and back."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from pipeline.pages import write_pages
from pipeline.talk import Talk
from tests.pages.conftest import Site, copy_tables, table
from tests.pages.walk import WALK, cells, near, places, record_of, wrong_cells

EDITIONS = ("milano-2022-abridged", "altra", "paginata", "milano-dopo", "ostile")
PICTURED = ("milano-2022-abridged", "altra")

Look = Callable[..., Any]

SCROLLED = """(one, top) => new Promise((done) => {
  one.scrollTop = top;
  // A page that was out of sight is drawn with the next frame.
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_every_published_cell_lights_the_place_it_is_printed_at(
    site: Site, look: Look, edition_id: str
) -> None:
    page = look(site.url(f"review/{edition_id}.html"))
    assert wrong_cells(site, edition_id, page) == []


@pytest.mark.parametrize("edition_id", PICTURED)
def test_derived_values_light_what_they_follow_from(
    site: Site, look: Look, edition_id: str
) -> None:
    found = look(site.url(f"review/{edition_id}.html")).evaluate(WALK)
    traced = cells(site, edition_id)
    actions = site.rows("actions", edition_id)
    funding = site.rows("funding", edition_id)
    for at, action in enumerate(actions):
        if action["sources_sum_eur"]:
            amounts = [
                piece
                for row, money in enumerate(funding)
                if money["action_id"] == action["action_id"]
                for piece in traced.get(f"funding/{row}/amount_eur", ())
            ]
            lit = {tuple(one) for one in found[f"actions/{at}/sources_sum_eur"]["places"]}
            assert near(lit, places(site, edition_id, amounts))
        if action["axis"]:
            lit = {tuple(one) for one in found[f"actions/{at}/axis"]["places"]}
            assert near(lit, places(site, edition_id, traced[f"actions/{at}/code"]))


def test_fifty_values_by_hand(site: Site, look: Look) -> None:
    edition_id = "milano-2022-abridged"
    page = look(site.url(f"review/{edition_id}.html"))
    wanted = cells(site, edition_id)
    chance = random.Random(50)
    for key in chance.sample(sorted(wanted), 50):
        page.locator("#list button").nth(record_of(site, edition_id, key)).click()
        cell = page.locator(f'[data-key="{key}"]')
        if not cell.is_visible():
            page.locator("#record summary").click()
        cell.click()
        lit = page.locator("#sheet rect.lit")
        assert lit.count() == len(places(site, edition_id, wanted[key]))
        inner, outer = lit.first.bounding_box(), page.locator("#sheet").bounding_box()
        assert outer["y"] <= inner["y"] + 1, key
        assert inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1, key
        assert cell.get_attribute("aria-pressed") == "true"
        line = wanted[key][0]["line"]
        assert re.search(rf"riga {line}\b", page.locator("#trace").inner_text()), key


@pytest.mark.parametrize("edition_id", ["milano-2022-abridged", "milano-dopo"])
def test_a_place_on_the_page_shows_the_value_read_there(
    site: Site, look: Look, edition_id: str
) -> None:
    page = look(site.url(f"review/{edition_id}.html"))
    wanted = cells(site, edition_id)
    chance = random.Random(1)
    amounts = sorted(key for key in wanted if key.endswith(("amount_eur", "/code", "date_from")))
    for key in chance.sample(amounts, 20):
        page.locator("#list button").nth(record_of(site, edition_id, key)).click()
        page.locator(f'[data-key="{key}"]').click()
        spot = page.locator("#sheet .lit, #sheet mark.value").first.bounding_box()
        scrolled = page.locator("#sheet").evaluate("one => one.scrollTop")
        page.locator("#list button").first.click()
        assert page.locator("#record .eyebrow").inner_text() == "Edizione"
        page.locator("#sheet").evaluate(SCROLLED, scrolled)
        page.mouse.click(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
        chosen = page.locator('#record [aria-pressed="true"]').get_attribute("data-key")
        here = {(piece["line"], piece["char_start"]) for piece in wanted[key]}
        there = {
            (piece["line"], at)
            for piece in wanted[chosen]
            for at in map(str, range(int(piece["char_start"]), int(piece["char_end"])))
        }
        assert here & there, (key, chosen)


def test_a_sum_shows_its_three_places(site: Site, look: Look) -> None:
    edition_id = "ostile"
    page = look(site.url(f"review/{edition_id}.html", "VE4.1.1.a"))
    sums = page.locator(".sums")
    assert "la somma non torna" in sums.inner_text()
    action = site.rows("actions", edition_id)[0]
    amounts = [
        Decimal(row["amount_eur"])
        for row in site.rows("funding", edition_id)
        if row["action_id"] == action["action_id"] and row["amount_eur"]
    ]
    difference = sum(amounts) - Decimal(action["total_stated_eur"])
    shown = [
        Decimal(
            page.locator(f'[data-sum="{part}"]')
            .inner_text()
            .translate(str.maketrans({".": None, ",": ".", "−": "-", "€": None}))
        )
        for part in ("sources", "total", "difference")
    ]
    assert shown == [sum(amounts), Decimal(action["total_stated_eur"]), difference]
    assert difference != 0
    for part, sources, totals in (
        ("sources", len(amounts), 0),
        ("total", 0, 1),
        ("difference", len(amounts), 1),
    ):
        page.locator(f'[data-sum="{part}"]').click()
        assert page.locator("mark.source").count() == sources
        assert page.locator("mark.total").count() == totals


def test_a_right_sum_says_so(site: Site, look: Look) -> None:
    page = look(site.url("review/milano-2022-abridged.html"))
    rows = site.rows("actions", "milano-2022-abridged")
    stated = next(row["code"] for row in rows if row["total_stated_eur"])
    silent = next(row["code"] for row in rows if not row["total_stated_eur"] and row["phase"])
    page.locator("#list button", has_text=stated).click()
    assert "la somma torna" in page.locator(".sums").inner_text()
    page.locator("#list button", has_text=silent).click()
    assert page.locator(".sums").count() == 0


def test_findings_one_after_the_other(site: Site, look: Look) -> None:
    edition_id = "milano-2022-abridged"
    page = look(site.url(f"review/{edition_id}.html"))
    wanted = sorted(int(row["line"]) for row in site.rows("findings", edition_id))
    assert len(wanted) > 2
    lines = []
    for _ in wanted:
        page.locator("#next-finding").click()
        lines.append(int(re.search(r"riga (\d+)$", page.locator("#trace").inner_text())[1]))
        assert page.locator("rect.lit.problem").count() == 1
    assert lines == wanted
    page.locator("#previous-finding").click()
    assert page.locator("#finding").inner_text().startswith(f"{len(wanted) - 1} di {len(wanted)}")


@pytest.mark.parametrize("edition_id", PICTURED)
def test_filters_show_the_rows_that_the_tables_have(
    site: Site, look: Look, edition_id: str
) -> None:
    page = look(site.url(f"review/{edition_id}.html"))
    actions = site.rows("actions", edition_id)
    projects = [row["project_id"] for row in site.rows("projects", edition_id)]
    flagged = {row["action_id"] for row in site.rows("findings", edition_id)}

    def shown() -> int:
        return page.locator("#list .action").count()

    assert shown() == len(actions)
    for name, value, fits in (
        ("by-project", "1", lambda row: row["project_id"] == projects[1]),
        ("by-axis", actions[0]["axis"], lambda row: row["axis"] == actions[0]["axis"]),
        ("by-phase", actions[0]["phase"], lambda row: row["phase"] == actions[0]["phase"]),
        ("by-finding", "any", lambda row: row["action_id"] in flagged),
    ):
        wanted = [row for row in actions if fits(row)]
        if value and (wanted or value != "any"):
            page.locator(f"#{name}").select_option(value)
            assert shown() == len(wanted), name
            assert str(len(wanted)) in page.locator("#count").inner_text()
            page.locator(f"#{name}").select_option("")
    page.locator("#search").fill(actions[-1]["code"].lower())
    assert shown() >= 1
    page.locator("#search").fill("nessuna-scheda-dice-questo")
    assert shown() == 0


def test_keyboard_alone(site: Site, look: Look) -> None:
    page = look(site.url("review/milano-2022-abridged.html"))

    def current() -> str:
        return str(page.locator("#list [aria-current]").inner_text())

    first = current()
    page.keyboard.press("j")
    second = current()
    assert second != first
    page.keyboard.press("k")
    assert current() == first
    page.keyboard.press("n")
    assert page.locator("rect.lit.problem").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("rect.lit").count() == 0
    page.keyboard.press(".")
    assert page.locator("rect.lit").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("njk?")
    assert page.locator("#search").input_value() == "njk?"
    page.locator("#search").fill("")
    page.locator("#record").focus()
    page.keyboard.press("?")
    assert page.locator("#manual").is_visible()
    page.locator("#keys").uncheck()
    page.keyboard.press("Escape")
    page.locator("#record").focus()
    before = current()
    page.keyboard.press("j")
    assert current() == before
    page.locator("[data-key$='/code']").focus()
    page.keyboard.press("Enter")
    assert page.locator("rect.lit.value").count() == 1


def test_tab_leads_past_the_list_by_the_skip_link(site: Site, look: Look) -> None:
    page = look(site.url("review/milano-2022-abridged.html"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "record"


def test_english_by_a_switch(site: Site, look: Look) -> None:
    page = look(site.url("review/milano-2022-abridged.html"))
    page.locator('[data-key$="amount_eur"]').first.click()
    italian = page.locator("#record h3").first.inner_text()
    page.locator("#language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    text = page.locator("body").inner_text()
    assert "Keyboard and help" in text
    assert page.locator("#record h3").first.inner_text() != italian
    assert page.locator("rect.lit.value").count() == 1
    assert page.locator("#sheet").get_attribute("aria-label") == "Pages of the source"
    page.locator("#language").click()
    assert page.locator("#help").inner_text() == "Tastiera e aiuto"


def test_a_telephone_shows_it_all_and_nothing_sticks_out(site: Site, look: Look) -> None:
    for edition_id in ("altra", "ostile"):
        page = look(
            site.url(f"review/{edition_id}.html"),
            viewport={"width": 360, "height": 740},
            has_touch=True,
            is_mobile=True,
        )
        page.locator('[data-key$="amount_eur"]').first.tap()
        lit = page.locator("#sheet .lit, #sheet mark.value").first.bounding_box()
        sheet = page.locator("#sheet").bounding_box()
        assert sheet["y"] <= lit["y"] <= sheet["y"] + sheet["height"]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pages_are_the_print_and_pictures_load(site: Site, look: Look) -> None:
    page = look(site.url("review/milano-2022-abridged.html"))
    page.locator(".leaf.pictured").first.wait_for()
    wide, high = page.locator(".leaf img").first.evaluate(
        "one => [one.naturalWidth, one.naturalHeight]"
    )
    assert abs(wide / high - 595.28 / 841.89) < 0.01
    assert (site.output / "review/milano-2022-abridged.html").stat().st_size < 5_000_000


@pytest.fixture(scope="module")
def drawn(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages without the sources at hand, of tables in which one line was taken by no rule."""

    def unclassified(name: str, text: str) -> str:
        if name != "lines":
            return text
        line = re.compile(r"^(.*),furniture,", re.MULTILINE)
        assert line.search(text)
        return line.sub(r"\1,unclassified,", text, count=1)

    folder = tmp_path_factory.mktemp("drawn")
    copy_tables(site, folder, "milano-2022-abridged", unclassified)
    said = StringIO()
    write_pages(folder, [], talk=Talk(stream=said))
    assert "is not at hand" in said.getvalue()
    return folder


def test_without_the_source_pages_are_drawn_from_their_lines(drawn: Path, look: Look) -> None:
    page = look((drawn / "review/milano-2022-abridged.html").as_uri())
    texts = page.locator(".leaf").nth(0).locator(".print text").all_text_contents()
    printed = "".join(
        row["text"] for row in table(drawn, "lines", "milano-2022-abridged") if row["page"] == "1"
    )
    assert "".join("".join(texts).split()) == "".join(printed.split())
    assert page.locator(".leaf img").count() == 0
    page.locator('[data-key$="amount_eur"]').first.click()
    lit = page.locator("rect.lit").bounding_box()
    text = page.locator("text", has_text="€").first.bounding_box()
    assert abs(lit["x"] - text["x"]) < 2
    assert abs(lit["width"] - text["width"]) < 3


def test_what_no_rule_took_is_red_and_listed(drawn: Path, look: Look) -> None:
    page = look((drawn / "review/milano-2022-abridged.html").as_uri() + "#edition")
    line = next(
        row
        for row in table(drawn, "lines", "milano-2022-abridged")
        if row["role"] == "unclassified"
    )
    listed = page.locator(".unclaimed-list li")
    assert listed.count() == 1
    assert line["text"].strip() in listed.inner_text()
    listed.locator("button").click()
    assert page.locator("rect.unclaimed").count() == 1
    red, lit = (page.locator(f"rect.{kind}").bounding_box() for kind in ("unclaimed", "problem"))
    assert red == pytest.approx(lit, abs=1.5)


def test_an_unknown_label_is_red(site: Site, look: Look) -> None:
    assert "unknown_label" in {row["rule"] for row in site.rows("findings", "ostile")}
    page = look(site.url("review/ostile.html"))
    assert "lunari" in "".join(page.locator("mark.unclaimed").all_text_contents())


def test_a_link_leads_to_a_record(site: Site, look: Look) -> None:
    row = site.rows("actions", "altra")[-1]
    page = look(site.url("review/altra.html", row["code"]))
    assert page.locator("#record [data-key$='/code']").inner_text() == row["code"]
