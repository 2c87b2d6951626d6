"""What a source says is text and nothing else, and the pages may do nothing but show it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.pages import write_pages
from pipeline.pages.html import data_block, document, tag
from pipeline.talk import Talk
from tests.pages.conftest import Site, copy_tables

Look = Callable[..., Any]
PAGES = ("index.html", "review/ostile.html", "review/milano-2022-abridged.html")


def test_json_cannot_end_its_element() -> None:
    hostile = "</script><script>alert(1)</script><!-- \u2028\u2029 & <![CDATA["
    block = data_block("data", {"a": hostile})
    inner = block.removeprefix('<script type="application/json" id="data">')
    inner = inner.removesuffix("</script>")
    assert not set(inner) & set("<>&\u2028\u2029")
    assert json.loads(inner) == {"a": hostile}


def test_attributes_and_marks_cannot_be_broken_out_of() -> None:
    assert tag("a", "x", title='"><img src=x>') == '<a title="&quot;&gt;&lt;img src=x&gt;">x</a>'
    page = document(
        "review.html",
        "",
        "",
        dict.fromkeys(("title", "heading", "source", "data", "pictures"), "{{script}}"),
    )
    assert page.count("{{script}}") == 5


@pytest.mark.parametrize("name", PAGES)
def test_a_strict_policy_is_in_the_page(site: Site, name: str) -> None:
    html = (site.output / name).read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    parts = dict(part.split(" ", 1) for part in policy.replace("&#x27;", "'").split("; "))
    assert parts.pop("default-src") == "'none'"
    assert parts.pop("img-src") == "data:"
    assert parts.pop("base-uri") == parts.pop("form-action") == "'none'"
    for source in (parts.pop("script-src"), parts.pop("style-src")):
        assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source)
    assert parts == {}
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert " style=" not in html
    assert not re.search(r"<[^>]*\son[a-z]+=", re.sub(r"<script.*?</script>", "", html, flags=re.S))
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_else_can_run(site: Site, browser: Any, name: str) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(site.url(name))
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.hacked = 1';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.hacked=1">');
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in one for one in refused)
    page.close()


def test_markup_in_a_source_is_shown_as_text(site: Site, look: Look) -> None:
    page = look(site.url("review/ostile.html"))
    scripts = page.locator("script:not([type])").count()
    walked = page.evaluate(
        """() => [...document.querySelectorAll('#list button')].map((button) => {
          button.click();
          return document.getElementById('record').textContent;
        }).join(' ')"""
    )
    for title in ("<script>window.hacked = 1</script>", '<img src=x onerror="window.hacked=1">'):
        assert title in walked
        assert title in page.locator("#sheet").inner_text()
    assert "{{data}} e ${1+1} alloggi" in walked
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main svg, main textarea, main script").count() == 0
    assert page.locator("script:not([type])").count() == scripts == 1


def test_markup_on_the_overview_is_shown_as_text(site: Site, look: Look) -> None:
    page = look(site.url("index.html"))
    text = page.locator("main").text_content()
    assert "Case <script>window.hacked = 1</script> & cortili" in text
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0


def test_direction_marks_in_tables_turn_nothing_around(
    site: Site, tmp_path: Path, look: Look
) -> None:
    copy_tables(
        site,
        tmp_path,
        "ostile",
        lambda _, text: text.replace("Seconda azione", "\u202eSeconda\u2067 azione"),
    )
    write_pages(tmp_path, [], talk=Talk())
    page = look((tmp_path / "review" / "ostile.html").as_uri() + "#VE4.1.1.b")
    title = page.locator("#record h2 .cell").nth(1)
    assert title.text_content() == "\u202eSeconda\u2067 azione"
    assert title.evaluate("one => getComputedStyle(one).unicodeBidi") in ("isolate", "plaintext")
    code, words = (page.locator("#record h2 .cell").nth(at).bounding_box() for at in (0, 1))
    assert (code["y"], code["x"]) < (words["y"], words["x"])
