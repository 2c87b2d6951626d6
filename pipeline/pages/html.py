"""Whole HTML files: text that cannot become markup, and a policy that runs only our own script."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

# Within a script element HTML looks for "</script" and "<!--" only, and older script engines end
# a line at U+2028 and U+2029; written as escapes, JSON reads the same.
_UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"} | {
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_ESCAPES = str.maketrans(_UNSAFE_IN_SCRIPT)


@cache
def asset(name: str) -> str:
    """Text of a file in ``assets/``."""
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


def text(value: str) -> str:
    """Text as HTML, in an element or in a quoted attribute."""
    return escape(value, quote=True)


def attributes(values: Mapping[str, str | None]) -> str:
    """Attributes of a tag, each with a space before it; those of None are left out."""
    return "".join(
        f' {name}="{text(value)}"' for name, value in values.items() if value is not None
    )


def tag(name: str, inner: str, **values: str | None) -> str:
    """An element around HTML; ``class_`` gives ``class``, ``data_en`` gives ``data-en``."""
    spelt = {key.rstrip("_").replace("_", "-"): value for key, value in values.items()}
    return f"<{name}{attributes(spelt)}>{inner}</{name}>"


def bilingual(italian: str, english: str, name: str = "span", **values: str | None) -> str:
    """An element with Italian words, and the English ones for the page's switch."""
    return tag(name, text(italian), data_en=None if english == italian else english, **values)


def data_block(identifier: str, value: Any) -> str:
    """A value as JSON in a script element that no browser runs."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return f'<script type="application/json" id="{text(identifier)}">{content}</script>'


def document(template: str, styles: str, script: str, parts: Mapping[str, str]) -> str:
    """A page from its template in ``assets/``.

    Args:
        template: its marks are ``{{name}}``, each on a line of its own or inside an element.
        styles: the only style sheet.
        script: the only script; it runs at once, where ``{{script}}`` stands.
        parts: HTML for every other mark, put in as it is.
    """
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(styles)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    filled = {
        "policy": text(policy),
        "style": f"<style>{styles}</style>",
        "script": f"<script>{script}</script>",
        **parts,
    }
    pieces = asset(template).split("{{")
    page = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        page += (filled[name], rest)
    return "".join(page)


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
