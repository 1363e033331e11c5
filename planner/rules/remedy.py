"""What of a plan would close an open criterion: the measure, how many units of it, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.plan.measures import Measure
from planner.plan.model import Criterion, Plan
from planner.quantities import split_unit, yuan
from planner.rules.rule import CATALOGUE, SHARE, Columns
from planner.rules.units import (
    HOUSEHOLD_GOODS,
    SHARED_WORKS,
    cost,
    household_units,
    may_take,
    relocates,
    village_units,
)
from planner.terms import Outcome

Row = Mapping[str, float]
"""One household's or village's values by column."""


@dataclass(frozen=True)
class Remedy:
    """A measure that would close a criterion (可用措施)."""

    measure: str
    name: str
    english: str
    units: float | None
    """Units needed; None where the register does not say."""
    unit: str
    yuan: int | None
    """Money for those units, residents' own share included. Unit: whole 元; None where the units are not known."""
    shared: bool
    """Whether it serves the whole village."""
    recurring: bool
    """Whether the cost comes back every year."""
    gain: int | None
    """What it adds to a household's income per head once in full effect, where it raises income. Unit: 元/人/年."""


def household_remedies(
    plan: Plan,
    name: str,
    criterion: Criterion,
    household: Row,
    village: Row,
    eligible: Mapping[str, Outcome],
) -> tuple[Remedy, ...]:
    """Measures that would close a household's criterion; the village's works are counted for the whole village.

    An income line is closed by every measure that raises income and that the household may take, or may for all that
    is known (`units.may_take`); a measure of relocation is named only where the household may be relocated.
    """
    by_income = CATALOGUE["household"][criterion.kind].threshold == "income"
    found = []
    for key, measure in plan.measures.items():
        raises = by_income and measure.kind == "household_income"
        if not (raises or name in measure.closes):
            continue
        if measure.kind in SHARED_WORKS:
            found.append(_of_village(key, measure, village))
        elif measure.kind in HOUSEHOLD_GOODS and int(may_take(plan, measure, household, eligible)) != Outcome.NOT_MET:
            units = _known(household_units(measure, household))
            spent = None if units is None else cost(measure, units)
            found.append(_remedy(key, measure, units, spent, gain=_gain(measure, household) if by_income else None))
    return tuple(found)


def village_remedies(
    plan: Plan, name: str, criterion: Criterion, village: Row, households: Columns
) -> tuple[Remedy, ...]:
    """Measures that would close a village's criterion.

    A share of households is closed by the goods that set the flag of its registered households who lack it; the units
    are theirs together.
    """
    if criterion.column and criterion.column.startswith(SHARE):
        return _goods_of_village(plan, criterion.column.removeprefix(SHARE), households)
    return tuple(
        _of_village(key, measure, village)
        for key, measure in plan.measures.items()
        if measure.kind in SHARED_WORKS and name in measure.closes
    )


def _goods_of_village(plan: Plan, flag: str, households: Columns) -> tuple[Remedy, ...]:
    closed = {name for name, criterion in plan.household_criteria.items() if criterion.column == flag}
    lacking = (households["registered"] == 1) & (households[flag] == 0)
    rows = [{name: float(vector[i]) for name, vector in households.items()} for i in lacking.nonzero()[0]]
    found = []
    for key, measure in plan.measures.items():
        if measure.kind not in HOUSEHOLD_GOODS or not closed & set(measure.closes) or relocates(plan, measure):
            continue
        units = [_known(household_units(measure, row)) for row in rows]
        known = [n for n in units if n is not None]
        whole = len(known) == len(units)
        spent = sum(cost(measure, n) for n in known) if whole else None
        found.append(_remedy(key, measure, sum(known) if whole else None, spent))
    return tuple(found)


def _remedy(
    key: str, measure: Measure, units: float | None, spent: int | None, *, shared: bool = False, gain: int | None = None
) -> Remedy:
    unit = split_unit(measure.unit)[0]
    return Remedy(key, measure.name, measure.english, units, unit, spent, shared, measure.recurring, gain)


def _of_village(key: str, measure: Measure, village: Row) -> Remedy:
    units = _known(village_units(measure, village))
    return _remedy(key, measure, units, None if units is None else cost(measure, units), shared=True)


def _known(units: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    """The units of one row; None where they are not known."""
    return None if np.isnan(units) else float(units)


def _gain(measure: Measure, household: Row) -> int | None:
    if measure.gain is None or household["persons"] <= 0:
        return None
    return yuan(measure.gain.value / float(household["persons"]), measure.gain.unit)
