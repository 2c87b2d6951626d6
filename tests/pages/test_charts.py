from __future__ import annotations

import re
from decimal import Decimal

from pipeline.pages.charts import Bar, Span, bars, timeline


def _without_words(svg: str) -> str:
    return re.sub(r">[^<]*<", "><", svg)


def _bars(words: str) -> str:
    row = Bar(words, (("pon_metro", Decimal("10.00")), ("private", Decimal("2.50"))))
    series = (("pon_metro", words), ("private", words))
    return bars([row], series=series, shown=["12,50 €"], label="Euro")


def test_charts_do_not_depend_on_the_fonts_of_a_machine() -> None:
    # Where letters were measured, narrow and wide ones would move what stands beside them.
    assert _without_words(_bars("iiii iiii")) == _without_words(_bars("WWWW WWWW"))
    days = ("2022-01-01", "2022-06-30")
    narrow, wide = (
        timeline([Span(words, *days, planned=True)], words=(words, words), label="Date")
        for words in ("iiii", "WWWW")
    )
    assert _without_words(narrow) == _without_words(wide)


def test_charts_are_written_in_the_page_s_own_letters() -> None:
    assert set(re.findall(r'font-family="([^"]*)"', _bars("Assistenza tecnica"))) == {"sans-serif"}
