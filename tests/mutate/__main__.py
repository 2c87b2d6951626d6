"""``python -m tests.mutate``: measure the silent-error rate."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict

from tests.mutate.kinds import KINDS
from tests.mutate.measure import SILENT
from tests.mutate.rates import fields, measure, reasons, table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutate", description=__doc__)
    parser.add_argument("--mutations", type=int, default=4000)
    parser.add_argument("--editions", type=int, default=12, help="made-up editions")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, help="stop about then")
    parser.add_argument("--no-pdf", action="store_true", help="texts only")
    parser.add_argument("--silent", action="store_true", help="list every knowable silent change")
    parser.add_argument("--json", action="store_true", help="every outcome, as JSON lines")
    wish = parser.parse_args()
    started = time.monotonic()
    found = measure(
        wish.mutations,
        wish.editions,
        seed=wish.seed,
        kinds=wish.kinds,
        workers=wish.workers,
        seconds=wish.seconds,
        pdfs=not wish.no_pdf,
    )
    if wish.json:
        for each in found:
            print(json.dumps(asdict(each), ensure_ascii=False))
        return 0
    print(table(found))
    print(f"\nsilent, by field:\n{fields(found, SILENT)}")
    print(f"\nnot knowable, by reason:\n{reasons(found)}")
    if wish.silent:
        for each in found:
            if each.verdict == SILENT:
                print(f"\n{each.subject} {each.kind} {each.role}: {each.note}\n   {each.fields}")
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
