"""The ledger checked (台账核对): against the plan in whole yuan, and row by row against the values it was rounded from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from planner.allocation.formulation import Draft, funded
from planner.allocation.ledger import COUNTY, UNTIED, Entry, ledger
from planner.allocation.problem import net_cost
from planner.errors import Fault
from planner.plan.measures import Measure
from planner.plan.model import Plan

Floats = NDArray[np.float64]
NOISE = 1e-6
"""Part of a yuan by which a float may be off a whole one."""


def check_ledger(plan: Plan, entries: Sequence[Entry]) -> tuple[Fault, ...]:
    """Everything in a ledger that the plan forbids, in whole yuan: who pays what where, amounts, costs, printed lines.

    What the plan alone cannot see: money without a task, where no printed line holds it; and units of a measure whose
    cost is capped per household. `check_against` sees those.
    """
    faults = [fault for number, entry in enumerate(entries, 1) for fault in _entry_faults(plan, number, entry)]
    if faults:
        return tuple(faults)
    return (*_cost_faults(plan, entries), *_source_faults(plan, entries), *_line_faults(plan, entries))


def check_against(made: Draft, values: Floats, entries: Sequence[Entry]) -> tuple[Fault, ...]:
    """Every row of a ledger that is not what the values of its program give."""
    due = ledger(made, values)
    faults = []
    for number in range(max(len(due), len(entries))):
        found = entries[number] if number < len(entries) else None
        expected = due[number] if number < len(due) else None
        if found != expected:
            said = {"found": str(found), "expected": str(expected)}
            faults.append(Fault("ledger", number + 1, "", "ledger.differs", said))
    return tuple(faults)


ROUNDING = 5
"""Whole yuan by which a line that is not fixed to the yuan, or a task held by its clause, may be off."""
VILLAGES = 50
"""Whole yuan by which works of one place may be off: half a yuan for each of its villages."""


def _entry_faults(plan: Plan, number: int, entry: Entry) -> Iterator[Fault]:
    def fault(code: str, **values: object) -> Fault:
        return Fault("ledger", number, entry.measure, code, values)

    places = {COUNTY, "due", "poor", "other"}
    known = (
        (entry.source, plan.sources),
        (entry.line, plan.leaves()),
        (entry.measure, {UNTIED, *plan.measures}),
        (entry.township, {COUNTY, *plan.townships}),
        (entry.places, places),
    )
    unknown = [name for name, names in known if name not in names]
    if unknown:
        yield fault("ledger.unknown", found=unknown)
        return
    if entry.year not in plan.horizon.years:
        yield fault("ledger.year", found=entry.year, first=plan.horizon.first, last=plan.horizon.last)
    if entry.yuan != int(entry.yuan) or entry.yuan < 0 or not 0 <= entry.units < np.inf:
        yield fault("ledger.amount", yuan=entry.yuan, units=entry.units)
        return
    source, measure = plan.sources[entry.source], plan.measures.get(entry.measure)
    if measure is not None and measure.line != entry.line:
        yield fault("ledger.line_of", measure=entry.measure, line=entry.line, owner=measure.line)
    tied = source.measures is not None and measure is not None and entry.measure not in source.measures
    if entry.line not in source.pays or tied:
        yield fault("ledger.not_payable", source=entry.source, line=entry.line, measure=entry.measure)
    if source.places == "poor_villages" and entry.places == "other":
        yield fault("ledger.places", source=entry.source)
    if measure is None and entry.units:
        yield fault("ledger.amount", yuan=entry.yuan, units=entry.units)
    if measure is not None and measure.kind.startswith("household_") and entry.units != int(entry.units):
        yield fault("ledger.parts", units=entry.units)


def _cost_faults(plan: Plan, entries: Sequence[Entry]) -> Iterator[Fault]:
    """Money of each measure, year and place against its units: one unit may be paid from several sources."""
    units: defaultdict[tuple[int, str, str, str], float] = defaultdict(float)
    yuan: Counter[tuple[int, str, str, str]] = Counter()
    rows: dict[tuple[int, str, str, str], int] = {}
    for number, entry in enumerate(entries, 1):
        if entry.measure in plan.measures:
            cell = (entry.year, entry.measure, entry.township, entry.places)
            units[cell] += entry.units
            yuan[cell] += entry.yuan
            rows.setdefault(cell, number)
    for cell, number in rows.items():
        measure = plan.measures[cell[1]]
        dearest = units[cell] * _unit_cost(plan, measure)
        off = yuan[cell] - dearest if measure.cost_cap is not None else abs(yuan[cell] - dearest)
        if off > _tolerance(plan, measure, units[cell]):
            said = {"units": units[cell], "yuan": yuan[cell], "expected": round(dearest)}
            yield Fault("ledger", number, cell[1], "ledger.cost", said)


def _tolerance(plan: Plan, measure: Measure, units: float) -> float:
    """By how much whole yuan may be off units at their cost: half a yuan for each household or village. Unit: yuan."""
    if not measure.kind.startswith("household_"):
        return ROUNDING if measure.kind == "held" else VILLAGES
    cost = _unit_cost(plan, measure)
    return 0.5 + (0.0 if abs(cost - round(cost)) < NOISE else 0.5 * units)


def _unit_cost(plan: Plan, measure: Measure) -> float:
    """What the line bears for one unit before a household's cap. Unit: yuan."""
    along = 1 + (measure.moved_along.value if measure.moved_along else 0.0)
    works = measure.kind in ("village_works", "duty")
    return (net_cost(plan, measure) if works else measure.cost.wan * along) * 10_000


def _granted(plan: Plan, account: str, amount: int, year: int) -> Fraction:
    """The money of a source or line in a year."""
    scale = Fraction(repr(plan.money.scale.value)) if account == "plan" else Fraction(1)
    return amount * scale if funded(plan, account, year) else Fraction(0)


def _source_faults(plan: Plan, entries: Sequence[Entry]) -> Iterator[Fault]:
    paid: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        paid[entry.source, entry.year] += entry.yuan
    carried = plan.rulings["carry_over"].choice == "allowed"
    for name, source in plan.sources.items():
        out, limit = 0, Fraction(0)
        for year in plan.horizon.years:
            given = _granted(plan, source.account, source.amount.yuan, year)
            out, limit = (out + paid[name, year], limit + given) if carried else (paid[name, year], given)
            # Parts of a yuan are rounded up: a scaled amount need not be whole.
            if out > -(-limit.numerator // limit.denominator):
                said = {"source": name, "year": year, "paid": out, "limit": float(limit)}
                yield Fault("ledger", 0, f"sources.{name}", "ledger.source_over", said)


def _line_faults(plan: Plan, entries: Sequence[Entry]) -> Iterator[Fault]:
    spent: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        spent[entry.line, entry.year] += entry.yuan
    kind = plan.regime.kind
    for name in plan.leaves("plan"):
        line = plan.lines[name]
        for year in plan.horizon.years:
            printed = _granted(plan, line.account, line.amount.yuan if line.amount else 0, year)
            found, said = spent[name, year], {"line": name, "year": year, "found": spent[name, year]}
            fixed = kind != "none" and (line.held is not None or (kind == "as_written" and year == plan.horizon.first))
            if fixed and abs(found - printed) >= 1:
                yield Fault("ledger", 0, f"lines.{name}", "ledger.line_printed", {**said, "printed": float(printed)})
            elif kind == "lines_within" or (kind == "as_written" and not fixed):
                low, high = _room(plan, printed, year)
                if not low - ROUNDING <= found <= high + ROUNDING:
                    words = {**said, "low": float(low), "high": float(high)}
                    yield Fault("ledger", 0, f"lines.{name}", "ledger.line_within", words)


def _room(plan: Plan, printed: Fraction, year: int) -> tuple[Fraction, Fraction]:
    """Within what a line may lie that is not fixed to the yuan; years after the first have no lower bound."""
    if plan.regime.kind == "as_written":
        return Fraction(0), printed
    within = Fraction(repr(plan.regime.within)) * printed
    return printed - within if year == plan.horizon.first else Fraction(0), printed + within
