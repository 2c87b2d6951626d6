"""Which fund pays an axis, programme by programme."""

from __future__ import annotations

import pytest

from parsers.values import codes, funds


@pytest.mark.parametrize(
    ("code", "fund"),
    [
        *((f"MI{axis}.1.1.a", "FSE" if axis in (3, 7) else "FESR") for axis in range(1, 9)),
        ("MI9.1.1.a", None),
        ("BO1.1.3.1.a", "FESR"),
        ("BO4.4.11.1.a", "FSE+"),
        ("BO8.1.1.1.a", None),
        ("POC BA I.3.1.e", None),
    ],
)
def test_fund_of_an_axis(code: str, fund: str | None) -> None:
    assert funds.fund(codes.parse(code)) == fund
