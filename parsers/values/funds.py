"""Which European fund pays an action, as the programme's axes say."""

from __future__ import annotations

from parsers.values.codes import Code
from parsers.vocabulary import PACKAGED, Vocabulary


def fund(code: Code, *, vocabulary: Vocabulary = PACKAGED) -> str | None:
    """The fund that pays the code's axis: ``FESR``, ``FSE``, ``FSE+``; None where not known.

    >>> from parsers.values.codes import parse
    >>> fund(parse("MI3.1.1.a")), fund(parse("BO4.4.11.1.a")), fund(parse("POC BA I.3.1.e"))
    ('FSE', 'FSE+', None)
    """
    axis = vocabulary["axes"].get(code.family, {}).get(str(code.axis), {})
    paid_by: str | None = axis.get("fund")
    return paid_by
