"""Numbers that pages print at their edges, told by their form alone."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"[-–—|\s]*(?:p(?:ag(?:ina)?|g)?\.?\s*)?(\d{1,4})(?:\s*(?:/|di|of|su)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)


def folio(text: str) -> int | None:
    """Give the number of a page that a text may be, such as "7", "- 7 -" or "Pag. 7 di 20".

    >>> folio("Pag. 7 di 20"), folio("7 alloggi")
    (7, None)
    """
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None
