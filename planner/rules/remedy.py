"""What of a plan would close an open criterion: the measure, how many units of it, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.plan.measures import Measure
from planner.plan.model import Criterion, Plan
from planner.quantities import split_unit, yuan
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.rules.rule import CATALOGUE, SHARE, Columns
from planner.terms import Outcome

Row = Mapping[str, float]
"""One household's or village's values by column."""

HOUSEHOLD_GOODS = ("household_good", "household_income")
SHARED_WORKS = ("village_works", "duty")


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

    An income line is closed by every measure that raises income along a pathway that the household may follow;
    a measure of relocation is named only where the household may be relocated.
    """
    by_income = CATALOGUE["household"][criterion.kind].threshold == "income"
    found = []
    for key, measure in plan.measures.items():
        raises = by_income and measure.kind == "household_income"
        if not (raises or name in measure.closes) or not _open_to(plan, measure, eligible):
            continue
        if measure.kind in SHARED_WORKS:
            found.append(_of_village(key, measure, village))
        else:
            units = _household_units(plan, measure, household)
            cost = None if units is None else _cost(measure, units)
            found.append(_remedy(key, measure, units, cost, gain=_gain(measure, household) if by_income else None))
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
        if measure.kind not in HOUSEHOLD_GOODS or not closed & set(measure.closes) or _relocates(plan, measure):
            continue
        units = [_household_units(plan, measure, row) for row in rows]
        known = [n for n in units if n is not None]
        whole = len(known) == len(units)
        cost = sum(_cost(measure, n) for n in known) if whole else None
        found.append(_remedy(key, measure, sum(known) if whole else None, cost))
    return tuple(found)


def _remedy(
    key: str, measure: Measure, units: float | None, cost: int | None, *, shared: bool = False, gain: int | None = None
) -> Remedy:
    unit = split_unit(measure.unit)[0]
    return Remedy(key, measure.name, measure.english, units, unit, cost, shared, measure.recurring, gain)


def _of_village(key: str, measure: Measure, village: Row) -> Remedy:
    units = _village_units(measure, village)
    cost = None if units is None else yuan(measure.cost.value * units, measure.cost.unit)
    return _remedy(key, measure, units, cost, shared=True)


def _cost(measure: Measure, units: float) -> int:
    """What one household costs, at most its cap."""
    whole = yuan(measure.cost.value * units, measure.cost.unit)
    return whole if measure.cost_cap is None else min(whole, measure.cost_cap.yuan)


def _gain(measure: Measure, household: Row) -> int | None:
    if measure.gain is None or household["persons"] <= 0:
        return None
    return yuan(measure.gain.value / float(household["persons"]), measure.gain.unit)


def _open_to(plan: Plan, measure: Measure, eligible: Mapping[str, Outcome]) -> bool:
    if measure.pathway is None or (measure.kind != "household_income" and not _relocates(plan, measure)):
        return True
    return eligible.get(measure.pathway, Outcome.UNKNOWN) != Outcome.NOT_MET


def _relocates(plan: Plan, measure: Measure) -> bool:
    pathway = plan.pathways.get(measure.pathway or "")
    return pathway is not None and pathway.kind == "relocation"


def _household_units(plan: Plan, measure: Measure, household: Row) -> float | None:
    """Units for one household: one; or, where a good or a home is counted in persons, those whom it serves.

    A measure that raises income and is counted in persons (a training seat) takes one person of the household.
    """
    if split_unit(measure.unit)[0] != "人" or (measure.kind == "household_income" and not _relocates(plan, measure)):
        return 1.0
    counted = HOUSEHOLD.get(measure.need or "")
    column = counted.name if counted is not None and counted.kind == "count" else "persons"
    return float(household[column]) if household[column] > 0 else None


def _village_units(measure: Measure, village: Row) -> float | None:
    """Units for one village: its column of need, or one where that is a flag or there is none."""
    column = VILLAGE.get(measure.need or "")
    if column is None or column.kind == "flag":
        return 1.0
    return float(village[column.name]) if village[column.name] >= 0 else None
