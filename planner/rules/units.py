"""Units and money of a measure for households and villages: who may take it, how many units, what they cost.

The same functions answer for one row (numbers) and for whole columns (arrays), so that an explanation and a table of needs
cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.plan.figures import Figure
from planner.plan.measures import Measure
from planner.plan.model import Plan
from planner.quantities import yuan
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.rules.verdict import MET, Outcomes, Vector, both, of_count, of_flag
from planner.terms import Outcome

HOUSEHOLD_GOODS = ("household_good", "household_income")
SHARED_WORKS = ("village_works", "duty")


def relocates(plan: Plan, measure: Measure) -> bool:
    """Whether a measure is one of a pathway of relocation."""
    pathway = plan.pathways.get(measure.pathway or "")
    return pathway is not None and pathway.kind == "relocation"


def may_take(plan: Plan, measure: Measure, columns: Mapping[str, Any], eligible: Mapping[str, Any]) -> Outcomes:
    """Whether a household may take a household measure; met means that it may.

    A measure that raises income, and a home of relocation, goes to those who may follow its pathway; one with a column
    of need goes to those in whom the register counts some of it.

    Shape: household.
    Unknown: where eligibility or the column of need is unknown and neither alone says no.
    """
    persons = np.asarray(columns["persons"])
    parts: list[Outcomes] = [np.full(persons.shape, MET)]
    if measure.pathway is not None and (measure.kind == "household_income" or relocates(plan, measure)):
        parts.append(np.asarray(eligible.get(measure.pathway, np.full(persons.shape, Outcome.UNKNOWN)), np.int8))
    needed = HOUSEHOLD.get(measure.need or "")
    if needed is not None:
        column = np.asarray(columns[needed.name])
        parts.append(of_flag(column) if needed.kind == "flag" else of_count(column))
    return both(*parts)


def household_units(measure: Measure, columns: Mapping[str, Any]) -> NDArray[np.float64]:
    """Units for one household: one, or one for each of its persons, where a measure is counted in persons.

    With a count as its column of need, the persons are those counted there.

    Shape: household.
    Unknown: NaN, where the persons are not known.
    """
    if measure.counted == "household":
        return np.ones(np.asarray(columns["persons"]).shape)
    counted = HOUSEHOLD.get(measure.need or "")
    served = np.asarray(columns[counted.name if counted is not None and counted.kind == "count" else "persons"])
    return np.where(served > 0, served, np.nan).astype(np.float64)


def village_units(measure: Measure, villages: Mapping[str, Any]) -> NDArray[np.float64]:
    """Units for one village that lacks the works: its column of need, or one where that is a flag or there is none.

    Shape: village.
    Unknown: NaN, where the register does not say, or counts none although the works are lacking.
    """
    column = VILLAGE.get(measure.need or "")
    if column is None or column.kind == "flag":
        return np.ones(np.asarray(villages["rural_persons"]).shape)
    recorded = np.asarray(villages[column.name], dtype=np.float64)
    units: NDArray[np.float64] = np.where(recorded > 0, recorded, np.nan)
    return units


def recorded_units(measure: Measure, villages: Mapping[str, Any]) -> NDArray[np.float64]:
    """Units that the register counts as still to be built, whether a criterion waits for them or not.

    Shape: village. Nought where it does not say.
    """
    column = VILLAGE.get(measure.need or "")
    if column is None:
        return np.zeros(np.asarray(villages["rural_persons"]).shape)
    held = np.asarray(villages[column.name])
    if column.kind == "flag":
        held = held == 0
    units: NDArray[np.float64] = np.where(held > 0, held, 0).astype(np.float64)
    return units


def cost(measure: Measure, units: float) -> int:
    """What so many units cost one household or village, at most the cap of a household. Unit: whole 元.

    Persons moved along are no need of the register and not in it.
    """
    whole = yuan(measure.cost.value * units, measure.cost.unit)
    return whole if measure.cost_cap is None else min(whole, measure.cost_cap.yuan)


def costs(measure: Measure, units: Vector) -> NDArray[np.int64]:
    """The same for many, each rounded to whole 元 by itself; nought where the units are not known.

    Shape: that of the units.
    """
    return _each(units, lambda known: cost(measure, known))


def own_costs(measure: Measure, units: Vector) -> NDArray[np.int64]:
    """What the residents themselves pay of it. Unit: whole 元. Shape: that of the units."""
    share = measure.own_share
    return np.zeros(len(units), np.int64) if share is None else _each(units, lambda known: _amount(share, known))


def _amount(figure: Figure, units: float) -> int:
    return yuan(figure.value * units, figure.unit)


def _each(units: Vector, priced: Any) -> NDArray[np.int64]:
    """A price per distinct number of units, looked up for each."""
    distinct, where = np.unique(np.nan_to_num(units), return_inverse=True)
    return np.array([priced(float(u)) for u in distinct], np.int64)[where] if len(units) else np.zeros(0, np.int64)
