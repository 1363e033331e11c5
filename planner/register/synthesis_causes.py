"""What made the made-up households poor: the main and the second cause."""

from __future__ import annotations

import numpy as np

from planner.plan.model import Plan
from planner.register.calibration import Floats, Mask, Source, pick
from planner.register.columns import CAUSES
from planner.register.synthesis_villages import Columns

CAUSE_ENTRIES = dict(
    zip(
        (
            "cause_illness", "cause_disability", "cause_schooling", "cause_disaster", "cause_marriage", "cause_land",
            "cause_water", "cause_skill", "cause_capital", "cause_labour", "cause_traffic", "cause_motivation",
            "cause_other",
        ),
        range(len(CAUSES)),
        strict=True,
    )
)  # fmt: skip
"""The plan's entry for each cause, and its code."""
LEADING = "cause_illness"
"""The cause that is the main one wherever it is given: the national share counts households by their main cause."""
GENERAL = ("cause_capital", "cause_skill")
"""Causes that any household may have; they are dealt out last, first to those that have none."""
FIRST = 1e3
"""Weight of a household without any cause when the general ones are dealt out."""


def draw_causes(plan: Plan, h: Columns, source: Source) -> None:
    """Main and second cause of poverty (at most two), as many of each as assumed and in keeping with the household.

    A cause that needs a reason in the register (an ill member, a pupil, no road) is given only where there is one.
    `LEADING` is the main one wherever it is given; of any other two, either may be.
    """
    count = len(h["persons"])
    main, second = np.full(count, -1, np.int64), np.full(count, -1, np.int64)
    fits = _reasons(h)
    wants = {name: plan.number(name) for name in CAUSE_ENTRIES}
    for mine in (h["registered"] == 1, h["registered"] == 0):
        total = int(mine.sum())
        for name in _order(fits, wants, mine):
            free = mine & (second < 0)
            weight = np.where(free, fits[name], 0.0)
            if name in GENERAL:
                weight *= np.where(main < 0, FIRST, 1.0)
            wanted = round(wants[name] * total)
            if name == GENERAL[-1]:
                wanted = max(wanted, int((mine & (main < 0)).sum()))
            taken = pick(weight, wanted, source)
            second[taken & (main >= 0)] = CAUSE_ENTRIES[name]
            main[taken & (main < 0)] = CAUSE_ENTRIES[name]
    leading = CAUSE_ENTRIES[LEADING]
    turned = (second == leading) | ((main != leading) & (second >= 0) & (source.random(count) < 0.5))
    h["cause"], h["cause_second"] = np.where(turned, second, main), np.where(turned, main, second)


def _order(fits: dict[str, Floats], wants: dict[str, float], mine: Mask) -> list[str]:
    """The causes with the fewest households to choose from first, those that any may have last."""
    room = {name: max(float((fits[name][mine] > 0).sum()), 1.0) for name in wants}
    tight = sorted((n for n in wants if n not in GENERAL), key=lambda n: -wants[n] / room[n])
    return [*tight, *GENERAL]


def _reasons(h: Columns) -> dict[str, Floats]:
    """How well each cause fits each household; nought where the register holds no reason for it."""
    none, works = h["labour"] == 0, h["labour"] > 0
    few = works & (h["labour"] * 3 < h["persons"])
    scarce = h["land_mu"] / h["persons"]
    fits = {
        "cause_illness": h["ill"] > 0,
        "cause_disability": h["disabled"] > 0,
        "cause_schooling": 3.0 * (h["students"] > 0) + (h["pupils"] >= 2),
        "cause_labour": 3.0 * none + few,
        "cause_traffic": h["road_ok"] == 0,
        "cause_water": h["water_ok"] == 0,
        "cause_land": 1.0 / np.maximum(scarce, 0.1) ** 2,
        "cause_motivation": works & (h["ill"] == 0),
    }
    rest = np.ones(len(none))
    return {name: np.asarray(fits.get(name, rest), dtype=np.float64) for name in CAUSE_ENTRIES}
