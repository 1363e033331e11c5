"""One measure for each open criterion of each household, so that a table of needs counts nobody twice.

Several measures may close one criterion; which one a household is counted under follows from the plan's data alone:

1. a home of relocation, where the dwelling place has to be left and the household agrees; it is needed whatever else is
   open, and what it closes is needed under nothing else;
2. for each other criterion, in the plan's order, and unless a measure that was chosen already closes it: the first
   household good that closes it, else the first shared works, else the first income measure;
3. for income below the line: nothing more where the measures chosen already lift the household above it, else the first
   single measure that does, else as many as it takes.

Income measures stand in the order of their pathways' targets, largest first, then of their cost. Gains count in full
effect and without failure: whether they come about is for the simulation. A measure that the household may not take is
passed over; one of which that is unknown is noted, never counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.plan.model import Plan
from planner.rules.book import threshold_in
from planner.rules.rule import CATALOGUE, Columns
from planner.rules.units import HOUSEHOLD_GOODS, SHARED_WORKS, may_take, relocates
from planner.rules.verdict import MET, NOT_MET, UNKNOWN, Outcomes, Verdicts

Mask = NDArray[np.bool_]
"""Yes or no for each household."""


@dataclass(frozen=True)
class Choice:
    """Which measures each household is counted under. Every array: household."""

    taken: dict[str, Mask]
    """Household measure or shared works to the households counted under it."""
    unsure: dict[str, Mask]
    """The same to households for which the register does not say enough: to be verified, not counted."""
    instead: dict[str, Mask]
    """Household measure to those who could take it for something that is counted under another."""
    nothing: dict[str, Mask]
    """Criterion to the households that do not meet it and for which the plan has no measure, or none that suffices."""


def income_order(plan: Plan) -> tuple[str, ...]:
    """Income measures, relocation apart: largest target of the pathway first, then cheapest, then the plan's order."""

    def place(key: str) -> tuple[float, float]:
        measure = plan.measures[key]
        pathway = plan.pathways.get(measure.pathway or "")
        target = pathway.target.value if pathway is not None and pathway.target is not None else 0.0
        return -target, measure.cost.wan

    found = [k for k, m in plan.measures.items() if m.kind == "household_income" and not relocates(plan, m)]
    return tuple(sorted(found, key=place))


def closing_order(plan: Plan, criterion: str) -> tuple[str, ...]:
    """Measures that close a household criterion, relocation apart, in the order in which they are chosen."""
    closing = {k: m for k, m in plan.measures.items() if criterion in m.closes and not relocates(plan, m)}
    goods = [k for k, m in closing.items() if m.kind == "household_good"]
    works = [k for k, m in closing.items() if m.kind in SHARED_WORKS]
    return (*goods, *works, *(k for k in income_order(plan) if k in closing))


def choose(plan: Plan, columns: Columns, verdicts: Verdicts, eligible: dict[str, Outcomes], year: int) -> Choice:
    """The measures that each household is counted under, by the standard of a year.

    `columns` are those of the households that count, with `income`; `verdicts` and `eligible` are of the same rows.

    Shape: household.
    """
    rows = verdicts.outcomes.shape[1]
    choosing = _Choosing(plan, columns, eligible, rows)
    choosing.move()
    by_income = [n for n, c in plan.household_criteria.items() if CATALOGUE["household"][c.kind].threshold == "income"]
    for name in plan.household_criteria:
        if name not in by_income:
            choosing.close(name, verdicts[name])
    for name in by_income:
        choosing.lift(name, verdicts[name], threshold_in(plan.household_criteria[name], year))
    for key, mask in choosing.taken.items():
        choosing.unsure[key] &= ~mask
        if key in choosing.instead:
            choosing.instead[key] &= ~mask
    return Choice(choosing.taken, choosing.unsure, choosing.instead, choosing.nothing)


class _Choosing:
    """The masks while they are being worked out, one criterion after the other."""

    def __init__(self, plan: Plan, columns: Columns, eligible: dict[str, Outcomes], rows: int) -> None:
        self.plan, self.columns, self.rows = plan, columns, rows
        goods = [k for k, m in plan.measures.items() if m.kind in HOUSEHOLD_GOODS]
        works = [k for k, m in plan.measures.items() if m.kind in SHARED_WORKS]
        self.may = {k: may_take(plan, plan.measures[k], columns, eligible) for k in goods}
        self.taken = {k: np.zeros(rows, bool) for k in (*goods, *works)}
        self.unsure = {k: np.zeros(rows, bool) for k in (*goods, *works)}
        self.instead = {k: np.zeros(rows, bool) for k in goods}
        self.nothing: dict[str, Mask] = {}

    def able(self, key: str, outcome: np.int8) -> Mask:
        """Who may take a measure (or may for all that is known); shared works serve whoever stands behind them."""
        if key not in self.may:
            return np.full(self.rows, outcome == MET)
        mask: Mask = self.may[key] == outcome
        return mask

    def closed(self, criterion: str) -> Mask:
        """Where a measure that was chosen already closes a criterion."""
        closing = [mask for key, mask in self.taken.items() if criterion in self.plan.measures[key].closes]
        return np.logical_or.reduce(closing) if closing else np.zeros(self.rows, bool)

    def move(self) -> None:
        settled = np.zeros(self.rows, bool)
        for key in self.may:
            if relocates(self.plan, self.plan.measures[key]):
                self.taken[key] |= self.able(key, MET) & ~settled
                settled |= self.taken[key]
                self.unsure[key] |= self.able(key, UNKNOWN) & ~settled

    def close(self, criterion: str, outcome: Outcomes) -> None:
        lacking, doubtful = outcome == NOT_MET, outcome == UNKNOWN
        waiting = (lacking | doubtful) & ~self.closed(criterion)
        order = closing_order(self.plan, criterion)
        for key in order:
            if key in self.instead:
                self.instead[key] |= waiting & lacking & self.able(key, MET)
        for key in order:
            now = waiting & self.able(key, MET)
            self.taken[key] |= now & lacking
            self.unsure[key] |= now & doubtful
            waiting &= ~now
        self.nothing[criterion] = self._verify(order, waiting) & lacking

    def lift(self, criterion: str, outcome: Outcomes, line: float) -> None:
        persons, income = self.columns["persons"], self.columns["income"].astype(np.float64)
        gain = {k: self._gain(k) for k in self.may}
        sized = persons > 0
        per_head = np.where(sized, persons, 1)
        lacking, doubtful = outcome == NOT_MET, outcome == UNKNOWN
        gained = np.zeros(self.rows)
        for key, amount in gain.items():
            gained += self.taken[key] * amount
        left = lacking & ~(sized & (income + gained / per_head > line))
        order = [k for k in income_order(self.plan) if gain[k] > 0]
        for key in order:
            self.instead[key] |= lacking & self.able(key, MET)
        for key in order:
            enough = income + (gained + gain[key]) / per_head > line
            now = left & sized & enough & self.able(key, MET) & ~self.taken[key]
            self.taken[key] |= now
            left &= ~now
        for key in order:
            now = left & sized & self.able(key, MET) & ~self.taken[key]
            self.taken[key] |= now
            gained += now * gain[key]
            left &= ~(now & (income + gained / per_head > line))
        self.nothing[criterion] = self._verify(order, left | doubtful) & lacking

    def _verify(self, order: tuple[str, ...] | list[str], waiting: Mask) -> Mask:
        """Notes the first measure that may do, for all that is known; gives back those for whom there is none."""
        for key in order:
            maybe = waiting & ~self.able(key, NOT_MET) & ~self.taken[key]
            self.unsure[key] |= maybe
            waiting = waiting & ~maybe
        return waiting

    def _gain(self, key: str) -> float:
        """Income per household once in full effect. Unit: 元/户/年."""
        gain = self.plan.measures[key].gain
        return 0.0 if gain is None else gain.value
