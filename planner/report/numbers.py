"""How figures are printed on the page: persons, 万元, shares; the form of one number and of an interval."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from planner.quantities import print_wan

NOTHING = "—"
"""What stands in a cell that has no value (空缺)."""


def missing(value: object) -> bool:
    """Whether a cell holds no value (None, or not a number)."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def whole(value: float | None) -> str:
    """A count with a mark at the thousands, halves rounded up.

    >>> whole(12345.0), whole(2.5), whole(None)
    ('12,345', '3', '—')
    """
    if value is None or missing(value):
        return NOTHING
    return format(int(Decimal(repr(float(value))).quantize(Decimal(1), rounding=ROUND_HALF_UP)), ",d")


def signed(value: float | None) -> str:
    """A difference, with its sign.

    >>> signed(1200.0), signed(-3.0), signed(0.0)
    ('+1,200', '-3', '0')
    """
    if value is None or missing(value):
        return NOTHING
    text = whole(abs(value))
    return text if text == "0" else ("+" if value > 0 else "-") + text


def decimal(value: float | None, places: int = 2) -> str:
    """A number with at most so many decimals and a mark at the thousands.

    >>> decimal(1.50), decimal(1234.567), decimal(float("nan"))
    ('1.5', '1,234.57', '—')
    """
    if value is None or missing(value):
        return NOTHING
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return format(exact, ",f").rstrip("0").rstrip(".") if places else format(exact, ",f")


def wan_text(whole_yuan: int | float | None) -> str:
    """Whole yuan as 万元 with a mark at the thousands and at most two decimals.

    >>> wan_text(123_400), wan_text(98_765_0000)
    ('12.34', '98,765')
    """
    if whole_yuan is None or missing(whole_yuan):
        return NOTHING
    return format(Decimal(print_wan(int(whole_yuan))), ",f")


def signed_wan(whole_yuan: int) -> str:
    """A difference in whole yuan as 万元, with its sign.

    >>> signed_wan(25_000_000), signed_wan(-100), signed_wan(0)
    ('+2,500', '-0.01', '0')
    """
    if whole_yuan == 0:
        return "0"
    return ("+" if whole_yuan > 0 else "-") + wan_text(abs(whole_yuan))


def percent(share: float | None) -> str:
    """A share between 0 and 1 in per cent; what is neither never and nor always is not rounded to it.

    >>> percent(0.804), percent(0.0), percent(1.0), percent(0.001), percent(0.9996)
    ('80 %', '0 %', '100 %', '<1 %', '>99 %')
    """
    if share is None or missing(share):
        return NOTHING
    rounded = int(Decimal(repr(share * 100)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if share > 0 and rounded == 0:
        return "<1 %"
    if share < 1 and rounded == 100:
        return ">99 %"
    return f"{rounded} %"


def interval(low: str, high: str) -> str:
    """Two printed numbers as an interval.

    >>> interval("1", "2")
    '1 – 2'
    """
    return low if low == high else f"{low} – {high}"
