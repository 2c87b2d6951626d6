"""Charts as SVG, drawn by Vega-Lite when the page is made; the page itself runs no chart code.

Every chart tells its parts apart by words, shapes and hatching, never by colour alone. Colours are
names of the style sheet, so that a chart follows the reader's light or dark screen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.pages.html import text

_WIDTH = 460
# As it is measured, at 0.8 ems a letter; letters take two thirds of that.
_WORDS_WIDTH = 400
_ROW = 40
_INK, _QUIET, _RULE = "var(--ink)", "var(--quiet)", "var(--rule)"

# Vega measures words in the fonts of the machine, or by their letters' number where it lacks one.
# What all machines lack makes the same chart on all of them.
_NO_FONT = "no-font-of-any-machine"

_CONFIG: dict[str, Any] = {
    "background": None,
    "font": _NO_FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _QUIET,
        "labelFontSize": 11,
        "titleColor": _QUIET,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": _RULE,
        "domainColor": _QUIET,
        "tickColor": _QUIET,
    },
    "legend": {"labelColor": _INK, "labelFontSize": 12, "labelLimit": 320, "symbolSize": 220},
}

# What only says how Vega groups its marks, or repeats to a screen reader what the table beside
# the chart says better.
_SUPERFLUOUS = re.compile(
    r' (?:aria-[a-z]+|role|class|xmlns(?::xlink)?|version|pointer-events)="[^"]*"'
    r'|<path(?: [a-z-]+="[^"]*")* display="none"(?: [a-z-]+="[^"]*")*/>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, and its parts as (series, amount)."""

    words: str
    parts: tuple[tuple[str, Decimal], ...]

    @property
    def total(self) -> Decimal:
        """Sum of its parts."""
        return sum((amount for _, amount in self.parts), Decimal(0))


@dataclass(frozen=True, slots=True)
class Span:
    """One dated milestone; days are ISO, either may be empty, not both."""

    words: str
    start: str
    end: str
    planned: bool


def bars(
    rows: Sequence[Bar],
    *,
    series: Sequence[tuple[str, str]],
    shown: Sequence[str],
    label: str,
) -> str:
    """Horizontal bars, each with its words above and its amount at the right end.

    Args:
        rows: from top to bottom.
        series: (name, words) of the parts in order; the page has a pattern ``fill-<name>`` of each.
        shown: the amount of each row, as printed.
        label: what the chart shows, for who cannot see it.
    """
    words = dict(series)
    names = [str(at) for at in range(len(rows))]
    values = [
        {"row": name, "part": words[part], "amount": float(amount), "order": at}
        for name, row in zip(names, rows, strict=True)
        for at, (part, amount) in enumerate(row.parts)
    ]
    titles = [
        {"row": name, "words": row.words, "shown": amount}
        for name, row, amount in zip(names, rows, shown, strict=True)
    ]
    place = {"field": "row", "type": "nominal", "sort": names, "axis": None}
    colour: dict[str, Any] = {
        "field": "part",
        "type": "nominal",
        "scale": {
            "domain": [words[name] for name, _ in series],
            "range": [f"url(#fill-{name})" for name, _ in series],
        },
        "legend": {"orient": "bottom", "title": None, "columns": 3} if len(series) > 1 else None,
    }
    spec = {
        "width": _WIDTH,
        "height": {"step": _ROW},
        "layer": [
            {
                "data": {"values": values},
                "mark": {"type": "bar", "height": 14, "yOffset": 8, "stroke": _INK},
                "encoding": {
                    "y": place,
                    "x": {"field": "amount", "type": "quantitative", "axis": None},
                    "color": colour,
                    "order": {"field": "order"},
                },
            },
            _title(titles, place, "words", {"align": "left", "limit": _WORDS_WIDTH}, {"value": 0}),
            _title(
                titles, place, "shown", {"align": "right", "fontWeight": 600}, {"value": _WIDTH}
            ),
        ],
    }
    return _drawn(spec, label)


def _title(
    values: list[dict[str, str]],
    place: dict[str, Any],
    field: str,
    mark: dict[str, Any],
    x: dict[str, Any],
) -> dict[str, Any]:
    return {
        "data": {"values": values},
        "mark": {"type": "text", "fontSize": 12, "color": _INK, "yOffset": -8, **mark},
        "encoding": {"y": place, "x": x, "text": {"field": field}},
    }


def timeline(rows: Sequence[Span], *, words: tuple[str, str], label: str) -> str:
    """Milestones over time, one a row: a bar from first to last day, its words above.

    What has taken place is filled, what is planned is hatched; an arrow head marks a side that the
    source leaves open.

    Args:
        rows: from top to bottom.
        words: names of what has taken place and of what is planned.
        label: what the chart shows, for who cannot see it.
    """
    values = [
        {
            "row": str(at),
            "words": row.words,
            "from": row.start or row.end,
            "to": row.end or row.start,
            "kind": words[1] if row.planned else words[0],
            "open": "left" if not row.start else "right" if not row.end else None,
        }
        for at, row in enumerate(rows)
    ]
    parse = {"from": "utc:'%Y-%m-%d'", "to": "utc:'%Y-%m-%d'"}
    x = {"type": "temporal", "scale": {"type": "utc", "nice": "year"}}
    axis = {"orient": "top", "title": None, "format": "%Y", "tickCount": "year"}
    place = {"field": "row", "type": "nominal", "sort": None, "axis": None}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": list(words), "range": ["url(#fill-actual)", "url(#fill-planned)"]},
        "legend": {"orient": "bottom", "title": None},
    }
    spec = {
        "width": _WIDTH,
        "height": {"step": _ROW},
        "data": {"values": values, "format": {"parse": parse}},
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "height": 12,
                    "yOffset": 8,
                    "stroke": _INK,
                    "minBandSize": 4,
                },
                "encoding": {
                    "y": place,
                    "x": {"field": "from", **x, "axis": axis},
                    "x2": {"field": "to"},
                    "color": colour,
                },
            },
            *(_arrow(side, place, x) for side in ("left", "right")),
            {
                "mark": {
                    "type": "text",
                    "align": "left",
                    "fontSize": 12,
                    "color": _INK,
                    "yOffset": -8,
                    "limit": _WIDTH,
                },
                "encoding": {"y": place, "x": {"value": 0}, "text": {"field": "words"}},
            },
        ],
    }
    return _drawn(spec, label)


def _arrow(side: str, place: dict[str, Any], x: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": f"datum.open === '{side}'"}],
        "mark": {
            "type": "point",
            "shape": f"triangle-{side}",
            "size": 110,
            "filled": True,
            "opacity": 1,
            "color": _INK,
            "yOffset": 8,
            "xOffset": -7 if side == "left" else 7,
        },
        "encoding": {"y": place, "x": {"field": "to" if side == "left" else "from", **x}},
    }


def _drawn(spec: dict[str, Any], label: str) -> str:
    # Loading the interpreter takes half a second, which only who draws shall wait for.
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(
        {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _CONFIG, **spec},
        allowed_base_urls=[],
    )
    named = f'<svg role="img" aria-label="{text(label)}"'
    svg = svg.replace(_NO_FONT, "sans-serif")
    return _SUPERFLUOUS.sub("", svg).replace("<svg", named, 1)
