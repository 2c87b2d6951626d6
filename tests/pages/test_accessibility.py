"""What an accessibility checker says of the pages, in light and dark, wide and narrow."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable
from typing import Any

import pytest

from tests.pages.conftest import Site, module

Look = Callable[..., Any]

SCREENS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "telephone": {"viewport": {"width": 360, "height": 740}},
}
PAGES = (
    "index.html",
    "review/milano-2022-abridged.html",
    "review/milano-dopo.html",
    "review/ostile.html",
)


def problems(page: Any) -> list[tuple[str, str, list[str]]]:
    """Serious and critical violations: rule, help, and the elements."""
    module("axe_playwright_python", "axe-playwright-python")
    axe = importlib.resources.files("axe_playwright_python") / "axe.min.js"
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [
        (one["id"], one["help"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical", "moderate")
    ]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_is_found(site: Site, look: Look, name: str, screen: str) -> None:
    page = look(site.url(name), **SCREENS[screen])
    if name.startswith("review"):
        page.locator('[data-key$="amount_eur"]').first.click()
    assert problems(page) == []


def test_the_edition_the_help_and_the_other_language(site: Site, look: Look) -> None:
    page = look(site.url("review/milano-2022-abridged.html", "edition"))
    page.locator("#language").click()
    assert problems(page) == []
    page.locator("#help").click()
    assert problems(page) == []


def test_a_choice_is_told_to_who_does_not_see_it(site: Site, look: Look) -> None:
    page = look(site.url("review/milano-2022-abridged.html"))
    status = page.locator("#trace")
    assert status.get_attribute("role") == "status"
    page.locator('[data-key$="amount_eur"]').first.click()
    assert "€" in status.inner_text()
    assert "pagina 1" in status.inner_text()
    for landmark in ("banner", "main", "navigation", "search"):
        assert page.get_by_role(landmark).count() == 1
    regions = page.get_by_role("region").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert {"Fonte", "Schede", "Pagine della fonte"} <= set(regions)
    assert page.get_by_role("heading", level=1).count() == 1
