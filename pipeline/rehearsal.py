"""The sheet that is parsed while a source is read, and checked: what both compile to is there then.

``python -m pipeline.rehearsal``, which the set-up calls, keeps it for every run to come.
"""

from __future__ import annotations

import sys

from parsers import rehearsal
from parsers.values.patterns import Lazy
from parsers.vocabulary import Vocabulary
from pipeline.checks import findings


def rehearse(vocabulary: Vocabulary) -> None:
    """Parse and check a sheet of every kind of value."""
    findings(*rehearsal.rehearse(vocabulary), vocabulary)


if __name__ == "__main__":
    from parsers.kept import keep
    from parsers.values.predicates import lexicon
    from parsers.vocabulary import PACKAGED

    rehearse(PACKAGED)
    lexicon(PACKAGED).compile_all()
    for name, module in list(sys.modules.items()):
        for pattern in vars(module).values() if name.startswith(("parsers", "pipeline")) else ():
            if isinstance(pattern, Lazy):
                pattern.search("")
    keep()
