"""From proposals to tidy tables: money, lines, measures, what the program expects, gaps. Every table sums the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from planner.allocation.formulation import funded
from planner.allocation.proposal import Proposal
from planner.comparison.indicators import frame
from planner.plan.measures import Measure
from planner.plan.model import Plan

Named = Sequence[tuple[str, Plan, Proposal]]
"""Scenario name, its plan in force, its proposal."""


def money(named: Named) -> pd.DataFrame:
    """The ledger of every scenario."""
    return frame(
        "money",
        [
            (name, e.year, e.source, e.line, e.measure, e.township, e.places, e.units, e.yuan)
            for name, _, proposal in named
            for e in proposal.entries
        ],
    )


def lines(named: Named) -> pd.DataFrame:
    """Each paying line by year, printed beside proposed; what is printed holds for the years that are funded."""
    rows = []
    for name, plan, proposal in named:
        spent: dict[tuple[str, int], int] = defaultdict(int)
        for e in proposal.entries:
            spent[e.line, e.year] += e.yuan
        for line in plan.leaves():
            given = plan.lines[line]
            for year in proposal.years:
                granted = given.amount is not None and funded(plan, given.account, year)
                printed = given.amount.yuan if given.amount is not None and granted else 0
                rows.append((name, year, line, given.account, printed, spent[line, year], given.clause))
    return frame("lines", rows)


def measures(named: Named) -> pd.DataFrame:
    """Units, money and cost per unit of each measure by year, beside what is printed."""
    rows = []
    for name, plan, proposal in named:
        units: dict[tuple[str, int], float] = defaultdict(float)
        yuan: dict[tuple[str, int], int] = defaultdict(int)
        for e in proposal.entries:
            units[e.measure, e.year] += e.units
            yuan[e.measure, e.year] += e.yuan
        for key, measure in plan.measures.items():
            for year in proposal.years:
                bought, paid = units[key, year], yuan[key, year]
                rows.append(
                    (
                        name,
                        year,
                        key,
                        measure.line,
                        measure.unit,
                        bought,
                        paid,
                        paid / bought if bought > 0 else float("nan"),
                        _printed(measure, year),
                        float(measure.cost.yuan),
                        measure.clause,
                    )
                )
    return frame("measures", rows)


def _printed(measure: Measure, year: int) -> float:
    """Units that the plan prints for a year; nothing where it prints none or a share of what is needed."""
    found = [t.amount.value for t in measure.tasks if t.amount.year == year and t.amount.unit == measure.unit]
    return sum(found) if found else float("nan")


def planned(named: Named) -> pd.DataFrame:
    """Persons that the program expects to lead out, cumulative, by township and pathway (`own`: by trend alone)."""
    rows = []
    for name, plan, proposal in named:
        size = plan.population["per_household"].value
        total: dict[tuple[int, str], list[float]] = {}
        for (stratum, pathway), by_year in proposal.expected.by_pathway.items():
            held = total.setdefault((int(proposal.strata[stratum, 0]), pathway), [0.0] * len(proposal.years))
            for y in range(len(held)):
                held[y] += float(by_year[: y + 1].sum())
        for (town, pathway), persons in sorted(total.items()):
            rows += [
                (name, year, plan.townships[town], pathway, persons[y], persons[y] / size)
                for y, year in enumerate(proposal.years)
            ]
    return frame("planned", rows)


def planned_villages(named: Named, township: Sequence[int]) -> pd.DataFrame:
    """Villages that the program expects off the list, by township; parts are chances."""
    rows = []
    for name, plan, proposal in named:
        for y, year in enumerate(proposal.years):
            total = [0.0] * len(plan.townships)
            for v, town in enumerate(township):
                total[town] += float(proposal.expected.villages[v, y])
            rows += [(name, year, town, total[t]) for t, town in enumerate(plan.townships)]
    return frame("planned_villages", rows)


def gaps(named: Named) -> pd.DataFrame:
    """Resource gap (资金缺口) by line and year: what is arranged, and how much of it has a named source."""
    rows = []
    for name, plan, proposal in named:
        split: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
        for e in proposal.entries:
            split[e.year, e.line][0 if plan.sources[e.source].named else 1] += e.yuan
        for (year, line), (with_name, without) in sorted(split.items()):
            if plan.lines[line].account == "plan":
                rows.append((name, year, line, with_name + without, with_name, without))
    return frame("gaps", rows)
