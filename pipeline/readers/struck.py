"""Text with a line drawn through it: somebody took it back, and it is printed all the same."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.lines import Box
from pipeline.readers.rules import is_vertical
from pipeline.readers.strips import Fragment

# In ems above the baseline: between an underline and the upper edge of a table's row.
_LOW, _HIGH = 0.12, 0.42
# In ems: a rule of a table or a form runs on beyond the text.
_BEYOND = 1.0
_FEWEST = 3


def strokes(rules: Sequence[Box]) -> list[Box]:
    """Give the rules that may strike text through."""
    return [rule for rule in rules if not is_vertical(rule)]


def struck(one: Fragment, across: Sequence[Box]) -> str:
    """Give the part of a fragment that a rule is drawn through, "" without one.

    Args:
        one: text on one baseline.
        across: what :func:`strokes` gives for its page.
    """
    low, high = one.base - _HIGH * one.size, one.base - _LOW * one.size
    beyond = _BEYOND * one.size
    for rule in across:
        if not low <= (rule.top + rule.bottom) / 2 <= high:
            continue
        if rule.x0 < one.x0 - beyond or rule.x1 > one.x1 + beyond:
            continue
        through = "".join(
            char
            for char, left, right in zip(one.text, one.lefts, one.rights, strict=True)
            if rule.x0 <= (left + right) / 2 <= rule.x1
        ).strip()
        if sum(map(str.isalnum, through)) >= _FEWEST:
            return through
    return ""
