"""A plan's printed figures as the numbers that rules reckon with: 元 for money, shares of one, all else as printed."""

from __future__ import annotations

from planner.plan.figures import Figure, Series
from planner.quantities import YUAN_IN, split_unit, yuan

SHARE_UNITS = {"%": 100.0, "比例": 1.0}
"""Units of a share, and how many of each make one."""


def measured(given: Figure | Series, year: int) -> float:
    """The value in force in a year.

    Unit: 元 for money, a share of one for % and 比例, else the figure's own.
    """
    value = given.value if isinstance(given, Figure) else given.at(year)
    head = split_unit(given.unit)[0]
    if head in SHARE_UNITS:
        return value / SHARE_UNITS[head]
    if YUAN_IN.get(head, 1) > 1:
        return float(yuan(value, given.unit))
    return value
