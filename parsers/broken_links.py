"""Addresses of pages and mailboxes that the ends of lines broke."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parsers.items import Item
from parsers.values import links
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary

# An address is broken over so many lines at most.
_LINES = 4
# The rest of one: a run with a dot or a slash inside, or a slash alone.
_REST = Lazy(r"/|[\w%?=&#~-]*[./][\w%?=&#~-][\w./%?=&#~-]*/?|[\w%?=&#~-]+/")


def goes_on(
    items: Sequence[Item],
    index: int,
    fits: Callable[[int], bool | None],
    vocabulary: Vocabulary,
) -> bool:
    """Whether an item begins with the rest of an address that the lines before it begin.

    Args:
        items: the content lines in order.
        index: of the item.
        fits: whether an item's first word would have fitted on the line before it.
        vocabulary: the words in force.
    """
    # The pieces of a broken address stand alone on their lines.
    last = items[index - 1].value
    if (" " in last or index < 2) and "://" not in last and "www." not in last:
        return False
    start = index - 1
    while start > 0 and index - start < _LINES and " " not in items[start].value:
        start -= 1

    def follows(before: str, at: int) -> bool:
        value = items[at].value
        last = before.rsplit(" ", 1)[-1]
        if not value or ("://" not in last and not last.startswith("www.")):
            return False
        if links.is_broken(before, value, vocabulary=vocabulary):
            return True
        return bool(_REST.fullmatch(value.split(" ", 1)[0])) and fits(at) is not True

    before = items[start].value
    for at in range(start + 1, index):
        value = items[at].value
        before = before + value if follows(before, at) else value
    return follows(before, index)
