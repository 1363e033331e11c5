"""Kinds of criterion for a village's exit from the list (贫困村脱贫标准), and the figures of a village's households.

Village criteria read the village's own columns and figures counted over its households. Shape of every column and
outcome: village.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.rules.rule import CHOSEN, MOST, SHARE, Columns, village_kind
from planner.rules.verdict import Outcomes, Vector, decided, of_flag


@village_kind("flag", reads=(CHOSEN,), sort="flag")
def flag(columns: Columns, threshold: float) -> Outcomes:
    """Met where the chosen flag of the village says yes."""
    return of_flag(columns["column"])


@village_kind(
    "incidence", reads=("poor_left", "rural_persons"), threshold="share", quotient=("poor_left", "rural_persons")
)
def incidence(columns: Columns, threshold: float) -> Outcomes:
    """Met where the persons still poor are at most the threshold's share of the rural persons (低于或等于).

    Unknown: where either count is not known, or the village has no rural persons.
    """
    poor, rural = columns["poor_left"], columns["rural_persons"]
    known = (poor >= 0) & (rural > 0)
    # One division, rounded once, so that 3 of 100 is not above a threshold printed as 3 %.
    return decided(poor / np.where(rural > 0, rural, 1) <= threshold, known)


@village_kind("all_households", reads=(CHOSEN, CHOSEN + MOST), threshold="share", sort="share")
def all_households(columns: Columns, threshold: float) -> Outcomes:
    """Met where the share of the village's registered households with a flag is at least the threshold.

    Unknown: where the households whose flag is not known could tip it either way.
    """
    surely, at_most = columns["column"], columns["column_most"]
    reached = surely >= threshold
    return decided(reached, reached | (at_most < threshold))


def village_aggregates(
    households: Columns,
    village: Vector,
    registered: Vector,
    n_villages: int,
    *,
    poor: Vector | None = None,
    flags: Sequence[str] = ("house_safe", "insured", "water_ok"),
) -> dict[str, Vector]:
    """Figures of each village's households: persons still poor, and the share of households with each flag.

    `registered` marks the households whose flags count, `poor` those still to leave poverty (by default all of the
    registered). For a flag `f` there is `share_f`, counting what is known to be met, and `share_f_most`, counting the
    unknown as met too; a village without registered households has shares of one, since nothing is left undone.

    Unit: persons; shares of one.
    Shape: household for what goes in, village for what comes out.
    Unknown: `poor_left` is NaN where the size of a poor household is not known.
    """
    counted = np.asarray(registered, dtype=bool)
    poor_mask = counted if poor is None else np.asarray(poor, dtype=bool)

    def per_village(weights: Vector) -> Vector:
        # Of nothing, bincount makes whole numbers, which cannot hold NaN.
        return np.bincount(village, weights=weights, minlength=n_villages).astype(np.float64)

    persons = households["persons"]
    size_known = persons > 0
    poor_left = per_village(np.where(poor_mask & size_known, persons, 0))
    poor_left[per_village(poor_mask & ~size_known) > 0] = np.nan
    found: dict[str, Vector] = {"poor_left": poor_left}
    total = per_village(counted)
    some = total > 0
    for name in flags:
        outcomes = of_flag(households[name])
        met = per_village(counted & (outcomes == 1))
        not_met = per_village(counted & (outcomes == 0))
        found[SHARE + name] = np.divide(met, total, out=np.ones(n_villages), where=some)
        found[SHARE + name + MOST] = np.divide(total - not_met, total, out=np.ones(n_villages), where=some)
    return found
